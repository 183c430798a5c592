//! Why a command did nothing. Each says what to do next.

use super::{
    check::{how_to_allow, needs},
    note,
};
use crate::{
    command::{Verb, entry, option_name, value_name},
    model::{
        Lang, RoleId,
        answer::{Need, Refusal},
    },
    view::{
        card::Card,
        color::HONEY,
        escape::safe,
        words::{channel, number, say},
    },
};

pub(super) fn refused(lang: Lang, refusal: &Refusal) -> Card {
    let title = match refusal {
        Refusal::NoCommand { .. } => say(lang, "I do not know that command", "모르는 명령어예요"),
        Refusal::Missing { .. } => say(lang, "Something is missing", "빠진 것이 있어요"),
        Refusal::TooLong { .. } => say(lang, "That is too long", "너무 길어요"),
        Refusal::BadValue { .. } => say(lang, "That is not one of the choices", "고를 수 없는 값이에요"),
        Refusal::BadForm { .. } => say(lang, "I cannot read that", "읽을 수 없는 값이에요"),
        Refusal::NotADrama { .. } => say(lang, "That is no drama", "드라마가 아니에요"),
        Refusal::SaysNothing { .. } => say(lang, "That is a network", "방송사예요"),
        Refusal::Member => say(lang, "That is somebody here", "이곳에 계신 분이에요"),
        Refusal::OneOnly { .. } => say(lang, "One at a time", "하나씩 부탁드려요"),
        Refusal::NotAllowed => say(lang, "That needs Manage Channels", "‘채널 관리하기’ 권한이 필요해요"),
        Refusal::ServerOnly => say(lang, "That works in a server", "서버에서 쓸 수 있어요"),
        Refusal::BotLacks { missing, .. } if only_to_mention(missing) => say(
            lang,
            "I may not mention that role yet",
            "아직 제가 멘션할 수 없는 역할이에요",
        ),
        Refusal::BotLacks { missing, .. } if matches!(missing[..], [Need::OpenThreads]) => say(
            lang,
            "I may not open threads there yet",
            "아직 제가 스레드를 열 수 없는 채널이에요",
        ),
        Refusal::BotLacks { .. } => say(lang, "I may not post there yet", "아직 올릴 수 없는 채널이에요"),
        Refusal::BadChannel => say(lang, "I cannot use that channel", "쓸 수 없는 채널이에요"),
        Refusal::BadRole => say(lang, "I cannot mention that", "멘션할 수 없는 역할이에요"),
        Refusal::RoleNotYours(_) => say(lang, "That role is not yours to mention", "멘션할 수 없는 역할이에요"),
        Refusal::NoOutlet { .. } => say(lang, "I do not watch that outlet", "살펴보지 않는 매체예요"),
        Refusal::NotYours => say(lang, "That button is not yours", "다른 분의 버튼이에요"),
        Refusal::Expired => say(lang, "That button is too old", "오래된 버튼이에요"),
        Refusal::SlowDown(_) => say(lang, "One moment", "잠시만요"),
        Refusal::ReadOnly => say(lang, "I can only read just now", "지금은 읽기만 할 수 있어요"),
        Refusal::Failed(_) => say(lang, "Something failed on my side", "제 쪽에서 문제가 생겼어요"),
    };
    note(HONEY, title, text(lang, refusal))
}

fn text(lang: Lang, refusal: &Refusal) -> String {
    match refusal {
        Refusal::NoCommand { asked, nearest } => {
            no_command(lang, asked, nearest.and_then(entry).map(|entry| entry.verb))
        }
        Refusal::Missing { command, option } => missing(lang, command, option),
        Refusal::TooLong { limit, .. } => {
            let limit = number(*limit as u64);
            match lang {
                Lang::En => format!("At most {limit} characters, please. A few words of it are enough."),
                Lang::Ko => format!("{limit}자까지 쓸 수 있어요. 몇 낱말이면 충분해요."),
            }
        }
        Refusal::BadValue {
            option,
            given,
            possible,
        } => {
            let named: Vec<&str> = possible.iter().map(|value| value_name(lang, option, value)).collect();
            bad_value(lang, option_name(lang, option), &safe(given, 80), &codes(&named))
        }
        Refusal::BadForm {
            option,
            given,
            examples,
        } => bad_form(lang, option_name(lang, option), &safe(given, 80), &codes(examples)),
        Refusal::NotADrama { name } => not_a_drama(lang, &safe(name, 80)),
        Refusal::SaysNothing { name } => says_nothing(lang, &safe(name, 80)),
        Refusal::OneOnly { options } => {
            let names: Vec<&str> = options.iter().map(|option| option_name(lang, option)).collect();
            match lang {
                Lang::En => format!("Give one of {} and ask again for the next.", codes(&names)),
                Lang::Ko => format!("{} 가운데 하나만 넣고, 다음 것은 다시 해 주세요.", codes(&names)),
            }
        }
        Refusal::BotLacks {
            channel: place,
            missing,
        } => bot_lacks(lang, &channel(*place), missing),
        Refusal::RoleNotYours(role) => role_not_yours(lang, *role),
        Refusal::NoOutlet { given, watched } => {
            let names: Vec<String> = watched.iter().take(20).map(|name| safe(name, 60)).collect();
            let (given, names) = (safe(given, 80), names.join(", "));
            match lang {
                Lang::En => format!("“{given}” is none of the outlets that I watch. These are: {names}."),
                Lang::Ko => format!("“{given}” 매체는 살펴보지 않아요. 살펴보는 매체: {names}."),
            }
        }
        Refusal::SlowDown(seconds) => {
            let seconds = number((*seconds).max(1));
            match lang {
                Lang::En => format!("That was a lot in a short time. Ask again in {seconds} s."),
                Lang::Ko => format!("짧은 시간에 많이 물어보셨어요. {seconds}초 뒤에 다시 해 주세요."),
            }
        }
        Refusal::Failed(number) => match lang {
            Lang::En => format!("Try again in a moment. If it stays, give the bot's operator the number **{number}**."),
            Lang::Ko => {
                format!("잠시 뒤에 다시 해 주세요. 계속되면 봇 운영자에게 **{number}**번이라고 알려 주세요.")
            }
        },
        fixed => fixed_text(lang, fixed).to_owned(),
    }
}

/// Whether nothing is missing but the right to mention a role.
const fn only_to_mention(missing: &[Need]) -> bool {
    matches!(missing, [Need::Mention])
}

fn bot_lacks(lang: Lang, place: &str, missing: &[Need]) -> String {
    let (needs, how) = (needs(lang, missing), how_to_allow(lang));
    match (lang, only_to_mention(missing)) {
        (Lang::En, false) => format!("In {place} I am missing **{needs}**. {how} Then ask again."),
        (Lang::Ko, false) => format!("{place} 채널에 없는 권한: **{needs}**. {how} 그런 다음 다시 해 주세요."),
        (Lang::En, true) => format!(
            "Not everybody may mention it, so in {place} I need **{needs}**. {how} Or make the role mentionable in the server's settings. Then ask again."
        ),
        (Lang::Ko, true) => format!(
            "누구나 멘션할 수 있는 역할이 아니라서 {place} 채널에 이 권한이 필요해요: **{needs}**. {how} 서버 설정에서 이 역할의 멘션을 허용하셔도 돼요. 그런 다음 다시 해 주세요."
        ),
    }
}

fn bad_value(lang: Lang, option: &str, given: &str, possible: &str) -> String {
    match lang {
        Lang::En => format!("“{given}” does not fit `{option}`. It can be {possible}."),
        Lang::Ko => format!("`{option}`에 “{given}” 값은 쓸 수 없어요. 쓸 수 있는 값: {possible}."),
    }
}

fn bad_form(lang: Lang, option: &str, given: &str, examples: &str) -> String {
    match lang {
        Lang::En => format!("“{given}” does not fit `{option}`. Write it like {examples}."),
        Lang::Ko => format!("`{option}`에 “{given}” 값은 쓸 수 없어요. 이렇게 적어 주세요: {examples}."),
    }
}

fn not_a_drama(lang: Lang, name: &str) -> String {
    match lang {
        Lang::En => format!("**{name}** is known to me, but not as a drama. `/cast` and `/quote` take any name."),
        Lang::Ko => {
            format!("**{name}** 이름은 알지만 드라마는 아니에요. `/출연진`과 `/대사`에는 어떤 이름이든 괜찮아요.")
        }
    }
}

fn says_nothing(lang: Lang, name: &str) -> String {
    match lang {
        Lang::En => format!("Lines are by people. Ask for a person, a character or a drama of **{name}**."),
        Lang::Ko => format!("대사는 사람이 하는 말이에요. **{name}**의 드라마나 배우, 배역으로 물어봐 주세요."),
    }
}

fn role_not_yours(lang: Lang, role: RoleId) -> String {
    match lang {
        Lang::En => format!(
            "<@&{role}> cannot be mentioned by everybody. Somebody who may mention all roles can set it up, or the role is made mentionable in the server's settings."
        ),
        Lang::Ko => format!(
            "<@&{role}> 역할은 누구나 멘션할 수 있는 역할이 아니에요. 모든 역할을 멘션할 수 있는 분이 설정하시거나, 서버 설정에서 이 역할의 멘션을 허용해 주세요."
        ),
    }
}

const fn fixed_text(lang: Lang, refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::NotAllowed => say(
            lang,
            "Ask somebody who may manage this server's channels to do it. `/help` shows what you can use.",
            "이 서버의 채널을 관리할 수 있는 분에게 부탁해 주세요. 쓸 수 있는 명령어는 `/도움말`에 있어요.",
        ),
        Refusal::ServerOnly => say(
            lang,
            "Use it in a server that I am in. `/help` shows what works here, `/quote` for one.",
            "제가 있는 서버의 채널에서 써 주세요. 여기서 쓸 수 있는 것은 `/도움말`에 있어요. `/대사`도 그 가운데 하나예요.",
        ),
        Refusal::BadChannel => say(
            lang,
            "Choose a text, announcement or forum channel or a thread of this server that I can see.",
            "이 서버에서 제가 볼 수 있는 텍스트, 공지, 포럼 채널이나 스레드를 골라 주세요.",
        ),
        Refusal::BadRole => say(
            lang,
            "Choose a role of this server, not everyone, or `none` for no mention.",
            "이 서버의 역할을 골라 주세요. 전체 멘션은 할 수 없고, 멘션이 필요 없으면 `없음`이라고 적어 주세요.",
        ),
        Refusal::Member => say(
            lang,
            "I know dramas and the people in them, not those who chat. Type the name without an @, like `/quote ahn hyo seop`.",
            "저는 드라마와 거기 나오는 분들만 알아요. @ 없이 이름을 적어 주세요. 예: `/대사 안효섭`",
        ),
        Refusal::NotYours => say(
            lang,
            "It belongs to the one who asked. Ask yourself, and you get your own.",
            "물어보신 분의 버튼이에요. 직접 물어보시면 버튼이 따로 나와요.",
        ),
        Refusal::Expired => say(
            lang,
            "Ask again, and you get a fresh one.",
            "다시 물어보시면 새 버튼이 나와요.",
        ),
        Refusal::ReadOnly => say(
            lang,
            "My store cannot be written at the moment, so nothing was changed. Reading works; try the change again later, or tell the bot's operator.",
            "지금은 저장할 수 없어서 아무것도 바꾸지 않았어요. 보는 것은 할 수 있어요. 나중에 다시 하시거나 봇 운영자에게 알려 주세요.",
        ),
        // Worded in `text`, with what they carry.
        Refusal::NoCommand { .. }
        | Refusal::Missing { .. }
        | Refusal::TooLong { .. }
        | Refusal::BadValue { .. }
        | Refusal::BadForm { .. }
        | Refusal::NotADrama { .. }
        | Refusal::SaysNothing { .. }
        | Refusal::OneOnly { .. }
        | Refusal::BotLacks { .. }
        | Refusal::RoleNotYours(_)
        | Refusal::NoOutlet { .. }
        | Refusal::SlowDown(_)
        | Refusal::Failed(_) => "",
    }
}

fn no_command(lang: Lang, asked: &str, nearest: Option<Verb>) -> String {
    let asked = safe(asked, 60);
    match (lang, nearest.map(Verb::entry)) {
        (Lang::En, Some(entry)) => format!(
            "“{asked}” is not one of mine. Did you mean `/{}`? `/help` shows them all.",
            entry.name()
        ),
        (Lang::En, None) => format!("“{asked}” is not one of mine. `/help` shows what you can ask."),
        (Lang::Ko, Some(entry)) => {
            format!(
                "“{asked}” 명령어는 없어요. 혹시 `/{}`일까요? 모두 `/도움말`에 있어요.",
                entry.names.ko
            )
        }
        (Lang::Ko, None) => format!("“{asked}” 명령어는 없어요. 물어볼 수 있는 것은 `/도움말`에 있어요."),
    }
}

fn missing(lang: Lang, command: &str, option: &str) -> String {
    let entry = entry(command);
    let example = entry
        .and_then(|entry| entry.examples.first())
        .map_or(command, |example| example.get(lang));
    // Any of several options says what to follow.
    let follows = entry.is_some_and(|entry| entry.verb == Verb::Subscribe);
    let option = option_name(lang, option);
    let command = match lang {
        Lang::En => command,
        Lang::Ko => entry.map_or(command, |entry| entry.names.ko),
    };
    match (lang, follows) {
        (Lang::En, true) => format!(
            "What shall I follow: a drama, a person, a network or everything? Ask for example `{example}`, or choose it in `/{command}`."
        ),
        (Lang::En, false) => format!("Please give `{option}`, for example `{example}`, or choose it in `/{command}`."),
        (Lang::Ko, true) => format!(
            "드라마, 인물, 방송사, 전체 가운데 무엇을 구독할까요? 예: `{example}`. `/{command}`에서 골라도 돼요."
        ),
        (Lang::Ko, false) => format!("`{option}` 항목을 알려 주세요. 예: `{example}`. `/{command}`에서 골라도 돼요."),
    }
}

fn codes(words: &[&str]) -> String {
    words
        .iter()
        .map(|word| format!("`{word}`"))
        .collect::<Vec<_>>()
        .join(", ")
}
