//! The full-text index of lines: what is put into it, and how a search is put to it.
//!
//! It holds three things of a line. Its words; those of three, four and five letters that others begin with have lists
//! of their own, which are read from the newest end. A token for each key of the quote, so that “this person, these
//! words” is answered from the index alone: a join with the rows is a hundred times slower. And a token for each two
//! words that stand side by side: of a phrase the words may be everywhere, the pairs are not. A pair is one of a
//! million, so what it finds may be another, and [`Search::fits`] looks at the line itself. What is found is for `quotes` to
//! read.

use super::{StoreError, quotes::QuoteQuery};
use sha2::{Digest, Sha256};
use sqlx::{Sqlite, SqlitePool, Transaction};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The most words of a search that are looked at.
const WORDS_MOST: usize = 12;
/// Lines of one transaction while the index is filled.
const SLICE: u32 = 2_000;

statements! {
    ADD_LINE = "INSERT INTO quote_fts (rowid, text, who, pairs) VALUES ($1, $2, $3, $4)";
    DROP_LINE = "DELETE FROM quote_fts WHERE rowid = $1";
    FILLED = "SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'lines_indexed'";
    FILLED_TO = "UPDATE meta SET value = $1 WHERE key = 'lines_indexed'";
    FILLED_ALL = "DELETE FROM meta WHERE key = 'lines_indexed'";
    NOT_FILLED = "SELECT q.id, q.text, (SELECT json_group_array(k.key) FROM quote_key k WHERE k.quote = q.id)
        FROM quote q WHERE q.id > $1 ORDER BY q.id LIMIT $2";
}

/// Puts a line into the index, to be found by its words and its keys.
pub(super) async fn add(
    tx: &mut Transaction<'static, Sqlite>,
    id: i64,
    text: &str,
    keys: &[impl AsRef<str>],
) -> Result<(), StoreError> {
    let who: Vec<String> = keys.iter().map(|key| who_token(key.as_ref())).collect();
    let row = sqlx::query(ADD_LINE)
        .bind(id)
        .bind(text)
        .bind(who.join(" "))
        .bind(pairs(&words(text)).join(" "));
    row.execute(&mut **tx).await?;
    Ok(())
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
        for (id, text, keys) in &rows {
            let keys: Vec<String> = serde_json::from_str(keys)?;
            add(&mut tx, *id, text, &keys).await?;
        }
        match rows.last() {
            Some((last, ..)) => sqlx::query(FILLED_TO).bind(last.to_string()).execute(&mut *tx).await?,
            None => sqlx::query(FILLED_ALL).execute(&mut *tx).await?,
        };
        tx.commit().await?;
        lines += rows.len();
    }
    if lines > 0 {
        tracing::info!(lines, "the index of lines was made anew");
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

/// A search as the index is asked, and what a line that it finds must have.
pub(super) struct Search {
    /// The expression for FTS5. Words come as quoted strings, so that nothing a person types is syntax.
    pub expression: String,
    /// Words that have to stand side by side.
    phrases: Vec<Vec<String>>,
}

impl Search {
    /// None when there is no word in the text, or none that may go on where that is wanted. Every word in hangul may
    /// go on, for particles follow without a space.
    pub(super) fn of(query: &QuoteQuery<'_>, text: &str, ending: Ending) -> Option<Self> {
        let terms = terms(text);
        let (last, _) = terms.last()?;
        if ending == Ending::Open && !query.typing && (is_hangul(last) || !may_go_on(last)) {
            // It would be the same question again.
            return None;
        }
        let (mut parts, mut side_by_side, mut phrases) = (Vec::new(), Vec::new(), Vec::new());
        for (place, (words, phrase)) in terms.iter().enumerate() {
            if *phrase && words.len() > 1 {
                let words = self::words(&words.join(" "));
                side_by_side.extend(pairs(&words));
                phrases.push(words);
                continue;
            }
            let is_last = place + 1 == terms.len();
            let goes_on = !phrase && may_go_on(words) && (is_hangul(words) || is_last && ending == Ending::Open);
            parts.push(format!("\"{}\"{}", words.join(" "), if goes_on { "*" } else { "" }));
        }
        let mut columns = Vec::new();
        if !parts.is_empty() {
            columns.push(format!("text : ({})", parts.join(" AND ")));
        }
        if !side_by_side.is_empty() {
            columns.push(format!("pairs : ({})", side_by_side.join(" AND ")));
        }
        for keys in [query.speakers, query.dramas] {
            if !keys.is_empty() {
                let any = keys.iter().map(|key| who_token(key)).collect::<Vec<_>>().join(" OR ");
                columns.push(format!("who : ({any})"));
            }
        }
        Some(Self {
            expression: columns.join(" AND "),
            phrases,
        })
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
        let stands = |phrase: &Vec<String>| line.windows(phrase.len()).any(|some| some == phrase.as_slice());
        self.phrases.iter().all(stands)
    }
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

/// A token for each two words that stand side by side: two letters of the private use area, which nobody types and
/// the tokeniser takes for letters. Which they are is a hash of 20 bits (FNV-1a, folded): of a million lines of twenty
/// pairs, some twenty share a token by chance.
fn pairs(words: &[String]) -> Vec<String> {
    let token = |two: &[String]| {
        let mut hash = 0x811c_9dc5_u32;
        for byte in two[0].bytes().chain([0]).chain(two[1].bytes()) {
            hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
        let folded = hash ^ (hash >> 20);
        let letter = |bits: u32| char::from_u32(0xE000 + (bits & 0x3FF)).unwrap_or('\u{E000}');
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
    let mut token = String::from("k");
    for byte in hash.iter().take(8) {
        token.push_str(&format!("{byte:02x}"));
    }
    token
}
