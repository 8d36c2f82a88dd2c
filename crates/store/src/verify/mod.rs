//! `verify`: walks journal, seals, case states, ledger and files, and names what does not fit. It
//! may run while the product serves.

mod chains;
mod credentials;
mod heads;
mod ledger;
mod measures;
mod people;
mod stock;
mod webhooks;

use crate::{Result, Store};
use base::Text;
use serde::{Deserialize, Serialize};

/// Sentences kept at the most; the rest is counted.
const MOST_PROBLEMS: usize = 100;

/// What `verify` found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifyReport {
    /// Journal entries walked.
    pub entries: u64,
    /// Chains walked.
    pub chains: u64,
    /// Seals checked.
    pub seals: u64,
    /// Entries not sealed yet.
    pub unsealed: u64,
    /// Cases compared with their last entry.
    pub cases: u64,
    /// Ledger transactions recomputed.
    pub transactions: u64,
    /// Ledger accounts compared with what was posted to them.
    pub accounts: u64,
    /// Totals of measures compared with what the journal counted.
    #[serde(default)]
    pub totals: u64,
    /// Subscriptions compared with what they were told.
    #[serde(default)]
    pub subscriptions: u64,
    /// Serials compared with their moves.
    pub serials: u64,
    /// Documents whose text was compared with its hash; erased ones cannot be.
    pub documents: u64,
    /// Files looked for.
    pub files: u64,
    /// Bytes on the disk that no row knows: uploads cut off by a crash.
    pub orphaned_files: u64,
    /// Document numbers drawn and never used: gaps, which are allowed.
    pub unused_numbers: i64,
    /// Head of the last seal, hexadecimal; keep it elsewhere.
    pub head: Option<String>,
    /// What does not fit, one sentence each; at most 100, the last says how many more.
    pub problems: Vec<Text>,
}

/// Collects problems without end of memory.
#[derive(Debug, Default)]
struct Problems {
    list: Vec<Text>,
    more: usize,
}

impl Problems {
    fn add(&mut self, zh: String, en: String) {
        if self.list.len() < MOST_PROBLEMS - 1 {
            self.list.push(Text::new(zh, en));
        } else {
            self.more += 1;
        }
    }

    fn done(mut self) -> Vec<Text> {
        if self.more > 0 {
            let more = self.more;
            self.list.push(Text::new(format!("还有 {more} 处"), format!("and {more} more")));
        }
        self.list
    }
}

impl Store {
    /// Walks everything; `expect` is a seal head noted earlier, which must still be in the chain.
    pub async fn verify(&self, expect: Option<&str>) -> Result<VerifyReport> {
        let mut report = VerifyReport::default();
        let mut problems = Problems::default();
        let bounds = self.ledger_bounds().await?;
        let counted = self.counted_bounds().await?;
        let mut chains = self.walk_journal(expect, counted, &mut report, &mut problems).await?;
        self.compare_heads(&mut chains, &mut report, &mut problems).await?;
        self.compare_people(&mut problems).await?;
        self.compare_credentials(&mut problems).await?;
        self.check_ledger(bounds, &mut chains, &mut report, &mut problems).await?;
        self.check_measures(counted, &mut chains, &mut report, &mut problems).await?;
        self.check_webhooks(&mut report, &mut problems).await?;
        self.check_documents(&mut report, &mut problems).await?;
        self.check_files(&mut report, &mut problems).await?;
        self.count_numbers(&mut report).await?;
        report.problems = problems.done();
        Ok(report)
    }
}
