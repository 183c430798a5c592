//! `/quote`: a line that somebody said.

use super::{Answered, Asker, resolve, stories};
use crate::{
    app::{House, time::now},
    catalogue::{Entity, Scope, Tier, fold},
    command::{self, Command},
    feed,
    model::{
        Answer, Emoji, MessageId, Millis, QuoteId, Subject,
        answer::{Again, Refusal, SaidLine, Style},
        spoken,
    },
    store::{Candidate, Question, QuoteQuery, StoreError},
    view,
};

/// Candidates that one is chosen from.
const CANDIDATES: u32 = 100;
/// After this long a line counts half as much: news is what people ask for.
const HALF_LIFE: f64 = 30.0 * 86_400_000.0;
/// How long “another” remembers a search that its id cannot say.
const REMEMBERED: Millis = 86_400_000;

/// Whose lines, of which drama, are wanted.
#[derive(Default)]
struct Wanted {
    speakers: Vec<String>,
    dramas: Vec<String>,
    /// The one that was asked for, for what is said when there is nothing.
    entity: Option<Entity>,
    /// The key of a name that is nobody's we know, under which lines were heard.
    heard: Option<String>,
}

/// Answers with a line. Loved and recent ones come more often, and none twice in a row in a channel.
pub async fn quote(
    house: &House,
    asker: &Asker,
    asked: (Option<&str>, Option<&str>, Option<&str>),
    style: Style,
) -> Answered {
    let mut answer = line(house, asker, asked).await?;
    if let (Some(words), None, None) = asked {
        let other = match &answer {
            Answer::Nobody { .. } => as_words(house, asker, words, style).await?,
            // A title with a name beside it is like the title, and is more than that.
            Answer::Which { .. } if resolve::is_faint(&house.catalogue(), words) => {
                as_two_names(house, asker, words, style).await?
            }
            _ => None,
        };
        answer = other.unwrap_or(answer);
    }
    if let Answer::Said(line) = &mut answer {
        line.style = style;
    }
    Ok(answer)
}

/// Answers words that were said to the bot and call no command: whoever is called so, or is in a drama called so, is quoted.
/// Other words are no question; what somebody once said with them would be a strange answer.
pub async fn called(house: &House, asker: &Asker, name: &str, style: Style) -> Answered {
    let mut answer = asked_so(house, asker, (Some(name), None, None), style).await?;
    let is_faint = || resolve::is_faint(&house.catalogue(), name);
    if matches!(answer, Answer::Nobody { .. }) || matches!(answer, Answer::Which { .. }) && is_faint() {
        let word = name.split(' ').next().unwrap_or(name);
        let word = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let both = as_two_names(house, asker, name, style).await?;
        answer = both.unwrap_or_else(|| Answer::Refused(command::no_command(word)));
    }
    if let Answer::Said(line) = &mut answer {
        line.style = style;
    }
    Ok(answer)
}

/// Most words of a name that are taken for one with words of a line behind it.
const NAME_WORDS: usize = 5;

/// Most words that are taken for the name of somebody and the title of a drama.
const TITLE_WORDS: usize = 10;

/// Nobody is called so: it may be what somebody said, or somebody and what they said, or somebody and a drama.
async fn as_words(house: &House, asker: &Asker, asked: &str, style: Style) -> Result<Option<Answer>, StoreError> {
    let mut ways = vec![(None, asked.to_owned(), false)];
    let mut silent = None;
    let words: Vec<&str> = asked.split(' ').collect();
    for cut in (1..words.len().min(NAME_WORDS + 1)).rev() {
        let name = words[..cut].join(" ");
        let found = house.catalogue().search(&name, Scope::People, &[]);
        if let Some(person) = found.answer().filter(|best| best.tier <= Tier::Given) {
            // `sea breeze` is no name with a word behind it.
            let is_whole = person.tier <= Tier::Reversed;
            ways.push((Some(person.entity.key()), words[cut..].join(" "), is_whole));
            break;
        }
    }
    for (name, text, is_whole) in ways {
        match asked_so(house, asker, (name.as_deref(), None, Some(&text)), style).await? {
            said @ Answer::Said(_) => return Ok(Some(said)),
            other if is_whole => silent = Some(other),
            _ => {}
        }
    }
    let both = as_two_names(house, asker, asked, style).await?;
    Ok(both.or(silent))
}

/// A name and a title beside each other, whichever comes first, of which there is a line.
async fn as_two_names(house: &House, asker: &Asker, asked: &str, style: Style) -> Result<Option<Answer>, StoreError> {
    let words: Vec<&str> = asked.split(' ').collect();
    let catalogue = house.catalogue();
    let key = |words: &[&str], scope, most| {
        let found = catalogue.search(&words.join(" "), scope, &[]);
        let best = found.answer().filter(|best| best.tier <= most);
        best.map(|best| best.entity.key())
    };
    for cut in 1..words.len().min(TITLE_WORDS) {
        let (first, second) = words.split_at(cut);
        for (name, title) in [(first, second), (second, first)] {
            if name.len() > NAME_WORDS {
                continue;
            }
            let Some(person) = key(name, Scope::People, Tier::Given) else {
                continue;
            };
            let Some(drama) = key(title, Scope::Dramas, Tier::Part) else {
                continue;
            };
            let both = (Some(person.as_str()), Some(drama.as_str()), None);
            if let said @ Answer::Said(_) = asked_so(house, asker, both, style).await? {
                return Ok(Some(said));
            }
        }
    }
    Ok(None)
}

/// The answer to what was asked, taken otherwise: “another” asks for that as well.
async fn asked_so(
    house: &House,
    asker: &Asker,
    asked: (Option<&str>, Option<&str>, Option<&str>),
    style: Style,
) -> Answered {
    let (name, drama, text) = asked;
    let command = Command::Quote {
        name: name.map(str::to_owned),
        drama: drama.map(str::to_owned),
        text: text.map(str::to_owned),
        style,
    };
    let asker = Asker {
        command,
        ..asker.clone()
    };
    line(house, &asker, asked).await
}

async fn line(
    house: &House,
    asker: &Asker,
    (name, drama, text): (Option<&str>, Option<&str>, Option<&str>),
) -> Answered {
    if let Some(id) = text.and_then(line_of) {
        // Chosen from the completions: this line and no other.
        return match house.store.line(id, asker.place.guild).await? {
            Some(line) => said(house, asker, line).await,
            None => Ok(Answer::NoQuotes { text: None }),
        };
    }
    let mut wanted = Wanted::default();
    let mut hits = Vec::new();
    if let Some(name) = name {
        let heard = heard_as(name);
        hits = find(house, asker, (std::slice::from_ref(&heard), &[]), text, CANDIDATES).await?;
        match resolve::meant(house, asker, name, Scope::All, Some("name")).await? {
            // The whole person: what was heard in other spellings as well.
            resolve::Meant::One(entity) if hits.is_empty() || is_called(house, &entity, name) => {
                add(house, &mut wanted, entity);
                hits.clear();
            }
            resolve::Meant::Ask(question) if hits.is_empty() => return Ok(*question),
            // A character or anybody else who was heard under exactly this name speaks first.
            _ => {
                wanted.speakers.push(heard.clone());
                wanted.heard = Some(heard);
            }
        }
        if drama.is_some() {
            hits.clear();
        }
    }
    if let Some(drama) = drama {
        match resolve::meant(house, asker, drama, Scope::Dramas, Some("drama")).await? {
            resolve::Meant::One(entity) => add(house, &mut wanted, entity),
            resolve::Meant::Ask(question) => return Ok(*question),
        }
    }
    if let Some(network @ Entity::Network(_)) = &wanted.entity {
        let name = resolve::name_of(&house.catalogue(), network);
        return Ok(Answer::Refused(Refusal::SaysNothing { name }));
    }
    if hits.is_empty() {
        hits = find(house, asker, (&wanted.speakers, &wanted.dramas), text, CANDIDATES).await?;
    }
    give(house, asker, wanted, hits, text).await
}

/// The value of a completed line, which names its row.
pub fn line_key(id: QuoteId) -> String {
    format!("quote:{id}")
}

fn line_of(text: &str) -> Option<QuoteId> {
    text.strip_prefix("quote:")?.parse().ok().map(QuoteId)
}

/// The key of what was heard under exactly this name; a button carries it as it is.
fn heard_as(name: &str) -> String {
    match Subject::from_key(name) {
        Some(words @ Subject::Words(_)) => words.key(),
        _ => Subject::Words(fold(name)).key(),
    }
}

/// Whether the name is the entity's own, not a character's or a likeness.
fn is_called(house: &House, entity: &Entity, name: &str) -> bool {
    fold(&resolve::name_of(&house.catalogue(), entity)) == fold(name)
}

/// The keys under which the lines of somebody, or of a drama, are filed.
pub fn keys_of(house: &House, entity: &Entity) -> [String; 2] {
    let name = resolve::name_of(&house.catalogue(), entity);
    [entity.key(), Subject::Words(fold(&name)).key()]
}

fn add(house: &House, wanted: &mut Wanted, entity: Entity) {
    let keys = keys_of(house, &entity);
    match entity {
        Entity::Drama(_) => wanted.dramas.extend(keys),
        Entity::Person(_) | Entity::Network(_) => wanted.speakers.extend(keys),
    }
    wanted.entity.get_or_insert(entity);
}

async fn find(
    house: &House,
    asker: &Asker,
    (speakers, dramas): (&[String], &[String]),
    text: Option<&str>,
    limit: u32,
) -> Result<Vec<Candidate>, StoreError> {
    let loved: Vec<String> = house
        .settings
        .feelings
        .0
        .first()
        .map(|feeling| feeling.emoji.iter().map(Emoji::key).collect())
        .unwrap_or_default();
    let query = QuoteQuery {
        guild: asker.place.guild,
        speakers,
        dramas,
        text,
        loved: &loved,
        limit,
        ..QuoteQuery::default()
    };
    house.store.candidates(&query).await
}

async fn give(house: &House, asker: &Asker, wanted: Wanted, mut hits: Vec<Candidate>, text: Option<&str>) -> Answered {
    let last = house.store.last_given(asker.place.channel).await?;
    let several = hits.len() > 1;
    if several {
        hits.retain(|hit| Some(hit.quote) != last);
    }
    let Some(mut line) = chosen(house, asker, hits).await? else {
        // A phrase's marks are not part of what was looked for.
        let text = text.map(|text| text.replace('"', ""));
        return Ok(match wanted.entity {
            Some(entity) => Answer::Silent {
                known: resolve::known(&house.catalogue(), &entity),
                text,
            },
            None => Answer::NoQuotes { text },
        });
    };
    let asked = wanted.entity.as_ref().map(Entity::key).or(wanted.heard);
    if several {
        line.another = again(house, asker, asked.clone()).await?;
    }
    line.same_drama = line.same_drama.filter(|drama| Some(drama) != asked.as_ref());
    if let Some(drama) = &line.same_drama
        && find(house, asker, (&[], std::slice::from_ref(drama)), None, 2)
            .await?
            .len()
            < 2
    {
        line.same_drama = None;
    }
    said(house, asker, line).await
}

/// What “another” asks for: one key fits into the button; a search, or two names, is kept in the store.
async fn again(house: &House, asker: &Asker, asked: Option<String>) -> Result<Option<Again>, StoreError> {
    if let Command::Quote {
        text: None,
        drama: None,
        ..
    }
    | Command::Quote {
        text: None, name: None, ..
    } = &asker.command
    {
        return Ok(Some(Again::Key(asked.unwrap_or_default())));
    }
    let question = Question {
        asker: None,
        command: serde_json::to_string(&asker.command)?,
        slot: None,
    };
    let at = now();
    match house.store.keep_question(&question, at + REMEMBERED, at).await {
        Ok(id) => Ok(Some(Again::Question(id))),
        Err(error) if error.refuses_writes() => Ok(None),
        Err(error) => Err(error),
    }
}

/// The answer with a line, whose link leads to the sentence; the channel does not get it twice in a row.
async fn said(house: &House, asker: &Asker, line: SaidLine) -> Answered {
    let place = asker.place;
    let remembered = house
        .store
        .remember_given(place.channel, place.guild, line.quote, now());
    match remembered.await {
        // Reading still works where nothing can be written.
        Err(error) if error.refuses_writes() => house.store_is(true),
        other => other?,
    }
    Ok(Answer::Said(at_sentence(house, line).await?))
}

/// Lines of a story that are shown together.
const OF_POST: u32 = 25;

/// What was said in the story of a message: of a post, or of a message with the address of a story.
pub async fn from_post(house: &House, asker: &Asker, message: MessageId, links: &[String]) -> Answered {
    let mut article = house.store.post_of(message).await?.map(|post| post.article);
    for link in links {
        if article.is_none() {
            // A link of ours may lead to a sentence.
            let page = link.split('#').next().unwrap_or(link);
            article = house
                .store
                .story_at(&feed::canonical_link(page), asker.place.guild)
                .await?;
        }
    }
    let Some(article) = article else {
        return Ok(Answer::NotAPost);
    };
    let Some(story) = house.store.story(article).await? else {
        return Ok(Answer::NotAPost);
    };
    let channel = stories::followed_place(house, asker);
    let hide = view::gives_away(story.kind, &story.title) && house.manner(article, channel).await?.spoiler;
    let mut lines = Vec::new();
    for line in house.store.quotes_of(article, OF_POST).await? {
        let plain = line.url.clone();
        let line = at_sentence(house, line).await?;
        // An address that leads to a sentence shows it.
        lines.push(if hide { SaidLine { url: plain, ..line } } else { line });
    }
    Ok(Answer::FromPost {
        title: story.title,
        url: story.url,
        lines,
        hide,
    })
}

/// The line as it is shown, with a link that leads to it.
pub async fn at_sentence(house: &House, mut line: SaidLine) -> Result<SaidLine, StoreError> {
    let (parts, body) = house.store.where_said(line.quote).await?;
    if let Some(url) = &line.url {
        line.url = Some(view::at_sentence(url, &line.title, &line.text, &parts, body.as_deref()));
    }
    line.text = spoken::shown(&line.text, &parts);
    Ok(line)
}

/// One of the candidates, read. What is there no more by then, because its story was edited meanwhile, is left out.
async fn chosen(house: &House, asker: &Asker, mut hits: Vec<Candidate>) -> Result<Option<SaidLine>, StoreError> {
    let at = now();
    while let Some(place) = choose(&hits, at, fastrand::f64()) {
        let hit = hits.swap_remove(place);
        if let Some(line) = house.store.line(hit.quote, asker.place.guild).await? {
            return Ok(Some(line));
        }
    }
    Ok(None)
}

/// The place of one of the candidates: `random` from 0 to 1 is the place in the sum of their weights.
fn choose(hits: &[Candidate], at: Millis, random: f64) -> Option<usize> {
    let weight = |hit: &Candidate| {
        #[expect(clippy::cast_precision_loss, reason = "an age and a count, as weights")]
        let (age, loved) = ((at - hit.at).max(0) as f64, hit.loved as f64);
        let whole = if hit.key { 1.5 } else { 1.0 };
        (0.1 + (-age / HALF_LIFE * std::f64::consts::LN_2).exp()) * (1.0 + loved).ln_1p() * whole
    };
    let mut left = hits.iter().map(weight).sum::<f64>() * random;
    let reached = hits.iter().position(|hit| {
        left -= weight(hit);
        left <= 0.0
    });
    // The sum is not always what its parts come to.
    reached.or(hits.len().checked_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = 1_800_000_000_000;
    const DAY: Millis = 86_400_000;

    fn hit(id: i64, age: Millis, loved: u64) -> Candidate {
        Candidate {
            quote: QuoteId(id),
            at: NOW - age,
            loved,
            key: false,
        }
    }

    /// How many of a thousand even draws fall to the first of two.
    fn share(first: Candidate, second: Candidate) -> usize {
        let hits = [first, second];
        (0..1000)
            .filter(|n| choose(&hits, NOW, f64::from(*n) / 1000.0) == Some(0))
            .count()
    }

    #[test]
    fn loved_and_recent_lines_come_more_often_and_the_others_too() {
        assert!((499..=501).contains(&share(hit(1, 0, 0), hit(2, 0, 0))));
        let recent = share(hit(1, 0, 0), hit(2, 90 * DAY, 0));
        assert!((700..950).contains(&recent), "{recent}");
        let loved = share(hit(1, 0, 50), hit(2, 0, 0));
        assert!((800..950).contains(&loved), "{loved}");
        let old_and_loved = share(hit(1, 400 * DAY, 1000), hit(2, 0, 0));
        assert!((200..700).contains(&old_and_loved), "{old_and_loved}");
        assert_eq!(choose(&[], NOW, 0.5), None);
        assert_eq!(choose(&[hit(1, -DAY, 0)], NOW, 1.0), Some(0), "a date to come");
    }
}
