//! The small words that many cards share: numbers, times, lists, who somebody is, Korean particles.

use super::{
    color::{color_of, slug},
    escape::{is_blank, safe},
};
use crate::model::{ChannelId, Lang, Millis, QuoteKind, answer::Choice};

/// The words of a language.
pub(super) const fn say<'a>(lang: Lang, en: &'a str, ko: &'a str) -> &'a str {
    match lang {
        Lang::En => en,
        Lang::Ko => ko,
    }
}

/// 1234567 → 1,234,567, as both languages write it.
pub(super) fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 vote`, `2 votes`; `2표`.
pub(super) fn counted(lang: Lang, n: u64, one: &str, many: &str, ko: &str) -> String {
    match lang {
        Lang::En => format!("{} {}", number(n), if n == 1 { one } else { many }),
        Lang::Ko => format!("{}{ko}", number(n)),
    }
}

/// The last second that JavaScript's dates know; Discord shows what lies beyond as text.
const LAST_SECOND: i64 = 8_640_000_000_000;

/// A moment as Discord shows it in the reader's own time; `style` as in its reference (`D` date, `R` ago).
pub(super) fn moment(at: Millis, style: char) -> String {
    format!("<t:{}:{style}>", at.div_euclid(1000).clamp(0, LAST_SECOND))
}

/// A time within what embeds take (the years 0 to 9999 of ISO 8601).
pub(super) fn stamp(at: Millis) -> Option<Millis> {
    (0..=253_402_300_799_999).contains(&at).then_some(at)
}

/// `3 days 4 hours`; the two largest units.
pub(super) fn duration(lang: Lang, millis: Millis) -> String {
    let seconds = millis.max(0).cast_unsigned() / 1000;
    let units = [
        (seconds / 86_400, "day", "days", "일"),
        (seconds / 3600 % 24, "hour", "hours", "시간"),
        (seconds / 60 % 60, "minute", "minutes", "분"),
        (seconds % 60, "second", "seconds", "초"),
    ];
    let first = units.iter().position(|(n, ..)| *n > 0).unwrap_or(3);
    let shown = units[first..].iter().take(2).filter(|(n, ..)| *n > 0);
    let parts: Vec<String> = shown
        .map(|(n, one, many, ko)| counted(lang, *n, one, many, ko))
        .collect();
    if parts.is_empty() {
        counted(lang, 0, "second", "seconds", "초")
    } else {
        parts.join(" ")
    }
}

/// `<#…>`
pub(super) fn channel(id: ChannelId) -> String {
    format!("<#{id}>")
}

/// A name from outside, in bold. Bold marks around nothing would be shown as they are.
pub(super) fn bold(name: &str) -> String {
    format!("**{}**", or_dots(safe(name, 120)))
}

/// The text, or dots where there is none.
pub(super) fn or_dots(text: String) -> String {
    if text.is_empty() { "…".to_owned() } else { text }
}

/// `**Ahn Hyo Seop** (안효섭)`
pub(super) fn named(name: &str, hangul: Option<&str>) -> String {
    match hangul.filter(|hangul| *hangul != name && !is_blank(hangul)) {
        Some(hangul) => format!("{} ({})", bold(name), safe(hangul, 60)),
        None => bold(name),
    }
}

/// A choice as a line of text: `**Name** (이름) · hint`.
pub(super) fn choice(choice: &Choice) -> String {
    let name = named(&choice.name, choice.hangul.as_deref());
    match choice.hint.as_deref().filter(|hint| !is_blank(hint)) {
        Some(hint) => format!("{name} · {}", safe(hint, 80)),
        None => name,
    }
}

/// Who said something, and as whom: `**Ahn Hyo Seop** as *Ha Ram*`.
pub(super) fn byline(lang: Lang, speaker: &str, role: Option<&str>, kind: QuoteKind) -> String {
    let speaker = bold(&capital(speaker));
    let Some(role) = role.filter(|role| !is_blank(role)) else {
        return speaker;
    };
    let role = safe(role, 120);
    match (lang, kind) {
        (Lang::En, QuoteKind::Cast) => format!("{speaker} as *{role}*"),
        (Lang::En, QuoteKind::Character) => format!("{speaker}, played by *{role}*"),
        (Lang::En, _) => format!("{speaker}, *{role}*"),
        (Lang::Ko, QuoteKind::Cast) => format!("{speaker} · *{role}* 역"),
        (Lang::Ko, QuoteKind::Character) => format!("{speaker} · 배우 *{role}*"),
        (Lang::Ko, _) => format!("{speaker} · *{role}*"),
    }
}

/// Somebody without a name is a role such as `director`, which starts a line here.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if first.is_ascii_lowercase() => format!("{}{}", first.to_ascii_uppercase(), chars.as_str()),
        _ => text.to_owned(),
    }
}

/// The name of a feeling of the settings in a language; the usual ones have one in Korean.
pub fn feeling_name(lang: Lang, name: &str) -> &str {
    match (lang, name) {
        (Lang::Ko, "love") => "사랑",
        (Lang::Ko, "laugh") => "웃음",
        (Lang::Ko, "wow") => "놀람",
        (Lang::Ko, "tears") => "눈물",
        (Lang::Ko, "angry") => "분노",
        _ => name,
    }
}

/// Spoken words between the marks of the house.
pub(super) fn spoken(text: &str, shown: usize) -> String {
    format!("“{}”", super::escape::safe_sentences(text, shown, 2 * shown))
}

/// The colour of a drama or person that comes by name.
pub(super) fn color_of_name(name: &str) -> u32 {
    color_of(&slug(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_words() {
        assert_eq!(number(0), "0");
        assert_eq!(number(1_234_567), "1,234,567");
        assert_eq!(duration(Lang::En, 90_061_000), "1 day 1 hour");
        assert_eq!(duration(Lang::Ko, 3_600_000), "1시간");
        assert_eq!(duration(Lang::En, -5), "0 seconds");
        assert_eq!(moment(i64::MAX, 'D'), "<t:8640000000000:D>");
        assert_eq!(moment(i64::MIN, 'R'), "<t:0:R>");
    }
}
