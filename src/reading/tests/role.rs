//! Who plays whom, in every form that outlets print it.

use crate::catalogue::Catalogue;
use crate::model::{Article, Paragraph, ParagraphKind};
use crate::reading::read;

/// Characters with their actors, and the people, of an article of one paragraph.
fn cast(text: &str) -> (Vec<(String, String)>, Vec<String>) {
    let article = Article {
        title: "“Paper Lantern” Cast Gathers".to_owned(),
        paragraphs: vec![Paragraph {
            kind: ParagraphKind::Paragraph,
            text: text.to_owned(),
        }],
        ..Article::default()
    };
    let reading = read(&article, &Catalogue::empty());
    (reading.characters, reading.people)
}

#[test]
fn roles_find_their_actors() {
    let (gong, hwa, noh) = ("Gong Tae Rim", "Hwa Da Som", "Noh Eun Gyeol");
    let table: &[(&str, &[(&str, &str)])] = &[
        (
            "“Paper Lantern” stars Gong Tae Rim as wedding planner Mun Bo Ha.",
            &[("Mun Bo Ha", gong)],
        ),
        (
            "Hwa Da Som appears as Bo Ha’s editor, Chief Oh, in “Paper Lantern” with Gong Tae Rim as Mun Bo Ha.",
            &[("Chief Oh", hwa), ("Mun Bo Ha", gong)],
        ),
        (
            "Gong Tae Rim plays the pawnbroker, Ma Il-do, in “Paper Lantern.”",
            &[("Ma Il-do", gong)],
        ),
        (
            "Gong Tae Rim and Hwa Da Som, who play the feuding siblings Go Ya and Bu Sang, arrived first.",
            &[("Go Ya", gong), ("Bu Sang", hwa)],
        ),
        (
            "Gong Tae Rim, Hwa Da Som, and Noh Eun Gyeol will star as Mun Bo Ha, Yeon Ji, and Dol Soe.",
            &[("Mun Bo Ha", gong), ("Yeon Ji", hwa), ("Dol Soe", noh)],
        ),
        (
            "Gong Tae Rim plays both prosecutor Lee Han and his twin brother Lee Sol.",
            &[("Lee Han", gong), ("Lee Sol", gong)],
        ),
        (
            "Hwa Da Som looks on as Gong Tae Rim (as the groom, Cha Eun-gyeol) stays calm.",
            &[("Cha Eun-gyeol", gong)],
        ),
        (
            "The heir, Mun Bo Ha, is played by AURALINE’s Dohae.",
            &[("Mun Bo Ha", "Dohae")],
        ),
        (
            "Mo Ran (played by rising actress Hwa Da Som of GARNET) runs away.",
            &[("Mo Ran", hwa)],
        ),
        (
            "Noh Eun Gyeol’s character is Park Do Il, and Hwa Da Som’s character, Seo Yi Na, is his boss.",
            &[("Park Do Il", noh), ("Seo Yi Na", hwa)],
        ),
        (
            "Gong Tae Rim’s Kang Yu Jin confesses to Hwa Da Som’s Min Yeo Reum.",
            &[("Kang Yu Jin", gong), ("Min Yeo Reum", hwa)],
        ),
        (
            "Gong Tae Rim plays Master Heo, a sword maker. Heo Jun Pyo plays his apprentice Dol Soe.",
            &[("Master Heo", gong), ("Dol Soe", "Heo Jun Pyo")],
        ),
        (
            "The role of the villain, Chairman Gil, went to veteran actor Gong Tae Rim, and Hwa Da Som was cast as Gil Chae Won.",
            &[("Chairman Gil", gong), ("Gil Chae Won", hwa)],
        ),
        (
            "The clip opens with Hwa Da Som, who plays the baker Cha Mu Yeol, behind a cake.",
            &[("Cha Mu Yeol", hwa)],
        ),
        (
            "Gong Tae Rim met the press on Monday. The actor came with co-star Hwa Da Som to promote the drama, in which he plays the judge Mun Bo Ha.",
            &[("Mun Bo Ha", gong)],
        ),
    ];
    for (text, expected) in table {
        let (found, people) = cast(text);
        let found: Vec<(&str, &str)> = found.iter().map(|(r, a)| (r.as_str(), a.as_str())).collect();
        assert_eq!(found, *expected, "{text}");
        for (role, _) in *expected {
            assert!(!people.iter().any(|p| p == role), "{role} is nobody real: {text}");
        }
    }
}

#[test]
fn titles_in_brackets_are_no_roles() {
    let (roles, people) = cast(
        "Looks like Gong Tae-rim (Winter Tax, Captain of the Night Shift) is back, with writer Eom Sae-ri (My Dear Thief). \
         The actor plays Yi Kang, who cannot see at night.",
    );
    assert_eq!(roles, [("Yi Kang".to_owned(), "Gong Tae-rim".to_owned())]);
    assert_eq!(people, ["Gong Tae-rim", "Eom Sae-ri"]);
}

#[test]
fn a_role_may_stand_at_the_end_of_a_text_that_was_cut() {
    let (roles, _) = cast(
        "“Paper Lantern” is about Kang Hyun Woo (Gong Tae Rim), a star attorney who never lost, and Min Seo Ra (Hwa Da \
         Som), the ga",
    );
    assert!(
        roles.contains(&("Min Seo Ra".to_owned(), "Hwa Da Som".to_owned())),
        "{roles:?}"
    );
}
