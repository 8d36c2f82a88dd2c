//! What is agreed with a customer or watched on a vehicle is shown on the file, where it is found,
//! and on every open case, for as long as the rulebook says.

#![expect(clippy::unwrap_used, reason = "what is not as it must be ends the test")]

use testkit::{Actor, Json, Reply, TestApp, json};

const NUMBER: &str = "/heeded/0/number";

/// A service asked for at the station of `actor`.
async fn asked(actor: &Actor<'_>, customer: &str) -> Reply {
    let form = json!({
        "special_need": "左手不便", "service_asked": "上门取送", "asked_until": "2027-03-31",
    });
    let subject = json!({ "customer": customer });
    let body = json!({ "process": "custom_service", "subject": subject, "form": form });
    actor.post("cases", body).await.expect(201)
}

/// What a page says is heeded: the values of its first case.
fn said(page: &Reply, at: &str) -> Vec<String> {
    let lines = page.at(&format!("{at}/0/said"));
    let lines = lines.as_array().cloned().unwrap_or_default();
    lines.iter().map(|line| line["value"]["zh"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn an_agreed_service_stands_on_the_file_at_the_desk_and_on_each_case_until_it_ends() {
    let test = TestApp::new().await;
    let unit = test.sold(5).await;
    let (lina, office) = (test.advisor().await, test.sign_in("linxia").await);
    let page = lina.get(&format!("units/{unit}")).await.expect(200);
    let (owner, frame) = (page.str("/owner/id"), page.str("/frame_no"));
    let order = lina.open_repair(&unit, "异响").await;
    let service = asked(&lina, &owner).await;
    let (id, number) = (service.str("/id"), service.at("/number"));
    let file = format!("customers/{owner}");
    assert_eq!(lina.get(&file).await.expect(200).at("/heeded"), json!([]), "not agreed yet");

    let form = json!({
        "service_agreed": "上门取送,周末除外", "valid_until": "2027-02-28",
        "decision_reason": "周末没有人手",
    });
    lina.act(&id, "agree_service", form.clone()).await.refused("not-your-role");
    office.act(&id, "agree_service", form).await.expect(200);
    let shown = lina.get(&file).await.expect(200);
    assert_eq!(shown.at(NUMBER), number);
    assert_eq!(said(&shown, "/heeded"), ["上门取送,周末除外", "左手不便", "2027-02-28"]);
    assert_eq!(shown.at("/heeded/0/said/0/title/en"), json!("Agreed"));
    assert_eq!(shown.at("/heeded/0/case"), json!(id));
    let list = lina.get("customers").await.expect(200);
    let row = |row: &&Json| row["id"] == json!(owner);
    let rows = list.at("/items").as_array().cloned().unwrap();
    assert_eq!(rows.iter().find(row).unwrap()["heeded"][0]["number"], number);
    let found = lina.get(&format!("units?q={frame}")).await.expect(200);
    assert_eq!(found.at("/items/0/heeded/0/number"), number);
    assert_eq!(lina.get(&format!("units/{unit}")).await.expect(200).at(NUMBER), number);
    assert_eq!(lina.case(&order).await.expect(200).at(NUMBER), number);
    // On its own page it stands in the answers.
    assert_eq!(lina.case(&id).await.expect(200).at("/heeded"), json!([]));

    office.act(&id, "end_service", json!({ "end_reason": "用户搬走" })).await.expect(200);
    for path in [file, format!("units/{unit}"), format!("cases/{order}")] {
        let after = lina.get(&path).await.expect(200).json();
        assert!(after["heeded"].as_array().is_none_or(Vec::is_empty), "{path}");
    }
}

#[tokio::test]
async fn another_station_heeds_what_it_cannot_open_and_is_not_told_before_it_serves() {
    let test = TestApp::new().await;
    let unit = test.sold(5).await;
    let (lina, office) = (test.advisor().await, test.sign_in("linxia").await);
    let page = lina.get(&format!("units/{unit}")).await.expect(200);
    let service = asked(&lina, &page.str("/owner/id")).await;
    office.act(&service.str("/id"), "agree_service", json!({})).await.expect(200);
    let stranger = test.stranger().await;
    let found = stranger.get(&format!("units?q={}", page.str("/frame_no"))).await.expect(200);
    assert_eq!(found.at("/items/0/heeded"), Json::Null, "nobody of theirs yet");
    let order = stranger.open_repair(&unit, "没电").await;
    let seen = stranger.case(&order).await.expect(200);
    assert_eq!(seen.at(NUMBER), service.at("/number"));
    assert_eq!(seen.at("/heeded/0/case"), Json::Null, "the case is another station's");
    assert_eq!(said(&seen, "/heeded")[0], "上门取送");
}

#[tokio::test]
async fn an_agreement_ends_by_itself_and_is_renewed() {
    let test = TestApp::new().await;
    let unit = test.sold(5).await;
    let (lina, office) = (test.advisor().await, test.sign_in("linxia").await);
    let owner = lina.get(&format!("units/{unit}")).await.expect(200).str("/owner/id");
    let service = asked(&lina, &owner).await;
    let id = service.str("/id");
    office.act(&id, "agree_service", json!({})).await.expect(200);
    test.pass_until("2027-04-01T00:01:00+08:00").await;
    let after = test.advisor().await.case(&id).await.expect(200);
    assert_eq!(after.at("/tracks/0/state/id"), json!("ended"), "{}", after.text());
    let file = test.advisor().await.get(&format!("customers/{owner}")).await.expect(200);
    assert_eq!(file.at("/heeded"), json!([]));
    let renewed = json!({ "valid_until": "2027-09-30", "decision_reason": "用户续约" });
    let office = test.sign_in("linxia").await;
    office.act(&id, "change_service", renewed).await.expect(200);
    let file = test.advisor().await.get(&format!("customers/{owner}")).await.expect(200);
    assert_eq!(said(&file, "/heeded"), ["上门取送", "左手不便", "2027-09-30"]);
}
