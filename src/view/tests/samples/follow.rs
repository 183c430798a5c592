//! Answers about what is followed.

use super::{AT, CHANNEL, choice, followed, text};
use crate::model::{
    Answer, ArticleKind, HoursShown, Manner, OwnHours, QuestionId, QuietHours, Rhythm, RoleId, Terms, UserId, Venue,
    Votes,
    answer::{Changeable, Followed, FollowedPage, HoursAnswer, HoursPlace, Subscribed},
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
            votes: Votes::Off,
        },
        rhythm: Rhythm::Daily,
    }
}

fn subscribed(done: Subscribed) -> Answer {
    Answer::Subscribed {
        channel: CHANNEL,
        question: Some(QuestionId(7)),
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

fn page(rows: Vec<Followed>, page: u32, may_manage: bool, ended: Option<String>) -> Answer {
    Answer::Subscriptions(FollowedPage {
        rows,
        page,
        asker: UserId(7),
        may_manage,
        ended,
    })
}

fn changeable(one: Followed, venue: Venue, h: Option<&str>) -> Answer {
    Answer::Changeable(Box::new(Changeable {
        one,
        page: 2,
        asker: UserId(7),
        venue,
        outlets: vec![text("Hallyu Daily", h), text("The Lantern", h)],
        threads: true,
    }))
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
    let many: Vec<Followed> = (1..=40)
        .map(|n| followed(n, 100 + u64::from(n > 20), "Harbour Night", h))
        .collect();
    let mut on_terms = followed(4, 100, "Moon Ji Won", h);
    on_terms.subscription.paused = true;
    on_terms.subscription.terms = terms(h);
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
                nearest: None,
                followed: vec![label(), t("Moon Ji Won")],
            },
        ),
        (
            "not subscribed, but to something like it",
            Answer::NotSubscribed {
                asked: t("Mun Ji Won"),
                nearest: Some(t("Moon Ji Won")),
                followed: vec![label(), t("Moon Ji Won")],
            },
        ),
        (
            "follows nothing",
            Answer::NotSubscribed {
                asked: t("Harbour Night"),
                nearest: None,
                followed: vec![],
            },
        ),
        ("list", page(rows.clone(), 0, false, None)),
        ("list to change", page(rows.clone(), 0, true, None)),
        ("second page", page(many, 1, true, None)),
        ("empty list", page(vec![], 3, true, None)),
        ("one less", page(rows, 9, true, Some(label()))),
        (
            "to change",
            changeable(followed(4, 100, "The Lantern Keeper", h), Venue::Channel, h),
        ),
        ("to change, on terms", changeable(on_terms, Venue::Announcement, h)),
        (
            "to change, in a forum",
            changeable(followed(4, 100, "", h), Venue::Forum, h),
        ),
        ("paused", pause(true, vec![], vec![], 2)),
        ("paused one", pause(true, vec![label()], vec![t("Harbour Night")], 1)),
        ("resumed", pause(false, vec![], vec![], 1)),
        ("resumed two", pause(false, vec![label(), t("Moon Ji Won")], vec![], 2)),
        ("nothing to pause", pause(true, vec![], vec![], 0)),
    ];
    [new_ones(h), rest].concat()
}

/// Hours of a channel and of a server, as they are and as they were changed.
pub(in super::super) fn hours(h: Option<&str>) -> Vec<(&'static str, Answer)> {
    let night = QuietHours::new(23 * 60, 7 * 60 + 30);
    let shown = HoursShown {
        zone: text("Asia/Seoul", h),
        at: 9 * 60,
        day: 0,
        quiet: None,
    };
    let answer = |what: HoursAnswer| Answer::Hours(Box::new(what));
    let as_it_is = HoursAnswer {
        place: HoursPlace::Channel(CHANNEL),
        hours: shown.clone(),
        own: OwnHours::default(),
        changed: false,
        next: Some(AT),
        quiet_until: None,
    };
    let changed = HoursAnswer {
        hours: HoursShown {
            at: 18 * 60 + 30,
            day: 4,
            quiet: night,
            ..shown
        },
        own: OwnHours {
            at: Some(18 * 60 + 30),
            day: Some(4),
            quiet: Some(night),
            zone: None,
        },
        changed: true,
        quiet_until: Some(AT),
        ..as_it_is.clone()
    };
    let server = HoursAnswer {
        place: HoursPlace::Server,
        ..changed.clone()
    };
    vec![
        ("hours as they are", answer(as_it_is)),
        ("hours changed", answer(changed)),
        ("hours of the server", answer(server)),
    ]
}
