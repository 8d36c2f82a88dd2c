//! A release taken apart into what can be named: each item with its sides.

use crate::Release;
use crate::model::{Action, Form, Law, Process};
use crate::table::Table;
use base::Text;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// An item of a release.
pub struct Item {
    pub kind: &'static str,
    pub path: String,
    pub title: Text,
    pub clause: Vec<String>,
    /// Everything it says, by key; items of their own are not among it.
    pub sides: Map<String, Value>,
    /// Names of sides that have one of their own: the columns of a table.
    pub labels: BTreeMap<String, Text>,
}

impl Item {
    pub fn key(&self) -> (&'static str, &str) {
        (self.kind, &self.path)
    }

    /// An item from what it serialises to, without the parts that are items of their own.
    fn new(kind: &'static str, path: String, value: &impl Serialize, apart: &[&str]) -> Self {
        let mut sides = match serde_json::to_value(value) {
            Ok(Value::Object(sides)) => sides,
            Ok(other) => Map::from_iter([("value".to_owned(), other)]),
            Err(_) => Map::new(), // Keys that are no text; no item of a release has them.
        };
        for part in apart.iter().chain(&["id", "code"]) {
            sides.remove(*part);
        }
        sides.retain(|_, value| !empty(value));
        let title = sides.get("title").and_then(|title| Text::deserialize(title).ok());
        let clause = match sides.get("clause") {
            Some(Value::Array(ids)) => {
                ids.iter().filter_map(Value::as_str).map(str::to_owned).collect()
            }
            _ => Vec::new(),
        };
        let (title, labels) = (title.unwrap_or_default(), BTreeMap::new());
        Self { kind, path, title, clause, sides, labels }
    }

    fn titled(mut self, title: Text) -> Self {
        self.title = title;
        self
    }
}

/// Whether it says nothing, as if it were not there.
fn empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(yes) => !yes,
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
        Value::String(text) => text.is_empty(),
        Value::Number(_) => false,
    }
}

/// Every item of a release.
pub fn of(release: &Release) -> Vec<Item> {
    let mut list = Vec::new();
    words(release, &mut list);
    catalog(release, &mut list);
    term(release, &mut list);
    for (id, table) in &release.tables {
        of_table(id, table, &mut list);
    }
    for form in release.forms.values() {
        of_form(form, &mut list);
    }
    for process in release.processes.values() {
        of_process(process, &mut list);
    }
    figures(release, &mut list);
    list
}

/// What is counted and scored.
fn figures(release: &Release, list: &mut Vec<Item>) {
    list.extend(release.dimensions.values().map(|i| Item::new("dimension", i.id.clone(), i, &[])));
    list.extend(release.measures.values().map(|i| Item::new("measure", i.id.clone(), i, &[])));
    list.extend(release.figures.iter().map(|i| Item::new("figure", i.id.clone(), i, &[])));
    for card in release.scorecards.values() {
        let path = |id: &str| format!("{}/{id}", card.id);
        list.push(Item::new("scorecard", card.id.clone(), card, &["item", "entry", "level"]));
        list.extend(card.items.iter().map(|i| Item::new("score-item", path(&i.id), i, &[])));
        list.extend(card.entries.iter().map(|i| Item::new("score-entry", path(&i.id), i, &[])));
        for level in &card.levels {
            list.push(Item::new("score-level", path(&level.id), level, &["condition"]));
            for condition in &level.conditions {
                let path = path(&format!("{}/{}", level.id, condition.id));
                list.push(Item::new("score-condition", path, condition, &[]));
            }
        }
    }
}

fn words(release: &Release, list: &mut Vec<Item>) {
    for pack in &release.packs {
        let item = Item::new("pack", pack.id.clone(), pack, &["parameter", "drop"]);
        list.push(item);
        for drop in &pack.drops {
            let path = format!("{}/{}/{}", pack.id, drop.kind, drop.id);
            list.push(Item::new("drop", path, drop, &["kind"]));
        }
    }
    for clause in &release.clauses {
        let item = Item::new("clause", clause.id.clone(), clause, &["number", "pack"]);
        list.push(item.titled(Text::new(&clause.zh, &clause.en)));
    }
    list.extend(
        release.parameters.iter().map(|(id, i)| Item::new("parameter", id.clone(), i, &[])),
    );
    list.extend(release.roles.iter().map(|(id, i)| Item::new("role", id.clone(), i, &[])));
    list.extend(release.documents.iter().map(|(id, i)| Item::new("document", id.clone(), i, &[])));
    list.extend(release.messages.iter().map(|(id, i)| Item::new("message", id.clone(), i, &[])));
    list.extend(
        release.scripts.iter().map(|(id, i)| Item::new("script", id.clone(), i, &["step"])),
    );
    for (id, script) in &release.scripts {
        let path = |step: &str| format!("{id}/{step}");
        let steps = script.steps.iter();
        list.extend(steps.map(|i| Item::new("script-step", path(&i.id), i, &[])));
    }
    let tags = release.customer_tags.iter();
    list.extend(tags.map(|(id, i)| Item::new("tag", id.clone(), i, &[])));
    let grades = release.customer_grades.iter();
    list.extend(grades.map(|i| Item::new("grade", i.id.clone(), i, &[])));
    list.extend(release.postings.iter().map(|(id, i)| Item::new("posting", id.clone(), i, &[])));
    let rules = release.chart.rules.iter();
    list.extend(rules.map(|rule| Item::new("account", rule.id.clone(), rule, &[])));
    list.extend(release.schedules.iter().map(|(id, i)| Item::new("schedule", id.clone(), i, &[])));
    list.extend(release.calendars.iter().map(|(id, i)| Item::new("calendar", id.clone(), i, &[])));
}

fn catalog(release: &Release, list: &mut Vec<Item>) {
    let catalog = &release.catalog;
    list.extend(catalog.products.values().map(|i| Item::new("product", i.id.clone(), i, &[])));
    list.extend(catalog.models.iter().map(|i| Item::new("model", i.id.clone(), i, &[])));
    list.extend(catalog.groups.iter().map(|i| Item::new("group", i.id.clone(), i, &[])));
    list.extend(catalog.components.iter().map(|i| Item::new("component", i.id.clone(), i, &[])));
    list.extend(catalog.faults.iter().map(|i| Item::new("fault", i.id.clone(), i, &[])));
    list.extend(catalog.causes.iter().map(|i| Item::new("cause", i.id.clone(), i, &[])));
    list.extend(release.parts.values().map(|i| Item::new("part", i.code.clone(), i, &[])));
    list.extend(release.prices.values().map(|i| Item::new("price", i.code.clone(), i, &[])));
    list.extend(release.labour.values().map(|i| Item::new("labour", i.code.clone(), i, &[])));
}

fn term(release: &Release, list: &mut Vec<Item>) {
    list.extend(release.term_rows.iter().map(|i| Item::new("term-row", i.id.clone(), i, &[])));
    if let Some(law) = &release.law {
        of_law(law, list);
    }
    let Some(term) = &release.term else { return };
    let title = Text::new("三包期规则", "rules of the term");
    list.push(Item::new("term", "term".into(), term, &["trigger"]).titled(title));
    list.extend(term.triggers.iter().map(|i| Item::new("term-trigger", i.id.clone(), i, &[])));
}

/// The legal floor: its terms, triggers and rows are told like those of a company.
fn of_law(law: &Law, list: &mut Vec<Item>) {
    let path = |id: &str| format!("law/{id}");
    list.extend(law.terms.iter().map(|i| Item::new("term-row", path(&i.row.id), i, &[])));
    let triggers = law.rules.triggers.iter();
    list.extend(triggers.map(|i| Item::new("term-trigger", path(&i.id), i, &[])));
    if let Some(rule) = &law.rules.suspension {
        let title = Text::new("修理占用不计入三包期", "days in repair do not count");
        list.push(Item::new("term", path("suspension"), rule, &[]).titled(title));
    }
    if let Some(floor) = &law.floor {
        of_table("floor", floor, list);
    }
}

fn of_table(id: &str, table: &Table, list: &mut Vec<Item>) {
    let title = table.title.clone().unwrap_or_default();
    let item = |kind, path, clause: &[String], sides: Map<String, Value>| Item {
        kind,
        path,
        title: title.clone(),
        clause: clause.to_vec(),
        sides: sides.into_iter().filter(|(_, value)| !empty(value)).collect(),
        labels: labels(table),
    };
    let inputs = table.inputs.iter().map(|i| format!("{}: {}", i.name, i.expr.source()));
    let outputs = table.outputs.iter().map(|output| output.name.clone());
    let mut sides = Map::new();
    sides.insert("policy".into(), Value::from(table.policy.word()));
    sides.insert("total".into(), Value::from(table.total));
    sides.insert("inputs".into(), inputs.collect());
    sides.insert("outputs".into(), outputs.collect());
    sides.insert("clause".into(), Value::from(table.clause.clone()));
    list.push(item("table", id.to_owned(), &table.clause, sides));
    for row in (0..table.len()).filter_map(|at| table.row(at)) {
        let mut sides = Map::new();
        for (input, cell) in table.inputs.iter().zip(row.cells()) {
            sides.insert(input.name.to_string(), Value::from(cell.as_str()));
        }
        for (output, value) in table.outputs.iter().zip(&row.outputs) {
            sides.insert(format!("→{}", output.name), Value::from(value.to_string()));
        }
        sides.insert("clause".into(), Value::from(row.clauses.to_vec()));
        list.push(item("table-row", format!("{id}/{}", row.id), &row.clauses, sides));
    }
}

/// The columns' own names.
fn labels(table: &Table) -> BTreeMap<String, Text> {
    let inputs = table.inputs.iter().map(|i| (i.name.to_string(), &i.title));
    let outputs = table.outputs.iter().map(|o| (format!("→{}", o.name), &o.title));
    inputs.chain(outputs).filter_map(|(name, title)| Some((name, title.clone()?))).collect()
}

fn of_form(form: &Form, list: &mut Vec<Item>) {
    list.push(Item::new("form", form.id.clone(), form, &["field"]));
    for field in &form.fields {
        list.push(Item::new("field", format!("{}/{}", form.id, field.id), field, &[]));
    }
}

fn of_process(process: &Process, list: &mut Vec<Item>) {
    let apart = ["start", "track", "state", "action", "deadline"];
    list.push(Item::new("process", process.id.clone(), process, &apart));
    let path = |id: &str| format!("{}/{id}", process.id);
    list.extend(process.tracks.iter().map(|i| Item::new("track", path(&i.id), i, &[])));
    for state in &process.states {
        let path = path(&format!("{}.{}", state.track, state.id));
        list.push(Item::new("state", path, state, &[]));
    }
    process.all_actions().for_each(|action| of_action(process, action, list));
    list.extend(process.deadlines.iter().map(|i| Item::new("deadline", path(&i.id), i, &[])));
}

fn of_action(process: &Process, action: &Action, list: &mut Vec<Item>) {
    let path = format!("{}/{}", process.id, action.id);
    list.push(Item::new("action", path.clone(), action, &["require"]));
    for require in &action.requires {
        let path = format!("{path}/{}", require.id);
        list.push(Item::new("require", path, require, &[]).titled(require.refuse.clone()));
    }
}
