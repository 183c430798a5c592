//! What a server's channels follow, as a list.

use super::{NAME, follow::label_or_everything, footed, note};
use crate::{
    model::{ChannelId, Lang, answer::Followed},
    view::{
        card::Card,
        color::PERSIMMON,
        cut::Sheet,
        escape::safe,
        limits::DESCRIPTION,
        words::{channel, counted, moment, number, say},
    },
};

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
    for row in followed.iter().filter(|row| row.subscription.channel.0 != 0) {
        if !channels.contains(&row.subscription.channel) {
            channels.push(row.subscription.channel);
        }
    }
    let mut sheet = Sheet::new(DESCRIPTION - 100);
    let mut left = 0;
    for id in &channels {
        let rows = || followed.iter().filter(|row| row.subscription.channel == *id);
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
    let name = safe(label_or_everything(lang, &row.subscription.label), NAME);
    match (row.blocked, row.subscription.paused) {
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

pub(super) fn more(sheet: &mut Sheet, lang: Lang, left: usize) {
    if left > 0 {
        let left = number(left as u64);
        sheet.line(&match lang {
            Lang::En => format!("… and {left} more"),
            Lang::Ko => format!("… 그 밖에 {left}개"),
        });
    }
}
