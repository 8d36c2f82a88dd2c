//! The money somebody took and what is still due at their unit, where a process asks (收银日结).

use crate::app::App;
use crate::problem::Answer;
use base::{Money, PersonId};
use engine::{Till, TillBack, TillSum, Unpaid};
use ledger::Path;
use rulebook::Release;
use rulebook::model::Process;
use serde_json::Value as Json;
use store::Scope;
use store::accounts::AccountQuery;

/// The facts that are asked for by these names.
const ROOTS: [&str; 3] = ["till", "till_back", "unpaid"];
/// The posting that empties a till when it is counted.
pub const COUNTED: &str = "till_count";
/// The parameter that hides what a till holds until it is counted (盲点).
const BLIND: &str = "blind_count";
/// Accounts read of one kind.
const MOST: u32 = 200;

/// Whether opening a case of this process asks for the money.
pub fn is_asked(release: &Release, process: &Process) -> bool {
    super::held::names_any(release, process, &ROOTS)
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
pub async fn of(app: &App, person: PersonId, org: Option<&Json>) -> Answer<Till> {
    let Some(org) = org.and_then(Json::as_str) else { return Ok(Till::default()) };
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
    Ok(Till { sums, back, unpaid })
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
