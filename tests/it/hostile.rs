//! What comes from outside and means no good, or is simply broken: a harmless post or a clear answer, never a
//! mention, never a lost story, never an end.

use crate::follow::setting;
use crate::harness::{PATIENCE, PERMISSIONS, Play, Setting, buttons, roomy, talk, words};
use crate::story::CLINIC;
use daesa_sandbox::{ChannelKind, Message, Place, Settings, SiteFault};
use serde_json::{Value, json};
use std::time::Duration;

/// No mention, and nothing that would be one or a link of somebody else's if Discord parsed it.
fn harmless(message: &Message) {
    assert!(
        !message.mention_everyone && message.mentions.is_empty() && message.mention_roles.is_empty(),
        "{message:?}"
    );
    for text in texts(message) {
        for alive in [
            "@everyone",
            "@here",
            "<@",
            "](https://evil.example",
            "](http://evil.example",
            "<https://evil",
        ] {
            assert!(!text.contains(alive), "{alive} is alive in {text}");
        }
    }
}

/// The texts in which Discord looks for Markdown.
fn texts(message: &Message) -> Vec<String> {
    let mut all = vec![message.content.clone()];
    for embed in &message.embeds {
        all.extend(
            ["title", "description"]
                .iter()
                .filter_map(|key| embed[*key].as_str())
                .map(str::to_owned),
        );
        for field in embed["fields"].as_array().into_iter().flatten() {
            all.extend(
                ["name", "value"]
                    .iter()
                    .filter_map(|key| field[*key].as_str())
                    .map(str::to_owned),
            );
        }
    }
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_story_that_wants_to_mention_link_or_draw_is_only_text() {
    let mut play = Play::with(setting()).await;
    let (jun, news) = (play.jun, play.news);
    play.follow("everything").await;
    let (bot, server) = (play.sandbox.bot(), play.server);
    let titles = [
        format!("@everyone @here <@{bot}> <@&{server}> <#{news}> Look At “The Tidewater Clinic”"),
        "[Free nitro](https://evil.example/steal) **bold** ||spoiler|| `code` # “The Tidewater Clinic”".to_owned(),
        "> quote\n# heading\n- list\n-# small <t:1:R> <:x:1> </quote:1> “The Tidewater Clinic”".to_owned(),
        "\u{202e}\u{2066}evil\u{200b}\u{200d}\u{2069} \u{feff}“The Tidewater Clinic”\u{1b}[31m".to_owned(),
        format!("“The Tidewater Clinic” {}", "아주 긴 제목 🦄".repeat(400)),
    ];
    let body = "<p>SBS’s “The Tidewater Clinic” has shared a new making-of video!</p><p>Ryu Da On jokes, “Dear @everyone, see \
        [this](https://evil.example/x) and <b>**that**</b> &lt;@123456789&gt; ||now||.”</p><script>alert(1)</script>";
    let mut posts = Vec::new();
    for (n, title) in titles.iter().enumerate() {
        let address = play.publish(&format!("hostile-{n}"), title, body);
        posts.push(play.post(news, &address).await);
    }
    posts.iter().for_each(harmless);
    assert!(
        words(&posts[0]).contains("Look At “The Tidewater Clinic”"),
        "{}",
        words(&posts[0])
    );
    assert!(
        !words(&posts[3]).contains('\u{202e}') && !words(&posts[3]).contains('\u{1b}'),
        "{}",
        words(&posts[3])
    );
    // Every request said that nobody is to be mentioned.
    for request in play
        .sandbox
        .requests()
        .iter()
        .filter(|r| r.method == "POST" && r.path.ends_with("/messages"))
    {
        let mentions = request
            .request
            .as_ref()
            .map(|body| body["allowed_mentions"]["parse"].clone());
        assert_eq!(mentions, Some(json!([])), "{:?}", request.request);
    }
    for asked in [
        "!quote ryu da on",
        "!preview",
        "!why",
        "!drama the tidewater clinic",
        "!top",
    ] {
        let post = posts[0].id;
        play.sandbox.react(jun, post, "😂", false).expect("a vote");
        harmless(&play.ask(jun, news, asked).await);
    }
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_is_typed_gets_a_harmless_answer_or_none() {
    let mut play = Play::with(setting()).await;
    let (mina, jun, news, bot) = (play.mina, play.jun, play.news, play.sandbox.bot());
    let long = "가".repeat(200);
    let asked = [
        format!("!quote {long}"),
        format!("!quote {}", "🦄".repeat(90)),
        "!quote \u{202e}\u{200b}\u{200d}nO ad uyR".to_owned(),
        "!quote [x](https://evil.example) @everyone".to_owned(),
        "!quote name:".to_owned(),
        "!quote \"unclosed".to_owned(),
        "!drama %_'; DROP TABLE vote;--".to_owned(),
        "!quote text:\" OR who:* NEAR(".to_owned(),
        "!why \0\u{1}<script>".to_owned(),
        "!top @here".to_owned(),
        "!mood ~~x~~ ||y||".to_owned(),
        format!("!help {}", "z".repeat(1500)),
        format!("<@{bot}> {}", "🦄".repeat(1000)),
    ];
    for text in asked {
        let answer = play.ask(jun, news, &text).await;
        harmless(&answer);
        assert!(!words(&answer).trim().is_empty(), "{text}");
    }
    // Said in passing, 2,000 characters of emoji or a name that is none, is nobody's question.
    for text in [
        "🦄".repeat(2000),
        "!".repeat(2000),
        "<@>".to_owned(),
        format!("<@{bot}"),
        "<@99999999999999999999999>".to_owned(),
    ] {
        play.sandbox.say(jun, news, &text).expect("it may be said");
    }
    let followed = play
        .ask(mina, news, "!subscribe [**@everyone**](https://evil.example) <@&1>")
        .await;
    harmless(&followed);
    harmless(&play.ask(mina, news, "!subscriptions").await);
    let empty = play.ask(mina, news, "!subscribe \u{200b}\u{200d}\u{2060}").await;
    assert!(words(&empty).contains("Something is missing"), "{}", words(&empty));
    let options = [("name", json!("x".repeat(100)))];
    harmless(&play.slash(jun, news, "quote", &options).await);
    assert!(
        play.sandbox
            .slash(jun, news, "quote", &[("name", json!("x".repeat(101)))])
            .is_err(),
        "Discord refuses it"
    );
    play.end().await;
}

/// Sends a message as the bot's account, as an older version of it might have.
async fn as_the_bot(play: &mut Play, channel: u64, body: &Value) -> u64 {
    let address = format!("{}/api/v10/channels/{channel}/messages", play.sandbox.base_url());
    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    let request = client
        .post(address)
        .header("authorization", format!("Bot {}", play.sandbox.token()))
        .header("user-agent", "DiscordBot (https://example.invalid, 0)")
        .header("content-type", "application/json")
        .body(body.to_string());
    let reply = request.send().await.expect("an answer").text().await.expect("a text");
    let reply: Value = serde_json::from_str(&reply).expect("JSON");
    let id = reply["id"]
        .as_str()
        .and_then(|id| id.parse().ok())
        .unwrap_or_else(|| panic!("{reply}"));
    play.take(id);
    id
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_button_that_the_bot_would_not_make_is_too_old() {
    let mut play = Play::with(setting()).await;
    let (mina, jun, news) = (play.mina, play.jun, play.news);
    let ids = [
        "another|../../etc/passwd".to_owned(),
        "another|person:".to_owned(),
        "choose|1|".to_owned(),
        "choose|0|person:ryu-da-on".to_owned(),
        "choose|999|person:ryu-da-on".to_owned(),
        "choose|9223372036854775807|drama:x".to_owned(),
        // As an earlier version wrote them.
        format!("choose|subscribe|drama:the-tidewater-clinic|{jun}"),
        "again|999".to_owned(),
        "again|-1".to_owned(),
        format!("forget|{jun}|{jun}"),
        "x".repeat(100),
        "🦄|||".to_owned(),
    ];
    for id in ids {
        let button = json!({"type": 2, "style": 1, "label": "Press", "custom_id": id});
        let body = json!({"content": "An older button", "components": [{"type": 1, "components": [button]}]});
        let message = as_the_bot(&mut play, news, &body).await;
        let answer = play.press(jun, message, &id).await;
        assert!(words(&answer).contains("too old"), "{id}: {}", words(&answer));
        assert_eq!(answer.only_for, Some(jun));
    }
    // One that goes on with somebody else's question, or with one of a manager's: a member cannot have the channel
    // follow. And for the one who asked: somebody of whom nobody has heard, and a choice where none was to be made.
    let which = play.ask(mina, news, "!subscribe mo hae").await;
    let (_, id) = buttons(&which).into_iter().next().expect("a choice");
    let question = id.split('|').nth(1).expect("a number").to_owned();
    for (id, person, told) in [
        (
            format!("choose|{question}|drama:the-tidewater-clinic"),
            jun,
            "not yours",
        ),
        (format!("again|{question}"), jun, "not yours"),
        (format!("again|{question}"), mina, "too old"),
        (format!("choose|{question}|person:nobody-at-all"), mina, "I do not know"),
    ] {
        let button = json!({"type": 2, "style": 1, "label": "Press", "custom_id": id});
        let body = json!({"content": "A forged button", "components": [{"type": 1, "components": [button]}]});
        let message = as_the_bot(&mut play, news, &body).await;
        let answer = play.press(person, message, &id).await;
        assert!(words(&answer).contains(told), "{id}: {}", words(&answer));
    }
    let list = words(&play.slash(mina, news, "subscriptions", &[]).await);
    assert!(list.contains("Nothing followed yet"), "{list}");
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broken_feed_loses_nothing() {
    const FAILED: &str = "a look at a feed failed";
    let mut play = Play::with(talk()).await;
    let news = play.news;
    play.follow("the tidewater clinic").await;
    let faults = [
        SiteFault::Garbage,
        SiteFault::Half,
        SiteFault::Status(503, None),
        SiteFault::Cut,
    ];
    for (n, fault) in (0..).zip(faults) {
        play.sandbox.site().fail(Place::Feed, 1, fault.clone());
        let address = play.publish_many("storm", n..n + 1);
        let before = play.sandbox.site().counts().feed;
        let posts = play.posts(news, &address).await;
        assert_eq!(posts.len(), 1, "{fault:?}");
        assert!(play.sandbox.site().counts().feed > before, "{fault:?}");
    }
    // More than any outlet has to say: it is not read to its end, and the bot goes on.
    let huge = format!("<rss><channel><title>{}", "x".repeat(16 << 20));
    let failed = play.log_text().matches(FAILED).count();
    play.sandbox.site().play(&huge, None);
    // Once more than it fails: it is looked at again.
    play.logged_times(FAILED, failed + 2).await;
    play.ask(play.jun, news, "!about").await;
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_that_is_broken_or_gone_is_a_story_all_the_same() {
    let mut play = Play::with(Setting { full: false, ..talk() }).await;
    let news = play.news;
    play.follow("the tidewater clinic").await;
    let deep = format!(
        "{}Ryu Da On jokes, “Fifty thousand steps down.”{}",
        "<div><b>".repeat(25_000),
        "</b></div>".repeat(25_000)
    );
    let title = "Ryu Da On And Mo Hae Rin Run For “The Tidewater Clinic”";
    for (slug, fault) in [
        ("missing", SiteFault::Status(404, None)),
        ("gone", SiteFault::Status(410, None)),
        ("forbidden", SiteFault::Status(403, None)),
        ("garbage", SiteFault::Garbage),
        ("half", SiteFault::Half),
    ] {
        play.sandbox.site().fail(Place::Page(slug.to_owned()), 9, fault);
        let address = play.publish(slug, &format!("{title} ({slug})"), &CLINIC.replace("stretcher", slug));
        let post = play.post(news, &address).await;
        assert!(
            words(&post).contains("Ryu Da On And Mo Hae Rin"),
            "{slug}: {}",
            words(&post)
        );
    }
    let address = play.publish("deep", title, &deep);
    play.post(news, &address).await;
    // A page so large that it is not read to its end.
    let large = format!("<p>{}</p>", "“The Tidewater Clinic” again. ".repeat(250_000));
    let address = play.publish("large", &format!("Once More: {title}"), &large);
    play.post(news, &address).await;
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn long_lines_stay_within_discords_limits() {
    let mut play = Play::with(setting()).await;
    let (jun, news) = (play.jun, play.news);
    play.follow("everything").await;
    let line = |n: u32| {
        format!(
            "<p>Ryu Da On comments, “Line {n}: {}.”</p>",
            "우리는 매일 밤 바다를 보러 갔어요 🌊 ".repeat(60)
        )
    };
    let body: String = (0..30).map(line).collect();
    let address = play.publish("long", &format!("“The Tidewater Clinic” {}", "긴".repeat(300)), &body);
    let post = play.post(news, &address).await;
    let size: usize = texts(&post).iter().map(|text| text.encode_utf16().count()).sum();
    assert!(size < 6000, "{size}");
    for asked in ["!quote ryu da on", "!preview", "!drama the tidewater clinic"] {
        play.ask(jun, news, asked).await;
    }
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_message_content_all_but_the_exclamation_mark_works() {
    let sandbox = Settings {
        message_content: false,
        ..roomy()
    };
    let mut play = Play::with(Setting { sandbox, ..setting() }).await;
    let (mina, jun, news, bot) = (play.mina, play.jun, play.news, play.sandbox.bot());
    // Cannot be read, so cannot be answered: the harness would find an answer.
    play.sandbox
        .say(jun, news, "!quote ahn hyo seop")
        .expect("it may be said");
    play.slash(mina, news, "subscribe", &[("drama", json!("the tidewater clinic"))])
        .await;
    let address = play.publish(
        "stretcher",
        "Ryu Da On And Mo Hae Rin Run For “The Tidewater Clinic”",
        CLINIC,
    );
    let post = play.post(news, &address).await;
    play.sandbox.react(jun, post.id, "😂", false).expect("a vote");
    assert_eq!(play.counted("Run For").await, "😂 1");
    let line = words(&play.ask(jun, news, &format!("<@{bot}> quote ryu da on")).await);
    assert!(line.contains("weighs more than both of us"), "{line}");
    let help = words(&play.slash(jun, news, "help", &[]).await);
    assert!(help.contains("`!` does not work") && help.contains("@Daesa"), "{help}");
    let check = words(&play.slash(jun, news, "check", &[]).await);
    assert!(check.contains("I cannot read messages"), "{check}");
    let check = play.run(&["check"]).await;
    assert_eq!(check.code, Some(1), "{check:?}");
    assert!(check.out.contains("Message Content is off"), "{}", check.out);
    play.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn servers_come_go_and_fall_silent() {
    let mut play = Play::with(setting()).await;
    let (mina, news) = (play.mina, play.news);
    let club = play.sandbox.add_server("Second club", mina);
    let hall = play.sandbox.add_channel(club, ChannelKind::Text, "hall");
    // No channel to be greeted in, then thrown out and asked back: no greeting, no error.
    play.sandbox.invite_bot(club, PERMISSIONS);
    play.ask(mina, hall, "!subscribe the tidewater clinic").await;
    play.follow("the tidewater clinic").await;
    play.sandbox.kick_bot(club);
    let first = play.publish_many("storm", 1..2);
    play.posts(news, &first).await;
    play.sandbox.set_unavailable(play.server, true);
    play.sandbox.set_unavailable(play.server, false);
    play.sandbox.invite_bot(club, PERMISSIONS);
    let list = words(&play.ask(mina, hall, "!subscriptions").await);
    assert!(
        list.contains("The Tidewater Clinic"),
        "what was followed is kept: {list}"
    );
    let second = play.publish_many("storm", 2..3);
    play.posts(news, &second).await;
    play.posts(hall, &second).await;
    let waited = play
        .sandbox
        .wait_for(
            |world| world.bot_online().then_some(()),
            PATIENCE.min(Duration::from_secs(1)),
        )
        .await;
    assert!(waited.is_some());
    play.end().await;
}
