//! Article → reading: what was said, by whom, about which drama, and what happened.
//!
//! General rules over words and marks; no model, no regex, no network, no clock. `side_by_side` has the stages in their order,
//! each of which is done for several articles before the next, and `ground` what each of them asks;
//! the steps, each in its file:
//! - `furniture` leaves end matter out, `text` and `token` cut the body into tokens (`lexicon` says what each word is,
//!   `print` tells it from others at a glance, `looks` goes from one capital or mark to the next),
//!   `scan` pairs the marks, `sentence` cuts the narrative;
//! - `speech` tells speech from titles by its `look`, by the cues before it (`cue`) and behind it (`behind`, `nominal`, `signed`;
//!   `judged` keeps them), or without one (`uncued`), and by what bears the words (`borne`);
//! - `names` (with `houses`, `represented`, `korean`, `titled`, `openings`, `headlined`), `role` and `people` find who is who (`entity`,
//!   `aliases` and `spelling` hold it, in the tables of `keyed`; `mention` finds where everybody is named);
//!   `emphasised` takes what the page sets off, `evidence`, `beside` and `kept` weigh it, `nobody` says what is no person,
//!   `bracket`, `members`, `ahead`, `introduced`, `cast`, `listed`, `in_turn`, `together`, `seen_as`, `younger` and `nameless` (with `beings`,
//!   `whom`, `who_plays`) read what `role` does not, `unplayed` what nobody says; `gender`, `trade`, `guests` and `agency` tell what the article says of them, `scene` where the drama
//!   itself is told, who is “she” and “he” there, and whose turn it is;
//! - `attribution` finds the speaker (`rounds` asks it for a quote of each article in turn): `subject` (with `lifted`, `noun`, `whose`) and `phrase` read who is meant, `told`, `written`, `announced`, `toned`, `posted`,
//!   `passive`, `cited`, `comments`, `floating` and `across` (with `exchange`, `addressed`, `questions`) and `split` (with `reacts`) where the speaker
//!   stands elsewhere, `resolve` (with `epithet`, `staff`, `partner`, `described`, `former`, `portrait`, `kinship`, `letter`,
//!   `ranked`, `several`, `unison`, `speaks_for`, `mutual`, `stranger`, `stands_for`, `score` (with `carried`), `sureness`, `binding`) which of them it is;
//!   `statement` (with `labels`) finds speech without marks, `quote` cuts it all out and `lines` gives characters theirs
//!   (`performed`, `rehearsed` and `requested` say which an actor reads aloud, `as_role` which are told of the role, `known_lines` which are quoted as lines);
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
mod announced;
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
mod introduced;
mod judged;
mod kept;
mod key;
mod keyed;
mod kind;
mod kinship;
mod known_lines;
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
mod posted;
mod print;
mod questions;
mod quote;
mod ranked;
mod reacts;
mod rehearsed;
mod repeat;
mod represented;
mod requested;
mod resolve;
mod role;
mod rounds;
mod scan;
mod scene;
mod score;
mod seen_as;
mod sentence;
mod setting;
mod several;
mod showing;
mod shown_on;
mod signed;
mod speaks_for;
mod speech;
mod spelling;
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
mod toned;
mod trace;
mod trade;
mod uncued;
mod unison;
mod unplayed;
mod who_plays;
mod whom;
mod whose;
mod written;
mod younger;

pub use key::key_quotes;
pub use leads::{Leads, leads};
pub use trace::Trace;

use crate::catalogue::Catalogue;
use crate::model::{Article, Reading};
use ground::{About, Ground, People, Plain, Said, characters, named};
use std::slice;

/// How many articles are read side by side at most: more are hardly faster.
pub const COHORT: usize = 32;
/// And how much text, in bytes: what is found in each is held until all are read, and a long article gains little.
const TOGETHER: usize = 1 << 18;

/// Reads an article. The `id` of the reading is left empty.
#[must_use]
pub fn read(article: &Article, catalogue: &Catalogue) -> Reading {
    one(article, catalogue, None)
}

/// Reads articles side by side, in cohorts of [`COHORT`] at most: each reading is what [`read`] gives, in the order of the
/// articles, in three quarters of the time.
///
/// The rules are most of a megabyte of code, of which an article needs nearly all, and most of it once. One after another,
/// each article fetches all of it anew, and the processor has forgotten which way the jumps went. In a cohort every stage is
/// done for all before the next begins, and one fetch serves all (Larus and Parkes, “Using cohort scheduling to enhance
/// server performance”, USENIX 2002).
#[must_use]
pub fn read_all(articles: &[Article], catalogue: &Catalogue) -> Vec<Reading> {
    let mut readings = Vec::with_capacity(articles.len());
    let mut rest = articles;
    while let [first, others @ ..] = rest {
        let mut text = first.body_len();
        let fits = |article: &&Article| {
            text += article.body_len();
            text <= TOGETHER
        };
        let (some, more) = rest.split_at(1 + others.iter().take(COHORT - 1).take_while(fits).count());
        readings.extend(side_by_side(some, catalogue, None));
        rest = more;
    }
    readings
}

/// Reads an article and tells why the reading came out as it did.
#[must_use]
pub fn explain(article: &Article, catalogue: &Catalogue) -> (Reading, Trace) {
    let mut trace = Trace::default();
    let reading = one(article, catalogue, Some(&mut trace));
    (reading, trace)
}

fn one(article: &Article, catalogue: &Catalogue, trace: Option<&mut Trace>) -> Reading {
    let mut readings = side_by_side(slice::from_ref(article), catalogue, trace);
    readings.pop().expect("every article has a reading")
}

/// All stages, each of all articles before the next. A trace tells of the first article.
fn side_by_side(articles: &[Article], catalogue: &Catalogue, trace: Option<&mut Trace>) -> Vec<Reading> {
    let plain = each(articles, Plain::of);
    let grounds = each(plain, |plain| Ground::of(plain, catalogue));
    let names = each(&grounds, |ground| ground.names(catalogue));
    let met = each(grounds.iter().zip(names), |(ground, names)| {
        ground.met(&names, catalogue)
    });
    let people = each(grounds.iter().zip(met), |(ground, met)| ground.people(met));
    let found = each(grounds.into_iter().zip(people), |(ground, people)| {
        Found::of(ground, people, catalogue)
    });
    let said = said(&found);
    if let (Some(trace), Some(found), Some(said)) = (trace, found.first(), said.first()) {
        found.ground.explain(&found.people, &found.about, said, trace);
    }
    let summaries = each(found.iter().zip(&said), |(found, said)| found.summary(said));
    let ends = articles.iter().zip(found).zip(said).zip(summaries);
    each(ends, |(((article, found), said), summary)| {
        found.reading(article, said, summary)
    })
}

/// Who says what in each article.
fn said(found: &[Found]) -> Vec<Said> {
    let sieves = each(found, |found| found.ground.sieves(&found.people, &found.about));
    let claims = rounds::claims(&sieves);
    let claimed = found.iter().zip(&sieves).zip(claims);
    each(claimed, |((found, sieves), claims)| found.ground.said(sieves, claims))
}

/// One stage of all articles.
fn each<A, B>(all: impl IntoIterator<Item = A>, stage: impl FnMut(A) -> B) -> Vec<B> {
    all.into_iter().map(stage).collect()
}

/// An article of which it is known who is in it and what it is about.
struct Found {
    ground: Ground,
    people: People,
    about: About,
}

impl Found {
    fn of(ground: Ground, mut people: People, catalogue: &Catalogue) -> Self {
        let about = ground.about(&people, catalogue);
        guests::tell_regulars(
            &ground.plain.text,
            &ground.plain.title,
            &ground.plain.sentences,
            &mut people.entities,
            about.works.first(),
        );
        Self { ground, people, about }
    }

    fn summary(&self, said: &Said) -> String {
        self.ground.summary(&self.people, &self.about, said)
    }

    fn reading(self, article: &Article, said: Said, summary: String) -> Reading {
        let (entities, about) = (self.people.entities, self.about);
        let is_title = |name: &str| about.works.iter().any(|w| entity::is_same(&w.title, name));
        let named: Vec<String> = named(&entities).into_iter().filter(|p| !is_title(p)).collect();
        // What was known of spans and sentences makes room for the quotes.
        let (text, kind) = self.ground.only_text();
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
}
