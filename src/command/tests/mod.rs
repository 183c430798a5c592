//! What people type, and what comes of it.

mod asking;
mod following;
mod ids;
mod quotes;
mod table;

use super::*;
use crate::model::{ChannelId, RoleId, UserId};
use proptest::prelude::*;

const BOT: UserId = UserId(42);

fn say(content: &str) -> Option<Parsed> {
    from_message(content, BOT)
}

fn ok(content: &str) -> Command {
    match say(content) {
        Some(Ok(command)) => command,
        other => panic!("{content}: {other:?}"),
    }
}

fn refused(content: &str) -> Refusal {
    match say(content) {
        Some(Err(refusal)) => refusal,
        other => panic!("{content}: {other:?}"),
    }
}

fn quote(name: Option<&str>, drama: Option<&str>, text: Option<&str>) -> Command {
    Command::Quote {
        name: name.map(Into::into),
        drama: drama.map(Into::into),
        text: text.map(Into::into),
        style: Style::Words,
    }
}

fn subscribe(what: &str, channel: Option<u64>) -> Command {
    let everything = what.is_empty();
    let what = Some(what.to_owned()).filter(|what| !what.is_empty());
    Command::Subscribe {
        what: what.into_iter().collect(),
        everything,
        channel: channel.map(ChannelId),
        change: Change::default(),
    }
}

fn top(period: Period, by: TopBy, drama: Option<&str>) -> Command {
    Command::Top {
        period,
        by,
        drama: drama.map(Into::into),
        everywhere: false,
    }
}

fn mood(drama: Option<&str>, story: Option<&str>, everywhere: bool) -> Command {
    Command::Mood {
        drama: drama.map(Into::into),
        story: story.map(Into::into),
        everywhere,
    }
}

#[test]
fn what_is_not_for_us_is_left_alone() {
    for said in [
        "",
        "!",
        "! wow",
        "! quotation marks",
        "!!",
        "!1",
        "hello",
        "quote x",
        "!play despacito",
        "!abort",
        "!house",
        "!tpo",
        "<@43> quote x",
        "<@42",
        "<#42> x",
    ] {
        assert_eq!(say(said), None, "{said}");
    }
    assert_eq!(strip_prefix("!foo bar", BOT), Some("foo bar"));
    assert_eq!(from_text("foo bar", Addressed::Prefix), None);
    assert_eq!(ok("<@42>"), Command::Help { command: None });
    assert_eq!(
        refused("<@42> qoute x"),
        Refusal::NoCommand {
            asked: "qoute".into(),
            nearest: Some("quote")
        }
    );
    assert_eq!(
        refused(&format!("<@42> thanks {}", "very much ".repeat(20))),
        Refusal::NoCommand {
            asked: "thanks".into(),
            nearest: None
        }
    );
    assert_eq!(nearest("subscirbe"), Some("subscribe"));
    assert_eq!(nearest("구둑"), Some("subscribe"));
}

#[test]
fn a_command_typed_on_a_phone() {
    let asked = ok("!quote x");
    for said in [
        "! quote x",
        "!Quote x",
        "！ QUOTE　x",
        "！ｑｕｏｔｅ x",
        "!quote: x",
        "!quote, x",
        "<@42> quote: x",
        "<@42> ! quote x",
    ] {
        assert_eq!(ok(said), asked, "{said}");
    }
    assert_eq!(ok("!top?"), ok("!top"));
    for (said, meant) in [
        ("!qoute x", "quote"),
        ("!quotte x", "quote"),
        ("!qute x", "quote"),
        ("!subscirbe x", "subscribe"),
    ] {
        let asked = said[1..said.len() - 2].to_owned();
        let nearest = Some(meant);
        assert_eq!(refused(said), Refusal::NoCommand { asked, nearest }, "{said}");
    }
}

#[test]
fn long_words_are_refused_and_never_cut() {
    let long = "안".repeat(101);
    assert_eq!(
        refused(&format!("!quote {long}")),
        Refusal::TooLong {
            option: "name",
            limit: 100
        }
    );
    assert_eq!(
        refused(&format!("!quote text:{long}")),
        Refusal::TooLong {
            option: "text",
            limit: 100
        }
    );
    assert!(matches!(
        refused(&format!("!subscribe {long}")),
        Refusal::TooLong { .. }
    ));
    assert!(matches!(refused(&format!("!top {long}")), Refusal::TooLong { .. }));
    assert_eq!(
        ok(&format!("!quote {}", "안".repeat(100))),
        quote(Some(&"안".repeat(100)), None, None)
    );
    assert!(matches!(
        refused(&format!("!drama {}", "😭".repeat(4000))),
        Refusal::TooLong { .. }
    ));
}

#[test]
fn slash_options_come_to_the_same() {
    let text = |value: &str| OptionValue::Text(value.into());
    let options = |given: &[(&str, OptionValue)]| {
        given
            .iter()
            .map(|(k, v)| ((*k).to_owned(), v.clone()))
            .collect::<Vec<_>>()
    };
    let cases = [
        (
            "quote",
            options(&[("name", text(" ahn\u{202e}  hyo seop"))]),
            Ok(quote(Some("ahn hyo seop"), None, None)),
        ),
        ("quote", options(&[("name", text("  "))]), Ok(quote(None, None, None))),
        (
            "subscribe",
            options(&[
                ("drama", text("drama:lovers-of-the-red-sky")),
                ("channel", OptionValue::Channel(ChannelId(7))),
            ]),
            Ok(subscribe("drama:lovers-of-the-red-sky", Some(7))),
        ),
        (
            "subscribe",
            options(&[("everything", OptionValue::Bool(true))]),
            Ok(subscribe("", None)),
        ),
        (
            "unsubscribe",
            options(&[("what", text("all"))]),
            Ok(Command::Unsubscribe {
                which: Which {
                    all: true,
                    ..Which::default()
                },
                channel: None,
            }),
        ),
        (
            "top",
            options(&[("period", text("month")), ("by", text("person"))]),
            Ok(top(Period::Month, TopBy::Person, None)),
        ),
        (
            "cast",
            options(&[]),
            Err(Refusal::Missing {
                command: "cast",
                option: "name",
            }),
        ),
        (
            "quote",
            options(&[("name", text(&"a".repeat(200)))]),
            Err(Refusal::TooLong {
                option: "name",
                limit: 100,
            }),
        ),
        (
            "check",
            options(&[("channel", OptionValue::Channel(ChannelId(0)))]),
            Err(Refusal::BadChannel),
        ),
        (
            "forget-me",
            options(&[("old", OptionValue::Int(3))]),
            Ok(Command::ForgetMe),
        ),
    ];
    for (name, options, wanted) in cases {
        assert_eq!(from_options(name, &options), wanted, "{name} {options:?}");
    }
    assert!(matches!(from_options("nonsense", &[]), Err(Refusal::NoCommand { .. })));
}

proptest! {
    #[test]
    fn no_message_panics(content in "(?s).{0,200}|[!<@#>42 :\"“”'a-z가-힣]{0,80}") {
        let _ = say(&content);
        for entry in ENTRIES {
            if let Some(Ok(command)) = from_text(&format!("{} {content}", entry.name()), Addressed::Prefix) {
                prop_assert_eq!(command.verb(), entry.verb);
            }
            let given: Vec<_> = entry
                .options
                .iter()
                .map(|option| (option.name().to_owned(), OptionValue::Text(content.clone())))
                .collect();
            let _ = from_options(entry.name(), &given);
        }
    }

    #[test]
    fn names_are_read_as_typed(name in "[a-zA-Z가-힣]{1,12}( [a-zA-Z가-힣0-9][a-zA-Z가-힣0-9'.-]{0,11}){0,4}") {
        prop_assert_eq!(ok(&format!("!quote {name}")), quote(Some(&name), None, None));
        prop_assert_eq!(ok(&format!("!quote “{name}”")), quote(Some(&name), None, None));
        prop_assert_eq!(ok(&format!("<@42> cast name:{name}")), Command::Cast { name: name.clone() });
        let slash = from_options("cast", &[("name".to_owned(), OptionValue::Text(name.clone()))]);
        prop_assert_eq!(slash, Ok(Command::Cast { name }));
    }
}
