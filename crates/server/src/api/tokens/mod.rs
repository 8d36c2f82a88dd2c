//! Tokens (接口令牌): keys of programs that talk to Sanbao for somebody, or under an account of
//! their own.

mod make;
mod mine;
mod of_person;
mod view;

use crate::app::App;
use utoipa_axum::{router::OpenApiRouter, routes};

/// `/me/tokens` and `/people/{id}/tokens`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(mine::get, mine::create))
        .routes(routes!(mine::end))
        .routes(routes!(of_person::get, of_person::create))
        .routes(routes!(of_person::end))
}
