//! Whom a pronoun cannot be, and whom it likelier is, by the sentence in front: grammar rather than distance.
//!
//! The object of a clause is not its subject, an owner is not what they own, and who has just come in is spoken of.
//! Whose turn it is stands in `addressed`; `score` weighs what is found here.

use super::entity::{Id, Mention};
use super::lexicon::Class;
use super::print::{Words, words};
use super::resolve::{MEMORY, Place, Resolver, Scored, Speaker};
use super::text::Shape;
use crate::model::ParagraphKind;

/// Further than this from a name its sentence is not looked at.
pub(super) const LONG: usize = 40;

/// Whom somebody tells something stands so near its verb.
const NEAR: usize = 5;

impl Resolver<'_> {
    /// `Kim had worked with him`: he is not Kim, of whom nothing else tells whether he is a man.
    pub(super) fn is_barred(&self, mention: &Mention, id: Id, here: usize, she: Option<bool>) -> bool {
        let there = self.sentence(mention.first);
        she.is_some_and(|she| {
            there < here
                && there + 2 >= here
                && (self.is_she(id).is_none() || self.is_listed(mention, &|_| true))
                && ((self.is_subject(mention) || self.text.is(mention.first.wrapping_sub(1), "("))
                    && (self.has_object(mention, she) || self.is_behind_object(mention, there, she))
                    || self.is_owned(mention, she))
        })
    }

    /// `Kim listened as the Busan native explained`, `Kim asked …, to which she replied`: who acts in the clause in front
    /// is named there, and a noun or an answer behind it is somebody else's.
    pub(super) fn is_apart(&self, mention: &Mention, token: usize, here: usize) -> bool {
        let text = self.text;
        if mention.last >= token || token - mention.last > LONG || self.sentence(mention.first) != here {
            return false;
        }
        if !self.is_subject(mention) || mention.in_speech {
            return false;
        }
        let first = self.sentences[here].first;
        let words = |t: usize, list: Words| text.is_one(t, list);
        let mut begins = token;
        while begins > mention.last
            && text.is_word(begins - 1)
            && !text
                .class(begins - 1)
                .has(Class::PREP.with(Class::SUBORD).with(Class::CONJ))
        {
            begins -= 1;
        }
        let opens = begins.wrapping_sub(1);
        if text.is(opens, "which") && text.is(opens.wrapping_sub(1), "to") {
            return true;
        }
        let pronoun = text
            .class(token)
            .has(Class::NOMINATIVE.with(Class::HE).with(Class::SHE));
        // `While Kim was at a loss for words, he said`.
        let fronted = words(first, words!["while", "whereas"]);
        // `When Kim asks, the older actress answers`: older than Kim.
        let compared = (begins..token).any(|t| words(t, words!["older", "younger", "elder"]));
        let nouns = fronted
            || words(first, words!["after", "once", "before", "until"])
            || compared && words(first, words!["when"]);
        if mention.first < begins && text.class(first).has(Class::SUBORD.with(Class::PREP)) {
            return if pronoun { fronted } else { nouns };
        }
        let clause = words(
            opens,
            words!["when", "as", "while", "until", "because", "before", "after"],
        ) || text.is(opens, "and") && text.is(opens.wrapping_sub(1), ",");
        !pronoun && clause
    }

    /// `She has watched them all season, and when Kim wonders aloud, she goes on mopping. “…,” she says`: the one of whom the
    /// sentence in front tells by a pronoun goes on, and not whom its clause of time names.
    pub(super) fn is_in_a_minor_clause(&self, mention: &Mention, here: usize, she: Option<bool>) -> bool {
        const TITLES: usize = 3;
        let Some(she) = she else { return false };
        let text = self.text;
        let there = self.sentence(mention.first);
        let Some(told) = self.sentences.get(there).filter(|_| there + 1 == here) else {
            return false;
        };
        let calling = |t: &usize| text.class(*t).has(Class::TITLE.with(Class::STORY).with(Class::DET));
        let front = (told.first..mention.first)
            .rev()
            .take(TITLES)
            .take_while(calling)
            .last()
            .unwrap_or(mention.first);
        let opens = front.checked_sub(1).filter(|t| {
            *t >= told.first
                && text.is_one(
                    *t,
                    words!["when", "while", "as", "after", "before", "until", "once", "if"],
                )
        });
        let Some(opens) = opens else { return false };
        let class = if she { Class::SHE } else { Class::HE };
        let same = |t: usize| text.class(t).has(class) && text.class(t).has(Class::NOMINATIVE);
        let comma = (mention.last..told.last.min(mention.last + LONG)).find(|t| text.is(*t, ","));
        // She stands in front of the clause, and again behind it.
        let named = |from: usize, to: usize| self.entities.between(from, to).iter().any(|m| !m.in_speech);
        let before = (told.first..opens).any(same) && !named(told.first, opens);
        let behind = comma.is_some_and(|comma| (comma + 1..told.last.min(comma + NEAR)).any(same));
        before && (behind || comma.is_none() && opens > told.first)
    }

    /// `Behind her, Kim forces a laugh`: she is not Kim.
    fn is_behind_object(&self, mention: &Mention, sentence: usize, she: bool) -> bool {
        const REACH: usize = 8;
        let text = self.text;
        let class = if she { Class::SHE } else { Class::HE };
        let first = self.sentences.get(sentence).map_or(mention.first, |s| s.first);
        let fronted = mention.first > first
            && text.is(mention.first - 1, ",")
            && mention.first - first <= REACH
            && text.class(first).has(Class::PREP);
        fronted && (first..mention.first).any(|t| text.class(t).has(class) && super::gender::is_object(text, t))
    }

    /// `Catching Kim smiling at it, she …`, `Watching him, Kim`: the object of a participle that opens the sentence.
    pub(super) fn is_fronted_object(&self, mention: &Mention, sentence: usize) -> bool {
        const REACH: usize = 4;
        let Some(first) = self.sentences.get(sentence).map(|s| s.first) else {
            return false;
        };
        let verb = self.text.word(first);
        mention.first > first
            && mention.first <= first + REACH
            && verb.len() > 5
            && verb.ends_with("ing")
            && !self.text.is(mention.first - 1, ",")
    }

    /// `“…,” he told The Korea Herald`, `she told a press conference`: no character of a drama does.
    pub(super) fn speaks_to_press(&self, from: usize) -> bool {
        let told = (from..from + NEAR).find(|t| self.text.is(*t, "told") || self.text.is(*t, "tells"));
        told.is_some_and(|told| self.is_told_to_press(told))
    }

    /// The same of one verb.
    pub(super) fn is_told_to_press(&self, told: usize) -> bool {
        const PRESS: Words = words![
            "reporters",
            "reporter",
            "press",
            "media",
            "outlet",
            "magazine",
            "newspaper",
            "interviewers",
            "fans",
            "viewers",
        ];
        let text = self.text;
        if !text.is(told, "told") && !text.is(told, "tells") {
            return false;
        }
        let to = told + 1;
        let capital = text.tokens.get(to).is_some_and(|t| t.is_capital());
        let title = text.class(to).has(Class::TITLE.with(Class::STORY));
        let known = self.entities.covering(to);
        let outlet = known.map_or(capital && !title, |m| !self.entities.all[m.entity].is_somebody());
        // `tells Dr. Yoon` is told of a scene.
        let named = text.is(told, "told")
            && (outlet || text.is(to, "the") && text.tokens.get(to + 1).is_some_and(|t| t.is_capital()));
        named
            || (to..to + NEAR)
                .take_while(|t| text.shape(*t) == Shape::Lower)
                .any(|t| text.is_just(t, PRESS))
    }

    /// `His co-star Kim`: he is not Kim.
    fn is_owned(&self, mention: &Mention, she: bool) -> bool {
        let text = self.text;
        let class = if she { Class::SHE } else { Class::HE };
        (mention.first.saturating_sub(5)..mention.first)
            .rev()
            .take_while(|t| {
                (text.shape(*t) == Shape::Lower || text.class(*t).has(class))
                    && !text.class(*t).has(Class::PREP.with(Class::AUX))
            })
            .any(|t| text.class(t).has(class) && t + 1 < mention.first && !super::gender::is_object(text, t))
    }

    /// The only somebody whom its sentence names.
    pub(super) fn is_sole(&self, mention: &Mention) -> bool {
        self.sentences.get(self.sentence(mention.first)).is_some_and(|s| {
            self.entities
                .between(
                    s.first.max(mention.first.saturating_sub(LONG)),
                    s.last.min(mention.last + LONG),
                )
                .iter()
                .all(|m| m.entity == mention.entity || !self.entities.all[m.entity].is_somebody())
        })
    }

    /// One of several names that `and` joins.
    pub(super) fn is_listed(&self, mention: &Mention, fits: &dyn Fn(Id) -> bool) -> bool {
        let text = self.text;
        let somebody = |token: usize| {
            self.entities.covering(token).is_some_and(|m| {
                m.entity != mention.entity && self.entities.all[m.entity].is_somebody() && fits(m.entity)
            })
        };
        text.is(mention.last, "and") && somebody(mention.last + 1)
            || mention.first > 1 && text.is(mention.first - 1, "and") && somebody(mention.first - 2)
    }

    /// Behind a subject, in its clause, a pronoun of that gender that cannot be the subject.
    fn has_object(&self, mention: &Mention, she: bool) -> bool {
        let text = self.text;
        let class = if she { Class::SHE } else { Class::HE };
        let end = self
            .sentences
            .get(self.sentence(mention.first))
            .map_or(mention.last, |s| s.last.min(mention.last + LONG));
        // `, who had worked with him,` says as much as the clause around it.
        let relative = text.is(mention.last, ",") && text.is(mention.last + 1, "who");
        let skip = if relative { mention.last + 2 } else { mention.last };
        (skip..end)
            .take_while(|t| {
                text.shape(*t) != Shape::Mark
                    && !text.is(*t, ";")
                    && !(text
                        .class(*t)
                        .has(Class::CONJ.with(Class::SUBORD).with(Class::NOMINATIVE)))
                    && self.entities.covering(*t).is_none()
            })
            .any(|t| text.class(t).has(class) && super::gender::is_object(text, t))
    }

    /// Neither its paragraph nor the one in front has named it before.
    pub(super) fn comes_in(&self, mention: &Mention) -> bool {
        let para = self.text.para_of(mention.first);
        let from = self.text.paras[para.saturating_sub(1)].first;
        !self
            .entities
            .between(from, mention.first)
            .iter()
            .rev()
            .take(MEMORY)
            .any(|m| m.entity == mention.entity)
    }

    /// `Asked about Kim, … “She fell,”`: the one of whom a quote tells first is whom the words before it named last.
    /// The more surely where the speaker is called by the same pronoun: `“She writes well,” she said`.
    pub(super) fn is_told_of(&self, mention: &Mention, here: usize, place: Place<'_>, she: Option<bool>) -> f32 {
        let text = self.text;
        let class = text.class(place.quote.0 + 1);
        let opens = class.has(Class::NOMINATIVE) && !class.has(Class::THEY);
        // Most quotes begin with another word.
        if !opens || place.quote.1 <= place.quote.0 + 1 {
            return 0.0;
        }
        let there = self.sentence(mention.first);
        let same = she.is_some_and(|she| she == class.has(Class::SHE));
        let told = there + 2 >= here
            && (!self.is_subject(mention) || self.text.para_of(mention.first) != place.para)
            && self.entities.mentions[..self.entities.mention_from(place.quote.0)]
                .last()
                .is_some_and(|m| m.entity == mention.entity);
        if !told {
            return 0.0;
        }
        // `The role went to Kim. “He asked me,” he joked`: Kim has come in to speak.
        let topic = place.focus == Some((mention.entity, there))
            && there + 1 == here
            && self.text.para_of(mention.first) == place.para
            && self.is_given(mention)
            && self.comes_in(mention);
        match (!topic, same && !self.is_subject(mention)) {
            (true, true) => 4.0,
            (true, false) => 1.5,
            _ => 0.0,
        }
    }

    /// `Her makeup artist Kim backed her up. “I start at four, and she sings,” she said`: who comes in speaks of the other.
    /// `Kim handed him a mackerel. He put down the knife. “…”`: he is who spoke before, and not Kim.
    pub(super) fn weigh_newcomer(
        &self,
        candidates: &mut [Scored],
        barred: &[Id],
        (here, she): (usize, Option<bool>),
        place: Place<'_>,
    ) {
        const COMES_IN: f32 = 2.0;
        const BARRED: f32 = 2.4;
        let Some((id, sentence)) = place.focus.filter(|_| !place.scene) else {
            return;
        };
        let Some(told) = self
            .sentences
            .get(sentence)
            .filter(|s| sentence + 1 == here && s.para == place.para)
        else {
            return;
        };
        let real = |id: Id| self.entities.all[id].nature == super::entity::Nature::Person;
        let new = self
            .entities
            .between(told.first, told.last)
            .iter()
            .find(|m| m.entity == id)
            .is_some_and(|m| {
                // `Her makeup artist Kim backed her up`.
                let verbs = Class::PREP.with(Class::AUX).with(Class::PAST).with(Class::CONJ);
                let nouns = told.first..m.first;
                let heads = nouns.len() <= 4 && nouns.into_iter().all(|t| !self.text.class(t).has(verbs));
                self.comes_in(m) && (self.is_subject(m) || heads || self.is_given(m))
            });
        let is_barred = barred.contains(&id);
        if new && real(id) && self.tells_of(place, she) {
            if let Some(candidate) = candidates.iter_mut().find(|c| c.id == id) {
                candidate.score += COMES_IN + if is_barred { BARRED } else { 0.0 };
            }
        } else if let (true, Some((Speaker::One(last), _))) = (is_barred && she.is_some(), place.last)
            && *last != id
            && self.is_she(*last) == she
            && let Some(candidate) = candidates.iter_mut().find(|c| c.id == *last)
        {
            candidate.score += COMES_IN;
        }
    }

    /// `went to Kim`, `was handed to veteran Kim`: who receives something is whom the sentence is about.
    fn is_given(&self, mention: &Mention) -> bool {
        const NEAR: usize = 3;
        let first = mention.first;
        (first.saturating_sub(NEAR)..first).any(|t| {
            self.text.is(t, "to")
                && self.text.is_one(
                    t.wrapping_sub(1),
                    words!["went", "goes", "given", "handed", "awarded", "presented"],
                )
        })
    }

    /// The quote tells of somebody by the pronoun that its speaker is called by.
    fn tells_of(&self, place: Place<'_>, she: Option<bool>) -> bool {
        const REACH: usize = 30;
        let (open, close) = place.quote;
        (open + 1..close.min(open + REACH)).any(|t| {
            let class = self.text.class(t);
            let pronoun = class.has(Class::NOMINATIVE) && !class.has(Class::THEY);
            pronoun && she.is_none_or(|she| she == class.has(Class::SHE))
        })
    }

    /// The sentence in front names the best and another who may be meant as well.
    pub(super) fn has_rival(&self, candidates: &[Scored], here: usize) -> bool {
        const NEAR: f32 = 3.0;
        let Some(sentence) = here.checked_sub(1).map(|n| self.sentences[n]) else {
            return false;
        };
        let from = sentence.first.max(sentence.last.saturating_sub(LONG));
        let named = |id: Id| {
            self.entities
                .between(from, sentence.last)
                .iter()
                .any(|m| m.entity == id && !m.in_speech)
        };
        named(candidates[0].id)
            && candidates[1..]
                .iter()
                .any(|c| c.score > candidates[0].score - NEAR && named(c.id) && self.is_she(c.id).is_none())
    }

    /// The sentence in front opens with a name that nobody bears.
    pub(super) fn is_unknown(&self, here: usize, place: Place<'_>) -> bool {
        let text = self.text;
        here.checked_sub(1)
            .map(|n| self.sentences[n])
            .filter(|s| s.para == place.para)
            .is_some_and(|s| {
                let word = text.word(s.first);
                word.split_once('-').is_some_and(|(first, last)| {
                    last.starts_with(char::is_lowercase)
                        && !text.class(s.first).is_english()
                        && super::lexicon::names::syllables(first.to_ascii_lowercase()) > 0
                        && super::lexicon::names::syllables(last) > 0
                }) && text.is_capital(s.first)
                    && self.entities.covering(s.first).is_none()
                    && text.shape(s.first + 1) == Shape::Lower
            })
    }

    /// Behind a heading that names nobody a list tells of the one whom the article is about.
    pub(super) fn weigh_sections(&self, candidates: &mut [Scored], place: Place<'_>, scene: bool) {
        const BEFORE: f32 = 2.0;
        const REACH: usize = 3;
        let text = self.text;
        let heading = (place.para.saturating_sub(REACH)..place.para).rev().find(|p| {
            let para = text.paras[*p];
            para.kind == ParagraphKind::Heading
                || text.shape(para.first) == Shape::Number
                    && para.last > para.first
                    && para.last - para.first < LONG / 2
                    && !matches!(text.sign(para.last - 1), b'.' | b'!' | b'?')
                || text.is_one(para.first, words!["on", "about"]) && super::scene::is_short(text, &para)
        });
        let (Some(heading), Some(main), true) = (heading, self.main, self.headlined && !scene) else {
            return;
        };
        let first = text.paras[heading].first;
        let named = |id: Id| {
            self.entities
                .between(first, place.quote.0)
                .iter()
                .rev()
                .take(2 * MEMORY)
                .any(|m| m.entity == id && !m.in_speech)
        };
        if candidates.iter().any(|c| named(c.id)) {
            return;
        }
        for candidate in candidates.iter_mut() {
            candidate.score += if candidate.id == main { BEFORE } else { -BEFORE };
        }
    }

    /// A verb of speech behind that “who”, right in front of the words.
    pub(super) fn says_there(&self, mention: &Mention, place: Place<'_>) -> bool {
        const NEAR: usize = 14;
        let text = self.text;
        let who = (mention.last..mention.last + NEAR).find(|t| text.is(*t, "who"));
        who.is_some_and(|who| {
            text.class(who + 1).has(Class::SAY) && self.sentence(who) + 1 == self.sentence(place.quote.0)
        })
    }

    /// `Kim, who`, `Kim (Actor), the prince’s aide, who`.
    pub(super) fn goes_on_with_who(&self, mention: &Mention) -> bool {
        const NEAR: usize = 10;
        let text = self.text;
        let find = |from: usize, sign: &str| (from..from + NEAR).find(|t| text.word(*t) == sign);
        let mut at = mention.last;
        if text.is(at, "(") {
            at = find(at, ")").map_or(at, |t| t + 1);
        }
        if text.is(at, ",") && !text.is(at + 1, "who") && text.class(at + 1).has(Class::DET) {
            at = find(at + 1, ",").unwrap_or(at);
        }
        text.is(at + usize::from(text.is(at, ",")), "who")
    }
}
