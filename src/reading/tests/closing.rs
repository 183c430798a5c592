//! What closes a summary, and what it repeats: the day of the premiere, the names that the headline has told.

use super::summary::summary;

#[test]
fn a_premiere_may_have_no_date() {
    let lead = "Gong Tae Rim leads the tvN drama “Paper Lantern.”";
    let cases = [
        ("“Paper Lantern” premieres Friday.", "is set for Friday."),
        (
            "The drama will be released worldwide on Saturday.",
            "is set for Saturday.",
        ),
        ("“Paper Lantern” is scheduled to air in April.", "is set for April."),
        ("“Paper Lantern” premieres on Friday, May 9.", "is set for May 9."),
    ];
    for (sentence, end) in cases {
        let written = summary(
            "Gong Tae Rim leads 'Paper Lantern'",
            &[lead, "“It is early,” he said.", sentence],
        );
        assert!(written.ends_with(end), "{sentence} {written}");
    }
}

#[test]
fn a_slot_and_a_shoot_are_no_premiere() {
    let lead = "Gong Tae Rim leads the tvN drama “Paper Lantern.”";
    let cases = [
        "“Paper Lantern” premieres in the Monday-Tuesday slot.",
        "“Paper Lantern” is set to begin filming in April.",
        "“Paper Lantern” airs on Fridays and Saturdays.",
        "The first teaser for “Paper Lantern” drops Friday.",
    ];
    for sentence in cases {
        let written = summary(
            "Gong Tae Rim leads 'Paper Lantern'",
            &[lead, "“It is early,” he said.", sentence],
        );
        assert!(!written.contains("premiere is set"), "{sentence} {written}");
    }
}

#[test]
fn who_is_named_in_the_headline_is_not_named_again_behind_it() {
    let written = summary(
        "Gong Tae Rim And Mok Se Ra Argue Over An Umbrella While Filming “Paper Lantern”",
        &[
            "The set of the tvN drama “Paper Lantern” was loud on Monday.",
            "“It is mine,” Gong Tae Rim said.",
            "“It has my name on it,” Mok Se Ra replied.",
            "“It is a prop,” said director Bae Mu Jin.",
        ],
    );
    assert!(written.ends_with("Bae Mu Jin speaks about it."), "{written}");
    assert_eq!(written.matches("Gong Tae Rim").count(), 1, "{written}");
}

#[test]
fn what_somebody_says_at_a_press_conference_is_one() {
    let written = summary(
        "Cast of “Paper Lantern” vows to keep it quiet",
        &[
            "The cast of the tvN drama “Paper Lantern” promised a drama without a single shout.",
            "“I whispered for a year,” Gong Tae Rim said during a press conference in Seoul.",
            "“So did I,” Mok Se Ra told reporters.",
        ],
    );
    assert!(written.to_lowercase().contains("press conference"), "{written}");
}

#[test]
fn the_only_drama_of_an_interview_stands_in_front_where_nothing_names_it() {
    let lead = "Gong Tae Rim comes late to the interview, because the goose would not let him pass.";
    let written = summary(
        "Gong Tae Rim would rather be a good neighbor",
        &[
            lead,
            "“I live by the pond,” he said about playing the keeper in the drama “Paper Lantern.”",
        ],
    );
    assert!(written.starts_with("“Paper Lantern”"), "{written}");
}
