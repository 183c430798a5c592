//! The store from outside, over real files. What all of its tests need stands here; dramas and people are invented.

mod blocked;
mod confined;
mod digests;
mod edit;
mod extras;
mod feeds;
mod feelings;
mod felt;
mod filing;
mod follow;
mod hours;
mod keep;
mod open;
mod outbox;
mod plans;
mod press;
mod quotes;
mod ranking;
mod reconcile;
mod search;
mod transfer;
mod votes;

use super::*;
use crate::model::{
    About, Article, ArticleId, ChannelId, Entry, GuildId, MessageId, Named, Quote, QuoteKind, Reading, Speaker, Step,
    Subject, SubscriptionId, Terms, Venue, reading::Attribution,
};
use tempfile::TempDir;

/// Noon of a day in 2027.
pub const NOW: Millis = 1_800_000_000_000;
pub const MINUTE: Millis = 60_000;
pub const DAY: Millis = 24 * 60 * MINUTE;
pub const GUILD: GuildId = GuildId(70 << 22);
pub const HERE: ChannelId = ChannelId(501);
pub const THERE: ChannelId = ChannelId(502);

/// A store in a folder of its own.
pub struct Home {
    pub store: Store,
    pub folder: TempDir,
}

impl std::ops::Deref for Home {
    type Target = Store;
    fn deref(&self) -> &Store {
        &self.store
    }
}

pub fn url(folder: &TempDir) -> String {
    format!("sqlite://{}", folder.path().join("daesa.db").display())
}

pub async fn home() -> Home {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&url(&folder), NOW).await.unwrap();
    Home { store, folder }
}

impl Home {
    /// What a crash leaves: nothing is closed, nothing is said.
    pub async fn crash(self, now: Millis) -> Self {
        let Self { store, folder } = self;
        drop(store);
        let store = Store::open(&url(&folder), now).await.unwrap();
        Self { store, folder }
    }

    /// Follows something and says that it worked.
    pub async fn follow(&self, channel: ChannelId, subject: &Subject) {
        self.follow_as(channel, subject, &Terms::default()).await;
    }

    /// Follows something on terms and says that it worked.
    pub async fn follow_as(&self, channel: ChannelId, subject: &Subject, terms: &Terms) -> SubscriptionId {
        let place = (GUILD, channel, Venue::Channel);
        let added = self.subscribe(place, subject, "label", terms, NOW).await.unwrap();
        let Added::Added(id) = added else { panic!("{added:?}") };
        id
    }

    /// The subscription of a channel to a subject.
    pub async fn subscribed(&self, channel: ChannelId, subject: &Subject) -> SubscriptionId {
        let all = self.subscriptions(channel).await.unwrap();
        all.iter().find(|one| one.subject == *subject).unwrap().id
    }

    /// The row of the one feed.
    pub async fn feed(&self) -> crate::model::FeedId {
        self.sync_feeds(&[("https://news.test/feed".to_owned(), "News".to_owned())], 0, NOW)
            .await
            .unwrap();
        self.feeds().await.unwrap()[0].id
    }

    /// A look at a feed, alone in its transaction.
    pub async fn record_fetch(
        &self,
        feed: crate::model::FeedId,
        record: &FetchRecord,
        entries: &[NewEntry],
        first_look: usize,
        now: Millis,
    ) -> Result<Recorded, StoreError> {
        let look = Look {
            feed,
            record: FetchRecord {
                began: now,
                ..record.clone()
            },
            entries: entries.to_vec(),
        };
        let recorded = self.record_looks(&[look], first_look, now).await?;
        Ok(recorded.into_iter().next().expect("one for each look"))
    }

    /// A feed that was looked at before: what it brings now is new.
    pub async fn watched_feed(&self) -> crate::model::FeedId {
        let feed = self.feed().await;
        self.record_fetch(feed, &read(NOW), &[], 0, NOW).await.unwrap();
        feed
    }

    /// A story comes in through the feed: number `n`, as it was read.
    pub async fn publish(&self, n: u32, told: &Told, now: Millis) -> Finished {
        let feed = self.watched_feed().await;
        let recorded = self.record_fetch(feed, &read(now), &[entry(n)], 0, now).await.unwrap();
        assert_eq!(recorded.new.len(), 1, "the story was known");
        let due = self.due_entries(now, MINUTE, 10).await.unwrap();
        let entry = due.iter().find(|due| due.id == recorded.new[0]).unwrap();
        let links = [link(n)];
        let finished = self.finish_entry(entry.id, &told.story(&links), now).await.unwrap();
        // Between two stories of a test may lie an outage; digests are the topic of their own tests.
        self.gather(usize::MAX, 2).await.unwrap();
        finished
    }

    /// A story comes in and is posted in every channel that follows it: the messages.
    pub async fn post(&self, n: u32, told: &Told, now: Millis) -> (ArticleId, Vec<MessageId>) {
        let Finished::New { article, .. } = self.publish(n, told, now).await else {
            panic!("known")
        };
        let mut messages = Vec::new();
        for claim in self.claim(now, MINUTE, 10).await.unwrap() {
            let message = MessageId(u64::from(n) * 1000 + claim.delivery.channel.0);
            let step = Step::Sent(Some(message));
            assert_eq!(
                self.settle(&claim, &step, After::default(), now).await.unwrap(),
                Settled::Done
            );
            messages.push(message);
        }
        (article, messages)
    }

    /// How SQLite would answer a question, step by step.
    async fn plan(&self, sql: &str) -> Vec<String> {
        let asked = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"));
        let steps: Vec<(i64, i64, i64, String)> = sqlx::query_as(asked).fetch_all(self.store.write()).await.unwrap();
        steps.into_iter().map(|(.., step)| step).collect()
    }

    /// A number that the database gives.
    pub async fn number(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(self.store.read()).await.unwrap()
    }
}

/// A post in a channel like others, with these reactions.
pub fn seeded(seeds: &[String]) -> After<'_> {
    After {
        seeds,
        venue: Some(Venue::Channel),
    }
}

/// The headlines of what is to be read, in the order in which it is.
pub async fn titles(home: &Home, now: Millis) -> Vec<String> {
    let due = home.due_entries(now, MINUTE, 100).await.unwrap();
    due.into_iter().map(|due| due.entry.title.unwrap()).collect()
}

pub fn read(now: Millis) -> FetchRecord {
    FetchRecord {
        outcome: FetchOutcome::Read {
            etag: Some("\"e\"".to_owned()),
            last_modified: None,
            interval: None,
            quiet: crate::model::Quiet::default(),
            oddities: None,
        },
        status: Some(200),
        moved: None,
        next: now + MINUTE,
        began: now,
        took: 12,
    }
}

pub fn link(n: u32) -> String {
    format!("https://news.test/{n}")
}

/// A post of one story, as it is found after a restore.
pub fn adopted(message: MessageId, link: String) -> Adopted {
    Adopted {
        message,
        link,
        in_digest: false,
    }
}

pub fn entry(n: u32) -> NewEntry {
    NewEntry {
        identity: format!("guid {n}"),
        fingerprint: format!("print {n}"),
        link: Some(link(n)),
        entry: Entry {
            title: Some(format!("Story {n}")),
            link: Some(link(n)),
            ..Entry::default()
        },
    }
}

/// A story as it was read.
#[derive(Clone, Default)]
pub struct Told {
    pub article: Article,
    pub reading: Reading,
    pub about: About,
    pub key_quotes: Vec<usize>,
}

impl Told {
    /// About a drama, given by its slug, and nobody.
    pub fn of(drama: &str) -> Self {
        let mut told = Self::default();
        told.article.title = format!("News of {drama}");
        told.about.subjects = vec![Subject::Everything, drama_subject(drama)];
        told.about.dramas = vec![Named {
            name: drama.to_uppercase(),
            key: drama_subject(drama).key(),
        }];
        told.reading.drama = vec![drama.to_uppercase()];
        told
    }

    /// With a person in it.
    pub fn with(mut self, name: &str) -> Self {
        let subject = Subject::Person(crate::model::PersonId(name.to_lowercase()));
        self.about.people.push(Named {
            name: name.to_owned(),
            key: subject.key(),
        });
        self.about.subjects.push(subject);
        self.reading.people.push(name.to_owned());
        self
    }

    /// With a line in it; `speaker` is a person's name, or nobody known.
    pub fn saying(mut self, speaker: Option<&str>, words: &str) -> Self {
        let body = format!("{}{words}", self.reading.body);
        let start = self.reading.body.len();
        let by = Attribution {
            speaker: speaker.map(str::to_owned),
            actor: None,
            kind: if speaker.is_some() {
                QuoteKind::Cast
            } else {
                QuoteKind::Other
            },
            confidence: 0.9,
        };
        let span = start..start + words.len();
        self.reading.quotes.push(Quote::cut(&body, vec![span], by).unwrap());
        self.reading.body = body;
        let key = |name: &str| format!("person:{}", name.to_lowercase());
        self.about.speakers.push(Speaker {
            keys: speaker.map(key).into_iter().collect(),
            role: None,
        });
        self
    }

    pub fn story<'a>(&'a self, links: &'a [String]) -> NewStory<'a> {
        NewStory {
            article: &self.article,
            links,
            source: "News",
            reading: &self.reading,
            about: &self.about,
            key_quotes: &self.key_quotes,
            look_again: None,
            twin: None,
            more_quotes: &[],
        }
    }
}

pub fn drama_subject(slug: &str) -> Subject {
    Subject::Drama(crate::model::DramaId(slug.to_owned()))
}
