//! A child pack that changes part of a process or a form, adds to an action, or drops an item.

use super::merge::{Draft, Layer, put};
use crate::Place;
use crate::load::{ActionPatch, FormFile, ProcessFile};
use crate::model::{Action, Dropped, Effect, Process, State};

/// Lays a process file over what is there.
pub(super) fn process(draft: &mut Draft, layer: &Layer<'_>, stem: &str, file: &ProcessFile) {
    let path = format!("process/{stem}");
    let Some(base) = &file.refines else {
        match file.clone().whole(stem) {
            Ok(process) => {
                draft.claim(layer, &path);
                draft.release.processes.insert(process.id.clone(), process);
            }
            Err(missing) => {
                draft.damaged.insert(path.clone());
                for key in missing {
                    missing_key(draft, layer, &path, key);
                }
            }
        }
        return;
    };
    let Some(mut process) = draft.release.processes.get(base).cloned() else {
        no_base(draft, layer, &path, "process", base);
        return;
    };
    if file.id.as_ref().is_some_and(|id| id != base) {
        no_rename(draft, layer, &path, base);
    }
    header(draft, layer, &path, &mut process, file);
    for track in &file.tracks {
        draft.places.adopt(&layer.pack.places, &format!("{path}/track/{}", track.id));
        put(&mut process.tracks, track, |t| &t.id);
    }
    for state in &file.states {
        let name = full_name(state);
        draft.places.adopt(&layer.pack.places, &format!("{path}/state/{name}"));
        match process.states.iter_mut().find(|known| full_name(known) == name) {
            Some(known) => *known = state.clone(),
            None => process.states.push(state.clone()),
        }
    }
    for action in &file.actions {
        draft.places.adopt(&layer.pack.places, &format!("{path}/action/{}", action.id));
        put(&mut process.actions, action, |a| &a.id);
    }
    for deadline in &file.deadlines {
        draft.places.adopt(&layer.pack.places, &format!("{path}/deadline/{}", deadline.id));
        put(&mut process.deadlines, deadline, |d| &d.id);
    }
    for (index, patch) in file.amends.iter().enumerate() {
        amend(draft, layer, &mut process, patch, &format!("{path}/amend/{index}"));
    }
    draft.release.processes.insert(base.clone(), process);
}

fn full_name(state: &State) -> String {
    format!("{}.{}", state.track, state.id)
}

fn header(
    draft: &mut Draft,
    layer: &Layer<'_>,
    path: &str,
    process: &mut Process,
    file: &ProcessFile,
) {
    for (key, into, from) in [
        ("number", &mut process.number, &file.number),
        ("subject", &mut process.subject, &file.subject),
        ("area", &mut process.area, &file.area),
    ] {
        if let Some(value) = from {
            into.clone_from(value);
            draft.places.adopt(&layer.pack.places, &format!("{path}/{key}"));
        }
    }
    if let Some(title) = &file.title {
        process.title = title.clone();
    }
    if let Some(start) = &file.start {
        process.start = start.clone();
        draft.places.adopt(&layer.pack.places, &format!("{path}/start"));
    }
    process.checks_late |= file.checks_late;
    process.clause.extend(file.clause.iter().cloned());
}

fn amend(
    draft: &mut Draft,
    layer: &Layer<'_>,
    process: &mut Process,
    patch: &ActionPatch,
    from: &str,
) {
    let to = process.action_path(&patch.action);
    let action = if patch.action == "open" {
        Some(&mut process.start)
    } else {
        process.actions.iter_mut().find(|a| a.id == patch.action)
    };
    let Some(action) = action else {
        let at = layer.pack.places.of(&format!("{from}/action"));
        draft.error(
            "unknown-action",
            at,
            format!("要补充的动作“{}”不在流程 {} 里", patch.action, process.id),
            format!("the action `{}` to amend is not in the process {}", patch.action, process.id),
        );
        return;
    };
    graft(draft, layer, action, patch, from, &to);
    action.clause.extend(patch.clause.iter().cloned());
    for require in &patch.requires {
        put(&mut action.requires, require, |r| &r.id);
    }
    for effect in &patch.effects {
        match replaced(action, effect) {
            Some(known) => action.effects[known] = effect.clone(),
            None => action.effects.push(effect.clone()),
        }
    }
    action.also.extend(patch.also.iter().cloned());
    // Who does it is said anew: by one of these, or by several of those.
    if let Some(by) = &patch.by {
        action.by.clone_from(by);
        action.approvals = None;
    }
    if patch.approvals.is_some() {
        action.approvals.clone_from(&patch.approvals);
        action.by.clone_from(patch.by.as_ref().unwrap_or(&Vec::new()));
    }
    action.lifts.extend(patch.lifts.iter().cloned());
    action.strict = patch.strict.unwrap_or(action.strict);
    if patch.form.is_some() {
        action.form.clone_from(&patch.form);
    }
}

/// The effect of the parent whose place one of the child takes: lines are priced once.
fn replaced(action: &Action, effect: &Effect) -> Option<usize> {
    let Effect::Price { price, .. } = effect else { return None };
    action
        .effects
        .iter()
        .position(|known| matches!(known, Effect::Price { price: field, .. } if field == price))
}

/// The places of what is added: under the action, effects numbered on.
fn graft(
    draft: &mut Draft,
    layer: &Layer<'_>,
    action: &Action,
    patch: &ActionPatch,
    from: &str,
    to: &str,
) {
    let places = &layer.pack.places;
    for require in &patch.requires {
        let below = format!("require/{}", require.id);
        draft.places.graft(places, &format!("{from}/{below}"), &format!("{to}/{below}"));
    }
    let mut added = action.effects.len();
    for (index, effect) in patch.effects.iter().enumerate() {
        let number = replaced(action, effect).unwrap_or_else(|| {
            added += 1;
            added - 1
        });
        let at = format!("{from}/effects/{index}");
        draft.places.graft(places, &at, &format!("{to}/effects/{number}"));
    }
    for index in 0..patch.also.len() {
        let number = action.also.len() + index;
        let at = format!("{from}/also/{index}");
        draft.places.graft(places, &at, &format!("{to}/also/{number}"));
    }
    for key in ["by", "approvals", "lifts", "form", "strict"] {
        draft.places.graft(places, &format!("{from}/{key}"), &format!("{to}/{key}"));
    }
}

/// Lays a form file over what is there.
pub(super) fn form(draft: &mut Draft, layer: &Layer<'_>, stem: &str, file: &FormFile) {
    let path = format!("form/{stem}");
    let Some(base) = &file.refines else {
        match file.clone().whole(stem) {
            Some(form) => {
                draft.claim(layer, &path);
                draft.release.forms.insert(form.id.clone(), form);
            }
            None => missing_key(draft, layer, &path, "title"),
        }
        return;
    };
    let Some(mut form) = draft.release.forms.get(base).cloned() else {
        no_base(draft, layer, &path, "form", base);
        return;
    };
    if file.id.as_ref().is_some_and(|id| id != base) {
        no_rename(draft, layer, &path, base);
    }
    if let Some(title) = &file.title {
        form.title = title.clone();
    }
    form.clause.extend(file.clause.iter().cloned());
    for field in &file.fields {
        draft.places.adopt(&layer.pack.places, &format!("{path}/field/{}", field.id));
        put(&mut form.fields, field, |f| &f.id);
    }
    draft.release.forms.insert(base.clone(), form);
}

fn missing_key(draft: &mut Draft, layer: &Layer<'_>, path: &str, key: &str) {
    draft.error(
        "missing-key",
        layer.pack.places.of(path),
        format!("缺少“{key}”"),
        format!("`{key}` is missing here"),
    );
}

fn no_base(draft: &mut Draft, layer: &Layer<'_>, path: &str, kind: &str, base: &str) {
    if draft.damaged.contains(&format!("{kind}/{base}")) {
        return;
    }
    draft.error(
        "unknown-base",
        layer.pack.places.of(&format!("{path}/refines")),
        format!("refines 指向的“{base}”不在任何上级制度包里"),
        format!("no parent pack has the {kind} `{base}` that this file refines"),
    );
}

fn no_rename(draft: &mut Draft, layer: &Layer<'_>, path: &str, base: &str) {
    draft.error(
        "id-file",
        layer.pack.places.of(&format!("{path}/id")),
        format!("细化“{base}”的文件不能改编号"),
        format!("a file that refines `{base}` cannot give it another id"),
    );
}

/// Takes an item of a parent away.
pub(super) fn drop_item(draft: &mut Draft, dropped: &Dropped, at: Place) {
    let release = &mut draft.release;
    let id = dropped.id.as_str();
    let (owner, inner) = id.split_once('/').unwrap_or((id, ""));
    let (gone, path) = match dropped.kind.as_str() {
        "process" => (release.processes.remove(id).is_some(), format!("process/{id}")),
        "form" => (release.forms.remove(id).is_some(), format!("form/{id}")),
        "role" => (release.roles.remove(id).is_some(), format!("role/{id}")),
        "schedule" => (release.schedules.remove(id).is_some(), format!("schedule/{id}")),
        "message" => (release.messages.remove(id).is_some(), format!("message/{id}")),
        "script" => (release.scripts.remove(id).is_some(), format!("script/{id}")),
        "tag" => (release.customer_tags.remove(id).is_some(), format!("tag/{id}")),
        "grade" => (out(&mut release.customer_grades, |g| g.id == id), format!("grade/{id}")),
        "document" => (release.documents.remove(id).is_some(), format!("document/{id}")),
        "part" => (release.parts.remove(id).is_some(), format!("part/{id}")),
        "labour" => (release.labour.remove(id).is_some(), format!("labour/{id}")),
        "price" => (release.prices.remove(id).is_some(), format!("price/{id}")),
        "posting" => (release.postings.remove(id).is_some(), format!("posting/{id}")),
        "measure" => (release.measures.remove(id).is_some(), format!("measure/{id}")),
        "dimension" => (release.dimensions.remove(id).is_some(), format!("dimension/{id}")),
        "figure" => (out(&mut release.figures, |f| f.id == id), format!("figure/{id}")),
        "scorecard" => (release.scorecards.remove(id).is_some(), format!("scorecard/{id}")),
        "account" => (out(&mut release.chart.rules, |r| r.id == id), format!("account/{id}")),
        "parameter" => (release.parameters.remove(id).is_some(), format!("parameter/{id}")),
        "term-row" => (out(&mut release.term_rows, |r| r.id == id), format!("term-row/{id}")),
        "cause" => (out(&mut release.catalog.causes, |c| c.id == id), format!("cause/{id}")),
        "table-row" => {
            let table = draft.tables.get_mut(owner);
            let gone = table.is_some_and(|table| table.forget(inner));
            (gone, format!("table/{owner}/row/{inner}"))
        }
        "field" => {
            let form = release.forms.get_mut(owner);
            let gone = form.is_some_and(|form| out(&mut form.fields, |f| f.id == inner));
            (gone, format!("form/{owner}/field/{inner}"))
        }
        kind @ ("action" | "deadline" | "state" | "require") => {
            let process = release.processes.get_mut(owner);
            let gone = process.is_some_and(|process| drop_inner(process, kind, inner));
            (gone, format!("process/{owner}/{kind}/{inner}"))
        }
        _ => (false, String::new()),
    };
    if gone {
        draft.places.forget(&path);
        return;
    }
    draft.error(
        "unknown-drop",
        at,
        format!("drop 要去掉的 {} “{id}”不在上级制度包里", dropped.kind),
        format!("no parent has the {} `{id}` to drop", dropped.kind),
    );
}

fn drop_inner(process: &mut Process, kind: &str, id: &str) -> bool {
    match kind {
        "action" => out(&mut process.actions, |a| a.id == id),
        "deadline" => out(&mut process.deadlines, |d| d.id == id),
        "state" => out(&mut process.states, |s| s.id == id || full_name(s) == id),
        _ => {
            let Some((action, require)) = id.split_once('/') else { return false };
            let actions = process.actions.iter_mut().chain(std::iter::once(&mut process.start));
            actions.filter(|a| a.id == action).any(|a| out(&mut a.requires, |r| r.id == require))
        }
    }
}

/// Removes what matches; whether anything did.
fn out<T>(list: &mut Vec<T>, matches: impl Fn(&T) -> bool) -> bool {
    let before = list.len();
    list.retain(|item| !matches(item));
    list.len() < before
}
