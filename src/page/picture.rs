//! Whether a picture is worth showing with a story: large enough, and no mark of the site.

use url::Url;

/// The shortest side that is shown, in pixels.
const LEAST: u32 = 200;
/// Words in a picture's address that tell what it is.
const MARKS: [&str; 16] = [
    "avatar",
    "badge",
    "blank",
    "button",
    "default",
    "favicon",
    "gravatar",
    "icon",
    "logo",
    "logos",
    "pixel",
    "placeholder",
    "profile",
    "spacer",
    "sprite",
    "tracking",
];

/// Whether a picture can stand under a story, by its address and the size that it is said to have.
pub(crate) fn is_worth(address: &str, width: Option<u32>, height: Option<u32>) -> bool {
    let given = [width, height].into_iter().flatten().any(|side| side < LEAST);
    let path = Url::parse(address).map_or_else(|_| address.to_owned(), |url| url.path().to_owned());
    let name = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let host = Url::parse(address)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned));
    let avatar = host.is_some_and(|host| host.ends_with("gravatar.com"));
    let mut words = name.split(|c: char| !c.is_ascii_alphanumeric());
    !given && !avatar && !words.any(|word| MARKS.contains(&word)) && !is_small(&name)
}

/// WordPress writes the size of a smaller copy into its name: `scene-150x150.jpg`.
fn is_small(name: &str) -> bool {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let size = stem.rsplit('-').next().and_then(|end| end.split_once('x'));
    size.and_then(|(width, height)| Some((width.parse::<u32>().ok()?, height.parse::<u32>().ok()?)))
        .is_some_and(|(width, height)| width.min(height) < LEAST)
}

#[cfg(test)]
mod tests {
    use super::is_worth;

    #[test]
    fn scenes_are_and_marks_are_not() {
        for address in [
            "https://img.test/2026/11/harbour-scene.jpg",
            "https://img.test/2026/11/harbour-1200x630.jpg",
            "https://img.test/iconic-pair.webp",
            "/relative/teaser.png",
            "https://img.test/photo?logo=0",
        ] {
            assert!(is_worth(address, None, None), "{address}");
        }
        for address in [
            "https://img.test/logo.png",
            "https://img.test/site_logo-2x.png",
            "https://img.test/default-image.jpg",
            "https://img.test/scene-150x150.jpg",
            "https://secure.gravatar.com/a/1?s=96",
            "https://img.test/1x1.gif",
        ] {
            assert!(!is_worth(address, None, None), "{address}");
        }
        let sized = |width, height| is_worth("https://img.test/a.jpg", width, height);
        assert!(sized(Some(1200), Some(630)) && sized(Some(600), None));
        assert!(!sized(Some(1200), Some(60)) && !sized(None, Some(96)));
    }
}
