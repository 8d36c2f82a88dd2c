//! What somebody took and gave back since their money was last counted (收银).

use crate::exec::cell::cells;
use crate::{Result, Store};
use base::{CaseId, Instant};
use ledger::Path;

/// A line of a till, not counted yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TillRow {
    /// The account it stands on.
    pub path: Path,
    /// In fen; below zero where money went back.
    pub change: i64,
    /// The template that posted it.
    pub posting: String,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// The case it was posted by.
    pub case: Option<CaseId>,
    /// Its number.
    pub number: Option<String>,
}

/// Lines of one till that are told; the newest.
const MOST: i64 = 500;

impl Store {
    /// What was posted below a path since `counted`, the posting that empties it, the newest first.
    pub async fn till_rows(&self, till: &Path, counted: &str) -> Result<Vec<TillRow>> {
        let sql = format!(
            "WITH own AS (SELECT a.id, a.path FROM ledger_accounts a \
             WHERE a.path >= $1 AND a.path < $2) \
             SELECT w.path, e.change, t.posting, t.recorded_at, t.case_id, c.number \
             FROM own w JOIN ledger_entries e ON e.account = w.id \
             JOIN ledger_transactions t ON t.id = e.transaction_id \
             LEFT JOIN cases c ON c.id = t.case_id WHERE e.position > COALESCE(\
             (SELECT MAX(l.position) FROM own o JOIN ledger_entries l ON l.account = o.id \
             JOIN ledger_transactions k ON k.id = l.transaction_id WHERE k.posting = $3), 0) \
             ORDER BY e.position DESC LIMIT {MOST}"
        );
        // `0` follows `/`: the range of everything below.
        let below = [format!("{till}/"), format!("{till}0")];
        let rows = self.exec().rows(sql, cells![&below[0], &below[1], counted]).await?;
        let read = |mut row: crate::exec::Row| {
            Ok(TillRow {
                path: super::path(&row.text()?)?,
                change: row.int()?,
                posting: row.text()?,
                recorded_at: row.instant()?,
                case: row.opt_int()?.map(CaseId),
                number: row.opt_text()?,
            })
        };
        rows.into_iter().map(read).collect()
    }
}
