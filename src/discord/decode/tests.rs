//! Payloads as Discord documents them, whole and with holes.

use super::*;
use crate::{
    command::{Command, OptionValue, Press},
    model::{
        InteractionId, Way,
        answer::{Refusal, Style},
    },
};
use proptest::prelude::*;
use serde_json::{Value, json};

struct Reader(Decoder);

impl Reader {
    /// A session of bot 1 in server 10, owned by 5, with channel 20.
    fn new() -> Self {
        let mut reader = Self(Decoder::new(Servers::new()));
        let ready = json!({"v": 10, "user": {"id": "1", "username": "daesa", "bot": true}, "guilds": [{"id": "10",
            "unavailable": true}], "session_id": "s", "resume_gateway_url": "wss://x.test", "application": {"id": "2"}});
        assert!(matches!(reader.raw("READY", &ready), Decoded::Ready(_)));
        let guild = json!({"id": "10", "name": "A", "owner_id": "5", "preferred_locale": "en-US",
            "roles": [{"id": "10", "permissions": "1024"}, {"id": "11", "permissions": "1040"}],
            "channels": [{"id": "20", "type": 0}], "members": []});
        assert!(matches!(reader.event("GUILD_CREATE", &guild), Event::Server(info) if !info.unheard));
        reader
    }

    fn raw(&mut self, kind: &str, d: &Value) -> Decoded {
        self.0
            .dispatch(kind, 7, &json!({"op": 0, "t": kind, "s": 7, "d": d}).to_string())
    }

    fn event(&mut self, kind: &str, d: &Value) -> Event {
        match self.raw(kind, d) {
            Decoded::Event(event) => *event,
            _ => panic!("{kind} is no event"),
        }
    }

    fn nothing(&mut self, kind: &str, d: &Value) {
        assert!(matches!(self.raw(kind, d), Decoded::Nothing), "{kind}");
    }
}

/// Discord's own example of a message, with what it leaves out filled in.
fn message(content: &str) -> Value {
    json!({"id": "40", "channel_id": "20", "guild_id": "10", "content": content, "nonce": null,
        "author": {"id": "6", "username": "mina", "discriminator": "0", "avatar": null, "global_name": "Mina"},
        "member": {"roles": [], "joined_at": "2024-01-01T00:00:00Z", "deaf": false, "mute": false, "flags": 0},
        "timestamp": "2026-11-01T00:00:00Z", "edited_timestamp": null, "tts": false, "mention_everyone": false,
        "mentions": [], "mention_roles": [], "attachments": [], "embeds": [], "pinned": false, "type": 0})
}

#[test]
fn messages_become_commands_and_echoes() {
    let mut reader = Reader::new();
    let Event::Asked(asked) = reader.event("MESSAGE_CREATE", &message("!quote ahn hyo seop")) else {
        panic!()
    };
    assert!(matches!(asked.parsed, Ok(Command::Quote { name: Some(_), .. })));
    assert_eq!(
        (asked.scene.by, asked.scene.may_manage, asked.scene.lang),
        (UserId(6), false, Lang::En)
    );
    assert!(matches!(
        asked.reply,
        ReplyTo::Message {
            channel: ChannelId(20),
            message: MessageId(40)
        }
    ));
    let Event::Asked(asked) = reader.event("MESSAGE_CREATE", &message("<@1> help")) else {
        panic!()
    };
    assert!(matches!(asked.parsed, Ok(Command::Help { .. })));
    let Event::Asked(asked) = reader.event("MESSAGE_CREATE", &message("!대사 안효섭")) else {
        panic!()
    };
    assert_eq!(
        (asked.scene.lang, asked.scene.server_lang),
        (Lang::Ko, Lang::En),
        "asked in hangul, answered in Korean"
    );

    let mut moderator = message("!pause");
    moderator["member"]["roles"] = json!(["11"]);
    let Event::Asked(asked) = reader.event("MESSAGE_CREATE", &moderator) else {
        panic!()
    };
    assert!(asked.scene.may_manage);

    reader.nothing("MESSAGE_CREATE", &message("what a day"));
    reader.nothing("MESSAGE_CREATE", &message(""));
    let mut other_bot = message("!quote x");
    other_bot["author"]["bot"] = json!(true);
    reader.nothing("MESSAGE_CREATE", &other_bot);
    let mut webhook = message("!quote x");
    webhook["webhook_id"] = json!("9");
    reader.nothing("MESSAGE_CREATE", &webhook);

    let mut own = message("!quote x");
    own["author"] = json!({"id": "1", "bot": true});
    for (nonce, told) in [(json!("d7"), Some("d7")), (json!(7), Some("7")), (Value::Null, None)] {
        own["nonce"] = nonce;
        let Event::Echo {
            channel,
            message,
            nonce,
        } = reader.event("MESSAGE_CREATE", &own)
        else {
            panic!()
        };
        assert_eq!(
            (channel, message, nonce.as_deref()),
            (ChannelId(20), MessageId(40), told)
        );
    }
    // In direct messages there is nothing to manage.
    let direct = json!({"id": "40", "channel_id": "77", "author": {"id": "5"}, "content": "!help"});
    let Event::Asked(asked) = reader.event("MESSAGE_CREATE", &direct) else {
        panic!()
    };
    assert_eq!((asked.scene.place.guild, asked.scene.may_manage), (None, false));
}

#[test]
fn reactions_become_votes() {
    let mut reader = Reader::new();
    let add = json!({"user_id": "6", "channel_id": "20", "message_id": "30", "guild_id": "10",
        "member": {"user": {"id": "6", "bot": true}, "roles": []}, "emoji": {"id": "123", "name": "x", "animated": true},
        "message_author_id": "1", "burst": true, "burst_colors": ["#fff"], "type": 1});
    let Event::Vote(VoteChange::Add { key, bot }) = reader.event("MESSAGE_REACTION_ADD", &add) else {
        panic!()
    };
    assert!(bot && key.way == Way::Burst);
    assert_eq!(key.emoji, Emoji::Custom(123));
    // Without `burst` and `type`, as some events come.
    let bare = json!({"user_id": "6", "message_id": "30", "emoji": {"name": "❤️"}});
    let Event::Vote(VoteChange::Remove(key)) = reader.event("MESSAGE_REACTION_REMOVE", &bare) else {
        panic!()
    };
    assert_eq!((key.way, key.emoji), (Way::Reaction, Emoji::Unicode("❤".into())));
    let burst = json!({"user_id": "6", "message_id": "30", "emoji": {"name": "❤"}, "type": 1});
    let Event::Vote(VoteChange::Remove(key)) = reader.event("MESSAGE_REACTION_REMOVE", &burst) else {
        panic!()
    };
    assert_eq!(key.way, Way::Burst);
    let own = json!({"user_id": "1", "message_id": "30", "emoji": {"name": "❤️"}});
    reader.nothing("MESSAGE_REACTION_ADD", &own);
    reader.nothing("MESSAGE_REACTION_REMOVE", &own);

    let all = json!({"channel_id": "20", "message_id": "30", "guild_id": "10"});
    let event = reader.event("MESSAGE_REACTION_REMOVE_ALL", &all);
    assert!(matches!(event, Event::Vote(VoteChange::Clear(MessageId(30)))));
    let one = json!({"channel_id": "20", "message_id": "30", "emoji": {"id": null, "name": "😂"}});
    let event = reader.event("MESSAGE_REACTION_REMOVE_EMOJI", &one);
    assert!(matches!(event, Event::Vote(VoteChange::ClearEmoji(_, Emoji::Unicode(e))) if e == "😂"));
    let event = reader.event("MESSAGE_REACTION_REMOVE_EMOJI", &all);
    assert!(
        matches!(event, Event::Unreadable { .. }),
        "an emoji is missing: nothing is guessed"
    );
}

#[test]
fn what_is_deleted_is_told() {
    let mut reader = Reader::new();
    let one = reader.event(
        "MESSAGE_DELETE",
        &json!({"id": "30", "channel_id": "20", "guild_id": "10"}),
    );
    assert!(matches!(one, Event::MessagesDeleted { messages, .. } if messages == [MessageId(30)]));
    let many = reader.event("MESSAGE_DELETE_BULK", &json!({"ids": ["30", "31"], "channel_id": "20"}));
    assert!(matches!(many, Event::MessagesDeleted { messages, .. } if messages.len() == 2));
    // A thread without its parent, as Discord sends it at times.
    let thread = reader.event("THREAD_DELETE", &json!({"id": "21", "guild_id": "10", "type": 11}));
    assert!(matches!(
        thread,
        Event::ChannelGone {
            guild: Some(GuildId(10)),
            channel: ChannelId(21)
        }
    ));
    let channel = reader.event("CHANNEL_DELETE", &json!({"id": "20", "type": 0}));
    assert!(
        matches!(
            channel,
            Event::ChannelGone {
                guild: Some(GuildId(10)),
                ..
            }
        ),
        "its server was known"
    );
}

#[test]
fn threads_are_known_while_something_can_happen_in_them() {
    let mut reader = Reader::new();
    let servers = reader.0.servers.clone();
    let thread = |archived: bool, locked: bool| {
        json!({"id": "21", "guild_id": "10", "parent_id": "20", "type": 11,
            "thread_metadata": {"archived": archived, "locked": locked}})
    };
    let mut becomes = |archived, locked| reader.raw("THREAD_UPDATE", &thread(archived, locked));
    assert!(matches!(becomes(false, false), Decoded::Event(_)));
    assert!(servers.guild_of(ChannelId(21)).is_some());
    assert!(matches!(becomes(true, false), Decoded::Nothing));
    assert_eq!(servers.guild_of(ChannelId(21)), None, "archived by itself");
    assert!(matches!(becomes(false, false), Decoded::Event(_)), "it is open again");
    assert!(matches!(becomes(true, true), Decoded::Event(_)));
    assert!(
        servers.guild_of(ChannelId(21)).is_some(),
        "posts there would be refused"
    );
    assert!(
        matches!(becomes(true, false), Decoded::Event(_)),
        "what waits may be posted"
    );
    assert_eq!(servers.guild_of(ChannelId(21)), None);
}

#[test]
fn servers_come_and_go() {
    let mut reader = Reader::new();
    let joined = reader.event(
        "GUILD_CREATE",
        &json!({"id": "50", "name": "New", "system_channel_id": "51"}),
    );
    assert!(matches!(&joined, Event::Server(info) if info.unheard && info.system_channel == Some(ChannelId(51))));
    let away = reader.event("GUILD_DELETE", &json!({"id": "50", "unavailable": true}));
    assert!(matches!(away, Event::ServerUnavailable(GuildId(50))));
    let away = reader.event("GUILD_CREATE", &json!({"id": "50", "unavailable": true}));
    assert!(matches!(away, Event::ServerUnavailable(GuildId(50))));
    let back = reader.event("GUILD_CREATE", &json!({"id": "50", "name": "New"}));
    assert!(
        matches!(back, Event::Server(info) if info.unheard),
        "nobody told what happened meanwhile"
    );
    let told = reader.event("GUILD_CREATE", &json!({"id": "50", "name": "New"}));
    assert!(matches!(told, Event::Server(info) if !info.unheard), "told once more");
    let left = reader.event("GUILD_DELETE", &json!({"id": "50"}));
    assert!(matches!(left, Event::ServerLeft(GuildId(50))));

    let role = json!({"guild_id": "10", "role": {"id": "10", "permissions": "1040", "name": "@everyone"}});
    assert!(matches!(
        reader.event("GUILD_ROLE_UPDATE", &role),
        Event::ServerChanged(GuildId(10))
    ));
    let Event::Asked(asked) = reader.event("MESSAGE_CREATE", &message("!pause")) else {
        panic!()
    };
    assert!(asked.scene.may_manage, "the new permissions count for what comes after");
    let roles = json!({"guild_id": "10", "user": {"id": "1"}, "roles": ["11"]});
    assert!(matches!(
        reader.event("GUILD_MEMBER_UPDATE", &roles),
        Event::ServerChanged(_)
    ));
    reader.nothing(
        "GUILD_MEMBER_UPDATE",
        &json!({"guild_id": "10", "user": {"id": "6"}, "roles": ["11"]}),
    );
    reader.nothing("PRESENCE_UPDATE", &json!({"anything": 1}));
}

/// An interaction as documented; `kind` and `data` differ.
fn interaction(kind: u8, data: Value) -> Value {
    json!({"id": "70", "application_id": "2", "type": kind, "token": "aW50ZXJhY3Rpb24", "version": 1, "guild_id": "10",
        "channel_id": "20", "channel": {"id": "20", "type": 0}, "locale": "ko", "guild_locale": "en-US",
        "app_permissions": "117824", "entitlements": [], "attachment_size_limit": 10, "context": 0,
        "member": {"user": {"id": "6", "username": "mina"}, "roles": [], "permissions": "16", "deaf": false,
            "mute": false, "joined_at": "2024-01-01T00:00:00Z", "flags": 0},
        "data": data, "message": {"id": "30"}})
}

#[test]
fn interactions_become_commands_presses_and_completions() {
    let mut reader = Reader::new();
    let data = json!({"id": "1", "name": "subscribe", "type": 1, "options": [
        {"name": "drama", "type": 3, "value": "Moon Over Mapo"}, {"name": "channel", "type": 7, "value": "20"}]});
    let Event::Asked(asked) = reader.event("INTERACTION_CREATE", &interaction(2, data)) else {
        panic!()
    };
    assert!(
        matches!(
            &asked.parsed,
            Ok(Command::Subscribe {
                channel: Some(ChannelId(20)),
                ..
            })
        ),
        "{:?}",
        asked.parsed
    );
    assert_eq!(
        (asked.scene.may_manage, asked.scene.lang, asked.scene.server_lang),
        (true, Lang::Ko, Lang::En)
    );
    let ReplyTo::Interaction(ticket) = asked.reply else {
        panic!()
    };
    assert_eq!(ticket.id, InteractionId(70));

    let unknown = json!({"id": "1", "name": "no-such", "type": 1});
    let Event::Asked(asked) = reader.event("INTERACTION_CREATE", &interaction(2, unknown)) else {
        panic!()
    };
    assert!(matches!(asked.parsed, Err(Refusal::NoCommand { .. })));

    let id = Press::Another {
        key: String::new(),
        style: Style::Words,
    }
    .to_id()
    .unwrap();
    let data = json!({"custom_id": id, "component_type": 2});
    let Event::Pressed(pressed) = reader.event("INTERACTION_CREATE", &interaction(3, data)) else {
        panic!()
    };
    assert_eq!(
        (pressed.press, pressed.message),
        (
            Some(Press::Another {
                key: String::new(),
                style: Style::Words
            }),
            MessageId(30)
        )
    );
    let forged = json!({"custom_id": "forget|x", "component_type": 2});
    let Event::Pressed(pressed) = reader.event("INTERACTION_CREATE", &interaction(3, forged)) else {
        panic!()
    };
    assert_eq!(pressed.press, None);

    let data = json!({"name": "quote", "options": [{"name": "drama", "type": 3, "value": "moon"},
        {"name": "name", "type": 3, "value": "ahn", "focused": true}]});
    let Decoded::Completing(what, _) = reader.raw("INTERACTION_CREATE", &interaction(4, data)) else {
        panic!()
    };
    assert_eq!(
        (what.command.as_str(), what.option.as_str(), what.typed.as_str()),
        ("quote", "name", "ahn")
    );
    assert_eq!(what.others, [("drama".to_owned(), OptionValue::Text("moon".into()))]);
    reader.nothing("INTERACTION_CREATE", &interaction(5, json!({"custom_id": "modal"})));
}

#[test]
fn an_interaction_with_holes_is_read_as_far_as_it_goes() {
    let mut reader = Reader::new();
    let direct = json!({"id": "70", "application_id": "2", "type": 2, "token": "t", "channel": {"id": "77"},
        "user": {"id": "5"}, "data": {"name": "help"}});
    let Event::Asked(asked) = reader.event("INTERACTION_CREATE", &direct) else {
        panic!()
    };
    assert_eq!(
        (asked.scene.place.guild, asked.scene.place.channel),
        (None, ChannelId(77))
    );
    for (field, value) in [
        ("token", json!("../../x")),
        ("token", json!("")),
        ("user", Value::Null),
        ("data", Value::Null),
    ] {
        let mut broken = direct.clone();
        broken[field] = value;
        assert!(
            matches!(reader.event("INTERACTION_CREATE", &broken), Event::Unreadable { .. }),
            "{field}"
        );
    }
}

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        (0..100_u64).prop_map(|n| Value::from(n.to_string())),
        Just(json!([])),
        Just(json!({})),
    ]
}

proptest! {
    /// Whatever stands in whatever place, nothing panics, and nothing of it comes out as a reason.
    #[test]
    fn no_payload_does_harm(which in 0..6_usize, field in 0..12_usize, inner in 0..6_usize, value in leaf()) {
        let mut reader = Reader::new();
        let (kind, mut d) = [
            ("MESSAGE_CREATE", message("!quote x")),
            ("INTERACTION_CREATE", interaction(2, json!({"name": "quote", "options": [{"name": "name", "type": 3, "value": "x"}]}))),
            ("INTERACTION_CREATE", interaction(3, json!({"custom_id": "another|", "component_type": 2}))),
            ("MESSAGE_REACTION_ADD", json!({"user_id": "6", "channel_id": "20", "message_id": "30", "emoji": {"id": null, "name": "x"}, "burst": false, "type": 0})),
            ("GUILD_CREATE", json!({"id": "11", "owner_id": "5", "roles": [{"id": "11", "permissions": "8"}], "channels": [{"id": "22", "type": 0, "permission_overwrites": [{"id": "1", "type": 0, "allow": "1", "deny": "2"}]}]})),
            ("CHANNEL_UPDATE", json!({"id": "20", "guild_id": "10", "type": 0, "parent_id": null, "permission_overwrites": []})),
        ].into_iter().nth(which).unwrap();
        let map = d.as_object_mut().unwrap();
        let key = map.keys().nth(field % map.len()).unwrap().clone();
        match map.get_mut(&key).unwrap() {
            Value::Object(within) if inner > 2 && !within.is_empty() => {
                let key = within.keys().nth(inner % within.len()).unwrap().clone();
                within[&key] = value;
            }
            place => *place = value,
        }
        let _ = reader.raw(kind, &d);
    }

    #[test]
    fn a_reason_quotes_nothing(secret in "[a-z]{12,30}") {
        let mut reader = Reader::new();
        for d in [json!({"id": secret, "channel_id": "1"}), json!({"id": "1", "channel_id": "2", "author": secret}),
            json!({"id": "1", "channel_id": "2", "author": {"id": "3", "bot": secret}}), json!([secret]), json!(secret)] {
            let event = reader.event("MESSAGE_CREATE", &d);
            prop_assert!(matches!(event, Event::Unreadable { .. }), "{:?}", event);
            prop_assert!(!format!("{event:?}").contains(&secret), "{:?}", event);
        }
    }
}
