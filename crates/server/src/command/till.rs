//! The money somebody took, what is still due at their unit and what stands open between it and the
//! company, where a process asks (收银日结、对账).

use crate::app::App;
use crate::problem::Answer;
use base::{Money, PersonId};
use engine::{OpenItem, Till, TillBack, TillSum, Unpaid};
use ledger::Path;
use rulebook::Release;
use rulebook::model::Process;
use serde_json::Value as Json;
use store::Scope;
use store::accounts::AccountQuery;

/// The facts that are asked for by these names.
const ROOTS: [&str; 3] = ["till", "till_back", "unpaid"];
/// The fact that says what stands open between a unit and the company (往来未清项).
pub const OPEN_ITEMS: &str = "open_items";
/// The posting that empties a till when it is counted.
pub const COUNTED: &str = "till_count";
/// The parameter that hides what a till holds until it is counted (盲点).
const BLIND: &str = "blind_count";
/// Accounts read of one kind.
const MOST: u32 = 200;
/// Open items of one statement, as many as one act posts; what is beyond stands in the next.
const MOST_OPEN: usize = 500;

/// Whether opening a case of this process asks for the money somebody took.
pub fn is_asked(process: &Process) -> bool {
    process.start.reads_any(&ROOTS)
}

/// What opening a case of this process asks of the money at a unit; a case that the system opens
/// has no till.
pub async fn asked(
    app: &App,
    (release, process): (&Release, &Process),
    person: Option<PersonId>,
    org: Option<&Json>,
) -> Answer<Till> {
    let Some(org) = org.and_then(Json::as_str) else { return Ok(Till::default()) };
    let mut till = match person.filter(|_| is_asked(process)) {
        Some(person) => of(app, person, org).await?,
        None => Till::default(),
    };
    if process.start.reads_any(&[OPEN_ITEMS]) {
        till.open_items = open_items(app, release, (&process.id, org)).await?;
    }
    Ok(till)
}

/// What stands open between a unit and the company, by account rule and path; what an open case of
/// the same process lists is not stated twice.
pub async fn open_items(
    app: &App,
    release: &Release,
    (process, org): (&str, &str),
) -> Answer<Vec<OpenItem>> {
    let mut found = Vec::new();
    let stated = app.store().stated(process, org).await?;
    for rule in &release.chart.rules {
        let Some(prefix) = rule.open_items_of(org) else { continue };
        let mut cursor = None;
        loop {
            let query = AccountQuery {
                prefix: Some(prefix.clone()),
                in_use: true,
                cursor,
                limit: MOST,
                ..AccountQuery::default()
            };
            let page = app.store().accounts(&query, &Scope::company()).await?;
            found.extend(page.items.into_iter().filter(|row| row.balance > 0).filter_map(|row| {
                let (what, number) = rule.open_item(&row.path)?;
                if stated.contains(&number) {
                    return None;
                }
                let (account, amount) = (rule.id.clone(), Money(row.balance));
                Some(OpenItem { account, what, number, case: None, amount, since: row.opened_at })
            }));
            cursor = page.next;
            if cursor.is_none() || found.len() >= MOST_OPEN {
                break;
            }
        }
    }
    found.truncate(MOST_OPEN);
    let numbers: Vec<&str> = found.iter().map(|item| item.number.as_str()).collect();
    let cases = app.store().numbered(&numbers).await?;
    for item in &mut found {
        item.case = cases.get(&item.number).copied();
    }
    Ok(found)
}

/// Whether the rules let a till be counted before its sum is shown.
pub fn is_blind(release: &Release) -> bool {
    let setting = release.parameters.get(BLIND).and_then(|setting| setting.value.as_ref());
    setting.and_then(Json::as_bool) == Some(true)
}

/// The path of somebody's till at a unit.
pub fn path_of(person: PersonId, org: &str) -> Option<Path> {
    Path::try_new(&format!("station/{org}/till/{person}")).ok()
}

/// What a person's till holds, what went back of it, and what is unpaid at the unit.
async fn of(app: &App, person: PersonId, org: &str) -> Answer<Till> {
    let Some(path) = path_of(person, org) else { return Ok(Till::default()) };
    let sums = sums(app, &path).await?;
    let rows = app.store().till_rows(&path, COUNTED).await?;
    let back = rows.into_iter().filter(|row| row.change < 0).map(|row| TillBack {
        means: last(&row.path),
        number: row.number.unwrap_or_default(),
        what: row.posting,
        amount: Money(-row.change),
    });
    let back = back.collect();
    let mut unpaid = Vec::new();
    for payer in ["customer", "account"] {
        let due = accounts(app, format!("station/{org}/due/{payer}")).await?;
        unpaid.extend(due.into_iter().filter(|row| row.balance > 0).map(|row| Unpaid {
            number: last(&row.path),
            amount: Money(row.balance),
            since: row.opened_at,
            on_account: payer == "account",
        }));
    }
    Ok(Till { sums, back, unpaid, ..Till::default() })
}

/// What a till holds by means, without those at zero.
pub async fn sums(app: &App, path: &Path) -> Answer<Vec<TillSum>> {
    let rows = accounts(app, path.to_string()).await?;
    let held = rows.into_iter().filter(|row| row.balance != 0);
    Ok(held.map(|row| TillSum { means: last(&row.path), booked: Money(row.balance) }).collect())
}

async fn accounts(app: &App, prefix: String) -> Answer<Vec<store::accounts::AccountRow>> {
    let query =
        AccountQuery { prefix: Some(prefix), in_use: true, limit: MOST, ..AccountQuery::default() };
    Ok(app.store().accounts(&query, &Scope::company()).await?.items)
}

/// The last word of a path.
pub fn last(path: &Path) -> String {
    path.keys().last().unwrap_or_default().to_owned()
}
