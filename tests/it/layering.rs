//! Who may use whom (the map in `src/lib.rs`): read from the sources, so that a shortcut taken in a
//! hurry fails here and not in a review half a year later.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Module → the modules of the house that it may name. `app` and `main` may name all.
const MAY_USE: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("config", &["model"]),
    // Feeds carry HTML: decoding bytes and reading the text of markup is `page`'s.
    ("feed", &["model", "page"]),
    ("page", &["model"]),
    ("catalogue", &["model"]),
    ("reading", &["model", "catalogue"]),
    ("matching", &["model", "catalogue"]),
    ("outbox", &["model"]),
    ("tally", &["model"]),
    ("command", &["model", "catalogue"]),
    ("view", &["model", "command"]),
    ("http", &["model"]),
    ("store", &["model"]),
    ("votes", &["model", "tally", "store"]),
    ("discord", &["model", "command", "view", "http"]),
];

/// Outside crate → the module that owns it.
const OWNERS: &[(&str, &str)] = &[
    ("serenity", "discord"),
    ("tokio_tungstenite", "discord"),
    ("reqwest", "http"),
    ("sqlx", "store"),
    ("dotenvy", "main"),
    ("metrics_exporter_prometheus", "app"),
    ("rustix", "store"),
    ("terminal_size", "app"),
    ("png", "view"),
    ("tiny_skia", "view"),
    ("skrifa", "view"),
    ("harfrust", "view"),
];

/// What pure modules must not touch: files, clocks, the network, tasks.
const IMPURE: &[&str] = &[
    "tokio::",
    "std::fs",
    "std::net::Tcp",
    "SystemTime::now",
    "Instant::now",
    "Utc::now",
    "async fn",
];
const PURE: &[&str] = &[
    "model",
    "feed",
    "page",
    "reading",
    "catalogue",
    "matching",
    "outbox",
    "tally",
    "command",
    "view",
    "config",
];

fn sources() -> BTreeMap<String, Vec<(PathBuf, String)>> {
    fn walk(folder: &Path, into: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("src can be read") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, into);
            } else if path.extension().is_some_and(|e| e == "rs") {
                into.push(path);
            }
        }
    }
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&src, &mut files);
    let mut modules: BTreeMap<String, Vec<(PathBuf, String)>> = BTreeMap::new();
    for path in files {
        let inner = path.strip_prefix(&src).expect("below src");
        let first = inner
            .components()
            .next()
            .expect("a name")
            .as_os_str()
            .to_string_lossy()
            .into_owned();
        let module = first.trim_end_matches(".rs").to_owned();
        let text = fs::read_to_string(&path).expect("a source");
        modules.entry(module).or_default().push((path, text));
    }
    modules
}

/// The code of a file without comments and without its tests.
fn code(text: &str) -> String {
    let without_tests = text.split("#[cfg(test)]").next().unwrap_or_default();
    without_tests
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The modules that `use crate::…` and `crate::…` name, braces included.
fn named(code: &str) -> Vec<String> {
    let mut all = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(list) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut word = String::new();
            for c in list.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => all.push(std::mem::take(&mut word)),
                    _ if depth == 0 => word.push(c),
                    _ => {}
                }
            }
            all.push(word);
        } else {
            all.push(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    let first = |word: &String| word.trim().split("::").next().unwrap_or_default().to_owned();
    all.iter().map(first).filter(|word| !word.is_empty()).collect()
}

#[test]
fn each_room_uses_only_the_rooms_below_it() {
    let sources = sources();
    let mut wrong = Vec::new();
    for (module, files) in &sources {
        if ["app", "main", "lib"].contains(&module.as_str()) {
            continue;
        }
        let allowed = MAY_USE.iter().find(|(name, _)| name == module).map(|(_, may)| *may);
        let Some(allowed) = allowed else {
            wrong.push(format!("{module}: a room that the map does not know"));
            continue;
        };
        for (path, text) in files {
            for used in named(&code(text)) {
                if used != *module && sources.contains_key(&used) && !allowed.contains(&used.as_str()) {
                    wrong.push(format!("{}: uses {used}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_outside_crate_has_one_owner() {
    let mut wrong = Vec::new();
    for (module, files) in sources() {
        for (path, text) in files {
            for (name, owner) in OWNERS {
                let here = code(&text);
                let uses = [format!("{name}::"), format!("use {name}")]
                    .iter()
                    .any(|form| here.contains(form.as_str()));
                if uses && module != *owner {
                    wrong.push(format!("{}: {name} belongs to {owner}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pure_rooms_have_no_clock_no_files_and_no_network() {
    let mut wrong = Vec::new();
    for (module, files) in sources() {
        if !PURE.contains(&module.as_str()) {
            continue;
        }
        for (path, text) in files {
            for word in IMPURE.iter().filter(|word| code(&text).contains(**word)) {
                wrong.push(format!("{}: {word}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_map_can_see_a_shortcut() {
    assert_eq!(
        named("use crate::{model::Article, store};\ncrate::http::api()"),
        ["model", "store", "http"]
    );
}
