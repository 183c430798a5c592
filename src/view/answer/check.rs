//! What a story would look like, why one was or was not posted, and what works in a channel.

use super::{follow::label_or_everything, note, terms::kind_name};
use crate::{
    command::Press,
    model::{
        ChannelId, Feelings, Lang, Manner, Millis,
        answer::{Checked, KeptOut, Need, Story, Why},
    },
    view::{
        card::{Button, Card},
        color::{HONEY, JADE},
        cut::Sheet,
        escape::{is_blank, safe},
        limits::DESCRIPTION,
        post::post,
        words::{bold, channel, moment, number, say},
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

/// `retry`: the channel where the person may have it tried again.
pub(super) fn why(lang: Lang, headline: Option<&str>, why: &Why, retry: Option<ChannelId>) -> Card {
    let title = match why {
        Why::Posted { .. } => say(lang, "Posted here", "여기에 올렸어요"),
        Why::Waiting { .. } => say(lang, "On its way", "올리는 중이에요"),
        Why::Scheduled { .. } => say(lang, "Waiting for its time", "때를 기다리고 있어요"),
        Why::Blocked { .. } => say(lang, "Waiting for a permission", "권한을 기다리고 있어요"),
        Why::Held => say(lang, "Held", "멈춰 두었어요"),
        Why::GivenUp(_) => say(lang, "Given up", "올리지 못했어요"),
        Why::NotFollowed { .. } | Why::KeptOut(_) | Why::FirstLook | Why::LeftOut(_) => {
            say(lang, "Not posted here", "여기에는 올리지 않았어요")
        }
        Why::Unread { .. } => say(lang, "Not read yet", "아직 읽지 못했어요"),
        Why::Same => say(lang, "Known already", "이미 아는 소식이에요"),
        Why::Unknown => say(lang, "I do not know this story", "모르는 소식이에요"),
    };
    let mut sheet = Sheet::new(DESCRIPTION);
    if let Some(headline) = headline.filter(|headline| !is_blank(headline)) {
        sheet.line(&format!("**{}**", safe(headline, 250)));
    }
    match why {
        Why::KeptOut(reasons) => {
            sheet.line(say(
                lang,
                "It is about something that this channel follows, but:",
                "이 채널이 구독하는 것에 관한 소식이지만, 까닭이 있어요.",
            ));
            sheet.lines(
                reasons
                    .iter()
                    .take(8)
                    .map(|(label, kept)| format!("- {}", kept_out(lang, label, kept))),
            );
            sheet.line(say(
                lang,
                "`/subscriptions` changes it.",
                "`/구독목록`에서 바꿀 수 있어요.",
            ));
        }
        why => {
            sheet.line(&reason(lang, why));
        }
    }
    let color = if matches!(why, Why::Posted { .. }) { JADE } else { HONEY };
    with_retry(lang, note(color, title, sheet.done()), retry)
}

/// Below the card, the button that tries again what is held or was given up in a channel.
fn with_retry(lang: Lang, card: Card, channel: Option<ChannelId>) -> Card {
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

/// Which part of a subscription's terms keeps a story out.
fn kept_out(lang: Lang, label: &str, kept: &KeptOut) -> String {
    let label = bold(label_or_everything(lang, label));
    match (lang, kept) {
        (Lang::En, KeptOut::Kind(kind)) => {
            format!(
                "{label} wants other kinds of story. This one counts as {}.",
                kind_name(lang, *kind)
            )
        }
        (Lang::Ko, KeptOut::Kind(kind)) => {
            format!(
                "{label} 구독은 다른 종류만 받아요. 이 소식의 종류: {}.",
                kind_name(lang, *kind)
            )
        }
        (Lang::En, KeptOut::Outlet(outlet)) => {
            format!("{label} wants other outlets. This one is from {}.", safe(outlet, 80))
        }
        (Lang::Ko, KeptOut::Outlet(outlet)) => {
            format!(
                "{label} 구독은 다른 매체만 받아요. 이 소식의 매체: {}.",
                safe(outlet, 80)
            )
        }
        (Lang::En, KeptOut::Paused) => format!("{label} is paused. `/resume` lets it flow again."),
        (Lang::Ko, KeptOut::Paused) => format!("{label} 구독은 일시정지 중이에요. `/재개`로 다시 받을 수 있어요."),
        (Lang::En, KeptOut::Later) => {
            format!("{label} was paused, changed or not followed yet when the story came in.")
        }
        (Lang::Ko, KeptOut::Later) => format!("{label} 구독은 이 소식이 들어왔을 때 멈춰 있었거나 없었어요."),
    }
}

fn reason(lang: Lang, why: &Why) -> String {
    match (lang, why) {
        (Lang::En, Why::Posted { message, because }) => {
            let gone = if message.is_none() { " The message has been deleted since." } else { "" };
            format!("This channel follows {}.{gone}", list(lang, because))
        }
        (Lang::Ko, Why::Posted { message, because }) => {
            let gone = if message.is_none() { " 올린 글은 그 뒤에 지워졌어요." } else { "" };
            format!("이 채널이 구독하는 소식이에요: {}.{gone}", list(lang, because))
        }
        (Lang::En, Why::Waiting { due }) => format!("It is waiting its turn. I try again {}.", moment(*due, 'R')),
        (Lang::Ko, Why::Waiting { due }) => format!("차례를 기다리고 있어요. 다음 시도: {}.", moment(*due, 'R')),
        (Lang::En, Why::Scheduled { due }) => format!(
            "It waits for this channel’s digest, or for the end of its quiet hours{}. `/hours` changes that.",
            at_time(*due)
        ),
        (Lang::Ko, Why::Scheduled { due }) => format!(
            "이 채널의 모음이나 조용한 시간의 끝을 기다리고 있어요{}. `/시간`에서 바꿀 수 있어요.",
            at_time(*due)
        ),
        (Lang::En, Why::Blocked { since }) => format!(
            "I lost the permission to post here {}. The story waits, and follows as soon as I may post again. `/check` tells what is missing.",
            moment(*since, 'R')
        ),
        (Lang::Ko, Why::Blocked { since }) => format!(
            "{}부터 이 채널에 글을 올릴 수 없어요. 권한이 돌아오면 바로 올릴게요. 무엇이 없는지는 `/점검`이 알려 드려요.",
            moment(*since, 'R')
        ),
        (Lang::En, Why::Held) => "I cannot know whether it was posted: the answer was lost, and I cannot read this channel's history. I do not post it twice on a guess. Give me Read Message History here, then I look and decide.".to_owned(),
        (Lang::Ko, Why::Held) => "올라갔는지 알 수 없어요. 응답을 받지 못했고, 이 채널의 메시지 기록을 볼 수 없어요. 짐작으로 두 번 올리지 않으려고 멈춰 두었어요. ‘메시지 기록 보기’ 권한을 주시면 확인하고 정할게요.".to_owned(),
        (Lang::En, Why::GivenUp(cause)) => format!("I tried for a long time and gave up: {}. `/check` tells what to do.", safe(cause, 300)),
        (Lang::Ko, Why::GivenUp(cause)) => format!("오래 시도했지만 올리지 못했어요: {}. 어떻게 하면 되는지는 `/점검`이 알려 드려요.", safe(cause, 300)),
        (Lang::En, Why::NotFollowed { about }) if about.is_empty() => {
            "I found no drama or person in it that could be followed. `/subscribe everything:True` brings such stories too.".to_owned()
        }
        (Lang::Ko, Why::NotFollowed { about }) if about.is_empty() => {
            "구독할 만한 드라마나 인물을 찾지 못한 소식이에요. `/구독 전체:True`를 하면 이런 소식도 받아요.".to_owned()
        }
        (Lang::En, Why::NotFollowed { about }) => {
            format!("It is about {}, and this channel follows none of that. `/subscribe` changes it.", list(lang, about))
        }
        (Lang::Ko, Why::NotFollowed { about }) => {
            format!("이 소식에 나오는 것: {}. 이 채널은 아직 구독하지 않아요. `/구독`으로 바꿀 수 있어요.", list(lang, about))
        }
        // Worded above, a line each.
        (_, Why::KeptOut(_)) => String::new(),
        (Lang::En, Why::FirstLook) => "It was there when I first looked at its feed. What is older than that is not posted, so that nobody is flooded.".to_owned(),
        (Lang::Ko, Why::FirstLook) => "제가 처음 살펴봤을 때 이미 있던 소식이에요. 한꺼번에 쏟아지지 않도록, 그보다 오래된 소식은 올리지 않아요.".to_owned(),
        (Lang::En, Why::Unread { cause, due }) => {
            let cause = cause.as_deref().map(|cause| format!("Its page could not be read: {}. ", safe(cause, 200)));
            format!("{}I try again {}.", cause.unwrap_or_default(), moment(*due, 'R'))
        }
        (Lang::Ko, Why::Unread { cause, due }) => {
            let cause = cause.as_deref().map(|cause| format!("기사 페이지를 읽지 못했어요: {}. ", safe(cause, 200)));
            format!("{}다음 시도: {}.", cause.unwrap_or_default(), moment(*due, 'R'))
        }
        (Lang::En, Why::LeftOut(cause)) => format!("I could make no story of it: {}.", safe(cause, 200)),
        (Lang::Ko, Why::LeftOut(cause)) => format!("소식으로 만들지 못했어요: {}.", safe(cause, 200)),
        (Lang::En, Why::Same) => "Another entry or outlet brought the same story before. It is posted once.".to_owned(),
        (Lang::Ko, Why::Same) => "같은 소식이 다른 곳에서 먼저 들어왔어요. 같은 소식은 한 번만 올려요.".to_owned(),
        (Lang::En, Why::Unknown) => "None of the feeds has shown it to me. Check the link, or use words of its headline.".to_owned(),
        (Lang::Ko, Why::Unknown) => "제가 살펴보는 곳에서는 본 적이 없어요. 링크를 확인하거나 제목의 낱말로 찾아 보세요.".to_owned(),
    }
}

/// A time that is known already.
fn at_time(due: Millis) -> String {
    if due > 0 {
        format!(": {}", moment(due, 'f'))
    } else {
        String::new()
    }
}

fn list(lang: Lang, names: &[String]) -> String {
    let shown: Vec<String> = names
        .iter()
        .take(8)
        .map(|name| format!("**{}**", safe(label_or_everything(lang, name), 80)))
        .collect();
    let more = names.len().saturating_sub(8);
    let more = match (more, lang) {
        (0, _) => String::new(),
        (more, Lang::En) => format!(" and {more} more"),
        (more, Lang::Ko) => format!(" 외 {more}"),
    };
    if shown.is_empty() {
        say(
            lang,
            "something that is not followed any more",
            "이제는 구독하지 않는 것",
        )
        .to_owned()
    } else {
        shown.join(", ") + &more
    }
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
