//! Measures: events that exist, values of the unit, dimensions somebody defined; figures typed over
//! measures.

use super::Checker;
use super::expressions::{condition, typed, typed_scope};
use crate::expr::{Expr, Type, suggest};
use crate::model::measure::{EVENT_FACTS, MOST_DIMENSIONS, edge_seconds};
use crate::model::scope::Scope;
use crate::model::{Event, EventPattern, Figure, KeyKind, Measure, Process, Unit};
use std::collections::BTreeMap;

/// Checks all measures and figures.
pub(super) fn check(checker: &mut Checker<'_>) {
    let release = checker.release;
    let mut scopes = BTreeMap::new();
    for measure in release.measures.values() {
        let path = format!("measure/{}", measure.id);
        of_classes(checker, measure, &path);
        of_dimensions(checker, measure, &path);
        for (key, pattern) in (measure.on.iter().map(|on| ("on", on)))
            .chain(measure.undo.iter().map(|on| ("undo", on)))
        {
            of_event(checker, measure, pattern, &format!("{path}/{key}"));
        }
        for pattern in &measure.on {
            let meant = |id: &&Process| pattern.process.as_ref().is_none_or(|p| *p == id.id);
            for process in release.processes.values().filter(meant) {
                let scope = scopes
                    .entry(process.id.as_str())
                    .or_insert_with(|| typed_scope(checker, process));
                of_values(checker, measure, &facts(checker, process, pattern, scope));
            }
        }
    }
    for figure in &release.figures {
        of_figure(checker, figure);
    }
}

/// What a measure may read at an event: the form only where an action is done.
fn facts(checker: &Checker<'_>, process: &Process, on: &EventPattern, scope: &Scope) -> Type {
    let action = match &on.event {
        Event::Action(id) => process.action(id),
        _ => None,
    };
    let form = action.and_then(|action| action.form.as_ref());
    let form = form.and_then(|id| checker.release.forms.get(id));
    let mut facts = if action.is_some() { scope.with_form(form) } else { scope.without_form() };
    if let Type::Record(roots) = &mut facts {
        let event = EVENT_FACTS.iter().map(|(name, kind, ..)| ((*name).to_owned(), kind.clone()));
        roots.insert("event".to_owned(), Type::Record(event.collect()));
    }
    facts
}

fn of_classes(checker: &mut Checker<'_>, measure: &Measure, path: &str) {
    let edges: Vec<_> = measure.buckets.iter().map(|edge| edge_seconds(*edge)).collect();
    let ascending = edges.windows(2).all(|pair| pair[0] < pair[1]);
    if edges.is_empty() || (ascending && !edges.contains(&None) && edges.len() <= 40) {
        if !edges.is_empty() && measure.unit != Unit::Duration {
            checker.error(
                "measure-buckets",
                &format!("{path}/buckets"),
                "只有时长（unit = \"duration\"）可以分档；去掉 buckets 或改 unit",
                "only a duration has classes; drop `buckets` or write unit = \"duration\"",
            );
        }
        return;
    }
    checker.error(
        "measure-buckets",
        &format!("{path}/buckets"),
        "分档须从小到大，最多 40 档，用 min、h 或 d，例如 [\"4 h\", \"1 d\", \"3 d\"]",
        "classes ascend, at most 40, in min, h or d, for example [\"4 h\", \"1 d\", \"3 d\"]",
    );
}

fn of_dimensions(checker: &mut Checker<'_>, measure: &Measure, path: &str) {
    let release = checker.release;
    let at = format!("{path}/by");
    for id in measure.by.iter().filter(|id| !release.dimensions.contains_key(*id)) {
        let known = release.dimensions.keys().map(String::as_str);
        let (zh, en) = suggest::nearest(id, known);
        checker.error(
            "unknown-dimension",
            &at,
            format!("没有维度“{id}”；先在 measures.toml 写 [[dimension]]{zh}"),
            format!("there is no dimension `{id}`; write its [[dimension]] first{en}"),
        );
    }
    if measure.by.len() > MOST_DIMENSIONS {
        checker.error(
            "too-many-dimensions",
            &at,
            format!("最多 {MOST_DIMENSIONS} 个维度（单位和日期不算在内）"),
            format!("at most {MOST_DIMENSIONS} dimensions, beside station and day"),
        );
    }
}

fn of_event(checker: &mut Checker<'_>, measure: &Measure, on: &EventPattern, path: &str) {
    let release = checker.release;
    let named = on.process.as_ref().map(|id| (id, release.processes.get(id)));
    if let Some((id, None)) = named {
        let (zh, en) = suggest::nearest(id, release.processes.keys().map(String::as_str));
        checker.error(
            "unknown-event",
            path,
            format!("指标“{}”：没有流程“{id}”{zh}", measure.id),
            format!("measure `{}`: there is no process `{id}`{en}", measure.id),
        );
        return;
    }
    let meant: Vec<_> = match named {
        Some((_, process)) => process.into_iter().collect(),
        None => release.processes.values().collect(),
    };
    let (what, id, known): (_, _, Vec<&str>) = match &on.event {
        Event::Action(id) => {
            let actions = meant.iter().flat_map(|process| process.all_actions());
            (("动作", "action"), id, actions.map(|a| a.id.as_str()).collect())
        }
        Event::Clock(Some(id), _) => {
            let deadlines = meant.iter().flat_map(|process| &process.deadlines);
            (("时限", "deadline"), id, deadlines.map(|d| d.id.as_str()).collect())
        }
        _ => return,
    };
    if !known.contains(&id.as_str()) {
        let (zh, en) = suggest::nearest(id, known.into_iter());
        checker.error(
            "unknown-event",
            path,
            format!("指标“{}”：“{}”里没有{}“{id}”{zh}", measure.id, on.source, what.0),
            format!(
                "measure `{}`: there is no {} `{id}` in `{}`{en}",
                measure.id, what.1, on.source
            ),
        );
    }
}

/// Condition, value and dimensions of a measure, over the facts of one event.
fn of_values(checker: &mut Checker<'_>, measure: &Measure, facts: &Type) {
    let path = format!("measure/{}", measure.id);
    if let Some(when) = &measure.when {
        condition(checker, when, facts, &format!("{path}/when"));
    }
    if let Some(value) = &measure.value {
        let wanted = measure.unit.read_type();
        of_kind(checker, value, facts, &format!("{path}/value"), &wanted);
    }
    let release = checker.release;
    for dimension in measure.by.iter().filter_map(|id| release.dimensions.get(id)) {
        let fits = |kind: &Type| {
            matches!(kind, Type::Text | Type::Choice(_) | Type::Bool | Type::Any)
                || (*kind == Type::Number && dimension.of == KeyKind::Plain)
        };
        let at = format!("{path}/by");
        typed(checker, &dimension.value, facts, &at, fits, "编号或文字", "a key or a text");
    }
}

fn of_kind(checker: &mut Checker<'_>, expr: &Expr, facts: &Type, path: &str, wanted: &Type) {
    let words = wanted.words();
    typed(checker, expr, facts, path, |kind| kind.fits(wanted), &words.zh, &words.en);
}

/// What formulas read: measures by id, and settings.
pub(super) fn formula_scope(checker: &Checker<'_>) -> BTreeMap<String, Type> {
    let release = checker.release;
    let mut roots: BTreeMap<_, _> =
        release.measures.values().map(|m| (m.id.clone(), m.read_type())).collect();
    roots.insert("params".to_owned(), Scope::settings(&release.parameters));
    roots
}

fn of_figure(checker: &mut Checker<'_>, figure: &Figure) {
    let path = format!("figure/{}", figure.id);
    if checker.release.measures.contains_key(&figure.id) {
        let id = &figure.id;
        checker.error(
            "figure-measure",
            &path,
            format!("“{id}”已是指标的编号；统计数要用另一个编号"),
            format!("`{id}` is a measure's id already; a figure needs another one"),
        );
    }
    let scope = Type::Record(formula_scope(checker));
    let wanted = figure.format.read_type();
    formula(checker, &figure.formula, &scope, &format!("{path}/formula"), &wanted);
    if let Some(target) = &figure.target {
        formula(checker, target, &scope, &format!("{path}/target"), &wanted);
    }
}

/// A formula: a division by nothing counted is no mistake here, it reads "not rated".
pub(super) fn formula(
    checker: &mut Checker<'_>,
    expr: &Expr,
    scope: &Type,
    path: &str,
    wanted: &Type,
) {
    let shown: String = expr.source().chars().take(80).collect();
    let (code, zh, en) = match expr.check(scope) {
        Ok(kind) if kind.fits(wanted) => return,
        Ok(kind) => {
            let (want, got) = (wanted.words(), kind.words());
            (
                "expr-kind",
                format!("公式“{shown}”应得到{}，却是{}", want.zh, got.zh),
                format!("the formula `{shown}` should give {}, but gives {}", want.en, got.en),
            )
        }
        Err(error) => (
            error.code,
            format!("公式“{shown}”第 {} 字：{}", error.column(expr.source()), error.sentence.zh),
            format!(
                "the formula `{shown}`, column {}: {}",
                error.column(expr.source()),
                error.sentence.en
            ),
        ),
    };
    checker.error(code, path, zh, en);
}
