//! What expressions give, and what becomes of missing facts.

use super::{facts, record, schema};
use crate::expr::{Expr, Scope, Type, Value};
use serde_json::json;

fn check(source: &str, shown: &str) {
    let expr = Expr::parse(source);
    assert_eq!(expr.syntax_error(), None, "{source}");
    assert_eq!(expr.eval(&facts()).to_string(), shown, "{source}");
}

/// Expressions over the facts, and what they give.
const VALUES: &[(&str, &str)] = &[
    ("1 + 2 * 3", "7"),
    ("(1 + 2) * 3", "9"),
    ("10 - 4 - 3", "3"),
    ("12 / 4 / 3", "1"),
    ("-2 * -3", "6"),
    ("0.1 + 0.2", "0.3"),
    ("1.5e3", "1500"),
    (".5 + 1", "1.5"),
    ("1 / 3 * 3 = 1", "false"),
    ("7 / 0", "null"),
    ("7 / (stars - stars)", "null"),
    ("79228162514264337593543950335 * 2", "null"),
    ("\"a\" + \"b\"", "ab"),
    ("\"\\u7535\\\"\\n\"", "电\"\n"),
    ("form.capacity.value", "58"),
    ("form.capacity.value < 60", "true"),
    ("form.capacity.value in [58..60)", "true"),
    ("form.capacity.value in (58..60]", "false"),
    ("form.capacity.value in (< 10, > 50)", "true"),
    ("form.capacity.value in (1, 2, [50..60])", "true"),
    ("form.capacity.value between 58 and 58", "true"),
    ("form.cause in [\"misuse\", \"impact\"]", "true"),
    ("form.cause in causes", "true"),
    ("not(form.cause in [])", "true"),
    ("form.cause != \"impact\"", "false"),
    ("[1, 2] = [1, 2]", "true"),
    ("[1, 2] = [2, 1]", "false"),
    ("form.technician.skills[2]", "motor"),
    ("form.technician.skills[-2]", "battery"),
    ("form.technician.skills[3]", "null"),
    ("form.technician.skills[0]", "null"),
    ("form.lines.amount", "[¥120.00, ¥40.01]"),
    ("sum(form.lines.amount)", "¥160.01"),
    ("sum(form.lines[item.payer = \"maker\"].amount)", "¥120.00"),
    ("sum(form.lines[item.payer = \"station\"].amount) = 0", "true"),
    ("sum([]) + 5 yuan", "¥5.00"),
    ("count(form.lines[item.genuine])", "2"),
    ("form.lines[2].quantity", "0.5"),
    ("form.lines[2].unit_price <= form.lines[2].list_price * 1.2", "false"),
    ("every l in form.lines satisfies l.genuine", "true"),
    ("some l in form.lines satisfies l.payer = form.cause", "false"),
    ("every l in [] satisfies l > 1", "true"),
    ("some l in [] satisfies l > 1", "false"),
    ("if late then \"a\" else \"b\"", "b"),
    ("if form.photos >= 3 then 1 else 2 + 1", "1"),
    ("invoice_date + 24 mo", "2027-01-10"),
    ("@\"2024-01-31\" + 1 mo", "2024-02-29"),
    ("invoice_date - 10 d", "2024-12-31"),
    ("invoice_date + 5 h", "null"),
    ("today - invoice_date", "680 d"),
    ("today - invoice_date > 2 y", "null"),
    ("now - opened_at", "1590 min"),
    ("now - opened_at <= 26.5 h", "true"),
    ("opened_at + 1 mo", "2026-12-19T23:00:00Z"),
    ("opened_at + 24 h < now", "true"),
    ("date(now) = today", "true"),
    ("@\"P15D\" = 15 d and @\"P2Y\" = 24 mo and @\"PT90M\" = 1.5 h", "true"),
    ("24 mo", "24 mo"),
    ("3 天 + 12 小时", "84 h"),
    ("12.5 yuan * 2 + ¥0.5", "¥25.50"),
    ("params.fee / 3", "¥16.67"),
    ("params.fee / (25 元)", "2"),
    ("round(params.fee / 3, 1)", "¥16.70"),
    ("round(-2.5)", "-3"),
    ("round(1250, -2)", "1300"),
    ("0 - params.fee < 0", "true"),
    ("max(form.lines.amount)", "¥120.00"),
    ("mean(form.lines.quantity)", "0.75"),
    ("months_between(@\"2026-01-31\", @\"2026-02-28\")", "1"),
    ("months_between(@\"2026-03-01\", @\"2026-02-28\")", "0"),
    ("contains(remark, \"客户\")", "true"),
    ("contains(causes, \"misuse\")", "false"),
    ("date(\"2026-02-30\")", "null"),
    ("1 // a comment\n + /* another */ 2", "3"),
    ("客户", "null"),
    ("10 ** 5", "100000"),
    ("10 ** -5", "0.00001"),
    ("5 + 2 ** 5 + 3", "40"),
    ("1.2 * 10 ** 3", "1200"),
    ("(-2) ** 3", "-8"),
    ("4 ** 0.5 between 1.9999999999 and 2.0000000001", "true"),
    ("(-4) ** 0.5", "null"),
    ("0 ** -1", "null"),
    ("0 ** 0", "1"),
    ("10 ** 40", "null"),
    ("2 ** 9223372036854775808", "null"),
    ("sqrt(2) * sqrt(2) between 1.9999999999 and 2.0000000001", "true"),
    ("sqrt(-1)", "null"),
    ("sqrt(79228162514264337593543950335) > 281474976710655", "true"),
    ("odd(1.5)", "null"),
    ("number(\"12a\")", "null"),
    ("median([])", "null"),
    ("median([3 d, 1 d])", "2 d"),
    ("product([])", "1"),
    ("sorted([2 d, 1 h])", "[1 h, 2 d]"),
    ("sorted([2, stars])", "null"),
    ("sublist([1, 2, 3], -2, 1)", "[2]"),
    ("sublist([1, 2, 3], 0)", "null"),
    ("sublist([1, 2, 3], 9)", "[]"),
    ("substring(\"foobar\", -2, 1)", "a"),
    ("substring(\"foobar\", 3, 3.8)", "oba"),
    ("substring(\"\\U01F40Efoo\", 2)", "foo"),
    ("length(\"\\uD83D\\uDCA9\")", "1"),
    ("substring_before(\"foobar\", \"x\")", ""),
    ("substring_after(\"foobar\", \"\")", "foobar"),
    ("split(\"abc\", \"\")", "null"),
    ("join([\"a\", \"b\"])", "ab"),
    ("replace(\"aaa\", \"\", \"x\")", "aaa"),
    ("index_of([1, 2], 3)", "[]"),
    ("round_up(-5.5)", "-6"),
    ("round_down(5.99 yuan, 1)", "¥5.90"),
    ("floor(-1.56, 1)", "-1.6"),
    ("round(1, -40)", "null"),
    ("5 in ((1..5), (5..9], 5)", "true"),
    ("5 in (5) + 1", "false"),
    ("true in (false or true)", "true"),
    ("6 in ((5) + 1, [1][1])", "true"),
    ("5 in [4, 5][2]", "true"),
];

#[test]
fn values() {
    for (source, shown) in VALUES {
        check(source, shown);
    }
}

#[test]
fn a_missing_fact_spreads_unless_the_rest_decides() {
    // `unset` is a missing yes/no, `stars` a missing number.
    for (source, shown) in [
        ("unset and true", "null"),
        ("unset and false", "false"),
        ("false and unset", "false"),
        ("unset or true", "true"),
        ("true or unset", "true"),
        ("unset or false", "null"),
        ("unset and unset", "null"),
        ("not(unset)", "null"),
        ("not(unset and false)", "true"),
        ("stars > 3", "null"),
        ("stars = 3", "null"),
        ("stars != 3", "null"),
        ("stars = stars", "null"),
        ("stars + 1", "null"),
        ("-stars", "null"),
        ("stars in [1, 2]", "null"),
        ("2 in [1, stars]", "null"),
        ("1 in [1, stars]", "true"),
        ("stars in [1..5]", "null"),
        ("3 in [1..stars]", "null"),
        ("0 in [1..stars]", "false"),
        ("0 between 1 and stars", "false"),
        ("stars = null", "true"),
        ("null = stars", "true"),
        ("stars != null", "false"),
        ("late = null", "false"),
        ("null = null", "true"),
        ("is_null(stars)", "true"),
        ("coalesce(stars, 1) < 2", "true"),
        ("if unset then 1 else 2", "2"),
        ("if unset then 1 else stars", "null"),
        ("some x in [1, stars] satisfies x > 0", "true"),
        ("some x in [0, stars] satisfies x > 0", "null"),
        ("every x in [0, stars] satisfies x > 0", "false"),
        ("every x in [1, stars] satisfies x > 0", "null"),
        ("some x in nowhere.lines satisfies x > 0", "null"),
        ("count(nowhere)", "null"),
        ("count([stars])", "1"),
        ("sum([1, stars])", "null"),
        ("max([1, stars])", "null"),
        ("max([])", "null"),
        ("all([false, unset])", "false"),
        ("any([false, unset])", "null"),
        ("[1, stars][item > 0]", "[1]"),
        ("nowhere.at.all", "null"),
        ("stars.x", "null"),
        ("length(stars)", "null"),
    ] {
        check(source, shown);
    }
}

#[test]
fn the_why_names_each_fact_read() {
    let expr = Expr::parse("form.capacity.value < 60 and stars > 1 and count(form.lines) > 0");
    let why: Vec<String> = expr
        .explain(&facts())
        .into_iter()
        .take(2)
        .map(|(path, value)| format!("{path} = {value}"))
        .collect();
    assert_eq!(why, ["form.capacity.value = 58", "stars = null"]);
    assert_eq!(expr.missing(&facts()), ["stars"]);
}

#[test]
fn scopes_stack_without_copying() {
    let form = Value::from_json(&json!({ "late": true }), &schema()).expect("a form");
    let facts = facts();
    let both = (&form as &dyn Scope, &facts as &dyn Scope);
    assert!(Expr::parse("late and form.photos = 3").eval(&both).is_true());
}

#[test]
fn json_goes_both_ways() {
    let of = record(&[
        ("quantity", Type::Quantity),
        ("amount", Type::Money),
        ("at", Type::Instant),
        ("on", Type::Date),
        ("pct", Type::Number),
        ("gone", Type::Bool),
    ]);
    let json = json!({ "quantity": 1500, "amount": 1999, "at": "2026-11-21T00:00:00Z",
        "on": "2026-11-21", "pct": 58.5, "gone": null, "extra": ["x", 1] });
    let value = Value::from_json(&json, &of).expect("of the type");
    assert_eq!(value.at(["quantity"]).to_string(), "1.5");
    assert_eq!(value.at(["amount"]).to_string(), "¥19.99");
    assert_eq!(
        value.to_json(&of),
        json!({ "amount": 1999, "at": "2026-11-21T00:00:00Z",
        "extra": ["x", 1], "gone": null, "on": "2026-11-21", "pct": 58.5, "quantity": 1500 })
    );

    let lines = record(&[("lines", super::list(record(&[("amount", Type::Money)])))]);
    let wrong = json!({ "lines": [{ "amount": 1 }, { "amount": "12" }] });
    let mismatch = Value::from_json(&wrong, &lines).expect_err("text is no amount");
    assert_eq!(mismatch.path, "lines.1.amount");
    assert_eq!(mismatch.sentence.en, "\"12\" is not an amount (a number of fen)");
}

/// Whether a value is of a type, or missing. An empty sum is a zero without unit.
pub(super) fn is_of(value: &Value, of: &Type) -> bool {
    match (value, of) {
        (Value::Null, _)
        | (_, Type::Any)
        | (Value::Bool(_), Type::Bool)
        | (Value::Number(_), Type::Number)
        | (Value::Money(_), Type::Money)
        | (Value::Text(_), Type::Text)
        | (Value::Date(_), Type::Date)
        | (Value::Instant(_), Type::Instant)
        | (Value::Seconds(_), Type::Seconds)
        | (Value::Months(_), Type::Months)
        | (Value::Record(_), Type::Record(_)) => true,
        (Value::Number(n), Type::Money | Type::Seconds | Type::Months) => n.is_zero(),
        (Value::Text(text), Type::Choice(keys)) => keys.iter().any(|key| key == text),
        (Value::List(items), Type::List(of)) => items.iter().all(|item| is_of(item, of)),
        _ => false,
    }
}

/// Every line of the manual that shows an expression and its value.
#[test]
fn the_manual_tells_the_truth() {
    let manual = include_str!("../../../../../docs/rulebook/expressions.md");
    let mut shown = 0;
    for line in manual.lines() {
        let mut cells = line.split(" | ").map(|cell| cell.trim_matches(['|', ' ']));
        let (Some(source), Some(value)) = (cells.next(), cells.next()) else { continue };
        if let Some(source) = source.strip_prefix('`').and_then(|s| s.strip_suffix('`')) {
            check(source, value);
            shown += 1;
        }
    }
    assert!(shown > 40, "{shown} lines");
}
