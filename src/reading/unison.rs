//! Who speaks in unison: `they promised together`, `Do and Mo replied at the same time`, `The answer came from all four at
//! once`, `the three siblings spoke as one`.
//!
//! A clause that says so says as well that they are several. Who they are, a list of names tells, or as many people as the
//! clause counts whom the article last told of together, or those of its cast who are named first.

use super::attribution::{Claim, Rule, Sieves};
use super::entity::{Id, Nature, Trade};
use super::lexicon::Class;
use super::print::{Words, words};
use super::resolve::{Choice, Speaker};
use super::sentence;
use super::text::Shape;
use std::ops::Range;

/// A clause of speech is no longer.
const REACH: usize = 40;
/// No more people speak in unison by name.
const MOST: usize = 6;

impl Sieves<'_> {
    /// Gives words that are said in unison to all who say them, and says whether they are.
    pub(super) fn in_unison(&self, number: usize, claim: &mut Claim) -> bool {
        if claim.scene || claim.rule == Rule::Continued {
            return false;
        }
        let Some((clause, joint)) = self.clauses_beside(number).into_iter().flatten().find_map(|clause| {
            let joint = self.joint_in(&clause)?;
            Some((clause, joint))
        }) else {
            return false;
        };
        let Some(group) = self
            .listed_before(&clause, joint)
            .or_else(|| self.counted_in(&clause, joint))
        else {
            return false;
        };
        claim.choice = Some(Choice {
            speaker: Speaker::Several(group),
            sure: 0.8,
            candidates: Vec::new(),
        });
        true
    }

    /// The narrative in front of a quote and behind it, as far as the sentences go; where nothing stands in front, the sentence
    /// before.
    fn clauses_beside(&self, number: usize) -> [Option<Range<usize>>; 2] {
        let span = &self.spans.outer[number];
        let sentences = self.resolver.sentences;
        let here = sentence::at(sentences, span.open);
        let own = sentences[here].first.max(span.open.saturating_sub(REACH))..span.open;
        let mark = |t: usize| self.text.shape(t) == Shape::Mark;
        let before = match own.is_empty() {
            false => Some(own),
            true => here
                .checked_sub(1)
                .map(|n| &sentences[n])
                .filter(|s| s.para == span.para && s.last == span.open)
                .map(|s| s.first.max(s.last.saturating_sub(REACH))..s.last),
        };
        let from = span.after();
        let end = sentences
            .get(sentence::at(sentences, from))
            .filter(|s| s.para == span.para)
            .map_or(from, |s| s.last.min(from + REACH));
        let end = (from..end).find(|t| mark(*t)).unwrap_or(end);
        // `With that, they shout together, “…”`: what leads to the next quote tells nothing of this one.
        let end = if mark(end) && matches!(self.text.sign(end - 1), b',' | b':') {
            from
        } else {
            end
        };
        let plain = |clause: &Range<usize>| !clause.is_empty() && !clause.clone().any(mark);
        let behind = Some(from..end).filter(plain);
        // `All three groaned in unison. “The mud,” said Ong`: who is named behind it speaks alone.
        let says = |t: usize| self.text.class(t).has(Class::SAY) && self.text.shape(t) == Shape::Lower;
        let alone = behind.as_ref().is_some_and(|b| {
            b.clone().take(MOST).any(says) && !b.clone().take(MOST).any(|t| self.text.class(t).has(Class::THEY))
        });
        [behind, before.filter(plain).filter(|_| !alone)]
    }

    /// Where a clause says that somebody speaks together: the verb.
    fn joint_in(&self, clause: &Range<usize>) -> Option<usize> {
        const NEAR: usize = 8;
        let text = self.text;
        let together = |t: usize| match text.initial(t) {
            b'i' => text.is(t, "in") && text.is_one(t + 1, words!["unison", "chorus", "sync", "concert"]),
            b'w' => text.is(t, "with") && text.is(t + 1, "one") && text.is(t + 2, "voice"),
            b'a' => {
                text.is(t, "as") && text.is(t + 1, "one") && !text.is_word(t + 2)
                    || text.is(t, "at") && text.is(t + 1, "the") && text.is(t + 2, "same") && text.is(t + 3, "time")
                    || text.is(t, "at") && text.is(t + 1, "once")
            }
            b't' => text.is(t, "together") && !text.is_word(t + 1),
            b's' => text.is(t, "simultaneously"),
            _ => false,
        };
        let says = |t: usize| {
            let calls = text.is_one(t, words!["call", "calls", "called", "calling"]) && text.is(t + 1, "out");
            let class = text.class(t);
            text.shape(t) == Shape::Lower
                && (class.has(Class::SAY) || calls || text.is_one(t, SPEAKS))
                && !class.has(Class::PREP.with(Class::DET))
        };
        let marker = clause.clone().find(|t| together(*t))?;
        // `shouted the slogan of the troop together`, `in unison, they shouted`.
        let before = (clause.start.max(marker.saturating_sub(NEAR))..marker)
            .rev()
            .find(|t| says(*t));
        before.or_else(|| (marker..clause.end.min(marker + NEAR)).find(|t| says(*t)))
    }

    /// `Do and Mo replied`: the names of a list that is the subject of the verb.
    fn listed_before(&self, clause: &Range<usize>, verb: usize) -> Option<Vec<Id>> {
        let text = self.text;
        let joins = |t: usize| text.is(t, "and") || text.is(t, "&") || text.is(t, ",");
        // A surname that is a word is no mention where nothing but its company says that it is a name.
        let somebody = |t: usize| {
            if let Some(mention) = self.entities.covering(t) {
                return Some((mention.entity, mention.first));
            }
            let key = super::entity::key(text.word(t));
            let bearers = self.entities.named(&key);
            (text.is_capital(t) && bearers.len() == 1).then(|| (bearers[0].0, t))
        };
        let and = (clause.start + 1..verb)
            .rev()
            .find(|t| text.is(*t, "and") && somebody(t + 1).is_some())?;
        let mut group = vec![somebody(and + 1)?.0];
        let mut at = and;
        while at > clause.start && joins(at) && group.len() < MOST {
            let last = at - 1 - usize::from(at > clause.start + 1 && joins(at - 1));
            let Some((id, first)) = somebody(last) else { break };
            if !group.contains(&id) {
                group.push(id);
            }
            let Some(next) = first.checked_sub(1) else { break };
            at = next;
        }
        group.reverse();
        let real = group.iter().all(|id| self.entities.all[*id].nature == Nature::Person);
        (group.len() > 1 && real).then_some(group)
    }

    /// `they`, `the two leads`, `all four`: as many as the clause counts.
    fn counted_in(&self, clause: &Range<usize>, verb: usize) -> Option<Vec<Id>> {
        let text = self.text;
        let subject = |t: &usize| {
            let class = text.class(*t);
            class.has(Class::PLURAL) && !class.has(Class::FIRST)
                || class.has(Class::THEY)
                || text.is_one(*t, COMPANY)
                || counts(text.word(*t)).is_some()
        };
        // `The answer came from all four actors at once` has its subject behind the verb.
        let subject = (clause.start..clause.end.min(verb + MOST)).find(|t| subject(t))?;
        let near = subject.saturating_sub(2)..(subject + 3).min(clause.end);
        let wanted = near.clone().find_map(|t| counts(text.word(t)));
        let many = wanted.or_else(|| self.counted_lately(clause.start)).unwrap_or(2);
        let leads = near
            .into_iter()
            .any(|t| text.is_one(t, words!["leads", "stars", "actors", "actresses", "cast"]));
        let together = || self.told_together(clause.start, many);
        let group = match leads {
            true => together(),
            false => self.told_lately(clause.start, many).or_else(together),
        };
        let first = || self.first_of_the_cast(many, wanted.is_some() && leads);
        match leads {
            true => group
                .filter(|g| g.iter().all(|id| self.resolver.is_cast(*id)))
                .or_else(first),
            false => group.or_else(first),
        }
    }

    /// `The three siblings gave each other a look. “…,” they urged together`.
    fn counted_lately(&self, end: usize) -> Option<usize> {
        let text = self.text;
        let para = text.para_of(end.saturating_sub(1));
        let from = text.paras[para.saturating_sub(1)]
            .first
            .max(end.saturating_sub(2 * REACH));
        let people = |t: usize| {
            let next = text.class(t + 1);
            next.has(Class::PLURAL.with(Class::AUX).with(Class::SAY)) || text.is(t + 1, "of")
        };
        (from..end)
            .rev()
            .find_map(|t| counts(text.word(t)).filter(|_| people(t) || text.is(t, "both") || text.is(t, "trio")))
    }

    /// The last so many people of the cast of whom a sentence told together, or who spoke in turn.
    fn told_together(&self, end: usize, many: usize) -> Option<Vec<Id>> {
        const MENTIONS: usize = 160;
        let mentions = &self.entities.mentions[..self.entities.mention_from(end)];
        let mut sentence = usize::MAX;
        let mut group: Vec<Id> = Vec::new();
        for mention in mentions
            .iter()
            .rev()
            .take(MENTIONS)
            .filter(|m| !m.in_speech && self.resolver.is_cast(m.entity))
        {
            let here = self.resolver.sentence(mention.first);
            if here != sentence {
                if group.len() == many {
                    break;
                }
                group.clear();
                sentence = here;
            }
            if !group.contains(&mention.entity) {
                group.push(mention.entity);
            }
        }
        group.reverse();
        (group.len() == many).then_some(group)
    }

    /// The people whom this paragraph and the one before tell of, where they are so many: of the cast, or of those who made it.
    fn told_lately(&self, end: usize, many: usize) -> Option<Vec<Id>> {
        let from = self.text.paras[self.text.para_of(end).saturating_sub(1)].first;
        let told = |fits: &dyn Fn(Id) -> bool| {
            let mut group: Vec<Id> = Vec::new();
            for mention in self.entities.between(from, end).iter().filter(|m| !m.in_speech) {
                if fits(mention.entity) && !group.contains(&mention.entity) {
                    group.push(mention.entity);
                }
            }
            (group.len() == many).then_some(group)
        };
        let made = |id: Id| {
            let e = &self.entities.all[id];
            e.nature == Nature::Person && e.trade == Trade::Staff
        };
        told(&|id| self.resolver.is_cast(id)).or_else(|| told(&made))
    }

    /// The whole cast, where it is so many, or those of them whom the article named first.
    fn first_of_the_cast(&self, many: usize, leads: bool) -> Option<Vec<Id>> {
        let all = &self.entities.all;
        let mut cast: Vec<Id> = (0..all.len().min(super::resolve::MANY))
            .filter(|id| self.resolver.is_cast(*id))
            .collect();
        cast.sort_by_key(|id| all[*id].first);
        if leads {
            cast.truncate(many);
        }
        (cast.len() == many).then_some(cast)
    }
}

/// Verbs of speech only where somebody else speaks as well.
const SPEAKS: Words = words![
    "spoke", "speak", "speaks", "chorus", "chorused", "cheered", "cheer", "came", "bow", "sang", "chanted", "scream",
];

/// Several, by what they are to each other.
const COMPANY: Words = words![
    "friends",
    "siblings",
    "sisters",
    "brothers",
    "members",
    "bandmates",
    "castmates",
    "co-stars",
    "guests",
    "hosts",
    "girls",
    "boys",
    "ladies",
    "women",
    "men",
    "kids",
    "children",
    "teammates",
    "newlyweds",
    "lovers",
    "exes",
    "rivals",
    "rookies",
    "veterans",
    "actors",
    "actresses",
    "stars",
    "leads",
    "cast",
];

/// How many a word counts.
fn counts(word: &str) -> Option<usize> {
    let many = match word {
        "two" | "both" | "pair" | "duo" | "couple" | "twins" => 2,
        "three" | "trio" | "threesome" => 3,
        "four" | "quartet" | "foursome" => 4,
        "five" | "quintet" => 5,
        _ => return None,
    };
    Some(many)
}
