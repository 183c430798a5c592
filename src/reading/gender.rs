//! Learns who is “he” and who is “she”, from the sentences where only one person can be meant.

use super::entity::Entities;
use super::lexicon::Class;
use super::scan::Spans;
use super::sentence::Sentence;
use super::speech::{Judged, Verdict};
use super::text::Text;
use crate::model::ParagraphKind;

/// Adds votes to the entities.
pub fn learn(text: &Text, spans: &Spans, judged: &[Judged], sentences: &[Sentence], entities: &mut Entities) {
    let mut span = 0;
    let mut alone: Option<(usize, usize)> = None;
    for sentence in sentences {
        let (first, last) = (sentence.first, sentence.last);
        let first_token = first;
        // A block quotation is somebody's speech: whom it calls “he” was not told before it.
        if text
            .paras
            .get(sentence.para)
            .is_some_and(|p| p.kind == ParagraphKind::Quote)
        {
            alone = None;
            continue;
        }
        let mut somebody: Option<usize> = None;
        let mut others = false;
        let mut pronoun_before = None;
        let mut comma = false;
        let mut mixed = false;
        let mut relative = None;
        let mut admits: Option<(usize, usize)> = None;
        let mut named_behind = false;
        let mut votes: Vec<(usize, Class, f32)> = Vec::new();
        let mut next = entities.mention_from(first);
        let mut token = first;
        while token < last {
            while span < spans.outer.len() && spans.outer[span].after() <= token {
                span += 1;
            }
            if let Some(s) = spans.outer.get(span)
                && s.open <= token
                && (judged[span].is_speech() || judged[span].verdict == Verdict::Caption)
            {
                token = s.after().max(token + 1);
                continue;
            }
            while entities.mentions.get(next).is_some_and(|m| m.last <= token) {
                next += 1;
            }
            if let Some(mention) = entities.mentions.get(next).filter(|m| m.first == token)
                && entities.all[mention.entity].is_somebody()
            {
                let same = somebody.is_some_and(|id| {
                    id == mention.entity
                        || entities.all[id].actor == Some(mention.entity)
                        || entities.all[mention.entity].actor == Some(id)
                });
                others |= somebody.is_some() && !same;
                // `She was found by Kim while she …`: the pronoun in front is somebody else.
                others |=
                    somebody.is_none() && !comma && pronoun_before.is_some_and(|c: Class| c.has(Class::NOMINATIVE));
                // `According to Kim, she …`, `With Kim, he …`: she and he are somebody else.
                let fronted = text.class(mention.first.wrapping_sub(1)).has(Class::PREP)
                    && text.word(mention.last) == ","
                    && mention.first < first + 5;
                others |= fronted;
                // `Kim, who drops his script`: what the clause says is said of Kim.
                let at = mention.last + usize::from(text.word(mention.last) == ",");
                relative = text.is(at, "who").then_some(mention.entity);
                named_behind |= somebody.is_none() && comma;
                somebody = somebody.or(Some(mention.entity));
                admits = admitting(text, mention.last).then_some((mention.entity, mention.last));
            }
            let class = text.class(token);
            // `who played her estranged husband`: she is not the one who plays.
            let played =
                class.has(Class::HE.with(Class::SHE)) && super::role::PLAYS.contains(&text.word(token.wrapping_sub(1)));
            if played || owns_named(text, entities, token, relative.or(somebody)) {
                // `Kim as her partner Na Ri`: she is neither Kim nor Na Ri.
                others |= somebody.is_none();
                pronoun_before = pronoun_before.or(somebody.is_none().then_some(Class::NONE));
            } else if is_other(text, token) {
                others |= somebody.is_some() || pronoun_before.is_none();
                pronoun_before = pronoun_before.or(Some(Class::NONE));
            } else if class.has(Class::HE.with(Class::SHE)) && is_object(text, token) {
                // Somebody else is in the sentence.
                others = true;
                pronoun_before = pronoun_before.or(Some(Class::NONE));
            } else if class.has(Class::HE.with(Class::SHE)) {
                let confessed = admits.filter(|(_, at)| token < at + CLAUSE && class.has(Class::NOMINATIVE));
                match relative.or(somebody) {
                    Some(_) if confessed.is_some() => votes.extend(confessed.map(|(id, _)| (id, class, 0.6))),
                    // `Kim was shocked to hear that he`: what one hears is of another.
                    Some(_) if class.has(Class::NOMINATIVE) && is_heard(text, token) => {}
                    // A sentence that says more than this says nothing new.
                    Some(_) if votes.len() > 24 => {}
                    Some(id) if relative.is_some() => votes.push((id, class, 0.4)),
                    // What is “hers” may be another's: half a vote.
                    Some(id) if !others => votes.push((
                        id,
                        class,
                        if class.has(Class::NOMINATIVE) || text.is(token + 1, "part") {
                            0.7
                        } else if text.word(token.saturating_sub(1)).ends_with("ing") {
                            0.2
                        } else {
                            0.35
                        },
                    )),
                    None if pronoun_before.is_none() => pronoun_before = Some(class),
                    // `Asked about her role, his co-star`: she may be the one who comes in.
                    None => {
                        mixed |= pronoun_before
                            .is_some_and(|c| !c.has(Class::NOMINATIVE) && c.has(Class::SHE) != class.has(Class::SHE))
                    }
                    _ => {}
                }
            } else if text.word(token) == "," {
                comma |= pronoun_before.is_some();
                relative = relative.filter(|_| text.is(token + 1, "who"));
            } else if class.has(Class::PLURAL) && !class.has(Class::NOMINATIVE) && text.word(token).ends_with('s') {
                others = true;
            }
            token += 1;
        }
        // Where both stand in one sentence, the first is the one who is named, unless its clause is another's:
        // `Kim shuts the door, but once he has left, she cries`.
        let first = votes.clone();
        for (id, class, weight) in votes {
            let of_id = || first.iter().filter(|(other, _, _)| *other == id);
            let mixed = of_id().any(|(_, c, _)| c.has(Class::SHE) != class.has(Class::SHE));
            let kept = of_id()
                .next()
                .is_some_and(|(_, c, _)| c.has(Class::SHE) == class.has(Class::SHE));
            if kept {
                vote(
                    entities,
                    id,
                    class,
                    if mixed && class.has(Class::NOMINATIVE) {
                        weight * 0.3
                    } else {
                        weight
                    },
                );
            }
        }
        // `Kim is back. She …`: the sentence before named nobody else.
        if let (Some(class), Some((id, para))) = (pronoun_before, alone)
            && para + 1 >= sentence.para
            && class != Class::NONE
            && !mixed
            && somebody.is_none_or(|s| s == id || entities.all[s].actor == Some(id))
        {
            vote(entities, id, class, if para == sentence.para { 0.6 } else { 0.45 });
        } else if let (Some(class), Some(id), false) = (pronoun_before, somebody, others)
            && class != Class::NONE
            && !class.has(Class::NOMINATIVE)
            && named_behind
        {
            // `Regarding his role, Kim said`.
            vote(entities, id, class, 0.4);
        }
        // `She explained that they had eaten, and Kim had panicked`: two of them.
        let opens = Class::SUBORD.with(Class::PREP);
        let two = named_behind
            && pronoun_before.is_some_and(|c: Class| c.has(Class::NOMINATIVE))
            && !text.class(first_token).has(opens);
        alone = match somebody {
            Some(id) if !others && !two => Some((id, sentence.para)),
            Some(_) => None,
            // `The actress bows`: somebody else has come in.
            None => alone.filter(|_| pronoun_before.is_some_and(|c| c != Class::NONE)),
        };
    }
    share(entities);
    eliminate(text, spans, judged, sentences, entities);
}

/// `Kim keeps half of her sleeve in his quiver`: where one of two is known to be “she”, the other is “he”.
fn eliminate(text: &Text, spans: &Spans, judged: &[Judged], sentences: &[Sentence], entities: &mut Entities) {
    const LONGEST: usize = 60;
    const WEIGHT: f32 = 0.4;
    let mut votes: Vec<(usize, Class)> = Vec::new();
    let mut pair: Option<(usize, usize, usize)> = None;
    for sentence in sentences.iter().filter(|s| s.last - s.first <= LONGEST) {
        let mut named: Vec<usize> = Vec::new();
        for mention in entities
            .between(sentence.first, sentence.last)
            .iter()
            .filter(|m| !m.in_speech)
        {
            let id = mention.entity;
            let same = |other: &usize| {
                *other == id || entities.all[*other].actor == Some(id) || entities.all[id].actor == Some(*other)
            };
            if entities.all[id].is_somebody() && !named.iter().any(same) && named.len() < 3 {
                named.push(id);
            }
        }
        // A sentence that names nobody goes on with the two of the one before.
        pair = match (&named[..], pair) {
            ([one, two], _) => Some((*one, *two, sentence.para)),
            ([], Some((one, two, para))) if para == sentence.para => Some((one, two, para)),
            _ => None,
        };
        let Some((one, two, _)) = pair else { continue };
        const SURE: f32 = 0.6;
        let said = |id: usize| {
            let e = &entities.all[id];
            e.is_she().filter(|_| (e.she - e.he).abs() >= SURE)
        };
        let open = |id: usize| (entities.all[id].she - entities.all[id].he).abs() < 0.15;
        let unknown = match (said(one), said(two)) {
            (Some(she), None) if open(two) => (two, she),
            (None, Some(she)) if open(one) => (one, she),
            _ => continue,
        };
        let other = if unknown.1 { Class::HE } else { Class::SHE };
        let next = spans.outer.partition_point(|s| s.after() <= sentence.first);
        let spoken = |t: usize| {
            spans.outer[next..]
                .iter()
                .zip(&judged[next..])
                .take_while(|(s, _)| s.open < sentence.last)
                .any(|(s, j)| s.open <= t && t < s.after() && j.is_speech())
        };
        // Nobody else is told of by a noun.
        let alone = !(sentence.first..sentence.last).any(|t| is_other(text, t));
        if let Some(token) = (sentence.first..sentence.last)
            .find(|t| text.class(*t).has(other) && !spoken(*t))
            .filter(|_| alone)
        {
            votes.push((unknown.0, text.class(token)));
        }
    }
    for (id, class) in votes {
        vote(entities, id, class, WEIGHT);
    }
    share(entities);
}

/// As far behind its verb a clause may have its subject.
const CLAUSE: usize = 12;

/// `Kim confesses that he`: what is confessed is one's own.
fn admitting(text: &Text, at: usize) -> bool {
    let verb = at + usize::from(text.class(at).has(Class::ADV));
    [
        "confesses",
        "confessed",
        "admits",
        "admitted",
        "confides",
        "confided",
        "vows",
        "vowed",
        "promises",
        "promised",
        "realizes",
        "realized",
        "boasts",
        "boasted",
        "complains",
        "complained",
    ]
    .contains(&text.word(verb))
}

/// `to hear that he`, `learns how she`: the clause tells what somebody heard.
fn is_heard(text: &Text, pronoun: usize) -> bool {
    const HEARD: &[&str] = &[
        "hear", "heard", "hears", "hearing", "learn", "learned", "learns", "learning", "told", "notice", "noticed",
        "notices", "find", "found", "wondered", "wonders", "asked", "asks",
    ];
    let opens = pronoun.wrapping_sub(1);
    text.class(opens).has(Class::SUBORD) && (opens.saturating_sub(3)..opens).any(|t| HEARD.contains(&text.word(t)))
}

/// `the actor`, `his co-star`, `whom`: somebody else than the one named comes in.
fn is_other(text: &Text, token: usize) -> bool {
    let class = text.class(token);
    if text.is(token, "whom") {
        return true;
    }
    let person =
        class.has(Class::EPITHET.with(Class::FEMALE).with(Class::MALE)) && !class.has(Class::HE.with(Class::SHE));
    if !person || text.tokens[token].is_capital() {
        return false;
    }
    let mut at = token;
    while at > 0
        && token - at < 3
        && text.tokens[at - 1].shape == super::text::Shape::Lower
        && !text.class(at - 1).has(Class::DET.with(Class::PREP))
    {
        at -= 1;
    }
    let opens = at > 0 && ["the", "his", "her", "their"].iter().any(|w| text.is(at - 1, w));
    // `the actress Kim` and `his co-star Kim` name the one who is meant.
    opens && !text.tokens.get(token + 1).is_some_and(|t| t.is_capital())
}

/// `her partner Na Ri` where Na Ri, or who plays her, is whom the sentence is about: somebody else's partner.
fn owns_named(text: &Text, entities: &Entities, token: usize, about: Option<usize>) -> bool {
    // `her younger sister and rival Na Ri`.
    const LONGEST: usize = 5;
    if !text.class(token).has(Class::HE.with(Class::SHE)) {
        return false;
    }
    let noun = |t: &usize| {
        text.shape(*t) == super::text::Shape::Lower
            && !text.class(*t).has(Class::PREP.with(Class::SUBORD).with(Class::AUX))
    };
    let end = (token + 1..).take(LONGEST).find(|t| !noun(t)).unwrap_or(token);
    // `Kim, his co-star, laughed`: whose co-star Kim is, is somebody else.
    let told = text.word(token.wrapping_sub(1)) == ","
        && (matches!(text.word(end), "," | ".") || text.class(end).has(Class::PREP));
    if end > token + 1 && told && about.is_some() && entities.covering(token.saturating_sub(2)).is_some() {
        return true;
    }
    // `her stunt coordinator, Goo Man-seok, says`.
    let apposed = text.word(end) == "," && entities.covering(end + 1).is_some_and(|m| text.word(m.last) == ",");
    // `mentioned that her co-star Kim`: she may be either.
    let colleague = ["co-star", "costar", "partner", "colleague", "castmate"].contains(&text.word(end.wrapping_sub(1)));
    if end > token + 1 && colleague && entities.covering(end).is_some() {
        return true;
    }
    end > token + 1
        && entities.covering(end + usize::from(apposed)).is_some_and(|m| {
            // `His co-star Kim`: in front of a first name, too.
            about.is_none_or(|about| {
                m.entity == about
                    || entities.all[m.entity].actor == Some(about)
                    || entities.all[about].actor == Some(m.entity)
            })
        })
}

/// `him`, and a `her` that owns nothing: in one clause the object is not the subject.
pub(super) fn is_object(text: &Text, token: usize) -> bool {
    let next = text.class(token + 1);
    let owns = text.tokens.get(token + 1).is_some_and(|t| t.is_word())
        && !next.has(
            Class::PREP
                .with(Class::CONJ)
                .with(Class::ADV)
                .with(Class::SUBORD)
                .with(Class::AUX)
                .with(Class::DET),
        );
    text.is(token, "him") || text.is(token, "her") && !owns
}

fn vote(entities: &mut Entities, id: usize, class: Class, weight: f32) {
    if class.has(Class::SHE) {
        entities.all[id].she += weight;
    } else {
        entities.all[id].he += weight;
    }
}

/// A character and the actor are of one gender.
fn share(entities: &mut Entities) {
    for id in 0..entities.all.len() {
        if let Some(actor) = entities.all[id].actor {
            let (she, he) = (
                entities.all[id].she + entities.all[actor].she,
                entities.all[id].he + entities.all[actor].he,
            );
            for other in [id, actor] {
                entities.all[other].she = she;
                entities.all[other].he = he;
            }
        }
    }
}
