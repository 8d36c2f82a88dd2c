//! `docs/rulebook/dmn-cases.md`.

use super::run::{Folder, Outcome, REASONS};
use std::fmt::Write as _;

pub const HEAD: &str = "\
# Cases of the DMN kit

Written by the test `tck` of the rulebook from what happens; do not edit. The kit is the OMG
community's public Technology Compatibility Kit. Its level 2 lies in the repository, a selection of
level 3 beside it. Numbers are compared at ten significant digits.

A case *passes*, or it is *refused* (FEEL finds out when it runs, mostly by null; here the
checker says what is wrong before), or it is *outside* (a construct this closed language does not
have), or it *differs*, with the reason.
";

/// A level: how many of what, then every case by its number.
pub fn level(number: u8, folders: &[Folder]) -> String {
    let all = || folders.iter().flat_map(|folder| &folder.cases).map(|(_, outcome)| outcome);
    let count = |of: fn(&Outcome) -> bool| all().filter(|outcome| of(outcome)).count();
    let mut page = format!(
        "\n## Level {number}\n\n{} cases in {} folders: {} pass, {} are refused, {} are outside, \
         {} differ.\n\n| folder | cases | what becomes of them |\n|---|---|---|\n",
        all().count(),
        folders.len(),
        count(|o| matches!(o, Outcome::Passes)),
        count(|o| matches!(o, Outcome::Refused(_))),
        count(|o| matches!(o, Outcome::Outside(_))),
        count(|o| matches!(o, Outcome::Differs(_))),
    );
    for folder in folders {
        let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
        for (id, outcome) in &folder.cases {
            let text = text(folder, outcome);
            match groups.iter_mut().find(|(known, _)| *known == text) {
                Some((_, ids)) => ids.push(id),
                None => groups.push((text, vec![id])),
            }
        }
        if groups.is_empty() {
            let _ = writeln!(page, "| {} | | the kit has no cases here |", folder.name);
        }
        for (text, ids) in groups {
            let _ = writeln!(page, "| {} | {} | {text} |", folder.name, ids.join(" "));
        }
    }
    page
}

fn text(folder: &Folder, outcome: &Outcome) -> String {
    let plain = |text: &str| text.replace('|', "\\|").replace('\n', " ");
    match outcome {
        Outcome::Passes => "passes".to_owned(),
        Outcome::Refused(why) => format!("refused: {}", plain(why)),
        Outcome::Outside(why) => format!("outside: {}", plain(why)),
        Outcome::Differs(how) => {
            let reason = REASONS.iter().find(|(name, _)| *name == folder.name);
            format!("differs: {}; {}", plain(how), reason.map_or("", |(_, why)| *why))
        }
    }
}
