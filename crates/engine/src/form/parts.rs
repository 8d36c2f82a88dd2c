//! Rows of parts (配件明细): what is received, issued, shipped or counted, piece by piece where a
//! part goes by serial number.

use super::error;
use crate::case::CaseState;
use crate::command::Command;
use crate::decision::FieldError;
use crate::facts::{Facts, OnHand};
use crate::scope::View;
use base::Instant;
use rulebook::Release;
use rulebook::expr::Value;
use rulebook::model::{Action, Field, FieldKind, Part, Process};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeSet;

/// Most rows of a sheet.
const MAX_ROWS: usize = 200;
/// Most pieces of a row.
const MAX_PIECES: i64 = 100_000;
/// Most serials of a row.
const MAX_SERIALS: usize = 200;
/// What the browser may say of a row.
const TOLD: [&str; 6] = ["part", "quantity", "serials", "reason", "cause", "instead_of"];

/// The rows as submitted, checked, with what only the server says: title, whether the part goes by
/// serial, what the books hold of it and which serials are missing or found beside them.
///
/// The parts of an estimate are rows as well: the lines of kind `part` that were not declined.
pub fn read_parts(of: &Field, told: &Json, facts: &Facts) -> (Json, Vec<FieldError>) {
    let field = of.id.as_str();
    // What is ordered is not there yet: nobody can name its serials.
    let ordered = of.catalog.as_deref() == Some("order");
    // An old part is told from the next by its serial, or by the label that was stuck on it.
    let labelled = of.catalog.as_deref() == Some("labelled");
    let Json::Array(items) = told else {
        let wrong = error(field, "type", "配件明细应是列表", "the parts must be a list");
        return (Json::Null, vec![wrong]);
    };
    if items.len() > MAX_ROWS {
        let (zh, en) = (format!("最多{MAX_ROWS}行"), format!("at most {MAX_ROWS} rows"));
        return (Json::Null, vec![error(field, "range", zh, en)]);
    }
    let mut errors = Vec::new();
    let mut rows = Vec::with_capacity(items.len());
    let mut seen = BTreeSet::new();
    for (place, item) in items.iter().enumerate() {
        let path = format!("{field}[{place}]");
        let Json::Object(item) = item else {
            errors.push(error(path, "type", "这一行不是配件", "this is no row of parts"));
            continue;
        };
        let Some(row) = of_line(item) else { continue };
        let mut reading = Reading { path, facts, ordered, labelled, errors: &mut errors };
        let row = reading.row(&row);
        let code = row.get("part").and_then(Json::as_str).unwrap_or_default().to_owned();
        if !code.is_empty() && !seen.insert(code.clone()) {
            errors.push(error(
                format!("{field}[{place}].part"),
                "twice",
                format!("{code} 出现两次，请合成一行"),
                format!("{code} stands there twice; make it one row"),
            ));
        }
        rows.push(Json::Object(row));
    }
    (Json::Array(rows), errors)
}

/// A row as it is; of an estimate's line the part it charges; `None` for other lines.
fn of_line(item: &Map<String, Json>) -> Option<Map<String, Json>> {
    if item.contains_key("part") || !item.contains_key("item") {
        return Some(item.clone());
    }
    let is_part = item.get("kind").and_then(Json::as_str) == Some("part");
    let declined = item.get("declined").and_then(Json::as_bool) == Some(true);
    if !is_part || declined {
        return None;
    }
    let pieces = item.get("quantity").and_then(Json::as_i64).unwrap_or(1000) / 1000;
    let serial = item.get("new_serial").filter(|serial| serial.is_string());
    let mut row = Map::new();
    row.insert("part".into(), item.get("item").cloned().unwrap_or_default());
    row.insert("quantity".into(), pieces.max(1).into());
    row.insert("serials".into(), serial.into_iter().cloned().collect());
    Some(row)
}

/// The shelf (库位) whose books a form is read against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelf {
    /// `stock` or `old`.
    pub kept: &'static str,
    /// Key of the warehouse: a station, or a technician's van.
    pub warehouse: String,
}

/// The shelf whose books the form of an action is read against; `None` when it has no rows of
/// parts. A field may name a warehouse that is not the case's own; the first that does decides.
pub fn shelf_of(
    release: &Release,
    process: &Process,
    action: &Action,
    case: Option<&CaseState>,
    facts: &Facts,
    now: Instant,
) -> Option<Shelf> {
    let form = release.forms.get(action.form.as_ref()?)?;
    let mut rows = form.fields.iter().filter(|field| field.kind == FieldKind::Parts).peekable();
    rows.peek()?;
    let named = rows.clone().find_map(|field| field.warehouse.as_ref());
    let old = rows.any(|field| matches!(field.catalog.as_deref(), Some("old" | "labelled")));
    let warehouse = match named {
        Some(named) => {
            let mut view = View::new(release, process, facts, &Command::timer(now), now);
            if let Some(case) = case {
                view.refresh(case);
            }
            if let Value::Text(key) = named.eval(&view) { key.into() } else { String::new() }
        }
        None => facts.org.get("code").and_then(Json::as_str).unwrap_or_default().to_owned(),
    };
    Some(Shelf { kept: if old { "old" } else { "stock" }, warehouse })
}

struct Reading<'a> {
    path: String,
    facts: &'a Facts,
    ordered: bool,
    labelled: bool,
    errors: &'a mut Vec<FieldError>,
}

impl Reading<'_> {
    fn wrong(&mut self, key: &str, code: &str, zh: impl Into<String>, en: impl Into<String>) {
        self.errors.push(error(format!("{}.{key}", self.path), code, zh, en));
    }

    fn row(&mut self, told: &Map<String, Json>) -> Map<String, Json> {
        let mut row: Map<String, Json> = told
            .iter()
            .filter(|(key, value)| TOLD.contains(&key.as_str()) && !value.is_null())
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        for key in ["reason", "cause"] {
            let long = |v: &Json| v.as_str().is_none_or(|text| text.chars().count() > 200);
            if row.get(key).is_some_and(long) {
                self.wrong(
                    key,
                    "type",
                    "应是不超过200字的文字",
                    "must be text of at most 200 characters",
                );
            }
        }
        let code = row.get("part").and_then(Json::as_str).unwrap_or_default().to_owned();
        let Some(part) = self.facts.parts.get(&code) else {
            let shown: String = code.chars().take(40).collect();
            self.wrong(
                "part",
                "choice",
                format!("配件目录中没有“{shown}”"),
                format!("“{shown}” is not in the part master"),
            );
            return row;
        };
        let serials = if self.ordered { vec![] } else { self.serials(&row) };
        row.insert("title".into(), json!(part.title));
        row.insert("component".into(), part.component.clone().into());
        row.insert("class".into(), part.class.word().into());
        row.insert("models".into(), part.models.clone().into());
        self.instead(&row, part);
        row.insert("tracked".into(), part.tracked.into());
        let pieces = if self.ordered {
            self.pieces(&row)
        } else if part.tracked || self.labelled {
            self.numbered(&row, &code, serials.len())
        } else {
            if !serials.is_empty() {
                self.wrong(
                    "serials",
                    "invalid",
                    format!("{code} 只计件数，不写编号"),
                    format!("{code} is only counted; leave the serials out"),
                );
            }
            self.pieces(&row)
        };
        row.insert("quantity".into(), pieces.into());
        self.booked(&mut row, &code, &serials);
        row.insert("serials".into(), serials.into());
        row
    }

    /// A substitute (替代件) stands for a part that names it.
    fn instead(&mut self, row: &Map<String, Json>, part: &Part) {
        let Some(meant) = row.get("instead_of") else { return };
        let meant = meant.as_str().unwrap_or_default();
        let named = self.facts.parts.get(meant).is_some_and(|m| m.substitutes.contains(&part.code));
        if named {
            return;
        }
        let shown: String = meant.chars().take(40).collect();
        self.wrong(
            "instead_of",
            "invalid",
            format!("配件目录没有把 {} 列为 {shown} 的替代件", part.code),
            format!("the part master does not name {} as a substitute of {shown}", part.code),
        );
    }

    /// Pieces of a part that goes by serial: as many as asked for, and a serial for each. A row
    /// that asks for none says that there is none, as a count does; one that says neither pieces
    /// nor serials says nothing.
    fn numbered(&mut self, row: &Map<String, Json>, code: &str, serials: usize) -> i64 {
        let given = i64::try_from(serials).unwrap_or_default();
        let told = row.contains_key("quantity");
        let asked = if told { self.pieces(row) } else { given };
        if asked != given || (!told && given == 0) {
            let wanted = asked.max(1);
            if self.labelled {
                return self.unlabelled(code, (asked, wanted, given));
            }
            self.wrong(
                "serials",
                "serials",
                format!("{code} 按编号管理，要 {wanted} 件，编号有 {given} 个：请逐件扫描编号"),
                format!(
                    "{code} goes by serial: {wanted} asked for, {given} given; scan each piece"
                ),
            );
        }
        asked
    }

    /// A piece without its label: nobody could say from which repair it comes.
    fn unlabelled(&mut self, code: &str, (asked, wanted, given): (i64, i64, i64)) -> i64 {
        self.wrong(
            "serials",
            "serials",
            format!("{code} 有 {wanted} 件，标签有 {given} 个：请逐件扫描旧件标签"),
            format!("{code}: {wanted} pieces, {given} labels; scan the label of each old part"),
        );
        asked
    }

    fn pieces(&mut self, row: &Map<String, Json>) -> i64 {
        let pieces = row.get("quantity").map_or(Some(0), Json::as_i64);
        if let Some(pieces) = pieces.filter(|n| (0..=MAX_PIECES).contains(n)) {
            return pieces;
        }
        self.wrong(
            "quantity",
            "range",
            format!("件数应是 0 到 {MAX_PIECES} 的整数"),
            format!("pieces must be a whole number from 0 to {MAX_PIECES}"),
        );
        0
    }

    fn serials(&mut self, row: &Map<String, Json>) -> Vec<String> {
        let Some(told) = row.get("serials") else { return vec![] };
        let texts: Option<Vec<String>> = told
            .as_array()
            .filter(|all| all.len() <= MAX_SERIALS)
            .and_then(|all| all.iter().map(|v| v.as_str().map(|t| t.trim().to_owned())).collect());
        let Some(texts) = texts else {
            self.wrong(
                "serials",
                "type",
                format!("编号应是文字列表，最多{MAX_SERIALS}个"),
                format!("serials must be a list of texts, at most {MAX_SERIALS}"),
            );
            return vec![];
        };
        let mut kept: Vec<String> = Vec::new();
        for text in texts.into_iter().filter(|text| !text.is_empty()) {
            if let Err(refused) = ledger::Key::try_new(&text) {
                let sentence = refused.sentence();
                self.wrong("serials", "invalid", sentence.zh, sentence.en);
            } else if kept.contains(&text) {
                self.wrong(
                    "serials",
                    "twice",
                    format!("编号 {text} 扫了两次"),
                    format!("serial {text} was scanned twice"),
                );
            } else {
                kept.push(text);
            }
        }
        kept
    }

    /// Substitutes that lie on the shelf, where of the part itself nothing does or too few.
    fn proposed(&self, code: &str, asked: i64, booked: &OnHand) -> Json {
        let short = booked.pieces <= 0 || booked.pieces < asked;
        let part = self.facts.parts.get(code).filter(|_| short);
        let proposed = |other: &String| {
            let held = self.facts.stock.get(other).filter(|held| held.pieces > 0)?;
            let title = &self.facts.parts.get(other)?.title;
            Some(json!({ "part": other, "title": title, "booked": held.pieces }))
        };
        part.map_or(json!([]), |part| part.substitutes.iter().filter_map(proposed).collect())
    }

    /// What the books hold of the part, and how the serials differ from them.
    fn booked(&self, row: &mut Map<String, Json>, code: &str, serials: &[String]) {
        let none = OnHand::default();
        let booked = self.facts.stock.get(code).unwrap_or(&none);
        let missing: Vec<&String> =
            booked.serials.iter().filter(|s| !serials.contains(s)).collect();
        let found: Vec<&String> = serials.iter().filter(|s| !booked.serials.contains(s)).collect();
        row.insert("booked".into(), booked.pieces.into());
        let asked = row.get("quantity").and_then(Json::as_i64).unwrap_or_default();
        row.insert("substitutes".into(), self.proposed(code, asked, booked));
        row.insert("missing".into(), json!(missing));
        row.insert("found".into(), json!(found));
    }
}
