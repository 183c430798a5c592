//! Rankings and feelings, as bars of text.

use super::{footed, note};
use crate::{
    model::{
        Feelings, Lang,
        answer::{Period, Ranked, TopBy},
    },
    view::{
        bars::{bar, chart, counts, total},
        card::Card,
        color::{HONEY, PERSIMMON},
        cut::Sheet,
        escape::{is_blank, safe},
        limits::DESCRIPTION,
        link::masked,
        words::{color_of_name, counted, number, say},
    },
};

/// Most rows of a ranking.
const ROWS: usize = 10;

pub(super) fn top(
    lang: Lang,
    feelings: &Feelings,
    (period, by): (Period, TopBy),
    drama: Option<&str>,
    rows: &[Ranked],
) -> Card {
    let title = top_title(lang, period, by, drama);
    let rows: Vec<&Ranked> = rows.iter().filter(|row| total(row) > 0).take(ROWS).collect();
    if rows.is_empty() {
        return note(HONEY, title, no_votes(lang));
    }
    let most = rows.iter().map(|row| total(row)).max().unwrap_or(0);
    let mut sheet = Sheet::new(DESCRIPTION - 600);
    for (at, row) in rows.iter().enumerate() {
        let name = masked(name_of(lang, row), row.url.as_deref(), 100);
        let votes = total(row);
        let line = format!(
            "{} {name}\n`{}` **{}**\n{}",
            medal(at),
            bar(votes, most, 14),
            number(votes),
            counts(row, feelings)
        );
        if !sheet.paragraph(&line) {
            break;
        }
    }
    let sum = sum_of(&rows);
    let mut card = note(drama.map_or(PERSIMMON, color_of_name), title, sheet.done());
    let all = chart(&sum, feelings).join("\n");
    if let Some(embed) = card.embeds.last_mut().filter(|_| rows.len() > 1) {
        embed
            .fields
            .push((say(lang, "All of these together", "모두 합하면").to_owned(), all, false));
    }
    footed(card, votes_of(lang, total(&sum)))
}

fn top_title(lang: Lang, period: Period, by: TopBy, drama: Option<&str>) -> String {
    let of = match by {
        TopBy::Story => say(lang, "stories", "소식"),
        TopBy::Drama => say(lang, "dramas", "드라마"),
        TopBy::Person => say(lang, "people", "인물"),
    };
    let since = match period {
        Period::Week => say(lang, "of this week", "이번 주"),
        Period::Month => say(lang, "of this month", "이번 달"),
        Period::All => say(lang, "of all time", "전체 기간"),
    };
    let drama = drama.map(|drama| safe(drama, 100));
    match (lang, drama) {
        (Lang::En, None) => format!("Top {of} {since}"),
        (Lang::En, Some(drama)) => format!("Top {of} {since} · {drama}"),
        (Lang::Ko, None) => format!("{since} {of} 순위"),
        (Lang::Ko, Some(drama)) => format!("{since} {of} 순위 · {drama}"),
    }
}

/// A number that does not begin a list, which Discord would indent.
fn medal(at: usize) -> String {
    match at {
        0 => "🥇".to_owned(),
        1 => "🥈".to_owned(),
        2 => "🥉".to_owned(),
        _ => format!("**{}**", at + 1),
    }
}

fn name_of(lang: Lang, row: &Ranked) -> &str {
    if is_blank(&row.name) {
        say(lang, "without a headline", "제목 없음")
    } else {
        &row.name
    }
}

fn sum_of(rows: &[&Ranked]) -> Ranked {
    let mut sum = Ranked {
        name: String::new(),
        url: None,
        feelings: Vec::new(),
        other: 0,
    };
    for row in rows {
        sum.other = sum.other.saturating_add(row.other);
        sum.feelings.resize(sum.feelings.len().max(row.feelings.len()), 0);
        for (all, votes) in sum.feelings.iter_mut().zip(&row.feelings) {
            *all = all.saturating_add(*votes);
        }
    }
    sum
}

fn votes_of(lang: Lang, votes: u64) -> String {
    counted(lang, votes, "vote", "votes", "표")
}

fn no_votes(lang: Lang) -> &'static str {
    say(
        lang,
        "Nobody has voted yet. React to a post with how it makes you feel, and it shows here.",
        "아직 반응이 없어요. 글에 느낀 대로 반응을 남기면 여기에 나와요.",
    )
}

pub(super) fn mood(lang: Lang, feelings: &Feelings, name: Option<&str>, all: &Ranked, recent: &[Ranked]) -> Card {
    let title = match (lang, name.map(|name| safe(name, 120))) {
        (Lang::En, Some(name)) => format!("How people felt about {name}"),
        (Lang::En, None) => "How people felt".to_owned(),
        (Lang::Ko, Some(name)) => format!("{name}: 모두의 마음"),
        (Lang::Ko, None) => "모두의 마음".to_owned(),
    };
    if total(all) == 0 {
        return note(HONEY, title, no_votes(lang));
    }
    let mut sheet = Sheet::new(DESCRIPTION);
    sheet.lines(chart(all, feelings));
    let voted: Vec<&Ranked> = recent.iter().filter(|row| total(row) > 0).take(5).collect();
    if !voted.is_empty() {
        sheet.paragraph(say(lang, "**Lately, newest first**", "**최근 소식, 새로운 것부터**"));
        sheet.lines(voted.iter().map(|row| {
            let name = masked(name_of(lang, row), row.url.as_deref(), 100);
            format!("- {name}\n  {}", counts(row, feelings))
        }));
    }
    footed(
        note(name.map_or(PERSIMMON, color_of_name), title, sheet.done()),
        votes_of(lang, total(all)),
    )
}
