//! What the public writes under an article, a clip, a post: a comment is a netizen's, whatever the article calls whoever
//! wrote it. What a fan shouts or asks is a fan's.

use super::attribution::{Claim, Rule, Sieves};
use super::lexicon::Class;
use super::print::{Words, words};
use super::resolve::{Choice, Speaker};
use super::sentence;
use crate::model::{ParagraphKind, QuoteKind};

/// Who may have written a comment.
const PUBLIC: &[&str] = &["viewer", "fan", "fans", "viewers", "netizens"];
/// How a comment is written; a list of comments has no verb.
const WRITES: Words = words![
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
    /// `The post went viral, and comments poured in.`, `Some of the reactions include:` and behind it a list, or paragraphs, of
    /// nothing but words in marks.
    pub(super) fn listed_comment(&self, number: usize) -> Option<Choice> {
        const MANY: usize = 24;
        const COMMENTS: Words = words![
            "comments",
            "reactions",
            "replies",
            "responses",
            "netizens",
            "fans",
            "viewers",
            "users",
            "others",
            "many",
        ];
        let alone = |n: usize| {
            let span = &self.spans.outer[n];
            let para = self.text.paras[span.para];
            span.open <= para.first + 1 && span.after() + 1 >= para.last
        };
        // `Asked about the comments of viewers, she stated:`: somebody speaks.
        let para = self.spans.outer[number].para;
        let told = para
            .checked_sub(1)
            .map(|p| self.text.paras[p])
            .filter(|p| self.text.is(p.last.saturating_sub(1), ":"));
        let says = told.is_some_and(|p| {
            let verb = p.last.saturating_sub(2).max(p.first);
            self.text.class(verb).has(Class::SAY)
                && (self.text.is_capital(verb.saturating_sub(1))
                    || self
                        .text
                        .class(verb.saturating_sub(1))
                        .has(Class::NOMINATIVE.with(Class::EPITHET)))
        });
        if !alone(number) || says {
            return None;
        }
        let mut first = number;
        while first > 0
            && number - first < MANY
            && self.spans.outer[first - 1].para + 1 == self.spans.outer[first].para
            && self.judged[first - 1].is_speech()
            && alone(first - 1)
        {
            first -= 1;
        }
        let span = &self.spans.outer[first];
        let lead = span.para.checked_sub(1).map(|p| self.text.paras[p])?;
        let listed =
            self.text.paras[span.para].kind == ParagraphKind::Item || self.text.is(lead.last.wrapping_sub(1), ":");
        if !listed || lead.kind == ParagraphKind::Item || lead.last <= lead.first {
            return None;
        }
        let sentences = self.resolver.sentences;
        let last = sentences[sentence::at(sentences, lead.last - 1)];
        (last.first..last.last)
            .any(|t| self.text.is_just(t, COMMENTS))
            .then(|| Choice {
                speaker: Speaker::Unnamed {
                    role: "netizen".to_owned(),
                    kind: QuoteKind::Other,
                },
                sure: 0.8,
                candidates: Vec::new(),
            })
    }

    /// `A post received 900 comments. Some defended it, writing, “…” Others were less forgiving: “…”`, `Netizens reacted with,
    /// “…”`: the words of the public, where nobody else stands in front.
    pub(super) fn one_of_the_public(&self, number: usize) -> Option<(Rule, Option<Choice>)> {
        const REACH: usize = 90;
        const SOME: Words = words!["some", "others", "many"];
        const ABOUT: Words = words![
            "comments",
            "commented",
            "netizens",
            "online",
            "community",
            "reactions",
            "fans",
            "viewers",
            "users",
            "replies",
        ];
        const WITH: Words = words!["reacted", "react", "responded", "commented"];
        let (text, open) = (self.text, self.spans.outer[number].open);
        let sentences = self.resolver.sentences;
        let first = sentences[sentence::at(sentences, open)].first;
        let crowd = text.is_just(first, ABOUT) && text.is_just(first + 1, WITH) && text.is(first + 2, "with");
        let some = text.is_one(first, SOME) && !text.is(first + 1, "of");
        let from = text.paras[self.spans.outer[number].para.saturating_sub(1)].first;
        let told = || (from.max(open.saturating_sub(REACH))..open).any(|t| text.is_just(t, ABOUT));
        let acts = |t: usize| text.class(t).has(Class::NOMINATIVE) && !text.class(t).has(Class::THEY);
        let named = |m: &super::entity::Mention| self.entities.all[m.entity].is_somebody();
        let alone = || !(first..open).any(acts) && !self.entities.between(first, open).iter().any(named);
        let public = crowd || some && first < open && told();
        let speaker = || Speaker::Unnamed {
            role: "netizen".to_owned(),
            kind: QuoteKind::Other,
        };
        (public && alone()).then(|| (Rule::Before, super::attribution::keep(&speaker(), 0.75)))
    }

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
