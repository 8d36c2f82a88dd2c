//! Tags staff put on a customer's file (客户标签), and the counts a grade follows from.

use super::print;
use crate::counter::CounterAct;
use crate::exec::cell::cells;
use crate::exec::{Cell, Rollback, Write, places};
use crate::{Result, Store, StoreError};
use base::{CustomerId, Instant, PersonId};
use serde_json::json;

impl Store {
    /// Vehicles a customer owns, and cases of these processes opened for them since then, at any
    /// unit.
    pub async fn customer_counts(
        &self,
        id: CustomerId,
        processes: &[&str],
        since: Instant,
    ) -> Result<(i64, i64)> {
        let cases = if processes.is_empty() {
            "0".to_owned()
        } else {
            format!(
                "(SELECT COUNT(*) FROM cases c WHERE c.customer = $1 AND c.opened_at >= $2 \
                 AND c.process IN {})",
                places(3, processes.len())
            )
        };
        let sql = format!(
            "SELECT (SELECT COUNT(*) FROM units u WHERE u.owner = $1), {cases} \
             FROM customers k WHERE k.id = $1 AND $2 IS NOT NULL"
        );
        let mut params = cells![id, since];
        params.extend(processes.iter().map(|process| Cell::from(*process)));
        let row = self.exec().row(sql, params).await?;
        let mut row = row.ok_or(StoreError::NotFound("customer"))?;
        Ok((row.int()?, row.int()?))
    }

    /// Puts tags on a file in place of those that were there, on record; an erased file or one
    /// whose tags are others than `were` meanwhile is [`StoreError::Moved`].
    pub async fn put_customer_tags(
        &self,
        id: CustomerId,
        (were, tags): (&[String], &[String]),
        (actor, counter): (PersonId, Option<&CounterAct>),
        now: Instant,
    ) -> Result<()> {
        let mut body = json!({ "tags": tags, "were": were });
        if let Some(counter) = counter {
            body["counter"] = json!(counter);
        }
        let mut chain = self.customer_chain(id).await?;
        chain.push(self.plain_entry("tagged", Some(actor), &body, now), now);
        let mut writes = chain.writes();
        let sql = "UPDATE customers SET needs = $2 WHERE id = $1 AND needs = $3 \
                   AND erased_at IS NULL AND merged_into IS NULL";
        writes.push(Write::one(sql, cells![id, print(&tags)?, print(&were)?]));
        match self.exec().write(writes).await {
            Err(Rollback::Guard(_)) => Err(StoreError::Moved),
            done => done.map(|_| ()).map_err(Into::into),
        }
    }
}
