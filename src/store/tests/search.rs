//! How words are found: phrases, whatever is folded, the order in which the index is asked.

use super::{
    super::search::{Ending, Search},
    quotes::{keys, library, texts},
    *,
};

#[tokio::test]
async fn a_phrase_is_these_words_side_by_side_however_they_are_written() {
    let home = home().await;
    let told = Told::of("tide")
        .saying(Some("Ara"), "The café by the sea, the sea by the café: don't ask.")
        .saying(Some("Ara"), "The sea café is closed. By then I had left.")
        .saying(Some("Bin"), "바다가 차가웠어요. 그래도 좋았어요.");
    home.post(1, &told, NOW).await;
    let ara = keys(&["person:ara"]);
    for (text, speakers, hits) in [
        ("\"by the sea\"", &[][..], 1),
        ("\"CAFE BY\"", &[], 1),
        ("\"café, by\"", &[], 1),
        ("\"don’t ask\"", &[], 1),
        ("\"sea by the\" ask", &[], 1),
        ("\"by the sea\" \"by the café\"", &[], 1),
        ("\"by the sea\" \"sea café\"", &[], 0),
        ("\"sea the\"", &[], 1),
        ("\"the by\"", &[], 0),
        ("\"sea\"", &[], 2),
        ("\"the sea\"", &ara, 2),
        ("\"차가웠어요 그래도\"", &[], 1),
        ("\"차가웠어요 그래도\"", &ara, 0),
    ] {
        let query = QuoteQuery {
            text: Some(text),
            speakers,
            ..QuoteQuery::default()
        };
        assert_eq!(texts(&home, query).await.len(), hits, "{text}");
    }
}

const TWINS: [&str; 2] = ["moon wind", "star ice"];

/// Pairs of words are one of a million: these two have the same token, and still one is not found for the other.
#[tokio::test]
async fn what_has_the_same_token_is_another_phrase() {
    let home = home().await;
    let mut told = Told::of("tide").saying(Some("Ara"), &format!("Old: {}.", TWINS[0]));
    for _ in 0..40 {
        told = told.saying(Some("Bin"), &format!("New: {}.", TWINS[1]));
    }
    home.post(1, &told, NOW).await;
    let phrase = format!("\"{}\"", TWINS[0]);
    let query = QuoteQuery {
        text: Some(&phrase),
        limit: 10,
        ..QuoteQuery::default()
    };
    assert_eq!(texts(&home, query).await, [format!("Old: {}.", TWINS[0])]);
}

#[tokio::test]
async fn an_index_that_is_made_anew_is_filled_from_the_lines() {
    let home = library().await;
    let anew = include_str!("../migrations/0022_newest_first.sql");
    sqlx::raw_sql(anew).execute(home.store.write()).await.unwrap();
    let ara = keys(&["person:ara"]);
    let found = async |home: &Home, text, speakers: &[String]| {
        let query = QuoteQuery {
            text: Some(text),
            speakers,
            ..QuoteQuery::default()
        };
        texts(home, query).await.len()
    };
    assert_eq!(found(&home, "sea", &[]).await, 0);
    let home = home.crash(NOW).await;
    for (text, hits) in [("sea", 1), ("\"was cold\"", 1), ("바다", 1), ("laughed", 0)] {
        assert_eq!(found(&home, text, &ara).await, hits, "{text}");
    }
    assert_eq!(home.meta("lines_indexed").await.unwrap(), None, "done once");
    // It stopped after the second line: only what comes after it is filled in.
    sqlx::raw_sql(anew).execute(home.store.write()).await.unwrap();
    home.set_meta("lines_indexed", Some("2")).await.unwrap();
    let home = home.crash(NOW).await;
    for (text, hits) in [("laughed", 0), ("바다", 1), ("nobody", 1)] {
        assert_eq!(found(&home, text, &[]).await, hits, "{text}");
    }
}

/// Of frequent words the whole lists were read to find where two rare ones meet.
#[tokio::test]
async fn the_rarest_words_are_asked_for_first() {
    let home = home().await;
    let mut told = Told::of("tide");
    for at in 0..300 {
        let (often, less) = (
            if at % 2 == 0 { "cold" } else { "warm" },
            if at % 3 == 0 { "wind" } else { "rain" },
        );
        let rare = if at == 100 { "pearl" } else { "shell" };
        told = told.saying(Some("Ara"), &format!("The sea, {often} {less}, {rare} {at}."));
    }
    home.post(1, &told, NOW).await;
    let asked = async |text| {
        let search = Search::of(&QuoteQuery::default(), text, Ending::Whole).unwrap();
        search.expression(home.store.read()).await.unwrap()
    };
    let nowhere = '\u{F002}';
    assert_eq!(asked("sea cold").await, "\"sea\" AND \"cold\"");
    assert_eq!(
        asked("sea cold pearl wind").await,
        format!("((((\"pearl\" AND \"wind\") NOT \"{nowhere}\") AND \"cold\") NOT \"{nowhere}\") AND \"sea\"")
    );
    for (text, lines) in [
        ("sea cold pearl wind", 0),
        ("sea cold pearl rain", 1),
        ("sea cold shell wind", 50),
        ("sea cold 5", 0),
    ] {
        let query = QuoteQuery {
            text: Some(text),
            limit: 400,
            ..QuoteQuery::default()
        };
        assert_eq!(texts(&home, query).await.len(), lines, "{text}");
    }
}

/// The words of a line or a term, as a reader who folds nothing but what is said here would cut them.
fn cut(text: &str) -> Vec<String> {
    let folded = text.to_lowercase().replace('é', "e");
    let words = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// Whether a line has the terms, by reading it: the last word may go on where `open`, one in hangul always.
fn has_all(line: &str, terms: &[&str], open: bool) -> bool {
    let line = cut(line);
    terms.iter().enumerate().all(|(place, term)| {
        let words = cut(term);
        let (last, phrase) = (words.last().unwrap(), term.starts_with('"'));
        let hangul = last.chars().any(|c| ('가'..='힣').contains(&c));
        let long = last.chars().count() >= if hangul { 1 } else { 3 };
        let goes_on = !phrase && long && (hangul || open && place + 1 == terms.len());
        line.windows(words.len()).any(|some| {
            let (ends, begins) = some.split_last().unwrap();
            begins == &words[..words.len() - 1] && (ends == last || goes_on && ends.starts_with(last.as_str()))
        })
    })
}

#[tokio::test]
async fn what_is_found_is_what_reading_every_line_would_find() {
    const SAID: [&str; 16] = [
        "sea",
        "seaweed",
        "season",
        "Cold",
        "a",
        "the",
        "don't",
        "don",
        "café",
        "바다",
        "바",
        "바람이",
        "꽃",
        "꽃잎을",
        "K드라마",
        "드라마가",
    ];
    const ASKED: [&str; 22] = [
        "sea",
        "seas",
        "cold",
        "a",
        "the",
        "don't",
        "don",
        "cafe",
        "바다",
        "바",
        "바람",
        "꽃",
        "꽃잎",
        "k드",
        "K드라마",
        "드라마",
        "드라마를",
        "\"the sea\"",
        "\"a cold season\"",
        "\"don\"",
        "\"바 꽃\"",
        "sea-wee",
    ];
    let home = home().await;
    let mut random = fastrand::Rng::with_seed(5);
    let mut told = Told::of("tide");
    let mut lines = Vec::new();
    for at in 0..150 {
        // Its number makes each line another.
        let words: Vec<&str> = (0..random.usize(1..7))
            .map(|_| SAID[random.usize(..SAID.len())])
            .collect();
        lines.push(format!("{} {at}.", words.join(" ")));
        told = told.saying(Some("Ara"), &lines[at]);
    }
    home.post(1, &told, NOW).await;
    lines.reverse();
    let (mut some, mut none) = (0, 0);
    for _ in 0..300 {
        let terms: Vec<&str> = (0..random.usize(1..4))
            .map(|_| ASKED[random.usize(..ASKED.len())])
            .collect();
        let read = |open| -> Vec<&String> { lines.iter().filter(|line| has_all(line, &terms, open)).collect() };
        let text = terms.join(" ");
        for typing in [false, true] {
            let query = QuoteQuery {
                text: Some(&text),
                typing,
                limit: 500,
                ..QuoteQuery::default()
            };
            // Whole words where there are any, unless somebody is typing.
            let expected = match read(typing) {
                whole if whole.is_empty() => read(true),
                whole => whole,
            };
            let found = texts(&home, query).await;
            assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{text}, typing: {typing}");
            *(if found.is_empty() { &mut none } else { &mut some }) += 1;
        }
    }
    assert!(some > 100 && none > 50, "{some} {none}");
}

#[tokio::test]
async fn a_line_cannot_pretend_to_be_said_by_somebody() {
    let home = home().await;
    let token: String = "\u{F000}".to_owned() + "6b0f";
    let told = Told::of("tide").saying(Some("Ara"), &format!("The sea\u{E000}\u{E001} {token}."));
    home.post(1, &told, NOW).await;
    for word in ["\u{E000}\u{E001}", &token, "\u{F001}바"] {
        let query =
            sqlx::query_scalar::<_, i64>("SELECT count(*) FROM quote_fts WHERE quote_fts MATCH '\"' || $1 || '\"'");
        assert_eq!(
            query.bind(word).fetch_one(home.store.read()).await.unwrap(),
            0,
            "{word:?}"
        );
    }
    let query = |text| QuoteQuery {
        text: Some(text),
        ..QuoteQuery::default()
    };
    assert_eq!(texts(&home, query("sea")).await.len(), 1);
    assert_eq!(texts(&home, query("\u{E000}\u{F000}")).await.len(), 0);
}
