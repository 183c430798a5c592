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

/// Given names and syllables that are also common English words count only inside a longer name.
const VOWELS: &[&str] = &[
    "yeoh", "yeou", "yae", "yea", "yeo", "youn", "woo", "yoo", "you", "weo", "wae", "aeh", "eoh", "ooh", "uhh", "ae",
    "eo", "eu", "oe", "ui", "ya", "ye", "yo", "yu", "wa", "we", "wi", "wo", "oo", "ee", "ou", "ah", "uh", "oh", "ih",
    "yi", "ie", "ei", "eui", "ea", "a", "e", "i", "o", "u",
];
const ONSETS: &[&str] = &[
    "ssh", "kk", "gg", "tt", "dd", "pp", "bb", "jj", "ss", "ch", "sh", "ts", "kh", "ph", "th", "k", "g", "n", "t", "d",
    "r", "l", "m", "p", "b", "v", "f", "s", "j", "z", "c", "h", "q", "",
];
const CODAS: &[&str] = &[
    "ng", "lk", "lm", "ck", "gh", "ll", "nn", "rk", "k", "g", "n", "t", "d", "l", "r", "m", "p", "b", "s", "h", "v", "",
];

/// How many Korean syllables a folded word can be split into at least, up to three; 0 if into none.
#[must_use]
pub fn syllables(word: &str) -> usize {
    if word.is_empty() || word.len() > 12 || !word.is_ascii() {
        return 0;
    }
    split(word, 3)
}

fn split(word: &str, left: usize) -> usize {
    if left == 0 {
        return 0;
    }
    let mut best = 0;
    for onset in ONSETS {
        let Some(rest) = behind(word, onset) else { continue };
        if !rest.starts_with(['a', 'e', 'i', 'o', 'u', 'w', 'y']) {
            continue;
        }
        for vowel in VOWELS {
            let Some(rest) = behind(rest, vowel) else { continue };
            for coda in CODAS {
                let Some(rest) = behind(rest, coda) else { continue };
                if rest.is_empty() {
                    return 1;
                }
                let more = split(rest, left - 1);
                if more > 0 && (best == 0 || more + 1 < best) {
                    best = more + 1;
                }
            }
        }
        if !onset.is_empty() && best == 1 {
            return 1;
        }
    }
    best
}

/// What stands behind a prefix. Most words begin with another letter, which is seen at once.
fn behind<'a>(word: &'a str, prefix: &str) -> Option<&'a str> {
    let first = prefix.as_bytes().first();
    if first.is_some() && first != word.as_bytes().first() {
        return None;
    }
    word.strip_prefix(prefix)
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
