-- Of two words that stand side by side the index knew one of 65,536 numbers: of a million lines with twenty pairs each,
-- three hundred had a number by chance, and all of them were read to see. Now it is one of a million, and twenty are.
-- `search::fill` makes the index anew, as far as 'lines_indexed' says.
DROP TABLE quote_fts;
CREATE VIRTUAL TABLE quote_fts USING fts5 (
    text, who, pairs, content = '', contentless_delete = 1, prefix = '3 4 5'
);
DELETE FROM meta WHERE key = 'lines_indexed';
INSERT INTO meta (key, value) SELECT 'lines_indexed', '0' WHERE EXISTS (SELECT 1 FROM quote);
