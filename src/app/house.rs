//! What the loops share: the edges, the names, who the bot is, and the bells by which one loop wakes another.

use super::{opening::Opening, robots, time::now, vanished, wordpress};
use crate::{
    catalogue::Catalogue,
    config::Settings,
    discord::{Rest, Servers},
    http::Web,
    model::{ArticleId, ChannelId, GuildId, Manner, Millis, Subscription, UserId, Venue, answer::Need},
    store::{After, Store, StoreError},
};
use std::{
    collections::BTreeSet,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering},
    },
};
use tokio::sync::{Mutex, MutexGuard, Notify, watch};

/// A bell between two loops: rung once or often, it wakes the listener once.
#[derive(Default)]
pub struct Bells {
    /// Deliveries may be due.
    pub deliver: Notify,
    /// Reactions are to be put under posts.
    pub seed: Notify,
    /// Threads are to be opened, posts to be published.
    pub extra: Notify,
    /// Tallies are to be compared with Discord's.
    pub reconcile: Notify,
    /// Posts are to be edited.
    pub edit: Notify,
    /// There are feeds to be looked at.
    pub watch: Notify,
    /// What the bot may do in some server has changed.
    pub access: Notify,
}

/// Everything that the loops share.
pub struct House {
    /// The settings.
    pub settings: Settings,
    /// The store.
    pub store: Store,
    /// Requests to Discord.
    pub rest: Rest,
    /// Requests to feeds and pages.
    pub web: Web,
    /// What permissions hang on.
    pub servers: Servers,
    /// The bells.
    pub bells: Bells,
    /// When the bot started.
    pub started: Millis,
    names: RwLock<Arc<Catalogue>>,
    /// What sites say of who may fetch their pages.
    pub robots: robots::Known,
    /// Sites that do not give their posts by WordPress's API.
    pub no_rest: wordpress::Closed,
    learning: Mutex<()>,
    filing: Mutex<()>,
    followed: RwLock<Arc<Vec<Subscription>>>,
    changed: std::sync::Mutex<BTreeSet<GuildId>>,
    /// Posts that are being opened in forums.
    pub opening: Opening,
    /// Servers whose channels have been told anew.
    pub arrived: vanished::Arrived,
    bot: AtomicU64,
    reads_messages: AtomicBool,
    store_failing: AtomicBool,
    token_refused: AtomicBool,
    failures: AtomicU32,
    stopping: watch::Sender<bool>,
}

impl House {
    /// Puts the edges together.
    pub fn new(
        settings: Settings,
        store: Store,
        rest: Rest,
        web: Web,
        servers: Servers,
        catalogue: Catalogue,
        started: Millis,
    ) -> Self {
        Self {
            settings,
            store,
            rest,
            web,
            servers,
            bells: Bells::default(),
            started,
            names: RwLock::new(Arc::new(catalogue)),
            robots: robots::Known::default(),
            no_rest: wordpress::Closed::default(),
            learning: Mutex::default(),
            filing: Mutex::default(),
            followed: RwLock::default(),
            changed: std::sync::Mutex::default(),
            opening: Opening::default(),
            arrived: vanished::Arrived::default(),
            bot: AtomicU64::new(0),
            reads_messages: AtomicBool::new(false),
            store_failing: AtomicBool::new(false),
            token_refused: AtomicBool::new(false),
            failures: AtomicU32::new(0),
            stopping: watch::Sender::new(false),
        }
    }

    /// The names as they are known now.
    pub fn catalogue(&self) -> Arc<Catalogue> {
        Arc::clone(&self.names.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whoever learns holds this from taking the catalogue to giving back one that knows more: of two stories
    /// that are read at the same time one would otherwise teach nothing.
    pub async fn learning(&self) -> MutexGuard<'_, ()> {
        self.learning.lock().await
    }

    /// Whoever files a story holds this from asking whether another outlet told it to the end: of two tellings that
    /// are read at the same time neither would otherwise find the other.
    pub async fn filing(&self) -> MutexGuard<'_, ()> {
        self.filing.lock().await
    }

    /// Takes a catalogue that knows more. Who holds the earlier one keeps it to the end of its work.
    pub fn set_catalogue(&self, catalogue: Catalogue) {
        *self.names.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(catalogue);
    }

    /// What is followed, for completions; as it was when it last changed.
    pub fn followed(&self) -> Arc<Vec<Subscription>> {
        Arc::clone(&self.followed.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Something is followed that was not, or no longer.
    ///
    /// # Errors
    /// [`StoreError`]; then completions stay as they were.
    pub async fn refresh_followed(&self) -> Result<(), StoreError> {
        let all = Arc::new(self.store.all_subscriptions().await?);
        *self.followed.write().unwrap_or_else(PoisonError::into_inner) = all;
        Ok(())
    }

    /// A channel is gone, and with it all that it followed.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn channel_gone(&self, channel: ChannelId) -> Result<(), StoreError> {
        self.store.channel_gone(channel, now()).await?;
        // Threads are deleted all the time; hardly any of them follows anything.
        if self.followed().iter().any(|one| one.channel == channel) {
            self.refresh_followed().await?;
        }
        Ok(())
    }

    /// The bot itself, once Discord has said so.
    pub fn bot(&self) -> UserId {
        UserId(self.bot.load(Ordering::Acquire))
    }

    /// Discord has said who the bot is and what it may read.
    pub fn set_bot(&self, bot: UserId, reads_messages: bool) {
        self.bot.store(bot.0, Ordering::Release);
        self.reads_messages.store(reads_messages, Ordering::Release);
    }

    /// Whether the messages of a channel can be read back; none: its server has not been shown (yet). Asking does
    /// not tell: without the permission Discord answers with no messages, and one that is there looks as if it were not.
    pub fn reads_history(&self, channel: ChannelId) -> Option<bool> {
        let missing = self.servers.missing(channel)?;
        Some(!missing.contains(&Need::View) && !missing.contains(&Need::History))
    }

    /// The same, once a server that has not been shown was asked for. None: Discord did not tell.
    pub async fn may_read_history(&self, guild: GuildId, channel: ChannelId) -> Option<bool> {
        self.see(guild, channel).await;
        self.reads_history(channel)
    }

    /// Asks for the server of a channel, if it has not been shown: a session that was taken up again does not describe
    /// its servers, and in a quiet one nothing else would ask. And for a thread, which its server does not tell of.
    pub async fn see(&self, guild: GuildId, channel: ChannelId) {
        if self.servers.missing(channel).is_some() {
            return;
        }
        if !self.servers.knows(guild)
            && let Err(error) = self.rest.learn_server(&self.servers, guild).await
        {
            tracing::debug!(%guild, %error, "a server could not be learnt");
        }
        if self.servers.knows(guild)
            && self.servers.missing(channel).is_none()
            && let Err(error) = self.rest.learn_channel(&self.servers, channel).await
        {
            tracing::debug!(%channel, %error, "a channel could not be learnt");
        }
    }

    /// What the bot may do in a server may have changed.
    pub fn access_changed(&self, guild: GuildId) {
        self.changed
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(guild);
        self.bells.access.notify_one();
    }

    /// The servers of which that was said since the last time somebody asked.
    pub fn take_changed(&self) -> BTreeSet<GuildId> {
        std::mem::take(&mut *self.changed.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether the bot may post in a channel; none: its server has not been shown (yet).
    pub fn may_post(&self, channel: ChannelId) -> Option<bool> {
        Some(!self.servers.missing(channel)?.iter().any(|need| need.to_post()))
    }

    /// What becomes of posts in a channel; none: its server has not been shown (yet).
    pub fn venue(&self, channel: ChannelId) -> Option<Venue> {
        let place = self.servers.channel(channel)?;
        Some(place.kind.venue().unwrap_or_default())
    }

    /// What a post in a channel (or in one that is known to be a forum) is followed by; `seeds` are [`House::seeds`].
    pub fn after<'a>(&self, channel: ChannelId, forum: bool, seeds: &'a [String]) -> After<'a> {
        let venue = if forum { Some(Venue::Forum) } else { self.venue(channel) };
        After { seeds, venue }
    }

    /// How a story is posted in a channel, as its subscriptions are now: without roles that are gone.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn manner(&self, article: ArticleId, channel: ChannelId) -> Result<Manner, StoreError> {
        let matches = self.store.matches(article, channel).await?;
        let fitting: Vec<_> = matches.iter().filter(|one| one.fits()).collect();
        let mut manner = Manner::of_all(fitting.iter().map(|one| &one.subscription.terms.manner));
        if let Some(first) = fitting.first() {
            let guild = first.subscription.guild;
            manner.roles.retain(|role| !self.servers.is_role_gone(guild, *role));
        }
        Ok(manner)
    }

    /// Whether `!` commands can be read.
    pub fn reads_messages(&self) -> bool {
        self.reads_messages.load(Ordering::Acquire)
    }

    /// The reactions that are put under a post, as Discord takes them.
    pub fn seeds(&self) -> Vec<String> {
        if !self.settings.posts.seed {
            return Vec::new();
        }
        self.settings
            .feelings
            .0
            .iter()
            .map(|feeling| feeling.seed.clone())
            .collect()
    }

    /// A number for a failure, which the reply and the log line share.
    pub fn failure(&self) -> u32 {
        self.failures.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Whether the store could not be written the last time somebody tried. Says so once when it changes.
    pub fn store_is(&self, failing: bool) {
        if self.store_failing.swap(failing, Ordering::AcqRel) != failing {
            if failing {
                tracing::error!("the store cannot be written: nothing is posted until it can");
            } else {
                tracing::info!("the store can be written again");
            }
        }
    }

    /// Whether the store cannot be written now.
    pub fn store_fails(&self) -> bool {
        self.store_failing.load(Ordering::Acquire)
    }

    /// Discord has refused the token: nothing can be posted until the bot is started with another.
    pub fn refuse_token(&self) {
        self.token_refused.store(true, Ordering::Release);
    }

    /// Whether Discord has refused the token.
    pub fn token_refused(&self) -> bool {
        self.token_refused.load(Ordering::Acquire)
    }

    /// Tells every loop to end.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Ends when the loops are to end.
    pub async fn stopped(&self) {
        // An error means that the sender is gone, and it lives as long as this house.
        let _ = self.stopping.subscribe().wait_for(|stop| *stop).await;
    }

    /// Whether the loops are to end.
    pub fn is_stopping(&self) -> bool {
        *self.stopping.borrow()
    }
}
