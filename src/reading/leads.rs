//! What an article begins with: the yardsticks that a summary is held against.
//!
//! The first two and the first three sentences as they stand, and what fits in the length of a summary of those that
//! nobody says. End matter is left out of all of them, as `furniture` finds it.

use super::scan;
use super::sentence;
use super::speech;
use super::summary::LONGEST;
use super::text::Text;
use crate::catalogue::Catalogue;
use crate::model::Article;

/// Sentences after which nothing more is looked at.
const LOOK: usize = 40;

/// The beginnings of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Leads {
    /// The first two sentences.
    pub two: String,
    /// The first three sentences.
    pub three: String,
    /// Whole sentences without speech, at most as many characters as a summary may have.
    pub cut: String,
}

/// The beginnings of an article; empty where it is.
#[must_use]
pub fn leads(article: &Article, catalogue: &Catalogue) -> Leads {
    let text = Text::new(article);
    let spans = scan::scan(&text);
    let sentences = sentence::split(&text, &spans);
    let drama = |words: &str| catalogue.named_drama(words).is_some();
    let known = speech::Known {
        drama: &drama,
        headline: &|_| false,
        told: false,
    };
    let judged = speech::judge(&text, &spans, &sentences, &known);
    let first = |number: usize| {
        let parts: Vec<&str> = sentences
            .iter()
            .take(number)
            .map(|s| text.slice(s.first, s.last))
            .collect();
        parts.join(" ")
    };
    let mut cut = String::new();
    let mut length = 0;
    for sentence in sentences.iter().take(LOOK) {
        let next = spans.outer.partition_point(|s| s.after() <= sentence.first);
        let spoken = spans.outer[next..]
            .iter()
            .zip(&judged[next..])
            .take_while(|(s, _)| s.open < sentence.last)
            .any(|(_, j)| j.is_speech());
        let words = text.slice(sentence.first, sentence.last);
        let size = words.chars().count() + usize::from(length > 0);
        if spoken {
            continue;
        }
        if length + size > LONGEST {
            break;
        }
        if length > 0 {
            cut.push(' ');
        }
        cut.push_str(words);
        length += size;
    }
    Leads {
        two: first(2),
        three: first(3),
        cut,
    }
}

#[cfg(test)]
mod tests {
    use super::leads;
    use crate::catalogue::Catalogue;
    use crate::page;

    #[test]
    fn the_beginnings_are_whole_sentences_and_the_last_has_no_speech() {
        let text = "Pi Na Ri joins “Salt Lamp.” The drama airs on May 3.\n\n“I like lamps,” she said. It is her first \
                    drama in two years.\n\nWatch Now";
        let leads = leads(
            &page::from_text(text, Some("Pi Na Ri Joins “Salt Lamp”")),
            &Catalogue::empty(),
        );
        assert_eq!(leads.two, "Pi Na Ri joins “Salt Lamp.” The drama airs on May 3.");
        assert!(leads.three.ends_with("“I like lamps,” she said."), "{}", leads.three);
        assert_eq!(
            leads.cut,
            "Pi Na Ri joins “Salt Lamp.” The drama airs on May 3. It is her first drama in two years."
        );
    }
}
