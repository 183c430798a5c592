//! Titles: articles, `&`, seasons, colons, acronyms, and their sound in hangul.

use super::code::{Code, liaison};
use super::fold::{MOST_CHARS, words};
use super::hangul::is_syllables;
use super::key;

/// A title as exact look-ups compare it: folded, without a leading article, `&` as `and`, doctor as `dr`, and every
/// way to write a season alike (`Voice 2`, `Voice Season 2`, `Voice S2`, 보이스 시즌2). The first season is
/// the title alone.
#[must_use]
pub(super) fn normal(title: &str) -> String {
    plain(title).unwrap_or_else(|| spelled(title))
}

/// [`normal`] for any title.
fn spelled(title: &str) -> String {
    let (words, season) = split(title);
    let mut normal = words.concat();
    if let Some(season) = season.filter(|n| *n > 1) {
        // A mark that no folded title contains.
        normal.push('#');
        normal.push_str(&season.to_string());
    }
    normal
}

/// [`normal`] for a short title in plain letters that cannot end in a season: most can not.
fn plain(title: &str) -> Option<String> {
    if title.len() >= MOST_CHARS {
        return None;
    }
    let mut normal = String::with_capacity(title.len());
    // Where the word begins that is being read, and how many stand before it.
    let (mut start, mut count) = (0, 0);
    let mut article = 0;
    for c in title.chars().chain([' ']) {
        match c {
            c if c.is_ascii_alphabetic() => normal.push(c.to_ascii_lowercase()),
            '\'' | '`' | '’' | '‘' => {}
            ' ' | ',' | '.' | '!' | '?' | ':' | ';' | '-' | '…' | '–' | '—' | '“' | '”' => {
                if start < normal.len() {
                    let word = match &normal[start..] {
                        "the" | "a" | "an" if count == 0 => {
                            article = normal.len();
                            None
                        }
                        "doctor" => Some("dr"),
                        "mister" => Some("mr"),
                        _ => None,
                    };
                    if let Some(word) = word {
                        normal.truncate(start);
                        normal.push_str(word);
                    }
                    count += 1;
                    start = normal.len();
                }
            }
            _ => return None,
        }
    }
    // `season` and `part`, or another word with the same four letters: that one is looked at in full as well.
    let marks = normal
        .as_bytes()
        .windows(4)
        .any(|four| four == b"seas" || four == b"part");
    let may_be_season = marks || normal.ends_with(['i', 'v']);
    if may_be_season {
        return None;
    }
    if count > 1 {
        normal.drain(..article);
    }
    Some(normal)
}

/// The words of a title without leading article and season, and the season's number.
pub(super) fn split(title: &str) -> (Vec<String>, Option<u16>) {
    let title: String = title.chars().take(MOST_CHARS).collect();
    let mut words = words(&title.replace('&', " and "));
    if words.len() > 1 && matches!(words[0].as_str(), "the" | "a" | "an") {
        words.remove(0);
    }
    for word in &mut words {
        let short = match word.as_str() {
            "doctor" => "dr",
            "mister" => "mr",
            _ => continue,
        };
        short.clone_into(word);
    }
    let season = take_season(&mut words);
    (words, season)
}

fn take_season(words: &mut Vec<String>) -> Option<u16> {
    let last = words.last()?.clone();
    let number = season_number(&last);
    if words.len() >= 3
        && matches!(words[words.len() - 2].as_str(), "season" | "part" | "시즌")
        && let Some(season) = number.or_else(|| numeral(&last))
    {
        words.truncate(words.len() - 2);
        return Some(season);
    }
    if words.len() >= 2 {
        let marked = ["season", "s", "시즌"]
            .iter()
            .find_map(|mark| last.strip_prefix(mark))
            .and_then(season_number);
        if let Some(season) = marked.or(number) {
            words.pop();
            return Some(season);
        }
        let before = &words[words.len() - 2];
        if let Some(nth) = ordinal(before).filter(|_| last == "season" && words.len() >= 3) {
            words.truncate(words.len() - 2);
            return Some(nth);
        }
    }
    // 모범택시3, Voice2: the number is part of the word.
    let stem = last.trim_end_matches(|c: char| c.is_ascii_digit());
    let stem = stem.strip_suffix("시즌").filter(|s| !s.is_empty()).unwrap_or(stem);
    let is_name = stem.chars().count() >= 2 && stem.chars().all(char::is_alphabetic);
    let season = last
        .get(last.len() - last.bytes().rev().take_while(u8::is_ascii_digit).count()..)
        .and_then(season_number);
    if is_name && season.is_some() {
        let stem = stem.to_owned();
        if let Some(word) = words.last_mut() {
            *word = stem;
        }
        return season;
    }
    None
}

/// 1 to 19; what is longer is a year (School 2015, Reply 1988).
fn season_number(text: &str) -> Option<u16> {
    let roman = ["i", "ii", "iii", "iv", "v"]
        .iter()
        .position(|r| *r == text && text.len() > 1);
    if let Some(place) = roman {
        return u16::try_from(place + 1).ok();
    }
    if text.starts_with('0') || text.len() > 2 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    text.parse().ok().filter(|n| (1..20).contains(n))
}

fn numeral(word: &str) -> Option<u16> {
    const NUMERALS: [&str; 5] = ["one", "two", "three", "four", "five"];
    let place = NUMERALS.iter().position(|numeral| *numeral == word)?;
    u16::try_from(place + 1).ok()
}

fn ordinal(word: &str) -> Option<u16> {
    const ORDINALS: [(&str, &str); 5] = [
        ("1st", "first"),
        ("2nd", "second"),
        ("3rd", "third"),
        ("4th", "fourth"),
        ("5th", "fifth"),
    ];
    let place = ORDINALS
        .iter()
        .position(|(short, long)| *short == word || *long == word)?;
    u16::try_from(place + 1).ok()
}

/// The part before a colon, when it is a title by itself (three letters or more).
pub(super) fn before_colon(title: &str) -> Option<&str> {
    let (part, rest) = title.split_once([':', '：'])?;
    let long_enough = part.chars().filter(|c| c.is_alphanumeric()).count() >= 3;
    (long_enough && !rest.trim().is_empty()).then(|| part.trim())
}

/// The initials of all words, with and without the leading article (CLOY, TLOLO, LOLO), when there
/// are three or more; in hangul the first syllables (내남결).
pub(super) fn acronyms(title: &str) -> Vec<String> {
    let title: String = title.chars().take(MOST_CHARS).collect();
    let all = words(&title);
    let (bare, _) = split(&title);
    let mut found: Vec<String> = Vec::new();
    for words in [all, bare] {
        let is_one_script = words.iter().all(|w| w.is_ascii()) || words.iter().all(|w| is_syllables(w));
        let acronym: String = words.iter().filter_map(|w| w.chars().next()).collect();
        if is_one_script && acronym.chars().count() >= 3 && !found.contains(&acronym) {
            found.push(acronym);
        }
    }
    found
}

/// A word without its plural or genitive s: `merchant's` and `merchant` are one.
pub(super) fn stem(word: &str) -> &str {
    word.strip_suffix('s').filter(|stem| stem.len() > 2).unwrap_or(word)
}

/// The sound of a title, as [`codes`] of its words, with its season: the second season of a title
/// does not sound like the third.
pub(super) fn sounds(title: &str) -> Vec<Code> {
    let (words, season) = split(title);
    let mut found = codes(&words);
    if let Some(season) = season.and_then(|n| u8::try_from(n).ok()).filter(|n| *n > 1) {
        for code in &mut found {
            code.push(b'#');
            code.push(season);
        }
    }
    found
}

/// The sound of words as a whole, without syllable breaks. A title in hangul also has the sound of its
/// liaisons (먹어 as meo-geo), because titles, unlike names, are romanised as they are spoken.
pub(super) fn codes(words: &[String]) -> Vec<Code> {
    let joined = words.concat();
    let mut found: Vec<Code> = Vec::new();
    let readings = if is_syllables(&joined) {
        vec![liaison(&joined)]
    } else {
        Vec::new()
    };
    for code in key::codes(words).iter().map(Code::flat).chain(readings) {
        if !found.contains(&code) && !code.bytes().is_empty() {
            found.push(code);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn seasons_are_alike_however_they_are_written() {
        for title in [
            "Voice 2",
            "Voice Season 2",
            "voice s2",
            "VOICE2",
            "Voice II",
            "Voice: Season 2",
            "Voice 2nd Season",
            "voice season two",
        ] {
            assert_eq!(normal(title), "voice#2", "{title}");
        }
        for title in ["보이스 시즌 2", "보이스2", "보이스 시즌2"] {
            assert_eq!(normal(title), "보이스#2", "{title}");
        }
        assert_eq!(normal("Voice Season 1"), normal("Voice"));
        assert_eq!(normal("School 2015"), "school2015");
        assert_eq!(normal("Life"), "life");
        assert_eq!(normal("7"), "7");
    }

    #[test]
    fn articles_and_ampersands_do_not_matter() {
        assert_eq!(normal("The Glory"), normal("glory"));
        assert_eq!(normal("Law & Order"), normal("law and order"));
        assert_eq!(normal("Doctor Barley"), normal("Dr. Barley"));
        assert_eq!(normal("A"), "a");
        assert_eq!(
            before_colon("Tale of the Nine Tailed: 1938"),
            Some("Tale of the Nine Tailed")
        );
        assert_eq!(before_colon("W: Two Worlds"), None);
        assert_eq!(acronyms("The Land of Little Owls"), ["tlolo", "lolo"]);
        assert_eq!(acronyms("Glass Orchard"), Vec::<String>::new());
        assert_eq!(acronyms("소금 장수의 딸"), ["소장딸"]);
    }

    proptest! {
        #[test]
        fn a_plain_title_is_what_any_title_is(
            title in "((The|a|AN|Doctor|mister|Voice|II|v|season|x|Part|don’t|[A-Za-z’']{1,7})[ ,.!?:;…–—“”-]{0,2}){0,7}"
        ) {
            if let Some(short) = plain(&title) {
                prop_assert_eq!(short, spelled(&title), "{}", title);
            }
        }

        #[test]
        fn any_title_is_harmless(title in "\\PC{0,60}") {
            let _ = (normal(&title), acronyms(&title), before_colon(&title), codes(&words(&title)));
        }
    }
}
