//! What is known of a drama, a person or a network.

use super::{
    NAME, note,
    quote::{facts, option_for, roles, said_text, title_of},
};
use crate::{
    model::{
        Lang, Millis,
        answer::{Known, KnownAs, SaidLine},
    },
    view::{
        card::Card,
        cut::Sheet,
        escape::{code, safe},
        limits::DESCRIPTION,
        link::{link_button, masked},
        words::{bold, color_of_name, moment, say},
    },
};

pub(super) fn known(
    lang: Lang,
    known: &Known,
    stories: &[(String, Option<String>, Millis)],
    loved: Option<&SaidLine>,
    watch: Option<&str>,
) -> Card {
    let mut sheet = Sheet::new(DESCRIPTION);
    let facts = facts(lang, known);
    sheet.line(&match known.is {
        KnownAs::Network => say(lang, "A network or platform.", "방송사 또는 플랫폼이에요.").to_owned(),
        KnownAs::Person | KnownAs::Drama if facts.is_empty() => title_of(known),
        KnownAs::Person | KnownAs::Drama => facts,
    });
    roles(&mut sheet, lang, known, 12);
    if let Some(line) = loved {
        sheet.paragraph(say(lang, "**Most loved line**", "**가장 사랑받은 말**"));
        sheet.line(&said_text(lang, line));
    }
    if stories.is_empty() {
        let option = option_for(lang, known);
        let (name, about) = (code(&known.name, NAME), bold(&known.name));
        sheet.paragraph(&match lang {
            Lang::En => {
                format!("I have read no story about {about} yet. `/subscribe {option}:{name}` brings you the first one.")
            }
            Lang::Ko => {
                format!("{about}: 아직 읽은 소식이 없어요. `/구독 {option}:{name}` 명령어로 구독해 두시면 첫 소식부터 전해 드려요.")
            }
        });
    } else {
        sheet.paragraph(say(lang, "**Latest stories**", "**최근 소식**"));
        sheet.lines(
            stories
                .iter()
                .take(5)
                .map(|(title, url, at)| format!("- {} · {}", masked(title, url.as_deref(), 120), moment(*at, 'R'))),
        );
    }
    let mut card = note(color_of_name(&known.name), safe(&known.name, 200), sheet.done());
    card.buttons = vec![
        link_button(say(lang, "▶ Watch the drama", "▶ 드라마 보기"), watch)
            .into_iter()
            .collect(),
    ];
    card
}
