//! What a feed asks of those who look at it, and what becomes of one that moves or ends: as many requests as it wants,
//! and a word to the operator.

use crate::harness::{PATIENCE, Play, Setting, now, site, talk, words};
use crate::story::CLINIC;
use daesa_sandbox::{Article, Place, Site, SiteFault};

const ENDED: usize = 0;
const MOVED: usize = 1;
const THERE: usize = 2;
const BUSY: usize = 3;
const QUIET: usize = 4;
const SELDOM: usize = 5;
const WELL: usize = 6;
const SITES: usize = 7;

fn at(play: &Play, n: usize) -> Site {
    let town = play.town.as_ref().expect("a town");
    town.site(&site(n)).expect("a site").clone()
}

/// A feed that asks for something, with a story.
fn asking(what: &str) -> String {
    format!(
        "<rss version='2.0'><channel><title>News</title>{what}<item><title>One</title><link>{{{{BASE}}}}/article/one</link>\
         </item></channel></rss>"
    )
}

/// Until a site was asked so many times more.
async fn asked_again(play: &Play, n: usize, times: u64) {
    let before = at(play, n).counts().feed;
    let reached = || (at(play, n).counts().feed >= before + times).then_some(());
    let found = play.sandbox.wait_until(reached, PATIENCE).await;
    assert!(found.is_some(), "site {n} is not looked at: {}", play.log_text());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_feed_is_asked_as_often_as_it_wants() {
    let play = Play::with(Setting { town: SITES, ..talk() }).await;
    asked_again(&play, WELL, 2).await;
    at(&play, ENDED).fail(Place::Feed, u32::MAX, SiteFault::Status(410, None));
    let there = format!("http://{}/feed?by=1", site(THERE));
    at(&play, MOVED).fail(Place::Feed, u32::MAX, SiteFault::Moved(there, true));
    at(&play, BUSY).fail(Place::Feed, u32::MAX, SiteFault::Status(503, Some(3600)));
    let hours: String = quiet_hours().map(|hour| format!("<hour>{hour}</hour>")).concat();
    at(&play, QUIET).play(&asking(&format!("<skipHours>{hours}</skipHours>")), None);
    at(&play, SELDOM).play(&asking("<ttl>60</ttl>"), None);
    // Each of them is met once, and the one that moved three times, before its new address is believed.
    let met = || {
        let looks = |n: usize| at(&play, n).counts().feed;
        let changed = |n: usize| looks(n) > at(&play, n).counts().not_modified + 1;
        ([ENDED, BUSY, QUIET, SELDOM].into_iter().all(changed) && changed(MOVED)).then_some(())
    };
    assert!(
        play.sandbox.wait_until(met, PATIENCE).await.is_some(),
        "{}",
        play.log_text()
    );
    asked_again(&play, WELL, 6).await;
    let left_alone = [ENDED, MOVED, BUSY, QUIET, SELDOM];
    let before = left_alone.map(|n| at(&play, n).counts().feed);
    asked_again(&play, WELL, 6).await;
    assert_eq!(left_alone.map(|n| at(&play, n).counts().feed), before, "left alone");
    let sent_once = || {
        let well = at(&play, WELL).counts();
        (well.not_modified + 1 == well.feed).then_some(())
    };
    assert!(
        play.sandbox.wait_until(sent_once, PATIENCE).await.is_some(),
        "what does not change is sent once"
    );

    let told = play.run(&["check"]).await.out;
    for part in [
        "Site 0: gone (410 Gone); take it out of the settings",
        "Site 1: last read 2",
        "Site 3: status 503",
        "; last look ",
        "; next look ",
    ] {
        assert!(told.contains(part), "{part} in {told}");
    }
    let moved = play.run(&["feed", &format!("http://{}/feed", site(MOVED))]).await;
    assert!(moved.out.contains("Watched as Site 1"), "{}{}", moved.out, moved.err);
    let ended = play.run(&["feed", &format!("http://{}/feed", site(ENDED))]).await;
    assert_eq!(
        (ended.code, ended.err.contains("status 410")),
        (Some(1), true),
        "{}",
        ended.err
    );
    play.end().await;
}

/// This hour (UTC) and the next: the test may run over the end of one.
fn quiet_hours() -> [i64; 2] {
    let hour = now() / 3_600_000 % 24;
    [hour, (hour + 1) % 24]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_story_that_is_taken_out_of_a_feed_and_put_back_is_no_news() {
    let mut play = Play::with(talk()).await;
    let news = play.news;
    play.follow("the tidewater clinic").await;
    let tell = |slug: &str, title: &str| Article {
        slug: slug.to_owned(),
        title: title.to_owned(),
        html_body: CLINIC.to_owned(),
        published: now(),
        ..Article::default()
    };
    let site = play.sandbox.site().clone();
    let address = site.publish(tell("boots", "Mo Hae Rin Runs For “The Tidewater Clinic”"));
    let post = play.post(news, &address).await;
    assert!(words(&post).contains("rubber boots"), "{}", words(&post));
    assert!(site.withdraw("boots"));
    let unchanged = || site.counts().not_modified;
    for again in [false, true] {
        if again {
            // With another date, as it comes when an editor publishes once more.
            site.publish(tell("boots", "Mo Hae Rin Runs For “The Tidewater Clinic”"));
        }
        let before = unchanged();
        let read = play
            .sandbox
            .wait_until(|| (unchanged() > before + 1).then_some(()), PATIENCE)
            .await;
        assert!(read.is_some(), "the feed is read");
    }
    // Whatever would have been posted stands before this one; the harness finds it.
    let other = site.publish(tell("other", "Ryu Da On Rests After “The Tidewater Clinic”"));
    play.post(news, &other).await;
    play.end().await;
}
