//! Figures for a collector: complete, of nobody in particular, and not for everybody.

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode};
use std::net::SocketAddr;
use testkit::TestApp;

async fn asked(test: &TestApp, from: &str, header: Option<(&str, &str)>) -> (StatusCode, String) {
    let mut request = Request::get("/metrics").body(Body::empty()).expect("a request");
    let peer: SocketAddr = from.parse().expect("an address");
    request.extensions_mut().insert(ConnectInfo(peer));
    if let Some((name, value)) = header {
        let name = name.parse::<axum::http::HeaderName>().expect("a header");
        request.headers_mut().insert(name, value.parse().expect("a value"));
    }
    let reply = test.send(request).await;
    (reply.status, String::from_utf8_lossy(&reply.bytes).into_owned())
}

#[tokio::test]
async fn figures_are_told_to_this_machine_only() {
    let test = TestApp::new().await;
    test.pass(1).await;
    let (status, body) = asked(&test, "127.0.0.1:5000", None).await;
    assert_eq!(status, StatusCode::OK);
    for name in [
        "sanbao_request_seconds_bucket",
        "sanbao_writer_queue 0",
        "sanbao_unsealed_entries",
        "sanbao_outbox_due 0",
        "sanbao_reconciled_seconds_ago 0",
    ] {
        assert!(body.contains(name), "{name} in {body}");
    }
    for (from, header) in [
        ("192.168.1.7:5000", None),
        ("127.0.0.1:5000", Some(("x-forwarded-for", "203.0.113.9"))),
        ("127.0.0.1:5000", Some(("forwarded", "for=203.0.113.9"))),
    ] {
        let (status, body) = asked(&test, from, header).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{from} {header:?}");
        assert!(!body.contains("sanbao_"), "{body}");
    }
}
