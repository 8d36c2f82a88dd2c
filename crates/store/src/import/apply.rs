//! Writing an import: in chunks that readers do not see, flipped by one statement at the end.

use super::ImportRow;
use super::staging::still;
use crate::customer::{CustomerRows, NewCustomer};
use crate::exec::cell::cells;
use crate::exec::{Cell, Rollback, Write, places};
use crate::journal::NewEntry;
use crate::masters::NewRows;
use crate::search::{normalise, phone_digits};
use crate::unit::NewUnit;
use crate::units::UnitRows;
use crate::{Result, Store, StoreError};
use base::{CustomerId, Instant, OrgId, PersonId};
use rulebook::model::PriceRow;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// Rows written in one transaction; others' commands wait for no more than that.
pub const CHUNK: usize = 100;
/// The same, as a number of rows.
const CHUNK_ROWS: i64 = 100;

/// A row of a workbook: its number, a vehicle, its owner; of a workbook of customers no vehicle.
pub type ImportedUnit = (i64, Option<NewUnit>, Option<NewCustomer>);

/// Who is known already, by telephone and name.
type Known = HashMap<(String, String), CustomerId>;

impl Store {
    /// Begins to write an import of so many rows, or goes on after a crash.
    pub async fn begin_applying(&self, id: i64, rows: i64, now: Instant) -> Result<()> {
        let begin = "UPDATE imports SET state = 'applying', phase = 'writing', total = $2, \
                     beat_at = $3 WHERE id = $1 AND ((state = 'staged' AND phase IS NULL) \
                     OR (state = 'applying' AND COALESCE(phase, '') <> 'stopping'))";
        if still(self.exec().write(vec![Write::one(begin, cells![id, rows, now])]).await)? {
            return Ok(());
        }
        self.import(id).await?;
        Err(StoreError::Invalid("this import is applied or discarded already".into()))
    }

    /// The last row is written: readers see all of them at once.
    pub async fn end_applying(
        &self,
        id: i64,
        rows: usize,
        actor: PersonId,
        now: Instant,
    ) -> Result<ImportRow> {
        let (mut chain, _, _) = self.import_chain(id).await?;
        let body = json!({ "rows": rows });
        chain.push(self.plain_entry("applied", Some(actor), &body, now), now);
        let mut writes = vec![Write::one(
            "UPDATE imports SET state = 'applied', phase = NULL, done = total WHERE id = $1 \
             AND state = 'applying' AND phase = 'writing'",
            cells![id],
        )];
        writes.extend(chain.writes());
        if !still(self.exec().write(writes).await)? {
            return Err(StoreError::Moved);
        }
        // Accepted rows live in their lists now; the others stay for the report of errors.
        self.sweep_import(id, Some("accept")).await?;
        self.import(id).await
    }

    /// Applies a staged import in one transaction with what it writes, all or none.
    pub(crate) async fn apply_at_once(
        &self,
        id: i64,
        body: &Json,
        rows: Vec<Write>,
        actor: PersonId,
        now: Instant,
    ) -> Result<ImportRow> {
        let (mut chain, state, _) = self.import_chain(id).await?;
        let written = || StoreError::Invalid("this import is applied or discarded already".into());
        if state != "staged" {
            return Err(written());
        }
        chain.push(self.plain_entry("applied", Some(actor), body, now), now);
        let mut writes = vec![Write::one(
            "UPDATE imports SET state = 'applied' WHERE id = $1 AND state = 'staged'",
            cells![id],
        )];
        writes.extend(chain.writes());
        writes.extend(rows);
        // Accepted rows stand in the lists now; the others stay for the report of errors.
        writes.push(Write::any(
            "DELETE FROM import_rows WHERE import_id = $1 AND verdict = 'accept'",
            cells![id],
        ));
        match self.exec().write(writes).await {
            Err(Rollback::Guard(_)) => return Err(written()),
            done => done?,
        };
        self.import(id).await
    }

    /// Writes vehicles with their owners under the import, in chunks that readers do not see until
    /// the last; then flips it to applied. Called again after a crash with the same rows, it goes
    /// on where it stopped. A frame number that was taken meanwhile undoes all.
    pub async fn apply_import(
        &self,
        id: i64,
        units: Vec<ImportedUnit>,
        actor: PersonId,
        now: Instant,
    ) -> Result<ImportRow> {
        self.begin_applying(id, i64::try_from(units.len()).unwrap_or(i64::MAX), now).await?;
        for (place, chunk) in (0_i64..).zip(units.chunks(CHUNK)) {
            if let Err(error) = self.write_chunk(id, place, chunk, actor, now).await {
                self.undo_import(id, actor, now).await?;
                return Err(error);
            }
        }
        self.end_applying(id, units.len(), actor, now).await
    }

    /// Writes the chunk of that place, of [`CHUNK`] rows but for the last; one that is written
    /// already is left. [`StoreError::Moved`]: another writes it too, or it shall stop.
    pub async fn write_chunk(
        &self,
        id: i64,
        place: i64,
        chunk: &[ImportedUnit],
        actor: PersonId,
        now: Instant,
    ) -> Result<()> {
        let (mut chain, _, written) = self.import_chain(id).await?;
        if place < written {
            return Ok(());
        }
        let paths: HashMap<OrgId, String> =
            self.orgs().await?.into_iter().map(|org| (org.id, org.path)).collect();
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
        let written = customers.writes().into_iter().chain(rows.writes()).collect();
        chain.push(self.chunk_entry(place, chunk.len(), &hash, actor, now), now);
        self.chunk(id, place, chunk.len(), chain.writes(), written, now).await
    }

    /// Writes the chunk of that place of a price list: the prices that so many rows bring. The same
    /// rules hold as for [`Store::write_chunk`].
    pub async fn write_prices(
        &self,
        id: i64,
        place: i64,
        rows: usize,
        prices: Vec<PriceRow>,
        (actor, now): (PersonId, Instant),
    ) -> Result<()> {
        let (mut chain, _, written) = self.import_chain(id).await?;
        if place < written {
            return Ok(());
        }
        let new = NewRows::Prices(prices);
        chain.push(self.chunk_entry(place, rows, &new.sha256()?, actor, now), now);
        let written = new.writes(id, actor, now)?;
        self.chunk(id, place, rows, chain.writes(), written, now).await
    }

    fn chunk_entry(
        &self,
        place: i64,
        rows: usize,
        sha256: &str,
        actor: PersonId,
        now: Instant,
    ) -> NewEntry {
        let body = json!({ "chunk": place, "rows": rows, "sha256": sha256 });
        self.plain_entry("chunk_written", Some(actor), &body, now)
    }

    async fn chunk(
        &self,
        id: i64,
        place: i64,
        rows: usize,
        chain: Vec<Write>,
        written: Vec<Write>,
        now: Instant,
    ) -> Result<()> {
        let rows_done = place * CHUNK_ROWS + i64::try_from(rows).unwrap_or(0);
        let mut writes = vec![Write::one(
            "UPDATE imports SET written = written + 1, done = $3, beat_at = $4 WHERE id = $1 \
             AND written = $2 AND state = 'applying' AND phase = 'writing'",
            cells![id, place, rows_done, now],
        )];
        writes.extend(chain);
        writes.extend(written);
        match self.exec().write(writes).await {
            Err(Rollback::Guard(0)) => Err(StoreError::Moved),
            done => Ok(done.map(|_| ())?),
        }
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
