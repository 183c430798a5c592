//! One story from two outlets is one post; another event of the same drama is another; and what was told before about
//! the same drama is a click away.

use crate::harness::{Play, Setting, button, now, site, talk, words};
use daesa_sandbox::Article;
use serde_json::json;

const FIRST: &str = "<p>SBS’s “The Tidewater Clinic” has postponed its premiere!</p>\
    <p>On March 4, SBS announced that the medical drama starring Ryu Da On and Mo Hae Rin will now premiere on April 17 \
    instead of April 3 because of a storm that damaged the set.</p>\
    <p>Ryu Da On said, “We will mend the roof first and come back with a better clinic.”</p>";

/// The same, told by somebody who writes titles, names and dates in another way, and who spoke to somebody else.
const SECOND: &str = "<p>Viewers of 'Tidewater Clinic' have to wait a little longer.</p>\
    <p>The premiere of the SBS medical drama with Ryu Da-on and Mo Hae-rin is delayed by two weeks, from the 3rd to \
    April 17, the broadcaster announced on the 4th after a storm hit the open-air set.</p>\
    <p>\"I cried when I saw the broken beds, but nobody was hurt and that is what counts,\" said actress Mo Hae-rin.</p>";

const OTHER: &str = "<p>Actress Mo Hae-rin of SBS' 'Tidewater Clinic' graces the cover of a fashion magazine.</p>\
    <p>She wears silver boots in the pictures, which were taken at a lighthouse in December.</p>";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_story_of_two_outlets_is_one_post_and_another_event_is_another() {
    let mut play = Play::with(Setting { town: 1, ..talk() }).await;
    let (jun, news) = (play.jun, play.news);
    play.follow("the tidewater clinic").await;
    let first = play.publish("later", "“The Tidewater Clinic” Postpones Premiere By Two Weeks", FIRST);
    let post = play.post(news, &first).await;
    assert!(!words(&post).contains("Also at"), "{}", words(&post));

    let harbour = play
        .town
        .as_ref()
        .expect("a town")
        .site(&site(0))
        .expect("a site")
        .clone();
    harbour.style(|style| style.full = true);
    let tell = |slug: &str, title: &str, html: &str| {
        harbour.publish(Article {
            slug: slug.to_owned(),
            title: title.to_owned(),
            html_body: html.to_owned(),
            published: now(),
            ..Article::default()
        })
    };
    let second = tell(
        "delayed",
        "SBS delays 'Tidewater Clinic' to April 17 after storm",
        SECOND,
    );
    let edited = |world: &daesa_sandbox::World| {
        let text = words(world.message(post.id)?);
        text.contains("Also at").then_some(text)
    };
    let text = play.wait(edited, "the other outlet under the post").await;
    for part in [
        second.as_str(),
        "Site 0",
        "mend the roof first",
        "cried when I saw the broken beds",
        "(at Site 0)",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }

    // Votes go to the one post, and each line leads to the outlet that has it.
    play.sandbox.react(jun, post.id, "😭", false).expect("a vote");
    play.counts_become("Postpones Premiere", "😭 1").await;
    let said = words(&play.ask(jun, news, "!quote mo hae rin").await);
    assert!(said.contains("broken beds") && said.contains(&second), "{said}");
    let said = words(&play.ask(jun, news, "!quote ryu da on").await);
    assert!(said.contains("mend the roof") && said.contains(&first), "{said}");

    // Another event of the same drama, from the same outlet, is a story of its own, and leads back to this one.
    let other = tell("cover", "Mo Hae-rin of 'Tidewater Clinic' on winter cover", OTHER);
    let cover = play.post(news, &other).await;
    assert!(!words(&cover).contains("Also at"), "{}", words(&cover));
    let id = button(&cover, "Related");
    let related = play.press(jun, cover.id, &id).await;
    assert_eq!(related.only_for, Some(jun), "for whoever asked");
    let text = words(&related);
    assert!(text.contains("Postpones Premiere") && text.contains(&first), "{text}");
    assert!(text.contains(&post.id.to_string()), "the post as well: {text}");
    let why = play.slash(jun, news, "why", &[("story", json!(second))]).await;
    assert!(
        words(&why).contains("Postpones Premiere"),
        "known by both addresses: {}",
        words(&why)
    );
    play.end().await;
}
