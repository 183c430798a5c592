//! Permissions as Discord computes them, and the cache through a server's life.

use super::*;
use serde_json::{Value, json};

const BOT: UserId = UserId(1);
const OWNER: UserId = UserId(5);
const MEMBER: UserId = UserId(6);
const GUILD: GuildId = GuildId(10);
const TEXT: ChannelId = ChannelId(20);
const THREAD: ChannelId = ChannelId(21);
const MODERATOR: RoleId = RoleId(11);
const ADMIN: RoleId = RoleId(12);

const VIEW: u64 = 1 << 10;
const SEND: u64 = 1 << 11;
const MANAGE: u64 = 1 << 4;
const ADMINISTRATOR: u64 = 1 << 3;
const IN_THREADS: u64 = 1 << 38;
/// View, send, embed, attach, history, react: what the invite link asks for.
const ASKED: u64 = 117_824;

fn overwrite(id: u64, kind: u8, allow: u64, deny: u64) -> Value {
    json!({"id": id.to_string(), "type": kind, "allow": allow.to_string(), "deny": deny.to_string()})
}

/// A server whose everyone may `everyone`, with these overwrites in its channel.
fn server(everyone: u64, overwrites: Vec<Value>) -> Servers {
    let servers = Servers::new();
    servers.set_bot(BOT);
    let guild = json!({"id": "10", "name": "A", "owner_id": "5", "preferred_locale": "ko", "system_channel_id": "20",
        "roles": [{"id": "10", "permissions": everyone.to_string()}, {"id": "11", "permissions": MANAGE.to_string()},
            {"id": "12", "permissions": ADMINISTRATOR.to_string()}, {"id": "13", "permissions": ASKED.to_string()}],
        "channels": [{"id": "20", "type": 0, "parent_id": "19", "permission_overwrites": overwrites},
            {"id": "19", "type": 4}, {"id": "22", "type": 15}],
        "threads": [{"id": "21", "type": 11, "parent_id": "20", "guild_id": "10"}],
        "members": [{"user": {"id": "1", "bot": true}, "roles": ["13"]}, {"user": {"id": "6"}, "roles": []}]});
    servers.put(&serde_json::from_value(guild).unwrap());
    servers
}

#[test]
fn who_may_manage_is_computed_in_discords_order() {
    let everyone = 10;
    for (name, base, overwrites, user, roles, may) in [
        ("nobody by default", VIEW, vec![], MEMBER, vec![], false),
        (
            "the owner, whatever denies it",
            0,
            vec![overwrite(5, 1, 0, MANAGE | VIEW)],
            OWNER,
            vec![],
            true,
        ),
        ("by role", VIEW, vec![], MEMBER, vec![MODERATOR], true),
        (
            "an administrator, whatever denies it",
            0,
            vec![overwrite(12, 0, 0, MANAGE)],
            MEMBER,
            vec![ADMIN],
            true,
        ),
        (
            "denied to everyone there",
            VIEW,
            vec![overwrite(everyone, 0, 0, MANAGE)],
            MEMBER,
            vec![MODERATOR],
            false,
        ),
        (
            "a role's allowance beats everyone's denial",
            VIEW,
            vec![overwrite(11, 0, MANAGE, 0), overwrite(everyone, 0, 0, MANAGE)],
            MEMBER,
            vec![MODERATOR],
            true,
        ),
        (
            "among roles, allowance beats denial",
            VIEW,
            vec![overwrite(11, 0, MANAGE, 0), overwrite(13, 0, 0, MANAGE)],
            MEMBER,
            vec![RoleId(13), MODERATOR],
            true,
        ),
        (
            "a member's denial beats the roles' allowance",
            VIEW,
            vec![overwrite(6, 1, 0, MANAGE), overwrite(11, 0, MANAGE, 0)],
            MEMBER,
            vec![MODERATOR],
            false,
        ),
        (
            "a member's allowance",
            VIEW,
            vec![overwrite(6, 1, MANAGE, 0)],
            MEMBER,
            vec![],
            true,
        ),
        (
            "somebody else's does not count",
            VIEW,
            vec![overwrite(7, 1, MANAGE, 0)],
            MEMBER,
            vec![],
            false,
        ),
        (
            "a role's id as a member's does not count",
            VIEW,
            vec![overwrite(11, 1, MANAGE, 0)],
            MEMBER,
            vec![],
            false,
        ),
        (
            "a role that is not theirs",
            VIEW,
            vec![overwrite(13, 0, MANAGE, 0)],
            MEMBER,
            vec![],
            false,
        ),
        (
            "unknown roles count for nothing",
            VIEW,
            vec![],
            MEMBER,
            vec![RoleId(99)],
            false,
        ),
        (
            "who cannot see can do nothing",
            VIEW,
            vec![overwrite(everyone, 0, 0, VIEW)],
            MEMBER,
            vec![MODERATOR],
            false,
        ),
    ] {
        let servers = server(base, overwrites);
        assert_eq!(servers.may_manage(TEXT, user, &roles), Some(may), "{name}");
        assert_eq!(
            servers.may_manage(THREAD, user, &roles),
            Some(may),
            "{name}, in a thread"
        );
    }
    assert_eq!(
        server(0, vec![]).may_manage(ChannelId(99), OWNER, &[]),
        None,
        "unknown is not forbidden"
    );
}

#[test]
fn what_the_bot_lacks_is_named_in_order() {
    let all = [
        Need::View,
        Need::Send,
        Need::Embed,
        Need::Attach,
        Need::History,
        Need::React,
    ];
    assert_eq!(server(0, vec![]).missing(TEXT).unwrap(), []);
    let denied = server(0, vec![overwrite(1, 1, 0, SEND | 1 << 16)]);
    assert_eq!(denied.missing(TEXT).unwrap(), [Need::Send, Need::History]);
    assert_eq!(server(0, vec![overwrite(13, 0, 0, VIEW)]).missing(TEXT).unwrap(), all);
    // A thread has its channel's permissions, with a Send of its own.
    assert_eq!(server(0, vec![]).missing(THREAD).unwrap(), [Need::SendInThreads]);
    assert_eq!(
        server(IN_THREADS, vec![overwrite(10, 0, 0, SEND)])
            .missing(THREAD)
            .unwrap(),
        []
    );
    assert_eq!(server(0, vec![]).missing(ChannelId(99)), None);
}

#[test]
fn the_cache_follows_what_happens() {
    let servers = server(0, vec![]);
    let role = |permissions: u64| json!({"id": "13", "permissions": permissions.to_string()});
    servers.put_role(GUILD, &serde_json::from_value(role(ASKED & !SEND)).unwrap());
    assert_eq!(servers.missing(TEXT).unwrap(), [Need::Send]);
    assert!(servers.set_own_roles(GUILD, &[Snow(13), Snow(12)]));
    assert!(
        !servers.set_own_roles(GUILD, &[Snow(13), Snow(12)]),
        "the same again is no change"
    );
    assert_eq!(servers.missing(TEXT).unwrap(), []);
    servers.remove_role(GUILD, ADMIN);
    assert_eq!(servers.missing(TEXT).unwrap(), [Need::Send]);

    assert_eq!(servers.channel(TEXT).unwrap().kind, ChannelKind::Text);
    assert_eq!(servers.channel(ChannelId(22)).unwrap().kind, ChannelKind::Forum);
    assert_eq!(servers.remove_channel(ChannelId(19)), Some(GUILD));
    assert_eq!(servers.guild_of(TEXT), Some(GUILD), "a category takes nothing with it");
    assert_eq!(servers.remove_channel(TEXT), Some(GUILD));
    assert_eq!(servers.guild_of(THREAD), None, "a channel takes its threads with it");
    servers.remove(GUILD);
    assert_eq!((servers.count(), servers.guild_of(ChannelId(22))), (0, None));
}

#[test]
fn a_fresh_session_forgets_only_its_own_servers() {
    let servers = server(0, vec![]);
    servers.forget(|guild| guild == GUILD);
    assert_eq!(servers.guilds(), [GUILD]);
    servers.forget(|_| false);
    assert_eq!(servers.guilds(), []);
}

#[test]
fn a_forum_has_tags_and_a_role_may_be_mentionable() {
    let servers = server(0, vec![]);
    let forum = json!({"id": "40", "type": 15, "guild_id": GUILD.0.to_string(), "flags": 1 << 4, "available_tags": [
        {"id": "5", "name": "Moonlit Harbor", "moderated": false, "emoji_id": null, "emoji_name": null},
        {"id": "6", "name": "Staff", "moderated": true, "emoji_id": null, "emoji_name": null},
    ]});
    servers.put_channel(GUILD, &serde_json::from_value(forum).unwrap());
    let tags = servers.tags(ChannelId(40));
    assert!(
        tags.required && tags.tags.len() == 1,
        "moderated tags are not ours to give: {tags:?}"
    );
    assert_eq!((tags.tags[0].id, tags.tags[0].name.as_str()), (5, "Moonlit Harbor"));
    assert_eq!(servers.tags(TEXT), ForumTags::default());

    let role = RoleId(77);
    assert!(servers.is_role_gone(GUILD, role) && servers.is_mentionable(GUILD, role).is_none());
    let told = json!({"id": "77", "permissions": "0", "mentionable": true});
    servers.put_role(GUILD, &serde_json::from_value(told).unwrap());
    assert!(!servers.is_role_gone(GUILD, role));
    assert_eq!(servers.is_mentionable(GUILD, role), Some(true));
    assert!(!servers.is_role_gone(GuildId(1), role), "what is not known is not gone");
    assert_eq!(servers.may_mention(TEXT, OWNER, &[]), Some(true));
    assert_eq!(servers.may_mention(TEXT, UserId(555), &[]), Some(false));
}
