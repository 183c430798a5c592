//! The fonts that are compiled in: what they can draw, and how wide it gets.
//!
//! Loaded when the first picture is drawn, and read where they lie in the program: nothing is copied.

use resvg::usvg::fontdb::{Database, Source};
use skrifa::{
    FontRef, MetadataProvider,
    charmap::Charmap,
    instance::{LocationRef, Size},
    metrics::GlyphMetrics,
};
use std::sync::{Arc, OnceLock};

/// A face.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Face {
    /// For spoken lines.
    Serif,
    /// For everything else.
    Sans,
    /// For names and numbers.
    Bold,
}

/// The files, in the order in which a missing letter is looked for, which is usvg's.
const FILES: [&[u8]; 3] = [
    include_bytes!("../../../config/fonts/daesa-serif.ttf"),
    include_bytes!("../../../config/fonts/daesa-sans.otf"),
    include_bytes!("../../../config/fonts/daesa-sans-semibold.otf"),
];

impl Face {
    /// As SVG asks for it.
    pub(super) const fn attributes(self) -> &'static str {
        match self {
            Self::Serif => r#"font-family="Daesa Serif""#,
            Self::Sans => r#"font-family="Daesa Sans""#,
            Self::Bold => r#"font-family="Daesa Sans" font-weight="600""#,
        }
    }

    const fn at(self) -> usize {
        match self {
            Self::Serif => 0,
            Self::Sans => 1,
            Self::Bold => 2,
        }
    }
}

struct Measured {
    letters: Charmap<'static>,
    widths: GlyphMetrics<'static>,
    em: f32,
}

/// The loaded fonts.
pub(super) struct Fonts {
    database: Arc<Database>,
    /// In the order of [`FILES`]; one that cannot be read has no letters.
    faces: Vec<Option<Measured>>,
}

impl Fonts {
    /// The fonts, loaded at the first call.
    pub(super) fn loaded() -> &'static Self {
        static FONTS: OnceLock<Fonts> = OnceLock::new();
        FONTS.get_or_init(Self::load)
    }

    fn load() -> Self {
        let mut database = Database::new();
        for file in FILES {
            database.load_font_source(Source::Binary(Arc::new(file)));
        }
        Self {
            database: Arc::new(database),
            faces: FILES.iter().map(|file| measured(file)).collect(),
        }
    }

    /// For usvg.
    pub(super) fn database(&self) -> Arc<Database> {
        Arc::clone(&self.database)
    }

    /// Whether a letter can be drawn.
    pub(super) fn has(&self, c: char) -> bool {
        let has = |face: &Measured| face.letters.map(c).is_some();
        self.faces.iter().flatten().any(has)
    }

    /// How wide a text is in pixels. Without kerning, which makes it a little narrower, if anything.
    pub(super) fn width(&self, text: &str, face: Face, size: f32) -> f32 {
        text.chars().map(|c| self.advance(c, face)).sum::<f32>() * size
    }

    /// In parts of the size.
    fn advance(&self, c: char, face: Face) -> f32 {
        let of = |face: &Measured| {
            let glyph = face.letters.map(c)?;
            Some(face.widths.advance_width(glyph)? / face.em)
        };
        let widest = || self.faces.iter().flatten().filter_map(of).reduce(f32::max);
        // Where a face lacks a syllable, the whole text may be drawn in one that has it: a syllable is as wide as in
        // the widest.
        let wanted = self.faces[face.at()].iter().find_map(of);
        let syllable = matches!(c, '\u{ac00}'..='\u{d7a3}');
        wanted.filter(|_| !syllable).or_else(widest).unwrap_or(1.0)
    }
}

fn measured(file: &'static [u8]) -> Option<Measured> {
    let font = FontRef::new(file).ok()?;
    let em = f32::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
    Some(Measured {
        letters: font.charmap(),
        widths: font.glyph_metrics(Size::unscaled(), LocationRef::default()),
        em: em.max(1.0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fonts_have_the_letters_that_dramas_need() {
        let fonts = Fonts::loaded();
        assert!(fonts.faces.iter().all(Option::is_some));
        assert!(('가'..='힣').all(|c| fonts.has(c)), "every syllable");
        assert!("AZaz09 “”‘’…—–·éőčñüß¿¡«»「」アのДя".chars().all(|c| fonts.has(c)));
        assert!(!fonts.has('😍') && !fonts.has('ش') && !fonts.has('ש'));
    }

    #[test]
    fn widths_grow_with_text_and_size() {
        let fonts = Fonts::loaded();
        let width = |text: &str, size: f32| fonts.width(text, Face::Serif, size);
        assert!(width("대사", 40.0) > width("대", 40.0) && width("대", 80.0) > width("대", 40.0));
        assert!(
            (width("대", 100.0) - 100.0).abs() < 20.0,
            "a syllable is about as wide as high"
        );
    }
}
