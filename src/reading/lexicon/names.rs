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
goo goh rho yim leem lyu lyoo eum paek pae mah moh gan yeon seon pok seonwoo sonu dokko sakong hwangpo jaegal namkung
nahm nah anh baik kweon gweon rhim yeum youm joh joung jeoung khang pyon ryou noo sun bing bin bom bum bon bunny ryeom ryang ran ra seob sup sob tai thai myo to am
";

// The parts of a syllable, in the order of their first letters.
const ONSET_PARTS: &[&str] = &[
    "b", "bb", "c", "ch", "d", "dd", "f", "g", "gg", "h", "j", "jj", "k", "kh", "kk", "l", "m", "n", "p", "ph", "pp",
    "q", "r", "s", "sh", "ss", "ssh", "t", "th", "ts", "tt", "v", "z",
];
const VOWEL_PARTS: &[&str] = &[
    "a", "ae", "aeh", "ah", "e", "ea", "ee", "ei", "eo", "eoh", "eu", "eui", "i", "ie", "ih", "o", "oe", "oh", "oo",
    "ooh", "ou", "u", "uh", "uhh", "ui", "wa", "wae", "we", "weo", "wi", "wo", "woo", "ya", "yae", "ye", "yea", "yeo",
    "yeoh", "yeou", "yi", "yo", "yoo", "you", "youn", "yu",
];
const CODA_PARTS: &[&str] = &[
    "b", "ck", "d", "g", "gh", "h", "k", "l", "lk", "ll", "lm", "m", "n", "ng", "nn", "p", "r", "rk", "s", "t", "v",
];

/// Some letters, to be compared with four of a word at once.
#[derive(Clone, Copy)]
struct Part {
    letters: u32,
    /// Which of the four they are.
    these: u32,
    length: usize,
}

/// The parts that begin with each letter.
struct Parts {
    all: [Part; Self::MOST],
    of: [(usize, usize); 26],
}

impl Parts {
    const MOST: usize = 48;

    /// Packs parts of four letters at most, in the order of their first letters.
    const fn pack(parts: &[&str]) -> Self {
        let none = Part {
            letters: 0,
            these: 0,
            length: 0,
        };
        let (mut all, mut of, mut at) = ([none; Self::MOST], [(0, 0); 26], 0);
        while at < parts.len() {
            let bytes = parts[at].as_bytes();
            let mut byte = 0;
            while byte < bytes.len() {
                all[at].letters |= (bytes[byte] as u32) << (8 * byte);
                all[at].these |= 0xff << (8 * byte);
                byte += 1;
            }
            all[at].length = bytes.len();
            let letter = (bytes[0] - b'a') as usize;
            let first = if of[letter].1 == 0 { at } else { of[letter].0 };
            of[letter] = (first, at + 1);
            at += 1;
        }
        Self { all, of }
    }

    /// The places behind the parts that stand at some places of a word.
    fn behind(&self, word: &[u8; ROOM], places: u16) -> u16 {
        let (mut left, mut found) = (places, 0);
        while left != 0 {
            let at = left.trailing_zeros() as usize;
            left &= left - 1;
            let Some(four) = word.get(at..).and_then(|rest| rest.first_chunk()) else {
                continue;
            };
            let (first, last) = self
                .of
                .get(usize::from(four[0].wrapping_sub(b'a')))
                .copied()
                .unwrap_or_default();
            let four = u32::from_le_bytes(*four);
            for part in &self.all[first..last] {
                if (four ^ part.letters) & part.these == 0 {
                    found |= 1 << (at + part.length);
                }
            }
        }
        found
    }
}

/// The longest word that is looked at, and four letters behind it.
const LONGEST: usize = 12;
const ROOM: usize = LONGEST + 4;
static ONSETS: Parts = Parts::pack(ONSET_PARTS);
static VOWELS: Parts = Parts::pack(VOWEL_PARTS);
static CODAS: Parts = Parts::pack(CODA_PARTS);

/// How many Korean syllables a folded word can be split into at least, up to three; 0 if into none.
#[must_use]
pub fn syllables(word: impl AsRef<[u8]>) -> usize {
    const MOST: usize = 3;
    let word = word.as_ref();
    if word.is_empty() || word.len() > LONGEST {
        return 0;
    }
    let mut letters = [0; ROOM];
    letters[..word.len()].copy_from_slice(word);
    // The places where so many syllables can end, as bits: all splits are followed at once.
    let mut ends = 1_u16;
    let found = (1..=MOST).find(|_| {
        let onsets = ends | ONSETS.behind(&letters, ends);
        let vowels = VOWELS.behind(&letters, onsets);
        ends = vowels | CODAS.behind(&letters, vowels);
        ends >> word.len() & 1 != 0
    });
    found.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::syllables;

    /// `korean` counts no syllables of a surname.
    #[test]
    fn no_surname_has_three_syllables() {
        for surname in super::SURNAMES.split_whitespace() {
            assert!(syllables(surname) <= 2, "{surname}");
        }
    }

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
