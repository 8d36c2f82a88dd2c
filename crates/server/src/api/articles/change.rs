//! `POST /articles`, `PUT /articles/{id}`: written, changed, published, withdrawn.

use super::{ArticleBody, ArticleView, number};
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Path};
use crate::problem::Answer;
use axum::extract::State;
use axum::http::StatusCode;

/// Writes an article.
#[utoipa::path(
    post, path = "/articles", tag = "articles", operation_id = "articles_create",
    request_body = ArticleBody,
    responses((status = 201, body = ArticleView), (status = 422)),
    extensions(("x-permission" = json!("rulebook_edit"))),
)]
pub async fn create(
    State(app): State<App>,
    session: Allowed<perm::RulebookEdit>,
    Json(body): Json<ArticleBody>,
) -> Answer<(StatusCode, Json<ArticleView>)> {
    let (text, reason) = body.checked(&session.release)?;
    let made = app.store().add_article(&text, &reason, session.id(), app.now()).await?;
    Ok((StatusCode::CREATED, Json((&made).into())))
}

/// Changes an article, by whoever read its last version; what it said before stays readable.
#[utoipa::path(
    put, path = "/articles/{id}", tag = "articles", operation_id = "articles_change",
    params(("id" = String, Path)), request_body = ArticleBody,
    responses((status = 200, body = ArticleView), (status = 404), (status = 409), (status = 422)),
    extensions(("x-permission" = json!("rulebook_edit"))),
)]
pub async fn change(
    State(app): State<App>,
    session: Allowed<perm::RulebookEdit>,
    Path(id): Path<String>,
    Json(body): Json<ArticleBody>,
) -> Answer<Json<ArticleView>> {
    let at = (number(&id)?, body.version.unwrap_or_default());
    let (text, reason) = body.checked(&session.release)?;
    let changed = app.store().change_article(at, &text, &reason, session.id(), app.now()).await?;
    Ok(Json((&changed).into()))
}
