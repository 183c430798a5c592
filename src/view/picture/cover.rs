//! How much of each pixel letters cover, to the exact part, and their colour on the pixels.
//!
//! Each line of an outline adds to the pixels of a row what it covers to its right; the sum from the left is the part
//! that is inside (the way of font-rs). What is crossed twice in one direction counts once. Texts are thousands of small
//! edges: tiny-skia, which starts its pipeline anew for each, takes three times as long.

use tiny_skia::{Path, PathSegment, Pixmap, Point, PremultipliedColorU8, Rect};

/// How far from a curve the lines that stand for it may be, in pixels.
const NEAR: f32 = 0.1;
/// How many parts of a pixel are told apart: as many as tiny-skia does, for more are not seen and make larger files.
const LEVELS: u16 = 16;
/// The most lines of a curve.
const LINES_MOST: f32 = 64.0;

/// Fills an outline with a colour, given as its bytes.
pub(super) fn fill(pixels: &mut Pixmap, path: &Path, color: [u8; 3]) {
    if let Some(mut cover) = Cover::over(path.bounds(), pixels) {
        cover.add(path);
        cover.paint(pixels, color);
    }
}

/// The pixels of the picture that an outline may touch.
struct Cover {
    left: usize,
    top: usize,
    width: usize,
    /// What each pixel has more than the one before it; two pixels more in each row than it is wide.
    steps: Vec<f32>,
}

impl Cover {
    /// None where no pixel of the picture is.
    fn over(bounds: Rect, pixels: &Pixmap) -> Option<Self> {
        let within = |at: f32, most: u32| -> usize {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "between 0 and the size"
            )]
            let at = at.max(0.0) as usize;
            at.min(most as usize)
        };
        let (left, top) = (
            within(bounds.left(), pixels.width()),
            within(bounds.top(), pixels.height()),
        );
        let right = within(bounds.right().ceil(), pixels.width());
        let bottom = within(bounds.bottom().ceil(), pixels.height());
        let (width, height) = (right.checked_sub(left)?, bottom.checked_sub(top)?);
        (width > 0 && height > 0).then(|| Self {
            left,
            top,
            width,
            steps: vec![0.0; (width + 2) * height],
        })
    }

    fn add(&mut self, path: &Path) {
        let (mut at, mut begin) = (Point::default(), Point::default());
        for segment in path.segments() {
            match segment {
                PathSegment::MoveTo(to) => {
                    self.line(at, begin);
                    (at, begin) = (to, to);
                }
                PathSegment::LineTo(to) => {
                    self.line(at, to);
                    at = to;
                }
                PathSegment::QuadTo(pull, to) => {
                    let bend = bend(at, pull, to);
                    self.curve(at, to, lines(bend * 0.25), |t| {
                        let (a, b, c) = ((1.0 - t) * (1.0 - t), 2.0 * t * (1.0 - t), t * t);
                        (a * at.x + b * pull.x + c * to.x, a * at.y + b * pull.y + c * to.y)
                    });
                    at = to;
                }
                PathSegment::CubicTo(one, two, to) => {
                    let bend = bend(at, one, two).max(bend(one, two, to));
                    self.curve(at, to, lines(bend * 0.75), |t| {
                        let rest = 1.0 - t;
                        let (a, b, c, d) = (rest.powi(3), 3.0 * t * rest * rest, 3.0 * t * t * rest, t.powi(3));
                        (
                            a * at.x + b * one.x + c * two.x + d * to.x,
                            a * at.y + b * one.y + c * two.y + d * to.y,
                        )
                    });
                    at = to;
                }
                PathSegment::Close => {
                    self.line(at, begin);
                    at = begin;
                }
            }
        }
        self.line(at, begin);
    }

    fn curve(&mut self, from: Point, to: Point, lines: u8, point: impl Fn(f32) -> (f32, f32)) {
        let mut at = from;
        for line in 1..lines {
            let (x, y) = point(f32::from(line) / f32::from(lines));
            let next = Point::from_xy(x, y);
            self.line(at, next);
            at = next;
        }
        self.line(at, to);
    }

    /// Adds a line, row by row.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "pixels of a picture, kept within it"
    )]
    fn line(&mut self, from: Point, to: Point) {
        let (left, top, most) = (self.left as f32, self.top as f32, self.width as f32);
        let (sign, upper, lower) = if from.y < to.y {
            (1.0, from, to)
        } else {
            (-1.0, to, from)
        };
        let (begin, end) = (upper.y - top, lower.y - top);
        let slope = (lower.x - upper.x) / (end - begin);
        if !slope.is_finite() {
            // Level: it covers nothing to its right.
            return;
        }
        let rows = self.steps.chunks_exact_mut(self.width + 2).enumerate();
        let first = begin.max(0.0) as usize;
        for (y, row) in rows.skip(first) {
            let (high, low) = (begin.max(y as f32), end.min(y as f32 + 1.0));
            if high >= low {
                break;
            }
            let across = |y: f32| (upper.x - left + (y - begin) * slope).clamp(0.0, most);
            let (one, two) = (across(high), across(low));
            step(row, one.min(two), one.max(two), (low - high) * sign);
        }
    }

    /// Puts the colour on the pixels, as much of it as is covered.
    fn paint(&self, pixels: &mut Pixmap, color: [u8; 3]) {
        let wide = pixels.width() as usize;
        let opaque = PremultipliedColorU8::from_rgba(color[0], color[1], color[2], u8::MAX);
        let rows = pixels.pixels_mut().chunks_exact_mut(wide).skip(self.top);
        for (row, steps) in rows.zip(self.steps.chunks_exact(self.width + 2)) {
            let mut sum = 0.0_f32;
            for (pixel, step) in row[self.left..].iter_mut().zip(&steps[..self.width]) {
                sum += step;
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not below 0")]
                let level = (sum.abs() * f32::from(LEVELS) + 0.5) as u16;
                let mixed = match level {
                    0 => continue,
                    1..LEVELS => mixed(*pixel, color, level),
                    LEVELS.. => opaque,
                };
                *pixel = mixed.unwrap_or(*pixel);
            }
        }
    }
}

/// What a line from `x0` to `x1`, so high, covers of the pixels of a row.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "places in a row"
)]
fn step(row: &mut [f32], x0: f32, x1: f32, high: f32) {
    let (first, last) = (x0 as usize, x1.ceil() as usize);
    if last <= first + 1 {
        // Within one pixel: what is to the right of its middle.
        let right = f32::midpoint(x0, x1) - first as f32;
        row[first] += high * (1.0 - right);
        row[first + 1] += high * right;
        return;
    }
    // Across several: a triangle in the first and in the last, a slope between.
    let each = high / (x1 - x0);
    let mut before = 0.0;
    for (at, step) in row.iter_mut().enumerate().take(last + 1).skip(first) {
        // What the line covers of all up to the right edge of this pixel.
        let (enters, leaves) = ((at as f32).max(x0), (at as f32 + 1.0).min(x1));
        let covered = if leaves > enters {
            let (one, two) = (enters - x0, leaves - x0);
            // Its height when it comes into the pixel is there in full; what it gains there in part.
            each * one + each * (two - one) * (at as f32 + 1.0 - f32::midpoint(enters, leaves))
        } else {
            high
        };
        *step += covered - before;
        before = covered;
    }
}

/// The colour over an opaque pixel.
fn mixed(pixel: PremultipliedColorU8, [red, green, blue]: [u8; 3], level: u16) -> Option<PremultipliedColorU8> {
    let over = |of: u8, to: u8| {
        let sum = u16::from(of) * (LEVELS - level) + u16::from(to) * level;
        u8::try_from((sum + LEVELS / 2) / LEVELS).unwrap_or(to)
    };
    PremultipliedColorU8::from_rgba(
        over(pixel.red(), red),
        over(pixel.green(), green),
        over(pixel.blue(), blue),
        u8::MAX,
    )
}

/// How far a curve's middle is from being straight.
fn bend(from: Point, pull: Point, to: Point) -> f32 {
    (from.x - 2.0 * pull.x + to.x).hypot(from.y - 2.0 * pull.y + to.y)
}

/// How many lines stand for a curve that bends so.
fn lines(bend: f32) -> u8 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 1 and the most"
    )]
    let lines = (bend / NEAR).sqrt().ceil().clamp(1.0, LINES_MOST) as u8;
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use tiny_skia::PathBuilder;

    fn filled(path: Path) -> Vec<u8> {
        let mut pixels = Pixmap::new(8, 4).expect("a size");
        pixels.fill(tiny_skia::Color::BLACK);
        fill(&mut pixels, &path, [255, 255, 255]);
        pixels.pixels().iter().map(|pixel| pixel.red()).collect()
    }

    #[test]
    fn pixels_are_covered_by_the_part_of_them_that_is_inside() {
        let rect = |l, t, r, b| {
            filled(PathBuilder::from_rect(
                Rect::from_ltrb(l, t, r, b).expect("a rectangle"),
            ))
        };
        let part = rect(1.5, 1.0, 3.25, 2.5);
        assert_eq!(part[8..16], [0, 128, 255, 64, 0, 0, 0, 0]);
        assert_eq!(part[16..24], [0, 64, 128, 32, 0, 0, 0, 0]);
        assert!(part[..8].iter().chain(&part[24..]).all(|pixel| *pixel == 0));
        assert!(
            rect(-5.0, -5.0, 50.0, 50.0).iter().all(|pixel| *pixel == 255),
            "all there is"
        );
        assert!(
            rect(20.0, 20.0, 30.0, 30.0).iter().all(|pixel| *pixel == 0),
            "elsewhere"
        );
    }

    #[test]
    fn a_slope_covers_half_of_what_it_crosses() {
        let mut path = PathBuilder::new();
        path.move_to(0.0, 0.0);
        path.line_to(8.0, 0.0);
        path.line_to(0.0, 4.0);
        let half = filled(path.finish().expect("a path"));
        let all: u32 = half.iter().map(|pixel| u32::from(*pixel)).sum();
        assert!((i64::from(all) - 16 * 255).abs() < 16, "{half:?}");
        assert_eq!((half[0], half[31]), (255, 0));
        assert!((i32::from(half[7]) - 64).abs() < 2, "a triangle of a quarter");
    }

    #[test]
    fn what_is_covered_twice_is_covered_once() {
        let mut path = PathBuilder::new();
        for _ in 0..2 {
            path.push_circle(4.0, 2.0, 1.5);
        }
        let twice = filled(path.finish().expect("a path"));
        assert_eq!((twice[8 + 4], twice[0]), (255, 0));
    }
}
