//! A hazard over HTTP: the vehicle is out of use at once, its open order waits, and goes on once
//! the expert group has spoken and the quality department has released it.

use crate::journey::{assign, until_assigned};
use testkit::{TestApp, json};

#[tokio::test]
async fn a_hazard_holds_the_open_order_until_it_is_released() {
    let test = TestApp::new().await;
    let unit = test.sold(5).await;
    let order = until_assigned(&test, &unit, 55).await;
    assign(&test, &order, "chenqiang").await.expect(200);
    let (lina, technician) = (test.advisor().await, test.technician().await);
    let form = json!({ "hazard_kind": "smoke", "hazard_said": "充电时电池冒烟" });
    let hazard = lina.open("hazard", Some(&unit), form).await.expect(201);
    let (id, number) = (hazard.str("/id"), hazard.str("/number"));
    let seen = lina.get(&format!("units/{unit}")).await.expect(200);
    assert_eq!(seen.str("/hazard/number"), number);
    assert_eq!(seen.at("/warnings/0/code"), json!("hazard"));
    let held = technician.act(&order, "start_repair", json!({})).await.refused("require-failed");
    assert!(held.text().contains("CM-26.6"), "{}", held.text());

    let form = json!({
        "isolated_where": "后院空地",
        "apart": { "people": true, "stock": true, "vehicles": true },
        "isolation_photos": technician.photos(&["place"]).await,
    });
    technician.act(&id, "isolate", form).await.expect(200);
    let form = json!({
        "seal_no": "F-0071", "sealed_serials": "BT261100007",
        "evidence_photos": technician.photos(&["whole", "damage", "seal"]).await,
    });
    technician.act(&id, "seal_evidence", form).await.expect(200);
    let quality = test.sign_in("dengchao").await;
    let release = json!({ "released_to": "repair" });
    quality.act(&id, "release", release.clone()).await.refused("require-failed");

    let office = test.sign_in("linxia").await;
    let accident = test.open_cases("quality_accident").await.remove(0);
    let group = json!({ "group_members": "质检部、技术部" });
    office.act(&accident, "name_group", group).await.expect(200);
    let claim =
        json!({ "claim_payer": "supplier", "claim_supplier": "天能", "claim_amount": 120_000 });
    office.act(&accident, "decide_claim", claim.clone()).await.refused("require-failed");
    let verdict = json!({ "accident_verdict": "defect", "verdict_basis": "电芯缺陷" });
    quality.act(&accident, "give_verdict", verdict).await.expect(200);
    office.act(&accident, "decide_claim", claim).await.expect(200);
    test.pass(1).await;
    let untold = quality.act(&id, "release", release.clone()).await.refused("require-failed");
    assert!(untold.text().contains("CM-26.5"), "{}", untold.text());
    let none = json!({ "reportable": false, "not_reportable_why": "未起火" });
    office.act(&id, "report_authority", none).await.expect(200);
    quality.act(&id, "release", release).await.expect(200);
    let seen = lina.get(&format!("units/{unit}")).await.expect(200);
    assert_eq!(seen.at("/hazard"), json!(null));
    technician.act(&order, "start_repair", json!({})).await.expect(200);
}

#[tokio::test]
async fn what_was_opened_with_a_report_in_error_is_withdrawn_with_it() {
    let test = TestApp::new().await;
    let lina = test.advisor().await;
    let form = json!({ "hazard_kind": "shock", "hazard_said": "说是漏电" });
    let hazard = lina.open("hazard", None, form).await.expect(201).str("/id");
    let opened = ["quality_accident", "urgent_matter"];
    for process in opened {
        assert_eq!(test.open_cases(process).await.len(), 1, "{process}");
    }

    // Nobody knew the vehicle at first: it is out of use from the moment it is linked.
    let unit = test.sold(5).await;
    assert_eq!(lina.get(&format!("units/{unit}")).await.expect(200).at("/hazard"), json!(null));
    lina.act(&hazard, "name_vehicle", json!({ "hazard_unit": unit })).await.expect(200);
    let seen = lina.get(&format!("units/{unit}")).await.expect(200);
    assert_eq!(seen.at("/warnings/0/code"), json!("hazard"), "{}", seen.text());
    assert_ne!(seen.at("/hazard"), json!(null));

    let quality = test.sign_in("dengchao").await;
    let form = json!({ "withdrawn_why": "复测绝缘正常" });
    quality.act(&hazard, "withdraw", form).await.expect(200);
    test.pass(1).await;
    for process in opened {
        assert!(test.open_cases(process).await.is_empty(), "{process} is withdrawn too");
    }
    assert_eq!(lina.get(&format!("units/{unit}")).await.expect(200).at("/hazard"), json!(null));
}
