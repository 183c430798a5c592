//! Words that hang on how they are said: `greets him with a calm “You’re late”`, `Kim’s deadpan “I’d rather not,”`, `her
//! exasperated “This is a school!”`; and those of which a clause behind “which” tells: `“…,” which Kim says to her`.

use super::attribution::{Rule, Sieves};
use super::cue::{Before, Joint};
use super::lexicon::Class;
use super::look::Terminal;
use super::phrase::{self, Reference};
use super::print::{Words, words};
use super::resolve::{Choice, Place};
use super::speech::Facts;
use super::subject;
use super::text::{Shape, Text};

/// Why such words are speech.
pub(super) const TONED: &str = "words in a tone";

/// What words sound like to those who hear them: `comes the whisper of a child: “…”`.
pub(super) const SOUNDS: Words = words![
    "voice", "whisper", "cry", "shout", "scream", "murmur", "growl", "mutter"
];

/// How words are said; of titles and labels nobody says so.
const TONES: Words = words![
    "calm",
    "chilling",
    "deadpan",
    "cheerful",
    "quiet",
    "sharp",
    "curt",
    "weary",
    "exasperated",
    "cold",
    "icy",
    "soft",
    "gentle",
    "shy",
    "firm",
    "brisk",
    "bright",
    "bitter",
    "trembling",
    "dry",
    "loud",
    "thunderous",
    "sheepish",
    "tearful",
    "polite",
    "blunt",
    "flat",
    "breathless",
    "solemn",
    "stern",
    "mischievous",
    "timid",
    "hoarse",
    "whispered",
    "cheery",
    "hesitant",
    "defiant",
    "sarcastic",
    "smug",
    "nervous",
    "nonchalant",
    "sly",
    "gruff",
    "bashful",
    "awkward",
    "terse",
    "muttered",
    "mumbled",
    "barked",
    "shouted",
    "murmured",
    "stammered",
    "resigned",
    "relieved",
    "indignant",
    "panicked",
    "desperate",
    "cool",
    "frosty",
    "gleeful",
    "giddy",
    "meek",
    "measured",
    "matter-of-fact",
    "tender",
    "warm",
    "quavering",
    "shaky",
    "choked",
    "strangled",
    "growled",
    "hissed",
    "sleepy",
    "drowsy",
    "wry",
    "laconic",
    "clipped",
    "earnest",
    "plaintive",
    "pleading",
    "triumphant",
    "furious",
    "angry",
];

/// The first token of the phrase that a tone in front of the marks ends: `a calm`, `Kim’s deadpan`, `her sharp, cold`. It is the
/// article, the pronoun or the clitic.
fn phrase_of(text: &Text, before: Before) -> Option<usize> {
    const WORDS: usize = 4;
    let Before { first, last, joint, .. } = before;
    let tone = last.checked_sub(1).filter(|t| *t > first)?;
    if joint != Joint::Bare || !text.is_one(tone, TONES) {
        return None;
    }
    let owner = |t: &usize| {
        let class = text.class(*t);
        text.shape(*t) == Shape::Clitic || class.has(Class::DET) || class.has(Class::HE.with(Class::SHE))
    };
    let plain = |t: usize| text.shape(t) == Shape::Lower && !text.class(t).has(Class::PREP) || text.is(t, ",");
    let at = (first.max(tone.saturating_sub(WORDS))..tone).rev().find(owner)?;
    (at + 1..tone).all(plain).then_some(at)
}

impl Facts<'_> {
    /// A sentence behind such a phrase.
    pub(super) fn is_toned(&self) -> bool {
        let look = self.look;
        let whole = look.verb
            || look.first_person
            || self.contracted()
            || matches!(look.terminal, Terminal::Cry | Terminal::Stop);
        look.words >= 3
            && look.starts_capital
            && look.lower > 0
            && !look.is_title()
            && whole
            && phrase_of(self.text, self.before).is_some()
    }
}

impl Sieves<'_> {
    /// Whose tone it is: the owner's, or whoever does something with it; `at a sharp “…”` is nobody's who is told of.
    pub(super) fn in_a_tone(&self, number: usize, place: Place<'_>) -> Option<(Rule, Option<Choice>)> {
        if self.judged[number].why != TONED {
            return None;
        }
        let text = self.text;
        let before = self.judged[number].before();
        let owner = phrase_of(text, before)?;
        let class = text.class(owner);
        let reference = if text.shape(owner) == Shape::Clitic {
            let noun = self.entities.covering(owner.checked_sub(1)?).map(|m| m.first);
            let article = (before.first.max(owner.saturating_sub(4))..owner)
                .rev()
                .find(|t| text.class(*t).has(Class::DET));
            phrase::read(text, self.entities, noun.or(article).unwrap_or(owner - 1), owner)
        } else if class.has(Class::HE.with(Class::SHE)) {
            Some(Reference::Pronoun { class, token: owner })
        } else if text.is(owner.wrapping_sub(1), "with") && owner > before.first + 1 {
            // `is comforted by Kim with a gruff “…”`: whoever does it.
            let mut named = self.entities.between(before.first, owner).iter();
            let by = |t: usize| t > before.first && text.is(t, "by") && text.word(t - 1).ends_with("ed");
            let agent = named.find(|m| !m.in_speech && m.first > before.first && by(m.first - 1));
            let agent = agent.map(Reference::to);
            agent.or_else(|| subject::of_clause(text, self.entities, before.first, owner - 1))
        } else {
            None
        };
        let Some(reference) = reference else {
            return Some((Rule::Nobody, None));
        };
        Some((Rule::Before, self.resolver.resolve(&reference, place.at(&reference))))
    }

    /// `He also picked “…,” which Kim says to her`: whose words they are stands behind, whatever verb is in front.
    pub(super) fn is_told_behind_which(&self, number: usize) -> bool {
        let after = self.judged[number].after();
        after.is_some_and(|a| a.subject.0 > 0 && self.text.is_one(a.subject.0 - 1, words!["which", "that"]))
    }
}
