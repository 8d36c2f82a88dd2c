//! The web client from inside the binary: files with long caching, every other path is the app.

use crate::embedded::Web;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

const NOT_BUILT: &str = "<!doctype html>\n<html lang=\"zh-CN\"><meta charset=\"utf-8\">\
<title>Sanbao</title>\n<body style=\"font-family:sans-serif;max-width:36em;margin:4em auto\">\n\
<h1>三包 Sanbao</h1>\n<p>网页端尚未构建：请运行 <code>make web</code>，再重新编译。</p>\n\
<p>The web client is not built: run <code>make web</code>, then compile again.</p>\n\
<p><a href=\"/api/v1/openapi.json\">OpenAPI</a></p>\n";

/// Serves a file of the web client, or its start page.
pub async fn page(uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    match Web::get(path).filter(|_| !path.is_empty()) {
        Some(file) => {
            // Names under assets/ carry a hash of their content: they never change.
            let hashed = path.starts_with("assets/");
            let cache =
                if hashed { "public, max-age=31536000, immutable" } else { "public, max-age=3600" };
            answer(&headers, file, content_type(path), cache)
        }
        None if path.starts_with("assets/") => StatusCode::NOT_FOUND.into_response(),
        None => match Web::get(start(path)) {
            Some(file) => answer(&headers, file, "text/html; charset=utf-8", "no-cache"),
            None => axum::response::Html(NOT_BUILT).into_response(),
        },
    }
}

/// Which of the two applications an address belongs to: that of people without an account, or ours.
fn start(path: &str) -> &'static str {
    if path == "ask" || path.starts_with("q/") { "ask.html" } else { "index.html" }
}

fn answer(
    headers: &HeaderMap,
    file: rust_embed::EmbeddedFile,
    content_type: &'static str,
    cache: &'static str,
) -> Response {
    let hash = data_encoding::HEXLOWER.encode(&file.metadata.sha256_hash()[..16]);
    let etag = format!("\"{hash}\"");
    let known = headers.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok());
    let mut response = if known.is_some_and(|tags| tags.contains(&etag)) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let body = match file.data {
            std::borrow::Cow::Borrowed(bytes) => Body::from(bytes),
            std::borrow::Cow::Owned(bytes) => Body::from(bytes),
        };
        Response::new(body)
    };
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        out.insert(header::ETAG, etag);
    }
    response
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, end)| end) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
