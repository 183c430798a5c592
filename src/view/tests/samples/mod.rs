//! An answer of every kind, with invented dramas and people, and one hostile text for all of them.

mod feeds;
mod follow;
mod state;

pub(super) use feeds::feeds;
pub(super) use follow::{follow, hours, terms};
pub(super) use state::{checks, own, refusals, whys};

use crate::model::{
    Answer, ArticleId, ArticleKind, ChannelId, Emoji, Feeling, Feelings, GuildId, QuestionId, QuoteId, QuoteKind,
    Subject, Subscription, SubscriptionId, Terms,
    answer::{
        Again, Choice, Followed, Known, KnownAs, Mood, Period, Ranked, Ranking, SaidLine, Span, Step, Story,
        StoryQuote, Style, TopBy,
    },
};

const AT: i64 = 1_764_028_800_000;
const CHANNEL: ChannelId = ChannelId(100);

pub(in crate::view) fn feelings() -> Feelings {
    let feeling = |name: &str, seed: &str| Feeling {
        name: name.to_owned(),
        seed: seed.to_owned(),
        emoji: vec![Emoji::unicode(seed)],
    };
    let all = [
        ("love", "❤️"),
        ("laugh", "😂"),
        ("wow", "😮"),
        ("tears", "😭"),
        ("angry", "😡"),
    ];
    Feelings(all.into_iter().map(|(name, seed)| feeling(name, seed)).collect())
}

fn text(plain: &str, hostile: Option<&str>) -> String {
    hostile.unwrap_or(plain).to_owned()
}

/// A story; with `hostile`, that text everywhere.
pub(super) fn story(hostile: Option<&str>) -> Story {
    let t = |plain: &str| text(plain, hostile);
    let quote = |words: &str, speaker: &str, role: Option<&str>, kind| StoryQuote {
        text: t(words),
        speaker: Some(t(speaker)),
        role: role.map(t),
        kind,
        outlet: None,
    };
    Story {
        article: ArticleId(1),
        title: t("Watch: Seo Ha Eun And Moon Ji Won Say Goodbye To “The Lantern Keeper”"),
        url: Some(text("https://news.example/lantern-keeper-farewell", hostile)),
        source: t("Hallyu Daily"),
        at: AT,
        kind: ArticleKind::MakingOf,
        withdrawn: false,
        summary: t(
            "The last scene of “The Lantern Keeper” was filmed on a cold morning. The cast thanked each other, and everybody who kept the lanterns lit.",
        ),
        drama: vec![t("The Lantern Keeper")],
        drama_key: Some(t("drama:the-lantern-keeper")),
        network: Some(t("MBN")),
        quotes: vec![
            quote(
                "They say it is [the horse] Bori’s last day. Please bring flowers.",
                "Seo Ha Eun",
                Some("Yeon Hwa"),
                QuoteKind::Cast,
            ),
            quote(
                "You really ran while holding the lantern!",
                "Moon Ji Won",
                None,
                QuoteKind::Cast,
            ),
            quote(
                "I will wait at the gate.",
                "Yeon Hwa",
                Some("Seo Ha Eun"),
                QuoteKind::Character,
            ),
            quote(
                "We were cold and happy. It took a whole winter, and we all stayed. Nobody complained, not even in the night of the snow storm, when the lanterns went out one after another. In the end we lit them again, all together, and I believe that everybody who sees the last episode will know what I mean by that, because it can be seen in their eyes.",
                "director",
                None,
                QuoteKind::Staff,
            ),
        ],
        also: vec![(t("Harbour Daily"), text("https://harbour.example/lantern", hostile))],
        related: false,
        image: Some(text("https://img.example/lantern.jpg", hostile)),
        watch: Some(text("https://watch.example/lantern", hostile)),
        clip: Some(text("https://video.example/v?id=1", hostile)),
    }
}

pub(super) fn said(hostile: Option<&str>) -> SaidLine {
    let t = |plain: &str| text(plain, hostile);
    SaidLine {
        quote: QuoteId(5),
        text: t("You really ran while holding the lantern!"),
        speaker: Some(t("Moon Ji Won")),
        actor: None,
        role: Some(t("Do Yun")),
        kind: QuoteKind::Cast,
        drama: Some(t("The Lantern Keeper")),
        title: t("[Update] Seo Ha Eun And Moon Ji Won Say Goodbye"),
        url: Some(text("https://news.example/lantern-keeper-farewell", hostile)),
        source: t("Hallyu Daily"),
        at: AT,
        another: Some(Again::Key(text("person:moon-ji-won", hostile))),
        same_drama: Some(text("drama:the-lantern-keeper", hostile)),
        style: Style::Words,
    }
}

fn person(hostile: Option<&str>) -> Known {
    let t = |plain: &str| text(plain, hostile);
    Known {
        name: t("Moon Ji Won"),
        hangul: Some(t("문지원")),
        group: Some(t("NINE LAMPS")),
        roles: vec![
            (t("The Lantern Keeper"), Some(t("Do Yun")), Some(2026)),
            (t("Harbour Night"), None, Some(2024)),
        ],
        ..Known::default()
    }
}

fn drama(hostile: Option<&str>) -> Known {
    let t = |plain: &str| text(plain, hostile);
    Known {
        name: t("The Lantern Keeper"),
        hangul: Some(t("등불지기")),
        is: KnownAs::Drama,
        network: Some(t("MBN")),
        year: Some(2026),
        group: None,
        roles: vec![
            (t("Seo Ha Eun"), Some(t("Yeon Hwa")), None),
            (t("Moon Ji Won"), Some(t("Do Yun")), None),
        ],
    }
}

fn choice(key: &str, name: &str, hangul: &str, hint: &str, hostile: Option<&str>) -> Choice {
    let t = |plain: &str| text(plain, hostile);
    Choice {
        key: t(key),
        name: t(name),
        hangul: Some(t(hangul)),
        hint: Some(t(hint)),
    }
}

fn ranked(name: &str, feelings: &[u64], other: u64, hostile: Option<&str>) -> Ranked {
    let url = Some(text("https://news.example/1", hostile));
    Ranked {
        name: text(name, hostile),
        url,
        feelings: feelings.to_vec(),
        other,
        note: None,
    }
}

fn followed(id: i64, channel: u64, label: &str, hostile: Option<&str>) -> Followed {
    Followed {
        subscription: Subscription {
            id: SubscriptionId(id),
            guild: GuildId(70),
            channel: ChannelId(channel),
            subject: Subject::Everything,
            label: text(label, hostile),
            created: AT,
            paused: false,
            terms: Terms::default(),
        },
        blocked: None,
    }
}

/// Every topic's answers, each under a name.
pub(super) fn all(hostile: Option<&str>) -> Vec<(&'static str, Answer)> {
    [
        follow(hostile),
        hours(hostile),
        quotes(hostile),
        rankings(hostile),
        known(hostile),
        checks(hostile),
        whys(hostile),
        feeds(hostile),
        own(),
        refusals(hostile),
    ]
    .concat()
}

pub(super) fn quotes(h: Option<&str>) -> Vec<(&'static str, Answer)> {
    let t = |plain: &str| text(plain, h);
    let character = SaidLine {
        text: t("I will wait at the gate."),
        speaker: Some(t("Yeon Hwa")),
        actor: Some(t("Seo Ha Eun")),
        role: None,
        kind: QuoteKind::Character,
        another: None,
        same_drama: None,
        ..said(h)
    };
    let nobody_named = SaidLine {
        speaker: None,
        role: None,
        kind: QuoteKind::Other,
        drama: None,
        url: None,
        another: Some(Again::Key(String::new())),
        same_drama: None,
        ..said(h)
    };
    let choices = vec![
        choice("person:kim-a-ra", "Kim A Ra", "김아라", "Harbour Night, 2024", h),
        choice("person:kim-a-ra-2", "Kim A Ra", "김아라", "NINE LAMPS", h),
    ];
    let which = Answer::Which {
        asked: t("kim ara"),
        choices: choices.clone(),
        question: Some(QuestionId(7)),
    };
    let searched = SaidLine {
        another: Some(Again::Question(QuestionId(8))),
        ..said(h)
    };
    vec![
        ("cast", Answer::Said(said(h))),
        ("character", Answer::Said(character.clone())),
        ("nobody named", Answer::Said(nobody_named.clone())),
        (
            "silent person",
            Answer::Silent {
                known: person(h),
                text: None,
            },
        ),
        (
            "silent drama",
            Answer::Silent {
                known: drama(h),
                text: None,
            },
        ),
        (
            "silent on words",
            Answer::Silent {
                known: person(h),
                text: Some(t("peach")),
            },
        ),
        ("no quotes", Answer::NoQuotes { text: None }),
        ("no quotes with words", Answer::NoQuotes { text: Some(t("peach")) }),
        ("a search", Answer::Said(searched)),
        (
            "from a post",
            Answer::FromPost {
                title: t("[Update] Seo Ha Eun And Moon Ji Won Say Goodbye"),
                url: Some(text("https://news.example/lantern-keeper-farewell", h)),
                lines: vec![said(h), character.clone(), nobody_named.clone()],
                hide: false,
            },
        ),
        (
            "from a post that hides the plot",
            Answer::FromPost {
                title: t("Recap: The Last Lantern"),
                url: Some(text("https://news.example/last-lantern", h)),
                lines: vec![said(h), character.clone(), nobody_named.clone()],
                hide: true,
            },
        ),
        (
            "from a long post",
            Answer::FromPost {
                title: t("[Update] Seo Ha Eun And Moon Ji Won Say Goodbye"),
                url: None,
                lines: vec![
                    SaidLine {
                        text: "We were cold and happy, and it took a whole winter. ".repeat(9),
                        ..said(h)
                    };
                    25
                ],
                hide: false,
            },
        ),
        (
            "from a post without lines",
            Answer::FromPost {
                title: t("Stills Of Episode 15"),
                url: None,
                lines: vec![],
                hide: false,
            },
        ),
        ("not a post", Answer::NotAPost),
        ("which", which),
        (
            "which, and nothing can be kept",
            Answer::Which {
                asked: t("kim ara"),
                choices: choices.clone(),
                question: None,
            },
        ),
        (
            "nobody",
            Answer::Nobody {
                asked: t("moon jiwon"),
                nearest: choices,
            },
        ),
        (
            "nobody near",
            Answer::Nobody {
                asked: t("xyz"),
                nearest: vec![],
            },
        ),
    ]
}

pub(super) fn rankings(h: Option<&str>) -> Vec<(&'static str, Answer)> {
    let rows = vec![
        ranked("Moon Ji Won Lights The Last Lantern", &[120, 3, 14, 1040, 0], 2, h),
        ranked("Stills Of Episode 15", &[20, 1, 0, 0, 5], 0, h),
        ranked("Nobody Cared", &[0, 0, 0, 0, 0], 0, h),
        ranked("One Vote", &[0, 1, 0, 0, 0], 0, h),
    ];
    let total = Ranked {
        url: None,
        ..ranked("", &[140, 5, 14, 1040, 5], 2, h)
    };
    let top = |period, by, drama: Option<&str>, rows| {
        Answer::Top(Ranking {
            period,
            by,
            feeling: None,
            drama: drama.map(|d| text(d, h)),
            everywhere: by == TopBy::Feeling,
            total: total.clone(),
            rows,
        })
    };
    let noted = |name: &str, feelings: &[u64], note: &str| Ranked {
        note: Some(text(note, h)),
        ..ranked(name, feelings, 0, h)
    };
    let lines = vec![
        noted("You really ran while holding the lantern!", &[12, 0, 1], "Moon Ji Won"),
        ranked("We were cold and happy.", &[1], 0, h),
    ];
    let felt = vec![
        noted("tears", &[0, 0, 0, 1040, 0], "Moon Ji Won Lights The Last Lantern"),
        noted("love", &[140, 0, 0, 0, 0], "Stills Of Episode 15"),
        ranked("angry", &[0, 0, 0, 0, 0], 0, h),
    ];
    let span = |week: i64, feelings: &[u64]| Span {
        from: AT + week * 604_800_000,
        votes: ranked("", feelings, 0, h),
    };
    let over = vec![span(0, &[40, 3]), span(1, &[]), span(2, &[100, 2, 14, 1040, 5])];
    vec![
        ("week", top(Period::Week, TopBy::Story, None, rows.clone())),
        (
            "month",
            top(Period::Month, TopBy::Drama, Some("The Lantern Keeper"), rows.clone()),
        ),
        ("all", top(Period::All, TopBy::Person, None, vec![])),
        ("lines", top(Period::Week, TopBy::Quote, None, lines)),
        (
            "by a feeling",
            Answer::Top(Ranking {
                period: Period::Week,
                by: TopBy::Story,
                feeling: Some("tears".to_owned()),
                drama: Some(text("The Lantern Keeper", h)),
                everywhere: false,
                total: ranked("", &[0, 0, 0, 1041, 0], 0, h),
                rows: vec![
                    ranked("Moon Ji Won Lights The Last Lantern", &[0, 0, 0, 1040, 0], 0, h),
                    ranked("One Vote", &[0, 0, 0, 1, 0], 0, h),
                ],
            }),
        ),
        ("feelings", top(Period::Month, TopBy::Feeling, None, felt)),
        (
            "mood",
            Answer::Mood(Mood {
                name: Some(text("The Lantern Keeper", h)),
                everywhere: false,
                total: total.clone(),
                over: over.clone(),
                step: Step::Week,
                recent: rows,
            }),
        ),
        (
            "mood of all",
            Answer::Mood(Mood {
                name: None,
                everywhere: true,
                total: total.clone(),
                over: over[..1].to_vec(),
                step: Step::Day,
                recent: vec![],
            }),
        ),
        (
            "mood of a story",
            Answer::Mood(Mood {
                name: Some(text("Moon Ji Won Lights The Last Lantern", h)),
                everywhere: false,
                total: Ranked {
                    url: Some(text("https://news.example/1", h)),
                    ..total
                },
                over: vec![],
                step: Step::Day,
                recent: vec![],
            }),
        ),
        (
            "no mood",
            Answer::Mood(Mood {
                name: None,
                everywhere: false,
                total: ranked("", &[], 0, h),
                over: vec![],
                step: Step::Day,
                recent: vec![],
            }),
        ),
    ]
}

pub(super) fn known(h: Option<&str>) -> Vec<(&'static str, Answer)> {
    let stories = vec![(
        text("Stills Of Episode 15", h),
        Some(text("https://news.example/2", h)),
        AT,
    )];
    let watch = Some(text("https://watch.example/lantern", h));
    vec![
        (
            "drama",
            Answer::About {
                known: drama(h),
                stories,
                loved: Some(said(h)),
                watch,
            },
        ),
        (
            "person",
            Answer::About {
                known: person(h),
                stories: vec![],
                loved: None,
                watch: None,
            },
        ),
    ]
}
