//! `GET /cashier`: what is to be collected here, and what I took since my last count.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::command::till::{COUNTED, is_blind, last, path_of, sums};
use crate::http::extract::Json;
use crate::problem::Answer;
use crate::view::account::means;
use crate::view::case::StateRef;
use crate::view::{Words, row::RowOrg};
use axum::extract::State;
use rulebook::Release;
use serde::Serialize;
use serde_json::{Map, Value as JsonValue};
use store::accounts::TillRow;
use store::cases::{KeptCase, KeptQuery};
use utoipa::ToSchema;

/// The process of a bill.
const BILL: &str = "payment";
/// Open bills shown.
const MOST: u32 = 200;

/// The cashier's desk.
#[derive(Debug, Serialize, ToSchema)]
pub struct CashierDesk {
    /// Bills that are not settled yet, the oldest first.
    due: Vec<DueBill>,
    /// Whether the count is blind (盲点): what the till holds is said only after it was counted.
    blind: bool,
    /// What my till holds, by means; nothing where the count is blind.
    till: Vec<TillSumView>,
    /// What I took and gave back since my last count, the newest first.
    entries: Vec<TillEntry>,
}

/// A bill that is not settled.
#[derive(Debug, Serialize, ToSchema)]
pub struct DueBill {
    id: String,
    version: i64,
    number: String,
    /// The case it is for.
    bill_for: String,
    state: StateRef,
    org: RowOrg,
    customer_masked: Option<String>,
    /// Still due, in fen; of a deposit to be returned, what goes back.
    amount: i64,
    opened_at: String,
    /// Whether its day has passed.
    late: bool,
}

/// What a till holds by one means.
#[derive(Debug, Serialize, ToSchema)]
pub struct TillSumView {
    means: String,
    title: Words,
    amount: i64,
}

/// A line of a till.
#[derive(Debug, Serialize, ToSchema)]
pub struct TillEntry {
    at: String,
    means: Words,
    /// What it was: payment, refund, reversal.
    what: Words,
    amount: i64,
    case: Option<String>,
    number: Option<String>,
}

/// Bills to be collected in my scope, and my own till.
#[utoipa::path(
    get, path = "/cashier", tag = "accounts", operation_id = "cashier_get",
    responses((status = 200, body = CashierDesk)),
    extensions(("x-permission" = json!("case_act"))),
)]
pub async fn get(
    State(app): State<App>,
    session: Allowed<perm::CaseAct>,
) -> Answer<Json<CashierDesk>> {
    let release = session.release.clone();
    let query = KeptQuery { process: BILL, state: None, limit: MOST };
    let bills = app.store().kept_cases(query, &session.scope).await?;
    let blind = is_blind(&release);
    let due = bills.iter().map(|bill| due(&app, bill)).collect();
    let Some(path) = path_of(session.id(), &session.org.code) else {
        return Ok(Json(CashierDesk { due, blind, till: vec![], entries: vec![] }));
    };
    let held = if blind { vec![] } else { sums(&app, &path).await? };
    let till = held.into_iter().map(|sum| TillSumView {
        title: means(&release, &sum.means),
        amount: sum.booked.0,
        means: sum.means,
    });
    let rows = app.store().till_rows(&path, COUNTED).await?;
    let entries = rows.into_iter().map(|row| entry(&release, row)).collect();
    Ok(Json(CashierDesk { due, blind, till: till.collect(), entries }))
}

fn due(app: &App, bill: &KeptCase) -> DueBill {
    let row = &bill.row;
    let release = app.releases().pinned(&row.release).ok();
    let process = release.as_ref().and_then(|release| release.processes.get(&row.process));
    let fen = |name: &str| bill.data.get(name).and_then(JsonValue::as_i64).unwrap_or_default();
    DueBill {
        id: row.id.to_string(),
        version: bill.version,
        number: row.number.clone(),
        bill_for: text(&bill.data, "bill_for"),
        state: StateRef::of(process, &format!("main.{}", row.state)),
        org: RowOrg::of(row),
        customer_masked: row.customer_masked.clone(),
        amount: fen("remaining") + fen("deposit_left"),
        opened_at: row.opened_at.to_string(),
        late: row.late,
    }
}

fn text(data: &Map<String, JsonValue>, name: &str) -> String {
    data.get(name).and_then(JsonValue::as_str).unwrap_or_default().to_owned()
}

fn entry(release: &Release, row: TillRow) -> TillEntry {
    let title = release.postings.get(&row.posting).map(|template| (&template.title).into());
    TillEntry {
        at: row.recorded_at.to_string(),
        means: means(release, &last(&row.path)),
        what: title.unwrap_or_else(|| Words::key(&row.posting)),
        amount: row.change,
        case: row.case.map(|case| case.to_string()),
        number: row.number,
    }
}
