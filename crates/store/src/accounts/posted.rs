//! What a case posted.

use super::{ENTRY, HEADER, read_entry, read_header, read_kind};
use crate::exec::cell::cells;
use crate::{Result, Scope, Store, StoreError};
use base::{CaseId, Instant, PersonId, TransactionId};
use ledger::{Entry, MovementKind, Transaction};

/// A transaction (凭证) of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostedRow {
    /// Its id.
    pub id: TransactionId,
    /// The effect that posted it.
    pub rule: String,
    /// Its kind, where parts moved.
    pub kind: Option<MovementKind>,
    /// Who did it.
    pub actor: Option<PersonId>,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// What reversed it.
    pub reversed_by: Option<TransactionId>,
    /// Header and rows.
    pub transaction: Transaction,
}

/// Transactions of one case at the most, the newest.
const MOST: i64 = 200;

impl Store {
    /// What a case in scope posted, the oldest first.
    pub async fn case_transactions(&self, case: CaseId, scope: &Scope) -> Result<Vec<PostedRow>> {
        let sql = format!(
            "SELECT t.rule, t.kind, t.actor, t.recorded_at, r.id, {HEADER}, {ENTRY} FROM \
             (SELECT w.* FROM ledger_transactions w JOIN cases c ON c.id = w.case_id \
             WHERE w.case_id = $1 AND c.org_path >= $2 AND c.org_path < $3 \
             AND (CAST($4 AS BIGINT) = 0 OR c.assignee = $4 OR c.opener = $4 OR c.owner = $4) \
             ORDER BY w.id DESC LIMIT $5) t \
             LEFT JOIN ledger_transactions r ON r.reverses = t.id \
             JOIN ledger_entries e ON e.transaction_id = t.id \
             JOIN ledger_accounts a ON a.id = e.account ORDER BY t.id, e.position"
        );
        let own = scope.own.map_or(0, |person| person.0);
        let params = cells![case, &scope.low, &scope.high, own, MOST];
        let mut heads = Vec::new();
        let mut entries: Vec<Vec<Entry>> = Vec::new();
        for mut row in self.exec().rows(sql, params).await? {
            let rest =
                (row.text()?, row.opt_text()?, row.opt_int()?, row.instant()?, row.opt_int()?);
            let head = read_header(&mut row)?;
            if heads.last().is_none_or(|(_, last): &(_, super::Head)| last.0 != head.0) {
                heads.push((rest, head));
                entries.push(vec![]);
            }
            if let Some(entries) = entries.last_mut() {
                entries.push(read_entry(&mut row)?);
            }
        }
        let mut posted = Vec::new();
        for ((rest, (id, header, reverses)), entries) in heads.into_iter().zip(entries) {
            let (rule, kind, actor, recorded_at, reversed_by) = rest;
            let transaction = Transaction::try_from_entries(header, reverses, entries)
                .map_err(|refused| StoreError::Damaged(format!("{id}: {refused}")))?;
            posted.push(PostedRow {
                id,
                rule,
                kind: read_kind(kind)?,
                actor: actor.map(PersonId),
                recorded_at,
                reversed_by: reversed_by.map(TransactionId),
                transaction,
            });
        }
        Ok(posted)
    }
}
