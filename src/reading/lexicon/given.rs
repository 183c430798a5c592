//! First names by gender: those of the world outside Korea, and what the syllables of a Korean one lean to.
//!
//! Remakes, festivals, fan meetings and casts bring people whose names have no Korean shape. The list holds
//! everyday first names of many languages; those that are everyday English words as well are left out.

/// Names of women.
const HERS: &str = "
abigail adriana aisha alejandra alessandra alice alicia alison amanda amelia amina ana anastasia andrea angela angelica
angelina anita anna anne annette annie antonia ariana ashley astrid audrey aurora ayesha barbara beatrice beatriz becky
bella bernadette bethany bianca bianka bridget brigitte camila camille carla carmen carol carolina caroline catherine
cecilia celeste celine chanel chantal charlene chiara chloe christina christine cindy claire clara claudia colette
corinne cristina cynthia daniela danielle deborah deepika delphine denise diana diane donna dorothy edith eileen elaine
eleanor elena elisa elizabeth ella ellen eloise emily emma erica erika esther eva evelyn fatima federica felicia fiona
florence frances francesca gabriela gabriella gemma georgia geraldine gina giulia gloria greta gwen haruka hannah heather
heidi helen helena hillary hiroko ines ingrid irene isabel isabella isabelle jacqueline jane janet janice jasmine jean
jeanette jenna jennifer jenny jessica joan joanna jocelyn josephine joyce juanita judith julia juliana julie juliet
karen karina kate katherine kathleen kathryn katie katrina kavita keiko kelly kiara kimberly kirsten kristen kristin
kristina laetitia lara latika laura lauren lea leah leila lena leonor leticia liliana lina linda lindsay lisa liza louise
lucia lucie lucy luisa lydia madeleine maggie maja mandy manuela margaret margarita maria mariana marie marina marion
marisol marta martha martina mary matilda maya megan meera melanie melissa mercedes mia michelle miho mika mina miranda
miriam misaki molly monica monique nadia nadine nancy naomi natalia natalie natasha nicole nina noemi nora olga olivia
paloma pamela patricia paula pauline penelope phoebe pia priya priyanka rachel ramona raquel rebecca regina renata rhea
rita roberta rosa rosalind rosemary roxanne ruth sabrina sachiko sakura samantha sandra sanjana sara sarah selena serena
sharon sheila shirley shreya silvia simone sofia sonia sophia sophie stella stephanie susan susanna suzanne sylvia tamara
tanya tatiana teresa tessa tiffany tracy ursula valentina valeria valerie vanessa vera veronica vicky victoria virginia
vivian vivienne wendy xenia yasmin yolanda yoko yuka yuki yvette yvonne zara zoe
";

/// Names of men.
const HIS: &str = "
aaron abdul abraham adam adrian ahmed akira alan albert alberto alejandro alessandro alex alexander alexandre alfonso
alfred ali amir amit anders andre andreas andres andrew andy angelo anthony antoine antonio anwar arjun armando arnold
arthur arturo ashok benjamin bernard boris brandon brendan brian bruce bruno bryan byron cameron carl carlo carlos cedric
cesar charles charlie chris christian christoph christopher claude clement clint colin craig cyril dan daniel danny
dario darius darren dave david dennis derek dev diego dimitri dmitri dominic don donald doug douglas duncan dylan eddie
edgar eduardo edward edwin eli elias elliot emil emilio emmanuel enrique eric erik ernesto ethan etienne eugene evan
fabian fabio felipe felix fernando florian francesco francis francisco francois frederic frederick fritz gabriel gareth
gary gavin geoffrey george gerald gerard giovanni giuseppe glenn gordon graham greg gregory guillaume guillermo gustav
gustavo harold harrison harry harvey hassan hector helmut henri henrik henry herbert hiroshi howard hugh hugo ian ibrahim
igor ingmar isaac ivan jackson jacob jacques jakob james jamie jan jared jason javier jay jeff jeffrey jens jeremy jerome
jerry jesse jim jimmy joachim joaquin joel johan john johnny jonas jonathan jorge jose josef joseph josh joshua juan
julian julien julio justin kai karim karl keith ken kenji kenneth kevin klaus kring kumar kurt kyle lars laurent lawrence
leo leon leonard leonardo leopold lewis liam lionel lloyd lorenzo louis luc luca lucas ludwig luigi luis luke magnus
malcolm manuel marc marcel marcelo marco marcus mario martin mathias mathieu matt matteo matthew maurice mauricio max
maxime maximilian mehdi michael michel miguel mike mikhail milan mohamed mohammed nathan nathaniel neil nelson nicholas
nick nicolas niels nigel nikhil nikolai noah norman olaf oleg oliver olivier omar oscar otto owen pablo paolo pascal
patrick paul pedro pete peter philip philippe phillip pierre rafael raj rajesh ralph ramon randy raphael rashid raul
raymond ren rene ricardo richard rick rob robert roberto rodrigo roger rohan roland roman romain ron ronald rory ross roy
ruben rudolf rupert russell ryan sam samir samuel sandeep sanjay satoshi scott sean sebastian sergei sergio seth shane
shaun shinji simon stanley stefan stefano stephane stephen steve steven stuart sven takashi takeshi ted terence terry
theo theodore thierry thomas tim timothy toby tom tomas tommy tony travis trevor tristan umberto vernon vicente victor
vijay vikram vincent vincenzo vladimir walter warren wayne werner wesley william wolfgang xavier yann yusuf yves zachary
";

/// Second syllables that mostly women bear.
const HERS_LAST: &str = "
hee hui heui sook ja ra rah ah mi rin ri na yeon yeong eun seul byul ok im seon sun soon rim hyang ran ji
hye ye kyung gyeong sil shil nyeo yoon yun da som byeol mee sol kyeong ryeong ryeon reum bi
";

/// Second syllables that mostly men bear.
const HIS_LAST: &str = "
ho sik shik seok cheol chul woo hwan tae gyu kyu gil kil beom bum geun keun jun joon hyuk hyeok hyeog gi ki
seop sup sub hoon hun jae ryong yong man pyo dong gon gwang kwang kwon gwon taek hyung hyeong gyeom han chan
woong ung bae mo seong sung bok deok duk pil sang pal gu goo chang bong yeol jong wook uk heon il rok yeop yeob hak ik
kyun gyun seung
";

/// First syllables that mostly women bear.
const HERS_FIRST: &str = "
mi hye so ye sun soon eun yoo yu ah a bo da chae na hee sae yeon seol
";

/// First syllables that mostly men bear.
const HIS_FIRST: &str = "
dong tae jae sang jong kwang gwang byung byeong chul cheol hyung hyeong woo ki gi do gun geon joon jun chang
dae sik seok kang chan beom bum seung gyu kyu moo mu sung seong yong il won hwan
";

/// Second syllables that say less than the first.
const EITHER: &[&str] = &[
    "yeong", "kyung", "gyeong", "kyeong", "rim", "im", "yoon", "yun", "ok", "sun", "seon", "eun", "ji", "seong", "sung",
];

use foldhash::fast::FixedState;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

static TABLE: LazyLock<HashMap<&'static str, bool, FixedState>> = LazyLock::new(|| {
    let hers = HERS.split_whitespace().map(|name| (name, true));
    hers.chain(HIS.split_whitespace().map(|name| (name, false))).collect()
});

/// What a syllable leans to as the first of a name, and as the last: to “she” above zero, to “he” below.
static SYLLABLES: LazyLock<HashMap<&'static str, [i8; 2], FixedState>> = LazyLock::new(|| {
    let mut table: HashMap<&str, [i8; 2], FixedState> = HashMap::default();
    for (place, hers, his) in [(0, HERS_FIRST, HIS_FIRST), (1, HERS_LAST, HIS_LAST)] {
        for (list, side) in [(hers, 1), (his, -1)] {
            let words: HashSet<&str> = list.split_whitespace().collect();
            for word in words {
                table.entry(word).or_default()[place] += side;
            }
        }
    }
    table
});

/// What the two syllables of a Korean first name, folded, lean to: most who bear them are “she”, or “he”.
#[must_use]
pub fn leans(first: &str, last: &str) -> Option<bool> {
    let side = |syllable: &str, place: usize| SYLLABLES.get(syllable).map_or(0, |sides| sides[place]);
    // The second syllable says more: Sang-mi is “she”, Eun-woo “he”. Do-yoon may be either.
    let said = match (side(first, 0), side(last, 1)) {
        (first, 0) => first,
        (first, second) if first * second < 0 && EITHER.contains(&last) => 0,
        (_, second) => second,
    };
    (said != 0).then_some(said > 0)
}

/// Whether a folded word is a first name from outside Korea, and a woman's.
#[must_use]
pub fn is_she(folded: &str) -> Option<bool> {
    TABLE.get(folded).copied()
}

#[cfg(test)]
mod tests {
    use super::{is_she, leans};

    #[test]
    fn first_names_tell() {
        assert_eq!(is_she("rachel"), Some(true));
        assert_eq!(is_she("daniel"), Some(false));
        assert_eq!(is_she("velvet"), None);
        for (first, last, she) in [
            ("se", "ra", Some(true)),
            ("hyo", "seop", Some(false)),
            ("tae", "ho", Some(false)),
            ("ji", "won", None),
            ("do", "yoon", None),
            ("ji", "yoon", Some(true)),
        ] {
            assert_eq!(leans(first, last), she, "{first}-{last}");
        }
    }
}
