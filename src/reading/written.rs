//! Two forms of attribution with the speaker elsewhere: words on paper (`the letter that Kim left. It read, “…”`)
//! and a participle that goes on from an attribution (`said Kim, adding that “…”`).

use super::attribution::{Claim, Rule, Sieves, keep, token_of};
use super::cue::Joint;
use super::lexicon::{Class, asked};
use super::phrase::{self, Reference};
use super::posted::sends;
use super::print::{Words, words};
use super::resolve::{Choice, Place, Speaker};
use super::sentence;
use super::subject;
use super::text::Shape;
use crate::model::QuoteKind;

/// What somebody sends, or how they call.
const SENT: Words = words![
    "message",
    "letter",
    "note",
    "text",
    "call",
    "voicemail",
    "email",
    "telegram",
    "warning",
    "reply",
];

impl Sieves<'_> {
    /// `He found the letter that Kim had left. It read, “…”`: whoever wrote it.
    pub(super) fn written(&self, number: usize, place: Place<'_>) -> Option<(Rule, Option<Choice>)> {
        let before = self.judged[number].before();
        let verb = before.verb?;
        if let Some(writer) = self.one_of_many(before.first, verb) {
            return Some((Rule::Before, Some(writer)));
        }
        let reads = self
            .text
            .is_just(verb, words!["read", "reads", "said", "says", "began", "begins"]);
        // `According to Kim, it read, “…”`.
        let begins = verb == before.first + 1 || self.text.is(verb.saturating_sub(2), ",");
        if !reads || !begins || !self.text.is(verb.saturating_sub(1), "it") {
            return None;
        }
        let here = sentence::at(self.resolver.sentences, before.first);
        let told = here.checked_sub(1).map(|n| self.resolver.sentences[n])?;
        let from = told.first.max(told.last.saturating_sub(60));
        if (from..told.last).any(|t| self.text.is_one(t, words!["statement", "announcement", "notice"])) {
            return Some((Rule::Before, self.issued(place)));
        }
        // `She finds a letter. It was left by Kim. It reads, “…”`.
        let again = self.text.is(told.first, "it");
        let paper = (from..told.last)
            .rev()
            .find(|t| self.text.is_in(*t, asked::PAPERS))
            .or(again.then_some(told.first))?;
        let wrote = (paper..told.last).find(|t| sends(self.text, *t, asked::HIDES));
        let named = |mention: Option<&super::entity::Mention>| {
            mention
                .filter(|m| self.entities.all[m.entity].is_somebody() && !m.ambiguous)
                .map(|m| m.entity)
        };
        // `the letter that Kim had left`, `a letter from Kim`, `Kim’s letter`; else nobody.
        let who = match wrote {
            Some(wrote) if self.text.is(wrote + 1, "by") => named(self.entities.covering(wrote + 2)),
            Some(wrote) => named(self.entities.between(paper.min(wrote), wrote).last()).or_else(|| {
                // `a note that he had slipped under her door`.
                let token = (paper..wrote).find(|t| self.text.class(*t).has(Class::NOMINATIVE))?;
                let class = self.text.class(token);
                let choice = self
                    .resolver
                    .resolve(&Reference::Pronoun { class, token }, Place { token, ..place })?;
                super::attribution::one(&choice)
            }),
            None if self.text.is(paper + 1, "from") || self.text.is(paper + 1, "by") => {
                named(self.entities.covering(paper + 2))
            }
            None if paper > 1 && self.text.shape(paper - 1) == Shape::Clitic => {
                named(self.entities.covering(paper - 2))
            }
            // `writer Kim, who sent her a handwritten note`.
            None => (from..paper)
                .rev()
                .take(8)
                .find(|t| self.text.class(*t).has(Class::SEND))
                .and_then(|sent| subject::of_verb(self.text, self.entities, from, sent))
                .and_then(|sender| match sender {
                    Reference::Named { id, ambiguous, .. } if !ambiguous => Some(id),
                    _ => None,
                }),
        };
        let choice = who
            .and_then(|id| keep(&Speaker::One(id), 0.85))
            .or_else(|| self.posted_by(place));
        debug_assert!(place.para < self.text.paras.len());
        Some((Rule::Before, choice))
    }

    /// `The insider added that Kim was being considered: “…”` is the insider's, `revealed what her co-star had written: “…”`
    /// the co-star's.
    pub(super) fn tells_of(&self, first: usize, last: usize) -> Option<Reference> {
        const REACH: usize = 12;
        let text = self.text;
        if let Some(sender) = self.sender_in_front(first, last) {
            return Some(sender);
        }
        let verb = (first + 1..last).take(REACH).find(|t| {
            super::cue::is_speech_verb(text, *t, first) && (text.is(t + 1, "that") || text.is(t + 1, "what"))
        })?;
        let said = || {
            let word = |t: &usize| {
                text.is_just(
                    *t,
                    words!["written", "said", "told", "wrote", "texted", "whispered", "asked"],
                )
            };
            let said = (verb + 3..last).take(REACH).find(word)?;
            let end = said - usize::from(text.class(said - 1).has(Class::AUX));
            phrase::read(text, self.entities, verb + 2, end)
        };
        // `says that her grandmother has one piece of advice for her: “…”`: the grandmother gives it.
        let gives = || {
            const HAS: Words = words!["has", "had", "gave", "gives", "offered"];
            let has = (verb + 3..last).take(REACH).find(|t| text.is_just(*t, HAS))?;
            let noun = (has + 1..last)
                .take(REACH)
                .any(|t| text.class(t).has(Class::SPOKEN) && text.shape(t) == Shape::Lower);
            let plain = (verb + 2..has).all(|t| !text.class(t).has(Class::NOMINATIVE.with(Class::PREP)));
            (noun && plain && text.is(last, ":"))
                .then(|| phrase::read(text, self.entities, verb + 2, has))
                .flatten()
        };
        if let Some(giver) = text.is(verb + 1, "that").then(gives).flatten() {
            return Some(giver);
        }
        let what = text.is(verb + 1, "what").then(said).flatten();
        let teller = || {
            let named = self.entities.between(verb, last).iter();
            named
                .into_iter()
                .any(|m| self.entities.all[m.entity].is_somebody())
                .then(|| subject::of_verb(text, self.entities, first, verb))
                .flatten()
        };
        what.or_else(teller)
    }

    /// `reads a message from his rival Jun (Kim): “…”`: nothing but who sent it stands between the paper and the words.
    fn sender_in_front(&self, first: usize, last: usize) -> Option<Reference> {
        const NOUNS: usize = 4;
        let text = self.text;
        let from = (first + 2..last).rev().take(16).find(|t| text.is(*t, "from"))?;
        let named = self.entities.between(from, last).first()?;
        let ends = super::bracket::behind(text, named.last) == last;
        let near = named.first <= from + NOUNS && (from + 1..named.first).all(|t| text.shape(t) == Shape::Lower);
        let somebody = self.entities.all[named.entity].is_somebody();
        (text.is_one(from - 1, SENT) && ends && near && somebody).then(|| Reference::to(named))
    }

    /// `The agency released a statement. “…,” it read`: who released it.
    pub(super) fn issued(&self, place: Place<'_>) -> Option<Choice> {
        const PAPERS: Words = words![
            "statement",
            "letter",
            "post",
            "message",
            "notice",
            "note",
            "apology",
            "response",
        ];
        let text = self.text;
        let here = sentence::at(self.resolver.sentences, place.quote.0);
        let told = here.checked_sub(1).map(|n| self.resolver.sentences[n])?;
        let from = told.first.max(told.last.saturating_sub(60));
        let verb = (from + 1..told.last).find(|t| sends(text, *t, asked::RELEASES.with(asked::PUTS_UP)))?;
        // `Through a statement released on Friday, her agency Kim & Co. confirmed it`: of the sentence, not of the verb.
        let participle = text.is_just(verb - 1, PAPERS);
        let reference = match participle {
            true => self.sentence_subject(from, told.last)?,
            false => {
                (verb..told.last).find(|t| text.is_just(*t, PAPERS))?;
                subject::of_verb(text, self.entities, from, verb)?
            }
        };
        let token = token_of(&reference).unwrap_or(verb);
        self.resolver.resolve(&reference, Place { token, ..place })
    }

    /// `was full of angry messages, one of which read, “…”`: nobody knows whose, and a netizen's.
    fn one_of_many(&self, first: usize, verb: usize) -> Option<Choice> {
        const REACH: usize = 6;
        const MANY: Words = words![
            "messages", "comments", "replies", "reviews", "posts", "letters", "tweets",
        ];
        let text = self.text;
        let which =
            (first.max(verb.saturating_sub(REACH))..verb).find(|t| text.is(*t, "which") && text.is(t - 1, "of"))?;
        let many = (first..which).rev().take(REACH).any(|t| text.is_just(t, MANY));
        let role = "netizen".to_owned();
        let kind = QuoteKind::Other;
        (many && text.is_just(verb, words!["read", "reads", "said"]))
            .then(|| keep(&Speaker::Unnamed { role, kind }, 0.8))
            .flatten()
    }

    /// A few words inside a report: the subject of the report.
    pub(super) fn reported(&self, number: usize, place: Place<'_>) -> Option<(Rule, Option<Choice>)> {
        let judged = &self.judged[number];
        let before = judged.before();
        if before.joint == Joint::Start {
            return None;
        }
        if let Some(choice) = self.source_in_front(before.first, before.last, place) {
            return Some((Rule::Before, Some(choice)));
        }
        // `Kim was described as “…”`: by somebody else.
        let be = before.last.saturating_sub(3);
        if self.text.is(be + 2, "as")
            && self.text.is_just(
                be + 1,
                words!["described", "introduced", "billed", "hailed", "praised", "remembered"],
            )
            && self.text.class(be).has(Class::AUX)
            && be >= before.first
        {
            let main = self.resolver.main.filter(|_| self.interview && self.resolver.headlined);
            let teller = main.map(Speaker::One).or_else(|| {
                let near = place.last.filter(|(_, para)| para + 1 >= place.para);
                near.map(|(speaker, _)| speaker.clone())
            });
            return teller.map(|speaker| (Rule::Before, keep(&speaker, 0.62)));
        }
        let verb = (before.first..before.last)
            .rev()
            .take(30)
            .find(|t| super::cue::is_speech_verb(self.text, *t, before.first));
        let reference = match verb {
            Some(verb) => subject::of_verb(self.text, self.entities, before.first, verb),
            None => None,
        }
        .or_else(|| subject::of_clause(self.text, self.entities, before.first, before.last))?;
        let mut choice = self.resolver.resolve(&reference, place.at(&reference))?;
        choice.sure -= 0.12;
        Some((Rule::Before, Some(choice)))
    }

    /// `receives a call from Kim, the first wife: “…”`, `Kim’s voice crackles over the loudspeaker: “…”`, `a message from the
    /// writer was shown: “…”`.
    pub(super) fn heard(&self, first: usize, last: usize) -> Option<Reference> {
        const REACH: usize = 24;
        let text = self.text;
        let from = first.max(last.saturating_sub(REACH));
        // `Kim’s low voice can be heard: `, `viewers can hear her thoughts: `.
        let bears = |t: &usize| text.is(*t, "voice") || text.is(*t, "thoughts");
        let voice = (from + 2..last).find(bears);
        let clitic = voice.and_then(|v| {
            (v.saturating_sub(3).max(from + 1)..v)
                .rev()
                .find(|t| text.shape(*t) == Shape::Clitic)
        });
        if let Some(owner) = clitic.and_then(|c| self.entities.covering(c - 1)) {
            return Some(Reference::to(owner));
        }
        // `the heroine’s voice is heard: `.
        if let Some(clitic) = clitic
            && let Some(article) = (clitic.saturating_sub(4).max(from)..clitic)
                .rev()
                .find(|t| text.is(*t, "the"))
            && let Some(owner) = phrase::read(text, self.entities, article, clitic)
        {
            return Some(owner);
        }
        let hears = |v: usize| (from..v).any(|t| text.is_one(t, words!["hear", "hears", "heard"]));
        let own = voice.filter(|v| hears(*v)).map(|v| v - 1);
        if let Some(token) = own.filter(|t| text.class(*t).has(Class::HE.with(Class::SHE))) {
            return Some(Reference::Pronoun {
                class: text.class(token),
                token,
            });
        }
        let sent = (from..last.saturating_sub(2)).find(|t| text.is_one(*t, SENT) && text.is(t + 1, "from"))?;
        let end = (sent + 2..last)
            // Somebody may be called Do.
            .filter(|t| self.entities.covering(*t).is_none())
            .find(|t| text.class(*t).has(Class::AUX.with(Class::SUBORD).with(Class::CONJ)) || text.is(*t, ","))
            .unwrap_or(last);
        phrase::read(text, self.entities, sent + 2, end)
    }

    /// `a message from his brother`: the brother, who has no name.
    pub(super) fn sender_without_name(&self, reference: &Reference, place: Place<'_>) -> Option<Choice> {
        let Reference::Epithet { head, .. } = reference else {
            return None;
        };
        if self.resolver.resolve(reference, place).is_some() {
            return None;
        }
        Some(Choice {
            speaker: Speaker::Unnamed {
                role: self.text.word(*head).to_ascii_lowercase(),
                kind: QuoteKind::Other,
            },
            sure: 0.7,
            candidates: Vec::new(),
        })
    }

    /// `Kim’s agency has denied it. On May 3, The Orchard stated`: a name that nothing else tells of, where an agency is
    /// to speak.
    pub(super) fn unknown_agency(&self, first: usize, verb: usize) -> Option<Choice> {
        const REACH: usize = 60;
        const LONGEST: usize = 4;
        let text = self.text;
        let mut name = verb;
        while name > first && verb - name < LONGEST && text.is_capital(name - 1) {
            name -= 1;
        }
        let unknown = name < verb
            && !text.is(name, "it")
            && !text
                .class(name)
                .has(Class::PREP.with(Class::SUBORD).with(Class::NOMINATIVE))
            && self.entities.between(name, verb).is_empty()
            && (name == first || text.is(name - 1, ","));
        let awaited = (name.saturating_sub(REACH)..name).any(|t| {
            // `on her agency’s account`: of which no name follows.
            text.class(t).has(Class::AGENCY) && text.shape(t) == Shape::Lower && text.shape(t + 1) != Shape::Clitic
        });
        (unknown && awaited).then(|| Choice {
            speaker: Speaker::Unnamed {
                role: text.slice(name, verb).to_owned(),
                kind: QuoteKind::Agency,
            },
            sure: 0.78,
            candidates: Vec::new(),
        })
    }

    /// `In Kim’s words, “…”`, `in her own words`.
    fn own_words(&self, first: usize, last: usize) -> Option<Reference> {
        let text = self.text;
        if !(text.is(first, "in") && last > first + 2 && text.is(last - 1, "words")) {
            return None;
        }
        let owner = last - 2 - usize::from(text.is(last - 2, "own"));
        if text.shape(owner) == Shape::Clitic {
            return phrase::read(text, self.entities, first + 1, owner);
        }
        let class = text.class(owner);
        (owner == first + 1 && class.has(Class::HE.with(Class::SHE)))
            .then_some(Reference::Pronoun { class, token: owner })
    }

    /// `In the words of Kim, “…”`, `According to Kim, “…”`.
    pub(super) fn source_in_front(&self, first: usize, last: usize, place: Place<'_>) -> Option<Choice> {
        const LONGEST: usize = 12;
        let text = self.text;
        if let Some(reference) = self.own_words(first, last) {
            return self.resolver.resolve(&reference, place);
        }
        // `If you ask Kim, her commander in the series, “…”`.
        if text.is(first, "if")
            && text.is(first + 1, "you")
            && text.is_one(first + 2, words!["ask", "asked", "believe", "listen"])
        {
            let from = first + 3 + usize::from(text.is(first + 3, "to"));
            let end = (from..last).find(|t| text.is(*t, ",")).unwrap_or(last);
            let reference = phrase::read(text, self.entities, from, end)?;
            return self.resolver.resolve(&reference, place);
        }
        // `To quote Kim, who plays the dealer, “…”`.
        if text.is(first, "to") && text.is_one(first + 1, words!["quote", "paraphrase", "hear"]) {
            let from = first + 2;
            let end = (from..last).find(|t| text.is(*t, ",")).unwrap_or(last);
            let reference = phrase::read(text, self.entities, from, end)?;
            return self.resolver.resolve(&reference, place);
        }
        if let Some(reference) = self.passive_agent(first, last) {
            return self.resolver.resolve(&reference, place);
        }
        let words = (first..last.min(first + 4)).find(|t| text.is(*t, "words") && text.is(t + 1, "of"));
        let according = (text.is(first, "according") && text.is(first + 1, "to")).then_some(first);
        let from = words.or(according)? + 2;
        if last <= from || last - from > LONGEST {
            return None;
        }
        let reference = phrase::read(text, self.entities, from, last)?;
        self.resolver.resolve(&reference, place)
    }

    /// `Kim called it “…,” and said, “…”`: the verb has no subject of its own.
    pub(super) fn and_said(&self, number: usize, claims: &[Option<Box<Claim>>], scene: bool) -> Option<Claim> {
        let previous = self.spoken_before(number).filter(|n| self.share_sentence(*n, number))?;
        let claim = claims.get(previous)?.as_ref();
        let choice = claim.filter(|_| self.and_says(previous, number))?.choice.clone();
        Some(Claim {
            rule: Rule::Continuity,
            choice,
            scene,
        })
    }

    /// Whether two spans open in one sentence.
    fn share_sentence(&self, one: usize, other: usize) -> bool {
        let at = |span: usize| sentence::at(self.resolver.sentences, self.spans.outer[span].open);
        at(one) == at(other)
    }

    /// `“…,” said a representative, adding that the actress “…”`: the participle is the speaker's.
    pub(super) fn participle(&self, number: usize, claims: &[Option<Box<Claim>>], scene: bool) -> Option<Claim> {
        let previous = self.spoken_before(number).filter(|n| self.share_sentence(*n, number))?;
        let before = self.judged[number].before();
        let claim = claims.get(previous)?.as_ref()?;
        // `Kim called it a place of healing, saying, “…,” Lee described it as a kindergarten, remarking, “…”`: whose verb stood
        // in front is another than who stands behind.
        let after = self.judged[previous]
            .after()
            .filter(|a| a.plain && claim.rule != Rule::Before);
        let from = match after {
            Some(after) => after.subject.1.max(after.verb + 1),
            // `Kim said, “…,” and conveyed her thanks, saying, “…”`.
            None => {
                self.judged[previous].before().verb?;
                self.spans.outer[previous].after()
            }
        };
        let open = self.spans.outer[number].open;
        let verb = (from..open)
            .take(30)
            .find(|t| self.text.class(*t).has(Class::ING) && super::cue::is_speech_verb(self.text, *t, from))?;
        let told = after.is_none();
        let somebody = |m: &super::entity::Mention| self.entities.all[m.entity].is_somebody();
        // `whereas her co-star looked ahead, promising, “…”`.
        let noun = |t: usize| {
            let owner = self.text.class(t - 1).has(Class::DET.with(Class::HE).with(Class::SHE));
            owner && self.text.shape(t) == Shape::Lower && self.text.class(t).has(Class::EPITHET)
        };
        let other = || self.entities.between(from, verb).iter().any(somebody) || (from + 1..verb).any(noun);
        if told && other() {
            return None;
        }
        if super::lifted::perceived(self.text, from, verb).is_some() {
            return None;
        }
        // Nobody else acts in between.
        let alone =
            before.verb.is_none_or(|v| v == verb) && (from..verb).all(|t| !self.text.class(t).has(Class::NOMINATIVE));
        let joined = |t: usize| {
            self.text.class(t).has(Class::CONJ.with(Class::SUBORD))
                && self
                    .entities
                    .covering(t + 1)
                    .is_some_and(|m| self.entities.all[m.entity].is_somebody())
        };
        let alone = alone && !(from..verb).any(joined);
        let mut choice = claim.choice.clone().filter(|_| alone)?;
        choice.sure = (choice.sure - 0.04).max(0.3);
        Some(Claim {
            rule: Rule::Continuity,
            choice: Some(choice),
            scene,
        })
    }
}
