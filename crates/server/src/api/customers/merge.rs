//! `POST /customers/{id}/merge`: another file goes into this one; and the way back.

use super::CustomerView;
use super::compare::refusal;
use super::unmask::not_mine;
use crate::app::App;
use crate::auth::{Allowed, Session, perm};
use crate::http::extract::{Json, Path};
use crate::imports::clean;
use crate::problem::{Answer, Problem};
use crate::view::{List, PersonRef, Words};
use axum::extract::State;
use axum::http::StatusCode;
use base::{CustomerId, Text};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use store::StoreError;
use store::customer::{Dependence, Taken};
use utoipa::ToSchema;

/// Longest reason.
const MAX: usize = 200;

/// A merge: which file goes, and which of its fields stay.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Merging {
    /// The file that goes.
    #[schema(value_type = String)]
    gone: CustomerId,
    /// Fields of the file that goes which replace those here: `name`, `phone`, `address`. What is
    /// missing here is taken anyway.
    #[serde(default)]
    take: Vec<String>,
    reason: String,
}

/// Why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Parting {
    reason: String,
}

/// Whoever is somebody else.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Apart {
    #[schema(value_type = String)]
    other: CustomerId,
}

/// A merge that stands.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CustomerMerge)]
pub struct MergeView {
    id: String,
    at: String,
    by: Option<PersonRef>,
    /// The file that went into this one, masked.
    gone: CustomerView,
    /// Why it cannot be taken back any more; null: it can.
    rests: Option<Words>,
}

/// Merges another file into this one: its vehicles, cases and papers become those of this file, the
/// stricter consent holds, and its number leads here from now on.
#[utoipa::path(
    post, path = "/customers/{id}/merge", tag = "customers", operation_id = "customers_merge",
    params(("id" = String, Path)), request_body = Merging,
    responses((status = 200, body = CustomerView), (status = 404), (status = 409), (status = 422)),
    extensions(("x-permission" = json!("personal_manage"))),
)]
pub async fn merge(
    State(app): State<App>,
    session: Allowed<perm::PersonalManage>,
    Path(id): Path<CustomerId>,
    Json(body): Json<Merging>,
) -> Answer<Json<CustomerView>> {
    let reason = said(&body.reason)?;
    let taken = taken(&body.take)?;
    let ids = (seen(&app, &session, id).await?, seen(&app, &session, body.gone).await?);
    if let Some(why) = app.store().merge_forbidden(ids, app.today()).await? {
        return Err(refusal(&why));
    }
    let counter = session.counter_act();
    let by = (session.id(), counter.as_ref());
    match app.store().merge_customers(ids, Some(taken), &reason, by, session.now).await {
        Err(StoreError::Moved) => return Err(moved()),
        done => done?,
    };
    Ok(Json((&app.store().customer(ids.0).await?).into()))
}

/// The merges into a file of mine that stand, and why one cannot be taken back any more.
#[utoipa::path(
    get, path = "/customers/{id}/merges", tag = "customers", operation_id = "customers_merges",
    params(("id" = String, Path)),
    responses((status = 200, body = List<MergeView>), (status = 404)),
    extensions(("x-permission" = json!("personal_manage"))),
)]
pub async fn merges(
    State(app): State<App>,
    session: Allowed<perm::PersonalManage>,
    Path(id): Path<CustomerId>,
) -> Answer<Json<List<MergeView>>> {
    let kept = seen(&app, &session, id).await?;
    let merges = app.store().merges_into(kept).await?;
    let people: Vec<_> = merges.iter().map(|merge| merge.by).collect();
    let people = app.store().people_named(&people).await?;
    let names: HashMap<_, _> =
        people.iter().map(|p| (p.id, PersonRef::new(p.id, p.name.reveal()))).collect();
    let mut views = Vec::with_capacity(merges.len());
    for merge in merges {
        let rests = match &merge.rests {
            Some(rests) => Some((&resting(&app, rests).await?).into()),
            None => None,
        };
        views.push(MergeView {
            id: merge.id.to_string(),
            at: merge.at.to_string(),
            by: names.get(&merge.by).cloned(),
            gone: (&app.store().customer(merge.gone).await?).into(),
            rests,
        });
    }
    Ok(Json(List::whole(views)))
}

/// Takes a merge back while nothing rests on it.
#[utoipa::path(
    post, path = "/customers/{id}/merges/{merge}/part", tag = "customers",
    operation_id = "customers_part", params(("id" = String, Path), ("merge" = String, Path)),
    request_body = Parting, responses((status = 204), (status = 404), (status = 409)),
    extensions(("x-permission" = json!("personal_manage"))),
)]
pub async fn part(
    State(app): State<App>,
    session: Allowed<perm::PersonalManage>,
    Path((id, merge)): Path<(CustomerId, String)>,
    Json(body): Json<Parting>,
) -> Answer<StatusCode> {
    let reason = said(&body.reason)?;
    let kept = seen(&app, &session, id).await?;
    let merges = app.store().merges_into(kept).await?;
    let found = merges.into_iter().find(|one| one.id.to_string() == merge);
    let found = found.ok_or_else(|| Problem::new("not-found"))?;
    if let Some(rests) = &found.rests {
        let said = resting(&app, rests).await?;
        return Err(Problem::new("merge-refused").detail(said.zh, said.en));
    }
    match app.store().part_customers(found.id, &reason, session.id(), session.now).await {
        Err(StoreError::Moved) => return Err(moved()),
        done => done?,
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Keeps that two files of mine are of two people: they are not proposed again.
#[utoipa::path(
    post, path = "/customers/{id}/apart", tag = "customers", operation_id = "customers_apart",
    params(("id" = String, Path)), request_body = Apart,
    responses((status = 204), (status = 404)),
    extensions(("x-permission" = json!("personal_manage"))),
)]
pub async fn apart(
    State(app): State<App>,
    session: Allowed<perm::PersonalManage>,
    Path(id): Path<CustomerId>,
    Json(body): Json<Apart>,
) -> Answer<StatusCode> {
    let ids = (seen(&app, &session, id).await?, seen(&app, &session, body.other).await?);
    app.store().say_apart(ids, session.id(), session.now).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn seen(app: &App, session: &Session, id: CustomerId) -> Answer<CustomerId> {
    match app.store().customer_seen(id, &session.scope).await {
        Ok(customer) => Ok(customer.id),
        Err(StoreError::NotFound(_)) => Err(not_mine()),
        Err(error) => Err(error.into()),
    }
}

fn said(reason: &str) -> Answer<String> {
    let reason: String = clean::text(reason).chars().take(MAX).collect();
    if reason.chars().count() < 2 {
        let sentence = Text::new(
            "请写明理由，例如“同一人，来电核对过”",
            "Say why, for example \"the same person, asked by telephone\"",
        );
        return Err(Problem::new("reason-needed").field("reason", "required", sentence));
    }
    Ok(reason)
}

fn taken(fields: &[String]) -> Answer<Taken> {
    let mut taken = Taken::default();
    for field in fields {
        match field.as_str() {
            "name" => taken.name = true,
            "phone" => taken.phone = true,
            "address" => taken.address = true,
            _ => {
                let sentence =
                    Text::new("只能选姓名、电话、住址", "Choose among name, phone and address");
                return Err(Problem::new("form-invalid").field("take", "invalid", sentence));
            }
        }
    }
    Ok(taken)
}

fn moved() -> Problem {
    Problem::new("merge-refused").detail(
        "其中一份资料刚刚有变动，请重新打开核对后再办",
        "One of the files has just changed; open them again and look",
    )
}

async fn resting(app: &App, rests: &Dependence) -> Answer<Text> {
    Ok(match rests {
        Dependence::CaseWorked(number) => Text::new(
            format!("合并后 {number} 又办理过，不能再分开"),
            format!("{number} was worked on since; the files cannot be parted any more"),
        ),
        Dependence::CaseOpened(number) => Text::new(
            format!("合并后开了 {number}，不知道它属于哪一份，不能再分开"),
            format!("{number} was opened since and belongs to neither alone; no way to part them"),
        ),
        Dependence::VehicleGone(unit) => {
            let frame = app.store().unit_head(*unit).await?.fields.frame_no.unwrap_or_default();
            Text::new(
                format!("合并后车辆 {frame} 已换车主，不能再分开"),
                format!("Vehicle {frame} changed owner since; the files cannot be parted any more"),
            )
        }
        Dependence::FileChanged => Text::new(
            "合并后资料又更正、合并或注销过，不能再分开",
            "The file was corrected, merged again or erased since; it cannot be parted any more",
        ),
    })
}
