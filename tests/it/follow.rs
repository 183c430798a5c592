//! What channels follow: subscribing by every way to name a thing, asking back, who may, and where.

use crate::harness::{Play, Setting, button, talk, words};
use crate::story::CLINIC;
use daesa_sandbox::{ChannelKind, bits};
use serde_json::json;

/// Two people whose names are one letter apart, and what the harness knows.
pub const NAMES: &str = "name\thangul\tkind\tnetwork\tyear\tcast\n\
    The Tidewater Clinic\t물때 의원\tdrama\tSBS\t2026\tRyu Da On=Doctor Pyo|Mo Hae Rin=Ga Ram\n\
    Paper Moon Detectives\t종이달 탐정단\tdrama\ttvN\t2025\tBaek Cho Ha=Inspector Dalbit\n\
    Ryu Da On\t류다온\tperson\n\
    Mo Hae Rin\t모해린\tperson\n\
    Mo Hae Ri\t모해리\tperson\n\
    Baek Cho Ha\t백초하\tperson\n";

pub fn setting() -> Setting {
    Setting {
        names: NAMES.to_owned(),
        ..talk()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_channel_follows_dramas_people_networks_and_everything() {
    let mut play = Play::with(setting()).await;
    let (mina, news, bot) = (play.mina, play.news, play.sandbox.bot());
    let stage = play.channel("stage");

    let by_slash = play
        .slash(mina, news, "subscribe", &[("drama", json!("tidewater clinic"))])
        .await;
    assert!(words(&by_slash).contains("Following") && words(&by_slash).contains("The Tidewater Clinic"));
    assert_eq!(by_slash.only_for, Some(mina), "settings are nobody else's matter");
    let again = play.ask(mina, news, "!sub 물때 의원").await;
    assert!(words(&again).contains("Already following"), "{}", words(&again));
    let by_mention = play
        .ask(mina, news, &format!("<@{bot}> subscribe person:ryu da-on"))
        .await;
    assert!(words(&by_mention).contains("Ryu Da On"), "{}", words(&by_mention));
    let network = play
        .slash(
            mina,
            news,
            "subscribe",
            &[("network", json!("seoul broadcasting system"))],
        )
        .await;
    assert!(words(&network).contains("**SBS**"), "{}", words(&network));
    let elsewhere = play
        .ask(mina, news, &format!("!subscribe paper moon detectives <#{stage}>"))
        .await;
    assert!(
        words(&elsewhere).contains(&format!("<#{stage}> follows")),
        "{}",
        words(&elsewhere)
    );
    let options = [("everything", json!(true)), ("channel", json!(stage.to_string()))];
    let everything = play.slash(mina, news, "subscribe", &options).await;
    assert!(words(&everything).contains("everything"), "{}", words(&everything));

    let list = words(&play.slash(mina, news, "subscriptions", &[]).await);
    for part in [
        "The Tidewater Clinic",
        "Ryu Da On",
        "SBS",
        "Paper Moon Detectives",
        "` everything",
        "2 channels",
    ] {
        assert!(list.to_lowercase().contains(&part.to_lowercase()), "{part} in {list}");
    }

    // One story that three subscriptions of one channel ask for is one post there.
    let address = play.publish(
        "stretcher",
        "Ryu Da On And Mo Hae Rin Run For “The Tidewater Clinic”",
        CLINIC,
    );
    play.posts(news, std::slice::from_ref(&address)).await;
    play.posts(stage, &[address]).await;

    for (what, gone) in [
        ("물때 의원", "The Tidewater Clinic"),
        ("ryu daon", "Ryu Da On"),
        ("SBS", "SBS"),
    ] {
        let answer = play.ask(mina, news, &format!("!unsubscribe {what}")).await;
        let answer = words(&answer);
        assert!(
            answer.contains("no longer follows") && answer.contains(gone),
            "{what}: {answer}"
        );
    }
    let nothing = play
        .slash(mina, news, "unsubscribe", &[("what", json!("baek cho ha"))])
        .await;
    assert!(words(&nothing).contains("does not follow"), "{}", words(&nothing));
    let options = [("everything", json!(true)), ("channel", json!(stage.to_string()))];
    let answer = play.slash(mina, news, "unsubscribe", &options).await;
    assert!(words(&answer).contains("No longer following"), "{}", words(&answer));
    let list = words(&play.ask(mina, news, "!subscriptions").await);
    assert!(
        list.contains("Paper Moon Detectives") && !list.contains("Tidewater") && list.contains("1 channel"),
        "{list}"
    );
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_that_nobody_knows_is_followed_as_words_and_found_later() {
    let mut play = Play::with(setting()).await;
    let (mina, news) = (play.mina, play.news);
    let answer = words(&play.ask(mina, news, "!subscribe umbrella for a heron").await);
    assert!(
        answer.contains("umbrella for a heron") && answer.contains("follow the words"),
        "{answer}"
    );
    for slip in ["umbrela for an heron", "umbrella heron", "umbrella for"] {
        let typed = words(&play.ask(mina, news, &format!("!unsubscribe {slip}")).await);
        let slash = words(&play.slash(mina, news, "unsubscribe", &[("what", json!(slip))]).await);
        for told in [typed, slash] {
            assert!(
                told.contains("Did you mean **umbrella for a heron**?"),
                "{slip}: {told}"
            );
        }
    }
    let other = words(&play.ask(mina, news, "!unsubscribe ryu da on").await);
    assert!(
        other.contains("does not follow") && !other.contains("Did you mean"),
        "{other}"
    );
    let html = "<p>ENA’s new drama “Umbrella For A Heron” has revealed its first stills!</p><p>“Umbrella For A Heron” is a \
        drama about a ferryman. Baek Cho Ha remarked, “I learned to row before I learned my lines.”</p>";
    let address = play.publish(
        "heron",
        "Baek Cho Ha Rows In 1st Stills Of “Umbrella For A Heron”",
        html,
    );
    let post = play.post(news, &address).await;
    assert!(
        words(&post).contains("I learned to row before I learned my lines."),
        "{}",
        words(&post)
    );

    // From now on it is a name like others.
    let known = words(&play.ask(mina, news, "!drama umbrella heron").await);
    assert!(
        known.contains("Umbrella For A Heron") && known.contains("ENA"),
        "{known}"
    );
    let again = words(&play.ask(mina, news, "!subscribe Umbrella For A Heron").await);
    assert!(again.contains("Already following"), "{again}");
    let gone = words(&play.ask(mina, news, "!unsubscribe umbrella for a heron").await);
    assert!(gone.contains("No longer following"), "{gone}");
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_ambiguous_name_is_asked_back_and_only_the_asker_chooses() {
    let mut play = Play::with(setting()).await;
    let (mina, jun, news) = (play.mina, play.jun, play.news);
    let stage = play.channel("stage");
    let which = play.ask(mina, news, &format!("!subscribe mo hae <#{stage}>")).await;
    let text = words(&which);
    assert!(
        text.contains("Which one?") && text.contains("모해린") && text.contains("모해리"),
        "{text}"
    );
    let choice = button(&which, "Mo Hae Rin");
    let refused = play.press(jun, which.id, &choice).await;
    assert!(words(&refused).contains("not yours"), "{}", words(&refused));
    assert_eq!(refused.only_for, Some(jun), "a refusal is for one person");
    let followed = play.press(mina, which.id, &choice).await;
    let text = words(&followed);
    assert!(
        text.contains("Mo Hae Rin") && text.contains(&format!("<#{stage}> follows")),
        "{text}"
    );

    let which = play.slash(jun, news, "quote", &[("name", json!("mo hae"))]).await;
    let silent = play.press(jun, which.id, &button(&which, "모해리")).await;
    assert!(words(&silent).contains("Nothing from Mo Hae Ri"), "{}", words(&silent));
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_paused_channel_gets_nothing_and_goes_on_when_resumed() {
    let mut play = Play::with(setting()).await;
    let (mina, news) = (play.mina, play.news);
    let stage = play.channel("stage");
    play.follow("the tidewater clinic").await;
    play.ask(mina, stage, "!subscribe the tidewater clinic").await;
    let paused = words(&play.slash(mina, news, "pause", &[]).await);
    assert!(paused.contains("Nothing is posted"), "{paused}");
    assert!(words(&play.ask(mina, news, "!subscriptions").await).contains("paused"));
    let first = play.publish_many("storm", 1..2);
    play.posts(stage, &first).await;
    let resumed = words(&play.ask(mina, stage, &format!("!resume <#{news}>")).await);
    assert!(resumed.contains("Flowing again"), "{resumed}");
    let second = play.publish_many("storm", 2..3);
    play.posts(stage, &second).await;
    // Only the second: the harness would find the first.
    play.posts(news, &second).await;
    let nothing = words(&play.ask(mina, play.lobby, "!pause").await);
    assert!(nothing.contains("follows nothing yet"), "{nothing}");
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_may_change_it_and_where_the_bot_may_post() {
    let mut play = Play::with(setting()).await;
    let (mina, jun, news) = (play.mina, play.jun, play.news);
    for text in ["!subscribe ryu da on", "!unsubscribe ryu da on", "!pause", "!resume"] {
        let refused = words(&play.ask(jun, news, text).await);
        assert!(refused.contains("Manage Channels"), "{text}: {refused}");
    }
    assert!(
        play.sandbox
            .slash(jun, news, "subscribe", &[("everything", json!(true))])
            .is_err(),
        "Discord hides it"
    );

    let stage = play.channel("stage");
    let needed = [
        (bits::READ_MESSAGE_HISTORY, "Read Message History"),
        (bits::EMBED_LINKS, "Embed Links"),
        (bits::SEND_MESSAGES, "Send Messages"),
        (bits::ADD_REACTIONS, "Add Reactions"),
    ];
    let ask = format!("!subscribe the tidewater clinic <#{stage}>");
    for (permission, name) in needed {
        play.deny_bot(stage, permission);
        let refused = words(&play.ask(mina, news, &ask).await);
        assert!(
            refused.contains("I may not post there yet") && refused.contains(name),
            "{name}: {refused}"
        );
        let check = words(
            &play
                .slash(mina, news, "check", &[("channel", json!(stage.to_string()))])
                .await,
        );
        assert!(check.contains("what to do") && check.contains(name), "{name}: {check}");
    }
    play.deny_bot(stage, 0);
    let followed = words(&play.ask(mina, news, &ask).await);
    assert!(followed.contains("Following"), "{followed}");
    let check = words(&play.ask(mina, stage, "!check").await);
    assert!(
        check.contains("All is well") && check.contains("follows one thing"),
        "{check}"
    );

    let category = play.sandbox.add_channel(play.server, ChannelKind::Category, "talk");
    let other_server = play.sandbox.add_server("Another club", mina);
    let foreign = play.sandbox.add_channel(other_server, ChannelKind::Text, "foreign");
    for channel in [category, foreign, 123_456_789] {
        let refused = words(
            &play
                .ask(mina, news, &format!("!subscribe everything <#{channel}>"))
                .await,
        );
        assert!(refused.contains("I cannot use that channel"), "{channel}: {refused}");
    }
    let unsent = words(&play.ask(mina, news, "!subscribe ryu da on #nowhere").await);
    assert!(unsent.contains("I cannot use that channel"), "{unsent}");
    let several = words(&play.ask(mina, news, "!subscribe drama:paper moon everything:yes").await);
    assert!(several.contains("One at a time"), "{several}");
    let nothing = words(&play.ask(mina, news, "!subscribe").await);
    assert!(nothing.contains("Something is missing"), "{nothing}");
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_channel_follows_fifty_things_at_most() {
    let mut play = Play::with(setting()).await;
    let (mina, news) = (play.mina, play.news);
    // Letters that no name is near to.
    let name = |n: u32| {
        format!(
            "zwqx {}vk {}zq",
            char::from(b'a' + (n / 7) as u8),
            char::from(b'a' + (n % 7) as u8)
        )
    };
    for n in 0..50 {
        let answer = words(&play.slash(mina, news, "subscribe", &[("drama", json!(name(n)))]).await);
        assert!(answer.contains("Following"), "{n}: {answer}");
    }
    let full = words(
        &play
            .slash(mina, news, "subscribe", &[("drama", json!("zwqx jvk jzq"))])
            .await,
    );
    assert!(full.contains("at most 50 things"), "{full}");
    let again = words(&play.slash(mina, news, "subscribe", &[("drama", json!(name(7)))]).await);
    assert!(again.contains("Already following"), "{again}");
    play.ask(mina, news, &format!("!unsubscribe {}", name(7))).await;
    let room = words(
        &play
            .slash(mina, news, "subscribe", &[("drama", json!("zwqx jvk jzq"))])
            .await,
    );
    assert!(room.contains("Following"), "{room}");
    play.end().await;
}
