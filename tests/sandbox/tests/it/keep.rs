//! What is kept over a restart.

use crate::bot::{id, world_with};
use daesa_sandbox::{Sandbox, Settings};
use serde_json::json;
use std::path::PathBuf;

/// A folder that is removed again, also when the test fails.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("daesa-sandbox-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a temporary folder");
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Nothing to do when it is gone already.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[tokio::test]
async fn a_second_start_finds_everything_as_it_was() {
    let folder = Folder::new("keep");
    let settings = || Settings {
        unlimited: true,
        keep: Some(folder.0.join("state")),
        ..Settings::default()
    };
    let first = world_with(settings()).await;
    assert!(!first.sandbox.was_kept());
    let message = first.posted("stays").await;
    first.sandbox.react(first.mina, message, "❤️", true).expect("reacted");
    let application = id(&first.get("/applications/@me").await.body["id"]);
    let commands = json!([{ "name": "quote", "description": "A line" }]);
    first
        .call("PUT", &format!("/applications/{application}/commands"), Some(commands))
        .await;
    let once = json!({ "content": "once", "nonce": "n", "enforce_nonce": true });
    let once_id = first.send(once.clone()).await.body["id"].clone();
    let (server, bot) = (first.server, first.sandbox.bot());
    first.sandbox.stop().await.expect("written");
    let second = world_with(settings()).await;
    assert!(second.sandbox.was_kept());
    assert_eq!((second.server, second.sandbox.bot()), (server, bot));
    let messages = second.sandbox.messages(second.channel);
    assert_eq!((messages[0].id, messages[0].reacted("❤️")), (message, 1));
    assert_eq!(
        second.get(&format!("/applications/{application}/commands")).await.body[0]["name"],
        "quote"
    );
    assert_eq!(
        second.send(once).await.body["id"],
        once_id,
        "nonces hold over the restart"
    );
    assert!(second.posted("new").await > message, "ids go on rising");
}

#[tokio::test]
async fn a_broken_state_is_an_error_and_stays() {
    let folder = Folder::new("broken");
    let file = folder.0.join("sandbox.json");
    std::fs::write(&file, "{ not").expect("written");
    let settings = Settings {
        keep: Some(folder.0.clone()),
        ..Settings::default()
    };
    assert!(Sandbox::start(settings).await.is_err());
    assert_eq!(std::fs::read_to_string(&file).expect("still there"), "{ not");
}

#[tokio::test]
async fn a_port_in_use_is_an_error() {
    let first = Sandbox::start(Settings::default()).await.expect("a free port");
    let port = first
        .base_url()
        .rsplit(':')
        .next()
        .and_then(|port| port.parse().ok())
        .expect("a port");
    assert!(
        Sandbox::start(Settings {
            port,
            ..Settings::default()
        })
        .await
        .is_err()
    );
    first.stop().await.expect("stopped");
}
