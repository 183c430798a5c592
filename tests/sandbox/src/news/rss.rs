//! The feed: RSS 2.0 with the usual extensions.

use super::pages::{escape, excerpt, image};
use super::{FeedStyle, Stored};
use chrono::DateTime;
use std::fmt::Write;

/// Characters of an excerpt.
const EXCERPT: usize = 280;

pub(super) fn feed(origin: &str, style: &FeedStyle, newest: &[&Stored]) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" \
         xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:atom=\"http://www.w3.org/2005/Atom\" xmlns:media=\"http://search.yahoo.com/mrss/\">\n<channel>\n",
    );
    let title = escape(&style.title);
    // Writing to a String cannot fail.
    let _ = write!(
        out,
        "<title>{title}</title>\n<link>{origin}/</link>\n<description>News about dramas</description>\n\
         <language>en</language>\n<atom:link href=\"{origin}/feed\" rel=\"self\" type=\"application/rss+xml\"/>\n"
    );
    for stored in newest.iter().take(style.most) {
        item(&mut out, origin, style, stored);
    }
    out.push_str("</channel>\n</rss>\n");
    out
}

/// The number of a post, as WordPress has one for each: made of its slug here.
pub(super) fn number(slug: &str) -> u32 {
    slug.bytes()
        .fold(7, |sum: u32, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)))
        % 1_000_000
        + 1
}

fn item(out: &mut String, origin: &str, style: &FeedStyle, stored: &Stored) {
    let article = &stored.article;
    let link = format!("{origin}/article/{}", article.slug);
    let date = DateTime::from_timestamp_millis(article.published)
        .unwrap_or_default()
        .to_rfc2822();
    let guid = if style.wordpress {
        format!(
            "<guid isPermaLink=\"false\">{origin}/?p={}</guid>",
            number(&article.slug)
        )
    } else {
        format!("<guid isPermaLink=\"true\">{link}</guid>")
    };
    let _ = write!(
        out,
        "<item>\n<title>{}</title>\n<link>{link}</link>\n{guid}\n\
         <pubDate>{date}</pubDate>\n<dc:creator>{}</dc:creator>\n",
        escape(&article.title),
        escape(&article.author),
    );
    for tag in &article.tags {
        let _ = writeln!(out, "<category>{}</category>", escape(tag));
    }
    let _ = writeln!(
        out,
        "<description>{}</description>",
        escape(&excerpt(&article.html_body, EXCERPT))
    );
    if let Some(image) = image(origin, article) {
        let _ = writeln!(out, "<media:content url=\"{}\" medium=\"image\"/>", escape(&image));
    }
    if style.full {
        // A CDATA section must not hold its own end.
        let body = article.html_body.replace("]]>", "]]]]><![CDATA[>");
        let _ = writeln!(out, "<content:encoded><![CDATA[{body}]]></content:encoded>");
    }
    out.push_str("</item>\n");
}
