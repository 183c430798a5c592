//! What Discord tells, in its order, each to its room. One `match`, nothing slow in it.

use super::{House, ask, ballot, counted::Told, crew, pace::Patience, reconcile, reconcile::DOUBTED, time::now};
use crate::{
    command::Press,
    config::UserFeeds,
    discord::{Asked, Class, Event, Fatal, GatewayHandle, Mark, Pressed, Received, ServerInfo},
    model::{ChannelId, Lang, MessageId, VoteChange, answer::Need},
    outbox,
    store::{self, Kept, StoreError},
    view,
};
use std::{collections::VecDeque, sync::Arc, time::Duration};
use tokio::{
    sync::{mpsc, oneshot},
    time::Instant,
};

/// Commands that wait for their turn.
const ROOM: usize = 256;
/// Commands that are worked on at the same time.
const AT_ONCE: usize = 16;

/// How long an answer waits for the votes that were given before the question: while the store cannot be
/// written, it is given without them.
const VOTES: Duration = Duration::from_secs(1);

/// Events that wait until the store can be written again; when there are so many no more are taken.
const LATE: usize = 1_024;
/// Pause before they are tried again.
const STORE_PAUSE: Duration = Duration::from_secs(1);

/// Somebody waits for an answer, which is to know the votes that were told before.
struct Job {
    question: Question,
    mark: Mark,
    votes: oneshot::Receiver<()>,
}

enum Question {
    Command(Box<Asked>),
    Button(Box<Pressed>),
    /// A new server is to be greeted in this channel.
    Welcome(ChannelId, Lang),
}

/// Where events go.
struct Rooms {
    house: Arc<House>,
    gateway: GatewayHandle,
    votes: mpsc::Sender<Told>,
    jobs: mpsc::Sender<Job>,
    ballots: mpsc::Sender<ballot::Cast>,
}

/// Takes events until the gateway has ended. Gives back why, if not because the house stops.
pub async fn run(
    house: Arc<House>,
    gateway: GatewayHandle,
    mut events: mpsc::Receiver<Received>,
    votes: mpsc::Sender<Told>,
) -> Option<Fatal> {
    let (jobs, waiting) = mpsc::channel(ROOM);
    let (ballots, pressed) = mpsc::channel(ballot::ROOM);
    let counting = tokio::spawn(ballot::run(Arc::clone(&house), votes.clone(), pressed));
    let answering = tokio::spawn(answer(Arc::clone(&house), gateway.clone(), waiting));
    let rooms = Rooms {
        house,
        gateway,
        votes,
        jobs,
        ballots,
    };
    let mut fatal = None;
    let mut late: VecDeque<(Mark, Event)> = VecDeque::new();
    let mut again = Instant::now();
    loop {
        tokio::select! {
            received = events.recv(), if late.len() < LATE => match received {
                None => break,
                Some(Received { event: Event::Fatal(why), .. }) => {
                    fatal = Some(why);
                    // Without one shard its servers are deaf: all end, and whoever runs the bot hears why.
                    rooms.gateway.stop(true).await;
                }
                Some(received) => {
                    let mark = received.mark();
                    if let Some(event) = rooms.ask_or_count(mark, received.event).await {
                        late.push_back((mark, event));
                    }
                }
            },
            () = tokio::time::sleep_until(again), if !late.is_empty() => {}
        }
        if again <= Instant::now() && !rooms.settle_all(&mut late).await {
            again = Instant::now() + STORE_PAUSE;
        }
    }
    // What the store still refuses stays open, and is told again at the next start.
    rooms.settle_all(&mut late).await;
    drop(rooms);
    // Answers that are being given are given; a panic in one of them was logged where it happened.
    let _ = answering.await;
    let _ = counting.await;
    fatal
}

impl Rooms {
    /// Hands questions and votes on; gives everything else back. A closed channel means that its reader ended: then
    /// the event stays open for the next start.
    async fn ask_or_count(&self, mark: Mark, event: Event) -> Option<Event> {
        let changes = match event {
            Event::Asked(asked) => {
                self.ask(Question::Command(Box::new(asked)), mark).await;
                return None;
            }
            Event::Pressed(pressed) => {
                self.pressed(pressed, mark).await;
                return None;
            }
            Event::Vote(change) => vec![change],
            Event::MessagesDeleted { messages, .. } => messages.into_iter().map(VoteChange::Deleted).collect(),
            event => return Some(event),
        };
        drop(self.votes.send(Told::Changed { changes, mark }).await);
        None
    }

    /// A vote by button is counted like every vote, and answered once it is; another button is a question.
    async fn pressed(&self, pressed: Pressed, mark: Mark) {
        let vote = match &pressed.press {
            Some(Press::Vote { emoji }) => ballot::vote(&self.house, &pressed, emoji),
            _ => None,
        };
        let Some(vote) = vote else {
            return self.ask(Question::Button(Box::new(pressed)), mark).await;
        };
        drop(self.ballots.send(ballot::Cast { pressed, vote, mark }).await);
    }

    async fn ask(&self, question: Question, mark: Mark) {
        let (bell, rung) = oneshot::channel();
        drop(self.votes.send(Told::Pass(bell)).await);
        self.give(question, mark, rung).await;
    }

    async fn give(&self, question: Question, mark: Mark, votes: oneshot::Receiver<()>) {
        drop(self.jobs.send(Job { question, mark, votes }).await);
    }

    /// Settles in order what is neither question nor vote. False: the store refuses to be written, and what is left
    /// waits; what was told is not lost by that, and questions are answered meanwhile.
    async fn settle_all(&self, late: &mut VecDeque<(Mark, Event)>) -> bool {
        while let Some((mark, event)) = late.front() {
            let (shard, seq) = (mark.shard, mark.seq);
            match self.settle(*mark, event).await {
                Ok(Settled::Done) => self.gateway.committed(*mark),
                Ok(Settled::HandedOn) => {}
                Err(error) if error.refuses_writes() => {
                    self.house.store_is(true);
                    tracing::warn!(shard, seq, %error, "an event waits until it can be recorded");
                    return false;
                }
                Err(error) => {
                    // To try it for ever would hold up all others, and the session with them.
                    tracing::error!(shard, seq, %error, "an event could not be recorded");
                    self.gateway.committed(*mark);
                }
            }
            late.pop_front();
        }
        true
    }

    async fn settle(&self, mark: Mark, event: &Event) -> Result<Settled, StoreError> {
        let house = &self.house;
        match event {
            Event::Ready {
                bot,
                guilds,
                reads_messages,
                ..
            } => {
                house.set_bot(*bot, *reads_messages);
                self.connected(mark, guilds.len(), *reads_messages).await?;
            }
            Event::Resumed => tracing::info!("the session with Discord goes on"),
            Event::Server(server) => {
                if let Some(channel) = arrived(house, server).await? {
                    // No votes to wait for.
                    let (_, rung) = oneshot::channel();
                    self.give(Question::Welcome(channel, server.lang), mark, rung).await;
                    return Ok(Settled::HandedOn);
                }
            }
            Event::ServerChanged(guild) => {
                reconcile::regained(house, *guild).await?;
                house.access_changed(*guild);
            }
            Event::ServerUnavailable(guild) => {
                tracing::info!(guild = guild.0, "a server is away for a while");
                house.arrived.remove(*guild);
                reconcile::unheard(house, *guild).await?;
            }
            Event::ServerLeft(guild) => {
                tracing::info!(guild = guild.0, "left a server; its settings are kept for 30 days");
                house.arrived.remove(*guild);
                house.store.guild_left(*guild, now()).await?;
            }
            Event::ChannelGone { channel, .. } => {
                house.channel_gone(*channel).await?;
                let changes = vec![VoteChange::ChannelDeleted(*channel)];
                drop(self.votes.send(Told::Changed { changes, mark }).await);
                return Ok(Settled::HandedOn);
            }
            Event::Echo {
                channel,
                message,
                nonce,
            } => echo(house, *channel, *message, nonce.as_deref()).await?,
            Event::Unreadable { kind, seq, reason } => tracing::warn!(kind, seq, reason, "an event could not be read"),
            Event::Fatal(_) | Event::Asked(_) | Event::Pressed(_) | Event::Vote(_) | Event::MessagesDeleted { .. } => {}
        }
        Ok(Settled::Done)
    }

    /// A new session: what happened before it was not told, so the tallies are in doubt.
    async fn connected(&self, mark: Mark, servers: usize, reads_messages: bool) -> Result<(), StoreError> {
        tracing::info!(servers, reads_messages, "connected to Discord");
        if !reads_messages {
            tracing::warn!("Message Content is off in the developer portal: `!` commands cannot be read");
        }
        let at = now();
        let shard = (mark.shard, self.gateway.shards());
        self.house.store.mark_dirty(DOUBTED, shard, at).await?;
        self.house.bells.reconcile.notify_one();
        Ok(())
    }
}

/// Who says that an event is committed.
enum Settled {
    /// Whoever settled it.
    Done,
    /// Another task, when it has done its part.
    HandedOn,
}

/// A server is there: `access` looks whether channels are open that were closed, and whether one has vanished. And it is
/// greeted once ever. Where.
async fn arrived(house: &House, server: &ServerInfo) -> Result<Option<ChannelId>, StoreError> {
    let kept = house.store.guild_seen(server.id, now()).await?;
    if kept == Kept::Back && house.settings.feeds.user_feeds != UserFeeds::Off {
        house.store.watch_feeds_of(server.id, now()).await?;
        house.bells.watch.notify_one();
    }
    if server.unheard {
        reconcile::unheard(house, server.id).await?;
    }
    reconcile::regained(house, server.id).await?;
    house.arrived.insert(server.id);
    house.access_changed(server.id);
    let Some(channel) = server.system_channel else {
        return Ok(None);
    };
    let closed = house.servers.missing(channel).is_none_or(|missing| {
        missing.contains(&Need::View) || missing.contains(&Need::Send) || missing.contains(&Need::Embed)
    });
    let first = !closed && house.store.take_welcome(server.id, now()).await?;
    Ok(first.then_some(channel))
}

async fn welcome(house: &House, channel: ChannelId, lang: Lang) {
    if let Err(error) = house.rest.tell(Class::Reply, channel, &view::welcome(lang)).await {
        tracing::warn!(channel = channel.0, %error, "a server could not be greeted");
    }
}

/// The bot's own post, as everybody sees it: it is sent, whatever became of the answer to the request.
async fn echo(house: &House, channel: ChannelId, message: MessageId, nonce: Option<&str>) -> Result<(), StoreError> {
    let Some(delivery) = nonce.and_then(|nonce| outbox::delivery_of(house.store.tag(), nonce)) else {
        return Ok(());
    };
    let seeds = house.seeds();
    let after = house.after(channel, false, &seeds);
    let settled = house.store.echo(delivery, channel, message, after, now()).await?;
    if settled != store::Settled::NotOurs {
        tracing::debug!(
            delivery = delivery.0,
            message = message.0,
            "a post was seen before its answer"
        );
    }
    if settled == store::Settled::Doubted {
        house.bells.reconcile.notify_one();
    }
    house.bells.seed.notify_one();
    house.bells.extra.notify_one();
    Ok(())
}

/// Answers commands, several at a time, each acknowledged when it is answered.
async fn answer(house: Arc<House>, gateway: GatewayHandle, waiting: mpsc::Receiver<Job>) {
    let patience = Arc::new(Patience::new(&house.settings.commands));
    crew::each(waiting, AT_ONCE, |job: Job| {
        let (house, gateway, patience) = (Arc::clone(&house), gateway.clone(), Arc::clone(&patience));
        async move {
            let done = Done(&gateway, job.mark);
            // Late or never: the answer is given all the same.
            let _ = tokio::time::timeout(VOTES, job.votes).await;
            match job.question {
                Question::Command(asked) => ask::command(&house, &patience, *asked).await,
                Question::Button(pressed) => ask::button(&house, &patience, *pressed).await,
                Question::Welcome(channel, lang) => welcome(&house, channel, lang).await,
            }
            done.0.committed(done.1);
        }
    })
    .await;
}

/// Who is being answered. What ends in a panic would do so again, and is not to hold up the session; what is cut off
/// by the end of the program is answered at the next start.
struct Done<'a>(&'a GatewayHandle, Mark);

impl Drop for Done<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.committed(self.1);
        }
    }
}
