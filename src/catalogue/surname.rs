//! Surnames: a closed set of classes, each with the spellings in use.
//!
//! Surnames are spelled by family custom, not by rule (이 is Lee, 박 is Park), so they are looked up
//! and never parsed alone. 이 and 리, 임 and 림, 유 and 류, 노 and 로, 양 and 량, 나 and 라, 여 and 려 are the
//! same surname written North and South, so each pair is one class.

use super::code::Code;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A surname class: its place in [`TABLE`].
pub(super) type Class = u8;

/// The hangul of a class and the spellings in use. Pairs of hangul letters that are not one of the
/// two-syllable surnames are two ways to write one surname.
const TABLE: [(&str, &str); 108] = [
    ("김", "kim gim kym keem"),
    ("이리", "lee yi rhee rhie ri i li yee leigh"),
    ("박", "park bak pak bark"),
    ("최", "choi choe choy chwe"),
    ("정", "jung jeong chung cheong joung jong"),
    ("강", "kang gang kahng"),
    ("조", "cho jo zo joe joh"),
    ("윤", "yoon yun youn yune"),
    ("장", "jang chang zhang"),
    ("임림", "lim im yim rim ihm leem"),
    ("한", "han hahn"),
    ("오", "oh o"),
    ("서", "seo suh so sur"),
    ("신", "shin sin shinn"),
    ("권", "kwon gwon kweon"),
    ("황", "hwang whang"),
    ("안", "ahn an"),
    ("송", "song"),
    ("전", "jeon jun chun chon cheon jeun"),
    ("홍", "hong"),
    ("유류", "yoo yu you ryu ryoo lyu"),
    ("고", "ko go koh goh"),
    ("문", "moon mun"),
    ("양량", "yang ryang"),
    ("손", "son sohn"),
    ("배", "bae pae bai"),
    ("백", "baek paik back baik paek beak"),
    ("허", "heo huh hur her"),
    ("남", "nam nahm"),
    ("심", "shim sim"),
    ("노로", "no noh roh ro"),
    ("하", "ha hah"),
    ("곽", "kwak gwak kwack"),
    ("성", "sung seong soung"),
    ("차", "cha char"),
    ("주", "joo ju chu"),
    ("우", "woo u wu oo"),
    ("구", "koo gu goo ku"),
    ("민", "min"),
    ("진", "jin chin"),
    ("지", "ji chi jee"),
    ("엄", "um eom uhm"),
    ("채", "chae"),
    ("원", "won weon"),
    ("천", "chun cheon chon"),
    ("방", "bang pang"),
    ("공", "gong kong"),
    ("현", "hyun hyeon"),
    ("함", "ham"),
    ("변", "byun byeon pyun"),
    ("염", "yum yeom"),
    ("여려", "yeo ryeo yuh"),
    ("추", "choo chu"),
    ("도", "do doh"),
    ("소", "so soh"),
    ("설", "seol sul sol"),
    ("선", "sun seon"),
    ("마", "ma"),
    ("길", "gil kil"),
    ("연", "yeon youn yun"),
    ("위", "wi wee"),
    ("표", "pyo"),
    ("명", "myung myeong"),
    ("기", "ki gi"),
    ("반", "ban"),
    ("라나", "ra na rah nah"),
    ("왕", "wang"),
    ("금", "geum keum kum"),
    ("옥", "ok"),
    ("육", "yook yuk"),
    ("인", "in"),
    ("탁", "tak"),
    ("은", "eun"),
    ("탕", "tang"),
    ("석", "seok suk"),
    ("봉", "bong"),
    ("감", "kam gam karm"),
    ("모", "mo"),
    ("옹", "ong"),
    ("예", "ye"),
    ("동", "dong"),
    ("맹", "maeng"),
    ("태", "tae"),
    ("온", "on ohn"),
    ("단", "dan"),
    ("경", "kyung"),
    ("제", "je"),
    ("승", "seung"),
    ("국", "kook guk"),
    ("어", "eo uh"),
    ("편", "pyun pyeon"),
    ("용", "yong"),
    ("빈", "bin"),
    ("음", "eum um"),
    ("견", "kyeon gyeon"),
    ("피", "pi pee"),
    ("목", "mok"),
    ("복", "bok"),
    ("부", "boo bu"),
    ("범", "beom bum"),
    ("팽", "paeng"),
    ("사", "sa"),
    ("남궁", "namgoong namkoong namgung namkung"),
    ("선우", "sunwoo seonu sunu"),
    ("황보", "hwangbo"),
    ("제갈", "jegal"),
    ("사공", "sagong"),
    ("독고", "dokgo"),
];

/// Surnames of two syllables; everything else with two letters in [`TABLE`] is a pair.
const TWO_SYLLABLES: [&str; 6] = ["남궁", "선우", "황보", "제갈", "사공", "독고"];

struct Tables {
    spellings: HashMap<&'static str, Vec<Class>>,
    hangul: HashMap<String, Class>,
    sounds: HashMap<Code, Vec<Class>>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut tables = Tables {
        spellings: HashMap::new(),
        hangul: HashMap::new(),
        sounds: HashMap::new(),
    };
    for (class, (hangul, spellings)) in (0..).zip(TABLE) {
        for spelling in spellings.split(' ') {
            tables.spellings.entry(spelling).or_default().push(class);
        }
        for form in forms(hangul) {
            for code in super::key::codes_of(&form) {
                tables.sounds.entry(code).or_default().push(class);
            }
            tables.hangul.insert(form, class);
        }
    }
    tables
});

fn forms(hangul: &str) -> Vec<String> {
    if TWO_SYLLABLES.contains(&hangul) {
        vec![hangul.to_owned()]
    } else {
        hangul.chars().map(String::from).collect()
    }
}

/// The classes that a spelling stands for: by custom, else because it sounds like the hangul. A few
/// spellings have two (`chun` is 전 and 천); most words have none.
pub(super) fn classes(word: &str) -> Vec<Class> {
    let customary = customary(word);
    if !customary.is_empty() {
        return customary.to_vec();
    }
    let mut found = Vec::new();
    for class in super::key::codes_of(word)
        .iter()
        .filter_map(|code| TABLES.sounds.get(code))
        .flatten()
    {
        if !found.contains(class) {
            found.push(*class);
        }
    }
    found
}

/// The classes of a spelling by custom alone.
pub(super) fn customary(word: &str) -> &'static [Class] {
    TABLES.spellings.get(word).map_or(&[], Vec::as_slice)
}

/// The classes of a word that is nothing but a surname: in hangul, or as it is spelled. One letter is none.
pub(super) fn written(word: &str) -> Vec<Class> {
    match of_hangul(word) {
        Some(class) => vec![class],
        None if word.len() > 1 => customary(word).to_vec(),
        None => Vec::new(),
    }
}

/// The class of a surname in hangul.
pub(super) fn of_hangul(surname: &str) -> Option<Class> {
    TABLES.hangul.get(surname).copied()
}

/// Whether the class is a surname of two syllables.
pub(super) fn is_long(class: Class) -> bool {
    TABLE
        .get(usize::from(class))
        .is_some_and(|(hangul, _)| TWO_SYLLABLES.contains(hangul))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_in_use_share_a_class_and_other_surnames_do_not() {
        let class = |word: &str| customary(word).to_vec();
        for (a, b) in [
            ("lee", "yi"),
            ("park", "bak"),
            ("ahn", "an"),
            ("jung", "chung"),
            ("im", "lim"),
            ("yoo", "ryu"),
        ] {
            assert!(class(a).iter().any(|c| class(b).contains(c)), "{a} {b}");
        }
        assert!(class("kim").iter().all(|c| !class("lee").contains(c)));
        assert_eq!(of_hangul("이"), of_hangul("리"));
        assert_ne!(of_hangul("정"), of_hangul("전"));
        assert!(of_hangul("남궁").is_some_and(is_long));
        assert!(of_hangul("안").is_some_and(|c| !is_long(c)));
    }
}
