//! What Discord tells, in its order, each to its room. One `match`, nothing slow in it.

use super::{House, ask, pace::Patience, time::now, votes::Told};
use crate::{
    discord::{Asked, Class, Event, Fatal, GatewayHandle, Mark, Pressed, Received, ServerInfo},
    model::{ChannelId, MessageId, Millis, VoteChange, answer::Need},
    outbox,
    store::StoreError,
    view,
};
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinSet,
};

/// Commands that wait for their turn.
const ROOM: usize = 256;
/// Commands that are worked on at the same time.
const AT_ONCE: usize = 16;

/// After a gap, the tallies of posts up to this age are compared with Discord's counts.
const DOUBTED: Millis = 7 * 86_400_000;

/// How long an answer waits for the votes that were given before the question: while the store cannot be
/// written, it is given without them.
const VOTES: Duration = Duration::from_secs(1);

/// Somebody waits for an answer, which is to know the votes that were told before.
struct Job {
    question: Question,
    mark: Mark,
    votes: oneshot::Receiver<()>,
}

enum Question {
    Command(Box<Asked>),
    Button(Box<Pressed>),
}

/// Takes events until the gateway has ended. Gives back why, if not because the house stops.
pub async fn run(
    house: Arc<House>,
    gateway: GatewayHandle,
    mut events: mpsc::Receiver<Received>,
    votes: mpsc::Sender<Told>,
) -> Option<Fatal> {
    let (jobs, waiting) = mpsc::channel(ROOM);
    let answering = tokio::spawn(answer(Arc::clone(&house), gateway.clone(), waiting));
    let mut fatal = None;
    while let Some(received) = events.recv().await {
        let mark = received.mark();
        match received.event {
            Event::Fatal(why) => fatal = Some(why),
            // A closed channel means that its reader ended: then the event stays open for the next start.
            Event::Asked(asked) => ask(&jobs, &votes, Question::Command(Box::new(asked)), mark).await,
            Event::Pressed(pressed) => ask(&jobs, &votes, Question::Button(Box::new(pressed)), mark).await,
            Event::Vote(change) => drop(
                votes
                    .send(Told::Changed {
                        changes: vec![change],
                        mark,
                    })
                    .await,
            ),
            Event::MessagesDeleted { messages, .. } => {
                let changes = messages.into_iter().map(VoteChange::Deleted).collect();
                drop(votes.send(Told::Changed { changes, mark }).await);
            }
            Event::ChannelGone { channel, .. } => {
                let changes = vec![VoteChange::ChannelDeleted(channel)];
                if let Err(error) = house.store.channel_gone(channel, now()).await {
                    tracing::error!(channel = channel.0, %error, "a channel's end could not be recorded");
                    continue;
                }
                drop(votes.send(Told::Changed { changes, mark }).await);
            }
            event => match settle(&house, &gateway, mark, event).await {
                Ok(()) => gateway.committed(mark),
                Err(error) => {
                    house.store_is(error.refuses_writes());
                    tracing::error!(shard = mark.shard, seq = mark.seq, %error, "an event could not be recorded");
                }
            },
        }
    }
    drop(jobs);
    // Answers that are being given are given; a panic in one of them was logged where it happened.
    let _ = answering.await;
    fatal
}

async fn ask(jobs: &mpsc::Sender<Job>, votes: &mpsc::Sender<Told>, question: Question, mark: Mark) {
    let (bell, rung) = oneshot::channel();
    drop(votes.send(Told::Pass(bell)).await);
    drop(
        jobs.send(Job {
            question,
            mark,
            votes: rung,
        })
        .await,
    );
}

/// Everything that is neither a question nor a vote.
async fn settle(house: &House, gateway: &GatewayHandle, mark: Mark, event: Event) -> Result<(), StoreError> {
    match event {
        Event::Ready {
            bot,
            guilds,
            reads_messages,
            ..
        } => {
            house.set_bot(bot, reads_messages);
            tracing::info!(servers = guilds.len(), reads_messages, "connected to Discord");
            if !reads_messages {
                tracing::warn!("Message Content is off in the developer portal: `!` commands cannot be read");
            }
            let at = now();
            house
                .store
                .mark_dirty(at - DOUBTED, (mark.shard, gateway.shards()), at)
                .await?;
            house.bells.reconcile.notify_one();
        }
        Event::Resumed => tracing::info!("the session with Discord goes on"),
        Event::Server(server) => arrived(house, server).await?,
        Event::ServerChanged(_) => unblock(house).await?,
        Event::ServerUnavailable(guild) => tracing::info!(guild = guild.0, "a server is away for a while"),
        Event::ServerLeft(guild) => {
            tracing::info!(guild = guild.0, "left a server; its settings are kept for 30 days");
            house.store.guild_left(guild, now()).await?;
        }
        Event::Echo {
            channel,
            message,
            nonce,
        } => echo(house, channel, message, nonce.as_deref()).await?,
        Event::Unreadable { kind, seq, reason } => tracing::warn!(kind, seq, reason, "an event could not be read"),
        Event::Fatal(_)
        | Event::Asked(_)
        | Event::Pressed(_)
        | Event::Vote(_)
        | Event::MessagesDeleted { .. }
        | Event::ChannelGone { .. } => {}
    }
    Ok(())
}

/// A server is there: it is greeted once ever, and channels that were closed to the bot may be open now.
async fn arrived(house: &House, server: ServerInfo) -> Result<(), StoreError> {
    house.store.guild_seen(server.id, now()).await?;
    unblock(house).await?;
    let Some(channel) = server.system_channel else {
        return Ok(());
    };
    let closed = house.servers.missing(channel).is_none_or(|missing| {
        missing.contains(&Need::View) || missing.contains(&Need::Send) || missing.contains(&Need::Embed)
    });
    if closed || !house.store.take_welcome(server.id, now()).await? {
        return Ok(());
    }
    if let Err(error) = house
        .rest
        .tell(Class::Reply, channel, &view::welcome(server.lang))
        .await
    {
        tracing::warn!(guild = server.id.0, %error, "a server could not be greeted");
    }
    Ok(())
}

/// Lets posts flow again into channels where the bot may post by now.
async fn unblock(house: &House) -> Result<(), StoreError> {
    for (channel, _, _) in house.store.blocked_channels().await? {
        let open = (house.servers.missing(channel))
            .is_some_and(|missing| !missing.contains(&Need::View) && !missing.contains(&Need::Send));
        if open && let Some(waiting) = house.store.unblock_channel(channel, now()).await? {
            tracing::info!(channel = channel.0, waiting, "posts for a channel flow again");
            house.bells.deliver.notify_one();
        }
    }
    Ok(())
}

/// The bot's own post, as everybody sees it: it is sent, whatever became of the answer to the request.
async fn echo(house: &House, channel: ChannelId, message: MessageId, nonce: Option<&str>) -> Result<(), StoreError> {
    let Some(delivery) = nonce.and_then(|nonce| outbox::delivery_of(house.store.tag(), nonce)) else {
        return Ok(());
    };
    if house
        .store
        .echo(delivery, channel, message, &house.seeds(), now())
        .await?
    {
        tracing::debug!(
            delivery = delivery.0,
            message = message.0,
            "a post was seen before its answer"
        );
    }
    house.bells.seed.notify_one();
    Ok(())
}

/// Answers commands, several at a time, each acknowledged when it is answered.
async fn answer(house: Arc<House>, gateway: GatewayHandle, mut waiting: mpsc::Receiver<Job>) {
    let patience = Arc::new(Patience::new(&house.settings.commands));
    let mut busy = JoinSet::new();
    loop {
        let next = tokio::select! {
            next = waiting.recv(), if busy.len() < AT_ONCE => next,
            Some(done) = busy.join_next() => {
                if let Err(error) = done {
                    tracing::error!(%error, "answering a command ended in a panic");
                }
                continue;
            }
        };
        let Some(job) = next else { break };
        let (house, gateway, patience) = (Arc::clone(&house), gateway.clone(), Arc::clone(&patience));
        busy.spawn(async move {
            // Late or never: the answer is given all the same.
            let _ = tokio::time::timeout(VOTES, job.votes).await;
            match job.question {
                Question::Command(asked) => ask::command(&house, &patience, *asked).await,
                Question::Button(pressed) => ask::button(&house, &patience, *pressed).await,
            }
            gateway.committed(job.mark);
        });
    }
    while busy.join_next().await.is_some() {}
}
