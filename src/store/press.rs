//! Votes by the buttons of a post: which vote a press gives, and whether the post shows the counts.
//!
//! A person has one vote on a post: another button moves it, the same one takes it back. So what a press does depends
//! on the one before it, which is kept under a keyed hash; the vote itself is a row among the others, and `votes`
//! keeps the tally. An interaction that is told twice, or out of its order, changes nothing.

use super::{Store, StoreError, json, votes::Tx};
use crate::model::{Emoji, Heard, MessageId, Millis, Restored, UserId, VoteBatch, VoteKey, Way};
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
    pub(super) heard: Vec<Heard>,
}

/// A person's vote by button on a post: before the batch, now, and the last press that was counted.
struct Voice {
    message: MessageId,
    user: UserId,
    first: Option<Emoji>,
    now: Option<Emoji>,
    at: i64,
    turn: Turn,
}

/// What a batch did to a voice.
#[derive(PartialEq)]
enum Turn {
    None,
    Restored,
    Pressed,
}

/// The voices that a batch is about, by post and keyed hash. None: that is no post, or no longer.
#[derive(Default)]
struct Voices(BTreeMap<(i64, String), Option<Voice>>);

impl Voices {
    async fn of(
        &mut self,
        store: &Store,
        tx: &mut Tx,
        (message, user): (MessageId, UserId),
    ) -> Result<Option<&mut Voice>, StoreError> {
        let voter = store.voter_hash(message.to_db(), "", Way::Button, user)?;
        let place = (message.to_db(), voter);
        if !self.0.contains_key(&place) {
            let row: Option<(Option<String>, i64)> = sqlx::query_as(PRESSED)
                .bind(place.0)
                .bind(&place.1)
                .fetch_optional(&mut **tx)
                .await?;
            let voice = row.map(|(emoji, at)| {
                let emoji = emoji.as_deref().map(Emoji::from_key);
                Voice {
                    message,
                    user,
                    first: emoji.clone(),
                    now: emoji,
                    at,
                    turn: Turn::None,
                }
            });
            self.0.insert(place.clone(), voice);
        }
        Ok(self.0.get_mut(&place).and_then(Option::as_mut))
    }
}

impl Store {
    /// Restores votes, then takes presses in their order; the votes that they take back and give are for the caller to
    /// apply.
    pub(super) async fn press(&self, tx: &mut Tx, batch: &VoteBatch, now: Millis) -> Result<Turned, StoreError> {
        let mut voices = Voices::default();
        let mut heard = Vec::new();
        for Restored {
            message,
            user,
            emoji,
            at,
        } in &batch.restored
        {
            let voice = voices.of(self, tx, (*message, *user)).await?;
            if let Some(voice) = voice.filter(|voice| voice.at == number(*at)) {
                voice.now.clone_from(emoji);
                voice.turn = Turn::Restored;
            }
        }
        for press in &batch.pressed {
            let voice = voices.of(self, tx, (press.message, press.user)).await?;
            if let Some(voice) = voice.filter(|voice| voice.at < number(press.at)) {
                let before = voice.now.take();
                voice.now = press.turns(before.as_ref());
                voice.at = number(press.at);
                voice.turn = Turn::Pressed;
                heard.push(Heard {
                    press: press.clone(),
                    before,
                });
            }
        }
        let mut turned = self.settle_voices(tx, voices, now).await?;
        turned.heard = heard;
        Ok(turned)
    }

    async fn settle_voices(&self, tx: &mut Tx, voices: Voices, now: Millis) -> Result<Turned, StoreError> {
        let mut turned = Turned::default();
        let mut behind = Vec::new();
        for ((post, voter), voice) in voices.0 {
            let Some(voice) = voice.filter(|voice| voice.turn != Turn::None) else {
                continue;
            };
            sqlx::query(KEEP_PRESS)
                .bind(post)
                .bind(voter)
                .bind(voice.now.as_ref().map(Emoji::key))
                .bind(voice.at)
                .execute(&mut **tx)
                .await?;
            if voice.first == voice.now {
                continue;
            }
            let vote = |emoji: Emoji| VoteKey {
                message: voice.message,
                emoji,
                user: voice.user,
                way: Way::Button,
            };
            turned.removed.extend(voice.first.map(vote));
            turned.added.extend(voice.now.map(|emoji| (vote(emoji), false)));
            // The answer to the last press may have shown the counts of before: those are not these.
            let restored = i64::from(voice.turn == Turn::Restored);
            behind.push((post, voice.at.saturating_add(restored)));
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
            .bind(number(press))
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

/// A press's number as the store keeps it. Snowflakes reach the sign in the year 2084.
fn number(at: u64) -> i64 {
    i64::try_from(at).unwrap_or(i64::MAX)
}
