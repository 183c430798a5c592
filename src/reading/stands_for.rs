//! Whom a name stands for where the story is told: actors for the roles they play, in brackets and out of them.

use super::entity::{Id, Mention, Nature};
use super::resolve::{MANY, Resolver};

impl Resolver<'_> {
    /// Whom somebody stands for where the story is told: the one role of an actor, everybody else for themself.
    pub(super) fn in_the_story(&self, id: Id) -> Id {
        let all = &self.entities.all;
        if all[id].nature != Nature::Person {
            return id;
        }
        let mut roles = (0..all.len().min(MANY)).filter(|role| all[*role].actor == Some(id));
        match (roles.next(), roles.next()) {
            (Some(role), None) => role,
            _ => id,
        }
    }

    /// `Magistrate Ho (played by Kim) makes it plain`: the sentence is about the role.
    pub(super) fn is_beside_subject(&self, mention: &Mention) -> bool {
        const NEAR: usize = 4;
        let open = (mention.first.saturating_sub(NEAR)..mention.first)
            .rev()
            .find(|t| self.text.sign(*t) == b'(');
        let role = open.and_then(|open| {
            let role = self.entities.covering(open.wrapping_sub(1))?;
            (role.last == open).then_some(role)
        });
        role.is_some_and(|m| self.entities.all[m.entity].actor == Some(mention.entity) && self.is_subject(m))
    }

    /// Somebody is named right in front of the bracket that a mention stands in.
    pub(super) fn stands_beside(&self, id: Id, mention: &Mention) -> bool {
        let open = mention.first.wrapping_sub(1);
        self.text.is(open, "(")
            && self
                .entities
                .covering(open.wrapping_sub(1))
                .is_some_and(|m| m.entity == id && m.last == open)
    }

    /// The role that stands in front of its actor in brackets, or the actor.
    pub(super) fn role_of(&self, mention: &Mention) -> Id {
        let (all, actor) = (&self.entities.all, mention.entity);
        let named = self
            .entities
            .covering(mention.first.saturating_sub(2))
            .map(|m| m.entity)
            .filter(|id| all[*id].actor == Some(actor));
        // `Role, played by Kim, kicks it`.
        let by = !self.text.is(mention.first.wrapping_sub(1), "(");
        let unnamed = || {
            (0..all.len().min(MANY)).find(|id| {
                all[*id].actor == Some(actor)
                    && (by || all[*id].name.starts_with(char::is_lowercase) || all[*id].name.contains("’s "))
            })
        };
        named.or_else(unnamed).unwrap_or(actor)
    }
}
