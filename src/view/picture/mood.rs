//! A mood as a chart: a bar for each feeling, and how it went over time.

use super::{
    INK, PERSIMMON, Picture,
    bars::{LEFT, MARGIN, PADDING, Part, RIGHT, TOP, all_of, framed, muted, parts, share, words},
    fonts::{Face, Fonts},
    scene::{Anchor, Drawing, Fill, Pen},
    text::{drawable, fitted},
};
use crate::{
    model::{
        Feelings, Lang, Millis,
        answer::{Mood, Span, Step},
    },
    view::{
        answer::ranking::{mood_title, votes_of},
        bars::{share_of, total},
        words::{color_of_name, number, say},
    },
};
use chrono::{DateTime, Datelike};

/// How high a feeling's row is, and its bar.
const ROW: f32 = 66.0;
const BAR: f32 = 34.0;
/// From the left end to the bars.
const INDENT: f32 = 250.0;
/// How high the highest column is, and how many there are at most.
const COLUMN: f32 = 210.0;
const COLUMNS: usize = 14;

pub(super) fn mood(mood: &Mood, lang: Lang, feelings: &Feelings) -> Option<Picture> {
    let (name, felt, over) = (mood.name.as_deref(), &mood.total, mood.over.as_slice());
    let all = total(felt);
    if all == 0 {
        return None;
    }
    let shown = parts(lang, feelings, felt);
    let over = &over[over.len().saturating_sub(COLUMNS)..];
    let title = mood_title(lang, name.map(|name| drawable(name, 300).text));
    #[expect(clippy::cast_precision_loss, reason = "a dozen at most")]
    let rows = shown.len() as f32 * ROW;
    let time = if over.len() > 1 { COLUMN + 134.0 } else { 0.0 };
    let panel = PADDING * 2.0 + rows + time - 14.0;
    let votes = votes_of(lang, all, mood.everywhere);
    let mut drawing = framed(&title, &votes, panel);
    let mut y = TOP + PADDING;
    let most = shown.iter().map(|part| part.votes).max().unwrap_or(0);
    for part in &shown {
        row(&mut drawing, y, part, (most, all));
        y += ROW;
    }
    if over.len() > 1 {
        over_time(&mut drawing, y, (lang, mood.step), feelings, over);
    }
    let color = name.map_or(PERSIMMON, color_of_name);
    let told: Vec<String> = shown
        .iter()
        .map(|part| {
            format!(
                "{}: {} ({} %)",
                part.name,
                number(part.votes),
                share_of(part.votes, all)
            )
        })
        .collect();
    Some(Picture {
        name: "mood.png",
        scene: drawing.framed(TOP + panel + MARGIN, color),
        description: format!("{title}. {votes}. {}", told.join("; ")),
    })
}

/// A feeling: its sign and name, its bar, its votes and share.
fn row(drawing: &mut Drawing, y: f32, part: &Part, (most, all): (u64, u64)) {
    let middle = y + 26.0;
    part.look.disc(drawing, (LEFT + 24.0, middle), 24.0);
    let name = fitted(&part.name, Face::Bold, 29.0, INDENT - 84.0);
    words(drawing, (LEFT + 64.0, middle + 10.0), (29.0, Face::Bold), INK, &name);
    let votes = number(part.votes);
    let share_words = format!("{} %", share_of(part.votes, all));
    let long = (RIGHT - LEFT - INDENT - 230.0) * share(part.votes, most);
    let end = LEFT + INDENT + long;
    if part.votes > 0 {
        let wide = long.max(6.0);
        let box_ = (LEFT + INDENT, middle - BAR / 2.0, wide, BAR);
        drawing.rect(box_, (wide / 2.0).min(8.0), part.look.fill());
    }
    // Beside the bar; a number with many digits goes to the right end instead.
    let width = Fonts::loaded().width(&votes, Face::Bold, 29.0);
    let x = (end + 18.0).min(RIGHT - width - 110.0);
    words(drawing, (x, middle + 10.0), (29.0, Face::Bold), INK, &votes);
    let pen = Pen {
        x: RIGHT,
        y: middle + 10.0,
        size: 27.0,
        face: Face::Sans,
        color: muted(),
        anchor: Anchor::End,
    };
    drawing.text(pen, &share_words);
}

/// A column for each stretch of time.
fn over_time(drawing: &mut Drawing, y: f32, (lang, step): (Lang, Step), feelings: &Feelings, over: &[Span]) {
    let heading = match step {
        Step::Day => say(lang, "By day of posting", "올라온 날별로"),
        Step::Week => say(lang, "By week of posting", "올라온 주별로"),
    };
    words(drawing, (LEFT, y + 42.0), (27.0, Face::Bold), muted(), heading);
    let ground = y + 42.0 + 40.0 + COLUMN;
    drawing.rect((LEFT, ground, RIGHT - LEFT, 2.0), 0.0, Fill::Plain(muted()));
    #[expect(clippy::cast_precision_loss, reason = "at most fourteen")]
    let pitch = (RIGHT - LEFT) / over.len() as f32;
    let wide = (pitch - 14.0).clamp(10.0, 84.0);
    let most = over.iter().map(|span| total(&span.votes)).max().unwrap_or(0);
    let mut x = LEFT + pitch / 2.0;
    for span in over {
        let votes = total(&span.votes);
        let high = COLUMN * share(votes, most);
        let mut top = ground;
        let parts = parts(lang, feelings, &span.votes);
        let all = all_of(&parts);
        for part in parts.iter().filter(|part| part.votes > 0) {
            let part_high = high * share(part.votes, all);
            top -= part_high;
            let shown = (part_high - 2.0).max(1.0);
            drawing.rect(
                (x - wide / 2.0, top, wide, shown),
                (shown / 2.0).min(5.0),
                part.look.fill(),
            );
            if shown >= 34.0 && wide >= 34.0 {
                part.look.disc(drawing, (x, top + shown / 2.0), 15.0);
            }
        }
        let label = |y: f32, face: Face, color: u32, text: &str, drawing: &mut Drawing| {
            let pen = Pen {
                x,
                y,
                size: 21.0,
                face,
                color,
                anchor: Anchor::Middle,
            };
            drawing.text(pen, &fitted(text, face, 21.0, pitch - 4.0));
        };
        if votes > 0 {
            label(top - 10.0, Face::Bold, INK, &number(votes), drawing);
        }
        label(ground + 30.0, Face::Sans, muted(), &date(lang, span.from), drawing);
        x += pitch;
    }
}

/// The date of a stretch that begins at midnight somewhere: noon of that day has the same date in UTC, whichever
/// zone it is.
fn date(lang: Lang, from: Millis) -> String {
    let Some(noon) = DateTime::from_timestamp_millis(from.saturating_add(43_200_000)) else {
        return String::new();
    };
    match lang {
        Lang::En => noon.format("%-d %b").to_string(),
        Lang::Ko => format!("{}월 {}일", noon.month(), noon.day()),
    }
}
