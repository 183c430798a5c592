//! Ids of buttons: what goes out comes back, and nothing else does.

use super::super::*;
use super::{ok, quote, subscribe};
use proptest::prelude::*;

#[test]
fn ids_come_back_and_forged_ones_do_not() {
    let choose = Press::Choose {
        question: QuestionId(7),
        key: "person:ahn-hyo-seop".into(),
    };
    assert_eq!(choose.to_id().as_deref(), Some("choose|7|person:ahn-hyo-seop"));
    let again = Press::Again {
        question: QuestionId(7),
    };
    assert_eq!(again.to_id().as_deref(), Some("again|7"));
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
        "choose|7",
        "choose|rm|person:a",
        "choose|7|",
        "choose|7|person:",
        "choose|7|file:a",
        "choose|0|person:a",
        "choose|07|person:a",
        "choose|+7|person:a",
        "choose|-7|person:a",
        "choose|7|person:a|8",
        "choose|9223372036854775808|person:a",
        "choose|quote|person:a|7",
        "again",
        "again|",
        "again|x",
        "again|7|8",
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
        "vote|",
        "vote|❤️",
        "vote|a b",
        "vote|😂|😂",
        "edit|yearly|3|0|7",
    ] {
        assert_eq!(Press::from_id(forged), None, "{forged}");
    }
}

fn any_press() -> impl Strategy<Value = Press> {
    let key = "(person|drama|network|words):[a-z0-9가-힣 |-]{0,60}";
    prop_oneof![
        (any::<i64>(), key).prop_map(|(question, key)| Press::Choose {
            question: QuestionId(question),
            key,
        }),
        ".{0,12}".prop_map(|text: String| Press::Vote {
            emoji: crate::model::Emoji::unicode(&text),
        }),
        any::<i64>().prop_map(|question| Press::Again {
            question: QuestionId(question),
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
        (0..10_usize, 0..4_usize, any::<i64>(), any::<u32>(), any::<u64>()).prop_map(
            |(what, to, subscription, page, asker)| Press::Edit {
                what: [
                    Edit::Kinds,
                    Edit::Outlets,
                    Edit::Role,
                    Edit::NoRole,
                    Edit::Spoiler(to > 0),
                    Edit::Thread(to > 0),
                    Edit::Votes(crate::model::Votes::ALL[to % 3]),
                    Edit::Rhythm(crate::model::Rhythm::ALL[to]),
                    Edit::Paused(to > 0),
                    Edit::Remove
                ][what],
                subscription: SubscriptionId(subscription),
                page,
                asker: UserId(asker),
            }
        ),
        any::<u64>().prop_map(|asker| Press::Forget { asker: UserId(asker) }),
        any::<i64>().prop_map(|article| Press::Related {
            article: ArticleId(article)
        }),
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
                Press::Choose { key, .. } | Press::Another { key, .. } => key.len() < 40 && !key.contains('|'),
                // What is an emoji is looked at where it is pressed; these are any words.
                Press::Vote { .. } => false,
                Press::Forget { .. }
                | Press::Again { .. }
                | Press::Related { .. }
                | Press::Retry { .. }
                | Press::List { .. }
                | Press::Pick { .. }
                | Press::Edit { .. } => true,
            };
            let bad = match &press {
                Press::Choose { question, key } => key.ends_with(':') || question.0 <= 0,
                Press::Again { question } => question.0 <= 0,
                Press::Another { key, .. } => key.ends_with(':'),
                Press::Forget { asker } | Press::List { asker, .. } | Press::Pick { asker, .. } => asker.0 == 0,
                Press::Edit { subscription, asker, .. } => asker.0 == 0 || subscription.0 <= 0,
                Press::Related { article } => article.0 <= 0,
                Press::Retry { channel } => channel.0 == 0,
                Press::Vote { .. } => false,
            };
            prop_assert!(bad || !short, "{press:?} has no id");
        }
    }

    #[test]
    fn no_id_panics_and_none_is_read_that_is_not_ours(id in "\\PC{0,120}|(choose|another|again|card|forget|related|retry|list|pick|edit)[|a-z0-9:]{0,60}") {
        if let Some(press) = Press::from_id(&id) {
            prop_assert_eq!(press.to_id(), Some(id));
        }
    }
}

/// What a button goes on with is kept as JSON: nothing of a command may get lost on the way, and a choice takes the
/// place of the unclear name alone.
#[test]
fn commands_come_back_from_the_store_with_all_their_options() {
    for entry in ENTRIES {
        for example in entry.examples.iter().flat_map(|example| [example.en, example.ko]) {
            let command = ok(&format!("!{example}"));
            let kept = serde_json::to_string(&command).unwrap();
            assert_eq!(serde_json::from_str::<Command>(&kept).unwrap(), command, "{example}");
        }
    }
    let key = || "drama:lovers-of-the-red-sky".to_owned();
    assert_eq!(
        ok("!quote name:ahn drama:lovers text:the peach").choosing("drama", key()),
        quote(Some("ahn"), Some(&key()), Some("the peach"))
    );
    assert_eq!(
        ok("!quote name:ahn drama:lovers text:the peach").choosing("name", key()),
        quote(Some(&key()), Some("lovers"), Some("the peach"))
    );
    assert_eq!(
        ok("!top month people lovers everywhere").choosing("drama", key()),
        Command::Top {
            period: Period::Month,
            by: TopBy::Person,
            drama: Some(key()),
            everywhere: true
        }
    );
    assert_eq!(
        ok("!subscribe lovers <#7>").choosing("what", key()),
        subscribe(&key(), Some(7))
    );
    assert_eq!(ok("!about").choosing("name", key()), ok("!about"));
}
