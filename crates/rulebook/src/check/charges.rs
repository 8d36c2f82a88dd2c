//! Tables that charge: their rows name what is on the price list, their inputs are given.

use super::Checker;
use super::names::{INPUT, TABLE};
use crate::expr::{Expr, Type, Value};
use crate::model::{Action, Effect};
use crate::table::{Kind, Table};
use std::collections::BTreeMap;

/// Who may pay.
const PAYERS: &[&str] = &["maker", "customer", "station", "supplier"];

/// What an effect that charges names.
pub(super) fn names(checker: &mut Checker<'_>, id: &str, map: &BTreeMap<String, Expr>, path: &str) {
    let tables = checker.release.tables.keys().map(String::as_str);
    checker.exists(TABLE, id, tables, &format!("{path}/charge"));
    let Some(table) = checker.release.tables.get(id) else { return };
    let inputs = || table.inputs.iter().map(|input| input.name.as_str());
    for name in map.keys() {
        checker.exists(INPUT, name, inputs(), &format!("{path}/map/{name}"));
    }
    for name in inputs().filter(|name| !map.contains_key(*name)) {
        checker.error(
            "charge-input-missing",
            path,
            format!("map 缺少表 {id} 要问的“{name}”"),
            format!("`map` lacks `{name}`, which the table {id} asks"),
        );
    }
    rows(checker, table, path);
}

/// Each row gives an item of the price list, an input to count by, and a payer.
fn rows(checker: &mut Checker<'_>, table: &Table, path: &str) {
    let release = checker.release;
    let numbers: Vec<&str> = table
        .inputs
        .iter()
        .filter(|input| input.kind == Kind::Number)
        .map(|input| input.name.as_str())
        .collect();
    let priced = |code: &str| {
        release.prices.contains_key(code)
            || release.labour.contains_key(code)
            || release.parts.contains_key(code)
    };
    let at = |name: &str| table.outputs.iter().position(|output| output.name == name);
    for index in 0..table.len() {
        let Some(row) = table.row(index) else { continue };
        let text = |name: &str| match at(name).and_then(|at| row.outputs.get(at)) {
            Some(Value::Text(text)) => Some(text.as_str()),
            _ => None,
        };
        let wrong = match (text("item"), text("per"), text("payer")) {
            (item, _, _) if !item.is_some_and(priced) => Some(("item", item)),
            (_, Some(per), _) if !numbers.contains(&per) => Some(("per", Some(per))),
            (_, _, Some(payer)) if !PAYERS.contains(&payer) => Some(("payer", Some(payer))),
            _ => None,
        };
        if let Some((column, found)) = wrong {
            let (id, row, found) = (&table.id, &row.id, found.unwrap_or_default());
            checker.error(
                "charge-row",
                path,
                format!(
                    "表 {id} 的行 {row}：{column}“{found}”不可用；item 要在价目里，per 是数字列或空，\
                     payer 是 {}",
                    PAYERS.join("、")
                ),
                format!(
                    "row {row} of the table {id}: {column} `{found}` will not do; `item` is on the \
                     price list, `per` a column of numbers or empty, `payer` one of {}",
                    PAYERS.join(", ")
                ),
            );
        }
    }
}

/// What a table charges is priced by the same action.
pub(super) fn priced(checker: &mut Checker<'_>, action: &Action, effect: &Effect, path: &str) {
    let Effect::Charge { into, .. } = effect else { return };
    let prices = |known: &Effect| matches!(known, Effect::Price { price, .. } if price == into);
    if !action.effects.iter().any(prices) {
        checker.error(
            "charge-not-priced",
            &format!("{path}/into"),
            format!("动作“{}”没有给“{into}”计价；加上 {{ price = \"{into}\" }}", action.id),
            format!("`{}` does not price `{into}`; add {{ price = \"{into}\" }}", action.id),
        );
    }
}

/// The type an input of a table asks for; anything where there is no such table.
pub(super) fn input_type(checker: &Checker<'_>, table: &str, name: &str) -> Type {
    let table = checker.release.tables.get(table);
    let input = table.and_then(|t| t.inputs.iter().find(|input| input.name == name));
    input.map_or(Type::Any, |input| input.kind.value())
}
