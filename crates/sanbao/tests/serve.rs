//! The real binary as an operator stops it: what is begun is finished, and is there again at the
//! next start.

mod support;

use serde_json::json;
use std::io::{Read, Write};
use support::{Answer, Folder, Served, head};

#[test]
fn a_stop_signal_lets_a_begun_request_finish_and_a_second_start_has_it() {
    let folder = Folder::named("serve");
    let first = Served::start(&folder.0, &["--demo=day"]);
    let cookie = first.sign_in();
    let listed = first.ask("GET", "cases?limit=100", &cookie, "").json();
    let items = listed["items"].as_array().cloned().unwrap_or_default();
    let unit = items.iter().find_map(|c| c["unit"]["id"].as_str()).expect("a vehicle");
    let body = json!({
        "process": "repair_order", "subject": { "unit": unit }, "form": { "symptom": "停机前报修" },
    })
    .to_string();

    // The server says that it waits for the body: from here the request is in its hands.
    let mut begun = first.begin("POST /api/v1/cases HTTP/1.1");
    let rest = format!(
        "Cookie: {cookie}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
         Idempotency-Key: stop\r\nExpect: 100-continue\r\n\r\n",
        body.len()
    );
    begun.get_mut().write_all(rest.as_bytes()).expect("it reads");
    assert_eq!(Answer::read(&mut begun).status, 100);
    // An open stream of events ends when the server stops, which tells that it does.
    let mut events = first.begin("GET /api/v1/events HTTP/1.1");
    let rest = format!("Cookie: {cookie}\r\nConnection: close\r\n\r\n");
    events.get_mut().write_all(rest.as_bytes()).expect("it reads");
    assert!(head(&mut events).starts_with("HTTP/1.1 200"));
    first.terminate();
    events.read_to_string(&mut String::new()).expect("the stream ends in order");

    begun.get_mut().write_all(body.as_bytes()).expect("it still reads");
    let opened = Answer::read(&mut begun);
    assert_eq!(opened.status, 201, "{}", opened.body);
    drop(begun);
    let (code, said) = first.end();
    assert_eq!(code, Some(0), "{said}");
    assert!(!said.contains('\u{1b}'), "no colours where nobody sees them: {said}");

    let second = Served::start(&folder.0, &[]);
    let path = format!("cases/{}", opened.json()["id"].as_str().expect("an id"));
    let cookie = second.sign_in();
    let kept = second.ask("GET", &path, &cookie, "");
    assert_eq!((kept.status, kept.json()["data"]["symptom"].as_str()), (200, Some("停机前报修")));
    second.terminate();
    assert_eq!(second.end().0, Some(0));
}
