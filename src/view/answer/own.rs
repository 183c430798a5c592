//! Daesa about itself: version and state, what it keeps, and forgetting.

use super::{footed, note};
use crate::{
    command::Press,
    model::{Lang, Millis, UserId},
    view::{
        card::{Button, Card},
        color::{HONEY, JADE, PERSIMMON},
        cut::Sheet,
        escape::code,
        words::{counted, duration, number, say},
    },
};

pub(super) fn about(
    lang: Lang,
    version: &str,
    uptime: Millis,
    guilds: u64,
    (feeds, oldest): (u64, Option<Millis>),
    (stories, quotes): (u64, u64),
) -> Card {
    let mut sheet = Sheet::new(2000);
    sheet.line(say(
        lang,
        "*Daesa* (대사) is a line spoken in a drama. I read K-drama news, post what the cast said, and count what you felt.",
        "K드라마 뉴스를 읽고, 출연진이 한 말을 올리고, 여러분의 마음을 세어요.",
    ));
    let rows = [
        (say(lang, "Version", "버전"), format!("`{}`", code(version, 40))),
        (say(lang, "Awake for", "깨어 있은 지"), duration(lang, uptime)),
        (say(lang, "Servers", "서버"), number(guilds)),
        (say(lang, "Feeds", "살펴보는 곳"), feeds_line(lang, feeds, oldest)),
        (say(lang, "Stories", "소식"), number(stories)),
        (say(lang, "Lines", "말"), number(quotes)),
    ];
    let rows: Vec<String> = rows.iter().map(|(name, value)| format!("**{name}** {value}")).collect();
    sheet.paragraph(&rows.join("\n"));
    footed(
        note(PERSIMMON, say(lang, "대사 · Daesa", "대사"), sheet.done()),
        say(
            lang,
            "/help says what you can ask",
            "/도움말에서 할 수 있는 일을 볼 수 있어요",
        ),
    )
}

fn feeds_line(lang: Lang, feeds: u64, oldest: Option<Millis>) -> String {
    let count = number(feeds);
    /// Nobody counts seconds here.
    const JUST_NOW: Millis = 60_000;
    match (lang, oldest.map(|age| duration(lang, age))) {
        _ if feeds == 0 => count,
        (Lang::En, Some(_)) if oldest < Some(JUST_NOW) => format!("{count}, all read just now"),
        (Lang::Ko, Some(_)) if oldest < Some(JUST_NOW) => format!("{count}곳, 모두 방금 읽었어요"),
        (Lang::En, Some(age)) => format!("{count}, all read within the last {age}"),
        (Lang::En, None) => format!("{count}, not all read yet"),
        (Lang::Ko, Some(age)) => format!("{count}곳, 모두 {age} 안에 읽었어요"),
        (Lang::Ko, None) => format!("{count}곳, 아직 다 읽지 못했어요"),
    }
}

pub(super) fn privacy(lang: Lang, (bodies, voters, deliveries): (u32, u32, u32), copies: Option<u32>) -> Card {
    let days = |days: u32| counted(lang, u64::from(days), "day", "days", "일");
    let (bodies, voters, deliveries) = (days(bodies), days(voters), days(deliveries));
    let copies = match (lang, copies) {
        (_, None) => String::new(),
        (Lang::En, Some(copies)) => format!(
            "- Copies of all this in case the disk fails, for {}: what was forgotten is in them until then.\n",
            days(copies)
        ),
        (Lang::Ko, Some(copies)) => format!(
            "- 디스크가 고장 날 때를 위한 사본은 {}. 잊은 것도 그때까지는 사본에 남아요.\n",
            days(copies)
        ),
    };
    let text = match lang {
        Lang::En => format!(
            "**What I keep**\n\
             - Which channel follows what, until you stop it or remove me.\n\
             - The text of articles for {bodies}; headlines, links and what was said stay.\n\
             - Your votes on my posts, by reactions or buttons, with your user id for {voters}; then only their number.\n\
             - What I posted where for {deliveries}; then only the message's id and link.\n{copies}\n\
             **What I do not keep**\n\
             - Messages. I look for commands in them and forget the rest at once.\n\
             - Names, pictures, or who is in a server.\n\n\
             `/forget-me` takes your id off your votes now. Whoever runs this bot can see its store and nobody else can."
        ),
        Lang::Ko => format!(
            "**간직하는 것**\n\
             - 어느 채널이 무엇을 구독하는지. 취소하거나 저를 내보내실 때까지예요.\n\
             - 기사 본문은 {bodies}. 제목, 링크, 사람들이 한 말은 남아요.\n\
             - 제 글에 반응이나 버튼으로 하신 투표와 사용자 ID는 {voters}. 그 뒤에는 숫자만 남아요.\n\
             - 무엇을 어디에 올렸는지는 {deliveries}. 그 뒤에는 메시지 ID와 링크만 남아요.\n{copies}\n\
             **간직하지 않는 것**\n\
             - 메시지. 명령어가 있는지만 보고 바로 잊어요.\n\
             - 이름, 사진, 서버에 누가 있는지.\n\n\
             `/나를잊어줘`를 하면 지금 바로 투표에서 ID를 지워요. 저장된 것은 이 봇을 운영하는 사람만 볼 수 있어요."
        ),
    };
    note(
        PERSIMMON,
        say(lang, "What I keep, and for how long", "무엇을 얼마나 간직하는지"),
        text,
    )
}

pub(super) fn ask_to_forget(lang: Lang, asker: UserId) -> Card {
    let text = say(
        lang,
        "Your votes stay counted, but nothing in my store will say that they were yours. This cannot be undone.",
        "투표의 숫자는 그대로지만, 누가 했는지는 어디에도 남지 않아요. 되돌릴 수 없어요.",
    );
    let mut card = note(HONEY, say(lang, "Shall I forget you?", "잊어 드릴까요?"), text);
    let button = Press::Forget { asker }.to_id().map(|id| Button::Action {
        label: say(lang, "Yes, forget me", "네, 잊어 주세요").to_owned(),
        id,
        primary: false,
        danger: true,
    });
    card.buttons = vec![button.into_iter().collect()];
    footed(
        card,
        say(
            lang,
            "If not, just leave this message alone",
            "아니라면 그냥 두시면 돼요",
        ),
    )
}

pub(super) fn forgotten(lang: Lang, votes: u64) -> Card {
    let text = match (lang, votes) {
        (Lang::En, 0) => "There was no vote of yours in my store. There is nothing left that names you.".to_owned(),
        (Lang::Ko, 0) => "저장된 투표가 없었어요. 이제 저에게는 아무 기록도 없어요.".to_owned(),
        (Lang::En, 1) => "1 vote no longer carries your name. It stays counted.".to_owned(),
        (Lang::En, votes) => format!("{} votes no longer carry your name. They stay counted.", number(votes)),
        (Lang::Ko, votes) => format!("투표 {}개에서 이름을 지웠어요. 숫자는 그대로예요.", number(votes)),
    };
    note(JADE, say(lang, "Forgotten", "잊었어요"), text)
}
