//! Two files of one person become one: everything goes over, the old number leads to it, and the
//! merge is taken back while nothing rests on it.

#![expect(clippy::unwrap_used, reason = "what is not as it must be ends the test")]

use std::slice::from_ref;
use testkit::{Actor, Json, Reply, TestApp, json};

const PHONE: &str = "13977006677";

/// A file as the desk makes it.
async fn file(actor: &Actor<'_>, name: &str, phone: &str, address: &str) -> String {
    let body = json!({ "name": name, "phone": phone, "address": address, "consent": true });
    actor.post("customers", body).await.expect(201).str("/id")
}

/// Two files of one person: one made with a nickname, each with a case of its own.
async fn twice(test: &TestApp, actor: &Actor<'_>) -> (String, String, String) {
    let unit = test.sold(4).await;
    let owner = actor.get(&format!("units/{unit}")).await.expect(200).str("/owner/id");
    let other = file(actor, "王晓明", PHONE, "江城区解放路18号").await;
    let subject = json!({ "unit": unit, "customer": other });
    let form = json!({ "call_kind": "question", "call_matter": "保养多少钱" });
    let body = json!({ "process": "phone_log", "subject": subject, "form": form });
    let case = actor.post("cases", body).await.expect(201).str("/id");
    (owner, other, case)
}

fn merging(gone: &str, take: &[&str]) -> Json {
    json!({ "gone": gone, "take": take, "reason": "同一人，来电核对过" })
}

async fn merge(actor: &Actor<'_>, kept: &str, gone: &str, take: &[&str]) -> Reply {
    actor.post(&format!("customers/{kept}/merge"), merging(gone, take)).await
}

fn ids(reply: &Reply) -> Vec<String> {
    let items = reply.at("/items");
    items.as_array().unwrap().iter().map(|i| i["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn two_files_become_one_and_the_old_number_leads_there() {
    let test = TestApp::new().await;
    let (lina, office) = (test.advisor().await, test.sign_in("guoqiang").await);
    let (owner, other, case) = twice(&test, &lina).await;
    let pair = office.get(&format!("customers/{owner}/compare/{other}")).await.expect(200);
    assert_eq!(pair.at("/alike"), json!(["vehicle"]));
    assert_eq!(pair.at("/refused"), Json::Null);
    merge(&lina, &owner, &other, &[]).await.refused("forbidden");
    merge(&office, &owner, &owner, &[]).await.refused("merge-refused");
    let short = json!({ "gone": other, "reason": "" });
    office.post(&format!("customers/{owner}/merge"), short).await.refused("reason-needed");
    merge(&office, &owner, &other, &["phone", "colour"]).await.refused("form-invalid");

    let kept = merge(&office, &owner, &other, &["phone"]).await.expect(200);
    assert_eq!(kept.str("/id"), owner);
    assert_eq!(kept.str("/phone_masked"), "139****6677");
    assert_eq!(kept.str("/name_masked"), "王*明", "the name of the kept file stays");
    assert!(kept.at("/address_masked").is_string(), "what was missing is taken");
    // The other's number leads to the kept file, and so does a search by either number.
    let page = lina.get(&format!("customers/{other}")).await.expect(200);
    assert_eq!(page.str("/id"), owner);
    let cases = page.at("/cases");
    assert!(cases.as_array().unwrap().iter().any(|row| row["id"] == json!(case)), "{cases}");
    assert_eq!(ids(&lina.get(&format!("customers?q={PHONE}")).await.expect(200)), from_ref(&owner));
    assert_eq!(ids(&lina.get("customers?q=王晓明").await.expect(200)), from_ref(&owner));
    let list = lina.get(&format!("customers/{other}/dealings")).await.expect(200);
    assert!(list.text().contains("\"merged\"") && list.text().contains("保养多少钱"));
    // Whoever comes again under either name is the kept file.
    assert_eq!(file(&lina, "王晓明", PHONE, "").await, owner);
    // The case goes on under the kept file.
    lina.act(&case, "answer_call", json!({ "call_answer": "八十元" })).await.expect(200);
    assert!(test.app.store().verify(None).await.unwrap().problems.is_empty());
}

#[tokio::test]
async fn a_merge_is_taken_back_while_nothing_rests_on_it() {
    let test = TestApp::new().await;
    let (lina, office) = (test.advisor().await, test.sign_in("guoqiang").await);
    let (owner, other, case) = twice(&test, &lina).await;
    let before = lina.get(&format!("customers/{owner}")).await.expect(200);
    let tag = async |customer: &str, tags: &[&str], were: &[&str]| {
        let body = json!({ "tags": tags, "were": were });
        let reply = lina.put(&format!("customers/{customer}/tags"), body).await.expect(200);
        let tags = reply.at("/tags");
        tags.as_array().unwrap().iter().map(|tag| tag["id"].clone()).collect::<Vec<_>>()
    };
    tag(&owner, &["fleet"], &[]).await;
    tag(&other, &["fleet", "large_print"], &[]).await;
    merge(&office, &owner, &other, &["name", "phone"]).await.expect(200);
    let both = ["fleet", "large_print"];
    tag(&owner, &["fleet", "large_print", "cannot_come"], &both).await;
    let merges = office.get(&format!("customers/{owner}/merges")).await.expect(200);
    assert_eq!(merges.at("/items/0/rests"), Json::Null, "{}", merges.text());
    let id = merges.str("/items/0/id");
    let part = format!("customers/{owner}/merges/{id}/part");
    let why = json!({ "reason": "是两父子" });
    office.post(&part, why.clone()).await.expect(204);
    office.post(&part, why.clone()).await.refused("not-found");
    let after = lina.get(&format!("customers/{owner}")).await.expect(200);
    for field in ["/name_masked", "/phone_masked", "/address_masked", "/consent"] {
        assert_eq!(after.at(field), before.at(field), "{field}");
    }
    let again = lina.get(&format!("customers/{other}")).await.expect(200);
    assert_eq!(again.str("/id"), other);
    assert_eq!(tag(&other, &["fleet"], &both).await, ["fleet"], "its tags are its own again");
    let kept = lina.get(&format!("customers/{owner}/standing")).await.expect(200).at("/tags");
    assert_eq!((&kept[0]["id"], &kept[1]["id"]), (&json!("cannot_come"), &json!("fleet")));
    assert_eq!(again.str("/cases/0/id"), case);
    assert_eq!(ids(&lina.get(&format!("customers?q={PHONE}")).await.expect(200)), from_ref(&other));

    // Merged again and worked on: by now the answer lies in the kept file.
    merge(&office, &owner, &other, &[]).await.expect(200);
    lina.act(&case, "answer_call", json!({ "call_answer": "八十元" })).await.expect(200);
    let merges = office.get(&format!("customers/{owner}/merges")).await.expect(200);
    assert!(merges.str("/items/0/rests/zh").contains("又办理过"), "{}", merges.text());
    let id = merges.str("/items/0/id");
    let part = format!("customers/{owner}/merges/{id}/part");
    office.post(&part, why).await.refused("merge-refused");
    assert!(test.app.store().verify(None).await.unwrap().problems.is_empty());
}

#[tokio::test]
async fn a_hold_or_an_open_transfer_between_the_two_forbids_a_merge() {
    let test = TestApp::new().await;
    let (lina, office) = (test.advisor().await, test.sign_in("guoqiang").await);
    let (owner, other, _) = twice(&test, &lina).await;
    let lawsuit = json!({ "reason": "诉讼" });
    let record = office.post(&format!("customers/{other}/holds"), lawsuit).await.expect(200);
    merge(&office, &owner, &other, &[]).await.refused("merge-refused");
    let reasons = record.at("/held");
    let hold = reasons.as_array().unwrap().iter().find(|one| one["kind"] == "hold").unwrap();
    let lift = format!("customers/{other}/holds/{}/lift", hold["subject"].as_str().unwrap());
    office.post(&lift, json!({})).await.expect(200);
    let unit = test.sold(8).await;
    let page = lina.get(&format!("units/{unit}")).await.expect(200);
    let seller = page.str("/owner/id");
    let form = json!({ "frame_read": page.str("/frame_no"), "card_lost": false,
        "card_no": page.at("/card_no"), "buyer": { "name": "王晓明", "phone": PHONE } });
    lina.open("ownership_transfer", Some(&unit), form).await.expect(201);
    let pair = office.get(&format!("customers/{seller}/compare/{other}")).await.expect(200);
    assert!(pair.str("/refused/zh").contains("当事人"), "{}", pair.text());
    merge(&office, &seller, &other, &[]).await.refused("merge-refused");
}

#[tokio::test]
async fn likely_duplicates_are_proposed_until_somebody_says_they_are_two() {
    let test = TestApp::new().await;
    let (lina, office) = (test.advisor().await, test.sign_in("guoqiang").await);
    // The same person with two numbers and nearly one address, and a namesake who lives elsewhere.
    let one = file(&lina, "诸葛瑾", "13977005501", "江城区解放路18号3栋2单元").await;
    let two = file(&lina, "诸葛瑾", "13977005502", "江城区解放路18号3栋").await;
    file(&lina, "诸葛瑾", "13977005503", "临江镇人民路1号").await;
    // A number that called without a name, and later with one while another file had it.
    let likely = lina.get(&format!("customers/{one}/likely")).await.expect(200);
    assert_eq!(likely.at("/items").as_array().map(Vec::len), Some(1), "{}", likely.text());
    assert_eq!(likely.str("/items/0/other/id"), two);
    assert_eq!(likely.at("/items/0/alike"), json!(["name", "address"]));
    office.post(&format!("customers/{one}/apart"), json!({ "other": two })).await.expect(204);
    let likely = lina.get(&format!("customers/{two}/likely")).await.expect(200);
    assert_eq!(likely.at("/items"), json!([]));

    // The list goes by telephone: a corrected number makes two files of one.
    let proof = json!({ "means": "identity", "document": "passport", "last4": "1234" });
    let right = json!({ "phone": "13977005501", "proof": proof });
    let three = file(&lina, "诸葛瑾", "13977005504", "").await;
    lina.post(&format!("customers/{three}/corrections"), right).await.expect(200);
    let list = office.get("duplicates").await.expect(200);
    let pairs = list.at("/items");
    let pair = (pairs[0]["one"]["id"].clone(), pairs[0]["other"]["id"].clone());
    assert_eq!((pairs.as_array().map(Vec::len), pair), (Some(1), (json!(one), json!(three))));
    lina.get("duplicates").await.refused("forbidden");
}

#[tokio::test]
async fn an_erasure_takes_every_file_that_became_one() {
    let test = TestApp::new().await;
    let office = test.sign_in("guoqiang").await;
    let one = file(&office, "诸葛瑾", "13977005511", "").await;
    let two = file(&office, "诸葛子瑜", "13977005512", "").await;
    merge(&office, &one, &two, &[]).await.expect(200);
    let asked = json!({ "ground": "asked" });
    let record = office.post(&format!("customers/{two}/erasure"), asked).await.expect(200);
    assert_eq!(record.at("/erased"), json!(true), "{}", record.text());
    for id in [&one, &two] {
        let file = test.app.store().customer(id.parse().unwrap()).await.unwrap();
        assert!(file.erased && file.name.is_none() && file.phone.is_none(), "{id}");
    }
    assert_eq!(office.get("customers?q=诸葛子瑜").await.expect(200).at("/items"), json!([]));
    merge(&office, &one, &file(&office, "诸葛瑾", "13977005511", "").await, &[])
        .await
        .refused("merge-refused");
    assert!(test.app.store().verify(None).await.unwrap().problems.is_empty());
}
