//! What people can ask: rankings, what is known, why, and the bot about itself. Lines are `quotes`'.

use crate::follow::setting;
use crate::harness::{Play, Setting, button, words};
use crate::story::CLINIC;
use daesa_sandbox::{Message, bits};
use serde_json::json;

const PAPER: &str = "<p>tvN’s “Paper Moon Detectives” has unveiled new stills!</p><p>Baek Cho Ha plays Inspector Dalbit, who reads \
    lanterns. Baek Cho Ha shared, “The lantern scene took nine nights to film.”</p><p>Baek Cho Ha added, “I still smell of \
    paraffin in the morning.”</p>";
pub const LANTERN: &str = "The lantern scene took nine nights to film.";
pub const PARAFFIN: &str = "I still smell of paraffin in the morning.";
pub const CLINIC_TITLE: &str = "Ryu Da On And Mo Hae Rin Run For “The Tidewater Clinic”";
pub const PAPER_TITLE: &str = "Baek Cho Ha Reads Lanterns In “Paper Moon Detectives”";

/// Both stories are posted to the news channel, the clinic's first.
pub async fn two_stories(play: &mut Play) -> (Message, Message, String, String) {
    play.follow("everything").await;
    let clinic = play.publish("stretcher", CLINIC_TITLE, CLINIC);
    let first = play.post(play.news, &clinic).await;
    let paper = play.publish("lanterns", PAPER_TITLE, PAPER);
    let second = play.post(play.news, &paper).await;
    (first, second, clinic, paper)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rankings_moods_and_what_is_known() {
    let mut play = Play::with(setting()).await;
    let (mina, jun, news) = (play.mina, play.jun, play.news);
    let empty = words(&play.ask(jun, news, "!top").await);
    assert!(empty.contains("Nobody has voted yet"), "{empty}");
    let (clinic, paper, _, address) = two_stories(&mut play).await;
    play.sandbox.react(jun, clinic.id, "😂", false).expect("a vote");
    play.sandbox.react(jun, paper.id, "❤️", false).expect("a vote");
    play.sandbox.react(mina, paper.id, "😭", false).expect("a vote");
    play.sandbox.react(mina, paper.id, "🦄", false).expect("a vote");

    let before =
        |text: &str, one: &str, other: &str| text.find(one).is_some_and(|at| text.find(other).is_none_or(|o| at < o));
    let top = words(&play.ask(jun, news, "!top").await);
    assert!(
        before(&top, "Paper Moon", "Tidewater") && top.contains("❤️ 1 · 😭 1 · ➕ 1") && top.contains("4 votes"),
        "{top}"
    );
    let dramas = words(
        &play
            .slash(jun, news, "top", &[("by", json!("drama")), ("period", json!("month"))])
            .await,
    );
    assert!(
        dramas.contains("Top dramas of this month") && before(&dramas, "Paper Moon Detectives", "The Tidewater Clinic"),
        "{dramas}"
    );
    let people = words(&play.ask(jun, news, "!top all people").await);
    assert!(
        people.contains("Top people of all time")
            && before(&people, "Baek Cho Ha", "Ryu Da On")
            && people.contains("4 votes · this server"),
        "{people}"
    );
    let one = words(&play.ask(jun, news, "!top the tidewater clinic").await);
    assert!(
        one.contains("1 vote") && one.contains(CLINIC_TITLE) && !one.contains("Lanterns"),
        "{one}"
    );

    let lines = words(&play.slash(jun, news, "top", &[("by", json!("quote"))]).await);
    assert!(
        lines.contains("Top lines of this week")
            && lines.contains("**Baek Cho Ha**")
            && lines.contains("votes · this server"),
        "{lines}"
    );
    for (asked, title) in [
        ("!top feeling tears", "Top stories of this week by tears"),
        ("!top 감정 눈물 한달", "Top stories of this month by tears"),
        ("!top tears", "Top stories of this week by tears"),
        ("!top feeling 😭 paper moon", "by tears · Paper Moon Detectives"),
    ] {
        let tears = words(&play.ask(jun, news, asked).await);
        assert!(
            tears.contains(title) && tears.contains("Paper Moon") && !tears.contains("❤️"),
            "{asked}: {tears}"
        );
    }
    let tears = [("by", json!("feeling")), ("drama", json!("tears"))];
    let tears = words(&play.slash(jun, news, "top", &tears).await);
    assert!(tears.contains("by tears") && tears.contains("Paper Moon"), "{tears}");
    let feelings = words(&play.ask(jun, news, "!top feelings everywhere").await);
    for part in [
        "Top feelings of this week",
        "😂 **laugh**",
        CLINIC_TITLE,
        "everywhere I am",
    ] {
        assert!(feelings.contains(part), "{part} in {feelings}");
    }
    let direct = play.sandbox.direct(jun);
    let everywhere = words(&play.ask(jun, direct, "!top").await);
    assert!(everywhere.contains("4 votes · everywhere I am"), "{everywhere}");

    let story = words(&play.ask(jun, news, &format!("!mood <{address}>")).await);
    assert!(
        story.contains(PAPER_TITLE) && story.contains("3 votes") && story.contains(&address),
        "{story}"
    );
    let story = words(&play.slash(jun, news, "mood", &[("story", json!("run for"))]).await);
    assert!(story.contains(CLINIC_TITLE) && story.contains("1 vote"), "{story}");
    let unknown = words(&play.ask(jun, news, "!mood https://news.example/nothing").await);
    assert!(unknown.contains("I do not know this story"), "{unknown}");

    let mood = words(&play.ask(jun, news, "!mood").await);
    assert!(mood.contains("How people felt") && mood.contains("4 votes"), "{mood}");
    let mood = words(&play.slash(jun, news, "mood", &[("drama", json!("paper moon"))]).await);
    assert!(
        mood.contains("Paper Moon Detectives") && mood.contains("3 votes") && mood.contains("laugh: 0 (0 %)"),
        "{mood}"
    );

    let drama = words(&play.ask(jun, news, "!drama paper moon detectives").await);
    for part in [
        "종이달 탐정단",
        "tvN",
        "2025",
        "Baek Cho Ha",
        "Inspector Dalbit",
        "Most loved line",
        "Latest stories",
        &address,
    ] {
        assert!(drama.contains(part), "{part} in {drama}");
    }
    let cast = words(
        &play
            .slash(jun, news, "cast", &[("name", json!("the tidewater clinic"))])
            .await,
    );
    assert!(cast.contains("Doctor Pyo") && cast.contains("Mo Hae Rin"), "{cast}");
    let plays = words(&play.ask(jun, news, "!cast 류다온").await);
    assert!(
        plays.contains("The Tidewater Clinic") && plays.contains("Doctor Pyo"),
        "{plays}"
    );
    let missing = words(&play.ask(jun, news, "!drama").await);
    assert!(missing.contains("Something is missing"), "{missing}");
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn why_and_preview() {
    let mut play = Play::with(setting()).await;
    let (mina, jun, news, lobby) = (play.mina, play.jun, play.news, play.lobby);
    let nothing = words(&play.slash(jun, news, "preview", &[]).await);
    assert!(nothing.contains("No story yet"), "{nothing}");
    let (_, _, clinic, paper) = two_stories(&mut play).await;

    let preview = play.slash(jun, news, "preview", &[]).await;
    assert!(words(&preview).contains("Baek Cho Ha Reads Lanterns") && preview.only_for == Some(jun));
    let preview = words(&play.ask(jun, news, "!preview tidewater clinic").await);
    assert!(preview.contains("weighs more than both of us"), "{preview}");
    let preview = words(&play.ask(jun, news, "!preview lovers of the red sky").await);
    assert!(preview.contains("No story yet"), "{preview}");

    let newest = words(&play.slash(jun, news, "why", &[]).await);
    assert!(
        newest.contains("Posted here") && newest.contains("Lanterns") && newest.contains("**everything**"),
        "{newest}"
    );
    let with_rubbish = format!("{clinic}?utm_source=rss");
    for asked in [clinic.as_str(), &with_rubbish, "mo hae rin run for"] {
        let why = words(&play.slash(jun, news, "why", &[("story", json!(asked))]).await);
        assert!(
            why.contains("Posted here") && why.contains("Ryu Da On And Mo Hae Rin"),
            "{asked}: {why}"
        );
    }
    let why = words(&play.ask(mina, lobby, &format!("!why <{paper}>")).await);
    assert!(
        why.contains("Not posted here") && why.contains("Paper Moon Detectives"),
        "{why}"
    );
    for asked in ["!why https://news.example/nothing", "!why a headline that nobody wrote"] {
        let why = words(&play.ask(jun, news, asked).await);
        assert!(why.contains("I do not know this story"), "{asked}: {why}");
    }
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_bot_about_itself() {
    let mut play = Play::with(setting()).await;
    let (mina, jun, news, bot) = (play.mina, play.jun, play.news, play.sandbox.bot());
    let help = words(&play.ask(jun, news, "!help").await);
    assert!(
        help.contains("`/quote`") && help.contains("`!quote") && !help.contains("`/pause`"),
        "{help}"
    );
    let help = words(&play.slash(mina, news, "help", &[]).await);
    assert!(
        help.contains("`/pause`") && help.contains("since you can manage channels"),
        "{help}"
    );
    let help = words(&play.ask(jun, news, "!help quote").await);
    assert!(
        help.contains("/quote") && help.contains("romanisation") && help.contains("`!quote ahn hyo seop`"),
        "{help}"
    );
    let help = words(&play.ask(jun, news, &format!("<@{bot}>")).await);
    assert!(help.contains("What you can ask"), "{help}");
    for (asked, nearest) in [("!help nonsense", "`/help` shows"), ("!help /quotte", "`/quote`")] {
        let told = words(&play.ask(jun, news, asked).await);
        assert!(
            told.contains("I do not know that command") && told.contains(nearest),
            "{asked}: {told}"
        );
    }
    let strange = words(&play.ask(jun, news, &format!("<@{bot}> quotte ryu da on")).await);
    assert!(
        strange.contains("“quotte” is not one of mine") && strange.contains("`/quote`"),
        "{strange}"
    );
    for said in ["thanks!", "you were right about that one", "고마워"] {
        let told = words(&play.ask(jun, news, &format!("<@{bot}> {said}")).await);
        assert!(told.contains("I do not know that command"), "{said}: {told}");
    }
    let member = format!("<@{jun}>");
    for typed in [
        format!("!quote {member}"),
        format!("!cast <@!{jun}>"),
        format!("<@{bot}> {member}"),
    ] {
        let told = words(&play.ask(jun, news, &typed).await);
        assert!(
            told.contains("That is somebody here") && !told.contains("<@"),
            "{typed}: {told}"
        );
    }
    let told = words(&play.slash(jun, news, "quote", &[("name", json!(member))]).await);
    assert!(told.contains("That is somebody here") && !told.contains("<@"), "{told}");
    for left_alone in [
        "!quotation ryu da on",
        "!",
        "!!",
        "! wow",
        "quote ryu da on",
        "!play song",
        "hello!",
    ] {
        play.sandbox.say(jun, news, left_alone).expect("it may be said");
    }

    let about = words(&play.ask(jun, news, "!about").await);
    assert!(
        about.contains(env!("CARGO_PKG_VERSION")) && about.contains("Awake for"),
        "{about}"
    );
    let privacy = words(&play.slash(jun, news, "privacy", &[]).await);
    assert!(
        privacy.contains("30 days") && privacy.contains("180 days") && privacy.contains("/forget-me"),
        "{privacy}"
    );
    let check = words(&play.ask(jun, news, "!check").await);
    assert!(
        check.contains("every permission") && check.contains("follows nothing yet"),
        "{check}"
    );

    let direct = play.sandbox.direct(jun);
    let silent = words(&play.ask(jun, direct, "!quote ahn hyo seop").await);
    assert!(silent.contains("Lovers of the Red Sky"), "{silent}");
    for asked in ["!subscribe lovers of the red sky", "!why", "!preview", "!subscriptions"] {
        let server_only = words(&play.ask(jun, direct, asked).await);
        assert!(server_only.contains("That works in a server"), "{asked}: {server_only}");
    }
    let help = words(&play.ask(jun, direct, "!help").await);
    assert!(
        help.contains("`/quote`") && !help.contains("`/why`") && !help.contains("`/subscriptions`"),
        "{help}"
    );
    let network = words(&play.ask(jun, news, "!cast tvn").await);
    assert!(
        network.contains("A network or platform") && network.contains("/subscribe network:tvN"),
        "{network}"
    );
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_asks_to_be_forgotten_is_and_the_votes_stay() {
    let mut play = Play::with(setting()).await;
    let (mina, jun, news) = (play.mina, play.jun, play.news);
    let (clinic, _, _, _) = two_stories(&mut play).await;
    play.sandbox.react(jun, clinic.id, "😂", false).expect("a vote");
    play.sandbox.react(mina, clinic.id, "😂", false).expect("a vote");
    assert_eq!(play.counted("Run For").await, "😂 2");

    let sure = play.ask(jun, news, "!forget-me").await;
    assert!(words(&sure).contains("Shall I forget you?"), "{}", words(&sure));
    let yes = button(&sure, "Yes");
    let refused = play.press(mina, sure.id, &yes).await;
    assert!(words(&refused).contains("not yours"), "{}", words(&refused));
    let forgotten = play.press(jun, sure.id, &yes).await;
    assert!(
        words(&forgotten).contains("1 vote no longer carries your name"),
        "{}",
        words(&forgotten)
    );
    assert_eq!(forgotten.only_for, Some(jun), "nobody else's matter");
    assert_eq!(play.counted("Run For").await, "😂 2", "the votes stay");

    let sure = play.slash(jun, news, "forget-me", &[]).await;
    assert_eq!(sure.only_for, Some(jun));
    let again = play.press(jun, sure.id, &button(&sure, "Yes")).await;
    assert!(
        words(&again).contains("There was no vote of yours"),
        "{}",
        words(&again)
    );
    // Nobody knows whose it was, and still it can be taken back.
    play.sandbox
        .unreact(jun, clinic.id, "😂", false)
        .expect("a vote taken back");
    assert_eq!(play.counted("Run For").await, "😂 1");
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_korean_person_and_a_korean_server_are_answered_in_korean() {
    let mut play = Play::with(setting()).await;
    let (mina, jun, news) = (play.mina, play.jun, play.news);
    play.sandbox.set_locale(mina, "ko");
    let followed = words(
        &play
            .slash(mina, news, "subscribe", &[("drama", json!("물때 의원"))])
            .await,
    );
    assert!(
        followed.contains("구독했어요") && followed.contains("The Tidewater Clinic"),
        "{followed}"
    );
    let public = words(&play.slash(mina, news, "quote", &[("name", json!("안효섭"))]).await);
    assert!(
        public.contains("Nothing from Ahn Hyo Seop"),
        "what all see is in the server's language: {public}"
    );
    let help = words(&play.slash(mina, news, "help", &[]).await);
    assert!(help.contains("이렇게 물어보세요") && help.contains("`/대사`"), "{help}");
    let english = words(&play.slash(jun, news, "help", &[]).await);
    assert!(english.contains("What you can ask"), "{english}");

    play.sandbox.set_server_locale(play.server, "ko");
    let public = words(&play.ask(jun, news, "!대사 안효섭").await);
    assert!(
        public.contains("아직 들은 말이 없어요")
            && public.contains("홍천기") | public.contains("Lovers of the Red Sky"),
        "{public}"
    );
    let top = words(&play.ask(jun, news, "!순위 월간").await);
    assert!(top.contains("이번 달 소식 순위"), "{top}");

    let nothing = words(&play.slash(mina, news, "subscribe", &[]).await);
    assert!(nothing.contains("무엇을 구독할까요"), "{nothing}");
    let address = play.publish("stretcher", CLINIC_TITLE, CLINIC);
    let post = words(&play.post(news, &address).await);
    assert!(post.contains("어떤 마음이 드시나요?"), "a post is for all: {post}");
    // What it would look like is told to him in English, and looks as it would.
    let preview = words(&play.slash(jun, news, "preview", &[]).await);
    for part in ["This is how the newest story would look here.", "어떤 마음이 드시나요?"] {
        assert!(preview.contains(part), "{part} in {preview}");
    }
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_channel_that_one_cannot_see_is_not_told_about() {
    let mut play = Play::with(setting()).await;
    let (mina, jun, news) = (play.mina, play.jun, play.news);
    let secret = play.channel("secret");
    play.sandbox.overwrite_member(secret, jun, 0, bits::VIEW_CHANNEL);
    let told = words(&play.ask(jun, news, &format!("!check <#{secret}>")).await);
    assert!(
        told.contains("I cannot use that channel") && !told.contains("follows"),
        "{told}"
    );
    let told = words(&play.ask(mina, news, &format!("!check <#{secret}>")).await);
    assert!(told.contains("every permission"), "{told}");
    // Gone in between: a friendly word, and nothing breaks.
    play.sandbox.delete_channel(secret);
    let told = words(&play.ask(mina, news, &format!("!check <#{secret}>")).await);
    assert!(told.contains("I cannot use that channel"), "{told}");
    let direct = play.sandbox.direct(jun);
    let told = words(&play.ask(jun, direct, "!check").await);
    assert!(told.contains("That works in a server"), "{told}");
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_waits_and_a_reader_does_not() {
    let mut play = Play::with(Setting {
        own: "[commands]\nburst = 4\nrefill = 600\n".to_owned(),
        ..setting()
    })
    .await;
    let (mina, jun, news) = (play.mina, play.jun, play.news);
    for _ in 0..4 {
        let told = words(&play.ask(jun, news, "!quote").await);
        assert!(told.contains("No such line yet"), "{told}");
    }
    let told = play.slash(jun, news, "quote", &[]).await;
    assert!(words(&told).contains("One moment"), "{}", words(&told));
    assert_eq!(told.only_for, Some(jun));
    let told = words(&play.ask(mina, news, "!quote").await);
    assert!(told.contains("No such line yet"), "somebody else does not wait: {told}");
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_of_another_kind_is_told_as_what_it_is() {
    let mut play = Play::with(setting()).await;
    let (jun, news) = (play.jun, play.news);
    for (asked, told) in [
        ("!drama ryu da on", "Known from"),
        ("!mood baek cho ha", "not as a drama"),
        ("!top drama:tvN", "not as a drama"),
        ("!quote tvN", "Lines are by people"),
        ("!drama no such thing", "I do not know"),
        ("!quote ㄹㄷㅇ", "may be this one"),
        ("!check #nowhere", "I cannot use that channel"),
    ] {
        let answer = words(&play.ask(jun, news, asked).await);
        assert!(answer.contains(told), "{asked}: {answer}");
    }
    let (mina, zone) = (play.mina, [("zone", json!("Mars"))]);
    let answer = words(&play.slash(mina, news, "hours", &zone).await);
    assert!(answer.contains("Write it like `Asia/Seoul`"), "{answer}");
    play.end().await;
}
