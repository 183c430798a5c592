//! Earlier stories about the same drama and people.

use super::note;
use crate::{
    model::{GuildId, Lang, answer::RelatedStory},
    view::{
        card::Card,
        color::{PERSIMMON, PLUM},
        cut::Sheet,
        escape::safe,
        limits::DESCRIPTION,
        link::masked,
        words::{moment, say},
    },
};

/// Most characters of a headline.
const TITLE: usize = 120;

/// A line each: the headline with its link, the outlet and when; and the post, where there is one in the channel.
pub(super) fn related(lang: Lang, guild: Option<GuildId>, stories: &[RelatedStory]) -> Card {
    let title = say(lang, "Related stories", "관련 소식");
    if stories.is_empty() {
        let words = say(
            lang,
            "Nothing earlier is known about this drama or these people.",
            "이 드라마나 인물에 대한 이전 소식이 아직 없어요.",
        );
        return note(PERSIMMON, title, words);
    }
    let mut sheet = Sheet::new(DESCRIPTION);
    for story in stories {
        let post = guild.zip(story.post).map(|(guild, (channel, message))| {
            let address = format!("https://discord.com/channels/{guild}/{channel}/{message}");
            format!(" · [{}]({address})", say(lang, "the post", "게시글"))
        });
        sheet.line(&format!(
            "{}\n{} · {}{}",
            masked(&story.title, story.url.as_deref(), TITLE),
            safe(&story.source, 80),
            moment(story.at, 'R'),
            post.unwrap_or_default()
        ));
    }
    note(PLUM, title, sheet.done())
}
