//! Lines on request: by person, character, drama and words, another one, those of a post, and as they are typed.

use crate::commands::{CLINIC_TITLE, LANTERN, PARAFFIN, two_stories};
use crate::follow::setting;
use crate::harness::{Play, button, buttons, words};
use crate::story::CLINIC;
use daesa_sandbox::ChannelKind;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_lines_of_a_post_by_its_context_menu() {
    let mut play = Play::with(setting()).await;
    let (jun, news) = (play.jun, play.news);
    let (clinic, _, _, address) = two_stories(&mut play).await;
    let lines = play.apps(jun, clinic.id, "Quotes from this post").await;
    let text = words(&lines);
    for part in [
        CLINIC_TITLE,
        "The patient weighs more than both of us together.",
        "rubber boots",
        "**Ryu Da On**",
        "#:~:text=",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert_eq!(lines.only_for, Some(jun), "it is for the one who looked");
    // A message of a person that has the address of a story, and an answer of the bot about it.
    let linked = play
        .sandbox
        .say(jun, news, &format!("look: {address}?utm_source=x"))
        .expect("said");
    let text = words(&play.apps(jun, linked, "Quotes from this post").await);
    assert!(text.contains(LANTERN) && text.contains(PARAFFIN), "{text}");
    let answer = play.ask(jun, news, "!quote text:paraffin").await;
    let text = words(&play.apps(jun, answer.id, "Quotes from this post").await);
    assert!(text.contains(LANTERN) && text.contains(PARAFFIN), "{text}");
    let other = play.sandbox.say(jun, news, "good morning").expect("said");
    let text = words(&play.apps(jun, other, "Quotes from this post").await);
    assert!(text.contains("not a story of mine"), "{text}");
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_is_found_by_person_character_drama_and_words() {
    let mut play = Play::with(setting()).await;
    let (jun, news, bot) = (play.jun, play.news, play.sandbox.bot());
    let early = words(&play.ask(jun, news, "!quote").await);
    assert!(early.contains("No such line yet"), "{early}");
    let (_, _, _, address) = two_stories(&mut play).await;
    let hers = |text: &str| (text.contains(LANTERN) || text.contains(PARAFFIN)) && text.contains(&address);
    let sentence = format!("({address}#:~:text=I%20still%20smell%20of%20paraffin%20in%20the%20morning.)");

    let mention = format!("<@{bot}> quote baek cho ha");
    let bare = [
        "baek cho ha",
        ", Baek Cho-ha?",
        "백초하",
        "paper moon",
        "baek cho ha paper moon",
        "dalbit style:words",
    ]
    .map(|name| format!("<@{bot}> {name}"));
    let ways = [
        "!quote baek cho ha",
        "!quote Baek Cho-ha",
        "!quote baek choha",
        "!quote BEK CHO HA",
        "!quote 백초하",
        "!대사 백초하",
        "!quote inspector dalbit",
        "!quote dalbit",
        "!quote paraffin in the morning",
        "!quote baek cho ha paraffin",
        "!quote drama:종이달 탐정단",
        "!quote paper moon detectives",
        // As people write of somebody.
        "! quote baek cho ha",
        "！ｑｕｏｔｅ　ｂａｅｋ　ｃｈｏ　ｈａ",
        "!quote 백초하가",
        "!quote 백초하의 명대사",
        "!quote 배우 백초하씨",
        "!quote Baek Cho-ha-nim",
        "!quote Baek Cho Ha’s lines",
        // Title and name beside each other.
        "!quote paper moon detectives baek cho ha",
        "!quote baek cho ha paper moon",
        "!quote 종이달 탐정단 백초하",
        &mention,
    ];
    for asked in ways.into_iter().chain(bare.iter().map(String::as_str)) {
        let line = words(&play.ask(jun, news, asked).await);
        assert!(hers(&line) && line.contains("**Baek Cho Ha**"), "{asked}: {line}");
    }
    let line = play.slash(jun, news, "quote", &[("name", json!("baek cho ha"))]).await;
    assert!(hers(&words(&line)), "{}", words(&line));
    assert_eq!(line.only_for, None, "a line is for everybody");
    let line = words(
        &play
            .slash(
                jun,
                news,
                "quote",
                &[("drama", json!("paper moon")), ("text", json!("lantern"))],
            )
            .await,
    );
    assert!(line.contains(LANTERN), "{line}");
    let line = words(&play.ask(jun, news, "!quote name:baek cho ha text:paraffin").await);
    assert!(line.contains(PARAFFIN) && line.contains(&sentence), "{line}");
    let line = words(&play.ask(jun, news, "!quote text:\"smell of paraffin\"").await);
    assert!(line.contains(PARAFFIN), "a phrase: {line}");
    let line = words(&play.ask(jun, news, "!quote text:\"paraffin smell\"").await);
    assert!(
        line.contains("No such line yet") && line.contains("“paraffin smell”"),
        "{line}"
    );
    let line = words(&play.ask(jun, news, "!quote text:stretcher patient").await);
    assert!(!line.contains(LANTERN), "{line}");

    let none = words(&play.slash(jun, news, "quote", &[("text", json!("xylophone"))]).await);
    assert!(
        none.contains("xylophone") && none.contains("No such line yet"),
        "{none}"
    );
    let none = words(&play.ask(jun, news, "!quote name:baek cho ha text:xylophone").await);
    assert!(none.contains("No such line from Baek Cho Ha yet"), "{none}");
    let none = words(&play.ask(jun, news, "!quote baek cho ha xylophone").await);
    assert!(none.contains("No such line from Baek Cho Ha yet"), "{none}");
    let slip = words(&play.ask(jun, news, "!qoute baek cho ha").await);
    assert!(slip.contains("Did you mean `/quote`?"), "{slip}");
    let nobody = words(&play.ask(jun, news, "!quote zzqx wblv").await);
    assert!(nobody.contains("I do not know “zzqx wblv” yet"), "{nobody}");
    let silent = words(&play.ask(jun, news, "!quote ahn hyo seop").await);
    for part in [
        "Nothing from Ahn Hyo Seop yet",
        "안효섭",
        "Lovers of the Red Sky",
        "Ha Ram",
        "/subscribe",
    ] {
        assert!(silent.contains(part), "{part} in {silent}");
    }
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_line_is_one_press_away_and_never_the_same_one() {
    let mut play = Play::with(setting()).await;
    let (jun, mina, news) = (play.jun, play.mina, play.news);
    two_stories(&mut play).await;
    for asked in [
        "!quote baek cho ha",
        "!quote 백초하",
        "!quote drama:paper moon detectives",
    ] {
        let mut line = play.ask(jun, news, asked).await;
        for _ in 0..4 {
            let another = play.press(mina, line.id, &button(&line, "Another")).await;
            let (before, after) = (words(&line), words(&another));
            assert_ne!(
                before.contains(LANTERN),
                after.contains(LANTERN),
                "{asked}: {before}\n{after}"
            );
            assert!(after.contains(LANTERN) || after.contains(PARAFFIN), "{asked}: {after}");
            line = another;
        }
    }
    // A search is remembered with all that was asked, and so is a choice.
    let mut line = play
        .ask(jun, news, "!quote name:baek cho ha drama:paper moon text:the")
        .await;
    for _ in 0..3 {
        let another = play.press(mina, line.id, &button(&line, "Another")).await;
        assert_ne!(words(&line).contains(LANTERN), words(&another).contains(LANTERN));
        line = another;
    }
    for (said, found) in [
        ("boots", "rubber boots"),
        ("xylophone", "No such line from Mo Hae Rin yet"),
    ] {
        let which = play.ask(jun, news, &format!("!quote name:mo hae text:{said}")).await;
        let answer = play.press(jun, which.id, &button(&which, "Mo Hae Rin")).await;
        assert!(words(&answer).contains(found), "the words are kept: {}", words(&answer));
    }
    let from_story = play.ask(jun, news, "!quote text:paraffin").await;
    let same = play
        .press(mina, from_story.id, &button(&from_story, "Same drama"))
        .await;
    assert!(words(&same).contains(LANTERN), "{}", words(&same));
    // Where there is no other line there is no such button.
    let only = play.ask(jun, news, "!quote name:baek cho ha text:lantern").await;
    assert!(
        buttons(&only).iter().all(|(label, _)| !label.contains("Another")),
        "{:?}",
        buttons(&only)
    );
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_surname_that_several_share_is_asked_back() {
    let mut play = Play::with(setting()).await;
    let (mina, jun, news) = (play.mina, play.jun, play.news);
    two_stories(&mut play).await;
    let five = |names: &[(String, String)], surname: &str| {
        names.len() == 5 && names.iter().all(|(name, _)| name.contains(surname))
    };
    for (asked, surname) in [
        ("!quote 김", " · Kim "),
        ("!quote kim", " · Kim "),
        ("!quote name:김", " · Kim "),
        // IU is one as well.
        ("!대사 이", " · "),
        ("!quote 박", " · "),
    ] {
        let names = buttons(&play.ask(jun, news, asked).await);
        assert!(five(&names, surname), "{asked}: {names:?}");
    }
    for asked in ["김", "Kim"] {
        let which = play.slash(jun, news, "quote", &[("name", json!(asked))]).await;
        assert!(words(&which).contains("Which one?"), "{}", words(&which));
        let names = buttons(&which);
        assert!(five(&names, " · Kim "), "{asked}: {names:?}");
    }
    let which = play.ask(jun, news, "!quote 모").await;
    assert_eq!(buttons(&which).len(), 2, "{:?}", buttons(&which));
    let refused = play.press(mina, which.id, &button(&which, "모해린")).await;
    assert_eq!(refused.only_for, Some(mina), "only who asked may choose");
    let line = words(&play.press(jun, which.id, &button(&which, "모해린")).await);
    assert!(line.contains("rubber boots"), "{line}");

    // Where the channel follows the drama that one of them is in, it is that one, at once.
    let stage = play.channel("stage");
    let followed = format!("!subscribe the tidewater clinic <#{stage}>");
    play.ask(mina, news, &followed).await;
    let line = words(&play.ask(jun, stage, "!quote 모").await);
    assert!(line.contains("rubber boots"), "{line}");
    let line = words(&play.slash(jun, stage, "quote", &[("name", json!("mo"))]).await);
    assert!(line.contains("rubber boots"), "{line}");
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_brings_the_bot_along_asks_for_lines_anywhere() {
    let mut play = Play::with(setting()).await;
    let jun = play.jun;
    let (_, _, _, address) = two_stories(&mut play).await;
    let ara = play.sandbox.add_person("ara", "Ara");
    let elsewhere = play.sandbox.add_server("Elsewhere", ara);
    play.sandbox.add_member(elsewhere, jun);
    let room = play.sandbox.add_channel(elsewhere, ChannelKind::Text, "room");
    let direct = play.sandbox.direct(jun);
    let name = [("name", json!("백초하"))];
    assert!(play.sandbox.slash(jun, room, "quote", &name).is_err(), "not installed");
    play.sandbox.install_for(jun);
    assert!(play.sandbox.slash(ara, room, "quote", &name).is_err(), "by another");
    assert!(
        play.sandbox.slash(jun, room, "subscriptions", &[]).is_err(),
        "the server's own"
    );

    for place in [room, direct] {
        let line = play.slash(jun, place, "quote", &name).await;
        let text = words(&line);
        assert!(text.contains("**Baek Cho Ha**") && text.contains(&address), "{text}");
        let another = words(&play.press(jun, line.id, &button(&line, "Another")).await);
        assert!(another.contains("**Baek Cho Ha**"), "{another}");
        let drama = [("name", json!("paper moon detectives"))];
        let drama = words(&play.slash(jun, place, "drama", &drama).await);
        assert!(drama.contains("tvN") && drama.contains(&address), "{drama}");
        let cast = [("name", json!("the tidewater clinic"))];
        let cast = words(&play.slash(jun, place, "cast", &cast).await);
        assert!(cast.contains("Doctor Pyo"), "{cast}");
        let which = play.slash(jun, place, "quote", &[("name", json!("모"))]).await;
        let chosen = words(&play.press(jun, which.id, &button(&which, "모해린")).await);
        assert!(chosen.contains("rubber boots"), "{chosen}");
        let lines = words(&play.apps(jun, line.id, "Quotes from this post").await);
        assert!(lines.contains(LANTERN) && lines.contains(PARAFFIN), "{lines}");
    }
    let all = play.sandbox.requests();
    let asked = all
        .iter()
        .filter(|one| one.method == "GET" && one.template.starts_with("/guilds"));
    assert_eq!(asked.count(), 0, "a server that the bot is not in tells it nothing");
    play.end().await;
}

/// What is offered to Mina while she types an option.
async fn offers(play: &Play, command: &str, option: &str, typed: &str) -> Vec<(String, Value)> {
    let choices = play
        .sandbox
        .autocomplete(play.mina, play.news, command, &[(option, json!(typed))], option)
        .await
        .expect("asked");
    assert!(choices.len() <= 25, "{command} {option} {typed}");
    choices.into_iter().map(|choice| (choice.name, choice.value)).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn options_are_completed_while_they_are_typed() {
    let mut play = Play::with(setting()).await;
    let (mina, jun, news) = (play.mina, play.jun, play.news);
    play.follow("the tidewater clinic").await;
    let people = offers(&play, "quote", "name", "ryu d").await;
    assert_eq!(
        people.first().map(|(name, _)| name.as_str()),
        Some("Ryu Da On · 류다온"),
        "{people:?}"
    );
    let hangul = offers(&play, "quote", "name", "백초").await;
    assert!(
        hangul.iter().any(|(name, _)| name.contains("Baek Cho Ha")),
        "{hangul:?}"
    );
    let dramas = offers(&play, "drama", "name", "lovers of the red").await;
    assert!(
        dramas.iter().any(|(name, _)| name.contains("Lovers of the Red Sky")),
        "{dramas:?}"
    );
    let networks = offers(&play, "subscribe", "network", "tv").await;
    assert!(networks.iter().any(|(name, _)| name == "tvN"), "{networks:?}");
    let followed = offers(&play, "unsubscribe", "what", "").await;
    assert_eq!(followed.len(), 1, "only what is followed: {followed:?}");
    assert!(followed[0].0.contains("The Tidewater Clinic"), "{followed:?}");
    offers(&play, "quote", "name", "\u{202e}\u{200b}🦄`*_~").await;
    assert_eq!(offers(&play, "quote", "text", "rub").await, []);

    // Lines, by their words; and whoever has said something comes before who has not.
    let address = play.publish("stretcher", CLINIC_TITLE, CLINIC);
    play.post(news, &address).await;
    let lines = offers(&play, "quote", "text", "rubb").await;
    let (shown, value) = lines.first().cloned().expect("a line");
    assert!(
        shown.starts_with("“I have never run so far in rubber boots.") && shown.contains("— Mo Hae Rin"),
        "{shown}"
    );
    let line = words(&play.slash(jun, news, "quote", &[("text", value)]).await);
    assert!(line.contains("rubber boots"), "{line}");
    let of_jun = play
        .sandbox
        .autocomplete(
            jun,
            news,
            "quote",
            &[("name", json!("ryu da on")), ("text", json!("the"))],
            "text",
        )
        .await
        .expect("asked");
    assert!(
        of_jun.len() == 1 && of_jun[0].name.contains("The patient weighs more"),
        "only hers: {of_jun:?}"
    );
    assert_eq!(offers(&play, "quote", "text", "").await.len(), 2, "the newest lines");
    let heard = offers(&play, "quote", "name", "").await;
    assert!(
        heard[..2]
            .iter()
            .all(|(name, _)| name.contains("Ryu Da On") || name.contains("Mo Hae Rin")),
        "{heard:?}"
    );
    offers(&play, "quote", "text", "\"*:(\u{202e}").await;

    // What was offered can be sent.
    let hers = words(&play.slash(jun, news, "quote", &[("name", people[0].1.clone())]).await);
    assert!(hers.contains("The patient weighs more"), "{hers}");
    let gone = words(
        &play
            .slash(mina, news, "unsubscribe", &[("what", followed[0].1.clone())])
            .await,
    );
    assert!(gone.contains("no longer follows **The Tidewater Clinic**"), "{gone}");
    play.end().await;
}
