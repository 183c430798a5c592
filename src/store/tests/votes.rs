//! Votes: the tally is what the rows are, whatever comes in whatever order.

use super::*;
use crate::model::{Emoji, UserId, VoteBatch, VoteKey, Way};
use proptest::{prelude::*, test_runner::TestRunner};
use std::collections::BTreeMap;

pub fn key(message: MessageId, emoji: &str, user: u64, burst: bool) -> VoteKey {
    VoteKey {
        message,
        emoji: Emoji::unicode(emoji),
        user: UserId(user),
        way: Way::reaction(burst),
    }
}

pub fn add(key: VoteKey, bot: bool) -> VoteBatch {
    VoteBatch {
        added: vec![(key, bot)],
        ..VoteBatch::default()
    }
}

pub fn remove(key: VoteKey) -> VoteBatch {
    VoteBatch {
        removed: vec![key],
        ..VoteBatch::default()
    }
}

/// A store with posts, made without their stories' way through the outbox.
pub async fn posts(messages: &[MessageId]) -> Home {
    let home = home().await;
    home.publish(1, &Told::of("tide"), NOW).await;
    put_posts(&home, messages).await;
    home
}

pub async fn put_posts(home: &Home, messages: &[MessageId]) {
    for message in messages {
        sqlx::query("INSERT INTO post (message, article, channel, guild, posted) VALUES ($1, 1, $2, $3, $4)")
            .bind(message.to_db())
            .bind(HERE.to_db())
            .bind(GUILD.to_db())
            .bind(NOW)
            .execute(home.store.write())
            .await
            .unwrap();
    }
}

/// (emoji, burst, votes, bots, base).
pub async fn tally(home: &Home, message: MessageId) -> Vec<(String, bool, u64, u64, u64)> {
    let rows = home.tally(message).await.unwrap();
    rows.into_iter()
        .map(|t| (t.emoji.key(), t.way == Way::Burst, t.votes, t.bots, t.base))
        .collect()
}

async fn apply(home: &Home, batches: &[VoteBatch]) -> AppliedVotes {
    home.apply_votes(batches, NOW).await.unwrap()
}

const ONE: MessageId = MessageId(1);
const TWO: MessageId = MessageId(2);

fn row(emoji: &str, burst: bool, votes: u64, bots: u64, base: u64) -> (String, bool, u64, u64, u64) {
    (emoji.to_owned(), burst, votes, bots, base)
}

#[tokio::test]
async fn a_vote_counts_once() {
    let home = posts(&[ONE, TWO]).await;
    let love = key(ONE, "❤️", 5, false);
    let applied = apply(&home, &[add(love.clone(), false), add(love.clone(), false)]).await;
    assert_eq!((applied.added, applied.removed), (1, 0));
    assert_eq!(applied.changed.into_iter().collect::<Vec<_>>(), [ONE]);
    apply(
        &home,
        &[
            add(love.clone(), false),
            add(key(ONE, "❤️", 5, true), false),
            add(key(ONE, "❤", 6, false), true),
        ],
    )
    .await;
    assert_eq!(
        tally(&home, ONE).await,
        [row("❤", false, 2, 1, 0), row("❤", true, 1, 0, 0)]
    );
    let applied = apply(&home, &[remove(love.clone()), remove(love)]).await;
    assert_eq!((applied.added, applied.removed), (0, 1));
    assert_eq!(tally(&home, ONE).await[0], row("❤", false, 1, 1, 0));
    assert_eq!(tally(&home, TWO).await, []);
    assert_eq!(apply(&home, &[]).await, AppliedVotes::default());
}

#[tokio::test]
async fn unknown_messages_and_odd_ids_are_passed_over() {
    let home = posts(&[ONE]).await;
    let odd = [
        add(key(MessageId(77), "❤️", 5, false), false),
        add(key(MessageId(u64::MAX), "", u64::MAX, true), false),
    ];
    let applied = apply(&home, &odd).await;
    assert_eq!((applied.added, applied.changed.len()), (0, 0));
    let custom = VoteKey {
        message: ONE,
        emoji: Emoji::Custom(u64::MAX),
        user: UserId(u64::MAX),
        way: Way::Reaction,
    };
    apply(&home, &[add(custom.clone(), false)]).await;
    assert_eq!(home.tally(ONE).await.unwrap()[0].emoji, custom.emoji);
    apply(&home, &[remove(custom)]).await;
    assert_eq!(tally(&home, ONE).await, []);
}

#[tokio::test]
async fn cleared_by_a_moderator() {
    let home = posts(&[ONE, TWO]).await;
    for message in [ONE, TWO] {
        apply(
            &home,
            &[
                add(key(message, "❤️", 5, false), false),
                add(key(message, "😂", 5, true), false),
            ],
        )
        .await;
    }
    let emoji = VoteBatch {
        cleared_emoji: vec![(ONE, Emoji::unicode("❤️"))],
        ..VoteBatch::default()
    };
    apply(&home, &[emoji]).await;
    assert_eq!(tally(&home, ONE).await, [row("😂", true, 1, 0, 0)]);
    let all = VoteBatch {
        cleared: vec![ONE],
        added: vec![(key(ONE, "😮", 7, false), false)],
        ..VoteBatch::default()
    };
    apply(&home, &[all]).await;
    assert_eq!(tally(&home, ONE).await, [row("😮", false, 1, 0, 0)]);
    assert_eq!(tally(&home, TWO).await.len(), 2);
}

#[tokio::test]
async fn what_is_deleted_stays_as_it_was() {
    let home = posts(&[ONE, TWO]).await;
    let last = VoteBatch {
        added: vec![(key(ONE, "❤️", 5, false), false)],
        deleted: vec![ONE],
        ..VoteBatch::default()
    };
    apply(&home, &[last]).await;
    let late = [
        add(key(ONE, "❤️", 6, false), false),
        remove(key(ONE, "❤️", 5, false)),
        VoteBatch {
            cleared: vec![ONE],
            ..VoteBatch::default()
        },
        VoteBatch {
            cleared_emoji: vec![(ONE, Emoji::unicode("❤️"))],
            ..VoteBatch::default()
        },
    ];
    apply(&home, &late).await;
    assert_eq!(tally(&home, ONE).await, [row("❤", false, 1, 0, 0)]);
    apply(&home, &[add(key(TWO, "❤️", 6, false), false)]).await;
    apply(
        &home,
        &[VoteBatch {
            channels_deleted: vec![HERE],
            ..VoteBatch::default()
        }],
    )
    .await;
    apply(&home, &[remove(key(TWO, "❤️", 6, false))]).await;
    assert_eq!(tally(&home, TWO).await, [row("❤", false, 1, 0, 0)]);
    for gone in [ONE, TWO] {
        let post = home.post_of(gone).await.unwrap().unwrap();
        assert!(post.deleted_at.is_some(), "{post:?}");
    }
}

#[tokio::test]
async fn forgotten_and_still_counted() {
    let home = posts(&[ONE, TWO]).await;
    let mine = [
        key(ONE, "❤️", 5, false),
        key(ONE, "❤️", 5, true),
        key(TWO, "😂", 5, false),
    ];
    let batch: Vec<VoteBatch> = mine.iter().cloned().map(|key| add(key, false)).collect();
    apply(&home, &batch).await;
    apply(&home, &[add(key(ONE, "❤️", 6, false), false)]).await;
    assert_eq!(home.forget(UserId(5)).await.unwrap(), 3);
    assert_eq!(home.forget(UserId(5)).await.unwrap(), 0);
    assert_eq!(
        tally(&home, ONE).await,
        [row("❤", false, 2, 0, 1), row("❤", true, 1, 0, 1)]
    );
    assert_eq!(home.number("SELECT count(*) FROM vote WHERE user = 5").await, 0);
    let hashes = home.number("SELECT count(DISTINCT hash) FROM forgotten").await;
    assert_eq!(hashes, 3, "nothing tells that the three are of one person");
    // Told again by a replay, they are not counted again.
    let home = home.crash(NOW).await;
    assert_eq!(apply(&home, &batch).await.added, 0);
    assert_eq!(tally(&home, ONE).await[0], row("❤", false, 2, 0, 1));
    // Taken back, they are taken off, once.
    let applied = apply(&home, &[remove(mine[0].clone()), remove(mine[0].clone())]).await;
    assert_eq!(applied.removed, 1);
    assert_eq!(tally(&home, ONE).await[0], row("❤", false, 1, 0, 0));
    // Given anew, they are votes like any other.
    assert_eq!(apply(&home, &[add(mine[0].clone(), false)]).await.added, 1);
    assert_eq!(tally(&home, ONE).await[0], row("❤", false, 2, 0, 0));
    apply(
        &home,
        &[VoteBatch {
            cleared: vec![ONE],
            ..VoteBatch::default()
        }],
    )
    .await;
    assert_eq!(tally(&home, ONE).await, []);
}

#[tokio::test]
async fn a_failed_batch_changes_nothing() {
    let home = posts(&[ONE]).await;
    sqlx::query("PRAGMA query_only = 1")
        .execute(home.store.write())
        .await
        .unwrap();
    let refused = home
        .apply_votes(&[add(key(ONE, "❤️", 5, false), false)], NOW)
        .await
        .unwrap_err();
    assert!(matches!(refused, StoreError::ReadOnly(_)), "{refused}");
    sqlx::query("PRAGMA query_only = 0")
        .execute(home.store.write())
        .await
        .unwrap();
    assert_eq!(apply(&home, &[add(key(ONE, "❤️", 5, false), false)]).await.added, 1);
}

#[derive(Clone, Debug)]
enum Change {
    Add(u64, usize, u64, bool),
    Remove(u64, usize, u64, bool),
    Clear(u64),
    ClearEmoji(u64, usize),
    Delete(u64),
    Forget(u64),
}

const EMOJI: [&str; 2] = ["❤", "😂"];

fn change() -> impl Strategy<Value = Change> {
    let vote = || (0..2_u64, 0..EMOJI.len(), 1..5_u64, any::<bool>());
    prop_oneof![
        8 => vote().prop_map(|(m, e, u, b)| Change::Add(m, e, u, b)),
        6 => vote().prop_map(|(m, e, u, b)| Change::Remove(m, e, u, b)),
        1 => (0..2_u64).prop_map(Change::Clear),
        1 => (0..2_u64, 0..EMOJI.len()).prop_map(|(m, e)| Change::ClearEmoji(m, e)),
        1 => (0..2_u64).prop_map(Change::Delete),
        1 => (1..5_u64).prop_map(Change::Forget),
    ]
}

/// What Discord would show: who votes for what. User 4 is a bot.
#[derive(Default)]
struct Model {
    votes: BTreeMap<(u64, usize, bool), std::collections::BTreeSet<u64>>,
    deleted: std::collections::BTreeSet<u64>,
}

impl Model {
    fn change(&mut self, change: &Change) {
        match *change {
            Change::Add(m, e, u, b) if !self.deleted.contains(&m) => {
                self.votes.entry((m, e, b)).or_default().insert(u);
            }
            Change::Remove(m, e, u, b) if !self.deleted.contains(&m) => {
                self.votes.entry((m, e, b)).or_default().remove(&u);
            }
            Change::Clear(m) if !self.deleted.contains(&m) => self.votes.retain(|(of, ..), _| *of != m),
            Change::ClearEmoji(m, e) if !self.deleted.contains(&m) => {
                self.votes.retain(|(of, emoji, _), _| (*of, *emoji) != (m, e));
            }
            Change::Delete(m) => drop(self.deleted.insert(m)),
            // Nobody sees that somebody is forgotten.
            _ => {}
        }
    }

    fn tally(&self, message: u64) -> Vec<(String, bool, u64)> {
        let of = |((m, e, b), users): (&(u64, usize, bool), &std::collections::BTreeSet<u64>)| {
            (*m == message && !users.is_empty()).then(|| (EMOJI[*e].to_owned(), *b, users.len() as u64))
        };
        self.votes.iter().filter_map(of).collect()
    }
}

/// One change as the batch that it is alone; a forgotten person is none.
fn batch_of(change: &Change, base: u64) -> Option<VoteBatch> {
    let vote = |m: u64, e: usize, u: u64, b: bool| key(MessageId(base + m), EMOJI[e], u, b);
    let empty = VoteBatch::default();
    Some(match *change {
        Change::Add(m, e, u, b) => add(vote(m, e, u, b), u == 4),
        Change::Remove(m, e, u, b) => remove(vote(m, e, u, b)),
        Change::Clear(m) => VoteBatch {
            cleared: vec![MessageId(base + m)],
            ..empty
        },
        Change::ClearEmoji(m, e) => VoteBatch {
            cleared_emoji: vec![(MessageId(base + m), Emoji::unicode(EMOJI[e]))],
            ..empty
        },
        Change::Delete(m) => VoteBatch {
            deleted: vec![MessageId(base + m)],
            ..empty
        },
        Change::Forget(_) => return None,
    })
}

async fn run(home: &Home, base: u64, changes: &[(Change, bool, bool)]) -> Model {
    put_posts(home, &[MessageId(base), MessageId(base + 1)]).await;
    let mut model = Model::default();
    let mut waiting = Vec::new();
    for (change, twice, commit) in changes {
        model.change(change);
        match (batch_of(change, base), change) {
            (Some(batch), _) => {
                // Told twice, as after a resume: the same change again at once.
                waiting.extend(std::iter::repeat_n(batch, 1 + usize::from(*twice)));
            }
            (None, Change::Forget(user)) => {
                apply(home, &std::mem::take(&mut waiting)).await;
                home.forget(UserId(*user)).await.unwrap();
            }
            (None, _) => {}
        }
        if *commit {
            apply(home, &std::mem::take(&mut waiting)).await;
        }
    }
    apply(home, &waiting).await;
    model
}

#[test]
fn any_sequence_leaves_the_tally_true() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let home = runtime.block_on(posts(&[]));
    let base = std::cell::Cell::new(1_000);
    let mut runner = TestRunner::new(ProptestConfig {
        cases: 80,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let changes = prop::collection::vec((change(), any::<bool>(), any::<bool>()), 1..40);
    runner
        .run(&changes, |changes| {
            let first = base.replace(base.get() + 10);
            let model = runtime.block_on(run(&home, first, &changes));
            for message in 0..2 {
                let tally = runtime.block_on(tally(&home, MessageId(first + message)));
                let counted: Vec<_> = tally
                    .into_iter()
                    .map(|(emoji, burst, votes, ..)| (emoji, burst, votes))
                    .collect();
                prop_assert_eq!(counted, model.tally(message));
            }
            Ok(())
        })
        .unwrap();
    // And over all of it: the tally is the count of the rows, the base that of the forgotten.
    let off = runtime.block_on(home.number(
        "SELECT count(*) FROM tally t WHERE
            rows <> (SELECT count(*) FROM vote v
                WHERE v.message = t.message AND v.emoji = t.emoji AND v.burst = t.burst)
            OR bots <> (SELECT count(*) FROM vote v
                WHERE v.message = t.message AND v.emoji = t.emoji AND v.burst = t.burst AND v.bot = 1)
            OR base <> (SELECT count(*) FROM forgotten f
                WHERE f.message = t.message AND f.emoji = t.emoji AND f.burst = t.burst)",
    ));
    assert_eq!(off, 0);
}
