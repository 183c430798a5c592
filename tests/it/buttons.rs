//! Votes by buttons: one a person, counted like reactions, shown on the buttons, whatever happens to the bot.

use crate::{
    browser::{Page, chromium},
    harness::{Play, Setting, button, buttons, roomy, short_lived, talk, words},
    skip,
};
use daesa_sandbox::{ChannelKind, Fault, GatewayFault, InteractionState, Message, Settings, Step};
use serde_json::json;
use std::time::Duration;

const CALLBACK: &str = "POST /interactions/{interaction_id}/{interaction_token}/callback";
const OPEN_POST: &str = "POST /channels/{channel_id}/threads";
const PATCH: &str = "PATCH /channels/{channel_id}/messages/{message_id}";
const FORUM_PERMISSIONS: u64 = 309_237_763_136;

/// Counts on buttons are behind for a second at most.
fn setting() -> Setting {
    Setting {
        own: "[posts]\ncounts_after = 1\n".to_owned(),
        ..talk()
    }
}

/// What stands on a button to vote: its count, empty for none.
fn count(message: &Message, emoji: &str) -> String {
    let rows = message.components.iter();
    let mut all = rows.flat_map(|row| row["components"].as_array().into_iter().flatten());
    let found = all.find(|button| button["emoji"]["name"] == *emoji);
    let found = found.unwrap_or_else(|| panic!("no button {emoji} in {:?}", message.components));
    found["label"].as_str().unwrap_or_default().to_owned()
}

/// Waits until a button shows a count.
async fn shows(play: &Play, post: u64, emoji: &str, expected: &str) {
    let look = |world: &daesa_sandbox::World| (count(world.message(post)?, emoji) == expected).then_some(());
    play.wait(look, &format!("{emoji} {expected}")).await;
}

/// Presses, and waits until Discord has taken an answer. Whether that one shows the count already is the bot's choice:
/// it still counts those as pressing whose answer's end it has not heard of. Presses again, as people do, when it
/// failed, which is no vote: a vote is committed before it is answered, and a disk may stand still for three seconds.
async fn vote(play: &Play, person: u64, post: u64, emoji: &str) {
    for _ in 0..5 {
        let asked = play.sandbox.press(person, post, &format!("vote|{emoji}"));
        let answer = asked.expect("a button").acknowledged().await.expect("an end");
        if let Some(response) = answer.response {
            let the_post = matches!(response, 6 | 7);
            assert!(
                the_post,
                "the post itself changes, and nothing is said beside it: {response}"
            );
            return;
        }
    }
    panic!("five presses without an answer\n{}", play.log_text());
}

async fn posted(play: &mut Play, number: u32) -> Message {
    let address = play.publish_many("storm", number..number + 1);
    play.posts(play.news, &address).await.remove(0)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_button_gives_a_vote_moves_it_and_takes_it_back() {
    let mut play = Play::with(setting()).await;
    let (mina, jun, news) = (play.mina, play.jun, play.news);
    let answer = play
        .ask(mina, news, "!subscribe the tidewater clinic votes:buttons")
        .await;
    assert!(words(&answer).contains("Votes by buttons"), "{}", words(&answer));
    let post = posted(&mut play, 1).await;
    assert!(words(&post).contains("Press once to vote"), "{}", words(&post));
    for emoji in ["❤️", "😂", "😮", "😭", "😡"] {
        assert_eq!(count(&post, emoji), "", "nobody yet");
    }

    let one = play.press(jun, post.id, "vote|😂").await;
    assert_eq!(
        one.id, post.id,
        "the post itself changes, and nothing is said beside it"
    );
    assert_eq!(count(&one, "😂"), "1", "who presses alone sees it at once");
    vote(&play, mina, post.id, "😂").await;
    assert_eq!(play.counted("Part 1").await, "😂 2");
    // Another one moves the vote; the same once more takes it back.
    vote(&play, jun, post.id, "❤").await;
    shows(&play, post.id, "❤️", "1").await;
    shows(&play, post.id, "😂", "1").await;
    assert_eq!(play.counted("Part 1").await, "❤️ 1 · 😂 1");
    vote(&play, jun, post.id, "❤").await;
    shows(&play, post.id, "❤️", "").await;
    assert_eq!(play.counted("Part 1").await, "😂 1");
    // Whoever reacts all the same is counted as well; a moderator who clears that leaves the buttons.
    play.sandbox.react(jun, post.id, "😭", false).expect("a reaction");
    assert_eq!(play.counted("Part 1").await, "😂 1 · 😭 1");
    play.sandbox.clear_reactions(post.id, None).expect("cleared");
    assert_eq!(play.counted("Part 1").await, "😂 1");
    // The bot itself put none.
    let reactions = play
        .sandbox
        .look(|world| world.message(post.id).map(|m| m.reactions.len()));
    assert_eq!(reactions, Some(0));
    // In `/mood` too: the same feelings.
    let mood = words(&play.slash(jun, news, "mood", &[]).await);
    assert!(mood.contains('😂'), "{mood}");
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crowd_is_answered_in_time_and_the_counts_are_edited_once() {
    let mut play = Play::with(setting()).await;
    let (mina, news) = (play.mina, play.news);
    play.ask(mina, news, "!subscribe the tidewater clinic votes:buttons")
        .await;
    let post = posted(&mut play, 1).await;
    let crowd: Vec<u64> = (0..60).map(|n| play.member(&format!("Voter{n}"))).collect();
    // As slow as Discord is now and then, so that they are really there together.
    play.sandbox.fail(CALLBACK, 60, Fault::Slow(Duration::from_millis(200)));
    let asked: Vec<_> = crowd
        .iter()
        .map(|person| play.sandbox.press(*person, post.id, "vote|😮").expect("a button"))
        .collect();
    for one in asked {
        let answer = one.acknowledged().await.expect("within three seconds");
        assert!(matches!(answer.response, Some(6 | 7)), "{:?}", answer.response);
    }
    shows(&play, post.id, "😮", "60").await;
    assert_eq!(play.counted("Part 1").await, "😮 60");
    let edits = play.sandbox.requests();
    let edits = edits
        .iter()
        .filter(|r| format!("{} {}", r.method, r.template) == PATCH)
        .count();
    assert!((1..=4).contains(&edits), "{edits} edits for sixty votes");
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn votes_by_button_survive_kills_lost_answers_and_the_end_of_a_session() {
    let mut play = Play::with(Setting {
        sandbox: short_lived(),
        ..setting()
    })
    .await;
    let (mina, jun, news) = (play.mina, play.jun, play.news);
    play.ask(mina, news, "!subscribe the tidewater clinic votes:buttons")
        .await;
    let post = posted(&mut play, 1).await;
    vote(&play, mina, post.id, "😭").await;
    // Discord is in trouble for a moment, and then nobody hears that it took the answer.
    play.sandbox.fail(CALLBACK, 2, Fault::Status(503));
    play.sandbox.fail(CALLBACK, 1, Fault::Lost);
    play.sandbox.press(jun, post.id, "vote|😂").expect("a button");
    shows(&play, post.id, "😂", "1").await;
    // Killed between votes of a crowd and the edit that shows them.
    play.sandbox.fail(PATCH, 40, Fault::Status(503));
    play.sandbox.fail(CALLBACK, 2, Fault::Slow(Duration::from_millis(200)));
    let seo = play.member("Seo");
    let asked = [jun, seo].map(|one| play.sandbox.press(one, post.id, "vote|😡").expect("a button"));
    for one in asked {
        one.acknowledged().await.expect("an answer");
    }
    play.requested(PATCH, 2).await;
    play.kill_bot().await;
    play.sandbox.clear_faults();
    // A new session: reactions are compared with Discord's counts, buttons are none of its business.
    play.start_bot().await;
    shows(&play, post.id, "😡", "2").await;
    shows(&play, post.id, "😂", "").await;
    play.counts_become("Part 1", "😭 1 · 😡 2").await;
    // And it is still the same person's one vote.
    vote(&play, jun, post.id, "😭").await;
    shows(&play, post.id, "😭", "2").await;
    shows(&play, post.id, "😡", "1").await;
    play.end().await;
}

/// Presses, and waits until the person was told that it failed.
async fn in_vain(play: &Play, person: u64, post: u64, emoji: &str) {
    let asked = play.sandbox.press(person, post, &format!("vote|{emoji}"));
    let settled = asked.expect("a button").settled().await.expect("an end");
    assert_eq!(settled.state, InteractionState::Failed, "three seconds are over");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_press_that_reaches_the_bot_after_it_failed_is_no_vote() {
    // Discord's clock is another than the machine's: nothing of this hangs on the machine's.
    let sandbox = Settings {
        clock_behind: Duration::from_secs(3600),
        ..roomy()
    };
    let mut play = Play::with(Setting { sandbox, ..setting() }).await;
    let (mina, jun, news) = (play.mina, play.jun, play.news);
    play.ask(mina, news, "!subscribe the tidewater clinic votes:buttons")
        .await;
    let post = posted(&mut play, 1).await;
    vote(&play, mina, post.id, "😂").await;
    play.sandbox
        .fail_gateway(GatewayFault::Late(Duration::from_millis(4_500)));
    in_vain(&play, jun, post.id, "😂").await;
    // They press again, and that reaches the bot in time, together with the first.
    vote(&play, jun, post.id, "😂").await;
    play.counts_become("Part 1", "😂 2").await;
    shows(&play, post.id, "😂", "2").await;
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_vote_whose_answer_came_too_late_is_taken_back() {
    let mut play = Play::with(setting()).await;
    let (mina, jun, news) = (play.mina, play.jun, play.news);
    play.ask(mina, news, "!subscribe the tidewater clinic votes:buttons")
        .await;
    let post = posted(&mut play, 1).await;
    vote(&play, mina, post.id, "😭").await;
    // On its way for so long that they have pressed again before Discord refuses it: that one is their vote.
    play.sandbox
        .fail(CALLBACK, 1, Fault::Delayed(Duration::from_millis(4_000)));
    in_vain(&play, jun, post.id, "😂").await;
    vote(&play, jun, post.id, "😂").await;
    play.counts_become("Part 1", "😂 1 · 😭 1").await;
    shows(&play, post.id, "😂", "1").await;
    // Discord was in trouble until it was too late.
    play.sandbox.fail(CALLBACK, 1_000, Fault::Status(503));
    in_vain(&play, mina, post.id, "😮").await;
    play.sandbox.clear_faults();
    play.counts_become("Part 1", "😂 1 · 😭 1").await;
    shows(&play, post.id, "😮", "").await;
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_told_again_after_a_kill_is_counted_as_it_was_answered() {
    let mut play = Play::with(setting()).await;
    let (mina, jun, news) = (play.mina, play.jun, play.news);
    play.ask(mina, news, "!subscribe the tidewater clinic votes:buttons")
        .await;
    let post = posted(&mut play, 1).await;
    // Stopped once, so that its session is kept for sure.
    play.stop_bot().await;
    play.start_bot().await;
    // Killed before it hears that Discord took the answer.
    play.kill_at(|step| matches!(step, Step::Answered { route, .. } if route == CALLBACK));
    let asked = play.sandbox.press(jun, post.id, "vote|😂").expect("a button");
    assert!(asked.acknowledged().await.expect("an end").response.is_some());
    play.ended().await;
    // Nobody is there to hear it.
    in_vain(&play, mina, post.id, "😭").await;
    let before = play.sandbox.gateway_counts();
    play.start_bot().await;
    play.gateway(|now| now.resumed > before.resumed, "the session goes on")
        .await;
    play.counts_become("Part 1", "😂 1").await;
    vote(&play, mina, post.id, "😂").await;
    shows(&play, post.id, "😂", "2").await;
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_story_that_changes_keeps_its_votes_and_who_is_forgotten_keeps_one() {
    let mut play = Play::with(setting()).await;
    let (mina, jun, news) = (play.mina, play.jun, play.news);
    play.ask(mina, news, "!subscribe the tidewater clinic votes:buttons")
        .await;
    let post = posted(&mut play, 1).await;
    vote(&play, jun, post.id, "😂").await;
    vote(&play, mina, post.id, "😂").await;
    play.sandbox.site().edit("storm-1", |article| {
        article.title = "Part 1 Anew Of “The Tidewater Clinic”".into()
    });
    let edited = |world: &daesa_sandbox::World| words(world.message(post.id)?).contains("Part 1 Anew").then_some(());
    play.wait(edited, "the changed story").await;
    shows(&play, post.id, "😂", "2").await;

    let asked = play.slash(jun, news, "forget-me", &[]).await;
    let yes = button(&asked, "forget me");
    let done = play.press(jun, asked.id, &yes).await;
    assert!(words(&done).contains("It stays counted"), "{}", words(&done));
    assert_eq!(play.counted("Part 1").await, "😂 2", "it stays counted");
    vote(&play, jun, post.id, "😂").await;
    shows(&play, post.id, "😂", "1").await;
    // New posts may have reactions; this one keeps its buttons.
    let votes = [
        ("everything", json!(false)),
        ("drama", json!("the tidewater clinic")),
        ("votes", json!("off")),
    ];
    play.slash(mina, news, "subscribe", &votes).await;
    vote(&play, jun, post.id, "😮").await;
    shows(&play, post.id, "😮", "1").await;
    let bare = posted(&mut play, 2).await;
    let vote_of = |(_, id): &(String, String)| id.starts_with("vote|");
    assert!(
        !buttons(&bare).iter().any(vote_of) && !words(&bare).contains("vote"),
        "{bare:?}"
    );
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn buttons_work_in_forums_threads_and_announcements() {
    let mut play = Play::with(setting()).await;
    let (mina, jun, server) = (play.mina, play.jun, play.server);
    play.sandbox.invite_bot(server, FORUM_PERMISSIONS);
    let forum = play.sandbox.add_channel(server, ChannelKind::Forum, "dramas");
    let loud = play.sandbox.add_channel(server, ChannelKind::Announcement, "loud");
    let thread = play.sandbox.add_thread(play.news, None, "talk", mina);
    for place in [forum, loud, thread] {
        let follow = format!("!subscribe the tidewater clinic votes:buttons channel:<#{place}>");
        let answer = play.ask(mina, play.lobby, &follow).await;
        assert!(words(&answer).contains("Following"), "{}", words(&answer));
    }
    let address = play.publish_many("storm", 1..2).remove(0);
    let found = play
        .wait(
            |world| {
                let all = world.messages.values().flat_map(|channel| channel.values());
                let posts: Vec<Message> = all
                    .filter(|message| message.embeds.iter().any(|embed| embed["url"] == *address))
                    .cloned()
                    .collect();
                (posts.len() >= 3).then_some(posts)
            },
            "three posts",
        )
        .await;
    assert_eq!(found.len(), 3);
    for post in found {
        play.take(post.id);
        vote(&play, jun, post.id, "😂").await;
        shows(&play, post.id, "😂", "1").await;
    }
    assert_eq!(play.counted("Part 1").await, "😂 3");
    play.end().await;
}

/// A post in a forum has no nonce by which the bot knows it before Discord's answer has come; readers may be faster.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_post_that_the_bot_has_not_heard_of_yet_takes_votes() {
    let mut play = Play::with(setting()).await;
    let (mina, jun, server) = (play.mina, play.jun, play.server);
    play.sandbox.invite_bot(server, FORUM_PERMISSIONS);
    let forum = play.sandbox.add_channel(server, ChannelKind::Forum, "dramas");
    let follow = format!("!subscribe the tidewater clinic votes:buttons channel:<#{forum}>");
    play.ask(mina, play.lobby, &follow).await;
    play.sandbox.fail(OPEN_POST, 1, Fault::Slow(Duration::from_millis(800)));
    let address = play.publish_many("storm", 1..2).remove(0);
    let seen = |world: &daesa_sandbox::World| {
        let mut all = world.messages.values().flat_map(|channel| channel.values());
        all.find(|message| message.embeds.iter().any(|embed| embed["url"] == *address))
            .cloned()
    };
    let post = play.wait(seen, "a post").await;
    play.take(post.id);
    // The same one twice is none, in that order.
    let presses = [(jun, "😂"), (mina, "😭"), (mina, "😭"), (mina, "😮")];
    let asked = presses.map(|(person, emoji)| {
        let asked = play.sandbox.press(person, post.id, &format!("vote|{emoji}"));
        asked.expect("a button")
    });
    for press in asked {
        let answer = press.acknowledged().await.expect("an end");
        assert!(matches!(answer.response, Some(6 | 7)), "{:?}", answer.response);
    }
    shows(&play, post.id, "😂", "1").await;
    shows(&play, post.id, "😮", "1").await;
    assert_eq!(play.counted("Part 1").await, "😂 1 · 😮 1");
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_the_page_a_vote_is_a_click() {
    if chromium().is_none() {
        skip::without("chromium", "in the page a vote is a click");
        return;
    }
    let mut play = Play::with(setting()).await;
    let (mina, jun, news) = (play.mina, play.jun, play.news);
    play.ask(mina, news, "!subscribe the tidewater clinic votes:buttons")
        .await;
    let address = format!("{}/#{news}", play.sandbox.base_url());
    let mut page = Page::open(&address, 1280, 900).await;
    page.wait_for("document.body.dataset.ready === '1'").await;
    let post = posted(&mut play, 1).await;
    vote(&play, jun, post.id, "😂").await;
    let button = format!(
        "article[data-message=\"{}\"] button[data-custom-id=\"vote|😂\"]",
        post.id
    );
    let shown = |count: &str| {
        format!(
            "document.querySelector({})?.innerText.includes('{count}')",
            json!(button)
        )
    };
    page.wait_for(&shown("1")).await;
    page.click(&button).await;
    page.wait_for(&shown("2")).await;
    assert_eq!(page.complaints(), Vec::<String>::new(), "the console");
    if let Ok(folder) = std::env::var("DAESA_PICTURES") {
        page.picture(&std::path::Path::new(&folder).join("buttons.png")).await;
    }
    play.end().await;
}
