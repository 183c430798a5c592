//! The full-text index of lines: what is put into it, and how a search is put to it.
//!
//! It says which words are in a line, not where (`detail = none`): lists of one byte a line instead of four, in small
//! pieces, for of the list of a frequent word that a rare one is looked for in, every piece is read. Lines are numbered
//! from the far end ([`FAR`]), for the newest are wanted first, and reading lists backwards takes twice as long. Words of
//! three, four and five letters that others begin with have lists of their own. What else is asked of a line is a word
//! as well, written with letters of the private use area, which nobody types, the tokeniser takes for letters, and no
//! line keeps:
//!
//! - a key of the quote, so that “this person, these words” is answered from the index alone: a join with the rows is a
//!   hundred times slower;
//! - two words that stand side by side: of a phrase the words may be everywhere, the pairs are not. A pair is one of a
//!   million, so what it finds may be another, and [`Search::fits`] looks at the line itself;
//! - the first one or two syllables of a word in hangul, which particles follow without a space: the lists of all words
//!   that begin so would be put together for each question.
//!
//! What is found is for `quotes` to read.

use super::{StoreError, json, keep::give_back, quotes::QuoteQuery};
use sha2::{Digest, Sha256};
use sqlx::{Sqlite, SqlitePool, Transaction};
use std::cmp::Reverse;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The most words of a search that are looked at.
const WORDS_MOST: usize = 12;
/// Lines of one transaction while the index is filled, and the most that wait to be put into it.
const SLICE: u32 = 2_000;

/// The number of the line 0 in the index, from which a line's own number is taken away: more lines than there will ever
/// be, in the five bytes that SQLite writes it with.
macro_rules! far {
    () => {
        "34359738367"
    };
}

/// The newest lines that fit an expression, below a line: its number, as `id`, of as many as are asked for.
macro_rules! found {
    ($expression:literal, $before:literal, $limit:literal) => {
        concat!(
            "(SELECT ",
            far!(),
            " - rowid AS id FROM quote_fts WHERE quote_fts MATCH ",
            $expression,
            " AND rowid > ",
            far!(),
            " - ",
            $before,
            " ORDER BY rowid LIMIT ",
            $limit,
            ")"
        )
    };
}
pub(super) use {far, found};

statements! {
    ADD_LINE = concat!("INSERT INTO quote_fts (rowid, words) VALUES (", far!(), " - $1, $2)");
    DROP_LINE = concat!("DELETE FROM quote_fts WHERE rowid = ", far!(), " - $1");
    /// How far from the newest line the 32nd is that has a thing: the further, the rarer it is. Null: fewer have it.
    HOW_FAR = "SELECT json_group_array(json_array(j.key, iif(j.value IS NULL, NULL,
            (SELECT rowid FROM quote_fts WHERE quote_fts MATCH j.value ORDER BY rowid LIMIT 1 OFFSET 31))))
        FROM json_each($1) j";
    FILLED = "SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'lines_indexed'";
    FILLED_TO = "UPDATE meta SET value = $1 WHERE key = 'lines_indexed'";
    FILLED_ALL = "DELETE FROM meta WHERE key = 'lines_indexed'";
    NOT_FILLED = "SELECT q.id, q.text, (SELECT json_group_array(k.key) FROM quote_key k WHERE k.quote = q.id)
        FROM quote q WHERE q.id > $1 ORDER BY q.id LIMIT $2";
}

/// Lines that are to be put into the index together: each number that is higher than the one before makes FTS5 write
/// down what it has, so they go in from the newest.
#[derive(Default)]
pub(super) struct Lines(Vec<(i64, String)>);

impl Lines {
    /// A line, to be found by its words and its keys. When many wait, they are put in.
    pub(super) async fn add(
        &mut self,
        tx: &mut Transaction<'static, Sqlite>,
        id: i64,
        text: &str,
        keys: &[impl AsRef<str>],
    ) -> Result<(), StoreError> {
        self.0.push((id, indexed(text, keys)));
        if self.0.len() >= SLICE as usize {
            self.file(tx).await?;
        }
        Ok(())
    }

    /// Puts them in; to be called before the transaction ends.
    pub(super) async fn file(&mut self, tx: &mut Transaction<'static, Sqlite>) -> Result<(), StoreError> {
        self.0.sort_unstable_by_key(|(id, _)| Reverse(*id));
        for (id, words) in self.0.drain(..) {
            sqlx::query(ADD_LINE).bind(id).bind(words).execute(&mut **tx).await?;
        }
        Ok(())
    }
}

/// What the index is given of a line.
fn indexed(text: &str, keys: &[impl AsRef<str>]) -> String {
    let mut words: String = text
        .chars()
        .map(|c| if PRIVATE.contains(&c) { ' ' } else { c })
        .collect();
    let own = self::words(text);
    let told = keys.iter().map(|key| who_token(key.as_ref()));
    for token in told.chain(pairs(&own)).chain(own.iter().flat_map(|word| stems(word))) {
        words.push(' ');
        words.push_str(&token);
    }
    words
}

/// Takes a line out of the index.
pub(super) async fn drop_line(tx: &mut Transaction<'static, Sqlite>, id: i64) -> Result<(), StoreError> {
    sqlx::query(DROP_LINE).bind(id).execute(&mut **tx).await?;
    Ok(())
}

/// Fills an index that a migration has made anew, slice by slice; after a crash it goes on where it was.
pub(super) async fn fill(write: &SqlitePool) -> Result<(), StoreError> {
    let mut lines = 0;
    loop {
        let mut tx = write.begin_with("BEGIN IMMEDIATE").await?;
        let Some(filled): Option<i64> = sqlx::query_scalar(FILLED).fetch_optional(&mut *tx).await? else {
            break;
        };
        let rows: Vec<(i64, String, String)> = sqlx::query_as(NOT_FILLED)
            .bind(filled)
            .bind(SLICE)
            .fetch_all(&mut *tx)
            .await?;
        let mut slice = Lines::default();
        for (id, text, keys) in &rows {
            let keys: Vec<String> = serde_json::from_str(keys)?;
            slice.add(&mut tx, *id, text, &keys).await?;
        }
        slice.file(&mut tx).await?;
        match rows.last() {
            Some((last, ..)) => sqlx::query(FILLED_TO).bind(last.to_string()).execute(&mut *tx).await?,
            None => sqlx::query(FILLED_ALL).execute(&mut *tx).await?,
        };
        tx.commit().await?;
        lines += rows.len();
    }
    if lines > 0 {
        tracing::info!(lines, "the index of lines was made anew");
        // What the old one took.
        give_back(write).await?;
    }
    Ok(())
}

/// Whether the last word has to be there as it is, or may go on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    Whole,
    Open,
}

/// Fewest letters of a word that may go on: the index has a list for each beginning of three. In hangul one syllable
/// is a word already.
const OPEN_LETTERS: usize = 3;
const OPEN_SYLLABLES: usize = 1;

/// Letters that no line keeps, for tokens of our own: of pairs up to 0xE3FF, and one before those of keys and of
/// beginnings.
const PRIVATE: std::ops::RangeInclusive<char> = '\u{E000}'..='\u{F8FF}';
const PAIR: u32 = 0xE000;
const WHO: char = '\u{F000}';
const STEM: char = '\u{F001}';
/// A word that is in no line.
const NOWHERE: char = '\u{F002}';
/// The longest beginning of a word in hangul that is a token; longer ones are in the index's own lists.
const STEM_LETTERS: usize = 2;

/// A search as the index is asked, and what a line that it finds must have.
pub(super) struct Search {
    /// What a line must have, for FTS5. Words come as quoted strings, so that nothing a person types is syntax.
    tokens: Vec<Token>,
    phrases: Vec<Phrase>,
}

/// One of the things that a line must have.
struct Token {
    asked: String,
    /// It may go on: the lists of all words that begin so are put together before the first line is told.
    open: bool,
}

/// Words that have to stand side by side.
struct Phrase {
    words: Vec<String>,
    /// Whether the last may go on.
    open: bool,
}

impl Search {
    /// None when there is no word in the text, or none that may go on where that is wanted. Every word in hangul may
    /// go on, for particles follow without a space.
    pub(super) fn of(query: &QuoteQuery<'_>, text: &str, ending: Ending) -> Option<Self> {
        let terms = terms(text);
        let (last, is_phrase) = terms.last()?;
        if ending == Ending::Open && !query.typing && (*is_phrase || is_hangul(last) || !may_go_on(last)) {
            // It would be the same question again.
            return None;
        }
        let (mut tokens, mut phrases) = (Vec::new(), Vec::new());
        for (place, (words, phrase)) in terms.iter().enumerate() {
            let is_last = place + 1 == terms.len();
            let open = !phrase && may_go_on(words) && (is_hangul(words) || is_last && ending == Ending::Open);
            if let [word] = words.as_slice() {
                tokens.push(token(word, open));
                continue;
            }
            let side_by_side = self::words(&words.join(" "));
            // A word that may go on is in no pair: it is looked for by itself.
            let (whole, unfinished) = side_by_side.split_at(side_by_side.len().saturating_sub(usize::from(open)));
            tokens.extend(match whole {
                [one] => vec![token(one, false)],
                whole => pairs(whole).iter().map(|pair| Token::whole(quoted(pair))).collect(),
            });
            tokens.extend(unfinished.iter().map(|word| token(word, true)));
            phrases.push(Phrase {
                words: side_by_side,
                open,
            });
        }
        tokens.extend(who(query));
        // What has only marks that are folded away asks for nothing.
        (!tokens.is_empty()).then_some(Self { tokens, phrases })
    }

    /// What has one of the speaker's keys and one of the drama's, whatever its words.
    pub(super) fn of_keys(query: &QuoteQuery<'_>) -> Self {
        Self {
            tokens: who(query).collect(),
            phrases: Vec::new(),
        }
    }

    /// The expression for FTS5.
    ///
    /// FTS5 goes through the lists of all that it is asked for side by side, so that those of frequent words are read
    /// from end to end, even when two rare ones meet in ten lines. So the rarest two are asked for first, and each
    /// other of the lines where those before it meet.
    pub(super) async fn expression(&self, read: &SqlitePool) -> Result<String, StoreError> {
        let mut tokens: Vec<&Token> = self.tokens.iter().collect();
        // Of two neither is before the other.
        if tokens.len() > 2 {
            // What may go on is a list already when FTS5 begins: it is asked for last.
            let whole = tokens.iter().map(|token| (!token.open).then_some(&token.asked));
            let whole: Vec<Option<&String>> = whole.collect();
            let far: String = sqlx::query_scalar(HOW_FAR).bind(json(&whole)?).fetch_one(read).await?;
            let mut far: Vec<(usize, Option<i64>)> = serde_json::from_str(&far)?;
            far.sort_by_key(|(place, far)| (self.tokens[*place].open, Reverse(far.unwrap_or(i64::MAX))));
            tokens = far.iter().map(|(place, _)| &self.tokens[*place]).collect();
        }
        let asked: Vec<&str> = tokens.iter().map(|token| token.asked.as_str()).collect();
        Ok(in_turn(&asked))
    }

    /// Whether lines that are found have to be looked at.
    pub(super) fn has_phrase(&self) -> bool {
        !self.phrases.is_empty()
    }

    /// Whether the phrases stand in a line that was found.
    pub(super) fn fits(&self, line: &str) -> bool {
        if self.phrases.is_empty() {
            return true;
        }
        let folded = fold(line);
        let line: Vec<&str> = split(&folded).collect();
        self.phrases.iter().all(|phrase| phrase.stands_in(&line))
    }
}

impl Phrase {
    fn stands_in(&self, line: &[&str]) -> bool {
        let Some((last, before)) = self.words.split_last() else {
            return true;
        };
        line.windows(self.words.len()).any(|some| {
            some.split_last().is_some_and(|(ends, begins)| {
                begins == before && (ends == last || self.open && ends.starts_with(last.as_str()))
            })
        })
    }
}

/// Whose a line has to be, and of which drama, as the index is asked for it.
fn who(query: &QuoteQuery<'_>) -> impl Iterator<Item = Token> {
    let wanted = [query.speakers, query.dramas]
        .into_iter()
        .filter(|keys| !keys.is_empty());
    wanted.map(|keys| {
        let any: Vec<String> = keys.iter().map(|key| quoted(&who_token(key))).collect();
        Token::whole(format!("({})", any.join(" OR ")))
    })
}

/// A word as the index is asked for it.
fn token(word: &str, open: bool) -> Token {
    if !open {
        return Token::whole(quoted(word));
    }
    let folded = fold(word);
    if is_hangul(&[&folded]) && folded.chars().nth(STEM_LETTERS).is_none() {
        return Token::whole(quoted(&format!("{STEM}{folded}")));
    }
    Token {
        asked: format!("{} *", quoted(word)),
        open,
    }
}

impl Token {
    fn whole(asked: String) -> Self {
        Self { asked, open: false }
    }
}

/// An expression for what has all of these: FTS5 takes the first two together, and each other when it has a line that has
/// those before it. It would make one of `(a AND b) AND c`; what is in no line stands between, so that it does not.
fn in_turn(asked: &[&str]) -> String {
    let (first, others) = asked.split_at(asked.len().min(2));
    let together = first.join(" AND ");
    let nowhere = quoted(&NOWHERE.to_string());
    others.iter().fold(together, |before, next| {
        format!("(({before}) NOT {nowhere}) AND {next}")
    })
}

fn quoted(token: &str) -> String {
    format!("\"{token}\"")
}

/// The tokens of a word's beginnings: of its first letters, if one of them is a syllable of hangul.
fn stems(word: &str) -> impl Iterator<Item = String> {
    let ends = word.char_indices().map(|(at, c)| at + c.len_utf8()).take(STEM_LETTERS);
    let beginnings = ends.map(|end| &word[..end]).filter(|begin| is_hangul(&[begin]));
    beginnings.map(|begin| format!("{STEM}{begin}"))
}

/// The words of a text as they are compared.
fn words(text: &str) -> Vec<String> {
    split(&fold(text)).map(str::to_owned).collect()
}

/// Lower case, without accents, as the index's own tokeniser has it. Most lines are plain, and need no more than a copy.
fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let bare = text.nfd().filter(|c| !is_combining_mark(*c));
    bare.flat_map(char::to_lowercase).nfc().collect()
}

fn split(folded: &str) -> impl Iterator<Item = &str> {
    let words = folded.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty())
}

/// A token for each two words that stand side by side: two letters, which are a hash of 20 bits (FNV-1a, folded). Of a
/// million lines of twenty pairs, some twenty share a token by chance.
fn pairs(words: &[String]) -> Vec<String> {
    let token = |two: &[String]| {
        let mut hash = 0x811c_9dc5_u32;
        for byte in two[0].bytes().chain([0]).chain(two[1].bytes()) {
            hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
        let folded = hash ^ (hash >> 20);
        let letter = |bits: u32| char::from_u32(PAIR + (bits & 0x3FF)).unwrap_or(*PRIVATE.start());
        String::from_iter([letter(folded >> 10), letter(folded)])
    };
    words.windows(2).map(token).collect()
}

/// What has to be in the line: words, which the tokeniser may cut further (`don't`), and phrases from between double
/// marks. True: a phrase.
fn terms(text: &str) -> Vec<(Vec<&str>, bool)> {
    let tokens = |piece| -> Vec<&str> {
        let cut = str::split(piece, |c: char| !c.is_alphanumeric());
        cut.filter(|word| !word.is_empty()).collect()
    };
    let mut terms = Vec::new();
    let mut left = WORDS_MOST;
    for (place, piece) in text.split(['"', '“', '”', '„', '«', '»']).enumerate() {
        let whole = place % 2 == 1;
        let cuts: Vec<&str> = if whole {
            vec![piece]
        } else {
            piece.split_whitespace().collect()
        };
        for cut in cuts {
            let mut words = tokens(cut);
            words.truncate(left);
            left -= words.len();
            if !words.is_empty() {
                terms.push((words, whole));
            }
        }
    }
    terms
}

fn is_hangul(words: &[&str]) -> bool {
    let syllable = |c| ('가'..='힣').contains(&c);
    words.last().is_some_and(|word| word.chars().any(syllable))
}

fn may_go_on(words: &[&str]) -> bool {
    let fewest = if is_hangul(words) { OPEN_SYLLABLES } else { OPEN_LETTERS };
    words.last().is_some_and(|word| word.chars().nth(fewest - 1).is_some())
}

/// The token of a key in the index: keys have marks in them, tokens cannot. 64 bits of a hash: among a million keys
/// a collision is a matter of one in 37 million, and would show a line too many, not a wrong speaker.
fn who_token(key: &str) -> String {
    let hash = Sha256::digest(key.as_bytes());
    let mut token = String::from(WHO);
    for byte in hash.iter().take(8) {
        token.push_str(&format!("{byte:02x}"));
    }
    token
}
