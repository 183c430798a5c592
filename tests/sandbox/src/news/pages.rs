//! The site's pages: an article with all that surrounds one on a real outlet, a front page, a drawn picture.

use super::{Article, Picture, Stored};
use crate::world::color_of;
use chrono::{DateTime, SecondsFormat};

const RELATED: usize = 4;
const DESCRIPTION: usize = 160;
const STYLE: &str = "body{margin:0;font:18px/1.6 Georgia,serif;color:#1F1B2E;background:#FFF8F0}\
    header,footer{background:#5B2A6F;color:#FFF8F0;padding:1rem 1.5rem}header a,footer a{color:#F4B860}\
    nav ul{display:flex;gap:1rem;list-style:none;padding:0;margin:.5rem 0 0;font:15px sans-serif}\
    main{max-width:42rem;margin:2rem auto;padding:0 1rem}figure{margin:1rem 0}img{max-width:100%;border-radius:8px}\
    aside{border-top:1px solid #ddd;margin-top:2rem}.byline{color:#777;font:14px sans-serif}";

/// Text as it may stand in HTML and XML.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() && !matches!(c, '\n' | '\t') => {}
            c => out.push(c),
        }
    }
    out
}

/// The first characters of a body without its tags.
pub(super) fn excerpt(html: &str, most: usize) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => {
                inside = false;
                text.push(' ');
            }
            c if !inside => text.push(c),
            _ => {}
        }
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let whole = words.join(" ");
    let whole = whole
        .replace("&amp;", "&")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"");
    if whole.chars().count() <= most {
        return whole;
    }
    let cut: String = whole.chars().take(most).collect();
    format!("{} […]", cut.rsplit_once(' ').map_or(cut.as_str(), |(start, _)| start))
}

/// Address of an article's picture.
pub(super) fn image(origin: &str, article: &Article) -> Option<String> {
    match &article.image {
        Picture::Drawn | Picture::Svg(_) => Some(format!("{origin}/img/{}.svg", article.slug)),
        Picture::At(url) => Some(url.clone()),
        Picture::None => None,
    }
}

fn frame(origin: &str, site: &str, head: &str, main: &str) -> String {
    let site = escape(site);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n{head}\n\
         <link rel=\"alternate\" type=\"application/rss+xml\" title=\"{site}\" href=\"{origin}/feed\">\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<header>\n<a href=\"{origin}/\">{site}</a>\n\
         <nav><ul><li><a href=\"{origin}/\">Home</a></li><li><a href=\"{origin}/?c=dramas\">Dramas</a></li>\
         <li><a href=\"{origin}/?c=film\">Film</a></li><li><a href=\"{origin}/?c=interviews\">Interviews</a></li>\
         <li><a href=\"{origin}/account\">Sign in</a></li></ul></nav>\n</header>\n<main>\n{main}\n</main>\n<footer>\n\
         <p>© {site}. All rights reserved.</p>\n<ul><li><a href=\"{origin}/?p=about\">About us</a></li>\
         <li><a href=\"{origin}/?p=privacy\">Privacy</a></li><li><a href=\"{origin}/?p=contact\">Contact</a></li></ul>\n\
         </footer>\n</body>\n</html>\n"
    )
}

/// The page of an article.
pub(super) fn article(origin: &str, site: &str, stored: &Stored, newest: &[&Stored]) -> String {
    let article = &stored.article;
    let link = format!("{origin}/article/{}", article.slug);
    let title = escape(&article.title);
    let author = escape(&article.author);
    let iso = |millis| {
        DateTime::from_timestamp_millis(millis)
            .unwrap_or_default()
            .to_rfc3339_opts(SecondsFormat::Secs, true)
    };
    let (published, modified) = (iso(article.published), iso(stored.changed));
    let description = escape(&excerpt(&article.html_body, DESCRIPTION));
    let picture = image(origin, article).map(|url| escape(&url));
    let og_image = picture
        .as_ref()
        .map(|url| format!("<meta property=\"og:image\" content=\"{url}\">\n"))
        .unwrap_or_default();
    let head_tags: String = article
        .tags
        .iter()
        .map(|tag| format!("<meta property=\"article:tag\" content=\"{}\">\n", escape(tag)))
        .collect();
    let head = format!(
        "<title>{title} | {}</title>\n<link rel=\"canonical\" href=\"{link}\">\n\
         <meta name=\"description\" content=\"{description}\">\n<meta name=\"author\" content=\"{author}\">\n\
         <meta property=\"og:type\" content=\"article\">\n<meta property=\"og:title\" content=\"{title}\">\n\
         <meta property=\"og:url\" content=\"{link}\">\n<meta property=\"og:site_name\" content=\"{}\">\n\
         <meta property=\"og:description\" content=\"{description}\">\n{og_image}\
         <meta property=\"article:published_time\" content=\"{published}\">\n\
         <meta property=\"article:modified_time\" content=\"{modified}\">\n{head_tags}",
        escape(site),
        escape(site),
    );
    let figure = picture
        .map(|url| format!("<figure><img src=\"{url}\" alt=\"{title}\"></figure>\n"))
        .unwrap_or_default();
    let tags: String = article
        .tags
        .iter()
        .map(|tag| format!("<li>{}</li>", escape(tag)))
        .collect();
    let main = format!(
        "<article>\n<h1>{title}</h1>\n<p class=\"byline\">By <a rel=\"author\" href=\"{origin}/?by\">{author}</a> \
         · <time datetime=\"{published}\">{published}</time></p>\n{figure}<div class=\"article-body\">\n{}\n</div>\n\
         <ul class=\"tags\">{tags}</ul>\n</article>\n{}",
        article.html_body,
        related(origin, &article.slug, newest),
    );
    frame(origin, site, &head, &main)
}

fn related(origin: &str, slug: &str, newest: &[&Stored]) -> String {
    let others = newest.iter().filter(|stored| stored.article.slug != slug).take(RELATED);
    let list: String = others.map(|stored| entry(origin, stored)).collect();
    format!("<aside class=\"related\">\n<h2>Related articles</h2>\n<ul>{list}</ul>\n</aside>")
}

fn entry(origin: &str, stored: &Stored) -> String {
    format!(
        "<li><a href=\"{origin}/article/{}\">{}</a></li>",
        stored.article.slug,
        escape(&stored.article.title)
    )
}

/// The front page.
pub(super) fn front(origin: &str, site: &str, newest: &[&Stored]) -> String {
    let list: String = newest.iter().map(|stored| entry(origin, stored)).collect();
    frame(
        origin,
        site,
        &format!("<title>{}</title>", escape(site)),
        &format!("<h1>Latest</h1>\n<ul>{list}</ul>"),
    )
}

/// The page of an article that is not there.
pub(super) fn missing(site: &str) -> String {
    frame(
        "",
        site,
        "<title>Not found</title>",
        "<h1>This story is not here</h1>\n<p>It may have been taken down.</p>",
    )
}

/// A picture: a gradient that stays with the slug, and the title's initials.
pub(super) fn picture(slug: &str, title: &str) -> String {
    let (from, to) = (color_of(slug), color_of(&slug.chars().rev().collect::<String>()));
    let to = if from == to { 0x1F_1B2E } else { to };
    let words = title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let initials: String = words.filter_map(|word| word.chars().next()).take(3).collect();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"630\" viewBox=\"0 0 1200 630\">\
         <defs><linearGradient id=\"g\" x1=\"0\" y1=\"0\" x2=\"1\" y2=\"1\"><stop offset=\"0\" \
         stop-color=\"#{from:06X}\"/><stop offset=\"1\" stop-color=\"#{to:06X}\"/></linearGradient></defs>\
         <rect width=\"1200\" height=\"630\" fill=\"url(#g)\"/><circle cx=\"980\" cy=\"120\" r=\"220\" fill=\"#FFF8F0\" \
         fill-opacity=\".14\"/><circle cx=\"180\" cy=\"560\" r=\"300\" fill=\"#1F1B2E\" fill-opacity=\".16\"/>\
         <text x=\"600\" y=\"390\" font-family=\"Georgia, 'Nanum Myeongjo', serif\" font-size=\"240\" \
         text-anchor=\"middle\" fill=\"#FFF8F0\">{}</text></svg>",
        escape(&initials.to_uppercase()),
    )
}
