//! The fonts that are compiled in: what they can draw, and how wide it gets. How texts become outlines is for `letters`.
//!
//! Loaded when the first picture is drawn, and read where they lie in the program: nothing is copied.

use super::letters::Tracing;
use harfrust::ShaperData;
use skrifa::{
    FontRef, GlyphId, MetadataProvider,
    charmap::Charmap,
    instance::{LocationRef, Size},
    metrics::GlyphMetrics,
    outline::{DrawSettings, OutlineGlyphCollection},
};
use std::sync::OnceLock;
use tiny_skia::Path;

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

/// The files, in the order in which a missing letter is looked for.
const FILES: [&[u8]; 3] = [
    include_bytes!("../../../config/fonts/daesa-serif.ttf"),
    include_bytes!("../../../config/fonts/daesa-sans.otf"),
    include_bytes!("../../../config/fonts/daesa-sans-semibold.otf"),
];

impl Face {
    /// Its number, as the fonts are asked for it.
    pub(super) const fn at(self) -> usize {
        match self {
            Self::Serif => 0,
            Self::Sans => 1,
            Self::Bold => 2,
        }
    }
}

/// A face as it is asked.
pub(super) struct Loaded {
    pub(super) file: FontRef<'static>,
    /// What its tables say of letters beside each other.
    pub(super) shaping: ShaperData,
    /// Its units in the size of its letters.
    pub(super) em: f32,
    letters: Charmap<'static>,
    widths: GlyphMetrics<'static>,
    outlines: OutlineGlyphCollection<'static>,
}

impl Loaded {
    fn of(file: &'static [u8]) -> Option<Self> {
        let file = FontRef::new(file).ok()?;
        let em = f32::from(file.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
        Some(Self {
            shaping: ShaperData::new(&file),
            em: em.max(1.0),
            letters: file.charmap(),
            widths: file.glyph_metrics(Size::unscaled(), LocationRef::default()),
            outlines: file.outline_glyphs(),
            file,
        })
    }

    /// The outline of a glyph in units, upwards; none of a space, or of what the font does not have.
    pub(super) fn outline(&self, glyph: u32) -> Option<Path> {
        let mut tracing = Tracing::default();
        let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
        self.outlines
            .get(GlyphId::new(glyph))?
            .draw(settings, &mut tracing)
            .ok()?;
        tracing.0.finish()
    }

    fn has(&self, c: char) -> bool {
        self.letters.map(c).is_some()
    }
}

/// The loaded fonts, in the order of [`FILES`]; one that cannot be read has no letters.
pub(super) struct Fonts {
    faces: Vec<Option<Loaded>>,
}

impl Fonts {
    /// The fonts, loaded at the first call.
    pub(super) fn loaded() -> &'static Self {
        static FONTS: OnceLock<Fonts> = OnceLock::new();
        FONTS.get_or_init(|| Self {
            faces: FILES.iter().map(|file| Loaded::of(file)).collect(),
        })
    }

    /// A face by its number.
    pub(super) fn face(&self, at: usize) -> Option<&Loaded> {
        self.faces.get(at)?.as_ref()
    }

    /// The number of the face that a word is drawn in: the one that is wanted, or else the first that has all its letters.
    pub(super) fn with(&self, word: &str, face: Face) -> Option<usize> {
        let has_all = |at: &usize| self.face(*at).is_some_and(|font| word.chars().all(|c| font.has(c)));
        [face.at()].into_iter().chain(0..self.faces.len()).find(has_all)
    }

    /// Whether a letter can be drawn.
    pub(super) fn has(&self, c: char) -> bool {
        self.faces.iter().flatten().any(|face| face.has(c))
    }

    /// How wide a text is in pixels. Without kerning, which makes it a little narrower, if anything.
    pub(super) fn width(&self, text: &str, face: Face, size: f32) -> f32 {
        text.chars().map(|c| self.advance(c, face)).sum::<f32>() * size
    }

    /// In parts of the size.
    fn advance(&self, c: char, face: Face) -> f32 {
        let of = |face: &Loaded| {
            let glyph = face.letters.map(c)?;
            Some(face.widths.advance_width(glyph)? / face.em)
        };
        let widest = || self.faces.iter().flatten().filter_map(of).reduce(f32::max);
        // Where a face lacks a syllable, the whole word is drawn in one that has it: a syllable is as wide as in the
        // widest.
        let wanted = self.faces[face.at()].iter().find_map(of);
        let syllable = matches!(c, '\u{ac00}'..='\u{d7a3}');
        wanted.filter(|_| !syllable).or_else(widest).unwrap_or(1.0)
    }
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
