//! The outermost layer: names the request, notes its language, writes problems in it, logs.

use super::metrics::Metrics;
use crate::problem::Problem;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use base::Lang;
use std::sync::Arc;

/// The header that names a request in answers and logs.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Language of the caller, `None` when the request does not say.
#[derive(Debug, Clone, Copy)]
pub struct Asked(pub Option<Lang>);

/// Wraps every request.
pub async fn layer(
    State(metrics): State<Arc<Metrics>>,
    mut request: Request,
    next: Next,
) -> Response {
    let asked = asked(&request);
    let id = request_id();
    request.extensions_mut().insert(Asked(asked));
    let method = request.method().clone();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "other".to_owned(), |p| p.as_str().to_owned());
    let watch = crate::clock::Stopwatch::start();
    let mut response = next.run(request).await;
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        if response.status().is_server_error() {
            tracing::error!(request_id = id, %method, route, code = problem.code(), "failed");
        }
        let headers = std::mem::take(response.headers_mut());
        response = problem.respond(asked.unwrap_or_default(), &id);
        for (name, value) in &headers {
            if name == header::SET_COOKIE || name == header::ETAG {
                response.headers_mut().append(name.clone(), value.clone());
            }
        }
    }
    let micros = watch.micros();
    metrics.request(&method, &route, response.status(), micros);
    // The template of the address, never the address: a search may hold a name or a number.
    let status = response.status().as_u16();
    tracing::info!(target: "access", request_id = id, %method, route, status, micros);
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

/// What `?lang=` says, else the header. An address that the browser itself opens, a frame or a
/// download, carries the browser's header and not the language chosen in the client.
fn asked(request: &Request) -> Option<Lang> {
    let query = request.uri().query().unwrap_or_default();
    let named = query.split('&').find_map(|pair| pair.strip_prefix("lang="));
    let header = || request.headers().get(header::ACCEPT_LANGUAGE)?.to_str().ok();
    named.or_else(header).filter(|tag| !tag.is_empty() && *tag != "*").map(Lang::from_tag)
}

/// Twelve random digits: enough to find one line in a day's log.
fn request_id() -> String {
    let mut bytes = [0; 6];
    // Without randomness the id is zeros; the request itself must not fail for that.
    let _ = getrandom::fill(&mut bytes);
    data_encoding::HEXLOWER.encode(&bytes)
}
