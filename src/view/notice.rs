//! What the bot says by itself in a channel that follows something, beside stories.

use super::{
    card::{Card, Embed},
    color::{HONEY, PERSIMMON},
    cut::{Sheet, length},
    escape::safe,
    limits::{self, DESCRIPTION},
    link::{embed_address, masked},
    words::{moment, number, say},
};
use crate::model::{Lang, Millis, answer::Story};

/// The bot may post in the channel again: since when it could not, and how many stories waited.
#[must_use]
pub fn open_again(lang: Lang, since: Millis, waiting: u64) -> Card {
    let (since, count) = (moment(since, 'R'), number(waiting));
    let text = match (lang, waiting) {
        (Lang::En, 1) => {
            format!("I had lost the permission to post here {since}. One story has waited; it follows now.")
        }
        (Lang::En, _) => {
            format!("I had lost the permission to post here {since}. {count} stories have waited; they follow now.")
        }
        (Lang::Ko, _) => format!(
            "{since}에 이 채널에 글을 올릴 권한을 잃었다가 되찾았어요. 기다리던 소식 {count}개를 이제 올릴게요."
        ),
    };
    limits::bounded(Card {
        embeds: vec![Embed {
            title: say(lang, "I can post here again", "다시 올릴 수 있어요").to_owned(),
            description: text,
            color: HONEY,
            ..Embed::default()
        }],
        ..Card::default()
    })
}

/// Most characters of a headline in a digest: twenty of them fit into a message even without their links.
const HEADLINE: usize = 85;
/// Room for the list beside everything else.
const LIST: usize = DESCRIPTION - 100;

/// Several stories in one message: what a channel missed while the bot was away, oldest first. Its link is the first
/// story's, by which it is found again. `plain`: as text alone, when Discord refused the card.
#[must_use]
pub fn digest(lang: Lang, stories: &[Story], plain: bool) -> Card {
    let count = number(stories.len() as u64);
    let title = match lang {
        Lang::En => format!("While I was away: {count} stories"),
        Lang::Ko => format!("자리를 비운 사이의 소식 {count}개"),
    };
    let headline = |story: &Story, linked: bool| {
        let url = story.url.as_deref().filter(|_| linked && !story.withdrawn);
        format!("- {}", masked(&story.title, url, HEADLINE))
    };
    let line = |story: &Story, linked: bool| format!("{} · {}", headline(story, linked), safe(&story.source, 20));
    if plain {
        let mut sheet = Sheet::new(2000);
        sheet.line(&format!("**{title}**"));
        sheet.lines(stories.iter().map(|story| headline(story, false)));
        return limits::bounded(Card {
            content: sheet.done(),
            ..Card::default()
        });
    }
    // No headline is left out for room: the longest links are.
    let mut lines: Vec<(String, String)> = stories.iter().map(|one| (line(one, true), line(one, false))).collect();
    while lines.iter().map(|(shown, _)| length(shown) + 1).sum::<usize>() > LIST {
        let Some((shown, bare)) = lines
            .iter_mut()
            .max_by_key(|(shown, bare)| length(shown) - length(bare).min(length(shown)))
        else {
            break;
        };
        if shown == bare {
            break;
        }
        shown.clone_from(bare);
    }
    let mut sheet = Sheet::new(DESCRIPTION);
    sheet.lines(lines.into_iter().map(|(shown, _)| shown));
    limits::bounded(Card {
        embeds: vec![Embed {
            title,
            url: embed_address(stories.first().and_then(|story| story.url.as_deref())),
            description: sheet.done(),
            color: PERSIMMON,
            footer: Some(
                say(
                    lang,
                    "/quote finds what was said in them",
                    "그 안의 말은 /대사로 찾을 수 있어요",
                )
                .to_owned(),
            ),
            ..Embed::default()
        }],
        ..Card::default()
    })
}
