//! A thousand feeds on a thousand host names, some of which hang, some of which send rubbish: are the others looked at
//! when they are due, is every story posted, and how much memory does it take? The real binary, in the profile it is
//! shipped in, against the sandbox, whose town of sites all live at one address (`[http] resolve`).
//!
//! `cargo bench --bench watch [-- SECONDS MINUTES FEEDS]`: seconds between two looks (default 1), minutes of the run
//! (default 10), feeds (default 1000). Five of a hundred hang for ever, one of a hundred sends rubbish, and the others
//! fail now and then: a 500, a 503 with Retry-After, a cut connection, half a feed, a slow answer. Fails when a story
//! that was published was not posted exactly once in each channel; at 60 seconds and more also when more than one look
//! of a hundred is late by two seconds, or when the bot took more than 60 MB.

#[allow(dead_code, reason = "other benchmarks need it as well")]
#[path = "bot.rs"]
mod bot;
#[allow(dead_code, reason = "other benchmarks ask it as well")]
#[path = "machine.rs"]
mod machine;

use daesa::store::Store;
use daesa_sandbox::{Article, ChannelKind, Place, Sandbox, Settings, Site, SiteFault, Town};
use serde_json::json;
use std::{
    collections::{BTreeMap, HashMap},
    fs,
    path::Path,
    time::{Duration, Instant},
};
use tokio::{process::Child, time::sleep};

/// How late a look may be …
const LATE: i64 = 2_000;
/// … and how much memory the bot may take, in bytes, from this interval on.
const MEMORY: u64 = 60_000_000;
const HELD: u64 = 60;
/// How long the last posts are waited for, beside two intervals.
const PATIENCE: Duration = Duration::from_secs(60);
/// Between two stories: Discord takes five messages in five seconds in one channel.
const STORY_EVERY: Duration = Duration::from_millis(1_500);
/// One look of so many goes wrong.
const FAULTS: u64 = 50;
const QUESTION_EVERY: Duration = Duration::from_secs(5);
/// The looks of a feed are read before as many have been made.
const LOOKS: u32 = 150;

struct Plan {
    seconds: u64,
    minutes: f64,
    feeds: usize,
}

struct Stand {
    plan: Plan,
    sandbox: Sandbox,
    town: Town,
    bot: Child,
    folder: tempfile::TempDir,
    owner: u64,
    channels: [u64; 2],
}

/// What was seen while the bot ran.
#[derive(Default)]
struct Seen {
    /// When each look at a feed began and when the next was to be: by feed.
    looks: BTreeMap<usize, BTreeMap<i64, i64>>,
    stories: Vec<String>,
    faults: u64,
    answers: Vec<Duration>,
}

#[tokio::main]
async fn main() {
    // cargo bench hands `--bench` on.
    let mut numbers = std::env::args()
        .skip(1)
        .filter_map(|argument| argument.parse::<f64>().ok());
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // small numbers that a person typed
    let plan = Plan {
        seconds: numbers.next().map_or(1, |seconds| seconds as u64),
        minutes: numbers.next().unwrap_or(10.0),
        feeds: numbers.next().map_or(1_000, |feeds| feeds as usize),
    };
    println!("{}", machine::as_it_is());
    let mut stand = Stand::build(plan).await;
    let mut seen = Seen::default();
    stand.first_looks().await;
    let start = stand.asked();
    stand.run(&mut seen).await;
    let ran = stand.asked();
    stand.last_posts(&seen).await;
    let bad = stand.report(&seen, start, ran);
    stand.bot.kill().await.expect("killed");
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}

fn host(n: usize) -> String {
    format!("site-{n}.test")
}

fn hangs(n: usize) -> bool {
    n % 20 == 7
}

fn is_garbled(n: usize) -> bool {
    n % 100 == 50
}

fn is_well(n: usize) -> bool {
    !hangs(n) && !is_garbled(n)
}

impl Stand {
    async fn build(plan: Plan) -> Self {
        let mut sandbox = Sandbox::start(Settings::default()).await.expect("the sandbox starts");
        let owner = sandbox.add_person("mina", "Mina");
        let server = sandbox.add_server("Drama club", owner);
        let channels = ["news", "more-news"].map(|name| sandbox.add_channel(server, ChannelKind::Text, name));
        sandbox.invite_bot(server, 117_824);
        let hosts: Vec<String> = (0..plan.feeds).map(host).collect();
        let town = sandbox.add_town(&hosts).await.expect("a free port");
        for n in 0..plan.feeds {
            let site = town.site(&host(n)).expect("a site");
            site.style(|style| style.full = true);
            for old in 0..3 {
                site.publish(story(n * 10 + old, "old", n));
            }
            if hangs(n) {
                site.fail(Place::Feed, u32::MAX, SiteFault::Hang);
            } else if is_garbled(n) {
                site.fail(Place::Feed, u32::MAX, SiteFault::Garbage);
            }
        }
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("own.toml"), settings(&plan, &town)).expect("settings");
        let bot = start(folder.path(), &sandbox);
        let stand = Self {
            plan,
            sandbox,
            town,
            bot,
            folder,
            owner,
            channels,
        };
        stand.follow().await;
        stand
    }

    async fn follow(&self) {
        for channel in self.channels {
            let ready = |world: &daesa_sandbox::World| world.bot_online().then_some(());
            self.sandbox.wait_for(ready, PATIENCE).await.expect("the bot is there");
            let options = [("everything", json!(true))];
            let asking = self.sandbox.slash(self.owner, channel, "subscribe", &options);
            asking
                .expect("the command is there")
                .answer()
                .await
                .expect("it follows");
        }
    }

    fn site(&self, n: usize) -> &Site {
        self.town.site(&host(n)).expect("a site")
    }

    fn well(&self) -> impl Iterator<Item = usize> {
        (0..self.plan.feeds).filter(|n| is_well(*n))
    }

    /// Requests for feeds, and those answered with 304, of the sites that answer.
    fn asked(&self) -> (u64, u64) {
        let counts = self.well().map(|n| self.site(n).counts());
        counts.fold((0, 0), |(feed, same), counts| {
            (feed + counts.feed, same + counts.not_modified)
        })
    }

    /// Until every site that answers was looked at, and the first look is written down: what is there is no news.
    async fn first_looks(&self) {
        let began = Instant::now();
        while self.well().any(|n| self.site(n).counts().feed < 1) {
            assert!(began.elapsed() < PATIENCE * 3, "a feed was not looked at");
            sleep(Duration::from_millis(50)).await;
        }
        sleep(Duration::from_secs(2)).await;
    }

    /// Publishes, breaks things, asks questions, and reads how punctual the looks were.
    async fn run(&self, seen: &mut Seen) {
        let end = Instant::now() + Duration::from_secs_f64(self.plan.minutes * 60.0);
        let (mut story_at, mut fault_at, mut question_at) = (Instant::now(), Instant::now(), Instant::now());
        // Half the looks that are read at once, so that none is missed.
        let read_every = Duration::from_secs((self.plan.seconds * u64::from(LOOKS) / 2).min(60));
        let mut read_at = Instant::now() + read_every;
        let fault_every = Duration::from_millis(self.plan.seconds * 1000 * FAULTS / self.plan.feeds.max(1) as u64);
        let mut random = 0x2545_f491_4f6c_dd1d_u64;
        while Instant::now() < end {
            let now = Instant::now();
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            let n = usize::try_from(random % self.plan.feeds as u64).unwrap_or(0);
            if now >= story_at && is_well(n) {
                story_at += STORY_EVERY;
                let number = seen.stories.len();
                seen.stories.push(self.site(n).publish(story(number, "new", n)));
            } else if now >= fault_at && is_well(n) {
                fault_at += fault_every;
                self.site(n).fail(Place::Feed, 1, fault(random >> 32));
                seen.faults += 1;
            } else if now >= question_at {
                question_at += QUESTION_EVERY;
                seen.answers.extend(self.question().await);
            } else if now >= read_at {
                read_at += read_every;
                self.read_looks(seen).await;
            } else {
                sleep(Duration::from_millis(10)).await;
            }
        }
        self.read_looks(seen).await;
    }

    async fn question(&self) -> Option<Duration> {
        let began = Instant::now();
        let asking = self.sandbox.slash(self.owner, self.channels[0], "about", &[]);
        asking.expect("the command is there").answer().await?;
        Some(began.elapsed())
    }

    async fn read_looks(&self, seen: &mut Seen) {
        let file = self.folder.path().join("daesa.db").display().to_string();
        let store = Store::look(&file).await.expect("the store can be read");
        for n in 0..self.plan.feeds {
            let watched = store.watched(&format!("http://{}/feed", host(n)), LOOKS).await;
            let traces = watched
                .expect("it can be asked")
                .map_or(Vec::new(), |watched| watched.traces);
            let looks = traces.into_iter().filter_map(|look| Some((look.at, look.next?)));
            seen.looks.entry(n).or_default().extend(looks);
        }
        store.close().await.expect("closed");
    }

    async fn last_posts(&self, seen: &Seen) {
        let began = Instant::now();
        self.well().for_each(|n| self.site(n).clear_faults());
        let wait = PATIENCE + Duration::from_secs(self.plan.seconds * 4);
        while began.elapsed() < wait && (self.channels.iter()).any(|channel| !self.missing(seen, *channel).is_empty()) {
            sleep(Duration::from_millis(200)).await;
        }
    }

    /// Addresses of posts in a channel, and how often each.
    fn posted(&self, channel: u64) -> HashMap<String, usize> {
        let mut posted = HashMap::new();
        self.sandbox.look(|world| {
            for message in world.bot_messages_in(channel) {
                for embed in &message.embeds {
                    if let Some(url) = embed["url"].as_str() {
                        *posted.entry(url.to_owned()).or_default() += 1;
                    }
                }
            }
        });
        posted
    }

    fn missing(&self, seen: &Seen, channel: u64) -> Vec<String> {
        let posted = self.posted(channel);
        let missing = seen.stories.iter().filter(|story| posted.get(*story) != Some(&1));
        missing.cloned().collect()
    }

    /// Prints the table, and gives what is not as it should be.
    #[allow(clippy::cast_precision_loss)] // figures for people
    fn report(&self, seen: &Seen, before: (u64, u64), after: (u64, u64)) -> Vec<String> {
        let mut late: Vec<i64> = (seen.looks.values())
            .flat_map(|looks| {
                let pairs = looks.iter().zip(looks.iter().skip(1));
                pairs.map(|((_, due), (began, _))| began - due).collect::<Vec<_>>()
            })
            .collect();
        late.sort_unstable();
        let at = |share: f64| percentile(&late, share);
        let mut answers: Vec<i64> = (seen.answers.iter())
            .map(|took| i64::try_from(took.as_millis()).unwrap_or(i64::MAX))
            .collect();
        answers.sort_unstable();
        let (memory, peak) = (self.memory("VmRSS:"), self.memory("VmHWM:"));
        let (asked, same) = (after.0 - before.0, after.1 - before.1);
        let well = self.well().count();
        println!("| figure | value |\n|---|---|");
        println!(
            "| feeds | {}, {} of them hang, {} send rubbish |",
            self.plan.feeds,
            self.count(hangs),
            self.count(is_garbled)
        );
        println!(
            "| interval, length | {} s, {} min |",
            self.plan.seconds, self.plan.minutes
        );
        println!("| faults of the others | {} |", seen.faults);
        for (place, channel) in self.channels.iter().enumerate() {
            let posted: usize = self.posted(*channel).values().sum();
            println!(
                "| stories published, posted in channel {} | {}, {posted} |",
                place + 1,
                seen.stories.len()
            );
        }
        println!("| requests per feed that answers | {:.1} |", asked as f64 / well as f64);
        println!("| share of 304 | {:.1} % |", 100.0 * same as f64 / asked.max(1) as f64);
        println!(
            "| lateness of a look: median, p99, worst | {}, {}, {} ms ({} looks) |",
            at(0.5),
            at(0.99),
            at(1.0),
            late.len()
        );
        println!(
            "| `/about` → answer: median, p99 | {}, {} ms ({} questions) |",
            percentile(&answers, 0.5),
            percentile(&answers, 0.99),
            answers.len()
        );
        println!(
            "| memory at the end, peak | {:.1}, {:.1} MB |",
            memory as f64 / 1e6,
            peak as f64 / 1e6
        );
        let mut bad: Vec<String> = (self.channels.iter())
            .flat_map(|channel| self.missing(seen, *channel))
            .map(|story| format!("not posted exactly once: {story}"))
            .collect();
        for channel in self.channels {
            if self.posted(channel).len() != seen.stories.len() {
                bad.push("something else was posted".to_owned());
            }
        }
        if self.plan.seconds >= HELD && at(0.99) >= LATE {
            bad.push(format!("one look of a hundred is late by {} ms", at(0.99)));
        }
        if self.plan.seconds >= HELD && memory > MEMORY {
            bad.push(format!("the bot takes {memory} bytes"));
        }
        bad
    }

    fn count(&self, fits: impl Fn(usize) -> bool) -> usize {
        (0..self.plan.feeds).filter(|n| fits(*n)).count()
    }

    /// A line of the kernel's word about the bot's process, in bytes.
    fn memory(&self, line: &str) -> u64 {
        machine::memory(&self.bot.id().unwrap_or(0).to_string(), line)
    }
}

fn percentile(sorted: &[i64], share: f64) -> i64 {
    #[allow(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss
    )] // below the length
    let place = (sorted.len().saturating_sub(1) as f64 * share) as usize;
    sorted.get(place).copied().unwrap_or(0)
}

fn settings(plan: &Plan, town: &Town) -> String {
    let outlets: String = (0..plan.feeds)
        .map(|n| format!("[[outlet]]\nname = \"Site {n}\"\nurl = \"http://{}/feed\"\n", host(n)))
        .collect();
    // Looks wait for answers, so there may be more of them than cores; the default of four is for a minute.
    let lookups = if plan.seconds >= HELD { 4 } else { 64 };
    format!(
        "{outlets}[feeds]\ninterval = {}\nfirst_look = 0\nlookups = {lookups}\n[http]\nallow_loopback = true\n\
         resolve = {{ \"*.test\" = \"{}\" }}\n[posts]\nseed = false\n[commands]\nburst = 1000\n",
        plan.seconds,
        town.address()
    )
}

fn start(folder: &Path, sandbox: &Sandbox) -> Child {
    let mut bot = bot::telling(folder, sandbox);
    // One heap, as the files in config/deploy have it.
    bot.env("MALLOC_ARENA_MAX", "1").env("RUST_LOG", "error");
    bot.spawn().expect("the bot starts")
}

/// Nobody and no drama is in two of them, so that none is another telling of one before.
fn story(number: usize, what: &str, n: usize) -> Article {
    const FIRST: [&str; 12] = [
        "Ba", "Cho", "Da", "Eun", "Ga", "Ha", "Jae", "Kang", "Mi", "Na", "Seo", "Tae",
    ];
    const SECOND: [&str; 12] = [
        "bin", "chan", "dam", "gyeol", "hee", "jin", "kyu", "mok", "rin", "sol", "wol", "young",
    ];
    const FAMILY: [&str; 12] = [
        "Ahn", "Bae", "Cha", "Do", "Eom", "Gi", "Heo", "Im", "Jo", "Ku", "Ma", "Noh",
    ];
    let name = format!(
        "{} {}-{}",
        FAMILY[number % 12],
        FIRST[number / 12 % 12],
        SECOND[number / 144 % 12]
    );
    // A number at the end would be a season of the one before.
    let title = format!("The {number} Lamps Of {}{what}", SECOND[number % 12]);
    Article {
        slug: format!("{what}-{number}"),
        title: format!("{name} Says Goodbye To “{title}”"),
        html_body: format!(
            "<p>{name} has said goodbye to “{title}”, whose last part was seen by {number}.{} percent.</p>\
             <p>{name} commented, “I have lit {number} lamps in this house, and each of them was mine.”</p>",
            n % 10
        ),
        author: "Staff".to_owned(),
        published: 1_790_000_000_000 + i64::try_from(number).unwrap_or(0) * 1000,
        ..Article::default()
    }
}

fn fault(random: u64) -> SiteFault {
    match random % 5 {
        0 => SiteFault::Status(500, None),
        1 => SiteFault::Status(503, Some(2)),
        2 => SiteFault::Cut,
        3 => SiteFault::Half,
        _ => SiteFault::Slow(Duration::from_millis(700)),
    }
}
