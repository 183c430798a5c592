//! What can be asked: written from the table of commands, so that it cannot fall behind it.

use super::note;
use crate::{
    command::{ENTRIES, Entry, OptionKind, OptionSpec, Reach, Verb, entry},
    model::Lang,
    view::{card::Card, color::PERSIMMON, cut::Sheet, limits::DESCRIPTION, words::say},
};

/// `manager`: the person may change settings here; `in_server`: it is a server, where all commands work.
pub(super) fn help(lang: Lang, (manager, in_server): (bool, bool), reads_messages: bool, only: Option<&str>) -> Card {
    match only.and_then(entry) {
        Some(entry) => one(lang, reads_messages, entry),
        None => all(lang, (manager, in_server), reads_messages),
    }
}

fn all(lang: Lang, (manager, in_server): (bool, bool), reads_messages: bool) -> Card {
    let mut sheet = Sheet::new(DESCRIPTION);
    sheet.line(&how_to_write(lang, reads_messages));
    sheet.paragraph(match in_server {
        true => say(lang, "**For everybody**", "**누구나**"),
        false => say(
            lang,
            "**In direct messages** (in a server there are more)",
            "**개인 메시지에서** (서버에는 더 있어요)",
        ),
    });
    sheet.lines(
        ENTRIES
            .iter()
            .filter(|entry| !entry.verb.needs_manager() && (in_server || entry.reach == Reach::Everywhere))
            .map(|entry| brief(lang, entry)),
    );
    if manager && in_server {
        sheet.paragraph(say(
            lang,
            "**For you, since you can manage channels**",
            "**채널을 관리하는 분**",
        ));
        sheet.lines(
            ENTRIES
                .iter()
                .filter(|entry| entry.verb.needs_manager())
                .map(|entry| brief(lang, entry)),
        );
    }
    sheet.paragraph(say(
        lang,
        "`/help command:quote` tells more about one of them, with examples.",
        "`/도움말 명령어:대사`처럼 하나를 고르면 예와 함께 더 알려 드려요.",
    ));
    note(
        PERSIMMON,
        say(lang, "What you can ask", "이렇게 물어보세요"),
        sheet.done(),
    )
}

fn how_to_write(lang: Lang, reads_messages: bool) -> String {
    let quote = Verb::Quote.entry();
    let example = quote.examples.first().map_or("", |example| example.get(lang));
    let name = name(lang, quote);
    match (lang, reads_messages) {
        (Lang::En, true) => format!("Type `/{name}`, or as a message `!{example}` or `@Daesa {example}`."),
        (Lang::En, false) => format!(
            "Type `/{name}`, or as a message `@Daesa {example}`. I cannot read other messages here, so `!` does not work."
        ),
        (Lang::Ko, true) => format!("`/{name}`, 또는 메시지로 `!{example}`, `@Daesa {example}`처럼 쓰면 돼요."),
        (Lang::Ko, false) => format!(
            "`/{name}`, 또는 메시지로 `@Daesa {example}`처럼 쓰면 돼요. 다른 메시지는 읽을 수 없어서 `!`는 쓸 수 없어요."
        ),
    }
}

const fn name(lang: Lang, entry: &Entry) -> &'static str {
    entry.names.get(lang)
}

fn brief(lang: Lang, entry: &Entry) -> String {
    format!("`/{}` · {}", name(lang, entry), entry.about.get(lang))
}

fn one(lang: Lang, reads_messages: bool, entry: &Entry) -> Card {
    let mut sheet = Sheet::new(DESCRIPTION);
    sheet.line(&format!("{}.", entry.about.get(lang).trim_end_matches('.')));
    sheet.line(more(lang, entry.verb));
    if !entry.options.is_empty() {
        sheet.paragraph(say(lang, "**Options**", "**항목**"));
        sheet.lines(entry.options.iter().map(|spec| option(lang, spec)));
    }
    let mark = if reads_messages { "!" } else { "@Daesa " };
    sheet.paragraph(say(lang, "**For example**", "**예**"));
    sheet.lines(
        entry
            .examples
            .iter()
            .map(|example| format!("`{mark}{}`", example.get(lang))),
    );
    note(PERSIMMON, format!("/{}", name(lang, entry)), sheet.done())
}

fn option(lang: Lang, spec: &OptionSpec) -> String {
    let picks = match spec.kind {
        OptionKind::Choice(picks) => {
            let names: Vec<&str> = picks.iter().map(|pick| pick.names.get(lang)).collect();
            format!(" ({})", names.join(", "))
        }
        OptionKind::Text { .. } | OptionKind::Flag | OptionKind::Channel | OptionKind::Role => String::new(),
    };
    format!("`{}` · {}{picks}", spec.names.get(lang), spec.about.get(lang))
}

/// What the description has no room for.
const fn more(lang: Lang, verb: Verb) -> &'static str {
    match verb {
        Verb::Subscribe => say(
            lang,
            "Any spelling of a title or name will do, hangul too; one that nobody knows yet is followed as words. It needs Manage Channels, and I check at once whether I may post there. Only new stories are posted.",
            "제목과 이름은 한글이든 로마자든 괜찮고, 아직 아무도 모르는 이름은 적은 말 그대로 살펴봐요. ‘채널 관리하기’ 권한이 필요하고, 올릴 수 있는 채널인지 바로 확인해요. 새로운 소식만 올라와요.",
        ),
        Verb::Unsubscribe => say(
            lang,
            "What was posted stays. It needs Manage Channels.",
            "이미 올라온 글은 그대로예요. ‘채널 관리하기’ 권한이 필요해요.",
        ),
        Verb::Subscriptions => say(
            lang,
            "Paused ones and ones that lack a permission are marked.",
            "멈춘 것과 권한이 없는 것은 표시가 있어요.",
        ),
        Verb::Pause => say(
            lang,
            "What it follows is kept. It needs Manage Channels.",
            "구독은 그대로 남아요. ‘채널 관리하기’ 권한이 필요해요.",
        ),
        Verb::Resume => say(
            lang,
            "It still follows what it followed before. It needs Manage Channels.",
            "전에 구독하던 그대로예요. ‘채널 관리하기’ 권한이 필요해요.",
        ),
        Verb::Hours => say(
            lang,
            "Digests are chosen with `when` of `/subscribe`. What comes in quiet hours waits for their end: then a few stories one by one, the others as one digest. `default` takes a value back. It needs Manage Channels.",
            "모음은 `/구독`의 `언제`에서 골라요. 조용한 시간의 소식은 끝날 때까지 기다렸다가 몇 개는 하나씩, 나머지는 모아서 올라와요. `기본`이라고 적으면 정한 값을 거둬요. ‘채널 관리하기’ 권한이 필요해요.",
        ),
        Verb::Quote => say(
            lang,
            "Names work in hangul and any romanisation, with typos, as nicknames and as the characters they play. Without a name you get any line.",
            "이름은 한글도 로마자도, 별명도 배역 이름도 괜찮아요. 이름이 없으면 아무 대사나 보여 드려요.",
        ),
        Verb::Top => say(
            lang,
            "Counted are votes on my posts in this server, by reactions or buttons; in direct messages, or with `where`, on those everywhere I am. A line has the votes of its story. Weeks begin on Monday.",
            "이 서버에 올린 글에 반응이나 버튼으로 한 투표를 세어요. 개인 메시지에서나 `범위`를 고르면 제가 있는 모든 곳의 투표를 세어요. 대사는 그 소식의 투표를 받아요. 한 주는 월요일에 시작해요.",
        ),
        Verb::Mood => say(
            lang,
            "Each vote on my posts in this server counts, by reaction or button; taken back, it no longer does. In direct messages, or with `where`, it is everywhere I am. A story is named by its link or words of its headline.",
            "이 서버에 올린 글에 반응이나 버튼으로 한 투표를 세어요. 거두면 세지 않아요. 개인 메시지에서나 `범위`를 고르면 제가 있는 모든 곳이에요. 소식은 링크나 제목의 낱말로 고르면 돼요.",
        ),
        Verb::Drama => say(
            lang,
            "Titles work in English and Korean, shortened too.",
            "제목은 영어도 한국어도, 줄여 써도 괜찮아요.",
        ),
        Verb::Cast => say(
            lang,
            "For a drama I list who plays whom; for a person, the dramas and roles that I know.",
            "드라마라면 누가 무슨 역인지, 배우라면 나온 작품과 배역을 알려 드려요.",
        ),
        Verb::Preview => say(
            lang,
            "It is a sample: reactions to it do not count.",
            "보기일 뿐이라 여기에 단 반응은 세지 않아요.",
        ),
        Verb::Why => say(
            lang,
            "I tell what the story is about, what this channel follows, and where the post stands.",
            "소식에 무엇이 나오는지, 이 채널이 무엇을 구독하는지, 글이 어떻게 되었는지 알려 드려요.",
        ),
        Verb::Check => say(
            lang,
            "I look at permissions, at what is followed, and at stories that wait.",
            "권한, 구독, 밀린 소식을 살펴봐요.",
        ),
        Verb::Feed => say(
            lang,
            "I read the feed at once and show what is in it. Its stories are posted in this server only.",
            "피드를 바로 읽어서 무엇이 있는지 보여 드려요. 그 소식은 이 서버에만 올려요.",
        ),
        Verb::Help => say(
            lang,
            "You see what you may use yourself.",
            "내가 쓸 수 있는 명령어를 보여 드려요.",
        ),
        Verb::About => say(
            lang,
            "Also how fresh the feeds are.",
            "살펴보는 곳을 언제 읽었는지도 알려 드려요.",
        ),
        Verb::Privacy => say(
            lang,
            "The days are those of this bot's settings.",
            "이 봇의 설정에 따른 기간이에요.",
        ),
        Verb::ForgetMe => say(
            lang,
            "I ask once more before I do it. Your votes stay counted, without your name.",
            "하기 전에 한 번 더 여쭤봐요. 투표의 숫자는 이름 없이 남아요.",
        ),
    }
}
