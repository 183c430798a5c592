//! The README's pictures: moments of the demo in a real browser. Made on demand: `DAESA_PICTURES=tests/demo cargo
//! test --test it pictures` writes them into that folder (which is meant from the root of the repository). The README
//! shows `page`, `card`, `top`, `forum` and `subscription`; the others are for whoever changes the looks.

use crate::browser::Page;
use serde_json::json;
use std::{fs, path::PathBuf, process::Stdio, time::Duration};

#[allow(dead_code, reason = "the demo's own; not all of it is needed for one picture")]
#[path = "../demo/news.rs"]
mod news;
#[allow(dead_code, reason = "the demo's own; not all of it is needed for one picture")]
#[path = "../demo/stage.rs"]
mod stage;

use stage::Stage;

const PATIENCE: Duration = Duration::from_secs(60);
/// Stories in the order in which they come out; the last one is in the picture.
const STORIES: [usize; 3] = [0, 5, 11];
/// Who votes with what on the last story: the owner, the guest and two more.
const VOTES: [(usize, &str); 7] = [
    (0, "❤️"),
    (1, "❤️"),
    (2, "❤️"),
    (3, "😂"),
    (1, "😂"),
    (2, "😭"),
    (0, "😂"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_readmes_picture() {
    let Ok(place) = std::env::var("DAESA_PICTURES") else {
        return;
    };
    let place = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(place);
    let folder = tempfile::tempdir().expect("a folder");
    let stage = Stage::set(folder.path(), false, 0).await.expect("the stage");
    let mut bot = start(&folder, &stage);
    stage.wait_for_bot().await.expect("the bot");
    stage.follow(None).await.expect("the channels follow");
    for at in STORIES {
        let before = stories(&stage).len();
        stage
            .sandbox
            .site()
            .publish(news::nth(stage.sandbox.site(), at).expect("an article"));
        let more = |world: &daesa_sandbox::World| (world.bot_messages_in(stage.news).len() > before).then_some(());
        stage.sandbox.wait_for(more, PATIENCE).await.expect("a post");
    }
    let post = *stories(&stage).last().expect("a post");
    let seeded = |world: &daesa_sandbox::World| world.message(post).filter(|post| post.reactions.len() >= 5).map(drop);
    stage.sandbox.wait_for(seeded, PATIENCE).await.expect("the feelings");
    let people = stage.sandbox.look(|world| {
        world
            .users
            .values()
            .filter(|user| !user.bot)
            .map(|user| user.id)
            .collect::<Vec<_>>()
    });
    for (who, emoji) in VOTES {
        stage.sandbox.react(people[who], post, emoji, false).expect("a vote");
    }

    let address = format!("{}/#{}", stage.sandbox.base_url(), stage.news);
    let mut page = Page::open(&address, 1280, 1000).await;
    page.resize(1472, 1556, 1280.0 / 1472.0).await;
    page.wait_for("document.body.dataset.ready === '1'").await;
    let said = stage
        .sandbox
        .say(stage.guest, stage.news, "!quote 위예온")
        .expect("said");
    let answer = stage.sandbox.wait_for(
        |world| {
            world
                .bot_messages_in(stage.news)
                .into_iter()
                .find(|m| m.id > said)
                .map(|m| m.id)
        },
        PATIENCE,
    );
    let answer = answer.await.expect("an answer");
    page.wait_for(&format!("document.querySelector('article[data-message=\"{answer}\"]')"))
        .await;
    settled(&mut page).await;
    page.picture(&place.join("page.png")).await;
    page.resize(1000, 1200, 1.0).await;
    for (file, command, options) in [
        (
            "card.png",
            "quote",
            vec![("name", json!("위예온")), ("style", json!("card"))],
        ),
        ("top.png", "top", vec![]),
        ("mood.png", "mood", vec![]),
    ] {
        let asked = stage
            .sandbox
            .slash(stage.guest, stage.news, command, &options)
            .expect("the command is there");
        let answer = asked.answer().await.expect("an answer").id;
        let shown = format!("article[data-message=\"{answer}\"]");
        page.wait_for(&format!("document.querySelector('{shown} .embed-image img')?.complete"))
            .await;
        settled(&mut page).await;
        page.picture_of(&shown, &place.join(file)).await;
    }
    let forum = stage.channel("by-story").expect("the forum");
    page.resize(1280, 800, 1.0).await;
    page.click(&format!("[data-channel=\"{forum}\"]")).await;
    page.wait_for(&format!(
        "document.querySelectorAll('[data-testid=\"post\"]').length === {}",
        STORIES.len()
    ))
    .await;
    settled(&mut page).await;
    page.picture(&place.join("forum.png")).await;
    bot.kill().await.expect("the bot ends");
    stage.sandbox.stop().await.expect("the sandbox stops");
}

/// Waits until pictures and fonts are there and nothing moves any more.
async fn settled(page: &mut Page) {
    let loaded = "[...document.images].every((image) => image.complete) && document.images.length > 0";
    page.wait_for(loaded).await;
    page.eval("document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true)))))").await;
    // Animations are over, wherever they are.
    page.eval("document.getAnimations().forEach((animation) => { try { animation.finish(); } catch (_) { animation.cancel(); } })").await;
}

/// What the bot has posted for everybody, oldest first.
fn stories(stage: &Stage) -> Vec<u64> {
    stage.sandbox.look(|world| {
        world
            .bot_messages_in(stage.news)
            .iter()
            .map(|message| message.id)
            .collect()
    })
}

fn start(folder: &tempfile::TempDir, stage: &Stage) -> tokio::process::Child {
    fs::write(folder.path().join("names.tsv"), include_str!("../demo/catalogue.tsv")).expect("names");
    let own = format!(
        "[feeds]\ninterval = 1\nfirst_look = 500\n[http]\nallow_loopback = true\nhost_interval = 0\n\
         [catalogue]\nextra = \"names.tsv\"\n[[outlet]]\nname = \"The Drama Lantern\"\nurl = {}\n",
        json!(stage.sandbox.site().feed_url())
    );
    fs::write(folder.path().join("own.toml"), own).expect("settings");
    tokio::process::Command::new(env!("CARGO_BIN_EXE_daesa"))
        .env_clear()
        .current_dir(folder.path())
        .env("DISCORD_TOKEN", stage.sandbox.token())
        .env("DISCORD_API", stage.sandbox.base_url())
        .env("DATABASE_URL", "sqlite://daesa.db")
        .env("DAESA_CONFIG", "own.toml")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .expect("the bot starts")
}

/// The dialogue of `/subscriptions` in the page, for whoever changes its looks: `subscriptions.png` and
/// `subscription.png`.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_dialogue_of_subscriptions() {
    let Ok(place) = std::env::var("DAESA_PICTURES") else {
        return;
    };
    let place = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(place);
    let folder = tempfile::tempdir().expect("a folder");
    let stage = Stage::set(folder.path(), false, 0).await.expect("the stage");
    let mut bot = start(&folder, &stage);
    stage.wait_for_bot().await.expect("the bot");
    stage.follow(None).await.expect("the channels follow");
    let fans = stage.sandbox.add_role(stage.server, "Night owls", 0, 0xf2_54_5b);
    stage.sandbox.set_mentionable(stage.server, fans, true);
    let options = [
        ("person", json!("wi ye on, ahn hyo seop")),
        ("kinds", json!("stills, interviews")),
        ("spoiler", json!(true)),
        ("thread", json!(true)),
        ("role", json!(fans.to_string())),
    ];
    let asked = stage
        .sandbox
        .slash(stage.owner, stage.news, "subscribe", &options)
        .expect("the command is there");
    asked.answer().await.expect("an answer");
    let asked = stage
        .sandbox
        .slash(stage.owner, stage.news, "subscriptions", &[])
        .expect("the command is there");
    let list = asked.answer().await.expect("an answer");
    let mut page = Page::open(&format!("{}/#{}", stage.sandbox.base_url(), stage.news), 1280, 900).await;
    page.wait_for("document.body.dataset.ready === '1'").await;
    let menu = format!("article[data-message=\"{}\"] details.menu", list.id);
    page.wait_for(&format!("document.querySelector('{menu}')")).await;
    page.click(&format!("{menu} summary")).await;
    page.wait_for(&format!("document.querySelector('{menu}').open")).await;
    let finish = "document.getAnimations().forEach((animation) => { try { animation.finish(); } catch (_) { animation.cancel(); } })";
    page.eval(finish).await;
    page.picture(&place.join("subscriptions.png")).await;
    page.click(&format!("{menu} .menu-row:nth-last-child(2)")).await;
    let buttons = format!(
        "document.querySelectorAll('article[data-message=\"{}\"] details.menu').length >= 2",
        list.id
    );
    page.wait_for(&buttons).await;
    page.eval(finish).await;
    page.picture(&place.join("subscription.png")).await;
    bot.kill().await.expect("the bot ends");
    stage.sandbox.stop().await.expect("the sandbox stops");
}
