-- Among a million lines, words of four and five letters that are still being typed took up to 0.1 s, for the lists of
-- all words that begin so were put together; phrases of frequent words took 20 ms, for all lines with the words were
-- read. Now there are lists of such beginnings, and of words that stand side by side. The index cannot be read back,
-- so `search::fill` makes it from the lines, as far as 'lines_indexed' says.
DROP TABLE quote_fts;
CREATE VIRTUAL TABLE quote_fts USING fts5 (
    text, who, pairs, content = '', contentless_delete = 1, prefix = '3 4 5'
);
INSERT INTO meta (key, value) SELECT 'lines_indexed', '0' WHERE EXISTS (SELECT 1 FROM quote);
