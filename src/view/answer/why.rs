//! Why a story was or was not posted, or is not read yet.

use super::{check::with_retry, follow::label_or_everything, note, terms::kind_name};
use crate::{
    model::{
        ChannelId, Lang, Millis,
        answer::{Cause, KeptOut, Why},
    },
    view::{
        card::Card,
        color::{HONEY, JADE},
        cut::Sheet,
        escape::{is_blank, safe},
        limits::DESCRIPTION,
        words::{bold, moment, say},
    },
};

/// `retry`: the channel where the person may have it tried again.
pub(super) fn why(lang: Lang, headline: Option<&str>, why: &Why, retry: Option<ChannelId>) -> Card {
    let title = match why {
        Why::Posted { .. } => say(lang, "Posted here", "여기에 올렸어요"),
        Why::Waiting { .. } => say(lang, "On its way", "올리는 중이에요"),
        Why::Scheduled { .. } => say(lang, "Waiting for its time", "때를 기다리고 있어요"),
        Why::Blocked { .. } => say(lang, "Waiting for a permission", "권한을 기다리고 있어요"),
        Why::Held => say(lang, "Held", "멈춰 두었어요"),
        Why::GivenUp(Cause::AutoMod | Cause::Refused | Cause::Late | Cause::Other(_)) => {
            say(lang, "Given up", "올리지 못했어요")
        }
        // Not for want of trying.
        Why::GivenUp(_) | Why::NotFollowed { .. } | Why::KeptOut(_) | Why::FirstLook | Why::LeftOut(_) => {
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
        (_, Why::GivenUp(cause)) => in_the_way(lang, cause),
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
        (_, Why::Unread { cause, due }) => {
            let cause = cause.as_ref().map(|cause| in_the_way(lang, cause) + " ").unwrap_or_default();
            match lang {
                Lang::En => format!("{cause}I try again {}.", moment(*due, 'R')),
                Lang::Ko => format!("{cause}다음 시도: {}.", moment(*due, 'R')),
            }
        }
        (_, Why::LeftOut(cause)) => in_the_way(lang, cause),
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

/// What kept a story from being posted or read, in a sentence. What nobody foresaw was written down for the operator, in
/// English.
fn in_the_way(lang: Lang, cause: &Cause) -> String {
    let (en, ko) = match cause {
        Cause::ChannelGone => (
            "The channel was deleted before the story’s turn came.",
            "차례가 오기 전에 채널이 지워졌어요.",
        ),
        Cause::NotFollowed => (
            "When its turn came, nothing here asked for it any more.",
            "차례가 왔을 때는 이 채널이 더는 구독하지 않았어요.",
        ),
        Cause::LeftServer => (
            "I had left this server before its turn came.",
            "차례가 오기 전에 제가 이 서버에서 나가 있었어요.",
        ),
        Cause::NotKept => (
            "When its turn came, it was so old that I no longer kept it.",
            "차례가 왔을 때는 보관 기간이 지난 뒤였어요.",
        ),
        Cause::AutoMod => (
            "The server’s AutoMod keeps it out. Exempt my role there, and let me try again: `/check`.",
            "서버의 AutoMod가 막고 있어요. AutoMod 설정에서 제 역할을 예외로 두고 `/점검`에서 다시 시도해 주세요.",
        ),
        Cause::Refused => (
            "Discord did not take the message. `/check` can have it tried again.",
            "Discord가 이 글을 받지 않았어요. `/점검`에서 다시 시도할 수 있어요.",
        ),
        Cause::Late => (
            "I tried for a day: Discord did not answer, or did not take it. `/check` can have it tried again.",
            "하루 동안 시도했지만 Discord가 응답하지 않거나 받지 않았어요. `/점검`에서 다시 시도할 수 있어요.",
        ),
        Cause::NoHeadline => (
            "I could make no story of it: it has no headline.",
            "소식으로 만들지 못했어요. 제목이 없어요.",
        ),
        Cause::Unreadable => (
            "I could make no story of it: I stumbled over its text.",
            "소식으로 만들지 못했어요. 글을 읽다가 막혔어요.",
        ),
        Cause::NotFiled => ("I could not write it down.", "적어 두지 못했어요."),
        Cause::Robots => (
            "Its site’s robots.txt cannot be read, and before that I fetch no page there.",
            "사이트의 robots.txt를 읽지 못했어요. 그것을 읽기 전에는 페이지를 가져오지 않아요.",
        ),
        Cause::Challenge => (
            "Its page asks whether a person is there.",
            "기사 페이지가 사람인지 확인하려고 해요.",
        ),
        Cause::NoAnswer => ("Its site does not answer.", "사이트가 응답하지 않아요."),
        Cause::Broken => ("What its site answers is broken.", "사이트의 응답이 깨져 있어요."),
        Cause::Status(status) => {
            return match lang {
                Lang::En => format!("Its site answers with the error {status}."),
                Lang::Ko => format!("사이트가 오류 {status}(으)로 응답해요."),
            };
        }
        Cause::Other(text) => {
            return match lang {
                Lang::En => format!("Something was in the way: {}.", safe(text, 200)),
                Lang::Ko => "예상하지 못한 문제가 있었어요.".to_owned(),
            };
        }
    };
    say(lang, en, ko).to_owned()
}
