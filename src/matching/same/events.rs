//! The kinds of event that stories of dramas tell, by the words that two outlets choose from.

use super::words::{stem, tokens};
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// How much a kind counts that the headline names …
const HEADLINE: f64 = 2.0;
/// … that the first paragraphs name …
const LEAD: f64 = 1.5;
/// … and that only the rest does.
const REST: f64 = 0.5;

/// Kinds that are a step in a story that goes on, and those that outlets are given one by one: a telling with it in the
/// headline and one that has nothing of it tell of different events.
const STEPS: [&str; 21] = [
    "talks", "decline", "delay", "resume", "sorry", "halt", DENIAL, "reverse", RATINGS, "poster", "script", "stills",
    "award", "teaser", "ost", "nominate", "respond", "correct", "opinion", "recap", "sold",
];
/// Kinds that happen to a drama or a person once in a while: two tellings of one kind about the same people in the same
/// days are of one event. Of the others (stills, ratings, interviews, teasers) there may be another tomorrow.
const ONCE: [&str; 22] = [
    "casting", "talks", "decline", "date", "delay", "halt", "resume", "injury", "ill", "death", "marry", "dating",
    "baby", "military", "contract", "remake", "season", "law", "donate", "script", "accident", "sorry",
];
/// A step that counts as two, and from the first paragraphs on.
const DENIAL: &str = "deny";
const INTERVIEW: &str = "interview";
const RATINGS: &str = "ratings";
/// A step that hardly ever stands in a headline.
const QUIET_STEP: &str = "reverse";

/// Kinds, and the words and phrases for each.
const KINDS: &[(&str, &str)] = &[
    (
        "casting",
        "cast, casting, joins, join, joining, confirmed, lineup, tapped, lands, reunite, headline, recast, ensemble",
    ),
    (
        "talks",
        "talks, offer, offered, consider, considering, considers, reviewing, mull, mulls, courted, approached, eyed",
    ),
    (
        "decline",
        "decline, declined, declines, rejected, rejects, withdraw, withdraws, withdrew, steps down, stepping down, pulled out, leaves, leave, quit, quits, exits, exit, replacement, turns down, turned down, pass on, passes on, pulls out, dropped out",
    ),
    ("script", "script, script reading, table read, first reading"),
    (
        "teaser",
        "teaser, teasers, trailer, clip, footage, preview, previews, highlight",
    ),
    ("stills", "stills, photos, photo, pictures, images, snapshots, shots"),
    ("poster", "poster, posters"),
    ("making", "outtakes, bloopers, making of, behind the scenes"),
    (RATINGS, "ratings, rating, viewership, percent, nielsen"),
    (
        "chart",
        "chart, charts, buzz, buzzworthy, ranking, rankings, views, watched, top 10, talked about, most watched, non english",
    ),
    (
        "date",
        "premiere, premieres, premiering, date, debut, slot, airs, begin, begins, launches",
    ),
    (
        "delay",
        "postpone, postpones, postponed, delay, delays, delayed, pushed, pushes, reschedules, rescheduled",
    ),
    (
        "halt",
        "halt, halts, halted, suspend, suspends, suspended, pauses, paused",
    ),
    (
        "resume",
        "resume, resumes, resumed, recovered, returns to set, back on set, back to work, returns to filming",
    ),
    (
        "injury",
        "injured, injury, injures, fracture, fractured, rib, sprain, sprains, sprained, ankle, hurt, broken, breaks, wounded",
    ),
    (
        "ill",
        "health, hospital, hospitalized, collapse, collapsed, flu, surgery, treatment, ill, illness, disc",
    ),
    (
        "death",
        "passes away, passed away, dies, died, death, funeral, mourn, late actor",
    ),
    (
        "marry",
        "marry, marries, married, marriage, wedding, wed, knot, groom, bride",
    ),
    (
        "dating",
        "dating, relationship, romance, couple, boyfriend, girlfriend, dates",
    ),
    (
        "baby",
        "birth, baby, pregnant, pregnancy, expecting, child, daughter, son, parents",
    ),
    (
        "military",
        "enlist, enlists, enlisting, enlistment, military, service, army, discharged, discharge, training center",
    ),
    (
        "award",
        "award, awards, wins, winner, winners, daesang, prize, trophy, best actor, best actress",
    ),
    (
        "nominate",
        "nominated, nomination, nominations, nominees, nominee, nominates",
    ),
    (
        "respond",
        "responds, responded, response, reacts, reacted, reaction, addresses, addressed, clarifies, clarified, letter",
    ),
    (
        "correct",
        "correction, corrected, corrects, mistakenly, by mistake, in error, revises, revised, wrong figures",
    ),
    ("opinion", "column, viewpoint, opinion, editorial, op ed"),
    ("recap", "recap, recaps, review, reviews, impressions"),
    ("sold", "sold out, sells out"),
    ("contract", "signs, signed, contract, roster, exclusive, renews"),
    (
        "law",
        "sue, sues, lawsuit, suit, court, legal, complaint, complaints, police, questioned, question, attorney, lawyer, defamation, charges",
    ),
    ("bully", "violence, bullying, bullied, bully, school"),
    (
        "reverse",
        "reverses, reversed, earlier today, earlier that day, after all, as planned, back on schedule, back on air",
    ),
    ("drunk-driving", "drunk, driving, dui, influence"),
    ("sorry", "apologize, apologizes, apologized, apology, sorry, regret"),
    (
        "deny",
        "deny, denies, denied, denial, untrue, groundless, not true, shuts down, dismisses rumors, dismissed rumors",
    ),
    ("donate", "donate, donates, donated, donation, relief, gives, victims"),
    ("remake", "remake, remade, rights, sold"),
    ("wrap", "wrap, wraps, wrapped, finishes, finished filming"),
    (
        "finale",
        "finale, ends, end, ended, ending, final, concludes, farewell, goodbye, bows out",
    ),
    (
        "interview",
        "interview, explains, chat, magazine, pictorial, cover, talks about, opens up, shares why, sat down",
    ),
    ("press", "press, conference, press conference, press event"),
    ("variety", "variety, guest, radio, show, talk show"),
    ("cameo", "cameo, special appearance, guest role"),
    ("ost", "ost, soundtrack, song, sing, sings, ballad"),
    ("season", "season, sequel, renewed, second season"),
    ("vacation", "vacation, reward"),
    ("accident", "fire, accident"),
    (
        "controversy",
        "controversy, criticism, criticized, fire, backlash, complain, complained, complains, accused",
    ),
];

/// The kinds that a stem stands for.
static WORDS: LazyLock<HashMap<String, Vec<&'static str>>> = LazyLock::new(|| {
    let mut all: HashMap<String, Vec<&'static str>> = HashMap::new();
    for (kind, word) in phrases().filter(|(_, phrase)| !phrase.contains(' ')) {
        all.entry(stem(word).to_owned()).or_default().push(kind);
    }
    all
});
/// Phrases, and the kind of each.
static PHRASES: LazyLock<HashMap<Vec<String>, &'static str>> = LazyLock::new(|| {
    let long = phrases().filter(|(_, phrase)| phrase.contains(' '));
    long.map(|(kind, phrase)| (tokens(phrase), kind)).collect()
});

fn phrases() -> impl Iterator<Item = (&'static str, &'static str)> {
    KINDS
        .iter()
        .flat_map(|(kind, list)| list.split(", ").map(|phrase| (*kind, phrase)))
}

/// Whether a stem stands for a kind of event.
pub(super) fn is_word(stem: &str) -> bool {
    WORDS.contains_key(stem)
}

/// The kinds of event that a story tells, and how much of it each is.
pub(super) fn of(headline: &[String], lead: &[String], body: &[String]) -> BTreeMap<&'static str, f64> {
    let (headline, lead) = (kinds(headline), kinds(lead));
    let mut all: BTreeMap<&'static str, f64> = BTreeMap::new();
    for kind in kinds(body)
        .into_iter()
        .chain(headline.iter().copied())
        .chain(lead.iter().copied())
    {
        let first = if lead.contains(&kind) { LEAD } else { REST };
        let named = if headline.contains(&kind) { HEADLINE } else { 0.0 };
        all.insert(kind, named + first);
    }
    all
}

fn kinds(words: &[String]) -> Vec<&'static str> {
    let mut all: Vec<&'static str> = words
        .iter()
        .filter_map(|word| WORDS.get(stem(word)))
        .flatten()
        .copied()
        .collect();
    for length in [2, 3] {
        all.extend(words.windows(length).filter_map(|phrase| PHRASES.get(phrase)));
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// Whether both tell of something that does not happen twice in a few days: one in the headline, the other at least in
/// the first paragraphs.
pub(super) fn is_once(a: &BTreeMap<&'static str, f64>, b: &BTreeMap<&'static str, f64>) -> bool {
    ONCE.iter().any(|kind| {
        let weights = a.get(kind).zip(b.get(kind));
        weights.is_some_and(|(a, b)| a.max(*b) >= HEADLINE && a.min(*b) >= LEAD)
    })
}

/// Whether both are interviews.
pub(super) fn are_interviews(a: &BTreeMap<&'static str, f64>, b: &BTreeMap<&'static str, f64>) -> bool {
    let is = |kinds: &BTreeMap<&'static str, f64>| kinds.get(INTERVIEW).is_some_and(|weight| *weight >= LEAD);
    is(a) && is(b)
}

/// Whether both tell ratings from the first paragraphs on.
pub(super) fn are_ratings(a: &BTreeMap<&'static str, f64>, b: &BTreeMap<&'static str, f64>) -> bool {
    let tells = |kinds: &BTreeMap<&'static str, f64>| kinds.get(RATINGS).is_some_and(|weight| *weight >= LEAD);
    tells(a) && tells(b)
}

/// Whether a story denies something, wherever.
pub(super) fn denies(kinds: &BTreeMap<&'static str, f64>) -> bool {
    kinds.contains_key(DENIAL)
}

/// Whether one tells what the other denies.
pub(super) fn is_denial(a: &BTreeMap<&'static str, f64>, b: &BTreeMap<&'static str, f64>) -> bool {
    let is_answer = |one: &BTreeMap<&'static str, f64>, other: &BTreeMap<&'static str, f64>| {
        one.get(DENIAL).is_some_and(|weight| *weight >= LEAD) && !denies(other)
    };
    is_answer(a, b) || is_answer(b, a)
}

/// How many steps only one of both takes; two count as many.
pub(super) fn steps(a: &BTreeMap<&'static str, f64>, b: &BTreeMap<&'static str, f64>) -> f64 {
    f64::from(u32::try_from(alone(a, b) + alone(b, a)).unwrap_or(2).min(2))
}

/// Whether each takes a step that the other does not.
pub(super) fn are_steps_apart(a: &BTreeMap<&'static str, f64>, b: &BTreeMap<&'static str, f64>) -> bool {
    alone(a, b) > 0 && alone(b, a) > 0
}

/// How many steps one takes that the other says nothing of.
fn alone(one: &BTreeMap<&'static str, f64>, other: &BTreeMap<&'static str, f64>) -> usize {
    let takes = |step: &&&str| {
        let least = match **step {
            QUIET_STEP => REST,
            DENIAL => LEAD,
            _ => HEADLINE,
        };
        one.get(**step).is_some_and(|weight| *weight >= least) && !other.contains_key(**step)
    };
    let weights = STEPS.iter().filter(takes);
    weights.map(|step| if *step == DENIAL { 2 } else { 1 }).sum()
}
