//! Which agency belongs to whom: `X’s agency A`, `his agency A`, `A, X’s agency`, `A (X’s label)`.

use super::entity::{Entities, Id, Mention, Nature, Trade};
use super::lexicon::Class;
use super::represented;
use super::resolve::MANY;
use super::text::{Shape, Text};

/// `X is represented by A`, `X signed with A`, `X’s side, A,`, `The agency behind X, A,`: who is named last in front of it.
fn told_in_front(text: &Text, before: &[Mention], first: usize) -> Option<Id> {
    const CLAUSE: usize = 12;
    let small = first.checked_sub(1)?;
    let last = before.last().filter(|m| m.last + CLAUSE > first && !m.in_speech)?;
    let joins = match text.sign(small) {
        b',' if last.last == small => last.first > 1 && text.class(last.first - 2).has(Class::AGENCY),
        b',' => text.shape(last.last) == Shape::Clitic && text.is(last.last + 1, "side") && last.last + 2 == small,
        _ => represented::is_signed_with(text, first),
    };
    joins.then_some(last.entity)
}

/// As far behind it may be named whom it represents.
const BEHIND: usize = 8;
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
        let told = || told_in_front(text, &entities.mentions[..number], mention.first);
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
                // `A, the agency of X`, `A, X’s agency,`, `A, which represents X`, `A, home to X`.
                let next = entities
                    .mentions
                    .get(number + 1)
                    .filter(|m| m.first <= mention.last + BEHIND);
                let joins = |t: usize| text.class(t).has(Class::AGENCY) || represented::has_somebody(text, t);
                next.filter(|m| {
                    text.shape(m.last) == Shape::Clitic && text.class(m.last + 1).has(Class::AGENCY)
                        || (mention.last..m.first).any(joins)
                })
                .map(|m| m.entity)
                .or_else(told)
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
