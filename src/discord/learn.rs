//! Learning servers that a resumed session does not describe: by asking, and only when an event needs it.
//!
//! A session that is taken up after a restart tells nothing of what it told before. So when somebody
//! gives a command in a server that is not known, the event waits, in its place in the order, until the
//! server has been asked for.

use super::{event::Event, rest::Rest, servers::Servers};
use crate::model::{ChannelId, GuildId, answer::Place};
use std::{collections::HashMap, time::Duration};
use tokio::{task::JoinHandle, time::Instant};

/// How long it may take: an interaction must be answered within three seconds.
const LIMIT: Duration = Duration::from_millis(2_000);
/// How long a server that could not be learnt is not asked for again.
const AGAIN: Duration = Duration::from_secs(60);
/// Most places remembered as just asked for.
const MOST: usize = 10_000;

pub(super) struct Learner {
    rest: Rest,
    servers: Servers,
    asked: HashMap<Asked, Instant>,
}

type Asked = (GuildId, Option<ChannelId>);

impl Learner {
    pub(super) fn new(rest: Rest, servers: Servers) -> Self {
        Self {
            rest,
            servers,
            asked: HashMap::new(),
        }
    }

    /// Starts learning what an event needs; none when it needs nothing.
    pub(super) fn begin(&mut self, event: &Event) -> Option<JoinHandle<()>> {
        let scene = match event {
            Event::Asked(asked) => &asked.scene,
            Event::Pressed(pressed) => &pressed.scene,
            _ => return None,
        };
        // Of a server that the bot is not in it would be told nothing.
        if scene.brought {
            return None;
        }
        let Place {
            guild: Some(guild),
            channel,
        } = scene.place
        else {
            return None;
        };
        let knows_guild = self.servers.knows(guild);
        if knows_guild && self.servers.channel(channel).is_some() {
            return None;
        }
        let now = Instant::now();
        if self.asked.len() >= MOST {
            self.asked.retain(|_, at| now.duration_since(*at) < AGAIN);
        }
        // A server that cannot be learnt is not asked for anew in each of its channels.
        let place = (guild, knows_guild.then_some(channel));
        if self.asked.get(&place).is_some_and(|at| now.duration_since(*at) < AGAIN) {
            return None;
        }
        self.asked.insert(place, now);
        let (rest, servers) = (self.rest.clone(), self.servers.clone());
        Some(tokio::spawn(async move {
            let learning = async {
                if !knows_guild {
                    rest.learn_server(&servers, guild).await?;
                }
                if servers.channel(channel).is_none() {
                    rest.learn_channel(&servers, channel).await?;
                }
                Ok::<_, super::RestError>(())
            };
            match tokio::time::timeout(LIMIT, learning).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::debug!(%guild, %error, "a server could not be learnt"),
                Err(_) => tracing::debug!(%guild, "a server could not be learnt in time"),
            }
        }))
    }
}
