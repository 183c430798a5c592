//! What the public writes under an article, a clip, a post: a comment is a netizen's, whatever the article calls whoever
//! wrote it. What a fan shouts or asks is a fan's.

use super::attribution::{Claim, Sieves};
use super::print::{Word, words};
use super::resolve::Speaker;
use crate::model::QuoteKind;

/// Who may have written a comment.
const PUBLIC: &[&str] = &["viewer", "fan", "fans", "viewers", "netizens"];
/// How a comment is written; a list of comments has no verb.
const WRITES: &[Word] = words![
    "wrote",
    "writes",
    "writing",
    "commented",
    "comments",
    "commenting",
    "posted",
    "posts",
    "tweeted",
    "left",
    "read",
    "reads",
    "include",
    "included",
    "added",
    "responded",
    "reacted",
];

impl Sieves<'_> {
    /// `“…,” one viewer wrote`, `Viewers were touched. ¶ “…” ¶ “…”`.
    pub(super) fn as_comment(&self, number: usize, claim: &mut Claim) {
        let Some(choice) = claim.choice.as_mut() else { return };
        let Speaker::Unnamed { role, kind } = &mut choice.speaker else {
            return;
        };
        if *kind != QuoteKind::Other || !PUBLIC.contains(&role.as_str()) {
            return;
        }
        let judged = &self.judged[number];
        let verb = judged.after().filter(|a| a.plain).map(|a| a.verb);
        let written = match verb.or(judged.before().verb) {
            Some(verb) => self.text.is_just(verb, WRITES),
            // Words alone in their paragraph or list.
            None => {
                let span = &self.spans.outer[number];
                let para = self.text.paras[span.para];
                span.open <= para.first + 1 && span.after() + 1 >= para.last
                    || judged.before().joint == super::cue::Joint::Colon
            }
        };
        if written {
            "netizen".clone_into(role);
        }
    }
}
