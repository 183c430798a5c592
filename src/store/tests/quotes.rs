//! Quotes on request.

use super::*;
use crate::model::{Emoji, QuoteId, UserId, VoteBatch, VoteKey};

async fn library() -> Home {
    let home = home().await;
    home.follow(HERE, &Subject::Everything).await;
    let first = Told::of("tide")
        .saying(Some("Ara"), "The sea was cold.")
        .saying(Some("Bin"), "We laughed a lot.");
    let second = Told::of("moon")
        .saying(Some("Ara"), "바다가 차가웠어요.")
        .saying(None, "Nobody said the sea.");
    home.post(1, &first, NOW).await;
    home.post(2, &second, NOW + 1).await;
    home
}

async fn texts(home: &Home, query: QuoteQuery<'_>) -> Vec<String> {
    let query = QuoteQuery {
        limit: if query.limit == 0 { 10 } else { query.limit },
        ..query
    };
    home.quotes(&query)
        .await
        .unwrap()
        .into_iter()
        .map(|hit| hit.line.text)
        .collect()
}

fn keys(keys: &[&str]) -> Vec<String> {
    keys.iter().map(|key| (*key).to_owned()).collect()
}

#[tokio::test]
async fn by_person_drama_and_both() {
    let home = library().await;
    let (ara, tide) = (keys(&["person:ara"]), keys(&["drama:tide"]));
    let all = async |speakers: &[String], dramas: &[String]| {
        texts(
            &home,
            QuoteQuery {
                speakers,
                dramas,
                ..QuoteQuery::default()
            },
        )
        .await
    };
    assert_eq!(
        all(&ara, &[]).await,
        ["바다가 차가웠어요.", "The sea was cold."],
        "newest first"
    );
    assert_eq!(all(&[], &tide).await, ["We laughed a lot.", "The sea was cold."]);
    assert_eq!(all(&ara, &tide).await, ["The sea was cold."]);
    assert_eq!(all(&keys(&["person:nobody"]), &[]).await, Vec::<String>::new());
    assert_eq!(
        all(&keys(&["words:x", "person:ara"]), &[]).await.len(),
        2,
        "any of the keys"
    );
    assert_eq!(all(&[], &[]).await.len(), 3, "anything, but said by somebody");
}

#[tokio::test]
async fn by_words() {
    let home = library().await;
    let ara = keys(&["person:ara"]);
    let tide = keys(&["drama:tide"]);
    let found = async |text, speakers: &[String], dramas: &[String]| {
        texts(
            &home,
            QuoteQuery {
                text: Some(text),
                speakers,
                dramas,
                ..QuoteQuery::default()
            },
        )
        .await
    };
    assert_eq!(
        found("SEA", &[], &[]).await,
        ["Nobody said the sea.", "The sea was cold."]
    );
    assert_eq!(found("sea", &ara, &[]).await, ["The sea was cold."]);
    assert_eq!(found("cold sea", &ara, &tide).await, ["The sea was cold."]);
    assert_eq!(
        found("laugh", &[], &[]).await,
        ["We laughed a lot."],
        "the last word may be unfinished"
    );
    assert_eq!(
        found("바다", &[], &[]).await,
        ["바다가 차가웠어요."],
        "particles do not matter"
    );
    assert_eq!(found("laugh", &ara, &[]).await, Vec::<String>::new());
    assert_eq!(
        found("kabc person", &[], &[]).await,
        Vec::<String>::new(),
        "keys are no words"
    );
}

#[tokio::test]
async fn nothing_that_is_typed_is_syntax() {
    let home = library().await;
    for text in [
        "\"",
        "sea\" OR \"x",
        "NOT sea",
        "who:x",
        "text : *",
        "a*b^c{d}(e)",
        "%_",
        "sea NEAR/2 cold",
        "''",
    ] {
        let query = QuoteQuery {
            text: Some(text),
            limit: 5,
            ..QuoteQuery::default()
        };
        home.quotes(&query).await.unwrap();
    }
    assert_eq!(
        texts(
            &home,
            QuoteQuery {
                text: Some("?!"),
                ..QuoteQuery::default()
            }
        )
        .await,
        Vec::<String>::new()
    );
    let long = "sea ".repeat(5_000);
    assert_eq!(
        texts(
            &home,
            QuoteQuery {
                text: Some(&long),
                ..QuoteQuery::default()
            }
        )
        .await
        .len(),
        2
    );
}

#[tokio::test]
async fn phrases_whole_words_and_words_still_being_typed() {
    let home = home().await;
    let told = Told::of("tide")
        .saying(Some("Ara"), "The sea was cold, and I don't swim.")
        .saying(Some("Bin"), "It was a cold sea to me. Seaweed everywhere.")
        .saying(Some("Bin"), "We took a season off.")
        .saying(Some("Ara"), "꽃을 받았어요.");
    home.post(1, &told, NOW).await;
    let found = async |text, typing| {
        let query = QuoteQuery {
            text: Some(text),
            typing,
            ..QuoteQuery::default()
        };
        texts(&home, query).await.len()
    };
    for (text, typing, hits, why) in [
        ("cold sea", false, 2, "in any order"),
        ("\"cold sea\"", false, 1, "a phrase"),
        ("“cold sea” seaweed", false, 1, "a phrase and a word"),
        ("\"sea was", false, 1, "a mark that is never closed"),
        ("don't", false, 1, "as it is written"),
        ("swim don", false, 1, "parts of a word"),
        ("sea", false, 2, "whole words where there are any"),
        ("sea", true, 3, "while it is typed it may become anything"),
        ("seaw", false, 1, "a word may be unfinished"),
        ("se", false, 0, "but not after two letters"),
        ("꽃", false, 1, "a syllable is a word"),
    ] {
        assert_eq!(found(text, typing).await, hits, "{text}: {why}");
    }
}

#[tokio::test]
async fn where_it_was_said_and_who_has_lines() {
    let home = library().await;
    let (parts, body) = home.where_said(QuoteId(2)).await.unwrap();
    let [start, end] = parts[0];
    assert_eq!(
        body.as_deref().and_then(|body| body.get(start..end)),
        Some("We laughed a lot.")
    );
    assert_eq!(home.where_said(QuoteId(999)).await.unwrap(), (Vec::new(), None));
    let of_tide = home.quotes_of(crate::model::ArticleId(1), 10).await.unwrap();
    let lines: Vec<_> = of_tide.iter().map(|hit| hit.line.text.as_str()).collect();
    assert_eq!(
        lines,
        ["The sea was cold.", "We laughed a lot."],
        "in the order of the story"
    );
    assert_eq!(of_tide[0].line.same_drama.as_deref(), Some("drama:tide"));
    let asked = keys(&["person:ara", "person:nobody", "drama:moon"]);
    let with_lines = home.with_lines(&asked, None).await.unwrap();
    assert_eq!(with_lines, keys(&["person:ara", "drama:moon"]).into_iter().collect());
}

#[tokio::test]
async fn with_what_is_known_of_it() {
    let home = library().await;
    let post = home.post_of(MessageId(2000 + HERE.0)).await.unwrap().unwrap();
    let vote = |user, emoji: &str| {
        (
            VoteKey {
                message: post.message,
                emoji: Emoji::unicode(emoji),
                user: UserId(user),
                way: crate::model::Way::Reaction,
            },
            user == 9,
        )
    };
    let added = vec![vote(1, "❤️"), vote(2, "❤️"), vote(3, "😂"), vote(9, "❤️")];
    home.apply_votes(
        &[VoteBatch {
            added,
            ..VoteBatch::default()
        }],
        NOW,
    )
    .await
    .unwrap();
    home.count_up().await.unwrap();
    let loved = keys(&["❤"]);
    let ara = keys(&["person:ara"]);
    let query = QuoteQuery {
        speakers: &ara,
        loved: &loved,
        limit: 10,
        ..QuoteQuery::default()
    };
    let hits = home.quotes(&query).await.unwrap();
    assert_eq!(
        hits.iter().map(|h| h.loved).collect::<Vec<_>>(),
        [2, 0],
        "a bot's love is none"
    );
    let line = &hits[0].line;
    assert_eq!(
        (line.speaker.as_deref(), line.drama.as_deref()),
        (Some("Ara"), Some("MOON"))
    );
    assert_eq!(
        (line.url.as_deref(), line.source.as_str(), line.at),
        (Some("https://news.test/2"), "News", NOW + 1)
    );
    assert!((hits[0].confidence - 0.9).abs() < 0.001);
    assert_eq!(home.quote(line.quote, None).await.unwrap().unwrap().line, *line);
    assert_eq!(home.quote(QuoteId(999), None).await.unwrap(), None);
}

#[tokio::test]
async fn nothing_yet() {
    assert_eq!(texts(&home().await, QuoteQuery::default()).await, Vec::<String>::new());
}

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
