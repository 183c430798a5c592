//! Which of the stories a subscription brings, and how they are posted, in words.

use crate::{
    command::kind_pick,
    model::{ArticleKind, Lang, Rhythm, Terms, Venue, Votes},
    view::{escape::safe, words::say},
};

/// Outlets that a line names.
const OUTLETS_SHOWN: usize = 8;

/// What a kind of article is called.
pub(super) const fn kind_name(lang: Lang, kind: ArticleKind) -> &'static str {
    kind_pick(kind).names.get(lang)
}

/// A line for everything that is not as usual.
pub(super) fn lines(lang: Lang, terms: &Terms, venue: Venue) -> Vec<String> {
    let mut lines = Vec::new();
    let mut add = |mark: &str, text: String| lines.push(format!("{mark} {text}"));
    if !terms.kinds.is_empty() {
        let kinds: Vec<&str> = terms.kinds.iter().map(|kind| kind_name(lang, *kind)).collect();
        add("🗂️", format!("{} {}", say(lang, "Only", "종류:"), kinds.join(", ")));
    }
    if !terms.outlets.is_empty() {
        let outlets: Vec<String> = terms
            .outlets
            .iter()
            .take(OUTLETS_SHOWN)
            .map(|name| safe(name, 60))
            .collect();
        add(
            "📰",
            format!("{} {}", say(lang, "Only from", "매체:"), outlets.join(", ")),
        );
    }
    let manner = &terms.manner;
    if manner.spoiler {
        let text = say(
            lang,
            "The plot of recaps, finales and previews is hidden",
            "리뷰, 최종회, 예고의 줄거리를 가려요",
        );
        add("🙈", text.to_owned());
    }
    for role in &manner.roles {
        let role = format!("<@&{role}>");
        match lang {
            Lang::En => add("🔔", format!("Mentions {role}")),
            Lang::Ko => add("🔔", format!("{role} 역할을 멘션해요")),
        }
    }
    if manner.thread && venue != Venue::Forum {
        add(
            "🧵",
            say(lang, "A thread on each story", "소식마다 스레드를 열어요").to_owned(),
        );
    }
    match manner.votes {
        Votes::Reactions => {}
        Votes::Buttons => add("🔘", say(lang, "Votes by buttons", "버튼으로 투표해요").to_owned()),
        Votes::Off => add("🤐", say(lang, "Without votes", "투표 없이 올려요").to_owned()),
    }
    if let Some(digest) = digest(lang, terms.rhythm) {
        add("📬", digest.to_owned());
    }
    if let Some((mark, place)) = place(lang, venue) {
        add(mark, place.to_owned());
    }
    lines
}

/// When stories come that do not come each by itself.
const fn digest(lang: Lang, rhythm: Rhythm) -> Option<&'static str> {
    match rhythm {
        Rhythm::Each => None,
        Rhythm::Hourly => Some(say(lang, "In an hourly digest", "매시간 모아서 올려요")),
        Rhythm::Daily => Some(say(
            lang,
            "In a daily digest, at the hour of `/hours`",
            "매일 `/시간`에서 정한 시각에 모아서 올려요",
        )),
        Rhythm::Weekly => Some(say(
            lang,
            "In a weekly digest, on the day of `/hours`",
            "매주 `/시간`에서 정한 요일에 모아서 올려요",
        )),
    }
}

/// What is special about a kind of channel, and its sign.
const fn place(lang: Lang, venue: Venue) -> Option<(&'static str, &'static str)> {
    match venue {
        Venue::Channel => None,
        Venue::Announcement => Some((
            "📣",
            say(
                lang,
                "Published to the channels that follow this one, ten stories an hour; more wait their turn for up to a day",
                "이 채널을 팔로우한 곳에도 전해요. 한 시간에 열 개까지, 나머지는 하루까지 차례를 기다려요",
            ),
        )),
        Venue::Forum => Some((
            "💬",
            say(
                lang,
                "Each story is a post of its own, tagged with its drama where there is such a tag",
                "소식마다 포럼 글이 돼요. 드라마 이름의 태그가 있으면 달아 드려요",
            ),
        )),
    }
}

/// The signs of [`lines`] for a list.
pub(super) fn marks(terms: &Terms) -> String {
    let manner = &terms.manner;
    let signs = [
        (!terms.kinds.is_empty(), "🗂️"),
        (!terms.outlets.is_empty(), "📰"),
        (manner.spoiler, "🙈"),
        (!manner.roles.is_empty(), "🔔"),
        (manner.thread, "🧵"),
        (manner.votes == Votes::Buttons, "🔘"),
        (manner.votes == Votes::Off, "🤐"),
        (terms.rhythm != Rhythm::Each, "📬"),
    ];
    signs
        .iter()
        .filter(|(there, _)| *there)
        .map(|(_, sign)| *sign)
        .collect()
}
