//! What HTML's elements are: which end a paragraph, which hold no text of the article, which have no end.

use super::text::class_words;
use super::tokens::attributes;
use std::borrow::Cow;

/// Class names of what is no running text: embedded posts, captions, share bars, lists of other news.
pub(super) const LEFT_OUT: [&str; 40] = [
    "twitter-tweet",
    "twitter-video",
    "instagram-media",
    "tiktok-embed",
    "fb-post",
    "fb-video",
    "reddit-embed-bq",
    "bluesky-embed",
    "text-post-media",
    "wp-caption",
    "wp-caption-text",
    "wp-element-caption",
    "caption",
    "image-caption",
    "photo-caption",
    "img-caption",
    "caption-text",
    "credit",
    "image-credit",
    "photo-credit",
    "sharedaddy",
    "share-buttons",
    "social-share",
    "social-links",
    "addtoany_share_save_container",
    "a2a_kit",
    "jp-relatedposts",
    "related-posts",
    "relatedposts",
    "related-articles",
    "yarpp",
    "newsletter",
    "newsletter-signup",
    "comments",
    "comments-area",
    "comment-list",
    "comment-respond",
    "screen-reader-text",
    "sr-only",
    "visually-hidden",
];

/// A name of a tag or an attribute in small letters: most are written so.
pub(super) fn in_small_letters(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|b| b.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

pub(super) fn hides(style: &str) -> bool {
    let style: String = style
        .chars()
        .take(400)
        .filter(|c| !c.is_whitespace())
        .collect::<String>()
        .to_ascii_lowercase();
    style.contains("display:none") || style.contains("visibility:hidden")
}

pub(super) fn picture(attributes_text: &str) -> Option<String> {
    let (mut source, mut lazy, mut small) = (None, None, false);
    for (name, value) in attributes(attributes_text) {
        let value = value.trim();
        match in_small_letters(name).as_ref() {
            "src" => source = Some(value.to_owned()),
            "data-src" | "data-lazy-src" | "data-original" => lazy = Some(value.to_owned()),
            // Counting pixels, avatars and icons.
            "width" | "height" => small |= value.parse::<u32>().is_ok_and(|side| side < 100),
            "class" => {
                small |= class_words(value).any(|word| word == "emoji" || word == "wp-smiley" || word == "avatar")
            }
            _ => {}
        }
    }
    let fits = |address: &String| !address.is_empty() && !address.starts_with("data:") && !address.ends_with(".svg");
    let found = lazy.filter(fits).or(source.filter(fits));
    found.filter(|address| !small && super::picture::is_worth(address, None, None))
}

/// Nothing but white space, also when it is written as references.
pub(super) fn is_blank(text: &str) -> bool {
    text.len() < 64 && text.replace("&nbsp;", " ").replace("&#160;", " ").trim().is_empty()
}

/// Elements that have no end.
pub(super) const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
];

pub(super) fn is_void(name: &str, attributes: &str) -> bool {
    attributes.ends_with('/') || VOID.iter().any(|void| void.eq_ignore_ascii_case(name))
}

pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "li"
            | "ul"
            | "ol"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "blockquote"
            | "article"
            | "section"
            | "main"
            | "header"
            | "footer"
            | "aside"
            | "nav"
            | "address"
            | "pre"
            | "hr"
            | "table"
            | "tbody"
            | "thead"
            | "tfoot"
            | "tr"
            | "td"
            | "th"
            | "dl"
            | "dt"
            | "dd"
            | "form"
            | "fieldset"
            | "legend"
            | "details"
            | "summary"
            | "center"
            | "body"
            | "html"
            | "head"
            | "figure"
            | "figcaption"
            | "menu"
            | "dialog"
            | "option"
            | "caption"
    )
}
