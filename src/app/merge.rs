//! The same story from another outlet: looked for among what was told in the last days.

use super::{House, time::now};
use crate::{
    matching::same::{Cast, Telling, Told, WINDOW, has_line},
    model::{About, Article, ArticleId, QuoteKind, Reading},
    store::{Earlier, EarlierText},
};

/// How many stories about the same people are compared word for word.
const COMPARED: usize = 20;
/// How sure the speaker of a line is that another outlet's telling adds to a story.
const SURE: f32 = 0.8;

/// A story that another outlet has told before.
#[derive(Default)]
pub struct Twin {
    /// Its row.
    pub article: Option<ArticleId>,
    /// Lines that only this telling has: indices into the reading's quotes, best first.
    pub more: Vec<usize>,
}

/// The story that another outlet has told before, if there is one. Who asks holds `House::filing`: two outlets' entries
/// are read at the same time, and whichever comes second has to find the first. Not knowing is no reason to wait: a
/// failing store is met again when the story is filed. `keys`: the quotes that are worth showing, best first.
pub async fn twin(
    house: &House,
    outlet: &str,
    (article, reading, about): (&Article, &Reading, &About),
    keys: &[usize],
) -> Twin {
    let earlier = house.store.earlier(outlet, now() - WINDOW).await;
    let earlier = earlier
        .inspect_err(|error| tracing::error!(%error, "earlier stories could not be compared"))
        .unwrap_or_default();
    let cast = Cast::of(&about.dramas, &about.people, reading.network.as_deref());
    let alike = tokio::task::spawn_blocking(move || {
        let fits = |earlier: &Earlier| cast.fits(&cast_of(earlier));
        earlier.into_iter().filter(fits).take(COMPARED).collect::<Vec<_>>()
    });
    let alike = alike.await.unwrap_or_default();
    if alike.is_empty() {
        return Twin::default();
    }
    let mut told = Vec::with_capacity(alike.len());
    for earlier in alike {
        match house.store.earlier_text(earlier.article).await {
            Ok(text) => told.extend(text.map(|text| (earlier, text))),
            Err(error) => tracing::error!(%error, "an earlier story could not be compared"),
        }
    }
    let this = telling(article, reading, about);
    let compared = tokio::task::spawn_blocking(move || {
        told.into_iter()
            .find(|(earlier, text)| told_before(earlier, text).is_same(&this))
    });
    let found = compared.await.unwrap_or_else(|error| {
        tracing::error!(%error, "comparing stories ended in a panic");
        None
    });
    found.map_or_else(Twin::default, |(earlier, text)| Twin {
        article: Some(earlier.article),
        more: more(reading, &text, keys),
    })
}

/// Lines of the cast that the earlier telling does not have, translated otherwise or not.
fn more(reading: &Reading, earlier: &EarlierText, keys: &[usize]) -> Vec<usize> {
    let wanted = |index: &usize| {
        reading.quotes.get(*index).is_some_and(|quote| {
            let by = quote.by();
            by.kind == QuoteKind::Cast
                && by.speaker.is_some()
                && by.confidence >= SURE
                && !has_line(&earlier.quotes, quote.text())
        })
    };
    keys.iter().copied().filter(wanted).collect()
}

fn cast_of(earlier: &Earlier) -> Cast {
    Cast::of(&earlier.dramas, &earlier.people, earlier.network.as_deref())
}

fn telling(article: &Article, reading: &Reading, about: &About) -> Telling {
    let quotes: Vec<String> = reading.quotes.iter().map(|quote| quote.text().to_owned()).collect();
    Telling::of(&Told {
        title: &reading.title,
        body: &reading.body,
        dramas: &about.dramas,
        people: &about.people,
        network: reading.network.as_deref(),
        quotes: &quotes,
        // As the store has it of the others: never later than it was seen.
        at: Some(article.published.unwrap_or_else(now).min(now())),
    })
}

fn told_before(earlier: &Earlier, text: &EarlierText) -> Telling {
    Telling::of(&Told {
        title: &text.title,
        body: &text.body,
        dramas: &earlier.dramas,
        people: &earlier.people,
        network: earlier.network.as_deref(),
        quotes: &text.quotes,
        at: Some(text.at),
    })
}
