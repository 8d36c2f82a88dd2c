//! The legal floor beside a company's rules: what a law pack has to say of itself, and that its
//! shop to try it with gives way to a company.

use crate::shop::{pack, shop, shown};
use rulebook::model::Standing;
use rulebook::{Compiled, PackSource};

const INFO: &str = r#"
id = "law"
title = { zh = "法律", en = "Law" }
version = "2.0.0"
owns = ["law"]
clause_prefix = "LAW"

[[parameter]]
id = "agreed"
title = { zh = "已约定", en = "Agreed" }
kind = "bool"
value = true
clause = ["LAW-1"]
"#;
const STANDARD: &str =
    "# L\n\n## 法 | Law\n\n### LAW-1 · decision-rule\n> 七日内退货\n\nReturn within seven days.\n";
const RULES: &str = r#"
[suspension]
status = "agreed"
source = "某法第八条，1995-08-25"
clause = ["LAW-1"]

[[trigger]]
id = "twice"
title = { zh = "两次", en = "Twice" }
counts = "repairs"
limit = 2
remedy = "exchange"
status = "verify"
source = "某法第十一条，1995-08-25"
clause = ["LAW-1"]
"#;
const FLOOR: &str = "id,clause,class,days_since_receipt,→remedy,→payer,→status,→source\n\
                     week,LAW-1,main,<= 7,refund,maker,holds,某法第九条\n";
const COLLECT: &str = "hit = \"collect\"\n";
const TERMS: &str = "id,clause,component,fault,duration,status,source\n\
                     tube,LAW-1,inner_tube,,一年,verify,某法\n";
const OWN: &str = "id,title_zh,title_en,clause\ncar,汽车,Car,\n";

fn law(change: &[(&str, &str)]) -> PackSource {
    let files = [
        ("rulebook.toml", INFO),
        ("standard.md", STANDARD),
        ("law.toml", RULES),
        ("tables/floor.csv", FLOOR),
        ("tables/floor.toml", COLLECT),
        ("tables/floor_term.csv", TERMS),
        ("catalog/products.csv", OWN),
    ];
    let mut all: Vec<(&str, &str)> = files.to_vec();
    for (name, text) in change {
        all.retain(|(known, _)| known != name);
        all.push((name, text));
    }
    pack("law", &all)
}

fn both(law: PackSource) -> Compiled {
    rulebook::compile(&[shop(), law])
}

#[test]
fn the_law_stands_beside_the_company_and_its_own_shop_gives_way() {
    let compiled = both(law(&[]));
    assert_eq!(shown(&compiled), "");
    let release = compiled.release.expect("nothing is wrong");
    let ids: Vec<_> = release.packs.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(ids, ["law", "shop"], "the company stays the last");
    assert!(!release.catalog.products.contains_key("car"));
    assert!(!release.tables.contains_key("floor"));
    let law = release.law.as_ref().expect("the law is there");
    assert_eq!(law.packs, [("law".to_owned(), "2.0.0".to_owned())]);
    assert_eq!((law.terms.len(), law.rules.triggers.len()), (1, 1));
    assert_eq!(law.floor.as_ref().map(rulebook::table::Table::len), Some(1));
    let alone = rulebook::compile(&[self::law(&[])]).release.expect("nothing is wrong");
    assert!(alone.catalog.products.contains_key("car"));
}

#[test]
fn a_status_is_a_word_or_hangs_on_a_setting() {
    let release = both(law(&[])).release.expect("nothing is wrong");
    for (status, standing) in [
        ("holds", Standing::Holds),
        ("verify", Standing::Verify),
        ("agreed", Standing::Holds),
        ("unknown", Standing::Verify),
    ] {
        assert_eq!(Standing::of(status, &release.parameters), standing, "{status}");
    }
}

#[test]
fn a_rule_of_the_law_names_its_source_and_a_status_that_is_known() {
    for (file, text, code) in [
        ("law.toml", RULES.replace("某法第八条，1995-08-25", ""), "law-source"),
        ("law.toml", RULES.replace("\"verify\"", "\"maybe\""), "law-status"),
        ("law.toml", RULES.replace("limit = 2", "limit = 0"), "trigger-limit"),
        ("law.toml", RULES.replace("\"exchange\"", "\"gift\""), "unknown-word"),
        ("tables/floor.toml", COLLECT.replace("collect", "first"), "law-floor"),
        ("tables/floor.csv", FLOOR.replace(",holds,", ",perhaps,"), "law-status"),
        ("tables/floor_term.csv", TERMS.replace(",verify,某法", ",verify,"), "law-source"),
    ] {
        let compiled = both(law(&[(file, &text)]));
        let codes: Vec<_> = compiled.findings.iter().map(|finding| finding.code).collect();
        assert!(codes.contains(&code), "{file}: {code} is not among {codes:?}");
        assert!(compiled.release.is_none(), "{code}");
    }
}

#[test]
fn a_law_that_changes_is_told_by_the_comparison_of_two_releases() {
    let old = both(law(&[])).release.expect("nothing is wrong");
    let (floor, rules) = (FLOOR.replace("<= 7", "<= 15"), RULES.replace("limit = 2", "limit = 3"));
    let terms = TERMS.replace("一年", "二年");
    let changed = law(&[
        ("tables/floor.csv", &floor),
        ("law.toml", &rules),
        ("tables/floor_term.csv", &terms),
    ]);
    let new = both(changed).release.expect("nothing is wrong");
    let told = format!("{:?}", rulebook::diff::diff(&old, &new));
    for part in ["<= 15", "law/twice", "law/tube"] {
        assert!(told.contains(part), "{part} is not in {told}");
    }
}
