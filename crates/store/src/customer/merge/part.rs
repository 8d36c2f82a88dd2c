//! Parting two files again: as long as nothing was written that rests on their being one.

use super::moves;
use crate::exec::cell::{cells, parse, print};
use crate::exec::{Rollback, Row, Write};
use crate::keys::{Show, word};
use crate::search::Tokens;
use crate::{Result, Store, StoreError};
use base::{CustomerId, Instant, PersonId, UnitId};
use rulebook::model::form::Personal as Class;
use serde_json::{Value as Json, json};

/// Most merges of one file that are shown.
const MOST: i64 = 50;

/// A merge into a file that stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Merge {
    /// Its number.
    pub id: i64,
    /// The file that went into it.
    pub gone: CustomerId,
    /// When.
    pub at: Instant,
    /// By whom.
    pub by: PersonId,
    /// What rests on it by now; nothing: it may be taken back.
    pub rests: Option<Dependence>,
}

/// What was done since two files became one, so that they can no longer be parted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dependence {
    /// A case that came over was worked on: its number.
    CaseWorked(String),
    /// A case was opened for the kept file, or names it: its number.
    CaseOpened(String),
    /// A vehicle that came over is another's by now: its frame number.
    VehicleGone(UnitId),
    /// The file was changed, merged again or erased since.
    FileChanged,
}

/// A case that came over and does not stand as it stood.
const WORKED: &str = "SELECT c.number FROM customer_moves m JOIN cases c ON c.id = m.row_id \
    WHERE m.merge_id = $1 AND m.kind = 'case' AND (c.version <> m.version OR c.customer <> $2) \
    ORDER BY c.id LIMIT 1";
/// A case that did not come over and was opened since.
const OPENED: &str = "SELECT c.number FROM cases c WHERE (c.customer = $2 OR c.id IN \
    (SELECT p.case_id FROM case_parties p WHERE p.customer = $2)) AND c.id > $1 \
    AND NOT EXISTS (SELECT 1 FROM customer_moves m WHERE m.merge_id = $1 \
    AND m.kind IN ('case', 'party') AND m.row_id = c.id) ORDER BY c.id LIMIT 1";
const VEHICLE: &str = "SELECT u.id FROM customer_moves m JOIN units u ON u.id = m.row_id \
    WHERE m.merge_id = $1 AND m.kind = 'unit' AND COALESCE(u.owner, 0) <> $2 \
    ORDER BY u.id LIMIT 1";
/// Looking at a file, taking a copy of it and putting tags on it change nothing that was merged.
const CHANGED: &str = "SELECT 1 FROM journal j WHERE j.aggregate = 'customer' \
    AND j.aggregate_id = $1 AND j.seq > $2 \
    AND j.event NOT IN ('unmasked', 'copied', 'tagged', 'hold_lifted', \
    'erasure_withdrawn') LIMIT 1";

impl Store {
    /// The merges into a file that stand, the latest first, each with what rests on it.
    pub async fn merges_into(&self, kept: CustomerId) -> Result<Vec<Merge>> {
        let sql = "SELECT id, gone, merged_at, merged_by, kept_seq FROM customer_merges \
                   WHERE kept = $1 AND parted_at IS NULL ORDER BY id DESC LIMIT $2";
        let mut merges = Vec::new();
        for mut row in self.exec().rows(sql, cells![kept, MOST]).await? {
            let (id, gone) = (row.int()?, CustomerId(row.int()?));
            let (at, by) = (row.instant()?, PersonId(row.int()?));
            let rests = self.rests_on(id, kept, row.int()?).await?;
            merges.push(Merge { id, gone, at, by, rests });
        }
        Ok(merges)
    }

    async fn rests_on(&self, merge: i64, kept: CustomerId, seq: i64) -> Result<Option<Dependence>> {
        let one = |sql: &'static str, params| self.exec().row(sql, params);
        if one(CHANGED, cells![kept, seq]).await?.is_some() {
            return Ok(Some(Dependence::FileChanged));
        }
        if let Some(mut row) = one(WORKED, cells![merge, kept]).await? {
            return Ok(Some(Dependence::CaseWorked(row.text()?)));
        }
        if let Some(mut row) = one(OPENED, cells![merge, kept]).await? {
            return Ok(Some(Dependence::CaseOpened(row.text()?)));
        }
        let row = one(VEHICLE, cells![merge, kept]).await?;
        row.map(|mut row| row.int().map(|id| Dependence::VehicleGone(UnitId(id)))).transpose()
    }

    /// Takes a merge back: each file has again what was its own. The caller has asked what rests on
    /// it; what came in between is [`StoreError::Moved`].
    pub async fn part_customers(
        &self,
        merge: i64,
        reason: &str,
        actor: PersonId,
        now: Instant,
    ) -> Result<()> {
        let sql = "SELECT kept, gone, was FROM customer_merges WHERE id = $1 AND parted_at IS NULL";
        let row = self.exec().row(sql, cells![merge]).await?;
        let read = |mut row: Row| {
            let (kept, gone) = (CustomerId(row.int()?), CustomerId(row.int()?));
            Ok::<_, StoreError>((kept, gone, parse::<Json>(&row.text()?)?))
        };
        let (kept, gone, mut was) = read(row.ok_or(StoreError::NotFound("merge"))?)?;
        self.open_sealed(&mut was, Show::Clear).await?;
        let mut writes = Vec::new();
        for (id, event, other) in [(kept, "parted", gone), (gone, "parted_from", kept)] {
            let mut chain = self.customer_chain(id).await?;
            let reason = self.seal_for(id, Class::Other, reason).await?;
            let body = json!({ "other": other, "reason": reason });
            chain.push(self.plain_entry(event, Some(actor), &body, now), now);
            writes.extend(chain.writes());
        }
        writes.push(Write::one(
            "UPDATE customer_merges SET parted_at = $2 WHERE id = $1 AND parted_at IS NULL",
            cells![merge, now],
        ));
        writes.extend(moves::given(merge, gone, kept));
        writes.extend(self.given_back(kept, gone, &was).await?);
        writes.extend(self.found_apart(merge, kept, gone, &was).await?);
        match self.exec().write(writes).await {
            Err(Rollback::Guard(_)) => Err(StoreError::Moved),
            done => done.map(|_| ()).map_err(Into::into),
        }
    }

    /// The tags of the kept file without those that came with the other one.
    async fn tags_apart(
        &self,
        kept: CustomerId,
        gone: CustomerId,
        was: &Json,
    ) -> Result<Vec<String>> {
        let sql = "SELECT k.needs, g.needs FROM customers k, customers g \
                   WHERE k.id = $1 AND g.id = $2";
        let row = self.exec().row(sql, cells![kept, gone]).await?;
        let mut row = row.ok_or(StoreError::NotFound("merge"))?;
        let (own, other): (Vec<String>, Vec<String>) = (parse(&row.text()?)?, parse(&row.text()?)?);
        let before: Vec<&str> =
            was["tags"].as_array().into_iter().flatten().filter_map(Json::as_str).collect();
        let stays = |tag: &String| !other.contains(tag) || before.contains(&tag.as_str());
        Ok(own.into_iter().filter(stays).collect())
    }

    /// The fields of the kept file as they were, and the other file as one of its own.
    async fn given_back(
        &self,
        kept: CustomerId,
        gone: CustomerId,
        was: &Json,
    ) -> Result<Vec<Write>> {
        let (_, key) = self.case_key(Some(kept)).await?;
        let seal = |field: &str, class| {
            let text = was.get(field).and_then(Json::as_str);
            text.map(|text| key.seal(text.as_bytes(), word(class))).transpose()
        };
        let flag = |field: &str| was.get(field).and_then(Json::as_bool).unwrap_or(false);
        let mut writes = vec![
            Write::one(
                "UPDATE customers SET name = $2, phone = $3, address = $4, consent = $5, \
                 needs = $6 WHERE id = $1 AND erased_at IS NULL AND merged_into IS NULL",
                cells![
                    kept,
                    seal("name", Class::Name)?,
                    seal("phone", Class::Phone)?,
                    seal("address", Class::Address)?,
                    flag("consent"),
                    print(&self.tags_apart(kept, gone, was).await?)?,
                ],
            ),
            Write::one(
                "UPDATE customers SET merged_into = NULL, consent = $3 \
                 WHERE id = $2 AND merged_into = $1 AND erased_at IS NULL",
                cells![kept, gone, flag("other_consent")],
            ),
        ];
        if !flag("identity") {
            let sql = "UPDATE customers SET id_mac = NULL, id_last4 = NULL WHERE id = $1";
            writes.push(Write::any(sql, cells![kept]));
        }
        Ok(writes)
    }

    /// Each is found by its own name and number again, where its own cases lie.
    async fn found_apart(
        &self,
        merge: i64,
        kept: CustomerId,
        gone: CustomerId,
        was: &Json,
    ) -> Result<Vec<Write>> {
        let other = self.customer(gone).await?;
        let text = |field: &str| was.get(field).and_then(Json::as_str).map(str::to_owned);
        let reveal = |p: &Option<crate::Personal>| p.as_ref().map(|p| p.reveal().to_owned());
        let mut writes = vec![Write::any(
            "DELETE FROM search_tokens WHERE subject = 'customer' AND id = $1",
            cells![kept],
        )];
        let files = [
            (kept, "NOT EXISTS", text("name"), text("phone")),
            (gone, "EXISTS", reveal(&other.name), reveal(&other.phone)),
        ];
        for (id, moved, name, phone) in files {
            let mut tokens = Tokens::default();
            if let Some(name) = &name {
                tokens.name(name);
            }
            if let Some(phone) = &phone {
                tokens.phone(phone);
            }
            let sql = format!(
                "SELECT org_path FROM customers WHERE id = $1 UNION SELECT c.org_path FROM cases c \
                 WHERE c.customer = $2 AND {moved} (SELECT 1 FROM customer_moves m \
                 WHERE m.merge_id = $3 AND m.kind = 'case' AND m.row_id = c.id)"
            );
            for mut row in self.exec().rows(sql, cells![id, kept, merge]).await? {
                let rows = tokens.rows(self.vault(), "customer", id.0, &row.text()?);
                writes.extend(crate::customer::token_writes(rows));
            }
        }
        Ok(writes)
    }
}
