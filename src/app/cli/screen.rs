//! What the results are written on: how wide it is, and whether it shows colours.

use crate::view::Screen;
use std::io::IsTerminal;
use terminal_size::{Width, terminal_size_of};

/// Standard output as it is now.
pub(super) fn screen() -> Screen {
    let out = std::io::stdout();
    let columns = terminal_size_of(&out).map(|(Width(columns), _)| usize::from(columns));
    Screen {
        columns: columns.unwrap_or(Screen::PAPER.columns),
        color: colours(&out),
    }
}

/// Whether a stream is a terminal that shows colours and may: `NO_COLOR` (no-color.org) is not set, `TERM` not `dumb`.
#[must_use]
pub fn colours(stream: &impl IsTerminal) -> bool {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    stream.is_terminal() && set("NO_COLOR").is_none() && set("TERM").is_none_or(|term| term != "dumb")
}
