//! Which stories brought most of a feeling: of all, since a time, or about a drama. From what `felt` summed up, by the rules
//! of `ranking`. No story is left out; how few have to be looked at to know that differs with what is asked.

use super::{
    Store, StoreError,
    felt::place_of,
    json,
    ranking::{Of, TopQuery, TopRow, each, stories},
};
use std::{cmp::Reverse, collections::HashMap};

/// Stories of a drama that are looked at together.
const PAGE: u32 = 200;

statements! {
    /// As one value: a row of its own costs a message between threads.
    EACH_SINCE = each!("json_group_array(json_array(e.article, e.emoji, e.votes))", since, "");
    /// The stories with most votes of some emoji ($2), as many as are asked for ($3). Each has at least as many as the last
    /// of so many by one emoji alone, so of one of them it has that one's share of those, by how strong each can be: only
    /// such stories are looked at.
    MOST_EVER = "WITH e (emoji, most, last) AS MATERIALIZED (SELECT j.value, (
                SELECT f.votes FROM felt_emoji f INDEXED BY felt_emoji_votes
                WHERE f.place = $1 AND f.emoji = j.value AND f.votes > 0 ORDER BY f.votes DESC LIMIT 1
            ), (
                SELECT f.votes FROM felt_emoji f INDEXED BY felt_emoji_votes
                WHERE f.place = $1 AND f.emoji = j.value AND f.votes > 0 ORDER BY f.votes DESC LIMIT 1 OFFSET $3 - 1
            ) FROM json_each($2) j),
            best (most, together) AS MATERIALIZED (SELECT coalesce(max(last), 0), sum(most) FROM e),
            c (article) AS MATERIALIZED (SELECT DISTINCT f.article
                FROM best b CROSS JOIN e CROSS JOIN felt_emoji f INDEXED BY felt_emoji_votes
                    ON f.place = $1 AND f.emoji = e.emoji
                        AND f.votes BETWEEN (b.most * e.most + b.together - 1) / b.together AND e.most
                        -- Last: it is there for the index, which would be read from 0 on.
                        AND f.votes > 0)
        SELECT c.article FROM c CROSS JOIN felt_emoji f
            ON f.article = c.article AND f.place = $1 AND f.emoji IN (SELECT emoji FROM e)
        GROUP BY c.article ORDER BY sum(f.votes) DESC, c.article DESC LIMIT $3";
    /// The stories of a drama after one ($4, with $5 votes), the strongest first, with what was felt of each.
    NEXT_ABOUT = concat!("SELECT json_group_array(json(line)) FROM (
        SELECT json_array(f.article, f.votes, (SELECT json_group_object(e.emoji, e.votes) FROM felt_emoji e
            WHERE e.article = f.article AND e.place = $1)) AS line
        FROM ", stories!(best_about), " AND (f.votes, f.article) < ($5, $4)
        ORDER BY f.votes DESC, f.article DESC LIMIT $6)");
    ABOUT_EVER = "SELECT emoji, votes FROM felt_name WHERE place = $1 AND kind = 2 AND key = $2";
}

/// What was felt of a story: it, all its votes, those of each emoji.
type Felt = (i64, i64, HashMap<String, i64>);

/// A feeling on the way through stories.
struct Sought<'a> {
    emoji: &'a [String],
    /// Votes of the strongest so far with the stories, the strongest first, and how many are wanted.
    best: Vec<(i64, i64)>,
    wanted: usize,
    /// Votes that the stories still to come can have of it, as far as that is known.
    left: Option<i64>,
}

impl Sought<'_> {
    fn look_at(&mut self, (article, _, felt): &Felt) {
        let votes: i64 = self.emoji.iter().filter_map(|emoji| felt.get(emoji)).sum();
        self.left = self.left.map(|left| left - votes);
        if votes > 0 {
            let place = self.best.partition_point(|one| *one > (votes, *article));
            self.best.insert(place, (votes, *article));
            self.best.truncate(self.wanted);
        }
    }

    /// Whether no story with at most so many votes can have more of it.
    fn is_found(&self, at_most: i64) -> bool {
        let at_most = self.left.map_or(at_most, |left| left.min(at_most));
        let last = self.best.get(self.wanted.saturating_sub(1));
        at_most <= 0 || last.is_some_and(|(votes, _)| *votes > at_most)
    }
}

impl Store {
    /// For each of some feelings, given as emoji keys, the stories that brought most of it, the strongest first, at most as
    /// many as the query asks for; none where nobody felt it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn strongest_of(
        &self,
        query: &TopQuery<'_>,
        feelings: &[Vec<String>],
    ) -> Result<Vec<Vec<TopRow>>, StoreError> {
        self.counted_up().await?;
        let best = match query.of() {
            Of::Ever => self.most_ever(query, feelings).await?,
            Of::Since => self.most_since(query, feelings).await?,
            Of::About => self.most_about(query, feelings).await?,
        };
        let rows = self.stories_felt(query.guild, &best.concat()).await?;
        let row = |story: &i64| rows.iter().find(|row| row.article.0 == *story).cloned();
        Ok(best
            .iter()
            .map(|stories| stories.iter().filter_map(row).collect())
            .collect())
    }

    async fn most_ever(&self, query: &TopQuery<'_>, feelings: &[Vec<String>]) -> Result<Vec<Vec<i64>>, StoreError> {
        let mut best = Vec::with_capacity(feelings.len());
        for emoji in feelings {
            let most = sqlx::query_scalar(MOST_EVER)
                .bind(place_of(query.guild))
                .bind(json(emoji)?);
            best.push(most.bind(query.limit).fetch_all(self.read()).await?);
        }
        Ok(best)
    }

    async fn most_since(&self, query: &TopQuery<'_>, feelings: &[Vec<String>]) -> Result<Vec<Vec<i64>>, StoreError> {
        let all: String = sqlx::query_scalar(EACH_SINCE)
            .bind(place_of(query.guild))
            .bind(query.since)
            .bind(query.drama)
            .fetch_one(self.read())
            .await?;
        let all: Vec<(i64, String, i64)> = serde_json::from_str(&all)?;
        let most = |emoji: &Vec<String>| {
            let mut felt: HashMap<i64, i64> = HashMap::new();
            for (article, _, votes) in all.iter().filter(|(_, one, _)| emoji.contains(one)) {
                *felt.entry(*article).or_default() += votes;
            }
            let felt = felt.into_iter().filter(|(_, votes)| *votes > 0);
            let mut felt: Vec<(i64, i64)> = felt.map(|(article, votes)| (votes, article)).collect();
            felt.sort_unstable_by_key(|one| Reverse(*one));
            felt.into_iter()
                .take(query.limit as usize)
                .map(|(_, article)| article)
                .collect()
        };
        Ok(feelings.iter().map(most).collect())
    }

    /// From the drama's strongest story on, until none of the others can have more of anything: a story has no more of
    /// a feeling than it has votes, nor more than is left of what the drama's stories have of it together.
    async fn most_about(&self, query: &TopQuery<'_>, feelings: &[Vec<String>]) -> Result<Vec<Vec<i64>>, StoreError> {
        let mut sought = self.sought(query, feelings).await?;
        let (mut after, mut votes) = (i64::MAX, i64::MAX);
        while sought.iter().any(|one| !one.is_found(votes)) {
            let page: String = sqlx::query_scalar(NEXT_ABOUT)
                .bind(place_of(query.guild))
                .bind(query.since)
                .bind(query.drama)
                .bind(after)
                .bind(votes)
                .bind(PAGE)
                .fetch_one(self.read())
                .await?;
            let page: Vec<Felt> = serde_json::from_str(&page)?;
            for story in &page {
                sought.iter_mut().for_each(|one| one.look_at(story));
            }
            match page.last() {
                Some((article, least, _)) if page.len() == PAGE as usize => (after, votes) = (*article, *least),
                _ => break,
            }
        }
        let stories = |one: Sought<'_>| one.best.into_iter().map(|(_, story)| story).collect();
        Ok(sought.into_iter().map(stories).collect())
    }

    async fn sought<'a>(
        &self,
        query: &TopQuery<'_>,
        feelings: &'a [Vec<String>],
    ) -> Result<Vec<Sought<'a>>, StoreError> {
        // Of a part of the time it is not known how much there is together.
        let all: Option<Vec<(String, i64)>> = match query.since {
            ..=0 => {
                let all = sqlx::query_as(ABOUT_EVER).bind(place_of(query.guild)).bind(query.drama);
                Some(all.fetch_all(self.read()).await?)
            }
            _ => None,
        };
        let of = |emoji: &'a Vec<String>| Sought {
            emoji,
            best: Vec::new(),
            wanted: query.limit as usize,
            left: all.as_ref().map(|all| {
                let felt = all.iter().filter(|(one, _)| emoji.contains(one));
                felt.map(|(_, votes)| votes).sum()
            }),
        };
        Ok(feelings.iter().map(of).collect())
    }
}
