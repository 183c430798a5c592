//! Whose turn it is, by whom the words before were put to: who was asked, called by name, or spoken of answers.

use super::attribution::Sieves;
use super::binding::LONG;
use super::entity::{Id, Mention};
use super::lexicon::{Class, asked};
use super::phrase::{self, Reference};
use super::print::{Words, words};
use super::resolve::{Place, Resolver, Scored, Speaker};
use super::text::Shape;

impl Resolver<'_> {
    /// `Kim asked Lee what he had cooked`: the next to speak is Lee, not Kim.
    pub(super) fn asked(&self, mention: &Mention, here: usize) -> f32 {
        let text = self.text;
        let there = self.sentence(mention.first);
        if there != here && there + 1 != here {
            return 0.0;
        }
        let ask = |t: usize| text.is_one(t, words!["asked", "asks", "questioned", "questions", "quizzed"]);
        // `Kim asked, “…”` is for the quotes to tell.
        let reported = |from: usize| {
            self.sentences
                .get(there)
                .is_some_and(|s| (from..s.last.min(from + LONG)).all(|t| text.shape(t) != Shape::Mark))
        };
        // `When Kim protests, she pats the sack`: she answers Kim.
        let verb = mention.last + usize::from(text.class(mention.last).has(Class::ADV.with(Class::AUX)));
        if there == here {
            let says = text.class(verb).has(Class::SAY) && text.shape(verb) == Shape::Lower;
            return if says && self.follows_opening(mention, there) {
                -2.6
            } else {
                0.0
            };
        }
        // `Kim was asked if he felt any pressure`: the answer is Kim's.
        let put = text.is_one(
            verb.wrapping_sub(1),
            words!["was", "were", "is", "are", "been", "being"],
        );
        if ask(verb) && put {
            return 1.6;
        }
        // `Kim asked viewers to stay until the end`: a wish, which Kim explains.
        const WHAT: Words = words!["how", "what", "when", "where", "whether", "which", "whom"];
        let wish = (verb + 2..verb + 5).any(|t| text.is(t, "to") && !text.is_one(t - 1, WHAT));
        if ask(verb) && self.is_subject(mention) && reported(verb) && !wish {
            return -2.0;
        }
        if self.is_subject(mention) && reported(verb) && self.puts_a_question(verb, there) {
            return -2.0;
        }
        if mention.first > 0 && ask(mention.first - 1) && reported(mention.last) {
            return 1.2;
        }
        0.0
    }

    /// `When Kim`, `As actor Kim`: behind a subordinating word at the head of its sentence.
    fn follows_opening(&self, mention: &Mention, sentence: usize) -> bool {
        let text = self.text;
        let mut begins = mention.first;
        while begins > 0 && text.shape(begins - 1) == Shape::Lower && text.class(begins - 1).has(Class::TITLE) {
            begins -= 1;
        }
        begins.checked_sub(1).is_some_and(|t| {
            text.class(t).has(Class::SUBORD) && self.sentences.get(sentence).is_some_and(|s| s.first == t)
        })
    }

    /// `closed the show by asking the actress if she would`, `wanted to know what he thought`, `brought up the clip and asked
    /// how`: the clause that goes on from a subject ends with what is asked.
    fn puts_a_question(&self, verb: usize, sentence: usize) -> bool {
        const REACH: usize = 24;
        const OBJECT: usize = 7;
        const ASKS: Words = words![
            "asking",
            "asked",
            "asks",
            "wondering",
            "wondered",
            "wonders",
            "inquired",
            "inquiring"
        ];
        const WHAT: Words = words!["whether", "if", "how", "why", "what", "when", "where", "who", "which"];
        let text = self.text;
        let end = self.sentences.get(sentence).map_or(verb, |s| s.last.min(verb + REACH));
        let asks = |t: usize| {
            text.is_just(t, ASKS) && !text.class(t - 1).has(Class::AUX) || text.is(t, "know") && text.is(t - 1, "to")
        };
        let Some(at) = (verb..end).find(|t| asks(*t)) else {
            return false;
        };
        let another = |t: usize| {
            text.class(t).has(Class::NOMINATIVE)
                || self
                    .entities
                    .covering(t)
                    .is_some_and(|m| text.class(m.last).has(Class::AUX))
        };
        (at + 1..end.min(at + 1 + OBJECT)).any(|t| text.is_just(t, WHAT)) && !(verb..at).any(another)
    }

    /// `“Ji Hoon, marry me!”`: whom the quote before calls by name is the one to answer.
    pub(super) fn add_addressed(&self, candidates: &mut Vec<Scored>, place: Place<'_>, fits: &dyn Fn(Id) -> bool) {
        const CALLED: f32 = 2.2;
        let text = self.text;
        if place.last.is_none() || place.since + LONG + LONG < place.quote.0 {
            return;
        }
        let called = self.entities.between(place.since, place.quote.0).iter().find(|m| {
            let opens = m.first <= place.since + 2 && text.is(m.last, ",");
            let closes = text.is(m.first - 1, ",")
                && matches!(text.sign(m.last), b'.' | b'!' | b'?' | b',')
                && text.shape(m.last + 1) == Shape::Mark;
            // `“Kim and I will hand out coffee.” The actress looked surprised`.
            let beside = text.is(m.last, "and") && (text.is(m.last + 1, "I") || text.is(m.last + 1, "me"));
            // `“Answer him, Kim. He has not asked.”`
            let inside = place.scene && text.is(m.first - 1, ",") && matches!(text.sign(m.last), b'.' | b'!' | b'?');
            m.in_speech && (opens || closes || beside || inside)
        });
        let Some(id) = called.map(|m| m.entity) else { return };
        if !fits(id) || !self.entities.all[id].is_somebody() || place.last.is_some_and(|(s, _)| *s == Speaker::One(id))
        {
            return;
        }
        match candidates.iter_mut().find(|c| c.id == id) {
            Some(candidate) => candidate.score = candidate.score.max(1.0) + CALLED,
            None => candidates.push(Scored {
                id,
                score: 1.0 + CALLED,
            }),
        }
    }

    /// `“Then keep them, Captain”`: a role without a name is called by its noun.
    pub(super) fn is_addressed(&self, id: Id, place: Place<'_>) -> bool {
        let name = &self.entities.all[id].name;
        if !name.starts_with(char::is_lowercase) {
            return false;
        }
        let noun = name.rsplit(' ').next().unwrap_or(name);
        (place.quote.0 + 2..place.quote.1)
            .take(LONG)
            .any(|t| self.text.is_capital(t) && self.text.is_same(t, noun))
    }

    /// `“Kim always got red,” Lee recalled. ¶ “…,” he defended himself`: who was just spoken of answers.
    pub(super) fn weigh_retort(&self, candidates: &mut [Scored], place: Place<'_>) {
        const SPOKEN_OF: f32 = 3.2;
        if !place.reply || place.scene || place.since >= place.quote.0 {
            return;
        }
        // Both parts of a quote that is split stand in its paragraph.
        let from = self.text.paras[self.text.para_of(place.since)].first;
        let mut named = self
            .entities
            .between(from, place.quote.0)
            .iter()
            .filter(|m| m.in_speech);
        let Some(first) = named.next() else {
            self.weigh_asked(candidates, place);
            return self.weigh_told(candidates, place);
        };
        if named.all(|m| m.entity == first.entity)
            && let Some(candidate) = candidates.iter_mut().find(|c| c.id == first.entity)
        {
            candidate.score += SPOKEN_OF;
        }
    }

    /// `The host asked Kim whether she would retire. “Is it true?” he said. ¶ “…,” the actor replied`: whom the host talks to.
    fn weigh_asked(&self, candidates: &mut [Scored], place: Place<'_>) {
        const ASKED: f32 = 2.4;
        let host = match place.last {
            Some((Speaker::One(id), _)) => self.entities.all[*id].trade == super::entity::Trade::Host,
            _ => false,
        };
        if let Some(other) = place.other.filter(|_| host)
            && let Some(candidate) = candidates.iter_mut().find(|c| c.id == other)
        {
            candidate.score += ASKED;
        }
    }

    /// `“He learned my lines,” she said. “I was bored,” he mumbled`: the only one who is known to be “he” was told of.
    fn weigh_told(&self, candidates: &mut [Scored], place: Place<'_>) {
        const TOLD: f32 = 2.4;
        const REACH: usize = 40;
        let since = place.since;
        let said =
            (since..place.quote.0.min(since + REACH)).take_while(|t| *t == since || self.text.shape(*t) != Shape::Mark);
        let told = said
            .map(|t| self.text.class(t))
            .find(|c| c.has(Class::NOMINATIVE) && !c.has(Class::THEY));
        let Some(she) = told.map(|c| c.has(Class::SHE)) else {
            return;
        };
        let real = |id: Id| self.entities.all[id].nature == super::entity::Nature::Person;
        let mut known = candidates
            .iter_mut()
            .filter(|c| real(c.id) && self.is_she(c.id) == Some(she))
            .filter(|c| self.entities.all[c.id].trade != super::entity::Trade::Host);
        if let (Some(one), None) = (known.next(), known.next()) {
            one.score += TOLD;
        }
    }
}

impl Sieves<'_> {
    /// `Reminded of the remark, she laughed`, `Told of this, he shrugged`: a sentence that begins at a token.
    pub(super) fn is_told_of_it(&self, first: usize) -> bool {
        let text = self.text;
        // `In reply, she wrote`.
        if text.is(first, "in") && text.is(first + 1, "reply") && text.is(first + 2, ",") {
            return true;
        }
        text.is_one(first, words!["reminded", "told", "informed", "confronted", "shown"])
            && text.is_one(first + 1, words!["of", "about", "with"])
            && (text.is_one(first + 2, words!["this", "that", "it"])
                || text.is_one(first + 2, words!["the", "her", "his"])
                    && text.class(first + 3).has(Class::SPOKEN.with(Class::VOICE)))
    }

    /// `“Are you staying long?” the host asked. She nodded. “…”`: a nod answers, and is not of who asked.
    pub(super) fn nods(&self, number: usize) -> bool {
        const NODS: Words = words![
            "nodded",
            "nods",
            "shook",
            "shakes",
            "hesitated",
            "hesitates",
            "blushed",
            "blushes",
            "winced",
            "winces"
        ];
        const NEAR: usize = 16;
        let (text, span) = (self.text, &self.spans.outer[number]);
        let Some(previous) = self.spoken_before(number) else {
            return false;
        };
        let asker = &self.spans.outer[previous];
        // In a paragraph of its own, so that nobody speaks on behind their own words.
        let asked = text.is(asker.close.saturating_sub(1), "?") && asker.para + 1 == span.para;
        let first = text.paras[span.para].first;
        let verb = first + 1 + usize::from(text.class(first + 1).has(Class::ADV));
        asked
            && span.open > verb
            && span.open < first + NEAR
            && text.class(first).has(Class::NOMINATIVE)
            && text.is_just(verb, NODS)
    }

    /// `The director asks the idol whether he would`: the answer is to come from whom somebody asks.
    pub(super) fn asked_one(&self, first: usize, last: usize) -> Option<Reference> {
        const REACH: usize = 30;
        let asks = |t: &usize| {
            self.text.initial(*t) == b'a'
                && ((self.text.is_just(*t, words!["asks", "asked", "asking"])
                    && (!self.text.class(t.wrapping_sub(1)).has(Class::AUX)
                        // `a reporter had asked him`, not `Kim was asked`.
                        || self.text.is_one(t.wrapping_sub(1), words!["had", "has", "have", "’d", "'d"])))
                    || self.text.is(*t, "ask") && self.text.is(t - 1, "to"))
        };
        let verb = (first + 1..last.min(first + REACH)).find(asks)?;
        // `asked Kim, who was nine when it aired, what she remembered`.
        let reach = if (verb + 1..last.min(verb + 8)).any(|t| self.text.is(t, "who")) {
            24
        } else {
            8
        };
        // `asked the director to name the keyword`.
        const TELL: Words = words![
            "name",
            "choose",
            "pick",
            "describe",
            "rate",
            "explain",
            "share",
            "introduce",
            "recommend",
            "sum",
            "compare",
            "define",
            "reveal",
            "tell",
            "list",
            "give",
            "leave",
            "say",
        ];
        let end = (verb + 1..last.min(verb + reach)).find(|t| {
            self.text.is_one(
                *t,
                words![
                    "whether", "if", "how", "why", "what", "when", "where", "who", "which", "about"
                ],
            ) || self.text.is(*t, "to") && self.text.is_just(t + 1, TELL)
        })?;
        // `turned to Kim to ask how`, `turned to the director and asked whether`.
        let joined = self.text.is(verb - 1, "and");
        let to = (first..verb - 1).find(|t| self.text.is_in(*t, asked::TURNS) && self.text.is(t + 1, "to"));
        let turned = self.text.is(verb, "ask") && self.text.is(verb - 1, "to") || joined && to.is_some();
        let begin = match to {
            Some(to) if joined => Some(to + 2),
            _ => self.entities.between(first, verb).last().map(|m| m.first),
        };
        let reference = match begin.filter(|_| turned) {
            Some(begin) => phrase::read(self.text, self.entities, begin, verb - 1)?,
            None => phrase::read(self.text, self.entities, verb + 1, end)?,
        };
        // `When he asked her what it was, she answered`: a pronoun tells nothing that is not known.
        let pronoun = |t: usize| {
            self.text.class(t).has(Class::HE.with(Class::SHE)) && !self.text.class(t + 1).has(Class::EPITHET)
        };
        match reference {
            Reference::Epithet { head, first } if head == first && pronoun(head) => None,
            Reference::Named { .. } | Reference::Epithet { .. } => Some(reference),
            _ => None,
        }
    }
}
