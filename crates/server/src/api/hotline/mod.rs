//! The hotline (热线): who calls, what is said to them, whom to call back.

mod back;
mod callers;
mod script;

use crate::app::App;
use crate::view::row::CaseRowView;
use serde::Serialize;
use store::cases::KeptCase;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The field of a case that says by when something was promised: an order its completion, a call
/// its answer.
const PROMISES: [&str; 2] = ["promised_at", "call_back_at"];

/// `/hotline`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(callers::callers))
        .routes(routes!(script::script))
        .routes(routes!(back::back))
}

/// A case as the hotline needs it while somebody waits on the line.
#[derive(Debug, Serialize, ToSchema)]
pub struct CallerCase {
    #[serde(flatten)]
    row: CaseRowView,
    /// When it was promised: the repair done, or the call returned.
    promised_at: Option<String>,
    /// What the call was about.
    matter: Option<String>,
}

impl CallerCase {
    fn of(app: &App, kept: &KeptCase) -> Self {
        let text = |field: &str| kept.data.get(field)?.as_str().map(str::to_owned);
        Self {
            row: CaseRowView::of(app, &kept.row),
            promised_at: PROMISES.iter().find_map(|field| text(field)),
            matter: text("call_matter"),
        }
    }
}
