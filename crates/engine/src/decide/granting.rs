//! What an act grants, uses up and ends: passes, approvals, to-dos handed on, doers.

use super::capacity::Capacity;
use super::requires;
use super::run::Run;
use crate::decision::Why;
use crate::grants::Pass;
use rulebook::model::{Action, Process};
use serde_json::Value as Json;

impl Run<'_> {
    /// Says in the why for whom somebody acts.
    pub fn note_capacity(&mut self, action: &Action, capacity: &Capacity<'_>) {
        let Some(person) = capacity.on_behalf else { return };
        let handed = self.case.grants.handed.get(&action.id);
        let handed = handed.filter(|h| Some(h.to) == capacity.actor && h.from == person);
        let code = if handed.is_some() { "acted_handed_on" } else { "acted_as_deputy" };
        let rule = format!("{}/{}", self.process.id, action.id);
        self.why.push(Why::new(code, rule, []).with("person", person.to_string()));
    }

    /// Remembers who had a hand in it, for separation of duties. A further approval adds to those
    /// before it; anything else begins anew.
    pub fn note_doers(&mut self, action: &Action, capacity: &Capacity<'_>) {
        if capacity.actor.is_none() {
            return;
        }
        let doers = self.case.doers.entry(action.id.clone()).or_default();
        if self.case.grants.votes(&action.id).is_empty() {
            doers.0.clear();
        }
        doers.0.extend(capacity.people());
    }

    /// What stands granted after an act: its own is used up, a track that moved takes along what
    /// waited on it, and the requirements it lifts are let pass from now on.
    pub fn uphold(&mut self, action: &Action) {
        let moved: Vec<&str> =
            self.moves.iter().filter_map(|(_, to)| Some(to.split_once('.')?.0)).collect();
        self.case.grants.end(|id| id == action.id);
        let process = self.process;
        let void = |id: &str| on_tracks(process, id, &moved);
        for (id, votes) in self.case.grants.votes.iter().filter(|(id, _)| void(id)) {
            let people: Vec<Json> = votes.iter().map(|v| v.person.to_string().into()).collect();
            let why = Why::new("approvals_void", format!("{}/{id}", process.id), []);
            self.why.push(why.with("action", id.as_str()).with("people", people));
        }
        self.case.grants.end(void);
        let reason = requires::given(self.command).unwrap_or_default();
        for require in &action.lifts {
            let path = format!("{}/{}/lifts", process.id, action.id);
            let why = Why::new("lift_granted", path, &action.clause);
            self.why.push(why.with("refuse", require.as_str()).with("reason", reason));
            self.case.grants.passes.retain(|pass| pass.require != *require);
            self.case.grants.passes.push(Pass {
                require: require.clone(),
                by: action.id.clone(),
                person: self.command.actor.person,
                at: self.occurred,
                reason: reason.to_owned(),
            });
        }
    }
}

fn on_tracks(process: &Process, action: &str, tracks: &[&str]) -> bool {
    process.action(action).is_none_or(|action| tracks.contains(&action.track.as_str()))
}
