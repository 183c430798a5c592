//! Who wrote it: people as RSS squeezes them into one line and as Atom takes them apart.

use super::names::Names;
use super::xml::{Event, Events};

/// The name in an Atom person, or the address when it has no name.
pub(super) fn person(source: &str, names: &Names) -> String {
    let (mut open, mut name, mut email) = (String::new(), String::new(), String::new());
    for event in Events::new(source) {
        match event {
            Event::Start { name, .. } => open = names.canonical(name),
            Event::End(_) => open.clear(),
            Event::Text(text) if open == "name" || open == "title" => name.push_str(&text),
            Event::Text(text) if open == "email" => email.push_str(&text),
            Event::Text(_) => {}
        }
    }
    if name.trim().is_empty() { email } else { name }
}

/// `someone@example.com (Their Name)`, `Their Name <someone@example.com>` and their kin → the name.
pub(super) fn person_name(text: &str) -> String {
    let pair = |open: char, close: char| {
        let (head, rest) = text.split_once(open)?;
        let (inner, _) = rest.split_once(close)?;
        Some((head.trim(), inner.trim()))
    };
    let named = |(head, inner): (&str, &str)| match (head.contains('@'), inner.contains('@')) {
        (true, false) => Some(inner.to_owned()),
        (false, true) => Some(head.to_owned()),
        _ => None,
    };
    let name = pair('(', ')')
        .and_then(named)
        .or_else(|| pair('<', '>').and_then(named));
    let name = name.filter(|name| !name.is_empty()).unwrap_or_else(|| text.to_owned());
    // The quotes of a mail header are not part of the name.
    match name.strip_prefix('"').and_then(|name| name.strip_suffix('"')) {
        Some(inner) if !inner.trim().is_empty() => inner.trim().to_owned(),
        _ => name,
    }
}
