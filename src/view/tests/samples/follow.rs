//! Answers about what is followed.

use super::{AT, CHANNEL, choice, followed, text};
use crate::model::{
    Answer, ArticleKind, Manner, RoleId, Terms, UserId, Venue,
    answer::{Followed, Subscribed},
};

/// Terms of every kind.
pub(in super::super) fn terms(h: Option<&str>) -> Terms {
    Terms {
        kinds: vec![ArticleKind::Stills, ArticleKind::Interview],
        outlets: vec![text("Hallyu Daily", h)],
        manner: Manner {
            spoiler: true,
            roles: vec![RoleId(900)],
            thread: true,
            votes: false,
        },
    }
}

fn subscribed(done: Subscribed) -> Answer {
    Answer::Subscribed {
        channel: CHANNEL,
        asker: UserId(7),
        wish: Some(0xabc),
        done: Box::new(done),
    }
}

fn new_ones(h: Option<&str>) -> Vec<(&'static str, Answer)> {
    let t = |plain: &str| text(plain, h);
    let label = || t("The Lantern Keeper");
    let lately = vec![
        (
            t("Moon Ji Won Lights The Last Lantern"),
            Some(text("https://news.example/1", h)),
            false,
        ),
        (t("Stills Of Episode 15"), None, true),
    ];
    let known = Subscribed {
        new: vec![(label(), true)],
        lately,
        ..Subscribed::default()
    };
    let on_terms = Subscribed {
        terms: terms(h),
        venue: Venue::Announcement,
        ..known.clone()
    };
    let several = Subscribed {
        new: vec![(label(), true), (t("Harbour Night"), false), (String::new(), true)],
        changed: vec![t("Moon Ji Won")],
        already: vec![t("Seo Ha Eun"), t("MBN")],
        full: vec![t("Paper Boats")],
        limit: 50,
        unclear: vec![
            (
                t("kim ara"),
                vec![
                    choice("person:kim-a-ra", "Kim A Ra", "김아라", "Harbour Night, 2024", h),
                    choice("person:kim-a-ra-2", "Kim A Ra", "김아라", "NINE LAMPS", h),
                ],
            ),
            (t("♡"), vec![]),
        ],
        terms: Terms {
            manner: Manner {
                thread: true,
                ..Manner::default()
            },
            ..Terms::default()
        },
        venue: Venue::Forum,
        lately: vec![],
    };
    let only = |done: Subscribed| subscribed(done);
    vec![
        ("known", only(known)),
        (
            "unknown",
            only(Subscribed {
                new: vec![(label(), false)],
                ..Subscribed::default()
            }),
        ),
        ("on terms", only(on_terms)),
        ("several", only(several)),
        (
            "changed",
            only(Subscribed {
                changed: vec![label()],
                terms: terms(h),
                ..Subscribed::default()
            }),
        ),
        (
            "already",
            only(Subscribed {
                already: vec![label()],
                ..Subscribed::default()
            }),
        ),
        (
            "all unclear",
            only(Subscribed {
                unclear: vec![(t("♡"), vec![]), (t("♤"), vec![])],
                ..Subscribed::default()
            }),
        ),
        ("too many", Answer::TooMany { limit: 50 }),
    ]
}

pub(in super::super) fn follow(h: Option<&str>) -> Vec<(&'static str, Answer)> {
    let t = |plain: &str| text(plain, h);
    let label = || t("The Lantern Keeper");
    let mut paused = followed(2, 100, "Moon Ji Won", h);
    paused.subscription.paused = true;
    let rows = vec![
        followed(1, 100, "The Lantern Keeper", h),
        paused,
        Followed {
            blocked: Some(AT),
            ..followed(3, 200, "everything", h)
        },
    ];
    let pause = |paused, labels, strange, count| Answer::Paused {
        channel: CHANNEL,
        paused,
        labels,
        strange,
        count,
    };
    let rest = vec![
        (
            "unsubscribed",
            Answer::Unsubscribed {
                labels: vec![label()],
                strange: vec![],
                channel: CHANNEL,
            },
        ),
        (
            "unsubscribed several",
            Answer::Unsubscribed {
                labels: vec![label(), t("Moon Ji Won")],
                strange: vec![t("Harbour Night")],
                channel: CHANNEL,
            },
        ),
        (
            "not subscribed",
            Answer::NotSubscribed {
                asked: t("Harbour Night"),
                followed: vec![label(), t("Moon Ji Won")],
            },
        ),
        (
            "follows nothing",
            Answer::NotSubscribed {
                asked: t("Harbour Night"),
                followed: vec![],
            },
        ),
        ("list", Answer::Subscriptions(rows)),
        ("empty list", Answer::Subscriptions(vec![])),
        ("paused", pause(true, vec![], vec![], 2)),
        ("paused one", pause(true, vec![label()], vec![t("Harbour Night")], 1)),
        ("resumed", pause(false, vec![], vec![], 1)),
        ("resumed two", pause(false, vec![label(), t("Moon Ji Won")], vec![], 2)),
        ("nothing to pause", pause(true, vec![], vec![], 0)),
    ];
    [new_ones(h), rest].concat()
}
