//! One field at a time.

use super::*;

#[test]
fn titles() {
    for (given, expected) in [
        ("Plain", Some("Plain")),
        ("<![CDATA[In CDATA]]>", Some("In CDATA")),
        ("One <![CDATA[and]]> two", Some("One and two")),
        ("It&#8217;s &ldquo;it&rdquo;", Some("It’s “it”")),
        ("It&amp;#8217;s twice", Some("It’s twice")),
        ("It&amp;amp;#8217;s thrice", Some("It’s thrice")),
        ("<![CDATA[It&#8217;s in CDATA]]>", Some("It’s in CDATA")),
        ("R&amp;B", Some("R&B")),
        ("R&B and AT&T", Some("R&B and AT&T")),
        ("R&amp;amp;B", Some("R&B")),
        ("caf&eacute; &nbsp; bar", Some("café bar")),
        ("windows &#146;quotes&#148;", Some("windows ’quotes”")),
        ("A &lt;b&gt;bold&lt;/b&gt; word", Some("A bold word")),
        ("<![CDATA[A <em>bold</em> word]]>", Some("A bold word")),
        ("1 &lt; 2", Some("1 < 2")),
        ("I &lt;3 you", Some("I <3 you")),
        ("  line\n  break ", Some("line break")),
        ("An <b>open</b> tag", Some("An open tag")),
        ("대사", Some("대사")),
        ("", None),
        ("   ", None),
        ("<![CDATA[]]>", None),
    ] {
        assert_eq!(
            rss(&format!("<title>{given}</title><link>https://a.test/1</link>"))
                .title
                .as_deref(),
            expected,
            "{given}"
        );
    }
    for (attributes, given, expected) in [
        ("", "A &lt;title&gt;", "A <title>"),
        (" type='text'", "R&amp;B", "R&B"),
        (" type='html'", "A &lt;em&gt;b&lt;/em&gt; &amp;amp; c", "A b & c"),
        (
            " type='xhtml'",
            "<div xmlns='http://www.w3.org/1999/xhtml'>A <em>b</em> &amp; c</div>",
            "A b & c",
        ),
        (" mode='escaped' type='text/html'", "A &lt;i&gt;b&lt;/i&gt;", "A b"),
        (" mode='base64'", "SGlzdG9yeQ==", "History"),
    ] {
        assert_eq!(
            atom(&format!("<title{attributes}>{given}</title>")).title.as_deref(),
            Some(expected),
            "{given}"
        );
    }
    assert_eq!(
        rss("<media:title>No</media:title><title>Yes</title><itunes:title>No</itunes:title>")
            .title
            .as_deref(),
        Some("Yes")
    );
}

#[test]
fn links_and_ids() {
    for (item, link, id) in [
        ("<link>https://a.test/1</link>", Some("https://a.test/1"), None),
        (
            "<link> https://a.test/1?a=1&amp;b=2 </link>",
            Some("https://a.test/1?a=1&b=2"),
            None,
        ),
        (
            "<link>https://a.test/1?a=1&b=2</link>",
            Some("https://a.test/1?a=1&b=2"),
            None,
        ),
        (
            "<link><![CDATA[https://a.test/1]]></link>",
            Some("https://a.test/1"),
            None,
        ),
        ("<link>/1</link>", Some("https://news.test/1"), None),
        ("<link>1.html</link>", Some("https://news.test/feeds/1.html"), None),
        (
            "<link xml:base='https://b.test/x/'>1</link>",
            Some("https://b.test/x/1"),
            None,
        ),
        ("<link>//c.test/1</link>", Some("https://c.test/1"), None),
        (
            "<guid>https://a.test/1</guid>",
            Some("https://a.test/1"),
            Some("https://a.test/1"),
        ),
        (
            "<guid isPermaLink='true'>https://a.test/1</guid>",
            Some("https://a.test/1"),
            Some("https://a.test/1"),
        ),
        (
            "<guid isPermaLink='false'>https://a.test/?p=1</guid>",
            None,
            Some("https://a.test/?p=1"),
        ),
        ("<guid>abc</guid>", None, Some("abc")),
        (
            "<guid>https://a.test/g</guid><link>https://a.test/l</link>",
            Some("https://a.test/l"),
            Some("https://a.test/g"),
        ),
        ("<atom:link href='https://a.test/1'/>", Some("https://a.test/1"), None),
        (
            "<atom:link rel='self' href='https://a.test/self'/><link>https://a.test/1</link>",
            Some("https://a.test/1"),
            None,
        ),
        ("<link>javascript:alert(1)</link>", None, None),
        ("<link>mailto:a@b.test</link>", None, None),
        (
            "<source url='https://x.test'><link>https://x.test</link></source><link>https://a.test/1</link>",
            Some("https://a.test/1"),
            None,
        ),
    ] {
        let entry = rss(&format!("<title>t</title>{item}"));
        assert_eq!((entry.link.as_deref(), entry.id.as_deref()), (link, id), "{item}");
    }
    for (item, link) in [
        ("<link href='https://a.test/1'/>", Some("https://a.test/1")),
        (
            "<link rel='alternate' type='text/html' href='/1'/>",
            Some("https://news.test/1"),
        ),
        (
            "<link rel='self' href='https://a.test/s'/><link rel='alternate' href='https://a.test/1'/>",
            Some("https://a.test/1"),
        ),
        (
            "<link rel='alternate' type='application/json' href='https://a.test/j'/><link href='https://a.test/1'/>",
            Some("https://a.test/1"),
        ),
        ("<link rel='related' href='https://a.test/r'/>", None),
        ("<id>https://a.test/id</id>", Some("https://a.test/id")),
        (
            "<id>tag:a.test,2026:1</id><link href='https://a.test/1'/>",
            Some("https://a.test/1"),
        ),
        (
            "<source><id>x</id><link href='https://x.test'/></source><link href='https://a.test/1'/>",
            Some("https://a.test/1"),
        ),
    ] {
        assert_eq!(atom(item).link.as_deref(), link, "{item}");
    }
    let nested = "<feed xml:base='https://b.test/'><entry xml:base='c/'><link href='d'/></entry><entry><link href='e'/></entry></feed>";
    let links: Vec<_> = read(nested)
        .0
        .entries
        .into_iter()
        .filter_map(|entry| entry.link)
        .collect();
    assert_eq!(links, ["https://b.test/c/d", "https://b.test/e"]);
}

#[test]
fn dates() {
    for (item, published, updated) in [
        (
            "<pubDate>Wed, 27 Oct 2021 01:12:09 +0000</pubDate>",
            at("2021-10-27T01:12:09Z"),
            None,
        ),
        (
            "<pubDate>Wed, 27 Oct 2021 10:12:09 KST</pubDate>",
            at("2021-10-27T01:12:09Z"),
            None,
        ),
        (
            "<pubDate>2004-07-08 23:56:58</pubDate>",
            at("2004-07-08T23:56:58Z"),
            None,
        ),
        (
            "<dc:date>2021-10-27T10:12:09+09:00</dc:date>",
            at("2021-10-27T01:12:09Z"),
            at("2021-10-27T01:12:09Z"),
        ),
        (
            "<pubDate>Wed, 27 Oct 2021</pubDate><dc:date>2021-10-26</dc:date>",
            at("2021-10-26T00:00:00Z"),
            at("2021-10-26T00:00:00Z"),
        ),
        (
            "<pubDate>Wed, 27 Oct 2021</pubDate><dc:date>soon</dc:date>",
            at("2021-10-27T00:00:00Z"),
            None,
        ),
        (
            "<pubDate>2021년 10월 27일 오전 10:12:09</pubDate>",
            at("2021-10-27T01:12:09Z"),
            None,
        ),
        ("<pubDate>the day before</pubDate>", None, None),
        (
            "<atom:updated>2021-10-27T01:12:09Z</atom:updated>",
            None,
            at("2021-10-27T01:12:09Z"),
        ),
        (
            "<published>2021-10-27T01:12:09Z</published><updated>2021-10-28T01:12:09Z</updated>",
            at("2021-10-27T01:12:09Z"),
            at("2021-10-28T01:12:09Z"),
        ),
        (
            "<issued>2021-10-27</issued><modified>2021-10-28</modified>",
            at("2021-10-27T00:00:00Z"),
            at("2021-10-28T00:00:00Z"),
        ),
        ("", None, None),
    ] {
        let entry = rss(&format!("<title>t</title>{item}"));
        assert_eq!((entry.published, entry.updated), (published, updated), "{item}");
    }
}

#[test]
fn texts() {
    for (item, summary, content) in [
        (
            "<description>&lt;p&gt;a&lt;/p&gt;</description>",
            Some("<p>a</p>"),
            None,
        ),
        (
            "<description><![CDATA[<p>a &amp; b</p>]]></description>",
            Some("<p>a &amp; b</p>"),
            None,
        ),
        (
            "<description>a</description><content:encoded><![CDATA[<p>b</p>]]></content:encoded>",
            Some("a"),
            Some("<p>b</p>"),
        ),
        (
            "<content:encoded>b</content:encoded><description>a</description>",
            Some("a"),
            Some("b"),
        ),
        (
            "<description><p>open <b>markup</b></p></description>",
            Some("<p>open <b>markup</b></p>"),
            None,
        ),
        ("<description>one<br>two</description>", Some("one<br>two"), None),
        ("<description></description>", None, None),
        ("<media:description>m</media:description>", Some("m"), None),
        (
            "<description>a</description><media:description>m</media:description>",
            Some("a"),
            None,
        ),
        (
            "<description>a</description><description>longer</description>",
            Some("a"),
            Some("longer"),
        ),
        ("<xhtml:body><p>x</p></xhtml:body>", None, Some("<p>x</p>")),
    ] {
        let entry = rss(&format!("<title>t</title>{item}"));
        assert_eq!(
            (entry.summary.as_deref(), entry.content.as_deref()),
            (summary, content),
            "{item}"
        );
    }
    for (item, summary, content) in [
        ("<summary>a &lt; b</summary>", Some("a &lt; b"), None),
        (
            "<summary type='html'>&lt;i&gt;a&lt;/i&gt;</summary>",
            Some("<i>a</i>"),
            None,
        ),
        (
            "<content type='html'>&lt;p&gt;a&lt;/p&gt;</content>",
            None,
            Some("<p>a</p>"),
        ),
        (
            "<content type='xhtml'><div><p>a &amp; b</p></div></content>",
            None,
            Some("<p>a &amp; b</p>"),
        ),
        (
            "<content type='text/html' mode='base64'>PHA+YTwvcD4=</content>",
            None,
            Some("<p>a</p>"),
        ),
        ("<content src='https://a.test/1'/>", None, None),
    ] {
        let entry = atom(item);
        assert_eq!(
            (entry.summary.as_deref(), entry.content.as_deref()),
            (summary, content),
            "{item}"
        );
    }
}

#[test]
fn people_and_tags() {
    for (item, author) in [
        ("<author>me@a.test (Noh Writer)</author>", Some("Noh Writer")),
        ("<author>Noh Writer &lt;me@a.test&gt;</author>", Some("Noh Writer")),
        ("<dc:creator><![CDATA[Noh Writer]]></dc:creator>", Some("Noh Writer")),
        (
            "<author><name>Noh Writer</name><email>me@a.test</email></author>",
            Some("Noh Writer"),
        ),
        ("<author><email>me@a.test</email></author>", Some("me@a.test")),
        ("<author>me@a.test</author>", Some("me@a.test")),
        ("<contributor><name>Somebody Else</name></contributor>", None),
    ] {
        assert_eq!(
            rss(&format!("<title>t</title>{item}")).author.as_deref(),
            author,
            "{item}"
        );
    }
    let entry = rss(
        "<category>A</category><category><![CDATA[B &amp; C]]></category><category>D &amp;amp; E</category><dc:subject>F</dc:subject><category>A</category><category/>",
    );
    assert_eq!(entry.tags, ["A", "B & C", "D & E", "F"]);
    assert_eq!(
        atom("<category term='A' label='Aa'/><category term='B'/>").tags,
        ["A", "B"]
    );
}

#[test]
fn pictures_and_files() {
    for (item, image) in [
        (
            "<media:content url='https://a.test/1.jpg' medium='image'/>",
            Some("https://a.test/1.jpg"),
        ),
        (
            "<media:content url='https://a.test/1.mp4' medium='video'><media:thumbnail url='/t.jpg'/></media:content>",
            Some("https://news.test/t.jpg"),
        ),
        (
            "<media:group><media:content url='https://a.test/1' type='image/png'/></media:group>",
            Some("https://a.test/1"),
        ),
        (
            "<media:content url='https://2.gravatar.com/avatar/x' medium='image'/><media:content url='/b.png'/>",
            Some("https://news.test/b.png"),
        ),
        (
            "<media:thumbnail url='/t.jpg'/><enclosure url='/e.jpg' type='image/jpeg'/>",
            Some("https://news.test/t.jpg"),
        ),
        (
            "<enclosure url='/e.jpg' type='image/jpeg'/>",
            Some("https://news.test/e.jpg"),
        ),
        ("<enclosure url='/e.mp3' type='audio/mpeg'/>", None),
        (
            "<description>&lt;img width=1 src=/p.gif&gt;&lt;img src=&quot;/d.jpg&quot;&gt;</description>",
            Some("https://news.test/d.jpg"),
        ),
        (
            "<content:encoded><![CDATA[<figure><img data-src='https://a.test/c.jpg' src='data:x'></figure>]]></content:encoded>",
            Some("https://a.test/c.jpg"),
        ),
        (
            "<itunes:image href='https://a.test/i.jpg'/>",
            Some("https://a.test/i.jpg"),
        ),
        ("", None),
    ] {
        assert_eq!(
            rss(&format!("<title>t</title>{item}")).image.as_deref(),
            image,
            "{item}"
        );
    }
    let entry = rss(
        "<enclosure url='/a.mp3' type='audio/mpeg' length='12'/><enclosure url='' /><enclosure url='/b' length='many'/>",
    );
    let files: Vec<_> = entry
        .enclosures
        .iter()
        .map(|file| (file.url.as_str(), file.kind.as_deref(), file.length))
        .collect();
    assert_eq!(
        files,
        [
            ("https://news.test/a.mp3", Some("audio/mpeg"), Some(12)),
            ("https://news.test/b", None, None)
        ]
    );
    assert_eq!(
        atom("<link rel='enclosure' type='video/mp4' href='/v.mp4'/>").enclosures[0].url,
        "https://news.test/v.mp4"
    );
}
