//! Which agency belongs to whom: `X’s agency A`, `his agency A`, `A, X’s agency`, `A (X’s label)`.

use super::entity::{Entities, Id, Nature, Trade};
use super::lexicon::Class;
use super::resolve::MANY;
use super::text::{Shape, Text};

/// As far behind `his agency` it may be named.
const NEAR: usize = 60;

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
    // `his agency said`, and in the next sentence `Arang Actors said`: the only one that is nobody else's.
    let all = &entities.all;
    let Some(main) = main.filter(|main| all[*main].nature == Nature::Person && all[*main].agency.is_none()) else {
        return;
    };
    let taken = |id: &usize| all.iter().take(MANY).any(|e| e.agency == Some(*id));
    let introduced = |id: &usize| {
        let first = all[*id].first;
        (first.saturating_sub(NEAR)..first)
            .any(|t| text.class(t).has(Class::AGENCY) && t > 0 && text.class(t - 1).has(Class::HE.with(Class::SHE)))
    };
    let mut free = (0..all.len().min(MANY))
        .filter(|id| all[*id].nature == Nature::Company && all[*id].trade == Trade::Cast && !taken(id))
        .filter(introduced);
    if let (Some(agency), None) = (free.next(), free.next()) {
        entities.all[main].agency = Some(agency);
    }
}
