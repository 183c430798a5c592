//! A story comes in, is posted with its quotes, is voted on, and can be quoted.

use crate::harness::{Play, words};

pub const CLINIC: &str = "<p>SBS’s “The Tidewater Clinic” has shared a new making-of video!</p>\
    <p>The clip begins with Ryu Da On and Mo Hae Rin carrying a stretcher over the wet sand. Ryu Da On jokes, \
    “The patient weighs more than both of us together.”</p>\
    <p>Mo Hae Rin comments, “I have never run so far in rubber boots. Please look forward to our scene.”</p>\
    <p>Watch the full making-of video below!</p>";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_story_is_posted_voted_on_and_quoted() {
    let mut play = Play::begin().await;
    let (mina, jun, news) = (play.mina, play.jun, play.news);
    let followed = play.ask(mina, news, "!subscribe the tidewater clinic").await;
    assert!(
        words(&followed).contains("The Tidewater Clinic"),
        "{}",
        words(&followed)
    );

    let address = play.publish(
        "stretcher",
        "Ryu Da On And Mo Hae Rin Run For “The Tidewater Clinic”",
        CLINIC,
    );
    let post = play.post(news, &address).await;
    for part in [
        "Ryu Da On",
        "weighs more than both of us",
        "rubber boots",
        "SBS",
        "Lantern",
    ] {
        assert!(words(&post).contains(part), "{part} in {}", words(&post));
    }
    play.seeded(post.id).await;

    play.sandbox.react(jun, post.id, "😂", false).expect("a vote");
    let top = play.ask(jun, news, "!top").await;
    assert!(
        words(&top).contains("Ryu Da On And Mo Hae Rin Run") && words(&top).contains("😂"),
        "{}",
        words(&top)
    );
    play.sandbox
        .unreact(jun, post.id, "😂", false)
        .expect("a vote taken back");
    let top = play.ask(jun, news, "!top").await;
    assert!(!words(&top).contains("Ryu Da On And Mo Hae Rin Run"), "{}", words(&top));

    for asked in [
        "!quote ryu da on",
        "!quote Ryu Da-on",
        "!quote 류다온",
        "!quote da on ryu",
    ] {
        let line = play.ask(jun, news, asked).await;
        assert!(
            words(&line).contains("The patient weighs more than both of us together."),
            "{asked}: {}",
            words(&line)
        );
        assert!(words(&line).contains(&address), "{asked}: no link");
    }
    play.end().await;
}
