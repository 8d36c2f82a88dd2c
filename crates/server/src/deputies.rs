//! Who holds whose office today (代理), in memory: asked by every request, changed rarely. So a
//! command costs no further statement, whether somebody is away or not.

use base::{Day, PersonId};
use store::deputy::Acting;

/// The deputyships that hold today or later.
#[derive(Debug, Clone, Default)]
pub struct Deputies(Vec<Acting>);

impl Deputies {
    /// Of these rows.
    pub fn new(all: Vec<Acting>) -> Self {
        Self(all)
    }

    /// Whose office this person holds on a day.
    pub fn held_by(&self, deputy: PersonId, day: Day) -> impl Iterator<Item = &Acting> {
        self.on(day).filter(move |acting| acting.deputy == deputy)
    }

    /// Who holds this person's office on a day; then that person is away.
    pub fn of(&self, person: PersonId, day: Day) -> Option<&Acting> {
        self.on(day).find(|acting| acting.person == person)
    }

    fn on(&self, day: Day) -> impl Iterator<Item = &Acting> {
        self.0.iter().filter(move |acting| acting.from <= day && day <= acting.to)
    }
}
