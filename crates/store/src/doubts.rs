//! What other records say against a case (疑点): the same photo, the same old part, the same fault…

use crate::exec::cell::cells;
use crate::exec::{Cell, Read, Row, places};
use crate::{Result, Store};
use base::time::days_between;
use base::{CaseId, Day, FileId, Instant, OrgId, UnitId};
use engine::{Doubt, HistoryItem};
use serde_json::{Map, Value as Json};

/// Most of a kind; who has so many is suspect enough.
const MOST: usize = 5;
/// Serial numbers looked for.
const MOST_SERIALS: usize = 20;
/// The posting by which an old part comes to the shelf.
const OLD_PART_IN: &str = "old_part_in";
/// Days of which the cases of a unit are counted, and those before that they are compared with.
const LATELY: i64 = 30;
const BEFORE: i64 = 90;
const DAY: i64 = 86_400_000_000;

/// The case that is looked at, and what is known of it.
#[derive(Debug, Clone)]
pub struct Suspect {
    /// The case.
    pub case: CaseId,
    /// Its process.
    pub process: String,
    /// The case that opened it: what it claims for.
    pub parent: Option<CaseId>,
    /// The unit that owns it.
    pub org: OrgId,
    /// The vehicle.
    pub unit: Option<UnitId>,
    /// Its data: `component`, `fault`, `odometer`, `old_serial`, and `old_serial` of its lines.
    pub data: Map<String, Json>,
    /// Earlier repairs of the vehicle.
    pub history: Vec<HistoryItem>,
    /// Now.
    pub now: Instant,
    /// Today.
    pub today: Day,
}

impl Store {
    /// What other records say against a case, in one round of five statements.
    pub async fn doubts(&self, suspect: &Suspect) -> Result<Vec<Doubt>> {
        let own = suspect.parent.unwrap_or(suspect.case);
        let unit = suspect.unit.map_or(0, |unit| unit.0);
        let serials = suspect.serials();
        let mut serial_cells = cells![suspect.case, own, OLD_PART_IN];
        serial_cells.extend(serials.iter().map(|serial| Cell::from(serial.as_str())));
        let lately = suspect.now.0 - LATELY * DAY;
        let before = lately - BEFORE * DAY;
        // Ids sort by the time they were made: none older is looked at.
        let first = (before / 1000) << 20;
        let claims = cells![suspect.org, suspect.process.as_str(), lately, before, first];
        let mut rows = self
            .exec()
            .read(vec![
                Read::new(PHOTO, cells![suspect.case, own]),
                Read::new(serial_sql(serials.len()), serial_cells),
                Read::new(NOTED, cells![unit, suspect.case, own]),
                Read::new(VEHICLES, cells![suspect.case]),
                Read::new(CLAIMS, claims),
            ])
            .await?
            .into_iter();
        let mut next = || rows.next().unwrap_or_default();
        let mut found = Vec::new();
        found.extend(pictures(suspect, next())?);
        for row in next() {
            found.push(named("serial", suspect, row)?);
        }
        let farther = next().into_iter().filter_map(|row| suspect.odometer(row).transpose());
        found.extend(farther.take(MOST).collect::<Result<Vec<_>>>()?);
        for mut row in next() {
            found.push(counted("phone", row.int()?));
        }
        for mut row in next() {
            let (late, earlier): (i64, i64) = (row.int()?, row.int()?);
            // Nothing to compare with is no spike.
            if earlier > 0 {
                found.push(counted("spike", late * 100 * BEFORE / (earlier * LATELY)));
            }
        }
        found.extend(suspect.repaired(own));
        Ok(found)
    }
}

impl Suspect {
    fn text(&self, key: &str) -> Option<&str> {
        self.data.get(key)?.as_str().filter(|text| !text.is_empty())
    }

    /// The numbers of the old parts it is about.
    fn serials(&self) -> Vec<String> {
        let lines = self.data.values().filter_map(Json::as_array).flatten();
        let of_lines = lines.filter_map(|line| line.get("old_serial")?.as_str());
        let all = self.text("old_serial").into_iter().chain(of_lines);
        let mut serials: Vec<String> =
            all.filter(|serial| !serial.is_empty()).map(str::to_owned).collect();
        serials.sort_unstable();
        serials.dedup();
        serials.truncate(MOST_SERIALS);
        // No entry has this one; the statement names one at least.
        if serials.is_empty() {
            serials.push(String::new());
        }
        serials
    }

    /// Another case of the vehicle at which it had run farther.
    fn odometer(&self, mut row: Row) -> Result<Option<Doubt>> {
        let Some(own) = self.data.get("odometer").and_then(Json::as_i64) else { return Ok(None) };
        let (case, number, at) = (CaseId(row.int()?), row.text()?, row.instant()?);
        let data: Map<String, Json> = serde_json::from_str(&row.text()?).unwrap_or_default();
        let more = data.get("odometer").and_then(Json::as_i64).unwrap_or(0) - own;
        Ok((more > 0).then(|| Doubt {
            check: "odometer".to_owned(),
            case: Some(case),
            number: Some(number),
            at: Some(at),
            count: Some(more),
            ..Doubt::default()
        }))
    }

    /// Earlier repairs of the same part: the same fault again, or paid by the customer.
    fn repaired(&self, own: CaseId) -> Vec<Doubt> {
        let Some(component) = self.text("component") else { return Vec::new() };
        let fault = self.text("fault");
        let others = self.history.iter().filter(|item| item.case != own);
        let same = others.filter(|item| item.component == component);
        let doubt = |item: &HistoryItem| {
            let check = match (item.covered, fault == Some(item.fault.as_str())) {
                (false, _) => "paid",
                (true, true) => "fault",
                (true, false) => return None,
            };
            Some(Doubt {
                check: check.to_owned(),
                case: Some(item.case),
                number: Some(item.number.clone()),
                at: Some(item.delivered_at),
                count: Some(days_between(item.to, self.today)),
                ..Doubt::default()
            })
        };
        same.filter_map(doubt).take(MOST).collect()
    }
}

/// The pictures shared with each other case; the rows come case by case.
fn pictures(suspect: &Suspect, rows: Vec<Row>) -> Result<Vec<Doubt>> {
    let mut found: Vec<Doubt> = Vec::new();
    for mut row in rows {
        let (photo, twin) = (FileId(row.int()?), FileId(row.int()?));
        let other = named("photo", suspect, row)?;
        if found.last().is_none_or(|last| last.case != other.case) {
            found.push(other);
        }
        if let Some(last) = found.last_mut() {
            last.photos.push(photo);
            last.twins.push(twin);
        }
    }
    found.truncate(MOST);
    Ok(found)
}

fn counted(check: &str, count: i64) -> Doubt {
    Doubt { check: check.to_owned(), count: Some(count), ..Doubt::default() }
}

fn named(check: &str, suspect: &Suspect, mut row: Row) -> Result<Doubt> {
    let (case, number, at) = (CaseId(row.int()?), row.text()?, row.instant()?);
    Ok(Doubt {
        check: check.to_owned(),
        case: Some(case),
        number: Some(number),
        at: Some(at),
        count: Some((suspect.now.0 - at.0) / DAY),
        ..Doubt::default()
    })
}

/// The very same picture in another case; that of its own repair and what else that opened aside.
const PHOTO: &str = "SELECT DISTINCT f.id, g.id, o.id, o.number, o.opened_at FROM file_uses u \
    JOIN files f ON f.id = u.file JOIN files g ON g.content_mac = f.content_mac \
    JOIN file_uses v ON v.file = g.id JOIN cases o ON o.id = v.case_id \
    WHERE u.case_id IN ($1, $2) AND o.id NOT IN ($1, $2) \
    AND (o.parent IS NULL OR o.parent <> $2) ORDER BY o.id, f.id, g.id LIMIT 50";

/// Cases of the vehicle before this one, for what they noted.
const NOTED: &str = "SELECT o.id, o.number, o.opened_at, o.data FROM cases o WHERE o.unit = $1 \
    AND o.id NOT IN ($2, $3) AND o.id < $3 ORDER BY o.id DESC LIMIT 30";

/// Vehicles of everybody with a telephone of the case's customer.
const VEHICLES: &str = "SELECT COUNT(DISTINCT u.id) FROM cases c \
    JOIN search_tokens own ON own.subject = 'customer' AND own.id = c.customer \
    AND own.kind = 'phone' \
    JOIN search_tokens t ON t.token = own.token AND t.kind = 'phone' AND t.subject = 'customer' \
    JOIN units u ON u.owner = t.id WHERE c.id = $1";

/// Cases of the process at the unit lately, and in the time before.
const CLAIMS: &str = "SELECT COALESCE(SUM(CASE WHEN c.opened_at >= $3 THEN 1 ELSE 0 END), 0), \
    COALESCE(SUM(CASE WHEN c.opened_at < $3 THEN 1 ELSE 0 END), 0) FROM cases c \
    JOIN orgs o ON o.id = $1 AND c.org_path = o.path \
    WHERE c.process = $2 AND c.org = $1 AND c.id >= $5 AND c.opened_at >= $4";

/// An old part of one of these numbers that another case took in.
fn serial_sql(count: usize) -> String {
    let list = places(4, count);
    format!(
        "SELECT DISTINCT c.id, c.number, t.occurred_at FROM ledger_entries e \
         JOIN ledger_transactions t ON t.id = e.transaction_id JOIN cases c ON c.id = t.case_id \
         WHERE e.serial <> '' AND e.serial IN {list} AND t.posting = $3 \
         AND c.id NOT IN ($1, $2) ORDER BY t.occurred_at LIMIT {MOST}"
    )
}
