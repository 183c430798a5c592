//! Interactions → what somebody asks for, pressed, or is typing.

use super::{
    event::{Asked, Completing, Pressed, ReplyTo, Scene, Ticket},
    servers::Servers,
    wire,
};
use crate::{
    command::{self, OptionValue, Press},
    model::{ApplicationId, ChannelId, GuildId, InteractionId, Lang, MessageId, RoleId, UserId, answer::Place},
};
use serenity::model::Permissions;

/// An interaction, sorted.
pub(super) enum Interaction {
    /// A slash command.
    Asked(Asked),
    /// A button.
    Pressed(Pressed),
    /// A word being typed.
    Completing(Completing, Ticket),
    /// A kind that Daesa does not offer: modals, pings.
    Other,
}

/// Longest value of an option that is looked at, in characters. Discord allows 6,000.
const LONGEST: usize = 6000;

/// Discord's numbers of the ways in which the application is installed, as keys.
const FOR_A_SERVER: &str = "0";
const BY_A_PERSON: &str = "1";

/// Sorts an interaction; what is wrong with it, in words that show nothing of its content.
pub(super) fn read(interaction: wire::Interaction, servers: &Servers) -> Result<Interaction, &'static str> {
    // The token becomes part of an address: nothing that could change which.
    let sound = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '~' | '=');
    if interaction.token.is_empty() || interaction.token.starts_with('.') || !interaction.token.chars().all(sound) {
        return Err("an interaction's token with strange characters");
    }
    let scene = Scene::of(&interaction, servers)?;
    let ticket = Ticket::new(
        InteractionId(interaction.id.0),
        ApplicationId(interaction.application_id.0),
        &interaction.token,
    );
    let data = interaction.data.ok_or("an interaction without data");
    match interaction.kind {
        2 => Ok(Interaction::Asked(asked(data?, scene, ticket)?)),
        3 => {
            let message = interaction.message.ok_or("a button without its message")?;
            Ok(Interaction::Pressed(pressed(
                &data?,
                MessageId(message.id.0),
                scene,
                ticket,
            )))
        }
        4 => Ok(completing(data?, &scene).map_or(Interaction::Other, |what| Interaction::Completing(what, ticket))),
        _ => Ok(Interaction::Other),
    }
}

impl Scene {
    /// That of an interaction, which says itself what the person may.
    fn of(interaction: &wire::Interaction, servers: &Servers) -> Result<Self, &'static str> {
        let guild = interaction.guild_id.map(|guild| GuildId(guild.0));
        let channel = interaction.channel_id.or(interaction.channel.map(|channel| channel.id));
        let channel = ChannelId(channel.ok_or("an interaction without a channel")?.0);
        let member = interaction.member.as_ref();
        let user = member
            .and_then(|member| member.user.as_ref())
            .or(interaction.user.as_ref());
        let user = user.ok_or("an interaction without a user")?;
        let permissions = member
            .and_then(|member| member.permissions)
            .unwrap_or(Permissions::empty());
        let server_lang = match (&interaction.guild_locale, guild) {
            (Some(locale), _) => Lang::from_locale(locale),
            (None, Some(guild)) => servers.lang(guild),
            (None, None) => Lang::default(),
        };
        Ok(Self {
            place: Place { guild, channel },
            by: UserId(user.id.0),
            roles: member
                .map(|member| member.roles.iter().map(|role| RoleId(role.0)).collect())
                .unwrap_or_default(),
            may_manage: permissions.intersects(Permissions::MANAGE_CHANNELS | Permissions::ADMINISTRATOR),
            lang: interaction.locale.as_deref().map_or(server_lang, Lang::from_locale),
            server_lang,
            brought: interaction
                .authorizing_integration_owners
                .as_ref()
                .is_some_and(|owners| owners.contains_key(BY_A_PERSON) && !owners.contains_key(FOR_A_SERVER)),
        })
    }
}

fn asked(data: wire::InteractionData, scene: Scene, ticket: Ticket) -> Result<Asked, &'static str> {
    let name = data.name.ok_or("a command without a name")?;
    if let (Some(MESSAGE_COMMAND), Some(target)) = (data.kind, data.target_id) {
        let links = data
            .resolved
            .map(|resolved| links(&resolved, target.0))
            .unwrap_or_default();
        let parsed = command::from_menu(&name, MessageId(target.0), links);
        return Ok(given_by(scene, parsed, ticket));
    }
    let options: Vec<_> = data
        .options
        .into_iter()
        .filter_map(given)
        .map(|(name, value, _)| (name, value))
        .collect();
    Ok(given_by(scene, command::from_options(&name, &options), ticket))
}

/// Discord's number of a command in a message's context menu.
const MESSAGE_COMMAND: u8 = 3;
/// Addresses of a message that are looked at.
const LINKS: usize = 10;

/// The addresses of a message that came with the command: of its embeds first, then in its words.
fn links(resolved: &serde_json::Value, message: u64) -> Vec<String> {
    let message = &resolved["messages"][message.to_string()];
    let embeds = message["embeds"].as_array().into_iter().flatten();
    let texts = embeds.flat_map(|embed| [&embed["url"], &embed["description"]]);
    let mut links: Vec<String> = Vec::new();
    for text in texts.chain([&message["content"]]).filter_map(serde_json::Value::as_str) {
        for start in ["https://", "http://"]
            .into_iter()
            .flat_map(|scheme| text.match_indices(scheme))
        {
            let rest = &text[start.0..];
            let end = rest
                .find(|c: char| c.is_whitespace() || "<>()[]\"".contains(c))
                .unwrap_or(rest.len());
            let link = rest[..end].to_owned();
            if links.len() < LINKS && link.len() <= 2048 && !links.contains(&link) {
                links.push(link);
            }
        }
    }
    links
}

fn given_by(scene: Scene, parsed: command::Parsed, ticket: Ticket) -> Asked {
    Asked {
        parsed,
        scene,
        reply: ReplyTo::Interaction(ticket),
    }
}

fn pressed(data: &wire::InteractionData, message: MessageId, scene: Scene, ticket: Ticket) -> Pressed {
    Pressed {
        press: data.custom_id.as_deref().and_then(Press::from_id),
        // Discord's most; a value of ours has at most a hundred characters.
        values: data
            .values
            .iter()
            .filter(|value| value.len() <= 400)
            .take(25)
            .cloned()
            .collect(),
        message,
        scene,
        reply: ReplyTo::Interaction(ticket),
    }
}

fn completing(data: wire::InteractionData, scene: &Scene) -> Option<Completing> {
    let command = data.name?;
    let mut focused = None;
    let mut others = Vec::new();
    for (name, value, is_focused) in data.options.into_iter().filter_map(given) {
        match value {
            OptionValue::Text(typed) if is_focused => focused = Some((name, typed)),
            value => others.push((name, value)),
        }
    }
    let (option, typed) = focused?;
    Some(Completing {
        command,
        option,
        typed,
        others,
        place: scene.place,
        lang: scene.lang,
    })
}

/// An option's name, value and whether it is being typed; none for kinds that Daesa does not use.
fn given(option: wire::OptionGiven) -> Option<(String, OptionValue, bool)> {
    let value = option.value?;
    let value = match option.kind {
        3 => OptionValue::Text(value.as_str()?.chars().take(LONGEST).collect()),
        4 => OptionValue::Int(value.as_i64()?),
        5 => OptionValue::Bool(value.as_bool()?),
        7 => OptionValue::Channel(ChannelId(value.as_str()?.parse().ok()?)),
        8 => OptionValue::Role(RoleId(value.as_str()?.parse().ok()?)),
        _ => return None,
    };
    Some((option.name, value, option.focused))
}
