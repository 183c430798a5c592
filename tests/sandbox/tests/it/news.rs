//! The news site: feed, pages, conditional requests, faults.

use crate::bot::world;
use daesa_sandbox::{Article, Picture, Place, SiteFault, Step};
use reqwest::{Client, Response, StatusCode, redirect};
use std::time::Duration;

fn article(slug: &str, title: &str) -> Article {
    Article {
        slug: slug.to_owned(),
        title: title.to_owned(),
        html_body: "<p>The lamp said, “I burn.” ]]> &amp; went on.</p>".to_owned(),
        tags: vec!["Lamps & Lights".to_owned()],
        author: "Seo Ha-rin".to_owned(),
        published: 1_795_000_000_000,
        ..Article::default()
    }
}

async fn get(url: &str) -> Response {
    let client = Client::builder()
        .redirect(redirect::Policy::none())
        .build()
        .expect("a client");
    client.get(url).send().await.expect("a reply")
}

#[tokio::test]
async fn what_is_published_is_in_the_feed_and_on_a_page() {
    let world = world().await;
    let site = world.sandbox.site();
    let url = site.publish(article("lamp", "The <Lamp> & “I”"));
    site.publish(article("other", "Another"));
    let feed = get(&site.feed_url()).await.text().await.expect("a body");
    assert!(feed.contains("<title>The &lt;Lamp&gt; &amp; “I”</title>"), "{feed}");
    assert!(!feed.contains("content:encoded>"));
    site.style(|style| style.full = true);
    let full = get(&site.feed_url()).await.text().await.expect("a body");
    assert!(full.contains("“I burn.” ]]]]><![CDATA[> &amp; went on."), "{full}");
    let page = get(&url).await.text().await.expect("a body");
    for part in [
        "<nav>",
        "<header>",
        "<footer>",
        "og:title",
        "rel=\"canonical\"",
        "I burn.",
        "/article/other",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    let picture = get(&site.image_url("lamp")).await;
    assert_eq!(picture.headers()["content-type"], "image/svg+xml");
    assert!(picture.text().await.expect("a body").starts_with("<svg"));
    assert!(site.edit("lamp", |article| article.image = Picture::None));
    assert!(!get(&url).await.text().await.expect("a body").contains("og:image"));
    assert!(site.withdraw("lamp"));
    assert_eq!(get(&url).await.status(), StatusCode::GONE);
    assert_eq!(get(&site.page_url("never")).await.status(), StatusCode::NOT_FOUND);
    let counts = site.counts();
    assert_eq!(
        (counts.feed, counts.pages, counts.images, site.page_count("lamp")),
        (2, 4, 1, 3)
    );
}

#[tokio::test]
async fn an_unchanged_feed_is_304() {
    let world = world().await;
    let site = world.sandbox.site();
    site.publish(article("lamp", "Lamp"));
    let first = get(&site.feed_url()).await;
    let header = |name: &str| first.headers()[name].to_str().expect("text").to_owned();
    let (etag, modified) = (header("etag"), header("last-modified"));
    let ask = |name: &'static str, value: String| Client::new().get(site.feed_url()).header(name, value).send();
    assert_eq!(ask("if-none-match", etag.clone()).await.expect("a reply").status(), 304);
    assert_eq!(ask("if-modified-since", modified).await.expect("a reply").status(), 304);
    assert_eq!(site.counts().not_modified, 2);
    site.edit("lamp", |article| article.title = "Lamp, lit".to_owned());
    assert_eq!(ask("if-none-match", etag).await.expect("a reply").status(), 200);
}

#[tokio::test]
async fn the_site_fails_on_demand() {
    let world = world().await;
    let site = world.sandbox.site();
    let page = site.publish(article("lamp", "Lamp"));
    let mut steps = world.sandbox.steps();
    site.fail(Place::Feed, 1, SiteFault::Status(503, Some(7)));
    let busy = get(&site.feed_url()).await;
    assert_eq!(
        (busy.status().as_u16(), busy.headers()["retry-after"].to_str().ok()),
        (503, Some("7"))
    );
    assert_eq!(steps.recv().await, Ok(Step::FeedAsked));
    site.fail(Place::Page("lamp".to_owned()), 1, SiteFault::Cut);
    assert!(Client::new().get(&page).send().await.is_err());
    assert_eq!(
        steps.recv().await,
        Ok(Step::PageAsked {
            slug: "lamp".to_owned()
        })
    );
    site.fail(Place::Anything, 1, SiteFault::Moved(site.page_url("lamp"), true));
    assert_eq!(get(&site.feed_url()).await.status(), 301);
    site.fail(Place::Feed, 1, SiteFault::Garbage);
    assert!(
        !get(&site.feed_url())
            .await
            .text()
            .await
            .expect("a body")
            .contains("<rss")
    );
    site.fail(Place::Feed, 1, SiteFault::Half);
    assert!(
        !get(&site.feed_url())
            .await
            .text()
            .await
            .expect("a body")
            .contains("</rss>")
    );
    site.fail(Place::Feed, 1, SiteFault::Hang);
    let hung = Client::new()
        .get(site.feed_url())
        .timeout(Duration::from_millis(100))
        .send()
        .await;
    assert!(hung.is_err_and(|error| error.is_timeout()));
    assert_eq!(get(&site.feed_url()).await.status(), 200);
}

#[tokio::test]
async fn several_outlets_have_names_of_their_own() {
    let mut world = world().await;
    let other = world.sandbox.add_site("lantern.test").await.expect("a free port");
    other.publish(article("lamp", "Lamp"));
    assert!(other.url().starts_with("http://lantern.test:"));
    let port = other.url().rsplit(':').next().unwrap_or_default().to_owned();
    let feed = get(&format!("http://127.0.0.1:{port}/feed"))
        .await
        .text()
        .await
        .expect("a body");
    assert!(feed.contains(&other.page_url("lamp")));
}
