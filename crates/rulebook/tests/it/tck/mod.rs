//! The public DMN kit: models made elsewhere mean the same here. `docs/rulebook/dmn-cases.md` is
//! written from what happens and names each case: passes, or why it is outside.

mod case;
mod page;
mod run;
mod value;

use std::fs;
use std::path::{Path, PathBuf};

/// Level 2 of the kit, which every clone has.
fn vendored() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tck/compliance-level-2")
}

/// A selection of level 3, which lies beside the repository or nowhere.
fn beside() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/dmn-tck");
    let level = root.join("compliance-level-3");
    level.is_dir().then_some(level)
}

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/rulebook/dmn-cases.md");

/// Hit policies that order answers by their values; rows have an order here, values have none.
const OUTSIDE: [&str; 5] = [
    "0006-simpletable-P1",
    "0007-simpletable-P2",
    "0110-outputOrder-hitpolicy",
    "0113-outputOrder-hitpolicy-singleinoutcol",
    "0118-multi-priority-hitpolicy",
];

#[test]
fn level_2_passes_but_for_priority_and_the_orderings_of_outputs() {
    let folders = run::level(&vendored());
    assert_eq!(folders.len(), 28);
    for folder in &folders {
        for (id, outcome) in &folder.cases {
            let fine = match outcome {
                run::Outcome::Passes => !OUTSIDE.contains(&folder.name.as_str()),
                _ => OUTSIDE.contains(&folder.name.as_str()),
            };
            assert!(fine, "{} {id}: {outcome:?}", folder.name);
        }
    }
}

#[test]
fn the_page_names_each_case() {
    let second = page::level(2, &run::level(&vendored()));
    let third = beside().map(|level| page::level(3, &run::level(&level)));
    if third.is_none() {
        eprintln!("LEFT OUT: level 3 of the DMN kit is not at ../shared/data/dmn-tck");
    }
    let old = fs::read_to_string(PAGE).unwrap_or_default();
    let kept = old.find("\n## Level 3").map_or("", |at| &old[at..]);
    let new = format!("{}{second}{}", page::HEAD, third.as_deref().unwrap_or(kept));
    if old != new {
        fs::write(PAGE, &new).expect("the page can be written");
        panic!("docs/rulebook/dmn-cases.md was stale; it is written anew, look at what changed");
    }
}

/// What differs from the kit is known and has its reason; nothing differs silently.
#[test]
fn every_difference_has_its_reason() {
    let levels = [Some(vendored()), beside()];
    for folder in levels.iter().flatten().flat_map(|level| run::level(level)) {
        for (id, outcome) in &folder.cases {
            if let run::Outcome::Differs(how) = outcome {
                let known = run::REASONS.iter().any(|(name, ..)| *name == folder.name);
                assert!(known, "{} {id}: {how}", folder.name);
            }
        }
    }
}
