//! `GET /prices`: what may be charged, for whom at which price, on a day.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::http::extract::{Json, Query};
use crate::problem::Answer;
use crate::view::List;
use crate::view::find::{Needle, page};
use crate::view::price::{Asked, PriceView};
use axum::extract::State;
use base::Day;
use engine::price::Charge;
use serde::Deserialize;
use utoipa::IntoParams;

/// What is looked for.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Filter {
    /// Code, name, pinyin or initials, or model.
    q: Option<String>,
    /// `part`, `labour`, `travel`, `freight`, `fee`.
    kind: Option<String>,
    /// Key of a model it must fit.
    model: Option<String>,
    /// The star level whose prices are shown; absent for those of all levels.
    stars: Option<u8>,
    /// The day; today when absent.
    #[param(value_type = Option<String>)]
    day: Option<Day>,
    /// The code after which the page begins.
    cursor: Option<String>,
    /// At most so many.
    limit: Option<u32>,
}

impl Filter {
    /// Whether a charge is asked for.
    pub fn wants(&self, needle: &Needle<'_>, charge: &Charge) -> bool {
        let model = self.model.as_deref().unwrap_or_default();
        self.kind.as_deref().is_none_or(|kind| kind.is_empty() || charge.kind == kind)
            && (model.is_empty()
                || charge.models.is_empty()
                || charge.models.iter().any(|fits| fits == model))
            && needle.in_charge(charge)
    }

    /// The words looked for.
    pub fn q(&self) -> &str {
        self.q.as_deref().unwrap_or_default()
    }

    /// Whose prices on which day.
    pub fn asked(&self, app: &App) -> Asked {
        Asked { stars: self.stars, day: self.day.unwrap_or_else(|| app.today()) }
    }
}

/// The price book by code: each class of buyers with the price in force, where it stands, and the
/// next one where it is entered already.
#[utoipa::path(
    get, path = "/prices", tag = "prices", operation_id = "prices_list", params(Filter),
    responses((status = 200, body = List<PriceView>)),
    extensions(("x-permission" = json!("price_read"))),
)]
pub async fn list(
    State(app): State<App>,
    session: Allowed<perm::PriceRead>,
    Query(filter): Query<Filter>,
) -> Answer<Json<List<PriceView>>> {
    let lists = app.masters().of(&session.release);
    let needle = Needle::new(filter.q(), &session.release);
    let asked = filter.asked(&app);
    let found = lists.book.charges().filter(|charge| filter.wants(&needle, charge));
    let shown = page(found, |charge| &charge.code, filter.cursor.as_deref(), filter.limit);
    Ok(Json(shown.map(|charge| PriceView::of(&session, &lists.book, charge, asked))))
}
