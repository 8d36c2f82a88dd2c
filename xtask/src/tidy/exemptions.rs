//! The list of exemptions. It may only shrink: an entry that is no longer needed, or whose number
//! is larger than what is measured, is itself a finding, and the list has a cap.

use crate::Finding;

/// The list, from the root.
pub const PATH: &str = "xtask/exemptions.txt";
/// How many exemptions there may be. Lower it when one is gone; never raise it.
pub const MAX_EXEMPTIONS: usize = 0;

/// One line of the list: `rule place number  reason`.
struct Exemption<'a> {
    line: usize,
    rule: &'a str,
    place: &'a str,
    number: usize,
    used: bool,
}

/// What remains of `findings` once the list is applied, with the findings about the list itself.
pub fn apply(list: &str, cap: usize, findings: Vec<Finding>) -> Vec<Finding> {
    let mut left = Vec::new();
    let mut exemptions = Vec::new();
    for (index, line) in list.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        match parse(index + 1, line) {
            Some(exemption) => exemptions.push(exemption),
            None => left.push(about_list(
                index + 1,
                format!("`{line}`: write `rule place number  reason`"),
            )),
        }
    }
    if exemptions.len() > cap {
        let sentence = format!("{} exemptions, at most {cap}: mend one instead", exemptions.len());
        left.push(about_list(0, sentence));
    }
    for finding in findings {
        let hit = exemptions
            .iter_mut()
            .find(|entry| entry.rule == finding.rule && entry.place == finding.place);
        match hit {
            Some(entry) if finding.measured <= entry.number => {
                entry.used = true;
                if finding.measured < entry.number {
                    let sentence =
                        format!("{} is at {} now: lower the number", entry.place, finding.measured);
                    left.push(about_list(entry.line, sentence));
                }
            }
            _ => left.push(finding),
        }
    }
    for entry in exemptions.iter().filter(|entry| !entry.used) {
        let sentence = format!("`{} {}` is not needed: delete the line", entry.rule, entry.place);
        left.push(about_list(entry.line, sentence));
    }
    left
}

fn parse(line: usize, text: &str) -> Option<Exemption<'_>> {
    let mut words = text.split_whitespace();
    let (rule, place) = (words.next()?, words.next()?);
    let number = words.next()?.parse().ok()?;
    words.next()?;
    Some(Exemption { line, rule, place, number, used: false })
}

fn about_list(line: usize, sentence: String) -> Finding {
    Finding::plain("exemption", PATH, line, sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn long(measured: usize) -> Finding {
        Finding {
            rule: "file-length",
            place: "a.rs".to_owned(),
            line: 1,
            measured,
            sentence: String::new(),
        }
    }

    fn check(list: &str, cap: usize, findings: Vec<Finding>, expect: &[&str]) {
        let got: Vec<_> = apply(list, cap, findings).iter().map(|f| f.rule).collect();
        assert_eq!(got, expect, "{list}");
    }

    #[test]
    fn the_list_only_shrinks() {
        check("# nothing\n", 0, vec![], &[]);
        check("file-length a.rs 600  one table", 1, vec![long(600)], &[]);
        check("file-length a.rs 600  one table", 1, vec![long(601)], &["file-length", "exemption"]);
        check("file-length a.rs 600  one table", 1, vec![long(550)], &["exemption"]);
        check("file-length a.rs 600  one table", 1, vec![], &["exemption"]);
        check("file-length a.rs 600  one table", 0, vec![long(600)], &["exemption"]);
        check("file-length a.rs 600", 1, vec![long(600)], &["exemption", "file-length"]);
    }
}
