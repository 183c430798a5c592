//! How people felt: of everything, of a drama, of a story; in all and over time. From what `felt` summed up, like the
//! rankings, and by the same rules (`ranking`).

use super::{
    Store, StoreError,
    felt::place_of,
    ranking::{Counted, TopRow, counted, each, stories},
};
use crate::model::{ArticleId, GuildId, Millis};

macro_rules! spans {
    ($which:ident) => {
        concat!(
            "SELECT (f.posted - $2) / $5, e.emoji, sum(e.votes) FROM (SELECT f.article, f.posted FROM ",
            stories!($which),
            " AND f.posted < $4) f CROSS JOIN felt_emoji e ON e.article = f.article AND e.place = $1 GROUP BY 1, 2"
        )
    };
}

statements! {
    MOOD_EVER = "SELECT emoji, votes FROM felt_name WHERE place = $1 AND kind = $2 AND key = $3";
    MOOD_SINCE = each!("e.emoji, sum(e.votes)", since, "GROUP BY 1");
    MOOD_ABOUT = each!("e.emoji, sum(e.votes)", about, "GROUP BY 1");
    STORY_MOOD = "SELECT emoji, votes FROM felt_emoji WHERE article = $1 AND place = $2";
    /// Stretches of $5 milliseconds from $2 on, numbered from 0.
    SPANS = spans!(since);
    SPANS_ABOUT = spans!(about);
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
    /// How the people of a server felt about what was posted since a time, about a drama (its key) or all.
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
        self.counted_up().await?;
        let total = self.felt(place_of(guild), since, drama).await?;
        let newest: Vec<i64> = sqlx::query_scalar(if drama.is_some() { RECENT_ABOUT } else { RECENT })
            .bind(place_of(guild))
            .bind(since)
            .bind(recent)
            .bind(drama)
            .fetch_all(self.read())
            .await?;
        Ok(MoodRows {
            total: counted(total),
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

    /// How people felt about what was posted in each of `count` stretches of `step` milliseconds from `from` on,
    /// oldest first. None is left out, also when nobody voted.
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
        let rows: Vec<(i64, String, i64)> = sqlx::query_as(if drama.is_some() { SPANS_ABOUT } else { SPANS })
            .bind(place_of(guild))
            .bind(from)
            .bind(drama)
            .bind(from + step * i64::from(count))
            .bind(step)
            .fetch_all(self.read())
            .await?;
        let mut spans: Vec<Vec<(String, i64)>> = vec![Vec::new(); count as usize];
        for (at, emoji, votes) in rows {
            if let Some(span) = usize::try_from(at).ok().and_then(|at| spans.get_mut(at)) {
                span.push((emoji, votes));
            }
        }
        Ok(spans.into_iter().map(counted).collect())
    }

    /// All votes, by emoji.
    async fn felt(&self, place: i64, since: Millis, drama: Option<&str>) -> Result<Vec<(String, i64)>, StoreError> {
        let summed = match drama {
            _ if since > 0 => None,
            None => Some((ALL, "")),
            Some(drama) => Some((ABOUT_DRAMA, drama)),
        };
        let found = match summed {
            Some((kind, key)) => sqlx::query_as(MOOD_EVER).bind(place).bind(kind).bind(key),
            None => sqlx::query_as(if drama.is_some() { MOOD_ABOUT } else { MOOD_SINCE })
                .bind(place)
                .bind(since)
                .bind(drama),
        };
        Ok(found.fetch_all(self.read()).await?)
    }
}
