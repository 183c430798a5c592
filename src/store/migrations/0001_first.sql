-- The first shape of the store. Times are unix milliseconds, ids of Discord are signed 64 bits.
-- 0x44616573, 'Daes': tells a store from somebody else's database.
PRAGMA application_id = 1147233651;

CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- ---- feeds and their entries ----

CREATE TABLE feed (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,              -- as in the settings
    name TEXT NOT NULL,
    address TEXT,                          -- where it moved to for good
    moved_to TEXT,                         -- where it says it moved, and how often in a row it said so
    moved_seen INTEGER NOT NULL DEFAULT 0,
    active INTEGER NOT NULL DEFAULT 1,     -- still in the settings
    gone TEXT,                             -- why it is not looked at any more
    etag TEXT,
    last_modified TEXT,
    next_at INTEGER NOT NULL,
    leased INTEGER NOT NULL DEFAULT 0,     -- next_at is the end of a lease
    failures INTEGER NOT NULL DEFAULT 0,
    error TEXT,
    last_try INTEGER,
    last_ok INTEGER,
    first_look INTEGER,                    -- when it was first read
    interval INTEGER                       -- seconds between looks that the feed itself asks for
) STRICT;
CREATE INDEX feed_due ON feed (next_at) WHERE active = 1 AND gone IS NULL;

CREATE TABLE fetch (
    id INTEGER PRIMARY KEY,
    feed INTEGER NOT NULL REFERENCES feed (id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    status INTEGER,
    took INTEGER NOT NULL,
    fresh INTEGER NOT NULL,
    note TEXT
) STRICT;
CREATE INDEX fetch_feed ON fetch (feed, at);
CREATE INDEX fetch_at ON fetch (at);

CREATE TABLE article (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    url TEXT,
    title TEXT NOT NULL,
    author TEXT,
    source TEXT NOT NULL,
    published INTEGER,
    seen_at INTEGER NOT NULL,
    at INTEGER NOT NULL,                   -- published, but never later than seen_at
    image TEXT,
    watch TEXT,
    clip TEXT,
    kind TEXT NOT NULL,
    summary TEXT NOT NULL,
    network TEXT,
    characters TEXT NOT NULL,              -- JSON: [[character, actor]]
    body TEXT,                             -- what was read; not kept for long
    edited_at INTEGER,
    withdrawn_at INTEGER
) STRICT;
CREATE INDEX article_body ON article (seen_at) WHERE body IS NOT NULL;

CREATE TABLE entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    feed INTEGER NOT NULL REFERENCES feed (id) ON DELETE CASCADE,
    identity TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    link TEXT,                             -- canonical
    title TEXT,
    payload TEXT,                          -- the entry as JSON while it is to be read
    state INTEGER NOT NULL,                -- 0 new, 1 done, 2 skipped, 3 first look, 4 the same story again
    due_at INTEGER NOT NULL,
    leased INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    reason TEXT,
    article INTEGER REFERENCES article (id) ON DELETE SET NULL,
    seen_at INTEGER NOT NULL,
    changed_at INTEGER,                    -- its fingerprint changed after it was read
    UNIQUE (feed, identity)
) STRICT;
CREATE INDEX entry_due ON entry (due_at, id) WHERE state = 0;
CREATE INDEX entry_leased ON entry (id) WHERE leased = 1;
CREATE INDEX entry_link ON entry (link) WHERE link IS NOT NULL;
CREATE INDEX entry_print ON entry (feed, fingerprint);
CREATE INDEX entry_article ON entry (article) WHERE article IS NOT NULL;

-- Every address under which a story is known: one story, whatever feed it came from.
CREATE TABLE article_link (
    link TEXT PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX article_link_article ON article_link (article);

CREATE TABLE article_name (
    article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    role INTEGER NOT NULL,                 -- 0 drama, 1 person, 2 network
    position INTEGER NOT NULL,             -- the main one is 0
    name TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (article, role, position)
) STRICT, WITHOUT ROWID;

-- The posting list of matching: what a story is about, for its followers.
CREATE TABLE article_subject (
    subject TEXT NOT NULL,
    article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    PRIMARY KEY (subject, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_subject_article ON article_subject (article);

CREATE TABLE quote (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    parts TEXT NOT NULL,                   -- JSON: [[start, end]], bytes of the body
    speaker TEXT,
    actor TEXT,
    role TEXT,
    kind TEXT NOT NULL,
    confidence REAL NOT NULL,
    drama TEXT,
    rank INTEGER,                          -- place among the key quotes of its story, best 0
    UNIQUE (article, position)
) STRICT;

CREATE TABLE quote_key (
    key TEXT NOT NULL,                     -- a speaker or a drama
    quote INTEGER NOT NULL REFERENCES quote (id) ON DELETE CASCADE,
    PRIMARY KEY (key, quote)
) STRICT, WITHOUT ROWID;
CREATE INDEX quote_key_quote ON quote_key (quote);

-- `who` holds a token for each key of the quote: a search by person and word never leaves the index.
CREATE VIRTUAL TABLE quote_fts USING fts5 (text, who, content = '', contentless_delete = 1, prefix = '3');

CREATE TABLE learnt (
    id INTEGER PRIMARY KEY,
    person TEXT NOT NULL DEFAULT '',
    drama TEXT NOT NULL DEFAULT '',
    character TEXT NOT NULL DEFAULT '',
    hangul TEXT NOT NULL DEFAULT '',
    network TEXT NOT NULL DEFAULT '',
    article INTEGER REFERENCES article (id) ON DELETE SET NULL,
    at INTEGER NOT NULL,
    UNIQUE (person, drama, character, hangul, network)
) STRICT;
CREATE INDEX learnt_article ON learnt (article);

-- ---- servers, channels, what they follow ----

CREATE TABLE guild (
    id INTEGER PRIMARY KEY,
    joined INTEGER NOT NULL,
    left_at INTEGER,
    welcomed_at INTEGER,
    zone TEXT
) STRICT;

CREATE TABLE channel (
    id INTEGER PRIMARY KEY,
    guild INTEGER NOT NULL,
    blocked_at INTEGER,                    -- the bot may not post there
    blocked_reason TEXT,
    told_at INTEGER,
    given INTEGER,                         -- the last quote given there on request
    given_at INTEGER
) STRICT;
CREATE INDEX channel_guild ON channel (guild);
CREATE INDEX channel_blocked ON channel (id) WHERE blocked_at IS NOT NULL;

CREATE TABLE subscription (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild INTEGER NOT NULL,
    channel INTEGER NOT NULL,
    subject TEXT NOT NULL,
    label TEXT NOT NULL,
    paused INTEGER NOT NULL DEFAULT 0,
    created INTEGER NOT NULL,
    UNIQUE (subject, channel)
) STRICT;
CREATE INDEX subscription_channel ON subscription (channel);
CREATE INDEX subscription_guild ON subscription (guild);

-- ---- the outbox ----

CREATE TABLE delivery (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used twice: it is the nonce
    article INTEGER NOT NULL REFERENCES article (id),
    channel INTEGER NOT NULL,
    guild INTEGER NOT NULL,
    state INTEGER NOT NULL DEFAULT 0,      -- model::DeliveryState
    due_at INTEGER NOT NULL,               -- the lease is this pushed ahead
    owner INTEGER,                         -- the claim that holds it
    attempt INTEGER NOT NULL DEFAULT 0,
    first_try INTEGER,                     -- a post may exist from then on
    enqueued INTEGER NOT NULL,
    age_from INTEGER NOT NULL,             -- enqueued, less the time its channel was blocked
    uncertain INTEGER NOT NULL DEFAULT 0,
    plain INTEGER NOT NULL DEFAULT 0,
    message INTEGER,
    sent_at INTEGER,
    reason TEXT,
    UNIQUE (article, channel)
) STRICT;
CREATE INDEX delivery_due ON delivery (due_at, id) WHERE state = 0;
CREATE INDEX delivery_head ON delivery (channel, id) WHERE state = 0;
CREATE INDEX delivery_owned ON delivery (id) WHERE owner IS NOT NULL;
CREATE INDEX delivery_stuck ON delivery (channel, state) WHERE state IN (2, 4);
CREATE INDEX delivery_over ON delivery (enqueued) WHERE state IN (1, 2, 3);

CREATE TABLE post (
    message INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES article (id),
    channel INTEGER NOT NULL,
    guild INTEGER NOT NULL,
    posted INTEGER NOT NULL,
    deleted_at INTEGER,                    -- deleted in Discord: its tally is frozen
    dirty INTEGER,                         -- since when its votes may be out of step
    dirty_due INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX post_guild ON post (guild, posted);
CREATE INDEX post_posted ON post (posted);
CREATE INDEX post_channel ON post (channel);
CREATE INDEX post_article ON post (article);
CREATE INDEX post_dirty ON post (dirty_due, message) WHERE dirty IS NOT NULL;

CREATE TABLE seed (
    message INTEGER NOT NULL REFERENCES post (message) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    emoji TEXT NOT NULL,                   -- as it is sent, with its variation selector
    state INTEGER NOT NULL DEFAULT 0,      -- 0 to be put, 2 given up; what is put is no row any more
    due_at INTEGER NOT NULL,
    leased INTEGER NOT NULL DEFAULT 0,
    attempt INTEGER NOT NULL DEFAULT 0,
    reason TEXT,
    PRIMARY KEY (message, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX seed_due ON seed (due_at, message, position) WHERE state = 0;

-- A restored copy: channels whose own posts since the copy are still to be looked for, and posts found
-- there of stories that are not known again yet.
CREATE TABLE adopting (
    channel INTEGER PRIMARY KEY,
    since INTEGER NOT NULL
) STRICT;
CREATE TABLE adopted (
    channel INTEGER NOT NULL,
    link TEXT NOT NULL,
    message INTEGER NOT NULL,
    PRIMARY KEY (channel, link)
) STRICT, WITHOUT ROWID;

-- ---- votes ----

CREATE TABLE vote (
    message INTEGER NOT NULL,
    emoji TEXT NOT NULL,
    user INTEGER NOT NULL,
    burst INTEGER NOT NULL,
    bot INTEGER NOT NULL,
    PRIMARY KEY (message, emoji, burst, user)
) STRICT, WITHOUT ROWID;

-- What Discord shows less the bot's own seeds = rows + base. `rows` are the rows of vote, `base` the votes
-- whose voter is not kept; `bots` and `base_bots` say how many of them are other bots'.
CREATE TABLE tally (
    message INTEGER NOT NULL,
    emoji TEXT NOT NULL,
    burst INTEGER NOT NULL,
    rows INTEGER NOT NULL DEFAULT 0,
    bots INTEGER NOT NULL DEFAULT 0,
    base INTEGER NOT NULL DEFAULT 0,
    base_bots INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (message, emoji, burst)
) STRICT, WITHOUT ROWID;
CREATE INDEX tally_kept ON tally (message) WHERE rows > 0;

-- Votes of people who asked to be forgotten: counted in base, known by a keyed hash of vote and voter, so
-- that reconciliation does not bring them back and a withdrawn vote is still taken off.
CREATE TABLE forgotten (
    message INTEGER NOT NULL,
    emoji TEXT NOT NULL,
    burst INTEGER NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (message, emoji, burst, hash)
) STRICT, WITHOUT ROWID;
