//! Every answer in words, one file a topic. Both languages stand side by side, so that neither is
//! forgotten when the other changes.
//!
//! Warm, brief, exact; whatever did not work says what to do next.

mod about;
mod change;
mod check;
mod feeds;
mod follow;
mod help;
mod hours;
mod list;
mod own;
mod quote;
pub(super) mod ranking;
mod refusal;
mod related;
mod terms;
mod why;

pub use check::needs;

use super::{
    card::{Attachment, Card, Embed},
    limits,
};
use crate::model::{Answer, Feelings, Lang};

/// Most characters of a name in a title.
const NAME: usize = 80;

/// An answer as a card. `feelings` are those of the settings, in the order of the numbers in
/// [`crate::model::answer::Ranked`].
#[must_use]
pub fn answer(answer: &Answer, lang: Lang, feelings: &Feelings) -> Card {
    let card = match answer {
        Answer::Subscribed {
            channel,
            question,
            done,
        } => follow::subscribed(lang, *channel, *question, done),
        Answer::TooMany { limit } => follow::too_many(lang, *limit),
        Answer::Unsubscribed {
            labels,
            strange,
            channel,
        } => follow::unsubscribed(lang, labels, strange, *channel),
        Answer::NotSubscribed {
            asked,
            nearest,
            followed,
        } => follow::not_subscribed(lang, asked, nearest.as_deref(), followed),
        Answer::Subscriptions(page) => list::list(lang, page),
        Answer::Changeable(one) => change::change(lang, one),
        Answer::Paused {
            channel,
            paused,
            labels,
            strange,
            count,
        } => follow::paused(lang, (*channel, *paused), labels, strange, *count),
        Answer::Said(line) => quote::said(lang, line),
        Answer::FromPost {
            title,
            url,
            lines,
            hide,
        } => quote::from_post(lang, (title, url.as_deref()), lines, *hide),
        Answer::NotAPost => quote::not_a_post(lang),
        Answer::Silent { known, text } => quote::silent(lang, known, text.as_deref()),
        Answer::NoQuotes { text } => quote::none(lang, text.as_deref()),
        Answer::Which {
            asked,
            choices,
            question,
        } => quote::which(lang, asked, choices, *question),
        Answer::Nobody { asked, nearest } => quote::nobody(lang, asked, nearest),
        Answer::Top(of) => ranking::top(lang, feelings, of),
        Answer::Mood(of) => ranking::mood(lang, feelings, of),
        Answer::About {
            known,
            stories,
            loved,
            watch,
        } => about::known(lang, known, stories, loved.as_ref(), watch.as_deref()),
        Answer::Hours(hours) => hours::hours(lang, hours),
        Answer::Preview {
            story,
            manner,
            lang: posted,
        } => check::preview((lang, *posted), story, feelings, manner),
        Answer::NoStory => check::no_story(lang),
        Answer::WhyAnswer { title, why, retry } => why::why(lang, title.as_deref(), why, *retry),
        Answer::FeedAdded {
            name,
            url,
            headlines,
            waiting,
        } => feeds::added(lang, name, url, headlines, *waiting),
        Answer::FeedRemoved { url } => feeds::removed(lang, url),
        Answer::ServerFeeds { feeds, most } => feeds::list(lang, feeds, *most),
        Answer::FeedFault(fault) => feeds::fault(lang, fault),
        Answer::Related { guild, stories } => related::related(lang, *guild, stories),
        Answer::Retried { channel, count } => check::retried(lang, *channel, *count),
        Answer::Check(found) => check::check(lang, found),
        Answer::Help {
            manager,
            reads_messages,
            in_server,
            only,
        } => help::help(lang, (*manager, *in_server), *reads_messages, *only),
        Answer::AboutBot {
            version,
            uptime,
            guilds,
            feeds,
            kept,
        } => own::about(lang, version, *uptime, *guilds, *feeds, *kept),
        Answer::Privacy {
            bodies,
            voters,
            deliveries,
            copies,
        } => own::privacy(lang, (*bodies, *voters, *deliveries), *copies),
        Answer::ForgetAsk { asker } => own::ask_to_forget(lang, *asker),
        Answer::Forgotten { votes } => own::forgotten(lang, *votes),
        Answer::Refused(refusal) => refusal::refused(lang, refusal),
    };
    limits::bounded(Card {
        ephemeral: is_private(answer),
        ..card
    })
}

/// An answer whose [`Picture`](super::Picture) was drawn: what the picture does not show, and the picture above it.
#[must_use]
pub fn pictured(answer: &Answer, lang: Lang, feelings: &Feelings, picture: Attachment) -> Card {
    let card = match answer {
        Answer::Said(line) => quote::under_said(lang, line),
        Answer::Top(of) => ranking::under_top(lang, feelings, of),
        Answer::Mood(of) => ranking::under_mood(lang, feelings, of),
        _ => Card::default(),
    };
    limits::bounded(Card {
        ephemeral: is_private(answer),
        attachment: Some(picture),
        ..card
    })
}

/// Whether an answer is for the person alone, and so in the person's language: settings, questions
/// and refusals are; what a channel may enjoy is not, and is in the server's language.
#[must_use]
pub const fn is_private(answer: &Answer) -> bool {
    match answer {
        Answer::Said(_) | Answer::Silent { .. } | Answer::Top(_) | Answer::Mood(_) | Answer::About { .. } => false,
        Answer::Subscribed { .. }
        | Answer::TooMany { .. }
        | Answer::Unsubscribed { .. }
        | Answer::NotSubscribed { .. }
        | Answer::Subscriptions(_)
        | Answer::Changeable(_)
        | Answer::Paused { .. }
        | Answer::Hours(_)
        | Answer::NoQuotes { .. }
        | Answer::FromPost { .. }
        | Answer::NotAPost
        | Answer::Which { .. }
        | Answer::Nobody { .. }
        | Answer::Preview { .. }
        | Answer::NoStory
        | Answer::WhyAnswer { .. }
        | Answer::FeedAdded { .. }
        | Answer::FeedRemoved { .. }
        | Answer::ServerFeeds { .. }
        | Answer::FeedFault(_)
        | Answer::Related { .. }
        | Answer::Retried { .. }
        | Answer::Check(_)
        | Answer::Help { .. }
        | Answer::AboutBot { .. }
        | Answer::Privacy { .. }
        | Answer::ForgetAsk { .. }
        | Answer::Forgotten { .. }
        | Answer::Refused(_) => true,
    }
}

/// A card of one embed.
fn note(color: u32, title: impl Into<String>, description: impl Into<String>) -> Card {
    let embed = Embed {
        title: title.into(),
        description: description.into(),
        color,
        ..Embed::default()
    };
    Card {
        embeds: vec![embed],
        ..Card::default()
    }
}

/// The card with a small line at its foot.
fn footed(mut card: Card, footer: impl Into<String>) -> Card {
    if let Some(embed) = card.embeds.last_mut() {
        embed.footer = Some(footer.into());
    }
    card
}
