//! Embeds: Discord's limits, measured after trimming, and the form in which it returns them.

use super::refusal::Form;
use chrono::{DateTime, NaiveDateTime};
use serde_json::{Map, Value, json};

const EMBEDS_MOST: usize = 10;
const FIELDS_MOST: usize = 25;
/// All texts of all embeds of a message together.
const SUM_MOST: usize = 6000;
const URL_MOST: usize = 2048;

/// Checks the embeds of a message and returns them as Discord stores them.
pub(super) fn read(value: &Value, form: &mut Form) -> Vec<Value> {
    let Some(list) = value.as_array() else {
        if !value.is_null() {
            form.wrong(
                &["embeds"],
                "BASE_TYPE_BAD_TYPE",
                "Only iterables may be used in a ListType.",
            );
        }
        return Vec::new();
    };
    if list.len() > EMBEDS_MOST {
        form.length(&["embeds"], 0, EMBEDS_MOST);
    }
    let mut sum = 0;
    let embeds: Vec<Value> = list
        .iter()
        .enumerate()
        .map(|(at, one)| embed(one, &at.to_string(), form, &mut sum))
        .collect();
    if sum > SUM_MOST {
        form.wrong(
            &["embeds"],
            "MAX_EMBED_SIZE_EXCEEDED",
            "Embed size exceeds maximum size of 6000",
        );
    }
    embeds
}

/// Whether an embed shows anything.
pub(super) fn shows(embed: &Value) -> bool {
    let fields = embed.as_object().into_iter().flatten();
    fields
        .filter(|(name, _)| !matches!(name.as_str(), "type" | "color" | "url" | "timestamp"))
        .count()
        > 0
}

struct Reader<'a> {
    form: &'a mut Form,
    sum: &'a mut usize,
    at: &'a str,
}

impl Reader<'_> {
    /// A text within its limit, trimmed; required texts must not be empty.
    fn text(&mut self, from: &Value, path: &[&str], most: usize, required: bool) -> Option<String> {
        let full: Vec<&str> = ["embeds", self.at].iter().chain(path).copied().collect();
        let text = match from {
            Value::Null if required => {
                self.form.missing(&full);
                return None;
            }
            Value::Null => return None,
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            _ => {
                self.form
                    .wrong(&full, "STRING_TYPE_CONVERT", "Could not interpret as string.");
                return None;
            }
        };
        let length = text.chars().count();
        if length > most {
            self.form.length(&full, 0, most);
        }
        if required && text.is_empty() {
            self.form.missing(&full);
        }
        *self.sum += length;
        (!text.is_empty()).then_some(text)
    }

    fn url(&mut self, from: &Value, path: &[&str], attachments: bool) -> Option<String> {
        let full: Vec<&str> = ["embeds", self.at].iter().chain(path).copied().collect();
        let text = match from {
            Value::Null => return None,
            Value::String(text) if text.is_empty() => return None,
            Value::String(text) => text,
            _ => {
                self.form
                    .wrong(&full, "STRING_TYPE_CONVERT", "Could not interpret as string.");
                return None;
            }
        };
        check_url(self.form, &full, text, attachments);
        Some(text.clone())
    }
}

/// Notes what is wrong with a URL.
pub(super) fn check_url(form: &mut Form, path: &[&str], url: &str, attachments: bool) {
    if url.chars().count() > URL_MOST {
        form.length(path, 0, URL_MOST);
    }
    let scheme = url
        .split_once(':')
        .map_or("", |(scheme, _)| scheme)
        .to_ascii_lowercase();
    let host = url
        .split_once("://")
        .map_or("", |(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or(""));
    match scheme.as_str() {
        "http" | "https" if !host.is_empty() && !url.contains(char::is_whitespace) => {}
        "attachment" if attachments && !host.is_empty() => {}
        "http" | "https" | "attachment" | "" => form.wrong(path, "URL_TYPE_INVALID_URL", "Not a well formed URL."),
        other => {
            let words = format!("Scheme \"{other}\" is not supported. Scheme must be one of ('http', 'https').");
            form.wrong(path, "URL_TYPE_INVALID_SCHEME", &words);
        }
    }
}

fn embed(value: &Value, at: &str, form: &mut Form, sum: &mut usize) -> Value {
    if !value.is_object() {
        form.wrong(
            &["embeds", at],
            "MODEL_TYPE_CONVERT",
            "Only dictionaries may be used in a ModelType",
        );
        return Value::Null;
    }
    let mut reader = Reader { form, sum, at };
    let mut kept = Map::new();
    kept.insert("type".to_owned(), json!("rich"));
    let mut keep = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            kept.insert(name.to_owned(), value);
        }
    };
    keep("url", reader.url(&value["url"], &["url"], false).map(Value::from));
    keep(
        "title",
        reader.text(&value["title"], &["title"], 256, false).map(Value::from),
    );
    keep(
        "description",
        reader
            .text(&value["description"], &["description"], 4096, false)
            .map(Value::from),
    );
    keep("color", color(&value["color"], &mut reader));
    keep("timestamp", timestamp(&value["timestamp"], &mut reader));
    keep("author", author(&value["author"], &mut reader));
    keep("footer", footer(&value["footer"], &mut reader));
    for name in ["image", "thumbnail"] {
        let picture = reader.url(&value[name]["url"], &[name, "url"], true);
        keep(
            name,
            picture.map(|url| json!({ "url": url, "proxy_url": url, "width": 0, "height": 0, "flags": 0 })),
        );
    }
    keep("fields", fields(&value["fields"], &mut reader));
    Value::Object(kept)
}

fn color(value: &Value, reader: &mut Reader<'_>) -> Option<Value> {
    if value.is_null() {
        return None;
    }
    let color = value.as_u64().filter(|color| *color <= 0xFF_FFFF);
    if color.is_none() {
        let words = "int value should be less than or equal to 16777215.";
        reader
            .form
            .wrong(&["embeds", reader.at, "color"], "NUMBER_TYPE_MAX", words);
    }
    color.map(Value::from)
}

fn timestamp(value: &Value, reader: &mut Reader<'_>) -> Option<Value> {
    let text = value.as_str()?;
    let naive = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").map(|time| time.and_utc());
    let time = DateTime::parse_from_rfc3339(text).map(|time| time.to_utc()).or(naive);
    match time {
        Ok(time) => Some(json!(crate::wire::time(time.timestamp_millis()))),
        Err(_) => {
            let words = format!("Could not parse {text}. Should be ISO8601.");
            reader
                .form
                .wrong(&["embeds", reader.at, "timestamp"], "DATE_TIME_TYPE_PARSE", &words);
            None
        }
    }
}

fn author(value: &Value, reader: &mut Reader<'_>) -> Option<Value> {
    if !value.is_object() {
        return None;
    }
    let name = reader.text(&value["name"], &["author", "name"], 256, true)?;
    let mut author = json!({ "name": name });
    for (field, attachments) in [("url", false), ("icon_url", true)] {
        if let Some(url) = reader.url(&value[field], &["author", field], attachments) {
            author[field] = json!(url);
        }
    }
    Some(author)
}

fn footer(value: &Value, reader: &mut Reader<'_>) -> Option<Value> {
    if !value.is_object() {
        return None;
    }
    let text = reader.text(&value["text"], &["footer", "text"], 2048, true)?;
    let mut footer = json!({ "text": text });
    if let Some(url) = reader.url(&value["icon_url"], &["footer", "icon_url"], true) {
        footer["icon_url"] = json!(url);
    }
    Some(footer)
}

fn fields(value: &Value, reader: &mut Reader<'_>) -> Option<Value> {
    let list = value.as_array().filter(|list| !list.is_empty())?;
    if list.len() > FIELDS_MOST {
        reader.form.length(&["embeds", reader.at, "fields"], 0, FIELDS_MOST);
    }
    let mut kept = Vec::new();
    for (at, field) in list.iter().enumerate() {
        let at = at.to_string();
        let name = reader.text(&field["name"], &["fields", &at, "name"], 256, true);
        let text = reader.text(&field["value"], &["fields", &at, "value"], 1024, true);
        kept.push(json!({ "name": name, "value": text, "inline": field["inline"].as_bool().unwrap_or(false) }));
    }
    Some(Value::Array(kept))
}
