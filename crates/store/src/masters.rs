//! The company's own parts and prices: rows that are entered and never change.

use crate::exec::cell::{cells, parse, print};
use crate::exec::{Cell, Row, Write};
use crate::import::ImportRow;
use crate::journal::{Aggregate, Chain};
use crate::{Result, Store, StoreError};
use base::{Instant, Money, PersonId};
use rulebook::model::{BuyerClass, Part, PriceRow};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

/// Who entered a row, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entered<T> {
    /// The row.
    pub row: T,
    /// Who.
    pub person: PersonId,
    /// When.
    pub at: Instant,
}

/// Rows to be entered together, all or none.
#[derive(Debug, Clone, PartialEq)]
pub enum NewRows {
    /// Prices.
    Prices(Vec<PriceRow>),
    /// Parts.
    Parts(Vec<Part>),
}

impl NewRows {
    /// The kind of import they come by.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Prices(_) => "prices",
            Self::Parts(_) => "parts",
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Prices(rows) => rows.len(),
            Self::Parts(rows) => rows.len(),
        }
    }

    fn json(&self) -> Result<Json> {
        let json = match self {
            Self::Prices(rows) => serde_json::to_value(rows),
            Self::Parts(rows) => serde_json::to_value(rows),
        };
        json.map_err(|error| StoreError::Invalid(format!("rows cannot be written: {error}")))
    }

    /// What is written, as a digest for the journal.
    pub(crate) fn sha256(&self) -> Result<String> {
        Ok(data_encoding::HEXLOWER.encode(&Sha256::digest(self.json()?.to_string())))
    }

    pub(crate) fn writes(&self, import: i64, actor: PersonId, now: Instant) -> Result<Vec<Write>> {
        match self {
            Self::Prices(rows) => {
                let rows = rows.iter().map(|row| price_cells(row, import, actor, now));
                let head = "INSERT INTO price_rows (code, class, stars, amount_fen, \
                            ends, effective_from, clause, person, at, import_id) VALUES";
                Ok(Write::rows(head, rows.collect::<Result<_>>()?, ""))
            }
            Self::Parts(rows) => {
                let cells = |part: &Part| Ok(cells![&part.code, print(part)?, actor, now, import]);
                let head = "INSERT INTO part_rows (code, body, person, at, import_id) VALUES";
                Ok(Write::rows(head, rows.iter().map(cells).collect::<Result<_>>()?, ""))
            }
        }
    }
}

fn price_cells(row: &PriceRow, import: i64, actor: PersonId, now: Instant) -> Result<Vec<Cell>> {
    Ok(cells![
        &row.code,
        row.class.word(),
        row.stars.map(i64::from),
        row.amount.0,
        i64::from(row.ends),
        row.effective_from,
        print(&row.clause)?,
        actor,
        now,
        import,
    ])
}

impl Store {
    /// Every price the company has entered, in the order of entry; none of a list that is being
    /// written or was stopped.
    pub async fn entered_prices(&self) -> Result<Vec<Entered<PriceRow>>> {
        let sql = "SELECT p.code, p.class, p.stars, p.amount_fen, p.ends, p.effective_from, \
                   p.clause, p.person, p.at FROM price_rows p JOIN imports i ON i.id = p.import_id \
                   WHERE i.state = 'applied' ORDER BY p.id";
        self.exec().rows(sql, vec![]).await?.into_iter().map(read_price).collect()
    }

    /// Every part the company has entered, in the order of entry: the last of a code holds.
    pub async fn entered_parts(&self) -> Result<Vec<Entered<Part>>> {
        let sql = "SELECT body, person, at FROM part_rows ORDER BY id";
        let read = |mut row: Row| {
            let part = parse(&row.text()?)?;
            Ok(Entered { row: part, person: PersonId(row.int()?), at: row.instant()? })
        };
        self.exec().rows(sql, vec![]).await?.into_iter().map(read).collect()
    }

    /// Enters rows by hand: an import of its own that is applied at once, so that the journal
    /// holds who entered what.
    pub async fn enter_rows(&self, rows: &NewRows, actor: PersonId, now: Instant) -> Result<i64> {
        let id = self.new_id(now);
        let mut chain = Chain::begin(Aggregate::Import, id);
        let body = json!({ "kind": rows.kind(), "rows": rows.json()? });
        chain.push(self.plain_entry("entered", Some(actor), &body, now), now);
        let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        let mut writes = vec![Write::one(
            "INSERT INTO imports (id, kind, file_name, state, accepted, rejected, skipped, about, \
             person, at, journal_seq, journal_head) \
             VALUES ($1, $2, '', 'applied', $3, 0, 0, '{}', $4, $5, $6, $7)",
            cells![id, rows.kind(), count, actor, now, chain.seq, chain.hash],
        )];
        writes.append(&mut chain.inserts());
        writes.extend(rows.writes(id, actor, now)?);
        self.exec().write(writes).await?;
        Ok(id)
    }

    /// Writes the accepted rows of a staged import, all or none.
    pub async fn apply_rows(
        &self,
        id: i64,
        rows: &NewRows,
        actor: PersonId,
        now: Instant,
    ) -> Result<ImportRow> {
        let body = json!({ "kind": rows.kind(), "rows": rows.len(), "sha256": rows.sha256()? });
        self.apply_at_once(id, &body, rows.writes(id, actor, now)?, actor, now).await
    }
}

fn read_price(mut row: Row) -> Result<Entered<PriceRow>> {
    let code = row.text()?;
    let class = row.text()?;
    let unknown = || StoreError::Damaged(format!("a price of the class {class}"));
    let class = BuyerClass::parse(&class).ok_or_else(unknown)?;
    let price = PriceRow {
        code,
        class,
        stars: row.opt_int()?.and_then(|stars| u8::try_from(stars).ok()),
        amount: Money(row.int()?),
        ends: row.int()? != 0,
        effective_from: row.day()?,
        clause: row.json()?,
    };
    Ok(Entered { row: price, person: PersonId(row.int()?), at: row.instant()? })
}
