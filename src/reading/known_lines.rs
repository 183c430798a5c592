//! Lines of the drama that are quoted where people talk of it, by what they are called: `There’s a moment where your character
//! says, “…”`, `In the finale you tell him, “…”`, `his last words, spoken to a boy, were: “…”`, `A Reum’s final line, “…”`.

use super::entity::{Entities, Id, Mention, Nature, Trade};
use super::lexicon::Class;
use super::print::{Words, words};
use super::resolve::Speaker;
use super::scan::Span;
use super::text::{Shape, Text};

/// Where words stand that may be such a line.
pub(super) struct Place<'a> {
    pub text: &'a Text,
    pub entities: &'a Entities,
    pub span: &'a Span,
    /// First token of its sentence.
    pub first: usize,
    /// Whom the article is about.
    pub main: Option<Id>,
    /// It is an interview with them.
    pub asked: bool,
}

/// Whose character says it.
enum Whose {
    /// Theirs who are asked.
    Asked,
    /// The one named.
    Named(Id),
    /// His or hers.
    One(bool),
    /// Of whom was told last.
    Told,
}

/// Further back nobody is looked for.
const LOOK: usize = 90;
/// A sentence that leads to a line is seldom longer.
const SENTENCE: usize = 48;

/// What a line is called, and nothing that people say as themselves.
const LINES: Words = words![
    "line",
    "lines",
    "words",
    "monologue",
    "soliloquy",
    "catchphrase",
    "voice-over",
    "voiceover"
];
/// What it is called where somebody of the story owns it.
const ANSWERS: Words = words![
    "reply",
    "answer",
    "retort",
    "response",
    "vow",
    "plea",
    "question",
    "confession",
    "speech"
];
/// Which of them: no reporter counts or praises what somebody says as themself so.
const WHICH: Words = words![
    "final",
    "last",
    "first",
    "opening",
    "closing",
    "dying",
    "parting",
    "famous",
    "now-famous",
    "infamous",
    "iconic",
    "signature",
    "viral",
    "quoted",
    "most-quoted",
    "much-quoted",
    "memorable",
    "immortal",
    "cruelest",
    "cruellest",
    "chilling",
];
/// Such a line is said again and again, and goes by itself.
const ALONE: Words = words!["monologue", "soliloquy", "catchphrase"];
/// What a line is of.
const STORY: Words = words![
    "episode", "finale", "drama", "series", "season", "script", "show", "scene", "pilot", "film"
];
/// What becomes of a line that everybody knows.
const FAME: Words = words![
    "mugs", "mug", "t-shirts", "shirts", "aprons", "tote", "totes", "stickers", "meme", "memes", "viral", "trended",
    "trending", "tattoo", "quoted",
];
/// Where somebody speaks as themself.
const OUTSIDE: Words = words![
    "statement",
    "post",
    "letter",
    "interview",
    "press",
    "reporters",
    "fans",
    "crew",
    "staff",
    "instagram",
    "weverse",
    "conference",
    "award",
    "awards",
    "livestream",
    "backstage",
    "behind-the-scenes",
];

impl Place<'_> {
    /// Whose words they are, where those in front call them a line of the drama.
    pub fn speaker(&self, chosen: Option<Id>) -> Option<Speaker> {
        let (first, open) = (self.from(), self.span.open);
        if open < first + 2 || (first..open).any(|t| self.text.is_one(t, OUTSIDE)) {
            return None;
        }
        let whose = self
            .by_character()
            .or_else(|| self.by_you())
            .or_else(|| self.by_scene())
            .or_else(|| self.by_relative())
            .or_else(|| self.by_line())?;
        match whose {
            Whose::Asked => self.main.map(|main| self.role_of(main)),
            Whose::Named(id) => Some(self.role_of(id)),
            Whose::One(she) => self.of_one(chosen, Some(she)),
            Whose::Told => self.of_one(chosen, None),
        }
    }

    fn from(&self) -> usize {
        self.first.max(self.span.open.saturating_sub(SENTENCE))
    }

    /// Somebody says it there.
    fn says(&self, token: usize) -> bool {
        self.text.class(token).has(Class::SAY) && self.text.shape(token) == Shape::Lower
    }

    fn is_person(&self, mention: &Mention) -> bool {
        !mention.in_speech && self.entities.all[mention.entity].nature == Nature::Person
    }

    /// `your character looks at the empty theater and says`, `the character stands up and says`, `a single line, spoken by his
    /// character to a child`.
    fn by_character(&self) -> Option<Whose> {
        let text = self.text;
        const NEAR: usize = 6;
        let (first, open) = (self.from(), self.span.open);
        let at = (first + 1..open).rev().find(|t| text.is(*t, "character"))?;
        let owner = at - 1;
        let class = text.class(owner);
        let owned = text.is(owner, "your")
            || class.has(Class::HE.with(Class::SHE).with(Class::DET)) && !text.is_one(owner, words!["a", "an"])
            || text.shape(owner) == Shape::Clitic;
        let by = text.is(owner.wrapping_sub(1), "by");
        // `with her character’s first line`.
        let line = text.shape(at + 1) == Shape::Clitic
            && (at + 2..open.min(at + NEAR)).any(|t| text.is_one(t, LINES) || text.is_one(t, ANSWERS))
            && !(at + 2..open).any(|t| self.says(t) && !text.class(t).has(Class::SPOKEN));
        let says = || self.is_subject(owner) && (self.goes_on_to_say(at) || self.is_given_by(owner, at));
        if !(owned && (by || line || says())) {
            return None;
        }
        Some(match () {
            () if text.is(owner, "your") => Whose::Asked,
            () if text.shape(owner) == Shape::Clitic => Whose::Named(self.entities.covering(owner - 1)?.entity),
            () if class.has(Class::HE.with(Class::SHE)) => Whose::One(class.has(Class::SHE)),
            () => Whose::Told,
        })
    }

    /// A clause begins with the noun that somebody owns there: not `introduced her character by saying`.
    fn is_subject(&self, owner: usize) -> bool {
        let text = self.text;
        let before = owner.wrapping_sub(1);
        let opens = Class::SUBORD.with(Class::CONJ).with(Class::AUX);
        let named = text.shape(owner) == Shape::Clitic;
        owner <= self.from()
            || named
            || !text.is_word(before)
            || text.class(before).has(opens)
            || text.is_one(before, words!["where", "when", "which", "that"])
            // `the words his character says`.
            || text.is_one(before, LINES)
            || text.is_one(before, words!["one", "ones", "sentence", "phrase", "thing", "things"])
    }

    /// `the verdict that her character delivers`, `the note his character leaves`: what is given so is words.
    fn is_given_by(&self, owner: usize, at: usize) -> bool {
        const GIVES: Words = words![
            "delivers",
            "delivered",
            "leaves",
            "left",
            "writes",
            "wrote",
            "utters",
            "uttered",
            "gives",
            "gave",
            "sends",
            "sent",
            "recites",
            "recited",
            "pronounces",
            "makes",
            "made",
            "hands",
        ];
        const GIVEN: Words = words![
            "verdict", "note", "letter", "message", "sentence", "advice", "toast", "warning", "promise", "greeting",
            "prayer", "excuse", "joke", "curse", "threat",
        ];
        let text = self.text;
        let noun = owner.wrapping_sub(1 + usize::from(text.is_one(owner.wrapping_sub(1), words!["that", "which"])));
        let given = |words: Words| text.is_one(noun, words);
        text.is_one(at + 1, GIVES)
            && !(at + 2..self.span.open).any(|t| self.says(t))
            && (given(GIVEN) || given(LINES) || given(ANSWERS))
    }

    /// `one chilling line, which he whispers to a debtor`, `what Madam Heo tells her son`: who says it in a clause of its own.
    fn by_relative(&self) -> Option<Whose> {
        const REACH: usize = 24;
        let text = self.text;
        let (first, open) = (self.from(), self.span.open);
        let near = first.max(open.saturating_sub(REACH))..open;
        let now = |t: usize| self.says(t) && text.word(t).ends_with('s');
        let which = near.rev().find(|t| text.is_one(*t, words!["which", "that", "what"]))?;
        let line = which.wrapping_sub(1 + usize::from(text.is(which.wrapping_sub(1), ",")));
        if text.is(which, "what") {
            let role = self.entities.covering(which + 1)?;
            let of_story = self.entities.all[role.entity].nature == Nature::Character;
            return (of_story && role.first == which + 1 && now(role.last)).then_some(Whose::Named(role.entity));
        }
        let class = text.class(which + 1);
        let one = class.has(Class::NOMINATIVE) && class.has(Class::HE.with(Class::SHE)) && !class.has(Class::THEY);
        (one && now(which + 2) && text.is_one(line, LINES)).then(|| Whose::One(class.has(Class::SHE)))
    }

    /// `looks at the empty theater and says`; not `Her character lies in two languages, she said`.
    fn goes_on_to_say(&self, at: usize) -> bool {
        let text = self.text;
        let stops = |t: usize| self.says(t) || text.class(t).has(Class::NOMINATIVE);
        let Some(verb) = (at + 1..self.span.open).find(|t| stops(*t)).filter(|t| self.says(*t)) else {
            return false;
        };
        let reported = |t: usize| {
            let past = text.word(t + 1).ends_with("ed") || text.is_one(t + 1, words!["said", "told"]);
            text.class(t).has(Class::NOMINATIVE) && self.says(t + 1) && past
        };
        !self.entities.between(at, verb).iter().any(|m| self.is_person(m)) && !(verb + 1..self.span.open).any(reported)
    }

    /// `In the finale, you say to your ex-boyfriend, `: whoever is asked says it in the story.
    fn by_you(&self) -> Option<Whose> {
        const NEAR: usize = 4;
        let text = self.text;
        let (first, open) = (self.from(), self.span.open);
        let you = (first..open)
            .rev()
            .find(|t| text.is(*t, "you"))
            .filter(|_| self.asked)?;
        let now = |t: usize| self.says(t) && !text.word(t).ends_with("ed") && !text.is_one(t, words!["said", "told"]);
        let says = (you + 1..open.min(you + NEAR)).any(now);
        let scene = words![
            "scene", "episode", "finale", "moment", "ending", "sequence", "line", "teaser", "trailer"
        ];
        (says && (first..you).any(|t| text.is_one(t, scene))).then_some(Whose::Asked)
    }

    /// `There’s that scene at the bus stop where he says, “…”`: whom the interview is with says it in the story.
    fn by_scene(&self) -> Option<Whose> {
        const REACH: usize = 10;
        let text = self.text;
        let (first, open) = (self.from(), self.span.open);
        let scenes = words!["scene", "moment", "sequence"];
        let scene = (first..open).find(|t| text.is_one(*t, scenes)).filter(|_| self.asked)?;
        let opens =
            |t: &usize| text.is_one(*t, words!["where", "when"]) || text.is(*t, "which") && text.is(t - 1, "in");
        let pronoun = (scene + 1..open.min(scene + REACH)).find(opens)? + 1;
        let class = text.class(pronoun);
        let one = class.has(Class::NOMINATIVE) && !class.has(Class::THEY) && class.has(Class::HE.with(Class::SHE));
        let now = |t: usize| self.says(t) && text.word(t).ends_with('s');
        let alone = self.entities.between(scene, open).is_empty();
        (one && alone && (pronoun + 1..open).any(now)).then(|| Whose::One(class.has(Class::SHE)))
    }

    /// `his last words, spoken to a boy tying his boots, were about laces: `, `the opening line of every episode – `, `Kim Bo Ra’s
    /// reply, `.
    fn by_line(&self) -> Option<Whose> {
        const REACH: usize = 16;
        const FRONT: usize = 5;
        let text = self.text;
        let (first, open) = (self.from(), self.span.open);
        let near = first.max(open.saturating_sub(REACH))..open;
        let at = near
            .rev()
            .find(|t| text.is_one(*t, LINES) || text.is_one(*t, ANSWERS))?;
        let front = first.max(at.saturating_sub(FRONT))..at;
        let owner = front.clone().rev().find(|t| {
            let class = text.class(*t);
            text.shape(*t) == Shape::Clitic
                || class.has(Class::HE.with(Class::SHE)) && !class.has(Class::NOMINATIVE)
                || text.is_one(*t, words!["the", "that", "whose"])
        })?;
        if !self.leads_to(at) || (owner + 1..at).any(|t| text.class(t).has(Class::PREP.with(Class::SAY))) {
            return None;
        }
        let role = |t: usize| {
            let mention = self.entities.covering(t)?;
            (self.entities.all[mention.entity].nature == Nature::Character).then_some(mention.entity)
        };
        if text.shape(owner) == Shape::Clitic
            && let Some(id) = owner.checked_sub(1).and_then(role)
        {
            return Some(Whose::Named(id));
        }
        let end = text.paras.get(self.span.para).map_or(open, |p| p.last);
        let tail = self.span.after()..end.min(self.span.after() + SENTENCE / 2);
        let famous = tail.take_while(|t| !text.is(*t, ".")).any(|t| text.is_one(t, FAME));
        // `Of all his lines, it was the last one, “…”`.
        let all = owner > first + 1 && text.is(owner - 1, "all") && text.is(owner - 2, "of");
        let which = all || (owner + 1..at).any(|t| text.is_one(t, WHICH));
        let of_story = (at + 1..open.min(at + FRONT)).any(|t| text.is_one(t, STORY));
        let alone = text.is_one(at, ALONE);
        if !text.is_one(at, LINES) || !(famous || which || of_story || alone) {
            return None;
        }
        let class = text.class(owner);
        Some(match () {
            () if text.shape(owner) == Shape::Clitic => Whose::Named(self.entities.covering(owner - 1)?.entity),
            // `went to Kim, the magistrate of X, whose line in the final episode, “…,” became a catchphrase`.
            () if text.is(owner, "whose") => Whose::Named(self.somebody_before(owner)?),
            () if class.has(Class::HE.with(Class::SHE)) => Whose::One(class.has(Class::SHE)),
            () => Whose::Told,
        })
    }

    /// The last one of the sentence who is named in front of a token.
    fn somebody_before(&self, token: usize) -> Option<Id> {
        let first = token.saturating_sub(SENTENCE).max(self.first);
        let mut named = self.entities.between(first, token).iter();
        let somebody = |m: &&Mention| !m.in_speech && self.entities.all[m.entity].is_somebody();
        named.rfind(somebody).map(|m| m.entity)
    }

    /// Nobody else says something between the noun and the words: `Of his final line Kim said`.
    fn leads_to(&self, at: usize) -> bool {
        const FRONT: usize = 2;
        let text = self.text;
        let open = self.span.open;
        let behind = at + 1 + usize::from(text.is(at + 1, ","));
        let relative = text.is_one(behind, words!["that", "which", "spoken", "delivered", "whispered"]);
        let person = self.entities.between(at + 1, open).iter().any(|m| self.is_person(m));
        let said = (at + 1..open).any(|t| self.says(t));
        let of = (at.saturating_sub(FRONT + 2)..at).any(|t| text.is_one(t, words!["about", "regarding", "on"]));
        !of && !person && (relative || !said && !(at + 1..open).any(|t| text.class(t).has(Class::NOMINATIVE)))
    }

    /// The role of whom was told last, where no gender speaks against it.
    fn of_one(&self, chosen: Option<Id>, she: Option<bool>) -> Option<Speaker> {
        let all = &self.entities.all;
        let agrees = |id: Id| she.is_none_or(|she| all[id].is_she().or(all[id].leans).is_none_or(|is| is == she));
        let plays = |id: Id| {
            all[id].nature == Nature::Person && super::lines::role_of(self.entities, id, self.span.open).is_some()
        };
        // `ended with Kim greeting everybody. Her last line was`: whoever is told of there says it.
        let para = &self.text.paras[self.span.para];
        let here = |id: Id| {
            self.entities
                .between(para.first, self.span.open)
                .iter()
                .any(|m| m.entity == id && !m.in_speech)
        };
        let other = chosen.is_some_and(|id| self.main != Some(id) && here(id));
        let chosen = chosen.filter(|id| agrees(*id) && plays(*id));
        let told = || {
            let mut named = self
                .entities
                .between(self.span.open.saturating_sub(LOOK), self.span.open)
                .iter();
            let of = |m: &&Mention| {
                !m.in_speech && agrees(m.entity) && (all[m.entity].nature == Nature::Character || plays(m.entity))
            };
            named.rfind(of).map(|m| m.entity)
        };
        let main = || {
            self.main
                .filter(|id| agrees(*id) && all[*id].trade == Trade::Cast && !other)
        };
        chosen.or_else(told).or_else(main).map(|id| self.role_of(id))
    }

    /// The character itself, or the one whom an actor plays.
    fn role_of(&self, id: Id) -> Speaker {
        if self.entities.all[id].nature != Nature::Person {
            return Speaker::One(id);
        }
        super::lines::role_of(self.entities, id, self.span.open).map_or(Speaker::Played(id), Speaker::One)
    }
}
