-- How a server felt over time was asked of each of its stories: of the 4,600 of three months 15 ms, and 50 beside other work.
-- Now votes are summed up by the quarter of an hour in which their story was first posted there as well, beside `felt` and
-- like it: wherever somebody lives, days begin with a quarter of an hour.
CREATE TABLE felt_time (
    place INTEGER NOT NULL,
    quarter INTEGER NOT NULL,              -- of an hour, since 1970
    emoji TEXT NOT NULL,
    votes INTEGER NOT NULL,
    PRIMARY KEY (place, quarter, emoji)
) STRICT, WITHOUT ROWID;

INSERT INTO felt_time (place, quarter, emoji, votes)
    SELECT f.place, f.posted / 900000, e.emoji, sum(e.votes)
    FROM felt_emoji e JOIN felt f ON f.article = e.article AND f.place = e.place
    GROUP BY 1, 2, 3;

CREATE TRIGGER felt_time_first AFTER INSERT ON felt_emoji BEGIN
    INSERT INTO felt_time (place, quarter, emoji, votes)
        SELECT place, posted / 900000, new.emoji, new.votes FROM felt WHERE article = new.article AND place = new.place
        ON CONFLICT (place, quarter, emoji) DO UPDATE SET votes = votes + excluded.votes;
END;

CREATE TRIGGER felt_time_more AFTER UPDATE OF votes ON felt_emoji WHEN new.votes <> old.votes BEGIN
    INSERT INTO felt_time (place, quarter, emoji, votes)
        SELECT place, posted / 900000, new.emoji, new.votes - old.votes FROM felt
        WHERE article = new.article AND place = new.place
        ON CONFLICT (place, quarter, emoji) DO UPDATE SET votes = votes + excluded.votes;
END;

-- An earlier post of a story became known.
CREATE TRIGGER felt_time_moved AFTER UPDATE OF posted ON felt WHEN new.posted / 900000 <> old.posted / 900000 BEGIN
    INSERT INTO felt_time (place, quarter, emoji, votes)
        SELECT place, old.posted / 900000, emoji, -votes FROM felt_emoji
        WHERE article = new.article AND place = new.place
        ON CONFLICT (place, quarter, emoji) DO UPDATE SET votes = votes + excluded.votes;
    INSERT INTO felt_time (place, quarter, emoji, votes)
        SELECT place, new.posted / 900000, emoji, votes FROM felt_emoji
        WHERE article = new.article AND place = new.place
        ON CONFLICT (place, quarter, emoji) DO UPDATE SET votes = votes + excluded.votes;
END;
