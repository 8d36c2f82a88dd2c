//! Who types the address without `https://` is led there; the root of an authority of our own can
//! be fetched before it is trusted.

use super::{Https, authority};
use crate::app::App;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;

/// The router of the address without HTTPS; `port` is where HTTPS is.
pub(crate) fn redirect(app: &App, port: u16) -> Router {
    let lead = move |headers: HeaderMap, request: Request| async move {
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let Some(name) = host.map(without_port).filter(|name| !name.is_empty()) else {
            return StatusCode::BAD_REQUEST.into_response();
        };
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
        let port = if port == 443 { String::new() } else { format!(":{port}") };
        Redirect::permanent(&format!("https://{name}{port}{path}")).into_response()
    };
    Router::new().route("/authority.crt", get(root)).fallback(lead).with_state(app.clone())
}

/// The root of our own authority, as machines install it.
pub(crate) async fn root(State(app): State<App>) -> Response {
    let Some(Https::Own { .. }) = app.config().https else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match tokio::fs::read(authority(&app.config().data)).await {
        Ok(pem) => ([(header::CONTENT_TYPE, "application/x-x509-ca-cert")], pem).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The name of a host header; an IPv6 address keeps its brackets.
fn without_port(host: &str) -> &str {
    match host.rfind(':') {
        Some(at) if !host[at..].contains(']') => &host[..at],
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::without_port;

    #[test]
    fn the_port_of_a_host_is_left_out() {
        let hosts =
            [("a.cn", "a.cn"), ("a.cn:80", "a.cn"), ("[::1]:80", "[::1]"), ("[::1]", "[::1]")];
        for (host, name) in hosts {
            assert_eq!(without_port(host), name, "{host}");
        }
    }
}
