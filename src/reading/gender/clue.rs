//! A pronoun of the narrative and those it can mean.

use crate::reading::entity::Id;

/// As many can be meant by one pronoun.
pub const MOST: usize = 10;
/// An article has some hundred pronouns. Of a longer text so many tell enough, and the rest would only take room.
pub const ENOUGH: usize = 2_048;

/// A pronoun and those it can mean.
pub struct Clue {
    /// “She” or “he”.
    pub she: bool,
    /// That it means somebody else.
    pub stranger: f32,
    /// How much it tells: what is “hers” may be another's.
    pub power: f32,
    /// Whom it cannot mean.
    pub barred: Barred,
    /// Whom it can mean, in as little room as there are many pronouns.
    who: [(u32, f32); MOST],
    many: usize,
}

impl Clue {
    /// Nobody yet.
    pub fn new(she: bool, stranger: f32, power: f32) -> Self {
        Self {
            she,
            stranger,
            power,
            barred: Barred::Nobody,
            who: [(0, 0.0); MOST],
            many: 0,
        }
    }

    /// Whom it can mean and how near they stand, the nearest first.
    pub fn who(&self) -> impl ExactSizeIterator<Item = (Id, f32)> {
        self.who[..self.many].iter().map(|(id, near)| (*id as usize, *near))
    }

    /// It may mean somebody, who stands so near.
    pub fn add(&mut self, id: Id, near: f32) {
        if let Some(known) = self.of(id) {
            *known = known.max(near);
        } else if let (Ok(id), Some(free)) = (u32::try_from(id), self.who.get_mut(self.many)) {
            *free = (id, near);
            self.many += 1;
        }
    }

    /// Lets somebody stand nearer or further off.
    pub fn weigh(&mut self, id: Id, by: f32) {
        if let Some(near) = self.of(id) {
            *near *= by;
        }
    }

    fn of(&mut self, id: Id) -> Option<&mut f32> {
        let who = self.who[..self.many].iter_mut();
        who.into_iter()
            .find(|(who, _)| *who as usize == id)
            .map(|(_, near)| near)
    }

    /// Who stands nearest.
    pub fn nearest(&self) -> Option<(Id, f32)> {
        self.who().max_by(|a, b| a.1.total_cmp(&b.1))
    }

    /// The nearest stand first.
    pub fn sort(&mut self) {
        self.who[..self.many].sort_by(|a, b| b.1.total_cmp(&a.1));
    }
}

/// Whom a pronoun cannot mean.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Barred {
    /// Anybody may be meant.
    Nobody,
    /// Whoever acts behind it in its clause: `Behind him, Kim laughs`.
    Actor,
    /// Who acts in its clause, or bears a name that it owns.
    One(Id),
}

/// All of them.
pub struct Clues {
    /// In the order of the text.
    pub all: Vec<Clue>,
    /// For every entity whose gender it shares: a role its actor's.
    pub bearers: Vec<Id>,
    /// Who of the bearers may be meant by any pronoun.
    pub met: Vec<bool>,
}
