//! `The actress`, `the 41-year-old`, `the crown prince`, `her co-star`: who is meant by a noun.

use super::entity::{Id, Nature, Trade};
use super::lexicon::Class;
use super::phrase::Reference;
use super::resolve::{Choice, MANY, Place, Resolver, Speaker, sure};
use super::subject;
use super::text::{Shape, Text};
use crate::model::QuoteKind;

impl Resolver<'_> {
    pub(super) fn epithet(&self, head: usize, first: usize, place: Place<'_>) -> Option<Choice> {
        let text = self.text;
        let class = text.class(head);
        let noun = text.word(head).to_ascii_lowercase();
        let she = if class.has(Class::FEMALE) {
            Some(true)
        } else {
            // Outlets call women actors too, but men far more often.
            class.has(Class::MALE).then_some(false)
        };
        let entities = self.entities;
        // `her captain (Kim)`: the role in front of the brackets.
        if text.word(head + 1) == "("
            && let Some(actor) = entities.covering(head + 2)
        {
            let role = (0..entities.all.len().min(MANY)).find(|id| entities.all[*id].actor == Some(actor.entity));
            if let Some(role) = role {
                return sure(Speaker::One(role), 0.95);
            }
        }
        // `The author, who goes by the pen name Kim, shared`.
        if text.word(head + 1) == ","
            && text.is(head + 2, "who")
            && text.is(head + 3, "goes")
            && let Some(mention) = (head + 4..head + 10).find_map(|t| entities.covering(t))
        {
            return sure(Speaker::One(mention.entity), 0.94);
        }
        // `his manager`, `her mother`: somebody of theirs, without a name.
        let owned = text.class(first).has(Class::HE.with(Class::SHE)) || text.shape(first + 1) == Shape::Clitic;
        let calls = |id: Id| entities.all[id].nouns.contains(&noun);
        if owned && ["co-star", "costar", "partner", "colleague", "castmate"].contains(&noun.as_str()) {
            let speaker = place
                .last
                .and_then(|(s, _)| if let Speaker::One(id) = s { Some(*id) } else { None })
                .or(place.focus.map(|(id, _)| id));
            let other = |id: Id| {
                entities.all[id].nature == Nature::Person
                    && entities.all[id].trade == Trade::Cast
                    && Some(id) != speaker
            };
            return self.pick(head, place, &other, None, false);
        }
        // `the letter begins`: of who wrote it, as the sentence in front says.
        if ["letter", "post", "message", "note"].contains(&noun.as_str()) && text.is(first, "the") {
            if let Some(sender) = self.sender(head) {
                return sure(Speaker::One(sender), 0.85);
            }
            let headlined = self.main.filter(|_| self.headlined);
            let writer = headlined
                .or(place.focus.map(|(id, _)| id))
                .or(self.main)
                .filter(|id| entities.all[*id].nature == Nature::Person)?;
            return sure(Speaker::One(writer), 0.82);
        }
        let aged = (first..head).any(|t| text.word(t).ends_with("-year-old"));
        if class.has(Class::STAFF) {
            let staff: Vec<Id> = (0..entities.all.len().min(MANY))
                .filter(|id| entities.all[*id].trade == Trade::Staff && entities.all[*id].is_somebody())
                .take(8)
                .collect();
            let exact: Vec<Id> = staff
                .iter()
                .copied()
                .filter(|id| {
                    calls(*id)
                        || DIRECTS.contains(&noun.as_str())
                            && entities.all[*id].nouns.iter().any(|n| DIRECTS.contains(&n.as_str()))
                        || noun.ends_with("writer") && entities.all[*id].nouns.iter().any(|n| n.ends_with("writer"))
                })
                .collect();
            // `the 78-year-old theater director`: somebody who was named before and is not known to act.
            let outside = |id: Id| entities.all[id].nature == Nature::Person && entities.all[id].trade != Trade::Cast;
            return match exact[..] {
                [one] => sure(Speaker::One(one), 0.95),
                [] if aged => self
                    .pick(
                        head,
                        Place {
                            focus: None,
                            last: None,
                            ..place
                        },
                        &outside,
                        None,
                        false,
                    )
                    .filter(|c| !c.candidates.is_empty()),
                [] => sure(
                    Speaker::Unnamed {
                        role: noun,
                        kind: QuoteKind::Staff,
                    },
                    0.88,
                ),
                _ => self.pick(head, place, &|id| exact.contains(&id), None, false),
            };
        }
        let surely_real =
            class.has(Class::TITLE.with(Class::EPITHET)) && !class.has(Class::STORY) || noun.ends_with("-year-old");
        if surely_real && !owned {
            let host = class.has(Class::HOST);
            // Where no man was named lately, a woman may be `the actor`.
            let women = noun != "actor"
                || !self.recent(head).iter().any(|m| {
                    let e = &entities.all[m.entity];
                    e.nature == Nature::Person && e.trade == Trade::Cast && self.is_she(m.entity) == Some(false)
                });
            // Singers host, too, and go by one name.
            let sings = matches!(noun.as_str(), "rapper" | "singer" | "idol" | "vocalist" | "soloist");
            let fits = |id: Id| {
                let e = &entities.all[id];
                e.nature == Nature::Person
                    && ((e.trade == Trade::Host) == host || sings || noun == "comedian" && calls(id))
                    && e.trade != Trade::Staff
                    && (women && noun == "actor" || she.is_none_or(|s| self.is_she(id) != Some(!s)))
            };
            let named_so = (0..entities.all.len().min(MANY)).any(|id| fits(id) && calls(id));
            let mononym = |id: Id| sings && !named_so && !entities.all[id].name.contains(' ');
            let called = |id: Id| fits(id) && (calls(id) || mononym(id));
            let tight = matches!(
                noun.as_str(),
                "idol"
                    | "singer"
                    | "rapper"
                    | "singer-actor"
                    | "idol-actor"
                    | "rookie"
                    | "newcomer"
                    | "veteran"
                    | "comedian"
                    | "host"
                    | "mc"
                    | "announcer"
            );
            let any = (0..entities.all.len().min(MANY)).any(called);
            // `with broadcaster Kim as the MC`: the one who hosts.
            if host && !any {
                let mut hosts = (0..entities.all.len().min(MANY)).filter(|id| fits(*id));
                if let (Some(one), None) = (hosts.next(), hosts.next()) {
                    return sure(Speaker::One(one), 0.86);
                }
            }
            if host && !any {
                return sure(
                    Speaker::Unnamed {
                        role: noun,
                        kind: QuoteKind::Other,
                    },
                    0.85,
                );
            }
            return if tight && any {
                self.pick(head, place, &called, she, false)
            } else {
                self.pick(head, place, &fits, she, false)
            };
        }
        // A word of the story: `the crown prince`, `the attorney`.
        let words: Vec<String> = (first..=head)
            .filter(|t| text.is_word(*t))
            .map(|t| text.word(t).to_ascii_lowercase())
            .collect();
        let told = |id: Id| {
            let e = &entities.all[id];
            let called = e.nouns.contains(&noun) || e.name.split_whitespace().any(|w| w.eq_ignore_ascii_case(&noun));
            called && (e.nature == Nature::Character || !place.scene && e.nature == Nature::Person) && !owned
        };
        if owned && let Some(kin) = self.kin(&noun, place) {
            return sure(Speaker::One(kin), 0.86);
        }
        let known: Vec<Id> = (0..entities.all.len().min(MANY)).filter(|id| told(*id)).collect();
        match known[..] {
            [] => self.stranger(&words, place, class, owned || words.len() > 1),
            [one] => sure(Speaker::One(one), 0.9),
            _ => self.pick(head, place, &told, she, place.scene),
        }
    }

    /// `Kim had sent the show a text message. The message read`: who sent it, by name.
    fn sender(&self, head: usize) -> Option<Id> {
        const REACH: usize = 48;
        const SENDS: &[&str] = &[
            "sent", "sends", "wrote", "writes", "left", "leaves", "posted", "penned", "texted",
        ];
        let verb = (head.saturating_sub(REACH)..head)
            .rev()
            .find(|t| SENDS.contains(&self.text.word(*t)))?;
        let first = self.sentences[self.sentence(verb)].first;
        match subject::of_verb(self.text, self.entities, first, verb)? {
            Reference::Named { id, .. } if self.entities.all[id].is_somebody() => Some(id),
            _ => None,
        }
    }

    /// `her sister`: the one other character who is called so, or else bears the surname.
    fn kin(&self, noun: &str, place: Place<'_>) -> Option<Id> {
        const KIN: &[(&str, bool)] = &[
            ("sister", true),
            ("brother", false),
            ("mother", true),
            ("father", false),
            ("husband", false),
            ("wife", true),
            ("daughter", true),
            ("son", false),
        ];
        let (_, she) = *KIN.iter().find(|(kin, _)| *kin == noun)?;
        let all = &self.entities.all;
        let owner = place.focus.map(|(id, _)| id)?;
        let fits = |id: &Id| {
            let e = &all[*id];
            *id != owner && e.nature == all[owner].nature && e.actor != Some(owner) && self.is_she(*id) == Some(she)
        };
        let only = |found: Vec<Id>| match found[..] {
            [one] => Some(one),
            _ => None,
        };
        let called: Vec<Id> = (0..all.len().min(MANY))
            .filter(|id| fits(id) && all[*id].nouns.iter().any(|n| n == noun))
            .collect();
        let sibling = matches!(noun, "sister" | "brother");
        let surname = |id: Id| all[id].name.split_whitespace().next().unwrap_or_default();
        let akin = || -> Vec<Id> {
            (0..all.len().min(MANY))
                .filter(|id| fits(id) && sibling && surname(*id) == surname(owner))
                .collect()
        };
        only(called).or_else(|| only(akin()))
    }

    /// Somebody who never gets a name, such as `photographer`.
    fn stranger(&self, words: &[String], place: Place<'_>, class: Class, told: bool) -> Option<Choice> {
        const CREW: &[&str] = &[
            "camera",
            "sound",
            "lighting",
            "art",
            "stunt",
            "makeup",
            "costume",
            "casting",
            "music",
            "assistant",
            "prop",
        ];
        let person = Class::EPITHET
            .with(Class::TITLE)
            .with(Class::FEMALE)
            .with(Class::MALE)
            .with(Class::STORY);
        let last = words.last()?;
        // `the secretary`, `the officer`: somebody of the story; in a scene only who is called just so.
        let story = class.has(Class::STORY) && !class.has(Class::TITLE) || PASSERS.contains(&last.as_str());
        let called = if place.scene { story && !told } else { story || told };
        let somebody = class.has(person) || does_something(last) || PASSERS.contains(&last.as_str());
        if !called || !somebody {
            return None;
        }
        let staff = words.iter().any(|w| CREW.contains(&w.as_str()));
        sure(
            Speaker::Unnamed {
                role: words.join(" "),
                kind: if staff { QuoteKind::Staff } else { QuoteKind::Other },
            },
            0.66,
        )
    }
}

/// Who directs.
const DIRECTS: &[&str] = &[
    "pd",
    "director",
    "filmmaker",
    "showrunner",
    "director-writer",
    "writer-director",
];

/// Who comes by in a scene without a name.
pub(super) const PASSERS: &[&str] = &[
    "neighbor",
    "neighbour",
    "clerk",
    "driver",
    "waiter",
    "bartender",
    "soldier",
    "landlord",
    "landlady",
    "stranger",
    "customer",
    "client",
    "bride",
    "groom",
    "child",
    "kid",
    "boy",
    "girl",
    "servant",
    "thief",
    "killer",
    "caller",
    "cashier",
    "passenger",
    "patient",
    "student",
    "janitor",
    "gardener",
    "bodyguard",
    "villager",
    "guest",
    "kidnapper",
    "narrator",
    "narration",
    "voiceover",
    "voice-over",
];

/// Whether a noun is one of those who do something: `operator`, `stylist`, `trainer`.
pub(super) fn does_something(noun: &str) -> bool {
    const THINGS: &[&str] = &[
        "poster",
        "teaser",
        "trailer",
        "letter",
        "chapter",
        "banner",
        "answer",
        "number",
        "water",
        "center",
        "order",
        "paper",
        "power",
        "offer",
        "character",
        "newsletter",
        "computer",
        "monitor",
        "mirror",
        "door",
        "floor",
        "color",
        "humor",
        "rumor",
        "summer",
        "winter",
        "dinner",
        "sticker",
        "corner",
        "error",
        "matter",
        "weather",
        "other",
        "another",
        "former",
        "latter",
        "daughter",
        "supper",
        "theater",
        "drawer",
        "counter",
        "thriller",
        "finger",
        "shoulder",
    ];
    noun.len() > 4
        && ["er", "or", "ist", "man", "woman", "ian", "mate"]
            .iter()
            .any(|e| noun.ends_with(e))
        && !THINGS.contains(&noun)
}

impl Text {
    fn is_word(&self, token: usize) -> bool {
        self.tokens.get(token).is_some_and(|t| t.is_word()) && !self.class(token).has(Class::DET)
    }
}
