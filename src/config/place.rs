//! Where in the settings file something stands, so that a mistake can be blamed on a line.

use std::collections::HashMap;
use toml::de::{DeTable, DeValue};

/// A file's name and the lines of its keys.
pub(super) struct Place {
    name: String,
    lines: HashMap<String, usize>,
}

impl Place {
    /// Of a file with that name. Of one that is no TOML no line is known.
    pub(super) fn new(name: &str, text: &str) -> Self {
        let mut lines = HashMap::new();
        if let Ok(table) = DeTable::parse(text) {
            walk(table.get_ref(), "", text, &mut lines);
        }
        Self {
            name: name.to_owned(),
            lines,
        }
    }

    /// `own.toml:12`, of the table when the key does not stand in it, or the file alone when that does not stand in it
    /// either. Keys are written as `feeds.interval`, rows of a list as `outlet.2`, from 1 on.
    pub(super) fn of(&self, key: &str) -> String {
        let table = || key.rsplit_once('.').and_then(|(table, _)| self.lines.get(table));
        match self.lines.get(key).or_else(table) {
            Some(line) => format!("{}:{line}", self.name),
            None => self.name.clone(),
        }
    }
}

/// The line that a mistake begins with, if it is one of the file `name`.
pub(super) fn line_of(mistake: &str, name: &str) -> Option<usize> {
    let line = mistake.strip_prefix(name)?.strip_prefix(':')?;
    line.split(':').next()?.parse().ok()
}

/// The line, from 1 on, of a byte.
pub(super) fn line(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

fn walk(table: &DeTable<'_>, above: &str, text: &str, lines: &mut HashMap<String, usize>) {
    for (key, value) in table {
        let path = if above.is_empty() {
            key.get_ref().to_string()
        } else {
            format!("{above}.{}", key.get_ref())
        };
        lines.insert(path.clone(), line(text, key.span().start));
        match value.get_ref() {
            DeValue::Table(inner) => walk(inner, &path, text, lines),
            DeValue::Array(rows) => {
                for (at, row) in rows.iter().enumerate() {
                    let path = format!("{path}.{}", at + 1);
                    lines.insert(path.clone(), line(text, row.span().start));
                    if let DeValue::Table(inner) = row.get_ref() {
                        walk(inner, &path, text, lines);
                    }
                }
            }
            _ => {}
        }
    }
}
