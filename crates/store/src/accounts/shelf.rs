//! One shelf of a warehouse, with its serials: what a form of parts is read against.

use crate::exec::Read;
use crate::exec::cell::cells;
use crate::{Result, Store};
use engine::facts::OnHand;
use std::collections::BTreeMap;

/// Parts of a shelf at the most.
const MOST_PARTS: i64 = 2000;
/// Serials of a shelf at the most.
const MOST_SERIALS: i64 = 10_000;

impl Store {
    /// What lies at `{area}/{warehouse}/…` (`stock`, `old`), by part.
    pub async fn on_hand(&self, area: &str, warehouse: &str) -> Result<BTreeMap<String, OnHand>> {
        let pieces = "SELECT a.part, a.balance FROM ledger_accounts a \
            WHERE a.area = $1 AND a.place = $2 AND a.part IS NOT NULL AND a.balance <> 0 \
            ORDER BY a.part LIMIT $3";
        let serials = "SELECT s.part, s.serial FROM ledger_serials s \
            JOIN ledger_accounts a ON a.id = s.account WHERE a.area = $1 AND a.place = $2 \
            ORDER BY s.part, s.serial LIMIT $3";
        let read = vec![
            Read::new(pieces, cells![area, warehouse, MOST_PARTS]),
            Read::new(serials, cells![area, warehouse, MOST_SERIALS]),
        ];
        let mut found: BTreeMap<String, OnHand> = BTreeMap::new();
        let mut answers = self.exec().read(read).await?.into_iter();
        for mut row in answers.next().unwrap_or_default() {
            found.insert(row.text()?, OnHand { pieces: row.int()?, serials: vec![] });
        }
        for mut row in answers.next().unwrap_or_default() {
            let part = row.text()?;
            found.entry(part).or_default().serials.push(row.text()?);
        }
        Ok(found)
    }
}
