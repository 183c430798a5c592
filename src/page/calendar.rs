//! The names in dates: zones and months.

use crate::model::english::MONTHS;

/// Names that stand in feeds. `CST` and `IST` have other meanings as well; RFC 822 decides.
pub(super) fn zone_of_name(name: &str) -> Option<i64> {
    const HOURS: [(&str, i64); 42] = [
        ("UT", 0),
        ("GMT", 0),
        ("UTC", 0),
        ("Z", 0),
        ("WET", 0),
        ("AT", -4),
        ("AST", -4),
        ("ADT", -3),
        ("ET", -5),
        ("EST", -5),
        ("EDT", -4),
        ("CT", -6),
        ("CST", -6),
        ("CDT", -5),
        ("MT", -7),
        ("MST", -7),
        ("MDT", -6),
        ("PT", -8),
        ("PST", -8),
        ("PDT", -7),
        ("AKST", -9),
        ("AKDT", -8),
        ("HST", -10),
        ("KST", 9),
        ("JST", 9),
        ("MET", 1),
        ("CET", 1),
        ("MEZ", 1),
        ("MEST", 2),
        ("CEST", 2),
        ("MESZ", 2),
        ("EET", 2),
        ("EEST", 3),
        ("BST", 1),
        ("WEST", 1),
        ("MSK", 3),
        ("HKT", 8),
        ("SGT", 8),
        ("ICT", 7),
        ("WIB", 7),
        ("AEST", 10),
        ("AEDT", 11),
    ];
    if name.eq_ignore_ascii_case("IST") {
        return Some(5 * 60 + 30);
    }
    HOURS
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, hours)| hours * 60)
}

/// A month by its English name or any abbreviation of at least three letters, or as Greek and
/// Hungarian feeds write it.
pub(super) fn month(word: &str) -> Option<u32> {
    let word = word.to_lowercase();
    let english = MONTHS
        .iter()
        .position(|name| word.len() >= 3 && name.starts_with(&word));
    const OTHERS: [(&str, u32); 32] = [
        ("ιαν", 1),
        ("φεβ", 2),
        ("μάώ", 3),
        ("μαώ", 3),
        ("μαρ", 3),
        ("απρ", 4),
        ("μάι", 5),
        ("μαϊ", 5),
        ("μαι", 5),
        ("ιούν", 6),
        ("ιον", 6),
        ("ιουν", 6),
        ("ιούλ", 7),
        ("ιολ", 7),
        ("ιουλ", 7),
        ("αύγ", 8),
        ("αυγ", 8),
        ("σεπ", 9),
        ("οκτ", 10),
        ("νοέ", 11),
        ("νοε", 11),
        ("δεκ", 12),
        ("január", 1),
        ("február", 2),
        ("március", 3),
        ("április", 4),
        ("május", 5),
        ("június", 6),
        ("július", 7),
        ("augusztus", 8),
        ("szeptember", 9),
        ("október", 10),
    ];
    english
        .and_then(|index| u32::try_from(index + 1).ok())
        .or_else(|| OTHERS.iter().find(|(name, _)| *name == word).map(|(_, month)| *month))
}
