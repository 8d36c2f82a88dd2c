//! Customers who gave an address are written to: in their turn behind text messages, refused for
//! good or for now, and ended at one press where nobody asked for it.

use super::double::{Does, Double};
use super::post::{Post, header};
use super::{estimated_on, pushy, shown};
use data_encoding::BASE64;
use testkit::{Actor, Json, TestApp, json};

const ONLY: &str = "customers = [\"email\"]\n";

/// A vehicle whose owner gave an address.
async fn reachable(test: &TestApp, advisor: &Actor<'_>) -> (String, String) {
    let unit = test.sold(12).await;
    let page = advisor.get(&format!("units/{unit}")).await.expect(200);
    let customer = page.str("/customer/id");
    let given = json!({ "email": " Wang.XM@Example.COM " });
    let noted = advisor.put(&format!("customers/{customer}/email"), given).await.expect(200);
    assert_eq!(noted.str("/email_masked"), "W***@example.com");
    (unit, customer)
}

/// The parts of a letter, read.
fn read(letter: &str) -> String {
    let blocks = letter.split("\n\n").map(|block| {
        // The line that parts two of them stands close behind.
        let joined: String = block.lines().take_while(|line| !line.starts_with("--")).collect();
        let bytes = BASE64.decode(joined.as_bytes()).unwrap_or_else(|_| block.as_bytes().to_vec());
        String::from_utf8_lossy(&bytes).into_owned()
    });
    blocks.collect::<Vec<_>>().join("\n").replace("=\n", "")
}

#[tokio::test]
async fn a_customer_is_written_to_and_the_case_shows_it() {
    let post = Post::start().await;
    let test = TestApp::telling(post.settings(ONLY), None).await;
    let advisor = test.advisor().await;
    let (unit, customer) = reachable(&test, &advisor).await;
    let case = estimated_on(&test, &advisor, &unit).await;
    test.post().await;
    let letters = post.letters();
    assert_eq!(letters.len(), 1, "{letters:?}");
    let letter = &letters[0];
    assert_eq!(header(letter, "To").unwrap(), "Wang.XM@example.com");
    assert_eq!(header(letter, "Reply-To").unwrap(), "help@example.cn");
    assert!(header(letter, "Message-ID").is_some() && header(letter, "List-Unsubscribe").is_none());
    let number = advisor.case(&case).await.expect(200).str("/number");
    let words = read(letter);
    assert!(words.contains(&format!("({number})已报价")), "{words}");
    assert!(words.contains(&format!("<p>您的车辆({number})")), "{words}");
    let told = advisor.get(&format!("cases/{case}/told")).await.expect(200);
    assert_eq!(told.str("/items/0/state"), "sent");
    assert_eq!(told.str("/items/0/deliveries/0/channel"), "email");
    assert_eq!(told.str("/items/0/deliveries/0/told"), "W***@example.com");
    // Found by whoever reads letters that come; nowhere in clear.
    let store = test.app.store();
    let found = store.customers_of_email("wang.xm@example.com").await.unwrap();
    assert_eq!(found, [customer.parse().unwrap()]);
    let page = advisor.get(&format!("customers/{customer}")).await.expect(200);
    assert_eq!(page.str("/email_masked"), "W***@example.com");
    assert!(!page.text().contains("ang.XM"), "{}", page.text());
    assert!(store.verify(None).await.unwrap().problems.is_empty());
    // Taken back, nobody is written to.
    advisor.put(&format!("customers/{customer}/email"), json!({})).await.expect(200);
    let case = estimated_on(&test, &advisor, &unit).await;
    test.post().await;
    assert_eq!(shown(&advisor, &case).await, ("dead".into(), json!("no_email"), json!([])));
    assert_eq!(store.customers_of_email("wang.xm@example.com").await.unwrap(), []);
    let bad = json!({ "email": "wang@qq\nBcc: x@y.cn" });
    advisor.put(&format!("customers/{customer}/email"), bad).await.expect(422);
}

#[tokio::test]
async fn a_server_refuses_for_good_for_now_or_says_nothing() {
    let post = Post::start().await;
    let test = TestApp::telling(post.settings(ONLY), None).await;
    let advisor = test.advisor().await;
    let (unit, _) = reachable(&test, &advisor).await;
    let case = estimated_on(&test, &advisor, &unit).await;
    post.says(&["451 try again later", "550 no such user"]);
    test.post().await;
    assert_eq!(shown(&advisor, &case).await, ("waiting".into(), Json::Null, json!(["failed"])));
    test.pass(1).await;
    test.post().await;
    let expect = ("dead".into(), json!("refused"), json!(["failed", "failed"]));
    assert_eq!(shown(&advisor, &case).await, expect);
    let dead = advisor.get("deliveries").await.expect(200);
    assert!(dead.str("/items/0/deliveries/1/why").contains("no such user"), "{}", dead.text());

    // The way breaks behind the letter: it may have arrived, and is written once more.
    let case = estimated_on(&test, &advisor, &unit).await;
    post.says(&["cut"]);
    test.post().await;
    assert_eq!(shown(&advisor, &case).await, ("waiting".into(), Json::Null, json!(["unknown"])));
    test.pass(6).await;
    test.post().await;
    assert_eq!(shown(&advisor, &case).await.0, "sent");
    assert_eq!(post.letters().len(), 2);
}

#[tokio::test]
async fn a_letter_follows_where_no_text_message_arrives_and_a_code_never_does() {
    let (post, double) = (Post::start().await, Double::start().await);
    let mut settings = post.settings("customers = [\"email\"]\n");
    let sms = double.settings(&["estimate_ready", "correction_code"]);
    settings.sms = sms.sms;
    settings.customers = [sms.customers, settings.customers].concat();
    let test = TestApp::telling(settings, None).await;
    let advisor = test.advisor().await;
    let (unit, customer) = reachable(&test, &advisor).await;
    let case = estimated_on(&test, &advisor, &unit).await;
    double.does(&[Does::Says("isv.MOBILE_NUMBER_ILLEGAL")]);
    test.post().await;
    let (state, _, tried) = shown(&advisor, &case).await;
    assert_eq!((state.as_str(), tried), ("sent", json!(["failed", "sent"])));
    assert_eq!(post.letters().len(), 1);
    double.does(&[Does::Says("isv.MOBILE_NUMBER_ILLEGAL")]);
    let code = format!("customers/{customer}/corrections/code");
    advisor.post(&code, json!({})).await.expect(200);
    test.post().await;
    assert_eq!(post.letters(), Vec::<String>::new(), "a letter proves no telephone");
}

#[tokio::test]
async fn what_nobody_asked_for_ends_at_one_press() {
    let post = Post::start().await;
    let test = TestApp::telling(post.settings(ONLY), Some(pushy())).await;
    let advisor = test.advisor().await;
    let (unit, customer) = reachable(&test, &advisor).await;
    estimated_on(&test, &advisor, &unit).await;
    test.post().await;
    let letter = post.letters().pop().expect("who agreed is written to");
    let way = header(&letter, "List-Unsubscribe").unwrap();
    assert_eq!(header(&letter, "List-Unsubscribe-Post").unwrap(), "List-Unsubscribe=One-Click");
    let path = way.strip_prefix("<https://service.example.cn").unwrap().trim_end_matches('>');
    assert!(read(&letter).contains("https://service.example.cn/u/"), "{letter}");
    // As a program of letters presses it: from anywhere, with a form.
    let request = axum::http::Request::post(path)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(axum::body::Body::from("List-Unsubscribe=One-Click"));
    test.send(request.unwrap()).await.expect(204);
    let page = advisor.get(&format!("customers/{customer}")).await.expect(200);
    assert_eq!(page.at("/consent"), json!(false));
}

#[tokio::test]
async fn an_administrator_tries_the_mail_server() {
    let post = Post::start().await;
    let test = TestApp::telling(post.settings(""), None).await;
    let admin = test.administrator().await;
    let seen = admin.get("channels").await.expect(200);
    assert_eq!(seen.str("/mail/host"), "127.0.0.1");
    assert!(!seen.text().contains("secret"), "{}", seen.text());
    let to = json!({ "to": "it@example.cn" });
    let said = admin.post("channels/letter", to.clone()).await.expect(200);
    assert_eq!((said.str("/state"), post.letters().len()), ("sent".into(), 1));
    post.says(&["550 no such user"]);
    let said = admin.post("channels/letter", to).await.expect(200);
    assert_eq!(said.str("/state"), "refused");
    admin.post("channels/letter", json!({ "to": "it" })).await.expect(422);
    test.advisor().await.get("channels").await.expect(403);
    post.settings("").smtp.expect("a server").try_out(None).await.expect("it lets us in");
}
