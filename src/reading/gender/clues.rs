//! The pronouns of the narrative and whom each can mean: who was named lately, but for those whom grammar bars.
//!
//! An object is not the subject of its clause, who owns a name is not who bears it, whom a phrase in front names is not
//! who acts behind it. How near somebody stands is a matter of sentences, of paragraphs, and of who was a subject.

use super::clue::{Barred, Clue, Clues, ENOUGH};
use super::others::{
    adds, admitting, answers, is_aside, is_asked_of, is_debut, is_heard, is_inverted, is_moved, is_object, is_other,
    is_what, tells_of,
};
use super::seen::{BACK, Place, Seen, Who};
use super::spoken;
use crate::model::ParagraphKind;
use crate::reading::bracket;
use crate::reading::entity::{Entities, Id, Mention};
use crate::reading::lexicon::{Class, asked};
use crate::reading::print::words;
use crate::reading::scan::Spans;
use crate::reading::sentence::{Sentence, Sentences};
use crate::reading::speech::{Judged, Verdict};
use crate::reading::text::{Shape, Text};

/// So many are in mind at once.
const MEMORY: usize = 8;
/// Whom grammar or the order of words speaks against.
const UNLIKELY: f32 = 0.2;
/// That a pronoun means somebody else than those who stand near.
const STRANGER: f32 = 0.08;
/// The same where one was told of lately.
const NAMELESS: f32 = 0.4;

/// Reads the narrative.
pub fn read(
    text: &Text,
    spans: &Spans,
    judged: &[Judged],
    sentences: &Sentences,
    scenes: &[bool],
    (entities, main): (&Entities, Option<(Id, f32)>),
) -> Clues {
    // Under a heading something else is told.
    const SECTION: usize = BACK + 1;
    let bearers = (entities.all.iter().enumerate())
        .map(|(id, entity)| entity.actor.unwrap_or(id))
        .collect();
    let mut reader = Reader {
        text,
        entities,
        bearers,
        clues: Vec::new(),
        seen: Vec::with_capacity(MEMORY + 1),
        relative: None,
        waiting: Vec::with_capacity(MEMORY),
        last: [None; 2],
        spoke: None,
        nameless: [None; 2],
        met: vec![false; entities.all.len()],
        para: usize::MAX,
        number: SECTION,
        fronted: Vec::new(),
        main,
    };
    let mut span = 0;
    let mut said: Vec<(usize, usize)> = Vec::new();
    for sentence in sentences.iter() {
        if reader.clues.len() > ENOUGH {
            break;
        }
        let kind = text.paras[sentence.para].kind;
        let scene = scenes.get(sentence.para).copied().unwrap_or_default();
        // A block quotation is somebody's speech: whom it calls “he” was not told before it.
        if kind == ParagraphKind::Quote && !scene {
            continue;
        }
        if reader.para != sentence.para {
            if kind == ParagraphKind::Heading {
                reader.number += SECTION;
                reader.last = [None; 2];
            } else if scene {
                reader.last = [None; 2];
            }
            reader.para = sentence.para;
        }
        while spans.outer.get(span).is_some_and(|s| s.after() <= sentence.first) {
            span += 1;
        }
        said.clear();
        said.extend(
            spans.outer[span..]
                .iter()
                .zip(&judged[span..])
                .take_while(|(s, _)| s.open < sentence.last)
                .filter(|(_, j)| j.is_speech() || j.verdict == Verdict::Caption)
                .map(|(s, _)| (s.open, s.after())),
        );
        let all_said = |(open, after): &(usize, usize)| *open <= sentence.first && sentence.last <= *after;
        if !said.iter().any(all_said) {
            reader.number += 1;
            reader.sentence(sentence, &said);
        }
    }
    for clue in spoken::of(text, entities, spans, judged, &reader.bearers) {
        reader.push(clue);
    }
    let Reader {
        clues: mut all,
        bearers,
        met,
        ..
    } = reader;
    for clue in &mut all {
        clue.sort();
    }
    Clues { all, bearers, met }
}

struct Reader<'a> {
    text: &'a Text,
    entities: &'a Entities,
    bearers: Vec<Id>,
    clues: Vec<Clue>,
    seen: Vec<Seen>,
    /// Of whom the clause that began with “who” tells.
    relative: Option<Id>,
    /// Who was named first of all.
    waiting: Vec<Id>,
    /// The last “he” and the last “she”, with their sentences.
    last: [Option<(usize, usize)>; 2],
    /// Who spoke last, by name.
    spoke: Option<Id>,
    /// Where a man and a woman without a name were told of last.
    nameless: [Option<usize>; 2],
    met: Vec<bool>,
    para: usize,
    /// Of the sentence, where words in marks are none.
    number: usize,
    /// Pronouns in front of all names of their sentence.
    fronted: Vec<usize>,
    /// Whom the article is about, who is always in mind, and how near.
    main: Option<(Id, f32)>,
}

impl Reader<'_> {
    fn sentence(&mut self, sentence: &Sentence, said: &[(usize, usize)]) {
        /// Words that tell whom a clause is about, or that one begins.
        const TELLS: Class = Class::HE
            .with(Class::SHE)
            .with(Class::CONJ)
            .with(Class::SUBORD)
            .with(Class::EPITHET)
            .with(Class::FEMALE)
            .with(Class::MALE);
        /// Behind them the subject may still come.
        const NONE_YET: Class = Class::ADV.with(Class::DET).with(Class::PREP);
        let text = self.text;
        self.relative = None;
        self.fronted.clear();
        let mut subject: Option<Who> = None;
        // A clause begins: the next name or pronoun is its subject.
        let mut fresh = true;
        let mut token = sentence.first;
        let mut last_named: Option<(Id, usize)> = None;
        // `Kim’s hand reaches for her`: she is not Kim.
        let mut whose: Option<Id> = None;
        // `When Kim asks him why, Lee`: who is asked may be who comes next.
        let mut minor = text.class(sentence.first).has(Class::SUBORD);
        let mut speaker: Option<Who> = None;
        let speaks = !said.is_empty();
        let mut said = said.iter();
        let mut speech = said.next();
        while token < sentence.last {
            while let Some((open, after)) = speech
                && *open <= token
            {
                speech = said.next();
                if *after > token {
                    token = *after;
                    speaker = speaker.or(subject);
                    (fresh, subject) = (true, None);
                    self.relative = None;
                }
            }
            if token >= sentence.last {
                break;
            }
            if let Some(mention) = self.mention(token) {
                let id = self.bearers[mention.entity];
                let owner = text.shape(mention.last) == Shape::Clitic;
                let inverted = subject.is_none() && last_named.is_none() && is_inverted(text, sentence.first, token);
                let acts = (fresh || inverted) && !owner && !text.class(token.wrapping_sub(1)).has(Class::PREP);
                self.name(&mention, sentence.first, acts, subject);
                whose = (owner && fresh).then_some(id);
                if acts {
                    minor &= subject.is_none() && last_named.is_none();
                    (subject, fresh) = (Some(Who::Named(id)), false);
                }
                token = bracket::behind(text, mention.last).max(token + 1);
                last_named = Some((id, token));
                continue;
            }
            let class = text.class(token);
            // Most words are no more than the rest of a clause.
            if text.shape(token) == Shape::Lower && !class.has(TELLS) && !text.is(token, "who") {
                fresh &= class.has(NONE_YET);
                token += 1;
                continue;
            }
            if class.has(Class::HE.with(Class::SHE)) && text.shape(token) != Shape::Mark {
                let clue = self.pronoun(token, subject, last_named, whose);
                if class.has(Class::NOMINATIVE) && fresh {
                    (subject, fresh) = (Some(Who::Clue(clue)), false);
                }
                let named = matches!(subject, Some(Who::Named(_)));
                if last_named.is_none() || minor && named {
                    self.fronted.push(clue);
                }
            } else if text.is(token, "who") {
                // `Kim, who`, `Kim, a lawyer who`, not `the man who`.
                let near = last_named
                    .filter(|(_, end)| end + usize::from(text.is(*end, ",")) == token || tells_of(text, *end, token));
                self.relative = near.map(|(id, _)| id);
                (subject, fresh) = (self.relative.map(Who::Named), false);
            } else if class.has(Class::CONJ.with(Class::SUBORD)) || text.is_just(token, words![",", ";", ":", "—"]) {
                self.relative = self.relative.filter(|_| text.shape(token) != Shape::Punct);
                (fresh, whose) = (true, None);
            } else if class.has(Class::EPITHET) && text.is(token.wrapping_sub(1), "the") && is_other(text, token) {
                self.noun(token, class, fresh);
                fresh = false;
            } else if class.has(Class::FEMALE.with(Class::MALE))
                && !text.is(token.wrapping_sub(1), "the")
                && is_other(text, token)
            {
                // `her husband`: he may be meant as well.
                self.nameless[usize::from(class.has(Class::FEMALE))] = Some(self.number);
                fresh = false;
            } else if text.shape(token) == Shape::Lower && !class.has(NONE_YET.with(Class::EPITHET)) {
                fresh = false;
            }
            token += 1;
        }
        if speaks {
            self.spoke = match speaker.or(subject) {
                Some(Who::Named(id)) => Some(id),
                _ => None,
            };
        }
    }

    /// `The actress`, `the director`: one of those who were named.
    fn noun(&mut self, token: usize, class: Class, subject: bool) {
        if class.has(Class::FEMALE) {
            let mut clue = Clue::new(true, STRANGER, 1.0);
            for seen in &self.seen {
                clue.add(seen.id, seen.nearness(self.number, self.para));
            }
            self.push(clue);
        }
        // Whoever is called so is told of again.
        let word = self.text.word(token);
        let calls = |seen: &Seen| self.entities.all[seen.id].nouns.iter().any(|noun| noun == word);
        if let Some(at) = self.seen.iter().position(calls) {
            let seen = self.seen.remove(at);
            let again = Seen {
                sentence: self.number,
                para: self.para,
                subject,
                ..seen
            };
            self.seen.insert(0, again);
        }
    }

    fn mention(&self, token: usize) -> Option<Mention> {
        let mention = self.entities.mention_at(token)?;
        self.entities.all[mention.entity].is_somebody().then_some(*mention)
    }

    /// Somebody is named: who is the subject of the clause is another, and what stood in front may mean them.
    fn name(&mut self, mention: &Mention, first: usize, acts: bool, subject: Option<Who>) {
        const AHEAD: f32 = 0.8;
        let id = self.bearers[mention.entity];
        if let (Some(Who::Clue(clue)), false) = (subject, acts) {
            self.bar(clue, id);
        }
        for at in 0..self.fronted.len() {
            let clue = self.fronted[at];
            // `Behind him, Kim`: he is not Kim.
            if self.clues[clue].barred == Barred::Actor {
                if acts && subject.is_none() {
                    self.bar(clue, id);
                }
            } else if acts {
                self.clues[clue].add(id, AHEAD);
                self.met[id] = true;
            }
        }
        self.fronted.clear();
        let same = |seen: &Seen| seen.id == id && seen.sentence == self.number && seen.subject;
        let seen = Seen {
            id,
            sentence: self.number,
            para: self.para,
            subject: acts || self.seen.iter().any(same),
            aside: is_aside(self.text, mention, first),
        };
        self.seen.retain(|s| s.id != id);
        self.seen.insert(0, seen);
        self.seen.truncate(MEMORY);
        if self.waiting.len() < MEMORY && !self.waiting.contains(&id) {
            self.waiting.push(id);
        }
    }

    fn bar(&mut self, clue: usize, id: Id) {
        self.clues[clue].weigh(id, 0.0);
        self.clues[clue].barred = Barred::One(id);
    }

    fn pronoun(&mut self, token: usize, subject: Option<Who>, named: Option<(Id, usize)>, whose: Option<Id>) -> usize {
        // Of the object and of who is the subject, and of the pronoun before.
        const APART: f32 = 0.3;
        const SAME: f32 = 0.6;
        const LIKELY: f32 = 2.0;
        const WAITING: f32 = 0.5;
        // What is “hers” may be another's, the more where nobody is named in front.
        const OWNED: f32 = 0.5;
        const OWN: f32 = 0.8;
        let text = self.text;
        let she = text.class(token).has(Class::SHE);
        let place = self.place(token, subject, named.map(|(id, _)| id));
        let nameless = self.nameless[usize::from(she)].is_some_and(|sentence| sentence + 2 >= self.number);
        let stranger = STRANGER + if nameless { NAMELESS } else { 0.0 };
        let power = match (place.nominative, place.owns && place.own.is_some()) {
            (true, _) => 1.0,
            (false, true) => OWN,
            (false, false) => OWNED,
        };
        let mut clue = Clue::new(she, stranger, power);
        // Whoever acts behind an object is another.
        clue.barred = match place.apart {
            Some(id) => Barred::One(id),
            None if place.object => Barred::Actor,
            None => Barred::Nobody,
        };
        let other = |id: &Id| place.apart != Some(*id);
        let before = self.before(she);
        let chained = before.map(|before| before.barred);
        for seen in self.seen.iter().filter(|s| other(&s.id)) {
            // `His days with Kim were long. He …`: who was not meant before is not meant now, unless they act.
            let acts = seen.subject && seen.sentence == self.number;
            let chained = !acts && chained == Some(Barred::One(seen.id));
            clue.add(
                seen.id,
                self.weight(seen, &place) * if chained { UNLIKELY } else { 1.0 },
            );
        }
        // `Kim asks her whether she has. She thinks it over.`: the pronoun before meant somebody, and so does this one.
        for (id, near) in before.into_iter().flat_map(Clue::who).filter(|(id, _)| other(id)) {
            clue.add(id, near * SAME);
        }
        let main = self.main.filter(|(id, _)| other(id) && self.relative.is_none());
        main.into_iter().for_each(|(id, near)| clue.add(id, near));
        // `Kim turns around and asks him`: nobody else has come in.
        if clue.who().len() == 0 {
            for id in self.waiting.iter().filter(|id| other(id)) {
                clue.add(*id, WAITING);
            }
        }
        // Whose head is shaken is who shakes it, what is confessed is one's own.
        if let Some(id) = place.own
            && (place.nominative && (token.saturating_sub(4)..token).any(|t| admitting(text, t))
                || place.owns && !place.moved && text.is_in(token + 1, asked::BODY))
        {
            clue.weigh(id, LIKELY);
        }
        // `Kim’s hand reaches for her`: she is not Kim. `tells Kim that she should leave`: she is.
        if let Some(id) = whose.filter(|_| !place.nominative) {
            clue.weigh(id, APART);
        }
        if let Some((id, _)) = named.filter(|(_, end)| place.nominative && is_asked_of(text, token, *end)) {
            clue.weigh(id, LIKELY);
            place
                .own
                .into_iter()
                .for_each(|own| clue.weigh(own, if own == id { 1.0 } else { APART }));
        }
        // Who is the subject of the clause is not its object.
        if let (Some(Who::Clue(subject)), true) = (subject, place.object)
            && self.clues[subject].she == she
            && let Some((first, _)) = self.clues[subject].nearest()
        {
            clue.weigh(first, APART);
        }
        let at = self.push(clue);
        self.last[usize::from(she)] = Some((at, self.number));
        at
    }

    /// What grammar says of a pronoun.
    fn place(&self, token: usize, subject: Option<Who>, named: Option<Id>) -> Place {
        let text = self.text;
        let object = is_object(text, token);
        let nominative = text.class(token).has(Class::NOMINATIVE);
        let owns = !object && !nominative;
        let behind = token.wrapping_sub(1);
        let own = match subject {
            Some(Who::Named(id)) => Some(id),
            _ => None,
        };
        // `who played her estranged husband`, `stars as his wife`: she is not the one who plays.
        let played = owns && (text.is_in(behind, asked::PLAYS) && !is_debut(text, token) || text.is(behind, "as"));
        Place {
            object,
            nominative,
            owns,
            moved: owns && is_moved(text, token),
            own,
            apart: own
                .filter(|_| object || played)
                .or_else(|| owns.then(|| self.owned(token))?)
                .or_else(|| named.filter(|_| nominative && adds(text, token))),
            // `Kim was shocked to hear that he`: what one hears is of another.
            heard: nominative && (is_heard(text, token) || is_what(text, token)),
            asker: self
                .spoke
                .filter(|_| nominative && (answers(text, token + 1) || answers(text, behind))),
        }
    }

    /// How near somebody stands to a pronoun, by what grammar says of it.
    fn weight(&self, seen: &Seen, place: &Place) -> f32 {
        const OWN: f32 = 1.3;
        // Who moves something moves it to another, or takes it from them.
        const MOVED: f32 = 0.25;
        const BEHIND: f32 = 0.1;
        let here = seen.sentence == self.number;
        let own = place.owns && place.own == Some(seen.id);
        let unlikely = here && place.nominative && (seen.aside || place.heard) || place.asker == Some(seen.id);
        // `Kim, a lawyer who signed away his years when he was a child`: he is Kim.
        let behind = self.relative.is_some_and(|id| id != seen.id);
        let by = |is: bool, much: f32| if is { much } else { 1.0 };
        seen.nearness(self.number, self.para)
            * by(own, if place.moved { MOVED } else { OWN })
            * by(unlikely, UNLIKELY)
            * by(behind, BEHIND)
    }

    fn push(&mut self, clue: Clue) -> usize {
        for (id, _) in clue.who() {
            self.met[id] = true;
        }
        self.clues.push(clue);
        self.clues.len() - 1
    }

    /// The pronoun before of that gender, where it stands near.
    fn before(&self, she: bool) -> Option<&Clue> {
        let (before, _) = self.last[usize::from(she)].filter(|(_, sentence)| sentence + 2 >= self.number)?;
        self.clues.get(before)
    }

    /// `her partner Na Ri`, `his days with Kim`: who is owned is not who owns. `Kim, his co-star, laughed`.
    fn owned(&self, token: usize) -> Option<Id> {
        const NOUNS: usize = 5;
        let text = self.text;
        let noun = |t: &usize| text.shape(*t) == Shape::Lower && !text.class(*t).has(Class::PREP.with(Class::AUX));
        let end = (token + 1..).take(NOUNS).find(|t| !noun(t))?;
        if end == token + 1 {
            return None;
        }
        // `her stunt coordinator, Goo Man-seok, says`.
        let apposed = self
            .mention(end + 1)
            .filter(|m| text.is(end, ",") && text.is(m.last, ","));
        // `His chemistry with Jin`: not Jin's.
        let joins = |t: usize| text.is_one(t, words!["with", "for", "to", "toward", "towards", "about"]);
        let with = self.mention(end + 1).filter(|_| joins(end));
        let told = || {
            let comma = text.is(token.wrapping_sub(1), ",")
                && (matches!(text.sign(end), b',' | b'.') || text.class(end).has(Class::PREP));
            let named = self.entities.covering(token.checked_sub(2)?)?;
            (comma && named.last + 1 == token).then_some(*named)
        };
        let owned = self.mention(end).or(apposed).or(with).or_else(told)?;
        Some(self.bearers[owned.entity])
    }
}
