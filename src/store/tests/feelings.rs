//! Of each feeling the story that has most of it, however few stories are looked at.

use super::*;
use crate::model::answer::TopBy;
use std::collections::HashMap;

const STORIES: i64 = 900;
const PLACE: i64 = -1;
/// Some are felt often, one hardly ever, one by somebody else's readers alone, one never.
const EMOJI: [&str; 5] = ["❤", "😂", "😡", "🥱", "🦄"];

/// Many stories of two dramas, each posted a minute after the other; what was felt of each.
async fn felt(home: &Home, random: &mut fastrand::Rng) -> Vec<(i64, &'static str, HashMap<&'static str, i64>)> {
    let mut tx = home.store.begin().await.unwrap();
    let mut all = Vec::new();
    for article in 1..=STORIES {
        let drama = if random.u8(..5) == 0 {
            "drama:moon"
        } else {
            "drama:tide"
        };
        let loved = random.i64(1..200);
        let mut votes = HashMap::from([(EMOJI[0], loved), (EMOJI[1], random.i64(0..loved))]);
        if random.u8(..100) == 0 {
            votes.insert(EMOJI[2], random.i64(1..4));
        }
        if drama == "drama:moon" {
            votes.insert(EMOJI[3], random.i64(100..2_000));
        }
        let story = "INSERT INTO article (id, title, source, seen_at, at, kind, summary, characters)
            VALUES ($1, 'News', 'News', $2, $2, 'other', '', '[]')";
        let about = "INSERT INTO article_subject VALUES ($1, $2)";
        let posted = "INSERT INTO felt (article, place, posted) VALUES ($1, $2, $3)";
        let at = NOW + article * MINUTE;
        sqlx::query(story)
            .bind(article)
            .bind(at)
            .execute(&mut *tx)
            .await
            .unwrap();
        sqlx::query(about)
            .bind(drama)
            .bind(article)
            .execute(&mut *tx)
            .await
            .unwrap();
        sqlx::query(posted)
            .bind(article)
            .bind(PLACE)
            .bind(at)
            .execute(&mut *tx)
            .await
            .unwrap();
        for (emoji, votes) in &votes {
            let felt = "INSERT INTO felt_emoji VALUES ($1, $2, $3, $4)";
            let felt = sqlx::query(felt).bind(article).bind(PLACE).bind(*emoji).bind(votes);
            felt.execute(&mut *tx).await.unwrap();
        }
        all.push((article, drama, votes));
    }
    tx.commit().await.unwrap();
    all
}

#[tokio::test]
async fn a_dramas_strongest_of_each_feeling_is_found_among_many() {
    let home = home().await;
    let all = felt(&home, &mut fastrand::Rng::with_seed(7)).await;
    let feelings: Vec<Vec<String>> = [
        &EMOJI[..1],
        &EMOJI[1..2],
        &EMOJI[2..3],
        &EMOJI[3..4],
        &EMOJI[4..],
        &EMOJI[..3],
    ]
    .iter()
    .map(|emoji| emoji.iter().map(|one| (*one).to_owned()).collect())
    .collect();
    for drama in ["drama:tide", "drama:moon", "drama:none"] {
        for (first, limit) in [0, 500, STORIES]
            .into_iter()
            .flat_map(|first| [(first, 1), (first, 10)])
        {
            let query = TopQuery {
                guild: None,
                since: if first == 0 { 0 } else { NOW + first * MINUTE },
                by: TopBy::Feeling,
                drama: Some(drama),
                limit,
            };
            let found = home.strongest_of(&query, &feelings).await.unwrap();
            for (feeling, found) in feelings.iter().zip(found) {
                let votes = |felt: &HashMap<&str, i64>| feeling.iter().filter_map(|one| felt.get(one.as_str())).sum();
                let mut best: Vec<(i64, i64)> = all
                    .iter()
                    .filter(|(article, about, _)| *about == drama && *article >= first)
                    .map(|(article, _, felt)| (votes(felt), *article))
                    .filter(|(votes, _): &(i64, i64)| *votes > 0)
                    .collect();
                best.sort_unstable_by_key(|one| std::cmp::Reverse(*one));
                best.truncate(limit as usize);
                let found: Vec<i64> = found.iter().map(|row| row.article.0).collect();
                let best: Vec<i64> = best.into_iter().map(|(_, article)| article).collect();
                assert_eq!(found, best, "{feeling:?} of {drama} since {first}");
            }
        }
    }
}
