//! The compiled table answers as one that asks each cell in turn, on random tables of every kind of
//! column and every policy; and a decided answer does not depend on what is missing. A seed names a
//! table for good.

use crate::expr::Value;
use crate::expr::tests::chance::Chance;
use crate::table::{Answer, Bulk, BulkAnswer, Policy, Ruling, Table};
use base::Day;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Kinds of columns: the word of the sidecar, and cells to draw from.
const COLUMNS: [(&str, &[&str]); 8] = [
    ("text", &["a", "b", "a|b", "not(a)", "not(a|c)", "d", "\"yes\"", "c|d|a", "a|null", "null"]),
    ("list", &["a", "b", "a|b", "not(a)", "not(a|c)", "d", "c|d|a", "not(d)", "not(null)"]),
    (
        "number",
        &[
            "< 3",
            "<= 3",
            "> 3",
            ">= 3",
            "3",
            "[1..3)",
            "(1..3]",
            "]1..3[",
            "1|5",
            "not(3)",
            "not([2..4])",
            "> 4|null",
            "-1.5",
            "[0..2]|[3..4]",
            "not(< 1|> 4)",
        ],
    ),
    ("bool", &["yes", "no", "not(yes)", "null|no", "是", "否"]),
    ("money", &["> 3 yuan", "<= ¥3", "[0..3 元)", "0", "not(2 yuan)", "¥2.5", "null"]),
    ("date", &["< 2026-01-03", "2026-01-03", "[2026-01-02..2026-01-05)", "> 2026-01-04"]),
    ("time", &["< 3 d", "15天", "[1 d..48 h]", "> 72 h", "not(2 d)", "0", "半个月", "null"]),
    ("months", &["24 mo", "半年", "< 24个月", ">= 1 y", "[6 mo..12 mo)", "三个月"]),
];

/// A table with what its columns ask, and whether a cell names null.
struct Random {
    table: Table,
    columns: Vec<usize>,
    names_null: bool,
}

fn random(chance: &mut Chance) -> Random {
    let columns: Vec<usize> = (0..=chance.below(5)).map(|_| chance.below(COLUMNS.len())).collect();
    let policy = *chance.of(&["first", "unique", "any", "collect"]);
    let heads: Vec<String> = (0..columns.len()).map(|nth| format!("c{nth}")).collect();
    let mut csv = format!("id,clause,{},→out,→more\n", heads.join(","));
    let rows = if chance.below(20) == 0 { 60 + chance.below(90) } else { chance.below(14) };
    let mut names_null = false;
    for row in 0..rows {
        let mut cells = Vec::new();
        for column in &columns {
            let blank = chance.below(3) == 0;
            let cell = if blank { "" } else { *chance.of(COLUMNS[*column].1) };
            names_null |= cell.contains("null");
            cells.push(format!("\"{}\"", cell.replace('"', "\"\"")));
        }
        let (out, more) = (chance.below(3), chance.below(2));
        let _ = writeln!(csv, "r{row},,{},o{out},{more}", cells.join(","));
    }
    let mut sidecar = format!("hit = \"{policy}\"\n");
    for (head, column) in heads.iter().zip(&columns) {
        let word = COLUMNS[*column].0.replace("list", "text");
        let _ = writeln!(sidecar, "[input.{head}]\ntype = \"{word}\"");
    }
    let table = Table::parse("t", &csv, Some(&sidecar));
    Random { table: table.expect("a random table is readable"), columns, names_null }
}

fn known(column: usize, chance: &mut Chance) -> Value {
    let number = i64::try_from(chance.below(14)).expect("small") - 2;
    let halves = Decimal::new(number * 5, 1);
    let text =
        |chance: &mut Chance| Value::Text((*chance.of(&["a", "b", "c", "d", "yes", "z"])).into());
    match COLUMNS[column].0 {
        "list" => Value::List((0..chance.below(4)).map(|_| text(chance)).collect()),
        "number" => Value::Number(halves),
        "bool" => Value::Bool(chance.below(2) == 0),
        "money" => Value::Money(halves * Decimal::ONE_HUNDRED),
        "date" => {
            Value::Date(Day::constant(2026, 1, i8::try_from(chance.below(7)).expect("small") + 1))
        }
        "time" => Value::Seconds(number * 43_200 + i64::from(chance.below(9) == 0)),
        "months" => Value::Months(number * 3),
        _ => text(chance),
    }
}

/// A fact that may be missing, in part missing, or of the wrong kind.
fn fact(column: usize, chance: &mut Chance) -> Value {
    match chance.below(16) {
        0..3 => Value::Null,
        3 => Value::Number(7.into()),
        4 if COLUMNS[column].0 == "list" => {
            Value::List(vec![known(0, chance), Value::Null, known(0, chance)])
        }
        _ => known(column, chance),
    }
}

/// The same facts with everything that was missing found out.
fn completed(
    facts: &BTreeMap<String, Value>,
    columns: &[usize],
    chance: &mut Chance,
) -> BTreeMap<String, Value> {
    let pairs = facts.iter().zip(columns).map(|((name, value), column)| {
        let value = match value {
            Value::Null => known(*column, chance),
            Value::List(items) => Value::List(
                items
                    .iter()
                    .map(|item| if item.is_null() { known(0, chance) } else { item.clone() })
                    .collect(),
            ),
            other => other.clone(),
        };
        (name.clone(), value)
    });
    pairs.collect()
}

fn run(seeds: std::ops::Range<u64>, facts_each: usize) {
    let mut answers = [0; 5];
    for seed in seeds {
        let chance = &mut Chance::new(seed);
        let Random { table, columns, names_null } = random(chance);
        for _ in 0..facts_each {
            let facts: BTreeMap<String, Value> = columns
                .iter()
                .enumerate()
                .map(|(nth, column)| (format!("c{nth}"), fact(*column, chance)))
                .collect();
            let (fast, slow) = (table.rule(&facts), table.rule_cell_by_cell(&facts));
            assert_eq!(fast, slow, "table {seed}: {facts:?}");
            in_bulk(&table, &facts, &fast, seed);
            answers[match fast.answer {
                Answer::Decided => 0,
                Answer::Undetermined => 1,
                Answer::NoRow => 2,
                Answer::Conflict => 3,
                Answer::Failed => 4,
            }] += 1;
            // A cell that names null asks whether the fact is missing; then finding it out matters.
            if !names_null {
                let completed = completed(&facts, &columns, chance);
                stays(&table, &facts, &completed, seed);
            }
        }
    }
    // Chance that never comes to an answer of some kind would prove little of it.
    assert!(answers.iter().all(|count| *count > facts_each * 10), "{answers:?}");
}

/// The same fact among columns, several times over, gets the same answer.
fn in_bulk(table: &Table, facts: &BTreeMap<String, Value>, ruling: &Ruling, seed: u64) {
    let Some(mut bulk) = Bulk::new(table) else { return };
    let classes: Option<Vec<u16>> =
        facts.values().enumerate().map(|(column, value)| bulk.class(column, value)).collect();
    let Some(classes) = classes else {
        assert_eq!(ruling.answer, Answer::Failed, "table {seed}: {facts:?}");
        return;
    };
    // Another class beside it must not show through.
    for column in 0..classes.len() {
        let _ = bulk.class(column, &Value::Null);
    }
    let columns: Vec<[u16; 3]> = classes.into_iter().map(|class| [class; 3]).collect();
    let columns: Vec<&[u16]> = columns.iter().map(<[u16; 3]>::as_slice).collect();
    let expect = match ruling.answer {
        Answer::Decided => BulkAnswer::Row(u32::try_from(ruling.rows[0]).expect("few rows")),
        Answer::Undetermined => BulkAnswer::Open,
        Answer::NoRow => BulkAnswer::NoRow,
        Answer::Conflict => BulkAnswer::Conflict,
        Answer::Failed => panic!("table {seed}: a value of another kind has no class: {facts:?}"),
    };
    assert_eq!(bulk.rule(&columns), [expect; 3], "table {seed}: {facts:?}");
}

/// What was decided, or fitted no row, stays so once everything is known.
fn stays(
    table: &Table,
    before: &BTreeMap<String, Value>,
    after: &BTreeMap<String, Value>,
    seed: u64,
) {
    let (open, known) = (table.evaluate(before), table.evaluate(after));
    let same = match (open.answer, known.answer) {
        (Answer::Decided, Answer::Decided) => open.outputs == known.outputs,
        // Two rows that fit once more is known are a mistake of the table, not of the answer.
        (Answer::Decided, Answer::Conflict) => matches!(table.policy, Policy::Unique | Policy::Any),
        (Answer::Decided, _) => false,
        (Answer::NoRow, now) => now == Answer::NoRow,
        _ => true,
    };
    assert!(same, "table {seed}: {before:?} → {open:?}\nbut {after:?} → {known:?}");
}

#[test]
fn compiled_and_naive_agree_and_decided_is_decided() {
    run(0..2_500, 12);
}

#[test]
#[ignore = "minutes; run by `make soak`"]
fn soak_compiled_and_naive_agree() {
    run(1_000_000..1_060_000, 20);
}
