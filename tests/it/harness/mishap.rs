//! What a play needs where things go wrong: the bot killed at a point that the sandbox knows, the binary run
//! to its end, posts checked for order and number, and counts read from what the bot says.

use super::{PATIENCE, PERMISSIONS, Play, Setting, words};
use daesa_sandbox::{Message, RateRule, Settings, Step};
use serde_json::{Value, json};
use std::{
    process::ExitStatus,
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};
use tokio::process::Command;

/// What came of running the binary to its end.
#[derive(Debug)]
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// Runs the binary to its end.
pub async fn finish(mut command: Command) -> Ran {
    let output = tokio::time::timeout(PATIENCE, command.output())
        .await
        .expect("the program ends")
        .expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Ran {
        code: output.status.code(),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}

/// A sandbox in whose channels people may talk a lot: for conversations whose topic is not the limits.
pub fn roomy() -> Settings {
    let second = Duration::from_secs(1);
    Settings {
        rules: vec![
            RateRule::new("POST /channels/{channel_id}/messages", 40, second),
            RateRule::new(
                "POST /channels/{channel_id}/messages/{message_id}/crosspost",
                10,
                second * 3600,
            ),
            RateRule::new("*", 50, second),
        ],
        global_limit: 200,
        ..Settings::default()
    }
}

/// [`roomy`], where sessions may be begun at any time: what Discord says about the pace of that is `faults`' topic.
pub fn quick() -> Settings {
    Settings {
        identify_window: Duration::ZERO,
        ..roomy()
    }
}

/// [`quick`], and Discord has forgotten every nonce at once: only what the bot knows or looks up keeps it from a second
/// post.
pub fn forgetful() -> Settings {
    Settings {
        nonce_window: Duration::ZERO,
        ..quick()
    }
}

/// [`quick`], and a session is over as soon as nobody holds it.
pub fn short_lived() -> Settings {
    Settings {
        session_life: Duration::ZERO,
        ..quick()
    }
}

/// Sends a process a signal.
pub fn signal(process: u32, name: &str) {
    let sent = std::process::Command::new("kill")
        .args([format!("-{name}"), process.to_string()])
        .status();
    assert!(sent.is_ok_and(|status| status.success()), "the signal was sent");
}

/// A play for a conversation, without reactions under posts unless they are its topic.
pub fn talk() -> Setting {
    Setting {
        sandbox: roomy(),
        own: "[posts]\nseed = false\n".to_owned(),
        ..Setting::default()
    }
}

impl Play {
    /// Runs a subcommand of the binary to its end, beside whatever runs.
    pub async fn run(&self, arguments: &[&str]) -> Ran {
        let mut command = self.daesa();
        command.args(arguments);
        finish(command).await
    }

    /// The bot is killed when the sandbox gets to a step that fits, before the reply to it leaves.
    pub fn kill_at(&self, fits: impl Fn(&Step) -> bool + Send + Sync + 'static) {
        let bot = self
            .bot
            .as_ref()
            .and_then(tokio::process::Child::id)
            .expect("the bot runs");
        let armed = AtomicU32::new(bot);
        self.sandbox.on_step(move |step| {
            if !fits(step) {
                return;
            }
            let bot = armed.swap(0, Ordering::SeqCst);
            if bot != 0 {
                signal(bot, "KILL");
            }
        });
    }

    /// Starts the bot and waits for nothing.
    pub fn launch(&mut self) {
        self.launch_as(self.daesa());
    }

    /// The bot's process, for whoever sees it end.
    pub fn let_go(&mut self) -> tokio::process::Child {
        self.bot.take().expect("the bot runs")
    }

    /// Waits until the bot has ended by itself or was killed.
    pub async fn ended(&mut self) -> ExitStatus {
        let mut bot = self.bot.take().expect("the bot runs");
        match tokio::time::timeout(PATIENCE, bot.wait()).await {
            Ok(status) => status.expect("a status"),
            Err(_) => panic!("the bot goes on\n{}", self.log_text()),
        }
    }

    /// The news channel follows something, and says so.
    pub async fn follow(&mut self, what: &str) {
        let (mina, news) = (self.mina, self.news);
        let answer = self.ask(mina, news, &format!("!subscribe {what}")).await;
        assert!(words(&answer).contains("Following"), "{what}: {}", words(&answer));
    }

    /// Another text channel of the server.
    pub fn channel(&self, name: &str) -> u64 {
        self.sandbox
            .add_channel(self.server, daesa_sandbox::ChannelKind::Text, name)
    }

    /// Another member of the server.
    pub fn member(&self, name: &str) -> u64 {
        let person = self.sandbox.add_person(&name.to_lowercase(), name);
        self.sandbox.add_member(self.server, person);
        person
    }

    /// Publishes stories that differ in nothing but their numbers; gives headline and address of each.
    pub fn publish_many(&self, what: &str, numbers: std::ops::Range<u32>) -> Vec<String> {
        let story = |number| {
            let html = format!(
                "<p>SBS’s “The Tidewater Clinic” has shared part {number} of its diary!</p><p>Ryu Da On comments, \
                 “We came to part {number} of {what} sooner than anybody thought.”</p>"
            );
            self.publish(
                &format!("{what}-{number}"),
                &format!("Part {number} Of {what} From “The Tidewater Clinic”"),
                &html,
            )
        };
        numbers.map(story).collect()
    }

    /// Waits for the posts of these stories in a channel and takes them: each once, in this order.
    pub async fn posts(&mut self, channel: u64, addresses: &[String]) -> Vec<Message> {
        let of_these = |message: &&Message| message.embeds.iter().any(|e| addresses.iter().any(|a| e["url"] == **a));
        let posts = self
            .wait(
                |world| {
                    let posts: Vec<_> = world
                        .bot_messages_in(channel)
                        .into_iter()
                        .filter(of_these)
                        .cloned()
                        .collect();
                    (posts.len() >= addresses.len()).then_some(posts)
                },
                &format!("posts of {addresses:?}"),
            )
            .await;
        let order: Vec<&str> = posts.iter().filter_map(|post| post.embeds[0]["url"].as_str()).collect();
        assert_eq!(order, addresses, "each once, in their order");
        self.taken.extend(posts.iter().map(|post| post.id));
        posts
    }

    /// Waits for something that the bot says by itself with these words in it, and takes it.
    pub async fn notice(&mut self, channel: u64, part: &str) -> Message {
        let said = self
            .wait(
                |world| {
                    let mut said = world.bot_messages_in(channel).into_iter();
                    said.find(|message| words(message).contains(part)).cloned()
                },
                part,
            )
            .await;
        self.take(said.id);
        said
    }

    /// A message that the test itself had the bot's account send, or that it looked at.
    pub fn take(&mut self, message: u64) {
        self.taken.insert(message);
    }

    /// The line of votes that `/top` has for a story, such as `❤️ 1 · 😂 2`; empty when the story is not there.
    pub async fn counted(&mut self, title: &str) -> String {
        let (jun, news) = (self.jun, self.news);
        let top = self.slash(jun, news, "top", &[("period", json!("all"))]).await;
        let text = words(&top);
        text.lines()
            .skip_while(|line| !line.contains(title))
            .nth(1)
            .unwrap_or_default()
            .to_owned()
    }

    /// Asks until the votes are these: for counts that are compared with Discord's after a gap.
    pub async fn counts_become(&mut self, title: &str, expected: &str) {
        let began = Instant::now();
        loop {
            let counted = self.counted(title).await;
            if counted == expected {
                return;
            }
            assert!(
                began.elapsed() < PATIENCE,
                "{counted} votes for {expected}\n{}",
                self.log_text()
            );
        }
    }

    /// Waits until the gateway's counts are as `enough` wants them.
    pub async fn gateway(&self, enough: impl Fn(&daesa_sandbox::GatewayCounts) -> bool, what: &str) {
        let found = self
            .sandbox
            .wait_until(|| enough(&self.sandbox.gateway_counts()).then_some(()), PATIENCE)
            .await;
        assert!(
            found.is_some(),
            "waited in vain for {what}: {:?}\n{}",
            self.sandbox.gateway_counts(),
            self.log_text()
        );
    }

    /// Waits until the feed was read.
    pub async fn wait_for_feed(&self) {
        // The second look comes after what the first one brought is written.
        let read = self
            .sandbox
            .wait_until(|| (self.sandbox.site().counts().feed > 1).then_some(()), PATIENCE)
            .await;
        assert!(read.is_some(), "the feed is not read\n{}", self.log_text());
    }

    /// Waits until the log has these words in it.
    pub async fn logged(&self, part: &str) {
        self.logged_times(part, 1).await;
    }

    /// Waits until the log has these words in it so often.
    pub async fn logged_times(&self, part: &str, times: usize) {
        // Nothing tells of a file that grows: the sandbox may have nothing to do meanwhile.
        let began = Instant::now();
        while self.log_text().matches(part).count() < times {
            assert!(
                began.elapsed() < PATIENCE,
                "the log does not say `{part}`\n{}",
                self.log_text()
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Waits until the sandbox has answered so many requests of a route (`POST /channels/{channel_id}/messages`).
    pub async fn requested(&self, route: &str, times: usize) {
        let (method, template) = route.split_once(' ').expect("a method and a path");
        let count = || {
            let all = self.sandbox.requests();
            all.iter()
                .filter(|request| request.method == method && request.template == template)
                .count()
        };
        let found = self
            .sandbox
            .wait_until(|| (count() >= times).then_some(()), PATIENCE)
            .await;
        assert!(
            found.is_some(),
            "{} of {times} times {route}\n{}",
            count(),
            self.log_text()
        );
    }

    /// Takes the bot's permissions in a channel (`deny`), or gives them back (0).
    pub fn deny_bot(&self, channel: u64, deny: u64) {
        assert_eq!(deny & !PERMISSIONS, 0, "the bot has only what it was invited with");
        let bot = self.sandbox.bot();
        self.sandbox.overwrite_member(channel, bot, 0, deny);
    }
}

/// The ids of a message's buttons, with what stands on them.
pub fn buttons(message: &Message) -> Vec<(String, String)> {
    let rows = message
        .components
        .iter()
        .flat_map(|row| row["components"].as_array().into_iter().flatten());
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    rows.map(|button| (text(&button["label"]), text(&button["custom_id"])))
        .collect()
}

/// The id of the button that has these words on it.
pub fn button(message: &Message, label: &str) -> String {
    let all = buttons(message);
    match all.iter().find(|(words, id)| words.contains(label) && !id.is_empty()) {
        Some((_, id)) => id.clone(),
        None => panic!("no button {label} among {all:?}"),
    }
}
