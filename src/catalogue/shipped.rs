//! What ships is consistent, and found by what fans type.

use super::*;
use std::collections::{HashMap, HashSet};

#[test]
fn what_ships_is_consistent() {
    let (c, problems) = Catalogue::read_shipped();
    assert_eq!(problems, []);
    assert!(c.dramas().len() >= 250 && c.networks().len() >= 40);
    assert!(c.people().iter().filter(|p| p.hangul.is_some()).count() >= 600);
    assert!(c.dramas().iter().filter(|d| d.year >= Some(2024)).count() >= 30);

    // Every line is an entity of its own: ids given in the file were free.
    let lines = |text: &str| {
        text.lines()
            .skip(1)
            .map(|l| l.split('\t').next().unwrap_or("").to_owned())
            .collect::<Vec<_>>()
    };
    let people = lines(include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/config/catalogue/people.tsv"
    )));
    let dramas = lines(include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/config/catalogue/dramas.tsv"
    )));
    assert_eq!(
        c.people().iter().map(|p| p.id.0.clone()).collect::<Vec<_>>(),
        people,
        "duplicate ids, or a cast member who is not listed"
    );
    assert_eq!(c.dramas().iter().map(|d| d.id.0.clone()).collect::<Vec<_>>(), dramas);

    for p in c.people() {
        let hangul = p.hangul.as_deref().unwrap_or("가");
        assert!(
            hangul.chars().all(|c| hangul::decompose(c).is_some() || c == ' '),
            "{p:?}"
        );
        assert!(
            p.id.0
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
            "{p:?}"
        );
    }
    for d in c.dramas() {
        assert!(
            d.hangul.as_deref().is_none_or(|h| h.chars().any(hangul_or_title)),
            "{d:?}"
        );
        assert!(d.year.is_some_and(|y| (1990..2100).contains(&y)), "{d:?}");
        let network = d.network.as_deref().unwrap_or("none");
        assert_eq!(
            c.named_network(network).map(|n| n.name.as_str()),
            Some(network),
            "{d:?}"
        );
        let cast: HashSet<&PersonId> = d.cast.iter().map(|r| &r.actor).collect();
        assert_eq!(cast.len(), d.cast.len(), "somebody twice in {}", d.title);
        assert!(d.cast.iter().all(|r| c.person(&r.actor).is_some()), "{d:?}");
    }
}

/// A few titles are written in Latin letters in Korea too.
fn hangul_or_title(c: char) -> bool {
    hangul::decompose(c).is_some() || c.is_ascii_alphabetic()
}

/// Homonyms that are different people, checked one by one.
const HOMONYMS: [&[&str]; 6] = [
    &["chung-su-bin", "jung-soo-bin"],
    &["jung-yoo-mi", "jung-yu-mi"],
    &["kang-min-ah", "kang-mina"],
    &["kim-seung-soo", "kim-sung-soo"],
    &["lee-seung-min", "lee-sung-min"],
    &["ryu-da-in", "yoo-da-in"],
];

#[test]
fn no_two_shipped_people_have_one_key_by_mistake() {
    let c = Catalogue::shipped();
    let mut by_key: HashMap<String, Vec<&Person>> = HashMap::new();
    for p in c.people() {
        for key in person_keys(&p.name) {
            by_key.entry(key).or_default().push(p);
        }
    }
    let mut unknown: Vec<Vec<&str>> = Vec::new();
    for same in by_key.values().filter(|same| same.len() > 1) {
        let mut ids: Vec<&str> = same.iter().map(|p| p.id.0.as_str()).collect();
        ids.sort_unstable();
        if !HOMONYMS.contains(&ids.as_slice()) && !unknown.contains(&ids) {
            unknown.push(ids);
        }
    }
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn no_two_shipped_dramas_have_one_title_by_mistake() {
    /// Remakes of a title, and one title of two dramas.
    const INTENDED: [&str; 2] = ["yourhonor", "트리거"];
    let c = Catalogue::shipped();
    let mut by_title: HashMap<String, HashSet<&str>> = HashMap::new();
    for d in c.dramas() {
        for title in std::iter::once(&d.title).chain(&d.hangul).chain(&d.aliases) {
            by_title.entry(title::normal(title)).or_default().insert(&d.id.0);
        }
    }
    let twice = |(title, ids): &(&String, &HashSet<&str>)| ids.len() > 1 && !INTENDED.contains(&title.as_str());
    assert_eq!(by_title.iter().filter(twice).collect::<Vec<_>>(), []);
}

#[test]
fn shipped_surnames_are_known_or_the_name_is_a_stage_name() {
    let c = Catalogue::shipped();
    let strange: Vec<&str> = c
        .people()
        .iter()
        .filter(|p| p.hangul.is_some() && p.name.split(' ').count() >= 3)
        .filter(|p| {
            let words = fold::words(&p.name);
            let joined = format!("{}{}", words[0], words[1]);
            surname::classes(&words[0]).is_empty() && surname::classes(&joined).is_empty()
        })
        .map(|p| p.name.as_str())
        .collect();
    assert_eq!(strange, Vec::<&str>::new());
}

#[test]
fn latin_and_hangul_of_shipped_people_sound_alike() {
    /// Names whose Latin form is custom or a stage name, not a romanisation.
    const CUSTOM: [&str; 44] = [
        "Baro",
        "Bona",
        "Chani",
        "Claudia Kim",
        "D.O.",
        "Eric",
        "Esom",
        "Eugene",
        "Han Groo",
        "Hani",
        "Hoya",
        "IU",
        "Jinyoung",
        "Jisoo",
        "Joy",
        "Jung Eugene",
        "Jung Gyu Woon",
        "Key",
        "Krystal",
        "Lee David",
        "Lee Elijah",
        "Lee Geung Young",
        "Lomon",
        "Minho",
        "N",
        "Nana",
        "P.O",
        "Rain",
        "Rowoon",
        "Ryeoun",
        "Seohyun",
        "Seolhyun",
        "Sol Kyung Gu",
        "Solbin",
        "Stephanie Lee",
        "Suho",
        "Suzy",
        "UEE",
        "Yeonwoo",
        "Yeri",
        "Yoo Teo",
        "Yoon Park",
        "YoonA",
        "Yura",
    ];
    let c = Catalogue::shipped();
    let wrong: Vec<(&str, &str)> = c
        .people()
        .iter()
        .filter_map(|p| Some((p.name.as_str(), p.hangul.as_deref()?)))
        .filter(|(name, hangul)| {
            !CUSTOM.contains(name) && !person_keys(name).iter().any(|k| person_keys(hangul).contains(k))
        })
        .collect();
    assert_eq!(wrong, []);
    assert!(
        CUSTOM.iter().all(|name| c.people().iter().any(|p| p.name == *name)),
        "an exception for nobody"
    );
}

#[test]
fn shipped_people_are_found_by_what_fans_type() {
    let c = Catalogue::shipped();
    for query in [
        "ahn hyo seop",
        "Ahn Hyoseop",
        "an hyo-seop",
        "안효섭",
        "hyo seop",
        "Hyo Seop Ahn",
        "ahn hyo sub",
        "dksgytjq",
        "ha ram",
    ] {
        let found = c.search(query, Scope::People, &[]);
        assert_eq!(
            found.candidates.first().map(|c| c.name.as_str()),
            Some("Ahn Hyo Seop"),
            "{query}"
        );
    }
    for (query, title) in [
        ("CLOY", "Crash Landing on You"),
        ("LOTRS", "Lovers of the Red Sky"),
        ("홍천기", "Lovers of the Red Sky"),
        ("hong chun gi", "Lovers of the Red Sky"),
        ("lovers of the red sky", "Lovers of the Red Sky"),
        ("sarangui bulsichak", "Crash Landing on You"),
        ("taxi driver s2", "Taxi Driver 2"),
        ("trauma code", "The Trauma Code: Heroes on Call"),
        ("goblin", "Goblin"),
    ] {
        let found = c.search(query, Scope::Dramas, &[]);
        assert_eq!(
            found.answer().map(|c| c.name.as_str()),
            Some(title),
            "{query}: {found:?}"
        );
    }
}

#[test]
fn every_shipped_person_is_first_by_the_own_name() {
    let c = Catalogue::shipped();
    let found = |query: &str| c.search(query, Scope::People, &[]).candidates;
    for p in c.people() {
        for query in std::iter::once(&p.name).chain(&p.hangul) {
            let found = found(query);
            let first = found.first().map(|f| f.tier);
            // Of people with one name any may be first.
            let mut equals = found.iter().take_while(|f| Some(f.tier) == first);
            assert!(
                equals.any(|f| f.entity == Entity::Person(p.id.clone())),
                "{query}: {found:?}"
            );
        }
        if let Some((surname, given)) = p.name.split_once(' ') {
            let reversed = format!("{given} {surname}");
            // Woo Hyun the other way round is Hyun Woo, who exists and comes before him.
            let found = found(&reversed);
            let mut turned = found.iter().take_while(|f| f.tier <= Tier::Reversed);
            assert!(
                turned.any(|f| f.entity == Entity::Person(p.id.clone())),
                "{reversed}: {found:?}"
            );
        }
    }
}
