//! What a summary tells of the headline.

use crate::catalogue::Catalogue;
use crate::model::{Article, Paragraph, ParagraphKind};
use crate::reading::read;

const SCENE: &str = "There was only one chair in the yard, and SBS’s “Paper Lantern” needed two.";

fn summary(title: &str, text: &str) -> String {
    let article = Article {
        title: title.to_owned(),
        paragraphs: vec![Paragraph {
            kind: ParagraphKind::Paragraph,
            text: text.to_owned(),
        }],
        ..Article::default()
    };
    read(&article, &Catalogue::empty()).summary
}

#[test]
fn what_no_sentence_tells_stands_in_front_without_the_capitals_of_a_headline() {
    for (title, line) in [
        (
            "Watch: Gong Tae Rim Loses A Bet With A Goose In “Paper Lantern”",
            "Gong Tae Rim loses a bet with a goose in “Paper Lantern”.",
        ),
        (
            "Gong Tae Rim Weeps Over A Stolen K-Pop Kite And An OST In Busan + Thanks Fans",
            "Gong Tae Rim weeps over a stolen K-Pop kite and an OST in Busan.",
        ),
        (
            "[Exclusive] Gong Tae-rim gives a goose to an orphanage… “It bit me every day”",
            "Gong Tae-rim gives a goose to an orphanage.",
        ),
        (
            "Director Gong Tae Rim On Geese, Kites And Why He Fired A Cook",
            "Director Gong Tae Rim on geese, kites and why he fired a cook:",
        ),
        (
            "[Interview] Director Gong Tae Rim On Geese, Kites And Why He Fired A Cook",
            "Interview: Director Gong Tae Rim on geese, kites and why he fired a cook.",
        ),
        (
            "[Official] Gong Tae-rim adopts a goose in Busan... returns to the river in a small boat",
            "Gong Tae-rim adopts a goose in Busan.",
        ),
        (
            "How The Crew Of “Paper Lantern” Drowned A Whole Village",
            "How the crew of “Paper Lantern” drowned a whole village:",
        ),
    ] {
        assert_eq!(summary(title, SCENE), format!("{line} {SCENE}"), "{title}");
    }
}

#[test]
fn the_network_stands_in_front_of_the_drama_where_nothing_else_names_it() {
    let title = "Gong Tae Rim Loses A Bet With A Goose In “Paper Lantern”";
    let text = "There was only one chair in the yard, and two were needed.";
    let article = |more: &str| summary(title, &format!("{text} {more}"));
    let speech = "“SBS’s ‘Paper Lantern’ has no chairs, and that is all I want to say of it,” Gong Tae Rim said of the SBS drama.";
    let written = article(speech);
    assert!(written.contains("goose in SBS’s “Paper Lantern”."), "{written}");
}

#[test]
fn no_question_no_speech_and_no_word_to_the_reader_is_told_of_the_headline() {
    for title in [
        "Will Gong Tae Rim Lose His Bet With The Goose?",
        "“A goose has taken my wallet and my hat”",
        "You Won’t Believe How Gong Tae Rim Lost A Bet",
        "The chair in the yard of “Paper Lantern”",
    ] {
        assert_eq!(summary(title, SCENE), SCENE, "{title}");
    }
}
