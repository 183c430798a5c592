//! A subject that begins at a token: a name, a pronoun, `the actress`, followed by something like a verb.

use super::super::print::{Words, words};
use crate::reading::beings;
use crate::reading::cue;
use crate::reading::entity::{Entities, Mention};
use crate::reading::lexicon::{Class, trades};
use crate::reading::noun::{is_adjective, is_one_of_two, is_told, is_trade, looks_finite};
use crate::reading::phrase::{self, Reference, read};
use crate::reading::text::{Shape, Text};

/// Nouns for companies, teams and crowds: what stands before them only tells whose they are.
const SPEAKS: Class = Class::TEAM
    .with(Class::SOURCE)
    .with(Class::AGENCY)
    .with(Class::BROADCAST)
    .with(Class::PUBLIC);

/// Numbers that stand behind an article.
const NUMBERS: Words = words!["two", "three", "four", "five"];

/// The subject that begins at a token, and one past it.
pub fn opening_subject(
    text: &Text,
    entities: &Entities,
    at: usize,
    last: usize,
    relatives: bool,
) -> Option<(Reference, usize)> {
    let class = text.class(at);
    if class.has(Class::NOMINATIVE) {
        return Some((Reference::Pronoun { class, token: at }, at + 1));
    }
    // `where old Mr. Ki Bok is picking a frame`, `poor Kim`: how somebody is.
    let manner = text.shape(at) == Shape::Lower && at + 1 < last && beings::is_manner(text.word(at));
    let at = at + usize::from(manner && text.is_capital(at + 1));
    let opening = Opening {
        text,
        entities,
        at,
        last,
        relatives,
    };
    if !opening.may_begin() {
        return None;
    }
    if let Some(name) = opening.name_alone() {
        return Some((Reference::to(name), name.last));
    }
    let end = opening.without_the_verb(opening.end());
    // `His father passed away. “…,” he said`: whose father it is speaks on.
    let kin = || end == at + 2 && class.has(Class::HE.with(Class::SHE)) && trades::KIN.contains(&text.word(at + 1));
    if end == at || !relatives && kin() {
        return None;
    }
    let reference = read(text, entities, at, end)?;
    // `the video`, `the scene` are no persons; `the physician` is, when somebody is called so.
    let person = match &reference {
        Reference::Epithet { head, .. } => opening.is_person(*head),
        _ => true,
    };
    if let (true, Reference::Epithet { .. }) = (person, &reference)
        && let Some(named) = apposed(text, entities, at, end)
    {
        return Some(named);
    }
    if let (true, Some(named)) = (person, by_name(text, entities, end))
        && matches!(reference, Reference::Epithet { .. } | Reference::Unnamed { .. })
    {
        return Some(named);
    }
    person.then_some((reference, end))
}

/// `a nurse named Seo Mi Ro`, `a man who calls himself Jun`, `a clerk by the name of Ok`: the noun is somebody who is named.
fn by_name(text: &Text, entities: &Entities, end: usize) -> Option<(Reference, usize)> {
    let name = match () {
        () if text.is_one(end, words!["named", "called", "nicknamed", "dubbed"]) => end + 1,
        () if text.is(end, "by") && text.is(end + 2, "name") && text.is(end + 3, "of") => end + 4,
        () if text.is(end, "who")
            && text.is_one(end + 1, words!["calls", "called"])
            && text.is_one(end + 2, words!["himself", "herself"]) =>
        {
            end + 3
        }
        () if text.is(end, "who") && text.is_one(end + 1, words!["goes", "went"]) && text.is(end + 2, "by") => end + 3,
        () => return None,
    };
    let mention = entities
        .covering(name)
        .filter(|m| entities.all[m.entity].is_somebody())?;
    let close = crate::reading::bracket::behind(text, mention.last);
    Some((Reference::to(mention), close))
}

/// `The other MC, girl group AERIE’s Rae, wiped away tears`: the name says who.
fn apposed(text: &Text, entities: &Entities, at: usize, end: usize) -> Option<(Reference, usize)> {
    const LONGEST: usize = 7;
    const GROUPS: [&str; 5] = ["girl", "boy", "group", "band", "idol"];
    if text.word(end) != "," || !text.class(at).has(Class::DET) {
        return None;
    }
    let close = (end + 2..end + 2 + LONGEST).find(|t| text.word(*t) == ",")?;
    let name = entities
        .covering(close - 1)
        .filter(|m| m.last == close && m.first > end + 1 && entities.all[m.entity].is_somebody())?;
    let owned = text.shape(name.first - 1) == Shape::Clitic;
    let titles = (end + 1..name.first).all(|t| {
        text.class(t).has(Class::TITLE)
            || GROUPS.contains(&text.word(t))
            || owned && (text.is_capital(t) || text.shape(t) == Shape::Clitic)
    });
    titles.then(|| (Reference::to(name), close + 1))
}

#[derive(Clone, Copy)]
struct Opening<'a> {
    text: &'a Text,
    entities: &'a Entities,
    at: usize,
    last: usize,
    relatives: bool,
}

impl Opening<'_> {
    fn may_begin(&self) -> bool {
        const OPENS: Class = Class::DET.with(Class::TITLE).with(Class::EPITHET).with(Class::PUBLIC);
        let (text, at) = (self.text, self.at);
        let class = text.class(at);
        let opens = text.is_capital(at)
            || class.has(OPENS)
            || text.shape(at) == Shape::Number
            || is_trade(text, self.entities, at);
        // `In Gyo-rim was brief`: a surname that is a word.
        let named = class.has(Class::PREP) && self.entities.covering(at).is_some_and(|m| m.first == at);
        opens && (named || !class.has(Class::PREP)) && !(class.has(Class::ADV) && text.shape(at) == Shape::Lower)
    }

    /// A noun that tells of somebody here.
    fn is_person(&self, token: usize) -> bool {
        // `The CEO blinks`, `the vice principal slams a file`.
        let scene = || {
            self.relatives
                && token <= self.at + 2
                && self.text.is(self.at, "the")
                && [beings::is_of_a_scene, beings::is_of_a_tale]
                    .map(|is| is(&self.text.word(token).to_ascii_lowercase()))
                    .contains(&true)
        };
        // `The 81-year-old blows out the candle`.
        let aged = || self.text.word(token).ends_with("-year-old");
        // `Our hero`, `our girl`: whom a recap is fond of.
        let ours = || {
            self.text.is_one(token, words!["hero", "heroine"])
                || self.text.is(self.at, "our")
                    && self
                        .text
                        .is_one(token, words!["girl", "gal", "boy", "guy", "man", "lady", "lad"])
        };
        // `Her manager cannot keep the camera still`.
        let theirs = || {
            let own = self.text.class(self.at).has(Class::HE.with(Class::SHE));
            own && self.text.class(token).has(Class::OFFICE) && token <= self.at + 2
        };
        self.text.class(token).has(Class::EPITHET)
            || theirs()
            || aged()
            || ours()
            || is_one_of_two(self.text, token)
            || scene()
            || is_told(self.text, self.at, token, self.relatives)
            || self.entities.has_noun(self.text.word(token))
    }

    /// The name of somebody that the noun phrase is made of, as most are.
    fn name_alone(&self) -> Option<&Mention> {
        let name = self.entities.mention_at(self.at).filter(|m| m.last <= self.last)?;
        self.behind_name(name.last)
            .is_none()
            .then(|| phrase::name_alone(self.text, self.entities, self.at, name.last))?
    }

    /// Where the noun phrase ends.
    fn end(&self) -> usize {
        const LONGEST: usize = 16;
        let text = self.text;
        let mut end = self.at;
        while end < self.last && end - self.at < LONGEST {
            if let Some(mention) = self.entities.covering(end).filter(|m| m.first >= self.at) {
                let behind = mention.last.max(end + 1);
                match self.behind_name(behind).or_else(|| self.in_office(mention)) {
                    Some(next) => end = next,
                    None => return behind,
                }
                continue;
            }
            // `the “Night Ferry” star`.
            if text.shape(end) == Shape::Mark
                && end > self.at
                && let Some(close) = phrase::behind_title(text, end)
            {
                end = close;
                continue;
            }
            // `the old gardener stops Kim`: behind who it is, what they do.
            if end > self.at + 1 && self.acts(end) {
                break;
            }
            if self.is_second_article(end) || !(self.is_inner(end) || self.is_of(end)) {
                break;
            }
            end += 1;
        }
        end
    }

    /// Where the phrase goes on behind a name: at its possessive, at the next name of a list.
    fn behind_name(&self, end: usize) -> Option<usize> {
        const LIST: usize = 12;
        const NEAR: usize = 4;
        let (text, last) = (self.text, self.last);
        if text.shape(end) == Shape::Clitic {
            return Some(end);
        }
        let list = text.is(end, "and") || text.is(end, ",") && (end..last.min(end + LIST)).any(|t| text.is(t, "and"));
        if !list {
            return None;
        }
        let next = (end..last.min(end + NEAR))
            .find_map(|t| self.entities.covering(t))
            .filter(|m| self.entities.all[m.entity].is_somebody())?;
        let joins = |t: usize| text.shape(t) != Shape::Lower || text.is(t, "and") || text.class(t).has(Class::TITLE);
        (end..next.first).all(joins).then_some(next.first)
    }

    /// `Studio Haru CEO Kang`, `SBS drama head Lee`: behind a house and an office stands who holds it, and is the subject.
    fn in_office(&self, house: &Mention) -> Option<usize> {
        const NEAR: usize = 4;
        const OFFICES: Class = Class::OFFICE.with(Class::TITLE).with(Class::SOURCE).with(Class::STAFF);
        if self.entities.all[house.entity].is_somebody() {
            return None;
        }
        let text = self.text;
        let noun = |t: &usize| {
            matches!(text.shape(*t), Shape::Lower | Shape::Upper | Shape::Capital)
                && self.entities.covering(*t).is_none()
        };
        let nouns = (house.last..self.last.min(house.last + NEAR)).take_while(noun).count();
        let name = house.last + nouns;
        let held = nouns > 0 && text.class(name - 1).has(OFFICES);
        let mention = self.entities.mention_at(name).filter(|_| held)?;
        (self.entities.all[mention.entity].is_somebody() && mention.last <= self.last).then_some(name)
    }

    /// A verb in the present behind a noun that is somebody's.
    fn acts(&self, token: usize) -> bool {
        let (text, word) = (self.text, self.text.word(token));
        text.shape(token) == Shape::Lower
            && word.ends_with('s')
            && !word.ends_with("ss")
            && text.shape(token - 1) == Shape::Lower
            && !text.class(token).has(Class::PREP.with(Class::PLURAL).with(Class::TITLE).with(SPEAKS))
            && self.entities.covering(token + 1).is_some()
            // `A crew member finds Kim on his own`: Kim is told of.
            && !(text.is(token, "finds") && text.is(self.at, "a"))
            && self.is_person(token - 1)
    }

    /// A noun phrase has one article; the next one belongs to an object. `The two` is one.
    fn is_second_article(&self, token: usize) -> bool {
        let text = self.text;
        token > self.at
            && text.shape(token) == Shape::Lower
            && text.class(token).has(Class::DET)
            && !text.class(token.wrapping_sub(1)).has(Class::PREP)
            && !text.is_just(token, NUMBERS)
    }

    /// A token that may stand in a noun phrase.
    fn is_inner(&self, token: usize) -> bool {
        const ENDS: Class = Class::PREP
            .with(Class::CONJ)
            .with(Class::SUBORD)
            .with(Class::AUX)
            .with(Class::ADV)
            .with(Class::NOMINATIVE);
        let (text, at) = (self.text, self.at);
        match text.shape(token) {
            Shape::Lower => {
                let class = text.class(token);
                // `the mortally wounded Kim`.
                let how = class.has(Class::ADV)
                    && token > at
                    && text.word(token).ends_with("ly")
                    && text.class(at).has(Class::DET)
                    && text.word(token + 1).ends_with("ed");
                if how || token > at + 1 && text.word(token - 1).ends_with("ly") && text.word(token).ends_with("ed") {
                    return true;
                }
                !class.has(ENDS)
                    && (token == at || !cue::is_speech_verb(text, token, at))
                    // `the seasoned actress`: behind an article it describes.
                    && (!looks_finite(text.word(token), class) || token == at + 1 && is_adjective(text, at, token))
            }
            Shape::Capital | Shape::Upper | Shape::Number | Shape::Clitic => true,
            Shape::Mark => text.owns_plural(token),
            Shape::Punct => false,
        }
    }

    /// `a source from Saram`, `a representative of his agency`.
    fn is_of(&self, token: usize) -> bool {
        const OWNED: Class = Class::SOURCE
            .with(Class::AGENCY)
            .with(Class::TEAM)
            .with(Class::STAFF)
            .with(Class::EPITHET);
        let speaks = |t: usize| self.text.class(t).has(Class::SOURCE);
        // `A spokesperson for MBC`.
        token > self.at
            && (self.text.is_just(token, words!["of", "from", "at"]) && self.text.class(token - 1).has(OWNED)
                || self.text.is(token, "for") && speaks(token - 1) && self.text.is_capital(token + 1))
    }

    /// `the physician lowers`, `His co-star kept hers`: what stands behind the last noun that is somebody's is no
    /// part of it.
    fn without_the_verb(&self, end: usize) -> usize {
        let (text, at) = (self.text, self.at);
        let plain = |t: usize| {
            text.shape(t) == Shape::Lower && !text.class(t).has(Class::PLURAL.with(SPEAKS).with(Class::EPITHET))
        };
        // Where it ends with a name or a noun, as most do, no noun in front of that is asked for.
        let Some(last) = end.checked_sub(1).filter(|last| *last > at && plain(*last)) else {
            return end;
        };
        if self.is_person(last) {
            return end;
        }
        // Plain words stand between the noun and the end.
        let noun = (at + 1..last).rev().find(|t| !plain(*t) || self.is_person(*t));
        // `Kim’s mother throws`: an owner may stand in front.
        let owners = || {
            let named = self.entities.between(at, end).iter();
            named
                .clone()
                .all(|m| text.shape(m.last) == Shape::Clitic && m.last < end)
        };
        match noun {
            Some(noun) if self.is_person(noun) && owners() => noun + 1,
            _ => end,
        }
    }
}
