//! What the bot says by itself in a channel that follows something, beside stories.

use super::{
    card::{Card, Embed},
    color::HONEY,
    limits,
    words::{moment, number, say},
};
use crate::model::{Lang, Millis};

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
