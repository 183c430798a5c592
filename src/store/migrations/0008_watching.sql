-- What a feed asks for, and what each look at one came to.

ALTER TABLE feed ADD COLUMN quiet INTEGER NOT NULL DEFAULT 0;      -- model::Quiet: when it is not to be looked at
ALTER TABLE fetch ADD COLUMN entries INTEGER NOT NULL DEFAULT 0;   -- how many it had
ALTER TABLE fetch ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;   -- how many of those that were read say something else now
ALTER TABLE fetch ADD COLUMN noted INTEGER NOT NULL DEFAULT 0;     -- how many the first look only noted
ALTER TABLE fetch ADD COLUMN next_at INTEGER;                      -- when it was to be looked at again
CREATE INDEX entry_skipped ON entry (feed, id) WHERE state = 2;
