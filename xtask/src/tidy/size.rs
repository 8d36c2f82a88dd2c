//! House numbers: what a reader can hold in the head.

use super::is_generated;
use crate::Finding;
use crate::repo::Source;

/// Lines of a Rust file.
const MAX_RUST_LINES: usize = 500;
/// Lines of a component file.
const MAX_TSX_LINES: usize = 250;
/// Lines of a Rust function, from `fn` to its closing brace.
const MAX_FUNCTION_LINES: usize = 70;
/// Characters of a line.
const MAX_LINE_CHARS: usize = 100;

/// Measures one file.
pub fn check(file: &Source, findings: &mut Vec<Finding>) {
    let extension = file.extension();
    if !matches!(extension, "rs" | "ts" | "tsx") || is_generated(&file.path) {
        return;
    }
    let lines: Vec<&str> = file.text.lines().collect();
    let limit = match extension {
        "rs" => MAX_RUST_LINES,
        "tsx" => MAX_TSX_LINES,
        _ => usize::MAX,
    };
    if lines.len() > limit {
        findings.push(Finding {
            rule: "file-length",
            place: file.path.clone(),
            line: lines.len(),
            measured: lines.len(),
            sentence: format!("{} lines, at most {limit}: find the seam and split", lines.len()),
        });
    }
    for (index, line) in lines.iter().enumerate() {
        let width = line.chars().count();
        if width > MAX_LINE_CHARS {
            findings.push(Finding {
                rule: "line-length",
                place: format!("{}:{}", file.path, index + 1),
                line: index + 1,
                measured: width,
                sentence: format!("{width} characters, at most {MAX_LINE_CHARS}"),
            });
        }
    }
    if extension == "rs" {
        for (name, start, length) in functions(&lines) {
            if length > MAX_FUNCTION_LINES {
                findings.push(Finding {
                    rule: "function-length",
                    place: format!("{}:{name}", file.path),
                    line: start + 1,
                    measured: length,
                    sentence: format!(
                        "`{name}` has {length} lines, at most {MAX_FUNCTION_LINES}: \
                         name its parts"
                    ),
                });
            }
        }
    }
}

/// Functions as (name, index of the first line, number of lines). The code is formatted by
/// rustfmt, so a function ends at the first closing brace with the indentation of its `fn`.
fn functions<'a>(lines: &[&'a str]) -> Vec<(&'a str, usize, usize)> {
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let Some(name) = function_name(line) else { continue };
        let indent = line.len() - line.trim_start().len();
        if line.ends_with(';') || line.ends_with('}') {
            continue;
        }
        for (offset, later) in lines[start + 1..].iter().enumerate() {
            let text = later.trim_start();
            if text.is_empty() || later.len() - text.len() != indent {
                continue;
            }
            if text.starts_with('}') {
                found.push((name, start, offset + 2));
                break;
            }
            if text.ends_with(';') {
                break;
            }
        }
    }
    found
}

fn function_name(line: &str) -> Option<&str> {
    let mut rest = line.trim_start();
    if rest.starts_with("pub(") {
        rest = rest.split_once(") ")?.1;
    }
    loop {
        let (word, tail) = rest.split_once(' ')?;
        match word {
            "pub" | "const" | "async" | "extern" | "default" | "unsafe" => rest = tail,
            "fn" => {
                let end = tail.find(|c: char| !c.is_alphanumeric() && c != '_');
                return Some(&tail[..end.unwrap_or(tail.len())]);
            }
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_rules(path: &str, text: &str, expect: &[(&str, usize)]) {
        let mut findings = Vec::new();
        check(&Source::new(path, text), &mut findings);
        let got: Vec<_> = findings.iter().map(|f| (f.rule, f.measured)).collect();
        assert_eq!(got, expect, "{path}");
    }

    fn function_of(lines: usize) -> String {
        let body = "        call();\n".repeat(lines - 2);
        format!("impl X {{\n    pub(crate) async fn long(\n        a: u8) {{\n{body}    }}\n}}\n")
    }

    #[test]
    fn numbers_at_the_limit_pass_and_one_more_does_not() {
        check_rules("a.rs", &"x\n".repeat(500), &[]);
        check_rules("a.rs", &"x\n".repeat(501), &[("file-length", 501)]);
        check_rules("a.tsx", &"x\n".repeat(251), &[("file-length", 251)]);
        check_rules("a.ts", &"x\n".repeat(900), &[]);
        check_rules("a.ts", &"字".repeat(100), &[]);
        check_rules("a.ts", &"字".repeat(101), &[("line-length", 101)]);
        check_rules("a.md", &"x".repeat(300), &[]);
        check_rules("a.rs", &function_of(69), &[]);
        check_rules("a.rs", &function_of(70), &[("function-length", 71)]);
    }

    #[test]
    fn declarations_without_a_body_are_no_functions() {
        let text =
            "trait T {\n    fn a(&self);\n    fn b(\n        x: u8,\n    );\n    fn c() {}\n}\n";
        check_rules("a.rs", &format!("{text}{}", "}\n".repeat(100)), &[]);
    }
}
