//! From the rows that fit to an answer, by hit policy; missing facts never decide silently.

use super::fast::Matches;
use super::sidecar::{Aggregate, Policy};
use super::{Answer, CellWhy, Hit, Row, RowWhy, Table, Tri};
use crate::expr::{Scope, Value, aggregate};
use base::Text;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// How a table answered, without the reasons.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ruling {
    /// How it answered.
    pub answer: Answer,
    /// The rows that decided, or that contradict each other; indices in order.
    pub rows: Vec<usize>,
    /// Rows that might fit once a missing fact is known and could change the answer.
    pub maybe: Vec<usize>,
    /// Input columns whose missing value could change the answer, or whose value failed.
    pub columns: Vec<usize>,
}

impl Table {
    /// Answers over `scope` without spelling out the reasons: the fast path.
    pub fn rule(&self, scope: &dyn Scope) -> Ruling {
        self.rule_by(|nth| self.inputs[nth].expr.eval_ref(scope))
    }

    /// Answers over `scope`. Total and three-valued: see [`Hit`].
    pub fn evaluate(&self, scope: &dyn Scope) -> Hit {
        let values = self.inputs(scope);
        let ruling = self.rule_on(&values);
        let mut hit = self.explain(&ruling, &values);
        if ruling.answer == Answer::Undetermined {
            for column in &ruling.columns {
                let input = &self.inputs[*column];
                let mut paths = input.expr.missing(scope);
                if paths.is_empty() {
                    // Known, but with a gap inside: a list with an unknown member.
                    paths.push(input.expr.source().to_owned());
                }
                for path in paths {
                    if !hit.missing.contains(&path) {
                        hit.missing.push(path);
                    }
                }
            }
        }
        hit
    }

    fn inputs<'v>(&'v self, scope: &'v dyn Scope) -> Vec<Cow<'v, Value>> {
        self.inputs.iter().map(|input| input.expr.eval_ref(scope)).collect()
    }

    pub(super) fn rule_on(&self, values: &[Cow<'_, Value>]) -> Ruling {
        self.rule_by(|nth| Cow::Borrowed(&*values[nth]))
    }

    /// `value` gives what each column asks about; it may be asked of a column twice.
    fn rule_by<'v>(&self, value: impl Fn(usize) -> Cow<'v, Value>) -> Ruling {
        match self.fast.matches(&value, self.policy == Policy::First) {
            Ok(matches) => self.judge(matches, value),
            Err(column) => {
                Ruling { answer: Answer::Failed, columns: vec![column], ..Ruling::default() }
            }
        }
    }

    /// The answer when these rows fit and may fit, with the columns that leave it open.
    pub(super) fn judge<'v>(
        &self,
        matches: Matches,
        value: impl Fn(usize) -> Cow<'v, Value>,
    ) -> Ruling {
        let mut ruling = self.settle(matches);
        if !ruling.maybe.is_empty() {
            ruling.columns = self.unknown(&ruling.maybe, value);
        }
        ruling
    }

    /// The answer when these rows fit and may fit.
    pub(super) fn settle(&self, matches: Matches) -> Ruling {
        let Matches { yes, mut maybe } = matches;
        let outputs = |row: &usize| &self.rows[*row].outputs;
        let conflict = match self.policy {
            Policy::Unique => yes.len() > 1,
            Policy::Any => yes.iter().any(|row| outputs(row) != outputs(&yes[0])),
            Policy::First | Policy::Collect => false,
        };
        if conflict {
            return Ruling { answer: Answer::Conflict, rows: yes, ..Ruling::default() };
        }
        match (self.policy, yes.first()) {
            // A row further up might come first; it matters only when it says something else.
            (Policy::First, Some(hit)) => maybe.retain(|row| outputs(row) != outputs(hit)),
            // The others agree with the hit by the promise of the policy.
            (Policy::Unique | Policy::Any, Some(_)) => maybe.clear(),
            _ => {}
        }
        let answer = match (maybe.is_empty(), yes.is_empty()) {
            (false, _) => Answer::Undetermined,
            (true, false) => Answer::Decided,
            (true, true) if self.policy == Policy::Collect => Answer::Decided,
            (true, true) => Answer::NoRow,
        };
        Ruling { answer, rows: yes, maybe, columns: Vec::new() }
    }

    /// The columns whose missing value leaves these rows open.
    fn unknown<'v>(&self, rows: &[usize], value: impl Fn(usize) -> Cow<'v, Value>) -> Vec<usize> {
        let open = |column: usize| {
            let (kind, value) = (self.inputs[column].kind, value(column));
            rows.iter().any(|row| {
                let test = &self.rows[*row].tests[column];
                test.holds(kind, &value) == Some(Tri::Unknown)
            })
        };
        (0..self.inputs.len()).filter(|column| open(*column)).collect()
    }

    fn explain(&self, ruling: &Ruling, values: &[Cow<'_, Value>]) -> Hit {
        let mut hit = Hit { answer: ruling.answer, ..Hit::default() };
        hit.problem = self.problem(ruling, values);
        let considered = ruling.maybe.iter().chain(&ruling.rows);
        hit.considered = considered.map(|row| self.why(&self.rows[*row], values)).collect();
        if ruling.answer == Answer::Decided {
            let rows: Vec<&Row> = ruling.rows.iter().map(|row| &self.rows[*row]).collect();
            hit.row = rows.first().map(|row| row.id.to_string());
            for clause in rows.iter().flat_map(|row| &row.clauses) {
                if !hit.clauses.contains(clause) {
                    hit.clauses.push(clause.clone());
                }
            }
            hit.outputs = self.output_values(&rows);
        }
        hit
    }

    fn output_values(&self, rows: &[&Row]) -> BTreeMap<String, Value> {
        let values = |nth: usize| rows.iter().map(move |row| row.outputs[nth].clone());
        let otherwise = |nth: usize| self.otherwise.get(nth)?.clone().filter(|_| rows.is_empty());
        let fitting = |nth: usize| match (self.policy, self.aggregate) {
            (Policy::Collect, Aggregate::List) => Value::List(values(nth).collect()),
            (Policy::Collect, Aggregate::Sum) => aggregate("sum", values(nth).collect()),
            (Policy::Collect, Aggregate::Min) => aggregate("min", values(nth).collect()),
            (Policy::Collect, Aggregate::Max) => aggregate("max", values(nth).collect()),
            (Policy::Collect, Aggregate::Count) => Value::Number(rows.len().into()),
            _ => values(nth).next().unwrap_or_default(),
        };
        let one = |nth: usize| match (otherwise(nth), self.aggregate) {
            (Some(value), Aggregate::List) => Value::List(vec![value]),
            (Some(value), _) => value,
            (None, _) => fitting(nth),
        };
        self.outputs.iter().enumerate().map(|(nth, out)| (out.name.clone(), one(nth))).collect()
    }

    /// A row, cell by cell.
    fn why(&self, row: &Row, values: &[Cow<'_, Value>]) -> RowWhy {
        let mut fits = Tri::Yes;
        let mut cells = Vec::new();
        for ((input, test), value) in self.inputs.iter().zip(&row.tests).zip(values) {
            if test.is_any() {
                continue;
            }
            let holds = test.holds(input.kind, value).unwrap_or(Tri::Unknown);
            fits = fits.min(holds);
            let (column, value) = (input.name.to_string(), value.clone().into_owned());
            cells.push(CellWhy { column, test: test.text.to_string(), value, holds });
        }
        RowWhy { row: row.id.to_string(), clauses: row.clauses.to_vec(), fits, cells }
    }

    fn problem(&self, ruling: &Ruling, values: &[Cow<'_, Value>]) -> Option<Text> {
        let id = &self.id;
        let facts = || {
            let pairs = self.inputs.iter().zip(values);
            let shown = pairs.map(|(input, value)| format!("{} = {value}", input.name));
            shown.collect::<Vec<_>>().join(", ")
        };
        match ruling.answer {
            Answer::Decided | Answer::Undetermined => None,
            Answer::NoRow => Some(Text::new(
                format!("表 {id} 没有一行符合：{}", facts()),
                format!("no row of the table {id} fits: {}", facts()),
            )),
            Answer::Conflict => {
                let rows = ruling.rows.iter().map(|row| self.rows[*row].id.as_str());
                let rows = rows.collect::<Vec<_>>().join(", ");
                Some(Text::new(
                    format!("表 {id} 的行 {rows} 互相矛盾：{}", facts()),
                    format!("the rows {rows} of the table {id} contradict: {}", facts()),
                ))
            }
            Answer::Failed => {
                let column = *ruling.columns.first()?;
                let (input, value) = (&self.inputs[column], &values[column]);
                let (name, words) = (&input.name, input.kind.words());
                Some(Text::new(
                    format!("表 {id} 的列 {name} 问的是{}，得到的却是 {value}", words.zh),
                    format!(
                        "the column {name} of the table {id} asks {}, it got {value}",
                        words.en
                    ),
                ))
            }
        }
    }
}
