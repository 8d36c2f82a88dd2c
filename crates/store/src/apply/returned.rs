//! A vehicle goes back to its maker (退车、换车): what leaves its owner, and what they get for it.

use super::ownership::{Before, found_here};
use super::register::{Values, text};
use super::rows::Target;
use crate::exec::Write;
use crate::exec::cell::cells;
use crate::journal::Chain;
use crate::unit::{NewUnit, UnitFields};
use crate::units::RETURNED;
use crate::{Result, Store, StoreError};
use base::{CustomerId, Day, PersonId, UnitId};
use serde_json::json;

impl Store {
    /// The vehicle leaves its owner, its card is void and its mark stays for life, so that it can
    /// never be registered as new; with `exchanged_for`, the frame number of another, that one is
    /// theirs from today, and so its terms begin today.
    pub(super) async fn unit_returns(
        &self,
        unit: UnitId,
        values: &Values,
        target: &Target<'_>,
        by: (Option<PersonId>, Day),
    ) -> Result<Vec<Write>> {
        let (mut chain, before) = self.before(unit).await?;
        let owner = before.owner.or(target.case.customer);
        let mut writes = match text(values, "exchanged_for") {
            Some(frame) => self.given((unit, frame), owner, target, by).await?,
            None => vec![],
        };
        let body = json!({
            "case": target.id, "from": before.owner, "card_before": before.card_no,
            "exchanged_for": text(values, "exchanged_for"),
        });
        chain.push(self.plain_entry("returned", by.0, &body, target.now), target.now);
        writes.extend(chain.writes());
        writes.push(Write::one(
            "UPDATE units SET owner = NULL, card_state = CASE WHEN card_no IS NULL \
             THEN card_state ELSE 'void' END WHERE id = $1 AND COALESCE(owner, 0) = $2",
            cells![unit, before.owner.map_or(0, |owner| owner.0)],
        ));
        writes.push(self.left(unit, &before, target, by.1));
        writes.extend(self.warning(unit, "returned", values, target)?);
        Ok(writes)
    }

    /// The vehicle given for another: one nobody has and nobody returned, or one that the register
    /// does not know yet, which is then to be reviewed.
    async fn given(
        &self,
        (returned, frame): (UnitId, &str),
        owner: Option<CustomerId>,
        target: &Target<'_>,
        (actor, today): (Option<PersonId>, Day),
    ) -> Result<Vec<Write>> {
        let Some(unit) = self.unit_by_frame(frame).await? else {
            let fields = UnitFields {
                frame_no: Some(frame.to_owned()),
                invoice_date: Some(today),
                sold_on: Some(today),
                org: Some(target.case.org),
                unverified: true,
                ..UnitFields::default()
            };
            let new = NewUnit { fields, owner, ..NewUnit::default() };
            return Ok(self.unit_writes(&new, target.path, actor, target.now)?.1);
        };
        let (mut chain, before): (Chain, Before) = self.before(unit).await?;
        let marks = format!("SELECT {RETURNED} FROM units u WHERE u.id = $1");
        let mark = self.exec().row(marks, cells![unit]).await?;
        let returned_before = mark.map_or(Ok(false), |mut row| row.flag())?;
        if unit == returned || before.owner.is_some() || returned_before {
            return Err(StoreError::Taken("exchanged_for"));
        }
        // What waits for its recall (召回) is given to nobody before that is done.
        if !self.open_campaigns(&[unit]).await?.is_empty() {
            return Err(StoreError::Taken("exchanged_for_held"));
        }
        let body = json!({ "case": target.id, "to": owner, "for": returned });
        chain.push(self.plain_entry("given_in_exchange", actor, &body, target.now), target.now);
        let mut writes = chain.writes();
        writes.push(Write::one(
            "UPDATE units SET owner = $2, sold_on = $3, invoice_date = $3, \
             org_path = CASE WHEN org IS NULL THEN $5 ELSE org_path END, org = COALESCE(org, $4) \
             WHERE id = $1 AND owner IS NULL",
            cells![unit, owner, today, target.case.org, target.path],
        ));
        writes.push(found_here("unit", unit.0, target));
        Ok(writes)
    }
}
