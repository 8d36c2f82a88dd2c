//! The kinds in each pack's `standard.md` are those of the requirement catalogue, where it is at
//! hand beside the repository; a clone without it says loudly that this was left out.

use crate::shop::{compiled, shop};
use std::collections::BTreeMap;
use std::path::Path;

/// Kind words of the catalogue, and those of `standard.md`.
const WORDS: &[(&str, &str)] = &[
    ("decision rule", "decision-rule"),
    ("deadline/SLA", "deadline"),
    ("process step/approval", "process-step"),
    ("form/document", "form"),
    ("role/permission", "role"),
    ("score/KPI", "score"),
    ("money/price/ledger", "money"),
    ("stock", "stock"),
    ("notification", "notification"),
    ("record/register", "record"),
    ("report", "report"),
    ("conduct", "conduct"),
];

/// Packs of the repository with the prefix of their clauses in the catalogue.
const PACKS: &[(&str, &str)] = &[("ebike-maker", "EB-")];

#[test]
fn clauses_and_kinds_are_those_of_the_catalogue() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let catalogue = root.join("../shared/requirements/requirements.tsv");
    let Ok(rows) = std::fs::read_to_string(&catalogue) else {
        eprintln!("LEFT OUT: no {} to compare the kinds of clauses with", catalogue.display());
        return;
    };
    let asked: BTreeMap<&str, &str> = rows
        .lines()
        .skip(1)
        .filter_map(|row| row.split_once('\t'))
        .map(|(id, rest)| (id, rest.split('\t').next().unwrap_or_default()))
        .collect();
    for (pack, prefix) in PACKS {
        let standard = root.join("rulebooks").join(pack).join("standard.md");
        let standard = std::fs::read_to_string(standard).expect("the pack has its standard");
        let written: BTreeMap<&str, &str> = standard
            .lines()
            .filter_map(|line| line.strip_prefix("### ")?.split_once(" · "))
            .collect();
        for (id, kind) in asked.iter().filter(|(id, _)| id.starts_with(prefix)) {
            let word = WORDS.iter().find(|(word, _)| kind.starts_with(word)).map(|(_, word)| word);
            assert_eq!(written.get(id), word, "{pack}: {id} is `{kind}` in the catalogue");
        }
    }
}

#[test]
fn what_a_pack_promises_to_carry_may_only_rise() {
    let promising = |least: u32| {
        let mut pack = shop();
        let info = pack.files.get_mut("rulebook.toml").expect("it has a head");
        let kept: Vec<_> = info.lines().filter(|line| !line.starts_with("min_coverage")).collect();
        let (head, rest) = kept.split_at(1);
        *info = format!("{}\nmin_coverage = {least}\n{}\n", head.join("\n"), rest.join("\n"));
        compiled(pack).release.expect("it is right")
    };
    let check = |before: u32, after: u32, expect: usize| {
        let found = rulebook::coverage::lowered(&promising(before), &promising(after));
        assert_eq!(found.len(), expect, "{before} to {after}: {found:?}");
    };
    check(1, 1, 0);
    check(1, 2, 0);
    check(2, 1, 1);
    check(1, 0, 1);
}
