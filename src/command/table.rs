//! What a description of a command is made of, and how one is found by what people type.
//!
//! The descriptions themselves are data, in `entries`. `discord` registers them, `parse` reads text
//! and options by them, `view` writes the help from them.

use super::{ENTRIES, KIND_PICKS, NAME_MAX, STORY_MAX, clean};
use crate::model::Lang;
use unicode_normalization::UnicodeNormalization;

/// A text in the languages of Discord in which commands are described.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// English, the default.
    pub en: &'static str,
    /// Korean.
    pub ko: &'static str,
    /// Spanish.
    pub es: &'static str,
    /// Brazilian Portuguese.
    pub pt: &'static str,
    /// Indonesian.
    pub id: &'static str,
}

impl Text {
    /// Discord's locales with their texts, the default left out.
    #[must_use]
    pub const fn localised(&self) -> [(&'static str, &'static str); 5] {
        [
            ("ko", self.ko),
            ("es-ES", self.es),
            ("es-419", self.es),
            ("pt-BR", self.pt),
            ("id", self.id),
        ]
    }

    /// The text in a language of replies.
    #[must_use]
    pub const fn get(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Ko => self.ko,
        }
    }

    fn all(&self) -> [&'static str; 5] {
        [self.en, self.ko, self.es, self.pt, self.id]
    }
}

/// What autocomplete offers while an option is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Complete {
    /// Dramas, people and networks.
    Any,
    /// Dramas and people.
    DramasAndPeople,
    /// Dramas.
    Dramas,
    /// People and characters.
    People,
    /// Networks and platforms.
    Networks,
    /// What the server's channels follow.
    Followed,
    /// Kinds of article.
    Kinds,
    /// Outlets.
    Outlets,
    /// Lines that somebody said.
    Lines,
    /// Time zones.
    Zones,
}

/// One of several possible values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pick {
    /// The value sent.
    pub value: &'static str,
    /// The name shown.
    pub names: Text,
    /// What else it is called in text, lower case.
    pub aliases: &'static [&'static str],
}

impl Pick {
    /// Whether a word names it: its value, or what it is called in any language.
    #[must_use]
    pub fn is(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        // Some names are shown with a capital: days of the week.
        let is_name = |name: &str| name.to_lowercase() == word;
        self.value == word || self.aliases.contains(&word.as_str()) || self.names.all().into_iter().any(is_name)
    }
}

/// What an option takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionKind {
    /// Words, one line.
    Text {
        /// Most characters; at least one is wanted.
        max: usize,
        /// What is offered while typing.
        complete: Option<Complete>,
    },
    /// Yes or no.
    Flag,
    /// A channel that stories can be posted to ([`OptionSpec::CHANNEL_TYPES`]).
    Channel,
    /// A role of the server.
    Role,
    /// One of these.
    Choice(&'static [Pick]),
}

/// An option of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OptionSpec {
    /// Its name: in English, and localised.
    pub names: Text,
    /// What it is for.
    pub about: Text,
    /// What it takes.
    pub kind: OptionKind,
    /// Whether Discord insists on it.
    pub required: bool,
}

impl OptionSpec {
    /// Discord's numbers for text, the chat of a voice channel, announcement, the three kinds of thread, and forum.
    pub const CHANNEL_TYPES: &'static [u8] = &[0, 2, 5, 10, 11, 12, 15];

    /// Its name, as registered and as Discord sends it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.names.en
    }

    /// Most characters of its text.
    #[must_use]
    pub const fn max(&self) -> usize {
        match self.kind {
            OptionKind::Text { max, .. } => max,
            _ => NAME_MAX,
        }
    }
}

/// Where a command can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// In servers.
    Server,
    /// In servers, in direct messages, and anywhere by people who installed Daesa for themselves.
    Everywhere,
}

impl Reach {
    /// Discord's interaction contexts: 0 server, 1 messages with the bot, 2 other private channels.
    #[must_use]
    pub const fn contexts(self) -> &'static [u8] {
        match self {
            Self::Server => &[0],
            Self::Everywhere => &[0, 1, 2],
        }
    }

    /// Discord's integration types: 0 installed in a server, 1 installed by a person.
    #[must_use]
    pub const fn integration_types(self) -> &'static [u8] {
        match self {
            Self::Server => &[0],
            Self::Everywhere => &[0, 1],
        }
    }
}

/// What a person may type, without the `!`, `/` or mention before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// In English.
    pub en: &'static str,
    /// In Korean.
    pub ko: &'static str,
}

impl Example {
    /// The example in a language.
    #[must_use]
    pub const fn get(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Ko => self.ko,
        }
    }
}

/// A command as it is registered, read and explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Which command.
    pub verb: Verb,
    /// Its names, all of which are read in text too.
    pub names: Text,
    /// What it does.
    pub about: Text,
    /// What else it is called in text, lower case.
    pub aliases: &'static [&'static str],
    /// Its options, the required ones first.
    pub options: &'static [OptionSpec],
    /// The option that words without a key are for. It need not be among the registered ones.
    pub free: Option<&'static str>,
    /// Where it can be used.
    pub reach: Reach,
    /// What to type, the simplest first.
    pub examples: &'static [Example],
}

impl Entry {
    /// Its name, as registered.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.verb.name()
    }

    /// Discord's `default_member_permissions`: Manage Channels for what changes settings.
    #[must_use]
    pub const fn permissions(&self) -> Option<u64> {
        if self.verb.needs_manager() { Some(1 << 4) } else { None }
    }

    /// The option with that name.
    #[must_use]
    pub fn option(&self, name: &str) -> Option<&'static OptionSpec> {
        self.options.iter().find(|option| option.name() == name)
    }

    /// Most characters of an option's text, also of one that is not registered.
    #[must_use]
    pub(super) fn max_of(&self, name: &str) -> usize {
        // What has no option of its own is taken for the first.
        let spec = self.option(name).or(self.options.first());
        spec.map_or(NAME_MAX, OptionSpec::max).min(STORY_MAX)
    }

    fn answers_to(&self, word: &str) -> bool {
        self.names.all().contains(&word) || self.aliases.contains(&word)
    }
}

macro_rules! verbs {
    ($($(#[$doc:meta])* $verb:ident $name:literal),+ $(,)?) => {
        /// The commands, without what they carry.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Verb {
            $($(#[$doc])* $verb),+
        }

        impl Verb {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$verb),+];

            /// The name, as registered.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$verb => $name),+
                }
            }
        }
    };
}

verbs! {
    /// Follow something.
    Subscribe "subscribe",
    /// Follow it no longer.
    Unsubscribe "unsubscribe",
    /// What is followed.
    Subscriptions "subscriptions",
    /// Stop posts for a while.
    Pause "pause",
    /// Let them flow again.
    Resume "resume",
    /// When digests come and when it is quiet.
    Hours "hours",
    /// What somebody said.
    Quote "quote",
    /// A ranking.
    Top "top",
    /// How people felt.
    Mood "mood",
    /// What is known of a drama.
    Drama "drama",
    /// Who is in it.
    Cast "cast",
    /// What a story would look like.
    Preview "preview",
    /// Why a story was or was not posted.
    Why "why",
    /// What works here.
    Check "check",
    /// Feeds of a server's own.
    Feed "feed",
    /// What can be asked.
    Help "help",
    /// About the bot.
    About "about",
    /// What is kept.
    Privacy "privacy",
    /// Forget me.
    ForgetMe "forget-me",
}

impl Verb {
    /// Whether only those may use it who may manage channels: what changes a server's settings.
    #[must_use]
    pub const fn needs_manager(self) -> bool {
        matches!(
            self,
            Self::Subscribe | Self::Unsubscribe | Self::Pause | Self::Resume | Self::Hours | Self::Feed
        )
    }

    /// Whether the reply is for the person's eyes alone: everything but content.
    #[must_use]
    pub const fn ephemeral(self) -> bool {
        !matches!(self, Self::Quote | Self::Top | Self::Mood | Self::Drama | Self::Cast)
    }

    /// Its description.
    #[must_use]
    pub fn entry(self) -> &'static Entry {
        // One for each verb, in the same order: held by a test.
        &ENTRIES[self as usize]
    }
}

/// The command that a word calls: its name in any language, or an alias, in any case.
#[must_use]
pub fn entry(word: &str) -> Option<&'static Entry> {
    // Longer than any name: not worth folding.
    if word.len() > 128 {
        return None;
    }
    // Keyboards for other scripts have wide letters.
    let word = clean(word).nfkc().collect::<String>().to_lowercase();
    ENTRIES.iter().find(|entry| entry.answers_to(&word))
}

fn options_called(name: &str) -> impl Iterator<Item = &'static OptionSpec> {
    let name = name.to_owned();
    let all = ENTRIES.iter().flat_map(|entry| entry.options);
    all.filter(move |option| option.name() == name)
}

/// What readers of a language know an option as, which is what Discord shows them.
#[must_use]
pub fn option_name(lang: Lang, option: &str) -> &str {
    options_called(option)
        .next()
        .map_or(option, |spec| spec.names.get(lang))
}

/// What readers of a language may write for a value of an option.
#[must_use]
pub fn value_name(lang: Lang, option: &str, value: &'static str) -> &'static str {
    if lang == Lang::En {
        return value;
    }
    let picks = options_called(option).find_map(|spec| match spec.kind {
        OptionKind::Choice(picks) => Some(picks),
        OptionKind::Text {
            complete: Some(Complete::Kinds),
            ..
        } => Some(&KIND_PICKS[..]),
        _ => None,
    });
    let is_meant = |pick: &&Pick| pick.value == value || pick.names.en == value;
    match picks.and_then(|picks| picks.iter().find(is_meant)) {
        Some(pick) => pick.names.get(lang),
        None => match value {
            "all" => "모두",
            "yes" => "네",
            "no" => "아니요",
            _ => value,
        },
    }
}

/// The name of the command that comes nearest to a word that calls none: two slips at most, one in
/// short words.
#[must_use]
pub fn nearest(word: &str) -> Option<&'static str> {
    let typed = letters(word);
    if typed.is_empty() || typed.len() > 40 {
        return None;
    }
    let slips = |name: &str| {
        let name = letters(name);
        let most = if typed.len().min(name.len()) < 5 { 1 } else { 2 };
        Some(distance(&typed, &name)).filter(|slips| *slips <= most)
    };
    ENTRIES
        .iter()
        .filter_map(|entry| {
            let best = entry
                .names
                .all()
                .iter()
                .chain(entry.aliases)
                .filter_map(|name| slips(name))
                .min()?;
            Some((best, entry.name()))
        })
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, name)| name)
}

/// Shortest command that a slip is told of, in letters.
const SLIP_LETTERS: usize = 5;

/// Whether a word would call a command but for two letters that changed places, one too many or one too few, within a
/// word of five letters or more. Other bots listen to `!` as well, so that any other word is left to them.
pub(super) fn is_slip(word: &str) -> bool {
    let typed = letters(word);
    if typed.len() > 40 {
        return false;
    }
    let is_meant = |name: &str| {
        let name = letters(name);
        let (mut these, mut those) = (typed.clone(), name.clone());
        these.sort_unstable();
        those.sort_unstable();
        name.len() >= SLIP_LETTERS
            && (typed.first(), typed.last()) == (name.first(), name.last())
            && (these == those || these.len() != those.len())
            && distance(&typed, &name) == 1
    };
    ENTRIES
        .iter()
        .any(|entry| entry.names.all().iter().chain(entry.aliases).any(|name| is_meant(name)))
}

/// How far what was typed is from a title or a name that it may be meant for; none: too far. Up to a quarter of its letters
/// may be others; a part of the name is as near as the whole.
#[must_use]
pub fn far_from(typed: &str, name: &str) -> Option<usize> {
    let words: Vec<Vec<char>> = name.split(' ').map(letters).collect();
    let has_all = typed.split(' ').all(|word| words.contains(&letters(word)));
    let (typed, name) = (letters(typed), letters(name));
    if typed.len() < SLIP_LETTERS - 1 {
        return None;
    }
    let is_part = name.windows(typed.len()).any(|part| part == typed);
    if is_part || has_all {
        return Some(0);
    }
    Some(distance(&typed, &name)).filter(|slips| *slips <= typed.len() / 4)
}

/// Letters and digits, lower case, hangul taken apart so that one wrong jamo is one slip.
fn letters(word: &str) -> Vec<char> {
    word.chars()
        .take(64)
        .nfd()
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// Edits between two words, neighbours changing places counted once (optimal string alignment).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut best = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}
