//! Stories that change after they were posted.

use super::*;
use crate::model::{ArticleKind, EntryId};

const POST: MessageId = MessageId(9);

/// A story with two lines, both shown.
fn rainy(line: &str) -> Told {
    let mut told = Told::of("tide")
        .with("Ryu")
        .saying(Some("Ryu"), line)
        .saying(None, "Stay.");
    told.key_quotes = vec![0, 1];
    told
}

/// A story that was posted once, of an entry that has changed since.
async fn posted() -> Home {
    let home = home().await;
    home.follow(HERE, &drama_subject("tide")).await;
    let told = rainy("It rains.");
    home.publish(1, &told, NOW).await;
    let claim = home.claim(NOW, MINUTE, 1).await.unwrap().remove(0);
    let after = After::default();
    home.settle(&claim, &Step::Sent(Some(POST)), after, NOW).await.unwrap();
    sqlx::query("UPDATE entry SET again_due = $1, payload = '{}'")
        .bind(NOW)
        .execute(home.store.write())
        .await
        .unwrap();
    home
}

async fn again(home: &Home, now: Millis) -> DueEntry {
    home.due_again(now, MINUTE, now, 10).await.unwrap().remove(0)
}

#[tokio::test]
async fn the_posts_of_a_story_that_changed_are_due() {
    let home = posted().await;
    let due = again(&home, NOW + 1).await;
    assert_eq!(due.id, EntryId(1));
    let told = rainy("It pours.");
    assert!(
        home.edit_story(&due, &told.story(&[]), None, NOW + 2)
            .await
            .unwrap()
            .shown
    );
    let lines = "SELECT count(*) FROM quote WHERE text IN ('It pours.', 'Stay.') AND position >= 0";
    assert_eq!(home.number(lines).await, 2);
    assert_eq!(
        home.number("SELECT count(*) FROM quote").await,
        2,
        "what is not said any more is gone"
    );
    assert_eq!(
        home.number("SELECT id FROM quote WHERE text = 'Stay.'").await,
        2,
        "the line that stays is the same one"
    );
    assert_eq!(home.number("SELECT count(*) FROM quote_fts").await, 2);

    let edit = home.claim_edits(NOW + 3, MINUTE, 10).await.unwrap().remove(0);
    assert_eq!((edit.message, edit.channel, edit.follower), (POST, HERE, HERE));
    assert!(
        home.claim_edits(NOW + 3, MINUTE, 10).await.unwrap().is_empty(),
        "it is somebody's"
    );
    let home = home.crash(NOW + 4).await;
    let edit = home.claim_edits(NOW + 4, MINUTE, 10).await.unwrap().remove(0);
    home.settle_edit(&edit, None).await.unwrap();
    assert_eq!(home.next_edit_due().await.unwrap(), None);
    assert_eq!(home.next_again_due().await.unwrap(), None);
}

#[tokio::test]
async fn a_change_of_nothing_that_is_shown_edits_no_post() {
    let home = posted().await;
    let due = again(&home, NOW + 1).await;
    let told = rainy("It rains.");
    let next = Some(NOW + DAY);
    assert!(
        !home
            .edit_story(&due, &told.story(&[]), next, NOW + 2)
            .await
            .unwrap()
            .shown
    );
    assert_eq!(home.next_edit_due().await.unwrap(), None);
    assert_eq!(home.next_again_due().await.unwrap(), next);
}

#[tokio::test]
async fn a_story_that_is_taken_down_says_so_until_it_is_back() {
    let home = posted().await;
    let due = again(&home, NOW + 1).await;
    assert!(home.withdraw_story(&due, Some(NOW + 2), NOW + 1).await.unwrap());
    assert!(home.story(ArticleId(1)).await.unwrap().unwrap().withdrawn);
    let edit = home.claim_edits(NOW + 2, MINUTE, 10).await.unwrap().remove(0);
    // While the post is being edited, the page comes back.
    let due = again(&home, NOW + 3).await;
    let told = rainy("It rains.");
    assert!(
        home.edit_story(&due, &told.story(&[]), None, NOW + 3)
            .await
            .unwrap()
            .shown
    );
    assert!(!home.story(ArticleId(1)).await.unwrap().unwrap().withdrawn);
    home.settle_edit(&edit, None).await.unwrap();
    assert_eq!(
        home.next_edit_due().await.unwrap(),
        Some(NOW + 3),
        "the newer change stays due"
    );
}

#[tokio::test]
async fn a_story_that_changes_on_its_way_is_edited_where_it_arrives() {
    let home = posted().await;
    home.follow(THERE, &drama_subject("tide")).await;
    home.publish(2, &Told::of("tide"), NOW).await;
    let claims = home.claim(NOW, MINUTE, 10).await.unwrap();
    sqlx::query("UPDATE article SET edited_at = $1 WHERE id = 2")
        .bind(NOW + 1)
        .execute(home.store.write())
        .await
        .unwrap();
    let sent = Step::Sent(Some(MessageId(10)));
    home.settle(&claims[0], &sent, After::default(), NOW + 2).await.unwrap();
    assert_eq!(
        home.claim_edits(NOW + 2, MINUTE, 10).await.unwrap()[0].message,
        MessageId(10)
    );
}

#[tokio::test]
async fn who_follows_what_only_the_change_is_about_gets_the_story_once() {
    let home = posted().await;
    let other = drama_subject("moon");
    home.follow(THERE, &other).await;
    // Follows both, and had it.
    home.follow(HERE, &other).await;
    // Followed since, and the story was about that before: news of that are its next story.
    let late = ChannelId(503);
    home.follow(late, &drama_subject("tide")).await;
    let mut told = rainy("It rains.");
    told.about.subjects.push(other);
    let due = again(&home, NOW + 1).await;
    let edited = home
        .edit_story(&due, &told.story(&[]), Some(NOW + 3), NOW + 2)
        .await
        .unwrap();
    assert_eq!(edited.new_followers, 1);
    let claim = home.claim(NOW + 2, MINUTE, 10).await.unwrap();
    assert_eq!(
        claim.iter().map(|one| one.delivery.channel).collect::<Vec<_>>(),
        [THERE]
    );
    let sent = Step::Sent(Some(MessageId(10)));
    home.settle(&claim[0], &sent, After::default(), NOW + 2).await.unwrap();
    // Once, also when its delivery is kept no longer.
    sqlx::query("DELETE FROM delivery")
        .execute(home.store.write())
        .await
        .unwrap();
    let due = again(&home, NOW + 3).await;
    told.about.subjects.pop();
    home.edit_story(&due, &told.story(&[]), Some(NOW + 4), NOW + 3)
        .await
        .unwrap();
    told.about.subjects.push(drama_subject("moon"));
    let due = again(&home, NOW + 4).await;
    home.edit_story(&due, &told.story(&[]), None, NOW + 4).await.unwrap();
    assert!(home.claim(NOW + 5, MINUTE, 10).await.unwrap().is_empty());
}

#[tokio::test]
async fn who_wants_the_kind_that_a_story_became_gets_it_once() {
    let home = posted().await;
    let only = |kind| Terms {
        kinds: vec![kind],
        ..Terms::default()
    };
    home.follow_as(THERE, &drama_subject("tide"), &only(ArticleKind::Interview))
        .await;
    let mut told = rainy("It rains.");
    told.reading.kind = ArticleKind::Interview;
    let due = again(&home, NOW + 1).await;
    let edited = home.edit_story(&due, &told.story(&[]), None, NOW + 2).await.unwrap();
    assert_eq!(edited.new_followers, 1);
}
