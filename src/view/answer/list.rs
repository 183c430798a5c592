//! What a server's channels follow, as pages of a list; who may change it chooses one in a menu.

use super::{NAME, follow::label_or_everything, footed, note, terms};
use crate::{
    command::Press,
    model::{
        ChannelId, Lang,
        answer::{Followed, FollowedPage},
    },
    view::{
        card::{Button, Card, Menu, Offer, Offers},
        color::{JADE, PERSIMMON},
        cut::Sheet,
        escape::{plain, safe},
        limits::DESCRIPTION,
        words::{bold, channel, counted, moment, number, say},
    },
};

/// Lines of a page: what can be read in one look, and fewer than a menu holds.
const PAGE: usize = 15;

/// The page, by channel, in the order of the first subscription of each.
pub(super) fn list(lang: Lang, list: &FollowedPage) -> Card {
    let mut sheet = Sheet::new(DESCRIPTION);
    if let Some(label) = &list.ended {
        let name = bold(label_or_everything(lang, label));
        sheet.line(&match lang {
            Lang::En => format!("{name} is no longer followed. What was posted stays."),
            Lang::Ko => format!("{name} 구독을 취소했어요. 이미 올라온 글은 그대로 있어요."),
        });
    }
    if list.rows.is_empty() {
        sheet.line(say(
            lang,
            "No channel follows anything yet. `/subscribe` in a channel begins it: a drama, a person, or everything.",
            "아직 구독하는 채널이 없어요. 채널에서 `/구독`으로 시작해 보세요. 드라마, 인물, 전체를 고를 수 있어요.",
        ));
        let title = say(lang, "Nothing followed yet", "아직 구독이 없어요");
        return note(PERSIMMON, title, sheet.done());
    }
    let pages = list.rows.len().div_ceil(PAGE);
    let page = usize::try_from(list.page).unwrap_or(usize::MAX).min(pages - 1);
    let first = page * PAGE;
    let shown = &list.rows[first..list.rows.len().min(first + PAGE)];
    let mut before = None;
    for (at, row) in (first + 1..).zip(shown) {
        let place = row.subscription.channel;
        if before != Some(place) {
            before = Some(place);
            sheet.paragraph(&format!("**{}**", channel(place)));
        }
        sheet.line(&line(lang, at, row));
    }
    let sum = counted(lang, list.rows.len() as u64, "subscription", "subscriptions", "개 구독");
    let mut places: Vec<ChannelId> = list.rows.iter().map(|row| row.subscription.channel).collect();
    places.dedup();
    let places = counted(lang, places.len() as u64, "channel", "channels", "개 채널");
    let title = say(lang, "What this server follows", "이 서버가 구독하는 소식");
    let mut card = note(if list.ended.is_some() { JADE } else { PERSIMMON }, title, sheet.done());
    card.menus = list
        .may_manage
        .then(|| menu(lang, list, (page, first), shown))
        .flatten()
        .into_iter()
        .collect();
    card.buttons = vec![turns(lang, list, page, pages)];
    let turn = match (pages, lang) {
        (1, _) => String::new(),
        (_, Lang::En) => format!(" · page {} of {pages}", page + 1),
        (_, Lang::Ko) => format!(" · {pages}쪽 가운데 {}쪽", page + 1),
    };
    footed(card, format!("{sum} · {places}{turn}"))
}

/// One of the page is to be changed.
fn menu(lang: Lang, list: &FollowedPage, (page, first): (usize, usize), shown: &[Followed]) -> Option<Menu> {
    let offer = |(at, row): (usize, &Followed)| {
        let one = &row.subscription;
        Offer {
            label: format!("{at} · {}", plain(label_or_everything(lang, &one.label), NAME)),
            value: one.id.to_string(),
            about: one.paused.then(|| say(lang, "paused", "일시정지").to_owned()),
            chosen: false,
        }
    };
    let press = Press::Pick {
        page: u32::try_from(page).unwrap_or(u32::MAX),
        asker: list.asker,
    };
    Some(Menu {
        id: press.to_id()?,
        placeholder: say(lang, "Choose one to change or remove", "바꾸거나 뺄 것을 골라 주세요").to_owned(),
        count: (1, 1),
        offers: Offers::These((first + 1..).zip(shown).map(offer).collect()),
    })
}

/// Back and forth, where there is a page.
fn turns(lang: Lang, list: &FollowedPage, page: usize, pages: usize) -> Vec<Button> {
    let turn = |to: usize, label: &str| {
        let press = Press::List {
            page: u32::try_from(to).unwrap_or(u32::MAX),
            asker: list.asker,
        };
        Some(Button::Action {
            label: label.to_owned(),
            id: press.to_id()?,
            primary: false,
            danger: false,
        })
    };
    let back = (page > 0)
        .then(|| turn(page - 1, say(lang, "◀ Back", "◀ 이전")))
        .flatten();
    let on = (page + 1 < pages)
        .then(|| turn(page + 1, say(lang, "Next ▶", "다음 ▶")))
        .flatten();
    back.into_iter().chain(on).collect()
}

fn line(lang: Lang, at: usize, row: &Followed) -> String {
    let name = safe(label_or_everything(lang, &row.subscription.label), NAME);
    let marks = terms::marks(&row.subscription.terms);
    let name = if marks.is_empty() {
        name
    } else {
        format!("{name} {marks}")
    };
    match (row.blocked, row.subscription.paused) {
        (Some(since), _) => {
            let ago = moment(since, 'R');
            let why = match lang {
                Lang::En => format!("waiting for a permission since {ago}; `/check` says which"),
                Lang::Ko => format!("권한을 기다리고 있어요 ({ago}부터). `/점검`에서 볼 수 있어요"),
            };
            format!("`{at}` ⚠️ {name} · {why}")
        }
        (None, true) => format!("`{at}` ⏸️ {name} · {}", say(lang, "paused", "일시정지")),
        (None, false) => format!("`{at}` {name}"),
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
