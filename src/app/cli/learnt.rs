//! `daesa learnt`: what articles taught, each with the story that says so, and the operator's word that something of it
//! is to be forgotten, also while the bot runs.

use super::Ended;
use crate::{
    app::time::now,
    catalogue::fold,
    config::Settings,
    feed::canonical_link,
    store::{LearntRow, Store, StoreError},
};
use std::io::Write;

/// Lists what was learnt, of some words or all of it, or forgets something.
pub async fn run(settings: &Settings, words: &[String], forget: Option<&str>) -> Ended {
    let done = match forget {
        Some(what) => unlearn(settings, what).await,
        None => list(settings, &fold(&words.join(" "))).await,
    };
    match done {
        Ok(ended) => ended,
        Err(error) => Ended::badly(2, error.to_string()),
    }
}

async fn list(settings: &Settings, words: &str) -> Result<Ended, StoreError> {
    let lessons = Store::look(&settings.database).await?.lessons().await?;
    let mut out = std::io::stdout().lock();
    let mut told = false;
    for (row, url) in &lessons {
        let lesson = lesson(row);
        if fold(&lesson).contains(words) {
            told = true;
            // Whoever closed the pipe has seen enough.
            let _ = writeln!(out, "{lesson}  {}", url.as_deref().unwrap_or("(the story is gone)"));
        }
    }
    if !told {
        eprintln!("daesa: no article has taught anything of that");
    }
    Ok(Ended::Well)
}

/// What a row says, as a person would.
fn lesson(row: &LearntRow) -> String {
    let some = |text: &'_ str| !text.is_empty();
    let LearntRow {
        person,
        drama,
        character,
        hangul,
        network,
        ..
    } = row;
    let mut said = match (some(person), some(drama), some(character)) {
        (true, true, true) => format!("{person} plays {character} in {drama}"),
        (true, true, false) => format!("{person} is in {drama}"),
        (true, false, _) => format!("{person} is a person"),
        (false, ..) => format!("{drama} is a drama"),
    };
    if some(network) {
        said.push_str(&format!(" on {network}"));
    }
    if some(hangul) {
        said.push_str(&format!(", in hangul {hangul}"));
    }
    said
}

async fn unlearn(settings: &Settings, what: &str) -> Result<Ended, StoreError> {
    // The bot may be running on it: it finds the word with its next heartbeat.
    let store = Store::beside(&settings.database).await?;
    let lessons = if what.contains("://") {
        store.unlearn_story(&canonical_link(what), now()).await?
    } else {
        store.unlearn_name(what, now()).await?
    };
    store.close().await?;
    if lessons == 0 {
        return Ok(Ended::badly(
            1,
            "nothing was learnt from such a story, or of exactly that name: `daesa learnt` lists what was",
        ));
    }
    eprintln!("daesa: forgotten: {lessons}");
    Ok(Ended::Well)
}
