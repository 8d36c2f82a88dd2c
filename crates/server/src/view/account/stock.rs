//! A row of the stock list.

use super::{Names, PartRef};
use crate::view::Words;
use crate::view::find::Needle;
use serde::Serialize;
use store::accounts::StockRow;
use utoipa::ToSchema;

/// What a warehouse has of a part (库存), in pieces.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StockRow)]
pub struct StockRowView {
    /// Key of the warehouse: the code of an organisation unit.
    pub warehouse: String,
    /// The warehouse in words.
    pub warehouse_name: Words,
    /// The part.
    pub part: PartRef,
    /// `wearing`, `electrical`, `painted`, `ordinary`; absent where the part master lacks it.
    pub class: Option<&'static str>,
    /// Whether it goes by serial.
    pub tracked: bool,
    /// On the shelf and free (现有).
    pub on_hand: i64,
    /// Kept for cases (预留).
    pub reserved: i64,
    /// Under way to it (在途).
    pub in_transit: i64,
    /// Old parts (旧件).
    pub old: i64,
    /// Pieces at which it orders again (订货点).
    pub reorder_point: Option<u32>,
    /// Whether what is on the shelf has come down to that.
    pub below_reorder: bool,
}

impl StockRowView {
    /// A row in words.
    pub fn of(names: &Names<'_>, row: &StockRow) -> Self {
        let known = names.known_part(&row.part);
        let reorder_point = known.and_then(|part| part.reorder_point);
        Self {
            warehouse: row.warehouse.clone(),
            warehouse_name: names.place(&row.warehouse),
            part: names.part(&row.part),
            class: known.map(|part| part.class.word()),
            tracked: row.tracked,
            on_hand: row.on_hand,
            reserved: row.reserved,
            in_transit: row.in_transit,
            old: row.old,
            reorder_point,
            below_reorder: reorder_point.is_some_and(|point| row.on_hand <= i64::from(point)),
        }
    }

    /// Whether what is looked for is in its part, by code, name, pinyin or initials, or its
    /// warehouse.
    pub fn holds(&self, names: &Names<'_>, needle: &Needle<'_>) -> bool {
        let name = base::Text::new(&self.warehouse_name.zh, &self.warehouse_name.en);
        names.known_part(&self.part.code).is_some_and(|part| needle.in_part(part))
            || needle.in_name(&self.part.code, &base::Text::new(&self.part.title.zh, ""))
            || needle.in_name(&self.warehouse, &name)
    }
}
