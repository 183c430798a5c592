-- A story that only servers' own feeds have told: those servers, and no one else, see it.
ALTER TABLE article ADD COLUMN confined INTEGER NOT NULL DEFAULT 0;
UPDATE article SET confined = 1
    WHERE id IN (SELECT e.article FROM entry e JOIN feed f ON f.id = e.feed WHERE f.own = 0)
        AND id NOT IN (SELECT e.article FROM entry e JOIN feed f ON f.id = e.feed
            WHERE f.own = 1 AND e.article IS NOT NULL);
CREATE INDEX article_confined ON article (id) WHERE confined = 1;
