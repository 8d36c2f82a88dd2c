//! What providers tell us by themselves (回调), each proven in its own way and not by an account.

mod wechat;

use crate::app::App;
use axum::extract::DefaultBodyLimit;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt as _};
use utoipa_axum::routes;

/// Largest request of a provider.
const LARGEST: usize = 256 * 1024;

/// `/callbacks`.
pub fn routes() -> OpenApiRouter<App> {
    let limit = || DefaultBodyLimit::max(LARGEST);
    OpenApiRouter::new().routes(routes!(wechat::prove, wechat::hear).layer(limit()))
}
