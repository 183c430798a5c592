//! A ranking as a chart: a bar for each place, made of what was felt.

use super::{
    INK, PERSIMMON, Picture,
    bars::{LEFT, MARGIN, PADDING, RIGHT, TOP, bar, framed, key, muted, parts, share, words},
    fonts::{Face, Fonts},
    scene::{Anchor, Drawing, Fill, Pen},
    text::{drawable, fitted},
};
use crate::{
    model::{
        Feelings, Lang,
        answer::{Ranked, Ranking, TopBy},
    },
    view::{
        answer::ranking::{name_of, ranked_votes, top_title},
        bars::total,
        words::{capital, color_of_name, feeling_name, number},
    },
};

/// Most places; Discord would show more of them too small.
const ROWS: usize = 10;
/// How high a place is, and its bar.
const ROW: f32 = 94.0;
const BAR: f32 = 30.0;
/// From the top of a place to its bar.
const BAR_TOP: f32 = 44.0;
/// From the left end to the names.
const INDENT: f32 = 62.0;

pub(super) fn top(ranking: &Ranking, lang: Lang, feelings: &Feelings) -> Option<Picture> {
    let rows: Vec<&Ranked> = ranking.rows.iter().filter(|row| total(row) > 0).take(ROWS).collect();
    let most = rows.iter().map(|row| total(row)).max()?;
    let all = parts(lang, feelings, &ranking.total);
    let title = top_title(lang, ranking, |name| drawable(name, 200).text);
    let votes = ranked_votes(lang, ranking, |name| drawable(name, 60).text);
    #[expect(clippy::cast_precision_loss, reason = "at most ten")]
    let high = rows.len() as f32 * ROW;
    // The bars of feelings are their own key. Another may need more than one line: it is laid out once to see.
    let keyed = ranking.by != TopBy::Feeling;
    let below = match keyed {
        true => key(&mut Drawing::default(), TOP + PADDING + high + 28.0, &all) + 22.0,
        false => TOP + PADDING + high - (ROW - BAR_TOP - BAR),
    };
    let panel = below + PADDING - TOP;
    let mut drawing = framed(&title, &votes, panel);
    let numbers = rows.iter().map(|row| number(total(row)));
    let wide = numbers
        .map(|n| Fonts::loaded().width(&n, Face::Bold, 30.0))
        .fold(0.0, f32::max);
    let mut y = TOP + PADDING;
    for (at, row) in rows.iter().enumerate() {
        let long = (RIGHT - LEFT - INDENT - wide - 24.0) * share(total(row), most);
        place(&mut drawing, y, at, (ranking.by, row), lang);
        let mine = parts(lang, feelings, row);
        bar(&mut drawing, (LEFT + INDENT, y + BAR_TOP), (long, BAR), &mine);
        let pen = Pen {
            x: RIGHT,
            y: y + 70.0,
            size: 30.0,
            face: Face::Bold,
            color: INK,
            anchor: Anchor::End,
        };
        drawing.text(pen, &number(total(row)));
        y += ROW;
    }
    if keyed {
        key(&mut drawing, TOP + PADDING + high + 28.0, &all);
    }
    let color = ranking.drama.as_deref().map_or(PERSIMMON, color_of_name);
    Some(Picture {
        name: "top.png",
        scene: drawing.framed(TOP + panel + MARGIN, color),
        description: described(lang, feelings, format!("{title}. {votes}"), (ranking.by, &rows)),
    })
}

/// Its number and its name above the bar, with what is noted of it.
fn place(drawing: &mut Drawing, y: f32, at: usize, (by, row): (TopBy, &Ranked), lang: Lang) {
    let first = (30.0, Face::Bold);
    let pen = Pen {
        x: LEFT + INDENT - 22.0,
        y: y + 70.0,
        size: 34.0,
        face: Face::Bold,
        color: INK,
        anchor: Anchor::End,
    };
    drawing.text(pen, &(at + 1).to_string());
    let mut x = LEFT + INDENT;
    let whose = match by {
        TopBy::Drama | TopBy::Person => Some(row.name.as_str()),
        // A story has the colour of its drama.
        TopBy::Story => row.note.as_deref(),
        TopBy::Quote | TopBy::Feeling => None,
    };
    if let Some(whose) = whose {
        drawing.rect((x, y + 6.0, 10.0, 28.0), 5.0, Fill::Plain(color_of_name(whose)));
        x += 24.0;
    }
    let note = row.note.as_deref().map(|note| capital(&drawable(note, 200).text));
    let note = note.filter(|note| !note.is_empty() && matches!(by, TopBy::Quote | TopBy::Feeling));
    let room = RIGHT - x;
    let name = shown(lang, by, row);
    let name = fitted(&name, first.1, first.0, if note.is_some() { room * 0.68 } else { room });
    words(drawing, (x, y + 30.0), first, INK, &name);
    if let Some(note) = note {
        let from = x + Fonts::loaded().width(&name, first.1, first.0) + 18.0;
        let note = fitted(&note, Face::Sans, 26.0, RIGHT - from);
        words(drawing, (from, y + 30.0), (26.0, Face::Sans), muted(), &note);
    }
}

/// The name of a place as it is drawn.
fn shown(lang: Lang, by: TopBy, row: &Ranked) -> String {
    let name = match by {
        TopBy::Feeling => feeling_name(lang, &row.name),
        _ => name_of(lang, row),
    };
    let drawn = drawable(name, 300).text;
    match by {
        _ if drawn.is_empty() => "…".to_owned(),
        TopBy::Quote => format!("“{drawn}”"),
        _ => drawn,
    }
}

/// The chart in words: each place with its votes and what was felt.
fn described(lang: Lang, feelings: &Feelings, title: String, (by, rows): (TopBy, &[&Ranked])) -> String {
    let places = rows.iter().enumerate().map(|(at, row)| {
        let name = crate::view::cut(&shown(lang, by, row), 60);
        let parts = parts(lang, feelings, row).into_iter().filter(|part| part.votes > 0);
        let felt: Vec<String> = parts
            .map(|part| format!("{} {}", part.name, number(part.votes)))
            .collect();
        format!("{}. {name}: {} ({})", at + 1, number(total(row)), felt.join(", "))
    });
    let places: Vec<String> = places.collect();
    format!("{title}. {}", places.join("; "))
}
