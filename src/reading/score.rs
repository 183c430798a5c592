//! Scores the people mentioned before a pronoun or an epithet and picks the likeliest.
//!
//! Recency, subject position, gender, the sentence in front, who spoke last, and whom the article is
//! about; the lead over the second says how sure the choice is (`sureness`).

use super::entity::{Id, Mention, Nature, Trade};
use super::lexicon::Class;
use super::print::words;
use super::resolve::{Choice, MEMORY, Place, Resolver, Scored, Speaker};
use super::sentence;
use super::text::Shape;

/// So many people are seldom more than can be meant.
const FEW: usize = 8;
/// Whom an interview is with may be meant, however long ago the name stood.
const INTERVIEWED: f32 = 0.5;

impl Resolver<'_> {
    /// The mentions before a place, latest first, each entity once.
    pub(super) fn recent(&self, token: usize) -> Vec<&Mention> {
        let end = self.entities.mention_from(token);
        let mut seen: Vec<&Mention> = Vec::with_capacity(FEW);
        for mention in self.entities.mentions[..end].iter().rev().take(MEMORY) {
            if mention.in_speech {
                continue;
            }
            match seen.iter_mut().find(|m| m.entity == mention.entity) {
                None => seen.push(mention),
                // Of two mentions in one sentence the one in subject position counts.
                Some(kept)
                    if (self.sentences.get(self.sentence(kept.first))).is_some_and(|s| s.first <= mention.first)
                        && self.is_subject(mention)
                        && !self.is_subject(kept) =>
                {
                    *kept = mention
                }
                Some(_) => {}
            }
        }
        seen
    }

    pub(super) fn sentence(&self, token: usize) -> usize {
        sentence::at(self.sentences, token)
    }

    /// The first name of its clause, with no preposition before it and no possession behind it.
    pub(super) fn is_subject(&self, mention: &Mention) -> bool {
        let text = self.text;
        if text.shape(mention.last) == Shape::Clitic {
            return false;
        }
        let mut at = mention.first;
        while at > 0
            && (text.class(at - 1).has(Class::TITLE.with(Class::STORY).with(Class::DET))
                || text.shape(at - 1) == Shape::Clitic
                // `Summoning Kim, she pours`: a verb.
                || text.shape(at - 1) == Shape::Capital
                    && !text.class(at - 1).has(Class::PREP.with(Class::SUBORD))
                    && !(text.word(at - 1).ends_with("ing")
                        && text.word(at - 1).len() > 5
                        // `Joining Kim are`.
                        && !text.class(mention.last).has(Class::AUX)))
            && text.before(at) == ' '
            && !text.is(at - 1, ",")
        {
            at -= 1;
        }
        let Some(before) = at.checked_sub(1) else { return true };
        if self
            .sentences
            .get(self.sentence(mention.first))
            .is_some_and(|s| s.first == at || super::noun::behind_time(text, s.first) == Some(at))
        {
            return true;
        }
        let class = text.class(before);
        if self.is_shown(mention, at, before) {
            return true;
        }
        // `thanked the scriptwriter, Kim, who was absent`: Kim stands for the scriptwriter.
        let apposed = text.is(before, ",")
            && before > 0
            && text.shape(before - 1) == Shape::Lower
            && text.class(before - 1).has(Class::TITLE.with(Class::STAFF))
            && matches!(text.sign(mention.last), b',' | b'.');
        if apposed {
            return false;
        }
        // `As for Kim, she …`.
        if before > 0 && text.is(before, "for") && text.is(before - 1, "as") {
            return true;
        }
        if text.is(before, "as") && text.shape(mention.last) != Shape::Lower {
            return false;
        }
        // `About the actress who played her, Kim, she had nothing but respect`: of whom the phrase in front tells.
        let opens = self
            .sentences
            .get(self.sentence(mention.first))
            .map(|s| text.class(s.first));
        let fronted = text.is(mention.last, ",") && text.class(mention.last + 1).has(Class::NOMINATIVE);
        if fronted && text.is(before, ",") && opens.is_some_and(|class| class.has(Class::PREP)) {
            return false;
        }
        // `also stars Kim and Lee`: Lee is as much a subject as Kim.
        if text.is(before, "and")
            && let Some(first) = self.entities.covering(before.wrapping_sub(1)).map(|m| m.first)
            && first > 0
            && self.sentence(first - 1) == self.sentence(mention.first)
        {
            // `hosted by comedian Kim and actor Lee`: what stands in front of the titles decides.
            let title = |t: usize| text.shape(t) == Shape::Lower && text.class(t).has(Class::TITLE);
            let opens = (1..first).rev().find(|t| !title(*t)).unwrap_or(first - 1);
            let class = text.class(opens);
            return class.has(Class::SUBORD.with(Class::CONJ).with(Class::TITLE).with(Class::DET))
                || text.shape(opens) == Shape::Punct
                || opens + 1 < first && !class.has(Class::PREP);
        }
        if text.is(before, ",") && self.is_of_another_phrase(mention, before) {
            return false;
        }
        class.has(Class::SUBORD.with(Class::CONJ)) || text.is_just(before, words![",", ";", ":", "—", "”", "\""])
    }

    /// `joined by Kim, Lee and Park`, `paid tribute to his coach, Kim, who`: the comma belongs to a list, or to what is apposed
    /// to a noun, and neither is the subject.
    fn is_of_another_phrase(&self, mention: &Mention, comma: usize) -> bool {
        const NOUNS: usize = 4;
        let text = self.text;
        let goes_on = text.is(mention.last, ",") || text.is(mention.last, "and");
        if let Some(before) = self
            .entities
            .covering(comma.wrapping_sub(1))
            .filter(|m| m.last == comma)
        {
            let preposition = |t: usize| text.class(t).has(Class::PREP) && text.shape(t) == Shape::Lower;
            let next = mention.last + 1 + usize::from(text.is(mention.last + 1, "and"));
            let list = goes_on && (text.class(next).has(Class::TITLE) || self.entities.covering(next).is_some());
            return list && preposition(before.first.wrapping_sub(1));
        }
        let lower = |t: &usize| text.shape(*t) == Shape::Lower;
        let owner =
            |t: &usize| text.class(*t).has(Class::HE.with(Class::SHE)) && !text.class(*t).has(Class::NOMINATIVE);
        let owner = (comma.saturating_sub(NOUNS)..comma.saturating_sub(1))
            .rev()
            .take_while(lower)
            .find(owner);
        let ends = matches!(text.sign(mention.last), b',' | b'.');
        // `His coach, Kim, laughed` opens with it.
        ends && owner.is_some_and(|t| t > 0 && text.class(t - 1).has(Class::PREP) && text.shape(t - 1) == Shape::Lower)
    }

    /// Scores the candidates that `fits` admits and picks the best.
    pub(super) fn pick(
        &self,
        token: usize,
        place: Place<'_>,
        fits: &dyn Fn(Id) -> bool,
        she: Option<bool>,
        scene: bool,
    ) -> Option<Choice> {
        let here = self.sentence(token.min(place.quote.0));
        let quoted = self.entities.between(place.quote.0, place.quote.1);
        let quoted = &quoted[..quoted.len().min(MEMORY)];
        let press = !scene && self.speaks_to_press(place.quote.1);
        let mut candidates: Vec<Scored> = Vec::with_capacity(FEW);
        let called = scene.then(|| self.vocative(place.quote)).flatten();
        // `He described Kim`: whom a pronoun’s own sentence names behind it is another.
        let behind = she
            .filter(|_| self.text.class(token).has(Class::NOMINATIVE))
            .map_or(&[][..], |_| {
                let end = self.narrated(self.sentence(token), token, place);
                self.entities.between(token + 1, end.max(token + 1))
            });
        let fits = &|id: Id| fits(id) && behind.iter().all(|m| m.entity != id || m.in_speech);
        let mut barred: Vec<Id> = Vec::new();
        let mut shifts: Vec<(Id, f32)> = Vec::with_capacity(FEW);
        for mention in self.recent(token.min(self.text.tokens.len())) {
            if !scene && self.is_beside_subject(mention) {
                continue;
            }
            // `the lawyer (Kim)`: what is told is told of the role.
            // Where people talk about a drama, who stands beside a role is meant themself.
            let role = scene || !self.talks && !press;
            let id = if role && super::scene::is_beside_role(self.text, mention.first) {
                // `Role (Kim)`: the role stands there by its own name.
                match self.role_of(mention) {
                    id if self.stands_beside(id, mention) && scene => continue,
                    id if self.stands_beside(id, mention) => mention.entity,
                    id => id,
                }
            } else if scene && fits(self.in_the_story(mention.entity)) {
                self.in_the_story(mention.entity)
            } else if scene && self.in_the_story(mention.entity) != mention.entity {
                continue;
            } else {
                mention.entity
            };
            // `Role (Actor) … ¶ “…,” he told reporters`: the role did not.
            if place.reported && !scene && she.is_some() && self.entities.all[id].actor.is_some() {
                continue;
            }
            // Nobody answers their own question.
            let own = self.has_had_its_say(id, here, place);
            let fiction = press && self.entities.all[id].nature == Nature::Character;
            if own
                || fiction
                || !self.entities.all[id].is_somebody()
                || !fits(id)
                || candidates.iter().any(|c| c.id == id)
            {
                continue;
            }
            let main = self.headlined && self.main == Some(id) && !scene;
            let main = if main { 0.8 } else { 0.0 };
            // `Both Kim and Lee picked him`: neither is he, where both could be.
            let listed = she.is_some() && self.sentence(mention.first) < here && self.is_listed(mention, fits);
            let gendered = self.by_noun(token, id, she);
            let score = main + gendered - if listed { 1.8 } else { 0.0 }
                + self.score(mention, id, here, place, she, scene)
                - if self.is_addressed(id, place) || called.is_some_and(|c| self.is_called(id, c)) {
                    3.0
                } else {
                    0.0
                }
                - self.spoken_of(id, quoted);
            let told_of = self.is_told_of(mention, here, place, she);
            shifts.push((id, self.asked(mention, here) - told_of));
            if self.is_barred(mention, id, here, she)
                || self.is_apart(mention, token, here)
                || self.is_in_a_minor_clause(mention, here, she)
            {
                barred.push(id);
            }
            candidates.push(Scored { id, score });
        }
        self.add_focus(&mut candidates, place, fits, here, she);
        self.add_last(&mut candidates, place, fits);
        self.add_addressed(&mut candidates, place, fits);
        self.weigh_sections(&mut candidates, place, scene);
        for candidate in &mut candidates {
            candidate.score += shifts
                .iter()
                .find(|(id, _)| *id == candidate.id)
                .map_or(0.0, |(_, by)| *by);
        }
        for candidate in candidates.iter_mut().filter(|c| barred.contains(&c.id)) {
            candidate.score -= 2.4;
        }
        self.weigh_retort(&mut candidates, place);
        self.weigh_newcomer(&mut candidates, &barred, (here, she), place);
        let with = self
            .main
            .filter(|m| self.portrait && self.headlined && !scene && fits(*m));
        if let Some(id) = with.filter(|id| candidates.iter().all(|c| c.id != *id)) {
            candidates.push(Scored { id, score: INTERVIEWED });
        }
        if candidates.is_empty()
            && let Some(main) = self.main.filter(|m| fits(*m))
        {
            candidates.push(Scored { id: main, score: 0.6 });
        }
        self.weigh_opening(&mut candidates, place, she);
        self.weigh_pair(&mut candidates, token, place, she, (fits, &barred));
        self.weigh_portrayed(&mut candidates, place, with.filter(|_| she.is_some()));
        candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
        candidates.truncate(6);
        // `Without glancing at him, she replies`: he is whoever was spoken of, and not she.
        if let Some(she) = she
            && candidates.len() > 1
            && self.is_she(candidates[0].id).is_none()
            && (self.has_opposite(here, token.min(place.quote.0), she, place)
                // `Unfazed, she tells him`: where another is known to be “she”.
                || self.has_opposite(here, self.narrated(here, token, place), she, place)
                    && self.leans(candidates[0].id) != Some(she)
                    && candidates[1..].iter().any(|c| self.is_she(c.id) == Some(she)))
        {
            candidates[0].score -= 6.0;
            candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
        }
        // Where people talk about a drama, who plays a role speaks, and not the role.
        if self.talks && !scene {
            let best = candidates.first()?.id;
            let actor = self.entities.all[best].actor.filter(|a| fits(*a));
            if let (Some(actor), Nature::Character) = (actor, self.entities.all[best].nature) {
                candidates.retain(|c| c.id != actor);
                candidates[0].id = actor;
            }
        }
        let best = candidates.first()?.id;
        let sure = self.sureness(&candidates, here, place, she, scene, &barred);
        Some(Choice {
            speaker: Speaker::One(best),
            sure,
            candidates,
        })
    }

    /// Nobody speaks of themselves by name, unless to say who they are.
    fn spoken_of(&self, id: Id, quoted: &[Mention]) -> f32 {
        const NAMED: f32 = 1.6;
        const REAL: f32 = 3.2;
        let text = self.text;
        let Some(mention) = quoted.iter().find(|m| m.entity == id) else {
            return 0.0;
        };
        let before = mention.first.wrapping_sub(1);
        let presents = text.class(before).has(Class::FIRST.with(Class::AUX)) || text.shape(before) == Shape::Clitic;
        if self.entities.all[id].nature == Nature::Person && !mention.ambiguous && !presents {
            REAL
        } else {
            NAMED
        }
    }

    /// `The actress`: a noun says more of who is meant than a pronoun, which agrees with many.
    fn by_noun(&self, token: usize, id: Id, she: Option<bool>) -> f32 {
        const KNOWN: f32 = 1.2;
        const LEANS: f32 = 1.4;
        let class = self.text.class(token);
        let noun = class.has(Class::FEMALE.with(Class::MALE)) && !class.has(Class::HE.with(Class::SHE));
        match (she.filter(|_| noun), self.is_she(id), self.leans(id)) {
            (Some(wanted), Some(known), _) if wanted == known => KNOWN,
            (Some(wanted), None, Some(leaning)) => {
                if wanted == leaning {
                    LEANS
                } else {
                    -LEANS
                }
            }
            _ => 0.0,
        }
    }

    /// Who spoke last does not answer, nor does who was just told of react to it.
    pub(super) fn has_had_its_say(&self, id: Id, here: usize, place: Place<'_>) -> bool {
        let spoke = place.last.is_some_and(|(s, _)| *s == Speaker::One(id));
        let told = match place.focus {
            Some((focus, sentence)) if sentence + 1 == here => focus == id,
            _ => spoke,
        };
        place.reply && spoke || place.reacts && told
    }

    /// How far the narrative of a sentence goes behind a reference: to the quote, or to its end.
    fn narrated(&self, here: usize, token: usize, place: Place<'_>) -> usize {
        if place.quote.0 > token {
            return place.quote.0;
        }
        let end = self.sentences.get(here).map_or(token, |s| s.last.min(token + 40));
        (token..end).find(|t| self.text.shape(*t) == Shape::Mark).unwrap_or(end)
    }

    /// A pronoun of the other gender stands before this one in its sentence, which names nobody.
    fn has_opposite(&self, sentence: usize, token: usize, she: bool, place: Place<'_>) -> bool {
        let Some(sentence) = self.sentences.get(sentence) else {
            return false;
        };
        let other = if she { Class::HE } else { Class::SHE };
        let first = sentence.first.max(token.saturating_sub(40));
        let named = self
            .entities
            .between(first, token)
            .iter()
            .any(|m| !m.in_speech && self.entities.all[m.entity].is_somebody());
        let opposite = |t: usize| self.text.class(t).has(other);
        let said = |t: usize| (place.quote.0..=place.quote.1).contains(&t);
        if named || !(first..token).any(opposite) {
            return false;
        }
        // `“She is older than me,” he said`: where somebody is known to be “she”, the quote itself tells of her alone.
        (first..token).any(|t| opposite(t) && !said(t))
            || !self.recent(token).iter().any(|m| self.is_she(m.entity) == Some(!she))
    }

    /// What a first name leans to: a character's may be told by its actor's.
    pub(super) fn leans(&self, id: Id) -> Option<bool> {
        let entity = &self.entities.all[id];
        entity
            .leans
            .or_else(|| entity.actor.and_then(|actor| self.entities.all[actor].leans))
    }

    fn score(&self, mention: &Mention, id: Id, here: usize, place: Place<'_>, she: Option<bool>, scene: bool) -> f32 {
        const TOLD: f32 = 1.0;
        let entity = &self.entities.all[id];
        let there = self.sentence(mention.first);
        let far = match self.portrait && self.headlined && self.main == Some(id) && !scene {
            true => 3,
            false => 8,
        };
        let distance = here.saturating_sub(there).min(far) as f32;
        let mut score = 3.0 - 0.8 * distance;
        let subject = self.is_subject(mention);
        score += match (subject, distance == 0.0) {
            (true, true) => 2.2,
            (true, false) => 1.2,
            _ => 0.0,
        };
        // `Kim’s earlier dramas include`: an owner at the head of a sentence is what it is about.
        let owner = self.text.shape(mention.last) == Shape::Clitic;
        let heads = self.sentences.get(there).is_some_and(|s| s.first == mention.first);
        score += match (owner, heads) {
            (true, true) => 0.8,
            (true, false) => -0.5,
            _ => 0.0,
        };
        score += if self.text.para_of(mention.first) == place.para {
            1.1
        } else {
            0.0
        };
        score += match (she, self.is_she(id), self.leans(id)) {
            (Some(wanted), Some(known), _) => {
                if wanted == known {
                    // What little more than the name tells counts as the name does.
                    let told = (entity.she - entity.he).abs();
                    if told >= TOLD || told == 0.0 { 1.0 } else { 0.5 }
                } else {
                    -1.2
                }
            }
            (Some(wanted), None, Some(leaning)) => {
                if wanted == leaning {
                    0.5
                } else {
                    -1.0
                }
            }
            _ => 0.0,
        };
        // `Catching Kim smiling at it, she puts down her coffee`: whom somebody catches is not who does.
        let caught = distance == 0.0 && self.is_fronted_object(mention, there);
        score -= if caught { 1.5 } else { 0.0 };
        // `jumps out at Kim, who screams`: Kim is who acts last.
        let behind = self.text.word(mention.last);
        let slips =
            !caught && self.text.shape(mention.last) == Shape::Lower && behind.len() > 4 && behind.ends_with("ing");
        let relative = !subject && (slips || self.goes_on_with_who(mention));
        score += match relative {
            // `assigns her to Kim, who warns her that`: and goes on to speak.
            true if scene && !slips && self.says_there(mention, place) => 2.6,
            true => 1.3,
            false => 0.0,
        };
        // Characters do not speak where an interview is told, nor actors in a scene.
        match (scene, entity.nature) {
            (false, Nature::Character) => score -= 2.2,
            (true, Nature::Person) => score -= 1.2,
            _ => {}
        }
        // `Turning to Kim, she said`: what a phrase in front names is not who speaks.
        if distance == 0.0 && !slips && !caught && !subject && !owner {
            score -= 1.5;
        }
        // Hosts ask, and guests answer.
        if entity.trade == Trade::Host {
            score -= if place.reply { 2.4 } else { 0.6 };
        }
        // `The drama marks the debut of the singer Kim. She …`: who comes in is who is spoken of.
        let sole = distance == 1.0
            && !scene
            && place.focus.is_none_or(|(_, s)| s != there)
            && self.text.para_of(mention.first) == place.para
            && self.is_sole(mention);
        let opens = || {
            self.sentences.get(there).is_some_and(|s| {
                self.text.class(s.first).has(Class::SUBORD.with(Class::PREP))
                    || self.text.word(s.first).ends_with("sked")
            })
        };
        if sole && !opens() && self.comes_in(mention) {
            score += 1.6;
        }
        // `Kim asks, and Lee lowers his window. He`: whoever acts last.
        let passed = place.focus.is_some_and(|(f, s)| f != id && s == there && s + 1 == here);
        if passed {
            score -= 0.7;
        }
        score
    }
}
