//! A process and its actions: everything they name is there.

use super::names::{ACTION, DEADLINE, DOCUMENT, FIELD, FORM, MESSAGE, PROCESS, STATE, TRACK};
use super::{Checker, charges, children, grants, offices, postings};
use crate::model::{Action, Effect, FieldKind, Form, Process};
use std::collections::BTreeMap;

/// Who may do an action beside roles.
const DOERS: &[&str] = &["@assignee", "@opener", "@owner", "@customer", "@system"];
/// Who may be told beside roles; whoever is on duty by the roster (`@duty`) only then.
const TOLD: &[&str] = &["@assignee", "@opener", "@owner", "@customer", "@duty"];
/// What can be registered.
const REGISTERS: &[&str] = &[
    "unit.component",
    "unit.warning",
    "unit.repair",
    "unit.customer",
    "unit.owner",
    "unit.card",
    "unit.confirmed",
    "unit.returned",
    "campaign.range",
    "campaign.ended",
    "campaign.done",
    "person.certificate",
    "person.certificate_withdrawn",
    "person.skill",
    "org.founded",
    "org.standing",
    "org.supplied",
];

pub(super) fn check(checker: &mut Checker<'_>, process: &Process) {
    let path = format!("process/{}", process.id);
    checker.word(&process.subject, &["unit", "customer", "none"], &format!("{path}/subject"));
    number(checker, process, &format!("{path}/number"));
    for state in process.states.iter().filter(|s| s.track != "main") {
        let at = format!("{path}/state/{}.{}/track", state.track, state.id);
        let tracks = process.tracks.iter().map(|t| t.id.as_str());
        checker.exists(TRACK, &state.track, tracks, &at);
    }
    for track in &process.tracks {
        let at = format!("{path}/track/{}/initial", track.id);
        state_of(checker, process, &track.id, &track.initial, &at);
    }
    for action in process.all_actions() {
        of_action(checker, process, action);
    }
    clashes(checker, process);
}

/// A case number needs a counter, and names only parts that exist.
fn number(checker: &mut Checker<'_>, process: &Process, path: &str) {
    let mut counted = false;
    for part in process.number.split('{').skip(1) {
        let name = part.split('}').next().unwrap_or_default();
        counted |= name == "seq" || name.starts_with("seq:");
        if !matches!(name.split(':').next(), Some("yyyy" | "yy" | "mm" | "dd" | "seq" | "station"))
        {
            checker.error(
                "bad-number",
                path,
                format!("单号里没有“{{{name}}}”；可用 {{station}}、{{yyyy}}、{{yy}}、{{mm}}、{{dd}}、{{seq:4}}"),
                format!(
                    "a number has no part `{{{name}}}`; there are {{station}}, {{yyyy}}, {{yy}}, \
                     {{mm}}, {{dd}}, {{seq:4}}"
                ),
            );
        }
    }
    if !counted {
        checker.error(
            "bad-number",
            path,
            "单号缺少流水号，例如 WX{yyyy}{mm}-{seq:4}",
            "the number lacks its counter, for example WX{yyyy}{mm}-{seq:4}",
        );
    }
}

fn of_action(checker: &mut Checker<'_>, process: &Process, action: &Action) {
    let path = process.action_path(&action.id);
    checker.doers(&action.by, DOERS, &format!("{path}/by"));
    grants::check(checker, process, action);
    if action.doers().is_empty() && action.approvals.is_none() {
        checker.error(
            "missing-key",
            &format!("{path}/by"),
            format!("动作“{}”没有人能做：by 是空的", action.id),
            format!("nobody may do the action `{}`: `by` is empty", action.id),
        );
    }
    let known = || process.all_actions().map(|a| a.id.as_str());
    for other in &action.not_by {
        checker.exists(ACTION, other, known(), &format!("{path}/not_by"));
    }
    if let Some(form) = &action.form {
        let forms = checker.release.forms.keys().map(String::as_str);
        checker.exists(FORM, form, forms, &format!("{path}/form"));
    }
    if action.track != "main" {
        let tracks = process.tracks.iter().map(|t| t.id.as_str());
        checker.exists(TRACK, &action.track, tracks, &format!("{path}/track"));
    }
    for from in &action.from {
        state_of(checker, process, &action.track, from, &format!("{path}/from"));
    }
    if let Some(to) = &action.to {
        state_of(checker, process, &action.track, to, &format!("{path}/to"));
    }
    for (index, branch) in action.branch.iter().enumerate() {
        let at = format!("{path}/branch/{index}/to");
        state_of(checker, process, &action.track, &branch.to, &at);
    }
    for (index, also) in action.also.iter().enumerate() {
        let at = format!("{path}/also/{index}");
        let tracks = process.tracks.iter().map(|t| t.id.as_str()).chain(["main"]);
        checker.exists(TRACK, &also.track, tracks, &format!("{at}/track"));
        for from in &also.from {
            state_of(checker, process, &also.track, from, &format!("{at}/from"));
        }
        state_of(checker, process, &also.track, &also.to, &format!("{at}/to"));
    }
    start_or_step(checker, process, action, &path);
    for (index, effect) in action.effects.iter().enumerate() {
        let at = format!("{path}/effects/{index}");
        of_effect(checker, process, effect, &at);
        charges::priced(checker, action, effect, &at);
    }
}

fn start_or_step(checker: &mut Checker<'_>, process: &Process, action: &Action, path: &str) {
    let is_start = std::ptr::eq(action, &raw const process.start);
    if is_start && action.to.is_none() {
        checker.error(
            "start-without-state",
            path,
            "start 要写 to：新开的单处于哪个状态",
            "`start` needs `to`: the state a new case begins in",
        );
    }
    if is_start && !action.from.is_empty() {
        checker.error(
            "start-from",
            &format!("{path}/from"),
            "start 没有 from：单还没有开",
            "`start` has no `from`: there is no case yet",
        );
    }
    if !is_start && action.from.is_empty() {
        checker.error(
            "missing-key",
            path,
            format!("动作“{}”缺少 from：在哪些状态可以做", action.id),
            format!("the action `{}` lacks `from`: the states it can be done in", action.id),
        );
    }
}

/// A state of a track, named without the track.
fn state_of(checker: &mut Checker<'_>, process: &Process, track: &str, name: &str, path: &str) {
    let item = format!("process/{}", process.id);
    if checker.places.has(&format!("{item}/state/{track}.{name}")) {
        return;
    }
    if let Some((own, id)) = name.split_once('.')
        && process.state(name).is_some()
    {
        checker.error(
            "state-of-other-track",
            path,
            format!("“{name}”写成“{id}”即可；若属于分线 {own}，请用 also"),
            format!("write `{id}` for `{name}`; to move the track {own} use `also`"),
        );
        return;
    }
    let states = process.states.iter().filter(|s| s.track == track).map(|s| s.id.as_str());
    let states: Vec<_> = states.collect();
    checker.exists(STATE, name, states, path);
}

pub(super) fn of_effect(checker: &mut Checker<'_>, process: &Process, effect: &Effect, path: &str) {
    let release = checker.release;
    match effect {
        Effect::Print { print, .. } => {
            let known = release.documents.keys().map(String::as_str);
            checker.exists(DOCUMENT, print, known, &format!("{path}/print"));
        }
        Effect::Notify { notify, to, .. } => {
            let known = release.messages.keys().map(String::as_str);
            checker.exists(MESSAGE, notify, known, &format!("{path}/notify"));
            told(checker, process, to, &format!("{path}/to"));
        }
        Effect::Open { open, map, .. } => {
            let known = release.processes.keys().map(String::as_str);
            checker.exists(PROCESS, open, known, &format!("{path}/open"));
            if let Some(child) = release.processes.get(open) {
                let fields: Vec<_> = forms_of(checker, child).collect();
                for field in map.keys() {
                    let ids = fields.iter().flat_map(|f| &f.fields).map(|f| f.id.as_str());
                    checker.exists(FIELD, field, ids, &format!("{path}/map/{field}"));
                }
            }
        }
        Effect::Tell { tell, act, .. } => children::told(checker, process, tell, act, path),
        Effect::Register { register, map, .. } => {
            checker.word(register, REGISTERS, &format!("{path}/register"));
            offices::names(checker, register, map, path);
        }
        Effect::Price { price, .. } => {
            let forms: Vec<_> = forms_of(checker, process).collect();
            let lines = forms
                .iter()
                .flat_map(|f| &f.fields)
                .filter(|f| f.kind == FieldKind::Lines)
                .map(|f| f.id.as_str());
            checker.exists(FIELD, price, lines, &format!("{path}/price"));
        }
        Effect::Charge { charge, map, .. } => charges::names(checker, charge, map, path),
        Effect::Extend { extend, .. } => {
            let known = process.deadlines.iter().map(|rule| rule.id.as_str());
            checker.exists(DEADLINE, extend, known, &format!("{path}/extend"));
        }
        Effect::Post { .. }
        | Effect::Reverse { .. }
        | Effect::Limit { .. }
        | Effect::CloseAccount { .. } => postings::names(checker, effect, path),
        Effect::Judge { .. }
        | Effect::Assign { .. }
        | Effect::HandOver { .. }
        | Effect::Move { .. }
        | Effect::Link { .. }
        | Effect::Set { .. } => {}
    }
}

/// Who is told: roles, people the case knows, and people a field of its forms names
/// (`@data.participants`).
pub(super) fn told(checker: &mut Checker<'_>, process: &Process, to: &[String], path: &str) {
    let names = |field: &&crate::model::Field| {
        matches!(field.kind, FieldKind::Person | FieldKind::PeopleRows | FieldKind::Customer)
    };
    let fields = forms_of(checker, process).flat_map(|form| &form.fields).filter(names);
    let fields: Vec<String> = fields.map(|field| format!("@data.{}", field.id)).collect();
    let known: Vec<&str> = TOLD.iter().copied().chain(fields.iter().map(String::as_str)).collect();
    checker.audience(to, &known, path);
}

/// The forms of a process, in the order of its actions.
pub(super) fn forms_of<'a>(
    checker: &Checker<'a>,
    process: &'a Process,
) -> impl Iterator<Item = &'a Form> {
    let forms = &checker.release.forms;
    process.all_actions().filter_map(|action| forms.get(action.form.as_ref()?))
}

/// A field keeps its id and kind through a process.
fn clashes(checker: &mut Checker<'_>, process: &Process) {
    let mut kinds: BTreeMap<&str, (FieldKind, &str)> = BTreeMap::new();
    let forms: Vec<_> = forms_of(checker, process).collect();
    for form in forms {
        for field in &form.fields {
            let (kind, first) = *kinds.entry(&field.id).or_insert((field.kind, &form.id));
            if kind != field.kind {
                checker.error(
                    "field-kind-clash",
                    &format!("form/{}/field/{}/kind", form.id, field.id),
                    format!(
                        "流程 {} 里，字段“{}”在表单 {first} 中是另一种类型；同名字段类型要相同",
                        process.id, field.id
                    ),
                    format!(
                        "in the process {} the field `{}` has another kind in the form {first}; \
                         one id has one kind",
                        process.id, field.id
                    ),
                );
            }
        }
    }
}
