//! Money that a rule computes is money on a form.

use crate::shop::{compiled, edited, shown};

const REPAIR: &str = "processes/repair.toml";
const START: &str = "effects = [{ price = \"lines\" }, { print = \"order\" }]";
const SETS: &str = "effects = [{ price = \"lines\" }, \
    { set = \"total\", value = \"sum(form.lines.amount)\" }, { print = \"order\" }]";
const FIELD: &str = "\n[[field]]\nid = \"total\"\ntitle = { zh = \"合计\", en = \"Total\" }\n\
    kind = \"money\"\n";

#[test]
fn money_that_no_form_declares_is_a_finding() {
    let found = compiled(edited(REPAIR, START, SETS));
    let hit = found.findings.iter().find(|finding| finding.code == "undeclared-money");
    let hit = hit.unwrap_or_else(|| panic!("{}", shown(&found)));
    assert!(hit.sentence.en.contains("`total`") && hit.at.file.ends_with(REPAIR), "{hit:?}");

    let mut declared = edited(REPAIR, START, SETS);
    declared.files.get_mut("forms/intake.toml").expect("the form").push_str(FIELD);
    let found = compiled(declared);
    assert!(!found.has_errors(), "{}", shown(&found));
    // What is no money needs no field.
    let count = SETS.replace("sum(form.lines.amount)", "count(form.lines)");
    let found = compiled(edited(REPAIR, START, &count));
    assert!(!found.has_errors(), "{}", shown(&found));
}
