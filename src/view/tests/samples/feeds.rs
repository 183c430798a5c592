//! Answers about a server's own feeds.

use super::{AT, text};
use crate::model::{
    Answer,
    answer::{AskedFeed, FeedFault},
};

pub(in super::super) fn feeds(h: Option<&str>) -> Vec<(&'static str, Answer)> {
    let t = |plain: &str| text(plain, h);
    let added = |waiting| Answer::FeedAdded {
        name: t("lantern.example"),
        url: text("https://lantern.example/feed", h),
        headlines: vec![
            t("Moon Ji Won Joins “The Lantern Keeper”"),
            t("Seo Ha Eun Says Goodbye"),
        ],
        waiting,
    };
    let feed = |name: &str, waiting, last_ok, error: Option<&str>| AskedFeed {
        url: text(&format!("https://{name}/feed"), h),
        name: t(name),
        waiting,
        last_ok,
        error: error.map(t),
    };
    let list = |feeds| Answer::ServerFeeds { feeds, most: 5 };
    let all = vec![
        feed("lantern.example", false, Some(AT), None),
        feed("harbour.example", false, Some(AT), Some("status 503")),
        feed("new.example", false, None, None),
        feed("asked.example", true, None, None),
    ];
    let fault = Answer::FeedFault;
    vec![
        ("feed added", added(false)),
        ("feed asked for", added(true)),
        ("feeds", list(all)),
        ("no feeds", list(Vec::new())),
        (
            "feed removed",
            Answer::FeedRemoved {
                url: text("https://lantern.example/feed", h),
            },
        ),
        ("feeds are off", fault(FeedFault::Off)),
        ("an address that is not fetched", fault(FeedFault::Address)),
        ("nobody there", fault(FeedFault::NoAnswer)),
        ("a status", fault(FeedFault::Status(403))),
        ("no feed there", fault(FeedFault::NotAFeed)),
        ("for all already", fault(FeedFault::Watched)),
        ("known already", fault(FeedFault::Known)),
        ("enough of them", fault(FeedFault::TooMany(5))),
        ("no such feed", fault(FeedFault::Unknown)),
    ]
}
