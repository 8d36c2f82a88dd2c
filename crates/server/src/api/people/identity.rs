//! `DELETE /people/{id}/identity`: lets go who somebody is at the identity provider.

use super::get::PersonPage;
use super::write::managed;
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Path};
use crate::problem::Answer;
use axum::extract::State;
use base::PersonId;

/// Lets the identity of a person go, and signs them out: another one may be linked, or a link for a
/// password sent.
#[utoipa::path(
    delete, path = "/people/{id}/identity", tag = "people", operation_id = "people_identity_end",
    params(("id" = String, Path)),
    responses((status = 200, body = PersonPage), (status = 403), (status = 404)),
    extensions(("x-permission" = json!("people_write"))),
)]
pub async fn end(
    State(app): State<App>,
    session: Allowed<perm::PeopleWrite>,
    Path(id): Path<PersonId>,
) -> Answer<Json<PersonPage>> {
    managed(&app, &session, id).await?;
    app.store().unlink_identity(id, session.id(), session.now).await?;
    app.ended(id);
    PersonPage::of(&app, &session, id).await.map(Json)
}
