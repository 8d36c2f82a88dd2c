//! What customers are told: by which channel, when, how often, and what the case shows of it.

#![expect(clippy::unwrap_used, reason = "what is not as it must be ends the test")]

mod double;
mod letters;
pub mod post;
mod reports;
mod wechat;

use crate::access::judged;
use double::{Does, Double};
use testkit::{Actor, Json, TestApp, instant, json};

const TOLD: [&str; 3] = ["estimate_ready", "transfer_code", "progress"];

/// A repair whose customer is told that its estimate is ready.
pub async fn estimated(test: &TestApp, advisor: &Actor<'_>) -> String {
    estimated_on(test, advisor, &test.sold(12).await).await
}

async fn estimated_on(test: &TestApp, advisor: &Actor<'_>, unit: &str) -> String {
    let case = advisor.open_repair(unit, "充满电只能骑十公里").await;
    judged(advisor, &case).await;
    let lines = crate::journey::lines(advisor, "li_battery", "RF-R6").await;
    let promised = test.now().plus_seconds(30 * 3600).to_string();
    let form = json!({ "lines": lines, "promised_at": promised });
    advisor.act(&case, "estimate", form).await.expect(200);
    case
}

/// What the case shows of its first message: state, why, and the channels asked.
async fn shown(advisor: &Actor<'_>, case: &str) -> (String, Json, Json) {
    let told = advisor.get(&format!("cases/{case}/told")).await.expect(200);
    let tried = told.at("/items/0/deliveries");
    let tried: Json = tried.as_array().unwrap().iter().map(|one| one["state"].clone()).collect();
    (told.str("/items/0/state"), told.at("/items/0/why"), tried)
}

#[tokio::test]
async fn a_customer_is_told_once_and_the_case_shows_it() {
    let double = Double::start().await;
    let test = TestApp::telling(double.settings(&TOLD), None).await;
    let advisor = test.advisor().await;
    let case = estimated(&test, &advisor).await;
    assert_eq!(shown(&advisor, &case).await, ("waiting".into(), Json::Null, json!([])));
    test.post().await;
    test.post().await;
    let asked = double.asked();
    assert_eq!(asked.len(), 1, "{asked:?}");
    let number = advisor.case(&case).await.expect(200).str("/number");
    assert!(asked[0].starts_with("PhoneNumbers=138"), "{asked:?}");
    assert!(asked[0].contains("TemplateCode=SMS_estimate_ready"), "{asked:?}");
    assert!(asked[0].contains(&number), "{asked:?}");
    let told = advisor.get(&format!("cases/{case}/told")).await.expect(200);
    assert_eq!(told.str("/items/0/state"), "sent");
    let masked = told.str("/items/0/deliveries/0/told");
    assert!(masked.starts_with("138****"), "{masked}");
    assert_eq!(told.str("/items/0/title/zh"), "报价待确认");
    // Nobody else's affair: another station sees neither the case nor what was told.
    let stranger = test.stranger().await;
    stranger.get(&format!("cases/{case}/told")).await.expect(404);
    assert_eq!(advisor.get("deliveries").await.expect(200).at("/items"), json!([]));
    assert!(test.app.store().verify(None).await.unwrap().problems.is_empty());
}

#[tokio::test]
async fn a_provider_that_says_no_is_asked_again_or_never() {
    let double = Double::start().await;
    let test = TestApp::telling(double.settings(&TOLD), None).await;
    let advisor = test.advisor().await;
    // For now: again after half a minute.
    let case = estimated(&test, &advisor).await;
    double.does(&[Does::Says("isv.BUSINESS_LIMIT_CONTROL")]);
    test.post().await;
    assert_eq!(shown(&advisor, &case).await, ("waiting".into(), Json::Null, json!(["failed"])));
    test.post().await;
    assert_eq!(double.asked().len(), 1, "not before its time");
    test.pass(1).await;
    test.post().await;
    assert_eq!(shown(&advisor, &case).await.2, json!(["failed", "sent"]));
    double.asked();

    // For good: somebody has to telephone, or mend the template and send it again.
    let case = estimated(&test, &advisor).await;
    double.does(&[Does::Says("isv.SMS_TEMPLATE_ILLEGAL")]);
    test.post().await;
    assert_eq!(shown(&advisor, &case).await, ("dead".into(), json!("refused"), json!(["failed"])));
    let dead = advisor.get("deliveries").await.expect(200);
    let (id, why) = (dead.str("/items/0/id"), dead.str("/items/0/deliveries/0/why"));
    assert!(why.contains("isv.SMS_TEMPLATE_ILLEGAL"), "{why}");
    assert_eq!(dead.str("/items/0/customer/name_masked"), "王*明");
    advisor.post(&format!("deliveries/{id}/again"), json!({})).await.expect(204);
    test.post().await;
    assert_eq!(shown(&advisor, &case).await.0, "sent");
    advisor.post(&format!("deliveries/{id}/again"), json!({})).await.expect(404);

    // Five times for now are enough.
    let case = estimated(&test, &advisor).await;
    double.does(&[Does::Says("isp.SYSTEM_ERROR"); 6]);
    for minutes in [0, 1, 3, 11, 31, 121] {
        test.pass(minutes).await;
        test.post().await;
    }
    let (state, why, tried) = shown(&advisor, &case).await;
    assert_eq!(
        (state.as_str(), why, tried.as_array().unwrap().len()),
        ("dead", json!("refused"), 6)
    );
    let id = advisor.get("deliveries").await.expect(200).str("/items/0/id");
    advisor.post(&format!("deliveries/{id}/done"), json!({})).await.expect(204);
    assert_eq!(advisor.get("deliveries").await.expect(200).at("/items"), json!([]));
    let told = advisor.get(&format!("cases/{case}/told")).await.expect(200);
    assert_eq!(
        (told.str("/items/0/why"), told.str("/items/0/seen_by/name")),
        ("by_hand".into(), "李娜".into())
    );
}

#[tokio::test]
async fn what_may_have_arrived_is_tried_once_more_and_a_code_never() {
    let double = Double::start().await;
    let test = TestApp::telling(double.settings(&TOLD), None).await;
    let advisor = test.advisor().await;
    let case = estimated(&test, &advisor).await;
    double.does(&[Does::Breaks, Does::Breaks]);
    test.post().await;
    assert_eq!(shown(&advisor, &case).await, ("waiting".into(), Json::Null, json!(["unknown"])));
    test.pass(6).await;
    test.post().await;
    let (state, why, tried) = shown(&advisor, &case).await;
    assert_eq!(
        (state.as_str(), why, tried),
        ("dead", json!("unknown"), json!(["unknown", "unknown"]))
    );
    test.pass(60).await;
    test.post().await;
    assert_eq!(double.asked().len(), 2);

    let unit = test.sold(8).await;
    let frame = advisor.get(&format!("units/{unit}")).await.expect(200);
    let asked = json!({
        "frame_read": frame.str("/frame_no"), "card_lost": false, "card_no": frame.at("/card_no"),
        "buyer": { "name": "李春梅", "phone": "13905710002" },
    });
    let case = advisor.open("ownership_transfer", Some(&unit), asked).await.expect(201).str("/id");
    advisor.act(&case, "send_codes", json!({})).await.expect(200);
    double.does(&[Does::Breaks]);
    test.post().await;
    assert_eq!(double.asked().len(), 2, "one to each");
    let told = advisor.get(&format!("cases/{case}/told")).await.expect(200);
    let mut states = [told.str("/items/0/state"), told.str("/items/1/state")];
    states.sort();
    assert_eq!(states, ["over", "sent"]);
    // No code is shown, nor kept.
    assert!(!told.text().contains("\"code\":"), "{}", told.text());
    // A second code makes the first one void, also as a message.
    advisor.act(&case, "send_codes", json!({})).await.expect(200);
    advisor.act(&case, "send_codes", json!({})).await.expect(200);
    test.post().await;
    assert_eq!(double.asked().len(), 2, "the latest to each");
    // One that could not go out in its ten minutes is not sent at all.
    advisor.act(&case, "send_codes", json!({})).await.expect(200);
    test.pass(11).await;
    test.post().await;
    assert_eq!(double.asked().len(), 0);
}

#[tokio::test]
async fn customers_sleep_and_a_code_comes_at_any_hour() {
    let double = Double::start().await;
    let test = TestApp::telling(double.settings(&TOLD), None).await;
    let advisor = test.advisor().await;
    let clock = &test.app.config().clock;
    clock.set(instant("2026-11-20T22:30:00+08:00"));
    let advisor_late = test.advisor().await;
    let case = estimated(&test, &advisor_late).await;
    test.post().await;
    assert_eq!(double.asked().len(), 0);
    let told = advisor_late.get(&format!("cases/{case}/told")).await.expect(200);
    assert_eq!(told.str("/items/0/due_at"), "2026-11-21T00:00:00Z", "eight in the morning");
    clock.set(instant("2026-11-21T08:00:00+08:00"));
    test.post().await;
    assert_eq!(double.asked().len(), 1);
    drop(advisor);
}

#[tokio::test]
async fn who_cannot_be_reached_is_listed_with_the_reason() {
    // No channel at all, and none that knows the message.
    let test = TestApp::new().await;
    let advisor = test.advisor().await;
    let case = estimated(&test, &advisor).await;
    test.post().await;
    assert_eq!(shown(&advisor, &case).await, ("over".into(), json!("no_channel"), json!([])));
    let double = Double::start().await;
    let test = TestApp::telling(double.settings(&["progress"]), None).await;
    let advisor = test.advisor().await;
    let case = estimated(&test, &advisor).await;
    test.post().await;
    assert_eq!(shown(&advisor, &case).await, ("dead".into(), json!("no_template"), json!([])));
    // The text is kept for three days: no longer can it be sent again.
    let id = advisor.get("deliveries").await.expect(200).str("/items/0/id");
    test.pass(3 * 24 * 60 + 1).await;
    test.post().await;
    let advisor = test.advisor().await;
    let dead = advisor.get("deliveries").await.expect(200);
    assert_eq!(dead.at("/items/0/can_again"), json!(false));
    advisor.post(&format!("deliveries/{id}/again"), json!({})).await.expect(404);
    let stranger = test.stranger().await;
    assert_eq!(stranger.get("deliveries").await.expect(200).at("/items"), json!([]));
    assert_eq!(double.asked().len(), 0);
}

#[tokio::test]
async fn a_file_that_does_not_fit_the_rules_says_so() {
    let double = Double::start().await;
    let test = TestApp::new().await;
    let release = test.app.releases().current(test.app.today()).unwrap();
    let (wrong, untold) = server::channels::missing(&double.settings(&["no_such"]), &release);
    assert!(wrong[0].zh.contains("no_such"), "{wrong:?}");
    assert!(untold.iter().any(|line| line.zh.contains("可以取车")), "{untold:?}");
    assert!(untold.iter().any(|line| line.zh.contains("过户验证码")), "{untold:?}");
    assert!(!untold.iter().any(|line| line.zh.contains("派工")), "{untold:?}");
}

/// The packs, with the message of the estimate as something nobody asked for.
fn pushy() -> Vec<rulebook::PackSource> {
    let mut packs = server::embedded::packs();
    for pack in &mut packs {
        let Some(messages) = pack.files.get_mut("messages.toml") else { continue };
        let ready = "id = \"estimate_ready\"\n";
        *messages = messages.replace(ready, &format!("{ready}class = \"marketing\"\n"));
    }
    packs
}

#[tokio::test]
async fn who_unsubscribed_gets_no_more_of_what_they_did_not_ask_for() {
    let double = Double::start().await;
    let settings = double.saying("estimate_ready", "unsubscribe");
    let test = TestApp::telling(settings, Some(pushy())).await;
    let advisor = test.advisor().await;
    let unit = test.sold(12).await;
    estimated_on(&test, &advisor, &unit).await;
    test.post().await;
    let asked = double.asked().pop().expect("who agreed is told");
    let word = asked.split("%3A%22").nth(1).unwrap().split("%22").next().unwrap().to_owned();
    assert_eq!(word.len(), 24, "{asked}");

    let end = async |word: &str| {
        let body = json!({ "word": word });
        let request = axum::http::Request::post("/api/v1/unsubscribe")
            .header("x-sanbao", "1")
            .header("content-type", "application/json");
        let request = request.body(axum::body::Body::from(body.to_string())).unwrap();
        test.send(request).await
    };
    let mut forged = word.clone();
    forged.replace_range(20..21, if &word[20..21] == "A" { "B" } else { "A" });
    end(&forged).await.expect(404).refused("not-found");
    end("").await.expect(404);
    end(&word).await.expect(204);
    end(&word).await.expect(204);
    let customer = advisor.get(&format!("units/{unit}")).await.expect(200).str("/customer/id");
    let page = advisor.get(&format!("customers/{customer}")).await.expect(200);
    assert_eq!(page.at("/consent"), json!(false));

    assert!(test.app.store().verify(None).await.unwrap().problems.is_empty());

    // What was on its way to them meanwhile is not sent, and nobody telephones because of it.
    let other = test.sold(12).await;
    let owner = advisor.get(&format!("units/{other}")).await.expect(200).str("/customer/id");
    let case = estimated_on(&test, &advisor, &other).await;
    end(&test.app.store().unsubscribe_word(owner.parse().unwrap())).await.expect(204);
    test.post().await;
    assert_eq!(shown(&advisor, &case).await, ("over".into(), json!("no_consent"), json!([])));
    assert_eq!(double.asked().len(), 0);
}

#[tokio::test]
async fn a_colleague_hears_of_a_message_as_it_comes() {
    let test = TestApp::new().await;
    let advisor = test.advisor().await;
    let unit = test.sold(12).await;
    let case = estimated_on(&test, &advisor, &unit).await;
    let mut leader = test.team_leader().await.listen().await;
    let mut stranger = test.stranger().await.listen().await;
    let form = json!({ "confirmation_signature": advisor.signature().await });
    advisor.act(&case, "confirm", form).await.expect(200);
    advisor.act(&case, "route", json!({})).await.expect(200);
    // The next case ends what is looked at.
    let next = advisor.open_repair(&test.sold(3).await, "异响").await;
    let heard = leader.until_case(&next).await;
    assert!(heard.iter().any(|event| event["kind"] == "messages"), "{heard:?}");
    let there = test.stranger().await;
    let theirs = there.open_repair(&test.sold(3).await, "异响").await;
    assert_eq!(stranger.until_case(&theirs).await, Vec::<Json>::new());
}
