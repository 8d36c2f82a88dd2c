//! The compiled table answers as one that asks each cell in turn, on random tables and facts.

use crate::expr::Value;
use crate::table::fast::Matches;
use crate::table::{Table, Tri};
use proptest::prelude::*;
use proptest::sample::select;
use std::borrow::Cow;

/// Asks each cell of each row in turn.
fn naive(table: &Table, values: &[Cow<'_, Value>], first: bool) -> Result<Matches, usize> {
    for (nth, input) in table.inputs.iter().enumerate() {
        let refuses =
            |row: &crate::table::Row| row.tests[nth].holds(input.kind, &values[nth]).is_none();
        if table.rows.iter().any(refuses) {
            return Err(nth);
        }
    }
    let mut found = Matches::default();
    for (at, row) in table.rows.iter().enumerate() {
        let cells = row.tests.iter().zip(&table.inputs).zip(values);
        let fits = cells
            .map(|((test, input), value)| test.holds(input.kind, value).expect("of its kind"))
            .min();
        match fits.unwrap_or(Tri::Yes) {
            Tri::No => {}
            Tri::Unknown => found.maybe.push(at),
            Tri::Yes => {
                found.yes.push(at);
                if first {
                    break;
                }
            }
        }
    }
    Ok(found)
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn compiled_and_naive_agree(
        rows in proptest::collection::vec((cells(), 0..3_u8), 0..150),
        facts in proptest::collection::vec(facts(), 1..20),
        policy in select(vec!["first", "unique", "any", "collect"]),
    ) {
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
        let table = Table::parse("t", &csv, Some(&sidecar)).expect("a random table is readable");
        for values in &facts {
            let values: Vec<Cow<'_, Value>> = values.iter().map(Cow::Borrowed).collect();
            let first = policy == "first";
            let slow = naive(&table, &values, first);
            let fast = table.fast.matches(values.iter().map(AsRef::as_ref), first);
            prop_assert_eq!(&fast, &slow, "{}\n{:?}", csv, values);
        }
    }

    #[test]
    fn no_text_makes_reading_panic(csv in "(id,clause,a,→o\n)?[ -~→\"\n,|<>=\\[\\]().0-9天]{0,80}") {
        let _ = Table::parse("t", &csv, Some(&csv));
    }
}
