//! The house filter: what of an article's text is the article, and what is the outlet talking.
//!
//! Outlets close a story with calls to watch, source lines, questions to the reader, lists of other
//! stories. All of it can name other dramas and hold lines in quotation marks, so it goes before
//! anything is decided about the article. The watch link and the clip stay, as fields.

use super::call;
use super::clip;
use super::phrases::{self, Line};
use super::sentences;
use super::text::{Start, plain, word_count};
use super::walk::{Block, Link, Piece};
use crate::model::{Emphasis, Paragraph, ParagraphKind};
use std::cell::OnceCell;

/// A link of its own with at most this many words is a button, not text.
const BUTTON_WORDS: usize = 4;
/// What stands after a watch button is the article again when it has at least this many words in
/// sentences; less is end matter.
const RESUMES_AT: usize = 40;

/// What is left of an article's pieces. Addresses are as written.
#[derive(Debug, Default)]
pub(super) struct Kept {
    pub paragraphs: Vec<Paragraph>,
    pub emphasised: Vec<Emphasis>,
    pub watch: Option<String>,
    pub clip: Option<String>,
    pub picture: Option<String>,
}

/// Filters pieces. `title` is the headline: where it is repeated on top of the text it goes, and it
/// tells the link to this drama from that to another.
pub(super) fn keep(mut pieces: Vec<Piece>, title: &str) -> Kept {
    let mut kept = Kept {
        paragraphs: Vec::with_capacity(pieces.len()),
        ..Kept::default()
    };
    let mut links = Watch {
        headline: title,
        title: OnceCell::new(),
        best: None,
        call: None,
    };
    let lines: Vec<Line> = pieces.iter().map(line_of).collect();
    let mut in_related = false;
    let mut after_title = false;
    for index in 0..pieces.len() {
        let block = match &pieces[index] {
            Piece::Clip(address) => {
                kept.clip.get_or_insert_with(|| address.clone());
                continue;
            }
            Piece::Picture(address) => {
                kept.picture.get_or_insert_with(|| address.clone());
                continue;
            }
            Piece::Block(block) => block,
        };
        if let Some(address) = bare_address(&block.text) {
            if let Some(page) = clip::page_of(address) {
                kept.clip.get_or_insert(page);
            }
            continue;
        }
        let line = lines[index];
        if line == Line::End && !kept.paragraphs.is_empty() && !opens_verdict(block, &pieces[index + 1..]) {
            break;
        }
        if in_related && is_listed(block) {
            continue;
        }
        in_related = line == Line::Related;
        if !after_title && kept.paragraphs.is_empty() && is_headline(&block.text, &links) {
            after_title = true;
            continue;
        }
        match line {
            Line::Button => {
                links.button(block, &mut kept.clip);
                if !kept.paragraphs.is_empty() && !resumes(&pieces[index + 1..], &lines[index + 1..]) {
                    break;
                }
            }
            Line::Call => links.called(block, &mut kept.clip),
            Line::Related | Line::Aside | Line::End => {}
            Line::Closing | Line::Linked if closes(&lines[index + 1..]) => {}
            Line::Linked if block.kind == ParagraphKind::Paragraph => links.button(block, &mut kept.clip),
            _ if leads_to_embed(block, &pieces[index + 1..], &lines[index + 1..]) => {
                links.called(block, &mut kept.clip)
            }
            _ => {
                links.passing(block);
                // What was looked at is not looked at again: the text moves.
                if let Piece::Block(block) = &mut pieces[index] {
                    kept.push(block);
                }
            }
        }
    }
    kept.watch = links.best.map(|(_, address)| address);
    kept
}

/// The “Comments” of whoever wrote a recap: a heading of the text with a long paragraph of prose behind
/// it. What readers say stands in a container of its own, or begins with a name or a mark.
fn opens_verdict(heading: &Block, after: &[Piece]) -> bool {
    const WORDS: usize = 30;
    let named = ["comments", "comment"].contains(&plain(&heading.text).as_str());
    let prose = |block: &Block| {
        block.kind == ParagraphKind::Paragraph
            && !block.text.starts_with(['“', '"', '‘', '\''])
            && sentences::is_sentence(&block.text)
            && word_count(&block.text) >= WORDS
    };
    let next = after.iter().find_map(|piece| match piece {
        Piece::Block(block) => Some(block),
        _ => None,
    });
    named
        && heading.kind == ParagraphKind::Heading
        && !heading.text.contains(|c: char| c.is_ascii_digit())
        && next.is_some_and(prose)
}

impl Kept {
    /// Takes the text of a block, and notes what is set off in it.
    fn push(&mut self, block: &mut Block) {
        let parts = block.emphasised();
        let (kind, mut text) = (block.kind, std::mem::take(&mut block.text));
        text.truncate(call::without_call(&text).trim_end().len());
        let repeated = self.paragraphs.last().is_some_and(|last: &Paragraph| last.text == text);
        if text.is_empty() || repeated {
            return;
        }
        // Where much room is left; to move every text for a little costs more than it frees.
        if text.capacity() - text.len() > text.len() / 8 {
            text.shrink_to_fit();
        }
        let paragraph = self.paragraphs.len();
        let emphasis = |(start, end, italic): (usize, usize, bool)| Emphasis {
            paragraph,
            start,
            end,
            italic,
        };
        self.emphasised
            .extend(parts.into_iter().filter(|(_, end, _)| *end <= text.len()).map(emphasis));
        self.paragraphs.push(Paragraph { kind, text });
    }
}

fn line_of(piece: &Piece) -> Line {
    let Piece::Block(block) = piece else {
        return Line::Nothing;
    };
    match phrases::line(&block.text) {
        // A link that never ends makes sentences look linked; other stories' headlines are none.
        Line::Text
            if block.only_link().is_some()
                && block.kind != ParagraphKind::Heading
                && !sentences::is_sentence(&block.text) =>
        {
            Line::Linked
        }
        line => line,
    }
}

/// Nothing but end matter up to a source line, a button or the end: here a question to the reader or a
/// list of links closes the story. Elsewhere it is part of an interview or of a list.
fn closes(after: &[Line]) -> bool {
    after
        .iter()
        .find(|line| !matches!(line, Line::Nothing | Line::Closing | Line::Linked))
        .is_none_or(|line| *line != Line::Text)
}

/// Whether the article goes on after a watch button: lists of dramas have one after each entry.
fn resumes(after: &[Piece], lines: &[Line]) -> bool {
    let mut words = 0;
    for (piece, line) in after.iter().zip(lines) {
        match (piece, line) {
            (_, Line::End) => break,
            (Piece::Block(block), Line::Text) if sentences::is_sentence(&block.text) => {
                words += word_count(&block.text);
                if words >= RESUMES_AT {
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}

/// A short line before an embedded clip or a button, that only leads to it.
fn leads_to_embed(block: &Block, after: &[Piece], lines: &[Line]) -> bool {
    let next = after
        .iter()
        .zip(lines)
        .find(|(piece, _)| !matches!(piece, Piece::Picture(_)));
    let embed = match next {
        Some((Piece::Clip(_), _)) => true,
        Some((Piece::Block(next), Line::Linked)) => word_count(&next.text) <= BUTTON_WORDS,
        Some((Piece::Block(_), Line::Button)) => true,
        _ => false,
    };
    embed && block.kind == ParagraphKind::Paragraph && phrases::only_leads_on(&block.text)
}

/// Part of a list of other stories: links, or headlines where the input has no links.
fn is_listed(block: &Block) -> bool {
    block.only_link().is_some() || (block.kind != ParagraphKind::Heading && sentences::is_headline_like(&block.text))
}

fn is_headline(text: &str, links: &Watch<'_>) -> bool {
    // Most paragraphs begin with another letter, which is seen at once.
    let initial = |text: &str| Start::of(text).initial();
    if let (Some(first), Some(second)) = (initial(text), initial(links.headline))
        && first != second
    {
        return false;
    }
    let (text, title) = (plain(text), links.title());
    !text.is_empty() && (text == title || (text.len() > 20 && title.starts_with(&text)))
}

fn bare_address(text: &str) -> Option<&str> {
    let text = text.trim();
    ((text.starts_with("https://") || text.starts_with("http://")) && !text.contains(' ')).then_some(text)
}

/// The search for the link under which the drama can be watched; the lowest rank wins.
struct Watch<'a> {
    headline: &'a str,
    /// Its plain words, once they are asked for.
    title: OnceCell<String>,
    best: Option<(u8, String)>,
    /// The call that stands before a button.
    call: Option<String>,
}

impl Watch<'_> {
    fn title(&self) -> &str {
        self.title.get_or_init(|| plain(self.headline))
    }

    fn offer(&mut self, rank: u8, link: &Link, clip: &mut Option<String>) {
        if !link.href.starts_with("http") && !link.href.starts_with('/') {
            return;
        }
        if let Some(page) = clip::page_of(&link.href) {
            clip.get_or_insert(page);
        } else if self.best.as_ref().is_none_or(|(best, _)| rank < *best) {
            self.best = Some((rank, link.href.clone()));
        }
    }

    /// Whether a text names what the headline names.
    fn is_ours(&self, text: &str) -> bool {
        sentences::titles(text).any(|title| self.title().contains(&plain(title)))
    }

    fn called(&mut self, block: &Block, clip: &mut Option<String>) {
        let rank = if self.is_ours(&block.text) { 0 } else { 2 };
        for link in &block.links {
            self.offer(rank, link, clip);
        }
        self.call = Some(block.text.clone());
    }

    fn button(&mut self, block: &Block, clip: &mut Option<String>) {
        let call = self.call.take();
        let Some(link) = block.links.first() else { return };
        let ours = call.as_ref().is_some_and(|call| self.is_ours(call));
        let watch = phrases::is_watch_button(&block.text) || is_stream(&link.href);
        match (ours, watch || call.is_some() || link.button) {
            (true, _) => self.offer(0, link, clip),
            (false, true) => self.offer(2, link, clip),
            _ => {}
        }
    }

    /// A link within the text: outlets link the title of a drama to where it streams.
    fn passing(&mut self, block: &Block) {
        self.call = None;
        for link in block.links.iter().filter(|link| is_stream(&link.href)) {
            let ours = block
                .text
                .get(link.start..link.end)
                .is_some_and(|text| self.title().contains(&plain(text)));
            self.offer(if ours { 1 } else { 3 }, link, &mut None);
        }
    }
}

/// Whether an address is that of a streaming service's page.
fn is_stream(address: &str) -> bool {
    const SERVICES: [&str; 16] = [
        "viki.com",
        "netflix.com",
        "kocowa.com",
        "viu.com",
        "disneyplus.com",
        "primevideo.com",
        "tving.com",
        "wavve.com",
        "iq.com",
        "wetv.vip",
        "hulu.com",
        "tv.apple.com",
        "ondemandkorea.com",
        "coupangplay.com",
        "watcha.com",
        "tubitv.com",
    ];
    let Ok(url) = url::Url::parse(address) else {
        return false;
    };
    let Some(host) = url.host_str() else { return false };
    let at_service = |service: &str| {
        host.strip_suffix(service)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    url.path().len() > 1 && SERVICES.iter().any(|service| at_service(service))
}
