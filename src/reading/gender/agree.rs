//! Who is called what, by agreement of all pronouns of an article.
//!
//! Where two act, one pronoun tells little: `Kim visits Lee. She refuses to look at him.` All of them together tell. A
//! pronoun means the one who stands nearest of all whom it fits, and whom it fits is what is asked: so each tells everybody
//! whom it can mean how much likelier it would be if it fitted them, by what is thought of the others, and is heard again
//! once more is thought (belief propagation). It costs as much as there are pronouns, however many are named.

use super::clue::{Clue, Clues, MOST};
use crate::reading::entity::Entities;

/// Rounds over all pronouns: few are needed, and more change nothing.
const ROUNDS: usize = 4;
/// What a first name tells, as a logarithm of odds.
const LEANS: f32 = 1.5;
/// What a point of a noun beside the name tells (`entity.she`).
const KNOWN: f32 = 2.0;
/// Less than this tells nothing.
const ENOUGH: f32 = 0.8;
/// A name that so much speaks against tells nothing.
const AGAINST: f32 = 0.3;
/// Nobody is surer than this, whatever is told of them.
const SUREST: f32 = 8.0;
/// That a pronoun means somebody behind one whom it fits as well.
const SLIP: f32 = 0.1;

/// Tells the entities what the clues and what is known of them say together.
pub fn tell(clues: &Clues, entities: &mut Entities) {
    if clues.all.is_empty() {
        return;
    }
    // That each is “she”; a role is as its actor.
    let mut leans = vec![0.0_f32; entities.all.len()];
    let mut odds = vec![0.0_f32; entities.all.len()];
    for (id, entity) in entities.all.iter().enumerate() {
        let own = clues.bearers[id];
        let lean = match entity.leans.filter(|_| own == id || entities.all[own].leans.is_none()) {
            Some(true) => LEANS,
            Some(false) => -LEANS,
            None => 0.0,
        };
        odds[own] += (entity.she - entity.he) * KNOWN + lean;
        leans[own] += lean;
    }
    let mut told = vec![[0.0_f32; MOST]; clues.all.len()];
    for round in 0..ROUNDS {
        for (clue, told) in clues.all.iter().zip(&mut told) {
            // What a pronoun tells the only one whom it can mean stays the same, whatever is thought of them.
            if round == 0 || clue.who().len() > 1 {
                hear(clue, told, &mut odds);
            }
        }
    }
    for (id, entity) in entities.all.iter_mut().enumerate() {
        let own = clues.bearers[id];
        // What pronouns tell against the name leaves it open.
        let told = (odds[own] - leans[own]) * odds[own].signum();
        if clues.met[own] && odds[own].abs() >= ENOUGH && told >= -AGAINST {
            const MOST_VOTES: f32 = 4.0;
            let side = (odds[own] / KNOWN).clamp(-MOST_VOTES, MOST_VOTES);
            entity.she = side.max(0.0);
            entity.he = (-side).max(0.0);
        }
    }
}

/// One pronoun tells those whom it can mean; `told` is what it told them before, and what it tells now.
fn hear(clue: &Clue, told: &mut [f32; MOST], odds: &mut [f32]) {
    let sign = if clue.she { 1.0 } else { -1.0 };
    // How likely it fits each, but for what it has told itself: as a share of its weight, and that it does not. Everybody in
    // front asks for all behind, so that this is done once.
    let mut all = [(0.0_f32, 0.0_f32); MOST];
    for ((of, (id, weight)), told) in all.iter_mut().zip(clue.who()).zip(told.iter()) {
        let without = (odds[id] - told).clamp(-SUREST, SUREST) * sign;
        let fit = 1.0 / (1.0 + (-without).exp());
        *of = (weight * fit, 1.0 - fit * (1.0 - SLIP));
    }
    // That it means one of those in front, and that it fits none of them.
    let (mut before, mut passed) = (clue.stranger, 1.0);
    let mut others = &all[..clue.who().len()];
    for (told, (id, weight)) in told.iter_mut().zip(clue.who()) {
        let Some(((own, misses), rest)) = others.split_first() else {
            break;
        };
        others = rest;
        let (mut behind, mut left) = (0.0, passed);
        for (share, misses) in others {
            behind += share * left;
            left *= misses;
        }
        let fitting = before + weight * passed + SLIP * behind;
        let new = sign * clue.power * (fitting / (before + behind)).ln();
        odds[id] += new - *told;
        *told = new;
        before += own * passed;
        passed *= misses;
    }
}
