-- The same story at another outlet: told once, with a link to each.

CREATE TABLE echo (
    article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    link TEXT NOT NULL,
    source TEXT NOT NULL,
    title TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (article, link)
) STRICT, WITHOUT ROWID;
