//! Invoice requests (发票申请).

mod export;

use crate::app::App;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/invoices.xlsx`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(export::export))
}
