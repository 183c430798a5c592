//! The real bot on the store of three years, and everything that can be asked of it.

use crate::{
    bot,
    life::{DRAMAS, PEOPLE, in_the_news},
    timing,
    tongue::{Tongue, WORDS},
};
use daesa::catalogue::Scope;
use daesa_sandbox::{ChannelKind, Sandbox};
use serde_json::{Value, json};
use std::{
    cell::RefCell,
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};
use tokio::process::Child;

const PATIENCE: Duration = Duration::from_secs(60);
/// 34 channels follow everything: two million deliveries of 60,000 stories.
const SERVERS: usize = 4;
const CHANNELS: usize = 34;
const PEOPLE_HERE: usize = 40;
/// Questions of each kind: of three hundred the three worst are beyond the 99th percentile; of a hundred it is the worst.
/// And the goal for it, milliseconds.
const QUESTIONS: usize = 300;
const GOAL: f64 = 50.0;

/// The sandbox, and the bot while it runs.
pub struct Stand {
    sandbox: Sandbox,
    folder: PathBuf,
    bot: RefCell<Option<Child>>,
    /// Server and channel.
    pub channels: Vec<(u64, u64)>,
    people: Vec<u64>,
}

type Options = Vec<(&'static str, Value)>;

/// What is asked: the row's name, the command, and its options, which come from the bench's language and names.
struct Question<'a> {
    name: &'static str,
    command: &'static str,
    options: Box<dyn FnMut() -> Options + 'a>,
}

fn ask<'a>(name: &'static str, command: &'static str, options: impl FnMut() -> Options + 'a) -> Question<'a> {
    Question {
        name,
        command,
        options: Box::new(options),
    }
}

impl Stand {
    pub async fn build(folder: &Path) -> Self {
        let sandbox = Sandbox::start(bot::unlimited()).await.expect("the sandbox starts");
        let people: Vec<u64> = (0..PEOPLE_HERE)
            .map(|n| sandbox.add_person(&format!("fan{n}"), &format!("Fan {n}")))
            .collect();
        let mut channels = Vec::new();
        for number in 0..SERVERS {
            let server = sandbox.add_server(&format!("Club {number}"), people[0]);
            let manages = sandbox.add_role(server, "Helpers", daesa_sandbox::bits::MANAGE_CHANNELS, 0);
            for person in &people {
                sandbox.add_member(server, *person);
                sandbox.set_roles(server, *person, &[manages]);
            }
            for place in (number..CHANNELS).step_by(SERVERS) {
                let channel = sandbox.add_channel(server, ChannelKind::Text, &format!("news-{place}"));
                channels.push((server, channel));
            }
            sandbox.invite_bot(server, 117_824);
        }
        let own = format!(
            "[http]\nallow_loopback = true\n[commands]\nburst = 1000\n[backup]\nfolder = \"\"\n\
             [[outlet]]\nname = \"Outlet\"\nurl = {}\n",
            json!(sandbox.site().feed_url())
        );
        fs::write(folder.join("own.toml"), own).expect("settings");
        Self {
            sandbox,
            folder: folder.to_owned(),
            bot: RefCell::default(),
            channels,
            people,
        }
    }

    /// Starts the bot; how long it takes until it is online.
    pub async fn start(&self) -> Duration {
        let began = Instant::now();
        let mut bot = bot::telling(&self.folder, &self.sandbox);
        let bot = bot.spawn().expect("the bot starts");
        self.bot.replace(Some(bot));
        let online = self
            .sandbox
            .wait_for(|world| world.bot_online().then(Instant::now), PATIENCE)
            .await;
        online.unwrap_or_else(|| panic!("the bot is not online: {}", self.log())) - began
    }

    /// Ends it, and waits until it is gone.
    pub async fn stop(&self) {
        let Some(bot) = self.bot.take() else { return };
        bot::end(bot, PATIENCE).await;
        let gone = |world: &daesa_sandbox::World| (!world.bot_online()).then_some(());
        self.sandbox.wait_for(gone, PATIENCE).await.expect("it is offline");
    }

    pub async fn end(self) {
        self.stop().await;
        self.sandbox.stop().await.expect("the sandbox stops");
    }

    fn log(&self) -> String {
        bot::said(&self.folder)
    }

    pub async fn ask_everything(&self) {
        let (people, dramas) = (in_the_news(Scope::People, PEOPLE), in_the_news(Scope::Dramas, DRAMAS));
        let tongue = RefCell::new(Tongue::new());
        let person = || json!(people[tongue.borrow_mut().rank(people.len())].name);
        let drama = || json!(dramas[tongue.borrow_mut().rank(dramas.len())].name);
        let word = || tongue.borrow_mut().word();
        let rare = || tongue.borrow_mut().word_between(300, WORDS);
        let questions = [
            ask("/quote", "quote", Vec::new),
            ask("/quote of a person", "quote", || vec![("name", person())]),
            ask("/quote of a drama", "quote", || vec![("drama", drama())]),
            ask("/quote with a word", "quote", || vec![("text", json!(rare()))]),
            ask("/quote with a person's word", "quote", || {
                vec![("name", person()), ("text", json!(word()))]
            }),
            ask("/quote with two words", "quote", || {
                vec![("text", json!(format!("{} {}", word(), rare())))]
            }),
            ask("/quote as a card", "quote", || {
                vec![("name", person()), ("style", json!("card"))]
            }),
            ask("/top of the week", "top", Vec::new),
            ask("/top of all time, everywhere", "top", || {
                vec![("period", json!("all")), ("where", json!("everywhere"))]
            }),
            ask("/top dramas", "top", || {
                vec![("period", json!("all")), ("by", json!("drama"))]
            }),
            ask("/top people", "top", || {
                vec![("period", json!("all")), ("by", json!("person"))]
            }),
            ask("/top lines", "top", || {
                vec![("period", json!("all")), ("by", json!("quote"))]
            }),
            ask("/top feelings", "top", || {
                vec![("period", json!("all")), ("by", json!("feeling"))]
            }),
            ask("/top of a drama", "top", || {
                vec![("period", json!("all")), ("drama", drama())]
            }),
            ask("/top people of a drama", "top", || {
                vec![("period", json!("all")), ("by", json!("person")), ("drama", drama())]
            }),
            ask("/top feelings of a drama", "top", || {
                vec![("period", json!("all")), ("by", json!("feeling")), ("drama", drama())]
            }),
            ask("/top people of the month, everywhere", "top", || {
                vec![
                    ("period", json!("month")),
                    ("by", json!("person")),
                    ("where", json!("everywhere")),
                ]
            }),
            ask("/mood", "mood", Vec::new),
            ask("/mood, everywhere", "mood", || vec![("where", json!("everywhere"))]),
            ask("/mood of a drama", "mood", || vec![("drama", drama())]),
            ask("/mood of a drama, everywhere", "mood", || {
                vec![("drama", drama()), ("where", json!("everywhere"))]
            }),
            ask("/drama", "drama", || vec![("name", drama())]),
            ask("/cast", "cast", || vec![("name", person())]),
            ask("/preview", "preview", || vec![("what", drama())]),
            ask("/why", "why", || vec![("story", json!("the last day"))]),
            ask("/check", "check", Vec::new),
            ask("/subscribe", "subscribe", || vec![("drama", drama())]),
            ask("/subscriptions", "subscriptions", Vec::new),
            ask("/pause", "pause", || vec![("what", json!("everything"))]),
            ask("/resume", "resume", Vec::new),
            ask("/unsubscribe", "unsubscribe", || vec![("what", drama())]),
            ask("/hours", "hours", || vec![("quiet", json!("23-7"))]),
            ask("/help", "help", Vec::new),
            ask("/about", "about", Vec::new),
            ask("/privacy", "privacy", Vec::new),
            ask("/forget-me", "forget-me", Vec::new),
        ];
        for question in questions {
            self.time(question).await;
        }
    }

    async fn time(&self, mut question: Question<'_>) {
        let mut times = Vec::with_capacity(QUESTIONS);
        for number in 0..QUESTIONS {
            let (_, channel) = self.channels[number % self.channels.len()];
            let person = self.people[number % self.people.len()];
            let options = (question.options)();
            let began = Instant::now();
            let asked = self.sandbox.slash(person, channel, question.command, &options);
            let answer = asked.expect("the command is there").answer().await;
            times.push(began.elapsed());
            assert!(answer.is_some(), "no answer to {}: {}", question.name, self.log());
        }
        if let Some(found) = timing::middle_and_end(&mut times) {
            println!("| {} | {} |", question.name, timing::cells(Some(GOAL), found));
        }
    }
}
