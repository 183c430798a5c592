//! The built-in news: articles about dramas that nobody has filmed, one every few seconds.

use super::stage::Stage;
use daesa_sandbox::{Article, Picture, Site};
use std::{
    fs,
    path::Path,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// Between the first stories, so that there is something to see at once; then a quieter pace.
const FIRST: Duration = Duration::from_secs(4);
const LATER: Duration = Duration::from_secs(20);
const QUICK: usize = 4;

macro_rules! articles {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("articles/", $name, ".html")))),+]
    };
}

/// Slug and file of each article, in the order in which they come out.
const ARTICLES: &[(&str, &str)] = articles![
    "01-seagull-proposal",
    "02-noodle-script-reading",
    "03-cat-teaser",
    "04-last-train-casting",
    "05-umbrella-making-of",
    "06-weather-interview",
    "07-noodle-stills",
    "08-cat-press-conference",
    "09-lighthouse-ratings",
    "10-last-train-statement",
    "11-noodle-cook-interview",
    "12-weather-posters",
    "13-umbrella-finale",
    "14-lighthouse-grandmother",
];

const PICTURES: &[(&str, &str)] = &[
    ("cat", include_str!("pictures/cat.svg")),
    ("lighthouse", include_str!("pictures/lighthouse.svg")),
    ("noodles", include_str!("pictures/noodles.svg")),
    ("sun", include_str!("pictures/sun.svg")),
    ("train", include_str!("pictures/train.svg")),
    ("umbrella", include_str!("pictures/umbrella.svg")),
];

/// Publishes one article after the other, and never ends. What was published before is there at once.
pub async fn publish(stage: &Stage, folder: &Path, built_in: bool) {
    let site = stage.sandbox.site();
    let memory = folder.join("published");
    let before: usize = fs::read_to_string(&memory)
        .ok()
        .and_then(|text| text.trim().parse().ok())
        .unwrap_or(0);
    for at in 0..if built_in { ARTICLES.len() } else { 0 } {
        if at >= before {
            tokio::time::sleep(if at < QUICK { FIRST } else { LATER }).await;
        }
        if let Some(article) = nth(site, at) {
            site.publish(article);
        }
        if at >= before
            && let Err(error) = fs::write(&memory, (at + 1).to_string())
        {
            eprintln!("demo: {}: {error}", memory.display());
        }
    }
    std::future::pending::<()>().await;
}

/// Serves a recorded feed; pages that it links to on this site are the file `page.html` beside it.
pub fn play(site: &Site, file: &str) -> Result<(), String> {
    let feed = fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
    let page = fs::read_to_string(Path::new(file).with_file_name("page.html")).ok();
    site.play(&feed, page.as_deref());
    Ok(())
}

/// The article that comes out at that place, from 0.
pub fn nth(site: &Site, at: usize) -> Option<Article> {
    let (slug, file) = ARTICLES.get(at)?;
    Some(article(site, slug, file, at))
}

/// An article from its file: a head of `key: value` lines, a blank line, the body as HTML.
fn article(site: &Site, slug: &str, file: &str, at: usize) -> Article {
    let (head, body) = file.split_once("\n\n").unwrap_or(("", file));
    let field = |name: &str| {
        let line = head
            .lines()
            .find_map(|line| line.split_once(": ").filter(|(key, _)| *key == name));
        line.map_or("", |(_, value)| value.trim())
    };
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_millis());
    Article {
        slug: slug.split_once('-').map_or(slug, |(_, rest)| rest).to_owned(),
        title: field("title").to_owned(),
        html_body: body.replace("{{BASE}}", site.url()),
        tags: field("tags").split(", ").map(str::to_owned).collect(),
        author: field("author").to_owned(),
        image: picture(field("picture"), field("colours")),
        // A millisecond apart, so that the order is plain when all come at once.
        published: i64::try_from(now).unwrap_or(0) + i64::try_from(at).unwrap_or(0),
    }
}

fn picture(name: &str, colours: &str) -> Picture {
    let drawn = PICTURES.iter().find(|(known, _)| *known == name);
    let mut colours = colours.split_whitespace();
    match (drawn, colours.next(), colours.next()) {
        (Some((_, svg)), Some(ground), Some(glow)) => {
            Picture::Svg(svg.replace("{{ground}}", ground).replace("{{glow}}", glow))
        }
        _ => Picture::Drawn,
    }
}
