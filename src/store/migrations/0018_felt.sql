-- What the readers felt, summed up beside the tallies. Of three years of posts a ranking read two million tallies; now
-- it reads one row for a story. Nothing here is counted twice or left out: `store::felt` adds what a tally has come to
-- since it was counted last, and triggers carry that on.

-- A story in a server, and everywhere (place -1) if it is for all: when it was first posted there, and all its votes,
-- other bots' left out.
CREATE TABLE felt (
    article INTEGER NOT NULL,
    place INTEGER NOT NULL,
    posted INTEGER NOT NULL,
    votes INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (article, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE felt_emoji (
    article INTEGER NOT NULL,
    place INTEGER NOT NULL,
    emoji TEXT NOT NULL,
    votes INTEGER NOT NULL,
    PRIMARY KEY (article, place, emoji)
) STRICT, WITHOUT ROWID;

CREATE TABLE felt_name (
    place INTEGER NOT NULL,
    kind INTEGER NOT NULL,                 -- of stories: 0 by main drama, 1 by person, 2 about a drama, 3 all
    key TEXT NOT NULL,
    emoji TEXT NOT NULL,
    votes INTEGER NOT NULL,
    PRIMARY KEY (place, kind, key, emoji)
) STRICT, WITHOUT ROWID;

-- What of a story's votes goes to whom. Who is named twice has them twice, as in article_name.
CREATE VIEW felt_of (article, kind, key) AS
    SELECT article, role, key FROM article_name WHERE role = 0 AND position = 0
    UNION ALL SELECT article, role, key FROM article_name WHERE role = 1
    UNION ALL SELECT article, 2, subject FROM article_subject WHERE subject GLOB 'drama:*'
    UNION ALL SELECT id, 3, '' FROM article;

-- The part of a tally that is in felt_emoji.
ALTER TABLE tally ADD COLUMN counted INTEGER NOT NULL DEFAULT 0;

-- ---- what is there already ----

INSERT INTO felt (article, place, posted) SELECT article, guild, min(posted) FROM post GROUP BY article, guild;
INSERT INTO felt (article, place, posted)
    SELECT f.article, -1, min(f.posted) FROM felt f JOIN article a ON a.id = f.article
    WHERE a.confined = 0 GROUP BY f.article;
INSERT INTO felt_emoji (article, place, emoji, votes)
    SELECT p.article, p.guild, t.emoji, sum(t.rows - t.bots + t.base - t.base_bots)
    FROM tally t JOIN post p ON p.message = t.message GROUP BY 1, 2, 3;
INSERT INTO felt_emoji (article, place, emoji, votes)
    SELECT e.article, -1, e.emoji, sum(e.votes) FROM felt_emoji e JOIN article a ON a.id = e.article
    WHERE a.confined = 0 GROUP BY e.article, e.emoji;
UPDATE felt SET votes = coalesce(
    (SELECT sum(e.votes) FROM felt_emoji e WHERE e.article = felt.article AND e.place = felt.place), 0);
INSERT INTO felt_name (place, kind, key, emoji, votes)
    SELECT e.place, o.kind, o.key, e.emoji, sum(e.votes) FROM felt_emoji e JOIN felt_of o ON o.article = e.article
    GROUP BY 1, 2, 3, 4;
UPDATE tally SET counted = rows - bots + base - base_bots WHERE rows - bots + base - base_bots <> 0;

CREATE INDEX felt_posted ON felt (place, posted);
CREATE INDEX felt_votes ON felt (place, votes) WHERE votes > 0;
CREATE INDEX felt_emoji_votes ON felt_emoji (place, emoji, votes) WHERE votes > 0;
-- The newest name under a key.
CREATE INDEX article_name_key ON article_name (key, role);
CREATE INDEX tally_uncounted ON tally (message) WHERE rows - bots + base - base_bots <> counted;

-- ---- what changes ----

CREATE TRIGGER felt_posted_there AFTER INSERT ON post BEGIN
    INSERT INTO felt (article, place, posted) VALUES (new.article, new.guild, new.posted)
        ON CONFLICT (article, place) DO UPDATE SET posted = excluded.posted WHERE excluded.posted < posted;
    INSERT INTO felt (article, place, posted)
        SELECT id, -1, new.posted FROM article WHERE id = new.article AND confined = 0
        ON CONFLICT (article, place) DO UPDATE SET posted = excluded.posted WHERE excluded.posted < posted;
END;

-- A tally that is taken away was counted.
CREATE TRIGGER felt_cleared AFTER DELETE ON tally WHEN old.counted <> 0 BEGIN
    UPDATE felt_emoji SET votes = votes - old.counted
        WHERE article = (SELECT article FROM post WHERE message = old.message) AND emoji = old.emoji
            AND place IN (-1, (SELECT guild FROM post WHERE message = old.message));
END;

CREATE TRIGGER felt_first AFTER INSERT ON felt_emoji BEGIN
    UPDATE felt SET votes = votes + new.votes WHERE article = new.article AND place = new.place;
    INSERT INTO felt_name (place, kind, key, emoji, votes)
        SELECT new.place, kind, key, new.emoji, new.votes FROM felt_of WHERE article = new.article
        ON CONFLICT (place, kind, key, emoji) DO UPDATE SET votes = votes + excluded.votes;
END;

CREATE TRIGGER felt_more AFTER UPDATE OF votes ON felt_emoji WHEN new.votes <> old.votes BEGIN
    UPDATE felt SET votes = votes + new.votes - old.votes WHERE article = new.article AND place = new.place;
    INSERT INTO felt_name (place, kind, key, emoji, votes)
        SELECT new.place, kind, key, new.emoji, new.votes - old.votes FROM felt_of WHERE article = new.article
        ON CONFLICT (place, kind, key, emoji) DO UPDATE SET votes = votes + excluded.votes;
END;

-- A story that is read again may be about others.
CREATE TRIGGER felt_named AFTER INSERT ON article_name
    WHEN new.role = 1 OR (new.role = 0 AND new.position = 0) BEGIN
    INSERT INTO felt_name (place, kind, key, emoji, votes)
        SELECT place, new.role, new.key, emoji, votes FROM felt_emoji WHERE article = new.article
        ON CONFLICT (place, kind, key, emoji) DO UPDATE SET votes = votes + excluded.votes;
END;

CREATE TRIGGER felt_unnamed AFTER DELETE ON article_name
    WHEN old.role = 1 OR (old.role = 0 AND old.position = 0) BEGIN
    INSERT INTO felt_name (place, kind, key, emoji, votes)
        SELECT place, old.role, old.key, emoji, -votes FROM felt_emoji WHERE article = old.article
        ON CONFLICT (place, kind, key, emoji) DO UPDATE SET votes = votes + excluded.votes;
END;

CREATE TRIGGER felt_about AFTER INSERT ON article_subject WHEN new.subject GLOB 'drama:*' BEGIN
    INSERT INTO felt_name (place, kind, key, emoji, votes)
        SELECT place, 2, new.subject, emoji, votes FROM felt_emoji WHERE article = new.article
        ON CONFLICT (place, kind, key, emoji) DO UPDATE SET votes = votes + excluded.votes;
END;

CREATE TRIGGER felt_not_about AFTER DELETE ON article_subject WHEN old.subject GLOB 'drama:*' BEGIN
    INSERT INTO felt_name (place, kind, key, emoji, votes)
        SELECT place, 2, old.subject, emoji, -votes FROM felt_emoji WHERE article = old.article
        ON CONFLICT (place, kind, key, emoji) DO UPDATE SET votes = votes + excluded.votes;
END;

-- A server's own story becomes one for all, or the other way round.
CREATE TRIGGER felt_opened AFTER UPDATE OF confined ON article WHEN old.confined = 1 AND new.confined = 0 BEGIN
    INSERT INTO felt (article, place, posted)
        SELECT article, -1, min(posted) FROM felt WHERE article = new.id AND place <> -1 GROUP BY article;
    INSERT INTO felt_emoji (article, place, emoji, votes)
        SELECT article, -1, emoji, sum(votes) FROM felt_emoji WHERE article = new.id AND place <> -1 GROUP BY emoji;
END;

CREATE TRIGGER felt_confined AFTER UPDATE OF confined ON article WHEN old.confined = 0 AND new.confined = 1 BEGIN
    UPDATE felt_emoji SET votes = 0 WHERE article = new.id AND place = -1;
    DELETE FROM felt_emoji WHERE article = new.id AND place = -1;
    DELETE FROM felt WHERE article = new.id AND place = -1;
END;
