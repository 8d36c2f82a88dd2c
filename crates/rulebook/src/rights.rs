//! The statement of the consumer's rights (三包权利说明): of each part how long it is covered, which
//! faults are, and by what standard each is decided. It is read from the very tables that judge, so
//! that what is printed is what is granted.

use crate::Release;
use crate::expr::Value;
use crate::model::{Component, TermRow};
use crate::table::{Answer, Input, Table};
use base::time::Span;
use base::{Clauses, Text, Word};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// What the consumer may claim of one part.
#[derive(Debug, Clone, PartialEq)]
pub struct Right<'r> {
    /// The part.
    pub component: &'r Component,
    /// How long it is covered; empty for a part that never is.
    pub periods: Vec<Period<'r>>,
    /// What is done for which fault within that time.
    pub standards: Vec<Standard<'r>>,
    /// The clauses that exclude it as a kind of part (易损件、消耗品).
    pub excluded: Option<&'r Clauses>,
}

/// A length of cover (保修期限).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period<'r> {
    /// How long.
    pub span: Span,
    /// The faults it is about; all of the part's when empty.
    pub faults: &'r [String],
    /// Clauses.
    pub clauses: &'r Clauses,
}

/// What is done for some faults, and under which conditions (保修范围、保修标准).
#[derive(Debug, Clone, PartialEq)]
pub struct Standard<'r> {
    /// The row that says so: `coverage/battery-low`.
    pub row: &'r Word,
    /// The faults.
    pub faults: Vec<&'r str>,
    /// What has to be measured or known: a column with its test as written, `< 60`.
    pub tests: Vec<(&'r Word, Option<&'r Text>, &'r Word)>,
    /// Whether it falls under the three guarantees then.
    pub covered: bool,
    /// What is done.
    pub remedy: String,
    /// Clauses.
    pub clauses: &'r Clauses,
}

/// The rights of each part of the catalogue, in its order; none where no pack judges.
pub fn rights(release: &Release) -> Vec<Right<'_>> {
    let Some(coverage) = release.tables.get("coverage") else { return Vec::new() };
    let exclusions = release.tables.get("exclusions");
    let of = |component| {
        let excluded = exclusions.and_then(|table| excluded(release, table, component));
        let standards = match excluded {
            Some(_) => Vec::new(),
            None => standards(release, coverage, component),
        };
        let periods = if excluded.is_some() { Vec::new() } else { periods(release, component) };
        Right { component, periods, standards, excluded }
    };
    release.catalog.components.iter().map(of).collect()
}

/// The rows of the term for a part; what no row names has the term of the rest.
fn periods<'r>(release: &'r Release, part: &Component) -> Vec<Period<'r>> {
    let named = release.term_rows.iter().filter(|row| row.components.contains(&part.id));
    let of =
        |row: &'r TermRow| Period { span: row.duration, faults: &row.faults, clauses: &row.clause };
    let mut periods: Vec<Period<'r>> = named.map(of).collect();
    let named = |fault: &String| {
        periods.iter().any(|known| known.faults.is_empty() || known.faults.contains(fault))
    };
    let mut faults = release.catalog.faults.iter();
    let rest = faults.any(|fault| fault.components.contains(&part.id) && !named(&fault.id));
    if let Some(term) = release.term.as_ref().filter(|_| rest) {
        periods.push(Period { span: term.unlisted_part, faults: &[], clauses: &term.clause });
    }
    periods
}

/// Facts of a part whose owner did all that is asked, within the term: what is left open is what
/// has to be measured.
fn facts(release: &Release, table: &Table, part: &Component) -> BTreeMap<String, Value> {
    let text = |text: &str| Value::Text(Word::read(text));
    let evidence = table.paths().into_iter().filter_map(|path| match path.as_slice() {
        [root, key] if root == "evidence" => Some((key.clone(), Value::Bool(true))),
        _ => None,
    });
    let mut products = release.catalog.products.keys();
    let product = products.next().filter(|_| products.next().is_none());
    BTreeMap::from([
        ("product".to_owned(), product.map_or(Value::Null, |id| text(id))),
        ("component".to_owned(), text(&part.id)),
        ("class".to_owned(), text(&part.class)),
        ("group".to_owned(), text(&part.group)),
        ("usage".to_owned(), text("household")),
        ("in_scope".to_owned(), Value::Bool(true)),
        ("in_term".to_owned(), Value::Bool(true)),
        ("causes".to_owned(), Value::List(Vec::new())),
        ("evidence".to_owned(), Value::Record(evidence.collect())),
    ])
}

/// The row that excludes a part whatever its fault.
fn excluded<'r>(release: &Release, table: &'r Table, part: &Component) -> Option<&'r Clauses> {
    let ruling = table.rule(&facts(release, table, part));
    let row = ruling.rows.first().filter(|_| ruling.answer == Answer::Decided)?;
    table.row(*row).map(|row| &row.clauses)
}

/// The rows that decide about a part, each with the faults it decides about.
fn standards<'r>(release: &'r Release, table: &'r Table, part: &Component) -> Vec<Standard<'r>> {
    let mut found: Vec<Standard<'r>> = Vec::new();
    let faults = release.catalog.faults.iter().filter(|fault| fault.components.contains(&part.id));
    for fault in faults {
        let mut facts = facts(release, table, part);
        facts.insert("fault".to_owned(), Value::Text(Word::read(&fault.id)));
        let open = open(table, &facts);
        for row in deciding(table, &facts, &open) {
            let Some(new) = standard(table, row, &open, &fault.id) else { continue };
            match found.iter_mut().find(|known| known.row == new.row) {
                Some(known) => known.faults.push(&fault.id),
                None => found.push(new),
            }
        }
    }
    found
}

/// A column that asks what only a look at the vehicle tells, with the values at which its answers
/// change.
struct Open {
    column: usize,
    path: Vec<String>,
    values: Vec<Value>,
}

/// The columns of which nothing is known: of each the numbers its cells compare with, and those
/// just beside them, so that every answer of the table comes up.
fn open(table: &Table, facts: &BTreeMap<String, Value>) -> Vec<Open> {
    let of = |(column, input): (usize, &Input)| {
        if !input.expr.eval(facts).is_null() {
            return None;
        }
        let path = input.expr.paths().into_iter().next()?;
        let cells = (0..table.len()).filter_map(|row| table.row(row)?.cells().nth(column));
        let mut numbers: Vec<Decimal> = cells.flat_map(|cell| numbers(cell.as_str())).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let beside = numbers.iter().flat_map(|n| [n - Decimal::ONE, *n, n + Decimal::ONE]);
        let values: Vec<Value> = beside.map(Value::Number).collect();
        (!values.is_empty()).then_some(Open { column, path, values })
    };
    table.inputs.iter().enumerate().filter_map(of).collect()
}

/// The numbers written in a cell: 60 of `< 60`.
fn numbers(cell: &str) -> impl Iterator<Item = Decimal> + '_ {
    let parts = cell.split(|c: char| !(c.is_ascii_digit() || c == '.'));
    parts.filter_map(|part| part.parse().ok())
}

/// The rows that decide at one of the open points, in the order of the table.
fn deciding(table: &Table, facts: &BTreeMap<String, Value>, open: &[Open]) -> Vec<usize> {
    let mut points = vec![facts.clone()];
    for column in open {
        let with = |value: &Value| {
            let put = |point: &BTreeMap<String, Value>| put(point, &column.path, value);
            points.iter().map(put).collect::<Vec<_>>()
        };
        points = column.values.iter().flat_map(with).collect();
    }
    let ruled = points.iter().map(|point| table.rule(point));
    let decided = ruled.filter(|ruling| ruling.answer == Answer::Decided);
    let rows: BTreeSet<usize> = decided.filter_map(|ruling| ruling.rows.first().copied()).collect();
    rows.into_iter().collect()
}

/// The facts with a value at a path of one name or two.
fn put(facts: &BTreeMap<String, Value>, path: &[String], value: &Value) -> BTreeMap<String, Value> {
    let mut facts = facts.clone();
    match path {
        [root, key] => {
            let held = facts.entry(root.clone()).or_insert(Value::Null);
            let mut fields = match held {
                Value::Record(fields) => std::mem::take(fields),
                _ => BTreeMap::new(),
            };
            fields.insert(key.clone(), value.clone());
            *held = Value::Record(fields);
        }
        [root] => {
            facts.insert(root.clone(), value.clone());
        }
        _ => {}
    }
    facts
}

fn standard<'r>(
    table: &'r Table,
    row: usize,
    open: &[Open],
    fault: &'r str,
) -> Option<Standard<'r>> {
    let known = table.row(row)?;
    let output = |name: &str| {
        let at = table.outputs.iter().position(|output| output.name == name)?;
        known.outputs.get(at)
    };
    let remedy = match output("remedy") {
        Some(Value::Text(remedy)) => remedy.as_str().to_owned(),
        _ => String::new(),
    };
    let tests = open.iter().filter_map(|open| {
        let input = table.inputs.get(open.column)?;
        let cell = known.cells().nth(open.column).filter(|cell| !cell.as_str().is_empty())?;
        Some((&input.name, input.title.as_ref(), cell))
    });
    Some(Standard {
        row: &known.path,
        faults: vec![fault],
        tests: tests.collect(),
        covered: output("covered").is_some_and(Value::is_true),
        remedy,
        clauses: &known.clauses,
    })
}
