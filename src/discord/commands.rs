//! `command`'s table → application commands, through serenity's builders.

use crate::command::{Entry, FROM_POST, OptionKind, OptionSpec, Reach, Text};
use serenity::{
    builder::{CreateCommand, CreateCommandOption},
    model::{
        Permissions,
        application::{CommandOptionType, CommandType, InstallationContext, InteractionContext},
        channel::ChannelType,
    },
};
use sha2::{Digest, Sha256};

/// What is registered, as Discord wants it.
pub(super) fn commands(entries: &[Entry]) -> Vec<CreateCommand> {
    entries.iter().map(command).chain([menu(&FROM_POST)]).collect()
}

/// A command in the context menu of messages: it has a name and nothing else.
fn menu(names: &Text) -> CreateCommand {
    let reach = Reach::Everywhere;
    let mut command = CreateCommand::new(names.en)
        .kind(CommandType::Message)
        .contexts(reach.contexts().iter().map(|n| context(*n)).collect())
        .integration_types(reach.integration_types().iter().map(|n| installation(*n)).collect());
    for (locale, name) in names.localised() {
        command = command.name_localized(locale, name);
    }
    command
}

/// A hash of what [`super::Rest::register`] would send: registering again is needed only when it differs
/// from the one of last time.
#[must_use]
pub fn commands_hash(entries: &[Entry]) -> String {
    // Through `Value`, whose maps are sorted here: serenity keeps localisations in hash maps, whose
    // order differs from run to run.
    let mut value = serde_json::to_value(commands(entries)).unwrap_or_default();
    sort(&mut value);
    let digest = Sha256::digest(value.to_string());
    digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

fn sort(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(map) => {
            map.sort_keys();
            map.values_mut().for_each(sort);
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(sort),
        _ => {}
    }
}

fn command(entry: &Entry) -> CreateCommand {
    let mut command = CreateCommand::new(entry.name())
        .description(entry.about.en)
        .contexts(entry.reach.contexts().iter().map(|n| context(*n)).collect())
        .integration_types(
            entry
                .reach
                .integration_types()
                .iter()
                .map(|n| installation(*n))
                .collect(),
        );
    for (locale, name) in entry.names.localised() {
        command = command.name_localized(locale, name);
    }
    for (locale, about) in entry.about.localised() {
        command = command.description_localized(locale, about);
    }
    if let Some(bits) = entry.permissions() {
        command = command.default_member_permissions(Permissions::from_bits_truncate(bits));
    }
    entry
        .options
        .iter()
        .fold(command, |command, spec| command.add_option(option(spec)))
}

fn context(number: u8) -> InteractionContext {
    match number {
        0 => InteractionContext::Guild,
        1 => InteractionContext::BotDm,
        _ => InteractionContext::PrivateChannel,
    }
}

fn installation(number: u8) -> InstallationContext {
    match number {
        0 => InstallationContext::Guild,
        _ => InstallationContext::User,
    }
}

fn option(spec: &OptionSpec) -> CreateCommandOption {
    let kind = match spec.kind {
        OptionKind::Text { .. } | OptionKind::Choice(_) => CommandOptionType::String,
        OptionKind::Flag => CommandOptionType::Boolean,
        OptionKind::Channel => CommandOptionType::Channel,
        OptionKind::Role => CommandOptionType::Role,
    };
    let mut option = CreateCommandOption::new(kind, spec.name(), spec.about.en).required(spec.required);
    for (locale, name) in spec.names.localised() {
        option = option.name_localized(locale, name);
    }
    for (locale, about) in spec.about.localised() {
        option = option.description_localized(locale, about);
    }
    match spec.kind {
        OptionKind::Text { max, complete } => option
            .min_length(1)
            // Discord's own limit; a table could not say more.
            .max_length(u16::try_from(max).unwrap_or(u16::MAX).min(6000))
            .set_autocomplete(complete.is_some()),
        OptionKind::Flag | OptionKind::Role => option,
        OptionKind::Channel => option.channel_types(
            OptionSpec::CHANNEL_TYPES
                .iter()
                .map(|n| ChannelType::from(*n))
                .collect(),
        ),
        OptionKind::Choice(picks) => picks.iter().fold(option, |option, pick| {
            option.add_string_choice_localized(pick.names.en, pick.value, localised(&pick.names))
        }),
    }
}

fn localised(text: &Text) -> Vec<(&'static str, &'static str)> {
    text.localised().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::{ENTRIES, Verb};
    use serde_json::Value;

    fn registered(verb: Verb) -> Value {
        let entry = ENTRIES.iter().find(|entry| entry.verb == verb).unwrap();
        serde_json::to_value(command(entry)).unwrap()
    }

    #[test]
    fn the_hash_is_the_same_for_the_same_table_only() {
        let hash = commands_hash(ENTRIES);
        assert_eq!(hash.len(), 32);
        for _ in 0..20 {
            assert_eq!(commands_hash(ENTRIES), hash, "whatever the order of serenity's maps");
        }
        assert_ne!(commands_hash(&ENTRIES[1..]), hash);
    }

    #[test]
    fn what_changes_settings_is_for_managers_of_servers() {
        let subscribe = registered(Verb::Subscribe);
        assert_eq!(subscribe["default_member_permissions"], "16");
        assert_eq!(subscribe["contexts"], serde_json::json!([0]));
        assert!(subscribe["name_localizations"]["ko"].is_string());
        let channel = subscribe["options"]
            .as_array()
            .unwrap()
            .iter()
            .find(|o| o["type"] == 7)
            .unwrap();
        assert_eq!(channel["channel_types"], serde_json::json!([0, 2, 5, 10, 11, 12, 15]));
        let quote = registered(Verb::Quote);
        assert_eq!(quote["default_member_permissions"], Value::Null);
        let name = quote["options"]
            .as_array()
            .unwrap()
            .iter()
            .find(|o| o["name"] == "name")
            .unwrap();
        assert_eq!(
            (&name["type"], &name["autocomplete"]),
            (&Value::from(3), &Value::from(true))
        );
        assert_eq!(
            registered(Verb::Top)["options"][0]["choices"]
                .as_array()
                .map(|c| !c.is_empty()),
            Some(true)
        );
    }

    #[test]
    fn a_menu_has_a_name_and_no_description() {
        let all = serde_json::to_value(commands(ENTRIES)).unwrap();
        let menus: Vec<_> = all.as_array().unwrap().iter().filter(|c| c["type"] == 3).collect();
        assert_eq!(menus.len(), 1);
        assert_eq!(menus[0]["name"], "Quotes from this post");
        assert_eq!(menus[0]["name_localizations"]["ko"], "이 글의 대사");
        assert!(menus[0].get("description").is_none_or(Value::is_null), "{}", menus[0]);
        assert_eq!(menus[0]["contexts"], serde_json::json!([0, 1, 2]));
    }

    /// Names, descriptions and values of a command with its options and choices; of each text its longest
    /// localisation counts (“Application Commands”, “Localization”).
    fn size(of: &Value) -> usize {
        let length = |value: &Value| value.as_str().map_or(0, |text| text.chars().count());
        let longest = |field: &str| {
            let others = of[format!("{field}_localizations")].as_object().into_iter().flatten();
            let lengths = others.map(|(_, text)| length(text));
            lengths.chain([length(&of[field])]).max().unwrap_or(0)
        };
        let inner = ["options", "choices"]
            .iter()
            .flat_map(|list| of[*list].as_array().into_iter().flatten());
        longest("name") + longest("description") + length(&of["value"]) + inner.map(size).sum::<usize>()
    }

    /// Discord's “Application Commands” page.
    #[test]
    fn every_command_is_within_the_limits() {
        let text = |value: &Value| value.as_str().unwrap().chars().count();
        let all = |value: &Value| value.as_object().unwrap().values().map(text).collect::<Vec<_>>();
        let mut names = std::collections::HashSet::new();
        for entry in ENTRIES {
            let command = serde_json::to_value(command(entry)).unwrap();
            assert!(names.insert(entry.name()), "{} twice", entry.name());
            let options = command["options"].as_array().unwrap();
            assert!(options.len() <= 25);
            for part in std::iter::once(&command).chain(options) {
                assert!((1..=32).contains(&text(&part["name"])));
                assert!((1..=100).contains(&text(&part["description"])));
                assert!(
                    all(&part["name_localizations"]).iter().all(|n| (1..=32).contains(n)),
                    "{part}"
                );
                assert!(
                    all(&part["description_localizations"])
                        .iter()
                        .all(|n| (1..=100).contains(n)),
                    "{part}"
                );
            }
            let required: Vec<_> = options.iter().map(|o| o["required"] == true).collect();
            assert!(
                required.is_sorted_by(|a, b| a >= b),
                "required options come first: {}",
                entry.name()
            );
            assert!(size(&command) <= 8000, "{}: {}", entry.name(), size(&command));
        }
        assert!(names.len() <= 100);
    }
}
