//! How fast feeds are parsed, and how little a hostile one can do: time and memory of each.
//!
//! `cargo bench --bench feeds [-- FILE…]`: a feed of a megabyte as WordPress writes it, or the files that are named;
//! then inputs made to crash, hang or swell a reader. The peak of memory is the process's own less what the input
//! itself takes, reset before each (Linux). Fails when one takes more than ten seconds or more than 64 MB.

#[allow(dead_code, reason = "other benchmarks ask it as well")]
#[path = "machine.rs"]
mod machine;

use daesa::feed;
use std::{fmt::Write, fs, time::Instant};

/// What a hostile feed may take at most, in bytes.
const MEMORY: u64 = 64 * 1024 * 1024;
/// … and how long, in seconds: all are read in one pass, on a busy machine as well.
const LONGEST: f64 = 10.0;
const ROUNDS: u32 = 200;

fn main() {
    let files: Vec<String> = std::env::args()
        .skip(1)
        .filter(|name| !name.starts_with("--"))
        .collect();
    println!("| feed | bytes | best | MB/s | entries |\n|---|---|---|---|---|");
    if files.is_empty() {
        speed("WordPress, a hundred stories", word_press(100).as_bytes());
    }
    for file in files {
        match fs::read(&file) {
            Ok(bytes) => speed(&file, &bytes),
            Err(error) => println!("| {file}: {error} | | | | |"),
        }
    }
    println!("\n| hostile feed | bytes | time | memory | came to |\n|---|---|---|---|---|");
    let bad = hostile()
        .into_iter()
        .filter(|(name, bytes)| !endures(name, bytes))
        .count();
    assert_eq!(bad, 0, "hostile feeds that took too much");
}

#[allow(clippy::cast_precision_loss)] // figures for people
fn speed(name: &str, bytes: &[u8]) {
    let mut best = f64::MAX;
    let mut entries = 0;
    for _ in 0..ROUNDS {
        let began = Instant::now();
        let parsed = feed::parse(std::hint::black_box(bytes), None, Some("https://news.test/feed"));
        best = best.min(began.elapsed().as_secs_f64());
        entries = parsed.map_or(0, |(feed, _)| feed.entries.len());
    }
    let rate = bytes.len() as f64 / 1e6 / best;
    println!(
        "| {name} | {} | {:.2} ms | {rate:.0} | {entries} |",
        bytes.len(),
        best * 1e3
    );
}

fn word_press(stories: usize) -> String {
    let mut feed = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"\n\
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:media=\"http://search.yahoo.com/mrss/\">\n<channel>\n\t<title>News</title>\n\
         <link>https://news.test</link>\n<sy:updatePeriod>\n\thourly\t</sy:updatePeriod>\n",
    );
    let words = [
        "tide",
        "clinic",
        "&#8220;wait&#8221;",
        "nurse",
        "harbour",
        "It&#8217;s",
        "episode",
        "again",
    ];
    for n in 0..stories {
        let mut body = String::new();
        for paragraph in 0..22 {
            let text: Vec<&str> = (0..60)
                .map(|at| words[(n * 7 + paragraph * 3 + at * at) % words.len()])
                .collect();
            let _ = writeln!(
                body,
                "<p>{} <a href=\"https://news.test/tag/?a=1&amp;b=2\">link</a></p>",
                text.join(" ")
            );
        }
        let _ = write!(
            feed,
            "<item>\n\t\t<title>Ryu Da On &#038; Mo Hae Rin Share Story {n}</title>\n\t\t<link>https://news.test/{n}</link>\n\
             <dc:creator><![CDATA[N. Writer]]></dc:creator>\n<pubDate>Wed, 27 Oct 2021 01:{:02}:09 +0000</pubDate>\n\
             <category><![CDATA[TV/Film]]></category>\n<guid isPermaLink=\"false\">https://news.test/?p={n}</guid>\n\
             <description><![CDATA[<p>Short [&#8230;]</p>]]></description>\n\
             <content:encoded><![CDATA[{body}<p><img src=\"https://news.test/{n}.jpg\" width=\"800\" height=\"533\" /></p>]]></content:encoded>\n\
             <media:content url=\"https://news.test/{n}.jpg\" medium=\"image\" />\n</item>\n",
            n % 60
        );
    }
    feed + "</channel></rss>\n"
}

fn hostile() -> Vec<(&'static str, Vec<u8>)> {
    const MANY: usize = 1_000_000;
    let item = |inside: String| format!("<rss><channel><item>{inside}</item></channel></rss>").into_bytes();
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let noise = (0..4 * MANY).map(|_| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random.to_le_bytes()[0]
    });
    vec![
        ("nested groups", item("<media:group>".repeat(MANY))),
        (
            "nested markup in a text",
            item(format!("<description>{}", "<div>".repeat(MANY))),
        ),
        (
            "nested escaped markup",
            item(format!("<description>{}", "&lt;div&gt;".repeat(MANY / 4))),
        ),
        ("an entity bomb", bomb()),
        ("a short entity a million times", item_with_entity(MANY)),
        (
            "a title of 50 MB",
            item(format!("<title>{}</title>", "x".repeat(50 * MANY))),
        ),
        (
            "titles of a megabyte",
            item(format!("<title>{}</title>", "&#38;".repeat(MANY / 5)).repeat(10)),
        ),
        (
            "a million entries",
            format!("<rss><channel>{}", "<item><title>a</title></item>".repeat(MANY)).into_bytes(),
        ),
        (
            "a million entries that stay open",
            format!("<rss><channel>{}", "<item><title>a".repeat(MANY)).into_bytes(),
        ),
        (
            "a million attributes",
            item(format!("<link {}/>", "a='b' ".repeat(MANY))),
        ),
        ("a million bases", item("<a xml:base='x/'>".repeat(MANY / 2))),
        ("a million categories", item("<category>a</category>".repeat(MANY / 2))),
        (
            "a million namespaces",
            format!(
                "<rss {}>",
                (0..MANY / 4).map(|n| format!("xmlns:a{n}='b' ")).collect::<String>()
            )
            .into_bytes(),
        ),
        ("quotes that stay open", item("<a href=\"".repeat(MANY))),
        ("sections that stay open", item("<![CDATA[".repeat(MANY))),
        ("comments that stay open", item("<!--".repeat(MANY))),
        ("brackets", "<".repeat(10 * MANY).into_bytes()),
        ("ampersands", item(format!("<title>{}</title>", "&".repeat(10 * MANY)))),
        (
            "relative links",
            item(format!("<description>{}</description>", "&lt;a href='x'&gt;".repeat(MANY / 20)).repeat(10)),
        ),
        (
            "500 texts of a megabyte",
            format!(
                "<rss><channel>{}",
                format!("<item><description>{}</description></item>", "x".repeat(MANY)).repeat(15)
            )
            .into_bytes(),
        ),
        (
            "sections that stay open over ends",
            item("<![CDATA[</item>".repeat(MANY / 4)),
        ),
        ("declarations that stay open", item("<!DOCTYPE [>".repeat(MANY / 4))),
        (
            "short links under a long base",
            item(format!(
                "<description xml:base='https://news.test/{}/'><![CDATA[{}]]></description>",
                "x".repeat(100_000),
                "<a href='b'>x</a>".repeat(MANY / 20)
            )),
        ),
        (
            "JSON of nothing but values",
            format!("{{\"items\":[{}0]}}", "0,".repeat(4 * MANY)).into_bytes(),
        ),
        ("nested JSON", "[".repeat(MANY).into_bytes()),
        ("random bytes", noise.collect()),
        ("nothing but zeros", vec![0; 10 * MANY]),
    ]
}

fn bomb() -> Vec<u8> {
    let mut doctype = String::from("<!DOCTYPE rss [<!ENTITY a0 \"aaaaaaaaaa\">");
    for level in 1..12 {
        let _ = write!(
            doctype,
            "<!ENTITY a{level} \"{}\">",
            format!("&a{};", level - 1).repeat(10)
        );
    }
    format!("{doctype}]><rss><channel><item><title>&a11;</title></item></channel></rss>").into_bytes()
}

fn item_with_entity(times: usize) -> Vec<u8> {
    let value = "a".repeat(250);
    let text = "&a;".repeat(times);
    format!("<!DOCTYPE rss [<!ENTITY a \"{value}\">]><rss><channel><item><description>{text}</description></item></channel></rss>").into_bytes()
}

#[allow(clippy::cast_precision_loss)] // figures for people
fn endures(name: &str, bytes: &[u8]) -> bool {
    // 5: the peak starts anew from here.
    let _ = fs::write("/proc/self/clear_refs", "5");
    let before = machine::memory("self", "VmRSS:");
    let began = Instant::now();
    let parsed = feed::parse(bytes, None, Some("https://news.test/feed"));
    let took = began.elapsed().as_secs_f64();
    let memory = machine::memory("self", "VmHWM:").saturating_sub(before);
    let came = match parsed {
        Ok((feed, problems)) => format!("{} entries, {} problems", feed.entries.len(), problems.len()),
        Err(error) => error.to_string().chars().take(60).collect(),
    };
    println!(
        "| {name} | {} | {:.0} ms | {:.1} MB | {came} |",
        bytes.len(),
        took * 1e3,
        memory as f64 / 1e6
    );
    took < LONGEST && memory <= MEMORY
}
