//! What somebody said; nothing said yet; and whom the question meant.

use super::{NAME, footed, note};
use crate::{
    command::Press,
    model::{
        Lang, QuestionId, QuoteKind,
        answer::{Again, Choice, Known, KnownAs, SaidLine},
    },
    view::{
        card::{Button, Card},
        color::{HONEY, PERSIMMON},
        cut::Sheet,
        escape::{code, is_blank, plain, safe},
        limits::DESCRIPTION,
        link::{embed_address, link_button, masked},
        spoiler::hidden,
        words::{bold, byline, choice, color_of_name, moment, named, say, spoken},
    },
};

/// Longest line shown whole: alone in a reply it may be longer than in a post.
const LINE_MAX: usize = 1000;
/// Longest among others.
const IN_LIST: usize = 280;

/// Most buttons to choose from.
pub(super) const CHOICES_MAX: usize = 5;

pub(super) fn said(lang: Lang, line: &SaidLine) -> Card {
    sourced(lang, line, said_text(lang, line))
}

/// What goes under the picture of a line: the article it is from, and when that was.
pub(super) fn under_said(lang: Lang, line: &SaidLine) -> Card {
    let headline = Some(&line.title).filter(|title| !is_blank(title));
    let link = headline.map(|title| masked(title, line.url.as_deref(), 200));
    let told: Vec<String> = link.into_iter().chain([moment(line.at, 'D')]).collect();
    sourced(lang, line, told.join(" · "))
}

/// A line's card: its text, the outlet, the buttons.
fn sourced(lang: Lang, line: &SaidLine, text: String) -> Card {
    let color = line
        .drama
        .as_deref()
        .or(line.speaker.as_deref())
        .map_or(PERSIMMON, color_of_name);
    let button = |press: Press, label: &str, primary| {
        Some(Button::Action {
            label: label.to_owned(),
            id: press.to_id()?,
            primary,
            danger: false,
        })
    };
    let another = line.another.as_ref().and_then(|again| {
        let press = match again {
            Again::Key(key) => Press::Another {
                key: key.clone(),
                style: line.style,
            },
            Again::Question(question) => Press::Again { question: *question },
        };
        button(press, say(lang, "Another", "다른 대사"), true)
    });
    let asked = |key: &String| line.another == Some(Again::Key(key.clone()));
    let same_drama = line.same_drama.as_ref().filter(|key| !asked(key)).and_then(|key| {
        let press = Press::Another {
            key: key.clone(),
            style: line.style,
        };
        button(press, say(lang, "Same drama", "같은 드라마"), false)
    });
    let link = link_button(say(lang, "Read the article", "기사 보기"), line.url.as_deref());
    let mut card = note(color, "", text);
    card.buttons = vec![another.into_iter().chain(same_drama).chain(link).collect()];
    match plain(&line.source, 128) {
        source if source.is_empty() => card,
        source => footed(card, source),
    }
}

/// The line as a quotation, who, as whom, from which drama, when, and the headline with its link.
pub(super) fn said_text(lang: Lang, line: &SaidLine) -> String {
    let mut sheet = Sheet::new(DESCRIPTION);
    sheet.line(&format!("> {}", spoken(&line.text, LINE_MAX)));
    let role = if line.kind == QuoteKind::Character {
        &line.actor
    } else {
        &line.role
    };
    sheet.line(&match line.speaker.as_deref().filter(|speaker| !is_blank(speaker)) {
        Some(speaker) => format!("— {}", byline(lang, speaker, role.as_deref(), line.kind)),
        None => format!(
            "— *{}*",
            say(lang, "the article does not say who", "기사에 누구인지 나오지 않아요")
        ),
    });
    let drama = line.drama.as_deref().filter(|drama| !is_blank(drama)).map(bold);
    let facts: Vec<String> = drama.into_iter().chain([moment(line.at, 'D')]).collect();
    sheet.paragraph(&facts.join(" · "));
    if !is_blank(&line.title) {
        sheet.line(&masked(&line.title, line.url.as_deref(), 200));
    }
    sheet.done()
}

/// The lines of a story, one after another, each with a link to its sentence. Hidden with who said them, as in a post.
pub(super) fn from_post(lang: Lang, (title, url): (&str, Option<&str>), lines: &[SaidLine], hide: bool) -> Card {
    let shown_so = |text: String| if hide { hidden(&text) } else { text };
    let mut sheet = Sheet::new(DESCRIPTION - 100);
    let mut shown = 0;
    for line in lines {
        let role = if line.kind == QuoteKind::Character {
            &line.actor
        } else {
            &line.role
        };
        let speaker = line.speaker.as_deref().filter(|speaker| !is_blank(speaker));
        let who = speaker.map_or_else(
            || say(lang, "somebody unnamed", "이름이 나오지 않은 분").to_owned(),
            |speaker| byline(lang, speaker, role.as_deref(), line.kind),
        );
        let (words, who) = (shown_so(spoken(&line.text, IN_LIST)), shown_so(format!("— {who}")));
        let mut text = format!("> {words}\n{who}");
        if line.url.is_some() {
            let link = masked(say(lang, "in the article", "기사에서 보기"), line.url.as_deref(), 40);
            text.push_str(&format!(" · {link}"));
        }
        if !sheet.paragraph(&text) {
            break;
        }
        shown += 1;
    }
    let left = lines.len() - shown;
    if lines.is_empty() {
        sheet.line(say(lang, "Nobody is quoted in it.", "이 소식에는 누가 한 말이 없어요."));
    }
    let drama = lines.iter().find_map(|line| line.drama.as_deref());
    let mut card = note(drama.map_or(PERSIMMON, color_of_name), safe(title, 200), sheet.done());
    if let Some(embed) = card.embeds.last_mut() {
        embed.url = embed_address(url);
    }
    card.buttons = vec![
        link_button(say(lang, "Read the article", "기사 보기"), url)
            .into_iter()
            .collect(),
    ];
    match (left, lang) {
        (0, _) => card,
        (_, Lang::En) => footed(card, format!("and {left} more in the article")),
        (_, Lang::Ko) => footed(card, format!("기사에 {left}개가 더 있어요")),
    }
}

pub(super) fn not_a_post(lang: Lang) -> Card {
    note(
        HONEY,
        say(lang, "That is not a story of mine", "제가 전한 소식이 아니에요"),
        say(
            lang,
            "Use it on a post with a story, or on a message with the link of one that I have read.",
            "소식을 올린 글이나, 제가 읽은 소식의 링크가 있는 메시지에서 써 주세요.",
        ),
    )
}

pub(super) fn silent(lang: Lang, known: &Known, text: Option<&str>) -> Card {
    let name = safe(&known.name, NAME);
    let words = text.map(|text| safe(text, 100)).filter(|text| !text.is_empty());
    let title = match (lang, words.is_some()) {
        (Lang::En, false) => format!("Nothing from {name} yet"),
        (Lang::En, true) => format!("No such line from {name} yet"),
        (Lang::Ko, false) => format!("{name}: 아직 들은 말이 없어요"),
        (Lang::Ko, true) => format!("{name}: 아직 그런 말은 없어요"),
    };
    let mut sheet = Sheet::new(DESCRIPTION);
    sheet.line(&match (lang, known.is == KnownAs::Drama, words) {
        (Lang::En, false, None) => format!(
            "{} has not said anything in the stories I have read so far.",
            bold(&known.name)
        ),
        (Lang::En, true, None) => format!(
            "Nobody has said anything about {} in the stories I have read so far.",
            bold(&known.name)
        ),
        (Lang::En, _, Some(words)) => {
            format!(
                "I have read no line with “{words}” from {} so far. Fewer words may find one.",
                bold(&known.name)
            )
        }
        (Lang::Ko, _, None) => format!("지금까지 읽은 소식에는 아직 {}의 말이 없었어요.", bold(&known.name)),
        (Lang::Ko, _, Some(words)) => {
            format!(
                "지금까지 읽은 {}의 말 가운데 “{words}”라는 말은 없었어요. 낱말을 줄이면 나올 수도 있어요.",
                bold(&known.name)
            )
        }
    });
    let facts = facts(lang, known);
    if !facts.is_empty() {
        sheet.paragraph(&facts);
    }
    roles(&mut sheet, lang, known, 8);
    let (option, name) = (option_for(lang, known), code(&known.name, NAME));
    sheet.paragraph(&match lang {
        Lang::En => format!("`/subscribe {option}:{name}` brings you the next story as soon as there is one."),
        Lang::Ko => format!("`/구독 {option}:{name}` 명령어로 구독해 두시면 소식이 나오는 대로 전해 드려요."),
    });
    note(color_of_name(&known.name), title, sheet.done())
}

/// The option of `/subscribe` that takes it.
pub(super) const fn option_for(lang: Lang, known: &Known) -> &'static str {
    match known.is {
        KnownAs::Drama => say(lang, "drama", "드라마"),
        KnownAs::Person => say(lang, "person", "인물"),
        KnownAs::Network => say(lang, "network", "방송사"),
    }
}

/// `안효섭 · SBS · 2021`
pub(super) fn facts(lang: Lang, known: &Known) -> String {
    let texts = [&known.hangul, &known.network]
        .into_iter()
        .flatten()
        .filter(|text| !is_blank(text));
    let group = known
        .group
        .iter()
        .filter(|group| !is_blank(group))
        .map(|group| match lang {
            Lang::En => format!("member of {}", safe(group, 60)),
            Lang::Ko => format!("{} 멤버", safe(group, 60)),
        });
    let year = known.year.iter().map(u16::to_string);
    texts
        .map(|text| safe(text, 60))
        .chain(group)
        .chain(year)
        .collect::<Vec<_>>()
        .join(" · ")
}

/// A person's dramas with their roles, or a drama's cast.
pub(super) fn roles(sheet: &mut Sheet, lang: Lang, known: &Known, most: usize) {
    if known.roles.is_empty() {
        return;
    }
    sheet.paragraph(match known.is {
        KnownAs::Drama => say(lang, "**Cast**", "**출연진**"),
        KnownAs::Person | KnownAs::Network => say(lang, "**Known from**", "**나온 작품**"),
    });
    sheet.lines(known.roles.iter().take(most).map(|(name, role, year)| {
        let year = year.map_or(String::new(), |year| format!(" ({year})"));
        match (
            role.as_deref()
                .filter(|role| !is_blank(role))
                .map(|role| safe(role, 80)),
            lang,
        ) {
            (Some(role), Lang::En) => format!("- {} as *{role}*{year}", safe(name, NAME)),
            (Some(role), Lang::Ko) => format!("- {} · *{role}* 역{year}", safe(name, NAME)),
            (None, _) => format!("- {}{year}", safe(name, NAME)),
        }
    }));
}

pub(super) fn none(lang: Lang, text: Option<&str>) -> Card {
    let text = match (text.map(|text| safe(text, 100)).filter(|text| !text.is_empty()), lang) {
        (Some(words), Lang::En) => format!(
            "I have read no line with “{words}” so far. Try fewer or other words, or ask for a person: `/quote name:…`."
        ),
        (Some(words), Lang::Ko) => format!(
            "지금까지 읽은 말 가운데 “{words}”라는 말은 없었어요. 낱말을 줄이거나 바꿔 보시고, `/대사 이름:…`으로 인물을 찾아보셔도 좋아요."
        ),
        (None, Lang::En) => "I have not read any story with a line in it yet. Ask again when the first ones are in: `/about` tells when I last read the outlets.".to_owned(),
        (None, Lang::Ko) => "아직 누가 한 말이 담긴 소식을 읽지 못했어요. 첫 소식이 들어오면 다시 물어봐 주세요. 매체를 언제 살펴봤는지는 `/소개`가 알려 드려요.".to_owned(),
    };
    note(HONEY, say(lang, "No such line yet", "아직 그런 말이 없어요"), text)
}

pub(super) fn which(lang: Lang, asked: &str, choices: &[Choice], question: Option<QuestionId>) -> Card {
    let choices = &choices[..choices.len().min(CHOICES_MAX)];
    let asked = safe(asked, NAME);
    let mut sheet = Sheet::new(DESCRIPTION);
    let several = choices.len() > 1;
    sheet.line(&match (lang, several) {
        (Lang::En, true) => format!("“{asked}” may be any of these:"),
        (Lang::Ko, true) => format!("“{asked}”에 맞는 이름이 여럿이에요."),
        (Lang::En, false) => format!("“{asked}” may be this one:"),
        (Lang::Ko, false) => format!("“{asked}”에 맞는 이름은 하나예요."),
    });
    sheet.lines(
        choices
            .iter()
            .enumerate()
            .map(|(at, one)| format!("{}. {}", at + 1, choice(one))),
    );
    let title = if several {
        say(lang, "Which one?", "어느 쪽일까요?")
    } else {
        say(lang, "This one?", "이쪽일까요?")
    };
    let Some(question) = question else {
        sheet.paragraph(say(
            lang,
            "Ask again with that name; hangul works too.",
            "그 이름으로 다시 물어봐 주세요. 한글도 괜찮아요.",
        ));
        return note(PERSIMMON, title, sheet.done());
    };
    let mut card = note(PERSIMMON, title, sheet.done());
    card.buttons = vec![choice_buttons(choices, question)];
    footed(
        card,
        say(
            lang,
            "Only the one who asked can choose",
            "물어보신 분만 고를 수 있어요",
        ),
    )
}

/// A button for each that may be meant; the command is asked again with the chosen one.
pub(super) fn choice_buttons(choices: &[Choice], question: QuestionId) -> Vec<Button> {
    let mut buttons: Vec<Button> = Vec::new();
    for (at, one) in choices.iter().take(CHOICES_MAX).enumerate() {
        let key = one.key.clone();
        let Some(id) = (Press::Choose { question, key }).to_id() else {
            continue;
        };
        let taken = buttons
            .iter()
            .any(|button| matches!(button, Button::Action { id: other, .. } if *other == id));
        if !taken {
            buttons.push(Button::Action {
                label: button_label(at + 1, one),
                id,
                primary: false,
                danger: false,
            });
        }
    }
    buttons
}

/// The number tells apart who share a name, and stands for a name that cannot be seen.
fn button_label(at: usize, choice: &Choice) -> String {
    let name = match choice.hangul.as_deref().filter(|hangul| *hangul != choice.name) {
        Some(hangul) => format!("{at} · {} {hangul}", choice.name),
        None => format!("{at} · {}", choice.name),
    };
    plain(&name, 80)
}

pub(super) fn nobody(lang: Lang, asked: &str, nearest: &[Choice]) -> Card {
    let asked = safe(asked, NAME);
    let title = match lang {
        Lang::En => format!("I do not know “{asked}” yet"),
        Lang::Ko => format!("“{asked}”: 아직 모르는 이름이에요"),
    };
    let mut sheet = Sheet::new(DESCRIPTION);
    if nearest.is_empty() {
        sheet.line(say(
            lang,
            "Nothing I know comes near it. Try the name in hangul, or as an article spells it.",
            "비슷한 이름도 찾지 못했어요. 한글로 적거나, 기사에 나온 대로 적어 보세요.",
        ));
    } else {
        sheet.line(say(lang, "Did you mean one of these?", "혹시 이 가운데 있을까요?"));
        sheet.lines(nearest.iter().take(CHOICES_MAX).map(|one| format!("- {}", choice(one))));
        sheet.paragraph(say(
            lang,
            "Ask again with that name; hangul works too.",
            "그 이름으로 다시 물어봐 주세요. 한글도 괜찮아요.",
        ));
    }
    sheet.line(say(
        lang,
        "`/subscribe` also follows names that I do not know yet.",
        "제가 모르는 이름도 `/구독`은 할 수 있어요.",
    ));
    note(HONEY, title, sheet.done())
}

/// `**Ahn Hyo Seop** (안효섭)`, for other topics.
pub(super) fn title_of(known: &Known) -> String {
    named(&known.name, known.hangul.as_deref())
}
