//! Whole feeds: vocabularies, limits, damage, identity.

use super::*;
use proptest::prelude::*;

#[test]
fn vocabularies_by_any_prefix() {
    let xml = "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' xmlns:d='http://purl.org/dc/elements/1.1/' \
               xmlns:c='http://purl.org/rss/1.0/modules/content/' xmlns:m='http://search.yahoo.com/mrss/'>\
               <channel r:about='x'><title>News</title><link>https://a.test</link><items><r:Seq><r:li resource='1'/></r:Seq></items></channel>\
               <image><title>No</title><link>https://no.test</link></image>\
               <item rdf:about='https://a.test/1'><title>One</title><link>https://a.test/1</link><d:creator>Noh</d:creator>\
               <d:date>2026-01-02</d:date><c:encoded>text</c:encoded><m:content url='https://a.test/1.jpg'/></item></r:RDF>";
    let (feed, problems) = read(xml);
    assert_eq!(
        (feed.title.as_deref(), feed.link.as_deref()),
        (Some("News"), Some("https://a.test"))
    );
    let entry = &feed.entries[0];
    assert_eq!(
        (
            entry.title.as_deref(),
            entry.author.as_deref(),
            entry.content.as_deref()
        ),
        (Some("One"), Some("Noh"), Some("text"))
    );
    assert_eq!(
        (entry.id.as_deref(), entry.image.as_deref()),
        (Some("https://a.test/1"), Some("https://a.test/1.jpg"))
    );
    assert!(problems.is_empty(), "{problems:?}");
    let prefixed = "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:title>N</a:title><a:entry><a:title>One</a:title></a:entry></a:feed>";
    assert_eq!(read(prefixed).0.entries[0].title.as_deref(), Some("One"));
}

#[test]
fn what_is_told_of_a_feed_commands_no_terminal() {
    let xml = "<rss><channel><title>A&#27;[31mB</title><item><title>One &#27;]0;x&#7; two</title>\
               <link>https://a.test/&#27;[2J</link><pubDate>yes &#27;[1m 99</pubDate></item></channel></rss>";
    let (feed, problems) = read(xml);
    let entry = &feed.entries[0];
    let told = [feed.title.as_deref(), entry.title.as_deref(), entry.link.as_deref()];
    let told = told
        .into_iter()
        .flatten()
        .map(str::to_owned)
        .chain(problems.iter().map(ToString::to_string));
    let told: Vec<String> = told.collect();
    assert_eq!((told.len(), problems.len()), (4, 1), "{told:?}");
    assert!(told.iter().all(|text| !text.contains(char::is_control)), "{told:?}");
}

#[test]
fn how_often_to_look() {
    for (channel, interval) in [
        ("<ttl>60</ttl>", Some(3600)),
        (
            "<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>",
            Some(1800),
        ),
        ("<sy:updatePeriod>daily</sy:updatePeriod><ttl>5</ttl>", Some(86_400)),
        ("<ttl>often</ttl><sy:updatePeriod>now</sy:updatePeriod>", None),
        ("<ttl>0</ttl>", None),
        ("<ttl>99999999999999999999</ttl>", None),
    ] {
        assert_eq!(
            read(&format!("<rss><channel>{channel}</channel></rss>")).0.interval,
            interval,
            "{channel}"
        );
    }
}

#[test]
fn json_feed() {
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"News","home_page_url":"https://a.test/","items":[
        {"id":1,"url":"/1","title":"It’s R&B","content_html":"<p><img src='/i.jpg'>a</p>","summary":"s < t","date_published":"2026-01-02T03:04:05Z",
         "authors":[{"name":"Noh"}],"tags":["a","b"],"attachments":[{"url":"/a.mp3","mime_type":"audio/mpeg","size_in_bytes":5}]},
        {"id":"https://a.test/2","content_text":"1 < 2","author":{"name":"Old"},"image":"https://a.test/2.jpg"}, {}, "no item"]}"#;
    let (feed, problems) = parse(json.as_bytes(), Some("application/feed+json"), Some(BASE)).unwrap();
    assert_eq!(
        (feed.title.as_deref(), feed.link.as_deref(), feed.entries.len()),
        (Some("News"), Some("https://a.test/"), 4)
    );
    let first = &feed.entries[0];
    assert_eq!(
        (first.id.as_deref(), first.link.as_deref(), first.title.as_deref()),
        (Some("1"), Some("https://news.test/1"), Some("It’s R&B"))
    );
    assert_eq!(
        (first.summary.as_deref(), first.author.as_deref(), first.tags.len()),
        (Some("s &lt; t"), Some("Noh"), 2)
    );
    assert_eq!(
        (first.image.as_deref(), first.enclosures[0].length, first.published),
        (Some("https://news.test/i.jpg"), Some(5), at("2026-01-02T03:04:05Z"))
    );
    let second = &feed.entries[1];
    assert_eq!(
        (
            second.link.as_deref(),
            second.content.as_deref(),
            second.author.as_deref()
        ),
        (Some("https://a.test/2"), Some("1 &lt; 2"), Some("Old"))
    );
    assert_eq!(problems.len(), 2);
    assert_eq!(parse(b"{\"items\":[", None, None), Err(NotAFeed::BrokenJson));
    assert!(matches!(parse(b"{\"a\":1}", None, None), Err(NotAFeed::Other(_))));
}

#[test]
fn broken_feeds_give_what_is_whole() {
    let item = |n: u32| {
        format!(
            "<item><title>Story {n}</title><link>https://a.test/{n}</link><description><![CDATA[<p>Text {n}</p>]]></description></item>"
        )
    };
    let feed = format!(
        "<?xml version='1.0'?><rss><channel><title>News</title>{}{}{}</channel></rss>",
        item(1),
        item(2),
        item(3)
    );
    let third = feed.find("Story 3").unwrap();
    for end in [third, third + 20, third + 60, third + 85] {
        let (found, problems) = read(&feed[..end]);
        assert_eq!(found.entries.len(), 2, "{}", &feed[third..end]);
        assert!(!problems.is_empty());
    }
    for (what, feed) in [
        ("text before the start", format!("Warning: mysql in line 3\n{feed}")),
        ("a byte order mark", format!("\u{feff}\n{feed}")),
        (
            "a DOCTYPE with entities",
            format!("<!DOCTYPE rss [<!ENTITY a \"b\"> <!ENTITY c \"&a;&a;\">]>{feed}"),
        ),
        ("control characters", feed.replace("Story", "St\u{0}o\u{b}ry")),
        (
            "missing end tags",
            feed.replace("</title><link>", "<link>").replace("</item>", ""),
        ),
        ("end tags too many", feed.replace("</item>", "</b></item></p>")),
        (
            "an attribute without quotes",
            feed.replace("<item>", "<item id=1 x='<'>"),
        ),
        ("comments", feed.replace("<item>", "<!-- <item> --><item>")),
        ("processing", feed.replace("<item>", "<?php echo '<b>' ?><item>")),
    ] {
        let (found, _) = read(&feed);
        let titles: Vec<_> = found
            .entries
            .iter()
            .filter_map(|entry| entry.title.as_deref())
            .collect();
        assert_eq!(titles, ["Story 1", "Story 2", "Story 3"], "{what}");
    }
}

#[test]
fn encodings() {
    let feed =
        "<?xml version=\"1.0\" encoding=\"euc-kr\"?><rss><channel><item><title>대사</title></item></channel></rss>";
    let (bytes, _, _) = encoding_rs::EUC_KR.encode(feed);
    let utf16: Vec<u8> = feed.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (bytes, header) in [
        (bytes.as_ref(), None),
        (bytes.as_ref(), Some("text/xml; charset=euc-kr")),
        (utf16.as_slice(), None),
        (feed.as_bytes(), Some("text/xml; charset=utf-8")),
    ] {
        assert_eq!(
            parse(bytes, header, None).unwrap().0.entries[0].title.as_deref(),
            Some("대사"),
            "{header:?}"
        );
    }
}

#[test]
fn what_is_no_feed_says_so() {
    for (given, expected) in [
        ("", NotAFeed::Empty),
        (" \n", NotAFeed::Empty),
        ("<!DOCTYPE html><html><body><p>x</p></body></html>", NotAFeed::Page),
        ("just words", NotAFeed::Text),
        ("<opml><body/></opml>", NotAFeed::Other("opml".to_owned())),
    ] {
        assert_eq!(parse(given.as_bytes(), None, None), Err(expected), "{given}");
    }
}

#[test]
fn limits_hold() {
    let many = format!("<rss><channel>{}", "<item><title>x</title></item>".repeat(2_000));
    let (feed, problems) = read(&many);
    assert_eq!((feed.entries.len(), problems.len() > ENTRIES), (ENTRIES, true));
    let long = rss(&format!(
        "<title>{}</title><description>{}</description>",
        "x".repeat(3_000_000),
        "y".repeat(3_000_000)
    ));
    assert!(
        long.title.is_some_and(|title| title.len() <= 4096)
            && long.summary.is_some_and(|text| text.len() <= value::FIELD)
    );
    let deep = format!(
        "<rss><channel><item>{}<title>x</title>",
        "<media:group>".repeat(200_000)
    );
    assert!(read(&deep).0.entries.is_empty());
    let bomb = "<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><rss><channel><item><title>&b;</title></item></channel></rss>";
    assert_eq!(read(bomb).0.entries[0].title.as_deref(), Some("&b;"));
}

/// Read anew for each of them, these would take an hour.
#[test]
fn what_never_ends_is_looked_for_once() {
    for part in ["<![CDATA[</item>", "<!DOCTYPE [>", "<!--><", "<![CDATA[x</p>"] {
        let endless = format!("<rss><channel><title>x</title>{}", part.repeat(4_000_000 / part.len()));
        assert_eq!(read(&endless).0.title.as_deref(), Some("x"), "{part}");
    }
}

#[test]
fn short_addresses_and_long_bases_make_no_large_text() {
    let links = "<a href=\"b\">x</a>".repeat(50_000);
    for base in [3_000, 100_000] {
        let base = format!("https://a.test/{}/", "x".repeat(base));
        let entry = rss(&format!(
            "<title>x</title><description xml:base=\"{base}\"><![CDATA[{links}]]></description>"
        ));
        let length = entry.summary.expect("a summary").len();
        assert!((links.len()..links.len() + 300_000).contains(&length), "{length}");
    }
}

#[test]
fn json_with_a_value_for_every_other_byte_is_no_feed() {
    let many = |count: usize| {
        format!(
            "{{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{}0]}}",
            "0,".repeat(count)
        )
    };
    assert_eq!(parse(many(300_000).as_bytes(), None, None), Err(NotAFeed::TooMuch));
    assert_eq!(read(&many(600)).0.entries.len(), ENTRIES);
    // Commas, brackets and quotation marks of a text are none.
    let text = r#"a, [b], {c}, \"d\", \\ "#.repeat(60_000);
    let told = format!("{{\"items\":[{{\"id\":\"1\",\"content_text\":\"{text}\"}}]}}");
    assert!(read(&told).0.entries[0].content.is_some());
}

#[test]
fn the_same_story_stays_the_same() {
    let entry = |id: Option<&str>, link: Option<&str>, title: &str| Entry {
        id: id.map(str::to_owned),
        link: link.map(str::to_owned),
        title: Some(title.to_owned()),
        summary: Some("<p>Text</p>".to_owned()),
        ..Entry::default()
    };
    assert_eq!(
        identity(&entry(Some("g"), Some("https://a.test/1"), "A")),
        identity(&entry(Some(" g "), None, "B"))
    );
    assert_eq!(
        identity(&entry(None, Some("https://A.test/1?utm_source=rss#c"), "A")),
        identity(&entry(None, Some("https://a.test/1"), "B"))
    );
    assert_ne!(identity(&entry(None, None, "A")), identity(&entry(None, None, "B")));
    assert_eq!(
        fingerprint(&entry(None, None, "A  b")),
        fingerprint(&Entry {
            summary: Some("<div>Text </div>".to_owned()),
            ..entry(Some("x"), None, "A b")
        })
    );
    assert_ne!(
        fingerprint(&entry(None, None, "A")),
        fingerprint(&entry(None, None, "A!"))
    );
    // Whose headline and text are on their pages only.
    let bare = |link: &str| Entry {
        link: Some(link.to_owned()),
        ..Entry::default()
    };
    assert_ne!(
        fingerprint(&bare("https://a.test/1")),
        fingerprint(&bare("https://a.test/2"))
    );
    let twice = vec![
        entry(Some("g"), Some("https://a.test/1"), "A"),
        entry(Some("g"), Some("https://a.test/2"), "B"),
        entry(Some("g"), Some("https://a.test/2"), "B"),
    ];
    let keys: Vec<_> = identified(twice).into_iter().map(|(key, _)| key).collect();
    assert_eq!(keys, ["id:g https://a.test/1", "id:g https://a.test/2"]);
    assert!(identity(&entry(Some(&"g".repeat(5_000)), None, "A")).len() < 100);
}

#[test]
fn links_are_canonical() {
    for (given, expected) in [
        (
            "https://A.Test:443/x?utm_source=a&id=1&utm_medium=b#top",
            "https://a.test/x?id=1",
        ),
        ("https://a.test/x?fbclid=1&gclid=2", "https://a.test/x"),
        ("https://a.test/x?ref=rss", "https://a.test/x"),
        ("https://a.test/x?ref=2", "https://a.test/x?ref=2"),
        ("https://a.test/#!/x", "https://a.test/#!/x"),
        (" https://a.test ", "https://a.test/"),
        ("tag:a.test,2026:1", "tag:a.test,2026:1"),
        ("no link", "no link"),
    ] {
        assert_eq!(canonical_link(given), expected, "{given}");
        assert_eq!(canonical_link(expected), expected);
    }
}

proptest! {
    #[test]
    fn no_markup_panics(xml in "(<(rss|channel|item|/item|title|/title|link|/link|entry|feed|author|name|category|description|!\\[CDATA\\[|!DOCTYPE|!--|\\?xml)[ a='\"/]{0,4}>?|\\]\\]>|&(amp|#8217|#x|lt);?|[ -~]|대사|https://a.test/|\n){0,50}") {
        if let Ok((feed, _)) = parse(xml.as_bytes(), None, Some(BASE)) {
            for (key, entry) in identified(feed.entries) {
                prop_assert!(!key.is_empty());
                prop_assert!(entry.link.is_none_or(|link| link.starts_with("http")));
                prop_assert!(entry.title.is_none_or(|title| !title.is_empty()));
            }
        }
    }

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = parse(&bytes, Some("text/xml"), None);
    }

    #[test]
    fn a_feed_may_end_anywhere(at in 0_usize..400) {
        let feed = "<rss><channel><title>대사</title><item><title>A “b”</title><link>https://a.test</link><description><![CDATA[<p>c</p>]]></description></item><item><title>D</title></item></channel></rss>";
        let bytes = &feed.as_bytes()[..at.min(feed.len())];
        let _ = parse(bytes, None, None);
    }
}
