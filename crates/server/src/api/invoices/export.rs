//! `GET /invoices.xlsx`: what is approved and not issued yet, for the tax client.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::problem::Answer;
use crate::view::sheet::{self, Cell};
use axum::extract::State;
use axum::response::Response;
use base::{Lang, Money, Text};
use rulebook::Release;
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json};
use store::cases::{KeptCase, KeptQuery};

/// The process, and the state in which the issuer waits for it.
const REQUEST: &str = "invoice_request";
const APPROVED: &str = "approved";

const TITLES: [(&str, &str); 12] = [
    ("申请单号", "Request"),
    ("所开单号", "For"),
    ("网点", "Station"),
    ("购买方名称", "Buyer"),
    ("纳税人识别号", "Tax number"),
    ("票种", "Kind"),
    ("项目名称", "Item"),
    ("税率", "Rate"),
    ("价税合计", "Amount with tax"),
    ("金额（不含税）", "Amount without tax"),
    ("税额", "Tax"),
    ("申请时间", "Asked for"),
];

/// Approved requests of my scope, as a workbook: one row is one invoice.
#[utoipa::path(
    get, path = "/invoices.xlsx", tag = "accounts", operation_id = "invoices_export",
    responses((
        status = 200,
        content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )),
    extensions(("x-permission" = json!("account_read"))),
)]
pub async fn export(
    State(app): State<App>,
    session: Allowed<perm::AccountRead>,
) -> Answer<Response> {
    let limit = u32::try_from(sheet::MOST_ROWS).unwrap_or(u32::MAX);
    let query = KeptQuery { process: REQUEST, state: Some(APPROVED), limit };
    let requests = app.store().kept_cases(query, &session.scope).await?;
    let cells = |one: &KeptCase| row(&session.release, one, &app, session.lang);
    let rows: Vec<Vec<Cell>> = requests.iter().map(cells).collect();
    sheet::answer("invoices.xlsx", &TITLES, &rows, session.lang)
}

fn row(release: &Release, one: &KeptCase, app: &App, lang: Lang) -> Vec<Cell> {
    let data = &one.data;
    let word = |field: &str| {
        let key = text(data, field);
        word_of(release, field, key).map_or_else(|| key.into(), |title| title.get(lang).into())
    };
    let opened = app.zone().local(one.row.opened_at).strftime("%Y-%m-%d %H:%M").to_string();
    let amount = data.get("invoice_amount").and_then(Json::as_i64).unwrap_or_default();
    let rate: i64 = text(data, "tax_rate").trim_start_matches('r').parse().unwrap_or_default();
    let net = without_tax(amount, rate);
    vec![
        one.row.number.as_str().into(),
        text(data, "bill_for").into(),
        one.row.org_name.as_str().into(),
        text(data, "invoice_title").into(),
        text(data, "tax_number").into(),
        word("invoice_kind"),
        word("invoice_item"),
        format!("{rate}%").as_str().into(),
        Cell::Fen(amount),
        Cell::Fen(net),
        Cell::Fen(amount - net),
        opened.as_str().into(),
    ]
}

/// What the form that asked calls a choice.
fn word_of<'r>(release: &'r Release, field: &str, key: &str) -> Option<&'r Text> {
    let form = release.forms.get(REQUEST)?;
    let field = form.fields.iter().find(|asked| asked.id == field)?;
    field.choices.iter().find(|choice| choice.id == key).map(|choice| &choice.title)
}

fn text<'d>(data: &'d Map<String, Json>, name: &str) -> &'d str {
    data.get(name).and_then(Json::as_str).unwrap_or_default()
}

/// What is left of an amount in fen without the tax in it, rounded once.
fn without_tax(fen: i64, rate: i64) -> i64 {
    let share = Decimal::from(100) / Decimal::from(100 + rate);
    Money::try_from_fen(Decimal::from(fen) * share).map_or(fen, |net| net.0)
}
