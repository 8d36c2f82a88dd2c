//! `GET /parts`: the part master, searched.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Query};
use crate::problem::Answer;
use crate::view::List;
use crate::view::find::{Needle, page};
use crate::view::part::PartView;
use axum::extract::State;
use rulebook::model::{Part, PartClass};
use serde::Deserialize;
use utoipa::IntoParams;

/// What is looked for.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Filter {
    /// Code, name, pinyin or initials, or model.
    q: Option<String>,
    /// `wearing`, `electrical`, `painted`, `ordinary`.
    class: Option<String>,
    /// Key of a model it must fit.
    model: Option<String>,
    /// The code after which the page begins.
    cursor: Option<String>,
    /// At most so many.
    limit: Option<u32>,
}

impl Filter {
    /// Whether a part is asked for.
    pub fn wants(&self, needle: &Needle<'_>, part: &Part) -> bool {
        let class = self.class.as_deref().and_then(PartClass::parse);
        class.is_none_or(|class| part.class == class)
            && self.model.as_deref().is_none_or(|model| model.is_empty() || part.fits(model))
            && needle.in_part(part)
    }

    /// The words looked for.
    pub fn q(&self) -> &str {
        self.q.as_deref().unwrap_or_default()
    }
}

/// Parts by code: the rulebook's and the company's own.
#[utoipa::path(
    get, path = "/parts", tag = "prices", operation_id = "parts_list", params(Filter),
    responses((status = 200, body = List<PartView>)),
    extensions(("x-permission" = json!("price_read"))),
)]
pub async fn list(
    State(app): State<App>,
    session: Allowed<perm::PriceRead>,
    Query(filter): Query<Filter>,
) -> Answer<Json<List<PartView>>> {
    let lists = app.masters().of(&session.release);
    let needle = Needle::new(filter.q(), &session.release);
    let found = lists.parts.values().filter(|part| filter.wants(&needle, part));
    let shown = page(found, |part| &part.code, filter.cursor.as_deref(), filter.limit);
    Ok(Json(shown.map(|part| PartView::of(&session, &lists, part))))
}
