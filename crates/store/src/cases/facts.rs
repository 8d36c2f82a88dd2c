//! The facts a decision sees, in at most six statements.

use crate::exec::cell::cells;
use crate::exec::{Cell, Read, Row, places};
use crate::org::{COLUMNS, Org};
use crate::units::{self, HISTORY, read_history};
use crate::{Result, Store, StoreError};
use base::time::Zone;
use base::{CustomerId, Day, Instant, OrgId, PersonId, UnitId};
use engine::{Facts, PersonFacts};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

/// What a decision is about.
#[derive(Debug, Clone)]
pub struct FactsRequest {
    /// The vehicle.
    pub unit: Option<UnitId>,
    /// The customer.
    pub customer: Option<CustomerId>,
    /// The case's organisation unit.
    pub org: OrgId,
    /// Other organisation units the form names.
    pub orgs: Vec<OrgId>,
    /// The actor, the assignee and people the form names.
    pub people: Vec<PersonId>,
    /// For absence and certificates.
    pub now: Instant,
    /// The company's time zone.
    pub zone: Zone,
}

impl FactsRequest {
    fn day(&self) -> Day {
        self.zone.day(self.now)
    }
}

/// The fact that names the campaigns open on a vehicle.
const CAMPAIGNS: &str = "campaigns";

impl Store {
    /// The snapshot, in six statements; one more for a vehicle with an open campaign. Prices and
    /// calendars are the release's: the caller adds them. People hold here
    /// only the roles they hold at the unit or above.
    pub async fn facts(&self, request: &FactsRequest) -> Result<Facts> {
        let unit = request.unit.map_or(0, |unit| unit.0);
        let people: Vec<Cell> = request.people.iter().map(|id| (*id).into()).collect();
        let mut with_org = cells![request.org];
        with_org.extend(people.iter().cloned());
        let mut units = cells![request.customer, request.org];
        units.extend(request.orgs.iter().map(|id| Cell::from(*id)));
        let named = units.len() - 1;
        units.extend(people.iter().cloned());
        let mut rows = self
            .exec()
            .read(vec![
                Read::new(orgs_and_customer(named, people.len(), request.day()), units),
                Read::new(
                    format!(
                        "SELECT {}, u.owner, {}, {OPEN} FROM units u WHERE u.id = $1",
                        units::FIELDS,
                        units::RETURNED
                    ),
                    cells![unit],
                ),
                Read::new(units::COMPONENTS, cells![unit]),
                Read::new(HISTORY, cells![unit]),
                Read::new(people_sql(people.len()), people_params(people)),
                Read::new(roles_sql(with_org.len() - 1), with_org_params(with_org)),
            ])
            .await?
            .into_iter();
        let mut next = || rows.next().unwrap_or_default();
        let (mut orgs, mut customer) = (BTreeMap::new(), None);
        for mut row in next() {
            let org = crate::org::read_org(&mut row)?;
            customer = read_customer(&mut row)?;
            orgs.insert(org.id, org_facts(&org, &row.text()?, Some((row.flag()?, row.flag()?))));
        }
        let org = orgs.get(&request.org).cloned().ok_or(StoreError::NotFound("org"))?;
        let unit_row = next().pop();
        let components = next();
        let mut unit = unit_row.map(|row| unit_facts(row, components)).transpose()?;
        if let (Some(unit), Some(id)) = (&mut unit, request.unit) {
            unit.insert("id".into(), json!(id));
            if unit.contains_key(CAMPAIGNS) {
                let open = self.open_campaigns(&[id]).await?.remove(&id).unwrap_or_default();
                let open = open.iter().map(crate::campaign::OpenCampaign::fact);
                unit.insert(CAMPAIGNS.into(), open.collect());
            }
        }
        let history = next().into_iter().map(read_history).collect::<Result<Vec<_>>>()?;
        let today = request.zone.day(request.now);
        let mut people = read_people(next(), today)?;
        for mut row in next() {
            if let Some(person) = people.get_mut(&PersonId(row.int()?)) {
                person.roles.push(row.text()?);
            }
        }
        Ok(Facts {
            unit,
            customer,
            org,
            orgs,
            people,
            history,
            zone: request.zone.clone(),
            // What this case posted is read by whoever reverses it.
            ..Facts::default()
        })
    }
}

/// The case's unit, those the form names, and where the people work.
fn orgs_and_customer(count: usize, people: usize, today: Day) -> String {
    let work = if people == 0 {
        String::new()
    } else {
        let people = places(2 + count, people);
        format!(" OR o.id IN (SELECT p.org FROM people p WHERE p.id IN {people})")
    };
    format!(
        "SELECT {COLUMNS}, c.id, CASE WHEN c.phone IS NULL THEN 0 ELSE 1 END, c.consent, \
         c.needs, {MODE}, CASE WHEN {CERTIFIED} >= '{today}') THEN 1 ELSE 0 END, \
         CASE WHEN {HAS_STATION} THEN 1 ELSE 0 END \
         FROM orgs o LEFT JOIN customers c ON c.id = $1 WHERE o.id IN {}{work}",
        places(2, count)
    )
}

fn people_sql(count: usize) -> String {
    format!(
        "SELECT p.id, p.certificate_number, p.certificate_expires, p.skills, p.away_until, \
         (SELECT COUNT(*) FROM cases c WHERE c.assignee = p.id AND c.closed_at IS NULL), p.org \
         FROM people p WHERE p.active = 1 AND p.id IN {}",
        places(1, count)
    )
}

fn people_params(mut people: Vec<Cell>) -> Vec<Cell> {
    // An empty list still has one place; no person has id 0.
    if people.is_empty() {
        people.push(Cell::Int(0));
    }
    people
}

fn roles_sql(count: usize) -> String {
    format!(
        "SELECT DISTINCT r.person, r.role FROM person_roles r JOIN orgs o ON o.id = $1 \
         WHERE r.path <= o.path AND r.path_end > o.path AND r.person IN {} \
         ORDER BY r.person, r.role",
        places(2, count)
    )
}

fn with_org_params(mut params: Vec<Cell>) -> Vec<Cell> {
    if params.len() == 1 {
        params.push(Cell::Int(0));
    }
    params
}

/// The mode of a unit (简易, 标准, 完整): its own, or that of the nearest unit above.
const MODE: &str = "COALESCE((SELECT a.mode FROM orgs a WHERE a.mode IS NOT NULL \
     AND a.path <= o.path AND SUBSTR(o.path, 1, LENGTH(a.path)) = a.path \
     ORDER BY LENGTH(a.path) DESC LIMIT 1), 'standard')";

/// Whether somebody at a unit that sells or repairs, or below it, holds a repair certificate
/// (上岗证) that ends on a day or after it.
const CERTIFIED: &str = "o.kind NOT IN ('maker', 'department', 'sales_company') AND EXISTS \
     (SELECT 1 FROM orgs w JOIN people q ON q.org = w.id WHERE w.path >= o.path \
     AND w.path < SUBSTR(o.path, 1, LENGTH(o.path) - 1) || '0' AND q.active = 1 \
     AND q.certificate_number IS NOT NULL AND q.certificate_expires";

/// Whether a registered station below an agent works.
const HAS_STATION: &str = "o.kind = 'agent' AND EXISTS (SELECT 1 FROM orgs s \
     WHERE s.path > o.path AND s.path < SUBSTR(o.path, 1, LENGTH(o.path) - 1) || '0' \
     AND s.kind = 'station' AND s.registered = 1 AND s.standing = 'active')";

/// What a rule may know of an organisation unit that works in that mode; whether somebody holds
/// a certificate today and whether a station of it works only where that was asked.
pub fn org_facts(org: &Org, mode: &str, found: Option<(bool, bool)>) -> Map<String, Json> {
    object(json!({
        "id": org.id, "code": org.code, "name": org.name, "kind": org.kind, "stars": org.stars,
        "registered": org.registered, "province": org.province, "mode": mode, "city": org.city,
        "standing": org.standing, "nameplate": org.nameplate, "supplied": org.supplied,
        "certified": found.map(|(certified, _)| certified),
        "has_station": found.map(|(_, station)| station),
    }))
}

fn read_customer(row: &mut Row) -> Result<Option<Map<String, Json>>> {
    let id = row.opt_int()?.map(CustomerId);
    let (has_phone, consent, tags) = (row.opt_int()?, row.opt_int()?, row.opt_text()?);
    let Some(id) = id else { return Ok(None) };
    let tags: Vec<String> = tags.map_or(Ok(vec![]), |text| crate::exec::cell::parse(&text))?;
    Ok(Some(object(json!({
        "id": id, "has_phone": has_phone == Some(1), "consent": consent == Some(1),
        "tags": tags,
    }))))
}

/// How many cases of it are open (a hundred stand for more), whether a hazard of it (安全隐患) is
/// among them, and whether a campaign (召回、服务活动) is.
const OPEN: &str = "(SELECT COUNT(*) FROM (SELECT 1 FROM cases k WHERE k.unit = u.id \
     AND k.closed_at IS NULL LIMIT 100) few), \
     CASE WHEN EXISTS (SELECT 1 FROM cases h WHERE h.unit = u.id AND h.process = 'hazard' \
     AND h.closed_at IS NULL) THEN 1 ELSE 0 END, \
     CASE WHEN EXISTS (SELECT 1 FROM campaign_units m JOIN cases v ON v.id = m.case_id \
     WHERE m.unit = u.id AND v.closed_at IS NULL) THEN 1 ELSE 0 END";

fn unit_facts(mut row: Row, components: Vec<Row>) -> Result<Map<String, Json>> {
    let fields = units::read_fields(&mut row)?;
    let (registered, marked) = (!fields.unverified, fields.marked == Some(true));
    let (owner, returned, open) = (row.opt_int()?.map(CustomerId), row.flag()?, row.int()?);
    let (frozen, campaigns) = (row.flag()?, row.flag()?);
    let bought = [fields.sold_on, fields.invoice_date, fields.registered_on];
    let sold = owner.is_some() || bought.iter().any(Option::is_some);
    let mut facts = object(serde_json::to_value(fields).unwrap_or_default());
    facts.remove("price_fen");
    facts.insert("owner".into(), json!(owner));
    facts.insert("returned".into(), returned.into());
    facts.insert("open_cases".into(), open.into());
    facts.insert("frozen".into(), frozen.into());
    facts.insert("sold".into(), sold.into());
    if campaigns {
        // Which they are is asked for of these few vehicles alone.
        facts.insert(CAMPAIGNS.into(), Json::Array(vec![]));
    }
    facts.insert("registered".into(), registered.into());
    facts.insert("marked".into(), marked.into());
    let mut parts = Map::new();
    for row in components {
        let part = units::read_component(row)?;
        parts.insert(
            part.component,
            json!({ "serial": part.serial, "since": part.since, "replaced": part.case.is_some() }),
        );
    }
    facts.insert("components".into(), Json::Object(parts));
    Ok(facts)
}

fn read_people(rows: Vec<Row>, today: Day) -> Result<BTreeMap<PersonId, PersonFacts>> {
    rows.into_iter()
        .map(|mut row| {
            let id = PersonId(row.int()?);
            let facts = PersonFacts {
                roles: vec![],
                certificate_number: row.opt_text()?,
                certificate_expires: row.opt_day()?,
                skills: row.json()?,
                away: row.opt_day()?.is_some_and(|until| until >= today),
                open_cases: row.count()?,
                org: row.opt_int()?.map(OrgId),
            };
            Ok((id, facts))
        })
        .collect()
}

fn object(json: Json) -> Map<String, Json> {
    match json {
        Json::Object(map) => map,
        _ => Map::new(),
    }
}
