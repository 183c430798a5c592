//! Article → reading: what was said, by whom, about which drama, and what happened.
//!
//! General rules over words and marks; no model, no regex, no network, no clock. The steps, each in its file:
//! - `furniture` leaves end matter out, `text` and `token` cut the body into tokens (`lexicon` says what each word is,
//!   `print` tells it from others at a glance),
//!   `scan` pairs the marks, `sentence` cuts the narrative;
//! - `speech` tells speech from titles by its `look`, by the cues before it (`cue`) and behind it (`behind`, `nominal`;
//!   `judged` keeps them), and by what bears the words (`borne`);
//! - `names` (with `korean`), `role` and `people` find who is who; `evidence`, `beside` and `kept` weigh it, `bracket`,
//!   `cast`, `listed`, `in_turn`, `together`, `seen_as`, `younger` and `nameless` (with `beings`) read what `role` does not, `unplayed` what nobody says; `gender`, `trade` and `agency` tell what the article says
//!   of them, `scene` where the drama itself is told, who is “she” and “he” there, and whose turn it is;
//! - `attribution` finds the speaker: `subject` (with `lifted`, `noun`) and `phrase` read who is meant, `told`, `written`, `passive`, `cited`, `comments`,
//!   `floating` (with `exchange`) and `split` where the speaker stands elsewhere, `resolve` (with `epithet`, `partner`, `described`, `former`, `portrait`,
//!   `kinship`, `letter`, `ranked`, `speaks_for`, `mutual`, `stranger`, `stands_for`, `score`, `sureness`, `binding`) which of them it is;
//!   `statement` (with `labels`) finds speech without marks, `quote` cuts it all out and `lines` gives characters theirs (`performed` says which an actor reads aloud);
//! - `network`, `title`, `repeat`, `drama`, `setting`, `passing` and `shown_on` find what it is about; `kind` (with `showing`), `summary`
//!   (with `telling` and `around`, and `leads` to hold it against) and `key` do as they are called, `confidence`
//!   says how often such a speaker is right, and `trace` explains.
//!
//! Reading cannot fail: an empty reading is a reading.
//!
//! Cost is linear in the text: every look back or ahead is bounded by a named number of tokens.

mod agency;
mod around;
mod attribution;
mod behind;
mod beings;
mod beside;
mod binding;
mod borne;
mod bracket;
mod cast;
mod cited;
mod comments;
mod confidence;
mod cue;
mod described;
mod drama;
mod entity;
mod epithet;
mod evidence;
mod exchange;
mod floating;
mod former;
mod furniture;
mod gender;
mod in_turn;
mod judged;
mod kept;
mod key;
mod keyed;
mod kind;
mod kinship;
mod korean;
mod labels;
mod leads;
mod letter;
mod lexicon;
mod lifted;
mod lines;
mod listed;
mod look;
mod mention;
mod mutual;
mod nameless;
mod names;
mod network;
mod nominal;
mod noun;
mod partner;
mod passing;
mod passive;
mod people;
mod performed;
mod phrase;
mod portrait;
mod print;
mod quote;
mod ranked;
mod repeat;
mod resolve;
mod role;
mod scan;
mod scene;
mod score;
mod seen_as;
mod sentence;
mod setting;
mod showing;
mod shown_on;
mod speaks_for;
mod speech;
mod split;
mod stands_for;
mod statement;
mod stranger;
mod subject;
mod summary;
mod sureness;
mod telling;
#[cfg(test)]
mod tests;
mod text;
mod title;
mod together;
mod token;
mod told;
mod trace;
mod trade;
mod unplayed;
mod written;
mod younger;

pub use key::key_quotes;
pub use leads::{Leads, leads};
pub use trace::Trace;

use crate::catalogue::Catalogue;
use crate::model::{Article, ArticleKind, Reading};
use attribution::Sieves;
use entity::{Entities, Id, Nature, Trade};
use judged::Judged;
use network::Station;
use resolve::Resolver;
use scan::Spans;
use sentence::Sentence;
use std::cell::{Cell, OnceCell, RefCell};
use text::Text;

/// Reads an article. The `id` of the reading is left empty.
#[must_use]
pub fn read(article: &Article, catalogue: &Catalogue) -> Reading {
    run(article, catalogue, None)
}

/// Reads an article and tells why the reading came out as it did.
#[must_use]
pub fn explain(article: &Article, catalogue: &Catalogue) -> (Reading, Trace) {
    let mut trace = Trace::default();
    let reading = run(article, catalogue, Some(&mut trace));
    (reading, trace)
}

fn run(article: &Article, catalogue: &Catalogue, trace: Option<&mut Trace>) -> Reading {
    let text = Text::new(article);
    let title = Text::line(&article.title);
    let spans = scan::scan(&text);
    let title_spans = scan::scan(&title);
    let sentences = sentence::split(&text, &spans);
    let kind = kind::of(&title, &title_spans, &text, &spans);
    let shows = showing::shows(kind, &text) || showing::is_review(&title);
    let judged = judge(&text, &title, &spans, &title_spans, &sentences, catalogue, shows);
    let stations = stations(&text, &spans, &judged, catalogue);
    let bare = repeat::find(&text, &title, &title_spans, &spans, &judged);
    let mut nameless = bare.clone();
    nameless.extend(title::owned(&text, &stations));
    nameless.extend(repeat::noted(&text, &spans));
    let source = people::Source {
        text: &text,
        bare: &nameless,
        title: &title,
        spans: &spans,
        judged: &judged,
        sentences: &sentences,
        catalogue,
        scene: shows,
    };
    let (mut entities, _) = people::find(&source);
    trade::headline(&title, &mut entities);
    trade::tell_maker(&text, &title, &mut entities);
    if source.scene {
        unplayed::promote(&text, &mut entities, kind == ArticleKind::Recap);
    }
    let scenes = scene::told(&text, &entities, source.scene, kind);
    scene::nouns::mention(&text, &spans, &judged, &scenes, &mut entities);
    scene::agree::learn(&text, &spans, &judged, &sentences, &scenes, &mut entities);
    gender::learn(&text, &spans, &judged, &sentences, &scenes, &mut entities);
    if source.scene {
        unplayed::cast_the_rest(&text, &mut entities);
    }
    let main = main_person(&entities, &title);
    trade::tell_guests(&mut entities, kind == ArticleKind::Variety, main);
    agency::bind(&text, &mut entities, main);
    let about = drama::Source {
        text: &text,
        bare: &bare,
        title: &title,
        title_spans: &title_spans,
        spans: &spans,
        judged: &judged,
        sentences: &sentences,
        stations: &stations,
        entities: &entities,
        catalogue,
        kind,
    };
    let works = drama::find(&about);
    let station = shown_on::of_drama(&about, works.first());
    let network = station
        .map(|s| text.slice(s.first, s.last).to_owned())
        .or_else(|| shown_on::of_headline(&about, works.first()));
    trade::tell_regulars(&text, &title, &sentences, &mut entities, works.first());
    let station_id = network.as_deref().and_then(|n| entities.full(&entity::key(n)));
    let resolver = Resolver {
        text: &text,
        entities: &entities,
        sentences: &sentences,
        station: station_id,
        main,
        headlined: main.is_some_and(|m| title.body.contains(entities.all[m].name.as_str())),
        heard: RefCell::default(),
        voiced: Cell::default(),
        described: OnceCell::new(),
        talks: showing::is_talk(kind),
    };
    let sieves = Sieves {
        text: &text,
        spans: &spans,
        judged: &judged,
        entities: &entities,
        resolver,
        scenes: &scenes,
        interview: kind == ArticleKind::Interview,
        shows: source.scene,
    };
    let claims = sieves.claims();
    let blocks = statement::find(&text, &spans, &judged, &entities);
    let mut drafts = quote::drafts(&sieves, claims, &blocks);
    let shown = lines::Shown {
        scenes: source.scene,
        review: showing::is_review(&title),
        made: scene::is_made(&title) && kind != ArticleKind::Teaser,
        reading: kind == ArticleKind::ScriptReading,
    };
    lines::give(&text, &spans, &sentences, &entities, shown, &mut drafts);
    confidence::calibrate(&sieves, &title, &mut drafts);
    if let Some(trace) = trace {
        trace.say(format!("kind: {kind:?}"));
        for work in &works {
            trace.say(format!("drama: {} ({:.1})", work.title, work.score));
        }
        trace.people(&entities);
        trace.spans(&text, &spans, &judged, &entities, &drafts);
    }
    let is_title = |name: &str| works.iter().any(|w| entity::is_same(&w.title, name));
    let people: Vec<String> = named(&entities).into_iter().filter(|p| !is_title(p)).collect();
    let names: Vec<&str> = works.iter().map(|w| w.title.as_str()).collect();
    let spoken = spoken(&text, &spans, &blocks);
    let summary = summary::write(
        &text,
        &title,
        &spans,
        &judged,
        &sentences,
        &summary::Told {
            entities: &entities,
            people: &told_of(&entities, &title),
            news: kind::news(kind),
            dramas: &names,
            network: network.as_deref(),
            drafts: &drafts,
            spoken: &spoken,
            figures: kind == ArticleKind::Ratings,
            list: kind == ArticleKind::List && names.len() > 1,
        },
    );
    // What was known of spans and sentences makes room for the quotes.
    drop((blocks, scenes, spoken, spans, judged, sentences));
    let quotes = quote::cut(&text, &entities, drafts);
    Reading {
        id: None,
        title: article.title.clone(),
        url: article.url.clone(),
        kind,
        summary,
        drama: works.into_iter().map(|w| w.title).collect(),
        network,
        people,
        characters: characters(&entities),
        body: text.body,
        quotes,
    }
}

/// What every span is, by what is known of titles before the article is read.
fn judge(
    text: &Text,
    title: &Text,
    spans: &Spans,
    title_spans: &Spans,
    sentences: &[Sentence],
    catalogue: &Catalogue,
    told: bool,
) -> Vec<Judged> {
    let drama = |words: &str| {
        catalogue
            .named_drama(words.trim_end_matches([',', '.', '!', '?']))
            .is_some()
    };
    let headline = |words: &str| {
        let mut marked = title_spans.outer.iter().map(|s| title.slice(s.first(), s.close));
        marked.any(|printed| entity::is_same(printed, words))
    };
    let known = speech::Known {
        drama: &drama,
        headline: &headline,
        told,
    };
    let mut judged = speech::judge(text, spans, sentences, &known);
    for number in repeat::headings(text, spans) {
        judged[number].verdict = speech::Verdict::Caption;
        judged[number].why = "a heading whose words stand below";
    }
    judged
}

/// The networks named. `“2025 KBS Drama Awards”`: a part of a title is no network of the drama.
fn stations(text: &Text, spans: &Spans, judged: &[Judged], catalogue: &Catalogue) -> Vec<Station> {
    let mut stations = network::find(text, catalogue);
    stations.retain(|station| {
        let at = spans.outer.partition_point(|s| s.after() <= station.first);
        let inside = spans.outer.get(at).is_some_and(|s| s.open < station.first);
        !(inside && judged[at].verdict == speech::Verdict::Title)
    });
    stations
}

/// For every paragraph: whether somebody says it without marks, or it is the question to an answer.
fn spoken(text: &Text, spans: &Spans, blocks: &[statement::Block]) -> Vec<bool> {
    let mut spoken = vec![false; text.paras.len()];
    let said = blocks.iter().flat_map(|b| b.paras.clone());
    for para in said.chain(spans.middles.iter().map(|(para, _, _)| *para)) {
        spoken[para] = true;
    }
    for block in blocks.iter().filter(|b| b.answer && b.paras.start > 0) {
        spoken[block.paras.start - 1] = true;
    }
    spoken
}

/// Real people in the order of their first mention.
fn named(entities: &Entities) -> Vec<String> {
    let mut people: Vec<_> = entities.all.iter().filter(|e| e.nature == Nature::Person).collect();
    people.sort_by_key(|e| e.first);
    people.into_iter().map(|e| e.name.clone()).collect()
}

fn characters(entities: &Entities) -> Vec<(String, String)> {
    let mut cast: Vec<_> = entities
        .all
        .iter()
        .filter(|e| e.nature == Nature::Character && e.actor.is_some())
        .collect();
    cast.sort_by_key(|e| e.first);
    cast.into_iter()
        .filter_map(|e| e.actor.map(|a| (e.name.clone(), entities.all[a].name.clone())))
        .collect()
}

/// Whom the article is about: named in the headline first, else mentioned most.
fn main_person(entities: &Entities, title: &Text) -> Option<Id> {
    let mut counts = vec![0_u32; entities.all.len()];
    for mention in &entities.mentions {
        counts[mention.entity] += 1;
    }
    let score = |id: Id| {
        let entity = &entities.all[id];
        let headline = title
            .body
            .find(entity.name.as_str())
            .map_or(0, |at| 40_u32.saturating_sub(u32::try_from(at).unwrap_or(40) / 4));
        let staff = if entity.trade == Trade::Cast { 8 } else { 0 };
        counts[id] + headline + staff
    };
    (0..entities.all.len())
        .filter(|id| entities.all[*id].nature == Nature::Person)
        .max_by_key(|id| (score(*id), std::cmp::Reverse(*id)))
}

/// Whom the article tells most of: in the headline first, then as often as they are named.
fn told_of(entities: &Entities, title: &Text) -> Vec<Id> {
    const MOST: usize = 4;
    const HEADLINE: u32 = 6;
    let mut counts = vec![0_u32; entities.all.len()];
    for mention in entities.mentions.iter().filter(|m| !m.in_speech) {
        counts[mention.entity] += 1;
    }
    let mut people: Vec<(u32, Id)> = (0..entities.all.len())
        .filter(|id| entities.all[*id].nature == Nature::Person && counts[*id] > 1)
        .map(|id| {
            let headline = title.body.contains(entities.all[id].name.as_str());
            (counts[id] + if headline { HEADLINE } else { 0 }, id)
        })
        .collect();
    people.sort_by_key(|(count, id)| (std::cmp::Reverse(*count), *id));
    people.truncate(MOST);
    people.into_iter().map(|(_, id)| id).collect()
}
