//! What providers tell us by themselves (回调), each proven in its own way and not by an account.

mod mail;
mod sms;
mod wechat;

use crate::app::App;
use crate::auth::Place;
use crate::channels::{Channels, Settings};
use crate::enquiries::limits;
use crate::problem::Problem;
use axum::extract::DefaultBodyLimit;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt as _};
use utoipa_axum::routes;

/// Largest request of a provider.
const LARGEST: usize = 256 * 1024;

/// `/callbacks`.
pub fn routes() -> OpenApiRouter<App> {
    let limit = || DefaultBodyLimit::max(LARGEST);
    OpenApiRouter::new()
        .routes(routes!(wechat::prove, wechat::hear).layer(limit()))
        .routes(routes!(sms::report).layer(limit()))
        .routes(routes!(mail::bring).layer(DefaultBodyLimit::max(crate::mail::LARGEST)))
}

/// The channels file.
fn settings(app: &App) -> Option<&Settings> {
    app.channels().map(Channels::settings)
}

/// Whoever it was is told nothing, and may not try for ever.
fn nobody(app: &App, place: &Place) -> Problem {
    match app.limits().count(limits::WRONG, &place.0, app.now()) {
        Ok(()) => Problem::new("not-found"),
        Err(often) => often,
    }
}
