//! Stock (库存) by warehouse and part.

use super::list::{Filter, IN_SCOPE, bounded, page};
use crate::cases::Page;
use crate::exec::Cell;
use crate::exec::cell::cells;
use crate::{Result, Scope, Store, StoreError};
use base::OrgId;

/// What is asked of the stock list; empty fields ask nothing.
#[derive(Debug, Clone, Default)]
pub struct StockQuery {
    /// One warehouse: the second word of `stock/{warehouse}/{part}`.
    pub warehouse: Option<String>,
    /// One part code.
    pub part: Option<String>,
    /// Also what has run out: the warehouse had it once.
    pub empty: bool,
    /// Where the last page ended.
    pub cursor: Option<String>,
    /// At most so many, 200 at the most; 0 is 50.
    pub limit: u32,
}

/// What a warehouse has of a part, in pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockRow {
    /// The warehouse.
    pub warehouse: String,
    /// The part code.
    pub part: String,
    /// Whether it goes by serial.
    pub tracked: bool,
    /// The organisation unit it belongs to.
    pub org: Option<OrgId>,
    /// On the shelf and free: `stock/…` (现有).
    pub on_hand: i64,
    /// Kept for a case or order: `reserved/…` (预留).
    pub reserved: i64,
    /// Under way to it: `transit/{warehouse}/…` (在途).
    pub in_transit: i64,
    /// Old parts: `old/…` (旧件).
    pub old: i64,
}

impl Store {
    /// Stock in scope by warehouse and part, where anything is. What the list knows are the areas
    /// `stock`, `reserved`, `transit` and `old` of the chart, with the warehouse as second word.
    pub async fn stock(&self, query: &StockQuery, scope: &Scope) -> Result<Page<StockRow>> {
        let mut filter = Filter { sql: String::new(), params: cells![&scope.low, &scope.high] };
        if let Some(warehouse) = query.warehouse.as_deref() {
            filter.and("a.place = ?", [warehouse]);
        }
        if let Some(part) = query.part.as_deref() {
            filter.and("a.part = ?", [part]);
        }
        // No key holds a slash.
        if let Some(cursor) = query.cursor.as_deref() {
            let shown = || StoreError::Cursor(cursor.chars().take(40).collect());
            let (place, part) = cursor.split_once('/').ok_or_else(shown)?;
            filter.and("(a.place, a.part) > (?, ?)", [place, part]);
        }
        let Filter { sql: filter, mut params } = filter;
        let limit = bounded(query.limit);
        params.push(Cell::from(limit + 1));
        let sums: Vec<String> = ["stock", "reserved", "transit", "old"]
            .iter()
            .map(|area| {
                format!(
                    "CAST(SUM(CASE WHEN a.area = '{area}' THEN a.balance ELSE 0 END) AS BIGINT)"
                )
            })
            .collect();
        let sql = format!(
            "SELECT a.place, a.part, MIN(a.commodity), MIN(a.owner), {} FROM ledger_accounts a \
             LEFT JOIN orgs o ON o.id = a.owner WHERE {IN_SCOPE} \
             AND a.area IN ('stock', 'reserved', 'transit', 'old') AND a.place IS NOT NULL \
             AND a.part IS NOT NULL{filter} GROUP BY a.place, a.part \
             HAVING SUM(ABS(a.balance)) >= {} ORDER BY a.place, a.part LIMIT ${}",
            sums.join(", "),
            u8::from(!query.empty),
            params.len()
        );
        let mut items = Vec::new();
        for mut row in self.exec().rows(sql, params).await? {
            items.push(StockRow {
                warehouse: row.text()?,
                part: row.text()?,
                tracked: row.text()?.starts_with("serials:"),
                org: row.opt_int()?.map(OrgId),
                on_hand: row.int()?,
                reserved: row.int()?,
                in_transit: row.int()?,
                old: row.int()?,
            });
        }
        Ok(page(items, limit, |row| format!("{}/{}", row.warehouse, row.part)))
    }
}
