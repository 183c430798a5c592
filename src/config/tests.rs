//! Mistakes are told with their place, and the shipped file is the defaults.

use super::*;

fn env(pairs: &[(&str, &str)]) -> HashMap<String, String> {
    pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
}

fn mistakes(file: &str) -> Vec<String> {
    Settings::read(Some(("own.toml", file)), &env(&[]))
        .expect_err("mistakes")
        .0
}

#[test]
fn the_defaults_are_valid_and_need_no_token() {
    let settings = Settings::read(None, &env(&[])).expect("the compiled-in file is valid");
    assert!(settings.token.is_none());
    assert_eq!(settings.api, DISCORD);
    assert_eq!(settings.feelings.0.len(), 5);
    assert_eq!(settings.feeds.interval, Duration::from_secs(60));
    assert_eq!(settings.zone, chrono_tz::Asia::Seoul);
}

#[test]
fn the_file_tells_the_range_of_every_number() {
    let (mut section, mut numbers) = (String::new(), 0);
    for line in DEFAULTS.lines() {
        if line.starts_with('[') {
            section = line.trim_end().to_owned();
        }
        let Some((key, value)) = line.split_once(" = ") else {
            continue;
        };
        let (value, comment) = value.split_once('#').unwrap_or((value, ""));
        if value.trim().parse::<u64>().is_err() {
            continue;
        }
        let said = comment.rsplit("; ").next().and_then(|range| range.split_once(" to "));
        let bound = |text: &str| {
            text.trim()
                .parse::<u64>()
                .unwrap_or_else(|_| panic!("no range: {line}"))
        };
        let (least, most) = said.map_or_else(|| panic!("no range: {line}"), |(a, b)| (bound(a), bound(b)));
        let takes = |number: u64| {
            Settings::read(Some(("own.toml", &format!("{section}\n{key} = {number}\n"))), &env(&[])).is_ok()
        };
        assert!(takes(least) && takes(most) && !takes(most + 1), "{line}");
        assert!(least == 0 || !takes(least - 1), "{line}");
        numbers += 1;
    }
    assert!(numbers > 15, "{numbers}");
}

#[test]
fn the_example_of_the_environment_shows_the_defaults() {
    let example = include_str!("../../.env.example");
    let shown = env(&example
        .lines()
        .filter_map(|line| line.trim_start_matches('#').split_once('='))
        .filter(|(key, _)| key.chars().all(|c| c.is_ascii_uppercase() || c == '_'))
        .collect::<Vec<_>>());
    let mut names: Vec<&str> = shown.keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["DAESA_CONFIG", "DATABASE_URL", "DISCORD_API", "DISCORD_TOKEN"]);
    let bare = Settings::read(None, &env(&[])).expect("valid");
    let same = Settings::read(None, &shown).expect("valid");
    assert_eq!(
        (same.database, same.api, same.token.is_none()),
        (bare.database, bare.api, true)
    );
}

#[test]
fn a_servers_own_emoji_can_be_a_feeling() {
    let feelings = |emoji: &str| {
        let file = format!("[[feeling]]\nname = \"love\"\nemoji = [{emoji}]");
        Settings::read(Some(("own.toml", &file)), &HashMap::new()).map(|settings| settings.feelings)
    };
    let forms = feelings(r#""bori:123", "<a:bori_runs:124>", "<:bori_sits:125>", "🐴""#).expect("all of them");
    let love = &forms.0[0];
    assert_eq!(love.seed, "<:bori:123>", "as it is drawn in texts");
    let expected = [123, 124, 125].map(crate::model::Emoji::Custom);
    assert_eq!(love.emoji[..3], expected);
    for wrong in [
        r#""bori""#,
        r#""bori:0""#,
        r#""bori:x""#,
        r#""b o:1""#,
        r#""<bori:1>""#,
        r#""<:bori:01>""#,
    ] {
        assert!(feelings(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn all_mistakes_are_reported_at_once_and_name_the_key() {
    let all = mistakes(
        "[feeds]\nintervall = 3\nfirst_look = 900\n[posts]\nseed = 1\n[time]\nzone = \"Mars\"\n\
         [[outlet]]\nname = \"A\"\nurl = \"ftp://a\"\ncolour = 1\n",
    );
    let text = all.join("\n");
    assert_eq!(all.len(), 6, "{text}");
    for part in [
        "own.toml:2: there is no key `feeds.intervall`; the nearest is `feeds.interval`",
        "own.toml:3: `feeds.first_look`",
        "own.toml:5: `posts.seed`",
        "own.toml:7: `time.zone`: there is no zone `Mars`",
        "own.toml:10: outlet 1: `url`",
        "own.toml:11: there is no key `colour`",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn a_secret_in_the_settings_is_shown_its_place_and_not_repeated() {
    let all = mistakes("token = \"aaa.bbb.ccc\"\n[discord]\nx = 1\n[log]\nDatabase_URL = \"sqlite://x.db\"\n");
    let text = all.join("\n");
    for part in [
        "own.toml:1: there is no key `token`: that is DISCORD_TOKEN in .env or the environment",
        "own.toml:5: there is no key `log.Database_URL`: that is DATABASE_URL in .env",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    let broken = mistakes("token = aaa.bbb.ccc\n");
    assert!(!format!("{text}{broken:?}").contains("aaa"), "{text}{broken:?}");
}

#[test]
fn a_switch_of_an_outlet_is_no_text() {
    let all = mistakes("[[outlet]]\nname = \"A\"\nurl = \"https://a.test\"\nheadline_only = \"true\"\n");
    assert!(
        all.join("\n").contains("`headline_only` is to be true or false"),
        "{all:?}"
    );
}

#[test]
fn an_empty_list_of_outlets_says_so() {
    assert!(
        mistakes("outlet = []")
            .join("\n")
            .contains("the list of outlets is empty")
    );
}

#[test]
fn broken_toml_is_one_line() {
    let all = mistakes("[feeds\nx");
    assert_eq!(all.len(), 1);
    assert!(all[0].starts_with("own.toml:1: ") && !all[0].contains('\n'), "{all:?}");
}

#[test]
fn a_secret_cannot_be_printed() {
    let settings = Settings::read(None, &env(&[("DISCORD_TOKEN", "Bot aaa.bbb.ccc")])).expect("valid");
    assert_eq!(settings.token.as_ref().map(Secret::reveal), Some("aaa.bbb.ccc"));
    assert!(!format!("{settings:?}").contains("aaa.bbb"));
}

#[test]
fn a_malformed_token_is_not_repeated() {
    let error = Settings::read(None, &env(&[("DISCORD_TOKEN", "hunter2")])).expect_err("malformed");
    assert!(error.to_string().contains("DISCORD_TOKEN"));
    assert!(!error.to_string().contains("hunter2"));
}

#[test]
fn an_own_host_table_is_free() {
    let settings = Settings::read(
        Some(("own.toml", "[http]\nresolve = { \"*.test\" = \"127.0.0.1:80\" }")),
        &env(&[]),
    )
    .expect("valid");
    assert_eq!(
        settings.http.resolve,
        [("*.test".to_owned(), "127.0.0.1:80".parse().expect("an address"))]
    );
}
