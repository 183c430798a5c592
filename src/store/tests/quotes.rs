//! Quotes on request.

use super::*;
use crate::model::{Emoji, QuoteId, UserId, VoteBatch, VoteKey};

pub(super) async fn library() -> Home {
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

pub(super) async fn texts(home: &Home, query: QuoteQuery<'_>) -> Vec<String> {
    let query = QuoteQuery {
        limit: if query.limit == 0 { 10 } else { query.limit },
        ..query
    };
    let found = home.candidates(&query).await.unwrap();
    let found: Vec<QuoteId> = found.into_iter().map(|one| one.quote).collect();
    let lines = home.lines(&found, query.guild).await.unwrap();
    assert_eq!(lines.iter().map(|line| line.quote).collect::<Vec<_>>(), found);
    lines.into_iter().map(|line| line.text).collect()
}

pub(super) fn keys(keys: &[&str]) -> Vec<String> {
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
        home.candidates(&query).await.unwrap();
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
    let lines: Vec<_> = of_tide.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(
        lines,
        ["The sea was cold.", "We laughed a lot."],
        "in the order of the story"
    );
    assert_eq!(of_tide[0].same_drama.as_deref(), Some("drama:tide"));
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
    let hits = home.candidates(&query).await.unwrap();
    assert_eq!(
        hits.iter().map(|h| (h.loved, h.at)).collect::<Vec<_>>(),
        [(2, NOW + 1), (0, NOW)],
        "a bot's love is none"
    );
    let line = home.line(hits[0].quote, None).await.unwrap().unwrap();
    assert_eq!(
        (line.speaker.as_deref(), line.drama.as_deref()),
        (Some("Ara"), Some("MOON"))
    );
    assert_eq!(
        (line.url.as_deref(), line.source.as_str(), line.at),
        (Some("https://news.test/2"), "News", NOW + 1)
    );
    assert_eq!(home.line(QuoteId(999), None).await.unwrap(), None);
}

#[tokio::test]
async fn nothing_yet() {
    assert_eq!(texts(&home().await, QuoteQuery::default()).await, Vec::<String>::new());
}
