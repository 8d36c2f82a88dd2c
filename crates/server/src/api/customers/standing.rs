//! `GET /customers/{id}/standing` and `PUT /customers/{id}/tags`: what staff heed with a customer.

use super::dealings::visiting;
use super::unmask::not_mine;
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Path};
use crate::problem::{Answer, Problem};
use crate::view::heeded::Heeded;
use axum::extract::State;
use base::{CustomerId, Instant, Text};
use engine::grade::{Known, grade};
use rulebook::Release;
use serde::{Deserialize, Serialize};
use store::StoreError;
use store::customer::Customer;
use utoipa::ToSchema;

/// Visits count for a grade over this long, in seconds.
const COUNTED: i64 = 365 * 24 * 3600;
/// Most tags of a file.
const MOST: usize = 20;

/// What staff heed with a customer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CustomerStanding)]
pub struct StandingView {
    /// The grade that follows from the file; none where no condition holds.
    grade: Option<Heeded>,
    /// Vehicles they own.
    vehicles: i64,
    /// Repairs begun in the last 365 days, at any unit.
    visits: i64,
    /// Tags on the file.
    tags: Vec<Heeded>,
    /// All tags there are.
    choices: Vec<Heeded>,
}

/// Grade and tags of a customer of mine, with what is done otherwise for them.
#[utoipa::path(
    get, path = "/customers/{id}/standing", tag = "customers",
    operation_id = "customers_standing", params(("id" = String, Path)),
    responses((status = 200, body = StandingView), (status = 404)),
    extensions(("x-permission" = json!("customer_read"))),
)]
pub async fn get(
    State(app): State<App>,
    session: Allowed<perm::CustomerRead>,
    Path(id): Path<CustomerId>,
) -> Answer<Json<StandingView>> {
    let customer = app.store().customer_seen(id, &session.scope).await?;
    Ok(Json(view(&app, &session.release, &customer, session.now).await?))
}

async fn view(
    app: &App,
    release: &Release,
    customer: &Customer,
    now: Instant,
) -> Answer<StandingView> {
    let since = now.plus_seconds(-COUNTED);
    let counts = app.store().customer_counts(customer.id, &visiting(release), since).await?;
    let known = Known { vehicles: counts.0, visits: counts.1, tags: customer.tags.clone() };
    Ok(StandingView {
        grade: grade(release, &known).map(|(grade, _)| grade.into()),
        vehicles: known.vehicles,
        visits: known.visits,
        tags: customer.tags.iter().map(|tag| Heeded::of(release, tag)).collect(),
        choices: release.customer_tags.values().map(Heeded::from).collect(),
    })
}

/// Tags for a file.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TagsBody {
    /// Those that stay or come; the rest goes.
    tags: Vec<String>,
    /// Those that were shown when they were chosen.
    were: Vec<String>,
}

/// Puts tags on a customer's file, in place of those that were there; who did it stands in their
/// record.
#[utoipa::path(
    put, path = "/customers/{id}/tags", tag = "customers", operation_id = "customers_tags",
    params(("id" = String, Path)), request_body = TagsBody,
    responses((status = 200, body = StandingView), (status = 404), (status = 409), (status = 422)),
    extensions(("x-permission" = json!("customer_write"))),
)]
pub async fn put(
    State(app): State<App>,
    session: Allowed<perm::CustomerWrite>,
    Path(id): Path<CustomerId>,
    Json(body): Json<TagsBody>,
) -> Answer<Json<StandingView>> {
    let customer = match app.store().customer_seen(id, &session.scope).await {
        Ok(customer) if !customer.erased => customer,
        Ok(_) | Err(StoreError::NotFound(_)) => return Err(not_mine()),
        Err(error) => return Err(error.into()),
    };
    let mut tags = body.tags;
    tags.sort();
    tags.dedup();
    // One that the rulebook has given up since may stay, or go.
    let known =
        |tag: &String| session.release.customer_tags.contains_key(tag) || body.were.contains(tag);
    if tags.len() > MOST || !tags.iter().all(known) {
        let sentence = Text::new(
            format!("标签从规则里的选，最多 {MOST} 个"),
            format!("Choose tags of the rulebook, {MOST} at the most"),
        );
        return Err(Problem::new("form-invalid").field("tags", "invalid", sentence));
    }
    if tags != customer.tags {
        let counter = session.counter_act();
        let by = (session.id(), counter.as_ref());
        let change = (body.were.as_slice(), tags.as_slice());
        match app.store().put_customer_tags(customer.id, change, by, session.now).await {
            Err(StoreError::Moved) => {
                return Err(Problem::new("stale-version").detail(
                    "标签刚被他人改过，请重新打开再改",
                    "Somebody else has just changed the tags; open the file again",
                ));
            }
            done => done?,
        }
    }
    let customer = app.store().customer(customer.id).await?;
    Ok(Json(view(&app, &session.release, &customer, session.now).await?))
}
