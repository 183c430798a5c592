//! Lines of the drama that an actor is named for: `she delivered the line, “…”`, an actor's name where
//! a scene is told. They are the character's, with the actor beside.

use super::attribution::Rule;
use super::entity::{Entities, Id, Nature};
use super::lexicon::Class;
use super::quote::Draft;
use super::resolve::Speaker;
use super::scan::Spans;
use super::sentence::{self, Sentence};
use super::text::{Shape, Text};

/// How an article shows the drama.
#[derive(Clone, Copy)]
pub struct Shown {
    /// It tells scenes.
    pub scenes: bool,
    /// It is a review or a recap: who speaks in the present is somebody of the story, whatever they are called.
    pub review: bool,
}

/// Gives such lines to the one character whom their speaker plays; who plays several keeps them.
pub fn give(
    text: &Text,
    spans: &Spans,
    sentences: &[Sentence],
    entities: &Entities,
    shown: Shown,
    drafts: &mut [Draft],
) {
    for draft in drafts
        .iter_mut()
        .filter(|d| !matches!(d.claim.rule, Rule::Answer | Rule::Labelled))
    {
        let Some(span) = draft.spans.first().and_then(|n| spans.outer.get(*n)) else {
            continue;
        };
        let first = sentences
            .get(sentence::at(sentences, span.open))
            .map_or(span.open, |s| s.first);
        let told = shown.scenes && draft.claim.scene
            || shown.review && is_told_now(text, first.min(span.open), span.open, span.after());
        if !(told || is_performed(text, first.min(span.open), span.open)) {
            continue;
        }
        if let Some(choice) = draft.claim.choice.as_mut()
            && let Speaker::One(id) = &mut choice.speaker
            && let Some(role) = role_of(entities, *id)
        {
            *id = role;
        }
    }
}

fn role_of(entities: &Entities, actor: Id) -> Option<Id> {
    // An article casts far fewer.
    const MOST: usize = 512;
    let mut roles = (0..entities.all.len().min(MOST))
        .filter(|id| entities.all[*id].nature == Nature::Character && entities.all[*id].actor == Some(actor));
    let role = roles.next()?;
    roles.next().is_none().then_some(role)
}

/// `she says`, not `she said` nor `she revealed in an interview`: what stands beside the marks is told as a scene is.
fn is_told_now(text: &Text, first: usize, open: usize, after: usize) -> bool {
    const REACH: usize = 10;
    let before = first.max(open.saturating_sub(REACH))..open;
    let verb = |t: &usize| text.class(*t).has(Class::SAY) && text.shape(*t) == Shape::Lower;
    let now = |t: usize| text.word(t).ends_with('s') || text.class(t).has(Class::ING);
    before.rev().chain(after..after + REACH).find(verb).is_none_or(now)
}

/// `delivering the line, `, `replied in character, `: what is said before the marks in their sentence.
fn is_performed(text: &Text, first: usize, open: usize) -> bool {
    const REACH: usize = 12;
    const VERBS: &[&str] = &[
        "deliver",
        "delivers",
        "delivered",
        "delivering",
        "recites",
        "recited",
        "reciting",
        "utters",
        "uttered",
        "uttering",
        "reads",
        "read",
        "reading",
        "performs",
        "performed",
        "performing",
        "breathed",
        "practices",
        "rehearses",
        "rehearsed",
    ];
    let from = first.max(open.saturating_sub(REACH));
    let line = (from..open)
        .rev()
        .take(4)
        .find(|t| text.is(*t, "line") || text.is(*t, "lines"));
    // `set the tone with his very first line: `.
    let own = |line: usize| {
        line + 2 == open
            && text.word(line + 1) == ":"
            && (line.saturating_sub(3)..line).any(|t| text.class(t).has(Class::HE.with(Class::SHE)))
    };
    let with = |line: usize| text.is(first, "with") && line <= first + 3;
    let delivered =
        line.is_some_and(|line| own(line) || with(line) || (from..line).any(|t| VERBS.contains(&text.word(t))));
    let character =
        (from..open).any(|t| text.is(t, "in") && text.is(t + 1, "character") && !text.class(t + 2).has(Class::PREP));
    delivered || character
}

#[cfg(test)]
mod tests {
    use crate::catalogue::Catalogue;
    use crate::model::{Article, Paragraph, ParagraphKind, QuoteKind};
    use crate::reading::read;

    #[test]
    fn a_line_that_is_performed_is_the_characters() {
        let text = "Tae Yi Rang stars as Moon Ja Young in SBS’s “The Goat Precinct.” At the reading, Tae Yi Rang delivered \
                    the line, “I did not come here to look for goats!” Later she shared, “I was so nervous about that scene.”";
        let article = Article {
            title: "Tae Yi Rang At Script Reading For “The Goat Precinct”".to_owned(),
            paragraphs: vec![Paragraph {
                kind: ParagraphKind::Paragraph,
                text: text.to_owned(),
            }],
            ..Article::default()
        };
        let quotes = read(&article, &Catalogue::empty()).quotes;
        let told: Vec<_> = quotes
            .iter()
            .map(|q| (q.by().speaker.as_deref(), q.by().actor.as_deref(), q.by().kind))
            .collect();
        assert_eq!(
            told,
            [
                (Some("Moon Ja Young"), Some("Tae Yi Rang"), QuoteKind::Character),
                (Some("Tae Yi Rang"), None, QuoteKind::Cast)
            ]
        );
    }
}
