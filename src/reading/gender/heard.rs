//! What one sentence tells of who is “he” and “she”, as it is read from its first word on.

use super::super::print::{Words, words};
use super::others::{admitting, is_debut, is_heard, is_object, is_other, is_what, owns_named};
use super::vote;
use crate::reading::entity::{Entities, Mention};
use crate::reading::lexicon::{Class, asked};
use crate::reading::looks::picked;
use crate::reading::sentence::Sentence;
use crate::reading::text::{Shape, Text};

/// As far behind its verb a clause may have its subject.
const CLAUSE: usize = 12;

/// What was read of a sentence so far.
#[derive(Default)]
pub struct Heard {
    /// The first somebody it names.
    somebody: Option<usize>,
    /// Somebody else is in it, too.
    others: bool,
    /// Its first pronoun, where that stands before a name; of no class where it can be nobody who is named.
    pronoun_before: Option<Class>,
    /// A comma stands behind that pronoun.
    comma: bool,
    /// The only name stands in a phrase in front: `When asked about Kim, she laughed`.
    fronted: bool,
    /// The pronoun is the first word and the subject: `She told Kim that`.
    opens: bool,
    /// He and she both stand before a name.
    mixed: bool,
    /// Of whom the clause that begins with “who” tells.
    relative: Option<usize>,
    /// `Kim, an interpreter`: who a noun behind a comma tells of, and the token behind its article.
    apposed: Option<(usize, usize)>,
    /// Of whom a clause behind such a noun tells: nobody else can be meant.
    sure: bool,
    /// Who confesses, and where: what is confessed is one's own.
    admits: Option<(usize, usize)>,
    /// The name stands behind the pronoun and a comma.
    named_behind: bool,
    /// Somebody comes in by a noun: `His friend of ten years`.
    another: bool,
    /// He or she does something before a name: a clause of its own.
    acts: bool,
    /// Another clause is joined to that one, and the name stands in it: `She digs, and Kim is her victim`.
    joined: bool,
    joined_on: bool,
    /// `Asked if she would return, Kim …`: who is asked is who is named.
    asked: bool,
    /// `One of them handed him a notebook`: the one to whom somebody without a name does something, before any other.
    object: Option<Class>,
    /// Whom the pronouns mean, and how surely.
    votes: Vec<(usize, Class, f32)>,
}

/// The article of a noun behind a comma that tells who was named: `Kim (Lee), an interpreter`.
fn apposed(text: &Text, last: usize) -> Option<usize> {
    const ACTOR: usize = 8;
    let comma = match text.word(last) {
        "(" => (last..last + ACTOR).find(|t| text.is(*t, ")"))? + 1,
        _ => last,
    };
    let article = text.is_one(comma + 1, words!["a", "an", "the"]);
    (text.is(comma, ",") && article).then_some(comma + 1)
}

fn is_same(entities: &Entities, one: usize, other: usize) -> bool {
    one == other || entities.all[one].actor == Some(other) || entities.all[other].actor == Some(one)
}

impl Heard {
    /// A name of somebody.
    pub fn name(&mut self, text: &Text, entities: &Entities, mention: &Mention, first: usize) {
        let same = self.somebody.is_some_and(|id| is_same(entities, id, mention.entity));
        self.others |= self.somebody.is_some() && !same;
        // `She was found by Kim while she …`: the pronoun in front is somebody else.
        let nominative = self.pronoun_before.is_some_and(|c| c.has(Class::NOMINATIVE));
        self.others |= self.somebody.is_none() && !self.comma && nominative;
        // `According to Kim, she …`, `When asked about working with Kim, he …`: she and he are somebody else.
        // `As for her days with Kim, who played a passenger, she …`.
        let clause = text.class(mention.last + 1).has(Class::NOMINATIVE) || text.is(mention.last + 1, "who");
        let reach = if clause { CLAUSE } else { 5 };
        // `As for Kim, she …` is of Kim.
        let before = mention.first.wrapping_sub(1);
        let topic = text.is(before, "for") && text.is(before.wrapping_sub(1), "as");
        // `The clip begins with Kim, who plays Dong, doing push-ups`: no phrase in front of a clause.
        let opener = text.bytes(first);
        let phrase = text.class(first).has(Class::PREP.with(Class::SUBORD).with(Class::ADV))
            || opener.ends_with(b"ing")
            || opener.ends_with(b"ed");
        let fronted = text.class(before).has(Class::PREP)
            && phrase
            && !topic
            && text.is(mention.last, ",")
            && mention.first < first + reach;
        self.others |= fronted;
        self.fronted |= fronted && self.somebody.is_none() && reach == CLAUSE;
        // `Kim, who drops his script`: what the clause says is said of Kim.
        // `Ko Na Ri (Kim), who goes back into the field when her son`.
        let close = mention.last + usize::from(text.is(mention.last, ")"));
        let at = close + usize::from(text.is(close, ","));
        self.relative = text.is(at, "who").then_some(mention.entity);
        self.sure = false;
        self.apposed = apposed(text, mention.last).map(|article| (mention.entity, article + 1));
        let opens = first + usize::from(text.is(first, "when"));
        let asked = nominative && self.comma && text.is_one(opens, words!["asked", "reminded", "pressed", "told"]);
        self.asked |= self.somebody.is_none() && asked && !self.joined;
        self.named_behind |= self.somebody.is_none() && self.comma && !self.joined;
        self.joined_on |= self.somebody.is_none() && self.joined;
        self.somebody = self.somebody.or(Some(mention.entity));
        self.admits = admitting(text, mention.last).then_some((mention.entity, mention.last));
    }

    /// Any words, a name's first word as well.
    #[inline]
    pub fn words(&mut self, text: &Text, entities: &Entities, first: usize, last: usize) {
        // Most words say nothing of anybody; a comma ends clauses, and `who` begins them.
        const TELLS: Class = Class::HE
            .with(Class::SHE)
            .with(Class::EPITHET)
            .with(Class::FEMALE)
            .with(Class::MALE)
            .with(Class::CONJ)
            .with(Class::PLURAL);
        const OPENERS: Words = words![",", "who", "whom"];
        let may = |token: usize| text.class(token).has(TELLS) | text.may_be_one(token, OPENERS);
        for token in picked(first, last, may) {
            let class = text.class(token);
            if class.has(TELLS) || text.is_one(token, OPENERS) {
                self.telling(text, entities, token, class);
            }
        }
    }

    /// A word that may say something of somebody.
    fn telling(&mut self, text: &Text, entities: &Entities, token: usize, class: Class) {
        let pronoun = class.has(Class::HE.with(Class::SHE));
        // `who played her estranged husband`: she is not the one who plays.
        // `stars as his wife`.
        let before = token.wrapping_sub(1);
        let played =
            pronoun && (text.is_in(before, asked::PLAYS) || text.is(before, "as") && !class.has(Class::NOMINATIVE));
        if played || owns_named(text, entities, token, self.relative.or(self.somebody)) {
            // `Kim as her partner Na Ri`: she is neither Kim nor Na Ri.
            self.others |= self.somebody.is_none();
            let nobody = self.somebody.is_none().then_some(Class::NONE);
            self.pronoun_before = self.pronoun_before.or(nobody);
        } else if is_other(text, token) {
            self.comes_in();
        } else if pronoun && is_object(text, token) {
            if self.somebody.is_none() && self.pronoun_before.is_none() {
                self.object = Some(class);
            }
            // `Director Kim put her fears to rest by casting her`: whose fears they were is whom he cast.
            const OWNED: f32 = 0.5;
            let she = class.has(Class::SHE);
            self.votes
                .retain(|(_, voted, weight)| *weight > OWNED || voted.has(Class::SHE) != she);
            // Somebody else is in the sentence.
            self.others = true;
            self.pronoun_before = self.pronoun_before.or(Some(Class::NONE));
        } else if pronoun {
            self.pronoun(text, token, class);
        } else if class.has(Class::CONJ) {
            self.joined |= self.acts && self.comma;
        } else if let Some((id, from)) = self.apposed.filter(|_| text.is(token, "who")) {
            const NOUNS: usize = 6;
            self.apposed = None;
            if token > from && token <= from + NOUNS {
                self.relative = Some(id);
                self.sure = true;
            }
        } else if text.is(token, ",") {
            self.apposed = self.apposed.filter(|(_, from)| token < *from);
            self.comma |= self.pronoun_before.is_some();
            self.relative = self.relative.filter(|_| text.is(token + 1, "who"));
        } else if class.has(Class::PLURAL)
            && !class.has(Class::NOMINATIVE)
            && text.word(token).ends_with('s')
            // `who stars as`: a verb.
            && (!text.is(token, "stars") || text.class(token.wrapping_sub(1)).has(Class::DET.with(Class::TITLE)))
        {
            self.others = true;
        }
        // `His friend of ten years`: no class has such nouns.
        if pronoun && (token + 1..token + 4).any(|t| text.is_in(t, asked::PARTNERS) && is_other(text, t)) {
            self.comes_in();
        }
    }

    /// Somebody else comes in by a noun.
    fn comes_in(&mut self) {
        self.another = true;
        self.others |= self.somebody.is_some() || self.pronoun_before.is_none();
        self.pronoun_before = self.pronoun_before.or(Some(Class::NONE));
    }

    /// A pronoun that may mean who was named.
    fn pronoun(&mut self, text: &Text, token: usize, class: Class) {
        const MOST: usize = 24;
        let nominative = class.has(Class::NOMINATIVE);
        let confessed = self.admits.filter(|(_, at)| token < at + CLAUSE && nominative);
        // `When asked about Kim, she laughed`: the one told of before.
        if self.fronted && nominative && self.pronoun_before.is_none() {
            self.pronoun_before = Some(class);
            self.opens = true;
            return;
        }
        // `Kim, she adds, would not let them`: whoever adds it is not Kim.
        let inserted = nominative
            && text.is(token.wrapping_sub(1), ",")
            && text.class(token + 1).has(Class::SAY)
            && text.is(token + 2, ",");
        if inserted {
            self.others = true;
            return;
        }
        match self.relative.or(self.somebody) {
            Some(_) if confessed.is_some() => self.votes.extend(confessed.map(|(id, _)| (id, class, 0.6))),
            // `Kim was shocked to hear that he`: what one hears is of another.
            // `…, to which she retorted`: another answers.
            Some(_)
                if nominative && text.is(token.wrapping_sub(1), "which") && text.is(token.wrapping_sub(2), "to") =>
            {
                self.others = true;
            }
            Some(_) if nominative && (is_heard(text, token) || is_what(text, token)) => self.others = true,
            // A sentence that says more than this says nothing new.
            Some(_) if self.votes.len() > MOST => {}
            Some(id) if self.relative.is_some() => {
                // `the only passenger who rides his bus`: what is somebody's there may be another's.
                let weight = match (self.sure, nominative) {
                    (true, true) => 1.2,
                    (true, false) => 0.0,
                    _ => 0.4,
                };
                self.votes.push((id, class, weight));
            }
            Some(id) if !self.others => {
                // What is “hers” may be another's: half a vote. Whose head is shaken is who shakes it.
                let body = !nominative && text.is_in(token + 1, asked::BODY);
                let sure = nominative || body || text.is(token + 1, "part");
                let doing = text.word(token.saturating_sub(1)).ends_with("ing") && !is_debut(text, token);
                // `Kim revealed that she came every day`: she may be the one who was told of in front.
                let revealed = nominative
                    && text.is(token.wrapping_sub(1), "that")
                    && text.class(token.wrapping_sub(2)).has(Class::SAY);
                let weight = match (sure, doing) {
                    (true, _) if revealed => 0.3,
                    (true, _) => 0.7,
                    (false, true) => 0.2,
                    (false, false) => 0.35,
                };
                self.votes.push((id, class, weight));
            }
            Some(_) => {}
            // `Asked about her role, his co-star`: she may be the one who comes in.
            None => {
                self.acts |= nominative;
                match self.pronoun_before {
                    None => {
                        self.pronoun_before = Some(class);
                        let begins =
                            text.word(token.wrapping_sub(1)).starts_with(['.', '!', '?', '”', '"']) || token == 0;
                        let behind = text.class(token + 1);
                        self.opens =
                            nominative && begins && !behind.has(Class::AUX) && text.shape(token + 1) == Shape::Lower;
                    }
                    Some(c) => self.mixed |= !c.has(Class::NOMINATIVE) && c.has(Class::SHE) != class.has(Class::SHE),
                }
            }
        }
    }

    /// Casts the votes. Where he and she both stand in one sentence, the first is the one who is named, unless its
    /// clause is another's: `Kim shuts the door, but once he has left, she cries`.
    pub fn cast(&self, entities: &mut Entities) {
        for (id, class, weight) in self.votes.iter().copied() {
            let same = |c: &Class| c.has(Class::SHE) == class.has(Class::SHE);
            let mut of_id = self
                .votes
                .iter()
                .filter(|(other, _, _)| *other == id)
                .map(|(_, c, _)| c);
            let mixed = of_id.clone().any(|c| !same(c));
            if of_id.next().is_some_and(same) {
                let less = mixed && class.has(Class::NOMINATIVE);
                vote(entities, id, class, if less { weight * 0.3 } else { weight });
            }
        }
    }

    /// `Kim is back. She …`: the sentence before named nobody else. `Regarding his role, Kim said`.
    pub fn cast_for_the_one_before(&self, entities: &mut Entities, sentence: &Sentence, alone: Option<(usize, usize)>) {
        if let (Some(class), Some((id, para)), None) = (self.object, alone, self.somebody)
            && para == sentence.para
        {
            vote(entities, id, class, 0.4);
        }
        let Some(class) = self.pronoun_before else { return };
        if class == Class::NONE {
            return;
        }
        if let Some((id, para)) = alone
            && para + 1 >= sentence.para
            && !self.mixed
            && self
                .somebody
                .is_none_or(|s| s == id || entities.all[s].actor == Some(id) || self.joined_on || self.opens)
        {
            vote(entities, id, class, if para == sentence.para { 0.6 } else { 0.45 });
        } else if let Some(id) = self.somebody
            && !self.others
            && (!class.has(Class::NOMINATIVE) || self.asked)
            && self.named_behind
        {
            vote(entities, id, class, 0.4);
        }
    }

    /// Whether it begins with “she” or “her” before it names anybody; `None` where it begins with neither gender.
    pub fn opens_with_she(&self) -> Option<bool> {
        let class = self.pronoun_before.or(self.object)?;
        class.has(Class::HE.with(Class::SHE)).then_some(class.has(Class::SHE))
    }

    /// What its pronouns tell of somebody, where they agree.
    pub fn told_as(&self, id: usize) -> Option<bool> {
        const SURE: f32 = 0.6;
        let mut of_id = self
            .votes
            .iter()
            .filter(|(voted, _, weight)| *voted == id && *weight >= SURE);
        let she = of_id.next()?.1.has(Class::SHE);
        of_id.all(|(_, class, _)| class.has(Class::SHE) == she).then_some(she)
    }

    /// Whether it names anybody.
    pub fn names_somebody(&self) -> bool {
        self.somebody.is_some()
    }

    /// The one whom a pronoun of the next sentence means.
    pub fn alone(&self, text: &Text, sentence: &Sentence, before: Option<(usize, usize)>) -> Option<(usize, usize)> {
        // `She explained that they had eaten, and Kim had panicked`: two of them.
        let two = (self.named_behind || self.joined_on)
            && self.pronoun_before.is_some_and(|c| c.has(Class::NOMINATIVE))
            && !text.class(sentence.first).has(Class::SUBORD.with(Class::PREP));
        if self.fronted && self.opens {
            return before;
        }
        // `His days with Kim were long. He …`: whose days they were.
        let owner = self
            .pronoun_before
            .is_some_and(|c| c != Class::NONE && !c.has(Class::NOMINATIVE))
            && !self.named_behind;
        match self.somebody {
            Some(_) if owner => None,
            Some(id) if !self.others && !two => Some((id, sentence.para)),
            Some(_) => None,
            // `The actress bows`: somebody else has come in.
            None => before.filter(|_| !self.another && self.pronoun_before.is_some_and(|c| c != Class::NONE)),
        }
    }
}
