//! The house's colours, and the one that a drama or person keeps everywhere.

/// Ink, the ground of dark pictures.
pub const INK: u32 = 0x1f_1b_2e;
/// Plum.
pub const PLUM: u32 = 0x5b_2a_6f;
/// Persimmon, the house's first colour.
pub const PERSIMMON: u32 = 0xf2_54_5b;
/// Jade: it worked.
pub const JADE: u32 = 0x2a_9d_8f;
/// Honey: take note.
pub const HONEY: u32 = 0xf4_b8_60;
/// Paper, the ground of light pictures.
pub const PAPER: u32 = 0xff_f8_f0;

/// Hue in degrees, saturation and lightness in percent of the four colours that others are mixed
/// around. Plum is lifted so that it stands out from Discord's dark ground.
const ANCHORS: [(i32, u32, u32); 4] = [(357, 78, 64), (36, 80, 66), (173, 52, 45), (286, 45, 56)];

/// How far a colour may be from its anchor, in degrees and in percent.
const HUE_SPREAD: u32 = 14;
const LIGHT_SPREAD: u32 = 6;

/// The colour of an entity: always the same for the same key, near one of the house's.
///
/// The kind before the colon does not matter: `drama:lovers-of-the-red-sky` and the bare slug agree.
#[must_use]
pub fn color_of(key: &str) -> u32 {
    let slug = key.split_once(':').map_or(key, |(_, slug)| slug);
    let mut bits = mixed(slug);
    let mut take = |below: u32| {
        let taken = u32::try_from(bits % u64::from(below)).unwrap_or(0);
        bits /= u64::from(below);
        taken
    };
    let (hue, saturation, lightness) = ANCHORS[take(4) as usize % ANCHORS.len()];
    let turn = take(2 * HUE_SPREAD + 1).cast_signed() - HUE_SPREAD.cast_signed();
    let light = lightness + take(2 * LIGHT_SPREAD + 1) - LIGHT_SPREAD;
    rgb((hue + turn).rem_euclid(360).cast_unsigned(), saturation, light)
}

/// The key of a name that comes without one: as the catalogue's slugs are made.
pub(super) fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars().take(200).flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.ends_with('-') && !slug.is_empty() && !matches!(c, '\'' | '’') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// FNV-1a over the bytes, then the finisher of splitmix64, so that slugs that share their beginning
/// do not share their colour.
fn mixed(text: &str) -> u64 {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

/// Hue below 360, saturation and lightness in percent, as 0xRRGGBB.
fn rgb(hue: u32, saturation: u32, lightness: u32) -> u32 {
    let (hue, s, l) = (
        f64::from(hue) / 30.0,
        f64::from(saturation) / 100.0,
        f64::from(lightness) / 100.0,
    );
    let chroma = s * l.min(1.0 - l);
    let part = |n: f64| {
        let k = (n + hue) % 12.0;
        let value = l - chroma * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0);
        (value * 255.0).round().clamp(0.0, 255.0) as u32
    };
    part(0.0) << 16 | part(8.0) << 8 | part(4.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn a_drama_keeps_its_colour() {
        assert_eq!(
            color_of("drama:lovers-of-the-red-sky"),
            color_of("lovers-of-the-red-sky")
        );
        assert_eq!(slug("Lovers of the Red Sky"), "lovers-of-the-red-sky");
        assert_eq!(slug("Today’s Webtoon"), "todays-webtoon");
        assert_eq!(rgb(0, 100, 50), 0xff_00_00);
        assert_eq!(rgb(120, 100, 50), 0x00_ff_00);
        assert_eq!(rgb(240, 100, 50), 0x00_00_ff);
    }

    #[test]
    fn colours_differ_and_can_be_seen() {
        let colors: Vec<u32> = (0..400).map(|n| color_of(&format!("drama:show-{n}"))).collect();
        assert!(colors.iter().collect::<HashSet<_>>().len() > 300);
        for color in colors {
            let part = |shift: u32| f64::from(color >> shift & 0xff);
            let luma = 0.299 * part(16) + 0.587 * part(8) + 0.114 * part(0);
            assert!((70.0..225.0).contains(&luma), "{color:06x} {luma}");
        }
    }
}
