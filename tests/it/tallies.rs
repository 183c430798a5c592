//! Whatever people, moderators and a lossy connection do to votes, in whatever order: after one reconciliation the
//! tallies are Discord's counts, and the votes by buttons are those of the presses that were answered.
//!
//! One round is many deeds in one bot's life; `DAESA_ROUNDS=20 cargo test --test it tallies` plays more of them.

use crate::harness::{PATIENCE, Play, Setting, quick, talk};
use daesa::{
    model::{Emoji, MessageId, Way},
    store::Store,
};
use daesa_sandbox::{Fault, GatewayFault, InteractionState, World};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

const EMOJI: [&str; 5] = ["😂", "❤️", "😮", "🍜", "dancing:1123456789012345678"];
const BUTTONS: [&str; 3] = ["😂", "❤", "😭"];
const CALLBACK: &str = "POST /interactions/{interaction_id}/{interaction_token}/callback";
/// Stories of a round, and the channels that each is posted in: two for reactions, one with buttons.
const STORIES: usize = 2;
const CHANNELS: usize = 3;
/// The post that may be deleted: the second story's in the second channel.
const DOOMED: usize = 4;

/// What happens: people, emoji and posts by number.
#[derive(Clone, Debug)]
enum Deed {
    React(usize, usize, usize, bool),
    Unreact(usize, usize, usize, bool),
    ClearEmoji(usize, usize),
    Clear(usize),
    Press(usize, usize, usize),
    /// Reactions on what is no post of the bot's.
    Elsewhere(usize, usize),
    Delete,
    Lose(u32),
    Double(u32),
    Late(u64),
    Cut,
    Resume,
    Trouble(Fault),
}

fn deed() -> impl Strategy<Value = Deed> {
    let posts = STORIES * CHANNELS;
    let one = move || (0..5_usize, 0..5_usize, 0..posts, any::<bool>());
    let faults = vec![
        Fault::Lost,
        Fault::Status(503),
        Fault::Cut,
        Fault::Delayed(Duration::from_millis(300)),
    ];
    prop_oneof![
        10 => one().prop_map(|(who, emoji, post, burst)| Deed::React(who, emoji, post, burst)),
        6 => one().prop_map(|(who, emoji, post, burst)| Deed::Unreact(who, emoji, post, burst)),
        1 => (0..5_usize, 0..posts).prop_map(|(emoji, post)| Deed::ClearEmoji(emoji, post)),
        1 => (0..posts).prop_map(Deed::Clear),
        8 => (0..4_usize, 0..3_usize, 0..STORIES).prop_map(|(who, emoji, story)| Deed::Press(who, emoji, story)),
        1 => (0..5_usize, 0..5_usize).prop_map(|(who, emoji)| Deed::Elsewhere(who, emoji)),
        1 => Just(Deed::Delete),
        2 => (1..4_u32).prop_map(Deed::Lose),
        2 => (1..4_u32).prop_map(Deed::Double),
        1 => (1..400_u64).prop_map(Deed::Late),
        2 => prop::sample::select(faults).prop_map(Deed::Trouble),
        1 => Just(Deed::Cut),
        1 => Just(Deed::Resume),
    ]
}

/// What Discord shows under a post less the bot's own: by emoji and whether it is a super reaction.
fn shown(world: &World, post: u64) -> BTreeMap<(String, Way), u64> {
    let bot = world.application.bot;
    let mut counts = BTreeMap::new();
    for reacted in world.message(post).iter().flat_map(|message| &message.reactions) {
        let emoji = match reacted.emoji.id {
            Some(id) => Emoji::Custom(id),
            None => Emoji::unicode(&reacted.emoji.name),
        };
        for (way, who) in [(Way::Reaction, &reacted.normal), (Way::Burst, &reacted.burst)] {
            let others = who.iter().filter(|user| **user != bot).count() as u64;
            if others > 0 {
                *counts.entry((emoji.key(), way)).or_default() += others;
            }
        }
    }
    counts
}

/// The votes by buttons: each person's last press that was answered, unless it took the one before back.
fn pressed(world: &World, post: u64) -> BTreeMap<(String, Way), u64> {
    let mut votes: BTreeMap<u64, String> = BTreeMap::new();
    for one in world.interactions.values().filter(|one| one.message == Some(post)) {
        let Some(emoji) = one.custom_id.as_deref().and_then(|id| id.strip_prefix("vote|")) else {
            continue;
        };
        if !matches!(one.response, Some(6 | 7)) {
            continue;
        }
        if votes.get(&one.user).is_some_and(|held| held == emoji) {
            votes.remove(&one.user);
        } else {
            votes.insert(one.user, emoji.to_owned());
        }
    }
    let mut counts = BTreeMap::new();
    for emoji in votes.into_values() {
        *counts.entry((emoji, Way::Button)).or_default() += 1;
    }
    counts
}

/// Waits until the store counts what the sandbox knows.
async fn agree(play: &Play, posts: &[u64], deeds: &[Deed]) {
    let store = Store::look(&play.store_file().display().to_string())
        .await
        .expect("the store");
    let began = Instant::now();
    loop {
        let mut off = Vec::new();
        for post in posts {
            let expected = play.sandbox.look(|world| {
                world.message(*post)?;
                let mut counts = shown(world, *post);
                counts.extend(pressed(world, *post));
                Some(counts)
            });
            let Some(expected) = expected else { continue };
            let tally = store.tally(MessageId(*post)).await.expect("a tally");
            let counted: BTreeMap<_, _> = tally
                .iter()
                .map(|one| ((one.emoji.key(), one.way), one.votes))
                .collect();
            if counted != expected {
                off.push(format!("post {post}: {counted:?} for {expected:?}"));
            }
        }
        if off.is_empty() {
            break;
        }
        assert!(
            began.elapsed() < PATIENCE,
            "{}\nafter {deeds:?}\n{}",
            off.join("\n"),
            play.log_text()
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    store.close().await.expect("closed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn any_sequence_of_votes_ends_in_discords_counts() {
    let mut play = Play::with(Setting {
        sandbox: quick(),
        ..talk()
    })
    .await;
    let (mina, news) = (play.mina, play.news);
    play.follow("the tidewater clinic").await;
    let (stage, ballot) = (play.channel("stage"), play.channel("ballot"));
    for more in [format!("<#{stage}>"), format!("<#{ballot}> votes:buttons")] {
        play.ask(mina, news, &format!("!subscribe the tidewater clinic {more}"))
            .await;
    }
    let robot = play.sandbox.add_other_bot("robot");
    play.sandbox.add_member(play.server, robot);
    let mut people: Vec<u64> = (0..4).map(|n| play.member(&format!("Voter{n}"))).collect();
    people.push(robot);
    let word = play.sandbox.say(mina, news, "Well?").expect("it may be said");
    let rounds = std::env::var("DAESA_ROUNDS")
        .ok()
        .and_then(|rounds| rounds.parse().ok());
    let mut runner = TestRunner::deterministic();
    for round in 0..rounds.unwrap_or(1) {
        let deeds = prop::collection::vec(deed(), 150..200)
            .new_tree(&mut runner)
            .expect("deeds")
            .current();
        let addresses = play.publish_many("storm", round * 2..round * 2 + 2);
        let mut ids = vec![0; STORIES * CHANNELS];
        for (at, channel) in [news, stage, ballot].into_iter().enumerate() {
            for (story, post) in play.posts(channel, &addresses).await.iter().enumerate() {
                ids[story * CHANNELS + at] = post.id;
            }
        }
        for deed in &deeds {
            act(&play, deed, &ids, &people, word);
        }
        come_to_rest(&play).await;
        agree(&play, &ids, &deeds).await;
    }
    play.end().await;
}

fn act(play: &Play, deed: &Deed, ids: &[u64], people: &[u64], word: u64) {
    let sandbox = &play.sandbox;
    // What Discord's client would not let anybody do is not done.
    match *deed {
        Deed::React(who, emoji, post, burst) => {
            let _ = sandbox.react(people[who], ids[post], EMOJI[emoji], burst);
        }
        Deed::Unreact(who, emoji, post, burst) => {
            let _ = sandbox.unreact(people[who], ids[post], EMOJI[emoji], burst);
        }
        Deed::ClearEmoji(emoji, post) => {
            let _ = sandbox.clear_reactions(ids[post], Some(EMOJI[emoji]));
        }
        Deed::Clear(post) => {
            let _ = sandbox.clear_reactions(ids[post], None);
        }
        Deed::Press(who, emoji, story) => {
            let post = ids[story * CHANNELS + CHANNELS - 1];
            let _ = sandbox.press(people[who], post, &format!("vote|{}", BUTTONS[emoji]));
        }
        Deed::Elsewhere(who, emoji) => {
            let _ = sandbox.react(people[who], word, EMOJI[emoji], false);
        }
        Deed::Delete => {
            let channel = sandbox.look(|world| world.message(ids[DOOMED]).map(|message| message.channel));
            if let Some(channel) = channel {
                sandbox.delete_messages(channel, &[ids[DOOMED]]);
            }
        }
        Deed::Lose(events) => sandbox.fail_gateway(GatewayFault::DropEvents(events)),
        Deed::Double(events) => sandbox.fail_gateway(GatewayFault::DoubleEvents(events)),
        Deed::Late(millis) => sandbox.fail_gateway(GatewayFault::Late(Duration::from_millis(millis))),
        Deed::Cut => sandbox.fail_gateway(GatewayFault::Cut),
        Deed::Resume => sandbox.fail_gateway(GatewayFault::Reconnect),
        Deed::Trouble(ref fault) => sandbox.fail(CALLBACK, 1, fault.clone()),
    }
}

/// Every press was answered, or is lost for good; then the session ends, and a new one begins.
async fn come_to_rest(play: &Play) {
    play.wait(
        |world| {
            let waits = |one: &daesa_sandbox::Interaction| one.state == InteractionState::Waiting;
            (!world.interactions.values().any(waits)).then_some(())
        },
        "the answers to the presses",
    )
    .await;
    play.sandbox.clear_faults();
    play.sandbox.fail_gateway(GatewayFault::DropEvents(0));
    play.sandbox.fail_gateway(GatewayFault::DoubleEvents(0));
    play.wait(|world| world.bot_online().then_some(()), "the connection")
        .await;
    let before = play.sandbox.gateway_counts();
    play.sandbox.fail_gateway(GatewayFault::Invalid(false));
    play.gateway(|now| now.identifies > before.identifies, "a new session")
        .await;
}
