-- Feeds that the managers of a server asked for, where the operator lets them. Their stories go to that server alone.
CREATE TABLE server_feed (
    guild INTEGER NOT NULL,
    url TEXT NOT NULL,
    name TEXT NOT NULL,
    asked_by INTEGER NOT NULL,
    channel INTEGER NOT NULL,              -- where it was asked for
    asked_at INTEGER NOT NULL,
    approved_at INTEGER,                   -- NULL: it waits for the operator's word
    PRIMARY KEY (guild, url)
) STRICT, WITHOUT ROWID;
CREATE INDEX server_feed_url ON server_feed (url);
ALTER TABLE feed ADD COLUMN own INTEGER NOT NULL DEFAULT 1;        -- of the settings, so for every server
