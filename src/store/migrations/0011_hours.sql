-- Digests on request and quiet hours.

ALTER TABLE subscription ADD COLUMN rhythm INTEGER NOT NULL DEFAULT 0;   -- model::Rhythm

-- What a channel has not set is its server's, and what that has not set is the settings'.
ALTER TABLE guild ADD COLUMN digest_at INTEGER;                    -- minutes of the day
ALTER TABLE guild ADD COLUMN digest_day INTEGER;                   -- 0 Monday … 6 Sunday
ALTER TABLE guild ADD COLUMN quiet INTEGER;                        -- from * 1440 + to, minutes of the day; -1: none
ALTER TABLE channel ADD COLUMN zone TEXT;
ALTER TABLE channel ADD COLUMN digest_at INTEGER;
ALTER TABLE channel ADD COLUMN digest_day INTEGER;
ALTER TABLE channel ADD COLUMN quiet INTEGER;

-- What the bot was told of a channel when it was followed: after a session that goes on nobody tells it again.
ALTER TABLE channel ADD COLUMN announcement INTEGER NOT NULL DEFAULT 0;

-- Why it was not posted as it came: model::Wait. What waits is in state 6, with a due time of 0 until that is known.
ALTER TABLE delivery ADD COLUMN wait INTEGER NOT NULL DEFAULT 0;
UPDATE delivery SET wait = 1 WHERE late = 1 OR digest IS NOT NULL;
CREATE INDEX delivery_scheduled ON delivery (due_at, id) WHERE state = 6;
CREATE INDEX delivery_waiting ON delivery (channel, id) WHERE state = 6;

-- A digest is no post, and is published all the same.
CREATE TABLE extra_of_all (
    message INTEGER NOT NULL,
    kind INTEGER NOT NULL,                 -- 1 a thread is opened on it, 2 it is published to the channel's followers
    channel INTEGER NOT NULL,
    state INTEGER NOT NULL DEFAULT 0,      -- 0 to be done, 1 done, 2 given up
    due_at INTEGER NOT NULL,
    leased INTEGER NOT NULL DEFAULT 0,
    attempt INTEGER NOT NULL DEFAULT 0,
    enqueued INTEGER NOT NULL,
    done_at INTEGER,
    reason TEXT,
    PRIMARY KEY (message, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO extra_of_all SELECT message, kind, channel, state, due_at, leased, attempt, enqueued, done_at, reason FROM extra;
DROP TABLE extra;
ALTER TABLE extra_of_all RENAME TO extra;
CREATE INDEX extra_due ON extra (due_at, message, kind) WHERE state = 0;
CREATE INDEX extra_published ON extra (channel, done_at) WHERE kind = 2 AND state = 1;
