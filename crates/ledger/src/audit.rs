//! Recomputing: what balances and custody must be, from nothing but what was posted.

use crate::custody::tracked;
use crate::{Key, Path, Serials, Transaction};
use base::TransactionId;
use std::collections::{BTreeMap, BTreeSet};

/// A difference between what is kept and what was posted; `verify` reports each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Drift {
    /// A kept balance is not the sum of its entries.
    Balance {
        /// The account.
        account: Path,
        /// The balance kept beside it.
        kept: i64,
        /// The sum of its entries.
        recomputed: i64,
    },
    /// A serial is kept at another account than the one it was last moved to.
    Holder {
        /// The part.
        part: Key,
        /// The serial.
        serial: Key,
        /// The account kept.
        kept: Option<Path>,
        /// Where its moves lead.
        recomputed: Option<Path>,
    },
    /// A serial left an account that did not hold it.
    Custody {
        /// The transaction.
        id: TransactionId,
        /// The serial.
        serial: Key,
    },
    /// A reversal without its original, not its exact opposite, of another reversal, or a second
    /// one.
    Reversal {
        /// The reversing transaction.
        id: TransactionId,
    },
}

/// Walks transactions in the order they were posted. It asks nothing of the balances kept, and does
/// not judge limits: those may have changed since.
#[derive(Debug, Default)]
pub struct Audit {
    balances: BTreeMap<Path, i64>,
    serials: Serials,
    reversed: BTreeSet<TransactionId>,
    drifts: Vec<Drift>,
}

impl Audit {
    /// Takes the next transaction. `original` is the one it reverses, when it reverses one.
    pub fn take(
        &mut self,
        id: TransactionId,
        transaction: &Transaction,
        original: Option<&Transaction>,
    ) {
        if let Some(of) = transaction.reverses() {
            let undoes = |o: &Transaction| o.reverses().is_none() && transaction.is_opposite_of(o);
            if !original.is_some_and(undoes) || !self.reversed.insert(of) {
                self.drifts.push(Drift::Reversal { id });
            }
        }
        for entry in transaction.entries() {
            *self.balances.entry(entry.account.clone()).or_default() += entry.change;
            if let Some((part, serial)) = tracked(entry)
                && entry.change < 0
                && self.serials.find(part, serial).is_some_and(|c| c.holder != entry.account)
            {
                self.drifts.push(Drift::Custody { id, serial: serial.clone() });
            }
        }
        self.serials.hand_over(id, transaction);
    }

    /// The balances recomputed so far.
    pub const fn balances(&self) -> &BTreeMap<Path, i64> {
        &self.balances
    }

    /// The custody recomputed so far.
    pub const fn serials(&self) -> &Serials {
        &self.serials
    }

    /// Everything that differs from the balances and holders kept. An account without entries
    /// must be kept at zero or not at all.
    pub fn compare<'a>(
        mut self,
        balances: impl IntoIterator<Item = (&'a Path, i64)>,
        holders: impl IntoIterator<Item = (&'a Key, &'a Key, &'a Path)>,
    ) -> Vec<Drift> {
        for (account, kept) in balances {
            let recomputed = self.balances.remove(account).unwrap_or(0);
            if kept != recomputed {
                self.drifts.push(Drift::Balance { account: account.clone(), kept, recomputed });
            }
        }
        for (account, recomputed) in self.balances {
            if recomputed != 0 {
                self.drifts.push(Drift::Balance { account, kept: 0, recomputed });
            }
        }
        let mut seen = BTreeSet::new();
        let differs = |part: &Key, serial: &Key, kept: Option<&Path>, found: Option<&Path>| {
            let (part, serial) = (part.clone(), serial.clone());
            Drift::Holder { part, serial, kept: kept.cloned(), recomputed: found.cloned() }
        };
        for (part, serial, kept) in holders {
            let found = self.serials.find(part, serial).map(|custody| &custody.holder);
            // A serial kept twice has two holders, one of which must be wrong.
            if !seen.insert((part, serial)) || found != Some(kept) {
                self.drifts.push(differs(part, serial, Some(kept), found));
            }
        }
        for (part, serial, custody) in self.serials.iter() {
            if !seen.contains(&(part, serial)) {
                self.drifts.push(differs(part, serial, None, Some(&custody.holder)));
            }
        }
        self.drifts
    }
}
