//! A story as it is posted: outlet, headline with link and time, drama and network, summary, what
//! the cast said, picture, links, and how to vote.

use super::{
    behind,
    card::{Button, Card, Embed},
    color::{PERSIMMON, color_of},
    cut::Sheet,
    escape::{is_blank, plain, safe, safe_sentences},
    limits::{self, DESCRIPTION},
    link::{address, embed_address, link_button, masked},
    spoiler::{gives_away, hidden},
    words::{bold, byline, say, spoken, stamp},
};
use crate::{
    command::Press,
    model::{
        Emoji, Feeling, Feelings, Lang, Manner, Votes,
        answer::{Story, StoryQuote},
    },
};

/// Respect for the outlets: most characters of a summary and of a quote, and most quotes.
const SUMMARY_MAX: usize = 400;
const QUOTE_MAX: usize = 280;
const QUOTES_MAX: usize = 4;

/// Buttons of a row, and rows of them that leave room for the links.
const VOTES_ROW: usize = 5;
const VOTES_ROWS: usize = 4;

/// Discord's longest name of a thread.
const THREAD_MAX: usize = 100;

/// The mark of a story whose page is gone.
const fn taken_down(lang: Lang) -> &'static str {
    say(
        lang,
        "The outlet has taken this story down.",
        "매체에서 이 기사를 내렸어요.",
    )
}

/// Most dramas named in the line above the summary.
const DRAMAS_MAX: usize = 3;

/// A story's post, in the language of its server and the manner that its channel wants. `feelings` are those that can be voted with; none: no word
/// about votes.
#[must_use]
pub fn post(lang: Lang, story: &Story, feelings: &Feelings, manner: &Manner) -> Card {
    let hide = manner.spoiler && gives_away(story.kind, &story.title);
    let shown = |text: String| if hide && !text.is_empty() { hidden(&text) } else { text };
    let mut sheet = Sheet::new(DESCRIPTION);
    if story.withdrawn {
        sheet.paragraph(&format!("*{}*", taken_down(lang)));
    }
    // Of a story that has no text the headline is all there is to tell.
    let summary = Some(story.summary.as_str()).filter(|summary| *summary != story.title);
    let summary = summary.map(|summary| behind::headline(summary, &story.title, story.network.as_deref()));
    for paragraph in [
        about_line(story),
        shown(safe_sentences(
            &summary.unwrap_or_default(),
            SUMMARY_MAX,
            2 * SUMMARY_MAX,
        )),
    ] {
        if !paragraph.is_empty() {
            sheet.paragraph(&paragraph);
        }
    }
    for quote in story
        .quotes
        .iter()
        .filter(|quote| !is_blank(&quote.text))
        .take(QUOTES_MAX)
    {
        sheet.paragraph(&said(lang, quote, hide));
    }
    let also = also_line(lang, story);
    if !also.is_empty() {
        sheet.paragraph(&also);
    }
    let embed = Embed {
        title: headline(lang, story),
        url: embed_address(story.url.as_deref()),
        description: sheet.done(),
        color: story.drama_key.as_deref().map_or(PERSIMMON, color_of),
        author: Some(plain(&story.source, 128)).filter(|source| !source.is_empty()),
        image: embed_address(story.image.as_deref()).filter(|_| !hide),
        footer: vote_hint(lang, feelings, manner.votes),
        timestamp: stamp(story.at),
        ..Embed::default()
    };
    let watch = link_button(say(lang, "▶ Watch the drama", "▶ 드라마 보기"), story.watch.as_deref());
    let clip = link_button(
        say(lang, "🎬 See the clip", "🎬 영상 보기"),
        story
            .clip
            .as_deref()
            .filter(|clip| story.watch.as_deref() != Some(clip)),
    );
    let links = watch
        .into_iter()
        .chain(clip)
        .chain(related_button(lang, story))
        .collect();
    limits::bounded(Card {
        embeds: vec![embed],
        buttons: vec![links],
        ..called(manner)
    })
}

/// A button that lists earlier stories, where there are some.
fn related_button(lang: Lang, story: &Story) -> Option<Button> {
    let press = Press::Related { article: story.article };
    let id = press.to_id().filter(|_| story.related)?;
    Some(Button::Action {
        label: say(lang, "Related", "관련 소식").to_owned(),
        id,
        primary: false,
        danger: false,
    })
}

/// The card that mentions the roles that are to be, and nothing else.
fn called(manner: &Manner) -> Card {
    let roles: Vec<String> = manner.roles.iter().map(|role| format!("<@&{role}>")).collect();
    Card {
        content: roles.join(" "),
        pings: manner.roles.clone(),
        ..Card::default()
    }
}

/// The name of a thread about a story: its headline as plain text.
#[must_use]
pub fn thread_name(lang: Lang, story: &Story) -> String {
    let title = plain(&story.title, THREAD_MAX);
    let source = plain(&story.source, THREAD_MAX);
    [title, source]
        .into_iter()
        .find(|name| !name.is_empty())
        .unwrap_or_else(|| say(lang, "A story", "소식").to_owned())
}

/// The post when Discord refused the card: headline, outlet and link, nothing that can be wrong.
#[must_use]
pub fn plain_post(lang: Lang, story: &Story, manner: &Manner) -> Card {
    let called = called(manner);
    let mut sheet = Sheet::new(2000);
    if !called.content.is_empty() {
        sheet.line(&called.content);
    }
    sheet.line(&format!("**{}**", headline(lang, story)));
    if story.withdrawn {
        sheet.line(&format!("*{}*", taken_down(lang)));
    }
    let source = safe(&story.source, 128);
    if !source.is_empty() {
        sheet.line(&source);
    }
    if let Some(url) = story.url.as_deref().and_then(|url| address(url, 1024)) {
        sheet.line(&url);
    }
    limits::bounded(Card {
        content: sheet.done(),
        ..called
    })
}

/// The headline; a story without one is named after its outlet, because the title carries the link.
fn headline(lang: Lang, story: &Story) -> String {
    let title = safe(&story.title, 250);
    if !title.is_empty() {
        return title;
    }
    let source = safe(&story.source, 128);
    match lang {
        _ if source.is_empty() => say(lang, "A story without a headline", "제목 없는 소식").to_owned(),
        Lang::En => format!("A story at {source}"),
        Lang::Ko => format!("{source}의 소식"),
    }
}

/// `Also at [Outlet](address) · [Other](address)`
fn also_line(lang: Lang, story: &Story) -> String {
    let links: Vec<String> = story
        .also
        .iter()
        .filter(|(outlet, _)| !is_blank(outlet))
        .map(|(outlet, url)| masked(outlet, Some(url), 80))
        .collect();
    if links.is_empty() {
        return String::new();
    }
    format!("{} {}", say(lang, "Also at", "다른 매체에서도:"), links.join(" · "))
}

/// `**Lovers of the Red Sky** · SBS`
fn about_line(story: &Story) -> String {
    let named = |text: &&String| !is_blank(text);
    let dramas = story
        .drama
        .iter()
        .filter(named)
        .take(DRAMAS_MAX)
        .map(|drama| bold(drama));
    let network = story.network.iter().filter(named).map(|network| safe(network, 60));
    dramas.chain(network).collect::<Vec<_>>().join(" · ")
}

/// The words as a quotation, and below them who said them. Hidden with who said them: a character's name may be
/// what the story gives away.
fn said(lang: Lang, quote: &StoryQuote, hide: bool) -> String {
    let words = spoken(&quote.text, QUOTE_MAX);
    let by = quote.speaker.as_deref().filter(|speaker| !is_blank(speaker));
    let by = by.map(|speaker| byline(lang, speaker, quote.role.as_deref(), quote.kind));
    let outlet = quote.outlet.as_deref().filter(|outlet| !is_blank(outlet));
    let by = match (by, outlet.map(|outlet| at(lang, &safe(outlet, 80)))) {
        (Some(by), Some(outlet)) => Some(format!("{by} ({outlet})")),
        (by, outlet) => by.or(outlet),
    };
    let line = |text: String| if hide { hidden(&text) } else { text };
    match by {
        Some(by) => format!("> {}\n> {}", line(words), line(format!("— {by}"))),
        None => format!("> {}", line(words)),
    }
}

/// Where a line stands that the story's own article has not.
fn at(lang: Lang, outlet: &str) -> String {
    match lang {
        Lang::En => format!("at {outlet}"),
        Lang::Ko => format!("{outlet} 기사"),
    }
}

/// A post with a button for each feeling above its links, and how many have pressed it.
#[must_use]
pub fn with_buttons(card: Card, feelings: &Feelings, counts: &[(Emoji, u64)]) -> Card {
    let button = |feeling: &Feeling| {
        let emoji = feeling.button();
        let count = counts.iter().find(|(counted, _)| *counted == emoji);
        Some(Button::Vote {
            emoji: feeling.seed.clone(),
            count: count.map_or(0, |(_, votes)| *votes),
            id: Press::Vote { emoji }.to_id()?,
        })
    };
    let votes: Vec<Button> = feelings.0.iter().filter_map(button).collect();
    let rows = votes.chunks(VOTES_ROW).take(VOTES_ROWS).map(<[Button]>::to_vec);
    limits::bounded(Card {
        buttons: rows.chain(card.buttons).collect(),
        ..card
    })
}

fn vote_hint(lang: Lang, feelings: &Feelings, votes: Votes) -> Option<String> {
    match votes {
        Votes::Off => return None,
        Votes::Reactions => {}
        Votes::Buttons if feelings.0.is_empty() => return None,
        Votes::Buttons => {
            let hint = say(
                lang,
                "How does this make you feel? Press once to vote, again to take it back",
                "어떤 마음이 드시나요? 누르면 투표하고, 다시 누르면 취소해요",
            );
            return Some(hint.to_owned());
        }
    }
    // A server's own emoji is drawn only in Markdown, which a footer is not.
    let shown = feelings.0.iter().map(|feeling| {
        if feeling.seed.starts_with('<') {
            &feeling.name
        } else {
            &feeling.seed
        }
    });
    let shown = shown.take(20).map(String::as_str).collect::<Vec<_>>().join(" ");
    let hint = say(
        lang,
        "How does this make you feel? React with",
        "어떤 마음이 드시나요? 반응으로 남겨 주세요:",
    );
    (!shown.is_empty()).then(|| format!("{hint} {shown}"))
}
