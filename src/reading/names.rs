//! Finds what looks like a name: runs of capitals, cut into titles, names and companies.
//!
//! Knows the shape of Korean names (surname first, two syllables, with or without a hyphen) and
//! leaves to `people` what the rest of the article says about each.

use super::beings::is_somebodys;
use super::lexicon::{Class, given};
use super::network::Station;
use super::print::{Words, words};
use super::text::{Shape, Text};
use crate::catalogue::Catalogue;
use std::ops::Range;

/// What a name looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Surname and two syllables, or a hyphenated given name: a Korean name without doubt.
    Korean,
    /// Two Korean words, which may be surname and given name or a given name alone.
    Pair,
    /// Two or more other words.
    Words,
    /// One word.
    Single,
    /// A company.
    Company,
    /// A broadcaster or platform.
    Station,
}

/// A name where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// First token of the name.
    pub first: usize,
    /// One past its last token.
    pub last: usize,
    /// First token of the titles before it; `first` when there are none.
    pub titles: usize,
    /// The titles are those of a story: Prince, Detective.
    pub story: bool,
    /// Its form.
    pub form: Form,
}

/// How many counts of syllables a finder keeps.
pub(super) const PLACES: usize = 64;

/// Finds names in some tokens of a text.
pub struct Finder<'a> {
    pub(super) text: &'a Text,
    pub(super) catalogue: &'a Catalogue,
    /// The networks of the text.
    stations: &'a [Station],
    /// Words, each in the place that its letters give: the last word of a place stays.
    pub(super) counted: [u128; PLACES],
    /// How many syllables they have.
    pub(super) syllables: [u8; PLACES],
}

impl<'a> Finder<'a> {
    /// A finder for `text`.
    #[must_use]
    pub fn new(text: &'a Text, catalogue: &'a Catalogue, stations: &'a [Station]) -> Self {
        Self {
            text,
            catalogue,
            stations,
            counted: [0; PLACES],
            syllables: [0; PLACES],
        }
    }

    /// Where the network's name ends that begins at a token.
    pub(super) fn station(&self, token: usize) -> Option<usize> {
        let known = self.stations.binary_search_by_key(&token, |s| s.first).ok()?;
        Some(self.stations[known].last)
    }

    /// All names within `tokens`, in order.
    pub fn find(&mut self, tokens: Range<usize>, opens: &dyn Fn(usize) -> bool, found: &mut Vec<Found>) {
        let mut at = tokens.start;
        while let Some(first) = self.text.next_capital(at, tokens.end) {
            at = first;
            let end = self.run_end(at, tokens.end);
            let end = self.house_end(at, end, tokens.end);
            if self.is_starred(at, end) {
                at = end;
                continue;
            }
            at = match self.numbered(at, end) {
                Some(name) => {
                    self.run(at, name.titles, opens, found);
                    found.push(name);
                    name.last
                }
                None => {
                    self.run(at, end, opens, found);
                    end
                }
            };
        }
    }

    /// One past the words with capitals that begin at a token, before another.
    pub(super) fn run_end(&self, at: usize, stop: usize) -> usize {
        (at + 1..stop).find(|t| !self.goes_on(*t)).unwrap_or(stop.max(at + 1))
    }

    /// `the Oh My Butler star`: a title that nothing marks, in front of who was in it.
    fn is_starred(&mut self, first: usize, end: usize) -> bool {
        let text = self.text;
        let star = end > first + 1
            && text.shape(end) == Shape::Lower
            && text.class(end).has(Class::EPITHET)
            && first > 0
            && text.is_just(first - 1, words!["the"]);
        star && (first..end).all(|t| self.station(t).is_none())
            && (first..end).all(|t| self.korean(t, end).is_none_or(|(_, form)| form != Form::Korean))
    }

    fn goes_on(&self, token: usize) -> bool {
        let text = self.text;
        let capital = |t: usize| text.tokens.get(t).is_some_and(|t| t.is_capital());
        // `Dr. Kim`, `J. Kim`; `Chief Oh. The` are two sentences.
        let short = |word: &str| word.len() == 1 || is_short_title(word);
        // `J,Wide`: a comma without a space is a part of a company's name.
        let tight = || text.is(token, ",") && text.after(token).is_uppercase();
        capital(token)
            || capital(token + 1)
                && capital(token - 1)
                && (text.is(token, "&")
                    || tight()
                    || text.is(token, ".") && (short(text.word(token - 1)) || is_inner_point(text, token)))
    }

    /// A single word of the language, as most capitals are: nobody's name, and mostly no company's.
    fn is_word_alone(&self, at: usize, end: usize) -> bool {
        let class = self.text.class(at);
        end == at + 1
            && class.is_english()
            && !class.has(Class::SURNAME.with(Class::STATION))
            && !self.text.bytes(at).ends_with(b"-year-old")
            && !is_member_told(self.text, end)
            && self.station(at).is_none()
            && self.company(at, end).is_none()
    }

    fn run(&mut self, first: usize, end: usize, opens: &dyn Fn(usize) -> bool, found: &mut Vec<Found>) {
        // `Enter Detective Hong`.
        let enters = end > first + 1 && opens(first) && self.text.is_one(first, words!["enter", "exit", "cue", "meet"]);
        let first = first + usize::from(enters);
        // `The WIDOW (Kim Bo Ra)`.
        let the = usize::from(self.text.is(first, "the") && first + 1 < end);
        if let Some(cast) = self.cast_word(first + the, end) {
            found.push(cast);
            return;
        }
        if self.is_word_alone(first, end) {
            return;
        }
        let mut at = first;
        let mut titles = first;
        let mut story = false;
        // `The QUEEN DOWAGER (Kim Bo Ra)`.
        let article = usize::from(self.text.class(first).has(Class::DET) && first + 1 < end);
        if let Some(label) = self.label(first + article, end) {
            found.push(label);
            return;
        }
        while at < end {
            let class = self.text.class(at);
            // `Seven-year-old Kim`: how old somebody is, is no part of the name.
            if titles == at && self.text.bytes(at).ends_with(b"-year-old") {
                at += 1;
                titles = at;
                continue;
            }
            // `Poor Kim Bo Ra`: how somebody is, is none either.
            if titles == at && at == first && opens(at) && self.is_pitied(at, end) {
                at += 1;
                titles = at;
                continue;
            }
            // The point of `Dr.` stands between a title and its name.
            if titles < at && self.text.is(at, ".") {
                at += 1;
                continue;
            }
            if let Some(last) = self.station(at) {
                found.push(Found {
                    first: at,
                    last,
                    titles: at,
                    story: false,
                    form: Form::Station,
                });
                at = last.max(at + 1);
                titles = at;
                continue;
            }
            if titles == at
                && let Some(last) = self.company(at, end)
            {
                found.push(Found {
                    first: at,
                    last,
                    titles: at,
                    story: false,
                    form: Form::Company,
                });
                at = last;
                titles = at;
                continue;
            }
            // `Queen Dowager Sun (Kim Bo Ra)`: behind a title any word is a name that has an actor.
            let titled = titles < at && (story || is_short_title(self.text.word(titles)));
            // `DJ Puff`: whoever plays records may go by any word.
            let plays = titles < at && self.text.is(at - 1, "dj") && self.text.shape(at) == Shape::Capital;
            let called = at + 1 == end && (plays || titled && self.has_actor_behind(end));
            let name = self
                .name(at, end, opens)
                .or_else(|| called.then_some((end, Form::Single)));
            // `State Councilor Heo`, `Funeral Director Jo`: a plain word in front of a title.
            if self.opens_title(at, end, name) {
                at += 1;
                // `Village Head Yang (Kim Bo Ra)` opens a sentence, and so does `Meanwhile Director Kim`.
                let cast = !class.has(Class::ADV) && self.has_actor_behind(end);
                titles = if opens(at - 1) && !cast { at } else { titles };
                continue;
            }
            let trade = titles == at
                && at + 2 == end
                && self.is_called_by_trade(at)
                && (!opens(at) || self.has_actor_behind(end));
            let title = (class.has(Class::TITLE.with(Class::STORY).with(Class::PASSER)) || trade)
                && at + 1 < end
                && name.is_none_or(|(last, form)| form != Form::Korean || last == end && class.has(Class::TITLE));
            if title && !self.is_bare_name(at, name) {
                // `Clerk Mu`, `Grandma Heo`: what somebody is called in a story.
                story = trade || class.has(Class::STORY.with(Class::PASSER)) && (!class.has(Class::TITLE) || story);
                at += 1;
                continue;
            }
            match name {
                Some((last, form)) => {
                    let story = titles < at && (story || form == Form::Single && self.is_cast(titles, at, last));
                    if story {
                        titles = self.office_begins(first, titles);
                    }
                    found.push(Found {
                        first: at,
                        last,
                        titles,
                        story,
                        form,
                    });
                    at = last;
                }
                None => at += 1,
            }
            titles = at;
            story = false;
        }
    }

    /// The name that begins at a token.
    fn name(&mut self, at: usize, end: usize, opens: &dyn Fn(usize) -> bool) -> Option<(usize, Form)> {
        let text = self.text;
        let class = text.class(at);
        if text.shape(at) == Shape::Number
            || text.class(at + 1).has(Class::SURNAME) && is_participle(text.bytes(at)) && opens(at)
        {
            return None;
        }
        // `Enter Na Bom`.
        if text.is(at, "enter") && opens(at) {
            return None;
        }
        // `Rookie of the Year Na Bom`.
        if text.is(at, "year") && at > 0 && text.is(at - 1, "the") {
            return None;
        }
        if let Some(korean) = self.korean(at, end) {
            return Some(korean);
        }
        // `plays I Seul`: nobody writes “I” in front of a capital that is no word, nor `with A Ra` an article as a capital.
        let alone = || {
            let before = at.wrapping_sub(1);
            !opens(at) && at + 2 == end && (!text.is_capital(before) || text.class(before).is_english())
        };
        let vowel = text.word(at) == "I" || text.word(at) == "A" && alone();
        if vowel
            && at + 1 < end
            && text.shape(at + 1) == Shape::Capital
            && !text.class(at + 1).is_english()
            && (1..=2).contains(&self.count(at + 1))
        {
            return Some((at + 2, Form::Pair));
        }
        if class.has(Class::MONTH.with(Class::DAY).with(Class::KST)) && !class.has(Class::SURNAME) {
            return None;
        }
        // `Handing Lee the ledger`, `Startled, Kim`.
        let english = class.is_english() && (!class.has(Class::STATION) || class.has(Class::COMMON))
            || is_participle(text.bytes(at)) && opens(at);
        let english = english && !is_member_told(text, at + 1);
        if english && (!class.has(Class::SURNAME) || opens(at)) || text.word(at).chars().count() < 2 {
            // `Do said`: a surname that is a word; whether it is one is for the aliases to say.
            return None;
        }
        if is_shortened(text.word(at)) {
            return None;
        }
        // `Yuri.K`.
        if at + 2 < end && is_inner_point(text, at + 1) {
            return Some((at + 3, Form::Single));
        }
        // `Cameraman Bo Ra`: what somebody is, in front of a given name of two words.
        if at + 3 == end
            && self.korean(at + 1, end).is_some_and(|(to, _)| to == end)
            && is_somebodys(&text.word(at).to_ascii_lowercase())
        {
            return None;
        }
        let mut last = at + 1;
        // `Emily Song`: behind a first name from elsewhere a surname may be a word.
        let surname = |t: usize| {
            text.class(t).has(Class::SURNAME)
                && t + 1 == end
                && given::is_she(&text.word(at).to_ascii_lowercase()).is_some()
        };
        while last < end
            && last - at < 4
            && (!text.class(last).is_english() || surname(last))
            && self.korean(last, end).is_none_or(|(_, form)| form != Form::Korean)
        {
            last += 1;
        }
        let upper = (at..last).all(|t| text.shape(t) == Shape::Upper);
        if last - at == 1 || upper {
            Some((at + 1, Form::Single))
        } else {
            Some((last, Form::Words))
        }
    }
}

/// Words that stand in front of titles of office: `Left State Councilor`, `Head Diver`.
pub(super) fn is_rank(word: &str) -> bool {
    ["State", "Left", "Right", "Station", "Head", "Vice", "Chief", "Palace"].contains(&word)
}

/// `Handing`, `Cornered`: at the head of a sentence no name.
pub(super) fn is_participle(word: &[u8]) -> bool {
    const SHORTEST: usize = 6;
    word.len() >= SHORTEST && word.is_ascii() && (word.ends_with(b"ing") || word.ends_with(b"ed"))
}

/// `Ma’am`, `You’ll`: what an apostrophe shortens is no name; `O’Hara` goes on with a capital.
fn is_shortened(word: &str) -> bool {
    let behind = word.find(['’', '\'']).map(|at| &word[at..]);
    behind.is_some_and(|rest| rest.chars().nth(1).is_some_and(char::is_lowercase))
}

/// `Apple, a member of LILTING,`: whom a group calls by a word of the language.
pub(super) fn is_member_told(text: &Text, comma: usize) -> bool {
    const NOUNS: usize = 4;
    const MEMBERS: Words = words!["member", "leader", "vocalist", "rapper", "maknae", "dancer", "half"];
    const BANDS: Words = words!["group", "band", "duo", "trio"];
    let small = |t: &usize| text.shape(*t) == Shape::Lower;
    let group = |of: usize| {
        text.is_one(of, words!["of", "in"])
            && (text.shape(of + 1) == Shape::Upper
                || (of + 1..of + 1 + NOUNS)
                    .take_while(small)
                    .any(|t| text.is_one(t, BANDS)))
    };
    text.is(comma, ",")
        && text.is_one(comma + 1, words!["a", "an", "the", "former", "once"])
        && (comma + 2..comma + 2 + NOUNS)
            .take_while(small)
            .any(|t| text.is_one(t, MEMBERS) && group(t + 1))
}

/// `Yuri.K`, `Sora.NA`: a point without spaces, and a letter or two behind it, are a part of a stage name.
pub(super) fn is_inner_point(text: &Text, token: usize) -> bool {
    const LETTERS: usize = 2;
    let behind = text.word(token + 1);
    text.is(token, ".")
        && behind.len() <= LETTERS
        && behind.bytes().all(|b| b.is_ascii_uppercase())
        && text.after(token).is_uppercase()
        && text.before(token).is_lowercase()
}

/// Titles that end with a point, in any case: recaps print them in capitals.
pub(super) fn is_short_title(word: &str) -> bool {
    [
        "Mr", "Ms", "Mrs", "Miss", "Madam", "Dr", "Jr", "St", "Prof", "Det", "Lt", "Capt",
    ]
    .iter()
    .any(|t| t.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::{Finder, Form};
    use crate::catalogue::Catalogue;
    use crate::reading::network;
    use crate::reading::text::Text;

    fn names(line: &str) -> Vec<(String, Form)> {
        let text = Text::line(line);
        let catalogue = Catalogue::empty();
        let stations = network::find(&text, &catalogue);
        let mut found = Vec::new();
        Finder::new(&text, &catalogue, &stations).find(0..text.tokens.len(), &|t| t == 0, &mut found);
        found
            .iter()
            .map(|f| (text.slice(f.first, f.last).to_owned(), f.form))
            .collect()
    }

    #[test]
    fn names_are_cut_from_their_company() {
        let korean = |n: &str| (n.to_owned(), Form::Korean);
        assert_eq!(
            names("Director Noh Jae Pil met Jo Ha-neul"),
            [korean("Noh Jae Pil"), korean("Jo Ha-neul")]
        );
        assert_eq!(names("While Mok Ji Sang likened"), [korean("Mok Ji Sang")]);
        assert_eq!(names("Do Gyeom Hwi said"), [korean("Do Gyeom Hwi")]);
        assert_eq!(
            names("his agency Pine Street Entertainment"),
            [("Pine Street Entertainment".to_owned(), Form::Company)]
        );
        assert_eq!(
            names("from Ilwol & Company said"),
            [("Ilwol & Company".to_owned(), Form::Company)]
        );
        assert_eq!(
            names("However, his agency, Saram, said"),
            [("Saram".to_owned(), Form::Company)]
        );
        assert_eq!(names("of KBS 2TV’s"), [("KBS 2TV".to_owned(), Form::Station)]);
        assert_eq!(
            names("with Noh Sam and Haeon"),
            [("Noh Sam".to_owned(), Form::Pair), ("Haeon".to_owned(), Form::Single)]
        );
    }
}
