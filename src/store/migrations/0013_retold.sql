-- Lines that only another outlet's telling of a story has: where they stand, and whose they are.
ALTER TABLE quote ADD COLUMN link TEXT;                               -- NULL: in the story itself
ALTER TABLE quote ADD COLUMN outlet TEXT;
