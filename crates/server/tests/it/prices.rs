//! Prices over HTTP: entered ahead, in force from midnight by the clock, capped by the standard,
//! kept to who may change them, in and out by Excel.

use rust_xlsxwriter::Workbook;
use testkit::{Actor, Json, Reply, TestApp, json};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const MINUTES_TO_MIDNIGHT: i64 = 14 * 60;

/// A repair order of a battery out of its term, ready to be estimated.
async fn to_estimate(test: &TestApp) -> String {
    let unit = test.sold(40).await;
    let advisor = test.advisor().await;
    let case = advisor.open_repair(&unit, "续航短").await;
    let slots = ["front", "back", "plate", "odometer"];
    let form = json!({
        "identity_confirmed": true,
        "evidence": { "card": true, "card_matches": true, "invoice": true },
        "condition": { "exterior": true, "power": true, "brakes": true, "lights": true,
            "belongings": true },
        "photos_in": advisor.photos(&slots).await,
    });
    advisor.act(&case, "double_check", form).await.expect(200);
    let form = json!({ "reproduced": true, "component": "li_battery", "fault": "low_capacity",
        "capacity": { "value": 55, "instrument": "BT-3", "temperature": 22, "charge": 100 } });
    test.technician().await.act(&case, "diagnose", form).await.expect(200);
    advisor.act(&case, "judge", json!({})).await.expect(200);
    case
}

fn estimate(lines: &Json) -> Json {
    json!({ "plan": "更换", "lines": lines, "planned_hours": 1.5,
        "promised_at": "2026-11-23T16:00:00+08:00" })
}

/// The lines of an estimate as the server would price them now.
async fn priced(advisor: &Actor<'_>, case: &str, lines: &Json) -> Json {
    let path = format!("cases/{case}/actions/estimate/preview");
    let reply = advisor.post(&path, json!({ "form": estimate(lines) })).await.expect(200);
    let fields = reply.at("/form/fields").as_array().cloned().unwrap_or_default();
    let lines = fields.iter().find(|field| field["id"] == "lines").cloned().unwrap_or_default();
    lines["value"].clone()
}

async fn enter(actor: &Actor<'_>, class: &str, stars: Option<u8>, fen: i64, from: &str) -> Reply {
    let body = json!({ "code": "BAT-48-20", "class": class, "stars": stars, "amount": fen,
        "effective_from": from });
    actor.post("prices", body).await
}

#[tokio::test]
async fn a_price_entered_ahead_holds_from_midnight_without_a_restart() {
    let test = TestApp::new().await;
    let department = test.sign_in("linxia").await;
    let case = to_estimate(&test).await;
    enter(&department, "retail", None, 118_800, "2026-11-22").await.expect(201);
    enter(&department, "ex_factory", None, 100_000, "2026-11-22").await.expect(201);

    let shown = department.get("prices?q=BAT-48-20").await.expect(200);
    let retail = shown.at("/items/0/prices/2");
    assert_eq!((&retail["amount"], &retail["since"]), (&json!(128_000), &Json::Null));
    assert_eq!(retail["next"], json!({ "amount": 118_800, "from": "2026-11-22", "stars": null }));

    let line = json!([{ "id": "1", "item": "BAT-48-20", "quantity": 1000, "payer": "customer" }]);
    test.pass(MINUTES_TO_MIDNIGHT - 1).await;
    let advisor = test.advisor().await;
    let before = priced(&advisor, &case, &line).await;
    assert_eq!(before[0]["unit_price"], 128_000, "23:59 {before}");
    test.pass(1).await;
    let after = priced(&advisor, &case, &line).await;
    let got = ["unit_price", "list_price", "base_price", "price_class", "price_from"]
        .map(|key| after[0][key].clone());
    let wanted = json!([118_800, 118_800, 100_000, "retail", "2026-11-22"]);
    assert_eq!(json!(got), wanted, "00:00 {after}");
    assert_eq!(after[0]["price_clause"], json!(["EB-6.5.2a", "EB-8.3.1a"]));

    // The cap moves with what the station pays: 120 % of 1,000.00.
    let too_much = json!([{ "id": "1", "item": "BAT-48-20", "quantity": 1000,
        "payer": "customer", "unit_price": 120_001 }]);
    let refused = advisor.act(&case, "estimate", estimate(&too_much)).await.expect(422);
    assert_eq!(refused.str("/clauses/0/id"), "EB-6.5.2a", "{}", refused.text());
    let just = json!([{ "id": "1", "item": "BAT-48-20", "quantity": 1000,
        "payer": "customer", "unit_price": 120_000 }]);
    advisor.act(&case, "estimate", estimate(&just)).await.expect(200);

    // A day later everybody has signed in anew.
    let department = test.sign_in("linxia").await;
    let history = department.get("prices/BAT-48-20").await.expect(200);
    assert_eq!(history.at("/rows").as_array().map(Vec::len), Some(2));
    assert_eq!(history.at("/baseline/2/amount"), json!(128_000));
    assert!(!history.str("/rows/0/entered_by/name").is_empty());
}

#[tokio::test]
async fn a_price_of_the_own_star_level_comes_before_one_for_all() {
    let test = TestApp::new().await;
    let department = test.sign_in("linxia").await;
    let advisor = test.advisor().await;
    let stars = advisor.get("me").await.at("/org/stars").as_u64();
    let level = stars.and_then(|n| u8::try_from(n).ok()).unwrap_or(2);
    enter(&department, "retail", None, 125_000, "2026-11-21").await.expect(201);
    enter(&department, "retail", Some(level), 121_000, "2026-11-21").await.expect(201);
    let at = |stars: &str| format!("prices?q=BAT-48-20{stars}");
    for (asked, wanted) in
        [(at(""), 125_000), (at(&format!("&stars={level}")), 121_000), (at("&stars=9"), 125_000)]
    {
        let got = department.get(&asked).await.expect(200).at("/items/0/prices/2/amount");
        assert_eq!(got, json!(wanted), "{asked}");
    }
}

#[tokio::test]
async fn only_who_may_change_prices_does_and_a_wrong_price_is_told_at_its_field() {
    let test = TestApp::new().await;
    let (department, advisor) = (test.sign_in("linxia").await, test.advisor().await);
    enter(&advisor, "retail", None, 1, "2026-11-22").await.expect(403).refused("forbidden");
    let check = async |change: Json, field: &str, says: &str| {
        let mut body = json!({ "code": "BAT-48-20", "class": "retail", "stars": null,
            "amount": 100, "effective_from": "2026-11-22" });
        if let (Json::Object(body), Json::Object(change)) = (&mut body, change) {
            body.extend(change);
        }
        let reply = department.post("prices", body).await.expect(422);
        assert_eq!(reply.str("/fields/0/field"), field, "{}", reply.text());
        assert!(reply.str("/fields/0/detail").contains(says), "{}", reply.text());
    };
    check(json!({ "code": "GOLD" }), "code", "没有“GOLD”").await;
    check(json!({ "code": "JB-BAT" }), "code", "LB-BAT").await;
    check(json!({ "amount": -1 }), "amount", "超出范围").await;
    check(json!({ "stars": 12 }), "stars", "0 到 9").await;
    check(json!({ "effective_from": "2026-11-20" }), "effective_from", "早于今天").await;
    check(json!({ "effective_from": "2036-11-20" }), "effective_from", "核对年份").await;
    check(json!({ "clause": ["EB-99"] }), "clause", "EB-99").await;
    assert_eq!(department.get("prices/BAT-48-20").await.at("/rows"), json!([]), "nothing entered");
    department.get("prices/GOLD").await.expect(404).refused("not-found");
}

fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (line, row) in (0_u32..).zip(rows) {
        for (column, text) in (0_u16..).zip(*row) {
            if !text.is_empty() {
                sheet.write_string(line, column, *text).expect("written");
            }
        }
    }
    book.save_to_buffer().expect("a workbook")
}

/// The verdict and the sentence of every row.
async fn verdicts(actor: &Actor<'_>, staged: &Reply) -> Vec<(String, String)> {
    let rows = actor.get(&format!("imports/{}/rows", staged.str("/id"))).await.expect(200);
    let rows = rows.at("/items").as_array().cloned().unwrap_or_default();
    let text = |row: &Json, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    rows.iter().map(|row| (text(row, "verdict"), text(row, "why"))).collect()
}

#[tokio::test]
async fn a_price_workbook_is_judged_row_by_row_and_the_right_rows_are_entered() {
    let test = TestApp::new().await;
    let department = test.sign_in("linxia").await;
    let head: &[&str] = &["编码", "名称", "星级", "出厂价", "批发价", "零售价", "生效日期", "条款"];
    let cases: [(&[&str], &str, &str); 16] = [
        (&["TUB-16", "", "", "11", "12.5", "￥13.80元", "2026-12-01", ""], "accept", ""),
        (&["tub-14", "", "三星级", "", "", "11.5", "2026年12月1日", "EB-8.3.1c"], "accept", ""),
        (&["TUB-14", "", "", "", "", "12", "2026-12-01", ""], "skip", "相同"),
        (&["", "没有编码", "", "", "", "12", "2026-12-01", ""], "reject", "缺编码"),
        (&["GOLD", "", "", "", "", "12", "2026-12-01", ""], "reject", "没有“GOLD”"),
        (&["JB-BAT", "", "", "", "", "12", "2026-12-01", ""], "reject", "标准工时"),
        (&["PAD-F", "", "", "", "", "-1", "2026-12-01", ""], "reject", "负数"),
        (&["PAD-F", "", "", "", "", "十八", "2026-12-01", ""], "reject", "不是金额"),
        (&["PAD-F", "", "", "", "", "", "2026-12-01", ""], "reject", "至少填一个"),
        (&["PAD-F", "", "", "19", "", "18", "2026-12-01", ""], "reject", "高于"),
        (&["PAD-F", "", "", "", "", "18.5", "", ""], "reject", "缺生效日期"),
        (&["PAD-F", "", "", "", "", "18.5", "2026-11-20", ""], "reject", "早于今天"),
        (&["PAD-F", "", "", "", "", "18", "3/4/27", ""], "reject", "不猜"),
        (&["PAD-F", "", "九十", "", "", "18.5", "2026-12-01", ""], "reject", "星级"),
        (&["PAD-F", "", "", "", "", "18.5", "2026-12-01", "EB-99"], "reject", "EB-99"),
        (&["TUB-16", "", "", "", "", "14.2", "2026-12-01", ""], "reject", "第 2 行"),
    ];
    let mut rows: Vec<&[&str]> = vec![head];
    rows.extend(cases.iter().map(|(row, _, _)| *row));
    let staged = department.upload("imports?kind=prices", "价.xlsx", XLSX, &workbook(&rows)).await;
    let staged = staged.expect(201);
    assert_eq!(staged.at("/counts"), json!({ "accept": 2, "reject": 13, "skip": 1 }));
    let got = verdicts(&department, &staged).await;
    for ((row, verdict, says), (got, why)) in cases.iter().zip(&got) {
        assert_eq!(got, verdict, "{row:?}: {why}");
        assert!(why.contains(says), "{row:?}: {why}");
    }
    let path = format!("imports/{}", staged.str("/id"));
    let errors = department.get(&format!("{path}/errors.xlsx")).await.expect(200);
    let again = department.upload("imports?kind=prices", "错.xlsx", XLSX, &errors.bytes).await;
    // The row that stood twice stands alone now.
    let counts = again.expect(201).at("/counts");
    assert_eq!(counts, json!({ "accept": 1, "reject": 12, "skip": 0 }), "the wrong rows come back");

    department.post(&format!("{path}/apply"), json!({})).await.expect(200);
    let shown = department.get("prices?q=TUB-16&day=2026-12-01").await.expect(200);
    let amounts = [0, 1, 2].map(|n| shown.at(&format!("/items/0/prices/{n}/amount")));
    assert_eq!(json!(amounts), json!([1100, 1250, 1380]));
    let stars = department.get("prices?q=TUB-14&day=2026-12-01&stars=3").await.expect(200);
    assert_eq!(stars.at("/items/0/prices/2/clauses/0/id"), json!("EB-8.3.1c"));
    assert!(department.get("system/verify").await.status.as_u16() != 500);
    department.post(&format!("{path}/apply"), json!({})).await.expect(422).refused("import-state");
}

#[tokio::test]
async fn what_is_exported_comes_back_as_nothing_new() {
    let test = TestApp::new().await;
    let department = test.sign_in("linxia").await;
    for (list, kind) in [("parts.xlsx", "parts"), ("prices.xlsx", "prices")] {
        let book = department.get(list).await.expect(200);
        assert_eq!(book.header("content-type"), XLSX);
        let path = format!("imports?kind={kind}");
        let staged = department.upload(&path, list, XLSX, &book.bytes).await.expect(201);
        let counts = staged.at("/counts");
        assert!(counts["skip"].as_i64() > Some(40), "{list}: {counts}");
        let others = (&counts["accept"], &counts["reject"]);
        assert_eq!(others, (&json!(0), &json!(0)), "{:?}", verdicts(&department, &staged).await);
    }
}

#[tokio::test]
async fn a_new_part_is_imported_found_by_pinyin_and_charged_once_it_has_a_price() {
    let test = TestApp::new().await;
    let department = test.sign_in("linxia").await;
    let head: &[&str] =
        &["配件编码", "配件名称", "部件", "适用车型", "类别", "按序列号管理", "替代件", "订货点"];
    let cases: [(&[&str], &str, &str); 8] = [
        (
            &[
                "BAT-48-24",
                "48V24Ah 锂电池组",
                "锂离子电池",
                "RF-R6",
                "电器件",
                "是",
                "BAT-48-20",
                "2",
            ],
            "accept",
            "",
        ),
        (&["", "无编码", "锂离子电池", "", "电器件", "是", "", ""], "reject", "配件编码"),
        (&["X-1", "", "锂离子电池", "", "电器件", "是", "", ""], "reject", "配件名称"),
        (&["X-2", "火箭", "火箭", "", "电器件", "是", "", ""], "reject", "没有部件“火箭”"),
        (&["X-3", "电池", "li_battery", "RF-X9", "电器件", "是", "", ""], "reject", "RF-X9"),
        (&["X-4", "电池", "li_battery", "", "贵重", "是", "", ""], "reject", "类别“贵重”"),
        (&["X-5", "电池", "li_battery", "", "电器件", "也许", "", "-3"], "reject", "是 或 否"),
        (&["X-6", "电池", "li_battery", "", "电器件", "是", "TUB-16", ""], "reject", "另一种部件"),
    ];
    let mut rows: Vec<&[&str]> = vec![head];
    rows.extend(cases.iter().map(|(row, _, _)| *row));
    let staged = department.upload("imports?kind=parts", "件.xlsx", XLSX, &workbook(&rows)).await;
    let staged = staged.expect(201);
    let got = verdicts(&department, &staged).await;
    for ((row, verdict, says), (got, why)) in cases.iter().zip(&got) {
        assert_eq!(got, verdict, "{row:?}: {why}");
        assert!(why.contains(says), "{row:?}: {why}");
    }
    department.post(&format!("imports/{}/apply", staged.str("/id")), json!({})).await.expect(200);
    for q in ["ldcz", "lidianchi", "24ah", "RF-R6", "锐风"] {
        let found = department.get(&format!("parts?q={q}")).await.expect(200).at("/items");
        let found = found.as_array().cloned().unwrap_or_default();
        assert!(found.iter().any(|part| part["code"] == "BAT-48-24"), "{q}: {found:?}");
    }
    let case = to_estimate(&test).await;
    let advisor = test.advisor().await;
    let line = json!([{ "id": "1", "item": "BAT-48-24", "quantity": 1000, "payer": "customer" }]);
    let refused = advisor.act(&case, "estimate", estimate(&line)).await.expect(422);
    assert!(refused.str("/fields/0/detail").contains("还没有零售价"), "{}", refused.text());
    for (class, fen) in [("ex_factory", 120_000), ("retail", 140_000)] {
        let body = json!({ "code": "BAT-48-24", "class": class, "amount": fen,
            "effective_from": "2026-11-21" });
        department.post("prices", body).await.expect(201);
    }
    let lines = priced(&advisor, &case, &line).await;
    assert_eq!(lines[0]["amount"], 140_000, "{lines}");
}

#[tokio::test]
async fn a_job_is_charged_by_its_standard_hours() {
    let test = TestApp::new().await;
    let case = to_estimate(&test).await;
    let advisor = test.advisor().await;
    let line = json!([{ "id": "1", "item": "JB-BAT", "payer": "customer" }]);
    let lines = priced(&advisor, &case, &line).await;
    let got =
        ["kind", "quantity", "standard", "unit_price", "amount"].map(|key| lines[0][key].clone());
    assert_eq!(json!(got), json!(["labour", 300, 300, 8000, 2400]), "{lines}");
}

#[tokio::test]
async fn who_is_not_the_customer_is_charged_what_the_station_paid() {
    let test = TestApp::new().await;
    let case = to_estimate(&test).await;
    let advisor = test.advisor().await;
    for (payer, unit, listed, class) in [
        ("customer", 128_000, json!(128_000), "retail"),
        ("maker", 108_000, Json::Null, "ex_factory"),
        ("station", 108_000, Json::Null, "ex_factory"),
        ("supplier", 108_000, Json::Null, "ex_factory"),
    ] {
        let line = json!([{ "id": "1", "item": "BAT-48-20", "payer": payer }]);
        let lines = priced(&advisor, &case, &line).await;
        let got =
            ["unit_price", "amount", "list_price", "price_class"].map(|k| lines[0][k].clone());
        assert_eq!(json!(got), json!([unit, unit, listed, class]), "{payer} {lines}");
    }
    let retail = json!([{ "id": "1", "item": "BAT-48-20", "payer": "maker",
        "unit_price": 128_000 }]);
    let refused = advisor.act(&case, "estimate", estimate(&retail)).await.expect(422);
    assert_eq!(refused.str("/clauses/0/id"), "EB-8.3.1a", "{}", refused.text());
}

#[tokio::test]
async fn a_price_of_a_star_level_ends_at_midnight_and_the_one_for_all_levels_holds() {
    let test = TestApp::new().await;
    let department = test.sign_in("linxia").await;
    enter(&department, "retail", None, 120_000, "2026-11-21").await.expect(201);
    enter(&department, "retail", Some(3), 110_000, "2026-11-21").await.expect(201);
    let end = |stars: Option<u8>, from: &str| {
        let (code, class) = ("BAT-48-20", "retail");
        json!({ "code": code, "class": class, "stars": stars, "effective_from": from })
    };
    for body in [end(Some(2), "2026-11-22"), end(Some(3), "2026-11-20")] {
        let refused = department.post("prices/end", body).await;
        assert_eq!(refused.str("/fields/0/field"), "effective_from", "{}", refused.text());
        refused.refused("form-invalid");
    }
    let advisor = test.advisor().await;
    advisor.post("prices/end", end(Some(3), "2026-11-22")).await.refused("forbidden");
    department.post("prices/end", end(Some(3), "2026-11-22")).await.expect(201);
    let retail = |reply: &Reply| reply.at("/items/0/prices/2");
    let of_three = "prices?q=BAT-48-20&stars=3";
    test.pass(MINUTES_TO_MIDNIGHT - 1).await;
    // A session does not last the night.
    let department = test.sign_in("linxia").await;
    let before = retail(&department.get(of_three).await.expect(200));
    assert_eq!((&before["amount"], &before["stars"]), (&json!(110_000), &json!(3)), "23:59");
    let next = json!({ "amount": 120_000, "from": "2026-11-22", "stars": null });
    assert_eq!(before["next"], next);
    test.pass(1).await;
    let after = retail(&department.get(of_three).await.expect(200));
    assert_eq!((&after["amount"], &after["stars"]), (&json!(120_000), &Json::Null), "00:00");
    let history = department.get("prices/BAT-48-20").await.expect(200);
    assert_eq!(history.at("/rows/0/ends"), json!(true));
    assert_eq!(history.str("/rows/0/entered_by/name"), "林霞");
    // It ended: it cannot end again, and may be set anew.
    let again = department.post("prices/end", end(Some(3), "2026-11-23")).await;
    again.refused("form-invalid");
    enter(&department, "retail", Some(3), 111_000, "2026-11-23").await.expect(201);
}
