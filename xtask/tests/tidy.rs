//! The repository holds its own rules. A failure prints every finding, with its file and line.

use std::fs;

use xtask::{Finding, deps, repo, tidy};

fn none(findings: &[Finding]) {
    let lines: Vec<String> = findings.iter().map(Finding::to_string).collect();
    assert!(lines.is_empty(), "{} findings:\n{}", lines.len(), lines.join("\n"));
}

#[test]
fn the_sources_keep_the_house_rules() {
    let root = repo::root();
    let files = repo::sources(&root).expect("the repository can be read");
    assert!(files.iter().any(|file| file.path == "Cargo.toml"), "found no sources at all");
    let list = fs::read_to_string(root.join(tidy::exemptions::PATH)).expect("the list exists");
    let cap = tidy::exemptions::MAX_EXEMPTIONS;
    none(&tidy::exemptions::apply(&list, cap, tidy::check(&files)));
}

#[test]
fn the_crates_depend_only_on_what_they_may() {
    none(&deps::check(&repo::root()).expect("cargo tree answers"));
}
