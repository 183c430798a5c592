//! Many feeds at once, some of which hang or send rubbish: the others lose nothing by it. The long form, with a thousand
//! of them, is `cargo bench --bench watch`.

use crate::harness::{Play, Setting, now, site, talk};
use daesa_sandbox::{Article, Place, Site, SiteFault};

const SITES: usize = 60;
const HANGING: usize = 6;
const GARBLED: usize = 2;

/// One of the town's sites.
fn at(play: &Play, n: usize) -> Site {
    let town = play.town.as_ref().expect("a town");
    town.site(&site(n)).expect("a site").clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn feeds_that_hang_or_send_rubbish_cost_the_others_nothing() {
    let mut play = Play::with(Setting {
        town: SITES,
        feeds: "lookups = 4\n".to_owned(),
        ..talk()
    })
    .await;
    play.ask(play.mina, play.news, "!subscribe everything").await;
    for n in 0..HANGING {
        at(&play, n).fail(Place::Feed, u32::MAX, SiteFault::Hang);
    }
    for n in HANGING..HANGING + GARBLED {
        at(&play, n).fail(Place::Feed, u32::MAX, SiteFault::Garbage);
    }
    let well = HANGING + GARBLED..SITES;
    let asked = |n: usize| at(&play, n).counts().feed;
    let before: Vec<u64> = (0..SITES).map(asked).collect();
    // Ten more looks at each of them, while more hang than may be fetched at the same time.
    let ten_more = || well.clone().all(|n| asked(n) >= before[n] + 10).then_some(());
    let looked = play.sandbox.wait_until(ten_more, crate::harness::PATIENCE).await;
    assert!(
        looked.is_some(),
        "every site that answers is looked at, again and again"
    );
    let again = (0..HANGING).map(|n| asked(n) - before[n]).max().unwrap_or(0);
    assert!(again <= 5, "one that hangs is left alone for longer each time: {again}");

    let stories: Vec<String> = (well.clone().step_by(5))
        .map(|n| {
            at(&play, n).style(|style| style.full = true);
            at(&play, n).publish(Article {
                slug: format!("story-{n}"),
                title: format!("Number {n} Comes To The Harbour"),
                html_body: format!("<p>The boat of house number {n} came in at night, and nobody was there.</p>"),
                published: now(),
                ..Article::default()
            })
        })
        .collect();
    for story in &stories {
        play.post(play.news, story).await;
    }
    let unchanged: u64 = well.map(|n| at(&play, n).counts().not_modified).sum();
    assert!(unchanged > 0, "what did not change is not sent again");
    play.end().await;
}
