//! Divisions whose divisor may be zero.

use crate::expr::Expr;

#[test]
fn a_divisor_that_may_be_zero_needs_a_test_before_it() {
    for (marked, says) in [
        ("1 / ‸x", "as in if x != 0 then"),
        ("1 / (‸a.b)", "if a.b != 0"),
        ("1 / (‸x - 1)", "may be zero"),
        ("1 / ‸0", "may be zero"),
        ("modulo(7, ‸x)", "may be zero"),
        ("if x > 1 then 1 else 1 / ‸x", "may be zero"),
        ("if y != 0 then 1 / ‸x else 2", "may be zero"),
        ("if x >= 0 then 1 / ‸x else 2", "may be zero"),
        ("if x > 0 or y > 0 then 1 / ‸x else 2", "may be zero"),
        ("x != 0 and (some x in l satisfies 1 / ‸x > 2)", "may be zero"),
        ("if x between 0 and 9 then 1 / ‸x else 2", "may be zero"),
        ("max(x, 0) / 2 + 1 / ‸max(x, 0)", "may be zero"),
    ] {
        let at = marked.find('‸').expect("a test marks the place");
        let source = marked.replace('‸', "");
        let error = Expr::parse(&source).unguarded_division().expect(&source);
        assert_eq!((error.code, error.at), ("expr-unguarded-division", at), "{source}");
        assert!(error.sentence.en.contains(says), "{source}: {error:?}");
    }
}

#[test]
fn a_test_before_it_guards_a_division() {
    for source in [
        "1 / 2",
        "x / -2",
        "fee / (5 yuan)",
        "lines / 100 * 3",
        "if x != 0 then 1 / x else 0",
        "if x = 0 then 0 else 1 / x",
        "if a.b > 0 and y then 1 / a.b else 0",
        "if not(x > 0) then 0 else 1 / x",
        "if 0 < x then 1 / (x * 2) else 0",
        "if x <= 0 or y then 0 else 1 / x",
        "if x between 1 and 9 then 1 / -x else 0",
        "if x in [1..9] then 1 / x else 0",
        "if count(l) > 0 then sum(l) / count(l) else 0",
        "x > 0 and 1 / x > 2",
        "1 / x > 2 and x > 0",
        "x = 0 or 1 / x > 2",
        "1 / max(x, 1)",
        "coalesce(1 / x, 0)",
        "is_null(1 / x)",
        "1 / x = null",
        "some y in l satisfies y > 0 and 1 / y > 2",
        "modulo(x, 7)",
        "1 +",
    ] {
        assert_eq!(Expr::parse(source).unguarded_division(), None, "{source}");
    }
}
