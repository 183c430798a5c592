//! Following, and what is followed.

use super::{NAME, footed, note};
use crate::{
    model::{ChannelId, Lang, answer::Followed},
    view::{
        card::Card,
        color::{HONEY, JADE, PERSIMMON},
        cut::Sheet,
        escape::safe,
        limits::DESCRIPTION,
        link::masked,
        words::{bold, channel, counted, moment, number, say},
    },
};

/// The name of what is followed; what has none is everything.
pub(super) fn label_or_everything(lang: Lang, label: &str) -> &str {
    if label.is_empty() {
        say(lang, "everything", "모든 소식")
    } else {
        label
    }
}

fn followed_name(lang: Lang, label: &str) -> String {
    bold(label_or_everything(lang, label))
}

pub(super) fn subscribed(
    lang: Lang,
    label: &str,
    to: ChannelId,
    known: bool,
    lately: &[(String, Option<String>)],
) -> Card {
    let (name, to) = (followed_name(lang, label), channel(to));
    let mut sheet = Sheet::new(DESCRIPTION);
    sheet.line(&match lang {
        Lang::En => format!("{to} follows {name} now. The next story will be posted there."),
        Lang::Ko => format!("이제 {to} 채널에서 {name} 소식을 전해 드려요. 다음 소식부터 올라와요."),
    });
    if !known {
        sheet.paragraph(say(
            lang,
            "I do not know this name yet, so I follow the words. As soon as a story names it, I know it too.",
            "아직 제가 모르는 이름이라 적어 주신 말 그대로 살펴볼게요. 소식에 나오면 저도 바로 알게 돼요.",
        ));
    }
    if !lately.is_empty() {
        sheet.paragraph(say(
            lang,
            "**These would have been posted lately**",
            "**최근이라면 이런 소식이 올라왔을 거예요**",
        ));
        sheet.lines(
            lately
                .iter()
                .take(3)
                .map(|(title, url)| format!("- {}", masked(title, url.as_deref(), 120))),
        );
    }
    let card = note(JADE, say(lang, "Following", "구독했어요"), sheet.done());
    footed(
        card,
        say(
            lang,
            "/preview shows what a story looks like here",
            "/미리보기로 어떻게 보일지 볼 수 있어요",
        ),
    )
}

pub(super) fn already(lang: Lang, label: &str, to: ChannelId) -> Card {
    let (name, to) = (followed_name(lang, label), channel(to));
    let text = match lang {
        Lang::En => format!("{to} follows {name} already. `/subscriptions` shows everything that is followed."),
        Lang::Ko => format!("{to} 채널은 {name} 소식을 이미 받고 있어요. `/구독목록`에서 모두 볼 수 있어요."),
    };
    note(HONEY, say(lang, "Already following", "이미 구독 중이에요"), text)
}

pub(super) fn too_many(lang: Lang, limit: u32) -> Card {
    let limit = number(u64::from(limit));
    let text = match lang {
        Lang::En => format!(
            "A channel follows at most {limit} things. Let one go with `/unsubscribe`, use another channel, or follow everything."
        ),
        Lang::Ko => format!(
            "한 채널은 {limit}개까지 구독할 수 있어요. `/구독취소`로 하나를 빼거나, 다른 채널을 쓰거나, 전체를 구독해 보세요."
        ),
    };
    note(HONEY, say(lang, "This channel is full", "더 구독할 수 없어요"), text)
}

pub(super) fn unsubscribed(lang: Lang, label: &str, to: ChannelId) -> Card {
    let (name, to) = (followed_name(lang, label), channel(to));
    let text = match lang {
        Lang::En => format!("{to} no longer follows {name}. What was posted stays."),
        Lang::Ko => format!("{to} 채널은 이제 {name} 소식을 받지 않아요. 이미 올라온 글은 그대로 있어요."),
    };
    note(JADE, say(lang, "No longer following", "구독을 취소했어요"), text)
}

pub(super) fn not_subscribed(lang: Lang, asked: &str, followed: &[String]) -> Card {
    let asked = bold(asked);
    let mut sheet = Sheet::new(DESCRIPTION);
    sheet.line(&match lang {
        Lang::En => format!("This channel does not follow {asked}."),
        Lang::Ko => format!("이 채널은 {asked} 소식을 구독하고 있지 않아요."),
    });
    if followed.is_empty() {
        sheet.line(say(
            lang,
            "It follows nothing yet: begin with `/subscribe`.",
            "아직 아무것도 구독하지 않아요. `/구독`으로 시작해 보세요.",
        ));
    } else {
        sheet.paragraph(say(lang, "**It follows**", "**구독 중인 것**"));
        let names = followed
            .iter()
            .take(50)
            .map(|label| safe(label_or_everything(lang, label), NAME));
        let left = sheet.lines(names.map(|name| format!("- {name}")));
        more(&mut sheet, lang, left + followed.len().saturating_sub(50));
    }
    note(
        HONEY,
        say(lang, "Not followed", "구독하지 않는 소식이에요"),
        sheet.done(),
    )
}

/// By channel, in the order of the first subscription of each.
pub(super) fn list(lang: Lang, followed: &[Followed]) -> Card {
    if followed.is_empty() {
        let text = say(
            lang,
            "No channel follows anything yet. `/subscribe` in a channel begins it: a drama, a person, or everything.",
            "아직 구독하는 채널이 없어요. 채널에서 `/구독`으로 시작해 보세요. 드라마, 인물, 전체를 고를 수 있어요.",
        );
        return note(PERSIMMON, say(lang, "Nothing followed yet", "아직 구독이 없어요"), text);
    }
    let mut channels: Vec<ChannelId> = Vec::new();
    for row in followed.iter().filter(|row| row.channel.0 != 0) {
        if !channels.contains(&row.channel) {
            channels.push(row.channel);
        }
    }
    let mut sheet = Sheet::new(DESCRIPTION - 100);
    let mut left = 0;
    for id in &channels {
        let rows = || followed.iter().filter(|row| row.channel == *id);
        if left > 0 || !sheet.paragraph(&format!("**{}**", channel(*id))) {
            left += rows().count();
            continue;
        }
        left += sheet.lines(rows().map(|row| line(lang, row)));
    }
    let mut text = sheet.done();
    if left > 0 {
        let mut whole = Sheet::new(DESCRIPTION);
        whole.line(&text);
        more(&mut whole, lang, left);
        text = whole.done();
    }
    let sum = counted(lang, followed.len() as u64, "subscription", "subscriptions", "개 구독");
    let places = counted(lang, channels.len() as u64, "channel", "channels", "개 채널");
    let card = note(
        PERSIMMON,
        say(lang, "What this server follows", "이 서버가 구독하는 소식"),
        text,
    );
    footed(card, format!("{sum} · {places}"))
}

fn line(lang: Lang, row: &Followed) -> String {
    let name = safe(label_or_everything(lang, &row.label), NAME);
    match (row.blocked, row.paused) {
        (Some(since), _) => {
            let ago = moment(since, 'R');
            let why = match lang {
                Lang::En => format!("waiting for a permission since {ago}; `/check` says which"),
                Lang::Ko => format!("권한을 기다리고 있어요 ({ago}부터). `/점검`에서 볼 수 있어요"),
            };
            format!("- ⚠️ {name} · {why}")
        }
        (None, true) => format!("- ⏸️ {name} · {}", say(lang, "paused", "일시정지")),
        (None, false) => format!("- {name}"),
    }
}

fn more(sheet: &mut Sheet, lang: Lang, left: usize) {
    if left > 0 {
        let left = number(left as u64);
        sheet.line(&match lang {
            Lang::En => format!("… and {left} more"),
            Lang::Ko => format!("… 그 밖에 {left}개"),
        });
    }
}

pub(super) fn paused(lang: Lang, place: ChannelId, paused: bool, count: u64) -> Card {
    let to = channel(place);
    if count == 0 {
        let text = match lang {
            Lang::En => {
                format!("{to} follows nothing yet, so there is nothing to pause or resume. Begin with `/subscribe`.")
            }
            Lang::Ko => format!(
                "{to} 채널은 아직 구독하는 소식이 없어서 멈추거나 다시 시작할 것이 없어요. `/구독`으로 시작해 보세요."
            ),
        };
        return note(HONEY, say(lang, "Nothing to change", "바꿀 것이 없어요"), text);
    }
    let sum = counted(lang, count, "subscription", "subscriptions", "개 구독");
    match (lang, paused) {
        (Lang::En, true) => note(
            JADE,
            "Paused",
            format!("Nothing is posted to {to} for now ({sum}). `/resume` lets stories flow again."),
        ),
        (Lang::En, false) => note(
            JADE,
            "Flowing again",
            format!("Stories are posted to {to} again ({sum})."),
        ),
        (Lang::Ko, true) => note(
            JADE,
            "잠시 멈췄어요",
            format!("{to} 채널에는 당분간 올리지 않을게요 ({sum}). `/재개`로 다시 받을 수 있어요."),
        ),
        (Lang::Ko, false) => note(
            JADE,
            "다시 시작했어요",
            format!("{to} 채널에 다시 소식을 올릴게요 ({sum})."),
        ),
    }
}
