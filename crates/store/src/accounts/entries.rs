//! One account's page: what was posted to it, the newest first, with the balance after each.

use super::list::{account_rows, bounded, page};
use super::{FromImport, key, path, read_kind};
use crate::cases::Page;
use crate::exec::cell::cells;
use crate::exec::{Cell, Read, Row, places};
use crate::{Result, Scope, Store, StoreError};
use base::{CaseId, Instant, PersonId, TransactionId};
use ledger::{Key, MovementKind, Path};
use std::collections::HashMap;

/// A row of an account page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRow {
    /// The transaction (凭证).
    pub transaction: TransactionId,
    /// Its template.
    pub posting: Key,
    /// Its kind, where parts moved.
    pub kind: Option<MovementKind>,
    /// The effect that posted it.
    pub rule: String,
    /// What it reverses.
    pub reverses: Option<TransactionId>,
    /// What reversed it.
    pub reversed_by: Option<TransactionId>,
    /// The serial, when the part is tracked.
    pub serial: Option<Key>,
    /// What the account gained; below zero what it gave.
    pub change: i64,
    /// What it held afterwards.
    pub balance: i64,
    /// When it happened.
    pub occurred_at: Instant,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// Who did it; `None`: the system.
    pub actor: Option<PersonId>,
    /// The case it stems from, unless it was imported.
    pub case: Option<CaseId>,
    /// The case's number.
    pub case_number: Option<String>,
    /// The case's process.
    pub process: Option<String>,
    /// The import it stems from.
    pub import: Option<FromImport>,
    /// Where it came from or went: the other accounts of the same thing, at most twelve.
    pub counter: Vec<Counter>,
}

/// The other side of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counter {
    /// The account.
    pub path: Path,
    /// What the transaction did to it in total.
    pub change: i64,
}

/// Counter-accounts shown of a transaction.
const COUNTERS: usize = 12;
/// Counter-accounts read for a page.
const COUNTERS_READ: i64 = 5_000;

/// Where a page ends: position, and the balance before its last row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct End(i64, i64);

impl std::str::FromStr for End {
    type Err = std::num::ParseIntError;

    fn from_str(cursor: &str) -> std::result::Result<Self, Self::Err> {
        let (position, balance) = cursor.split_once('.').unwrap_or((cursor, ""));
        Ok(Self(position.parse()?, balance.parse()?))
    }
}

impl Store {
    /// What was posted to an account, the newest first; another's account is
    /// [`StoreError::NotFound`]. `limit` as for [`Store::accounts`].
    pub async fn account_entries(
        &self,
        account: &Path,
        cursor: Option<&str>,
        limit: u32,
        scope: &Scope,
    ) -> Result<Page<EntryRow>> {
        let limit = bounded(limit);
        let cursor: Option<End> = crate::cases::cursor(cursor)?;
        let before = cursor.map_or(i64::MAX, |End(position, _)| position);
        let sql = "SELECT e.position, e.serial, e.change, t.id, t.posting, t.kind, t.rule, \
             t.reverses, r.id, t.occurred_at, t.recorded_at, t.actor, t.case_id, c.number, \
             c.process, t.import_id, i.file_name \
             FROM ledger_entries e JOIN ledger_transactions t ON t.id = e.transaction_id \
             LEFT JOIN ledger_transactions r ON r.reverses = t.id \
             LEFT JOIN cases c ON c.id = t.case_id LEFT JOIN imports i ON i.id = t.import_id \
             WHERE e.account = (SELECT id FROM ledger_accounts WHERE path = $1) \
             AND e.position < $2 ORDER BY e.position DESC LIMIT $3";
        let mut rows = self
            .exec()
            .read(vec![
                Read::new(
                    account_rows(" AND a.path = $3"),
                    cells![&scope.low, &scope.high, account.as_str()],
                ),
                Read::new(sql, cells![account.as_str(), before, limit + 1]),
            ])
            .await?
            .into_iter();
        let found = rows.next().and_then(|mut rows| rows.pop());
        let found = super::list::read_account(&mut found.ok_or(StoreError::NotFound("account"))?)?;
        let mut balance = cursor.map_or(found.balance, |End(_, balance)| balance);
        let mut items = Vec::new();
        for row in rows.next().unwrap_or_default() {
            let (position, entry) = read_entry_row(row, balance)?;
            // The balance of a page's end comes from the client, who may have made it up.
            balance = balance.wrapping_sub(entry.change);
            items.push((position, balance, entry));
        }
        let items = page(items, limit, |(position, balance, _)| format!("{position}.{balance}"));
        let mut entries: Vec<EntryRow> =
            items.items.into_iter().map(|(_, _, entry)| entry).collect();
        self.add_counters(account, &mut entries).await?;
        Ok(Page { items: entries, next: items.next })
    }

    async fn add_counters(&self, account: &Path, entries: &mut [EntryRow]) -> Result<()> {
        let mut ids: Vec<i64> = entries.iter().map(|entry| entry.transaction.0).collect();
        ids.dedup();
        if ids.is_empty() {
            return Ok(());
        }
        // What is in the account: a transaction may move other parts and money too.
        let sql = format!(
            "SELECT e.transaction_id, a.path, CAST(SUM(e.change) AS BIGINT) FROM ledger_entries e \
             JOIN ledger_accounts a ON a.id = e.account WHERE e.transaction_id IN {} \
             AND a.path <> $1 AND a.commodity = \
             (SELECT commodity FROM ledger_accounts WHERE path = $1) \
             GROUP BY e.transaction_id, a.path ORDER BY e.transaction_id, a.path LIMIT {}",
            places(2, ids.len()),
            COUNTERS_READ
        );
        let mut params = cells![account.as_str()];
        params.extend(ids.into_iter().map(Cell::from));
        let mut by_id: HashMap<i64, Vec<Counter>> = HashMap::new();
        for mut row in self.exec().rows(sql, params).await? {
            let counters = by_id.entry(row.int()?).or_default();
            let counter = Counter { path: path(&row.text()?)?, change: row.int()? };
            if counters.len() < COUNTERS {
                counters.push(counter);
            }
        }
        for entry in entries {
            let counters = by_id.get(&entry.transaction.0).into_iter().flatten();
            let other = |counter: &&Counter| (counter.change < 0) != (entry.change < 0);
            entry.counter = counters.filter(other).cloned().collect();
        }
        Ok(())
    }
}

fn read_entry_row(mut row: Row, balance: i64) -> Result<(i64, EntryRow)> {
    let position = row.int()?;
    let serial = Some(row.text()?).filter(|serial| !serial.is_empty());
    let entry = EntryRow {
        serial: serial.map(|serial| key(&serial)).transpose()?,
        change: row.int()?,
        transaction: TransactionId(row.int()?),
        posting: key(&row.text()?)?,
        kind: read_kind(row.opt_text()?)?,
        rule: row.text()?,
        reverses: row.opt_int()?.map(TransactionId),
        reversed_by: row.opt_int()?.map(TransactionId),
        occurred_at: row.instant()?,
        recorded_at: row.instant()?,
        actor: row.opt_int()?.map(PersonId),
        case: row.opt_int()?.map(CaseId),
        case_number: row.opt_text()?,
        process: row.opt_text()?,
        import: FromImport::read(&mut row)?,
        balance,
        counter: vec![],
    };
    Ok((position, entry))
}
