//! `daesa read`: an article in, what was understood of it out.

use super::{CatalogueArgs, Problem, bytes_of, screen::screen};
use crate::{catalogue::Catalogue, config::Settings, model::Article, page, reading, view};
use clap::Args;
use serde::{Deserialize, Serialize};
use std::io::{self, BufRead, BufReader, BufWriter, Write};

/// Bytes of input looked ahead into: as many articles as are read side by side, and little where one is awaited.
const AHEAD: usize = 1 << 18;

/// Reads an article (page, fragment or plain text; it finds out which) and prints it as a card.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  daesa read page.html\n  daesa read page.html --explain\n  daesa read page.html --leads\n  \
                        daesa read --jsonl < articles.jsonl > readings.jsonl"
)]
pub struct Read {
    /// The article; - or nothing: standard input
    #[arg(default_value = "-", hide_default_value = true)]
    file: String,
    /// Its headline, when the text has none
    #[arg(long)]
    title: Option<String>,
    #[command(flatten)]
    names: CatalogueArgs,
    /// Say for every span in quotation marks why it is speech or not, and who might have said it
    #[arg(long, conflicts_with_all = ["json", "jsonl", "article"])]
    explain: bool,
    /// Show the summary beside the first two sentences, the first three, and as much of the beginning as fits its length
    #[arg(long, conflicts_with_all = ["json", "jsonl", "article", "explain"])]
    leads: bool,
    /// Print the reading as JSON
    #[arg(long)]
    json: bool,
    /// One {"id","title","html"} a line in, one reading a line out, in order
    #[arg(long, conflicts_with = "json")]
    jsonl: bool,
    /// Print only the extracted article, as JSON
    #[arg(long, conflicts_with_all = ["json", "jsonl"])]
    article: bool,
}

/// A line of `--jsonl`.
#[derive(Deserialize)]
struct Line {
    id: serde_json::Value,
    #[serde(default)]
    title: String,
    #[serde(default)]
    html: String,
    #[serde(default)]
    url: Option<String>,
}

/// The contract of `--article`: dates as text, missing ones null.
#[derive(Serialize)]
struct Extracted<'a> {
    title: &'a str,
    url: Option<&'a str>,
    author: Option<&'a str>,
    published: Option<String>,
    image: Option<&'a str>,
    watch: Option<&'a str>,
    clip: Option<&'a str>,
    paragraphs: &'a [crate::model::Paragraph],
}

impl Read {
    pub(super) fn run(&self, settings: &Settings) -> Result<(), Problem> {
        let catalogue = self.names.load(settings)?;
        let mut out = BufWriter::new(std::io::stdout().lock());
        if self.jsonl {
            return self.lines(&catalogue, &mut out);
        }
        let bytes = bytes_of(&self.file, page::LONGEST_TEXT)?;
        let article = page::read_any(&page::decode(&bytes, None), self.title.as_deref(), None);
        if self.article {
            serde_json::to_writer_pretty(&mut out, &extracted(&article))?;
        } else if self.explain {
            let (_, trace) = reading::explain(&article, &catalogue);
            write!(out, "{trace}")?;
        } else if self.leads {
            let (reading, leads) = (
                reading::read(&article, &catalogue),
                reading::leads(&article, &catalogue),
            );
            write!(
                out,
                "{}",
                view::beginnings(&reading.summary, [&leads.two, &leads.three, &leads.cut], screen())
            )?;
        } else {
            let reading = reading::read(&article, &catalogue);
            if self.json {
                serde_json::to_writer_pretty(&mut out, &reading)?;
            } else {
                write!(out, "{}", view::terminal(&reading, screen()))?;
            }
        }
        writeln!(out)?;
        Ok(out.flush()?)
    }

    fn lines(&self, catalogue: &Catalogue, out: &mut impl Write) -> Result<(), Problem> {
        let source: Box<dyn io::Read> = if self.file == "-" {
            Box::new(std::io::stdin().lock())
        } else {
            Box::new(std::fs::File::open(&self.file).map_err(|e| Problem::tried(format!("{}: {e}", self.file)))?)
        };
        let mut input = BufReader::with_capacity(AHEAD, source);
        let mut waiting: Vec<Line> = Vec::with_capacity(reading::COHORT);
        let mut number = 0;
        loop {
            let more = gather(&mut input, &mut number, &mut waiting);
            // What stands in front of a line that cannot be read is answered.
            answer(&mut waiting, catalogue, out)?;
            if !more? {
                return Ok(());
            }
        }
    }
}

/// Takes the lines that are there, as many as are read side by side; whether there may be more. Whoever feeds one line and
/// waits for the answer gets it. `number` counts lines.
fn gather(input: &mut BufReader<impl io::Read>, number: &mut usize, waiting: &mut Vec<Line>) -> Result<bool, Problem> {
    let mut line = String::new();
    loop {
        line.clear();
        if input.read_line(&mut line)? == 0 {
            return Ok(false);
        }
        *number += 1;
        if !line.trim().is_empty() {
            waiting.push(serde_json::from_str(&line).map_err(|e| format!("line {number}: {e}"))?);
        }
        if waiting.len() == reading::COHORT || !input.buffer().contains(&b'\n') {
            return Ok(true);
        }
    }
}

/// Reads what waits side by side, and empties it.
fn answer(waiting: &mut Vec<Line>, catalogue: &Catalogue, out: &mut impl Write) -> Result<(), Problem> {
    let articles: Vec<Article> = waiting.iter().map(article_of).collect();
    for (line, mut reading) in waiting.drain(..).zip(reading::read_all(&articles, catalogue)) {
        reading.id = Some(line.id.as_str().map_or_else(|| line.id.to_string(), str::to_owned));
        serde_json::to_writer(&mut *out, &reading)?;
        writeln!(out)?;
    }
    Ok(out.flush()?)
}

fn article_of(line: &Line) -> Article {
    let (title, url) = (line.title.as_str(), line.url.as_deref());
    match page::sniff(&line.html) {
        page::Form::Fragment => page::from_fragment(&line.html, title, url),
        _ => page::read_any(&line.html, Some(title).filter(|t| !t.is_empty()), url),
    }
}

fn extracted(article: &Article) -> Extracted<'_> {
    Extracted {
        title: &article.title,
        url: article.url.as_deref(),
        author: article.author.as_deref(),
        published: article.published.and_then(super::super::time::iso),
        image: article.image.as_deref(),
        watch: article.watch.as_deref(),
        clip: article.clip.as_deref(),
        paragraphs: &article.paragraphs,
    }
}
