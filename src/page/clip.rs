//! Addresses of embedded players → addresses of the pages where people watch.

use super::text::{absolute, web};

/// What an address without a host is read against.
const NOWHERE: &str = "https://example.invalid/";

/// The clip that an attribute of an embedding element names.
pub(super) fn of_attribute(name: &str, value: &str) -> Option<String> {
    let is_one = |names: &[&str]| names.iter().any(|n| n.eq_ignore_ascii_case(name));
    if is_one(&["src", "data-src", "data-lazy-src", "data-litespeed-src"]) {
        page_of(value)
    } else if is_one(&["videoid", "data-videoid"]) {
        is_id(value).then(|| youtube(value))
    } else {
        None
    }
}

/// The page of a player's or a clip's address; none for what is no clip.
pub(super) fn page_of(address: &str) -> Option<String> {
    let address = address.trim();
    let url = web(address, Some(NOWHERE))?;
    let host = url.host_str()?;
    let host = host
        .strip_prefix("www.")
        .or_else(|| host.strip_prefix("m."))
        .unwrap_or(host);
    let parts: Vec<&str> = url.path_segments()?.filter(|part| !part.is_empty()).take(8).collect();
    let parameter = |wanted: &str| {
        url.query_pairs()
            .find(|(name, _)| name == wanted)
            .map(|(_, value)| value.into_owned())
    };
    match (host, parts.as_slice()) {
        ("youtube.com" | "youtube-nocookie.com", ["embed", "videoseries"] | ["playlist"]) => {
            let list = parameter("list").filter(|list| is_id(list))?;
            Some(format!("https://www.youtube.com/playlist?list={list}"))
        }
        ("youtube.com" | "youtube-nocookie.com", ["embed" | "v" | "shorts" | "live", id, ..]) if is_id(id) => {
            Some(youtube(id))
        }
        ("youtube.com", ["watch"]) => parameter("v").filter(|id| is_id(id)).map(|id| youtube(&id)),
        ("youtu.be", [id]) if is_id(id) => Some(youtube(id)),
        ("player.vimeo.com", ["video", id, ..]) if is_id(id) => Some(format!("https://vimeo.com/{id}")),
        ("vimeo.com", [id]) if id.bytes().all(|b| b.is_ascii_digit()) => Some(format!("https://vimeo.com/{id}")),
        ("tv.naver.com", ["embed" | "v" | "h", id, ..]) if is_id(id) => Some(format!("https://tv.naver.com/v/{id}")),
        ("tv.kakao.com", ["embed", "player", "cliplink", id, ..] | ["v", id]) if is_id(id) => {
            Some(format!("https://tv.kakao.com/v/{id}"))
        }
        ("dailymotion.com" | "geo.dailymotion.com", ["embed", "video", id, ..] | ["video", id]) if is_id(id) => {
            Some(format!("https://www.dailymotion.com/video/{id}"))
        }
        ("geo.dailymotion.com", ["player.html"] | ["player", ..]) => {
            let id = parameter("video").filter(|id| is_id(id))?;
            Some(format!("https://www.dailymotion.com/video/{id}"))
        }
        ("streamable.com", ["e" | "o", id] | [id]) if is_id(id) => Some(format!("https://streamable.com/{id}")),
        ("facebook.com", ["plugins", "video.php"]) => absolute(&parameter("href")?, None),
        // A file's address has no page around it; one without a host leads nowhere.
        _ if parts.last().is_some_and(|name| is_file(name)) && host != "example.invalid" => {
            absolute(address, Some(NOWHERE))
        }
        _ => None,
    }
}

fn youtube(id: &str) -> String {
    format!("https://www.youtube.com/watch?v={id}")
}

fn is_id(id: &str) -> bool {
    (1..=64).contains(&id.len())
        && id
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

fn is_file(name: &str) -> bool {
    let kind = name.rsplit_once('.').map_or("", |(_, kind)| kind);
    ["mp4", "webm", "m3u8", "mov"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn players_lead_to_pages() {
        for (player, page) in [
            (
                "https://www.youtube.com/embed/XXXXXXXXXXX?feature=oembed",
                Some("https://www.youtube.com/watch?v=XXXXXXXXXXX"),
            ),
            (
                "//www.youtube-nocookie.com/embed/a-b_c",
                Some("https://www.youtube.com/watch?v=a-b_c"),
            ),
            ("https://youtu.be/abc?t=3", Some("https://www.youtube.com/watch?v=abc")),
            (
                "https://www.youtube.com/embed/videoseries?list=PL1",
                Some("https://www.youtube.com/playlist?list=PL1"),
            ),
            ("https://player.vimeo.com/video/123?h=1", Some("https://vimeo.com/123")),
            ("https://tv.naver.com/embed/456", Some("https://tv.naver.com/v/456")),
            ("https://play-tv.kakao.com/embed/player/cliplink/789", None),
            (
                "https://tv.kakao.com/embed/player/cliplink/789?service=x",
                Some("https://tv.kakao.com/v/789"),
            ),
            (
                "https://www.dailymotion.com/embed/video/x1y2",
                Some("https://www.dailymotion.com/video/x1y2"),
            ),
            (
                "https://cdn.example.test/teaser.mp4",
                Some("https://cdn.example.test/teaser.mp4"),
            ),
            ("https://ads.example.test/banner", None),
            ("https://www.youtube.com/embed/\"><script>", None),
            ("javascript:alert(1)", None),
        ] {
            assert_eq!(page_of(player).as_deref(), page, "{player}");
        }
    }
}
