//! The same story in every form, the house filter phrase by phrase, and input that means harm.

use super::*;
use crate::model::ParagraphKind::{Heading, Item, Paragraph as Text, Quote};
use proptest::prelude::*;

const HEADLINE: &str = "Watch: Tam Ji Hwan And Ru Seo Ah Say Goodbye To “The Lantern Keeper’s Daughter”";
const BODY: &str = r#"
<p>JBC&#8217;s &#8220;<a href="https://www.viki.com/tv/1-lantern"><strong>The Lantern Keeper&#8217;s Daughter</strong></a>&#8221; has shared a video&nbsp;of its last day on set!</p>
<p><img src="/uploads/lantern.jpg" alt="" width="800"></p>
<p>Tam Ji Hwan arrives&nbsp;first, holding a lantern. &#8220;I was told to bring my own light,&#8221; he jokes.</p>
<p>Ru Seo Ah shares, &#8220;I hope viewers remember &#8216;The Lantern Keeper&#8217;s Daughter.'&#8221;</p>
<p>Watch the full&nbsp;video below!</p>
<p><iframe src="https://www.youtube.com/embed/abc" allowfullscreen></iframe></p>
<p>Start watching &#8220;The Lantern Keeper&#8217;s Daughter&#8221; with subtitles here:</p>
<p><a class="btn-watch" href="/watch/lantern"><strong>Watch Now</strong></a></p>
"#;
const EXPECTED: [&str; 3] = [
    "JBC’s “The Lantern Keeper’s Daughter” has shared a video of its last day on set!",
    "Tam Ji Hwan arrives first, holding a lantern. “I was told to bring my own light,” he jokes.",
    "Ru Seo Ah shares, “I hope viewers remember ‘The Lantern Keeper’s Daughter.'”",
];

fn page(container: &str, after: &str) -> String {
    format!(
        r##"<!DOCTYPE html><html><head><title>{HEADLINE} | Hallyu Post</title>
<meta property="og:title" content="{HEADLINE}"><meta property="og:site_name" content="Hallyu Post">
<meta property="og:image" content="/big.jpg"><link rel="canonical" href="https://hallyupost.test/a/1">
<meta property="article:published_time" content="2026-02-03T10:00:00+09:00"><meta name="author" content="Noh Writer">
<script>var quote = "<p>no text</p>";</script></head><body>
<nav><a href="/">Home</a> <a href="/tv">TV</a></nav><header><p>Hallyu Post, the news of the week in one place, every day.</p></header>
<main><article><h1>Watch: Tam Ji Hwan And Ru Seo Ah Say Goodbye To</h1>
<figure><img src="/big.jpg"><figcaption>“A caption that is no quote at all,” it says.</figcaption></figure>
<div class="{container}">{BODY}</div>{after}</article></main>
<aside><h4>Similar Articles</h4><ul><li><a href="/2">An actor says “thank you” to fans at a fan meeting</a></li></ul></aside>
<footer><p>© Hallyu Post. “All rights reserved.” Every word of it is ours and nobody else may print it.</p></footer></body></html>"##
    )
}

const AFTER: &str = r#"<section><h5>How does this article make you feel?</h5><span>39</span></section>
<section><h5>Comments</h5><p>“I cried so much at the end of this drama,” somebody writes here, at some length.</p></section>"#;

fn texts(article: &Article) -> Vec<&str> {
    article
        .paragraphs
        .iter()
        .map(|paragraph| paragraph.text.as_str())
        .collect()
}

fn kept(html: &str) -> Vec<String> {
    from_fragment(html, "A title", None)
        .paragraphs
        .into_iter()
        .map(|paragraph| paragraph.text)
        .collect()
}

#[test]
fn a_story_is_the_same_in_every_form() {
    let url = Some("https://hallyupost.test/a/1?ref=home");
    let text = format!(
        "{HEADLINE}\n\n{}\n\nWatch the full video below!\n\nWatch Now\n\n\nHow does this article make you feel?\n39\n\nComments\n\nPlease login to join!",
        EXPECTED.join("\n\n")
    );
    let marked = from_page(&page("entry-content", AFTER), url);
    let unmarked = from_page(&page("x1", AFTER), url);
    let wild = from_page(&page("x1", &"<div>".repeat(5_000)), url);
    let fragment = from_fragment(BODY, HEADLINE, Some("https://hallyupost.test/a/1"));
    for article in [&marked, &unmarked, &wild, &fragment, &from_text(&text, None)] {
        assert_eq!(texts(article), EXPECTED);
        assert_eq!(article.title, HEADLINE);
    }
    for article in [&marked, &unmarked, &wild, &fragment] {
        assert_eq!(article.watch.as_deref(), Some("https://hallyupost.test/watch/lantern"));
        assert_eq!(article.clip.as_deref(), Some("https://www.youtube.com/watch?v=abc"));
        assert_eq!(article.url.as_deref(), Some("https://hallyupost.test/a/1"));
    }
    assert_eq!(
        fragment.image.as_deref(),
        Some("https://hallyupost.test/uploads/lantern.jpg")
    );
    for article in [&marked, &unmarked, &wild] {
        assert_eq!(article.image.as_deref(), Some("https://hallyupost.test/big.jpg"));
        assert_eq!(article.author.as_deref(), Some("Noh Writer"));
        assert_eq!(article.published, Some(1_770_080_400_000));
    }
}

#[test]
fn forms_are_told_apart() {
    for (input, form) in [
        ("<!doctype html><p>x", Form::Page),
        ("\u{feff} <HTML><p>x", Form::Page),
        ("x <body class=a>", Form::Page),
        ("One <p>two</p>", Form::Fragment),
        ("He said <b>no</b>", Form::Fragment),
        ("1 < 2 and <3 you", Form::Text),
        ("A title\n\nAnd text & more.", Form::Text),
        ("", Form::Text),
    ] {
        assert_eq!(sniff(input), form, "{input}");
    }
}

#[test]
fn kinds_and_breaks() {
    let html = "<h2>One</h2><p>two<br>three<br>&nbsp;<br/>four</p><ul><li>five<li><p>six</p></ul><blockquote><p>seven</p></blockquote>\
                <div>eight<div>nine</div>ten</div><p>ele<b>ven</b></p>";
    let found: Vec<_> = from_fragment(html, "", None)
        .paragraphs
        .into_iter()
        .map(|p| (p.kind, p.text))
        .collect();
    let found: Vec<_> = found.iter().map(|(kind, text)| (*kind, text.as_str())).collect();
    let expected = [
        (Heading, "One"),
        (Text, "two three"),
        (Text, "four"),
        (Item, "five"),
        (Item, "six"),
        (Quote, "seven"),
        (Text, "eight"),
        (Text, "nine"),
        (Text, "ten"),
        (Text, "eleven"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn what_is_no_text_is_left_out() {
    for html in [
        "<script>“a”</script>",
        "<style>p{}</style>",
        "<figure><img src=a.jpg><figcaption>b</figcaption></figure>",
        "<blockquote class=\"twitter-tweet\"><p>tweet</p></blockquote>",
        "<div class='wp-caption aligncenter'><p class=wp-caption-text>caption</p></div>",
        "<form><p>sign up</p></form>",
        "<div style='DISPLAY: none'>hidden</div>",
        "<p hidden>hidden</p>",
        "<noscript>enable it</noscript>",
        "<aside><p>beside</p></aside>",
        "<!-- <p>comment</p> -->",
        "<svg><title>x</title><text>y</text></svg>",
    ] {
        assert_eq!(
            kept(&format!("<p>Before.</p>{html}<p>After.</p>")),
            ["Before.", "After."],
            "{html}"
        );
    }
    // An element that never ends swallows nothing.
    assert_eq!(
        kept("<p>Before.</p><figure><img src=a.jpg><p>After.</p>"),
        ["Before.", "After."]
    );
}

#[test]
fn the_outlet_s_own_words_go() {
    let calls = [
        "Watch the full making-of video below!",
        "Watch the full clip here:",
        "Check out the teaser below!",
        "Check out more photos of the cast above!",
        "Catch up on “Old Harbor” with subtitles here:",
        "Start watching “Old Harbor”:",
        "Binge-watch all of “Old Harbor” below:",
        "In the meantime, watch Tam Ji Hwan in “Old Harbor” below!",
        "While you wait, watch “Old Harbor” on Viki:",
        "If you haven’t already, start watching the drama here!",
        "You can watch “Old Harbor” with subtitles below.",
        "Watch Now",
        "Source (1)",
        "Source (1) (2)",
        "Sources: Nate, Herald",
        "Top Photo Credit: JBC",
        "Photo = JBC",
        "[Photo: JBC]",
        "Photos courtesy of JBC",
        "(사진=JBC)",
        "Stay tuned for updates!",
        "Are you excited to see this pairing? Stay tuned for more updates!",
        "Which scene was your favorite? Let us know in the comments below!",
        "Are you watching 'Old Harbor'?",
        "Congratulations to the happy couple!",
        "SEE ALSO: Ru Seo Ah signs with a new agency",
        "Related article: Ru Seo Ah signs with a new agency",
        "How does this article make you feel?",
        "Warning: spoilers ahead!",
    ];
    for call in calls {
        assert_eq!(
            kept(&format!("<p>Tam Ji Hwan is in a new drama.</p><p>{call}</p>")),
            ["Tam Ji Hwan is in a new drama."],
            "{call}"
        );
    }
}

#[test]
fn the_story_s_own_words_stay() {
    for line in [
        "“Watch the sky below!” he shouts.",
        "Watching the scene again, she bursts out laughing.",
        "A source from JBC said, “We are in talks.”",
        "Sources say that the drama is delayed.",
        "See Hwa, the youngest, says that here everybody is kind.",
        "Check-in at the hotel took long, so the cast sang.",
        "The photographer said, “Photos by daylight are the hardest.”",
        "Via text message, she told him to come home.",
        "“Old Harbor” airs every Monday at 9 p.m. KST.",
        "Related to the crown prince by blood, he hides his name.",
        "Will the two of them meet again?",
        "Comments poured in after the first episode ended.",
        "Thanks to her, the whole team laughed.",
        "Read by millions, the web novel became a drama.",
    ] {
        assert_eq!(
            kept(&format!("<p>First.</p><p>{line}</p><p>Last line of the story.</p>")),
            ["First.", line, "Last line of the story."]
        );
    }
}

#[test]
fn a_call_at_the_end_of_a_paragraph_goes_alone() {
    let html = "<p>“Old Harbor” premieres on January 8. Watch a teaser below!</p>";
    assert_eq!(kept(html), ["“Old Harbor” premieres on January 8."]);
    let quoted = "<p>She said, “It is late. Watch it here!”</p>";
    assert_eq!(kept(quoted), ["She said, “It is late. Watch it here!”"]);
}

#[test]
fn a_question_to_the_actor_stays_one_to_the_reader_goes() {
    let html = "<p><strong>What are you most proud of?</strong></p><p>“That I stayed.”</p><p>What did you think of the finale?</p><p>Source (1)</p>";
    assert_eq!(kept(html), ["What are you most proud of?", "“That I stayed.”"]);
}

#[test]
fn what_a_page_sets_off_within_its_text_is_noted() {
    let html = "<p><b>All of it</b></p><p>Actress <strong>Gong\nSarangi </strong>and <a href=/x><b>Raewon</b></a> of <b style='color:red'>LAPS</b> met.</p><p>Watch <b>it</b> below!</p>";
    let article = from_fragment(html, "", None);
    let parts: Vec<&str> = article
        .emphasised
        .iter()
        .map(|part| article.paragraphs[part.paragraph].text[part.start..part.end].trim())
        .collect();
    assert_eq!(parts, ["Gong Sarangi", "Raewon", "LAPS"]);
    let page = from_page(
        &format!(
            "<html><body><article><h1>A headline</h1>{html}{}</article></body></html>",
            "<p>More of it, and more.</p>".repeat(20)
        ),
        None,
    );
    assert_eq!(page.emphasised.len(), 3);
}

#[test]
fn a_list_of_dramas_goes_on_behind_its_buttons() {
    let entry = |name: &str| {
        format!(
            "<h3>{name}</h3><p>{name} tells of a lantern keeper who counts the boats each night and of the one boat that never comes home, which she has been waiting for since she was a child, and of the man who knows where that boat went and who cannot say it aloud.</p><p>Start watching “{name}” here:</p><p><a href='https://w.test/{name}'>Watch Now</a></p>"
        )
    };
    let article = from_fragment(
        &format!("{}{}<p>Comments</p><p>More of it.</p>", entry("One"), entry("Two")),
        "2 Dramas",
        None,
    );
    assert_eq!(article.paragraphs.len(), 4);
    assert_eq!(article.watch.as_deref(), Some("https://w.test/One"));
    // A word after the button is no article.
    assert_eq!(
        kept("<p>Text.</p><p><a href=/w>Watch Now</a></p><p>Some other promotion with a “line” in it.</p>"),
        ["Text."]
    );
}

#[test]
fn lists_of_other_stories_go() {
    let html = "<p>Text.</p><p>Related:</p><ul><li><a href=/1>Ru Seo Ah Says “I Never Knew” On The Radio</a></li></ul><p>More text.</p>";
    assert_eq!(kept(html), ["Text.", "More text."]);
    let text =
        "A Title\n\nText.\n\nRelated:\n\nRu Seo Ah Says “I Never Knew” On The Radio\n\nMore text here, in a sentence.";
    assert_eq!(
        texts(&from_text(text, None)),
        ["Text.", "More text here, in a sentence."]
    );
}

#[test]
fn the_watch_link_is_that_of_this_drama() {
    let html = "<p>“One” it is.</p><p>Watch Ru Seo Ah in “Two” here:</p><p><a href=https://w.test/two>Watch Now</a></p><p>Start watching “One” here:</p><p><a href=https://w.test/one>Watch Now</a></p>";
    assert_eq!(
        from_fragment(html, "Ru Seo Ah Stars In “One”", None).watch.as_deref(),
        Some("https://w.test/two")
    );
    // Where the article goes on behind the first button, the headline decides.
    let html = html.replace(
        "<p>Start",
        &format!(
            "<p>{}</p><p>Start",
            "And so the story goes on, for many words. ".repeat(6)
        ),
    );
    assert_eq!(
        from_fragment(&html, "Ru Seo Ah Stars In “One”", None).watch.as_deref(),
        Some("https://w.test/one")
    );
}

#[test]
fn headlines() {
    let title = |head: &str, body: &str| {
        from_page(
            &format!("<html><head>{head}</head><body><h1>{body}</h1><p>Text.</p></body></html>"),
            Some("https://www.hallyupost.test/1"),
        )
        .title
    };
    for (head, h1, expected) in [
        (
            "<title>A B C “D” | Hallyu Post</title><meta property=og:site_name content='Hallyu Post'>",
            "A B C",
            "A B C “D”",
        ),
        (
            "<title>Hallyu Post - A B C</title><meta property=og:site_name content='Hallyu Post'>",
            "A B C",
            "A B C",
        ),
        ("<title>A B C – hallyupost</title>", "A B C", "A B C"),
        ("<title>A - B - C</title>", "A - B - C", "A - B - C"),
        ("<title>A B - Some Paper</title>", "A B", "A B"),
        ("<title>A B - “C D”</title>", "A B", "A B - “C D”"),
        (
            "<meta property=og:title content='A B C and th…'>",
            "A B C and the rest",
            "A B C and the rest",
        ),
        ("<meta property=og:title content='A B C'>", "Hallyu Post", "A B C"),
        (
            "<meta property=og:title content='It&amp;#8217;s “R&amp;amp;B”'>",
            "",
            "It’s “R&B”",
        ),
        ("", "A B C", "A B C"),
        ("<title>\n A  B </title>", "", "A B"),
        (
            "<script type=application/ld+json>{\"@graph\":[{\"headline\":\"A “B”\"}]}</script>",
            "A",
            "A “B”",
        ),
    ] {
        assert_eq!(title(head, h1), expected, "{head} {h1}");
    }
}

#[test]
fn text_files() {
    let wrapped = "A Headline\n\nThe first line of a paragraph that was wrapped by somebody\nat seventy columns, and its second line.\n\n- an item\n- another\n> a quote";
    let article = from_text(wrapped, None);
    let found: Vec<_> = article.paragraphs.iter().map(|p| (p.kind, p.text.as_str())).collect();
    let joined = "The first line of a paragraph that was wrapped by somebody at seventy columns, and its second line.";
    assert_eq!(
        found,
        [(Text, joined), (Item, "an item"), (Item, "another"), (Quote, "a quote")]
    );
    let lines = from_text(
        "A Headline\nThe first paragraph ends here.\nThe second one does too.",
        None,
    );
    assert_eq!((lines.title.as_str(), texts(&lines).len()), ("A Headline", 2));
    let prose = from_text(
        "It was a long day on set, and nobody had slept.\n\nThen the rain came.",
        None,
    );
    assert_eq!((prose.title.as_str(), texts(&prose).len()), ("", 2));
    let given = from_text(
        "Ru Seo Ah Says Goodbye To\n\nText.",
        Some("Ru Seo Ah Says Goodbye To “One”"),
    );
    assert_eq!(
        (given.title.as_str(), texts(&given)),
        ("Ru Seo Ah Says Goodbye To “One”", vec!["Text."])
    );
}

#[test]
fn pages_that_mean_harm_give_a_reading() {
    let text = "<p>Tam Ji Hwan said, “I came home at last.” It was the last word of the evening.</p>";
    for harm in [
        "<div>",
        "<b>",
        "<div/>",
        "<table><tr><td>",
        "<ul><li>",
        "<svg><g>",
        "<font color=1>",
        "<a href=x>",
        "<!-",
        "<",
        "&",
    ] {
        let article = from_page(
            &format!("<html><body>{}{text}</body></html>", harm.repeat(20_000)),
            None,
        );
        assert!(
            texts(&article)
                .iter()
                .any(|line| line.contains("“I came home at last.”")),
            "{harm}"
        );
    }
}

#[test]
fn addresses_that_mean_harm_are_left_out() {
    let html = "<p>Text.</p><p><img src='javascript:alert(1)'><iframe src='data:text/html,x'></iframe><a href='javascript:alert(1)'>Watch Now</a></p>";
    let article = from_fragment(html, "", Some("https://hallyupost.test/1"));
    assert_eq!((article.image, article.clip, article.watch), (None, None, None));
}

proptest! {
    #[test]
    fn no_input_panics(html in "(<(p|/p|br|h1|a href=x|/a|ul|li|figure|/figure|iframe src=youtu.be/a|b|blockquote|!--|script|/script|html|meta|title)>?|[ -~]|&nbsp;|“|”|대사|Watch Now|Source \\(1\\)|below!|\u{a0}|\n){0,60}") {
        for article in [from_page(&html, Some("https://a.test/")), from_fragment(&html, &html, None), from_text(&html, None), read_any(&html, Some(&html), Some(&html))] {
            for paragraph in &article.paragraphs {
                prop_assert!(!paragraph.text.is_empty());
                prop_assert_eq!(&fold_space(&paragraph.text), &paragraph.text);
            }
        }
    }

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), header in proptest::option::of("[ -~]{0,40}")) {
        let text = decode(&bytes, header.as_deref());
        let _ = read_any(&text, None, None);
        let _ = text_of(&text);
    }
}

#[test]
fn the_verdict_of_a_recap_is_part_of_it() {
    let verdict = "I had my doubts about a comic role for him, but he carries this hour with nothing but his eyebrows, and the whistle of the last scene, which the writer says was her own father’s, made me forgive everything else.";
    let story = "<p>Back on the roof, she finds the tape that he has been hiding for twenty years.</p>";
    assert_eq!(
        kept(&format!(
            "{story}<h4>Comments</h4><p>{verdict}</p><h4>Related Posts</h4><p>Another story of no use here.</p>"
        )),
        [
            "Back on the roof, she finds the tape that he has been hiding for twenty years.",
            verdict
        ]
    );
    // What readers wrote is no part of it.
    assert_eq!(
        kept(&format!("{story}<h4>Comments</h4><p>Loved it!</p>")),
        ["Back on the roof, she finds the tape that he has been hiding for twenty years."]
    );
}

#[test]
fn a_text_file_is_read_to_ten_megabytes() {
    let line = "She closed the shop and walked home along the river.\n\n";
    let text: String = (0..90_000).map(|n| format!("Line {n}: {line}")).collect();
    assert!(text.len() > super::LONGEST + 1_000_000);
    let article = from_text(&text, Some("A headline"));
    assert!(
        article
            .paragraphs
            .last()
            .is_some_and(|p| p.text.starts_with("Line 89999"))
    );
}
