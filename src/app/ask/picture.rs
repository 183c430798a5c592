//! The picture that goes with an answer: drawn on a thread that may block, where the channel takes files.

use super::House;
use crate::{
    model::{
        Answer, Lang,
        answer::{Need, Place},
    },
    view::{Attachment, Picture},
};
use tokio::sync::Semaphore;

/// Pictures that are drawn at the same time. Each takes a core for some milliseconds, and a few megabytes.
const AT_ONCE: usize = 1;
static ROOM: Semaphore = Semaphore::const_new(AT_ONCE);

/// An answer with its picture. `lang` is that of the channel: whatever has a picture is for all who are there.
pub(super) async fn with(
    house: &House,
    place: Place,
    lang: Lang,
    answer: impl Future<Output = Answer>,
) -> (Answer, Option<Attachment>) {
    let answer = answer.await;
    let picture = drawn(house, place, &answer, lang).await;
    (answer, picture)
}

/// The picture of an answer; none when it has none, or no file can be sent there: then words say it all.
async fn drawn(house: &House, place: Place, answer: &Answer, lang: Lang) -> Option<Attachment> {
    let missing = house.servers.missing(place.channel).unwrap_or_default();
    if missing.contains(&Need::Attach) {
        return None;
    }
    // The first picture of all loads the fonts: laying out is for that thread as well.
    if !Picture::is_for(answer) {
        return None;
    }
    // It is never closed.
    let _room = ROOM.acquire().await.ok()?;
    let (answer, feelings) = (answer.clone(), house.settings.feelings.clone());
    let drawing = tokio::task::spawn_blocking(move || Picture::of(&answer, lang, &feelings)?.draw());
    // A panic in there was logged where it happened, and the words still say it all.
    drawing.await.ok().flatten()
}
