//! The drama and its network, in every form that outlets print them.

use crate::catalogue::Catalogue;
use crate::model::{Article, Paragraph, ParagraphKind, Reading};
use crate::reading::read;

fn reading(title: &str, paragraphs: &[&str]) -> Reading {
    let paragraph = |text: &&str| Paragraph {
        kind: ParagraphKind::Paragraph,
        text: (*text).to_owned(),
    };
    let article = Article {
        title: title.to_owned(),
        paragraphs: paragraphs.iter().map(paragraph).collect(),
        ..Article::default()
    };
    read(&article, &Catalogue::empty())
}

/// Headline, paragraphs, first drama, network.
type Case<'a> = (&'a str, &'a [&'a str], Option<&'a str>, Option<&'a str>);

#[test]
fn the_drama_and_its_network_are_found_in_every_form() {
    let cases: &[Case<'_>] = &[
        (
            "Lumen announces legal action ahead of Velvet Alibi premiere",
            &[
                "Son Tae Yul is set to return with the SBS thriller Velvet Alibi.",
                "Velvet Alibi tells of a tailor. It will also be available on Viki.",
            ],
            Some("Velvet Alibi"),
            Some("SBS"),
        ),
        (
            "[Interview] Yeon Gyu-ha wanted to be forgettable",
            &["The 33-year-old has just wrapped the TVING original Nocturne, in which she plays a pianist."],
            Some("Nocturne"),
            Some("TVING"),
        ),
        (
            "Hwa Da Som to lead new drama Sugar, Salt, and Smoke",
            &["Hwa Da Som is in talks to lead SBS’s Sugar, Salt, and Smoke, a news outlet reported."],
            Some("Sugar, Salt, and Smoke"),
            Some("SBS"),
        ),
        (
            "Moonlit Ledger star Woo Ji Baek talks playing a villain",
            &[
                "Moonlit Ledger has been trending since it landed on Netflix. The thriller stars Woo Ji Baek.",
                "Genre: Revenge, thriller",
                "Writer: Ku Na Mi",
            ],
            Some("Moonlit Ledger"),
            Some("Netflix"),
        ),
        (
            "Yoon Chi-hwan lets silence talk in 'Lamplighter'",
            &[
                "In \"Lamplighter,\" he plays a keeper.",
                "The MBC drama, which ended last week, follows a keeper of lamps.",
                "He will next appear in the Netflix film \"Ash Club.\"",
            ],
            Some("Lamplighter"),
            Some("MBC"),
        ),
        (
            "What we know about SBS' 'Borderline Saints'",
            &[
                "Mae Dong Ju may be headed to 'Borderline Saints' (working title).",
                "He was last seen in KBS 2TV's 'Sunday Thief' and tvN's 'Salt Road.'",
            ],
            Some("Borderline Saints"),
            Some("SBS"),
        ),
        (
            "Winners at the '2025 KBS Drama Awards'",
            &[
                "The '2025 KBS Drama Awards' was held on December 28, and Hwa Da Som won for 'Paper Lantern'.",
                "The KBS2 weekend drama also won best script.",
            ],
            Some("Paper Lantern"),
            Some("KBS2"),
        ),
        (
            "Gam Ye Seul Spills The Beans About “Iron Lotus” On “Chopsticks Club”",
            &[
                "The stars of SBS’s “Iron Lotus” were guests on the June 6 episode of MBC’s “Chopsticks Club”!",
                "“Chopsticks Club” airs on Saturdays at 9:15 p.m. KST.",
            ],
            Some("Iron Lotus"),
            Some("SBS"),
        ),
        (
            "5 Things To Know About Hwan Bi Seok Of “The Umbrella Inspector”",
            &[
                "Hwan Bi Seok has stolen the show in MBC’s “The Umbrella Inspector.”",
                "He debuted with “The Wind,” in which he played “Man Carrying Ladder.”",
            ],
            Some("The Umbrella Inspector"),
            Some("MBC"),
        ),
    ];
    for (title, paragraphs, drama, network) in cases {
        let reading = reading(title, paragraphs);
        assert_eq!(reading.drama.first().map(String::as_str), *drama, "{title}");
        assert_eq!(reading.network.as_deref(), *network, "{title}");
        assert!(
            !reading
                .drama
                .iter()
                .any(|d| d == "Man Carrying Ladder" || d == "Writer"),
            "{title}"
        );
    }
}

#[test]
fn a_list_without_marks_has_its_dramas_in_its_headings() {
    let reading = reading(
        "5 K-dramas to watch in May",
        &[
            "Here is what to watch.",
            "1. Paper Lantern",
            "Starring Gong Tae Rim, the tvN drama begins in May.",
            "2. Blue Harbor",
            "Hwa Da Som dives.",
        ],
    );
    assert_eq!(reading.drama, ["Paper Lantern", "Blue Harbor"]);
}
