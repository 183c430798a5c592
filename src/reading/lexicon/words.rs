//! The closed classes of words that the rules look at: pronouns, titles, nouns of the trade, labels.
//!
//! One line a class; the words are lower case, with straight apostrophes. A word may stand in several.

use super::Class;

/// Class and its words.
pub const CLASSES: &[(Class, &str)] = &[
    (Class::HE, "he him his himself he'd he'll"),
    (Class::SHE, "she her hers herself she'd she'll"),
    (
        Class::THEY,
        "they them their theirs themselves they'd they'll they've they're",
    ),
    (
        Class::FIRST,
        "i me my mine myself we us our ours ourselves i'm i've i'd i'll we're we've we'd we'll",
    ),
    (
        Class::NOMINATIVE,
        "he she they he'd he'll she'd she'll they'd they'll they've they're",
    ),
    (
        Class::DET,
        "the a an this that these those his her their its our my your each every another some both all no one two three four five",
    ),
    (
        Class::PREP,
        "about above across after against along among amid around as at before behind below beneath beside besides between beyond by despite \
         down during except for from in inside into like near of off on onto opposite out outside over past per regarding since \
         than through throughout till to toward towards under underneath until unlike up upon via with within without concerning alongside following",
    ),
    (Class::CONJ, "and but or nor so yet"),
    (
        Class::SUBORD,
        "as when while before after until because since although though if whenever that where whereas which who whom whose why how what \
         whether unless",
    ),
    (
        Class::AUX,
        "is are was were be been being am has have had having do does did will would can could may might must shall should \
         isn't wasn't weren't aren't hasn't haven't hadn't don't doesn't didn't won't wouldn't can't couldn't shouldn't cannot 's 'd 'll 're 've",
    ),
    (
        Class::ADV,
        "also then too however again later once still soon now just even only first finally next further meanwhile instead moreover \
         furthermore additionally simply once often always never ever already back together aloud loud instead rather quite very \
         there here thus hence afterward afterwards earlier recently previously subsequently likewise otherwise nevertheless \
         nonetheless indeed yet perhaps maybe almost well alike each both not so in-turn honestly jokingly beforehand shortly \
         elsewhere nearby upstairs downstairs backstage onstage overnight \
         shyly modestly coldly quietly softly openly lastly firstly secondly thirdly today yesterday tonight tomorrow",
    ),
    (
        Class::MONTH,
        "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec",
    ),
    (
        Class::DAY,
        "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays mon tue wed thu fri sat sun",
    ),
    (
        Class::TITLE,
        "writer-director director-writer actor-director actor actress actors actresses director directors writer writers screenwriter screenwriters scriptwriter pd producer \
         host hosts mc dj vj emcee cohost co-host announcer singer rapper idol comedian comedienne model star costar co-star soloist \
         vocalist leader maknae ceo photographer choreographer stylist veteran newcomer rookie showrunner cinematographer \
         creator playwright novelist author webtoonist youtuber presenter panelist panelists presenters musician composer member bandmate groupmate \
         singer-actor singer-actress idol-actor actor-singer idol-turned-actor singer-turned-actor model-turned-actor \
         singer-songwriter songwriter entertainer heartthrob hallyu critic columnist mr mr. ms ms. mrs mrs. miss martial-arts reporter anchor \
         co-stars costars co-director cp filmmaker film-maker helmer auteur dramatist scribe co-mc co-mcs djs vjs cohosts co-hosts moderator ballerina athlete bassist \
         drummer guitarist pianist dancer multi-hyphenate producing gagwoman gagman senior junior stuntman stuntwoman emcees mcs announcers \
         cartoonist hairstylist idols singers comedians designer designers nominee nominees winner winners recipient contestant coordinator castmate castmates analyst",
    ),
    (
        Class::STAFF,
        "writer-director director-writer actor-director producer-director director directors writer writers screenwriter screenwriters scriptwriter scriptwriters pd pds producer producers showrunner showrunners \
         cinematographer creator creators playwright dramatist scribe film-maker photographer choreographer stylist composer co-director cp filmmaker crew staff producing \
         editor stuntman stuntwoman stuntmen hairstylist designer designers helmer auteur scripter",
    ),
    (
        Class::HOST,
        "dj djs vj vjs co-mc co-mcs host hosts mc mcs emcee emcees cohost co-host cohosts co-hosts announcer announcers presenter panelist panelists moderator reporter anchor \
         critic columnist ceo youtuber author novelist webtoonist cartoonist analyst",
    ),
    (
        Class::FEMALE,
        "actress actresses comedienne matriarch girl woman lady queen princess mother mom daughter sister aunt grandmother wife heiress bride girlfriend \
         empress bride-to-be noona unnie eonni ballerina gagwoman madam mrs mrs. ms ms. miss waitress singer-actress businesswoman policewoman nun widow \
         goddess niece granddaughter stepmother mother-in-law daughter-in-law sister-in-law halmeoni concubine maid sorceress witch duchess housewife hostess mommy granny gisaeng dowager grandma chairwoman saleswoman heroine stepsister stepdaughter godmother schoolgirl landlady fisherwoman",
    ),
    (
        Class::MALE,
        "boy man gentleman patriarch groom-to-be husband-to-be king prince father dad son brother uncle grandfather husband groom boyfriend emperor hyung oppa gagman mr mr. actor \
         singer-actor idol-actor actor-singer monk priest nephew stepfather father-in-law son-in-law brother-in-law businessman policeman eunuch grandson \
         salesman duke lord scholar daddy heartthrob grandpa stepbrother stepson godfather schoolboy ferryman fisherman landlord",
    ),
    (
        Class::STORY,
        "prince princess king queen emperor empress crown minister general detective captain prosecutor attorney lawyer judge doctor \
         dr dr. professor chief team manager grandmother grandfather granny aunt auntie uncle reaper elder chairman chairwoman chairperson \
         secretary lady lord master madam madame president director-general officer inspector sergeant lieutenant commander eunuch \
         consort monk nurse teacher principal reverend father sister brother mother agent section head deputy assistant \
         ceo boss counselor assemblyman mayor governor scholar official royal grand court physician warden butler maid shaman young old \
         hunter guard superintendent executive priest concubine editor pawnbroker matron scholar butler class guardian reporter pd chef coach sheriff corporal private dowager grandma grandpa \
         councilor councillor magistrate admiral colonel maestro innkeeper duke duchess countess abbot constable marshal envoy \
         mother-in-law father-in-law sister-in-law brother-in-law daughter-in-law stepmother stepfather cousin \
         commissioner pastor bishop archbishop abbess prioress baron baroness viscount regent chancellor senator headmaster headmistress \
         foreman forewoman chamberlain brigadier stationmaster postmaster postmistress ferryman apothecary auntie granny granddad grandad ajumma ajeossi ahjussi",
    ),
    (
        Class::EPITHET,
        "actor actress star singer idol rapper veteran rookie newcomer native comedian model entertainer host mc emcee announcer \
         director writer screenwriter scriptwriter pd producer senior junior lead leads actors actresses stars leader member maknae \
         singer-actor idol-actor idol-turned-actor singer-turned-actor actor-singer singer-actress model-turned-actor heartthrob songwriter dj \
         performer soloist vocalist celebrity beauty co-star costar superstar talent man woman showrunner filmmaker youngster thespian \
         artist musician singer-songwriter entertainer film-maker dramatist scribe host-turned-actor presenter moderator photographer choreographer stylist father mother husband wife \
         panelist co-host cohost creator cp author novelist designer alum alumna alumnus headliner frontman frontwoman bassist drummer guitarist \
         pianist hitmaker crooner songstress balladeer multi-hyphenate thesp helmer auteur scripter comic comedienne impressionist \
         debutant debutante starlet dancer ballerina bride-to-be groom-to-be husband-to-be boss teacher lawyer prosecutor detective prince princess king queen",
    ),
    (
        Class::PLURAL,
        "both two three four leads cast castmates pair couple duo trio actors actresses stars members hosts costars co-stars mcs everyone all \
         directors writers siblings brothers sisters pds",
    ),
    (
        Class::TEAM,
        "team crew producers makers staff production staffers producer-team",
    ),
    (
        Class::SOURCE,
        "source sources representative representatives rep reps official officials spokesperson spokesman spokeswoman insider side \
         personnel executive associate employee staffer department division camp headquarters",
    ),
    (Class::AGENCY, "agency agencies label labels company management firm"),
    (
        Class::ORG,
        "entertainment ent ent. company companies actors management agency labels label studio studios group media pictures partners artists e&m corp corp. \
         corporation inc inc. enm films film production productions creative story network networks contents content academy lab factory works house ltd ltd. co co. c&c works sublime records music cultural foundation newspaper ministry association university union federation guild committee council",
    ),
    (
        Class::BROADCAST,
        "broadcaster network channel platform streamer streaming-service station ott",
    ),
    (
        Class::PUBLIC,
        "netizens netizen viewers viewer fans fan commenters commenter users user audience people critics knetizens k-netizens internet-users",
    ),
    (
        Class::LABEL,
        "titled entitled called named dubbed nicknamed nickname nicknames moniker subtitled labeled labelled termed so-called so-titled keyword keywords \
         hashtag tagline taglines slogan title titles subtitle subtitles word phrase phrases term lyrics lyric codename \
         sign banner logline copy catchphrase concept theme alias aka known billed christened self-proclaimed hailed",
    ),
    (
        Class::CAPTION,
        "caption captions text texts poster posters tagline taglines words phrase phrases copy sign subtitle subtitles message line lines banner note \
         slogan screen title logline headline caption placard inscription gravestone tombstone headstone epitaph plaque nameplate billboard signboard scoreboard",
    ),
    (
        Class::DRAMA,
        "drama dramas k-drama k-dramas kdrama series miniseries rom-com melodrama sitcom comedy thriller romance sequel prequel remake \
         dramedy sageuk saga spin-off daily mystery fantasy whodunit",
    ),
    (
        Class::SHOW,
        "show variety program programme radio podcast talk-show youtube reality travel-show competition survival awards ceremony magazine pictorial festival \
         channel webcast vlog concert tour fanmeeting exhibition musical play newspaper",
    ),
    (
        Class::SONG,
        "single song songs album ost track ep mini-album soundtrack anthem ballad tune mv",
    ),
    (Class::FILM, "film movie films movies blockbuster documentary"),
    (
        Class::BOOK,
        "novel webtoon web-novel book essay manhwa comic poem painting game story-book webnovel",
    ),
    (
        Class::PLACE,
        "seoul busan korea incheon daegu daejeon gwangju ulsan suwon jeju gangnam hongdae itaewon japan tokyo china beijing paris \
         vienna london york america u.s. usa los angeles hollywood gunsan jeonju gangneung gyeongju yongsan mapo yeouido sangam ilsan paju asia europe \
         thailand bangkok vietnam taiwan hong singapore italy france germany australia philippines manila indonesia jakarta joseon goryeo silla itaewon \
         kstar cannes busan's north south river street hotel square hall university station han-river goryeo baekje goguryeo myeongdong",
    ),
    (Class::KST, "kst am pm a.m. p.m. est pst gmt"),
    (
        // With words that end as adverbs do, and are none.
        Class::COMMON,
        "elderly friendly unfriendly lonely lovely kindly silly ugly burly curly surly wily jolly holy chilly lively bubbly motherly \
         fatherly scholarly princely ghostly deadly worldly stately cowardly orderly unruly cuddly grizzly family bully ally \
         according asked regarding speaking hearing turning recalling following starring written directed based adapted set reached told \
         thankfully fortunately unfortunately despite watch check read see source sources photo credit update updated exclusive breaking \
         episode episodes part season chapter scene video clip teaser trailer poster korean korea's american japanese chinese english filipino thai vietnamese indian \
         taiwanese swedish danish finnish norwegian dutch german french italian spanish portuguese british irish scottish russian turkish \
         brazilian mexican canadian australian indonesian malaysian singaporean mongolian nepali iranian egyptian nigerian african european asian \
         americans koreans filipinos thais indians indonesians singaporeans malaysians europeans westerners asians \
         new final latest best top first last second third fourth grand prize award awards excellence popularity rookie daesang \
         nielsen instagram youtube twitter facebook tiktok naver daum x weibo threads netflix viki disney coupang wavve tving \
         hello hi hey well yes no okay thanks thank please welcome congratulations good great dear spoilers spoiler warning original article \
         ghost not more are is his her its our your my who what when where why how will can you i it there here \
         moreover however meanwhile nevertheless besides though although finally later earlier previously recently currently \
         many most few several some any other others such each every both either neither none everyone everybody someone somebody anyone \
         notably interestingly naturally surprisingly additionally furthermore likewise similarly overall indeed perhaps maybe \
         even still yet just only also again once twice ever never always often sometimes today tonight tomorrow yesterday \
         follow meet enter cue introducing presenting join click subscribe visit behind-the-scenes press conference interview statement netizens viewers fans production team \
         guest special guests friday-saturday monday-tuesday wednesday-thursday saturday-sunday tiger red blue black white golden",
    ),
    (
        Class::OFFICE,
        "president ceo head chief boss chairperson chairman chairwoman director-general buyer nurse lawyer attorney professor curator executive spokesperson spokesman \
         spokeswoman programmer analyst official minister mayor farmer teacher doctor novelist author critic presidents \
         vice-president founder co-founder executives owner researcher psychologist economist politician lawmaker \
         secretary-general vice-chair co-head chairwoman manager trainer coach vp evp svp cfo coo publicist promoter organizer organiser juror distributor blogger vlogger superfan \
         resident student historian translator sociologist neighbor fisherman diver",
    ),
    (
        Class::PASSER,
        "neighbor neighbour clerk driver waiter bartender soldier landlord landlady stranger customer client bride \
         groom child kid boy girl servant thief killer caller cashier passenger patient student janitor gardener \
         bodyguard guest kidnapper owner shopkeeper attendant resident local elder villager vendor classmate \
         interviewer translator interpreter nurse narrator narration voiceover voice-over",
    ),
    (
        Class::BODY,
        "union association guild committee council federation police hospital ministry commission foundation school \
         university",
    ),
    (
        Class::VOICE,
        "voice words message letter statement post narration note comment caption",
    ),
    (
        Class::SPOKEN,
        "answer answers reply response verdict advice wish explanation reason reaction promise secret motto plea request warning \
         comment comments remark remarks conclusion excuse message words confession admission apology statement thanks greeting question \
         suggestion joke quip retort comeback rejoinder opinion prediction memory recollection anecdote pledge vow \
         declaration announcement boast complaint compliment tribute farewell congratulations clarification denial assurance \
         revelation account quote description summary rebuttal objection order resolution theory toast appeal guess counter-request correction sentence tip \
         judgment judgement assessment defense defence justification rationale diagnosis mantra philosophy credo hunch grievance lament \
         concession acknowledgment acknowledgement observation musings disclosure recommendation assertion insistence contention \
         accusation invitation proposal ultimatum reminder opener one-liner punchline wisecrack zinger ruling instruction instructions \
         directive query caveat prophecy \
         voiceover voice-over narration monologue soliloquy catchphrase outburst cry command line lines",
    ),
    (
        Class::PAST,
        "ate beat became began bent bet bit bled blew bought bound bred broke brought built burst came cast caught chose clung cost \
         crept cut dealt did drank drew drove dug fed fell felt fled flew flung forgot fought found froze gave got grew ground had heard held hid \
         hit hung hurt kept knelt knew laid lay leapt leant left lent let lit lost made meant met overcame paid put ran rang read rode \
         rose said sang sank sat saw sent set shed shone shook shot shrank shut slept slid sold sought spent spoke \
         sprang spread stole stood stuck struck strove stuck sung swam swept swore swung taught thought threw thrust took told tore \
         understood went wept withdrew woke won wore wound wrote",
    ),
    (Class::SEND, "sent sends wrote writes left leaves posted penned texted"),
    (Class::OUTLET, "outlet magazine newspaper portal tabloid daily site"),
];
