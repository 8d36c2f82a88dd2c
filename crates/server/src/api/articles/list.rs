//! `GET /articles`, `GET /articles/{id}`.

use super::{ArticleView, number};
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Path, Query};
use crate::problem::Answer;
use crate::view::List;
use axum::extract::State;
use rulebook::model::Permission;
use serde::Deserialize;
use store::article::Tags;
use utoipa::IntoParams;

/// Most articles of one answer.
const PAGE: u32 = 20;
/// How much of a question is read.
const MOST_SAID: usize = 300;

/// What is looked for; nothing gives those changed last.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Asked {
    /// What somebody says, in their own words.
    q: Option<String>,
    /// About this model.
    model: Option<String>,
    /// About this component.
    component: Option<String>,
    /// About this fault.
    fault: Option<String>,
    /// At most so many.
    limit: Option<u32>,
}

/// Articles by what is said and what it is about, the most telling first; withdrawn ones are listed
/// only to whoever writes, and never found.
#[utoipa::path(
    get, path = "/articles", tag = "articles", operation_id = "articles_list", params(Asked),
    responses((status = 200, body = List<ArticleView>)),
    extensions(("x-permission" = json!("case_read"))),
)]
pub async fn list(
    State(app): State<App>,
    session: Allowed<perm::CaseRead>,
    Query(asked): Query<Asked>,
) -> Answer<Json<List<ArticleView>>> {
    let limit = asked.limit.unwrap_or(PAGE).clamp(1, PAGE);
    let one = |key: Option<String>| key.filter(|key| !key.is_empty()).into_iter().collect();
    let tags = Tags {
        models: one(asked.model),
        components: one(asked.component),
        faults: one(asked.fault),
    };
    let said: String = asked.q.unwrap_or_default().trim().chars().take(MOST_SAID).collect();
    let found = if said.is_empty() && tags == Tags::default() {
        let writes = session.permissions.contains(&Permission::RulebookEdit);
        app.store().latest_articles(writes, limit).await?
    } else {
        app.store().find_articles(&said, &tags, limit).await?
    };
    Ok(Json(List::whole(found.iter().map(ArticleView::from).collect())))
}

/// One article as it stands, also a withdrawn one.
#[utoipa::path(
    get, path = "/articles/{id}", tag = "articles", operation_id = "articles_get",
    params(("id" = String, Path)),
    responses((status = 200, body = ArticleView), (status = 404)),
    extensions(("x-permission" = json!("case_read"))),
)]
pub async fn get(
    State(app): State<App>,
    _session: Allowed<perm::CaseRead>,
    Path(id): Path<String>,
) -> Answer<Json<ArticleView>> {
    Ok(Json((&app.store().article(number(&id)?).await?).into()))
}
