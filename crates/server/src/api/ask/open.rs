//! `POST /ask`: a question, a complaint or an opinion of somebody without an account.

use super::{written, wrong};
use crate::app::App;
use crate::auth::Place;
use crate::command::{FromOutside, Key, open_outside};
use crate::enquiries::{self, limits, link};
use crate::http::extract::Json;
use crate::problem::Answer;
use axum::extract::State;
use axum::http::StatusCode;
use base::{CaseId, CustomerId, OrgId, Text};
use rulebook::Release;
use rulebook::model::Personal;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use store::Scope;
use store::customer::NewCustomer;
use utoipa::ToSchema;

/// Longest name.
const NAME: usize = 40;
/// Longest frame number or plate, as told.
const VEHICLE: usize = 30;
/// Most people one number is compared with.
const KNOWN: u32 = 8;

/// What somebody asks.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// `consultation`, `complaint` or `opinion`.
    #[serde(default)]
    kind: Option<String>,
    /// What it is about.
    message: String,
    /// Whether somebody is in danger.
    #[serde(default)]
    urgent: bool,
    /// What to call them; may be left out.
    #[serde(default)]
    name: Option<String>,
    /// Where to reach them; may be left out.
    #[serde(default)]
    phone: Option<String>,
    /// Frame number or plate, as they know it.
    #[serde(default)]
    vehicle: Option<String>,
    /// They have read what their data is for.
    agreed: bool,
}

/// What was made of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Taken {
    /// The word of the link that leads back.
    word: String,
    number: String,
}

/// Opens an enquiry at the desk that takes them, without signing in. The same `Idempotency-Key` and
/// text again give the same enquiry: an answer may get lost on the way.
#[utoipa::path(
    post, path = "/ask", tag = "ask", operation_id = "ask_open",
    params(("Idempotency-Key" = Option<String>, Header)),
    request_body = Asked, responses((status = 201, body = Taken), (status = 422), (status = 429)),
    extensions(("x-permission" = json!("public"))),
)]
pub async fn open(
    State(app): State<App>,
    place: Place,
    key: Key,
    Json(body): Json<Asked>,
) -> Answer<(StatusCode, Json<Taken>)> {
    let now = app.now();
    let said = serde_json::to_value(&body).unwrap_or_default();
    let answer = key.outside(&said);
    if let Some(taken) = earlier(&app, answer.as_ref()).await? {
        return Ok((StatusCode::CREATED, Json(taken)));
    }
    app.limits().check(limits::OPENED, &place.0, now)?;
    let message = written("message", &body.message, enquiries::LONGEST)?;
    if !body.agreed {
        return Err(wrong(
            "agreed",
            Text::new(
                "请先阅读并同意个人信息说明",
                "Please read and agree to how we use your data",
            ),
        ));
    }
    let optional = |field: &str, text: &Option<String>, most: usize| {
        let text = text.as_deref().map(str::trim).filter(|text| !text.is_empty());
        text.map(|text| written(field, text, most)).transpose()
    };
    let name = optional("name", &body.name, NAME)?;
    let vehicle = optional("vehicle", &body.vehicle, VEHICLE)?;
    let phone = body.phone.as_deref().map(digits).filter(|digits| !digits.is_empty());
    if phone.as_ref().is_some_and(|phone| !is_phone(phone)) {
        return Err(wrong(
            "phone",
            Text::new(
                "不是电话号码；手机号为 11 位，固定电话带区号；也可以不填",
                "Not a telephone number; it may also be left empty",
            ),
        ));
    }
    app.limits().count(limits::ALL, "", now)?;
    app.limits().count(limits::OPENED, &place.0, now)?;
    if let Some(phone) = &phone {
        app.limits().count(limits::NUMBER, phone, now)?;
    }
    let release = app.releases().current(app.today())?;
    let org = enquiries::desk(&app, &release)?;
    let customer = who(&app, org, name.as_deref(), phone.as_deref()).await?;
    let form = form(&app, &release, &body, org, (customer, message, name, phone, vehicle)).await?;
    let process = enquiries::PROCESS.to_owned();
    let open = FromOutside { process, org, customer, form, answer: answer.clone() };
    let taken = match open_outside(&app, &open).await {
        Ok(case) => taken(&app, case).await?,
        // The same request beside this one was faster.
        Err(problem) => earlier(&app, answer.as_ref()).await?.ok_or(problem)?,
    };
    Ok((StatusCode::CREATED, Json(taken)))
}

/// What the same request was answered before.
async fn earlier(app: &App, answer: Option<&store::Answer>) -> Answer<Option<Taken>> {
    let Some(asked) = answer else { return Ok(None) };
    let (key, hash) = (&asked.key, &asked.body_hash);
    let found = app.store().answered(&asked.principal, key, hash, app.now()).await?;
    match found.and_then(|found| found.case) {
        Some(case) => taken(app, case).await.map(Some),
        None => Ok(None),
    }
}

/// The word and the number of an enquiry.
async fn taken(app: &App, case: CaseId) -> Answer<Taken> {
    let kept = app.store().case(case, &Scope::company()).await?.state;
    let word = link::word(app, case, &kept.data);
    Ok(Taken { word, number: kept.number.unwrap_or_default() })
}

/// What they wrote, as the start form has it; personal texts under their key.
async fn form(
    app: &App,
    release: &Release,
    body: &Asked,
    org: OrgId,
    (customer, message, name, phone, vehicle): Written,
) -> Answer<Map<String, Value>> {
    let code = app.orgs().get(org).map(|org| org.code.clone()).unwrap_or_default();
    let closed = enquiries::closed_now(release, &code, app.zone(), app.now());
    let mut form = Map::new();
    form.insert("enquiry_channel".to_owned(), json!("web"));
    form.insert("urgent".to_owned(), json!(body.urgent));
    form.insert("off_hours".to_owned(), json!(closed));
    if let Some(kind) = &body.kind {
        form.insert("enquiry_kind".to_owned(), json!(kind));
    }
    if let Some(vehicle) = vehicle {
        form.insert("vehicle_said".to_owned(), json!(vehicle));
    }
    let personal = [
        (enquiries::MESSAGE, Personal::Other, Some(message)),
        ("name_said", Personal::Name, name),
        ("phone_said", Personal::Phone, phone),
    ];
    for (field, class, text) in personal {
        if let Some(text) = text {
            let sealed = app.store().seal_for(customer, class, &text).await?;
            form.insert(field.to_owned(), sealed);
        }
    }
    Ok(form)
}

/// Whoever it is, message, name, number, vehicle.
type Written = (CustomerId, String, Option<String>, Option<String>, Option<String>);

/// The customer whose number it is, where it is one alone; otherwise somebody new, with what they
/// gave and no more. A number is not proof: it decides who the enquiry stands with, not what its
/// writer gets to read.
async fn who(app: &App, org: OrgId, name: Option<&str>, phone: Option<&str>) -> Answer<CustomerId> {
    if let Some(phone) = phone {
        let found = app.store().find_customers(phone, &Scope::company(), KNOWN).await?;
        let same = |known: &&store::customer::Customer| {
            let known = known.phone.as_ref().map(|own| digits(own.reveal()));
            known.as_deref() == Some(phone)
        };
        let known: Vec<_> =
            found.iter().filter(|known| !known.erased).filter(same).map(|c| c.id).collect();
        if let [one] = known[..] {
            return Ok(one);
        }
    }
    let new = NewCustomer {
        name: name.map(str::to_owned),
        phone: phone.map(str::to_owned),
        org: Some(org),
        ..NewCustomer::default()
    };
    Ok(app.store().add_customer(new, app.now()).await?)
}

/// A number without blanks and marks.
fn digits(phone: &str) -> String {
    let bare: String =
        phone.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')' | '+')).collect();
    match bare.strip_prefix("86") {
        Some(rest) if rest.len() == 11 => rest.to_owned(),
        _ => bare,
    }
}

fn is_phone(digits: &str) -> bool {
    digits.bytes().all(|byte| byte.is_ascii_digit()) && (7..=15).contains(&digits.len())
}
