//! The figures of the README: how fast a story is posted, a vote counted and a question answered, and how small
//! the whole is. The real binary, in the profile it is shipped in, against the sandbox over sockets.
//!
//! `cargo bench --bench figures [-- STORIES]` (default 100). What Discord would make the bot wait for is lifted
//! in the sandbox, or its limits would be what is measured; the bot's own pace (45 requests a second) is not.
//! It measures and fails nothing but what cannot be measured.

#[allow(dead_code, reason = "other benchmarks need it as well")]
#[path = "bot.rs"]
mod bot;
#[allow(dead_code, reason = "other benchmarks ask it as well")]
#[path = "machine.rs"]
mod machine;

use daesa::{
    model::{Emoji, MessageId},
    store::Store,
};
use daesa_sandbox::{Article, ChannelKind, Sandbox, Step};
use serde_json::json;
use std::{
    fs,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};
use tokio::{
    process::Child,
    sync::mpsc,
    time::{sleep, timeout},
};

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long the bot is left alone before its memory is looked at.
const REST: Duration = Duration::from_secs(10);
/// Below the bot's own pace, so that a question does not wait for the ones before it.
const PAUSE: Duration = Duration::from_millis(40);
const VOTES: usize = 200;
const QUESTIONS: usize = 100;
/// Quotes, speakers and pictures as the demo's articles have them, which are as long as real ones.
const STORIES: [(&str, &str); 4] = [
    ("Seagull", include_str!("../demo/articles/01-seagull-proposal.html")),
    ("Script", include_str!("../demo/articles/02-noodle-script-reading.html")),
    ("Weather", include_str!("../demo/articles/06-weather-interview.html")),
    ("Cat", include_str!("../demo/articles/08-cat-press-conference.html")),
];

/// The sandbox, the bot, and who is who.
struct Stand {
    sandbox: Sandbox,
    bot: Child,
    folder: tempfile::TempDir,
    news: u64,
    people: Vec<u64>,
}

#[tokio::main]
async fn main() {
    // cargo bench hands `--bench` on.
    let stories = std::env::args()
        .skip(1)
        .find_map(|argument| argument.parse().ok())
        .unwrap_or(100);
    println!("{}", machine::as_it_is());
    let stand = Stand::build().await;
    println!("| figure | median | p99 | how it was measured |\n|---|---|---|---|");
    sleep(REST).await;
    let idle = stand.memory();
    let full = stand.lag(stories, true).await;
    row(
        "story in the feed → post accepted",
        &full,
        &format!("{stories} stories, the feed's reply with the whole text to the sandbox's storing the message"),
    );
    let fetched = stand.lag(stories / 2, false).await;
    assert!(
        stand.sandbox.site().counts().pages >= stories as u64 / 2,
        "pages were not fetched"
    );
    row(
        "the same, page fetched first",
        &fetched,
        &format!("{} stories, the feed has an excerpt", stories / 2),
    );
    sleep(REST).await;
    let after = stand.memory();
    let votes = stand.votes().await;
    row(
        "reaction → counted",
        &votes,
        &format!("{VOTES} clicks, reaction in the sandbox to the committed tally read from the store"),
    );
    let typed = stand
        .questions(|sandbox, person, channel| sandbox.say(person, channel, "!quote ok yi dam").map(|_| ()))
        .await;
    row(
        "`!quote` → answer",
        &typed,
        &format!("{QUESTIONS} questions, message to the answer's arrival in the sandbox"),
    );
    let slash = |sandbox: &Sandbox, person, channel| {
        sandbox
            .slash(person, channel, "quote", &[("name", json!("옥이담"))])
            .map(|_| ())
    };
    let slashed = stand.questions(slash).await;
    row(
        "`/quote` → answer",
        &slashed,
        &format!("{QUESTIONS} questions, interaction to its callback"),
    );
    let size = fs::metadata(env!("CARGO_BIN_EXE_daesa")).map_or(0, |file| file.len());
    println!(
        "| memory, idle | {} | | VmRSS, connected and left alone for {} s |",
        mib(idle),
        REST.as_secs()
    );
    println!(
        "| memory after {} stories | {} | | VmRSS, left alone for {} s |",
        stories + stories / 2,
        mib(after),
        REST.as_secs()
    );
    println!(
        "| binary | {} | | `daesa`, release profile, everything compiled in |",
        mib(size)
    );
    println!(
        "requests that Discord would count as invalid: {}",
        stand.sandbox.invalid().unasked()
    );
    stand.end().await;
}

fn row(what: &str, times: &[Duration], how: &str) {
    let mut times = times.to_vec();
    times.sort_unstable();
    let at = |hundredths: usize| times.get((times.len() * hundredths / 100).min(times.len().saturating_sub(1)));
    let ms = |time: Option<&Duration>| {
        time.map_or("–".to_owned(), |time| {
            format!("{:.1} ms", time.as_secs_f64() * 1000.0)
        })
    };
    println!("| {what} | {} | {} | {how} |", ms(at(50)), ms(at(99)));
}

fn mib(bytes: u64) -> String {
    format!("{}.{} MiB", bytes >> 20, ((bytes & 0xF_FFFF) * 10) >> 20)
}

impl Stand {
    async fn build() -> Self {
        let sandbox = Sandbox::start(bot::unlimited()).await.expect("the sandbox starts");
        let owner = sandbox.add_person("mina", "Mina");
        let server = sandbox.add_server("Drama club", owner);
        let mut people = vec![owner];
        for number in 0..20 {
            let person = sandbox.add_person(&format!("fan{number}"), &format!("Fan {number}"));
            sandbox.add_member(server, person);
            people.push(person);
        }
        let news = sandbox.add_channel(server, ChannelKind::Text, "drama-news");
        sandbox.invite_bot(server, 117_824);
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("names.tsv"), include_str!("../demo/catalogue.tsv")).expect("names");
        let own = format!(
            "[feeds]\ninterval = 1\nfirst_look = 500\n[http]\nallow_loopback = true\nhost_interval = 0\n\
             [commands]\nburst = 1000\n[catalogue]\nextra = \"names.tsv\"\n[[outlet]]\nname = \"Lantern\"\nurl = {}\n",
            json!(sandbox.site().feed_url())
        );
        fs::write(folder.path().join("own.toml"), own).expect("settings");
        let bot = bot::telling(folder.path(), &sandbox).spawn().expect("the bot starts");
        let stand = Self {
            sandbox,
            bot,
            folder,
            news,
            people,
        };
        stand
            .until("the bot connects", |world| world.bot_online().then_some(()))
            .await;
        stand.sandbox.say(owner, news, "!subscribe everything").expect("said");
        stand
            .until("the channel follows", |world| {
                (!world.bot_messages_in(news).is_empty()).then_some(())
            })
            .await;
        stand
    }

    async fn until<T>(&self, what: &str, look: impl FnMut(&daesa_sandbox::World) -> Option<T>) -> T {
        match self.sandbox.wait_for(look, PATIENCE).await {
            Some(found) => found,
            None => panic!("not in {PATIENCE:?}: {what}; {}", bot::said(self.folder.path())),
        }
    }

    /// Bytes of the bot's resident memory.
    fn memory(&self) -> u64 {
        machine::memory(&self.bot.id().unwrap_or(0).to_string(), "VmRSS:")
    }

    /// One story after the other: each is published while the feed is being asked for, just before its reply, and
    /// the next one when it is posted.
    async fn lag(&self, stories: usize, full: bool) -> Vec<Duration> {
        self.sandbox.site().style(|style| style.full = full);
        let (due, published): (Arc<Mutex<Option<Article>>>, _) = (Arc::default(), Arc::new(Mutex::new(Instant::now())));
        let (posted, mut posts) = mpsc::unbounded_channel();
        let site = self.sandbox.site().clone();
        let (waiting, since, news) = (Arc::clone(&due), Arc::clone(&published), self.news);
        self.sandbox.on_step(move |step| match step {
            Step::FeedAsked => {
                if let Some(article) = waiting.lock().unwrap_or_else(PoisonError::into_inner).take() {
                    site.publish(article);
                    *since.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
                }
            }
            // Nobody listens any more when this round is over.
            Step::MessageStored { channel, .. } if *channel == news => drop(posted.send(Instant::now())),
            _ => {}
        });
        let mut times = Vec::with_capacity(stories);
        for number in 0..stories {
            *due.lock().unwrap_or_else(PoisonError::into_inner) =
                Some(article(number, full, self.sandbox.site().url()));
            let at = timeout(PATIENCE, posts.recv())
                .await
                .expect("a post in time")
                .expect("the hook lives");
            times.push(at - *published.lock().unwrap_or_else(PoisonError::into_inner));
        }
        times
    }

    /// Clicks, one after the other, each awaited in the store itself.
    async fn votes(&self) -> Vec<Duration> {
        let address = self.folder.path().join("daesa.db").display().to_string();
        let store = Store::look(&address).await.expect("the store can be read");
        let post = self
            .sandbox
            .look(|world| world.bot_messages_in(self.news).last().map(|message| message.id))
            .expect("a post");
        let mut times = Vec::with_capacity(VOTES);
        for number in 0..VOTES {
            let person = self.people[number / 2 % self.people.len()];
            let on = number % 2 == 0;
            let began = Instant::now();
            let done = if on {
                self.sandbox.react(person, post, "😭", false)
            } else {
                self.sandbox.unreact(person, post, "😭", false)
            };
            done.expect("a click");
            let counted = async {
                loop {
                    let tally = store.tally(MessageId(post)).await.expect("a tally");
                    let votes = tally
                        .iter()
                        .find(|one| one.emoji == Emoji::unicode("😭"))
                        .map_or(0, |one| one.votes);
                    if votes == u64::from(on) {
                        break;
                    }
                    sleep(Duration::from_micros(200)).await;
                }
            };
            timeout(PATIENCE, counted).await.expect("a vote is counted in time");
            times.push(began.elapsed());
        }
        store.close().await.expect("closed");
        times
    }

    /// Questions, one after the other, by one person after the other.
    async fn questions(&self, ask: impl Fn(&Sandbox, u64, u64) -> Result<(), daesa_sandbox::NotDone>) -> Vec<Duration> {
        let mut times = Vec::with_capacity(QUESTIONS);
        for number in 0..QUESTIONS {
            let before = self.sandbox.look(|world| world.bot_messages_in(self.news).len());
            let began = Instant::now();
            ask(&self.sandbox, self.people[number % self.people.len()], self.news).expect("asked");
            let more =
                |world: &daesa_sandbox::World| (world.bot_messages_in(self.news).len() > before).then(Instant::now);
            times.push(self.until("an answer", more).await - began);
            sleep(PAUSE).await;
        }
        times
    }

    async fn end(self) {
        bot::end(self.bot, PATIENCE).await;
        self.sandbox.stop().await.expect("the sandbox stops");
    }
}

/// A story like no other: its headline and address are its own.
fn article(number: usize, full: bool, base: &str) -> Article {
    let (name, file) = STORIES[number % STORIES.len()];
    let (head, body) = file.split_once("\n\n").unwrap_or(("", file));
    let title = head
        .lines()
        .find_map(|line| line.strip_prefix("title: "))
        .unwrap_or(name);
    let round = if full { "feed" } else { "page" };
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap_or_default();
    Article {
        slug: format!("{}-{round}-{number}", name.to_lowercase()),
        title: format!("{title} ({round} {number})"),
        html_body: body.replace("{{BASE}}", base),
        author: "Lantern Staff".to_owned(),
        published: i64::try_from(now.as_millis()).unwrap_or(0),
        ..Article::default()
    }
}
