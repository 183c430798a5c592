//! Addresses: only those that Discord takes and that lead where they seem to.

use super::{
    card::Button,
    cut::fits,
    escape::{label, plain, safe},
    words::or_dots,
};
use url::Url;

/// Longest address of an embed and of a button.
const EMBED_MAX: usize = 2048;
pub(super) const BUTTON_MAX: usize = 512;

/// The address when it is one of the web, without a name or password before its host (`https://soompi.com@evil.example`).
///
/// One that is well-formed stays as it is written, because posts are found again by it.
pub(super) fn address(url: &str, max: usize) -> Option<String> {
    if !fits(url, max) {
        return None;
    }
    let parsed = Url::parse(url.trim()).ok()?;
    let web = matches!(parsed.scheme(), "http" | "https") && parsed.has_host();
    if !web || !parsed.username().is_empty() || parsed.password().is_some() {
        return None;
    }
    let plain = url.bytes().all(|b| b.is_ascii_graphic()) && !url.contains(['<', '>', '"', '\\', '`']);
    let made = if plain { url.to_owned() } else { parsed.into() };
    fits(&made, max).then_some(made)
}

/// The address for an embed's title or picture.
pub(super) fn embed_address(url: Option<&str>) -> Option<String> {
    address(url?, EMBED_MAX)
}

/// A button that opens an address.
pub(super) fn link_button(words: &str, url: Option<&str>) -> Option<Button> {
    Some(Button::Link {
        label: plain(words, 80),
        url: address(url?, BUTTON_MAX)?,
    })
}

/// Words that lead to an address, or only the words, bold, when there is none; at most `max` of the words.
pub(super) fn masked(words: &str, url: Option<&str>, max: usize) -> String {
    match url.and_then(|url| address(url, BUTTON_MAX)) {
        Some(url) => format!(
            "[{}]({})",
            or_dots(label(words, max)),
            url.replace('(', "%28").replace(')', "%29")
        ),
        None => format!("**{}**", or_dots(safe(words, max))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web() {
        let ok = |url: &str| address(url, 512);
        assert_eq!(
            ok("https://news.example/a?b=1#c").as_deref(),
            Some("https://news.example/a?b=1#c")
        );
        assert_eq!(
            ok("http://127.0.0.1:8080/a").as_deref(),
            Some("http://127.0.0.1:8080/a")
        );
        assert_eq!(
            ok("https://news.example/홍천기 1").as_deref(),
            Some("https://news.example/%ED%99%8D%EC%B2%9C%EA%B8%B0%201")
        );
        for bad in [
            "",
            "javascript:alert(1)",
            "ftp://a.example/",
            "//a.example",
            "https://",
            "https://soompi.com@evil.example/",
        ] {
            assert_eq!(ok(bad), None, "{bad}");
        }
        assert_eq!(ok(&format!("https://a.example/{}", "a".repeat(600))), None);
    }

    #[test]
    fn masked_links_cannot_be_left() {
        assert_eq!(
            masked("A](https://evil.example) b", Some("https://a.example/x(1)"), 80),
            r"[A\]\(https\://evil.example) b](https://a.example/x%281%29)"
        );
        assert_eq!(masked("A *b*", None, 80), r"**A \*b\***");
    }
}
