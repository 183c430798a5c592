//! The small drawings: the house's mark, and a sign for each feeling.
//!
//! A feeling is told by its sign, its place and its pattern, not by its colour alone: red and green, and plum and
//! ink, look alike to many people.

use super::{
    HONEY, INK, JADE, PAPER, PERSIMMON, PLUM,
    fonts::Face,
    outline::Step::{self, Close, Curve, Line, Move},
    scene::{Anchor, Drawing, Fill, Pen, Shape},
};

/// How a feeling is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Look {
    /// Its colour.
    pub(super) color: u32,
    /// The colour of the sign on it.
    on: u32,
    /// The number of its pattern; the first is plain.
    pattern: usize,
    /// What its sign is made of, in a square of 24.
    sign: &'static [Part],
}

/// A part of a sign or of a pattern.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    /// What an outline holds.
    Filled(&'static [Step]),
    /// A line along it, so wide.
    Line(&'static [Step], f32),
    /// An ellipse: its middle, how far it goes to the sides, and up and down.
    Oval([f32; 4]),
}

const HEART: &[Part] = &[Part::Filled(HEART_SHAPE)];
const LAUGH: &[Part] = &[Part::Line(EYES, 2.2), Part::Filled(MOUTH)];
const WOW: &[Part] = &[
    Part::Oval([8.0, 8.5, 1.9, 1.9]),
    Part::Oval([16.0, 8.5, 1.9, 1.9]),
    Part::Oval([12.0, 16.0, 3.2, 4.0]),
];
const TEARS: &[Part] = &[Part::Filled(DROP)];
const ANGRY: &[Part] = &[Part::Line(FROWN, 2.4)];
const STAR: &[Part] = &[Part::Filled(STAR_SHAPE)];
const DIAMOND: &[Part] = &[Part::Filled(DIAMOND_SHAPE)];
const PLUS: &[Part] = &[Part::Line(CROSS, 3.0)];

const OTHER: Look = Look {
    color: 0x8d_86_9c,
    on: PAPER,
    pattern: 5,
    sign: PLUS,
};

const LOOKS: [Look; 7] = [
    look(PERSIMMON, PAPER, 0, HEART),
    look(HONEY, INK, 0, LAUGH),
    look(JADE, PAPER, 1, WOW),
    look(PLUM, PAPER, 2, TEARS),
    look(INK, PAPER, 3, ANGRY),
    look(0xb0_6a_b3, PAPER, 4, STAR),
    look(0x3d_6f_a5, PAPER, 3, DIAMOND),
];

const fn look(color: u32, on: u32, pattern: usize, sign: &'static [Part]) -> Look {
    Look {
        color,
        on,
        pattern,
        sign,
    }
}

/// How the feeling of a name is drawn, the `at`th of the settings; without a name, what stands for none.
pub(super) fn look_of(name: Option<&str>, at: usize) -> Look {
    match name {
        Some("love") => LOOKS[0],
        Some("laugh") => LOOKS[1],
        Some("wow") => LOOKS[2],
        Some("tears") => LOOKS[3],
        Some("angry") => LOOKS[4],
        Some(_) => LOOKS[(at + 5) % LOOKS.len()],
        None => OTHER,
    }
}

impl Look {
    /// What fills its part of a bar.
    pub(super) const fn fill(self) -> Fill {
        match self.pattern {
            0 => Fill::Plain(self.color),
            pattern => Fill::Pattern(pattern, self.color),
        }
    }

    /// Its sign on a disc around a point.
    pub(super) fn disc(self, drawing: &mut Drawing, (x, y): (f32, f32), radius: f32) {
        drawing.oval((x, y), (radius, radius), self.color);
        let (at, scale) = ((x - radius * 0.72, y - radius * 0.72), radius * 1.44 / 24.0);
        for part in self.sign {
            part.draw(drawing, at, scale, self.on);
        }
    }
}

impl Part {
    fn draw(self, drawing: &mut Drawing, (x, y): (f32, f32), scale: f32, color: u32) {
        match self {
            Self::Filled(steps) => drawing.drawn(steps, (x, y), scale, color),
            Self::Line(steps, width) => drawing.line(steps, (x, y), scale, (width, color)),
            Self::Oval([across, down, wide, high]) => {
                let middle = (x + across * scale, y + down * scale);
                drawing.oval(middle, (wide * scale, high * scale), color);
            }
        }
    }
}

/// The side of a tile of a pattern, in pixels.
pub(super) const TILE: f32 = 14.0;

/// What a pattern has on its colour in each tile, and how much of it covers the colour.
pub(super) fn pattern(number: usize) -> (Vec<Shape>, f32) {
    let (parts, covers): (&[Part], f32) = match number {
        1 => (&[Part::Line(SLANTED, 3.5)], 0.45),
        2 => (
            &[Part::Oval([4.0, 4.0, 2.0, 2.0]), Part::Oval([11.0, 11.0, 2.0, 2.0])],
            0.5,
        ),
        3 => (&[Part::Line(UPRIGHT, 2.0)], 0.35),
        4 => (&[Part::Line(LEVEL, 2.0)], 0.45),
        5 => (&[Part::Line(CROSSED, 1.5)], 0.4),
        _ => (&[], 0.0),
    };
    let mut drawing = Drawing::default();
    for part in parts {
        part.draw(&mut drawing, (0.0, 0.0), 1.0, PAPER);
    }
    (drawing.shapes(), covers)
}

/// The mark: a speech bubble with 대사, its right end at `x`, its middle at `y`.
pub(super) fn mark(drawing: &mut Drawing, x: f32, y: f32) {
    drawing.rect((x - 108.0, y - 32.0, 108.0, 60.0), 24.0, Fill::Plain(PERSIMMON));
    drawing.drawn(MARK_TAIL, (x - 84.0, y + 24.0), 1.0, PERSIMMON);
    let pen = Pen {
        x: x - 54.0,
        y: y + 10.0,
        size: 34.0,
        face: Face::Bold,
        color: PAPER,
        anchor: Anchor::Middle,
    };
    drawing.text(pen, "대사");
}

const HEART_SHAPE: &[Step] = &[
    Move(12.0, 20.5),
    Curve([12.0, 20.5, 5.0, 16.1, 3.1, 11.8]),
    Curve([1.7, 8.4, 3.5, 5.0, 6.8, 5.0]),
    Curve([9.0, 5.0, 10.7, 6.2, 12.0, 8.1]),
    Curve([13.3, 6.2, 15.0, 5.0, 17.2, 5.0]),
    Curve([20.5, 5.0, 22.3, 8.4, 20.9, 11.8]),
    Curve([19.0, 16.1, 12.0, 20.5, 12.0, 20.5]),
    Close,
];

const EYES: &[Step] = &[
    Move(5.5, 9.5),
    Line(8.0, 7.0),
    Line(10.5, 9.5),
    Move(13.5, 9.5),
    Line(16.0, 7.0),
    Line(18.5, 9.5),
];

const MOUTH: &[Step] = &[
    Move(5.5, 12.5),
    Line(18.5, 12.5),
    Curve([18.5, 16.09, 15.59, 19.0, 12.0, 19.0]),
    Curve([8.41, 19.0, 5.5, 16.09, 5.5, 12.5]),
    Close,
];

const DROP: &[Step] = &[
    Move(12.0, 3.0),
    Curve([15.3, 7.3, 17.8, 10.4, 17.8, 13.8]),
    Curve([17.8, 17.003, 15.203, 19.6, 12.0, 19.6]),
    Curve([8.797, 19.6, 6.2, 17.003, 6.2, 13.8]),
    Curve([6.2, 10.4, 8.7, 7.3, 12.0, 3.0]),
    Close,
];

const FROWN: &[Step] = &[
    Move(5.0, 7.5),
    Line(10.0, 10.5),
    Move(19.0, 7.5),
    Line(14.0, 10.5),
    Move(7.0, 18.0),
    Curve([9.6, 14.2, 14.4, 14.2, 17.0, 18.0]),
];

const STAR_SHAPE: &[Step] = &[
    Move(12.0, 3.5),
    Line(14.5, 9.1),
    Line(20.6, 9.7),
    Line(16.0, 13.7),
    Line(17.4, 19.7),
    Line(12.0, 16.5),
    Line(6.6, 19.7),
    Line(8.0, 13.7),
    Line(3.4, 9.7),
    Line(9.5, 9.1),
    Close,
];

const DIAMOND_SHAPE: &[Step] = &[
    Move(12.0, 3.0),
    Line(20.0, 12.0),
    Line(12.0, 21.0),
    Line(4.0, 12.0),
    Close,
];

const CROSS: &[Step] = &[Move(12.0, 5.0), Line(12.0, 19.0), Move(5.0, 12.0), Line(19.0, 12.0)];

const SLANTED: &[Step] = &[
    Move(-3.0, 3.0),
    Line(3.0, -3.0),
    Move(0.0, 14.0),
    Line(14.0, 0.0),
    Move(11.0, 17.0),
    Line(17.0, 11.0),
];

const UPRIGHT: &[Step] = &[Move(3.5, 0.0), Line(3.5, 14.0), Move(10.5, 0.0), Line(10.5, 14.0)];

const LEVEL: &[Step] = &[Move(0.0, 3.5), Line(14.0, 3.5), Move(0.0, 10.5), Line(14.0, 10.5)];

const CROSSED: &[Step] = &[Move(0.0, 0.0), Line(14.0, 14.0), Move(0.0, 14.0), Line(14.0, 0.0)];

/// The bubble's tail, from where it leaves the lower edge.
const MARK_TAIL: &[Step] = &[
    Move(0.0, 0.0),
    Curve([2.0, 10.0, -3.0, 18.0, -12.0, 23.0]),
    Curve([4.0, 24.0, 18.0, 16.0, 24.0, 0.0]),
    Close,
];
