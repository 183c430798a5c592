//! The README's pictures: moments of the demo in a real browser, by night and by daylight. Made on demand:
//! `DAESA_PICTURES=tests/demo cargo test --test it pictures` writes them into that folder (which is meant from the root
//! of the repository).

use crate::browser::Page;
use serde_json::json;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

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
/// Readers beside those of the demo.
const READERS: [&str; 10] = [
    "Noor", "Tomás", "Yuki", "Priya", "Lena", "Minjun", "Ayla", "Theo", "Rosa", "Wren",
];
/// How many vote with what on each story.
const VOTES: [&[(&str, usize)]; 3] = [
    &[("😂", 9), ("❤️", 6), ("😮", 2)],
    &[("❤️", 11), ("😭", 4), ("😂", 3)],
    &[("❤️", 12), ("😂", 8), ("😮", 3), ("😭", 1)],
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_readmes_picture() {
    let Ok(place) = std::env::var("DAESA_PICTURES") else {
        return;
    };
    let place = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(place);
    let folder = tempfile::tempdir().expect("a folder");
    let stage = Stage::set(folder.path(), false, 0).await.expect("the stage");
    for name in READERS {
        let reader = stage.sandbox.add_person(&name.to_lowercase(), name);
        stage.sandbox.add_member(stage.server, reader);
    }
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
    vote(&stage).await;

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
    both(&mut page, &place, "page", None).await;
    page.resize(1000, 1200, 1.0).await;
    for (name, command, options) in [
        (
            "card",
            "quote",
            vec![("name", json!("위예온")), ("style", json!("card"))],
        ),
        ("top", "top", vec![]),
        ("mood", "mood", vec![]),
    ] {
        let asked = stage
            .sandbox
            .slash(stage.guest, stage.news, command, &options)
            .expect("the command is there");
        let answer = asked.answer().await.expect("an answer").id;
        let shown = format!("article[data-message=\"{answer}\"]");
        page.wait_for(&format!("document.querySelector('{shown} .embed-image img')?.complete"))
            .await;
        both(&mut page, &place, name, Some(&shown)).await;
    }
    let forum = stage.channel("by-story").expect("the forum");
    page.resize(1100, 720, 1.0).await;
    page.click(&format!("[data-channel=\"{forum}\"]")).await;
    page.wait_for(&format!(
        "document.querySelectorAll('[data-testid=\"post\"]').length === {}",
        STORIES.len()
    ))
    .await;
    both(&mut page, &place, "forum", None).await;
    bot.kill().await.expect("the bot ends");
    stage.sandbox.stop().await.expect("the sandbox stops");
}

/// The readers' votes, on each story once it shows the feelings.
async fn vote(stage: &Stage) {
    let people = stage.sandbox.look(|world| {
        let people = world.users.values().filter(|user| !user.bot);
        people.map(|user| user.id).collect::<Vec<_>>()
    });
    let posts = stories(stage);
    for (post, votes) in posts[posts.len() - STORIES.len()..].iter().copied().zip(VOTES) {
        let seeded =
            |world: &daesa_sandbox::World| world.message(post).filter(|post| post.reactions.len() >= 5).map(drop);
        stage.sandbox.wait_for(seeded, PATIENCE).await.expect("the feelings");
        for (emoji, count) in votes {
            for reader in people.iter().take(*count) {
                stage.sandbox.react(*reader, post, emoji, false).expect("a vote");
            }
        }
    }
}

/// `NAME.png` by night and `NAME-light.png` by daylight, of what the selector finds or of the whole page.
async fn both(page: &mut Page, place: &Path, name: &str, shown: Option<&str>) {
    for (scheme, file) in [("light", format!("{name}-light.png")), ("dark", format!("{name}.png"))] {
        page.scheme(scheme).await;
        page.point_nowhere().await;
        settled(page).await;
        match shown {
            Some(shown) => page.picture_of(shown, &place.join(file)).await,
            None => page.picture(&place.join(file)).await,
        }
    }
}

/// Waits until pictures and fonts are there and nothing moves any more.
async fn settled(page: &mut Page) {
    let loaded =
        "[...document.querySelectorAll('.picture:not(.broken)')].every((one) => one.classList.contains('ready'))";
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

/// The dialogue of `/subscriptions` in the page: the list opened, `subscriptions`, and what was chosen from it,
/// `subscription`.
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
    both(&mut page, &place, "subscriptions", None).await;
    page.click(&format!("{menu} .menu-row:nth-child(2)")).await;
    let article = format!("article[data-message=\"{}\"]", list.id);
    page.wait_for(&format!(
        "document.querySelectorAll('{article} details.menu').length >= 2"
    ))
    .await;
    both(&mut page, &place, "subscription", Some(&article)).await;
    bot.kill().await.expect("the bot ends");
    stage.sandbox.stop().await.expect("the sandbox stops");
}
