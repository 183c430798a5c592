//! What a reading is about, in keys: what `matching` finds and the store files a story under.

use super::Subject;

/// A name as the article gives it, with the key it is filed under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// As the article first gives it.
    pub name: String,
    /// The key of the catalogue's entity (`drama:…`, `person:…`, `network:…`), else `words:` and the folded name.
    pub key: String,
}

/// Who said one quote, in keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Speaker {
    /// Every key under which the quote is found: the person, the folded name, the character, the actor.
    pub keys: Vec<String>,
    /// What is shown beside the name: the role that an actor plays, or the actor of a character.
    pub role: Option<String>,
}

/// What a story is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Everything whose followers get the story; sorted, each once.
    pub subjects: Vec<Subject>,
    /// The dramas, the main one first.
    pub dramas: Vec<Named>,
    /// The people named.
    pub people: Vec<Named>,
    /// The main drama's network.
    pub network: Option<Named>,
    /// One for each quote of the reading, in its order.
    pub speakers: Vec<Speaker>,
}
