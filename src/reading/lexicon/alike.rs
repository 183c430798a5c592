//! Words that tell the same of somebody: `the rookie` is who makes a debut, `the mother of two` has children.

/// One line a meaning; the words are lower case. A word stands in one line only.
pub const ALIKE: &[&str] = &[
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
];
