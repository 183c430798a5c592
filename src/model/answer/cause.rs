//! What kept a story from being posted or read, as it is kept for the operator and as people can be told.

/// What was in the way. The store keeps it as text, which the operator reads; [`Cause::of`] is what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The channel was deleted.
    ChannelGone,
    /// Nothing asks for it any more.
    NotFollowed,
    /// The bot left the server.
    LeftServer,
    /// The story itself is no longer kept.
    NotKept,
    /// The server's AutoMod took the post away.
    AutoMod,
    /// Discord did not take the message.
    Refused,
    /// A day went by.
    Late,
    /// The story has no headline.
    NoHeadline,
    /// Reading it failed, which is a mistake of the program's.
    Unreadable,
    /// The store did not take it.
    NotFiled,
    /// Its site answers with this status.
    Status(u16),
    /// Nothing may be fetched from its site before its robots.txt can be read.
    Robots,
    /// Its page wants to know whether a person is there.
    Challenge,
    /// Its site does not answer.
    NoAnswer,
    /// What its site answers cannot be read.
    Broken,
    /// Something else, in the operator's words.
    Other(String),
}

impl Cause {
    // Texts as they are kept. Who knows more puts that behind them.

    /// [`Cause::ChannelGone`].
    pub const CHANNEL_GONE: &str = "the channel is gone";
    /// [`Cause::NotFollowed`].
    pub const NOT_FOLLOWED: &str = "no longer followed";
    /// [`Cause::LeftServer`].
    pub const LEFT_SERVER: &str = "the bot left the server";
    /// [`Cause::NotKept`].
    pub const NOT_KEPT: &str = "the story is no longer kept";
    /// [`Cause::AutoMod`].
    pub const AUTO_MOD: &str = "blocked by AutoMod";
    /// [`Cause::Refused`].
    pub const REFUSED: &str = "Discord refused the message";
    /// [`Cause::Late`].
    pub const LATE: &str = "could not be posted within a day";
    /// [`Cause::NoHeadline`].
    pub const NO_HEADLINE: &str = "no headline";
    /// [`Cause::Unreadable`].
    pub const UNREADABLE: &str = "reading it failed";
    /// [`Cause::NotFiled`].
    pub const NOT_FILED: &str = "it could not be filed";
    /// [`Cause::Status`], with the number behind it.
    pub const STATUS: &str = "status";
    /// [`Cause::Robots`].
    pub const ROBOTS: &str = "its robots.txt cannot be read";

    /// What a text that is kept says.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let beginnings = [
            (Cause::CHANNEL_GONE, Cause::ChannelGone),
            (Cause::NOT_FOLLOWED, Cause::NotFollowed),
            (Cause::LEFT_SERVER, Cause::LeftServer),
            (Cause::NOT_KEPT, Cause::NotKept),
            (Cause::AUTO_MOD, Cause::AutoMod),
            (Cause::REFUSED, Cause::Refused),
            (Cause::LATE, Cause::Late),
            (Cause::NO_HEADLINE, Cause::NoHeadline),
            (Cause::UNREADABLE, Cause::Unreadable),
            (Cause::NOT_FILED, Cause::NotFiled),
            (Cause::ROBOTS, Cause::Robots),
        ];
        // Whoever fetches names the host first (`http::FetchError`); a page's own words are `page::Wall`'s.
        let ends = [
            (": no answer in time", Cause::NoAnswer),
            (": no connection", Cause::NoAnswer),
            (": the answer is broken", Cause::Broken),
            ("asks whether a person is there", Cause::Challenge),
        ];
        let status = text
            .strip_prefix(Self::STATUS)
            .and_then(|rest| rest.trim().parse().ok());
        if let Some(status) = status {
            return Self::Status(status);
        }
        let begins = beginnings.into_iter().find(|(known, _)| text.starts_with(known));
        let known = begins.or_else(|| ends.into_iter().find(|(known, _)| text.ends_with(known)));
        known.map_or_else(|| Self::Other(text.to_owned()), |(_, cause)| cause)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_understood_with_all_that_stands_around_it() {
        for (text, cause) in [
            ("blocked by AutoMod (200000)", Cause::AutoMod),
            ("Discord refused the message (400, code 50035)", Cause::Refused),
            ("could not be posted within a day: status 503, code 0", Cause::Late),
            ("status 503", Cause::Status(503)),
            ("news.example: no connection", Cause::NoAnswer),
            ("statuesque", Cause::Other("statuesque".to_owned())),
            ("", Cause::Other(String::new())),
        ] {
            assert_eq!(Cause::of(text), cause, "{text}");
        }
    }
}
