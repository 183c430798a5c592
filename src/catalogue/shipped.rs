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

/// Hangul, romanised, acronyms, season forms, the part before a colon, articles left out or put in, slips.
#[test]
fn small_words_are_nobody() {
    let c = Catalogue::shipped();
    for word in ["the", "in", "an", "they", "of", "it", "he"] {
        let found = c.search(word, Scope::All, &[]);
        assert_ne!(found.decision, Decision::Answer, "{word}: {:?}", found.candidates);
    }
}

#[test]
fn shipped_dramas_are_found_by_what_fans_type() {
    let c = Catalogue::shipped();
    let mut wrong = Vec::new();
    for (query, title) in [
        ("이상한 변호사 우영우", "Extraordinary Attorney Woo"),
        ("우영우", "Extraordinary Attorney Woo"),
        ("extraordinary attorney woo", "Extraordinary Attorney Woo"),
        ("EAW", "Extraordinary Attorney Woo"),
        ("isanghan byeonhosa u yeong u", "Extraordinary Attorney Woo"),
        ("attorney woo", "Extraordinary Attorney Woo"),
        ("눈물의 여왕", "Queen of Tears"),
        ("nunmul ui yeowang", "Queen of Tears"),
        ("QOT", "Queen of Tears"),
        ("queen of tear", "Queen of Tears"),
        ("더 글로리", "The Glory"),
        ("glory", "The Glory"),
        ("사랑의 불시착", "Crash Landing on You"),
        ("crash landing", "Crash Landing on You"),
        ("crash landing on u", "Crash Landing on You"),
        ("cloy", "Crash Landing on You"),
        ("선재 업고 튀어", "Lovely Runner"),
        ("seonjae eopgo twieo", "Lovely Runner"),
        ("lovley runner", "Lovely Runner"),
        ("도깨비", "Goblin"),
        ("dokkaebi", "Goblin"),
        ("guardian the lonely and great god", "Goblin"),
        ("응답하라 1988", "Reply 1988"),
        ("reply1988", "Reply 1988"),
        ("R1988", "Reply 1988"),
        ("스물다섯 스물하나", "Twenty-Five Twenty-One"),
        ("2521", "Twenty-Five Twenty-One"),
        ("twenty five twenty one", "Twenty-Five Twenty-One"),
        ("오징어 게임", "Squid Game"),
        ("squid game season 2", "Squid Game 2"),
        ("squid game s3", "Squid Game 3"),
        ("ojingeo geim", "Squid Game"),
        ("sweet home season 3", "Sweet Home 3"),
        ("hospital playlist s2", "Hospital Playlist 2"),
        ("taxi driver season 3", "Taxi Driver 3"),
        ("모범택시", "Taxi Driver"),
        ("mobeom taeksi", "Taxi Driver"),
        ("penthouse", "The Penthouse: War in Life"),
        ("penthouse 3", "The Penthouse 3: War in Life"),
        ("펜트하우스2", "The Penthouse 2: War in Life"),
        ("stealer", "Stealer: The Treasure Keeper"),
        ("joseon attorney", "Joseon Attorney: A Morality"),
        ("alchemy of souls season 2", "Alchemy of Souls: Light and Shadow"),
        ("weak hero class 2", "Weak Hero Class 2"),
        ("약한영웅", "Weak Hero Class 1"),
        ("dr romantic 3", "Dr. Romantic 3"),
        ("doctor romantic", "Dr. Romantic"),
        ("romantic doctor teacher kim", "Dr. Romantic"),
        ("king's affection", "The King's Affection"),
        ("yeonmo", "The King's Affection"),
        ("red sleeve", "The Red Sleeve"),
        ("옷소매 붉은 끝동", "The Red Sleeve"),
        ("trauma code", "The Trauma Code: Heroes on Call"),
        ("중증외상센터", "The Trauma Code: Heroes on Call"),
        ("when life gives you tangerines", "When Life Gives You Tangerines"),
        ("폭싹 속았수다", "When Life Gives You Tangerines"),
        ("WLGYT", "When Life Gives You Tangerines"),
        ("pokssak sogatsuda", "When Life Gives You Tangerines"),
        ("IOTNBO", "It's Okay to Not Be Okay"),
        ("its okay to not be okay", "It's Okay to Not Be Okay"),
        ("사이코지만 괜찮아", "It's Okay to Not Be Okay"),
        ("WWWSK", "What's Wrong with Secretary Kim"),
        ("what's wrong with secretary kim", "What's Wrong with Secretary Kim"),
        ("secretary kim", "What's Wrong with Secretary Kim"),
        ("kimbiseoga wae geureolkka", "What's Wrong with Secretary Kim"),
        ("hometown chachacha", "Hometown Cha-Cha-Cha"),
        ("갯마을 차차차", "Hometown Cha-Cha-Cha"),
        ("business proposal", "Business Proposal"),
        ("a business proposal", "Business Proposal"),
        ("사내맞선", "Business Proposal"),
        ("my love from the star", "My Love from the Star"),
        ("MLFTS", "My Love from the Star"),
        ("별에서 온 그대", "My Love from the Star"),
        ("dots", "Descendants of the Sun"),
        ("태양의 후예", "Descendants of the Sun"),
        ("mr sunshine", "Mr. Sunshine"),
        ("미스터 션샤인", "Mr. Sunshine"),
        ("boys over flowers", "Boys Over Flowers"),
        ("BOF", "Boys Over Flowers"),
        ("kkotboda namja", "Boys Over Flowers"),
        ("jeongnyeon", "Jeongnyeon: The Star Is Born"),
        ("potato lab", "The Potato Lab"),
        ("tyrants chef", "Bon Appetit, Your Majesty"),
        ("폭군의 셰프", "Bon Appetit, Your Majesty"),
        ("secret royal inspector and joy", "Secret Royal Inspector & Joy"),
        ("DP", "D.P."),
        ("d.p. season 2", "D.P. 2"),
        ("your honor", "Your Honor"),
    ] {
        let found = c.search(query, Scope::Dramas, &[]).candidates;
        if found.first().is_none_or(|first| first.name != title) {
            wrong.push((
                query,
                title,
                found.into_iter().take(3).map(|f| f.name).collect::<Vec<_>>(),
            ));
        }
    }
    assert_eq!(wrong, []);
}
