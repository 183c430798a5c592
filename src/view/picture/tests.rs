//! Pictures of every kind: within their frame, whatever the text.

use super::{
    letters::Letters,
    scene::{Fill, Shape, WIDTH},
    *,
};
use crate::{
    model::{
        QuoteId, QuoteKind,
        answer::{Mood, Period, Ranked, Ranking, SaidLine, Span, Step, TopBy},
    },
    view::tests::samples::feelings,
};
use proptest::prelude::*;

fn line(text: &str, speaker: Option<&str>, role: Option<&str>, drama: Option<&str>) -> Answer {
    Answer::Said(SaidLine {
        quote: QuoteId(1),
        text: text.to_owned(),
        speaker: speaker.map(Into::into),
        actor: None,
        role: role.map(Into::into),
        kind: QuoteKind::Cast,
        drama: drama.map(Into::into),
        title: "A headline".into(),
        url: None,
        source: "News".into(),
        at: 0,
        another: None,
        same_drama: None,
        style: Style::Card,
    })
}

fn ranked(name: &str, votes: &[u64], other: u64) -> Ranked {
    Ranked {
        name: name.to_owned(),
        url: None,
        feelings: votes.to_vec(),
        other,
        note: None,
    }
}

fn top(by: TopBy, rows: Vec<Ranked>) -> Answer {
    let sum = |sum: u64, votes: u64| sum.saturating_add(votes);
    let votes = |at: usize| {
        let votes = rows.iter().map(|row| row.feelings.get(at).copied().unwrap_or(0));
        votes.fold(0, sum)
    };
    let most = rows.iter().map(|row| row.feelings.len()).max().unwrap_or(0);
    let feelings: Vec<u64> = (0..most).map(votes).collect();
    Answer::Top(Ranking {
        total: ranked("", &feelings, rows.iter().map(|row| row.other).fold(0, sum)),
        period: Period::Week,
        by,
        feeling: None,
        drama: None,
        everywhere: false,
        rows,
    })
}

fn mood(name: Option<&str>, total: Ranked, over: Vec<Span>) -> Answer {
    Answer::Mood(Mood {
        name: name.map(Into::into),
        everywhere: false,
        total,
        over,
        step: Step::Day,
        recent: Vec::new(),
    })
}

const STORIES: [&str; 10] = [
    "Baek Cho Ha Reads Lanterns And Footprints In New Stills Of “Paper Moon Detectives”",
    "Ryu Da On And Mo Hae Rin Run For The Last Ferry",
    "물때 의원, 마지막 촬영을 마친 배우들의 편지",
    "[Update] The Tidewater Clinic Confirms A Second Season With The Whole Cast And Its Director Returning For It",
    "Noodles",
    "Seo Ha Eun Says Goodbye",
    "달빛 수사관의 하루",
    "Watch: Everybody Cries At The Wrap Party 😭😭",
    "Ratings: A New Best",
    "The Cat Comes Back",
];

fn cases() -> Vec<(&'static str, Answer)> {
    let said = Some("Moon Ji Won");
    let role = Some("Do Yun");
    let drama = Some("The Lantern Keeper");
    let long = "When I first read the script I thought that nobody would believe a man who talks to lanterns, but then I \
                met the people of the village where we filmed, and they all do, so I stopped acting and began to listen to \
                what the light had to say about my character and about me.";
    let rows = |n: usize| {
        let row = |at: usize| {
            let n = 1 + (n - at) as u64;
            ranked(STORIES[at], &[n * 41, n * 17, n * 5 % 31, n * 13 % 50, n % 4], n % 3)
        };
        (0..n).map(row).collect::<Vec<_>>()
    };
    let span = |at: i64| Span {
        from: 1_763_650_800_000 + at * 86_400_000,
        votes: ranked(
            "",
            &[
                (at as u64 * 7) % 23,
                (at as u64 * 5) % 11,
                at as u64 % 4,
                (at as u64 * 3) % 13,
                at as u64 % 2,
            ],
            0,
        ),
    };
    let mut cases = vec![
        ("quote-short", line("I ran.", said, role, drama)),
        ("quote-word", line("Yes.", said, role, drama)),
        (
            "quote-hangul-word",
            line("네.", Some("문지원"), Some("도윤"), Some("등불지기")),
        ),
        (
            "quote-line",
            line("You really ran while holding the lantern!", said, role, drama),
        ),
        ("quote-long", line(long, said, role, drama)),
        ("quote-very-long", line(&long.repeat(4), said, role, drama)),
        (
            "quote-hangul",
            line(
                "등불을 들고 정말로 뛰었어요. 그날 밤바다가 얼마나 차가웠는지 아무도 모를 거예요.",
                Some("문지원"),
                Some("도윤"),
                Some("등불지기"),
            ),
        ),
        (
            "quote-mixed",
            line(
                "“대사” is a line that stays: 그 말 한마디가 저를 울렸어요, and I could not stop 😭.",
                said,
                Some("도윤 (Do Yun)"),
                drama,
            ),
        ),
        (
            "quote-names",
            line(
                "We laughed all day.",
                Some(&"Alexandria Constantinopolitan ".repeat(4)),
                Some(&"the second-youngest granddaughter of the lighthouse keeper ".repeat(2)),
                Some(&"The Extraordinarily Long Title Of A Drama That Nobody Can Remember ".repeat(2)),
            ),
        ),
        (
            "quote-no-role",
            line(
                "There was no wind that day, and still the paper moved.",
                said,
                None,
                drama,
            ),
        ),
        (
            "quote-nobody",
            line("We will do our best until the end.", None, None, None),
        ),
        ("top-1", top(TopBy::Story, rows(1))),
        ("top-4", top(TopBy::Story, rows(4))),
        ("top-10", top(TopBy::Story, rows(10))),
        (
            "top-drama",
            top(
                TopBy::Drama,
                vec![
                    ranked("Paper Moon Detectives", &[812, 120, 44, 301, 12], 20),
                    ranked("물때 의원 The Tidewater Clinic", &[400, 410, 10, 2, 0], 0),
                    ranked("Lovers of the Red Sky", &[1, 0, 0, 1, 0], 0),
                ],
            ),
        ),
        (
            "top-million",
            top(
                TopBy::Person,
                vec![
                    ranked("Ahn Hyo Seop", &[1_234_567, 400_000, 90_000, 700_000, 1], 12_000),
                    ranked("Kim Yoo Jung", &[3, 2, 0, 0, 0], 0),
                ],
            ),
        ),
        (
            "mood-time",
            mood(
                Some("Paper Moon Detectives"),
                ranked("", &[812, 120, 44, 301, 12], 20),
                (0..9).map(span).collect(),
            ),
        ),
        ("mood-few", mood(None, ranked("", &[2, 0, 0, 1, 0], 0), Vec::new())),
    ];
    let mut lines = vec![
        ranked(
            "You really ran while holding the lantern, and I believed every word of it!",
            &[30, 12, 1, 4, 0],
            1,
        ),
        ranked("그 말 한마디가 저를 울렸어요", &[10, 0, 0, 14, 0], 0),
    ];
    lines[0].note = Some("Moon Ji Won".into());
    lines[1].note = Some("문지원".into());
    cases.push(("top-quotes", top(TopBy::Quote, lines)));
    let felt = |at: usize, name: &str, n: u64| {
        let mut votes = [0; 5];
        votes[at] = n;
        let mut row = ranked(name, &votes, 0);
        row.note = Some(STORIES[at].into());
        row
    };
    cases.push((
        "top-feelings",
        top(
            TopBy::Feeling,
            vec![
                felt(0, "love", 120),
                felt(3, "tears", 77),
                felt(1, "laugh", 60),
                felt(2, "wow", 20),
                felt(4, "angry", 3),
            ],
        ),
    ));
    cases
}

/// Nothing that is written leaves the frame: each text as it is set, with kerning and all.
fn within(picture: &Picture) -> Result<(), String> {
    let mut letters = Letters::default();
    let (left, right, bottom) = (
        bars::MARGIN - 1.0,
        WIDTH - bars::MARGIN + 1.0,
        picture.scene.height - 12.0,
    );
    let mut texts = 0;
    for shape in &picture.scene.shapes {
        let Shape::Text(pen, text) = shape else { continue };
        let written = letters.written(text, pen.face, pen.size);
        let from = written.left(pen);
        let (high, low) = written
            .body
            .map_or((0.0, 0.0), |body| (body.bounds().top(), body.bounds().bottom()));
        if from < left || from + written.long > right || pen.y + high < -1.0 || pen.y + low > bottom {
            return Err(format!("{text} at {pen:?} of {right} × {bottom}"));
        }
        texts += 1;
    }
    if texts == 0 {
        Err("nothing is written".into())
    } else {
        Ok(())
    }
}

#[test]
fn every_picture_is_drawn_within_its_frame() {
    for (name, answer) in cases() {
        for lang in [Lang::En, Lang::Ko] {
            let picture = Picture::of(&answer, lang, &feelings()).expect(name);
            within(&picture).unwrap_or_else(|fault| panic!("{name}: {fault}"));
            if lang == Lang::Ko
                && !matches!(
                    name,
                    "mood-time" | "top-feelings" | "quote-hangul" | "quote-hangul-word"
                )
            {
                continue;
            }
            let drawn = picture.draw().expect(name);
            assert!(
                drawn.bytes.starts_with(b"\x89PNG\r\n\x1a\n") && drawn.bytes.len() < 600_000,
                "{name}"
            );
        }
    }
}

#[test]
fn what_cannot_be_drawn_is_left_to_words() {
    let none = |answer: Answer| Picture::of(&answer, Lang::En, &feelings()).is_none();
    assert!(
        none(line("그는 שלום 했다", None, None, None)),
        "letters that the fonts lack"
    );
    assert!(none(line("السلام عليكم", None, None, None)));
    assert!(
        none(line("Hello", Some("محمد"), None, None)),
        "a speaker is not left out"
    );
    assert!(none(line("😭😭😭", None, None, None)), "nothing is left");
    assert!(none(top(TopBy::Story, vec![ranked("x", &[0, 0], 0)])) && none(top(TopBy::Story, Vec::new())));
    assert!(none(mood(None, ranked("", &[0, 0, 0, 0, 0], 0), Vec::new())));
    let mut words = line("Hello", None, None, None);
    if let Answer::Said(line) = &mut words {
        line.style = Style::Words;
    }
    assert!(none(words));
}

#[test]
fn pictures_are_told_in_words() {
    let told = |answer: &Answer, lang| {
        Picture::of(answer, lang, &feelings())
            .unwrap()
            .draw()
            .unwrap()
            .description
    };
    let quote = line(
        "We laughed 😂 all day.",
        Some("Moon Ji Won"),
        Some("Do Yun"),
        Some("The Lantern Keeper"),
    );
    insta::assert_snapshot!(told(&quote, Lang::En), @"“We laughed 😂 all day.” – Moon Ji Won, as Do Yun. The Lantern Keeper");
    let rows = vec![
        ranked("The Cat Comes Back", &[3, 1, 0, 0, 0], 0),
        ranked("Noodles", &[1, 0, 0, 0, 0], 1),
    ];
    insta::assert_snapshot!(told(&top(TopBy::Story, rows), Lang::Ko), @"이번 주 소식 순위. 6표 · 이 서버. 1. The Cat Comes Back: 4 (사랑 3, 웃음 1); 2. Noodles: 2 (사랑 1, 그 밖에 1)");
    let felt = mood(Some("Noodles"), ranked("", &[3, 1, 0, 0, 0], 0), Vec::new());
    insta::assert_snapshot!(told(&felt, Lang::En), @"How people felt about Noodles. 4 votes · this server. love: 3 (75 %); laugh: 1 (25 %); wow: 0 (0 %); tears: 0 (0 %); angry: 0 (0 %)");
}

#[test]
fn a_story_has_the_colour_of_its_drama() {
    let drama = "Lovers of the Red Sky";
    let color = crate::view::words::color_of_name(drama);
    let is_there = |shape: &Shape| matches!(shape, Shape::Filled(_, Fill::Plain(fill)) if *fill == color);
    let story = |note: Option<&str>| Ranked {
        note: note.map(Into::into),
        ..ranked("Noodles", &[1, 0], 0)
    };
    for (note, there) in [(Some(drama), true), (None, false)] {
        let answer = top(TopBy::Story, vec![story(note)]);
        let picture = Picture::of(&answer, Lang::En, &feelings()).expect("a picture");
        assert_eq!(picture.scene.shapes.iter().any(is_there), there, "{note:?}");
    }
}

fn hostile() -> impl Strategy<Value = String> {
    "(?s).{0,60}|[<>&\"'\\]\\[!-]{0,40}|</text><image href=\"file:///etc/passwd\"/>|&(lt|xxe|#0|#x10ffff);|[가-힣\u{202e}\u{200b}\u{0}-\u{1f}]{0,300}|(e\u{301}{9}){0,20}|[W]{200}"
}

#[test]
fn more_votes_than_a_number_holds_stay_in_the_frame() {
    let votes = ranked("Paper Moon", &[u64::MAX; 6], 1);
    let span = Span {
        from: 0,
        votes: votes.clone(),
    };
    let answer = mood(None, votes, vec![span.clone(), span]);
    let picture = Picture::of(&answer, Lang::En, &feelings()).expect("a picture");
    assert_eq!(within(&picture), Ok(()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn no_text_breaks_a_picture(text in hostile(), name in hostile(), other in hostile(), votes in prop::collection::vec(prop_oneof![0_u64..9, any::<u64>()], 0..14)) {
        let mut noted = ranked(&name, &votes, 1);
        noted.note = Some(other.clone());
        let span = Span { from: i64::MIN, votes: noted.clone() };
        let answers = [
            line(&format!("x{text}"), Some(&name), Some(&other), Some(&text)),
            top(TopBy::Quote, vec![noted.clone(), ranked(&text, &[1, 2], u64::MAX)]),
            top(TopBy::Drama, vec![noted.clone(); 12]),
            mood(Some(&other), noted, vec![span.clone(), span]),
        ];
        for answer in answers {
            if let Some(picture) = Picture::of(&answer, Lang::Ko, &feelings()) {
                prop_assert_eq!(within(&picture), Ok(()));
                prop_assert!(picture.draw().is_some());
            }
        }
    }
}
