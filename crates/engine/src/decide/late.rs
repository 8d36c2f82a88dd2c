//! A late entry (补录): said beside the entry, and given to somebody to check.

use super::run::Run;
use crate::command::{ActorKind, LateEntry};
use crate::decision::{Followup, Why};
use crate::scope::to_data;
use rulebook::expr::Value;
use rulebook::model::process::{LATE_FIELDS, Process};
use rulebook::model::{Action, FieldKind};
use serde_json::{Map, Value as Json, json};

impl Run<'_> {
    /// Says that the entry is late, and opens the check of it. What the calendar opens late is no
    /// paper of anybody's, and a check is not checked in its turn.
    pub fn note_late(&mut self, action: &Action) {
        let Some(late) = &self.command.late else { return };
        self.why.push(
            Why::new("late_entry", "late", [])
                .with("paper", late.paper.as_str())
                .with("why", late.reason.as_str()),
        );
        let check = self.release.processes.values().find(|process| process.checks_late);
        let by_hand = self.command.actor.kind == ActorKind::Person;
        let Some(check) = check.filter(|_| by_hand && !self.process.checks_late) else { return };
        let form = self.late_form(check, action, late);
        self.followups.push(Followup::Open { process: check.id.clone(), form });
        let why = Why::new("opened_child", format!("{}/late", action.id), []);
        self.why.push(why.with("opened", check.id.as_str()));
    }

    /// What the check is told, as far as its form asks.
    fn late_form(&self, check: &Process, action: &Action, late: &LateEntry) -> Map<String, Json> {
        let form = check.start.form.as_ref().and_then(|id| self.release.forms.get(id));
        let asks = |id: &str| form.is_some_and(|form| form.fields.iter().any(|f| f.id == id));
        let done = action.done.as_ref().unwrap_or(&action.title);
        let photo = |file: &String| json!({ "file": file });
        let told = |(id, kind): (&str, FieldKind)| match (id, kind) {
            ("paper_no", _) => json!(late.paper),
            ("happened_at", _) => to_data(&Value::Instant(self.occurred), None),
            ("late_why", _) => json!(late.reason),
            ("late_what", _) => json!(format!("{} · {}", self.process.title.zh, done.zh)),
            ("entered_by", _) => json!(self.command.actor.person),
            ("paper_photo", _) => late.photos.iter().map(photo).collect(),
            _ => Json::Null,
        };
        let fields = LATE_FIELDS.iter().filter(|(id, _)| asks(id));
        let told = fields.map(|field| (field.0.to_owned(), told(*field)));
        told.filter(|(_, json)| !json.is_null() && json != &json!([])).collect()
    }
}
