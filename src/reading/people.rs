//! Decides who the names of an article are: people, characters, companies, or nobody.
//!
//! Collects evidence for every name over all its occurrences (titles, roles, agencies, cues, the
//! headline, the catalogue), accepts what is sure enough, and registers everything each is called.

use super::cue;
use super::entity::{Entities, Entity, Id, Mention, Nature, Trade, key, key_of};
use super::lexicon::Class;
use super::names::{Finder, Form, Found};
use super::role::{self, Pair};
use super::scan::Spans;
use super::sentence::{self, Sentence};
use super::speech::{Judged, Verdict};
use super::text::{Shape, Text};
use crate::catalogue::Catalogue;
use std::collections::HashMap;

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
    pub sentences: &'a [Sentence],
    /// What is known beforehand.
    pub catalogue: &'a Catalogue,
    /// The article tells the story of an episode or a teaser.
    pub scene: bool,
}

/// A name with all that speaks for and against it.
#[derive(Clone, Debug)]
struct Candidate {
    key: String,
    form: Form,
    name: String,
    first: usize,
    person: f32,
    character: f32,
    trade: Option<Trade>,
    she: f32,
    he: f32,
    given: Option<String>,
    surname: Option<String>,
    count: u32,
    nouns: Vec<String>,
}

/// Everybody and every company of an article.
#[must_use]
pub fn find(source: &Source<'_>) -> (Entities, Vec<Found>) {
    let found = occurrences(source);
    let pairs = role::pairs(source, &found);
    let candidates = weigh(source, &found, &pairs);
    let mut entities = accept(source, candidates);
    cast(source, &mut entities, &found, &pairs);
    link(source, &mut entities);
    (entities, found)
}

fn occurrences(source: &Source<'_>) -> Vec<Found> {
    let text = source.text;
    let mut found = Vec::new();
    let mut finder = Finder::new(text, source.catalogue);
    let opens = |token: usize| opens_sentence(source, token);
    let mut skip = titles(source).into_iter().peekable();
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
    found
}

/// Ranges of tokens that are titles of works: no names in there.
fn titles(source: &Source<'_>) -> Vec<(usize, usize)> {
    let outer = source
        .spans
        .outer
        .iter()
        .zip(source.judged)
        .filter(|(_, j)| matches!(j.verdict, Verdict::Title | Verdict::Label | Verdict::Caption));
    let inner = source.spans.inner.iter().filter(|span| {
        span.closed && span.close - span.first() <= 12 && capitals(source.text, span.first(), span.close)
    });
    let mut ranges: Vec<(usize, usize)> = outer
        .map(|(span, _)| (span.open, span.after()))
        .chain(inner.map(|span| (span.open, span.after())))
        .collect();
    ranges.sort_unstable();
    ranges
}

/// Whether all words but small ones have capitals.
pub(super) fn capitals(text: &Text, first: usize, last: usize) -> bool {
    let small = |t: usize| text.class(t).has(Class::PREP.with(Class::DET).with(Class::CONJ)) || text.word(t).len() <= 3;
    (first..last).any(|t| text.tokens[t].is_capital())
        && (first..last).all(|t| text.shape(t) != Shape::Lower || small(t))
}

fn opens_sentence(source: &Source<'_>, token: usize) -> bool {
    if token == 0 {
        return true;
    }
    let before = source.text.word(token - 1);
    matches!(before, "." | "!" | "?" | "…" | "“" | "\"" | "‘" | ":" | "]" | "•")
        || before.starts_with("..")
        || source.sentences[sentence::at(source.sentences, token)].first == token
}

/// The sentence of a token, as a range of tokens.
fn sentence_of(source: &Source<'_>, token: usize) -> (usize, usize) {
    source
        .sentences
        .get(sentence::at(source.sentences, token))
        .map_or((token, token + 1), |s| (s.first, s.last))
}

fn weigh(source: &Source<'_>, found: &[Found], pairs: &[Pair]) -> Vec<Candidate> {
    let text = source.text;
    let mut by_key: HashMap<String, usize> = HashMap::new();
    let mut all: Vec<Candidate> = Vec::new();
    let mut index = Vec::with_capacity(found.len());
    for (number, name) in found.iter().enumerate() {
        let key = key_of(text, name.first, name.last);
        let slot = *by_key.entry(key.clone()).or_insert_with(|| {
            all.push(candidate(text, name, key));
            all.len() - 1
        });
        index.push(slot);
        let candidate = &mut all[slot];
        candidate.count += 1;
        if matches!(name.form, Form::Korean) && candidate.form != Form::Korean {
            candidate.form = Form::Korean;
        }
        occurrence(source, found, number, candidate);
    }
    for pair in pairs {
        if let Some(role) = pair.role {
            let candidate = &mut all[index[role]];
            candidate.character += pair.weight;
        }
        if let Some(actor) = pair.actor {
            all[index[actor]].person += 3.0;
        }
    }
    company_kept(text, found, &index, &mut all);
    headline(source, &mut all);
    for candidate in &mut all {
        prior(source, candidate);
    }
    all
}

/// Names that a list puts beside a person's are people's: `stars Kim Bo Ra and Emma Carvalho`.
fn company_kept(text: &Text, found: &[Found], index: &[usize], all: &mut [Candidate]) {
    for (number, pair) in found.windows(2).enumerate() {
        let (a, b) = (pair[0], pair[1]);
        let beside = a.last < b.titles
            && b.titles - a.last <= 2
            && (a.last..b.titles).all(|t| text.is(t, "and") || text.word(t) == "," || text.word(t) == "&");
        if !beside
            || [a.form, b.form]
                .iter()
                .any(|f| matches!(f, Form::Company | Form::Station))
        {
            continue;
        }
        for (one, other) in [(number, number + 1), (number + 1, number)] {
            let sure = matches!(found[one].form, Form::Korean) && all[index[one]].character < 2.0;
            if sure && found[other].form != Form::Korean {
                all[index[other]].person += 1.4;
            }
        }
    }
}

fn candidate(text: &Text, name: &Found, key: String) -> Candidate {
    let words = name.last - name.first;
    let (surname, given) = match name.form {
        Form::Korean | Form::Pair => (
            Some(key_of(text, name.first, name.first + 1)),
            Some(key_of(text, name.first + 1, name.last)),
        ),
        Form::Words if words == 2 => (
            Some(key_of(text, name.last - 1, name.last)),
            Some(key_of(text, name.first, name.first + 1)),
        ),
        _ => (None, None),
    };
    // A story's title belongs to the character's name.
    let shown = if name.story { name.titles } else { name.first };
    Candidate {
        key,
        form: name.form,
        name: text.slice(shown, name.last).to_owned(),
        first: name.first,
        person: 0.0,
        character: 0.0,
        trade: None,
        she: 0.0,
        he: 0.0,
        given,
        surname,
        count: 0,
        nouns: Vec::new(),
    }
}

fn prior(source: &Source<'_>, candidate: &mut Candidate) {
    let surname = candidate.surname.as_ref().is_some_and(|s| super::lexicon::classes(s).has(Class::SURNAME));
    candidate.person += match candidate.form {
        Form::Korean if surname => 2.5,
        Form::Korean => 2.0,
        Form::Pair if surname && candidate.given.as_ref().is_some_and(|g| g.len() > 4) => 1.8,
        Form::Pair if surname => 1.0,
        Form::Pair => 0.5,
        Form::Words => 0.6,
        _ => 0.0,
    };
    if source.catalogue.named_drama(&candidate.name).is_some() && candidate.form != Form::Korean {
        candidate.person -= 2.0;
    }
    if let Some(person) = source.catalogue.named_person(&candidate.name) {
        // A mononym of the catalogue may be a word of the article.
        candidate.person += if matches!(candidate.form, Form::Single) && person.name.contains(' ') {
            0.5
        } else {
            3.0
        };
    }
}

/// What one occurrence says about its name.
fn occurrence(source: &Source<'_>, found: &[Found], number: usize, candidate: &mut Candidate) {
    let text = source.text;
    let name = found[number];
    let speech = in_speech(source, name.first);
    if name.titles < name.first {
        title_words(text, name, candidate);
    }
    before(text, name, candidate);
    behind(text, name, candidate);
    if name.first > 0 && text.word(name.first - 1) == "[" && speech {
        candidate.character += 1.5;
        candidate.person -= 1.0;
    }
    if !speech {
        let (first, last) = sentence_of(source, name.first);
        if speaks(text, name, first, last) {
            candidate.person += if source.scene { 0.7 } else { 2.0 };
        }
        // `the scene, in which Seol Hwa finally learns`: a story is told.
        let told = (first..name.first)
            .rev()
            .take(6)
            .any(|t| text.is(t, "which") || text.is(t, "where"))
            && (first..name.first).any(|t| ["scene", "scenes", "episode", "ending"].contains(&text.word(t)));
        candidate.character += if told { 1.6 } else { 0.0 };
    }
}

fn title_words(text: &Text, name: Found, candidate: &mut Candidate) {
    for token in name.titles..name.first {
        let class = text.class(token);
        if name.story {
            candidate.character += if class.has(Class::TITLE) { 0.5 } else { 2.0 };
        } else if class.has(Class::TITLE) {
            candidate.person += 3.0;
        }
        profession(text, token, candidate);
    }
}

fn profession(text: &Text, token: usize, candidate: &mut Candidate) {
    let class = text.class(token);
    // More nouns than this say nothing new.
    if class.has(Class::TITLE.with(Class::STORY).with(Class::EPITHET)) && candidate.nouns.len() < 12 {
        candidate.nouns.push(text.word(token).to_ascii_lowercase());
    }
    if class.has(Class::STAFF) {
        candidate.trade = Some(Trade::Staff);
    } else if class.has(Class::HOST) {
        candidate.trade = candidate.trade.or(Some(Trade::Host));
    }
    if class.has(Class::FEMALE) {
        candidate.she += 3.0;
    } else if class.has(Class::MALE) {
        candidate.he += 1.0;
    }
}

/// The words before a name: `actress`, `member`, `co-star`, `directed by`, a group's possessive.
fn before(text: &Text, name: Found, candidate: &mut Candidate) {
    let Some(at) = name.titles.checked_sub(1) else { return };
    let class = text.class(at);
    if text.shape(at) == Shape::Lower && class.has(Class::TITLE) {
        candidate.person += 3.0;
        profession(text, at, candidate);
        // `rookie actress`, `veteran actor`.
        profession(text, at.saturating_sub(1), candidate);
    }
    // `the YouTube channel of comedian Kim`.
    if (at.saturating_sub(2)..=at)
        .any(|t| text.is(t, "of") && t > 0 && ["channel", "show", "podcast", "program"].contains(&text.word(t - 1)))
    {
        candidate.person += 1.0;
        candidate.trade = candidate.trade.or(Some(Trade::Host));
    }
    // `the drama’s director, Kim`.
    if text.word(at) == ","
        && at > 1
        && text.shape(at - 1) == Shape::Lower
        && text.class(at - 1).has(Class::TITLE)
        && matches!(text.word(name.last), "," | ".")
    {
        candidate.person += 2.0;
        profession(text, at - 1, candidate);
    }
    if text.is(at, "by") && at > 0 {
        let verb = text.word(at - 1).to_ascii_lowercase();
        if [
            "directed",
            "written",
            "penned",
            "helmed",
            "created",
            "produced",
            "co-directed",
            "co-written",
            "scripted",
        ]
        .contains(&verb.as_str())
        {
            candidate.person += 3.0;
            candidate.trade = Some(Trade::Staff);
            candidate.nouns.push(
                if verb.contains("direct") || verb == "helmed" {
                    "director"
                } else {
                    "writer"
                }
                .to_owned(),
            );
        } else if ["played", "portrayed", "hosted"].contains(&verb.as_str()) {
            candidate.person += 3.0;
        }
    }
    if text.is(at, "starring") || text.is(at, "stars") || text.is(at, "featuring") {
        candidate.person += 2.5;
    }
    if text.is(at, "character") || text.is(at, "characters") {
        candidate.character += 3.0;
    }
    if class.has(Class::PREP)
        && matches!(name.form, Form::Words | Form::Single)
        && (text.is(at, "in") || text.is(at, "at"))
    {
        candidate.person -= 1.0;
    }
    // A group's possessive: `LUNEAR’s Haeon`, `BTS’s Jin`.
    if text.shape(at) == Shape::Clitic
        && at > 0
        && text.tokens[at - 1].is_capital()
        && !text.class(at - 1).has(Class::STATION)
    {
        let group = text.shape(at - 1) == Shape::Upper || text.word(at - 1).chars().any(|c| c.is_ascii_digit());
        if group && text.shape(name.last) != Shape::Clitic {
            candidate.nouns.extend(["idol".to_owned(), "singer".to_owned()]);
        }
        if group && matches!(name.form, Form::Single | Form::Pair | Form::Words) {
            candidate.person += 3.0;
        }
    }
}

/// The words behind a name: `’s agency`, `plays`, `, who directed`, `(34)`.
fn behind(text: &Text, name: Found, candidate: &mut Candidate) {
    let at = name.last;
    if text.shape(at) == Shape::Clitic {
        let owned = text.word(at + 1);
        if [
            "agency",
            "label",
            "character",
            "management",
            "co-star",
            "side",
            "acting",
            "role",
            "wife",
            "husband",
        ]
        .contains(&owned)
        {
            candidate.person += 2.0;
        }
        return;
    }
    let mut verb = at;
    while text.class(verb).has(Class::ADV.with(Class::AUX)) && verb < at + 4 {
        verb += 1;
    }
    let word = text.word(verb);
    let plays = [
        "plays",
        "play",
        "played",
        "stars",
        "starred",
        "star",
        "starring",
        "portrays",
        "portrayed",
        "portray",
        "takes",
        "joined",
        "joins",
    ];
    if plays.contains(&word) && (word != "takes" || text.is(verb + 1, "on")) {
        candidate.person += 2.5;
    }
    if text.word(at) == "," {
        // `Kim, the director of “X”,`.
        if text.class(at + 1).has(Class::DET)
            && let Some(noun) = (at + 2..at + 6)
                .take_while(|t| {
                    text.shape(*t) == Shape::Lower
                        || text.shape(*t) == Shape::Clitic
                        || text.tokens.get(*t).is_some_and(|t| t.is_capital())
                })
                .find(|t| text.shape(*t) == Shape::Lower && text.class(*t).has(Class::TITLE))
        {
            candidate.person += 1.0;
            profession(text, noun, candidate);
        }
        let relative = text.is(at + 1, "who");
        let verb = at + 2 + usize::from(text.class(at + 2).has(Class::AUX.with(Class::ADV)));
        if relative {
            candidate.person += 0.5;
            let word = text.word(verb);
            if ["directed", "wrote", "penned", "helmed", "directs", "writes"].contains(&word) {
                candidate.trade = Some(Trade::Staff);
                candidate.nouns.push(
                    if word.starts_with("direct") || word == "helmed" {
                        "director"
                    } else {
                        "writer"
                    }
                    .to_owned(),
                );
                candidate.person += 2.0;
            } else if ["plays", "play", "played", "portrays", "portrayed"].contains(&word) {
                candidate.person += 2.5;
            } else if ["hosts", "hosted"].contains(&word) {
                candidate.trade = candidate.trade.or(Some(Trade::Host));
                candidate.person += 2.0;
            }
        }
    }
    if text.class(at).has(Class::ORG) && text.tokens[at].is_capital() {
        candidate.person -= 4.0;
    }
}

/// The name is the subject of a verb of speech.
fn speaks(text: &Text, name: Found, first: usize, last: usize) -> bool {
    let mut verb = name.last;
    while verb < last && text.class(verb).has(Class::ADV) {
        verb += 1;
    }
    let direct = verb < last
        && text.shape(verb) == Shape::Lower
        && cue::is_speech_verb(text, verb, first)
        && !text.class(verb).has(Class::ING);
    let inverted = name.titles > first
        && text.shape(name.titles - 1) == Shape::Lower
        && cue::is_speech_verb(text, name.titles - 1, first)
        && {
            let before = (first..name.titles - 1).rev().next();
            before.is_some_and(|t| text.shape(t) == Shape::Mark)
        };
    direct || inverted
}

fn in_speech(source: &Source<'_>, token: usize) -> bool {
    let at = source.spans.outer.partition_point(|s| s.after() <= token);
    source
        .spans
        .outer
        .get(at)
        .is_some_and(|s| s.open <= token && source.judged[at].is_speech())
}

/// Names that stand in the headline are people or characters for certain.
fn headline(source: &Source<'_>, all: &mut [Candidate]) {
    let title = source.title;
    let mut keys: HashMap<String, ()> = HashMap::new();
    for first in 0..title.tokens.len() {
        if !title.tokens[first].is_capital() {
            continue;
        }
        for last in first + 1..=(first + 4).min(title.tokens.len()) {
            keys.insert(key_of(title, first, last), ());
        }
    }
    for candidate in all {
        if keys.contains_key(&candidate.key) && candidate.form != Form::Single {
            candidate.person += 1.0;
        }
    }
}

/// Which candidates are real: the surest and longest first, so that their parts become aliases.
fn accept(source: &Source<'_>, mut candidates: Vec<Candidate>) -> Entities {
    let mut entities = Entities::default();
    let rank = |form: Form| match form {
        Form::Korean => 0,
        Form::Company | Form::Station => 1,
        Form::Words => 2,
        Form::Pair => 3,
        Form::Single => 4,
    };
    candidates.sort_by_key(|c| (rank(c.form), c.first));
    for candidate in candidates {
        if matches!(candidate.form, Form::Company | Form::Station) {
            let nature = if candidate.form == Form::Company {
                Nature::Company
            } else {
                Nature::Station
            };
            let mut entity = Entity::new(candidate.name, nature, candidate.first);
            let first = candidate.first;
            // `the production company Bluebird Studios`.
            if first > 1 && source.text.is(first - 2, "production") && source.text.class(first - 1).has(Class::AGENCY) {
                entity.trade = Trade::Staff;
            }
            entities.add(entity);
            continue;
        }
        // A part of somebody's name is no name of its own.
        if matches!(candidate.form, Form::Pair | Form::Single)
            && !(candidate.person > 5.5 && candidate.nouns.iter().any(|n| n == "idol"))
            && !entities.named(&candidate.key).is_empty()
        {
            let bearers: Vec<Id> = entities.named(&candidate.key).iter().map(|(id, _)| *id).collect();
            if let [one] = bearers[..] {
                add_votes(&mut entities.all[one], &candidate);
            }
            continue;
        }
        let is_character = candidate.character > candidate.person;
        let enough = match candidate.form {
            Form::Korean => 1.5,
            Form::Pair => 1.8,
            Form::Words => 2.0,
            _ => 2.4,
        };
        if !is_character && candidate.person < enough || is_character && candidate.character < 1.5 {
            continue;
        }
        register(source, &mut entities, candidate, is_character);
    }
    entities
}

fn add_votes(entity: &mut Entity, candidate: &Candidate) {
    entity.she += candidate.she;
    entity.he += candidate.he;
    entity.evidence += candidate.person.max(0.0);
    entity.nouns.extend(candidate.nouns.iter().cloned());
    if let Some(trade) = candidate.trade {
        entity.trade = trade;
    }
}

fn register(source: &Source<'_>, entities: &mut Entities, candidate: Candidate, is_character: bool) {
    let nature = if is_character {
        Nature::Character
    } else {
        Nature::Person
    };
    let name = if is_character {
        candidate.name.clone()
    } else {
        bare(source.text, &candidate)
    };
    let mut entity = Entity::new(name, nature, candidate.first);
    add_votes(&mut entity, &candidate);
    let id = entities.add(entity);
    entities.alias(&candidate.key, id, true);
    if let (Some(surname), Some(given)) = (&candidate.surname, &candidate.given) {
        entities.alias(&format!("{given}{surname}"), id, true);
        entities.alias(given, id, false);
        entities.alias(surname, id, false);
    } else if candidate.form == Form::Words {
        let words: Vec<&str> = candidate.name.split_whitespace().collect();
        if let (Some(first), Some(last)) = (words.first(), words.last()) {
            entities.alias(&key(first), id, false);
            entities.alias(&key(last), id, false);
        }
    }
}

/// A real person's name stands without the titles before it.
fn bare(text: &Text, candidate: &Candidate) -> String {
    let mut last = candidate.first;
    let words = candidate.key.len();
    let mut length = 0;
    while length < words && last < text.tokens.len() {
        length += key_of(text, last, last + 1).len();
        last += 1;
    }
    text.slice(candidate.first, last).to_owned()
}

/// Binds characters to their actors.
fn cast(source: &Source<'_>, entities: &mut Entities, found: &[Found], pairs: &[Pair]) {
    for pair in pairs {
        let Some(role) = pair.role else { continue };
        let role = found[role];
        let Some(character) = entities.full(&key_of(source.text, role.first, role.last)).or_else(|| {
            entities
                .named(&key_of(source.text, role.first, role.last))
                .first()
                .map(|(id, _)| *id)
        }) else {
            continue;
        };
        if entities.all[character].nature != Nature::Character {
            continue;
        }
        if role.story {
            entities.all[character].name = source.text.slice(role.titles, role.last).to_owned();
            let key = key_of(source.text, role.titles, role.last);
            entities.alias(&key, character, true);
        }
        for noun in pair.nouns.clone() {
            let class = source.text.class(noun);
            let word = source.text.word(noun).to_ascii_lowercase();
            if class.has(Class::FEMALE) {
                entities.all[character].she += 1.5;
            } else if class.has(Class::MALE) {
                entities.all[character].he += 1.5;
            }
            entities.all[character].nouns.push(word);
        }
        let actor = pair.actor.map(|a| found[a]).and_then(|a| {
            let key = key_of(source.text, a.first, a.last);
            entities
                .full(&key)
                .or_else(|| entities.named(&key).first().map(|(id, _)| *id))
        });
        if let Some(actor) =
            actor.filter(|a| entities.all[*a].nature == Nature::Person && entities.all[character].actor.is_none())
        {
            entities.all[character].actor = Some(actor);
        }
    }
}

/// Finds every mention of everybody.
fn link(source: &Source<'_>, entities: &mut Entities) {
    let text = source.text;
    let mut mentions = Vec::new();
    let mut skip = titles(source).into_iter().peekable();
    let mut at = 0;
    while at < text.tokens.len() {
        while skip.next_if(|(_, last)| *last <= at).is_some() {}
        if let Some((first, last)) = skip.peek()
            && *first <= at
        {
            at = (*last).max(at + 1);
            continue;
        }
        if !text.tokens[at].is_capital() {
            at += 1;
            continue;
        }
        match mention(source, entities, at) {
            Some(mention) => {
                at = mention.last;
                mentions.push(mention);
            }
            None => at += 1,
        }
    }
    entities.mentions = mentions;
}

fn mention(source: &Source<'_>, entities: &Entities, at: usize) -> Option<Mention> {
    const WORDS: usize = 5;
    let text = source.text;
    let para = text.paras.get(text.para_of(at))?;
    let speech = in_speech(source, at);
    let mut end = at + 1;
    while end < para.last
        && end - at < WORDS
        && (text.tokens[end].is_capital() || text.shape(end) == Shape::Number || matches!(text.word(end), "&"))
    {
        end += 1;
    }
    for last in (at + 1..=end).rev() {
        let key = key_of(text, at, last);
        let bearers = entities.named(&key);
        let Some((entity, full)) = bearers
            .iter()
            .find(|(_, full)| *full)
            .or_else(|| bearers.first())
            .copied()
        else {
            continue;
        };
        let ambiguous = !full && bearers.len() > 1;
        if !full && last - at == 1 && !is_short_name(source, at, speech) {
            continue;
        }
        return Some(Mention {
            first: at,
            last,
            entity,
            ambiguous,
            in_speech: speech,
            full,
        });
    }
    None
}

/// A surname or given name alone that is an English word needs a sign that it is a name.
fn is_short_name(source: &Source<'_>, at: usize, speech: bool) -> bool {
    let text = source.text;
    // Part of a longer name of somebody who was not accepted.
    let next = text.tokens.get(at + 1).is_some_and(|t| t.is_capital()) && !text.class(at + 1).is_english();
    let previous = at > 0
        && text.tokens[at - 1].is_capital()
        && text.class(at - 1).has(Class::SURNAME)
        && !text.class(at - 1).is_english()
        && text.before(at) == ' ';
    if next || previous && !text.class(at).has(Class::SURNAME) {
        return false;
    }
    if !text.class(at).is_english() {
        return true;
    }
    let signed = matches!(text.word(at + 1), "," | ")")
        || text.shape(at + 1) == Shape::Clitic
        || text.class(at + 1).has(Class::SAY.with(Class::AUX).with(Class::ADV));
    !speech
        && signed
        && (!opens_sentence(source, at)
            || text.class(at + 1).has(Class::SAY)
            || text.word(at + 1) == ","
            || text.shape(at + 1) == Shape::Clitic)
}
