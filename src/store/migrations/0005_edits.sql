-- Stories that change after they were posted, and tallies of posts that nobody compared for long.

ALTER TABLE post ADD COLUMN compared INTEGER;      -- when its votes were last found, or made, as Discord shows them
ALTER TABLE post ADD COLUMN edit_due INTEGER;      -- its story changed: it is to be edited then
ALTER TABLE post ADD COLUMN edit_tries INTEGER NOT NULL DEFAULT 0;
CREATE INDEX post_edit ON post (edit_due) WHERE edit_due IS NOT NULL;

ALTER TABLE entry ADD COLUMN again_due INTEGER;    -- it was read, and is to be read once more then
ALTER TABLE entry ADD COLUMN again_tries INTEGER NOT NULL DEFAULT 0;
CREATE INDEX entry_again ON entry (again_due) WHERE again_due IS NOT NULL;
