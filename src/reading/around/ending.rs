//! Where a sentence may end before it does: in front of a clause that only says more of what has been told.
//!
//! `The drama is about a horse doctor who enters the palace after her father dies.` has said what it is about behind
//! `horse doctor`, and once more behind `palace`. A clause is left out from its first word to the full stop, and only where
//! the rest has its verb and the clause hangs on something that the sentence brings up: `a man who`, not `the man who`.

use super::super::print::{Words, words};
use crate::reading::lexicon::Class;
use crate::reading::text::{Shape, Text};

/// What is left has so many tokens at least, and what is left out.
const LEFT: usize = 6;
const LEAST: usize = 4;
/// So far before a clause stands the article of what it tells of.
const PHRASE: usize = 8;
/// What opens a clause about something.
const RELATIVE: Words = words!["who", "whose", "whom", "which", "where", "that"];
/// What opens a clause that says when.
const WHEN: Words = words!["after", "when", "while", "until"];
/// What somebody or something is brought up with.
const BRINGS_UP: Words = words![
    "a", "an", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "several", "some"
];
/// Who or what tells nothing without the clause: `described the role as a man who`, `is a drama in which`.
const EMPTY: Words = words![
    "man",
    "men",
    "woman",
    "women",
    "person",
    "people",
    "boy",
    "boys",
    "girl",
    "girls",
    "son",
    "daughter",
    "place",
    "world",
    "thing",
    "things",
    "day",
    "one",
    "someone",
    "somebody",
    "something",
    "couple",
    "couples",
    "group",
    "story",
    "tale",
    "time",
    "way",
    "character",
    "characters",
    "role",
    "roles",
    "scene",
    "scenes",
    "video",
    "clip",
    "moment",
    "moments",
    "question",
    "series",
    "case",
    "situation",
    "family",
    "figure",
    "friend",
    "friends",
    "husband",
    "wife",
    "clause",
    "statement",
    "post"
];
/// What a drama and its actors do, as a sentence tells of it.
const DOES: Words = words![
    "tells",
    "follows",
    "revolves",
    "centers",
    "centres",
    "depicts",
    "focuses",
    "portrays",
    "plays",
    "takes",
    "stars",
    "appears",
    "transforms",
    "chronicles",
    "explores",
    "pits",
    "tracks",
    "traces",
    "features",
    "introduces",
    "begins",
    "opens",
    "shows",
    "captures",
    "sees",
    "becomes",
    "turns",
    "unfolds",
    "leads",
    "joins",
    "returns"
];

/// Where a sentence may end: the first such place, and the last.
#[must_use]
pub fn endings(text: &Text, first: usize, last: usize) -> (Option<usize>, Option<usize>) {
    let Some(stop) = last.checked_sub(1).filter(|s| *s > first + LEFT + LEAST) else {
        return (None, None);
    };
    let Some((verb, says)) = verb(text, first, stop) else {
        return (None, None);
    };
    let (mut brackets, mut marks) = (0_usize, 0_usize);
    let mut found = (None, None);
    for at in first..stop - LEAST {
        match text.sign(at) {
            b'(' | b'[' => brackets += 1,
            b')' | b']' => brackets = brackets.saturating_sub(1),
            _ if text.shape(at) == Shape::Mark => marks += 1,
            _ => {}
        }
        let may_end = brackets == 0 && marks % 2 == 0 && at > verb + 1 && at >= first + LEFT;
        if may_end && text.shape(at) == Shape::Lower && opens(text, verb, at, says) {
            let end = if text.class(at - 1).has(Class::PREP) {
                at - 1
            } else {
                at
            };
            found = (found.0.or(Some(end)), Some(end));
        }
    }
    found
}

/// Whether a clause begins at a token that the sentence can do without.
fn opens(text: &Text, verb: usize, at: usize, says: bool) -> bool {
    let before = at - 1;
    if text.is_just(at, RELATIVE) {
        let of_which = text.class(before).has(Class::PREP);
        let end = before - usize::from(of_which);
        // `said in a statement that`: the words themselves.
        let is_said = text.is(at, "that") && (says || !text.class(at + 1).has(Class::AUX) && !is_third(text, at + 1));
        return text.is_word(end) && !is_said && !(of_which && text.is(at, "that")) && is_brought_up(text, verb, end);
    }
    // `about what happens when`, `shortly after`.
    let is_bare = text.class(before).has(
        Class::PREP
            .with(Class::AUX)
            .with(Class::CONJ)
            .with(Class::SUBORD)
            .with(Class::DET),
    ) || text.is_one(
        before,
        words![
            "happens", "happened", "shortly", "right", "even", "just", "long", "soon", "days", "weeks", "months",
            "years", "day", "week", "month", "year", "hours", "minutes"
        ],
    );
    if text.is_one(at, WHEN) {
        // `who looks after`: the verb is not told yet.
        let is_begun = text.is_just(before.wrapping_sub(1), RELATIVE) || before == verb;
        return text.is_word(before) && !is_bare && !is_begun;
    }
    // `who enters the palace and ends up treating the king`.
    text.is(at, "and")
        && text.is_word(before)
        && is_third(text, at + 1)
        && (verb..at).any(|t| text.is_just(t, RELATIVE))
}

/// `a horse doctor of low birth`: what ends at `end` begins with what brings it up.
fn is_brought_up(text: &Text, verb: usize, end: usize) -> bool {
    const KNOWN: Words = words![
        "the", "his", "her", "their", "its", "this", "that", "these", "our", "my", "your"
    ];
    let from = end.saturating_sub(PHRASE).max(verb + 1);
    // `a lunchbox in the evidence room that`: the clause is about either.
    let is_inside = |t: usize| {
        text.is_one(
            t - 1,
            words!["in", "on", "at", "of", "from", "near", "behind", "inside"],
        )
    };
    let article = (from..=end)
        .rev()
        .take_while(|t| text.is_word(*t) || matches!(text.shape(*t), Shape::Clitic | Shape::Number))
        .find(|t| text.is_one(*t, BRINGS_UP) || text.is_one(*t, KNOWN) && !is_inside(*t));
    let is_empty = |article: usize| text.class(end).has(Class::DRAMA) || article + 2 > end && text.is_one(end, EMPTY);
    // `between a singer who … and a critic who …`: the other one is still to come.
    let is_half = (verb..end).any(|t| text.is_one(t, words!["between", "both", "either"]));
    article.is_some_and(|t| text.is_one(t, BRINGS_UP) && !is_empty(t)) && !is_half
}

/// A verb of the third person for certain: `is`, `ends up`, `takes the`.
fn is_third(text: &Text, at: usize) -> bool {
    let next = at + 1;
    text.class(at).has(Class::AUX)
        || text.shape(at) == Shape::Lower
            && text.word(at).ends_with('s')
            && !text.word(at).ends_with("ss")
            && (text
                .class(next)
                .has(Class::DET.with(Class::HE).with(Class::SHE).with(Class::THEY))
                || text.is_one(
                    next,
                    words![
                        "up",
                        "out",
                        "off",
                        "down",
                        "away",
                        "back",
                        "to",
                        "that",
                        "himself",
                        "herself",
                        "themselves"
                    ],
                ))
}

/// The verb of the sentence, and whether it reports words; none where a clause about something comes first.
fn verb(text: &Text, first: usize, stop: usize) -> Option<(usize, bool)> {
    const BASE: Words = words!["set", "led", "made", "based", "be", "been", "being"];
    let (mut brackets, mut marks) = (0_usize, 0_usize);
    for at in first..stop {
        match text.sign(at) {
            b'(' | b'[' => brackets += 1,
            b')' | b']' => brackets = brackets.saturating_sub(1),
            _ if text.shape(at) == Shape::Mark => marks += 1,
            _ => {}
        }
        if brackets > 0 || marks % 2 == 1 || text.shape(at) != Shape::Lower {
            continue;
        }
        if text.is_just(at, RELATIVE)
            || text.is_one(at, WHEN)
            || text.is_one(at, words!["as", "if", "although", "though", "because"])
        {
            return None;
        }
        let class = text.class(at);
        let is_verb = class.has(Class::AUX.with(Class::SAY).with(Class::WEAK).with(Class::PAST))
            && !class.has(Class::ING)
            && !class.has(Class::PREP)
            && !text.is_one(at, BASE)
            && !text.class(at.wrapping_sub(1)).has(Class::PREP.with(Class::DET));
        if at > first && (is_verb || text.is_one(at, DOES)) {
            return Some((at, class.has(Class::SAY)));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::endings;
    use crate::reading::text::Text;

    fn ends(sentence: &str) -> Vec<String> {
        let text = Text::line(sentence);
        let (first, last) = endings(&text, 0, text.tokens.len());
        let mut ends: Vec<usize> = first.into_iter().chain(last).collect();
        ends.dedup();
        ends.iter().map(|end| text.slice(0, *end).to_owned()).collect()
    }

    #[test]
    fn what_says_more_is_left_out() {
        let cases: [(&str, &[&str]); 6] = [
            (
                "Han Seo found a lunchbox in the evidence room that was identical to the one her mother packs.",
                &["Han Seo found a lunchbox in the evidence room"],
            ),
            (
                "“Tin Roof” is a romance about a horse doctor of low birth who enters the palace and ends up treating the king.",
                &[
                    "“Tin Roof” is a romance about a horse doctor of low birth",
                    "“Tin Roof” is a romance about a horse doctor of low birth who enters the palace",
                ],
            ),
            (
                "Bae Mi-ru will play Han Seo, a weather forecaster whose body cannot feel the cold any more.",
                &["Bae Mi-ru will play Han Seo, a weather forecaster"],
            ),
            (
                "“Tin Roof” tells the story of a village in which nobody has died for a hundred years.",
                &["“Tin Roof” tells the story of a village"],
            ),
            (
                "The new drama follows three sisters who open a bakery after their father leaves them his debts.",
                &[
                    "The new drama follows three sisters",
                    "The new drama follows three sisters who open a bakery",
                ],
            ),
            (
                "The short clip shows a machine that prints the day on which its owner will fall in love.",
                &["The short clip shows a machine"],
            ),
        ];
        for (sentence, left) in cases {
            assert_eq!(ends(sentence), left, "{sentence}");
        }
    }

    #[test]
    fn what_is_needed_stays() {
        let whole = [
            "The agency said in a statement that the actor had never received an offer for the drama.",
            "The drama that revolves around a man who cannot sleep at night premieres on cable in May.",
            "The two leads spoke about the man who had brought them together for the series of the year.",
            "The drama is about what happens when a thief moves in with the owner of the stolen ring.",
            "The drama depicts the rivalry between a pianist who cannot hear and a critic who only pretends to.",
            "The series follows Heo Sang-pil, the retired civil servant who looks after the graves of strangers.",
            "Bae Mi-ru described her new role as a woman who has never once said what she thinks.",
            "The drama of the broadcaster is a comic thriller in which a bride finds out about her husband.",
            "Bae Mi-ru (a former swimmer who came to acting by chance) will lead the series with Mok Se-ra.",
        ];
        for sentence in whole {
            assert!(ends(sentence).is_empty(), "{sentence}: {:?}", ends(sentence));
        }
    }
}
