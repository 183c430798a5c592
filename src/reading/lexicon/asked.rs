//! Lists of words of which rules ask every token of a sentence, a paragraph or an article whether it is one.
//!
//! A list is a bit, and the look-up of a word gives the bits of all lists that it stands in beside its classes: to ask is
//! to look at one bit, however long the list, and the bits of a sentence tell which rules it has nothing for.
//! `Text::is_in` and `Text::is_like` ask a token. What a list means is for the rule that asks.

/// A list of words in small letters, or several lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked(u64);

impl Asked {
    /// No list.
    pub const NONE: Asked = Asked(0);

    /// Whether it shares a list with `other`.
    #[must_use]
    pub const fn has(self, other: Asked) -> bool {
        self.0 & other.0 != 0
    }

    /// The same where something is so, and no list where it is not: without a jump, since no guess would foresee it.
    #[must_use]
    pub const fn only_if(self, so: bool) -> Asked {
        Asked(self.0 & (so as u64).wrapping_neg())
    }

    /// Both together.
    #[must_use]
    pub const fn with(self, other: Asked) -> Asked {
        Asked(self.0 | other.0)
    }
}

/// Every list has a bit, and stands among all lists too, so that none is forgotten.
macro_rules! asked {
    ($($(#[$doc:meta])* $name:ident = [$($word:literal),+ $(,)?];)+) => {
        #[allow(clippy::upper_case_acronyms, non_camel_case_types, reason = "numbers for the constants of the same names")]
        enum Number { ALIKE, $($name),+ }
        $($(#[$doc])* pub const $name: Asked = Asked(1 << Number::$name as u32);)+
        const ALL: &[(Asked, &[&str])] = &[$(($name, &[$($word),+])),+];
    };
}

/// Words that mean the same as others: `alike` has them.
pub const ALIKE: Asked = Asked(1 << Number::ALIKE as u32);

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
    /// `I put the script in a drawer`: words of those who make dramas; nobody in a story says them.
    TRADE = [
        "script", "scripts", "screenplay", "filming", "viewers", "audition", "auditions", "auditioned", "rehearsal",
        "rehearsals", "rehearsed", "co-star", "co-stars", "castmates", "storyline", "finale", "episode", "episodes",
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
        "comedy", "thriller", "romance", "is", "tale", "revolve", "revolving", "centres", "centred", "centering",
        "tells", "takes", "chronicles", "mystery", "saga", "dramedy", "melodrama", "sitcom", "rom-com",
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
    /// Verbs whose object is a role.
    PLAYS = [
        "plays", "play", "played", "playing", "portrays", "portray", "portrayed", "portraying", "depicts", "becomes",
        "embodies", "became", "embodied", "embodying", "essays", "essayed", "essaying", "voices", "voiced", "inhabits",
        "inhabited", "inhabiting", "reprises", "reprised", "reprise", "reprising", "become", "becoming", "embody", "tackles",
        "tackled", "tackling", "depict", "depicting",
    ];
    /// What everybody has and moves: `shook his head`.
    BODY = [
        "head", "hand", "hands", "eyes", "arms", "shoulders", "shoulder", "lips", "brow", "brows", "eyebrow", "eyebrows", "chin",
        "fist", "fists", "breath", "tears", "forehead", "tongue", "throat", "cheeks", "knees", "teeth", "feet", "finger",
        "fingers", "hair", "voice", "chest",
    ];
    /// Where a director sits.
    HELM = ["helm", "chair"];
    /// Verbs of those who are in a drama.
    STARS = ["star", "stars", "starring", "are", "appear", "take", "takes", "act"];
    /// Verbs that give somebody life.
    GIVES = [
        "brings", "bring", "brought", "bringing", "breathes", "breathe", "breathed", "breathing", "gives", "gave",
        "giving", "lends",
    ];
    /// `their younger selves`: who plays somebody as a child.
    SELVES = ["self", "selves", "versions"];
    /// Several, of whom each does the same.
    EVERYBODY = [
        "all", "both", "three", "everyone", "everybody",
    ];
    /// What a prize does in front of `to`.
    AWARDS = [
        "went", "goes", "given", "awarded", "presented", "handed",
    ];
    /// What a scene or a picture does to whom it shows, and what such a verb leads to.
    OPENING = [
        "show", "shows", "showed", "see", "sees", "saw", "depict", "depicts", "capture", "captures", "captured", "find",
        "finds", "feature", "features", "follow", "follows", "introduce", "introduces", "reveal", "reveals", "with",
        "to",
    ];
    /// Whoever there is in tales alone, or is no real person’s work.
    TALES = [
        "ghost", "devil", "demon", "god", "goddess", "dragon", "reaper", "vampire", "angel", "spirit", "robot",
        "android", "fox", "gumiho", "goblin", "dokkaebi", "wizard", "witch", "fairy", "mermaid", "immortal", "zombie",
        "monster", "tortoise", "cat", "dog", "villain", "villainess", "hero", "heroine", "spy", "thief", "outlaw",
        "bandit", "assassin", "gangster", "king", "queen", "prince", "princess", "stowaway", "widow", "intern", "deity",
        "detective", "prosecutor", "killer", "crook", "swindler", "nerd", "rogue", "rascal",
    ];
    /// Who is somebody of a story, whatever the noun ends with.
    WORKERS = [
        "principal", "ceo", "chef", "cook", "guard", "captain", "coach", "pastor", "mayor", "bailiff", "recruit", "cop",
        "criminal", "suspect", "witness", "victim", "culprit", "hostage", "merchant", "envoy", "nanny", "tenant",
        "aide", "servant", "midwife", "apprentice", "deputy", "clerk", "nurse", "judge", "guest", "heir", "poet",
        "officiant", "defendant", "client", "student", "pupil", "bassist", "thief", "agent", "orphan", "boss", "groom",
        "monk", "priest", "twin", "cousin", "eunuch", "lady-in-waiting",
    ];
    /// What ends like somebody who does something, and is none.
    THINGS = [
        "poster", "teaser", "trailer", "letter", "chapter", "banner", "recorder", "locker", "charger", "pager", "printer", "answer", "number", "water", "center", "order",
        "paper", "power", "offer", "character", "newsletter", "computer", "monitor", "mirror", "door", "floor", "color",
        "humor", "rumor", "summer", "winter", "dinner", "sticker", "corner", "error", "matter", "weather", "other",
        "another", "former", "latter", "daughter", "supper", "theater", "drawer", "counter", "thriller", "finger",
        "shoulder", "older", "younger", "elder", "better", "longer", "later", "never", "ever", "whatever", "whenever",
        "however", "together", "rather", "either", "neither", "super", "tower", "river", "flower", "shower", "feather",
        "leather", "ladder", "hammer", "bitter", "silver", "copper", "quarter", "december", "september", "october",
        "november", "proper", "laughter", "extinguisher", "elevator", "refrigerator", "projector", "slipper",
        "lighter", "container", "cooker", "sweater", "helicopter", "scooter", "freezer",
    ];
    /// What those do to a drama who direct it.
    DIRECTS = [
        "direct", "directed", "directs", "directing", "co-directed", "helm", "helmed", "helms", "helming",
    ];
    /// What its creators do.
    CREATES = [
        "created", "creates",
    ];
    /// What nobody but its writer does.
    PENS = [
        "penned", "co-wrote",
    ];
    /// What its writer does, and who writes a letter.
    WRITES = [
        "write", "wrote", "writes", "written", "scripted",
    ];
    /// What its creator does, and others do with other things.
    DEVELOPS = [
        "developed",
    ];
    /// What its producer does.
    PRODUCES = [
        "produced", "produces",
    ];
    /// What the crew of a drama looks after.
    CREW = [
        "camera", "sound", "lighting", "art", "stunt", "makeup", "costume", "casting", "music", "assistant", "prop",
        "props", "wardrobe", "set", "boom", "riding", "horse", "action", "fight", "sword", "wire", "food", "visual", "vfx", "martial-arts", "intimacy", "animal", "dialect", "hair", "effects", "dance",
        "location", "script", "continuity", "focus", "prosthetics", "production", "foley", "stunts", "special-effects",
    ];
    /// Who makes a drama.
    MAKERS = ["director", "writer", "screenwriter", "scriptwriter", "showrunner"];
    /// What tells that a prize is told of.
    PRIZES = ["best", "award", "awards", "prize", "trophy", "honor", "honors"];
    /// In the story: `the scene in which`.
    SCENES = ["scene", "scenes", "moment", "sequence", "episode", "ending"];
    /// What an article points its readers to.
    BELOW = ["below", "comments"];
    /// What a press release says that its sender leads.
    WORLD = ["world"];
    /// Words that bear a point of their own, which may be that of their sentence as well.
    POINTED = ["a.m.", "p.m."];
    /// What somebody writes to somebody.
    PAPERS = ["letter", "letters", "note", "message", "diary", "text", "card", "postcard", "memo", "email", "envelope"];
    /// How somebody puts up what they show to everybody, beside [`Class::SEND`](super::Class::SEND).
    PUTS_UP = [
        "uploaded", "uploads", "posts", "shared", "shares", "published", "put", "puts", "attached", "attaches",
        "tweeted", "dropped", "added", "showed", "shows", "took", "takes",
    ];
    /// How a house puts out what it has to say, beside the others.
    RELEASES = ["released", "issued", "gave", "delivered"];
    /// What is done to a letter before somebody finds it.
    HIDES = [
        "written", "hidden", "mailed", "addressed", "recorded", "slipped", "handed", "given", "passed", "taped",
        "pinned", "tucked",
    ];
    /// What somebody made or does next: `was Kim’s first song` tells of no words.
    WORKS = [
        "project", "role", "part", "song", "debut", "comeback", "hit", "album", "return", "work", "book", "novel",
        "play", "favorite", "name", "character", "title", "first", "second", "third", "latest", "next", "last",
    ];
    /// First names that end as adverbs do, and are none.
    NAMED = [
        "emily", "kimberly", "beverly", "sally", "molly", "kelly", "shelly", "polly", "billy", "willy", "carly", "holly",
        "milly", "wally", "reilly", "everly", "waverly",
    ];
    /// A drama that is made from something.
    ADAPTED = ["adapted", "adaptation", "adaptations", "adapt", "adapting", "same"];
}

/// All words of all lists, each with its list.
pub(super) fn words() -> impl Iterator<Item = (&'static str, Asked)> {
    let own = ALL
        .iter()
        .flat_map(|(list, words)| words.iter().map(|word| (*word, *list)));
    own.chain(super::alike::words().map(|word| (word, ALIKE)))
}

#[cfg(test)]
mod tests {
    use super::super::{classes, look_up, table};
    use super::Asked;

    #[test]
    fn every_word_stands_in_its_lists_and_in_no_other() {
        let asked = |word: &str| table().asked()[usize::from(look_up(word))];
        for (word, list) in super::words() {
            assert!(asked(word).has(list), "{word}");
            assert!(
                !word.ends_with("ly") || list == super::NAMED,
                "{word}: what the lexicon knows is no adverb by its ending"
            );
        }
        assert_eq!(asked("photographer"), super::MAKING);
        // A compound has the classes of its last word, and is another word.
        for other in ["lantern", "quietly", "idol-actress"] {
            assert_eq!(asked(other), Asked::NONE, "{other}");
        }
        assert!(!classes("camera").is_english());
    }
}
