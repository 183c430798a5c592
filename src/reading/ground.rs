//! The stages of a reading, each of which knows what those before it found: what the article is made of, who is in it,
//! what it is about, and who says what.
//!
//! The rules are elsewhere: here stands in which order they are asked, and what each is told.

use super::attribution::{Claims, Sieves};
use super::entity::{self, Entities, Id, Mention, Nature, Trade};
use super::judged::Judged;
use super::names::Found;
use super::network::{self, Station};
use super::print::words;
use super::resolve::Resolver;
use super::scan::{self, Spans};
use super::sentence::{self, Sentences};
use super::text::Text;
use super::trace::Trace;
use super::{
    agency, confidence, drama, gender, guests, kind, lines, people, questions, quote, repeat, scene, showing, shown_on,
    speech, statement, summary, title, trade, unplayed,
};
use crate::catalogue::Catalogue;
use crate::model::{Article, ArticleKind};
use std::cell::{Cell, OnceCell, RefCell};

/// What an article is made of, by its print alone.
pub(super) struct Plain {
    pub text: Text,
    pub title: Text,
    spans: Spans,
    title_spans: Spans,
    pub sentences: Sentences,
    kind: ArticleKind,
    /// It tells the story of an episode or a teaser.
    shows: bool,
}

/// What an article is made of, before anybody in it is known.
pub(super) struct Ground {
    pub plain: Plain,
    judged: Vec<Judged>,
    stations: Vec<Station>,
    /// Titles that stand without marks.
    bare: Vec<(usize, usize)>,
    /// The same, and what else is no name.
    nameless: Vec<(usize, usize)>,
}

/// Who is named in it.
pub(super) struct People {
    pub entities: Entities,
    /// Whether a paragraph tells a scene.
    scenes: Vec<bool>,
    /// Whom it is about.
    main: Option<Id>,
}

/// What it is about: the main drama first.
pub(super) struct About {
    pub works: Vec<drama::Work>,
    /// Who shows the main one, and the channel that it is shown on: `KBS`, `KBS 2TV`.
    broadcaster: Option<String>,
    pub network: Option<String>,
}

/// Who says what, and which paragraphs are said without marks.
pub(super) struct Said {
    pub drafts: Vec<quote::Draft>,
    spoken: Vec<bool>,
}

impl Plain {
    pub(super) fn of(article: &Article) -> Self {
        let text = Text::new(article);
        let title = Text::line(&article.title);
        let spans = scan::scan(&text);
        let title_spans = scan::scan(&title);
        let sentences = sentence::split(&text, &spans);
        let kind = kind::of(&title, &title_spans, &text, &spans);
        let shows = showing::shows(kind, &text, &spans) || showing::is_review(&title);
        Self {
            text,
            title,
            spans,
            title_spans,
            sentences,
            kind,
            shows,
        }
    }
}

impl Ground {
    pub(super) fn of(plain: Plain, catalogue: &Catalogue) -> Self {
        let (text, title, spans) = (&plain.text, &plain.title, &plain.spans);
        let judged = judge(&plain, catalogue);
        let stations = stations(text, spans, &judged, catalogue);
        let bare = repeat::find(text, title, &plain.title_spans, spans, &judged);
        let mut nameless = bare.clone();
        nameless.extend(title::owned(text, &stations));
        nameless.extend(repeat::noted(text, spans));
        Self {
            plain,
            judged,
            stations,
            bare,
            nameless,
        }
    }

    /// Where names stand.
    pub(super) fn names(&self, catalogue: &Catalogue) -> Vec<Found> {
        people::names(&self.source(catalogue))
    }

    /// Everybody who is named.
    pub(super) fn met(&self, names: &[Found], catalogue: &Catalogue) -> Entities {
        people::find(&self.source(catalogue), names)
    }

    fn source<'a>(&'a self, catalogue: &'a Catalogue) -> people::Source<'a> {
        people::Source {
            text: &self.plain.text,
            stations: &self.stations,
            bare: &self.nameless,
            title: &self.plain.title,
            spans: &self.plain.spans,
            judged: &self.judged,
            sentences: &self.plain.sentences,
            catalogue,
            scene: self.plain.shows,
        }
    }

    /// What the article tells of everybody.
    pub(super) fn people(&self, mut entities: Entities) -> People {
        let (text, title, kind) = (&self.plain.text, &self.plain.title, self.plain.kind);
        let (spans, judged, sentences) = (&self.plain.spans, &self.judged, &self.plain.sentences);
        trade::headline(title, &mut entities);
        trade::tell_maker(text, title, &mut entities);
        if self.plain.shows {
            unplayed::promote(text, &mut entities, kind == ArticleKind::Recap);
        }
        unplayed::number(text, &mut entities);
        let scenes = scene::told(text, &entities, self.plain.shows, kind);
        scene::nouns::mention(text, spans, judged, &scenes, &mut entities);
        let main = main_person(&entities, title);
        let about = main.map(|main| (main, kind == ArticleKind::Interview));
        gender::learn(text, spans, judged, sentences, &scenes, &mut entities, about);
        guests::tell_guests(title, &mut entities, kind == ArticleKind::Variety, main);
        // Guests play nobody.
        if self.plain.shows {
            unplayed::cast_the_rest(text, &mut entities);
        }
        if kind == ArticleKind::Interview {
            unplayed::cast_the_asked(&mut entities, main);
        }
        agency::bind(text, &mut entities, main);
        People { entities, scenes, main }
    }

    pub(super) fn about(&self, people: &People, catalogue: &Catalogue) -> About {
        let source = drama::Source {
            text: &self.plain.text,
            bare: &self.bare,
            title: &self.plain.title,
            title_spans: &self.plain.title_spans,
            spans: &self.plain.spans,
            judged: &self.judged,
            sentences: &self.plain.sentences,
            stations: &self.stations,
            entities: &people.entities,
            catalogue,
            kind: self.plain.kind,
        };
        let works = drama::find(&source);
        let shown = shown_on::of_drama(&source, works.first());
        let named = |s: Station| self.plain.text.slice(s.first, s.last).to_owned();
        let broadcaster = shown.map(named);
        let network = shown
            .map(|s| named(shown_on::channel(&source, s)))
            .or_else(|| shown_on::of_headline(&source, works.first()));
        About {
            works,
            broadcaster,
            network,
        }
    }

    /// What decides who says what.
    pub(super) fn sieves<'a>(&'a self, people: &'a People, about: &About) -> Sieves<'a> {
        let (plain, entities) = (&self.plain, &people.entities);
        let talks = showing::is_talk(plain.kind);
        let resolver = Resolver {
            text: &plain.text,
            entities,
            sentences: &plain.sentences,
            station: about
                .broadcaster
                .as_ref()
                .or(about.network.as_ref())
                .and_then(|n| entities.full(&entity::key(n))),
            main: people.main,
            headlined: people
                .main
                .is_some_and(|m| plain.title.find_words(&entities.all[m].name).is_some()),
            heard: RefCell::default(),
            voiced: Cell::default(),
            described: OnceCell::new(),
            actresses: OnceCell::new(),
            talks,
            portrait: plain.kind == ArticleKind::Interview
                || plain.kind == ArticleKind::News && people.main.is_some_and(|m| is_portrait(entities, m)),
        };
        Sieves {
            text: &plain.text,
            spans: &plain.spans,
            judged: &self.judged,
            entities,
            resolver,
            scenes: &people.scenes,
            interview: plain.kind == ArticleKind::Interview || questions::are_laid_out(&plain.text, &plain.spans),
            shows: plain.shows,
        }
    }

    /// The quotes, by whom each span is claimed.
    pub(super) fn said(&self, sieves: &Sieves<'_>, claims: Claims) -> Said {
        let Plain { text, title, spans, .. } = &self.plain;
        let blocks = statement::find(text, spans, &self.judged, sieves.entities);
        let mut drafts = quote::drafts(sieves, claims, &blocks);
        let kind = self.plain.kind;
        let shown = lines::Shown {
            scenes: self.plain.shows,
            review: showing::is_review(title),
            made: scene::is_made(title) && kind != ArticleKind::Teaser,
            reading: kind == ArticleKind::ScriptReading,
            filmed: kind == ArticleKind::MakingOf,
            talk: showing::is_talk(kind),
            asked: sieves.interview,
            main: sieves.resolver.main,
        };
        lines::give(text, spans, &self.plain.sentences, sieves.entities, shown, &mut drafts);
        confidence::calibrate(sieves, title, &mut drafts);
        let spoken = spoken(text, spans, &blocks);
        Said { drafts, spoken }
    }

    pub(super) fn explain(&self, people: &People, about: &About, said: &Said, trace: &mut Trace) {
        trace.say(format!("kind: {:?}", self.plain.kind));
        for work in &about.works {
            trace.say(format!("drama: {} ({:.1})", work.title, work.score));
        }
        trace.people(&people.entities);
        trace.spans(
            &self.plain.text,
            &self.plain.spans,
            &self.judged,
            &people.entities,
            &said.drafts,
        );
    }

    pub(super) fn summary(&self, people: &People, about: &About, said: &Said) -> String {
        let names: Vec<&str> = about.works.iter().map(|w| w.title.as_str()).collect();
        let told = summary::Told {
            entities: &people.entities,
            people: &told_of(&people.entities, &self.plain.title),
            news: kind::news(self.plain.kind),
            dramas: &names,
            network: about.network.as_deref(),
            drafts: &said.drafts,
            spoken: &said.spoken,
            figures: self.plain.kind == ArticleKind::Ratings,
            list: self.plain.kind == ArticleKind::List && names.len() > 1 && !self.is_of_one(&names),
            kind: self.plain.kind,
            title_spans: &self.plain.title_spans,
        };
        summary::write(
            &self.plain.text,
            &self.plain.title,
            &self.plain.spans,
            &self.judged,
            &self.plain.sentences,
            &told,
        )
    }

    /// `5 moments in “Paper Moon” that made us cry`: a list, and about the only drama of its headline.
    fn is_of_one(&self, names: &[&str]) -> bool {
        let named = |name: &&&str| entity::holds(&self.plain.title.body, &speech::fold(name));
        names.first().is_some_and(|first| named(&first)) && names.iter().filter(named).count() == 1
    }

    /// What was known of spans and sentences makes room for the quotes.
    pub(super) fn only_text(self) -> (Text, ArticleKind) {
        (self.plain.text, self.plain.kind)
    }
}

/// What every span is, by what is known of titles before the article is read.
fn judge(plain: &Plain, catalogue: &Catalogue) -> Vec<Judged> {
    let (text, title, spans) = (&plain.text, &plain.title, &plain.spans);
    let drama = |words: &str| {
        catalogue
            .named_drama(words.trim_end_matches([',', '.', '!', '?']))
            .is_some()
    };
    let headline = |words: &str| {
        let mut marked = plain.title_spans.outer.iter().map(|s| title.slice(s.first(), s.close));
        marked.any(|printed| entity::is_same(printed, words))
    };
    let known = speech::Known {
        drama: &drama,
        headline: &headline,
        told: plain.shows,
    };
    let mut judged = speech::judge(text, spans, &plain.sentences, &known);
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
        // `in a YouTube show`: where something is put up, and no broadcaster.
        let host = text.is(station.first, "youtube") && !text.is_one(station.last, words!["original", "originals"]);
        !(host || inside && judged[at].verdict == speech::Verdict::Title)
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
pub(super) fn named(entities: &Entities) -> Vec<String> {
    let mut people: Vec<_> = entities.all.iter().filter(|e| e.nature == Nature::Person).collect();
    people.sort_by_key(|e| e.first);
    people.into_iter().map(|e| e.name.clone()).collect()
}

pub(super) fn characters(entities: &Entities) -> Vec<(String, String)> {
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
            .find_words(&entity.name)
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
        .filter(|id| {
            entities.all[*id].nature == Nature::Person
                && (counts[*id] > 1 || title.find_words(&entities.all[*id].name).is_some())
        })
        .map(|id| {
            let headline = title.find_words(&entities.all[id].name).is_some();
            (counts[id] + if headline { HEADLINE } else { 0 }, id)
        })
        .collect();
    people.sort_by_key(|(count, id)| (std::cmp::Reverse(*count), *id));
    people.truncate(MOST);
    people.into_iter().map(|(_, id)| id).collect()
}

/// The article tells of one person alone: they are named as often as everybody else together.
fn is_portrait(entities: &Entities, main: Id) -> bool {
    const ENOUGH: usize = 3;
    let told = |m: &&Mention| !m.in_speech && entities.all[m.entity].nature == Nature::Person;
    let named = entities.mentions.iter().filter(told);
    let all = named.clone().count();
    let own = named.filter(|m| m.entity == main).count();
    own >= ENOUGH && 2 * own >= all
}
