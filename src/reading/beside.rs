//! What the words right before and right behind a name say about it.

use super::entity::Trade;
use super::evidence::{Candidate, is_earlier_work, is_outlet, is_real_name, profession};
use super::lexicon::Class;
use super::lexicon::trades::maker;
use super::names::{Form, Found};
use super::stranger::does_something;
use super::text::{Shape, Text};

const OUTSIDERS: &[&str] = &[
    "lawyer",
    "attorney",
    "manager",
    "mother",
    "father",
    "husband",
    "wife",
    "professor",
    "politician",
    "mayor",
    "minister",
    "economist",
    "commentator",
    "fan",
    "psychologist",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "lawmaker",
    "reporter",
    "teacher",
    "trainer",
    "classmate",
    "coordinator",
];

/// `a thriller about Cho Hee`, `follows the clerk Na Ri`, `a baker named Sul Ha`: of whom the drama tells.
fn is_told_of(text: &Text, name: Found) -> bool {
    const NOUNS: usize = 5;
    let mut at = name.titles;
    while at > 0
        && name.titles - at < NOUNS
        && (text.shape(at - 1) == Shape::Lower || text.shape(at - 1) == Shape::Number)
        && !text
            .class(at - 1)
            .has(Class::PREP.with(Class::CONJ).with(Class::SUBORD).with(Class::AUX))
        && !text.is(at - 1, "follows")
    {
        // `the actor Kim`, `the idol Kim` are real.
        if text.class(at - 1).has(Class::TITLE) && !text.is(at - 1, "named") {
            return false;
        }
        at -= 1;
    }
    let Some(word) = at.checked_sub(1) else { return false };
    let before = |words: &[&str]| word > 0 && words.iter().any(|w| text.is(word - 1, w));
    let story = word > 0 && text.class(word - 1).has(Class::DRAMA) || before(&["story", "tale", "journey"]);
    let named = at < name.titles && text.is(name.titles - 1, "named");
    named
        || text.is(word, "follows")
        || (text.is(word, "about") || text.is(word, "of")) && story && !text.class(word - 1).has(Class::PREP)
        || text.is(word, "around") && before(&["revolves", "revolving", "centers", "centered"])
        || text.is(word, "on") && before(&["centers", "centering", "centered"])
}

/// The words before a name: `actress`, `member`, `co-star`, `directed by`, a group's possessive.
pub(super) fn before(text: &Text, name: Found, candidate: &mut Candidate) {
    let Some(at) = name.titles.checked_sub(1) else { return };
    let class = text.class(at);
    // `ROWEL (real name Tong Ji An)`: another name of the same person.
    if is_real_name(text, name) {
        candidate.person -= 20.0;
    }
    if is_outlet(text, name) {
        candidate.person -= 6.0;
    }
    candidate.character += if is_told_of(text, name) { 3.4 } else { 0.0 };
    // `known for Winter Tax`.
    let known = text.is(at, "for") && text.is(at.wrapping_sub(1), "known");
    if known && matches!(name.form, Form::Words | Form::Single) {
        candidate.person -= 4.0;
    }
    // `the star of The Quiet Ferry`: nobody is called “The”.
    let article = ["The", "A", "An"].contains(&text.word(at));
    if article && matches!(name.form, Form::Words | Form::Single) {
        candidate.person -= 4.0;
    }
    if is_earlier_work(text, name) {
        candidate.person -= 6.0;
        candidate.character -= 6.0;
    }
    // `the web talk show Late Tea`, `the thriller Velvet Alibi`: a title whose marks were lost.
    let works = Class::SHOW
        .with(Class::DRAMA)
        .with(Class::FILM)
        .with(Class::SONG)
        .with(Class::BOOK);
    if name.form != Form::Korean && text.shape(at) == Shape::Lower && class.has(works) && !text.is(at, "play") {
        candidate.person -= 4.0;
    }
    // `who goes by the pen name Dang Geun`.
    if text.is(at, "name") && ["pen", "stage"].iter().any(|w| text.is(at.wrapping_sub(1), w)) {
        candidate.person += 3.0;
        if text.is(at.wrapping_sub(1), "pen") {
            candidate.nouns.push("author".to_owned());
        }
    }
    // `the Velvet Alibi star`: a title, whose marks were lost, in front of who was in it.
    if text.shape(at) == Shape::Lower
        && class.has(Class::DET)
        && name.form != Form::Korean
        && text.shape(name.last) == Shape::Lower
        && text.class(name.last).has(Class::TITLE)
        && !text.class(name.last + 1).has(Class::PREP)
    {
        candidate.character -= 4.0;
        candidate.person -= 4.0;
    }
    // `broadcaster Kim Bo Ra`.
    if text.shape(at) == Shape::Lower && text.is(at, "broadcaster") {
        candidate.person += 2.0;
        candidate.trade = candidate.trade.or(Some(Trade::Host));
    }
    if text.shape(at) == Shape::Lower && class.has(Class::TITLE) {
        candidate.person += 3.0;
        profession(text, at, candidate);
        // `rookie actress`, `veteran actor`.
        profession(text, at.saturating_sub(1), candidate);
    }
    // `Disney’s content boss Priya Ramanathan`.
    if text.shape(at) == Shape::Lower
        && class.has(Class::OFFICE)
        && !class.has(Class::TITLE)
        && candidate.nouns.len() < 12
    {
        candidate.person += 1.5;
        candidate.nouns.push(text.word(at).to_owned());
    }
    // `the YouTube channel of comedian Kim`.
    if (at.saturating_sub(2)..=at)
        .any(|t| text.is(t, "of") && t > 0 && ["channel", "show", "podcast", "program"].contains(&text.word(t - 1)))
    {
        candidate.person += 1.0;
        candidate.trade = candidate.trade.or(Some(Trade::Host));
    }
    // `the director of Paper Moon, Kim,`.
    if text.word(at) == ","
        && let Some(of) = (at.saturating_sub(8)..at).rev().find(|t| text.is(*t, "of"))
        && of > 1
        && text.shape(of - 1) == Shape::Lower
        && text.class(of - 1).has(Class::TITLE)
        && text.class(of - 2).has(Class::DET)
        && matches!(text.word(name.last), "," | ".")
    {
        candidate.person += 2.0;
        profession(text, of - 1, candidate);
    }
    // `the drama’s director, Kim`.
    if text.word(at) == ","
        && at > 1
        && text.shape(at - 1) == Shape::Lower
        && text.class(at - 1).has(Class::TITLE)
        && matches!(text.word(name.last), "," | ".")
    {
        candidate.person += 2.0;
        profession(text, at - 1, candidate);
    }
    // `his daughter, Kim,`: the noun tells of Kim.
    let kin = at - usize::from(text.word(at) == "," && at > 0);
    if text.shape(kin) == Shape::Lower && (kin == at || matches!(text.word(name.last), "," | ".")) {
        let class = text.class(kin);
        if class.has(Class::FEMALE) && !class.has(Class::TITLE) {
            candidate.she += 1.5;
        } else if class.has(Class::MALE) && !class.has(Class::TITLE) {
            candidate.he += 1.5;
        }
        if kin < at && candidate.nouns.len() < 12 && class.has(Class::FEMALE.with(Class::MALE)) {
            candidate.nouns.push(text.word(kin).to_owned());
        }
    }
    // `her lawyer, Kim`, `his mother Kim`: real people who neither act nor make dramas.
    let noun = at - usize::from(text.word(at) == "," && at > 0);
    if OUTSIDERS.contains(&text.word(noun)) && (noun == at || matches!(text.word(name.last), "," | ".")) {
        candidate.person += 1.0;
        candidate.trade = candidate.trade.or(Some(Trade::Host));
        candidate.nouns.push(text.word(noun).to_owned());
    }
    if text.is(at, "by") && at > 0 {
        let verb = text.word(at - 1).to_ascii_lowercase();
        if [
            "directed",
            "written",
            "penned",
            "helmed",
            "created",
            "produced",
            "co-directed",
            "co-written",
            "scripted",
        ]
        .contains(&verb.as_str())
        {
            candidate.person += 3.0;
            candidate.trade = Some(Trade::Staff);
            candidate.nouns.push(
                if verb.contains("direct") || verb == "helmed" {
                    "director"
                } else {
                    "writer"
                }
                .to_owned(),
            );
        } else if ["played", "portrayed", "hosted"].contains(&verb.as_str()) {
            candidate.person += 3.0;
            if verb == "hosted" {
                candidate.trade = candidate.trade.or(Some(Trade::Host));
            }
        }
    }
    if text.is(at, "starring") || text.is(at, "stars") || text.is(at, "featuring") {
        candidate.person += 2.5;
        candidate.acts |= !text.is(at, "featuring");
    }
    if text.is(at, "character") || text.is(at, "characters") {
        candidate.character += 3.0;
    }
    if class.has(Class::PREP)
        && matches!(name.form, Form::Words | Form::Single)
        && (text.is(at, "in") || text.is(at, "at"))
    {
        candidate.person -= 1.0;
    }
    // A group's possessive: `LUNEAR’s Haeon`, `BTS’s Jin`.
    if text.shape(at) == Shape::Clitic
        && at > 0
        && text.tokens[at - 1].is_capital()
        && !text.class(at - 1).has(Class::STATION)
    {
        let group = text.shape(at - 1) == Shape::Upper || text.word(at - 1).chars().any(|c| c.is_ascii_digit());
        if group && text.shape(name.last) != Shape::Clitic {
            candidate.nouns.extend(["idol".to_owned(), "singer".to_owned()]);
        }
        if group && matches!(name.form, Form::Single | Form::Pair | Form::Words) {
            candidate.person += 3.0;
        }
    }
}

/// `plays her estranged husband`: who plays a man is one.
fn as_played(text: &Text, from: usize, candidate: &mut Candidate) {
    const REACH: usize = 6;
    let noun = (from..from + REACH)
        .take_while(|t| text.shape(*t) == Shape::Lower && !text.class(*t).has(Class::PREP.with(Class::SUBORD)))
        .last()
        .filter(|t| text.shape(t + 1) != Shape::Clitic && !text.class(*t).has(Class::HE.with(Class::SHE)));
    let class = noun.map_or(Class::NONE, |t| text.class(t));
    if class.has(Class::FEMALE) {
        candidate.she += 1.2;
    } else if class.has(Class::MALE) {
        candidate.he += 1.2;
    }
}

/// A verb stands here, behind adverbs: what is in front of it is its subject.
fn acts(text: &Text, at: usize) -> bool {
    let verb = (at..at + 3).find(|t| !text.class(*t).has(Class::ADV)).unwrap_or(at);
    let class = text.class(verb);
    text.shape(verb) == Shape::Lower
        && (class.has(Class::SAY.with(Class::AUX)) && !class.has(Class::ING) || text.word(verb).ends_with("ed"))
        && !class.has(Class::PREP)
}

/// The words behind a name: `’s agency`, `plays`, `, who directed`, `(34)`.
pub(super) fn behind(text: &Text, name: Found, candidate: &mut Candidate) {
    let at = name.last;
    if text.shape(at) == Shape::Clitic {
        let owned = text.word(at + 1);
        // `LUNEAR’s Haeon`: the owner is a group.
        if text.tokens.get(at + 1).is_some_and(|t| t.is_capital()) && text.shape(name.first) == Shape::Upper {
            candidate.person -= 4.0;
        }
        if [
            "agency",
            "label",
            "character",
            "management",
            "co-star",
            "side",
            "acting",
            "role",
            "wife",
            "husband",
        ]
        .contains(&owned)
        {
            candidate.person += 2.0;
        }
        return;
    }
    // `Kim, 34,`, `Kim (34)`.
    if matches!(text.word(at), "," | "(") && matches!(text.word(at + 2), "," | ")" | ".") {
        candidate.age = candidate.age.or_else(|| text.word(at + 1).parse().ok());
    }
    let mut verb = at;
    while text.class(verb).has(Class::ADV.with(Class::AUX)) && verb < at + 4 {
        verb += 1;
    }
    let word = text.word(verb);
    let plays = [
        "plays",
        "play",
        "played",
        "stars",
        "starred",
        "star",
        "starring",
        "portrays",
        "portrayed",
        "portray",
        "takes",
        "joined",
        "joins",
    ];
    // `Yang directs.`, `Seong writes and directs the 10-parter`.
    let made = maker(word).filter(|_| {
        let next = text.class(verb + 1);
        let drama = next.has(Class::DET.with(Class::CONJ))
            || matches!(text.word(verb + 1), "." | ",")
            || text.shape(verb + 1) == Shape::Mark;
        !name.story && text.shape(verb) == Shape::Lower && drama && !word.starts_with("written")
    });
    if let Some(made) = made.filter(|m| *m == "director" || text.class(verb + 1).has(Class::DET.with(Class::CONJ))) {
        let pair = text.is(verb + 1, "and").then(|| maker(text.word(verb + 2))).flatten();
        let works = pair.is_some()
            || made == "director"
            || (verb + 1..verb + 7).any(|t| {
                text.class(t).has(Class::DRAMA)
                    || ["script", "scripts", "episodes", "epic", "dramas"].contains(&text.word(t))
            });
        if works && candidate.nouns.len() < 12 {
            candidate.person += 1.0;
            candidate.trade = candidate.trade.or(Some(Trade::Staff));
            candidate.nouns.extend([made.to_owned()]);
            candidate.nouns.extend(pair.map(str::to_owned));
        }
    }
    if plays.contains(&word) && (word != "takes" || text.is(verb + 1, "on")) {
        candidate.acts |= !word.starts_with("join");
        as_played(text, verb + 1, candidate);
        candidate.person += 2.5;
    }
    if text.word(at) == "," {
        // `said Lim, executive producer at CJ`.
        let noun = (at + 1..at + 5)
            .take_while(|t| {
                text.shape(*t) == Shape::Lower && !text.class(*t).has(Class::DET.with(Class::PREP).with(Class::SUBORD))
            })
            .last()
            .filter(|t| {
                text.class(*t).has(Class::TITLE)
                    && (text.class(t + 1).has(Class::PREP) || matches!(text.word(t + 1), "," | "."))
            });
        if let Some(noun) = noun {
            candidate.person += 1.0;
            profession(text, noun, candidate);
        }
        // `Kim, the director of “X”,`; but `As for Kim, the director praised him`.
        if text.class(at + 1).has(Class::DET)
            && let Some(noun) = (at + 2..at + 6)
                .take_while(|t| {
                    text.shape(*t) == Shape::Lower
                        || text.shape(*t) == Shape::Clitic
                        || text.tokens.get(*t).is_some_and(|t| t.is_capital())
                })
                // `Directed by Kim, the drama stars actress Lee`: a verb stands between.
                .take_while(|t| !["stars", "follows", "tells", "features", "depicts"].contains(&text.word(*t)))
                .find(|t| text.shape(*t) == Shape::Lower && text.class(*t).has(Class::TITLE))
                .filter(|t| !acts(text, t + 1))
        {
            candidate.person += 1.0;
            profession(text, noun, candidate);
        }
        // `Kim, a former national swimmer,`.
        let article = ["a", "an", "the"].iter().any(|w| text.is(at + 1, w));
        // `Park, then a producer at a small company,`.
        let then = text.class(at + 1).has(Class::ADV) && text.is(at + 2, "a")
            || text.is(at + 1, "then") && text.is(at + 2, "a");
        if then && text.class(at + 3).has(Class::TITLE) {
            profession(text, at + 3, candidate);
        }
        let end = (at + 2..at + 7)
            .find(|t| text.shape(*t) != Shape::Lower || text.class(*t).has(Class::PREP.with(Class::SUBORD)));
        if let Some(noun) = end.and_then(|e| e.checked_sub(1)).filter(|n| article && *n > at + 1)
            && (does_something(text.word(noun)) || text.class(noun).has(Class::OFFICE))
            && !text.class(noun).has(Class::TITLE)
            && candidate.nouns.len() < 12
        {
            candidate.person += 0.9;
            candidate.nouns.push(text.word(noun).to_owned());
        }
        // `said Kim, president of television at Lantern`.
        // `Pamela Yi, Head of Korean Originals`, `Heo, the company’s chief executive,`.
        let office = (at + 1..at + 8)
            .take_while(|t| {
                matches!(text.shape(*t), Shape::Lower | Shape::Clitic)
                    || text.tokens.get(*t).is_some_and(|t| t.is_capital())
            })
            .find(|t| {
                (["of", "at", "for"].contains(&text.word(t + 1))
                    || text.word(t + 1) == "," && text.shape(*t) != Shape::Clitic)
                    && text.class(*t).has(Class::OFFICE)
            });
        if let Some(office) = office.filter(|_| candidate.nouns.len() < 12) {
            candidate.person += 0.9;
            candidate.nouns.push(text.word(office).to_ascii_lowercase());
        }
        let relative = text.is(at + 1, "who");
        let verb = at + 2 + usize::from(text.class(at + 2).has(Class::AUX.with(Class::ADV)));
        if relative {
            // Nothing but somebody is “who”; a word of the language may be a group's name.
            let word = text.class(name.first);
            // `Yoon Ja’s daughter Han Bit, who dreams`: as real as Yoon Ja is.
            let kin = text
                .class(name.titles.wrapping_sub(1))
                .has(Class::FEMALE.with(Class::MALE).with(Class::STORY));
            let sure = name.form == Form::Single && !word.is_english() && !word.has(Class::SURNAME)
                || name.form == Form::Pair && !kin;
            candidate.person += if sure { 2.0 } else { 0.5 };
            candidate.character += if sure && candidate.character > 0.0 { 1.5 } else { 0.0 };
            let word = text.word(verb);
            // `who created and directed the series`.
            let makes =
                (verb..verb + 3).filter_map(|t| maker(text.word(t)).filter(|_| t == verb || text.is(t - 1, "and")));
            let nouns = candidate.nouns.len();
            candidate.nouns.extend(makes.map(str::to_owned));
            if candidate.nouns.len() > nouns {
                candidate.trade = Some(Trade::Staff);
                candidate.person += 2.0;
            } else if ["plays", "play", "played", "portrays", "portrayed"].contains(&word) && !text.is(verb + 1, "by") {
                candidate.acts = true;
                as_played(text, verb + 1, candidate);
                candidate.person += 2.5;
            } else if ["oversees", "heads", "runs", "manages", "supervises"].contains(&word)
                && candidate.nouns.len() < 12
            {
                candidate.nouns.push("executive".to_owned());
            } else if ["hosts", "hosted"].contains(&word) {
                candidate.trade = candidate.trade.or(Some(Trade::Host));
                candidate.person += 2.0;
            }
        }
    }
    if text.class(at).has(Class::ORG) && text.tokens[at].is_capital() {
        candidate.person -= 4.0;
    }
}
