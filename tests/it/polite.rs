//! What sites ask of those who fetch them: pages they close stay unread, and their feeds are found where they say.

use crate::harness::{Play, Setting, words};
use crate::story::CLINIC;
use daesa_sandbox::{Article, Place, SiteFault};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_that_robots_txt_closes_is_not_fetched_and_its_story_is_told_from_the_feed() {
    let mut play = Play::with(Setting {
        full: false,
        ..Setting::default()
    })
    .await;
    play.sandbox
        .site()
        .robots("User-agent: *\nDisallow: /\n\nUser-agent: Daesa\nDisallow: /article/closed\n");
    play.follow("the tidewater clinic").await;
    let open = play.publish("open", "Ryu Da On Runs For “The Tidewater Clinic”", CLINIC);
    let closed = play.publish("closed", "Mo Hae Rin Rests After “The Tidewater Clinic”", CLINIC);
    play.post(play.news, &open).await;
    let post = play.post(play.news, &closed).await;
    assert!(words(&post).contains("Mo Hae Rin Rests"), "{}", words(&post));
    let site = play.sandbox.site();
    assert_eq!(
        (site.page_count("closed"), site.counts().robots),
        (0, 1),
        "asked once, and heeded"
    );
    assert!(site.page_count("open") > 0);
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_that_leads_to_another_site_is_followed_where_that_site_allows_it() {
    let mut play = Play::with(Setting {
        full: false,
        ..Setting::default()
    })
    .await;
    let other = play.sandbox.add_site("127.0.0.1").await.expect("a port");
    other.robots("User-agent: *\nDisallow: /article/closed\n");
    play.follow("the tidewater clinic").await;
    // The closed one is told from the feed, under the feed's address.
    for (slug, title, led) in [
        ("open", "Ryu Da On Runs For “The Tidewater Clinic”", true),
        ("closed", "Mo Hae Rin Rests After “The Tidewater Clinic”", false),
    ] {
        other.publish(Article {
            slug: slug.to_owned(),
            title: title.to_owned(),
            html_body: CLINIC.to_owned(),
            ..Article::default()
        });
        let there = SiteFault::Moved(other.page_url(slug), false);
        play.sandbox.site().fail(Place::Page(slug.to_owned()), u32::MAX, there);
        let address = play.publish(slug, title, CLINIC);
        let told = if led { other.page_url(slug) } else { address };
        let post = play.post(play.news, &told).await;
        assert!(words(&post).contains(&title[..6]), "{}", words(&post));
    }
    assert!(
        play.sandbox.site().page_count("closed") > 0,
        "it was asked where it leads"
    );
    assert_eq!((other.page_count("closed"), other.counts().robots), (0, 1));
    assert!(other.page_count("open") > 0);
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sites_feeds_are_found_and_the_looks_at_a_feed_are_told() {
    let mut play = Play::begin().await;
    play.follow("the tidewater clinic").await;
    let address = play.publish("stretcher", "Ryu Da On Runs For “The Tidewater Clinic”", CLINIC);
    play.post(play.news, &address).await;
    let shown = async |what: &str| {
        let output = play.daesa().args(["feed", what]).output().await.expect("it runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (text(&output.stdout), text(&output.stderr))
    };
    let (out, said) = shown(play.sandbox.site().url()).await;
    let feed = play.sandbox.site().feed_url();
    assert!(
        said.contains(&format!("a feed: {feed} – Drama Lantern, 1 entries")),
        "{said}"
    );
    assert!(out.contains("Ryu Da On Runs") && !out.contains("Watched as"), "{out}");
    let (out, _) = shown(&feed).await;
    assert!(out.contains("Watched as Lantern; the next look is at"), "{out}");
    assert!(out.contains("nothing new"), "{out}");
    play.end().await;
}
