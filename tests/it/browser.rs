//! A headless Chromium, driven by its DevTools protocol over the websocket that the tests have anyway.
//!
//! Just enough to do what a person does: open, look, click, type, take a picture.

use base64::Engine;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::{path::Path, process::Stdio, time::Duration};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    net::TcpStream,
    process::{Child, Command},
};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, tungstenite::Message};

/// A page in a browser of its own; both end with the value.
pub struct Page {
    _browser: Child,
    _profile: tempfile::TempDir,
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    session: String,
    next: u64,
    /// What the page did unasked: requests, complaints, and the rest.
    events: Vec<Value>,
}

/// Where Chromium is, if it is installed.
pub fn chromium() -> Option<&'static str> {
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
    ]
    .into_iter()
    .find(|p| Path::new(p).exists())
}

impl Page {
    /// Opens an address in a window of that size.
    pub async fn open(address: &str, width: u32, height: u32) -> Self {
        let profile = tempfile::tempdir().expect("a folder for the profile");
        let mut browser = Command::new(chromium().expect("asked for only when it is there"))
            .args([
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
            ])
            .args([
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-quic",
            ])
            .args([
                "--no-proxy-server",
                "--hide-scrollbars",
                "--force-device-scale-factor=1",
                "--remote-debugging-port=0",
            ])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg(format!("--window-size={width},{height}"))
            .arg("about:blank")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("Chromium starts");
        let mut lines = BufReader::new(browser.stderr.take().expect("piped")).lines();
        let endpoint = loop {
            let line = lines
                .next_line()
                .await
                .expect("stderr")
                .expect("Chromium says where it listens");
            if let Some(at) = line.find("ws://") {
                break line[at..].trim().to_owned();
            }
        };
        // Whatever else it has to say is read, or it would block on a full pipe.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        let (socket, _) = tokio_tungstenite::connect_async(&endpoint)
            .await
            .expect("the DevTools socket");
        let mut page = Self {
            _browser: browser,
            _profile: profile,
            socket,
            session: String::new(),
            next: 0,
            events: Vec::new(),
        };
        let target = page.call("Target.createTarget", json!({"url": "about:blank"})).await;
        let attached = page
            .call(
                "Target.attachToTarget",
                json!({"targetId": target["targetId"], "flatten": true}),
            )
            .await;
        page.session = attached["sessionId"].as_str().expect("a session").to_owned();
        page.resize(width, height, 1.0).await;
        // Before the page is opened: what it does from its first request on is told.
        for domain in ["Network", "Runtime", "Log", "Page"] {
            page.call(&format!("{domain}.enable"), json!({})).await;
        }
        page.call("Page.navigate", json!({"url": address})).await;
        page
    }

    async fn call(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        let mut request = json!({"id": self.next, "method": method, "params": params});
        if !self.session.is_empty() {
            request["sessionId"] = json!(self.session);
        }
        self.socket
            .send(Message::text(request.to_string()))
            .await
            .expect("sent");
        let answer = async {
            loop {
                let message = self.socket.next().await.expect("the socket is open").expect("a frame");
                let Message::Text(text) = message else { continue };
                let answer: Value = serde_json::from_str(&text).expect("JSON");
                if answer["method"].is_string() {
                    self.events.push(answer);
                    continue;
                }
                if answer["id"] == self.next {
                    assert!(answer["error"].is_null(), "{method}: {}", answer["error"]);
                    break answer["result"].clone();
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(30), answer)
            .await
            .unwrap_or_else(|_| panic!("{method}: no answer"))
    }

    /// The value of an expression in the page; promises are awaited.
    pub async fn eval(&mut self, expression: &str) -> Value {
        let answer = self
            .call(
                "Runtime.evaluate",
                json!({"expression": expression, "awaitPromise": true, "returnByValue": true}),
            )
            .await;
        assert!(
            answer["exceptionDetails"].is_null(),
            "{expression}: {}",
            answer["exceptionDetails"]
        );
        answer["result"]["value"].clone()
    }

    /// Waits until the expression is true and gives its value; the page itself tells when it changed.
    pub async fn wait_for(&mut self, expression: &str) -> Value {
        let wait = format!(
            "new Promise((done, fail) => {{
                const look = () => {{ try {{ const v = ({expression}); if (v) {{ observer.disconnect(); clearTimeout(limit); done(v); }} }} catch (_) {{}} }};
                const observer = new MutationObserver(look);
                const limit = setTimeout(() => {{ observer.disconnect(); fail(new Error('not seen: ' + {quoted} + '\\n' + document.body.innerText.slice(-1500))); }}, 20000);
                observer.observe(document, {{subtree: true, childList: true, attributes: true, characterData: true}});
                look();
            }})",
            quoted = json!(expression)
        );
        self.eval(&wait).await
    }

    /// Clicks in the middle of what the selector finds, as a mouse does.
    pub async fn click(&mut self, selector: &str) {
        let quoted = json!(selector);
        self.wait_for(&format!("document.querySelector({quoted})")).await;
        let place = self
            .eval(&format!(
                "(() => {{ const e = document.querySelector({quoted}); e.scrollIntoView({{block: 'center'}}); \
                 const r = e.getBoundingClientRect(); return {{x: r.x + r.width / 2, y: r.y + r.height / 2}}; }})()"
            ))
            .await;
        for kind in ["mousePressed", "mouseReleased"] {
            let event = json!({"type": kind, "x": place["x"], "y": place["y"], "button": "left", "clickCount": 1});
            self.call("Input.dispatchMouseEvent", event).await;
        }
    }

    /// Moves the mouse to where nothing answers to it.
    pub async fn point_nowhere(&mut self) {
        let event = json!({"type": "mouseMoved", "x": 0, "y": 0});
        self.call("Input.dispatchMouseEvent", event).await;
    }

    /// Types into what has the focus.
    pub async fn type_text(&mut self, text: &str) {
        self.call("Input.insertText", json!({"text": text})).await;
    }

    /// Presses a key such as `Enter`.
    pub async fn press(&mut self, key: &str) {
        let code = match key {
            "Enter" => 13,
            "Tab" => 9,
            "Escape" => 27,
            "ArrowDown" => 40,
            _ => 0,
        };
        let text = if key == "Enter" { "\r" } else { "" };
        let down = json!({"type": "keyDown", "key": key, "code": key, "windowsVirtualKeyCode": code, "text": text});
        self.call("Input.dispatchKeyEvent", down).await;
        let up = json!({"type": "keyUp", "key": key, "code": key, "windowsVirtualKeyCode": code});
        self.call("Input.dispatchKeyEvent", up).await;
    }

    /// Errors in the console, and exceptions that nothing caught.
    pub fn complaints(&self) -> Vec<String> {
        let is_complaint = |event: &&Value| {
            let (method, what) = (event["method"].as_str().unwrap_or_default(), &event["params"]);
            match method {
                "Runtime.exceptionThrown" => true,
                "Runtime.consoleAPICalled" => what["type"] == "error" || what["type"] == "assert",
                "Log.entryAdded" => what["entry"]["level"] == "error",
                _ => false,
            }
        };
        self.events
            .iter()
            .filter(is_complaint)
            .map(|event| event["params"].to_string())
            .collect()
    }

    /// The addresses that the page has asked for, whatever came of it.
    pub fn requests(&self) -> Vec<String> {
        let asked = self
            .events
            .iter()
            .filter(|event| event["method"] == "Network.requestWillBeSent");
        asked
            .filter_map(|event| event["params"]["request"]["url"].as_str().map(str::to_owned))
            .collect()
    }

    /// Looks at the page as through a window of that size, drawn at another scale.
    pub async fn resize(&mut self, width: u32, height: u32, scale: f64) {
        let metrics = json!({"width": width, "height": height, "deviceScaleFactor": scale, "mobile": false});
        self.call("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// Whether the reader's system asks for `light` or `dark` pages.
    pub async fn scheme(&mut self, scheme: &str) {
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        self.call("Emulation.setEmulatedMedia", json!({"features": features}))
            .await;
    }

    /// Writes a picture of what the selector finds, with a little of what is around it.
    pub async fn picture_of(&mut self, selector: &str, file: &Path) {
        let quoted = json!(selector);
        let place = self
            .eval(&format!(
                "(() => {{ const e = document.querySelector({quoted}); e.scrollIntoView({{block: 'center'}}); \
                 const r = e.getBoundingClientRect(); return {{x: r.x, y: r.y - 6, width: r.width, height: r.height + 12}}; }})()"
            ))
            .await;
        let clip =
            json!({"x": place["x"], "y": place["y"], "width": place["width"], "height": place["height"], "scale": 1});
        self.shoot(json!({"clip": clip}), file).await;
    }

    /// Writes a picture of the page.
    pub async fn picture(&mut self, file: &Path) {
        self.shoot(json!({}), file).await;
    }

    async fn shoot(&mut self, mut how: Value, file: &Path) {
        how["format"] = json!("png");
        let shot = self.call("Page.captureScreenshot", how).await;
        let data = shot["data"].as_str().expect("a picture");
        let bytes = base64::engine::general_purpose::STANDARD.decode(data).expect("base64");
        std::fs::write(file, bytes).expect("the picture is written");
    }
}
