//! The same story from another outlet: looked for among what was told in the last days about the same things.

use super::{House, time::now};
use crate::{
    matching::same::{Telling, Told, WINDOW},
    model::{About, ArticleId, Named, Reading},
    store::Earlier,
};

/// The story that another outlet has told before, if there is one. Who asks holds `House::filing`: two outlets' entries
/// are read at the same time, and whichever comes second has to find the first. Not knowing is no reason to wait: a
/// failing store is met again when the story is filed.
pub async fn twin(house: &House, outlet: &str, reading: &Reading, about: &About) -> Option<ArticleId> {
    let subjects: Vec<&str> = about
        .dramas
        .iter()
        .chain(&about.people)
        .map(|named| named.key.as_str())
        .collect();
    let earlier = house.store.earlier(&subjects, outlet, now() - WINDOW).await;
    let earlier = earlier
        .inspect_err(|error| tracing::error!(%error, "earlier stories could not be compared"))
        .ok()?;
    if earlier.is_empty() {
        return None;
    }
    let this = read(reading, about);
    let compared = tokio::task::spawn_blocking(move || {
        let mut found = earlier.iter().filter(|earlier| told(earlier).is_same(&this));
        found.next().map(|earlier| earlier.article)
    });
    compared.await.unwrap_or_else(|error| {
        tracing::error!(%error, "comparing stories ended in a panic");
        None
    })
}

fn read(reading: &Reading, about: &About) -> Telling {
    let keys = |list: &[Named]| list.iter().map(|named| named.key.clone()).collect::<Vec<_>>();
    let names: Vec<String> = reading.drama.iter().chain(&reading.people).cloned().collect();
    let quotes: Vec<String> = reading.quotes.iter().map(|quote| quote.text().to_owned()).collect();
    Telling::of(&Told {
        title: &reading.title,
        body: &reading.body,
        kind: reading.kind.name(),
        dramas: &keys(&about.dramas),
        names: &names,
        people: &keys(&about.people),
        quotes: &quotes,
    })
}

fn told(earlier: &Earlier) -> Telling {
    Telling::of(&Told {
        title: &earlier.title,
        body: &earlier.body,
        kind: &earlier.kind,
        dramas: &earlier.dramas,
        names: &earlier.names,
        people: &earlier.people,
        quotes: &earlier.quotes,
    })
}
