//! What cannot be read: where, and what would be right.

use crate::expr::{Expr, builtins};

/// The caret in `marked` stands before the byte the error is about.
fn check(marked: &str, says: &str) {
    let at = marked.find('‸').expect("a test marks the place");
    let source = marked.replace('‸', "");
    let expr = Expr::parse(&source);
    let error = expr.syntax_error().unwrap_or_else(|| panic!("{source} was read"));
    assert_eq!((error.at, error.sentence.en.contains(says)), (at, true), "{source}: {error:?}");
    assert!(error.code.starts_with("expr-"), "{error:?}");
    assert!(error.sentence.zh.chars().any(|c| c > '\u{2e80}'), "{error:?}");
}

#[test]
fn a_slip_is_named_with_its_place_and_what_would_be_right() {
    for (marked, says) in [
        ("‸", "a value should stand here"),
        ("   ‸", "not the end"),
        ("a ‸== b", "write ="),
        ("a ‸<> b", "write !="),
        ("a ‸&& b", "write and"),
        ("a ‸|| b", "write or"),
        ("a ‸≥ 5", "write >="),
        ("f ‸（ a)", "write ("),
        ("a in [1‸，2]", "write ,"),
        ("a = ‸“x”", "write \""),
        ("a = ‸'x'", "write \""),
        ("a ‸# b", "means nothing"),
        ("a ‸% 2", "means nothing"),
        ("a ‸! b", "means nothing"),
        ("2 ‸^ 3", "write **"),
        ("-2 ‸** 2", "read in two ways"),
        ("2 ** 3 ‸** 2", "read in two ways"),
        ("a = ‸\"x", "does not end"),
        ("\"a‸\\q\"", "is followed by"),
        ("\"‸\\ud800\"", "is followed by"),
        ("‸/* a", "does not end"),
        ("a + ‸", "not the end"),
        ("a ‸b", "is too much"),
        ("a ‸not in [1]", "write not(x in"),
        ("not ‸a", "takes parentheses"),
        ("not(a‸", "not closed"),
        ("(a + 1‸", "not closed"),
        ("[1, 2‸", "not closed"),
        ("a[1‸", "not closed"),
        ("count(a‸", "not closed"),
        ("a.‸", "a name should stand"),
        ("a‸.1", "is too much"),
        ("if a ‸b else c", "`then` should stand here"),
        ("if a then b‸", "needs its `else`"),
        ("some ‸in a satisfies b", "a name should stand"),
        ("some x ‸a satisfies b", "`in` should stand here"),
        ("every x in a ‸b", "`satisfies` should stand here"),
        ("a between 1 ‸or 2", "`and` should stand here"),
        ("1 < a ‸< 5", "between"),
        ("[1‸..5]", "only behind `in`"),
        ("1‸..5", "only behind `in`"),
        ("a in [1..5‸", "range is not closed"),
        ("a in (1, ‸)", "a value should stand here"),
        ("a in ((b) ‸if then c else d)", "not closed"),
        ("@‸", "behind @"),
        ("@‸\"2026-02-30\"", "behind @"),
        ("@‸\"2026-11-21T08:00:00\"", "instant with its offset"),
        ("@‸\"P1M2D\"", "behind @"),
        ("a > ‸10 workday", "need a calendar"),
        ("a > ‸0.4 mo", "smaller unit"),
        ("‸12345678901234567890123456789012", "28 digits"),
        ("¥‸x", "must follow ¥"),
        ("‸cuont(a)", "did you mean count"),
        ("‸frobnicate(a)", "no function frobnicate"),
        ("‸round()", "write round(n, digits?)"),
        ("length(text‸: a)", "without names: length(text)"),
        ("‸length(a, b)", "write length(text)"),
        ("‸then", "a value should stand here"),
        ("‸{a: 1}", "records {…} are not written"),
    ] {
        let marked =
            if marked.contains('‸') { marked.to_owned() } else { format!("‸{marked}") };
        // Behind @ the place is that of the @ itself.
        check(&marked.replacen("@‸", "‸@", 1), says);
    }
}

#[test]
fn what_is_too_large_is_refused_and_not_evaluated() {
    let long = vec!["1"; 600].join(" + ");
    for source in ["(".repeat(5000), "-".repeat(5000), long, "if true then ".repeat(80)] {
        let expr = Expr::parse(&source);
        let error = expr.syntax_error().expect("too large");
        assert_eq!(error.code, "expr-too-large", "{error:?}");
    }
}

#[test]
fn paths_are_read_from_the_root_and_not_from_bound_names() {
    for (source, paths) in [
        ("form.technician.certificate.valid", "form.technician.certificate.valid"),
        ("a.b = 1 and a.b < c", "a.b c"),
        ("some l in data.lines satisfies l.amount > params.cap", "data.lines params.cap"),
        ("count(data.lines[item.payer = payer]) > 0", "data.lines payer"),
        ("every x in a satisfies some x in x.b satisfies x = y", "a y"),
        ("(a[1]).b + x.y", "a x.y"),
        ("if u then v else w in [p..q)", "u v w p q"),
        ("\"text\"", ""),
        ("a +", ""),
    ] {
        let found: Vec<String> =
            Expr::parse(source).paths().into_iter().map(|path| path.join(".")).collect();
        assert_eq!(found.join(" "), paths, "{source}");
    }
}

#[test]
fn every_built_in_has_a_call_that_says_what_it_does() {
    for builtin in builtins() {
        assert!(!builtin.zh.is_empty() && !builtin.en.is_empty(), "{}", builtin.name);
        let expr = Expr::parse(builtin.example.0);
        assert_eq!(expr.syntax_error(), None, "{}", builtin.name);
        let shown = expr.eval(&super::nothing()).to_string();
        assert_eq!(shown, builtin.example.1, "{}", builtin.name);
        expr.check(&super::record(&[])).expect("the example has types that go together");
    }
}
