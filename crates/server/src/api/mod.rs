//! The HTTP API: one endpoint per file, named by its verb, grouped by resource.

mod accounts;
mod articles;
mod ask;
mod blanks;
mod callbacks;
mod campaigns;
mod cases;
mod cashier;
mod catalog;
mod certificates;
mod channels;
mod counters;
mod customers;
mod deliveries;
mod deputies;
mod document;
mod documents;
pub mod door;
mod drafts;
mod duty;
mod enquiries;
mod erasures;
mod events;
mod exports;
mod figures;
mod files;
mod health;
mod hotline;
mod imports;
mod invitations;
mod invoices;
mod me;
mod measures;
mod messages;
mod offers;
mod orgs;
mod parts;
pub mod people;
mod prices;
mod processes;
mod quality;
mod rulebook;
mod scorecards;
mod serials;
mod session;
mod stock;
mod system;
mod tokens;
pub(crate) mod units;
mod unsubscribe;
mod webhooks;
mod words;

use crate::app::App;
use crate::auth::bearer;
use crate::http::{language, security};
use crate::problem::Problem;
use axum::extract::DefaultBodyLimit;
use axum::response::IntoResponse;
use axum::{Router, middleware};
use serde_json::json;
use tower_http::compression::CompressionLayer;
use utoipa::OpenApi as _;
use utoipa_axum::router::OpenApiRouter;

pub use customers::record_of as customer_record;
pub use health::figures;
pub use imports::resume as resume_imports;

/// Largest body of an ordinary request.
const BODY_LIMIT: usize = 1024 * 1024;

#[derive(utoipa::OpenApi)]
#[openapi(
    info(title = "Sanbao", description = "The executable service standard"),
    servers((url = "/api/v1")),
    components(schemas(crate::view::problem::ProblemBody))
)]
struct Document;

/// All endpoints below `/api/v1`, with their description.
fn endpoints() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Document::openapi())
        .merge(session::routes())
        .merge(me::routes())
        .merge(counters::routes())
        .merge(door::routes())
        .merge(offers::routes())
        .merge(messages::routes())
        .merge(processes::routes())
        .merge(cases::routes())
        .merge(events::routes())
        .merge(exports::routes())
        .merge(units::routes())
        .merge(campaigns::routes())
        .merge(quality::routes())
        .merge(customers::routes())
        .merge(hotline::routes())
        .merge(blanks::routes())
        .merge(articles::routes())
        .merge(ask::routes())
        .merge(enquiries::routes())
        .merge(erasures::routes())
        .merge(deliveries::routes())
        .merge(callbacks::routes())
        .merge(unsubscribe::routes())
        .merge(files::routes())
        .merge(documents::routes())
        .merge(catalog::routes())
        .merge(parts::routes())
        .merge(prices::routes())
        .merge(stock::routes())
        .merge(accounts::routes())
        .merge(cashier::routes())
        .merge(invoices::routes())
        .merge(serials::routes())
        .merge(imports::routes())
        .merge(rulebook::routes())
        .merge(drafts::routes())
        .merge(people::routes())
        .merge(orgs::routes())
        .merge(invitations::routes())
        .merge(tokens::routes())
        .merge(deputies::routes())
        .merge(duty::routes())
        .merge(certificates::routes())
        .merge(figures::routes())
        .merge(measures::routes())
        .merge(scorecards::routes())
        .merge(channels::routes())
        .merge(webhooks::routes())
        .merge(system::routes())
}

/// What an export asks: the lists alone.
fn lists(app: &App) -> Router {
    let lists = OpenApiRouter::<App>::new()
        .merge(cases::routes())
        .merge(customers::routes())
        .merge(units::routes())
        .merge(people::routes())
        .merge(certificates::routes())
        .merge(messages::routes())
        .merge(stock::routes())
        .merge(accounts::routes())
        .merge(prices::routes())
        .merge(parts::routes())
        .merge(enquiries::routes())
        .merge(deliveries::routes())
        .merge(erasures::routes())
        .merge(blanks::routes())
        .merge(orgs::routes())
        .merge(counters::routes())
        .merge(articles::routes())
        .merge(scorecards::routes());
    lists.split_for_parts().0.with_state(app.clone())
}

/// The OpenAPI document.
pub fn openapi() -> serde_json::Value {
    described(endpoints().split_for_parts().1)
}

fn described(document: utoipa::openapi::OpenApi) -> serde_json::Value {
    document::completed(serde_json::to_value(document).unwrap_or_default())
}

/// The whole server as a router.
pub fn router(app: &App) -> Router {
    let (api, document) = endpoints().split_for_parts();
    let document = described(document);
    let api = api
        .route("/openapi.json", axum::routing::get(move || async move { axum::Json(document) }))
        .fallback(missing)
        .method_not_allowed_fallback(|| async { Problem::new("method-not-allowed") })
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(middleware::from_fn(security::csrf))
        .layer(middleware::from_fn_with_state(app.clone(), bearer::layer));
    Router::new()
        .nest("/api/v1", api)
        .route("/api", axum::routing::any(missing))
        .route("/api/{*rest}", axum::routing::any(missing))
        .merge(health::routes())
        .fallback(crate::web::page)
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn_with_state(app.clone(), security::headers))
        .layer(middleware::from_fn_with_state(app.metrics().clone(), language::layer))
        .with_state(app.clone())
}

async fn missing() -> impl IntoResponse {
    Problem::new("not-found")
        .detail("没有这个接口地址", "There is no such address in the API")
        .with("openapi", json!("/api/v1/openapi.json"))
}
