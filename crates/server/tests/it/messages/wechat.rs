//! Customers who scanned a code are told by the company's official account; a text message follows
//! where they did not agree, and a double of the platform says what it was asked.

use super::double::Double;
use super::{estimated_on, shown};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{Request, Uri};
use server::channels::{Sealing, Settings, signature};
use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Arc, Mutex};
use testkit::{Actor, Json, Reply, TestApp, json};

const KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
const OPENID: &str = "oABCd1234567890efghijklmnopq";

#[derive(Default)]
struct Script {
    address: String,
    asked: Vec<(String, Json)>,
    next: VecDeque<i64>,
    keys: usize,
}

/// The platform.
#[derive(Clone, Default)]
struct Platform(Arc<Mutex<Script>>);

impl Platform {
    async fn start() -> Self {
        let own = Self::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("bound"));
        own.0.lock().expect("whole").address = address;
        let router = Router::new().fallback(answer).with_state(own.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        own
    }

    /// Codes it says to the next messages, once each.
    fn says(&self, next: &[i64]) {
        self.0.lock().expect("whole").next.extend(next);
    }

    /// Messages it was asked to send since the last question: where and what.
    fn told(&self) -> Vec<(String, Json)> {
        let asked = std::mem::take(&mut self.0.lock().expect("whole").asked);
        asked.into_iter().filter(|(path, _)| path.contains("/message/")).collect()
    }

    /// The word of the last code it made.
    fn word(&self) -> String {
        let script = self.0.lock().expect("whole");
        let made = script.asked.iter().rev().find(|(path, _)| path.contains("qrcode")).unwrap();
        made.1["action_info"]["scene"]["scene_str"].as_str().unwrap().to_owned()
    }

    fn settings(&self, closed: bool, sms: &Double) -> Settings {
        let address = self.0.lock().expect("whole").address.clone();
        let aes = if closed { "aes_key_env = \"AES\"\n" } else { "" };
        let text = format!(
            "customers = [\"wechat\"]\naddress = \"https://service.example.cn\"\n[wechat]\n\
             app_id = \"wxb11529c136998cb6\"\nsecret_env = \"SECRET\"\ntoken_env = \"TOKEN\"\n\
             {aes}address = \"{address}\"\n\
             [wechat.templates.estimate_ready]\nid = \"T-ready\"\n\
             params = [{{ name = \"character_string1\", value = \"{{{{ case.number }}}}\" }}]\n\
             [wechat.templates.progress]\nid = \"T-once\"\nscene = 12\n\
             [wechat.templates.ready_for_pickup]\nid = \"T-once\"\nscene = 13\n"
        );
        let env = |name: &str| {
            let said = match name {
                "AES" => KEY,
                "TOKEN" => "sanbao-token",
                _ => "secret",
            };
            Some(said.to_owned())
        };
        let mut settings = Settings::parse(&text, Path::new("."), env).expect("a good file");
        let more = sms.settings(&["estimate_ready", "correction_code"]);
        settings.sms = more.sms;
        settings.customers.extend(more.customers);
        settings
    }
}

async fn answer(State(own): State<Platform>, uri: Uri, body: Bytes) -> axum::Json<Json> {
    let mut script = own.0.lock().expect("whole");
    let body: Json = serde_json::from_slice(&body).expect("JSON");
    let path = uri.path().to_owned();
    axum::Json(if path == "/cgi-bin/stable_token" {
        assert_eq!(body["secret"], "secret");
        script.keys += 1;
        json!({ "access_token": format!("K{}", script.keys), "expires_in": 7200 })
    } else if uri.query() != Some(&format!("access_token=K{}", script.keys)) {
        json!({ "errcode": 42001, "errmsg": "access_token expired rid: 1-2" })
    } else if path == "/cgi-bin/qrcode/create" {
        script.asked.push((path, body));
        json!({ "ticket": "t", "expire_seconds": 600, "url": "http://weixin.qq.com/q/02abc" })
    } else {
        script.asked.push((path, body));
        match script.next.pop_front() {
            Some(code) => json!({ "errcode": code, "errmsg": "said so rid: 5f-1" }),
            None => json!({ "errcode": 0, "errmsg": "ok", "msgid": 201_012_013 }),
        }
    })
}

/// Something the platform says, in clear or closed.
async fn says(test: &TestApp, event: &str, key: &str, closed: bool) -> Reply {
    let xml = format!(
        "<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[{OPENID}]]>\
         </FromUserName><CreateTime>1</CreateTime><MsgType><![CDATA[event]]></MsgType>\
         <Event><![CDATA[{event}]]></Event><EventKey><![CDATA[{key}]]></EventKey></xml>"
    );
    let at = test.now().timestamp().as_second().to_string();
    let plain = signature(&["sanbao-token", &at, "n1"]);
    let mut query = format!("signature={plain}&timestamp={at}&nonce=n1");
    let mut body = xml;
    if closed {
        let sealing = Sealing::try_new(KEY, "wxb11529c136998cb6").unwrap();
        let sealed = sealing.close(&body, *b"0123456789abcdef").unwrap();
        let msg = signature(&["sanbao-token", &at, "n1", &sealed]);
        query = format!("{query}&encrypt_type=aes&msg_signature={msg}");
        body = format!("<xml><ToUserName>gh_1</ToUserName><Encrypt>{sealed}</Encrypt></xml>");
    }
    posted(test, &query, body).await
}

async fn posted(test: &TestApp, query: &str, body: String) -> Reply {
    let request = Request::post(format!("/api/v1/callbacks/wechat?{query}"))
        .header("content-type", "text/xml")
        .body(Body::from(body));
    test.send(request.unwrap()).await
}

/// A vehicle, and its customer who scanned a code at the counter.
async fn linked(
    test: &TestApp,
    platform: &Platform,
    advisor: &Actor<'_>,
    closed: bool,
) -> (String, String) {
    let unit = test.sold(12).await;
    let customer = advisor.get(&format!("units/{unit}")).await.expect(200).str("/customer/id");
    let code = advisor.post(&format!("customers/{customer}/wechat"), json!({})).await.expect(200);
    assert!(code.str("/svg").starts_with("<svg"), "{}", code.text());
    let word = platform.word();
    let said = says(test, "subscribe", &format!("qrscene_{word}"), closed).await.expect(200);
    if !closed {
        assert!(
            said.text().contains("scene=12") && said.text().contains("<![CDATA["),
            "{}",
            said.text()
        );
        assert!(said.text().contains("service.example.cn%2Fw"), "{}", said.text());
    }
    (unit, customer)
}

#[tokio::test]
async fn who_scanned_the_code_is_told_and_who_left_is_not() {
    let (platform, sms) = (Platform::start().await, Double::start().await);
    let test = TestApp::telling(platform.settings(false, &sms), None).await;
    let advisor = test.advisor().await;
    let (unit, customer) = linked(&test, &platform, &advisor, false).await;
    let page = advisor.get(&format!("customers/{customer}")).await.expect(200);
    assert_eq!(page.at("/wechat/offered"), json!(true));
    assert_eq!(page.str("/wechat/since"), test.now().to_string());
    assert!(!page.text().contains(OPENID), "{}", page.text());
    let case = estimated_on(&test, &advisor, &unit).await;
    test.post().await;
    let told = platform.told();
    assert_eq!(told.len(), 1, "{told:?}");
    let number = advisor.case(&case).await.expect(200).str("/number");
    assert_eq!(told[0].0, "/cgi-bin/message/subscribe/bizsend");
    assert_eq!(told[0].1["touser"], OPENID);
    assert_eq!(told[0].1["data"]["character_string1"]["value"], number.as_str());
    let seen = advisor.get(&format!("cases/{case}/told")).await.expect(200);
    assert_eq!(seen.str("/items/0/deliveries/0/channel"), "wechat");
    assert_eq!(seen.str("/items/0/deliveries/0/told"), "oABC***pq");
    assert_eq!(sms.asked().len(), 0);
    assert_eq!(platform.0.lock().unwrap().keys, 1, "one key for the code and the message");

    // The same code once more changes nothing; a code nobody made neither.
    says(&test, "SCAN", "nobody-made-it", false).await.expect(200);
    // Who left is told by text message.
    says(&test, "unsubscribe", "", false).await.expect(200);
    let page = advisor.get(&format!("customers/{customer}")).await.expect(200);
    assert_eq!(page.at("/wechat/since"), Json::Null);
    estimated_on(&test, &advisor, &unit).await;
    test.post().await;
    assert_eq!((platform.told().len(), sms.asked().len()), (0, 1));
    let record = test.app.store().verify(None).await.unwrap();
    assert!(record.problems.is_empty(), "{record:?}");
}

#[tokio::test]
async fn a_text_message_follows_where_they_did_not_agree() {
    let (platform, sms) = (Platform::start().await, Double::start().await);
    let test = TestApp::telling(platform.settings(false, &sms), None).await;
    let advisor = test.advisor().await;
    let (unit, customer) = linked(&test, &platform, &advisor, false).await;
    for code in [43101, 43004, 40003] {
        let case = estimated_on(&test, &advisor, &unit).await;
        platform.says(&[code]);
        test.post().await;
        let (state, _, tried) = shown(&advisor, &case).await;
        assert_eq!((state.as_str(), tried), ("sent", json!(["failed", "sent"])), "{code}");
        assert_eq!(sms.asked().len(), 1);
        let seen = advisor.get(&format!("cases/{case}/told")).await.expect(200);
        assert_eq!(seen.str("/items/0/deliveries/0/why"), format!("{code}: said so"));
    }
    // Busy: once more after half a minute, and then by text message.
    let case = estimated_on(&test, &advisor, &unit).await;
    platform.says(&[-1, -1]);
    test.post().await;
    assert_eq!(shown(&advisor, &case).await.0, "waiting");
    test.pass(1).await;
    test.post().await;
    let tried = shown(&advisor, &case).await.2;
    assert_eq!(tried, json!(["failed", "failed", "sent"]));
    // A key that ended early is asked for anew, at once.
    platform.0.lock().unwrap().keys += 1;
    platform.told();
    sms.asked();
    estimated_on(&test, &advisor, &unit).await;
    test.post().await;
    assert_eq!((platform.told().len(), sms.asked().len()), (1, 0));
    // A code proves the telephone on record, which the account does not.
    advisor.post(&format!("customers/{customer}/corrections/code"), json!({})).await.expect(200);
    test.post().await;
    assert_eq!((platform.told().len(), sms.asked().len()), (0, 1));
    // Taken back at the counter.
    advisor.delete(&format!("customers/{customer}/wechat")).await.expect(204);
    estimated_on(&test, &advisor, &unit).await;
    test.post().await;
    assert_eq!((platform.told().len(), sms.asked().len()), (0, 1));
}

#[tokio::test]
async fn the_platform_alone_is_heard_and_in_closed_form_where_that_is_agreed() {
    let (platform, sms) = (Platform::start().await, Double::start().await);
    let test = TestApp::telling(platform.settings(true, &sms), None).await;
    let advisor = test.advisor().await;
    let at = test.now().timestamp().as_second().to_string();
    let right = signature(&["sanbao-token", &at, "n1"]);
    let prove = async |signature: &str, at: &str| {
        let path = format!(
            "/api/v1/callbacks/wechat?signature={signature}&timestamp={at}&nonce=n1&echostr=77"
        );
        test.send(Request::get(path).body(Body::empty()).unwrap()).await
    };
    assert_eq!(prove(&right, &at).await.expect(200).text(), "77");
    prove(&right.replace(&right[..1], "z"), &at).await.expect(404);
    let old = (test.now().timestamp().as_second() - 3600).to_string();
    prove(&signature(&["sanbao-token", &old, "n1"]), &old).await.expect(404);
    let (unit, customer) = linked(&test, &platform, &advisor, true).await;
    let page = advisor.get(&format!("customers/{customer}")).await.expect(200);
    assert_ne!(page.at("/wechat/since"), Json::Null);
    // What is said in clear to an account that speaks in closed form is not heard.
    says(&test, "unsubscribe", "", false).await.expect(404);
    posted(&test, &format!("signature={right}&timestamp={at}&nonce=n1"), String::new())
        .await
        .expect(404);
    estimated_on(&test, &advisor, &unit).await;
    test.post().await;
    assert_eq!(platform.told().len(), 1);
    // Erased, nothing leads there any more.
    let store = test.app.store();
    assert_eq!(store.customers_of_wechat(OPENID).await.unwrap(), [customer.parse().unwrap()]);
    assert!(store.verify(None).await.unwrap().problems.is_empty());
}
