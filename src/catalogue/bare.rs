//! What people put around a name when they ask for it: titles of respect, particles, and what they want of whoever it is
//! (`안효섭이`, `배우 안효섭`, `hyo seop oppa`, `안효섭의 명대사`, `Ahn Hyo Seop’s lines`). Looked at only where the words as they
//! stand are nobody's name.

use super::hangul::is_syllables;

/// How many of those are taken off, one after the other.
const MOST: usize = 4;
/// Words behind a name. No syllable of a name is among them (`hyung` is one).
const BEHIND: &[&str] = &[
    "ssi",
    "nim",
    "oppa",
    "unnie",
    "unni",
    "eonni",
    "noona",
    "nuna",
    "sunbae",
    "sunbaenim",
    "line",
    "lines",
    "quote",
    "quotes",
    "said",
    "says",
    "saying",
    "interview",
    "interviews",
    "씨",
    "님",
    "배우",
    "배우님",
    "오빠",
    "언니",
    "누나",
    "선배",
    "선배님",
    "대사",
    "명대사",
    "어록",
    "말",
    "말씀",
    "인터뷰",
    "근황",
    "소식",
];
/// Words before a name.
const BEFORE: &[&str] = &[
    "actor",
    "actress",
    "idol",
    "singer",
    "by",
    "from",
    "of",
    "line",
    "lines",
    "quote",
    "quotes",
    "배우",
    "가수",
    "탤런트",
    "아이돌",
];
/// Syllables at the end of a name in hangul, longer ones first, and the fewest that have to be left: a given name has
/// two, and few of those that end so are called anything else; of the rest a whole name.
const ENDINGS: &[(&str, usize)] = &[
    ("선배님", 2),
    ("배우님", 2),
    ("오빠", 2),
    ("언니", 2),
    ("누나", 2),
    ("배우", 2),
    ("이랑", 2),
    ("에게", 3),
    ("한테", 3),
    ("씨", 2),
    ("님", 2),
    ("이", 2),
    ("가", 3),
    ("은", 3),
    ("는", 3),
    ("을", 3),
    ("를", 3),
    ("의", 3),
    ("와", 3),
    ("과", 3),
    ("랑", 3),
    ("도", 3),
    ("아", 3),
    ("야", 3),
];

/// The query with less and less around it; nothing when nothing is around it.
pub(super) fn forms(query: &str) -> impl Iterator<Item = String> {
    std::iter::successors(Some(query.trim().to_owned()), |form| without_one(form))
        .skip(1)
        .take(MOST)
}

fn without_one(query: &str) -> Option<String> {
    let words: Vec<&str> = query.split([' ', '-']).filter(|word| !word.is_empty()).collect();
    let is_one_of = |list: &[&str], word: &str| list.contains(&word.to_lowercase().as_str());
    match words.as_slice() {
        [name @ .., last] if !name.is_empty() && is_one_of(BEHIND, last) => Some(name.join(" ")),
        [first, name @ ..] if !name.is_empty() && is_one_of(BEFORE, first) => Some(name.join(" ")),
        _ => without_ending(query),
    }
}

fn without_ending(query: &str) -> Option<String> {
    let owner = ["'s", "’s", "'", "’"].iter().find_map(|mark| query.strip_suffix(mark));
    if let Some(owner) = owner {
        return Some(owner.to_owned());
    }
    let last = query.split(' ').next_back().filter(|word| is_syllables(word))?;
    ENDINGS.iter().find_map(|(ending, least)| {
        let left = last.strip_suffix(ending)?;
        (left.chars().count() >= *least).then(|| query[..query.len() - ending.len()].to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_around_a_name_is_taken_off() {
        let last = |query: &str| forms(query).last();
        for (query, name) in [
            ("옥이담이", Some("옥이담")),
            ("옥이담씨", Some("옥이담")),
            ("옥이담의 명대사", Some("옥이담")),
            ("배우 옥이담님", Some("옥이담")),
            ("이담이 오빠", Some("이담")),
            ("ok yi-dam-nim", Some("ok yi dam")),
            ("Ok Yi Dam’s lines", Some("Ok Yi Dam")),
            ("actress Ok Yi Dam", Some("Ok Yi Dam")),
            ("ok yi dam", None),
            ("옥이담", None),
            ("윤아", None),
            ("lines", None),
            ("", None),
        ] {
            assert_eq!(last(query).as_deref(), name, "{query}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_taken_and_only_ever_shorter(query in "\\PC{0,60}|[가-힣 이의씨님'’-]{0,20}") {
            let mut length = query.len();
            for form in forms(&query) {
                prop_assert!(form.len() < length);
                length = form.len();
            }
        }
    }
}
