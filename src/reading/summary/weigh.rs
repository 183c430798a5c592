//! What a sentence of the summary is worth behind those before it.

use super::Told;
use super::closing::Voices;
use super::headline::Headline;
use super::pool::{Candidate, POOL, bit_of};
use crate::reading::entity;
use crate::reading::lexicon::{Class, asked};
use crate::reading::looks::picked;
use crate::reading::print::{FIRST, small};
use crate::reading::speech;
use crate::reading::telling::tells_premise;
use crate::reading::text::{Shape, Text};
use std::cmp::Reverse;

/// How many words and topics are told apart.
const WORDS: usize = 128;
/// So many of their numbers are kept for dramas, people and the news.
const TOPICS: usize = 28;
/// What the first sentences of an article are worth for standing there: every classic algorithm
/// loses to the lead.
const LEAD: [f32; POOL] = [6.3, 4.4, 3.1, 1.4, 0.8, -0.5, -0.6, -0.7, -0.8, -0.9, -0.9];
/// What it costs to be the third: two long ones with the lines that close them are as good.
pub(super) const THIRD: f32 = 1.4;
/// What it is worth to tell a word of the headline, and a number of it.
const HEADLINE_WORD: f32 = 1.0;
const HEADLINE_NUMBER: f32 = 3.0;
/// What a word of the headline is worth that no sentence tells and that is no name, and what it costs to tell the headline.
pub(super) const UNTOLD: f32 = 3.0;
const HEADLINE: f32 = 4.2;
/// What a number, a name and another word are worth for each of the sentences that share it, by `Look`.
const REPEATED: [f32; 3] = [1.0, 0.25, 0.15];
/// What it is worth to name a drama that the headline names, when it names several.
const HEADLINE_NAME: f32 = 5.0;
/// What it is worth to name one of those whom the article tells most of, and one of those in the headline.
const PERSON: f32 = 0.6;
const HEADLINED: f32 = 1.5;
/// What it is worth to say what the news of such an article is: `in talks`, `press conference`.
const NEWS: f32 = 4.2;
/// What it is worth to name the drama.
const DRAMA: f32 = 4.5;
/// What it is worth to name another drama of a list or of the ratings, and so many of them are weighed.
pub(super) const LISTED: f32 = 1.5;
pub(super) const DRAMAS: usize = 4;
/// What it is worth to put the drama in front of a summary that does not name it.
pub(super) const LABEL: f32 = 3.0;
/// What it is worth to name the network.
const NETWORK: f32 = 4.8;
/// What it is worth to tell a date.
const DATE: f32 = 5.2;
/// What it is worth to say what the drama tells of.
const PREMISE: f32 = 3.0;
/// What the first sentence with a rating is worth where ratings are the news.
const FIGURES: f32 = 8.5;
/// What it costs to say `The rom-com` where several dramas are told of.
const VAGUE: f32 = 3.0;
/// What it costs to be no more than a part of a sentence.
const CUT: f32 = 1.0;
/// What it costs to leave out what is attached to a sentence.
const SHORT: f32 = 0.9;
/// What it costs to do no more than lead to a speech.
const LEAD_IN: f32 = 1.5;
/// What it costs to speak of oneself or to the reader.
const CHATTY: f32 = 12.0;
/// What it costs to begin with a pronoun whose person stands in a sentence that is left out.
const DANGLING: f32 = 30.0;

/// What the words and topics are worth that several sentences tell.
pub(super) struct Weights {
    all: Vec<f32>,
    /// The words of the headline that sentences tell, with their numbers.
    headlined: Vec<(u64, usize)>,
    /// The number of the first drama, and those of the dramas of a list or of the ratings, and how many characters their
    /// names have.
    dramas: Vec<(usize, usize)>,
    /// The number of the network.
    network: Option<usize>,
}

impl Weights {
    /// Which dramas the sentences do not name whose words and topics are `told`, and how long their names are.
    pub fn untold(&self, told: u128) -> impl Iterator<Item = (usize, usize)> {
        let dramas = self.dramas.iter().enumerate();
        dramas
            .filter(move |(_, (number, _))| told & (1 << number) == 0)
            .map(|(at, (_, length))| (at, *length))
    }

    /// Notes what the headline tells, and what that is worth where nothing else is told.
    pub fn headline(&self, title: &Text, told: &Told<'_>, headline: &mut Headline) {
        let mut mask = 0;
        let mut untold: Vec<u64> = Vec::with_capacity(16);
        let clause = headline.clause.clone();
        content(title, clause.start, clause.end, |token, word, look| {
            match self.headlined.iter().find(|(told, _)| *told == word & STEM) {
                Some((_, number)) => mask |= 1 << number,
                None if untold.contains(&word) || headline.is_named(token) => {}
                None => {
                    untold.push(word);
                    headline.untold += if matches!(look, Look::Number) {
                        HEADLINE_NUMBER
                    } else {
                        UNTOLD
                    };
                }
            }
        });
        let words = title.slice(clause.start, clause.end);
        let names = self.dramas.iter().map(|(number, _)| *number).zip(told.dramas);
        for (number, name) in names
            .map(|(number, name)| (number, *name))
            .chain(self.network.zip(told.network))
        {
            mask |= u128::from(entity::holds(words, &speech::fold(name))) << number;
        }
        headline.mask = mask;
        headline.worth = headline.untold + self.sum(mask) - HEADLINE;
    }

    /// What it is worth to name the network where it is not told.
    pub fn network(&self, told: u128) -> f32 {
        let untold = self.network.is_some_and(|number| told & (1 << number) == 0);
        if untold { NETWORK } else { 0.0 }
    }

    /// What words and topics are worth.
    fn sum(&self, mut told: u128) -> f32 {
        let mut worth = 0.0;
        while told != 0 {
            worth += self.all[told.trailing_zeros() as usize];
            told &= told - 1;
        }
        worth
    }

    /// What a sentence adds to those before it.
    pub fn step(&self, candidates: &[Candidate], told: u128, at: usize, before: usize) -> f32 {
        let candidate = &candidates[at];
        let mut new = candidate.mask & !told;
        let lead = LEAD.get(candidate.rank).copied().unwrap_or_default();
        let mut worth = lead + candidate.own;
        while new != 0 {
            worth += self.all[new.trailing_zeros() as usize];
            new &= new - 1;
        }
        // A pronoun is understood right behind the sentence that names its person.
        let follows = candidates.get(before).is_some_and(|b| b.at + 1 == candidate.at);
        worth -= if candidate.vague && !follows { VAGUE } else { 0.0 };
        worth -= if candidate.dangling && !follows { DANGLING } else { 0.0 };
        worth += if candidate.figures { FIGURES } else { 0.0 };
        worth -= if candidate.whole { 0.0 } else { CUT + lead / 2.0 };
        worth -= if candidate.lead_in { LEAD_IN } else { 0.0 };
        worth -= if candidate.short { SHORT } else { 0.0 };
        worth - if candidate.chatty { CHATTY } else { 0.0 }
    }
}

/// Gives the candidates their words and topics, and says what these are worth.
pub(super) fn all(
    text: &Text,
    title: &Text,
    candidates: &mut [Candidate],
    told: &Told<'_>,
    voices: &Voices,
) -> Weights {
    if told.figures
        && let Some(at) = candidates.iter().find(|c| has_rating(text, c)).map(|c| c.at)
    {
        for candidate in candidates.iter_mut().filter(|c| c.at == at && has_rating(text, c)) {
            candidate.figures = true;
        }
    }
    let (mut weights, headlined) = words(text, title, candidates, told.dramas);
    topics(text, title, told, candidates, &mut weights);
    let network = told.network.map(|_| weights.len() - 1);
    let mut dramas = Vec::new();
    let listed = if told.list || told.figures { DRAMAS } else { 1 };
    for (number, name) in told.dramas.iter().take(listed).enumerate() {
        dramas.push((weights.len(), name.chars().count()));
        let drama = speech::fold(name);
        for candidate in candidates.iter_mut().filter(|c| c.tells(text, &drama)) {
            candidate.mask |= 1 << weights.len();
        }
        weights.push(if number == 0 { DRAMA } else { LISTED });
    }
    for (speaker, worth) in voices.each() {
        for candidate in candidates
            .iter_mut()
            .filter(|c| !c.whole && c.names & bit_of(speaker) != 0)
        {
            candidate.mask |= 1 << weights.len();
        }
        weights.push(worth);
    }
    Weights {
        all: weights,
        headlined,
        dramas,
        network,
    }
}

/// `12.4 percent`, `12.4%`.
fn has_rating(text: &Text, candidate: &Candidate) -> bool {
    candidate.any(|t| (text.is(t, "percent") || text.is(t, "%")) && t > 0 && text.shape(t - 1) == Shape::Number)
}

/// A word: whether the headline has it, how many sentences have it, and which candidates: the last bits of each.
type Word<'a> = (bool, usize, &'a [u64]);
/// What of a number is the word, and neither its look nor the sentence.
const STEM: u64 = !0xff;
/// The last bits are the look of the word, and those before them the sentence.
const LOOK: u64 = 0b11;

/// How a word looks; the one that is worth most first.
#[derive(Clone, Copy)]
enum Look {
    Number,
    Name,
    Word,
}

/// Numbers the words of the candidates and weighs them; and which numbers those of the headline have.
fn words(text: &Text, title: &Text, candidates: &mut [Candidate], names: &[&str]) -> (Vec<f32>, Vec<(u64, usize)>) {
    let mut headline = Vec::with_capacity(title.tokens.len());
    content(title, 0, title.tokens.len(), |_, word, _| headline.push(word & STEM));
    headline.sort_unstable();
    // By its highest bits most words are seen to stand in no headline.
    let bit = |word: u64| 1_u64 << (word >> 58);
    let bits = headline.iter().fold(0, |bits, word| bits | bit(*word));
    // The words of all, each with the sentence that tells it.
    let mut all: Vec<u64> = Vec::with_capacity(256);
    let mut told: Vec<(usize, u64)> = Vec::with_capacity(64);
    for (number, candidate) in (0..).zip(candidates.iter()) {
        // A sentence that is shortened stands behind itself, and has no word that the whole has not.
        if !candidate.short {
            told.clear();
            content(text, candidate.first, candidate.last, |token, word, look| {
                told.push((token, word & STEM | look as u64));
            });
        }
        let (from, to) = candidate.gap;
        let has = |(token, _): &&(usize, u64)| *token < from || (to..candidate.last).contains(token);
        all.extend(told.iter().filter(has).map(|(_, word)| word | number << 2));
    }
    all.sort_unstable();
    all.dedup_by_key(|word| *word & !LOOK);
    // Each distinct word with the sentences that share it, and apart the sentences of those that only one tells, as most.
    let mut shared: Vec<Word<'_>> = Vec::with_capacity(WORDS);
    let mut single: Vec<u8> = Vec::with_capacity(all.len());
    let which = |teller: u64| ((teller & !STEM) >> 2) as usize;
    let look = |teller: u64| (teller & LOOK) as usize;
    for tellers in all.chunk_by(|a, b| a & STEM == b & STEM) {
        let word = tellers[0] & STEM;
        let headlined = bits & bit(word) != 0 && headline.binary_search(&word).is_ok();
        // A sentence that is there a second time, shortened, tells nothing that it does not tell itself.
        let count = tellers.iter().filter(|t| !candidates[which(**t)].short).count();
        if headlined || count > 1 {
            shared.push((headlined, count, tellers));
        } else {
            single.extend(tellers.iter().map(|t| (t & !STEM) as u8));
        }
    }
    shared.sort_by_key(|(headlined, count, _)| (Reverse(*headlined), Reverse(*count)));
    shared.truncate(WORDS - TOPICS);
    let mut weights: Vec<f32> = Vec::with_capacity(WORDS);
    let mut numbers: Vec<(u64, usize)> = Vec::with_capacity(headline.len());
    for (headlined, count, tellers) in shared {
        let look = tellers.iter().map(|t| look(*t)).min().unwrap_or(Look::Word as usize);
        let told = match headlined {
            true if look == Look::Number as usize => HEADLINE_NUMBER,
            true => HEADLINE_WORD,
            false => 0.0,
        };
        let worth = told + REPEATED[look] * count as f32;
        if headlined {
            numbers.push((tellers[0] & STEM, weights.len()));
        }
        if count == 1 && !headlined {
            for teller in tellers {
                candidates[which(*teller)].own += worth;
            }
            continue;
        }
        for teller in tellers {
            candidates[which(*teller)].mask |= 1 << weights.len();
        }
        weights.push(worth);
    }
    for teller in single {
        candidates[which(u64::from(teller))].own += REPEATED[look(u64::from(teller))];
    }
    // A headline that names one drama says nothing of which of several a sentence tells.
    if names.len() < 2 {
        return (weights, numbers);
    }
    let folded = speech::fold(&title.body);
    let named: Vec<String> = names
        .iter()
        .take(8)
        .map(|n| speech::fold(n))
        .filter(|n| folded.contains(n.as_str()))
        .collect();
    if named.len() > 1 {
        for name in &named {
            for candidate in candidates.iter_mut().filter(|c| c.tells(text, name)) {
                candidate.mask |= 1 << weights.len();
            }
            weights.push(HEADLINE_NAME);
        }
    }
    (weights, numbers)
}

/// What it is worth to name the drama, those whom the article tells most of, and the news itself.
fn topics(text: &Text, title: &Text, told: &Told<'_>, candidates: &mut [Candidate], weights: &mut Vec<f32>) {
    let mut worth = |worth: f32, says: &dyn Fn(&Candidate) -> bool| {
        for candidate in candidates.iter_mut().filter(|c| says(c)) {
            candidate.mask |= 1 << weights.len();
        }
        weights.push(worth);
    };
    for person in told.people {
        let headlined = title.find_words(&told.entities.all[*person].name).is_some();
        let between = |(first, last)| told.entities.between(first, last).iter();
        worth(if headlined { HEADLINED } else { PERSON }, &|c| match bit_of(*person) {
            // Far down a long list.
            0 => c.parts().flat_map(between).any(|m| m.entity == *person && !m.ambiguous),
            bit => c.names & bit != 0,
        });
    }
    if let Some(news) = told.news {
        worth(NEWS, &|c| c.any(|t| text.is_one(t, news)));
    }
    worth(DATE, &|c| c.classes.has(Class::MONTH) && c.any(|t| is_date(text, t)));
    worth(PREMISE, &|c| {
        c.lists.has(asked::PREMISE) && c.parts().any(|(first, last)| tells_premise(text, first, last))
    });
    if let Some(network) = told.network.map(speech::fold) {
        worth(NETWORK, &|c| c.tells(text, &network));
    }
}

/// `March 6`, `6 March`.
fn is_date(text: &Text, token: usize) -> bool {
    let number = |t: usize| text.shape(t) == Shape::Number;
    text.class(token).has(Class::MONTH) && (number(token + 1) || number(token.wrapping_sub(1)))
}

/// The stems of the words that are not grammar. Endings are cut so that forms meet.
fn content(text: &Text, first: usize, last: usize, mut word: impl FnMut(usize, u64, Look)) {
    const GRAMMAR: Class = Class::PREP
        .with(Class::DET)
        .with(Class::CONJ)
        .with(Class::SUBORD)
        .with(Class::AUX)
        .with(Class::HE)
        .with(Class::SHE)
        .with(Class::THEY);
    let tokens = text.tokens.get(first..last).unwrap_or_default();
    let is_content = |n: usize| {
        let token = tokens[n];
        token.is_word() & (token.print.length() > 2) & !text.class(first + n).has(GRAMMAR)
    };
    let is_told = |n: usize| is_content(n) | (tokens[n].shape() == Shape::Number);
    for n in picked(0, tokens.len(), is_told) {
        let (token, bytes) = (tokens[n], text.bytes(first + n));
        // Any word may open a sentence with a capital.
        let (told, look) = if !is_content(n) {
            (digits(bytes), Look::Number)
        } else if (n != 0) & token.is_capital() {
            (&bytes[..bytes.len() - ending(bytes)], Look::Name)
        } else {
            (&bytes[..bytes.len() - ending(bytes)], Look::Word)
        };
        word(first + n, number(text.first_sixteen(first + n), told), look);
    }
}

/// `67` of `67-year-old` and of `67th`.
fn digits(word: &[u8]) -> &[u8] {
    let is_part = |b: &u8| b.is_ascii_digit() || matches!(b, b'.' | b',');
    let end = word.iter().position(|b| !is_part(b)).unwrap_or(word.len());
    &word[..end]
}

/// A number for a stem, which begins with so many of the sixteen bytes of its word. That two may share one does no harm.
/// Few have more letters: a loop over them would end where no guess foresees it.
fn number(sixteen: u128, stem: &[u8]) -> u64 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let kept = sixteen & FIRST[stem.len().min(16)];
    let [low, high] = [kept as u64, (kept >> 64) as u64].map(small);
    let mixed = (low.wrapping_mul(ODD) ^ high).wrapping_mul(ODD);
    let start = (mixed ^ mixed >> 32).wrapping_mul(ODD);
    let rest = stem.get(16..).unwrap_or_default().iter();
    rest.fold(start, |hash, byte| {
        (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3)
    })
}

/// How many letters the ending of a word has: `ing`, `ed`, `es` or `s` of one that is long enough. Without jumps, since
/// words end as they like.
fn ending(word: &[u8]) -> usize {
    let [.., a, b, c] = word else { return 0 };
    let ing = (*a == b'i') & (*b == b'n') & (*c == b'g') & (word.len() > 6);
    let two = (*b == b'e') & ((*c == b'd') | (*c == b's')) & (word.len() > 5);
    let one = (*c == b's') & (word.len() > 4) & !two;
    usize::from(ing) * 3 + usize::from(two) * 2 + usize::from(one)
}
