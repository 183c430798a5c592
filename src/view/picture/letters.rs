//! Texts as outlines: which face has the letters, how they are set beside each other, and where each stands.

use super::{
    fonts::{Face, Fonts, Loaded},
    scene::{Anchor, Pen},
};
use harfrust::{Direction, ShapeOptions, UnicodeBuffer};
use skrifa::outline::OutlinePen;
use std::collections::HashMap;
use tiny_skia::{Path, PathBuilder, PathSegment, Stroke};

/// The serif's thin strokes would fade where Discord shows the picture at half its size: its letters have a line
/// around them, so wide in parts of the size.
const BODY: f32 = 0.012;

/// The outlines of a picture's letters: each is taken from its font once, for a picture has few of them many times.
#[derive(Debug, Default)]
pub(super) struct Letters {
    known: HashMap<(usize, u32), Letter>,
}

/// In the units of its font, upwards.
#[derive(Debug)]
struct Letter {
    body: Option<Path>,
    /// The line around it, where its face has one.
    line: Option<Path>,
}

/// A text whose letters stand on 0, from 0 on.
#[derive(Debug)]
pub(super) struct Written {
    /// The letters; none where nothing can be seen.
    pub(super) body: Option<Path>,
    /// The lines around them.
    pub(super) line: Option<Path>,
    /// How long it is in pixels.
    pub(super) long: f32,
}

impl Written {
    /// Where it begins.
    pub(super) fn left(&self, pen: &Pen) -> f32 {
        pen.x
            - match pen.anchor {
                Anchor::Start => 0.0,
                Anchor::Middle => self.long / 2.0,
                Anchor::End => self.long,
            }
    }
}

impl Letters {
    /// Writes a text on one line.
    pub(super) fn written(&mut self, text: &str, face: Face, size: f32) -> Written {
        let fonts = Fonts::loaded();
        let (mut body, mut line, mut x) = (PathBuilder::new(), PathBuilder::new(), 0.0);
        for (at, run) in runs(fonts, text, face) {
            let Some(font) = fonts.face(at) else { continue };
            let scale = size / font.em;
            let mut buffer = UnicodeBuffer::new();
            buffer.push_str(run);
            buffer.set_direction(Direction::LeftToRight);
            buffer.guess_segment_properties();
            let set = font
                .shaping
                .shaper(&font.file)
                .build()
                .shape(buffer, ShapeOptions::new());
            for (glyph, place) in set.glyph_infos().iter().zip(set.glyph_positions()) {
                let known = self.known.entry((at, glyph.glyph_id));
                let letter = known.or_insert_with(|| Letter::of(font, glyph.glyph_id, at == Face::Serif.at()));
                let from = (x + units(place.x_offset) * scale, -units(place.y_offset) * scale);
                for (path, to) in [(&letter.body, &mut body), (&letter.line, &mut line)] {
                    if let Some(path) = path {
                        put(to, path, from, scale);
                    }
                }
                x += units(place.x_advance) * scale;
            }
        }
        Written {
            body: body.finish(),
            line: line.finish(),
            long: x,
        }
    }
}

impl Letter {
    fn of(font: &Loaded, glyph: u32, lined: bool) -> Self {
        let body = font.outline(glyph);
        let line = body.as_ref().filter(|_| lined).and_then(|body| {
            let stroke = Stroke {
                width: BODY * font.em,
                ..Stroke::default()
            };
            // A unit of the font is less than a pixel: finer than it is drawn.
            body.stroke(&stroke, 1.0)
        });
        Self { body, line }
    }
}

/// The text in runs of one face each, by their numbers: that which is wanted, and for words of which it lacks a letter the
/// first that has them all; where none has, letter by letter.
fn runs<'a>(fonts: &Fonts, text: &'a str, face: Face) -> Vec<(usize, &'a str)> {
    let mut runs: Vec<(usize, &str)> = Vec::new();
    let mut from = 0;
    let mut push = |at: usize, long: usize| {
        let joined = runs.last().filter(|(last, _)| *last == at).map(|(_, run)| run.len());
        // Where the face stays, the run goes on.
        let begin = from - joined.unwrap_or(0);
        from += long;
        if joined.is_some() {
            runs.pop();
        }
        runs.push((at, &text[begin..from]));
    };
    for word in text.split_inclusive(' ') {
        match fonts.with(word, face) {
            Some(at) => push(at, word.len()),
            None => {
                for c in word.chars() {
                    push(
                        fonts.with(c.encode_utf8(&mut [0; 4]), face).unwrap_or(face.at()),
                        c.len_utf8(),
                    );
                }
            }
        }
    }
    runs
}

/// Adds an outline, from the units of its font to pixels, downwards.
fn put(to: &mut PathBuilder, path: &Path, (x, y): (f32, f32), scale: f32) {
    let across = |at: f32| x + at * scale;
    let down = |at: f32| y - at * scale;
    for segment in path.segments() {
        match segment {
            PathSegment::MoveTo(p) => to.move_to(across(p.x), down(p.y)),
            PathSegment::LineTo(p) => to.line_to(across(p.x), down(p.y)),
            PathSegment::QuadTo(a, p) => to.quad_to(across(a.x), down(a.y), across(p.x), down(p.y)),
            PathSegment::CubicTo(a, b, p) => {
                to.cubic_to(across(a.x), down(a.y), across(b.x), down(b.y), across(p.x), down(p.y));
            }
            PathSegment::Close => to.close(),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "some thousands of units at most")]
fn units(of: i32) -> f32 {
    of as f32
}

/// What a font draws with, as a path.
#[derive(Default)]
pub(super) struct Tracing(pub(super) PathBuilder);

impl OutlinePen for Tracing {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }

    fn quad_to(&mut self, ax: f32, ay: f32, x: f32, y: f32) {
        self.0.quad_to(ax, ay, x, y);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.0.cubic_to(ax, ay, bx, by, x, y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_one_face_and_runs_are_the_text() {
        let fonts = Fonts::loaded();
        // 뷁 is none of the 2,350 syllables that the sans has.
        let text = "등불 뷁어 lamp 뷁";
        let runs = runs(fonts, text, Face::Sans);
        assert_eq!(runs, [(1, "등불 "), (0, "뷁어 "), (1, "lamp "), (0, "뷁")]);
        assert_eq!(super::runs(fonts, "", Face::Sans), []);
    }

    #[test]
    fn letters_stand_on_their_line_one_after_the_other() {
        let mut letters = Letters::default();
        let two = letters.written("대사", Face::Serif, 100.0);
        let bounds = two.body.expect("letters").bounds();
        assert!(bounds.top() > -100.0 && bounds.bottom() < 30.0 && bounds.left() >= 0.0 && bounds.right() <= two.long);
        assert!(two.line.is_some() && letters.written("대사", Face::Bold, 100.0).line.is_none());
        let (kerned, apart) = (letters.written("AV", Face::Sans, 100.0).long, {
            letters.written("A", Face::Sans, 100.0).long + letters.written("V", Face::Sans, 100.0).long
        });
        assert!(kerned < apart, "{kerned} {apart}");
        assert!(letters.written(" ", Face::Sans, 100.0).body.is_none());
    }
}
