//! A play: the sandbox with a small server, and the real bot as a process of its own.
//!
//! Tests read like a conversation. Whatever the bot says has to be taken by the test; what is left over
//! at the end fails it, and so does a delivery left in the outbox, an error in the log, a request that
//! Discord would count as invalid, or a bot that does not end well.

use crate::openapi;

mod mishap;

pub use mishap::{Ran, button, buttons, finish, forgetful, quick, roomy, short_lived, signal, talk};

use daesa::store::Store;
use daesa_sandbox::{Article, Asking, ChannelKind, Message, Sandbox, Settings, Town};
use serde_json::Value;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};
use tokio::process::{Child, Command};

/// How long anything may take. Never waited for to the end unless something is broken.
pub const PATIENCE: Duration = Duration::from_secs(30);
/// View, send, embed, attach, history, react.
pub const PERMISSIONS: u64 = 117_824;

/// What a play begins with.
pub struct Setting {
    /// The sandbox.
    pub sandbox: Settings,
    /// Lines for the bot's own settings file, laid over the harness's.
    pub own: String,
    /// Lines for the same file under `[feeds]`.
    pub feeds: String,
    /// Names beside the built-in ones: name, hangul, kind, separated by tabs.
    pub names: String,
    /// Whether the feed carries whole articles.
    pub full: bool,
    /// So many more sites, `site-0.test` and so on, each an outlet.
    pub town: usize,
}

impl From<Settings> for Setting {
    fn from(sandbox: Settings) -> Self {
        Self {
            sandbox,
            ..Self::default()
        }
    }
}

impl Default for Setting {
    fn default() -> Self {
        Self {
            sandbox: Settings::default(),
            own: String::new(),
            feeds: String::new(),
            names: NAMES.to_owned(),
            full: true,
            town: 0,
        }
    }
}

/// Invented people and dramas that every play knows.
const NAMES: &str = "name\thangul\tkind\n\
    The Tidewater Clinic\t물때 의원\tdrama\n\
    Paper Moon Detectives\t종이달 탐정단\tdrama\n\
    Ryu Da On\t류다온\tperson\n\
    Mo Hae Rin\t모해린\tperson\n\
    Baek Cho Ha\t백초하\tperson\n";

/// The host name of a site of the town.
pub fn site(n: usize) -> String {
    format!("site-{n}.test")
}

async fn town(sandbox: &mut Sandbox, sites: usize) -> Option<Town> {
    let hosts: Vec<String> = (0..sites).map(site).collect();
    match sites {
        0 => None,
        _ => Some(sandbox.add_town(&hosts).await.expect("a free port")),
    }
}

/// The sandbox, the bot, and who is who.
pub struct Play {
    pub sandbox: Sandbox,
    pub server: u64,
    /// Owns the server, so may manage channels.
    pub mina: u64,
    /// A member like others.
    pub jun: u64,
    /// Where the bot says hello.
    pub lobby: u64,
    pub news: u64,
    /// The sites beside the sandbox's own.
    pub town: Option<Town>,
    bot: Option<Child>,
    folder: tempfile::TempDir,
    taken: BTreeSet<u64>,
    /// Errors that the log may hold.
    expected: Vec<String>,
    /// Invalid requests that the test provokes.
    pub invalid: u64,
    log: usize,
}

impl Play {
    /// Begins with the defaults.
    pub async fn begin() -> Self {
        Self::with(Setting::default()).await
    }

    /// Begins: the server is there, the bot is connected and has said hello.
    pub async fn with(setting: Setting) -> Self {
        let mut sandbox = Sandbox::start(setting.sandbox).await.expect("the sandbox starts");
        sandbox.site().style(|style| style.full = setting.full);
        let mina = sandbox.add_person("mina", "Mina");
        let jun = sandbox.add_person("jun", "Jun");
        let server = sandbox.add_server("Drama club", mina);
        sandbox.add_member(server, jun);
        let lobby = sandbox.add_channel(server, ChannelKind::Text, "lobby");
        let news = sandbox.add_channel(server, ChannelKind::Text, "drama-news");
        sandbox.set_system_channel(server, Some(lobby));
        sandbox.invite_bot(server, PERMISSIONS);
        let folder = tempfile::tempdir().expect("a folder");
        let names = folder.path().join("names.tsv");
        fs::write(&names, setting.names).expect("names");
        // Plays ask faster than people; one about a flood brings its own.
        let commands = if setting.own.contains("[commands]") {
            ""
        } else {
            "[commands]\nburst = 1000\n"
        };
        let town = town(&mut sandbox, setting.town).await;
        let resolve = (town.as_ref()).map_or(String::new(), |town| {
            format!("resolve = {{ \"*.test\" = \"{}\" }}\n", town.address())
        });
        let outlets: String = (0..setting.town)
            .map(|n| format!("[[outlet]]\nname = \"Site {n}\"\nurl = \"http://{}/feed\"\n", site(n)))
            .collect();
        let own = format!(
            "[feeds]\ninterval = 1\nfirst_look = 500\nedit_after = 0\n{}[http]\ncontact = \"owner@daesa.test\"\nallow_loopback = true\nhost_interval = 0\n\
             {resolve}{commands}[catalogue]\nextra = {}\n[[outlet]]\nname = \"Lantern\"\nurl = {}\n{outlets}{}",
            setting.feeds,
            serde_json::json!(names.display().to_string()),
            serde_json::json!(sandbox.site().feed_url()),
            setting.own
        );
        fs::write(folder.path().join("own.toml"), own).expect("settings");
        let mut play = Self {
            sandbox,
            server,
            mina,
            jun,
            lobby,
            news,
            town,
            bot: None,
            folder,
            taken: BTreeSet::new(),
            expected: Vec::new(),
            invalid: 0,
            log: 0,
        };
        play.start_bot().await;
        play.hello().await;
        play
    }

    /// Takes the greeting in the lobby.
    async fn hello(&mut self) {
        let lobby = self.lobby;
        let hello = self
            .wait(|world| world.bot_messages_in(lobby).first().map(|m| m.id), "a greeting")
            .await;
        self.taken.insert(hello);
    }

    /// The folder that the bot works in.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The store's file.
    pub fn store_file(&self) -> PathBuf {
        self.folder.path().join("daesa.db")
    }

    /// The binary with a cleared environment, in the play's folder, bound to the sandbox: nothing of the
    /// machine's reaches it, and it cannot reach the real Discord.
    pub fn daesa(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_daesa"));
        command
            .env_clear()
            .current_dir(self.folder.path())
            .env("DISCORD_TOKEN", self.sandbox.token())
            .env("DISCORD_API", self.sandbox.base_url())
            .env("DATABASE_URL", "sqlite://daesa.db")
            .env("DAESA_CONFIG", "own.toml")
            .stdin(Stdio::null())
            .kill_on_drop(true);
        command
    }

    /// Starts the bot and waits until it is connected.
    pub async fn start_bot(&mut self) {
        self.start_as(self.daesa()).await;
    }

    /// Starts the bot by another command and waits until it is connected.
    pub async fn start_as(&mut self, command: Command) {
        let before = self.sandbox.gateway_counts();
        self.launch_as(command);
        // The connection of an earlier process may still be open.
        let entered = |counts: daesa_sandbox::GatewayCounts| counts.identifies + counts.resumed;
        let connected = self.sandbox.wait_until(
            || {
                let new = entered(self.sandbox.gateway_counts()) > entered(before);
                (new && self.sandbox.look(daesa_sandbox::World::bot_online)).then_some(())
            },
            PATIENCE,
        );
        if connected.await.is_none() {
            panic!("the bot did not connect\n{}", self.log_text());
        }
    }

    /// Starts the bot by a command and waits for nothing.
    fn launch_as(&mut self, mut command: Command) {
        assert!(self.bot.is_none(), "the bot runs already");
        self.log += 1;
        let log = fs::File::create(self.log_file(self.log)).expect("a log");
        self.bot = Some(
            command
                .stdout(Stdio::null())
                .stderr(log)
                .spawn()
                .expect("the bot starts"),
        );
    }

    /// The number of the bot's process.
    pub fn bot_process(&self) -> u32 {
        (self.bot.as_ref()).and_then(Child::id).expect("the bot runs")
    }

    /// SIGTERM, and the bot ends well within nine seconds.
    pub async fn stop_bot(&mut self) {
        let mut bot = self.bot.take().expect("the bot runs");
        signal(bot.id().expect("the bot still runs"), "TERM");
        let status = tokio::time::timeout(Duration::from_secs(9), bot.wait()).await;
        match status {
            Ok(Ok(status)) if status.success() => {}
            other => panic!("the bot did not end well: {other:?}\n{}", self.log_text()),
        }
    }

    /// SIGKILL: no chance to say anything.
    pub async fn kill_bot(&mut self) {
        let mut bot = self.bot.take().expect("the bot runs");
        bot.kill().await.expect("killed");
    }

    /// The log may hold errors with these words.
    pub fn expect_error(&mut self, words: &str) {
        self.expected.push(words.to_owned());
    }

    fn log_file(&self, number: usize) -> PathBuf {
        self.folder.path().join(format!("log-{number}"))
    }

    /// What the bot has logged.
    pub fn log_text(&self) -> String {
        (1..=self.log)
            .map(|n| fs::read_to_string(self.log_file(n)).unwrap_or_default())
            .collect()
    }

    /// Waits until the sandbox shows something.
    pub async fn wait<T>(&self, look: impl FnMut(&daesa_sandbox::World) -> Option<T>, what: &str) -> T {
        match self.sandbox.wait_for(look, PATIENCE).await {
            Some(found) => found,
            None => panic!("waited in vain for {what}\n{}", self.log_text()),
        }
    }

    /// Publishes an article and gives its address.
    pub fn publish(&self, slug: &str, title: &str, html: &str) -> String {
        self.sandbox.site().publish(Article {
            slug: slug.to_owned(),
            title: title.to_owned(),
            html_body: html.to_owned(),
            author: "Lantern Staff".to_owned(),
            published: now(),
            ..Article::default()
        })
    }

    /// Waits for the post of the story with that address in a channel, and takes it.
    pub async fn post(&mut self, channel: u64, address: &str) -> Message {
        let post = self
            .wait(
                |world| {
                    let mut posts = world.bot_messages_in(channel).into_iter();
                    posts
                        .find(|message| message.embeds.iter().any(|embed| embed["url"] == *address))
                        .cloned()
                },
                &format!("a post of {address}"),
            )
            .await;
        self.taken.insert(post.id);
        post
    }

    /// Waits until the feelings are under a post.
    pub async fn seeded(&self, post: u64) {
        let bot = self.sandbox.bot();
        let all = |world: &daesa_sandbox::World| {
            let message = world.message(post)?;
            (message
                .reactions
                .iter()
                .filter(|reaction| reaction.normal.contains(&bot))
                .count()
                >= 5)
                .then_some(())
        };
        self.wait(all, "five feelings under a post").await;
    }

    /// Somebody writes a message, and the bot's answer to it is taken.
    pub async fn ask(&mut self, person: u64, channel: u64, text: &str) -> Message {
        let asked = self.sandbox.say(person, channel, text).expect("it may be said");
        self.answered(channel, asked, text).await
    }

    /// The bot's answer to a message is taken.
    pub async fn answered(&mut self, channel: u64, asked: u64, text: &str) -> Message {
        let answer = |world: &daesa_sandbox::World| {
            let mut said = world.bot_messages_in(channel).into_iter();
            said.find(|m| m.reference.as_ref().is_some_and(|to| to.message == asked))
                .cloned()
        };
        let answer = self.wait(answer, &format!("an answer to `{text}`")).await;
        self.taken.insert(answer.id);
        answer
    }

    /// Somebody uses a slash command, and the bot's answer is taken.
    pub async fn slash(&mut self, person: u64, channel: u64, name: &str, options: &[(&str, Value)]) -> Message {
        let asking = self
            .sandbox
            .slash(person, channel, name, options)
            .expect("the command is registered");
        self.answer(asking, name).await
    }

    /// Somebody presses a button, and the bot's answer is taken.
    pub async fn press(&mut self, person: u64, message: u64, button: &str) -> Message {
        let asking = self
            .sandbox
            .press(person, message, button)
            .expect("the button is there");
        self.answer(asking, button).await
    }

    /// Somebody chooses in a menu, and the bot's answer is taken: for a dialogue the same message.
    pub async fn choose(&mut self, person: u64, message: u64, menu: &str, values: &[&str]) -> Message {
        let asking = self
            .sandbox
            .choose(person, message, menu, values)
            .expect("the menu is there");
        self.answer(asking, menu).await
    }

    /// Somebody uses a command of a message's context menu, and the bot's answer is taken.
    pub async fn apps(&mut self, person: u64, message: u64, name: &str) -> Message {
        let asking = self.sandbox.apps(person, message, name).expect("the command is there");
        self.answer(asking, name).await
    }

    async fn answer(&mut self, asking: Asking, what: &str) -> Message {
        let answer = tokio::time::timeout(PATIENCE, asking.answer()).await.ok().flatten();
        let answer = answer.unwrap_or_else(|| panic!("no answer to {what}\n{}", self.log_text()));
        self.taken.insert(answer.id);
        answer
    }

    /// Ends: the bot stops well, and nothing is left over.
    pub async fn end(mut self) {
        if self.bot.is_some() {
            self.stop_bot().await;
        }
        let log = self.log_text();
        // A disk that stood still for nine seconds is the machine's; that a stop closes the store is shown in start.rs.
        let machines = |line: &str| line.contains("the store was not closed in time");
        let own = |line: &&str| machines(line) || self.expected.iter().any(|words| line.contains(words.as_str()));
        let bad =
            |line: &&str| line.contains("ERROR") || line.contains("\"level\":\"ERROR\"") || line.contains("panicked");
        let errors: Vec<&str> = log.lines().filter(bad).filter(|line| !own(line)).collect();
        assert!(errors.is_empty(), "errors in the log:\n{}", errors.join("\n"));

        let bot = self.sandbox.bot();
        let left: Vec<String> = self.sandbox.look(|world| {
            let all = world.messages.values().flat_map(|channel| channel.values());
            let left = all.filter(|message| message.author == bot && !self.taken.contains(&message.id));
            left.map(|message| format!("{} {}", message.content, Value::from(message.embeds.clone())))
                .collect()
        });
        assert!(
            left.is_empty(),
            "the bot said what nobody asked for:\n{}",
            left.join("\n")
        );

        let store = Store::look(&self.store_file().display().to_string())
            .await
            .expect("the store can be read");
        let backlog = store.backlog(None).await.expect("a backlog");
        assert_eq!(
            (backlog.waiting, backlog.held, backlog.dead),
            (0, 0, 0),
            "deliveries are left over\n{log}"
        );
        store.close().await.expect("closed");

        let faults = openapi::faults(&self.sandbox.requests());
        assert!(faults.is_empty(), "not as Discord describes it:\n{}", faults.join("\n"));

        let invalid = self.sandbox.invalid();
        assert_eq!(
            invalid.unasked(),
            self.invalid,
            "requests that Discord would count: {invalid:?}\n{log}"
        );
        self.sandbox.stop().await.expect("the sandbox stops");
    }
}

/// Unix milliseconds.
pub fn now() -> i64 {
    let since = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .expect("after 1970");
    i64::try_from(since.as_millis()).expect("fits")
}

/// All texts of a message in one string, for what has to be somewhere in it.
pub fn words(message: &Message) -> String {
    let mut words = message.content.clone();
    for embed in &message.embeds {
        for key in ["title", "description", "url"] {
            words.push('\n');
            words.push_str(embed[key].as_str().unwrap_or_default());
        }
        for part in [&embed["author"]["name"], &embed["footer"]["text"]] {
            words.push('\n');
            words.push_str(part.as_str().unwrap_or_default());
        }
        for field in embed["fields"].as_array().into_iter().flatten() {
            words.push('\n');
            words.push_str(field["name"].as_str().unwrap_or_default());
            words.push('\n');
            words.push_str(field["value"].as_str().unwrap_or_default());
        }
    }
    for file in &message.attachments {
        words.push('\n');
        words.push_str(file.description.as_deref().unwrap_or_default());
    }
    words
}
