//! A scene as pixels, and the pixels as PNG.

use super::{
    cover,
    ground::{bytes, ground, plain, rounded},
    icons::{TILE, pattern},
    letters::Letters,
    scene::{Fill, Pen, Scene, Shape, WIDTH},
};
use tiny_skia::{
    Color, FillRule, FilterQuality, LineCap, LineJoin, Paint, Path, Pattern, Pixmap, Shader, SpreadMode, Stroke,
    Transform,
};

/// The highest picture.
const HIGHEST: f32 = 2400.0;

/// The scene as PNG; none when it is too large.
pub(super) fn png(scene: &Scene) -> Option<Vec<u8>> {
    if !(1.0..=HIGHEST).contains(&scene.height) {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 1 and the limits above"
    )]
    let mut painter = Painter {
        pixels: ground(WIDTH as u32, scene.height as u32, scene.color)?,
        tiles: Vec::new(),
        letters: Letters::default(),
    };
    for shape in &scene.shapes {
        painter.paint(shape);
    }
    rounded(&mut painter.pixels);
    packed(painter.pixels).ok()
}

/// A picture that is being painted, with what it has many times.
struct Painter {
    pixels: Pixmap,
    tiles: Vec<((usize, u32), Pixmap)>,
    letters: Letters,
}

impl Painter {
    fn paint(&mut self, shape: &Shape) {
        match shape {
            Shape::Filled(path, Fill::Plain(color)) => {
                fill(&mut self.pixels, path, Shader::SolidColor(solid(*color, 1.0)))
            }
            Shape::Filled(path, Fill::Pattern(pattern, color)) => self.fill_with(path, (*pattern, *color)),
            Shape::Line(path, width, color) => {
                let round = (LineCap::Round, LineJoin::Round);
                line(&mut self.pixels, path, (*width, round), solid(*color, 1.0));
            }
            Shape::Text(pen, text) => self.write(pen, text),
        }
    }

    /// Fills it with tiles of a pattern, which are aligned to the picture's pixels.
    fn fill_with(&mut self, path: &Path, pattern: (usize, u32)) {
        let at = self.tiles.iter().position(|(known, _)| *known == pattern);
        let at = at.unwrap_or_else(|| {
            self.tiles.extend(tile(pattern).map(|tile| (pattern, tile)));
            self.tiles.len().saturating_sub(1)
        });
        let Some((_, tile)) = self.tiles.get(at) else { return };
        let shader = Pattern::new(
            tile.as_ref(),
            SpreadMode::Repeat,
            FilterQuality::Nearest,
            1.0,
            Transform::identity(),
        );
        fill(&mut self.pixels, path, shader);
    }

    /// Writes a text where it stands.
    fn write(&mut self, pen: &Pen, text: &str) {
        let written = self.letters.written(text, pen.face, pen.size);
        let place = Transform::from_translate(written.left(pen), pen.y);
        for part in [written.body, written.line].into_iter().flatten() {
            if let Some(part) = part.transform(place) {
                cover::fill(&mut self.pixels, &part, bytes(pen.color));
            }
        }
    }
}

/// A tile of a pattern on its colour.
fn tile((number, color): (usize, u32)) -> Option<Pixmap> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few pixels")]
    let mut tile = Pixmap::new(TILE as u32, TILE as u32)?;
    tile.fill(solid(color, 1.0));
    let (shapes, covers) = pattern(number);
    for shape in shapes {
        match shape {
            Shape::Filled(path, Fill::Plain(color)) => fill(&mut tile, &path, Shader::SolidColor(solid(color, covers))),
            Shape::Line(path, width, color) => {
                let ends = (LineCap::Butt, LineJoin::Miter);
                line(&mut tile, &path, (width, ends), solid(color, covers));
            }
            Shape::Filled(_, Fill::Pattern(..)) | Shape::Text(..) => {}
        }
    }
    Some(tile)
}

fn fill(pixels: &mut Pixmap, path: &Path, shader: Shader<'_>) {
    pixels.fill_path(path, &paint(shader), FillRule::Winding, Transform::identity(), None);
}

fn line(pixels: &mut Pixmap, path: &Path, (width, (line_cap, line_join)): (f32, (LineCap, LineJoin)), color: Color) {
    let stroke = Stroke {
        width,
        line_cap,
        line_join,
        ..Stroke::default()
    };
    let paint = paint(Shader::SolidColor(color));
    pixels.stroke_path(path, &paint, &stroke, Transform::identity(), None);
}

fn paint(shader: Shader<'_>) -> Paint<'_> {
    Paint {
        shader,
        ..Paint::default()
    }
}

/// A colour that covers so much of what is below it.
fn solid(color: u32, covers: f32) -> Color {
    let [red, green, blue] = bytes(color);
    let mut color = Color::from_rgba8(red, green, blue, u8::MAX);
    color.set_alpha(covers);
    color
}

/// Fast rather than small: the first level on bytes as they are takes a third of the time of the second level on filtered
/// ones, and up to a third more bytes (cards have 120 to 320 kB, charts 90 to 210). What fdeflate packs faster still is
/// larger again.
fn packed(pixels: Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, pixels.width(), pixels.height());
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_deflate_compression(png::DeflateCompression::Level(1));
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&plain(pixels))?;
    writer.finish()?;
    Ok(bytes)
}
