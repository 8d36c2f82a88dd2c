//! Effects: computing ones change the case at once and are seen by the later ones; the others are
//! data for whoever applies the decision.

use super::run::{Refused, Run};
use super::{judging, postings, refuse, requires};
use crate::decision::{Followup, Judged, Why};
use crate::form::{clauses_of, priced, priced_lines};
use crate::scope::to_data;
use crate::warranty::{Given, Judge, judge_by_sale};
use base::time::Span;
use base::{PersonId, Text};
use rulebook::expr::{Expr, Scope, Value};
use rulebook::model::{Action, Deadline, Effect};
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// Runs effects in written order. Any that fails refuses the whole command.
pub fn run(run: &mut Run<'_>, action: &Action, effects: &[Effect]) -> Result<(), Refused> {
    for effect in effects {
        match effect {
            Effect::Judge { .. } => judge(run, action)?,
            Effect::Price { price, .. } => reprice(run, action, price)?,
            Effect::Assign { assign } => give(run, action, assign)?,
            Effect::HandOver { hand_over, from, to } => {
                shift_over(run, action, hand_over, (from, to))?;
            }
            Effect::Move { to } => hand_over(run, action, to)?,
            Effect::Extend { extend, by, reason } => {
                prolong(run, action, extend, by.span, reason)?;
            }
            Effect::Link { link } => attach(run, action, link)?,
            Effect::Set { set, value, .. } => {
                let sealed = sealed(run, value);
                let value = value_of(run, &action.id, value)?;
                put(run, set, &value, sealed);
            }
            Effect::Post { .. }
            | Effect::Reverse { .. }
            | Effect::Limit { .. }
            | Effect::CloseAccount { .. } => postings::run(run, action, effect)?,
            Effect::Open { open, each: Some(each), map, when } => {
                open_each(run, &action.id, open, each, &Opens { map, when: when.as_ref() })?;
            }
            other => follow(run, &action.id, other)?,
        }
    }
    Ok(())
}

impl<'a> Run<'a> {
    /// What a breach does beside being recorded: messages and cases. Time cannot be refused, so
    /// what cannot be done is left out.
    pub fn breach(&mut self, rule: &'a Deadline, effects: &'a [Effect]) {
        for effect in effects {
            let before = self.followups.len();
            if follow(self, &rule.id, effect).is_err() {
                self.followups.truncate(before);
            }
            for followup in &mut self.followups[before..] {
                if let Followup::Notify { about, .. } = followup {
                    *about = Some(rule.id.clone());
                }
            }
        }
        self.why.clear();
    }
}

/// The value of an effect's expression; a setting that has no value refuses.
fn value_of(run: &Run<'_>, action: &str, expr: &Expr) -> Result<Value, Refused> {
    value_in(run, action, expr, &run.view)
}

/// The same over other names, such as the `item` of a list.
fn value_in(run: &Run<'_>, action: &str, expr: &Expr, scope: &dyn Scope) -> Result<Value, Refused> {
    let value = expr.eval(scope);
    if value.is_null()
        && let Some(setting) = requires::unset(run.release, expr)
    {
        return Err(Box::new(refuse::setting_unset(&run.case, action, setting)));
    }
    Ok(value)
}

fn judge(run: &mut Run<'_>, action: &Action) -> Result<(), Refused> {
    let judge = Judge::new(run.release, &run.facts.calendars);
    let facts = judging::verdict_facts(run.release, &judge, &run.case, run.facts);
    let releases = run.facts.releases.iter().map(AsRef::as_ref);
    let judges: Vec<Judge<'_>> =
        releases.map(|release| Judge::new(release, &run.facts.calendars)).collect();
    let answer =
        if judges.is_empty() { judge.judge(&facts) } else { judge_by_sale(&judges, &facts) };
    match answer {
        Ok(verdict) => {
            run.why.extend(verdict.why.iter().cloned());
            let by = verdict.judged_by.as_ref().map(|by| by.release.hash.clone());
            run.judged.push(Judged {
                given: Given::of(&verdict),
                row: verdict.row.as_deref().map(str::to_owned),
                release: by.unwrap_or_else(|| run.release.hash.clone()),
                facts,
            });
            let json = serde_json::to_value(&verdict).unwrap_or_default();
            run.view.refresh_field("verdict", &json);
            run.case.data.insert("verdict".to_owned(), json);
            Ok(())
        }
        Err(refused) => {
            let mut answer = refuse::refusal(
                "facts-refused",
                &run.case,
                &action.id,
                Text::new(
                    format!("不能判定：{}", refused.sentence.zh),
                    format!("no verdict: {}", refused.sentence.en),
                ),
            )
            .by(format!("{}/judge", action.id), &action.clause);
            answer.fields.push(crate::decision::FieldError {
                field: refused.field,
                code: "facts-refused".to_owned(),
                sentence: refused.sentence,
            });
            Err(Box::new(answer))
        }
    }
}

/// Prices a lines field; lines of the submitted form were priced before the rules looked at them.
fn reprice(run: &mut Run<'_>, action: &Action, field: &str) -> Result<(), Refused> {
    let pricing = priced(action).into_iter().find(|pricing| pricing.field == field);
    let Some(pricing) = pricing else { return Ok(()) };
    let mut lines = run.case.data.get(field).cloned().unwrap_or_default();
    let errors = priced_lines(&pricing, &mut lines, &run.view, &run.case.data);
    if !errors.is_empty() {
        return Err(Box::new(refuse::form_invalid(&run.case, action, errors)));
    }
    let Some(count) = lines.as_array().map(Vec::len) else { return Ok(()) };
    for line in lines.as_array().into_iter().flatten() {
        run.why.extend(charged(run, line));
    }
    run.why.push(
        Why::new("priced", format!("{}/price", action.id), &action.clause).with("lines", count),
    );
    run.view.refresh_field(field, &lines);
    run.case.data.insert(field.to_owned(), lines);
    Ok(())
}

/// Why a table charged a line.
fn charged(run: &Run<'_>, line: &Json) -> Option<Why> {
    let line = line.as_object()?;
    let text = |key: &str| line.get(key).and_then(Json::as_str);
    let amount = line.get("amount").and_then(Json::as_i64).unwrap_or_default();
    let why = Why::new("charged", text("rule")?.to_owned(), clauses_of(&run.view, line));
    Some(why.with("item", text("title")?).with("amount", base::Money(amount).to_string()))
}

/// Gives the case to a person; an empty expression to nobody.
fn give(run: &mut Run<'_>, action: &Action, expr: &Expr) -> Result<(), Refused> {
    let rule = format!("{}/assign", action.id);
    if expr.source().trim().is_empty() {
        run.case.assignee = None;
        run.why.push(Why::new("unassigned", rule, &action.clause));
        run.view.refresh_head(&run.case);
        return Ok(());
    }
    let value = value_of(run, &action.id, expr)?;
    let id = match &value {
        Value::Record(fields) => fields.get("id"),
        other => Some(other),
    };
    let person = match id {
        Some(Value::Text(id)) if !id.is_empty() => id.parse().ok(),
        Some(Value::Text(_)) => {
            run.case.assignee = None;
            return Ok(());
        }
        _ => None,
    };
    // Nobody named: the case stays with whom it is.
    if let Some(person) = person {
        run.case.assignee = Some(person);
        run.why.push(Why::new("assigned", rule, &action.clause).with("person", person_key(person)));
        run.view.refresh_head(&run.case);
    }
    Ok(())
}

/// Hands the cases of a list from one person to another. Their present state is not known here:
/// each is a command of its own afterwards, and one that somebody else got meanwhile is left alone.
fn shift_over(
    run: &mut Run<'_>,
    action: &Action,
    list: &Expr,
    (from, to): (&Expr, &Expr),
) -> Result<(), Refused> {
    let (from, to) = (person(run, action, from)?, person(run, action, to)?);
    let (Some(from), Some(to), Value::List(rows)) = (from, to, value_of(run, &action.id, list)?)
    else {
        return Ok(());
    };
    let case = |row: &Value| match row {
        Value::Record(fields) => match fields.get("case") {
            Some(Value::Text(id)) => id.parse().ok(),
            _ => None,
        },
        _ => None,
    };
    let cases: Vec<base::CaseId> = rows.iter().filter_map(case).collect();
    let why = Why::new("hands_over", format!("{}/hand_over", action.id), &action.clause);
    run.why.push(why.with("cases", cases.len()));
    run.followups.push(Followup::HandOver { cases, from, to });
    Ok(())
}

/// The person an expression names.
fn person(run: &Run<'_>, action: &Action, expr: &Expr) -> Result<Option<PersonId>, Refused> {
    Ok(match value_of(run, &action.id, expr)? {
        Value::Record(fields) => match fields.get("id") {
            Some(Value::Text(id)) => id.parse().ok(),
            _ => None,
        },
        Value::Text(id) => id.parse().ok(),
        _ => None,
    })
}

/// Gives the case to another organisation unit; nobody named: it stays where it is.
fn hand_over(run: &mut Run<'_>, action: &Action, expr: &Expr) -> Result<(), Refused> {
    let value = value_of(run, &action.id, expr)?;
    let id = match &value {
        Value::Record(fields) => fields.get("id"),
        _ => None,
    };
    let Some(Value::Text(id)) = id else { return Ok(()) };
    let known = id.parse().ok().and_then(|id| run.facts.orgs.get_key_value(&id));
    let Some((to, facts)) = known else {
        return Err(Box::new(refuse::unknown_org(&run.case, action)));
    };
    let name = |facts: &Map<String, Json>| {
        let text = |key: &str| facts.get(key).and_then(Json::as_str).map(str::to_owned);
        text("name").or_else(|| text("code")).unwrap_or_default()
    };
    let why = Why::new("moved_org", format!("{}/move", action.id), &action.clause);
    run.why.push(why.with("from", name(&run.facts.org)).with("to", name(facts)));
    run.case.org = *to;
    run.view.set_org(facts);
    Ok(())
}

/// Extends a deadline; without a reason nobody knows later why it was right.
fn prolong(
    run: &mut Run<'_>,
    action: &Action,
    deadline: &str,
    by: Option<Span>,
    reason: &Expr,
) -> Result<(), Refused> {
    match value_of(run, &action.id, reason)? {
        Value::Text(reason) if !reason.trim().is_empty() => {
            run.extend(action, deadline, by, reason.trim())
        }
        _ => Err(Box::new(refuse::extension_unexplained(&run.case, action))),
    }
}

/// The case is about that vehicle from now on; nothing named: nothing changes.
fn attach(run: &mut Run<'_>, action: &Action, expr: &Expr) -> Result<(), Refused> {
    let Value::Text(id) = value_of(run, &action.id, expr)? else { return Ok(()) };
    if let Ok(unit) = id.parse() {
        run.case.unit = Some(unit);
        run.why.push(Why::new("linked", format!("{}/link", action.id), &action.clause));
        run.view.refresh_head(&run.case);
    }
    Ok(())
}

/// A personal answer that an expression passes on as it stands: the ciphertext, of which
/// expressions see only that it is there.
fn sealed(run: &Run<'_>, expr: &Expr) -> Option<Json> {
    let path = expr.origin(&run.view)?;
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    let json = match path.as_slice() {
        ["form" | "data", field] => run.case.data.get(*field),
        ["child", "data", field] => run.command.child.as_ref()?.data.get(*field),
        _ => None,
    }?;
    json.get("$sealed").is_some().then(|| json.clone())
}

fn person_key(person: PersonId) -> String {
    person.to_string()
}

/// Writes a computed value into the data; a dotted name reaches into an object.
fn put(run: &mut Run<'_>, path: &str, value: &Value, sealed: Option<Json>) {
    let (root, rest) = path.split_once('.').map_or((path, None), |(root, rest)| (root, Some(rest)));
    let field = if rest.is_none() { run.view.field(root) } else { None };
    let json = sealed.unwrap_or_else(|| to_data(value, field));
    let slot = run.case.data.entry(root).or_insert(Json::Null);
    match rest {
        None => *slot = json,
        Some(rest) => reach(slot, rest, json),
    }
    let stored = slot.clone();
    run.view.refresh_field(root, &stored);
}

fn reach(slot: &mut Json, path: &str, json: Json) {
    if !slot.is_object() {
        *slot = Json::Object(Map::new());
    }
    let Json::Object(map) = slot else { return };
    match path.split_once('.') {
        None => {
            map.insert(path.to_owned(), json);
        }
        Some((name, rest)) => reach(map.entry(name).or_insert(Json::Null), rest, json),
    }
}

/// An effect that is data for whoever applies the decision.
fn follow(run: &mut Run<'_>, action: &str, effect: &Effect) -> Result<(), Refused> {
    let holds =
        |when: &Option<Expr>| when.as_ref().is_none_or(|when| when.eval(&run.view).is_true());
    let (followup, why) = match effect {
        Effect::Print { print, when } if holds(when) => (
            Followup::Print { document: print.clone() },
            Why::new("printed", format!("{action}/print"), []).with("document", print.as_str()),
        ),
        Effect::Notify { notify, to, when } if holds(when) => (
            Followup::Notify { message: notify.clone(), to: to.clone(), about: None },
            Why::new("notified", format!("{action}/notify"), []).with("message", notify.as_str()),
        ),
        Effect::Open { open, map, when, .. } if holds(when) => (
            Followup::Open {
                process: open.clone(),
                form: child_form(run, action, open, map, &run.view)?,
            },
            Why::new("opened_child", format!("{action}/open"), []).with("opened", open.as_str()),
        ),
        Effect::Tell { tell, act, when } if holds(when) => (
            Followup::Tell { process: tell.clone(), act: act.clone() },
            Why::new("children_told", format!("{action}/tell"), []).with("opened", tell.as_str()),
        ),
        Effect::Register { register, map, when } if holds(when) => {
            let mut values = Map::new();
            for (name, expr) in map {
                let value = value_of(run, action, expr)?;
                values.insert(name.clone(), to_data(&value, None));
            }
            run.followups.push(Followup::Register { target: register.clone(), values });
            return Ok(());
        }
        _ => return Ok(()),
    };
    run.followups.push(followup);
    run.why.push(why);
    Ok(())
}

/// What is opened for each item of a list.
struct Opens<'e> {
    map: &'e BTreeMap<String, Expr>,
    when: Option<&'e Expr>,
}

/// Opens a child for each item of a list for which the condition holds.
fn open_each(
    run: &mut Run<'_>,
    action: &str,
    process: &str,
    each: &Expr,
    opens: &Opens<'_>,
) -> Result<(), Refused> {
    let Value::List(items) = value_of(run, action, each)? else { return Ok(()) };
    for item in items {
        let own = BTreeMap::from([("item".to_owned(), item)]);
        let scope = (&own, &run.view);
        if opens.when.is_some_and(|when| !when.eval(&scope).is_true()) {
            continue;
        }
        let form = child_form(run, action, process, opens.map, &scope)?;
        run.followups.push(Followup::Open { process: process.to_owned(), form });
        let why = Why::new("opened_child", format!("{action}/open"), []);
        run.why.push(why.with("opened", process));
    }
    Ok(())
}

/// The answers a child case is opened with; what is missing is left out.
fn child_form(
    run: &Run<'_>,
    action: &str,
    process: &str,
    map: &BTreeMap<String, Expr>,
    scope: &dyn Scope,
) -> Result<Map<String, Json>, Refused> {
    let form = run
        .release
        .processes
        .get(process)
        .and_then(|process| process.start.form.as_ref())
        .and_then(|id| run.release.forms.get(id));
    let mut out = Map::new();
    for (name, expr) in map {
        if let Some(sealed) = sealed(run, expr) {
            out.insert(name.clone(), sealed);
            continue;
        }
        let value = value_in(run, action, expr, scope)?;
        if value.is_null() {
            continue;
        }
        let field = form.and_then(|form| form.fields.iter().find(|f| f.id == *name));
        out.insert(name.clone(), to_data(&value, field));
    }
    Ok(out)
}
