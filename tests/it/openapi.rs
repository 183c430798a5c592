//! The honesty of the sandbox: what the bot sends and what the sandbox answers, held against Discord's
//! own description of its API, when that is at hand.

use crate::skip;
use daesa_sandbox::Logged;
use jsonschema::{Registry, Validator};
use serde_json::{Value, json};
use std::{
    collections::{BTreeSet, HashMap},
    path::PathBuf,
    sync::{Mutex, Once, OnceLock, PoisonError},
};

/// Where Discord's description and its own documentation, or every real client, disagree (DISCORD.md §6):
/// (operation, part, end of the error's place without numbers, start of its words, why). `*`: any.
const EXCEPTIONS: &[(&str, &str, &str, &str, &str)] = &[
    (
        "*",
        "request",
        "/default_member_permissions",
        "*",
        "the documentation has a string of digits, and every client sends it; the description an integer",
    ),
    (
        "create_message",
        "request",
        "/message_reference/type",
        "*",
        "the description lacks the type of a forward",
    ),
    (
        "*",
        "answer 429",
        "",
        "\"code\" is a required property",
        "the documentation says that only some limits have a code; the description wants one always",
    ),
];

fn is_known(operation: &str, part: &str, place: &str, what: &str) -> bool {
    let place: String = place.chars().filter(|c| !c.is_ascii_digit()).collect();
    EXCEPTIONS.iter().any(|(of, known_part, end, start, _)| {
        (*of == "*" || *of == operation)
            && *known_part == part
            && (place == *end || !end.is_empty() && place.ends_with(end))
            && (*start == "*" || what.starts_with(start))
    })
}

/// One exchange, as the sandbox logged it.
pub struct Exchange<'a> {
    pub method: &'a str,
    /// The path below `/api/v10`.
    pub path: &'a str,
    /// What comes after the `?`.
    pub query: &'a str,
    pub status: u16,
    pub request: Option<&'a Value>,
    pub response: Option<&'a Value>,
}

/// What is wrong with the exchanges of a play, each thing once; nothing without the description, said once.
pub fn faults(log: &[Logged]) -> Vec<String> {
    static SAID: Once = Once::new();
    static DESCRIPTION: OnceLock<Mutex<Description>> = OnceLock::new();
    if !file().exists() {
        SAID.call_once(|| skip::without("shared", "requests and replies are held against Discord's description"));
        return Vec::new();
    }
    let description = DESCRIPTION.get_or_init(|| Mutex::new(Description::read()));
    let mut description = description.lock().unwrap_or_else(PoisonError::into_inner);
    let judged = log.iter().flat_map(|logged| {
        // What is not Discord's (a proxy's page, a cut before anything was done) is nobody's promise.
        let ours = logged.status != 0 && logged.status < 500 && (!logged.injected || logged.response.is_some());
        description.judge(&Exchange {
            method: &logged.method,
            path: &logged.path,
            query: &logged.query,
            status: if ours { logged.status } else { 0 },
            request: logged.request.as_ref(),
            response: logged.response.as_ref().filter(|_| ours),
        })
    });
    judged.collect::<BTreeSet<String>>().into_iter().collect()
}

/// Discord's description, ready to judge.
pub struct Description {
    document: Value,
    registry: Registry<'static>,
    validators: HashMap<String, Validator>,
}

const NAME: &str = "https://discord.invalid/openapi.json";

/// Where the description is, if it is there.
pub fn file() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/discord-openapi.json")
}

impl Description {
    pub fn read() -> Self {
        let text = std::fs::read_to_string(file()).expect("the description can be read");
        let document: Value = serde_json::from_str(&text).expect("the description is JSON");
        let registry = Registry::new()
            .add(NAME, document.clone())
            .expect("a resource")
            .prepare()
            .expect("a registry");
        Self {
            document,
            registry,
            validators: HashMap::new(),
        }
    }

    /// What is wrong with an exchange; nothing when all is as described.
    pub fn judge(&mut self, exchange: &Exchange<'_>) -> Vec<String> {
        let Some((template, operation)) = self.operation(exchange.method, exchange.path) else {
            return vec![format!("{} {}: no such operation", exchange.method, exchange.path)];
        };
        let name = operation["operationId"].as_str().unwrap_or("?").to_owned();
        let base = format!("#/paths/{}/{}", escape(&template), exchange.method.to_lowercase());
        let mut wrong = unknown_parameters(&operation, exchange.query, &name);
        // A request that was refused need not be well-formed: the refusal is what is judged then.
        if exchange.status < 400
            && let Some(body) = exchange.request
            && operation["requestBody"]["content"]["application/json"]["schema"].is_object()
        {
            let schema = format!("{base}/requestBody/content/application~1json/schema");
            wrong.extend(self.check(&schema, &with_text_ids(body), &name, "request"));
        }
        if exchange.status == 0 {
            return wrong;
        }
        let Some(key) = response_key(&operation["responses"], exchange.status) else {
            // The description leaves server errors out: they have no promised shape.
            if exchange.status < 500 {
                wrong.push(format!(
                    "{name}: no answer with status {} is described",
                    exchange.status
                ));
            }
            return wrong;
        };
        let place = match operation["responses"][&key]["$ref"].as_str() {
            Some(reference) => reference.to_owned(),
            None => format!("{base}/responses/{key}"),
        };
        let described = self
            .document
            .pointer(&unescape_pointer(&place))
            .cloned()
            .unwrap_or_default();
        if let Some(body) = exchange.response
            && described["content"]["application/json"]["schema"].is_object()
        {
            let schema = format!("{place}/content/application~1json/schema");
            wrong.extend(self.check(&schema, body, &name, &format!("answer {}", exchange.status)));
        }
        wrong
    }

    fn check(&mut self, schema: &str, body: &Value, operation: &str, part: &str) -> Vec<String> {
        if !self.validators.contains_key(schema) {
            let whole = json!({"$ref": format!("{NAME}{}", schema.replace('{', "%7B").replace('}', "%7D"))});
            let validator = jsonschema::options()
                .with_registry(&self.registry)
                .build(&whole)
                .expect("a schema");
            self.validators.insert(schema.to_owned(), validator);
        }
        self.validators[schema]
            .iter_errors(body)
            .map(|error| (error.instance_path().to_string(), error.to_string()))
            .filter(|(place, what)| !is_known(operation, part, place, what))
            .map(|(place, what)| {
                let what: String = what.chars().take(300).collect();
                format!("{operation}, {part} at `{place}`: {what}")
            })
            .collect()
    }

    /// The template that fits best (most fixed parts) and its operation.
    fn operation(&self, method: &str, path: &str) -> Option<(String, Value)> {
        let path = path.split('?').next().unwrap_or(path);
        let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
        let paths = self.document["paths"].as_object()?;
        let mut best: Option<(usize, &String, &Value)> = None;
        for (template, item) in paths {
            let wanted: Vec<&str> = template.trim_matches('/').split('/').collect();
            let fits = wanted.len() == parts.len()
                && wanted
                    .iter()
                    .zip(&parts)
                    .all(|(want, have)| want.starts_with('{') || want == have);
            let fixed = wanted.iter().filter(|part| !part.starts_with('{')).count();
            if fits && item[method.to_lowercase()].is_object() && best.is_none_or(|(most, ..)| fixed > most) {
                best = Some((fixed, template, &item[method.to_lowercase()]));
            }
        }
        best.map(|(_, template, operation)| (template.clone(), operation.clone()))
    }
}

/// A form whose attachments have texts as ids: the documentation lets them be numbers, and every client sends
/// those; the description knows texts only, and in an answer to an interaction that fault would hide all others.
fn with_text_ids(form: &Value) -> Value {
    let mut form = form.clone();
    for place in ["/attachments", "/data/attachments"] {
        for file in form
            .pointer_mut(place)
            .and_then(Value::as_array_mut)
            .into_iter()
            .flatten()
        {
            if let Some(number) = file["id"].as_u64() {
                file["id"] = json!(number.to_string());
            }
        }
    }
    form
}

fn response_key(responses: &Value, status: u16) -> Option<String> {
    let exact = status.to_string();
    let class = format!("{}XX", status / 100);
    [exact, class, "default".to_owned()]
        .into_iter()
        .find(|key| responses[key.as_str()].is_object())
}

/// Parameters of a query that the operation does not have, or that are not numbers where it wants one.
fn unknown_parameters(operation: &Value, query: &str, name: &str) -> Vec<String> {
    let known = operation["parameters"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let mut wrong = Vec::new();
    for (key, value) in query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
    {
        match known
            .iter()
            .find(|parameter| parameter["in"] == "query" && parameter["name"] == *key)
        {
            None => wrong.push(format!("{name}: no parameter `{key}` is described")),
            Some(parameter) if parameter["schema"]["type"] == "integer" => {
                let most = parameter["schema"]["maximum"].as_u64().unwrap_or(u64::MAX);
                let least = parameter["schema"]["minimum"].as_u64().unwrap_or(0);
                if !value.parse().is_ok_and(|number: u64| (least..=most).contains(&number)) {
                    wrong.push(format!("{name}: {key}={value} is not from {least} to {most}"));
                }
            }
            Some(_) => {}
        }
    }
    wrong
}

fn escape(template: &str) -> String {
    template.replace('~', "~0").replace('/', "~1")
}

fn unescape_pointer(reference: &str) -> String {
    reference.trim_start_matches('#').to_owned()
}

#[test]
fn the_description_can_refuse() {
    if !file().exists() {
        super::skip::without("shared", "the description refuses what is wrong");
        return;
    }
    let mut description = Description::read();
    let path = "/channels/1/messages";
    let long = json!({"content": "x".repeat(5000)});
    let exchange = Exchange {
        method: "POST",
        path,
        query: "",
        status: 200,
        request: Some(&long),
        response: None,
    };
    assert!(!description.judge(&exchange).is_empty(), "5,000 characters pass");
    let half = json!({"id": "1"});
    let exchange = Exchange {
        method: "POST",
        path,
        query: "",
        status: 200,
        request: None,
        response: Some(&half),
    };
    assert!(!description.judge(&exchange).is_empty(), "half a message passes");
    let exchange = Exchange {
        method: "POST",
        path: "/nowhere",
        query: "",
        status: 200,
        request: None,
        response: None,
    };
    assert!(!description.judge(&exchange).is_empty(), "an unknown operation passes");
    let exchange = Exchange {
        method: "GET",
        path,
        query: "limit=101",
        status: 200,
        request: None,
        response: None,
    };
    assert!(!description.judge(&exchange).is_empty(), "a limit of 101 passes");
    // What is excused is excused alone: beside it nothing else gets through.
    let commands = json!([{"name": "x".repeat(40), "description": "d", "default_member_permissions": "16"}]);
    let exchange = Exchange {
        method: "PUT",
        path: "/applications/1/commands",
        query: "",
        status: 200,
        request: Some(&commands),
        response: None,
    };
    let wrong = description.judge(&exchange);
    assert!(wrong.len() == 1 && wrong[0].contains("/0/name"), "{wrong:?}");
}
