//! Finds every mention of everybody that `people` accepted: full names, surnames, given names.

use super::entity::{Entities, LONG_NAME, Mention, push_key};
use super::lexicon::Class;
use super::nameless;
use super::names::{is_inner_point, is_short_title};
use super::people::{Source, in_speech, opens_sentence, titles};
use super::print::words;
use super::text::{Shape, Text};

/// Finds every mention of everybody.
pub(super) fn link(source: &Source<'_>, entities: &mut Entities) {
    let text = source.text;
    let mut mentions = Vec::with_capacity(text.tokens.len() / 16);
    let mut skip = titles(source).into_iter().peekable();
    let mut key = String::with_capacity(LONG_NAME);
    for para in &text.paras {
        let mut at = para.first;
        while let Some(here) = text.next_capital(at, para.last) {
            at = here;
            while skip.next_if(|(_, last)| *last <= at).is_some() {}
            if let Some((first, last)) = skip.peek()
                && *first <= at
            {
                at = (*last).max(at + 1);
                continue;
            }
            match entities
                .may_begin(text.bytes(at))
                .then(|| mention(source, entities, at, para.last, &mut key))
                .flatten()
            {
                Some(mention) => {
                    at = mention.last;
                    mentions.push(mention);
                }
                None => at += 1,
            }
        }
    }
    entities.mention(mentions);
}

/// The mention that begins at a token of a paragraph that ends at `stop`. `key` is room to work in.
fn mention(source: &Source<'_>, entities: &Entities, at: usize, stop: usize, key: &mut String) -> Option<Mention> {
    const WORDS: usize = 5;
    let text = source.text;
    let mut end = at + 1;
    while end < stop
        && end - at < WORDS
        && (text.is_capital(end)
            || text.shape(end) == Shape::Number
            || match text.initial(end) {
                b'&' => true,
                b',' => text.after(end).is_uppercase(),
                // `Tree of Nine`, `Salt and Light`.
                b'o' | b'a' | b'b' => text.is_just(end, words!["of", "and", "by"]) && text.is_capital(end + 1),
                // `Dr. Han`, `Reaper No. 77`.
                b'.' => {
                    text.is(end, ".")
                        && (is_short_title(text.word(end - 1)) || text.is(end - 1, "No") || is_inner_point(text, end))
                }
                _ => false,
            })
    {
        end += 1;
    }
    // The key of the longest name holds those of all shorter ones.
    let mut ends = [0; WORDS + 1];
    key.clear();
    for token in at..end {
        push_key(text.word(token), key);
        ends[token + 1 - at] = key.len();
    }
    for last in (at + 1..=end).rev() {
        let bearers = entities.named(&key[..ends[last - at]]);
        let Some((entity, full)) = bearers
            .iter()
            .find(|(_, full)| *full)
            .or_else(|| bearers.first())
            .copied()
        else {
            continue;
        };
        let in_speech = in_speech(source, at);
        if !full && last - at == 1 && !is_short_name(source, at, in_speech) {
            continue;
        }
        return Some(Mention {
            first: at,
            last,
            entity,
            ambiguous: !full && bearers.len() > 1,
            in_speech,
            full,
        });
    }
    None
}

/// A surname or given name alone that is an English word needs a sign that it is a name.
fn is_short_name(source: &Source<'_>, at: usize, speech: bool) -> bool {
    let text = source.text;
    // Part of a longer name of somebody who was not accepted.
    let next = text.tokens.get(at + 1).is_some_and(|t| t.is_capital()) && !text.class(at + 1).is_english();
    let previous = at > 0
        && text.is_capital(at - 1)
        && text.class(at - 1).has(Class::SURNAME)
        && !text.class(at - 1).is_english()
        && text.before(at) == ' ';
    if next || previous {
        return false;
    }
    if !text.class(at).is_english() {
        return true;
    }
    // `but Mom blocks the stairs`: a relative without an article is called so like by a name.
    if !nameless::at_home(&text.word(at).to_ascii_lowercase()).is_empty() {
        return !speech;
    }
    // `Do: “…”`.
    let label = opens_sentence(source, at) && text.is(at + 1, ":") && text.shape(at + 2) == Shape::Mark;
    // `Hong howls`, `Sang played the moment`: a noun in front of what somebody does.
    let word = text.word(at + 1);
    // `Do recorded`: no verb in the past stands behind “do”.
    let acts = (is_noun_alone(text, at) || text.is(at, "do") && word.ends_with("ed"))
        && text.shape(at + 1) == Shape::Lower
        && (word.ends_with("ed") || word.ends_with('s') && !word.ends_with("ss"))
        && !text
            .class(at + 1)
            .has(Class::PLURAL.with(Class::TITLE).with(Class::PREP).with(Class::CONJ));
    let signed = label
        || acts
        || matches!(text.sign(at + 1), b',' | b')')
        || text.shape(at + 1) == Shape::Clitic
        || text.class(at + 1).has(Class::SAY.with(Class::AUX).with(Class::ADV))
        // `“…,” said Hong in the clip`.
        || at > 0 && text.shape(at - 1) == Shape::Lower && text.class(at - 1).has(Class::SAY);
    !speech
        && signed
        && (!opens_sentence(source, at)
            || label
            || acts
            || text.class(at + 1).has(Class::SAY)
            || text.is(at + 1, ",")
            || text.shape(at + 1) == Shape::Clitic
            || text.class(at + 1).has(Class::AUX) && is_noun_alone(text, at)
            // `Do had to learn`: two auxiliary verbs do not stand together.
            || text.class(at).has(Class::AUX)
                && text.class(at).has(Class::SURNAME)
                && text.class(at + 1).has(Class::AUX))
}

/// `Song is careful`: a surname that is a noun, where a noun would need an article.
fn is_noun_alone(text: &Text, at: usize) -> bool {
    text.class(at).has(Class::SURNAME)
        && !text.class(at).has(
            Class::PREP
                .with(Class::ADV)
                .with(Class::DET)
                .with(Class::CONJ)
                .with(Class::AUX)
                .with(Class::NOMINATIVE)
                .with(Class::FIRST),
        )
        && !text.is_one(at, words!["you", "so", "oh", "no", "me", "ye"])
}
