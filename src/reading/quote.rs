//! From spans and claims to quotes: parts are joined, speakers named, kinds and actors told.

use super::attribution::{Claim, Claims, Rule, Sieves};
use super::entity::{Entities, Entity, Id, Nature, Trade};
use super::judged::Judged;
use super::lexicon::Class;
use super::lexicon::trades::{AGENCY_HEAD, MAKER};
use super::resolve::{Choice, Place, Speaker};
use super::statement::Block;
use super::subject;
use super::text::Text;
use crate::model::reading::Attribution;
use crate::model::{Quote, QuoteKind};
use std::ops::Range;

/// Below this sureness the speaker is left out: null rather than a guess.
pub const LINE: f32 = 0.6;

/// A quote on its way, with what the trace tells about it.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Byte ranges of the body.
    pub parts: Vec<Range<usize>>,
    /// Who, by which rule. Behind a pointer, as it came: a text of nothing but quotes has thousands.
    pub claim: Box<Claim>,
    /// The first of the outer spans it was made of, and one past the last; none for a block without marks.
    made_of: Range<u32>,
}

impl Draft {
    /// The first of the outer spans it was made of; none for a block without marks.
    #[must_use]
    pub fn first_span(&self) -> Option<usize> {
        (!self.made_of.is_empty()).then_some(self.made_of.start as usize)
    }

    /// The outer spans it was made of: what is no speech between two of them is none of it.
    pub fn spans(&self, judged: &[Judged]) -> impl Iterator<Item = usize> {
        let (first, end) = (self.made_of.start as usize, self.made_of.end as usize);
        (first..end).filter(|n| judged[*n].is_speech())
    }

    /// The last of them.
    fn last_span(&self) -> Option<usize> {
        self.first_span().map(|_| self.made_of.end as usize - 1)
    }
}

/// Joins the parts of split and continued quotes and adds the blocks without marks.
#[must_use]
pub fn drafts(sieves: &Sieves<'_>, claims: Claims, blocks: &[Block]) -> Vec<Draft> {
    let text = sieves.text;
    let mut drafts: Vec<Draft> = Vec::with_capacity(claims.iter().flatten().count() + blocks.len());
    let mut middles = sieves.spans.middles.iter().peekable();
    for (number, claim) in claims.into_iter().enumerate() {
        let Some(claim) = claim else { continue };
        let span = &sieves.spans.outer[number];
        // Marks inside an answer without marks are part of it.
        let block = blocks.partition_point(|b| b.paras.end <= span.para);
        if blocks.get(block).is_some_and(|b| b.paras.contains(&span.para)) {
            continue;
        }
        let Some(part) = range(text, span.first(), span.close) else {
            continue;
        };
        let joined = drafts
            .last_mut()
            .filter(|d| d.last_span() == sieves.spoken_before(number));
        // A text has fewer spans than bytes, which are counted with 32 bits.
        let span_number = number as u32;
        match joined {
            Some(draft) if claim.rule == Rule::Continued || claim.rule == Rule::Split => {
                draft.parts.push(part);
                draft.made_of.end = span_number + 1;
            }
            _ => {
                // Every third quote has two parts.
                let mut parts = Vec::with_capacity(2);
                parts.push(part);
                let made_of = span_number..span_number + 1;
                drafts.push(Draft { parts, claim, made_of });
            }
        }
        if !span.closed
            && let Some(draft) = drafts.last_mut()
        {
            // Paragraphs of the quote that bear no marks.
            while let Some((_, first, last)) =
                middles.next_if(|(para, _, _)| *para <= span.para + 9 && *para > span.para)
            {
                draft.parts.extend(range(text, *first, *last));
            }
        }
    }
    for block in blocks {
        let parts: Vec<Range<usize>> = block
            .paras
            .clone()
            .filter_map(|p| {
                let para = text.paras[p];
                range(
                    text,
                    para.first + if p == block.paras.start { block.skip } else { 0 },
                    para.last - if p + 1 == block.paras.end { block.drop } else { 0 },
                )
            })
            .collect();
        if !parts.is_empty() {
            drafts.push(Draft {
                parts,
                claim: Box::new(block_claim(sieves, block)),
                made_of: 0..0,
            });
        }
    }
    // No two begin at one byte, and a sort that keeps the order of equals would take the room of all drafts once more.
    drafts.sort_unstable_by_key(|d| d.parts.first().map_or(0, |p| p.start));
    drafts
}

fn block_claim(sieves: &Sieves<'_>, block: &Block) -> Claim {
    let rule = if block.answer { Rule::Labelled } else { Rule::Statement };
    let one = |id: Id, sure: f32| {
        Some(Choice {
            speaker: Speaker::One(id),
            sure,
            candidates: Vec::new(),
        })
    };
    if !block.both.is_empty() {
        return Claim {
            rule,
            choice: Some(Choice {
                speaker: Speaker::Several(block.both.clone()),
                sure: 0.9,
                candidates: Vec::new(),
            }),
            scene: false,
        };
    }
    // `This is JTBC.` opens a statement, and says whose it is.
    if let Some(who) = block.who.or_else(|| introduces(sieves, block)) {
        let rule = if block.answer { Rule::Labelled } else { Rule::Statement };
        return Claim {
            rule,
            choice: one(who, 0.95),
            scene: false,
        };
    }
    if block.answer {
        return Claim {
            rule,
            choice: sieves.resolver.main.and_then(|m| one(m, 0.88)),
            scene: false,
        };
    }
    let reference = subject::of_clause(sieves.text, sieves.entities, block.lead.start, block.lead.end);
    let choice = reference.and_then(|reference| {
        let para = block.paras.start;
        let place = Place {
            token: block.lead.end,
            last: None,
            since: 0,
            reply: false,
            para,
            quote: (block.lead.end, block.lead.end),
            scene: false,
            focus: None,
            reacts: false,
            other: None,
            earlier: None,
            stranger: None,
            pair: [None; 2],
            reported: false,
        };
        sieves.resolver.resolve(&reference, place)
    });
    Claim {
        rule,
        choice,
        scene: false,
    }
}

/// `This is JTBC.`, `Hello, this is Kim.`: who speaks a block says so in its first words.
fn introduces(sieves: &Sieves<'_>, block: &Block) -> Option<Id> {
    const REACH: usize = 5;
    let text = sieves.text;
    let para = text.paras.get(block.paras.start)?;
    let is = (para.first..para.last.min(para.first + REACH)).find(|t| text.is(*t, "this") && text.is(t + 1, "is"))?;
    let mention = sieves.entities.between(is + 2, is + 2 + REACH).iter().find(|m| {
        (is + 2..m.first).all(|t| !text.class(t).has(Class::DET)) && matches!(text.sign(m.last), b'.' | b',' | b'!')
    })?;
    Some(mention.entity)
}

/// The bytes of some tokens.
fn range(text: &Text, first: usize, last: usize) -> Option<Range<usize>> {
    (first < last).then(|| text.tokens[first].start as usize..text.tokens[last - 1].end() as usize)
}

/// The quotes, cut from the body.
#[must_use]
pub fn cut(text: &Text, entities: &Entities, drafts: Vec<Draft>) -> Vec<Quote> {
    let mut quotes = Vec::with_capacity(drafts.len());
    for Draft { parts, claim, .. } in drafts {
        quotes.extend(Quote::cut(&text.body, parts, attribution(entities, &claim)));
    }
    quotes
}

/// Speaker, actor, kind and sureness of a claim.
#[must_use]
pub fn attribution(entities: &Entities, claim: &Claim) -> Attribution {
    let Some(choice) = claim.choice.as_ref().filter(|c| c.sure >= LINE) else {
        let kind = claim.choice.as_ref().map_or(
            if claim.scene {
                QuoteKind::Character
            } else {
                QuoteKind::Cast
            },
            |c| kind(entities, &c.speaker),
        );
        return Attribution {
            speaker: None,
            actor: None,
            kind,
            confidence: claim.choice.as_ref().map_or(0.2, |c| c.sure.min(0.5)),
        };
    };
    let actor = match &choice.speaker {
        Speaker::One(id) if entities.all[*id].nature == Nature::Character => {
            entities.all[*id].actor.map(|a| entities.all[a].name.clone())
        }
        Speaker::Younger(id) => entities.all[*id].young.map(|a| entities.all[a].name.clone()),
        // Who goes by a first name alone is a character, and nobody says who plays it.
        Speaker::Played(id) => Some(entities.all[*id].name.clone()).filter(|name| name.contains(' ')),
        _ => None,
    };
    Attribution {
        speaker: Some(name(entities, &choice.speaker)),
        actor,
        kind: match choice.speaker {
            // Who has no name in a scene is somebody of the drama.
            Speaker::Unnamed {
                kind: QuoteKind::Other, ..
            } if claim.scene => QuoteKind::Character,
            _ => kind(entities, &choice.speaker),
        },
        confidence: choice.sure,
    }
}

fn name(entities: &Entities, speaker: &Speaker) -> String {
    match speaker {
        Speaker::One(id) | Speaker::Played(id) | Speaker::Younger(id) => entities.all[*id].name.clone(),
        Speaker::Several(ids) => {
            let names: Vec<&str> = ids.iter().map(|id| entities.all[*id].name.as_str()).collect();
            match &names[..] {
                [] => String::new(),
                [one] => (*one).to_owned(),
                [first @ .., last] => format!("{} and {last}", first.join(", ")),
            }
        }
        Speaker::Team => "production team".to_owned(),
        Speaker::Unnamed { role, .. } => role.clone(),
        Speaker::AgencyOf(id) => format!("{}'s agency", entities.all[*id].name),
    }
}

/// What a speaker is.
pub(super) fn kind(entities: &Entities, speaker: &Speaker) -> QuoteKind {
    match speaker {
        Speaker::One(id) => kind_of(&entities.all[*id]),
        Speaker::Played(_) | Speaker::Younger(_) => QuoteKind::Character,
        Speaker::Several(ids) => ids.first().map_or(QuoteKind::Other, |id| kind_of(&entities.all[*id])),
        Speaker::Team => QuoteKind::Staff,
        Speaker::Unnamed { kind, .. } => *kind,
        Speaker::AgencyOf(_) => QuoteKind::Agency,
    }
}

fn kind_of(entity: &Entity) -> QuoteKind {
    if entity.nature == Nature::Person && entity.nouns.iter().any(|n| n == AGENCY_HEAD) {
        return QuoteKind::Agency;
    }
    match (entity.nature, entity.trade) {
        (Nature::Character, _) => QuoteKind::Character,
        (Nature::Company, Trade::Staff) => QuoteKind::Staff,
        (Nature::Company, Trade::Host) if entity.nouns.iter().any(|n| n == MAKER) => QuoteKind::Agency,
        (Nature::Company, Trade::Host) => QuoteKind::Other,
        (Nature::Company, _) => QuoteKind::Agency,
        (Nature::Station, _) | (_, Trade::Host) => QuoteKind::Other,
        (_, Trade::Staff) => QuoteKind::Staff,
        _ if entity.guest => QuoteKind::Other,
        _ => QuoteKind::Cast,
    }
}
