//! Rankings and feelings, as bars of text.

use super::{footed, note};
use crate::{
    model::{
        Feelings, Lang, QuoteKind,
        answer::{Mood, Period, Ranked, Ranking, Step, TopBy},
    },
    view::{
        bars::{bar, chart, counts, total},
        card::Card,
        color::{HONEY, PERSIMMON},
        cut::Sheet,
        escape::{is_blank, safe},
        limits::DESCRIPTION,
        link::{embed_address, masked},
        words::{bold, byline, color_of_name, counted, feeling_name, moment, number, say, spoken},
    },
};

/// Most rows of a ranking.
const ROWS: usize = 10;
/// Most characters of a line in a ranking.
const LINE: usize = 140;

/// What goes under the chart of a ranking: the way to each place, and what was felt of it.
pub(super) fn under_top(lang: Lang, feelings: &Feelings, ranking: &Ranking) -> Card {
    let mut sheet = Sheet::new(DESCRIPTION);
    for (at, row) in ranking.rows.iter().filter(|row| total(row) > 0).take(ROWS).enumerate() {
        let place = format!("{} {}", medal(at), heading(lang, feelings, ranking.by, row));
        let line = match ranking.by {
            TopBy::Feeling => place,
            _ => format!("{place}\n{}", counts(row, feelings)),
        };
        if !sheet.line(&line) {
            break;
        }
    }
    note(
        ranking.drama.as_deref().map_or(PERSIMMON, color_of_name),
        "",
        sheet.done(),
    )
}

pub(super) fn top(lang: Lang, feelings: &Feelings, ranking: &Ranking) -> Card {
    let title = top_title(lang, ranking, |drama| safe(drama, 100));
    let rows: Vec<&Ranked> = ranking.rows.iter().filter(|row| total(row) > 0).take(ROWS).collect();
    if rows.is_empty() {
        return note(HONEY, title, no_votes(lang));
    }
    let most = rows.iter().map(|row| total(row)).max().unwrap_or(0);
    let mut sheet = Sheet::new(DESCRIPTION - 600);
    for (at, row) in rows.iter().enumerate() {
        let votes = total(row);
        let mut line = format!(
            "{} {}\n`{}` **{}**",
            medal(at),
            heading(lang, feelings, ranking.by, row),
            bar(votes, most, 14),
            number(votes)
        );
        if ranking.by != TopBy::Feeling && ranking.feeling.is_none() {
            line.push_str(&format!("\n{}", counts(row, feelings)));
        }
        if !sheet.paragraph(&line) {
            break;
        }
    }
    let mut card = note(
        ranking.drama.as_deref().map_or(PERSIMMON, color_of_name),
        title,
        sheet.done(),
    );
    let all = chart(&ranking.total, feelings).join("\n");
    // Of one feeling there is nothing to compare.
    let is_of_all = ranking.by != TopBy::Feeling && ranking.feeling.is_none();
    if let Some(embed) = card.embeds.last_mut().filter(|_| rows.len() > 1 && is_of_all) {
        embed
            .fields
            .push((say(lang, "All votes", "모든 표").to_owned(), all, false));
    }
    footed(card, ranked_votes(lang, ranking, |feeling| safe(feeling, 60)))
}

/// What is ranked, in one line or two: a headline, a name, a line with who said it, a feeling with its story.
fn heading(lang: Lang, feelings: &Feelings, by: TopBy, row: &Ranked) -> String {
    let noted = row.note.as_deref().filter(|note| !is_blank(note));
    match by {
        TopBy::Story | TopBy::Drama | TopBy::Person => masked(name_of(lang, row), row.url.as_deref(), 100),
        TopBy::Quote => {
            let line = masked(&spoken(&row.name, LINE), row.url.as_deref(), LINE + 4);
            match noted {
                Some(speaker) => format!("{line}\n— {}", byline(lang, speaker, None, QuoteKind::Cast)),
                None => line,
            }
        }
        TopBy::Feeling => {
            let feeling = feelings.0.iter().find(|feeling| feeling.name == row.name);
            let seed = feeling.map_or("▫️", |feeling| feeling.seed.as_str());
            let name = format!("{seed} {}", bold(feeling_name(lang, &row.name)));
            match noted {
                Some(story) => format!(
                    "{name} · {} {}",
                    say(lang, "most for", "가장 많은 소식:"),
                    masked(story, row.url.as_deref(), 100)
                ),
                None => name,
            }
        }
    }
}

/// The heading of a ranking; `shown` makes a name fit for where it stands.
pub(in crate::view) fn top_title(lang: Lang, ranking: &Ranking, shown: impl Fn(&str) -> String) -> String {
    let of = match ranking.by {
        TopBy::Story => say(lang, "stories", "소식"),
        TopBy::Drama => say(lang, "dramas", "드라마"),
        TopBy::Person => say(lang, "people", "인물"),
        TopBy::Quote => say(lang, "lines", "대사"),
        TopBy::Feeling => say(lang, "feelings", "감정"),
    };
    let since = match ranking.period {
        Period::Week => say(lang, "of this week", "이번 주"),
        Period::Month => say(lang, "of this month", "이번 달"),
        Period::All => say(lang, "of all time", "전체 기간"),
    };
    let feeling = ranking.feeling.as_deref().map(|name| shown(feeling_name(lang, name)));
    let mut title = match (lang, feeling) {
        (Lang::En, None) => format!("Top {of} {since}"),
        (Lang::En, Some(feeling)) => format!("Top {of} {since} by {feeling}"),
        (Lang::Ko, None) => format!("{since} {of} 순위"),
        (Lang::Ko, Some(feeling)) => format!("{since} {feeling} {of} 순위"),
    };
    if let Some(drama) = &ranking.drama {
        title.push_str(&format!(" · {}", shown(drama)));
    }
    title
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

/// A name, or that there is none.
pub(in crate::view) fn name_of(lang: Lang, row: &Ranked) -> &str {
    if is_blank(&row.name) {
        say(lang, "without a headline", "제목 없음")
    } else {
        &row.name
    }
}

/// How many votes, and where they were given.
pub(in crate::view) fn votes_of(lang: Lang, votes: u64, everywhere: bool) -> String {
    format!("{} · {}", votes_in_words(lang, votes), place_of(lang, everywhere))
}

/// The same of a ranking, whose votes may be those of one feeling; `shown` makes its name fit for where it stands.
pub(in crate::view) fn ranked_votes(lang: Lang, ranking: &Ranking, shown: impl Fn(&str) -> String) -> String {
    let votes = total(&ranking.total);
    match ranking.feeling.as_deref().map(|name| shown(feeling_name(lang, name))) {
        Some(feeling) => {
            let place = place_of(lang, ranking.everywhere);
            format!("{} · {feeling} · {place}", votes_in_words(lang, votes))
        }
        None => votes_of(lang, votes, ranking.everywhere),
    }
}

fn votes_in_words(lang: Lang, votes: u64) -> String {
    counted(lang, votes, "vote", "votes", "표")
}

const fn place_of(lang: Lang, everywhere: bool) -> &'static str {
    match everywhere {
        true => say(lang, "everywhere I am", "제가 있는 모든 곳"),
        false => say(lang, "this server", "이 서버"),
    }
}

fn no_votes(lang: Lang) -> &'static str {
    say(
        lang,
        "Nobody has voted yet. React to a post with how it makes you feel, and it shows here.",
        "아직 반응이 없어요. 글에 느낀 대로 반응을 남기면 여기에 나와요.",
    )
}

/// The heading of a mood.
pub(in crate::view) fn mood_title(lang: Lang, name: Option<String>) -> String {
    match (lang, name) {
        (Lang::En, Some(name)) => format!("How people felt about {name}"),
        (Lang::En, None) => "How people felt".to_owned(),
        (Lang::Ko, Some(name)) => format!("{name}: 모두의 마음"),
        (Lang::Ko, None) => "모두의 마음".to_owned(),
    }
}

pub(super) fn mood(lang: Lang, feelings: &Feelings, mood: &Mood) -> Card {
    let title = mood_title(lang, mood.name.as_deref().map(|name| safe(name, 120)));
    if total(&mood.total) == 0 {
        return note(HONEY, title, no_votes(lang));
    }
    let mut sheet = Sheet::new(DESCRIPTION);
    sheet.lines(chart(&mood.total, feelings));
    over_time(&mut sheet, lang, feelings, mood);
    recently(&mut sheet, lang, feelings, &mood.recent);
    let mut card = note(
        mood.name.as_deref().map_or(PERSIMMON, color_of_name),
        title,
        sheet.done(),
    );
    if let Some(embed) = card.embeds.last_mut() {
        embed.url = embed_address(mood.total.url.as_deref());
    }
    footed(card, votes_of(lang, total(&mood.total), mood.everywhere))
}

/// The newest stories that were voted for.
fn recently(sheet: &mut Sheet, lang: Lang, feelings: &Feelings, recent: &[Ranked]) {
    let voted: Vec<&Ranked> = recent.iter().filter(|row| total(row) > 0).take(5).collect();
    if voted.is_empty() {
        return;
    }
    sheet.paragraph(say(lang, "**Lately, newest first**", "**최근 소식, 새로운 것부터**"));
    sheet.lines(voted.iter().map(|row| {
        let name = masked(name_of(lang, row), row.url.as_deref(), 100);
        format!("- {name}\n  {}", counts(row, feelings))
    }));
}

/// What goes under the chart of a mood: the way to the stories; nothing when there are none.
pub(super) fn under_mood(lang: Lang, feelings: &Feelings, mood: &Mood) -> Card {
    let mut sheet = Sheet::new(DESCRIPTION);
    if let Some(url) = mood.total.url.as_deref() {
        sheet.line(&masked(mood.name.as_deref().unwrap_or_default(), Some(url), 200));
    }
    recently(&mut sheet, lang, feelings, &mood.recent);
    match sheet.done() {
        list if list.is_empty() => Card::default(),
        list => note(mood.name.as_deref().map_or(PERSIMMON, color_of_name), "", list),
    }
}

/// A line for each stretch: when it began, how many votes, what was felt most.
fn over_time(sheet: &mut Sheet, lang: Lang, feelings: &Feelings, mood: &Mood) {
    if mood.over.is_empty() {
        return;
    }
    sheet.paragraph(match mood.step {
        Step::Day => say(lang, "**By day of posting**", "**올라온 날별로**"),
        Step::Week => say(lang, "**By week of posting**", "**올라온 주별로**"),
    });
    let most = mood.over.iter().map(|span| total(&span.votes)).max().unwrap_or(0);
    sheet.lines(mood.over.iter().map(|span| {
        let votes = total(&span.votes);
        let when = moment(span.from, 'd');
        match votes {
            0 => format!("{when} 0"),
            _ => format!(
                "{when} `{}` **{}** · {}",
                bar(votes, most, 8),
                number(votes),
                counts(&span.votes, feelings)
            ),
        }
    }));
}
