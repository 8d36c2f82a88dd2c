//! What a decision writes to the registers of vehicles and people.

use super::rows::Target;
use crate::customer::token_writes;
use crate::exec::Write;
use crate::exec::cell::{cells, print};
use crate::unit::{NewUnit, UnitFields};
use crate::units;
use crate::{Result, Store, StoreError};
use base::{CustomerId, Day, Instant, UnitId, Zone};
use engine::{Decision, Followup};
use serde_json::{Map, Value as Json};

pub(super) type Values = Map<String, Json>;

pub(super) fn text<'a>(values: &'a Values, key: &str) -> Option<&'a str> {
    values.get(key).and_then(Json::as_str).map(str::trim).filter(|text| !text.is_empty())
}

pub(super) fn day(values: &Values, key: &str) -> Option<Day> {
    text(values, key).and_then(|text| text.get(..10)).and_then(|text| text.parse().ok())
}

pub(super) fn flag_of(values: &Values, key: &str) -> Option<bool> {
    values.get(key).and_then(Json::as_bool)
}

fn flag(values: &Values, key: &str) -> bool {
    values.get(key).and_then(Json::as_bool).unwrap_or(false)
}

impl Store {
    /// The statements of all `register` effects. Without a vehicle there is nothing to write to
    /// about one: the case itself keeps what happened.
    pub(super) async fn register(
        &self,
        decision: &Decision,
        target: &Target<'_>,
        zone: &Zone,
    ) -> Result<Vec<Write>> {
        let at = decision.entries.last().map_or(target.now, |entry| entry.occurred_at);
        let today = zone.day(at);
        let mut writes = self.register_orgs(decision, target).await?;
        for followup in &decision.followups {
            let Followup::Register { target: what, values } = followup else { continue };
            if what.starts_with("person.") {
                writes.extend(self.register_person(what, values, target, today).await?);
                continue;
            }
            if what.starts_with("campaign.") {
                writes.extend(crate::campaign::registered(self, what, values, target)?);
                continue;
            }
            if what.starts_with("org.") {
                continue;
            }
            let Some(unit) = target.case.unit else { continue };
            let by = (decision.entries.iter().rev().find_map(|entry| entry.actor), today);
            match what.as_str() {
                "unit.component" => writes.extend(self.component(unit, values, target, today)),
                "unit.warning" => {
                    let code = text(values, "code").unwrap_or("warning");
                    writes.extend(self.warning(unit, code, values, target)?);
                }
                "unit.repair" => {
                    let opened = zone.day(target.case.opened_at);
                    writes.extend(self.repair(unit, values, target, (opened, today), at));
                }
                "unit.customer" => writes.extend(owner(unit, values, target)),
                "unit.owner" => {
                    writes.extend(self.owner_changes(unit, values, target, by).await?);
                }
                "unit.card" => {
                    writes.extend(self.card_changes(unit, values, target, by).await?);
                }
                "unit.returned" => {
                    writes.extend(self.unit_returns(unit, values, target, by).await?);
                }
                "unit.confirmed" => writes.push(confirm(unit, values, target)),
                other => {
                    return Err(StoreError::Invalid(format!("nothing is registered at `{other}`")));
                }
            }
        }
        Ok(writes)
    }

    /// The old component leaves, the new one stands with its serial.
    fn component(
        &self,
        unit: UnitId,
        values: &Values,
        target: &Target<'_>,
        today: Day,
    ) -> Vec<Write> {
        let Some(component) = text(values, "component") else { return vec![] };
        let since = day(values, "since").unwrap_or(today);
        let serial = text(values, "serial").or_else(|| text(values, "new_serial"));
        let mut writes = vec![Write::any(
            "UPDATE unit_components SET to_day = $3 \
             WHERE unit = $1 AND component = $2 AND to_day IS NULL",
            cells![unit, component, since],
        )];
        let id = self.new_id(target.now);
        let none = None::<&str>;
        let row = cells![id, unit, component, serial, since, none, target.id];
        writes.extend(Write::rows(units::INSERT_COMPONENTS, vec![row], ""));
        if let Some(serial) = serial {
            writes.extend(token_writes(self.serial_tokens(unit, serial, target.path)));
        }
        writes
    }

    /// Something to heed whenever the vehicle comes.
    pub(super) fn warning(
        &self,
        unit: UnitId,
        code: &str,
        values: &Values,
        target: &Target<'_>,
    ) -> Result<Vec<Write>> {
        Ok(vec![
            Write::one(
                "INSERT INTO unit_warnings (id, unit, code, body, case_id, at) \
                 VALUES ($1, $2, $3, $4, $5, $6)",
                cells![self.new_id(target.now), unit, code, print(values)?, target.id, target.now],
            ),
            Write::one("UPDATE units SET marked = 1 WHERE id = $1", cells![unit]),
        ])
    }

    /// A repair done: what the guarantee of the repair and the three-guarantees count go by.
    fn repair(
        &self,
        unit: UnitId,
        values: &Values,
        target: &Target<'_>,
        (opened, today): (Day, Day),
        at: base::Instant,
    ) -> Option<Write> {
        let component = text(values, "component")?;
        let to = day(values, "to").unwrap_or(today);
        Some(Write::one(
            "INSERT INTO repairs (id, unit, case_id, component, fault, from_day, to_day, \
             waiting_parts_days, covered, replaced, delivered_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            cells![
                self.new_id(target.now),
                unit,
                target.id,
                component,
                text(values, "fault").unwrap_or("other"),
                day(values, "from").unwrap_or(opened).min(to),
                to,
                values.get("waiting_parts_days").and_then(Json::as_i64).unwrap_or(0).max(0),
                flag(values, "covered"),
                flag(values, "replaced"),
                at,
            ],
        ))
    }
}

/// What a rule confirmed of a vehicle that was taken down without papers; what is known already
/// stays.
fn confirm(unit: UnitId, values: &Values, target: &Target<'_>) -> Write {
    Write::any(
        "UPDATE units SET unverified = 0, model = COALESCE(model, $2), \
         invoice_date = COALESCE(invoice_date, $3), owner = COALESCE(owner, $4) WHERE id = $1",
        cells![unit, text(values, "model"), day(values, "invoice_date"), target.case.customer],
    )
}

/// A vehicle confirmed for a case that named none, and what registers it.
pub(super) struct Confirmed {
    pub(super) unit: UnitId,
    pub(super) writes: Vec<Write>,
}

impl Store {
    /// The vehicle of a case that confirms one by its frame number alone: the one that stands in
    /// the register meanwhile, or a new one.
    pub(super) async fn confirmed(
        &self,
        decision: &Decision,
        path: &str,
        now: Instant,
    ) -> Result<Option<Confirmed>> {
        let case = &decision.case;
        let confirms = |f: &Followup| match f {
            Followup::Register { target, values } if target == "unit.confirmed" => {
                text(values, "frame_no").map(|frame| (frame.to_owned(), values.clone()))
            }
            _ => None,
        };
        let asked = decision.followups.iter().find_map(confirms);
        let Some((frame_no, values)) = asked.filter(|_| case.unit.is_none()) else {
            return Ok(None);
        };
        if let Some(unit) = self.unit_by_frame(&frame_no).await? {
            return Ok(Some(Confirmed { unit, writes: vec![] }));
        }
        let unit = NewUnit {
            fields: UnitFields {
                frame_no: Some(frame_no),
                product: text(&values, "product").map(str::to_owned),
                model: text(&values, "model").map(str::to_owned),
                invoice_date: day(&values, "invoice_date"),
                org: Some(case.org),
                ..UnitFields::default()
            },
            owner: case.customer,
            ..NewUnit::default()
        };
        let actor = decision.entries.last().and_then(|entry| entry.actor);
        let (unit, writes) = self.unit_writes(&unit, path, actor, now)?;
        Ok(Some(Confirmed { unit, writes }))
    }
}

fn owner(unit: UnitId, values: &Values, target: &Target<'_>) -> Option<Write> {
    let named = text(values, "customer").and_then(|id| id.parse::<CustomerId>().ok());
    let owner = named.or(target.case.customer)?;
    Some(Write::one("UPDATE units SET owner = $2 WHERE id = $1", cells![unit, owner]))
}
