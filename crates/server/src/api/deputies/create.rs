//! `POST /me/deputies`, `POST /deputies`: somebody holds an office meanwhile.

use crate::app::App;
use crate::auth::{Allowed, Session, SignedIn, perm};
use crate::http::extract::Json;
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::http::StatusCode;
use base::{Day, PersonId, Text};
use serde::{Deserialize, Serialize};
use store::StoreError;
use store::deputy::NewDeputy;
use utoipa::ToSchema;

/// Longest reason.
const MAX_REASON: usize = 200;
/// Longest time one deputy is named for, in days.
const MAX_DAYS: i64 = 366;

/// A deputy to be named.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeputyBody {
    /// Who is away; I am, when absent.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    person: Option<PersonId>,
    /// Who holds the office meanwhile.
    #[schema(value_type = String)]
    deputy: PersonId,
    /// From this day, `2026-11-20`.
    #[schema(value_type = String)]
    from: Day,
    /// Through this day.
    #[schema(value_type = String)]
    to: Day,
    reason: String,
}

/// What was named.
#[derive(Debug, Serialize, ToSchema)]
pub struct Named {
    id: String,
}

/// Names my deputy.
#[utoipa::path(
    post, path = "/me/deputies", tag = "people", operation_id = "my_deputies_create",
    request_body = DeputyBody,
    responses((status = 201, body = Named), (status = 422)),
    extensions(("x-permission" = json!("signed_in"))),
)]
pub async fn mine(
    State(app): State<App>,
    session: SignedIn,
    Json(mut body): Json<DeputyBody>,
) -> Answer<(StatusCode, Json<Named>)> {
    session.fully()?;
    body.person = Some(session.id());
    name(&app, &session, body).await
}

/// Names the deputy of somebody within my reach.
#[utoipa::path(
    post, path = "/deputies", tag = "people", operation_id = "deputies_create",
    request_body = DeputyBody,
    responses((status = 201, body = Named), (status = 422)),
    extensions(("x-permission" = json!("people_write"))),
)]
pub async fn other(
    State(app): State<App>,
    session: Allowed<perm::PeopleWrite>,
    Json(body): Json<DeputyBody>,
) -> Answer<(StatusCode, Json<Named>)> {
    name(&app, &session, body).await
}

async fn name(app: &App, session: &Session, body: DeputyBody) -> Answer<(StatusCode, Json<Named>)> {
    let person = body.person.unwrap_or_else(|| session.id());
    let reason: String = body.reason.trim().chars().take(MAX_REASON).collect();
    days_and_reason(app, &body, &reason)?;
    if person == body.deputy {
        return Err(wrong("deputy", "不能自己代理自己", "Nobody is their own deputy"));
    }
    for (field, id) in [("person", person), ("deputy", body.deputy)] {
        if id != session.id() && !in_reach(app, session, id).await? {
            let (zh, en) = ("您的范围内没有这位在职的同事", "No such colleague within your reach");
            return Err(wrong(field, zh, en));
        }
    }
    let named_by = session.id();
    let new =
        NewDeputy { person, deputy: body.deputy, from: body.from, to: body.to, reason, named_by };
    let id = match app.store().name_deputy(&new, app.now()).await {
        Err(StoreError::Taken("deputy")) => {
            return Err(wrong(
                "deputy",
                "这几天已经指定了代理人，或者此人自己也不在；请改选日期或换一位",
                "A deputy is named for these days already, or this person is away too; choose \
                 other days or somebody else",
            ));
        }
        named => named?,
    };
    app.refresh_deputies().await?;
    app.changed("offers", None, crate::app::Audience::Person(body.deputy));
    Ok((StatusCode::CREATED, Json(Named { id: id.to_string() })))
}

fn days_and_reason(app: &App, body: &DeputyBody, reason: &str) -> Answer<()> {
    let days = (body.to - body.from).get_days();
    if body.to < body.from || i64::from(days) >= MAX_DAYS {
        return Err(wrong(
            "to",
            "结束日期不能早于开始日期，最长一年",
            "The last day is not before the first, and a year at most",
        ));
    }
    if body.to < app.today() {
        return Err(wrong("to", "这段时间已经过去", "These days are over"));
    }
    if reason.is_empty() {
        return Err(wrong("reason", "请写明原因，例如：出差", "Say why, for example: travelling"));
    }
    Ok(())
}

async fn in_reach(app: &App, session: &Session, id: PersonId) -> Answer<bool> {
    let people = app.store().people_named(&[id]).await?;
    Ok(people.first().is_some_and(|person| {
        let org = app.orgs().get(person.org).map(|org| org.path.clone());
        person.active && org.is_some_and(|path| session.scope.holds(&path))
    }))
}

fn wrong(field: &str, zh: &str, en: &str) -> Problem {
    let text = Text::new(zh, en);
    Problem::new("form-invalid").detail(zh, en).field(field, "deputy", text)
}
