//! What a story would look like, and what works in a channel.

use super::note;
use crate::{
    command::Press,
    model::{
        ChannelId, Feelings, Lang, Manner,
        answer::{Checked, Need, Story},
    },
    view::{
        card::{Button, Card},
        color::{HONEY, JADE},
        cut::Sheet,
        limits::DESCRIPTION,
        post::post,
        words::{channel, moment, number, say},
    },
};

/// The sentence is for the one who asks, the post as all would see it: `posted` is the server's language.
pub(super) fn preview((lang, posted): (Lang, Lang), story: &Story, feelings: &Feelings, manner: &Manner) -> Card {
    let content = say(
        lang,
        "This is how the newest story would look here.",
        "가장 새로운 소식은 여기서 이렇게 보여요.",
    );
    let card = post(posted, story, feelings, manner);
    // What would be mentioned is shown, and nobody is.
    let content = match card.content.as_str() {
        "" => content.to_owned(),
        roles => format!("{content}\n{roles}"),
    };
    Card {
        content,
        pings: Vec::new(),
        ..card
    }
}

pub(super) fn no_story(lang: Lang) -> Card {
    let text = say(
        lang,
        "I have read no such story yet. As soon as one is in the feeds, I can show it; `/about` tells when I last read them.",
        "아직 그런 소식을 읽지 못했어요. 소식이 들어오는 대로 보여 드릴 수 있어요. 언제 살펴봤는지는 `/소개`가 알려 드려요.",
    );
    note(HONEY, say(lang, "No story yet", "아직 소식이 없어요"), text)
}

/// Below the card, the button that tries again what is held or was given up in a channel.
pub(super) fn with_retry(lang: Lang, card: Card, channel: Option<ChannelId>) -> Card {
    let id = channel.and_then(|channel| Press::Retry { channel }.to_id());
    let button = id.map(|id| Button::Action {
        label: say(lang, "Try again", "다시 시도").to_owned(),
        id,
        primary: true,
        danger: false,
    });
    Card {
        buttons: button.into_iter().map(|button| vec![button]).collect(),
        ..card
    }
}

/// What was held or given up in a channel is tried again.
pub(super) fn retried(lang: Lang, place: ChannelId, count: u64) -> Card {
    let (place, stories) = (channel(place), number(count));
    let text = match (lang, count) {
        (Lang::En, 0) => format!("Nothing is held or given up in {place}."),
        (Lang::Ko, 0) => format!("{place}에는 보류하거나 포기한 소식이 없어요."),
        (Lang::En, 1) => format!("I try one story again in {place}. First I look whether it is there already."),
        (Lang::En, _) => {
            format!("I try {stories} stories again in {place}. First I look whether they are there already.")
        }
        (Lang::Ko, _) => format!("{place}에서 소식 {stories}개를 다시 시도할게요. 이미 올라가 있는지부터 확인해요."),
    };
    let title = if count == 0 {
        say(lang, "Nothing to try again", "다시 시도할 소식이 없어요")
    } else {
        say(lang, "Trying again", "다시 시도해요")
    };
    note(if count == 0 { HONEY } else { JADE }, title, text)
}

pub(super) fn check(lang: Lang, found: &Checked) -> Card {
    let mut list = List(Sheet::new(DESCRIPTION));
    list.0.line(&channel(found.channel));
    permissions(lang, found, &mut list);
    let follows = match (found.subscriptions, lang) {
        (0, _) => say(
            lang,
            "It follows nothing yet: begin with `/subscribe`.",
            "아직 구독하는 소식이 없어요. `/구독`으로 시작해 보세요.",
        )
        .to_owned(),
        (1, Lang::En) => "It follows one thing.".to_owned(),
        (count, Lang::En) => format!("It follows {} things.", number(count)),
        (count, Lang::Ko) => format!("{}개를 구독하고 있어요.", number(count)),
    };
    list.line(found.subscriptions > 0, &follows);
    let no_trouble = stories(lang, found, &mut list);
    match found.reads_messages {
        true => list.line(true, say(lang, "Commands with `!` work.", "`!` 명령어를 쓸 수 있어요.")),
        false => list.marked(
            "ℹ️",
            say(
                lang,
                "I cannot read messages, so `!` does not work. Slash commands and `@Daesa …` do.",
                "메시지를 읽을 수 없어서 `!`는 쓸 수 없어요. 슬래시 명령어와 `@Daesa …`는 쓸 수 있어요.",
            ),
        ),
    }
    let fine = found.missing.is_empty() && no_trouble && found.subscriptions > 0 && found.blocked.is_none();
    let title = if fine {
        say(lang, "All is well", "모두 좋아요")
    } else {
        say(lang, "Here is what to do", "이렇게 해 주세요")
    };
    let card = note(if fine { JADE } else { HONEY }, title, list.0.done());
    with_retry(
        lang,
        card,
        Some(found.channel).filter(|_| found.may_retry && !no_trouble),
    )
}

/// What is as it should be and what is not, a line each.
struct List(Sheet);

impl List {
    fn line(&mut self, ok: bool, text: &str) {
        self.marked(if ok { "✅" } else { "⚠️" }, text);
    }

    fn marked(&mut self, mark: &str, text: &str) {
        self.0.line(&format!("{mark} {text}"));
    }
}

fn permissions(lang: Lang, found: &Checked, list: &mut List) {
    if found.missing.is_empty() {
        let all = say(
            lang,
            "I have every permission that I need here.",
            "여기에 필요한 권한이 모두 있어요.",
        );
        list.line(true, all);
    } else {
        let missing = say(lang, "Missing here:", "여기에 없는 권한:");
        list.line(false, &format!("{missing} **{}**", needs(lang, &found.missing)));
        list.line(false, how_to_allow(lang));
    }
    if let Some(since) = found.blocked {
        let since = moment(since, 'R');
        let text = match lang {
            Lang::En => format!(
                "Discord did not let me post here {since}. Stories wait; I try again every hour, and as soon as the permissions change."
            ),
            Lang::Ko => format!(
                "{since}부터 여기에 글을 올리지 못하고 있어요. 소식은 기다리고 있고, 한 시간마다, 그리고 권한이 바뀌면 바로 다시 시도해요."
            ),
        };
        list.line(false, &text);
    }
}

/// How it is with the stories of a channel; whether none is in trouble.
fn stories(lang: Lang, found: &Checked, list: &mut List) -> bool {
    let (waiting, held, dead) = found.backlog;
    let no_trouble = (held, dead) == (0, 0);
    let (waits, holds, deads) = (number(waiting), number(held), number(dead));
    let backlog = match lang {
        _ if found.backlog == (0, 0, 0) => say(lang, "No story is waiting.", "밀린 소식이 없어요.").to_owned(),
        Lang::En => format!("Stories: {waits} waiting, {holds} held, {deads} given up. `/why` says why."),
        Lang::Ko => format!("소식: 대기 {waits}, 보류 {holds}, 포기 {deads}. 까닭은 `/이유`가 알려 드려요."),
    };
    list.line(no_trouble, &backlog);
    if found.scheduled > 0 {
        let count = number(found.scheduled);
        let scheduled = match (lang, found.scheduled) {
            (Lang::En, 1) => "One story waits for its digest, or for the end of the quiet hours.".to_owned(),
            (Lang::En, _) => format!("{count} stories wait for their digest, or for the end of the quiet hours."),
            (Lang::Ko, _) => format!("소식 {count}개가 모음이나 조용한 시간의 끝을 기다리고 있어요."),
        };
        list.line(true, &scheduled);
    }
    no_trouble
}

/// Where a permission is given.
pub(super) const fn how_to_allow(lang: Lang) -> &'static str {
    say(
        lang,
        "Open the channel's settings, Permissions, add Daesa, and allow it.",
        "채널 설정의 ‘권한’에서 Daesa를 추가하고 허용해 주세요.",
    )
}

/// Permissions as Discord's own pages name them.
#[must_use]
pub fn needs(lang: Lang, missing: &[Need]) -> String {
    let name = |need: &Need| match need {
        Need::View => say(lang, "View Channel", "채널 보기"),
        Need::Send => say(lang, "Send Messages", "메시지 보내기"),
        Need::Embed => say(lang, "Embed Links", "링크 첨부"),
        Need::Attach => say(lang, "Attach Files", "파일 첨부"),
        Need::History => say(lang, "Read Message History", "메시지 기록 보기"),
        Need::React => say(lang, "Add Reactions", "반응 추가하기"),
        Need::SendInThreads => say(lang, "Send Messages in Threads", "스레드에서 메시지 보내기"),
        Need::Unlocked => say(
            lang,
            "Manage Threads, as the thread is locked",
            "스레드 관리하기(스레드가 잠겨 있음)",
        ),
        Need::OpenThreads => say(lang, "Create Public Threads", "공개 스레드 만들기"),
        Need::Mention => say(
            lang,
            "Mention @\u{200b}everyone, @\u{200b}here, and All Roles",
            "@\u{200b}everyone, @\u{200b}here, 모든 역할 멘션하기",
        ),
    };
    missing.iter().take(12).map(name).collect::<Vec<_>>().join(", ")
}
