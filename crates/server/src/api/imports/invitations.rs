//! `POST /imports/{id}/invitations`: links for those a workbook brought.

use super::Brings;
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Path};
use crate::imports::people::{Invited, invited};
use crate::problem::{Answer, Problem};
use crate::view::List;
use axum::extract::State;
use axum::http::StatusCode;
use store::import::ImportState;

/// A new link for everybody this import took on who has set no password yet; earlier links are
/// void.
#[utoipa::path(
    post, path = "/imports/{id}/invitations", tag = "imports",
    operation_id = "imports_invitations", params(("id" = String, Path)),
    responses((status = 201, body = List<Invited>), (status = 404), (status = 422)),
    extensions(("x-permission" = json!("people_write"))),
)]
pub async fn invitations(
    State(app): State<App>,
    session: Allowed<perm::PeopleWrite>,
    Path(id): Path<i64>,
) -> Answer<(StatusCode, Json<List<Invited>>)> {
    let import = super::seen(&app, &session, id).await?;
    if Brings::parse(&import.kind)? != Brings::People || import.state != ImportState::Applied {
        return Err(Problem::new("import-state").detail(
            "这份导入没有写入员工，没有可发的链接",
            "This import took nobody on, so that there is nobody to invite",
        ));
    }
    let links = invited(&app, &session, id).await?;
    Ok((StatusCode::CREATED, Json(List::whole(links))))
}
