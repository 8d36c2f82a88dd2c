//! What has been granted on a case and is not used up: approvals of an action that waits for more,
//! requirements let pass, to-dos handed on. Each belongs to one action and ends when that is done
//! or when its track moves elsewhere.

use base::{Instant, PersonId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// What stands granted on a case.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Grants {
    /// Approvals so far, by action, in the order they came.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub votes: BTreeMap<String, Vec<Vote>>,
    /// Requirements let pass once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub passes: Vec<Pass>,
    /// To-dos handed on, by action.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub handed: BTreeMap<String, Handover>,
}

/// One approval (同意) of an action that several people do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Vote {
    /// Who.
    pub person: PersonId,
    /// Whose office they held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf: Option<PersonId>,
    /// The seats this person can take.
    pub seats: Vec<String>,
    /// When it happened.
    pub at: Instant,
    /// What they answered; it goes into the case with the last approval.
    pub form: Map<String, Json>,
}

impl Vote {
    /// Everybody for whom it counts.
    pub fn people(&self) -> impl Iterator<Item = PersonId> {
        [Some(self.person), self.on_behalf].into_iter().flatten()
    }
}

/// A requirement let pass once (特批放行).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pass {
    /// The requirement, `assign/certified`.
    pub require: String,
    /// The action that lifts it.
    pub by: String,
    /// Who did that.
    pub person: Option<PersonId>,
    /// Since when.
    pub at: Instant,
    /// Why.
    pub reason: String,
}

impl Pass {
    /// The action whose requirement it is.
    pub fn action(&self) -> &str {
        self.require.split('/').next().unwrap_or_default()
    }
}

/// A to-do handed on to a named person (转办).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handover {
    /// Who handed it on.
    pub from: PersonId,
    /// The roles that one held here: the receiver acts with them, in this action alone.
    pub roles: Vec<String>,
    /// Who has it now.
    pub to: PersonId,
    /// Since when.
    pub at: Instant,
    /// Why.
    pub reason: String,
}

impl Grants {
    /// Whether nothing stands.
    pub fn is_empty(&self) -> bool {
        self.votes.is_empty() && self.passes.is_empty() && self.handed.is_empty()
    }

    /// The approvals of an action so far.
    pub fn votes(&self, action: &str) -> &[Vote] {
        self.votes.get(action).map_or(&[], Vec::as_slice)
    }

    /// The pass that lifts this requirement, `assign/certified`.
    pub fn pass(&self, require: &str) -> Option<&Pass> {
        self.passes.iter().find(|pass| pass.require == require)
    }

    /// Ends what belongs to the actions that `ended` names.
    pub fn end(&mut self, ended: impl Fn(&str) -> bool) {
        self.votes.retain(|action, _| !ended(action));
        self.passes.retain(|pass| !ended(pass.action()));
        self.handed.retain(|action, _| !ended(action));
    }
}
