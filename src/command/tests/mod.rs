//! What people type, and what comes of it.

mod ids;
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
fn a_line_may_be_wanted_as_a_picture() {
    let card = |name: Option<&str>, drama: Option<&str>| match quote(name, drama, None) {
        Command::Quote { name, drama, text, .. } => Command::Quote {
            name,
            drama,
            text,
            style: Style::Card,
        },
        other => other,
    };
    for said in [
        "!quote ahn hyo seop style:card",
        "!quote style:card ahn hyo seop",
        "!quote style:picture name:ahn hyo seop",
        "!대사 모양:그림 이름:ahn hyo seop",
        "!quote style: Card ahn hyo seop",
    ] {
        assert_eq!(ok(said), card(Some("ahn hyo seop"), None), "{said}");
    }
    assert_eq!(
        ok("!quote drama:홍천기 style:카드"),
        card(None, Some("홍천기")),
        "nobody in particular"
    );
    assert_eq!(ok("!quote style:words x"), quote(Some("x"), None, None));
    let options = [("style".to_owned(), OptionValue::Text("card".into()))];
    assert_eq!(from_options("quote", &options), Ok(card(None, None)));
    assert!(matches!(
        refused("!quote x style:poster"),
        Refusal::BadValue {
            option: "style",
            possible: ["card", "words"],
            ..
        }
    ));
    // A key's value is a choice of one or two words.
    assert_eq!(
        ok("!top period:this week red sky"),
        top(Period::Week, TopBy::Story, Some("red sky"))
    );
}

#[test]
fn quotes_are_asked_for_in_many_ways() {
    let hyo_seop = quote(Some("ahn hyo seop"), None, None);
    for said in [
        "!quote ahn hyo seop",
        "  !Quote  ahn\u{200b} hyo\n seop ",
        "！quote ahn hyo seop",
        "<@42> quote ahn hyo seop",
        "<@!42>, quote ahn hyo seop",
        "<@42> !quote \"ahn hyo seop\"",
        "!quote “ahn hyo seop”",
        "!quote \"ahn hyo seop",
        "!quote name:ahn hyo seop",
        "!quote name: \"ahn hyo seop\"",
        "!cita nombre:ahn hyo seop",
        "!대사 이름：ahn hyo seop",
    ] {
        assert_eq!(ok(said), hyo_seop, "{said}");
    }
    assert_eq!(ok("!대사 안효섭"), quote(Some("안효섭"), None, None));
    assert_eq!(ok("!quote"), quote(None, None, None));
    assert_eq!(
        ok("!quote \"Our Title: Two\""),
        quote(Some("Our Title: Two"), None, None)
    );
    assert_eq!(ok("!quote 『홍천기』"), quote(Some("홍천기"), None, None));
    assert_eq!(ok("!quote Kim's boys"), quote(Some("Kim's boys"), None, None));
    assert_eq!(
        ok("!quote name:ahn drama:lovers of the red sky text:peach"),
        quote(Some("ahn"), Some("lovers of the red sky"), Some("peach"))
    );
    assert_eq!(
        ok("!quote drama:\"Our Title\" ahn"),
        quote(Some("ahn"), Some("Our Title"), None)
    );
    assert_eq!(
        ok("!quote ahn hyo seop text:the peach"),
        quote(Some("ahn hyo seop"), None, Some("the peach"))
    );
}

#[test]
fn what_is_not_for_us_is_left_alone() {
    for said in [
        "",
        "!",
        "! quote x",
        "!!",
        "!1",
        "hello",
        "quote x",
        "!play despacito",
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
        refused("<@42> thanks"),
        Refusal::NoCommand {
            asked: "thanks".into(),
            nearest: None
        }
    );
    assert_eq!(nearest("subscirbe"), Some("subscribe"));
    assert_eq!(nearest("구둑"), Some("subscribe"));
}

#[test]
fn following_names_what_and_where() {
    assert_eq!(
        ok("!subscribe lovers of the red sky"),
        subscribe("lovers of the red sky", None)
    );
    for said in [
        "!subscribe lovers of the red sky <#7>",
        "!subscribe <#7> lovers of the red sky",
        "!follow lovers of <#7> the red sky",
        "!subscribe drama:lovers of the red sky channel:<#7>",
        "!구독 lovers of the red sky 채널: 7",
    ] {
        assert_eq!(ok(said), subscribe("lovers of the red sky", Some(7)), "{said}");
    }
    // A key's value goes on to the next key, and this one is no channel.
    assert_eq!(
        refused("!subscribe channel: 7 lovers of the red sky"),
        Refusal::BadChannel
    );
    for said in [
        "!subscribe everything",
        "!subscribe ALL",
        "!구독 전체",
        "!구독 모든 소식",
        "!subscribe everything:yes",
    ] {
        assert_eq!(ok(said), subscribe("", None), "{said}");
    }
    assert_eq!(ok("!구독 홍천기 <#9>"), subscribe("홍천기", Some(9)));
    assert_eq!(
        ok("!subscribe \"Everything and Nothing\""),
        subscribe("Everything and Nothing", None)
    );
    assert_eq!(ok("!subscribe #alive"), subscribe("#alive", None));
    assert_eq!(refused("!subscribe lovers #news"), Refusal::BadChannel);
    assert_eq!(
        refused("!subscribe"),
        Refusal::Missing {
            command: "subscribe",
            option: "drama"
        }
    );
    assert!(matches!(
        refused("!subscribe drama:a everything:yes"),
        Refusal::OneOnly { .. }
    ));
    assert!(matches!(
        refused("!subscribe everything:maybe"),
        Refusal::BadValue { .. }
    ));
    let which = |what: &[&str], everything, all| Which {
        what: what.iter().map(|what| (*what).to_owned()).collect(),
        everything,
        all,
    };
    let (five, three) = (Some(ChannelId(5)), Some(ChannelId(3)));
    for (said, wanted, channel) in [
        ("!unsubscribe everything <#5>", which(&[], true, false), five),
        ("!unsubscribe all", which(&[], false, true), None),
        ("!구독취소 모두", which(&[], false, true), None),
        ("!unsubscribe all:yes", which(&[], false, true), None),
        ("!unsubscribe a, b and c", which(&["a, b and c"], false, false), None),
    ] {
        assert_eq!(ok(said), Command::Unsubscribe { which: wanted, channel }, "{said}");
    }
    for (said, wanted, channel) in [
        ("!resume", which(&[], false, true), None),
        ("!재개 <#3>", which(&[], false, true), three),
        ("!resume here", which(&[], false, true), None),
        ("!resume lovers <#3>", which(&["lovers"], false, false), three),
        ("!resume everything", which(&[], true, false), None),
    ] {
        assert_eq!(ok(said), Command::Resume { which: wanted, channel }, "{said}");
    }
    assert!(matches!(ok("!pause"), Command::Pause { channel: None, .. }));
    assert_eq!(ok("!check here"), Command::Check { channel: None });
    assert_eq!(refused("!check <#0>"), Refusal::BadChannel);
    assert_eq!(refused("!check lovers"), Refusal::BadChannel);
}

#[test]
fn terms_are_read_with_what_is_followed() {
    let Command::Subscribe { what, change, .. } = ok(
        "!subscribe moonlit harbor, tide kinds:stills, interviews spoiler:yes role:<@&77> thread:no votes:off outlets:Lantern",
    ) else {
        panic!()
    };
    assert_eq!(what, ["moonlit harbor, tide"]);
    let wanted = Change {
        kinds: Some(vec![
            crate::model::ArticleKind::Stills,
            crate::model::ArticleKind::Interview,
        ]),
        outlets: Some(vec!["Lantern".into()]),
        spoiler: Some(true),
        role: Some(Some(RoleId(77))),
        thread: Some(false),
        votes: Some(false),
    };
    assert_eq!(change, wanted);
    let slash = from_options(
        "subscribe",
        &[
            ("drama".into(), OptionValue::Text("tide".into())),
            ("person".into(), OptionValue::Text("ara".into())),
            ("kinds".into(), OptionValue::Text("all".into())),
            ("role".into(), OptionValue::Role(RoleId(77))),
            ("spoiler".into(), OptionValue::Bool(false)),
        ],
    );
    let Ok(Command::Subscribe { what, change, .. }) = slash else {
        panic!("{slash:?}")
    };
    assert_eq!(what, ["tide", "ara"]);
    assert_eq!(
        (change.kinds, change.role, change.spoiler),
        (Some(vec![]), Some(Some(RoleId(77))), Some(false))
    );
    assert_eq!(refused("!subscribe tide role:everyone"), Refusal::BadRole);
    assert!(matches!(
        refused("!subscribe tide kinds:gossip"),
        Refusal::BadValue { .. }
    ));
    assert!(matches!(
        refused("!subscribe tide spoiler:perhaps"),
        Refusal::BadValue { .. }
    ));
}

#[test]
fn rankings_read_periods_kinds_and_titles() {
    use Period::{All, Month, Week};
    use TopBy::{Person, Story};
    let cases = [
        ("!top", top(Week, Story, None)),
        ("!top month drama", top(Month, TopBy::Drama, None)),
        ("!top 주", top(Week, Story, None)),
        ("!순위 이번 달 배우", top(Month, Person, None)),
        ("!top of all time by people", top(All, Person, None)),
        (
            "!top lovers of the red sky",
            top(Week, Story, Some("lovers of the red sky")),
        ),
        (
            "!top month lovers of the red sky",
            top(Month, Story, Some("lovers of the red sky")),
        ),
        (
            "!top lovers of the red sky this month by person",
            top(Month, Person, Some("lovers of the red sky")),
        ),
        ("!top all of us are dead", top(Week, Story, Some("all of us are dead"))),
        (
            "!top drama lovers of the red sky",
            top(Week, Story, Some("lovers of the red sky")),
        ),
        (
            "!top month \"the drama week\"",
            top(Month, Story, Some("the drama week")),
        ),
        ("!top period:month by:drama", top(Month, TopBy::Drama, None)),
        ("!top month quote", top(Month, TopBy::Quote, None)),
        ("!순위 명대사 이번 달", top(Month, TopBy::Quote, None)),
        ("!top feelings of all time", top(All, TopBy::Feeling, None)),
        ("!top mood of the day month", top(Month, Story, Some("mood of the day"))),
        ("!top period:all drama:lovers", top(All, Story, Some("lovers"))),
    ];
    for (said, wanted) in cases {
        assert_eq!(ok(said), wanted, "{said}");
    }
    for said in [
        "!top everywhere month feelings",
        "!top where:everywhere period:month by:feeling",
        "!top month feeling everywhere",
        "!순위 이번 달 감정 어디서나",
    ] {
        let Command::Top {
            period: Month,
            by: TopBy::Feeling,
            drama: None,
            everywhere: true,
        } = ok(said)
        else {
            panic!("{said}: {:?}", ok(said));
        };
    }
    assert!(matches!(
        refused("!top where:moon"),
        Refusal::BadValue { option: "where", .. }
    ));
    assert!(matches!(
        refused("!top period:yesterday"),
        Refusal::BadValue { option: "period", .. }
    ));
}

#[test]
fn the_other_commands() {
    let name = "lovers of the red sky".to_owned();
    assert_eq!(
        ok("!drama lovers of the red sky"),
        Command::Drama { name: name.clone() }
    );
    assert_eq!(ok("!cast lovers of the red sky"), Command::Cast { name: name.clone() });
    assert_eq!(ok("!mood lovers of the red sky"), mood(Some(&name), None, false));
    assert_eq!(
        ok("!mood lovers of the red sky everywhere"),
        mood(Some(&name), None, true)
    );
    assert_eq!(ok("!mood"), mood(None, None, false));
    assert_eq!(ok("!반응 어디서나"), mood(None, None, true));
    assert_eq!(ok("!mood where:everywhere"), mood(None, None, true));
    let page = "https://news.example/a?b=1";
    assert_eq!(ok(&format!("!mood <{page}>")), mood(None, Some(page), false));
    assert_eq!(
        ok("!mood story:stills of episode 15"),
        mood(None, Some("stills of episode 15"), false)
    );
    assert_eq!(
        refused(&format!("!mood drama:lovers story:{page}")),
        Refusal::OneOnly {
            options: &["drama", "story"]
        }
    );
    assert_eq!(ok("!preview"), Command::Preview { what: None });
    assert_eq!(
        ok("!why <https://news.example/a?b=name:c>"),
        Command::Why {
            story: Some("https://news.example/a?b=name:c".into())
        }
    );
    assert_eq!(
        ok("!help !quote"),
        Command::Help {
            command: Some("quote".into())
        }
    );
    assert_eq!(ok("!forget-me"), Command::ForgetMe);
    assert_eq!(ok("!forget me"), Command::ForgetMe);
    assert_eq!(ok("!subscriptions"), Command::Subscriptions);
    assert_eq!(ok("!about"), Command::About);
    assert_eq!(ok("!privacy"), Command::Privacy);
    assert_eq!(
        refused("!drama"),
        Refusal::Missing {
            command: "drama",
            option: "name"
        }
    );
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
