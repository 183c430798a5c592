//! Dates as the web writes them: RFC 822 and its misspellings, ISO 8601 and its fragments, asctime,
//! Korean. What cannot be read is none; a date is never guessed.

use super::calendar::{month, zone_of_name};
use crate::model::Millis;
use chrono::{NaiveDate, NaiveTime};

/// No date is longer than this many bytes.
const LONGEST: usize = 120;
const MINUTE: i64 = 60_000;
const KOREA: i64 = 9 * 60;

/// Reads a date. Without a zone it is taken as UTC, in Korean as Korean time.
#[must_use]
pub(crate) fn parse(text: &str) -> Option<Millis> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    let fields = fields(text);
    if text.contains('년') {
        korean(&fields)
    } else {
        by_number(text, &fields).or_else(|| by_month(&fields))
    }
}

/// A run of one sort of characters.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Field<'a> {
    Number(&'a str),
    Word(&'a str),
    Sign(char),
}

fn fields(text: &str) -> Vec<Field<'_>> {
    let mut found = Vec::with_capacity(16);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = |same: fn(char) -> bool| rest.find(|c| !same(c)).unwrap_or(rest.len());
        let length = if first.is_ascii_digit() {
            let end = end(|c| c.is_ascii_digit());
            found.push(Field::Number(&rest[..end]));
            end
        } else if first.is_alphabetic() {
            let end = end(char::is_alphabetic);
            found.push(Field::Word(&rest[..end]));
            end
        } else {
            // A comma between two numbers is a decimal one (ISO 8601); any other is a space.
            let is_decimal = first == ','
                && matches!(found.last(), Some(Field::Number(_)))
                && rest[1..].starts_with(|c: char| c.is_ascii_digit());
            if !first.is_whitespace() && first != ',' || is_decimal {
                found.push(Field::Sign(first));
            } else if found.last() != Some(&Field::Sign(' ')) {
                found.push(Field::Sign(' '));
            }
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    found
}

fn number<T: std::str::FromStr>(field: Option<&Field<'_>>) -> Option<T> {
    match field {
        Some(Field::Number(digits)) => digits.parse().ok(),
        _ => None,
    }
}

fn moment(date: NaiveDate, time: Time) -> Option<Millis> {
    let millis = date.and_time(NaiveTime::MIN).and_utc().timestamp_millis();
    millis
        .checked_add(time.of_day)
        .and_then(|local| local.checked_sub(time.zone * MINUTE))
}

/// A time of day in milliseconds, and the minutes that its zone is ahead of UTC.
#[derive(Clone, Copy, Default)]
struct Time {
    of_day: i64,
    zone: i64,
}

/// `2021-10-27T01:12:09+00:00` and whatever else starts with the year.
fn by_number(text: &str, fields: &[Field<'_>]) -> Option<Millis> {
    let Some(Field::Number(first)) = fields.first() else {
        return None;
    };
    let (date, used) = match (first.len(), fields.get(1), fields.get(2)) {
        (4, Some(Field::Sign('-')), Some(Field::Number(day))) if day.len() == 3 => {
            (NaiveDate::from_yo_opt(first.parse().ok()?, day.parse().ok()?)?, 3)
        }
        (4, Some(Field::Sign('-' | '/' | '.')), Some(Field::Number(_))) => dashed(first, fields)?,
        (4, Some(Field::Sign('-')), Some(Field::Word(_))) => worded(first, fields)?,
        (4, Some(Field::Sign('.')), Some(Field::Sign(' '))) => spaced(first, fields)?,
        (4, None, _) => (NaiveDate::from_ymd_opt(first.parse().ok()?, 1, 1)?, 1),
        // ISO 8601 has no YYYYMM, people do; what cannot be that is YYMMDD.
        (6, None, _) => {
            let month = NaiveDate::from_ymd_opt(first[..4].parse().ok()?, first[4..].parse().ok()?, 1);
            let in_century = month.filter(|_| first.starts_with("19") || first.starts_with("20"));
            (
                in_century.or_else(|| compact(&format!("{}{first}", century(first)?)))?,
                1,
            )
        }
        (2, Some(Field::Sign('-')), Some(Field::Number(month))) if month.len() == 2 => {
            let is_whole = matches!(
                (fields.get(3), fields.get(4)),
                (Some(Field::Sign('-')), Some(Field::Number(day))) if day.len() == 2
            );
            is_whole.then_some(())?;
            dashed(&format!("{}{first}", century(first)?), fields)?
        }
        (7, None, _) => (
            NaiveDate::from_yo_opt(first[..4].parse().ok()?, first[4..].parse().ok()?)?,
            1,
        ),
        (8, _, _) => (compact(first)?, 1),
        (14, _, _) => {
            let time = Field::Number(&first[8..]);
            let rest: Vec<Field<'_>> = std::iter::once(time).chain(fields[1..].iter().copied()).collect();
            return moment(compact(&first[..8])?, time_of(&rest)?);
        }
        (9..=10, None, _) if text.len() == 10 => return first.parse::<i64>().ok().map(|seconds| seconds * 1000),
        _ => return None,
    };
    moment(date, time_of(&fields[used..])?)
}

/// The century of a year that is written with two digits (RFC 2822 for those of this and the last).
fn century(year: &str) -> Option<&'static str> {
    let year: u32 = year.get(..2)?.parse().ok()?;
    Some(if year < 69 { "20" } else { "19" })
}

/// `2004-július-13`, as Hungarian feeds write it.
fn worded(year: &str, fields: &[Field<'_>]) -> Option<(NaiveDate, usize)> {
    let Some(Field::Word(word)) = fields.get(2) else {
        return None;
    };
    let date = NaiveDate::from_ymd_opt(year.parse().ok()?, month(word)?, number(fields.get(4))?)?;
    Some((date, 5))
}

fn compact(digits: &str) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(
        digits[..4].parse().ok()?,
        digits[4..6].parse().ok()?,
        digits[6..8].parse().ok()?,
    )
}

fn dashed(year: &str, fields: &[Field<'_>]) -> Option<(NaiveDate, usize)> {
    let month = number(fields.get(2))?;
    let day = match fields.get(3) {
        Some(Field::Sign('-' | '/' | '.')) => number(fields.get(4)),
        _ => None,
    };
    let used = if day.is_some() { 5 } else { 3 };
    Some((
        NaiveDate::from_ymd_opt(year.parse().ok()?, month, day.unwrap_or(1))?,
        used,
    ))
}

/// `2021. 10. 27.`
fn spaced(year: &str, fields: &[Field<'_>]) -> Option<(NaiveDate, usize)> {
    let numbers = |index: usize| number(fields.get(index));
    let date = NaiveDate::from_ymd_opt(year.parse().ok()?, numbers(3)?, numbers(6)?)?;
    Some((date, if fields.get(7) == Some(&Field::Sign('.')) { 8 } else { 7 }))
}

/// `2021년 10월 27일 오전 10:12:09`
fn korean(fields: &[Field<'_>]) -> Option<Millis> {
    let before = |unit: &str| {
        let at = fields.iter().position(|field| *field == Field::Word(unit))?;
        number::<u32>(fields[..at].iter().rev().find(|field| **field != Field::Sign(' ')))
    };
    let date = NaiveDate::from_ymd_opt(
        i32::try_from(before("년")?).ok()?,
        before("월")?,
        before("일").unwrap_or(1),
    )?;
    let after = fields
        .iter()
        .position(|field| matches!(field, Field::Word("일")))
        .map_or(fields.len(), |at| at + 1);
    let mut time = match before("시") {
        Some(hour) => {
            let later = fields.contains(&Field::Word("오후"));
            let hour = half_day(hour.into(), later, fields.contains(&Field::Word("오전")))?;
            let (minute, second) = (before("분").unwrap_or(0), before("초").unwrap_or(0));
            (minute < 60 && second < 61).then_some(())?;
            Time {
                of_day: (hour * 3600 + i64::from(minute) * 60 + i64::from(second)) * 1000,
                zone: KOREA,
            }
        }
        None => time_of(&fields[after..])?,
    };
    if !fields
        .iter()
        .any(|field| matches!(field, Field::Sign('+') | Field::Word("Z" | "UTC" | "GMT")))
    {
        time.zone = KOREA;
    }
    moment(date, time)
}

/// `수`, `수요일`.
fn is_korean_day(word: &str) -> bool {
    ["월", "화", "수", "목", "금", "토", "일"].contains(&word.trim_end_matches("요일"))
}

fn half_day(hour: i64, afternoon: bool, morning: bool) -> Option<i64> {
    match (hour, afternoon, morning) {
        (12, _, true) => Some(0),
        (1..=11, true, _) => Some(hour + 12),
        (0..=24, _, _) => Some(hour),
        _ => None,
    }
}

/// `Wed, 27 Oct 2021 01:12:09 +0000`, `October 27, 2021`, `Wed Oct 27 01:12:09 2021`.
fn by_month(fields: &[Field<'_>]) -> Option<Millis> {
    let named = fields.iter().find_map(|field| {
        if let Field::Word(word) = field {
            month(word)
        } else {
            None
        }
    });
    // The time starts at the first number before a colon.
    let clock = fields
        .windows(2)
        .position(|pair| matches!(pair, [Field::Number(_), Field::Sign(':')]));
    let in_clock = |index: usize| clock.is_some_and(|at| (at..at + clock_length(&fields[at..])).contains(&index));
    let mut numbers = Vec::with_capacity(3);
    let mut zoned = false;
    for (index, field) in fields.iter().enumerate() {
        match field {
            // Behind a zone only a year may stand, and apart from it.
            Field::Number(digits) if !in_clock(index) && (!zoned || fields[index - 1] == Field::Sign(' ')) => {
                numbers.push(*digits);
            }
            Field::Sign('+') => zoned = true,
            Field::Sign('-') => zoned = clock.is_some_and(|at| index > at),
            _ => {}
        }
    }
    let (year, month, day) = match (named, numbers.as_slice()) {
        (Some(month), [year, day, ..]) if year.len() == 4 => (*year, month, *day),
        (Some(month), [day, year, ..]) => (*year, month, *day),
        (Some(month), [year]) if year.len() == 4 => (*year, month, "1"),
        // Day and month as numbers are only certain when one of them cannot be a month.
        (None, [first, second, year, ..]) if year.len() == 4 => {
            match (first.parse::<u32>().ok()?, second.parse::<u32>().ok()?) {
                (day @ 13..=31, month) | (month, day @ 13..=31) => return finish(year, month, day, fields, clock),
                (month, day) if month == day => return finish(year, month, day, fields, clock),
                _ => return None,
            }
        }
        _ => return None,
    };
    finish(year, month, day.parse().ok()?, fields, clock)
}

fn finish(year: &str, month: u32, day: u32, fields: &[Field<'_>], clock: Option<usize>) -> Option<Millis> {
    let mut year_number: i32 = year.parse().ok()?;
    if year.len() <= 2 {
        year_number += if year_number < 69 { 2000 } else { 1900 };
    }
    let date = NaiveDate::from_ymd_opt(year_number, month, day)?;
    let time = clock.map_or(Some(Time::default()), |at| time_of(&fields[at..]))?;
    moment(date, time)
}

fn clock_length(fields: &[Field<'_>]) -> usize {
    fields
        .iter()
        .take_while(|field| matches!(field, Field::Number(_) | Field::Sign(':' | '.')))
        .count()
}

/// `T01:12:09.123+09:00`, `01:12 PM KST`, `0112`, nothing.
fn time_of(fields: &[Field<'_>]) -> Option<Time> {
    let lead = |field: &&Field<'_>| {
        matches!(field, Field::Sign(' ' | '-' | '_' | '.' | '(' | ')'))
            || matches!(field, Field::Word("T" | "t" | "at" | "오전" | "오후"))
            || matches!(field, Field::Word(word) if is_korean_day(word))
    };
    let start = fields.iter().take_while(lead).count();
    let rest = &fields[start..];
    let [Field::Number(first), after @ ..] = rest else {
        return Some(Time {
            of_day: 0,
            zone: zone(fields),
        });
    };
    let mut parts = [0_i64; 3];
    let mut fraction = 0;
    if first.len() >= 4 {
        for (part, index) in parts.iter_mut().zip([0, 2, 4]) {
            *part = first
                .get(index..index + 2)
                .and_then(|digits| digits.parse().ok())
                .unwrap_or(0);
        }
    } else {
        parts[0] = first.parse().ok()?;
        let mut at = 0;
        for part in &mut parts[1..] {
            if let (Some(Field::Sign(':')), Some(Field::Number(digits))) = (after.get(at), after.get(at + 1)) {
                *part = digits.parse().ok()?;
                at += 2;
            }
        }
        if let (Some(Field::Sign('.' | ':' | ',')), Some(Field::Number(digits))) = (after.get(at), after.get(at + 1)) {
            fraction = format!("{:0<3}", digits)[..3].parse().ok()?;
        }
    }
    let says = |words: [&str; 3]| {
        fields
            .iter()
            .any(|field| matches!(field, Field::Word(word) if words.iter().any(|w| w.eq_ignore_ascii_case(word))))
    };
    let hour = half_day(parts[0], says(["pm", "p", "오후"]), says(["am", "a", "오전"]))?;
    if parts[1] > 59 || parts[2] > 60 {
        return None;
    }
    let of_day = (hour * 3600 + parts[1] * 60 + parts[2]) * 1000 + fraction;
    let says_zone = rest.iter().any(|field| match field {
        Field::Sign('+') => true,
        Field::Word(word) => zone_of_name(word).is_some(),
        _ => false,
    });
    let is_korean = says(["오전", "오후", "오전"]) && !says_zone;
    Some(Time {
        of_day,
        zone: if is_korean { KOREA } else { zone(rest) },
    })
}

/// The minutes that the zone named at the end is ahead of UTC.
fn zone(fields: &[Field<'_>]) -> i64 {
    let offset = fields
        .windows(2)
        .position(|pair| matches!(pair, [Field::Sign('+' | '-' | '−'), Field::Number(_)]));
    if let Some(at) = offset {
        let sign = if fields[at] == Field::Sign('+') { 1 } else { -1 };
        let Field::Number(digits) = fields[at + 1] else {
            return 0;
        };
        let (hours, minutes) = match (digits.len(), fields.get(at + 2), fields.get(at + 3)) {
            (1 | 2, Some(Field::Sign(':')), Some(Field::Number(minutes))) if minutes.len() <= 2 => (digits, *minutes),
            (1 | 2, _, _) => (digits, "0"),
            (3 | 4, _, _) => digits.split_at(digits.len() - 2),
            _ => return 0,
        };
        let minutes = hours.parse().unwrap_or(0) * 60 + minutes.parse().unwrap_or(0);
        return if minutes <= 14 * 60 { sign * minutes } else { 0 };
    }
    fields
        .iter()
        .find_map(|field| {
            if let Field::Word(word) = field {
                zone_of_name(word)
            } else {
                None
            }
        })
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso(text: &str) -> Option<String> {
        let moment = chrono::DateTime::from_timestamp_millis(parse(text)?)?;
        Some(moment.format("%Y-%m-%dT%H:%M:%S%.fZ").to_string())
    }

    #[test]
    fn dates_of_every_make() {
        for (given, expected) in [
            ("Wed, 27 Oct 2021 01:12:09 +0000", "2021-10-27T01:12:09Z"),
            ("Wed, 27 Oct 2021 10:12:09 KST", "2021-10-27T01:12:09Z"),
            ("Wed, 27 Oct 2021 10:12:09 +0900", "2021-10-27T01:12:09Z"),
            ("27 Oct 2021 10:12 JST", "2021-10-27T01:12:00Z"),
            ("Wed, 27 October 2021 01:12:09 GMT", "2021-10-27T01:12:09Z"),
            ("Thu, 01 Jan 04 19:48:21 ET", "2004-01-02T00:48:21Z"),
            ("Thu, 01 Jan 2004 19:48:21 MET", "2004-01-01T18:48:21Z"),
            ("Thursday, 8-Jul-04 23:56:58 GMT", "2004-07-08T23:56:58Z"),
            ("Sun Jan 4 16:29:06 2004", "2004-01-04T16:29:06Z"),
            ("Sun Jan 04 16:29:06 PST 2004", "2004-01-05T00:29:06Z"),
            ("2004-07-08 23:56:58", "2004-07-08T23:56:58Z"),
            ("2021-10-27T01:12:09+00:00", "2021-10-27T01:12:09Z"),
            ("2021-10-27T10:12:09.250+09:00", "2021-10-27T01:12:09.250Z"),
            ("2021-10-27T10:12+0900", "2021-10-27T01:12:00Z"),
            ("20211027T011209Z", "2021-10-27T01:12:09Z"),
            ("20211027011209", "2021-10-27T01:12:09Z"),
            ("2003-12-31", "2003-12-31T00:00:00Z"),
            ("2003/12/31 10:30 PM", "2003-12-31T22:30:00Z"),
            ("2003-12", "2003-12-01T00:00:00Z"),
            ("2003-335", "2003-12-01T00:00:00Z"),
            ("2003", "2003-01-01T00:00:00Z"),
            ("Oct 26, 2021", "2021-10-26T00:00:00Z"),
            ("October 26, 2021 at 10:05 pm", "2021-10-26T22:05:00Z"),
            ("2021년 10월 27일", "2021-10-26T15:00:00Z"),
            ("2004년 05월 28일  01:31:15", "2004-05-27T16:31:15Z"),
            ("2004-05-25 오후 11:23:17", "2004-05-25T14:23:17Z"),
            ("2021년 10월 27일 오후 3시 20분", "2021-10-27T06:20:00Z"),
            ("2021. 10. 27. 13:00", "2021-10-27T13:00:00Z"),
            ("25/12/2021 08:00", "2021-12-25T08:00:00Z"),
            ("1635297129", "2021-10-27T01:12:09Z"),
            // Minutes that nobody can count are none.
            ("2021-10-27T10:12:09+09:9223372036854775807", "2021-10-27T01:12:09Z"),
        ] {
            assert_eq!(iso(given).as_deref(), Some(expected), "{given}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for given in [
            "",
            "yesterday",
            "Wed, 35 Oct 2021 01:12:09",
            "2021-13-01",
            "01/02/2021",
            "2021-10-27T25:00:00Z",
            "éé",
            "12345",
        ] {
            assert_eq!(parse(given), None, "{given}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "[0-9a-zA-Z:/.,+ 년월일시오전후é-]{0,40}", zone in "([+−-][0-9]{1,4}:?[0-9]{0,20})?") {
            let _ = (parse(&text), parse(&format!("2021-10-27T10:12{zone}")));
        }
    }
}
