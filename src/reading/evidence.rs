//! What speaks for and against a name being a person's or a character's, over all its occurrences.
//!
//! Titles, roles, agencies, verbs of speech, lists, the headline, the catalogue. What is accepted in
//! the end is for `people` to say.

use super::beside::{Tense, acts, before, behind, brought_in, crew, outside, somebody, speaks};
use super::emphasised;
use super::entity::{LONG_NAME, Trade, is_actors, key_length, push_key};
use super::headlined;
use super::kept::{company_kept, lists, second_names, story_kept};
use super::keyed::Keyed;
use super::korean::{is_compound, is_double_surname, is_syllable_too};
use super::lexicon::{Class, asked, names::syllables};
use super::names::{Form, Found};
use super::people::{Source, in_speech, sentence_of};
use super::print::{Words, words};
use super::role::Pair;
use super::text::{Shape, Text};
use super::trade;
use std::ops::Range;
use std::rc::Rc;

/// A name with all that speaks for and against it.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) key: Rc<str>,
    pub(super) form: Form,
    /// The tokens of the name as it is shown, the titles of a story with it.
    shown: (usize, usize),
    pub(super) first: usize,
    pub(super) person: f32,
    pub(super) character: f32,
    pub(super) trade: Option<Trade>,
    pub(super) she: f32,
    pub(super) he: f32,
    /// Where the surname and the given name stand in the key.
    parts: Option<(Range<usize>, Range<usize>)>,
    pub(super) count: u32,
    pub(super) nouns: Vec<String>,
    pub(super) acts: bool,
    pub(super) age: Option<u8>,
}

impl Candidate {
    /// The name as it is shown.
    pub(super) fn name<'a>(&self, text: &'a Text) -> &'a str {
        text.slice(self.shown.0, self.shown.1)
    }

    /// The key of the surname, where the name has one.
    pub(super) fn surname(&self) -> Option<&str> {
        let (surname, _) = self.parts.as_ref()?;
        self.key.get(surname.clone())
    }

    /// The key of the given name, where the name has one.
    pub(super) fn given(&self) -> Option<&str> {
        let (_, given) = self.parts.as_ref()?;
        self.key.get(given.clone())
    }
}

/// All names with what speaks for them, and which of them each is that was found.
pub(super) fn weigh(source: &Source<'_>, found: &[Found], pairs: &[Pair]) -> (Vec<Candidate>, Vec<usize>) {
    let text = source.text;
    // As many names as an article has; lists that grow are copied again and again.
    const NAMES: usize = 24;
    let room = found.len().min(NAMES);
    let mut by_key: Keyed<Rc<str>, usize> = Keyed::with_capacity_and_hasher(room, Default::default());
    let mut all: Vec<Candidate> = Vec::with_capacity(room);
    let mut index = Vec::with_capacity(found.len());
    let mut key = String::with_capacity(LONG_NAME);
    for (number, name) in found.iter().enumerate() {
        key.clear();
        push_key(text.slice(name.first, name.last), &mut key);
        let slot = by_key.get(key.as_str()).copied().unwrap_or_else(|| {
            let key: Rc<str> = key.as_str().into();
            by_key.insert(Rc::clone(&key), all.len());
            all.push(candidate(text, name, key));
            all.len() - 1
        });
        index.push(slot);
        let candidate = &mut all[slot];
        candidate.count += 1;
        if matches!(name.form, Form::Korean) && candidate.form != Form::Korean {
            candidate.form = Form::Korean;
        }
        // `A source from Gaon Tree said` tells what Gaon Tree is wherever it stands.
        if name.form == Form::Company && candidate.form != Form::Korean {
            candidate.form = Form::Company;
        }
        occurrence(source, found, number, candidate);
    }
    for pair in pairs {
        if let Some(role) = pair.role {
            let candidate = &mut all[index[role]];
            candidate.character += pair.weight + if is_titled_role(text, found, pair) { 4.0 } else { 0.0 };
        }
        if let Some(actor) = pair.actor {
            all[index[actor]].person += 3.0;
            all[index[actor]].acts = true;
        }
    }
    second_names(&by_key, &mut all);
    company_kept(text, found, &index, &mut all);
    story_kept(text, found, &index, &mut all);
    lists(text, found, &index, &mut all);
    headlined::weigh(source.title, &mut all);
    for candidate in &mut all {
        // A word that is named again and again and is no word of the language; two that look like a surname and a given
        // name, and more than once again.
        const AGAIN: f32 = 0.4;
        let again = match candidate.form {
            Form::Single => candidate.count > 1,
            Form::Pair => candidate.count > 2,
            _ => false,
        };
        candidate.person += if again { AGAIN } else { 0.0 };
        prior(source, candidate);
        // A role is one, however much its bearer says and does in the story.
        let real =
            candidate.acts || candidate.trade == Some(Trade::Staff) || candidate.nouns.iter().any(|n| is_actors(n));
        candidate.character += if candidate.character >= SURE_ROLE && !real {
            3.0
        } else {
            0.0
        };
    }
    (all, index)
}

/// `Director Cha (Kim Bo Ra)`, `Kim Bo Ra as her manager, Director Cha`: whoever is played makes no dramas.
fn is_titled_role(text: &Text, found: &[Found], pair: &Pair) -> bool {
    let titled = |n: &Found| (n.titles.saturating_sub(1)..n.first).any(|t| text.class(t).has(Class::STAFF));
    let role = pair.role.map(|n| found[n]).filter(titled);
    let actor = pair.actor.map(|n| found[n].form);
    role.is_some() && matches!(actor, Some(Form::Korean | Form::Pair))
}

/// What a pattern that binds a role to its actor weighs, at least.
const SURE_ROLE: f32 = 4.0;

fn candidate(text: &Text, name: &Found, key: Rc<str>) -> Candidate {
    // The key of a name is made of those of its words.
    let first = || key_length(text.word(name.first));
    let double =
        || name.last == name.first + 2 && is_double_surname(text.bytes(name.first), text.bytes(name.first + 1));
    let parts = match name.form {
        // `Dok Go` is a surname and no more.
        Form::Pair if double() => None,
        Form::Pair if is_given_first(text, name) => Some((first()..key.len(), 0..first())),
        Form::Korean | Form::Pair => Some((0..first(), first()..key.len())),
        Form::Words if is_surname_of_elsewhere(text, name) => Some((0..first(), first()..key.len())),
        Form::Words if name.last - name.first == 2 => Some((first()..key.len(), 0..first())),
        _ => None,
    };
    // A story's title belongs to the character's name.
    let titled = name.story && !matches!(name.form, Form::Korean | Form::Pair);
    let shown = if titled { name.titles } else { name.first };
    Candidate {
        key,
        form: name.form,
        shown: (shown, name.last),
        first: name.first,
        person: 0.0,
        character: 0.0,
        trade: None,
        she: 0.0,
        he: 0.0,
        parts,
        count: 0,
        nouns: Vec::new(),
        acts: false,
        age: None,
    }
}

/// `Piao Hae Rang`, `Ngai Hae-rang`: a surname as others write it, in front of a Korean given name of two syllables.
fn is_surname_of_elsewhere(text: &Text, name: &Found) -> bool {
    let count = |t: usize| -> usize {
        let word = text.word(t).to_ascii_lowercase();
        word.split('-').map(syllables).sum()
    };
    let odd =
        |t: usize| text.shape(t) == Shape::Capital && (!text.class(t).is_english() || is_syllable_too(text.word(t)));
    let given = name.first + 1..name.last;
    let whole = match given.len() {
        1 => is_compound(text.word(given.start)) && count(given.start) == 2,
        2 => given.clone().all(|t| odd(t) && count(t) == 1),
        _ => false,
    };
    whole && text.shape(name.first) == Shape::Capital && !text.class(name.first).is_english()
}

/// `Haneul Ro`: a given name of two syllables in front of a surname that is no word.
fn is_given_first(text: &Text, name: &Found) -> bool {
    let (given, surname) = (name.first, name.last - 1);
    let class = |t: usize| text.class(t);
    name.form == Form::Pair
        && name.last - name.first == 2
        && class(surname).has(Class::SURNAME)
        && !class(surname).is_english()
        && !class(given).has(Class::SURNAME.with(Class::PLACE))
        && !class(given).is_english()
        && syllables(text.word(given).to_ascii_lowercase()) == 2
}

fn prior(source: &Source<'_>, candidate: &mut Candidate) {
    let name = candidate.name(source.text);
    if candidate.form == Form::Single && is_contraction(name) {
        candidate.person -= 8.0;
    }
    let surname = candidate
        .surname()
        .is_some_and(|s| super::lexicon::classes(s).has(Class::SURNAME));
    candidate.person += match candidate.form {
        Form::Korean if surname => 2.5,
        Form::Korean => 2.0,
        Form::Pair if candidate.parts.as_ref().is_some_and(|(surname, _)| surname.start > 0) => 1.0,
        Form::Pair if surname && candidate.given().is_some_and(|g| g.len() > 4 || syllables(g) > 1) => 1.8,
        // `Dokgo Rin`: surnames of two syllables are no words.
        Form::Pair if surname && candidate.surname().is_some_and(|s| syllables(s) > 1) => 1.8,
        Form::Pair if surname => 1.0,
        Form::Pair => 0.5,
        Form::Words if candidate.parts.as_ref().is_some_and(|(surname, _)| surname.start == 0) => 1.4,
        Form::Words => 0.6,
        _ => 0.0,
    };
    // `Daniel Whitcombe`: a first name of the world in front of another word.
    let first = || name.split(' ').next().map(super::entity::key);
    if matches!(candidate.form, Form::Words | Form::Pair)
        && let Some(she) = first().and_then(|word| super::lexicon::given::is_she(&word))
    {
        candidate.person += 2.0;
        *(if she { &mut candidate.she } else { &mut candidate.he }) += 0.7;
    }
    if candidate.form != Form::Korean && source.catalogue.named_drama(name).is_some() {
        candidate.person -= 2.0;
    }
    if let Some(person) = source.catalogue.named_person(name) {
        // A mononym of the catalogue may be a word of the article.
        // So may a character bear the name of somebody real.
        let role = candidate.character >= 4.0;
        candidate.person += if role || matches!(candidate.form, Form::Single) && person.name.contains(' ') {
            0.5
        } else {
            3.0
        };
    }
}

/// What it weighs that the page sets a name off.
const SET_OFF: f32 = 2.6;

/// `She'll`, `You’ve`: a pronoun and a verb.
fn is_contraction(word: &str) -> bool {
    let end = word.rsplit(['\'', '’']).next().filter(|end| end.len() < word.len());
    end.is_some_and(|end| ["ll", "ve", "re", "d", "m"].contains(&end))
}

/// What one occurrence says about its name.
fn occurrence(source: &Source<'_>, found: &[Found], number: usize, candidate: &mut Candidate) {
    let text = source.text;
    let name = found[number];
    let speech = in_speech(source, name.first);
    if name.titles < name.first {
        title_words(text, name, speech, candidate);
    }
    before(text, name, candidate);
    behind(text, name, candidate);
    crew(text, name, candidate);
    outside(text, name, candidate);
    somebody(text, name, source.scene, candidate);
    brought_in(text, name, source.scene, candidate);
    candidate.person += if emphasised::is_set_off(text, name) {
        SET_OFF
    } else {
        0.0
    };
    trade::tells(text, name, candidate);
    // `I see both in [Ha Jeong’s] face`: put in for a word of the speaker's, it may be a role; who is named nowhere else is
    // nobody real.
    const PUT_IN: f32 = 0.2;
    candidate.person -= if speech && name.form != Form::Korean && text.is(name.first.wrapping_sub(1), "[") {
        PUT_IN
    } else {
        0.0
    };
    if source.scene && name.form != Form::Korean && names_in_story(text, name) {
        candidate.character += 2.0;
    }
    // `The ghost turns out to be Ye Dam`: who is revealed is of the story.
    let be = name.titles.wrapping_sub(1);
    let revealed = || be > 2 && text.is(be - 1, "to") && (text.is(be - 2, "out") || text.is(be - 2, "revealed"));
    candidate.character += if source.scene && text.is(be, "be") && revealed() {
        4.0
    } else {
        0.0
    };
    // `Gyu-sik mumbles`: in a story who goes by a given name alone.
    if source.scene && name.form == Form::Single && is_given_name(text.word(name.first)) {
        candidate.character += 1.6;
    }
    if !speech {
        // `Ri Yool burst into tears`: two Korean syllables that do something are somebody.
        if name.form == Form::Pair && !text.class(name.first).has(Class::SURNAME) {
            match (source.scene, acts(text, name.last)) {
                (true, Some(_)) => candidate.character += 1.6,
                (false, Some(Tense::Past)) => candidate.person += 1.4,
                _ => {}
            }
        }
        let (first, last) = sentence_of(source, name.first);
        if speaks(text, name, first, last) {
            // In a story the characters speak, and in the present.
            let now = text.word(name.last).ends_with('s');
            candidate.person += match (source.scene, now) {
                (true, true) => 0.7,
                (true, false) => 1.2,
                _ => 2.0,
            };
        }
        // `the scene, in which Seol Hwa finally learns`: a story is told.
        let scenes = text.lists.has(asked::SCENES);
        let told = scenes
            && (first..name.first)
                .rev()
                .take(6)
                .any(|t| text.initial(t) == b'w' && (text.is(t, "which") || text.is(t, "where")))
            && (first..name.first).any(|t| text.is_just(t, words!["scene", "scenes", "episode", "ending"]));
        candidate.character += match (told, scenes && names_scene(text, first, name.first)) {
            (_, true) => 4.2,
            (true, _) => 1.6,
            _ => 0.0,
        };
    }
}

/// `Gyu-sik`, and neither `Forty-eight` nor `T-shirt`: two parts that are Korean.
pub(super) fn is_given_name(word: &str) -> bool {
    let korean = |part: &str| syllables(part.to_ascii_lowercase()) > 0;
    word.contains('-') && word.split('-').all(korean)
}

/// `Her nephew Gyu-sik`, `his best friend Ji Soo`: whose they are tells who they are in the story.
fn names_in_story(text: &Text, name: Found) -> bool {
    const FRIENDS: Words = words![
        "friend",
        "boss",
        "neighbor",
        "colleague",
        "rival",
        "lover",
        "partner",
        "ex",
        "roommate",
        "fiancé",
    ];
    let Some(noun) = name.titles.checked_sub(1).filter(|t| text.shape(*t) == Shape::Lower) else {
        return false;
    };
    let kin = text.class(noun).has(Class::FEMALE.with(Class::MALE))
        && !text.class(noun).has(Class::TITLE.with(Class::HE).with(Class::SHE));
    let owned = (noun.saturating_sub(3)..noun)
        .any(|t| text.class(t).has(Class::HE.with(Class::SHE)) || text.shape(t) == Shape::Clitic);
    owned && (kin || text.is_just(noun, FRIENDS))
}

/// `the scene in which Kang tries to fix Lee’s radio`: who stands behind it is in the story.
fn names_scene(text: &Text, first: usize, at: usize) -> bool {
    const REACH: usize = 16;
    // `In the scene itself, Kang tries`.
    let itself = text.is(at.wrapping_sub(1), ",")
        && text.is(at.wrapping_sub(2), "itself")
        && text.is(at.wrapping_sub(3), "scene");
    itself
        || (first.max(at.saturating_sub(REACH))..at).any(|t| {
            matches!(text.initial(t), b's' | b'm')
                && text.is_just(t, words!["scene", "scenes", "moment", "sequence"])
                && (text.is(t + 1, "in") && text.is(t + 2, "which")
                    || text.is(t + 1, "where")
                    || text.is(t + 1, "when"))
                && (t + 2..at).all(|t| !matches!(text.sign(t), b',' | b';') && !text.class(t).has(Class::NOMINATIVE))
        })
}

fn title_words(text: &Text, name: Found, speech: bool, candidate: &mut Candidate) {
    for token in name.titles..name.first {
        let class = text.class(token);
        if name.story {
            candidate.character += if class.has(Class::TITLE) { 0.5 } else { 2.0 };
        } else if class.has(Class::TITLE) && !(speech && is_address(text.word(token))) {
            candidate.person += 3.0;
        }
        profession(text, token, candidate);
    }
}

/// `Mr. Choi` in what somebody says: anybody, or a thing, is called so.
pub(super) fn is_address(word: &str) -> bool {
    ["mr", "ms", "mrs", "miss"].iter().any(|w| w.eq_ignore_ascii_case(word))
}

pub(super) fn profession(text: &Text, token: usize, candidate: &mut Candidate) {
    let class = text.class(token);
    // `a former comedian` is one no more.
    let past = token > 0 && text.is_one(token - 1, words!["former", "ex"]);
    if past && super::lexicon::trades::ALWAYS.contains(&text.word(token)) {
        return;
    }
    // More nouns than this say nothing new.
    if class.has(Class::TITLE.with(Class::STORY).with(Class::EPITHET)) && candidate.nouns.len() < 12 {
        candidate.nouns.push(trade_at(text, token));
        // `Novelist Kim`, and later `the author`.
        if text.is(token, "novelist") {
            candidate.nouns.push("author".to_owned());
        }
    }
    if past {
        return;
    }
    if class.has(Class::STAFF) {
        candidate.trade = Some(Trade::Staff);
    } else if class.has(Class::HOST) {
        candidate.trade = candidate.trade.or(Some(Trade::Host));
    }
    if class.has(Class::FEMALE) {
        candidate.she += 3.0;
    } else if class.has(Class::MALE) {
        // Women are called actors too.
        candidate.he += if text.is(token, "actor") { 0.25 } else { 1.0 };
    }
}

/// Titles that are cut short, and what their bearers are called later.
const SHORT: [(&str, &str); 6] = [
    ("dr", "doctor"),
    ("prof", "professor"),
    ("det", "detective"),
    ("lt", "lieutenant"),
    ("capt", "captain"),
    ("sgt", "sergeant"),
];

/// What a noun calls somebody, in small letters: `director`; `music director` is another trade.
pub(super) fn trade_at(text: &Text, token: usize) -> String {
    let word = text.word(token).to_ascii_lowercase();
    // `Dr. Bang`, and later `the doctor`.
    if let Some((_, whole)) = SHORT.iter().find(|(short, _)| *short == word) {
        return (*whole).to_owned();
    }
    let before = token.wrapping_sub(1);
    let part = token > 0 && text.is_one(before, words!["music", "art", "casting", "lighting", "sound", "stunt"]);
    match part && word == "director" {
        true => format!("{} {word}", text.word(before).to_ascii_lowercase()),
        false => word,
    }
}
