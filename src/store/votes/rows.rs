//! Rows of votes and of their tallies, many in one statement.
//!
//! A list as JSON costs more to take apart than its rows to put, and a row that is given back (`RETURNING`) as much again
//! (`cargo bench --bench torture votes`). So rows are parameters, in statements of a few lengths that are each prepared
//! once, and what comes back is only what is not as usual: keys that are known already, messages that are no posts.

use super::{Place, Tx};
use crate::{
    model::{Emoji, VoteKey},
    store::{StoreError, json},
};
use sqlx::{Sqlite, query::Query, sqlite::SqliteArguments};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, LazyLock},
};

statements! {
    /// Only posts that are still there take votes.
    STRANGERS = "SELECT j.value FROM json_each($1) j
        WHERE NOT EXISTS (SELECT 1 FROM post p WHERE p.message = j.value AND p.deleted_at IS NULL)";
}

static KNOWN: LazyLock<Many> = LazyLock::new(|| {
    Many::of(
        "WITH k (place, message, emoji, burst, user) AS (VALUES ",
        "(?, ?, ?, ?, ?)",
        ") SELECT k.place, v.bot FROM k CROSS JOIN vote v ON v.message = k.message AND v.emoji = k.emoji
            AND v.burst = k.burst AND v.user = k.user",
    )
});
static PUT: LazyLock<Many> = LazyLock::new(|| {
    Many::of(
        "INSERT INTO vote (message, emoji, burst, user, bot) VALUES ",
        "(?, ?, ?, ?, ?)",
        "",
    )
});
static TAKE: LazyLock<Many> = LazyLock::new(|| {
    Many::of(
        "DELETE FROM vote WHERE (message, emoji, burst, user) IN (VALUES ",
        "(?, ?, ?, ?)",
        ")",
    )
});
static COUNT: LazyLock<Many> = LazyLock::new(|| {
    Many::of(
        "INSERT INTO tally (message, emoji, burst, rows, bots, base) VALUES ",
        "(?, ?, ?, ?, ?, ?)",
        " ON CONFLICT (message, emoji, burst) DO UPDATE
            SET rows = rows + excluded.rows, bots = bots + excluded.bots, base = base + excluded.base",
    )
});

/// So many rows a statement.
const LENGTHS: [usize; 4] = [PIECE, 32, 4, 1];
/// The most rows of one statement.
pub(super) const PIECE: usize = 256;

/// A statement for any number of rows.
struct Many([String; LENGTHS.len()]);

type Statement = Query<'static, Sqlite, SqliteArguments>;

impl Many {
    fn of(head: &str, row: &str, tail: &str) -> Self {
        Self(LENGTHS.map(|length| format!("{head}{}{tail}", vec![row; length].join(", "))))
    }

    /// The statements for these rows, with the rows of each.
    fn over<'r, T>(&'static self, mut rows: &'r [T]) -> impl Iterator<Item = (Statement, &'r [T])> {
        std::iter::from_fn(move || {
            let fitting = LENGTHS.iter().zip(&self.0).find(|(length, _)| **length <= rows.len());
            let (length, sql) = fitting?;
            let (these, rest) = rows.split_at(*length);
            rows = rest;
            Some((sqlx::query(sql.as_str()), these))
        })
    }
}

/// A place in the tally: message, emoji, way.
pub(super) type Written = (i64, Arc<str>, i64);

/// A vote as the columns of its row.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) message: i64,
    pub(super) emoji: Arc<str>,
    pub(super) way: i64,
    pub(super) user: i64,
    pub(super) bot: bool,
}

impl Row {
    pub(super) fn place(&self) -> Written {
        (self.message, Arc::clone(&self.emoji), self.way)
    }
}

/// Keys as rows; there are few emoji, and each is written once.
pub(super) fn of<'k>(keys: impl Iterator<Item = (&'k VoteKey, bool)>) -> Vec<Row> {
    let mut written: HashMap<&Emoji, Arc<str>> = HashMap::new();
    keys.map(|(key, bot)| {
        let emoji = written.entry(&key.emoji).or_insert_with(|| key.emoji.key().into());
        Row {
            message: key.message.to_db(),
            emoji: Arc::clone(emoji),
            way: key.way as i64,
            user: key.user.to_db(),
            bot,
        }
    })
    .collect()
}

/// Which messages of the rows are no posts, or no longer.
pub(super) async fn strangers<'r>(
    tx: &mut Tx,
    rows: impl Iterator<Item = &'r Row>,
) -> Result<BTreeSet<i64>, StoreError> {
    let messages: BTreeSet<i64> = rows.map(|row| row.message).collect();
    let found: Vec<i64> = sqlx::query_scalar(STRANGERS)
        .bind(json(&messages)?)
        .fetch_all(&mut **tx)
        .await?;
    Ok(found.into_iter().collect())
}

/// Which of the rows are there, by their places in the list, and whether those are of bots.
pub(super) async fn known(tx: &mut Tx, rows: &[Row]) -> Result<BTreeMap<usize, bool>, StoreError> {
    use sqlx::Row as _;
    let mut known = BTreeMap::new();
    let mut before = 0;
    for (mut query, these) in KNOWN.over(rows) {
        for (place, row) in (before..).zip(these) {
            query = query.bind(place).bind(row.message).bind(Arc::clone(&row.emoji));
            query = query.bind(row.way).bind(row.user);
        }
        before += i64::try_from(these.len()).unwrap_or(i64::MAX);
        for found in query.fetch_all(&mut **tx).await? {
            let place: i64 = found.try_get(0)?;
            known.insert(usize::try_from(place).unwrap_or(usize::MAX), found.try_get(1)?);
        }
    }
    Ok(known)
}

/// Puts rows that are not there.
pub(super) async fn put(tx: &mut Tx, rows: &[&Row]) -> Result<(), StoreError> {
    for (mut query, these) in PUT.over(rows) {
        for row in these {
            query = query.bind(row.message).bind(Arc::clone(&row.emoji)).bind(row.way);
            query = query.bind(row.user).bind(row.bot);
        }
        query.execute(&mut **tx).await?;
    }
    Ok(())
}

/// Takes rows away.
pub(super) async fn take(tx: &mut Tx, rows: &[Row]) -> Result<(), StoreError> {
    for (mut query, these) in TAKE.over(rows) {
        for row in these {
            query = query.bind(row.message).bind(Arc::clone(&row.emoji)).bind(row.way);
            query = query.bind(row.user);
        }
        query.execute(&mut **tx).await?;
    }
    Ok(())
}

/// Changes of the tally by message, emoji, way: (rows, bots, base). In the order of the keys, as the table is.
#[derive(Default)]
pub(super) struct Deltas(pub(super) BTreeMap<Written, (i64, i64, i64)>);

impl Deltas {
    pub(super) fn add(&mut self, place: Written, rows: i64, bots: i64, base: i64) {
        let delta = self.0.entry(place).or_default();
        *delta = (delta.0 + rows, delta.1 + bots, delta.2 + base);
    }

    /// Votes that were given (1) or taken back (-1).
    pub(super) fn add_row(&mut self, row: &Row, rows: i64) {
        self.add(row.place(), rows, rows * i64::from(row.bot), 0);
    }

    /// Votes of people who are not kept were taken back.
    pub(super) fn take_base(&mut self, (message, emoji, way): Place) {
        self.add((message, emoji.into(), way), 0, 0, -1);
    }

    pub(super) async fn write(&self, tx: &mut Tx) -> Result<(), StoreError> {
        let changes: Vec<_> = self.0.iter().collect();
        for (mut query, these) in COUNT.over(&changes) {
            for ((message, emoji, way), (rows, bots, base)) in these {
                query = query.bind(*message).bind(Arc::clone(emoji)).bind(*way);
                query = query.bind(*rows).bind(*bots).bind(*base);
            }
            query.execute(&mut **tx).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_number_of_rows_is_cut_into_statements() {
        for count in [0, 1, 3, 37, 256, 600] {
            let rows: Vec<usize> = (0..count).collect();
            let cut: Vec<usize> = PUT.over(&rows).flat_map(|(_, these)| these.to_vec()).collect();
            assert_eq!(cut, rows);
        }
        let lengths: Vec<usize> = PUT.over(&[0; 293]).map(|(_, these)| these.len()).collect();
        assert_eq!(lengths, [256, 32, 4, 1]);
    }
}
