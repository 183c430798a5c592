//! Companies by what is told of them around their names: whom they represent, who signed with them, whose side they are,
//! and that what they say is said by “the agency”.
//!
//! Agencies go by any words (`Lantern Yard`, `Fern & Wire`), and what they are called tells nothing; `houses` reads the
//! names that do.

use super::lexicon::Class;
use super::names::Finder;
use super::print::{Words, words};
use super::text::{Shape, Text};

/// What an agency does for those whom it has.
const REPRESENTS: Words = words![
    "manages",
    "represents",
    "handles",
    "houses",
    "managed",
    "represented",
    "handled",
    "managing",
    "representing",
];

/// `represents Kim`, `looked after Kim`, `, home to Kim`: behind the token stands whom an agency has.
pub(super) fn has_somebody(text: &Text, token: usize) -> bool {
    text.is_one(token, REPRESENTS)
        || text.is(token, "after") && text.is_one(token.wrapping_sub(1), words!["looks", "looked", "looking"])
        || text.is(token, "to") && text.is(token.wrapping_sub(1), "home")
}

/// `is represented by Fern & Wire`, `signed an exclusive contract with Lantern Yard`, `belongs to Tall Pine`: a name at the
/// token is that of somebody's agency.
pub(super) fn is_signed_with(text: &Text, at: usize) -> bool {
    const CLAUSE: usize = 7;
    const SIGNED: Words = words!["signed", "signs", "signing", "sign", "re-signed"];
    let (Some(small), Some(before)) = (at.checked_sub(1), at.checked_sub(2)) else {
        return false;
    };
    let clause = || {
        (at.saturating_sub(CLAUSE)..small)
            .rev()
            .take_while(|t| text.is_word(*t))
    };
    // `The last scene belongs to Kim`: it is people who belong to an agency.
    let somebody = |t: usize| text.is_capital(t) && !text.class(t).is_english() || text.class(t).has(Class::NOMINATIVE);
    text.is(small, "by") && text.is_one(before, words!["represented", "managed", "repped", "handled"])
        || text.is(small, "to")
            && text.is_one(before, words!["belongs", "belonged"])
            && before > 0
            && somebody(before - 1)
        || text.is(small, "with")
            && (text.is_one(before, words!["contract", "contracts"]) || clause().any(|t| text.is_one(t, SIGNED)))
}

impl Finder<'_> {
    /// Whether the words from a capital up to before another token are a company by what stands around them.
    pub(super) fn is_told_of_as_house(&self, at: usize, end: usize) -> bool {
        const OTHER: Class = Class::PREP
            .with(Class::SUBORD)
            .with(Class::CONJ)
            .with(Class::DET)
            .with(Class::NOMINATIVE);
        const KNOWN: Class = Class::TITLE.with(Class::STATION).with(Class::BROADCAST);
        let class = self.text.class(at);
        !class.has(OTHER)
            && (self.has_people(end)
                || !class.has(KNOWN)
                    && (self.signed(at, end) || self.is_somebodys_side(at, end) || self.is_called_agency(at, end)))
    }

    /// The same, of a name that may be a person's: `signs a contract with Yeon (Kim)`, for a story has contracts too.
    fn signed(&self, at: usize, end: usize) -> bool {
        let person = self.text.class(at).has(Class::SURNAME) || self.text.sign(end) == b'(';
        !person && is_signed_with(self.text, at)
    }

    /// `Lantern Yard, which has looked after Kim`, `Mellow Leaf, home to Kim`.
    fn has_people(&self, end: usize) -> bool {
        const NEAR: usize = 6;
        let text = self.text;
        if text.sign(end) != b',' {
            return false;
        }
        text.is(end + 1, "home") && text.is(end + 2, "to")
            || text.is(end + 1, "which") && (end + 2..end + NEAR).any(|t| has_somebody(text, t))
    }

    /// `Kim’s side, Mellow Leaf, told`, `The agency behind Kim, Tall Pine, was quick`.
    fn is_somebodys_side(&self, at: usize, end: usize) -> bool {
        const NAME: usize = 4;
        let text = self.text;
        let Some(noun) = at
            .checked_sub(2)
            .filter(|t| text.sign(t + 1) == b',' && text.sign(end) == b',')
        else {
            return false;
        };
        let lower = |t: usize, class: Class| text.shape(t) == Shape::Lower && text.class(t).has(class);
        if text.is(noun, "side") {
            let owner = noun.saturating_sub(1);
            return text.shape(owner) == Shape::Clitic || text.class(owner).has(Class::HE.with(Class::SHE));
        }
        let name = (noun.saturating_sub(NAME)..=noun)
            .rev()
            .take_while(|t| text.is_capital(*t));
        let behind = name.last().and_then(|first| first.checked_sub(2));
        behind.is_some_and(|t| {
            lower(t, Class::AGENCY) && text.is_one(t + 1, words!["behind", "of", "for", "representing", "managing"])
        })
    }

    /// `Lantern Yard was not pleased. “…,” it stated`, `said the company`: the subject in front of the words, which no person
    /// is called by.
    fn is_called_agency(&self, at: usize, end: usize) -> bool {
        const NEAR: usize = 48;
        const LONGEST: usize = 90;
        let text = self.text;
        // Most names have no verb behind them: asked before where paragraphs begin.
        let several =
            end > at + 1 && text.shape(end) == Shape::Lower && !text.class(end).has(Class::PREP.with(Class::CONJ));
        let opens =
            || at == 0 || matches!(text.sign(at - 1), b'.' | b'!' | b'?') || text.paras[text.para_of(at)].first == at;
        if !several || text.class(at).has(Class::SURNAME) || !opens() {
            return false;
        }
        let para = text.paras[text.para_of(at)].last;
        let Some(open) = text.next_mark(end, para.min(end + NEAR)) else {
            return false;
        };
        let Some(close) = text.next_mark(open + 1, para.min(open + LONGEST)) else {
            return false;
        };
        let ends = text
            .ends_in(end, open)
            .filter(|t| matches!(text.sign(*t), b'.' | b'!' | b'?'));
        let said = |t: usize| text.class(t).has(Class::SAY);
        let noun = |t: usize| text.is(t, "the") && text.is_one(t + 1, words!["agency", "company", "label"]);
        ends.count() < 2
            && (text.is(close + 1, "it") && said(close + 2)
                || noun(close + 1) && said(close + 3)
                || said(close + 1) && noun(close + 2))
    }
}
