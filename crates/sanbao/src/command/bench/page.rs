//! The page of figures.

use super::load::Load;
use super::statements::Written;
use super::{machine, peer};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What was measured so far.
#[derive(Debug, Default)]
pub struct Page {
    figures: String,
    statements: String,
    peers: String,
}

impl Page {
    /// One figure: what, how much, and how it was measured.
    pub fn figure(&mut self, name: &str, value: impl AsRef<str>, how: impl AsRef<str>) {
        let _ = writeln!(self.figures, "| {name} | {} | {} |", value.as_ref(), how.as_ref());
    }

    /// A load as three figures.
    pub fn load(&mut self, name: &str, load: &Load, how: &str) {
        self.figure(&format!("{name}, per second"), format!("{:.0}", load.rate()), how);
        for percent in [50, 99] {
            let value = format!("{:.1} ms", load.percentile(percent));
            self.figure(&format!("{name}, p{percent}"), value, "the same");
        }
    }

    /// The statements of one process, by action.
    pub fn statements(&mut self, actions: &BTreeMap<String, Written>) {
        for (action, written) in actions {
            #[expect(clippy::cast_precision_loss, reason = "shown with one decimal")]
            let mean = written.statements as f64 / written.commands.max(1) as f64;
            let _ = writeln!(
                self.statements,
                "| `{action}` | {} | {mean:.1} | {} |",
                written.commands, written.most
            );
        }
    }

    /// A job beside the peer's.
    pub fn peer(&mut self, what: &str, ours: &Load, job: peer::Job) {
        self.peers.push_str(&peer::row(what, ours, job));
    }

    /// A cold start beside the peer's.
    pub fn peer_start(&mut self, seconds: f64) {
        let theirs = peer::START_SECONDS;
        let _ = writeln!(
            self.peers,
            "| stopped to ready | {seconds:.2} s | {theirs:.1} s, databases included | 1 / {:.1} |",
            theirs / seconds.max(0.001)
        );
    }

    /// Memory beside the peer's.
    pub fn peer_memory(&mut self, mib: u64) {
        let theirs = peer::MEMORY_MIB;
        let _ = writeln!(
            self.peers,
            "| memory after a start and a few requests | {mib} MiB | {theirs} MiB, all processes \
             | 1 / {} |",
            theirs / mib.max(1)
        );
    }

    /// The figures alone, as a section of the page.
    pub fn section(&self, heading: &str, about: &str) -> String {
        let mut section = format!("## {heading}\n\n{about}\n\n");
        self.measured(&mut section);
        section
    }

    /// Commit, machine and figures.
    fn measured(&self, page: &mut String) {
        if cfg!(debug_assertions) {
            page.push_str("**A trial run of a debug build: its speeds mean nothing.**\n\n");
        }
        for (name, text) in machine::lines() {
            let _ = writeln!(page, "- {name}: {text}");
        }
        page.push_str("\n| figure | measured | how |\n|---|---:|---|\n");
        page.push_str(&self.figures);
    }

    /// The whole page.
    pub fn text(&self) -> String {
        let mut page = String::from("# Performance\n\nWritten by `make bench`; do not edit.\n\n");
        self.measured(&mut page);
        page.push_str("\n## Statements per command\n\n");
        page.push_str(
            "One command is one transaction. What it writes, by action of the repair order, in\n\
             the demo and in the load above; the budget is 15.\n\n\
             | action | commands | statements, mean | most |\n|---|---:|---:|---:|\n",
        );
        page.push_str(&self.statements);
        page.push_str("\n## Beside another system\n\n");
        page.push_str(peer::NOTE);
        page.push_str("\n| job | Sanbao | ERPNext | proportion |\n|---|---:|---:|---:|\n");
        page.push_str(&self.peers);
        page
    }
}
