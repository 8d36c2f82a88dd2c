//! Several people for one action (会签、或签): `[action.approvals]`.

use serde::{Deserialize, Serialize};

/// Before a role: held at a unit above the case's own, not at its own (上级单位).
pub const ABOVE: &str = "above:";

/// Who has to do an action before it is done. Everybody does the same action with its form; the
/// state moves and the effects run with the last of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approvals {
    /// Somebody for each of these roles (会签). A role written twice asks for two people.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub all_of: Vec<String>,
    /// Somebody for `count` of these roles, whichever come first (或签).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub any_of: Vec<String>,
    /// How many of `any_of`.
    #[serde(default)]
    pub count: Option<usize>,
}

impl Approvals {
    /// The seats: each is taken by one person, and nobody takes two.
    pub fn seats(&self) -> &[String] {
        if self.all_of.is_empty() { &self.any_of } else { &self.all_of }
    }

    /// How many seats have to be taken.
    pub fn needed(&self) -> usize {
        let seats = self.seats().len();
        if self.all_of.is_empty() { self.count.unwrap_or(seats).min(seats) } else { seats }
    }
}
