//! Who is “he” and who is “she” among those of a scene: by agreement of all its pronouns.
//!
//! Where two act, one pronoun tells little: `Kim visits Lee. She refuses to look at him.` All of them together tell
//! who is who: of all ways to call them “he” and “she” the likeliest is the one under which every pronoun has somebody
//! near to mean. Grammar bars some: an object is not the subject of its clause, who owns a name is not who bears it.

use super::super::entity::{Entities, Id, Mention, Nature};
use super::super::gender::is_object;
use super::super::lexicon::Class;
use super::super::print::words;
use super::super::scan::Spans;
use super::super::sentence::{Sentence, Sentences};
use super::super::speech::{Judged, Verdict};
use super::super::text::{Shape, Text};
use super::super::token;
use crate::model::ParagraphKind;

/// More people than this are in no scene, nor more pronouns than that needed to tell.
const CAST: usize = 16;
const CLUES: usize = 512;
/// Passes over the cast: few are needed, and more change nothing.
const PASSES: usize = 3;
/// Of more entities than this the later ones are nobody's role.
const MANY: usize = 256;
/// What a first name tells, as a logarithm of odds: four of five lean rightly.
const LEANS: f32 = 1.5;
/// What votes tell that were given outside of scenes, and by nouns.
const KNOWN: f32 = 2.0;
/// That a pronoun means somebody else than those who stand near.
const STRANGER: f32 = 0.08;
/// So far back a pronoun reaches with ease, in sentences; further away everybody is as far.
const BACK: usize = 4;
const FAR: f32 = 0.1;
/// So many are in mind at once.
const MEMORY: usize = 8;

/// A pronoun and those it can mean.
struct Clue {
    she: bool,
    /// Who, and how near they stand.
    who: Vec<(Id, f32)>,
    /// The pronoun that is the subject of its clause: somebody else.
    apart: Option<usize>,
}

/// Who was named, last first.
struct Seen {
    id: Id,
    sentence: usize,
    subject: bool,
}

/// The subject of a clause.
#[derive(Clone, Copy)]
enum Who {
    Named(Id),
    Clue(usize),
}

/// Counts the pronouns of the paragraphs that tell scenes.
pub fn learn(
    text: &Text,
    spans: &Spans,
    judged: &[Judged],
    sentences: &Sentences,
    scenes: &[bool],
    entities: &mut Entities,
) {
    if !scenes.contains(&true) {
        return;
    }
    let mut reader = Reader {
        text,
        entities,
        roles: roles(entities),
        clues: Vec::new(),
        seen: Vec::new(),
        relative: None,
        waiting: Vec::new(),
        last: [None; 2],
    };
    let mut span = 0;
    let mut para = usize::MAX;
    for (number, sentence) in sentences.iter().enumerate() {
        if !scenes.get(sentence.para).copied().unwrap_or_default() {
            reader.introduce(sentence);
            continue;
        }
        // Under a heading something else is told.
        if text.paras[sentence.para].kind == ParagraphKind::Heading {
            reader.seen.iter_mut().for_each(|s| s.sentence = 0);
        }
        // A pronoun goes on with the one before in its paragraph.
        if para != sentence.para {
            reader.last = [None; 2];
            para = sentence.para;
        }
        while spans.outer.get(span).is_some_and(|s| s.after() <= sentence.first) {
            span += 1;
        }
        let said: Vec<(usize, usize)> = spans.outer[span..]
            .iter()
            .zip(&judged[span..])
            .take_while(|(s, _)| s.open < sentence.last)
            .filter(|(_, j)| j.is_speech() || j.verdict == Verdict::Caption)
            .map(|(s, _)| (s.open, s.after()))
            .collect();
        reader.sentence(number, sentence, &said);
    }
    let Reader { mut clues, .. } = reader;
    clues.truncate(CLUES);
    tell(&clues, entities);
}

/// For every entity the role it stands for: a character for itself, an actor for the one role that is played.
fn roles(entities: &Entities) -> Vec<Id> {
    let mut roles: Vec<Id> = (0..entities.all.len()).collect();
    let mut played = vec![0_u8; entities.all.len()];
    for (id, entity) in entities.all.iter().enumerate().take(MANY) {
        if entity.nature == Nature::Character
            && let Some(actor) = entity.actor
        {
            played[actor] = played[actor].saturating_add(1);
            roles[actor] = if played[actor] == 1 { id } else { actor };
        }
    }
    roles
}

struct Reader<'a> {
    text: &'a Text,
    entities: &'a Entities,
    roles: Vec<Id>,
    clues: Vec<Clue>,
    seen: Vec<Seen>,
    /// Of whom the clause that began with “who” tells.
    relative: Option<Id>,
    /// Who was introduced before the scene.
    waiting: Vec<Id>,
    /// The last “he” and the last “she”, with their sentences.
    last: [Option<(usize, usize)>; 2],
}

impl Reader<'_> {
    /// Who was introduced before the scene may be meant in it.
    fn introduce(&mut self, sentence: &Sentence) {
        for mention in self.entities.between(sentence.first, sentence.last) {
            let id = self.roles[mention.entity];
            if self.entities.all[id].nature != Nature::Character || mention.in_speech {
                continue;
            }
            if !self.waiting.contains(&id) && self.waiting.len() < MEMORY {
                self.waiting.push(id);
            }
        }
    }

    fn sentence(&mut self, number: usize, sentence: &Sentence, said: &[(usize, usize)]) {
        let text = self.text;
        self.relative = None;
        let mut subject: Option<Who> = None;
        // A clause begins: the next name or pronoun is its subject.
        let mut fresh = true;
        let mut fronted: Vec<usize> = Vec::new();
        let mut token = sentence.first;
        let mut last_named = None;
        // `When Kim asks him why, Lee`: who is asked may be who comes next.
        let mut minor = text.class(sentence.first).has(Class::SUBORD);
        while token < sentence.last {
            if let Some((_, after)) = said.iter().find(|(open, after)| *open <= token && token < *after) {
                token = (*after).max(token + 1);
                (fresh, subject) = (true, None);
                self.relative = None;
                continue;
            }
            if let Some(mention) = self.named(token) {
                let id = self.roles[mention.entity];
                let owner = text.shape(mention.last) == Shape::Clitic;
                let acts = fresh && !owner && !text.class(token.wrapping_sub(1)).has(Class::PREP);
                self.name(id, number, acts, subject, &mut fronted);
                if acts {
                    minor &= subject.is_none() && last_named.is_none();
                    (subject, fresh) = (Some(Who::Named(id)), false);
                }
                token = self.behind_bracket(mention.last).max(token + 1);
                last_named = Some((id, token));
                continue;
            }
            let class = text.class(token);
            if class.has(Class::HE.with(Class::SHE)) && text.shape(token) != Shape::Mark {
                let clue = self.pronoun(token, number, subject);
                if class.has(Class::NOMINATIVE) && fresh {
                    (subject, fresh) = (Some(Who::Clue(clue)), false);
                }
                let named = matches!(subject, Some(Who::Named(_)));
                if last_named.is_none() && !is_object(text, token) || minor && named {
                    fronted.push(clue);
                }
            } else if text.is(token, "who") {
                // `Kim, who`, `Kim, a lawyer who`, not `the man who`.
                let near = last_named
                    .filter(|(_, end)| end + usize::from(text.is(*end, ",")) == token || self.tells_of(*end, token));
                (subject, fresh) = (near.map(|(id, _)| Who::Named(id)), false);
                self.relative = near.map(|(id, _)| id);
            } else if class.has(Class::CONJ.with(Class::SUBORD)) || text.is_just(token, words![",", ";", ":", "—"]) {
                self.relative = self.relative.filter(|_| text.shape(token) != Shape::Punct);
                fresh = true;
            } else if text.shape(token) == Shape::Lower
                && !class.has(Class::ADV.with(Class::DET).with(Class::PREP).with(Class::EPITHET))
            {
                fresh = false;
            }
            token += 1;
        }
    }

    /// A comma, an article and a noun between a name and “who”.
    fn tells_of(&self, end: usize, who: usize) -> bool {
        const NOUNS: usize = 6;
        let text = self.text;
        text.is(end, ",")
            && text.is_one(end + 1, words!["a", "an", "the"])
            && who <= end + 2 + NOUNS
            && (end + 2..who).all(|t| text.shape(t) != token::Shape::Punct && !text.class(t).has(Class::PREP))
    }

    fn named(&self, token: usize) -> Option<Mention> {
        let at = self.entities.mention_from(token);
        let mention = self.entities.mentions.get(at).filter(|m| m.first == token)?;
        self.entities.all[mention.entity].is_somebody().then_some(*mention)
    }

    /// Over the actor in brackets behind a role.
    fn behind_bracket(&self, token: usize) -> usize {
        const LONGEST: usize = 8;
        if !self.text.is(token, "(") {
            return token;
        }
        (token..token + LONGEST)
            .find(|t| self.text.is(*t, ")"))
            .map_or(token, |t| t + 1)
    }

    /// Somebody is named: who is the subject of the clause is another, and what stood in front may mean them.
    fn name(&mut self, id: Id, number: usize, acts: bool, subject: Option<Who>, fronted: &mut Vec<usize>) {
        if let (Some(Who::Clue(clue)), false) = (subject, acts) {
            self.clues[clue].who.retain(|(who, _)| *who != id);
        }
        const AHEAD: f32 = 0.8;
        for clue in fronted.drain(..) {
            if acts && !self.clues[clue].who.iter().any(|(who, _)| *who == id) {
                self.clues[clue].who.push((id, AHEAD));
            }
        }
        let subject = acts
            || self
                .seen
                .iter()
                .any(|s| s.id == id && s.sentence == number && s.subject);
        self.seen.retain(|s| s.id != id);
        self.seen.insert(
            0,
            Seen {
                id,
                sentence: number,
                subject,
            },
        );
        self.seen.truncate(MEMORY);
    }

    fn pronoun(&mut self, token: usize, number: usize, subject: Option<Who>) -> usize {
        const NEXT: f32 = 0.7;
        const OBJECT: f32 = 0.8;
        const OWN: f32 = 1.3;
        const APART: f32 = 0.3;
        let text = self.text;
        let class = text.class(token);
        let object = is_object(text, token);
        let owns = !object && !class.has(Class::NOMINATIVE);
        let bearer = owns.then(|| self.owned(token)).flatten();
        let mut who = Vec::new();
        let barred = |id: Id| {
            let own = matches!(subject, Some(Who::Named(subject)) if subject == id);
            own && object || bearer == Some(id)
        };
        for seen in self.seen.iter().filter(|s| !barred(s.id)) {
            let back = number - seen.sentence;
            let mut weight = NEXT.powi(i32::try_from(back.min(MEMORY)).unwrap_or(0));
            weight *= if seen.subject { 1.0 } else { OBJECT };
            let own = matches!(subject, Some(Who::Named(id)) if id == seen.id);
            weight *= if own && owns { OWN } else { 1.0 };
            // `Kim, a lawyer who signed away his years when he was a child`: he is Kim.
            weight *= if self.relative.is_some_and(|id| id != seen.id) {
                APART
            } else {
                1.0
            };
            // Anybody of the scene may be meant, but those who were told of lately likelier.
            who.push((seen.id, if back > BACK { FAR } else { weight.max(FAR) }));
        }
        self.go_on(&mut who, class, number, &barred);
        // `Kim turns around and asks him`: nobody else has come in.
        if who.is_empty() {
            const WAITING: f32 = 0.5;
            let waiting = self.waiting.iter().filter(|id| !barred(**id));
            who.extend(waiting.map(|id| (*id, WAITING)));
        }
        let apart = match subject {
            Some(Who::Clue(clue)) if object => Some(clue),
            _ => None,
        };
        self.clues.push(Clue {
            she: class.has(Class::SHE),
            who,
            apart,
        });
        let clue = self.clues.len() - 1;
        self.last[usize::from(class.has(Class::SHE))] = Some((clue, number));
        clue
    }

    /// `Kim asks her whether she has. She thinks it over.`: the pronoun before meant somebody, and so does this one.
    fn go_on(&self, who: &mut Vec<(Id, f32)>, class: Class, number: usize, barred: &dyn Fn(Id) -> bool) {
        const SAME: f32 = 0.8;
        let last = self.last[usize::from(class.has(Class::SHE))].filter(|(_, sentence)| sentence + 2 >= number);
        let Some(before) = last.and_then(|(clue, _)| self.clues.get(clue)) else {
            return;
        };
        for (id, weight) in before.who.iter().filter(|(id, _)| !barred(*id)) {
            match who.iter_mut().find(|(other, _)| other == id) {
                Some((_, own)) => *own = own.max(weight * SAME),
                None => who.push((*id, weight * SAME)),
            }
        }
    }

    /// `her partner Na Ri`: who is owned is not who owns.
    fn owned(&self, token: usize) -> Option<Id> {
        const NOUNS: usize = 4;
        let noun = |t: &usize| {
            self.text.shape(*t) == token::Shape::Lower && !self.text.class(*t).has(Class::PREP.with(Class::AUX))
        };
        let end = (token + 1..).take(NOUNS).find(|t| !noun(t))?;
        (end > token + 1)
            .then(|| self.named(end))
            .flatten()
            .map(|m| self.roles[m.entity])
    }
}

/// Who is called what, the surer the worse the other way would fit.
fn tell(clues: &[Clue], entities: &mut Entities) {
    const ENOUGH: f32 = 0.8;
    const MOST: f32 = 4.0;
    let mut met: Vec<Id> = Vec::new();
    for (id, _) in clues.iter().flat_map(|c| &c.who) {
        if !met.contains(id) && met.len() < CAST {
            met.push(*id);
        }
    }
    let leans = |id: Id| match entities.all[id].leans {
        Some(true) => LEANS,
        Some(false) => -LEANS,
        None => 0.0,
    };
    let known = |id: &Id| {
        let e = &entities.all[*id];
        (e.she - e.he) * KNOWN + leans(*id) + e.actor.map_or(0.0, leans)
    };
    let table = Table {
        odds: met.iter().map(known).collect(),
        clues,
        met,
    };
    let mut likeliest: Vec<bool> = table.odds.iter().map(|odds| *odds > 0.0).collect();
    let mut best = table.climb(&mut likeliest, None);
    let mut told = vec![0.0; table.met.len()];
    for at in 0..table.met.len() {
        let mut other = likeliest.clone();
        other[at] = !other[at];
        let score = table.climb(&mut other, Some(at));
        told[at] = if other[at] { score - best } else { best - score };
        // The way up went over this one: the other is the likelier after all.
        if score > best {
            (likeliest, best) = (other, score);
        }
    }
    for (id, side) in table.met.iter().zip(told) {
        if side.abs() < ENOUGH {
            continue;
        }
        let side = (side / KNOWN).clamp(-MOST, MOST);
        for one in [Some(*id), entities.all[*id].actor].into_iter().flatten() {
            entities.all[one].she = side.max(0.0);
            entities.all[one].he = (-side).max(0.0);
        }
    }
}

/// What is known of those who are met, and the pronouns that tell the rest.
struct Table<'a> {
    met: Vec<Id>,
    /// That each is “she”, as a logarithm of odds, by names and nouns.
    odds: Vec<f32>,
    clues: &'a [Clue],
}

impl Table<'_> {
    /// Changes one after the other as long as that fits better; `fixed` stays. The score of where it ends.
    fn climb(&self, she: &mut [bool], fixed: Option<usize>) -> f32 {
        let mut best = self.score(she);
        for _ in 0..PASSES {
            let before = best;
            for at in (0..she.len()).filter(|at| Some(*at) != fixed) {
                she[at] = !she[at];
                let score = self.score(she);
                if score > best {
                    best = score;
                } else {
                    she[at] = !she[at];
                }
            }
            if best <= before {
                break;
            }
        }
        best
    }

    /// How well the names and the pronouns fit a way to call everybody.
    fn score(&self, she: &[bool]) -> f32 {
        let names: f32 = self
            .odds
            .iter()
            .zip(she)
            .map(|(odds, she)| if *she { *odds } else { 0.0 })
            .sum();
        let is = |id: Id| self.met.iter().position(|m| *m == id).is_none_or(|at| she[at]);
        let fits = |clue: &Clue, other: Option<Id>| {
            // The further off all are, the likelier a stranger is meant.
            let (mut agree, mut all) = (STRANGER, STRANGER);
            for (id, weight) in clue.who.iter().filter(|(id, _)| Some(*id) != other) {
                all += weight;
                agree += if is(*id) == clue.she { *weight } else { 0.0 };
            }
            agree / all
        };
        let clues = self.clues.iter().filter(|c| !c.who.is_empty()).map(|clue| {
            // Who is the subject of the clause is not its object.
            let subject = clue.apart.and_then(|at| self.clues.get(at));
            let other = subject.and_then(|s| {
                let mut agreeing = s.who.iter().filter(|(id, _)| is(*id) == s.she);
                agreeing.next().filter(|_| agreeing.next().is_none()).map(|(id, _)| *id)
            });
            fits(clue, other).ln()
        });
        names + clues.sum::<f32>()
    }
}
