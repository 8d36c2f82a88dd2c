//! Writing an import: in chunks that readers do not see, flipped by one statement at the end.

use super::ImportRow;
use crate::customer::{CustomerRows, NewCustomer};
use crate::exec::cell::cells;
use crate::exec::{Cell, Rollback, Write, places};
use crate::journal::Chain;
use crate::search::{normalise, phone_digits};
use crate::unit::NewUnit;
use crate::units::UnitRows;
use crate::{Result, Store, StoreError};
use base::{CustomerId, Instant, OrgId, PersonId};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// Rows written in one transaction.
const CHUNK: usize = 1_000;

/// A row of a workbook: its number, a vehicle, its owner; of a workbook of customers no vehicle.
pub type ImportedUnit = (i64, Option<NewUnit>, Option<NewCustomer>);

/// Who is known already, by telephone and name.
type Known = HashMap<(String, String), CustomerId>;

impl Store {
    /// Writes vehicles with their owners under the import, in chunks of 1,000 that readers do not
    /// see until the last; then flips it to applied. Called again after a crash with the same
    /// rows, it goes on where it stopped. A frame number that was taken meanwhile undoes all.
    pub async fn apply_import(
        &self,
        id: i64,
        units: Vec<ImportedUnit>,
        actor: PersonId,
        now: Instant,
    ) -> Result<ImportRow> {
        let begin = "UPDATE imports SET state = 'applying' WHERE id = $1 \
                     AND state IN ('staged', 'applying')";
        match self.exec().write(vec![Write::one(begin, cells![id])]).await {
            Err(Rollback::Guard(_)) => {
                self.import(id).await?;
                let sentence = "this import is applied or discarded already";
                return Err(StoreError::Invalid(sentence.into()));
            }
            result => result?,
        };
        let paths: HashMap<OrgId, String> =
            self.orgs().await?.into_iter().map(|org| (org.id, org.path)).collect();
        for (place, chunk) in (0_i64..).zip(units.chunks(CHUNK)) {
            if let Err(error) = self.write_chunk(id, place, chunk, &paths, actor, now).await {
                self.undo_import(id, actor, now).await?;
                return Err(error);
            }
        }
        let (mut chain, _, _) = self.import_chain(id).await?;
        let body = json!({ "rows": units.len() });
        chain.push(self.plain_entry("applied", Some(actor), &body, now), now);
        let mut writes = chain.writes();
        writes.push(Write::one(
            "UPDATE imports SET state = 'applied' WHERE id = $1 AND state = 'applying'",
            cells![id],
        ));
        // Accepted rows live in the register now; the others stay for the report of errors.
        writes.push(Write::any(
            "DELETE FROM import_rows WHERE import_id = $1 AND verdict = 'accept'",
            cells![id],
        ));
        self.exec().write(writes).await?;
        self.import(id).await
    }

    async fn write_chunk(
        &self,
        id: i64,
        place: i64,
        chunk: &[ImportedUnit],
        paths: &HashMap<OrgId, String>,
        actor: PersonId,
        now: Instant,
    ) -> Result<()> {
        let (mut chain, _, written) = self.import_chain(id).await?;
        if place < written {
            return Ok(());
        }
        let owners = chunk.iter().filter_map(|(_, _, owner)| identity(owner.as_ref()?));
        let mut known = self.known_customers(owners.collect()).await?;
        let (mut customers, mut rows) = (CustomerRows::default(), UnitRows::default());
        for (_, unit, owner) in chunk {
            let sold_by = unit.as_ref().and_then(|unit| unit.fields.org);
            let org = sold_by.or_else(|| owner.as_ref().and_then(|owner| owner.org));
            let path = org.and_then(|org| paths.get(&org)).map_or("/", String::as_str);
            let mut unit = unit.clone();
            if let Some(owner) = owner {
                let found = identity(owner).and_then(|who| known.get(&who).copied());
                let customer = if let Some(customer) = found {
                    customer
                } else {
                    let new =
                        self.new_customer(owner, path, Some(id), &mut customers, None, now)?;
                    known.extend(identity(owner).map(|who| (who, new)));
                    new
                };
                if let Some(unit) = &mut unit {
                    unit.owner = Some(customer);
                }
            }
            if let Some(unit) = unit {
                self.imported_unit(&unit, path, id, &mut rows, now)?;
            }
        }
        let hash = hash_rows(customers.customers.iter().chain(&rows.units));
        let body = json!({ "chunk": place, "rows": chunk.len(), "sha256": hash });
        chain.push(self.plain_entry("chunk_written", Some(actor), &body, now), now);
        self.exec().write(chunk_writes(id, place, chain, customers, rows)).await?;
        Ok(())
    }

    /// Which of these customers are registered already, by name and telephone.
    pub async fn registered_among(&self, customers: &[NewCustomer]) -> Result<Vec<bool>> {
        let mut registered = Vec::with_capacity(customers.len());
        for chunk in customers.chunks(CHUNK) {
            let who: Vec<_> = chunk.iter().map(identity).collect();
            let known = self.known_customers(who.iter().flatten().cloned().collect()).await?;
            registered.extend(
                who.iter().map(|who| who.as_ref().is_some_and(|who| known.contains_key(who))),
            );
        }
        Ok(registered)
    }

    /// Those of them, by telephone and name, that are registered already.
    async fn known_customers(&self, who: Vec<(String, String)>) -> Result<Known> {
        if who.is_empty() {
            return Ok(Known::new());
        }
        let mut tokens: HashMap<Vec<u8>, &str> = HashMap::new();
        for (phone, name) in &who {
            let phones = self.vault().tokens("phone", phone).into_iter();
            tokens.extend(phones.map(|token| (token, phone.as_str())));
            let names = self.vault().tokens("name", name).into_iter();
            tokens.extend(names.map(|token| (token, name.as_str())));
        }
        let sql = format!(
            "SELECT token, kind, id FROM search_tokens WHERE subject = 'customer' AND token IN {}",
            places(1, tokens.len())
        );
        let params = tokens.keys().map(|token| Cell::from(token.as_slice())).collect();
        let mut phones: HashMap<i64, Vec<&str>> = HashMap::new();
        let mut names: HashMap<i64, Vec<&str>> = HashMap::new();
        for mut row in self.exec().rows(sql, params).await? {
            let (token, kind, id) = (row.bytes()?, row.text()?, row.int()?);
            let Some(text) = tokens.get(&token) else { continue };
            let side = if kind == "phone" { &mut phones } else { &mut names };
            side.entry(id).or_default().push(text);
        }
        let mut known = Known::new();
        for (id, phones) in phones {
            for name in names.get(&id).into_iter().flatten() {
                for phone in &phones {
                    let who = ((*phone).to_owned(), (*name).to_owned());
                    known.entry(who).or_insert(CustomerId(id));
                }
            }
        }
        Ok(known)
    }

    /// Takes back what was written and not seen yet; the import is staged again.
    async fn undo_import(&self, id: i64, actor: PersonId, now: Instant) -> Result<()> {
        let (mut chain, _, _) = self.import_chain(id).await?;
        chain.push(self.plain_entry("undone", Some(actor), &json!({}), now), now);
        let mut writes = chain.writes();
        let units = "(SELECT id FROM units WHERE import_id = $1)";
        let customers = "(SELECT id FROM customers WHERE import_id = $1)";
        for sql in [
            format!("DELETE FROM search_tokens WHERE subject = 'unit' AND id IN {units}"),
            format!("DELETE FROM unit_components WHERE unit IN {units}"),
            "DELETE FROM units WHERE import_id = $1".into(),
            format!("DELETE FROM search_tokens WHERE subject = 'customer' AND id IN {customers}"),
            "UPDATE data_keys SET wrapped = NULL, destroyed_at = 0 WHERE wrapped IS NOT NULL \
             AND id IN (SELECT key_id FROM customers WHERE import_id = $1)"
                .into(),
            "DELETE FROM customers WHERE import_id = $1".into(),
            "UPDATE imports SET state = 'staged', written = 0 WHERE id = $1".into(),
        ] {
            writes.push(Write::any(sql, cells![id]));
        }
        self.exec().write(writes).await?;
        Ok(())
    }
}

fn chunk_writes(
    id: i64,
    place: i64,
    chain: Chain,
    customers: CustomerRows,
    rows: UnitRows,
) -> Vec<Write> {
    let mut writes = vec![Write::one(
        "UPDATE imports SET written = written + 1 WHERE id = $1 AND written = $2 \
         AND state = 'applying'",
        cells![id, place],
    )];
    writes.extend(chain.writes());
    writes.extend(customers.writes());
    writes.extend(rows.writes());
    writes
}

fn identity(customer: &NewCustomer) -> Option<(String, String)> {
    let phone = phone_digits(customer.phone.as_deref()?);
    let name = normalise(customer.name.as_deref()?);
    (phone.len() >= 5 && name.chars().count() >= 2).then_some((phone, name))
}

/// SHA-256 over rows as written: names in it are ciphertext.
fn hash_rows<'a>(rows: impl Iterator<Item = &'a Vec<Cell>>) -> String {
    let mut sha = Sha256::new();
    for cell in rows.flatten() {
        let (tag, bytes) = match cell {
            Cell::Null => (0_u8, vec![]),
            Cell::Int(value) => (1, value.to_le_bytes().to_vec()),
            Cell::Text(text) => (2, text.as_bytes().to_vec()),
            Cell::Bytes(bytes) => (3, bytes.clone()),
        };
        sha.update([tag]);
        sha.update((bytes.len() as u64).to_le_bytes());
        sha.update(bytes);
    }
    data_encoding::HEXLOWER.encode(&sha.finalize())
}
