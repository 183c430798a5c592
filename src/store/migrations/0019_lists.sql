-- Among a million lines, two or three words took up to 10 ms, for of frequent words long lists were read that say where in
-- each line they stand, which nobody asks; and a short word in hangul took 11 ms, for the lists of all words that begin so
-- were put together. Now the index says which words are in a line and no more, has lists of such beginnings, and is read
-- in smaller pieces (`search`). `search::fill` makes it anew, as far as 'lines_indexed' says.
DROP TABLE quote_fts;
CREATE VIRTUAL TABLE quote_fts USING fts5 (
    words, content = '', contentless_delete = 1, detail = none, prefix = '3 4 5'
);
INSERT INTO quote_fts (quote_fts, rank) VALUES ('pgsz', 400);
DELETE FROM meta WHERE key = 'lines_indexed';
INSERT INTO meta (key, value) SELECT 'lines_indexed', '0' WHERE EXISTS (SELECT 1 FROM quote);
