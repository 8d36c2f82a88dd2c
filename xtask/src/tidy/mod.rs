//! House rules that no compiler and no linter holds. They run as a test of this crate.

pub mod boundaries;
pub mod exemptions;
pub mod size;
pub mod words;

use crate::Finding;
use crate::repo::Source;

/// All findings in `files`, before exemptions.
pub fn check(files: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        size::check(file, &mut findings);
        words::check(file, &mut findings);
        boundaries::check(file, &mut findings);
    }
    findings
}

/// Whether a file is written by `cargo xtask codegen`; nobody reads those line by line.
pub fn is_generated(path: &str) -> bool {
    crate::codegen::TARGETS.contains(&path)
        || crate::codegen::FOLDERS.iter().any(|folder| path.starts_with(folder))
}
