//! Posts that are being opened in forums: until Discord's answer is written down, the bot does not know which message
//! the post is. Everywhere else the post is told with its nonce before anything else is told of it (DISCORD.md, nonce);
//! in forums there is none, and a reader may press a button of a post before the bot has heard of it.

use crate::model::GuildId;
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};
use tokio::sync::Notify;

/// How many posts each server's forums are waiting for.
#[derive(Default)]
pub struct Opening {
    posts: Mutex<HashMap<GuildId, usize>>,
    landed: Notify,
}

/// A post is being opened, from before it is asked for until what came of it is written down.
pub struct Flight<'a>(&'a Opening, GuildId);

impl Opening {
    /// One more is being opened in that server, until the flight is dropped.
    pub fn enter(&self, guild: GuildId) -> Flight<'_> {
        *self.posts().entry(guild).or_default() += 1;
        Flight(self, guild)
    }

    fn posts(&self) -> MutexGuard<'_, HashMap<GuildId, usize>> {
        self.posts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn any(&self, guild: GuildId) -> bool {
        self.posts().contains_key(&guild)
    }

    /// Asks once after each post that is opened in that server, and ends when that is true or none is being opened.
    pub async fn wait_until<F: Future<Output = bool>>(&self, guild: GuildId, mut enough: impl FnMut() -> F) {
        loop {
            let landed = self.landed.notified();
            // What lands from here on wakes it.
            tokio::pin!(landed);
            landed.as_mut().enable();
            if !self.any(guild) || enough().await {
                return;
            }
            landed.await;
        }
    }
}

impl Drop for Flight<'_> {
    fn drop(&mut self) {
        let mut posts = self.0.posts();
        let left = posts.get(&self.1).map_or(0, |count| count.saturating_sub(1));
        if left == 0 {
            posts.remove(&self.1);
        } else {
            posts.insert(self.1, left);
        }
        drop(posts);
        self.0.landed.notify_waiters();
    }
}
