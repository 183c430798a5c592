//! The quote scanner: which marks belong together, with byte offsets.
//!
//! Curly, straight and angle marks, double and single, nested and mismatched; apostrophes are told
//! from single marks by their neighbours; a mark left open runs to the end of its paragraph and goes
//! on in the next one when that opens with the same mark. Whether a span is speech is for `speech`.

use super::text::{Shape, Text};

/// Text between two marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Token of the opening mark.
    pub open: usize,
    /// Token of the closing mark, or one past the last token when it was left open.
    pub close: usize,
    /// Whether a closing mark was found.
    pub closed: bool,
    /// Double marks, not single ones.
    pub double: bool,
    /// Its paragraph.
    pub para: usize,
    /// It goes on from the span before it, in the paragraph before.
    pub continues: bool,
}

impl Span {
    /// Its first token inside the marks.
    #[must_use]
    pub const fn first(&self) -> usize {
        self.open + 1
    }

    /// The first token behind it.
    #[must_use]
    pub fn after(&self) -> usize {
        self.close + usize::from(self.closed)
    }
}

/// All spans of a text.
#[derive(Default, Debug)]
pub struct Spans {
    /// Spans that lie in no other, in order.
    pub outer: Vec<Span>,
    /// Spans inside an outer one, in order.
    pub inner: Vec<Span>,
    /// Tokens of paragraphs that belong to an unmarked middle of a quote: (paragraph, first, last).
    pub middles: Vec<(usize, usize, usize)>,
}

impl Spans {
    /// Whether a token stands in marks.
    #[must_use]
    pub fn is_inside(&self, token: usize) -> bool {
        let next = self.outer.partition_point(|s| s.after() <= token);
        self.outer.get(next).is_some_and(|s| s.open <= token)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Open,
    Close,
    Either,
}

#[derive(Clone, Copy)]
struct Mark {
    token: usize,
    double: bool,
    side: Side,
}

struct Open {
    token: usize,
    double: bool,
    slot: usize,
}

/// Room to work in, kept from one paragraph to the next.
struct Room {
    marks: Vec<Mark>,
    /// For every mark: whether a single mark that can close stands behind it.
    closers: Vec<bool>,
    stack: Vec<Open>,
    /// What is found.
    spans: Vec<Span>,
}

impl Room {
    /// For a paragraph that has so many marks, or for as many as one mostly has: lists that grow are copied again and again.
    fn for_marks(marks: usize) -> Self {
        const MOST: usize = 32;
        let most = marks.min(MOST);
        Self {
            marks: Vec::with_capacity(most),
            closers: Vec::with_capacity(most),
            stack: Vec::with_capacity(most.min(DEEPEST)),
            spans: Vec::with_capacity(most.div_ceil(2)),
        }
    }
}

/// Deeper nesting than this is noise, not text.
const DEEPEST: usize = 8;
/// A quote whose middle paragraphs bear no marks is followed over this many of them.
const MIDDLES: usize = 8;

/// Pairs the marks of all paragraphs.
#[must_use]
pub fn scan(text: &Text) -> Spans {
    let mut spans = Spans {
        // Few marks are left alone.
        outer: Vec::with_capacity(text.marks().div_ceil(2)),
        ..Spans::default()
    };
    let mut strays = vec![None; text.paras.len()];
    let mut room = Room::for_marks(text.marks());
    for (number, stray) in strays.iter_mut().enumerate() {
        paragraph(text, number, stray, &mut room);
        let mut end = 0;
        for span in room.spans.drain(..) {
            if span.open >= end {
                end = span.after();
                spans.outer.push(span);
            } else {
                spans.inner.push(span);
            }
        }
    }
    join_paragraphs(text, &mut spans, &strays);
    spans
}

fn join_paragraphs(text: &Text, spans: &mut Spans, strays: &[Option<usize>]) {
    let mut extra = Vec::new();
    for at in 0..spans.outer.len() {
        let span = &spans.outer[at];
        let (para, double) = (span.para, span.double);
        if span.closed || !double || span.close != text.paras[para].last {
            continue;
        }
        match spans.outer.get_mut(at + 1) {
            Some(next) if next.para == para + 1 && next.open == text.paras[next.para].first && next.double => {
                next.continues = true;
            }
            next => {
                let limit = next.map_or(text.paras.len(), |n| n.para).min(para + MIDDLES);
                if let Some(last) =
                    (para + 1..=limit.min(strays.len().saturating_sub(1))).find(|p| strays[*p].is_some())
                {
                    for (p, stray) in strays.iter().enumerate().take(last + 1).skip(para + 1) {
                        let end = stray.unwrap_or(text.paras[p].last);
                        extra.push((p, text.paras[p].first, end));
                    }
                }
            }
        }
    }
    spans.middles = extra;
}

fn paragraph(text: &Text, number: usize, stray: &mut Option<usize>, room: &mut Room) {
    let para = text.paras[number];
    let Room {
        marks,
        closers,
        stack,
        spans,
    } = room;
    marks.clear();
    stack.clear();
    let mut at = para.first;
    while let Some(mark) = text.next_mark(at, para.last) {
        marks.extend(classify(text, mark));
        at = mark + 1;
    }
    closers_ahead(marks, closers);
    for (k, mark) in marks.iter().enumerate() {
        let opened = stack.iter().rposition(|open| open.double == mark.double);
        let close = match opened {
            None => mark.side == Side::Close,
            Some(depth) => match mark.side {
                Side::Close => mark.double || (depth + 1 == stack.len() && !is_plural(text, marks, k)),
                Side::Either => true,
                Side::Open => false,
            },
        };
        if close {
            let Some(depth) = opened.filter(|depth| mark.double || depth + 1 == stack.len()) else {
                if mark.double && stray.is_none() && spans.is_empty() {
                    *stray = Some(mark.token);
                }
                continue;
            };
            let open = stack.swap_remove(depth);
            stack.truncate(depth);
            spans[open.slot].close = mark.token;
            spans[open.slot].closed = true;
            continue;
        }
        // A plural's apostrophe, or a single mark with nothing behind it that could close it.
        if mark.side == Side::Close || !mark.double && !closers[k] {
            continue;
        }
        if mark.double && opened.is_some() && !is_nested(marks, k) {
            // The mark before was never closed: what it holds ends where the next quote opens.
            for open in stack.drain(..) {
                spans[open.slot].close = mark.token;
            }
        }
        if stack.len() < DEEPEST {
            let slot = spans.len();
            spans.push(Span {
                open: mark.token,
                close: para.last,
                closed: false,
                double: mark.double,
                para: number,
                continues: false,
            });
            stack.push(Open {
                token: mark.token,
                double: mark.double,
                slot,
            });
        }
    }
    debug_assert!(stack.iter().all(|open| open.token < para.last));
    // A single mark that was never closed was an apostrophe.
    spans.retain(|span| (span.closed || span.double) && span.first() < span.close);
}

fn closers_ahead(marks: &[Mark], ahead: &mut Vec<bool>) {
    ahead.clear();
    ahead.resize(marks.len(), false);
    let mut seen = false;
    for (k, mark) in marks.iter().enumerate().rev() {
        ahead[k] = seen;
        seen |= !mark.double && mark.side != Side::Open;
    }
}

/// `the actors’ room` inside single marks: the real close is still to come.
fn is_plural(text: &Text, marks: &[Mark], k: usize) -> bool {
    let token = marks[k].token;
    text.before(token).eq_ignore_ascii_case(&'s')
        && matches!(text.shape(token + 1), Shape::Lower | Shape::Capital)
        && text.after(token) == ' '
        && marks[k + 1..]
            .iter()
            .take(6)
            .find(|m| !m.double || m.side == Side::Close)
            .is_some_and(|m| !m.double && m.side == Side::Close)
}

/// Whether a second double mark opens inside the first: then two closing ones follow.
fn is_nested(marks: &[Mark], k: usize) -> bool {
    let mut next = marks[k + 1..].iter().take(32).filter(|m| m.double);
    let (first, second) = (next.next(), next.next());
    first.is_some_and(|m| m.side != Side::Open) && second.is_some_and(|m| m.side == Side::Close)
}

fn classify(text: &Text, token: usize) -> Option<Mark> {
    let word = text.word(token);
    let mark = word.chars().next()?;
    let (before, after) = (text.before(token), text.after(token));
    let open_before = before.is_whitespace()
        || matches!(
            before,
            '(' | '[' | '{' | '—' | '–' | '-' | '/' | '“' | '‘' | '「' | '=' | '\u{200b}'
        );
    let starts = after.is_alphanumeric()
        || matches!(
            after,
            '[' | '(' | '…' | '.' | '“' | '‘' | '"' | '\'' | '—' | '-' | '$' | '#' | '@' | '*' | '♥' | '~'
        );
    let double = word.len() > mark.len_utf8()
        || matches!(
            mark,
            '“' | '”' | '"' | '„' | '‟' | '«' | '»' | '＂' | '「' | '」' | '『' | '』'
        );
    let side = match mark {
        '„' | '«' | '「' | '『' => Side::Open,
        '»' | '」' | '』' => Side::Close,
        '“' | '‟' if !open_before && !starts => Side::Close,
        '“' | '‟' => Side::Open,
        '”' if before.is_whitespace() && after.is_alphanumeric() => Side::Open,
        '”' => Side::Close,
        '‘' | '‛' if before.is_alphanumeric() => return None,
        '‘' | '‛' => Side::Open,
        '’' | '´' if open_before => return None,
        '’' | '´' => Side::Close,
        // Straight marks: by their neighbours.
        '"' | '＂' | '\'' | '`' if open_before && starts => {
            if !double && is_elision(text, token) {
                return None;
            }
            Side::Open
        }
        '"' | '＂' if before == '”' || before.is_whitespace() && !starts => Side::Either,
        '"' | '＂' if matches!(before, ',' | ':') && after.is_alphanumeric() => Side::Either,
        '"' | '＂' if before.is_ascii_digit() && text.is(token.wrapping_sub(2), "'") => return None,
        '"' | '＂' => Side::Close,
        _ if double && !before.is_whitespace() => Side::Close,
        _ if before.is_whitespace() => return None,
        _ => Side::Close,
    };
    if !double && side == Side::Close && after.is_alphanumeric() {
        return None;
    }
    Some(Mark { token, double, side })
}

/// ’em, ’til, ’90s: an apostrophe at the head of a word.
fn is_elision(text: &Text, token: usize) -> bool {
    let next = text.word(token + 1);
    next.starts_with(|c: char| c.is_ascii_digit()) && next.ends_with('s')
        || ["em", "til", "cause", "bout", "tis", "twas", "n", "round"]
            .iter()
            .any(|w| next.eq_ignore_ascii_case(w))
}

#[cfg(test)]
mod tests {
    use super::{Spans, scan};
    use crate::model::{Article, Paragraph, ParagraphKind};
    use crate::reading::text::Text;

    fn spans(paragraphs: &[&str]) -> (Text, Spans) {
        let paragraphs = paragraphs
            .iter()
            .map(|p| Paragraph {
                kind: ParagraphKind::Paragraph,
                text: (*p).to_owned(),
            })
            .collect();
        let text = Text::new(&Article {
            paragraphs,
            ..Article::default()
        });
        let spans = scan(&text);
        (text, spans)
    }

    fn outer(paragraphs: &[&str]) -> Vec<String> {
        let (text, spans) = spans(paragraphs);
        spans
            .outer
            .iter()
            .map(|s| text.slice(s.first(), s.close).to_owned())
            .collect()
    }

    #[test]
    fn curly_and_straight_marks_pair() {
        assert_eq!(outer(&["“A b,” she said, “c d.”"]), ["A b,", "c d."]);
        assert_eq!(outer(&["\"A b,\" said Kim. \"C d.\""]), ["A b,", "C d."]);
        assert_eq!(outer(&["He said:\"A b.\" Then"]), ["A b."]);
    }

    #[test]
    fn nested_and_mismatched_marks_stay_inside() {
        assert_eq!(
            outer(&["She said, “I like ‘Paper Moon.'” Then"]),
            ["I like ‘Paper Moon.'"]
        );
        assert_eq!(outer(&["“See you in ‘Paper Crown.”"]), ["See you in ‘Paper Crown."]);
        assert_eq!(
            outer(&["“He said, “no,” and left,” she said."]),
            ["He said, “no,” and left,"]
        );
        assert_eq!(
            outer(&["\"He wrote, 'Teacher, what?' I was proud.\""]),
            ["He wrote, 'Teacher, what?' I was proud."]
        );
    }

    #[test]
    fn apostrophes_are_no_marks() {
        assert_eq!(
            outer(&["the actors' room and 'Harbor of Foxes' in which 'tis"]),
            ["Harbor of Foxes"]
        );
        assert_eq!(outer(&["It’s the ’90s, rock ’n’ roll"]), Vec::<String>::new());
        assert_eq!(outer(&["'The actors' room' opens"]), ["The actors' room"]);
    }

    #[test]
    fn a_quote_goes_on_over_paragraphs() {
        let (_, spans) = spans(&["“One two.", "“Three four.”", "“Five.”"]);
        assert_eq!(
            spans.outer.iter().map(|s| s.continues).collect::<Vec<_>>(),
            [false, true, false]
        );
    }

    #[test]
    fn middles_without_marks_are_found() {
        let (_, spans) = spans(&["“One two.", "Three four.", "Five six.” End."]);
        assert_eq!(spans.middles.len(), 2);
    }

    #[test]
    fn an_unclosed_mark_ends_at_the_next_opening_one() {
        assert_eq!(outer(&["“One two, he said. “Three four,” he said."]).len(), 2);
        assert_eq!(outer(&["“One two"]), ["One two"]);
    }

    #[test]
    fn only_marks_are_no_trouble() {
        for line in [
            "“”“”",
            "\"\"\"\"",
            "''''",
            "“",
            "”",
            "'",
            "‘’‘’",
            "“‘“‘“‘“‘“‘“‘“‘“‘“‘“‘“‘",
        ] {
            let _ = spans(&[line]);
        }
    }
}
