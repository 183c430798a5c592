//! What a summary leaves out, and what it keeps.

use crate::catalogue::Catalogue;
use crate::model::{Article, Paragraph, ParagraphKind};
use crate::reading::read;

pub(super) fn summary(title: &str, paragraphs: &[&str]) -> String {
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
    let told = |text: &str| summary("Wi Sol Bi and the cast of 'Paper Lantern'", &[lead, text]);
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
    // The cue alone, a relative clause that runs on or a caption that waits for its words are no sentence.
    let text =
        "Wi Sol Bi put up a picture of the empty lantern shop with the following words: “We are closed for good.”";
    assert_eq!(told(text), lead);
}

#[test]
fn where_somebody_said_it_is_told() {
    let lead = "Not every lantern has to fly, according to its keeper.";
    let told = |text: &str| summary("The keeper of the lanterns speaks", &[lead, text]);
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

#[test]
fn what_describes_the_speaker_is_told_of_them() {
    let lead = "Not every lantern has to fly, according to its keeper.";
    let told = |text: &str| summary("The keeper of the lanterns speaks", &[lead, text]);
    for (text, kept) in [
        (
            "Wi Sol Bi, who played the keeper of the lanterns for sixteen episodes, said, “I can see in the dark.”",
            "Wi Sol Bi played the keeper of the lanterns for sixteen episodes.",
        ),
        (
            "Wi Sol Bi, who folded three hundred lanterns for the last episode and said, “My thumbs hurt,” went home.",
            "Wi Sol Bi folded three hundred lanterns for the last episode.",
        ),
        (
            "“I can see in the dark,” said Wi Sol Bi, who plays the keeper opposite Gong Tae Rim, a thief of candles, in Seoul.",
            "Wi Sol Bi plays the keeper opposite Gong Tae Rim, a thief of candles.",
        ),
        (
            "“It is dark in there,” said Wi Sol Bi, the star of the new MBC drama “Wick and Oil,” in Busan on Friday.",
            "Wi Sol Bi, the star of the new MBC drama “Wick and Oil,” spoke in Busan on Friday.",
        ),
        (
            "At the wrap party for the drama in Busan, Wi Sol Bi joked, “Somebody has to pay for the oil.”",
            "At the wrap party for the drama in Busan, Wi Sol Bi joked.",
        ),
        (
            "In response to the report about Busan, a source from her agency Wick House denied, “She is at home.”",
            "In response to the report about Busan, a source from her agency Wick House denied it.",
        ),
        (
            "On the same day, her agency Wick House released the following statement: “She is at home and well.”",
            "On the same day, her agency Wick House released a statement.",
        ),
    ] {
        assert_eq!(told(text), format!("{lead} {kept}"));
    }
    // Two are described, or what they said: told of neither.
    for text in [
        "Wi Sol Bi and Gong Tae Rim, who play the couple, said, “We can see in the dark.”",
        "“I can see in the dark,” said Wi Sol Bi, who said so before.",
    ] {
        assert!(
            !told(text).contains("play") && !told(text).contains("before"),
            "{}",
            told(text)
        );
    }
}

#[test]
fn who_is_named_first_is_named_in_full() {
    let written = summary(
        "The Lamp Maker Speaks",
        &[
            "“I slept well,” said Gong Tae Rim.",
            "Gong played the lamp maker of Hanyang for sixteen episodes, and Gong’s voice opened each of them.",
        ],
    );
    assert_eq!(
        written,
        "Gong Tae Rim played the lamp maker of Hanyang for sixteen episodes, and Gong’s voice opened each of them."
    );
}

#[test]
fn those_who_speak_close_a_short_summary() {
    let lead = "MBC’s “Paper Lantern” has shared a video of its last day on set.";
    let told = |paragraphs: &[&str]| {
        let all: Vec<&str> = [lead].iter().chain(paragraphs).copied().collect();
        summary("Watch: “Paper Lantern” Wraps", &all)
    };
    let one = "“I will miss the smell of oil,” said Gong Tae Rim.";
    let two = "“I will not,” laughed Wi Sol Bi, and blew out the last one.";
    assert_eq!(told(&[one]), format!("{lead} Gong Tae Rim speaks about it."));
    assert_eq!(
        told(&[one, two]),
        format!("{lead} Gong Tae Rim and Wi Sol Bi speak about it.")
    );
    // Who is named already is not named again.
    let named = "Gong Tae Rim thanked every one of the lamp makers who had taught him.";
    assert_eq!(told(&[named, one]), format!("{lead} {named}"));
    // A line of the drama is the character's: who plays them is told.
    let teaser = "In the clip, Maeng Ho (Gong Tae Rim) takes off his hat and says, “I have come for the oil.”";
    let told = told(&[teaser]);
    assert!(!told.contains("speaks about"), "{told}");
}

#[test]
fn a_date_at_the_head_is_the_news() {
    let lead = "“Paper Lantern” will air its last episode on tvN on May 3 at 9 p.m. KST.";
    let written = summary(
        "“Paper Lantern” To End In May",
        &[lead, "It has been a long winter for its many fans."],
    );
    assert!(written.starts_with(lead), "{written}");
}

#[test]
fn the_drama_of_the_headline_stands_in_front_where_no_sentence_names_it() {
    let body = "The keeper counts his lanterns twice, and the river takes one of them away.";
    assert_eq!(
        summary("Paper Lantern: Episodes 3-4 Recap", &[body]),
        format!("“Paper Lantern”, Episodes 3-4 recap: {body}")
    );
    // Who marries is no drama, though it names one they were in.
    let wedding = "Gong Tae Rim, who was in “Paper Lantern,” will marry in the spring by the sea.";
    let more = "His agency asked for the good wishes of everybody who has ever lit a lantern.";
    let written = summary("Gong Tae Rim To Marry", &[wedding, more]);
    assert!(written.starts_with("Gong Tae Rim"), "{written}");
}

#[test]
fn a_list_closes_with_its_dramas() {
    let written = summary(
        "3 K-Dramas To Watch This Spring",
        &[
            "Spring is here, and with it come three stories that take their time.",
            "1. “Paper Lantern”",
            "A keeper counts what the river takes from him every night.",
            "2. “Salt Ledger”",
            "An accountant comes home to a farm that is no longer hers.",
            "3. “Wick And Oil”",
            "Two rivals share a workshop and a cat.",
        ],
    );
    assert!(
        written.ends_with("Among them: “Paper Lantern”, “Salt Ledger” and “Wick And Oil”."),
        "{written}"
    );
}

#[test]
fn what_the_headline_says_the_article_is_stands_in_front_where_no_sentence_does() {
    let body = "Gong Tae Rim counts the lanterns of “Paper Lantern” on his way in, and finds one too many.";
    for (title, front) in [
        ("[Interview②] 'Paper Lantern' Gong Tae Rim: \"I count\"", "Interview: "),
        ("Inside the Table Read for Paper Lantern", "Table read: "),
        ("Paper Lantern episode six: one too many", "Episode six: "),
        ("Paper Lantern Ep. 5: One Too Many", "Ep. 5: "),
        (
            "Gong Tae Rim Of “Paper Lantern” Ahead Of The Finale",
            "Gong Tae Rim of “Paper Lantern” ahead of the finale. ",
        ),
    ] {
        assert_eq!(summary(title, &[body]), format!("{front}{body}"), "{title}");
    }
    let told = "In an interview, Gong Tae Rim counted the lanterns of “Paper Lantern” and found one too many.";
    assert_eq!(summary("[Interview] Gong Tae Rim of 'Paper Lantern'", &[told]), told);
    let seventh = "The 7th episode of “Paper Lantern” counts its lanterns and finds one too many.";
    assert_eq!(summary("Paper Lantern Episode 7", &[seventh]), seventh);
}

#[test]
fn what_stands_in_brackets_stays_out() {
    let lead = "Gong Tae Rim leads the drama “Paper Lantern.”";
    let aside = "(Who plays the keeper is a secret that nobody wants to tell. My money is on Wi Sol Bi.)";
    assert_eq!(summary("Gong Tae Rim leads 'Paper Lantern'", &[lead, aside]), lead);
}

#[test]
fn a_title_that_nothing_marks_is_no_short_name() {
    let written = summary(
        "The Queen’s Cobbler Trailer: Something Limps in the Attic",
        &[
            "In the trailer for The Queen’s Cobbler, coming to Netflix on May 2, a shoe walks by itself.",
            "Ra Mi Baek stars in the comedy as Oh Geum, a cobbler who is hauled before Queen Hyeonwol (Do Chae Yeon).",
            "“They tell me that you can hear leather weep,” the queen says from behind a screen.",
            "“Yes, Your Majesty,” Oh Geum gulps, with her forehead on the tiles.",
        ],
    );
    assert!(!written.contains("Hyeonwol’s"), "{written}");
}

#[test]
fn the_date_of_the_premiere_closes_a_summary_that_has_room() {
    let title = "“Paper Lantern” Unveils Its First Teaser";
    let lead = "tvN’s “Paper Lantern” has unveiled its first teaser.";
    let told = |text: &str| summary(title, &[lead, text]);
    for (text, date) in [
        ("“Paper Lantern” premieres on March 6 at 9:40 p.m. KST.", "March 6"),
        ("The drama is set to premiere on 6 March at 9:40 p.m. KST.", "6 March"),
        ("The first episode airs on the 2nd at 10:40 p.m. KST.", "the 2nd"),
        (
            "The first two episodes of “Paper Lantern” will be released on the 3rd of May on tvN.",
            "the 3rd of May",
        ),
        (
            "“Paper Lantern” (working title) will premiere on Netflix on Sept. 2 at 4 p.m. KST.",
            "Sept. 2",
        ),
        (
            "“Paper Lantern,” written by Bae Mi Ru, premieres on May 6 at 9:40 p.m. KST.",
            "May 6",
        ),
        ("It airs its first two episodes on May 6 at 4 p.m. KST.", "May 6"),
        (
            "“Paper Lantern” will be available to stream on tvN from May 6.",
            "May 6",
        ),
        ("“Paper Lantern” is scheduled to air in May 2031 on tvN.", "May 2031"),
    ] {
        assert_eq!(told(text), format!("{lead} The premiere is set for {date}."), "{text}");
    }
    for text in [
        // Every week is no premiere, nor is another drama's, that of its teaser, or one abroad.
        "“Paper Lantern” airs every Friday at 9:40 p.m. KST.",
        "“Salt Lamp” premieres on March 6 at 9:40 p.m. KST.",
        "Following “Paper Lantern,” the drama “Salt Lamp” premieres on March 6 at 9:40 p.m. KST.",
        "The second teaser for “Paper Lantern” will be released on March 6 at noon KST.",
        "The final two episodes of “Paper Lantern” will be released on March 6 at noon KST.",
        "“Paper Lantern” begins filming on March 6 at noon KST.",
        "“Paper Lantern” drops its next poster on March 6 at noon KST.",
        "“Paper Lantern” premieres in Japan on March 6 at 9:40 p.m. KST.",
        // Nor what was to be, or a figure.
        "“Paper Lantern” was originally set to premiere on March 6 at 9:40 p.m. KST.",
        "“Paper Lantern” will premiere after “Salt Lamp” ends on March 6 at 9:40 p.m. KST.",
        "“Paper Lantern” debuts at 5.2 percent on March 6 at 9:40 p.m. KST.",
        "“Paper Lantern” will premiere at 9:40 p.m. KST, as fans may 6 times have guessed.",
    ] {
        assert!(!told(text).contains("premiere is set"), "{text}");
    }
}

#[test]
fn the_others_of_the_ratings_are_named() {
    let written = summary(
        "“Paper Lantern” Soars To Its Best Ratings",
        &[
            "SBS’s “Paper Lantern” has soared to its best ratings yet!",
            "According to Nielsen Korea, the May 4 episode of “Paper Lantern” scored an average rating of 15.2 percent.",
            "The drama has now been the most watched of its slot for four weeks in a row, and it has four more to go.",
            "MBC’s “Salt Lamp,” meanwhile, a drama about a lighthouse whose keeper has never once seen the sea, scored 4.4 percent.",
            "KBS 2TV’s “Tin Whistle” scored 3.1 percent with an episode that was set in a lift between the eleventh and twelfth floors.",
        ],
    );
    assert!(
        written.contains("Salt Lamp") && written.ends_with("Another drama: “Tin Whistle”."),
        "{written}"
    );
}

#[test]
fn stills_and_clips_are_told_of_in_front() {
    let title = "Gong Tae Rim In The Next Episode Of “Paper Lantern”";
    let lead = "tvN’s “Paper Lantern” has shared a glimpse of the next episode.";
    let told = |text: &str| summary(title, &[lead, text]);
    let long = "in which Gong Tae Rim looks at the door of the old house for so long that a bird builds its nest on his hat, and \
                nobody in the whole of the village dares to tell him that his father left it by the window in the spring of the \
                year before last, with a lamp in one hand and a hen in the other, and has not been seen by any of them since then.";
    for (shown, label) in [
        (format!("The new stills show the yard, {long}"), "Stills: "),
        (
            format!("A behind-the-scenes video shows the yard, {long}"),
            "Behind-the-scenes: ",
        ),
        (format!("What happened behind the scenes is the yard, {long}"), ""),
        (format!("He spoke about “old stills” in the yard, {long}"), ""),
    ] {
        assert_eq!(told(&shown), format!("{label}{lead}"), "{shown}");
    }
}

#[test]
fn an_offer_of_which_only_the_agency_speaks_is_told_of_in_front() {
    let title = "Gong Tae Rim To Return In “Paper Lantern”?";
    let lead =
        "Gong Tae Rim may be back on the small screen before the year is over, and his fans can hardly wait for it!";
    let told = |words: &str| {
        let said = format!("His agency Salt House stated, “{words}”");
        summary(title, &[lead, &said])
    };
    for (words, label) in [
        (
            "He has received an offer to star in ‘Paper Lantern’ and is reviewing it in a positive light.",
            true,
        ),
        ("Gong Tae Rim is in talks to star in ‘Paper Lantern’ next year.", true),
        (
            "He has not received any offer for it, and he is reviewing other works.",
            false,
        ),
        (
            "He was reviewing the offer for ‘Paper Lantern’ but declined it in the end.",
            false,
        ),
    ] {
        assert_eq!(
            told(words).to_lowercase().contains("in talks: "),
            label,
            "{words}: {}",
            told(words)
        );
    }
}

#[test]
fn a_drama_in_front_has_its_network() {
    let text = "tvN will air it every Friday, and nobody in the cast has slept since.";
    let lead =
        "Gong Tae Rim has folded three hundred lanterns since the spring, and his thumbs are proud of each of them.";
    let written = summary(
        "Gong Tae Rim’s “Paper Lantern” Episode 4: The Fourth Lamp",
        &[
            lead,
            "tvN’s “Paper Lantern,” said the actor, “is a drama of thumbs.”",
            text,
        ],
    );
    assert!(written.contains("tvN"), "{written}");
    let written = summary(
        "“Paper Lantern” Episode 4 Recap",
        &["The fourth episode of tvN’s “Paper Lantern” is a drama of thumbs, and of the lamps that they fold."],
    );
    assert!(written.starts_with("Recap: The fourth"), "{written}");
}
