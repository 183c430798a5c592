//! `daesa-sandbox`: a sandbox with a sample server, until Ctrl-C. `daesa-sandbox [--port N] [--keep DIR]`.

use daesa_sandbox::{Article, ChannelKind, Sandbox, Settings};
use std::io;
use std::process::ExitCode;

/// View, send, embed, attach, history, react.
const BOT_PERMISSIONS: u64 = 117_824;

#[tokio::main]
async fn main() -> ExitCode {
    let settings = match settings(std::env::args().skip(1)) {
        Ok(settings) => settings,
        Err(words) => {
            eprintln!("{words}\nUsage: daesa-sandbox [--port N] [--keep DIR]");
            return ExitCode::from(2);
        }
    };
    match run(settings).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("daesa-sandbox: {error}");
            ExitCode::FAILURE
        }
    }
}

fn settings(mut words: impl Iterator<Item = String>) -> Result<Settings, String> {
    let mut settings = Settings::default();
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(format!("{word} needs a value."));
        match word.as_str() {
            "--port" => {
                settings.port = value()?
                    .parse()
                    .map_err(|_| "The port is a number up to 65535.".to_owned())?
            }
            "--keep" => settings.keep = Some(value()?.into()),
            _ => return Err(format!("{word} is not known.")),
        }
    }
    Ok(settings)
}

async fn run(settings: Settings) -> io::Result<()> {
    let sandbox = Sandbox::start(settings).await?;
    if !sandbox.was_kept() {
        sample(&sandbox);
    }
    sandbox.site().publish(Article {
        slug: "lanterns-over-hanok-street".to_owned(),
        title: "“Lanterns Over Hanok Street” Confirms Its Premiere".to_owned(),
        html_body: "<p>The invented drama “Lanterns Over Hanok Street” begins in spring.</p>\
                    <p>Director Han Bit-na said, “We waited for the right light.”</p>"
            .to_owned(),
        tags: vec!["Lanterns Over Hanok Street".to_owned()],
        author: "The sandbox".to_owned(),
        published: chrono::Utc::now().timestamp_millis(),
        ..Article::default()
    });
    println!("page   {}", sandbox.base_url());
    println!(
        "api    {}  (takes the place of https://discord.com)",
        sandbox.base_url()
    );
    println!("token  {}", sandbox.token());
    println!("feed   {}", sandbox.site().feed_url());
    println!("Ctrl-C stops.");
    tokio::signal::ctrl_c().await?;
    sandbox.stop().await
}

fn sample(sandbox: &Sandbox) {
    let mina = sandbox.add_person("mina", "Mina");
    let jun = sandbox.add_person("jun", "Jun");
    let server = sandbox.add_server("Drama club", mina);
    sandbox.add_member(server, jun);
    let talk = sandbox.add_channel(server, ChannelKind::Category, "Talk");
    let lobby = sandbox.add_channel_under(server, ChannelKind::Text, "lobby", talk);
    sandbox.add_channel_under(server, ChannelKind::Text, "drama-news", talk);
    sandbox.set_system_channel(server, Some(lobby));
    sandbox.invite_bot(server, BOT_PERMISSIONS);
}
