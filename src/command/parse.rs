//! Text and slash options → [`Command`], both through the same arguments and the same builder.
//!
//! Whatever is typed is cleaned, bounded and checked here; what a name means is `app`'s question.

mod counts;
mod follow;

use super::{
    Command, Entry, FROM_POST, NAME_MAX, OptionKind, Parsed, Verb, Which, clean, entry, hours, invisible,
    lex::{Token, channel_id, lex, unquoted},
    nearest, ranking,
    table::is_slip,
    terms,
};
use crate::model::{
    ChannelId, HoursChange, MessageId, RoleId, UserId,
    answer::FeedAction,
    answer::{Refusal, Style},
};

/// How a message turned to the bot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Addressed {
    /// With `!`: other bots listen to that as well, so what is no command of ours is left alone.
    Prefix,
    /// By a mention: whatever follows is meant for us.
    Mention,
}

/// The value of a slash option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OptionValue {
    /// A string.
    Text(String),
    /// A boolean.
    Bool(bool),
    /// A channel.
    Channel(ChannelId),
    /// A role.
    Role(RoleId),
    /// A whole number.
    Int(i64),
}

/// Most characters of a message that are looked at; Discord allows 4,000.
const MESSAGE_MAX: usize = 4000;

/// Words that mean all that there is: to follow, every story; to end or pause, every subscription.
pub(super) const ALL: &[&str] = &["all", "*", "모두", "전부", "todos", "todas", "semuanya"];

/// What follows `!` or a mention of the bot; none when the message is not for the bot.
#[must_use]
pub fn strip_prefix(content: &str, bot: UserId) -> Option<&str> {
    split(content, bot).map(|(_, rest)| rest)
}

/// Reads a message: none when it is not for the bot.
#[must_use]
pub fn from_message(content: &str, bot: UserId) -> Option<Parsed> {
    let (addressed, rest) = split(content, bot)?;
    from_text(rest, addressed)
}

fn split(content: &str, bot: UserId) -> Option<(Addressed, &str)> {
    let content = content.trim_start_matches(|c: char| c.is_whitespace() || invisible(c));
    // The wide mark is what a Korean or Japanese keyboard may give.
    if let Some(rest) = content.strip_prefix(['!', '！']) {
        let line = rest.trim_start();
        // A phone may put a space behind a mark. So do people, who say something else then.
        let is_ours = |word: &str| entry(word).is_some();
        let is_asked = line.len() == rest.len() || line.split_whitespace().next().is_some_and(is_ours);
        return (is_asked && line.starts_with(char::is_alphabetic)).then_some((Addressed::Prefix, line));
    }
    let (id, rest) = content.strip_prefix("<@")?.split_once('>')?;
    let id = id.strip_prefix('!').unwrap_or(id);
    (channel_id(id)?.0 == bot.0).then_some((Addressed::Mention, rest))
}

/// Reads what follows `!` or the mention: none when it is no command and was not surely for us.
#[must_use]
pub fn from_text(rest: &str, addressed: Addressed) -> Option<Parsed> {
    let line = clean(&rest.chars().take(MESSAGE_MAX).collect::<String>());
    let line = match addressed {
        Addressed::Prefix => line.as_str(),
        // `@Daesa, quote …`, `@Daesa !quote …`
        Addressed::Mention => line.trim_start_matches([' ', ',', ':', '!', '/']),
    };
    let (word, after) = line.split_once(' ').unwrap_or((line, ""));
    let word = word.trim_end_matches([':', '：', ',', '.', '?', '!', '~']);
    match entry(word) {
        Some(entry) => Some(Args::from_line(entry, after).and_then(Args::build)),
        None if addressed == Addressed::Prefix => is_slip(word).then(|| Err(no_command(word))),
        None if word.is_empty() => Some(Ok(Command::Help { command: None })),
        None if is_slip(word) => Some(Err(no_command(word))),
        None => Some(called(word, line)),
    }
}

/// What follows a mention without a command: a name, or what `quote` takes. A long speech is neither.
fn called(word: &str, line: &str) -> Parsed {
    match Args::from_line(Verb::Quote.entry(), line).and_then(Args::build) {
        Ok(Command::Quote {
            name: Some(name),
            drama: None,
            text: None,
            style,
        }) => Ok(Command::Called { name, style }),
        Err(Refusal::TooLong { .. }) => Err(no_command(word)),
        quote => quote,
    }
}

/// Reads a slash command's options, as Discord names them.
///
/// # Errors
/// What to tell the person: no such command, something missing, too long or impossible.
pub fn from_options(name: &str, options: &[(String, OptionValue)]) -> Parsed {
    let entry = Verb::ALL
        .iter()
        .find(|verb| verb.name() == name)
        .ok_or_else(|| no_command(name))?
        .entry();
    let mut args = Args::new(entry);
    for (option, value) in options {
        // An option that is not in the table is left over from an older registration.
        let Some(option) = key_of(entry, option) else { continue };
        match value {
            OptionValue::Text(text) => args.add(option, text)?,
            // A flag that became a choice, from an older registration.
            OptionValue::Bool(on) if !is_flag(entry, option) => args.add(option, if *on { "yes" } else { "no" })?,
            OptionValue::Bool(on) => args.flags.push((option, *on)),
            OptionValue::Role(role) => args.role = Some(Some(*role)),
            OptionValue::Channel(channel) if channel.0 != 0 => args.channel = Some(*channel),
            OptionValue::Channel(_) => return Err(Refusal::BadChannel),
            OptionValue::Int(number) => args.add(option, &number.to_string())?,
        }
    }
    args.build()
}

/// Reads a command of a message's context menu; `links` are the addresses in that message.
///
/// # Errors
/// What to tell the person: no such command.
pub fn from_menu(name: &str, message: MessageId, links: Vec<String>) -> Parsed {
    if name == FROM_POST.en {
        Ok(Command::FromPost { message, links })
    } else {
        Err(no_command(name))
    }
}

fn is_flag(entry: &Entry, option: &str) -> bool {
    entry.option(option).is_some_and(|spec| spec.kind == OptionKind::Flag)
}

/// A word that calls no command, and which one it may have been meant to be.
#[must_use]
pub fn no_command(word: &str) -> Refusal {
    Refusal::NoCommand {
        asked: word.chars().take(NAME_MAX).collect(),
        nearest: nearest(word),
    }
}

/// The option that a key names: a registered one in any language, or the one for words without key.
fn key_of(entry: &'static Entry, name: &str) -> Option<&'static str> {
    // Longer than any name: not worth folding.
    if name.is_empty() || name.len() > 64 {
        return None;
    }
    let name = name.to_lowercase();
    let named = |texts: &super::Text| texts.en == name || texts.localised().iter().any(|(_, text)| *text == name);
    let registered = entry
        .options
        .iter()
        .find(|option| named(&option.names))
        .map(|option| option.name());
    registered.or_else(|| entry.free.filter(|free| *free == name))
}

/// What was given, by option.
struct Args {
    entry: &'static Entry,
    texts: Vec<(&'static str, String)>,
    /// Words without a key, and whether they stood in quotes.
    free: Vec<(String, bool)>,
    channel: Option<ChannelId>,
    /// The outer none: nothing was said of a role; the inner one: no role is wanted.
    role: Option<Option<RoleId>>,
    flags: Vec<(&'static str, bool)>,
}

impl Args {
    const fn new(entry: &'static Entry) -> Self {
        Self {
            entry,
            texts: Vec::new(),
            free: Vec::new(),
            channel: None,
            role: None,
            flags: Vec::new(),
        }
    }

    /// Reads a cleaned line. A key's value goes on to the next key, or ends with the quotes it stands in.
    fn from_line(entry: &'static Entry, line: &str) -> Result<Self, Refusal> {
        let mut args = Self::new(entry);
        let mut keyed: Vec<(&'static str, String)> = Vec::new();
        let mut open = false;
        for token in lex(line, |name| key_of(entry, name)) {
            match token {
                Token::Key(option) => {
                    keyed.push((option, String::new()));
                    open = true;
                }
                Token::Channel(channel) => args.channel = Some(channel),
                // `style:card ahn hyo seop`: what offers a choice takes no more than one of them.
                Token::Word(text) if open && keyed.last().is_some_and(|last| args.is_chosen(last, &text)) => {
                    args.free.push((text, false));
                    open = false;
                }
                Token::Word(text) if open => keyed.last_mut().into_iter().for_each(|(_, value)| push(value, &text)),
                Token::Quoted(text) if open => {
                    // Among words that are looked for the marks say that these belong together.
                    let phrase = keyed.last().is_some_and(|(option, _)| *option == "text");
                    let text = if phrase { format!("\"{text}\"") } else { text };
                    keyed.last_mut().into_iter().for_each(|(_, value)| push(value, &text));
                    open = false;
                }
                Token::Word(text) => args.free.push((text, false)),
                Token::Quoted(text) => args.free.push((text, true)),
            }
        }
        for (option, value) in keyed {
            args.add(option, &value)?;
        }
        Ok(args)
    }

    /// Whether an option's value names one of its choices, and would not with one word more.
    fn is_chosen(&self, (option, value): &(&'static str, String), word: &str) -> bool {
        match self.entry.option(option).map(|spec| spec.kind) {
            Some(OptionKind::Choice(picks)) => {
                let is_one = |value: &str| picks.iter().any(|pick| pick.is(value));
                is_one(value) && !is_one(&format!("{value} {word}"))
            }
            _ => false,
        }
    }

    /// Takes the value of an option as text.
    fn add(&mut self, option: &'static str, value: &str) -> Result<(), Refusal> {
        let value = clean(value);
        match self.entry.option(option).map(|spec| spec.kind) {
            _ if value.is_empty() => {}
            Some(OptionKind::Flag) => self.flags.push((option, yes_or_no(option, &value)?)),
            Some(OptionKind::Role) => self.role = Some(terms::role(&value)?),
            Some(OptionKind::Channel) => self.channel = here_or_channel(&value)?,
            Some(OptionKind::Text { .. } | OptionKind::Choice(_)) | None => self.texts.push((option, value)),
        }
        Ok(())
    }

    fn build(self) -> Parsed {
        Ok(match self.entry.verb {
            Verb::Subscribe => {
                let Which { what, everything, .. } = self.subjects()?;
                Command::Subscribe {
                    what,
                    everything,
                    channel: self.channel,
                    change: self.change()?,
                }
            }
            Verb::Unsubscribe => Command::Unsubscribe {
                which: self.subjects()?,
                channel: self.channel,
            },
            Verb::Subscriptions => Command::Subscriptions,
            Verb::Pause => Command::Pause {
                which: self.paused()?,
                channel: self.channel,
            },
            Verb::Resume => Command::Resume {
                which: self.paused()?,
                channel: self.channel,
            },
            Verb::Hours => Command::Hours {
                change: self.hours()?,
                server: self.flag("server") == Some(true),
                channel: self.only_channel()?,
            },
            Verb::Check => Command::Check {
                channel: self.only_channel()?,
            },
            Verb::Quote => Command::Quote {
                name: self.text_or_free("name")?,
                drama: self.text("drama")?,
                text: self.text("text")?,
                style: match self.text("style")? {
                    Some(given) => ranking::style(&given)?,
                    None => Style::default(),
                },
            },
            Verb::Top => self.top()?,
            Verb::Mood => self.mood()?,
            Verb::Drama => Command::Drama {
                name: self.required("name")?,
            },
            Verb::Cast => Command::Cast {
                name: self.required("name")?,
            },
            Verb::Preview => Command::Preview {
                what: self.text_or_free("what")?,
            },
            Verb::Why => Command::Why {
                story: self.text_or_free("story")?.map(unbracketed),
            },
            Verb::Feed => self.feed()?,
            Verb::Help => Command::Help {
                command: self.text_or_free("command")?.and_then(bare_command),
            },
            Verb::About => Command::About,
            Verb::Privacy => Command::Privacy,
            Verb::ForgetMe => Command::ForgetMe,
        })
    }

    /// The text given for an option.
    fn text(&self, option: &'static str) -> Result<Option<String>, Refusal> {
        let Some((_, value)) = self.texts.iter().rev().find(|(name, _)| *name == option) else {
            return Ok(None);
        };
        self.within(option, unquoted(value))
    }

    /// The text given for an option, or else the words without a key.
    fn text_or_free(&self, option: &'static str) -> Result<Option<String>, Refusal> {
        match self.text(option)? {
            Some(text) => Ok(Some(text)),
            None => self.within(option, unquoted(&joined(&self.free))),
        }
    }

    fn required(&self, option: &'static str) -> Result<String, Refusal> {
        self.text_or_free(option)?.ok_or(Refusal::Missing {
            command: self.entry.name(),
            option,
        })
    }

    fn within(&self, option: &'static str, value: &str) -> Result<Option<String>, Refusal> {
        if value.split(' ').any(is_member) {
            return Err(Refusal::Member);
        }
        let limit = self.entry.max_of(option);
        if value.chars().nth(limit).is_some() {
            return Err(Refusal::TooLong { option, limit });
        }
        Ok((!value.is_empty()).then(|| value.to_owned()))
    }

    fn flag(&self, option: &str) -> Option<bool> {
        self.flags
            .iter()
            .rev()
            .find(|(name, _)| *name == option)
            .map(|(_, on)| *on)
    }

    fn first_option(&self) -> &'static str {
        self.entry.options.first().map_or("what", |option| option.name())
    }

    /// `#news` at the end is a channel that the person's app did not turn into a mention, because
    /// there is none of that name: posting elsewhere would be a surprise.
    fn unsent_channel(&self) -> Result<(), Refusal> {
        match self.free.as_slice() {
            [_, .., (last, false)] if last.starts_with('#') && last.len() > 1 => Err(Refusal::BadChannel),
            _ => Ok(()),
        }
    }

    /// The channel of a command that takes nothing else.
    fn only_channel(&self) -> Result<Option<ChannelId>, Refusal> {
        match (self.channel, joined(&self.free)) {
            (Some(channel), _) => Ok(Some(channel)),
            (None, words) if words.is_empty() => Ok(None),
            (None, words) => here_or_channel(&words),
        }
    }

    /// `feed`, `feed add ADDRESS`; an address alone is one to be added.
    fn feed(&self) -> Parsed {
        let words = joined(&self.free);
        let (first, rest) = ranking::feed_action_before(&words);
        let address = match self.text("address")? {
            Some(address) => Some(address),
            None => self.within("address", unquoted(rest))?,
        };
        let action = match self.text("action")? {
            Some(given) => ranking::feed_action(&given)?,
            None => first.unwrap_or(if address.is_some() {
                FeedAction::Add
            } else {
                FeedAction::List
            }),
        };
        Ok(Command::Feed {
            action,
            address: address.map(unbracketed),
        })
    }

    fn hours(&self) -> Result<HoursChange, Refusal> {
        Ok(HoursChange {
            at: self.text("digest")?.map(|text| hours::digest_at(&text)).transpose()?,
            day: self.text("day")?.map(|text| hours::day(&text)).transpose()?,
            quiet: self.text("quiet")?.map(|text| hours::quiet(&text)).transpose()?,
            zone: self.text("zone")?.map(|text| hours::zone(&text)).transpose()?,
        })
    }
}

fn yes_or_no(option: &'static str, value: &str) -> Result<bool, Refusal> {
    match value.to_lowercase().as_str() {
        "yes" | "true" | "on" | "1" | "y" | "네" | "예" | "응" | "sí" | "si" | "sim" | "ya" => Ok(true),
        "no" | "false" | "off" | "0" | "n" | "아니요" | "아니오" | "아니" | "não" | "nao" | "tidak" => {
            Ok(false)
        }
        _ => Err(Refusal::BadValue {
            option,
            given: value.chars().take(NAME_MAX).collect(),
            possible: &["yes", "no"],
        }),
    }
}

/// `here` is no channel by itself: the place of the command is meant.
fn here_or_channel(value: &str) -> Result<Option<ChannelId>, Refusal> {
    match value {
        here if is_here(here) => Ok(None),
        _ => match super::lex::channel(value) {
            Some((channel, "")) => Ok(Some(channel)),
            _ => channel_id(value).map(Some).ok_or(Refusal::BadChannel),
        },
    }
}

fn is_here(value: &str) -> bool {
    matches!(value.to_lowercase().as_str(), "here" | "여기")
}

/// An address may be put into `<…>` to keep Discord from showing the page below the message.
fn unbracketed(story: String) -> String {
    match story.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) {
        Some(inner) => inner.to_owned(),
        None => story,
    }
}

/// A mention of somebody, as Discord sends it.
fn is_member(word: &str) -> bool {
    let id = word.strip_prefix("<@").and_then(|rest| rest.split_once('>'));
    id.is_some_and(|(id, _)| channel_id(id.strip_prefix('!').unwrap_or(id)).is_some())
}

fn bare_command(command: String) -> Option<String> {
    let bare = command.trim_start_matches(['!', '/', ' ']);
    (!bare.is_empty()).then(|| bare.to_owned())
}

fn push(value: &mut String, word: &str) {
    if !value.is_empty() {
        value.push(' ');
    }
    value.push_str(word);
}

fn joined(words: &[(String, bool)]) -> String {
    let mut line = String::new();
    for (word, _) in words {
        push(&mut line, word);
    }
    line
}
