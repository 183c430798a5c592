-- Votes by buttons. In vote and tally, `burst` is model::Way: 0 a reaction, 1 a super reaction, 2 a button.

ALTER TABLE post ADD COLUMN votes INTEGER NOT NULL DEFAULT 1;      -- model::Votes: how readers vote on it
ALTER TABLE post ADD COLUMN counts_since INTEGER;                  -- the counts on its buttons are behind since then
ALTER TABLE post ADD COLUMN counts_at INTEGER NOT NULL DEFAULT 0;  -- the last press that is counted
CREATE INDEX post_counts ON post (counts_since) WHERE counts_since IS NOT NULL;

-- Who pressed which button of a post last, by a keyed hash: one vote a person, also of those who are not kept or
-- asked to be forgotten. `at` is the interaction, so that one that is told twice counts once.
CREATE TABLE press (
    message INTEGER NOT NULL,
    voter TEXT NOT NULL,
    emoji TEXT,                            -- none: taken back
    before TEXT,                           -- what it was before the last press, should that be void
    at INTEGER NOT NULL,
    PRIMARY KEY (message, voter)
) STRICT, WITHOUT ROWID;
