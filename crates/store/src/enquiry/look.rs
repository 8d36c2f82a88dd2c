//! How far enquiries were looked at (已读), and whose file an enquiry made by itself.

use crate::exec::cell::cells;
use crate::exec::{Cell, Row, Write, places};
use crate::{Result, Store};
use base::{CaseId, CustomerId, Instant, JournalId};
use std::collections::BTreeMap;

/// Most enquiries counted at a time.
const MOST: usize = 500;

impl Store {
    /// What whoever asked wrote and sent in each of these enquiries since somebody of the unit
    /// looked; those without anything new are left out.
    pub async fn unread_enquiries(&self, cases: &[CaseId]) -> Result<BTreeMap<CaseId, i64>> {
        let cases = cases.get(..cases.len().min(MOST)).unwrap_or_default();
        if cases.is_empty() {
            return Ok(BTreeMap::new());
        }
        // Without a person: the one outside. What staff took down they have read.
        let sql = format!(
            "SELECT c.id, (SELECT COUNT(*) FROM journal j WHERE j.aggregate = 'case' \
             AND j.aggregate_id = c.id AND j.actor IS NULL AND j.event IN ('opened', 'action') \
             AND j.seq > COALESCE(l.seq, 0)), (SELECT COUNT(*) FROM enquiry_photos p \
             WHERE p.case_id = c.id AND p.id > COALESCE(l.photo, 0)) \
             FROM cases c LEFT JOIN enquiry_looks l ON l.case_id = c.id WHERE c.id IN {}",
            places(1, cases.len())
        );
        let params = cases.iter().map(|id| Cell::Int(id.0)).collect();
        let read = |mut row: Row| Ok((CaseId(row.int()?), row.int()? + row.int()?));
        let rows = self.exec().rows(sql, params).await?.into_iter().map(read);
        let counted = rows.collect::<Result<Vec<_>>>()?;
        Ok(counted.into_iter().filter(|(_, unread)| *unread > 0).collect())
    }

    /// Somebody looked at an enquiry, up to that entry of its journal and that photo. A mark never
    /// goes back: two may look at once.
    pub async fn look_at_enquiry(
        &self,
        case: CaseId,
        (entry, photo): (Option<JournalId>, Option<i64>),
        now: Instant,
    ) -> Result<()> {
        let later = |column: &str| {
            format!(
                "{column} = CASE WHEN excluded.{column} > enquiry_looks.{column} \
                 THEN excluded.{column} ELSE enquiry_looks.{column} END"
            )
        };
        let sql = format!(
            "INSERT INTO enquiry_looks (case_id, seq, photo, at) SELECT c.id, \
             COALESCE((SELECT j.seq FROM journal j WHERE j.aggregate = 'case' \
             AND j.aggregate_id = c.id AND j.id = $2), 0), \
             COALESCE((SELECT p.id FROM enquiry_photos p WHERE p.case_id = c.id AND p.id = $3), \
             0), CAST($4 AS BIGINT) FROM cases c WHERE c.id = $1 \
             ON CONFLICT (case_id) DO UPDATE SET {}, {}, at = excluded.at",
            later("seq"),
            later("photo")
        );
        let entry = entry.map_or(0, |entry| entry.0);
        let params = cells![case, entry, photo.unwrap_or(0), now];
        self.exec().write(vec![Write::any(sql, params)]).await?;
        Ok(())
    }

    /// Whether a file was made by asking and holds nothing else: no vehicle, no identity, no case
    /// but enquiries.
    pub async fn is_only_asked(&self, customer: CustomerId) -> Result<bool> {
        let sql = "SELECT CASE WHEN c.id_mac IS NULL AND c.merged_into IS NULL \
                   AND NOT EXISTS (SELECT 1 FROM units u WHERE u.owner = c.id) \
                   AND NOT EXISTS (SELECT 1 FROM unit_owners o WHERE o.owner = c.id) \
                   AND NOT EXISTS (SELECT 1 FROM case_parties p WHERE p.customer = c.id) \
                   AND NOT EXISTS (SELECT 1 FROM customers f WHERE f.merged_into = c.id) \
                   AND NOT EXISTS (SELECT 1 FROM cases k WHERE k.customer = c.id \
                   AND k.process <> $2) THEN 1 ELSE 0 END FROM customers c WHERE c.id = $1";
        let row = self.exec().row(sql, cells![customer, "enquiry"]).await?;
        row.map_or(Ok(false), |mut row| row.flag())
    }
}
