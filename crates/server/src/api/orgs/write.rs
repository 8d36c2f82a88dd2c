//! `POST /orgs`, `PUT /orgs/{id}`: adds and changes units.

use super::list::OrgRow;
use crate::app::App;
use crate::auth::{Allowed, Giver, Session, perm};
use crate::command::Key;
use crate::http::extract::{Json, Path};
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::http::StatusCode;
use base::{OrgId, Text};
use serde::Deserialize;
use store::StoreError;
use store::org::{Org, Standing};
use utoipa::ToSchema;

/// What a unit may be.
pub const KINDS: [(&str, &str, &str); 8] = [
    ("maker", "厂家", "maker"),
    ("department", "部门", "department"),
    ("sales_company", "销售公司", "sales company"),
    ("agent", "代理商", "agent"),
    ("dealer", "经销商", "dealer"),
    ("station", "服务站", "station"),
    ("store", "门店", "store"),
    ("outlet", "网点", "outlet"),
];
/// Longest name and code.
const LONGEST: usize = 60;
/// Most stars.
const STARS: std::ops::RangeInclusive<i64> = 1..=5;

/// What may change of a unit.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrgForm {
    name: String,
    /// `maker`, `department`, `sales_company`, `agent`, `dealer`, `station`, `store`, `outlet`.
    kind: String,
    /// Star level of a station, 1 to 5; absent where none was given.
    stars: Option<i64>,
    /// Whether it is authorised.
    registered: bool,
    /// Province.
    province: Option<String>,
    /// Town or district. Of this and what follows, what is absent stays; an empty text takes it
    /// away.
    city: Option<String>,
    /// Where it is.
    address: Option<String>,
    /// Telephone of the place.
    phone: Option<String>,
    /// Number of its nameplate; used once only.
    nameplate: Option<String>,
    /// `active`, `suspended`, `closed`.
    standing: Option<String>,
    /// Whether it had its first goods.
    supplied: Option<bool>,
}

/// A unit to add.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOrg {
    /// Code as on papers: letters, digits, `-` and `_`; it never changes.
    code: String,
    /// The unit above; it never changes.
    #[schema(value_type = String)]
    parent: OrgId,
    name: String,
    /// As in a change.
    kind: String,
    stars: Option<i64>,
    registered: bool,
    province: Option<String>,
}

/// Adds a unit.
#[utoipa::path(
    post, path = "/orgs", tag = "people", operation_id = "orgs_create", request_body = NewOrg,
    responses((status = 201, body = OrgRow), (status = 403), (status = 422)),
    extensions(("x-permission" = json!("people_write"))),
)]
pub async fn create(
    State(app): State<App>,
    session: Allowed<perm::PeopleWrite>,
    Json(body): Json<NewOrg>,
) -> Answer<(StatusCode, Json<OrgRow>)> {
    shaping(&app, &session)?;
    let orgs = app.orgs();
    if orgs.get(body.parent).is_none() {
        return Err(wrong("parent", "选一个上级机构", "Choose the unit above"));
    }
    let code = body.code.trim().to_ascii_uppercase();
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if code.is_empty() || code.len() > LONGEST || !code.chars().all(plain) {
        return Err(wrong(
            "code",
            "机构代码只用字母、数字、- 和 _，例如 S0103",
            "A code is letters, digits, - and _, such as S0103",
        ));
    }
    let NewOrg { parent, name, kind, stars, registered, province, .. } = body;
    let form = OrgForm { name, kind, stars, registered, province, ..OrgForm::default() };
    let new = Org { code: code.clone(), parent: Some(parent), supplied: false, ..Org::default() };
    let org = with(new, form)?;
    let org = match app.store().add_org(org, Some(session.id()), session.now).await {
        Err(StoreError::Taken("org_code")) => {
            let (zh, en) = (
                format!("代码 {code} 已有机构使用，请换一个"),
                format!("Another unit has the code {code}; choose a different one"),
            );
            return Err(wrong("code", &zh, &en));
        }
        added => added?,
    };
    app.refresh_orgs().await?;
    Ok((StatusCode::CREATED, Json(OrgRow::one(&app, &session, org.id).await?)))
}

/// Changes a unit; its code and its place in the tree stay.
#[utoipa::path(
    put, path = "/orgs/{id}", tag = "people", operation_id = "orgs_put",
    params(("id" = String, Path), ("If-Match" = String, Header)), request_body = OrgForm,
    responses((status = 200, body = OrgRow), (status = 404), (status = 409), (status = 422)),
    extensions(("x-permission" = json!("people_write"))),
)]
pub async fn put(
    State(app): State<App>,
    session: Allowed<perm::PeopleWrite>,
    Path(id): Path<OrgId>,
    key: Key,
    Json(body): Json<OrgForm>,
) -> Answer<Json<OrgRow>> {
    shaping(&app, &session)?;
    let orgs = app.orgs();
    let org = orgs.get(id).ok_or_else(|| Problem::new("not-found"))?;
    let org = Org { version: key.seen()?, ..with(org.clone(), body)? };
    match app.store().change_org(&org, session.id(), session.now).await {
        Err(StoreError::Stale { current }) => {
            return Err(Problem::new("stale-version")
                .with("current_version", current.into())
                .detail(
                    "这个机构刚被别人改过，请看过再改",
                    "Somebody else has just changed this unit; look at it and try again",
                ));
        }
        Err(StoreError::Taken("nameplate")) => {
            return Err(wrong(
                "nameplate",
                "这块铭牌已经发给另一个单位",
                "This nameplate was issued to another unit",
            ));
        }
        changed => changed?,
    };
    app.refresh_orgs().await?;
    Ok(Json(OrgRow::one(&app, &session, id).await?))
}

fn shaping(app: &App, session: &Session) -> Answer<()> {
    if Giver::of(app, session).may_shape() {
        return Ok(());
    }
    Err(Problem::new("forbidden").detail(
        "机构由总部维护：新设网点、改星级请报售后服务部或管理员",
        "Units are kept by headquarters: ask the after-sales department or an administrator",
    ))
}

/// A unit with what was filled in.
fn with(org: Org, form: OrgForm) -> Answer<Org> {
    let name = form.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > LONGEST {
        return Err(wrong("name", "写机构名称，60 字以内", "Give a name of at most 60 characters"));
    }
    if !KINDS.iter().any(|(kind, ..)| *kind == form.kind) {
        let zh: Vec<_> = KINDS.iter().map(|(kind, zh, _)| format!("{zh}（{kind}）")).collect();
        let en: Vec<_> = KINDS.iter().map(|(kind, _, en)| format!("{en} ({kind})")).collect();
        let zh = format!("机构种类只有：{}", zh.join("、"));
        return Err(wrong("kind", &zh, &format!("The kind is one of {}", en.join(", "))));
    }
    if form.stars.is_some_and(|stars| !STARS.contains(&stars)) {
        return Err(wrong("stars", "星级为 1 至 5", "Stars are 1 to 5"));
    }
    let province = form.province.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    if province.as_ref().is_some_and(|name| name.chars().count() > LONGEST) {
        return Err(wrong("province", "省份 60 字以内", "A province has at most 60 characters"));
    }
    let OrgForm { kind, stars, registered, city, address, phone, nameplate, .. } = form;
    let standing = match form.standing.as_deref().map(Standing::of) {
        None => org.standing,
        Some(Some(standing)) => standing,
        Some(None) => {
            return Err(wrong(
                "standing",
                "状态只有：在网（active）、停用（suspended）、已退网（closed）",
                "The standing is active, suspended or closed",
            ));
        }
    };
    Ok(Org {
        name,
        kind,
        stars,
        registered,
        province,
        city: told(city, org.city)?,
        address: told(address, org.address)?,
        phone: told(phone, org.phone)?,
        nameplate: told(nameplate, org.nameplate)?,
        standing,
        supplied: form.supplied.unwrap_or(org.supplied),
        ..org
    })
}

/// What was told of a text: absent it stays, empty it goes.
fn told(text: Option<String>, stood: Option<String>) -> Answer<Option<String>> {
    let Some(text) = text else { return Ok(stood) };
    if text.chars().count() > LONGEST {
        return Err(wrong("address", "每项 60 字以内", "At most 60 characters each"));
    }
    Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty()))
}

fn wrong(field: &str, zh: &str, en: &str) -> Problem {
    Problem::new("form-invalid").detail(zh, en).field(field, "org", Text::new(zh, en))
}
