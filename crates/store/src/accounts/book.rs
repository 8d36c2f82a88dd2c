//! The book of a posting: the rows it touches, read on one snapshot.

use super::{ENTRY, HEADER, UNFOLDED, commodity, key, path, read_entry, read_header};
use crate::exec::{Cell, Read, Row, places};
use crate::{Result, Store, StoreError};
use base::TransactionId;
use engine::{Planned, Posting};
use ledger::{Account, AccountState, Amount, Book, Commodity, Custody, Entry, Key, Limits, Path};
use ledger::{Serials, Transaction};
use std::collections::{BTreeMap, BTreeSet};

/// Values in one list of a query; longer lists come in several reads of the same snapshot.
const LIST: usize = 250;

/// What postings touch.
#[derive(Debug, Default)]
pub(super) struct Touched {
    paths: BTreeSet<Path>,
    serials: BTreeSet<(Key, Key)>,
    originals: BTreeSet<TransactionId>,
    /// Accounts whose own row is decided on: a quota, a closing.
    decided: BTreeSet<Path>,
}

impl Touched {
    pub(super) fn by<'a>(postings: impl IntoIterator<Item = &'a Posting>) -> Self {
        let mut touched = Self::default();
        for posting in postings {
            match &posting.what {
                Planned::Moves { moves, accounts, .. } => {
                    touched.paths.extend(accounts.iter().map(|new| new.account.path.clone()));
                    for each in moves {
                        touched.paths.extend([each.from.clone(), each.to.clone()]);
                        if let Amount::Serial { part, serial } = &each.what {
                            touched.serials.insert((part.clone(), serial.clone()));
                        }
                    }
                }
                Planned::Reversal { of, original } => {
                    touched.originals.insert(*of);
                    for Entry { account, commodity, serial, .. } in original.entries() {
                        touched.paths.insert(account.clone());
                        if let (Commodity::Serials(part), Some(serial)) = (commodity, serial) {
                            touched.serials.insert((part.clone(), serial.clone()));
                        }
                    }
                }
                Planned::Limit { account, .. } => touched.decide(&account.account.path),
                Planned::Close { path } => touched.decide(path),
            }
        }
        touched
    }

    fn decide(&mut self, path: &Path) {
        self.paths.insert(path.clone());
        self.decided.insert(path.clone());
    }

    fn reads(&self) -> Vec<Read> {
        let mut reads = Vec::new();
        let paths: Vec<&Path> = self.paths.iter().collect();
        for paths in paths.chunks(LIST) {
            let sql = format!(
                "SELECT 'account', id, path, commodity, negative, at_most, balance, hot, closed_at \
                 FROM ledger_accounts WHERE path IN {}",
                places(1, paths.len())
            );
            reads.push(Read::new(sql, texts(paths.iter().map(|path| path.as_str()))));
        }
        let serials: Vec<&(Key, Key)> = self.serials.iter().collect();
        for serials in serials.chunks(LIST) {
            let pairs: Vec<String> = (0..serials.len()).map(|n| places(n * 2 + 1, 2)).collect();
            let sql =
                format!("{SERIALS} WHERE (s.part, s.serial) IN (VALUES {})", pairs.join(", "));
            let words = serials.iter().flat_map(|(part, serial)| [part.as_str(), serial.as_str()]);
            reads.push(Read::new(sql, texts(words)));
        }
        let originals: Vec<Cell> = self.originals.iter().map(|id| Cell::from(*id)).collect();
        for ids in originals.chunks(LIST) {
            for column in ["t.id", "t.reverses"] {
                let sql = format!(
                    "SELECT 'entry', t.kind, {HEADER}, {ENTRY} FROM ledger_transactions t \
                     JOIN ledger_entries e ON e.transaction_id = t.id \
                     JOIN ledger_accounts a ON a.id = e.account WHERE {column} IN {}",
                    places(1, ids.len())
                );
                reads.push(Read::new(sql, ids.to_vec()));
            }
        }
        for path in &self.decided {
            let params = texts([path.as_str()]);
            let any = format!("{SERIALS} WHERE a.path = $1 LIMIT 1");
            reads.push(Read::new(any, params.clone()));
            let unfolded = format!(
                "WITH {UNFOLDED} SELECT 'unfolded', a.path, u.change FROM ledger_accounts a \
                 JOIN unfolded u ON u.account = a.id WHERE a.hot = 1 AND a.path = $1"
            );
            reads.push(Read::new(unfolded, params));
        }
        reads
    }
}

const SERIALS: &str = "SELECT 'serial', s.part, s.serial, s.account, a.path, s.born \
    FROM ledger_serials s JOIN ledger_accounts a ON a.id = s.account";

fn texts<'a>(words: impl IntoIterator<Item = &'a str>) -> Vec<Cell> {
    words.into_iter().map(Cell::from).collect()
}

/// An account as its row stands.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) id: i64,
    /// Its balance is folded from entries later on, not updated.
    pub(super) hot: bool,
    /// What is not folded yet; read only where the row is decided on.
    pub(super) unfolded: i64,
    /// The balance is that of the row.
    pub(super) state: AccountState,
}

/// Everything read for a posting.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    pub(super) accounts: BTreeMap<Path, Known>,
    /// Holder's id and custody.
    pub(super) serials: BTreeMap<(Key, Key), (i64, Custody)>,
    pub(super) posted: BTreeMap<TransactionId, Transaction>,
    pub(super) kinds: BTreeMap<TransactionId, Option<String>>,
}

impl Loaded {
    pub(super) fn book(&self) -> Book {
        let accounts = self.accounts.values().map(|known| AccountState {
            balance: known.state.balance + known.unfolded,
            ..known.state.clone()
        });
        let serial = |(key, (_, custody)): (&(Key, Key), &(i64, Custody))| {
            (key.0.clone(), key.1.clone(), custody.clone())
        };
        let serials: Serials = self.serials.iter().map(serial).collect();
        Book::load(accounts, serials, self.posted.iter().map(|(id, made)| (*id, made.clone())))
    }

    fn take_account(&mut self, mut row: Row) -> Result<()> {
        let (id, path) = (row.int()?, path(&row.text()?)?);
        let commodity = commodity(&row.text()?)?;
        let limits = Limits { negative: row.flag()?, at_most: row.opt_int()? };
        let (balance, hot) = (row.int()?, row.flag()?);
        let closed = row.opt_int()?.is_some();
        let account = Account { path: path.clone(), commodity, limits };
        let state = AccountState { account, balance, closed };
        self.accounts.insert(path, Known { id, hot, unfolded: 0, state });
        Ok(())
    }

    fn take_serial(&mut self, mut row: Row) -> Result<()> {
        let pair = (key(&row.text()?)?, key(&row.text()?)?);
        let account = row.int()?;
        let custody = Custody { holder: path(&row.text()?)?, born: TransactionId(row.int()?) };
        self.serials.insert(pair, (account, custody));
        Ok(())
    }

    fn take_entries(&mut self, rows: Vec<Row>) -> Result<()> {
        let mut heads = BTreeMap::new();
        let mut entries: BTreeMap<TransactionId, Vec<Entry>> = BTreeMap::new();
        for mut row in rows {
            let kind = row.opt_text()?;
            let (id, header, reverses) = read_header(&mut row)?;
            heads.insert(id, (header, reverses));
            entries.entry(id).or_default().push(read_entry(&mut row)?);
            self.kinds.insert(id, kind);
        }
        for (id, (header, reverses)) in heads {
            let entries = entries.remove(&id).unwrap_or_default();
            let made = Transaction::try_from_entries(header, reverses, entries)
                .map_err(|refused| StoreError::Damaged(format!("{id}: {refused}")))?;
            self.posted.insert(id, made);
        }
        Ok(())
    }
}

impl Store {
    pub(super) async fn load_book(&self, touched: &Touched) -> Result<Loaded> {
        let mut loaded = Loaded::default();
        let mut entries = Vec::new();
        for mut row in self.exec().read(touched.reads()).await?.into_iter().flatten() {
            match row.text()?.as_str() {
                "account" => loaded.take_account(row)?,
                "serial" => loaded.take_serial(row)?,
                "entry" => entries.push(row),
                _ => {
                    let (path, change) = (path(&row.text()?)?, row.int()?);
                    if let Some(known) = loaded.accounts.get_mut(&path) {
                        known.unfolded = change;
                    }
                }
            }
        }
        loaded.take_entries(entries)?;
        Ok(loaded)
    }

    /// The book of what these postings touch, for the engine to judge them by: the accounts that
    /// are there, who holds the serials, the transactions that are to be reversed and what reversed
    /// them.
    pub async fn book(&self, postings: &[Posting]) -> Result<Book> {
        Ok(self.load_book(&Touched::by(postings)).await?.book())
    }

    /// One transaction by id.
    pub(crate) async fn transaction(&self, id: TransactionId) -> Result<Option<Transaction>> {
        let touched = Touched { originals: BTreeSet::from([id]), ..Touched::default() };
        Ok(self.load_book(&touched).await?.posted.remove(&id))
    }
}
