//! A rulebook that is right becomes a release.

use crate::shop::{compiled, edited, pack, shop, shown};

#[test]
fn a_right_pack_has_no_findings_and_holds_what_its_files_say() {
    let compiled = compiled(shop());
    assert_eq!(shown(&compiled), "");
    let release = compiled.release.expect("nothing is wrong with it");
    assert_eq!(release.processes["repair"].actions.len(), 3);
    assert_eq!(release.clauses[0].number, "1");
    assert_eq!(release.calendars["workdays"].years[&2026].holidays.len(), 2);
    assert_eq!(release.documents["order"].template.lines().count(), 4);
    assert_eq!(release.examples[0].at, "shop/examples/verdicts.toml:1");
}

#[test]
fn coverage_says_who_carries_each_clause() {
    let compiled = compiled(shop());
    let pack = &compiled.coverage.packs[0];
    assert_eq!(pack.enforced, ["SH-1", "SH-2", "SH-3a", "SH-3"]);
    assert_eq!(pack.people, ["SH-4"]);
    assert_eq!(pack.uncovered, [""; 0]);
    assert_eq!(pack.without_example, ["SH-2", "SH-3a"]);
    assert_eq!(compiled.coverage.findings, []);
    let release = compiled.release.expect("nothing is wrong with it");
    let carriers: Vec<_> = release.carriers["SH-3"].iter().map(|c| c.path.as_str()).collect();
    // The setting `markup_cap` names SH-3 too, but no rule reads it.
    assert_eq!(carriers, ["technician", "repair/assign/certified"]);
    assert_eq!(release.carriers["SH-2"][0].at, "shop/processes/repair.toml:80");
}

#[test]
fn an_uncovered_clause_is_a_note_and_an_error_under_coverage() {
    let compiled = compiled(edited("standard.md", "people: nobody", "Nobody"));
    assert!(compiled.release.is_some());
    assert_eq!(compiled.findings[0].code, "uncovered-clauses");
    let strict = &compiled.coverage.findings[0];
    assert_eq!((strict.code, strict.at.line), ("uncovered-clause", 31));
}

#[test]
fn a_release_is_named_by_its_text_and_not_by_its_folder() {
    let hash = |pack| compiled(pack).release.expect("nothing is wrong with it").hash;
    let first = hash(shop());
    assert_eq!(first.len(), 64);
    let mut elsewhere = shop();
    elsewhere.dir = "some/where/shop".into();
    assert_eq!(hash(elsewhere), first);
    assert_ne!(hash(edited("processes/repair.toml", "24 h", "25 h")), first);
    // Known answer: a change of it makes every pinned release unknown.
    let info = "id = \"a\"\ntitle = { zh = \"甲\", en = \"A\" }\nversion = \"1.0.0\"\n";
    assert_eq!(&hash(pack("a", &[("rulebook.toml", info)]))[..12], "7fb22a2eaffc");
}

#[test]
fn each_rule_can_be_taken_away_by_itself() {
    let release = compiled(shop()).release.expect("nothing is wrong with it");
    let mutants: Vec<_> = rulebook::mutants::mutants(&release).collect();
    let paths: Vec<_> = mutants.iter().map(|m| m.carrier.path.as_str()).collect();
    assert_eq!(paths, ["order", "repair/assign/certified", "repair/assign_24h", "term/tube"]);
    let repair = |nth: usize| &mutants[nth].release.processes["repair"];
    assert_eq!(repair(0).start.effects.len(), 1);
    assert!(repair(1).action("assign").is_some_and(|a| a.requires.is_empty()));
    assert!(repair(2).deadlines.is_empty());
    assert!(mutants[3].release.term_rows.is_empty());
    assert_eq!(mutants[3].clauses, ["SH-1"]);
}

#[test]
fn a_release_is_compiled_again_from_its_own_text() {
    let first = compiled(shop()).release.expect("nothing is wrong with it");
    let again = rulebook::compile(&first.sources).release.expect("it was right before");
    assert_eq!(again.hash, first.hash);
    assert_eq!(again.processes, first.processes);
}
