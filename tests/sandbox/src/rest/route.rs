//! The table of routes: method and path to operation, with the template that Discord's OpenAPI description uses.

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Op {
    Gateway,
    GatewayBot,
    Application,
    EditApplication,
    Me,
    MyGuilds,
    LeaveGuild,
    OpenDirect,
    User,
    Commands,
    SetCommands,
    GuildCommands,
    SetGuildCommands,
    Channel,
    EditChannel,
    Guild,
    GuildChannels,
    GuildRoles,
    GuildThreads,
    ArchivedThreads,
    Member,
    Members,
    Messages,
    Send,
    Message,
    EditMessage,
    DeleteMessage,
    DeleteMessages,
    Crosspost,
    React,
    Unreact,
    RemoveReaction,
    ClearReactions,
    ClearEmoji,
    Reactors,
    Pins,
    OldPins,
    Pin,
    Unpin,
    ThreadOnMessage,
    Thread,
    Typing,
    Callback,
    FollowUp,
    Original,
    EditOriginal,
    DeleteOriginal,
    FollowUpMessage,
    EditFollowUp,
    DeleteFollowUp,
}

impl Op {
    /// Whether the secret is in the path and no Authorization is asked; these are also outside the global limit.
    pub(crate) fn is_interaction(self) -> bool {
        use Op::*;
        matches!(
            self,
            Callback
                | FollowUp
                | Original
                | EditOriginal
                | DeleteOriginal
                | FollowUpMessage
                | EditFollowUp
                | DeleteFollowUp
        )
    }
}

const MESSAGE: &str = "/channels/{channel_id}/messages/{message_id}";

macro_rules! routes {
    ($($method:literal $template:expr => $op:ident,)*) => {
        &[$(($method, $template, Op::$op)),*]
    };
}

/// Literal segments stand before variable ones where both would fit.
const ROUTES: &[(&str, &str, Op)] = routes! {
    "GET" "/gateway" => Gateway,
    "GET" "/gateway/bot" => GatewayBot,
    "GET" "/applications/@me" => Application,
    "PATCH" "/applications/@me" => EditApplication,
    "GET" "/oauth2/applications/@me" => Application,
    "GET" "/users/@me" => Me,
    "GET" "/users/@me/guilds" => MyGuilds,
    "DELETE" "/users/@me/guilds/{guild_id}" => LeaveGuild,
    "POST" "/users/@me/channels" => OpenDirect,
    "GET" "/users/{user_id}" => User,
    "GET" "/applications/{application_id}/commands" => Commands,
    "PUT" "/applications/{application_id}/commands" => SetCommands,
    "GET" "/applications/{application_id}/guilds/{guild_id}/commands" => GuildCommands,
    "PUT" "/applications/{application_id}/guilds/{guild_id}/commands" => SetGuildCommands,
    "GET" "/channels/{channel_id}" => Channel,
    "PATCH" "/channels/{channel_id}" => EditChannel,
    "GET" "/guilds/{guild_id}" => Guild,
    "GET" "/guilds/{guild_id}/channels" => GuildChannels,
    "GET" "/guilds/{guild_id}/roles" => GuildRoles,
    "GET" "/guilds/{guild_id}/threads/active" => GuildThreads,
    "GET" "/channels/{channel_id}/threads/archived/public" => ArchivedThreads,
    "GET" "/guilds/{guild_id}/members" => Members,
    "GET" "/guilds/{guild_id}/members/{user_id}" => Member,
    "GET" "/channels/{channel_id}/messages" => Messages,
    "POST" "/channels/{channel_id}/messages" => Send,
    "POST" "/channels/{channel_id}/messages/bulk-delete" => DeleteMessages,
    "GET" "/channels/{channel_id}/messages/pins" => Pins,
    "PUT" "/channels/{channel_id}/messages/pins/{message_id}" => Pin,
    "DELETE" "/channels/{channel_id}/messages/pins/{message_id}" => Unpin,
    "GET" "/channels/{channel_id}/pins" => OldPins,
    "PUT" "/channels/{channel_id}/pins/{message_id}" => Pin,
    "DELETE" "/channels/{channel_id}/pins/{message_id}" => Unpin,
    "GET" MESSAGE => Message,
    "PATCH" MESSAGE => EditMessage,
    "DELETE" MESSAGE => DeleteMessage,
    "POST" "/channels/{channel_id}/messages/{message_id}/crosspost" => Crosspost,
    "POST" "/channels/{channel_id}/messages/{message_id}/threads" => ThreadOnMessage,
    "DELETE" "/channels/{channel_id}/messages/{message_id}/reactions" => ClearReactions,
    "GET" "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}" => Reactors,
    "DELETE" "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}" => ClearEmoji,
    "PUT" "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me" => React,
    "DELETE" "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me" => Unreact,
    "DELETE" "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/{user_id}" => RemoveReaction,
    "POST" "/channels/{channel_id}/threads" => Thread,
    "POST" "/channels/{channel_id}/typing" => Typing,
    "POST" "/interactions/{interaction_id}/{interaction_token}/callback" => Callback,
    "POST" "/webhooks/{webhook_id}/{webhook_token}" => FollowUp,
    "GET" "/webhooks/{webhook_id}/{webhook_token}/messages/@original" => Original,
    "PATCH" "/webhooks/{webhook_id}/{webhook_token}/messages/@original" => EditOriginal,
    "DELETE" "/webhooks/{webhook_id}/{webhook_token}/messages/@original" => DeleteOriginal,
    "GET" "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}" => FollowUpMessage,
    "PATCH" "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}" => EditFollowUp,
    "DELETE" "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}" => DeleteFollowUp,
};

/// A route that was found, with the variable segments by name, percent-decoded.
#[derive(Clone, Debug)]
pub(crate) struct Route {
    pub op: Op,
    pub template: &'static str,
    params: Vec<(&'static str, String)>,
}

impl Route {
    /// A variable segment; empty when the template has none of that name.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.params
            .iter()
            .find(|(known, _)| *known == name)
            .map_or("", |(_, value)| value)
    }

    /// A variable segment as a snowflake; 0, which nothing has, when it is none.
    pub(crate) fn id(&self, name: &str) -> u64 {
        self.text(name).parse().unwrap_or(0)
    }

    /// Variable segments that must be snowflakes and are not.
    pub(crate) fn malformed(&self) -> Option<(&'static str, &str)> {
        let bad = |(name, value): &&(&'static str, String)| name.ends_with("_id") && value.parse::<u64>().is_err();
        self.params
            .iter()
            .find(bad)
            .map(|(name, value)| (*name, value.as_str()))
    }

    /// The id that limits are counted by: channel, server, or webhook with its token.
    pub(crate) fn major(&self) -> String {
        match self.params.first() {
            Some(("channel_id" | "guild_id", id)) => id.clone(),
            Some(("webhook_id" | "interaction_id", id)) => {
                format!("{id}:{}{}", self.text("webhook_token"), self.text("interaction_token"))
            }
            _ => String::new(),
        }
    }
}

/// What a path leads to.
pub(crate) enum Found {
    Route(Route),
    /// The path exists with another method.
    OtherMethod,
    Nothing,
}

/// Looks a path (below `/api/v10`) up.
pub(crate) fn find(method: &str, path: &str) -> Found {
    let mut other = false;
    for (known, template, op) in ROUTES {
        if let Some(params) = fit(template, path) {
            if *known == method {
                return Found::Route(Route {
                    op: *op,
                    template,
                    params,
                });
            }
            other = true;
        }
    }
    if other { Found::OtherMethod } else { Found::Nothing }
}

fn fit(template: &'static str, path: &str) -> Option<Vec<(&'static str, String)>> {
    let mut params = Vec::new();
    let (mut wanted, mut given) = (template.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return Some(params),
            (Some(wanted), Some(given)) => match wanted.strip_prefix('{').and_then(|w| w.strip_suffix('}')) {
                Some(name) if !given.is_empty() => params.push((name, decoded(given)?)),
                None if wanted == given || decoded(given).as_deref() == Some(wanted) => {}
                _ => return None,
            },
            _ => return None,
        }
    }
}

/// Undoes percent-encoding. `None` when the result is not UTF-8 or an escape is broken.
pub(crate) fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let high = char::from(rest.next()?).to_digit(16)?;
        let low = char::from(rest.next()?).to_digit(16)?;
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(bytes).ok()
}

/// The values of a query, decoded.
pub(crate) fn query(text: &str) -> Vec<(String, String)> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .filter_map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((decoded(name)?, decoded(&value.replace('+', " "))?))
        })
        .collect()
}
