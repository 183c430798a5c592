//! Several stories in one message: headlines with their links, of each the best line while there is room, and the newest
//! picture.

use super::{
    card::{Card, Embed},
    color::PERSIMMON,
    cut::{Sheet, length},
    escape::{is_blank, safe},
    limits::{self, DESCRIPTION},
    link::{embed_address, masked},
    spoiler::{gives_away, hidden},
    words::{bold, capital, number, say, spoken},
};
use crate::model::{Lang, RoleId, Wait, answer::Story};

/// Most characters of a headline: the headlines of ten stories fit into a message with their links.
const HEADLINE: usize = 85;
/// Most characters of a line that was said.
const SAID: usize = 120;
/// Room for the list beside everything else.
const LIST: usize = DESCRIPTION - 100;

/// What a digest tells.
#[derive(Clone, Copy, Debug)]
pub struct Digest<'a> {
    /// In which language.
    pub lang: Lang,
    /// Why its stories waited; none: for several reasons.
    pub wait: Wait,
    /// The stories, oldest first, each with whether its plot is to be hidden.
    pub stories: &'a [(Story, bool)],
    /// The roles that are mentioned.
    pub roles: &'a [RoleId],
}

/// A story of the list.
struct Line {
    /// The headline with its link …
    linked: String,
    /// … without, where there is no room for it …
    bare: String,
    /// … and the best of what was said.
    said: String,
}

impl Line {
    fn of(lang: Lang, story: &Story, hide: bool) -> Self {
        let headline = |url: Option<&str>| {
            let outlet = safe(&story.source, 20);
            format!("- {} · {outlet}", masked(&story.title, url, HEADLINE))
        };
        let down = say(lang, " · taken down", " · 내려간 기사");
        let (url, down) = match story.withdrawn {
            true => (None, down),
            false => (story.url.as_deref(), ""),
        };
        Self {
            linked: headline(url) + down,
            bare: headline(None) + down,
            said: best(story, hide && gives_away(story.kind, &story.title)),
        }
    }

    fn length(&self) -> usize {
        length(&self.linked) + length(&self.said) + 2
    }
}

/// The best line of a story with who said it; empty when it has none.
fn best(story: &Story, hide: bool) -> String {
    let Some(quote) = story.quotes.iter().find(|quote| !is_blank(&quote.text)) else {
        return String::new();
    };
    let speaker = quote.speaker.as_deref().filter(|speaker| !is_blank(speaker));
    // No line of the message ends with the dash.
    let by = speaker.map(|speaker| format!(" —\u{a0}{}", bold(&capital(speaker))));
    let line = format!("{}{}", spoken(&quote.text, SAID), by.unwrap_or_default());
    format!("> {}", if hide { hidden(&line) } else { line })
}

impl Digest<'_> {
    /// What it is called.
    #[must_use]
    pub fn title(&self) -> String {
        let count = number(self.stories.len() as u64);
        let (en, ko) = match self.wait {
            Wait::Outage => ("While I was away", "자리를 비운 사이의 소식"),
            Wait::Quiet => ("In the quiet hours", "조용한 시간의 소식"),
            Wait::Hourly => ("This hour’s digest", "지난 한 시간의 소식"),
            Wait::Daily => ("Today’s digest", "오늘의 소식 모음"),
            Wait::Weekly => ("This week’s digest", "이번 주 소식 모음"),
            Wait::None => ("Gathered for you", "모아 둔 소식"),
        };
        match (self.lang, self.stories.len()) {
            // The others are not wanted any more.
            (Lang::En, 1) => format!("{en}: one story"),
            (Lang::En, _) => format!("{en}: {count} stories"),
            (Lang::Ko, _) => format!("{ko} {count}개"),
        }
    }

    /// The digest. Its link is the first story's, by which it is found again.
    #[must_use]
    pub fn card(&self) -> Card {
        let stories = self.stories.iter();
        let mut lines: Vec<Line> = stories.map(|(story, hide)| Line::of(self.lang, story, *hide)).collect();
        // No headline is left out for room: the longest lines are first, then the longest links.
        fit(&mut lines, |line| length(&line.said), |line| line.said.clear());
        let saved = |line: &Line| length(&line.linked).saturating_sub(length(&line.bare));
        fit(&mut lines, saved, |line| line.linked.clone_from(&line.bare));
        let mut sheet = Sheet::new(DESCRIPTION);
        for line in lines {
            sheet.line(&line.linked);
            if !line.said.is_empty() {
                sheet.line(&line.said);
            }
        }
        let hint = say(
            self.lang,
            "/quote finds what was said in them",
            "그 안의 말은 /대사로 찾을 수 있어요",
        );
        let first = self.stories.first().and_then(|(story, _)| story.url.as_deref());
        limits::bounded(Card {
            embeds: vec![Embed {
                title: self.title(),
                url: embed_address(first),
                description: sheet.done(),
                color: PERSIMMON,
                image: self.picture(),
                footer: Some(hint.to_owned()),
                ..Embed::default()
            }],
            ..self.called()
        })
    }

    /// The newest story's, of those that have one and give nothing away.
    fn picture(&self) -> Option<String> {
        let shown = self.stories.iter().rev().filter(|(story, hide)| {
            let hidden = *hide && gives_away(story.kind, &story.title);
            !hidden && !story.withdrawn
        });
        shown
            .filter_map(|(story, _)| embed_address(story.image.as_deref()))
            .next()
    }

    /// The digest as text alone, when Discord refused the card.
    #[must_use]
    pub fn plain(&self) -> Card {
        let called = self.called();
        let mut sheet = Sheet::new(2000);
        if !called.content.is_empty() {
            sheet.line(&called.content);
        }
        sheet.line(&format!("**{}**", self.title()));
        let headline = |(story, _): &(Story, bool)| format!("- {}", masked(&story.title, None, HEADLINE));
        sheet.lines(self.stories.iter().map(headline));
        limits::bounded(Card {
            content: sheet.done(),
            ..called
        })
    }

    fn called(&self) -> Card {
        let roles: Vec<String> = self.roles.iter().map(|role| format!("<@&{role}>")).collect();
        Card {
            content: roles.join(" "),
            pings: self.roles.to_vec(),
            ..Card::default()
        }
    }
}

/// The addresses that the list of a digest links to, from its text as Discord keeps it; none: it is no digest. How a
/// digest is told from a post when it is found again.
#[must_use]
pub fn listed(text: &str) -> Vec<&str> {
    let lines = text.lines().filter_map(|line| line.strip_prefix("- ["));
    lines
        .filter_map(|line| line.split_once("](")?.1.split_once(')'))
        .map(|(address, _)| address)
        .collect()
}

/// Shortens the lines that this saves most with, until all fit or nothing is saved any more.
fn fit(lines: &mut [Line], saves: impl Fn(&Line) -> usize, mut shorten: impl FnMut(&mut Line)) {
    while lines.iter().map(Line::length).sum::<usize>() > LIST {
        match lines.iter_mut().max_by_key(|line| saves(line)) {
            Some(line) if saves(line) > 0 => shorten(line),
            _ => return,
        }
    }
}
