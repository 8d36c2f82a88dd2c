//! Transactions (凭证): balanced because they are made of moves.

use crate::{Code, Commodity, Key, LARGEST, Path, Refused};
use base::{CaseId, Instant, TransactionId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What is moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Amount {
    /// Money in fen (分).
    Fen(i64),
    /// Pieces (件) of a part that is only counted.
    Pieces {
        /// Its code.
        part: Key,
        /// How many.
        count: i64,
    },
    /// One piece of a serial-tracked part.
    Serial {
        /// Its code.
        part: Key,
        /// Its number.
        serial: Key,
    },
}

impl Amount {
    fn commodity(&self) -> Commodity {
        match self {
            Self::Fen(_) => Commodity::Fen,
            Self::Pieces { part, .. } => Commodity::Pieces(part.clone()),
            Self::Serial { part, .. } => Commodity::Serials(part.clone()),
        }
    }

    const fn count(&self) -> i64 {
        match self {
            Self::Fen(count) | Self::Pieces { count, .. } => *count,
            Self::Serial { .. } => 1,
        }
    }

    fn serial(&self) -> Option<&Key> {
        if let Self::Serial { serial, .. } = self { Some(serial) } else { None }
    }
}

/// An amount that goes from one account to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// Where it leaves.
    pub from: Path,
    /// Where it arrives.
    pub to: Path,
    /// What moves.
    pub what: Amount,
}

/// One row of a transaction: what it does to an account.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Entry {
    /// The account.
    pub account: Path,
    /// What it counts.
    pub commodity: Commodity,
    /// The serial, when the part is tracked.
    pub serial: Option<Key>,
    /// What the account gains; below zero what it gives. Never zero.
    pub change: i64,
}

/// What a transaction stems from: each line of a statement leads to a paper (P40).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A case, orders and stocktakes among them.
    Case(CaseId),
    /// Rows brought in from elsewhere, such as opening balances.
    Import(i64),
}

/// What is known of a transaction beside its rows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Header {
    /// The posting template (记账模板), which also says the kind of the movement.
    pub posting: Key,
    /// What it stems from.
    pub source: Source,
    /// When it happened in the world, which may be before it was recorded.
    pub occurred_at: Instant,
}

/// A balanced transaction. Its rows are sorted by account, so that locks are taken in one order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transaction {
    header: Header,
    reverses: Option<TransactionId>,
    entries: Vec<Entry>,
}

impl Transaction {
    /// Moves of one transaction at most.
    pub const MOST_MOVES: usize = 500;

    /// The transaction these moves make. Several moves on one account become one row. What passes
    /// through an account within a transaction leaves no row there: only the outcome is judged.
    pub fn from_moves(header: Header, moves: &[Move]) -> Result<Self, Refused> {
        check_moves(moves)?;
        let mut rows: BTreeMap<(&Path, Commodity, Option<&Key>), i64> = BTreeMap::new();
        for Move { from, to, what } in moves {
            *rows.entry((from, what.commodity(), what.serial())).or_default() -= what.count();
            *rows.entry((to, what.commodity(), what.serial())).or_default() += what.count();
        }
        let entries: Vec<Entry> = rows
            .into_iter()
            .filter(|(_, change)| *change != 0)
            .map(|((account, commodity, serial), change)| Entry {
                account: account.clone(),
                commodity,
                serial: serial.cloned(),
                change,
            })
            .collect();
        if entries.is_empty() {
            return Err(Refused::about(Code::MovesCancel, ""));
        }
        Ok(Self { header, reverses: None, entries })
    }

    /// A transaction as it stands in rows: read back from a database or a file.
    pub fn try_from_entries(
        header: Header,
        reverses: Option<TransactionId>,
        mut entries: Vec<Entry>,
    ) -> Result<Self, Refused> {
        entries.sort();
        check_entries(&entries)?;
        Ok(Self { header, reverses, entries })
    }

    /// The exact opposite of this transaction, which has the id `id` (冲销).
    #[must_use]
    pub fn reversal(&self, id: TransactionId, header: Header) -> Self {
        let entries = self.opposite().collect();
        Self { header, reverses: Some(id), entries }
    }

    fn opposite(&self) -> impl Iterator<Item = Entry> {
        self.entries.iter().map(|entry| Entry { change: -entry.change, ..entry.clone() })
    }

    /// Whether it undoes exactly what `original` did.
    pub fn is_opposite_of(&self, original: &Self) -> bool {
        self.entries.iter().cloned().eq(original.opposite())
    }

    /// What is known of it.
    pub const fn header(&self) -> &Header {
        &self.header
    }

    /// What it reverses.
    pub const fn reverses(&self) -> Option<TransactionId> {
        self.reverses
    }

    /// Its rows, sorted by account, commodity and serial.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What it does to each account in total; serials of one account are counted together.
    pub fn changes(&self) -> BTreeMap<&Path, i64> {
        let mut changes = BTreeMap::new();
        for entry in &self.entries {
            *changes.entry(&entry.account).or_default() += entry.change;
        }
        changes
    }
}

/// What is wrong with moves, whatever the book holds; the first code in the declared order.
fn check_moves(moves: &[Move]) -> Result<(), Refused> {
    if moves.is_empty() {
        return Err(Refused::about(Code::NoMoves, ""));
    }
    if moves.len() > Transaction::MOST_MOVES {
        return Err(Refused::about(Code::TooManyMoves, ""));
    }
    let each = |code: Code, wrong: fn(&Move) -> bool| match moves.iter().find(|m| wrong(m)) {
        Some(wrong) => Err(Refused::about(code, wrong.from.as_str())),
        None => Ok(()),
    };
    each(Code::AmountZero, |m| m.what.count() == 0)?;
    each(Code::AmountNegative, |m| m.what.count() < 0)?;
    let mut totals: BTreeMap<Commodity, i64> = BTreeMap::new();
    for Move { from, what, .. } in moves {
        let total = totals.entry(what.commodity()).or_default();
        *total = total.saturating_add(what.count());
        if *total > LARGEST {
            return Err(Refused::about(Code::AmountTooLarge, from.as_str()));
        }
    }
    each(Code::SameAccount, |m| m.from == m.to)?;
    let mut seen = BTreeSet::new();
    for what in moves.iter().map(|m| &m.what) {
        if let Amount::Serial { part, serial } = what
            && !seen.insert((part, serial))
        {
            return Err(Refused::about(Code::SerialTwice, serial.as_str()));
        }
    }
    Ok(())
}

/// What is wrong with sorted rows.
fn check_entries(entries: &[Entry]) -> Result<(), Refused> {
    if entries.is_empty() {
        return Err(Refused::about(Code::NoMoves, ""));
    }
    if entries.len() > 2 * Transaction::MOST_MOVES {
        return Err(Refused::about(Code::TooManyMoves, ""));
    }
    let each = |code: Code, wrong: fn(&Entry) -> bool| match entries.iter().find(|e| wrong(e)) {
        Some(wrong) => Err(Refused::about(code, wrong.account.as_str())),
        None => Ok(()),
    };
    each(Code::AmountZero, |e| e.change == 0)?;
    each(Code::AmountTooLarge, |e| e.change.unsigned_abs() > LARGEST.unsigned_abs())?;
    each(Code::SerialShape, |e| match e.commodity {
        Commodity::Serials(_) => e.serial.is_none() || e.change.abs() != 1,
        _ => e.serial.is_some(),
    })?;
    let same = |a: &Entry, b: &Entry| {
        (&a.account, &a.commodity, &a.serial) == (&b.account, &b.commodity, &b.serial)
    };
    if let Some([twice, _]) = entries.windows(2).find(|pair| same(&pair[0], &pair[1])) {
        return Err(Refused::about(Code::EntryTwice, twice.account.as_str()));
    }
    let mut sums: BTreeMap<(&Commodity, Option<&Key>), (i64, usize)> = BTreeMap::new();
    for entry in entries {
        // At most 1,000 rows of at most 2⁵³ stay within 64 bits.
        let sum = sums.entry((&entry.commodity, entry.serial.as_ref())).or_default();
        *sum = (sum.0 + entry.change, sum.1 + 1);
    }
    for ((commodity, serial), (sum, rows)) in sums {
        if sum != 0 {
            return Err(Refused::about(Code::Unbalanced, commodity.to_string()));
        }
        if let Some(serial) = serial
            && rows != 2
        {
            return Err(Refused::about(Code::SerialTwice, serial.as_str()));
        }
    }
    Ok(())
}
