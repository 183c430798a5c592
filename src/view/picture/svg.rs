//! A drawing in the making: shapes and text as SVG, and the PNG that comes of it.
//!
//! The one place that knows resvg and png. Whatever text comes is escaped here.

use super::{
    fonts::{Face, Fonts},
    ground::{ground, rounded},
};
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree},
};
use std::fmt::Write;

/// Width of every picture in pixels: twice what Discord shows at most, so that it is crisp.
pub(super) const WIDTH: f32 = 1200.0;
/// The highest picture.
const HIGHEST: f32 = 2400.0;

/// Where a text stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pen<'a> {
    /// Left end, right end or middle, as `anchor` says.
    pub(super) x: f32,
    /// The line the letters stand on.
    pub(super) y: f32,
    pub(super) size: f32,
    pub(super) face: Face,
    /// A colour, as SVG writes it.
    pub(super) fill: &'a str,
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

/// A drawing.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    body: String,
}

impl Drawing {
    /// Our own markup; nothing from outside.
    pub(super) fn own(&mut self, markup: &str) {
        self.body.push_str(markup);
    }

    /// A rectangle with round corners.
    pub(super) fn rect(&mut self, (x, y, width, height): (f32, f32, f32, f32), round: f32, fill: &str) {
        // Writing to a string does not fail.
        let _ = write!(
            self.body,
            r#"<rect x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}" rx="{round:.1}" fill="{fill}"/>"#
        );
    }

    /// A text on one line, as it stands.
    pub(super) fn text(&mut self, pen: Pen<'_>, text: &str) {
        let anchor = match pen.anchor {
            Anchor::Start => "start",
            Anchor::End => "end",
            Anchor::Middle => "middle",
        };
        // The serif's thin strokes would fade where Discord shows the picture at half its size.
        let body = match pen.face {
            Face::Serif => format!(r#" stroke="{}" stroke-width="{:.2}""#, pen.fill, pen.size * 0.014),
            Face::Sans | Face::Bold => String::new(),
        };
        let _ = write!(
            self.body,
            r#"<text x="{:.1}" y="{:.1}" font-size="{:.1}" {} fill="{}"{} text-anchor="{anchor}" xml:space="preserve">{}</text>"#,
            pen.x,
            pen.y,
            pen.size,
            pen.face.attributes(),
            pen.fill,
            body,
            escaped(text)
        );
    }

    /// The whole as SVG, [`WIDTH`] wide. What it stands on is for `ground`.
    pub(super) fn framed(&self, height: f32) -> String {
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height:.0}">{}</svg>"#,
            self.body
        )
    }
}

/// The tree of an SVG of ours, with its text laid out; none when it cannot be read.
pub(super) fn tree(svg: &str) -> Option<Tree> {
    let options = Options {
        fontdb: Fonts::loaded().database(),
        font_family: "Daesa Sans".to_owned(),
        ..Options::default()
    };
    Tree::from_str(svg, &options).ok()
}

/// An SVG of ours as PNG, on a ground that goes to a colour.
pub(super) fn png(svg: &str, color: u32) -> Option<Vec<u8>> {
    let tree = tree(svg)?;
    let (width, height) = (tree.size().width().ceil(), tree.size().height().ceil());
    if width > WIDTH || height > HIGHEST {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and the limits above"
    )]
    let mut pixels = ground(width as u32, height as u32, color)?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    rounded(&mut pixels);
    packed(pixels).ok()
}

/// Fast rather than small: the first level on bytes as they are takes a third of the time of the second level on filtered
/// ones, and a fifth more bytes (cards of 90 to 300 kB, charts of 80 to 210; fdeflate takes less time again, and a third
/// more bytes for charts).
fn packed(pixels: Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, pixels.width(), pixels.height());
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_deflate_compression(png::DeflateCompression::Level(1));
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels.take_demultiplied())?;
    writer.finish()?;
    Ok(bytes)
}

/// `#rrggbb`
pub(super) fn hex(color: u32) -> String {
    format!("#{:06x}", color & 0xff_ffff)
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

/// Text for an element: no markup of it comes alive, and what XML does not allow at all is left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_mix() {
        assert_eq!(mixed(0x00_00_00, 0xff_80_40, 0.5), 0x80_40_20);
        assert_eq!(hex(0x5b_2a_6f), "#5b2a6f");
    }

    #[test]
    fn markup_is_text() {
        assert_eq!(escaped("<a b='c'>&\"\u{0}\u{1b}"), "&lt;a b=&#39;c&#39;&gt;&amp;&quot;");
    }
}
