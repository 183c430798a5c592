//! What a bot sends for a message, read and checked: for new ones, edits and answers to interactions.

use super::body::Body;
use super::refusal::{Form, Refusal};
use super::{components, embeds};
use crate::world::model::{Attachment, Message, Reference};
use crate::world::{Draft, Pings, World};
use serde_json::Value;

const CONTENT_MOST: usize = 2000;
const NONCE_MOST: usize = 25;
const PINGS_MOST: usize = 100;
const ATTACHMENTS_MOST: usize = 10;
const DESCRIPTION_MOST: usize = 1024;

/// A message's form. What is absent is `None`.
#[derive(Debug, Default)]
pub(crate) struct Sent {
    pub content: Option<String>,
    pub embeds: Option<Vec<Value>>,
    pub components: Option<Vec<Value>>,
    pub flags: Option<u32>,
    pub tts: bool,
    pub nonce: Option<Value>,
    pub enforce_nonce: bool,
    pub reference: Option<Answered>,
    pub pings: Option<Pings>,
    /// Ids of attachments that an edit keeps.
    pub kept: Option<Vec<u64>>,
    pub files: Vec<super::body::File>,
    /// What the form says of files, by their index.
    pub described: Vec<(u64, String)>,
    pub other_content: bool,
}

/// The message that is answered.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Answered {
    pub message: u64,
    pub channel: Option<u64>,
    pub must_exist: bool,
}

/// Reads a form. `version_2` is whether the message that is edited has the flag already.
pub(crate) fn read(body: &Body, settable: u32, version_2: bool) -> Result<Sent, Refusal> {
    let value = body.form();
    if !value.is_object() {
        return Err(Refusal::field(
            &[],
            "MODEL_TYPE_CONVERT",
            "Only dictionaries may be used in a ModelType",
        ));
    }
    let mut form = Form::default();
    let flags = value["flags"]
        .as_u64()
        .map(|bits| u32::try_from(bits).unwrap_or(0) & settable);
    let version_2 = version_2 || flags.unwrap_or(0) & Message::COMPONENTS_V2 != 0;
    let mut sent = Sent {
        content: content(&value["content"], &mut form, value.get("content").is_some()),
        embeds: value.get("embeds").map(|list| embeds::read(list, &mut form)),
        components: value
            .get("components")
            .map(|list| components::read(list, version_2, &mut form)),
        flags,
        tts: value["tts"].as_bool().unwrap_or(false),
        nonce: nonce(&value["nonce"], &mut form),
        enforce_nonce: value["enforce_nonce"].as_bool().unwrap_or(false),
        reference: reference(&value["message_reference"], &mut form),
        pings: pings(&value["allowed_mentions"], &mut form),
        kept: kept(&value["attachments"], &mut form),
        files: body.files.clone(),
        described: described(&value["attachments"], &mut form),
        other_content: ["poll", "sticker_ids", "shared_client_theme"]
            .iter()
            .any(|name| !value[*name].is_null()),
    };
    if version_2 {
        exclusive(&mut sent, &mut form);
    }
    form.done()?;
    let weight = sent.components.as_ref().map_or(0, |all| components::weight(all));
    if version_2 && weight > components::WEIGHT_MOST {
        return Err(Refusal::new(500, 0, "500: Internal Server Error"));
    }
    Ok(sent)
}

/// Version 2 allows no content and no embeds beside the components.
fn exclusive(sent: &mut Sent, form: &mut Form) {
    let words = "The 'content' and 'embeds' fields cannot be used when using MessageFlags.IS_COMPONENTS_V2";
    if sent.content.as_ref().is_some_and(|content| !content.is_empty()) {
        form.wrong(
            &["content"],
            "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
            words,
        );
    }
    if sent.embeds.as_ref().is_some_and(|embeds| !embeds.is_empty()) {
        form.wrong(
            &["embeds"],
            "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
            words,
        );
    }
}

fn content(value: &Value, form: &mut Form, given: bool) -> Option<String> {
    let text = match value {
        Value::Null => return given.then(String::new),
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => {
            form.wrong(&["content"], "STRING_TYPE_CONVERT", "Could not interpret as string.");
            return None;
        }
    };
    if text.chars().count() > CONTENT_MOST {
        form.length(&["content"], 0, CONTENT_MOST);
    }
    Some(text)
}

fn nonce(value: &Value, form: &mut Form) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::Number(number) if number.is_i64() || number.is_u64() => Some(value.clone()),
        Value::String(text) => {
            if text.chars().count() > NONCE_MOST {
                form.length(&["nonce"], 0, NONCE_MOST);
            }
            Some(value.clone())
        }
        _ => {
            form.wrong(
                &["nonce"],
                "NONCE_TYPE_INVALID",
                "Nonce must be a string or an integer.",
            );
            None
        }
    }
}

fn snowflake(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

fn reference(value: &Value, form: &mut Form) -> Option<Answered> {
    if value.is_null() {
        return None;
    }
    let Some(message) = snowflake(&value["message_id"]) else {
        form.missing(&["message_reference", "message_id"]);
        return None;
    };
    let must_exist = value["fail_if_not_exists"].as_bool().unwrap_or(true);
    Some(Answered {
        message,
        channel: snowflake(&value["channel_id"]),
        must_exist,
    })
}

fn pings(value: &Value, form: &mut Form) -> Option<Pings> {
    if !value.is_object() {
        return None;
    }
    let parse = value["parse"].as_array();
    let parses = |what: &str| parse.is_some_and(|all| all.iter().any(|one| one.as_str() == Some(what)));
    if parse
        .into_iter()
        .flatten()
        .any(|one| !matches!(one.as_str(), Some("roles" | "users" | "everyone")))
    {
        let words = "Value must be one of {'everyone', 'roles', 'users'}.";
        form.wrong(&["allowed_mentions", "parse"], "BASE_TYPE_CHOICES", words);
    }
    let mut listed = |what: &str| {
        let ids: Vec<u64> = value[what]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(snowflake)
            .collect();
        if ids.len() > PINGS_MOST {
            form.length(&["allowed_mentions", what], 0, PINGS_MOST);
        }
        if parses(what) && !ids.is_empty() {
            let words = format!("parse:[\"{what}\"] and {what}: [ids...] are mutually exclusive.");
            form.wrong(
                &["allowed_mentions"],
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                &words,
            );
        }
        ids
    };
    let (users, roles) = (listed("users"), listed("roles"));
    Some(Pings {
        everyone: parses("everyone"),
        users: if parses("users") { None } else { Some(users) },
        roles: if parses("roles") { None } else { Some(roles) },
        replied: value["replied_user"].as_bool().unwrap_or(false),
    })
}

fn kept(value: &Value, form: &mut Form) -> Option<Vec<u64>> {
    let list = value.as_array()?;
    if list.len() > ATTACHMENTS_MOST {
        form.length(&["attachments"], 0, ATTACHMENTS_MOST);
    }
    Some(list.iter().filter_map(|one| snowflake(&one["id"])).collect())
}

/// Alternative texts of files, by the files' index.
fn described(value: &Value, form: &mut Form) -> Vec<(u64, String)> {
    let mut words = Vec::new();
    for (at, one) in value.as_array().into_iter().flatten().enumerate() {
        let Some(text) = one["description"].as_str() else {
            continue;
        };
        if text.chars().count() > DESCRIPTION_MOST {
            form.length(&["attachments", &at.to_string(), "description"], 0, DESCRIPTION_MOST);
        }
        words.extend(snowflake(&one["id"]).map(|id| (id, text.to_owned())));
    }
    words
}

impl Sent {
    /// Whether a new message of this would show nothing.
    pub(crate) fn is_empty(&self) -> bool {
        let content = self.content.as_ref().is_some_and(|content| !content.is_empty());
        let embeds = self.embeds.as_ref().is_some_and(|all| all.iter().any(embeds::shows));
        let components = self.components.as_ref().is_some_and(|all| !all.is_empty());
        !(content || embeds || components || !self.files.is_empty() || self.other_content)
    }

    /// The draft of a new message. `reference` was looked up by the caller.
    pub(crate) fn draft(&self, world: &mut World, reference: Option<Reference>, pings: Pings) -> Draft {
        Draft {
            content: self.content.clone().unwrap_or_default(),
            embeds: self.embeds.clone().unwrap_or_default(),
            components: self.components.clone().unwrap_or_default(),
            attachments: self.attached(world),
            flags: self.flags.unwrap_or(0),
            tts: self.tts,
            nonce: self.nonce.clone(),
            reference,
            pings: self.pings.clone().unwrap_or(pings),
            ..Draft::default()
        }
    }

    /// Stores the files, as attachments with ids of their own.
    pub(crate) fn attached(&self, world: &mut World) -> Vec<Attachment> {
        let mut attachments = Vec::new();
        for file in &self.files {
            let id = world.next_id();
            world.files.insert(id, file.bytes.clone());
            let description = self
                .described
                .iter()
                .find(|(at, _)| *at == file.index)
                .map(|(_, text)| text.clone());
            attachments.push(Attachment {
                id,
                name: file.name.clone(),
                size: u64::try_from(file.bytes.len()).unwrap_or(u64::MAX),
                content_type: file.content_type.clone(),
                description,
            });
        }
        attachments
    }

    /// Puts what was given over an existing message.
    pub(crate) fn apply(self, new_files: Vec<Attachment>, message: &mut Message) {
        if let Some(content) = self.content {
            message.content = content;
        }
        if let Some(embeds) = self.embeds {
            message.embeds = embeds;
        }
        if let Some(components) = self.components {
            message.components = components;
        }
        if let Some(flags) = self.flags {
            let settable = Message::SUPPRESS_EMBEDS | Message::COMPONENTS_V2;
            let once = message.flags & Message::COMPONENTS_V2;
            message.flags = message.flags & !settable | flags & settable | once;
        }
        if let Some(kept) = self.kept {
            message.attachments.retain(|attachment| kept.contains(&attachment.id));
        }
        message.attachments.extend(new_files);
    }
}
