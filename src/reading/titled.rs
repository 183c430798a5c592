//! What stands before a name in a story: titles of several words, trades, labels in capitals, and who plays whoever is
//! called so.

use super::beings::{does_something, is_of_a_scene, is_of_a_tale};
use super::entity::{Entities, Entity, Id, Nature, key, key_of};
use super::lexicon::Class;
use super::names::{Finder, Form, Found, is_rank, is_short_title};
use super::people::Source;
use super::print::{Words, words};
use super::role::Pair;
use super::text::{Shape, Text};

impl Finder<'_> {
    /// `Reaper No. 77`, `Agent 9`, `Unit 7 (Kim Bo Ra)`: somebody whose name is a number.
    pub(super) fn numbered(&mut self, at: usize, end: usize) -> Option<Found> {
        let text = self.text;
        let number = |t: usize| text.shape(t) == Shape::Number;
        let counted = end - at > 1 && text.is(end - 1, "no") && text.is(end, ".") && number(end + 1);
        let (noun, first) = match counted {
            true => (end - 2, end + 1),
            false if number(end) && text.before(end) == ' ' => (end - 1, end),
            false => return None,
        };
        let last = first + 1;
        let word = text.word(noun).to_ascii_lowercase();
        let somebody = text.class(noun).has(Class::STORY.with(Class::PASSER)) && word != "section" && word != "class"
            || is_of_a_tale(&word)
            || does_something(&word) && self.has_actor_behind(last);
        let cast = somebody || !text.class(noun).has(Class::SURNAME) && self.has_actor_behind(last);
        // `Detective 1 percent`, `King 2: The Return`: a number of something.
        let alone = !matches!(text.sign(last), b':' | b'%') && text.shape(last) != Shape::Number;
        (cast && alone).then_some(Found {
            first,
            last,
            titles: noun,
            story: true,
            form: Form::Single,
        })
    }

    /// A word that is nobody's name, and behind it a title and a name. What stands before the title of a real person is
    /// left out with the title.
    pub(super) fn opens_title(&self, at: usize, end: usize, name: Option<(usize, Form)>) -> bool {
        const SMALL: Class = Class::PREP
            .with(Class::CONJ)
            .with(Class::SUBORD)
            .with(Class::DET)
            .with(Class::AUX)
            .with(Class::NOMINATIVE)
            .with(Class::TITLE)
            .with(Class::STORY)
            .with(Class::PASSER)
            .with(Class::PLACE)
            .with(Class::MONTH);
        if at + 2 >= end || self.text.shape(at) != Shape::Capital {
            return false;
        }
        let (class, next) = (self.text.class(at), self.text.class(at + 1));
        let title = next.has(Class::STORY.with(Class::STAFF)) && !next.has(Class::SURNAME);
        // `Station Master Gu`: a place that is a rank here.
        title
            && (!class.has(SMALL) || is_rank(self.text.word(at)) && class.has(Class::PLACE))
            && match name {
                None => class.is_english() && !next.has(Class::TITLE) || is_rank(self.text.word(at)),
                Some((_, form)) => form == Form::Single && !class.has(Class::SURNAME),
            }
    }

    /// `Village Head Yang`, `Station Master Gu`: of what somebody is the head belongs to what they are called.
    pub(super) fn office_begins(&self, first: usize, titles: usize) -> usize {
        const OF: Words = words![
            "Left",
            "Right",
            "State",
            "Village",
            "Station",
            "Temple",
            "School",
            "Team",
            "Section",
            "Palace",
            "Royal",
            "Vice",
            "Deputy",
            "Head",
            "Chief",
            "Senior",
            "Junior",
            "Homeroom",
            "Court",
            "Grand",
            "Town",
            "Island",
            "Bus",
            "Train",
            "Police",
            "Fire",
            "Ward",
            "Lighthouse",
            "Night",
            "Prison",
            "Harbor",
            "Market",
            "Kitchen",
            "Hotel",
            "Housekeeping",
            "Department",
            "Factory",
        ];
        let held = (first..titles).rev().take_while(|t| self.text.is_just(*t, OF)).last();
        held.unwrap_or(titles)
    }

    /// `Farmer Bok`, `Cook Ma`: a trade that stands before a surname, where nothing else with a capital does.
    pub(super) fn is_called_by_trade(&mut self, at: usize) -> bool {
        let text = self.text;
        text.shape(at) == Shape::Capital
            && text.class(at + 1).has(Class::SURNAME)
            && !text.class(at).has(Class::SURNAME)
            && {
                const PLAIN: Class = Class::TITLE
                    .with(Class::PREP)
                    .with(Class::ADV)
                    .with(Class::SUBORD)
                    .with(Class::CONJ)
                    .with(Class::COMMON)
                    .with(Class::MONTH)
                    .with(Class::PLACE)
                    .with(Class::ORG);
                let word = text.word(at).to_ascii_lowercase();
                text.class(at).has(Class::OFFICE)
                    || is_of_a_scene(&word)
                    || is_of_a_tale(&word)
                    || does_something(&word) && !text.class(at).has(PLAIN)
            }
    }

    /// `DR. HAN (Kim Bo Ra)`, `CHIEF LIBRARIAN PARK (…)`: recaps print in capitals what a character is called.
    pub(super) fn label(&mut self, first: usize, end: usize) -> Option<Found> {
        let text = self.text;
        let last = end.saturating_sub(1);
        let shouted = |t: usize| text.shape(t) == Shape::Upper || text.is(t, ".");
        let named = first < last
            && text.is(end, "(")
            && (first..end).all(shouted)
            && !text.class(last).has(Class::ORG)
            && self.station(first).is_none();
        let korean = |me: &mut Self, at: usize| me.korean(at, end).is_some_and(|(to, _)| to == end);
        (named && !korean(self, first) && !(first + 1 < last && korean(self, last - 1))).then_some(Found {
            first: last,
            last: end,
            titles: first,
            story: true,
            form: Form::Single,
        })
    }

    /// `Mrs. Bong (Lee Jung-eun)`, `Director Min (Bae Doo-na)`: a title and a surname, and who plays them.
    pub(super) fn is_cast(&mut self, titles: usize, at: usize, last: usize) -> bool {
        let syllable = self.text.class(at).has(Class::SURNAME) || self.count(at) == 1;
        (syllable || is_short_title(self.text.word(titles))) && self.has_actor_behind(last)
    }

    /// `(Lee Jung-eun)`: a whole name in brackets.
    pub(super) fn has_actor_behind(&mut self, last: usize) -> bool {
        const LONGEST: usize = 3;
        if !self.text.is(last, "(") {
            return false;
        }
        let end = (last + 1..last + 2 + LONGEST).find(|t| self.text.is(*t, ")"));
        end.is_some_and(|end| {
            self.korean(last + 1, end)
                .is_some_and(|(to, form)| to == end && form == Form::Korean)
        })
    }

    /// `Crow (Kim Bo Ra)`, `Silver Auntie (Kim Bo Ra)`, `Vlad (Steven Maeng)`: words that nobody else would be called by, and who
    /// plays whoever is called so.
    pub(super) fn cast_word(&mut self, first: usize, end: usize) -> Option<Found> {
        const WORDS: usize = 3;
        const NOT: Class = Class::STORY
            .with(Class::TITLE)
            .with(Class::STAFF)
            .with(Class::SURNAME)
            .with(Class::ORG)
            .with(Class::PLACE)
            .with(Class::STATION)
            .with(Class::MONTH)
            .with(Class::PREP)
            .with(Class::ADV)
            .with(Class::CONJ)
            .with(Class::SUBORD)
            .with(Class::DET)
            .with(Class::AUX)
            .with(Class::NOMINATIVE);
        const THINGS: Words = words![
            "award", "awards", "prize", "song", "songs", "single", "album", "season", "episode", "part", "chapter",
            "photo", "photos", "best", "top", "theme", "ballad", "film", "drama", "couple",
        ];
        let text = self.text;
        // `nicknamed ‘Grandma Alto’ (Kim Bo Ra)`.
        let open = end + usize::from(text.shape(end) == Shape::Mark);
        if !text.is(open, "(") || end - first > WORDS {
            return None;
        }
        let foreign = end - first == 1 && self.has_foreign_actor_behind(open);
        if !foreign && !self.has_actor_behind(open) {
            return None;
        }
        // `Captain (Kim Bo Ra)`, `WIDOW (KIM BO RA)`: nobody but a story calls somebody by a title and no name.
        let alone = end - first == 1
            && text
                .class(first)
                .has(Class::STORY.with(Class::FEMALE).with(Class::MALE).with(Class::PASSER))
            && !text
                .class(first)
                .has(Class::STAFF.with(Class::HOST).with(Class::SURNAME));
        // `Velvet Auntie`: whatever stands in front of what somebody is.
        let called = end - first > 1 && text.class(end - 1).has(Class::STORY.with(Class::PASSER));
        let mut plain = |t: usize| {
            let class = text.class(t);
            // `Gold Granny`: the last word may be what somebody is.
            let noun =
                t + 1 == end && t > first && class.has(Class::STORY.with(Class::PASSER)) && !class.has(Class::STAFF);
            let shouted = end - first == 1 && text.shape(t) == Shape::Upper && (class.is_english() || alone);
            (text.shape(t) == Shape::Capital || shouted)
                && (class.is_english() || called || alone || self.count(t) == 0)
                && (!class.has(NOT) || noun || alone)
                && !text.is_one(t, THINGS)
        };
        if !(first..end).all(&mut plain) {
            return None;
        }
        let korean = (first..end).any(|t| self.korean(t, end).is_some());
        (!korean).then_some(Found {
            first,
            last: end,
            titles: first,
            story: true,
            form: if end - first > 1 { Form::Words } else { Form::Single },
        })
    }

    /// `(Steven Maeng)`: a name from elsewhere and a surname.
    fn has_foreign_actor_behind(&self, open: usize) -> bool {
        let text = self.text;
        text.is(open + 3, ")")
            && text.shape(open + 1) == Shape::Capital
            && !text.class(open + 1).is_english()
            && text.class(open + 2).has(Class::SURNAME)
    }

    /// `Poor Bo Ra`, `Sweet little Bo Ra`: a word of how somebody is, in front of a Korean name.
    pub(super) fn is_pitied(&mut self, at: usize, end: usize) -> bool {
        let text = self.text;
        let manner = words![
            "poor", "little", "dear", "sweet", "dearest", "clever", "brave", "lonely", "lovely", "loyal"
        ];
        at + 1 < end
            && text.shape(at) == Shape::Capital
            && text.is_one(at, manner)
            && self.korean(at + 1, end).is_some_and(|(to, _)| to == end)
    }

    /// A word that is a title and a surname: `Chun Bi`, `Jin Goo` are names when nothing but a name fits.
    pub(super) fn is_bare_name(&self, at: usize, name: Option<(usize, Form)>) -> bool {
        self.text.class(at).has(Class::SURNAME) && name.is_some_and(|(_, form)| matches!(form, Form::Korean))
    }
}

/// `nicknamed ‘Grandma Alto’ (Kim Bo Ra)`: what somebody of the story is called, in marks, and who plays them.
pub(super) fn is_nickname(text: &Text, open: usize, after: usize) -> bool {
    const CALLED: Words = words!["nicknamed", "called", "dubbed", "as", "alias", "codenamed", "the"];
    text.is(after, "(")
        && after - open <= NICKNAME
        && open > 0
        && text.is_one(open - 1, CALLED)
        && (after + 1..after + 5).any(|t| text.is(t, ")"))
        && (after + 1..after + 3).all(|t| text.is_capital(t))
}

/// A nickname and its marks have no more tokens.
const NICKNAME: usize = 5;

/// `chairman Baek (Kim)` beside `the youngest, Baek Yi Rang (Lee)`: a surname whose own actor is named is another one of the
/// family.
pub(super) fn surnamed_alone(
    source: &Source<'_>,
    entities: &mut Entities,
    found: &[Found],
    pairs: &[Pair],
    pair: &Pair,
) -> Option<Id> {
    let text = source.text;
    let (role, actor) = (found[pair.role?], found[pair.actor?]);
    let printed = |n: Found| text.slice(n.first, n.last);
    let own = key_of(text, role.first, role.last);
    if role.form != Form::Single || !text.class(role.first).has(Class::SURNAME) || entities.full(&own).is_some() {
        return None;
    }
    let [(bearer, false)] = *entities.named(&own) else {
        return None;
    };
    let bearer = &entities.all[bearer];
    let whole = key(&bearer.name);
    if bearer.nature != Nature::Character || !whole.starts_with(&own) {
        return None;
    }
    let other = |p: &Pair| {
        let (Some(r), Some(a)) = (p.role, p.actor) else {
            return false;
        };
        key_of(text, found[r].first, found[r].last) == whole && printed(found[a]) != printed(actor)
    };
    if !pairs.iter().take(64).any(other) {
        return None;
    }
    Some(entities.add(Entity::new(printed(role).to_owned(), Nature::Character, role.first)))
}
