//! Erasure of a customer's personal data (注销个人信息): what holds it, who asked for it, and the
//! act itself, which destroys the key and cannot be taken back.

mod holds;

pub use holds::{Hold, Keeps, OpenCase};

use crate::customer::Customer;
use crate::exec::cell::cells;
use crate::exec::{Rollback, Row, Write};
use crate::file::blocking;
use crate::keys::Show;
use crate::{Result, Scope, Store, StoreError};
use base::{CustomerId, FileId, Instant, PersonId};
use serde_json::{Value as Json, json};

/// Most requests a list shows.
const MOST_REQUESTS: i64 = 200;
/// Most entries of a customer's record.
const MOST_ENTRIES: i64 = 500;

/// A request for erasure that waits.
#[derive(Debug, Clone, PartialEq)]
pub struct ErasureRequest {
    /// Whose data.
    pub customer: Customer,
    /// Why: a key of the grounds the law names.
    pub ground: String,
    /// When it was asked for.
    pub asked_at: Instant,
    /// Who took it down.
    pub asked_by: PersonId,
}

/// Something that happened to a customer's data: `registered`, `unmasked`, `copied`, `held`,
/// `hold_lifted`, `erasure_asked`, `erasure_withdrawn`, `erased`; of files that are one by now
/// `merged`, `merged_into`, `parted`, `parted_from`.
#[derive(Debug, Clone, PartialEq)]
pub struct CustomerEvent {
    /// What.
    pub event: String,
    /// When.
    pub at: Instant,
    /// Who; `None` is the program.
    pub actor: Option<PersonId>,
    /// What was said with it: reason, fields, ground. A reason is in clear here.
    pub body: Json,
}

/// What an erasure took away beside the fields.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Erased {
    /// Photos, signatures and scans of the customer's cases.
    pub files: u64,
}

impl Store {
    /// Takes a request for erasure down that cannot be met yet; the same again changes nothing.
    pub async fn ask_erasure(
        &self,
        id: CustomerId,
        ground: &str,
        actor: PersonId,
        now: Instant,
    ) -> Result<()> {
        if self.erasure_request(id).await?.is_some() {
            return Ok(());
        }
        let mut chain = self.customer_chain(id).await?;
        let body = json!({ "ground": ground });
        chain.push(self.plain_entry("erasure_asked", Some(actor), &body, now), now);
        let mut writes = chain.writes();
        writes.push(Write::one(
            "INSERT INTO erasure_requests (id, customer, ground, asked_at, asked_by) \
             VALUES ($1, $2, $3, $4, $5)",
            cells![self.new_id(now), id, ground, now, actor],
        ));
        self.exec().write(writes).await?;
        Ok(())
    }

    /// Takes a waiting request back.
    pub async fn withdraw_erasure(
        &self,
        id: CustomerId,
        actor: PersonId,
        now: Instant,
    ) -> Result<()> {
        if self.erasure_request(id).await?.is_none() {
            return Err(StoreError::NotFound("erasure"));
        }
        let mut chain = self.customer_chain(id).await?;
        chain.push(self.plain_entry("erasure_withdrawn", Some(actor), &json!({}), now), now);
        let mut writes = chain.writes();
        writes.push(end_request(id, "withdrawn", now));
        self.exec().write(writes).await?;
        Ok(())
    }

    /// The request of one customer that waits.
    pub async fn erasure_request(&self, id: CustomerId) -> Result<Option<ErasureRequest>> {
        let rows = self.requests_where("r.customer = $1", cells![id]).await?;
        Ok(rows.into_iter().next())
    }

    /// Requests that wait, of customers the scope registered or serves; the oldest first.
    pub async fn erasure_requests(&self, scope: &Scope) -> Result<Vec<ErasureRequest>> {
        let served = "((c.org_path >= $1 AND c.org_path < $2) OR EXISTS (SELECT 1 FROM cases k \
                      WHERE k.customer = c.id AND k.org_path >= $1 AND k.org_path < $2)) \
                      AND CAST($3 AS BIGINT) = 0";
        let own = scope.own.map_or(0, |person| person.0);
        self.requests_where(served, cells![&scope.low, &scope.high, own]).await
    }

    async fn requests_where(
        &self,
        filter: &str,
        params: Vec<crate::exec::Cell>,
    ) -> Result<Vec<ErasureRequest>> {
        let sql = format!(
            "SELECT r.ground, r.asked_at, r.asked_by, {} FROM erasure_requests r \
             JOIN customers c ON c.id = r.customer JOIN data_keys ck ON ck.id = c.key_id \
             WHERE r.ended_at IS NULL AND {filter} ORDER BY r.asked_at, r.id LIMIT {MOST_REQUESTS}",
            crate::customer::COLUMNS
        );
        let read = |mut row: Row| {
            let (ground, asked_at) = (row.text()?, row.instant()?);
            let asked_by = PersonId(row.int()?);
            let customer = self.read_customer(&mut row)?;
            let customer = customer.ok_or(StoreError::NotFound("customer"))?;
            Ok(ErasureRequest { customer, ground, asked_at, asked_by })
        };
        self.exec().rows(sql, params).await?.into_iter().map(read).collect()
    }

    /// Destroys the customer's key, search tokens and the files of their cases alone; cases, sums
    /// and the journal stay and can no longer be read as anybody's. An open case or a standing hold
    /// refuses, also one that came in the same moment: [`StoreError::Moved`].
    pub async fn erase_customer(
        &self,
        id: CustomerId,
        actor: PersonId,
        ground: &str,
        now: Instant,
    ) -> Result<Erased> {
        if self.customer(id).await?.erased {
            return Ok(Erased::default());
        }
        let mut chain = self.customer_chain(id).await?;
        let body = json!({ "ground": ground });
        chain.push(self.plain_entry("erased", Some(actor), &body, now), now);
        let mut writes = chain.writes();
        for merged in self.merged_files(id).await? {
            let mut chain = self.customer_chain(merged).await?;
            chain.push(self.plain_entry("erased", Some(actor), &body, now), now);
            writes.extend(chain.writes());
        }
        let files = writes.len();
        writes.push(forget_files(id));
        writes.extend(forget(id, now));
        let mut done = match self.exec().write(writes).await {
            Err(Rollback::Guard(_)) => return Err(StoreError::Moved),
            done => done?,
        };
        let gone = std::mem::take(&mut done[files].returned);
        let mut erased = Erased::default();
        for mut row in gone {
            let path = self.file_path(FileId(row.int()?));
            erased.files += 1;
            blocking(move || {
                // Without its key a file is noise; `verify` counts what could not be removed.
                let _ = std::fs::remove_file(path);
                Ok(())
            })
            .await?;
        }
        Ok(erased)
    }

    /// The files that were merged into this one.
    async fn merged_files(&self, id: CustomerId) -> Result<Vec<CustomerId>> {
        let sql = "SELECT id FROM customers WHERE merged_into = $1 ORDER BY id";
        let rows = self.exec().rows(sql, cells![id]).await?;
        rows.into_iter().map(|mut row| row.int().map(CustomerId)).collect()
    }

    /// What happened to a customer's data, the latest first; files merged into theirs included.
    pub async fn customer_events(&self, id: CustomerId) -> Result<Vec<CustomerEvent>> {
        let sql = format!(
            "SELECT event, recorded_at, actor, body FROM journal WHERE aggregate = 'customer' \
             AND aggregate_id IN (SELECT f.id FROM customers f WHERE f.id = $1 \
             OR f.merged_into = $1) ORDER BY recorded_at DESC, id DESC LIMIT {MOST_ENTRIES}"
        );
        let mut events = Vec::new();
        for mut row in self.exec().rows(sql, cells![id]).await? {
            let (event, at) = (row.text()?, row.instant()?);
            let actor = row.opt_int()?.map(PersonId);
            let mut body: Json = row.json()?;
            self.open_sealed(&mut body, Show::Clear).await?;
            events.push(CustomerEvent { event, at, actor, body });
        }
        Ok(events)
    }

    /// Notes on the customer's record that somebody took a copy of everything held about them.
    pub async fn note_copy(
        &self,
        id: CustomerId,
        actor: PersonId,
        reason: &str,
        now: Instant,
    ) -> Result<()> {
        let mut chain = self.customer_chain(id).await?;
        let reason = self.seal_for(id, rulebook::model::form::Personal::Other, reason).await?;
        let body = json!({ "reason": reason });
        chain.push(self.plain_entry("copied", Some(actor), &body, now), now);
        self.exec().write(chain.writes()).await?;
        Ok(())
    }
}

fn end_request(id: CustomerId, outcome: &'static str, now: Instant) -> Write {
    Write::any(
        "UPDATE erasure_requests SET ended_at = $2, outcome = $3 \
         WHERE customer = $1 AND ended_at IS NULL",
        cells![id, now, outcome],
    )
}

/// Files that only this customer's cases use lose their keys, and where and when they were taken.
/// A paper of two people, such as a transfer form, is theirs as well.
fn forget_files(id: CustomerId) -> Write {
    Write::any(
        "UPDATE files SET wrapped = $2, taken = NULL WHERE LENGTH(wrapped) > 0 AND id IN \
         (SELECT u.file FROM file_uses u JOIN cases c ON c.id = u.case_id WHERE (c.customer = $1 \
         OR c.id IN (SELECT p.case_id FROM case_parties p WHERE p.customer = $1)) \
         AND NOT EXISTS (SELECT 1 FROM file_uses o JOIN cases d ON d.id = o.case_id \
         WHERE o.file = u.file AND (d.customer IS NULL OR d.customer <> $1) AND d.id NOT IN \
         (SELECT q.case_id FROM case_parties q WHERE q.customer = $1))) RETURNING id",
        cells![id, Vec::<u8>::new()],
    )
}

/// What makes the customer unreadable, guarded against what came in between.
fn forget(id: CustomerId, now: Instant) -> Vec<Write> {
    vec![
        Write::one(
            "UPDATE customers SET name = NULL, phone = NULL, address = NULL, id_mac = NULL, \
             id_last4 = NULL, email = NULL, email_mac = NULL, wechat = NULL, \
             wechat_mac = NULL, wechat_at = NULL, consent = 0, needs = '[]', \
             erased_at = $2 WHERE id = $1 \
             AND erased_at IS NULL AND NOT EXISTS (SELECT 1 FROM cases k WHERE k.customer = $1 \
             AND k.closed_at IS NULL) AND NOT EXISTS (SELECT 1 FROM cases k \
             JOIN case_parties p ON p.case_id = k.id WHERE p.customer = $1 \
             AND k.closed_at IS NULL) AND NOT EXISTS (SELECT 1 FROM customer_holds h \
             WHERE h.customer = $1 AND h.lifted_at IS NULL AND h.through IS NULL)",
            cells![id, now],
        ),
        // Files that were merged into this one are the same person's.
        Write::any(
            "UPDATE customers SET name = NULL, phone = NULL, address = NULL, id_mac = NULL, \
             id_last4 = NULL, email = NULL, email_mac = NULL, wechat = NULL, \
             wechat_mac = NULL, wechat_at = NULL, consent = 0, needs = '[]', \
             erased_at = $2 WHERE merged_into = $1",
            cells![id, now],
        ),
        Write::any(
            "UPDATE data_keys SET wrapped = NULL, destroyed_at = $2 WHERE wrapped IS NOT NULL \
             AND id IN (SELECT key_id FROM customers WHERE id = $1 OR merged_into = $1)",
            cells![id, now],
        ),
        // Papers that name them beside another customer lie under the other's key.
        Write::any(
            "UPDATE documents SET html = $2, key_id = (SELECT c.key_id FROM customers c \
             WHERE c.id = $1) WHERE case_id IN (SELECT p.case_id FROM case_parties p \
             WHERE p.customer = $1)",
            cells![id, Vec::<u8>::new()],
        ),
        Write::any("DELETE FROM customer_codes WHERE customer = $1", cells![id]),
        Write::any(
            "DELETE FROM enquiry_photos WHERE case_id IN \
             (SELECT k.id FROM cases k WHERE k.customer = $1)",
            cells![id],
        ),
        // That they were told something stays with the case; what and where went with the key.
        Write::any(
            "UPDATE customer_messages SET args = $2, state = CASE WHEN state = 'sent' THEN 'sent' \
             ELSE 'over' END, why = CASE WHEN state = 'sent' THEN why ELSE 'erased' END, \
             ended_at = COALESCE(ended_at, $3) WHERE customer IN \
             (SELECT f.id FROM customers f WHERE f.id = $1 OR f.merged_into = $1)",
            cells![id, Vec::<u8>::new(), now],
        ),
        Write::any("DELETE FROM search_tokens WHERE subject = 'customer' AND id = $1", cells![id]),
        end_request(id, "erased", now),
    ]
}
