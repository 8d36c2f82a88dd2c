//! Vehicles by id, for names on a page.

use super::VISIBLE;
use crate::exec::{Cell, places};
use crate::{Result, Store};
use base::UnitId;
use std::collections::BTreeMap;

impl Store {
    /// Frame numbers (车架号) of several vehicles; one that has none or is unknown is left out.
    pub async fn frame_numbers(&self, ids: &[UnitId]) -> Result<BTreeMap<UnitId, String>> {
        if ids.is_empty() {
            return Ok(BTreeMap::new());
        }
        let sql = format!(
            "SELECT u.id, u.frame_no FROM units u WHERE u.id IN {} AND u.frame_no IS NOT NULL \
             AND {VISIBLE}",
            places(1, ids.len())
        );
        let params = ids.iter().map(|id| Cell::from(*id)).collect();
        let rows = self.exec().rows(sql, params).await?;
        rows.into_iter().map(|mut row| Ok((UnitId(row.int()?), row.text()?))).collect()
    }
}
