//! Mutants: a release with one rule taken away. Where no example notices, nothing proves the rule.

use crate::Release;
use crate::model::{Action, Carrier, Effect, Process};

/// A release with one rule taken away.
#[derive(Debug, Clone)]
pub struct Mutant {
    /// The rule.
    pub carrier: Carrier,
    /// The clauses it carries.
    pub clauses: Vec<String>,
    /// Everything else.
    pub release: Release,
}

/// Kinds of carriers that are rules. Words (components, fields, roles, states) are not: without
/// them a rulebook does not load, so that they are missed needs no proof.
pub const RULES: &[&str] = &[
    "table-row",
    "term-row",
    "term-trigger",
    "law",
    "law-term",
    "require",
    "heed",
    "deadline",
    "schedule",
    "action",
    "approvals",
    "lifts",
    "document",
    "message",
    "grade",
    "posting",
    "measure",
    "figure",
    "score-item",
    "score-condition",
];

/// The rules of a release that carry clauses, each once, by path.
pub fn rules(release: &Release) -> Vec<(Carrier, Vec<String>)> {
    let mut rules: Vec<(Carrier, Vec<String>)> = Vec::new();
    for (clause, carriers) in &release.carriers {
        for carrier in carriers.iter().filter(|c| RULES.contains(&c.kind.as_str())) {
            match rules.iter_mut().find(|(known, _)| known == carrier) {
                Some((_, clauses)) => clauses.push(clause.clone()),
                None => rules.push((carrier.clone(), vec![clause.clone()])),
            }
        }
    }
    rules.sort_by(|a, b| a.0.path.cmp(&b.0.path));
    rules
}

/// The mutants of a release, one by one: each costs a copy, so they are not made all at once.
pub fn mutants(release: &Release) -> impl Iterator<Item = Mutant> {
    // The text is not compiled again here, and weighs more than everything made of it.
    let base = Release { sources: Vec::new(), ..release.clone() };
    rules(release).into_iter().filter_map(move |(carrier, clauses)| {
        let release = without(&base, &carrier)?;
        Some(Mutant { carrier, clauses, release })
    })
}

/// The release without a rule; `None` when it cannot be taken away (the start of a process).
fn without(release: &Release, carrier: &Carrier) -> Option<Release> {
    let mut mutant = release.clone();
    let (owner, inner) = carrier.path.split_once('/').unwrap_or((&carrier.path, ""));
    let gone = match carrier.kind.as_str() {
        "table-row" if owner == "floor" && mutant.law.is_some() => {
            let table = mutant.law.as_mut()?.floor.as_mut()?;
            let smaller = table.without(inner);
            let gone = smaller.len() < table.len();
            *table = smaller;
            gone
        }
        "term-trigger" if owner == "law" => {
            let id = inner.strip_prefix("trigger/")?;
            out(&mut mutant.law.as_mut()?.rules.triggers, |trigger| trigger.id == id)
        }
        "law" => mutant.law.as_mut()?.rules.suspension.take().is_some(),
        "law-term" => {
            let id = inner.strip_prefix("term/")?;
            out(&mut mutant.law.as_mut()?.terms, |term| term.row.id == id)
        }
        "table-row" => {
            let table = mutant.tables.get_mut(owner)?;
            let smaller = table.without(inner);
            let gone = smaller.len() < table.len();
            *table = smaller;
            gone
        }
        "term-row" => out(&mut mutant.term_rows, |row| row.id == inner),
        "term-trigger" => {
            let id = inner.strip_prefix("trigger/")?;
            out(&mut mutant.term.as_mut()?.triggers, |trigger| trigger.id == id)
        }
        "require" => {
            let (action, require) = inner.split_once('/')?;
            let mut own = actions(mutant.processes.get_mut(owner)?).filter(|a| a.id == action);
            own.any(|a| out(&mut a.requires, |r| r.id == require))
        }
        "heed" => unheeded(mutant.processes.get_mut(owner)?, inner)?,
        "deadline" => out(&mut mutant.processes.get_mut(owner)?.deadlines, |d| d.id == inner),
        "approvals" | "lifts" => {
            let (id, _) = inner.rsplit_once('/')?;
            let action = actions(mutant.processes.get_mut(owner)?).find(|a| a.id == id)?;
            ungranted(action, &carrier.kind)
        }
        "action" => out(&mut mutant.processes.get_mut(owner)?.actions, |a| a.id == inner),
        "schedule" => mutant.schedules.remove(inner).is_some(),
        "document" => {
            let prints = |e: &Effect| matches!(e, Effect::Print { print, .. } if print == owner);
            drop_effects(&mut mutant, prints)
        }
        "message" => {
            let sends = |e: &Effect| matches!(e, Effect::Notify { notify, .. } if notify == owner);
            drop_effects(&mut mutant, sends)
        }
        "grade" => out(&mut mutant.customer_grades, |grade| grade.id == carrier.path),
        "measure" => mutant.measures.remove(&carrier.path).is_some(),
        "figure" => out(&mut mutant.figures, |figure| figure.id == carrier.path),
        "score-item" | "score-condition" => unscored(&mut mutant, &carrier.kind, owner, inner)?,
        "posting" => {
            let posts = |e: &Effect| match e {
                Effect::Post { post: id, .. } | Effect::Reverse { reverse: id, .. } => id == owner,
                _ => false,
            };
            drop_effects(&mut mutant, posts)
        }
        _ => false,
    };
    gone.then_some(mutant)
}

/// Takes away what a state has shown with its subject.
fn unheeded(process: &mut Process, inner: &str) -> Option<bool> {
    let (track, id) = inner.strip_suffix("/heed")?.split_once('.')?;
    let mut states = process.states.iter_mut();
    let state = states.find(|state| state.track == track && state.id == id)?;
    Some(!std::mem::take(&mut state.heed).is_empty())
}

/// Takes an item or a condition out of a scorecard.
fn unscored(release: &mut Release, kind: &str, card: &str, inner: &str) -> Option<bool> {
    let card = release.scorecards.get_mut(card)?;
    if kind == "score-item" {
        return Some(out(&mut card.items, |item| item.id == inner));
    }
    let (level, condition) = inner.split_once('/')?;
    let mut levels = card.levels.iter_mut().filter(|found| found.id == level);
    Some(levels.any(|level| out(&mut level.conditions, |asked| asked.id == condition)))
}

fn actions(process: &mut Process) -> impl Iterator<Item = &mut Action> {
    std::iter::once(&mut process.start).chain(&mut process.actions)
}

/// Takes away that an action asks for several people, or that it lifts anything.
fn ungranted(action: &mut Action, kind: &str) -> bool {
    if kind == "lifts" {
        return !std::mem::take(&mut action.lifts).is_empty();
    }
    // One of them is enough then.
    action.by = action.doers().to_vec();
    action.approvals.take().is_some()
}

fn drop_effects(release: &mut Release, matches: impl Fn(&Effect) -> bool) -> bool {
    let mut gone = false;
    for process in release.processes.values_mut() {
        for deadline in &mut process.deadlines {
            gone |= out(&mut deadline.breach, &matches);
        }
        for action in actions(process) {
            gone |= out(&mut action.effects, &matches);
        }
    }
    gone
}

/// Removes what matches; whether anything did.
fn out<T>(list: &mut Vec<T>, matches: impl Fn(&T) -> bool) -> bool {
    let before = list.len();
    list.retain(|item| !matches(item));
    list.len() < before
}
