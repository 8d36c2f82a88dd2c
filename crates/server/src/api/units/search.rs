//! `GET /units`: one box for everything that names a vehicle, and the register as a list.

use crate::app::App;
use crate::auth::{Allowed, Session, perm};
use crate::http::extract::{Json, Query};
use crate::imports::clean;
use crate::problem::{Answer, Problem};
use crate::view::List;
use crate::view::campaign::CampaignRef;
use crate::view::heed::heeded;
use crate::view::unit::UnitHitView;
use axum::extract::State;
use base::{CustomerId, Day, OrgId, UnitId};
use rulebook::model::Permission;
use serde::Deserialize;
use store::Scope;
use store::org::Org;
use store::register::UnitQuery;
use store::unit::UnitHit;
use utoipa::IntoParams;

/// Hits unless more are asked for: more than a screen is no answer.
const PAGE: u32 = 20;
/// Most hits.
const MOST: u32 = 100;
/// Shortest and longest search.
const LENGTH: std::ops::RangeInclusive<usize> = 2..=64;

/// What is looked for, or which part of the register is shown.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Search {
    /// Frame number, plate, card, serial, phone, name, pinyin or last digits; without it the
    /// register itself is shown page by page.
    q: Option<String>,
    /// Key of a model.
    model: Option<String>,
    /// The unit that sold them, or one above it.
    #[param(value_type = Option<String>)]
    org: Option<OrgId>,
    /// Sold on this day or later.
    #[param(value_type = Option<String>)]
    from: Option<Day>,
    /// Sold on this day or before.
    #[param(value_type = Option<String>)]
    to: Option<Day>,
    /// Where the page of the register begins.
    cursor: Option<String>,
    /// At most so many.
    limit: Option<u32>,
}

/// Vehicles by anything that names one, or the register of my stations. An exact number finds
/// company-wide, masked; last digits, names and pinyin find what my stations sold or served.
#[utoipa::path(
    get, path = "/units", tag = "units", operation_id = "units_search", params(Search),
    responses((status = 200, body = List<UnitHitView>)),
    extensions(("x-permission" = json!("unit_read"))),
)]
pub async fn search(
    State(app): State<App>,
    session: Allowed<perm::UnitRead>,
    Query(search): Query<Search>,
) -> Answer<Json<List<UnitHitView>>> {
    let release = &session.release;
    let Some(q) = search.q.as_deref().filter(|q| !q.trim().is_empty()) else {
        return register(&app, &session, search).await;
    };
    let text = checked(q)?;
    let limit = search.limit.unwrap_or(PAGE).clamp(1, MOST);
    let mut hits = app.store().find_units(&text, &session.scope, limit).await?;
    let place = search.org.map(|org| seen(&app, org));
    hits.retain(|hit| {
        let sold = hit.fields.sold_on.or(hit.fields.invoice_date).or(hit.fields.registered_on);
        let of = hit.fields.org.and_then(|org| app.orgs().get(org).map(|org| org.path.clone()));
        search
            .model
            .as_deref()
            .is_none_or(|m| m.is_empty() || hit.fields.model.as_deref() == Some(m))
            && place.as_ref().is_none_or(|place| of.is_some_and(|path| place.holds(&path)))
            && search.from.is_none_or(|from| sold.is_some_and(|day| day >= from))
            && search.to.is_none_or(|to| sold.is_some_and(|day| day <= to))
    });
    let found: Vec<UnitId> = hits.iter().map(|hit| hit.id).collect();
    let open = app.store().open_campaigns(&found).await?;
    // What was agreed with the owner is told where the owner is known.
    let knows = session.may(Permission::CustomerRead);
    let owner = |hit: &UnitHit| hit.owner.as_ref().filter(|_| knows && hit.in_scope).map(|c| c.id);
    let owners: Vec<CustomerId> = hits.iter().filter_map(owner).collect();
    let heeded = heeded(&app, &session, &found, &owners).await?;
    let views = hits.iter().map(|hit| {
        let campaigns = open.get(&hit.id).into_iter().flatten().map(CampaignRef::from);
        let view = UnitHitView::found(release, hit, &text);
        let heeded = heeded.with(Some(hit.id), owner(hit));
        UnitHitView { campaigns: campaigns.collect(), heeded, ..view }
    });
    Ok(Json(List::whole(views.collect())))
}

/// The register of my stations, a page of it.
async fn register(app: &App, session: &Session, asked: Search) -> Answer<Json<List<UnitHitView>>> {
    let query = UnitQuery {
        model: asked.model.filter(|model| !model.is_empty()),
        from: asked.from,
        to: asked.to,
        cursor: asked.cursor,
        limit: asked.limit.unwrap_or_default(),
    };
    let scope = part_of(app, &session.scope, asked.org);
    let page = app.store().unit_register(&query, &scope).await?;
    let views = page.items.iter().map(|hit| UnitHitView::registered(&session.release, hit));
    Ok(Json(List::page(views.collect(), page.next)))
}

fn seen(app: &App, org: OrgId) -> Scope {
    // Every path begins with a stroke: an unknown unit holds nothing.
    let nowhere = || Scope::subtree(&Org { path: "~".into(), ..Org::default() });
    app.orgs().get(org).map_or_else(nowhere, Scope::subtree)
}

/// What of a scope lies at a unit and below it.
pub fn part_of(app: &App, scope: &Scope, org: Option<OrgId>) -> Scope {
    org.map_or_else(|| scope.clone(), |org| scope.clone().within(&seen(app, org)))
}

/// A search text of sensible length, cleaned of what scanners add.
pub fn checked(raw: &str) -> Answer<String> {
    let text = clean::text(raw);
    if LENGTH.contains(&text.chars().count()) {
        return Ok(text);
    }
    Err(Problem::new("bad-request").detail(
        "请输入至少两个字符：车架号、车牌、卡号、手机号、姓名或末四位",
        "Type at least two characters: frame number, plate, card, phone, name or last digits",
    ))
}
