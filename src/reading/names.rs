//! Finds what looks like a name: runs of capitals, cut into titles, names and companies.
//!
//! Knows the shape of Korean names (surname first, two syllables, with or without a hyphen) and
//! leaves to `people` what the rest of the article says about each.

use super::lexicon::{Class, names};
use super::network;
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
const PLACES: usize = 64;

/// Finds names in some tokens of a text.
pub struct Finder<'a> {
    text: &'a Text,
    catalogue: &'a Catalogue,
    /// Counts of words, each in the place that its letters give: the last word of a place stays.
    syllables: Vec<(u128, usize)>,
}

impl<'a> Finder<'a> {
    /// A finder for `text`.
    #[must_use]
    pub fn new(text: &'a Text, catalogue: &'a Catalogue) -> Self {
        Self {
            text,
            catalogue,
            syllables: vec![(0, 0); PLACES],
        }
    }

    /// All names within `tokens`, in order.
    pub fn find(&mut self, tokens: Range<usize>, opens: &dyn Fn(usize) -> bool, found: &mut Vec<Found>) {
        let mut at = tokens.start;
        while at < tokens.end {
            if !self.text.tokens[at].is_capital() {
                at += 1;
                continue;
            }
            let mut end = at + 1;
            while end < tokens.end && self.goes_on(end) {
                end += 1;
            }
            self.run(at, end, opens, found);
            at = end;
        }
    }

    fn goes_on(&self, token: usize) -> bool {
        let text = self.text;
        let capital = |t: usize| text.tokens.get(t).is_some_and(|t| t.is_capital());
        // `Dr. Kim`, `J. Kim`; `Chief Oh. The` are two sentences.
        let short = |word: &str| word.len() == 1 || is_short_title(word);
        capital(token)
            || capital(token + 1)
                && capital(token - 1)
                && (text.word(token) == "&" || text.word(token) == "." && short(text.word(token - 1)))
    }

    fn run(&mut self, first: usize, end: usize, opens: &dyn Fn(usize) -> bool, found: &mut Vec<Found>) {
        let mut at = first;
        let mut titles = first;
        let mut story = false;
        if let Some(label) = self.label(first, end) {
            found.push(label);
            return;
        }
        while at < end {
            let class = self.text.class(at);
            // The point of `Dr.` stands between a title and its name.
            if self.text.word(at) == "." && titles < at {
                at += 1;
                continue;
            }
            if let Some(last) = network::at(self.text, at, self.catalogue) {
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
            let name = self.name(at, end, opens(at));
            let title = class.has(Class::TITLE.with(Class::STORY))
                && at + 1 < end
                && name.is_none_or(|(last, form)| form != Form::Korean || last == end && class.has(Class::TITLE));
            if title && !self.is_bare_name(at, name) {
                story = class.has(Class::STORY) && (!class.has(Class::TITLE) || story);
                at += 1;
                continue;
            }
            match name {
                Some((last, form)) => {
                    found.push(Found {
                        first: at,
                        last,
                        titles,
                        story: story && titles < at,
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

    /// `DR. HAN (Kim Bo Ra)`, `CHIEF LIBRARIAN PARK (…)`: recaps print in capitals what a character is called.
    fn label(&mut self, first: usize, end: usize) -> Option<Found> {
        let text = self.text;
        let last = end - 1;
        let shouted = |t: usize| text.shape(t) == Shape::Upper || text.word(t) == ".";
        let named = first < last
            && text.word(end) == "("
            && (first..end).all(shouted)
            && !text.class(last).has(Class::ORG)
            && network::at(text, first, self.catalogue).is_none();
        let korean = |me: &mut Self, at: usize| me.korean(at, end).is_some_and(|(to, _)| to == end);
        (named && !korean(self, first) && !(first + 1 < last && korean(self, last - 1))).then_some(Found {
            first: last,
            last: end,
            titles: first,
            story: true,
            form: Form::Single,
        })
    }

    /// A word that is a title and a surname: `Chun Bi`, `Jin Goo` are names when nothing but a name fits.
    fn is_bare_name(&self, at: usize, name: Option<(usize, Form)>) -> bool {
        self.text.class(at).has(Class::SURNAME) && name.is_some_and(|(_, form)| matches!(form, Form::Korean))
    }

    /// `Pine Street Entertainment`, `Ilwol & Company`.
    fn company(&self, at: usize, end: usize) -> Option<usize> {
        const LONGEST: usize = 5;
        // `his agency Saram`, `Management Soop`: the noun in front makes any name a company's.
        let noun = at
            .checked_sub(1)
            .is_some_and(|t| self.text.class(t).has(Class::AGENCY) && self.text.shape(t) == Shape::Lower);
        // `his agency, Barley Field, said`.
        let apposed = at > 1
            && self.text.word(at - 1) == ","
            && self.text.class(at - 2).has(Class::AGENCY)
            && self.text.shape(at - 2) == Shape::Lower
            && matches!(self.text.word(end), "," | ".");
        let outlet = at > 0
            && self.text.shape(at - 1) == Shape::Lower
            && ["tabloid", "outlet", "newspaper", "portal"].contains(&self.text.word(at - 1));
        // `A source from Gaon Tree commented`, `BH Stars, which manages the actress`.
        let sourced = at > 1
            && ["from", "at"].iter().any(|w| self.text.is(at - 1, w))
            && self.text.class(at - 2).has(Class::SOURCE)
            && self.text.shape(at - 2) == Shape::Lower;
        let manages = self.text.word(end) == ","
            && self.text.is(end + 1, "which")
            && ["manages", "represents"].iter().any(|w| self.text.is(end + 2, w));
        if apposed || sourced || manages || outlet {
            return Some(end.min(at + LONGEST));
        }
        // `Studio Haru CEO Kang`: a title behind the company opens a name.
        let end = (at + 1..end)
            .find(|t| self.text.class(*t).has(Class::TITLE) && !self.text.class(*t).has(Class::ORG))
            .unwrap_or(end);
        let heads = ["Management", "Agency", "Studio", "Label"].contains(&self.text.word(at)) && at + 1 < end;
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

    /// The point of `Ent.` and `Inc.` belongs to the name when the sentence goes on behind it.
    fn with_point(&self, last: usize) -> usize {
        let short = ["Ent", "Inc", "Co", "Ltd", "Corp"].contains(&self.text.word(last - 1));
        last + usize::from(
            short && self.text.word(last) == "." && matches!(self.text.shape(last + 1), Shape::Lower | Shape::Clitic),
        )
    }

    fn count(&mut self, token: usize) -> usize {
        let word = self.text.word(token);
        if word.len() > 14 {
            return 0;
        }
        let letters = word.bytes().fold(0, |all, byte| all << 8 | u128::from(byte));
        let place = ((letters ^ letters >> 64) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - PLACES.ilog2());
        let place = place as usize;
        if self.syllables[place].0 == letters {
            return self.syllables[place].1;
        }
        let folded = word.to_ascii_lowercase();
        let n = match folded.split_once('-') {
            None => names::syllables(&folded),
            Some((a, b)) => match (names::syllables(a), names::syllables(b)) {
                (0, _) | (_, 0) => 0,
                (a, b) => a + b,
            },
        };
        self.syllables[place] = (letters, n);
        n
    }

    /// The name that begins at a token.
    fn name(&mut self, at: usize, end: usize, opens: bool) -> Option<(usize, Form)> {
        let text = self.text;
        let class = text.class(at);
        if text.shape(at) == Shape::Number {
            return None;
        }
        if let Some(korean) = self.korean(at, end) {
            return Some(korean);
        }
        if class.has(Class::MONTH.with(Class::DAY).with(Class::KST)) && !class.has(Class::SURNAME) {
            return None;
        }
        let english = class.is_english() && (!class.has(Class::STATION) || class.has(Class::COMMON));
        if english && (opens || !class.has(Class::SURNAME)) || text.word(at).chars().count() < 2 {
            // `Do said`: a surname that is a word; whether it is one is for the aliases to say.
            return None;
        }
        let mut last = at + 1;
        while last < end
            && last - at < 4
            && !text.class(last).is_english()
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

    fn korean(&mut self, at: usize, end: usize) -> Option<(usize, Form)> {
        let text = self.text;
        // Recaps print a name in capitals where its actor stands behind it.
        let shouted = text.shape(at) == Shape::Upper
            && text.class(at).has(Class::SURNAME)
            && (at + 1..end.min(at + 4)).all(|t| text.shape(t) == Shape::Upper)
            && text.word(end) == "(";
        if at + 1 >= end || text.shape(at) != Shape::Capital && !shouted {
            return None;
        }
        let class = text.class(at);
        let surname = class.has(Class::SURNAME);
        let english = class.is_english();
        // `In Cheon Bo Mi’s poster`: the small word in front is no surname where a whole name follows.
        if surname
            && class.has(Class::PREP.with(Class::SUBORD).with(Class::CONJ))
            && at + 3 < end
            && self.korean(at + 1, end).is_some_and(|(_, form)| form == Form::Korean)
        {
            return None;
        }
        if english && !surname {
            // `his wife Sun Ah`: a word that begins given names more often than sentences.
            let given = ["Sun", "Soon", "Won", "Gun"].contains(&text.word(at));
            let next = text.class(at + 1);
            let plain = !next.is_english() && !next.has(Class::SURNAME)
                || is_syllable_too(text.word(at + 1)) && !next.has(Class::PREP);
            return (given && plain && self.count(at + 1) == 1).then_some((at + 2, Form::Pair));
        }
        let first = self.count(at);
        if !surname && first == 0 {
            return None;
        }
        let given = at + 1;
        let known = text.class(given);
        if text.word(given).contains('-') {
            let (n, hyphens) = (self.count(given), text.word(given).matches('-').count());
            return (hyphens == 1 && n == 2 && (surname || first <= 2)).then_some((given + 1, Form::Korean));
        }
        let n = self.count(given);
        let second = given + 1;
        let syllable = second < end && (shouted || text.shape(second) == Shape::Capital) && self.count(second) == 1;
        // Three words: the last must not be an English word unless the first two leave no doubt.
        if n == 1 && syllable && first <= 2 {
            let odd = text.class(second).is_english() && !is_syllable_too(text.word(second));
            let free = !known.is_english() || is_syllable_too(text.word(given));
            if !odd && (free || surname && !english) {
                return Some((second + 1, Form::Korean));
            }
        }
        let spoken = english
            && !(["Do", "An", "Go", "Ma", "Song", "Moon", "Sung", "Min", "Gun"].contains(&text.word(at))
                || text.is(at, "so") && n == 2);
        if known.is_english() && !known.has(Class::SURNAME) && !is_syllable_too(text.word(given)) || spoken {
            return None;
        }
        match n {
            2 if surname => Some((given + 1, Form::Pair)),
            1 if first <= 2 => Some((given + 1, Form::Pair)),
            _ => None,
        }
    }
}

/// Titles that end with a point, in any case: recaps print them in capitals.
pub(super) fn is_short_title(word: &str) -> bool {
    ["Mr", "Ms", "Mrs", "Dr", "Jr", "St", "Prof", "Det", "Lt", "Capt"]
        .iter()
        .any(|t| t.eq_ignore_ascii_case(word))
}

/// Common words that companies take for their names: `Blue Sail Entertainment`.
fn is_colour(word: &str) -> bool {
    matches!(
        word,
        "Blue" | "Red" | "Black" | "White" | "Golden" | "Tiger" | "Ghost" | "Great" | "Good" | "Hello" | "First"
    )
}

/// English words that are everyday syllables of given names.
fn is_syllable_too(word: &str) -> bool {
    matches!(
        word,
        "Young"
            | "Sun"
            | "So"
            | "Do"
            | "In"
            | "Go"
            | "Moon"
            | "Song"
            | "Sang"
            | "Won"
            | "Soon"
            | "Gun"
            | "Ran"
            | "See"
            | "Yeon"
            | "You"
            | "He"
            | "Min"
            | "Yi"
            | "Na"
            | "Mi"
            | "An"
            | "On"
            | "No"
            | "Oh"
            | "Ah"
            | "Ho"
            | "Han"
            | "Jin"
            | "Wi"
            | "Me"
            | "Dan"
            | "Sing"
            | "Bin"
            | "Sa"
            | "San"
            | "Ye"
            | "Yes"
            | "Jun"
            | "Mae"
            | "Chef"
            | "June"
            | "Sung"
            | "Hung"
            | "Bo"
            | "Bi"
            | "Da"
            | "Ra"
            | "Ok"
            | "Man"
    )
}

#[cfg(test)]
mod tests {
    use super::{Finder, Form};
    use crate::catalogue::Catalogue;
    use crate::reading::text::Text;

    fn names(line: &str) -> Vec<(String, Form)> {
        let text = Text::line(line);
        let catalogue = Catalogue::empty();
        let mut found = Vec::new();
        Finder::new(&text, &catalogue).find(0..text.tokens.len(), &|t| t == 0, &mut found);
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
        assert_eq!(names("of KBS 2TV’s"), [("KBS 2TV".to_owned(), Form::Station)]);
        assert_eq!(
            names("with Noh Sam and Haeon"),
            [("Noh Sam".to_owned(), Form::Pair), ("Haeon".to_owned(), Form::Single)]
        );
    }
}
