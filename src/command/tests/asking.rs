//! Rankings, moods and everything else that is asked for in words.

use super::*;

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
