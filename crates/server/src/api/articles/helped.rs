//! `POST /articles/{id}/helped`: it helped with this case.

use super::{ArticleView, number};
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Path};
use crate::problem::Answer;
use axum::extract::State;
use base::CaseId;
use serde::Deserialize;
use utoipa::ToSchema;

/// With what it helped.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HelpedBody {
    /// The call or the order.
    #[schema(value_type = String)]
    case: CaseId,
}

/// Counts that an article helped with a case of mine; each case counts once.
#[utoipa::path(
    post, path = "/articles/{id}/helped", tag = "articles", operation_id = "articles_helped",
    params(("id" = String, Path)), request_body = HelpedBody,
    responses((status = 200, body = ArticleView), (status = 404)),
    extensions(("x-permission" = json!("case_act"))),
)]
pub async fn helped(
    State(app): State<App>,
    session: Allowed<perm::CaseAct>,
    Path(id): Path<String>,
    Json(body): Json<HelpedBody>,
) -> Answer<Json<ArticleView>> {
    let id = number(&id)?;
    app.store().case(body.case, &session.scope).await?;
    app.store().article_helped(id, body.case, session.id(), app.now()).await?;
    Ok(Json((&app.store().article(id).await?).into()))
}
