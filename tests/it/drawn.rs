//! What comes as a picture: lines as cards, rankings and moods as charts; and as words where no picture can be sent.

use crate::{
    commands::{LANTERN, PARAFFIN, two_stories},
    follow::setting,
    harness::{Play, button, words},
};
use daesa_sandbox::{Message, bits};
use serde_json::json;

/// The only file of a message: a PNG that the sandbox serves, 1,200 pixels wide, and what it is said to show.
async fn picture(play: &Play, message: &Message, name: &str) -> String {
    let [file] = message.attachments.as_slice() else {
        panic!("one file, not {:?}", message.attachments);
    };
    assert_eq!(file.name, name);
    assert_eq!(file.content_type.as_deref(), Some("image/png"));
    let base = play.sandbox.base_url();
    let address = format!("{base}/attachments/{}/{}/{}", message.channel, file.id, file.name);
    let reply = reqwest_get(&address).await;
    assert_eq!(reply.len() as u64, file.size);
    assert!(reply.starts_with(b"\x89PNG\r\n\x1a\n"), "a PNG");
    let number = |at: usize| u32::from_be_bytes(reply[at..at + 4].try_into().expect("four bytes"));
    assert_eq!(number(16), 1200, "its width");
    assert!((300..2400).contains(&number(20)), "its height");
    assert!(reply.len() < 400_000, "{} bytes", reply.len());
    file.description.clone().expect("words for those who do not see it")
}

async fn reqwest_get(address: &str) -> Vec<u8> {
    let reply = daesa::http::Client::new().get(address).send().await.expect("a reply");
    assert_eq!(reply.headers()["content-type"], "image/png");
    reply.bytes().await.expect("a body").to_vec()
}

fn is_hers(text: &str) -> bool {
    text.contains(LANTERN) || text.contains(PARAFFIN)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_comes_as_a_picture_in_both_forms_and_by_its_button() {
    let mut play = Play::with(setting()).await;
    let (jun, mina, news) = (play.jun, play.mina, play.news);
    let (_, _, _, address) = two_stories(&mut play).await;

    let typed = play.ask(jun, news, "!quote baek cho ha style:card").await;
    let chosen = [("name", json!("백초하")), ("style", json!("card"))];
    let chosen = play.slash(jun, news, "quote", &chosen).await;
    let another = play.press(mina, chosen.id, &button(&chosen, "Another")).await;
    for message in [&typed, &chosen, &another] {
        let told = picture(&play, message, "quote.png").await;
        assert!(
            is_hers(&told) && told.contains("– Baek Cho Ha, as Inspector Dalbit. Paper Moon Detectives"),
            "{told}"
        );
        let below = message.embeds[0]["description"].as_str().unwrap_or_default();
        assert!(
            below.contains(&address) && !is_hers(below),
            "the way to the article: {below}"
        );
        assert_eq!(message.only_for, None);
    }
    assert_ne!(words(&chosen).contains(LANTERN), words(&another).contains(LANTERN));

    let plain = play.ask(jun, news, "!quote baek cho ha style:words").await;
    assert!(plain.attachments.is_empty() && is_hers(&words(&plain)));
    let none = play.ask(jun, news, "!quote ahn hyo seop style:card").await;
    assert!(none.attachments.is_empty() && words(&none).contains("Nothing from Ahn Hyo Seop yet"));
    let bad = words(&play.ask(jun, news, "!quote baek cho ha style:poster").await);
    assert!(bad.contains("poster") && bad.contains("card"), "{bad}");
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rankings_and_moods_come_as_charts() {
    let mut play = Play::with(setting()).await;
    let (jun, mina, news) = (play.jun, play.mina, play.news);
    let empty = play.ask(jun, news, "!top").await;
    assert!(empty.attachments.is_empty() && words(&empty).contains("Nobody has voted yet"));
    let (clinic, paper, _, address) = two_stories(&mut play).await;
    for (who, post, emoji) in [(jun, paper.id, "❤️"), (mina, paper.id, "😭"), (mina, clinic.id, "😂")] {
        play.sandbox.react(who, post, emoji, false).expect("a vote");
    }

    let typed = play.ask(jun, news, "!top").await;
    let chosen = play.slash(jun, news, "top", &[("by", json!("story"))]).await;
    for message in [&typed, &chosen] {
        let told = picture(&play, message, "top.png").await;
        let wanted = "Top stories of this week. 3 votes · this server. 1. Baek Cho Ha Reads Lanterns In “Paper Moon Detectives”: 2 \
                      (love 1, tears 1); 2. Ryu Da On And Mo Hae Rin";
        assert!(told.starts_with(wanted), "{told}");
        let below = message.embeds[0]["description"].as_str().unwrap_or_default();
        assert!(
            below.contains(&address) && !below.contains('█'),
            "the way to each story: {below}"
        );
    }
    let typed = play.ask(jun, news, "!mood paper moon detectives").await;
    let chosen = play
        .slash(jun, news, "mood", &[("drama", json!("종이달 탐정단"))])
        .await;
    for message in [&typed, &chosen] {
        let told = picture(&play, message, "mood.png").await;
        assert!(
            told.starts_with(
                "How people felt about Paper Moon Detectives. 2 votes · this server. love: 1 (50 %); laugh: 0 (0 %)"
            ),
            "{told}"
        );
    }
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_permission_everything_comes_in_words() {
    let mut play = Play::with(setting()).await;
    let (jun, news) = (play.jun, play.news);
    let (_, paper, _, _) = two_stories(&mut play).await;
    play.sandbox.react(jun, paper.id, "❤️", false).expect("a vote");
    play.deny_bot(news, bits::ATTACH_FILES);
    let line = play.ask(jun, news, "!quote baek cho ha style:card").await;
    assert!(
        line.attachments.is_empty() && is_hers(&words(&line)),
        "{}",
        words(&line)
    );
    let top = play.slash(jun, news, "top", &[]).await;
    assert!(
        top.attachments.is_empty() && words(&top).contains('█'),
        "{}",
        words(&top)
    );
    let mood = play.ask(jun, news, "!mood").await;
    assert!(
        mood.attachments.is_empty() && words(&mood).contains("How people felt"),
        "{}",
        words(&mood)
    );
    play.deny_bot(news, 0);
    let line = play.ask(jun, news, "!quote baek cho ha style:card").await;
    picture(&play, &line, "quote.png").await;
    play.end().await;
}
