//! The table: within Discord's limits, without two meanings of one word, and true to its examples.

use super::{super::*, ok};
use std::collections::HashSet;

#[test]
fn the_table_keeps_discords_limits() {
    // Discord's reference: ^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$, lower case where there is any.
    let name_ok = |name: &str| {
        (1..=32).contains(&name.chars().count())
            && name.chars().all(|c| c == '-' || c == '_' || c.is_alphanumeric())
            && name.to_lowercase() == name
    };
    for name in [FROM_POST.en, FROM_POST.ko, FROM_POST.es, FROM_POST.pt, FROM_POST.id] {
        // A context menu's names may have spaces and capitals, and are as short.
        assert!((1..=32).contains(&name.chars().count()), "{name}");
    }
    let about_ok = |text: &str| (1..=100).contains(&text.encode_utf16().count());
    let all = |text: &Text| [text.en, text.ko, text.es, text.pt, text.id];
    let longest = |text: &Text| {
        all(text)
            .iter()
            .map(|text| text.encode_utf16().count())
            .max()
            .unwrap_or(0)
    };
    assert_eq!(ENTRIES.len(), Verb::ALL.len());
    let mut words = HashSet::new();
    for (entry, verb) in ENTRIES.iter().zip(Verb::ALL) {
        assert_eq!((entry.verb, entry.name(), verb.entry()), (*verb, entry.names.en, entry));
        assert!(all(&entry.names).iter().all(|name| name_ok(name)), "{:?}", entry.names);
        assert!(
            all(&entry.about).iter().all(|about| about_ok(about)),
            "{:?}",
            entry.about
        );
        assert!(entry.options.len() <= 25 && !entry.examples.is_empty());
        assert!(
            entry.options.is_sorted_by_key(|option| !option.required),
            "{}: required options first",
            entry.name()
        );
        let mut total = longest(&entry.names) + longest(&entry.about);
        let mut names: [HashSet<&str>; 5] = Default::default();
        for option in entry.options {
            for (seen, name) in names.iter_mut().zip(all(&option.names)) {
                assert!(name_ok(name) && seen.insert(name), "{}: {name}", entry.name());
            }
            assert!(
                all(&option.about).iter().all(|about| about_ok(about)),
                "{:?}",
                option.about
            );
            total += longest(&option.names) + longest(&option.about);
            if let OptionKind::Choice(picks) = option.kind {
                assert!(picks.len() <= 25);
                for pick in picks {
                    assert!(all(&pick.names).iter().all(|name| about_ok(name)));
                    total += longest(&pick.names) + pick.value.len();
                }
            }
        }
        assert!(total <= 8000, "{} has {total} characters", entry.name());
        let mine: HashSet<&str> = all(&entry.names)
            .into_iter()
            .chain(entry.aliases.iter().copied())
            .collect();
        for word in mine {
            assert!(
                word.to_lowercase() == word && words.insert(word),
                "{word} is taken twice"
            );
            assert_eq!(super::super::entry(&word.to_uppercase()), Some(entry), "{word}");
        }
    }
}

#[test]
fn settings_are_for_those_who_may_manage_channels() {
    for entry in ENTRIES {
        assert_eq!(entry.permissions().is_some(), entry.verb.needs_manager());
        let anywhere = entry.reach == Reach::Everywhere;
        assert_eq!(entry.reach.contexts().contains(&1), anywhere);
        assert!(
            !(anywhere && entry.verb.needs_manager()),
            "{}: settings belong to a server",
            entry.name()
        );
    }
    let anywhere = |verb: Verb| verb.entry().reach == Reach::Everywhere;
    assert!(anywhere(Verb::Quote) && anywhere(Verb::Drama) && anywhere(Verb::Cast));
    assert!(ok("!quote x").name() == "quote" && !ok("!quote x").ephemeral() && !ok("!quote x").needs_manager());
    assert!(ok("!subscribe x").needs_manager() && ok("!subscribe x").ephemeral());
}

#[test]
fn every_example_works() {
    for entry in ENTRIES {
        for example in entry.examples.iter().flat_map(|example| [example.en, example.ko]) {
            assert_eq!(ok(&format!("!{example}")).verb(), entry.verb, "{example}");
        }
    }
}
