//! Two files of one person become one (客户合并), and are parted again while nothing depends on it.

mod moves;
mod part;

pub use part::{Dependence, Merge};

use super::Customer;
use crate::counter::CounterAct;
use crate::exec::cell::{cells, print};
use crate::exec::{Cell, Rollback, Write};
use crate::keys::word;
use crate::search::Tokens;
use crate::{Personal, Result, Store, StoreError};
use base::{CustomerId, Day, Instant, PersonId};
use rulebook::model::form::Personal as Class;
use serde_json::{Map, Value as Json, json};

/// Which fields of the file that goes replace those of the one that is kept; a field that the kept
/// file lacks is taken anyway.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Taken {
    /// The name.
    pub name: bool,
    /// The telephone.
    pub phone: bool,
    /// The address.
    pub address: bool,
}

/// What forbids a merge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Forbidden {
    /// Both are one file already.
    Same,
    /// One of them was erased.
    Erased,
    /// A hold (保全) stands on one of them.
    Held,
    /// An erasure of one of them was asked for and waits.
    ErasureAsked,
    /// Their identity numbers are two.
    OtherIdentity,
    /// An open case names the one beside the other, or the one that goes as a party: its number.
    Party(String),
}

/// The kept file as it is written.
struct Written {
    columns: Vec<Cell>,
    /// What changed, sealed: from, to.
    changes: Map<String, Json>,
    tokens: Tokens,
}

impl Store {
    /// The file that this one is part of: itself, unless it was merged into another.
    pub async fn kept_customer(&self, id: CustomerId) -> Result<CustomerId> {
        let sql = "SELECT COALESCE(merged_into, id) FROM customers WHERE id = $1";
        let row = self.exec().row(sql, cells![id]).await?;
        row.map_or(Ok(id), |mut row| row.int().map(CustomerId))
    }

    /// What forbids to merge the second file into the first, if anything does.
    pub async fn merge_forbidden(
        &self,
        (kept, gone): (CustomerId, CustomerId),
        today: Day,
    ) -> Result<Option<Forbidden>> {
        if self.kept_customer(kept).await? == self.kept_customer(gone).await? {
            return Ok(Some(Forbidden::Same));
        }
        let sql = "SELECT \
             CASE WHEN a.erased_at IS NOT NULL OR b.erased_at IS NOT NULL THEN 1 ELSE 0 END, \
             (SELECT COUNT(*) FROM customer_holds h WHERE h.customer IN (a.id, b.id) \
             AND h.lifted_at IS NULL AND (h.through IS NULL OR h.through >= $3)), \
             (SELECT COUNT(*) FROM erasure_requests r WHERE r.customer IN (a.id, b.id) \
             AND r.ended_at IS NULL), a.id_mac, b.id_mac FROM customers a, customers b \
             WHERE a.id = $1 AND b.id = $2";
        let row = self.exec().row(sql, cells![kept, gone, today]).await?;
        let mut row = row.ok_or(StoreError::NotFound("customer"))?;
        let (erased, holds, asked) = (row.flag()?, row.int()?, row.int()?);
        let identities = row.opt_bytes()?.zip(row.opt_bytes()?);
        if erased {
            return Ok(Some(Forbidden::Erased));
        }
        if holds > 0 {
            return Ok(Some(Forbidden::Held));
        }
        if asked > 0 {
            return Ok(Some(Forbidden::ErasureAsked));
        }
        if let Some((one, other)) = identities
            && one != other
            && self.two_people(kept, gone).await?
        {
            return Ok(Some(Forbidden::OtherIdentity));
        }
        self.open_party(kept, gone).await
    }

    /// Whether two hashes of identity numbers are two numbers: hashes keep the key of their day, so
    /// that the last four tell where there were several keys.
    async fn two_people(&self, kept: CustomerId, gone: CustomerId) -> Result<bool> {
        let several = self.vault().tokens("identity", "").len() > 1;
        let (one, other) = (self.customer(kept).await?, self.customer(gone).await?);
        let last = |customer: &Customer| customer.id_last4.as_ref().map(|l| l.reveal().to_owned());
        Ok(!several || last(&one) != last(&other))
    }

    async fn open_party(&self, kept: CustomerId, gone: CustomerId) -> Result<Option<Forbidden>> {
        let sql = "SELECT c.number FROM cases c JOIN case_parties p ON p.case_id = c.id \
                   WHERE c.closed_at IS NULL AND (p.customer = $2 \
                   OR (p.customer = $1 AND c.customer = $2)) ORDER BY c.id LIMIT 1";
        let row = self.exec().row(sql, cells![kept, gone]).await?;
        row.map(|mut row| row.text().map(Forbidden::Party)).transpose()
    }

    /// Merges the second file into the first: vehicles, cases and papers become those of the kept
    /// one, the stricter consent holds, the other leads to it from now on. Without `taken` nothing
    /// is taken over, not even what the kept file lacks, nor its consent: what somebody typed of
    /// themselves without an account is not proven. The caller has asked
    /// [`Store::merge_forbidden`]; what came in between is [`StoreError::Moved`].
    pub async fn merge_customers(
        &self,
        (kept, gone): (CustomerId, CustomerId),
        taken: Option<Taken>,
        reason: &str,
        (actor, counter): (PersonId, Option<&CounterAct>),
        now: Instant,
    ) -> Result<i64> {
        let (stays, goes) = (self.customer(kept).await?, self.customer(gone).await?);
        let written = self.written(&stays, &goes, taken).await?;
        let was = self.was(&stays, &goes).await?;
        let mut chain = self.customer_chain(kept).await?;
        let mut body = json!({
            "from": gone, "reason": self.seal_for(kept, Class::Other, reason).await?,
            "fields": written.changes.keys().collect::<Vec<_>>(), "changes": written.changes,
        });
        let mut other = json!({
            "into": kept, "reason": self.seal_for(gone, Class::Other, reason).await?,
        });
        if let Some(counter) = counter {
            body["counter"] = json!(counter);
            other["counter"] = json!(counter);
        }
        chain.push(self.plain_entry("merged", Some(actor), &body, now), now);
        let seq = chain.seq;
        let mut writes = chain.writes();
        let mut leaving = self.customer_chain(gone).await?;
        leaving.push(self.plain_entry("merged_into", Some(actor), &other, now), now);
        writes.extend(leaving.writes());
        let id = self.new_id(now);
        writes.push(Write::one(
            "INSERT INTO customer_merges (id, kept, gone, was, kept_seq, merged_at, merged_by) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            cells![id, kept, gone, print(&was)?, seq, now, actor],
        ));
        let mut columns = cells![kept];
        columns.extend(written.columns);
        writes.push(Write::one(
            "UPDATE customers SET name = $2, phone = $3, address = $4, id_mac = $5, \
             id_last4 = $6, consent = $7, needs = $8 WHERE id = $1 AND erased_at IS NULL \
             AND merged_into IS NULL",
            columns,
        ));
        writes.push(gone_into(kept, gone));
        writes.extend(moves::writes(id, kept, gone));
        writes.extend(self.found_as_one(&stays, &goes, &written.tokens).await?);
        match self.exec().write(writes).await {
            Err(Rollback::Guard(_)) => Err(StoreError::Moved),
            done => done.map(|_| id).map_err(Into::into),
        }
    }

    /// The fields of the kept file, sealed under its key.
    async fn written(
        &self,
        stays: &Customer,
        goes: &Customer,
        taken: Option<Taken>,
    ) -> Result<Written> {
        let (nothing, taken) = (taken.is_none(), taken.unwrap_or_default());
        let (_, key) = self.case_key(Some(stays.id)).await?;
        let fields = [
            ("name", Class::Name, &stays.name, &goes.name, taken.name),
            ("phone", Class::Phone, &stays.phone, &goes.phone, taken.phone),
            ("address", Class::Address, &stays.address, &goes.address, taken.address),
        ];
        let (mut columns, mut changes) = (Vec::new(), Map::new());
        let mut tokens = Tokens::default();
        for (field, class, own, other, take) in fields {
            let clear = |text: &Option<Personal>| text.as_ref().map(|t| t.reveal().to_owned());
            let (own, other) = (clear(own), clear(other));
            let other = other.filter(|_| !nothing);
            let holds =
                if take { other.clone().or(own.clone()) } else { own.clone().or(other.clone()) };
            if holds != own {
                let sealed = match &own {
                    Some(own) => self.seal_for(stays.id, class, own).await?,
                    None => Json::Null,
                };
                let to = self.seal_for(stays.id, class, holds.as_deref().unwrap_or("")).await?;
                changes.insert(field.into(), json!({ "from": sealed, "to": to }));
            }
            // Whoever knew either name or number still finds the file.
            for text in own.iter().chain(&other) {
                match field {
                    "name" => tokens.name(text),
                    "phone" => tokens.phone(text),
                    _ => {}
                }
            }
            columns.push(holds.map(|t| key.seal(t.as_bytes(), word(class))).transpose()?.into());
        }
        let identity = self.known_identity(stays.id).await?;
        let (mac, last4) = if identity.0.is_some() || nothing {
            identity
        } else {
            let last4 = goes.id_last4.as_ref().map(|text| text.reveal().as_bytes().to_vec());
            let seal = |text: Vec<u8>| key.seal(&text, word(Class::IdNumber));
            (self.known_identity(goes.id).await?.0, last4.map(seal).transpose()?)
        };
        let mut tags = stays.tags.clone();
        tags.extend(goes.tags.iter().filter(|tag| !stays.tags.contains(tag)).cloned());
        columns.extend(cells![
            mac,
            last4,
            stays.consent && (goes.consent || nothing),
            print(&tags)?
        ]);
        Ok(Written { columns, changes, tokens })
    }

    /// The keyed hash and the sealed last four of an identity number.
    async fn known_identity(&self, id: CustomerId) -> Result<(Option<Vec<u8>>, Option<Vec<u8>>)> {
        let sql = "SELECT id_mac, id_last4 FROM customers WHERE id = $1";
        let row = self.exec().row(sql, cells![id]).await?;
        row.map_or(Ok((None, None)), |mut row| Ok((row.opt_bytes()?, row.opt_bytes()?)))
    }

    /// What the kept file said before, to be given back when the two are parted.
    async fn was(&self, stays: &Customer, goes: &Customer) -> Result<Json> {
        let mut was = json!({
            "consent": stays.consent, "other_consent": goes.consent, "tags": stays.tags,
            "identity": self.known_identity(stays.id).await?.0.is_some(),
        });
        let fields = [
            ("name", Class::Name, &stays.name),
            ("phone", Class::Phone, &stays.phone),
            ("address", Class::Address, &stays.address),
        ];
        for (field, class, text) in fields {
            if let Some(text) = text {
                was[field] = self.seal_for(stays.id, class, text.reveal()).await?;
            }
        }
        Ok(was)
    }

    /// The kept file is found by what either was found by, wherever either was; the other by
    /// nothing any more.
    async fn found_as_one(
        &self,
        stays: &Customer,
        goes: &Customer,
        tokens: &Tokens,
    ) -> Result<Vec<Write>> {
        let gone = "DELETE FROM search_tokens WHERE subject = 'customer' AND id IN ($1, $2)";
        let mut writes = vec![Write::any(gone, cells![stays.id, goes.id])];
        for path in self.paths_of(&[stays.id, goes.id]).await? {
            let rows = tokens.rows(self.vault(), "customer", stays.id.0, &path);
            writes.extend(super::token_writes(rows));
        }
        Ok(writes)
    }

    /// Where these files are found: who registered, sold to or served them.
    pub(super) async fn paths_of(&self, ids: &[CustomerId]) -> Result<Vec<String>> {
        let places = crate::exec::places(1, ids.len());
        let sql = format!(
            "SELECT path FROM search_tokens WHERE subject = 'customer' AND id IN {places} \
             UNION SELECT org_path FROM customers WHERE id IN {places}"
        );
        let params = ids.iter().map(|id| Cell::from(*id)).collect();
        let rows = self.exec().rows(sql, params).await?;
        rows.into_iter().map(|mut row| row.text()).collect()
    }
}

/// The file that goes, guarded against what came in between. Nobody who agreed to calls in one file
/// only is called by the other.
fn gone_into(kept: CustomerId, gone: CustomerId) -> Write {
    Write::one(
        "UPDATE customers SET merged_into = $1, consent = CASE WHEN consent = 1 AND EXISTS \
         (SELECT 1 FROM customers k WHERE k.id = $1 AND k.consent = 1) THEN 1 ELSE 0 END \
         WHERE id = $2 AND merged_into IS NULL AND erased_at IS NULL \
         AND NOT EXISTS (SELECT 1 FROM customer_holds h WHERE h.customer IN ($1, $2) \
         AND h.lifted_at IS NULL AND h.through IS NULL) \
         AND NOT EXISTS (SELECT 1 FROM erasure_requests r WHERE r.customer IN ($1, $2) \
         AND r.ended_at IS NULL) AND NOT EXISTS (SELECT 1 FROM case_parties p \
         JOIN cases c ON c.id = p.case_id WHERE c.closed_at IS NULL AND (p.customer = $2 \
         OR (p.customer = $1 AND c.customer = $2)))",
        cells![kept, gone],
    )
}
