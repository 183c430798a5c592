//! What a story is about, in the keys that channels follow and quotes are found by.
//!
//! Which channels those are is one statement over an index in the store, never a loop over subscriptions;
//! names were found by `reading` and are only looked up here, by exact letters.

pub mod same;

use crate::catalogue::{Catalogue, Drama, Person, fold};
use crate::model::{About, Named, QuoteKind, Reading, Speaker, Subject, reading::Attribution};
use std::collections::BTreeSet;

/// Every subject whose followers get the story; sorted, each once.
#[must_use]
pub fn subjects(reading: &Reading, catalogue: &Catalogue) -> Vec<Subject> {
    about(reading, catalogue).subjects
}

/// Everything that the store files a story under.
#[must_use]
pub fn about(reading: &Reading, catalogue: &Catalogue) -> About {
    let cast = Cast::of(reading, catalogue);
    let dramas = reading
        .drama
        .iter()
        .map(|title| drama_named(title, catalogue))
        .collect();
    let people = reading.people.iter().map(|name| cast.person_named(name)).collect();
    let network = reading.network.as_deref().map(|name| network_named(name, catalogue));
    About {
        subjects: all_subjects(reading, &cast),
        dramas,
        people,
        network,
        speakers: reading.quotes.iter().map(|quote| cast.speaker(quote.by())).collect(),
    }
}

/// The key of a name that nobody knows; followed as words, it is bound as soon as a story has it.
fn words_key(name: &str) -> String {
    let folded = fold(name);
    // A name without a letter (a title of one emoji) is its own key: nobody can follow it, nothing is mixed up.
    Subject::Words(if folded.is_empty() {
        name.trim().to_owned()
    } else {
        folded
    })
    .key()
}

fn drama_named(title: &str, catalogue: &Catalogue) -> Named {
    let known = catalogue
        .named_drama(title)
        .map(|drama| Subject::Drama(drama.id.clone()).key());
    Named {
        name: title.to_owned(),
        key: known.unwrap_or_else(|| words_key(title)),
    }
}

fn network_named(name: &str, catalogue: &Catalogue) -> Named {
    let known = catalogue
        .named_network(name)
        .map(|network| Subject::Network(network.id.clone()).key());
    Named {
        name: name.to_owned(),
        key: known.unwrap_or_else(|| words_key(name)),
    }
}

fn all_subjects(reading: &Reading, cast: &Cast<'_>) -> Vec<Subject> {
    let mut all = BTreeSet::from([Subject::Everything]);
    for title in &reading.drama {
        add_words(&mut all, title);
    }
    for drama in &cast.dramas {
        all.insert(Subject::Drama(drama.id.clone()));
        add_words(&mut all, &drama.title);
        drama.hangul.iter().for_each(|hangul| add_words(&mut all, hangul));
    }
    for name in &reading.people {
        add_words(&mut all, name);
        if let Some(person) = cast.person(name) {
            all.insert(Subject::Person(person.id.clone()));
            add_words(&mut all, &person.name);
            person.hangul.iter().for_each(|hangul| add_words(&mut all, hangul));
        }
    }
    // Who follows a network wants its dramas, also when the article takes the network for known.
    let of_main = cast.dramas.first().and_then(|drama| drama.network.as_deref());
    for name in reading.network.as_deref().into_iter().chain(of_main) {
        add_words(&mut all, name);
        if let Some(network) = cast.catalogue.named_network(name) {
            all.insert(Subject::Network(network.id.clone()));
            add_words(&mut all, &network.name);
        }
    }
    all.into_iter().collect()
}

fn add_words(all: &mut BTreeSet<Subject>, name: &str) {
    let folded = fold(name);
    if !folded.is_empty() {
        all.insert(Subject::Words(folded));
    }
}

/// The names of an article beside what is known of them.
struct Cast<'a> {
    reading: &'a Reading,
    catalogue: &'a Catalogue,
    /// The known ones among its dramas, the main one first.
    dramas: Vec<&'a Drama>,
}

impl<'a> Cast<'a> {
    fn of(reading: &'a Reading, catalogue: &'a Catalogue) -> Self {
        let dramas = reading
            .drama
            .iter()
            .filter_map(|title| catalogue.named_drama(title))
            .collect();
        Self {
            reading,
            catalogue,
            dramas,
        }
    }

    /// Of several people with one name, the one who is in a drama of the article; else the best known.
    fn person(&self, name: &str) -> Option<&'a Person> {
        let known = self.catalogue.people_named(name);
        if known.len() > 1 {
            let plays = |person: &&Person| {
                self.dramas
                    .iter()
                    .any(|drama| drama.cast.iter().any(|role| role.actor == person.id))
            };
            if let Some(person) = known.iter().copied().find(|person| plays(person)) {
                return Some(person);
            }
        }
        self.catalogue.named_person(name)
    }

    fn person_key(&self, name: &str) -> String {
        self.person(name)
            .map_or_else(|| words_key(name), |person| Subject::Person(person.id.clone()).key())
    }

    fn person_named(&self, name: &str) -> Named {
        Named {
            name: name.to_owned(),
            key: self.person_key(name),
        }
    }

    fn speaker(&self, by: &Attribution) -> Speaker {
        let Some(speaker) = by.speaker.as_deref() else {
            return Speaker::default();
        };
        let mut keys = BTreeSet::new();
        for name in names_in(speaker, by.kind) {
            keys.insert(words_key(name));
            // A character may have the name of a real person: only real people are looked up.
            if by.kind != QuoteKind::Character {
                keys.insert(self.person_key(name));
            }
        }
        if let Some(actor) = by.actor.as_deref() {
            keys.insert(words_key(actor));
            keys.insert(self.person_key(actor));
        }
        let role = match by.kind {
            QuoteKind::Character => by.actor.clone(),
            QuoteKind::Cast => self.role(speaker),
            QuoteKind::Staff | QuoteKind::Agency | QuoteKind::Other => None,
        };
        Speaker {
            keys: keys.into_iter().collect(),
            role,
        }
    }

    /// What somebody plays: as the article says, else as is known of its main drama.
    fn role(&self, actor: &str) -> Option<String> {
        let said = self
            .reading
            .characters
            .iter()
            .find(|(_, by)| by == actor)
            .map(|(character, _)| character.clone());
        said.or_else(|| {
            let person = self.person(actor)?;
            let main = self.dramas.first()?;
            main.cast.iter().find(|role| role.actor == person.id)?.character.clone()
        })
    }
}

/// The names of a speaker as readings write them: `A`, `A and B`, `A, B and C`. A company is one name, whatever
/// is in it.
fn names_in(speaker: &str, kind: QuoteKind) -> Vec<&str> {
    if kind == QuoteKind::Agency {
        return vec![speaker];
    }
    let names = speaker.split(", ").flat_map(|part| part.split(" and ")).map(str::trim);
    names.filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DramaId, NetworkId, PersonId, Quote};

    /// Invented throughout.
    fn catalogue() -> Catalogue {
        let mut catalogue = Catalogue::empty();
        let problems = catalogue.add_tsv(
            "name\thangul\tkind\nMoonlit Harbor\t달빛 항구\tdrama\nGo Da On\t고다온\tperson\nStarwave\t\tnetwork\n",
        );
        assert!(problems.is_empty(), "{problems:?}");
        catalogue
    }

    fn quote(body: &str, speaker: Option<&str>, actor: Option<&str>, kind: QuoteKind) -> Quote {
        let by = Attribution {
            speaker: speaker.map(str::to_owned),
            actor: actor.map(str::to_owned),
            kind,
            confidence: 1.0,
        };
        let whole = 0..body.len();
        Quote::cut(body, vec![whole], by).unwrap()
    }

    fn reading() -> Reading {
        let body = "Words.";
        Reading {
            drama: vec!["Moonlit Harbor".into(), "Unheard Tide".into()],
            network: Some("Starwave".into()),
            people: vec!["Go Da-on".into(), "Min Yu Ra".into()],
            characters: vec![("Captain Seo".into(), "Go Da-on".into())],
            body: body.into(),
            quotes: vec![
                quote(body, Some("Go Da-on"), None, QuoteKind::Cast),
                quote(body, Some("Captain Seo"), Some("Go Da-on"), QuoteKind::Character),
                quote(body, Some("Go Da-on and Min Yu Ra"), None, QuoteKind::Cast),
                quote(body, None, None, QuoteKind::Other),
                quote(body, Some("Rock and Sons"), None, QuoteKind::Agency),
            ],
            ..Reading::default()
        }
    }

    #[test]
    fn every_follower_is_found() {
        let subjects = subjects(&reading(), &catalogue());
        for expected in [
            Subject::Everything,
            Subject::Drama(DramaId("moonlit-harbor".into())),
            Subject::Person(PersonId("go-da-on".into())),
            Subject::Network(NetworkId("starwave".into())),
            Subject::Words("unheardtide".into()),
            Subject::Words("moonlitharbor".into()),
            Subject::Words("달빛항구".into()),
            Subject::Words("minyura".into()),
            Subject::Words("starwave".into()),
        ] {
            assert!(subjects.contains(&expected), "{expected:?} of {subjects:?}");
        }
        assert!(subjects.is_sorted());
        assert!(subjects.windows(2).all(|pair| pair[0] != pair[1]));
    }

    #[test]
    fn a_character_is_nobodys_follower() {
        assert!(!subjects(&reading(), &catalogue()).contains(&Subject::Words("captainseo".into())));
    }

    #[test]
    fn names_keep_their_order_and_their_letters() {
        let about = about(&reading(), &catalogue());
        let named = |list: &[Named]| list.iter().map(|n| (n.name.clone(), n.key.clone())).collect::<Vec<_>>();
        let pair = |name: &str, key: &str| (name.to_owned(), key.to_owned());
        assert_eq!(
            named(&about.dramas),
            [
                pair("Moonlit Harbor", "drama:moonlit-harbor"),
                pair("Unheard Tide", "words:unheardtide")
            ]
        );
        assert_eq!(
            named(&about.people),
            [pair("Go Da-on", "person:go-da-on"), pair("Min Yu Ra", "words:minyura")]
        );
        assert_eq!(about.network.unwrap().key, "network:starwave");
    }

    #[test]
    fn a_line_is_found_by_everybody_in_it() {
        let speakers = about(&reading(), &catalogue()).speakers;
        assert_eq!(speakers[0].keys, ["person:go-da-on", "words:godaon"]);
        assert_eq!(speakers[0].role.as_deref(), Some("Captain Seo"));
        assert_eq!(
            speakers[1].keys,
            ["person:go-da-on", "words:captainseo", "words:godaon"]
        );
        assert_eq!(speakers[1].role.as_deref(), Some("Go Da-on"));
        assert_eq!(speakers[2].keys, ["person:go-da-on", "words:godaon", "words:minyura"]);
        assert_eq!(speakers[3], Speaker::default());
        assert_eq!(speakers[4].keys, ["words:rockandsons"], "a company is one name");
    }

    #[test]
    fn nothing_known_nothing_named() {
        let about = about(&Reading::default(), &Catalogue::empty());
        assert_eq!(about.subjects, [Subject::Everything]);
        let odd = Reading {
            drama: vec!["♡".into()],
            ..Reading::default()
        };
        let about = super::about(&odd, &Catalogue::empty());
        assert_eq!(about.subjects, [Subject::Everything]);
        assert_eq!(about.dramas[0].key, "words:♡");
    }
}
