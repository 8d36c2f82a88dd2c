//! Registering and changing a vehicle, one or a thousand at once.

use crate::customer::token_writes;
use crate::exec::cell::cells;
use crate::exec::{Cell, Read, Write};
use crate::journal::{Aggregate, Chain, GENESIS, stored_hash};
use crate::search::{Tokens, normalise};
use crate::unit::{NewUnit, UnitFields};
use crate::{Result, Store, StoreError};
use base::{CustomerId, Instant, PersonId, UnitId};
use serde_json::json;

/// Rows that make vehicles, of many at once.
#[derive(Debug, Default)]
pub(crate) struct UnitRows {
    pub(crate) units: Vec<Vec<Cell>>,
    pub(crate) components: Vec<Vec<Cell>>,
    pub(crate) tokens: Vec<Vec<Cell>>,
}

impl UnitRows {
    /// The statements, few for many rows.
    pub(crate) fn writes(self) -> Vec<Write> {
        let mut writes = Write::rows(
            "INSERT INTO units (id, frame_key, frame_no, product, model, make, colour, plate, \
             card_no, card_state, usage, sale_channel, sold_on, invoice_date, invoice_no, \
             registered_on, activated_on, manufactured_on, price_fen, org, org_path, owner, \
             unverified, marked, import_id, made_at, journal_seq, journal_head) VALUES",
            self.units,
            "",
        );
        writes.extend(Write::rows(INSERT_COMPONENTS, self.components, ""));
        writes.extend(token_writes(self.tokens));
        writes
    }
}

/// Inserts components.
pub(crate) const INSERT_COMPONENTS: &str =
    "INSERT INTO unit_components (id, unit, component, serial, from_day, to_day, case_id) VALUES";

/// A frame number as compared; too short a one is refused.
fn frame_key(frame_no: Option<&String>) -> Result<Option<String>> {
    let Some(key) = frame_no.map(|text| normalise(text)) else { return Ok(None) };
    if key.chars().count() < 4 {
        return Err(StoreError::Invalid("a frame number has at least four characters".into()));
    }
    Ok(Some(key))
}

fn tokens_of<'a>(fields: &UnitFields, serials: impl Iterator<Item = &'a String>) -> Tokens {
    let mut tokens = Tokens::default();
    fields.frame_no.iter().for_each(|text| tokens.number("frame", text));
    fields.plate.iter().for_each(|text| tokens.number("plate", text));
    fields.card_no.iter().for_each(|text| tokens.number("card", text));
    serials.for_each(|text| tokens.number("serial", text));
    tokens
}

impl Store {
    /// Registers a vehicle; a frame number held by another is [`StoreError::Taken`].
    pub async fn add_unit(&self, unit: NewUnit, actor: PersonId, now: Instant) -> Result<UnitId> {
        let path = match unit.fields.org {
            Some(org) => self.org(org).await?.path,
            None => "/".into(),
        };
        let (id, writes) = self.unit_writes(&unit, &path, Some(actor), now)?;
        self.exec().write(writes).await?;
        Ok(id)
    }

    /// The vehicle with that frame number, however it is written.
    pub(crate) async fn unit_by_frame(&self, frame_no: &str) -> Result<Option<UnitId>> {
        let key = frame_key(Some(&frame_no.to_owned()))?;
        let row = self.exec().row("SELECT id FROM units WHERE frame_key = $1", cells![key]).await?;
        row.map(|mut row| row.int().map(UnitId)).transpose()
    }

    /// What registers a vehicle: its row, components, tokens and first journal entry.
    pub(crate) fn unit_writes(
        &self,
        unit: &NewUnit,
        path: &str,
        actor: Option<PersonId>,
        now: Instant,
    ) -> Result<(UnitId, Vec<Write>)> {
        let id = self.new_id(now);
        let mut chain = Chain::begin(Aggregate::Unit, id);
        let body = json!({ "fields": unit.fields, "components": unit.components });
        chain.push(self.plain_entry("registered", actor, &body, now), now);
        let mut rows = UnitRows::default();
        self.new_unit(id, unit, path, None, (chain.seq, chain.hash), &mut rows, now)?;
        let mut writes = rows.writes();
        writes.append(&mut chain.inserts());
        Ok((UnitId(id), writes))
    }

    /// Fills the rows of one new vehicle of an import.
    pub(crate) fn imported_unit(
        &self,
        unit: &NewUnit,
        path: &str,
        import: i64,
        rows: &mut UnitRows,
        now: Instant,
    ) -> Result<UnitId> {
        let id = self.new_id(now);
        self.new_unit(id, unit, path, Some(import), (0, GENESIS), rows, now)?;
        Ok(UnitId(id))
    }

    /// Fills the rows of one new vehicle, whose chain stands where the caller says.
    #[expect(clippy::too_many_arguments, reason = "one row and where it comes from")]
    pub(crate) fn new_unit(
        &self,
        id: i64,
        unit: &NewUnit,
        path: &str,
        import: Option<i64>,
        (seq, head): (i64, [u8; 32]),
        rows: &mut UnitRows,
        now: Instant,
    ) -> Result<()> {
        let fields = &unit.fields;
        rows.units.push(cells![
            id,
            frame_key(fields.frame_no.as_ref())?,
            fields.frame_no.as_ref().map(|text| text.trim()),
            &fields.product,
            &fields.model,
            &fields.make,
            &fields.colour,
            &fields.plate,
            &fields.card_no,
            fields.card_state.as_deref().unwrap_or("ok"),
            &fields.usage,
            &fields.sale_channel,
            fields.sold_on,
            fields.invoice_date,
            &fields.invoice_no,
            fields.registered_on,
            fields.activated_on,
            fields.manufactured_on,
            fields.price_fen,
            fields.org,
            path,
            unit.owner,
            fields.unverified,
            fields.marked,
            import,
            now,
            seq,
            head,
        ]);
        for (component, serial) in &unit.components {
            let (none, case) = (None::<&str>, None::<i64>);
            rows.components.push(cells![self.new_id(now), id, component, serial, none, none, case]);
        }
        let tokens = tokens_of(fields, unit.components.values());
        rows.tokens.extend(tokens.rows(self.vault(), "unit", id, path));
        Ok(())
    }

    /// Changes the fields that are given (`unverified` always); with a journal entry.
    pub async fn change_unit(
        &self,
        id: UnitId,
        fields: UnitFields,
        owner: Option<CustomerId>,
        actor: PersonId,
        now: Instant,
    ) -> Result<()> {
        let mut rows = self
            .exec()
            .read(vec![
                Read::new("SELECT journal_seq, journal_head FROM units WHERE id = $1", cells![id]),
                Read::new(
                    "SELECT DISTINCT path FROM search_tokens WHERE subject = 'unit' AND id = $1",
                    cells![id],
                ),
            ])
            .await?
            .into_iter();
        let mut head = rows.next().and_then(|mut r| r.pop()).ok_or(StoreError::NotFound("unit"))?;
        let mut chain = Chain::at(Aggregate::Unit, id.0, head.int()?, stored_hash(head.bytes()?)?);
        let body = json!({ "fields": fields, "owner": owner });
        chain.push(self.plain_entry("changed", Some(actor), &body, now), now);
        let mut writes = chain.writes();
        writes.push(change(id, &fields, owner)?);
        // Old numbers stay findable: a plate that was changed still stands on papers.
        let tokens = tokens_of(&fields, std::iter::empty());
        for mut row in rows.next().unwrap_or_default() {
            writes.extend(token_writes(tokens.rows(self.vault(), "unit", id.0, &row.text()?)));
        }
        self.exec().write(writes).await?;
        Ok(())
    }

    /// Tokens of a serial number built in by a case of the unit at `path`.
    pub(crate) fn serial_tokens(&self, unit: UnitId, serial: &str, path: &str) -> Vec<Vec<Cell>> {
        let mut tokens = Tokens::default();
        tokens.number("serial", serial);
        tokens.rows(self.vault(), "unit", unit.0, path)
    }
}

fn change(id: UnitId, fields: &UnitFields, owner: Option<CustomerId>) -> Result<Write> {
    Ok(Write::one(
        "UPDATE units SET frame_key = COALESCE($2, frame_key), \
         frame_no = COALESCE($3, frame_no), product = COALESCE($4, product), \
         model = COALESCE($5, model), make = COALESCE($6, make), colour = COALESCE($7, colour), \
         plate = COALESCE($8, plate), card_no = COALESCE($9, card_no), \
         card_state = COALESCE($10, card_state), usage = COALESCE($11, usage), \
         sale_channel = COALESCE($12, sale_channel), sold_on = COALESCE($13, sold_on), \
         invoice_date = COALESCE($14, invoice_date), invoice_no = COALESCE($15, invoice_no), \
         registered_on = COALESCE($16, registered_on), \
         activated_on = COALESCE($17, activated_on), \
         manufactured_on = COALESCE($18, manufactured_on), \
         price_fen = COALESCE($19, price_fen), org = COALESCE($20, org), \
         owner = COALESCE($21, owner), unverified = $22, marked = COALESCE($23, marked) \
         WHERE id = $1",
        cells![
            id,
            frame_key(fields.frame_no.as_ref())?,
            fields.frame_no.as_ref().map(|text| text.trim()),
            &fields.product,
            &fields.model,
            &fields.make,
            &fields.colour,
            &fields.plate,
            &fields.card_no,
            &fields.card_state,
            &fields.usage,
            &fields.sale_channel,
            fields.sold_on,
            fields.invoice_date,
            &fields.invoice_no,
            fields.registered_on,
            fields.activated_on,
            fields.manufactured_on,
            fields.price_fen,
            fields.org,
            owner,
            fields.unverified,
            fields.marked,
        ],
    ))
}
