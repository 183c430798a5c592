//! Where the body sits in a page: rules for outlets that are known, marks that most others share.
//!
//! Found in the tags without a tree; names are compared as written. A region that is marked wrongly costs nothing: `extract` compares
//! what it holds with the page.

use super::text::class_words;
use super::tokens::{Token, Tokens, attributes};

/// The most regions of one kind.
const REGIONS: usize = 200;

/// How one outlet's pages are built. Selectors are `tag`, `.class`, `#id` or `[attribute=value]`.
pub(super) struct SiteRule {
    /// The outlet's host, without `www.`; subdomains count.
    pub host: &'static str,
    /// What holds the body; the first that is there.
    pub body: &'static [&'static str],
    /// What ends it, when that stands within.
    pub end: &'static [&'static str],
}

const SITES: [SiteRule; 2] = [
    SiteRule {
        host: "soompi.com",
        body: &[".article-wrapper"],
        end: &[".tags", ".reactions", ".comments"],
    },
    SiteRule {
        host: "allkpop.com",
        body: &["#article-content", ".entry_content"],
        end: &[".entry_footer", ".comments"],
    },
];

/// Marks of the body that content systems share.
pub(super) const COMMON: SiteRule = SiteRule {
    host: "",
    body: &[
        "[itemprop=articleBody]",
        ".entry-content",
        ".article-wrapper",
        ".article-body",
        ".article__body",
        ".article-content",
        ".post-content",
        ".post-body",
        ".story-body",
        ".td-post-content",
    ],
    end: &[
        ".comments",
        "#comments",
        ".related-posts",
        ".jp-relatedposts",
        ".sharedaddy",
    ],
};

/// Where the article is when nothing better is known.
pub(super) const OUTER: SiteRule = SiteRule {
    host: "",
    body: &["article", "main", "#content", "body"],
    end: &["#comments"],
};

/// The rule for a page's address.
pub(super) fn rule_for(url: &str) -> Option<&'static SiteRule> {
    let url = url::Url::parse(url).ok()?;
    let host = url.host_str()?;
    SITES.iter().find(|rule| {
        host.strip_suffix(rule.host)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    })
}

/// The parts of a page that a rule names, in order: those of the first selector that finds any. Bodies
/// that advertisements break up have several, most have one.
pub(super) fn regions<'a>(html: &'a str, rule: &SiteRule) -> Vec<&'a str> {
    // One pass a selector; there are few.
    let found = rule.body.iter().map(|selector| all(html, selector, rule.end));
    found
        .into_iter()
        .find(|regions| regions.iter().any(|region| !region.trim().is_empty()))
        .unwrap_or_default()
}

/// The longest of some regions.
pub(super) fn longest<'a>(regions: &[&'a str]) -> Option<&'a str> {
    regions.iter().copied().max_by_key(|region| region.len())
}

fn all<'a>(html: &'a str, selector: &str, end: &[&str]) -> Vec<&'a str> {
    // Most pages do not have the name anywhere.
    let name = selector
        .trim_start_matches(['.', '#', '['])
        .trim_end_matches(']')
        .split('=')
        .next_back()
        .unwrap_or(selector);
    if name.len() > 4 && !html.contains(name) {
        return Vec::new();
    }
    let mut regions = Vec::new();
    // The element that is open: its name, its depth among its like, where it starts, where it ended.
    let mut open: Option<(&str, u32, usize, Option<usize>)> = None;
    let mut tokens = Tokens::new(html);
    while regions.len() < REGIONS {
        let before = tokens.at();
        let Some(token) = tokens.next() else { break };
        match (token, &mut open) {
            (Token::Open { name, attributes, .. }, None) if matches(name, attributes, selector) => {
                open = Some((name, 1, tokens.at(), None));
            }
            (Token::Open { name, attributes, .. }, Some((element, depth, start, ended))) => {
                if name.eq_ignore_ascii_case(element) {
                    *depth += 1;
                }
                if ended.is_none() && before > *start && end.iter().any(|selector| matches(name, attributes, selector))
                {
                    *ended = Some(before);
                }
            }
            (Token::Close(name), Some((element, depth, start, ended))) if name.eq_ignore_ascii_case(element) => {
                *depth -= 1;
                if *depth == 0 {
                    regions.push(&html[*start..ended.unwrap_or(before)]);
                    open = None;
                }
            }
            _ => {}
        }
    }
    if let Some((_, _, start, ended)) = open {
        regions.push(&html[start..ended.unwrap_or(html.len())]);
    }
    regions
}

fn matches(name: &str, attributes_text: &str, selector: &str) -> bool {
    if let Some(class) = selector.strip_prefix('.') {
        return has(attributes_text, "class", |value| {
            class_words(value).any(|word| word == class)
        });
    }
    if let Some(id) = selector.strip_prefix('#') {
        return has(attributes_text, "id", |value| value.trim() == id);
    }
    if let Some((key, wanted)) = selector
        .strip_prefix('[')
        .and_then(|rest| rest.trim_end_matches(']').split_once('='))
    {
        return has(attributes_text, key, |value| {
            value
                .split_ascii_whitespace()
                .any(|word| word.eq_ignore_ascii_case(wanted))
        });
    }
    name.eq_ignore_ascii_case(selector)
}

fn has(attributes_text: &str, wanted: &str, test: impl Fn(&str) -> bool) -> bool {
    // Most tags have no attributes at all.
    attributes_text.len() > wanted.len()
        && attributes(attributes_text).any(|(name, value)| name.eq_ignore_ascii_case(wanted) && test(&value))
}
