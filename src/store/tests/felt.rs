//! What is summed up is what the tallies are, whatever happens in whatever order.

use super::votes::{add, key, remove};
use super::*;
use crate::model::{Emoji, Pressing, UserId, VoteBatch, answer::TopBy};
use proptest::{prelude::*, test_runner::TestRunner};
use std::cell::Cell;

const OTHER: GuildId = GuildId(71 << 22);
const GUILDS: [GuildId; 2] = [GUILD, OTHER];
const EMOJI: [&str; 3] = ["❤", "😂", "😭"];
/// Stories, and posts of a round.
const STORIES: u32 = 3;
const POSTS: u64 = 4;

/// Sums as they are, and as they have to be: a row in one of them alone is wrong. A sum of none may be there or not.
const WRONG: &str = "
WITH told (article, place, message, posted) AS (
        SELECT article, guild, message, posted FROM post
        UNION ALL SELECT p.article, -1, p.message, p.posted FROM post p JOIN article a ON a.id = p.article
            WHERE a.confined = 0),
    votes (article, place, emoji, votes) AS (
        SELECT p.article, p.place, t.emoji, sum(t.rows - t.bots + t.base - t.base_bots)
        FROM told p JOIN tally t ON t.message = p.message GROUP BY 1, 2, 3),
    whose (article, kind, key) AS (
        SELECT article, role, key FROM article_name WHERE role = 1 OR (role = 0 AND position = 0)
        UNION ALL SELECT article, 2, subject FROM article_subject WHERE subject LIKE 'drama:%'
        UNION ALL SELECT id, 3, '' FROM article),
    right (sum, a, b, c, votes) AS (
        SELECT 'emoji', article, place, emoji, votes FROM votes WHERE votes <> 0
        UNION ALL SELECT 'story', p.article, p.place, min(p.posted),
            coalesce((SELECT sum(v.votes) FROM votes v WHERE v.article = p.article AND v.place = p.place), 0)
            FROM told p GROUP BY 2, 3
        UNION ALL SELECT 'name', v.place, w.kind || w.key, v.emoji, sum(v.votes)
            FROM votes v JOIN whose w ON w.article = v.article GROUP BY 2, 3, 4 HAVING sum(v.votes) <> 0
        UNION ALL SELECT 'cast', v.place, d.key || ' ' || p.key, v.emoji, sum(v.votes)
            FROM votes v JOIN whose d ON d.article = v.article AND d.kind = 2
                JOIN whose p ON p.article = v.article AND p.kind = 1
            GROUP BY 2, 3, 4 HAVING sum(v.votes) <> 0
        UNION ALL SELECT 'drama', p.place || ' ' || d.key, p.article, min(p.posted),
            (SELECT sum(v.votes) FROM votes v WHERE v.article = p.article AND v.place = p.place) AS felt
            FROM told p JOIN whose d ON d.article = p.article AND d.kind = 2 GROUP BY 2, 3 HAVING felt > 0
        UNION ALL SELECT 'time', s.place, s.posted / 900000, v.emoji, sum(v.votes)
            FROM (SELECT article, place, min(posted) AS posted FROM told GROUP BY 1, 2) s
                JOIN votes v ON v.article = s.article AND v.place = s.place
            GROUP BY 2, 3, 4 HAVING sum(v.votes) <> 0),
    there (sum, a, b, c, votes) AS (
        SELECT 'emoji', article, place, emoji, votes FROM felt_emoji WHERE votes <> 0
        UNION ALL SELECT 'story', article, place, posted, votes FROM felt
        UNION ALL SELECT 'name', place, kind || key, emoji, votes FROM felt_name WHERE votes <> 0
        UNION ALL SELECT 'cast', place, drama || ' ' || person, emoji, votes FROM felt_cast WHERE votes <> 0
        UNION ALL SELECT 'drama', place || ' ' || drama, article, posted, votes FROM felt_drama
        UNION ALL SELECT 'time', place, quarter, emoji, votes FROM felt_time WHERE votes <> 0)
SELECT group_concat(w) FROM (
    SELECT json_array('missing', sum, a, b, c, votes) AS w FROM (SELECT * FROM right EXCEPT SELECT * FROM there)
    UNION ALL
    SELECT json_array('too much', sum, a, b, c, votes) FROM (SELECT * FROM there EXCEPT SELECT * FROM right))";

async fn wrong(home: &Home) -> Option<String> {
    sqlx::query_scalar(WRONG).fetch_one(home.store.read()).await.unwrap()
}

/// Votes of a post by emoji that were not summed up yet.
async fn behind(home: &Home) -> i64 {
    home.number("SELECT count(*) FROM tally WHERE rows - bots + base - base_bots <> counted")
        .await
}

async fn post(home: &Home, message: MessageId, story: u32, guild: GuildId, posted: Millis) {
    sqlx::query("INSERT INTO post (message, article, channel, guild, posted) VALUES ($1, $2, $3, $4, $5)")
        .bind(message.to_db())
        .bind(story)
        .bind(i64::from(story) + guild.to_db())
        .bind(guild.to_db())
        .bind(posted)
        .execute(home.store.write())
        .await
        .unwrap();
}

/// A story as it is told for the nth time: about others each time, and about one of them twice.
fn telling(nth: usize) -> Told {
    match nth % 3 {
        0 => Told::of("tide").with("Ara").with("Bin"),
        1 => Told::of("moon").with("Ara"),
        _ => {
            let mut told = Told::of("tide").with("Bin");
            let bin = told.about.people[0].clone();
            told.about.people.push(bin);
            told
        }
    }
}

async fn told() -> Home {
    let home = home().await;
    for story in 1..=STORIES {
        home.publish(story, &telling(story as usize), NOW).await;
    }
    for guild in GUILDS {
        home.guild_seen(guild, NOW).await.unwrap();
    }
    home
}

#[derive(Clone, Debug)]
enum Event {
    Post(u32, usize, i64),
    Vote(u64, usize, u64, bool),
    Unvote(u64, usize, u64, bool),
    Press(u64, usize, u64),
    Clear(u64),
    ClearEmoji(u64, usize),
    Deleted(u64),
    Forget(u64),
    /// Discord lists who voted, or says how many did.
    Listed(u64, usize, Vec<u64>),
    Said(u64, usize, u64),
    Recount(u64),
    /// The story is told again, another way.
    Again(u32, usize),
    /// Only a server's own feed tells it, or an outlet for all does.
    Confined(u32, bool),
    /// What is old is not kept.
    Prune,
    Left(usize),
    Count,
}

fn event() -> impl Strategy<Value = Event> {
    let vote = || (0..POSTS, 0..EMOJI.len(), 1..6_u64, any::<bool>());
    let place = || (0..POSTS, 0..EMOJI.len());
    prop_oneof![
        2 => (1..=STORIES, 0..2_usize, -9..9_i64).prop_map(|(s, g, t)| Event::Post(s, g, t)),
        8 => vote().prop_map(|(m, e, u, b)| Event::Vote(m, e, u, b)),
        4 => vote().prop_map(|(m, e, u, b)| Event::Unvote(m, e, u, b)),
        4 => vote().prop_map(|(m, e, u, _)| Event::Press(m, e, u)),
        1 => (0..POSTS).prop_map(Event::Clear),
        1 => place().prop_map(|(m, e)| Event::ClearEmoji(m, e)),
        1 => (0..POSTS).prop_map(Event::Deleted),
        1 => (1..6_u64).prop_map(Event::Forget),
        1 => (place(), prop::collection::vec(1..9_u64, 0..5)).prop_map(|((m, e), u)| Event::Listed(m, e, u)),
        1 => (place(), 0..9_u64).prop_map(|((m, e), n)| Event::Said(m, e, n)),
        1 => (0..POSTS).prop_map(Event::Recount),
        2 => (1..=STORIES, 0..3_usize).prop_map(|(s, n)| Event::Again(s, n)),
        1 => (1..=STORIES, any::<bool>()).prop_map(|(s, c)| Event::Confined(s, c)),
        1 => Just(Event::Prune),
        1 => (0..2_usize).prop_map(Event::Left),
        3 => Just(Event::Count),
    ]
}

/// Messages and presses of a round have numbers of their own.
struct Round<'a> {
    home: &'a Home,
    base: u64,
    next: u64,
}

impl Round<'_> {
    async fn begin(home: &Home, base: u64) -> Round<'_> {
        for nth in 0..POSTS {
            let (story, guild) = (1 + u32::try_from(nth).unwrap() % STORIES, GUILDS[nth as usize % 2]);
            post(home, MessageId(base + nth), story, guild, NOW).await;
        }
        let next = base + POSTS;
        Round { home, base, next }
    }

    async fn apply(&self, batch: VoteBatch) {
        self.home.apply_votes(&[batch], NOW).await.unwrap();
    }

    async fn happen(&mut self, event: &Event) {
        let of = |post: u64| MessageId(self.base + post);
        let heart = |emoji: usize| Emoji::unicode(EMOJI[emoji]);
        match *event {
            Event::Post(story, guild, at) => {
                post(self.home, MessageId(self.next), story, GUILDS[guild], NOW + at).await;
                self.next += 1;
            }
            // User 5 is a bot.
            Event::Vote(m, e, u, b) => self.apply(add(key(of(m), EMOJI[e], u, b), u == 5)).await,
            Event::Unvote(m, e, u, b) => self.apply(remove(key(of(m), EMOJI[e], u, b))).await,
            Event::Press(m, e, u) => {
                let pressed = Pressing {
                    message: of(m),
                    emoji: heart(e),
                    user: UserId(u),
                    at: self.next,
                };
                self.next += 1;
                let pressed = vec![pressed];
                self.apply(VoteBatch {
                    pressed,
                    ..VoteBatch::default()
                })
                .await;
            }
            Event::Clear(m) => {
                let cleared = vec![of(m)];
                self.apply(VoteBatch {
                    cleared,
                    ..VoteBatch::default()
                })
                .await;
            }
            Event::ClearEmoji(m, e) => {
                let cleared_emoji = vec![(of(m), heart(e))];
                self.apply(VoteBatch {
                    cleared_emoji,
                    ..VoteBatch::default()
                })
                .await;
            }
            Event::Deleted(m) => {
                let deleted = vec![of(m)];
                self.apply(VoteBatch {
                    deleted,
                    ..VoteBatch::default()
                })
                .await;
            }
            Event::Forget(u) => drop(self.home.forget(UserId(u)).await.unwrap()),
            Event::Listed(m, e, ref users) => {
                let voter = |user: &u64| Voter {
                    user: UserId(*user),
                    bot: *user == 5,
                };
                let voters: Vec<Voter> = users.iter().map(voter).collect();
                self.home
                    .replace_voters(of(m), &heart(e), false, &voters)
                    .await
                    .unwrap();
            }
            Event::Said(m, e, votes) => drop(self.home.set_count(of(m), &heart(e), false, votes).await.unwrap()),
            Event::Recount(m) => drop(self.home.recount_buttons(of(m), NOW).await.unwrap()),
            Event::Again(story, nth) => self.again(story, nth).await,
            Event::Confined(story, confined) => {
                let sql = sqlx::query("UPDATE article SET confined = $2 WHERE id = $1");
                sql.bind(story)
                    .bind(confined)
                    .execute(self.home.store.write())
                    .await
                    .unwrap();
            }
            Event::Prune => {
                let keep = Keep {
                    voters: 1,
                    ..Keep::default()
                };
                self.home.prune(&keep, NOW + 2 * DAY).await.unwrap();
            }
            Event::Left(guild) => {
                self.home.guild_left(GUILDS[guild], NOW).await.unwrap();
                self.home.prune(&Keep::default(), NOW + 31 * DAY).await.unwrap();
                self.home.guild_seen(GUILDS[guild], NOW).await.unwrap();
            }
            Event::Count => self.home.count_up().await.unwrap(),
        }
    }

    async fn again(&self, story: u32, nth: usize) {
        sqlx::query("UPDATE entry SET again_due = $1, leased = 0, payload = '{}' WHERE article = $2")
            .bind(NOW)
            .bind(story)
            .execute(self.home.store.write())
            .await
            .unwrap();
        for due in self.home.due_again(NOW, MINUTE, NOW, 10).await.unwrap() {
            self.home
                .edit_story(&due, &telling(nth).story(&[]), None, NOW)
                .await
                .unwrap();
        }
    }
}

#[test]
fn any_sequence_of_events_leaves_the_sums_true() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let home = runtime.block_on(told());
    let base = Cell::new(1_000);
    let mut runner = TestRunner::new(ProptestConfig {
        cases: 60,
        failure_persistence: None,
        max_shrink_iters: 0,
        ..ProptestConfig::default()
    });
    let events = prop::collection::vec(event(), 1..40);
    runner
        .run(&events, |events| {
            let found = runtime.block_on(async {
                let mut round = Round::begin(&home, base.replace(base.get() + 1_000)).await;
                for event in &events {
                    round.happen(event).await;
                }
                home.count_up().await.unwrap();
                (wrong(&home).await, behind(&home).await)
            });
            prop_assert_eq!(found, (None, 0));
            Ok(())
        })
        .unwrap();
}

#[tokio::test]
async fn who_asks_has_the_rest_counted_first() {
    let home = told().await;
    post(&home, MessageId(1), 1, GUILD, NOW).await;
    let votes = |users: std::ops::Range<u64>| VoteBatch {
        added: users.map(|user| (key(MessageId(1), "❤", user, false), false)).collect(),
        ..VoteBatch::default()
    };
    home.apply_votes(&[votes(1..4)], NOW).await.unwrap();
    assert_eq!(behind(&home).await, 1, "a vote costs its row and its tally, no sum");
    let told = async || home.story_mood(None, ArticleId(1)).await.unwrap()[0].votes;
    assert_eq!((told().await, behind(&home).await), (3, 0));
    // What a crash leaves behind is counted by whoever asks next.
    home.apply_votes(&[votes(4..6)], NOW).await.unwrap();
    let home = home.crash(NOW).await;
    assert_eq!(home.story_mood(None, ArticleId(1)).await.unwrap()[0].votes, 5);
    assert_eq!(wrong(&home).await, None);
}

#[tokio::test]
async fn where_nothing_can_be_written_sums_are_as_of_the_last_count() {
    let home = told().await;
    post(&home, MessageId(1), 1, GUILD, NOW).await;
    let vote = |user| add(key(MessageId(1), "❤", user, false), false);
    home.apply_votes(&[vote(1)], NOW).await.unwrap();
    home.count_up().await.unwrap();
    home.apply_votes(&[vote(2)], NOW).await.unwrap();
    let reader = Store::look(&url(&home.folder)).await.unwrap();
    assert!(reader.count_up().await.is_err_and(|error| error.refuses_writes()));
    let query = TopQuery {
        guild: Some(GUILD),
        since: 0,
        by: TopBy::Story,
        drama: None,
        limit: 5,
    };
    assert_eq!(reader.top(&query).await.unwrap()[0].votes[0].votes, 1);
    assert_eq!(reader.mood(None, 0, None, 5).await.unwrap().total[0].votes, 1);
    assert_eq!(home.top(&query).await.unwrap()[0].votes[0].votes, 2);
}

#[tokio::test]
async fn many_tallies_are_counted_in_slices() {
    let home = told().await;
    for message in 1..=900 {
        post(&home, MessageId(message), 1, GUILD, NOW).await;
    }
    let votes = (1..=900).flat_map(|message| EMOJI.map(|emoji| (key(MessageId(message), emoji, 7, false), false)));
    let batch = VoteBatch {
        added: votes.collect(),
        ..VoteBatch::default()
    };
    home.apply_votes(&[batch], NOW).await.unwrap();
    assert_eq!(behind(&home).await, 2_700, "more than one slice");
    assert!(home.count_some().await.unwrap());
    let left = behind(&home).await;
    assert!(
        (1_500..2_700).contains(&left),
        "a slice is counted, and no more: {left} left"
    );
    home.count_up().await.unwrap();
    assert!(!home.count_some().await.unwrap(), "nothing was left");
    assert_eq!((behind(&home).await, wrong(&home).await), (0, None));
}
