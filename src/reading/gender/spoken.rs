//! What somebody says of another by name.

use super::clue::{Clue, ENOUGH};
use crate::reading::entity::{Entities, Id};
use crate::reading::lexicon::Class;
use crate::reading::scan::Spans;
use crate::reading::speech::Judged;
use crate::reading::text::{Shape, Text};

/// `“I called Lee from the platform, and he was crying”`: who alone is named in what somebody says is who is spoken of.
pub fn of(text: &Text, entities: &Entities, spans: &Spans, judged: &[Judged], bearers: &[Id]) -> Vec<Clue> {
    const REACH: usize = 40;
    const BY_NAME: f32 = 1.0;
    const ANOTHER: f32 = 0.3;
    const POWER: f32 = 0.6;
    const OWN: usize = 5;
    let mut clues = Vec::new();
    for (span, _) in spans.outer.iter().zip(judged).filter(|(_, j)| j.is_speech()) {
        if clues.len() > ENOUGH {
            break;
        }
        let named = entities.between(span.first(), span.close);
        let Some(first) = named.first() else { continue };
        let (id, from) = (first.entity, first.last);
        let alone = entities.all[id].is_somebody() && named.iter().all(|m| m.entity == id);
        // `“Lee, she is looking at me!”`: who is called is another.
        let called = matches!(text.sign(from), b',' | b'!' | b'?' | b'.');
        if !alone || called || text.shape(from) == Shape::Clitic {
            continue;
        }
        // A mark inside opens the words of another.
        let end = span.close.min(from + REACH);
        let mut pronouns = (from..end)
            .take_while(|t| text.shape(*t) != Shape::Mark)
            .map(|t| text.class(t))
            .filter(|class| class.has(Class::HE.with(Class::SHE)));
        // `Lee brought his own coat`.
        let own = (from + 1..end.min(from + OWN))
            .find(|t| text.is(*t, "own"))
            .map(|t| text.class(t - 1));
        let own = own.filter(|class| class.has(Class::HE.with(Class::SHE)));
        // `The script says that Lee looks away, but I heard his voice`: “his” may be anybody's.
        let Some(class) = pronouns.clone().find(|class| class.has(Class::NOMINATIVE)).or(own) else {
            continue;
        };
        let she = class.has(Class::SHE);
        if pronouns.all(|other| other.has(Class::SHE) == she) {
            let mut clue = Clue::new(she, ANOTHER, POWER);
            clue.add(bearers[id], BY_NAME);
            clues.push(clue);
        }
    }
    clues
}
