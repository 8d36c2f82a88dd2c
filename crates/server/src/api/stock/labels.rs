//! `GET /stock/labels`: labels of 60 × 40 or 40 × 30 mm for shelves and pieces, to be printed and
//! scanned.

use crate::app::App;
use crate::auth::{Allowed, perm};
use crate::docs::dress::{Dress, dressed};
use crate::docs::{asked, template, whole};
use crate::http::extract::Query;
use crate::http::security::DOCUMENT_CSP;
use crate::problem::{Answer, Problem};
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use base::Lang;
use rulebook::model::Paper;
use serde::Deserialize;
use serde_json::json;
use utoipa::{IntoParams, ToSchema};

const LABEL: &str = include_str!("part_label.html");
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
    /// To the right, in millimetres; negative is to the left.
    x: Option<f64>,
    /// Down, in millimetres; negative is up.
    y: Option<f64>,
    /// Size in percent, 80 to 120.
    scale: Option<i32>,
    /// Bold throughout, for a worn head: `1`.
    dark: Option<u8>,
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

impl Size {
    const fn paper(self) -> Paper {
        match self {
            Self::Large => Paper::Label60x40,
            Self::Small => Paper::Label40x30,
        }
    }
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
    let codes = if serials.is_empty() {
        vec![(known.code.as_str(), None)]
    } else {
        serials.into_iter().map(|serial| (serial, Some(serial))).collect()
    };
    let words = |zh: &'static str, en: &'static str| if lang == Lang::Zh { zh } else { en };
    let one = |(code, serial): (&str, Option<&str>)| {
        let context = json!({
            "code": code,
            "serial": serial,
            "serial_word": words("编号", "No."),
            "name": known.title.get(lang),
            "part": known.code,
            "models": known.models.join(" "),
            "place": session.org.name,
            "today": app.today().to_string(),
        });
        template::page(app.zone(), release, lang, LABEL, template::values(&context))
    };
    let each = filter.copies.unwrap_or(1).clamp(1, MOST);
    let drawn = codes.into_iter().take(MOST).map(one).collect::<Result<Vec<_>, _>>();
    let drawn = drawn.map_err(|error| {
        tracing::error!(%error, "the labels could not be drawn");
        Problem::new("internal")
    })?;
    let repeated = drawn.into_iter().flat_map(|label| std::iter::repeat_n(label, each));
    let labels: Vec<String> = repeated.take(MOST).collect();
    let paper = filter.size.unwrap_or_default().paper();
    let look = asked::look((filter.x, filter.y), filter.scale, filter.dark)?;
    let page = whole(paper, words("配件标签", "Part labels"), &labels);
    let html = dressed(&page, &Dress { look, ..Dress::default() }).into_owned();
    Ok(([(header::CONTENT_SECURITY_POLICY, DOCUMENT_CSP)], Html(html)).into_response())
}
