//! Components: rows of buttons and selects, and version 2 behind its flag.

use super::embeds::check_url;
use super::refusal::Form;
use serde_json::{Value, json};

const ROWS_MOST: usize = 5;
/// Components of a version 2 message, nested ones included.
const ALL_MOST: usize = 40;
/// Characters in all text displays of a version 2 message.
const TEXT_MOST: usize = 4000;

/// See [`weight`].
pub(super) const WEIGHT_MOST: usize = 10_170;

struct Reader<'a> {
    form: &'a mut Form,
    custom_ids: Vec<String>,
    count: usize,
    text: usize,
}

/// Checks the components of a message and returns them with the ids that Discord gives them.
pub(super) fn read(value: &Value, version_2: bool, form: &mut Form) -> Vec<Value> {
    let Some(list) = value.as_array() else {
        if !value.is_null() {
            form.wrong(
                &["components"],
                "BASE_TYPE_BAD_TYPE",
                "Only iterables may be used in a ListType.",
            );
        }
        return Vec::new();
    };
    if !version_2 && list.len() > ROWS_MOST {
        form.length(&["components"], 0, ROWS_MOST);
    }
    let mut kept = list.clone();
    let mut reader = Reader {
        form,
        custom_ids: Vec::new(),
        count: 0,
        text: 0,
    };
    for (at, one) in kept.iter_mut().enumerate() {
        let number = one["type"].as_u64().unwrap_or(0);
        let path = ["components".to_owned(), at.to_string()];
        let fits = number == 1 || version_2 && matches!(number, 9 | 10 | 12 | 13 | 14 | 17);
        if fits {
            reader.component(one, &path);
        } else {
            reader.wrong(
                &path,
                &["type"],
                "BASE_TYPE_CHOICES",
                "Value of field \"type\" must be one of (1,).",
            );
        }
    }
    let (count, text) = (reader.count, reader.text);
    if version_2 && count > ALL_MOST {
        form.wrong(
            &["components"],
            "BASE_TYPE_MAX_LENGTH",
            "The total number of components must be 40 or fewer.",
        );
    }
    if text > TEXT_MOST {
        let words = "The total number of displayable characters must be 4000 or fewer.";
        form.wrong(&["components"], "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", words);
    }
    kept
}

/// What version 2 texts weigh: above [`WEIGHT_MOST`] Discord answers with an error of its own (reported in
/// discord/discord-api-docs#8554, measured there).
pub(super) fn weight(components: &[Value]) -> usize {
    let inner = |one: &Value| one["components"].as_array().map_or(0, |inner| weight(inner));
    components
        .iter()
        .map(|one| inner(one) + one["content"].as_str().map_or(0, |text| text.len() + 12))
        .sum()
}

fn complete(one: &mut Value, defaults: &[(&str, Value)]) {
    for (name, value) in defaults {
        if one.get(*name).is_none() {
            one[*name] = value.clone();
        }
    }
}

impl Reader<'_> {
    fn wrong(&mut self, path: &[String], field: &[&str], code: &str, words: &str) {
        let full: Vec<&str> = path.iter().map(String::as_str).chain(field.iter().copied()).collect();
        self.form.wrong(&full, code, words);
    }

    fn length(&mut self, path: &[String], value: &Value, field: &str, least: usize, most: usize) {
        let length = value[field].as_str().map_or(0, |text| text.chars().count());
        if (!value[field].is_null() || least > 0) && (length > most || length < least) {
            let words = match least {
                0 => format!("Must be {most} or fewer in length."),
                _ => format!("Must be between {least} and {most} in length."),
            };
            self.wrong(path, &[field], "BASE_TYPE_BAD_LENGTH", &words);
        }
    }

    fn component(&mut self, one: &mut Value, path: &[String]) {
        self.count += 1;
        if !one.is_object() {
            self.wrong(
                path,
                &[],
                "MODEL_TYPE_CONVERT",
                "Only dictionaries may be used in a ModelType",
            );
            return;
        }
        if let Some(fields) = one.as_object_mut() {
            fields.retain(|_, value| !value.is_null());
        }
        if one["id"].as_u64().is_none_or(|id| id == 0) {
            one["id"] = json!(self.count);
        }
        match one["type"].as_u64().unwrap_or(0) {
            1 => self.row(one, path),
            2 => self.button(one, path),
            3 | 5..=8 => self.select(one, path),
            9 => self.section(one, path),
            10 => {
                self.length(path, one, "content", 1, TEXT_MOST);
                self.text += one["content"].as_str().map_or(0, |text| text.chars().count());
            }
            11 => self.media(one, path),
            12 => self.gallery(one, path),
            17 => {
                complete(one, &[("accent_color", Value::Null), ("spoiler", json!(false))]);
                self.children(one, path, "components", 1, ALL_MOST);
            }
            14 => complete(one, &[("divider", json!(true)), ("spacing", json!(1))]),
            13 => {}
            _ => self.wrong(
                path,
                &["type"],
                "BASE_TYPE_CHOICES",
                "Value of field \"type\" is not a component's.",
            ),
        }
    }

    fn children(&mut self, one: &mut Value, path: &[String], field: &str, least: usize, most: usize) {
        let count = one[field].as_array().map_or(0, Vec::len);
        if count < least || count > most {
            let words = format!("Must be between {least} and {most} in length.");
            self.wrong(path, &[field], "BASE_TYPE_BAD_LENGTH", &words);
        }
        for (at, inner) in one[field].as_array_mut().into_iter().flatten().enumerate() {
            let mut deeper = path.to_vec();
            deeper.extend([field.to_owned(), at.to_string()]);
            self.component(inner, &deeper);
        }
    }

    fn row(&mut self, row: &mut Value, path: &[String]) {
        self.children(row, path, "components", 1, 5);
        let inner = row["components"].as_array().map(Vec::as_slice).unwrap_or_default();
        let selects = inner
            .iter()
            .filter(|one| matches!(one["type"].as_u64(), Some(3 | 5..=8)))
            .count();
        let strangers = inner
            .iter()
            .any(|one| !matches!(one["type"].as_u64(), Some(2 | 3 | 5..=8)));
        if selects > 1 || selects == 1 && inner.len() > 1 {
            let words = "Components displayed width of 5 exceeded: a select fills its row.";
            self.wrong(path, &["components"], "COMPONENT_LAYOUT_WIDTH_EXCEEDED", words);
        }
        if strangers {
            self.wrong(
                path,
                &["components"],
                "UNION_TYPE_CHOICES",
                "Value of field \"type\" must be one of (2, 3, 5, 6, 7, 8).",
            );
        }
    }

    fn custom_id(&mut self, one: &Value, path: &[String]) {
        self.length(path, one, "custom_id", 1, 100);
        let Some(id) = one["custom_id"].as_str() else { return };
        if self.custom_ids.iter().any(|known| known == id) {
            let words = "Component custom id cannot be duplicated";
            self.wrong(path, &["custom_id"], "COMPONENT_CUSTOM_ID_DUPLICATED", words);
        }
        self.custom_ids.push(id.to_owned());
    }

    fn button(&mut self, button: &Value, path: &[String]) {
        self.length(path, button, "label", 0, 80);
        match button["style"].as_u64() {
            Some(1..=4) => {
                self.custom_id(button, path);
                if !button["url"].is_null() {
                    self.wrong(
                        path,
                        &["url"],
                        "BUTTON_COMPONENT_INVALID_URL",
                        "A url is only for link buttons",
                    );
                }
            }
            Some(5) => match button["url"].as_str() {
                Some(url) => {
                    let full: Vec<&str> = path.iter().map(String::as_str).chain(["url"]).collect();
                    check_url(self.form, &full, url, false);
                    self.length(path, button, "url", 1, 512);
                }
                None => self.wrong(path, &["url"], "BASE_TYPE_REQUIRED", "This field is required"),
            },
            _ => self.wrong(
                path,
                &["style"],
                "BASE_TYPE_CHOICES",
                "Value of field \"style\" must be one of (1, 2, 3, 4, 5).",
            ),
        }
        let label = button["label"].as_str().is_some_and(|label| !label.is_empty());
        if !label && !button["emoji"].is_object() {
            let words = "A button needs a label or an emoji";
            self.wrong(path, &["label"], "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", words);
        }
    }

    fn select(&mut self, select: &mut Value, path: &[String]) {
        self.custom_id(select, path);
        self.length(path, select, "placeholder", 0, 150);
        for field in ["min_values", "max_values"] {
            if select[field].is_null() {
                select[field] = json!(1);
            }
        }
        if select["type"] != json!(3) {
            return;
        }
        let options = select["options"].as_array().cloned().unwrap_or_default();
        if options.is_empty() || options.len() > 25 {
            self.wrong(
                path,
                &["options"],
                "BASE_TYPE_BAD_LENGTH",
                "Must be between 1 and 25 in length.",
            );
        }
        let mut values = Vec::new();
        for (at, option) in options.iter().enumerate() {
            let mut deeper = path.to_vec();
            deeper.extend(["options".to_owned(), at.to_string()]);
            self.length(&deeper, option, "label", 1, 100);
            self.length(&deeper, option, "value", 1, 100);
            self.length(&deeper, option, "description", 0, 100);
            if values.contains(&option["value"]) {
                let words = "The specified option value is already used";
                self.wrong(&deeper, &["value"], "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", words);
            }
            values.push(option["value"].clone());
        }
    }

    fn section(&mut self, section: &mut Value, path: &[String]) {
        self.children(section, path, "components", 1, 3);
        if !matches!(section["accessory"]["type"].as_u64(), Some(2 | 11)) {
            self.wrong(path, &["accessory"], "BASE_TYPE_REQUIRED", "This field is required");
            return;
        }
        let mut deeper = path.to_vec();
        deeper.push("accessory".to_owned());
        let mut accessory = section["accessory"].take();
        self.component(&mut accessory, &deeper);
        section["accessory"] = accessory;
    }

    /// Checks a picture and completes it as Discord returns it.
    fn media(&mut self, one: &mut Value, path: &[String]) {
        let full: Vec<&str> = path.iter().map(String::as_str).chain(["media", "url"]).collect();
        match one["media"]["url"].as_str() {
            Some(url) => check_url(self.form, &full, url, true),
            None => self.form.missing(&full),
        }
        self.length(path, one, "description", 0, 1024);
        complete(one, &[("description", Value::Null), ("spoiler", json!(false))]);
        if one["media"].is_object() {
            let url = one["media"]["url"].clone();
            complete(
                &mut one["media"],
                &[("id", json!(self.count.to_string())), ("proxy_url", url)],
            );
        }
    }

    fn gallery(&mut self, gallery: &mut Value, path: &[String]) {
        let items = gallery["items"].as_array().map_or(0, Vec::len);
        if items == 0 || items > 10 {
            self.wrong(
                path,
                &["items"],
                "BASE_TYPE_BAD_LENGTH",
                "Must be between 1 and 10 in length.",
            );
        }
        for (at, item) in gallery["items"].as_array_mut().into_iter().flatten().enumerate() {
            let mut deeper = path.to_vec();
            deeper.extend(["items".to_owned(), at.to_string()]);
            self.media(item, &deeper);
        }
    }
}
