//! Ids of buttons: what goes out comes back, and nothing else does.

use super::super::*;
use proptest::prelude::*;

#[test]
fn ids_come_back_and_forged_ones_do_not() {
    let choose = Press::Choose {
        verb: "quote".into(),
        key: "person:ahn-hyo-seop".into(),
        asker: UserId(7),
        channel: None,
        wish: None,
    };
    assert_eq!(choose.to_id().as_deref(), Some("choose|quote|person:ahn-hyo-seop|7"));
    assert_eq!(
        Press::Another {
            key: String::new(),
            style: Style::Words
        }
        .to_id()
        .as_deref(),
        Some("another|")
    );
    assert_eq!(
        Press::Another {
            key: "person:ahn-hyo-seop".into(),
            style: Style::Card
        }
        .to_id()
        .as_deref(),
        Some("card|person:ahn-hyo-seop")
    );
    let too_long = Press::Another {
        key: format!("words:{}", "x".repeat(100)),
        style: Style::Words,
    };
    assert_eq!(too_long.to_id(), None);
    for forged in [
        "",
        "choose",
        "choose|rm|person:a|7",
        "choose|quote||7",
        "choose|quote|person:|7",
        "choose|quote|file:a|7",
        "choose|quote|person:a|0",
        "choose|quote|person:a|07",
        "choose|quote|person:a|+7",
        "choose|quote|person:a|7|8|9|9",
        "choose|quote|person:a|7|",
        "choose|quote|person:a|7||",
        "choose|quote|person:a|7|8|0",
        "choose|quote|person:a|7|8|0a",
        "choose|quote|person:a|7|8|1FF",
        "choose|quote|person:a|7|8|fffffffff",
        "choose|quote|person:a|99999999999999999999",
        "another",
        "card",
        "card|person",
        "another|person",
        "another|person:a\u{202e}b",
        "forget|",
        "forget|me",
        "forget|7|8",
        "retry|",
        "list|00|7",
        "list|-1|7",
        "list|4294967296|7",
        "pick|0|0",
        "edit|destroy|3|0|7",
        "edit||3|0|7",
        "edit|remove|0|0|7",
        "edit|remove|-3|0|7",
        "edit|remove|3|0",
        "retry|0",
        "retry|7|8",
    ] {
        assert_eq!(Press::from_id(forged), None, "{forged}");
    }
}

fn any_press() -> impl Strategy<Value = Press> {
    let key = "(person|drama|network|words):[a-z0-9가-힣 |-]{0,60}";
    prop_oneof![
        (
            any::<u64>(),
            key,
            any::<Option<u64>>(),
            0..VERBS.len() + 1,
            any::<Option<u32>>()
        )
            .prop_map(|(asker, key, channel, verb, wish)| {
                let verb = VERBS.get(verb).unwrap_or(&"other").to_string();
                Press::Choose {
                    verb,
                    key,
                    asker: UserId(asker),
                    channel: channel.map(ChannelId),
                    wish,
                }
            }),
        (key, any::<bool>()).prop_map(|(key, card)| Press::Another {
            key,
            style: if card { Style::Card } else { Style::Words },
        }),
        (any::<u32>(), any::<u64>()).prop_map(|(page, asker)| Press::List {
            page,
            asker: UserId(asker)
        }),
        (any::<u32>(), any::<u64>()).prop_map(|(page, asker)| Press::Pick {
            page,
            asker: UserId(asker)
        }),
        (0..9_usize, any::<bool>(), any::<i64>(), any::<u32>(), any::<u64>()).prop_map(
            |(what, on, subscription, page, asker)| Press::Edit {
                what: [
                    Edit::Kinds,
                    Edit::Outlets,
                    Edit::Role,
                    Edit::NoRole,
                    Edit::Spoiler(on),
                    Edit::Thread(on),
                    Edit::Votes(on),
                    Edit::Paused(on),
                    Edit::Remove
                ][what],
                subscription: SubscriptionId(subscription),
                page,
                asker: UserId(asker),
            }
        ),
        any::<u64>().prop_map(|asker| Press::Forget { asker: UserId(asker) }),
        any::<u64>().prop_map(|channel| Press::Retry {
            channel: ChannelId(channel)
        }),
    ]
}

proptest! {
    #[test]
    fn what_goes_out_comes_back(press in any_press()) {
        if let Some(id) = press.to_id() {
            prop_assert!(id.encode_utf16().count() <= ID_MAX);
            prop_assert_eq!(Press::from_id(&id), Some(press));
        } else {
            let short = match &press {
                Press::Choose { key, .. } | Press::Another { key, .. } => key.len() < 20 && !key.contains('|'),
                Press::Forget { .. }
                | Press::Retry { .. }
                | Press::List { .. }
                | Press::Pick { .. }
                | Press::Edit { .. } => true,
            };
            let bad = match &press {
                Press::Choose { verb, key, asker, channel, wish } => {
                    verb == "other" || key.ends_with(':') || asker.0 == 0 || channel.is_some_and(|c| c.0 == 0)
                        || *wish == Some(0)
                }
                Press::Another { key, .. } => key.ends_with(':'),
                Press::Forget { asker } | Press::List { asker, .. } | Press::Pick { asker, .. } => asker.0 == 0,
                Press::Edit { subscription, asker, .. } => asker.0 == 0 || subscription.0 <= 0,
                Press::Retry { channel } => channel.0 == 0,
            };
            prop_assert!(bad || !short, "{press:?} has no id");
        }
    }

    #[test]
    fn no_id_panics_and_none_is_read_that_is_not_ours(id in "\\PC{0,120}|(choose|another|card|forget|retry|list|pick|edit)[|a-z0-9:]{0,60}") {
        if let Some(press) = Press::from_id(&id) {
            prop_assert_eq!(press.to_id(), Some(id));
        }
    }
}
