//! Words that something bears: on a poster or a screen nobody says them; a line that is performed, a note that is left and
//! a message that is sent are somebody's.

use super::cue::Before;
use super::lexicon::Class;
use super::look::Terminal;
use super::speech::Facts;
use super::text::Shape;

impl Facts<'_> {
    /// The subject before it bears words: `the caption above her head reads, “…”`, `next to the words “…”`.
    pub(super) fn is_caption(&self) -> bool {
        let Before { first, last, .. } = self.before;
        if last == first {
            return self.after.is_some_and(|a| {
                self.text.class(a.verb).has(Class::DISPLAY)
                    && self.bears(a.subject.0, a.subject.1)
                    && self.text.is(a.verb, "read")
            });
        }
        // `Her voice crackles over the line: “…”`.
        if (first..last).any(|t| self.text.is(t, "voice")) {
            return false;
        }
        let near = (first..last)
            .rev()
            .take(2)
            .find(|t| self.text.class(*t).has(Class::CAPTION));
        if near.is_some_and(|t| !self.is_written_by(t)) {
            return true;
        }
        let Some(verb) = (first..last)
            .rev()
            .take(4)
            .find(|t| self.text.class(*t).has(Class::DISPLAY))
        else {
            return false;
        };
        let reads = ["reads", "read", "reading"].iter().any(|w| self.text.is(verb, w));
        let from = (first..verb)
            .rev()
            .take(14)
            .find(|t| self.text.word(*t) == ",")
            .map_or(first.max(verb.saturating_sub(14)), |t| t + 1);
        let bearer = (from..verb)
            .find(|t| self.text.class(*t).has(Class::CAPTION) && !self.text.class(*t).has(Class::NOMINATIVE));
        bearer.is_some_and(|t| !self.is_written_by(t))
            && (reads
                || !(from..verb).any(|t| {
                    self.text.class(t).has(Class::NOMINATIVE) || self.text.tokens[t].is_capital() && t + 1 == verb
                }))
    }

    /// Words that somebody speaks as `the line`, or leaves in a note.
    pub(super) fn is_performed(&self) -> bool {
        const SPEAKS: &[&str] = &[
            "reading",
            "reads",
            "read",
            "delivering",
            "delivers",
            "delivered",
            "reciting",
            "recited",
            "uttering",
            "uttered",
            "utters",
        ];
        const LEAVES: &[&str] = &["leaves", "left", "sends", "sent", "hands", "handed", "slips", "slipped"];
        let Before { first, last, .. } = self.before;
        let noun = |words: &[&str]| {
            (first..last)
                .rev()
                .take(4)
                .find(|t| words.contains(&self.text.word(*t)))
        };
        let whole =
            matches!(self.look.terminal, Terminal::Cry | Terminal::Stop | Terminal::Comma) && self.look.words > 3;
        let any = |to: usize, words: &[&str]| (first..to).rev().take(16).any(|t| words.contains(&self.text.word(t)));
        let line = noun(&["line", "lines"]).is_some_and(|t| {
            any(t, SPEAKS) || self.text.is(first, "with") && t <= first + 4 && self.look.terminal != Terminal::None
        });
        let note = noun(&["note", "letter"]).is_some_and(|t| any(t, LEAVES));
        whole && (line || note)
    }

    pub(super) fn bears(&self, first: usize, last: usize) -> bool {
        (first..last).any(|t| self.text.class(t).has(Class::CAPTION))
    }

    /// A message or a line that somebody wrote or spoke: `his message read`, `wrote in the caption`.
    pub(super) fn is_written_by(&self, bearer: usize) -> bool {
        let owned = bearer > self.before.first
            && (self.text.shape(bearer - 1) == Shape::Clitic
                && self.text.tokens[bearer.saturating_sub(2)].shape != Shape::Lower
                || ["his", "her", "their", "my"]
                    .iter()
                    .any(|w| (1..=3).any(|back| self.text.is(bearer.saturating_sub(back), w))));
        let own = ["message", "caption", "note", "post", "letter", "line", "lines"]
            .iter()
            .any(|w| self.text.is(bearer, w));
        let wrote = (self.before.first..bearer).rev().take(16).any(|t| {
            [
                "wrote",
                "writes",
                "writing",
                "posted",
                "uploaded",
                "shared",
                "sharing",
                "left",
                "delivers",
                "delivered",
                "delivering",
                "utters",
                "says",
                "said",
                "recites",
            ]
            .contains(&self.text.word(t))
                || self.text.class(t).has(Class::SEND)
        });
        own && (owned || wrote)
    }
}
