//! The small server that the demo plays on: people, channels, and what they follow.

use daesa_sandbox::{ChannelKind, Sandbox, Settings};
use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

/// View, send, embed, attach, history, react, and threads: what the second invite link asks for.
const PERMISSIONS: u64 = 309_237_763_136;
/// The forum where each story has a post of its own.
const FORUM: &str = "by-story";
/// The bot answers within a blink; a machine that builds at the same time takes longer.
const PATIENCE: Duration = Duration::from_secs(30);
/// The dramas of the built-in news that have channels of their own.
const CHANNELS: [(&str, &str); 3] = [
    ("lighthouse-keepers-wedding", "The Lighthouse Keeper’s Wedding"),
    ("midnight-noodles", "Midnight Noodle Tribunal"),
    ("royal-cat", "The Royal Physician’s Cat"),
];
/// Dramas that have a tag in the forum, and no channel.
const MORE_TAGS: [&str; 1] = ["My Rival, the Weather"];

/// The sandbox and who is who in it.
pub struct Stage {
    pub sandbox: Sandbox,
    pub server: u64,
    pub owner: u64,
    pub guest: u64,
    /// Where every story goes.
    pub news: u64,
}

impl Stage {
    /// Sets the stage, or finds it as it was left in `folder`.
    pub async fn set(folder: &Path, keep: bool, port: u16) -> Result<Self, String> {
        let ports = Ports::of(folder, keep);
        let (page, news) = ports.last();
        let settings = Settings {
            port: if port == 0 { page } else { port },
            news_port: news,
            keep: keep.then(|| folder.join("discord")),
            // Reactions and posts as fast as Discord lets a bot: the demo shows what people will see.
            ..Settings::default()
        };
        let sandbox = Sandbox::start(settings)
            .await
            .map_err(|error| format!("no port to listen on: {error}"))?;
        sandbox.site().style(|style| {
            "The Drama Lantern".clone_into(&mut style.title);
            style.full = true;
        });
        ports.remember(&sandbox);
        if sandbox.was_kept() {
            return Self::found(sandbox);
        }
        Ok(Self::built(sandbox))
    }

    fn built(sandbox: Sandbox) -> Self {
        let owner = sandbox.add_person("mina", "Mina");
        let guest = sandbox.add_person("jun", "Jun");
        let server = sandbox.add_server("The Drama Tearoom", owner);
        for (name, display) in [("sofia", "Sofía"), ("haruka", "Haruka")] {
            let person = sandbox.add_person(name, display);
            sandbox.add_member(server, person);
        }
        sandbox.add_member(server, guest);
        let start = sandbox.add_channel(server, ChannelKind::Category, "Start here");
        let lobby = sandbox.add_channel_under(server, ChannelKind::Text, "lobby", start);
        let stories = sandbox.add_channel(server, ChannelKind::Category, "Stories");
        let news = sandbox.add_channel_under(server, ChannelKind::Text, "drama-news", stories);
        for (name, drama) in CHANNELS {
            let channel = sandbox.add_channel_under(server, ChannelKind::Text, name, stories);
            sandbox.set_topic(channel, drama);
        }
        let forum = sandbox.add_channel_under(server, ChannelKind::Forum, FORUM, stories);
        for drama in CHANNELS.map(|(_, drama)| drama).into_iter().chain(MORE_TAGS) {
            sandbox.add_tag(forum, drama, false);
        }
        sandbox.set_topic(lobby, "Say hello, and ask Daesa anything: !help");
        sandbox.set_topic(news, "Every story, as it comes");
        sandbox.set_system_channel(server, Some(lobby));
        sandbox.invite_bot(server, PERMISSIONS);
        Self {
            sandbox,
            server,
            owner,
            guest,
            news,
        }
    }

    fn found(sandbox: Sandbox) -> Result<Self, String> {
        let found = sandbox.look(|world| {
            let server = world.guilds.values().next()?;
            let guest = server
                .members
                .keys()
                .find(|id| **id != server.owner && !world.users[*id].bot)?;
            let news = world.channel_named(server.id, "drama-news")?.id;
            Some((server.id, server.owner, *guest, news))
        });
        let (server, owner, guest, news) = found.ok_or("the folder holds another sandbox")?;
        Ok(Self {
            sandbox,
            server,
            owner,
            guest,
            news,
        })
    }

    /// Waits until the bot is connected.
    pub async fn wait_for_bot(&self) -> Result<(), String> {
        let online = self
            .sandbox
            .wait_for(|world| world.bot_online().then_some(()), PATIENCE)
            .await;
        online.ok_or_else(|| "the bot did not connect".to_owned())
    }

    /// The owner tells the bot what the channels follow, as an owner would; once.
    pub async fn follow(&self, drama: Option<&str>) -> Result<(), String> {
        if !self.sandbox.was_kept() {
            self.ask(self.news, "!subscribe everything").await?;
            for (name, title) in CHANNELS {
                if let Some(channel) = self.channel(name) {
                    self.ask(channel, &format!("!subscribe {title}")).await?;
                }
            }
            // Nobody can ask in a forum itself.
            if let Some(forum) = self.channel(FORUM) {
                self.ask(self.news, &format!("!subscribe everything <#{forum}>"))
                    .await?;
            }
        }
        let Some(drama) = drama else { return Ok(()) };
        let name = slug(drama);
        let channel = self
            .channel(&name)
            .unwrap_or_else(|| self.sandbox.add_channel(self.server, ChannelKind::Text, &name));
        self.ask(channel, &format!("!subscribe {drama}")).await
    }

    /// A channel by its name.
    pub fn channel(&self, name: &str) -> Option<u64> {
        self.sandbox
            .look(|world| world.channel_named(self.server, name).map(|channel| channel.id))
    }

    /// The owner asks the bot something and waits for the answer.
    pub async fn ask(&self, channel: u64, text: &str) -> Result<(), String> {
        let asked = self.sandbox.say(self.owner, channel, text).map_err(|error| error.0)?;
        let answered = self.sandbox.wait_for(
            |world| {
                world
                    .bot_messages_in(channel)
                    .iter()
                    .any(|message| message.id > asked)
                    .then_some(())
            },
            PATIENCE,
        );
        answered.await.ok_or_else(|| format!("no answer to `{text}`"))
    }
}

/// A name that a channel can have.
fn slug(title: &str) -> String {
    let words: Vec<String> = title
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    words.join("-").chars().take(90).collect()
}

/// With `--keep` the ports stay the same: links of posts lead to the news site.
struct Ports(Option<PathBuf>);

impl Ports {
    fn of(folder: &Path, keep: bool) -> Self {
        Self(keep.then(|| folder.join("ports")))
    }

    fn last(&self) -> (u16, u16) {
        let text = self
            .0
            .as_ref()
            .and_then(|file| fs::read_to_string(file).ok())
            .unwrap_or_default();
        let mut ports = text.split_whitespace().map(|port| port.parse().unwrap_or(0));
        (ports.next().unwrap_or(0), ports.next().unwrap_or(0))
    }

    fn remember(&self, sandbox: &Sandbox) {
        let port = |url: &str| url.rsplit(':').next().unwrap_or("0").to_owned();
        if let Some(file) = &self.0 {
            let line = format!("{} {}\n", port(sandbox.base_url()), port(sandbox.site().url()));
            if let Err(error) = fs::write(file, line) {
                eprintln!("demo: {}: {error}; links will not hold the next time", file.display());
            }
        }
    }
}
