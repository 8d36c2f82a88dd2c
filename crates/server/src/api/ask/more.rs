//! `POST /ask/{word}`: whoever asked writes again, or says that it is settled.

use super::look::{AskedThread, shown};
use super::written;
use crate::app::App;
use crate::auth::Place;
use crate::command::act_outside;
use crate::enquiries::{self, limits, link};
use crate::http::extract::{Json, Path};
use crate::problem::{Answer, Problem};
use axum::extract::State;
use rulebook::model::Personal;
use serde::Deserialize;
use serde_json::{Map, json};
use store::Scope;
use utoipa::ToSchema;

/// What they write, or that it is settled.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct More {
    /// What they write.
    #[serde(default)]
    message: Option<String>,
    /// It is settled; then there is nothing to write.
    #[serde(default)]
    settled: bool,
}

/// Writes again, or closes what was answered.
#[utoipa::path(
    post, path = "/ask/{word}", tag = "ask", operation_id = "ask_more",
    params(("word" = String, Path)), request_body = More,
    responses(
        (status = 200, body = AskedThread), (status = 404), (status = 422), (status = 429),
    ),
    extensions(("x-permission" = json!("public"))),
)]
pub async fn more(
    State(app): State<App>,
    place: Place,
    Path(word): Path<String>,
    Json(body): Json<More>,
) -> Answer<Json<AskedThread>> {
    let found = link::behind(&app, &place, &word).await?.state;
    let id = found.id.ok_or_else(|| Problem::new("not-found"))?;
    app.limits().count(limits::WRITTEN, &id.to_string(), app.now())?;
    if found.closed_at.is_some() {
        return Err(Problem::new("not-allowed-now").detail(
            "这条咨询已经办结；还有问题请再写一条",
            "This enquiry is closed; please write a new one",
        ));
    }
    if body.settled {
        act_outside(&app, id, enquiries::SETTLE, &Map::new(), None).await?;
    } else {
        let text = body.message.as_deref().unwrap_or_default();
        let text = written("message", text, enquiries::LONGEST)?;
        let release = app.releases().pinned(&found.release)?;
        let code = app.orgs().get(found.org).map(|org| org.code.clone()).unwrap_or_default();
        let closed = enquiries::closed_now(&release, &code, app.zone(), app.now());
        let store = app.store();
        let sealed = match found.customer {
            Some(customer) => store.seal_for(customer, Personal::Other, &text).await?,
            None => store.seal_for_company(Personal::Other, &text).await?,
        };
        let mut form = Map::new();
        form.insert(enquiries::MESSAGE.to_owned(), sealed);
        form.insert("off_hours".to_owned(), json!(closed));
        act_outside(&app, id, enquiries::MORE, &form, None).await?;
    }
    Ok(Json(shown(&app, app.store().case(id, &Scope::company()).await?).await?))
}
