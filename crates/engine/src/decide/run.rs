//! A decision in the making: the case as it becomes, and everything that follows.

use super::capacity::{self, Asking};
use super::{effects, refuse, requires};
use crate::case::{CaseState, TrackState};
use crate::command::{ActorKind, Command};
use crate::decision::{Decision, Entry, FieldError, Followup, Judged, Posting, Refusal, Why};
use crate::facts::Facts;
use crate::form::{fill, priced};
use crate::scope::View;
use base::{Instant, PersonId, Text};
use rulebook::Release;
use rulebook::model::{Action, Field, FieldKind, Form, Process, Trigger};
use serde_json::{Map, Value as Json};

/// Refusals are large; they travel boxed.
pub type Refused = Box<Refusal>;

/// The decision so far.
pub struct Run<'a> {
    pub release: &'a Release,
    pub process: &'a Process,
    pub facts: &'a Facts,
    pub command: &'a Command,
    pub now: Instant,
    pub occurred: Instant,
    pub view: View<'a>,
    pub case: CaseState,
    pub entries: Vec<Entry>,
    pub followups: Vec<Followup>,
    pub postings: Vec<Posting>,
    /// The why of the action being done.
    pub why: Vec<Why>,
    /// The tracks that moved, from where to where.
    pub moves: Vec<(String, String)>,
    /// Whose office the actor holds in it.
    pub on_behalf: Option<PersonId>,
    /// Verdicts given so far.
    pub judged: Vec<Judged>,
    events: Vec<Trigger>,
}

impl<'a> Run<'a> {
    pub fn new(
        release: &'a Release,
        process: &'a Process,
        facts: &'a Facts,
        command: &'a Command,
        case: CaseState,
        now: Instant,
    ) -> Self {
        let occurred = if command.late.is_some() { command.occurred_at } else { now };
        let mut view = View::new(release, process, facts, command, occurred);
        view.refresh(&case);
        Self {
            release,
            process,
            facts,
            command,
            now,
            occurred,
            view,
            case,
            entries: Vec::new(),
            followups: Vec::new(),
            postings: Vec::new(),
            why: Vec::new(),
            judged: Vec::new(),
            moves: Vec::new(),
            on_behalf: None,
            events: Vec::new(),
        }
    }

    /// Does an action, or refuses it whole.
    pub fn act(&mut self, action: &'a Action) -> Result<(), Refused> {
        let opens = action.id == "open";
        if let Some(refused) = requires::state_refusal(&self.view, &self.case, self.process, action)
        {
            return Err(Box::new(refused));
        }
        let (release, command) = (self.release, self.command);
        let handed = self.case.grants.handed.get(&action.id).cloned();
        let (process, case, actor) = (self.process, &self.case, &command.actor);
        let asked = Asking { release, process, case, action, simple: self.facts.simple() };
        let capacity = capacity::act_as(asked, actor, handed.as_ref())?;
        let own: Vec<&'a str> = capacity.own_work(case, action);
        self.on_behalf = capacity.on_behalf;
        self.check_time(action)?;
        let answers = self.fill(action)?;
        let mut why = Vec::new();
        requires::ask(&self.view, &self.case, action, self.command, &mut why)?;
        self.why = why;
        self.note_late(action);
        self.note_capacity(action, &capacity);
        self.note_doers(action, &capacity);
        if !self.approve(action, &capacity, &answers) {
            self.stay(action);
            self.push_entry("approved", &action.id, answers);
            return Ok(());
        }
        self.case.count(&action.id, self.occurred);
        self.take(answers.clone());
        self.view.refresh_head(&self.case);
        effects::run(self, action, &action.effects)?;
        self.events.push(Trigger::Action(action.id.clone()));
        if self.command.actor.kind == ActorKind::Customer {
            self.events.push(Trigger::Customer);
        }
        self.go(action);
        self.uphold(action);
        self.view.refresh_head(&self.case);
        self.freeze(action, &answers);
        let at = self.entries.len();
        self.push_entry(if opens { "opened" } else { "action" }, &action.id, answers);
        self.note_self_approval(action, &own);
        let events = std::mem::take(&mut self.events);
        self.settle_deadlines(&events, at);
        self.close();
        Ok(())
    }

    /// Answers become data of the case.
    pub fn take(&mut self, answers: Map<String, Json>) {
        for (id, json) in answers {
            self.view.refresh_field(&id, &json);
            self.case.data.insert(id, json);
        }
    }

    /// What happened may not lie ahead, nor before what happened last on its track.
    fn check_time(&self, action: &Action) -> Result<(), Refused> {
        let refused = |code: &str, zh: String, en: String| {
            Err(Box::new(refuse::refusal(code, &self.case, &action.id, Text::new(zh, en))))
        };
        if self.occurred > self.now {
            return refused(
                "occurred-in-future",
                "补录的发生时间晚于现在".to_owned(),
                "what is entered late cannot happen in the future".to_owned(),
            );
        }
        let last = self.case.tracks.get(&action.track).map(|track| track.last_occurred);
        if let Some(last) = last.filter(|last| self.occurred < *last) {
            let shown = self.facts.zone.local(last).strftime("%Y-%m-%d %H:%M").to_string();
            return refused(
                "occurred-out-of-order",
                format!("发生时间早于上一步（{shown}）；请按先后顺序补录"),
                format!("it happened before the last step ({shown}); enter the steps in order"),
            );
        }
        Ok(())
    }

    /// Fills and checks the form; what is kept of it.
    fn fill(&mut self, action: &Action) -> Result<Map<String, Json>, Refused> {
        let submitted = &self.command.form;
        let form = action.form.as_ref().and_then(|id| self.release.forms.get(id));
        let Some(form) = form else {
            self.view.clear_form();
            let tells = self.command.actor.kind != ActorKind::System;
            if let Some(key) = submitted.keys().next().filter(|_| tells) {
                let key: String = key.chars().take(80).collect();
                let wrong = crate::form::error(
                    key,
                    "unknown",
                    format!("“{}”没有表单", action.title.zh),
                    format!("“{}” has no form", action.title.en),
                );
                return Err(Box::new(refuse::form_invalid(&self.case, action, vec![wrong])));
            }
            return Ok(Map::new());
        };
        let filled = fill(&mut self.view, form, submitted, &self.case.data, &priced(action));
        let errors = filled.errors();
        if errors.is_empty() {
            return Ok(filled.answers(submitted));
        }
        let mut refused = refuse::form_invalid(&self.case, action, errors);
        refused.clauses = clauses_of(form, &refused.fields);
        Err(Box::new(refused))
    }

    /// What only a simple shop allows is written down by itself, so that it can be counted: the
    /// same person did both (自行核准).
    fn note_self_approval(&mut self, action: &Action, own: &[&str]) {
        if own.is_empty() {
            return;
        }
        let rule = format!("{}/{}/not_by", self.process.id, action.id);
        let why = Why::new("self_approval", rule.clone(), &action.clause);
        let why = why.with("action", own.iter().copied().collect::<serde_json::Value>());
        self.push_system("self_approved", &action.id, self.occurred, vec![why]);
        if let Some(entry) = self.entries.last_mut() {
            entry.actor = self.command.actor.person;
            entry.late = self.command.late.is_some();
        }
        self.count_self_approved(&rule);
    }

    /// Moves the action's own track by branch or `to`, then the others.
    fn go(&mut self, action: &Action) {
        let taken = action.branch.iter().find(|branch| branch.when.eval(&self.view).is_true());
        let to = taken.map(|branch| &branch.to).or(action.to.as_ref());
        if let Some(to) = to {
            self.enter(&action.track, to);
        } else {
            self.stay(action);
        }
        for also in &action.also {
            let state = self.case.tracks.get(&also.track).map(|t| t.state.as_str());
            let stands = also.from.is_empty()
                || state.is_some_and(|state| also.from.iter().any(|from| from == state));
            if stands && also.when.as_ref().is_none_or(|when| when.eval(&self.view).is_true()) {
                self.enter(&also.track, &also.to);
            }
        }
    }

    /// What happens next on the track does not lie before this.
    fn stay(&mut self, action: &Action) {
        if let Some(track) = self.case.tracks.get_mut(&action.track) {
            track.last_occurred = track.last_occurred.max(self.occurred);
        }
    }

    fn enter(&mut self, track: &str, state: &str) {
        let before = self.case.tracks.get(track);
        let left = before.map(|t| format!("{track}.{}", t.state));
        let entered = format!("{track}.{state}");
        let at = before.map_or(self.occurred, |t| t.last_occurred.max(self.occurred));
        let entry = before.map_or(0, |t| t.entry).saturating_add(1);
        let now_at = TrackState { state: state.to_owned(), since: at, entry, last_occurred: at };
        self.case.tracks.insert(track.to_owned(), now_at);
        if let Some(left) = &left {
            self.events.push(Trigger::Leave(left.clone()));
        }
        self.events.push(Trigger::Enter(entered.clone()));
        self.moves.push((left.unwrap_or_default(), entered));
    }

    /// Side tracks of a case just opened have entered their first states.
    pub fn enter_initial(&mut self) {
        for track in &self.process.tracks {
            self.events.push(Trigger::Enter(format!("{}.{}", track.id, track.initial)));
        }
    }

    /// A signature freezes the documents that wait for it.
    fn freeze(&mut self, action: &Action, answers: &Map<String, Json>) {
        let Some(form) = action.form.as_ref().and_then(|id| self.release.forms.get(id)) else {
            return;
        };
        for field in form.fields.iter().filter(|f| f.kind == FieldKind::Signature) {
            if answers.get(&field.id).is_none_or(Json::is_null) {
                continue;
            }
            let waits = |d: &&rulebook::model::Document| d.frozen_by.as_ref() == Some(&field.id);
            for document in self.release.documents.values().filter(waits) {
                self.followups.push(Followup::Freeze {
                    document: document.id.clone(),
                    field: field.id.clone(),
                });
            }
        }
    }

    pub fn push_entry(&mut self, event: &str, subject: &str, form: Map<String, Json>) {
        let entry = Entry {
            event: event.to_owned(),
            subject: subject.to_owned(),
            actor: self.command.actor.person,
            on_behalf: self.on_behalf,
            occurred_at: self.occurred,
            late: self.command.late.is_some(),
            moves: std::mem::take(&mut self.moves),
            form,
            why: std::mem::take(&mut self.why),
            reason: self.command.reason.clone(),
            counted: Vec::new(),
        };
        self.entries.push(entry);
        self.count_action(subject);
    }

    /// An entry nobody wrote: time or the case itself did.
    pub fn push_system(&mut self, event: &str, subject: &str, at: Instant, why: Vec<Why>) {
        self.entries.push(Entry {
            event: event.to_owned(),
            subject: subject.to_owned(),
            actor: None,
            on_behalf: None,
            occurred_at: at,
            late: false,
            moves: Vec::new(),
            form: Map::new(),
            why,
            reason: None,
            counted: Vec::new(),
        });
    }

    /// Drops what an act that was refused half way left lying.
    pub fn forget(&mut self) {
        self.why.clear();
        self.moves.clear();
        self.events.clear();
        self.view.refresh(&self.case);
    }

    /// A case is closed when main is final and every other track is final or idle.
    fn close(&mut self) {
        let kind = |track: &str, at: &TrackState| {
            self.process.state(&format!("{track}.{}", at.state)).map(|state| state.kind)
        };
        let ended = self.case.tracks.iter().all(|(track, at)| {
            kind(track, at).is_some_and(|kind| {
                kind.is_final() || (track != "main" && kind == rulebook::model::StateKind::Idle)
            })
        });
        if !ended {
            // An end that is left again: the case is open, and so is all it owes.
            if self.case.closed_at.take().is_some() {
                let state = self.case.full_state("main").unwrap_or_default();
                self.push_system("reopened", &state, self.occurred, Vec::new());
            }
            return;
        }
        if self.case.closed_at.is_some() {
            return;
        }
        self.case.closed_at = Some(self.occurred);
        self.drop_deadlines();
        let state = self.case.full_state("main").unwrap_or_default();
        self.push_system("closed", &state, self.occurred, Vec::new());
        self.count_closed();
        if self.case.parent.is_some() {
            let round = self.case.tracks.get("main").map_or(1, |main| main.entry);
            self.followups.push(Followup::TellParent { state, round });
        }
    }

    /// The decision, with what is open afterwards.
    pub fn finish(mut self) -> Decision {
        self.view.clear_form();
        self.view.refresh_head(&self.case);
        let offers = super::offers::offers(&self.view, &self.case, self.process);
        let Self { case, entries, followups, postings, judged, .. } = self;
        Decision { case, entries, followups, postings, offers, judged }
    }
}

/// The clauses of the fields in error, each once: a charge outside the list names its clause.
fn clauses_of(form: &Form, wrong: &[FieldError]) -> Vec<String> {
    let named = |field: &&Field| {
        let of = |error: &FieldError| error.field.split(['[', '.']).next() == Some(&field.id);
        wrong.iter().any(of)
    };
    let mut clauses = Vec::new();
    for clause in form.fields.iter().filter(named).flat_map(|field| &field.clause) {
        if !clauses.contains(clause) {
            clauses.push(clause.clone());
        }
    }
    clauses
}
