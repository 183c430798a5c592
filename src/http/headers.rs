//! What the headers of an answer say about the next one.

use chrono::DateTime;
use reqwest::header::{self, HeaderMap, HeaderName};

/// A header as text.
pub(super) fn text(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?.trim();
    // Validators are stored and sent back: nothing endless.
    (!value.is_empty() && value.len() <= 1024).then(|| value.to_owned())
}

/// `Cache-Control: max-age`, in seconds; 0 for `no-cache` and `no-store`.
pub(super) fn max_age(headers: &HeaderMap) -> Option<u64> {
    let control = text(headers, header::CACHE_CONTROL)?.to_ascii_lowercase();
    let mut age = None;
    for directive in control.split(',').map(str::trim) {
        if directive == "no-cache" || directive == "no-store" {
            return Some(0);
        }
        if let Some(seconds) = directive.strip_prefix("max-age=") {
            age = seconds.trim_matches('"').parse().ok();
        }
    }
    age
}

/// `Expires`, in unix milliseconds.
pub(super) fn expires(headers: &HeaderMap) -> Option<i64> {
    date(&text(headers, header::EXPIRES)?)
}

/// `Retry-After`, in seconds from `now` (unix milliseconds).
pub(super) fn retry_after(headers: &HeaderMap, now: i64) -> Option<u64> {
    let value = text(headers, header::RETRY_AFTER)?;
    match value.parse() {
        Ok(seconds) => Some(seconds),
        Err(_) => u64::try_from((date(&value)? - now).max(0) / 1000).ok(),
    }
}

/// A date as headers have it, in unix milliseconds.
pub(super) fn date(text: &str) -> Option<i64> {
    DateTime::parse_from_rfc2822(text)
        .ok()
        .map(|date| date.timestamp_millis())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, header::HeaderValue::from_static(value))])
    }

    #[test]
    fn cache_control() {
        assert_eq!(max_age(&with(header::CACHE_CONTROL, "public, max-age=300")), Some(300));
        assert_eq!(max_age(&with(header::CACHE_CONTROL, "no-cache, max-age=300")), Some(0));
        assert_eq!(max_age(&with(header::CACHE_CONTROL, "max-age=never")), None);
        assert_eq!(max_age(&HeaderMap::new()), None);
    }

    #[test]
    fn dates_and_seconds() {
        let now = 1_635_297_129_000;
        assert_eq!(
            expires(&with(header::EXPIRES, "Wed, 27 Oct 2021 01:12:09 GMT")),
            Some(now)
        );
        assert_eq!(expires(&with(header::EXPIRES, "0")), None);
        assert_eq!(retry_after(&with(header::RETRY_AFTER, "120"), now), Some(120));
        assert_eq!(
            retry_after(&with(header::RETRY_AFTER, "Wed, 27 Oct 2021 01:13:09 GMT"), now),
            Some(60)
        );
        assert_eq!(
            retry_after(&with(header::RETRY_AFTER, "Wed, 27 Oct 2021 01:11:09 GMT"), now),
            Some(0)
        );
        assert_eq!(retry_after(&with(header::RETRY_AFTER, "soon"), now), None);
    }
}
