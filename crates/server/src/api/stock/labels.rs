//! `GET /stock/labels`: labels of 60 × 40 or 40 × 30 mm for shelves and pieces, to be printed and
//! scanned.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::docs::template;
use crate::http::extract::Query;
use crate::http::security::DOCUMENT_CSP;
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use base::Lang;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

const PAGE: &str = include_str!("part_label.html");
/// Labels of one page.
const MOST: usize = 100;

/// Which labels.
#[derive(Debug, Deserialize, IntoParams)]
pub struct Filter {
    /// Code of the part.
    part: String,
    /// Serials separated by commas: one label each, its code is the serial. Without, the code of
    /// the part.
    serials: Option<String>,
    /// How many of each; one where nothing is said.
    copies: Option<usize>,
    /// `60x40` or `40x30`, in millimetres; the larger one where nothing is said.
    #[param(inline)]
    size: Option<Size>,
    /// `zh` or `en`, for a frame that cannot send a header.
    lang: Option<String>,
}

/// The stock of labels in the printer, width by height in millimetres.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
pub enum Size {
    /// 60 × 40 mm.
    #[default]
    #[serde(rename = "60x40")]
    Large,
    /// 40 × 30 mm: code, name and number only.
    #[serde(rename = "40x30")]
    Small,
}

/// Labels with a QR code: of the part for its shelf, or of each serial.
#[utoipa::path(
    get, path = "/stock/labels", tag = "stock", operation_id = "stock_labels", params(Filter),
    responses((status = 200, content_type = "text/html"), (status = 404)),
    extensions(("x-permission" = json!("stock_read"))),
)]
pub async fn labels(
    State(app): State<App>,
    session: Allowed<perm::StockRead>,
    Query(filter): Query<Filter>,
) -> Answer<Response> {
    let lang = filter.lang.as_deref().map_or(session.lang, Lang::from_tag);
    let release = &session.release;
    let parts = app.masters().of(release).parts;
    let known = parts.get(filter.part.trim()).ok_or_else(|| {
        Problem::new("not-found").detail(
            format!("配件目录中没有“{}”", filter.part),
            format!("The part master has no `{}`", filter.part),
        )
    })?;
    let serials = filter.serials.as_deref().unwrap_or_default();
    let serials: Vec<&str> = serials.split(',').map(str::trim).filter(|s| !s.is_empty()).collect();
    let each = filter.copies.unwrap_or(1).clamp(1, MOST);
    let one = |code: &str, serial: Option<&str>| {
        std::iter::repeat_n(serde_json::json!({ "code": code, "serial": serial }), each)
    };
    let labels: Vec<serde_json::Value> = if serials.is_empty() {
        one(&known.code, None).collect()
    } else {
        serials.iter().flat_map(|serial| one(serial, Some(serial))).take(MOST).collect()
    };
    let words = |zh: &'static str, en: &'static str| if lang == Lang::Zh { zh } else { en };
    let context = serde_json::json!({
        "lang": words("zh-CN", "en"),
        "title": words("配件标签", "Part labels"),
        "serial_word": words("编号", "No."),
        "name": known.title.get(lang),
        "part": known.code,
        "models": known.models.join(" "),
        "small": matches!(filter.size.unwrap_or_default(), Size::Small),
        "place": session.org.name,
        "today": app.today().to_string(),
        "labels": labels,
    });
    let html = template::page(app.zone(), release, lang, PAGE, &context).map_err(|error| {
        tracing::error!(%error, "the labels could not be drawn");
        Problem::new("internal")
    })?;
    Ok(([(header::CONTENT_SECURITY_POLICY, DOCUMENT_CSP)], Html(html)).into_response())
}
