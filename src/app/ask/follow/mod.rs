//! What a channel follows: `/subscribe`. Ending and pausing is `which`, the list with what can be changed in it
//! `dialogue`, where posts may go `place`.

mod dialogue;
mod place;
mod which;

pub use dialogue::{list, pressed};
pub use which::{pause, unsubscribe};

use super::{Answered, Asker, channel_of, resolve};
use crate::{
    app::{House, time::now},
    catalogue::{Catalogue, Decision, Entity, Scope, Tier, fold},
    command::{Verb, pieces},
    model::{
        Answer, Change, ChannelId, GuildId, Subject, Subscription, Terms,
        answer::{Choice, Refusal, Subscribed},
    },
    store::{Added, SUBSCRIPTIONS_PER_CHANNEL, StoreError},
    view,
};
use place::Place;

/// Headlines that show what a new subscription would have brought.
const LATELY: u32 = 3;

/// What `/subscribe` was asked.
pub struct Wish {
    /// Names, each of which may be several.
    pub what: Vec<String>,
    /// Every story.
    pub everything: bool,
    /// The channel that was named.
    pub channel: Option<ChannelId>,
    /// Which stories, and how.
    pub change: Change,
}

/// Something that was named.
enum Found {
    /// It can be followed: subject and name.
    One(Subject, String),
    /// It may mean several, or nobody.
    Unclear(String, Box<Answer>),
}

/// `/subscribe`.
pub async fn subscribe(house: &House, asker: &Asker, wish: Wish) -> Answered {
    let (place, change) = match place::wanted(house, asker, wish.channel, wish.change) {
        Ok(wanted) => wanted,
        Err(refusal) => return Ok(Answer::Refused(refusal)),
    };
    let mut found = Vec::new();
    if wish.everything {
        found.push(Found::One(Subject::Everything, String::new()));
    }
    for text in &wish.what {
        for name in names(&house.catalogue(), text) {
            found.push(subject(house, asker, name).await?);
        }
    }
    // What was said beside the names is kept until somebody chooses.
    let unclear = found.iter().any(|one| matches!(one, Found::Unclear(..)));
    let kept = match unclear {
        true => resolve::question(house, asker, "what").await?,
        false => None,
    };
    if let [Found::Unclear(_, answer)] = found.as_mut_slice() {
        if let Answer::Which { question, .. } = &mut **answer {
            *question = kept;
        }
        return Ok((**answer).clone());
    }
    let mut done = Subscribed {
        venue: place.venue,
        limit: SUBSCRIPTIONS_PER_CHANNEL,
        ..Subscribed::default()
    };
    for one in found {
        match one {
            Found::One(subject, label) => follow(house, &place, (subject, label), &change, &mut done).await?,
            Found::Unclear(asked, question) => done.unclear.push((asked, choices(*question))),
        }
    }
    house.refresh_followed().await?;
    let nothing = done.new.is_empty() && done.changed.is_empty() && done.already.is_empty() && done.unclear.is_empty();
    if nothing && !done.full.is_empty() {
        return Ok(Answer::TooMany {
            limit: SUBSCRIPTIONS_PER_CHANNEL,
        });
    }
    Ok(Answer::Subscribed {
        channel: place.channel,
        question: kept,
        done: Box::new(done),
    })
}

/// One subject more for the channel, or other terms for one that it follows.
async fn follow(
    house: &House,
    place: &Place,
    (subject, label): (Subject, String),
    change: &Change,
    done: &mut Subscribed,
) -> Result<(), StoreError> {
    // Followed as words before anybody knew the name: every story of it comes already.
    let words = Subject::Words(fold(&label));
    let followed = house.store.subscriptions(place.channel).await?;
    let before = followed
        .iter()
        .find(|known| known.subject == subject || (!label.is_empty() && known.subject == words));
    if let Some(before) = before {
        return again(house, place.guild, before, (label, change), done).await;
    }
    let terms = change.of(&Terms::default());
    let place_of = (place.guild, place.channel, place.venue);
    match house.store.subscribe(place_of, &subject, &label, &terms, now()).await? {
        Added::Added(_) => {
            let (guild, channel, kind) = (place.guild.0, place.channel.0, kind(&subject));
            tracing::info!(guild, channel, kind, "a channel follows");
            lately(house, place.guild, (&subject, &terms), done).await?;
            done.new.push((label, !matches!(subject, Subject::Words(_))));
            done.terms = terms;
        }
        // Somebody else was quicker.
        Added::Already(_) => done.already.push(label),
        Added::TooMany => done.full.push(label),
    }
    Ok(())
}

/// What is followed already may be wanted in another way.
async fn again(
    house: &House,
    guild: GuildId,
    before: &Subscription,
    (label, change): (String, &Change),
    done: &mut Subscribed,
) -> Result<(), StoreError> {
    let terms = change.of(&before.terms);
    if terms == before.terms {
        done.already.push(label);
        return Ok(());
    }
    house.store.set_terms(before.id, &terms, now()).await?;
    house.bells.deliver.notify_one();
    tracing::info!(subscription = before.id.0, "a subscription has other terms");
    lately(house, guild, (&before.subject, &terms), done).await?;
    done.changed.push(label);
    done.terms = terms;
    Ok(())
}

/// Adds the newest stories that the subscription would have brought.
async fn lately(
    house: &House,
    guild: GuildId,
    (subject, terms): (&Subject, &Terms),
    done: &mut Subscribed,
) -> Result<(), StoreError> {
    for story in house.store.latest_fitting(subject, terms, Some(guild), LATELY).await? {
        if done.lately.len() >= LATELY as usize || done.lately.iter().any(|(title, ..)| *title == story.title) {
            continue;
        }
        let hidden = terms.manner.spoiler && view::gives_away(story.kind, &story.title);
        done.lately.push((story.title, story.url, hidden));
    }
    Ok(())
}

/// The names in a text: the whole if somebody is called that, else the longest runs of its pieces that somebody is
/// called, and what is left piece by piece. So a title with commas is one title.
fn names<'a>(catalogue: &Catalogue, text: &'a str) -> Vec<&'a str> {
    let pieces = pieces(text);
    if pieces.is_empty() {
        return vec![text];
    }
    let mut names = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        let run = |end: usize| &text[pieces[at].start..pieces[end].end];
        let end = (at + 1..pieces.len())
            .rev()
            .find(|end| is_called(catalogue, run(*end)))
            .unwrap_or(at);
        names.push(run(end));
        at = end + 1;
    }
    names
}

/// Whether a drama, person or network is surely called that.
fn is_called(catalogue: &Catalogue, text: &str) -> bool {
    let found = catalogue.search(text, Scope::All, &[]);
    let sure = |tier| matches!(tier, Tier::Exact | Tier::Key | Tier::Whole | Tier::Reversed);
    found.decision != Decision::None && found.candidates.first().is_some_and(|best| sure(best.tier))
}

/// What a name stands for. One that nobody knows is followed as words.
async fn subject(house: &House, asker: &Asker, name: &str) -> Result<Found, StoreError> {
    let catalogue = house.catalogue();
    if resolve::is_faint(&catalogue, name) && Entity::from_key(name).is_none() {
        let words = fold(name);
        return Ok(if words.is_empty() {
            Found::Unclear(
                name.to_owned(),
                Box::new(Answer::Refused(Refusal::Missing {
                    command: Verb::Subscribe.name(),
                    option: "drama",
                })),
            )
        } else {
            Found::One(Subject::Words(words), name.to_owned())
        });
    }
    Ok(match resolve::meant(house, asker, name, Scope::All, None).await? {
        resolve::Meant::One(entity) => Found::One(resolve::subject(&entity), resolve::name_of(&catalogue, &entity)),
        resolve::Meant::Ask(question) => Found::Unclear(name.to_owned(), question),
    })
}

fn choices(question: Answer) -> Vec<Choice> {
    match question {
        Answer::Which { choices, .. } => choices,
        Answer::Nobody { nearest, .. } => nearest,
        _ => Vec::new(),
    }
}

/// What the log says of a subject: what people typed is not for it.
const fn kind(subject: &Subject) -> &'static str {
    match subject {
        Subject::Drama(_) => "drama",
        Subject::Person(_) => "person",
        Subject::Network(_) => "network",
        Subject::Words(_) => "words",
        Subject::Everything => "everything",
    }
}
