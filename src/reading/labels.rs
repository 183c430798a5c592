//! Interviews whose paragraphs bear labels: `Q:` and `A:`, `Kim:`, `KJW:`, `Both:`.
//!
//! Which paragraphs somebody answers, without their labels; what else stands without marks is for `statement`.

use super::entity::{Entities, Id, Nature};
use super::print::words;
use super::scan::Spans;
use super::statement::{Block, tells_of_self};
use super::text::{Shape, Text};
use crate::model::ParagraphKind;

/// `Q: …` and `A: …`, `Soompi: …` and `Kim Ji Won: …`.
pub(super) fn find(text: &Text, spans: &Spans, entities: &Entities) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut questions = 0;
    let mut open = false;
    for (number, para) in text.paras.iter().enumerate() {
        let Some((end, label)) = label(text, entities, para.first, para.last) else {
            // `Soompi: Is there a scene …?`: a label that names nobody of the article asks.
            let asks = (para.first + 1..para.last.min(para.first + 4))
                .find(|t| text.is(*t, ":"))
                .is_some_and(|sign| (para.first..sign).all(|t| text.is_capital(t)) && text.is(para.last - 1, "?"));
            if asks {
                questions += 1;
                open = false;
                continue;
            }
            // An answer may have several paragraphs.
            if open
                && let Some(block) = blocks
                    .last_mut()
                    .filter(|b| b.paras.end == number && para.kind == ParagraphKind::Paragraph)
            {
                let first = &text.word(para.first);
                if !first.starts_with(['“', '"']) && tells_of_self(text, spans, para.first, para.last) {
                    block.paras.end = number + 1;
                    continue;
                }
            }
            open = false;
            continue;
        };
        open = false;
        match label {
            Label::Question => questions += 1,
            Label::Answer(who) => {
                open = true;
                blocks.push(Block {
                    paras: number..number + 1,
                    skip: end - para.first,
                    drop: 0,
                    lead: 0..0,
                    who,
                    answer: true,
                    both: Vec::new(),
                });
            }
        }
    }
    without_who_asks(&mut blocks, text);
    together(&mut blocks, text);
    if questions == 0 && blocks.iter().filter(|b| b.who.is_some()).count() < 2 {
        Vec::new()
    } else {
        blocks
    }
}

/// `Kpopmap: Who makes the most mistakes?`: a label with questions behind it, more often than not, is the interviewer's.
fn without_who_asks(blocks: &mut Vec<Block>, text: &Text) {
    const FEW: usize = 2;
    let asks = |b: &Block| text.is(text.paras[b.paras.end - 1].last - 1, "?");
    let askers: Vec<Id> = blocks
        .iter()
        .filter_map(|b| b.who)
        .filter(|who| {
            let own = || blocks.iter().filter(|b| b.who == Some(*who));
            own().count() >= FEW && 2 * own().filter(|b| asks(b)).count() > own().count()
        })
        .collect();
    blocks.retain(|b| b.who.is_none_or(|who| !askers.contains(&who)));
}

/// `Both:` is the two whom the other labels name; of more than two nobody knows which.
fn together(blocks: &mut Vec<Block>, text: &Text) {
    let mut named: Vec<Id> = Vec::new();
    for id in blocks.iter().filter_map(|b| b.who) {
        if named.len() < 3 && !named.contains(&id) {
            named.push(id);
        }
    }
    for block in blocks.iter_mut() {
        let first = text.paras[block.paras.start].first;
        if block.who.is_none() && text.is(first, "both") && named.len() == 2 {
            block.both.clone_from(&named);
        }
    }
    blocks.retain(|b| !b.both.is_empty() || !text.is(text.paras[b.paras.start].first, "both"));
}

enum Label {
    Question,
    Answer(Option<Id>),
}

fn label(text: &Text, entities: &Entities, first: usize, last: usize) -> Option<(usize, Label)> {
    const LONGEST: usize = 5;
    let sign = (first + 1..last.min(first + LONGEST))
        .find(|t| text.shape(*t) == Shape::Punct && text.is_just(*t, words![":", ".", ")", "-", "–"]))?;
    let word = text.word(first).to_ascii_uppercase();
    let one = sign == first + 1;
    if one
        && (word == "Q"
            || word == "QUESTION"
            || word.len() > 1 && word.starts_with('Q') && word[1..].bytes().all(|b| b.is_ascii_digit()))
    {
        return Some((sign + 1, Label::Question));
    }
    if one
        && (word == "A"
            || word == "ANSWER"
            || word.len() > 1 && word.starts_with('A') && word[1..].bytes().all(|b| b.is_ascii_digit()))
    {
        return Some((sign + 1, Label::Answer(None)));
    }
    if !text.is(sign, ":") || sign + 2 >= last {
        return None;
    }
    if one && text.is(first, "both") {
        return Some((sign + 1, Label::Answer(None)));
    }
    if let Some(who) = one.then(|| by_initials(text.word(first), entities)).flatten() {
        return Some((sign + 1, Label::Answer(Some(who))));
    }
    let mention = entities
        .between(first, sign)
        .first()
        .copied()
        .filter(|m| m.first == first && m.last == sign)?;
    if matches!(text.shape(sign + 1), Shape::Mark) || !entities.all[mention.entity].is_somebody() {
        return None;
    }
    // `Actor: Role, a clerk`: a line of a list of the cast.
    let cast = entities
        .covering(sign + 1)
        .is_some_and(|m| m.first == sign + 1 && (m.last >= last || text.is(m.last, ",")));
    if cast && !matches!(text.sign(last - 1), b'.' | b'!' | b'?') {
        return None;
    }
    Some((sign + 1, Label::Answer(Some(mention.entity))))
}

/// `BYS:` where the article names one Ban Yeo-sang.
fn by_initials(word: &str, entities: &Entities) -> Option<Id> {
    const MANY: usize = 24;
    if !(2..=4).contains(&word.len()) || !word.bytes().all(|b| b.is_ascii_uppercase()) {
        return None;
    }
    let fits = |name: &str| {
        let mut first = name.split([' ', '-']).filter_map(|part| part.chars().next());
        word.chars()
            .all(|c| first.next().is_some_and(|f| f.eq_ignore_ascii_case(&c)))
            && first.next().is_none()
    };
    let people = entities.all.iter().take(MANY).enumerate();
    let mut fitting = people.filter(|(_, e)| e.nature == Nature::Person && fits(&e.name));
    let (one, _) = fitting.next()?;
    fitting.next().is_none().then_some(one)
}
