//! A subscription with what can be changed about it: menus for kinds, outlets and the role, buttons for the rest.

use super::{
    follow::label_or_everything,
    footed, note,
    terms::{self, kind_name},
};
use crate::{
    command::{Edit, Press},
    model::{ArticleKind, Lang, Rhythm, Venue, Votes, answer::Changeable},
    view::{
        card::{Button, Card, Menu, Offer, Offers},
        color::{HONEY, JADE},
        cut::Sheet,
        escape::{plain, safe},
        limits::DESCRIPTION,
        words::{channel, say},
    },
};

/// Discord's most lines of a menu.
const OFFERS: usize = 25;

/// The subscription as it is, and how to change it.
pub(super) fn change(lang: Lang, what: &Changeable) -> Card {
    let one = &what.one.subscription;
    let mut sheet = Sheet::new(DESCRIPTION);
    let to = channel(one.channel);
    sheet.line(&match (lang, one.paused) {
        (Lang::En, false) => format!("Stories go to {to}."),
        (Lang::En, true) => format!("⏸️ Paused: no stories go to {to} for now."),
        (Lang::Ko, false) => format!("{to} 채널에 소식을 올려 드려요."),
        (Lang::Ko, true) => format!("⏸️ 멈춤: {to} 채널에는 당분간 올리지 않아요."),
    });
    let lines = terms::lines(lang, &one.terms, what.venue);
    if lines.is_empty() {
        sheet.paragraph(say(
            lang,
            "Every kind of story from every outlet, with votes and nothing hidden.",
            "모든 매체의 모든 소식을 가리지 않고, 투표와 함께 올려요.",
        ));
    } else {
        sheet.paragraph(&lines.join("\n"));
    }
    let title = safe(label_or_everything(lang, &one.label), 200);
    let mut card = note(if one.paused { HONEY } else { JADE }, title, sheet.done());
    card.menus = [kinds(lang, what), outlets(lang, what), role(lang, what)]
        .into_iter()
        .flatten()
        .collect();
    card.buttons = vec![switches(lang, what), ends(lang, what)];
    footed(
        card,
        say(lang, "What you choose holds at once", "고르시는 대로 바로 적용돼요"),
    )
}

fn id(what: &Changeable, edit: Edit) -> Option<String> {
    let press = Press::Edit {
        what: edit,
        subscription: what.one.subscription.id,
        page: what.page,
        asker: what.asker,
    };
    press.to_id()
}

fn kinds(lang: Lang, what: &Changeable) -> Option<Menu> {
    let chosen = &what.one.subscription.terms.kinds;
    let offer = |kind: ArticleKind| Offer {
        label: kind_name(lang, kind).to_owned(),
        value: kind.name().to_owned(),
        about: None,
        chosen: chosen.contains(&kind),
    };
    Some(Menu {
        id: id(what, Edit::Kinds)?,
        placeholder: say(lang, "Every kind of story", "모든 종류의 소식").to_owned(),
        count: (0, 14),
        offers: Offers::These(ArticleKind::ALL.into_iter().map(offer).collect()),
    })
}

/// Where one outlet is watched there is nothing to choose.
fn outlets(lang: Lang, what: &Changeable) -> Option<Menu> {
    let chosen = &what.one.subscription.terms.outlets;
    if what.outlets.len() < 2 && chosen.is_empty() {
        return None;
    }
    let offer = |name: &String| Offer {
        label: plain(name, 100),
        value: name.clone(),
        about: None,
        chosen: chosen.contains(name),
    };
    Some(Menu {
        id: id(what, Edit::Outlets)?,
        placeholder: say(lang, "Every outlet", "모든 매체").to_owned(),
        count: (0, 25),
        offers: Offers::These(what.outlets.iter().take(OFFERS).map(offer).collect()),
    })
}

fn role(lang: Lang, what: &Changeable) -> Option<Menu> {
    Some(Menu {
        id: id(what, Edit::Role)?,
        placeholder: match what.one.subscription.terms.manner.roles.is_empty() {
            true => say(lang, "Mention a role with each story", "소식마다 멘션할 역할"),
            false => say(lang, "Mention another role", "다른 역할 멘션하기"),
        }
        .to_owned(),
        count: (1, 1),
        offers: Offers::Roles,
    })
}

fn switches(lang: Lang, what: &Changeable) -> Vec<Button> {
    let one = &what.one.subscription;
    let manner = &one.terms.manner;
    let switch = |edit: Edit, on: &str, off: &str| {
        let (label, primary) = match edit {
            Edit::Spoiler(to) | Edit::Thread(to) | Edit::Paused(to) => (if to { on } else { off }, !to),
            Edit::Votes(to) => (on, to != Votes::Reactions.next()),
            Edit::Rhythm(to) => (on, to != Rhythm::Each.next()),
            Edit::Kinds | Edit::Outlets | Edit::Role | Edit::NoRole | Edit::Remove => (on, false),
        };
        Some(Button::Action {
            label: label.to_owned(),
            id: id(what, edit)?,
            primary,
            danger: false,
        })
    };
    let spoiler = switch(
        Edit::Spoiler(!manner.spoiler),
        say(lang, "Hide spoilers", "스포일러 가리기"),
        say(lang, "Spoilers are hidden", "스포일러 가리는 중"),
    );
    let thread = switch(
        Edit::Thread(!manner.thread),
        say(lang, "Open threads", "스레드 열기"),
        say(lang, "Threads are opened", "스레드 여는 중"),
    );
    // These go round: what is written is how it is, the press makes it the next.
    let votes = match manner.votes {
        Votes::Reactions => say(lang, "Votes: reactions", "투표: 이모지 반응"),
        Votes::Buttons => say(lang, "Votes: buttons", "투표: 버튼"),
        Votes::Off => say(lang, "Votes: off", "투표: 없음"),
    };
    let votes = switch(Edit::Votes(manner.votes.next()), votes, "");
    let paused = switch(
        Edit::Paused(!one.paused),
        say(lang, "Pause", "일시정지"),
        say(lang, "Paused: resume", "멈춤: 재개하기"),
    );
    let no_role = switch(Edit::NoRole, say(lang, "Mention nobody", "멘션하지 않기"), "");
    let no_role = no_role.filter(|_| !manner.roles.is_empty());
    let thread = thread.filter(|_| what.threads && what.venue != Venue::Forum);
    [spoiler, thread, votes, no_role, paused]
        .into_iter()
        .flatten()
        .collect()
}

fn ends(lang: Lang, what: &Changeable) -> Vec<Button> {
    let button = |label: &str, id: Option<String>, danger| {
        Some(Button::Action {
            label: label.to_owned(),
            id: id?,
            primary: false,
            danger,
        })
    };
    let list = Press::List {
        page: what.page,
        asker: what.asker,
    };
    let rhythm = what.one.subscription.terms.rhythm;
    let named = match rhythm {
        Rhythm::Each => say(lang, "When: each story", "언제: 올라오는 대로"),
        Rhythm::Hourly => say(lang, "When: hourly digest", "언제: 매시간 모아서"),
        Rhythm::Daily => say(lang, "When: daily digest", "언제: 매일 모아서"),
        Rhythm::Weekly => say(lang, "When: weekly digest", "언제: 매주 모아서"),
    };
    let rhythm = button(named, id(what, Edit::Rhythm(rhythm.next())), false);
    let back = button(say(lang, "◀ All subscriptions", "◀ 모든 구독"), list.to_id(), false);
    let remove = button(say(lang, "Unsubscribe", "구독 취소"), id(what, Edit::Remove), true);
    [back, rhythm, remove].into_iter().flatten().collect()
}
