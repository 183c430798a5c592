//! What holds for every article: no panic, quotes cut from the body, a bounded summary.

mod closing;
mod drama;
mod headline;
mod role;
mod summary;

use super::{explain, key_quotes, read};
use crate::catalogue::Catalogue;
use crate::model::{Article, Paragraph, ParagraphKind, QuoteKind};
use proptest::prelude::*;

fn article(title: &str, paragraphs: &[&str]) -> Article {
    let paragraphs = paragraphs
        .iter()
        .map(|p| Paragraph {
            kind: ParagraphKind::Paragraph,
            text: (*p).to_owned(),
        })
        .collect();
    Article {
        title: title.to_owned(),
        paragraphs,
        ..Article::default()
    }
}

fn speakers(paragraphs: &[&str]) -> Vec<(Option<String>, String)> {
    let reading = read(&article("", paragraphs), &Catalogue::empty());
    reading
        .quotes
        .iter()
        .map(|q| (q.by().speaker.clone(), q.text().to_owned()))
        .collect()
}

fn said(speaker: &str, words: &str) -> (Option<String>, String) {
    (Some(speaker.to_owned()), words.to_owned())
}

#[test]
fn nothing_is_read_from_nothing() {
    let reading = read(&Article::default(), &Catalogue::empty());
    assert!(reading.quotes.is_empty() && reading.people.is_empty() && reading.drama.is_empty());
}

#[test]
fn split_quotes_are_one_and_answers_are_two() {
    let lead = "Kim Bo Ra and Lee Do Han star in SBS’s “Paper Moon.”";
    assert_eq!(
        speakers(&[lead, "“I ran,” Kim Bo Ra said, “and he ran after me.”"]),
        [said("Kim Bo Ra", "I ran, and he ran after me.")]
    );
    assert_eq!(
        speakers(&[lead, "“Did you run?” asked Kim Bo Ra. “I did not,” Lee Do Han replied."]),
        [said("Kim Bo Ra", "Did you run?"), said("Lee Do Han", "I did not,")]
    );
}

#[test]
fn titles_and_labels_are_no_quotes() {
    let lead = "Kim Bo Ra, the so-called “queen of tears,” stars in “Paper Moon,” and her song “Low Tide” is out.";
    assert_eq!(speakers(&[lead]), []);
}

#[test]
fn an_ambiguous_surname_names_nobody() {
    let lines = [
        "Kim Bo Ra and Kim Do Han star in SBS’s “Paper Moon.”",
        "Kim said, “I have never seen the moon so close to the sea.”",
    ];
    assert_eq!(
        speakers(&lines),
        [(None, "I have never seen the moon so close to the sea.".to_owned())]
    );
}

#[test]
fn someone_is_nobody_known() {
    let lines = [
        "Kim Bo Ra of SBS’s “Paper Moon” fell off the stage and laughed about it.",
        "“Is the floor all right after that?” someone called from the back.",
    ];
    assert_eq!(
        speakers(&lines),
        [(None, "Is the floor all right after that?".to_owned())]
    );
}

#[test]
fn organisations_speak_by_their_name() {
    let reading = read(
        &article(
            "",
            &["Kim Bo Ra’s agency Pine Company stated, “She will rest until the end of the month.”"],
        ),
        &Catalogue::empty(),
    );
    let by = reading.quotes[0].by();
    assert_eq!(
        (by.speaker.as_deref(), by.kind),
        (Some("Pine Company"), QuoteKind::Agency)
    );
}

#[test]
fn an_agency_of_the_operators_file_is_a_company_without_the_word() {
    let mut catalogue = Catalogue::empty();
    assert_eq!(catalogue.add_tsv("name\thangul\tkind\nBarley Lantern\t\tagency\n"), []);
    let lines = &["On the following day, Barley Lantern stated, “She will rest until the end of the month.”"];
    let by = |catalogue: &Catalogue| {
        let reading = read(&article("", lines), catalogue);
        let by = reading.quotes[0].by();
        (by.speaker.clone(), by.kind)
    };
    assert_eq!(by(&catalogue), (Some("Barley Lantern".to_owned()), QuoteKind::Agency));
    assert_ne!(by(&Catalogue::empty()).1, QuoteKind::Agency);
}

#[test]
fn the_trace_tells_why() {
    let (_, trace) = explain(
        &article(
            "",
            &["Kim Bo Ra said, “I ran all the way to the sea.” She stars in “Paper Moon.”"],
        ),
        &Catalogue::empty(),
    );
    let told = trace.to_string();
    assert!(
        told.contains("a cue before it") && told.contains("verb before it: Kim Bo Ra") && told.contains("Title"),
        "{told}"
    );
}

#[test]
fn key_quotes_prefer_one_of_each() {
    let reading = read(
        &article(
            "",
            &[
                "Kim Bo Ra said, “I cried for a week after the last day of filming in the rain.”",
                "Kim Bo Ra added, “I loved every single minute that we spent on that cold beach.”",
                "Lee Do Han said, “I never want to see the beach again, and I mean that.”",
            ],
        ),
        &Catalogue::empty(),
    );
    let best = key_quotes(&reading, 2);
    assert_eq!(best.len(), 2);
    assert_ne!(
        reading.quotes[best[0]].by().speaker,
        reading.quotes[best[1]].by().speaker
    );
}

/// Pieces that articles are made of, and what breaks them.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("Kim Bo Ra".to_owned()),
        Just("Lee Do-han".to_owned()),
        Just(" said, “".to_owned()),
        Just("I was here.".to_owned()),
        Just("” ".to_owned()),
        Just("\" ".to_owned()),
        Just("‘Paper Moon,’ ".to_owned()),
        Just("SBS’s “Paper Moon” ".to_owned()),
        Just(" (Kim Bo Ra) ".to_owned()),
        Just(" she added. ".to_owned()),
        Just("the director ".to_owned()),
        Just("his agency ".to_owned()),
        Just(" as ".to_owned()),
        Just("Q: ".to_owned()),
        Just("A: ".to_owned()),
        Just(": ".to_owned()),
        Just("… ".to_owned()),
        Just("[".to_owned()),
        Just("김보라 ".to_owned()),
        Just("\u{200b}é\u{301}’s ".to_owned()),
        "\\PC{0,12}",
    ]
}

proptest! {
    #[test]
    fn any_text_gives_a_reading(
        title in proptest::collection::vec(piece(), 0..6),
        paragraphs in proptest::collection::vec((proptest::collection::vec(piece(), 0..14), 0..4_u8), 0..8),
    ) {
        let kinds = [ParagraphKind::Paragraph, ParagraphKind::Heading, ParagraphKind::Item, ParagraphKind::Quote];
        let article = Article {
            title: title.concat(),
            paragraphs: paragraphs.iter().map(|(text, kind)| Paragraph { kind: kinds[usize::from(*kind)], text: text.concat() }).collect(),
            ..Article::default()
        };
        let (reading, _) = explain(&article, &Catalogue::empty());
        prop_assert!(reading.summary.chars().count() <= 400);
        for quote in &reading.quotes {
            let cut: Vec<&str> = quote.parts().iter().map(|p| &reading.body[p.clone()]).collect();
            prop_assert_eq!(cut.join(" "), quote.text());
            prop_assert!((0.0..=1.0).contains(&quote.by().confidence));
        }
        prop_assert!(key_quotes(&reading, 4).iter().all(|n| *n < reading.quotes.len()));
    }
}

const HARBOR: &str = "Noh Jae Min and Ban So Dam star in SBS’s “Harbor Clinic.” Ban So Dam loves her role.";

#[test]
fn whoever_was_asked_answers_and_a_possessor_is_not_whom_he_owns() {
    assert_eq!(
        speakers(&[
            HARBOR,
            "Ban So Dam asked Noh Jae Min what he had cooked. “Instant noodles, with love,” he answered."
        ]),
        [said("Noh Jae Min", "Instant noodles, with love,")]
    );
    assert_eq!(
        speakers(&[
            "Gong Mi Rae and Pyo Jin Hyuk star in KBS’s “Crumbs of July.”",
            "Pyo Jin Hyuk sat down with reporters. “I gained six kilos,” he said.",
            "His co-star Gong Mi Rae had told the press about it. To which he replied, “She has no proof.”",
        ]),
        [
            said("Pyo Jin Hyuk", "I gained six kilos,"),
            said("Pyo Jin Hyuk", "She has no proof.")
        ]
    );
}

#[test]
fn a_letter_is_its_writers_and_a_role_without_a_name_stays_one() {
    let lead = "In “Crumbs of July,” Yeon Soo (Gong Mi Rae) rents a room from Kang Woo (Pyo Jin Hyuk).";
    assert_eq!(
        speakers(&[
            lead,
            "Yeon Soo finds the letter that Kang Woo has left. It reads, “The rent is a loaf a week.”"
        ]),
        [said("Kang Woo", "The rent is a loaf a week.")]
    );
    assert_eq!(
        speakers(&[
            lead,
            "Yeon Soo sits at the station. The officer is not amused. He leans back and asks, “Whose loaf was it?”"
        ]),
        [said("officer", "Whose loaf was it?")]
    );
}

#[test]
fn a_sentence_broken_off_at_a_comma_goes_on_behind_a_long_attribution() {
    assert_eq!(
        speakers(&[
            HARBOR,
            "\"I asked him for advice,\" Ban So Dam said, glancing at him while he hid behind a bottle of water, \"and he told me to sleep.\"",
        ]),
        [said("Ban So Dam", "I asked him for advice, and he told me to sleep.")]
    );
}

#[test]
fn a_label_of_both_is_the_two_of_the_interview() {
    assert_eq!(
        speakers(&[
            "Actors Gong Mi Rae and Pyo Jin Hyuk star in “Crumbs of July.”",
            "How did you prepare?",
            "Gong Mi Rae: I baked for four months.",
            "Pyo Jin Hyuk: I ate for four months.",
            "Did you fight?",
            "Both: Every single day, mostly about butter.",
        ])
        .last(),
        Some(&said(
            "Gong Mi Rae and Pyo Jin Hyuk",
            "Every single day, mostly about butter."
        ))
    );
}

#[test]
fn brackets_that_go_on_are_passed() {
    // The one behind the name closes so far on that it is not looked for there.
    let paragraph = "Ra Mi Baek (as the owner of a bathhouse that nobody in the town has visited twice in a life) said, “I \
                     counted the towels every night.”";
    let reading = read(&article("Ra Mi Baek on her towels", &[paragraph]), &Catalogue::empty());
    assert_eq!(reading.quotes.len(), 1);
}
