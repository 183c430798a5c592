//! What an article does with the drama, by its kind: it tells scenes, shows pictures and clips of it, or lets people talk.

use super::lexicon::{Class, asked};
use super::print::words;
use super::scan::Spans;
use super::text::Text;
use crate::model::ArticleKind;

/// A review or a recap by its headline: nobody but the characters speaks in it, in the present tense.
#[must_use]
pub fn is_review(title: &Text) -> bool {
    let word = |t: usize| {
        title.is(t, "review")
            || title.is(t, "recap")
            || title.is(t, "open") && title.is(t + 1, "thread")
            || title.is(t, "premiere") && title.is(t + 1, "watch")
            // `First Impressions: Exit Stage Left`; a press conference tells of them as well.
            || t == 0 && title.is(t, "first") && title.is_one(t + 1, words!["impression", "impressions"]) && title.is(t + 2, ":")
    };
    (0..title.tokens.len()).any(word)
}

/// Whether people talk about the drama in articles of this kind: a sentence about a character tells no scene there.
#[must_use]
pub const fn is_talk(kind: ArticleKind) -> bool {
    matches!(
        kind,
        ArticleKind::Interview | ArticleKind::PressConference | ArticleKind::Statement | ArticleKind::Awards
    )
}

/// Whether an article shows the drama itself: by its kind, or as news of pictures and clips of it, or of an episode.
#[must_use]
pub fn shows(kind: ArticleKind, body: &Text, spans: &Spans) -> bool {
    const PARAGRAPHS: usize = 6;
    let end = body.paras.get(PARAGRAPHS).map_or(body.tokens.len(), |p| p.first);
    let shown = || {
        // `“My grandmother has seen the trailer”`: what somebody says shows nothing.
        (2..end).any(|t| {
            body.is_in(t, asked::PICTURES)
                && (body.class(t - 1).has(Class::DET) || body.is(t - 1, "new"))
                && !spans.is_inside(t)
        })
    };
    // `The April 28 episode began with`, `On the previous episode, Kim`: news that tell what happened in it.
    let retold = || {
        (1..end).filter(|t| body.is(*t, "episode")).any(|t| {
            body.is(t - 1, "previous")
                || body.is_one(
                    t + 1,
                    words![
                        "began", "begins", "opened", "opens", "started", "starts", "ended", "ends"
                    ],
                ) && body.is(t + 2, "with")
        })
    };
    tells_scenes(kind) || kind == ArticleKind::News && (shown() || retold())
}

/// Whether articles of this kind tell scenes of the drama.
#[must_use]
pub const fn tells_scenes(kind: ArticleKind) -> bool {
    matches!(
        kind,
        ArticleKind::Recap | ArticleKind::Teaser | ArticleKind::Stills | ArticleKind::List
    )
}
