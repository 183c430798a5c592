//! IDENTIFY and RESUME: who may come in, and what they are told first.

use super::state::{Admission, Gateway, Session};
use super::{Connection, End, take};
use crate::wire;
use crate::world::World;
use crate::world::emit_intents as intent;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::time::Instant;

/// Servers that a single shard may hold.
const GUILDS_MOST: usize = 2500;

enum Verdict {
    Close(u16),
    TooSoon,
    Silence,
    Welcome(String),
}

impl Connection {
    pub(super) async fn identify(&mut self, data: &Value) -> Result<(), End> {
        if self.session.is_some() {
            return Err(End::Close(Some(4005)));
        }
        let number = self.number;
        let verdict = self.shared.change(|world| {
            world.gateway.counts.identifies += 1;
            let verdict = examine(world, data);
            if let Verdict::Welcome(id) = &verdict {
                welcome(world, id, number, data);
            }
            verdict
        });
        match verdict {
            Verdict::Close(code) => Err(End::Close(Some(code))),
            Verdict::TooSoon => self.invalidate(false).await,
            Verdict::Silence => Ok(()),
            Verdict::Welcome(id) => {
                self.session = Some(id);
                self.sent = 0;
                Ok(())
            }
        }
    }

    pub(super) async fn resume(&mut self, data: &Value) -> Result<(), End> {
        if self.session.is_some() {
            return Err(End::Close(Some(4005)));
        }
        let (Some(id), Some(seq)) = (data["session_id"].as_str(), data["seq"].as_u64()) else {
            return Err(End::Close(Some(4002)));
        };
        let number = self.number;
        let outcome = self.shared.change(|world| {
            if !token_is_good(world, data) {
                return Err(Some(4004));
            }
            let outcome = world.gateway.can_resume(id, seq);
            match outcome {
                Ok(()) => {
                    world.gateway.counts.resumed += 1;
                    if let Some(session) = world.gateway.sessions.get_mut(id) {
                        session.connection = Some(number);
                    }
                    // Queued behind what was missed, so that it arrives after the replay.
                    world.gateway.queue_on(id, "RESUMED", &json!({ "_trace": [] }));
                    world.page_bot();
                }
                Err(_) => world.gateway.counts.not_resumed += 1,
            }
            outcome
        });
        match outcome {
            Ok(()) => {
                self.session = Some(id.to_owned());
                self.sent = seq;
                Ok(())
            }
            Err(Some(code)) => Err(End::Close(Some(code))),
            Err(None) => self.invalidate(false).await,
        }
    }
}

fn token_is_good(world: &World, data: &Value) -> bool {
    let token = data["token"].as_str().unwrap_or_default();
    !world.gateway.token_reset && token.strip_prefix("Bot ").unwrap_or(token) == world.settings.token
}

fn examine(world: &mut World, data: &Value) -> Verdict {
    if !data.is_object() || !data["token"].is_string() || !data["properties"].is_object() {
        return Verdict::Close(4002);
    }
    if !token_is_good(world, data) {
        return Verdict::Close(4004);
    }
    if take(&mut world.gateway.troubles.refuse_identify) {
        return Verdict::Close(world.gateway.troubles.refuse_code);
    }
    if take(&mut world.gateway.troubles.invalid_identify) {
        return Verdict::TooSoon;
    }
    let Ok((shard, of)) = shard(data) else {
        return Verdict::Close(4010);
    };
    let Some(intents) = data["intents"].as_u64().filter(|bits| bits & !intent::KNOWN == 0) else {
        return Verdict::Close(4013);
    };
    if intents & forbidden(world) != 0 {
        return Verdict::Close(4014);
    }
    let servers = world.servers_of_bot();
    if servers > GUILDS_MOST.saturating_mul(usize::try_from(of).unwrap_or(1)) {
        return Verdict::Close(4011);
    }
    let settings = std::sync::Arc::clone(&world.settings);
    match world.gateway.admit(shard, &settings) {
        Admission::Spent => {
            world.gateway.reset_token();
            Verdict::Close(4004)
        }
        Admission::TooSoon => Verdict::TooSoon,
        Admission::Welcome if take(&mut world.gateway.troubles.no_ready) => Verdict::Silence,
        Admission::Welcome => Verdict::Welcome(Gateway::new_session_id()),
    }
}

fn shard(data: &Value) -> Result<(u32, u32), ()> {
    if data["shard"].is_null() {
        return Ok((0, 1));
    }
    let number = |index: usize| {
        data["shard"][index]
            .as_u64()
            .and_then(|n| u32::try_from(n).ok())
            .ok_or(())
    };
    let (shard, of) = (number(0)?, number(1)?);
    if shard < of { Ok((shard, of)) } else { Err(()) }
}

/// Privileged intents whose switch is off.
fn forbidden(world: &World) -> u64 {
    let settings = &world.settings;
    let switches = [
        (settings.guild_members, intent::GUILD_MEMBERS),
        (settings.presences, intent::GUILD_PRESENCES),
        (settings.message_content, intent::MESSAGE_CONTENT),
    ];
    switches
        .iter()
        .filter(|(on, _)| !on)
        .fold(0, |bits, (_, bit)| bits | bit)
}

/// Opens the session and queues READY and the servers.
fn welcome(world: &mut World, id: &str, connection: u64, data: &Value) {
    let shard = shard(data).unwrap_or((0, 1));
    let intents = data["intents"].as_u64().unwrap_or(0);
    let session = Session {
        shard,
        intents,
        seq: 0,
        events: VecDeque::new(),
        connection: Some(connection),
        left: Instant::now(),
        held: None,
    };
    world.gateway.sessions.insert(id.to_owned(), session);
    let bot = world.application.bot;
    let here = |guild: u64| (guild >> 22) % u64::from(shard.1.max(1)) == u64::from(shard.0);
    let ours: Vec<u64> = world
        .guilds
        .values()
        .filter(|g| g.members.contains_key(&bot) && here(g.id))
        .map(|g| g.id)
        .collect();
    let ready = json!({
        "v": 10,
        "user": wire::application::me(world),
        "guilds": ours.iter().map(|id| json!({ "id": id.to_string(), "unavailable": true })).collect::<Vec<_>>(),
        "session_id": id,
        "session_type": "normal",
        "resume_gateway_url": format!("{}/resume", world.origin.replacen("http", "ws", 1)),
        "shard": [shard.0, shard.1],
        "application": { "id": world.application.id.to_string(), "flags": wire::application::flags(world) },
        "private_channels": [],
        "relationships": [],
        "presences": [],
        "user_settings": {},
        "user_settings_proto": "",
        "guild_join_requests": [],
        "geo_ordered_rtc_regions": [],
        "game_relationships": [],
        "auth": {},
        "_trace": ["[\"sandbox\",{}]"],
    });
    world.gateway.queue_on(id, "READY", &ready);
    world.page_bot();
    if intents & intent::GUILDS == 0 {
        return;
    }
    for guild in ours {
        let Some(found) = world.guilds.get(&guild) else {
            continue;
        };
        if found.unavailable {
            continue;
        }
        let created = wire::guild::created(world, found);
        world.gateway.queue_on(id, "GUILD_CREATE", &created);
    }
}
