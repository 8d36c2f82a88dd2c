//! Online enquiries: asked without an account, answered by staff, read behind a link that nobody
//! guesses; texts and photos are ciphertext and end with the customer.

use axum::body::Body;
use axum::http::{Method, Request, header};
use store::file::NewFile;
use testkit::{Json, Reply, TestApp, json};

/// A request of somebody without an account.
async fn outside(test: &TestApp, method: Method, path: &str, body: Json) -> Reply {
    let request = Request::builder()
        .method(method)
        .uri(format!("/api/v1/{path}"))
        .header("x-sanbao", "1")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body.to_string()))
        .expect("a request");
    test.send(request).await
}

async fn look(test: &TestApp, word: &str) -> Reply {
    let path = format!("/api/v1/ask/{word}");
    test.send(Request::get(path).body(Body::empty()).expect("a request")).await
}

fn question(text: &str) -> Json {
    json!({ "kind": "consultation", "message": text, "agreed": true })
}

/// An enquiry with the word of its link and its case.
async fn asked(test: &TestApp, body: Json) -> (String, String) {
    let word = outside(test, Method::POST, "ask", body).await.expect(201).str("/word");
    let (case, _) = test.app.store().enquiry_of(&word).expect("an enquiry");
    (word, case.to_string())
}

#[tokio::test]
async fn a_question_is_answered_asked_again_and_closed_behind_its_link() {
    let test = TestApp::new().await;
    let (word, case) = asked(&test, question("冬天续航短正常吗")).await;
    let seen = look(&test, &word).await.expect(200);
    assert_eq!(seen.str("/state"), "received");
    assert_eq!(seen.str("/messages/0/text"), "冬天续航短正常吗");

    let desk = test.sign_in("xulei").await;
    let page = desk.case(&case).await;
    assert!(!page.text().contains("续航"), "the case shows that they wrote, not what");
    let list = desk.get("enquiries").await.expect(200);
    assert_eq!(list.str("/items/0/glimpse"), "冬天续航短正常吗");
    assert_eq!(list.at("/items/0/waiting"), json!(true));
    assert_eq!(test.stranger().await.get("enquiries").await.expect(200).at("/items"), json!([]));
    let inside = format!("enquiries/{case}");
    test.stranger().await.get(&inside).await.expect(404);
    desk.post(&format!("cases/{case}/notes"), json!({ "text": "问过工程师" })).await;
    let thread = desk.get(&inside).await.expect(200);
    assert_eq!(thread.str("/messages/0/text"), "冬天续航短正常吗");
    assert_eq!(thread.str("/messages/1/by"), "note");
    assert_eq!(thread.str("/messages/1/text"), "问过工程师");
    desk.act(&case, "answer", json!({ "answer": "低温放电少,正常" })).await.expect(200);
    let seen = look(&test, &word).await.expect(200);
    assert_eq!(seen.str("/state"), "answered");
    assert_eq!(seen.str("/messages/1/text"), "低温放电少,正常");
    assert_eq!(seen.at("/messages/1/ours"), json!(true));
    assert!(!seen.text().contains("徐蕾"), "names of staff stay inside");
    assert!(!seen.text().contains("工程师"), "and so do notes");

    let path = format!("ask/{word}");
    let more = outside(&test, Method::POST, &path, json!({ "message": "零下十度呢" })).await;
    assert_eq!(more.expect(200).str("/state"), "received");
    desk.act(&case, "answer", json!({ "answer": "约七成" })).await.expect(200);
    let settled = outside(&test, Method::POST, &path, json!({ "settled": true })).await.expect(200);
    assert_eq!(settled.str("/state"), "closed");
    assert_eq!(settled.at("/messages").as_array().map(Vec::len), Some(4));
    let late = outside(&test, Method::POST, &path, json!({ "message": "还有" })).await;
    late.refused("not-allowed-now");
    assert!(test.app.store().verify(None).await.expect("walks").problems.is_empty());
    // The link opens for thirty days, and then no more.
    test.pass(29 * 1440).await;
    look(&test, &word).await.expect(200);
    test.pass(2 * 1440).await;
    look(&test, &word).await.expect(404);
}

#[tokio::test]
async fn nothing_is_taken_without_a_text_and_their_consent_nor_with_a_false_number() {
    let test = TestApp::new().await;
    for (body, field) in [
        (json!({ "message": "  ", "agreed": true }), "message"),
        (json!({ "message": "x".repeat(1001), "agreed": true }), "message"),
        (json!({ "message": "几点关门", "agreed": false }), "agreed"),
        (json!({ "message": "几点关门", "agreed": true, "phone": "hello" }), "phone"),
    ] {
        let refused = outside(&test, Method::POST, "ask", body).await.expect(422);
        assert_eq!(refused.str("/fields/0/field"), field);
    }
    let nothing = test.open_cases("enquiry").await;
    assert!(nothing.is_empty(), "{nothing:?}");
}

#[tokio::test]
async fn a_word_is_not_guessed_and_is_withdrawn_by_one_act() {
    let test = TestApp::new().await;
    let (word, case) = asked(&test, question("几点关门")).await;
    let mut forged = word.clone();
    forged.replace_range(16..17, if &word[16..17] == "A" { "B" } else { "A" });
    for wrong in [forged.as_str(), "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
        look(&test, wrong).await.expect(404);
    }
    let desk = test.sign_in("xulei").await;
    desk.act(&case, "new_link", json!({})).await.expect(200);
    look(&test, &word).await.expect(404);
    // Who tries words is stopped before long.
    for _ in 0..40 {
        look(&test, "x").await;
    }
    look(&test, "x").await.refused("too-often");
}

#[tokio::test]
async fn a_flood_from_one_address_is_stopped() {
    let test = TestApp::new().await;
    for n in 0..20 {
        outside(&test, Method::POST, "ask", question(&format!("问 {n}"))).await.expect(201);
    }
    let stopped = outside(&test, Method::POST, "ask", question("再问")).await;
    assert!(stopped.header("retry-after").parse::<i64>().is_ok_and(|seconds| seconds > 0));
    stopped.refused("too-often");
}

#[tokio::test]
async fn a_known_number_stands_with_its_customer_and_learns_nothing() {
    let test = TestApp::new().await;
    let (unit, lina) = (test.sold(3).await, test.advisor().await);
    let owner = lina.get(&format!("units/{unit}")).await.expect(200).str("/owner/id");
    let customer = test.app.store().customer(owner.parse().expect("an id")).await.expect("one");
    let phone = customer.phone.expect("a number").reveal().to_owned();
    let mut body = question("保修到什么时候");
    body["phone"] = json!(phone);
    let (word, case) = asked(&test, body).await;
    let page = test.sign_in("xulei").await.case(&case).await;
    assert_eq!(page.str("/customer/id"), owner);
    assert!(!page.text().contains(&phone), "masked as everywhere");
    let seen = look(&test, &word).await.expect(200).text();
    assert!(!seen.contains(&phone) && !seen.contains(customer.name.expect("one").reveal()));
}

#[tokio::test]
async fn photos_are_drawn_anew_and_end_with_the_customer() {
    let test = TestApp::new().await;
    let (word, case) = asked(&test, question("漏油")).await;
    let send = |bytes: Vec<u8>| {
        let request = Request::post(format!("/api/v1/ask/{word}/photos"))
            .header("x-sanbao", "1")
            .header(header::CONTENT_TYPE, "image/png")
            .body(Body::from(bytes));
        test.send(request.expect("a request"))
    };
    send(b"<script>".to_vec()).await.refused("unsupported-type");
    let png = data_encoding::BASE64
        .decode(
            b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA\
              AABJRU5ErkJggg==",
        )
        .expect("a picture");
    let photo = send(png.clone()).await.expect(201).str("/id");
    let path = format!("/api/v1/ask/{word}/photos/{photo}");
    let get = || test.send(Request::get(&path).body(Body::empty()).expect("a request"));
    assert_eq!(get().await.expect(200).header("content-type"), "image/png");
    for _ in 1..12 {
        send(png.clone()).await.expect(201);
    }
    send(png.clone()).await.refused("not-allowed-now");
    // Of another enquiry it is not there.
    let (other, _) = asked(&test, question("别的")).await;
    let elsewhere = Request::get(format!("/api/v1/ask/{other}/photos/{photo}"));
    test.send(elsewhere.body(Body::empty()).expect("a request")).await.expect(404);

    let desk = test.sign_in("xulei").await;
    let customer = desk.case(&case).await.str("/customer/id").parse().expect("an id");
    desk.act(&case, "drop", json!({ "drop_reason": "repeated" })).await.expect(200);
    let person = test.person("xulei").await.parse().expect("an id");
    let store = test.app.store();
    store.erase_customer(customer, person, "asked", test.now()).await.expect("erased");
    look(&test, &word).await.expect(404);
    assert!(store.enquiry_photos(case.parse().expect("an id")).await.expect("reads").is_empty());
}

#[tokio::test]
async fn at_night_the_head_is_told_where_nobody_is_on_duty_and_an_answer_reaches_the_number() {
    let test = TestApp::new().await;
    let minutes = {
        let local = test.app.zone().local(test.now());
        23 * 60 - i64::from(local.hour()) * 60 - i64::from(local.minute())
    };
    test.pass(minutes).await;
    let (desk, head) = (test.sign_in("xulei").await, test.sign_in("guoqiang").await);
    let mut body = question("几点开门");
    body["phone"] = json!("13977001234");
    let (_, case) = asked(&test, body).await;
    let told = head.get("messages").await.expect(200).text();
    assert!(told.contains("非营业时间"), "{told}");
    desk.act(&case, "answer", json!({ "answer": "八点半" })).await.expect(200);
    let waiting = desk.get(&format!("cases/{case}/told")).await.expect(200);
    assert!(waiting.text().contains("enquiry_answered") || waiting.at("/items/0") != json!(null));
}

/// Asks under a key, as the page does.
async fn asked_under(test: &TestApp, key: &str, message: &str) -> Reply {
    let request = Request::post("/api/v1/ask")
        .header("x-sanbao", "1")
        .header("idempotency-key", key)
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(question(message).to_string()))
        .expect("a request");
    test.send(request).await
}

#[tokio::test]
async fn an_answer_that_got_lost_makes_no_second_enquiry() {
    let test = TestApp::new().await;
    let key = "0123456789abcdef0123456789abcdef";
    let first = asked_under(&test, key, "几点关门").await.expect(201).str("/word");
    let again = asked_under(&test, key, "几点关门").await.expect(201).str("/word");
    assert_eq!(first, again);
    assert_eq!(test.open_cases("enquiry").await.len(), 1);
    asked_under(&test, key, "别的事").await.refused("idempotency-mismatch");
    // A key that somebody else might have made leads nobody to their thread.
    let one = asked_under(&test, "1", "几点关门").await.expect(201).str("/word");
    let other = asked_under(&test, "1", "几点关门").await.expect(201).str("/word");
    assert_ne!(one, other);
}

#[tokio::test]
async fn a_case_grows_out_of_an_enquiry_and_both_say_so() {
    let test = TestApp::new().await;
    let (_, case) = asked(&test, question("续航短")).await;
    let desk = test.sign_in("xulei").await;
    let body = |from: &str| {
        json!({ "process": "complaint", "subject": { "from": from },
            "form": { "complaint_matter": "续航只有一半" } })
    };
    let grown = desk.post("cases", body(&case)).await.expect(201);
    assert_eq!(grown.str("/parent/id"), case);
    let page = desk.case(&case).await;
    assert_eq!(page.str("/children/0/id"), grown.str("/id"));
    // Out of a case that is no enquiry, or that is not there, nothing is opened by hand.
    desk.post("cases", body(&grown.str("/id"))).await.refused("bad-request");
    let stranger = test.stranger().await;
    stranger.post("cases", body(&case)).await.expect(404);
}

#[tokio::test]
async fn what_they_wrote_is_unread_until_somebody_looks_at_it() {
    let test = TestApp::new().await;
    let (word, case) = asked(&test, question("几点关门")).await;
    let desk = test.sign_in("xulei").await;
    let unread = async || desk.get("enquiries").await.expect(200).at("/items/0/unread");
    let inside = format!("enquiries/{case}");
    let look = async || {
        let seen = desk.get(&inside).await.expect(200).json();
        let mut theirs = seen["messages"].as_array().into_iter().flatten();
        let newest = theirs.rfind(|one| one["by"] == "theirs").cloned();
        let photo = seen["photos"].as_array().and_then(|all| all.last()).cloned();
        let id = |one: Option<Json>| one.map(|one| one["id"].clone());
        json!({ "message": id(newest), "photo": id(photo) })
    };
    assert_eq!(unread().await, json!(1));
    let first = look().await;
    let path = format!("{inside}/looked");
    test.stranger().await.post(&path, first.clone()).await.expect(404);
    assert_eq!(unread().await, json!(1), "from elsewhere nothing is marked");
    desk.post(&path, first.clone()).await.expect(204);
    assert_eq!(unread().await, json!(0));
    // Our own acts are no news; theirs are, and a photo too.
    desk.act(&case, "answer", json!({ "answer": "八点" })).await.expect(200);
    assert_eq!(unread().await, json!(0));
    let more = format!("ask/{word}");
    outside(&test, Method::POST, &more, json!({ "message": "周日呢" })).await.expect(200);
    let photo = NewFile {
        kind: "image/png".into(),
        bytes: vec![1],
        width: Some(1),
        height: Some(1),
        taken: None,
    };
    let id = case.parse().expect("an id");
    test.app.store().add_enquiry_photo(id, None, (&photo, None), test.now()).await.expect("kept");
    assert_eq!(unread().await, json!(2));
    // Who looked earlier and tells late takes nothing back, and tells nothing new.
    let second = look().await;
    desk.post(&path, first).await.expect(204);
    assert_eq!(unread().await, json!(2));
    desk.post(&path, second).await.expect(204);
    desk.post(&path, json!({})).await.expect(204);
    assert_eq!(unread().await, json!(0));
}

#[tokio::test]
async fn whoever_asks_is_linked_to_a_customer_by_hand_and_nothing_unproven_goes_over() {
    let test = TestApp::new().await;
    let (unit, advisor) = (test.sold(3).await, test.advisor().await);
    let owner = advisor.get(&format!("units/{unit}")).await.expect(200).str("/owner/id");
    let before = advisor.get(&format!("customers/{owner}")).await.expect(200).json();
    let mut body = question("几点关门");
    body["phone"] = json!("13977009988");
    let (word, case) = asked(&test, body).await;
    let desk = test.sign_in("xulei").await;
    let link = async |who: &str, to: &str| {
        let actor = test.sign_in(who).await;
        actor.post(&format!("enquiries/{case}/customer"), json!({ "customer": to })).await
    };
    link("chenqiang", &owner).await.refused("forbidden");
    link("xulei", "c_none").await.refused("bad-request");
    link("xulei", &owner).await.expect(204);
    link("xulei", &owner).await.expect(204);
    let page = desk.case(&case).await;
    assert_eq!(page.str("/customer/id"), owner);
    let after = advisor.get(&format!("customers/{owner}")).await.expect(200).json();
    for field in ["name_masked", "phone_masked", "consent"] {
        assert_eq!(after[field], before[field], "{field}");
    }
    // The thread stays readable, inside and behind its link.
    let seen = desk.get(&format!("enquiries/{case}")).await.expect(200);
    assert_eq!(seen.str("/messages/0/text"), "几点关门");
    assert_eq!(look(&test, &word).await.expect(200).str("/messages/0/text"), "几点关门");
    desk.act(&case, "about_vehicle", json!({ "vehicle": unit })).await.expect(200);
    assert_eq!(desk.case(&case).await.str("/unit/id"), unit);
    // A file with vehicles of its own goes nowhere by this way.
    let other = advisor.get(&format!("units/{}", test.sold(5).await)).await.expect(200);
    let other = other.str("/owner/id");
    if other != owner {
        link("xulei", &other).await.refused("merge-refused");
    }
    assert!(test.app.store().verify(None).await.expect("walks").problems.is_empty());
}
