//! A command or a pressed button → an [`Answer`], and the answer to the person.
//!
//! One path for `!`, mention and slash: what was typed is resolved here against the catalogue and the
//! store; `view` finds the words.

mod about;
mod feeds;
mod follow;
mod hours;
mod picture;
mod quote;
mod resolve;
mod stories;
mod votes;

pub use quote::{keys_of as quote_keys, line_key};

use super::{House, pace::Patience, time::now};
use crate::{
    command::{Command, Press, Reach, Verb},
    discord::{Asked, Pressed, ReplyTo, RestErrorKind, Scene},
    model::{
        Answer, ArticleId, ChannelId, Lang, MessageId, RoleId, UserId,
        answer::{Place, Refusal},
    },
    outbox::NONCE_WINDOW,
    store::StoreError,
    view::{self, Attachment, Card},
};
use std::{
    future::Future,
    pin::pin,
    time::{Duration, Instant},
};

/// After this long a person is told that the answer is on its way: Discord waits three seconds for the first word,
/// and up to one of them went by waiting for the votes that were given before the question.
const SLOW: Duration = Duration::from_millis(1_200);

/// Who asks what, where, and with which rights.
#[derive(Clone, Debug)]
struct Asker {
    place: Place,
    by: UserId,
    roles: Vec<RoleId>,
    may_manage: bool,
    /// The command, for a button that goes on with it.
    command: Command,
}

impl Asker {
    fn of(scene: Scene, command: Command) -> Self {
        Self {
            place: scene.place,
            by: scene.by,
            roles: scene.roles,
            may_manage: scene.may_manage,
            command,
        }
    }
}

/// The person's language, and the server's.
type Langs = (Lang, Lang);

/// What asking comes to: an answer, or the store's failure.
type Answered = Result<Answer, StoreError>;

/// Answers a command.
pub async fn command(house: &House, patience: &Patience, asked: Asked) {
    if answered_before(house, &asked.reply).await {
        return;
    }
    let ephemeral = asked.parsed.as_ref().is_ok_and(Command::ephemeral);
    let langs = (asked.scene.lang, asked.scene.server_lang);
    let answer = match asked.parsed {
        Ok(command) => {
            let asker = Asker::of(asked.scene, command);
            let answer = given(house, patience, &asker);
            let answer = picture::with(house, asker.place, langs.1, answer);
            in_time(house, &asked.reply, ephemeral, answer).await
        }
        Err(refusal) => (Answer::Refused(refusal), None),
    };
    reply(house, &asked.reply, answer, ephemeral, langs).await;
}

/// Whether a message was answered by an earlier life of the bot. While Discord surely knows the nonce of the answer it
/// need not be asked: a second answer is the first one then. What cannot be found out is not answered twice on a guess.
async fn answered_before(house: &House, to: &ReplyTo) -> bool {
    let ReplyTo::Message { channel, message } = *to else {
        return false;
    };
    let age = now() - message.created();
    if (-NONCE_WINDOW..NONCE_WINDOW).contains(&age) {
        return false;
    }
    if house.reads_history(channel) == Some(false) {
        tracing::warn!(
            message = message.0,
            "an old question is left: nobody can see whether it was answered"
        );
        return true;
    }
    match house.rest.was_answered(channel, message, house.bot()).await {
        Ok(Some(answered)) => answered,
        Ok(None) => {
            tracing::warn!(
                message = message.0,
                "an old question is left: so much was written after it that nobody can see whether it was answered"
            );
            true
        }
        Err(error) => {
            tracing::warn!(message = message.0, %error, "an old question is left: nobody knows whether it was answered");
            true
        }
    }
}

/// Answers a pressed button.
pub async fn button(house: &House, patience: &Patience, pressed: Pressed) {
    let langs = (pressed.scene.lang, pressed.scene.server_lang);
    if let Some(press @ (Press::List { .. } | Press::Pick { .. } | Press::Edit { .. })) = pressed.press {
        // The list that these menus stand under.
        let asker = Asker::of(pressed.scene, Command::Subscriptions);
        let used = (press, pressed.message, pressed.values.as_slice());
        return turned(house, patience, &asker, used, (pressed.reply, langs)).await;
    }
    let (answer, ephemeral) = match wanted(house, pressed.press.as_ref(), pressed.scene.by).await {
        Ok(Ok(wanted)) => {
            let (command, ephemeral) = match &wanted {
                Wanted::Command(command) => (command.clone(), command.ephemeral()),
                // The answer that these buttons stand under.
                Wanted::Retry(channel) => (
                    Command::Check {
                        channel: Some(*channel),
                    },
                    true,
                ),
                // Of a post, not of an answer.
                Wanted::Related(_) => (Command::Preview { what: None }, true),
                Wanted::Forget => (Command::ForgetMe, true),
            };
            let asker = Asker::of(pressed.scene, command);
            let answer = async {
                match wanted {
                    Wanted::Command(_) => given(house, patience, &asker).await,
                    Wanted::Retry(channel) => retry(house, patience, &asker, channel).await,
                    Wanted::Related(article) => related(house, patience, &asker, article).await,
                    Wanted::Forget => or_failed(house, "forget-me", about::forget(house, asker.by).await),
                }
            };
            let answer = picture::with(house, asker.place, langs.1, answer);
            (in_time(house, &pressed.reply, ephemeral, answer).await, ephemeral)
        }
        Ok(Err(refusal)) => ((Answer::Refused(refusal), None), true),
        Err(error) => ((or_failed(house, "a button", Err(error)), None), true),
    };
    reply(house, &pressed.reply, answer, ephemeral, langs).await;
}

/// A component of a dialogue was used: the dialogue goes on in the same message, a refusal is told beside it.
async fn turned(
    house: &House,
    patience: &Patience,
    asker: &Asker,
    (press, message, values): (Press, MessageId, &[String]),
    (to, langs): (ReplyTo, Langs),
) {
    let work = async {
        if let Some(refused) = too_soon(patience, asker) {
            return refused;
        }
        let answered = follow::pressed(house, asker, press, message, values).await;
        or_failed(house, "subscriptions", answered)
    };
    let answer = in_time(house, &to, true, work).await;
    if matches!(answer, Answer::Refused(_)) {
        return reply(house, &to, (answer, None), true, langs).await;
    }
    let card = view::answer(&answer, langs.0, &house.settings.feelings);
    if let Err(error) = house.rest.update(&to, &card).await {
        tracing::warn!(%error, "an answer could not be given");
    }
}

enum Wanted {
    Command(Command),
    Retry(ChannelId),
    Related(ArticleId),
    Forget,
}

/// What a button asks for, if the one who pressed may; the inner error is what to tell them.
async fn wanted(house: &House, press: Option<&Press>, by: UserId) -> Result<Result<Wanted, Refusal>, StoreError> {
    let (question, key) = match press {
        None => return Ok(Err(Refusal::Expired)),
        Some(Press::Another { key, style }) => {
            let name = Some(key.clone()).filter(|key| !key.is_empty());
            return Ok(Ok(Wanted::Command(Command::Quote {
                name,
                drama: None,
                text: None,
                style: *style,
            })));
        }
        Some(Press::Forget { asker }) if *asker == by => return Ok(Ok(Wanted::Forget)),
        Some(Press::Forget { .. }) => return Ok(Err(Refusal::NotYours)),
        Some(Press::Related { article }) => return Ok(Ok(Wanted::Related(*article))),
        Some(Press::Retry { channel }) => return Ok(Ok(Wanted::Retry(*channel))),
        // A vote with what cannot be voted with (any more), or on what is too old to be voted on.
        Some(Press::List { .. } | Press::Pick { .. } | Press::Edit { .. } | Press::Vote { .. }) => {
            return Ok(Err(Refusal::Expired));
        }
        Some(Press::Again { question }) => (*question, None),
        Some(Press::Choose { question, key }) => (*question, Some(key)),
    };
    // What an earlier version kept may have another shape: then it is too old as well.
    let Some(kept) = house.store.question(question, now()).await? else {
        return Ok(Err(Refusal::Expired));
    };
    if kept.asker.is_some_and(|asker| asker != by) {
        return Ok(Err(Refusal::NotYours));
    }
    let Ok(command) = serde_json::from_str::<Command>(&kept.command) else {
        return Ok(Err(Refusal::Expired));
    };
    Ok(match (key, kept.slot) {
        (Some(key), Some(slot)) => Ok(Wanted::Command(command.choosing(&slot, key.clone()))),
        (None, None) => Ok(Wanted::Command(command)),
        // A choice where there was none to be made, or the other way about: forged.
        _ => Err(Refusal::Expired),
    })
}

/// The answer; when it takes long, the person is told meanwhile that it is on its way.
async fn in_time<T>(house: &House, to: &ReplyTo, ephemeral: bool, answer: impl Future<Output = T>) -> T {
    let mut answer = pin!(answer);
    if let Ok(answer) = tokio::time::timeout(SLOW, &mut answer).await {
        return answer;
    }
    if let Err(error) = house.rest.defer(to, ephemeral).await {
        // The answer itself will say whether Discord takes one: one line is enough.
        tracing::debug!(%error, "a slow answer could not be announced");
    }
    answer.await
}

/// What to tell somebody who asks for more at a time than is good for all.
fn too_soon(patience: &Patience, asker: &Asker) -> Option<Answer> {
    let wait = patience.take(asker.by, Instant::now()).err()?;
    Some(Answer::Refused(Refusal::SlowDown(wait.as_secs() + 1)))
}

/// The button “Related” under a post.
async fn related(house: &House, patience: &Patience, asker: &Asker, article: ArticleId) -> Answer {
    if let Some(refused) = too_soon(patience, asker) {
        return refused;
    }
    or_failed(house, "related", stories::related(house, asker, article).await)
}

/// The button “Try again”, which only those may press who may manage the channel.
async fn retry(house: &House, patience: &Patience, asker: &Asker, channel: ChannelId) -> Answer {
    if let Some(refused) = too_soon(patience, asker) {
        return refused;
    }
    if !asker.may_manage {
        return Answer::Refused(Refusal::NotAllowed);
    }
    or_failed(house, "retry", stories::retry(house, asker, channel).await)
}

async fn given(house: &House, patience: &Patience, asker: &Asker) -> Answer {
    let command = &asker.command;
    if let Some(refused) = too_soon(patience, asker) {
        return refused;
    }
    if command.verb().entry().reach == Reach::Server && asker.place.guild.is_none() {
        return Answer::Refused(Refusal::ServerOnly);
    }
    if command.needs_manager() && !asker.may_manage {
        return Answer::Refused(Refusal::NotAllowed);
    }
    or_failed(house, command.name(), decide(house, asker).await)
}

async fn decide(house: &House, asker: &Asker) -> Answered {
    match asker.command.clone() {
        Command::Subscribe {
            what,
            everything,
            channel,
            change,
        } => {
            let wish = follow::Wish {
                what,
                everything,
                channel,
                change,
            };
            follow::subscribe(house, asker, wish).await
        }
        Command::Unsubscribe { which, channel } => follow::unsubscribe(house, asker, &which, channel).await,
        Command::Subscriptions => follow::list(house, asker, 0, None).await,
        Command::Pause { which, channel } => follow::pause(house, asker, &which, channel, true).await,
        Command::Resume { which, channel } => follow::pause(house, asker, &which, channel, false).await,
        Command::Hours {
            change,
            server,
            channel,
        } => hours::hours(house, asker, change, server, channel).await,
        Command::Quote {
            name,
            drama,
            text,
            style,
        } => {
            let asked = (name.as_deref(), drama.as_deref(), text.as_deref());
            quote::quote(house, asker, asked, style).await
        }
        Command::Called { name, style } => quote::called(house, asker, &name, style).await,
        Command::FromPost { message, links } => quote::from_post(house, asker, message, &links).await,
        Command::Top {
            period,
            by,
            drama,
            everywhere,
        } => {
            let wish = votes::Wish {
                period,
                by,
                drama,
                everywhere,
            };
            votes::top(house, asker, wish).await
        }
        Command::Mood {
            drama,
            story,
            everywhere,
        } => votes::mood(house, asker, drama.as_deref(), story.as_deref(), everywhere).await,
        Command::Drama { name } => about::known(house, asker, &name, Verb::Drama).await,
        Command::Cast { name } => about::known(house, asker, &name, Verb::Cast).await,
        Command::Preview { what } => stories::preview(house, asker, what.as_deref()).await,
        Command::Why { story } => stories::why(house, asker, story.as_deref()).await,
        Command::Check { channel } => about::check(house, asker, channel).await,
        Command::Feed { action, address } => feeds::feeds(house, asker, action, address.as_deref()).await,
        Command::Help { command } => Ok(about::help(house, asker, command.as_deref())),
        Command::About => about::bot(house, now()).await,
        Command::Privacy => Ok(about::privacy(house)),
        Command::ForgetMe => Ok(Answer::ForgetAsk { asker: asker.by }),
    }
}

/// A failure of the store as an answer: the operator's log has the cause, the person a number.
fn or_failed(house: &House, command: &str, answered: Answered) -> Answer {
    match answered {
        Ok(answer) => answer,
        Err(error) if error.refuses_writes() => {
            house.store_is(true);
            Answer::Refused(Refusal::ReadOnly)
        }
        Err(error) => {
            let failure = house.failure();
            tracing::error!(failure, command, %error, "a command failed");
            Answer::Refused(Refusal::Failed(failure))
        }
    }
}

async fn reply(
    house: &House,
    to: &ReplyTo,
    (answer, picture): (Answer, Option<Attachment>),
    ephemeral: bool,
    (person, server): Langs,
) {
    let whisper = ephemeral || view::is_private(&answer);
    let lang = if whisper && to.can_whisper() { person } else { server };
    let feelings = &house.settings.feelings;
    let send = async |card| {
        let card = Card {
            ephemeral: whisper,
            ..card
        };
        house.rest.reply(to, &card).await
    };
    if let Some(picture) = picture {
        match send(view::pictured(&answer, lang, feelings, picture)).await {
            // A channel that no server of ours tells of may take no files; then words say it all.
            Err(error) if error.kind == RestErrorKind::Forbidden => {}
            Err(error) => return tracing::warn!(%error, "an answer could not be given"),
            Ok(_) => return,
        }
    }
    if let Err(error) = send(view::answer(&answer, lang, feelings)).await {
        tracing::warn!(%error, "an answer could not be given");
    }
}

/// The channel that a command is about: of the same server, and with `to_manage` one that the person may manage. Who
/// may manage the channel where they ask need not be allowed to manage another one.
fn channel_of(house: &House, asker: &Asker, named: Option<ChannelId>, to_manage: bool) -> Result<ChannelId, Refusal> {
    let channel = match named {
        Some(channel) if channel != asker.place.channel => channel,
        _ => return Ok(asker.place.channel),
    };
    let guild = asker.place.guild.ok_or(Refusal::ServerOnly)?;
    if house.servers.guild_of(channel) != Some(guild) {
        return Err(Refusal::BadChannel);
    }
    // What a person cannot see is none of their business: no word about it.
    if house.servers.may_view(channel, asker.by, &asker.roles) != Some(true) {
        return Err(Refusal::BadChannel);
    }
    if to_manage && house.servers.may_manage(channel, asker.by, &asker.roles) != Some(true) {
        return Err(Refusal::NotAllowed);
    }
    Ok(channel)
}
