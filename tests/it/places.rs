//! Channels of every kind, and how their posts are wanted: forums, announcements, threads, roles, spoilers, filters,
//! several at once. And that a crash in between loses and doubles nothing.

use crate::follow::setting;
use crate::harness::{Play, words};
use crate::story::CLINIC;
use daesa_sandbox::{ChannelKind, Fault, GatewayFault, Message, Step, World, bits};
use serde_json::json;

const TITLE: &str = "Ryu Da On And Mo Hae Rin Run For “The Tidewater Clinic”";

/// The bot's posts of a story, wherever they are, in the order in which they came.
fn posts_of(world: &World, address: &str) -> Vec<Message> {
    let all = world.messages.values().flat_map(|channel| channel.values());
    let mut posts: Vec<Message> = all
        .filter(|m| m.author == world.application.bot && m.embeds.iter().any(|embed| embed["url"] == *address))
        .cloned()
        .collect();
    posts.sort_by_key(|post| post.id);
    posts
}

/// Waits for the one post of a story, wherever it is.
async fn only_post(play: &mut Play, address: &str) -> Message {
    let post = play
        .wait(|world| posts_of(world, address).pop(), &format!("a post of {address}"))
        .await;
    play.take(post.id);
    post
}

async fn subscribed(play: &mut Play, channel: u64, options: &[(&str, serde_json::Value)]) -> String {
    let mut all = vec![
        ("drama", json!("the tidewater clinic")),
        ("channel", json!(channel.to_string())),
    ];
    all.extend(options.iter().cloned());
    let (mina, news) = (play.mina, play.news);
    let answer = words(&play.slash(mina, news, "subscribe", &all).await);
    assert!(answer.contains("Following") || answer.contains("Changed"), "{answer}");
    answer
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_forum_gets_a_post_for_each_story() {
    let mut play = Play::with(crate::harness::Setting {
        own: String::new(),
        ..setting()
    })
    .await;
    let jun = play.jun;
    let forum = play.sandbox.add_channel(play.server, ChannelKind::Forum, "dramas");
    play.sandbox.add_tag(forum, "Casting", false);
    let tag = play.sandbox.add_tag(forum, "the tidewater clinic", false);
    let answer = subscribed(&mut play, forum, &[]).await;
    assert!(answer.contains("a post of its own"), "{answer}");

    let address = play.publish("stretcher", TITLE, CLINIC);
    let post = only_post(&mut play, &address).await;
    let thread = play
        .wait(|world| world.channels.get(&post.channel).cloned(), "the post's thread")
        .await;
    assert_eq!((thread.parent, thread.name.as_str()), (Some(forum), TITLE));
    assert_eq!(thread.thread.map(|thread| thread.tags), Some(vec![tag]));
    play.seeded(post.id).await;

    // Reactions under it are votes for its story.
    play.sandbox.react(jun, post.id, "😂", false).expect("a vote");
    assert!(play.counted(TITLE).await.contains("😂 1"));
    let why = words(&play.slash(jun, post.channel, "why", &[]).await);
    assert!(
        why.contains("Posted here") && why.contains("The Tidewater Clinic"),
        "{why}"
    );

    // Where every post needs a tag, one without its drama's gets the first.
    let strict = play.sandbox.add_channel(play.server, ChannelKind::Forum, "strict");
    let first = play.sandbox.add_tag(strict, "News", false);
    play.sandbox.require_tag(strict, true);
    subscribed(&mut play, strict, &[]).await;
    let mina = play.mina;
    let gone = format!("!unsubscribe all <#{forum}>");
    let gone = words(&play.ask(mina, play.news, &gone).await);
    assert!(gone.contains("no longer follows"), "{gone}");
    let address = play.publish_many("storm", 1..2).remove(0);
    let post = only_post(&mut play, &address).await;
    let tags = play
        .wait(|world| world.channels.get(&post.channel)?.thread.clone(), "its thread")
        .await
        .tags;
    assert_eq!(tags, [first]);

    // A session that is taken up again does not tell of tags.
    play.stop_bot().await;
    let sessions = play.sandbox.gateway_counts().identifies;
    play.start_bot().await;
    assert_eq!(
        play.sandbox.gateway_counts().identifies,
        sessions,
        "the session goes on"
    );
    let address = play.publish_many("storm", 2..3).remove(0);
    only_post(&mut play, &address).await;
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_post_in_a_forum_is_there_once_whatever_happens() {
    let mut play = Play::with(setting()).await;
    let forum = play.sandbox.add_channel(play.server, ChannelKind::Forum, "dramas");
    subscribed(&mut play, forum, &[]).await;
    const OPEN: &str = "POST /channels/{channel_id}/threads";

    // Killed with the post there and its answer on the way.
    play.kill_at(|step| matches!(step, Step::Answered { route, .. } if route == OPEN));
    let address = play.publish_many("storm", 1..2).remove(0);
    assert!(!play.ended().await.success(), "killed");
    play.start_bot().await;
    let second = play.publish_many("storm", 2..3).remove(0);
    let after = only_post(&mut play, &second).await;
    let first = only_post(&mut play, &address).await;
    assert!(first.id < after.id, "in their order");

    // The answer is lost, and the bot lives.
    play.sandbox.fail(OPEN, 1, Fault::Lost);
    let third = play.publish_many("storm", 3..4).remove(0);
    let lost = only_post(&mut play, &third).await;
    let fourth = play.publish_many("storm", 4..5).remove(0);
    only_post(&mut play, &fourth).await;
    for address in [&address, &second, &third, &fourth] {
        let posts = play.sandbox.look(|world| posts_of(world, address).len());
        assert_eq!(posts, 1, "{address}");
    }
    let why = words(
        &play
            .slash(play.jun, lost.channel, "why", &[("story", json!(third))])
            .await,
    );
    assert!(why.contains("Posted here"), "{why}");

    // A deleted post is no vote's place any more, and nothing comes again.
    assert!(play.sandbox.delete_channel(lost.channel));
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn announcements_are_published_within_discords_limit() {
    let mut play = Play::with(setting()).await;
    let board = play
        .sandbox
        .add_channel(play.server, ChannelKind::Announcement, "board");
    let answer = subscribed(&mut play, board, &[]).await;
    assert!(answer.contains("Published to the channels"), "{answer}");
    let addresses = play.publish_many("storm", 10..22);
    let posts = play.posts(board, &addresses).await;
    let published = |world: &World| {
        let flagged = |post: &&Message| {
            world
                .message(post.id)
                .is_some_and(|m| m.flags & Message::CROSSPOSTED != 0)
        };
        posts.iter().filter(flagged).map(|post| post.id).collect::<Vec<_>>()
    };
    play.wait(
        |world| (published(world).len() >= 10).then_some(()),
        "ten published posts",
    )
    .await;
    // In their order, and the eleventh waits without asking: the harness would find the 429.
    let first: Vec<u64> = posts.iter().take(10).map(|post| post.id).collect();
    assert_eq!(play.sandbox.look(published), first);
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thread_is_opened_on_each_post_and_a_crash_doubles_none() {
    let mut play = Play::with(setting()).await;
    let (mina, news) = (play.mina, play.news);
    let answer = subscribed(&mut play, news, &[("thread", json!(true)), ("votes", json!("off"))]).await;
    assert!(
        answer.contains("A thread on each story") && answer.contains("Without votes"),
        "{answer}"
    );
    play.kill_at(
        |step| matches!(step, Step::Answered { route, .. } if route == "POST /channels/{channel_id}/messages/{message_id}/threads"),
    );
    let addresses = play.publish_many("storm", 1..2);
    assert!(!play.ended().await.success(), "killed");
    play.start_bot().await;
    let more = play.publish_many("storm", 2..3);
    let posts = play.posts(news, &[addresses, more].concat()).await;
    for post in posts {
        let thread = play
            .wait(|world| world.channels.get(&post.id).cloned(), "a thread on the post")
            .await;
        assert!(
            thread.name.starts_with("Part ") && thread.parent == Some(news),
            "{}",
            thread.name
        );
        assert!(!words(&post).contains("React with"), "no votes are asked for");
    }
    // Within a thread there are none.
    let thread = play.sandbox.add_thread(news, None, "talk", mina);
    let refused = words(&play.ask(mina, thread, "!subscribe ryu da on thread:yes").await);
    assert!(refused.contains("does not fit"), "{refused}");
    let bot = play.sandbox.bot();
    play.sandbox.overwrite_member(news, bot, 0, bits::CREATE_PUBLIC_THREADS);
    let refused = words(&play.ask(mina, news, "!subscribe ryu da on thread:yes").await);
    assert!(refused.contains("Create Public Threads"), "{refused}");
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_role_is_mentioned_by_who_may_and_only_that_role() {
    let mut play = Play::with(setting()).await;
    let (mina, jun, news, server) = (play.mina, play.jun, play.news, play.server);
    let fans = play.sandbox.add_role(server, "Clinic fans", 0, 0);
    let helpers = play.sandbox.add_role(server, "Helpers", bits::MANAGE_CHANNELS, 0);
    play.sandbox.set_roles(server, jun, &[helpers]);
    let ask = format!("!subscribe the tidewater clinic role:<@&{fans}>");

    let refused = words(&play.ask(jun, news, &ask).await);
    assert!(refused.contains("not yours to mention"), "{refused}");
    let refused = words(&play.ask(mina, news, &ask).await);
    assert!(refused.contains("All Roles"), "the bot may not either: {refused}");
    for strange in [server.to_string(), "<@&1234567>".to_owned(), "everyone".to_owned()] {
        let refused = words(
            &play
                .ask(mina, news, &format!("!subscribe everything role:{strange}"))
                .await,
        );
        assert!(refused.contains("I cannot mention that"), "{strange}: {refused}");
    }
    play.sandbox.set_mentionable(server, fans, true);
    let followed = words(&play.ask(jun, news, &ask).await);
    assert!(
        followed.contains("Following") && followed.contains(&format!("<@&{fans}>")),
        "{followed}"
    );

    let address = play.publish("stretcher", &format!("@everyone <@&{helpers}> {TITLE}"), CLINIC);
    let post = play.post(news, &address).await;
    assert_eq!(
        (post.mention_roles.as_slice(), post.mention_everyone),
        (&[fans][..], false)
    );
    assert!(post.mentions.is_empty());

    // Two subscriptions of the channel: one post, both roles.
    let fandom = play.sandbox.add_role(server, "Everything", 0, 0);
    play.sandbox.set_mentionable(server, fandom, true);
    let options = [("everything", json!(true)), ("role", json!(fandom.to_string()))];
    let followed = words(&play.slash(mina, news, "subscribe", &options).await);
    assert!(followed.contains("Following"), "{followed}");
    let address = play.publish_many("storm", 1..2);
    let post = play.posts(news, &address).await.remove(0);
    assert_eq!(post.mention_roles, [fans, fandom]);

    // A role that is gone is not named.
    play.sandbox.delete_role(server, fans);
    let address = play.publish_many("storm", 2..3);
    let post = play.posts(news, &address).await.remove(0);
    assert_eq!(
        (post.mention_roles.as_slice(), post.content),
        (&[fandom][..], format!("<@&{fandom}>"))
    );
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn filters_keep_stories_out_and_say_so_and_spoilers_are_hidden() {
    let mut play = Play::with(setting()).await;
    let (mina, jun, news) = (play.mina, play.jun, play.news);
    let wrong = words(
        &play
            .ask(mina, news, "!subscribe the tidewater clinic outlets:Candle")
            .await,
    );
    assert!(wrong.contains("Candle") && wrong.contains("Lantern"), "{wrong}");
    let wrong = words(
        &play
            .ask(mina, news, "!subscribe the tidewater clinic kinds:gossip")
            .await,
    );
    assert!(wrong.contains("gossip") && wrong.contains("stills"), "{wrong}");
    let answer = words(
        &play
            .ask(
                mina,
                news,
                "!subscribe the tidewater clinic kinds:making-of spoiler:yes outlets:lantern",
            )
            .await,
    );
    assert!(answer.contains("Only making-of") && answer.contains("plot"), "{answer}");

    let stills = "<p>SBS’s “The Tidewater Clinic” has unveiled new stills of its next episode!</p><p>In the newly released \
        stills, Ryu Da On hides in the boat house. Ryu Da On shared, “I held my breath for the whole scene.”</p>";
    let kept = play.publish("boat", "“The Tidewater Clinic” Unveils New Stills Of Ryu Da On", stills);
    let making = play.publish("stretcher", TITLE, CLINIC);
    let post = play.post(news, &making).await;
    assert!(!words(&post).contains("||"), "nothing of the plot: {}", words(&post));
    let open = post.id;
    let why = words(&play.slash(jun, news, "why", &[("story", json!(kept))]).await);
    assert!(
        why.contains("Not posted here") && why.contains("wants other kinds") && why.contains("stills"),
        "{why}"
    );

    let changed = words(&play.ask(mina, news, "!subscribe the tidewater clinic kinds:all").await);
    assert!(
        changed.contains("Changed") && changed.contains("plot hidden"),
        "{changed}"
    );
    let preview = words(&play.slash(jun, news, "preview", &[("what", json!("ryu da on"))]).await);
    assert!(
        preview.contains("boat house") || preview.contains("stretcher"),
        "{preview}"
    );
    let next = play.publish(
        "pier",
        "“The Tidewater Clinic” Previews Its Finale In New Stills",
        stills,
    );
    let post = play.post(news, &next).await;
    let text = words(&post);
    assert!(
        text.contains("||") && text.contains("> ||“I held my breath for the whole scene.”||"),
        "{text}"
    );
    assert!(post.embeds[0]["image"].is_null());
    // All the lines of the same story are hidden as well, and the addresses do not show them; others are not.
    let lines = words(&play.apps(jun, post.id, "Quotes from this post").await);
    assert!(
        lines.contains("> ||“I held my breath for the whole scene.”||\n||— **Ryu Da On**")
            && !lines.contains(":~:text"),
        "{lines}"
    );
    let lines = words(&play.apps(jun, open, "Quotes from this post").await);
    assert!(!lines.contains("||") && lines.contains("rubber boots"), "{lines}");
    let preview = words(&play.slash(jun, news, "preview", &[]).await);
    assert!(preview.contains("> ||“I held my breath"), "{preview}");
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_are_followed_paused_and_let_go_at_once() {
    let mut play = Play::with(setting()).await;
    let (mina, news) = (play.mina, play.news);
    let said = "!subscribe the tidewater clinic, 종이달 탐정단 and baek cho ha";
    let answer = words(&play.ask(mina, news, said).await);
    for name in ["The Tidewater Clinic", "Paper Moon Detectives", "Baek Cho Ha"] {
        assert!(answer.contains(name), "{name} in {answer}");
    }
    // One that is not clear does not stand in the way of the others, and can be chosen.
    let stage = play.channel("stage");
    let options = [
        ("drama", json!("the tidewater clinic, zwqx jvk, heron")),
        ("person", json!("mo hae, ryu da on")),
        ("channel", json!(stage.to_string())),
        ("spoiler", json!(true)),
    ];
    let answer = play.slash(mina, play.lobby, "subscribe", &options).await;
    let text = words(&answer);
    for part in [
        "The Tidewater Clinic",
        "zwqx jvk",
        "Ryu Da On",
        "“mo hae” may be any",
        "as words",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    let chosen = play
        .press(mina, answer.id, &crate::harness::button(&answer, "Mo Hae Rin"))
        .await;
    let text = words(&chosen);
    assert!(
        text.contains("Mo Hae Rin") && text.contains("is hidden"),
        "with what was said first: {text}"
    );

    let paused = words(
        &play
            .slash(
                mina,
                news,
                "pause",
                &[("what", json!("baek cho ha, the tidewater clinic"))],
            )
            .await,
    );
    assert!(
        paused.contains("Nothing about") && paused.contains("Baek Cho Ha"),
        "{paused}"
    );
    let resumed = words(&play.ask(mina, news, "!resume the tidewater clinic").await);
    assert!(
        resumed.contains("Stories about") && resumed.contains("The Tidewater Clinic"),
        "{resumed}"
    );
    let gone = words(&play.ask(mina, news, "!unsubscribe baek cho ha and nobody at all").await);
    assert!(
        gone.contains("no longer follows") && gone.contains("did not follow **nobody at all**"),
        "{gone}"
    );
    let all = words(&play.slash(mina, news, "unsubscribe", &[("all", json!(true))]).await);
    assert!(
        all.contains("Paper Moon Detectives") && all.contains("The Tidewater Clinic"),
        "{all}"
    );
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_chat_of_a_voice_channel_and_a_thread_are_channels_like_others() {
    let mut play = Play::with(setting()).await;
    let (mina, news) = (play.mina, play.news);
    let voice = play.sandbox.add_channel(play.server, ChannelKind::Voice, "watch party");
    let thread = play.sandbox.add_thread(news, None, "clinic talk", mina);
    subscribed(&mut play, voice, &[]).await;
    subscribed(&mut play, thread, &[]).await;
    let address = play.publish_many("storm", 1..2);
    play.posts(voice, &address).await;
    play.posts(thread, &address).await;
    let bot = play.sandbox.bot();
    play.sandbox
        .overwrite_member(news, bot, 0, bits::SEND_MESSAGES_IN_THREADS);
    let refused = words(&play.ask(mina, news, &format!("!subscribe ryu da on <#{thread}>")).await);
    assert!(refused.contains("Send Messages in Threads"), "{refused}");
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thread_that_is_archived_is_opened_and_one_that_is_locked_waits() {
    let mut play = Play::with(setting()).await;
    let (mina, news) = (play.mina, play.news);
    let thread = play.sandbox.add_thread(news, None, "clinic talk", mina);
    subscribed(&mut play, thread, &[]).await;
    play.sandbox.archive(thread, true, false);
    let address = play.publish_many("storm", 1..2);
    play.posts(thread, &address).await;
    // Locked: known from the event, and then without it.
    for (number, lost) in [(2, 0), (3, 1)] {
        play.sandbox.fail_gateway(GatewayFault::DropEvents(lost));
        play.sandbox.archive(thread, true, true);
        let address = play.publish_many("storm", number..number + 1);
        play.logged_times(
            "posts for a channel wait until the bot may post there",
            number as usize - 1,
        )
        .await;
        let check = words(
            &play
                .slash(mina, news, "check", &[("channel", json!(thread.to_string()))])
                .await,
        );
        assert!(
            check.contains("Manage Threads") && check.contains("1 waiting"),
            "{check}"
        );
        play.sandbox.archive(thread, false, false);
        let post = play.posts(thread, &address).await.remove(0);
        let told = play
            .wait(
                |world| {
                    let said = world.bot_messages_in(thread).into_iter();
                    let mut said = said.filter(|m| words(m).contains("I can post here again"));
                    said.nth(number as usize - 2).map(|m| m.id)
                },
                "a word that it is open",
            )
            .await;
        play.take(told);
        assert!(told < post.id, "told first");
    }
    let refused = play
        .sandbox
        .requests()
        .iter()
        .filter(|request| request.status == 403)
        .count();
    assert_eq!(refused, 0, "nothing is asked for that is refused");
    play.end().await;
}
