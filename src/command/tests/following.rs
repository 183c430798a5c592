//! Following: what, where and on which terms.

use super::*;

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
        "!subscribe moonlit harbor, tide kinds:stills, interviews spoiler:yes role:<@&77> thread:no votes:off when:daily outlets:Lantern",
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
        votes: Some(crate::model::Votes::Off),
        rhythm: Some(crate::model::Rhythm::Daily),
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
