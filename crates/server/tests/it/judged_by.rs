//! A verdict is given by the release of the sale or a later better one, and the law is its floor.

use testkit::{TestApp, json};

/// Publishes the packs that are in force with another length of the battery's term.
async fn publish(test: &TestApp, battery: &str, version: &str, effective: base::Day) {
    let app = &test.app;
    let current = app.releases().current(app.today()).expect("a release");
    let mut packs = current.sources.clone();
    let pack = packs.iter_mut().find(|pack| pack.dir.ends_with("ebike-maker")).expect("the pack");
    let edit = |pack: &mut rulebook::PackSource, file: &str, from: &str, to: &str| {
        let content = pack.files.get_mut(file).expect("the file");
        assert!(content.contains(from), "{file} has no {from}");
        *content = content.replace(from, to);
    };
    edit(pack, "tables/term.csv", "二十四个月", battery);
    edit(pack, "rulebook.toml", "version = \"1.0.0\"", &format!("version = \"{version}\""));
    let now = app.now();
    app.releases().publish(app.store(), &packs, effective, now).await.expect("it is right");
}

#[tokio::test]
async fn the_promise_of_the_sale_is_kept_and_the_law_is_its_floor() {
    let test = TestApp::new().await;
    let advisor = test.advisor().await;
    let today = test.app.today();
    let back = |days: i64| base::time::add_days(today, -days).expect("a day");
    publish(&test, "十二个月", "2.0.0", back(300)).await;
    let ask = |invoice: base::Day, fault: &str, component: &str| {
        json!({
            "product": "ebike", "component": component, "fault": fault, "sale_channel": "store",
            "invoice_date": invoice.to_string(), "reported_on": today.to_string(),
            "evidence": {"invoice": true, "card": true, "card_matches": true},
        })
    };
    let old = advisor.post("verdicts", ask(back(500), "no_charge", "li_battery")).await.expect(200);
    assert_eq!(old.str("/remedy"), "replace");
    assert_eq!(old.str("/judged_by/release/version"), "ebike-maker 1.0.0");
    assert_eq!(old.str("/judged_by/sale/effective"), "2000-01-01");
    let new = advisor.post("verdicts", ask(back(200), "no_charge", "li_battery")).await.expect(200);
    assert_eq!(new.str("/judged_by/release/version"), "ebike-maker 2.0.0");
    let week =
        advisor.post("verdicts", ask(back(6), "no_function", "controller")).await.expect(200);
    assert_eq!(week.str("/remedy"), "refund");
    assert_eq!(week.str("/law/decides"), "floor/performance-7d");
    assert_eq!(week.str("/law/company/remedy"), "replace");
    assert!(week.str("/law/rows/0/source").contains("消费者权益保护法"));
}

#[tokio::test]
async fn what_a_release_changed_is_told_in_sentences() {
    let test = TestApp::new().await;
    let advisor = test.advisor().await;
    let none = advisor.get("rulebook/changes").await.expect(200).json();
    assert_eq!(none["items"], json!([]), "nothing was before the first");
    let before = test.app.releases().current(test.app.today()).expect("a release").hash.clone();
    publish(&test, "十二个月", "2.0.0", test.app.today()).await;
    let releases = advisor.get("rulebook/releases").await.expect(200).json();
    assert_eq!(releases["items"][0]["in_force"], true, "{releases}");
    assert_eq!(releases["items"][1]["release"]["hash"], before.as_str());
    let told = advisor.get("rulebook/changes").await.expect(200).json();
    let sentence = |text: &str| {
        let items = told["items"].as_array().into_iter().flatten();
        items
            .clone()
            .any(|item| item["sentences"][0]["zh"].as_str().is_some_and(|s| s.contains(text)))
    };
    assert!(sentence("期限由 24个月 改为 12个月"), "{told}");
    assert!(sentence("版本由 1.0.0 改为 2.0.0"), "{told}");
    let back = advisor.get(&format!("rulebook/changes?to={before}&from={before}")).await;
    assert_eq!(back.expect(200).json()["items"], json!([]));
    advisor.get("rulebook/changes?from=nowhere").await.expect(404);
}
