//! Article → reading: what was said, by whom, about which drama, and what happened.
//!
//! General rules over words and marks; no model, no regex, no network, no clock. `ground` has the stages in their order;
//! the steps, each in its file:
//! - `furniture` leaves end matter out, `text` and `token` cut the body into tokens (`lexicon` says what each word is,
//!   `print` tells it from others at a glance, `looks` goes from one capital or mark to the next),
//!   `scan` pairs the marks, `sentence` cuts the narrative;
//! - `speech` tells speech from titles by its `look`, by the cues before it (`cue`) and behind it (`behind`, `nominal`;
//!   `judged` keeps them), and by what bears the words (`borne`);
//! - `names` (with `houses`, `korean`, `titled`, `openings`, `headlined`), `role` and `people` find who is who (`entity` and `aliases` hold it);
//!   `emphasised` takes what the page sets off, `evidence`, `beside` and `kept` weigh it, `nobody` says what is no person,
//!   `bracket`, `members`,
//!   `ahead`, `cast`, `listed`, `in_turn`, `together`, `seen_as`, `younger` and `nameless` (with `beings`, `whom`) read what `role` does not,
//!   `unplayed` what nobody says; `gender`, `trade`, `guests` and `agency` tell what the article says of them, `scene` where the drama
//!   itself is told, who is “she” and “he” there, and whose turn it is;
//! - `attribution` finds the speaker: `subject` (with `lifted`, `noun`, `whose`) and `phrase` read who is meant, `told`, `written`,
//!   `passive`, `cited`, `comments`, `floating` and `across` (with `exchange`, `addressed`, `questions`) and `split` where the speaker
//!   stands elsewhere, `resolve` (with `epithet`, `staff`, `partner`, `described`, `former`, `portrait`, `kinship`, `letter`,
//!   `ranked`, `several`, `speaks_for`, `mutual`, `stranger`, `stands_for`, `score` (with `carried`), `sureness`, `binding`) which of them it is;
//!   `statement` (with `labels`) finds speech without marks, `quote` cuts it all out and `lines` gives characters theirs
//!   (`performed` says which an actor reads aloud, `as_role` which are told of the role);
//! - `network`, `title`, `repeat`, `guessed`, `drama`, `setting`, `passing` and `shown_on` find what it is about; `kind` (with `showing`), `summary`
//!   (with `telling` and `around`, and `leads` to hold it against) and `key` do as they are called, `confidence`
//!   says how often such a speaker is right, and `trace` explains.
//!
//! Reading cannot fail: an empty reading is a reading.
//!
//! Cost is linear in the text: every look back or ahead is bounded by a named number of tokens.

mod across;
mod addressed;
mod agency;
mod ahead;
mod aliases;
mod around;
mod as_role;
mod attribution;
mod behind;
mod beings;
mod beside;
mod binding;
mod borne;
mod bracket;
mod carried;
mod cast;
mod cited;
mod comments;
mod confidence;
mod cue;
mod described;
mod drama;
mod emphasised;
mod entity;
mod epithet;
mod evidence;
mod exchange;
mod floating;
mod former;
mod furniture;
mod gender;
mod ground;
mod guessed;
mod guests;
mod headlined;
mod houses;
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
mod looks;
mod members;
mod mention;
mod mutual;
mod nameless;
mod names;
mod network;
mod nobody;
mod nominal;
mod noun;
mod openings;
mod partner;
mod passing;
mod passive;
mod people;
mod performed;
mod phrase;
mod portrait;
mod print;
mod questions;
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
mod several;
mod showing;
mod shown_on;
mod speaks_for;
mod speech;
mod split;
mod staff;
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
mod titled;
mod together;
mod token;
mod told;
mod trace;
mod trade;
mod unplayed;
mod whom;
mod whose;
mod written;
mod younger;

pub use key::key_quotes;
pub use leads::{Leads, leads};
pub use trace::Trace;

use crate::catalogue::Catalogue;
use crate::model::{Article, Reading};
use ground::{Ground, characters, named};

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
    let ground = Ground::of(article, catalogue);
    let mut people = ground.people(catalogue);
    let about = ground.about(&people, catalogue);
    guests::tell_regulars(
        &ground.text,
        &ground.title,
        &ground.sentences,
        &mut people.entities,
        about.works.first(),
    );
    let said = ground.said(&people, &about);
    if let Some(trace) = trace {
        ground.explain(&people, &about, &said, trace);
    }
    let summary = ground.summary(&people, &about, &said);
    let entities = people.entities;
    let is_title = |name: &str| about.works.iter().any(|w| entity::is_same(&w.title, name));
    let named: Vec<String> = named(&entities).into_iter().filter(|p| !is_title(p)).collect();
    let (text, kind) = ground.only_text();
    let quotes = quote::cut(&text, &entities, said.drafts);
    Reading {
        id: None,
        title: article.title.clone(),
        url: article.url.clone(),
        kind,
        summary,
        drama: about.works.into_iter().map(|w| w.title).collect(),
        network: about.network,
        people: named,
        characters: characters(&entities),
        body: text.body,
        quotes,
    }
}
