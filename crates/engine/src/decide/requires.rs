//! Conditions on an act: who, when, and the graded requirements.

use super::refuse;
use crate::case::CaseState;
use crate::command::Command;
use crate::decision::{Refusal, Why};
use crate::grants::Pass;
use crate::scope::View;
use base::Text;
use rulebook::Release;
use rulebook::expr::{Expr, Scope, Value};
use rulebook::model::{Action, Grade, Parameter, Process, Require};

/// Whether the action is open in the state of its track.
pub fn is_open(view: &View<'_>, case: &CaseState, action: &Action) -> bool {
    stands(case, action) && applies(view, action)
}

/// Why the action is not open in the state of its track; `None` when it is.
pub fn state_refusal(
    view: &View<'_>,
    case: &CaseState,
    process: &Process,
    action: &Action,
) -> Option<Refusal> {
    if !stands(case, action) {
        return Some(refuse::not_allowed_now(case, process, action));
    }
    (!applies(view, action)).then(|| refuse::not_offered(case, action))
}

fn stands(case: &CaseState, action: &Action) -> bool {
    let state = case.tracks.get(&action.track).map(|t| t.state.as_str());
    action.id == "open" || state.is_some_and(|state| action.from.iter().any(|from| from == state))
}

fn applies(view: &View<'_>, action: &Action) -> bool {
    action.when.as_ref().is_none_or(|when| when.eval(view).is_true())
}

/// Whether a requirement decides the offer, which is for nobody in particular and knows no answers:
/// one that looks at the form, at who acts, at the books or at what the company knows of the unit
/// is asked when somebody acts.
pub fn decides_offer(expr: &Expr) -> bool {
    !ASKED_LATER.into_iter().any(|root| expr.mentions(root))
}

/// Facts that are not there when offers are made.
const ASKED_LATER: [&str; 8] =
    ["form", "actor", "books", "scores", "standings", "earlier", "parent", "left"];

/// The first setting an expression reads that has no value.
pub fn unset<'a>(release: &'a Release, expr: &Expr) -> Option<&'a Parameter> {
    expr.paths().iter().find_map(|path| {
        let [root, id, ..] = path.as_slice() else { return None };
        let setting = (root == "params").then(|| release.parameters.get(id)).flatten()?;
        setting.value.is_none().then_some(setting)
    })
}

/// The refusal of one requirement.
pub fn refusal(view: &View<'_>, case: &CaseState, action: &Action, require: &Require) -> Refusal {
    if let Some(setting) = unset(view.release, &require.when) {
        return refuse::setting_unset(case, &action.id, setting);
    }
    let code = if require.grade == Grade::Reason { "reason-needed" } else { "require-failed" };
    let mut refused = refuse::refusal(code, case, &action.id, require.refuse.clone())
        .by(format!("{}/{}", action.id, require.id), &require.clause);
    refused.remedy.clone_from(&require.remedy);
    refused.grade = Some(require.grade);
    let rows = rows_at_fault(view, require);
    let others = campaigns_at_fault(view, require);
    if !others.is_empty() {
        refused.sentence = named(&require.refuse, &others);
    }
    if let (Some(field), false) = (&require.field, rows.is_empty()) {
        refused.sentence = named(&require.refuse, rows.iter().map(|(_, row)| row));
        refused.fields.extend(rows.iter().map(|(place, row)| crate::decision::FieldError {
            field: format!("{field}[{place}]"),
            code: code.to_owned(),
            sentence: named(&require.refuse, [row]),
        }));
    } else if let Some(field) = &require.field {
        refused.fields.push(crate::decision::FieldError {
            field: field.clone(),
            code: code.to_owned(),
            sentence: refused.sentence.clone(),
        });
    }
    if require.grade == Grade::Reason && refused.remedy.is_none() {
        refused.remedy = Some(Text::new("写明理由后可以继续", "give a reason to go on"));
    }
    refused
}

/// The pass that lifts a requirement (特批放行): one that blocks, and whose settings are there.
pub fn lifted<'a>(
    release: &Release,
    case: &'a CaseState,
    action: &Action,
    require: &Require,
) -> Option<&'a Pass> {
    let may = require.grade == Grade::Block && unset(release, &require.when).is_none();
    case.grants.pass(&format!("{}/{}", action.id, require.id)).filter(|_| may)
}

/// Most rows a sentence names.
const NAMED_ROWS: usize = 3;

/// The rows of parts in the requirement's field that decide that it does not hold: the place, and
/// the part in words.
fn rows_at_fault(view: &View<'_>, require: &Require) -> Vec<(usize, Text)> {
    let Some((path, places)) = require.when.failing(view) else { return vec![] };
    let [root, list] = path.as_slice() else { return vec![] };
    if root != "form" || require.field.as_ref() != Some(list) {
        return vec![];
    }
    let Some(Value::Record(form)) = view.get("form") else { return vec![] };
    let Some(Value::List(rows)) = form.get(list) else { return vec![] };
    let part = |place: usize| {
        let Value::Text(code) = rows.get(place)?.at(["part"]) else { return None };
        let title = view.facts.parts.get(code.as_str()).map(|part| &part.title);
        let words = |name: Option<&String>, open, close| {
            name.map_or_else(|| code.to_string(), |name| format!("{name}{open}{code}{close}"))
        };
        let zh = words(title.map(|title| &title.zh), "（", "）");
        Some((place, Text::new(zh, words(title.map(|title| &title.en), " (", ")"))))
    };
    places.into_iter().filter_map(part).collect()
}

/// The campaigns whose ranges or jobs decide that it does not hold, each once by its number.
fn campaigns_at_fault(view: &View<'_>, require: &Require) -> Vec<Text> {
    let Some((path, places)) = require.when.failing(view) else { return vec![] };
    let rows = match path.as_slice() {
        [root, list] if root == "campaign" && list == "ranges" => view.get("campaign"),
        [root, list] if root == "unit" && list == "campaigns" => view.get("unit"),
        _ => None,
    };
    let list = path.last().map(String::as_str).unwrap_or_default();
    let Some(Value::List(rows)) = rows.map(|record| record.at([list])) else { return vec![] };
    let mut numbers: Vec<Text> = Vec::new();
    for row in places.into_iter().filter_map(|place| rows.get(place)) {
        let (Value::Text(number), title) = (row.at(["number"]), row.at(["title"])) else {
            continue;
        };
        let said = match title {
            Value::Text(title) => format!("{number} {title}"),
            _ => number.to_string(),
        };
        if !numbers.iter().any(|known| known.zh == said) {
            numbers.push(Text::new(&said, &said));
        }
    }
    numbers
}

/// A sentence with the rows it is about.
fn named<'a>(sentence: &Text, rows: impl IntoIterator<Item = &'a Text>) -> Text {
    let rows: Vec<&Text> = rows.into_iter().collect();
    let shown = &rows[..rows.len().min(NAMED_ROWS)];
    let more = rows.len() - shown.len();
    let zh = shown.iter().map(|row| row.zh.as_str()).collect::<Vec<_>>().join("、");
    let en = shown.iter().map(|row| row.en.as_str()).collect::<Vec<_>>().join(", ");
    if more == 0 {
        return Text::new(format!("{}：{zh}", sentence.zh), format!("{}: {en}", sentence.en));
    }
    Text::new(
        format!("{}：{zh}等 {} 种", sentence.zh, rows.len()),
        format!("{}: {en} and {more} more", sentence.en),
    )
}

/// Asks every requirement of the act. What held and what was gone over stands in the why.
///
/// # Errors
/// The first that blocks and that nobody lifted, or that needs a reason nobody gave. A late entry
/// passes everything but what blocks: it records what has already happened.
pub fn ask(
    view: &View<'_>,
    case: &CaseState,
    action: &Action,
    command: &Command,
    why: &mut Vec<Why>,
) -> Result<(), Box<Refusal>> {
    let reason = given(command).is_some();
    let mut wanted = None;
    for require in &action.requires {
        let path = format!("{}/{}/{}", case.process, action.id, require.id);
        if require.when.eval(view).is_true() {
            why.push(
                Why::new("require_held", path, &require.clause)
                    .with("refuse", format!("{}/{}", action.id, require.id)),
            );
            continue;
        }
        let pass = lifted(view.release, case, action, require);
        let code = match require.grade {
            Grade::Block if pass.is_some() => "require_lifted",
            Grade::Block => return Err(Box::new(refusal(view, case, action, require))),
            _ if unset(view.release, &require.when).is_some() => {
                return Err(Box::new(refusal(view, case, action, require)));
            }
            Grade::Note => "require_noted",
            Grade::Reason if command.late.is_some() => "require_passed_late",
            Grade::Reason if reason => "require_overridden",
            Grade::Reason => {
                wanted.get_or_insert_with(|| refusal(view, case, action, require));
                continue;
            }
        };
        let inputs = require.when.explain(view);
        let mut step = Why::new(code, path, &require.clause)
            .with("refuse", format!("{}/{}", action.id, require.id));
        if let Some(pass) = pass {
            let who = pass.person.map(|person| person.to_string());
            step = step.with("action", pass.by.as_str()).with("person", who);
            step = step.with("reason", pass.reason.as_str());
        }
        for (name, value) in inputs {
            step = step.with(name, value.to_json(&rulebook::expr::Type::Any));
        }
        why.push(step);
    }
    if !action.lifts.is_empty() && !reason {
        wanted.get_or_insert_with(|| refuse::lift_unexplained(case, action));
    }
    wanted.map_or(Ok(()), |refused| Err(Box::new(refused)))
}

/// The reason given with a command.
pub fn given(command: &Command) -> Option<&str> {
    command.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty())
}
