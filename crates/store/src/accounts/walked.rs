//! The rows that `verify` walks.

use super::{ENTRY, HEADER, Terms, UNFOLDED, key, path, read_entry, read_header};
use crate::exec::cell::cells;
use crate::exec::{Read, Row};
use crate::{Result, Store};
use base::{Instant, PersonId, TransactionId};
use ledger::{Entry, Header, Key, Path};
use serde::Deserialize;
use std::collections::HashMap;

/// A transaction as its row says.
pub(crate) struct Walked {
    pub(crate) id: TransactionId,
    pub(crate) header: Header,
    pub(crate) reverses: Option<TransactionId>,
    pub(crate) kind: Option<String>,
    pub(crate) rule: String,
    pub(crate) actor: Option<PersonId>,
    pub(crate) recorded_at: Instant,
    /// How many rows it was posted with.
    pub(crate) entries: u64,
}

/// Entries after a position, below a transaction number and up to a position. Whatever a
/// transaction builds on was committed before its own rows were numbered, so that positions are
/// an order of cause.
pub(crate) fn entries() -> String {
    format!(
        "SELECT e.position, t.kind, t.rule, t.actor, t.recorded_at, t.entries, {HEADER}, {ENTRY} \
         FROM ledger_entries e JOIN ledger_transactions t ON t.id = e.transaction_id \
         JOIN ledger_accounts a ON a.id = e.account WHERE e.position > $1 AND e.txid < $2 \
         AND e.position <= $3 ORDER BY e.position LIMIT $4"
    )
}

/// Reads a row of [`entries`]: position, transaction, entry.
pub(crate) fn read(mut row: Row) -> Result<(i64, Walked, Entry)> {
    let position = row.int()?;
    let (kind, rule, actor) = (row.opt_text()?, row.text()?, row.opt_int()?.map(PersonId));
    let (recorded_at, entries) = (row.instant()?, u64::from(row.count()?));
    let (id, header, reverses) = read_header(&mut row)?;
    let head = Walked { id, header, reverses, kind, rule, actor, recorded_at, entries };
    Ok((position, head, read_entry(&mut row)?))
}

/// Accounts after a path, with what they held at the bounds, and whether they hold what they never
/// may: less than nothing, or anything after they were closed.
pub(crate) fn balances() -> String {
    format!(
        "WITH {UNFOLDED}, tail AS MATERIALIZED (SELECT account, \
         CAST(SUM(change) AS BIGINT) AS change FROM ledger_entries \
         WHERE txid >= $1 OR position > $2 GROUP BY account) SELECT a.path, \
         a.balance + CASE WHEN a.hot = 1 THEN COALESCE(u.change, 0) ELSE 0 END \
         - COALESCE(t.change, 0), \
         CASE WHEN (a.negative = 0 AND a.balance < 0) \
         OR (a.closed_at IS NOT NULL AND a.balance <> 0) THEN 1 ELSE 0 END, {TERMS} \
         FROM ledger_accounts a LEFT JOIN unfolded u ON u.account = a.id \
         LEFT JOIN tail t ON t.account = a.id WHERE a.path > $3 ORDER BY a.path LIMIT $4"
    )
}

/// Columns of [`read_terms`].
const TERMS: &str =
    "a.commodity, a.negative, a.at_most, CASE WHEN a.closed_at IS NULL THEN 0 ELSE 1 END";

fn read_terms(row: &mut Row) -> Result<Terms> {
    Ok(Terms {
        counts: row.text()?,
        negative: row.flag()?,
        at_most: row.opt_int()?,
        closed: row.flag()?,
    })
}

/// An account against what was posted and decided.
pub(crate) struct Balance {
    pub(crate) path: Path,
    /// What it held at the bounds.
    pub(crate) then: i64,
    /// Whether it holds what it never may.
    pub(crate) outside: bool,
    pub(crate) terms: Terms,
}

/// Reads a row of [`balances`].
pub(crate) fn read_balance(mut row: Row) -> Result<Balance> {
    Ok(Balance {
        path: path(&row.text()?)?,
        then: row.int()?,
        outside: row.flag()?,
        terms: read_terms(&mut row)?,
    })
}

/// Mentions of an account looked through for the one that decided on it.
const MENTIONS: i64 = 50;

impl Store {
    /// Whether the journal says of an account what its row says, both on one snapshot: for where a
    /// walk found them apart, as a decision may have come in between.
    pub(crate) async fn terms_are_noted(&self, path: &Path) -> Result<bool> {
        let name = crate::exec::cell::print(path)?;
        let escaped: String = name
            .chars()
            .flat_map(|c| ['!'].into_iter().filter(move |_| "%_!".contains(c)).chain([c]))
            .collect();
        let journal = "SELECT body FROM journal WHERE body LIKE $1 ESCAPE '!' \
                       ORDER BY txid DESC, position DESC LIMIT $2";
        let mut rows = self
            .exec()
            .read(vec![
                Read::new(
                    format!("SELECT {TERMS} FROM ledger_accounts a WHERE a.path = $1"),
                    cells![path.as_str()],
                ),
                Read::new(journal, cells![format!("%{escaped}:{{%"), MENTIONS]),
            ])
            .await?
            .into_iter();
        let Some(mut row) = rows.next().and_then(|mut rows| rows.pop()) else { return Ok(true) };
        let kept = read_terms(&mut row)?;
        for mut row in rows.next().unwrap_or_default() {
            let body: Mention = row.json()?;
            if let Some(noted) = body.accounts.get(path.as_str()) {
                return Ok(*noted == kept);
            }
        }
        Ok(false)
    }
}

#[derive(Deserialize)]
struct Mention {
    #[serde(default)]
    accounts: HashMap<String, Terms>,
}

/// Serials after one, their holders, and whether they moved after the bounds.
pub(crate) const HOLDERS: &str = "SELECT s.part, s.serial, a.path, CASE WHEN EXISTS \
    (SELECT 1 FROM ledger_entries e WHERE e.serial = s.serial AND e.serial <> '' \
    AND (e.txid >= $1 OR e.position > $2)) THEN 1 ELSE 0 END FROM ledger_serials s \
    JOIN ledger_accounts a ON a.id = s.account WHERE (s.part, s.serial) > ($3, $4) \
    ORDER BY s.part, s.serial LIMIT $5";

/// The serial numbers that moved at or after the bounds; few, as the bounds are of just now.
pub(crate) const MOVED_SINCE: &str = "SELECT DISTINCT serial FROM ledger_entries \
    WHERE serial <> '' AND (txid >= $1 OR position > $2)";

/// Reads a row of [`HOLDERS`]: part, serial, holder, whether it moved.
pub(crate) fn read_holder(mut row: Row) -> Result<(Key, Key, Path, bool)> {
    Ok((key(&row.text()?)?, key(&row.text()?)?, path(&row.text()?)?, row.flag()?))
}
