//! Words that tell the same of somebody: `the rookie` is who makes a debut, `the mother of two` has children.

use foldhash::fast::FixedState;
use std::collections::HashMap;
use std::sync::LazyLock;

/// No word has more letters.
const LONGEST: usize = 16;

/// The line of each word. The keys are the list's own, so no seed is needed.
static LINES: LazyLock<HashMap<&'static str, usize, FixedState>> = LazyLock::new(|| {
    let lines = ALIKE.iter().enumerate();
    lines
        .flat_map(|(line, words)| words.split_whitespace().map(move |word| (word, line)))
        .collect()
});

/// How many meanings there are.
pub const MEANINGS: usize = ALIKE.len();

/// All words that have a meaning.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    ALIKE.iter().flat_map(|words| words.split_whitespace())
}

/// Which meaning a word has, in any case: the number of its line.
#[must_use]
pub fn meaning(word: &str) -> Option<usize> {
    let mut small = [0; LONGEST];
    let small = small.get_mut(..word.len())?;
    small.copy_from_slice(word.as_bytes());
    small.make_ascii_lowercase();
    LINES.get(std::str::from_utf8(small).ok()?).copied()
}

/// One line a meaning; the words are lower case. A word stands in one line only.
const ALIKE: &[&str] = &[
    "singer idol vocalist rapper soloist maknae balladeer group band songwriter trainee girl-group boy-group",
    "olympian athlete medalist swimmer judo judoka boxer skater gymnast footballer fencer archer sportsman sportswoman \
     olympic swimming skating boxing gymnastics fencing archery wrestler wrestling taekwondo volleyball basketball baseball \
     cyclist marathon weightlifter weightlifting",
    "mother father mom dad parent son sons daughter daughters child children twins twin toddler newborn baby birth",
    "rookie newcomer debut debuting debutant debutante newbie freshman first-timer debuts",
    "veteran seasoned decade decades long-time longtime sunbae old-timer stalwart",
    "stage theater theatre musical musicals theatrical stage-trained",
    "soldier army military marine discharged discharge enlisted enlistment conscript serviceman",
    "model runway catwalk modeling",
    "comedian comic gagman comedienne gagwoman stand-up comedy-show",
    "newlywed newlyweds bride groom wedding married honeymoon tied-the-knot",
    "award-winning prize-winning award awards trophy daesang winner prize laureate",
    "heroine protagonist lead leading hero",
    "film films movie movies cinema screen silver-screen big-screen",
    "horror scream zombie",
    "dancer ballerina ballet dance choreography",
    "host mc emcee hosting hosted co-host",
    "stunt stuntman stuntwoman stunts",
    "chef cook cooking culinary",
    "two",
    "three",
    "four",
    "student university college undergraduate campus",
    "craftsman craftswoman artisan papermaker potter weaver carpenter blacksmith bookbinder watchmaker tailor seamstress \
     dressmaker calligrapher cobbler woodworker silversmith glassblower luthier",
    "doctor physician surgeon psychiatrist dentist medic pediatrician hematologist neurosurgeon cardiologist clinic hospital",
    "lawyer attorney prosecutor barrister litigator courtroom",
    "policeman policewoman detective inspector cop police officer investigator",
    "teacher professor instructor tutor lecturer schoolteacher homeroom",
    "reporter journalist correspondent newscaster newsroom anchorwoman anchorman",
    "farmer grower orchard farming farm",
    "fisherman fisher fishing haenyeo",
    "driver chauffeur cabbie taxi bus trucker",
    "baker bakery patissier pastry",
    "innkeeper inn tavern guesthouse motel hotelier",
    "outlaw bandit robber thief burglar fugitive",
    "interpreter translator",
    "scientist researcher physicist chemist biologist laboratory",
    "programmer developer coder hacker",
    "shaman fortune-teller exorcist",
    "spy agent operative espionage",
    "king monarch ruler sovereign throne",
    "ghost spirit phantom specter",
    "tycoon magnate mogul billionaire chaebol",
    "assassin hitman killer mercenary",
];

#[cfg(test)]
mod tests {
    use super::{ALIKE, LONGEST, meaning};

    #[test]
    fn every_word_has_the_meaning_of_its_line_and_of_no_other() {
        for (line, words) in ALIKE.iter().enumerate() {
            for word in words.split_whitespace() {
                assert!(word.len() <= LONGEST, "{word}");
                assert_eq!(meaning(word), Some(line), "{word}");
                assert_eq!(meaning(&word.to_ascii_uppercase()), Some(line), "{word}");
            }
        }
        for other in ["", "table", "a-word-that-is-longer-than-all", "아이돌"] {
            assert_eq!(meaning(other), None, "{other}");
        }
    }
}
