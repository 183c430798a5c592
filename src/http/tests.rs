//! Against a small server that answers as badly as the web does.

use super::*;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;
use std::time::Instant;

/// A server on this machine: gives each request to a function that writes the answer. Requests are
/// handed out on a channel.
struct Server {
    address: SocketAddr,
    requests: mpsc::Receiver<String>,
}

impl Server {
    fn start(answer: impl Fn(&str, &mut TcpStream) + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (sender, requests) = mpsc::channel();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { return };
                let mut head = Vec::new();
                let mut byte = [0];
                while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|read| read == 1) {
                    head.push(byte[0]);
                }
                let head = String::from_utf8_lossy(&head).into_owned();
                answer(head.split(' ').nth(1).unwrap_or(""), &mut stream);
                if sender.send(head).is_err() {
                    return;
                }
            }
        });
        Self { address, requests }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

fn reply(stream: &mut TcpStream, head: &str, body: &[u8]) {
    // The client may be gone: that is what some tests are about.
    let _ = write!(
        stream,
        "HTTP/1.1 {head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let _ = stream.write_all(body);
}

fn settings() -> WebSettings {
    WebSettings {
        allow_loopback: true,
        host_interval: Duration::ZERO,
        ..WebSettings::default()
    }
}

fn web() -> Web {
    Web::new(settings()).unwrap()
}

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(future)
}

fn get(web: &Web, url: &str) -> Result<Fetched, FetchError> {
    run(web.get(url, &Conditions::default(), Limit { bytes: 1000 }))
}

#[test]
fn an_answer_with_what_it_says_of_itself() {
    let server = Server::start(|_, stream| {
        let head = "200 OK\r\nETag: \"a\"\r\nLast-Modified: Wed, 27 Oct 2021 01:12:09 GMT\r\nContent-Type: text/xml\r\n\
                    Cache-Control: max-age=60\r\nSet-Cookie: a=b";
        reply(stream, head, b"<rss/>");
    });
    let web = web();
    let found = get(&web, &server.url("/feed")).unwrap();
    assert_eq!(
        (found.status, found.body.as_slice(), found.moved),
        (200, b"<rss/>".as_slice(), None)
    );
    assert_eq!(
        (found.etag.as_deref(), found.max_age, found.content_type.as_deref()),
        (Some("\"a\""), Some(60), Some("text/xml"))
    );
    let request = server.requests.recv().unwrap().to_lowercase();
    assert!(
        request.contains("user-agent: daesa/0.1") && request.contains("accept-encoding: gzip,br"),
        "{request}"
    );
    // No cookie comes back, and the validators are sent as they came.
    let conditions = Conditions {
        etag: found.etag,
        last_modified: Some("bad\nvalue".to_owned()),
    };
    run(web.get(&server.url("/feed"), &conditions, FEED_LIMIT)).unwrap();
    let request = server.requests.recv().unwrap().to_lowercase();
    assert!(
        request.contains("if-none-match: \"a\"") && !request.contains("cookie") && !request.contains("bad"),
        "{request}"
    );
}

#[test]
fn not_modified_gone_and_overloaded_are_answers() {
    let server = Server::start(|path, stream| match path {
        "/304" => reply(stream, "304 Not Modified", b""),
        "/410" => reply(stream, "410 Gone", b"gone"),
        _ => reply(stream, "503 Busy\r\nRetry-After: 90", b"busy"),
    });
    let web = web();
    let status = |path: &str| get(&web, &server.url(path)).unwrap();
    assert_eq!((status("/304").status, status("/410").status), (304, 410));
    let busy = status("/503");
    assert_eq!((busy.status, busy.retry_after, busy.body.len()), (503, Some(90), 0));
}

#[test]
fn lasting_redirects_are_reported_passing_ones_are_not() {
    let server = Server::start(|path, stream| match path {
        "/old" => reply(stream, "301 Moved\r\nLocation: /older", b""),
        "/older" => reply(stream, "308 Moved\r\nLocation: /new#part", b""),
        "/passing" => reply(stream, "302 Found\r\nLocation: /old", b""),
        "/loop" => reply(stream, "302 Found\r\nLocation: /loop", b""),
        _ => reply(stream, "200 OK", b"new"),
    });
    let web = web();
    let found = get(&web, &server.url("/old")).unwrap();
    assert_eq!(
        (found.url.as_str(), found.moved.as_deref()),
        (server.url("/new").as_str(), Some(server.url("/new").as_str()))
    );
    assert_eq!(get(&web, &server.url("/passing")).unwrap().moved, None);
    assert_eq!(
        get(&web, &server.url("/loop")),
        Err(FetchError::Redirects("127.0.0.1".to_owned()))
    );
}

#[test]
fn redirects_lead_to_no_private_address_and_no_other_scheme() {
    let server = Server::start(|path, stream| {
        let target = match path {
            "/private" => "http://10.0.0.1/",
            "/mapped" => "http://[::ffff:192.168.0.1]/",
            "/number" => "http://2852039166/latest/meta-data",
            "/file" => "file:///etc/passwd",
            _ => "http://user:secret@example.com/",
        };
        reply(stream, &format!("302 Found\r\nLocation: {target}"), b"");
    });
    let web = web();
    for (path, why) in [
        ("/private", Refusal::Private),
        ("/mapped", Refusal::Private),
        ("/number", Refusal::Private),
        ("/file", Refusal::Scheme),
        ("/credentials", Refusal::Credentials),
    ] {
        let error = get(&web, &server.url(path)).unwrap_err();
        assert!(
            matches!(&error, FetchError::Refused { why: found, .. } if *found == why),
            "{path}: {error}"
        );
        assert!(!error.to_string().contains("secret"));
    }
}

#[test]
fn a_name_that_leads_to_this_machine_is_refused_unless_it_is_open() {
    let server = Server::start(|_, stream| reply(stream, "200 OK", b"ok"));
    let url = format!("http://localhost:{}/", server.address.port());
    let closed = Web::new(WebSettings {
        allow_loopback: false,
        ..settings()
    })
    .unwrap();
    assert!(matches!(
        get(&closed, &url),
        Err(FetchError::Refused {
            why: Refusal::Private,
            ..
        })
    ));
    assert!(matches!(
        get(&closed, &server.url("/")),
        Err(FetchError::Refused {
            why: Refusal::Private,
            ..
        })
    ));
    assert_eq!(get(&web(), &url).unwrap().status, 200);
}

#[test]
fn names_of_the_settings_are_found_where_they_say() {
    let server = Server::start(|_, stream| reply(stream, "200 OK", b"ok"));
    let resolve = vec![("*.test".to_owned(), server.address)];
    let web = Web::new(WebSettings {
        allow_loopback: false,
        resolve,
        ..settings()
    })
    .unwrap();
    assert_eq!(get(&web, "http://news.test/feed").unwrap().status, 200);
    assert!(
        server
            .requests
            .recv()
            .unwrap()
            .to_lowercase()
            .contains("host: news.test")
    );
}

#[test]
fn a_body_is_cut_off_whether_it_says_its_length_or_not() {
    // Two hundred thousand zeros in gzip.
    const BOMB: &[u8] =
        b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xed\xc1\x31\x01\x00\x00\x00\xc2\xa0\xf5\x4f\x6d\x06\x7f\xa0\
        \x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\
        \x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\
        \x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\
        \x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\
        \x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\
        \x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\
        \x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\
        \x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x80\xd7\x00\x7b\x58\xe0\x5c\
        \x40\x0d\x03\x00";
    let server = Server::start(|path, stream| match path {
        "/said" => reply(stream, "200 OK", &[b'x'; 2000]),
        "/bomb" => reply(stream, "200 OK\r\nContent-Encoding: gzip", BOMB),
        _ => {
            let _ = write!(stream, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
            // Endless, until the client hangs up.
            while stream.write_all(&[b'x'; 512]).is_ok() {}
        }
    });
    let web = web();
    let too_large = Err(FetchError::TooLarge {
        host: "127.0.0.1".to_owned(),
        bytes: 1000,
    });
    assert_eq!(get(&web, &server.url("/said")), too_large);
    assert_eq!(get(&web, &server.url("/endless")), too_large);
    assert_eq!(get(&web, &server.url("/bomb")), too_large);
}

#[test]
fn silence_and_refusal_are_told_apart() {
    let server = Server::start(|_, stream| {
        let _ = write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
        // Held open: the client has to give up by itself.
        std::mem::forget(stream.try_clone());
    });
    let patient = Web::new(WebSettings {
        total_timeout: Duration::from_millis(200),
        ..settings()
    })
    .unwrap();
    assert_eq!(
        get(&patient, &server.url("/")),
        Err(FetchError::Timeout("127.0.0.1".to_owned()))
    );
    let quick = Web::new(WebSettings {
        read_timeout: Duration::from_millis(100),
        ..settings()
    })
    .unwrap();
    assert_eq!(
        get(&quick, &server.url("/")),
        Err(FetchError::Timeout("127.0.0.1".to_owned()))
    );
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert_eq!(
        get(&web(), &format!("http://{closed}/")),
        Err(FetchError::Connect("127.0.0.1".to_owned()))
    );
    let garbled = Server::start(|_, stream| drop(stream.write_all(b"no http at all\r\n\r\n")));
    assert_eq!(
        get(&web(), &garbled.url("/")),
        Err(FetchError::Broken("127.0.0.1".to_owned()))
    );
}

#[test]
fn who_answers_drop_by_drop_is_left() {
    let server = Server::start(|path, stream| {
        let head = if path == "/head" {
            "HTTP/1.1 200 OK\r\nX-Slow: "
        } else {
            "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"
        };
        let _ = stream.write_all(head.as_bytes());
        // Never silent for long: only the time of the whole ends this.
        while stream.write_all(b"x").is_ok() {
            std::thread::sleep(Duration::from_millis(5));
        }
    });
    let web = Web::new(WebSettings {
        read_timeout: Duration::from_secs(5),
        total_timeout: Duration::from_millis(250),
        ..settings()
    })
    .unwrap();
    for path in ["/body", "/head"] {
        let began = Instant::now();
        let answer = run(web.get(&server.url(path), &Conditions::default(), FEED_LIMIT));
        assert_eq!(answer, Err(FetchError::Timeout("127.0.0.1".to_owned())), "{path}");
        assert!(
            began.elapsed() < Duration::from_secs(5),
            "{path}: {:?}",
            began.elapsed()
        );
    }
}

#[test]
fn a_flood_of_headers_is_broken_off() {
    let server = Server::start(|path, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n");
        let line = match path {
            // More of them than anybody needs, one longer than anybody reads, and one that never ends.
            "/many" => "X-Flood: again\r\n".repeat(100_000),
            "/long" => format!("X-Flood: {}\r\n", "x".repeat(4_000_000)),
            _ => "X-Flood: ".to_owned() + &"x".repeat(8_000_000),
        };
        let _ = stream.write_all(line.as_bytes());
        let _ = stream.write_all(b"\r\nok");
    });
    let web = web();
    for path in ["/many", "/long", "/endless"] {
        let answer = get(&web, &server.url(path));
        assert_eq!(answer, Err(FetchError::Broken("127.0.0.1".to_owned())), "{path}");
    }
}

#[test]
fn a_bomb_in_brotli_is_cut_off_as_well() {
    // A megabyte of zeros, by `brotli -q 11`.
    const BOMB: &[u8] = b"\x5b\x3f\x42\x8f\x7f\x02\x20\x1e\x0b\x04\xf2\x73\x1e\x00";
    let server = Server::start(|_, stream| reply(stream, "200 OK\r\nContent-Encoding: br", BOMB));
    let too_large = Err(FetchError::TooLarge {
        host: "127.0.0.1".to_owned(),
        bytes: 1000,
    });
    assert_eq!(get(&web(), &server.url("/")), too_large);
}

#[test]
fn an_address_with_credentials_is_refused_and_its_secret_named_nowhere() {
    let web = web();
    for address in [
        "http://mina:hunter2@news.example/feed",
        "https://hunter2@news.example/",
        "http://mina:hunter2@127.0.0.1/feed?key=hunter2",
    ] {
        let error = get(&web, address).unwrap_err();
        let refused = matches!(
            &error,
            FetchError::Refused {
                why: Refusal::Credentials,
                ..
            }
        );
        assert!(refused, "{error}");
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
    }
    // Nor is a query of one that cannot be reached.
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let error = get(&web, &format!("http://{closed}/feed?key=hunter2")).unwrap_err();
    assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
}

#[test]
fn one_host_is_asked_one_at_a_time_and_with_a_pause() {
    const PAUSE: Duration = Duration::from_millis(60);
    let server = Server::start(|_, stream| reply(stream, "200 OK", b"ok"));
    let web = Web::new(WebSettings {
        host_interval: PAUSE,
        ..settings()
    })
    .unwrap();
    let url = server.url("/");
    let started = Instant::now();
    run(async {
        let fetch = || async { web.get(&url, &Conditions::default(), FEED_LIMIT).await.unwrap() };
        tokio::join!(fetch(), fetch(), fetch());
    });
    assert!(started.elapsed() >= 2 * PAUSE, "{:?}", started.elapsed());
}

#[test]
fn a_token_goes_to_https_or_to_this_machine() {
    for (base, good) in [
        ("https://discord.com", true),
        ("http://127.0.0.1:4000", true),
        ("http://[::1]:4000/", true),
        ("http://localhost:4000", true),
        ("http://discord.com", false),
        ("http://127.0.0.1.example.com", false),
        ("https://user:pass@discord.com", false),
        ("ftp://127.0.0.1", false),
        ("", false),
    ] {
        assert_eq!(is_api_base(base), good, "{base}");
    }
}

#[test]
fn the_user_agent_is_a_header() {
    assert_eq!(
        user_agent("https://example.com/bot"),
        "Daesa/0.1 (+https://example.com/bot)"
    );
    assert_eq!(user_agent("a\r\nb: (c) 대사"), "Daesa/0.1 (+ab: c)");
    assert_eq!(user_agent(" "), "Daesa/0.1");
}

#[test]
fn discord_is_told_an_address_that_is_there() {
    let agent = |contact| api_agent(contact).replace(env!("CARGO_PKG_VERSION"), "V");
    assert_eq!(
        agent("https://example.com/bot"),
        "DiscordBot (https://example.com/bot, V)"
    );
    assert_eq!(agent("mina@example.com"), "DiscordBot (mailto:mina@example.com, V)");
    assert_eq!(agent("a)\r\nb"), "DiscordBot (ab, V)");
    assert_eq!(agent(""), "DiscordBot (https://github.com/serenity-rs/serenity, V)");
}
