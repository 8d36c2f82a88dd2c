//! The whole ledger in memory: the model that tests, the simulator and the store are held to.

use crate::custody::tracked;
use crate::{Account, AccountState, Audit, Code, Custody, Drift, Key, Path, Refused};
use crate::{Serials, Transaction};
use base::TransactionId;
use std::collections::BTreeMap;

/// What a command did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was done.
    Executed,
    /// It had been done before, exactly so: nothing changed.
    Ignored,
}

/// Accounts, what was posted to them, and who holds each serial. A refused command changes nothing.
#[derive(Debug, Clone, Default)]
pub struct Book {
    accounts: BTreeMap<Path, AccountState>,
    transactions: BTreeMap<TransactionId, Transaction>,
    order: Vec<TransactionId>,
    reversed_by: BTreeMap<TransactionId, TransactionId>,
    serials: Serials,
}

impl Book {
    /// An empty book.
    pub fn new() -> Self {
        Self::default()
    }

    /// A book of no more than one posting touches: its accounts, the serials it moves, what it
    /// reverses and what reversed that. [`post`](Self::post) answers as the whole book would, which
    /// is how the store judges rows it has read; [`verify`](Self::verify) needs the whole.
    pub fn load(
        accounts: impl IntoIterator<Item = AccountState>,
        serials: Serials,
        posted: impl IntoIterator<Item = (TransactionId, Transaction)>,
    ) -> Self {
        let mut book = Self { serials, ..Self::default() };
        for state in accounts {
            book.accounts.insert(state.account.path.clone(), state);
        }
        for (id, transaction) in posted {
            book.record(id, transaction);
        }
        book
    }

    fn record(&mut self, id: TransactionId, transaction: Transaction) {
        if let Some(original) = transaction.reverses() {
            self.reversed_by.insert(original, id);
        }
        self.transactions.insert(id, transaction);
        self.order.push(id);
    }

    /// Opens an account. One that exists and counts the same is left as it is, limits and all: what
    /// a later release says of new accounts does not reach back.
    pub fn open(&mut self, account: Account) -> Result<Outcome, Refused> {
        if let Some(known) = self.accounts.get(&account.path) {
            let same = known.account.commodity == account.commodity;
            return match (known.closed, same) {
                (true, _) => Err(Refused::about(Code::AccountClosed, account.path.as_str())),
                (_, false) => Err(Refused::about(Code::AccountDiffers, account.path.as_str())),
                _ => Ok(Outcome::Ignored),
            };
        }
        if account.limits.at_most.is_some_and(|most| most < 0) {
            return Err(Refused::about(Code::LimitNegative, account.path.as_str()));
        }
        self.accounts.insert(account.path.clone(), AccountState::new(account));
        Ok(Outcome::Executed)
    }

    /// Sets or lifts what an account holds at most (配额). A balance above the new limit stays.
    pub fn limit(&mut self, path: &Path, at_most: Option<i64>) -> Result<Outcome, Refused> {
        let state = self.open_account(path)?;
        if at_most.is_some_and(|most| most < 0) {
            return Err(Refused::about(Code::LimitNegative, path.as_str()));
        }
        let before = std::mem::replace(&mut state.account.limits.at_most, at_most);
        Ok(if before == at_most { Outcome::Ignored } else { Outcome::Executed })
    }

    /// Closes an account for good, which must stand at zero: the float of a year, a region that
    /// stops (EB-3.2b, EB-3.2c).
    pub fn close(&mut self, path: &Path) -> Result<Outcome, Refused> {
        if self.accounts.get(path).is_some_and(|state| state.closed) {
            return Ok(Outcome::Ignored);
        }
        let holds_serials = self.serials.any_at(path);
        let state = self.open_account(path)?;
        if state.balance != 0 || holds_serials {
            let room = state.balance;
            let refused = Refused::about(Code::NotEmpty, path.as_str());
            return Err(refused.amounts(&state.account.commodity, 0, room));
        }
        state.closed = true;
        Ok(Outcome::Executed)
    }

    fn open_account(&mut self, path: &Path) -> Result<&mut AccountState, Refused> {
        match self.accounts.get_mut(path) {
            None => Err(Refused::about(Code::AccountUnknown, path.as_str())),
            Some(state) if state.closed => Err(Refused::about(Code::AccountClosed, path.as_str())),
            Some(state) => Ok(state),
        }
    }

    /// Posts a transaction, all of it or nothing. The same one again is ignored.
    pub fn post(
        &mut self,
        id: TransactionId,
        transaction: Transaction,
    ) -> Result<Outcome, Refused> {
        if let Some(known) = self.transactions.get(&id) {
            return if *known == transaction {
                Ok(Outcome::Ignored)
            } else {
                Err(Refused::about(Code::IdTaken, id.to_string()))
            };
        }
        self.check_reversal(&transaction)?;
        self.check_accounts(&transaction)?;
        self.check_custody(&transaction)?;
        let balances = self.check_limits(&transaction)?;
        for (path, balance) in balances {
            if let Some(state) = self.accounts.get_mut(&path) {
                state.balance = balance;
            }
        }
        self.serials.hand_over(id, &transaction);
        self.record(id, transaction);
        Ok(Outcome::Executed)
    }

    fn check_reversal(&self, transaction: &Transaction) -> Result<(), Refused> {
        let Some(id) = transaction.reverses() else { return Ok(()) };
        let refused = |code| Err(Refused::about(code, id.to_string()));
        let Some(original) = self.transactions.get(&id) else {
            return refused(Code::OriginalUnknown);
        };
        if original.reverses().is_some() {
            return refused(Code::OriginalIsReversal);
        }
        if self.reversed_by.contains_key(&id) {
            return refused(Code::AlreadyReversed);
        }
        if transaction.is_opposite_of(original) { Ok(()) } else { refused(Code::NotOpposite) }
    }

    /// Each check passes over all rows before the next one begins: the order of codes holds for
    /// the transaction, not for its rows.
    fn check_accounts(&self, transaction: &Transaction) -> Result<(), Refused> {
        let rows =
            || transaction.entries().iter().map(|entry| (entry, self.accounts.get(&entry.account)));
        let refused = |code, path: &Path| Err(Refused::about(code, path.as_str()));
        if let Some((entry, _)) = rows().find(|(_, state)| state.is_none()) {
            return refused(Code::AccountUnknown, &entry.account);
        }
        if let Some((entry, _)) = rows().find(|(_, state)| state.is_some_and(|s| s.closed)) {
            return refused(Code::AccountClosed, &entry.account);
        }
        let other =
            |entry: &crate::Entry, state: &AccountState| state.account.commodity != entry.commodity;
        match rows().find(|(entry, state)| state.is_some_and(|s| other(entry, s))) {
            Some((entry, _)) => refused(Code::WrongCommodity, &entry.account),
            None => Ok(()),
        }
    }

    fn check_custody(&self, transaction: &Transaction) -> Result<(), Refused> {
        let mut elsewhere = None;
        for entry in transaction.entries().iter().filter(|entry| entry.change < 0) {
            let Some((part, serial)) = tracked(entry) else { continue };
            let is_source = || {
                let state = self.accounts.get(&entry.account);
                state.is_some_and(|state| state.account.limits.negative)
            };
            match self.serials.find(part, serial) {
                None if !is_source() => {
                    return Err(Refused::about(Code::SerialUnknown, serial.as_str()));
                }
                Some(custody) if custody.holder != entry.account && elsewhere.is_none() => {
                    let holder = Some(custody.holder.to_string());
                    let refused = Refused::about(Code::SerialElsewhere, serial.as_str());
                    elsewhere = Some(Refused { holder, ..refused });
                }
                _ => {}
            }
        }
        elsewhere.map_or(Ok(()), Err)
    }

    /// The balances afterwards, or the first limit in the order of codes.
    fn check_limits(&self, transaction: &Transaction) -> Result<Vec<(Path, i64)>, Refused> {
        let mut first: Option<Refused> = None;
        let mut balances = Vec::new();
        for (path, change) in transaction.changes() {
            let Some(state) = self.accounts.get(path) else { continue };
            match state.after(change) {
                Ok(balance) => balances.push((path.clone(), balance)),
                Err(refused) => {
                    if first.as_ref().is_none_or(|known| refused.code < known.code) {
                        first = Some(refused);
                    }
                }
            }
        }
        first.map_or(Ok(balances), Err)
    }

    /// An account as it stands.
    pub fn account(&self, path: &Path) -> Option<&AccountState> {
        self.accounts.get(path)
    }

    /// All accounts by path.
    pub fn accounts(&self) -> impl Iterator<Item = &AccountState> {
        self.accounts.values()
    }

    /// Who holds a serial.
    pub fn custody(&self, part: &Key, serial: &Key) -> Option<&Custody> {
        self.serials.find(part, serial)
    }

    /// All serials.
    pub const fn serials(&self) -> &Serials {
        &self.serials
    }

    /// A transaction.
    pub fn transaction(&self, id: TransactionId) -> Option<&Transaction> {
        self.transactions.get(&id)
    }

    /// What was posted, in order.
    pub fn posted(&self) -> impl Iterator<Item = (TransactionId, &Transaction)> {
        self.order.iter().filter_map(|id| Some((*id, self.transactions.get(id)?)))
    }

    /// The reversal of a transaction, when there is one.
    pub fn reversed_by(&self, id: TransactionId) -> Option<TransactionId> {
        self.reversed_by.get(&id).copied()
    }

    /// Recomputes everything from what was posted and returns what differs: nothing, or a bug.
    pub fn verify(&self) -> Vec<Drift> {
        let mut audit = Audit::default();
        for (id, transaction) in self.posted() {
            let original = transaction.reverses().and_then(|of| self.transactions.get(&of));
            audit.take(id, transaction, original);
        }
        let balances = self.accounts.values().map(|state| (&state.account.path, state.balance));
        let holders = self.serials.iter().map(|(part, serial, c)| (part, serial, &c.holder));
        audit.compare(balances, holders)
    }
}
