//! What stands beside the name of somebody of the story and says what they are: `his lawyer, Kim`, `the official who has his
//! file is Kim`, `Kim, the woman who raised him`.

use super::super::beings;
use super::super::bracket;
use super::super::entity::Mention;
use super::super::lexicon::Class;
use super::super::print::words;
use super::super::text::{Shape, Text};

/// The noun that a name stands beside.
pub(super) fn noun_of(text: &Text, mention: &Mention) -> Option<usize> {
    in_front(text, mention.first)
        .or_else(|| titled_of(text, mention.first))
        .or_else(|| named_so(text, mention.first))
        .or_else(|| behind(text, mention.last))
}

/// `a loan shark named Kim`: the noun, whatever it is.
fn named_so(text: &Text, name: usize) -> Option<usize> {
    const NOUNS: usize = 4;
    let named = name
        .checked_sub(1)
        .filter(|t| text.is_one(*t, words!["named", "called"]))?;
    let noun = named.checked_sub(1).filter(|t| text.shape(*t) == Shape::Lower)?;
    let anybody = text.is_one(
        noun,
        words!["man", "woman", "boy", "girl", "child", "lady", "one", "person"],
    );
    let article = (noun.saturating_sub(NOUNS)..noun).any(|t| text.is_one(t, words!["a", "an", "the"]));
    (article && !anybody).then_some(noun)
}

/// `Kim (Lee), the daughter he abandoned`: the noun that opens the apposition.
fn behind(text: &Text, last: usize) -> Option<usize> {
    const NOUNS: usize = 4;
    let comma = bracket::behind(text, last);
    let article = comma + 1;
    if comma == last || !text.is(comma, ",") || !text.is_one(article, words!["the", "a", "an"]) {
        return None;
    }
    let none = Class::PREP
        .with(Class::SUBORD)
        .with(Class::CONJ)
        .with(Class::AUX)
        .with(Class::NOMINATIVE);
    let noun = (article + 1..article + 1 + NOUNS)
        .take_while(|t| text.shape(*t) == Shape::Lower && !text.class(*t).has(none))
        .last()?;
    let word = text.word(noun);
    let being = beings::is_somebodys(word) || beings::is_of_a_scene(word);
    (being && text.shape(noun + 1) != Shape::Clitic && !text.is_capital(noun + 1)).then_some(noun)
}

/// `Kim (Lee), the woman who raised him`: what she is to him.
pub(super) fn who_raised(text: &Text, mention: &Mention) -> Option<&'static str> {
    let comma = bracket::behind(text, mention.last);
    let opens = text.is(comma, ",") && text.is(comma + 1, "the") && text.is(comma + 3, "who");
    let raised = text.is_one(comma + 4, words!["raised", "adopted"]);
    match () {
        () if !opens || !raised => None,
        () if text.is(comma + 2, "woman") => Some("mother"),
        () if text.is(comma + 2, "man") => Some("father"),
        () => None,
    }
}

/// `Lee plays his lawyer, Kim`, `her tenant Kim`, `a detective from Seoul, Kim (Lee)`: the noun in front of a name.
fn in_front(text: &Text, name: usize) -> Option<usize> {
    const REACH: usize = 8;
    // `her tenant Kim`.
    let comma = name.checked_sub(1).map(|t| if text.is(t, ",") { t } else { name })?;
    let opens = Class::DET.with(Class::HE).with(Class::SHE);
    let ends = Class::AUX
        .with(Class::CONJ)
        .with(Class::SUBORD)
        .with(Class::NOMINATIVE)
        .with(Class::SAY);
    let article = (comma.saturating_sub(REACH)..comma)
        .rev()
        .take_while(|t| {
            let plain = matches!(text.shape(*t), Shape::Lower | Shape::Capital);
            plain && !text.class(*t).has(ends)
        })
        .find(|t| text.class(*t).has(opens))?;
    // `the daughter of a lawyer, Kim`.
    let before = article.wrapping_sub(1);
    let within = text.class(before).has(Class::PREP) && !text.is_one(before, words!["as", "by", "with", "into"]);
    let noun = (article + 1..comma)
        .take_while(|t| text.shape(*t) == Shape::Lower && !text.class(*t).has(Class::PREP))
        .last()?;
    let word = text.word(noun);
    let being = beings::is_somebodys(word) || beings::is_of_a_scene(word);
    let behind = comma < name && text.class(noun + 1).has(Class::PREP) && !text.is(noun + 1, "of");
    let named = noun + 1 == comma || behind;
    (being && named && !within).then_some(noun)
}

/// `Minister of Fisheries Kim`: the title.
fn titled_of(text: &Text, name: usize) -> Option<usize> {
    const WORDS: usize = 4;
    let of = (name.saturating_sub(WORDS)..name)
        .rev()
        .take_while(|t| text.is_capital(*t) || text.is(*t, "of") || text.is(*t, "and"))
        .find(|t| text.is(*t, "of"))?;
    let title = of
        .checked_sub(1)
        .filter(|t| text.shape(*t) == Shape::Capital && of + 1 < name)?;
    beings::is_somebodys(&text.word(title).to_ascii_lowercase()).then_some(title)
}

/// `The stranger is Kim`, `Her toughest student is Kim`: the noun.
pub(super) fn is_the_one(text: &Text, name: usize) -> Option<usize> {
    const WHO: usize = 10;
    let verb = name.checked_sub(1).filter(|t| text.is_one(*t, words!["is", "was"]))?;
    // `The official who is handed his file is Kim`.
    let who = (verb.saturating_sub(WHO)..verb)
        .rev()
        .take_while(|t| text.shape(*t) == Shape::Lower || text.shape(*t) == Shape::Clitic)
        .find(|t| text.is(*t, "who"));
    let noun = who.unwrap_or(verb).checked_sub(1)?;
    let opens = |t: &usize| text.class(*t).has(Class::DET.with(Class::HE).with(Class::SHE));
    let phrase = (noun.saturating_sub(2)..noun)
        .rev()
        .take_while(|t| matches!(text.shape(*t), Shape::Lower | Shape::Capital))
        .find(opens)?;
    let before = text.class(phrase.wrapping_sub(1));
    if before.has(Class::PREP) || text.class(phrase).has(Class::NOMINATIVE) {
        return None;
    }
    // A man may be anybody.
    let anybody = text.is_one(
        noun,
        words!["man", "woman", "boy", "girl", "child", "lady", "one", "other"],
    );
    let somebodys = beings::is_somebodys(text.word(noun)) || beings::is_of_a_scene(text.word(noun));
    (text.shape(noun) == Shape::Lower && somebodys && !anybody).then_some(noun)
}
