-- Three words took up to 7 ms among a million lines, two thirds of them because lists were read from their far end: of
-- each piece of a list all numbers had to be put down before the last could be told. Now the newest line has the lowest
-- number, so that lists are read as they stand (`search`). `search::fill` makes the index anew, as far as
-- 'lines_indexed' says.
DROP TABLE quote_fts;
CREATE VIRTUAL TABLE quote_fts USING fts5 (
    words, content = '', contentless_delete = 1, detail = none, prefix = '3 4 5'
);
INSERT INTO quote_fts (quote_fts, rank) VALUES ('pgsz', 400);
DELETE FROM meta WHERE key = 'lines_indexed';
INSERT INTO meta (key, value) SELECT 'lines_indexed', '0' WHERE EXISTS (SELECT 1 FROM quote);
