//! `daesa names`: who or which drama is meant.

use super::{CatalogueArgs, Problem};
use crate::{
    catalogue::{Catalogue, Found, Scope},
    config::Settings,
};
use clap::Args;
use serde::{Deserialize, Serialize};
use std::io::{BufRead, BufWriter, Write};

/// Finds the person or drama that is meant, however it is spelt.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  daesa names ahn hyo seop\n  daesa names 안효섭 --json")]
pub struct Names {
    /// What was typed
    query: Vec<String>,
    #[command(flatten)]
    names: CatalogueArgs,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// One {"query"} a line in, one answer a line out
    #[arg(long, conflicts_with = "json")]
    jsonl: bool,
}

#[derive(Deserialize)]
struct Line {
    query: String,
}

/// The contract of the output: what was asked, the decision, the candidates.
#[derive(Serialize)]
struct Answered<'a> {
    query: &'a str,
    #[serde(flatten)]
    found: &'a Found,
}

impl Names {
    pub(super) fn run(&self, settings: &Settings) -> Result<(), Problem> {
        let catalogue = self.names.load(settings)?;
        let mut out = BufWriter::new(std::io::stdout().lock());
        if self.jsonl {
            for (at, line) in std::io::stdin().lock().lines().enumerate() {
                let line = line?;
                if line.trim().is_empty() {
                    continue;
                }
                let line: Line = serde_json::from_str(&line).map_err(|e| format!("line {}: {e}", at + 1))?;
                let found = search(&catalogue, &line.query);
                serde_json::to_writer(
                    &mut out,
                    &Answered {
                        query: &line.query,
                        found: &found,
                    },
                )?;
                writeln!(out)?;
                out.flush()?;
            }
            return Ok(());
        }
        let query = self.query.join(" ");
        if query.trim().is_empty() {
            return Err(Problem::tried(
                "whom do you look for? Example: daesa names ahn hyo seop",
            ));
        }
        let found = search(&catalogue, &query);
        if self.json {
            serde_json::to_writer_pretty(
                &mut out,
                &Answered {
                    query: &query,
                    found: &found,
                },
            )?;
            writeln!(out)?;
        } else {
            writeln!(out, "{}", found.decision.name())?;
            for candidate in &found.candidates {
                let hangul = candidate.hangul.as_deref().unwrap_or("");
                writeln!(
                    out,
                    "  {:<28} {:<10} {:<8} {}",
                    candidate.name,
                    hangul,
                    candidate.kind.name(),
                    candidate.tier.name()
                )?;
            }
        }
        Ok(out.flush()?)
    }
}

fn search(catalogue: &Catalogue, query: &str) -> Found {
    catalogue.search(query, Scope::All, &[])
}
