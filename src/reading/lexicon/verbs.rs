//! The verbs that bring in speech, as the trade uses them, with their inflected forms.
//!
//! Leaves to `lexicon` where the forms are looked up. Irregular forms are listed; regular ones are
//! made by the rules of English spelling.

/// Verbs that report words. A subject and one of these beside a span make it speech.
pub const SPEECH: &str = "
accept accuse acknowledge add address admit admonish advise affirm agree allege announce answer apologize
apologise appeal argue ask assert assess assure attest avow banter beam beg bellow bemoan blurt boast brag
caution chat cheer chide chime chuckle claim clarify coax comment commend complain compliment concede
conclude concur confess confide confirm congratulate console continue contend counter convey crack credit cry
declare declaim defend demand deny detail deadpan describe disclose discuss divulge elaborate emphasize
emphasise encourage enthuse exclaim explain express expound fire fret fume gasp giggle groan growl grumble
gripe greet grunt gush hint hiss holler hum implore inform inquire insist instruct interject interrupt intone
introduce invite joke jest josh justify kid lament laugh lecture maintain mention moan mouth mumble murmur
muse mutter narrate nag note notify object observe offer opine order plead pledge point ponder pout praise
predict press proclaim profess promise protest prompt pronounce propose quip quiz quote rant rave read
reassure recall recap recite reckon recollect recount reflect rejoin relate relay remark remember remind
reminisce reply report request respond reiterate retort reveal roar say scold scream screech share shout shriek
shrug sigh smile smirk snap snarl sneer snicker sob specify speculate spill stammer state stress stutter suggest
summarize summarise surmise swear taunt tease tell testify thank theorize threaten thunder trail urge utter
venture vent voice volunteer vow wail warn whimper weep whine whisper wish wonder yell describe dish groan interpose
grin nod tearfully mock command lie bluster gloat crow croak drawl spit plea cite acknowledge lash scoff
correct chirp coo hazard splutter rasp croon repeat echo translate sniff sniffle tut marvel intervene quibble
grouse sing-song wheeze purr huff tattle crackle cackle chortle jeer seethe babble blabber prattle ramble titter
wisecrack posit insinuate aver comfort soothe cajole beseech entreat exhort rebuke reprimand berate riposte parry
demur chastise goad bleat simper quaver sputter yelp squeal wheedle bluff fib
";

/// Verbs that bring in speech only right beside it, with a comma or colon: they mostly mean something else.
pub const WEAK: &str = "
act begin bow break burst call choose close cut end explode fall finish go interpret jump list lean
look open pick pray put rank recommend return sing start step sum talk think turn vote write
caption tweet post text sign reason figure feel believe guess hope realize realise decide
manage wave pause scribble type message stream note judge rate remind select vouch
boom drone bark howl pant squeak chatter chant yawn puff wink frown breathe choke snort gulp parrot mimic query curse
rule decree enquire harrumph guffaw preach restate retaliate scowl sulk trumpet whoop rebut commiserate bawl
";

/// Irregular forms: form, whether it is a participle in -ing (never here), and the base is not kept.
pub const IRREGULAR: &[(&str, &str)] = &[
    ("said", "say"),
    ("says", "say"),
    ("told", "tell"),
    ("swore", "swear"),
    ("sworn", "swear"),
    ("spoke", "speak"),
    ("speaks", "speak"),
    ("wrote", "write"),
    ("written", "write"),
    ("thought", "think"),
    ("began", "begin"),
    ("begun", "begin"),
    ("went", "go"),
    ("broke", "break"),
    ("chose", "choose"),
    ("sang", "sing"),
    ("felt", "feel"),
    ("wept", "weep"),
    ("lied", "lie"),
    ("lying", "lie"),
    ("read", "read"),
    ("quipped", "quip"),
    ("quipping", "quip"),
    ("sobbed", "sob"),
    ("sobbing", "sob"),
    ("begged", "beg"),
    ("begging", "beg"),
    ("bragged", "brag"),
    ("bragging", "brag"),
    ("nagged", "nag"),
    ("nagging", "nag"),
    ("snapped", "snap"),
    ("snapping", "snap"),
    ("grinned", "grin"),
    ("grinning", "grin"),
    ("nodded", "nod"),
    ("nodding", "nod"),
    ("hummed", "hum"),
    ("humming", "hum"),
    ("shrugged", "shrug"),
    ("shrugging", "shrug"),
    ("kidded", "kid"),
    ("kidding", "kid"),
    ("recapped", "recap"),
    ("recapping", "recap"),
    ("chatted", "chat"),
    ("chatting", "chat"),
    ("concurred", "concur"),
    ("concurring", "concur"),
    ("spat", "spit"),
    ("quizzed", "quiz"),
    ("stepped", "step"),
    ("summed", "sum"),
    ("summing", "sum"),
    ("cut", "cut"),
    ("put", "put"),
    ("burst", "burst"),
    ("fretted", "fret"),
    ("bantered", "banter"),
    ("opened", "open"),
    ("offered", "offer"),
    ("offering", "offer"),
    ("uttered", "utter"),
    ("uttering", "utter"),
    ("answered", "answer"),
    ("answering", "answer"),
    ("whispered", "whisper"),
    ("whispering", "whisper"),
    ("muttered", "mutter"),
    ("muttering", "mutter"),
    ("murmured", "murmur"),
    ("murmuring", "murmur"),
    ("volunteered", "volunteer"),
    ("volunteering", "volunteer"),
    ("remembered", "remember"),
    ("remembering", "remember"),
    ("countered", "counter"),
    ("countering", "counter"),
    ("pondered", "ponder"),
    ("wondered", "wonder"),
    ("wondering", "wonder"),
    ("considered", "consider"),
    ("groaned", "groan"),
    ("hollered", "holler"),
    ("mouthed", "mouth"),
];

/// Verbs of the subject of a caption: the words stand on a poster or a screen.
pub const DISPLAY: &[&str] = &[
    "reads", "read", "reading", "appears", "appear", "appeared", "states", "says", "hints", "goes", "flashes", "flash",
    "flashed", "scrolls", "scrolled",
];

/// The inflected forms of a regular verb.
pub fn inflect(base: &str) -> [String; 3] {
    forms(base, base)
}

/// The same with the last consonant doubled, for bases that end in one vowel and one consonant.
///
/// Whether English doubles depends on the stress; the form that nobody writes does no harm.
pub fn doubled(base: &str) -> Option<[String; 3]> {
    let mut back = base.chars().rev();
    let (last, vowel, before) = (back.next()?, back.next()?, back.next()?);
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    let fits = !is_vowel(last) && !matches!(last, 'w' | 'x' | 'y') && is_vowel(vowel) && !is_vowel(before);
    fits.then(|| forms(base, &format!("{base}{last}")))
}

fn forms(plain: &str, base: &str) -> [String; 3] {
    let stem_e = base.strip_suffix('e');
    let consonant_y = plain
        .strip_suffix('y')
        .filter(|stem| stem.ends_with(|c: char| !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')));
    let third = if let Some(stem) = consonant_y {
        format!("{stem}ies")
    } else if plain.ends_with(['s', 'x', 'z']) || plain.ends_with("ch") || plain.ends_with("sh") || plain == "go" {
        format!("{plain}es")
    } else {
        format!("{plain}s")
    };
    let past = match (consonant_y, stem_e) {
        (Some(stem), _) => format!("{stem}ied"),
        (None, Some(_)) => format!("{base}d"),
        _ => format!("{base}ed"),
    };
    let ing = match stem_e {
        Some(stem) if !stem.ends_with(['e', 'y', 'o']) => format!("{stem}ing"),
        _ => format!("{base}ing"),
    };
    [third, past, ing]
}

#[cfg(test)]
mod tests {
    use super::{doubled, inflect};

    #[test]
    fn regular_spelling_rules_hold() {
        assert_eq!(inflect("share"), ["shares", "shared", "sharing"]);
        assert_eq!(inflect("reply"), ["replies", "replied", "replying"]);
        assert_eq!(inflect("confess"), ["confesses", "confessed", "confessing"]);
        assert_eq!(inflect("joke"), ["jokes", "joked", "joking"]);
        assert_eq!(inflect("relay"), ["relays", "relayed", "relaying"]);
        assert_eq!(
            doubled("admit"),
            Some(["admits".to_owned(), "admitted".to_owned(), "admitting".to_owned()])
        );
        assert_eq!(doubled("shout"), None);
    }
}
