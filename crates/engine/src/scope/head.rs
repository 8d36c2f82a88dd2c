//! What `case` says of a case.

use crate::case::CaseState;
use base::{CaseId, Instant, PersonId, Word};
use rulebook::expr::Value;
use std::collections::BTreeMap;

/// The head of a case, kept until an expression asks for it: a value has the whole record of each
/// of its people.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Head {
    number: Option<String>,
    draw: Option<u64>,
    opened_at: Instant,
    closed_at: Option<Instant>,
    has_unit: bool,
    has_customer: bool,
    has_parent: bool,
    opener: Option<PersonId>,
    owner: Option<PersonId>,
    assignee: Option<PersonId>,
    /// The state of each track.
    tracks: Vec<(String, String)>,
}

impl Head {
    pub fn of(case: &CaseState) -> Self {
        Self {
            number: case.number.clone(),
            draw: case.id.map(draw),
            opened_at: case.opened_at,
            closed_at: case.closed_at,
            has_unit: case.unit.is_some(),
            has_customer: case.customer.is_some(),
            has_parent: case.parent.is_some(),
            opener: case.opener,
            owner: case.owner,
            assignee: case.assignee,
            tracks: case.tracks.iter().map(|(id, at)| (id.clone(), at.state.clone())).collect(),
        }
    }

    /// As expressions read it.
    pub fn value(&self, person: impl Fn(PersonId) -> Value) -> Value {
        let text = |text: &str| Value::Text(Word::read(text));
        let tracks: BTreeMap<String, Value> =
            self.tracks.iter().map(|(track, state)| (track.clone(), text(state))).collect();
        let person = |id: Option<PersonId>| id.map_or(Value::Null, &person);
        let instant = |at: Option<Instant>| at.map_or(Value::Null, Value::Instant);
        Value::Record(BTreeMap::from([
            ("number".to_owned(), self.number.as_deref().map_or(Value::Null, text)),
            ("state".to_owned(), tracks.get("main").cloned().unwrap_or_default()),
            ("draw".to_owned(), self.draw.map_or(Value::Null, |n| Value::Number(n.into()))),
            ("opened_at".to_owned(), Value::Instant(self.opened_at)),
            ("closed_at".to_owned(), instant(self.closed_at)),
            ("has_unit".to_owned(), Value::Bool(self.has_unit)),
            ("has_customer".to_owned(), Value::Bool(self.has_customer)),
            ("has_parent".to_owned(), Value::Bool(self.has_parent)),
            ("opener".to_owned(), person(self.opener)),
            ("owner".to_owned(), person(self.owner)),
            ("assignee".to_owned(), person(self.assignee)),
            ("tracks".to_owned(), Value::Record(tracks)),
        ]))
    }
}

/// A number below a hundred that the id of a case settles, each as likely: ids carry random bits,
/// so nobody chooses a case that is spared. The mixing is that of `SplitMix64`.
fn draw(case: CaseId) -> u64 {
    let mut bits = case.0.cast_unsigned().wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (bits ^ (bits >> 31)) % 100
}
