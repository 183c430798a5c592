//! Which sentences may stand in the summary, and what of them.

use super::naming;
use super::{LONGEST, Told};
use crate::model::ParagraphKind;
use crate::reading::around::{self, Telling};
use crate::reading::entity::{self, Entities};
use crate::reading::judged::{Judged, Verdict};
use crate::reading::lexicon::Class;
use crate::reading::lexicon::asked::Asked;
use crate::reading::scan::{Span, Spans};
use crate::reading::sentence::{Sentence, Sentences};
use crate::reading::telling::{
    addresses_reader, asks, behind_dateline, behind_source, dangles, is_chatty, is_fragment, is_reported, is_schedule,
    is_wish, tells_by_itself,
};
use crate::reading::text::{Shape, Text};
use std::ops::Range;

/// The shortest sentence that may stand in it, and the shortest part of one: `She bows.` tells nothing.
const LEAST: usize = 25;
const LEAST_PART: usize = 30;
/// The longest sentence that does no more than lead to a speech.
const LEAD_IN: usize = 75;
/// What is left out has so many characters at least, and what is left.
const SAVED: usize = 25;
const LEFT: usize = 45;
/// How many sentences of an article are weighed: what matters stands early.
const LOOK: usize = 60;
/// How many sentences may stand in the summary: every pair and triple of them is tried.
pub(super) const POOL: usize = 11;
/// And how many of them once more, shortened.
pub(super) const SHORTENED: usize = 9;
/// In so many ways a sentence is shortened.
const SHORTER: usize = 3;

/// A sentence that may stand in the summary.
pub(super) struct Candidate {
    /// Which sentence of the article it is.
    pub at: usize,
    /// The token that it begins with where there is room for the source of its figures.
    pub opens: usize,
    /// Its tokens.
    pub first: usize,
    pub last: usize,
    /// Tokens that are left out; none where it begins and ends at `last`.
    pub gap: (usize, usize),
    /// It is the sentence in front of it, without what is attached to it.
    pub short: bool,
    /// How many characters it has at most, with names in full.
    pub length: usize,
    /// What is printed of it.
    pub telling: Telling,
    /// It is told as it stands.
    pub whole: bool,
    /// How many whole sentences come before it.
    pub rank: usize,
    /// It begins with a word that points to the sentence before it.
    pub dangling: bool,
    /// It begins with `The rom-com`: which one, where several are told of?
    pub vague: bool,
    /// It speaks of the writer or to the reader.
    pub chatty: bool,
    /// It is short, and the next sentence has the speech that it leads to: `Bae was less fortunate.`
    pub lead_in: bool,
    /// The first one with the figures of an article about ratings.
    pub figures: bool,
    /// Whom it names, as bits.
    pub names: u64,
    /// What it tells of what the headline says the article is, as bits.
    pub occasions: u8,
    /// What the words are worth that no other candidate tells.
    pub own: f32,
    /// The words that it shares with others, as bits.
    pub mask: u128,
    /// All classes of its words, and all lists: what none of them has need not be looked for.
    pub classes: Class,
    pub lists: Asked,
}

impl Candidate {
    /// Its tokens, around what is left out.
    pub fn parts(&self) -> impl Iterator<Item = (usize, usize)> {
        [(self.first, self.gap.0), (self.gap.1, self.last)].into_iter()
    }

    /// Whether one of its tokens is so.
    pub fn any(&self, is: impl Fn(usize) -> bool) -> bool {
        self.parts().any(|(first, last)| (first..last).any(&is))
    }

    /// Whether it has a name in it, by the key of the name.
    pub fn tells(&self, text: &Text, key: &str) -> bool {
        let initial = key.bytes().next();
        self.parts().any(|(first, last)| {
            text.initials(first, last)
                .filter(|(_, first)| !first.is_ascii() || Some(*first) == initial)
                .any(|(t, _)| entity::begins_with(text.slice(t, last), key))
        })
    }

    /// The same sentence without what is attached to it, and ending earlier.
    fn all_shortened(&self, text: &Text, entities: &Entities) -> [Option<Self>; SHORTER] {
        let attached = around::attached(text, self.first, self.last);
        let (early, late) = around::endings(text, self.first, self.last);
        let late = late.filter(|late| early != Some(*late));
        let without = |gap: Range<usize>| self.shortened(text, entities, gap);
        let ended = |end: Option<usize>| end.and_then(|end| without(end..self.last));
        let attached = attached.filter(|gap| gap.end < self.last || ![early, late].contains(&Some(gap.start)));
        [attached.and_then(without), ended(late), ended(early)]
    }

    fn shortened(&self, text: &Text, entities: &Entities, gap: Range<usize>) -> Option<Self> {
        let saved = text.slice(gap.start, gap.end).chars().count();
        if saved < SAVED || self.length < saved + LEFT {
            return None;
        }
        let telling = Telling::without(self.first, self.last, &gap);
        let (first, last) = telling.range();
        let gap = if gap.end < last {
            (gap.start, gap.end)
        } else {
            (last, last)
        };
        let (classes, lists) = text.all_of(first, last);
        let mut short = Self {
            last,
            gap,
            short: true,
            length: self.length - saved + 1,
            telling,
            lead_in: false,
            classes,
            lists,
            ..*self
        };
        short.names = short
            .parts()
            .fold(0, |names, (first, last)| names | named(entities, first, last));
        Some(short)
    }
}

/// The bit of somebody; none for those far down the list of a long one.
pub(super) const fn bit_of(id: usize) -> u64 {
    if id < 64 { 1 << id } else { 0 }
}

/// Those that may stand in the summary, in order.
pub(super) fn candidates(
    text: &Text,
    spans: &Spans,
    judged: &[Judged],
    sentences: &Sentences,
    told: &Told<'_>,
) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = Vec::with_capacity(POOL);
    let mut rank = 0;
    for (at, sentence) in sentences.iter().enumerate().take(LOOK) {
        let para = text.paras[sentence.para];
        let next = sentences.get(at + 1).filter(|n| n.para == sentence.para);
        let spoken = told.spoken.get(sentence.para).copied().unwrap_or_default();
        if spoken || para.kind != ParagraphKind::Paragraph || asks(text, para.first, para.last) {
            continue;
        }
        let mut first = behind_dateline(text, sentence.first, sentence.last);
        let opens = first;
        if told.figures {
            first = behind_source(text, first, sentence.last);
        }
        let Some((telling, whole)) = part(text, told.entities, spans, judged, first, sentence.last) else {
            continue;
        };
        let (first, last) = telling.range();
        let Some(length) = length(text, told.entities, spans, &telling, whole) else {
            continue;
        };
        let (classes, lists) = text.all_of(first, last);
        if whole && !is_ended(text, last)
            || !may_stand(
                text,
                (first, last),
                (classes, lists),
                at == 0,
                sentence.para + 2 >= text.paras.len(),
            )
        {
            continue;
        }
        candidates.push(Candidate {
            at,
            opens: if whole { opens } else { first },
            first,
            last,
            gap: (last, last),
            short: false,
            length,
            telling,
            whole,
            rank,
            // Nothing stands before the first sentence that it could point to.
            dangling: at > 0 && dangles(text, first) && !tells_by_itself(text, first),
            vague: told.dramas.len() > 1
                && text.is(first, "the")
                && text.class(first + 1).has(Class::DRAMA)
                && text.shape(first + 1) == Shape::Lower,
            chatty: text.is(first, "you") || classes.has(Class::FIRST) && is_chatty(text, spans, first, last),
            lead_in: whole && length <= LEAD_IN && next.is_some_and(|n| has_speech(spans, judged, n)),
            figures: false,
            names: named(told.entities, first, last),
            occasions: 0,
            own: 0.0,
            mask: 0,
            classes,
            lists,
        });
        rank += usize::from(whole);
        if candidates.len() == POOL {
            break;
        }
    }
    shorten(text, told.entities, &mut candidates);
    candidates
}

/// Puts behind the first long sentences what they say without what is attached to them, where there is no room for all.
fn shorten(text: &Text, entities: &Entities, candidates: &mut Vec<Candidate>) {
    if candidates.iter().map(|c| c.length + 1).sum::<usize>() <= LONGEST {
        return;
    }
    let mut at = 0;
    while at < candidates.len() && candidates.len() + SHORTER <= POOL + SHORTENED {
        let candidate = &candidates[at];
        if candidate.whole {
            for short in candidate.all_shortened(text, entities).into_iter().flatten() {
                at += 1;
                candidates.insert(at, short);
            }
        }
        at += 1;
    }
}

/// How many characters a part of the summary has at most; none where it is too short or too long.
fn length(text: &Text, entities: &Entities, spans: &Spans, telling: &Telling, whole: bool) -> Option<usize> {
    let (first, last) = telling.range();
    let printed = text.slice(first, last);
    if printed.len() > LONGEST * 4 {
        return None;
    }
    // What is put in where only a part is told: a full stop, `spoke to` for `told`.
    let own = if whole { 0 } else { 12 };
    let length = printed.chars().count() + own + naming::room(text, entities, spans, first, last);
    let least = if whole { LEAST } else { LEAST_PART };
    (least..=LONGEST).contains(&length).then_some(length)
}

/// Whether the sentence ends as a sentence does.
fn is_ended(text: &Text, last: usize) -> bool {
    let end = text.word(last - 1);
    matches!(end, "." | "!" | ")" | "”" | "\"" | "…" | "’" | "'") || end.ends_with('.')
}

/// No schedule, no word to the reader, no wish, nothing that somebody said.
fn may_stand(
    text: &Text,
    (first, last): (usize, usize),
    (classes, lists): (Class, Asked),
    lead: bool,
    near_end: bool,
) -> bool {
    // Where the article begins with it, the schedule is the news.
    let is_date = !lead && is_schedule(text, (first, last), classes, near_end);
    let reports = classes.has(Class::NOMINATIVE) && classes.has(Class::SAY) && is_reported(text, first, last);
    !is_date
        && !reports
        && !is_aside(text, first, last)
        && !addresses_reader(text, first, last, lists)
        && !is_wish(text, first)
}

/// `(My money is on him. He can sing.)`: half of what stands in brackets, and no news where it is whole.
fn is_aside(text: &Text, first: usize, last: usize) -> bool {
    let mut brackets = text
        .ends_in(first, last)
        .map(|t| text.sign(t))
        .filter(|sign| matches!(sign, b'(' | b')'));
    let Some(one) = brackets.next() else { return false };
    let other = brackets.last().unwrap_or(one);
    text.sign(first) == b'(' || other == b'(' || one == b')'
}

/// Whether somebody speaks in a sentence.
fn has_speech(spans: &Spans, judged: &[Judged], sentence: &Sentence) -> bool {
    let from = spans.outer.partition_point(|s| s.after() <= sentence.first);
    let mut inside = spans.outer[from..]
        .iter()
        .zip(&judged[from..])
        .take_while(|(s, _)| s.open < sentence.last);
    inside.any(|(_, j)| j.is_speech())
}

/// `“Yours, Dad,” she answers`: too short to count as speech, and somebody's words.
fn is_answer(text: &Text, span: &Span, first: usize, last: usize) -> bool {
    const WHO: usize = 3;
    let behind = span.after();
    let inside = text.word(span.close.wrapping_sub(1));
    span.open == first
        && matches!(inside, "," | "!" | "?" | "…")
        && (behind..last.min(behind + WHO)).any(|t| text.class(t).has(Class::SAY))
}

/// Whom the tokens name for certain, as bits.
fn named(entities: &Entities, first: usize, last: usize) -> u64 {
    entities
        .between(first, last)
        .iter()
        .filter(|m| !m.ambiguous)
        .fold(0, |names, m| names | bit_of(m.entity))
}

/// What of a sentence is no speech and can stand alone, and whether it is all of it.
fn part(
    text: &Text,
    entities: &Entities,
    spans: &Spans,
    judged: &[Judged],
    first: usize,
    last: usize,
) -> Option<(Telling, bool)> {
    let from = spans.outer.partition_point(|s| s.after() <= first);
    let mut speeches = spans.outer[from..]
        .iter()
        .zip(&judged[from..])
        .take_while(|(s, _)| s.open < last)
        .filter(|(s, j)| {
            j.is_speech() || is_fragment(text, s, j.verdict == Verdict::Title) || is_answer(text, s, first, last)
        })
        .map(|(span, _)| span);
    let Some(speech) = speeches.next() else {
        return Some(match around::announced(text, first, last) {
            Some(telling) => (telling, false),
            None => (Telling::whole(first, last), true),
        });
    };
    let telling = if speech.open > first {
        around::before(text, entities, first, speech.open)
    } else {
        let end = speeches.next().map_or(last, |s| s.open);
        around::behind(text, entities, speech.after(), end)
    };
    telling.map(|t| (t, false))
}
