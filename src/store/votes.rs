//! Votes, and the tally that is exact after every transaction.
//!
//! A vote is a row (message, emoji, burst, user). What a batch changes in the tally is what it really changed in
//! the rows, so that events told twice, late or in another order count once. Only posts that are still there take
//! votes. Votes of people who asked to be forgotten are known by a keyed hash alone.

use super::{Store, StoreError, json};
use crate::model::{Emoji, Heard, MessageId, Millis, Tallied, UserId, VoteBatch, VoteKey, Way};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use sqlx::{Sqlite, Transaction};
use std::{
    collections::{BTreeSet, VecDeque},
    sync::{MutexGuard, PoisonError},
};

pub(super) mod rows;

use rows::{Deltas, Row};

statements! {
    /// Reactions are cleared, buttons are not: they are `burst` 2 (model::Way).
    CLEAR_VOTES = "DELETE FROM vote WHERE message IN (SELECT value FROM json_each($1))
        AND burst < 2 AND EXISTS (SELECT 1 FROM post p WHERE p.message = vote.message AND p.deleted_at IS NULL)";
    CLEAR_FORGOTTEN = "DELETE FROM forgotten WHERE message IN (SELECT value FROM json_each($1))
        AND burst < 2 AND EXISTS (SELECT 1 FROM post p WHERE p.message = forgotten.message AND p.deleted_at IS NULL)";
    CLEAR_TALLY = "DELETE FROM tally WHERE message IN (SELECT value FROM json_each($1))
        AND burst < 2 AND EXISTS (SELECT 1 FROM post p WHERE p.message = tally.message AND p.deleted_at IS NULL)";
    CLEAR_EMOJI_VOTES = "DELETE FROM vote WHERE (message, emoji) IN (SELECT value ->> 0, value ->> 1 FROM json_each($1))
        AND burst < 2 AND EXISTS (SELECT 1 FROM post p WHERE p.message = vote.message AND p.deleted_at IS NULL)";
    CLEAR_EMOJI_FORGOTTEN = "DELETE FROM forgotten
        WHERE (message, emoji) IN (SELECT value ->> 0, value ->> 1 FROM json_each($1))
        AND burst < 2 AND EXISTS (SELECT 1 FROM post p WHERE p.message = forgotten.message AND p.deleted_at IS NULL)";
    CLEAR_EMOJI_TALLY = "DELETE FROM tally WHERE (message, emoji) IN (SELECT value ->> 0, value ->> 1 FROM json_each($1))
        AND burst < 2 AND EXISTS (SELECT 1 FROM post p WHERE p.message = tally.message AND p.deleted_at IS NULL)";
    ANY_FORGOTTEN = "SELECT EXISTS (SELECT 1 FROM forgotten)";
    KNOWN_FORGOTTEN = "SELECT j.key FROM json_each($1) j CROSS JOIN forgotten f ON f.message = j.value ->> 0
            AND f.emoji = j.value ->> 1 AND f.burst = j.value ->> 2 AND f.hash = j.value ->> 3";
    TAKE_FORGOTTEN = "DELETE FROM forgotten
        WHERE (message, emoji, burst, hash) IN (
            SELECT j.value ->> 0, j.value ->> 1, j.value ->> 2, j.value ->> 3
            FROM json_each($1) j CROSS JOIN post p ON p.message = j.value ->> 0 AND p.deleted_at IS NULL)
        RETURNING message, emoji, burst";
    /// A vote taken back that is no row, or given that is one: it was told twice, or the rows are out of step (a
    /// vote was exchanged for another while nobody listened, or was taken over in bulk). Only Discord can tell.
    DOUBT = "UPDATE post SET dirty = $2, dirty_due = CASE WHEN dirty IS NULL THEN $2 ELSE dirty_due END
        WHERE deleted_at IS NULL AND message IN (SELECT value FROM json_each($1))";
    FREEZE = "UPDATE post SET deleted_at = $2, dirty = NULL
        WHERE deleted_at IS NULL AND message IN (SELECT value FROM json_each($1))";
    FREEZE_CHANNELS = "UPDATE post SET deleted_at = $2, dirty = NULL
        WHERE deleted_at IS NULL AND channel IN (SELECT value FROM json_each($1))";
    TALLY = "SELECT emoji, burst, rows + base, bots + base_bots, base FROM tally
        WHERE message = $1 AND rows + base > 0 ORDER BY emoji, burst";
    VOTES_OF = "SELECT message, emoji, burst FROM vote WHERE user = $1";
    FORGET_ROW = "DELETE FROM vote WHERE message = $1 AND emoji = $2 AND burst = $3 AND user = $4 RETURNING bot";
    FORGET_TALLY = "UPDATE tally SET rows = rows - 1, bots = bots - $4, base = base + 1, base_bots = base_bots + $4
        WHERE message = $1 AND emoji = $2 AND burst = $3";
    FORGET_HASH = "INSERT INTO forgotten (message, emoji, burst, hash) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
}

/// What a batch came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AppliedVotes {
    /// Posts whose tally changed.
    pub changed: BTreeSet<MessageId>,
    /// Votes that were really given.
    pub added: u64,
    /// Votes that were really taken back.
    pub removed: u64,
    /// Posts whose votes may be out of step: changes that changed nothing tell of it. They are dirty now.
    pub doubted: u64,
    /// Presses of buttons that were not known yet, in their order.
    pub heard: Vec<Heard>,
    /// Whether the buttons of a post show the counts of before.
    pub behind: bool,
}

/// Messages that people voted on and that were no posts then, the latest of them. A post whose votes were told before
/// its row was written (its echo was lost, or the disk was full) is found among them, and compared.
#[derive(Debug, Default)]
pub(super) struct Strangers(VecDeque<i64>);

impl Strangers {
    /// People vote on others' messages all the time: these are a minute of the busiest servers.
    const MOST: usize = 4_096;

    fn note(&mut self, messages: &BTreeSet<i64>) {
        for message in messages {
            if !self.0.contains(message) {
                self.0.push_back(*message);
            }
        }
        let over = self.0.len().saturating_sub(Self::MOST);
        self.0.drain(..over);
    }

    pub(super) fn knows(&self, message: i64) -> bool {
        self.0.contains(&message)
    }
}

pub(super) type Tx = Transaction<'static, Sqlite>;
type Place = (i64, String, i64);

/// Marks posts to be compared with Discord; what is no post is left alone. How many.
async fn doubt(tx: &mut Tx, messages: &BTreeSet<i64>, now: Millis) -> Result<u64, StoreError> {
    if messages.is_empty() {
        return Ok(0);
    }
    let marked = sqlx::query(DOUBT)
        .bind(json(messages)?)
        .bind(now)
        .execute(&mut **tx)
        .await?;
    Ok(marked.rows_affected())
}

impl Store {
    /// Applies batches of changes in one transaction, rows and tally together.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was applied.
    pub async fn apply_votes(&self, batches: &[VoteBatch], now: Millis) -> Result<AppliedVotes, StoreError> {
        let mut applied = AppliedVotes::default();
        if batches.is_empty() {
            return Ok(applied);
        }
        let mut tx = self.begin().await?;
        let mut strangers = BTreeSet::new();
        for batch in batches {
            self.clear(&mut tx, batch, &mut applied).await?;
            strangers.append(&mut self.change(&mut tx, batch, now, &mut applied).await?);
            freeze(&mut tx, batch, now).await?;
        }
        // Before the end of the transaction: whoever makes one of them a post comes after it.
        self.strangers().note(&strangers);
        tx.commit().await?;
        Ok(applied)
    }

    async fn clear(&self, tx: &mut Tx, batch: &VoteBatch, applied: &mut AppliedVotes) -> Result<(), StoreError> {
        if !batch.cleared.is_empty() {
            let list = json(&batch.cleared.iter().map(|m| m.to_db()).collect::<Vec<_>>())?;
            for sql in [CLEAR_VOTES, CLEAR_FORGOTTEN, CLEAR_TALLY] {
                sqlx::query(sql).bind(&list).execute(&mut **tx).await?;
            }
            applied.changed.extend(&batch.cleared);
        }
        if !batch.cleared_emoji.is_empty() {
            let list = json(
                &batch
                    .cleared_emoji
                    .iter()
                    .map(|(m, e)| (m.to_db(), e.key()))
                    .collect::<Vec<_>>(),
            )?;
            for sql in [CLEAR_EMOJI_VOTES, CLEAR_EMOJI_FORGOTTEN, CLEAR_EMOJI_TALLY] {
                sqlx::query(sql).bind(&list).execute(&mut **tx).await?;
            }
            applied
                .changed
                .extend(batch.cleared_emoji.iter().map(|(message, _)| *message));
        }
        Ok(())
    }

    pub(super) fn strangers(&self) -> MutexGuard<'_, Strangers> {
        self.inner.strangers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives and takes back votes; gives the messages that are no posts.
    async fn change(
        &self,
        tx: &mut Tx,
        batch: &VoteBatch,
        now: Millis,
        applied: &mut AppliedVotes,
    ) -> Result<BTreeSet<i64>, StoreError> {
        let turned = self.press(tx, batch, now).await?;
        applied.behind |= !turned.removed.is_empty() || !turned.added.is_empty();
        applied.heard.extend(turned.heard);
        let removed: Vec<&VoteKey> = batch.removed.iter().chain(&turned.removed).collect();
        let mut added: Vec<&(VoteKey, bool)> = batch.added.iter().chain(&turned.added).collect();
        let mut strangers = BTreeSet::new();
        if added.is_empty() && removed.is_empty() {
            return Ok(strangers);
        }
        let some_forgotten: bool = sqlx::query_scalar(ANY_FORGOTTEN).fetch_one(&mut **tx).await?;
        let mut deltas = Deltas::default();
        let (mut doubted, unknown) = self.remove(tx, &removed, some_forgotten, &mut deltas).await?;
        strangers.extend(unknown);
        if some_forgotten {
            added = self.without_forgotten(tx, added).await?;
        }
        let (known, unknown) = put(tx, &added, &mut deltas).await?;
        doubted.extend(known);
        strangers.extend(unknown);
        applied.doubted += doubt(tx, &doubted, now).await?;
        for ((message, ..), (rows, _, base)) in &deltas.0 {
            applied.changed.insert(MessageId::from_db(*message));
            let change = rows + base;
            applied.added += change.max(0).unsigned_abs();
            applied.removed += change.min(0).unsigned_abs();
        }
        deltas.write(tx).await?;
        Ok(strangers)
    }

    /// Takes votes back; gives the posts of those that were none, and the messages that are no posts.
    async fn remove(
        &self,
        tx: &mut Tx,
        removed: &[&VoteKey],
        some_forgotten: bool,
        deltas: &mut Deltas,
    ) -> Result<(BTreeSet<i64>, BTreeSet<i64>), StoreError> {
        if removed.is_empty() {
            return Ok((BTreeSet::new(), BTreeSet::new()));
        }
        let mut all = rows::of(removed.iter().map(|key| (*key, false)));
        let strangers = rows::strangers(tx, all.iter()).await?;
        let known = rows::known(tx, &all).await?;
        let (mut gone, mut others) = (Vec::new(), Vec::new());
        for (place, (key, mut row)) in removed.iter().copied().zip(all.drain(..)).enumerate() {
            match known.get(&place) {
                _ if strangers.contains(&row.message) => {}
                Some(bot) => {
                    row.bot = *bot;
                    deltas.add_row(&row, -1);
                    gone.push(row);
                }
                // A vote by button that has no row is counted in the base: the press tells, no hash is needed.
                None if key.way == Way::Button => deltas.add(row.place(), 0, 0, -1),
                None => others.push(key),
            }
        }
        rows::take(tx, &gone).await?;
        let mut taken = 0;
        if some_forgotten && !others.is_empty() {
            let hashes = self.hashes(others.iter().copied())?;
            let places: Vec<Place> = sqlx::query_as(TAKE_FORGOTTEN)
                .bind(json(&hashes)?)
                .fetch_all(&mut **tx)
                .await?;
            taken = places.len();
            places.into_iter().for_each(|place| deltas.take_base(place));
        }
        let doubted = if taken == others.len() { Vec::new() } else { others };
        let doubted = doubted.into_iter().map(|key| key.message.to_db());
        Ok((doubted.collect(), strangers))
    }

    /// Votes told again of people who are forgotten are in the base already.
    async fn without_forgotten<'a>(
        &self,
        tx: &mut Tx,
        added: Vec<&'a (VoteKey, bool)>,
    ) -> Result<Vec<&'a (VoteKey, bool)>, StoreError> {
        let hashes = self.hashes(added.iter().map(|(key, _)| key))?;
        let known: Vec<i64> = sqlx::query_scalar(KNOWN_FORGOTTEN)
            .bind(json(&hashes)?)
            .fetch_all(&mut **tx)
            .await?;
        let known: BTreeSet<usize> = known
            .into_iter()
            .filter_map(|place| usize::try_from(place).ok())
            .collect();
        Ok(added
            .into_iter()
            .enumerate()
            .filter(|(place, _)| !known.contains(place))
            .map(|(_, vote)| vote)
            .collect())
    }

    fn hashes<'a>(
        &self,
        keys: impl Iterator<Item = &'a VoteKey>,
    ) -> Result<Vec<(i64, String, i64, String)>, StoreError> {
        keys.map(|key| {
            let emoji = key.emoji.key();
            let hash = self.voter_hash(key.message.to_db(), &emoji, key.way, key.user)?;
            Ok((key.message.to_db(), emoji, key.way as i64, hash))
        })
        .collect()
    }

    /// A vote and its voter as one hash: whoever has the file without trying every user cannot tell who voted, nor
    /// that two votes are of one person.
    pub(super) fn voter_hash(&self, message: i64, emoji: &str, way: Way, user: UserId) -> Result<String, StoreError> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.inner.vote_key).map_err(StoreError::other)?;
        for number in [message.cast_unsigned(), way as u64, user.0] {
            mac.update(&number.to_be_bytes());
        }
        mac.update(emoji.as_bytes());
        Ok(mac
            .finalize()
            .into_bytes()
            .iter()
            .take(16)
            .map(|byte| format!("{byte:02x}"))
            .collect())
    }

    /// The votes of a post, by emoji; the bot's own seeds are not among them.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn tally(&self, message: MessageId) -> Result<Vec<Tallied>, StoreError> {
        let rows: Vec<(String, i64, i64, i64, i64)> = sqlx::query_as(TALLY)
            .bind(message.to_db())
            .fetch_all(self.read())
            .await?;
        let tallied = |(emoji, way, votes, bots, base): (String, i64, i64, i64, i64)| Tallied {
            emoji: Emoji::from_key(&emoji),
            way: Way::from_db(way),
            votes: votes.max(0).unsigned_abs(),
            bots: bots.max(0).unsigned_abs(),
            base: base.max(0).unsigned_abs(),
        };
        Ok(rows.into_iter().map(tallied).collect())
    }

    /// Forgets who gave a person's votes: they stay counted. How many.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn forget(&self, user: UserId) -> Result<u64, StoreError> {
        // No index by user: it would double what every vote costs, for a question asked once in a while. The table
        // is read by a reader; what changes meanwhile is seen row by row below.
        let votes: Vec<Place> = sqlx::query_as(VOTES_OF)
            .bind(user.to_db())
            .fetch_all(self.read())
            .await?;
        let mut tx = self.begin().await?;
        let mut forgotten = 0;
        for (message, emoji, way) in votes {
            let row = sqlx::query_scalar(FORGET_ROW)
                .bind(message)
                .bind(&emoji)
                .bind(way)
                .bind(user.to_db());
            let bot: Option<bool> = row.fetch_optional(&mut *tx).await?;
            let Some(bot) = bot else { continue };
            let tally = sqlx::query(FORGET_TALLY)
                .bind(message)
                .bind(&emoji)
                .bind(way)
                .bind(i64::from(bot));
            tally.execute(&mut *tx).await?;
            forgotten += 1;
            // Who pressed a button is known by a hash from the beginning.
            let way = Way::from_db(way);
            if way != Way::Button {
                let hash = self.voter_hash(message, &emoji, way, user)?;
                let row = sqlx::query(FORGET_HASH).bind(message).bind(&emoji).bind(way as i64);
                row.bind(hash).execute(&mut *tx).await?;
            }
        }
        tx.commit().await?;
        Ok(forgotten)
    }
}

/// Gives votes; gives back the posts of reactions that were known, and the messages that are no posts.
async fn put(
    tx: &mut Tx,
    added: &[&(VoteKey, bool)],
    deltas: &mut Deltas,
) -> Result<(BTreeSet<i64>, BTreeSet<i64>), StoreError> {
    let mut all = rows::of(added.iter().map(|(key, bot)| (key, *bot)));
    if all.is_empty() {
        return Ok((BTreeSet::new(), BTreeSet::new()));
    }
    let strangers = rows::strangers(tx, all.iter()).await?;
    if !strangers.is_empty() {
        all.retain(|row| !strangers.contains(&row.message));
    }
    let mut doubted = BTreeSet::new();
    // Looked for and put piece by piece: the pages of the table that the one has read are still in memory for the other.
    for rows in all.chunks(rows::PIECE) {
        let known = rows::known(tx, rows).await?;
        let (known, new): (Vec<_>, Vec<_>) = rows
            .iter()
            .enumerate()
            .partition(|(place, _)| known.contains_key(place));
        let reactions = known.iter().filter(|(_, row)| row.way != Way::Button as i64);
        doubted.extend(reactions.map(|(_, row)| row.message));
        let new: Vec<&Row> = new.into_iter().map(|(_, row)| row).collect();
        rows::put(tx, &new).await?;
        new.iter().for_each(|row| deltas.add_row(row, 1));
    }
    Ok((doubted, strangers))
}

async fn freeze(tx: &mut Tx, batch: &VoteBatch, now: Millis) -> Result<(), StoreError> {
    if !batch.deleted.is_empty() {
        let list = json(&batch.deleted.iter().map(|m| m.to_db()).collect::<Vec<_>>())?;
        sqlx::query(FREEZE).bind(list).bind(now).execute(&mut **tx).await?;
    }
    if !batch.channels_deleted.is_empty() {
        let list = json(&batch.channels_deleted.iter().map(|c| c.to_db()).collect::<Vec<_>>())?;
        sqlx::query(FREEZE_CHANNELS)
            .bind(list)
            .bind(now)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}
