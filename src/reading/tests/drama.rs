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
            "Pa Ran Sol Reveals The Part She Threw Away On “Supper At Nine”",
            &[
                "On the latest episode of MBC’s “Supper at Nine,” Pa Ran Sol sat down with host Guk Dong Man. The actress, \
                 who is currently promoting SBS’s “The Tide Clerk,” laughed at her own résumé.",
            ],
            Some("The Tide Clerk"),
            Some("SBS"),
        ),
        (
            "Guest Pa Ran Sol Takes On The Regulars In “Market Day” Preview",
            &[
                "SBS’s “Market Day” has shared a sneak peek of its next episode!",
                "Actress Pa Ran Sol of the upcoming KBS drama “The Tide Clerk” will join the regular members at a pier.",
            ],
            Some("The Tide Clerk"),
            Some("KBS"),
        ),
        (
            "Two Stars Give Away Too Much As “Island Lunch” Sets Sail",
            &[
                "On the March 3 episode of tvN’s “Island Lunch,” the stars of the network’s hit drama “The Tide Clerk,” \
                 Pa Ran Sol and Guk Dong Man, visited the house of Ki Ho Jae.",
            ],
            Some("The Tide Clerk"),
            Some("tvN"),
        ),
        (
            "‘Night Ferry’ returns with an older crew",
            &[
                "Guk Dong Man falls again at the press conference for SBS’s “Night Ferry 2” on Thursday.",
                "The sequel to “Night Ferry,” which reached 19 percent, reunites him with the director.",
            ],
            Some("Night Ferry 2"),
            Some("SBS"),
        ),
        (
            "“Second Tide” team on remaking a classic",
            &["“Second Tide,” the remake of the KBS classic “First Tide,” will be seen from April."],
            Some("Second Tide"),
            Some("KBS"),
        ),
        (
            "Director Ko Ye-jun returns with ghost film after drama hit",
            &[
                "Ko Ye-jun, whose drama \"Low Water\" moved the nation, wants people to run.",
                "\"The Last Seat,\" which opens in theaters Wednesday, is a ghost film about a bus.",
            ],
            Some("The Last Seat"),
            None,
        ),
        (
            "Hit Webtoon “Dear Ferryman” To Be Adapted Into Drama",
            &["The popular webtoon “Dear Ferryman” is getting an adaptation, TVING announced."],
            Some("Dear Ferryman"),
            Some("TVING"),
        ),
        (
            "Brackish review – a family saga that ages well",
            &[
                "There is a moment in the second episode of Brackish that hurts.",
                "Brackish is on Netflix now.",
            ],
            Some("Brackish"),
            Some("Netflix"),
        ),
        (
            "Pa Ran Sol considers time travel with KBS",
            &[
                "Pa Ran Sol has been offered a new KBS time-slip romance, tentatively titled My Other Harbor, and we wait.",
            ],
            Some("My Other Harbor"),
            Some("KBS"),
        ),
        (
            "EXCLUSIVE: Guk Dong Man on Love by the Pier",
            &["Guk Dong Man has been everywhere ever since Love by the Pier started streaming on Viki."],
            Some("Love by the Pier"),
            Some("Viki"),
        ),
        (
            "“Pier Taxi” Soars As “Ashes Of The Pier” Begins",
            &[
                "SBS’s “Pier Taxi” hit a new high! It scored a rating of 11.4 percent, according to Nielsen Korea.",
                "MBC’s new drama “Ashes of the Pier” premiered to 5.1 percent. The drama “Ashes of the Pier” stars Ki Ho Jae.",
            ],
            Some("Pier Taxi"),
            Some("SBS"),
        ),
        (
            "Pa Ran Sol In Talks For “The Tide Clerk”",
            &[
                "Pa Ran Sol may star in “The Tide Clerk” (literal title).",
                "A source from JTBC shared, “We are aiming to premiere in the first half of next year.”",
            ],
            Some("The Tide Clerk"),
            Some("JTBC"),
        ),
        (
            "Court orders tabloid to pay actor Guk Dong-man",
            &["The report, which referred to the actor as \"M,\" led to a trial."],
            None,
            None,
        ),
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

#[test]
fn what_stands_around_a_title_tells_what_it_is() {
    let cases: &[Case<'_>] = &[
        (
            "Pa Ran Sol On Rest, Rivers, And Being Forty",
            &[
                "Pa Ran Sol graced the cover of a magazine and talked about her spring.",
                "The actress looked back on “The Tide Clerk,” in which she played a lighthouse inspector.",
            ],
            Some("The Tide Clerk"),
            None,
        ),
        (
            "Recap: Pa Ran Sol And Guk Dong Man Turn Out To Be Cousins On “Old Photographs”",
            &[
                "On “Old Photographs,” host Ki Ho Jae welcomed Pa Ran Sol and Guk Dong Man, who play a couple in “The Tide \
                 Clerk.” The two stared at the picture.",
            ],
            Some("The Tide Clerk"),
            None,
        ),
        (
            "Guk Dong Man reveals what he whispered",
            &[
                "Guk Dong Man and Pa Ran Sol of \"The Tide Clerk\" guested on the talk show \"Old Photographs\" this week.",
            ],
            Some("The Tide Clerk"),
            None,
        ),
        (
            "The Tide Clerk final teaser: Pa Ran Sol refuses to leave the lighthouse",
            &[
                "Netflix has released the final teaser for The Tide Clerk, and the sea is the least of her problems.",
                "The Tide Clerk, directed by Seo Moon Gyu, begins on April 10.",
            ],
            Some("The Tide Clerk"),
            Some("Netflix"),
        ),
    ];
    for (title, paragraphs, drama, network) in cases {
        let reading = reading(title, paragraphs);
        assert_eq!(reading.drama.first().map(String::as_str), *drama, "{title}");
        assert_eq!(reading.network.as_deref(), *network, "{title}");
    }
}

#[test]
fn titles_without_marks_stand_beside_those_who_are_in_them() {
    for (headline, body) in [
        (
            "An evening with the stars of Winter Orchard",
            "Gong Tae Rim was late, as all of Winter Orchard is.",
        ),
        (
            "Gong Tae Rim Shares A Photo",
            "Gong Tae Rim and Wi Sol Bi, siblings in Winter Orchard, shared a photo on Monday.",
        ),
        (
            "Gong Tae Rim Shares A Photo",
            "Winter Orchard star Gong Tae Rim shared a photo on Monday, and his fans sighed.",
        ),
        (
            "Gong Tae Rim Shares A Photo",
            "Gong Tae Rim has been at home since Winter Orchard ended, and so has his dog.",
        ),
        (
            "Winter Orchard Ep 5-6 Recap: Who took the pears?",
            "Winter Orchard goes on as if nothing had happened to the pears.",
        ),
        (
            "Gong Tae Rim On Fame",
            "His fame is all thanks to Winter Orchard, in which he plays a thief of pears with a limp.",
        ),
    ] {
        let read = reading(headline, &[body]);
        assert_eq!(read.drama, ["Winter Orchard"], "{headline}: {body}");
        assert!(!read.people.iter().any(|p| p.contains("Orchard")), "{:?}", read.people);
    }
    // When it is shown, who makes it and what it won are no titles.
    let read = reading(
        "Wi Sol Bi Wins",
        &[
            "Wi Sol Bi, the drama’s newcomer, won ‘Best Newcomer’ at the KBS awards for ‘The Pear Thief,’ KBS’s \
           Friday-Saturday drama by the director of “Old Pears.”",
        ],
    );
    assert_eq!(
        read.drama.first().map(String::as_str),
        Some("The Pear Thief"),
        "{:?}",
        read.drama
    );
}

#[test]
fn titles_that_nothing_marks_are_found_where_the_trade_prints_them() {
    let cases: &[Case<'_>] = &[
        // A number first, behind its network.
        (
            "Guk Dong Man And Pa Ran Sol Share A Ladder",
            &["Guk Dong Man and Pa Ran Sol play two painters in SBS’s 40 Ladders to Nowhere."],
            Some("40 Ladders to Nowhere"),
            Some("SBS"),
        ),
        // A point in the title.
        (
            "Inside the Table Read for The Clerk of Pier No. 7",
            &["Filming is under way on The Clerk of Pier No. 7, a new Netflix drama about a clerk who cannot swim."],
            Some("The Clerk of Pier No. 7"),
            Some("Netflix"),
        ),
        // In the headline and the body alike, beside no word of the trade.
        (
            "First look: A clerk meets a diver in Salted Plum Season",
            &[
                "The clips from Salted Plum Season were shy so far, but ENA has lost its patience. Guk Dong Man gets wet.",
            ],
            Some("Salted Plum Season"),
            Some("ENA"),
        ),
        (
            "The Ending of The Clerk Who Sold Water, Explained by Its Cast",
            &[
                "In the last hour of the Netflix fable The Clerk Who Sold Water, Mo U (Guk Dong Man) has one cup left.",
                "For nine hours, Mo U tells the village that the cup is not for sale.",
            ],
            Some("The Clerk Who Sold Water"),
            Some("Netflix"),
        ),
        (
            "Casting news: Guk Dong Man and Pa Ran Sol are spies next door",
            &["In Leisure Is Treason, which may be shown by SBS in spring, they would be spies who do not know it."],
            Some("Leisure Is Treason"),
            Some("SBS"),
        ),
        // The sentence goes on behind it.
        (
            "Lines we loved this week",
            &["There was so much to laugh at in the tvN series Oyster Clerks that I ran out of paper."],
            Some("Oyster Clerks"),
            Some("tvN"),
        ),
        // A comma inside, printed twice so.
        (
            "This teaser lasted only eight seconds",
            &[
                "MBC’s upcoming comedy Paper Clerk, Paper Groom dropped a teaser on Tuesday.",
                "Paper Clerk, Paper Groom comes out in May.",
            ],
            Some("Paper Clerk, Paper Groom"),
            Some("MBC"),
        ),
        // Only what it is says that it is one.
        (
            "For Guk Dong Man, playing a liar was a lesson",
            &[
                "Guk Dong Man spoke during an interview at a cafe in Jongno on Monday.",
                "He laughed a lot.",
                "\"The Clerk's Alibi,\" an eight-part TVING original, has been watched by more people than he knows.",
            ],
            Some("The Clerk's Alibi"),
            Some("TVING"),
        ),
    ];
    for (title, paragraphs, drama, network) in cases {
        let read = reading(title, paragraphs);
        assert_eq!(read.drama.first().map(String::as_str), *drama, "{title}");
        assert_eq!(read.network.as_deref(), *network, "{title}");
    }
}

#[test]
fn a_network_owns_with_an_apostrophe_alone_and_is_no_broadcaster_of_korea() {
    let cases: &[Case<'_>] = &[
        (
            "Guk Dong Man, 80, wins grand prize",
            &[
                "Guk Dong Man won the grand prize for his role as a clerk in KBS' \"The Tide Clerk.\"",
                "He spoke at the KBS Hall.",
            ],
            Some("The Tide Clerk"),
            Some("KBS"),
        ),
        (
            "\"The Tide Clerk\" plunges to 1.1 percent",
            &["Halfway through its run, KBS2's most expensive drama of the year is watched by nobody."],
            Some("The Tide Clerk"),
            Some("KBS2"),
        ),
        (
            "Director of ‘The Tide Clerk’ defends it at London launch",
            &[
                "The director of ‘The Tide Clerk’ has hit back at those who call the drama long.",
                "The six-parter, coming to BBC iPlayer this month, follows a clerk by the sea.",
            ],
            Some("The Tide Clerk"),
            Some("BBC iPlayer"),
        ),
    ];
    for (title, paragraphs, drama, network) in cases {
        let read = reading(title, paragraphs);
        assert_eq!(read.drama.first().map(String::as_str), *drama, "{title}");
        assert_eq!(read.network.as_deref(), *network, "{title}");
    }
}
