//! Who acts, who made the drama, and who is neither: hosts, executives, passers-by.
//!
//! `evidence` and `beside` read the nouns that stand right at a name; here is what the words around it say and what the
//! headline says. `guests` tells who is of neither the cast nor those who made it.

use super::beside::{is_chief, is_of_a_work};
use super::entity::{Entities, Nature, Trade, key};
use super::evidence::Candidate;
use super::lexicon::trades::{self, BAND, LEADS};
use super::lexicon::{Class, asked};
use super::names::{Form, Found};
use super::print::{Words, words};
use super::text::{Shape, Text};
use crate::model::english;

/// What the clause around one occurrence of a name says of the trade.
pub(super) fn tells(text: &Text, name: Found, candidate: &mut Candidate) {
    if matches!(name.form, Form::Company | Form::Station) {
        return;
    }
    // `A (Undertow) will direct`: a bracket with earlier works stands between.
    let mut at = name.last;
    if text.is(at, "(") {
        const BRACKET: usize = 12;
        at = (at..at + BRACKET).find(|t| text.is(*t, ")")).map_or(at, |t| t + 1);
    }
    // `A, the author of the original, will write all episodes`: an apposition does.
    if text.is(at, ",") {
        const APPOSED: usize = 14;
        let noun = text
            .class(at + 1)
            .has(Class::DET.with(Class::TITLE).with(Class::OFFICE));
        let end = (at + 2..at + APPOSED).find(|t| matches!(text.sign(*t), b',' | b'.' | b'(' | b':'));
        at = end.filter(|t| noun && text.is(*t, ",")).map_or(at, |t| t + 1);
    }
    if makes(text, at) {
        candidate.trade = Some(Trade::Staff);
        candidate.person += 1.0;
    }
    if text.is(name.last, ",") {
        apposition(text, name.last + 1, candidate);
    }
    // `hosted by A and B`, `who goes by the pen name A`.
    let before = |n: usize, word: &'static str| name.titles >= n && text.is(name.titles - n, word);
    if before(1, "by") && before(2, "hosted") || before(1, "name") && before(2, "pen") {
        candidate.trade = candidate.trade.or(Some(Trade::Host));
    }
    // `on comedian A’s web show`.
    const SHOWS: Words = words!["show", "channel", "podcast", "program", "programme"];
    let kinds = |t: &usize| {
        text.is_one(
            *t,
            words!["web", "talk", "variety", "own", "youtube", "chat", "radio", "cooking"],
        )
    };
    if text.shape(name.last) == Shape::Clitic
        && candidate.trade.is_none()
        && text.is_just(
            name.last + 1 + (name.last + 1..name.last + 4).take_while(kinds).count(),
            SHOWS,
        )
    {
        candidate.trade = Some(Trade::Host);
    }
    // `The leader of the group, A,`.
    const REACH: usize = 6;
    if before(1, ",") && matches!(text.sign(name.last), b',' | b'.') && candidate.nouns.len() < 12 {
        let from = name.titles.saturating_sub(REACH);
        let noun = (from..name.titles - 1)
            .find(|t| text.is(t + 1, "of") && text.is(t.wrapping_sub(1), "the") && BAND.iter().any(|w| text.is(*t, w)));
        candidate.nouns.extend(noun.map(|t| text.word(t).to_ascii_lowercase()));
    }
}

/// `will direct all episodes`, `has written five dramas`, `is set to direct`, `has been tapped as showrunner`.
fn makes(text: &Text, at: usize) -> bool {
    let mut verb = at;
    while verb < at + 4 && text.class(verb).has(Class::AUX.with(Class::ADV)) {
        verb += 1;
    }
    if verb > at
        && let Some(to) = is_to(text, verb)
    {
        return text.is_in(to, asked::DIRECTS) || text.is_one(to, words!["write", "pen", "adapt", "rewrite", "script"]);
    }
    if text.shape(verb) != Shape::Lower {
        return false;
    }
    let object = text.class(verb + 1).has(Class::DET) || text.shape(verb + 1) == Shape::Number;
    if text.is_in(verb, trades::MAKES) {
        // `directs from a script by Lee`.
        let from = text.is_in(verb, asked::DIRECTS) && text.is(verb + 1, "from");
        return object || from || verb > at;
    }
    // `executive produces`, `has adapted it herself`.
    if text.is(verb, "executive") && text.is_in(verb + 1, asked::PRODUCES)
        || text.is_just(verb, words!["adapts", "adapted"]) && (object || text.is(verb + 1, "it"))
    {
        return true;
    }
    const NEAR: usize = 5;
    let work = |t: usize| {
        text.class(t).has(Class::DRAMA) || text.is_one(t, words!["script", "scripts", "screenplay", "episodes"])
    };
    if text.is_in(verb, asked::WRITES) {
        return object && (verb + 2..verb + NEAR).any(work);
    }
    text.is_just(
        verb,
        words!["tapped", "named", "attached", "hired", "appointed", "returns"],
    ) && text.is(verb + 1, "as")
        && (verb + 2..verb + 4).any(|t| text.class(t).has(Class::STAFF))
}

/// `is to direct`, `is set to direct`, `has signed on to direct`, `was brought in to rewrite`: the verb behind `to`.
fn is_to(text: &Text, at: usize) -> Option<usize> {
    const BOUND: Words = words![
        "set",
        "slated",
        "due",
        "tapped",
        "attached",
        "hired",
        "confirmed",
        "expected",
        "chosen",
        "signed",
        "brought",
        "called",
        "asked",
        "on",
        "in",
        "board",
        "back",
        "returning",
    ];
    const NEAR: usize = 4;
    let to = (at..at + NEAR)
        .find(|t| !text.is_just(*t, BOUND))
        .filter(|t| text.is(*t, "to"))?;
    Some(to + 1 + usize::from(text.class(to + 1).has(Class::ADV)))
}

/// `A, CEO of Studio B`, `A, the company’s chief executive`, `A, a nurse from C`, `A, who leads the bureau`.
fn apposition(text: &Text, at: usize, candidate: &mut Candidate) {
    const NEAR: usize = 6;
    if candidate.nouns.len() >= 12 {
        return;
    }
    if text.is(at, "who") {
        let verb = at + 1 + usize::from(text.class(at + 1).has(Class::AUX.with(Class::ADV)));
        if is_to(text, verb).is_some() && makes(text, at + 1) {
            candidate.trade = Some(Trade::Staff);
            return;
        }
        // `Park, who is in charge of sales at MBC`.
        if text.is(at + 2, "in") && text.is(at + 3, "charge") || text.is(at + 2, "responsible") {
            candidate.nouns.push("head".to_owned());
            return;
        }
        // `Kim, who was written to die`: Kim wrote nothing.
        if text.is_one(verb - 1, words!["was", "were", "is", "are", "been"]) {
            return;
        }
        let and = text.is(verb + 1, "and") && text.is_in(verb + 2, trades::MAKES);
        if and || text.is_in(verb, trades::MAKES.with(asked::WRITES)) && is_of_a_work(text, verb) {
            candidate.trade = Some(Trade::Staff);
        } else if LEADS.contains(&text.word(verb))
            && (text.class(verb + 1).has(Class::DET) || text.is(verb, "founded") && text.is_capital(verb + 1))
            && !(verb + 2..verb + 4).any(|t| text.is(t, "cast") || text.is(t, "ensemble"))
        {
            candidate.nouns.push("head".to_owned());
        }
        return;
    }
    // `Kim, a 10-year-old who plays her son,`.
    let old = (at..at + 3).find_map(|t| text.word(t).strip_suffix("-year-old"));
    candidate.age = candidate.age.or_else(|| old.and_then(|age| age.parse().ok()));
    if is_agency_head(text, at) {
        candidate.nouns.push(trades::AGENCY_HEAD.to_owned());
    }
    let small = |t: usize| text.tokens.get(t).is_some_and(|x| x.is_word()) || text.shape(t) == Shape::Clitic;
    let office = (at..at + NEAR)
        .take_while(|t| {
            small(*t)
                && !text
                    .class(*t)
                    .has(Class::PREP.with(Class::SUBORD).with(Class::NOMINATIVE))
        })
        .find(|t| {
            let next = *t + 1;
            let ends = text.is_just(next, words![",", ".", "who", "at", "of", "from", "for", "in"]);
            ends && (text.class(*t).has(Class::OFFICE) || is_chief(text, *t))
        });
    candidate.nouns.extend(office.map(|t| match is_chief(text, t) {
        true => "executive".to_owned(),
        false => text.word(t).to_ascii_lowercase(),
    }));
}

/// `Screenwriter A on Why`, `CEO B On Betting`: what the headline calls somebody.
pub(super) fn headline(title: &Text, entities: &mut Entities) {
    const WORDS: usize = 4;
    let trades = Class::STAFF.with(Class::HOST);
    for noun in 0..title.tokens.len() {
        let office = title.class(noun).has(Class::OFFICE);
        if !(title.class(noun).has(trades.with(Class::TITLE)) || office) {
            continue;
        }
        let last = title.tokens.len().min(noun + 1 + WORDS);
        // `a middle manager’: Kim on playing a villain`: a sign stands between.
        let next = title.is_capital(noun + 1) || title.is(noun + 1, ".");
        let named = (noun + 2..=last)
            .rev()
            .filter(|_| next)
            .find_map(|end| entities.full(&key(title.slice(noun + 1, end))));
        let Some(person) = named
            .map(|id| &mut entities.all[id])
            .filter(|e| e.nature == Nature::Person)
        else {
            continue;
        };
        person.nouns.push(title.word(noun).to_ascii_lowercase());
        if title.class(noun).has(Class::FEMALE) {
            person.she += 3.0;
        }
        if person.acts {
            continue;
        }
        if person.trade == Trade::Cast && title.class(noun).has(Class::STAFF) {
            person.trade = Trade::Staff;
        } else if person.trade == Trade::Cast && title.class(noun).has(Class::HOST) {
            person.trade = Trade::Host;
        }
    }
}

/// `A, the CEO of his agency`, `A, head of the actress’s label`.
fn is_agency_head(text: &Text, at: usize) -> bool {
    const NEAR: usize = 4;
    const REACH: usize = 7;
    let Some(of) = (at + 1..at + NEAR).find(|t| text.is(*t, "of")) else {
        return false;
    };
    text.class(of - 1).has(Class::OFFICE)
        && (of + 1..of + REACH)
            .take_while(|t| !matches!(text.sign(*t), b',' | b'.'))
            .any(|t| text.class(t).has(Class::AGENCY) && text.shape(t) == Shape::Lower)
}

/// `The director of “X” said on Thursday`, `“X” writer says`, and the name only later: whoever is named first and plays
/// nothing.
pub(super) fn tell_maker(text: &Text, title: &Text, entities: &mut Entities) {
    headline_maker(title, entities);
    headline_makers(title, entities);
    told_maker(text, entities);
    let Some(noun) = nameless_maker(text, title) else {
        return;
    };
    let known = entities
        .all
        .iter()
        .any(|e| e.nature == Nature::Person && e.nouns.iter().any(|n| *n == noun || noun == "director" && n == "pd"));
    let first = entities
        .mentions
        .iter()
        .find(|m| entities.all[m.entity].nature == Nature::Person)
        .map(|m| m.entity);
    if let Some(id) = first.filter(|_| !known)
        && !entities.all[id].acts
        && !entities.all.iter().any(|e| e.actor == Some(id))
    {
        entities.all[id].trade = Trade::Staff;
        entities.all[id].nouns.push(noun);
    }
}

/// `Kim on directing “X”`, `Kim on writing villains`: the headline says what somebody does.
fn headline_maker(title: &Text, entities: &mut Entities) {
    const MAKES: &[(Words, &str)] = &[
        (words!["directing"], "director"),
        (words!["writing"], "writer"),
        (words!["producing"], "producer"),
        (words!["adapting"], "writer"),
    ];
    for token in (2..title.tokens.len()).filter(|t| title.is(t - 1, "on")) {
        let makes = MAKES.iter().find(|(verb, _)| title.is_one(token, *verb));
        let Some((_, noun)) = makes else { continue };
        let named =
            (token.saturating_sub(5)..token - 1).find_map(|from| entities.full(&key(title.slice(from, token - 1))));
        if let Some(person) = named.map(|id| &mut entities.all[id])
            && person.nature == Nature::Person
            && !person.acts
        {
            person.trade = Trade::Staff;
            person.nouns.push((*noun).to_owned());
        }
    }
}

/// `Four Writers, One Room`, `Showrunners Debate`: where nobody acts, all who are named are what the headline calls them.
fn headline_makers(title: &Text, entities: &mut Entities) {
    const MAKERS: Words = words![
        "writers",
        "screenwriters",
        "directors",
        "showrunners",
        "creators",
        "pds",
    ];
    // `The Writers Of “X” And Its Leads`: not all.
    let others = Class::EPITHET.with(Class::PLURAL);
    let noun = (0..title.tokens.len()).find(|t| title.is_one(*t, MAKERS));
    let Some(noun) = noun.filter(|noun| {
        (0..title.tokens.len()).all(|t| t == *noun || !title.class(t).has(others) || title.class(t).has(Class::DET))
    }) else {
        return;
    };
    // `Two Writers, One Murder`: both are known, and others are others.
    let count = noun.checked_sub(1).and_then(|t| english::number(title.word(t)));
    let known = entities.all.iter().filter(|e| e.trade == Trade::Staff).count();
    if count.is_some_and(|n| usize::from(n) <= known) || entities.all.iter().any(|e| e.acts || e.actor.is_some()) {
        return;
    }
    let called = title.word(noun).to_ascii_lowercase();
    let called = called.trim_end_matches('s');
    for person in entities.all.iter_mut().filter(|e| e.nature == Nature::Person) {
        let known = person.trade != Trade::Cast || !person.nouns.is_empty();
        if !known {
            person.trade = Trade::Staff;
            person.nouns.push(called.to_owned());
        }
    }
}

/// `the 44-year-old director told us` where only one was named before: that one.
fn told_maker(text: &Text, entities: &mut Entities) {
    const EARLY: usize = 400;
    let mut nouns = text.all_in(asked::MAKERS).take_while(|t| *t < EARLY);
    let noun = nouns.find(|t| {
        *t > 1
            && text.class(t + 1).has(Class::SAY)
            && text.is(t - 2, "the")
            && text.bytes(t - 1).ends_with(b"-year-old")
    });
    let Some(noun) = noun else { return };
    let mut people = entities.mentions[..entities.mention_from(noun)]
        .iter()
        .map(|m| m.entity)
        .filter(|id| entities.all[*id].nature == Nature::Person);
    let Some(first) = people.next() else { return };
    let person = &entities.all[first];
    if people.all(|id| id == first) && !person.acts && !entities.all.iter().any(|e| e.actor == Some(first)) {
        entities.all[first].trade = Trade::Staff;
        entities.all[first].nouns.push(text.word(noun).to_ascii_lowercase());
    }
}

/// Who makes the drama, by what the headline or the first paragraph calls somebody whom it does not name.
fn nameless_maker(text: &Text, title: &Text) -> Option<String> {
    const HEAD: usize = 16;
    const MAKERS: Words = words![
        "director",
        "writer",
        "creator",
        "screenwriter",
        "scriptwriter",
        "producer",
        "composer",
        "showrunner",
        "pd",
    ];
    let maker = |text: &Text, t: usize| text.is_one(t, MAKERS).then(|| text.word(t).to_ascii_lowercase());
    let head = text.paras.first().map_or(0, |p| p.last).min(2 * HEAD);
    let lead = (0..head).find(|t| {
        (*t < HEAD && text.is(*t, "the") && text.is(t + 2, "of")
            // `Even the cat has a story, according to its director.`, `and its director likes it that way`
            || text.is(*t, "its") && !text.tokens.get(t + 2).is_some_and(|n| n.is_capital()))
            && maker(text, t + 1).is_some()
    });
    // `‘Loop Line’ writer says`: no name behind it.
    let headline = (0..title.tokens.len()).find(|t| {
        let named = title.tokens.get(t + 1).is_some_and(|n| n.is_capital()) && !title.class(t + 1).is_english();
        let before = t.wrapping_sub(1);
        let work = *t > 0 && matches!(title.shape(before), Shape::Mark | Shape::Clitic);
        // `'Tin Roof' follows money, director says`.
        let says = *t > 0 && title.is(before, ",") && title.class(t + 1).has(Class::SAY);
        // `Director of 'Cinder Hall' defends`, `writer on 'Molar'`.
        let of = title.is_one(t + 1, words!["of", "on", "behind"]) && title.shape(t + 2) == Shape::Mark
            // `The Composer Who Made You Cry`.
            || title.is(t + 1, "who") && title.is(before, "the");
        (work || says || of) && !named && maker(title, *t).is_some()
    });
    lead.and_then(|t| maker(text, t + 1))
        .or_else(|| headline.and_then(|t| maker(title, t)))
}

#[cfg(test)]
mod tests {
    use crate::catalogue::Catalogue;
    use crate::model::{QuoteKind, Reading};
    use crate::page;
    use crate::reading::read;

    fn kinds(title: &str, text: &str) -> Vec<(String, QuoteKind)> {
        let reading: Reading = read(&page::from_text(text, Some(title)), &Catalogue::empty());
        let quotes = reading.quotes.iter();
        quotes
            .map(|q| (q.by().speaker.clone().unwrap_or_default(), q.by().kind))
            .collect()
    }

    #[test]
    fn what_stands_around_a_name_tells_who_made_the_drama_and_who_is_neither() {
        let cases = [
            (
                "A",
                "“Nobody ran away from it,” said Ok Ji-hye, who created and directed the series.",
                QuoteKind::Staff,
            ),
            (
                "A",
                "Ok Ji-hye has been tapped as showrunner. “We kept the ending,” Ok Ji-hye said.",
                QuoteKind::Staff,
            ),
            (
                "A",
                "Ok Ji-hye (Low Water) will direct all episodes. “I like lamps,” Ok Ji-hye said.",
                QuoteKind::Staff,
            ),
            (
                "A",
                "“They are paid to lie,” said Ok Ji-hye, Head of Korean Originals at the platform.",
                QuoteKind::Other,
            ),
            (
                "A",
                "“Buyers ask for more now,” said Ok Ji-hye, who leads the export bureau.",
                QuoteKind::Other,
            ),
            (
                "A",
                "Ok Ji-hye, a resident who had seen it all, wrote, “They had no permission at all.”",
                QuoteKind::Other,
            ),
            (
                "Screenwriter Ok Ji-hye on Being Late",
                "“It is only fair to say so,” Ok Ji-hye said.",
                QuoteKind::Staff,
            ),
            (
                "Inside the House: CEO Ok Ji-hye On Betting",
                "“Ask me when the ferry comes,” Ok Ji-hye said.",
                QuoteKind::Other,
            ),
            (
                "Bae Na-ra Opens Up About Her First Lead",
                "Bae Na-ra plays a baker. The leader of the group, Ok Ji-hye, sent a truck. “I taught her that,” Ok Ji-hye said.",
                QuoteKind::Other,
            ),
            (
                "A",
                "Even the cat acts, according to its director.\n\n“The cat is the lead,” Ok Ji-hye told reporters.",
                QuoteKind::Staff,
            ),
            (
                "A",
                "The drama stars Ok Ji-hye. “I read the script twice,” Ok Ji-hye said.",
                QuoteKind::Cast,
            ),
        ];
        for (title, text, kind) in cases {
            assert_eq!(kinds(title, text), [("Ok Ji-hye".to_owned(), kind)], "{title}: {text}");
        }
    }

    #[test]
    fn in_a_show_the_people_of_the_drama_are_guests_and_the_others_its_own() {
        let text = "On the March 3 episode of tvN’s “Island Lunch,” the stars of the network’s hit drama “The Tide Clerk,” \
                    Pa Ran Sol and Guk Dong Man, visited the house of Ki Ho Jae and Do Yeon Su.\n\n“I cry every day on set,” Pa \
                    Ran Sol said.\n\n“Then bring your own towel,” Do Yeon Su replied.";
        let title = "Pa Ran Sol Gives Away Too Much As “Island Lunch” Sets Sail";
        let told = kinds(title, text);
        let expected = [("Pa Ran Sol", QuoteKind::Cast), ("Do Yeon Su", QuoteKind::Other)];
        assert_eq!(told, expected.map(|(name, kind)| (name.to_owned(), kind)));
    }
}
