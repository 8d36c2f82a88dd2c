//! The types of input columns: do the cells ask what the fact can be?

use super::super::{Kind, Table};
use super::regions::{self, Axis};
use super::{Domain, place};
use crate::Finding;
use crate::expr::{Type, suggest};
use std::collections::BTreeMap;

/// The regions of a column; `None` when it asks nothing or its type is wrong, which is reported.
pub(super) fn axis(
    table: &Table,
    column: usize,
    scope: &Type,
    domains: &BTreeMap<String, Domain>,
    findings: &mut Vec<Finding>,
) -> Option<Axis> {
    let input = &table.inputs[column];
    let name = &input.name;
    let of = match input.expr.check(scope) {
        Ok(of) => of,
        Err(error) => {
            let (zh, en) = (error.sentence.zh, error.sentence.en);
            findings.push(Finding::error(
                error.code,
                place(table, 1),
                format!("列 {name}：{zh}"),
                format!("column {name}: {en}"),
            ));
            return None;
        }
    };
    if let Some(error) = input.expr.unguarded_division() {
        let (zh, en) = (error.sentence.zh, error.sentence.en);
        findings.push(Finding::error(
            error.code,
            place(table, 1),
            format!("列 {name}：{zh}"),
            format!("column {name}: {en}"),
        ));
        return None;
    }
    if table.rows.iter().all(|row| row.tests[column].is_any()) {
        findings.push(Finding::note(
            "table-idle-column",
            place(table, 1),
            format!("列 {name} 一格也没有填，可以删去"),
            format!("the column {name} asks nothing in any row; it can go"),
        ));
        return None;
    }
    if !matches!(of, Type::Any) && kind_of(&of) != Some(input.kind) {
        findings.push(wrong_kind(table, column, &of));
        return None;
    }
    let domain = domains.get(&**name).or_else(|| domains.get(input.expr.source()));
    let keys = keys(&of, domain);
    if let Some(known) = &keys
        && input.kind == Kind::Text
    {
        unknown_keys(table, column, known, findings);
    }
    let ends = match domain {
        Some(Domain::Numbers(low, high)) => (*low, *high),
        _ => (None, None),
    };
    let regions = match (input.kind, &of) {
        (Kind::Text, Type::List(_)) => regions::of_lists(table, column, keys.as_deref()),
        (Kind::Text, _) => regions::of_keys(table, column, keys.as_deref()),
        (Kind::Bool, _) => regions::of_bool(table, column),
        (kind, _) => regions::of_line(table, column, kind, ends),
    };
    let is_list = input.kind == Kind::Text && matches!(of, Type::List(_));
    let exact = !is_list || regions::lists_are_exact(table, column);
    Some(Axis { column, regions, exact })
}

/// What cells may ask of a value of this type; `None` when nothing.
fn kind_of(of: &Type) -> Option<Kind> {
    Some(match of {
        Type::Bool => Kind::Bool,
        Type::Number | Type::Quantity => Kind::Number,
        Type::Money => Kind::Money,
        Type::Text | Type::Choice(_) => Kind::Text,
        Type::Date => Kind::Date,
        Type::Seconds => Kind::Time,
        Type::Months => Kind::Months,
        Type::List(item) => return kind_of(item).filter(|kind| *kind == Kind::Text),
        Type::Any | Type::Instant | Type::Record(_) => return None,
    })
}

/// All keys there are, where that is known.
fn keys(of: &Type, domain: Option<&Domain>) -> Option<Vec<String>> {
    match (domain, of) {
        (Some(Domain::Keys(keys)), _) | (_, Type::Choice(keys)) => Some(keys.clone()),
        (_, Type::List(item)) => keys(item, None),
        _ => None,
    }
}

fn unknown_keys(table: &Table, column: usize, known: &[String], findings: &mut Vec<Finding>) {
    let name = &table.inputs[column].name;
    for row in &table.rows {
        for key in row.tests[column].keys().iter().filter(|key| !known.contains(key)) {
            let (zh, en) = suggest::nearest(key, known.iter().map(String::as_str));
            findings.push(Finding::error(
                "table-unknown-key",
                place(table, row.line),
                format!("列 {name} 永远不会是“{key}”{zh}"),
                format!("the column {name} never is `{key}`{en}"),
            ));
        }
    }
}

fn wrong_kind(table: &Table, column: usize, of: &Type) -> Finding {
    let input = &table.inputs[column];
    let asking = table.rows.iter().find(|row| !row.tests[column].is_any());
    let line = asking.map_or(1, |row| row.line);
    let cell = asking.map_or("", |row| row.tests[column].text.as_str());
    let (name, asked, is) = (&input.name, input.kind.words(), of.words());
    let (zh, en) = match of {
        Type::Text | Type::Choice(_) => (
            format!("若本来就是文字，请在 {}.toml 写 [input.{name}] type = \"text\"", table.id),
            format!("if text is meant, write [input.{name}] type = \"text\" in {}.toml", table.id),
        ),
        Type::Instant => (
            format!("请取日期：[input.{name}] expr = \"date({})\"", input.expr.source()),
            format!("take its day: [input.{name}] expr = \"date({})\"", input.expr.source()),
        ),
        Type::Record(_) => ("请问其中的一个字段".to_owned(), "ask one of its fields".to_owned()),
        _ => ("请改写这一列的格".to_owned(), "rewrite the cells of the column".to_owned()),
    };
    Finding::error(
        "table-cell-type",
        place(table, line),
        format!("列 {name} 是{}，“{cell}”却在问{}；{zh}", is.zh, asked.zh),
        format!("the column {name} is {}, but `{cell}` asks {}; {en}", is.en, asked.en),
    )
}
