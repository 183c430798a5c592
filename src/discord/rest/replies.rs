//! Answers to people: to their messages, and to their interactions.

use super::{Call, Class, Page, PostedMessage, Rest, RestError, RestErrorKind, Route, TRIES, carrying, parse};
use crate::{
    discord::{
        card,
        event::{ReplyTo, Ticket},
        wire::OnlyId,
    },
    model::{ChannelId, MessageId, UserId, base36},
    view::{Attachment, Card},
};
use serde::Deserialize;
use serenity::{
    builder::{CreateAutocompleteResponse, CreateInteractionResponse, CreateInteractionResponseMessage},
    http::{LightMethod, Request, Route as Path},
    model::id,
};
use std::time::Duration;

const CALLBACK: Route = Route {
    name: "POST /interactions/_/_/callback",
    exempt: true,
};
const SHOWN: Route = Route {
    name: "GET /webhooks/_/_/messages/@original",
    exempt: true,
};
const ORIGINAL: Route = Route {
    name: "PATCH /webhooks/_/_/messages/@original",
    exempt: true,
};

/// “Interaction has already been acknowledged.”
const ACKNOWLEDGED: u32 = 40060;
/// “Cannot reply without permission to read message history.”
const NO_HISTORY: u32 = 160_002;
/// The pause before an answer is sent again: people wait for it.
const PAUSE: Duration = Duration::from_millis(200);
/// An earlier answer is looked for in so many pages of so many messages.
const ANSWER_PAGES: usize = 10;
const PAGE: u8 = 100;
/// The flag of a message that stands for an answer still to come.
const LOADING: u64 = 1 << 7;
/// Most suggestions of an autocompletion, and most characters of each.
const SUGGESTIONS: usize = 25;
const SUGGESTION: usize = 100;

/// Who gave an interaction's first response.
enum First {
    /// This call.
    Given,
    /// Somebody before.
    GivenBefore,
}

#[derive(Deserialize)]
struct Shown {
    #[serde(default)]
    flags: u64,
}

fn original(ticket: &Ticket) -> Path<'_> {
    Path::WebhookOriginalInteractionResponse {
        application_id: id::ApplicationId::new(ticket.application.0.max(1)),
        token: &ticket.token,
    }
}

impl Rest {
    /// Answers. To a message with a message that refers to it; its nonce comes from theirs, so that a
    /// command that is dealt with twice after a restart is answered once. To an interaction with its
    /// first response, or by editing that one when it was deferred before.
    ///
    /// Gives the id of the new message where Discord tells it.
    ///
    /// # Errors
    /// When Discord did not accept it; 10062 when the interaction is too old.
    pub async fn reply(&self, to: &ReplyTo, card: &Card) -> Result<Option<MessageId>, RestError> {
        match to {
            ReplyTo::Message { .. } => self.reply_to_message(to, card).await,
            ReplyTo::Interaction(ticket) => {
                self.respond(ticket, card, CreateInteractionResponse::Message(card::response(card)))
                    .await
            }
        }
    }

    /// Changes the message whose button was pressed. (Where there is none, answers.)
    ///
    /// # Errors
    /// As [`Rest::reply`].
    pub async fn update(&self, to: &ReplyTo, card: &Card) -> Result<Option<MessageId>, RestError> {
        match to {
            ReplyTo::Message { .. } => self.reply_to_message(to, card).await,
            ReplyTo::Interaction(ticket) => {
                self.respond(
                    ticket,
                    card,
                    CreateInteractionResponse::UpdateMessage(card::response(card)),
                )
                .await
            }
        }
    }

    /// Says that a pressed button was understood, and changes nothing.
    ///
    /// # Errors
    /// As [`Rest::reply`].
    pub async fn accept(&self, to: &ReplyTo) -> Result<(), RestError> {
        match to {
            ReplyTo::Interaction(ticket) if !ticket.is_acknowledged() => self
                .acknowledge(ticket, &CreateInteractionResponse::Acknowledge, None)
                .await
                .map(drop),
            _ => Ok(()),
        }
    }

    /// Says that the answer takes longer than three seconds; then there are fifteen minutes. Whether
    /// one person or all will see it is settled here.
    ///
    /// # Errors
    /// As [`Rest::reply`].
    pub async fn defer(&self, to: &ReplyTo, ephemeral: bool) -> Result<(), RestError> {
        let ReplyTo::Interaction(ticket) = to else {
            return Ok(());
        };
        if ticket.is_acknowledged() {
            return Ok(());
        }
        let later = CreateInteractionResponseMessage::new().ephemeral(ephemeral);
        self.acknowledge(ticket, &CreateInteractionResponse::Defer(later), None)
            .await
            .map(drop)
    }

    /// Offers completions (name shown, value), best first.
    pub(in super::super) async fn suggest(
        &self,
        ticket: &Ticket,
        offers: &[(String, String)],
    ) -> Result<(), RestError> {
        let mut response = CreateAutocompleteResponse::new();
        // A value that had to be cut would mean something else: such an offer is left out.
        let fitting = offers
            .iter()
            .filter(|(name, value)| !name.is_empty() && value.encode_utf16().count() <= SUGGESTION);
        for (name, value) in fitting.take(SUGGESTIONS) {
            response = response.add_string_choice(short(name), value.clone());
        }
        self.acknowledge(ticket, &CreateInteractionResponse::Autocomplete(response), None)
            .await
            .map(drop)
    }

    /// Whether somebody's message was answered already, to be asked when Discord may have forgotten the answer's nonce.
    /// Looks at what was written after it, up to a thousand messages: of a bot that was behind, the answer may stand far
    /// below the question. None: more was written, and the answer is not among the first thousand.
    ///
    /// # Errors
    /// When Discord does not tell.
    pub async fn was_answered(
        &self,
        channel: ChannelId,
        question: MessageId,
        bot: UserId,
    ) -> Result<Option<bool>, RestError> {
        let nonce = nonce_of(question);
        let answers = |message: &PostedMessage| {
            message.author == bot
                && (message.refers_to == Some(question) || message.nonce.as_deref() == Some(nonce.as_str()))
        };
        let mut last = question;
        for _ in 0..ANSWER_PAGES {
            let after = self.messages(Class::Reply, channel, Page::After(last), PAGE).await?;
            if after.iter().any(answers) {
                return Ok(Some(true));
            }
            match after.iter().map(|message| message.id).max() {
                // What does not go on would be asked for again and again.
                Some(newest) if after.len() == usize::from(PAGE) && newest > last => last = newest,
                _ => return Ok(Some(false)),
            }
        }
        Ok(None)
    }

    async fn reply_to_message(&self, to: &ReplyTo, card: &Card) -> Result<Option<MessageId>, RestError> {
        let ReplyTo::Message { channel, message } = *to else {
            return Ok(None);
        };
        let nonce = nonce_of(message);
        let mut body = card::answer(card, &nonce, channel, message);
        let mut tries = 1;
        loop {
            match self
                .create(Class::Reply, channel, &body, card.attachment.as_ref())
                .await
            {
                Ok(sent) => return Ok(Some(sent)),
                Err(error) if error.code == NO_HISTORY && tries < TRIES => body = card::message(card, Some(&nonce)),
                // The nonce makes it safe to send again whatever happened to the first.
                Err(error) if error.is_passing() && tries < TRIES => tokio::time::sleep(PAUSE * tries).await,
                Err(error) => return Err(error),
            }
            tries += 1;
        }
    }

    async fn respond(
        &self,
        ticket: &Ticket,
        card: &Card,
        first: CreateInteractionResponse,
    ) -> Result<Option<MessageId>, RestError> {
        if !ticket.is_acknowledged() {
            match self.acknowledge(ticket, &first, card.attachment.as_ref()).await? {
                First::Given => return Ok(None),
                // By an earlier life of the bot: answered then, or only promised an answer.
                First::GivenBefore if !self.is_waited_for(ticket).await => return Ok(None),
                First::GivenBefore => {}
            }
        }
        let request = Request::new(original(ticket), LightMethod::Patch);
        let request = carrying(request, &card::original(card), card.attachment.as_ref(), ORIGINAL)?;
        let call = Call {
            class: Class::Interaction,
            route: ORIGINAL,
            major: ticket.id.0,
            request,
        };
        let body = self.send_again(call).await?;
        Ok(parse::<OnlyId>(&body, ORIGINAL)
            .ok()
            .map(|message| MessageId(message.id.0)))
    }

    /// Whether the person still sees that the bot is thinking.
    async fn is_waited_for(&self, ticket: &Ticket) -> bool {
        let request = Request::new(original(ticket), LightMethod::Get);
        let (class, major) = (Class::Interaction, ticket.id.0);
        let shown: Result<Shown, _> = self
            .ask(Call {
                class,
                route: SHOWN,
                major,
                request,
            })
            .await;
        shown.is_ok_and(|shown| shown.flags & LOADING != 0)
    }

    /// Gives the first response.
    async fn acknowledge(
        &self,
        ticket: &Ticket,
        response: &CreateInteractionResponse,
        file: Option<&Attachment>,
    ) -> Result<First, RestError> {
        let mut unsure = false;
        for attempt in 1.. {
            let path = Path::InteractionResponse {
                interaction_id: id::InteractionId::new(ticket.id.0.max(1)),
                token: &ticket.token,
            };
            let request = carrying(Request::new(path, LightMethod::Post), response, file, CALLBACK)?;
            let call = Call {
                class: Class::Interaction,
                route: CALLBACK,
                major: ticket.id.0,
                request,
            };
            match self.send(call).await {
                Ok(_) => {
                    ticket.acknowledge();
                    return Ok(First::Given);
                }
                Err(error) if error.code == ACKNOWLEDGED => {
                    ticket.acknowledge();
                    // After an attempt without an answer, that one has arrived.
                    return Ok(if unsure { First::Given } else { First::GivenBefore });
                }
                Err(error) if error.is_passing() && attempt < TRIES => {
                    unsure |= matches!(error.kind, RestErrorKind::NoAnswer | RestErrorKind::Server);
                    tokio::time::sleep(PAUSE).await;
                }
                Err(error) => return Err(error),
            }
        }
        Err(RestError::new(RestErrorKind::NoAnswer, CALLBACK.name))
    }
}

/// Cut for display to Discord's limit, at a character.
fn short(name: &str) -> String {
    let mut units = 0;
    name.chars()
        .take_while(|c| {
            units += c.len_utf16();
            units <= SUGGESTION
        })
        .collect()
}

/// The nonce of the answer to a message.
fn nonce_of(question: MessageId) -> String {
    format!("r{}", base36(question.0))
}
