//! Vehicles nobody registered are found by the frame number typed into their order.

use super::rows::Target;
use crate::exec::cell::cells;
use crate::exec::{Cell, Write, places};
use crate::search::{Tokens, meanings};
use crate::{Result, Scope, Store};
use serde_json::Value as Json;

/// The field of a start form that takes a frame number down where no vehicle is known.
const FIELD: &str = "frame_no";

impl Store {
    /// Tokens of a new case that knows no vehicle but its number.
    pub(super) fn typed_frame(&self, target: &Target<'_>) -> Vec<Write> {
        let typed = target.case.data.get(FIELD).and_then(Json::as_str);
        let Some(frame) = typed.filter(|_| target.case.unit.is_none()) else { return vec![] };
        let mut tokens = Tokens::default();
        tokens.number("frame", frame);
        let rows = tokens.rows(self.vault(), "case", target.id.0, target.path).into_iter();
        // The case says where it is; only token and kind are kept.
        let rows = rows.map(|mut row| {
            row.truncate(2);
            row.push(target.id.into());
            row
        });
        let sql = "INSERT INTO case_frames (token, kind, case_id) VALUES";
        Write::rows(sql, rows.collect(), "ON CONFLICT DO NOTHING")
    }

    /// Cases in the scope into which a frame number was typed, the latest first.
    pub(crate) async fn typed_frames(&self, text: &str, scope: &Scope) -> Result<Vec<Cell>> {
        let meanings = meanings(self.vault(), text);
        if meanings.is_empty() {
            return Ok(vec![]);
        }
        let sql = format!(
            "SELECT DISTINCT f.case_id FROM case_frames f JOIN cases c ON c.id = f.case_id \
             WHERE f.token IN {} AND c.org_path >= $1 AND c.org_path < $2 \
             ORDER BY f.case_id DESC LIMIT 100",
            places(3, meanings.len())
        );
        let mut params = cells![&scope.low, &scope.high];
        params.extend(meanings.iter().map(|(_, token)| Cell::from(token.as_slice())));
        let rows = self.exec().rows(sql, params).await?;
        rows.into_iter().map(|mut row| row.int().map(Cell::from)).collect()
    }
}
