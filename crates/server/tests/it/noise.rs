//! Every list and every address of the interface takes whatever a browser, a script or a scanner
//! sends: an answer or a refusal in a sentence, never a failure of ours.

use axum::body::Body;
use axum::http::Method;
use std::fmt::Write as _;
use testkit::{Actor, TestApp};

/// What stands where an id, a date, a number, a word or a cursor should.
const NOISE: [&str; 22] = [
    "",
    " ",
    "0",
    "-1",
    "9223372036854775807",
    "-9223372036854775808.-9223372036854775808",
    "99999999999999999999",
    "1e9",
    "true",
    "2026-02-30",
    "-9999-12-31",
    "+262142-12-31",
    "2026-11-20T25:61:61Z",
    "case_zzzzzzzzzzzzz",
    "case_é",
    "org_0000000000001",
    "a/b/../c",
    "'; DROP TABLE cases; --",
    "%_\\",
    "锂电池🚲",
    "\u{0}\u{feff}\u{202e}",
    "{\"a\":[[[[",
];

/// As an address carries it.
fn encoded(text: &str) -> String {
    let mut made = String::new();
    for byte in text.bytes() {
        let _ = write!(made, "%{byte:02X}");
    }
    made
}

/// The addresses that are read, with the names of their queries.
fn reads() -> Vec<(String, Vec<String>)> {
    let document = server::openapi();
    let mut all = Vec::new();
    for (path, methods) in document["paths"].as_object().expect("paths") {
        let get = &methods["get"];
        // The stream of events has no end to wait for.
        if !get.is_object() || path.contains("events") {
            continue;
        }
        let parameters = get["parameters"].as_array().cloned().unwrap_or_default();
        let queries = parameters.iter().filter(|parameter| parameter["in"] == "query");
        let names = queries.filter_map(|query| query["name"].as_str()).map(str::to_owned).collect();
        all.push((path.clone(), names));
    }
    assert!(all.len() > 20, "{} addresses", all.len());
    all
}

/// Sends it and looks at the answer: understood, refused, or not there.
async fn stands(test: &TestApp, actor: &Actor<'_>, address: &str) {
    let request = actor.request(Method::GET, address).body(Body::empty());
    let Ok(request) = request else { return };
    let reply = test.send(request).await;
    assert!(!reply.status.is_server_error(), "{address}: {} {}", reply.status, reply.text());
}

#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "the long run is asked for by the environment")]
async fn no_address_fails_on_noise() {
    let test = TestApp::new().await;
    let actors = [test.administrator().await, test.sign_in("guoqiang").await];
    // The long run of `make soak` sends everything everywhere; the daily one every third, each
    // address beginning with another.
    let whole = std::env::var_os("PROPTEST_CASES").is_some();
    for (first, (path, queries)) in reads().into_iter().enumerate() {
        let chosen = |nth: &usize| whole || (nth + first).is_multiple_of(3);
        let noises = (0..NOISE.len()).filter(chosen).map(|nth| encoded(NOISE[nth]));
        for noise in noises {
            let mut parts = path
                .split('/')
                .map(|part| if part.starts_with('{') { noise.clone() } else { part.to_owned() });
            let filled = format!("/api/v1{}", parts.by_ref().collect::<Vec<_>>().join("/"));
            let all: Vec<String> = queries.iter().map(|name| format!("{name}={noise}")).collect();
            let each = all.iter().map(|query| format!("{filled}?{query}"));
            let addresses = each.chain([format!("{filled}?{}", all.join("&"))]);
            for (nth, address) in addresses.enumerate() {
                stands(&test, &actors[nth % actors.len()], &address).await;
            }
        }
    }
}

/// Names of files are what a phone, a thief or another alphabet makes of them.
#[tokio::test]
async fn no_upload_fails_on_its_name_or_bytes() {
    let test = TestApp::new().await;
    let advisor = test.advisor().await;
    for name in NOISE.iter().filter(|name| !name.contains(['"', '\u{0}', '\\'])) {
        for bytes in [&b""[..], b"PK\x03\x04", b"\xff\xd8\xff\xe0", b"%PDF-", b"GIF89a\x00"] {
            let reply = advisor.upload("files", name, "image/jpeg", bytes).await;
            assert!(reply.status.is_client_error(), "{name}: {}", reply.text());
        }
    }
}
