//! `daesa check` in health and in trouble: a line each, ok or what to do, and how it ends. Posts that are stuck are
//! `stuck`'s topic, a token that is refused `start`'s, an intent that is missing `hostile`'s.

use crate::harness::{PATIENCE, Play, Ran, finish, talk};
use daesa_sandbox::{ChannelKind, Fault, Place, SiteFault, bits};
use serde_json::Value;
use std::{fs, time::Instant};

/// What was found: the exit status, and (mark, what, text) of each line.
struct Found {
    status: i32,
    lines: Vec<[String; 3]>,
}

fn found(ran: &Ran) -> Found {
    let whole: Value = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let line = |line: &Value| [text(&line["mark"]), text(&line["what"]), text(&line["text"])];
    let status = i32::try_from(whole["status"].as_i64().expect("a number")).expect("a status");
    assert_eq!(ran.code, Some(status), "{ran:?}");
    Found {
        status,
        lines: whole["lines"].as_array().expect("lines").iter().map(line).collect(),
    }
}

impl Found {
    /// There is such a line, and what it says has all the parts.
    fn has(&self, mark: &str, what: &str, parts: &[&str]) -> bool {
        let fits = |[m, w, text]: &[String; 3]| m == mark && w == what && parts.iter().all(|part| text.contains(part));
        self.lines.iter().any(fits)
    }

    #[track_caller]
    fn says(&self, mark: &str, what: &str, parts: &[&str]) {
        assert!(
            self.has(mark, what, parts),
            "no {mark} {what} with {parts:?} in {:#?}",
            self.lines
        );
    }
}

/// As it is now, with another environment.
async fn with(play: &Play, environment: &[(&str, &str)]) -> Ran {
    let mut command = play.daesa();
    command.args(["check", "--json"]).envs(environment.iter().copied());
    finish(command).await
}

async fn check(play: &Play) -> Found {
    found(&with(play, &[]).await)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn health_and_trouble_in_the_channels() {
    let mut play = Play::with(talk()).await;
    let (mina, news) = (play.mina, play.news);
    play.follow("the tidewater clinic").await;
    play.wait_for_feed().await;
    let channel = news.to_string();
    let well = check(&play).await;
    assert_eq!(well.status, 0, "{:#?}", well.lines);
    for what in [
        "settings", "contact", "clock", "token", "intents", "invite", "store", "bot", "disk", "copies", "feed",
        "posts", "channel",
    ] {
        well.says("ok", what, &[]);
    }
    well.says("ok", "feed", &["last read", "no story yet", "next look"]);
    well.says("ok", "channel", &[&channel, "follows 1"]);

    play.deny_bot(news, bits::EMBED_LINKS | bits::READ_MESSAGE_HISTORY);
    let denied = check(&play).await;
    assert_eq!(denied.status, 1);
    denied.says(
        "look",
        "channel",
        &[&channel, "give it Embed Links, Read Message History"],
    );
    play.deny_bot(news, 0);
    play.sandbox.fail("GET /guilds/{guild_id}", 4, Fault::Status(503));
    let down = check(&play).await;
    assert_eq!(down.status, 1);
    down.says("look", "Discord", &["check again later"]);
    assert!(!down.has("ok", "channel", &[]), "{:#?}", down.lines);

    // A server that the bot was removed from while it did not look.
    let club = play.sandbox.add_server("Second club", mina);
    let hall = play.sandbox.add_channel(club, ChannelKind::Text, "hall");
    play.sandbox.invite_bot(club, crate::harness::PERMISSIONS);
    play.slash(mina, hall, "subscribe", &[("drama", "everything".into())])
        .await;
    play.stop_bot().await;
    play.sandbox.kick_bot(club);
    play.sandbox.delete_channel(news);
    let gone = check(&play).await;
    gone.says("look", "server", &[&club.to_string(), "if the bot was removed there"]);
    gone.says("look", "channel", &[&channel, "is not there or cannot be seen"]);
    gone.says("look", "bot", &["the bot was stopped at"]);
    play.start_bot().await;
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn trouble_around_the_bot() {
    let play = Play::with(talk()).await;
    play.wait_for_feed().await;

    play.sandbox
        .site()
        .fail(Place::Feed, u32::MAX, SiteFault::Status(503, None));
    // Each check asks Discord with a pace of its own: not more of them than are needed.
    play.logged("a look at a feed failed").await;
    let began = Instant::now();
    while !check(&play).await.has("look", "feed", &["Lantern", "503", "in a row"]) {
        assert!(began.elapsed() < PATIENCE, "{}", play.log_text());
    }
    play.sandbox.site().clear_faults();

    fs::create_dir(play.folder().join("backups")).expect("a folder");
    fs::write(play.folder().join("backups/daesa-20200101T000000000Z.db"), "").expect("a file");
    check(&play)
        .await
        .says("look", "copies", &["2020-01-01", "does the bot run?"]);
    let copied = play.run(&["backup"]).await;
    assert_eq!(copied.code, Some(0), "{copied:?}");
    check(&play).await.says("ok", "copies", &["the newest is"]);

    play.sandbox.fail("GET /oauth2/applications/@me", 4, Fault::Status(503));
    let down = check(&play).await;
    assert_eq!(down.status, 1, "the bot waits for a Discord that is down");
    down.says("look", "Discord", &["503", "the bot waits for it by itself"]);
    let nobody = found(&with(&play, &[("DISCORD_API", "http://127.0.0.1:9")]).await);
    assert_eq!(nobody.status, 1);
    nobody.says("look", "Discord", &["look at the machine's network, and DISCORD_API"]);
    nobody.says("ok", "store", &[]);
    found(&with(&play, &[("DISCORD_API", "http://discord.test")]).await).says("broken", "Discord", &["https"]);
    found(&with(&play, &[("DISCORD_TOKEN", "")]).await).says("broken", "token", &["DISCORD_TOKEN"]);

    let none = found(&with(&play, &[("DATABASE_URL", "nowhere.db")]).await);
    assert_eq!(none.status, 1, "the first start makes it");
    none.says("look", "store", &["nowhere.db"]);
    fs::write(play.folder().join("letter.db"), "This is a letter.").expect("a file");
    let letter = found(&with(&play, &[("DATABASE_URL", "letter.db")]).await);
    assert_eq!(letter.status, 2);
    letter.says("broken", "store", &["is not a database"]);

    fs::write(play.folder().join("shy.toml"), "[http]\nallow_loopback = true\n").expect("settings");
    let shy = found(&with(&play, &[("DAESA_CONFIG", "shy.toml")]).await);
    assert_eq!(shy.status, 1, "it works, and outlets have nobody to write to");
    shy.says("look", "contact", &["`[http] contact`"]);

    fs::write(play.folder().join("slip.toml"), "[feeds]\nintervall = 3\n").expect("settings");
    let slip = found(&with(&play, &[("DAESA_CONFIG", "slip.toml")]).await);
    assert_eq!(slip.status, 2);
    let nearest = "slip.toml:2: there is no key `feeds.intervall`; the nearest is `feeds.interval`";
    slip.says("broken", "settings", &[nearest]);
    fs::write(play.folder().join("slip.toml"), "token = \"aaa.bbb.ccc\"\n").expect("settings");
    let secret = with(&play, &[("DAESA_CONFIG", "slip.toml")]).await;
    found(&secret).says("broken", "settings", &["slip.toml:1", "that is DISCORD_TOKEN in .env"]);
    assert!(!secret.out.contains("aaa"), "{secret:?}");
    fs::write(play.folder().join(".env"), "# mine\nDISCORD_TOKEN aaa.bbb.ccc\n").expect("a file");
    let odd = with(&play, &[]).await;
    found(&odd).says("broken", "settings", &[".env:2"]);
    assert!(!format!("{odd:?}").contains("aaa"), "{odd:?}");
    fs::remove_file(play.folder().join(".env")).expect("gone");
    let lost = found(&with(&play, &[("DATABASE_URL", "sqlite://nowhere/daesa.db")]).await);
    assert_eq!(lost.status, 2, "the first start cannot make a folder");
    lost.says("broken", "store", &["there is no folder", "nowhere"]);
    play.end().await;
}
