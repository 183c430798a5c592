//! Commands that a button goes on with: kept for a while, under the number that the button carries.
//!
//! The command is text here; `app` writes and reads it.

use super::{Store, StoreError};
use crate::model::{Millis, QuestionId, UserId};

statements! {
    ASK = "INSERT INTO question (asker, command, slot, until) VALUES ($1, $2, $3, $4) RETURNING id";
    ASKED = "SELECT asker, command, slot FROM question WHERE id = $1 AND until > $2";
    OVER = "DELETE FROM question WHERE until <= $1";
}

/// A command that waits for somebody to go on with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Who alone may; none: everybody.
    pub asker: Option<UserId>,
    /// The command, as it was written.
    pub command: String,
    /// The option that a choice fills.
    pub slot: Option<String>,
}

impl Store {
    /// Keeps a command until a time. What is over by `now` goes.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn keep_question(
        &self,
        question: &Question,
        until: Millis,
        now: Millis,
    ) -> Result<QuestionId, StoreError> {
        sqlx::query(OVER).bind(now).execute(self.write()).await?;
        let id = sqlx::query_scalar(ASK)
            .bind(question.asker.map(UserId::to_db))
            .bind(&question.command)
            .bind(&question.slot)
            .bind(until)
            .fetch_one(self.write())
            .await?;
        Ok(QuestionId(id))
    }

    /// The command of that number; none when there was none, or its time is over.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn question(&self, id: QuestionId, now: Millis) -> Result<Option<Question>, StoreError> {
        let row: Option<(Option<i64>, String, Option<String>)> = sqlx::query_as(ASKED)
            .bind(id.0)
            .bind(now)
            .fetch_optional(self.read())
            .await?;
        Ok(row.map(|(asker, command, slot)| Question {
            asker: asker.map(UserId::from_db),
            command,
            slot,
        }))
    }
}
