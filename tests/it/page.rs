//! The demo's page in a real browser: what people see and click there reaches the bot, and its answers come back.

use crate::{
    browser::{Page, chromium},
    harness::{Play, words},
    skip,
};
use daesa_sandbox::{ChannelKind, Interaction, InteractionState, Message};
use serde_json::json;

const STORY: &str = "<p>SBS’s “The Tidewater Clinic” has shared a new making-of video!</p>\
    <p>The clip begins with Ryu Da On and Mo Hae Rin carrying a stretcher over the wet sand. Ryu Da On jokes, \
    “The patient weighs more than both of us together.”</p>\
    <p>Ryu Da On also shares, “I have learned to read the tide tables, and they are harder than my script.”</p>\
    <p>Mo Hae Rin comments, “I have never run so far in rubber boots. Please look forward to our scene.”</p>\
    <p>Watch the full making-of video below!</p>";
const HIS: [&str; 2] = [
    "The patient weighs more than both of us together.",
    "they are harder than my script.",
];

/// What a person writes in the box below the messages.
async fn write(page: &mut Page, text: &str) {
    page.click("#composer").await;
    page.type_text(text).await;
    page.press("Enter").await;
}

/// Waits until the page shows a message with these words.
async fn shows(page: &mut Page, message: u64, part: &str) {
    let article = serde_json::json!(format!("article[data-message=\"{message}\"]"));
    page.wait_for(&format!(
        "document.querySelector({article})?.innerText.includes({})",
        serde_json::json!(part)
    ))
    .await;
}

/// Waits until the page shows so many of a reaction, and whether the person's own is among them.
async fn counts(page: &mut Page, message: u64, emoji: &str, count: u32, own: bool) {
    let pill = format!("document.querySelector('article[data-message=\"{message}\"] button[data-emoji=\"{emoji}\"]')");
    page.wait_for(&format!(
        "{pill}?.querySelector('.count').textContent === '{count}' && {pill}.dataset.me === '{own}'"
    ))
    .await;
}

/// The bot's answer to what a person has written in the page.
async fn answer(play: &mut Play, text: &str) -> Message {
    let news = play.news;
    let written = |world: &daesa_sandbox::World| {
        let mut said = world.messages_in(news).into_iter().rev();
        said.find(|message| message.content == text).map(|message| message.id)
    };
    let asked = play.wait(written, "what was written").await;
    play.answered(news, asked, text).await
}

/// The bot's answer to the newest command (2) or button (3) of the page.
async fn interaction(play: &mut Play, kind: u8) -> Message {
    let answer = play
        .wait(
            |world| {
                let asked = world.interactions.values().rfind(|asked| asked.kind == kind)?;
                let answer = asked.answer.filter(|_| asked.state == InteractionState::Done)?;
                world.message(answer).cloned()
            },
            "an answer to a command or a button",
        )
        .await;
    play.take(answer.id);
    answer
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_votes_and_asks_in_the_page() {
    if chromium().is_none() {
        skip::without("chromium", "a person votes and asks in the page");
        return;
    }
    let mut play = Play::begin().await;
    let (mina, jun, news) = (play.mina, play.jun, play.news);
    play.ask(mina, news, "!subscribe the tidewater clinic").await;
    let mut page = Page::open(&format!("{}/#{news}", play.sandbox.base_url()), 1280, 900).await;
    page.wait_for("document.body.dataset.ready === '1'").await;

    let address = play.publish(
        "stretcher",
        "Ryu Da On And Mo Hae Rin Run For “The Tidewater Clinic”",
        STORY,
    );
    let post = play.post(news, &address).await;
    play.seeded(post.id).await;
    for part in ["Ryu Da On And Mo Hae Rin Run", "SBS", HIS[0], "rubber boots"] {
        shows(&mut page, post.id, part).await;
    }
    let pills = format!(
        "document.querySelectorAll('article[data-message=\"{}\"] button[data-emoji]').length === 5",
        post.id
    );
    page.wait_for(&pills).await;

    votes(&mut play, &mut page, post.id, jun).await;
    asks(&mut play, &mut page).await;
    reads_the_posts_quotes(&mut play, &mut page, post.id).await;

    // Everything that was going on is told by now: the page answers in order.
    page.eval("document.readyState").await;
    assert_eq!(page.complaints(), Vec::<String>::new(), "the console");
    let away: Vec<String> = page
        .requests()
        .into_iter()
        .filter(|url| !url.starts_with("http://127.0.0.1:") && !url.starts_with("data:"))
        .collect();
    assert_eq!(away, Vec::<String>::new(), "requests to elsewhere");
    assert!(
        page.requests().iter().any(|url| url.contains("/page/react")),
        "requests are seen at all"
    );
    play.end().await;
}

/// Two people click a reaction, one after the other; `!top` in the composer counts both.
async fn votes(play: &mut Play, page: &mut Page, post: u64, jun: u64) {
    let tears = format!("article[data-message=\"{post}\"] button[data-emoji=\"😭\"]");
    counts(page, post, "😭", 1, false).await;
    page.click(&tears).await;
    counts(page, post, "😭", 2, true).await;
    write(page, "!top").await;
    let top = answer(play, "!top").await;
    assert!(words(&top).contains("😭 1"), "{}", words(&top));
    shows(page, top.id, "😭 1").await;

    page.click(&format!("[data-person=\"{jun}\"]")).await;
    page.wait_for("document.body.dataset.ready === '1' && document.querySelector('#me-name').textContent === 'Jun'")
        .await;
    counts(page, post, "😭", 2, false).await;
    page.click(&tears).await;
    counts(page, post, "😭", 3, true).await;
    write(page, "!top week").await;
    let top = answer(play, "!top week").await;
    shows(page, top.id, "😭 2").await;
}

/// `!quote`, `/quote` from the menu with a suggestion, and the button for another line.
async fn asks(play: &mut Play, page: &mut Page) {
    write(page, "!quote mo hae rin").await;
    let line = answer(play, "!quote mo hae rin").await;
    shows(page, line.id, "rubber boots").await;

    page.click("#composer").await;
    page.type_text("/quo").await;
    page.click("#commands [data-command=\"quote\"]").await;
    page.wait_for("document.activeElement?.dataset.option === 'name'").await;
    page.type_text("ryu da o").await;
    page.wait_for("document.querySelector('#suggest [data-choice]')?.innerText.includes('Ryu Da On')")
        .await;
    page.click("#suggest [data-choice]").await;
    page.wait_for("document.querySelector('input[data-option=\"name\"]').value.includes('Ryu Da On')")
        .await;
    page.press("Enter").await;
    let line = interaction(play, 2).await;
    assert!(HIS.iter().any(|his| words(&line).contains(his)), "{}", words(&line));
    shows(page, line.id, "Ryu Da On").await;

    page.click(&format!("article[data-message=\"{}\"] button[data-custom-id]", line.id))
        .await;
    let another = interaction(play, 3).await;
    assert!(
        HIS.iter().any(|his| words(&another).contains(his)),
        "{}",
        words(&another)
    );
    assert_ne!(words(&another), words(&line), "another line is another");
    let his = HIS
        .iter()
        .find(|his| words(&another).contains(**his))
        .copied()
        .unwrap_or_default();
    shows(page, another.id, his).await;
}

/// The post's own menu: what was said in its story, for the one who asks.
async fn reads_the_posts_quotes(play: &mut Play, page: &mut Page, post: u64) {
    let tool = format!("article[data-message=\"{post}\"] button[data-app=\"Quotes from this post\"]");
    // Told in words, not only by a picture.
    page.wait_for(&format!(
        "document.querySelector('{tool}')?.innerText.includes('Quotes from this post')"
    ))
    .await;
    page.eval(&format!(
        "document.querySelector('article[data-message=\"{post}\"]').focus()"
    ))
    .await;
    page.click(&tool).await;
    let lines = play
        .wait(
            |world| {
                let asked = |asked: &&Interaction| asked.command.as_deref() == Some("Quotes from this post");
                let asked = world.interactions.values().rfind(asked)?;
                let answer = asked.answer.filter(|_| asked.state == InteractionState::Done)?;
                world.message(answer).cloned()
            },
            "the post's lines",
        )
        .await;
    play.take(lines.id);
    assert!(lines.only_for.is_some(), "for nobody else");
    for part in [HIS[0], HIS[1], "rubber boots"] {
        shows(page, lines.id, part).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_forum_lists_its_posts_in_the_page() {
    if chromium().is_none() {
        skip::without("chromium", "a forum lists its posts in the page");
        return;
    }
    let mut play = Play::begin().await;
    let (mina, news) = (play.mina, play.news);
    let forum = play.sandbox.add_channel(play.server, ChannelKind::Forum, "dramas");
    play.sandbox.add_tag(forum, "The Tidewater Clinic", false);
    let options = [
        ("drama", json!("the tidewater clinic")),
        ("channel", json!(forum.to_string())),
    ];
    let followed = play.slash(mina, news, "subscribe", &options).await;
    assert!(words(&followed).contains("a post of its own"), "{}", words(&followed));
    let mut page = Page::open(&format!("{}/#{forum}", play.sandbox.base_url()), 1280, 900).await;
    page.wait_for("document.body.dataset.ready === '1'").await;
    page.wait_for("document.querySelector('#list').innerText.includes('no post yet')")
        .await;

    let title = "Ryu Da On And Mo Hae Rin Run For “The Tidewater Clinic”";
    let address = play.publish("stretcher", title, STORY);
    let post = play
        .wait(
            |world| {
                let threads = world
                    .channels
                    .values()
                    .filter(|c| c.parent == Some(forum))
                    .map(|c| c.id);
                let mut posts = threads.flat_map(|thread| world.bot_messages_in(thread));
                posts
                    .find(|m| m.embeds.iter().any(|embed| embed["url"] == *address))
                    .cloned()
            },
            "a post in the forum",
        )
        .await;
    play.take(post.id);
    let card = format!("[data-testid=\"post\"][data-channel=\"{}\"]", post.channel);
    for part in ["Ryu Da On And Mo Hae Rin Run", "The Tidewater Clinic", "😭"] {
        page.wait_for(&format!(
            "document.querySelector('{card}')?.innerText.includes('{part}')"
        ))
        .await;
    }
    page.click(&card).await;
    shows(&mut page, post.id, "rubber boots").await;
    assert_eq!(page.complaints(), Vec::<String>::new(), "the console");
    play.end().await;
}
