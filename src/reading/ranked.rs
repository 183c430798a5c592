//! One of several by order: `the eldest`, `the youngest of the three`, `the other`; and relatives who come in by a noun:
//! `his wife … she`.

use super::entity::{Id, Nature, Trade};
use super::epithet::Noun;
use super::lexicon::{Class, asked, trades};
use super::print::{Words, words};
use super::resolve::{Choice, MANY, Place, Resolver, Speaker, sure};
use super::text::Shape;
use crate::model::QuoteKind;

impl Resolver<'_> {
    /// `the chief nurse`, where the article has one Chief Nurse Eun.
    pub(super) fn by_title(&self, first: usize, head: usize) -> Option<Id> {
        let text = self.text;
        let words = first + 1..head + 1;
        let titled = words.len() > 1 && text.is(first, "the") && words.clone().all(|t| text.shape(t) == Shape::Lower);
        if !titled {
            return None;
        }
        let bears = |id: &Id| {
            let name = &self.entities.all[*id].name;
            let mut parts = name.split(' ');
            words
                .clone()
                .all(|t| parts.next().is_some_and(|p| p.eq_ignore_ascii_case(text.word(t))))
                && parts.next().is_some()
        };
        let mut bearers = (0..self.entities.all.len().min(MANY)).filter(bears);
        let one = bearers.next()?;
        bearers.next().is_none().then_some(one)
    }

    /// Who is the eldest, the youngest or the other: by ages, by the order of a list, by who has just spoken.
    pub(super) fn ranked(&self, noun: &Noun, place: Place<'_>) -> Option<Choice> {
        if noun.word == "other" {
            return self.the_other(place);
        }
        let by_age = self.of_age(noun);
        let found = by_age.or_else(|| self.in_order(noun)).or_else(|| self.called_so(noun));
        if let Some(found) = found {
            return sure(Speaker::One(found), 0.88);
        }
        // `Kim confessed that she could not swallow a bite. “…,” the youngest of the five said`.
        let (told, sentence) = place.focus?;
        let goes_on = sentence + 1 == self.sentence(place.quote.0)
            && self.sentences[sentence].para == place.para
            && self.entities.all[told].nature == Nature::Person;
        goes_on.then(|| sure(Speaker::One(told), 0.8))?
    }

    /// `said the other`: the only other one of the cast besides who spoke last.
    fn the_other(&self, place: Place<'_>) -> Option<Choice> {
        let (Speaker::One(last), _) = place.last? else {
            return None;
        };
        let all = &self.entities.all;
        let cast = |id: &Id| all[*id].nature == Nature::Person && all[*id].trade == Trade::Cast && id != last;
        let mut others = (0..all.len().min(MANY)).filter(cast);
        let other = others.next()?;
        others.next().is_none().then(|| sure(Speaker::One(other), 0.84))?
    }

    /// `Kim, Lee and Park, from oldest to youngest`.
    fn in_order(&self, noun: &Noun) -> Option<Id> {
        const REACH: usize = 400;
        const NAMES: usize = 40;
        let text = self.text;
        let old = |t: usize| text.is_one(t, words!["oldest", "eldest"]);
        let from = (noun.head.saturating_sub(REACH)..noun.head)
            .rev()
            .find(|t| text.is(*t, "from") && text.is(t + 2, "to") && (old(t + 1) || text.is(t + 1, "youngest")))?;
        let mut people = self
            .entities
            .between(from.saturating_sub(NAMES), from)
            .iter()
            .filter(|m| {
                self.sentence(m.first) == self.sentence(from) && self.entities.all[m.entity].nature == Nature::Person
            })
            .map(|m| m.entity);
        let first = people.next()?;
        let last = people.last()?;
        let young = noun.word.starts_with("young") || noun.word == "maknae";
        Some(if old(from + 1) == young { last } else { first })
    }

    /// `Kim, the youngest, has come prepared`, `maknae Kim`.
    fn called_so(&self, noun: &Noun) -> Option<Id> {
        let text = self.text;
        const YOUNGEST: Words = words!["youngest", "maknae", "baby"];
        let young = YOUNGEST.has(&noun.word);
        let same = |t: usize| text.is_same(t, &noun.word) || young && text.is_one(t, YOUNGEST);
        let named = self.entities.mentions.iter().take(MANY).find(|m| {
            let behind = text.is(m.last, ",") && text.is(m.last + 1, "the") && same(m.last + 2);
            let before = (1..=3).any(|n| m.first >= n && same(m.first - n));
            !m.in_speech && self.entities.all[m.entity].nature == Nature::Person && (behind || before)
        })?;
        Some(named.entity)
    }

    /// `Kim plays the daughter. The 22-year-old said`: who was just told of.
    pub(super) fn of_the_age_just_told(&self, noun: &Noun, place: Place<'_>) -> Option<Id> {
        let age = noun.word.strip_suffix("-year-old")?.parse::<u8>().ok();
        // `The 22-year-old bows and says, “…”`, `“…,” the 22-year-old says`.
        let beside = place.quote.1 <= noun.head + 1 || self.sentence(noun.head) == self.sentence(place.quote.0);
        let (id, sentence) = place.focus.filter(|_| !place.scene && beside)?;
        let e = &self.entities.all[id];
        let cast = e.nature == Nature::Person && e.trade == Trade::Cast;
        let fits = (e.age.is_none() || e.age == age) && noun.she.is_none_or(|she| self.is_she(id) != Some(!she));
        (sentence + 1 == self.sentence(noun.head) && cast && fits).then_some(id)
    }

    /// `the 39-year-old`, whose age nothing tells, where the headline names one person: they.
    pub(super) fn of_an_age_untold(&self, noun: &Noun, place: Place<'_>) -> Option<Id> {
        let age = noun.word.strip_suffix("-year-old")?.parse::<u8>().ok()?;
        let main = self.main.filter(|_| self.headlined && !place.scene)?;
        let e = &self.entities.all[main];
        let fits = e.nature == Nature::Person
            && e.age.is_none_or(|told| told == age)
            && noun.she.is_none_or(|she| self.is_she(main) != Some(!she));
        let others = || self.entities.all.iter().take(MANY).any(|e| e.age == Some(age));
        (fits && (e.age.is_some() || !others())).then_some(main)
    }

    /// `The boy protests`, where people are themselves: the only child of the article.
    pub(super) fn only_child(&self, noun: &Noun, place: Place<'_>) -> Option<Id> {
        const CHILDREN: &[&str] = &["boy", "girl", "child", "kid", "youngster", "schoolboy", "schoolgirl"];
        const GROWN: u8 = 16;
        if place.scene || noun.owned || !self.text.is(noun.first, "the") || !CHILDREN.contains(&noun.word.as_str()) {
            return None;
        }
        let child = |id: &Id| {
            let e = &self.entities.all[*id];
            e.nature == Nature::Person
                && e.age.is_some_and(|age| age < GROWN)
                && noun.she.is_none_or(|she| self.is_she(*id) != Some(!she))
        };
        let mut children = (0..self.entities.all.len().min(MANY)).filter(child);
        let one = children.next()?;
        children.next().is_none().then_some(one)
    }

    /// `it began with his wife. … “…?” she asked him`: she is the wife, where nobody else can be “she”.
    pub(super) fn kin_nearby(&self, token: usize, class: Class, place: Place<'_>) -> Option<Choice> {
        const REACH: usize = 60;
        let text = self.text;
        if place.scene || class.has(Class::THEY) {
            return None;
        }
        let she = class.has(Class::SHE);
        let gender = if she { Class::FEMALE } else { Class::MALE };
        let before = token.min(place.quote.0);
        let from = text.paras[place.para].first.max(before.saturating_sub(REACH));
        const ELDERS: [&str; 10] = [
            "grandmother",
            "grandfather",
            "grandma",
            "grandpa",
            "aunt",
            "uncle",
            "granddaughter",
            "grandson",
            "niece",
            "nephew",
        ];
        let kin = (from + 1..before).rev().find(|t| {
            let kin = |noun: &str| trades::KIN.contains(&noun) || ELDERS.contains(&noun);
            text.shape(*t) == Shape::Lower && text.class(*t).has(gender) && kin(text.word(*t))
        })?;
        let clitic = text.shape(kin - 1) == Shape::Clitic;
        let owner = text.class(kin - 1);
        let opposite = match clitic {
            true => self
                .entities
                .covering(kin.wrapping_sub(2))
                .is_some_and(|m| self.is_she(m.entity) == Some(!she)),
            false => {
                owner.has(Class::HE.with(Class::SHE)) && owner.has(Class::SHE) != she && !owner.has(Class::NOMINATIVE)
            }
        };
        // `Her granddaughter accepted it. “…,” she said`: who acts in the sentence in front.
        const ACTS: Words = words![
            "accepted",
            "appeared",
            "called",
            "came",
            "joined",
            "answered",
            "shouted",
            "made",
            "phoned",
            "surprised",
            "responded",
            "replied",
            "commented",
            "posted",
            "texted",
        ];
        let front = self.sentence(kin);
        // `Her grandmother measured out language. “Eat first,” she would say`: what somebody used to say.
        let would = (token + 1..token + 3).any(|t| text.is_one(t, words!["would", "used", "always"]));
        let habit = would && front + 1 == self.sentence(before);
        // `is Chairman Kim, the man who ruined her father`: he is Kim.
        let sentence = self.sentences.get(front)?;
        let other = self.entities.between(sentence.first, kin).iter().any(|m| {
            let owner = text.shape(m.last) == Shape::Clitic;
            !owner && self.entities.all[m.entity].is_somebody() && self.is_she(m.entity) != Some(!she)
        });
        if other
            && !habit
            && !clitic
            && kin > sentence.first + 3
            && text.class(kin - 2).has(Class::PAST.with(Class::PREP))
        {
            return None;
        }
        let acts_there = front + 1 == self.sentence(before)
            && self
                .sentences
                .get(front)
                .is_some_and(|s| kin <= s.first + 3 + usize::from(clitic))
            && text.is_just(kin + 1, ACTS)
            && (clitic || owner.has(Class::HE.with(Class::SHE)));
        let acts_there = acts_there || habit;
        let fits = |id: Id| self.entities.all[id].is_somebody() && self.is_she(id) != Some(!she);
        let named = self.entities.between(kin, before);
        let alone = named.iter().all(|m| m.in_speech || !fits(m.entity));
        // `who played his wife`, `his wife, Kim`, `his mother passed away`.
        let played = (kin.saturating_sub(4)..kin).any(|t| text.is_in(t, asked::PLAYS) || text.is(t, "as"));
        // `Her father, a retired clerk, was less sentimental. “…,” he told her`.
        let opens = kin == sentence.first + 1 && front + 1 == self.sentence(before);
        let described = opens && text.is(kin + 1, ",") && text.is_one(kin + 2, words!["a", "an"]);
        let acts = !played
            && (!text.is(kin + 1, ",") || habit || described)
            && !text.is(kin + 1, "passed")
            && !text.is(kin + 1, "died");
        let main = self.main.is_some_and(|m| self.headlined && fits(m));
        let spoke = place.last.is_some_and(|(s, para)| {
            para == place.para && place.since > kin && matches!(s, Speaker::One(id) if fits(*id))
        });
        (alone && acts && !spoke && (opposite && (described || !main) || acts_there)).then(|| {
            sure(
                Speaker::Unnamed {
                    role: text.word(kin).to_ascii_lowercase(),
                    kind: QuoteKind::Other,
                },
                0.78,
            )
        })?
    }

    /// `When the actor was asked about it, he laughed`: he is the actor of whom the clause in front tells.
    pub(super) fn whom_a_noun_names(&self, token: usize, class: Class, place: Place<'_>) -> Option<Choice> {
        const REACH: usize = 20;
        let text = self.text;
        if place.scene || !class.has(Class::NOMINATIVE) || class.has(Class::THEY) {
            return None;
        }
        let sentence = self.sentences.get(self.sentence(token))?;
        let from = sentence.first.max(token.saturating_sub(REACH));
        let opens =
            |t: usize| text.class(t).has(Class::SUBORD) && (t == sentence.first || text.shape(t) == Shape::Lower);
        let first = (from + 1..token).rev().find(|t| text.is(*t, "the") && opens(t - 1))?;
        let head = (first + 1..first + 3)
            .take_while(|t| text.shape(*t) == Shape::Lower)
            .find(|t| text.class(*t).has(Class::EPITHET.with(Class::STAFF)) && !text.class(*t).has(Class::PLURAL))?;
        let alone = self.entities.between(first, token).is_empty()
            && (head + 1..token).all(|t| !text.class(t).has(Class::NOMINATIVE) && text.shape(t) != Shape::Mark);
        let she = class.has(Class::SHE);
        let agrees = if text.class(head).has(Class::FEMALE) {
            she
        } else {
            !she || !text.is(head, "actor")
        };
        let choice = (alone && agrees).then(|| self.epithet(head, first, place))??;
        matches!(choice.speaker, Speaker::One(id) if self.is_she(id).is_none_or(|is| is == she)).then_some(choice)
    }
}
