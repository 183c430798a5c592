//! Whether a page may be given to the tree builder: one cheap pass before any parse.
//!
//! The tree builder and the extractor over it are quadratic on hostile nesting, attributes and
//! unclosed formatting, and a parse that runs too long cannot be stopped. What is refused here is read
//! by the linear walk instead, so that every input gives a reading. Where this pass and the tree
//! builder could see different things, it takes the worse.

use super::elements::VOID;
use super::tokens::{self, Token, Tokens};

/// The deepest nesting that is parsed into a tree.
const DEPTH: usize = 256;
/// The most attributes of one tag.
const ATTRIBUTES: usize = 256;
/// The most attributes of all tags together: the tree builder keeps a complaint about every one that is wrong.
const ALL_ATTRIBUTES: usize = 150_000;
/// The most tags.
const TAGS: usize = 30_000;
/// The longest run of text in bytes: the extractor goes over one again for each step up from it.
const TEXT: usize = 200_000;
/// The most `&`: the tree builder breaks text at each, and puts it together again.
const REFERENCES: usize = 30_000;
/// The most `<`: an end tag, a comment, a declaration is a node of the tree or a complaint.
const OPENINGS: usize = 120_000;
/// The most comments and declarations: each is a node.
const DECLARATIONS: usize = 10_000;
/// The most zero bytes: each is a complaint.
const ZEROS: usize = 1_000;
/// The longest tag that never ends, in bytes: the tree builder reads its attributes, this pass does not.
const UNFINISHED: usize = 10_000;
/// The sum over all tags of how deep they stand: what walking up from each of them costs.
const CLIMBS: usize = 600_000;
/// The sum over all blocks of the formatting elements that are open there: each is opened anew in each.
const REOPENED: usize = 100_000;
/// How far down the stack an end tag looks for its start.
const REACH: usize = 24;

const FORMATTING: [&str; 14] = [
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// Whether a tree of this page can be had at a sane price.
pub(super) fn is_tame(html: &str) -> bool {
    if !has_sane_signs(html.as_bytes()) {
        return false;
    }
    // A lone `<` is text as well, and a token of its own.
    let mut text = 0;
    let mut pass = Pass::default();
    let mut tokens = Tokens::new(html);
    let tame = tokens.all(|token| match token {
        Token::Text(run) => {
            text += usize::from(run.starts_with('<'));
            run.len() <= TEXT && text <= REFERENCES
        }
        Token::Close(name) => {
            pass.close(name);
            true
        }
        Token::Open { name, attributes, raw } => pass.open(name, attributes, raw) && pass.is_within_bounds(),
    });
    tame && tokens.unfinished() <= UNFINISHED
}

/// Whether no sign that costs the tree builder more than a byte stands too often.
fn has_sane_signs(bytes: &[u8]) -> bool {
    let (mut openings, mut declarations, mut references, mut zeros) = (0, 0, 0, 0);
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'&' => references += 1,
            0 => zeros += 1,
            b'<' => {
                openings += 1;
                let next = bytes.get(at + 1..).unwrap_or_default();
                declarations += usize::from(match next {
                    [b'!' | b'?', ..] => true,
                    [b'/', letter, ..] => !letter.is_ascii_alphabetic(),
                    _ => false,
                });
            }
            _ => {}
        }
    }
    openings <= OPENINGS && declarations <= DECLARATIONS && references <= REFERENCES && zeros <= ZEROS
}

#[derive(Default)]
struct Pass<'a> {
    /// Open elements, those that close one another left out.
    stack: Vec<&'a str>,
    /// How many of them are svg or math: inside, every element nests.
    foreign: usize,
    tags: usize,
    attributes: usize,
    climbs: usize,
    formatting: [usize; FORMATTING.len()],
    reopened: usize,
}

impl<'a> Pass<'a> {
    fn is_within_bounds(&self) -> bool {
        self.stack.len() <= DEPTH
            && self.tags <= TAGS
            && self.attributes <= ALL_ATTRIBUTES
            && self.climbs <= CLIMBS
            && self.reopened <= REOPENED
    }

    /// False when the tag alone is too much.
    fn open(&mut self, name: &'a str, attributes: &str, raw: &str) -> bool {
        self.tags += 1;
        self.climbs += self.stack.len();
        if self.foreign > 0 && raw.contains('<') {
            return false;
        }
        let single = if self.foreign > 0 {
            attributes.ends_with('/')
        } else {
            !raw.is_empty() || any(name, &VOID) || any(name, &CLOSING_THEMSELVES)
        };
        if !single {
            self.stack.push(name);
            self.foreign += usize::from(is_foreign(name));
        }
        match FORMATTING.iter().position(|known| known.eq_ignore_ascii_case(name)) {
            Some(index) => self.formatting[index] += 1,
            None => self.reopened += self.formatting.iter().sum::<usize>(),
        }
        let count = tokens::attributes(attributes).count();
        self.attributes += count;
        count < ATTRIBUTES
    }

    fn close(&mut self, name: &str) {
        if let Some(index) = FORMATTING.iter().position(|known| known.eq_ignore_ascii_case(name)) {
            self.formatting[index] = self.formatting[index].saturating_sub(1);
        }
        let floor = self.stack.len().saturating_sub(REACH);
        if let Some(at) = self.stack[floor..]
            .iter()
            .rposition(|open| open.eq_ignore_ascii_case(name))
        {
            for closed in self.stack.drain(floor + at..) {
                self.foreign -= usize::from(is_foreign(closed));
            }
        }
    }
}

fn any(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

fn is_foreign(name: &str) -> bool {
    any(name, &["svg", "math"])
}

/// Elements whose end tag is often left out; they close one another and do not pile up.
const CLOSING_THEMSELVES: [&str; 14] = [
    "p", "li", "dt", "dd", "tr", "td", "th", "option", "tbody", "thead", "tfoot", "html", "body", "head",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_as_they_are_pass() {
        let page = format!(
            "<html><body>{}</body></html>",
            "<div><p>One<p>Two <b>three</b><br><ul><li>a<li>b</ul></div>".repeat(500)
        );
        assert!(is_tame(&page));
    }

    #[test]
    fn what_would_cost_too_much_is_refused() {
        let hostile = [
            "<div>".repeat(10_000),
            "<div/>".repeat(10_000),
            "<div></x>".repeat(10_000),
            format!("<svg>{}", "<td>".repeat(10_000)),
            format!("<svg><style>{}</style>", "<td>".repeat(10_000)),
            format!("<a =\">{}\">", "<div>".repeat(10_000)),
            format!("<![CDATA[>{}]]>", "<div>".repeat(10_000)),
            format!("<p {}>", (0..2_000).map(|n| format!("a{n} ")).collect::<String>()),
            format!("{}{}", "<font>".repeat(200), "<p>x".repeat(2_000)),
            "<br>".repeat(100_000),
            "&".repeat(100_000),
            "< ".repeat(100_000),
            "word ".repeat(100_000),
            format!("{}{}", "<div>".repeat(200), "<i></i>".repeat(20_000)),
            "<!>".repeat(100_000),
            "<?x>".repeat(100_000),
            "</ >".repeat(100_000),
            "</a>".repeat(200_000),
            format!("<p>{}", "\0".repeat(100_000)),
            format!("<br {}>", "x ".repeat(200)).repeat(1_000),
            "<a href='x' ".repeat(10_000),
            "</a href='x' ".repeat(10_000),
        ];
        for page in hostile {
            assert!(!is_tame(&page), "{}", &page[..40]);
        }
    }
}
