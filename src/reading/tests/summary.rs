//! What a summary leaves out, and what it keeps.

use crate::catalogue::Catalogue;
use crate::model::{Article, Paragraph, ParagraphKind};
use crate::reading::read;

fn summary(title: &str, paragraphs: &[&str]) -> String {
    let paragraph = |text: &&str| Paragraph {
        kind: ParagraphKind::Paragraph,
        text: (*text).to_owned(),
    };
    let article = Article {
        title: title.to_owned(),
        paragraphs: paragraphs.iter().map(paragraph).collect(),
        ..Article::default()
    };
    read(&article, &Catalogue::empty()).summary
}

#[test]
fn an_agencys_dateline_is_cut() {
    for line in [
        "SEOUL, May 7 (Yonhap) -- ",
        "BUSAN, June 3 (Bizwire) — ",
        "[Seoul=Newsis] ",
    ] {
        let text = format!("{line}Gong Tae Rim will lead the drama “Paper Lantern” in the fall.");
        assert_eq!(
            summary("Gong Tae Rim leads 'Paper Lantern'", &[&text]),
            "Gong Tae Rim will lead the drama “Paper Lantern” in the fall."
        );
    }
    // A dash in a sentence is none.
    let text = "Gong Tae Rim – a star since May – will lead the drama “Paper Lantern.”";
    assert_eq!(summary("Gong Tae Rim leads 'Paper Lantern'", &[text]), text);
}

#[test]
fn questions_and_what_somebody_said_stay_out() {
    let lead = "Gong Tae Rim has wrapped the tvN drama “Paper Lantern.”";
    let written = summary(
        "Gong Tae Rim on 'Paper Lantern'",
        &[
            lead,
            "The director, he recalled, did not sound surprised at all.",
            "He brought an umbrella \"just in case somebody forgot theirs.\"",
            "The stuntman shrugs and replies, “Always.”",
            "The winds of Jeju are famous all over Asia. How did you cope with them?",
            "Q. Congratulations on finishing the long series with us.",
            "A. I slept for a week.",
            "Q. You must have been tired.",
            "A. I was.",
        ],
    );
    assert_eq!(written, lead);
}

#[test]
fn ratings_keep_their_figures() {
    let written = summary(
        "“Paper Lantern” Ends On Its Highest Ratings",
        &[
            "SBS’s “Paper Lantern” has said goodbye!",
            "The cast cried on the last day of filming, and the crew cried with them for an hour.",
            "According to Nielsen Korea, the May 4 episode of the drama scored an average rating of 15.2 percent.",
            "I could not stop watching it, and I told everybody I know about it.",
        ],
    );
    assert!(
        written.contains("15.2 percent") && !written.contains("I could"),
        "{written}"
    );
}

#[test]
fn the_news_of_its_kind_and_the_drama_come_before_more_of_the_story() {
    let written = summary(
        "Gong Tae Rim In Talks To Lead New Drama",
        &[
            "Gong Tae Rim may be returning to the small screen this coming winter with a part that nobody expected!",
            "He first drew attention as a swimmer who had never once lost a race before he turned to acting in Busan.",
            "He spent the whole of last year by the sea, where he opened a bakery with his brother and his old coach.",
            "It was also reported that Gong Tae Rim was in talks for “Paper Lantern,” a drama about a lamp maker of old Hanyang.",
        ],
    );
    assert!(
        written.contains("in talks") && written.contains("Paper Lantern"),
        "{written}"
    );
}

#[test]
fn what_a_release_says_of_its_sender_stays_out() {
    let lead = "Gong Tae Rim stars in the Netflix drama “Paper Lantern.”";
    let written = summary(
        "Gong Tae Rim Stars In “Paper Lantern”",
        &[
            lead,
            "See the full pictorial in the May issue of Lamp.",
            "Netflix is one of the world’s leading entertainment services.",
            "“Paper Lantern” is now streaming on Netflix.",
        ],
    );
    assert_eq!(written, lead);
}

#[test]
fn a_clause_before_the_speech_stands_alone() {
    let lead = "The cast of “Paper Lantern” gathered for a last meal.";
    let told = |text: &str| {
        summary(
            "The cast of 'Paper Lantern' bids farewell with Wi Sol Bi",
            &[lead, text],
        )
    };
    for (text, kept) in [
        (
            "Wi Sol Bi recalled how she had learned to fold three hundred lanterns and said, “My thumbs are proud.”",
            "Wi Sol Bi recalled how she had learned to fold three hundred lanterns.",
        ),
        (
            "Wi Sol Bi handed a lantern of her own to every member of the crew, saying, “Do not light it indoors.”",
            "Wi Sol Bi handed a lantern of her own to every member of the crew.",
        ),
        (
            "Wi Sol Bi thanked the people who had held the ladder for her: “I never looked down because of you.”",
            "Wi Sol Bi thanked the people who had held the ladder for her.",
        ),
    ] {
        assert_eq!(told(text), format!("{lead} {kept}"));
    }
    // The cue alone, a relative clause or a caption that waits for its words are no sentence.
    for text in [
        "Wi Sol Bi, who played the keeper of the lanterns for sixteen long episodes, said, “I can see in the dark.”",
        "Wi Sol Bi, who folded three hundred lanterns for the last episode and said, “My thumbs hurt,” went home.",
        "Wi Sol Bi put up a picture of the empty lantern shop with the following words: “We are closed for good.”",
    ] {
        assert_eq!(told(text), lead);
    }
}

#[test]
fn where_somebody_said_it_is_told() {
    let lead = "Not every lantern has to fly, according to its keeper.";
    let told = |text: &str| summary("'Paper Lantern' and its keeper", &[lead, text]);
    for (text, kept) in [
        (
            "“Some of them swim,” the 41-year-old actor said Tuesday at a press conference for the SBS drama “Paper Lantern.”",
            "The 41-year-old actor spoke Tuesday at a press conference for the SBS drama “Paper Lantern.”",
        ),
        (
            "“Some of them swim,” Gong told reporters during an interview at a cafe in central Seoul.",
            "Gong spoke to reporters during an interview at a cafe in central Seoul.",
        ),
        (
            "“Some of them swim,” said director Bae Mi-ru at a press conference held in Busan on Monday.",
            "Director Bae Mi-ru spoke at a press conference held in Busan on Monday.",
        ),
    ] {
        assert_eq!(told(text), format!("{lead} {kept}"));
    }
    assert_eq!(
        told("“Some of them swim,” Gong said at a media day for the drama “Paper Lantern,” adding, “The red ones.”"),
        format!("{lead} Gong spoke at a media day for the drama “Paper Lantern.”")
    );
    // How it was said is no occasion, nor is what was written.
    for text in [
        "“Some of them swim,” Gong said in a voice that could hardly be heard over the rain.",
        "“Some of them swim,” Gong wrote on the wall of the set in Busan on Monday.",
        "“Some of them swim,” the agency said in a statement released in Seoul this morning.",
        "“Some of them swim,” said the voice at the other end, which belongs to Madam Hwang.",
    ] {
        assert_eq!(told(text), lead);
    }
}

#[test]
fn what_is_on_offer_stays_out() {
    let lead = "Gong Tae Rim has wrapped the tvN drama “Paper Lantern.”";
    let written = summary(
        "Gong Tae Rim on 'Paper Lantern'",
        &[
            lead,
            "In other news, Wi Sol Bi is looking for a new home by the sea.",
            "Don’t miss the last episode of “Paper Lantern” on Friday!",
            "All episodes of “Paper Lantern” are available on the usual platforms.",
        ],
    );
    assert_eq!(written, lead);
}
