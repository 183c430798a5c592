//! First names by gender: those of the world outside Korea, and what the syllables of a Korean one lean to.
//!
//! Remakes, festivals, fan meetings and casts bring people whose names have no Korean shape. The list holds
//! everyday first names of many languages; those that are everyday English words as well are left out.

/// Names of women.
const HERS: &str = "
abigail aditi adriana aisha akiko alejandra alessandra alice alicia alison amanda amelia amina ana ananya anastasia andrea
angela angelica angelina anita anjali anna annabel anne annette annie antonia ariana ashley astrid audrey aurora ayesha ayumi
barbara beatrice beverly beatriz becky bella bernadette bethany bianca bianka brenda bridget brigitte camila camille candace carla carly
carmen carol carolina caroline cassandra catherine cecilia celeste celine chanel chantal charlene cheryl cheska chiara chloe
christina christine cindy claire clara claudia colette constance corazon corinne cristina cynthia daniela danielle daphne
deborah deepa deepika delphine denise dewi diana diane divya donna dorothy edith edna eileen elaine eleanor elena elisa
elizabeth ella ellen eloise emiko emily emma erica erika erin estelle esther eva evelyn fatima federica felicia fiona fitri
florence frances francesca freya fumiko gabriela gabriella gemma georgia geraldine gillian gina giulia gloria greta gretchen
gwen hanako hannah harriet haruka harumi heather heidi helen helena hillary hiroko hitomi imelda indah ines ingrid irene
isabel isabella isabelle ishita jacqueline jane janet janice jasmin jasmine jean jeanette jenna jennifer jenny jessica joan
joanna jocelyn josephine josie joyce juanita judith julia juliana julie juliet junko karen karina kate katherine kathleen
kathryn katie katrina kavita kavya kazuko keiko kelly kiara kimberly kirsten kirsty kristen kristin kristina kumiko laetitia
lakshmi lara latika laura lauren lea leah leila lena leonor leticia liliana lina linda lindsay lisa liza lorna louise lourdes
lucia lucie lucy luisa luzviminda lydia mabel madeleine maeve maggie maja mandy manuela margaret margarita maria mariana
maricar maricel marie mariko marina marion marisa marisol marites marjorie marta martha martina mary matilda mavis maya
mayumi meenakshi meera megan megumi melanie melinda melissa mercedes mia michelle michiko miho mika mildred mina miranda
miriam misaki miyuki molly monica monique muriel nadia nadine nanami nancy naomi natalia natalie natasha natsumi neha nicole
nina nisha noemi nora noriko olga olivia paloma pamela patricia paula pauline penelope phoebe phyllis pia pooja priya
priyanka putri rachel radhika ramona raquel ratna rebecca regina reiko renata rhea rina rita roberta rosa rosalind rosario
rosemary roslyn roxanne rukmini ruth sabrina sachiko sakura samantha sandra sanjana saori sara sarah satomi sayaka selena
serena shalini sharon sheila shirley shreya sigrid silvia simone siobhan siti sneha sofia sonia sophia sophie stella
stephanie sunita susan susanna suzanne swati sylvia tabitha tamara tanya tatiana teresa tessa thea tiffany tomoko tracy
trixie trudy ursula valentina valeria valerie vanessa vera veronica vicky victoria vidya virginia vivian vivienne wendy wilma
winifred xenia yasmin yoko yolanda yoshiko yuka yuki yumiko yvette yvonne zara zoe
";

/// Names of men.
const HIS: &str = "
aaron abdul abraham adam aditya adrian agus ahmed akira alan albert alberto alejandro alessandro alex alexander alexandre
alfonso alfred ali alistair amir amit anders andre andreas andres andrew andy angelo angus anthony antoine antonio anwar
archie arjun armando arnel arnold arthur arturo arun ashok bambang barnaby bartholomew benedict benjamin bernard boris
brandon brendan brian bruce bruno bryan budi byron callum cameron carl carlo carlos cedric cesar charles charlie chris
christian christoph christopher claude clement clint colin cormac craig cyril daisuke dan danang daniel danilo danny dario
darius darren dave david declan deepak dennis derek desmond dev diego dimitri dinesh dmitri dominic don donald doug douglas
duncan dylan eddie edgar edmund eduardo edward edwin efren eli elias elliot emil emilio emmanuel enrique eric erik ernest
ernesto ethan etienne eugene evan fabian fabio felipe felix fergus fernando florian francesco francis francisco francois
frederic frederick fritz gabriel ganesh gareth gary gavin geoffrey george gerald gerard gilbert giovanni giuseppe glenn
godfrey gopal gordon graham greg gregory guillaume guillermo gustav gustavo hamish harish harold harrison harry haruto harvey
hassan hector helmut henri henrik henry herbert hideo hiroki hiroshi horace howard hugh hugo humphrey ian ibrahim ichiro igor
ingmar irving isaac ivan jackson jacob jacques jakob james jamie jan jared jason jasper javier jay jeff jeffrey jens jeremy
jerome jerry jesse jim jimmy joachim joaquin joel johan john johnny jomar jonas jonathan jorge jose josef joseph josh joshua
juan julian julien julio justin kai karim karl kazuo keisuke keith ken kenji kenneth kenta kevin kieran klaus kring krishnan
kumar kurt kyle lachlan lars laurent lawrence leif leo leon leonard leonardo leopold lester lewis liam lionel lloyd lorenzo
louis luc luca lucas ludwig luigi luis luke magnus mahesh makoto malcolm manoj manuel marc marcel marcelo marco marcus mario
martin masaru mathias mathieu matt matteo matthew maurice mauricio max maxime maximilian mehdi michael michel miguel mike
mikhail milan mohamed mohammed mohan naoki nathan nathaniel naveen neil nelson nicholas nick nicolas niels nigel nikhil
nikolai nils noah noboru norman olaf oleg oliver olivier omar osamu oscar otto owen pablo paolo pascal patrick paul pedro
percy pete peter philip philippe phillip pierre pradeep prakash quentin rafael rahul raj rajesh rakesh ralph ramon randy
rangga raphael rashid raul ravi raymond reginald ren renato rene rhys ricardo richard rick rizky rob robert roberto rodel
roderick rodrigo roger rohan roland romain roman rommel ron ronald rory ross roy ruben rudolf rufus rupert russell ryan ryota
sachin sam samir samuel sandeep sanjay sanjeev satoshi scott sean sebastian sergei sergio seth shane shaun shigeru shinji
shota siddharth sigurd silas simon stanley stefan stefano stephane stephen steve steven stig stuart sunil suresh susumu sven
takashi takeshi tatsuya ted terence terry tetsuya theo theodore thierry thomas tim timothy tobias toby tom tomas tommy tony
toshio travis trevor tristan tsutomu tyler umberto varun vaughn vernon vicente victor vijay vikram vincent vincenzo vinod
vladimir wahyu wallace walter warren wayne werner wesley wilbur wilfred william wolfgang xavier yann yasuhiro yoshio yusuf
yusuke yves zachary
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
        assert_eq!(is_she("trixie"), Some(true));
        assert_eq!(is_she("rangga"), Some(false));
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
