//! Letters that come in: a thread like that of the page, answered by letter; nothing twice,
//! nothing lost, nothing from programs.

use crate::messages::post::{Post, header};
use axum::body::Body;
use axum::http::Request;
use data_encoding::BASE64;
use server::mail::{Envelope, Handed, hand_over};
use testkit::{Json, Reply, TestApp, json};

const WORD: &str = "0123456789abcdefghij";

fn fixture(name: &str) -> Vec<u8> {
    let file = format!("{}/tests/it/data/mail/{name}.eml", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(file).expect("a letter")
}

async fn brought(test: &TestApp, word: &str, envelope: &str, letter: Vec<u8>) -> Reply {
    let request = Request::post(format!("/api/v1/callbacks/mail{envelope}"))
        .header("x-sanbao-mail", word)
        .body(Body::from(letter))
        .expect("a request");
    test.send(request).await
}

async fn bring(test: &TestApp, letter: Vec<u8>) -> Reply {
    brought(test, WORD, "", letter).await
}

/// An answer to a letter of ours.
fn reply(to: &str, answers: &str, n: u32) -> Vec<u8> {
    let text = String::from_utf8(fixture("reply")).expect("text");
    let n = n.to_string();
    text.replace("{TO}", to).replace("{ANSWERS}", answers).replace("{N}", &n).into_bytes()
}

/// The plain part of a letter of ours.
fn read(letter: &str) -> String {
    let body = letter.split("\n\n").nth(2).unwrap_or_default();
    let joined: String = body.lines().take_while(|line| !line.starts_with("--")).collect();
    let bytes = BASE64.decode(joined.as_bytes()).expect("base64");
    String::from_utf8(bytes).expect("text")
}

async fn only(test: &TestApp) -> String {
    let open = test.open_cases("enquiry").await;
    assert_eq!(open.len(), 1, "{open:?}");
    open[0].clone()
}

async fn thread(test: &TestApp, case: &str) -> Json {
    let desk = test.sign_in("xulei").await;
    desk.get(&format!("enquiries/{case}")).await.expect(200).json()
}

#[tokio::test]
async fn a_letter_is_answered_by_letter_and_the_answer_to_that_is_the_same_thread() {
    let post = Post::start().await;
    let test = TestApp::telling(post.taking(""), None).await;
    let done = bring(&test, fixture("gbk")).await.expect(200);
    assert_eq!(done.str("/done"), "opened");
    let case = only(&test).await;
    let desk = test.sign_in("xulei").await;
    let list = desk.get("enquiries").await.expect(200);
    assert_eq!(list.str("/items/0/channel/zh"), "邮件");
    assert!(list.str("/items/0/glimpse").starts_with("电池保修多久"), "{}", list.text());
    let seen = thread(&test, &case).await;
    assert_eq!(
        seen["messages"][0]["text"],
        "电池保修多久\n\n您好:\n去年十月买的车,电池保修到什么时候?\n王小明"
    );
    assert_eq!(seen["name_said"], "王*明");
    assert_eq!(seen["email_said"], "W***@example.com");
    assert_eq!(seen["by_letter"], true);
    let page = desk.case(&case).await.text();
    assert!(!page.contains("ang.XM") && !page.contains("gbk-1"), "{page}");
    // The same letter again changes nothing.
    assert_eq!(bring(&test, fixture("gbk")).await.expect(200).str("/done"), "known");
    only(&test).await;

    desk.act(&case, "answer", json!({ "answer": "两年。" })).await.expect(200);
    test.post().await;
    let letters = post.letters();
    assert_eq!(letters.len(), 1, "{letters:?}");
    let letter = &letters[0];
    assert_eq!(header(letter, "To").as_deref(), Some("Wang.XM@example.com"));
    assert_eq!(header(letter, "In-Reply-To").as_deref(), Some("<gbk-1@example.com>"));
    let to = header(letter, "Reply-To").expect("a way back");
    let number = header(letter, "Message-ID").expect("a number");
    assert!(to.starts_with("kefu+") && to.ends_with("@example.cn"), "{to}");
    let words = read(letter);
    assert!(words.contains("两年。") && words.contains("https://service.example.cn/q/"), "{words}");
    assert!(header(letter, "Subject").is_some_and(|subject| subject.contains("Re:")), "{letter}");

    // By the address, whatever became of its case on the way; by the number alone; by the envelope.
    let shouted = to.to_uppercase();
    for (n, letter, envelope) in [
        (1, reply(&shouted, "<other@example.com>", 1), String::new()),
        (2, reply("kefu@example.cn", &number, 2), String::new()),
        (3, reply("boss@example.cn", "<x@y>", 3), format!("?recipient={}", to.replace('+', "%2B"))),
    ] {
        let done = brought(&test, WORD, &envelope, letter).await.expect(200);
        assert_eq!(done.str("/done"), "written", "{n}");
        let said = thread(&test, &case).await;
        let newest = said["messages"].as_array().and_then(|all| all.last()).cloned();
        assert_eq!(newest.expect("one")["text"], format!("那从哪天算?{n}"));
    }
    assert_eq!(desk.get("enquiries").await.expect(200).at("/items/0/waiting"), json!(true));
    only(&test).await;
    // From another address it is said, and the answer goes where the first letter came from.
    let other = String::from_utf8(reply(&to, "<x@y>", 4)).expect("text");
    let other = other.replace("wang.xm@example.com", "wife@example.com").into_bytes();
    bring(&test, other).await.expect(200);
    let said = thread(&test, &case).await.to_string();
    assert!(said.contains("from another address: w***@example.com"), "{said}");
    desk.act(&case, "answer", json!({ "answer": "开票之日。" })).await.expect(200);
    test.post().await;
    let answered = post.letters().pop().expect("a letter");
    assert_eq!(header(&answered, "To").as_deref(), Some("Wang.XM@example.com"));
    assert!(test.app.store().verify(None).await.expect("walks").problems.is_empty());
}

#[tokio::test]
async fn after_the_close_an_answer_is_a_new_enquiry_of_the_same_customer() {
    let test = TestApp::telling(Post::start().await.taking(""), None).await;
    bring(&test, fixture("gbk")).await.expect(200);
    let case = only(&test).await;
    let desk = test.sign_in("xulei").await;
    desk.act(&case, "answer", json!({ "answer": "两年。" })).await.expect(200);
    desk.act(&case, "settle", json!({})).await.expect(200);
    let word = test.app.store().letter_word(case.parse().expect("an id"));
    let to = format!("kefu+{word}@example.cn");
    let done = bring(&test, reply(&to, "<x@y>", 5)).await.expect(200);
    assert_eq!(done.str("/done"), "opened");
    let next = only(&test).await;
    assert_ne!(next, case);
    let said = thread(&test, &next).await;
    let words = said["messages"][0]["text"].as_str().unwrap_or_default();
    assert!(words.contains("〔续 LY") && words.ends_with("那从哪天算?5"), "{words}");
    let owner = |page: &Reply| page.str("/customer/id");
    assert_eq!(owner(&desk.case(&case).await), owner(&desk.case(&next).await));
}

#[tokio::test]
async fn photos_are_kept_once_and_what_is_not_taken_is_said() {
    let test = TestApp::telling(Post::start().await.taking(""), None).await;
    for _ in 0..2 {
        bring(&test, fixture("photo")).await.expect(200);
    }
    let case = only(&test).await;
    let seen = thread(&test, &case).await;
    assert_eq!(seen["photos"].as_array().map(Vec::len), Some(1), "{seen}");
    let words = seen["messages"][0]["text"].as_str().unwrap_or_default().to_owned();
    assert!(words.starts_with("漏油\n\n后轮漏油,见照片"), "{words}");
    // A broken picture, a paper and a letter within the letter.
    assert!(words.contains("另有 3 个附件") && !words.contains("hidden"), "{words}");
    let desk = test.sign_in("xulei").await;
    let photo = seen["photos"][0]["id"].as_str().unwrap_or_default().to_owned();
    let got = desk.get(&format!("enquiries/{case}/photos/{photo}")).await.expect(200);
    assert_eq!(got.header("content-type"), "image/jpeg");
}

#[tokio::test]
async fn a_page_is_read_as_text_and_a_long_letter_is_cut() {
    let test = TestApp::telling(Post::start().await.taking(""), None).await;
    bring(&test, fixture("html")).await.expect(200);
    let case = only(&test).await;
    assert_eq!(
        thread(&test, &case).await["messages"][0]["text"],
        "Opening hours\n\nWhen do you close on Sunday?\nI come from far & late.\nChen"
    );
    let head = "From: long@example.com\nSubject: long\nMessage-ID: <long@example.com>\n\n";
    let done = bring(&test, format!("{head}{}", "字".repeat(20_000)).into_bytes()).await;
    assert_eq!(done.expect(200).str("/done"), "opened");
    let open = test.open_cases("enquiry").await;
    let long = open.iter().find(|id| **id != case).expect("another");
    let words = thread(&test, long).await["messages"][0]["text"].to_string();
    assert!(
        words.contains("来信太长") && words.chars().count() < 8200,
        "{}",
        words.chars().count()
    );
}

#[tokio::test]
async fn what_no_person_wrote_and_what_nobody_may_bring_makes_nothing() {
    let test = TestApp::telling(Post::start().await.taking(""), None).await;
    let own = "From: service@example.cn\nSubject: x\n\nx".as_bytes().to_vec();
    let desk = "From: kefu@example.cn\nSubject: x\n\nx".as_bytes().to_vec();
    for (letter, why) in [
        (fixture("away"), "auto_submitted"),
        (fixture("bounce"), "report"),
        (fixture("list"), "bulk"),
        (own, "own"),
        (desk, "own"),
    ] {
        let done = bring(&test, letter).await.expect(200);
        assert_eq!((done.str("/done"), done.str("/why")), ("dropped".into(), why.into()));
    }
    let bounced = brought(&test, WORD, "?sender=MAILER-DAEMON", fixture("gbk")).await.expect(200);
    assert_eq!(bounced.str("/why"), "bounce");
    brought(&test, "01234567890123456789", "", fixture("gbk")).await.expect(404);
    brought(&test, "", "", fixture("gbk")).await.expect(404);
    for letter in ["", "no head at all", "Subject: nobody\n\nx", "From: a@b.cn, c@d.cn\n\nx"] {
        bring(&test, letter.as_bytes().to_vec()).await.expect(422);
    }
    assert!(test.open_cases("enquiry").await.is_empty());
    // Without the section nobody takes letters.
    brought(&TestApp::new().await, WORD, "", fixture("gbk")).await.expect(404);
}

#[tokio::test]
async fn a_sender_who_floods_waits_at_the_mail_server() {
    let test = TestApp::telling(Post::start().await.taking(""), None).await;
    let letter = |n: u32| format!("From: f@example.com\nMessage-ID: <{n}@e>\n\n{n}").into_bytes();
    for n in 0..10 {
        bring(&test, letter(n)).await.expect(200);
    }
    bring(&test, letter(10)).await.refused("too-often");
    let other = "From: g@example.com\n\nhello".as_bytes().to_vec();
    bring(&test, other).await.expect(200);
    // Brought again, what is kept already is no flood.
    assert_eq!(bring(&test, letter(3)).await.expect(200).str("/done"), "known");
    test.pass(24 * 60).await;
    bring(&test, letter(10)).await.expect(200);
}

#[tokio::test]
async fn whoever_gave_the_address_is_known_and_a_server_that_is_away_loses_nothing() {
    let test = TestApp::telling(Post::start().await.taking(""), None).await;
    let (unit, lina) = (test.sold(3).await, test.advisor().await);
    let owner = lina.get(&format!("units/{unit}")).await.expect(200).str("/customer/id");
    let given = json!({ "email": "wang.xm@example.com" });
    lina.put(&format!("customers/{owner}/email"), given).await.expect(200);
    bring(&test, fixture("gbk")).await.expect(200);
    let case = only(&test).await;
    let desk = test.sign_in("xulei").await;
    assert_eq!(desk.case(&case).await.str("/customer/id"), owner);
    let nobody = ("http://127.0.0.1:1", WORD);
    let handed = hand_over(nobody, &Envelope::default(), fixture("gbk"), None).await;
    assert!(matches!(handed, Handed::Later(_)), "{handed:?}");
}
