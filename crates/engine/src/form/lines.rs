//! Lines of an estimate or settlement (费用明细): what the browser may say of a line, and what the
//! price list and the verdict say.

use super::charges::{add_charges, clauses_of};
use super::{Pricing, error};
use crate::decision::FieldError;
use crate::price::{Charge, Price, Terms};
use crate::scope::View;
use base::{Money, Quantity, Text};
use rulebook::expr::{Expr, Value};
use rulebook::model::{BuyerClass, LINE_KINDS};
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

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
const PRICED: [&str; 9] = [
    "rule",
    "base_price",
    "list_price",
    "price_class",
    "price_stars",
    "price_from",
    "price_clause",
    "standard",
    "amount",
];
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

/// Rows of parts as lines of an estimate, to be priced: what was ordered by pieces is charged by
/// the same pieces. Lines stay as they are.
pub fn lines_of_parts(rows: &mut Json) {
    let Json::Array(items) = rows else { return };
    for (place, item) in items.iter_mut().enumerate() {
        let Some(row) = item.as_object().filter(|row| row.contains_key("part")) else { continue };
        let mut line = Map::new();
        line.insert("id".into(), (place + 1).to_string().into());
        line.insert("kind".into(), "part".into());
        for (from, to) in [("part", "item"), ("component", "component")] {
            if let Some(value) = row.get(from).filter(|value| !value.is_null()) {
                line.insert(to.into(), value.clone());
            }
        }
        // A row counts pieces, a line thousandths.
        let pieces = row.get("quantity").and_then(Json::as_i64).unwrap_or(0);
        line.insert("quantity".into(), pieces.saturating_mul(1000).into());
        *item = Json::Object(line);
    }
    items.retain(|line| line.get("quantity").and_then(Json::as_i64) != Some(0));
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
        "kind" if one_of(LINE_KINDS) => Ok(()),
        "kind" => Err((
            "类别应是 part、labour、travel、freight 或 fee",
            "the kind must be part, labour, travel, freight or fee",
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

/// Who is proposed to pay: by the rule of the action, else by the verdict for the part it is about.
#[derive(Debug, Clone, Copy, Default)]
pub struct Payers<'a> {
    /// The part judged.
    pub component: Option<&'a str>,
    /// Who pays for it when it is covered.
    pub payer: Option<&'a str>,
    /// What the action says of a line, before the verdict is asked.
    pub rule: Option<&'a Expr>,
}

impl<'a> Payers<'a> {
    /// From the data of a case, `component` and `verdict`, and the action's own rule.
    pub fn of(data: &'a Map<String, Json>, rule: Option<&'a Expr>) -> Self {
        let verdict = data.get("verdict");
        let covered = verdict.and_then(|v| v.get("covered")).and_then(Json::as_bool) == Some(true);
        let payer = verdict.and_then(|v| v.get("payer")).and_then(Json::as_str);
        Self {
            component: data.get("component").and_then(Json::as_str),
            payer: payer.filter(|_| covered),
            rule,
        }
    }

    /// Who pays for a line: whom the rule names, else the verdict's payer for its part and for work
    /// that names no part.
    fn payer(self, line: &Map<String, Json>, view: &View<'_>) -> &'a str {
        let ruled = self.rule.and_then(|rule| {
            let item = BTreeMap::from([("item".to_owned(), view.line(line))]);
            let Value::Text(payer) = rule.eval(&(&item, view)) else { return None };
            PAYERS.into_iter().find(|known| *known == payer)
        });
        let component = line.get("component").and_then(Json::as_str);
        let about = component.is_none_or(|component| Some(component) == self.component);
        ruled.or_else(|| self.payer.filter(|_| about)).unwrap_or("customer")
    }
}

/// The lines of a field with what its tables charge, priced.
pub fn priced_lines(
    pricing: &Pricing<'_>,
    lines: &mut Json,
    view: &View<'_>,
    data: &Map<String, Json>,
) -> Vec<FieldError> {
    let none = lines.is_null();
    let mut errors = add_charges(pricing.field, lines, view, &pricing.charges);
    errors.extend(price_lines(pricing.field, lines, view, Payers::of(data, pricing.payer)));
    if none && lines.as_array().is_some_and(Vec::is_empty) {
        *lines = Json::Null;
    }
    errors
}

/// Prices lines from the book in force: names, prices with where they stand, payers and amounts. A
/// line that names nothing on the list, or something without a price, is an error at its field: no
/// charge outside the list (严禁乱收费).
fn price_lines(
    field: &str,
    lines: &mut Json,
    view: &View<'_>,
    coverage: Payers<'_>,
) -> Vec<FieldError> {
    let terms = Terms::by_facts(&view.facts.org, view.day());
    let mut errors = Vec::new();
    let Json::Array(items) = lines else { return errors };
    for (place, item) in items.iter_mut().enumerate() {
        let Json::Object(line) = item else { continue };
        let code = line.get("item").and_then(Json::as_str).unwrap_or_default();
        let Some(charge) = view.facts.prices.charge(code) else {
            errors.push(error(
                format!("{field}[{place}].item"),
                "choice",
                format!("价目表中没有“{code}”；只能按价目表收费"),
                format!("“{code}” is not on the price list; only what is on it may be charged"),
            ));
            continue;
        };
        if let Err((key, sentence)) = price_line(line, charge, view, terms, coverage) {
            let field = format!("{field}[{place}].{key}");
            errors.push(error(field, "price", sentence.zh, sentence.en));
        }
    }
    errors
}

fn price_line(
    line: &mut Map<String, Json>,
    charge: &Charge,
    view: &View<'_>,
    terms: Terms,
    coverage: Payers<'_>,
) -> Result<(), (&'static str, Text)> {
    let Terms { class, stars, day } = terms;
    let price = |class| view.facts.prices.price(&charge.code, class, stars, day);
    line.insert("kind".into(), charge.kind.clone().into());
    // The list names what is charged, whatever was typed.
    line.insert("title".into(), charge.title.zh.clone().into());
    if let Some(hours) = charge.standard {
        line.insert("standard".into(), hours.0.into());
    }
    let usual = charge.standard.unwrap_or(Quantity::pieces(1));
    line.entry("quantity").or_insert_with(|| usual.0.into());
    if let Some(component) = &charge.component {
        line.entry("component").or_insert_with(|| component.clone().into());
    }
    if line.get("payer").is_none_or(Json::is_null) {
        let payer = coverage.payer(line, view);
        line.insert("payer".into(), payer.into());
    }
    let amount =
        |price: &Option<Price<'_>>| price.as_ref().map_or(Json::Null, |p| p.amount.0.into());
    let (base, retail) = (price(class), price(BuyerClass::Retail));
    line.insert("base_price".into(), amount(&base));
    // The customer is charged the retail price at first, anybody else what the station paid; to
    // them the retail price says nothing.
    let by_customer = line.get("payer").and_then(Json::as_str) == Some("customer");
    let listed = if by_customer { amount(&retail) } else { Json::Null };
    line.insert("list_price".into(), listed);
    let (class, price) = if by_customer { (BuyerClass::Retail, retail) } else { (class, base) };
    let price = price.ok_or_else(|| unpriced(charge, class))?;
    line.insert("price_class".into(), class.word().into());
    line.insert("price_stars".into(), price.stars.map_or(Json::Null, Json::from));
    line.insert("price_from".into(), price.since.map_or(Json::Null, |d| d.to_string().into()));
    let mut clauses = clauses_of(view, line).to_vec();
    for clause in price.clause {
        if !clauses.contains(clause) {
            clauses.push(clause.clone());
        }
    }
    line.insert("price_clause".into(), clauses.into());
    line.entry("unit_price").or_insert_with(|| price.amount.0.into());
    whole_pieces(line, charge)?;
    settle_amount(line);
    Ok(())
}

fn unpriced(charge: &Charge, class: BuyerClass) -> (&'static str, Text) {
    let (title, class) = (&charge.title, class.title());
    let sentence = Text::new(
        format!("“{}”还没有{}；请先在价目表中定价", title.zh, class.zh),
        format!("“{}” has no {} yet; set one on the price list first", title.en, class.en),
    );
    ("item", sentence)
}

/// Parts are counted, never measured.
fn whole_pieces(line: &Map<String, Json>, charge: &Charge) -> Result<(), (&'static str, Text)> {
    let quantity = line.get("quantity").and_then(Json::as_i64).unwrap_or(0);
    if charge.kind != "part" || quantity % 1000 == 0 {
        return Ok(());
    }
    let sentence = Text::new("配件按件计数，数量应是整数", "parts are counted in whole pieces");
    Err(("quantity", sentence))
}
