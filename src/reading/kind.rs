//! What kind of news an article is, by the words of the headline and the first paragraphs.

use super::text::Text;
use crate::model::ArticleKind;

/// Phrases and what they speak for. The headline counts three times, the lead twice.
const SIGNS: &[(ArticleKind, f32, &[&str])] = &[
    (
        ArticleKind::PressConference,
        3.0,
        &[
            "press conference",
            "production presentation",
            "media day",
            "press con",
            "press event",
        ],
    ),
    (
        ArticleKind::ScriptReading,
        3.0,
        &["script reading", "table read", "table reading"],
    ),
    (
        ArticleKind::MakingOf,
        2.0,
        &[
            "making-of",
            "making of",
            "behind-the-scenes",
            "behind the scenes",
            "on set",
            "bts video",
            "between takes",
            "making film",
        ],
    ),
    (
        ArticleKind::Teaser,
        2.2,
        &["teaser", "trailer", "poster", "highlight reel", "highlight clip"],
    ),
    (
        ArticleKind::Stills,
        2.2,
        &[
            "stills",
            "still cuts",
            "next episode",
            "upcoming episode",
            "preview",
            "ahead of tonight",
        ],
    ),
    (
        ArticleKind::Casting,
        2.0,
        &[
            "in talks",
            "cast in",
            "confirmed to star",
            "to star in",
            "offered",
            "receives offer",
            "casting",
            "considering",
            "join the cast",
            "joins the cast",
            "joins cast",
            "joined the cast",
            "joins “",
            "joins '",
            "confirmed for",
            "confirms appearance",
            "steps down",
            "will be starring",
            "to lead",
            "lead role",
        ],
    ),
    (
        ArticleKind::Ratings,
        2.4,
        &[
            "ratings",
            "nielsen",
            "viewership",
            "all-time high",
            "personal best",
            "buzzworthy",
            "rankings",
            "ranking",
        ],
    ),
    (
        ArticleKind::Awards,
        2.4,
        &["awards", "daesang", "best actor", "best actress", "winners of"],
    ),
    (
        ArticleKind::Statement,
        2.0,
        &[
            "statement",
            "apologizes",
            "apologises",
            "denies",
            "respond to",
            "responds",
            "agencies respond",
            "agency respond",
            "dating",
            "legal action",
            "clarifies",
            "apology",
            "hospitalized",
            "lawsuit",
        ],
    ),
    (
        ArticleKind::Interview,
        2.0,
        &[
            "interview",
            "pictorial",
            "opens up",
            "opened up",
            "questions with",
            "q&a",
            "talks about",
            "shares how",
            "dishes on",
            "sat down",
            "sits down",
            "reflects on",
            "looks back",
            "in an interview",
            "picks",
            "reveals how",
        ],
    ),
    (
        ArticleKind::Variety,
        2.0,
        &[
            "talk show",
            "variety show",
            "radio",
            "as a guest",
            "guest on",
            "running man",
            "knowing bros",
            "cultwo",
            "reality show",
        ],
    ),
    (
        ArticleKind::Recap,
        2.0,
        &[
            "recap",
            "spoilers",
            "episodes ",
            "episode ",
            "lines from",
            "moments from",
            "moments in",
            "scenes from",
            "finale",
            "latest episode",
            "ending explained",
        ],
    ),
    (
        ArticleKind::List,
        2.0,
        &[
            "k-dramas to",
            "k-dramas that",
            "dramas to ",
            "reasons to",
            "things to",
            "best dramas",
            "must-watch",
            "watch if you",
            "k-dramas you",
            "dramas that",
            "actors who",
            "premiering in",
            "new k-dramas",
        ],
    ),
];

/// Decides the kind.
#[must_use]
pub fn of(title: &Text, body: &Text) -> ArticleKind {
    let headline = title.body.to_lowercase();
    let para = |n: usize| {
        body.paras
            .get(n)
            .map_or("", |p| cap(&body.body[p.start..p.end]))
            .to_lowercase()
    };
    let (lead, second) = (para(0), para(1));
    let mut best = (ArticleKind::News, 0.9_f32);
    for (kind, weight, words) in SIGNS {
        let count = |text: &str, most: usize| words.iter().filter(|w| text.contains(**w)).take(most).count() as f32;
        let mut score = weight * (3.0 * count(&headline, 2) + 2.0 * count(&lead, 2) + count(&second, 2)) / 3.0;
        if *kind == ArticleKind::List && headline.starts_with(|c: char| c.is_ascii_digit()) {
            score += 2.5;
        }
        if *kind == ArticleKind::Recap && headline.contains("episode") {
            score += 1.0;
        }
        if score > best.1 {
            best = (*kind, score);
        }
    }
    best.0
}

/// The beginning of a paragraph, which tells enough.
fn cap(text: &str) -> &str {
    let mut end = text.len().min(600);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Whether articles of this kind tell scenes of the drama.
#[must_use]
pub const fn tells_scenes(kind: ArticleKind) -> bool {
    matches!(
        kind,
        ArticleKind::Recap | ArticleKind::Teaser | ArticleKind::Stills | ArticleKind::List
    )
}

#[cfg(test)]
mod tests {
    use super::of;
    use crate::model::ArticleKind;
    use crate::reading::text::Text;

    #[test]
    fn headlines_tell_the_kind() {
        for (title, kind) in [
            (
                "Watch: Kim Bo Ra And Lee Do Han Laugh In Making-Of Video For “Paper Moon”",
                ArticleKind::MakingOf,
            ),
            ("“Paper Moon” Ratings Rise To All-Time High", ArticleKind::Ratings),
            ("Kim Bo Ra In Talks To Star In New Drama", ArticleKind::Casting),
            (
                "Kim Bo Ra Is Hiding A Secret In New Teaser For “Paper Moon”",
                ArticleKind::Teaser,
            ),
            ("5 K-Dramas To Watch If You Loved “Paper Moon”", ArticleKind::List),
            (
                "“Paper Moon” Cast Shows Teamwork At First Script Reading",
                ArticleKind::ScriptReading,
            ),
        ] {
            assert_eq!(of(&Text::line(title), &Text::line("")), kind, "{title}");
        }
    }
}
