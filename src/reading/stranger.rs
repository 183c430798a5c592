//! Nouns that nobody of the article is called by: `her sister`, `the former skater`, `the photographer`: whoever the
//! sentence before was about, a relative, or somebody who never gets a name.

use super::attribution::Sieves;
use super::beings::{does_something, is_manner};
use super::entity::{Id, Mention, Nature};
use super::epithet::Noun;
use super::lexicon::Class;
use super::print::{Words, words};
use super::resolve::{Choice, LOOK, MANY, Place, Resolver, Speaker, sure};
use super::sentence::Sentence;
use super::text::Shape;
use crate::model::QuoteKind;

impl Resolver<'_> {
    /// `her sister`, `his boss`: the one other character who is called so, or else bears the surname.
    pub(super) fn kin(&self, noun: &str, place: Place<'_>) -> Option<Id> {
        const KIN: &[(&str, bool)] = &[
            ("sister", true),
            ("brother", false),
            ("mother", true),
            ("father", false),
            ("husband", false),
            ("wife", true),
            ("daughter", true),
            ("son", false),
        ];
        const OTHERS: &[&str] = &[
            "fiancé",
            "fiancée",
            "fiance",
            "fiancee",
            "ex-husband",
            "ex-wife",
            "mother-in-law",
            "father-in-law",
            "stepsister",
            "stepbrother",
            "stepmother",
            "half-brother",
            "half-sister",
            "grandmother",
            "grandfather",
            "grandson",
            "granddaughter",
            "aunt",
            "uncle",
            "niece",
            "nephew",
            "twin",
            "boss",
            "friend",
            "rival",
            "roommate",
            "neighbor",
            "landlord",
            "landlady",
            "assistant",
            "secretary",
            "maid",
            "bodyguard",
            "tutor",
        ];
        let she = KIN.iter().find(|(kin, _)| *kin == noun).map(|(_, she)| *she);
        // `her spy`, `his apprentice`: in a scene by whatever somebody is called.
        if she.is_none() && !OTHERS.contains(&noun) && !place.scene {
            return None;
        }
        let all = &self.entities.all;
        let owner = self.spoke_in(place.token, place).or(place.focus.map(|(id, _)| id));
        let owner = owner.map(|id| if place.scene { self.in_the_story(id) } else { id });
        if she.is_some() && owner.is_none() {
            return None;
        }
        // `Her mother Kim noticed. “…,” her mother said`: whom the sentence in front called so.
        let again = |id: &Id| {
            all[*id].nature == Nature::Character
                && all[*id].nouns.iter().any(|n| n == noun)
                && she.is_none_or(|she| self.is_she(*id) != Some(!she))
        };
        let called = || {
            let sentence = place.focus.and_then(|(_, sentence)| self.sentences.get(sentence));
            sentence.is_some_and(|s| (s.first..s.last.min(s.first + LOOK)).any(|t| self.text.is_same(t, noun)))
        };
        if let Some(owner) = owner.filter(|id| again(id) && called()) {
            return Some(owner);
        }
        let other = |id: Id| {
            let e = &all[id];
            Some(id) != owner
                && owner.is_none_or(|o| e.nature == all[o].nature && e.actor != Some(o))
                && (owner.is_some() || e.nature == Nature::Character)
        };
        let fits = |id: &Id| other(*id) && she.is_none_or(|she| self.is_she(*id) == Some(she));
        let only = |found: Vec<Id>| match found[..] {
            [one] => Some(one),
            _ => None,
        };
        let called: Vec<Id> = (0..all.len().min(MANY))
            .filter(|id| fits(id) && all[*id].nouns.iter().any(|n| n == noun))
            .collect();
        // A mother bears another surname.
        let sibling = matches!(
            noun,
            "sister" | "brother" | "father" | "son" | "daughter" | "grandfather"
        );
        let surname = |id: Id| all[id].name.split_whitespace().next().unwrap_or_default();
        let akin = || -> Vec<Id> {
            (0..all.len().min(MANY))
                .filter(|id| fits(id) && sibling && owner.is_some_and(|o| surname(*id) == surname(o)))
                .collect()
        };
        // `replies her sister` where the scene is of two.
        let here = || -> Vec<Id> {
            let from = self.text.paras[place.para].first;
            let mut told: Vec<Id> = Vec::new();
            for mention in self.entities.between(from, place.token) {
                let id = mention.entity;
                if !mention.in_speech && all[id].nature == Nature::Character && other(id) && !told.contains(&id) {
                    told.push(id);
                }
            }
            told
        };
        let of_two = || only(here()).filter(|id| place.scene && she.is_some() && owner.is_some() && fits(id));
        only(called).or_else(|| only(akin())).or_else(of_two)
    }

    /// `Thank goodness for Kim. The former boxer broke the tension`: a noun that nobody was called by tells more of the one
    /// person named right in front of it, where people are themselves.
    pub(super) fn just_named(&self, noun: &Noun, place: Place<'_>) -> Option<Choice> {
        const OTHERS: Class = Class::PASSER
            .with(Class::SOURCE)
            .with(Class::PUBLIC)
            .with(Class::PLURAL);
        let text = self.text;
        // `The instructor` may be another, whom nothing has brought in.
        let bare = noun.head == noun.first + 1;
        if place.scene || noun.owned || bare || !text.is(noun.first, "the") || noun.class.has(OTHERS) {
            return None;
        }
        let here = self.sentence(noun.head);
        let own = self.sentences.get(here)?;
        let before = self
            .sentences
            .get(here.checked_sub(1)?)
            .filter(|s| s.para == own.para)?;
        let somebody = |m: &&Mention| !m.in_speech && self.entities.all[m.entity].is_somebody();
        let named = self.entities.between(before.first, before.last);
        let mut named = named.iter().filter(somebody);
        let one = named.next()?;
        let alone = named.all(|m| m.entity == one.entity)
            && !self.entities.between(own.first, own.last).iter().any(|m| somebody(&m));
        let e = &self.entities.all[one.entity];
        let fits = e.nature == Nature::Person
            && text.shape(one.last) != Shape::Clitic
            && noun.she.is_none_or(|she| self.is_she(one.entity) != Some(!she));
        (alone && fits && !self.comes_in_as(&noun.word, noun.first)).then(|| sure(Speaker::One(one.entity), 0.7))?
    }

    /// Somebody who never gets a name, such as `photographer`.
    pub(super) fn stranger(&self, words: &[String], place: Place<'_>, class: Class, told: bool) -> Option<Choice> {
        let person = Class::EPITHET
            .with(Class::TITLE)
            .with(Class::FEMALE)
            .with(Class::MALE)
            .with(Class::STORY);
        let last = words.last()?;
        // `turned to his lead`: who that is, is not said.
        if ["lead", "leads", "star", "lady"].contains(&last.as_str()) || is_manner(last) {
            return None;
        }
        if self.comes_before(words, place.token) {
            return sure(
                Speaker::Unnamed {
                    role: words.join(" "),
                    kind: QuoteKind::Other,
                },
                0.7,
            );
        }
        // `the secretary`, `the officer`: somebody of the story; in a scene only who is called just so.
        let story = class.has(Class::STORY) && !class.has(Class::TITLE) || class.has(Class::PASSER);
        // `“…,” says the instructor`: who has no name is called by what they do.
        let worker = place.scene && super::beings::is_of_a_scene(last);
        let works = words.len() == 1 && (does_something(last) || worker) && !class.has(person);
        // `The niece ran onstage`: whose she is was told before.
        let kin_alone = words.len() == 1
            && class.has(Class::FEMALE.with(Class::MALE))
            && !class.has(Class::TITLE.with(Class::EPITHET).with(Class::STORY))
            && !ANYBODY.contains(&last.as_str());
        let called = if place.scene {
            worker || story && !told || told && is_extra(words, class) || works && self.comes_in_as(last, place.token)
        } else {
            story || told || works || kin_alone
        };
        let somebody = class.has(person) || does_something(last) || worker || class.has(Class::PASSER);
        if !called || !somebody {
            return None;
        }
        let staff = words
            .iter()
            .any(|w| super::lexicon::trades::is_crew(w) || super::lexicon::trades::is_crewman(w));
        // `the old gardener` is a gardener.
        let aged = words.iter().take_while(|w| is_manner(w)).count();
        let kin = class.has(Class::FEMALE.with(Class::MALE)) && told && !class.has(Class::STORY);
        let from = match place.scene {
            true if kin => words.len() - 1,
            true => aged.min(words.len() - 1),
            false => 0,
        };
        sure(
            Speaker::Unnamed {
                role: words[from..].join(" "),
                kind: if staff { QuoteKind::Staff } else { QuoteKind::Other },
            },
            0.66,
        )
    }

    /// `Kim’s father` is called by whose father he is.
    pub(super) fn of_its_owner(&self, noun: &Noun, choice: Choice) -> Choice {
        let text = self.text;
        let owned = (noun.first + 1..noun.head).any(|t| text.shape(t) == Shape::Clitic);
        let Speaker::Unnamed { kind, .. } = choice.speaker else {
            return choice;
        };
        if !owned {
            return choice;
        }
        let opens = noun.first + usize::from(text.class(noun.first).has(Class::DET.with(Class::HE).with(Class::SHE)));
        let role = text.slice(opens, noun.head + 1).to_owned();
        Choice {
            speaker: Speaker::Unnamed { role, kind },
            ..choice
        }
    }

    /// The one character whom the article calls by a noun.
    pub(super) fn only_role_called(&self, noun: &Noun) -> Option<Id> {
        let all = &self.entities.all;
        let called = |id: &Id| {
            let role = all[*id].nature == Nature::Character && !all[*id].name.starts_with(char::is_lowercase);
            role && all[*id].nouns.contains(&noun.word) && noun.she.is_none_or(|she| self.is_she(*id) != Some(!she))
        };
        let mut found = (0..all.len().min(MANY)).filter(called);
        let one = found.next()?;
        found.next().is_none().then_some(one)
    }

    /// Who was told of by the noun at a token: `the taxi driver`, `a lighting technician`.
    pub(super) fn stranger_at(&self, head: usize) -> Option<Choice> {
        let text = self.text;
        // `the young Soo Ryun`: how somebody is, and nobody's noun.
        if is_manner(&text.word(head).to_ascii_lowercase()) {
            return None;
        }
        let trade = head.wrapping_sub(1);
        let word = text.word(trade);
        let adjective = ["y", "ed", "ing", "ous", "ful", "al", "ic", "er", "ive"]
            .iter()
            .any(|e| word.ends_with(e))
            && !super::lexicon::trades::is_crew(word);
        let compound = (does_something(text.word(head)) || super::beings::is_of_a_scene(text.word(head)))
            && text.shape(trade) == Shape::Lower
            && !adjective
            && !text.class(trade).has(Class::DET.with(Class::PREP).with(Class::ADV))
            && !["old", "young", "new", "nearby"].contains(&word);
        let first = if compound { trade } else { head };
        // `A staff member catches it … he jokes`.
        let crew = text.is_one(head, words!["member", "members"])
            && text.is_one(trade, words!["crew", "staff", "team", "production"]);
        let staff = text.class(head).has(Class::STAFF.with(Class::TEAM)) || super::lexicon::trades::is_crew(word);
        sure(
            Speaker::Unnamed {
                role: text.slice(if crew { trade } else { first }, head + 1).to_lowercase(),
                kind: if staff || crew {
                    QuoteKind::Staff
                } else {
                    QuoteKind::Other
                },
            },
            0.78,
        )
    }

    /// `finds a debt collector in her shop`, and then `the debt collector`.
    fn comes_before(&self, words: &[String], token: usize) -> bool {
        const REACH: usize = 400;
        let text = self.text;
        let Some(last) = words.last().filter(|_| words.len() > 1) else {
            return false;
        };
        let person = does_something(last)
            || super::lexicon::classes(last).has(Class::PASSER.with(Class::STORY))
            // `an old man with a bucket`.
            || matches!(last.as_str(), "man" | "woman" | "lady" | "gentleman");
        person
            && (token.saturating_sub(REACH)..token).any(|t| {
                (text.is(t, "a") || text.is(t, "an"))
                    && (0..words.len()).all(|n| text.is_same(t + 1 + n, &words[n]))
                    && text.shape(t + words.len()) == Shape::Lower
            })
    }

    /// `A porter stops them`, and then `the porter`.
    fn comes_in_as(&self, noun: &str, token: usize) -> bool {
        const REACH: usize = 200;
        const BETWEEN: usize = 2;
        let text = self.text;
        (token.saturating_sub(REACH)..token).any(|t| {
            text.is_same(t, noun) && (t.saturating_sub(BETWEEN + 1)..t).any(|a| text.is(a, "a") || text.is(a, "an"))
        })
    }

    /// `the boy`, `the kid`: whom the paragraph has just told of by name, where nobody came in as `a boy`.
    pub(super) fn child_told_of(&self, noun: &Noun, place: Place<'_>) -> Option<Choice> {
        const AGES: Words = words![
            "boy",
            "girl",
            "kid",
            "child",
            "lad",
            "youngster",
            "teen",
            "teenager",
            "man",
            "woman"
        ];
        let alone = self.text.is(noun.head.wrapping_sub(1), "the")
            || noun.first + 1 < noun.head
                && self
                    .text
                    .is_one(noun.head - 1, words!["old", "young", "little", "elderly"]);
        if !self.text.is_one(noun.head, AGES)
            || noun.owned
            || !alone
            || !self.text.is(noun.first, "the")
            || self.comes_in_as(&noun.word, noun.head)
        {
            return None;
        }
        // Words that open a paragraph go on from the one before.
        let opens = place.quote.0 <= self.text.paras[place.para].first;
        let from = self.text.paras[place.para.saturating_sub(usize::from(opens))].first;
        let end = noun.head.min(place.quote.0.max(from));
        let told = self.entities.between(from, end);
        let named = |id: Id| told.iter().any(|m| m.entity == id && !m.in_speech);
        let nature = |id: Id| (self.entities.all[id].nature == Nature::Character) == place.scene;
        let fits = |id: Id| {
            self.entities.all[id].is_somebody()
                && nature(id)
                && named(id)
                && noun.she.is_none_or(|she| self.is_she(id) != Some(!she))
        };
        self.pick(noun.head, place, &fits, noun.she, place.scene)
            .map(|c| Choice {
                sure: c.sure.min(0.8),
                ..c
            })
            .filter(|c| matches!(c.speaker, Speaker::One(id) if fits(id)))
    }

    /// `the former figure skater`, `the retired nurse`: a description of whom the sentence before was about.
    pub(super) fn described(&self, noun: &Noun, words: usize, place: Place<'_>) -> Option<Choice> {
        let (id, sentence) = place.focus?;
        let e = &self.entities.all[id];
        let near = sentence + 2 >= self.sentence(noun.head) && e.nature == Nature::Person;
        let gender = noun.she.is_none_or(|she| self.is_she(id) != Some(!she));
        let one = self.text.is(noun.first, "the") && !noun.owned && words > 1;
        let tells = (noun.first..noun.head).any(|t| is_of_a_person(self.text.word(t)));
        (near && gender && one && tells && !place.scene).then(|| sure(Speaker::One(id), 0.8))?
    }
}

/// Nouns that say of nobody who it is.
const ANYBODY: &[&str] = &[
    "man",
    "woman",
    "boy",
    "girl",
    "lady",
    "gentleman",
    "person",
    "one",
    "character",
    "kid",
    "child",
    "lead",
    "pair",
];

/// `her mother`, `the taxi driver`, `the presiding judge`: somebody in a scene who is no character of the cast; `the old
/// man`, `the other woman` may be one.
fn is_extra(words: &[String], class: Class) -> bool {
    let Some(last) = words.last() else { return false };
    let kin = class.has(Class::FEMALE.with(Class::MALE)) && !class.has(Class::TITLE);
    let does = does_something(last) || class.has(Class::PASSER.with(Class::STORY));
    !ANYBODY.contains(&last.as_str()) && (kin || does && words.len() > 1)
}

/// An adjective that tells of somebody's life: `the former skater`, `the Busan-born nurse`.
fn is_of_a_person(word: &str) -> bool {
    const LIFE: &[&str] = &[
        "former",
        "retired",
        "veteran",
        "seasoned",
        "acclaimed",
        "prolific",
        "aspiring",
        "budding",
        "self-taught",
        "young",
        "youngest",
        "oldest",
        "eldest",
        "beloved",
        "late",
        "soft-spoken",
        "one-time",
        "erstwhile",
    ];
    LIFE.contains(&word)
        || ["-born", "-winning", "-year-old", "-turned"]
            .iter()
            .any(|end| word.ends_with(end))
}

impl Sieves<'_> {
    /// `Kim ran until his knee gave out. A teacher sent him to the drama club. ¶ “…”`: words in a paragraph of their own
    /// are not those of somebody without a name who once did something to whom the article tells of.
    pub(super) fn done_to(&self, choice: &Choice, ending: &Sentence, place: Place<'_>) -> Option<Id> {
        if let Some(main) = self.asked_the_main(choice, ending, place) {
            return Some(main);
        }
        if place.scene || !matches!(choice.speaker, Speaker::Unnamed { .. }) {
            return None;
        }
        let (id, sentence) = place.focus.or(place.earlier)?;
        let told = self.resolver.sentences.get(sentence)?;
        let she = self.resolver.is_she(id);
        let theirs = |t: usize| {
            let class = self.text.class(t);
            let gender = class.has(Class::HE.with(Class::SHE)) && !class.has(Class::NOMINATIVE);
            gender && she.is_none_or(|she| she == class.has(Class::SHE))
        };
        let says = |t: usize| self.text.class(t).has(Class::SAY) && self.text.shape(t) == Shape::Lower;
        let object = (ending.first + 2..ending.last).any(theirs);
        let spoken = (ending.first..ending.last).any(says);
        let real = self.entities.all[id].nature == Nature::Person;
        (real
            && told.para == ending.para
            && sentence < super::sentence::at(self.resolver.sentences, ending.first)
            && object
            && !spoken)
            .then_some(id)
    }

    /// `The director has already asked him to play a priest. ¶ “I will finally wear the collar”`: in an interview the one
    /// whom it is with says what comes of it.
    fn asked_the_main(&self, choice: &Choice, ending: &Sentence, place: Place<'_>) -> Option<Id> {
        const REACH: usize = 9;
        let main = self.resolver.main.filter(|_| self.resolver.headlined)?;
        let Speaker::One(subject) = choice.speaker else {
            return None;
        };
        let real = |id: Id| self.entities.all[id].nature == Nature::Person;
        let goes_on = place
            .last
            .map_or(self.interview, |(speaker, _)| *speaker == Speaker::One(main));
        if place.scene || subject == main || !real(subject) || !real(main) || !goes_on {
            return None;
        }
        let text = self.text;
        let theirs = |t: usize| {
            let class = text.class(t);
            class.has(Class::HE.with(Class::SHE)) && self.resolver.is_she(main) == Some(class.has(Class::SHE))
        };
        let object = (ending.first + 1..ending.last)
            .find(|t| theirs(*t) && super::gender::is_object(text, *t))
            .filter(|t| {
                // `The director told him that …` may go on in his words, `asked him to …` does not.
                let said = text.class(t - 1).has(Class::SAY);
                !said || text.is(t + 1, "to")
            })?;
        let mut named = self.entities.between(ending.first, ending.last).iter();
        let alone = named.all(|m| m.entity == subject || m.entity == main || !real(m.entity));
        let words = place.quote.0 + 1..place.quote.1.min(place.quote.0 + REACH);
        let own = words.clone().any(|t| text.class(t).has(Class::FIRST)) && !words.into_iter().any(theirs);
        (alone && own && object > ending.first).then_some(main)
    }
}
