//! Lines that an actor says in the guise of a role, or because somebody asks for one: `he said as Role, “…”`, `Asked to show a
//! scene, she squinted and growled, “…”`.

use super::entity::{Id, Mention};
use super::lexicon::Class;
use super::performed::{OF_DRAMA, REMARKS, Table};
use super::print::{Words, words};
use super::scan::Span;
use super::sentence;
use super::text::Shape;

impl Table<'_> {
    /// `he said as Role, “…”`, `“…,” she growls in the clip as Role.`: in whose guise it is said stands behind the verb.
    pub(super) fn is_said_as(&self, span: &Span, first: usize, actor: Id) -> bool {
        const NEAR: usize = 7;
        let text = self.text;
        let says = |t: usize| text.class(t).has(Class::SAY) && text.shape(t) == Shape::Lower;
        // `spoke of her work as Role`, `said that starring as Role`.
        let other = Class::NOMINATIVE.with(Class::SUBORD).with(Class::ING).with(Class::CONJ);
        let plain =
            |t: usize| text.is_word(t) && !text.class(t).has(other) && !text.is_one(t, words!["of", "about", "on"]);
        let joined = |at: usize| {
            (at.saturating_sub(NEAR).max(first)..at)
                .rev()
                .take_while(|t| says(*t) || plain(*t))
                .any(says)
        };
        let role = |m: &&Mention| !m.in_speech && self.entities.all[m.entity].actor == Some(actor);
        let as_role = |from: usize, to: usize| {
            let mut named = self.entities.between(from, to).iter();
            named.find(role).filter(|m| {
                let at = (from..m.first).rev().take(4).find(|t| text.is(*t, "as"));
                at.is_some_and(joined)
            })
        };
        let front = as_role(first.max(span.open.saturating_sub(2 * NEAR)), span.open);
        if front.is_some_and(|m| m.last + 1 == span.open && matches!(text.sign(m.last), b',' | b':')) {
            return true;
        }
        let after = span.after();
        let behind = self.clause(
            after
                ..text
                    .paras
                    .get(span.para)
                    .map_or(after, |p| p.last.min(after + 2 * NEAR)),
        );
        let behind = as_role(behind.start, behind.end);
        behind.is_some_and(|m| {
            matches!(text.sign(m.last), b',' | b'.') || text.class(m.last).has(Class::CONJ.with(Class::PREP))
        })
    }

    /// `Asked to show a scene of the drama, he squinted and said, “…”`, `The hosts asked the nominees to say a line. … obliged with
    /// “…”`: somebody is asked for a line, and the next words are it.
    pub(super) fn is_requested(&self, number: usize, span: &Span, first: usize) -> bool {
        const SENTENCES: usize = 2;
        const NEAR: usize = 6;
        const REACH: usize = 12;
        const ASKS: Words = words![
            "asked",
            "requested",
            "request",
            "challenged",
            "invited",
            "prompted",
            "urged",
            "begged",
            "dared",
            "asks",
        ];
        const SHOWS: Words = words![
            "show", "say", "perform", "act", "reenact", "re-enact", "recreate", "deliver", "recite", "do", "reprise",
            "repeat",
        ];
        const WHAT: Words = words!["line", "lines", "scene", "ad-lib", "catchphrase"];
        let text = self.text;
        let asked = |from: usize, to: usize| {
            let verb = (from..to).find(|t| text.is_one(*t, ASKS))?;
            // `asked him for one last line`.
            // Who `had asked for a scene` is no actor who is asked.
            let whom = verb == from || text.class(verb - 1).has(Class::SUBORD.with(Class::AUX));
            let wish = (verb + 1..to.min(verb + NEAR)).find(|t| text.is(*t, "for") && (whom || *t > verb + 1));
            let line = words!["line", "lines", "ad-lib", "catchphrase"];
            let wished = wish.and_then(|t| (t + 1..to.min(t + NEAR)).find(|t| text.is_one(*t, line)));
            if wished.is_some() {
                return wished;
            }
            let to_show = (verb + 1..to.min(verb + REACH))
                .find(|t| text.is(t.wrapping_sub(1), "to") && text.is_one(*t, SHOWS))?;
            (to_show + 1..to.min(to_show + REACH)).find(|t| text.is_one(*t, WHAT))
        };
        let about = (span.first()..span.close).any(|t| text.is_one(t, OF_DRAMA));
        let after = self.clause(span.after()..span.after() + REACH);
        let remark = (first..span.open).chain(after).any(|t| text.is_one(t, REMARKS));
        if about || remark {
            return false;
        }
        if asked(first, span.open).is_some() {
            return true;
        }
        let here = sentence::at(self.sentences, span.open);
        // Whoever says something in between has answered; titles are short.
        const TITLE: usize = 8;
        let said = |from: usize| {
            let before = self.spans.outer[..number].iter().rev().take(4);
            before.take_while(|s| s.open >= from).any(|s| s.close - s.open > TITLE)
        };
        (here.saturating_sub(SENTENCES)..here).any(|n| {
            let told = self.sentences.get(n);
            told.is_some_and(|s| asked(s.first, s.last).is_some() && !said(s.last))
        })
    }
}
