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
    /// Pieces to order (建议补货量): up to twice the reorder point, less what is on the shelf and
    /// under way; 0 where nothing has to be ordered.
    pub suggested: i64,
    /// The organisation unit the warehouse belongs to, to ship there.
    pub org: Option<String>,
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
            suggested: suggested(reorder_point, row),
            org: row.org.map(|org| org.to_string()),
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

/// What to order; a part that has not come down to its reorder point needs nothing.
fn suggested(reorder_point: Option<u32>, row: &StockRow) -> i64 {
    let point = reorder_point.map_or(-1, i64::from);
    if row.on_hand > point {
        return 0;
    }
    (2 * point.max(1) - row.on_hand - row.in_transit).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_fills_up_to_twice_the_point_less_what_is_coming() {
        let check = |point, on_hand, in_transit, pieces| {
            let row = StockRow {
                warehouse: "CB".into(),
                part: "TUB-16".into(),
                tracked: false,
                org: None,
                on_hand,
                reserved: 3,
                in_transit,
                old: 9,
            };
            assert_eq!(suggested(point, &row), pieces, "{point:?} {on_hand} {in_transit}");
        };
        check(Some(20), 21, 0, 0);
        check(Some(20), 20, 0, 20);
        check(Some(20), 3, 0, 37);
        check(Some(20), 3, 30, 7);
        check(Some(20), 3, 60, 0);
        check(Some(0), 0, 0, 2);
        check(None, 0, 0, 0);
    }
}
