//! `GET /articles/{id}/versions`: what it said before, who changed it and why.

use super::{ArticleTags, number};
use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Path};
use crate::problem::Answer;
use crate::view::{List, PersonRef};
use axum::extract::State;
use base::PersonId;
use serde::Serialize;
use utoipa::ToSchema;

/// A version that stands or stood.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArticleVersion {
    version: i64,
    title: String,
    body: String,
    tags: ArticleTags,
    published: bool,
    reason: String,
    by: PersonRef,
    at: String,
}

/// Every version of an article, the latest first.
#[utoipa::path(
    get, path = "/articles/{id}/versions", tag = "articles", operation_id = "articles_versions",
    params(("id" = String, Path)),
    responses((status = 200, body = List<ArticleVersion>), (status = 404)),
    extensions(("x-permission" = json!("case_read"))),
)]
pub async fn versions(
    State(app): State<App>,
    _session: Allowed<perm::CaseRead>,
    Path(id): Path<String>,
) -> Answer<Json<List<ArticleVersion>>> {
    let id = number(&id)?;
    app.store().article(id).await?;
    let versions = app.store().article_versions(id).await?;
    let mut ids: Vec<PersonId> = versions.iter().map(|version| version.person).collect();
    ids.sort_unstable();
    ids.dedup();
    let people = app.store().people_named(&ids).await?;
    let name = |id: PersonId| {
        people.iter().find(|person| person.id == id).map_or("", |person| person.name.reveal())
    };
    let rows = versions.iter().map(|version| ArticleVersion {
        version: version.version,
        title: version.text.title.clone(),
        body: version.text.body.clone(),
        tags: (&version.text.tags).into(),
        published: version.text.published,
        reason: version.reason.clone(),
        by: PersonRef::new(version.person, name(version.person)),
        at: version.at.to_string(),
    });
    Ok(Json(List::whole(rows.collect())))
}
