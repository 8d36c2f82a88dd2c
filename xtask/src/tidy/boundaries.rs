//! What a crate may say in its source: the invariants of ARCHITECTURE.md that are about absence.

use crate::Finding;
use crate::repo::Source;

/// Crates whose results follow from their arguments alone.
pub const PURE_CRATES: [&str; 5] = ["base", "rulebook", "ledger", "engine", "simulator"];

/// What reaches the world outside, or waits for it.
const IMPURE_WORDS: [&str; 11] = [
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "std::io::stdin",
    "std::time::SystemTime",
    "std::time::Instant",
    "async fn ",
    "async move",
    ".await",
];

/// The only files that may read the host's clock or the process environment, each a single door.
const DOORS: [&str; 4] = [
    "crates/server/src/clock.rs",
    "crates/sanbao/src/",
    "crates/testkit/src/database.rs",
    "xtask/src/",
];

/// Checks one file.
pub fn check(file: &Source, findings: &mut Vec<Finding>) {
    if file.extension() != "rs" {
        return;
    }
    let folder = file.path.strip_prefix("crates/").and_then(|rest| rest.split('/').next());
    for (index, line) in file.text.lines().enumerate() {
        let code = line.split("//").next().unwrap_or(line);
        if folder.is_some_and(|name| name != "store")
            && let Some(statement) = sql(line)
        {
            let sentence = format!("`{statement}` is SQL: only `store` contains SQL");
            findings.push(Finding::plain("sql-outside-store", &file.path, index + 1, sentence));
        }
        if code.contains("clippy::disallowed_methods")
            && !DOORS.iter().any(|door| file.path.starts_with(door))
            && file.path.contains("/src/")
        {
            let sentence = "reads the clock or the environment; take it as an argument \
                            (the only doors are listed in xtask/src/tidy/boundaries.rs)";
            findings.push(Finding::plain("door", &file.path, index + 1, sentence.to_owned()));
        }
    }
    if folder.is_some_and(|name| PURE_CRATES.contains(&name)) && file.path.contains("/src/") {
        impure(file, findings);
    }
}

/// Words of the outside world before the file's tests, which may read fixtures.
fn impure(file: &Source, findings: &mut Vec<Finding>) {
    for (index, line) in file.text.lines().enumerate() {
        if line.trim() == "#[cfg(test)]" {
            return;
        }
        let code = line.split("//").next().unwrap_or(line);
        if let Some(word) = IMPURE_WORDS.iter().find(|word| code.contains(**word)) {
            let sentence =
                format!("`{}` in a pure crate: take the result as an argument", word.trim());
            findings.push(Finding::plain("impure", &file.path, index + 1, sentence));
        }
    }
}

/// The SQL statement a line begins inside a string, if any. Keywords count in capitals only, as
/// SQL is written here, so that English sentences stay free.
fn sql(line: &str) -> Option<&'static str> {
    let names = [
        ("SELECT ", ""),
        ("INSERT INTO ", ""),
        ("DELETE FROM ", ""),
        ("UPDATE ", " SET "),
        ("CREATE TABLE ", ""),
    ];
    names.iter().find_map(|(start, then)| {
        let at = line.find(start)?;
        let tail = &line[at + start.len()..];
        (then.is_empty() || tail.contains(then)).then_some(start.trim_end())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_rules(path: &str, text: &str, expect: &[&str]) {
        let mut findings = Vec::new();
        check(&Source::new(path, text), &mut findings);
        let got: Vec<_> = findings.iter().map(|f| f.rule).collect();
        assert_eq!(got, expect, "{path}: {text}");
    }

    #[test]
    fn sql_lives_in_the_store_only() {
        let statements = ["SELECT 1", "INSERT INTO cases", "DELETE FROM x", "UPDATE x SET y = 1"];
        for statement in statements {
            let text = format!("let q = \"{statement}\";");
            check_rules("crates/server/src/a.rs", &text, &["sql-outside-store"]);
            check_rules("crates/store/src/a.rs", &text, &[]);
        }
        check_rules("crates/server/src/a.rs", "/// Select one, or update and set it.", &[]);
    }

    #[test]
    fn pure_crates_stay_pure() {
        check_rules("crates/engine/src/a.rs", "use std::fs;", &["impure"]);
        check_rules("crates/engine/src/a.rs", "async fn x() {}", &["impure"]);
        check_rules("crates/engine/src/a.rs", "// unlike std::fs", &[]);
        check_rules("crates/engine/src/a.rs", "#[cfg(test)]\nuse std::fs;", &[]);
        check_rules("crates/engine/tests/a.rs", "use std::fs;", &[]);
        check_rules("crates/server/src/a.rs", "use std::fs;", &[]);
    }

    #[test]
    fn one_door_to_the_clock() {
        let text = "#![expect(clippy::disallowed_methods, reason = \"the clock\")]";
        check_rules("crates/server/src/clock.rs", text, &[]);
        check_rules("crates/server/src/api/cases/open.rs", text, &["door"]);
    }
}
