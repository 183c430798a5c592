//! Application commands: a whole set at once, checked as Discord checks it.

use super::refusal::{Form, Refusal};
use super::reply::Reply;
use super::route::Op;
use super::{Answer, Call};
use crate::page::ring::Change;
use crate::world::World;
use serde_json::{Map, Value, json};

const COMMANDS_MOST: usize = 100;
const OPTIONS_MOST: usize = 25;
const CHOICES_MOST: usize = 25;
/// Characters in names, descriptions and values of one command.
const SUM_MOST: usize = 8000;
const LOCALES: &[&str] = &[
    "ar", "bg", "cs", "da", "de", "el", "en-GB", "en-US", "es-419", "es-ES", "fi", "fr", "he", "hi", "hr", "hu", "id",
    "it", "ja", "ko", "lt", "nl", "no", "pl", "pt-BR", "ro", "ru", "sv-SE", "th", "tr", "uk", "vi", "zh-CN", "zh-TW",
];

pub(super) fn run(world: &mut World, call: &Call) -> Answer {
    if call.route.id("application_id") != world.application.id {
        return Err(Refusal::code(10002));
    }
    let guild = match call.route.op {
        Op::GuildCommands | Op::SetGuildCommands => {
            let id = call.route.id("guild_id");
            let inside = world
                .guilds
                .get(&id)
                .is_some_and(|guild| guild.members.contains_key(&world.bot()));
            if !inside {
                return Err(Refusal::code(50001));
            }
            Some(id)
        }
        _ => None,
    };
    if matches!(call.route.op, Op::SetCommands | Op::SetGuildCommands) {
        set(world, call, guild)?;
    }
    let commands = match guild {
        Some(id) => world.application.guild_commands.get(&id),
        None => Some(&world.application.commands),
    };
    let mut shown = commands.cloned().unwrap_or_default();
    let reading = matches!(call.route.op, Op::Commands | Op::GuildCommands);
    if reading && call.asked("with_localizations") != Some("true") {
        shown.iter_mut().for_each(hide_localizations);
    }
    Ok(Reply::json(Value::Array(shown)))
}

fn hide_localizations(command: &mut Value) {
    let Some(fields) = command.as_object_mut() else { return };
    fields.retain(|name, _| !name.ends_with("_localizations"));
    for inner in ["options", "choices"] {
        fields
            .get_mut(inner)
            .and_then(Value::as_array_mut)
            .into_iter()
            .flatten()
            .for_each(hide_localizations);
    }
}

fn set(world: &mut World, call: &Call, guild: Option<u64>) -> Result<(), Refusal> {
    let form = call.body.form();
    let Some(list) = form.as_array() else {
        return Err(Refusal::field(
            &[],
            "BASE_TYPE_BAD_TYPE",
            "Only iterables may be used in a ListType.",
        ));
    };
    let of_type = |number: u64| {
        list.iter()
            .filter(|one| one["type"].as_u64().unwrap_or(1) == number)
            .count()
    };
    if of_type(1) > COMMANDS_MOST || of_type(2) > 15 || of_type(3) > 15 {
        return Err(Refusal::code(30032));
    }
    let mut errors = Form::default();
    let mut seen: Vec<(u64, &str)> = Vec::new();
    for (at, command) in list.iter().enumerate() {
        let at = at.to_string();
        check(command, &[&at], &mut errors);
        let key = (
            command["type"].as_u64().unwrap_or(1),
            command["name"].as_str().unwrap_or_default(),
        );
        if seen.contains(&key) {
            let words = "Application command names must be unique";
            errors.wrong(&[&at, "name"], "APPLICATION_COMMANDS_DUPLICATE_NAME", words);
        }
        seen.push(key);
    }
    errors.done()?;
    let old: Vec<Value> = match guild {
        Some(id) => world.application.guild_commands.get(&id).cloned().unwrap_or_default(),
        None => world.application.commands.clone(),
    };
    let kept: Vec<Value> = list.iter().map(|command| stored(world, command, &old, guild)).collect();
    match guild {
        Some(id) => {
            world.application.guild_commands.insert(id, kept);
        }
        None => world.application.commands = kept,
    }
    world.ring.push(Change::Commands);
    Ok(())
}

fn check(command: &Value, path: &[&str], errors: &mut Form) {
    let chat = command["type"].as_u64().unwrap_or(1) == 1;
    name(&command["name"], &[path, &["name"]].concat(), chat, errors);
    if chat {
        text(
            &command["description"],
            &[path, &["description"]].concat(),
            1,
            100,
            errors,
        );
    }
    localizations(command, path, chat, errors);
    options(&command["options"], &[path, &["options"]].concat(), 0, errors);
    if size(command) > SUM_MOST {
        let words = "Command exceeds maximum size (8000)";
        errors.wrong(path, "APPLICATION_COMMAND_TOO_LARGE", words);
    }
    let bits = &command["default_member_permissions"];
    let good = bits.is_null() || bits.is_u64() || bits.as_str().is_some_and(|bits| bits.parse::<u64>().is_ok());
    if !good {
        let words = "Permissions must be a number as text.";
        errors.wrong(
            &[path, &["default_member_permissions"]].concat(),
            "NUMBER_TYPE_COERCE",
            words,
        );
    }
}

/// A name: 1 to 32 letters, digits, `-`, `_` or `'`, lower case where there is one.
fn name(value: &Value, path: &[&str], chat: bool, errors: &mut Form) {
    text(value, path, 1, 32, errors);
    let Some(name) = value.as_str().filter(|_| chat) else {
        return;
    };
    let fits = name
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '\''));
    let lower = name.chars().all(|c| c.to_lowercase().eq(std::iter::once(c)));
    if !fits || !lower {
        errors.wrong(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
    }
}

fn text(value: &Value, path: &[&str], least: usize, most: usize, errors: &mut Form) {
    match value.as_str() {
        None => errors.missing(path),
        Some(text) if !(least..=most).contains(&text.chars().count()) => errors.length(path, least, most),
        Some(_) => {}
    }
}

fn localizations(of: &Value, path: &[&str], chat: bool, errors: &mut Form) {
    for (field, most) in [("name_localizations", 32), ("description_localizations", 100)] {
        for (locale, words) in of[field].as_object().into_iter().flatten() {
            let path = [path, &[field, locale.as_str()]].concat();
            if !LOCALES.contains(&locale.as_str()) {
                errors.wrong(&path, "ENUM_TYPE_COERCE", "This locale is not known.");
            }
            match field {
                "name_localizations" => name(words, &path, chat, errors),
                _ => text(words, &path, 1, most, errors),
            }
        }
    }
}

fn options(value: &Value, path: &[&str], depth: u32, errors: &mut Form) {
    let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
    if list.len() > OPTIONS_MOST {
        errors.length(path, 0, OPTIONS_MOST);
    }
    let mut optional_seen = false;
    let mut names: Vec<&str> = Vec::new();
    for (at, option) in list.iter().enumerate() {
        let at = at.to_string();
        let path = [path, &[at.as_str()]].concat();
        name(&option["name"], &[&path[..], &["name"]].concat(), true, errors);
        text(
            &option["description"],
            &[&path[..], &["description"]].concat(),
            1,
            100,
            errors,
        );
        localizations(option, &path, true, errors);
        let known = option["name"].as_str().unwrap_or_default();
        if names.contains(&known) {
            let words = "Option name already exists in options";
            errors.wrong(
                &[&path[..], &["name"]].concat(),
                "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
                words,
            );
        }
        names.push(known);
        let required = option["required"] == json!(true);
        if required && optional_seen {
            let words = "Required options must be placed before non-required options";
            errors.wrong(&path, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", words);
        }
        optional_seen |= !required;
        match option["type"].as_u64() {
            Some(1 | 2) if depth < 2 => {
                options(
                    &option["options"],
                    &[&path[..], &["options"]].concat(),
                    depth + 1,
                    errors,
                );
            }
            Some(3..=11) => choices(option, &path, errors),
            _ => errors.wrong(
                &[&path[..], &["type"]].concat(),
                "BASE_TYPE_CHOICES",
                "Not a type of an option.",
            ),
        }
    }
}

fn choices(option: &Value, path: &[&str], errors: &mut Form) {
    let list = option["choices"].as_array().map(Vec::as_slice).unwrap_or_default();
    let path_to = |last: &'static str| [path, &[last]].concat();
    if list.len() > CHOICES_MOST {
        errors.length(&path_to("choices"), 0, CHOICES_MOST);
    }
    if !list.is_empty() && option["autocomplete"] == json!(true) {
        let words = "Choices cannot be used with autocomplete";
        errors.wrong(
            &path_to("autocomplete"),
            "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES",
            words,
        );
    }
    for (at, choice) in list.iter().enumerate() {
        let at = at.to_string();
        let path = [path, &["choices", at.as_str()]].concat();
        text(&choice["name"], &[&path[..], &["name"]].concat(), 1, 100, errors);
        if choice["value"]
            .as_str()
            .is_some_and(|value| value.chars().count() > 100)
        {
            errors.length(&[&path[..], &["value"]].concat(), 0, 100);
        }
    }
}

/// Discord's sum over a command: its longest localisation counts for each text.
fn size(of: &Value) -> usize {
    let length = |value: &Value| value.as_str().map_or(0, |text| text.chars().count());
    let longest = |field: &str| {
        let others = of[format!("{field}_localizations")].as_object().into_iter().flatten();
        others
            .map(|(_, value)| length(value))
            .chain([length(&of[field])])
            .max()
            .unwrap_or(0)
    };
    let inner = ["options", "choices"]
        .iter()
        .flat_map(|list| of[*list].as_array().into_iter().flatten());
    longest("name") + longest("description") + length(&of["value"]) + inner.map(size).sum::<usize>()
}

/// A command as Discord returns it. One of the same name and type keeps its id.
fn stored(world: &mut World, command: &Value, old: &[Value], guild: Option<u64>) -> Value {
    let number = command["type"].as_u64().unwrap_or(1);
    let same = old
        .iter()
        .find(|one| one["name"] == command["name"] && one["type"] == json!(number));
    let id = same.map_or_else(|| json!(world.next_id().to_string()), |one| one["id"].clone());
    let version = world.next_id().to_string();
    let bits = match &command["default_member_permissions"] {
        Value::Number(number) => json!(number.to_string()),
        other => other.clone(),
    };
    let or = |name: &str, default: Value| command.get(name).filter(|v| !v.is_null()).cloned().unwrap_or(default);
    let mut kept = Map::new();
    kept.insert("id".to_owned(), id);
    kept.insert("application_id".to_owned(), json!(world.application.id.to_string()));
    kept.insert("version".to_owned(), json!(version));
    kept.insert("default_member_permissions".to_owned(), bits);
    kept.insert("type".to_owned(), json!(number));
    kept.insert("name".to_owned(), command["name"].clone());
    kept.insert("description".to_owned(), or("description", json!("")));
    for field in ["name_localizations", "description_localizations"] {
        kept.insert(field.to_owned(), command[field].clone());
    }
    let everywhere = or("dm_permission", json!(true)) == json!(true);
    let contexts = if guild.is_some() {
        Value::Null
    } else {
        or("contexts", Value::Null)
    };
    let private = contexts.as_array().is_none_or(|all| all.contains(&json!(1)));
    kept.insert("dm_permission".to_owned(), json!(everywhere && private));
    kept.insert("contexts".to_owned(), contexts);
    kept.insert("integration_types".to_owned(), or("integration_types", json!([0])));
    kept.insert("nsfw".to_owned(), or("nsfw", json!(false)));
    let options: Vec<Value> = command["options"]
        .as_array()
        .into_iter()
        .flatten()
        .map(option)
        .collect();
    if !options.is_empty() {
        kept.insert("options".to_owned(), Value::Array(options));
    }
    if let Some(guild) = guild {
        kept.insert("guild_id".to_owned(), json!(guild.to_string()));
    }
    Value::Object(kept)
}

/// An option without what is null or empty, as Discord returns it.
fn option(value: &Value) -> Value {
    let fields = value.as_object().into_iter().flatten();
    let kept = fields.filter(|(_, value)| !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty()));
    let mut kept: Map<String, Value> = kept.map(|(name, value)| (name.clone(), value.clone())).collect();
    if let Some(inner) = kept.get("options").and_then(Value::as_array) {
        let inner: Vec<Value> = inner.iter().map(option).collect();
        kept.insert("options".to_owned(), Value::Array(inner));
    }
    Value::Object(kept)
}
