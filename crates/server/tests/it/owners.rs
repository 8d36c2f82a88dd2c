//! Change of owner (过户): both agree, the vehicle goes over with its record and its terms, and the
//! seller's data stays behind.

#![expect(clippy::unwrap_used, reason = "what is not as it must be ends the test")]

use store::code::About;
use testkit::{Actor, Json, Reply, TestApp, json};

const BUYER: &str = "李春梅";
const PHONE: &str = "13905710002";

async fn vehicle(actor: &Actor<'_>, unit: &str) -> Reply {
    actor.get(&format!("units/{unit}")).await.expect(200)
}

/// What is said when a vehicle is to go to the buyer.
async fn asked(actor: &Actor<'_>, unit: &str) -> Json {
    let page = vehicle(actor, unit).await;
    json!({
        "frame_read": page.str("/frame_no"), "card_lost": page.at("/card_no").is_null(),
        "card_no": page.at("/card_no"), "buyer": { "name": BUYER, "phone": PHONE },
    })
}

fn in_person(who: &str) -> Json {
    json!({ format!("{who}_means"): "identity", format!("{who}_document"): "identity_card",
        format!("{who}_last4"): "123X" })
}

fn told() -> Json {
    json!({ "told": { "terms": true, "history": true, "marks": true } })
}

async fn signed(actor: &Actor<'_>, card: &str) -> Json {
    json!({ "new_card": card, "seller_signature": actor.signature().await,
        "buyer_signature": actor.signature().await })
}

/// Everything up to the signatures.
async fn agreed(actor: &Actor<'_>, unit: &str) -> String {
    let case = actor.open("ownership_transfer", Some(unit), asked(actor, unit).await).await;
    let case = case.expect(201).str("/id");
    actor.act(&case, "agree_seller", in_person("seller")).await.expect(200);
    actor.act(&case, "agree_buyer", in_person("buyer")).await.expect(200);
    actor.act(&case, "tell", told()).await.expect(200);
    case
}

/// The code that waits for somebody.
async fn code(test: &TestApp, customer: &str) -> String {
    let waiting = test.app.store().waiting_messages(customer.parse().unwrap(), test.now()).await;
    let message = waiting.unwrap().into_iter().next().expect("a message waits");
    assert_eq!(message.message, "transfer_code");
    message.args["code"].as_str().unwrap().to_owned()
}

fn owner(page: &Reply) -> String {
    page.str("/owner/id")
}

#[tokio::test]
async fn a_vehicle_goes_over_with_its_terms_and_the_seller_stays_behind() {
    let test = TestApp::new().await;
    let unit = test.sold(8).await;
    let lina = test.advisor().await;
    let before = vehicle(&lina, &unit).await;
    let seller = owner(&before);
    let case = agreed(&lina, &unit).await;
    assert_eq!(owner(&vehicle(&lina, &unit).await), seller, "nothing moves before the signatures");
    let rows = lina.case(&case).await.expect(200).at("/data/terms_left");
    let frame = rows.as_array().unwrap().iter().all(|row| row["days_left"].is_number());
    assert!(frame && !rows.as_array().unwrap().is_empty(), "{rows}");
    let done = lina.act(&case, "transfer", signed(&lina, "NEWCARD-1").await).await.expect(200);
    assert_eq!(done.str("/tracks/0/state/id"), "transferred");

    let after = vehicle(&lina, &unit).await;
    assert_ne!(owner(&after), seller);
    assert_eq!(after.str("/owner/name_masked"), "李*梅");
    assert_eq!(after.str("/card_no"), "NEWCARD-1");
    let bars = |page: &Reply| page.at("/coverage/bars");
    assert_eq!(bars(&after), bars(&before), "the terms are those of the first sale");
    // Who had it stands in its history, masked, and nowhere else.
    let mut others = after.json();
    assert_eq!(others["owners"].take()[0]["name_masked"], "王*明");
    assert!(!others.to_string().contains("王*明"), "{others}");
    // The seller's name leads to no vehicle any more, the buyer's does.
    let hits = async |q: &str| lina.get(&format!("units?q={q}")).await.expect(200).at("/items");
    assert_eq!(hits("王小明").await, json!([]));
    assert_eq!(hits(PHONE).await[0]["id"], json!(unit));
    // Both numbers of the paper are masked, and both signatures freeze it.
    let page = lina.case(&case).await.expect(200);
    assert_eq!(page.str("/documents/0/status"), "frozen", "{}", page.at("/documents"));
    let paper = lina.get(&format!("documents/{}", page.str("/documents/0/id"))).await.expect(200);
    let paper = paper.text();
    assert!(paper.contains("李*梅") && paper.contains("王*明") && paper.contains("NEWCARD-1"));
    assert!(!paper.contains(BUYER) && !paper.contains(PHONE) && !paper.contains("王小明"));
    // The case's data names nobody in clear, and the entry of the vehicle says who gave it to whom.
    assert!(!page.text().contains(BUYER) && !page.text().contains("123X"), "{}", page.text());
    assert!(test.app.store().verify(None).await.unwrap().problems.is_empty());
}

#[tokio::test]
async fn each_reads_back_a_code_of_their_own() {
    let test = TestApp::new().await;
    let unit = test.sold(8).await;
    let lina = test.advisor().await;
    let seller = owner(&vehicle(&lina, &unit).await);
    let form = asked(&lina, &unit).await;
    let case = lina.open("ownership_transfer", Some(&unit), form).await.expect(201);
    let (case, buyer) = (case.str("/id"), case.str("/data/buyer"));
    let read = |who: &str, code: &str| {
        let means = format!("{who}_means");
        json!({ means: "code", format!("{who}_code"): code })
    };
    lina.act(&case, "agree_buyer", read("buyer", "123456")).await.refused("form-invalid");
    // Nobody may say that a code was right but who compared it.
    let forged = json!({ "buyer_means": "code", "buyer_code": true });
    lina.act(&case, "agree_buyer", forged).await.refused("form-invalid");
    lina.act(&case, "send_codes", json!({})).await.expect(200);
    let (sold, bought) = (code(&test, &seller).await, code(&test, &buyer).await);
    let other = if sold == bought { "000000" } else { &sold };
    lina.act(&case, "agree_buyer", read("buyer", other)).await.refused("form-invalid");
    lina.act(&case, "agree_buyer", read("buyer", &bought)).await.expect(200);
    // A code guessed wrong five times is void, also for who then reads the right one.
    for _ in 0..5 {
        let wrong = if sold == "111111" { "222222" } else { "111111" };
        lina.act(&case, "agree_seller", read("seller", wrong)).await.refused("form-invalid");
    }
    let void = lina.act(&case, "agree_seller", read("seller", &sold)).await.refused("form-invalid");
    assert!(void.text().contains("当面核对证件"), "{}", void.text());
    lina.act(&case, "send_codes", json!({})).await.expect(200);
    let again = code(&test, &seller).await;
    test.pass(11).await;
    let late = lina.act(&case, "agree_seller", read("seller", &again)).await;
    late.refused("form-invalid");
    lina.act(&case, "send_codes", json!({})).await.expect(200);
    let again = code(&test, &seller).await;
    let done = lina.act(&case, "agree_seller", read("seller", &again)).await.expect(200);
    assert_eq!(done.str("/tracks/0/state/id"), "agreed");
    assert!(!done.text().contains(&again), "the code stands nowhere");
    let used = test.app.store();
    let about = About::Case(case.parse().unwrap());
    let guess = used.guess_code(seller.parse().unwrap(), about, &again, test.now()).await.unwrap();
    assert_eq!(guess, store::code::Guess::None, "a code is good once");
}

#[tokio::test]
async fn what_should_not_change_hands_does_not() {
    let test = TestApp::new().await;
    let (unit, other) = (test.sold(8).await, test.sold(9).await);
    let lina = test.advisor().await;
    let page = vehicle(&lina, &unit).await;
    let refused = async |form: Json, rule: &str| {
        let reply = lina.open("ownership_transfer", Some(&unit), form).await.expect(422);
        assert!(reply.str("/rule").ends_with(rule), "{rule}: {}", reply.text());
    };
    let mut form = asked(&lina, &unit).await;
    form["buyer"] = json!(owner(&page));
    refused(form, "two_people").await;
    let mut form = asked(&lina, &unit).await;
    form["frame_read"] = json!("SOMETHING-ELSE");
    refused(form, "frame_matches").await;
    for buyer in [
        json!({ "name": "", "phone": PHONE }),
        json!({ "name": BUYER, "phone": "12" }),
        json!("cust_0000000000000"),
        json!(["x"]),
        json!({ "name": BUYER, "id": "1" }),
    ] {
        let mut form = asked(&lina, &unit).await;
        form["buyer"] = buyer;
        lina.open("ownership_transfer", Some(&unit), form).await.refused("form-invalid");
    }
    // The card of another vehicle is not given out again, nor one that is void.
    let case = agreed(&lina, &unit).await;
    lina.act(&case, "transfer", signed(&lina, "CARD-A").await).await.expect(200);
    let case = agreed(&lina, &other).await;
    let taken =
        lina.act(&case, "transfer", signed(&lina, "CARD-A").await).await.refused("conflict");
    assert!(taken.text().contains("一车一卡"), "{}", taken.text());
    lina.act(&case, "transfer", signed(&lina, "CARD-B").await).await.expect(200);
}

#[tokio::test]
async fn who_sold_is_erased_without_who_bought() {
    let test = TestApp::new().await;
    let unit = test.sold(120).await;
    let lina = test.advisor().await;
    let seller = owner(&vehicle(&lina, &unit).await);
    let case = agreed(&lina, &unit).await;
    let officer = test.sign_in("guoqiang").await;
    let buyer = lina.case(&case).await.expect(200).str("/data/buyer");
    let held = officer.get(&format!("customers/{buyer}/record")).await.expect(200);
    assert_eq!(held.str("/held/0/kind"), "case", "an open case holds the buyer's data too");
    lina.act(&case, "transfer", signed(&lina, "CARD-C").await).await.expect(200);
    test.pass(60 * 24 * (3 * 366)).await;
    let (lina, officer) = (test.advisor().await, test.sign_in("guoqiang").await);
    let erasure = format!("customers/{seller}/erasure");
    let done = officer.post(&erasure, json!({ "ground": "asked" })).await.expect(200);
    assert_eq!(done.at("/erased"), json!(true), "{}", done.text());
    let page = vehicle(&lina, &unit).await;
    assert_eq!(page.str("/owner/name_masked"), "李*梅");
    assert_eq!(page.str("/owners/0/name_masked"), "已删除 · Erased", "{}", page.at("/owners"));
    assert!(test.app.store().verify(None).await.unwrap().problems.is_empty());
    // And who bought, without who sold.
    let unit = test.sold(130).await;
    let case = agreed(&lina, &unit).await;
    lina.act(&case, "transfer", signed(&lina, "CARD-D").await).await.expect(200);
    test.pass(60 * 24 * (3 * 366)).await;
    let officer = test.sign_in("guoqiang").await;
    let lina = test.advisor().await;
    let erasure = format!("customers/{buyer}/erasure");
    officer.post(&erasure, json!({ "ground": "asked" })).await.expect(200);
    let page = lina.case(&case).await.expect(200);
    assert!(!page.text().contains("李*梅"), "{}", page.text());
    let paper = lina.get(&format!("documents/{}", page.str("/documents/0/id"))).await;
    assert!(paper.expect(404).str("/detail").contains("已删除"));
    assert!(test.app.store().verify(None).await.unwrap().problems.is_empty());
}

#[tokio::test]
async fn another_station_reads_no_owners_of_a_vehicle_it_never_served() {
    let test = TestApp::new().await;
    let unit = test.sold(8).await;
    let lina = test.advisor().await;
    let case = agreed(&lina, &unit).await;
    lina.act(&case, "transfer", signed(&lina, "CARD-E").await).await.expect(200);
    let owners = vehicle(&lina, &unit).await.at("/owners");
    assert_eq!(owners[0]["name_masked"], json!("王*明"), "{owners}");
    assert!(owners[0]["through"].is_string(), "{owners}");
    let stranger = test.stranger().await;
    let page = vehicle(&stranger, &unit).await;
    assert_eq!(page.at("/owners"), json!([]), "{}", page.text());
    stranger.case(&case).await.expect(404);
    // The void card leads to the vehicle and says that it is void.
    let cards = vehicle(&lina, &unit).await.at("/cards");
    if let Some(old) = cards[0]["card_no"].as_str() {
        let found = stranger.get(&format!("units?q={old}")).await.expect(200);
        assert_eq!(found.at("/items/0/void_card"), json!(old), "{}", found.text());
    }
}

#[tokio::test]
async fn a_number_is_corrected_by_the_persons_own_word() {
    let test = TestApp::new().await;
    let unit = test.sold(8).await;
    let (lina, officer) = (test.advisor().await, test.sign_in("guoqiang").await);
    let customer = owner(&vehicle(&lina, &unit).await);
    let place = format!("customers/{customer}/corrections");
    let by = |proof: Json| json!({ "phone": "13900001234", "proof": proof });
    let code_of = async || {
        let id = customer.parse().unwrap();
        let waiting = test.app.store().waiting_messages(id, test.now()).await.unwrap();
        waiting[0].args["code"].as_str().unwrap().to_owned()
    };
    let refused = async |actor: &Actor<'_>, body: Json, words: &str| {
        let reply = actor.post(&place, body).await.refused("form-invalid");
        assert!(reply.text().contains(words), "{}", reply.text());
    };
    let read = |code: &str| by(json!({ "means": "code", "code": code }));
    refused(&lina, read("123456"), "已失效").await;
    refused(&lina, by(json!({ "means": "officer", "reason": "来信" })), "个人信息保护负责人").await;
    let document =
        |last4: &str| json!({ "means": "identity", "document": "passport", "last4": last4 });
    refused(&lina, by(document("12")), "四个字符").await;
    refused(&lina, json!({ "proof": document("1234") }), "请填写").await;
    refused(&lina, json!({ "phone": "12", "proof": document("1234") }), "手机号").await;

    assert_eq!(lina.post(&format!("{place}/code"), json!({})).await.expect(200).at("/sent"), true);
    let right = code_of().await;
    let wrong = if right == "111111" { "222222" } else { "111111" };
    for _ in 0..5 {
        lina.post(&place, read(wrong)).await.refused("form-invalid");
    }
    refused(&lina, read(&right), "已失效").await;
    lina.post(&format!("{place}/code"), json!({})).await.expect(200);
    let done = lina.post(&place, read(&code_of().await)).await.expect(200);
    assert_eq!(done.str("/phone_masked"), "139****1234");
    // Found by the new number alone, and on record without a word of it in clear.
    let found =
        async |q: &str| lina.get(&format!("customers?q={q}")).await.expect(200).at("/items");
    assert_eq!(found("13900001234").await[0]["id"], json!(customer));
    let record = officer.get(&format!("customers/{customer}/record")).await.expect(200);
    assert_eq!(record.str("/events/0/event"), "corrected");
    assert_eq!(record.at("/events/0/fields"), json!(["phone"]));
    assert_eq!(record.str("/events/0/means"), "code");
    lina.post(&place, json!({ "name": "王晓明", "proof": document("12ab") })).await.expect(200);
    assert_eq!(found("wangxiaoming").await.as_array().unwrap().len(), 1);
    let why = by(json!({ "means": "officer", "reason": "法院来函更正" }));
    officer.post(&place, why).await.expect(200);
    assert!(test.app.store().verify(None).await.unwrap().problems.is_empty());
    test.stranger().await.post(&place, by(document("1234"))).await.expect(404);
}
