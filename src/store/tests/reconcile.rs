//! Putting votes right after events were lost.

use super::votes::{add, key, posts, put_posts, remove, tally};
use super::*;
use crate::model::{Emoji, UserId, VoteBatch};

const ONE: MessageId = MessageId(1);
const TWO: MessageId = MessageId(2);
const WEEK: Millis = 7 * DAY;

fn voters(users: &[u64]) -> Vec<Voter> {
    users
        .iter()
        .map(|user| Voter {
            user: UserId(*user),
            bot: *user == 9,
        })
        .collect()
}

fn love() -> Emoji {
    Emoji::unicode("❤️")
}

#[tokio::test]
async fn only_the_posts_of_a_shard_and_a_time() {
    let home = posts(&[ONE, TWO]).await;
    let of = GUILD.0 >> 22;
    let shard = u32::try_from(of % 3).unwrap();
    assert_eq!(home.mark_dirty(0, ((shard + 1) % 3, 3), NOW).await.unwrap(), 0);
    assert_eq!(home.mark_dirty(-1, (shard, 3), NOW).await.unwrap(), 0, "too old");
    assert_eq!(home.mark_dirty(5, (shard, 3), NOW + 5).await.unwrap(), 2);
    assert_eq!(
        home.mark_dirty(5, (0, 0), NOW + 5).await.unwrap(),
        2,
        "a count of none is one shard"
    );
    assert_eq!(home.next_dirty_due().await.unwrap(), Some(NOW + 5));
    let dirty = home.claim_dirty(NOW + 5, MINUTE, 10).await.unwrap();
    assert_eq!(dirty.len(), 1);
    assert_eq!((dirty[0].channel, dirty[0].guild), (HERE, GUILD));
    assert_eq!(dirty[0].posts.iter().map(|p| p.message).collect::<Vec<_>>(), [TWO, ONE]);
    assert!(home.claim_dirty(NOW + 5, MINUTE, 10).await.unwrap().is_empty());
    let home = home.crash(NOW + 6).await;
    assert_eq!(
        home.claim_dirty(NOW + 6, MINUTE, 10).await.unwrap()[0].posts.len(),
        2,
        "due again"
    );
}

#[tokio::test]
async fn old_posts_are_compared_once_a_gap_when_somebody_asks() {
    let home = posts(&[ONE, TWO]).await;
    let asked = async |now| home.mark_old_dirty(Some(GUILD), 0, WEEK, 10, now).await.unwrap();
    assert_eq!(asked(NOW).await, 0, "there was no gap yet");
    let later = NOW + 2 * WEEK;
    assert_eq!(
        home.mark_dirty(WEEK, (0, 1), later).await.unwrap(),
        0,
        "too old for every gap"
    );
    assert_eq!(
        home.mark_old_dirty(Some(GuildId(5)), 0, WEEK, 10, later).await.unwrap(),
        0
    );
    assert_eq!(
        home.mark_old_dirty(None, 0, WEEK, 1, later + 1).await.unwrap(),
        1,
        "no more than asked for"
    );
    assert_eq!(asked(later + 2).await, 1, "the other one");
    assert_eq!(asked(later + 3).await, 0, "both are on their way");
    for post in &home.claim_dirty(later + 3, MINUTE, 1).await.unwrap()[0].posts {
        home.clean(*post).await.unwrap();
    }
    assert_eq!(asked(later + 4).await, 0, "compared since the gap");
    home.mark_dirty(WEEK, (0, 1), later + 5).await.unwrap();
    assert_eq!(asked(later + 6).await, 2);
}

#[tokio::test]
async fn the_posts_of_a_server_that_was_not_heard_are_in_doubt() {
    let home = posts(&[ONE, TWO]).await;
    let dirty = async |now| home.claim_dirty(now, MINUTE, 10).await.unwrap();
    assert_eq!(home.post_channels(GUILD, NOW).await.unwrap(), [HERE]);
    assert_eq!(home.post_channels(GuildId(5), NOW).await.unwrap(), []);
    home.doubt_channels(GuildId(5), None, WEEK, NOW).await.unwrap();
    home.doubt_channels(GUILD, Some(&[]), WEEK, NOW).await.unwrap();
    home.doubt_channels(GUILD, Some(&[THERE]), WEEK, NOW).await.unwrap();
    assert!(dirty(NOW).await.is_empty());
    home.doubt_channels(GUILD, Some(&[HERE]), WEEK, NOW).await.unwrap();
    let posts = dirty(NOW).await.remove(0).posts;
    assert_eq!(posts.len(), 2);
    // What could not be looked at is due as soon as anything changes.
    home.dirty_later(&posts, NOW + DAY).await.unwrap();
    home.doubt_channels(GUILD, Some(&[]), WEEK, NOW + 1).await.unwrap();
    assert_eq!(dirty(NOW + 1).await[0].posts.len(), 2);
    home.doubt_channels(GUILD, None, WEEK, NOW + 2).await.unwrap();
    assert_eq!(dirty(NOW + 2).await[0].posts[0].since, NOW + 2);
}

#[tokio::test]
async fn a_newer_doubt_is_not_cleared() {
    let home = posts(&[ONE]).await;
    home.mark_dirty(WEEK, (0, 1), NOW).await.unwrap();
    let post = home.claim_dirty(NOW, MINUTE, 1).await.unwrap()[0].posts[0];
    home.mark_dirty(WEEK, (0, 1), NOW + 1).await.unwrap();
    home.clean(post).await.unwrap();
    let post = home.claim_dirty(NOW + 1, MINUTE, 1).await.unwrap()[0].posts[0];
    home.dirty_later(&[post], NOW + 9).await.unwrap();
    assert_eq!(home.next_dirty_due().await.unwrap(), Some(NOW + 9));
    home.clean(post).await.unwrap();
    assert_eq!(home.next_dirty_due().await.unwrap(), None);
}

#[tokio::test]
async fn the_voters_are_those_whom_discord_lists() {
    let home = posts(&[ONE]).await;
    for user in [1, 2, 3] {
        home.apply_votes(&[add(key(ONE, "❤️", user, false), false)], NOW)
            .await
            .unwrap();
    }
    home.apply_votes(&[add(key(ONE, "❤️", 1, true), false)], NOW)
        .await
        .unwrap();
    assert!(
        home.replace_voters(ONE, &love(), false, &voters(&[2, 4, 4, 9]))
            .await
            .unwrap()
    );
    let expected = [("❤".to_owned(), false, 3, 1, 0), ("❤".to_owned(), true, 1, 0, 0)];
    assert_eq!(tally(&home, ONE).await, expected);
    // What is known now is told again by events, and counts once.
    home.apply_votes(
        &[add(key(ONE, "❤️", 4, false), false), remove(key(ONE, "❤️", 1, false))],
        NOW,
    )
    .await
    .unwrap();
    assert_eq!(tally(&home, ONE).await, expected);
    home.replace_voters(ONE, &love(), false, &[]).await.unwrap();
    assert_eq!(tally(&home, ONE).await, expected[1..]);
    assert!(!home.replace_voters(MessageId(7), &love(), false, &[]).await.unwrap());
}

#[tokio::test]
async fn the_forgotten_are_not_brought_back() {
    let home = posts(&[ONE]).await;
    for user in [1, 2, 3] {
        home.apply_votes(&[add(key(ONE, "❤️", user, false), false)], NOW)
            .await
            .unwrap();
    }
    home.forget(UserId(1)).await.unwrap();
    home.forget(UserId(2)).await.unwrap();
    // 1 still votes, 2 took it back while nobody listened.
    home.replace_voters(ONE, &love(), false, &voters(&[1, 3, 5]))
        .await
        .unwrap();
    assert_eq!(tally(&home, ONE).await, [("❤".to_owned(), false, 3, 0, 1)]);
    assert_eq!(home.number("SELECT count(*) FROM vote WHERE user IN (1, 2)").await, 0);
    home.apply_votes(&[add(key(ONE, "❤️", 2, false), false)], NOW)
        .await
        .unwrap();
    assert_eq!(tally(&home, ONE).await[0].2, 4, "a new vote of 2 is one");
}

#[tokio::test]
async fn a_large_difference_at_once_and_the_voters_later() {
    let home = posts(&[ONE]).await;
    home.apply_votes(&[add(key(ONE, "❤️", 1, false), false)], NOW)
        .await
        .unwrap();
    assert!(home.set_count(ONE, &love(), false, 5_000).await.unwrap());
    assert_eq!(tally(&home, ONE).await, [("❤".to_owned(), false, 5_000, 0, 4_999)]);
    home.apply_votes(&[add(key(ONE, "❤️", 2, false), false)], NOW)
        .await
        .unwrap();
    assert_eq!(tally(&home, ONE).await[0].2, 5_001);
    // Somebody takes back a vote that was taken over in bulk: only Discord can tell.
    home.apply_votes(&[remove(key(ONE, "❤️", 77, false))], NOW + 3)
        .await
        .unwrap();
    assert_eq!(
        home.claim_dirty(NOW + 3, MINUTE, 1).await.unwrap()[0].posts[0].since,
        NOW + 3
    );
    home.replace_voters(ONE, &love(), false, &voters(&[1, 2, 3]))
        .await
        .unwrap();
    assert_eq!(tally(&home, ONE).await, [("❤".to_owned(), false, 3, 0, 0)]);
    // Fewer than there are rows: the count is Discord's all the same.
    home.set_count(ONE, &love(), false, 1).await.unwrap();
    assert_eq!(tally(&home, ONE).await[0].2, 1);
    home.set_count(ONE, &Emoji::Custom(5), true, 2).await.unwrap();
    assert_eq!(tally(&home, ONE).await[0], ("5".to_owned(), true, 2, 0, 2));
}

#[tokio::test]
async fn a_post_that_is_gone_is_left_alone() {
    let home = posts(&[ONE]).await;
    put_posts(&home, &[TWO]).await;
    home.apply_votes(&[add(key(ONE, "❤️", 1, false), false)], NOW)
        .await
        .unwrap();
    home.mark_dirty(WEEK, (0, 1), NOW).await.unwrap();
    home.apply_votes(
        &[VoteBatch {
            deleted: vec![ONE],
            ..VoteBatch::default()
        }],
        NOW,
    )
    .await
    .unwrap();
    let dirty = home.claim_dirty(NOW, MINUTE, 10).await.unwrap();
    assert_eq!(dirty[0].posts.iter().map(|p| p.message).collect::<Vec<_>>(), [TWO]);
    assert!(!home.set_count(ONE, &love(), false, 9).await.unwrap());
    assert!(!home.replace_voters(ONE, &love(), false, &[]).await.unwrap());
    assert_eq!(tally(&home, ONE).await[0].2, 1);
}

#[tokio::test]
async fn of_thousands_of_posts_some_are_marked_and_taken_at_a_time() {
    const POSTS: i64 = 1_203;
    let home = home().await;
    home.publish(1, &Told::of("tide"), NOW).await;
    let many = "WITH n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < $1)
        INSERT INTO post (message, article, channel, guild, posted) SELECT n, 1, 5 + n % 2, $2, $3 + n / 700 FROM n";
    let many = sqlx::query(many).bind(POSTS).bind(GUILD.to_db()).bind(NOW);
    many.execute(home.store.write()).await.unwrap();
    let taken = async |now: Millis| {
        let mut taken = Vec::new();
        loop {
            let some = home.claim_dirty(now, MINUTE, 1).await.unwrap();
            let Some(one) = some.first() else { break };
            assert!(some.len() == 1 && one.posts.len() <= 500, "{} at once", one.posts.len());
            assert!(one.posts.is_sorted_by(|a, b| a.message > b.message), "the newest first");
            assert!(
                one.posts
                    .iter()
                    .all(|post| (5 + post.message.to_db() % 2) == one.channel.to_db())
            );
            taken.extend(one.posts.iter().map(|post| post.message.to_db()));
        }
        taken.sort_unstable();
        taken
    };
    let all: Vec<i64> = (1..=POSTS).collect();
    let marked = home.mark_dirty(WEEK, (0, 1), NOW + 5).await.unwrap();
    assert_eq!((marked, taken(NOW + 5).await), (all.len() as u64, all.clone()));
    assert!(taken(NOW + 6).await.is_empty(), "each once");
    // They could not be looked at: that the server is told of again makes them due at once.
    home.doubt_channels(GUILD, Some(&[]), WEEK, NOW + 7).await.unwrap();
    assert_eq!(taken(NOW + 7).await, all);
    home.doubt_channels(GUILD, None, WEEK, NOW + 8).await.unwrap();
    assert_eq!(taken(NOW + 8).await, all);
    let odd: Vec<i64> = all.into_iter().filter(|n| n % 2 == 1).collect();
    home.doubt_channels(GUILD, Some(&[ChannelId(6)]), WEEK, NOW + 2 * MINUTE)
        .await
        .unwrap();
    let due = sqlx::query_scalar("SELECT count(*) FROM post WHERE dirty = $1").bind(NOW + 2 * MINUTE);
    let due: i64 = due.fetch_one(home.store.read()).await.unwrap();
    assert_eq!(due, odd.len() as i64);
}
