//! The demo played through by itself: a story is posted, voted on and quoted, or it fails.

use crate::stage::Stage;
use daesa_sandbox::Message;
use serde_json::json;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(60);

/// Plays it through.
pub async fn play(stage: &Stage) -> Result<(), String> {
    let sandbox = &stage.sandbox;
    let post = sandbox
        .wait_for(
            |world| {
                world
                    .bot_messages_in(stage.news)
                    .into_iter()
                    .find(|m| is_story(m))
                    .cloned()
            },
            PATIENCE,
        )
        .await
        .ok_or("no story was posted")?;
    println!("posted: {}", title(&post));

    let seeded = sandbox.wait_for(
        |world| {
            world
                .message(post.id)
                .filter(|message| message.reactions.len() >= 5)
                .map(|_| ())
        },
        PATIENCE,
    );
    seeded.await.ok_or("the five feelings were not put under the story")?;
    sandbox
        .react(stage.guest, post.id, "😭", false)
        .map_err(|error| error.0)?;
    stage.ask(stage.news, "!top").await?;
    let top = last(stage).ok_or("no ranking")?;
    let shown = json!(top.embeds).to_string();
    if !shown.contains("😭") {
        return Err(format!("the vote is not in the ranking: {shown}"));
    }
    println!("voted:  the ranking counts it");

    stage.ask(stage.news, "!quote ok yi dam").await?;
    let quote = last(stage).ok_or("no quote")?;
    if !json!(quote.embeds).to_string().contains("Ok Yi Dam") {
        return Err("the quote is not Ok Yi Dam’s".to_owned());
    }
    let slash = sandbox
        .slash(stage.guest, stage.news, "quote", &[("name", json!("옥이담"))])
        .map_err(|error| error.0)?;
    slash.answer().await.ok_or("no answer to /quote")?;
    println!(
        "quoted: {}",
        quote
            .embeds
            .first()
            .map_or_else(String::new, |embed| line(&embed["description"]))
    );

    let invalid = sandbox.invalid();
    if invalid.unasked() > 0 {
        return Err(format!(
            "requests that Discord would count against the bot: {invalid:?}"
        ));
    }
    println!("demo passed");
    Ok(())
}

fn is_story(message: &Message) -> bool {
    message
        .embeds
        .iter()
        .any(|embed| embed["url"].is_string() && embed["timestamp"].is_string())
        && message.reference.is_none()
}

fn title(message: &Message) -> String {
    message
        .embeds
        .first()
        .map_or_else(String::new, |embed| line(&embed["title"]))
}

fn line(value: &serde_json::Value) -> String {
    value
        .as_str()
        .unwrap_or_default()
        .lines()
        .next()
        .unwrap_or_default()
        .to_owned()
}

fn last(stage: &Stage) -> Option<Message> {
    stage.sandbox.look(|world| {
        world
            .bot_messages_in(stage.news)
            .last()
            .map(|message| (*message).clone())
    })
}
