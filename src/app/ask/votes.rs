//! `/top` and `/mood`: what moved the readers, from the tallies alone.

use super::{Answered, Asker, resolve, stories};
use crate::{
    app::{
        House, reconcile,
        time::{began, now},
    },
    catalogue::Scope,
    model::{
        Answer, ArticleId, Emoji, Feeling, GuildId, Lang, Millis,
        answer::{Mood, Period, Ranked, Ranking, Span, Step, TopBy, Why},
    },
    store::{Counted, HoursOf, MoodRows, StoreError, TopQuery, TopRow},
    view,
};

/// Places in a ranking.
const PLACES: u32 = 10;
/// Stories that a mood shows one by one.
const RECENT: u32 = 5;
const DAY: Millis = 86_400_000;
/// Stretches of a mood over time: days while all votes are this young, otherwise weeks.
const DAYS: u32 = 14;
const WEEKS: u32 = 12;

/// Which ranking is wanted: what of, and whose votes.
pub struct Wish {
    pub period: Period,
    pub by: TopBy,
    pub drama: Option<String>,
    pub everywhere: bool,
}

/// The ranking of a server, or of everywhere the bot is.
pub async fn top(house: &House, asker: &Asker, mut wish: Wish) -> Answered {
    let feeling = one_feeling(house, &mut wish);
    let (drama, name) = match narrowed(house, asker, wish.drama.as_deref()).await? {
        Ok(found) => found,
        Err(question) => return Ok(question),
    };
    let guild = counted_in(house, asker, wish.everywhere);
    let since = began(wish.period, now(), zone(house, asker).await?);
    reconcile::looked_at(house, guild, since).await;
    let query = TopQuery {
        guild,
        since,
        by: wish.by,
        drama: drama.as_deref(),
        limit: PLACES,
    };
    let mut total = all_of(house, None, &house.store.felt(guild, since, query.drama).await?);
    let rows = match (feeling, wish.by) {
        (Some(at), _) => {
            total = only(total, at);
            of_feeling(house, &query, at).await?
        }
        (None, TopBy::Feeling) => feelings(house, &query, &total.feelings).await?,
        (None, _) => {
            let rows = house.store.top(&query).await?;
            rows.into_iter().map(|row| ranked(house, row)).collect()
        }
    };
    Ok(Answer::Top(Ranking {
        period: wish.period,
        by: wish.by,
        feeling: feeling.map(|at| house.settings.feelings.0[at].name.clone()),
        drama: name,
        everywhere: guild.is_none(),
        total,
        rows,
    }))
}

/// The feeling that is named where a drama may stand, which is taken from the wish: what is ranked then are the stories that
/// brought most of it. Before or behind a drama it is one only when feelings are asked for; titles have such words.
fn one_feeling(house: &House, wish: &mut Wish) -> Option<usize> {
    let words: Vec<&str> = wish.drama.as_deref()?.split(' ').collect();
    let named = |word: &str| {
        let is_called = |name: &str| name.to_lowercase() == word.to_lowercase();
        let is_it = |feeling: &Feeling| {
            [Lang::En, Lang::Ko]
                .into_iter()
                .any(|lang| is_called(view::feeling_name(lang, &feeling.name)))
                || feeling.emoji.contains(&Emoji::unicode(word))
        };
        house.settings.feelings.0.iter().position(is_it)
    };
    let (at, rest) = match (wish.by, words.as_slice()) {
        (TopBy::Feeling, [first, rest @ ..]) if named(first).is_some() => (named(first)?, rest),
        (TopBy::Feeling, [rest @ .., last]) => (named(last)?, rest),
        (TopBy::Story, [only]) if house.catalogue().search(only, Scope::Dramas, &[]).answer().is_none() => {
            (named(only)?, &[][..])
        }
        _ => return None,
    };
    let drama = rest.join(" ");
    wish.drama = Some(drama).filter(|drama| !drama.is_empty());
    wish.by = TopBy::Story;
    Some(at)
}

/// The stories that brought most of a feeling, with what they brought of it.
async fn of_feeling(house: &House, query: &TopQuery<'_>, at: usize) -> Result<Vec<Ranked>, StoreError> {
    let emoji = house.settings.feelings.0[at].emoji.iter().map(Emoji::key).collect();
    let stories = house.store.strongest_of(query, &[emoji]).await?.into_iter().flatten();
    Ok(stories.map(|row| only(ranked(house, row), at)).collect())
}

/// The same with the votes of one feeling alone.
fn only(mut votes: Ranked, at: usize) -> Ranked {
    let others = votes.feelings.iter_mut().enumerate().filter(|(place, _)| *place != at);
    others.for_each(|(_, felt)| *felt = 0);
    Ranked { other: 0, ..votes }
}

/// The feelings, strongest first, each with the story that brought most of it.
async fn feelings(house: &House, query: &TopQuery<'_>, felt: &[u64]) -> Result<Vec<Ranked>, StoreError> {
    let feelings = &house.settings.feelings.0;
    let emoji: Vec<Vec<String>> = feelings
        .iter()
        .map(|feeling| feeling.emoji.iter().map(Emoji::key).collect())
        .collect();
    let query = TopQuery { limit: 1, ..*query };
    let strongest = house.store.strongest_of(&query, &emoji).await?;
    let mut rows = Vec::new();
    for (at, (feeling, story)) in feelings.iter().zip(strongest).enumerate() {
        let story = story.into_iter().next();
        let mut votes = vec![0; felt.len()];
        votes[at] = felt[at];
        rows.push(Ranked {
            name: feeling.name.clone(),
            url: story.as_ref().and_then(|story| story.url.clone()),
            feelings: votes,
            other: 0,
            note: story.map(|story| story.name),
        });
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.feelings.iter().sum::<u64>()));
    Ok(rows)
}

/// How the readers felt about a drama, a story or everything.
pub async fn mood(
    house: &House,
    asker: &Asker,
    drama: Option<&str>,
    story: Option<&str>,
    everywhere: bool,
) -> Answered {
    let guild = counted_in(house, asker, everywhere);
    if let Some(story) = story {
        return match stories::meant(house, asker, Some(story)).await? {
            Some(article) => mood_of_story(house, guild, article).await,
            None => Ok(Answer::WhyAnswer {
                title: None,
                why: Why::Unknown,
                retry: None,
            }),
        };
    }
    let (drama, name) = match narrowed(house, asker, drama).await? {
        Ok(found) => found,
        Err(question) => return Ok(question),
    };
    let mood = house.store.mood(guild, 0, drama.as_deref(), RECENT).await?;
    let (over, step) = over_time(house, asker, guild, drama.as_deref()).await?;
    Ok(Answer::Mood(Mood {
        total: all_of(house, name.clone(), &mood.total),
        name,
        everywhere: guild.is_none(),
        over,
        step,
        recent: lately(house, mood),
    }))
}

async fn mood_of_story(house: &House, guild: Option<GuildId>, article: ArticleId) -> Answered {
    let votes = house.store.story_mood(guild, article).await?;
    let story = house.store.story(article).await?;
    let (name, url) = story.map_or((None, None), |story| (Some(story.title), story.url));
    Ok(Answer::Mood(Mood {
        total: Ranked {
            url,
            ..all_of(house, name.clone(), &votes)
        },
        name,
        everywhere: guild.is_none(),
        over: Vec::new(),
        step: Step::Day,
        recent: Vec::new(),
    }))
}

/// The last two weeks by day; by week when there are votes on older posts.
async fn over_time(
    house: &House,
    asker: &Asker,
    guild: Option<GuildId>,
    drama: Option<&str>,
) -> Result<(Vec<Span>, Step), StoreError> {
    let monday = began(Period::Week, now(), zone(house, asker).await?);
    let since = monday - i64::from(WEEKS - 1) * 7 * DAY;
    let weeks = house.store.mood_over(guild, drama, (since, 7 * DAY, WEEKS)).await?;
    let voted = |span: &Vec<Counted>| !span.is_empty();
    let Some(first) = weeks.iter().position(voted) else {
        return Ok((Vec::new(), Step::Day));
    };
    if first + 2 < weeks.len() {
        return Ok((spans(house, weeks, since, 7 * DAY), Step::Week));
    }
    let since = monday - 7 * DAY;
    let days = house.store.mood_over(guild, drama, (since, DAY, DAYS)).await?;
    Ok((spans(house, days, since, DAY), Step::Day))
}

/// From the first stretch with votes to the last one; none when there is but one.
fn spans(house: &House, counts: Vec<Vec<Counted>>, since: Millis, step: Millis) -> Vec<Span> {
    let spans: Vec<Span> = (0..)
        .zip(&counts)
        .map(|(at, votes)| Span {
            from: since + at * step,
            votes: all_of(house, None, votes),
        })
        .collect();
    let voted = |span: &Span| span.votes.other > 0 || span.votes.feelings.iter().any(|votes| *votes > 0);
    match (spans.iter().position(voted), spans.iter().rposition(voted)) {
        (Some(first), Some(last)) if first < last => spans[first..=last].to_vec(),
        _ => Vec::new(),
    }
}

fn all_of(house: &House, name: Option<String>, votes: &[Counted]) -> Ranked {
    let (feelings, other) = felt(house, votes);
    Ranked {
        name: name.unwrap_or_default(),
        url: None,
        feelings,
        other,
        note: None,
    }
}

fn lately(house: &House, mood: MoodRows) -> Vec<Ranked> {
    mood.recent.into_iter().map(|row| ranked(house, row)).collect()
}

/// Whose votes count: the server's, unless the person asks for all; of all in direct messages, and in servers that
/// the bot is not in.
fn counted_in(house: &House, asker: &Asker, everywhere: bool) -> Option<GuildId> {
    asker
        .place
        .guild
        .filter(|guild| !everywhere && house.servers.knows(*guild))
}

/// The key and the name of the drama that was asked for; the inner error is a question back.
async fn narrowed(
    house: &House,
    asker: &Asker,
    drama: Option<&str>,
) -> Result<Result<(Option<String>, Option<String>), Answer>, StoreError> {
    let Some(drama) = drama else {
        return Ok(Ok((None, None)));
    };
    Ok(
        match resolve::meant(house, asker, drama, Scope::Dramas, Some("drama")).await? {
            resolve::Meant::One(entity) => {
                Ok((Some(entity.key()), Some(resolve::name_of(&house.catalogue(), &entity))))
            }
            resolve::Meant::Ask(question) => Err(*question),
        },
    )
}

/// The zone in which the server's weeks begin.
async fn zone(house: &House, asker: &Asker) -> Result<chrono_tz::Tz, StoreError> {
    let own = match asker.place.guild {
        Some(guild) => house.store.own_hours(HoursOf::Server(guild)).await?.zone,
        None => None,
    };
    Ok(own.and_then(|name| name.parse().ok()).unwrap_or(house.settings.zone))
}

fn ranked(house: &House, row: TopRow) -> Ranked {
    let (feelings, other) = felt(house, &row.votes);
    Ranked {
        name: row.name,
        url: row.url,
        feelings,
        other,
        note: row.by,
    }
}

/// Votes of emoji as votes of feelings, in the order of the settings; what stands for none is other.
fn felt(house: &House, votes: &[Counted]) -> (Vec<u64>, u64) {
    let feelings = &house.settings.feelings.0;
    let mut felt = vec![0; feelings.len()];
    let mut other = 0;
    for counted in votes {
        match feelings
            .iter()
            .position(|feeling| feeling.emoji.contains(&counted.emoji))
        {
            Some(at) => felt[at] += counted.votes,
            None => other += counted.votes,
        }
    }
    (felt, other)
}
