//! `errors.toml` has every code that the product says, and none that nothing says any more.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use xtask::repo;

/// Folders in which every word with a hyphen is a code, but for [`OTHER_WORDS`].
const ALL_CODES: [&str; 4] = [
    "crates/rulebook/src",
    "crates/ledger/src/template",
    "crates/ledger/src/chart.rs",
    "crates/engine/src/warranty/below.rs",
];

/// Words with a hyphen that name something else: kinds of clauses and of what carries them.
const OTHER_WORDS: [&str; 12] = [
    "decision-rule",
    "kebab-case",
    "law-term",
    "process-step",
    "score-condition",
    "score-entry",
    "score-item",
    "script-step",
    "score-level",
    "table-row",
    "term-row",
    "term-trigger",
];

/// Whether a text is a code: words of small letters with hyphens between.
fn is_code(text: &str) -> bool {
    let word = |word: &str| {
        !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    text.contains('-')
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.split('-').all(word)
}

/// Quoted words of a source file, without its tests.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    code.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| line.split('"'))
}

fn sources() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    collect(&repo::root(), Path::new("crates"), &mut found);
    found
}

fn collect(root: &Path, at: &Path, found: &mut BTreeMap<String, String>) {
    let name = at.file_name().unwrap_or_default();
    if root.join(at).is_dir() {
        if name == "tests" {
            return;
        }
        for entry in fs::read_dir(root.join(at)).expect("a folder").flatten() {
            collect(root, &at.join(entry.file_name()), found);
        }
    } else if at.extension().is_some_and(|ending| ending == "rs") && name != "tests.rs" {
        let text = fs::read_to_string(root.join(at)).expect("a source file");
        found.insert(at.display().to_string(), text);
    }
}

fn registered() -> BTreeSet<String> {
    let text = fs::read_to_string(repo::root().join("errors.toml")).expect("the registry");
    let table: toml::Table = text.parse().expect("TOML");
    let codes = |kind: &toml::Value| -> Vec<String> {
        let entries = kind.as_array().expect("a list of codes");
        entries.iter().map(|e| e["code"].as_str().expect("a code").to_owned()).collect()
    };
    table.values().flat_map(codes).collect()
}

#[test]
fn every_code_a_check_says_is_registered() {
    let known = registered();
    let mut missing = BTreeSet::new();
    for (file, text) in sources() {
        if !ALL_CODES.iter().any(|folder| file.starts_with(folder)) {
            continue;
        }
        for word in quoted(&text).filter(|word| is_code(word)) {
            if !OTHER_WORDS.contains(&word) && !known.contains(word) {
                missing.insert(format!("{word} ({file})"));
            }
        }
    }
    assert!(missing.is_empty(), "write these into errors.toml: {missing:#?}");
}

#[test]
fn every_registered_code_is_said_somewhere() {
    let mut said = BTreeSet::new();
    for text in sources().values() {
        said.extend(quoted(text).map(str::to_owned));
    }
    let dead: Vec<_> = registered().into_iter().filter(|code| !said.contains(code)).collect();
    assert!(dead.is_empty(), "nothing says these codes of errors.toml: {dead:?}");
}
