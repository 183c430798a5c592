//! Lines: how they are asked for.

use super::*;

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
    for (said, called, shown) in [
        ("<@42> ok yi dam", "ok yi dam", Style::Words),
        ("<@!42>, \"ok yi dam\"", "ok yi dam", Style::Words),
        ("<@42> 옥이담", "옥이담", Style::Words),
        ("<@42> ok yi dam style:card", "ok yi dam", Style::Card),
    ] {
        let (name, style) = (called.to_owned(), shown);
        assert_eq!(ok(said), Command::Called { name, style }, "{said}");
    }
    assert_eq!(ok("<@42> drama:moon river"), quote(None, Some("moon river"), None));
    for said in [
        "!quote <@77>",
        "!quote ahn <@!77> seop",
        "<@42> <@77>",
        "!cast name:<@77>",
        "!subscribe <@77>",
        "!top <@77>",
    ] {
        assert_eq!(refused(said), Refusal::Member, "{said}");
    }
    assert_eq!(ok("!quote <@ahn>"), quote(Some("<@ahn>"), None, None));
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
