-- What was felt about a drama was asked of each of its stories: of the 8,000 of the drama that is told of most, 40 ms for
-- the best ten of them, and 65 ms for the best of each feeling. Now a drama's stories stand in the order of their votes,
-- and in that of their days, beside `felt` and like it. Those that nobody voted for are in neither.
CREATE TABLE felt_drama (
    place INTEGER NOT NULL,
    drama TEXT NOT NULL,
    posted INTEGER NOT NULL,
    article INTEGER NOT NULL,
    votes INTEGER NOT NULL,
    PRIMARY KEY (place, drama, posted, article)
) STRICT, WITHOUT ROWID;

INSERT INTO felt_drama (place, drama, posted, article, votes)
    SELECT f.place, s.subject, f.posted, f.article, f.votes
    FROM felt f JOIN article_subject s ON s.article = f.article
    WHERE f.votes > 0 AND s.subject GLOB 'drama:*'
    ORDER BY 1, 2, 3, 4;

CREATE INDEX felt_drama_votes ON felt_drama (place, drama, votes, article);

-- A story's votes, or the day of its first post, are others now.
CREATE TRIGGER felt_drama_now AFTER UPDATE OF posted, votes ON felt
    WHEN new.votes > 0 AND (new.votes <> old.votes OR new.posted <> old.posted) BEGIN
    INSERT INTO felt_drama (place, drama, posted, article, votes)
        SELECT new.place, subject, new.posted, new.article, new.votes FROM article_subject
        WHERE article = new.article AND subject GLOB 'drama:*'
        ON CONFLICT (place, drama, posted, article) DO UPDATE SET votes = excluded.votes;
END;

CREATE TRIGGER felt_drama_before AFTER UPDATE OF posted, votes ON felt
    WHEN old.votes > 0 AND (new.votes <= 0 OR new.posted <> old.posted) BEGIN
    DELETE FROM felt_drama WHERE place = old.place AND posted = old.posted AND article = old.article
        AND drama IN (SELECT subject FROM article_subject WHERE article = old.article AND subject GLOB 'drama:*');
END;

-- A story that is read again may be about others.
CREATE TRIGGER felt_drama_about AFTER INSERT ON article_subject WHEN new.subject GLOB 'drama:*' BEGIN
    INSERT INTO felt_drama (place, drama, posted, article, votes)
        SELECT place, new.subject, posted, article, votes FROM felt WHERE article = new.article AND votes > 0;
END;

CREATE TRIGGER felt_drama_not_about AFTER DELETE ON article_subject WHEN old.subject GLOB 'drama:*' BEGIN
    DELETE FROM felt_drama WHERE drama = old.subject AND article = old.article
        AND (place, posted) IN (SELECT place, posted FROM felt WHERE article = old.article);
END;
