//! The end of a child case: written down once in its parent, and what the parent does about it.

use super::requires;
use super::run::Run;
use crate::command::ChildEnd;
use crate::decision::{Outcome, Why};
use rulebook::model::Action;
use serde_json::{Map, Value as Json};

impl<'a> Run<'a> {
    /// Writes down that a child ended, and does the first action that its end asks for and the case
    /// is open to. What cannot follow is said beside the entry; the end itself is always recorded.
    pub fn child_ended(mut self, end: &'a ChildEnd) -> Outcome {
        if !self.case.heard.insert(end.token()) {
            return Outcome::Ignored;
        }
        let why = Why::new("child_ended", format!("{}/child", self.process.id), [])
            .with("opened", end.process.as_str())
            .with("number", end.number.as_str())
            .with("ended", format!("{}/{}", end.process, end.state))
            .with("case", end.case.to_string());
        let entry = self.entries.len();
        self.push_system("child_ended", &end.process, self.occurred, vec![why]);
        if let Some(entry) = self.entries.get_mut(entry) {
            entry.form = result(end);
        }
        if let Some(action) = self.asked_for(end) {
            self.answer(action, entry);
        }
        Outcome::Decided(Box::new(self.finish()))
    }

    /// The first action that this end does and that is open.
    fn asked_for(&self, end: &ChildEnd) -> Option<&'a Action> {
        let means = |action: &&Action| {
            action.on_child.as_ref().is_some_and(|on| on.answers(&end.process, &end.state))
        };
        let open = |action: &&Action| requires::is_open(&self.view, &self.case, action);
        self.process.actions.iter().filter(means).find(open)
    }

    /// Does the action, or takes back what it began and says that it could not be done.
    fn answer(&mut self, action: &'a Action, entry: usize) {
        let before = (self.case.clone(), self.entries.len(), self.followups.len());
        let Err(refused) = self.act(action) else { return };
        let (case, entries, followups) = before;
        self.case = case;
        self.entries.truncate(entries);
        self.followups.truncate(followups);
        self.forget();
        if let Some(entry) = self.entries.get_mut(entry) {
            let why = Why::new("child_end_unanswered", refused.rule, &refused.clauses);
            entry.why.push(why.with("action", action.id.as_str()));
        }
    }
}

/// What a child brings home: its plain answers. Lists, photos and the like stay with it.
fn result(end: &ChildEnd) -> Map<String, Json> {
    let plain = |json: &Json| !(json.is_null() || json.is_array() || json.is_object());
    let answers = end.data.iter().filter(|(_, json)| plain(json));
    answers.map(|(id, json)| (id.clone(), json.clone())).collect()
}
