//! Export and import: what an owner carries from one store to another ([`model::Transfer`](crate::model::Transfer)).
//!
//! Rows become records in SQL, so that a record is one statement's answer, and are read back into their types before
//! they are written: what is exported is what can be imported. An import adds what is missing and leaves alone what is
//! there; it is one transaction, so it happens whole or not at all.

use super::{HoursOf, SUBSCRIPTIONS_PER_CHANNEL, Store, StoreError, finish::index_quote, hours, json, search::Lines};
use crate::model::{
    ChannelId, ChannelRecord, FORMAT, GuildId, LearntRecord, OwnHours, ServerRecord, StoryRecord, SubscriptionRecord,
    Transfer,
};
use serde::{Serialize, de::DeserializeOwned};
use sqlx::{Sqlite, Transaction};
use std::io::Write;

/// Stories that are read in one go.
const SLICE: u32 = 200;
/// Lines that an import says about what it left as it was; there may be any number.
const NOTES: usize = 20;

/// A subscription `u` in its channel `c` as a [`SubscriptionRecord`].
macro_rules! subscription_record {
    () => {
        "json_object('guild', CAST(u.guild AS TEXT), 'channel', CAST(u.channel AS TEXT),
            'forum', json(iif(c.forum, 'true', 'false')), 'subject', u.subject, 'label', u.label,
            'created', u.created, 'paused', json(iif(u.paused, 'true', 'false')),
            'kinds', json(coalesce(u.kinds, '[]')), 'outlets', json(coalesce(u.outlets, '[]')),
            'spoiler', json(iif(u.spoiler, 'true', 'false')), 'role', CAST(u.role AS TEXT),
            'thread', json(iif(u.thread, 'true', 'false')), 'votes', CASE u.votes WHEN 0 THEN 'off' WHEN 2 THEN 'buttons' ELSE 'reactions' END,
            'rhythm', CASE u.rhythm WHEN 1 THEN 'hourly' WHEN 2 THEN 'daily' WHEN 3 THEN 'weekly' ELSE 'each' END)"
    };
}

/// The columns of hours as the fields of a [`ServerRecord`] or [`ChannelRecord`]; quiet hours are kept as one number.
macro_rules! hours_fields {
    () => {
        "'zone', zone, 'digest', digest_at, 'day', digest_day,
            'quiet', json(CASE WHEN quiet >= 0 THEN json_array(quiet / 1440, quiet % 1440) WHEN quiet < 0 THEN '[]' ELSE 'null' END)"
    };
}

statements! {
    SERVERS = concat!("SELECT id, json_object('id', CAST(id AS TEXT), 'joined', joined, 'welcomed', welcomed_at, ",
            hours_fields!(), ")
        FROM guild WHERE left_at IS NULL AND id > $1 ORDER BY id LIMIT $2");
    CHANNELS = concat!("SELECT id, json_object('id', CAST(id AS TEXT), 'guild', CAST(guild AS TEXT), ", hours_fields!(), ")
        FROM channel WHERE coalesce(zone, digest_at, digest_day, quiet) IS NOT NULL AND id > $1 ORDER BY id LIMIT $2");
    SUBSCRIPTIONS = concat!("SELECT u.id, ", subscription_record!(), "
        FROM subscription u LEFT JOIN channel c ON c.id = u.channel WHERE u.id > $1 ORDER BY u.id LIMIT $2");
    /// Without what servers' own feeds told: another store does not know whose they are.
    STORIES = "SELECT a.id, json_object('url', url, 'title', title, 'author', author, 'source', source,
            'published', published, 'seen', seen_at, 'image', image, 'watch', watch, 'clip', clip, 'kind', kind,
            'summary', summary, 'network', network, 'characters', json(characters), 'edited', edited_at,
            'withdrawn', withdrawn_at,
            'links', (SELECT json_group_array(link ORDER BY link) FROM article_link WHERE article = a.id),
            'also', (SELECT json_group_array(json_object('link', link, 'source', source, 'title', title, 'at', at)
                ORDER BY link) FROM echo WHERE article = a.id),
            'dramas', (SELECT json_group_array(json_object('name', name, 'key', key) ORDER BY position)
                FROM article_name WHERE article = a.id AND role = 0),
            'people', (SELECT json_group_array(json_object('name', name, 'key', key) ORDER BY position)
                FROM article_name WHERE article = a.id AND role = 1),
            'networks', (SELECT json_group_array(json_object('name', name, 'key', key) ORDER BY position)
                FROM article_name WHERE article = a.id AND role = 2),
            'subjects', (SELECT json_group_array(subject ORDER BY subject)
                FROM article_subject WHERE article = a.id),
            'quotes', (SELECT json_group_array(json_object('text', text, 'speaker', speaker, 'actor', actor,
                    'role', role, 'kind', kind, 'confidence', confidence, 'drama', drama, 'rank', rank,
                    'keys', (SELECT json_group_array(key ORDER BY key) FROM quote_key WHERE quote = q.id))
                ORDER BY position) FROM quote q WHERE article = a.id))
        FROM article a WHERE a.id > $1 AND a.confined = 0 ORDER BY a.id LIMIT $2";
    LEARNT = "SELECT id, json_object('person', person, 'drama', drama, 'character', character, 'hangul', hangul,
            'network', network, 'at', at,
            'story', (SELECT min(link) FROM article_link WHERE article_link.article = learnt.article))
        FROM learnt WHERE id > $1 ORDER BY id LIMIT $2";

    ADD_SERVER = "INSERT INTO guild (id, joined, welcomed_at)
        SELECT j ->> 'id', j ->> 'joined', j ->> 'welcomed' FROM (SELECT $1 AS j) WHERE true ON CONFLICT DO NOTHING";
    SUBSCRIPTION_THERE = concat!("SELECT ", subscription_record!(), "
        FROM subscription u LEFT JOIN channel c ON c.id = u.channel
        WHERE u.subject = $1 AND u.channel = $2");
    FOLLOWED = "SELECT count(*) FROM subscription WHERE channel = $1";
    ADD_CHANNEL = "INSERT INTO channel (id, guild, forum) VALUES ($1, $2, $3)
        ON CONFLICT (id) DO UPDATE SET forum = max(forum, excluded.forum)";
    ADD_SUBSCRIPTION = "INSERT INTO subscription
            (guild, channel, subject, label, created, paused, kinds, outlets, spoiler, role, thread, votes, rhythm)
        SELECT j ->> 'guild', j ->> 'channel', j ->> 'subject', j ->> 'label', j ->> 'created', j ->> 'paused',
            nullif(j -> 'kinds', '[]'), nullif(j -> 'outlets', '[]'), j ->> 'spoiler', j ->> 'role', j ->> 'thread',
            CASE j ->> 'votes' WHEN 'off' THEN 0 WHEN 'buttons' THEN 2 ELSE 1 END,
            CASE j ->> 'rhythm' WHEN 'hourly' THEN 1 WHEN 'daily' THEN 2 WHEN 'weekly' THEN 3 ELSE 0 END
        FROM (SELECT $1 AS j)";
    STORY_THERE = "SELECT article FROM article_link WHERE link IN (SELECT value FROM json_each($1, '$.links'))
        UNION ALL
        SELECT id FROM article
            WHERE json_array_length($1, '$.links') = 0 AND seen_at = $1 ->> 'seen' AND title = $1 ->> 'title'
        LIMIT 1";
    /// Whether it tells the same: an outlet may have changed it since, or another Daesa read it otherwise.
    STORY_IS = "SELECT title IS ($2 ->> 'title') AND summary IS ($2 ->> 'summary')
            AND (SELECT count(*) FROM quote WHERE article = a.id) = json_array_length($2, '$.quotes')
        FROM article a WHERE id = $1";
    ADD_STORY = "INSERT INTO article (url, title, author, source, published, seen_at, at, image, watch, clip, kind,
            summary, network, characters, edited_at, withdrawn_at)
        SELECT j ->> 'url', j ->> 'title', j ->> 'author', j ->> 'source', j ->> 'published', j ->> 'seen',
            min(coalesce(j ->> 'published', j ->> 'seen'), j ->> 'seen'), j ->> 'image', j ->> 'watch', j ->> 'clip',
            j ->> 'kind', j ->> 'summary', j ->> 'network', j -> 'characters', j ->> 'edited', j ->> 'withdrawn'
        FROM (SELECT $1 AS j) RETURNING id";
    ADD_LINKS = "INSERT INTO article_link (link, article)
        SELECT DISTINCT value, $1 FROM json_each($2, '$.links') WHERE true ON CONFLICT (link) DO NOTHING";
    ADD_ECHOES = "INSERT INTO echo (article, link, source, title, at)
        SELECT $1, value ->> 'link', value ->> 'source', value ->> 'title', value ->> 'at'
        FROM json_each($2, '$.also') WHERE true ON CONFLICT DO NOTHING";
    ADD_NAMES = "INSERT INTO article_name (article, role, position, name, key)
        SELECT $1, 0, j.key, j.value ->> 'name', j.value ->> 'key' FROM json_each($2, '$.dramas') j
        UNION ALL SELECT $1, 1, j.key, j.value ->> 'name', j.value ->> 'key' FROM json_each($2, '$.people') j
        UNION ALL SELECT $1, 2, j.key, j.value ->> 'name', j.value ->> 'key' FROM json_each($2, '$.networks') j";
    ADD_SUBJECTS = "INSERT INTO article_subject (subject, article)
        SELECT DISTINCT value, $1 FROM json_each($2, '$.subjects')";
    /// Its place in the article's text is not known here: the text is not.
    ADD_QUOTE = "INSERT INTO quote (article, position, text, parts, speaker, actor, role, kind, confidence, drama, rank)
        SELECT $1, $2, j ->> 'text', '[]', j ->> 'speaker', j ->> 'actor', j ->> 'role', j ->> 'kind',
            j ->> 'confidence', j ->> 'drama', j ->> 'rank'
        FROM (SELECT $3 AS j) RETURNING id";
    ADD_LEARNT = "INSERT INTO learnt (person, drama, character, hangul, network, article, at)
        SELECT j ->> 'person', j ->> 'drama', j ->> 'character', j ->> 'hangul', j ->> 'network',
            (SELECT article FROM article_link WHERE link = j ->> 'story'), j ->> 'at'
        FROM (SELECT $1 AS j) WHERE true ON CONFLICT DO NOTHING";
}

/// What an import did with one kind of record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// Were not here, and are now.
    pub new: u64,
    /// Were here already, the same.
    pub there: u64,
    /// Are here otherwise, and stay as they are here.
    pub kept: u64,
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Servers and their settings.
    pub servers: Merged,
    /// Channels with hours of their own.
    pub channels: Merged,
    /// Subscriptions.
    pub subscriptions: Merged,
    /// Stories; one that is here stays with the quotes that it has here.
    pub stories: Merged,
    /// Quotes of the new stories.
    pub quotes: u64,
    /// What was learnt.
    pub learnt: Merged,
    /// A line for each of the first twenty that were left as they are here.
    pub notes: Vec<String>,
}

type Tx = Transaction<'static, Sqlite>;

impl Store {
    /// Writes everything of a [`Transfer`] as JSON, a record a line, as it was at one moment; also beside a running
    /// bot. Memory does not grow with the store.
    ///
    /// # Errors
    /// [`StoreError`], also when `out` takes no more.
    pub async fn export(&self, out: &mut (dyn Write + Send)) -> Result<(), StoreError> {
        // One reading transaction: one moment.
        let mut tx = self.read().begin().await?;
        write!(out, "{{\n\"daesa\": {FORMAT}").map_err(StoreError::other)?;
        write_list::<ServerRecord>(&mut tx, out, "servers", SERVERS).await?;
        write_list::<ChannelRecord>(&mut tx, out, "channels", CHANNELS).await?;
        write_list::<SubscriptionRecord>(&mut tx, out, "subscriptions", SUBSCRIPTIONS).await?;
        write_list::<StoryRecord>(&mut tx, out, "stories", STORIES).await?;
        write_list::<LearntRecord>(&mut tx, out, "learnt", LEARNT).await?;
        writeln!(out, "\n}}")
            .and_then(|()| out.flush())
            .map_err(StoreError::other)
    }

    /// Adds what is not here yet, and changes nothing that is: no post, no vote, no delivery comes of it. The document
    /// has passed [`Transfer::check`]. With `dry`, only says what it would do.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was changed.
    pub async fn import(&self, transfer: &Transfer, dry: bool) -> Result<Imported, StoreError> {
        let mut done = Imported::default();
        let mut tx = self.begin().await?;
        for server in &transfer.servers {
            add_server(&mut tx, server, &mut done).await?;
        }
        for channel in &transfer.channels {
            add_channel(&mut tx, channel, &mut done).await?;
        }
        for subscription in &transfer.subscriptions {
            add_subscription(&mut tx, subscription, &mut done).await?;
        }
        let mut lines = Lines::default();
        for story in &transfer.stories {
            add_story(&mut tx, &mut lines, story, &mut done).await?;
        }
        lines.file(&mut tx).await?;
        for lesson in &transfer.learnt {
            let added = sqlx::query(ADD_LEARNT).bind(json(lesson)?).execute(&mut *tx).await?;
            count(&mut done.learnt, added.rows_affected() > 0);
        }
        if dry {
            tx.rollback().await?;
        } else {
            tx.commit().await?;
        }
        Ok(done)
    }
}

async fn write_list<T: Serialize + DeserializeOwned>(
    tx: &mut Tx,
    out: &mut (dyn Write + Send),
    name: &str,
    sql: &'static str,
) -> Result<(), StoreError> {
    write!(out, ",\n\"{name}\": [").map_err(StoreError::other)?;
    let mut after = i64::MIN;
    let mut first = true;
    loop {
        let rows: Vec<(i64, String)> = sqlx::query_as(sql).bind(after).bind(SLICE).fetch_all(&mut **tx).await?;
        let Some((last, _)) = rows.last() else { break };
        after = *last;
        for (_, row) in &rows {
            let record: T = serde_json::from_str(row)?;
            let line = if first { "\n" } else { ",\n" };
            first = false;
            write!(out, "{line}{}", json(&record)?).map_err(StoreError::other)?;
        }
    }
    let end = if first { "]" } else { "\n]" };
    out.write_all(end.as_bytes()).map_err(StoreError::other)
}

fn count(merged: &mut Merged, new: bool) {
    if new {
        merged.new += 1;
    } else {
        merged.there += 1;
    }
}

/// Says of the first few what was left as it is.
fn keep(merged: &mut Merged, notes: &mut Vec<String>, note: impl FnOnce() -> String) {
    merged.kept += 1;
    if notes.len() < NOTES {
        notes.push(note());
    }
}

async fn add_server(tx: &mut Tx, server: &ServerRecord, done: &mut Imported) -> Result<(), StoreError> {
    let added = sqlx::query(ADD_SERVER).bind(json(server)?).execute(&mut **tx).await?;
    let of = HoursOf::Server(GuildId(id_of(&server.id)));
    let set = server.hours().map_err(StoreError::other)?;
    let hours = add_hours(tx, of, &set, &mut done.servers, &mut done.notes).await?;
    if !hours.kept {
        count(&mut done.servers, hours.some || added.rows_affected() > 0);
    }
    Ok(())
}

async fn add_channel(tx: &mut Tx, channel: &ChannelRecord, done: &mut Imported) -> Result<(), StoreError> {
    sqlx::query(ADD_CHANNEL)
        .bind(&channel.id)
        .bind(&channel.guild)
        .bind(false)
        .execute(&mut **tx)
        .await?;
    let of = HoursOf::Channel(ChannelId(id_of(&channel.id)), GuildId(id_of(&channel.guild)));
    let set = channel.hours().map_err(StoreError::other)?;
    let hours = add_hours(tx, of, &set, &mut done.channels, &mut done.notes).await?;
    if !hours.kept {
        count(&mut done.channels, hours.some);
    }
    Ok(())
}

async fn add_hours(
    tx: &mut Tx,
    of: HoursOf,
    set: &OwnHours,
    merged: &mut Merged,
    notes: &mut Vec<String>,
) -> Result<hours::Added, StoreError> {
    let added = hours::add(tx, of, set).await?;
    if added.kept {
        keep(merged, notes, || match of {
            HoursOf::Server(id) => format!("server {id}: the zone and hours that are set here stay"),
            HoursOf::Channel(id, _) => format!("channel {id}: the zone and hours that are set here stay"),
        });
    }
    Ok(added)
}

/// An id that [`Transfer::check`] has seen.
fn id_of(text: &str) -> u64 {
    text.parse().unwrap_or(0)
}

/// What a subscription follows, for the operator: following everything has no label.
fn what_of(one: &SubscriptionRecord) -> String {
    match one.label.as_str() {
        "" => "everything".to_owned(),
        label => format!("“{label}”"),
    }
}

async fn add_subscription(tx: &mut Tx, one: &SubscriptionRecord, done: &mut Imported) -> Result<(), StoreError> {
    let there: Option<String> = sqlx::query_scalar(SUBSCRIPTION_THERE)
        .bind(&one.subject)
        .bind(&one.channel)
        .fetch_optional(&mut **tx)
        .await?;
    if let Some(there) = there {
        let there: SubscriptionRecord = serde_json::from_str(&there)?;
        // When it was made is no matter.
        if (SubscriptionRecord {
            created: one.created,
            ..there
        }) == *one
        {
            done.subscriptions.there += 1;
        } else {
            let note = || format!("channel {}: {} stays as it is here", one.channel, what_of(one));
            keep(&mut done.subscriptions, &mut done.notes, note);
        }
        return Ok(());
    }
    let followed: i64 = sqlx::query_scalar(FOLLOWED)
        .bind(&one.channel)
        .fetch_one(&mut **tx)
        .await?;
    if followed >= i64::from(SUBSCRIPTIONS_PER_CHANNEL) {
        let note = || {
            format!(
                "channel {}: follows {followed} already, and not {}",
                one.channel,
                what_of(one)
            )
        };
        keep(&mut done.subscriptions, &mut done.notes, note);
        return Ok(());
    }
    sqlx::query(ADD_CHANNEL)
        .bind(&one.channel)
        .bind(&one.guild)
        .bind(one.forum)
        .execute(&mut **tx)
        .await?;
    sqlx::query(ADD_SUBSCRIPTION)
        .bind(json(one)?)
        .execute(&mut **tx)
        .await?;
    done.subscriptions.new += 1;
    Ok(())
}

async fn add_story(tx: &mut Tx, lines: &mut Lines, story: &StoryRecord, done: &mut Imported) -> Result<(), StoreError> {
    let record = json(story)?;
    let there: Option<i64> = sqlx::query_scalar(STORY_THERE)
        .bind(&record)
        .fetch_optional(&mut **tx)
        .await?;
    if let Some(there) = there {
        let is_same: bool = sqlx::query_scalar(STORY_IS)
            .bind(there)
            .bind(&record)
            .fetch_one(&mut **tx)
            .await?;
        if is_same {
            done.stories.there += 1;
        } else {
            let note = || format!("the story “{}” stays as it is told here", story.title.escape_debug());
            keep(&mut done.stories, &mut done.notes, note);
        }
        return Ok(());
    }
    let id: i64 = sqlx::query_scalar(ADD_STORY).bind(&record).fetch_one(&mut **tx).await?;
    for sql in [ADD_LINKS, ADD_ECHOES, ADD_NAMES, ADD_SUBJECTS] {
        sqlx::query(sql).bind(id).bind(&record).execute(&mut **tx).await?;
    }
    for (position, quote) in (0_i64..).zip(&story.quotes) {
        let row: i64 = sqlx::query_scalar(ADD_QUOTE)
            .bind(id)
            .bind(position)
            .bind(json(quote)?)
            .fetch_one(&mut **tx)
            .await?;
        let keys: Vec<&str> = quote.keys.iter().map(String::as_str).collect();
        index_quote(tx, lines, row, &quote.text, &keys).await?;
        done.quotes += 1;
    }
    done.stories.new += 1;
    Ok(())
}
