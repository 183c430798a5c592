//! What alone makes two tellings two, however alike they are otherwise: different dramas, people or places in the
//! headlines, two interviews without a line in common, a report and its denial, a name in each headline that the other
//! story never tells, another rating. How alike they are is not asked here.

use super::{Cast, Telling, Told, events, figures, text, words};
use std::collections::BTreeSet;

/// What a headline says that another telling of the event does not contradict.
#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    /// The dramas it names.
    dramas: Cast,
    /// Who is in it, by sound, in order.
    people: Vec<BTreeSet<String>>,
    /// Stems of its names that are neither people nor the drama.
    named: BTreeSet<String>,
    /// Whether it says that something is not so.
    is_negated: bool,
    /// Whether it passes on what is not confirmed.
    is_hearsay: bool,
}

/// Words of what is not confirmed.
const HEARSAY: [&str; 8] = [
    "reported",
    "reportedly",
    "report",
    "reports",
    "rumor",
    "rumors",
    "rumored",
    "speculation",
];

impl Head {
    /// Of a story. `named`: stems of names that are neither people nor the drama.
    pub(super) fn of(told: &Told<'_>, named: BTreeSet<String>) -> Self {
        let joined = words::tokens(told.title).concat();
        let dramas: Vec<_> = (told.dramas.iter())
            .filter(|drama| is_named(&joined, &drama.name))
            .cloned()
            .collect();
        let mut people: Vec<_> = (told.people.iter())
            .filter_map(|person| Some((place(&joined, &person.name)?, super::cast::sounds(person))))
            .collect();
        people.sort_by_key(|(place, _)| *place);
        let said = words::tokens(&text::unquoted(told.title));
        Self {
            dramas: Cast::of(&dramas, told.people, told.network),
            people: people.into_iter().map(|(_, person)| person).collect(),
            named,
            is_negated: is_negated(&said),
            is_hearsay: said.iter().any(|word| HEARSAY.contains(&word.as_str())),
        }
    }
}

/// Whether two tellings cannot be of one event. `said`: the likeness of their spoken lines.
pub(super) fn are_two(a: &Telling, b: &Telling, said: f64) -> bool {
    let either = |one_way: fn(&Telling, &Telling) -> bool| one_way(a, b) || one_way(b, a);
    events::is_denial(&a.events, &b.events)
        || are_of_other_dramas(a, b)
        || are_about_others(a, b)
        || (are_interviews_beside(a, b) && said < super::SAID)
        || (has_own(a, b) && has_own(b, a))
        || either(is_refuted)
        || are_other_ratings(a, b)
        || events::are_steps_apart(&a.events, &b.events)
        || are_of_other_subjects(a, b)
}

/// Whether each headline begins with somebody else, and one names nobody beside: a person, and somebody who works with
/// them.
fn are_of_other_subjects(a: &Telling, b: &Telling) -> bool {
    let firsts = a.head.people.first().zip(b.head.people.first());
    firsts.is_some_and(|(one, two)| one.is_disjoint(two)) && (a.head.people.len() == 1 || b.head.people.len() == 1)
}

/// Whether both headlines name dramas and none is in both, or those of one are nowhere in the other.
fn are_of_other_dramas(a: &Telling, b: &Telling) -> bool {
    let are_others = |one: &Cast, other: &Cast| one.has_dramas() && other.has_dramas() && !one.fits(other);
    let (one, two) = (&a.head.dramas, &b.head.dramas);
    are_others(one, two) || are_others(one, &b.cast) || are_others(two, &a.cast)
}

/// Whether both headlines name people, and nobody is in both: two interviews, two who join a cast. Or both name places
/// and other things, none of them the same, and not all of them are told of in both.
fn are_about_others(a: &Telling, b: &Telling) -> bool {
    let (one, two) = (&a.head, &b.head);
    let is_theirs = |person: &BTreeSet<String>| two.people.iter().any(|theirs| !theirs.is_disjoint(person));
    let others = !one.people.is_empty() && !two.people.is_empty() && !one.people.iter().any(is_theirs);
    let apart = !one.named.is_empty() && !two.named.is_empty() && one.named.is_disjoint(&two.named);
    others || (apart && !(one.named.is_subset(&b.all) && two.named.is_subset(&a.all)))
}

/// Whether both are interviews of which lines are known: those of one are in the other, or there were two.
fn are_interviews_beside(a: &Telling, b: &Telling) -> bool {
    !a.lines.is_empty() && !b.lines.is_empty() && events::are_interviews(&a.events, &b.events)
}

/// Whether a headline names somebody or something that the other does not tell of at all.
fn has_own(a: &Telling, b: &Telling) -> bool {
    let is_unknown = |person: &BTreeSet<String>| !b.cast.has(person);
    !a.head.named.is_subset(&b.all) || (!a.head.people.is_empty() && a.head.people.iter().all(is_unknown))
}

/// Whether one headline passes on what the other says is not so: a report, and the answer to it.
fn is_refuted(report: &Telling, answer: &Telling) -> bool {
    report.head.is_hearsay && !report.head.is_negated && answer.head.is_negated && !events::denies(&report.events)
}

/// Whether both tell ratings, and not the same ones.
fn are_other_ratings(a: &Telling, b: &Telling) -> bool {
    events::are_ratings(&a.events, &b.events) && figures::are_other_ratings(&a.figures, &b.figures)
}

/// Whether words outside of quotation marks say that something is not so; “No. 1” does not.
fn is_negated(words: &[String]) -> bool {
    words.iter().enumerate().any(|(at, word)| match word.as_str() {
        "not" | "never" | "without" => true,
        "no" => (words.get(at + 1)).is_some_and(|next| words::number(next).is_none() && next != "1"),
        _ => false,
    })
}

/// Whether a title is in a headline (its words joined).
fn is_named(headline: &str, title: &str) -> bool {
    let title = words::tokens(title).concat();
    !title.is_empty() && headline.contains(&title)
}

/// Where somebody is in a headline (its words joined), in full or by the given name.
fn place(headline: &str, person: &str) -> Option<usize> {
    /// Shortest given name in letters that is not a part of other words.
    const GIVEN: usize = 5;
    let words = words::tokens(person);
    let (full, given) = (
        words.concat(),
        words.iter().skip(1).map(String::as_str).collect::<String>(),
    );
    let full = headline.find(&full).filter(|_| !full.is_empty());
    full.or_else(|| headline.find(&given).filter(|_| given.len() >= GIVEN))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Named;

    fn named(names: &[&str], kind: &str) -> Vec<Named> {
        let key = |name: &str| format!("{kind}:{}", name.to_lowercase());
        let all = names.iter().map(|name| Named {
            key: key(name),
            name: (*name).to_owned(),
        });
        all.collect()
    }

    /// A headline and what it is about.
    fn told(title: &str, dramas: &[&str], people: &[&str]) -> Telling {
        Telling::of(&Told {
            title,
            body: "It was told on Monday.",
            dramas: &named(dramas, "words"),
            people: &named(people, "name"),
            network: None,
            quotes: &[],
            at: None,
        })
    }

    #[test]
    fn headlines_of_different_dramas_are_two_stories() {
        let one = told(
            "Pictures of Gu Hye Rim from “Paper Moon”",
            &["Paper Moon", "Salt House"],
            &["Gu Hye Rim"],
        );
        let other = told("Gu Hye Rim bakes in “Salt House”", &["Salt House"], &["Gu Hye Rim"]);
        assert!(are_two(&one, &other, 1.0) && are_two(&other, &one, 1.0));
        let same = told("Gu Hye Rim bakes", &["Paper Moon"], &["Gu Hye Rim"]);
        assert!(!are_two(&one, &same, 1.0) && !are_two(&same, &one, 1.0));
    }

    #[test]
    fn whoever_is_first_is_the_subject() {
        let (drama, both) = (["Paper Moon"], ["Gu Hye Rim", "Nam Do Yun"]);
        let one = told("Gu Hye Rim talks about “Paper Moon”", &drama, &both);
        let other = told("Nam Do Yun on “Paper Moon” and Gu Hye Rim", &drama, &both);
        let couple = told("Gu Hye Rim and Nam Do Yun on “Paper Moon”", &drama, &both);
        assert!(are_two(&one, &other, 0.0) && are_two(&other, &one, 0.0));
        assert!(!are_two(&one, &couple, 0.0));
    }

    #[test]
    fn a_report_and_its_answer_are_two_stories() {
        let (drama, nobody) = (["Paper Moon"], [""; 0]);
        let report = told("“Paper Moon” reported to go to Jeju", &drama, &nobody);
        for (answer, is_two) in [
            ("No trip to Jeju for “Paper Moon”", true),
            ("“Paper Moon” is not going to Jeju", true),
            ("“Paper Moon” is No. 1 on Jeju", false),
            ("“Paper Moon”: “We do not sleep on Jeju”", false),
        ] {
            assert_eq!(
                are_two(&report, &told(answer, &drama, &nobody), 0.0),
                is_two,
                "{answer}"
            );
        }
    }
}
