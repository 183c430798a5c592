//! Where the feed has excerpts only, WordPress's own API has the text; a page that is a wall is never posted.

use crate::harness::{Play, Setting, talk, words};
use crate::story::CLINIC;

fn excerpts() -> Setting {
    Setting { full: false, ..talk() }
}

/// As long as an article is.
fn long() -> String {
    CLINIC.to_owned()
        + "<p>The boat came back in the evening, and the whole crew stood on the pier to see it.</p>\
           <p>Only then did the director notice that the stretcher had been left out at sea.</p>\
           <p>It was found the next morning by a fisherman, who asked for a photograph as a reward.</p>"
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wordpress_gives_the_text_that_its_feed_has_not() {
    let mut play = Play::with(excerpts()).await;
    play.follow("the tidewater clinic").await;
    play.sandbox.site().style(|style| style.wordpress = true);
    let address = play.publish("boots", "Mo Hae Rin Runs For “The Tidewater Clinic”", &long());
    let post = play.post(play.news, &address).await;
    assert!(words(&post).contains("in rubber boots"), "{}", words(&post));
    let counts = play.sandbox.site().counts();
    assert_eq!((counts.posts, counts.pages), (1, 0), "the page was not needed");
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_wall_says_is_nobodys_news() {
    let mut play = Play::with(excerpts()).await;
    play.follow("the tidewater clinic").await;
    let wall = "<html><head><title>Mo Hae Rin Runs For “The Tidewater Clinic”</title></head><body><main>\
        <p>Mo Hae Rin has a lot to tell about the sea.</p><p>Subscribe to continue reading this article.</p>\
        <p>“Become a member today,” said everybody.</p></main></body></html>";
    let address = play.publish("boots", "Mo Hae Rin Runs For “The Tidewater Clinic”", &long());
    play.sandbox.site().page_instead(Some(wall));
    let post = play.post(play.news, &address).await;
    let text = words(&post);
    assert!(
        !text.contains("Subscribe to") && !text.contains("Become a member"),
        "{text}"
    );
    assert!(play.sandbox.site().page_count("boots") > 0, "it was looked at");
    play.end().await;
}
