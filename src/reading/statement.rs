//! Speech without marks: statements that a lead-in with a colon announces, block quotes, labelled
//! answers of interviews.

use super::entity::{Entities, Id, Nature};
use super::labels;
use super::lexicon::Class;
use super::phrase;
use super::print::{Words, words};
use super::scan::Spans;
use super::speech::Judged;
use super::subject;
use super::text::{Shape, Text};
use crate::model::ParagraphKind;
use std::ops::Range;

/// Paragraphs that somebody said or wrote, printed without marks.
#[derive(Clone, Debug)]
pub struct Block {
    /// The paragraphs.
    pub paras: Range<usize>,
    /// Tokens of the first paragraph to leave out: a label such as `A:`.
    pub skip: usize,
    /// Tokens of the last paragraph to leave out: a dash and who says it.
    pub drop: usize,
    /// Tokens of the lead-in that names who speaks.
    pub lead: Range<usize>,
    /// Who speaks, when a label says so.
    pub who: Option<Id>,
    /// It answers a question.
    pub answer: bool,
    /// Who speak, when the label is `Both:`.
    pub both: Vec<Id>,
}

/// Finds blocks; paragraphs with speech in marks at their head belong to none.
#[must_use]
pub fn find(text: &Text, spans: &Spans, judged: &[Judged], entities: &Entities) -> Vec<Block> {
    let mut spoken = vec![false; text.paras.len()];
    for (span, judged) in spans.outer.iter().zip(judged) {
        spoken[span.para] |= judged.is_speech();
    }
    let dialogue = labels::find(text, spans, entities);
    if dialogue.len() > 1 {
        // An answer that stands in marks as a whole is a quote already.
        let marked = |block: &Block| {
            let para = text.paras[block.paras.start];
            let first = para.first + block.skip;
            spans
                .outer
                .iter()
                .skip(spans.outer.partition_point(|s| s.open < first))
                .take(1)
                .any(|s| {
                    s.open == first && (s.after() + 1 >= para.last || is_staged(text, spans, s.after(), para.last))
                })
        };
        return dialogue.into_iter().filter(|b| !marked(b)).collect();
    }
    let mut blocks = announced(text, entities, &spoken);
    blocks.extend(signed_lines(text, entities, &spoken));
    blocks.extend(answers(text, spans, entities, &spoken));
    blocks.sort_by_key(|b| b.paras.start);
    blocks
}

/// `“…” (laughs) “…”`: nothing but marks and what is in brackets stands in these tokens.
fn is_staged(text: &Text, spans: &Spans, first: usize, last: usize) -> bool {
    // An answer has fewer parts.
    const PARTS: usize = 12;
    let mut at = first;
    for _ in 0..PARTS {
        if at >= last {
            return true;
        }
        at = match text.word(at) {
            "(" => match (at..last).find(|t| text.is(*t, ")")) {
                Some(close) => close + 1,
                None => return false,
            },
            _ => match spans
                .outer
                .get(spans.outer.partition_point(|s| s.open < at))
                .filter(|s| s.open == at)
            {
                Some(span) => span.after().max(at + 1),
                None => return false,
            },
        };
    }
    false
}

/// The first person without marks.
fn speaks_of_self(text: &Text, first: usize, last: usize) -> bool {
    (first..last.min(first + 80)).any(|t| text.class(t).has(Class::FIRST))
}

/// The first person in what stands outside of marks: somebody tells what another said.
pub(super) fn tells_of_self(text: &Text, spans: &Spans, first: usize, last: usize) -> bool {
    let from = spans.outer.partition_point(|s| s.after() <= first);
    let marked = |t: usize| {
        spans.outer[from..]
            .iter()
            .take_while(|s| s.open < last)
            .any(|s| s.open <= t && t < s.after())
    };
    !starts_with_mark(text, first)
        && (first..last.min(first + 80)).any(|t| text.class(t).has(Class::FIRST) && !marked(t))
}

/// The second person without marks.
fn addresses(text: &Text, first: usize, last: usize) -> bool {
    (first..last.min(first + 40)).any(|t| text.is(t, "you") || text.is(t, "your"))
}

/// A lead-in that ends in a colon, and what it announces.
fn announced(text: &Text, entities: &Entities, spoken: &[bool]) -> Vec<Block> {
    const LONGEST: usize = 24;
    let mut blocks = Vec::new();
    let mut number = 0;
    while number < text.paras.len() {
        let para = text.paras[number];
        let quoted = para.kind == ParagraphKind::Quote;
        let lead = number.checked_sub(1).map(|n| text.paras[n]);
        let announces = lead.is_some_and(|l| {
            let letter = quoted
                && text.is(l.last - 1, ".")
                && (sends(text, l.first, l.last) || says(text, l.first, l.last) && is_own(text, entities, number));
            let agency = quoted && text.is(l.last - 1, ".") && agency_answers(text, entities, l.first, l.last);
            l.last > l.first
                && (agency
                    || (text.is(l.last - 1, ":") || letter) && announces(text, entities, l.first, l.last, quoted))
        });
        if let Some((end, who)) = quoted.then(|| signed(text, entities, number)).flatten() {
            blocks.push(Block {
                paras: number..end,
                skip: 0,
                drop: 0,
                lead: 0..0,
                who: Some(who),
                answer: false,
                both: Vec::new(),
            });
            number = end + 1;
            continue;
        }
        let greets = !spoken[number]
            && greeting(text, number)
            && lead.is_some_and(|l| {
                names_writing(text, l.first, l.last) || says(text, l.first, l.last) && is_own(text, entities, number)
            });
        let announces = announces || greets;
        if !announces
            || spoken[number] && starts_with_mark(text, para.first)
            || matches!(para.kind, ParagraphKind::Heading | ParagraphKind::Item)
        {
            number += 1;
            continue;
        }
        let Some(lead) = lead else { break };
        let mut end = number + 1;
        while end < text.paras.len() && end - number < LONGEST && goes_on(text, entities, spoken, end, quoted) {
            end += 1;
        }
        blocks.push(Block {
            paras: number..end,
            skip: 0,
            drop: 0,
            lead: lead.first.max(lead.last.saturating_sub(60))..lead.last,
            who: None,
            answer: false,
            both: Vec::new(),
        });
        number = end;
    }
    blocks
}

/// `My mom comes on Tuesdays. — Kim Ji Won`: a paragraph without marks that bears its speaker behind a dash.
fn signed_lines(text: &Text, entities: &Entities, spoken: &[bool]) -> Vec<Block> {
    const LONGEST: usize = 6;
    const SHORTEST: usize = 3;
    let mut blocks = Vec::new();
    for (number, para) in text.paras.iter().enumerate() {
        let from = para.last.saturating_sub(LONGEST).max(para.first + SHORTEST);
        let dash = (from..para.last)
            .rev()
            .find(|t| text.shape(*t) == Shape::Punct && text.is_just(*t, words!["—", "–", "--", "-"]));
        // What is in marks inside a block quotation is part of it.
        let nested = para.kind == ParagraphKind::Quote && !starts_with_mark(text, para.first);
        let Some(dash) = dash.filter(|_| (!spoken[number] || nested) && para.kind != ParagraphKind::Heading) else {
            continue;
        };
        let ended = text.is_just(dash - 1, words![".", "!", "?", "…"]);
        let who = entities
            .between(dash, para.last)
            .iter()
            .find(|m| m.last == para.last && m.full && entities.all[m.entity].is_somebody());
        if let Some(who) = who.filter(|_| ended) {
            blocks.push(Block {
                paras: number..number + 1,
                skip: 0,
                drop: para.last - dash,
                lead: 0..0,
                who: Some(who.entity),
                answer: false,
                both: Vec::new(),
            });
        }
    }
    blocks
}

/// `Hello, this is Kim.` opens a letter, also where its lead-in has been lost.
fn greeting(text: &Text, number: usize) -> bool {
    let para = text.paras[number];
    let hello = text.is_one(para.first, words!["hello", "hi", "greetings", "dear"]);
    hello
        && (para.first..para.last.min(para.first + 12)).any(|t| {
            text.is(t, "this") || text.is(t, "am") || text.word(t).starts_with("I’m") || text.word(t).starts_with("I'm")
        })
}

/// The last sentence of a paragraph says that somebody spoke: its announcement of the words may have been cut off.
fn says(text: &Text, first: usize, last: usize) -> bool {
    let from = first.max(last.saturating_sub(40));
    !spoken_in(text, from, last) && (from..last).any(|t| text.class(t).has(Class::SAY) && text.shape(t) == Shape::Lower)
}

fn spoken_in(text: &Text, first: usize, last: usize) -> bool {
    (first..last).any(|t| text.shape(t) == Shape::Mark)
}

/// `Hello, this is Kim`, `We are checking the facts`: somebody's own words, who is named where they say so.
fn is_own(text: &Text, entities: &Entities, number: usize) -> bool {
    const NEAR: usize = 12;
    let para = text.paras[number];
    let named = || {
        let own = entities.between(para.first, para.last.min(para.first + NEAR));
        own.iter().any(|m| entities.all[m.entity].nature != Nature::Station)
    };
    greeting(text, number) && named() || (para.first..para.last.min(para.first + 2)).any(|t| text.is(t, "we"))
}

fn names_writing(text: &Text, first: usize, last: usize) -> bool {
    (first..last).any(|t| text.is_one(t, words!["letter", "statement", "message", "post", "wrote", "apology"]))
}

/// `sent a letter to reporters`, `uploaded a long post`: the block quotation behind it is that.
fn sends(text: &Text, first: usize, last: usize) -> bool {
    const SENDS: Words = words![
        "sent",
        "posted",
        "released",
        "shared",
        "issued",
        "uploaded",
        "wrote",
        "left",
        "published",
        "penned",
    ];
    let from = first.max(last.saturating_sub(40));
    (from..last).any(|t| text.is_just(t, SENDS)) && names_writing(text, from, last)
}

/// `In response, Kim’s agency, Kite Company, denied the rumors.`: a short sentence about an agency before a block
/// quotation.
fn agency_answers(text: &Text, entities: &Entities, first: usize, last: usize) -> bool {
    const LONGEST: usize = 18;
    let from = (first..last - 1)
        .rev()
        .take(LONGEST)
        .find(|t| matches!(text.sign(*t), b'.' | b'!' | b'?') && text.after(*t) == ' ')
        .map_or(first, |t| t + 1);
    let agency = |t: usize| text.class(t).has(Class::AGENCY) && text.shape(t) == Shape::Lower;
    let company = |m: &super::entity::Mention| entities.all[m.entity].nature == Nature::Company;
    last - from <= LONGEST
        && !spoken_in(text, from, last)
        && ((from..last.min(from + 8)).any(agency) || entities.between(from, last.min(from + 6)).iter().any(company))
}

/// A block quotation whose last paragraph is a dash and a name: where the words end, and who it is.
fn signed(text: &Text, entities: &Entities, first: usize) -> Option<(usize, Id)> {
    const LONGEST: usize = 12;
    let mut end = first;
    while end < text.paras.len() && end - first < LONGEST && text.paras[end].kind == ParagraphKind::Quote {
        let para = text.paras[end];
        if end > first && para.last - para.first <= 8 && text.is_just(para.first, words!["—", "–", "-"]) {
            let mention = entities.between(para.first, para.last).first()?;
            return Some((end, mention.entity));
        }
        end += 1;
    }
    None
}

fn starts_with_mark(text: &Text, first: usize) -> bool {
    text.shape(first) == Shape::Mark
}

fn announces(text: &Text, entities: &Entities, first: usize, last: usize, quoted: bool) -> bool {
    const WORDS: Words = words![
        "statement",
        "letter",
        "message",
        "following",
        "apology",
        "post",
        "announcement",
        "response",
        "notice",
        "full",
        "follows",
        "wrote",
        "stance",
        "position",
        "comment",
        "note",
    ];
    let from = first.max(last.saturating_sub(40));
    let word = (from..last).any(|t| text.is_one(t, WORDS));
    let verb = (from..last).any(|t| text.class(t).has(Class::SAY));
    let speaker = entities
        .between(from, last)
        .iter()
        .any(|m| entities.all[m.entity].nature != Nature::Station)
        || (from..last).any(|t| {
            text.class(t).has(
                Class::AGENCY
                    .with(Class::TEAM)
                    .with(Class::BROADCAST)
                    .with(Class::NOMINATIVE)
                    .with(Class::EPITHET),
            )
        });
    speaker && (word || quoted && verb)
}

/// Whether a statement goes on in a paragraph: it stands in the same block, or speaks as “we” and names nobody who speaks.
fn goes_on(text: &Text, entities: &Entities, spoken: &[bool], number: usize, quoted: bool) -> bool {
    let para = text.paras[number];
    if quoted {
        return para.kind == ParagraphKind::Quote;
    }
    if para.kind != ParagraphKind::Paragraph || spoken[number] || text.is(para.last.saturating_sub(1), ":") {
        return false;
    }
    let own = speaks_of_self(text, para.first, para.last);
    let closing = (para.first..para.last.min(para.first + 12)).any(|t| {
        text.is_one(
            t,
            words!["thank", "sincerely", "apologize", "please", "hello", "lastly"],
        )
    });
    let reports = entities
        .between(para.first, para.last)
        .first()
        .is_some_and(|m| m.first == para.first)
        && !own;
    (own || closing || para.last - para.first < 14) && !reports
}

/// Questions as paragraphs of their own, answered without marks: at least three of them.
fn answers(text: &Text, spans: &Spans, entities: &Entities, spoken: &[bool]) -> Vec<Block> {
    let question = |n: usize| {
        let para = text.paras[n];
        para.last > para.first
            && text.is(para.last - 1, "?")
            && para.last - para.first < 60
            && !spoken[n]
            && !starts_with_mark(text, para.first)
    };
    // `Everyone quotes her line: “…” Did you feel it?`: among other questions.
    let quotes = |n: usize| {
        let para = text.paras[n];
        spoken[n]
            && text.is(para.last - 1, "?")
            && para.last - para.first < 80
            && !starts_with_mark(text, para.first)
            && addresses(text, para.first, para.last)
    };
    let heads = |n: usize| text.paras[n].kind == ParagraphKind::Heading;
    let asked: Vec<usize> = (0..text.paras.len()).filter(|n| question(*n)).collect();
    // `What has his agency said?`, `Is there a trailer?`: nobody is asked, and the article answers itself.
    let put = |n: usize| addresses(text, text.paras[n].first, text.paras[n].last);
    if asked.iter().all(|n| heads(*n)) && !(0..text.paras.len()).filter(|n| heads(*n)).any(put) {
        return Vec::new();
    }
    // Where answers stand in marks, what stands without them tells of who answers.
    const FEW: usize = 2;
    let marked = |n: &&usize| text.paras.get(**n + 1).is_some_and(|p| starts_with_mark(text, p.first));
    if asked.iter().filter(marked).take(FEW + 1).count() > FEW {
        return Vec::new();
    }
    // Questions that are headings leave less doubt.
    let headed = asked.len() == 2 && asked.iter().all(|n| heads(*n));
    if asked.len() < 3 && !headed {
        return Vec::new();
    }
    // `Your characters hardly speak in the first episode.` among such headings.
    let headed = asked.iter().all(|n| heads(*n));
    let prompts = |n: usize| {
        let para = text.paras[n];
        headed && heads(n) && !spoken[n] && addresses(text, para.first, para.last) && text.is(para.last - 1, ".")
    };
    let mut asked = asked;
    asked.extend((0..text.paras.len()).filter(|n| quotes(*n) || prompts(*n)));
    asked.sort_unstable();
    let question = |n: usize| question(n) || quotes(n) || prompts(n);
    // An answer that the page sets in says so by itself.
    let is_set_in = |n: usize| {
        let para = text.paras[n];
        para.kind == ParagraphKind::Quote && !starts_with_mark(text, para.first)
    };
    let mut blocks = Vec::new();
    for number in asked {
        let mut end = number + 1;
        while end < text.paras.len()
            && end - number < 8
            && !question(end)
            && (is_set_in(end)
                || (!spoken[end] || tells_of_self(text, spans, text.paras[end].first, text.paras[end].last))
                    && text.paras[end].kind == ParagraphKind::Paragraph
                    && (speaks_of_self(text, text.paras[end].first, text.paras[end].last)
                        || end == number + 1
                            && !spoken[end]
                            && (headed || addresses(text, text.paras[end].first, text.paras[end].last)))
                    && !names_subject(text, entities, end))
        {
            end += 1;
        }
        if end > number + 1 {
            blocks.push(Block {
                paras: number + 1..end,
                skip: 0,
                drop: 0,
                lead: 0..0,
                who: None,
                answer: true,
                both: Vec::new(),
            });
        }
    }
    blocks
}

/// The paragraph tells about somebody rather than being said by them.
fn names_subject(text: &Text, entities: &Entities, number: usize) -> bool {
    let para = text.paras[number];
    subject::of_clause(text, entities, para.first, para.last.min(para.first + 30))
        .is_some_and(|r| matches!(r, phrase::Reference::Named { .. }))
        && entities.covering(para.first).is_some()
}
