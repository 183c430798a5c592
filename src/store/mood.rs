//! How people felt: of everything, of a drama, of a story; in all and over time. From what `felt` summed up, like the
//! rankings, and by the same rules (`ranking`).

use super::{
    Store, StoreError,
    felt::place_of,
    json,
    ranking::{Counted, TopRow, counted, counted_in, each, stories},
};
use crate::model::{ArticleId, GuildId, Millis};

/// What was felt in each stretch ($4: their numbers) of $3 milliseconds from $2 on. A stretch is summed up by itself: of all
/// together every sum would be sorted first.
macro_rules! spans {
    ($($felt:expr),+) => {
        concat!("SELECT j.value, (SELECT json_group_object(emoji, votes) FROM (", $($felt),+, " GROUP BY 1))
            FROM json_each($4) j")
    };
}

/// The quarter of an hour of a time (`felt_time`).
macro_rules! quarter {
    ($time:literal) => {
        concat!("(", $time, ") / 900000")
    };
}

statements! {
    MOOD_EVER = "SELECT emoji, votes FROM felt_name WHERE place = $1 AND kind = $2 AND key = $3";
    MOOD_SINCE = concat!("SELECT emoji, sum(votes) FROM felt_time WHERE place = $1 AND quarter >= ", quarter!("$2"), "
        GROUP BY 1");
    MOOD_ABOUT = each!("e.emoji, sum(e.votes)", about, "GROUP BY 1");
    STORY_MOOD = "SELECT emoji, votes FROM felt_emoji WHERE article = $1 AND place = $2";
    SPANS = spans!("SELECT emoji, sum(votes) AS votes FROM felt_time WHERE place = $1
        AND quarter >= ", quarter!("$2 + j.value * $3"), " AND quarter < ", quarter!("$2 + (j.value + 1) * $3"));
    SPANS_ABOUT = spans!("SELECT e.emoji, sum(e.votes) AS votes
        FROM felt_drama f CROSS JOIN felt_emoji e ON e.article = f.article AND e.place = $1
        WHERE f.place = $1 AND f.drama = $5 AND f.posted >= $2 + j.value * $3 AND f.posted < $2 + (j.value + 1) * $3");
    /// The newest stories of a place, voted for or not.
    RECENT = "SELECT f.article FROM felt f INDEXED BY felt_posted WHERE f.place = $1 AND f.posted >= $2 AND $4 IS NULL
        ORDER BY f.posted DESC, f.article DESC LIMIT $3";
    RECENT_ABOUT = "SELECT s.article FROM article_subject s CROSS JOIN felt f ON f.article = s.article AND f.place = $1
        WHERE s.subject = $4 AND +f.posted >= $2 ORDER BY s.article DESC LIMIT $3";
}

/// Sums of stories about a drama, and of all.
const ABOUT_DRAMA: i64 = 2;
const ALL: i64 = 3;

/// The mood of a server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MoodRows {
    /// All votes, most first.
    pub total: Vec<Counted>,
    /// The newest stories with their votes, newest first.
    pub recent: Vec<TopRow>,
}

impl Store {
    /// What the people of a server felt about what was posted there since a time (0: ever), about a drama (its key) or
    /// all; most first. A time is one of the calendar anywhere: it begins with a quarter of an hour.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn felt(
        &self,
        guild: Option<GuildId>,
        since: Millis,
        drama: Option<&str>,
    ) -> Result<Vec<Counted>, StoreError> {
        self.counted_up().await?;
        let place = place_of(guild);
        let found = match (since > 0, drama) {
            (false, None) => sqlx::query_as(MOOD_EVER).bind(place).bind(ALL).bind(""),
            (false, Some(drama)) => sqlx::query_as(MOOD_EVER).bind(place).bind(ABOUT_DRAMA).bind(drama),
            (true, None) => sqlx::query_as(MOOD_SINCE).bind(place).bind(since),
            (true, Some(drama)) => sqlx::query_as(MOOD_ABOUT).bind(place).bind(since).bind(drama),
        };
        Ok(counted(found.fetch_all(self.read()).await?))
    }

    /// The same with the newest of those stories.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn mood(
        &self,
        guild: Option<GuildId>,
        since: Millis,
        drama: Option<&str>,
        recent: u32,
    ) -> Result<MoodRows, StoreError> {
        let total = self.felt(guild, since, drama).await?;
        let newest: Vec<i64> = sqlx::query_scalar(if drama.is_some() { RECENT_ABOUT } else { RECENT })
            .bind(place_of(guild))
            .bind(since)
            .bind(recent)
            .bind(drama)
            .fetch_all(self.read())
            .await?;
        Ok(MoodRows {
            total,
            recent: self.stories_felt(guild, &newest).await?,
        })
    }

    /// How people felt about one story.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn story_mood(&self, guild: Option<GuildId>, article: ArticleId) -> Result<Vec<Counted>, StoreError> {
        self.counted_up().await?;
        let rows = sqlx::query_as(STORY_MOOD).bind(article.0).bind(place_of(guild));
        Ok(counted(rows.fetch_all(self.read()).await?))
    }

    /// How people felt about what was posted in each of `count` stretches of `step` milliseconds from `from` on, oldest
    /// first, where `from` and `step` are times of the calendar as in [`Store::felt`]. None is left out, also when nobody
    /// voted.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn mood_over(
        &self,
        guild: Option<GuildId>,
        drama: Option<&str>,
        (from, step, count): (Millis, Millis, u32),
    ) -> Result<Vec<Vec<Counted>>, StoreError> {
        self.counted_up().await?;
        let numbers: Vec<u32> = (0..count).collect();
        let asked = sqlx::query_as(if drama.is_some() { SPANS_ABOUT } else { SPANS })
            .bind(place_of(guild))
            .bind(from)
            .bind(step)
            .bind(json(&numbers)?);
        let asked = match drama {
            Some(drama) => asked.bind(drama),
            None => asked,
        };
        let rows: Vec<(i64, String)> = asked.fetch_all(self.read()).await?;
        let mut spans = vec![Vec::new(); count as usize];
        for (at, felt) in rows {
            if let Some(span) = usize::try_from(at).ok().and_then(|at| spans.get_mut(at)) {
                *span = counted_in(&felt)?;
            }
        }
        Ok(spans)
    }
}
