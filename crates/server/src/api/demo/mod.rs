//! The accounts of the demonstration company.

mod accounts;

pub use accounts::{DemoAccount, SETTING};

use crate::app::App;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/demo`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(accounts::accounts))
}
