//! What the checker claims holds for random facts, and no text makes reading panic.

use crate::Level;
use crate::expr::{Type, Value};
use crate::table::{Table, check};
use proptest::prelude::*;
use proptest::sample::select;
use std::borrow::Cow;
use std::collections::BTreeMap;

type Cells = ((String, String, String, String), u8);

fn random_table(rows: &[Cells], policy: &str) -> Table {
    let mut csv = String::from("id,clause,a,b,c,d,→out\n");
    for (at, ((a, b, c, d), out)) in rows.iter().enumerate() {
        let quoted = [a, b, c, d].map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
        let cells = quoted.join(",");
        csv += &["r", &at.to_string(), ",,", &cells, ",o", &out.to_string(), "\n"].concat();
    }
    let sidecar = format!(
        "hit = \"{policy}\"\n[input.a]\ntype=\"text\"\n[input.b]\ntype=\"number\"\n\
         [input.c]\ntype=\"bool\"\n[input.d]\ntype=\"text\""
    );
    Table::parse("t", &csv, Some(&sidecar)).expect("a random table is readable")
}

const KEYS: [&str; 12] =
    ["", "", "a", "b", "a|b", "not(a)", "not(a|c)", "null", "a|null", "not(null)", "d", "\"yes\""];
const NUMBERS: [&str; 14] = [
    "",
    "",
    "< 3",
    "<= 3",
    "> 3",
    ">= 3",
    "3",
    "[1..3)",
    "(1..3]",
    "1|5",
    "not(3)",
    "not([2..4])",
    "null",
    "> 4|null",
];
const BOOLS: [&str; 6] = ["", "", "yes", "no", "not(yes)", "null|no"];

fn cells() -> impl Strategy<Value = (String, String, String, String)> {
    let pick = |from: &'static [&'static str]| select(from.to_vec()).prop_map(str::to_owned);
    (pick(&KEYS), pick(&NUMBERS), pick(&BOOLS), pick(&KEYS))
}

fn text() -> impl Strategy<Value = Value> {
    select(vec!["a", "b", "c", "d", "yes", "z"]).prop_map(|key| Value::Text(key.into()))
}

fn texts() -> impl Strategy<Value = Value> {
    let item = prop_oneof![5 => text(), 1 => Just(Value::Null)];
    proptest::collection::vec(item, 0..4).prop_map(Value::List)
}

fn facts() -> impl Strategy<Value = Vec<Value>> {
    let null = || Just(Value::Null);
    let odd = || Just(Value::Number(7.into()));
    let number = (0..12_i64).prop_map(|n| Value::Number(rust_decimal::Decimal::new(n * 5, 1)));
    let yes = any::<bool>().prop_map(Value::Bool);
    (
        prop_oneof![12 => text(), 4 => texts(), 3 => null(), 1 => odd()],
        prop_oneof![12 => number, 3 => null(), 1 => text()],
        prop_oneof![12 => yes, 3 => null(), 1 => odd()],
        prop_oneof![6 => text(), 6 => texts(), 3 => null()],
    )
        .prop_map(|(a, b, c, d)| vec![a, b, c, d])
}

/// Fewer than proptest's own 256, unless `PROPTEST_CASES` asks for another number.
fn cases() -> u32 {
    match ProptestConfig::default().cases {
        256 => 150,
        asked => asked,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]
    #[test]
    fn no_text_makes_reading_panic(csv in "(id,clause,a,→o\n)?[ -~→\"\n,|<>=\\[\\]().0-9天]{0,80}") {
        let _ = Table::parse("t", &csv, Some(&csv));
    }

    /// What the checker claims of rows and gaps holds for random facts.
    #[test]
    fn the_checker_is_right(
        rows in proptest::collection::vec((cells(), 0..3_u8), 1..12),
        facts in proptest::collection::vec(facts(), 60),
        policy in select(vec!["first", "unique", "any"]),
    ) {
        let table = random_table(&rows, policy);
        let found = check(&table, &scope(), &BTreeMap::new());
        let says = |code: &str| found.iter().filter(|f| f.code == code).collect::<Vec<_>>();
        let searched = found.iter().all(|f| f.level == Level::Note || SEARCHED.contains(&f.code));
        prop_assert!(searched && says("table-search-gave-up").is_empty(), "{:?}", found);
        for values in &facts {
            let values: Vec<Cow<'_, Value>> = values.iter().map(Cow::Borrowed).collect();
            let Ok(matches) = table.matches_cell_by_cell(&values, false) else { continue };
            // Facts that are known in part, or not of the column's type, are no corner of a box.
            let listed = matches!(&*values[0], Value::List(_));
            if listed || !matches.maybe.is_empty() || values.iter().any(|v| has_null(v)) {
                continue;
            }
            if matches.yes.is_empty() {
                prop_assert_eq!(says("table-gap").len(), 1, "{:?}", values);
            }
            if policy == "unique" && matches.yes.len() > 1 {
                prop_assert!(!says("table-overlap").is_empty(), "{:?}", values);
            }
            if let (Some(first), "first") = (matches.yes.first(), policy) {
                let line = table.rows[*first].line;
                let dead = says("table-row-never-fires").iter().any(|f| f.at.line == line);
                prop_assert!(!dead, "line {} fires for {:?}", line, values);
            }
        }
    }
}

/// Codes of the search, as against those of wrong types and keys.
const SEARCHED: [&str; 4] =
    ["table-gap", "table-overlap", "table-row-never-fires", "table-never-matches"];

fn scope() -> Type {
    let keys = ["a", "b", "c", "d", "yes", "z"].map(str::to_owned).to_vec();
    let fields = [
        ("a", Type::Text),
        ("b", Type::Number),
        ("c", Type::Bool),
        ("d", Type::List(Box::new(Type::Choice(keys)))),
    ];
    Type::Record(fields.into_iter().map(|(name, of)| (name.to_owned(), of)).collect())
}

fn has_null(value: &Value) -> bool {
    match value {
        Value::List(items) => items.iter().any(Value::is_null),
        value => value.is_null(),
    }
}
