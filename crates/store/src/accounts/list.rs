//! Accounts by path.

use super::{UNFOLDED, commodity};
use crate::cases::Page;
use crate::exec::cell::cells;
use crate::exec::{Cell, Row};
use crate::{Result, Scope, Store, StoreError};
use base::{Instant, OrgId};
use ledger::{Commodity, Path};

/// What is asked of the list of accounts; empty fields ask nothing.
#[derive(Debug, Clone, Default)]
pub struct AccountQuery {
    /// Words the path begins with: `station/S01` finds `station/S01/payable`, not `station/S012`.
    pub prefix: Option<String>,
    /// Part code that it counts.
    pub part: Option<String>,
    /// Only accounts that hold something.
    pub in_use: bool,
    /// Where the last page ended.
    pub cursor: Option<String>,
    /// At most so many, 200 at the most; 0 is 50.
    pub limit: u32,
}

/// An account (科目) as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRow {
    /// Its name.
    pub path: Path,
    /// What it counts.
    pub commodity: Commodity,
    /// What it holds: fen or pieces. A source holds less than nothing.
    pub balance: i64,
    /// Its quota, in the same unit.
    pub at_most: Option<i64>,
    /// Whether it may go below zero: the outside world.
    pub source: bool,
    /// The organisation unit that may see it; `None`: the company's own.
    pub owner: Option<OrgId>,
    /// Its name.
    pub owner_name: Option<String>,
    /// When it was opened.
    pub opened_at: Instant,
    /// When it was closed for good.
    pub closed_at: Option<Instant>,
}

/// Rows at the most and when nothing is said.
const MOST: u32 = 200;
const USUAL: u32 = 50;

/// The condition by which a scope sees accounts `a` of owner `o`; parameters 1 and 2. What belongs
/// to the company is seen by whoever sees the whole company.
pub(super) const IN_SCOPE: &str =
    "((o.path >= $1 AND o.path < $2) OR (a.owner IS NULL AND $1 = '/'))";

/// A limit as asked, within bounds.
pub(super) fn bounded(limit: u32) -> u32 {
    if limit == 0 { USUAL } else { limit.min(MOST) }
}

/// The select of [`read_account`]: one row each, what is not folded yet included.
pub(super) fn account_rows(filter: &str) -> String {
    format!(
        "WITH {UNFOLDED} SELECT a.path, a.commodity, \
         a.balance + CASE WHEN a.hot = 1 THEN COALESCE(u.change, 0) ELSE 0 END, a.at_most, \
         a.negative, a.owner, o.name, a.opened_at, a.closed_at, a.id FROM ledger_accounts a \
         LEFT JOIN unfolded u ON u.account = a.id LEFT JOIN orgs o ON o.id = a.owner \
         WHERE {IN_SCOPE}{filter}"
    )
}

pub(super) fn read_account(row: &mut Row) -> Result<AccountRow> {
    Ok(AccountRow {
        path: super::path(&row.text()?)?,
        commodity: commodity(&row.text()?)?,
        balance: row.int()?,
        at_most: row.opt_int()?,
        source: row.flag()?,
        owner: row.opt_int()?.map(OrgId),
        owner_name: row.opt_text()?,
        opened_at: row.instant()?,
        closed_at: row.opt_instant()?,
    })
}

/// Further conditions and their parameters.
pub(super) struct Filter {
    pub(super) sql: String,
    pub(super) params: Vec<Cell>,
}

impl Filter {
    /// A condition with a `?` for each value.
    pub(super) fn and<const N: usize>(&mut self, condition: &str, values: [&str; N]) {
        self.sql.push_str(" AND ");
        let mut pieces = condition.split('?');
        self.sql.push_str(pieces.next().unwrap_or_default());
        for (value, piece) in values.into_iter().zip(pieces) {
            self.params.push(value.into());
            self.sql.extend(["$", &self.params.len().to_string()]);
            self.sql.push_str(piece);
        }
    }
}

/// A page of one row more than asked, which tells whether another follows.
pub(super) fn page<T>(mut items: Vec<T>, limit: u32, cursor: impl Fn(&T) -> String) -> Page<T> {
    let more = items.len() > limit as usize;
    items.truncate(limit as usize);
    let next = items.last().filter(|_| more).map(cursor);
    Page { items, next }
}

impl Store {
    /// Accounts in scope, by path.
    pub async fn accounts(&self, query: &AccountQuery, scope: &Scope) -> Result<Page<AccountRow>> {
        let mut filter = Filter { sql: String::new(), params: cells![&scope.low, &scope.high] };
        let prefix = query.prefix.as_deref().map(|prefix| prefix.trim().trim_end_matches('/'));
        if let Some(prefix) = prefix.filter(|prefix| !prefix.is_empty()) {
            // `0` follows `/`: the range of everything below.
            let below = [format!("{prefix}/"), format!("{prefix}0")];
            filter.and(
                "(a.path = ? OR (a.path >= ? AND a.path < ?))",
                [prefix, &below[0], &below[1]],
            );
        }
        if let Some(part) = query.part.as_deref() {
            filter.and("a.part = ?", [part]);
        }
        if let Some(cursor) = query.cursor.as_deref() {
            filter.and("a.path > ?", [cursor]);
        }
        let Filter { sql: mut filter, mut params } = filter;
        if query.in_use {
            filter.push_str(
                " AND a.balance + CASE WHEN a.hot = 1 THEN COALESCE(u.change, 0) ELSE 0 END <> 0",
            );
        }
        let limit = bounded(query.limit);
        params.push(Cell::from(limit + 1));
        let sql = format!("{} ORDER BY a.path LIMIT ${}", account_rows(&filter), params.len());
        let rows = self.exec().rows(sql, params).await?;
        let items = rows.into_iter().map(|mut row| read_account(&mut row));
        let items = items.collect::<Result<Vec<_>>>()?;
        Ok(page(items, limit, |last| last.path.to_string()))
    }

    /// One account in scope.
    pub async fn account(&self, path: &Path, scope: &Scope) -> Result<AccountRow> {
        let params = cells![&scope.low, &scope.high, path.as_str()];
        let row = self.exec().row(account_rows(" AND a.path = $3"), params).await?;
        read_account(&mut row.ok_or(StoreError::NotFound("account"))?)
    }
}
