//! Lines of the drama that an actor is named for: `she delivered the line, “…”`, an actor's name where
//! a scene is told. They are the character's, with the actor beside.

use super::as_role::{self, is_own_character};
use super::attribution::{self, Claim, Rule, Sieves};
use super::entity::{Entities, Id, Nature, Trade};
use super::known_lines;
use super::lexicon::asked::{self, Asked};
use super::lexicon::{self, Class};
use super::performed::Table;
use super::print::{Words, words};
use super::quote::Draft;
use super::resolve::{Choice, Speaker};
use super::scan::{Span, Spans};
use super::scene::is_beside_role;
use super::sentence::{self, Sentences};
use super::text::{Para, Shape, Text};
use super::unplayed::acts_now;
use super::younger;
use crate::model::QuoteKind;

/// How an article shows the drama.
#[derive(Clone, Copy)]
pub struct Shown {
    /// It tells scenes.
    pub scenes: bool,
    /// It is a review or a recap: who speaks in the present is somebody of the story, whatever they are called.
    pub review: bool,
    /// Its headline is about the making, or about people as themselves.
    pub made: bool,
    /// People talk about the drama.
    pub talk: bool,
    /// It tells of a script reading: lines of the drama are read aloud.
    pub reading: bool,
    /// It is about the making, whatever the headline says.
    pub filmed: bool,
    /// It is an interview.
    pub asked: bool,
    /// Whom it is about.
    pub main: Option<Id>,
}

/// How sure is whose line it is that is called one.
const KNOWN: f32 = 0.84;

/// Gives such lines to the one character whom their speaker plays. Who plays several, or nobody who is named, keeps
/// them and stands for the character; whoever has no name in the story is a character too.
pub fn give(
    text: &Text,
    spans: &Spans,
    sentences: &Sentences,
    entities: &Entities,
    shown: Shown,
    drafts: &mut [Draft],
) {
    // Who has no role where others have one, has one as well.
    let told_of = entities.all.iter().any(|e| e.nature == Nature::Character);
    let mut table = Table::new(text, spans, sentences, entities, (shown.reading, shown.filmed));
    for draft in drafts
        .iter_mut()
        .filter(|d| !matches!(d.claim.rule, Rule::Answer | Rule::Labelled))
    {
        let Some((number, span)) = draft.first_span().and_then(|n| Some((n, spans.outer.get(n)?))) else {
            continue;
        };
        let first = sentences
            .get(sentence::at(sentences, span.open))
            .map_or(span.open, |s| s.first)
            .min(span.open);
        let verb = present_verb(text, first, span.open, span.after());
        let now = verb.unwrap_or(true);
        let told = (shown.scenes && draft.claim.scene || shown.review && now)
            && !(verb == Some(false) && is_led_by_the_press(text, first, span.open));
        let speaker = draft.claim.choice.as_ref().and_then(attribution::one);
        let played = shown.scenes
            && !shown.made
            && verb.unwrap_or_else(|| {
                is_cut_to(text, first, span.open) || speaker.is_some_and(|id| acts(text, entities, id, span))
            })
            && !is_comment(text, span.para)
            && (is_shown(text, span.para) || is_with_characters(entities, first, span.open))
            && !is_made(text, span.para);
        let known = known_lines::Place {
            text,
            entities,
            span,
            first,
            main: shown.main,
            asked: shown.asked,
        };
        let of_story = speaker.is_some_and(|id| entities.all[id].nature == Nature::Character);
        if let Some(role) = Some(speaker).filter(|_| !of_story).and_then(|id| known.speaker(id)) {
            draft.claim.choice = attribution::keep(&role, KNOWN);
            table.heard(number);
            continue;
        }
        let Some(choice) = draft.claim.choice.as_mut() else {
            draft.claim.scene |= shown.review && now;
            continue;
        };
        match &mut choice.speaker {
            // `Role (Kim), a boxer. “…,” he told a press conference`: nobody of a story does.
            Speaker::One(id)
                if verb == Some(false)
                    && (is_to_the_press(text, span) || is_led_by_the_press(text, first, span.open)) =>
            {
                *id = entities.all[*id].actor.unwrap_or(*id);
            }
            Speaker::One(id) if entities.all[*id].nature == Nature::Character => {
                *id = as_role::opening(text, entities, *id, first, span.open).unwrap_or(*id);
                table.heard(number);
            }
            Speaker::One(id) if entities.all[*id].nature == Nature::Person => {
                let read = table.is_read(number, *id, first);
                let acts = entities.all[*id].trade == Trade::Cast && !entities.all[*id].guest;
                let themself = (told || played) && is_named_beside_roles(text, entities, *id, span);
                let (told, played) = (told && !themself, played && !themself);
                let told = told
                    || is_told_as_role(text, entities, *id, first, span.open)
                    || is_own_character(text, entities, *id, span);
                let place = as_role::Place {
                    text,
                    entities,
                    sentences,
                    span,
                    first,
                    talk: shown.talk,
                    made: shown.made,
                    review: shown.review,
                };
                let as_role = |role| match verb {
                    Some(true) => place.is_of_role(*id, role),
                    _ => place.was_of_role(*id, role),
                };
                let told = told || acts && role_of(entities, *id, span.open).is_some_and(as_role);
                match role_of(entities, *id, span.open) {
                    Some(role) if told || read || played && acts => *id = role,
                    // `Kim, who plays the young Role, read, “…”`.
                    None if (told || read || played) && younger::role_of(entities, *id).is_some() => {
                        choice.speaker = younger::role_of(entities, *id).map_or(Speaker::Played(*id), Speaker::Younger);
                    }
                    None if (played || read && told_of || is_own_character(text, entities, *id, span)) && acts => {
                        choice.speaker = Speaker::Played(*id);
                    }
                    _ => {}
                }
            }
            // `A monk, played by Kim, peers over her shoulder. “…,” he says`: the noun is the role's name.
            Speaker::Unnamed { role, .. } if nameless_role(entities, role).is_some() => {
                if let Some(id) = nameless_role(entities, role) {
                    choice.speaker = Speaker::One(id);
                }
            }
            Speaker::Unnamed {
                role,
                kind: QuoteKind::Other,
            } => {
                let comment = is_comment(text, span.para);
                // `a radio announcer tells the drivers`: in a story that is told now, he is of it.
                let host = shown.scenes && now && !comment;
                let outside = role.split(' ').any(|w| {
                    let class = lexicon::classes(w);
                    class.has(OUTSIDE) || class.has(Class::HOST) && !host
                });
                draft.claim.scene = !outside && (draft.claim.scene || shown.scenes && !comment);
            }
            _ => {}
        }
        if let Speaker::One(id) = choice.speaker
            && younger::speaks(text, entities, id, text.paras[span.para].first, span.after())
        {
            choice.speaker = Speaker::Younger(id);
        }
    }
}

impl Sieves<'_> {
    /// `Dong-cheol owns one coat. ¶ “It had a hole from the start”`: where people talk about a drama, the actor says so.
    pub(super) fn as_themself(&self, choice: Choice) -> Choice {
        let actor = attribution::one(&choice)
            .filter(|_| self.resolver.talks)
            .and_then(|id| {
                let entity = &self.entities.all[id];
                entity.actor.filter(|_| entity.nature == Nature::Character)
            });
        let speaker = actor.map_or(choice.speaker, Speaker::One);
        Choice { speaker, ..choice }
    }

    /// `In the teaser, Kim says, “…”`: the line is the character's, not the actor's.
    pub(super) fn in_character(&self, number: usize, claim: &mut Claim) {
        const SHOWN: Words = words!["teaser", "trailer", "clip", "episode", "preview"];
        let episode = self.is_told_of_episode(number);
        let Some(choice) = claim.choice.as_mut().filter(|_| self.shows || episode) else {
            return;
        };
        let Some(actor) = attribution::one(choice).filter(|id| self.entities.all[*id].nature == Nature::Person) else {
            return;
        };
        const TALK: Words = words![
            "asked",
            "Asked",
            "favorite",
            "picked",
            "chose",
            "studio",
            "guest",
            "guests",
            "recalled",
            "posted",
            "reposted",
            "uploaded",
            "Instagram",
            "talked",
            "making-of",
            "livestream",
            "fans",
            "interview",
            "reporters",
            "press",
            "filming",
            "crew",
            "Weverse",
            "TikTok",
            "message",
            "farewell",
        ];
        let para = self.text.paras[self.spans.outer[number].para];
        let head = || para.first..para.last.min(para.first + 160);
        let words = |list: Words| head().any(|t| self.text.is_just(t, list) && !self.spans.is_inside(t));
        let remarks = || head().any(|t| self.text.is_in(t, asked::REMARKS));
        if !episode && (!words(SHOWN) || remarks() || words(TALK)) {
            return;
        }
        if !episode && is_named_beside_roles(self.text, self.entities, actor, &self.spans.outer[number]) {
            return;
        }
        // `Kim promised that there is more to come. “…,” she teased`: of the drama, not in it.
        let sentences = self.resolver.sentences;
        let front = sentence::at(sentences, self.spans.outer[number].open).checked_sub(1);
        let promised = front.and_then(|n| sentences.get(n)).is_some_and(|s| {
            let opens = self.entities.covering(s.first).is_some_and(|m| m.entity == actor);
            opens && s.para == self.spans.outer[number].para && self.reports(s.first, s.last)
        });
        if promised {
            return;
        }
        let mut roles = (0..self.entities.all.len().min(256)).filter(|id| self.entities.all[*id].actor == Some(actor));
        // `Kim promised more. “Nan Hee hears something”`: who plays Nan Hee speaks of her.
        let span = &self.spans.outer[number];
        let told_of = |role: Id| {
            self.entities
                .between(span.open, span.close)
                .iter()
                .any(|m| m.entity == role)
        };
        if let (Some(role), None) = (roles.next(), roles.next())
            && !told_of(role)
        {
            choice.speaker = Speaker::One(role);
            choice.sure = (choice.sure - 0.08).max(if episode { 0.62 } else { 0.5 });
            claim.scene = true;
        }
    }

    /// `Then came Sang-cheol. “I read the script twice”`: nobody in the story knows of its script.
    pub(super) fn out_of_character(&self, number: usize, claim: &mut Claim) {
        let Some(choice) = claim.choice.as_mut() else { return };
        let role = attribution::one(choice).filter(|id| self.entities.all[*id].nature == Nature::Character);
        let actor = role.and_then(|id| self.entities.all[id].actor);
        if let Some(actor) = actor.filter(|_| as_role::speaks_of_trade(self.text, &self.spans.outer[number])) {
            choice.speaker = Speaker::One(actor);
            claim.scene = false;
        }
    }

    /// `“…,” she tells her grandmother at the end of the first episode.`
    fn is_told_of_episode(&self, number: usize) -> bool {
        const WHERE: Words = words!["episode", "finale", "trailer", "teaser", "preview", "reel", "clip"];
        let Some(after) = self.judged[number].after() else {
            return false;
        };
        let now = self.text.word(after.verb).ends_with('s');
        let shown = |t: usize| {
            self.text.is_just(t, WHERE) && (t.saturating_sub(4)..t).any(|p| self.text.is_one(p, words!["in", "of"]))
        };
        now && after.plain && (after.verb + 1..after.last).any(shown)
    }
}

/// `Kim appears as Grandmother Kong, who speaks from a tape that begins, “…”`: Grandmother Kong does.
fn is_told_as_role(text: &Text, entities: &Entities, actor: Id, first: usize, open: usize) -> bool {
    let role = |m: &&super::entity::Mention| entities.all[m.entity].actor == Some(actor);
    let mut named = entities.between(first, open).iter();
    named.find(role).is_some_and(|m| {
        let opens = (first..m.first).any(|t| text.word(t) == "as");
        let plays = (first..m.first).any(|t| text.word(t) == "who");
        opens && !plays && text.word(m.last) == "," && text.word(m.last + 1) == "who"
    })
}

/// `Kim tells us that he fell asleep. “…,” he says` in a recap that calls the people of the story by their own names: who
/// is called by an actor's name where words are said is the actor.
fn is_named_beside_roles(text: &Text, entities: &Entities, actor: Id, span: &Span) -> bool {
    const FEW: usize = 2;
    const REACH: usize = 12;
    let Some(para) = text.paras.get(span.para) else {
        return false;
    };
    let end = para.last.min(span.after() + REACH);
    let told = || entities.between(para.first, end).iter().filter(|m| !m.in_speech);
    let story = || told().any(|m| entities.all[m.entity].nature == Nature::Character);
    let says = |t: usize| text.class(t).has(Class::SAY) && text.shape(t) == Shape::Lower;
    let own = |m: &super::entity::Mention| {
        let opens = || m.first == para.first && !story();
        let speaks = || says(m.last) || m.first >= span.after() && says(m.first.saturating_sub(1));
        m.entity == actor && !is_beside_role(text, m.first) && (speaks() || opens())
    };
    // `Role (Kim)` only says who plays it.
    let role = |m: &&super::entity::Mention| {
        entities.all[m.entity].actor == Some(actor) && !m.in_speech && text.is_capital(m.first) && !text.is(m.last, "(")
    };
    told().any(own) && entities.mentions.iter().filter(role).take(FEW).count() == FEW
}

/// Where people speak to those who write, and who those are.
const PRESS: Words = words![
    "conference",
    "presentation",
    "reporters",
    "interview",
    "herald",
    "yonhap",
    "times",
    "press",
    "media",
];

/// `At the press conference, the actress said`: whoever speaks there is real.
fn is_led_by_the_press(text: &Text, first: usize, open: usize) -> bool {
    const REACH: usize = 8;
    let end = open.min(first + REACH);
    text.is_one(first, words!["at", "during", "in"]) && (first + 1..end).any(|t| text.is_one(t, PRESS))
}

/// The character who is called by a noun alone.
fn nameless_role(entities: &Entities, noun: &str) -> Option<Id> {
    let id = entities.full(&super::entity::key(noun))?;
    (entities.all[id].nature == Nature::Character).then_some(id)
}

/// Who speaks about a drama, not in it.
const OUTSIDE: Class = Class::PUBLIC.with(Class::SOURCE).with(Class::TEAM).with(Class::AGENCY);

/// `she shared`, `her role`: somebody speaks about the drama.
fn is_comment(text: &Text, para: usize) -> bool {
    has_one(text, para, asked::REMARKS.with(asked::COMMENTS)) || speaks_about(text, para)
}

/// `spoke about the scene`, `talked of her part`.
fn speaks_about(text: &Text, para: usize) -> bool {
    const REACH: usize = 40;
    let speaks = |t: usize| {
        text.is_one(t, words!["spoke", "talked", "speaking", "talking"])
            && text.is_one(t + 1, words!["about", "of", "on"])
    };
    text.paras
        .get(para)
        .is_some_and(|p| (p.first..p.last.min(p.first + REACH)).any(speaks))
}

/// The paragraph, or one of those before it, says that something is shown: `In the teaser`.
fn is_shown(text: &Text, para: usize) -> bool {
    const BACK: usize = 4;
    (para.saturating_sub(BACK)..=para).any(|p| has_one(text, p, asked::SHOWN))
}

/// So far the article tells of the making, or of a show in which people are themselves.
fn is_made(text: &Text, para: usize) -> bool {
    const BACK: usize = 6;
    (para.saturating_sub(BACK)..=para).any(|p| has_one(text, p, asked::MAKING))
}

/// Whether the beginning of a paragraph has a word of a list; where none of the paragraph is one, nothing is gone through.
fn has_one(text: &Text, para: usize, list: Asked) -> bool {
    const LONGEST: usize = 160;
    let has = |p: &Para| (p.first..p.last.min(p.first + LONGEST)).any(|t| text.is_in(t, list));
    text.paras.get(para).is_some_and(|p| p.asked.has(list) && has(p))
}

/// `he told a press conference`, `she told The Korea Herald`, `he said in an interview`.
fn is_to_the_press(text: &Text, span: &Span) -> bool {
    const REACH: usize = 12;
    let after = span.after();
    let end = text.paras.get(span.para).map_or(after, |p| p.last.min(after + REACH));
    let told = (after..end)
        .take_while(|t| !matches!(text.word(*t), "." | "“" | "\""))
        .find(|t| text.is_one(*t, words!["told", "tells", "in", "at"]));
    told.is_some_and(|told| {
        (told + 1..end.min(told + 5))
            .take_while(|t| text.word(*t) != ".")
            .any(|t| text.is_one(t, PRESS))
    })
}

/// Whom an actor plays: of several the one who was named last.
pub(super) fn role_of(entities: &Entities, actor: Id, open: usize) -> Option<Id> {
    // An article casts far fewer.
    const MOST: usize = 512;
    // A line stands near the name of whoever says it.
    const NEAR: usize = 60;
    let of = |id: Id| entities.all[id].nature == Nature::Character && entities.all[id].actor == Some(actor);
    let mut roles = (0..entities.all.len().min(MOST)).filter(|id| of(*id));
    let role = roles.next()?;
    if roles.next().is_none() {
        return Some(role);
    }
    let mut named = entities.between(open.saturating_sub(NEAR), open).iter();
    named.rfind(|m| !m.in_speech && of(m.entity)).map(|m| m.entity)
}

/// `Heo Dan is heard over the intercom: “…”`, `Kim, the man between them, taps his glass. “…”`: whoever speaks does something
/// in the present.
fn acts(text: &Text, entities: &Entities, who: Id, span: &Span) -> bool {
    const CLAUSE: usize = 8;
    let Some(para) = text.paras.get(span.para) else {
        return false;
    };
    let mut named = entities.between(para.first, span.open).iter();
    named.rfind(|m| m.entity == who && !m.in_speech).is_some_and(|m| {
        let comma = text.word(m.last) == ",";
        let behind = (m.last + 1..m.last + CLAUSE).find(|t| comma && text.word(*t) == ",");
        acts_now(text, behind.map_or(m.last, |t| t + 1))
    })
}

/// `The teaser ends with her voiceover: `.
fn is_cut_to(text: &Text, first: usize, open: usize) -> bool {
    const CUTS: Words = words![
        "ends",
        "opens",
        "begins",
        "closes",
        "concludes",
        "shows",
        "starts",
        "cuts",
    ];
    (first..open).take(16).any(|t| text.is_just(t, CUTS))
}

/// Whether the verb of speech beside the marks is in the present.
fn present_verb(text: &Text, first: usize, open: usize, after: usize) -> Option<bool> {
    const REACH: usize = 10;
    let before = first.max(open.saturating_sub(REACH))..open;
    // `told the press, “…”`: a noun behind its article.
    let noun = |t: usize| t > 0 && text.class(t - 1).has(Class::DET);
    let verb = |t: &usize| text.class(*t).has(Class::SAY) && text.shape(*t) == Shape::Lower && !noun(*t);
    let now = |t: usize| text.word(t).ends_with('s') || text.class(t).has(Class::ING);
    before.rev().chain(after..after + REACH).find(verb).map(now)
}

/// `When Tae Min reminds her, she says`: somebody of the story stands in the sentence.
fn is_with_characters(entities: &Entities, first: usize, open: usize) -> bool {
    let mut named = entities.between(first, open).iter();
    named.any(|m| !m.in_speech && entities.all[m.entity].nature == Nature::Character)
}

#[cfg(test)]
mod tests {
    use crate::catalogue::Catalogue;
    use crate::model::{Article, Paragraph, ParagraphKind, QuoteKind};
    use crate::reading::read;

    #[test]
    fn a_line_that_is_performed_is_the_characters() {
        let text = "Tae Yi Rang stars as Moon Ja Young in SBS’s “The Goat Precinct.” At the reading, Tae Yi Rang delivered \
                    the line, “I did not come here to look for goats!” Later she shared, “I was so nervous about that scene.”";
        let article = Article {
            title: "Tae Yi Rang At Script Reading For “The Goat Precinct”".to_owned(),
            paragraphs: vec![Paragraph {
                kind: ParagraphKind::Paragraph,
                text: text.to_owned(),
            }],
            ..Article::default()
        };
        let quotes = read(&article, &Catalogue::empty()).quotes;
        let told: Vec<_> = quotes
            .iter()
            .map(|q| (q.by().speaker.as_deref(), q.by().actor.as_deref(), q.by().kind))
            .collect();
        assert_eq!(
            told,
            [
                (Some("Moon Ja Young"), Some("Tae Yi Rang"), QuoteKind::Character),
                (Some("Tae Yi Rang"), None, QuoteKind::Cast)
            ]
        );
    }
}
