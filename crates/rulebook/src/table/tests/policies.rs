//! Hit policies, kinds of cells, and how missing facts go with both.

use super::{facts, table};
use crate::table::Answer;
use serde_json::{Value as Json, json};

fn check(csv: &str, sidecar: &str, given: &Json, answer: Answer, shown: &str) {
    let hit = table(csv, sidecar).evaluate(&facts(given));
    let found = match answer {
        Answer::Decided => {
            let outputs: Vec<String> = hit.outputs.values().map(ToString::to_string).collect();
            outputs.join("/")
        }
        Answer::Undetermined => hit.missing.join(", "),
        _ => hit.problem.clone().expect("a sentence").en,
    };
    assert_eq!((hit.answer, found.as_str()), (answer, shown), "{given}");
}

#[test]
fn unique() {
    let csv = "id,clause,a,b,→out\nr1,,1,,x\nr2,,,2,y\nr3,,3,3,z\n";
    let sidecar = "hit = \"unique\"";
    for (given, answer, shown) in [
        (json!({ "a": 1, "b": 1 }), Answer::Decided, "x"),
        (json!({ "a": 2, "b": 2 }), Answer::Decided, "y"),
        (
            json!({ "a": 1, "b": 2 }),
            Answer::Conflict,
            "the rows r1, r2 of the table t contradict: a = 1, b = 2",
        ),
        (json!({ "a": 9, "b": 9 }), Answer::NoRow, "no row of the table t fits: a = 9, b = 9"),
        // The only row that fits is found, so that no other can.
        (json!({ "a": 1 }), Answer::Decided, "x"),
        (json!({ "a": 3 }), Answer::Undetermined, "b"),
        (json!({}), Answer::Undetermined, "a, b"),
    ] {
        check(csv, sidecar, &given, answer, shown);
    }
}

#[test]
fn any() {
    let csv = "id,clause,a,b,→out\nr1,,1,,x\nr2,,,2,x\nr3,,,3,y\n";
    let sidecar = "hit = \"any\"";
    for (given, answer, shown) in [
        (json!({ "a": 1, "b": 2 }), Answer::Decided, "x"),
        (
            json!({ "a": 1, "b": 3 }),
            Answer::Conflict,
            "the rows r1, r3 of the table t contradict: a = 1, b = 3",
        ),
        (json!({ "a": 1 }), Answer::Decided, "x"),
        (json!({ "a": 2 }), Answer::Undetermined, "b"),
    ] {
        check(csv, sidecar, &given, answer, shown);
    }
}

#[test]
fn collect() {
    let csv = "id,clause,points,→award\nr1,,>= 1,10\nr2,,>= 5,20.5\nr3,,>= 9,\n";
    for (aggregate, points, answer, shown) in [
        ("list", json!(6), Answer::Decided, "[10, 20.5]"),
        ("sum", json!(6), Answer::Decided, "30.5"),
        ("min", json!(6), Answer::Decided, "10"),
        ("max", json!(6), Answer::Decided, "20.5"),
        ("count", json!(6), Answer::Decided, "2"),
        ("list", json!(0), Answer::Decided, "[]"),
        ("sum", json!(0), Answer::Decided, "0"),
        ("count", json!(0), Answer::Decided, "0"),
        ("max", json!(0), Answer::Decided, "null"),
        // An output that is missing is missing in the sum too.
        ("sum", json!(9), Answer::Decided, "null"),
        ("sum", json!(null), Answer::Undetermined, "points"),
    ] {
        let sidecar = format!("hit = \"collect\"\naggregate = \"{aggregate}\"");
        check(csv, &sidecar, &json!({ "points": points }), answer, shown);
    }
}

#[test]
fn a_collect_table_may_say_what_holds_when_no_row_fits() {
    let csv = "id,clause,points,→award\nr1,,>= 1,10\nr2,,>= 5,20.5\n";
    for (aggregate, points, shown) in
        [("list", 0, "[5]"), ("sum", 0, "5"), ("max", 6, "20.5"), ("max", 0, "5")]
    {
        let sidecar = format!(
            "hit = \"collect\"\naggregate = \"{aggregate}\"\n[output.award]\notherwise = \"5\""
        );
        check(csv, &sidecar, &json!({ "points": points }), Answer::Decided, shown);
    }
}

#[test]
fn cells_ask_values_of_every_kind() {
    let first = |cell: &str, expr: &str, given: Json, shown: &str| {
        let csv =
            format!("id,clause,x,→out\nr1,,\"{}\",hit\nr2,,,miss\n", cell.replace('"', "\"\""));
        let sidecar = format!("[input.x]\nexpr = {expr:?}");
        check(&csv, &sidecar, &given, Answer::Decided, shown);
    };
    let day = json!({ "today": "2026-11-21", "sold": "2026-08-21" });
    for (cell, expr, shown) in [
        ("[30 d..90 d)", "today - sold", "miss"),
        ("[30 d..92 d]", "today - sold", "hit"),
        ("]92 d..100 d]", "today - sold", "miss"),
        ("三个月", "3 mo", "hit"),
        ("> 半年", "7 mo", "hit"),
        ("24个月", "2 y", "hit"),
        ("一年半", "18 mo", "hit"),
        ("[15天..三十天]", "15 d", "hit"),
        ("< 四十八小时", "2 d", "miss"),
        ("半个月", "15 d", "hit"),
        ("<= 24 h", "1 d", "hit"),
        ("2026-08-21", "sold", "hit"),
        ("[2026-08-01..2026-08-31]", "sold", "hit"),
        ("< 2026-08-21", "sold", "miss"),
        ("¥50..", "sold", "error"),
        ("> ¥50", "50.01 yuan", "hit"),
        ("[0..50 yuan]", "50 yuan", "hit"),
        ("[0..50 元)", "sum([])", "hit"),
        ("not(yes)", "sold < today", "miss"),
        ("是", "sold < today", "hit"),
        ("-5", "2 - 7", "hit"),
        ("not(< 0|> 100)", "60", "hit"),
        ("not(< 0|> 100)", "101", "miss"),
        ("1|[3..4]", "3.5", "hit"),
        ("null", "nothing", "hit"),
        ("null", "today", "miss"),
        ("not(null)", "today", "hit"),
        ("not(null)", "nothing", "miss"),
        ("a|null", "nothing", "hit"),
        ("not(a|null)", "\"b\"", "hit"),
        ("\"a|b\"", "\"a|b\"", "hit"),
        ("\"yes\"", "\"yes\"", "hit"),
        ("= a", "\"a\"", "hit"),
        ("-", "\"a\"", "hit"),
    ] {
        if shown != "error" {
            first(cell, expr, day.clone(), shown);
        }
    }
}

#[test]
fn declared_types_win_over_looks() {
    let csv = "id,clause,code,→level\nr1,,01|02,1\nr2,,,2\n";
    let sidecar = "[input.code]\ntype = \"text\"\n[output.level]\ntype = \"text\"";
    let hit = table(csv, sidecar).evaluate(&facts(&json!({ "code": "02" })));
    assert_eq!(hit.outputs["level"], crate::expr::Value::Text("1".into()));
}
