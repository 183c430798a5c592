//! Votes by the buttons of a post: which vote a press gives, and whether the post shows the counts.
//!
//! A person has one vote on a post: another button moves it, the same one takes it back. So what a press does depends
//! on the one before it, which is kept under a keyed hash; the vote itself is a row among the others, and `votes`
//! keeps the tally. An interaction that is told twice, or late, changes nothing.

use super::{Store, StoreError, json, votes::Tx};
use crate::model::{Emoji, MessageId, Millis, Pressing, VoteKey, Way};
use std::collections::BTreeMap;

statements! {
    /// Only posts that are still there take votes.
    PRESSED = "SELECT (SELECT emoji FROM press WHERE message = p.message AND voter = $2),
            coalesce((SELECT at FROM press WHERE message = p.message AND voter = $2), -1)
        FROM post p WHERE p.message = $1 AND p.deleted_at IS NULL";
    KEEP_PRESS = "INSERT INTO press (message, voter, emoji, at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (message, voter) DO UPDATE SET emoji = excluded.emoji, at = excluded.at";
    /// What has been pressed has buttons, whatever its subscriptions say now.
    BEHIND = "UPDATE post SET counts_since = coalesce(counts_since, $2), votes = 2, counts_at = max(counts_at,
            (SELECT max(value ->> 1) FROM json_each($1) WHERE value ->> 0 = post.message))
        WHERE message IN (SELECT value ->> 0 FROM json_each($1))";
    BUTTON_COUNTS = "SELECT emoji, rows + base FROM tally WHERE message = $1 AND burst = 2 AND rows + base > 0 ORDER BY emoji";
    SHOWN = "UPDATE post SET counts_since = NULL WHERE message = $1 AND counts_at <= $2";
    /// A post that is being edited, or could not be, waits for that.
    SHOW = "UPDATE post SET edit_due = $2, edit_tries = 0, counts_since = NULL
        WHERE counts_since <= $1 AND edit_due IS NULL AND deleted_at IS NULL";
    NEXT_SHOWN = "SELECT min(counts_since) FROM post
        WHERE counts_since IS NOT NULL AND edit_due IS NULL AND deleted_at IS NULL";
    MISSED = "INSERT INTO tally (message, emoji, burst)
        SELECT DISTINCT message, emoji, 2 FROM press WHERE message = $1 AND emoji IS NOT NULL
        ON CONFLICT (message, emoji, burst) DO NOTHING";
    RECOUNT = "UPDATE tally SET base = (SELECT count(*) FROM press p WHERE p.message = $1 AND p.emoji = tally.emoji) - rows
        WHERE message = $1 AND burst = 2
            AND rows + base <> (SELECT count(*) FROM press p WHERE p.message = $1 AND p.emoji = tally.emoji)";
}

/// What presses came to: votes taken back and given.
#[derive(Debug, Default)]
pub(super) struct Turned {
    pub(super) removed: Vec<VoteKey>,
    pub(super) added: Vec<(VoteKey, bool)>,
}

/// A person's vote by button on a post: before the batch, and now.
struct Voice {
    first: Option<String>,
    now: Option<String>,
    at: i64,
    press: Pressing,
}

impl Store {
    /// Takes presses in their order; the votes that they take back and give are for the caller to apply.
    pub(super) async fn press(&self, tx: &mut Tx, pressed: &[Pressing], now: Millis) -> Result<Turned, StoreError> {
        let mut voices: BTreeMap<(i64, String), Voice> = BTreeMap::new();
        for press in pressed {
            let message = press.message.to_db();
            let voter = self.voter_hash(message, "", Way::Button, press.user)?;
            let at = i64::try_from(press.at).unwrap_or(i64::MAX);
            let place = (message, voter);
            if !voices.contains_key(&place) {
                let row: Option<(Option<String>, i64)> = sqlx::query_as(PRESSED)
                    .bind(place.0)
                    .bind(&place.1)
                    .fetch_optional(&mut **tx)
                    .await?;
                let Some((emoji, before)) = row else { continue };
                let (first, press) = (emoji.clone(), press.clone());
                let voice = Voice {
                    first,
                    now: emoji,
                    at: before,
                    press,
                };
                voices.insert(place.clone(), voice);
            }
            if let Some(voice) = voices.get_mut(&place).filter(|voice| voice.at < at) {
                let key = press.emoji.key();
                voice.now = Some(key).filter(|key| voice.now.as_ref() != Some(key));
                voice.at = at;
            }
        }
        self.settle_voices(tx, voices, now).await
    }

    async fn settle_voices(
        &self,
        tx: &mut Tx,
        voices: BTreeMap<(i64, String), Voice>,
        now: Millis,
    ) -> Result<Turned, StoreError> {
        let mut turned = Turned::default();
        let mut behind = Vec::new();
        for ((message, voter), voice) in voices {
            sqlx::query(KEEP_PRESS)
                .bind(message)
                .bind(voter)
                .bind(&voice.now)
                .bind(voice.at)
                .execute(&mut **tx)
                .await?;
            if voice.first == voice.now {
                continue;
            }
            let vote = |key: &String| VoteKey {
                message: voice.press.message,
                emoji: Emoji::from_key(key),
                user: voice.press.user,
                way: Way::Button,
            };
            turned.removed.extend(voice.first.iter().map(vote));
            turned.added.extend(voice.now.iter().map(|key| (vote(key), false)));
            behind.push((message, voice.at));
        }
        if !behind.is_empty() {
            sqlx::query(BEHIND)
                .bind(json(&behind)?)
                .bind(now)
                .execute(&mut **tx)
                .await?;
        }
        Ok(turned)
    }

    /// The votes of a post by its buttons.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn button_counts(&self, message: MessageId) -> Result<Vec<(Emoji, u64)>, StoreError> {
        let rows: Vec<(String, i64)> = sqlx::query_as(BUTTON_COUNTS)
            .bind(message.to_db())
            .fetch_all(self.read())
            .await?;
        let count = |(emoji, votes): (String, i64)| (Emoji::from_key(&emoji), votes.max(0).unsigned_abs());
        Ok(rows.into_iter().map(count).collect())
    }

    /// The buttons of a post show what was counted up to a press; what came since is still to be shown.
    ///
    /// # Errors
    /// [`StoreError`]; then the post is edited once more.
    pub async fn counts_shown(&self, message: MessageId, press: u64) -> Result<(), StoreError> {
        sqlx::query(SHOWN)
            .bind(message.to_db())
            .bind(i64::try_from(press).unwrap_or(i64::MAX))
            .execute(self.write())
            .await?;
        Ok(())
    }

    /// Posts whose buttons are behind since `before` or longer are to be edited. How many.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn show_counts(&self, before: Millis, now: Millis) -> Result<u64, StoreError> {
        let done = sqlx::query(SHOW).bind(before).bind(now).execute(self.write()).await?;
        Ok(done.rows_affected())
    }

    /// Since when the buttons of a post are behind: the longest.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn counts_behind(&self) -> Result<Option<Millis>, StoreError> {
        Ok(sqlx::query_scalar(NEXT_SHOWN).fetch_one(self.read()).await?)
    }

    /// Counts the votes of a post by its buttons anew, from who pressed what: they are ours alone, so that nobody else
    /// can be asked. Whether the tally was another.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn recount_buttons(&self, message: MessageId, now: Millis) -> Result<bool, StoreError> {
        let id = message.to_db();
        let mut tx = self.begin().await?;
        sqlx::query(MISSED).bind(id).execute(&mut *tx).await?;
        let done = sqlx::query(RECOUNT).bind(id).execute(&mut *tx).await?;
        let changed = done.rows_affected() > 0;
        if changed {
            sqlx::query(BEHIND)
                .bind(json(&[(id, 0)])?)
                .bind(now)
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(changed)
    }
}
