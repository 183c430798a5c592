//! A drawing in the making: shapes and texts in the order in which they cover each other. `paint` makes pixels of it.

use super::{
    fonts::Face,
    outline::{Step, outline, rectangle},
};
use tiny_skia::{Path, PathBuilder, Rect};

/// Width of every picture in pixels: twice what Discord shows at most, so that it is crisp.
pub(super) const WIDTH: f32 = 1200.0;

/// What a shape is filled with. Colours are `0xrrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fill {
    /// A colour.
    Plain(u32),
    /// A colour with the lines or dots of a feeling on it, by the number that `icons` gives them.
    Pattern(usize, u32),
}

/// Where a text stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pen {
    /// Left end, right end or middle, as `anchor` says.
    pub(super) x: f32,
    /// The line the letters stand on.
    pub(super) y: f32,
    pub(super) size: f32,
    pub(super) face: Face,
    pub(super) color: u32,
    pub(super) anchor: Anchor,
}

/// Which point of a text `x` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    /// The left end.
    Start,
    /// The right end.
    End,
    /// The middle.
    Middle,
}

/// Something that is drawn.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    /// An outline with what it holds.
    Filled(Path, Fill),
    /// A line along an outline, with round ends: how wide, and its colour.
    Line(Path, f32, u32),
    /// A text on one line, as it stands.
    Text(Pen, String),
}

/// A drawing.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    shapes: Vec<Shape>,
}

impl Drawing {
    /// A rectangle with round corners.
    pub(super) fn rect(&mut self, place: (f32, f32, f32, f32), round: f32, fill: Fill) {
        self.filled(rectangle(place, round), fill);
    }

    /// An ellipse around a point: how far it goes to the sides, and up and down.
    pub(super) fn oval(&mut self, (x, y): (f32, f32), (wide, high): (f32, f32), color: u32) {
        let round = Rect::from_ltrb(x - wide, y - high, x + wide, y + high).and_then(PathBuilder::from_oval);
        self.filled(round, Fill::Plain(color));
    }

    /// A drawing of ours, its origin at a point and every length times `scale`.
    pub(super) fn drawn(&mut self, steps: &[Step], at: (f32, f32), scale: f32, color: u32) {
        self.filled(outline(steps, at, scale), Fill::Plain(color));
    }

    /// The same as a line, so wide before it is scaled.
    pub(super) fn line(&mut self, steps: &[Step], at: (f32, f32), scale: f32, (width, color): (f32, u32)) {
        let path = outline(steps, at, scale);
        self.shapes
            .extend(path.map(|path| Shape::Line(path, width * scale, color)));
    }

    /// A text on one line, as it stands.
    pub(super) fn text(&mut self, pen: Pen, text: &str) {
        self.shapes.push(Shape::Text(pen, text.to_owned()));
    }

    /// What is drawn so far.
    pub(super) fn shapes(self) -> Vec<Shape> {
        self.shapes
    }

    /// The whole, [`WIDTH`] wide, on a ground with round corners from ink to a colour.
    pub(super) fn framed(self, height: f32, color: u32) -> Scene {
        Scene {
            height: height.round(),
            color,
            shapes: self.shapes,
        }
    }

    fn filled(&mut self, path: Option<Path>, fill: Fill) {
        self.shapes.extend(path.map(|path| Shape::Filled(path, fill)));
    }
}

/// A drawing on its ground.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scene {
    /// In pixels; it is [`WIDTH`] wide.
    pub(super) height: f32,
    /// What its ground goes to.
    pub(super) color: u32,
    pub(super) shapes: Vec<Shape>,
}

/// A colour between two: `part` 0 is the first, 1 the second.
pub(super) fn mixed(first: u32, second: u32, part: f32) -> u32 {
    [16, 8, 0].into_iter().fold(0, |color, shift| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a byte"
        )]
        let mixed = {
            let (one, two) = ((first >> shift & 0xff) as f32, (second >> shift & 0xff) as f32);
            (one + (two - one) * part).round().clamp(0.0, 255.0) as u32
        };
        color | mixed << shift
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_mix() {
        assert_eq!(mixed(0x00_00_00, 0xff_80_40, 0.5), 0x80_40_20);
    }

    #[test]
    fn what_has_no_size_is_not_drawn() {
        let mut drawing = Drawing::default();
        drawing.rect((10.0, 10.0, 0.0, 5.0), 3.0, Fill::Plain(0));
        drawing.rect((10.0, 10.0, f32::NAN, 5.0), 3.0, Fill::Plain(0));
        drawing.oval((0.0, 0.0), (f32::INFINITY, 1.0), 0);
        drawing.drawn(&[], (0.0, 0.0), 1.0, 0);
        assert_eq!(drawing.framed(10.4, 0).shapes, []);
    }
}
