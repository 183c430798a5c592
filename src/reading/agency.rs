//! Which agency belongs to whom: `X’s agency A`, `his agency A`, `A, X’s agency`, `A (X’s label)`.

use super::entity::{Entities, Id, Nature};
use super::lexicon::Class;
use super::text::{Shape, Text};

/// Binds people to the agencies named beside them.
pub fn bind(text: &Text, entities: &mut Entities, main: Option<Id>) {
    let mut bonds = Vec::new();
    for (number, mention) in entities.mentions.iter().enumerate() {
        if entities.all[mention.entity].nature != Nature::Company {
            continue;
        }
        // `her agency, Onda Entertainment`.
        let comma = usize::from(mention.first > 1 && text.is(mention.first - 1, ","));
        let noun = mention
            .first
            .checked_sub(1 + comma)
            .filter(|t| text.class(*t).has(Class::AGENCY));
        let owner = match noun {
            Some(noun) if noun > 0 && text.shape(noun - 1) == Shape::Clitic => entities.mentions[..number]
                .last()
                .filter(|m| m.last == noun - 1)
                .map(|m| m.entity),
            Some(noun) if noun > 0 && text.class(noun - 1).has(Class::HE.with(Class::SHE)) => {
                let she = text.class(noun - 1).has(Class::SHE);
                let near = entities.mentions[..number].iter().rev().take(8).find(|m| {
                    let e = &entities.all[m.entity];
                    e.nature == Nature::Person && !m.in_speech && e.is_she() != Some(!she)
                });
                near.map(|m| m.entity).or(main)
            }
            Some(_) => main,
            None => {
                // `A, the agency of X`, `A, X’s agency,`.
                let next = entities
                    .mentions
                    .get(number + 1)
                    .filter(|m| m.first <= mention.last + 6);
                next.filter(|m| {
                    text.shape(m.last) == Shape::Clitic && text.class(m.last + 1).has(Class::AGENCY)
                        || (mention.last..m.first).any(|t| text.class(t).has(Class::AGENCY))
                })
                .map(|m| m.entity)
            }
        };
        if let Some(owner) = owner.filter(|o| entities.all[*o].nature == Nature::Person) {
            bonds.push((owner, mention.entity));
        }
    }
    for (owner, agency) in bonds {
        entities.all[owner].agency.get_or_insert(agency);
    }
}
