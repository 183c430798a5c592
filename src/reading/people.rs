//! Decides who the names of an article are: people, characters, companies, or nobody.
//!
//! Collects evidence for every name over all its occurrences (titles, roles, agencies, cues, the
//! headline, the catalogue), accepts what is sure enough, and registers everything each is called.

use super::emphasised;
use super::entity::{Entities, Entity, LONG_NAME, Nature, Trade, is_actors, key, key_length, key_of};
use super::evidence::{self, Candidate, is_address};
use super::headlined;
use super::korean::is_double_surname;
use super::lexicon::Class;
use super::lexicon::trades::MAKER;
use super::members::Members;
use super::mention;
use super::nameless;
use super::names::{Finder, Form, Found};
use super::network::Station;
use super::nobody;
use super::openings;
use super::print::{Words, words};
use super::role::{self, Pair};
use super::scan::Spans;
use super::sentence::{self, Sentences};
use super::speech::{Judged, Verdict};
use super::text::{Shape, Text};
use super::titled;
use super::younger;
use crate::catalogue::Catalogue;

/// What an article gives to find its people in.
pub struct Source<'a> {
    /// The body.
    pub text: &'a Text,
    /// The headline.
    pub title: &'a Text,
    /// The spans of the body.
    pub spans: &'a Spans,
    /// What the outer spans are.
    pub judged: &'a [Judged],
    /// The sentences of the body.
    pub sentences: &'a Sentences,
    /// The networks that the body names.
    pub stations: &'a [Station],
    /// Titles that stand without marks.
    pub bare: &'a [(usize, usize)],
    /// What is known beforehand.
    pub catalogue: &'a Catalogue,
    /// The article tells the story of an episode or a teaser.
    pub scene: bool,
}

/// Everybody and every company of an article, of which it is known where names stand.
#[must_use]
pub fn find(source: &Source<'_>, found: &[Found]) -> Entities {
    let members = Members::of(source.text, found);
    let pairs = members.found(role::pairs(source, &members.names));
    let (candidates, names) = evidence::weigh(source, found, &pairs);
    let mut entities = accept(source, candidates);
    real_names(source, &mut entities, found);
    cast(source, &mut entities, found, &pairs);
    younger::cast(source, found, &mut entities);
    nameless::roles(source, &mut entities, &members.names, &members.told(names));
    headlined::add(source, &mut entities);
    mention::link(source, &mut entities);
    entities
}

/// Where names stand in an article.
#[must_use]
pub fn names(source: &Source<'_>) -> Vec<Found> {
    let text = source.text;
    // A word in sixteen begins a name.
    let mut found = Vec::with_capacity(text.tokens.len() / 16);
    let mut finder = Finder::new(text, source.catalogue, source.stations);
    let opens = |token: usize| opens_sentence(source, token);
    let titles = titles(source);
    let mut skip = titles.iter().peekable();
    for para in &text.paras {
        let mut at = para.first;
        while at < para.last {
            while skip.next_if(|(_, last)| *last <= at).is_some() {}
            let stop = skip
                .peek()
                .map_or(para.last, |(first, _)| (*first).clamp(at, para.last));
            finder.find(at..stop, &opens, &mut found);
            at = skip
                .peek()
                .filter(|(first, _)| *first <= stop)
                .map_or(stop, |(_, last)| *last)
                .max(stop);
            if stop == para.last {
                break;
            }
        }
    }
    openings::cut(source, &mut found);
    emphasised::settle(text, &titles, &mut found);
    found
}

/// Ranges of tokens that are titles of works: no names in there.
pub(super) fn titles(source: &Source<'_>) -> Vec<(usize, usize)> {
    let outer = source
        .spans
        .outer
        .iter()
        .zip(source.judged)
        .filter(|(_, j)| matches!(j.verdict, Verdict::Title | Verdict::Label | Verdict::Caption))
        .filter(|(span, _)| !titled::is_nickname(source.text, span.open, span.after()));
    let inner = source.spans.inner.iter().filter(|span| {
        span.closed && span.close - span.first() <= 12 && capitals(source.text, span.first(), span.close)
    });
    let mut ranges: Vec<(usize, usize)> = outer
        .map(|(span, _)| (span.open, span.after()))
        .chain(inner.map(|span| (span.open, span.after())))
        .chain(source.bare.iter().copied())
        .collect();
    ranges.sort_unstable();
    ranges
}

/// Whether all words but small ones have capitals.
pub(super) fn capitals(text: &Text, first: usize, last: usize) -> bool {
    let small = |t: usize| text.class(t).has(Class::PREP.with(Class::DET).with(Class::CONJ)) || text.word(t).len() <= 3;
    (first..last).any(|t| text.is_capital(t)) && (first..last).all(|t| text.shape(t) != Shape::Lower || small(t))
}

pub(super) fn opens_sentence(source: &Source<'_>, token: usize) -> bool {
    if token == 0 {
        return true;
    }
    let word = source.text.is_word(token - 1);
    let sign = || {
        const SIGNS: Words = words![".", "!", "?", "…", "“", "\"", "‘", ":", "]", "•"];
        source.text.is_just(token - 1, SIGNS) || source.text.bytes(token - 1).starts_with(b"..")
    };
    !word && sign() || source.sentences[sentence::at(source.sentences, token)].first == token
}

/// The sentence of a token, as a range of tokens.
pub(super) fn sentence_of(source: &Source<'_>, token: usize) -> (usize, usize) {
    source
        .sentences
        .get(sentence::at(source.sentences, token))
        .map_or((token, token + 1), |s| (s.first, s.last))
}

pub(super) fn in_speech(source: &Source<'_>, token: usize) -> bool {
    let at = source.spans.outer.partition_point(|s| s.after() <= token);
    source
        .spans
        .outer
        .get(at)
        .is_some_and(|s| s.open <= token && source.judged[at].is_speech())
}

/// As much speaks for a role that a pattern binds to its actor.
const ROLE: f32 = 4.0;

/// Which candidates are real: the surest and longest first, so that their parts become aliases.
fn accept(source: &Source<'_>, mut candidates: Vec<Candidate>) -> Entities {
    // A name, its two parts, and the name with its parts in the other order.
    const NAMES: usize = 4;
    let mut entities = Entities::with_room(candidates.len(), NAMES);
    let mut reversed = String::with_capacity(LONG_NAME);
    let rank = |form: Form| match form {
        Form::Korean => 0,
        Form::Company | Form::Station => 1,
        Form::Words => 2,
        Form::Pair => 3,
        Form::Single => 4,
    };
    candidates.sort_by_key(|c| (rank(c.form), c.first));
    for mut candidate in candidates {
        if matches!(candidate.form, Form::Company | Form::Station) {
            let nature = if candidate.form == Form::Company {
                Nature::Company
            } else {
                Nature::Station
            };
            let text = source.text;
            let mut entity = Entity::new(candidate.name(text).to_owned(), nature, candidate.first);
            let first = candidate.first;
            // `the production company Bluebird Studios`: nobody's agency.
            let made = |t: usize| text.is(t.wrapping_sub(1), "production") && text.class(t).has(Class::AGENCY);
            let apposed = (first..first + 12)
                .find(|t| text.is(*t, ","))
                .is_some_and(|t| text.class(t + 1).has(Class::DET) && (text.is(t + 2, "company") || made(t + 3)))
                && (first..first + 20).any(|t| text.is_one(t, words!["produces", "producing", "behind"]));
            let behind = first > 2 && text.is(first - 1, ",") && made(first - 2);
            if first > 1 && made(first - 1) || behind || apposed {
                entity.trade = Trade::Host;
                entity.nouns.push(MAKER.to_owned());
            }
            let name = entity
                .name
                .rsplit(' ')
                .next()
                .map(str::to_ascii_lowercase)
                .unwrap_or_default();
            // A union speaks for nobody who acts.
            // Nor does a broadcaster that nobody knows.
            let body = first > 1 && text.is(first - 1, ",") && super::houses::is_body(text, first - 2);
            let counts = ["Nielsen", "Gallup"].iter().any(|w| entity.name.starts_with(w));
            if super::lexicon::classes(&name).has(Class::BODY) || name == "tv" || body || counts {
                entity.trade = Trade::Host;
            }
            let outside = Class::OUTLET.with(Class::BROADCAST);
            if first > 0 && (source.text.class(first - 1).has(outside) || source.text.is(first - 1, "service")) {
                entity.trade = Trade::Host;
            }
            entities.add(entity);
            continue;
        }
        // A part of somebody's name is no name of its own.
        let part = matches!(candidate.form, Form::Pair | Form::Single | Form::Words)
            && !(candidate.person > 5.5 && candidate.nouns.iter().any(|n| n == "idol"));
        let bearers = if part { entities.named(&candidate.key) } else { &[] };
        if !bearers.is_empty() {
            if let [(one, _)] = *bearers {
                // `Chairwoman Chae` is not the Chae who is named with a first name.
                if key(candidate.name(source.text)) != *candidate.key {
                    (candidate.she, candidate.he) = (0.0, 0.0);
                }
                add_votes(&mut entities.all[one], &mut candidate);
                // `Yu-ra (Kim Bo Ra)` of whom the first sentence gives the whole name.
                let bearer = &mut entities.all[one];
                let real = bearer.acts || bearer.nouns.iter().any(|n| is_actors(n));
                let first_name = key(&bearer.name).ends_with(&*candidate.key);
                if candidate.character > candidate.person.max(ROLE) && first_name && !real {
                    bearer.nature = Nature::Character;
                }
            }
            continue;
        }
        let enough = match candidate.form {
            Form::Korean => 1.5,
            Form::Pair => 1.8,
            Form::Words => 2.0,
            _ => 2.4,
        };
        // Too little for a person may do for a role.
        let is_character =
            candidate.character > candidate.person || candidate.person < enough && candidate.character >= 1.5;
        if !is_character && candidate.person < enough || is_character && candidate.character < 1.5 {
            continue;
        }
        register(source, &mut entities, candidate, is_character, &mut reversed);
    }
    entities
}

fn add_votes(entity: &mut Entity, candidate: &mut Candidate) {
    entity.she += candidate.she;
    entity.he += candidate.he;
    entity.evidence += candidate.person.max(0.0);
    entity.acts |= candidate.acts;
    entity.age = entity.age.or(candidate.age);
    candidate.nouns.drain(..).for_each(|noun| entity.call(noun));
    if let Some(trade) = candidate.trade {
        entity.trade = trade;
    }
}

/// Adds one of them under all its names. `reversed` is room to work in.
fn register(
    source: &Source<'_>,
    entities: &mut Entities,
    mut candidate: Candidate,
    is_character: bool,
    reversed: &mut String,
) {
    let nature = if is_character {
        Nature::Character
    } else {
        Nature::Person
    };
    let name = if is_character {
        candidate.name(source.text).to_owned()
    } else {
        bare(source.text, &candidate)
    };
    let mut entity = Entity::new(name, nature, candidate.first);
    entity.leans = leaning(&candidate, candidate.name(source.text));
    if is_character {
        called(&mut entity);
    }
    add_votes(&mut entity, &mut candidate);
    // What stands before the name of a real person is no part of it, nor of its key.
    let id = match is_character {
        true => entities.add(entity),
        false => entities.add_as(entity, &candidate.key),
    };
    if is_character {
        entities.alias(&candidate.key, id, true);
    }
    if let (Some(surname), Some(given)) = (candidate.surname(), candidate.given()) {
        reversed.clear();
        reversed.push_str(given);
        reversed.push_str(surname);
        entities.alias(reversed, id, true);
        entities.alias(given, id, false);
        entities.alias(surname, id, false);
    } else if candidate.form == Form::Words {
        let words: Vec<&str> = candidate.name(source.text).split_whitespace().collect();
        if let (Some(first), Some(last)) = (words.first(), words.last()) {
            entities.alias(&key(first), id, false);
            entities.alias(&key(last), id, false);
        }
        // `Jin Man Su`, and later `Man Su`, though “man” is a word.
        if let [surname, given @ ..] = &words[..]
            && given.len() == 2
            && super::lexicon::classes(&surname.to_ascii_lowercase()).has(Class::SURNAME)
        {
            entities.alias(&key(&given.concat()), id, false);
        }
    }
}

/// `Minister Gwon`, and later `the minister`: what somebody is called is a noun for them.
fn called(entity: &mut Entity) {
    let titles = entity.name.rsplit_once(' ').map_or("", |(titles, _)| titles);
    let is_noun = |w: &&str| super::lexicon::classes(w).has(Class::STORY.with(Class::PASSER).with(Class::STAFF));
    // `Bandit Chief` has no other name, and is the chief.
    let alone = titles
        .split(' ')
        .all(|w| is_noun(&w) || super::lexicon::classes(w).is_english());
    let last = entity
        .name
        .rsplit(' ')
        .next()
        .filter(|w| !titles.is_empty() && alone && is_noun(w));
    let nouns = titles.split(' ').chain(last).filter(is_noun);
    entity.nouns.extend(nouns.map(str::to_ascii_lowercase));
}

/// What a Korean first name leans to: of two syllables, or of one behind a surname.
fn leaning(candidate: &Candidate, name: &str) -> Option<bool> {
    if candidate.form == Form::Pair {
        let (surname, given) = (candidate.surname()?, candidate.given()?);
        // `Jae Gu` without a surname has two syllables, `Ko Bin` one.
        let surnamed = super::lexicon::classes(surname).has(Class::SURNAME);
        return super::lexicon::given::leans(if surnamed { "" } else { surname }, given);
    }
    // `JUN-BEOM`: a first name alone.
    let alone = candidate.form == Form::Single && name.contains('-');
    if candidate.form != Form::Korean && !alone {
        return None;
    }
    let key = &candidate.key;
    let cut = |end: usize| name.as_bytes()[..end].iter().rposition(|b| matches!(b, b' ' | b'-'));
    let hyphen = cut(name.len())?;
    let before = cut(hyphen).map_or(0, |at| at + 1);
    // The key of the name ends with those of its last two syllables.
    let last = key.len().checked_sub(key_length(&name[hyphen + 1..]))?;
    let first = last.checked_sub(key_length(&name[before..hyphen]))?;
    super::lexicon::given::leans(key.get(first..last)?, key.get(last..)?)
}

/// A real person's name stands without the titles before it.
fn bare(text: &Text, candidate: &Candidate) -> String {
    let mut last = candidate.first;
    let words = candidate.key.len();
    let mut length = 0;
    while length < words && last < text.tokens.len() {
        length += key_length(text.word(last));
        last += 1;
    }
    let first = candidate.first - usize::from(candidate.form == Form::Single && is_stage_title(text, candidate.first));
    text.slice(first, last).to_owned()
}

/// `DJ Moonbeam`, `Chef Tolman`: who goes by one word bears what stands before it, as a name.
fn is_stage_title(text: &Text, first: usize) -> bool {
    const TITLES: Words = words![
        "DJ",
        "Chef",
        "Choreographer",
        "Coach",
        "Manager",
        "Teacher",
        "Professor",
        "Master"
    ];
    first.checked_sub(1).is_some_and(|title| text.is_just(title, TITLES))
}

/// `ROWEL (real name Tong Ji An)`: both names are one person's.
fn real_names(source: &Source<'_>, entities: &mut Entities, found: &[Found]) {
    for pair in found.windows(2).filter(|p| nobody::is_real_name(source.text, p[1])) {
        let owner = key_of(source.text, pair[0].first, pair[0].last);
        if let Some(id) = entities.full(&owner) {
            entities.alias(&key_of(source.text, pair[1].first, pair[1].last), id, true);
        }
    }
}

/// Binds characters to their actors.
fn cast(source: &Source<'_>, entities: &mut Entities, found: &[Found], pairs: &[Pair]) {
    for pair in pairs {
        let Some(role) = pair.role else { continue };
        let role = found[role];
        // `Master Heo` beside an actor Heo: the title makes it a name of its own.
        let surnamed = role.form == Form::Single && pair.actor.is_some();
        let titled_role =
            role.story || role.titles < role.first && (surnamed || is_address(source.text.word(role.titles)));
        if titled_role && role.form == Form::Single {
            let titled = key_of(source.text, role.titles, role.last);
            let known = entities.full(&key_of(source.text, role.first, role.last));
            if known.is_none() && entities.full(&titled).is_none() {
                let name = source.text.slice(role.titles, role.last).to_owned();
                let mut entity = Entity::new(name, Nature::Character, role.titles);
                // `Grandmother Im`, `Prince Yeon`: the title says it.
                let title = (role.titles..role.first).fold(Class::NONE, |all, t| all.with(source.text.class(t)));
                entity.she += if title.has(Class::FEMALE) { 3.0 } else { 0.0 };
                entity.he += if title.has(Class::MALE) { 3.0 } else { 0.0 };
                entities.add(entity);
            }
        }
        let titled = titled_role
            .then(|| entities.full(&key_of(source.text, role.titles, role.last)))
            .flatten();
        let apart = titled.or_else(|| titled::surnamed_alone(source, entities, found, pairs, pair));
        let Some(character) = apart
            .or_else(|| entities.full(&key_of(source.text, role.first, role.last)))
            .or_else(|| {
                entities
                    .named(&key_of(source.text, role.first, role.last))
                    .first()
                    .map(|(id, _)| *id)
            })
        else {
            continue;
        };
        if entities.all[character].nature != Nature::Character {
            continue;
        }
        // `Prosecutor Lee Ha Jin` is Lee Ha Jin, `Crown Prince Yi Heon` Yi Heon; `Prince Daegun` has no other name.
        let text = source.text;
        // `Commissioner Dok Go` has a surname and no more.
        let surname = || is_double_surname(text.bytes(role.first), text.bytes(role.first + 1));
        let whole = role.form == Form::Korean || role.form == Form::Pair && !is_of_court(text, role) && !surname();
        if titled_role && !whole {
            entities.all[character].name = source.text.slice(role.titles, role.last).to_owned();
            called(&mut entities.all[character]);
            let key = key_of(source.text, role.titles, role.last);
            entities.alias(&key, character, true);
            // `Grandma Sook`, and later `Grandma`.
            let kin = source.text.class(role.titles).has(Class::FEMALE.with(Class::MALE));
            if kin && role.titles + 1 == role.first && !is_address(source.text.word(role.titles)) {
                entities.alias(&key_of(source.text, role.titles, role.first), character, false);
            }
        }
        for noun in pair.nouns.clone() {
            let class = source.text.class(noun);
            let word = source.text.word(noun).to_ascii_lowercase();
            if class.has(Class::FEMALE) {
                entities.all[character].she += 1.5;
            } else if class.has(Class::MALE) {
                entities.all[character].he += 1.5;
            }
            entities.all[character].call(word);
        }
        let actor = pair.actor.map(|a| found[a]).and_then(|a| {
            let key = key_of(source.text, a.first, a.last);
            entities
                .full(&key)
                .or_else(|| entities.named(&key).first().map(|(id, _)| *id))
        });
        let Some(actor) = actor.filter(|a| entities.all[*a].nature == Nature::Person) else {
            continue;
        };
        let young = younger::is_young(source.text, role.titles, role.last);
        let entity = &mut entities.all[character];
        let place = if young { &mut entity.young } else { &mut entity.actor };
        place.get_or_insert(actor);
    }
    // Who is a child all through has one actor.
    for entity in entities.all.iter_mut().filter(|e| e.actor.is_none()) {
        entity.actor = entity.young.take();
    }
}

/// Who is called by a title of the court bears a name of its own with it (`Princess Hwa Yeon`), unless it begins with the
/// surname of a royal house: Yi of Joseon, Wang of Goryeo.
fn is_of_court(text: &Text, role: Found) -> bool {
    const TITLES: Words = words!["prince", "princess", "king", "queen", "consort", "emperor", "empress"];
    const HOUSES: Words = words!["yi", "lee", "wang"];
    let is_one = |token: usize, words: Words| text.is_one(token, words);
    (role.titles..role.first).any(|token| is_one(token, TITLES)) && !is_one(role.first, HOUSES)
}
