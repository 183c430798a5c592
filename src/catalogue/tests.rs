//! Behaviour of the catalogue as a whole: what a search answers, what is suggested and learnt.

use super::*;
use crate::model::ArticleId;
use proptest::prelude::*;

/// Invented people and dramas, so that the expectations do not hang on what ships.
fn invented() -> Catalogue {
    let mut catalogue = Catalogue::empty();
    let problems = catalogue.add_tsv(
        "name\thangul\tkind\taliases\tyear\tnetwork\tcast\n\
         Ban Seo Woon\t반서운\tperson\n\
         Noh Jae Pil\t노재필\tperson\tJAEP\n\
         Heo Sang Mi\t허상미\tperson\n\
         Heo Sang Mae\t허상매\tperson\n\
         Kim Tae Ri\t김태리\tperson\n\
         Kim Tae Hee\t김태희\tperson\n\
         Kim Sae Chan\t김새찬\tperson\n\
         Kim Sae Chae\t김새채\tperson\n\
         Namgung Sook\t남궁숙\tperson\n\
         Moon River TV\t\tnetwork\tMRTV\n\
         The Salt Merchant's Daughter\t소금 장수의 딸\tdrama\tSalt Girl\t2024\tMRTV\tBan Seo Woon=Ha Dam|Heo Sang Mi=Yeon Hwa|Noh Jae Pil=Inspector Dalbit\n\
         Paper Crown\t종이 왕관\tdrama\t\t2019\n\
         Paper Crown Season 2\t종이 왕관 시즌2\tdrama\t\t2023\n\
         Night Bus: Gangneung\t심야버스\tdrama\t\t2022\n\
         Law & Barley\t법과 보리\tdrama\n\
         Orphan of Seoul Station\t서울역의 고아\tdrama\t\t2010\n\
         Orphan of Seoul Station\t고아\tdrama\t\t2020\n",
    );
    assert_eq!(problems, []);
    catalogue
}

/// Decision, and the names offered or answered, as one line.
fn outcome(catalogue: &Catalogue, query: &str, scope: Scope) -> String {
    let found = catalogue.search(query, scope, &[]);
    let names = |c: &[Candidate]| {
        c.iter()
            .map(|c| format!("{} ({})", c.name, c.tier.name()))
            .collect::<Vec<_>>()
            .join(", ")
    };
    match found.decision {
        Decision::Answer => names(&found.candidates[..1]),
        Decision::Offer => format!("which: {}", names(found.offers())),
        Decision::None => "nobody".to_owned(),
    }
}

fn person(catalogue: &Catalogue, query: &str) -> String {
    outcome(catalogue, query, Scope::People)
}

fn drama(catalogue: &Catalogue, query: &str) -> String {
    outcome(catalogue, query, Scope::Dramas)
}

#[test]
fn one_person_by_every_spelling() {
    let c = invented();
    for query in ["ban seo woon", "Ban Seo-woon", "BAN SEOWOON", "반서운", "반 서운"] {
        assert_eq!(person(&c, query), "Ban Seo Woon (exact)", "{query}");
    }
    for query in ["pan suh un", "Ban Seo Un", "banseoun", "qkstjdns"] {
        assert_eq!(person(&c, query), "Ban Seo Woon (key)", "{query}");
    }
    for query in ["Seo Woon Ban", "seowoonban"] {
        assert_eq!(person(&c, query), "Ban Seo Woon (reversed)", "{query}");
    }
    assert_eq!(person(&c, "seo woon"), "Ban Seo Woon (given)");
    assert_eq!(person(&c, "서운"), "Ban Seo Woon (given)");
    assert_eq!(person(&c, "ban seo wonn"), "Ban Seo Woon (near)");
    assert_eq!(person(&c, "namkoong suk"), "Namgung Sook (key)");
    assert_eq!(person(&c, "jaep"), "Noh Jae Pil (exact)");
    assert_eq!(person(&c, "ha dam"), "Ban Seo Woon (character)");
    // What a drama calls somebody, without the title before it or the surname.
    assert_eq!(person(&c, "dalbit"), "Noh Jae Pil (substring)");
    assert_eq!(person(&c, "dalbeet"), "Noh Jae Pil (substring)");
    assert_eq!(person(&c, "달빛"), "Noh Jae Pil (substring)");
    // Of those with a surname, the best known first.
    assert_eq!(person(&c, "heo"), "which: Heo Sang Mi (prefix), Heo Sang Mae (prefix)");
    assert_eq!(person(&c, "inspector"), "nobody");
    assert_eq!(person(&c, "xylophone"), "nobody");
    assert_eq!(person(&c, ""), "nobody");
}

#[test]
fn a_surname_alone_is_everybodys_who_has_it() {
    let mut c = invented();
    // A Kim in the West, whose name is read as a given name behind a surname; one whose given name is a surname.
    c.add_tsv(
        "name\thangul\tkind\tyear\tcast\n\
         Lydia Kim\t\tperson\nJo Yi\t조이\tperson\nYoon Heo\t윤허\tperson\nRi Ga On\t\tperson\nLee Ga On\t\tperson\n\
         Jo Ah Rim\t조아림\tperson\nIn Gyo Rim\t인교림\tperson\nGoong\t궁\tdrama\nThe Millet Field\t조밭\tdrama\t2024\tJo Ah Rim\n",
    );
    let kims = "Kim Tae Ri (prefix), Kim Tae Hee (prefix), Kim Sae Chan (prefix), Kim Sae Chae (prefix)";
    for query in ["김", "kim", "gim"] {
        assert_eq!(
            person(&c, query),
            format!("which: {kims}, Lydia Kim (prefix)"),
            "{query}"
        );
    }
    // As it is spelled, then as others spell it, then who is called so by given name.
    assert_eq!(person(&c, "lee"), "which: Lee Ga On (prefix), Ri Ga On (prefix)");
    assert_eq!(
        person(&c, "이"),
        "which: Ri Ga On (prefix), Lee Ga On (prefix), Jo Yi (prefix)"
    );
    assert_eq!(
        person(&c, "허"),
        "which: Heo Sang Mi (prefix), Heo Sang Mae (prefix), Yoon Heo (prefix)"
    );
    // Short ones as well; and the channel's dramas decide.
    assert_eq!(person(&c, "jo"), "which: Jo Ah Rim (prefix), Jo Yi (prefix)");
    assert_eq!(person(&c, "in"), "nobody", "a small word that one person is called by");
    let millet = c
        .named_drama("the millet field")
        .map(|d| Entity::Drama(d.id.clone()))
        .unwrap();
    let found = c.search("조", Scope::People, &[millet]);
    assert_eq!(found.answer().map(|a| a.name.as_str()), Some("Jo Ah Rim"));
    assert_eq!(outcome(&c, "남궁", Scope::All), "Namgung Sook (prefix)");
    // What is nobody's surname is a given name.
    assert_eq!(person(&c, "숙"), "Namgung Sook (given)");
    assert_eq!(person(&c, "o"), "nobody");
}

#[test]
fn people_of_similar_names_stay_apart() {
    let c = invented();
    assert_eq!(person(&c, "kim tae ri"), "Kim Tae Ri (exact)");
    assert_eq!(person(&c, "gim tae hui"), "Kim Tae Hee (key)");
    assert_ne!(person_keys("Kim Tae Ri"), person_keys("Kim Tae Hee"));
    // A key hit that is not exact, and somebody else one letter away: both.
    assert_eq!(
        person(&c, "heo sang mee"),
        "which: Heo Sang Mi (key), Heo Sang Mae (near)"
    );
    assert_eq!(
        person(&c, "kim sae cham"),
        "which: Kim Sae Chan (near), Kim Sae Chae (near)"
    );
}

#[test]
fn the_channels_dramas_decide_between_equals() {
    let mut c = invented();
    c.add_tsv("name\thangul\tkind\nBan Seo Woon\t반세운\tperson\n");
    assert_eq!(
        person(&c, "ban seo woon"),
        "which: Ban Seo Woon (exact), Ban Seo Woon (exact)"
    );
    let salt = c.named_drama("salt girl").map(|d| Entity::Drama(d.id.clone())).unwrap();
    let found = c.search("ban seo woon", Scope::People, &[salt]);
    assert_eq!(found.decision, Decision::Answer);
    assert_eq!(found.answer().and_then(|a| a.hangul.clone()).as_deref(), Some("반서운"));
    let ids: Vec<&str> = c.people_named("ban seo woon").iter().map(|p| p.id.0.as_str()).collect();
    assert_eq!(ids, ["ban-seo-woon", "ban-seo-woon-2"]);
}

#[test]
fn titles_as_people_type_them() {
    let c = invented();
    for query in [
        "the salt merchants daughter",
        "Salt Merchant’s Daughter",
        "소금장수의 딸",
        "SALT GIRL",
    ] {
        assert_eq!(drama(&c, query), "The Salt Merchant's Daughter (exact)", "{query}");
    }
    assert_eq!(
        drama(&c, "sogeum jangsueui ttal"),
        "The Salt Merchant's Daughter (whole)"
    );
    assert_eq!(drama(&c, "paper crown"), "Paper Crown (exact)");
    for query in [
        "paper crown 2",
        "Paper Crown S2",
        "the paper crown season 2",
        "종이왕관2",
        "종이 왕관 시즌 2",
    ] {
        assert_eq!(drama(&c, query), "Paper Crown Season 2 (exact)", "{query}");
    }
    assert_eq!(drama(&c, "night bus"), "Night Bus: Gangneung (exact)");
    assert_eq!(drama(&c, "law and barley"), "Law & Barley (exact)");
    assert_eq!(
        drama(&c, "merchant daughter"),
        "The Salt Merchant's Daughter (substring)"
    );
    assert_eq!(drama(&c, "tsmd"), "The Salt Merchant's Daughter (initials)");
    assert_eq!(drama(&c, "SMD"), "The Salt Merchant's Daughter (initials)");
    assert_eq!(drama(&c, "소장딸"), "The Salt Merchant's Daughter (initials)");
    assert_eq!(
        drama(&c, "salt merchnats daughter"),
        "The Salt Merchant's Daughter (near)"
    );
    // The newer of two with one title.
    let found = c.search("Orphan of Seoul Station", Scope::Dramas, &[]);
    assert_eq!(found.decision, Decision::Answer);
    assert_eq!(found.candidates[0].hangul.as_deref(), Some("고아"));
}

#[test]
fn suggestions_go_on_from_what_is_typed() {
    let c = invented();
    let names = |prefix: &str, scope| {
        c.suggest(prefix, scope, 3)
            .into_iter()
            .map(|s| s.name)
            .collect::<Vec<_>>()
    };
    assert_eq!(names("ban", Scope::People), ["Ban Seo Woon"]);
    assert_eq!(names("seo w", Scope::People), ["Ban Seo Woon"]);
    assert_eq!(names("반서", Scope::People), ["Ban Seo Woon"]);
    assert_eq!(names("ㅂㅅㅇ", Scope::People), ["Ban Seo Woon"]);
    assert_eq!(names("pap", Scope::Dramas), ["Paper Crown Season 2", "Paper Crown"]);
    assert_eq!(names("", Scope::Dramas)[0], "The Salt Merchant's Daughter");
    assert_eq!(names("", Scope::All).len(), 3);
    assert_eq!(names("ban so woon", Scope::People)[0], "Ban Seo Woon");
}

#[test]
fn articles_teach_what_nobody_knew_and_change_nothing() {
    let mut c = invented();
    let lesson = |person: &str, character: &str| Learnt {
        article: Some(ArticleId(7)),
        drama: Some("Glass Orchard".to_owned()),
        person: Some(person.to_owned()),
        character: Some(character.to_owned()).filter(|c| !c.is_empty()),
        ..Learnt::default()
    };
    let news = c.learn(&lesson("Yoo Da Bit", "Mi Rae"));
    assert_eq!(news.len(), 3, "{news:?}");
    assert_eq!(c.learn(&lesson("Yoo Da Bit", "Mi Rae")), []);
    assert_eq!(person(&c, "mi rae"), "Yoo Da Bit (character)");
    // Another spelling of the same name within the same drama is the same person.
    assert_eq!(c.learn(&lesson("Yu Da-bit", "")).len(), 1);
    assert_eq!(c.named_person("yu da bit").map(|p| p.name.as_str()), Some("Yoo Da Bit"));
    // In another drama it may be somebody else.
    let other = Learnt {
        drama: Some("Paper Crown".to_owned()),
        ..lesson("Ryu Da Bit", "")
    };
    assert!(
        c.learn(&Learnt {
            article: Some(ArticleId(8)),
            ..other
        })
        .iter()
        .any(|n| matches!(n, News::Person(_)))
    );
    // What is no name is not learnt, and nothing known is overwritten.
    for bad in ["the cast", "Paper Crown", "MRTV", "A B C D E", "<@1234>", "", "He11o"] {
        assert_eq!(c.learn(&lesson(bad, "Mi Rae")), [], "{bad}");
    }
    assert_eq!(c.learn(&lesson("Yoo Da Bit", "Somebody Else")), []);
    assert_eq!(person(&c, "ban seo woon"), "Ban Seo Woon (exact)");
}

#[test]
fn a_broken_table_is_told_and_the_rest_is_read() {
    let mut c = Catalogue::empty();
    let long = "x".repeat(500);
    let problems = c.add_tsv(&format!(
        "name\thangul\tkind\n\t\tperson\n{long}\t\tperson\nSol Mi\t솔미\tgoblin\nSol Mi\t솔미\tperson\r\n"
    ));
    assert_eq!(
        problems.iter().map(|p| p.place.as_str()).collect::<Vec<_>>(),
        ["catalogue line 2", "catalogue line 3", "catalogue line 4"]
    );
    assert_eq!(c.named_person("솔미").map(|p| p.name.as_str()), Some("Sol Mi"));
    // Without a header line, and the same again: nobody twice.
    assert_eq!(c.add_tsv("Sol Mi\t솔미\tperson"), []);
    assert_eq!(c.people().len(), 1);
}

#[test]
fn behind_many_mistakes_the_rest_of_a_table_is_read_all_the_same() {
    let mut c = Catalogue::empty();
    let mistakes = "Sol Mi\t솔미\tgoblin\n".repeat(150);
    let problems = c.add_tsv(&format!(
        "# my own\n\nhangul\tname\tkind\n{mistakes}솔미\tSol Mi\tperson\n"
    ));
    assert_eq!(problems.len(), 101);
    assert_eq!(
        problems.last().map(|p| p.what.as_str()),
        Some("50 more lines with mistakes, left out")
    );
    assert_eq!(c.named_person("솔미").map(|p| p.name.as_str()), Some("Sol Mi"));
}

#[test]
fn a_part_that_nobody_plays_is_told() {
    let mut c = Catalogue::empty();
    let problems = c.add_tsv("name\tkind\tcast\nThe Tidewater Clinic\tdrama\t=Ha Ram|Sol Mi=Na Ri|…\n");
    assert_eq!(problems.len(), 1);
    assert_eq!(
        c.people().iter().map(|p| p.name.as_str()).collect::<Vec<_>>(),
        ["Sol Mi"]
    );
    assert_eq!(c.dramas()[0].cast.len(), 1);
}

#[test]
fn a_search_as_json_is_what_the_command_promises() {
    let found = invented().search("Ban Seo Woon", Scope::People, &[]);
    assert_eq!(
        serde_json::to_string(&found).unwrap(),
        r#"{"decision":"answer","candidates":[{"name":"Ban Seo Woon","hangul":"반서운","kind":"person","tier":"exact","score":1.0}]}"#
    );
}

#[test]
fn surnames_are_known_by_their_spellings() {
    for word in ["Kim", "lee", "Yi", "Namgoong", "김", "남궁", "Ryu"] {
        assert!(is_surname(word), "{word}");
    }
    for word in ["Watch", "Seoul", "", "Hyo"] {
        assert!(!is_surname(word), "{word}");
    }
}

#[test]
fn keys_of_entities_come_back() {
    for entity in [
        Entity::Person(PersonId("a-b".into())),
        Entity::Drama(DramaId("x".into())),
        Entity::Network(NetworkId("n".into())),
    ] {
        assert_eq!(Entity::from_key(&entity.key()), Some(entity));
    }
    for forged in ["", "person", "person:", "goblin:x", ":"] {
        assert_eq!(Entity::from_key(forged), None, "{forged}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_query_is_harmless(query in "\\PC{0,250}") {
        let c = invented();
        let found = c.search(&query, Scope::All, &[]);
        prop_assert!(found.candidates.len() <= 10);
        prop_assert!(found.candidates.is_sorted_by(|a, b| a.tier <= b.tier));
        prop_assert!(found.candidates.iter().all(|c| (0.0..=1.0).contains(&c.score)));
        prop_assert!(c.suggest(&query, Scope::All, 25).len() <= 25);
        let _ = (c.character(&query), c.named_drama(&query), c.named_person(&query), person_keys(&query));
    }

    #[test]
    fn any_table_and_lesson_is_harmless(text in "(\\PC{0,30}[\t\n|=]){0,12}", person in "\\PC{0,50}") {
        let mut c = invented();
        let _ = c.add_tsv(&text);
        let _ = c.learn(&Learnt { drama: Some(text), person: Some(person.clone()), character: Some(person), ..Learnt::default() });
        prop_assert!(c.named_person("Ban Seo Woon").is_some());
    }

    #[test]
    fn any_korean_name_is_found_by_its_hangul(name in "[김이박최정강조윤장임][가-힣]{2}") {
        let mut c = invented();
        let spelled = hangul::romanised(&name).unwrap();
        c.add_tsv(&format!("{spelled}\t{name}\tperson"));
        let found = c.search(&name, Scope::People, &[]);
        prop_assert_eq!(found.candidates.first().and_then(|c| c.hangul.clone()), Some(name));
    }
}
