//! Answers about Daesa, a channel, a post's fate, and refusals.

use super::{AT, CHANNEL, story, terms, text};
use crate::model::{
    Answer, ArticleKind, GuildId, Lang, Manner, MessageId, RoleId, UserId,
    answer::{Cause, Checked, KeptOut, Need, Refusal, RelatedStory, Story, Why},
};

pub(in super::super) fn checks(h: Option<&str>) -> Vec<(&'static str, Answer)> {
    let check = |missing: &[Need], subscriptions, backlog, reads_messages| {
        Answer::Check(Checked {
            channel: CHANNEL,
            missing: missing.to_vec(),
            subscriptions,
            backlog,
            scheduled: subscriptions,
            blocked: (subscriptions == 0).then_some(AT),
            may_retry: subscriptions == 0,
            reads_messages,
        })
    };
    vec![
        ("all well", check(&[], 2, (0, 0, 0), true)),
        (
            "missing",
            check(
                &[
                    Need::View,
                    Need::Send,
                    Need::Embed,
                    Need::Attach,
                    Need::History,
                    Need::React,
                    Need::SendInThreads,
                    Need::OpenThreads,
                    Need::Mention,
                ],
                0,
                (3, 1, 2),
                false,
            ),
        ),
        ("preview", preview(story(h), Manner::default())),
        (
            "preview of a spoiler",
            preview(
                Story {
                    kind: ArticleKind::Stills,
                    ..story(h)
                },
                terms(h).manner,
            ),
        ),
        ("no story", Answer::NoStory),
    ]
}

fn preview(story: Story, manner: Manner) -> Answer {
    Answer::Preview {
        story: Box::new(story),
        manner,
        lang: Lang::En,
    }
}

pub(in super::super) fn whys(h: Option<&str>) -> Vec<(&'static str, Answer)> {
    let earlier = |posted: bool| RelatedStory {
        title: text("Moon Ji Won Joins “The Lantern Keeper”", h),
        url: Some(text("https://news.example/joins", h)),
        source: text("Hallyu Daily", h),
        at: AT,
        post: posted.then_some((CHANNEL, MessageId(77))),
    };
    let related = |stories| Answer::Related {
        guild: Some(GuildId(70)),
        stories,
    };
    let t = |plain: &str| text(plain, h);
    let why = |why| Answer::WhyAnswer {
        title: Some(t("Stills Of Episode 15")),
        retry: matches!(why, Why::Held).then_some(CHANNEL),
        why,
    };
    let unread = |cause| why(Why::Unread { cause, due: AT });
    let names = || vec![t("The Lantern Keeper"), t("Moon Ji Won")];
    vec![
        (
            "posted",
            why(Why::Posted {
                message: Some(MessageId(9)),
                because: names(),
            }),
        ),
        (
            "posted and deleted",
            why(Why::Posted {
                message: None,
                because: vec![],
            }),
        ),
        ("waiting", why(Why::Waiting { due: AT })),
        ("scheduled", why(Why::Scheduled { due: AT })),
        ("scheduled at some time", why(Why::Scheduled { due: 0 })),
        ("blocked", why(Why::Blocked { since: AT })),
        ("held", why(Why::Held)),
        ("given up", why(Why::GivenUp(Cause::Late))),
        ("kept out by AutoMod", why(Why::GivenUp(Cause::AutoMod))),
        ("refused", why(Why::GivenUp(Cause::Refused))),
        (
            "given up for whatever",
            why(Why::GivenUp(Cause::Other(t("the ink was dry")))),
        ),
        ("no longer followed", why(Why::GivenUp(Cause::NotFollowed))),
        ("channel gone", why(Why::GivenUp(Cause::ChannelGone))),
        ("server left", why(Why::GivenUp(Cause::LeftServer))),
        ("not kept", why(Why::GivenUp(Cause::NotKept))),
        ("not followed", why(Why::NotFollowed { about: names() })),
        ("about nothing", why(Why::NotFollowed { about: vec![] })),
        (
            "kept out",
            why(Why::KeptOut(vec![
                (t("The Lantern Keeper"), KeptOut::Kind(ArticleKind::Stills)),
                (t("Moon Ji Won"), KeptOut::Outlet(t("Hallyu Daily"))),
                (t("MBN"), KeptOut::Paused),
                (String::new(), KeptOut::Later),
            ])),
        ),
        ("first look", why(Why::FirstLook)),
        ("not read yet", unread(Some(Cause::Status(503)))),
        ("not tried yet", unread(None)),
        ("no answer", unread(Some(Cause::NoAnswer))),
        ("broken answer", unread(Some(Cause::Broken))),
        ("no robots.txt", unread(Some(Cause::Robots))),
        ("a check", unread(Some(Cause::Challenge))),
        ("not written down", unread(Some(Cause::NotFiled))),
        ("no headline", why(Why::LeftOut(Cause::NoHeadline))),
        ("not understood", why(Why::LeftOut(Cause::Unreadable))),
        ("known already", why(Why::Same)),
        (
            "unknown",
            Answer::WhyAnswer {
                title: None,
                why: Why::Unknown,
                retry: None,
            },
        ),
        ("related", related(vec![earlier(true), earlier(false)])),
        ("nothing related", related(Vec::new())),
        (
            "trying again",
            Answer::Retried {
                channel: CHANNEL,
                count: 3,
            },
        ),
        (
            "nothing to try again",
            Answer::Retried {
                channel: CHANNEL,
                count: 0,
            },
        ),
    ]
}

pub(in super::super) fn own() -> Vec<(&'static str, Answer)> {
    let about = |feeds| Answer::AboutBot {
        version: "0.1.0",
        uptime: 93_784_000,
        guilds: 12,
        feeds,
        kept: (12_345, 67),
    };
    let help = |manager, reads_messages, only| Answer::Help {
        manager,
        reads_messages,
        in_server: true,
        only,
    };
    let direct = Answer::Help {
        manager: false,
        reads_messages: true,
        in_server: false,
        only: None,
    };
    vec![
        ("about", about((3, Some(125_000)))),
        ("about at first", about((3, None))),
        ("about just now", about((3, Some(4_000)))),
        ("privacy", privacy(Some(7))),
        ("privacy without copies", privacy(None)),
        ("forget?", Answer::ForgetAsk { asker: UserId(7) }),
        ("forgotten", Answer::Forgotten { votes: 1 }),
        ("forgotten many", Answer::Forgotten { votes: 1200 }),
        ("forgotten none", Answer::Forgotten { votes: 0 }),
        ("help", help(false, true, None)),
        ("help in direct messages", direct),
        ("help for managers", help(true, false, None)),
        ("help with quote", help(false, true, Some("quote"))),
        ("help with top", help(true, false, Some("top"))),
    ]
}

pub(in super::super) fn refusals(h: Option<&str>) -> Vec<(&'static str, Answer)> {
    let t = |plain: &str| text(plain, h);
    let all = vec![
        (
            "no command",
            Refusal::NoCommand {
                asked: t("qoute"),
                nearest: Some("quote"),
            },
        ),
        (
            "no command near",
            Refusal::NoCommand {
                asked: t("dance"),
                nearest: None,
            },
        ),
        (
            "missing",
            Refusal::Missing {
                command: "cast",
                option: "name",
            },
        ),
        (
            "nothing to follow",
            Refusal::Missing {
                command: "subscribe",
                option: "drama",
            },
        ),
        (
            "too long",
            Refusal::TooLong {
                option: "name",
                limit: 100,
            },
        ),
        (
            "bad value",
            Refusal::BadValue {
                option: "period",
                given: t("yesterday"),
                possible: &["week", "month", "all"],
            },
        ),
        (
            "bad kind",
            Refusal::BadValue {
                option: "kinds",
                given: t("gossip"),
                possible: &["script readings", "interviews", "all"],
            },
        ),
        (
            "bad flag",
            Refusal::BadValue {
                option: "thread",
                given: t("perhaps"),
                possible: &["yes", "no"],
            },
        ),
        (
            "bad form",
            Refusal::BadForm {
                option: "zone",
                given: t("Mars"),
                examples: &["Asia/Seoul", "Europe/Madrid"],
            },
        ),
        ("no drama", Refusal::NotADrama { name: t("Ryu Da On") }),
        ("a network", Refusal::SaysNothing { name: t("tvN") }),
        ("a member", Refusal::Member),
        (
            "one only",
            Refusal::OneOnly {
                options: &["drama", "person"],
            },
        ),
        ("not allowed", Refusal::NotAllowed),
        ("server only", Refusal::ServerOnly),
        (
            "bot lacks",
            Refusal::BotLacks {
                channel: CHANNEL,
                missing: vec![Need::Embed, Need::History],
            },
        ),
        (
            "bot may not open threads",
            Refusal::BotLacks {
                channel: CHANNEL,
                missing: vec![Need::OpenThreads],
            },
        ),
        (
            "bot may not mention",
            Refusal::BotLacks {
                channel: CHANNEL,
                missing: vec![Need::Mention],
            },
        ),
        ("bad channel", Refusal::BadChannel),
        ("bad role", Refusal::BadRole),
        ("role not yours", Refusal::RoleNotYours(RoleId(900))),
        (
            "no outlet",
            Refusal::NoOutlet {
                given: t("Daily Hallyu"),
                watched: vec![t("Hallyu Daily"), t("The Lantern")],
            },
        ),
        ("not yours", Refusal::NotYours),
        ("expired", Refusal::Expired),
        ("slow down", Refusal::SlowDown(0)),
        ("read only", Refusal::ReadOnly),
        ("failed", Refusal::Failed(4711)),
    ];
    all.into_iter()
        .map(|(name, refusal)| (name, Answer::Refused(refusal)))
        .collect()
}

fn privacy(copies: Option<u32>) -> Answer {
    Answer::Privacy {
        bodies: 30,
        voters: 180,
        deliveries: 90,
        copies,
    }
}
