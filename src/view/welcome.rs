//! The one message to a new server.

use super::{
    card::{Card, Embed},
    color::PERSIMMON,
    limits,
};
use crate::model::Lang;

/// Says who has come, and how to begin.
#[must_use]
pub fn welcome(lang: Lang) -> Card {
    let (title, description, footer) = match lang {
        Lang::En => (
            "대사 · Daesa is here",
            "*Daesa* is a line spoken in a drama. I read K-drama news, and post a short summary with what the cast said.\n\n\
             **To begin**\n\
             `/subscribe` in the channel that the stories should go to: a drama, a person, or everything. \
             That takes the permission Manage Channels.\n\
             `/preview` shows what a story would look like there.\n\n\
             **For everybody**\n\
             `/quote` finds what somebody said, in hangul or any spelling.\n\
             React to a post with how it makes you feel; `/top` and `/mood` show how everybody felt.\n\n\
             `/help` has the rest, and `/check` shows any permission that I am still missing.",
            "I mention nobody and keep little: /privacy",
        ),
        Lang::Ko => (
            "대사가 왔어요",
            "K드라마 뉴스를 읽고, 짧은 요약과 출연진이 한 말을 채널에 올려 드려요.\n\n\
             **시작하려면**\n\
             소식을 받을 채널에서 `/구독`을 써 주세요. 드라마, 인물, 또는 전체를 고를 수 있어요. \
             ‘채널 관리하기’ 권한이 필요해요.\n\
             `/미리보기`는 그 채널에서 소식이 어떻게 보일지 보여 드려요.\n\n\
             **누구나**\n\
             `/대사`로 누가 무슨 말을 했는지 찾아보세요. 한글도 로마자도 괜찮아요.\n\
             글에 느낀 대로 반응을 남겨 주세요. `/순위`와 `/반응`이 모두의 마음을 보여 드려요.\n\n\
             나머지는 `/도움말`에 있고, 아직 없는 권한은 `/점검`이 알려 드려요.",
            "아무도 멘션하지 않고, 간직하는 것도 적어요: /개인정보",
        ),
    };
    limits::bounded(Card {
        embeds: vec![Embed {
            title: title.to_owned(),
            description: description.to_owned(),
            color: PERSIMMON,
            footer: Some(footer.to_owned()),
            ..Embed::default()
        }],
        ..Card::default()
    })
}
