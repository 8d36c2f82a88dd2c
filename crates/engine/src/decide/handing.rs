//! Handing a to-do on to a named person (转办), and taking it back.

use super::capacity::{Asking, Capacity};
use super::run::{Refused, Run};
use super::{refuse, requires};
use crate::command::{Handing, ShiftHanding};
use crate::decision::{Followup, Outcome, Why};
use crate::grants::Handover;
use base::PersonId;
use rulebook::model::Action;
use serde_json::Map;

/// The message to whom a to-do was handed on; its text is the why of the entry.
pub const HANDED_ON: &str = "handed_on";

impl Run<'_> {
    /// Hands a to-do on, or takes it back.
    pub fn hand(mut self, handing: &Handing) -> Outcome {
        if let Handing::Shift(shift) = handing {
            return self.take_over(shift);
        }
        let id = handing.action().unwrap_or_default();
        let Some(action) = self.process.action(id).filter(|a| a.on_child.is_none()) else {
            let unknown = refuse::unknown_action(&self.case, self.process, id);
            return Outcome::Refused(Box::new(unknown));
        };
        let done = match handing {
            Handing::On { to, .. } => self.hand_on(action, *to),
            Handing::Back { .. } | Handing::Shift(_) => self.take_back(action),
        };
        match done {
            Ok(()) => Outcome::Decided(Box::new(self.finish())),
            Err(refused) => Outcome::Refused(refused),
        }
    }

    fn hand_on(&mut self, action: &Action, to: PersonId) -> Result<(), Refused> {
        let (case, actor) = (&self.case, &self.command.actor);
        let refused = requires::state_refusal(&self.view, case, self.process, action);
        let own = Capacity::own(actor);
        let refused = refused.or_else(|| {
            let may = own.may(case, action) && own.actor.is_some();
            (!may).then(|| refuse::not_your_role(self.release, case, action))
        });
        let refused = refused
            .or_else(|| (!action.may_be_handed_on()).then(|| refuse::not_delegable(case, action)));
        let refused = refused.or_else(|| {
            let fits = self.facts.people.contains_key(&to) && Some(to) != actor.person;
            (!fits).then(|| refuse::cannot_receive(case, action))
        });
        // Whoever gets it must be able to do it: duties are held apart here too.
        let receives = Capacity { actor: Some(to), on_behalf: actor.person, ..own };
        let (release, process, simple) = (self.release, self.process, self.facts.simple());
        let asked = Asking { release, process, case, action, simple };
        let refused = refused.or_else(|| receives.hindered(asked));
        if let Some(refused) = refused {
            return Err(Box::new(refused));
        }
        let (Some(from), Some(reason)) = (actor.person, requires::given(self.command)) else {
            return Err(Box::new(refuse::handover_unexplained(case, action)));
        };
        let (roles, reason) = (actor.roles.clone(), reason.to_owned());
        let handover = Handover { from, roles, to, at: self.occurred, reason };
        self.case.grants.handed.insert(action.id.clone(), handover);
        self.note_handing("handed_on", action, to);
        let to = vec![format!("@person.{to}")];
        let (message, about) = (HANDED_ON.to_owned(), Some(action.id.clone()));
        self.followups.push(Followup::Notify { message, to, about });
        Ok(())
    }

    fn take_back(&mut self, action: &Action) -> Result<(), Refused> {
        let actor = self.command.actor.person;
        let handed = self.case.grants.handed.get(&action.id);
        let own = handed.filter(|h| Some(h.from) == actor || Some(h.to) == actor);
        let Some(to) = own.map(|handed| handed.to) else {
            return Err(Box::new(refuse::not_handed(&self.case, action)));
        };
        self.case.grants.handed.remove(&action.id);
        self.note_handing("taken_back", action, to);
        Ok(())
    }

    /// The case goes from who left to who came. Whoever got it meanwhile keeps it, and who answers
    /// for it to the end does so still.
    fn take_over(mut self, shift: &ShiftHanding) -> Outcome {
        if self.case.assignee != Some(shift.from) || self.case.closed_at.is_some() {
            let fired = !self.entries.is_empty();
            return if fired {
                Outcome::Decided(Box::new(self.finish()))
            } else {
                Outcome::Ignored
            };
        }
        self.case.assignee = Some(shift.to);
        for handed in self.case.grants.handed.values_mut() {
            if handed.to == shift.from {
                handed.to = shift.to;
            }
        }
        let rule = format!("{}/assignee", self.process.id);
        self.why.push(Why::new("handed_over", rule, []).with("sheet", shift.sheet.as_str()));
        self.view.refresh_head(&self.case);
        let form = [("from", shift.from), ("to", shift.to)]
            .map(|(name, person)| (name.to_owned(), person.to_string().into()));
        self.push_entry("handed_over", &shift.sheet, Map::from_iter(form));
        Outcome::Decided(Box::new(self.finish()))
    }

    fn note_handing(&mut self, event: &'static str, action: &Action, to: PersonId) {
        let path = format!("{}/{}", self.process.id, action.id);
        self.why.push(Why::new(event, path, []).with("action", action.id.as_str()));
        let form = Map::from_iter([("person".to_owned(), to.to_string().into())]);
        self.push_entry(event, &action.id, form);
    }
}
