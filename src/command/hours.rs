//! The values that say when: times of the day, quiet hours, days of the week, time zones.

use super::{
    NAME_MAX,
    options::t,
    table::{Pick, Text},
    terms::{one_of, values},
};
use crate::model::{DAY_MINUTES, QuietHours, answer::Refusal};
use chrono_tz::TZ_VARIANTS;

/// Words that take back what was set, so that the server's or the settings' hours hold again.
const DEFAULT: &[&str] = &["default", "reset", "기본", "기본값"];
/// Words for no quiet hours.
const OFF: &[&str] = &["off", "none", "no", "never", "없음", "끄기", "아니요"];

const fn weekday(value: &'static str, names: Text, aliases: &'static [&'static str]) -> Pick {
    Pick { value, names, aliases }
}

/// The days of the week, Monday first.
pub const DAY_PICKS: [Pick; 7] = [
    weekday(
        "monday",
        t("Monday", "월요일", "lunes", "segunda", "Senin"),
        &["mon", "월"],
    ),
    weekday(
        "tuesday",
        t("Tuesday", "화요일", "martes", "terça", "Selasa"),
        &["tue", "화"],
    ),
    weekday(
        "wednesday",
        t("Wednesday", "수요일", "miércoles", "quarta", "Rabu"),
        &["wed", "수"],
    ),
    weekday(
        "thursday",
        t("Thursday", "목요일", "jueves", "quinta", "Kamis"),
        &["thu", "목"],
    ),
    weekday(
        "friday",
        t("Friday", "금요일", "viernes", "sexta", "Jumat"),
        &["fri", "금"],
    ),
    weekday(
        "saturday",
        t("Saturday", "토요일", "sábado", "sábado", "Sabtu"),
        &["sat", "토"],
    ),
    weekday(
        "sunday",
        t("Sunday", "일요일", "domingo", "domingo", "Minggu"),
        &["sun", "일"],
    ),
];

/// The day of the week, 0 for Monday.
pub(super) fn day(text: &str) -> Result<Option<u8>, Refusal> {
    if is_one(DEFAULT, text) {
        return Ok(None);
    }
    one_of(
        "day",
        text,
        &DAY_PICKS,
        &[0, 1, 2, 3, 4, 5, 6],
        &const { values(&DAY_PICKS) },
    )
    .map(Some)
}

/// `9`, `18:30`, `9 pm`, `오후 9시`: a minute of the day.
pub(super) fn digest_at(text: &str) -> Result<Option<u16>, Refusal> {
    if is_one(DEFAULT, text) {
        return Ok(None);
    }
    let possible = &["9", "18:30", "9 pm"];
    minute(text).map(Some).ok_or_else(|| bad("digest", text, possible))
}

/// `23-7`, `11 pm - 7:30 am`, `밤 11시~7시`, `off`. The outer none: what the server or the settings say.
pub(super) fn quiet(text: &str) -> Result<Option<Option<QuietHours>>, Refusal> {
    if is_one(DEFAULT, text) {
        return Ok(None);
    }
    if is_one(OFF, text) {
        return Ok(Some(None));
    }
    let text_of = text.replace(" to ", "-").replace("부터", "-").replace("까지", "");
    let hours = text_of
        .split_once(['-', '–', '—', '~', '〜'])
        .and_then(|(from, to)| QuietHours::new(minute(from)?, minute(to)?));
    hours
        .map(|hours| Some(Some(hours)))
        .ok_or_else(|| bad("quiet", text, &["23-7", "22:30-8:00", "off"]))
}

/// A zone by its IANA name, in any case, or by its city alone.
pub(super) fn zone(text: &str) -> Result<Option<String>, Refusal> {
    if is_one(DEFAULT, text) {
        return Ok(None);
    }
    let found = zones(text).into_iter().next().filter(|found| {
        let (found, text) = (found.to_lowercase(), folded(text));
        found == text || found.rsplit('/').next() == Some(text.as_str())
    });
    found
        .map(|zone| Some(zone.to_owned()))
        .ok_or_else(|| bad("zone", text, &["Asia/Seoul", "Europe/Madrid", "America/New_York"]))
}

/// The zones whose name holds what was typed; those first whose whole name or city it is or begins.
#[must_use]
pub fn zones(typed: &str) -> Vec<&'static str> {
    let typed = folded(typed);
    let rank = |name: &str| {
        let name = name.to_lowercase();
        let city = name.rsplit('/').next().unwrap_or_default();
        match () {
            () if name == typed => Some(0),
            () if city == typed => Some(1),
            () if city.starts_with(&typed) => Some(2),
            () if name.starts_with(&typed) => Some(3),
            () if name.contains(&typed) => Some(4),
            () => None,
        }
    };
    let mut found: Vec<(i32, &'static str)> = TZ_VARIANTS
        .iter()
        .filter_map(|zone| Some((rank(zone.name())?, zone.name())))
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, name)| name).collect()
}

fn folded(text: &str) -> String {
    text.trim().to_lowercase().replace(' ', "_")
}

fn is_one(words: &[&str], text: &str) -> bool {
    words.contains(&text.trim().to_lowercase().as_str())
}

fn bad(option: &'static str, given: &str, examples: &'static [&'static str]) -> Refusal {
    Refusal::BadForm {
        option,
        given: given.chars().take(NAME_MAX).collect(),
        examples,
    }
}

/// Words for a part of the day with the hour from which its twelve hours are counted: at night twelve is midnight and one
/// is after it, about noon twelve is noon.
const PARTS: [(&str, u16); 11] = [
    ("a.m.", 0),
    ("p.m.", 12),
    ("am", 0),
    ("pm", 12),
    ("오전", 0),
    ("오후", 12),
    ("새벽", 0),
    ("아침", 0),
    ("낮", 6),
    ("저녁", 15),
    ("밤", 18),
];

/// A time of the day in minutes. Twelve hours with the part of the day before or behind them, else twenty-four.
fn minute(text: &str) -> Option<u16> {
    let text = text.trim().to_lowercase();
    match text.as_str() {
        "midnight" | "자정" => return Some(0),
        "noon" | "정오" => return Some(DAY_MINUTES / 2),
        _ => {}
    }
    let part = PARTS.iter().find_map(|(word, from)| {
        let clock = text.strip_prefix(word).or_else(|| text.strip_suffix(word))?;
        Some((clock.trim(), *from))
    });
    let clock = part.map_or(text.as_str(), |(clock, _)| clock);
    let clock = clock
        .replace('시', ":")
        .replace(['분', ' '], "")
        .replace(['.', 'h'], ":")
        .replace(":반", ":30");
    let (hour, minute) = clock.split_once(':').unwrap_or((&clock, ""));
    let number = |text: &str| {
        text.parse::<u16>()
            .ok()
            .filter(|_| text.bytes().all(|b| b.is_ascii_digit()))
    };
    let hour = number(hour)?;
    let minute = if minute.is_empty() { 0 } else { number(minute)? };
    let hour = match part {
        Some((_, from)) if (1..=12).contains(&hour) => (from + (hour + 24 - from) % 12) % 24,
        Some(_) => return None,
        None if hour == 24 && minute == 0 => 0,
        None => hour,
    };
    (hour < 24 && minute < 60)
        .then_some(hour * 60 + minute)
        .filter(|at| *at < DAY_MINUTES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn times_of_the_day() {
        for (text, at) in [
            ("9", 540),
            ("09:05", 545),
            ("18:30", 1110),
            ("9 pm", 1260),
            ("12am", 0),
            ("12 p.m.", 720),
            ("오후 9시", 1260),
            ("21시 30분", 1290),
            ("밤 11시", 1380),
            ("밤 12시", 0),
            ("밤 1시", 60),
            ("새벽 2시 반", 150),
            ("아침 7시", 420),
            ("낮 12시", 720),
            ("낮 1시", 780),
            ("저녁 7시 30분", 1170),
            ("자정", 0),
            ("noon", 720),
            ("24", 0),
            ("0", 0),
            ("7h30", 450),
            ("6.15", 375),
        ] {
            assert_eq!(minute(text), Some(at), "{text}");
        }
        for wrong in ["", "25", "9:60", "13 pm", "0 am", "-3", "+9", "nine", "9:3:4", "pm"] {
            assert_eq!(minute(wrong), None, "{wrong}");
        }
        assert_eq!(digest_at("default"), Ok(None));
    }

    #[test]
    fn quiet_hours() {
        let of = |from, to| Ok(Some(QuietHours::new(from, to)));
        assert_eq!(quiet("23-7"), of(1380, 420));
        assert_eq!(quiet("11 pm – 7:30 am"), of(1380, 450));
        assert_eq!(quiet("22:30 to 8"), of(1350, 480));
        assert_eq!(quiet("밤 11시부터 오전 7시까지"), of(1380, 420));
        assert_eq!(quiet("밤 12시~아침 7시"), of(0, 420));
        assert_eq!(quiet("midnight to 7"), of(0, 420));
        assert_eq!(quiet("Off"), Ok(Some(None)));
        assert_eq!(quiet("reset"), Ok(None));
        for wrong in ["7-7", "7", "always", "-", "7-25"] {
            assert!(
                matches!(quiet(wrong), Err(Refusal::BadForm { option: "quiet", .. })),
                "{wrong}"
            );
        }
    }

    #[test]
    fn days_and_zones() {
        assert_eq!(day("Monday"), Ok(Some(0)));
        for (at, pick) in (0..).zip(DAY_PICKS) {
            for name in pick.names.localised().map(|(_, name)| name) {
                assert_eq!(day(name), Ok(Some(at)), "{name}");
                assert_eq!(day(&name.to_lowercase()), Ok(Some(at)), "{name}");
            }
        }
        assert!(day("someday").is_err());
        assert_eq!(zone("asia/seoul"), Ok(Some("Asia/Seoul".into())));
        assert_eq!(zone("new york"), Ok(Some("America/New_York".into())));
        assert_eq!(zone("UTC"), Ok(Some("UTC".into())));
        assert_eq!(zone("default"), Ok(None));
        assert!(zone("Mars").is_err() && zone("").is_err() && zone("a").is_err());
        assert_eq!(zones("seou")[0], "Asia/Seoul");
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_a_value_or_refused(text in ".{0,40}") {
            let _ = (digest_at(&text), quiet(&text), day(&text), zone(&text));
        }
    }
}
