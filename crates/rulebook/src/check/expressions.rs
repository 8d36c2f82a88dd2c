//! Every expression is typed against the facts that are there where it is asked.

use super::Checker;
use super::processes::forms_of;
use super::{charges, money, personal, postings};
use crate::expr::{Expr, Type};
use crate::model::scope::{self, Scope};
use crate::model::{
    Action, Deadline, Effect, Field, FieldKind, Form, Length, Process, Requirement,
};
use std::collections::{BTreeMap, BTreeSet};

/// Most statements that may bring the facts of one decision.
const MOST_STATEMENTS: usize = 6;

/// Checks the expressions of a process and of the forms it uses.
pub(super) fn check(checker: &mut Checker<'_>, process: &Process) {
    personal::check(checker, process);
    let scope = typed_scope(checker, process);
    money::check(checker, process, &scope);
    let bare = scope.without_form();
    for action in process.all_actions() {
        let path = process.action_path(&action.id);
        let form = action.form.as_ref().and_then(|id| checker.release.forms.get(id));
        let heard = heard(checker, action, &scope);
        let heard = heard.as_ref().unwrap_or(&scope);
        let with_form = heard.with_form(form);
        let mut asked = Vec::new();
        if let Some(when) = &action.when {
            let bare = if action.on_child.is_some() { &heard.without_form() } else { &bare };
            condition(checker, when, bare, &format!("{path}/when"));
            asked.push(when);
        }
        for require in &action.requires {
            let at = format!("{path}/require/{}/when", require.id);
            condition(checker, &require.when, &with_form, &at);
            asked.push(&require.when);
        }
        for (index, branch) in action.branch.iter().enumerate() {
            condition(checker, &branch.when, &with_form, &format!("{path}/branch/{index}/when"));
            asked.push(&branch.when);
        }
        for (index, also) in action.also.iter().enumerate() {
            if let Some(when) = &also.when {
                condition(checker, when, &with_form, &format!("{path}/also/{index}/when"));
                asked.push(when);
            }
        }
        for (index, effect) in action.effects.iter().enumerate() {
            let at = format!("{path}/effects/{index}");
            of_effect(checker, effect, &with_form, &at, &mut asked);
        }
        plan(checker, action, &asked, &path);
    }
    for deadline in &process.deadlines {
        of_deadline(checker, process, deadline, &bare);
    }
    let forms: BTreeSet<_> = forms_of(checker, process).map(|form| form.id.clone()).collect();
    for form in forms.iter().filter_map(|id| checker.release.forms.get(id)) {
        of_form(checker, form, &scope.with_form(Some(form)));
    }
}

fn of_deadline(checker: &mut Checker<'_>, process: &Process, deadline: &Deadline, bare: &Type) {
    let path = format!("process/{}/deadline/{}", process.id, deadline.id);
    if let Some(when) = &deadline.when {
        condition(checker, when, bare, &format!("{path}/when"));
    }
    if let Some(until) = &deadline.until {
        let at = format!("{path}/until");
        let fits = |kind: &Type| matches!(kind, Type::Date | Type::Instant | Type::Any);
        typed(checker, until, bare, &at, fits, "日期或时刻", "a day or a point in time");
    }
    match &deadline.within {
        Some(Length::Cases(cases)) => {
            for when in cases.iter().filter_map(|case| case.when.as_ref()) {
                condition(checker, when, bare, &format!("{path}/within"));
            }
        }
        Some(Length::Table(named)) => {
            let table = checker.release.tables.get(&named.table);
            for input in table.into_iter().flat_map(|table| &table.inputs) {
                typed(checker, &input.expr, bare, &format!("{path}/within"), |_| true, "", "");
            }
        }
        Some(Length::One(_)) | None => {}
    }
    for (index, effect) in deadline.effects().enumerate() {
        let at = format!("{path}/breach/{index}");
        of_effect(checker, effect, bare, &at, &mut Vec::new());
    }
}

/// Forms that no process uses, checked by themselves.
pub(super) fn unused_forms(checker: &mut Checker<'_>) {
    let release = checker.release;
    let used: BTreeSet<_> = release
        .processes
        .values()
        .flat_map(Process::all_actions)
        .filter_map(|action| action.form.as_deref())
        .collect();
    for (id, form) in release.forms.iter().filter(|(id, _)| !used.contains(id.as_str())) {
        checker.note(
            "unused-form",
            &format!("form/{id}"),
            format!("没有动作使用表单“{id}”"),
            format!("no action uses the form `{id}`"),
        );
        of_form(checker, form, &Scope::of_form(form, release).with_form(Some(form)));
    }
}

/// The scope of a process with its computed fields typed. Twice, because one may read another.
pub(super) fn typed_scope(checker: &Checker<'_>, process: &Process) -> Scope {
    let mut scope = Scope::of_process(process, checker.release);
    for _ in 0..2 {
        for action in process.all_actions() {
            let form = action.form.as_ref().and_then(|id| checker.release.forms.get(id));
            let heard = heard(checker, action, &scope);
            let with_form = heard.as_ref().unwrap_or(&scope).with_form(form);
            let computed = form.into_iter().flat_map(|f| &f.fields);
            for field in computed.filter(|f| f.kind == FieldKind::Computed) {
                if let Some(Ok(kind)) = field.value.as_ref().map(|v| v.check(&with_form)) {
                    scope.define(&field.id, kind);
                }
            }
            for effect in &action.effects {
                if let Effect::Set { set, value, .. } = effect
                    && scope.data().get(set) == Some(&Type::Any)
                    && let Ok(kind) = value.check(&with_form)
                {
                    scope.define(set, kind);
                }
            }
        }
    }
    scope
}

/// The scope of an action that the end of a child case does.
fn heard(checker: &Checker<'_>, action: &Action, scope: &Scope) -> Option<Scope> {
    let release = checker.release;
    let child = release.processes.get(&action.on_child.as_ref()?.process)?;
    Some(scope.clone().with_child(child, release))
}

/// A list of cases, and from whom to whom.
fn of_shift(checker: &mut Checker<'_>, exprs: [&Expr; 3], scope: &Type, path: &str) {
    let list = |kind: &Type| matches!(kind, Type::List(_) | Type::Any);
    let person = |kind: &Type| match kind {
        Type::Record(fields) => fields.contains_key("roles"),
        other => *other == Type::Any,
    };
    let [cases, from, to] = exprs;
    let at = |key: &str| format!("{path}/{key}");
    typed(checker, cases, scope, &at("hand_over"), list, "清单", "a list");
    typed(checker, from, scope, &at("from"), person, "人员", "a person");
    typed(checker, to, scope, &at("to"), person, "人员", "a person");
}

fn of_effect<'e>(
    checker: &mut Checker<'_>,
    effect: &'e Effect,
    scope: &Type,
    path: &str,
    asked: &mut Vec<&'e Expr>,
) {
    let mut any = |checker: &mut Checker<'_>, expr: &'e Expr, at: String| {
        typed(checker, expr, scope, &at, |_| true, "", "");
        asked.push(expr);
    };
    match effect {
        Effect::Assign { assign } if !assign.source().trim().is_empty() => {
            let fits = |kind: &Type| match kind {
                Type::Record(fields) => fields.contains_key("roles"),
                other => *other == Type::Any,
            };
            typed(checker, assign, scope, &format!("{path}/assign"), fits, "人员", "a person");
            asked.push(assign);
        }
        Effect::HandOver { hand_over, from, to } => {
            of_shift(checker, [hand_over, from, to], scope, path);
            asked.extend([hand_over, from, to]);
        }
        Effect::Move { to } => {
            let org = scope::org_type();
            typed(checker, to, scope, &format!("{path}/move"), |k| *k == org, "单位", "an org");
            asked.push(to);
        }
        Effect::Link { link } => {
            let fits = |kind: &Type| matches!(kind, Type::Text | Type::Any);
            typed(checker, link, scope, &format!("{path}/link"), fits, "车辆", "a vehicle");
            asked.push(link);
        }
        Effect::Extend { reason, .. } => {
            let fits = |kind: &Type| matches!(kind, Type::Text | Type::Choice(_) | Type::Any);
            typed(checker, reason, scope, &format!("{path}/reason"), fits, "文字", "a text");
            asked.push(reason);
        }
        Effect::Set { value, .. } => any(checker, value, format!("{path}/value")),
        Effect::Price { payer: Some(payer), .. } => {
            of_payer(checker, payer, scope, &format!("{path}/payer"));
            asked.push(payer);
        }
        Effect::Register { map, .. } => {
            for (field, expr) in map {
                any(checker, expr, format!("{path}/map/{field}"));
            }
        }
        Effect::Charge { charge, map, .. } => {
            of_charge(checker, charge, map, scope, path);
            asked.extend(map.values());
        }
        Effect::Open { map, each, .. } => of_open(checker, map, each.as_ref(), scope, path, asked),
        _ => {}
    }
    for asks in postings::expressions(checker, effect, scope) {
        let words = asks.wanted.words();
        let fits = |kind: &Type| asks.wanted.fits(kind);
        let at = format!("{path}/{}", asks.at);
        typed(checker, asks.expr, &asks.scope, &at, fits, &words.zh, &words.en);
        asked.push(asks.expr);
    }
    asked.extend(of_when(checker, effect, scope, path));
}

/// When an effect runs, asked of each item of its list.
fn of_when<'e>(
    checker: &mut Checker<'_>,
    effect: &'e Effect,
    scope: &Type,
    path: &str,
) -> Option<&'e Expr> {
    let each = match effect {
        Effect::Post { each, .. } | Effect::Open { each, .. } => each.as_ref(),
        _ => None,
    };
    let when = effect.when()?;
    condition(checker, when, &postings::with_item(scope, each), &format!("{path}/when"));
    Some(when)
}

/// The inputs of a table that charges, each of the kind its column asks.
fn of_charge(
    checker: &mut Checker<'_>,
    table: &str,
    map: &BTreeMap<String, Expr>,
    scope: &Type,
    path: &str,
) {
    for (name, expr) in map {
        let wanted = charges::input_type(checker, table, name);
        let words = wanted.words();
        let fits = |kind: &Type| kind.fits(&wanted);
        let at = format!("{path}/map/{name}");
        typed(checker, expr, scope, &at, fits, &words.zh, &words.en);
    }
}

/// What a child case is opened with, once for each item of a list.
fn of_open<'e>(
    checker: &mut Checker<'_>,
    map: &'e BTreeMap<String, Expr>,
    each: Option<&'e Expr>,
    scope: &Type,
    path: &str,
    asked: &mut Vec<&'e Expr>,
) {
    if let Some(each) = each {
        let fits = |kind: &Type| matches!(kind, Type::List(_) | Type::Any);
        typed(checker, each, scope, &format!("{path}/each"), fits, "列表", "a list");
        asked.push(each);
    }
    let scope = postings::with_item(scope, each);
    for (field, expr) in map {
        typed(checker, expr, &scope, &format!("{path}/map/{field}"), |_| true, "", "");
        asked.push(expr);
    }
}

/// Who pays: asked of a line, which it calls `item`.
fn of_payer(checker: &mut Checker<'_>, payer: &Expr, scope: &Type, path: &str) {
    let fits = |kind: &Type| kind.fits(&Type::Text);
    typed(checker, payer, &with_line(scope), path, fits, "付费方", "a payer");
}

/// The scope with the line a price effect asks about.
fn with_line(facts: &Type) -> Type {
    let mut with = facts.clone();
    if let Type::Record(names) = &mut with {
        names.insert(postings::ITEM.to_owned(), scope::line_type());
    }
    with
}

fn of_form(checker: &mut Checker<'_>, form: &Form, scope: &Type) {
    for field in &form.fields {
        let path = format!("form/{}/field/{}", form.id, field.id);
        let required = match &field.required {
            Requirement::When(when) => Some(when),
            Requirement::Always(_) => None,
        };
        for (key, expr) in [
            ("required", required),
            ("visible", field.visible.as_ref()),
            ("valid", field.valid.as_ref()),
        ] {
            if let Some(expr) = expr {
                condition(checker, expr, scope, &format!("{path}/{key}"));
            }
        }
        if let Some(warehouse) = &field.warehouse {
            let fits = |kind: &Type| matches!(kind, Type::Text | Type::Any);
            let path = format!("{path}/warehouse");
            typed(checker, warehouse, scope, &path, fits, "库房的代码", "the key of a warehouse");
        }
        if let Some(value) = &field.value {
            of_value(checker, field, value, scope, &format!("{path}/value"));
        }
    }
}

fn of_value(checker: &mut Checker<'_>, field: &Field, value: &Expr, scope: &Type, path: &str) {
    let own = scope::field_type(field, &checker.release.catalog);
    let fits = |kind: &Type| field.kind == FieldKind::Computed || kind.fits(&own);
    let words = own.words();
    typed(checker, value, scope, path, fits, &words.zh, &words.en);
}

pub(super) fn condition(checker: &mut Checker<'_>, expr: &Expr, scope: &Type, path: &str) {
    let fits = |kind: &Type| matches!(kind, Type::Bool | Type::Any);
    typed(checker, expr, scope, path, fits, "是或否的条件", "a condition that is yes or no");
}

/// Reports an expression that cannot be read, typed, or is of the wrong type.
pub(super) fn typed(
    checker: &mut Checker<'_>,
    expr: &Expr,
    scope: &Type,
    path: &str,
    fits: impl Fn(&Type) -> bool,
    zh: &str,
    en: &str,
) {
    let shown: String = expr.source().chars().take(80).collect();
    match expr.check(scope) {
        Err(error) => checker.error(
            error.code,
            path,
            format!("表达式“{shown}”第 {} 字：{}", error.column(expr.source()), error.sentence.zh),
            format!(
                "the expression `{shown}`, character {}: {}",
                error.column(expr.source()),
                error.sentence.en
            ),
        ),
        Ok(kind) if !fits(&kind) => {
            let found = kind.words();
            checker.error(
                "expr-kind",
                path,
                format!("表达式“{shown}”应得到{zh}，却是{}", found.zh),
                format!("the expression `{shown}` should give {en}, but gives {}", found.en),
            );
        }
        Ok(_) => {
            if let Some(error) = expr.unguarded_division() {
                checker.error(
                    error.code,
                    path,
                    format!("表达式“{shown}”：{}", error.sentence.zh),
                    format!("the expression `{shown}`: {}", error.sentence.en),
                );
            }
        }
    }
}

/// Facts cost statements; a decision that needs too many would be slow every time.
fn plan(checker: &mut Checker<'_>, action: &Action, asked: &[&Expr], path: &str) {
    let providers: BTreeSet<_> = asked
        .iter()
        .flat_map(|expr| expr.paths())
        .filter_map(|names| scope::provider(&names.join(".")))
        .filter(|provider| provider.costs())
        .collect();
    if providers.len() > MOST_STATEMENTS {
        let count = providers.len();
        checker.error(
            "too-many-facts",
            path,
            format!("动作“{}”要读 {count} 处事实，最多 {MOST_STATEMENTS} 处", action.id),
            format!(
                "the action `{}` reads {count} sources of facts, at most {MOST_STATEMENTS}",
                action.id
            ),
        );
    }
}
