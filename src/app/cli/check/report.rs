//! What `daesa check` found: lines as they come, for people, or all at the end, as JSON.

use crate::app::cli::colours;
use serde::Serialize;
use std::io::{Write, stdout};

/// How a line of the check came out.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Mark {
    Ok,
    /// It works, and deserves a look.
    Look,
    /// It cannot work.
    Broken,
}

#[derive(Serialize)]
struct Line {
    mark: Mark,
    what: &'static str,
    text: String,
}

/// Lines as they come, and the worst of them.
pub(super) struct Report {
    json: bool,
    colour: bool,
    worst: Mark,
    lines: Vec<Line>,
}

#[derive(Serialize)]
struct Whole<'a> {
    /// The exit status: 0, 1 or 2.
    status: u8,
    lines: &'a [Line],
}

impl Report {
    pub(super) fn new(json: bool) -> Self {
        Self {
            json,
            colour: colours(&stdout()),
            worst: Mark::Ok,
            lines: Vec::new(),
        }
    }

    pub(super) fn line(&mut self, mark: Mark, what: &'static str, text: &str) {
        self.worst = self.worst.max(mark);
        if self.json {
            let text = text.to_owned();
            return self.lines.push(Line { mark, what, text });
        }
        let (word, code) = match mark {
            Mark::Ok => ("ok", "32"),
            Mark::Look => ("look", "33"),
            Mark::Broken => ("broken", "31"),
        };
        let word = if self.colour {
            format!("\x1b[{code}m{word:<6}\x1b[0m")
        } else {
            format!("{word:<6}")
        };
        // Whoever closed the pipe has seen enough.
        let _ = writeln!(stdout(), "{word} {what:<9} {text}");
    }

    /// Ends it: the exit status, 0 when all is well, 1 when it works with warnings, 2 when it cannot run.
    pub(super) fn end(self) -> u8 {
        let status = match self.worst {
            Mark::Ok => 0,
            Mark::Look => 1,
            Mark::Broken => 2,
        };
        if self.json {
            let lines = &self.lines;
            // Strings, numbers and names: they can be written.
            let text = serde_json::to_string_pretty(&Whole { status, lines }).unwrap_or_default();
            let _ = writeln!(stdout(), "{text}");
        }
        status
    }
}
