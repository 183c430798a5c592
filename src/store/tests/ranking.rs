//! Rankings and moods.

use super::votes::{add, key, remove};
use super::*;
use crate::model::{VoteBatch, VoteKey, answer::TopBy};

/// Three stories of two dramas; votes: 1 → 2 ❤ and a bot's, 2 → 1 ❤ 2 😂, 3 → none. All posted here, 1 there too.
async fn voted() -> Home {
    let home = home().await;
    home.follow(HERE, &Subject::Everything).await;
    home.follow(THERE, &drama_subject("tide")).await;
    let (_, first) = home.post(1, &Told::of("tide").with("Ara"), NOW).await;
    let (_, second) = home.post(2, &Told::of("moon").with("Ara").with("Bin"), NOW + DAY).await;
    home.post(3, &Told::of("moon"), NOW + 2 * DAY).await;
    let votes = [
        (first[0], "❤️", 1),
        (first[1], "❤️", 2),
        (first[0], "❤️", 9),
        (second[0], "❤️", 1),
        (second[0], "😂", 1),
        (second[0], "😂", 2),
    ];
    for (message, emoji, user) in votes {
        home.apply_votes(&[add(key(message, emoji, user, user == 2), user == 9)], NOW)
            .await
            .unwrap();
    }
    // What is asked of a drama that every story is about is what is asked of all.
    sqlx::query("INSERT INTO article_subject SELECT 'drama:all', id FROM article")
        .execute(home.store.write())
        .await
        .unwrap();
    home
}

fn week() -> TopQuery<'static> {
    TopQuery {
        guild: Some(GUILD),
        since: NOW,
        by: TopBy::Story,
        drama: None,
        limit: 10,
    }
}

async fn top(home: &Home, query: TopQuery<'_>) -> Vec<(String, Vec<(String, u64)>)> {
    let rows = home.top(&query).await.unwrap();
    let votes = |row: &TopRow| row.votes.iter().map(|c| (c.emoji.key(), c.votes)).collect();
    rows.iter().map(|row| (row.name.clone(), votes(row))).collect()
}

fn place(name: &str, votes: &[(&str, u64)]) -> (String, Vec<(String, u64)>) {
    (
        name.to_owned(),
        votes
            .iter()
            .map(|(emoji, votes)| ((*emoji).to_owned(), *votes))
            .collect(),
    )
}

#[tokio::test]
async fn stories() {
    let home = voted().await;
    let expected = [
        place("News of moon", &[("😂", 2), ("❤", 1)]),
        place("News of tide", &[("❤", 2)]),
    ];
    assert_eq!(top(&home, week()).await, expected);
    let dramas: Vec<_> = home.top(&week()).await.unwrap().into_iter().map(|row| row.by).collect();
    assert_eq!(dramas, [Some("MOON".to_owned()), Some("TIDE".to_owned())]);
    assert_eq!(
        top(
            &home,
            TopQuery {
                since: NOW + 1,
                ..week()
            }
        )
        .await,
        expected[..1]
    );
    assert_eq!(
        top(
            &home,
            TopQuery {
                drama: Some("drama:tide"),
                ..week()
            }
        )
        .await,
        expected[1..]
    );
    assert_eq!(top(&home, TopQuery { limit: 1, ..week() }).await, expected[..1]);
    assert_eq!(top(&home, TopQuery { guild: None, ..week() }).await, expected);
    assert_eq!(
        top(
            &home,
            TopQuery {
                guild: Some(GuildId(1)),
                ..week()
            }
        )
        .await,
        []
    );
    assert_eq!(
        home.top(&week()).await.unwrap()[1].url.as_deref(),
        Some("https://news.test/1")
    );
}

#[tokio::test]
async fn the_story_that_brought_most_of_a_feeling() {
    let home = voted().await;
    let feelings =
        [vec!["❤"], vec!["😂", "🤣"], vec!["😡"], vec!["😂", "❤"]].map(|f| f.iter().map(|e| e.to_string()).collect());
    let ways = [
        week(),
        TopQuery { since: 0, ..week() },
        TopQuery {
            drama: Some("drama:all"),
            since: 0,
            guild: None,
            ..week()
        },
    ];
    for query in ways {
        let rows = home.strongest_of(&query, &feelings).await.unwrap();
        let names = rows
            .iter()
            .map(|rows| rows.iter().map(|row| row.name.as_str()).collect());
        let names: Vec<Vec<&str>> = names.collect();
        let first: Vec<_> = names.iter().map(|names| names.first().copied()).collect();
        let (tide, moon) = (Some("News of tide"), Some("News of moon"));
        assert_eq!(first, [tide, moon, None, moon], "{query:?}");
        assert_eq!(names[3], ["News of moon", "News of tide"], "{query:?}");
        let one = TopQuery { limit: 1, ..query };
        let strongest = home.strongest_of(&one, &feelings).await.unwrap();
        let strongest: Vec<_> = strongest
            .iter()
            .map(|rows| rows.first().map(|row| row.name.as_str()))
            .collect();
        assert_eq!(strongest, first, "{query:?}");
    }
}

#[tokio::test]
async fn of_all_time_is_what_the_beginning_gives() {
    let home = voted().await;
    // Of what was taken back, which is the first of the emoji, sums of none are left.
    let posts: Vec<i64> = sqlx::query_scalar("SELECT message FROM post")
        .fetch_all(home.store.read())
        .await
        .unwrap();
    let sun = |message: &i64| key(MessageId::from_db(*message), "☀", 7, false);
    let give: fn(VoteKey) -> VoteBatch = |key| add(key, false);
    for change in [give, remove] {
        let batches: Vec<_> = posts.iter().map(sun).map(change).collect();
        home.apply_votes(&batches, NOW).await.unwrap();
        home.count_up().await.unwrap();
    }
    assert!(home.number("SELECT count(*) FROM felt_name WHERE votes = 0").await > 0);
    for by in [TopBy::Story, TopBy::Drama, TopBy::Person, TopBy::Quote] {
        for guild in [Some(GUILD), None] {
            let ever = TopQuery {
                since: 0,
                by,
                guild,
                ..week()
            };
            let since = TopQuery { since: 1, ..ever };
            let all = TopQuery {
                drama: Some("drama:all"),
                ..ever
            };
            let rows = home.top(&ever).await.unwrap();
            assert_eq!(rows, home.top(&since).await.unwrap(), "{ever:?}");
            assert_eq!(rows, home.top(&all).await.unwrap(), "{ever:?}");
            let moon = TopQuery {
                drama: Some("drama:moon"),
                ..ever
            };
            let since = TopQuery { since: 1, ..moon };
            let rows = home.top(&moon).await.unwrap();
            assert_eq!(rows, home.top(&since).await.unwrap(), "{moon:?}");
            assert_eq!(
                rows.len(),
                [1, 2, 0][(by == TopBy::Person) as usize + 2 * (by == TopBy::Quote) as usize]
            );
            assert_eq!(rows.is_empty(), by == TopBy::Quote);
        }
    }
    for (since, drama) in [(1, None), (0, Some("drama:all"))] {
        let mood = home.mood(None, since, drama, 10).await.unwrap();
        assert_eq!(mood, home.mood(None, 0, None, 10).await.unwrap());
    }
}

#[tokio::test]
async fn dramas_and_people() {
    let home = voted().await;
    let dramas = top(
        &home,
        TopQuery {
            by: TopBy::Drama,
            ..week()
        },
    )
    .await;
    assert_eq!(
        dramas,
        [place("MOON", &[("😂", 2), ("❤", 1)]), place("TIDE", &[("❤", 2)])]
    );
    let people = top(
        &home,
        TopQuery {
            by: TopBy::Person,
            ..week()
        },
    )
    .await;
    assert_eq!(
        people,
        [
            place("Ara", &[("❤", 3), ("😂", 2)]),
            place("Bin", &[("😂", 2), ("❤", 1)])
        ]
    );
    let in_tide = TopQuery {
        by: TopBy::Person,
        drama: Some("drama:tide"),
        ..week()
    };
    assert_eq!(top(&home, in_tide).await, [place("Ara", &[("❤", 2)])]);
}

#[tokio::test]
async fn moods() {
    let home = voted().await;
    let mood = home.mood(Some(GUILD), NOW, None, 10).await.unwrap();
    let votes: Vec<_> = mood.total.iter().map(|c| (c.emoji.key(), c.votes)).collect();
    assert_eq!(votes, [("❤".to_owned(), 3), ("😂".to_owned(), 2)]);
    let recent: Vec<_> = mood.recent.iter().map(|row| (row.article.0, row.votes.len())).collect();
    assert_eq!(recent, [(3, 0), (2, 2), (1, 1)], "the newest first, voted for or not");
    let moon = home.mood(Some(GUILD), NOW, Some("drama:moon"), 1).await.unwrap();
    assert_eq!((moon.total.len(), moon.recent.len()), (2, 1));
    assert_eq!(
        home.mood(Some(GuildId(1)), NOW, None, 10).await.unwrap(),
        MoodRows::default()
    );
}

#[tokio::test]
async fn what_is_deleted_still_counts() {
    let home = voted().await;
    home.channel_gone(HERE, NOW).await.unwrap();
    home.channel_gone(THERE, NOW).await.unwrap();
    assert_eq!(top(&home, week()).await.len(), 2);
}

#[tokio::test]
async fn lines_have_the_votes_of_their_stories() {
    let home = home().await;
    home.follow(HERE, &Subject::Everything).await;
    let mut tide = Told::of("tide")
        .saying(Some("Ara"), "The sea was cold.")
        .saying(Some("Bin"), "We laughed.");
    tide.key_quotes = vec![1, 0];
    let mut moon = Told::of("moon").saying(Some("Ara"), "The moon was late.");
    moon.key_quotes = vec![0];
    let (_, first) = home.post(1, &tide, NOW).await;
    let (_, second) = home.post(2, &moon, NOW).await;
    let (_, silent) = home.post(3, &Told::of("moon"), NOW).await;
    for (message, user) in [
        (first[0], 1),
        (first[0], 2),
        (second[0], 1),
        (silent[0], 1),
        (silent[0], 2),
    ] {
        home.apply_votes(&[add(key(message, "❤️", user, false), false)], NOW)
            .await
            .unwrap();
    }
    let by_line = TopQuery {
        by: TopBy::Quote,
        ..week()
    };
    let rows = home.top(&by_line).await.unwrap();
    let lines: Vec<_> = rows
        .iter()
        .map(|row| (row.name.as_str(), row.by.as_deref(), row.votes[0].votes))
        .collect();
    assert_eq!(
        lines,
        [("We laughed.", Some("Bin"), 2), ("The moon was late.", Some("Ara"), 1)],
        "the best line of each story, and none of a story without lines"
    );
    assert_eq!(rows[0].url.as_deref(), Some("https://news.test/1"));
    let in_moon = TopQuery {
        drama: Some("drama:moon"),
        ..by_line
    };
    assert_eq!(home.top(&in_moon).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_mood_over_time_and_of_one_story() {
    let home = voted().await;
    let counts = |spans: Vec<Vec<Counted>>| -> Vec<Vec<(String, u64)>> {
        let one = |counted: Counted| (counted.emoji.key(), counted.votes);
        spans
            .into_iter()
            .map(|span| span.into_iter().map(one).collect())
            .collect()
    };
    let days = home.mood_over(Some(GUILD), None, (NOW - DAY, DAY, 4)).await.unwrap();
    let (heart, joy) = (|n| ("❤".to_owned(), n), |n| ("😂".to_owned(), n));
    assert_eq!(
        counts(days),
        [vec![], vec![heart(2)], vec![joy(2), heart(1)], vec![]],
        "by the day of the post, days without votes too"
    );
    let tide = home
        .mood_over(None, Some("drama:tide"), (NOW, 2 * DAY, 1))
        .await
        .unwrap();
    assert_eq!(counts(tide), [vec![heart(2)]]);
    let past = home.mood_over(None, None, (NOW - 9 * DAY, DAY, 2)).await.unwrap();
    assert_eq!(counts(past), [vec![], vec![]], "what was posted later is not in it");
    let story = home.story_mood(None, ArticleId(2)).await.unwrap();
    assert_eq!(counts(vec![story]), [vec![joy(2), heart(1)]]);
    assert_eq!(home.story_mood(Some(GuildId(1)), ArticleId(2)).await.unwrap(), []);
}
