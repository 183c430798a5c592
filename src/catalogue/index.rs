//! Hash tables over every name: by letters, by sound, by given name, by initials, by one letter less; and the outlines
//! of all names for a search that none of them answers.
//!
//! Names are only ever added, so the tables are [`Chains`], without a `Vec` per key.
//! Ranking what is found is left to `rank`.

use super::chains::Chains;
use super::code::Code;
use super::entity::Kind;
use super::fold::words;
use super::hangul::{initial, jamo};
use super::key::{self, Family, Key};
use super::outline::Outline;
use super::starts::Starts;
use super::surname::Class;
use super::{fold, title};

/// Letters of a name that are compared; longer titles differ before that.
pub(super) const MOST_LETTERS: usize = 64;
const NONE: u32 = u32::MAX;

/// Whose name an entry is: places in the catalogue's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Owner {
    Person(u32),
    Drama(u32),
    Network(u32),
    /// A character: drama, and place in its cast.
    Role(u32, u32),
}

impl Owner {
    pub(super) const fn kind(self) -> Option<Kind> {
        match self {
            Self::Person(_) => Some(Kind::Person),
            Self::Drama(_) => Some(Kind::Drama),
            Self::Network(_) => Some(Kind::Network),
            Self::Role(..) => None,
        }
    }

    /// Names of people and of characters are read as surname and given name.
    const fn is_human(self) -> bool {
        matches!(self, Self::Person(_) | Self::Role(..))
    }
}

/// What a name is to its owner; the earlier, the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    Name,
    Hangul,
    Alias,
    /// The part of a title before the colon.
    Part,
}

/// One name of one owner. There are thousands, so what is known of one stands side by side in one place of memory.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) owner: Owner,
    pub(super) form: Form,
    class: Option<Class>,
    /// Letters, the given name's code, the whole name's code, and where words begin.
    bytes: Box<[u8]>,
    /// Where each of them ends but the last.
    ends: [u16; 3],
}

impl Entry {
    fn new(
        owner: Owner,
        form: Form,
        letters: &[u8],
        sound: Option<&(Class, Code)>,
        whole: &[u8],
        starts: &[u8],
    ) -> Self {
        let given = sound.map_or(&[][..], |(_, given)| given.bytes());
        let ends = [letters.len(), given.len(), whole.len()];
        let mut end = 0;
        Self {
            owner,
            form,
            class: sound.map(|(class, _)| *class),
            bytes: [letters, given, whole, starts].concat().into(),
            ends: ends.map(|length| {
                end += length;
                // A field of a table has 120 characters at most, and a character three sounds.
                u16::try_from(end).unwrap_or(u16::MAX)
            }),
        }
    }

    /// Folded; hangul as jamo. What distances are measured on.
    pub(super) fn letters(&self) -> &[u8] {
        self.part(0, usize::from(self.ends[0]))
    }

    /// The class of the surname, if it is in the table, and the flat code of the given name, both by
    /// their most plausible reading.
    pub(super) fn sound(&self) -> Option<(Class, &[u8])> {
        let given = || self.part(usize::from(self.ends[0]), usize::from(self.ends[1]));
        self.class.map(|class| (class, given()))
    }

    /// The flat code of the whole name by its most plausible reading; empty when it cannot be read.
    pub(super) fn whole(&self) -> &[u8] {
        self.part(usize::from(self.ends[1]), usize::from(self.ends[2]))
    }

    /// Where later words begin within the letters.
    pub(super) fn starts(&self) -> &[u8] {
        self.part(usize::from(self.ends[2]), self.bytes.len())
    }

    fn part(&self, from: usize, to: usize) -> &[u8] {
        self.bytes.get(from..to).unwrap_or_default()
    }
}

/// All names and the tables over them.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    pub(super) entries: Vec<Entry>,
    /// Of each entry, in the same order.
    pub(super) outlines: Vec<Outline>,
    exact: Chains,
    keys: Chains,
    whole: Chains,
    given: Chains,
    initials: Chains,
    near: Chains,
    words: Chains,
    /// The first letters of the dramas' names.
    starts: Starts,
}

impl Index {
    /// One that is filled and packed before anybody is looked for in it, but by the letters of a whole name.
    pub(super) fn loose() -> Self {
        Self {
            keys: Chains::loose(),
            whole: Chains::loose(),
            given: Chains::loose(),
            initials: Chains::loose(),
            near: Chains::loose(),
            words: Chains::loose(),
            ..Self::default()
        }
    }

    /// Adds a name; nothing happens when it has no letters.
    pub(super) fn add(&mut self, owner: Owner, form: Form, name: &str) {
        let folded = if owner.kind() == Some(Kind::Drama) {
            title::normal(name)
        } else {
            fold(name)
        };
        if folded.is_empty() {
            return;
        }
        let id = u32::try_from(self.entries.len()).unwrap_or(NONE);
        if id == NONE {
            return;
        }
        if owner.kind() == Some(Kind::Drama) {
            self.starts.add(&folded);
        }
        let letters = letters(&folded);
        self.exact.add(hash(&[tag(owner), folded.as_bytes()]), id);
        for shorter in one_less(&letters) {
            self.near.add(shorter, id);
        }
        let words = if owner.kind() == Some(Kind::Drama) {
            title::split(name).0
        } else {
            words(name)
        };
        let codes = if owner.is_human() {
            title::codes(&words)
        } else {
            title::sounds(name)
        };
        let whole = codes.first().map_or(&[][..], Code::bytes);
        let sound = if owner.is_human() {
            self.add_human(&words, id)
        } else {
            self.add_title(name, &words, &codes, id);
            None
        };
        let starts = word_starts(&words);
        let mut outline = Outline::new(&letters, whole);
        outline.kind = owner.kind();
        outline.class = sound.as_ref().map(|(class, _)| *class);
        self.outlines.push(outline);
        let entry = Entry::new(owner, form, &letters, sound.as_ref(), whole, &starts);
        self.entries.push(entry);
    }

    /// Adds the sounds of somebody's name: the class of the surname, and the flat code of the given name.
    fn add_human(&mut self, words: &[String], id: u32) -> Option<(Class, Code)> {
        let keys = key::surname_first(words);
        for key in &keys {
            self.keys.add(hash_key(key), id);
            self.given.add(hash(&[key.1.bytes()]), id);
        }
        // `Inspector Dalbit`: what stands before the name is no Korean word.
        if let (true, [_, rest @ ..]) = (keys.is_empty(), words) {
            for code in key::codes(rest) {
                self.given.add(hash(&[code.bytes()]), id);
            }
        }
        // With syllable breaks: 윤아 is not 유나, although both are yuna.
        for code in key::codes(words) {
            self.whole.add(hash(&[code.bytes()]), id);
        }
        if let Some(initials) = initials(words) {
            self.initials.add(hash(&[initials.as_bytes()]), id);
        }
        keys.iter().find_map(|(family, given)| match family {
            Family::Class(class) => Some((*class, given.flat())),
            Family::Sound(_) => None,
        })
    }

    fn add_title(&mut self, name: &str, words: &[String], codes: &[Code], id: u32) {
        for code in codes {
            self.whole.add(hash(&[code.bytes()]), id);
        }
        for acronym in title::acronyms(name) {
            self.initials.add(hash(&[acronym.as_bytes()]), id);
        }
        for word in words {
            self.words.add(hash(&[title::stem(word).as_bytes()]), id);
        }
    }

    /// Packs the tables: what is in them now is what most copies share.
    pub(super) fn pack(&mut self) {
        let tables = [
            &mut self.exact,
            &mut self.keys,
            &mut self.whole,
            &mut self.given,
            &mut self.initials,
            &mut self.near,
            &mut self.words,
        ];
        tables.into_iter().for_each(Chains::pack);
        self.entries.shrink_to_fit();
        self.outlines.shrink_to_fit();
    }

    /// Whether a drama may have exactly that title, as far as is seen at a glance: nearly no words of an article are one.
    pub(super) fn may_be_drama(&self, title: &str) -> bool {
        self.starts.may_have(title)
    }

    /// Entries of that kind with exactly these folded letters (a title: normalised).
    pub(super) fn exact<'a>(&'a self, folded: &str, kind: Kind) -> impl Iterator<Item = &'a Entry> + use<'a> {
        self.exact_ids(folded, kind_tag(Some(kind)))
            .filter_map(|id| self.entries.get(id as usize))
    }

    /// As [`Self::exact`], as places in [`Self::entries`]; `kind` as [`kind_tag`] gives it.
    pub(super) fn exact_ids<'a>(&'a self, folded: &str, kind: &'static [u8]) -> impl Iterator<Item = u32> + use<'a> {
        let mut found = (!folded.is_empty())
            .then(|| self.exact.get(hash(&[kind, folded.as_bytes()])))
            .into_iter()
            .flatten()
            .peekable();
        // Most words of an article are no name: nothing is there to compare with.
        let wanted = match found.peek() {
            Some(_) => letters(folded),
            None => Vec::new(),
        };
        found
            // The hash is not a proof: an attacker may have looked for a second name with it.
            .filter(move |id| self.entries.get(*id as usize).is_some_and(|e| e.letters() == wanted))
    }

    /// Entries with that surname and given name, by sound.
    pub(super) fn with_key<'a>(&'a self, key: &Key) -> impl Iterator<Item = u32> + use<'a> {
        self.keys.get(hash_key(key))
    }

    /// Entries that sound like that as a whole: people's names with syllable breaks, titles without.
    pub(super) fn with_whole<'a>(&'a self, code: &Code) -> impl Iterator<Item = u32> + use<'a> {
        self.whole.get(hash(&[code.bytes()]))
    }

    /// Entries with that given name, by sound.
    pub(super) fn with_given<'a>(&'a self, given: &Code) -> impl Iterator<Item = u32> + use<'a> {
        self.given.get(hash(&[given.bytes()]))
    }

    /// Entries with these initials.
    pub(super) fn with_initials<'a>(&'a self, initials: &str) -> impl Iterator<Item = u32> + use<'a> {
        self.initials.get(hash(&[initials.as_bytes()]))
    }

    /// Titles with a word of that stem.
    pub(super) fn with_word<'a>(&'a self, word: &str) -> impl Iterator<Item = u32> + use<'a> {
        self.words.get(hash(&[word.as_bytes()]))
    }

    /// Entries that may be one letter away: both less one letter are equal. To be verified.
    pub(super) fn maybe_near(&self, letters: &[u8]) -> Vec<u32> {
        let mut found: Vec<u32> = one_less(letters).flat_map(|shorter| self.near.get(shorter)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Roles with a character of that name: the same letters, else the same sound.
    pub(super) fn characters(&self, name: &str) -> Vec<(u32, u32)> {
        let roles = |ids: Vec<u32>| {
            let mut found: Vec<(u32, u32)> = ids
                .into_iter()
                .filter_map(|id| match self.entries.get(id as usize)?.owner {
                    Owner::Role(drama, place) => Some((drama, place)),
                    _ => None,
                })
                .collect();
            found.sort_unstable();
            found.dedup();
            found
        };
        let exact = roles(self.exact_ids(&fold(name), kind_tag(None)).collect());
        if !exact.is_empty() {
            return exact;
        }
        let words = words(name);
        let mut keys = key::surname_first(&words);
        if let [word] = words.as_slice() {
            keys.extend(key::joined(word, false));
        }
        roles(keys.iter().flat_map(|k| self.with_key(k)).collect())
    }
}

/// Folded text as bytes to compare: ASCII as it is, hangul as jamo, anything else by a hash of one
/// byte. At most 64.
pub(super) fn letters(folded: &str) -> Vec<u8> {
    let mut letters = Vec::with_capacity(folded.len());
    for c in folded.chars() {
        match jamo(c) {
            _ if c.is_ascii() => letters.push(c as u8),
            // ㄱ to ㅣ are 51 code points.
            Some(parts) => letters.extend(parts.map(jamo_byte)),
            None => letters.push(jamo_byte(c)),
        }
        if letters.len() >= MOST_LETTERS {
            break;
        }
    }
    letters.truncate(MOST_LETTERS);
    letters
}

fn jamo_byte(c: char) -> u8 {
    // 0x80 upwards, so that no ASCII letter equals a jamo.
    u8::try_from((c as u32).wrapping_sub('ㄱ' as u32) % 0x80).unwrap_or(0) | 0x80
}

/// Where the words of a name begin within its letters, the first word left out.
pub(super) fn word_starts(words: &[String]) -> Vec<u8> {
    let mut starts = Vec::new();
    let mut at = 0;
    for word in words {
        starts.extend(u8::try_from(at).ok().filter(|at| *at > 0));
        at += letters(word).len();
    }
    starts
}

/// Initials of a name: of its words, or of its syllables in hangul.
pub(super) fn initials(words: &[String]) -> Option<String> {
    let hangul: Option<String> = words.iter().flat_map(|w| w.chars()).map(initial).collect();
    if let Some(hangul) = hangul {
        return (hangul.chars().count() >= 2).then_some(hangul);
    }
    (words.len() >= 2).then(|| words.iter().filter_map(|w| w.chars().next()).collect())
}

/// Hashes of the letters with one left out, and of all of them. A polynomial, so that all of them
/// together take two passes; whoever uses them looks at the letters again.
fn one_less(letters: &[u8]) -> impl Iterator<Item = u64> {
    const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
    let step = |hash: u64, letter: u8| hash.wrapping_add(u64::from(letter) + 1).wrapping_mul(BASE);
    // tails[i]: what the letters after i add, and the power of the base that they move the front by.
    let mut tails = vec![(0_u64, 1_u64)];
    for letter in letters.iter().rev() {
        let (sum, power) = tails[tails.len() - 1];
        let power = power.wrapping_mul(BASE);
        tails.push((sum.wrapping_add((u64::from(*letter) + 1).wrapping_mul(power)), power));
    }
    tails.reverse();
    let all = letters.iter().fold(0, |hash, letter| step(hash, *letter));
    let mut front = 0_u64;
    let shorter: Vec<u64> = letters
        .iter()
        .zip(&tails[1..])
        .map(|(letter, (sum, power))| {
            let without = front.wrapping_mul(*power).wrapping_add(*sum);
            front = step(front, *letter);
            without
        })
        .collect();
    std::iter::once(all).chain(shorter)
}

const fn tag(owner: Owner) -> &'static [u8] {
    kind_tag(owner.kind())
}

/// What keeps names of different kinds apart in the table of exact names; `None`: characters.
pub(super) const fn kind_tag(kind: Option<Kind>) -> &'static [u8] {
    match kind {
        Some(Kind::Person) => b"p",
        Some(Kind::Drama) => b"d",
        Some(Kind::Network) => b"n",
        None => b"c",
    }
}

fn hash_key((family, given): &Key) -> u64 {
    match family {
        Family::Class(class) => hash(&[&[*class, 1], given.bytes()]),
        Family::Sound(sound) => hash(&[sound.bytes(), &[0], given.bytes()]),
    }
}

/// FNV-1a, 64 bits: the keys are a dozen bytes long, and the same in every run.
fn hash(parts: &[&[u8]]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts {
        for byte in *part {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}
