//! What a decision writes of organisation units (网点登记): one is founded, changed, supplied.

use super::register::{Values, flag_of, text};
use super::rows::Target;
use crate::exec::Write;
use crate::exec::cell::cells;
use crate::journal::{Aggregate, Chain, GENESIS, stored_hash};
use crate::org::{COLUMNS, Org, Standing, insert, plain_code, read_org, stands, update};
use crate::{Result, Store, StoreError};
use base::OrgId;
use engine::{Decision, Followup};
use serde_json::json;
use std::collections::BTreeMap;

/// Most stars a unit may have.
const MOST_STARS: i64 = 5;
/// Longest name, address or number.
const LONGEST: usize = 200;

/// A unit on its way: as it was, as it will be, and its chain.
struct Changing {
    before: Org,
    after: Org,
    chain: Chain,
}

impl Store {
    /// The statements of all effects that write of units. What several say of one unit is one
    /// change, and a unit that stays as it is gets no entry.
    pub(super) async fn register_orgs(
        &self,
        decision: &Decision,
        target: &Target<'_>,
    ) -> Result<Vec<Write>> {
        let actor = decision.entries.iter().rev().find_map(|entry| entry.actor);
        let mut writes = Vec::new();
        let mut changing: BTreeMap<i64, Changing> = BTreeMap::new();
        for followup in &decision.followups {
            let Followup::Register { target: what, values } = followup else { continue };
            match what.as_str() {
                "org.founded" => {
                    let (org, mut chain) = self.founded(values, target).await?;
                    let body = json!({ "case": target.id, "stands": stands(&org) });
                    chain.push(self.plain_entry("added", actor, &body, target.now), target.now);
                    writes.push(insert(&org, &chain));
                    writes.append(&mut chain.inserts());
                }
                "org.standing" | "org.supplied" => {
                    let id = unit_id(values, "org")?.unwrap_or(target.case.org);
                    let entry = match changing.entry(id.0) {
                        std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
                        std::collections::btree_map::Entry::Vacant(entry) => {
                            entry.insert(self.changing(id).await?)
                        }
                    };
                    if what == "org.supplied" {
                        entry.after.supplied = true;
                    } else {
                        set(&mut entry.after, values)?;
                    }
                }
                other if other.starts_with("org.") => {
                    return Err(StoreError::Invalid(format!("nothing is registered at `{other}`")));
                }
                _ => {}
            }
        }
        for Changing { before, mut after, mut chain } in changing.into_values() {
            if before == after {
                continue;
            }
            after.set_by = Some(target.id);
            let body = json!({ "case": target.id, "stands": stands(&after) });
            chain.push(self.plain_entry("changed", actor, &body, target.now), target.now);
            writes.append(&mut chain.writes());
            writes.push(update(&after));
        }
        Ok(writes)
    }

    async fn changing(&self, id: OrgId) -> Result<Changing> {
        let sql = format!("SELECT {COLUMNS}, o.journal_head FROM orgs o WHERE o.id = $1");
        let row = self.exec().row(sql, cells![id]).await?;
        let mut row = row.ok_or(StoreError::NotFound("org"))?;
        let before = read_org(&mut row)?;
        let head = row.opt_bytes()?.map_or(Ok(GENESIS), stored_hash)?;
        let chain = Chain::at(Aggregate::Org, id.0, before.version, head);
        Ok(Changing { after: before.clone(), before, chain })
    }

    /// A unit as a case founds it: below another, by a code nobody has.
    async fn founded(&self, values: &Values, target: &Target<'_>) -> Result<(Org, Chain)> {
        let code = text(values, "code").unwrap_or_default().to_ascii_uppercase();
        if !plain_code(&code) {
            return Err(StoreError::Invalid("a unit's code is letters, digits, - and _".into()));
        }
        let parent = unit_id(values, "parent")?.unwrap_or(target.case.org);
        let above = self.org(parent).await?;
        let id = self.new_id(target.now);
        let mut org = Org {
            id: OrgId(id),
            path: format!("{}{code}/", above.path),
            code,
            kind: text(values, "kind").unwrap_or("station").to_owned(),
            parent: Some(parent),
            registered: false,
            supplied: false,
            province: above.province,
            set_by: Some(target.id),
            ..Org::default()
        };
        set(&mut org, values)?;
        Ok((org, Chain::begin(Aggregate::Org, id)))
    }
}

fn unit_id(values: &Values, key: &str) -> Result<Option<OrgId>> {
    let Some(id) = text(values, key) else { return Ok(None) };
    id.parse().map(Some).map_err(|_| StoreError::Invalid(format!("`{key}` names no unit")))
}

/// What is told of a unit; what is not told stays, and what is told as missing is taken away.
fn set(org: &mut Org, values: &Values) -> Result<()> {
    if let Some(name) = text(values, "name") {
        org.name = short(name)?;
    }
    for (key, slot) in [
        ("province", &mut org.province),
        ("city", &mut org.city),
        ("address", &mut org.address),
        ("phone", &mut org.phone),
        ("nameplate", &mut org.nameplate),
    ] {
        if values.contains_key(key) {
            *slot = text(values, key).map(short).transpose()?;
        }
    }
    if let Some(registered) = flag_of(values, "registered") {
        org.registered = registered;
    }
    if let Some(stars) = values.get("stars") {
        let stars = stars.as_f64().map(whole).filter(|stars| *stars > 0);
        if stars.is_some_and(|stars| stars > MOST_STARS) {
            return Err(StoreError::Invalid(format!("a unit has at most {MOST_STARS} stars")));
        }
        org.stars = stars;
    }
    if let Some(area) = values.get("floor_area") {
        org.floor_area_dm2 = area.as_f64().map(|area| whole(area * 100.0)).filter(|a| *a >= 0);
    }
    if let Some(word) = text(values, "standing") {
        let unknown = || StoreError::Invalid(format!("a unit is not `{word}`"));
        org.standing = Standing::of(word).ok_or_else(unknown)?;
    }
    Ok(())
}

fn short(text: &str) -> Result<String> {
    if text.chars().count() > LONGEST {
        return Err(StoreError::Invalid(format!("at most {LONGEST} characters")));
    }
    Ok(text.to_owned())
}

/// A number as it came in JSON, rounded.
#[expect(clippy::cast_possible_truncation, reason = "saturates; stars and areas are small")]
fn whole(number: f64) -> i64 {
    number.round() as i64
}
