//! Words that open a sentence in front of a name, and look like a part of it.

use super::entity::{is_same, key_of};
use super::lexicon::{Class, given};
use super::names::{Form, Found};
use super::people::{Source, opens_sentence};

/// `So Gun-woo is made to sit` of Tak Gun-woo, `Enter Baek` of Inspector Baek: the word that opens a sentence is no part of
/// a name that stands elsewhere with another surname or a title, or stood before without it.
pub(super) fn cut(source: &Source<'_>, found: &mut [Found]) {
    const NAMES: usize = 256;
    const LOOKED: usize = 48;
    let text = source.text;
    let opened = |n: &Found| {
        let class = text.class(n.first);
        let word = n.form == Form::Words || class.is_english() || !class.has(Class::SURNAME);
        word && n.titles == n.first && n.last > n.first + 1 && opens_sentence(source, n.first)
    };
    let names = found.len().min(NAMES);
    let numbers: Vec<usize> = (0..names).filter(|n| opened(&found[*n])).take(LOOKED).collect();
    for number in numbers {
        let name = found[number];
        let (words, rest) = (name.last - name.first, text.slice(name.first + 1, name.last));
        let named = |other: &&Found| {
            let whole = other.form == Form::Korean && name.form == Form::Korean && other.last - other.first == words;
            let begins = other.first + usize::from(whole);
            let titled = || {
                words == 2
                    && other.titles < other.first
                    && given::is_she(&key_of(text, name.first, name.first + 1)).is_none()
            };
            // `Seong-ji (Kim) waits. … So Seong-ji walks`: whoever was known by the first name alone.
            let label = text.is(name.last, ":") || text.class(name.first).has(Class::AUX);
            let earlier = !whole && other.first < name.first && !label;
            is_same(text.slice(begins, other.last), rest)
                && ((whole || earlier) && text.class(name.first).is_english() || titled())
        };
        let same = |other: &Found| is_same(text.slice(other.first, other.last), text.slice(name.first, name.last));
        let inside = |other: &&Found| same(other) && !opens_sentence(source, other.first);
        let others = || found[..names].iter();
        if others().any(|o| named(&o) && !same(o)) && !others().any(|o| inside(&o)) {
            let name = &mut found[number];
            name.first += 1;
            name.titles = name.first;
            name.form = if words > 2 { Form::Pair } else { Form::Single };
        }
    }
}
