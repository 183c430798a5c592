//! robots.txt (RFC 9309): which pages of a site may be fetched.

/// The most bytes that are read; the standard asks for at least 500 KiB.
const LONGEST: usize = 512 * 1024;
/// The most rules that are kept.
const RULES: usize = 2_000;

/// What a site's robots.txt says to one agent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Robots {
    /// Pattern, and whether it allows.
    rules: Vec<(String, bool)>,
}

impl Robots {
    /// Reads the groups that name `agent` (a product's name, case aside), else those for everybody.
    #[must_use]
    pub fn parse(text: &str, agent: &str) -> Self {
        let (mut own, mut all): (Vec<_>, Vec<_>) = (Vec::new(), Vec::new());
        let mut is_named = false;
        let (mut mine, mut anybodys, mut in_rules) = (false, false, false);
        let mut end = text.len().min(LONGEST);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        for line in text[..end].trim_start_matches('\u{feff}').lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else {
                continue;
            };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            match key.as_str() {
                "user-agent" => {
                    // Agents in a row share what follows.
                    if in_rules {
                        (mine, anybodys, in_rules) = (false, false, false);
                    }
                    let product = value.split(['/', ' ']).next().unwrap_or_default();
                    mine |= product.eq_ignore_ascii_case(agent);
                    anybodys |= product == "*";
                    is_named |= mine;
                }
                "allow" | "disallow" => {
                    in_rules = true;
                    let rule = (spelt(value), key == "allow");
                    if mine && !value.is_empty() && own.len() < RULES {
                        own.push(rule);
                    } else if anybodys && !value.is_empty() && all.len() < RULES {
                        all.push(rule);
                    }
                }
                _ => {}
            }
        }
        Self {
            rules: if is_named { own } else { all },
        }
    }

    /// Whether a path (with its query) may be fetched: the longest rule that fits decides, of two the allowing one.
    #[must_use]
    pub fn allows(&self, path: &str) -> bool {
        let path = spelt(path);
        let fitting = self.rules.iter().filter(|(pattern, _)| fits(pattern, &path));
        fitting
            .max_by_key(|(pattern, allows)| (pattern.len(), *allows))
            .is_none_or(|(_, allows)| *allows)
    }
}

/// A path or a pattern in the one spelling in which they are compared (RFC 9309, 2.2.2): what is no sign of ASCII as the
/// bytes of UTF-8 behind percent signs, what needs none without, the digits of the others in capitals.
fn spelt(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [byte, after @ ..] = rest {
        rest = after;
        let coded = match after {
            [high, low, ..] if *byte == b'%' => digit(*high).zip(digit(*low)).map(|(high, low)| high * 16 + low),
            _ => None,
        };
        if coded.is_some() {
            rest = &after[2..];
        }
        match coded {
            Some(plain) if plain.is_ascii_alphanumeric() || b"-._~".contains(&plain) => out.push(char::from(plain)),
            None if byte.is_ascii_graphic() => out.push(char::from(*byte)),
            _ => out.push_str(&format!("%{:02X}", coded.unwrap_or(*byte))),
        }
    }
    out
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// `*` stands for anything, `$` at the end for the end.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, whole) = pattern
        .strip_suffix('$')
        .map_or((pattern, false), |pattern| (pattern, true));
    let mut parts = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or_default()) else {
        return false;
    };
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        if whole && parts.peek().is_none() {
            return rest.ends_with(part);
        }
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    !whole || rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_standard_says() {
        let text = "\u{feff}# ours\nUser-agent: *\nDisallow: /private\nAllow: /private/open\nDisallow: /*.pdf$\nDisallow: /search?q=*&all\n\n\
                    User-Agent: daesa/1.0\nUser-agent: other\nDisallow: /bots # here\nDisallow:\nCrawl-delay: 3\n";
        let all = Robots::parse(text, "somebody");
        for (path, allowed) in [
            ("/", true),
            ("/private", false),
            ("/private/x", false),
            ("/private/open/x", true),
            ("/privately", false),
            ("/a.pdf", false),
            ("/a.pdf?x", true),
            ("/search?q=a&all=1", false),
            ("/search?q=a", true),
            ("/bots", true),
        ] {
            assert_eq!(all.allows(path), allowed, "{path}");
        }
        let own = Robots::parse(text, "Daesa");
        assert!(
            own.allows("/private") && !own.allows("/bots/x"),
            "its own group counts alone"
        );
        assert!(Robots::parse("User-agent: Daesa\nDisallow:\n\nUser-agent: *\nDisallow: /", "daesa").allows("/x"));
        assert!(!Robots::parse("User-agent: *\nDisallow: /", "daesa").allows("/x"));
        assert!(Robots::parse("<html>no robots</html>", "daesa").allows("/x"));
    }

    #[test]
    fn a_path_is_the_same_however_it_is_spelt() {
        let robots = Robots::parse(
            "User-agent: *\nDisallow: /드라마/\nDisallow: /%EB%B0%B0%ec%9a%b0\nDisallow: /%7ewriter/a%2Fb",
            "daesa",
        );
        for (path, allowed) in [
            ("/%EB%93%9C%EB%9D%BC%EB%A7%88/12", false),
            ("/%eb%93%9c%eb%9d%bc%eb%a7%88/12", false),
            ("/드라마/12", false),
            ("/%EB%93%9C%EB%9D%BC%EB%A7%88", true),
            ("/%EB%B0%B0%EC%9A%B0/3", false),
            ("/~writer/a%2fb", false),
            ("/~writer/a/b", true),
            ("/100%", true),
        ] {
            assert_eq!(robots.allows(path), allowed, "{path}");
        }
    }

    #[test]
    fn of_two_rules_of_one_length_the_allowing_one_counts() {
        let robots = Robots::parse("user-agent: *\ndisallow: /page\nallow: /page", "daesa");
        assert!(robots.allows("/page"));
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "(user-agent|allow|disallow|:|\\*|\\$|/|#|\n|[ -~대]){0,60}", path in "(%|[ -~대]){0,20}") {
            let _ = Robots::parse(&text, "daesa").allows(&path);
        }
    }
}
