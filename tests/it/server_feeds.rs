//! A server asks for a feed of its own: looked at at once, posted there alone, and only if the operator lets it.

use crate::harness::{PATIENCE, Play, Setting, now, talk, words};
use crate::story::CLINIC;
use daesa_sandbox::{Article, ChannelKind, Site};
use serde_json::json;

const PERMISSIONS: u64 = crate::harness::PERMISSIONS;

async fn begin(user_feeds: &str) -> (Play, Site) {
    let mut play = Play::with(Setting {
        feeds: format!("user_feeds = \"{user_feeds}\"\nserver_feeds = 1\n"),
        ..talk()
    })
    .await;
    let site = play.sandbox.add_site("127.0.0.1").await.expect("another site");
    site.style(|style| style.full = true);
    tell(&site, "old", "An Old Story Of “The Tidewater Clinic”");
    play.follow("the tidewater clinic").await;
    (play, site)
}

fn tell(site: &Site, slug: &str, title: &str) -> String {
    site.publish(Article {
        slug: slug.to_owned(),
        title: title.to_owned(),
        html_body: CLINIC.to_owned(),
        published: now(),
        ..Article::default()
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_feed_of_a_servers_own_is_read_at_once_and_posted_there_alone() {
    let (mut play, site) = begin("on").await;
    let (mina, jun, news) = (play.mina, play.jun, play.news);
    let other = play.sandbox.add_server("Another club", mina);
    let there = play.sandbox.add_channel(other, ChannelKind::Text, "elsewhere");
    play.sandbox.invite_bot(other, PERMISSIONS);
    let followed = play.ask(mina, there, "!subscribe the tidewater clinic").await;
    assert!(words(&followed).contains("Following"), "{}", words(&followed));

    let feed = site.feed_url();
    let told = words(&play.ask(jun, news, &format!("!feed add {feed}")).await);
    assert!(told.contains("Manage Channels"), "{told}");
    for (address, why) in [
        ("http://10.0.0.1/feed", "cannot be used"),
        ("http://mina:hunter2@news.example/feed", "cannot be used"),
        ("file:///etc/passwd", "cannot be used"),
        (&site.page_url("nothing"), "status 404"),
        (&site.image_url("old"), "no feed"),
        (&play.sandbox.site().feed_url(), "for every server already"),
    ] {
        let options = [("action", json!("add")), ("address", json!(address))];
        let slash = words(&play.slash(mina, news, "feed", &options).await);
        assert!(slash.contains(why) && !slash.contains("hunter2"), "{address}: {slash}");
        let typed = words(&play.ask(mina, news, &format!("!feed add {address}")).await);
        assert_eq!(typed, slash, "the same in both forms");
    }
    let options = [("action", json!("add")), ("address", json!(feed))];
    let added = words(&play.slash(mina, news, "feed", &options).await);
    for part in ["from now on", "127.0.0.1", "An Old Story"] {
        assert!(added.contains(part), "{part} in {added}");
    }
    let again = words(&play.ask(mina, news, &format!("!feed {feed}")).await);
    assert!(again.contains("has it, or has asked for it"), "{again}");
    let second = play.sandbox.add_site("127.0.0.1").await.expect("a third site");
    let more = words(&play.ask(mina, news, &format!("!feed add {}", second.feed_url())).await);
    assert!(more.contains("Remove one first"), "{more}");

    // Plays post what is there at the first look.
    play.post(news, &site.page_url("old")).await;
    let story = tell(&site, "new", "A New Story Of “The Tidewater Clinic”");
    play.post(news, &story).await;
    // Everybody's outlet tells something else: there, too, and nothing else there.
    let shared = play.publish(
        "shared",
        "“The Tidewater Clinic” Wins A Prize In Busan",
        "<p>“The Tidewater Clinic” won the prize of the city of Busan.</p>",
    );
    play.post(news, &shared).await;
    play.post(there, &shared).await;

    let list = words(&play.ask(mina, news, "!피드 목록").await);
    assert!(list.contains("127.0.0.1"), "{list}");
    let removed = words(&play.ask(mina, news, &format!("!feed remove {feed}")).await);
    assert!(removed.contains("no longer watched"), "{removed}");
    let gone = words(&play.ask(mina, news, &format!("!feed remove {feed}")).await);
    assert!(gone.contains("no such feed"), "{gone}");
    let list = words(&play.slash(mina, news, "feed", &[]).await);
    assert!(list.contains("no feeds of its own"), "{list}");
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_servers_own_feed_tells_is_shown_there_alone() {
    let (mut play, site) = begin("on").await;
    let (mina, jun, news) = (play.mina, play.jun, play.news);
    let other = play.sandbox.add_server("Another club", mina);
    let there = play.sandbox.add_channel(other, ChannelKind::Text, "elsewhere");
    play.sandbox.invite_bot(other, PERMISSIONS);
    let direct = play.sandbox.direct(jun);
    let added = words(&play.ask(mina, news, &format!("!feed add {}", site.feed_url())).await);
    assert!(added.contains("from now on"), "{added}");
    let post = play.post(news, &site.page_url("old")).await;
    play.sandbox.react(jun, post.id, "😂", false).expect("a vote");
    play.counts_become("An Old Story", "😂 1").await;

    let page = site.page_url("old");
    let asked = [
        ("!quote ryu da on".to_owned(), "weighs more than both"),
        ("!quote text:\"rubber boots\"".to_owned(), "run so far"),
        (format!("!why {page}"), "An Old Story"),
        ("!why an old story".to_owned(), "An Old Story"),
        ("!preview the tidewater clinic".to_owned(), "An Old Story"),
        ("!drama the tidewater clinic".to_owned(), "An Old Story"),
        ("!top".to_owned(), "An Old Story"),
        ("!mood the tidewater clinic".to_owned(), "An Old Story"),
    ];
    for (question, part) in &asked {
        let here = words(&play.ask(jun, news, question).await);
        assert!(here.contains(part), "{question}: {here}");
        for (person, elsewhere) in [(mina, there), (jun, direct)] {
            let told = words(&play.ask(person, elsewhere, question).await);
            assert!(!told.contains(part), "{question}: {told}");
        }
    }
    for question in [
        "!top everywhere",
        "!top lines everywhere",
        "!mood the tidewater clinic everywhere",
    ] {
        let told = words(&play.ask(jun, news, question).await);
        assert!(
            !told.contains("An Old Story") && !told.contains('😂'),
            "{question}: {told}"
        );
    }
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_the_operator_decides_a_feed_waits_for_the_word() {
    let (mut play, site) = begin("approve").await;
    let (mina, news) = (play.mina, play.news);
    let feed = site.feed_url();
    let asked = words(&play.ask(mina, news, &format!("!feed add {feed}")).await);
    assert!(asked.contains("operator has to agree"), "{asked}");
    let list = words(&play.ask(mina, news, "!feed list").await);
    assert!(list.contains("waits for the bot's operator"), "{list}");
    let waiting = play.run(&["feeds"]).await;
    assert!(waiting.out.contains(&feed), "{}", waiting.out);
    let unknown = play.run(&["feeds", "--approve", "http://nobody.test/"]).await;
    assert_eq!(unknown.code, Some(1), "{}", unknown.err);
    let approved = play.run(&["feeds", "--approve", &feed]).await;
    assert_eq!(approved.code, Some(0), "{}", approved.err);
    // The bot runs meanwhile, and finds the feed when it looks next for what is due.
    let old = site.page_url("old");
    play.post(news, &old).await;
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_servers_may_not_ask_they_are_told_so() {
    let (mut play, site) = begin("off").await;
    let told = words(
        &play
            .ask(play.mina, play.news, &format!("!feed add {}", site.feed_url()))
            .await,
    );
    assert!(told.contains("operator of this bot chooses"), "{told}");
    assert_eq!(site.counts().feed, 0, "and nothing is fetched");
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_feed_of_a_server_that_left_rests_until_it_is_back() {
    let (mut play, site) = begin("on").await;
    let (mina, news, server) = (play.mina, play.news, play.server);
    let options = [("action", json!("add")), ("address", json!(site.feed_url()))];
    let added = words(&play.slash(mina, news, "feed", &options).await);
    assert!(added.contains("from now on"), "{added}");
    play.post(news, &site.page_url("old")).await;

    play.sandbox.kick_bot(server);
    play.logged("left a server").await;
    let address = site.feed_url();
    let began = std::time::Instant::now();
    while play.run(&["check", "--json"]).await.out.contains(&address) {
        assert!(began.elapsed() < PATIENCE, "it is still watched\n{}", play.log_text());
    }
    play.sandbox.invite_bot(server, PERMISSIONS);
    // Plays post what is there at the first look, and this is one: what is known is not told again.
    let story = tell(&site, "new", "A New Story Of “The Tidewater Clinic”");
    play.post(news, &story).await;
    play.end().await;
}
