//! The card that `daesa read` prints: a reading as a person wants to see it, as wide as the screen and no
//! wider than is read with ease, with the house's colours or without any.

use super::{
    behind,
    color::{HONEY, JADE, PERSIMMON},
    cut::length,
    escape::visible,
    words::capital,
};
use crate::model::{ArticleKind, Quote, Reading};
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// Columns of the card at most and at least.
const WIDTH: usize = 88;
const NARROW: usize = 32;
/// Columns before every line.
const MARGIN: usize = 2;
/// Columns of the names of facts.
const FACT: usize = 10;
/// Plum, lifted so that it can be read on black.
const LIFTED_PLUM: u32 = 0xb0_7c_c6;
/// What is less important.
const QUIET: u32 = 0x8f_8a_a0;

/// What a card is written on.
#[derive(Clone, Copy, Debug)]
pub struct Screen {
    /// How many columns it has.
    pub columns: usize,
    /// Whether it shows ANSI colours (24 bit).
    pub color: bool,
}

impl Screen {
    /// A file or a pipe.
    pub const PAPER: Self = Self {
        columns: WIDTH,
        color: false,
    };
}

/// A reading as text for a terminal. Control characters of the article never reach it.
#[must_use]
pub fn terminal(reading: &Reading, screen: Screen) -> String {
    let mut card = Card::on(screen);
    card.rule();
    card.block(or(&reading.title, "(no headline)"), Ink::bold(PERSIMMON));
    let about: Vec<String> = reading
        .drama
        .iter()
        .chain(&reading.network)
        .map(|text| shown(text))
        .collect();
    let about = about
        .into_iter()
        .filter(|text| !text.is_empty())
        .chain([kind(reading.kind).to_owned()]);
    card.block(&about.collect::<Vec<_>>().join(" · "), Ink::plain(JADE));
    if !shown(&reading.summary).is_empty() {
        card.gap();
        let summary = behind::headline(&reading.summary, &reading.title, reading.network.as_deref());
        card.block(&summary, Ink::default());
    }
    for quote in &reading.quotes {
        card.gap();
        card.quote(quote);
    }
    card.gap();
    if reading.quotes.is_empty() {
        card.block("Nobody is quoted in it.", Ink::plain(QUIET));
    }
    card.fact("people", &reading.people.join(", "));
    let roles: Vec<String> = reading
        .characters
        .iter()
        .map(|(role, actor)| format!("{role}: {actor}"))
        .collect();
    card.fact("roles", &roles.join(", "));
    card.fact("link", reading.url.as_deref().unwrap_or(""));
    card.rule();
    card.text
}

/// A summary beside what the article begins with (two sentences, three, as much as a summary may have),
/// for a terminal.
#[must_use]
pub fn beginnings(summary: &str, [two, three, cut]: [&str; 3], screen: Screen) -> String {
    let mut card = Card::on(screen);
    let rows = [
        ("Summary", summary),
        ("First two sentences", two),
        ("First three sentences", three),
        ("Beginning without speech, as long as a summary", cut),
    ];
    card.rule();
    for (number, (name, words)) in rows.into_iter().enumerate() {
        if number > 0 {
            card.gap();
        }
        let size = shown(words).chars().count();
        card.block(&format!("{name} · {size} characters"), Ink::plain(JADE));
        card.block(or(words, "(nothing)"), Ink::default());
    }
    card.rule();
    card.text
}

const fn kind(kind: ArticleKind) -> &'static str {
    match kind {
        ArticleKind::Casting => "casting",
        ArticleKind::Stills => "stills",
        ArticleKind::Teaser => "teaser",
        ArticleKind::MakingOf => "making of",
        ArticleKind::ScriptReading => "script reading",
        ArticleKind::Interview => "interview",
        ArticleKind::PressConference => "press conference",
        ArticleKind::Statement => "statement",
        ArticleKind::Ratings => "ratings",
        ArticleKind::Recap => "recap",
        ArticleKind::Variety => "variety show",
        ArticleKind::Awards => "awards",
        ArticleKind::List => "list",
        ArticleKind::News => "news",
    }
}

fn shown(text: &str) -> String {
    visible(text, usize::MAX)
}

fn or<'a>(text: &'a str, other: &'a str) -> &'a str {
    if shown(text).is_empty() { other } else { text }
}

/// How a piece is drawn.
#[derive(Clone, Copy, Default)]
struct Ink {
    rgb: Option<u32>,
    bold: bool,
}

impl Ink {
    const fn plain(rgb: u32) -> Self {
        Self {
            rgb: Some(rgb),
            bold: false,
        }
    }

    const fn bold(rgb: u32) -> Self {
        Self {
            rgb: Some(rgb),
            bold: true,
        }
    }
}

struct Card {
    text: String,
    width: usize,
    color: bool,
}

impl Card {
    fn on(screen: Screen) -> Self {
        Self {
            text: String::new(),
            width: screen.columns.clamp(NARROW, WIDTH),
            color: screen.color,
        }
    }

    fn rule(&mut self) {
        let rule = "─".repeat(self.width);
        self.ink(&rule, Ink::plain(QUIET));
        self.text.push('\n');
    }

    fn gap(&mut self) {
        if !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    fn block(&mut self, text: &str, ink: Ink) {
        for line in wrap(&shown(text), self.width - 2 * MARGIN) {
            self.text.push_str(&" ".repeat(MARGIN));
            self.ink(&line, ink);
            self.text.push('\n');
        }
    }

    /// The words whole and as they stand, with a bar beside them, and who said them.
    fn quote(&mut self, quote: &Quote) {
        for line in wrap(&format!("“{}”", shown(&quote.shown())), self.width - 2 * MARGIN - 2) {
            self.bar();
            self.ink(&line, Ink::default());
            self.text.push('\n');
        }
        self.bar();
        let by = quote.by();
        match by.speaker.as_deref().map(shown).filter(|speaker| !speaker.is_empty()) {
            Some(speaker) => self.ink(&format!("— {}", capital(&speaker)), Ink::bold(HONEY)),
            None => self.ink("— not said who", Ink::plain(QUIET)),
        }
        let actor = by.actor.as_deref().map(shown).filter(|actor| !actor.is_empty());
        let actor = actor.map_or(String::new(), |actor| format!(", played by {actor}"));
        self.ink(&format!("{actor} · {}", by.kind.name()), Ink::plain(QUIET));
        self.text.push('\n');
    }

    fn bar(&mut self) {
        self.text.push_str(&" ".repeat(MARGIN));
        self.ink("▌", Ink::plain(LIFTED_PLUM));
        self.text.push(' ');
    }

    /// A named fact, its lines under each other; nothing when it is empty.
    fn fact(&mut self, name: &str, value: &str) {
        let value = shown(value);
        if value.is_empty() {
            return;
        }
        for (at, line) in wrap(&value, self.width - 2 * MARGIN - FACT).iter().enumerate() {
            let head = if at == 0 { name } else { "" };
            self.text.push_str(&" ".repeat(MARGIN));
            self.ink(&format!("{head:<FACT$}"), Ink::plain(QUIET));
            self.text.push_str(line);
            self.text.push('\n');
        }
    }

    fn ink(&mut self, text: &str, ink: Ink) {
        let codes = match (self.color, ink.rgb) {
            (true, Some(rgb)) => {
                let bold = if ink.bold { "1;" } else { "" };
                format!(
                    "\x1b[{bold}38;2;{};{};{}m",
                    rgb >> 16 & 0xff,
                    rgb >> 8 & 0xff,
                    rgb & 0xff
                )
            }
            _ => String::new(),
        };
        self.text.push_str(&codes);
        self.text.push_str(text);
        if !codes.is_empty() {
            self.text.push_str("\x1b[0m");
        }
    }
}

/// Lines of at most `columns`, broken at white space; a word that is longer is broken within.
fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        let wide = columns_of(word);
        if used > 0 && used + 1 + wide <= columns {
            line.push(' ');
            line.push_str(word);
            used += 1 + wide;
            continue;
        }
        if used > 0 {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        for grapheme in word.graphemes(true) {
            let wide = grapheme_columns(grapheme);
            if used > 0 && used + wide > columns {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push_str(grapheme);
            used += wide;
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

fn columns_of(text: &str) -> usize {
    text.graphemes(true).map(grapheme_columns).sum()
}

/// A grapheme is as wide as its widest character; an emoji selector makes it an emoji.
fn grapheme_columns(grapheme: &str) -> usize {
    if grapheme.contains('\u{fe0f}') && length(grapheme) > 1 {
        return 2;
    }
    grapheme.chars().map(columns).max().unwrap_or(0)
}

/// Columns of a character, after Unicode's East Asian Width: W and F are two, marks none.
fn columns(c: char) -> usize {
    let wide = matches!(c,
        '\u{1100}'..='\u{115f}' | '\u{231a}'..='\u{231b}' | '\u{23e9}'..='\u{23ec}' | '\u{2614}'..='\u{2615}'
        | '\u{2648}'..='\u{2653}' | '\u{26a1}' | '\u{26bd}'..='\u{26be}' | '\u{2705}' | '\u{2728}' | '\u{274c}'
        | '\u{2753}'..='\u{2757}' | '\u{2795}'..='\u{2797}' | '\u{2b1b}'..='\u{2b1c}' | '\u{2b50}' | '\u{2b55}'
        | '\u{2e80}'..='\u{303e}' | '\u{3041}'..='\u{33ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{a000}'..='\u{a4cf}' | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}' | '\u{ff01}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{1f300}'..='\u{1f64f}'
        | '\u{1f680}'..='\u{1f6ff}' | '\u{1f900}'..='\u{1faff}' | '\u{20000}'..='\u{3fffd}');
    if wide { 2 } else { usize::from(!is_combining_mark(c)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn columns_of_many_scripts() {
        assert_eq!(columns_of("Ahn Hyo Seop"), 12);
        assert_eq!(columns_of("안효섭"), 6);
        assert_eq!(columns_of("“é”"), 3);
        assert_eq!(columns_of("❤️😂"), 4);
    }

    proptest! {
        #[test]
        fn lines_keep_to_the_width(text in "[가-힣a-z ❤️“”]{0,200}|\\PC{0,60}", width in 2_usize..40) {
            let text = shown(&text);
            let lines = wrap(&text, width);
            prop_assert!(lines.iter().all(|line| columns_of(line) <= width), "{lines:?}");
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(bare(&lines.concat()), bare(&text));
        }
    }
}
