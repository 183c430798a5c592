//! How well and how fast names are found: prints recall by kind of query, false merges, times, and what ships by year.
//!
//! `cargo bench --bench names [-- FOLDER]`: FOLDER holds `names-dev.tsv` (query, expected, kind) and
//! `people.tsv` (name, hangul, other names, source); without it `../shared/data` is looked for.
//! With `--misses` it prints every query whose first candidate is another. It measures and fails
//! nothing; the tests hold what must hold.

use daesa::catalogue::{Catalogue, Scope, fold, person_keys};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// The size of the catalogue that times are taken on.
const MANY: usize = 50_000;

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|a| !a.starts_with("--"));
    let folder = arguments
        .next()
        .map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from);
    match std::fs::read_to_string(folder.join("names-dev.tsv")) {
        Ok(queries) => recall(&queries, std::env::args().any(|a| a == "--misses")),
        Err(why) => println!("SKIPPED recall: {}: {why}", folder.join("names-dev.tsv").display()),
    }
    match std::fs::read_to_string(folder.join("people.tsv")) {
        Ok(people) => false_merges(&people),
        Err(why) => println!("SKIPPED false merges: {}: {why}", folder.join("people.tsv").display()),
    }
    times();
    shipped();
}

/// What ships, by year.
fn shipped() {
    let catalogue = Catalogue::shipped();
    let (people, networks) = (catalogue.people(), catalogue.networks().len());
    let known = people.iter().filter(|person| person.hangul.is_some()).count();
    println!(
        "shipped: {} people, {known} of them with hangul; {networks} networks and platforms",
        people.len()
    );
    let mut years: BTreeMap<u16, [usize; 4]> = BTreeMap::new();
    let mut all = [0; 4];
    for drama in catalogue.dramas() {
        let named = drama.cast.iter().filter(|role| role.character.is_some()).count();
        let row = [1, usize::from(drama.hangul.is_some()), drama.cast.len(), named];
        let year = years.entry(drama.year.unwrap_or(0)).or_default();
        for place in 0..row.len() {
            year[place] += row[place];
            all[place] += row[place];
        }
    }
    println!(
        "{:<8}{:>8}{:>14}{:>8}{:>14}",
        "year", "dramas", "with hangul", "cast", "with a role"
    );
    let rows = years.into_iter().map(|(year, row)| (year.to_string(), row));
    for (year, [dramas, hangul, cast, named]) in rows.chain([("all".to_owned(), all)]) {
        println!("{year:<8}{dramas:>8}{hangul:>14}{cast:>8}{named:>14}");
    }
}

/// Of the queries, how many find one of the accepted names first, and among the first five. The
/// catalogue holds the first accepted name of each query and nothing else: no hangul, no aliases.
fn recall(queries: &str, show_misses: bool) {
    let rows: Vec<(&str, Vec<&str>, &str)> = queries
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut fields = line.split('\t');
            Some((fields.next()?, fields.next()?.split('|').collect(), fields.next()?))
        })
        .collect();
    let mut catalogue = Catalogue::empty();
    let names: HashSet<&str> = rows
        .iter()
        .filter_map(|(_, accepted, _)| accepted.first().copied())
        .collect();
    let mut names: Vec<&str> = names.into_iter().collect();
    names.sort_unstable();
    let table: String = names.iter().map(|name| format!("{name}\t\tperson\n")).collect();
    for problem in catalogue.add_tsv(&format!("name\thangul\tkind\n{table}")) {
        println!("{problem}");
    }
    let mut kinds: BTreeMap<&str, (u32, u32, u32)> = BTreeMap::new();
    for (query, accepted, kind) in &rows {
        let found = catalogue.search(query, Scope::All, &[]).candidates;
        let place = found.iter().position(|c| accepted.contains(&c.name.as_str()));
        let (all, first, five) = kinds.entry(kind).or_default();
        *all += 1;
        *first += u32::from(place == Some(0));
        *five += u32::from(place.is_some_and(|p| p < 5));
        if show_misses && place != Some(0) {
            let best: Vec<String> = found
                .iter()
                .take(3)
                .map(|c| format!("{} {} {:.3}", c.name, c.tier.name(), c.score))
                .collect();
            println!("miss\t{kind}\t{query}\t{accepted:?}\t{place:?}\t{best:?}");
        }
    }
    println!("names in the catalogue: {}", names.len());
    println!("{:<14}{:>8}{:>10}{:>10}", "kind", "queries", "at 1", "at 5");
    for (kind, (all, first, five)) in kinds {
        let share = |n: u32| f64::from(n) / f64::from(all);
        println!("{kind:<14}{all:>8}{:>10.4}{:>10.4}", share(first), share(five));
    }
}

/// Over all pairs of people with different hangul: how often the keys of their Latin names meet.
fn false_merges(people: &str) {
    let people: Vec<(&str, &str)> = people
        .lines()
        .skip(1)
        .filter_map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            let (name, hangul, source) = (*fields.first()?, *fields.get(1)?, fields.get(3).copied().unwrap_or(""));
            (!hangul.is_empty() && !source.contains("unverified")).then_some((name, hangul))
        })
        .collect();
    let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
    for (i, (name, _)) in people.iter().enumerate() {
        for key in person_keys(name) {
            by_key.entry(key).or_default().push(i);
        }
    }
    let mut merged: HashSet<(usize, usize)> = HashSet::new();
    for same in by_key.values() {
        for (place, a) in same.iter().enumerate() {
            for b in &same[place + 1..] {
                if fold(people[*a].1) != fold(people[*b].1) {
                    merged.insert((*a.min(b), *a.max(b)));
                }
            }
        }
    }
    let mut pairs = people.len() * people.len().saturating_sub(1) / 2;
    let mut same_hangul: HashMap<&str, usize> = HashMap::new();
    for (_, hangul) in &people {
        *same_hangul.entry(hangul).or_default() += 1;
    }
    pairs -= same_hangul.values().map(|n| n * (n - 1) / 2).sum::<usize>();
    println!(
        "false merges: {} of {pairs} pairs of {} people",
        merged.len(),
        people.len()
    );
    println!(
        "  a million pairs: {:.2}",
        merged.len() as f64 * 1e6 / pairs.max(1) as f64
    );
    for (a, b) in merged {
        println!("  {:?} and {:?}", people[a], people[b]);
    }
}

/// Times of each kind of look-up over invented names.
fn times() {
    let names = invented(MANY);
    let table: String = names.iter().map(|name| format!("{name}\t\tperson\n")).collect();
    let started = Instant::now();
    let mut catalogue = Catalogue::empty();
    catalogue.add_tsv(&format!("name\thangul\tkind\n{table}"));
    println!("{MANY} names read in {:?}", started.elapsed());
    let queries =
        |change: fn(&str) -> String| -> Vec<String> { names.iter().step_by(197).map(|n| change(n)).collect() };
    let letters = queries(|name| name.replace(' ', "-").to_uppercase());
    let sounds = queries(|name| name.replace("oo", "u").replace("Lee", "Yi").replace("Park", "Bak"));
    let slips = queries(|name| {
        name.chars()
            .rev()
            .skip(2)
            .collect::<String>()
            .chars()
            .rev()
            .collect::<String>()
            + "xq"
    });
    let prefixes = queries(|name| name.chars().take(6).collect());
    time("exact look-up", &letters, |query| {
        catalogue.named_person(query).is_some()
    });
    time("key look-up", &sounds, |query| catalogue.sounding_like(query).len());
    time("search, exact", &letters, |query| {
        catalogue.search(query, Scope::All, &[])
    });
    time("search, by sound", &sounds, |query| {
        catalogue.search(query, Scope::All, &[])
    });
    time("search, fuzzy", &slips, |query| {
        catalogue.search(query, Scope::All, &[])
    });
    time("autocomplete", &prefixes, |query| {
        catalogue.suggest(query, Scope::All, 25)
    });
    time("autocomplete, empty", &[String::new()], |query| {
        catalogue.suggest(query, Scope::All, 25)
    });
}

fn time<T>(what: &str, queries: &[String], look: impl Fn(&str) -> T) {
    let mut took: Vec<Duration> = queries
        .iter()
        .map(|query| {
            let started = Instant::now();
            std::hint::black_box(look(query));
            started.elapsed()
        })
        .collect();
    took.sort_unstable();
    let at = |share: usize| {
        took.get((took.len() * share / 100).min(took.len().saturating_sub(1)))
            .copied()
            .unwrap_or_default()
    };
    println!("{what:<22}median {:>10.2?}  99 % {:>10.2?}", at(50), at(99));
}

/// Invented names: every surname with every pair of syllables, as far as needed, in a fixed order.
fn invented(count: usize) -> Vec<String> {
    const SURNAMES: [&str; 20] = [
        "Kim", "Lee", "Park", "Choi", "Jung", "Kang", "Jo", "Yoon", "Jang", "Im", "Han", "Oh", "Seo", "Shin", "Kwon",
        "Hwang", "Ahn", "Song", "Ryu", "Hong",
    ];
    const SYLLABLES: [&str; 52] = [
        "Ah", "Bin", "Bo", "Chae", "Chan", "Da", "Dong", "Eun", "Ga", "Geun", "Gi", "Gyu", "Ha", "Han", "Hee", "Ho",
        "Hoon", "Hwan", "Hye", "Hyo", "Hyun", "Il", "In", "Jae", "Ji", "Jin", "Joo", "Joon", "Jung", "Kyung", "Min",
        "Myung", "Na", "Rae", "Ri", "Rim", "San", "Sang", "Se", "Seok", "Seung", "So", "Soo", "Sung", "Tae", "Won",
        "Woo", "Ye", "Yeon", "Yong", "Yoon", "Young",
    ];
    let mut names = Vec::with_capacity(count);
    for first in SYLLABLES {
        for second in SYLLABLES {
            names.extend(SURNAMES.map(|surname| format!("{surname} {first} {second}")));
        }
    }
    names.truncate(count);
    names
}
