//! `The actress`, `the 41-year-old`, `the crown prince`, `her co-star`: who is meant by a noun.

use super::entity::{Id, Nature, Trade, is_actors};
use super::lexicon::Class;
use super::lexicon::trades::BAND;
use super::print::words;
use super::resolve::{Choice, MANY, Place, Resolver, Speaker, sure};
use super::staff::acts_too;
use super::text::Shape;
use crate::model::QuoteKind;

/// A noun phrase that stands for somebody.
pub(super) struct Noun {
    /// The token of the noun.
    pub(super) head: usize,
    /// The first token of its phrase.
    pub(super) first: usize,
    /// The noun in small letters.
    pub(super) word: String,
    pub(super) class: Class,
    /// Who is meant is “she”, or “he”, by the noun or the sentence.
    pub(super) she: Option<bool>,
    /// `his manager`, `Kim’s sister`.
    pub(super) owned: bool,
    /// `the 41-year-old director`.
    pub(super) aged: bool,
}

impl Resolver<'_> {
    pub(super) fn epithet(&self, head: usize, first: usize, place: Place<'_>) -> Option<Choice> {
        if let Some(id) = self.in_brackets_behind(head).or_else(|| self.by_title(first, head)) {
            return sure(Speaker::One(id), 0.95);
        }
        // `One netizen wrote, “…” Another added, “…”`.
        if let Some((
            speaker @ Speaker::Unnamed {
                kind: QuoteKind::Other, ..
            },
            _,
        )) = place.last
            && head == first
            && self.text.is_one(head, words!["another", "others", "one"])
        {
            return sure(speaker.clone(), 0.85);
        }
        // `Fans were moved. “…,” one wrote.`
        if head == first
            && self.text.is_one(head, words!["another", "others", "one", "some"])
            && let Some(role) = self.crowd_before(head, place)
        {
            let kind = QuoteKind::Other;
            return sure(Speaker::Unnamed { role, kind }, 0.85);
        }
        if super::noun::is_one_of_two(self.text, head) {
            return self.one_of_two(head);
        }
        let noun = self.noun(head, first);
        // `The same man has just yelled`: of whom another noun told, and no name.
        if place.scene && (first..head).any(|t| self.text.is(t, "same")) {
            return None;
        }
        if let Some(id) = self.one_himself(&noun, place) {
            return sure(Speaker::One(id), 0.86);
        }
        // `The lady in question retorted`: of whom the one before has just spoken.
        if !place.scene && self.text.is(head + 1, "in") && self.text.is(head + 2, "question") {
            let spoke = place.last.map(|(speaker, _)| speaker);
            let fits = |id: Id| {
                self.is_cast(id)
                    && spoke != Some(&Speaker::One(id))
                    && noun.she.is_none_or(|she| self.is_she(id) != Some(!she))
            };
            return self.pick(noun.head, place, &fits, noun.she, false);
        }
        if let Some(id) = self.lead_of(&noun, place) {
            return sure(Speaker::One(id), 0.72);
        }
        if noun.owned && matches!(noun.word.as_str(), "co-host" | "cohost") {
            return self.co_host(place).or_else(|| self.real(&noun, place));
        }
        if !place.scene && super::noun::is_ranked(self.text, head) {
            return self.ranked(&noun, place);
        }
        if noun.owned && super::noun::is_partner(self.text, first, head) && !(place.scene && self.plays(&noun.word)) {
            return self.co_star(&noun, place);
        }
        if ["letter", "post", "message", "note", "statement", "caption"].contains(&noun.word.as_str())
            && self.text.is(first, "the")
        {
            return self.letter(head, place);
        }
        // `the office of the director, Kim (Actor)`: of a story.
        let of_story = place.scene && self.plays(&noun.word);
        if noun.class.has(Class::STAFF) && !acts_too(&noun.word) && !of_story {
            return self.staff(&noun, place);
        }
        if let Some(id) = self.only_child(&noun, place) {
            return sure(Speaker::One(id), 0.86);
        }
        // `his wife`, `the director’s wife`, where the article says who that is.
        let kin = noun.owned && super::kinship::is_relation(&noun.word);
        if let Some(id) = kin.then(|| self.relative(&noun, place)).flatten() {
            return sure(Speaker::One(id), 0.88);
        }
        if let Some(choice) = self.somebody_here(&noun, place) {
            return Some(choice);
        }
        if let Some(id) = self.just_told_of_titled(&noun, place) {
            return sure(Speaker::One(id), 0.86);
        }
        let real = noun.class.has(Class::TITLE.with(Class::EPITHET)) && !noun.class.has(Class::STORY)
            || noun.word.ends_with("-year-old")
            || super::noun::is_parent(self.text, head, &noun.word);
        if real && !noun.owned {
            // `says our favorite team leader` in a scene: the role that is called so; nobody of the cast is “the fallen star”.
            let role = place.scene.then(|| self.only_role_called(&noun)).flatten();
            if role.is_some() || place.scene && noun.word == "star" {
                return sure(Speaker::One(role?), 0.86);
            }
            if let Some(id) = self.just_told_of(&noun, place) {
                return sure(Speaker::One(id), 0.86);
            }
            let told = self.told_to_be(&noun).filter(|_| !place.scene);
            return match told {
                Some((id, how)) => sure(Speaker::One(id), how),
                None => self.real(&noun, place),
            };
        }
        let described = !place.scene && !noun.owned && self.text.is(first, "the");
        // `the court`: no more than a word of somebody's sentence may be.
        let known = |how: &(Id, f32)| how.1 >= 0.9;
        if let Some((id, _)) = described.then(|| self.told_to_be(&noun)).flatten().filter(known) {
            return sure(Speaker::One(id), 0.86);
        }
        self.of_the_story(&noun, place)
    }

    /// The crowd whom the paragraph told of: fans, viewers.
    fn crowd_before(&self, head: usize, place: Place<'_>) -> Option<String> {
        let from = self.text.paras[place.para].first.max(head.saturating_sub(60));
        let crowd = (from..head).rev().find(|t| self.text.class(*t).has(Class::PUBLIC))?;
        let word = self.text.word(crowd).to_ascii_lowercase();
        Some(word.strip_suffix('s').map_or(word.clone(), str::to_owned))
    }

    fn noun(&self, head: usize, first: usize) -> Noun {
        let text = self.text;
        let class = text.class(head);
        let actress = || text.bytes(head).contains(&b'-') && text.word(head).contains("actress");
        let she = if class.has(Class::FEMALE) || actress() {
            Some(true)
        } else if class.has(Class::MALE) {
            // Outlets call women actors too, but men far more often.
            Some(false)
        } else {
            self.agreeing(head, first)
        };
        Noun {
            head,
            first,
            word: super::evidence::trade_at(text, head),
            class,
            she,
            owned: text.class(first).has(Class::HE.with(Class::SHE))
                || (first + 1..head).any(|t| text.shape(t) == Shape::Clitic && !text.class(t - 1).has(WORKS)),
            aged: (first..head).any(|t| text.word(t).ends_with("-year-old")),
        }
    }

    /// `Asked whether he has regrets, the veteran star goes quiet`: the star is “he”, where nobody else is named.
    pub(super) fn agreeing(&self, head: usize, first: usize) -> Option<bool> {
        const REACH: usize = 24;
        let text = self.text;
        let sentence = self.sentences.get(self.sentence(head))?;
        // `When the former claimed that she had, the latter replied`: she is the other.
        if super::noun::is_one_of_two(text, head) {
            return None;
        }
        // What somebody says in front of it tells of others.
        let spoken = (sentence.first.max(head.saturating_sub(REACH))..first)
            .rev()
            .find(|t| text.shape(*t) == Shape::Mark);
        let opens = spoken.map_or(sentence.first, |t| t + 1);
        let words = opens.max(head.saturating_sub(REACH))..sentence.last.min(head + REACH);
        let end = words
            .clone()
            .find(|t| text.shape(*t) == Shape::Mark && *t > head)
            .unwrap_or(words.end);
        let alone = self
            .entities
            .between(words.start, end)
            .iter()
            .all(|m| !self.entities.all[m.entity].is_somebody());
        let said = |t: &usize| text.class(*t).has(Class::HE.with(Class::SHE)) && !super::gender::is_object(text, *t);
        // `He revealed what his co-star had written`: whose co-star it is is not the co-star.
        let owner = text.class(first);
        let owned = owner.has(Class::HE.with(Class::SHE)) && super::noun::is_partner(text, first, head);
        let own = |t: &usize| owned && text.class(*t).has(Class::SHE) == owner.has(Class::SHE);
        // `Her co-star`: whose they are is not who they are.
        let token = (words.start..end)
            .find(|t| said(t) && !own(t) && !(first..=head).contains(t))
            .filter(|_| alone)?;
        Some(text.class(token).has(Class::SHE))
    }

    /// `her captain (Kim)`: the role in front of the brackets; `The author, who goes by the pen name Kim, shared`.
    fn in_brackets_behind(&self, head: usize) -> Option<Id> {
        let (text, all) = (self.text, &self.entities.all);
        if text.is(head + 1, "(") {
            let actor = self.entities.covering(head + 2)?.entity;
            return (0..all.len().min(MANY)).find(|id| all[*id].actor == Some(actor));
        }
        let named = text.is(head + 1, ",") && text.is(head + 2, "who") && text.is(head + 3, "goes");
        let mention = named.then(|| (head + 4..head + 10).find_map(|t| self.entities.covering(t)))?;
        mention.map(|m| m.entity)
    }

    /// A character of the article is called by that noun.
    pub(super) fn plays(&self, noun: &str) -> bool {
        let called = |e: &super::entity::Entity| e.nature == Nature::Character && e.nouns.iter().any(|n| n == noun);
        self.entities.all.iter().take(MANY).any(called)
    }

    pub(super) fn is_cast(&self, id: Id) -> bool {
        let e = &self.entities.all[id];
        e.nature == Nature::Person && e.trade == Trade::Cast
    }

    /// The one person whom the article has named before a token, when there is no other.
    pub(super) fn only_person(&self, token: usize) -> Option<Id> {
        let mut people = self.entities.mentions[..self.entities.mention_from(token)]
            .iter()
            .take(MANY)
            .map(|m| m.entity)
            .filter(|id| self.entities.all[*id].nature == Nature::Person);
        let first = people.next()?;
        people.all(|id| id == first).then_some(first)
    }

    /// `the actress`, `the host`: a noun that only real people bear.
    pub(super) fn real(&self, noun: &Noun, place: Place<'_>) -> Option<Choice> {
        const TIGHT: &[&str] = &[
            "idol",
            "singer",
            "rapper",
            "singer-actor",
            "idol-actor",
            "rookie",
            "newcomer",
            "veteran",
            "comedian",
            "host",
            "mc",
            "announcer",
            "leader",
            "maknae",
        ];
        let all = &self.entities.all;
        let word = noun.word.as_str();
        let calls = |id: Id| all[id].nouns.iter().any(|n| n == word);
        let host = noun.class.has(Class::HOST);
        // Where no man was named lately, a woman may be `the actor`; and she who is in the headline, where nobody is called
        // an actress.
        let lead = || self.headlined && self.main.is_some_and(|m| self.is_she(m) == Some(true));
        let women = word != "actor"
            || !self.recent(noun.head).iter().any(|m| {
                let e = &all[m.entity];
                e.nature == Nature::Person && e.trade == Trade::Cast && self.is_she(m.entity) == Some(false)
            })
            || lead() && !self.has_actresses();
        // `Koo remembers it as a disaster. “…,” the actor said`: some outlets call women actors.
        if let Some(id) = self.actor_told_of(noun, place) {
            return sure(Speaker::One(id), 0.86);
        }
        // Singers host, too, and go by one name.
        let sings = matches!(word, "rapper" | "singer" | "idol" | "vocalist" | "soloist");
        // `the 61-year-old` is the writer where nobody else was named.
        let by_age = word.ends_with("-year-old")
            && (!self
                .recent(noun.head)
                .iter()
                .any(|m| all[m.entity].nature == Nature::Person && all[m.entity].trade != Trade::Staff)
                // `The director saw 300 actors. “…,” the 44-year-old recalled`.
                || place.focus.is_some_and(|(id, sentence)| {
                    // `“He handed me a net,” the 41-year-old recalled`: of the director.
                    let opens = self.text.class(place.quote.0 + 1);
                    let told = opens.has(Class::NOMINATIVE)
                        && !opens.has(Class::THEY)
                        && self.is_she(id).is_none_or(|she| she == opens.has(Class::SHE));
                    all[id].trade == Trade::Staff && !told && sentence + 2 >= self.sentence(noun.head.min(place.quote.0))
                }));
        let aged = self.of_the_age_just_told(noun, place);
        if let Some(id) = aged.or_else(|| self.of_an_age_untold(noun, place)) {
            return sure(Speaker::One(id), 0.86);
        }
        let told_age = by_age
            .then(|| word.split('-').next().and_then(|n| n.parse::<u8>().ok()))
            .flatten();
        let plays = matches!(word, "actor" | "actress");
        let may_be = |id: Id, guests: bool| {
            let e = &all[id];
            let acts = e.acts || e.nouns.iter().any(|n| is_actors(n));
            e.nature == Nature::Person
                && (told_age.is_none() || e.age.is_none() || e.age == told_age)
                && (!plays || acts || guests || !e.guest)
                && ((e.trade == Trade::Host) == host || sings || word == "comedian" && calls(id))
                && (e.trade != Trade::Staff || by_age || acts_too(word))
                && (women && word == "actor" || noun.she.is_none_or(|s| self.is_she(id) != Some(!s)))
        };
        let many = || 0..all.len().min(MANY);
        // `the actor` is no guest who sings, nor a host, unless all are guests.
        let guests = plays && !many().any(|id| may_be(id, false));
        let fits = |id: Id| may_be(id, guests);
        let named_so = many().any(|id| fits(id) && calls(id));
        let mate = |id: Id| sings && all[id].nouns.iter().any(|n| BAND.contains(&n.as_str()));
        let mononym = |id: Id| mate(id) || sings && !named_so && !all[id].name.contains(' ');
        let called = |id: Id| fits(id) && (calls(id) || mononym(id));
        let any = many().any(called);
        if host && !any {
            // `Kim nearly fell off her stool. “…!” exclaimed the co-host.`: no guest, and nobody else is told of.
            let here = self.sentence(noun.head.min(place.quote.0));
            let told = place.focus.filter(|(id, sentence)| {
                let e = &all[*id];
                let spoke = place.last.is_some_and(|(s, _)| *s == Speaker::One(*id));
                sentence + 1 == here
                    && self.sentences[*sentence].para == place.para
                    && e.nature == Nature::Person
                    && !e.acts
                    && !spoke
            });
            if let Some((id, _)) = told {
                return sure(Speaker::One(id), 0.84);
            }
            // `with broadcaster Kim as the MC`: the one who hosts.
            let mut hosts = many().filter(|id| fits(*id));
            if let (Some(one), None) = (hosts.next(), hosts.next()) {
                return sure(Speaker::One(one), 0.86);
            }
            let role = noun.word.clone();
            return sure(
                Speaker::Unnamed {
                    role,
                    kind: QuoteKind::Other,
                },
                0.85,
            );
        }
        // `The comedian revealed`, where everybody else is known to act.
        if word == "comedian" && !any {
            let other = |id: Id| {
                let e = &all[id];
                let acts = e.acts || e.nouns.iter().any(|n| is_actors(n) || n == "singer" || n == "idol");
                e.nature == Nature::Person
                    && e.trade != Trade::Staff
                    && !acts
                    && self.is_she(id) != noun.she.map(|s| !s)
            };
            let mut others = many().filter(|id| other(*id));
            if others.next().is_some() && others.next().is_none() {
                return self.pick(noun.head, place, &other, noun.she, false);
            }
        }
        // `the lead actor`: whom the headline names.
        let lead = plays && (noun.first..noun.head).any(|t| self.text.is_one(t, words!["lead", "leading", "main"]));
        if let Some(main) = self.main.filter(|m| lead && self.headlined && fits(*m)) {
            return sure(Speaker::One(main), 0.86);
        }
        // `K-drama star Kim` in the headline, and `the veteran star`.
        let only = many().filter(|id| called(*id)).take(2).count() == 1;
        let headlined = only && self.headlined && self.main.is_some_and(called) && !matches!(word, "actor" | "actress");
        if (TIGHT.contains(&word) || headlined) && any {
            // `Sam (Yurang)`, and `the idol said`: the only one, though named beside a role alone.
            let alone = || many().find(|id| only && called(*id));
            self.pick(noun.head, place, &called, noun.she, false)
                .or_else(|| sure(Speaker::One(alone()?), 0.8))
        } else {
            self.pick(noun.head, place, &fits, noun.she, false)
        }
    }

    /// `Jiwoon revealed that they had watched it together. “…,” the singer said`: whom the sentence in front is about by name,
    /// whoever else is called so.
    fn just_told_of(&self, noun: &Noun, place: Place<'_>) -> Option<Id> {
        const WORKS: &[&str] = &[
            "idol", "singer", "rapper", "actor", "actress", "star", "veteran", "comedian", "rookie",
        ];
        let (id, sentence) = place
            .focus
            .filter(|_| WORKS.contains(&noun.word.as_str()) && !place.scene)?;
        let here = self.sentence(noun.head.min(place.quote.0));
        let told = self.sentences.get(sentence).filter(|s| s.para == place.para)?;
        let e = &self.entities.all[id];
        let fits = sentence + 1 == here
            && e.nature == Nature::Person
            && e.trade == Trade::Cast
            && noun.head == noun.first + 1
            && noun.she.is_none_or(|she| self.is_she(id) != Some(!she));
        let spoke = place.last.is_some_and(|(s, _)| *s == Speaker::One(id));
        let mut named = self
            .entities
            .between(told.first, told.last)
            .iter()
            .filter(|m| !m.in_speech);
        let first = named.next()?;
        let alone =
            first.entity == id && self.is_subject(first) && named.all(|m| m.entity == id || !self.is_cast(m.entity));
        // `Choi had five films behind her. The singer remembers their first talk`: another, who is one.
        let says = |t: usize| self.text.class(t).has(Class::SAY) && self.text.shape(t) == Shape::Lower;
        let tells = (first.last..told.last.min(first.last + 10)).any(says);
        // `Kim, who plays the keeper, drew laughter. “…,” the veteran said`: whom the paragraph brings in.
        let opens = || noun.word == "veteran" && first.first == self.text.paras[place.para].first;
        (fits && alone && (tells || opens()) && !spoke).then_some(id)
    }

    /// `Kim had no idea of it. “…,” the “Night Ferry” star said`: what else somebody is in tells who was just told of anew.
    fn just_told_of_titled(&self, noun: &Noun, place: Place<'_>) -> Option<Id> {
        let (id, sentence) = place.focus.filter(|_| !place.scene && !noun.owned)?;
        let title = |t: usize| self.text.is_capital(t) || self.text.shape(t) == Shape::Mark;
        let titled = self.text.is(noun.first, "the") && noun.first + 1 < noun.head && title(noun.first + 1);
        let here = self.sentence(noun.head.min(place.quote.0));
        let near = sentence + 1 == here && self.sentences[sentence].para == place.para;
        let fits = self.is_cast(id) && noun.she.is_none_or(|she| self.is_she(id) != Some(!she));
        (titled && near && fits).then_some(id)
    }

    /// `the actor`, where the sentence in front is about an actress and names nobody else.
    fn actor_told_of(&self, noun: &Noun, place: Place<'_>) -> Option<Id> {
        let (id, sentence) = place.focus.filter(|_| noun.word == "actor" && !place.scene)?;
        let here = self.sentence(noun.head.min(place.quote.0));
        let near = sentence < here && here <= sentence + 1 && self.is_cast(id) && self.is_she(id) == Some(true);
        // Who has just spoken is not told of anew by a noun, and who is called an actress is one.
        let spoke = place.last.is_some_and(|(s, _)| *s == Speaker::One(id));
        let near = near && !spoke && !self.entities.all[id].nouns.iter().any(|n| n == "actress");
        // Nor does an outlet that has actresses, or an article about a man.
        let man = self.headlined && self.main.is_some_and(|m| m != id && self.is_she(m) != Some(true));
        let near = near && !man && !self.has_actresses();
        let told = self.sentences.get(sentence).filter(|_| near)?;
        let mut named = self.entities.between(told.first, told.last).iter();
        named
            .all(|m| {
                let e = &self.entities.all[m.entity];
                // `Asked by host Kim how they had done it, Lee credited the coach`.
                m.entity == id || e.nature != Nature::Person || e.trade == Trade::Host
            })
            .then_some(id)
    }

    /// The article calls somebody an actress.
    fn has_actresses(&self) -> bool {
        *self.actresses.get_or_init(|| {
            (0..self.text.tokens.len()).any(|t| self.text.initial(t) == b'a' && self.text.is(t, "actress"))
        })
    }

    /// `the crown prince`, `the attorney`, `her sister`: a word of the story, or who has no name.
    fn of_the_story(&self, noun: &Noun, place: Place<'_>) -> Option<Choice> {
        let (text, all) = (self.text, &self.entities.all);
        let words: Vec<String> = (noun.first..=noun.head)
            .filter(|t| text.is_word(*t) && !text.class(*t).has(Class::DET))
            .map(|t| text.word(t).to_ascii_lowercase())
            .collect();
        let told = |id: Id| {
            let e = &all[id];
            let called =
                e.nouns.contains(&noun.word) || e.name.split_whitespace().any(|w| w.eq_ignore_ascii_case(&noun.word));
            called && (e.nature == Nature::Character || !place.scene && e.nature == Nature::Person) && !noun.owned
        };
        if noun.owned
            && let Some(kin) = self.kin(&noun.word, place)
        {
            return sure(Speaker::One(kin), 0.86);
        }
        let known: Vec<Id> = (0..all.len().min(MANY)).filter(|id| told(*id)).collect();
        let known_to_be = || {
            (place.scene && !noun.owned && text.is_one(noun.first, words!["the", "our", "its"]))
                .then(|| self.known_to_be(noun).or_else(|| self.lead_role(noun)))
                .flatten()
        };
        match known[..] {
            // `the owner of the mitten` may be whoever was named.
            [] if text.is(noun.head + 1, "of") => None,
            [] => known_to_be()
                .and_then(|id| sure(Speaker::One(id), 0.84))
                .or_else(|| self.just_named(noun, place))
                .or_else(|| self.by_calling(noun, place))
                .or_else(|| self.child_told_of(noun, place))
                .or_else(|| self.by_elimination(noun, place))
                .or_else(|| self.described(noun, words.len(), place))
                .or_else(|| {
                    let choice = self.stranger(&words, place, noun.class, noun.owned || words.len() > 1)?;
                    Some(self.of_its_owner(noun, choice))
                }),
            [one] => sure(Speaker::One(one), 0.9),
            _ => self.pick(noun.head, place, &told, noun.she, place.scene),
        }
    }
}

/// `The drama’s star` is nobody's.
const WORKS: Class = Class::DRAMA.with(Class::SHOW).with(Class::FILM).with(Class::BROADCAST);
