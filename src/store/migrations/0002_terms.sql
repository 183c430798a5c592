-- Which stories of a subject a channel wants, and how they are posted.
ALTER TABLE subscription ADD COLUMN kinds TEXT;                       -- JSON: [kind of article]; NULL: all
ALTER TABLE subscription ADD COLUMN outlets TEXT;                     -- JSON: [outlet's name]; NULL: all
ALTER TABLE subscription ADD COLUMN spoiler INTEGER NOT NULL DEFAULT 0;
ALTER TABLE subscription ADD COLUMN role INTEGER;                     -- mentioned with each post
ALTER TABLE subscription ADD COLUMN thread INTEGER NOT NULL DEFAULT 0;
ALTER TABLE subscription ADD COLUMN votes INTEGER NOT NULL DEFAULT 1;

-- A post in a forum is a thread of its own: `channel` is the thread, `forum` where it is. A forum stays one.
ALTER TABLE channel ADD COLUMN forum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE post ADD COLUMN forum INTEGER;
CREATE INDEX post_forum ON post (forum) WHERE forum IS NOT NULL;

-- What is done with a post once it is there, so that a crash loses none of it. Each may be done twice without harm.
CREATE TABLE extra (
    message INTEGER NOT NULL REFERENCES post (message) ON DELETE CASCADE,
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
CREATE INDEX extra_due ON extra (due_at, message, kind) WHERE state = 0;
-- How many were published in a channel within the hour that Discord counts.
CREATE INDEX extra_published ON extra (channel, done_at) WHERE kind = 2 AND state = 1;
