//! With what paragraphs of end matter begin, in small letters and with straight marks.

/// Of headings above links to other articles.
pub(super) const RELATED: Phrases = Phrases::new(&[
    "related:",
    "related articles",
    "related article",
    "related stories",
    "related news",
    "see also",
    "read also",
    "also read",
    "read more",
    "similar articles",
    "more from",
    "more stories",
    "you may also like",
    "you might also like",
    "recommended",
    "trending now",
    "also see:",
    "must read",
    "don't miss:",
    "latest news",
    "top stories",
    "what to read next",
    "editors' picks",
    "next story",
    "previous story",
]);

/// Whole lines.
pub(super) const EXACT: &[&str] = &[
    "watch now",
    "comments",
    "source",
    "advertisement",
    "share",
    "start watching",
    "view comments",
    "0 comments",
    "spoilers",
    "spoilers:",
    "spoiler alert",
];

/// Of sources.
pub(super) const LABELS: Phrases = Phrases::new(&["source:", "sources:", "source :", "via:", "source ("]);

/// Of calls to watch.
pub(super) const BEGINS: Phrases = Phrases::new(&[
    "watch ",
    "start watching",
    "catch up on",
    "catch up with",
    "catch the ",
    "check out ",
    "binge-watch",
    "binge watch",
    "in the meantime, ",
    "meanwhile, watch",
    "while you wait",
    "while waiting",
    "until then, ",
    "stream ",
    "take a look at",
    "see the ",
    "also watch",
    "also check out",
    "view the ",
    "you can watch",
    "you can also watch",
    "click here",
    "find out more",
    "enjoy the ",
    "find more",
    "and watch ",
    "get started with",
    "also catch",
    "all episodes of ",
    "don't miss the ",
    "in other news, ",
    "before it airs, watch",
    "don't forget to watch",
    "see more",
]);

/// “Stay tuned” and the like keep no facts.
pub(super) const FOLLOW: Phrases = Phrases::new(&[
    "stay tuned",
    "watch this space",
    "keep an eye out",
    "follow us on",
    "subscribe to",
    "join the ",
    "sign up",
]);

/// Of short calls to watch.
pub(super) const WATCH: Phrases = Phrases::new(&["check out the", "watch the", "watch a", "check out a", "watch "]);

/// Of questions to the reader.
pub(super) const ASKS: Phrases = Phrases::new(&[
    "are you ",
    "do you ",
    "did you ",
    "will you ",
    "have you ",
    "how does this ",
    "how do you ",
    "how did you ",
    "what do you think",
    "what did you think",
    "what are your",
    "which ",
    "who is your",
    "who's your",
    "what is your",
    "what's your",
    "let us know",
    "tell us",
    "share your",
    "leave your",
    "drop your",
    "sound off",
    "would you",
    "can you ",
    "could you ",
    "what other",
    "who are you",
    "what would you",
]);

/// Of credits.
pub(super) const CREDITS: Phrases = Phrases::new(&[
    "photo credit",
    "top photo",
    "photo:",
    "photos:",
    "photo by",
    "image credit",
    "image:",
    "images:",
    "image via",
    "image source",
    "credit:",
    "credits:",
    "picture credit",
    "top left photo",
    "top right photo",
    "top image",
    "featured image",
    "cover image",
    "(photo",
    "[photo",
    "(image",
    "[image",
    "(credit",
    "photo courtesy",
    "video credit",
    "cr:",
    "picture:",
    "edited by",
    "reporting by",
    "translated by",
    "interpreted by",
    "interview by",
    "words by",
    "text by",
    "photography by",
    "photography:",
    "photographs by",
    "photographs:",
    "styling:",
    "stylist:",
    "translation by",
    "translation:",
    "e-mail:",
    "email:",
]);

/// Of notices.
pub(super) const NOTICES: Phrases = Phrases::new(&[
    "warning: spoiler",
    "spoiler warning",
    "spoilers ahead",
    "spoiler alert",
    "warning: this article contains",
    "view this post on instagram",
    "a post shared by",
    "disclaimer:",
    "how does this article make you feel",
    "please login",
    "log in to",
    "this article contains spoilers",
    "(warning: spoilers",
    "thank you to ",
    "share this",
    "all rights reserved",
    "copyright ",
    "©",
    "note: this article",
    "[warning",
    "[spoiler",
    "caution: spoilers",
    "[trigger warning",
    "trigger warning",
    "content warning",
    "listen to the full",
    "stay updated",
    "for more such updates",
    "for more updates",
    "get the latest",
    "this story first appeared",
    "this article first appeared",
    "the full interview",
    "the full pictorial",
    "this interview has been",
    "this interview was",
    "more of the interview",
    "the rest of the interview",
    "this conversation has been edited",
    "this conversation was edited",
    "the interview has been edited",
    "the conversation has been edited",
    "answers have been edited",
    "about the author",
    "about the writer",
    "about the reporter",
    "the author is a",
    "the writer is a",
    "the reporter can be",
    "the writer can be",
    "the author can be",
    "follow the author",
    "follow the writer",
    "contact the writer",
    "contact the author",
    "contact the reporter",
    "contact us",
    "contact:",
    "for inquiries",
    "for enquiries",
    "for media inquiries",
    "for media enquiries",
    "for press inquiries",
    "for press enquiries",
    "for more information",
    "for further information",
    "media contact",
    "press contact",
    "with inquiries",
    "thanks for reading",
    "thank you for reading",
    "additional reporting",
    "with additional reporting",
    "with reporting by",
    "originally published",
    "this article was originally",
    "this story was originally",
    "this article was first",
    "this story was first",
    "if you liked this",
    "if you enjoyed this",
    "did you like this article",
    "sign in to",
    "create an account",
    "got a tip",
    "have a tip",
]);

/// Of thanks for an interview.
pub(super) const THANKS: Phrases = Phrases::new(&[
    "we thank ",
    "we would like to thank",
    "we'd like to thank",
    "our thanks to",
    "many thanks to",
    "special thanks to",
    "with thanks to",
    "thanks to ",
    "thank you, ",
    "thank you for",
]);

/// Phrases that a line may begin with.
pub(super) struct Phrases {
    pub(super) list: &'static [&'static str],
    /// The first bytes of them, as bits: most paragraphs begin with none of a whole list.
    initials: u128,
}

impl Phrases {
    const fn new(list: &'static [&'static str]) -> Self {
        let (mut initials, mut at) = (0, 0);
        while at < list.len() {
            initials |= 1 << (list[at].as_bytes()[0] & 127);
            at += 1;
        }
        Self { list, initials }
    }

    /// Whether some words begin with one of them.
    pub(super) fn begin(&self, words: &str) -> bool {
        let begins = |first: u8, phrase: &&str| phrase.as_bytes()[0] == first && words.starts_with(phrase);
        words.bytes().next().is_some_and(|first| {
            self.initials & 1 << (first & 127) != 0 && self.list.iter().any(|phrase| begins(first, phrase))
        })
    }
}
