//! The drama of an article that nothing says it is about: no marks, no noun, no network before it.

use super::drama::{Place, Source, Work};
use super::lexicon::Class;
use super::print::{Words, words};
use super::title::{is_no_name, is_worded, run, station_beginning};

/// Where nothing else says what the article is about: words in capitals that both the headline and the body print, or that
/// stand again and again in the body beside the words that tell of a drama: `Winter Ledger fans may be in for a surprise`,
/// `I finished Salt Road`.
pub(super) fn guessed(source: &Source<'_>) -> Option<Work> {
    const FEW: usize = 400;
    /// So far a title is counted: a long text says by then what it is about.
    const COUNTED: usize = 8000;
    const BEFORE: Words = words![
        "in", "of", "finished", "watched", "watching", "for", "joined", "filming"
    ];
    const BEHIND: Words = words![
        "fans", "cast", "reunion", "episode", "finale", "season", "premiere", "viewers", "stream", "leads", "follows",
        "ended", "recap", "review",
    ];
    let text = source.text;
    let headline = source.title.body.to_lowercase();
    let body = text.slice(0, text.tokens.len().min(COUNTED));
    let mut best: Option<(usize, Work)> = None;
    let mut at = 0;
    while at < text.tokens.len().min(FEW) {
        let capital = text.is_capital(at) && (at == 0 || !text.is_capital(at - 1) || text.before(at) != ' ');
        let last = if capital { run(text, at) } else { at + 1 };
        let begin = at;
        at = last;
        let free = capital && source.entities.covering(begin).is_none() && !station_beginning(source, begin);
        if !free
            || last - begin < 2
            || !is_no_name(text, begin, last)
            || text.class(begin).has(Class::PREP.with(Class::SUBORD))
        {
            continue;
        }
        let beside = begin > 0 && text.is_just(begin - 1, BEFORE) || text.is_just(last, BEHIND);
        let title = text.slice(begin, last).to_owned();
        let named = stands_in(&headline, &title.to_lowercase());
        let count = body.matches(title.as_str()).take(12).count() + usize::from(named);
        let better = best.as_ref().is_none_or(|(most, _)| count > *most);
        if (named || beside && count > 2 && is_worded(text, begin, last)) && better {
            let mut work = Work::new(title);
            work.drama = 1.5;
            work.in_headline = named;
            work.places.push(Place {
                first: begin,
                open: begin,
                after: last,
            });
            best = Some((count, work));
        }
    }
    best.map(|(_, work)| work)
}

/// Whether some words stand in a line as whole ones.
fn stands_in(line: &str, words: &str) -> bool {
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    line.match_indices(words)
        .any(|(at, _)| edge(line[..at].chars().next_back()) && edge(line[at + words.len()..].chars().next()))
}
