//! Companies among the names: by the last word, by the noun in front, by what a company does and people do not.

use super::lexicon::Class;
use super::names::Finder;
use super::print::{Words, words};
use super::text::{Shape, Text};

impl Finder<'_> {
    /// `Pine Street Entertainment`, `Ilwol & Company`.
    pub(super) fn company(&self, at: usize, end: usize) -> Option<usize> {
        const LONGEST: usize = 5;
        // The operator's own file says which names are agencies'.
        let named = |to: &usize| self.catalogue.named_agency(self.text.slice(at, *to)).is_some();
        if self.catalogue.has_agencies()
            && let Some(end) = (at + 1..=end.min(at + LONGEST)).rev().find(named)
        {
            return Some(end);
        }
        // The words in front of a name say more than it does.
        let before = at.wrapping_sub(1);
        let (class, small) = (self.text.class(before), self.text.shape(before) == Shape::Lower);
        // `his agency Saram`, `Management Soop`: the noun in front makes any name a company's.
        let noun = small && (class.has(Class::AGENCY) || self.is_platform(at, end));
        let lower = |t: usize, noun: Class| self.text.shape(t) == Shape::Lower && self.text.class(t).has(noun);
        // `his agency, Barley Field, said`.
        let apposed = at > 1
            && self.text.sign(before) == b','
            && lower(at - 2, Class::AGENCY)
            && matches!(self.text.sign(end), b',' | b'.');
        // `A civic group, Bright History, demanded`.
        let apposed = apposed
            || at > 1 && self.text.sign(before) == b',' && is_body(self.text, at - 2) && self.text.sign(end) == b',';
        let outlet = small && class.has(Class::OUTLET);
        // `A source from Gaon Tree commented`, `BH Stars, which manages the actress`.
        let sourced = at > 1
            && lower(at - 2, Class::SOURCE)
            && self.text.is_one(before, words!["from", "at", "of"])
            && !self.text.is(at - 2, "side");
        let told = self.is_told_of_as_house(at, end);
        if apposed || sourced || told || outlet || self.acts_as_company(at, end) || self.is_represented(at, end) {
            return Some(end.min(at + LONGEST));
        }
        // What is left is for names of several words.
        if end == at + 1 && !noun {
            return None;
        }
        // `Studio Haru CEO Kang`: a title behind the company opens a name; `Blue Anchor Company` holds none.
        let org = self.text.class(end - 1).has(Class::ORG) && !self.text.class(end - 1).has(Class::TITLE);
        let end = (at + 1..if org { at + 1 } else { end })
            .find(|t| self.text.class(*t).has(Class::TITLE) && !self.text.class(*t).has(Class::ORG))
            .unwrap_or(end);
        // `Actors Hangang did not say`: one word behind the plural is no list of names.
        let actors = end == at + 2 && self.text.is_just(at, words!["Actors"]) && self.text.shape(end) == Shape::Lower;
        let actors = actors && !self.text.class(end).has(Class::CONJ);
        let heads = at + 1 < end && self.text.is_just(at, words!["Management", "Agency", "Studio", "Label"]) || actors;
        // `What the Agency Said`, a heading.
        let heads = heads && !(at > 0 && self.text.is(at - 1, "the") && self.text.class(at + 1).has(Class::SAY));
        if noun && !self.text.class(at).has(Class::TITLE) || heads {
            return Some(self.with_point(end.min(at + LONGEST)));
        }
        let last = (at + 1..end.min(at + LONGEST))
            .rev()
            .find(|t| self.text.class(*t).has(Class::ORG))?;
        let only_common = (at..last).all(|t| self.text.class(t).has(Class::COMMON.with(Class::DET)));
        let before = self.text.class(at);
        (!only_common
            && (!before.has(Class::TITLE.with(Class::PREP).with(Class::SUBORD)) || self.text.is(at, "Management")))
        .then(|| self.with_point(last + 1))
        .filter(|_| !before.has(Class::COMMON) || before.has(Class::SURNAME) || is_colour(self.text.word(at)))
    }

    /// `his agency Tree of Nine`, `a source from Salt and Light`: one past the name of a house that goes on behind a small
    /// word. The noun in front says that it is one; of people, `and` joins two.
    pub(super) fn house_end(&mut self, at: usize, end: usize, stop: usize) -> usize {
        let text = self.text;
        if end + 1 >= stop || !text.is_just(end, words!["of", "and", "by"]) || !text.is_capital(end + 1) {
            return end;
        }
        let Some(before) = at.checked_sub(1) else { return end };
        let noun = |t: usize, class: Class| text.shape(t) == Shape::Lower && text.class(t).has(class);
        let agency = |t: usize| noun(t, Class::AGENCY) && !text.word(t).ends_with('s');
        let sourced = || text.is_one(before, words!["from", "at", "of"]) && noun(before - 1, Class::SOURCE);
        let told = agency(before) || before > 0 && (text.sign(before) == b',' && agency(before - 1) || sourced());
        let to = self.run_end(end + 1, stop);
        // `his agency Saram and Netflix`, `the agency Saram of Seoul`.
        let other = Class::SURNAME.with(Class::PLACE).with(Class::TITLE).with(Class::STORY);
        if !told
            || text.class(end + 1).has(other)
            || self.station(end + 1).is_some()
            || self.korean(end + 1, to).is_some()
        {
            return end;
        }
        let joined = text.is(end, "and") && (end > at + 1 || to > end + 2);
        if joined { end } else { to }
    }

    /// `streaming platform Wavelet will invest`, `the streamer Orbit said`: a single unknown name behind the noun.
    fn is_platform(&self, at: usize, end: usize) -> bool {
        let text = self.text;
        const HOUSES: Words = words!["platform", "streamer", "service", "broadcaster", "network"];
        end == at + 1
            && text.is_just(at - 1, HOUSES)
            && !text.class(at).is_english()
            && !text.class(at).has(Class::SURNAME)
    }

    /// `Halfmoon, his agency, said`, `Oak & Iron responded that it would appeal`: a company by what it is or does.
    fn acts_as_company(&self, at: usize, end: usize) -> bool {
        const REACH: usize = 5;
        const PRODUCER: usize = 7;
        let text = self.text;
        let agency = |t: usize| text.shape(t) == Shape::Lower && text.class(t).has(Class::AGENCY);
        let apposed = text.sign(end) == b','
            && text.class(end + 1).has(Class::DET.with(Class::HE).with(Class::SHE))
            && ((end + 2..end + REACH).any(|t| agency(t) && text.is(t + 1, ","))
                // `, the drama’s production company,`.
                || (end + REACH..end + PRODUCER).any(|t| agency(t) && text.is(t - 1, "production") && text.is(t + 1, ",")));
        let verb = end + usize::from(text.class(end).has(Class::ADV.with(Class::AUX)));
        let reports = text.class(verb).has(Class::SAY)
            && text.is(verb + 1, "that")
            && text.is(verb + 2, "it")
            && text.class(verb + 3).has(Class::AUX);
        let plain = || {
            let other = Class::TITLE
                .with(Class::STATION)
                .with(Class::BROADCAST)
                .with(Class::DET);
            // `However, his agency, Saram, said`.
            !text.class(at).has(other) && (end > at + 1 || !text.class(at).is_english())
        };
        let several = || (at..end).any(|t| text.is(t, "&") || text.word(t).len() == 1);
        (apposed || reports && several() || end > at + 1 && self.issues(end)) && plain()
    }

    /// `Willow & Fox issued a statement`, `Kite Stories is looking into the rumors about its actress`: what people do not
    /// do, nor have, behind a name of several words.
    fn issues(&self, end: usize) -> bool {
        const REACH: usize = 9;
        const WORDS: Words = words!["statement", "response", "notice", "announcement", "stance", "denial"];
        const ITS: Words = words![
            "actress", "actor", "actors", "artist", "artists", "singer", "idol", "star", "talent"
        ];
        let text = self.text;
        if text.shape(end) != Shape::Lower || text.class(end).has(Class::PREP.with(Class::CONJ)) {
            return false;
        }
        let verb = (end..end + 4)
            .find(|t| !text.class(*t).has(Class::ADV.with(Class::AUX)))
            .unwrap_or(end);
        let clause = || (end..verb + REACH).take_while(|t| text.shape(*t) == Shape::Lower || text.is_capital(*t));
        text.is_just(verb, words!["issued", "issues", "released", "releases"])
            && clause().any(|t| text.is_just(t, WORDS))
            || clause().any(|t| text.is(t, "its") && text.is_just(t + 1, ITS))
    }

    /// `A Minamoto TV representative said`: who speaks for a house that somebody's name is not.
    fn is_represented(&self, at: usize, end: usize) -> bool {
        let text = self.text;
        text.shape(end) == Shape::Lower
            && at > 0
            && text.is_one(at - 1, words!["a", "an", "another", "one"])
            && text.is_just(
                end,
                words![
                    "representative",
                    "rep",
                    "official",
                    "spokesperson",
                    "spokesman",
                    "spokeswoman",
                    "executive"
                ],
            )
            && !text.class(at).has(Class::PLACE.with(Class::TITLE).with(Class::STATION))
    }

    /// The point of `Ent.` and `Inc.` belongs to the name when the sentence goes on behind it.
    fn with_point(&self, last: usize) -> usize {
        let short = self.text.is_just(last - 1, words!["Ent", "Inc", "Co", "Ltd", "Corp"]);
        last + usize::from(
            short && self.text.is(last, ".") && matches!(self.text.shape(last + 1), Shape::Lower | Shape::Clitic),
        )
    }
}

/// `civic group`, `the association`: what speaks for those who are in it.
pub(super) fn is_body(text: &Text, noun: usize) -> bool {
    const CAUSES: Words = words![
        "civic",
        "advocacy",
        "activist",
        "environmental",
        "consumer",
        "rights",
        "heritage",
        "conservation",
        "lobby"
    ];
    let group = text.is_just(noun, words!["group", "groups"]) && noun > 0 && text.is_one(noun - 1, CAUSES);
    group
        || text.is_just(
            noun,
            words![
                "organization",
                "organisation",
                "association",
                "union",
                "foundation",
                "charity",
                "watchdog",
                "ngo"
            ],
        )
}

/// Common words that companies take for their names: `Blue Sail Entertainment`.
fn is_colour(word: &str) -> bool {
    matches!(
        word,
        "Blue" | "Red" | "Black" | "White" | "Golden" | "Tiger" | "Ghost" | "Great" | "Good" | "Hello" | "First"
    )
}
