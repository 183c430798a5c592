//! A line as a picture: a speech bubble that points at who said it.

use super::{
    INK, PAPER, Picture,
    fonts::{Face, Fonts},
    icons,
    outline::Step::{self, Close, Curve, Move},
    scene::{Anchor, Drawing, Fill, Pen, WIDTH, mixed},
    text::{Block, Steps, block, drawable, fitted},
};
use crate::{
    model::{Lang, QuoteKind, answer::SaidLine},
    view::{
        color::PERSIMMON,
        words::{capital, color_of_name, say},
    },
};

/// From the edge of the picture to the bubble, and from there to the words.
const MARGIN: f32 = 48.0;
const PADDING: f32 = 72.0;
/// How wide a line of the words may be.
const ROOM: f32 = WIDTH - 2.0 * (MARGIN + PADDING);
/// The sizes of the words, and how many lines each may have: what is short is large.
const STEPS: &Steps = &[
    (128.0, 1),
    (104.0, 1),
    (84.0, 2),
    (72.0, 2),
    (62.0, 3),
    (54.0, 4),
    (44.0, 6),
    (38.0, 8),
    (34.0, 11),
    (30.0, 15),
    (27.0, 19),
];
/// Words that take less of the room than this stand in a bubble of their own width, for one word would be lost in it.
const SHORT: f32 = 0.6;
/// The narrowest bubble: its tail is to be a part of it.
const NARROWEST: f32 = 360.0;
/// From line to line, in sizes.
const LEADING: f32 = 1.5;
/// Most characters of a line that are looked at, and of a name.
const LINE: usize = 1200;
const NAME: usize = 120;

/// The bubble's tail, from where it leaves the lower edge.
const TAIL: &[Step] = &[
    Move(0.0, 0.0),
    Curve([4.0, 26.0, -6.0, 46.0, -30.0, 58.0]),
    Curve([12.0, 60.0, 48.0, 38.0, 62.0, 0.0]),
    Close,
];
/// A drop of the opening mark.
const OPENING: &[Step] = &[
    Move(26.0, 0.0),
    Curve([11.0, 5.0, 0.0, 18.0, 0.0, 33.0]),
    Curve([0.0, 43.0, 6.0, 49.0, 14.0, 49.0]),
    Curve([22.0, 49.0, 27.0, 43.0, 27.0, 36.0]),
    Curve([27.0, 29.0, 22.0, 24.0, 15.0, 24.0]),
    Curve([14.0, 24.0, 13.0, 24.0, 12.0, 24.5]),
    Curve([13.0, 16.0, 19.0, 9.0, 28.0, 5.0]),
    Close,
];

/// The line as a picture; none when it has letters that the fonts do not have, for what somebody said is shown
/// whole or in words.
pub(super) fn said(lang: Lang, line: &SaidLine) -> Option<Picture> {
    let words = drawable(&line.text, LINE);
    if words.lost || words.text.is_empty() {
        return None;
    }
    let told = Told::of(lang, line)?;
    let color = line
        .drama
        .as_deref()
        .or(line.speaker.as_deref())
        .map_or(PERSIMMON, color_of_name);
    let block = block(&words.text, Face::Serif, ROOM, STEPS, "");
    let mut drawing = Drawing::default();
    let bottom = bubble(&mut drawing, &block, color);
    let end = told.draw(&mut drawing, bottom, color);
    // As far from the lower edge as from the right one, its tail included.
    icons::mark(&mut drawing, WIDTH - MARGIN, end - 44.0);
    Some(Picture {
        name: "quote.png",
        scene: drawing.framed(end + MARGIN, color),
        description: told.description(&line.text),
    })
}

/// The bubble with the words; where it ends.
fn bubble(drawing: &mut Drawing, block: &Block, color: u32) -> f32 {
    let step = block.size * LEADING;
    let first = MARGIN + 130.0 + block.size * 0.86;
    #[expect(clippy::cast_precision_loss, reason = "a few lines")]
    let lines = (block.lines.len().saturating_sub(1)) as f32;
    let bottom = first + lines * step + block.size * 0.35 + 60.0;
    let lines = block.lines.iter();
    let long = lines
        .map(|line| Fonts::loaded().width(line, Face::Serif, block.size))
        .fold(0.0, f32::max);
    let wide = match long < ROOM * SHORT {
        true => (long + 2.0 * PADDING).max(NARROWEST),
        false => WIDTH - 2.0 * MARGIN,
    };
    let bubble = (MARGIN, MARGIN, wide, bottom - MARGIN);
    drawing.rect(bubble, 40.0, Fill::Plain(PAPER));
    drawing.drawn(TAIL, (MARGIN + PADDING + 18.0, bottom - 2.0), 1.0, PAPER);
    // The opening mark: two drops.
    for at in [0.0, 38.0] {
        drawing.drawn(OPENING, (MARGIN + PADDING + at, MARGIN + 54.0), 1.0, color);
    }
    let mut y = first;
    for line in &block.lines {
        let pen = Pen {
            x: MARGIN + PADDING,
            y,
            size: block.size,
            face: Face::Serif,
            color: INK,
            anchor: Anchor::Start,
        };
        drawing.text(pen, line);
        y += step;
    }
    bottom
}

/// Who said it, as whom, in what.
struct Told {
    speaker: String,
    role: Option<String>,
    drama: Option<String>,
}

impl Told {
    /// None when the speaker's name cannot be drawn.
    fn of(lang: Lang, line: &SaidLine) -> Option<Self> {
        let part = |text: &Option<String>| {
            let part = drawable(text.as_deref()?, NAME);
            (!part.lost && !part.text.is_empty()).then_some(part.text)
        };
        let is_character = line.kind == QuoteKind::Character;
        let named = line.speaker.as_deref().map(|name| drawable(name, NAME));
        let speaker = match named {
            Some(name) if name.lost => return None,
            Some(name) if !name.text.is_empty() => capital(&name.text),
            _ => say(lang, "the article does not say who", "기사에 누구인지 나오지 않아요").to_owned(),
        };
        let role = part(if is_character { &line.actor } else { &line.role });
        let role = role.map(|role| match (lang, line.kind) {
            (Lang::En, QuoteKind::Cast) => format!("as {role}"),
            (Lang::En, QuoteKind::Character) => format!("played by {role}"),
            (Lang::Ko, QuoteKind::Cast) => format!("{role} 역"),
            (Lang::Ko, QuoteKind::Character) => format!("배우 {role}"),
            (Lang::En | Lang::Ko, _) => role,
        });
        Some(Self {
            speaker,
            role,
            drama: part(&line.drama),
        })
    }

    /// Below the bubble; where it ends.
    fn draw(&self, drawing: &mut Drawing, bottom: f32, color: u32) -> f32 {
        // The mark stands to the right of the last lines.
        let room = ROOM - 160.0;
        let x = MARGIN + PADDING;
        let mut y = bottom + 104.0;
        let mut line = |text: &str, x: f32, y: f32, (size, face): (f32, Face), fill: u32| {
            let pen = Pen {
                x,
                y,
                size,
                face,
                color: fill,
                anchor: Anchor::Start,
            };
            drawing.text(pen, &fitted(text, face, size, room));
        };
        line(&self.speaker, x, y, (42.0, Face::Bold), PAPER);
        if let Some(role) = &self.role {
            y += 48.0;
            line(role, x, y, (31.0, Face::Sans), mixed(PAPER, INK, 0.16));
        }
        if let Some(drama) = &self.drama {
            y += 52.0;
            line(drama, x + 34.0, y, (29.0, Face::Bold), mixed(color, PAPER, 0.55));
            let dot = mixed(color, PAPER, 0.12);
            drawing.oval((x + 10.0, y - 10.0), (9.0, 9.0), dot);
        }
        y + 8.0
    }

    fn description(&self, words: &str) -> String {
        let role = self.role.iter().map(|role| format!(", {role}"));
        let drama = self.drama.iter().map(|drama| format!(". {drama}"));
        let told: String = role.chain(drama).collect();
        format!("“{words}” – {}{told}", self.speaker)
    }
}
