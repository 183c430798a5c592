//! Votes by buttons: one a person, whatever is told how often and in whatever order; and what the post shows.

use super::votes::{add, key, posts, remove};
use super::*;
use crate::model::{Emoji, Pressing, Restored, UserId, VoteBatch, Way};
use proptest::{prelude::*, test_runner::TestRunner};
use std::collections::BTreeMap;

const POST: MessageId = MessageId(1);

fn press(message: MessageId, user: u64, emoji: &str, at: u64) -> VoteBatch {
    VoteBatch {
        pressed: vec![Pressing {
            message,
            emoji: Emoji::unicode(emoji),
            user: UserId(user),
            at,
        }],
        ..VoteBatch::default()
    }
}

async fn apply(home: &Home, batch: VoteBatch) -> AppliedVotes {
    home.apply_votes(&[batch], NOW).await.unwrap()
}

async fn counts(home: &Home, message: MessageId) -> Vec<(String, u64)> {
    let counts = home.button_counts(message).await.unwrap();
    counts.into_iter().map(|(emoji, votes)| (emoji.key(), votes)).collect()
}

fn some(counts: &[(&str, u64)]) -> Vec<(String, u64)> {
    counts
        .iter()
        .map(|(emoji, votes)| ((*emoji).to_owned(), *votes))
        .collect()
}

#[tokio::test]
async fn a_button_gives_moves_and_takes_back_one_vote() {
    let home = posts(&[POST]).await;
    let applied = apply(&home, press(POST, 5, "😂", 1)).await;
    assert_eq!((applied.added, applied.removed), (1, 0));
    assert_eq!(counts(&home, POST).await, some(&[("😂", 1)]));
    apply(&home, press(POST, 6, "😂", 2)).await;
    let moved = apply(&home, press(POST, 5, "😭", 3)).await;
    assert_eq!((moved.added, moved.removed, moved.doubted), (1, 1, 0));
    assert_eq!(counts(&home, POST).await, some(&[("😂", 1), ("😭", 1)]));
    // Told twice after a resume, and late.
    for at in [3, 1] {
        assert_eq!(apply(&home, press(POST, 5, "😭", at)).await, AppliedVotes::default());
    }
    apply(&home, press(POST, 5, "😭", 4)).await;
    assert_eq!(counts(&home, POST).await, some(&[("😂", 1)]));
    // Reactions are apart, and clearing them leaves the buttons alone.
    apply(&home, add(key(POST, "😂", 6, false), false)).await;
    assert_eq!(home.tally(POST).await.unwrap().len(), 2);
    let cleared = VoteBatch {
        cleared: vec![POST],
        cleared_emoji: vec![(POST, Emoji::unicode("😂"))],
        ..VoteBatch::default()
    };
    apply(&home, cleared).await;
    let left = home.tally(POST).await.unwrap();
    assert_eq!((left.len(), left[0].way, left[0].votes), (1, Way::Button, 1));
    // What is no post, or not any more, has no votes.
    let none = apply(&home, press(MessageId(99), 5, "😂", 9)).await;
    assert_eq!(none, AppliedVotes::default());
    let gone = VoteBatch {
        deleted: vec![POST],
        ..VoteBatch::default()
    };
    apply(&home, gone).await;
    apply(&home, press(POST, 6, "😂", 10)).await;
    assert_eq!(counts(&home, POST).await, some(&[("😂", 1)]), "frozen");
}

#[tokio::test]
async fn a_vote_is_restored_unless_more_was_pressed_since() {
    let home = posts(&[POST]).await;
    let restore = |emoji: Option<&str>, at| VoteBatch {
        restored: vec![Restored {
            message: POST,
            user: UserId(5),
            emoji: emoji.map(Emoji::unicode),
            at,
        }],
        ..VoteBatch::default()
    };
    apply(&home, press(POST, 5, "😂", 1)).await;
    let heard = apply(&home, press(POST, 5, "😭", 2)).await.heard;
    assert_eq!(heard.len(), 1);
    assert_eq!(heard[0].before, Some(Emoji::unicode("😂")));
    for _ in 0..2 {
        apply(&home, restore(Some("😂"), 2)).await;
        assert_eq!(counts(&home, POST).await, some(&[("😂", 1)]));
    }
    assert_eq!(
        apply(&home, press(POST, 5, "😭", 2)).await,
        AppliedVotes::default(),
        "told again"
    );
    apply(&home, press(POST, 5, "😮", 3)).await;
    apply(&home, restore(None, 2)).await;
    assert_eq!(counts(&home, POST).await, some(&[("😮", 1)]));
    // With a press behind it in the same batch.
    let mut both = restore(None, 3);
    both.pressed = press(POST, 5, "😮", 4).pressed;
    apply(&home, both).await;
    assert_eq!(counts(&home, POST).await, some(&[("😮", 1)]));
    apply(&home, restore(None, 4)).await;
    assert_eq!(counts(&home, POST).await, []);
    assert!(!home.recount_buttons(POST, NOW).await.unwrap());
}

#[tokio::test]
async fn who_is_forgotten_or_not_kept_has_one_vote_all_the_same() {
    let home = posts(&[POST]).await;
    apply(&home, press(POST, 5, "😂", 1)).await;
    apply(&home, press(POST, 6, "😂", 2)).await;
    assert_eq!(home.forget(UserId(5)).await.unwrap(), 1);
    assert_eq!(home.number("SELECT count(*) FROM vote WHERE user = 5").await, 0);
    assert_eq!(counts(&home, POST).await, some(&[("😂", 2)]));
    apply(&home, press(POST, 5, "😭", 3)).await;
    assert_eq!(counts(&home, POST).await, some(&[("😂", 1), ("😭", 1)]), "moved");
    home.forget(UserId(5)).await.unwrap();
    apply(&home, press(POST, 5, "😭", 4)).await;
    assert_eq!(counts(&home, POST).await, some(&[("😂", 1)]), "taken back");
    // Half a year later nobody is known any more, and the count stays.
    home.prune(&Keep::default(), NOW + 200 * DAY).await.unwrap();
    assert_eq!(counts(&home, POST).await, some(&[("😂", 1)]));
    assert_eq!(home.number("SELECT count(*) FROM press").await, 0);
}

#[tokio::test]
async fn the_counts_are_shown_once_for_many_votes() {
    let home = posts(&[POST]).await;
    assert_eq!(home.counts_behind().await.unwrap(), None);
    apply(&home, press(POST, 5, "😂", 1)).await;
    home.apply_votes(&[press(POST, 6, "😂", 2)], NOW + 3).await.unwrap();
    assert_eq!(home.counts_behind().await.unwrap(), Some(NOW), "since the first");
    assert_eq!(home.show_counts(NOW - 1, NOW + 4).await.unwrap(), 0, "not long enough");
    // An answer showed the first vote only; then one showed both.
    home.counts_shown(POST, 1).await.unwrap();
    assert_eq!(home.counts_behind().await.unwrap(), Some(NOW));
    home.counts_shown(POST, 2).await.unwrap();
    assert_eq!(home.counts_behind().await.unwrap(), None);
    apply(&home, press(POST, 5, "😂", 3)).await;
    assert_eq!(home.show_counts(NOW, NOW + 5).await.unwrap(), 1);
    let edit = home.claim_edits(NOW + 5, MINUTE, 1).await.unwrap().remove(0);
    assert_eq!(edit.votes, crate::model::Votes::Buttons, "what was pressed has buttons");
    // A vote that comes while it is edited is shown by the next edit.
    home.apply_votes(&[press(POST, 7, "😂", 4)], NOW + 6).await.unwrap();
    assert_eq!(
        home.show_counts(NOW + 6, NOW + 7).await.unwrap(),
        0,
        "it is being edited"
    );
    home.settle_edit(&edit, None).await.unwrap();
    assert_eq!(home.show_counts(NOW + 6, NOW + 8).await.unwrap(), 1);
}

#[tokio::test]
async fn a_tally_that_is_off_is_counted_anew() {
    let home = posts(&[POST]).await;
    for (user, emoji) in [(5, "😂"), (6, "😂"), (7, "😭")] {
        apply(&home, press(POST, user, emoji, user)).await;
    }
    assert!(!home.recount_buttons(POST, NOW).await.unwrap());
    for sql in [
        "UPDATE tally SET base = 40 WHERE emoji = '😂'",
        "DELETE FROM tally WHERE emoji = '😭'",
    ] {
        sqlx::query(sql).execute(home.store.write()).await.unwrap();
    }
    assert!(home.recount_buttons(POST, NOW).await.unwrap());
    assert_eq!(counts(&home, POST).await, some(&[("😂", 2), ("😭", 1)]));
}

#[derive(Clone, Debug)]
enum Told {
    /// User, emoji, whether it is told once more later.
    Press(u64, usize, bool),
    React(u64, usize, bool),
    Clear,
    Forget(u64),
}

const EMOJI: [&str; 3] = ["😂", "😭", "😮"];

fn told() -> impl Strategy<Value = Told> {
    prop_oneof![
        6 => (1..5_u64, 0..3_usize, any::<bool>()).prop_map(|(u, e, again)| Told::Press(u, e, again)),
        2 => (1..5_u64, 0..3_usize, any::<bool>()).prop_map(|(u, e, on)| Told::React(u, e, on)),
        1 => Just(Told::Clear),
        1 => (1..5_u64).prop_map(Told::Forget),
    ]
}

async fn run(home: &Home, post: MessageId, all: &[(Told, bool)]) -> BTreeMap<u64, usize> {
    super::votes::put_posts(home, &[post]).await;
    let mut held: BTreeMap<u64, usize> = BTreeMap::new();
    let (mut waiting, mut again): (Vec<VoteBatch>, Vec<VoteBatch>) = (Vec::new(), Vec::new());
    for (at, (told, commit)) in all.iter().enumerate() {
        match *told {
            Told::Press(user, emoji, twice) => {
                if held.get(&user) == Some(&emoji) {
                    held.remove(&user);
                } else {
                    held.insert(user, emoji);
                }
                let batch = press(post, user, EMOJI[emoji], at as u64 + 1);
                again.extend(twice.then(|| batch.clone()));
                waiting.push(batch);
            }
            Told::React(user, emoji, on) => {
                let vote = key(post, EMOJI[emoji], user, false);
                waiting.push(if on { add(vote, false) } else { remove(vote) });
            }
            Told::Clear => waiting.push(VoteBatch {
                cleared: vec![post],
                ..VoteBatch::default()
            }),
            Told::Forget(user) => {
                home.apply_votes(&std::mem::take(&mut waiting), NOW).await.unwrap();
                home.forget(UserId(user)).await.unwrap();
            }
        }
        if *commit {
            home.apply_votes(&std::mem::take(&mut waiting), NOW).await.unwrap();
        }
    }
    waiting.extend(again);
    home.apply_votes(&waiting, NOW).await.unwrap();
    held
}

#[test]
fn any_sequence_leaves_one_vote_a_person() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let home = runtime.block_on(posts(&[]));
    let next = std::cell::Cell::new(1_000);
    let mut runner = TestRunner::new(ProptestConfig {
        cases: 80,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    runner
        .run(&prop::collection::vec((told(), any::<bool>()), 1..40), |all| {
            let post = MessageId(next.replace(next.get() + 1));
            let held = runtime.block_on(run(&home, post, &all));
            let mut expected: BTreeMap<String, u64> = BTreeMap::new();
            for emoji in held.into_values() {
                *expected.entry(EMOJI[emoji].to_owned()).or_default() += 1;
            }
            let counted: BTreeMap<_, _> = runtime.block_on(counts(&home, post)).into_iter().collect();
            prop_assert_eq!(counted, expected);
            prop_assert!(
                !runtime.block_on(home.recount_buttons(post, NOW)).unwrap(),
                "tally and presses agree"
            );
            Ok(())
        })
        .unwrap();
}
