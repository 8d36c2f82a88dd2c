//! Lines of an estimate or settlement (费用明细): what the browser may say of a line, and what the
//! price list and the verdict say.

use super::error;
use crate::decision::FieldError;
use crate::facts::Facts;
use base::{Money, Quantity};
use rulebook::Release;
use rulebook::model::PriceItem;
use serde_json::{Map, Value as Json};

/// Most lines of a sheet.
const MAX_LINES: usize = 200;
/// What the browser may say of a line.
const TOLD: [&str; 14] = [
    "id",
    "kind",
    "item",
    "title",
    "component",
    "quantity",
    "unit_price",
    "payer",
    "mandatory",
    "declined",
    "genuine",
    "old_serial",
    "new_serial",
    "reason",
];
/// What only the server says of a line.
const PRICED: [&str; 3] = ["base_price", "list_price", "amount"];
/// Who may pay.
const PAYERS: [&str; 4] = ["maker", "customer", "station", "supplier"];

/// The lines as submitted, checked; what only the server says is taken from the same line as it
/// stood before, and the amount is computed.
pub fn read_lines(field: &str, submitted: &Json, before: Option<&Json>) -> (Json, Vec<FieldError>) {
    let Json::Array(items) = submitted else {
        let wrong = error(field, "type", "费用明细应是列表", "the lines must be a list");
        return (Json::Null, vec![wrong]);
    };
    if items.len() > MAX_LINES {
        let (zh, en) = (format!("最多{MAX_LINES}行"), format!("at most {MAX_LINES} lines"));
        return (Json::Null, vec![error(field, "range", zh, en)]);
    }
    let mut errors = Vec::new();
    let mut lines = Vec::with_capacity(items.len());
    for (place, item) in items.iter().enumerate() {
        let path = format!("{field}[{place}]");
        let Json::Object(told) = item else {
            errors.push(error(path, "type", "这一行不是明细", "this is no line"));
            continue;
        };
        let mut line = read_line(&path, told, &mut errors);
        if line.get("id").is_none_or(Json::is_null) {
            line.insert("id".into(), (place + 1).to_string().into());
        }
        keep_priced(&mut line, before);
        settle_amount(&mut line);
        lines.push(Json::Object(line));
    }
    (Json::Array(lines), errors)
}

fn read_line(
    path: &str,
    told: &Map<String, Json>,
    errors: &mut Vec<FieldError>,
) -> Map<String, Json> {
    let mut line = Map::new();
    for (key, value) in told {
        if value.is_null() || PRICED.contains(&key.as_str()) {
            continue;
        }
        if !TOLD.contains(&key.as_str()) {
            let all = TOLD.join(", ");
            errors.push(error(
                format!("{path}.{key}"),
                "unknown",
                format!("明细没有“{key}”；可用的有：{all}"),
                format!("a line has no `{key}`; known are: {all}"),
            ));
            continue;
        }
        match line_value(key, value) {
            Ok(()) => {
                line.insert(key.clone(), value.clone());
            }
            Err((zh, en)) => errors.push(error(format!("{path}.{key}"), "type", zh, en)),
        }
    }
    line
}

fn line_value(key: &str, value: &Json) -> Result<(), (&'static str, &'static str)> {
    let one_of = |all: &[&str]| value.as_str().is_some_and(|text| all.contains(&text));
    match key {
        "quantity" if value.as_i64().is_some_and(|q| (1..=1_000_000_000).contains(&q)) => Ok(()),
        "quantity" => Err((
            "数量应是正数（千分之一为单位）",
            "the quantity must be positive, in \
            thousandths",
        )),
        "unit_price" if value.as_i64().is_some_and(|p| (0..=100_000_000_000).contains(&p)) => {
            Ok(())
        }
        "unit_price" => Err((
            "单价应是不小于零的整数（分）",
            "the unit price must be whole fen, not \
            below zero",
        )),
        "mandatory" | "declined" | "genuine" if value.is_boolean() => Ok(()),
        "mandatory" | "declined" | "genuine" => Err(("应是是或否", "must be yes or no")),
        "payer" if one_of(&PAYERS) => Ok(()),
        "payer" => Err((
            "付费方应是 maker、customer、station 或 supplier",
            "the payer must be maker, customer, station or supplier",
        )),
        "kind" if one_of(&["part", "labour", "travel", "fee"]) => Ok(()),
        "kind" => Err((
            "类别应是 part、labour、travel 或 fee",
            "the kind must be part, labour, travel or fee",
        )),
        _ if value.as_str().is_some_and(|text| text.chars().count() <= 200) => Ok(()),
        _ => Err(("应是不超过200字的文字", "must be text of at most 200 characters")),
    }
}

fn keep_priced(line: &mut Map<String, Json>, before: Option<&Json>) {
    let same =
        |other: &&Json| other.get("id") == line.get("id") && other.get("item") == line.get("item");
    let Some(earlier) = before.and_then(Json::as_array).and_then(|all| all.iter().find(same))
    else {
        return;
    };
    for key in PRICED {
        if let Some(value) = earlier.get(key) {
            line.insert(key.to_owned(), value.clone());
        }
    }
}

fn settle_amount(line: &mut Map<String, Json>) {
    let whole = |key: &str| line.get(key).and_then(Json::as_i64);
    let quantity = Quantity(whole("quantity").unwrap_or(1000));
    let amount = whole("unit_price").and_then(|price| quantity.price(Money(price)));
    line.insert("amount".into(), amount.map_or(Json::Null, |amount| amount.0.into()));
}

/// Who pays by the verdict, for the part it is about.
#[derive(Debug, Clone, Copy, Default)]
pub struct Payers<'a> {
    /// The part judged.
    pub component: Option<&'a str>,
    /// Who pays for it when it is covered.
    pub payer: Option<&'a str>,
}

impl<'a> Payers<'a> {
    /// From the data of a case: `component` and `verdict`.
    pub fn of(data: &'a Map<String, Json>) -> Self {
        let verdict = data.get("verdict");
        let covered = verdict.and_then(|v| v.get("covered")).and_then(Json::as_bool) == Some(true);
        let payer = verdict.and_then(|v| v.get("payer")).and_then(Json::as_str);
        Self {
            component: data.get("component").and_then(Json::as_str),
            payer: payer.filter(|_| covered),
        }
    }

    /// Who pays for a line: the verdict's payer for its part and for work that names no part.
    fn payer(self, component: Option<&str>) -> &'a str {
        let about = component.is_none_or(|component| Some(component) == self.component);
        self.payer.filter(|_| about).unwrap_or("customer")
    }
}

/// Prices lines from the list in force: names, prices, payers and amounts. A line that names
/// nothing on the list is an error at its field: no charge outside the list (严禁乱收费).
pub fn price_lines(
    field: &str,
    lines: &mut Json,
    release: &Release,
    facts: &Facts,
    coverage: Payers<'_>,
) -> Vec<FieldError> {
    let mut errors = Vec::new();
    let Json::Array(items) = lines else { return errors };
    for (place, item) in items.iter_mut().enumerate() {
        let Json::Object(line) = item else { continue };
        let code = line.get("item").and_then(Json::as_str).unwrap_or_default();
        let listed = facts.prices.get(code).or_else(|| release.prices.get(code));
        let Some(listed) = listed else {
            errors.push(error(
                format!("{field}[{place}].item"),
                "choice",
                format!("价目表中没有“{code}”；只能按价目表收费"),
                format!("“{code}” is not on the price list; only what is on it may be charged"),
            ));
            continue;
        };
        price_line(line, listed, facts, coverage);
    }
    errors
}

fn price_line(
    line: &mut Map<String, Json>,
    listed: &PriceItem,
    facts: &Facts,
    coverage: Payers<'_>,
) {
    let registered = facts.org.get("registered").and_then(Json::as_bool).unwrap_or(true);
    let base = if registered { listed.ex_factory } else { listed.wholesale };
    line.insert("kind".into(), listed.kind.clone().into());
    line.insert("base_price".into(), base.0.into());
    line.insert("list_price".into(), listed.retail.0.into());
    line.entry("title").or_insert_with(|| listed.title.zh.clone().into());
    line.entry("quantity").or_insert_with(|| Quantity::pieces(1).0.into());
    if let Some(component) = &listed.component {
        line.entry("component").or_insert_with(|| component.clone().into());
    }
    let component = line.get("component").and_then(Json::as_str);
    let payer = coverage.payer(component);
    line.entry("payer").or_insert_with(|| payer.into());
    // The customer is charged the retail price at first, the maker what the station paid.
    let paid_by_customer = line.get("payer").and_then(Json::as_str) == Some("customer");
    let price = if paid_by_customer { listed.retail } else { base };
    line.entry("unit_price").or_insert_with(|| price.0.into());
    settle_amount(line);
}
