//! Every word that people see, as snapshots in both languages; and that nothing from outside breaks
//! a limit or comes alive, whatever it is.

pub(super) mod samples;
mod screen;

use super::{card::Button, *};
use crate::model::{Answer, ArticleKind, Emoji, Feelings, Lang, Manner, Reading, RoleId, Votes, Wait, answer::Story};
use proptest::prelude::*;
use samples::{feelings, story};
use std::{collections::HashSet, fmt::Write, mem::discriminant};

/// A card as a reviewer wants to read it.
fn show(card: &Card) -> String {
    let mut out = String::new();
    let mut line = |text: &str| writeln!(out, "{text}").unwrap();
    if card.ephemeral {
        line("(only for the person)");
    }
    if !card.content.is_empty() {
        line(&card.content);
    }
    if !card.pings.is_empty() {
        line(&format!("pings: {:?}", card.pings));
    }
    for embed in &card.embeds {
        line(&format!(
            "┌ #{:06x} {}",
            embed.color,
            embed.author.as_deref().unwrap_or("")
        ));
        line(&format!("│ # {} {}", embed.title, embed.url.as_deref().unwrap_or("")));
        embed.description.lines().for_each(|text| line(&format!("│ {text}")));
        for (name, value, inline) in &embed.fields {
            line(&format!("│ [{name}] inline: {inline}"));
            value.lines().for_each(|text| line(&format!("│   {text}")));
        }
        embed.image.iter().for_each(|image| line(&format!("│ image: {image}")));
        line(&format!(
            "└ {} {}",
            embed.footer.as_deref().unwrap_or(""),
            embed.timestamp.map_or(String::new(), |at| at.to_string())
        ));
    }
    for menu in &card.menus {
        line(&format!("[≡ {} {:?}] {}", menu.placeholder, menu.count, menu.id));
        match &menu.offers {
            Offers::Roles => line("  the server's roles"),
            Offers::These(offers) => {
                for offer in offers {
                    let mark = if offer.chosen { "☑" } else { "☐" };
                    let about = offer.about.as_deref().unwrap_or("");
                    line(&format!("  {mark} {} = {} {about}", offer.label, offer.value));
                }
            }
        }
    }
    for button in card.buttons.iter().flatten() {
        line(&match button {
            Button::Link { label, url } => format!("[{label}]({url})"),
            Button::Vote { emoji, count, id } => format!("[{emoji} {count}] {id}"),
            Button::Action {
                label,
                id,
                primary,
                danger,
            } => {
                format!(
                    "[{label}] {id}{}{}",
                    if *primary { " primary" } else { "" },
                    if *danger { " danger" } else { "" }
                )
            }
        });
    }
    out
}

fn both(answers: &[(&'static str, Answer)]) -> String {
    let mut out = String::new();
    for (name, one) in answers {
        for lang in [Lang::En, Lang::Ko] {
            let card = answer(one, lang, &feelings());
            assert_eq!(breaches(&card), Vec::<&str>::new(), "{name}");
            write!(out, "== {name}, {lang:?}\n{}\n", show(&card)).unwrap();
        }
    }
    out
}

macro_rules! snapshots {
    ($($name:ident: $answers:expr),+ $(,)?) => {$(
        #[test]
        fn $name() {
            insta::assert_snapshot!(stringify!($name), both(&$answers));
        }
    )+};
}

snapshots! {
    following: samples::follow(None),
    hours: samples::hours(None),
    quotes: samples::quotes(None),
    rankings: samples::rankings(None),
    what_is_known: samples::known(None),
    checks: samples::checks(None),
    reasons: samples::whys(None),
    feeds_of_servers: samples::feeds(None),
    about_itself: samples::own(),
    refusals: samples::refusals(None),
}

/// Stories of a digest, their plots to be hidden.
fn some(stories: &[&Story]) -> Vec<(Story, bool)> {
    stories.iter().map(|story| ((*story).clone(), true)).collect()
}

fn of<'a>(lang: Lang, wait: Wait, stories: &'a [(Story, bool)], roles: &'a [RoleId]) -> Digest<'a> {
    Digest {
        lang,
        wait,
        stories,
        roles,
    }
}

#[test]
fn a_story_without_text_says_its_headline_once() {
    let of = |summary: &str| {
        let bare = Story {
            title: "A plain headline".to_owned(),
            summary: summary.to_owned(),
            ..story(None)
        };
        post(Lang::En, &bare, &feelings(), &Manner::default())
            .embeds
            .remove(0)
            .description
    };
    assert!(!of("A plain headline").contains("A plain headline"));
    assert!(of("Another sentence.").contains("Another sentence"));
}

#[test]
fn posts() {
    let bare = Story {
        quotes: vec![],
        also: vec![],
        drama: vec![],
        drama_key: None,
        network: None,
        image: None,
        watch: None,
        clip: None,
        url: None,
        ..story(None)
    };
    let told = Story {
        kind: ArticleKind::Recap,
        ..story(None)
    };
    let down = Story {
        withdrawn: true,
        ..story(None)
    };
    let mut retold = Story {
        related: true,
        ..story(None)
    };
    retold.quotes[1].outlet = Some("Harbour Daily".to_owned());
    retold.quotes.truncate(2);
    let manner = samples::terms(None).manner;
    let buttons = Manner {
        votes: Votes::Buttons,
        ..Manner::default()
    };
    let counts = [(Emoji::unicode("😂"), 3), (Emoji::unicode("🍜"), 9)];
    let mut out = String::new();
    for (name, card) in [
        ("post", post(Lang::En, &story(None), &feelings(), &Manner::default())),
        (
            "little known, no votes",
            post(Lang::En, &bare, &Feelings::default(), &Manner::default()),
        ),
        ("hidden, without votes", post(Lang::En, &told, &feelings(), &manner)),
        (
            "nothing to hide",
            post(
                Lang::En,
                &story(None),
                &feelings(),
                &Manner {
                    spoiler: true,
                    ..Manner::default()
                },
            ),
        ),
        (
            "told elsewhere as well",
            post(Lang::En, &retold, &feelings(), &Manner::default()),
        ),
        ("taken down", post(Lang::En, &down, &feelings(), &Manner::default())),
        (
            "in Korean",
            post(Lang::Ko, &story(None), &feelings(), &Manner::default()),
        ),
        (
            "in Korean, told elsewhere, with buttons",
            with_buttons(post(Lang::Ko, &retold, &feelings(), &buttons), &feelings(), &counts),
        ),
        (
            "in Korean, taken down",
            post(Lang::Ko, &down, &feelings(), &Manner::default()),
        ),
        ("taken down, plain", plain_post(Lang::En, &down, &Manner::default())),
        ("plain", plain_post(Lang::En, &story(None), &Manner::default())),
        ("plain with a role", plain_post(Lang::En, &story(None), &manner)),
        (
            "with buttons",
            with_buttons(
                post(Lang::En, &story(None), &feelings(), &buttons),
                &feelings(),
                &counts,
            ),
        ),
        (
            "digest",
            of(Lang::En, Wait::Outage, &some(&[&story(None), &down, &bare]), &[]).card(),
        ),
        (
            "digest of a day, in Korean, with a role and a plot to hide",
            of(
                Lang::Ko,
                Wait::Daily,
                &some(&[&bare, &story(None), &told]),
                &[RoleId(900)],
            )
            .card(),
        ),
        (
            "digest as text",
            of(Lang::En, Wait::Weekly, &some(&[&story(None), &bare]), &[RoleId(900)]).plain(),
        ),
        ("open again", open_again(Lang::En, 1_800_000_000_000, 12)),
        ("open again in Korean", open_again(Lang::Ko, 1_800_000_000_000, 12)),
        ("open again for one", open_again(Lang::En, 1_800_000_000_000, 1)),
        ("welcome", welcome(Lang::En)),
        ("welcome in Korean", welcome(Lang::Ko)),
    ] {
        assert_eq!(breaches(&card), Vec::<&str>::new(), "{name}");
        write!(out, "== {name}\n{}\n", show(&card)).unwrap();
    }
    insta::assert_snapshot!("posts", out);
}

#[test]
fn a_digest_of_which_one_story_is_left_says_so() {
    let one = [(story(None), false)];
    assert_eq!(
        of(Lang::En, Wait::Daily, &one, &[]).title(),
        "Today’s digest: one story"
    );
}

#[test]
fn there_is_a_sample_of_every_answer() {
    let seen: HashSet<_> = samples::all(None)
        .iter()
        .map(|(_, answer)| discriminant(answer))
        .collect();
    // As many as there are variants; `answer` itself is exhaustive.
    assert_eq!(seen.len(), 34);
}

#[test]
fn there_is_a_sample_of_every_refusal() {
    let answers = samples::refusals(None);
    let refusal = |answer: &Answer| match answer {
        Answer::Refused(refusal) => Some(discriminant(refusal)),
        _ => None,
    };
    let seen: HashSet<_> = answers.iter().filter_map(|(_, answer)| refusal(answer)).collect();
    assert_eq!(seen.len(), 21);
}

#[test]
fn no_exclamation_marks_of_our_own() {
    for (name, one) in samples::all(None) {
        for lang in [Lang::En, Lang::Ko] {
            let shown = show(&answer(&one, lang, &feelings()));
            let ours = shown.replace("lantern!", "").replace("`!", "").replace(" !", "");
            assert!(!ours.contains('!'), "{name}: {shown}");
        }
    }
}

#[test]
fn quotes_and_summaries_end_with_a_sentence() {
    let long = "We were cold. ".repeat(60);
    let mut given = story(None);
    given.summary = long.clone();
    given.quotes[0].text = long;
    let card = post(Lang::En, &given, &feelings(), &Manner::default());
    let lines: Vec<&str> = card.embeds[0].description.lines().collect();
    let summary = lines.iter().find(|line| line.starts_with("We were cold.")).unwrap();
    let quote = lines.iter().find(|line| line.starts_with("> “We were cold.")).unwrap();
    assert!(summary.ends_with("We were cold. …") && (300..=400).contains(&length(summary)));
    assert!(quote.ends_with("We were cold. …”") && (200..=284).contains(&length(quote)));
}

#[test]
fn an_over_long_story_still_has_its_link() {
    let wall = "😭".repeat(100_000);
    let card = post(
        Lang::En,
        &Story {
            url: story(None).url,
            ..story(Some(&wall))
        },
        &feelings(),
        &Manner::default(),
    );
    assert_eq!(breaches(&card), Vec::<&str>::new());
    assert_eq!(card.embeds[0].url, story(None).url);
    assert!(card.buttons.is_empty() && card.embeds[0].image.is_none());
}

#[test]
fn a_megabyte_in_every_place_is_a_card() {
    for unit in ["a", "\u{200b}", "\u{301}", "\\", "<@1>", "🎉", "한"] {
        let story = story(Some(&unit.repeat(1_000_000 / unit.len())));
        for card in [
            post(Lang::En, &story, &feelings(), &Manner::default()),
            plain_post(Lang::En, &story, &Manner::default()),
        ] {
            assert_eq!(breaches(&card), Vec::<&str>::new());
        }
    }
}

/// What of a text Discord would bring to life; none in whatever comes from outside. Everything that
/// we write ourselves is taken out first.
fn alive(text: &str) -> Option<&'static str> {
    let mut bare = text.to_owned();
    // What a backslash makes harmless, as Discord's parser reads it.
    for mark in [
        '\\', '*', '_', '`', '~', '|', '#', '>', '-', '+', '.', '<', '@', '/', '!', '&', ':', '(', '[', ']',
    ] {
        bare = bare.replace(&format!("\\{mark}"), "\u{1}");
    }
    let lower = bare.to_lowercase();
    let found = [
        "@everyone",
        "@here",
        "<@",
        "<#1",
        "<:",
        "<a:",
        "<t:",
        "</",
        "<id:",
        "](",
        "https://",
        "http://",
        "discord.gg/",
        "||",
        "~~",
        "```",
        "**",
        "__",
    ];
    found.into_iter().find(|alive| lower.contains(alive))
}

const ATTACKS: &[&str] = &[
    "@everyone",
    "@here",
    "<@1>",
    "<@&2>",
    "<#3>",
    "<t:1764028800:R>",
    "<:kiss:4>",
    "<a:kiss:5>",
    "</quote:6>",
    "<id:home>",
    "[x](https://evil.example)",
    "https://evil.example",
    "discord.gg/abc",
    "||x||",
    "~~x~~",
    "`x`",
    "```x```",
    "**x**",
    "__x__",
    "# x",
    "-# x",
    "> x",
    ">>> x",
    "- x",
    "1. x",
    "\\",
    "\\*",
    "\n# x\n",
    "\u{202e}x",
    "\u{200b}",
    "x\u{301}\u{301}",
    "😭",
    "안녕",
    "]",
    ")",
    "|",
    "<",
    "@",
];

proptest! {
    // Each case makes some two hundred cards.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn nothing_from_outside_comes_alive(parts in prop::collection::vec(0..ATTACKS.len(), 1..8), glue in "( |a|)") {
        let text = parts.iter().map(|at| ATTACKS[*at]).collect::<Vec<_>>().join(&glue);
        prop_assert_eq!(alive(&escape(&text)), None, "{}", escape(&text));
        for part in [escape::safe(&text, 60), escape::label(&text, 60), escape::safe_sentences(&text, 30, 60)] {
            prop_assert_eq!(alive(&part), None, "{}", part);
            prop_assert!(!part.contains('\n'));
            // A lone backslash at the end would disarm what we write behind it.
            let tail = part.chars().rev().take_while(|c| *c == '\\').count();
            prop_assert!(tail % 2 == 0, "{part}");
        }
    }

    #[test]
    fn every_card_keeps_every_limit(text in "(?s).{0,60}|[😭가\u{301}<@*`|\\\\]{0,60}", times in 1_usize..120) {
        let hostile = text.repeat(times);
        for (name, one) in samples::all(Some(&hostile)) {
            for lang in [Lang::En, Lang::Ko] {
                let card = answer(&one, lang, &feelings());
                prop_assert_eq!(breaches(&card), Vec::<&str>::new(), "{} {:?}", name, hostile);
                prop_assert!(!show(&card).contains("@everyone"));
            }
        }
        let given = Story { kind: ArticleKind::Recap, ..story(Some(&hostile)) };
        let manner = samples::terms(None).manner;
        prop_assert!(length(&thread_name(Lang::Ko, &given)) <= 100 && !thread_name(Lang::En, &given).is_empty());
        let many: Vec<(Story, bool)> = (0..10).map(|_| (given.clone(), true)).collect();
        let digest = of(Lang::En, Wait::Daily, &many, &manner.roles);
        let posted = post(Lang::En, &given, &feelings(), &manner);
        let voted = with_buttons(posted.clone(), &feelings(), &[(Emoji::unicode("😂"), u64::MAX)]);
        for card in [posted, voted, plain_post(Lang::En, &given, &manner), digest.card(), digest.plain()] {
            prop_assert_eq!(breaches(&card), Vec::<&str>::new());
        }
        prop_assert!(digest.card().embeds[0].description.matches("- ").count() >= 10);
        let reading = Reading { title: hostile.clone(), summary: hostile, ..Reading::default() };
        let shown = terminal(&reading, Screen { color: true, ..Screen::PAPER });
        prop_assert!(shown.chars().all(|c| c == '\n' || c == '\x1b' || !c.is_control()));
    }
}
