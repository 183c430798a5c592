//! When the digests of a channel come and when it is quiet, as it is and as it was changed.

use super::{footed, note};
use crate::{
    command::DAY_PICKS,
    model::{
        Lang,
        answer::{HoursAnswer, HoursPlace},
    },
    view::{
        card::Card,
        color::{HONEY, JADE},
        cut::Sheet,
        escape::safe,
        limits::DESCRIPTION,
        words::{channel, moment, say},
    },
};

/// The hours of a channel or a server.
pub(super) fn hours(lang: Lang, what: &HoursAnswer) -> Card {
    let mut sheet = Sheet::new(DESCRIPTION);
    sheet.line(&match (lang, what.place) {
        (Lang::En, HoursPlace::Channel(id)) => format!("For {}.", channel(id)),
        (Lang::Ko, HoursPlace::Channel(id)) => format!("{} 채널의 시간이에요.", channel(id)),
        (_, HoursPlace::Server) => say(
            lang,
            "For every channel of this server that has no hours of its own. Weeks of `/top` begin in this zone.",
            "따로 정하지 않은 이 서버의 모든 채널에 적용돼요. `/순위`의 한 주도 이 시간대로 시작해요.",
        )
        .to_owned(),
    });
    sheet.paragraph(&lines(lang, what).join("\n"));
    if what.next.is_some() || what.quiet_until.is_some() {
        sheet.paragraph(&soon(lang, what).join("\n"));
    }
    let title = match what.changed {
        true => say(lang, "Changed", "바꿨어요"),
        false => say(lang, "Hours", "시간"),
    };
    footed(
        note(if what.changed { JADE } else { HONEY }, title, sheet.done()),
        say(
            lang,
            "/subscribe when:daily gathers stories in a digest",
            "/구독 언제:매일 로 소식을 모아 받을 수 있어요",
        ),
    )
}

fn lines(lang: Lang, what: &HoursAnswer) -> Vec<String> {
    let shown = &what.hours;
    let own = |own: bool| match (own, what.place) {
        (true, _) | (_, HoursPlace::Server) => "",
        (false, HoursPlace::Channel(_)) => say(lang, " · as in the server", " · 서버와 같이"),
    };
    let day = DAY_PICKS
        .get(usize::from(shown.day))
        .map_or("", |day| day.names.get(lang));
    let zone = safe(&shown.zone, 60);
    let quiet = shown.quiet.map_or_else(
        || say(lang, "none", "없음").to_owned(),
        |quiet| format!("{}–{}", clock(quiet.from), clock(quiet.to)),
    );
    let digest = match lang {
        Lang::En => format!("📬 Digests come at **{}**, weekly ones on {day}", clock(shown.at)),
        Lang::Ko => format!("📬 모음은 **{}**에, 매주 모음은 {day}에 올라와요", clock(shown.at)),
    };
    vec![
        format!("{digest}{}", own(what.own.at.is_some() && what.own.day.is_some())),
        format!(
            "🌙 {}: **{quiet}**{}",
            say(lang, "Quiet hours", "조용한 시간"),
            own(what.own.quiet.is_some())
        ),
        format!(
            "🌐 {}: **{zone}**{}",
            say(lang, "Time zone", "시간대"),
            own(what.own.zone.is_some())
        ),
    ]
}

/// What comes next, in the reader's own time.
fn soon(lang: Lang, what: &HoursAnswer) -> Vec<String> {
    let next = what.next.map(|at| match lang {
        Lang::En => format!("The next daily digest: {}", moment(at, 'f')),
        Lang::Ko => format!("다음 매일 모음: {}", moment(at, 'f')),
    });
    let quiet = what.quiet_until.map(|at| match lang {
        Lang::En => format!("It is quiet now, until {}", moment(at, 't')),
        Lang::Ko => format!("지금은 조용한 시간이에요. {}까지예요", moment(at, 't')),
    });
    next.into_iter().chain(quiet).collect()
}

/// 540 → 09:00.
fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}
