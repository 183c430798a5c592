//! The machine's clock was set back: what was due by it would stand still until the old time has come again.

use super::{NEVER, Store, StoreError};
use crate::model::Millis;

statements! {
    EARLIER_FEEDS = "UPDATE feed SET next_at = max($1, next_at - $2) WHERE next_at > $1";
    EARLIER_ENTRIES = "UPDATE entry SET due_at = max($1, due_at - $2) WHERE state = 0 AND due_at > $1";
    EARLIER_AGAIN = "UPDATE entry SET again_due = max($1, again_due - $2) WHERE again_due > $1";
    /// What waits for an hour of the day waits for it by the new clock; what is blocked has no time.
    EARLIER_DELIVERIES = "UPDATE delivery SET due_at = max($1, due_at - $2)
        WHERE state = 0 AND due_at > $1 AND due_at < $3";
    EARLIER_SEEDS = "UPDATE seed SET due_at = max($1, due_at - $2) WHERE state = 0 AND due_at > $1";
    EARLIER_EXTRAS = "UPDATE extra SET due_at = max($1, due_at - $2) WHERE state = 0 AND due_at > $1";
    EARLIER_DIRTY = "UPDATE post SET dirty_due = max($1, dirty_due - $2) WHERE dirty IS NOT NULL AND dirty_due > $1";
    EARLIER_EDITS = "UPDATE post SET edit_due = max($1, edit_due - $2) WHERE edit_due > $1";
    EARLIER_COUNTS = "UPDATE post SET counts_since = $1 WHERE counts_since > $1";
}

impl Store {
    /// The clock shows `by` less than it did, and `now`: what is due later is due as much earlier, leases included.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was changed.
    pub async fn clock_set_back(&self, by: Millis, now: Millis) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        for sql in [
            EARLIER_FEEDS,
            EARLIER_ENTRIES,
            EARLIER_AGAIN,
            EARLIER_DELIVERIES,
            EARLIER_SEEDS,
            EARLIER_EXTRAS,
            EARLIER_DIRTY,
            EARLIER_EDITS,
            EARLIER_COUNTS,
        ] {
            let statement = sqlx::query(sql).bind(now);
            match sql {
                EARLIER_COUNTS => statement.execute(&mut *tx).await?,
                EARLIER_DELIVERIES => statement.bind(by).bind(NEVER).execute(&mut *tx).await?,
                _ => statement.bind(by).execute(&mut *tx).await?,
            };
        }
        Ok(tx.commit().await?)
    }
}
