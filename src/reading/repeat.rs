//! Titles that the headline or the body prints in marks, where the body prints them without.
//!
//! Outlets set a title in italics in the body and in marks in the headline; where the italics are lost
//! only the words themselves tell. No name is looked for inside, and each place is one of the drama.

use super::entity;
use super::keyed::{KeySet, Keyed};
use super::lexicon::{Class, asked, names::syllables};
use super::people::capitals;
use super::print::{Words, words};
use super::scan::{Span, Spans};
use super::speech::{Judged, Verdict};
use super::text::{Shape, Text};
use super::title;
use crate::model::ParagraphKind;

/// The words of a text in marks, as the numbers of their keys: titles stand there more than once.
pub struct Repeated(Vec<u64>);

impl Repeated {
    /// Those of at most so many tokens.
    #[must_use]
    pub fn of(text: &Text, spans: &Spans, most: usize) -> Self {
        let mut all = Vec::with_capacity(spans.outer.len() + spans.inner.len());
        let spans = spans.outer.iter().chain(&spans.inner);
        let short = spans.filter(|s| s.close - s.first() <= most);
        all.extend(short.map(|s| number(text.slice(s.first(), s.close))));
        all.sort_unstable();
        Self(all)
    }

    /// Whether words stand among them twice at least.
    #[must_use]
    pub fn has(&self, words: &str) -> bool {
        let number = number(words);
        let first = self.0.partition_point(|other| *other < number);
        self.0.get(first + 1) == Some(&number)
    }
}

/// A number for the key of a title: titles of one key have one, and no others but by design.
fn number(title: &str) -> u64 {
    let mut number = 0xcbf2_9ce4_8422_2325_u64;
    entity::each_letter(title, |letter| {
        number = (number ^ u64::from(u32::from(letter))).wrapping_mul(0x0100_0000_01b3);
    });
    number
}

/// So many different titles are looked for; an article that prints more is a list in marks anyway.
const MOST: usize = 48;
/// An article tells of fewer dramas in that way.
const FEW: usize = 8;
/// Longer titles are sentences.
const LONGEST: usize = 12;

/// The ranges of tokens where a title stands without marks, in order.
#[must_use]
pub fn find(text: &Text, title: &Text, title_spans: &Spans, spans: &Spans, judged: &[Judged]) -> Vec<(usize, usize)> {
    let marked = spans
        .outer
        .iter()
        .zip(judged)
        .filter(|(_, j)| j.verdict == Verdict::Title)
        .map(|(s, _)| (text, s));
    let mut titles: Vec<Vec<&str>> = Vec::new();
    for (from, span) in title_spans.outer.iter().map(|s| (title, s)).chain(marked) {
        let words = words(from, span);
        if titles.len() < MOST && is_title(from, span, &words) && !titles.iter().any(|t| same_words(t, &words)) {
            titles.push(words);
        }
    }
    for words in before_nouns(title)
        .into_iter()
        .chain(before_numbers(title))
        .chain(behind_parts(title))
        .chain(behind_label(title))
    {
        if !titles.iter().any(|t| same_words(t, &words)) {
            titles.push(words);
        }
    }
    let (set_off, alone) = set_off(text, spans);
    for words in set_off {
        if titles.len() < MOST && !titles.iter().any(|t| same_words(t, &words)) {
            titles.push(words);
        }
    }
    let mut places = places(text, spans, &titles);
    if !alone.is_empty() {
        places.extend(alone);
        places.sort_unstable();
        places.dedup();
    }
    places
}

/// The titles that the page sets off; of those of one word, which may be a word of the article elsewhere, the places.
fn set_off<'a>(text: &'a Text, spans: &Spans) -> (Vec<Vec<&'a str>>, Vec<(usize, usize)>) {
    let (mut titles, mut alone) = (Vec::new(), Vec::new());
    // In bold letters stand names as well, and those more often.
    let title = |part: &&(usize, usize)| title::is_worded(text, part.0, part.1) && !is_korean(text, part.0, part.1);
    let bold = text.emphasised.iter().filter(title);
    let parts = text.titled.iter().chain(bold).copied();
    for (first, last) in parts.filter(|(first, last)| !is_marked(spans, *first) && !text.is(*last, ":")) {
        // `the *Salt Road*, in which`: a sign at its end is none of its own.
        let sign = text.shape(last - 1) == Shape::Punct && !matches!(text.sign(last - 1), b'!' | b'?' | b':');
        let last = last - usize::from(sign);
        let heads = text.is_capital(first) || text.shape(first) == Shape::Number;
        // `HALO:N` is a group.
        let group = (first..last).any(|t| text.is(t, ":") && text.before(t) != ' ' && text.after(t) != ' ');
        let ends = text.is_word(last.saturating_sub(1)) || matches!(text.sign(last - 1), b'!' | b'?');
        if first >= last || last - first > LONGEST || group || !(heads && ends) || !capitals(text, first, last) {
            continue;
        }
        match last - first {
            // `That is *So* good`: a stress.
            1 if text.class(first).is_english() => {}
            1 => alone.push((first, last)),
            _ => titles.push((first..last).map(|t| text.word(t)).collect()),
        }
    }
    (titles, alone)
}

/// `Pok Sun Deok`: every word may be a part of a Korean name.
fn is_korean(text: &Text, first: usize, last: usize) -> bool {
    const SYLLABLES: usize = 2;
    let part = |t: usize| (1..=SYLLABLES).contains(&syllables(text.word(t).to_ascii_lowercase()));
    last - first <= 4 && (first..last).all(part)
}

/// Where the titles stand that the body puts behind a noun, `her SBS drama Dear Executioner`: no name is in there.
#[must_use]
pub fn noted(text: &Text, spans: &Spans) -> Vec<(usize, usize)> {
    let mut titles = behind_nouns(text);
    titles.extend(behind_parts(text));
    places(text, spans, &titles)
}

/// Headings that print a line in marks which the text below tells with its speaker, as lists of lines do: by number.
#[must_use]
pub fn headings(text: &Text, spans: &Spans) -> Vec<usize> {
    let heads = |s: &Span| text.paras.get(s.para).is_some_and(|p| p.kind == ParagraphKind::Heading);
    if !spans.outer.iter().any(heads) {
        return Vec::new();
    }
    // The first letter tells which lines need a look at the whole.
    let begins = |s: &Span| {
        let mut letters = text.slice(s.first(), s.close).chars().filter(|c| c.is_alphanumeric());
        letters.next().and_then(|c| c.to_lowercase().next())
    };
    let whole = |s: &Span| entity::key_of(text, s.first(), s.close);
    let openings: KeySet<Option<char>> = spans.outer.iter().filter(|s| heads(s)).map(begins).collect();
    let below: Keyed<String, usize> = spans
        .outer
        .iter()
        .enumerate()
        .filter(|(_, s)| !heads(s) && openings.contains(&begins(s)))
        .map(|(n, s)| (whole(s), n))
        .collect();
    let repeated = |n: usize, s: &Span| below.get(&whole(s)).is_some_and(|m| *m > n);
    (0..spans.outer.len())
        .filter(|n| heads(&spans.outer[*n]) && repeated(*n, &spans.outer[*n]))
        .collect()
}

fn places(text: &Text, spans: &Spans, titles: &[Vec<&str>]) -> Vec<(usize, usize)> {
    let mut places = Vec::new();
    let mut at = 0;
    // The letters that titles begin with, as bits; all of them where one begins with another sign.
    let initials = titles.iter().fold(0_u32, |bits, title| {
        bits | initial(title[0].as_bytes()).map_or(u32::MAX, |letter| 1 << letter)
    });
    let may = |at: usize| initial(text.bytes(at)).is_none_or(|letter| initials >> letter & 1 != 0);
    if titles.is_empty() {
        return places;
    }
    while let Some(here) = text.next_capital(at, text.tokens.len()) {
        let found = may(here).then(|| stands(text, here, titles)).flatten();
        at = match found.filter(|_| !is_marked(spans, here)) {
            Some(last) => {
                places.push((here, last));
                last
            }
            None => here + 1,
        };
    }
    places
}

/// The number of the letter that a word begins with, where it is a plain one.
fn initial(word: &[u8]) -> Option<u8> {
    word.first()
        .filter(|b| b.is_ascii_alphabetic())
        .map(|b| b.to_ascii_lowercase() - b'a')
}

/// `Velvet Alibi premiere`, `Moonlit Ledger star Kim` in a headline that prints words in lower case.
fn before_nouns(title: &Text) -> Vec<Vec<&str>> {
    let mut found = Vec::new();
    for noun in (0..title.tokens.len()).filter(|t| title.is_in(*t, asked::OF_DRAMA)) {
        let small = |t: usize| title.class(t).has(Class::PREP.with(Class::DET)) && title.word(t).len() <= 4;
        let mut first = noun;
        while first > 0 && (title.is_capital(first - 1) || small(first - 1)) {
            first -= 1;
        }
        while first < noun && !title.is_capital(first) {
            first += 1;
        }
        // A name or a company has stars as well.
        let last = noun.saturating_sub(1);
        let other = title.class(first).has(Class::SURNAME.with(Class::STATION)) || title.class(last).has(Class::ORG);
        // `Pickled review`: one word only where it opens the headline and is no word of the trade.
        let one =
            first == 0 && noun == 1 && title.is_just(noun, words!["review", "recap"]) && !title.class(0).is_english();
        if (noun - first > 1 || one) && !other && title.is_capital(last) {
            found.push((first..noun).map(|t| title.word(t)).collect());
        }
    }
    found
}

/// `Paper Moon Ep 3-4 Review`, `Owls, Cats: Episodes 7-8`: what a headline begins with before the numbers of episodes.
fn before_numbers(title: &Text) -> Option<Vec<&str>> {
    const NOUNS: Words = words!["ep", "eps", "episode", "episodes"];
    let noun = (1..title.tokens.len().min(LONGEST + 2)).find(|t| title.is_one(*t, NOUNS))?;
    let last = noun - usize::from(title.is(noun - 1, ":"));
    let numbered = (noun + 1..noun + 3).any(|t| title.shape(t) == Shape::Number);
    let word = |t: usize| title.is_word(t) || title.is_just(t, words![",", "&", "’", "'"]);
    let whole = last > 1 && (0..last).all(|t| word(t) || title.shape(t) == Shape::Clitic);
    let comma = (0..last).find(|t| title.is(*t, ",")).unwrap_or(last);
    (numbered && whole && capitals(title, 0, comma)).then(|| (0..last).map(|t| title.word(t)).collect())
}

/// `Premiere Watch: The Salt Office`, `Weecap: Salt Road, Episodes 9-10`: what a section of the outlet tells of. Its name ends
/// with what it does.
fn behind_label(title: &Text) -> Option<Vec<&str>> {
    let (first, last) = labelled(title)?;
    Some((first..last).map(|t| title.word(t)).collect())
}

/// Where that title stands in a headline without marks.
pub(super) fn labelled(title: &Text) -> Option<(usize, usize)> {
    const LABEL: usize = 4;
    const SECTIONS: Words = words![
        "recap",
        "weecap",
        "recaps",
        "review",
        "reviews",
        "watch",
        "impressions",
        "impression",
        "preview",
        "thread",
        "hangout",
        "verdict",
        "rewatch",
    ];
    let colon = (1..LABEL + 1).find(|t| title.is(*t, ":"))?;
    let end = title.tokens.len();
    let number = (colon + 1..end).find(|t| title.is_one(*t, words!["ep", "eps", "episode", "episodes", "season"]));
    let mut last = number.unwrap_or(end);
    last -= usize::from(last > colon + 1 && matches!(title.sign(last - 1), b',' | b'(' | b':'));
    let plain = (0..end).all(|t| title.shape(t) != Shape::Mark);
    let words = colon + 1..last;
    let names = words.len() > 1 && words.len() <= LONGEST && !words.clone().any(|t| title.is(t, ":"));
    (title.is_one(colon - 1, SECTIONS) && plain && names && capitals(title, colon + 1, last))
        .then_some((colon + 1, last))
}

/// `the leads of Odd Numbers`: what those belong to who are in it.
fn behind_parts(text: &Text) -> Vec<Vec<&str>> {
    let mut found: Vec<Vec<&str>> = Vec::new();
    let mut at = 1;
    while found.len() < FEW
        && let Some(here) = text.next_capital(at, text.tokens.len())
    {
        if title::belongs(text, here) {
            found.push((here..title::run(text, here)).map(|t| text.word(t)).collect());
        }
        at = here + 1;
    }
    found
}

/// `her SBS drama Dear Executioner`: capitals behind the noun that are nobody's name.
fn behind_nouns(text: &Text) -> Vec<Vec<&str>> {
    let mut found = Vec::new();
    let mut at = 1;
    while found.len() < FEW
        && let Some(here) = text.next_capital(at, text.tokens.len())
    {
        at = here + 1;
        let noun = here - 1;
        let opens = text.class(noun).has(Class::DRAMA)
            && (text.shape(noun) == Shape::Lower || text.word(noun).contains('-'))
            && !text.class(here).has(
                Class::SURNAME
                    .with(Class::STATION)
                    .with(Class::TITLE)
                    .with(Class::MONTH),
            );
        if !opens {
            continue;
        }
        let small = |t: usize| text.class(t).has(Class::PREP.with(Class::DET)) && text.word(t).len() <= 3;
        let mut last = noun + 2;
        while last - noun <= LONGEST
            && text.tokens.get(last).is_some_and(|t| {
                t.is_capital() || small(last) && text.tokens.get(last + 1).is_some_and(|t| t.is_capital())
            })
            && !text.class(last).has(Class::SURNAME)
        {
            last += 1;
        }
        // `the drama Emma Carvalho starred in` may be a name; a word of the language makes it a title.
        let words: Vec<&str> = (noun + 1..last).map(|t| text.word(t)).collect();
        if words.len() > 1
            && (noun + 1..last).any(|t| text.class(t).is_english())
            && text.shape(last - 1) != Shape::Upper
        {
            found.push(words);
        }
    }
    found
}

/// The words of a span without the sign that American printers put inside.
fn words<'a>(text: &'a Text, span: &Span) -> Vec<&'a str> {
    let mut last = span.close.min(text.tokens.len());
    while last > span.first() && matches!(text.sign(last - 1), b',' | b'.' | b';') {
        last -= 1;
    }
    (span.first()..last).take(LONGEST + 1).map(|t| text.word(t)).collect()
}

fn is_title(text: &Text, span: &Span, words: &[&str]) -> bool {
    (2..=LONGEST).contains(&words.len())
        && text
            .tokens
            .get(span.first())
            .is_some_and(|t| t.is_capital() || t.shape() == Shape::Number)
        && capitals(text, span.first(), span.first() + words.len())
}

fn same_words(one: &[&str], other: &[&str]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(a, b)| same(a, b))
}

/// In any case, with either apostrophe.
fn same(one: &str, other: &str) -> bool {
    let plain = |c: char| {
        if matches!(c, '’' | '‘') {
            '\''
        } else {
            c.to_ascii_lowercase()
        }
    };
    // Most words begin with another letter, which is seen at once, and have no apostrophe.
    let initial = |word: &str| word.as_bytes().first().map(u8::to_ascii_lowercase);
    let (first, second) = (initial(one), initial(other));
    let ascii = |byte: Option<u8>| byte.is_some_and(|b| b.is_ascii_alphabetic());
    if first != second && ascii(first) && ascii(second) {
        return false;
    }
    if one.is_ascii() && other.is_ascii() {
        return one.eq_ignore_ascii_case(other);
    }
    one.chars().map(plain).eq(other.chars().map(plain))
}

/// Where the longest of the titles that begin at a token ends; its last word has a capital too.
fn stands(text: &Text, at: usize, titles: &[Vec<&str>]) -> Option<usize> {
    titles
        .iter()
        .filter(|t| same(t[0], text.word(at)))
        .filter(|t| {
            t.iter()
                .enumerate()
                .skip(1)
                .all(|(n, word)| same(word, text.word(at + n)))
        })
        .map(|t| at + t.len())
        .filter(|last| capitals(text, at, (*last).min(text.tokens.len())))
        .max()
}

/// Whether a token stands inside marks.
fn is_marked(spans: &Spans, token: usize) -> bool {
    let next = spans.outer.partition_point(|s| s.after() <= token);
    spans.outer.get(next).is_some_and(|s| s.open <= token)
}

#[cfg(test)]
mod tests {
    use crate::catalogue::Catalogue;
    use crate::model::{Article, Paragraph, ParagraphKind};
    use crate::reading::read;

    #[test]
    fn spellings_of_one_title_have_one_number() {
        for title in ["Paper Moon,", "PAPER MOON", "‘Paper’ Moon!"] {
            assert_eq!(super::number(title), super::number("paper moon"), "{title}");
        }
        assert_eq!(super::number("Élan 안효섭"), super::number("é lan안 효섭"));
        assert_ne!(super::number("Moon Paper"), super::number("Paper Moon"));
    }

    #[test]
    fn a_title_of_the_headline_is_known_without_marks() {
        let paragraph = |text: &str| Paragraph {
            kind: ParagraphKind::Paragraph,
            text: text.to_owned(),
        };
        let article = Article {
            title: "Ki Yul Bin Talks About “My Teacher, The Heron”".to_owned(),
            paragraphs: vec![
                paragraph(
                    "Ki Yul Bin is a gentleman, but the staff of Coupang Play’s My Teacher, The Heron know better.",
                ),
                paragraph("“I ate fourteen of them before anybody noticed,” the actor said."),
            ],
            ..Article::default()
        };
        let reading = read(&article, &Catalogue::empty());
        assert_eq!(reading.drama, ["My Teacher, The Heron"]);
        assert_eq!(reading.network.as_deref(), Some("Coupang Play"));
        assert_eq!(reading.people, ["Ki Yul Bin"]);
    }
}
