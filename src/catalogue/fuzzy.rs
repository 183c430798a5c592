//! Distances between spellings and between sounds, for what no table has.
//!
//! Own code, a few lines each: the weights of the sound distance are what Daesa knows about how
//! Korean names are misspelled, and the letter distances work on the index's bytes.

use super::index::MOST_LETTERS;

/// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours; `None`
/// when it is more than `limit`. Inputs are at most 64 letters.
pub(super) fn osa(a: &[u8], b: &[u8], limit: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > limit || a.len() > MOST_LETTERS || b.len() > MOST_LETTERS {
        return None;
    }
    // Three rows: a swap looks two rows back. Only cells near the diagonal can stay within the limit.
    const FAR: u8 = 2 * MOST_LETTERS as u8;
    let mut rows = [[FAR; MOST_LETTERS + 2]; 3];
    for (place, cell) in (0..).zip(rows[0].iter_mut().take(limit + 1)) {
        *cell = place;
    }
    for (i, from) in a.iter().enumerate() {
        let [before, above, here] = pick(&mut rows, i);
        let band = i.saturating_sub(limit)..b.len().min(i + limit + 1);
        here[band.start] = if band.start == 0 { above[0] + 1 } else { FAR };
        let mut least = here[band.start];
        for j in band.clone() {
            let mut cost = (above[j] + u8::from(*from != b[j])).min(above[j + 1] + 1).min(here[j] + 1);
            if i > 0 && j > 0 && a[i - 1] == b[j] && *from == b[j - 1] {
                cost = cost.min(before[j - 1] + 1);
            }
            here[j + 1] = cost;
            least = least.min(cost);
        }
        here[band.end + 1] = FAR;
        if usize::from(least) > limit {
            return None;
        }
    }
    let distance = usize::from(rows[a.len() % 3][b.len()]);
    (distance <= limit).then_some(distance)
}

/// The rows i-1, i and i+1 of a table of which three are kept.
fn pick<T>(rows: &mut [T; 3], i: usize) -> [&mut T; 3] {
    let [r0, r1, r2] = rows;
    match i % 3 {
        0 => [r2, r0, r1],
        1 => [r0, r1, r2],
        _ => [r1, r2, r0],
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
    let edits = osa(a, b, longest).unwrap_or(longest);
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
            here[j + 1] = (above[j] + swapped(*from, *to)).min(above[j + 1] + dropped(*from)).min(here[j] + dropped(*to));
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

    #[test]
    fn one_slip_of_the_finger_is_one_edit() {
        for (a, b) in [("parkbogum", "parkbogmu"), ("parkbogum", "parkbgum"), ("parkbogum", "parkbogumm"), ("in", "ib")] {
            assert_eq!(osa(a.as_bytes(), b.as_bytes(), 3), Some(1), "{a} {b}");
        }
        assert_eq!(osa(b"kim", b"lee", 2), None);
        assert_eq!(osa(b"kim", b"lee", 3), Some(3));
        assert_eq!(osa(b"", b"ab", 2), Some(2));
    }

    #[test]
    fn jaro_winkler_has_its_published_values() {
        for (a, b, expected) in [("martha", "marhta", 0.961), ("dixon", "dicksonx", 0.813), ("dwayne", "duane", 0.84)] {
            assert!((jaro_winkler(a.as_bytes(), b.as_bytes()) - expected).abs() < 0.001, "{a} {b}");
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
        fn a_limit_only_cuts(a in "[a-d]{0,12}", b in "[a-d]{0,12}", limit in 0_usize..8) {
            let all = osa(a.as_bytes(), b.as_bytes(), 24);
            prop_assert_eq!(osa(a.as_bytes(), b.as_bytes(), limit), all.filter(|d| *d <= limit));
        }

        #[test]
        fn distances_are_the_same_both_ways(a in "[a-e]{0,12}", b in "[a-e]{0,12}") {
            let (a, b) = (a.as_bytes(), b.as_bytes());
            prop_assert_eq!(osa(a, b, 20), osa(b, a, 20));
            prop_assert_eq!(sound_distance(a, b, 500), sound_distance(b, a, 500));
            prop_assert_eq!(osa(a, b, 20) == Some(0), a == b);
            prop_assert!((0.0..=1.0).contains(&likeness(a, b)));
        }
    }
}
