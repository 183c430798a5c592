//! Small things the bot remembers of itself: keys and values, the heartbeat.

use super::{Store, StoreError};
use crate::model::Millis;

statements! {
    GET = "SELECT value FROM meta WHERE key = $1";
    SET = "INSERT INTO meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    UNSET = "DELETE FROM meta WHERE key = $1";
}

/// What the keys of gateway sessions begin with: a store that was put back from a copy forgets them.
pub const SESSION: &str = "session.";

/// Key of [`Store::beat`].
const HEARTBEAT: &str = "heartbeat";

impl Store {
    /// A remembered value.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn meta(&self, key: &str) -> Result<Option<String>, StoreError> {
        Ok(sqlx::query_scalar(GET).bind(key).fetch_optional(self.read()).await?)
    }

    /// Remembers a value, or forgets it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn set_meta(&self, key: &str, value: Option<&str>) -> Result<(), StoreError> {
        match value {
            Some(value) => sqlx::query(SET).bind(key).bind(value).execute(self.write()).await?,
            None => sqlx::query(UNSET).bind(key).execute(self.write()).await?,
        };
        Ok(())
    }

    /// Says that the bot is alive, and in what state, for `daesa check --health`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn beat(&self, state: &str, now: Millis) -> Result<(), StoreError> {
        self.set_meta(HEARTBEAT, Some(&format!("{now} {state}"))).await
    }

    /// The last heartbeat: when, and the state.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn heartbeat(&self) -> Result<Option<(Millis, String)>, StoreError> {
        let text = self.meta(HEARTBEAT).await?;
        Ok(text.and_then(|text| {
            let (at, state) = text.split_once(' ')?;
            Some((at.parse().ok()?, state.to_owned()))
        }))
    }
}
