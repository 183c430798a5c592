//! An unmodified serenity client lives in the sandbox: it connects, reads, sends, reacts, answers a command and a
//! button. Nothing here may reach the real Discord: the token is invented, and the sandbox is asked first, since
//! serenity dials the real gateway when `/gateway` fails.

use daesa_sandbox::{ChannelKind, Sandbox, Settings};
use serde_json::json;
use serenity::all::{
    ButtonStyle, ChannelId, ClientBuilder, Command, CommandOptionType, Context, CreateActionRow, CreateButton,
    CreateCommand, CreateCommandOption, CreateEmbed, CreateInteractionResponse, CreateInteractionResponseMessage,
    CreateMessage, EventHandler, GatewayIntents, Http, HttpBuilder, Interaction, Message, Reaction, ReactionType,
    Ready,
};
use serenity::async_trait;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(30);
const BOT_RIGHTS: u64 = 117_824;

#[derive(Default)]
struct Seen {
    reactions: AtomicUsize,
    guilds: AtomicUsize,
    edits: AtomicUsize,
    deletions: AtomicUsize,
}

struct Handler {
    seen: Arc<Seen>,
}

#[async_trait]
impl EventHandler for Handler {
    async fn ready(&self, context: Context, _: Ready) {
        let option = CreateCommandOption::new(CommandOptionType::String, "name", "Who").required(true);
        let command = CreateCommand::new("quote").description("A line").add_option(option);
        Command::set_global_commands(&context.http, vec![command])
            .await
            .expect("registered");
    }

    async fn guild_create(&self, _: Context, guild: serenity::all::Guild, _: Option<bool>) {
        assert!(!guild.channels.is_empty() && !guild.roles.is_empty());
        self.seen.guilds.fetch_add(1, Ordering::SeqCst);
    }

    async fn message(&self, context: Context, message: Message) {
        if message.author.bot || message.content != "!quote" {
            return;
        }
        assert!(message.member.is_some() && message.guild_id.is_some());
        let button = CreateButton::new("again")
            .label("Another")
            .style(ButtonStyle::Secondary);
        let reply = CreateMessage::new()
            .embed(
                CreateEmbed::new()
                    .title("A line")
                    .url("https://news.test/a")
                    .field("who", "Han Bit-na", true),
            )
            .components(vec![CreateActionRow::Buttons(vec![button])])
            .reference_message(&message);
        let sent = message
            .channel_id
            .send_message(&context.http, reply)
            .await
            .expect("sent");
        assert_eq!(sent.embeds[0].title.as_deref(), Some("A line"));
        sent.react(&context.http, ReactionType::Unicode("❤️".to_owned()))
            .await
            .expect("reacted");
    }

    async fn message_update(
        &self,
        _: Context,
        _: Option<Message>,
        _: Option<Message>,
        _: serenity::all::MessageUpdateEvent,
    ) {
        self.seen.edits.fetch_add(1, Ordering::SeqCst);
    }

    async fn message_delete(
        &self,
        _: Context,
        _: ChannelId,
        _: serenity::all::MessageId,
        _: Option<serenity::all::GuildId>,
    ) {
        self.seen.deletions.fetch_add(1, Ordering::SeqCst);
    }

    async fn reaction_add(&self, _: Context, reaction: Reaction) {
        assert!(reaction.user_id.is_some());
        self.seen.reactions.fetch_add(1, Ordering::SeqCst);
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        let words = match &interaction {
            Interaction::Command(command) => {
                format!(
                    "{} for {}",
                    command.data.options[0].value.as_str().unwrap_or("?"),
                    command.user.name
                )
            }
            Interaction::Component(component) => format!("pressed {}", component.data.custom_id),
            _ => return,
        };
        let data = CreateInteractionResponseMessage::new().content(words);
        let response = CreateInteractionResponse::Message(data);
        match interaction {
            Interaction::Command(command) => {
                command
                    .create_response(&context.http, response)
                    .await
                    .expect("answered");
                let shown = command.get_response(&context.http).await.expect("read back");
                assert!(shown.interaction_metadata.is_some());
            }
            Interaction::Component(component) => {
                component
                    .create_response(&context.http, response)
                    .await
                    .expect("answered");
            }
            _ => {}
        }
    }
}

async fn http(sandbox: &Sandbox) -> Http {
    // Asked first: if this fails, serenity would look for the real gateway.
    let gateway = reqwest::Client::new()
        .get(format!("{}/api/v10/gateway", sandbox.base_url()))
        .header("user-agent", "DiscordBot (test, 1)")
        .send()
        .await
        .expect("the sandbox answers");
    assert_eq!(gateway.status(), 200);
    HttpBuilder::new(sandbox.token())
        .proxy(sandbox.base_url())
        .ratelimiter_disabled(true)
        .build()
}

#[tokio::test]
async fn an_unmodified_serenity_bot_lives_here() {
    let sandbox = Sandbox::start(Settings {
        unlimited: true,
        ..Settings::default()
    })
    .await
    .expect("a free port");
    let mina = sandbox.add_person("mina", "Mina");
    let server = sandbox.add_server("Drama club", mina);
    let channel = sandbox.add_channel(server, ChannelKind::Text, "news");
    sandbox.add_channel(server, ChannelKind::Category, "more");
    sandbox.add_channel(server, ChannelKind::Forum, "forum");
    sandbox.add_channel(server, ChannelKind::Announcement, "announcements");
    sandbox.invite_bot(server, BOT_RIGHTS);
    let intents = GatewayIntents::GUILDS
        | GatewayIntents::GUILD_MESSAGES
        | GatewayIntents::GUILD_MESSAGE_REACTIONS
        | GatewayIntents::MESSAGE_CONTENT;
    let seen = Arc::new(Seen::default());
    let handler = Handler {
        seen: Arc::clone(&seen),
    };
    let http = http(&sandbox).await;
    let mut client = ClientBuilder::new_with_http(http, intents)
        .event_handler(handler)
        .await
        .expect("a client");
    let shards = Arc::clone(&client.shard_manager);
    let running = tokio::spawn(async move { client.start().await });
    let registered = sandbox
        .wait_for(|world| (!world.commands(None).is_empty()).then_some(()), PATIENCE)
        .await;
    assert!(registered.is_some(), "it connected and registered its command");

    sandbox.say(mina, channel, "!quote").expect("said");
    let bot = sandbox.bot();
    let posted = sandbox
        .wait_for(
            |world| {
                world
                    .messages_in(channel)
                    .into_iter()
                    .find(|m| m.author == bot && m.reacted("❤️") == 1)
                    .cloned()
            },
            PATIENCE,
        )
        .await
        .expect("a post with its reaction");
    assert_eq!(posted.embeds[0]["fields"][0]["value"], "Han Bit-na");

    sandbox.react(mina, posted.id, "😂", true).expect("reacted");
    let asking = sandbox
        .slash(mina, channel, "quote", &[("name", json!("han"))])
        .expect("asked");
    assert_eq!(
        asking.answer().await.map(|m| m.content),
        Some("han for mina".to_owned())
    );
    let pressing = sandbox.press(mina, posted.id, "again").expect("pressed");
    assert_eq!(
        pressing.answer().await.map(|m| m.content),
        Some("pressed again".to_owned())
    );
    let mine = sandbox.say(mina, channel, "oops").expect("said");
    sandbox.edit(mina, mine, "oh").expect("edited");
    sandbox.delete_messages(channel, &[mine]);
    // Its handlers run on their own tasks: wait for what they count.
    let all_seen = async {
        let done = || {
            let count = |counter: &AtomicUsize| counter.load(Ordering::SeqCst);
            (
                count(&seen.reactions),
                count(&seen.guilds),
                count(&seen.edits),
                count(&seen.deletions),
            ) == (2, 1, 1, 1)
        };
        while !done() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    assert!(
        tokio::time::timeout(PATIENCE, all_seen).await.is_ok(),
        "no event vanished"
    );
    assert_eq!(sandbox.invalid().unasked(), 0);
    shards.shutdown_all().await;
    running.await.expect("no panic").expect("a clean end");
    sandbox.stop().await.expect("stopped");
}
