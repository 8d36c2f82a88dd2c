//! Headers that keep browsers from being used against us, and the CSRF check.

use crate::app::App;
use crate::https::Https;
use crate::problem::Problem;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Scripts and styles only from here (Ant Design writes style elements); pictures also as data.
const CSP: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; \
     base-uri 'self'; form-action 'self'; frame-ancestors 'self'";

/// A printed document runs nothing at all.
pub const DOCUMENT_CSP: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; \
     frame-ancestors 'self'; sandbox allow-same-origin allow-modals";

/// Adds the headers to every answer; an endpoint's own value stays. The date is that of the
/// server's own clock, as browsers count the time that is left by it.
pub async fn headers(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let date = app.now().timestamp().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    if let Ok(date) = HeaderValue::from_str(&date) {
        headers.insert(header::DATE, date);
    }
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, CSP),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
        (header::REFERRER_POLICY, "same-origin"),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(self), geolocation=(self), microphone=()",
        ),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if app.config().https.as_ref().is_some_and(Https::lasting) {
        let year = HeaderValue::from_static("max-age=31536000");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    response
}

/// Refuses unsafe requests of the API that lack `X-Sanbao`, which no foreign page can send, and
/// keeps answers of the API out of caches.
pub async fn csrf(request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let authorization = request.headers().get(header::AUTHORIZATION);
    let bearer = authorization.is_some_and(|v| v.as_bytes().starts_with(b"Bearer "));
    // Whoever knows the word of a message may end such messages, from any page (RFC 8058).
    let one_press = request.uri().path().ends_with("/unsubscribe")
        && request.uri().query().is_some_and(|query| query.starts_with("word="));
    // What providers tell us bears a proof of theirs, and no cookie counts there.
    let told = request.uri().path().contains("/callbacks/");
    if !safe && !bearer && !one_press && !told && !request.headers().contains_key("x-sanbao") {
        return Problem::new("csrf").into_response();
    }
    let mut response = next.run(request).await;
    response
        .headers_mut()
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}
