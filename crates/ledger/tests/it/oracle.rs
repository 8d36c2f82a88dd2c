//! The naive oracle: keeps the moves as they were said, answers everything by walking them all, and
//! finds *every* code that applies. The book must name the smallest.

use base::TransactionId;
use ledger::{Account, Amount, Code, Commodity, Key, LARGEST, Move, Path};
use std::collections::BTreeSet;

pub struct Posted {
    pub id: TransactionId,
    pub reverses: Option<TransactionId>,
    pub moves: Vec<Move>,
}

#[derive(Default)]
pub struct Oracle {
    pub accounts: Vec<(Account, bool)>,
    pub posted: Vec<Posted>,
}

/// What a move does to an account: commodity, serial, change.
type Row = (Path, Commodity, Option<Key>, i128);

fn what(amount: &Amount) -> (Commodity, Option<Key>, i128) {
    match amount {
        Amount::Fen(fen) => (Commodity::Fen, None, i128::from(*fen)),
        Amount::Pieces { part, count } => {
            (Commodity::Pieces(part.clone()), None, i128::from(*count))
        }
        Amount::Serial { part, serial } => {
            (Commodity::Serials(part.clone()), Some(serial.clone()), 1)
        }
    }
}

fn halves(moves: &[Move]) -> Vec<Row> {
    let mut rows = Vec::new();
    for each in moves {
        let (commodity, serial, count) = what(&each.what);
        rows.push((each.from.clone(), commodity.clone(), serial.clone(), -count));
        rows.push((each.to.clone(), commodity, serial, count));
    }
    rows
}

/// The rows that remain when halves on the same account are added up, sorted.
fn net(moves: &[Move]) -> Vec<Row> {
    let halves = halves(moves);
    let mut rows: Vec<Row> = Vec::new();
    for half in &halves {
        let same = |other: &&Row| (&other.0, &other.1, &other.2) == (&half.0, &half.1, &half.2);
        let sum = halves.iter().filter(same).map(|row| row.3).sum::<i128>();
        if sum != 0 && !rows.iter().any(|row| same(&row)) {
            rows.push((half.0.clone(), half.1.clone(), half.2.clone(), sum));
        }
    }
    rows.sort();
    rows
}

pub fn turned(moves: &[Move]) -> Vec<Move> {
    let turn = |m: &Move| Move { from: m.to.clone(), to: m.from.clone(), what: m.what.clone() };
    moves.iter().map(turn).collect()
}

impl Oracle {
    pub fn account(&self, path: &Path) -> Option<&(Account, bool)> {
        self.accounts.iter().find(|(account, _)| account.path == *path)
    }

    pub fn posted(&self, id: TransactionId) -> Option<&Posted> {
        self.posted.iter().find(|posted| posted.id == id)
    }

    pub fn balance(&self, path: &Path) -> i128 {
        let all = self.posted.iter().flat_map(|posted| halves(&posted.moves));
        all.filter(|row| row.0 == *path).map(|row| row.3).sum()
    }

    /// Walks all moves of a serial; a birth that is undone was never there.
    pub fn holder(&self, part: &Key, serial: &Key) -> Option<Path> {
        let mut at: Option<(Path, TransactionId)> = None;
        for posted in &self.posted {
            for row in net(&posted.moves) {
                if row.1 != Commodity::Serials(part.clone())
                    || row.2.as_ref() != Some(serial)
                    || row.3 < 0
                {
                    continue;
                }
                at = match at {
                    Some((_, born)) if posted.reverses == Some(born) => None,
                    Some((_, born)) => Some((row.0, born)),
                    None => Some((row.0, posted.id)),
                };
            }
        }
        at.map(|(path, _)| path)
    }

    /// `Some` codes that all apply, or `None` when the very same was posted before.
    pub fn judge(
        &self,
        id: TransactionId,
        reverses: Option<TransactionId>,
        moves: &[Move],
    ) -> Option<BTreeSet<Code>> {
        let mut codes = wrong_with(moves);
        if let Some(known) = self.posted(id) {
            if codes.is_empty() && known.reverses == reverses && net(&known.moves) == net(moves) {
                return None;
            }
            codes.insert(Code::IdTaken);
        }
        if let Some(of) = reverses {
            match self.posted(of) {
                None => {
                    codes.insert(Code::OriginalUnknown);
                }
                Some(original) => {
                    if original.reverses.is_some() {
                        codes.insert(Code::OriginalIsReversal);
                    }
                    if self.posted.iter().any(|posted| posted.reverses == Some(of)) {
                        codes.insert(Code::AlreadyReversed);
                    }
                    if net(moves) != net(&turned(&original.moves)) {
                        codes.insert(Code::NotOpposite);
                    }
                }
            }
        }
        self.judge_rows(&net(moves), &mut codes);
        Some(codes)
    }

    fn judge_rows(&self, rows: &[Row], codes: &mut BTreeSet<Code>) {
        for (path, commodity, serial, change) in rows {
            let Some((account, closed)) = self.account(path) else {
                codes.insert(Code::AccountUnknown);
                continue;
            };
            if *closed {
                codes.insert(Code::AccountClosed);
            }
            if account.commodity != *commodity {
                codes.insert(Code::WrongCommodity);
            }
            if let (Commodity::Serials(part), Some(serial)) = (commodity, serial)
                && *change < 0
            {
                match self.holder(part, serial) {
                    None if !account.limits.negative => drop(codes.insert(Code::SerialUnknown)),
                    Some(at) if at != *path => drop(codes.insert(Code::SerialElsewhere)),
                    _ => {}
                }
            }
            let change: i128 = rows.iter().filter(|row| row.0 == *path).map(|row| row.3).sum();
            let after = self.balance(path) + change;
            if after.abs() > i128::from(LARGEST) {
                codes.insert(Code::BalanceTooLarge);
            }
            if change < 0 && after < 0 && !account.limits.negative {
                codes.insert(Code::BelowZero);
            }
            if change > 0 && account.limits.at_most.is_some_and(|most| after > most.into()) {
                codes.insert(Code::OverLimit);
            }
        }
    }
}

/// What is wrong with moves by themselves.
fn wrong_with(moves: &[Move]) -> BTreeSet<Code> {
    let mut codes = BTreeSet::new();
    if moves.is_empty() {
        codes.insert(Code::NoMoves);
    } else if net(moves).is_empty() {
        codes.insert(Code::MovesCancel);
    }
    for (place, each) in moves.iter().enumerate() {
        let (commodity, serial, count) = what(&each.what);
        if count == 0 {
            codes.insert(Code::AmountZero);
        }
        if count < 0 {
            codes.insert(Code::AmountNegative);
        }
        let same = moves.iter().map(|m| what(&m.what)).filter(|other| other.0 == commodity);
        if same.map(|other| other.2.max(0)).sum::<i128>() > LARGEST.into() {
            codes.insert(Code::AmountTooLarge);
        }
        if each.from == each.to {
            codes.insert(Code::SameAccount);
        }
        let twice = |m: &Move| what(&m.what).0 == commodity && what(&m.what).1 == serial;
        if serial.is_some() && moves[place + 1..].iter().any(twice) {
            codes.insert(Code::SerialTwice);
        }
    }
    codes
}
