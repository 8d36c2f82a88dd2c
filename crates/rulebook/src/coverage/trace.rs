//! What running the examples shows about each rule.

use super::PackCoverage;
use crate::model::Release;
use std::collections::BTreeSet;

/// What the traces of the examples show, by carrier path (`repair_order/assign/certified`): where a
/// rule made a difference, and where it was asked and made none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Traces {
    /// Rules that bit: a row that decided, a requirement that refused or was noted, a deadline
    /// that warned or broke, a step that was taken, a document that was made.
    pub bit: BTreeSet<String>,
    /// Rules that were asked and let pass.
    pub passed: BTreeSet<String>,
}

impl Traces {
    /// Adds what another run showed.
    pub fn join(&mut self, other: Self) {
        self.bit.extend(other.bit);
        self.passed.extend(other.passed);
    }

    /// Whether an example shows the clause: one of its carriers bit and, where a carrier can also
    /// let pass (a requirement, a row, a deadline, what a state has shown), did so in another.
    pub fn show(&self, release: &Release, clause: &str) -> bool {
        release.carriers.get(clause).is_some_and(|carriers| {
            carriers.iter().any(|carrier| {
                let gate = match carrier.kind.as_str() {
                    "require" | "deadline" | "approvals" | "heed" => true,
                    "table-row" => asks(release, &carrier.path),
                    _ => false,
                };
                self.bit.contains(&carrier.path) && (!gate || self.passed.contains(&carrier.path))
            })
        })
    }

    /// Corrects which enforced clauses lack an example, from what the traces show.
    pub fn apply(&self, release: &Release, pack: &mut PackCoverage) {
        pack.without_example =
            pack.enforced.iter().filter(|id| !self.show(release, id)).cloned().collect();
    }
}

/// Whether a row asks anything: a last row for all the rest never lets pass.
fn asks(release: &Release, path: &str) -> bool {
    let Some((table, row)) = path.split_once('/') else { return true };
    let row = release.tables.get(table).and_then(|table| table.named(row));
    row.is_none_or(|row| row.cells().any(|cell| !cell.is_empty()))
}
