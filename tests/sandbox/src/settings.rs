//! What can be set on a sandbox. The defaults are Discord's published numbers, or, where Discord
//! publishes none, the observed ones that the field's comment names. Leaves all behaviour to the
//! modules that read it.

use std::path::PathBuf;
use std::time::Duration;

/// How a limit counts. Discord does not say which it uses, so a client has to hold under all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// A window opens with the first request and everything is free again when it ends.
    FixedWindow,
    /// Windows are aligned to the wall clock.
    WallSecond,
    /// No span of the window's length may hold more than the limit.
    SlidingLog,
}

/// A limit on some routes. Routes under one rule share a bucket for each channel, guild or webhook.
#[derive(Clone, Debug, PartialEq)]
pub struct RateRule {
    /// `"POST /channels/{channel_id}/messages"`: methods joined by `|` or `*`, then the path's template
    /// as Discord's OpenAPI description writes it; a template that ends in `*` covers all below it.
    pub routes: String,
    /// Requests in a window.
    pub limit: u32,
    /// Length of a window.
    pub window: Duration,
}

impl RateRule {
    /// A rule; `routes` as the field says.
    pub fn new(routes: &str, limit: u32, window: Duration) -> Self {
        Self {
            routes: routes.to_owned(),
            limit,
            window,
        }
    }
}

/// Everything that can be set. Build it with `Settings { port: 8080, ..Settings::default() }`.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Port on 127.0.0.1; 0 (default) takes any free one.
    pub port: u16,
    /// Port of the news site; 0 (default) takes any free one.
    pub news_port: u16,
    /// Name under which the news site writes its own links, without a port. Default `127.0.0.1`. Tests that
    /// need several outlets at once give names such as `news.test` and resolve them in the client.
    pub news_host: String,
    /// Folder to keep the state in: written when stopping, loaded when starting.
    pub keep: Option<PathBuf>,
    /// The bot's token, without `Bot `. Default: an obviously invented one.
    pub token: String,
    /// Name of the application and of its bot. Default `Daesa`.
    pub bot_name: String,
    /// Whether the portal's switch “Message Content Intent” is on. Default true.
    pub message_content: bool,
    /// Whether the portal's switch “Server Members Intent” is on. Default false.
    pub guild_members: bool,
    /// Whether the portal's switch “Presence Intent” is on. Default false.
    pub presences: bool,
    /// Requests a second over all routes but interactions. Default 50.
    pub global_limit: u32,
    /// Length of the global limit's window. Default 1 s.
    pub global_window: Duration,
    /// How the global limit counts. Default [`Algorithm::FixedWindow`].
    pub global_algorithm: Algorithm,
    /// How limits of routes count. Default [`Algorithm::FixedWindow`], which is how Discord's headers read: all of a
    /// bucket is free again at one moment.
    pub route_algorithm: Algorithm,
    /// Limits of routes; the first that matches holds. Defaults: messages 5 per 5 s (observed), reactions
    /// 1 per 0.25 s (observed), crosspost 10 per hour (observed), anything else 50 per 1 s.
    pub rules: Vec<RateRule>,
    /// Switches the limits of routes and the global one off. Headers are sent all the same. Default false.
    pub unlimited: bool,
    /// How long `enforce_nonce` remembers. Discord says “the past few minutes”. Default 3 minutes.
    pub nonce_window: Duration,
    /// Whether a message that is read back later still shows its nonce. Discord promises it only for the
    /// answer and the event. Default false.
    pub nonce_in_history: bool,
    /// What HELLO says. Default 41.25 s.
    pub heartbeat: Duration,
    /// A connection that sent no heartbeat for so many intervals is closed (4000, to be resumed). Default 3.
    pub heartbeats_missed: u32,
    /// IDENTIFYs in a day, as `/gateway/bot` says. Default 1000.
    pub identify_total: u32,
    /// IDENTIFYs left at the start. Default 1000.
    pub identify_remaining: u32,
    /// When the count starts anew, as `/gateway/bot` says. Default 24 h.
    pub identify_reset: Duration,
    /// IDENTIFYs of one key in a window. Default 1.
    pub max_concurrency: u32,
    /// That window. Default 5 s.
    pub identify_window: Duration,
    /// Shards that `/gateway/bot` recommends. Default 1.
    pub shards: u32,
    /// Gateway payloads that a connection may send in a minute. Default 120.
    pub gateway_sends: u32,
    /// How long a session without a connection can be resumed. Discord does not say. Default 3 minutes.
    pub session_life: Duration,
    /// Events a session keeps for a replay. Default 10,000.
    pub session_buffer: usize,
    /// First answer to an interaction. Default 3 s.
    pub interaction_deadline: Duration,
    /// Life of an interaction's token. Default 15 min.
    pub interaction_life: Duration,
    /// How far Discord's clock, which is in every id and in the `Date` of its answers, is behind this machine's.
    /// Default 0.
    pub clock_behind: Duration,
    /// How long the network takes there and back: anything in this range, half of it each way. Default 0.
    pub round_trip: (Duration, Duration),
    /// Requests kept in the log; older ones are dropped. Default 100,000.
    pub log_most: usize,
}

impl Default for Settings {
    fn default() -> Self {
        let second = Duration::from_secs(1);
        Self {
            port: 0,
            news_port: 0,
            news_host: "127.0.0.1".to_owned(),
            keep: None,
            token: "sandbox.not-a-real-token.local".to_owned(),
            bot_name: "Daesa".to_owned(),
            message_content: true,
            guild_members: false,
            presences: false,
            global_limit: 50,
            global_window: second,
            global_algorithm: Algorithm::FixedWindow,
            route_algorithm: Algorithm::FixedWindow,
            rules: default_rules(),
            unlimited: false,
            nonce_window: second * 180,
            nonce_in_history: false,
            heartbeat: Duration::from_millis(41_250),
            heartbeats_missed: 3,
            identify_total: 1000,
            identify_remaining: 1000,
            identify_reset: second * 86_400,
            max_concurrency: 1,
            identify_window: second * 5,
            shards: 1,
            gateway_sends: 120,
            session_life: second * 180,
            session_buffer: 10_000,
            interaction_deadline: second * 3,
            interaction_life: second * 900,
            clock_behind: Duration::ZERO,
            round_trip: (Duration::ZERO, Duration::ZERO),
            log_most: 100_000,
        }
    }
}

impl Settings {
    /// What time it is at Discord, as a header says it (RFC 9110, 5.6.7).
    pub(crate) fn date(&self) -> String {
        let now = chrono::Utc::now() - self.clock_behind;
        now.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
    }

    /// How long one way takes this time.
    pub(crate) fn one_way(&self) -> Duration {
        let (least, most) = self.round_trip;
        (least + most.saturating_sub(least).mul_f64(fastrand::f64())) / 2
    }
}

/// The limits that hold unless others are set.
pub fn default_rules() -> Vec<RateRule> {
    let second = Duration::from_secs(1);
    vec![
        RateRule::new("POST /channels/{channel_id}/messages", 5, second * 5),
        RateRule::new("PATCH /channels/{channel_id}/messages/{message_id}", 5, second * 5),
        RateRule::new(
            "PUT|DELETE /channels/{channel_id}/messages/{message_id}/reactions*",
            1,
            Duration::from_millis(250),
        ),
        RateRule::new(
            "POST /channels/{channel_id}/messages/{message_id}/crosspost",
            10,
            second * 3600,
        ),
        RateRule::new("GET /channels/{channel_id}/messages", 5, second),
        RateRule::new("DELETE /channels/{channel_id}/messages/{message_id}", 5, second),
    ]
}
