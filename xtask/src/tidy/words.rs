//! Words that do not belong in the repository: open ends, other people's machines, and names that
//! say nothing.

use crate::Finding;
use crate::repo::Source;

/// Marks of work that was left open. Cut in two, so that this file passes its own check.
const OPEN_ENDS: [&str; 4] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("to", "do!("),
    concat!("unimpl", "emented!("),
];

/// First folders of paths that exist on one machine only.
const MACHINE_FOLDERS: [&str; 6] = ["home", "Users", "root", "tmp", "work", "farm"];

/// Names that say nothing about what a module is for.
const EMPTY_NAMES: [&str; 8] =
    ["utils", "util", "helpers", "helper", "common", "manager", "misc", "stuff"];

/// Checks one file.
pub fn check(file: &Source, findings: &mut Vec<Finding>) {
    module_name(file, findings);
    let is_code = matches!(file.extension(), "rs" | "ts" | "tsx" | "js" | "mjs" | "toml" | "html");
    for (index, line) in file.text.lines().enumerate() {
        if is_code && let Some(mark) = OPEN_ENDS.iter().find(|mark| has_word(line, mark)) {
            let sentence = format!("`{mark}` is left open: do it, or file an issue");
            findings.push(Finding::plain("open-end", &file.path, index + 1, sentence));
        }
        if let Some(folder) = MACHINE_FOLDERS.iter().find(|folder| has_path(line, folder)) {
            let sentence = format!("names a path below /{folder}, which other machines lack");
            findings.push(Finding::plain("machine-path", &file.path, index + 1, sentence));
        }
        attributes(file, index, line, findings);
    }
    if file.path.ends_with("package-lock.json") && file.text.contains("\"resolved\": \"http") {
        let sentence = "records download addresses; install with \
                        `npm config set omit-lockfile-registry-resolved true`";
        findings.push(Finding::plain("lock-address", &file.path, 0, sentence.to_owned()));
    }
}

fn module_name(file: &Source, findings: &mut Vec<Finding>) {
    let is_source = file.path.contains("/src/") || file.path.starts_with("web/");
    if !is_source || !matches!(file.extension(), "rs" | "ts" | "tsx") {
        return;
    }
    for part in file.path.split('/') {
        let stem = part.split('.').next().unwrap_or(part);
        if EMPTY_NAMES.contains(&stem) {
            let sentence = format!("`{stem}` says nothing: name it after what it is about");
            findings.push(Finding::plain("module-name", &file.path, 0, sentence));
        }
    }
}

/// `allow` outlives its cause in silence, an ignored test without a reason is a lost test.
fn attributes(file: &Source, index: usize, line: &str, findings: &mut Vec<Finding>) {
    if file.extension() != "rs" {
        return;
    }
    let text = line.trim_start();
    if text.starts_with("#[ignore]") {
        let sentence = "an ignored test says why: `#[ignore = \"…\"]`".to_owned();
        findings.push(Finding::plain("ignored-test", &file.path, index + 1, sentence));
    }
    if text.starts_with("#[allow(") || text.starts_with("#![allow(") {
        let sentence = "use `#[expect(lint, reason = \"…\")]`, which fails when stale".to_owned();
        findings.push(Finding::plain("allow", &file.path, index + 1, sentence));
    }
}

/// Whether `mark` stands in the line as a word of its own.
fn has_word(line: &str, mark: &str) -> bool {
    line.match_indices(mark).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + mark.len()..].chars().next();
        let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        !joins(before) && (mark.ends_with('(') || !joins(after))
    })
}

/// Whether the line names an absolute path that begins with `folder`.
fn has_path(line: &str, folder: &str) -> bool {
    let needle = format!("/{folder}/");
    line.match_indices(&needle).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        before.is_none_or(|c| c.is_whitespace() || "\"'`(=:[<,".contains(c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_rules(path: &str, line: &str, expect: &[&str]) {
        let mut findings = Vec::new();
        check(&Source::new(path, line), &mut findings);
        let got: Vec<_> = findings.iter().map(|f| f.rule).collect();
        assert_eq!(got, expect, "{path}: {line}");
    }

    #[test]
    fn open_ends() {
        for mark in OPEN_ENDS {
            check_rules("crates/x/src/a.rs", &format!("// {mark}) later"), &["open-end"]);
        }
        check_rules("crates/x/src/a.rs", "let todos = my_todo();", &[]);
        check_rules("docs/a.md", &format!("the word {} in a text", OPEN_ENDS[0]), &[]);
    }

    #[test]
    fn machine_paths() {
        for folder in MACHINE_FOLDERS {
            check_rules("docs/a.md", &format!("see /{folder}/me/x"), &["machine-path"]);
        }
        check_rules("web/src/a.ts", "import x from './features/desk/list'", &[]);
        check_rules("a.sh", "dir=${TMPDIR:-/tmp}", &[]);
    }

    #[test]
    fn names_and_attributes() {
        check_rules("crates/x/src/utils.rs", "", &["module-name"]);
        check_rules("web/src/shared/common/a.tsx", "", &["module-name"]);
        check_rules("rulebooks/common/rulebook.toml", "", &[]);
        check_rules("crates/x/src/a.rs", "#[ignore]", &["ignored-test"]);
        check_rules("crates/x/src/a.rs", "#[ignore = \"needs a device\"]", &[]);
        check_rules("crates/x/src/a.rs", "    #[allow(dead_code)]", &["allow"]);
    }
}
