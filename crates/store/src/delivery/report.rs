//! What a provider reports later (送达回执): it took the message, and whether the telephone got it.

use crate::exec::Write;
use crate::exec::cell::cells;
use crate::{Result, Store};
use base::{CaseId, Instant, OrgId};

/// A report of one message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// As the provider called the message when it took it.
    pub reference: String,
    /// Why it did not arrive; nothing where it did.
    pub failed: Option<String>,
}

impl Store {
    /// Keeps a report. What is reported again, or about a message nobody here knows, changes
    /// nothing. A message about a case that did not arrive is listed for a person, unless another
    /// try of it did. Where that case is.
    pub async fn report_delivery(
        &self,
        channel: &str,
        report: &Report,
        now: Instant,
    ) -> Result<Option<(CaseId, OrgId)>> {
        let (word, why) = match &report.failed {
            None => ("delivered", None),
            Some(why) => ("failed", Some(super::short(why))),
        };
        let sql = "UPDATE deliveries SET report = $3, report_why = $4, reported_at = $5 \
                   WHERE reference = $1 AND channel = $2 AND state = 'sent' AND report IS NULL";
        let mut writes = vec![Write::any(sql, cells![&report.reference, channel, word, why, now])];
        if report.failed.is_some() {
            let sql = "UPDATE customer_messages SET state = 'dead', why = 'undelivered', \
                       ended_at = $3 WHERE state = 'sent' AND class = 'service' AND id IN \
                       (SELECT d.message FROM deliveries d WHERE d.reference = $1 \
                       AND d.channel = $2 AND d.reported_at = $3 AND d.report = 'failed') \
                       AND id NOT IN (SELECT o.message FROM deliveries o \
                       WHERE o.message = customer_messages.id AND o.report = 'delivered')";
            writes.push(Write::any(sql, cells![&report.reference, channel, now]));
        }
        self.exec().write(writes).await?;
        let sql = "SELECT c.id, c.org FROM deliveries d JOIN customer_messages m \
                   ON m.id = d.message JOIN cases c ON c.id = m.case_id \
                   WHERE d.reference = $1 AND d.channel = $2 LIMIT 1";
        let row = self.exec().row(sql, cells![&report.reference, channel]).await?;
        row.map(|mut row| Ok((CaseId(row.int()?), OrgId(row.int()?)))).transpose()
    }
}
