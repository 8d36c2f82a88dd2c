//! What is left at a unit (退网清点): open cases, parts and certificates, where an act asks.

use crate::app::App;
use crate::problem::Answer;
use base::CaseId;
use rulebook::model::StateKind;
use serde_json::{Value as Json, json};
use store::Scope;
use store::accounts::AccountQuery;
use store::cases::{CaseQuery, CaseRow};
use store::org::Org;

/// Open cases counted at most.
const MOST_CASES: u32 = 100;
/// Accounts read at a time.
const AT_ONCE: u32 = 200;
/// Accounts by whose first word pieces lie on the shelves and in the vans of a unit.
const SHELVES: [&str; 2] = ["stock", "reserved"];

/// What is left at the unit beside the case that asks.
pub async fn at(app: &App, org: &Org, case: Option<CaseId>) -> Answer<Json> {
    let open = CaseQuery {
        station: Some(org.id),
        open: Some(true),
        limit: MOST_CASES,
        ..CaseQuery::default()
    };
    let open = app.store().cases(&open, &Scope::station(org)).await?.items;
    let open = open.iter().filter(|row| Some(row.id) != case && !rests(app, row)).count();
    let mut stock = 0;
    for first in SHELVES {
        stock += pieces(app, org, first).await?;
    }
    let certified = app.store().certified_by_unit(app.today()).await?;
    let certified = certified.into_iter().find(|of| of.org == org.id).map_or(0, |of| of.people);
    Ok(json!({
        "cases": open,
        "stock": stock,
        "old": pieces(app, org, "old").await?,
        "transit": pieces(app, org, "transit").await?,
        "certificates": certified,
    }))
}

/// Whether nothing is to be done about a case: a certificate that somebody holds.
fn rests(app: &App, row: &CaseRow) -> bool {
    let Ok(release) = app.releases().pinned(&row.release) else { return false };
    let process = release.processes.get(&row.process);
    let state = process.and_then(|process| process.state(&format!("main.{}", row.state)));
    state.is_some_and(|state| state.kind == StateKind::Idle)
}

/// Pieces in the accounts of a unit whose paths begin with a word.
async fn pieces(app: &App, org: &Org, first: &str) -> Answer<i64> {
    let (mut sum, mut cursor) = (0, None);
    loop {
        let query = AccountQuery {
            prefix: Some(first.to_owned()),
            in_use: true,
            cursor,
            limit: AT_ONCE,
            ..AccountQuery::default()
        };
        let page = app.store().accounts(&query, &Scope::station(org)).await?;
        sum += page.items.iter().map(|row| row.balance).sum::<i64>();
        cursor = page.next;
        if cursor.is_none() {
            return Ok(sum);
        }
    }
}
