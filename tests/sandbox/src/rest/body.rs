//! Bodies of requests: JSON, or multipart with `payload_json` and files.

use super::refusal::Refusal;
use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart, Request};
use serde_json::{Value, json};

/// Longest request, bytes.
const REQUEST_MOST: usize = 25 * 1024 * 1024;
/// Longest file, bytes.
const FILE_MOST: usize = 10 * 1024 * 1024;
/// Files of a message.
const FILES_MOST: usize = 10;

/// A file of a multipart request.
#[derive(Clone, Debug)]
pub(crate) struct File {
    /// `0` of `files[0]`.
    pub index: u64,
    pub name: String,
    pub content_type: Option<String>,
    pub bytes: Bytes,
}

/// What came with a request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Body {
    pub json: Option<Value>,
    pub files: Vec<File>,
}

impl Body {
    /// The JSON, or an empty object.
    pub(crate) fn form(&self) -> Value {
        self.json.clone().unwrap_or_else(|| json!({}))
    }
}

/// Reads a request's body.
pub(crate) async fn read(request: Request) -> Result<Body, Refusal> {
    let kind = header(&request, "content-type").to_ascii_lowercase();
    if header(&request, "content-length")
        .parse::<usize>()
        .is_ok_and(|length| length > REQUEST_MOST)
    {
        return Err(Refusal::code(40005));
    }
    if kind.starts_with("multipart/form-data") {
        return multipart(request).await;
    }
    let bytes = axum::body::to_bytes(request.into_body(), REQUEST_MOST)
        .await
        .map_err(|_| Refusal::code(40005))?;
    if bytes.is_empty() {
        return Ok(Body::default());
    }
    if !kind.starts_with("application/json") {
        let words = format!("Expected \"Content-Type\" header to be one of {{'application/json'}}, not '{kind}'.");
        return Err(Refusal::field(&[], "CONTENT_TYPE_INVALID", &words));
    }
    let json = serde_json::from_slice(&bytes).map_err(|_| Refusal::code(50109))?;
    Ok(Body {
        json: Some(json),
        files: Vec::new(),
    })
}

fn header<'a>(request: &'a Request, name: &str) -> &'a str {
    request
        .headers()
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("")
}

async fn multipart(request: Request) -> Result<Body, Refusal> {
    let bad = || Refusal::code(50109);
    let (parts, body) = request.into_parts();
    let body = limited(body).await?;
    let mut form = Multipart::from_request(Request::from_parts(parts, body), &())
        .await
        .map_err(|_| bad())?;
    let mut read = Body::default();
    while let Some(field) = form.next_field().await.map_err(|_| bad())? {
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.file_name().map(str::to_owned);
        let content_type = field.content_type().map(str::to_owned);
        let bytes = field.bytes().await.map_err(|_| bad())?;
        if name == "payload_json" {
            read.json = Some(serde_json::from_slice(&bytes).map_err(|_| bad())?);
            continue;
        }
        if bytes.len() > FILE_MOST {
            return Err(Refusal::code(40005));
        }
        let inner = name.strip_prefix("files[").and_then(|rest| rest.strip_suffix(']'));
        let index = inner
            .and_then(|index| index.parse().ok())
            .unwrap_or(read.files.len() as u64);
        let name = safe_name(&file_name.unwrap_or_default());
        read.files.push(File {
            index,
            name,
            content_type,
            bytes,
        });
    }
    if read.files.len() > FILES_MOST {
        return Err(Refusal::new(
            400,
            30015,
            "Maximum number of attachments in a message reached (10)",
        ));
    }
    Ok(read)
}

async fn limited(body: axum::body::Body) -> Result<axum::body::Body, Refusal> {
    let bytes = axum::body::to_bytes(body, REQUEST_MOST)
        .await
        .map_err(|_| Refusal::code(40005))?;
    Ok(axum::body::Body::from(bytes))
}

/// A file's name as Discord keeps it: letters, digits and a few signs, so that it can stand in an address.
fn safe_name(name: &str) -> String {
    let kept: String = name
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
        .collect();
    if kept.trim_matches('.').is_empty() {
        "file".to_owned()
    } else {
        kept
    }
}
