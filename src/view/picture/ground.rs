//! The ground of a picture: from ink at one corner to the drama's colour at the other, a glow where that is strongest,
//! and round corners.
//!
//! Pixel by pixel and from a table, for two gradients as large as the picture took half of all the time.

use super::{INK, scene::mixed};
use tiny_skia::{BlendMode, Color, FillRule, Paint, Path, PathBuilder, Pixmap, PremultipliedColorU8, Transform};

/// How round the corners are, in pixels.
const ROUND: f32 = 36.0;
/// Where the ink ends on the way from corner to corner, and how much of the colour there is at the end.
const INK_TO: f32 = 0.25;
const COLORED: f32 = 0.26;
/// Shades on that way: more than there are between two colours, and a power of two.
const SHADES: u16 = 1024;
/// Bits of a part of a shade.
const FINE: u32 = 16;
/// The glow: how far from the right end of the lower edge its middle is, how far it reaches, and how strong it is there.
const GLOW_RIGHT: f32 = 120.0;
const GLOW_REACH: f32 = 420.0;
const GLOW: f32 = 0.42;

/// A picture with nothing but its ground; none when it has no size.
pub(super) fn ground(width: u32, height: u32, color: u32) -> Option<Pixmap> {
    let mut pixels = Pixmap::new(width, height)?;
    let shades = shades(color);
    // How far a pixel is on the way from corner to corner, in shades, to a part in 65,536 of one: a sum, for a product
    // and a conversion for each pixel took four times as long.
    let step = |side: u32| (u32::from(SHADES) << (FINE - 1)) / side;
    let (across, down) = (step(width), step(height));
    let mut begin = (across + down) / 2;
    for row in pixels.pixels_mut().chunks_exact_mut(width as usize) {
        let mut at = begin;
        for pixel in row {
            *pixel = shades[(at >> FINE) as usize % shades.len()];
            at += across;
        }
        begin += down;
    }
    glow(&mut pixels, color);
    Some(pixels)
}

/// The shades from corner to corner.
fn shades(color: u32) -> [PremultipliedColorU8; SHADES as usize] {
    let deep = mixed(INK, color, COLORED);
    let mut at = 0.5;
    [(); SHADES as usize].map(|()| {
        let way = at / f32::from(SHADES);
        at += 1.0;
        opaque(mixed(INK, deep, ((way - INK_TO) / (1.0 - INK_TO)).clamp(0.0, 1.0)))
    })
}

/// The glow, on the pixels that it reaches.
fn glow(pixels: &mut Pixmap, color: u32) {
    let (width, height) = (pixels.width(), pixels.height());
    let (x0, y0) = (pixels_of(width) - GLOW_RIGHT, pixels_of(height));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "not below 0, and less than the picture"
    )]
    let (left, top) = ((x0 - GLOW_REACH).max(0.0) as usize, (y0 - GLOW_REACH).max(0.0) as usize);
    let [red, green, blue] = bytes(color);
    for (y, row) in pixels
        .pixels_mut()
        .chunks_exact_mut(width as usize)
        .enumerate()
        .skip(top)
    {
        let down = (middle(y) - y0).powi(2);
        for (x, pixel) in row.iter_mut().enumerate().skip(left) {
            let far = ((middle(x) - x0).powi(2) + down).sqrt() / GLOW_REACH;
            if far < 1.0 {
                let part = GLOW * (1.0 - far);
                let lit = |of: u8, to: u8| part_of(of, to, part);
                let lit = (
                    lit(pixel.red(), red),
                    lit(pixel.green(), green),
                    lit(pixel.blue(), blue),
                );
                *pixel = PremultipliedColorU8::from_rgba(lit.0, lit.1, lit.2, u8::MAX).unwrap_or(*pixel);
            }
        }
    }
}

/// Takes what is outside the round corners away.
pub(super) fn rounded(pixels: &mut Pixmap) {
    let (right, bottom) = (pixels_of(pixels.width()), pixels_of(pixels.height()));
    let mut paint = Paint {
        blend_mode: BlendMode::DestinationOut,
        ..Paint::default()
    };
    paint.set_color(Color::BLACK);
    for (x, y, across, down) in [
        (0.0, 0.0, ROUND, ROUND),
        (right, 0.0, -ROUND, ROUND),
        (right, bottom, -ROUND, -ROUND),
        (0.0, bottom, ROUND, -ROUND),
    ] {
        if let Some(outside) = outside((x, y), (across, down)) {
            pixels.fill_path(&outside, &paint, FillRule::Winding, Transform::identity(), None);
        }
    }
}

/// The bytes of a picture whose corners were taken away, with colours that are not multiplied by how much they cover. All
/// but the rows of the corners is opaque, and is as it is: a pass over every pixel took a tenth of the time.
pub(super) fn plain(pixels: Pixmap) -> Vec<u8> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few pixels")]
    let edge = 4 * pixels.width() as usize * ROUND as usize;
    let mut bytes = pixels.take();
    let above = edge.min(bytes.len());
    let (above, rest) = bytes.split_at_mut(above);
    let below = rest.len().saturating_sub(edge);
    let corners = above.chunks_exact_mut(4).chain(rest[below..].chunks_exact_mut(4));
    for pixel in corners {
        if let [red, green, blue, alpha] = *pixel
            && let Some(color) = PremultipliedColorU8::from_rgba(red, green, blue, alpha)
        {
            let color = color.demultiply();
            pixel.copy_from_slice(&[color.red(), color.green(), color.blue(), color.alpha()]);
        }
    }
    bytes
}

/// What is between a corner and its curve.
fn outside((x, y): (f32, f32), (across, down): (f32, f32)) -> Option<Path> {
    // How near to the corner the points are that pull a curve into nearly a quarter of a circle.
    const PULL: f32 = 1.0 - 0.552_285;
    let mut path = PathBuilder::new();
    path.move_to(x, y);
    path.line_to(x + across, y);
    path.cubic_to(x + across * PULL, y, x, y + down * PULL, x, y + down);
    path.close();
    path.finish()
}

fn opaque(color: u32) -> PremultipliedColorU8 {
    let [red, green, blue] = bytes(color);
    // What is opaque has no part above its alpha.
    PremultipliedColorU8::from_rgba(red, green, blue, u8::MAX).unwrap_or(PremultipliedColorU8::TRANSPARENT)
}

/// Red, green and blue of a colour.
pub(super) fn bytes(color: u32) -> [u8; 3] {
    let [_, red, green, blue] = color.to_be_bytes();
    [red, green, blue]
}

fn part_of(of: u8, to: u8, part: f32) -> u8 {
    let (of, to) = (f32::from(of), f32::from(to));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between two bytes"
    )]
    let part = (of + (to - of) * part + 0.5) as u8;
    part
}

#[expect(clippy::cast_precision_loss, reason = "a few thousand")]
fn pixels_of(side: u32) -> f32 {
    side as f32
}

#[expect(clippy::cast_precision_loss, reason = "a few thousand")]
fn middle(at: usize) -> f32 {
    at as f32 + 0.5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_from_ink_to_the_colour_and_has_round_corners() {
        let mut pixels = ground(1200, 600, 0xff_00_00).expect("a size");
        let at = |pixels: &Pixmap, x, y| pixels.pixel(x, y).map(|p| (p.red(), p.green(), p.blue(), p.alpha()));
        assert_eq!(at(&pixels, 1, 1), Some((0x1f, 0x1b, 0x2e, 255)));
        let (lit, dark) = (at(&pixels, 1080, 599).unwrap(), at(&pixels, 1080, 100).unwrap());
        assert!(lit.0 > dark.0 + 60 && dark.0 > 0x1f, "{lit:?} {dark:?}");
        rounded(&mut pixels);
        for (x, y) in [(0, 0), (1199, 0), (0, 599), (1199, 599)] {
            assert_eq!(at(&pixels, x, y), Some((0, 0, 0, 0)));
        }
        assert_eq!(at(&pixels, 36, 0).unwrap().3, 255);
        assert!(ground(0, 10, 0).is_none());
        assert!(ground(3, 2, 0xff_ff_ff).is_some(), "smaller than its glow");
        for (width, height) in [(1200, 600), (1200, 50), (20, 10)] {
            let mut pixels = ground(width, height, 0xff_80_40).expect("a size");
            rounded(&mut pixels);
            assert!(
                plain(pixels.clone()) == pixels.take_demultiplied(),
                "{width} x {height}"
            );
        }
    }
}
