//! What a line of a scene calls somebody: `“Whose brush is this, Mother?”`, `“Your Highness, the capital burns!”`.
//!
//! Who is called does not say the line. Names are for `turns`.

use super::super::entity::Id;
use super::super::lexicon::Class;
use super::super::print::{Words, words};
use super::super::resolve::Resolver;
use super::super::text::Shape;

/// So many tokens of a line are looked through.
const INSIDE: usize = 60;
/// What stands in front of such a word: `Your Majesty`.
const BEFORE: Words = words!["your", "my", "dear", "oh", "no", "yes", "please"];
const ROYAL: Words = words!["highness", "majesty", "grace"];
/// Who is called so of those.
const MAJESTIES: &[&str] = &["king", "queen", "dowager", "emperor", "empress"];
const HIGHNESSES: &[&str] = &["prince", "princess", "crown", "consort", "queen", "dowager"];

impl Resolver<'_> {
    /// The word that a line between those marks calls somebody by: a title or what a relative is.
    pub(in super::super) fn vocative(&self, (open, close): (usize, usize)) -> Option<usize> {
        let text = self.text;
        let last = close.saturating_sub(1).min(open + 1 + INSIDE);
        let ends = |t: usize| matches!(text.sign(t), b',' | b'.' | b'!' | b'?') || text.shape(t) == Shape::Mark;
        let calls = |t: &usize| {
            let begins = t - usize::from(t - 1 > open && text.is_one(t - 1, BEFORE));
            let apart = begins == open + 1 || text.is(begins - 1, ",");
            ends(t + 1) && apart && (begins > open + 1 || !text.is(t + 1, "."))
        };
        let title = Class::STORY.with(Class::FEMALE).with(Class::MALE);
        (open + 1..last)
            .filter(|t| text.class(*t).has(title) || text.is_one(*t, ROYAL))
            .find(calls)
    }

    /// Whether somebody of the story is known by that word.
    pub(in super::super) fn is_called(&self, id: Id, vocative: usize) -> bool {
        let entity = &self.entities.all[id];
        if self.text.is_one(vocative, ROYAL) {
            let rank = match self.text.is(vocative, "majesty") {
                true => MAJESTIES,
                false => HIGHNESSES,
            };
            let court = |n: &str| rank.contains(&n);
            return entity.nouns.iter().any(|n| court(n)) || entity.name.split(' ').any(|w| court(&w.to_lowercase()));
        }
        entity.nouns.iter().any(|n| self.text.is_same(vocative, n))
    }
}
