//! An invented language for benchmarks: its words are as frequent as those of a real one, the n-th has a share of 1/n.

/// How many words it has, in Latin letters and in hangul each.
pub const WORDS: usize = 30_000;

/// An invented language, always the same.
pub struct Tongue {
    random: fastrand::Rng,
    words: Vec<String>,
    hangul: Vec<String>,
    /// Some of the lines that were told.
    pub said: Vec<Vec<String>>,
}

impl Tongue {
    pub fn new() -> Self {
        let mut random = fastrand::Rng::with_seed(7);
        let syllables = [
            "ba", "co", "de", "fi", "gra", "hu", "in", "ju", "ka", "lo", "me", "na", "or", "pe", "ri", "sta", "to",
            "un", "ve", "wi", "ya", "ze", "th", "er", "ou", "sh", "ing", "ed", "ly", "ment",
        ];
        let mut words = Vec::new();
        let mut seen = std::collections::HashSet::new();
        while words.len() < WORDS {
            // Common words are short.
            let most = 1 + (words.len() + 1).ilog10() as usize;
            let word: String = (0..random.usize(1..=most.max(2)))
                .map(|_| syllables[random.usize(..30)])
                .collect();
            if seen.insert(word.clone()) {
                words.push(word);
            }
        }
        let syllable = |random: &mut fastrand::Rng| char::from_u32(0xAC00 + random.u32(..11_172)).unwrap_or('가');
        let hangul = (0..WORDS)
            .map(|_| (0..random.usize(1..=3)).map(|_| syllable(&mut random)).collect())
            .collect();
        Self {
            random,
            words,
            hangul,
            said: Vec::new(),
        }
    }

    pub fn below(&mut self, most: usize) -> usize {
        self.random.usize(..most)
    }

    /// A place among `most`, the first ones more often: log-uniform, which is a share of 1/n.
    pub fn rank(&mut self, most: usize) -> usize {
        #[expect(clippy::cast_precision_loss, reason = "tens of thousands")]
        let top = (most as f64).ln();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to `most`")]
        let at = (top * self.random.f64()).exp() as usize;
        at.min(most) - 1
    }

    /// A word as often as it is said.
    pub fn word(&mut self) -> String {
        let at = self.rank(WORDS);
        self.words[at].clone()
    }

    pub fn word_between(&mut self, from: usize, to: usize) -> String {
        let at = self.random.usize(from..to);
        self.words[at].clone()
    }

    /// The first letters of a word that has as many.
    pub fn beginning(&mut self, letters: usize) -> String {
        loop {
            let word = self.word();
            if word.chars().nth(letters - 1).is_some() {
                return word.chars().take(letters).collect();
            }
        }
    }

    /// A line that was told.
    pub fn line_said(&mut self) -> Vec<String> {
        let at = self.random.usize(..self.said.len());
        self.said[at].clone()
    }

    pub fn hangul(&mut self) -> String {
        let at = self.rank(WORDS);
        self.hangul[at].clone()
    }

    pub fn line(&mut self, hangul: bool) -> Vec<String> {
        let particles = ["", "은", "가", "를", "에서", "도"];
        (0..self.random.usize(10..=35))
            .map(|_| match hangul {
                true => format!("{}{}", self.hangul(), particles[self.random.usize(..6)]),
                false => self.word(),
            })
            .collect()
    }
}
