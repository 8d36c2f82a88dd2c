//! `POST /me/deputies/{id}/end`, `POST /deputies/{id}/end`: back earlier than thought.

use crate::app::{App, Audience};
use crate::auth::{Allowed, Session, SignedIn, perm};
use crate::http::extract::Path;
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::http::StatusCode;
use store::deputy::NamedDeputy;

/// Ends my deputy's time.
#[utoipa::path(
    post, path = "/me/deputies/{id}/end", tag = "people", operation_id = "my_deputies_end",
    params(("id" = String, Path)),
    responses((status = 204), (status = 404)),
    extensions(("x-permission" = json!("signed_in"))),
)]
pub async fn mine(
    State(app): State<App>,
    session: SignedIn,
    Path(id): Path<String>,
) -> Answer<StatusCode> {
    session.fully()?;
    let row = named(&app, &id).await?;
    if row.named.person != session.id() {
        return Err(Problem::new("not-found"));
    }
    end(&app, &session, &row).await
}

/// Ends the time of a deputy of somebody within my reach.
#[utoipa::path(
    post, path = "/deputies/{id}/end", tag = "people", operation_id = "deputies_end",
    params(("id" = String, Path)),
    responses((status = 204), (status = 404)),
    extensions(("x-permission" = json!("people_write"))),
)]
pub async fn other(
    State(app): State<App>,
    session: Allowed<perm::PeopleWrite>,
    Path(id): Path<String>,
) -> Answer<StatusCode> {
    let row = named(&app, &id).await?;
    let person = app.store().person(row.named.person).await?;
    let org = app.orgs().get(person.org).map(|org| org.path.clone());
    if !org.is_some_and(|path| session.scope.holds(&path)) {
        return Err(Problem::new("not-found"));
    }
    end(&app, &session, &row).await
}

async fn named(app: &App, id: &str) -> Answer<NamedDeputy> {
    let id = id.parse().map_err(|_| Problem::new("not-found"))?;
    Ok(app.store().deputy(id).await?)
}

async fn end(app: &App, session: &Session, row: &NamedDeputy) -> Answer<StatusCode> {
    app.store().end_deputy(row.id, session.id(), app.now()).await?;
    app.refresh_deputies().await?;
    app.changed("offers", None, Audience::Person(row.named.deputy));
    Ok(StatusCode::NO_CONTENT)
}
