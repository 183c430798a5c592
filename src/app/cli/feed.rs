//! `daesa feed`: one feed, fetched and parsed as the watcher would.

use super::{Ended, Problem, bytes_of, or_say};
use crate::{
    app::{time::iso, web},
    config::Settings,
    feed::{self, NotAFeed},
    http::{Conditions, FEED_LIMIT, Fetched, Web},
    model::{Entry, Feed},
    page,
    store::{Store, Trace, Watched},
};
use clap::Args;
use serde::Serialize;
use std::io::{BufWriter, Write};

/// How many looks at a watched feed are shown.
const LOOKS: u32 = 5;

/// Fetches and parses one feed as the watcher would; prints entries and problems.
///
/// Of a site's front page the feeds are found, and the first is shown. Of a feed that the bot watches its last looks
/// are shown as well.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  daesa feed https://www.soompi.com/feed\n  daesa feed https://www.soompi.com   # finds its feeds\n  daesa feed saved.xml --json"
)]
pub struct FeedArgs {
    /// The address or the file; -: standard input
    source: String,
    /// What relative links in a file are relative to
    #[arg(long)]
    base: Option<String>,
    /// The Content-Type that a file came with
    #[arg(long, value_name = "T")]
    content_type: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// The contract of `--json`.
#[derive(Serialize)]
struct Printed<'a> {
    title: Option<&'a str>,
    link: Option<&'a str>,
    entries: Vec<PrintedEntry<'a>>,
    problems: Vec<String>,
}

#[derive(Serialize)]
struct PrintedEntry<'a> {
    id: Option<&'a str>,
    title: Option<&'a str>,
    link: Option<&'a str>,
    summary: Option<&'a str>,
    content: Option<&'a str>,
    author: Option<&'a str>,
    tags: &'a [String],
    published: Option<String>,
    updated: Option<String>,
    image: Option<&'a str>,
    enclosures: Vec<PrintedEnclosure<'a>>,
}

#[derive(Serialize)]
struct PrintedEnclosure<'a> {
    url: &'a str,
    #[serde(rename = "type")]
    kind: Option<&'a str>,
    length: Option<u64>,
}

impl FeedArgs {
    pub(super) async fn run(&self, settings: &Settings) -> Ended {
        let parsed = self.parsed(settings).await;
        let watched = self.watched(settings).await;
        or_say(parsed.and_then(|(feed, problems)| self.print(&feed, &problems, watched.as_ref())))
    }

    async fn parsed(&self, settings: &Settings) -> Result<(Feed, Vec<String>), Problem> {
        let (bytes, content_type, base) = if self.is_address() {
            let web = web(settings).map_err(Problem::tried)?;
            let mut fetched = fetch(&web, &self.source).await?;
            if let Err(NotAFeed::Page) = feed::parse(&fetched.body, fetched.content_type.as_deref(), Some(&fetched.url))
            {
                fetched = found(&web, fetched).await?;
            }
            (fetched.body, fetched.content_type, Some(fetched.url))
        } else {
            (bytes_of(&self.source, feed::LONGEST)?, None, None)
        };
        let content_type = self.content_type.clone().or(content_type);
        let base = self.base.clone().or(base);
        let (feed, problems) =
            feed::parse(&bytes, content_type.as_deref(), base.as_deref()).map_err(|error| Problem {
                code: 1,
                line: error.to_string(),
            })?;
        Ok((feed, problems.iter().map(ToString::to_string).collect()))
    }

    fn is_address(&self) -> bool {
        self.source.contains("://")
    }

    /// What the bot's store knows of the feed, if there is one and the bot watches it.
    async fn watched(&self, settings: &Settings) -> Option<Watched> {
        if !self.is_address() || self.json {
            return None;
        }
        let store = Store::look(&settings.database).await.ok()?;
        store.watched(&self.source, LOOKS).await.ok().flatten()
    }

    fn print(&self, feed: &Feed, problems: &[String], watched: Option<&Watched>) -> Result<(), Problem> {
        let mut out = BufWriter::new(std::io::stdout().lock());
        if self.json {
            let printed = Printed {
                title: feed.title.as_deref(),
                link: feed.link.as_deref(),
                entries: feed.entries.iter().map(entry).collect(),
                problems: problems.to_vec(),
            };
            serde_json::to_writer_pretty(&mut out, &printed)?;
            writeln!(out)?;
            return Ok(out.flush()?);
        }
        writeln!(out, "{}", feed.title.as_deref().unwrap_or("(a feed without a title)"))?;
        for entry in &feed.entries {
            let date = entry
                .published
                .or(entry.updated)
                .and_then(iso)
                .unwrap_or_else(|| "no date".to_owned());
            writeln!(out, "\n{}\n  {date}", entry.title.as_deref().unwrap_or("(no title)"))?;
            if let Some(link) = &entry.link {
                writeln!(out, "  {link}")?;
            }
            let length = |html: &Option<String>| html.as_ref().map_or(0, |html| html.chars().count());
            writeln!(
                out,
                "  {} characters of content, {} of summary",
                length(&entry.content),
                length(&entry.summary)
            )?;
        }
        writeln!(out, "\n{} entries, {} problems", feed.entries.len(), problems.len())?;
        for problem in problems {
            writeln!(out, "  {problem}")?;
        }
        if let Some(watched) = watched {
            looks(&mut out, watched)?;
        }
        Ok(out.flush()?)
    }
}

async fn fetch(web: &Web, address: &str) -> Result<Fetched, Problem> {
    let wrong = |line: String| Problem { code: 1, line };
    let fetched = web.get(address, &Conditions::default(), FEED_LIMIT).await;
    let fetched = fetched.map_err(|error| wrong(error.to_string()))?;
    if fetched.status == 200 {
        Ok(fetched)
    } else {
        Err(wrong(format!("the server answered with status {}", fetched.status)))
    }
}

/// The first of a site's feeds; all of them are named on standard error.
async fn found(web: &Web, front: Fetched) -> Result<Fetched, Problem> {
    let html = page::decode(&front.body, front.content_type.as_deref());
    let mut places = feed::named_feeds(&html, &front.url);
    if places.is_empty() {
        places = feed::usual_feeds(&front.url);
    }
    let mut first = None;
    for place in places {
        let Ok(fetched) = fetch(web, &place).await else {
            continue;
        };
        let Ok((feed, _)) = feed::parse(&fetched.body, fetched.content_type.as_deref(), Some(&fetched.url)) else {
            continue;
        };
        let title = feed.title.as_deref().unwrap_or("no title");
        // Whoever closed the pipe has seen enough.
        let _ = writeln!(
            std::io::stderr(),
            "a feed: {place} – {title}, {} entries",
            feed.entries.len()
        );
        first.get_or_insert(fetched);
    }
    first.ok_or_else(|| Problem {
        code: 1,
        line: "this is a web page, and no feed was found that it names or where feeds usually are".to_owned(),
    })
}

/// What the last looks of the bot came to.
fn looks(out: &mut impl Write, watched: &Watched) -> std::io::Result<()> {
    let time = |at| iso(at).unwrap_or_default();
    writeln!(
        out,
        "\nWatched as {}; the next look is at {}",
        watched.name,
        time(watched.next_at)
    )?;
    for look in &watched.traces {
        writeln!(out, "  {}", told(look))?;
    }
    for (title, why, at) in &watched.skipped {
        let why = why.as_deref().unwrap_or("no reason is known");
        writeln!(out, "  left out {}: {title} – {why}", time(*at))?;
    }
    Ok(())
}

/// When a look was made, what the server said, how long it took, and what was in it.
pub(super) fn told(look: &Trace) -> String {
    let at = iso(look.at).unwrap_or_default();
    format!("{at} {} in {} ms: {}", status(look), look.took, came(look))
}

fn status(look: &Trace) -> String {
    look.status
        .map_or_else(|| "no answer".to_owned(), |status| status.to_string())
}

fn came(look: &Trace) -> String {
    let mut parts = Vec::new();
    if look.entries > 0 {
        parts.push(format!("{} entries, {} new", look.entries, look.fresh));
    }
    for (count, what) in [(look.changed, "changed"), (look.noted, "only noted")] {
        if count > 0 {
            parts.push(format!("{count} {what}"));
        }
    }
    parts.extend(look.note.clone());
    if parts.is_empty() {
        parts.push("nothing new".to_owned());
    }
    parts.join(", ")
}

fn entry(entry: &Entry) -> PrintedEntry<'_> {
    PrintedEntry {
        id: entry.id.as_deref(),
        title: entry.title.as_deref(),
        link: entry.link.as_deref(),
        summary: entry.summary.as_deref(),
        content: entry.content.as_deref(),
        author: entry.author.as_deref(),
        tags: &entry.tags,
        published: entry.published.and_then(iso),
        updated: entry.updated.and_then(iso),
        image: entry.image.as_deref(),
        enclosures: entry
            .enclosures
            .iter()
            .map(|file| PrintedEnclosure {
                url: &file.url,
                kind: file.kind.as_deref(),
                length: file.length,
            })
            .collect(),
    }
}
