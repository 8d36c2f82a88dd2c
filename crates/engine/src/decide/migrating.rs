//! Named migration (迁移): an open case goes on under another release, or says why it cannot.
//!
//! States keep their names, or take the ones the migration gives them. A clock both releases know
//! goes on from its own start by the new length, never due before the move; one the new release
//! does not know ends; one it starts on the state the case stands in begins with the move.

use super::run::Run;
use crate::case::{CaseState, TrackState};
use crate::command::{Actor, Command};
use crate::decision::{Decision, Why};
use crate::facts::Facts;
use base::{Instant, PersonId, Text};
use rulebook::Release;
use rulebook::model::{Process, Trigger};
use serde_json::Map;
use std::collections::{BTreeMap, BTreeSet};

/// A migration: what it is called and why it is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migration {
    /// Its name; every case that moves names it.
    pub name: String,
    /// Why.
    pub reason: String,
    /// Who does it.
    pub person: PersonId,
    /// States that go by another name, both in full: `main.received` → `main.accepted`.
    pub states: BTreeMap<String, String>,
}

/// What becomes of a case.
#[derive(Debug, Clone, PartialEq)]
pub enum Migrated {
    /// It goes on under the other release.
    Moved(Box<Decision>, Vec<Text>),
    /// It runs under that release already.
    Already,
    /// It stays, for these reasons.
    Stays(Vec<Text>),
}

/// Moves a case, or says why it stays. What was due before `now` was fired under the old release
/// ([`super::advance`]).
pub fn migrate(
    (from, to): (&Release, &Release),
    case: &CaseState,
    facts: &Facts,
    migration: &Migration,
    now: Instant,
) -> Migrated {
    if case.release == to.hash {
        return Migrated::Already;
    }
    let (Some(process), None) = (to.processes.get(&case.process), case.closed_at) else {
        return Migrated::Stays(vec![if case.closed_at.is_some() {
            Text::new("已结案，留在原版本", "it is closed and stays with its release")
        } else {
            Text::new(
                format!("新版本没有流程“{}”", case.process),
                format!("the release has no process `{}`", case.process),
            )
        }]);
    };
    let stays = reasons(process, case, migration, now);
    if !stays.is_empty() {
        return Migrated::Stays(stays);
    }
    let command = Command {
        actor: Actor { person: Some(migration.person), ..Actor::system() },
        reason: Some(migration.reason.clone()),
        ..Command::timer(now)
    };
    let mut run = Run::new(to, process, facts, &command, case.clone(), now);
    run.case.release.clone_from(&to.hash);
    run.why.push(
        Why::new("migrated", "migration", [])
            .with("name", migration.name.as_str())
            .with("from", short(&case.release))
            .with("to", short(&to.hash)),
    );
    run.rename(process, &migration.states, now);
    run.view.refresh(&run.case);
    let mut told = unknown_fields(to, case);
    told.extend(run.carry_deadlines(from.processes.get(&case.process)));
    run.push_entry("migrated", &migration.name, Map::new());
    Migrated::Moved(Box::new(run.finish()), told)
}

fn short(hash: &str) -> String {
    hash.chars().take(12).collect()
}

/// The full name a state goes by in the new release.
fn renamed<'n>(full: &'n str, states: &'n BTreeMap<String, String>) -> &'n str {
    states.get(full).map_or(full, String::as_str)
}

/// Why a case cannot go: each state it stands in must have an image on its own track.
fn reasons(process: &Process, case: &CaseState, migration: &Migration, now: Instant) -> Vec<Text> {
    let mut reasons = Vec::new();
    for (track, at) in &case.tracks {
        let full = format!("{track}.{}", at.state);
        let image = renamed(&full, &migration.states);
        let on_track = image.split_once('.').is_some_and(|(on, _)| on == track);
        if !on_track || process.state(image).is_none() {
            reasons.push(Text::new(
                format!("新版本没有状态“{image}”；请给“{full}”指定去向"),
                format!("the release has no state `{image}`; say where `{full}` goes"),
            ));
        }
    }
    let next = super::next_wake(case).filter(|next| *next < now);
    if next.is_some() {
        reasons.push(Text::new(
            "还有到期未处理的时限，请稍后再试",
            "a deadline that is due has not fired yet; try again in a moment",
        ));
    }
    reasons
}

/// Answers no form of the new release asks for: kept, and told.
fn unknown_fields(to: &Release, case: &CaseState) -> Vec<Text> {
    let known: BTreeSet<&str> =
        to.forms.values().flat_map(|form| &form.fields).map(|field| field.id.as_str()).collect();
    let unknown = case.data.keys().filter(|key| !known.contains(key.as_str()));
    let named: Vec<&str> = unknown.map(String::as_str).collect();
    if named.is_empty() {
        return Vec::new();
    }
    let named = named.join(", ");
    vec![Text::new(
        format!("新版本的表单不再问 {named}；原答案保留"),
        format!("no form of the release asks for {named} any more; the answers are kept"),
    )]
}

impl Run<'_> {
    /// States take their new names; tracks the old release had not begin in their first states.
    fn rename(&mut self, process: &Process, states: &BTreeMap<String, String>, now: Instant) {
        for (track, at) in &mut self.case.tracks {
            let full = format!("{track}.{}", at.state);
            let image = renamed(&full, states).to_owned();
            if image == full {
                continue;
            }
            let state = image.split_once('.').map_or(image.as_str(), |(_, state)| state);
            state.clone_into(&mut at.state);
            self.moves.push((full, image));
        }
        for track in &process.tracks {
            let new = || TrackState {
                state: track.initial.clone(),
                since: now,
                entry: 1,
                last_occurred: now,
            };
            self.case.tracks.entry(track.id.clone()).or_insert_with(new);
        }
    }

    /// Clocks go on by the new rules; what to tell of them.
    fn carry_deadlines(&mut self, old: Option<&Process>) -> Vec<Text> {
        let before: BTreeMap<(String, u32), Instant> = self
            .case
            .deadlines
            .iter()
            .filter(|clock| clock.status.is_open())
            .map(|clock| ((clock.deadline.clone(), clock.round), clock.due_at))
            .collect();
        let mut why = Vec::new();
        self.end_unknown(&mut why);
        // A clock that only the new release knows, started by the state the case stands in.
        let entered = |full: &String| {
            let (track, state) = full.split_once('.').unwrap_or(("main", full));
            self.case.tracks.get(track).is_some_and(|at| at.state == state)
        };
        let knew = |id: &str| old.is_some_and(|old| old.deadlines.iter().any(|d| d.id == id));
        let begins = |trigger: &Trigger| matches!(trigger, Trigger::Enter(full) if entered(full));
        let fresh: Vec<String> = self
            .process
            .deadlines
            .iter()
            .filter(|rule| !knew(&rule.id) && rule.starts.iter().any(begins))
            .map(|rule| rule.id.clone())
            .collect();
        let anew: Vec<&str> = fresh.iter().map(String::as_str).collect();
        self.recompute(&anew, &mut why);
        self.why.extend(why);
        self.told(&before)
    }

    /// What moved, began and ended, for the list somebody looks at before.
    fn told(&self, before: &BTreeMap<(String, u32), Instant>) -> Vec<Text> {
        let shown = |at: Instant| {
            let local = self.facts.zone.local(at);
            local.strftime("%Y-%m-%d %H:%M").to_string()
        };
        let mut told = Vec::new();
        for clock in &self.case.deadlines {
            let title = self.rule(&clock.deadline).map(|rule| rule.title.clone());
            let title = title.unwrap_or_else(|| Text::new(&clock.deadline, &clock.deadline));
            let was = before.get(&(clock.deadline.clone(), clock.round));
            if let (Some(year), true) = (clock.memory.unknown_year, clock.status.is_open()) {
                told.push(Text::new(
                    format!("时限“{}”等 {year} 年放假安排公布后起算到期日", title.zh),
                    format!("the deadline “{}” waits for the holidays of {year}", title.en),
                ));
                continue;
            }
            let due =
                if clock.due_at == Instant::NEVER { String::new() } else { shown(clock.due_at) };
            match (was, clock.status.is_open()) {
                (Some(was), true) if *was != clock.due_at => told.push(Text::new(
                    format!("时限“{}”改到 {due}", title.zh),
                    format!("the deadline “{}” is now due {due}", title.en),
                )),
                (Some(_), false) => told.push(Text::new(
                    format!("时限“{}”在新版本里没有，到此为止", title.zh),
                    format!("the release does not know the deadline “{}”; it ends", title.en),
                )),
                (None, true) => told.push(Text::new(
                    format!("新时限“{}”从现在起算，{due} 到期", title.zh),
                    format!("the new deadline “{}” begins now and is due {due}", title.en),
                )),
                _ => {}
            }
        }
        told
    }
}
