//! Two forms of attribution with the speaker elsewhere: words on paper (`the letter that Kim left. It read, “…”`)
//! and a participle that goes on from an attribution (`said Kim, adding that “…”`).

use super::attribution::{Claim, Rule, Sieves, keep};
use super::lexicon::Class;
use super::resolve::{Choice, Place, Speaker};
use super::sentence;

impl Sieves<'_> {
    /// `He found the letter that Kim had left. It read, “…”`: whoever wrote it.
    pub(super) fn written(&self, number: usize, place: Place<'_>) -> Option<(Rule, Option<Choice>)> {
        const PAPERS: &[&str] = &[
            "letter", "note", "message", "diary", "text", "card", "postcard", "memo", "email",
        ];
        const WRITE: &[&str] = &[
            "left",
            "written",
            "wrote",
            "sent",
            "penned",
            "hidden",
            "mailed",
            "addressed",
            "recorded",
        ];
        let before = self.judged[number].before();
        let verb = before.verb?;
        let reads = ["read", "reads", "said", "says", "began", "begins"].contains(&self.text.word(verb));
        if !reads || verb != before.first + 1 || !self.text.is(before.first, "it") {
            return None;
        }
        let here = sentence::at(self.resolver.sentences, before.first);
        let told = here.checked_sub(1).map(|n| self.resolver.sentences[n])?;
        let from = told.first.max(told.last.saturating_sub(60));
        // `She finds a letter. It was left by Kim. It reads, “…”`.
        let again = self.text.is(told.first, "it");
        let paper = (from..told.last)
            .rev()
            .find(|t| PAPERS.contains(&self.text.word(*t)))
            .or(again.then_some(told.first))?;
        let wrote = (paper..told.last).find(|t| WRITE.contains(&self.text.word(*t)));
        let named = |mention: Option<&super::entity::Mention>| {
            mention
                .filter(|m| self.entities.all[m.entity].is_somebody() && !m.ambiguous)
                .map(|m| m.entity)
        };
        // `the letter that Kim had left`, `a letter from Kim`, `Kim’s letter`; else nobody.
        let who = match wrote {
            Some(wrote) if self.text.is(wrote + 1, "by") => named(self.entities.covering(wrote + 2)),
            Some(wrote) => named(self.entities.between(paper.min(wrote), wrote).last()),
            None if self.text.is(paper + 1, "from") || self.text.is(paper + 1, "by") => {
                named(self.entities.covering(paper + 2))
            }
            None if paper > 1 && self.text.shape(paper - 1) == super::text::Shape::Clitic => {
                named(self.entities.covering(paper - 2))
            }
            None => None,
        };
        let choice = who.and_then(|id| keep(&Speaker::One(id), 0.85));
        debug_assert!(place.para < self.text.paras.len());
        Some((Rule::Before, choice))
    }

    /// `“…,” said a representative, adding that the actress “…”`: the participle is the speaker's.
    pub(super) fn participle(&self, number: usize, claims: &[Option<Box<Claim>>], scene: bool) -> Option<Claim> {
        let previous = self.spoken_before(number)?;
        let after = self.judged[previous].after().filter(|a| a.plain)?;
        let before = self.judged[number].before();
        let sentences = self.resolver.sentences;
        let open = self.spans.outer[number].open;
        let same = sentence::at(sentences, self.spans.outer[previous].open) == sentence::at(sentences, open);
        let from = after.subject.1.max(after.verb + 1);
        let verb = (from..open)
            .take(30)
            .find(|t| self.text.class(*t).has(Class::ING) && super::cue::is_speech_verb(self.text, *t, from))?;
        // Nobody else acts in between.
        let alone =
            before.verb.is_none_or(|v| v == verb) && (from..verb).all(|t| !self.text.class(t).has(Class::NOMINATIVE));
        let claim = claims.get(previous)?.as_ref().filter(|_| same && alone)?;
        let mut choice = claim.choice.clone()?;
        choice.sure = (choice.sure - 0.04).max(0.3);
        Some(Claim {
            rule: Rule::Continuity,
            choice: Some(choice),
            scene,
        })
    }
}
