//! From postings to what is to be written: the book in memory says what becomes, the difference to
//! the rows read is what the statements do.

use super::book::{Known, Loaded, Touched};
use super::{Noted, Terms, digest};
use crate::{Result, Store, StoreError};
use base::{Instant, PersonId, TransactionId};
use engine::{NewAccount, Planned, Posting};
use ledger::{AccountState, Book, Commodity, Custody, Entry, Key, Outcome, Path};
use ledger::{Source, Transaction};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// What one case or import posts, in its order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Posted<'a> {
    pub(crate) source: Source,
    pub(crate) postings: &'a [Posting],
    /// Who did it; `None`: the system.
    pub(crate) actor: Option<PersonId>,
    /// Whether there is a journal entry to keep what it posts.
    pub(crate) journaled: bool,
}

/// A transaction to be written.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) id: TransactionId,
    pub(super) transaction: Transaction,
    pub(super) kind: Option<String>,
    pub(super) rule: String,
    pub(super) actor: Option<PersonId>,
}

/// An account to be opened.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) id: i64,
    pub(super) new: NewAccount,
}

/// Holder's id and custody of a serial before, and its custody after.
type Handover = (Option<(i64, Custody)>, Option<Custody>);

/// What one command writes into the ledger.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(super) made: Vec<Made>,
    pub(super) opened: Vec<Opened>,
    /// Accounts as they stood, opened ones included, and what the command does to each.
    pub(super) changes: BTreeMap<Path, (Known, i64)>,
    /// Accounts whose row is decided on, as they end.
    pub(super) decided: BTreeMap<Path, AccountState>,
    /// Holder and custody of each serial before and after.
    pub(super) serials: BTreeMap<(Key, Key), Handover>,
    /// By case or import, for the journal.
    noted: Vec<Noted>,
    pub(super) now: Instant,
}

/// Whether balances of an account are folded from entries: a source has no limit to guard, and
/// many post to it at once.
pub(super) fn is_hot(state: &AccountState) -> bool {
    let limits = state.account.limits;
    limits.negative && limits.at_most.is_none()
}

impl Plan {
    fn new(now: Instant) -> Self {
        Self {
            made: vec![],
            opened: vec![],
            changes: BTreeMap::new(),
            decided: BTreeMap::new(),
            serials: BTreeMap::new(),
            noted: vec![],
            now,
        }
    }

    /// What the journal of the n-th case or import keeps of it.
    pub(crate) fn noted(&self, place: usize) -> Option<&Noted> {
        self.noted.get(place).filter(|noted| !noted.is_empty())
    }

    /// Whether it opens that account.
    pub(super) fn opens(&self, path: &Path) -> bool {
        self.opened.iter().any(|opened| opened.new.account.path == *path)
    }

    /// The id of an account.
    pub(super) fn account(&self, path: &Path) -> Result<i64> {
        let known = self.changes.get(path).map(|(known, _)| known.id);
        known.ok_or_else(|| StoreError::Invalid(format!("the posting opens no account {path}")))
    }
}

impl Store {
    /// Plans the postings of all cases of a command, or of an import. [`StoreError::Moved`] where
    /// the book as it now stands refuses what the engine let pass.
    pub(crate) async fn plan_postings(&self, all: &[Posted<'_>], now: Instant) -> Result<Plan> {
        let postings = || all.iter().flat_map(|each| each.postings);
        if postings().next().is_none() {
            return Ok(Plan::new(now));
        }
        let loaded = self.load_book(&Touched::by(postings())).await?;
        let mut planning = Planning {
            book: loaded.book(),
            plan: Plan::new(now),
            decided: BTreeSet::new(),
            noted: Noted::default(),
        };
        for Posted { source, postings, actor, journaled } in all.iter().copied() {
            for posting in postings {
                let id = TransactionId(self.new_id(now));
                if let Some(made) = planning.post(id, posting, (source, actor), &loaded)? {
                    let words = (made.kind.as_deref().unwrap_or_default(), made.rule.as_str());
                    planning
                        .noted
                        .posted
                        .insert(id, digest(id, &made.transaction, words, actor, now));
                    planning.plan.made.push(made);
                }
            }
            let noted = std::mem::take(&mut planning.noted);
            if !journaled && !noted.is_empty() {
                return Err(StoreError::Invalid("a posting needs a journal entry".into()));
            }
            planning.plan.noted.push(noted);
        }
        planning.done(loaded, || self.new_id(now))
    }
}

struct Planning {
    book: Book,
    plan: Plan,
    decided: BTreeSet<Path>,
    /// Of the case or import being planned.
    noted: Noted,
}

impl Planning {
    fn post(
        &mut self,
        id: TransactionId,
        posting: &Posting,
        (source, actor): (Source, Option<PersonId>),
        loaded: &Loaded,
    ) -> Result<Option<Made>> {
        let mut kind = None;
        match &posting.what {
            Planned::Moves { kind: of_it, accounts, .. } => {
                kind = of_it.map(|kind| kind.as_str().to_owned());
                accounts.iter().try_for_each(|new| self.open(new))?;
            }
            Planned::Reversal { of, .. } => kind = loaded.kinds.get(of).cloned().flatten(),
            Planned::Limit { account, at_most } => {
                self.open(account)?;
                let path = &account.account.path;
                let outcome = self.book.limit(path, *at_most).map_err(moved)?;
                self.decide(path, outcome);
            }
            Planned::Close { path } => {
                let outcome = self.book.close(path).map_err(moved)?;
                self.decide(path, outcome);
            }
        }
        let posting = if posting.occurred_at <= self.plan.now {
            Cow::Borrowed(posting)
        } else {
            Cow::Owned(Posting { occurred_at: self.plan.now, ..posting.clone() })
        };
        let transaction = posting.transaction(source);
        let transaction =
            transaction.map_err(|refused| StoreError::Invalid(refused.to_string()))?;
        let Some(transaction) = transaction else { return Ok(None) };
        self.book.post(id, transaction.clone()).map_err(moved)?;
        Ok(Some(Made { id, transaction, kind, rule: posting.rule.clone(), actor }))
    }

    fn open(&mut self, new: &NewAccount) -> Result<()> {
        if self.book.open(new.account.clone()).map_err(moved)? == Outcome::Executed {
            self.plan.opened.push(Opened { id: 0, new: new.clone() });
            self.note(&new.account.path);
        }
        Ok(())
    }

    fn decide(&mut self, path: &Path, outcome: Outcome) {
        if outcome == Outcome::Executed {
            self.decided.insert(path.clone());
            self.note(path);
        }
    }

    fn note(&mut self, path: &Path) {
        if let Some(state) = self.book.account(path) {
            self.noted.accounts.insert(path.clone(), Terms::of(state));
        }
    }

    /// Compares the book as it became with what was read.
    fn done(self, loaded: Loaded, mut new_id: impl FnMut() -> i64) -> Result<Plan> {
        let Self { book, mut plan, decided, .. } = self;
        let mut accounts = loaded.accounts;
        plan.opened.sort_by(|a, b| a.new.account.path.cmp(&b.new.account.path));
        for opened in &mut plan.opened {
            opened.id = new_id();
            let state = AccountState::new(opened.new.account.clone());
            let hot = is_hot(&state);
            let path = state.account.path.clone();
            accounts.insert(path, Known { id: opened.id, hot, unfolded: 0, state });
        }
        let mut changes: BTreeMap<&Path, i64> = BTreeMap::new();
        let mut serials = BTreeSet::new();
        for entry in plan.made.iter().flat_map(|made| made.transaction.entries()) {
            *changes.entry(&entry.account).or_default() += entry.change;
            if let Entry { commodity: Commodity::Serials(part), serial: Some(serial), .. } = entry {
                serials.insert((part.clone(), serial.clone()));
            }
        }
        for path in changes.keys().copied().chain(&decided) {
            let known = accounts.get(path).cloned();
            let known = known.ok_or_else(|| StoreError::Invalid(format!("no account {path}")))?;
            let change = changes.get(path).copied().unwrap_or_default();
            plan.changes.insert(path.clone(), (known, change));
        }
        for path in decided {
            if let Some(state) = book.account(&path) {
                plan.decided.insert(path, state.clone());
            }
        }
        let mut before = loaded.serials;
        for pair in serials {
            let (was, is) = (before.remove(&pair), book.custody(&pair.0, &pair.1).cloned());
            plan.serials.insert(pair, (was, is));
        }
        Ok(plan)
    }
}

/// The engine let it pass a moment ago, so that what it is about has moved since.
fn moved(_: ledger::Refused) -> StoreError {
    StoreError::Moved
}
