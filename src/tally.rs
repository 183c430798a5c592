//! Reactions as they come → changes of votes; what Discord shows against what is counted.
//!
//! Pure: the store applies, `app` asks Discord.

mod undecided;

pub use undecided::Undecided;

use crate::model::{Emoji, MessageId, Pressing, Restored, Shown, Tallied, VoteBatch, VoteChange, VoteKey, Way};
use std::collections::{BTreeMap, BTreeSet};

/// Brings changes together, in the order in which they were told: the last word on each vote counts. More than one
/// batch only when a channel was deleted in between, since a change does not name its channel, or when a vote by button
/// is restored after presses.
#[must_use]
pub fn coalesce(changes: &[VoteChange]) -> Vec<VoteBatch> {
    let mut batches = Vec::new();
    let mut open = Open::default();
    for change in changes {
        match change {
            VoteChange::Add { key, bot } => open.set(key, Some(*bot)),
            VoteChange::Remove(key) => open.set(key, None),
            VoteChange::Press(press) => open.press(press),
            VoteChange::Restore(restored) => {
                // It speaks of the vote after the presses that were told before it.
                if !open.pressed.is_empty() {
                    batches.push(std::mem::take(&mut open).close());
                }
                open.restore(restored);
            }
            VoteChange::Clear(message) => open.clear(*message),
            VoteChange::ClearEmoji(message, emoji) => open.clear_emoji(*message, emoji),
            VoteChange::Deleted(message) => {
                open.deleted.insert(*message);
            }
            VoteChange::ChannelDeleted(channel) => {
                let mut batch = std::mem::take(&mut open).close();
                batch.channels_deleted.push(*channel);
                batches.push(batch);
            }
        }
    }
    let last = open.close();
    if last != VoteBatch::default() {
        batches.push(last);
    }
    batches
}

#[derive(Default)]
struct Open {
    cleared: BTreeSet<MessageId>,
    cleared_emoji: BTreeSet<(MessageId, Emoji)>,
    /// The last word on each vote: given (by a bot?) or taken back.
    votes: BTreeMap<VoteKey, Option<bool>>,
    /// Which vote a button gives depends on the one before: these stay in their order. Clearing reactions leaves them.
    pressed: Vec<Pressing>,
    restored: Vec<Restored>,
    deleted: BTreeSet<MessageId>,
}

impl Open {
    fn set(&mut self, key: &VoteKey, word: Option<bool>) {
        // What is told of a post after its end is late news of its life: its tally is frozen.
        if !self.deleted.contains(&key.message) {
            self.votes.insert(key.clone(), word);
        }
    }

    fn press(&mut self, press: &Pressing) {
        if !self.deleted.contains(&press.message) {
            self.pressed.push(press.clone());
        }
    }

    fn restore(&mut self, restored: &Restored) {
        if !self.deleted.contains(&restored.message) {
            self.restored.push(restored.clone());
        }
    }

    fn clear(&mut self, message: MessageId) {
        if self.deleted.contains(&message) {
            return;
        }
        self.votes.retain(|key, _| key.message != message);
        self.cleared_emoji.retain(|(of, _)| *of != message);
        self.cleared.insert(message);
    }

    fn clear_emoji(&mut self, message: MessageId, emoji: &Emoji) {
        if self.deleted.contains(&message) {
            return;
        }
        self.votes
            .retain(|key, _| key.message != message || key.emoji != *emoji);
        if !self.cleared.contains(&message) {
            self.cleared_emoji.insert((message, emoji.clone()));
        }
    }

    fn close(self) -> VoteBatch {
        let mut batch = VoteBatch {
            cleared: self.cleared.into_iter().collect(),
            cleared_emoji: self.cleared_emoji.into_iter().collect(),
            restored: self.restored,
            pressed: self.pressed,
            deleted: self.deleted.into_iter().collect(),
            ..VoteBatch::default()
        };
        for (key, word) in self.votes {
            match word {
                Some(bot) => batch.added.push((key, bot)),
                None => batch.removed.push(key),
            }
        }
        batch
    }
}

/// An emoji of a post of which another number is counted than Discord shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The emoji.
    pub emoji: Emoji,
    /// Super reactions, or normal ones.
    pub burst: bool,
    /// What is counted.
    pub counted: u64,
    /// What Discord shows, less the bot's own.
    pub shown: u64,
    /// Whether the bot's own reaction is among those that Discord lists: it is no vote.
    pub me: bool,
}

/// Where the tally of a post is out of step with what Discord shows, by emoji; empty when all is well.
#[must_use]
pub fn differences(counted: &[Tallied], shown: &[Shown]) -> Vec<Difference> {
    let mut both: BTreeMap<(&Emoji, bool), Difference> = BTreeMap::new();
    let mut at = |emoji, burst, set: &mut dyn FnMut(&mut Difference)| {
        let fresh = || Difference {
            emoji: Emoji::clone(emoji),
            burst,
            counted: 0,
            shown: 0,
            me: false,
        };
        set(both.entry((emoji, burst)).or_insert_with(fresh));
    };
    // Discord shows no votes by buttons: they are ours alone.
    for tallied in counted.iter().filter(|tallied| tallied.way != Way::Button) {
        at(&tallied.emoji, tallied.way == Way::Burst, &mut |both| {
            both.counted += tallied.votes
        });
    }
    for of in shown {
        for (burst, count, me) in [(false, of.normal, of.me), (true, of.burst, of.me_burst)] {
            at(&of.emoji, burst, &mut |both| {
                both.shown += count.saturating_sub(u64::from(me));
                both.me |= me;
            });
        }
    }
    both.into_values().filter(|both| both.counted != both.shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ChannelId, UserId};
    use proptest::prelude::*;

    fn key(message: u64, emoji: &str, user: u64) -> VoteKey {
        VoteKey {
            message: MessageId(message),
            emoji: Emoji::unicode(emoji),
            user: UserId(user),
            way: Way::Reaction,
        }
    }

    fn add(message: u64, emoji: &str, user: u64) -> VoteChange {
        VoteChange::Add {
            key: key(message, emoji, user),
            bot: false,
        }
    }

    #[test]
    fn the_last_word_counts() {
        let batches = coalesce(&[
            add(1, "😂", 5),
            VoteChange::Remove(key(1, "😂", 5)),
            add(1, "😭", 6),
            add(1, "😭", 6),
            VoteChange::Remove(key(2, "😭", 6)),
            add(2, "😭", 6),
        ]);
        let [batch] = batches.as_slice() else {
            panic!("{batches:?}")
        };
        assert_eq!(batch.removed, [key(1, "😂", 5)]);
        assert_eq!(batch.added, [(key(1, "😭", 6), false), (key(2, "😭", 6), false)]);
    }

    #[test]
    fn clearing_takes_what_came_before_and_leaves_what_comes_after() {
        let batches = coalesce(&[
            add(1, "😂", 5),
            VoteChange::ClearEmoji(MessageId(1), Emoji::unicode("😂")),
            add(1, "😭", 5),
            VoteChange::Clear(MessageId(1)),
            add(1, "😮", 7),
            add(2, "😂", 5),
            VoteChange::ClearEmoji(MessageId(2), Emoji::unicode("😂")),
        ]);
        let [batch] = batches.as_slice() else {
            panic!("{batches:?}")
        };
        assert_eq!(batch.cleared, [MessageId(1)]);
        assert_eq!(batch.cleared_emoji, [(MessageId(2), Emoji::unicode("😂"))]);
        assert_eq!(batch.added, [(key(1, "😮", 7), false)]);
    }

    #[test]
    fn after_its_end_a_post_changes_no_more() {
        let batches = coalesce(&[
            add(1, "😂", 5),
            VoteChange::Deleted(MessageId(1)),
            VoteChange::Remove(key(1, "😂", 5)),
            VoteChange::Clear(MessageId(1)),
        ]);
        let [batch] = batches.as_slice() else {
            panic!("{batches:?}")
        };
        assert_eq!((batch.added.len(), batch.removed.len(), batch.cleared.len()), (1, 0, 0));
        assert_eq!(batch.deleted, [MessageId(1)]);
    }

    #[test]
    fn buttons_are_kept_in_their_order_whatever_becomes_of_the_reactions() {
        let press = |at, emoji: &str| Pressing {
            message: MessageId(1),
            emoji: Emoji::unicode(emoji),
            user: UserId(5),
            at,
        };
        let batches = coalesce(&[
            VoteChange::Press(press(1, "😂")),
            VoteChange::Clear(MessageId(1)),
            VoteChange::Press(press(2, "😂")),
            VoteChange::Deleted(MessageId(1)),
            VoteChange::Press(press(3, "😭")),
        ]);
        let [batch] = batches.as_slice() else {
            panic!("{batches:?}")
        };
        assert_eq!(batch.pressed, [press(1, "😂"), press(2, "😂")]);
        let by_button = Tallied {
            way: Way::Button,
            ..tallied("😂", false, 3)
        };
        assert!(differences(&[by_button], &[]).is_empty(), "Discord does not know of it");
    }

    #[test]
    fn a_deleted_channel_ends_a_batch() {
        let batches = coalesce(&[
            add(1, "😂", 5),
            VoteChange::ChannelDeleted(ChannelId(9)),
            add(2, "😂", 5),
        ]);
        assert_eq!(batches.len(), 2);
        assert_eq!(batches[0].channels_deleted, [ChannelId(9)]);
        assert!(coalesce(&[]).is_empty());
    }

    fn tallied(emoji: &str, burst: bool, votes: u64) -> Tallied {
        Tallied {
            emoji: Emoji::unicode(emoji),
            way: Way::reaction(burst),
            votes,
            bots: 0,
            base: 0,
        }
    }

    fn shown(emoji: &str, normal: u64, burst: u64, me: bool) -> Shown {
        Shown {
            emoji: Emoji::unicode(emoji),
            normal,
            burst,
            me,
            me_burst: false,
        }
    }

    #[test]
    fn own_seeds_are_no_votes() {
        assert!(
            differences(
                &[tallied("😂", false, 2)],
                &[shown("😂", 3, 0, true), shown("😭", 1, 0, true)]
            )
            .is_empty()
        );
    }

    #[test]
    fn only_what_differs() {
        let counted = [tallied("😂", false, 2), tallied("😂", true, 1), tallied("😮", false, 4)];
        let found = differences(&counted, &[shown("😂", 3, 1, false), shown("😭", 2, 0, true)]);
        let found: Vec<_> = found
            .iter()
            .map(|d| (d.emoji.key(), d.burst, d.counted, d.shown, d.me))
            .collect();
        let expected = [
            ("😂", false, 2, 3, false),
            ("😭", false, 0, 1, true),
            ("😮", false, 4, 0, false),
        ];
        assert_eq!(found, expected.map(|(e, b, c, s, m)| (e.to_owned(), b, c, s, m)));
    }

    #[derive(Default, Clone, PartialEq, Debug)]
    struct Model(BTreeMap<VoteKey, bool>);

    impl Model {
        fn apply(&mut self, change: &VoteChange) {
            match change {
                VoteChange::Add { key, bot } => {
                    self.0.insert(key.clone(), *bot);
                }
                VoteChange::Remove(key) => {
                    self.0.remove(key);
                }
                VoteChange::Clear(message) => self.0.retain(|key, _| key.message != *message),
                VoteChange::ClearEmoji(message, emoji) => {
                    self.0.retain(|key, _| key.message != *message || key.emoji != *emoji);
                }
                VoteChange::Press(_)
                | VoteChange::Restore(_)
                | VoteChange::Deleted(_)
                | VoteChange::ChannelDeleted(_) => {}
            }
        }
    }

    fn change() -> impl Strategy<Value = VoteChange> {
        let one = || (1..3_u64, prop::sample::select(vec!["😂", "😭"]), 1..4_u64);
        prop_oneof![
            4 => (one(), any::<bool>()).prop_map(|((m, e, u), bot)| VoteChange::Add { key: key(m, e, u), bot }),
            3 => one().prop_map(|(m, e, u)| VoteChange::Remove(key(m, e, u))),
            1 => one().prop_map(|(m, e, _)| VoteChange::ClearEmoji(MessageId(m), Emoji::unicode(e))),
            1 => one().prop_map(|(m, ..)| VoteChange::Clear(MessageId(m))),
        ]
    }

    proptest! {
        #[test]
        fn together_is_the_same_as_one_by_one(before in prop::collection::vec(change(), 0..10),
                                              changes in prop::collection::vec(change(), 0..30)) {
            let mut one_by_one = Model::default();
            before.iter().for_each(|change| one_by_one.apply(change));
            let mut together = one_by_one.clone();
            changes.iter().for_each(|change| one_by_one.apply(change));
            for batch in coalesce(&changes) {
                batch.cleared.iter().for_each(|m| together.apply(&VoteChange::Clear(*m)));
                for (message, emoji) in &batch.cleared_emoji {
                    together.apply(&VoteChange::ClearEmoji(*message, emoji.clone()));
                }
                batch.removed.iter().for_each(|key| together.apply(&VoteChange::Remove(key.clone())));
                together.0.extend(batch.added);
            }
            prop_assert_eq!(one_by_one, together);
        }
    }
}
