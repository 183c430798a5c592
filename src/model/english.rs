//! Words of English that several rooms read: numbers and months.

/// The numbers from zero to twenty.
pub const NUMBERS: [&str; 21] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

/// The months, in lower case.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The number that a word spells, in any case: zero to twenty.
#[must_use]
pub fn number(word: &str) -> Option<u8> {
    let place = NUMBERS.iter().position(|number| number.eq_ignore_ascii_case(word))?;
    u8::try_from(place).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_any_case() {
        assert_eq!(number("Seventeen"), Some(17));
        assert_eq!(number("zero"), Some(0));
        assert_eq!(number("twenty"), Some(20));
        assert_eq!(number("17"), None);
    }
}
