//! Why a reading came out as it did, for `daesa read --explain`.

use super::attribution::Rule;
use super::entity::{Entities, Nature};
use super::quote::{Draft, LINE};
use super::resolve::Speaker;
use super::scan::Spans;
use super::speech::Judged;
use super::text::Text;
use std::fmt;

/// The decisions of a reading. Its `Display` is meant for people.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    lines: Vec<String>,
}

impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.lines {
            writeln!(f, "{line}")?;
        }
        Ok(())
    }
}

impl Trace {
    /// Adds a line.
    pub fn say(&mut self, line: String) {
        self.lines.push(line);
    }

    /// Tells about every span in marks.
    pub fn spans(&mut self, text: &Text, spans: &Spans, judged: &[Judged], entities: &Entities, drafts: &[Draft]) {
        for (number, (span, judged)) in spans.outer.iter().zip(judged).enumerate() {
            let words = short(text.slice(span.first(), span.close));
            self.say(format!(
                "¶{} “{words}”: {:?}, {}",
                span.para + 1,
                judged.verdict,
                judged.why
            ));
            if let Some(draft) = drafts.iter().find(|d| d.first_span() == Some(number)) {
                self.draft(entities, draft);
            }
        }
        for draft in drafts.iter().filter(|d| d.first_span().is_none()) {
            let words = draft.parts.first().map_or("", |p| &text.body[p.clone()]);
            self.say(format!("without marks “{}”", short(words)));
            self.draft(entities, draft);
        }
    }

    fn draft(&mut self, entities: &Entities, draft: &Draft) {
        let claim = &draft.claim;
        let Some(choice) = &claim.choice else {
            self.say(format!("    {}: nobody", rule(claim.rule)));
            return;
        };
        let who = match &choice.speaker {
            Speaker::One(id) | Speaker::Younger(id) => entities.all[*id].name.clone(),
            Speaker::Played(id) => format!("whom {} plays", entities.all[*id].name),
            Speaker::Several(ids) => ids
                .iter()
                .map(|id| entities.all[*id].name.as_str())
                .collect::<Vec<_>>()
                .join(" + "),
            Speaker::Team => "production team".to_owned(),
            Speaker::Unnamed { role, .. } => role.clone(),
            Speaker::AgencyOf(id) => format!("the agency of {}", entities.all[*id].name),
        };
        let held = if choice.sure < LINE {
            ", below the line: left out"
        } else {
            ""
        };
        let parts = if draft.parts.len() > 1 {
            format!(", {} parts", draft.parts.len())
        } else {
            String::new()
        };
        self.say(format!(
            "    {}: {who}, {:.2} sure{held}{parts}",
            rule(claim.rule),
            choice.sure
        ));
        for candidate in &choice.candidates {
            self.say(format!(
                "        {:5.2} {}",
                candidate.score, entities.all[candidate.id].name
            ));
        }
    }

    /// Tells who everybody is taken for.
    pub fn people(&mut self, entities: &Entities) {
        for entity in &entities.all {
            let gender = match entity.is_she() {
                Some(true) => ", she",
                Some(false) => ", he",
                None => "",
            };
            let actor = entity
                .actor
                .map_or(String::new(), |a| format!(", played by {}", entities.all[a].name));
            let nature = match entity.nature {
                Nature::Person => "person",
                Nature::Character => "character",
                Nature::Company => "company",
                Nature::Station => "network",
            };
            self.say(format!(
                "{}: {nature}{gender}{actor}, evidence {:.1}",
                entity.name, entity.evidence
            ));
        }
    }
}

const fn rule(rule: Rule) -> &'static str {
    match rule {
        Rule::Before => "verb before it",
        Rule::Behind => "verb behind it",
        Rule::Colon => "colon before it",
        Rule::Split => "second part of a split quote",
        Rule::Continued => "goes on from the paragraph before",
        Rule::Sentence => "subject of the sentence in front",
        Rule::Continuity => "whoever spoke last goes on",
        Rule::Answer => "answer to a question",
        Rule::Labelled => "labelled answer",
        Rule::Statement => "statement behind its lead-in",
        Rule::Nobody => "no rule",
    }
}

fn short(words: &str) -> String {
    const SHOWN: usize = 70;
    if words.chars().count() <= SHOWN {
        words.to_owned()
    } else {
        words.chars().take(SHOWN).chain(['…']).collect()
    }
}
