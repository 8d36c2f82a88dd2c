//! The life of one serial: every hand it went through, from birth to now.

use super::{FromImport, commodity, key, part_of, path, read_kind};
use crate::exec::Row;
use crate::exec::cell::cells;
use crate::{Result, Scope, Store};
use base::{CaseId, Instant, PersonId, TransactionId};
use ledger::{Key, MovementKind, Path};
use std::collections::BTreeMap;

/// A serial, who holds it, and how it got there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustodyOf {
    /// The part code; two parts may bear the same number.
    pub part: Key,
    /// The number.
    pub serial: Key,
    /// The account that holds it; `None` when the transaction that brought it in was reversed.
    pub holder: Option<Path>,
    /// Its moves, the oldest first; at most a thousand.
    pub moves: Vec<CustodyMove>,
}

/// A serial goes from one hand to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustodyMove {
    /// The transaction.
    pub transaction: TransactionId,
    /// Its template.
    pub posting: Key,
    /// Its kind.
    pub kind: Option<MovementKind>,
    /// What it reverses.
    pub reverses: Option<TransactionId>,
    /// Where it was.
    pub from: Path,
    /// Where it went.
    pub to: Path,
    /// When it happened.
    pub occurred_at: Instant,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// Who did it.
    pub actor: Option<PersonId>,
    /// The case it stems from, unless it was imported.
    pub case: Option<CaseId>,
    /// The case's number.
    pub case_number: Option<String>,
    /// The case's process.
    pub process: Option<String>,
    /// The import it stems from.
    pub import: Option<FromImport>,
}

/// Entries read: two for each move.
const MOST: i64 = 2_000;

/// One side of a move.
struct Side {
    part: Key,
    change: i64,
    account: Path,
    /// The move, with the account on both sides until the other one is met.
    made: CustodyMove,
    seen: bool,
}

impl Store {
    /// Every part of that serial number that an account in scope holds or ever held, with all its
    /// moves: a custody is complete or not shown.
    pub async fn custody(&self, serial: &Key, scope: &Scope) -> Result<Vec<CustodyOf>> {
        let sql = "SELECT a.commodity, e.change, a.path, t.id, t.posting, t.kind, t.reverses, \
             t.occurred_at, t.recorded_at, t.actor, t.case_id, c.number, c.process, \
             t.import_id, i.file_name, \
             CASE WHEN (o.path >= $2 AND o.path < $3) OR (a.owner IS NULL AND $2 = '/') \
             THEN 1 ELSE 0 END FROM ledger_entries e \
             JOIN ledger_accounts a ON a.id = e.account LEFT JOIN orgs o ON o.id = a.owner \
             JOIN ledger_transactions t ON t.id = e.transaction_id \
             LEFT JOIN cases c ON c.id = t.case_id LEFT JOIN imports i ON i.id = t.import_id \
             WHERE e.serial = $1 AND e.serial <> '' ORDER BY e.position LIMIT $4";
        let params = cells![serial.as_str(), &scope.low, &scope.high, MOST];
        let mut open: BTreeMap<(TransactionId, Key), Side> = BTreeMap::new();
        let mut lives: BTreeMap<Key, (bool, Vec<CustodyMove>)> = BTreeMap::new();
        for row in self.exec().rows(sql, params).await? {
            let side = read_side(row)?;
            let pair = (side.made.transaction, side.part.clone());
            let Some(other) = open.remove(&pair) else {
                open.insert(pair, side);
                continue;
            };
            let life = lives.entry(side.part.clone()).or_default();
            life.0 |= side.seen || other.seen;
            let (from, to) = if side.change < 0 { (&side, &other) } else { (&other, &side) };
            let (from, to) = (from.account.clone(), to.account.clone());
            life.1.push(CustodyMove { from, to, ..side.made });
        }
        let held = self.holders(serial).await?;
        let custody = |(part, (_, moves)): (Key, (bool, Vec<CustodyMove>))| CustodyOf {
            holder: held.get(&part).cloned(),
            serial: serial.clone(),
            part,
            moves,
        };
        Ok(lives.into_iter().filter(|(_, (seen, _))| *seen).map(custody).collect())
    }

    async fn holders(&self, serial: &Key) -> Result<BTreeMap<Key, Path>> {
        let sql = "SELECT s.part, a.path FROM ledger_serials s \
                   JOIN ledger_accounts a ON a.id = s.account WHERE s.serial = $1 LIMIT 100";
        let rows = self.exec().rows(sql, cells![serial.as_str()]).await?;
        rows.into_iter().map(|mut row| Ok((key(&row.text()?)?, path(&row.text()?)?))).collect()
    }
}

fn read_side(mut row: Row) -> Result<Side> {
    let counts = commodity(&row.text()?)?;
    let part = part_of(&counts).cloned();
    let part = part.ok_or_else(|| crate::StoreError::Damaged("money with a serial".into()))?;
    let (change, account) = (row.int()?, path(&row.text()?)?);
    let made = CustodyMove {
        transaction: TransactionId(row.int()?),
        posting: key(&row.text()?)?,
        kind: read_kind(row.opt_text()?)?,
        reverses: row.opt_int()?.map(TransactionId),
        from: account.clone(),
        to: account.clone(),
        occurred_at: row.instant()?,
        recorded_at: row.instant()?,
        actor: row.opt_int()?.map(PersonId),
        case: row.opt_int()?.map(CaseId),
        case_number: row.opt_text()?,
        process: row.opt_text()?,
        import: FromImport::read(&mut row)?,
    };
    Ok(Side { part, change, account, made, seen: row.flag()? })
}
