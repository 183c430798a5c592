//! Lists of words of which rules ask every token of a sentence, a paragraph or an article whether it is one.
//!
//! Most words of a text stand in none of them. The lexicon marks those that do with [`Class::ASKED`](super::Class), so
//! that a list is gone through for few words only: `Text::is_in` and `Text::is_like` ask so. What a list means is
//! for the rule that asks.

use crate::reading::print::{Word, words as ready};

/// A list of words in small letters, each of which the lexicon has marked.
#[derive(Clone, Copy, Debug)]
pub struct Asked(&'static [Word]);

impl Asked {
    /// The words.
    #[must_use]
    pub const fn words(self) -> &'static [Word] {
        self.0
    }
}

/// Every list stands among all lists too, so that none is forgotten.
macro_rules! asked {
    ($($(#[$doc:meta])* $name:ident = [$($word:literal),+ $(,)?];)+) => {
        $($(#[$doc])* pub const $name: Asked = Asked(ready![$($word),+]);)+
        const ALL: &[Asked] = &[$($name),+];
    };
}

asked! {
    /// `she shared`, `in the interview`: words of those who speak about a drama, wherever that is asked.
    REMARKS = [
        "shared", "commented", "remarked", "explained", "stated", "expressed", "interview", "comment", "filming",
        "camera", "reporters",
    ];
    /// `her role`: what else tells that somebody speaks about the drama.
    COMMENTS = [
        "comments", "cameras", "shoot", "set", "viewers", "conference", "plays", "played", "role", "character",
    ];
    /// `In the teaser`: something is shown.
    SHOWN = [
        "teaser", "trailer", "clip", "episode", "episodes", "preview", "stills", "still", "scene", "video", "recap",
    ];
    /// What news shows of a drama.
    PICTURES = ["stills", "preview", "teaser", "trailer"];
    /// What somebody likes best about it.
    FAVORITE = ["favorite", "favourite", "memorable"];
    /// The making of a drama, and shows in which people are themselves.
    MAKING = [
        "set", "filming", "shoot", "camera", "cameras", "co-star", "co-stars", "castmates", "castmate", "host",
        "studio", "photographer", "crew", "interview", "variety", "guest", "members", "closing",
    ];
    /// The same in a headline.
    MADE = [
        "shoot", "set", "cast", "castmates", "behind", "bts", "guest", "guests", "interview", "remarks", "variety",
        "members", "celebrates", "celebrate",
    ];
    /// What a paragraph tells of that tells no scene.
    ON_SET = [
        "camera", "cameras", "filming", "shooting", "rehearsal", "rehearse", "reporters", "interview", "crew",
        "monitor", "monitoring", "starring", "role", "script", "actress", "actor", "plays",
    ];
    /// How an actor speaks of a role.
    DESCRIBES = ["described", "describes", "describing", "compared", "compares", "likened", "introduced"];
    /// What is counted on a set: `the third take`.
    TAKES = ["take", "takes", "shoot"];
    /// Who is on a show.
    ON_SHOW = [
        "host", "hosts", "mc", "mcs", "panelist", "panelists", "co-host", "castmates", "guest", "guests", "regulars",
        "members",
    ];
    /// What stands behind the title of a drama in a headline.
    OF_DRAMA = [
        "star", "stars", "actor", "actress", "cast", "director", "writer", "premiere", "finale", "season", "ending",
        "episode", "teaser", "trailer", "stills", "poster", "ratings", "co-star", "co-stars", "creator", "review",
        "recap",
    ];
    /// With these begins what tells of a story.
    PREMISE = [
        "follows", "depicts", "story", "revolves", "centers", "centered", "focuses", "set", "drama", "series",
        "comedy", "thriller", "romance", "is",
    ];
    /// Whom somebody turns to is asked.
    TURNS = [
        "turned", "turns", "turning", "leaned", "leans", "looked", "looks", "pointed", "points",
    ];
    /// A part of a drama or a show: `the latest episode of`.
    EPISODE = ["episode", "broadcast", "edition"];
    /// Who is played.
    ROLE = ["character", "role", "heroine", "hero"];
    /// What one of the cast is to another.
    PARTNERS = [
        "co-star", "costar", "partner", "colleague", "castmate", "cast-mate", "rival", "friend", "counterpart",
        "opponent", "interest", "seatmate", "junior", "senior", "number", "pupil", "mentor", "roommate", "bandmate",
        "labelmate", "nemesis",
    ];
    /// Somebody's family.
    RELATIVES = [
        "mother", "mom", "mum", "father", "dad", "son", "daughter", "wife", "husband", "sister", "brother",
        "grandmother", "grandfather", "grandma", "grandpa", "aunt", "uncle", "niece", "nephew", "granddaughter",
        "grandson",
    ];
    /// Who says otherwise than the one before.
    DIFFERS = [
        "differ", "disagree", "disagreed", "disagrees", "unconvinced", "objected", "objects", "protested", "protests",
        "denied", "denies", "deny", "retaliated", "otherwise", "convinced",
    ];
    /// `their younger selves`: who plays somebody as a child.
    SELVES = ["self", "selves"];
    /// A drama that is made from something.
    ADAPTED = ["adapted", "adaptation", "adaptations", "adapt", "adapting", "same"];
}

/// All words of all lists.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    ALL.iter().flat_map(|list| list.0.iter().map(|word| word.text))
}

#[cfg(test)]
mod tests {
    use super::super::{Class, classes};

    #[test]
    fn every_word_of_every_list_is_marked() {
        for word in super::words() {
            assert!(classes(word).has(Class::ASKED), "{word}");
            assert!(
                !word.ends_with("ly"),
                "{word}: what the lexicon knows is no adverb by its ending"
            );
        }
        assert!(!classes("lantern").has(Class::ASKED) && !classes("camera").is_english());
    }
}
