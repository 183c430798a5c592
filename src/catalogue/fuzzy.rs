//! Distances between spellings and between sounds, for what no table has.
//!
//! Own code, a few lines each: the weights of the sound distance are what Daesa knows about how
//! Korean names are misspelled, and the letter distances work on the index's bytes.

use super::index::MOST_LETTERS;

/// A spelling prepared to be compared with many others: which of its places hold each letter.
pub(super) struct Pattern {
    places: [u64; 256],
    len: usize,
}

impl Pattern {
    /// Letters beyond 64 are ignored: a machine word holds the places.
    pub(super) fn new(letters: &[u8]) -> Self {
        let mut places = [0; 256];
        for (place, letter) in letters.iter().take(MOST_LETTERS).enumerate() {
            places[usize::from(*letter)] |= 1 << place;
        }
        Self {
            places,
            len: letters.len().min(MOST_LETTERS),
        }
    }

    /// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours. All
    /// rows of the table at once, as differences in the bits of a word (Hyyrö 2003): some 40 ns for
    /// a name, where the table takes 200.
    pub(super) fn edits(&self, other: &[u8]) -> usize {
        if self.len == 0 {
            return other.len();
        }
        let last = 1_u64 << (self.len - 1);
        let (mut rises, mut falls, mut diagonal, mut before) = (u64::MAX, 0_u64, 0_u64, 0_u64);
        let mut edits = self.len;
        for letter in other {
            let here = self.places[usize::from(*letter)];
            let swapped = ((!diagonal & here) << 1) & before;
            diagonal = ((here & rises).wrapping_add(rises) ^ rises) | here | falls | swapped;
            let (up, down) = (falls | !(diagonal | rises), diagonal & rises);
            edits += usize::from(up & last != 0);
            edits -= usize::from(down & last != 0);
            let (up, down) = (up << 1 | 1, down << 1);
            rises = down | !(diagonal | up);
            falls = up & diagonal;
            before = here;
        }
        edits
    }
}

/// Jaro-Winkler: 1 for the same letters, 0 for none in common. Kind to what begins alike.
pub(super) fn jaro_winkler(a: &[u8], b: &[u8]) -> f32 {
    if a.is_empty() || b.is_empty() || a.len() > MOST_LETTERS || b.len() > MOST_LETTERS {
        return 0.0;
    }
    let window = (a.len().max(b.len()) / 2).saturating_sub(1);
    let mut taken = 0_u64;
    let mut matched = [0_u8; MOST_LETTERS];
    let mut matches = 0;
    for (i, letter) in a.iter().enumerate() {
        let from = i.saturating_sub(window);
        let to = (i + window + 1).min(b.len());
        let place = (from..to).find(|j| b[*j] == *letter && taken & (1 << j) == 0);
        if let Some(j) = place {
            taken |= 1 << j;
            matched[matches] = *letter;
            matches += 1;
        }
    }
    if matches == 0 {
        return 0.0;
    }
    let in_b = (0..b.len()).filter(|j| taken & (1 << j) != 0).map(|j| b[j]);
    let moved = in_b.zip(matched).filter(|(x, y)| x != y).count();
    let (m, half) = (ratio(matches, 1), ratio(moved, 2));
    let jaro = (m / ratio(a.len(), 1) + m / ratio(b.len(), 1) + (m - half) / m) / 3.0;
    let prefix = a.iter().zip(b).take(4).take_while(|(x, y)| x == y).count();
    (ratio(prefix, 10)).mul_add(1.0 - jaro, jaro)
}

/// How alike two spellings are, 0 to 1: half by edits, half by Jaro-Winkler.
pub(super) fn likeness(a: &[u8], b: &[u8]) -> f32 {
    let longest = a.len().max(b.len()).max(1);
    let edits = Pattern::new(a).edits(b).min(longest);
    f32::midpoint(1.0 - ratio(edits, longest), jaro_winkler(a, b))
}

/// Exact for the small numbers of letters.
pub(super) fn ratio(n: usize, of: usize) -> f32 {
    f32::from(u16::try_from(n).unwrap_or(u16::MAX)) / f32::from(u16::try_from(of).unwrap_or(u16::MAX))
}

/// Tenths of an edit.
type Tenths = u16;

/// One whole edit.
pub(super) const EDIT: Tenths = 10;

/// Edits between two flat codes, in tenths: what is easily confused costs less than a whole one.
/// `None` when it is more than `limit`.
pub(super) fn sound_distance(a: &[u8], b: &[u8], limit: Tenths) -> Option<Tenths> {
    let longer = Tenths::try_from(a.len().abs_diff(b.len())).unwrap_or(Tenths::MAX);
    if a.len() > MOST_LETTERS || b.len() > MOST_LETTERS || longer.saturating_mul(dropped(b'H')) > limit {
        return None;
    }
    let mut above = [0; MOST_LETTERS + 1];
    for (j, sound) in b.iter().enumerate() {
        above[j + 1] = above[j] + dropped(*sound);
    }
    let mut here = above;
    for from in a {
        here[0] = above[0] + dropped(*from);
        let mut least = here[0];
        for (j, to) in b.iter().enumerate() {
            here[j + 1] = (above[j] + swapped(*from, *to))
                .min(above[j + 1] + dropped(*from))
                .min(here[j] + dropped(*to));
            least = least.min(here[j + 1]);
        }
        if least > limit {
            return None;
        }
        above = here;
    }
    Some(above[b.len()]).filter(|d| *d <= limit)
}

/// An h is easily lost.
const fn dropped(sound: u8) -> Tenths {
    if sound == b'H' { 6 } else { EDIT }
}

fn swapped(a: u8, b: u8) -> Tenths {
    Tenths::from(SWAPPED[usize::from(a & 0x7f)][usize::from(b & 0x7f)])
}

/// Pairs that spellings confuse, and what that costs. The codes are explained at `roman::spellings`.
const CONFUSED: [(&[u8; 2], u8); 28] = [
    (b"vx", 3),
    (b"ux", 3),
    (b"uv", 3),
    (b"ov", 3),
    (b"35", 3),
    (b"34", 4),
    (b"i9", 4),
    (b"e7", 4),
    (b"o8", 5),
    (b"v8", 4),
    (b"u8", 5),
    (b"ou", 5),
    (b"ix", 5),
    (b"e2", 4),
    (b"a1", 4),
    (b"v3", 4),
    (b"o4", 4),
    (b"u5", 4),
    (b"a6", 5),
    (b"ei", 6),
    (b"ea", 7),
    (b"av", 7),
    (b"DT", 4),
    (b"CJ", 4),
    (b"GN", 4),
    (b"JS", 7),
    (b"MN", 7),
    (b"LN", 7),
];

/// What it costs to take one sound for another.
static SWAPPED: [[u8; 128]; 128] = {
    let mut table = [[EDIT as u8; 128]; 128];
    let mut i = 0;
    while i < 128 {
        table[i][i] = 0;
        i += 1;
    }
    let mut i = 0;
    while i < CONFUSED.len() {
        let ([a, b], cost) = (CONFUSED[i].0, CONFUSED[i].1);
        table[*a as usize][*b as usize] = cost;
        table[*b as usize][*a as usize] = cost;
        i += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The same distance by the table of the textbook.
    fn table(a: &[u8], b: &[u8]) -> usize {
        let mut d = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                if i == 0 || j == 0 {
                    d[i][j] = i + j;
                    continue;
                }
                let cost = usize::from(a[i - 1] != b[j - 1]);
                d[i][j] = (d[i - 1][j - 1] + cost).min(d[i - 1][j] + 1).min(d[i][j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    d[i][j] = d[i][j].min(d[i - 2][j - 2] + 1);
                }
            }
        }
        d[a.len()][b.len()]
    }

    #[test]
    fn one_slip_of_the_finger_is_one_edit() {
        for (a, b) in [
            ("parkbogum", "parkbogmu"),
            ("parkbogum", "parkbgum"),
            ("parkbogum", "parkbogumm"),
            ("in", "ib"),
        ] {
            assert_eq!(Pattern::new(a.as_bytes()).edits(b.as_bytes()), 1, "{a} {b}");
        }
        assert_eq!(Pattern::new(b"kim").edits(b"lee"), 3);
        assert_eq!(Pattern::new(b"").edits(b"ab"), 2);
        assert_eq!(Pattern::new(b"ab").edits(b""), 2);
    }

    #[test]
    fn jaro_winkler_has_its_published_values() {
        for (a, b, expected) in [
            ("martha", "marhta", 0.961),
            ("dixon", "dicksonx", 0.813),
            ("dwayne", "duane", 0.84),
        ] {
            assert!(
                (jaro_winkler(a.as_bytes(), b.as_bytes()) - expected).abs() < 0.001,
                "{a} {b}"
            );
        }
    }

    #[test]
    fn confused_sounds_are_nearer_than_others() {
        let d = |a: &str, b: &str| sound_distance(a.as_bytes(), b.as_bytes(), 100).unwrap();
        assert!(d("HiJvG", "HiJxG") < d("HiJvG", "HiJaG"));
        assert_eq!(d("Te", "De"), 4);
        assert_eq!(d("", "H"), 6);
        assert_eq!(sound_distance(b"Ka", b"Mi", 5), None);
    }

    proptest! {
        #[test]
        fn bits_and_table_agree(a in "[a-d]{0,64}", b in "[a-d]{0,64}") {
            let (a, b) = (a.as_bytes(), b.as_bytes());
            prop_assert_eq!(Pattern::new(a).edits(b), table(a, b));
        }

        #[test]
        fn distances_are_the_same_both_ways(a in "[a-e]{0,12}", b in "[a-e]{0,12}") {
            let (a, b) = (a.as_bytes(), b.as_bytes());
            prop_assert_eq!(sound_distance(a, b, 500), sound_distance(b, a, 500));
            prop_assert!((0.0..=1.0).contains(&likeness(a, b)));
        }
    }
}
