//! Carried to another store: what was followed, said and learnt comes along, and nothing is posted because of it.

use crate::harness::{Play, talk, words};
use std::fs;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bot_moves_to_a_new_store_and_nobody_notices() {
    let mut play = Play::with(talk()).await;
    let (jun, news) = (play.jun, play.news);
    play.follow("the tidewater clinic").await;
    let first = play.publish_many("storm", 1..2);
    play.posts(news, &first).await;
    let line = words(&play.ask(jun, news, "!quote ryu da on").await);

    let exported = play.run(&["export", "moved.json"]).await;
    assert_eq!(exported.code, Some(0), "beside the running bot: {exported:?}");
    let refused = play.run(&["import", "moved.json"]).await;
    assert_eq!(refused.code, Some(2), "{refused:?}");
    assert!(
        refused.err.contains("stop it, import, and start it again"),
        "{refused:?}"
    );

    play.stop_bot().await;
    for end in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(play.folder().join(format!("daesa.db{end}")));
    }
    let path = play.folder().join("moved.json");
    let text = fs::read_to_string(&path).expect("an export");
    let half: String = text.chars().take(text.chars().count() / 2).collect();
    fs::write(play.folder().join("torn.json"), half).expect("written");
    let torn = play.run(&["import", "torn.json"]).await;
    assert_eq!(torn.code, Some(2), "{torn:?}");
    assert!(
        torn.err.contains("torn.json") && torn.err.contains("nothing was changed"),
        "{torn:?}"
    );
    assert!(!play.store_file().exists(), "nothing was made either");

    let tried = play.run(&["import", "--dry-run", "moved.json"]).await;
    assert!(tried.out.contains("this was a dry run"), "{tried:?}");
    assert!(!play.store_file().exists(), "only looked at: {tried:?}");
    let imported = play.run(&["import", "moved.json"]).await;
    assert_eq!((imported.code, imported.err.as_str()), (Some(0), ""), "{imported:?}");
    insta::assert_snapshot!(imported.out);
    let again = play.run(&["export"]).await;
    assert!(again.out == text, "the same to the byte:\n{text}\n{}", again.out);

    // Neither a post of what is known nor a second greeting: the play fails on any message that nobody took.
    play.start_bot().await;
    let answer = words(&play.ask(jun, news, "!quote ryu da on").await);
    assert_eq!(answer, line);
    play.wait_for_feed().await;
    let new = play.publish_many("storm", 2..3);
    play.posts(news, &new).await;
    play.end().await;
}
