//! What an example shows about each rule, by carrier path.

use crate::command::Actor;
use crate::decision::{Decision, Followup, Planned, Posting, Refusal, Why};
use crate::verdict::{Verdict, VerdictFacts};
use rulebook::model::{Action, Process};
use rulebook::{Release, Traces};
use serde_json::{Map, Value as Json};
use std::borrow::Cow;

/// The words a verdict is about.
pub fn words(facts: &VerdictFacts, traces: &mut Traces) {
    traces.bit.extend([facts.product.clone(), facts.component.clone(), facts.fault.clone()]);
    traces.bit.extend(facts.causes.iter().cloned());
}

/// The steps of an explanation.
pub fn why(steps: &[Why], traces: &mut Traces) {
    for step in steps {
        let into = match &*step.code {
            "require_held" | "deadline_met" | "deadline_resumed" | "approvals_complete" => {
                &mut traces.passed
            }
            "no_exclusion"
            | "input"
            | "in_term"
            | "out_of_term"
            | "undetermined"
            | "law_held"
            | "judged_by_sale"
            | "judged_by_later"
            | "law_row_open"
            | "deadline_started"
            | "deadline_pending"
            | "deadline_waits"
            | "deadline_dropped"
            | "child_ended"
            | "child_end_unanswered"
            | "approved_by"
            | "approvals_void"
            | "acted_as_deputy"
            | "acted_handed_on"
            | "handed_on"
            | "taken_back" => continue,
            "printed" | "notified" | "opened_child" => {
                let named = |name| step.args.text(name);
                let id = named("document").or_else(|| named("message")).or_else(|| named("opened"));
                traces.bit.extend(id.map(Cow::into_owned));
                continue;
            }
            _ => &mut traces.bit,
        };
        into.insert(step.rule.to_string());
        let setting = match &*step.code {
            "term_starts_presumed" => "manufactured_plus",
            "term_unlisted" => "unlisted_part_term",
            "term_usage" => "usage_class_half_term",
            "term_holiday" => "holiday_extends",
            "measured_cold" => "capacity_test_min_temperature",
            "replaced_guarantee" => "repair_guarantee_days",
            _ => continue,
        };
        traces.bit.insert(setting.to_owned());
    }
}

/// The rows of the verdict tables that were asked and did not decide.
pub fn rows(release: &Release, verdict: &Verdict, traces: &mut Traces) {
    let own = verdict.law.as_ref().map(|law| &law.company.row);
    let decided = own.unwrap_or(&verdict.row).as_deref();
    if let (Some(law), Some(floor)) =
        (&verdict.law, release.law.as_ref().and_then(|law| law.floor.as_ref()))
    {
        let told = |path: &String| law.rows.iter().any(|line| line.row == *path);
        let rows = floor.rows().map(|(row, _, _)| format!("floor/{row}"));
        traces.passed.extend(rows.filter(|path| !told(path)));
        traces.bit.extend(law.rows.iter().map(|line| line.row.to_string()));
    }
    for id in ["exclusions", "coverage"] {
        let Some(table) = release.tables.get(id) else { continue };
        for (row, _, _) in table.rows() {
            if decided == Some(row) {
                traces.bit.insert(format!("{id}/{row}"));
                // First hit: the rows below were not asked.
                return;
            }
            traces.passed.insert(format!("{id}/{row}"));
        }
    }
}

/// What a decision did: step, states, papers, answers.
pub fn decision(release: &Release, process: &Process, decision: &Decision, traces: &mut Traces) {
    let id = &process.id;
    traces.bit.insert(id.clone());
    for entry in &decision.entries {
        why(&entry.why, traces);
        if !matches!(entry.event.as_str(), "opened" | "action") {
            continue;
        }
        traces.bit.insert(format!("{id}/{}", entry.subject));
        traces.bit.extend(entry.moves.iter().map(|(_, to)| format!("{id}/{to}")));
        uncharged(release, &entry.why, traces);
        if let Some(action) = process.action(&entry.subject) {
            answers(release, action, &entry.form, traces);
        }
        if let Some(verdict) = decision.case.data.get("verdict")
            && let Ok(verdict) = serde_json::from_value(verdict.clone())
        {
            rows(release, &verdict, traces);
        }
    }
    for posting in &decision.postings {
        posted(release, posting, traces);
    }
    for followup in &decision.followups {
        if let Followup::Freeze { document, .. } = followup {
            traces.bit.insert(document.clone());
        }
    }
}

/// The rows of a table that charged which were asked and did not fit.
fn uncharged(release: &Release, steps: &[Why], traces: &mut Traces) {
    let rules: Vec<&str> = steps.iter().filter(|s| s.code == "charged").map(|s| &*s.rule).collect();
    for table in rules.iter().filter_map(|rule| release.tables.get(rule.split('/').next()?)) {
        let rows = table.rows().map(|(row, ..)| format!("{}/{row}", table.id));
        traces.passed.extend(rows.filter(|row| !rules.contains(&row.as_str())));
    }
}

/// A template, and the account rules it went by.
fn posted(release: &Release, posting: &Posting, traces: &mut Traces) {
    traces.bit.extend(posting.rule.rsplit('/').next().map(str::to_owned));
    let Planned::Moves { moves, .. } = &posting.what else { return };
    for path in moves.iter().flat_map(|each| [&each.from, &each.to]) {
        let rule = release.chart.rule(&ledger::Pattern::parse(path.as_str()));
        traces.bit.extend(rule.map(|rule| rule.id.clone()));
    }
}

fn answers(release: &Release, action: &Action, answers: &Map<String, Json>, traces: &mut Traces) {
    let Some(form) = action.form.as_ref().and_then(|id| release.forms.get(id)) else { return };
    traces.bit.insert(form.id.clone());
    for field in &form.fields {
        let Some(answer) = answers.get(&field.id).filter(|answer| !answer.is_null()) else {
            continue;
        };
        let path = format!("{}/{}", form.id, field.id);
        for choice in &field.choices {
            let chosen = match answer {
                Json::String(key) => *key == choice.id,
                Json::Array(items) => items.iter().any(|item| {
                    item.as_str() == Some(&choice.id)
                        || item.get("slot").and_then(Json::as_str) == Some(&choice.id)
                }),
                Json::Object(map) => map.contains_key(&choice.id),
                _ => false,
            };
            if chosen {
                traces.bit.insert(format!("{path}/{}", choice.id));
            }
        }
        let items = answer.as_array().into_iter().flatten();
        let codes = items.filter_map(|line| line.get("item").and_then(Json::as_str));
        traces.bit.extend(codes.map(str::to_owned));
        traces.bit.insert(path);
    }
}

/// The roles by which an actor may do an action.
pub fn roles(process: &Process, act: &str, actor: &Actor, traces: &mut Traces) {
    let Some(action) = process.action(act) else { return };
    traces.bit.extend(action.doers().iter().filter(|by| actor.roles.contains(*by)).cloned());
}

/// What a refusal shows: the rule that bit, or the fields.
pub fn refusal(process: &Process, refusal: &Refusal, traces: &mut Traces) {
    traces.bit.insert(format!("{}/{}", process.id, refusal.rule));
    if refusal.code == "posting-refused" {
        traces.bit.extend(refusal.rule.rsplit('/').next().map(str::to_owned));
    }
    let form = process.action(&refusal.action).and_then(|action| action.form.as_ref());
    if let Some(form) = form {
        let field = |f: &crate::decision::FieldError| {
            let name = f.field.split(['[', '.']).next().unwrap_or_default();
            format!("{form}/{name}")
        };
        traces.bit.extend(refusal.fields.iter().map(field));
    }
}
