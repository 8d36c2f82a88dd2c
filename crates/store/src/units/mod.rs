//! Statements of the register of units; its records stand in [`crate::unit`].

mod find;
mod load;
mod named;
mod past;
mod write;

pub use past::{PastComponent, PastOwner, UnitPast, VoidCard};

pub(crate) use load::{COMPONENTS, HISTORY, read_component, read_history};
pub(crate) use write::{INSERT_COMPONENTS, UnitRows};

use crate::Result;
use crate::exec::Row;
use crate::unit::UnitFields;
use base::OrgId;

/// The select list of [`read_fields`], over `u`.
pub(crate) const FIELDS: &str = "u.frame_no, u.product, u.model, u.make, u.colour, u.plate, \
    u.card_no, u.card_state, u.usage, u.sale_channel, u.sold_on, u.invoice_date, u.invoice_no, \
    u.registered_on, u.activated_on, u.manufactured_on, u.price_fen, u.org, u.unverified, u.marked";

/// Whether it was ever returned (退回、退修): a mark for life.
pub(crate) const RETURNED: &str = "CASE WHEN u.marked = 1 AND EXISTS (\
    SELECT 1 FROM unit_warnings w WHERE w.unit = u.id \
    AND w.code IN ('returned', 'returned_repaired')) THEN 1 ELSE 0 END";

/// A unit of an import that is still being written is not seen.
pub(crate) const VISIBLE: &str = "(u.import_id IS NULL OR EXISTS (SELECT 1 FROM imports i \
    WHERE i.id = u.import_id AND i.state = 'applied'))";

pub(crate) fn read_fields(row: &mut Row) -> Result<UnitFields> {
    Ok(UnitFields {
        frame_no: row.opt_text()?,
        product: row.opt_text()?,
        model: row.opt_text()?,
        make: row.opt_text()?,
        colour: row.opt_text()?,
        plate: row.opt_text()?,
        card_no: row.opt_text()?,
        card_state: row.opt_text()?,
        usage: row.opt_text()?,
        sale_channel: row.opt_text()?,
        sold_on: row.opt_day()?,
        invoice_date: row.opt_day()?,
        invoice_no: row.opt_text()?,
        registered_on: row.opt_day()?,
        activated_on: row.opt_day()?,
        manufactured_on: row.opt_day()?,
        price_fen: row.opt_int()?,
        org: row.opt_int()?.map(OrgId),
        unverified: row.opt_int()? == Some(1),
        marked: row.opt_int()?.map(|marked| marked == 1),
    })
}
