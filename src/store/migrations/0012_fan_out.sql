-- A story that goes to more channels than one transaction takes: the ranges of channels that are still to come.
CREATE TABLE fan_out (
    id INTEGER PRIMARY KEY,                -- in this order
    article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    subjects TEXT NOT NULL,                -- what it is about, a JSON list of keys
    above INTEGER NOT NULL,                -- channels above this one …
    upto INTEGER NOT NULL,                 -- … and up to this one
    late INTEGER NOT NULL                  -- as its entry was
) STRICT;
CREATE INDEX fan_out_article ON fan_out (article);
