//! What the journal keeps of a posting, so that `verify` sees what was done to the books behind
//! their back: changed rows, rows taken away or added, a quota raised by hand.

use base::TransactionId;
use ledger::{AccountState, Path};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the last journal entry of a command keeps of its postings.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Noted {
    /// Transactions with their digests.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) posted: BTreeMap<TransactionId, String>,
    /// Accounts that it opened, limited or closed, as they stand afterwards.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) accounts: BTreeMap<Path, Terms>,
}

impl Noted {
    pub(crate) fn is_empty(&self) -> bool {
        self.posted.is_empty() && self.accounts.is_empty()
    }
}

/// What may only change by a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Terms {
    pub(crate) counts: String,
    pub(crate) negative: bool,
    pub(crate) at_most: Option<i64>,
    pub(crate) closed: bool,
}

impl Terms {
    pub(crate) fn of(state: &AccountState) -> Self {
        let account = &state.account;
        Self {
            counts: account.commodity.to_string(),
            negative: account.limits.negative,
            at_most: account.limits.at_most,
            closed: state.closed,
        }
    }
}
