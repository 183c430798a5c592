//! What Korean names look like when romanised, and the surnames there are.

/// Romanised surnames, folded. Rare ones and two-syllable ones are included; a name whose surname is
/// not here is still found when its syllables or its company say so.
pub const SURNAMES: &str = "
kim gim lee ri yi rhee rhie park bak pak choi choe jung jeong chung jeung kang gang cho jo joe yoon yun youn jang chang
lim im rim han oh seo suh shin sin kwon gwon hwang ahn an song jeon chun cheon jun ryu yoo yu you hong ko go koh moon
mun yang son sohn bae baek paik heo hur huh nam sim shim noh no roh ha kwak gwak sung seong cha joo ju woo wu koo gu
ku min jin na ra ji um eom uhm chae won bang byun byeon yeo yeom pyo gong kong ki gi ok do wi ban seok suk mo maeng
sunwoo seonu namgung namgoong namkoong jegal hwangbo sagong dokgo tak geum keum myung myeong ma ye bong sa bu boo
gil kil tae mok ham hahm jegal bok dan pi pyun pyeon gook guk kook eun in ye eo uh chu choo doh sul seol so soh
kye gye hyun hyeon lew loo reu yong ryong ryoo shi ee rah hwa pung du doo yuk yook mae mi ong ong on hwan cheong
chin ho hu kam gam kyung gyeong pan pahn pang phee sangkwan sang sok ssang tan ui wang wie ya yon dong mangjeol
man mang paeng noe jwa tang seomoon seomun dongbang eung gal gyeon cheok dam je dae dang muk neung pil pyeong phyo
nahm nah noo bing bin bom bum bon bunny ryeom ryang ran ra seob sup sob tai thai myo
";

// The parts of a syllable, in the order of their first letters.
const ONSETS: &[&str] = &[
    "b", "bb", "c", "ch", "d", "dd", "f", "g", "gg", "h", "j", "jj", "k", "kh", "kk", "l", "m", "n", "p", "ph", "pp",
    "q", "r", "s", "sh", "ss", "ssh", "t", "th", "ts", "tt", "v", "z",
];
const VOWELS: &[&str] = &[
    "a", "ae", "aeh", "ah", "e", "ea", "ee", "ei", "eo", "eoh", "eu", "eui", "i", "ie", "ih", "o", "oe", "oh", "oo",
    "ooh", "ou", "u", "uh", "uhh", "ui", "wa", "wae", "we", "weo", "wi", "wo", "woo", "ya", "yae", "ye", "yea", "yeo",
    "yeoh", "yeou", "yi", "yo", "yoo", "you", "youn", "yu",
];
const CODAS: &[&str] = &[
    "b", "ck", "d", "g", "gh", "h", "k", "l", "lk", "ll", "lm", "m", "n", "ng", "nn", "p", "r", "rk", "s", "t", "v",
];
static ONSETS_OF: [(usize, usize); 26] = by_initial(ONSETS);
static VOWELS_OF: [(usize, usize); 26] = by_initial(VOWELS);
static CODAS_OF: [(usize, usize); 26] = by_initial(CODAS);

/// Where the parts that begin with each letter stand in their list.
const fn by_initial(parts: &[&str]) -> [(usize, usize); 26] {
    let mut places = [(0, 0); 26];
    let mut at = 0;
    while at < parts.len() {
        let letter = (parts[at].as_bytes()[0] - b'a') as usize;
        let first = if places[letter].1 == 0 { at } else { places[letter].0 };
        places[letter] = (first, at + 1);
        at += 1;
    }
    places
}

/// How many Korean syllables a folded word can be split into at least, up to three; 0 if into none.
#[must_use]
pub fn syllables(word: &str) -> usize {
    const LONGEST: usize = 12;
    const MOST: usize = 3;
    if word.is_empty() || word.len() > LONGEST || !word.is_ascii() {
        return 0;
    }
    let word = word.as_bytes();
    // The places where so many syllables can end, as bits: all splits are followed at once.
    let mut ends = 1_u16;
    let found = (1..=MOST).find(|_| {
        let onsets = ends | behind(word, ends, ONSETS, &ONSETS_OF);
        let vowels = behind(word, onsets, VOWELS, &VOWELS_OF);
        ends = vowels | behind(word, vowels, CODAS, &CODAS_OF);
        ends >> word.len() & 1 != 0
    });
    found.unwrap_or_default()
}

/// The places behind the parts that stand at some places of a word.
fn behind(word: &[u8], places: u16, parts: &[&str], of: &[(usize, usize); 26]) -> u16 {
    let (mut left, mut found) = (places, 0);
    while left != 0 {
        let at = left.trailing_zeros() as usize;
        left &= left - 1;
        let rest = &word[at.min(word.len())..];
        let letter = rest.first().map_or(usize::MAX, |b| usize::from(b.wrapping_sub(b'a')));
        let (first, last) = of.get(letter).copied().unwrap_or_default();
        for part in &parts[first..last] {
            if rest.starts_with(part.as_bytes()) {
                found |= 1 << (at + part.len());
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::syllables;

    #[test]
    fn korean_syllables_are_counted() {
        for (word, n) in [
            ("seop", 1),
            ("hyo", 1),
            ("yoo", 1),
            ("jung", 1),
            ("haeon", 2),
            ("haneul", 2),
            ("gyeom", 1),
            ("ryang", 1),
        ] {
            assert_eq!(syllables(word), n, "{word}");
        }
        for word in ["street", "drama", "lantern", "entertainment", "precinct"] {
            assert!(syllables(word) != 1, "{word}");
        }
    }
}
