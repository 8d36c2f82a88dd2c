//! What the checker says of an expression over the schema.

use super::schema;
use crate::expr::{Expr, Type};

#[test]
fn an_expression_has_a_type() {
    for (source, words) in [
        ("form.technician.certificate.valid", "yes or no"),
        ("form.cause = \"impact\"", "yes or no"),
        ("form.capacity.value < 60", "yes or no"),
        ("form.lines[1].quantity * 2", "a number"),
        ("sum(form.lines.amount)", "money"),
        ("sum(form.lines.quantity)", "a number"),
        ("sum(form.lines.amount) * 1.2 + 5 yuan", "money"),
        ("form.lines[item.payer = \"maker\"].amount", "a list of money"),
        ("sum(form.lines.amount) / params.fee", "a number"),
        ("today - invoice_date", "a length of time"),
        ("now - opened_at > 24 h", "yes or no"),
        ("invoice_date + 24 mo", "a day"),
        ("invoice_date + params.term >= today", "yes or no"),
        ("opened_at + 30 min", "an instant"),
        ("date(now) = today", "yes or no"),
        ("if late then 5 yuan else 0", "money"),
        ("if late then \"impact\" else \"misuse\"", "text"),
        ("if late then null else stars", "a number"),
        ("coalesce(stars, 0)", "a number"),
        ("coalesce(params.fee, 0) > 0", "yes or no"),
        ("[1, stars]", "a list of a number"),
        ("max(stars, 3)", "a number"),
        ("\"a\" + remark", "text"),
        ("open.what.ever = 5 and open < today", "yes or no"),
        ("not(late) or stars = null", "yes or no"),
        ("some c in causes satisfies c in [\"impact\", \"misuse\"]", "yes or no"),
        ("-(3 d) * 2", "a length of time"),
        ("\"a\" between \"b\" and remark", "yes or no"),
        ("form.cause < \"m\"", "yes or no"),
        ("24 mo / 2", "a length of months"),
        ("round(params.fee * 1.175, 1)", "money"),
        ("months_between(invoice_date, today)", "a number"),
        ("distinct(causes)", "a list of text"),
    ] {
        let found = Expr::parse(source).check(&schema());
        assert_eq!(found.map(|of| of.words().en), Ok(words.to_owned()), "{source}");
    }
}

#[test]
fn what_does_not_go_together_is_named_with_its_place() {
    for (marked, code, says) in [
        ("‸frm.cause = \"impact\"", "expr-unknown-name", "did you mean form?"),
        ("‸impact = form.cause", "expr-unknown-name", "Text needs quotes: \"impact\""),
        ("form‸.tecnician.certificate.valid", "expr-unknown-name", "did you mean technician?"),
        ("form.technician‸.name", "expr-unknown-name", "known are certificate, skills"),
        ("form.technician.certificate.valid‸.x", "expr-type", "is yes or no; .x cannot follow"),
        ("form.lines‸.prise", "expr-unknown-name", "form.lines has no prise"),
        ("‸item = 1", "expr-unknown-name", "only inside the filter"),
        ("form.lines[‸payer = item.payer]", "expr-unknown-name", "write item.payer"),
        ("some l in form.lines satisfies ‸genuine", "expr-unknown-name", "write l.genuine"),
        ("form.cause = ‸\"impct\"", "expr-unknown-key", "did you mean impact?"),
        ("‸\"rust\" = form.cause", "expr-unknown-key", "form.cause never is \"rust\""),
        ("form.cause in [\"impact\", ‸\"fall\"]", "expr-unknown-key", "never is \"fall\""),
        ("\"a\" ‸= \"b\"", "expr-unknown-key", "no key in common (a and b)"),
        ("form.cause ‸= form.lines[1].payer", "expr-unknown-key", "no key in common"),
        ("params.fee ‸> 50", "expr-type", "write money with its unit"),
        ("params.fee ‸+ 50", "expr-type", "write money with its unit"),
        ("today ‸= now", "expr-type", "date(…)"),
        ("today ‸> \"2026-11-21\"", "expr-type", "write a day as @"),
        ("now - opened_at ‸> 24", "expr-type", "as in 24 h"),
        ("params.term ‸> 30 d", "expr-type", "do not convert"),
        ("today ‸* 2", "expr-type", "a day * a number has no meaning"),
        ("today ‸+ invoice_date", "expr-type", "has no meaning"),
        ("stars ‸= \"3\"", "expr-type", "a number and text cannot be compared"),
        ("causes ‸= \"impact\"", "expr-type", "for lists use in, some or every"),
        ("‸causes in [\"impact\"]", "expr-type", "write some x in"),
        ("late ‸< true", "expr-type", "cannot be compared by <"),
        ("‸stars and late", "expr-type", "a condition answers yes or no"),
        ("late or ‸remark", "expr-type", "this is text"),
        ("not(‸stars)", "expr-type", "this is a number"),
        ("if ‸stars then 1 else 2", "expr-type", "a condition answers yes or no"),
        ("if late then 1 else ‸\"a\"", "expr-type", "one is a number, the other text"),
        ("‸-remark", "expr-type", "a minus stands before"),
        ("[1, ‸\"a\"]", "expr-type", "the items of a list are of one kind"),
        ("max(1, ‸late)", "expr-type", "the items of a list are of one kind"),
        ("‸stars[item > 1]", "expr-type", "a list should stand here"),
        ("some x in ‸late satisfies x", "expr-type", "a list should stand here"),
        ("form.lines[‸late]", "expr-type", "a position from 1"),
        ("form.lines[‸item.amount]", "expr-type", "a condition answers yes or no"),
        ("sum(‸causes)", "expr-arguments", "this is a list of text"),
        ("count(‸stars)", "expr-arguments", "`list` of count takes a list"),
        ("length(‸stars)", "expr-arguments", "takes text, this is a number"),
        ("days_between(invoice_date, ‸now)", "expr-arguments", "takes a day, this is an instant"),
        ("sqrt(‸params.fee)", "expr-arguments", "takes a number, this is money"),
        ("floor(‸remark)", "expr-arguments", "takes a number or money, this is text"),
        ("today ‸** 2", "expr-type", "a day ** a number has no meaning"),
        ("join(‸[1, 2])", "expr-arguments", "takes a list of texts"),
        ("concatenate‸(causes, [1])", "expr-type", "both branches"),
        ("coalesce‸(stars, late)", "expr-type", "both branches"),
    ] {
        let marked = marked.replacen("coalesce‸(", "‸coalesce(", 1);
        let marked = marked.replacen("concatenate‸(", "‸concatenate(", 1);
        let at = marked.find('‸').expect("a test marks the place");
        let source = marked.replace('‸', "");
        let error = Expr::parse(&source).check(&schema()).expect_err(&source);
        assert_eq!((error.code, error.at), (code, at), "{source}: {error:?}");
        assert!(error.sentence.en.contains(says), "{source}: {error:?}");
        assert!(error.sentence.zh.chars().any(|c| c > '\u{2e80}'), "{error:?}");
    }
}

#[test]
fn a_guard_must_be_a_condition() {
    let guard = |source: &str| Expr::parse(source).check_as(&schema(), &Type::Bool);
    assert_eq!(guard("late"), Ok(Type::Bool));
    assert!(guard("open").is_ok());
    let error = guard("stars").expect_err("a number");
    assert_eq!(error.sentence.en, "yes or no is asked for here, the expression gives a number");
}
