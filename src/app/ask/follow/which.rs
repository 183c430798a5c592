//! `/unsubscribe`, `/pause`, `/resume`: for one, several or all that a channel follows.

use super::{Answered, Asker, channel_of, names, resolve};
use crate::{
    app::{House, time::now},
    catalogue::{Catalogue, Scope, fold},
    command::{Which, far_from},
    model::{Answer, ChannelId, Subject, Subscription, SubscriptionId},
    store::StoreError,
};

/// Those that are meant, and what was named and is not followed.
struct Meant {
    subscriptions: Vec<Subscription>,
    strange: Vec<String>,
}

impl Meant {
    fn ids(&self) -> Vec<SubscriptionId> {
        self.subscriptions.iter().map(|one| one.id).collect()
    }

    fn labels(self) -> Vec<String> {
        self.subscriptions.into_iter().map(|one| one.label).collect()
    }
}

/// `/unsubscribe`.
pub async fn unsubscribe(house: &House, asker: &Asker, which: &Which, named: Option<ChannelId>) -> Answered {
    let channel = match channel_of(house, asker, named, true) {
        Ok(channel) => channel,
        Err(refusal) => return Ok(Answer::Refused(refusal)),
    };
    let followed = house.store.subscriptions(channel).await?;
    let meant = meant(house, asker, &followed, which).await?;
    if meant.subscriptions.is_empty() {
        return Ok(not_followed(&house.catalogue(), which, &followed));
    }
    let ended = house.store.unsubscribe(&meant.ids(), now()).await?;
    house.refresh_followed().await?;
    tracing::info!(channel = channel.0, ended, "a channel no longer follows");
    let strange = meant.strange.clone();
    Ok(Answer::Unsubscribed {
        labels: meant.labels(),
        strange,
        channel,
    })
}

/// `/pause` and `/resume`.
pub async fn pause(house: &House, asker: &Asker, which: &Which, named: Option<ChannelId>, paused: bool) -> Answered {
    let channel = match channel_of(house, asker, named, true) {
        Ok(channel) => channel,
        Err(refusal) => return Ok(Answer::Refused(refusal)),
    };
    let followed = house.store.subscriptions(channel).await?;
    let meant = meant(house, asker, &followed, which).await?;
    if meant.subscriptions.is_empty() && !which.all {
        return Ok(not_followed(&house.catalogue(), which, &followed));
    }
    house.store.pause(&meant.ids(), paused, now()).await?;
    house.bells.deliver.notify_one();
    let (count, strange) = (meant.subscriptions.len() as u64, meant.strange.clone());
    Ok(Answer::Paused {
        channel,
        paused,
        labels: if which.all { Vec::new() } else { meant.labels() },
        strange,
        count,
    })
}

fn not_followed(catalogue: &Catalogue, which: &Which, followed: &[Subscription]) -> Answer {
    let nearest = which.what.iter().find_map(|name| nearest(catalogue, followed, name));
    Answer::NotSubscribed {
        asked: which.what.join(", "),
        nearest: nearest.map(|one| one.label.clone()),
        followed: followed.iter().map(|one| one.label.clone()).collect(),
    }
}

/// The one that is followed and comes nearest to a name: like whom or what it may mean, or by its letters.
fn nearest<'a>(catalogue: &Catalogue, followed: &'a [Subscription], name: &str) -> Option<&'a Subscription> {
    let found = catalogue.search(name, Scope::All, &[]);
    let mut alike = found.candidates.iter().map(|one| resolve::subject(&one.entity));
    let known = alike.find_map(|subject| followed.iter().find(|one| one.subject == subject));
    known.or_else(|| {
        let far = followed
            .iter()
            .filter_map(|one| Some((far_from(name, &one.label)?, one)));
        far.min_by_key(|(far, _)| *far).map(|(_, one)| one)
    })
}

async fn meant(house: &House, asker: &Asker, followed: &[Subscription], which: &Which) -> Result<Meant, StoreError> {
    let mut meant = Meant {
        subscriptions: Vec::new(),
        strange: Vec::new(),
    };
    if which.all {
        meant.subscriptions = followed.to_vec();
        return Ok(meant);
    }
    let everything = || followed.iter().find(|one| one.subject == Subject::Everything);
    meant
        .subscriptions
        .extend(everything().filter(|_| which.everything).cloned());
    let catalogue = house.catalogue();
    for text in &which.what {
        // The whole may be a name with commas that only this channel's list knows.
        let texts = match labelled(followed, text) {
            Some(_) => vec![text.as_str()],
            None => names(&catalogue, text),
        };
        for name in texts {
            match followed_as(house, asker, &catalogue, followed, name).await? {
                Some(one) if meant.subscriptions.contains(one) => {}
                Some(one) => meant.subscriptions.push(one.clone()),
                None => meant.strange.push(name.to_owned()),
            }
        }
    }
    Ok(meant)
}

/// Which of the followed subjects is meant: by key, by its label, by what the name resolves to.
async fn followed_as<'a>(
    house: &House,
    asker: &Asker,
    catalogue: &Catalogue,
    followed: &'a [Subscription],
    name: &str,
) -> Result<Option<&'a Subscription>, StoreError> {
    let with = |subject: &Subject| followed.iter().find(|one| one.subject == *subject);
    let known = Subject::from_key(name).as_ref().and_then(with);
    if let Some(found) = known.or_else(|| labelled(followed, name)) {
        return Ok(Some(found));
    }
    if let Some(found) = with(&Subject::Words(fold(name))) {
        return Ok(Some(found));
    }
    Ok(match resolve::meant(house, asker, name, Scope::All, None).await? {
        resolve::Meant::One(entity) => {
            let words = Subject::Words(fold(&resolve::name_of(catalogue, &entity)));
            with(&resolve::subject(&entity)).or_else(|| with(&words))
        }
        resolve::Meant::Ask(_) => None,
    })
}

fn labelled<'a>(followed: &'a [Subscription], name: &str) -> Option<&'a Subscription> {
    let folded = fold(name);
    followed
        .iter()
        .find(|one| !folded.is_empty() && fold(&one.label) == folded)
}
