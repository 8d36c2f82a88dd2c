//! Invitations (邀请): whoever holds a link sets a password, once.

mod accept;
mod look;

pub use accept::hashed;
pub use look::found;

use crate::app::App;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/invitations`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(look::look)).routes(routes!(accept::accept))
}
