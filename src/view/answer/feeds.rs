//! Feeds that a server asked for: added, listed, removed, or why not.

use super::note;
use crate::{
    model::{
        Lang,
        answer::{AskedFeed, FeedFault},
    },
    view::{
        card::Card,
        color::{HONEY, JADE, PERSIMMON},
        cut::Sheet,
        escape::safe,
        limits::DESCRIPTION,
        link::masked,
        words::{bold, moment, number, say},
    },
};

/// Most characters of a name or headline.
const NAME: usize = 100;

/// What was found there, and whether it is watched or waits.
pub(super) fn added(lang: Lang, name: &str, url: &str, headlines: &[String], waiting: bool) -> Card {
    let mut sheet = Sheet::new(DESCRIPTION);
    let feed = masked(name, Some(url), NAME);
    sheet.paragraph(&match (lang, waiting) {
        (Lang::En, false) => format!(
            "I watch {feed} for this server from now on. What is there already is not posted; new stories go to the channels that follow what they are about."
        ),
        (Lang::Ko, false) => format!(
            "이제 이 서버를 위해 {feed} 소식을 살펴봐요. 이미 있는 글은 올리지 않고, 새 소식은 그 내용을 구독하는 채널에 올려요."
        ),
        (Lang::En, true) => format!("{feed} works. The bot's operator has to agree before I watch it."),
        (Lang::Ko, true) => format!("{feed} 피드를 읽을 수 있어요. 봇 운영자가 허락하면 살펴보기 시작해요."),
    });
    if !headlines.is_empty() {
        sheet.line(say(lang, "The newest stories there:", "가장 새로운 글:"));
        for headline in headlines {
            sheet.line(&format!("- {}", safe(headline, NAME)));
        }
    }
    let title = if waiting {
        say(lang, "Asked for", "요청했어요")
    } else {
        say(lang, "Watched from now on", "이제 살펴봐요")
    };
    note(if waiting { PERSIMMON } else { JADE }, title, sheet.done())
}

/// The feeds of a server, and how they fare.
pub(super) fn list(lang: Lang, feeds: &[AskedFeed], most: usize) -> Card {
    let title = say(lang, "Feeds of this server", "이 서버의 피드");
    if feeds.is_empty() {
        let words = say(
            lang,
            "This server has no feeds of its own. `/feed` with `add` and an address begins it.",
            "이 서버가 추가한 피드가 아직 없어요. `/피드`에서 `추가`를 고르고 주소를 넣어 보세요.",
        );
        return note(PERSIMMON, title, words);
    }
    let mut sheet = Sheet::new(DESCRIPTION);
    for feed in feeds {
        let state = match (feed.waiting, feed.last_ok, feed.error.is_some()) {
            (true, ..) => say(lang, "waits for the bot's operator", "봇 운영자의 허락을 기다려요").to_owned(),
            (false, Some(at), false) => match lang {
                Lang::En => format!("read {}", moment(at, 'R')),
                Lang::Ko => format!("{}에 읽었어요", moment(at, 'R')),
            },
            (false, Some(at), true) => match lang {
                Lang::En => format!("cannot be read at the moment; last read {}", moment(at, 'R')),
                Lang::Ko => format!("지금은 읽을 수 없어요. 마지막으로 {}에 읽었어요", moment(at, 'R')),
            },
            (false, None, _) => say(lang, "not read yet", "아직 읽지 않았어요").to_owned(),
        };
        sheet.line(&format!("{}\n{state}", masked(&feed.name, Some(&feed.url), NAME)));
    }
    let (has, most) = (number(feeds.len() as u64), number(most as u64));
    sheet.paragraph(&match lang {
        Lang::En => format!("{has} of {most}."),
        Lang::Ko => format!("{most}개 가운데 {has}개."),
    });
    note(PERSIMMON, title, sheet.done())
}

/// It is not looked at any more for this server.
pub(super) fn removed(lang: Lang, url: &str) -> Card {
    let feed = bold(url);
    let words = match lang {
        Lang::En => format!("{feed} is no longer watched for this server. What was posted stays."),
        Lang::Ko => format!("이제 이 서버를 위해 {feed} 피드를 살펴보지 않아요. 이미 올라온 글은 그대로 있어요."),
    };
    note(JADE, say(lang, "Removed", "삭제했어요"), words)
}

/// Why a feed was not added or removed, and what to do.
pub(super) fn fault(lang: Lang, fault: &FeedFault) -> Card {
    let words = match fault {
        FeedFault::Off => say(
            lang,
            "The operator of this bot chooses the outlets. Ask them if one is missing.",
            "이 봇은 운영자가 매체를 골라요. 빠진 곳이 있으면 운영자에게 알려 주세요.",
        )
        .to_owned(),
        FeedFault::Address => say(
            lang,
            "That address cannot be used. I read feeds of the public web, at http or https, without a name and password in the address.",
            "쓸 수 없는 주소예요. 공개된 웹의 http, https 주소만 읽고, 주소에 이름과 비밀번호가 있으면 안 돼요.",
        )
        .to_owned(),
        FeedFault::NoAnswer => say(
            lang,
            "Nobody answers at that address. Check it, or try again later.",
            "그 주소에서 대답이 없어요. 주소를 확인하거나 나중에 다시 해 주세요.",
        )
        .to_owned(),
        FeedFault::Status(status) => match lang {
            Lang::En => format!("The server there answers with status {status}. Open the address in a browser to see why."),
            Lang::Ko => format!("그 서버가 {status} 상태로 대답해요. 브라우저로 열어서 확인해 보세요."),
        },
        FeedFault::NotAFeed => say(
            lang,
            "There is no feed, and the page there names none. Look for “RSS” on the site.",
            "피드가 아니고, 그 페이지에 피드 주소도 없어요. 사이트에서 ‘RSS’를 찾아 보세요.",
        )
        .to_owned(),
        FeedFault::Watched => say(
            lang,
            "I watch that for every server already.",
            "이미 모든 서버를 위해 살펴보는 곳이에요.",
        )
        .to_owned(),
        FeedFault::Known => say(
            lang,
            "This server has it, or has asked for it, already. `/feed` with `list` shows them.",
            "이 서버가 이미 추가했거나 요청한 피드예요. `/피드`에서 `목록`을 고르면 보여 드려요.",
        )
        .to_owned(),
        FeedFault::TooMany(most) => {
            let most = number(*most as u64);
            match lang {
                Lang::En => format!("A server may have {most} feeds of its own. Remove one first."),
                Lang::Ko => format!("서버마다 피드를 {most}개까지 추가할 수 있어요. 먼저 하나를 삭제해 주세요."),
            }
        }
        FeedFault::Unknown => say(
            lang,
            "This server has no such feed. `/feed` with `list` shows those that it has.",
            "이 서버에 그런 피드가 없어요. `/피드`에서 `목록`을 고르면 있는 피드를 보여 드려요.",
        )
        .to_owned(),
    };
    note(HONEY, say(lang, "That did not work", "할 수 없었어요"), words)
}
