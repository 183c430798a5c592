//! Channels that follow a drama, stories for them, people who click; and in the end the verdict.

use crate::harness::{Play, Setting};
use daesa::{
    model::{Emoji, MessageId},
    store::Store,
};
use daesa_sandbox::{Article, Logged, Message, Sandbox, World};
use serde_json::json;
use std::{
    collections::{BTreeMap, HashMap},
    time::{Duration, Instant},
};

/// What people react with: feelings, others that count as them, one that stands for none, a server's own.
const EMOJI: [&str; 8] = ["❤️", "😍", "😂", "😮", "😭", "😡", "🍜", "dancing:1123456789012345678"];
/// The feelings that the bot puts under a post.
const SEEDS: usize = 5;

/// The tally of a post: emoji and whether it is a super reaction, and how many.
type Tally = BTreeMap<(String, bool), u64>;

/// The scene of everything here.
pub struct Stage {
    pub play: Play,
    /// Where stories go.
    pub channels: Vec<u64>,
    /// The addresses of the stories, in the order in which they came.
    pub stories: Vec<String>,
    /// How long anything may take.
    pub patience: Duration,
    pub random: fastrand::Rng,
    people: Vec<u64>,
    seeded: bool,
    began: i64,
}

/// What is left after everything.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Posts of stories.
    pub posts: usize,
    /// Stories that a channel does not have.
    pub lost: usize,
    /// Stories that a channel has once more than once.
    pub doubled: usize,
    /// Neighbours in a channel in the wrong order.
    pub disordered: usize,
    /// Votes that people gave, as Discord shows them.
    pub votes: u64,
    /// Posts whose tally is not what Discord shows.
    pub untrue: usize,
    /// Requests that Discord would count as invalid, those that a fault made not among them.
    pub invalid: u64,
}

impl Verdict {
    /// Each story once in each channel and in order, each tally true.
    ///
    /// # Panics
    /// When not.
    pub fn holds(&self) {
        let broken = (self.lost, self.doubled, self.disordered, self.untrue);
        assert_eq!(broken, (0, 0, 0, 0), "lost, doubled, disordered, untrue: {self:?}");
        assert!(self.invalid <= 20, "{self:?}");
    }
}

impl Stage {
    /// A play whose channels follow a drama, with people who react. `seed` makes the random moments the same again.
    pub async fn build(setting: Setting, channels: usize, people: usize, seed: u64) -> Self {
        let seeded = !setting.own.contains("seed = false");
        let mut play = Play::with(setting).await;
        let mut all = vec![play.news];
        all.extend((1..channels).map(|n| play.channel(&format!("stage-{n}"))));
        for channel in &all {
            let options = [
                ("drama", json!("the tidewater clinic")),
                ("channel", json!(channel.to_string())),
            ];
            let (mina, news) = (play.mina, play.news);
            play.slash(mina, news, "subscribe", &options).await;
        }
        let mut crowd: Vec<u64> = (0..people).map(|n| play.member(&format!("Fan{n}"))).collect();
        let robot = play.sandbox.add_other_bot("robot");
        play.sandbox.add_member(play.server, robot);
        crowd.push(robot);
        Self {
            play,
            channels: all,
            stories: Vec::new(),
            patience: Duration::from_secs(60),
            random: fastrand::Rng::with_seed(seed),
            people: crowd,
            seeded,
            began: crate::harness::now() - 7_200_000,
        }
    }

    /// Stories come in: their order is the order of their numbers.
    pub fn publish(&mut self, stories: usize) {
        for _ in 0..stories {
            let number = self.stories.len() + 1;
            let html = format!(
                "<p>SBS’s “The Tidewater Clinic” has shared part {number} of its diary!</p><p>Ryu Da On comments, \
                 “We came to part {number} sooner than anybody thought.”</p>"
            );
            let address = self.play.sandbox.site().publish(Article {
                slug: format!("part-{number:05}"),
                title: format!("Part {number} Of The Diary Of “The Tidewater Clinic”"),
                html_body: html,
                published: self.began + i64::try_from(number).expect("few") * 1000,
                ..Article::default()
            });
            self.stories.push(address);
        }
    }

    /// People click: mostly on what is new.
    pub fn click(&mut self, times: usize) {
        for _ in 0..times {
            let channel = self.channels[self.random.usize(..self.channels.len())];
            let back = self.random.usize(..6);
            let post = self.play.sandbox.look(|world| {
                let mut posts = world
                    .bot_messages_in(channel)
                    .into_iter()
                    .rev()
                    .filter(|m| story_of(m).is_some());
                posts.nth(back).map(|post| post.id)
            });
            let Some(post) = post else { continue };
            let person = self.people[self.random.usize(..self.people.len())];
            let emoji = EMOJI[self.random.usize(..EMOJI.len())];
            let burst = self.random.u8(..6) == 0;
            let sandbox = &self.play.sandbox;
            // What was given already, or was not there to be taken back, is nothing to Discord either.
            let _ = match self.random.u8(..24) {
                0 => sandbox.clear_reactions(post, Some("🍜")),
                1..=7 => sandbox.unreact(person, post, emoji, burst),
                _ => sandbox.react(person, post, emoji, burst),
            };
        }
    }

    /// Waits until nothing is due any more, takes every post, and judges.
    pub async fn verdict(&mut self) -> Verdict {
        let expected = self.stories.len() * self.channels.len();
        let (channels, seeds, bot) = (&self.channels, self.seeded, self.play.sandbox.bot());
        let done = self.play.sandbox.wait_for(
            |world| {
                let posts = channels.iter().flat_map(|channel| posts_in(world, *channel));
                let whole = posts.filter(|post| !seeds || own_reactions(post, bot) >= SEEDS);
                (whole.count() >= expected).then_some(())
            },
            self.patience,
        );
        if done.await.is_none() {
            println!(
                "not everything was posted in {:?}\n{}",
                self.patience,
                self.play.log_text()
            );
        }
        let mut verdict = Verdict::default();
        for channel in &self.channels {
            self.judge(*channel, &mut verdict);
        }
        for post in self.posts() {
            self.play.take(post);
        }
        verdict.untrue = self.until_true().await;
        verdict.votes = shown(&self.play.sandbox, &self.channels)
            .values()
            .flat_map(BTreeMap::values)
            .sum();
        verdict.invalid = self.play.sandbox.invalid().unasked();
        self.play.invalid = verdict.invalid;
        self.tell_invalid();
        verdict
    }

    /// Prints what Discord would count as invalid and no fault made, with what went before it into the same bucket.
    fn tell_invalid(&self) {
        let all = self.play.sandbox.requests();
        for (index, request) in all.iter().enumerate().filter(|(_, request)| request.is_unasked()) {
            let same = |other: &&Logged| other.path == request.path && other.method == request.method;
            let before: Vec<i64> = all[..index]
                .iter()
                .rev()
                .filter(same)
                .take(5)
                .map(|other| request.time - other.time)
                .collect();
            println!(
                "refused: {} {} with {}, scope {:?}, told to wait {:?}; the same was asked {before:?} ms before",
                request.method, request.path, request.status, request.scope, request.retry_after
            );
        }
    }

    fn posts(&self) -> Vec<u64> {
        let channels = self.channels.iter();
        self.play.sandbox.look(|world| {
            let posts = channels.flat_map(|channel| posts_in(world, *channel).map(|post| post.id).collect::<Vec<_>>());
            posts.collect()
        })
    }

    fn judge(&self, channel: u64, verdict: &mut Verdict) {
        let numbers: HashMap<&str, usize> = self.stories.iter().enumerate().map(|(n, a)| (a.as_str(), n)).collect();
        let order: Vec<usize> = self.play.sandbox.look(|world| {
            let posts = posts_in(world, channel);
            posts.filter_map(|post| numbers.get(story_of(post)?).copied()).collect()
        });
        let mut known = order.clone();
        known.sort_unstable();
        known.dedup();
        verdict.posts += order.len();
        verdict.lost += self.stories.len() - known.len();
        verdict.doubled += order.len() - known.len();
        verdict.disordered += order.windows(2).filter(|pair| pair[0] > pair[1]).count();
    }

    /// Looks at the bot's tallies until they are what Discord shows: how many are not in the end.
    async fn until_true(&self) -> usize {
        let store = Store::look(&self.play.store_file().display().to_string())
            .await
            .expect("the store can be read");
        let began = Instant::now();
        let untrue = loop {
            let shown = shown(&self.play.sandbox, &self.channels);
            let mut untrue = Vec::new();
            for (post, expected) in &shown {
                let counted = store.tally(MessageId(*post)).await.expect("a tally");
                let counted: Tally = counted
                    .into_iter()
                    .map(|t| ((t.emoji.key(), t.way == daesa::model::Way::Burst), t.votes))
                    .collect();
                if counted != *expected {
                    untrue.push((*post, counted, expected.clone()));
                }
            }
            if untrue.is_empty() {
                break 0;
            }
            if began.elapsed() >= self.patience {
                println!("not as Discord shows it: {untrue:?}\n{}", self.play.log_text());
                break untrue.len();
            }
            // Nothing tells of a file that changes.
            tokio::time::sleep(Duration::from_millis(100)).await;
        };
        store.close().await.expect("closed");
        untrue
    }
}

fn posts_in(world: &World, channel: u64) -> impl Iterator<Item = &Message> {
    world
        .bot_messages_in(channel)
        .into_iter()
        .filter(|post| story_of(post).is_some())
}

/// The address of the story that a message posts; what answers a command posts none.
fn story_of(message: &Message) -> Option<&str> {
    let posts = message.reference.is_none() && message.cause.is_none();
    message.embeds.first().filter(|_| posts)?["url"].as_str()
}

fn own_reactions(post: &Message, bot: u64) -> usize {
    post.reactions
        .iter()
        .filter(|reacted| reacted.normal.contains(&bot))
        .count()
}

/// What Discord shows under the posts of these channels, less the bot's own.
fn shown(sandbox: &Sandbox, channels: &[u64]) -> BTreeMap<u64, Tally> {
    let bot = sandbox.bot();
    let tally = |post: &Message| {
        let mut tally = Tally::new();
        for reacted in &post.reactions {
            let emoji = reacted
                .emoji
                .id
                .map_or_else(|| Emoji::unicode(&reacted.emoji.name), Emoji::Custom);
            for (burst, people) in [(false, &reacted.normal), (true, &reacted.burst)] {
                let votes = people.iter().filter(|person| **person != bot).count();
                if votes > 0 {
                    *tally.entry((emoji.key(), burst)).or_default() += votes as u64;
                }
            }
        }
        tally
    };
    sandbox.look(|world| {
        let posts = channels.iter().flat_map(|channel| posts_in(world, *channel));
        posts.map(|post| (post.id, tally(post))).collect()
    })
}
