//! What the charts share: the frame with its heading, bars made of feelings, and the key to them.

use super::{
    INK, PAPER,
    fonts::{Face, Fonts},
    icons::{self, Look, look_of},
    scene::{Anchor, Drawing, Fill, Pen, WIDTH, mixed},
    text::{drawable, fitted},
};
use crate::{
    model::{Feelings, Lang, answer::Ranked},
    view::words::{feeling_name, number, say},
};

/// From the edge of the picture to the panel, and from there to what is on it.
pub(super) const MARGIN: f32 = 40.0;
pub(super) const PADDING: f32 = 36.0;
/// Left and right end of what is on the panel.
pub(super) const LEFT: f32 = MARGIN + PADDING;
pub(super) const RIGHT: f32 = WIDTH - MARGIN - PADDING;
/// Where the panel begins.
pub(super) const TOP: f32 = 148.0;
/// Most feelings that are shown apart; the settings have five.
pub(super) const FEELINGS: usize = 10;

/// Words that are not the first thing to read.
pub(super) fn muted() -> u32 {
    mixed(INK, PAPER, 0.38)
}

/// A feeling in a chart.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) look: Look,
    pub(super) name: String,
    pub(super) votes: u64,
}

/// The votes by feeling, in the order of the settings, other emoji last and only where there are any.
pub(super) fn parts(lang: Lang, feelings: &Feelings, votes: &Ranked) -> Vec<Part> {
    let known = votes.feelings.iter().enumerate().take(FEELINGS);
    let mut parts: Vec<Part> = known
        .map(|(at, votes)| {
            let name = feelings.0.get(at).map_or("", |feeling| feeling.name.as_str());
            Part {
                look: look_of(Some(name), at),
                name: drawable(feeling_name(lang, name), 40).text,
                votes: *votes,
            }
        })
        .collect();
    if votes.other > 0 {
        parts.push(Part {
            look: look_of(None, 0),
            name: say(lang, "other", "그 밖에").to_owned(),
            votes: votes.other,
        });
    }
    parts
}

/// A bar made of its parts, `votes` of them `width` pixels long: each with its pattern, and its sign where there is
/// room for it.
pub(super) fn bar(drawing: &mut Drawing, (x, y): (f32, f32), (width, height): (f32, f32), parts: &[Part]) {
    let all = all_of(parts);
    let mut from = x;
    for part in parts.iter().filter(|part| part.votes > 0) {
        let long = width * share(part.votes, all);
        let shown = (long - 3.0).max(1.5);
        drawing.rect((from, y, shown, height), (shown / 2.0).min(7.0), part.look.fill());
        if shown >= height * 1.25 {
            part.look
                .disc(drawing, (from + shown / 2.0, y + height / 2.0), height / 2.0);
        }
        from += long;
    }
}

/// The votes of all parts, however many: a sum that stopped at the most that a number holds would make the parts more
/// than the whole.
pub(super) fn all_of(parts: &[Part]) -> u128 {
    parts.iter().map(|part| u128::from(part.votes)).sum()
}

/// A part of a whole, from 0 to 1.
pub(super) fn share(part: u64, whole: impl Into<u128>) -> f32 {
    let whole = whole.into();
    if whole == 0 {
        return 0.0;
    }
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "a length in pixels"
    )]
    let share = (part as f64 / whole as f64) as f32;
    share.clamp(0.0, 1.0)
}

/// The key: each feeling that occurs with its sign, name and votes, from `y` down; where it ends.
pub(super) fn key(drawing: &mut Drawing, y: f32, parts: &[Part]) -> f32 {
    let (mut x, mut y) = (LEFT, y);
    for part in parts.iter().filter(|part| part.votes > 0) {
        let name = fitted(&part.name, Face::Sans, 25.0, 240.0);
        let votes = number(part.votes);
        let long = Fonts::loaded().width(&name, Face::Sans, 25.0);
        let wide = 48.0 + long + 10.0 + Fonts::loaded().width(&votes, Face::Bold, 25.0) + 28.0;
        if x > LEFT && x + wide > RIGHT + 28.0 {
            x = LEFT;
            y += 50.0;
        }
        part.look.disc(drawing, (x + 18.0, y), 17.0);
        words(drawing, (x + 46.0, y + 9.0), (25.0, Face::Sans), INK, &name);
        words(drawing, (x + 56.0 + long, y + 9.0), (25.0, Face::Bold), INK, &votes);
        x += wide;
    }
    y
}

/// A text that begins at a point.
pub(super) fn words(drawing: &mut Drawing, (x, y): (f32, f32), (size, face): (f32, Face), color: u32, text: &str) {
    let anchor = Anchor::Start;
    drawing.text(
        Pen {
            x,
            y,
            size,
            face,
            color,
            anchor,
        },
        text,
    );
}

/// Starts a chart: the mark, a heading and a line below it, and the panel as high as wanted.
pub(super) fn framed(title: &str, below: &str, panel: f32) -> Drawing {
    let mut drawing = Drawing::default();
    let room = WIDTH - 2.0 * MARGIN - 150.0;
    let title = fitted(&drawable(title, 300).text, Face::Bold, 42.0, room);
    words(&mut drawing, (MARGIN + 8.0, 74.0), (42.0, Face::Bold), PAPER, &title);
    let soft = mixed(PAPER, INK, 0.28);
    let below = fitted(below, Face::Sans, 27.0, room);
    words(&mut drawing, (MARGIN + 8.0, 118.0), (27.0, Face::Sans), soft, &below);
    icons::mark(&mut drawing, WIDTH - MARGIN, 76.0);
    let place = (MARGIN, TOP, WIDTH - 2.0 * MARGIN, panel);
    drawing.rect(place, 32.0, Fill::Plain(PAPER));
    drawing
}
