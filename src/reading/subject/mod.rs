//! Where the subject of a verb stands: the noun phrase before it, or the subject of its clause.
//!
//! Works on the tokens of one narrative; what the phrase points at is read by `phrase`.

mod caused;
mod clause;
mod opening;
mod relative;

use super::entity::{Entities, Mention, Nature};
use super::lexicon::Class;
use super::lifted::{for_whom, heard, perceived};
use super::phrase::{Reference, read};
use super::print::{Words, words};
use super::text::{Shape, Text};
pub use caused::caused;
pub use clause::{of_clause, of_nearest, of_sentence};
use relative::{of_relative, who_also, who_somewhere};

/// The subject of a verb that stands before a span; `first` is where its clause may begin.
#[must_use]
pub fn of_verb(text: &Text, entities: &Entities, first: usize, verb: usize) -> Option<Reference> {
    if let Some(owner) = owner_of_words(text, entities, first, verb) {
        return Some(owner);
    }
    // `Kim sulks, “…,” to which Lee comforts him by saying`: behind “which” another acts.
    // `Clover Path, to which Kim has belonged since then, said`: up to the comma, and what it belongs to speaks.
    let inserted = |which: usize| text.is(verb - 1, ",") && (which..verb - 1).all(|t| !text.is(t, ","));
    let which = (first + 1..verb.saturating_sub(1))
        .rev()
        .find(|t| text.is(*t, "which") && text.is(t - 1, "to") && !inserted(*t));
    let first = which.map_or(first, |t| t + 1);
    let lies_between = |t: usize| {
        let class = text.class(t);
        let adverb = class.has(Class::ADV.with(Class::AUX)) && !text.is_capital(t);
        (adverb || text.is(t, "to")) && !class.has(Class::NOMINATIVE)
    };
    let mut at = verb;
    while at > first && lies_between(at - 1) {
        at -= 1;
        if text.is(at, "to") {
            // `went on to say`, `paused to add`: the subject stands before the verb in front.
            return for_whom(text, entities, first, at).or_else(|| of_clause(text, entities, first, at));
        }
    }
    if at == first {
        return None;
    }
    if text.class(verb).has(Class::ING)
        && let Some(end) = perceived(text, first, at)
    {
        return phrase_before(text, entities, first, end);
    }
    // `The article cited a friend of the two as saying`.
    if text.is(verb, "saying") && text.is(at - 1, "as") {
        const CITES: Words = words!["cited", "cites", "citing", "quoted", "quotes", "quoting"];
        let cited = (first..at - 1).rev().find(|t| text.is_one(*t, CITES));
        if let Some(cited) = cited.filter(|t| t + 2 < at && !text.class(t.wrapping_sub(1)).has(Class::AUX)) {
            return read(text, entities, cited + 1, at - 1);
        }
    }
    // `the ghost of his grandmother, who keeps muttering`.
    let keeps = words![
        "keeps",
        "kept",
        "starts",
        "started",
        "begins",
        "began",
        "continues",
        "continued"
    ];
    if text.class(verb).has(Class::ING) && text.is_one(at - 1, keeps) && at > first + 2 && text.is(at - 2, "who") {
        return of_relative(text, entities, first, at - 2);
    }
    if text.class(verb).has(Class::ING) {
        return of_participle(text, entities, first, at).or_else(|| of_clause(text, entities, first, at));
    }
    if text.class(at - 1).has(Class::CONJ) {
        // `only for the cook to lean over her shoulder and murmur`: both verbs hang on the same `to`.
        if text.class(verb).has(Class::BASE)
            && let Some(to) = (first.max(at.saturating_sub(12))..at - 1)
                .rev()
                .find(|t| text.is(*t, "to"))
            && (to + 1..at - 1).all(|t| text.is_word(t) && !text.class(t).has(Class::NOMINATIVE))
            && let Some(whose) = for_whom(text, entities, first, to)
        {
            return Some(whose);
        }
        return who_also(text, entities, first, at - 1).or_else(|| clause::of_nearest(text, entities, first, at));
    }
    // `leaned over to reassure her with a whispered, “…”`: no noun stands there but the words themselves.
    if text.is_just(at - 1, words!["by", "a"]) {
        return of_clause(text, entities, first, at);
    }
    if text.class(verb).has(Class::BASE)
        && let Some(heard) = heard(text, entities, first, at)
    {
        return Some(heard);
    }
    if text.is(at - 1, "who") {
        return of_relative(text, entities, first, at - 1);
    }
    if let Some(who) = who_somewhere(text, first, at) {
        return of_relative(text, entities, first, who);
    }
    if text.is(at - 1, ",") {
        return before_insertion(text, entities, first, at - 1).or_else(|| of_clause(text, entities, first, at - 1));
    }
    phrase_before(text, entities, first, at).or_else(|| of_clause(text, entities, first, at))
}

/// `in spite of a soldier’s warning, “…”`, `ignores Kim’s warning, “…”`: what looks like a verb is a noun that somebody owns.
fn owner_of_words(text: &Text, entities: &Entities, first: usize, noun: usize) -> Option<Reference> {
    const PHRASE: usize = 4;
    let clitic = noun
        .checked_sub(1)
        .filter(|t| *t > first + 1 && text.shape(*t) == Shape::Clitic)?;
    if !text.class(noun).has(Class::ING) || text.is(noun, "saying") || !text.is(noun + 1, ",") {
        return None;
    }
    if let Some(named) = entities.covering(clitic - 1).filter(|m| m.last == clitic) {
        return entities.all[named.entity].is_somebody().then(|| Reference::to(named));
    }
    let article = (first.max(clitic.saturating_sub(PHRASE))..clitic)
        .rev()
        .find(|t| text.class(*t).has(Class::DET))?;
    read(text, entities, article, clitic)
}

/// `with Kim whispering`, `ends with Kim tearing the card and declaring`, `with a radio announcer telling drivers`.
fn of_participle(text: &Text, entities: &Entities, first: usize, at: usize) -> Option<Reference> {
    // `ends with Kim’s voice asking`.
    let voice = at > first + 2 && text.is(at - 1, "voice") && text.shape(at - 2) == Shape::Clitic;
    if let Some(named) = told_by_voice(text, entities, first, at) {
        return Some(Reference::to(named));
    }
    // `ends with Role (Actor) announcing`.
    let bracket = (first.max(at.saturating_sub(9))..at)
        .rev()
        .find(|t| text.is(at - 1, ")") && text.is(*t, "("))
        .filter(|open| *open > first);
    let end = bracket.unwrap_or(if voice { at - 2 } else { at });
    let beside = entities
        .covering(end - 1)
        .filter(|m| m.last == end && entities.all[m.entity].is_somebody());
    if let Some(source) = source_telling(text, entities, first, at) {
        return Some(source);
    }
    beside
        .or_else(|| doing(text, entities, first, at))
        .map(Reference::to)
        .or_else(|| new_one(text, entities, first, at))
}

/// `begins with the narration of the lawyer Kim (Actor), saying`.
fn told_by_voice<'a>(text: &Text, entities: &'a Entities, first: usize, at: usize) -> Option<&'a Mention> {
    const REACH: usize = 12;
    const VOICES: Words = words!["narration", "voiceover", "voice", "monologue", "voice-over"];
    let from = first.max(at.saturating_sub(REACH));
    let of = (from + 1..at).rev().find(|t| text.is(*t, "of"))?;
    let named = || entities.between(of, at).iter();
    (text.is_one(of - 1, VOICES) && text.is(at - 1, ","))
        .then(|| named().find(|m| entities.all[m.entity].is_somebody()))
        .flatten()
}

/// `with an official from the agency telling`.
fn source_telling(text: &Text, entities: &Entities, first: usize, at: usize) -> Option<Reference> {
    const LONGEST: usize = 9;
    let with = (first.max(at.saturating_sub(LONGEST))..at)
        .rev()
        .find(|t| text.is(*t, "with"))?;
    let source = (with + 1..at).any(|t| text.class(t).has(Class::SOURCE) && text.shape(t) == Shape::Lower);
    if !source {
        return None;
    }
    // `MBC backed this up, with a representative commenting`: whose that is, the clause in front says.
    let bare = with + 3 >= at && text.class(with + 1).has(Class::DET);
    let body = |r: &Reference| match r {
        Reference::Named { id, .. } => !entities.all[*id].is_somebody(),
        Reference::Broadcaster | Reference::Agency { .. } | Reference::Team => true,
        _ => false,
    };
    let whose = || of_sentence(text, entities, first, with).filter(body);
    bare.then(whose)
        .flatten()
        .or_else(|| read(text, entities, with + 1, at))
}

/// An insertion between subject and verb, which ends at a comma: `Na, however, answered`;
/// `Kim, who plays the king, said`; `his agency, Barley Field, said`.
fn before_insertion(text: &Text, entities: &Entities, first: usize, comma: usize) -> Option<Reference> {
    const LONGEST: usize = 26;
    const INSERTED: Class = Class::SUBORD
        .with(Class::ADV)
        .with(Class::DET)
        .with(Class::PREP)
        .with(Class::TITLE);
    let open = (first..comma)
        .rev()
        .take(LONGEST)
        .find(|t| text.is(*t, ","))
        .filter(|o| *o > first)?;
    // `to the third wife (Kim), who, never taking her eyes off the spade, replies`.
    if text.is(open - 1, "who") && text.is(open.wrapping_sub(2), ",") {
        return of_relative(text, entities, first, open - 1);
    }
    let open = before_relative(text, first, open);
    let company = entities
        .between(open, comma + 1)
        .iter()
        .find(|m| m.first == open + 1 && entities.all[m.entity].nature == Nature::Company);
    if let Some(company) = company {
        return Some(Reference::Named {
            id: company.entity,
            full: true,
            ambiguous: false,
            token: company.first,
        });
    }
    // `The brain behind it all, screenwriter Kim, said`: the name says who.
    let named = entities.covering(comma - 1).filter(|m| {
        let clitic = m.first > open + 1 && text.shape(m.first - 1) == Shape::Clitic;
        let group = |t: usize| {
            clitic && (text.is_capital(t) || text.shape(t) == Shape::Clitic)
                || text.is_one(t, words!["girl", "boy", "group", "band", "idol"])
        };
        let titles =
            (open + 1..m.first).all(|t| text.class(t).has(Class::TITLE) || text.shape(t) == Shape::Number || group(t));
        m.last == comma && titles && entities.all[m.entity].is_somebody() && text.class(first).has(Class::DET)
    });
    if let Some(named) = named.filter(|_| entities.covering(open - 1).is_none()) {
        return Some(Reference::to(named));
    }
    // `the eldest inmate, nicknamed Grandma Alto (Kim), whispers`: the name says who.
    if text.is_one(open + 1, words!["nicknamed", "called", "dubbed", "known", "named"]) {
        let named = entities
            .between(open, comma)
            .iter()
            .find(|m| entities.all[m.entity].nature == Nature::Character);
        if let Some(named) = named {
            return Some(Reference::to(named));
        }
    }
    // `Kim, having heard it all from the next room, bursts in`.
    let doing = text.is_one(open + 1, words!["having", "being", "still", "now"]);
    let inserted = text.class(open + 1).has(INSERTED) || text.shape(open + 1) == Shape::Number || doing;
    inserted.then(|| phrase_before(text, entities, first, open)).flatten()
}

/// `Kim, who plays the heir, a man of few words, said`: the comma in front of “who”, where what stands behind only says
/// more of a role.
fn before_relative(text: &Text, first: usize, open: usize) -> usize {
    const LONGEST: usize = 16;
    let plays = |t: usize| text.is_in(t, super::lexicon::asked::PLAYS) || text.is_in(t, super::lexicon::asked::STARS);
    let before = (first + 1..open)
        .rev()
        .take(LONGEST)
        .find(|t| text.is(*t, ",") || text.shape(*t) == Shape::Mark);
    before
        .filter(|t| text.is(*t, ",") && text.is(t + 1, "who") && (t + 2..open).take(3).any(plays))
        .unwrap_or(open)
}

/// `given to Kim of “The Page Turner,” who`: one past the name.
fn before_title(text: &Text, first: usize, end: usize) -> usize {
    const LONGEST: usize = 12;
    if end <= first + 2 || text.shape(end - 1) != Shape::Mark {
        return end;
    }
    let open = (end.saturating_sub(LONGEST).max(first)..end - 1)
        .rev()
        .find(|t| text.shape(*t) == Shape::Mark);
    match open.filter(|o| *o > first + 1) {
        Some(open) => open - usize::from(text.class(open - 1).has(Class::PREP)),
        None => end,
    }
}

/// `It begins with a radio announcer telling drivers`.
fn new_one(text: &Text, entities: &Entities, first: usize, at: usize) -> Option<Reference> {
    const LONGEST: usize = 5;
    let article = (first.max(at.saturating_sub(LONGEST))..at)
        .rev()
        .find(|t| text.is_one(*t, words!["a", "an", "the"]))?;
    let opens = article > first && text.is_one(article - 1, words!["with", "sees", "shows", "as"]);
    // `blocking the stairs with a net and telling`: a thing tells nobody anything.
    let plain =
        article + 1 < at && (article + 1..at).all(|t| text.shape(t) == Shape::Lower && !text.class(t).has(Class::CONJ));
    (opens && plain).then(|| read(text, entities, article, at)).flatten()
}

/// `ends with Kim tearing the card in two and declaring`: who does both.
fn doing<'a>(text: &Text, entities: &'a Entities, first: usize, at: usize) -> Option<&'a Mention> {
    const REACH: usize = 16;
    let joined = text.is(at - 1, "and") && at > first + 2;
    let mention = joined
        .then(|| {
            let named = entities.between(first.max(at.saturating_sub(REACH)), at).iter();
            named.rev().find(|m| !text.is(m.first.wrapping_sub(1), "("))
        })
        .flatten()?;
    // `Role (Actor) laying out his cards and warning`.
    let behind = match text.word(mention.last) {
        "(" => (mention.last..at)
            .find(|t| text.is(*t, ")"))
            .map_or(mention.last, |t| t + 1),
        _ => mention.last,
    };
    let acts = |t: usize| text.word(t).ends_with("ing") && text.shape(t) == Shape::Lower;
    let does = acts(behind);
    // `opens with Kim in a palanquin, clutching her badge and muttering`.
    let clause = (behind..at - 1).any(|t| text.is(t, ",") && acts(t + 1));
    // `cut to the guard Kim, counting boats and murmuring`.
    let mut opens = mention.first;
    while opens > first
        && text.shape(opens - 1) == Shape::Lower
        && !text.class(opens - 1).has(Class::PREP.with(Class::AUX))
    {
        opens -= 1;
    }
    let is = |t: usize, words: Words| text.is_one(t, words);
    let cut = opens > first + 1 && text.is(opens - 1, "to") && is(opens - 2, words!["cut", "cuts", "switches"]);
    let with = mention.first > first && is(mention.first - 1, words!["with", "as", "sees", "shows", "of"])
        || titled_behind_with(text, first, mention.first)
        || cut;
    let same = (mention.last..at).all(|t| !text.class(t).has(Class::NOMINATIVE) && (clause || !text.is(t, ",")));
    ((does || clause) && with && same && entities.all[mention.entity].is_somebody()).then_some(mention)
}

/// `ends with Detective Kim`, `with the young nurse Kim`.
fn titled_behind_with(text: &Text, first: usize, name: usize) -> bool {
    const TITLES: usize = 4;
    let with = (first.max(name.saturating_sub(TITLES))..name)
        .rev()
        .find(|t| text.is(*t, "with"));
    let what = |t: usize| {
        let class = text.class(t);
        class.has(Class::TITLE.with(Class::STORY).with(Class::DET))
            || text.shape(t) == Shape::Lower
                && !class.has(Class::PREP.with(Class::CONJ).with(Class::AUX).with(Class::SAY))
    };
    with.is_some_and(|with| with + 1 < name && (with + 1..name).all(what))
}

/// The noun phrase that ends at a token.
fn phrase_before(text: &Text, entities: &Entities, first: usize, end: usize) -> Option<Reference> {
    const LONGEST: usize = 22;
    // `The general (voiced by Kim) grumbles`.
    if text.is(end - 1, ")") {
        let open = (first + 1..end).rev().take(9).find(|t| text.is(*t, "("));
        if let Some(open) = open.filter(|t| super::bracket::is_played_by(text, t + 1)) {
            return phrase_before(text, entities, first, open);
        }
    }
    if text.class(end - 1).has(Class::NOMINATIVE) {
        return Some(Reference::Pronoun {
            class: text.class(end - 1),
            token: end - 1,
        });
    }
    // `a source from Saram`, `a friend close to her`, `a fan in the front row`.
    let belongs = |token: usize, at: usize| {
        // `got a call from his mother, who`: what came is no speaker.
        const COMES: Words = words!["call", "letter", "message", "text", "note", "email", "gift", "visit"];
        text.is_just(token, words!["of", "from", "at", "for"]) && !text.is_just(token.wrapping_sub(1), COMES)
            || text.is(token.wrapping_sub(1), "close")
            || end - at > 1 && stands_somewhere(text, first, token)
    };
    let mut at = end;
    while at > first && end - at < LONGEST {
        let token = at - 1;
        let class = text.class(token);
        let word = text.word(token);
        let stop = match text.shape(token) {
            Shape::Mark => !text.owns_plural(token),
            Shape::Punct => {
                !matches!(word, "&" | "(" | ")" | "/" | "." | ",")
                    || word == "," && !in_list(text, entities, first, token, end)
                    || word == "." && text.after(token) == ' '
            }
            Shape::Lower => {
                class.has(Class::SUBORD.with(Class::AUX).with(Class::NOMINATIVE))
                    || class.has(Class::PREP) && !belongs(token, at)
                    || class.has(Class::CONJ) && !in_list(text, entities, first, token, end)
                    || class.has(Class::ADV) && !class.has(Class::DET)
                    || class.has(Class::SAY) && !class.has(Class::BASE)
            }
            _ => false,
        };
        if stop {
            break;
        }
        at -= 1;
    }
    if at == end {
        return None;
    }
    // `A commenter who claimed to be a hatmaker explained`: what somebody is, is no subject.
    if at > first && text.is_one(at - 1, words!["be", "been", "being"]) {
        return None;
    }
    // `sent a message, which Kim read aloud`: the message speaks for who sent it.
    // `opens the letter, in which Kim has written`: Kim wrote it.
    let within = at > first + 1 && text.class(at - 2).has(Class::PREP);
    if at > first && text.is(at - 1, "which") && !within {
        return of_clause(text, entities, first, at - 1);
    }
    let reference = read(text, entities, at, end)?;
    // A phrase that is no subject of speech: look further.
    match &reference {
        Reference::Epithet { head, .. }
            if *head + 1 != end
                && !is_in_question(text, *head)
                && !text.class(*head).has(Class::EPITHET)
                && !entities.has_noun(text.word(*head)) =>
        {
            None
        }
        _ => Some(reference),
    }
}

/// `The teacher in question says`: nothing new stands behind the noun.
fn is_in_question(text: &Text, head: usize) -> bool {
    text.is(head + 1, "in") && text.is(head + 2, "question")
}

/// `A fan in the front row shouted`, `the man behind the camera says`: where somebody is, is told of them.
fn stands_somewhere(text: &Text, first: usize, at: usize) -> bool {
    const WHERE: Words = words!["in", "on", "behind", "near", "beside", "by", "with"];
    const PERSON: Class = Class::PUBLIC
        .with(Class::PASSER)
        .with(Class::EPITHET)
        .with(Class::TEAM)
        .with(Class::FEMALE)
        .with(Class::MALE);
    let noun = at.wrapping_sub(1);
    text.is_just(at, WHERE)
        && noun > first
        && text.shape(noun) == Shape::Lower
        && text.class(noun).has(PERSON)
        && !text.class(noun).has(Class::HE.with(Class::SHE).with(Class::DET))
        && text.class(noun - 1).has(Class::DET)
        && (noun == first + 1 || !text.class(noun.wrapping_sub(2)).has(Class::PREP.with(Class::SAY)))
}

/// A comma or `and` between names of a list.
fn in_list(text: &Text, entities: &Entities, first: usize, token: usize, end: usize) -> bool {
    let left = token.checked_sub(1).filter(|t| *t >= first).and_then(|t| {
        entities.covering(t).or_else(|| {
            (text.is(t, ","))
                .then(|| entities.covering(t.saturating_sub(1)))
                .flatten()
        })
    });
    let right = (token + 1..end.min(token + 4)).find_map(|t| entities.covering(t));
    let and = (token..end).take(14).any(|t| text.is(t, "and"));
    let somebody = |m: Option<&Mention>| m.is_some_and(|m| entities.all[m.entity].is_somebody());
    // A comma before `and` belongs to the list as well.
    somebody(left)
        && somebody(right)
        && and
        && (token + 1..end.min(token + 4))
            .all(|t| text.shape(t) != Shape::Lower || text.is(t, "and") || text.class(t).has(Class::TITLE))
}

/// Whether a clause has a subject that nothing tells of: `Haru took to Weverse to say`, `The union responded`.
#[must_use]
pub fn is_unknown(text: &Text, entities: &Entities, first: usize, verb: usize) -> bool {
    let class = text.class(first);
    let name = text.tokens.get(first).is_some_and(|t| t.is_capital())
        && !class.is_english()
        && entities.covering(first).is_none();
    let noun = class.has(Class::DET) && !class.has(Class::NOMINATIVE) && text.shape(first + 1) != Shape::Punct;
    first < verb && (name || noun) && (first..verb).all(|t| !matches!(text.sign(t), b',' | b';' | b':'))
}
