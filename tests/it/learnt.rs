//! What articles taught can be looked at, each lesson with its story, and undone while the bot runs.

use crate::edits::shows;
use crate::follow::setting;
use crate::harness::{PATIENCE, Play, words};
use std::time::Instant;

const HERON: &str = "<p>ENA’s new drama “Umbrella For A Heron” has revealed its first stills!</p><p>“Umbrella For A Heron” is a \
    drama about a ferryman. Baek Cho Ha plays Captain Mok, who cannot swim. Baek Cho Ha remarked, “I learned to row before I \
    learned my lines.”</p>";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_story_taught_is_forgotten_when_the_operator_says_so() {
    let mut play = Play::with(setting()).await;
    let (jun, news) = (play.jun, play.news);
    let nothing = play.run(&["learnt"]).await;
    assert!(
        nothing.out.is_empty() && nothing.err.contains("no article has taught"),
        "{nothing:?}"
    );
    play.follow("everything").await;
    let title = "Baek Cho Ha Rows In 1st Stills Of “Umbrella For A Heron”";
    let address = play.publish("heron", title, HERON);
    let post = play.post(news, &address).await;
    let known = words(&play.ask(jun, news, "!cast umbrella for a heron").await);
    assert!(
        known.contains("Baek Cho Ha") && known.contains("Captain Mok"),
        "{known}"
    );

    let learnt = play.run(&["learnt", "captain mok"]).await;
    let line = format!("Baek Cho Ha plays Captain Mok in Umbrella For A Heron  {address}");
    assert_eq!(learnt.out.trim_end(), line, "{learnt:?}");
    let other = play.run(&["learnt", "--forget", "https://news.example/other"]).await;
    assert_eq!(other.code, Some(1), "{other:?}");
    let done = play
        .run(&["learnt", "--forget", &format!("{address}?utm_source=rss")])
        .await;
    assert_eq!(done.code, Some(0), "beside the running bot: {done:?}");
    let began = Instant::now();
    while !play.log_text().contains("something learnt was forgotten") {
        assert!(began.elapsed() < PATIENCE, "{}", play.log_text());
        tokio::task::yield_now().await;
    }
    let forgotten = words(&play.ask(jun, news, "!cast umbrella for a heron").await);
    assert!(!forgotten.contains("Captain Mok"), "{forgotten}");
    let hers = words(&play.ask(jun, news, "!cast baek cho ha").await);
    assert!(
        hers.contains("Inspector Dalbit") && !hers.contains("Captain Mok"),
        "what others say of her stays: {hers}"
    );

    // The story is edited and read again: it teaches no more.
    let changed = play.sandbox.site().edit("heron", |article| {
        article.title = "Baek Cho Ha Rows Alone In “Umbrella For A Heron”".to_owned();
    });
    assert!(changed);
    shows(&play, post.id, "Rows Alone").await;
    let learnt = play.run(&["learnt", "captain mok"]).await;
    assert_eq!(learnt.out, "", "{learnt:?}");
    play.end().await;
}
