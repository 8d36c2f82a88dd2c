//! What a decision table charges (差旅): its rows that fit become lines, which nobody types.

use super::error;
use crate::decide::requires::unset;
use crate::decision::FieldError;
use crate::scope::View;
use base::Text;
use rulebook::expr::{Expr, Value};
use rulebook::table::{Answer, Row, Table};
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// What of a line stays as it was told; everything else the table says.
const TOLD: [&str; 4] = ["declined", "reason", "mandatory", "unit_price"];

/// A table an action charges by.
#[derive(Debug, Clone, Copy)]
pub struct Charges<'a> {
    /// The table.
    pub table: &'a str,
    /// Its inputs.
    pub map: &'a BTreeMap<String, Expr>,
    /// Only when this holds.
    pub when: Option<&'a Expr>,
}

/// Puts the lines of the tables behind those a person wrote, in the order of the rows. A line that
/// a person wrote of what a table charges is an error: the amount follows from the facts.
pub fn add_charges(
    field: &str,
    lines: &mut Json,
    view: &View<'_>,
    charges: &[Charges<'_>],
) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if charges.is_empty() {
        return errors;
    }
    let told = match lines.take() {
        Json::Array(items) => items,
        _ => Vec::new(),
    };
    let tables: Vec<&Table> =
        charges.iter().filter_map(|c| view.release.tables.get(c.table)).collect();
    let (before, mut own): (Vec<Json>, Vec<Json>) =
        told.into_iter().partition(|line| tables.iter().any(|table| is_of(table, line)));
    for (place, line) in own.iter().enumerate() {
        let code = line.get("item").and_then(Json::as_str).unwrap_or_default();
        if let Some(table) = tables.iter().find(|table| charges_item(table, code)) {
            errors.push(by_hand(format!("{field}[{place}].item"), table, code));
        }
    }
    for (charge, table) in charges.iter().zip(&tables) {
        if charge.when.is_some_and(|when| !when.eval(view).is_true()) {
            continue;
        }
        match ask(view, charge, table) {
            Ok(rows) => own.extend(rows.into_iter().map(|line| as_told(line, &before))),
            Err(sentence) => errors.push(error(field, "charge", sentence.zh, sentence.en)),
        }
    }
    *lines = Json::Array(own);
    errors
}

fn rule(table: &Table, row: &str) -> String {
    format!("{}/{row}", table.id)
}

/// Whether a line came from that table: its id is the row.
fn is_of(table: &Table, line: &Json) -> bool {
    let row = line.get("id").and_then(Json::as_str).and_then(|id| id.split_once('/'));
    row.is_some_and(|(id, _)| id == table.id)
}

/// What a row says in a column.
fn said<'r>(table: &Table, row: &'r Row, name: &str) -> Option<&'r Value> {
    row.outputs.get(table.outputs.iter().position(|output| output.name == name)?)
}

fn text<'r>(table: &Table, row: &'r Row, name: &str) -> Option<&'r str> {
    match said(table, row, name)? {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

fn charges_item(table: &Table, code: &str) -> bool {
    let rows = (0..table.len()).filter_map(|index| table.row(index));
    rows.into_iter().any(|row| text(table, row, "item") == Some(code))
}

/// The lines of the rows that fit.
fn ask(view: &View<'_>, charge: &Charges<'_>, table: &Table) -> Result<Vec<Json>, Text> {
    let mut given = BTreeMap::new();
    for (name, expr) in charge.map {
        let value = expr.eval(view);
        if value.is_null()
            && let Some(setting) = unset(view.release, expr)
        {
            let (title, id) = (&setting.title, &setting.id);
            return Err(Text::new(
                format!("参数“{}”尚未设定，不能计费；请制度负责人设定 {id}", title.zh),
                format!(
                    "the setting “{}” has no value, so nothing can be charged; let the owner \
                    of the standard set `{id}`",
                    title.en
                ),
            ));
        }
        given.insert(name.clone(), value);
    }
    let ruling = table.rule(&given);
    match ruling.answer {
        Answer::Decided => {
            let rows = ruling.rows.iter().filter_map(|index| table.row(*index));
            Ok(rows.filter_map(|row| line_of(table, row, &given)).collect())
        }
        Answer::NoRow => Ok(Vec::new()),
        _ => Err(open(table, &ruling.columns)),
    }
}

/// A row as a line; none where there is nothing to count.
fn line_of(table: &Table, row: &Row, given: &BTreeMap<String, Value>) -> Option<Json> {
    let number = |value: Option<&Value>| match value {
        Some(Value::Number(number)) => Some(*number),
        _ => None,
    };
    let quantity = match text(table, row, "per") {
        None => 1000,
        Some(input) => {
            let beyond = number(said(table, row, "beyond")).unwrap_or_default();
            let counted = number(given.get(input))? - beyond;
            (counted * rust_decimal::Decimal::from(1000)).round().to_i64()?
        }
    };
    let mut line = Map::new();
    let rule = rule(table, &row.id);
    line.insert("id".into(), rule.clone().into());
    line.insert("rule".into(), rule.into());
    line.insert("item".into(), text(table, row, "item")?.into());
    line.insert("quantity".into(), quantity.into());
    if let Some(payer) = text(table, row, "payer") {
        line.insert("payer".into(), payer.into());
    }
    (quantity > 0).then_some(Json::Object(line))
}

/// What was told of the same line stays: declined, why, and a price agreed with the same payer.
fn as_told(mut line: Json, before: &[Json]) -> Json {
    let told = before.iter().find(|told| told.get("id") == line.get("id"));
    if let (Some(told), Json::Object(line)) = (told, &mut line) {
        let same = line.get("payer").is_none_or(|payer| told.get("payer") == Some(payer));
        for key in TOLD.into_iter().filter(|key| same || *key != "unit_price") {
            if let Some(value) = told.get(key) {
                line.insert(key.into(), value.clone());
            }
        }
    }
    line
}

/// Clauses of the row a line came from.
pub fn clauses_of<'r>(view: &View<'r>, line: &Map<String, Json>) -> &'r [String] {
    let rule = line.get("rule").and_then(Json::as_str).and_then(|rule| rule.split_once('/'));
    let row = rule.and_then(|(table, row)| {
        let table = view.release.tables.get(table)?;
        table.rows().find(|(id, ..)| *id == row)
    });
    row.map_or(&[], |(_, clauses, _)| clauses)
}

fn by_hand(field: String, table: &Table, code: &str) -> FieldError {
    let title = |lang| table.title.as_ref().map_or(table.id.as_str(), |text| text.get(lang));
    error(
        field,
        "charge",
        format!("“{code}”按“{}”计算，不能手工添加；请填写计算依据", title(base::Lang::Zh)),
        format!(
            "“{code}” follows from the table “{}” and is not added by hand; fill in what it asks",
            title(base::Lang::En)
        ),
    )
}

fn open(table: &Table, columns: &[usize]) -> Text {
    let names = |lang| {
        let named = columns.iter().filter_map(|at| table.inputs.get(*at));
        let title = |input: &rulebook::table::Input| {
            input.title.as_ref().map_or(&*input.name, |text| text.get(lang)).to_owned()
        };
        named.map(title).collect::<Vec<_>>()
    };
    Text::new(
        format!("还不能计费，缺少：{}", names(base::Lang::Zh).join("、")),
        format!("nothing can be charged yet; missing: {}", names(base::Lang::En).join(", ")),
    )
}
