//! Sessions and what they are owed. An event is queued on every session that asked for it; a connection sends
//! what its client has not seen, and a session without a connection keeps it for the replay.

use crate::settings::Settings;
use crate::world::now;
use serde_json::{Value, json};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A session of the bot.
pub(crate) struct Session {
    pub shard: (u32, u32),
    pub intents: u64,
    /// Number of the last event.
    pub seq: u64,
    /// Events not older than the buffer, with their numbers.
    pub events: VecDeque<(u64, Arc<str>)>,
    /// The connection that holds it.
    pub connection: Option<u64>,
    /// Since when no connection holds it.
    pub left: Instant,
    /// An event that is to be told after the next one.
    pub held: Option<(String, Value)>,
}

impl Session {
    pub(crate) fn queue(&mut self, name: &str, data: &Value, most: usize) {
        self.seq += 1;
        let text = json!({ "t": name, "s": self.seq, "op": 0, "d": data }).to_string();
        self.events.push_back((self.seq, text.into()));
        while self.events.len() > most {
            self.events.pop_front();
        }
    }

    fn hears(&self, guild: Option<u64>, needed: u64) -> bool {
        let (shard, of) = self.shard;
        let place = guild.map_or(0, |id| (id >> 22) % u64::from(of.max(1)));
        place == u64::from(shard) && self.intents & needed == needed
    }
}

/// What a test does to a live connection.
#[derive(Clone, Debug)]
pub(crate) enum Order {
    /// Sends a payload as it is.
    Send(Value),
    /// Op 9; `false` ends the session.
    Invalid(bool),
    /// A close frame, with a code or without.
    Close(Option<u16>),
    /// The TCP connection ends without a word.
    Cut,
}

/// Troubles that wait for the next connections, IDENTIFYs or events.
#[derive(Clone, Debug, Default)]
pub(crate) struct Troubles {
    pub hang_handshake: u32,
    pub no_hello: u32,
    pub no_ready: u32,
    pub refuse_identify: u32,
    pub refuse_code: u16,
    pub invalid_identify: u32,
    pub silent: bool,
    pub drop_events: u32,
    pub double_events: u32,
    pub swap_events: u32,
    pub late_until: Option<Instant>,
}

/// How often the gateway was used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GatewayCounts {
    /// Connections that got as far as the WebSocket's handshake.
    pub connections: u64,
    /// Of these, those to the address for resuming.
    pub to_resume_url: u64,
    /// IDENTIFYs, refused ones included.
    pub identifies: u64,
    /// RESUMEs that were accepted.
    pub resumed: u64,
    /// RESUMEs that were refused.
    pub not_resumed: u64,
    /// Heartbeats.
    pub heartbeats: u64,
}

/// All of the gateway that outlives a connection.
pub(crate) struct Gateway {
    pub sessions: BTreeMap<String, Session>,
    pub orders: BTreeMap<u64, VecDeque<Order>>,
    pub troubles: Troubles,
    pub counts: GatewayCounts,
    /// Set when the IDENTIFYs were exceeded: the token is no longer good.
    pub token_reset: bool,
    remaining: u32,
    counted_since: Instant,
    identified: BTreeMap<u32, VecDeque<Instant>>,
    session_life: Duration,
    session_buffer: usize,
    last_connection: u64,
}

/// What becomes of an IDENTIFY.
pub(crate) enum Admission {
    Welcome,
    TooSoon,
    Spent,
}

impl Gateway {
    pub(crate) fn new(settings: &Settings) -> Self {
        Self {
            sessions: BTreeMap::new(),
            orders: BTreeMap::new(),
            troubles: Troubles::default(),
            counts: GatewayCounts::default(),
            token_reset: false,
            remaining: settings.identify_remaining.min(settings.identify_total),
            counted_since: Instant::now(),
            identified: BTreeMap::new(),
            session_life: settings.session_life,
            session_buffer: settings.session_buffer,
            last_connection: 0,
        }
    }

    pub(crate) fn open_connection(&mut self) -> u64 {
        self.last_connection += 1;
        self.orders.insert(self.last_connection, VecDeque::new());
        self.last_connection
    }

    /// Gives an order to all live connections.
    pub(crate) fn order(&mut self, order: &Order) {
        self.orders
            .values_mut()
            .for_each(|orders| orders.push_back(order.clone()));
    }

    /// Queues an event on every session of the shard with these intents; `make` sees the session's intents.
    pub(crate) fn send(&mut self, guild: Option<u64>, needed: u64, name: &str, make: impl Fn(u64) -> Value) {
        self.forget_old();
        if !self.sessions.values().any(|session| session.hears(guild, needed)) {
            return;
        }
        if self.troubles.drop_events > 0 {
            self.troubles.drop_events -= 1;
            return;
        }
        let times = if self.troubles.double_events > 0 {
            self.troubles.double_events -= 1;
            2
        } else {
            1
        };
        let hold = self.troubles.swap_events > 0;
        self.troubles.swap_events = self.troubles.swap_events.saturating_sub(1);
        let most = self.session_buffer;
        for session in self
            .sessions
            .values_mut()
            .filter(|session| session.hears(guild, needed))
        {
            let data = make(session.intents);
            if hold && session.held.is_none() {
                session.held = Some((name.to_owned(), data));
                continue;
            }
            (0..times).for_each(|_| session.queue(name, &data, most));
            if let Some((name, data)) = session.held.take() {
                session.queue(&name, &data, most);
            }
        }
    }

    pub(crate) fn queue_on(&mut self, session: &str, name: &str, data: &Value) {
        let most = self.session_buffer;
        if let Some(session) = self.sessions.get_mut(session) {
            session.queue(name, data, most);
        }
    }

    fn forget_old(&mut self) {
        let life = self.session_life;
        self.sessions
            .retain(|_, session| session.connection.is_some() || session.left.elapsed() < life);
    }

    /// Whether a session can be resumed from this number, and if not whether the number is at fault.
    pub(crate) fn can_resume(&mut self, id: &str, seq: u64) -> Result<(), Option<u16>> {
        self.forget_old();
        let session = self.sessions.get(id).ok_or(None)?;
        if seq > session.seq {
            return Err(Some(4007));
        }
        let oldest = session.events.front().map_or(session.seq + 1, |(number, _)| *number);
        if seq + 1 < oldest { Err(None) } else { Ok(()) }
    }

    /// Counts an IDENTIFY and says whether it may go on.
    pub(crate) fn admit(&mut self, shard: u32, settings: &Settings) -> Admission {
        self.renew(settings);
        if self.remaining == 0 {
            return Admission::Spent;
        }
        self.remaining -= 1;
        let key = shard % settings.max_concurrency.max(1);
        let recent = self.identified.entry(key).or_default();
        recent.retain(|at| at.elapsed() < settings.identify_window);
        if !recent.is_empty() {
            return Admission::TooSoon;
        }
        recent.push_back(Instant::now());
        Admission::Welcome
    }

    fn renew(&mut self, settings: &Settings) {
        if self.counted_since.elapsed() >= settings.identify_reset {
            self.counted_since = Instant::now();
            self.remaining = settings.identify_total;
        }
    }

    /// `session_start_limit` of `/gateway/bot`.
    pub(crate) fn start_limit(&mut self, settings: &Settings) -> Value {
        self.renew(settings);
        let left = settings.identify_reset.saturating_sub(self.counted_since.elapsed());
        json!({
            "total": settings.identify_total,
            "remaining": self.remaining,
            "reset_after": u64::try_from(left.as_millis()).unwrap_or(u64::MAX),
            "max_concurrency": settings.max_concurrency,
        })
    }

    /// The limit was exceeded: Discord ends all sessions and resets the token.
    pub(crate) fn reset_token(&mut self) {
        self.token_reset = true;
        self.sessions.clear();
        self.order(&Order::Close(Some(4004)));
    }

    pub(crate) fn new_session_id() -> String {
        format!(
            "{:x}{}",
            now(),
            (0..20).map(|_| fastrand::alphanumeric()).collect::<String>()
        )
    }
}
