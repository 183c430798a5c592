//! Learns who is “he” and who is “she”, from the sentences where only one person can be meant.

mod eliminate;
mod heard;
mod others;

pub(super) use others::is_object;

use super::entity::Entities;
use super::lexicon::Class;
use super::print::words;
use super::scan::Spans;
use super::sentence::{Sentence, Sentences};
use super::speech::{Judged, Verdict};
use super::text::{Shape, Text};
use crate::model::ParagraphKind;
use heard::Heard;

/// Adds votes to the entities. What a scene tells is for `scene` to count.
pub fn learn(
    text: &Text,
    spans: &Spans,
    judged: &[Judged],
    sentences: &Sentences,
    scenes: &[bool],
    entities: &mut Entities,
) {
    let mut span = 0;
    // The paragraph of the sentence before, where that was words and who says them.
    let mut spoke: Option<usize> = None;
    let mut said = false;
    // The one who alone was told of last, and in which paragraph.
    let mut alone: Option<(usize, usize)> = None;
    // What that sentence itself said they are.
    let mut told: Option<bool> = None;
    for sentence in sentences.iter() {
        // A block quotation is somebody's speech: whom it calls “he” was not told before it.
        let paragraph = text.paras.get(sentence.para);
        if paragraph.is_some_and(|p| matches!(p.kind, ParagraphKind::Quote | ParagraphKind::Heading))
            || scenes[sentence.para]
        {
            alone = None;
            continue;
        }
        let mut heard = Heard::default();
        // Somebody has spoken in the sentence before.
        let before = std::mem::take(&mut said);
        let mut next = entities.mention_from(sentence.first);
        let mut token = sentence.first;
        while token < sentence.last {
            while span < spans.outer.len() && spans.outer[span].after() <= token {
                span += 1;
            }
            if let Some(s) = spans.outer.get(span)
                && s.open <= token
                && (judged[span].is_speech() || judged[span].verdict == Verdict::Caption)
            {
                token = s.after().max(token + 1);
                said = true;
                continue;
            }
            while entities.mentions.get(next).is_some_and(|m| m.last <= token) {
                next += 1;
            }
            if let Some(mention) = entities.mentions.get(next).filter(|m| m.first == token)
                && entities.all[mention.entity].is_somebody()
            {
                heard.name(text, entities, mention, sentence.first);
            }
            let edge = |first: usize, last: usize| if first > token { first } else { last };
            let mark = spans.outer.get(span).map_or(usize::MAX, |s| edge(s.open, s.after()));
            let name = entities
                .mentions
                .get(next)
                .map_or(usize::MAX, |m| edge(m.first, m.last));
            // Up to there no mark and no name begins or ends.
            let plain = mark.min(name).clamp(token + 1, sentence.last);
            heard.words(text, entities, token, plain);
            token = plain;
        }
        heard.cast(entities);
        let own = attributed(text, spans, judged, sentence);
        // `“…?” asks Kim. “…,” she answers.`: whoever says it after another has said something is not that other.
        // Nor need it be where a paragraph opens behind what that one has said.
        let turn = own.is_some() && before && alone.is_some_and(|(_, para)| para < sentence.para);
        if turn || own.is_some_and(|verb| before && answers(text, verb) || spoke == Some(sentence.para)) {
            alone = None;
        }
        spoke = own.map(|_| sentence.para);
        // `Kim finishes the row. “…,” laughs the actress.`; but in `“He said no,” the actress laughed` he is Kim.
        let told_of = || {
            let opens = text.class(sentence.first + 1);
            opens.has(Class::NOMINATIVE) && !opens.has(Class::THEY)
        };
        if let (Some(verb), Some((id, para))) = (own, alone)
            && para == sentence.para
            && is_said_by_her(text, verb)
            && !told_of()
        {
            vote(entities, id, Class::SHE, 0.7);
        }
        // `The prize went to Kim. The actress walked up`: who is told of goes on by what she is.
        let noun = |t: usize| text.class(t).has(Class::EPITHET) && text.class(t).has(Class::FEMALE);
        let goes_on = text.is(sentence.first, "the") && noun(sentence.first + 1) && !heard.names_somebody();
        if let Some((id, _)) = alone.filter(|(_, para)| goes_on && *para == sentence.para) {
            vote(entities, id, Class::SHE, 0.5);
        }
        // `Wang shook his head. ¶ Talk turned to her co-star`: she is another.
        let other =
            |para: usize| para < sentence.para && told.is_some() && heard.opens_with_she() == told.map(|she| !she);
        let same = alone.filter(|(_, para)| !other(*para));
        heard.cast_for_the_one_before(entities, sentence, same);
        alone = heard.alone(text, sentence, same);
        told = alone
            .and_then(|(id, _)| heard.told_as(id))
            .or(told.filter(|_| alone == same));
    }
    told_of_in_speech(text, spans, judged, entities);
    share(entities);
    eliminate::eliminate(text, spans, judged, sentences, scenes, entities);
}

/// `“I called Lee from the platform, and he was crying”`: who alone is named in what somebody says is who is spoken of.
fn told_of_in_speech(text: &Text, spans: &Spans, judged: &[Judged], entities: &mut Entities) {
    const REACH: usize = 40;
    const TOLD: f32 = 0.4;
    for (span, judged) in spans.outer.iter().zip(judged) {
        if !judged.is_speech() {
            continue;
        }
        let named = entities.between(span.first(), span.close);
        let Some(first) = named.first() else { continue };
        let (id, from) = (first.entity, first.last);
        let alone = entities.all[id].is_somebody() && named.iter().all(|m| m.entity == id);
        // `“Lee, she is looking at me!”`: who is called is another.
        let called = matches!(text.sign(from), b',' | b'!' | b'?' | b'.');
        if !alone || called || text.shape(from) == Shape::Clitic {
            continue;
        }
        // A mark inside opens the words of another.
        let end = span.close.min(from + REACH);
        let pronouns = (from..end)
            .take_while(|t| text.shape(*t) != Shape::Mark)
            .map(|t| text.class(t))
            .filter(|class| class.has(Class::HE.with(Class::SHE)));
        // `The script says that Lee looks away, but I heard his voice`: “his” may be anybody's.
        let class = pronouns.clone().find(|class| class.has(Class::NOMINATIVE));
        if let Some(class) = class
            && pronouns
                .clone()
                .all(|other| other.has(Class::SHE) == class.has(Class::SHE))
        {
            vote(entities, id, class, TOLD);
        }
    }
}

/// The verb of a sentence that is words in marks and an attribution behind them.
fn attributed(text: &Text, spans: &Spans, judged: &[Judged], sentence: &Sentence) -> Option<usize> {
    if text.shape(sentence.first) != Shape::Mark {
        return None;
    }
    let at = spans.outer.partition_point(|s| s.open < sentence.first);
    let judged = spans
        .outer
        .get(at)
        .filter(|s| s.open == sentence.first)
        .and_then(|_| judged.get(at))?;
    judged
        .after()
        .filter(|after| judged.is_speech() && after.plain)
        .map(|after| after.verb)
}

/// `laughs the actress`, `the actress laughs`: a noun for women alone is the subject of a verb.
fn is_said_by_her(text: &Text, verb: usize) -> bool {
    let her = |t: usize| {
        text.is(t.wrapping_sub(1), "the") && text.class(t).has(Class::EPITHET) && text.class(t).has(Class::FEMALE)
    };
    her(verb + 2) || her(verb.wrapping_sub(1))
}

/// A verb of one who was spoken to.
fn answers(text: &Text, verb: usize) -> bool {
    text.is_one(
        verb,
        words![
            "answers",
            "answered",
            "replies",
            "replied",
            "responds",
            "responded",
            "retorts",
            "retorted",
            "counters",
            "countered",
            "corrects",
            "corrected",
            "protests",
            "protested",
        ],
    )
}

fn vote(entities: &mut Entities, id: usize, class: Class, weight: f32) {
    if class.has(Class::SHE) {
        entities.all[id].she += weight;
    } else {
        entities.all[id].he += weight;
    }
}

/// A character and the actor are of one gender.
fn share(entities: &mut Entities) {
    for id in 0..entities.all.len() {
        if let Some(actor) = entities.all[id].actor {
            let (she, he) = (
                entities.all[id].she + entities.all[actor].she,
                entities.all[id].he + entities.all[actor].he,
            );
            for other in [id, actor] {
                entities.all[other].she = she;
                entities.all[other].he = he;
            }
        }
    }
}
