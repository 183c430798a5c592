//! `view::Card` → the messages of serenity's builders. Whatever the card says, nobody is mentioned but the roles
//! that it names for it, in new messages.

use crate::{
    model::{ChannelId, MessageId, RoleId},
    view::card::{Attachment, Button, Card, Embed, Menu, Offer, Offers},
};
use serenity::{
    builder::{
        CreateActionRow, CreateAllowedMentions, CreateAttachment, CreateButton, CreateEmbed, CreateEmbedAuthor,
        CreateEmbedFooter, CreateForumPost, CreateInteractionResponseMessage, CreateMessage, CreateSelectMenu,
        CreateSelectMenuKind, CreateSelectMenuOption, EditAttachments, EditInteractionResponse, EditMessage,
    },
    model::{
        Timestamp,
        application::ButtonStyle,
        channel::{MessageReference, MessageReferenceKind, Nonce, ReactionType},
        id,
    },
};

/// serenity's ids cannot be zero and panic on it; Discord's are never zero.
pub(super) fn channel_id(channel: ChannelId) -> id::ChannelId {
    id::ChannelId::new(channel.0.max(1))
}

/// As [`channel_id`].
pub(super) fn message_id(message: MessageId) -> id::MessageId {
    id::MessageId::new(message.0.max(1))
}

fn nobody() -> CreateAllowedMentions {
    CreateAllowedMentions::new().replied_user(false)
}

/// Exactly these roles, of those that the content names.
fn only(roles: &[RoleId]) -> CreateAllowedMentions {
    // Zero is no role, and serenity panics on it.
    nobody().roles(
        roles
            .iter()
            .filter(|role| role.0 != 0)
            .take(PINGS)
            .map(|role| id::RoleId::new(role.0)),
    )
}

/// Discord's limit of a list of allowed mentions.
const PINGS: usize = 100;

/// A new message. With a nonce, Discord is told to enforce it.
pub(super) fn message(card: &Card, nonce: Option<&str>) -> CreateMessage {
    let mut message = CreateMessage::new()
        .embeds(embeds(card))
        .allowed_mentions(only(&card.pings))
        .components(components(card));
    if !card.content.is_empty() {
        message = message.content(&card.content);
    }
    if let Some(file) = &card.attachment {
        message = message.add_file(named(file));
    }
    match nonce {
        Some(nonce) => message.nonce(Nonce::String(nonce.to_owned())).enforce_nonce(true),
        None => message,
    }
}

/// A post of a forum: a thread with the card as its first message. There are no nonces for those.
pub(super) fn forum_post(card: &Card, name: &str, tags: &[u64]) -> CreateForumPost<'static> {
    let tags = tags
        .iter()
        .filter(|tag| **tag != 0)
        .map(|tag| id::ForumTagId::new(*tag));
    CreateForumPost::new(name, message(card, None)).set_applied_tags(tags)
}

/// A message that refers to another in the same channel, and goes out all the same when that is gone.
pub(super) fn answer(card: &Card, nonce: &str, channel: ChannelId, to: MessageId) -> CreateMessage {
    let reference = MessageReference::new(MessageReferenceKind::Default, channel_id(channel))
        .message_id(message_id(to))
        .fail_if_not_exists(false);
    message(card, Some(nonce)).reference_message(reference)
}

/// A message's new face: what the card leaves out is taken away.
pub(super) fn edit(card: &Card) -> EditMessage {
    EditMessage::new()
        .content(&card.content)
        .embeds(embeds(card))
        .allowed_mentions(nobody())
        .components(components(card))
        .attachments(files(card))
}

/// The first answer to an interaction.
pub(super) fn response(card: &Card) -> CreateInteractionResponseMessage {
    let message = CreateInteractionResponseMessage::new()
        .content(&card.content)
        .embeds(embeds(card))
        .allowed_mentions(nobody())
        .components(components(card))
        .ephemeral(card.ephemeral);
    match &card.attachment {
        Some(file) => message.add_file(named(file)),
        None => message,
    }
}

/// The answer to an interaction that was acknowledged before. Whether it is seen by one person was
/// settled then.
pub(super) fn original(card: &Card) -> EditInteractionResponse {
    EditInteractionResponse::new()
        .content(&card.content)
        .embeds(embeds(card))
        .allowed_mentions(nobody())
        .components(components(card))
        .attachments(files(card))
}

/// The files that a message is to have: those it had are taken away.
fn files(card: &Card) -> EditAttachments {
    let file = card.attachment.iter().map(named);
    file.fold(EditAttachments::new(), EditAttachments::add)
}

/// What the form says of a file; its bytes go beside the form ([`file`]). serenity numbers a new file 0
/// in both, which is right as long as there is one.
fn named(attachment: &Attachment) -> CreateAttachment {
    CreateAttachment::bytes(Vec::new(), &attachment.name).description(&attachment.description)
}

/// A file with its bytes.
pub(super) fn file(attachment: &Attachment) -> CreateAttachment {
    CreateAttachment::bytes(attachment.bytes.clone(), &attachment.name)
}

fn embeds(card: &Card) -> Vec<CreateEmbed> {
    card.embeds.iter().map(embed).collect()
}

fn embed(embed: &Embed) -> CreateEmbed {
    let mut out = CreateEmbed::new().colour(embed.color);
    if !embed.title.is_empty() {
        out = out.title(&embed.title);
    }
    if !embed.description.is_empty() {
        out = out.description(&embed.description);
    }
    if let Some(url) = &embed.url {
        out = out.url(url);
    }
    if let Some(author) = &embed.author {
        out = out.author(CreateEmbedAuthor::new(author));
    }
    if let Some(image) = &embed.image {
        out = out.image(image);
    }
    if let Some(footer) = &embed.footer {
        out = out.footer(CreateEmbedFooter::new(footer));
    }
    if let Some(at) = embed.timestamp.and_then(|at| Timestamp::from_millis(at).ok()) {
        out = out.timestamp(at);
    }
    out.fields(embed.fields.iter().map(|(name, value, inline)| (name, value, *inline)))
}

fn components(card: &Card) -> Vec<CreateActionRow> {
    let menus = card.menus.iter().map(|one| CreateActionRow::SelectMenu(menu(one)));
    let rows = card.buttons.iter().filter(|row| !row.is_empty());
    let rows = rows.map(|row| CreateActionRow::Buttons(row.iter().map(button).collect()));
    menus.chain(rows).collect()
}

/// An emoji as the settings write it: itself, or `<:name:id>`.
fn reaction(emoji: &str) -> ReactionType {
    let custom = emoji
        .trim_start_matches("<a:")
        .trim_start_matches("<:")
        .trim_end_matches('>');
    match custom.rsplit_once(':').map(|(name, id)| (name, id.parse::<u64>())) {
        Some((name, Ok(id))) if id != 0 => ReactionType::Custom {
            animated: emoji.starts_with("<a:"),
            id: id::EmojiId::new(id),
            name: Some(name.to_owned()),
        },
        _ => ReactionType::Unicode(emoji.to_owned()),
    }
}

fn menu(menu: &Menu) -> CreateSelectMenu {
    let kind = match &menu.offers {
        Offers::These(offers) => CreateSelectMenuKind::String {
            options: offers.iter().map(offer).collect(),
        },
        Offers::Roles => CreateSelectMenuKind::Role { default_roles: None },
    };
    CreateSelectMenu::new(&menu.id, kind)
        .placeholder(&menu.placeholder)
        .min_values(menu.count.0)
        .max_values(menu.count.1)
}

fn offer(offer: &Offer) -> CreateSelectMenuOption {
    let option = CreateSelectMenuOption::new(&offer.label, &offer.value).default_selection(offer.chosen);
    match &offer.about {
        Some(about) => option.description(about),
        None => option,
    }
}

fn button(button: &Button) -> CreateButton {
    match button {
        Button::Link { label, url } => CreateButton::new_link(url).label(label),
        Button::Vote { emoji, count, id } => {
            let button = CreateButton::new(id)
                .style(ButtonStyle::Secondary)
                .emoji(reaction(emoji));
            match count {
                0 => button,
                count => button.label(count.to_string()),
            }
        }
        Button::Action {
            label,
            id,
            primary,
            danger,
        } => {
            let style = match (danger, primary) {
                (true, _) => ButtonStyle::Danger,
                (false, true) => ButtonStyle::Primary,
                (false, false) => ButtonStyle::Secondary,
            };
            CreateButton::new(id).label(label).style(style)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn whole() -> Card {
        let embed = Embed {
            title: "Moon Over Mapo".into(),
            url: Some("https://news.test/a".into()),
            description: "“We laughed all day.”".into(),
            color: 0x5B_2A_6F,
            author: Some("News".into()),
            fields: vec![("Network".into(), "SBS".into(), true)],
            image: Some("https://news.test/a.jpg".into()),
            footer: Some("News".into()),
            timestamp: Some(1_764_086_400_000),
        };
        let action = |primary, danger| Button::Action {
            label: "Another".into(),
            id: "another|".into(),
            primary,
            danger,
        };
        Card {
            content: "Hello".into(),
            embeds: vec![embed, Embed::default()],
            menus: vec![],
            buttons: vec![
                vec![],
                vec![action(true, false), action(false, false), action(true, true)],
                vec![Button::Link {
                    label: "Watch".into(),
                    url: "https://watch.test".into(),
                }],
            ],
            pings: vec![RoleId(7), RoleId(0)],
            ephemeral: true,
            attachment: None,
        }
    }

    fn shown(value: impl serde::Serialize) -> String {
        let value = serde_json::to_value(value).unwrap();
        let Value::Object(map) = value else { panic!() };
        map.iter()
            .map(|(key, value)| format!("{key}: {value}"))
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[test]
    fn a_message_is_what_the_card_says_and_mentions_nobody() {
        insta::assert_snapshot!(shown(message(&whole(), Some("d1"))), @r#"
        content: "Hello"
        nonce: "d1"
        tts: false
        embeds: [{"title":"Moon Over Mapo","type":"rich","description":"“We laughed all day.”","url":"https://news.test/a","timestamp":"2025-11-25T16:00:00Z","color":5974639,"footer":{"text":"News"},"image":{"url":"https://news.test/a.jpg","proxy_url":null,"height":null,"width":null},"author":{"name":"News"},"fields":[{"name":"Network","value":"SBS","inline":true}]},{"type":"rich","color":0}]
        allowed_mentions: {"parse":[],"users":[],"roles":["7"],"replied_user":false}
        components: [{"type":1,"components":[{"type":2,"style":1,"custom_id":"another|","label":"Another","disabled":false},{"type":2,"style":2,"custom_id":"another|","label":"Another","disabled":false},{"type":2,"style":4,"custom_id":"another|","label":"Another","disabled":false}]},{"type":1,"components":[{"type":2,"style":5,"url":"https://watch.test","label":"Watch","disabled":false}]}]
        sticker_ids: []
        attachments: []
        enforce_nonce: true
        "#);
        insta::assert_snapshot!(shown(message(&Card { content: "x".into(), ..Card::default() }, None)), @r#"
        content: "x"
        tts: false
        embeds: []
        allowed_mentions: {"parse":[],"users":[],"roles":[],"replied_user":false}
        components: []
        sticker_ids: []
        attachments: []
        enforce_nonce: false
        "#);
        insta::assert_snapshot!(shown(answer(&Card::default(), "r1", ChannelId(20), MessageId(0))), @r#"
        nonce: "r1"
        tts: false
        embeds: []
        allowed_mentions: {"parse":[],"users":[],"roles":[],"replied_user":false}
        message_reference: {"type":0,"message_id":"1","channel_id":"20","guild_id":null,"fail_if_not_exists":false}
        components: []
        sticker_ids: []
        attachments: []
        enforce_nonce: true
        "#);
    }

    #[test]
    fn a_file_is_named_and_described_wherever_a_card_goes() {
        let card = Card {
            attachment: Some(Attachment {
                name: "quote.png".into(),
                bytes: vec![1, 2, 3],
                description: "“We laughed all day.” Seo Ha Eun".into(),
            }),
            ..Card::default()
        };
        let told = serde_json::json!([
            {"id": 0, "filename": "quote.png", "description": "“We laughed all day.” Seo Ha Eun"}
        ]);
        for form in [
            serde_json::to_value(message(&card, None)).unwrap(),
            serde_json::to_value(edit(&card)).unwrap(),
            serde_json::to_value(response(&card)).unwrap(),
            serde_json::to_value(original(&card)).unwrap(),
        ] {
            assert_eq!(form["attachments"], told);
        }
        assert_eq!(file(card.attachment.as_ref().unwrap()).data, [1, 2, 3]);
    }

    #[test]
    fn edits_and_interactions_take_away_what_the_card_leaves_out() {
        insta::assert_snapshot!(shown(edit(&Card::default())), @r#"
        content: ""
        embeds: []
        allowed_mentions: {"parse":[],"users":[],"roles":[],"replied_user":false}
        components: []
        attachments: []
        "#);
        insta::assert_snapshot!(shown(response(&Card { ephemeral: true, ..Card::default() })), @r#"
        content: ""
        embeds: []
        allowed_mentions: {"parse":[],"users":[],"roles":[],"replied_user":false}
        flags: 64
        components: []
        attachments: []
        "#);
        insta::assert_snapshot!(shown(original(&Card::default())), @r#"
        content: ""
        embeds: []
        allowed_mentions: {"parse":[],"users":[],"roles":[],"replied_user":false}
        components: []
        attachments: []
        "#);
    }

    #[test]
    fn a_button_to_vote_has_its_emoji_and_its_count() {
        let vote = |emoji: &str, count| Button::Vote {
            emoji: emoji.into(),
            count,
            id: format!("vote|{emoji}"),
        };
        let card = Card {
            buttons: vec![vec![vote("❤️", 0), vote("<:bori:123>", 1_204)]],
            ..Card::default()
        };
        let sent = serde_json::to_value(edit(&card)).unwrap();
        let buttons = &sent["components"][0]["components"];
        assert_eq!(buttons[0]["emoji"]["name"], "❤️");
        assert!(buttons[0].get("label").is_none(), "{}", buttons[0]);
        assert_eq!(
            (
                &buttons[1]["emoji"]["id"],
                &buttons[1]["label"],
                &buttons[1]["custom_id"]
            ),
            (&"123".into(), &"1204".into(), &"vote|<:bori:123>".into())
        );
    }

    #[test]
    fn a_menu_stands_above_the_buttons_with_what_is_chosen() {
        let offer = |label: &str, chosen: bool| Offer {
            label: label.into(),
            value: label.to_lowercase(),
            about: chosen.then(|| "paused".into()),
            chosen,
        };
        let menu = |id: &str, offers| Menu {
            id: id.into(),
            placeholder: "Choose".into(),
            count: (0, 2),
            offers,
        };
        let card = Card {
            menus: vec![
                menu("a", Offers::These(vec![offer("One", true), offer("Two", false)])),
                menu("b", Offers::Roles),
            ],
            ..whole()
        };
        let sent = serde_json::to_value(message(&card, None)).unwrap();
        let rows = sent["components"].as_array().unwrap();
        let menus: Vec<&Value> = rows.iter().take(2).map(|row| &row["components"][0]).collect();
        assert_eq!(
            (&menus[0]["type"], &menus[1]["type"]),
            (&Value::from(3), &Value::from(6))
        );
        assert_eq!(menus[0]["options"][0]["description"], "paused");
        assert_eq!(
            (&menus[0]["options"][0]["default"], &menus[0]["options"][1]["default"]),
            (&Value::from(true), &Value::from(false))
        );
        assert_eq!(
            (&menus[0]["min_values"], &menus[0]["max_values"]),
            (&Value::from(0), &Value::from(2))
        );
        assert_eq!(rows[2]["components"][0]["type"], 2);
    }
}
