//! Runs the cases of a folder.

use super::{case, value};
use rulebook::dmn::{self, Logic, Model};
use rulebook::expr::{Type, Value};
use rulebook::table::{Aggregate, Answer, Policy, Table};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// What became of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The value expected.
    Passes,
    /// FEEL finds out when it runs, mostly by null; here the checker refuses the expression before.
    Refused(String),
    /// A construct that does not exist here.
    Outside(String),
    /// Another value.
    Differs(String),
}

/// The cases of one folder of the kit.
pub struct Folder {
    pub name: String,
    pub cases: Vec<(String, Outcome)>,
}

/// Folders in which values differ, with the reason.
pub const REASONS: &[(&str, &str)] = &[
    ("0068-feel-equality", "zero needs no unit here"),
    ("1115-feel-date-function", "days reach from the year -9999 to 9999"),
    ("1141-feel-round-up-function", "more digits than a number can have are all it has"),
    ("1143-feel-round-half-up-function", "more digits than a number can have are all it has"),
];

/// Runs every folder of a level, in order.
pub fn level(root: &Path) -> Vec<Folder> {
    let entries = fs::read_dir(root).expect("the level is a folder");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("readable").path()).collect();
    paths.retain(|path| path.is_dir());
    paths.sort();
    paths.iter().map(|path| folder(path)).collect()
}

fn folder(path: &Path) -> Folder {
    let name = path.file_name().expect("a folder has a name").to_string_lossy().into_owned();
    let mut cases = Vec::new();
    let mut files: Vec<_> = fs::read_dir(path)
        .expect("a folder")
        .map(|entry| entry.expect("readable").path())
        .collect();
    files.sort();
    let model = files.iter().find(|file| file.extension().is_some_and(|e| e == "dmn"));
    let text = fs::read_to_string(model.expect("a model")).expect("readable");
    let model = dmn::read(&text).expect("the kit's models are DMN");
    for file in files.iter().filter(|file| file.extension().is_some_and(|e| e == "xml")) {
        for case in case::read(&fs::read_to_string(file).expect("readable")) {
            let outcome = run(&model, &case);
            cases.push((case.id, outcome));
        }
    }
    Folder { name, cases }
}

fn run(model: &Model, case: &case::Case) -> Outcome {
    let facts = match &case.facts {
        Ok(facts) => facts.clone(),
        Err(why) => return Outcome::Outside(why.clone()),
    };
    let mut worst = Outcome::Passes;
    for (decision, expected) in &case.expected {
        let expected = match expected {
            Ok(expected) => expected,
            Err(why) => return Outcome::Outside(why.clone()),
        };
        match decide(model, decision, &facts, 10) {
            Err(outcome) => return outcome,
            Ok(found) if value::same(&found, expected) => {}
            Ok(found) => {
                worst = Outcome::Differs(format!("{decision} is {found}, expected {expected}"));
            }
        }
    }
    worst
}

/// The value of a decision, with those it needs decided before.
fn decide(
    model: &Model,
    name: &str,
    facts: &BTreeMap<String, Value>,
    depth: usize,
) -> Result<Value, Outcome> {
    let id = dmn::identifier(name);
    let Some(decision) = model.decisions.iter().find(|d| d.name == name || d.id == id) else {
        return Err(Outcome::Outside(format!("the model has no decision {name}")));
    };
    let logic = decision.logic.as_ref();
    let logic = logic.map_err(|cannot| {
        let why = cannot.sentence.en.clone();
        let refused = cannot.code.starts_with("expr-") && cannot.code != "expr-syntax";
        if refused { Outcome::Refused(why) } else { Outcome::Outside(why) }
    })?;
    let paths = match logic {
        Logic::Formula(expr) => expr.paths(),
        Logic::Table(draft) => draft.table.paths(),
    };
    let mut facts = facts.clone();
    for needed in paths.iter().filter_map(|path| path.first()) {
        let is_decision = model.decisions.iter().any(|d| d.id == *needed);
        if is_decision && depth > 0 && !facts.contains_key(needed) {
            let value = decide(model, needed, &facts, depth - 1)?;
            facts.insert(needed.clone(), value);
        }
    }
    let scope = scope(model);
    match logic {
        Logic::Formula(expr) => match expr.check(&scope) {
            Ok(_) => Ok(expr.eval(&facts)),
            Err(error) => Err(Outcome::Refused(error.sentence.en)),
        },
        Logic::Table(draft) => {
            let found = rulebook::table::check(&draft.table, &scope, &BTreeMap::new());
            match found.into_iter().find(|f| f.code == "table-cell-type" || is_expr(f.code)) {
                Some(finding) => Err(Outcome::Refused(finding.sentence.en)),
                None => Ok(answer(&draft.table, &facts)),
            }
        }
    }
}

fn is_expr(code: &str) -> bool {
    code.starts_with("expr-")
}

fn scope(model: &Model) -> Type {
    let decisions = model.decisions.iter().map(|d| (d.id.clone(), d.kind.clone()));
    let inputs = model.inputs.iter().map(|(name, of)| (name.clone(), of.clone()));
    Type::Record(inputs.chain(decisions).collect())
}

/// One output is the value itself, several are a record; without a row there is none.
fn answer(table: &Table, facts: &BTreeMap<String, Value>) -> Value {
    let hit = table.evaluate(facts);
    if hit.answer != Answer::Decided {
        return Value::Null;
    }
    let lists = table.policy == Policy::Collect && table.aggregate == Aggregate::List;
    if table.outputs.len() == 1 {
        return hit.outputs.into_values().next().unwrap_or_default();
    }
    if !lists {
        return Value::Record(hit.outputs);
    }
    let lists = hit.outputs.values().filter_map(|value| match value {
        Value::List(items) => Some(items.len()),
        _ => None,
    });
    let rows = lists.max().unwrap_or_default();
    let row = |nth: usize| {
        let fields = hit.outputs.iter().map(|(name, values)| match values {
            Value::List(items) => (name.clone(), items[nth].clone()),
            other => (name.clone(), other.clone()),
        });
        Value::Record(fields.collect())
    };
    Value::List((0..rows).map(row).collect())
}
