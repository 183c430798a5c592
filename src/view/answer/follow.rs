//! Following, and what is followed.

use super::{
    NAME, footed,
    list::more,
    note,
    quote::{CHOICES_MAX, choice_buttons},
    terms,
};
use crate::{
    model::{ChannelId, Lang, QuestionId, answer::Subscribed},
    view::{
        card::{Button, Card},
        color::{HONEY, JADE},
        cut::Sheet,
        escape::safe,
        limits::DESCRIPTION,
        link::masked,
        words::{bold, channel, choice, counted, number, say},
    },
};

/// Rows of buttons.
const ROWS: usize = 5;

/// Names that a sentence holds.
const NAMES_SHOWN: usize = 10;

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

/// What came of `/subscribe`. The question is asked again with what is chosen of what is unclear.
pub(super) fn subscribed(lang: Lang, place: ChannelId, question: Option<QuestionId>, done: &Subscribed) -> Card {
    let to = channel(place);
    let mut sheet = Sheet::new(DESCRIPTION);
    let Subscribed {
        new, changed, already, ..
    } = done;
    for line in [
        followed_now(lang, &to, new),
        changed_now(lang, &to, changed),
        followed_before(lang, &to, already),
    ] {
        if !line.is_empty() {
            sheet.line(&line);
        }
    }
    if new.iter().any(|(_, known)| !known) {
        sheet.paragraph(words_followed(lang, new));
    }
    if !new.is_empty() || !changed.is_empty() {
        let terms = terms::lines(lang, &done.terms, done.venue);
        if !terms.is_empty() {
            sheet.paragraph(&terms.join("\n"));
        }
    }
    lately(&mut sheet, lang, &done.lately);
    left_out(&mut sheet, lang, done);
    let (color, title) = match (new.is_empty(), changed.is_empty(), already.is_empty()) {
        (false, ..) => (JADE, say(lang, "Following", "구독했어요")),
        (true, false, _) => (JADE, say(lang, "Changed", "바꿨어요")),
        (true, true, false) => (HONEY, say(lang, "Already following", "이미 구독 중이에요")),
        (true, true, true) => (HONEY, say(lang, "Which ones?", "어느 것일까요?")),
    };
    let mut card = note(color, title, sheet.done());
    card.buttons = question.map(|question| choices(done, question)).unwrap_or_default();
    footed(
        card,
        say(
            lang,
            "/preview shows what a story looks like here",
            "/미리보기로 어떻게 보일지 볼 수 있어요",
        ),
    )
}

fn followed_now(lang: Lang, to: &str, new: &[(String, bool)]) -> String {
    let names = names(lang, new.iter().map(|(label, _)| label));
    match lang {
        _ if new.is_empty() => String::new(),
        Lang::En => format!("{to} follows {names} now. The next story will be posted there."),
        Lang::Ko => format!("이제 {to} 채널에서 {names} 소식을 전해 드려요. 다음 소식부터 올라와요."),
    }
}

fn changed_now(lang: Lang, to: &str, changed: &[String]) -> String {
    let names = names(lang, changed);
    match lang {
        _ if changed.is_empty() => String::new(),
        Lang::En => format!("{to} follows {names} already; it is posted as you want it from now on."),
        Lang::Ko => format!("{to} 채널은 {names} 소식을 이미 받고 있어요. 이제부터 바꾸신 대로 올릴게요."),
    }
}

fn followed_before(lang: Lang, to: &str, already: &[String]) -> String {
    let names = names(lang, already);
    match lang {
        _ if already.is_empty() => String::new(),
        Lang::En => format!("{to} follows {names} already. `/subscriptions` shows everything that is followed."),
        Lang::Ko => format!("{to} 채널은 {names} 소식을 이미 받고 있어요. `/구독목록`에서 모두 볼 수 있어요."),
    }
}

fn words_followed(lang: Lang, new: &[(String, bool)]) -> &'static str {
    match new {
        [_] => say(
            lang,
            "I do not know this name yet, so I follow the words. As soon as a story names it, I know it too.",
            "아직 제가 모르는 이름이라 적어 주신 말 그대로 살펴볼게요. 소식에 나오면 저도 바로 알게 돼요.",
        ),
        _ => say(
            lang,
            "Names that I do not know yet I follow as words. As soon as a story names them, I know them too.",
            "아직 제가 모르는 이름은 적어 주신 말 그대로 살펴볼게요. 소식에 나오면 저도 바로 알게 돼요.",
        ),
    }
}

fn lately(sheet: &mut Sheet, lang: Lang, stories: &[(String, Option<String>, bool)]) {
    if stories.is_empty() {
        return;
    }
    sheet.paragraph(say(
        lang,
        "**These would have been posted lately**",
        "**최근이라면 이런 소식이 올라왔을 거예요**",
    ));
    sheet.lines(stories.iter().take(3).map(|(title, url, hidden)| {
        let plot = if *hidden {
            say(lang, " · plot hidden", " · 줄거리 가림")
        } else {
            ""
        };
        format!("- {}{plot}", masked(title, url.as_deref(), 120))
    }));
}

/// What was asked for and is not followed, and why.
fn left_out(sheet: &mut Sheet, lang: Lang, done: &Subscribed) {
    if !done.full.is_empty() {
        let (names, limit) = (names(lang, &done.full), number(u64::from(done.limit)));
        sheet.paragraph(&match lang {
            Lang::En => format!("⚠️ There was no room for {names}: a channel follows at most {limit} things."),
            Lang::Ko => format!("⚠️ {names}: 한 채널은 {limit}개까지 구독할 수 있어서 넣지 못했어요."),
        });
    }
    for (asked, offers) in &done.unclear {
        let asked = safe(asked, NAME);
        let names: Vec<String> = offers.iter().take(CHOICES_MAX).map(choice).collect();
        sheet.paragraph(&match (lang, names.is_empty()) {
            (Lang::En, true) => format!("❔ “{asked}” is nothing that I could follow."),
            (Lang::Ko, true) => format!("❔ “{asked}”: 구독할 수 있는 이름이 아니에요."),
            (Lang::En, false) => format!("❔ “{asked}” may be any of these, choose below: {}", names.join(", ")),
            (Lang::Ko, false) => format!(
                "❔ “{asked}”에 맞는 이름이 여럿이에요. 아래에서 골라 주세요: {}",
                names.join(", ")
            ),
        });
    }
}

/// A row of buttons for each name that is unclear. Two names may be unclear between the same people.
fn choices(done: &Subscribed, question: QuestionId) -> Vec<Vec<Button>> {
    let mut rows: Vec<Vec<Button>> = Vec::new();
    for (_, offers) in done.unclear.iter().take(ROWS) {
        let mut row = choice_buttons(offers, question);
        row.retain(|button| !rows.iter().flatten().any(|other| other.id() == button.id()));
        rows.push(row);
    }
    rows
}

/// The names of what is followed, in a sentence.
fn names<'a>(lang: Lang, labels: impl IntoIterator<Item = &'a String>) -> String {
    let mut names: Vec<String> = labels.into_iter().map(|label| followed_name(lang, label)).collect();
    let more = names.len().saturating_sub(NAMES_SHOWN);
    names.truncate(NAMES_SHOWN);
    match (names.split_last(), more, lang) {
        (_, 1.., Lang::En) => format!("{} and {more} more", names.join(", ")),
        (_, 1.., Lang::Ko) => format!("{} 외 {more}개", names.join(", ")),
        (Some((last, before)), 0, Lang::En) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => names.join(", "),
    }
}

pub(super) fn too_many(lang: Lang, limit: u32) -> Card {
    let limit = number(u64::from(limit));
    let text = match lang {
        Lang::En => format!(
            "A channel follows at most {limit} things. Let one go with `/unsubscribe`, use another channel, or let all go and follow everything."
        ),
        Lang::Ko => format!(
            "한 채널은 {limit}개까지 구독할 수 있어요. `/구독취소`로 하나를 빼거나, 다른 채널을 쓰거나, 모두 취소하고 전체를 구독해 보세요."
        ),
    };
    note(HONEY, say(lang, "This channel is full", "더 구독할 수 없어요"), text)
}

pub(super) fn unsubscribed(lang: Lang, labels: &[String], strange: &[String], to: ChannelId) -> Card {
    let (name, to) = (names(lang, labels), channel(to));
    let mut sheet = Sheet::new(DESCRIPTION);
    sheet.line(&match lang {
        Lang::En => format!("{to} no longer follows {name}. What was posted stays."),
        Lang::Ko => format!("{to} 채널은 이제 {name} 소식을 받지 않아요. 이미 올라온 글은 그대로 있어요."),
    });
    not_there(&mut sheet, lang, strange);
    note(
        JADE,
        say(lang, "No longer following", "구독을 취소했어요"),
        sheet.done(),
    )
}

fn not_there(sheet: &mut Sheet, lang: Lang, strange: &[String]) {
    if strange.is_empty() {
        return;
    }
    let names = names(lang, strange);
    sheet.paragraph(&match lang {
        Lang::En => format!("It did not follow {names}."),
        Lang::Ko => format!("{names} 소식은 구독하고 있지 않았어요."),
    });
}

pub(super) fn not_subscribed(lang: Lang, asked: &str, nearest: Option<&str>, followed: &[String]) -> Card {
    let asked = bold(label_or_everything(lang, asked));
    let mut sheet = Sheet::new(DESCRIPTION);
    sheet.line(&match lang {
        Lang::En => format!("This channel does not follow {asked}."),
        Lang::Ko => format!("이 채널은 {asked} 소식을 구독하고 있지 않아요."),
    });
    if let Some(nearest) = nearest {
        let nearest = bold(nearest);
        sheet.line(&match lang {
            Lang::En => format!("Did you mean {nearest}? Then ask again with that name."),
            Lang::Ko => format!("혹시 {nearest} 말씀인가요? 그렇다면 그 이름으로 다시 해 주세요."),
        });
    }
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

pub(super) fn paused(
    lang: Lang,
    (place, paused): (ChannelId, bool),
    labels: &[String],
    strange: &[String],
    count: u64,
) -> Card {
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
    let mut sheet = Sheet::new(DESCRIPTION);
    let what = names(lang, labels);
    sheet.line(&match (lang, paused, labels.is_empty()) {
        (Lang::En, true, true) => {
            format!("Nothing is posted to {to} for now ({sum}). `/resume` lets stories flow again.")
        }
        (Lang::En, false, true) => format!("Stories are posted to {to} again ({sum})."),
        (Lang::Ko, true, true) => {
            format!("{to} 채널에는 당분간 올리지 않을게요 ({sum}). `/재개`로 다시 받을 수 있어요.")
        }
        (Lang::Ko, false, true) => format!("{to} 채널에 다시 소식을 올릴게요 ({sum})."),
        (Lang::En, true, false) => {
            format!("Nothing about {what} is posted to {to} for now. `/resume` lets it flow again.")
        }
        (Lang::En, false, false) => format!("Stories about {what} are posted to {to} again."),
        (Lang::Ko, true, false) => {
            format!("{to} 채널에는 당분간 {what} 소식을 올리지 않을게요. `/재개`로 다시 받을 수 있어요.")
        }
        (Lang::Ko, false, false) => format!("{to} 채널에 다시 {what} 소식을 올릴게요."),
    });
    not_there(&mut sheet, lang, strange);
    let title = match paused {
        true => say(lang, "Paused", "잠시 멈췄어요"),
        false => say(lang, "Flowing again", "다시 시작했어요"),
    };
    note(JADE, title, sheet.done())
}
