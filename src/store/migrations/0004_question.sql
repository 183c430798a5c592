-- Commands that a button goes on with, for a while: "which one?", and "another" of what an id of a hundred
-- characters cannot say. The button carries the number.
CREATE TABLE question (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    asker INTEGER,                         -- who alone may go on; none: everybody
    command TEXT NOT NULL,                 -- the command as JSON
    slot TEXT,                             -- the option that the choice fills
    until INTEGER NOT NULL                 -- no longer from then on
) STRICT;
CREATE INDEX question_until ON question (until);
