//! What the log can say stands, with what to do, in config/deploy/LOG.md: every line of level warn and error.

use std::{collections::BTreeSet, fs, path::Path};

fn sources(folder: &Path, into: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("src can be read") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            if path.file_name().is_some_and(|name| name != "tests") {
                sources(&path, into);
            }
        } else if path.extension().is_some_and(|end| end == "rs") {
            into.push(fs::read_to_string(&path).expect("a source"));
        }
    }
}

/// The words of each call of a macro: the last literal of its arguments, with lines joined as Rust joins them.
fn said(source: &str, call: &str) -> Vec<String> {
    source.split(call).skip(1).map(words).collect()
}

fn words(arguments: &str) -> String {
    let (mut depth, mut literal, mut last) = (1, None, String::new());
    let mut rest = arguments.chars();
    while let Some(c) = rest.next() {
        match (&mut literal, c) {
            (None, '(') => depth += 1,
            (None, ')') if depth == 1 => break,
            (None, ')') => depth -= 1,
            (None, '"') => literal = Some(String::new()),
            (None, _) => {}
            (Some(text), '"') => {
                last = std::mem::take(text);
                literal = None;
            }
            (Some(text), '\\') => match rest.next() {
                Some('\n') => rest = rest.as_str().trim_start().chars(),
                Some(c) => text.push(c),
                None => break,
            },
            (Some(text), c) => text.push(c),
        }
    }
    last
}

#[test]
fn every_warning_and_error_is_explained_to_the_operator() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all = Vec::new();
    sources(&root.join("src"), &mut all);
    let lines: BTreeSet<String> = all
        .iter()
        .flat_map(|source| [said(source, "tracing::warn!("), said(source, "tracing::error!(")].concat())
        // What Discord says itself, with its code.
        .filter(|line| line != "{fatal}")
        .collect();
    assert!(lines.len() > 50, "they are found: {lines:?}");
    let page = fs::read_to_string(root.join("config/deploy/LOG.md")).expect("the page");
    let explained: Vec<&str> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once('`').map(|(line, _)| line))
        .collect();
    let fits = |line: &str, explained: &str| match explained.strip_suffix('…') {
        Some(beginning) => line.starts_with(beginning),
        None => line == explained,
    };
    for line in &lines {
        assert!(
            explained.iter().any(|told| fits(line, told)),
            "LOG.md says nothing of: {line}"
        );
    }
    for told in &explained {
        assert!(
            lines.iter().any(|line| fits(line, told)),
            "nothing says any more: {told}"
        );
    }
}
