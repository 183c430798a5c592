//! `daesa feed`: one feed, fetched and parsed as the watcher would.

use super::{Ended, Problem, bytes_of, or_say};
use crate::{
    app::{time::iso, web},
    config::Settings,
    feed,
    http::{Conditions, FEED_LIMIT},
    model::{Entry, Feed},
};
use clap::Args;
use serde::Serialize;
use std::io::{BufWriter, Write};

/// Fetches and parses one feed as the watcher would; prints entries and problems.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  daesa feed https://www.soompi.com/feed\n  daesa feed saved.xml --json")]
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
        or_say(
            self.parsed(settings)
                .await
                .and_then(|(feed, problems)| self.print(&feed, &problems)),
        )
    }

    async fn parsed(&self, settings: &Settings) -> Result<(Feed, Vec<String>), Problem> {
        let (bytes, content_type, base) = if self.source.starts_with("http://") || self.source.starts_with("https://") {
            let web = web(settings).map_err(Problem::tried)?;
            let fetched = web
                .get(&self.source, &Conditions::default(), FEED_LIMIT)
                .await
                .map_err(|error| Problem {
                    code: 1,
                    line: error.to_string(),
                })?;
            if fetched.status != 200 {
                return Err(Problem {
                    code: 1,
                    line: format!("the server answered with status {}", fetched.status),
                });
            }
            (fetched.body, fetched.content_type, Some(fetched.url))
        } else {
            (bytes_of(&self.source)?, None, None)
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

    fn print(&self, feed: &Feed, problems: &[String]) -> Result<(), Problem> {
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
        Ok(out.flush()?)
    }
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
