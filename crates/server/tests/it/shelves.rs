//! Stock, accounts and the custody of serials as people see them.

use testkit::{Actor, Json, Reply, TestApp, json};

fn row(part: &str, quantity: u32, serials: &[&str]) -> Json {
    json!({ "part": part, "quantity": quantity, "serials": serials })
}

/// The maker receives tubes and two batteries; its case.
async fn received(maker: &Actor<'_>) -> String {
    let form = json!({
        "supplier": "LD-POWER",
        "received": [row("TUB-16", 40, &[]), row("BAT-48-20", 2, &["LD0001", "LD0002"])],
    });
    maker.open("stock_receipt", None, form).await.expect(201).str("/id")
}

/// The maker ships a battery and five tubes to the northern station; the transfer.
async fn shipped(test: &TestApp, maker: &Actor<'_>) -> String {
    let station = test.app.orgs().by_code("CB").expect("a station").id.to_string();
    let form = json!({
        "ship_to": station, "carrier": "顺丰", "waybill": "SF1450001",
        "shipped": [row("BAT-48-20", 1, &["LD0001"]), row("TUB-16", 5, &[])],
    });
    maker.open("stock_transfer", None, form).await.expect(201).str("/id")
}

async fn arrived(keeper: &Actor<'_>, case: &str) -> Reply {
    let form = json!({
        "arrived": [row("BAT-48-20", 1, &["LD0001"]), row("TUB-16", 5, &[])],
        "short_parts": [],
    });
    keeper.act(case, "receive", form).await
}

/// A row of the stock list: on hand, reserved, in transit, old.
async fn figures(actor: &Actor<'_>, query: &str) -> Vec<(String, String, i64, i64)> {
    let items = actor.get(&format!("stock?{query}")).await.expect(200).at("/items");
    let text = |row: &Json, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let rows = items.as_array().cloned().unwrap_or_default();
    rows.iter()
        .map(|row| {
            let part = row["part"]["code"].as_str().unwrap_or_default().to_owned();
            let whole = |key: &str| row[key].as_i64().unwrap_or(-1);
            (text(row, "warehouse"), part, whole("on_hand"), whole("in_transit"))
        })
        .collect()
}

#[tokio::test]
async fn a_battery_is_followed_from_the_maker_to_the_station_by_everybody_who_may() {
    let test = TestApp::new().await;
    let (maker, keeper) = (test.sign_in("linxia").await, test.sign_in("wufang").await);
    received(&maker).await;
    let transfer = shipped(&test, &maker).await;
    let of = |w: &str, p: &str, on: i64, under: i64| (w.to_owned(), p.to_owned(), on, under);
    assert_eq!(
        figures(&keeper, "").await,
        [of("CB", "BAT-48-20", 0, 1), of("CB", "TUB-16", 0, 5)],
        "the station sees what is on its way, not the maker's shelves"
    );
    let waiting = keeper.get("cases?area=stock&open=true").await.expect(200);
    assert_eq!(waiting.str("/items/0/id"), transfer);
    arrived(&keeper, &transfer).await.expect(200);
    assert_eq!(figures(&keeper, "q=内胎").await, [of("CB", "TUB-16", 5, 0)], "found by its name");
    assert_eq!(figures(&maker, "warehouse=ASD&q=bat").await, [of("ASD", "BAT-48-20", 1, 0)]);

    let life = keeper.get("serials/LD0001").await.expect(200);
    let told = |pointer: &str| life.str(pointer);
    assert_eq!(told("/items/0/part/title/zh"), "48V20Ah 锂电池组");
    assert_eq!(told("/items/0/holder/words/zh"), "库存 · 城北维修站 · 48V20Ah 锂电池组");
    let moves: Vec<String> = (0..3)
        .map(|n| {
            let word = |key: &str| told(&format!("/items/0/moves/{n}/{key}"));
            format!("{}:{}→{}", word("title/zh"), word("from/about/zh"), word("to/about/zh"))
        })
        .collect();
    assert_eq!(
        moves,
        [
            "入库:LD-POWER→售后服务部",
            "调拨发出:售后服务部→城北维修站 · 运单 SF1450001",
            "调拨到货:城北维修站 · 运单 SF1450001→城北维修站",
        ]
    );
    assert_eq!(told("/items/0/moves/2/case/id"), transfer);
    assert_eq!(told("/items/0/moves/2/actor/name"), "吴芳");
    assert_eq!(told("/items/0/moves/0/case/process_title/en"), "Stock receipt");
}

#[tokio::test]
async fn every_line_of_an_account_says_where_it_came_from_and_by_which_case() {
    let test = TestApp::new().await;
    let (maker, keeper) = (test.sign_in("linxia").await, test.sign_in("wufang").await);
    let receipt = received(&maker).await;
    let transfer = shipped(&test, &maker).await;
    arrived(&keeper, &transfer).await.expect(200);

    let page = maker.get("accounts/entries?path=stock/ASD/TUB-16").await.expect(200);
    assert_eq!(page.at("/account/balance"), json!(35));
    assert_eq!(page.str("/account/counts"), "pieces");
    let lines = [("调拨发出", -5, 35, transfer.as_str()), ("入库", 40, 40, receipt.as_str())];
    for (n, (title, change, balance, case)) in lines.into_iter().enumerate() {
        assert_eq!(page.str(&format!("/items/{n}/title/zh")), title);
        assert_eq!(page.at(&format!("/items/{n}/change")), json!(change));
        assert_eq!(page.at(&format!("/items/{n}/balance")), json!(balance));
        assert_eq!(page.str(&format!("/items/{n}/case/id")), case);
    }
    assert_eq!(
        page.str("/items/1/counter/0/account/words/en"),
        "Supplier · LD-POWER · 16-inch inner tube"
    );
    let next = maker.get("accounts/entries?path=stock/ASD/TUB-16&limit=1").await.expect(200);
    let rest = format!("accounts/entries?path=stock/ASD/TUB-16&cursor={}", next.str("/next"));
    let rest = maker.get(&rest).await.expect(200);
    assert_eq!(rest.at("/items/0/balance"), json!(40), "the balance runs on over pages");

    let posted = keeper.get(&format!("cases/{transfer}/postings")).await.expect(200);
    let moves: Vec<Json> = posted.at("/items").as_array().cloned().unwrap_or_default();
    let arrivals = moves.iter().filter(|m| m["posting"] == "arrive").count();
    assert_eq!(arrivals, 1, "{}", posted.text());
    let battery = moves.iter().flat_map(|m| m["moves"].as_array().cloned().unwrap_or_default());
    let battery: Vec<Json> = battery.filter(|m| m["part"]["code"] == "BAT-48-20").collect();
    assert_eq!(battery[0]["serials"], json!(["LD0001"]));
    assert_eq!(battery[0]["from"]["about"]["zh"], "售后服务部");

    let accounts = maker.get("accounts?prefix=stock&in_use=true").await.expect(200);
    assert_eq!(
        accounts.str("/items/0/account/words/en"),
        "Stock · 售后服务部 · 48V 20Ah lithium battery pack"
    );
    let behind = maker.get("stock/accounts?warehouse=ASD&part=BAT-48-20").await.expect(200);
    assert_eq!(behind.str("/items/0/account/path"), "stock/ASD/BAT-48-20");
    assert_eq!(behind.at("/items/1"), Json::Null);
}

#[tokio::test]
async fn another_station_and_another_role_see_nothing() {
    let test = TestApp::new().await;
    let (maker, keeper) = (test.sign_in("linxia").await, test.sign_in("wufang").await);
    received(&maker).await;
    let transfer = shipped(&test, &maker).await;
    arrived(&keeper, &transfer).await.expect(200);

    let elsewhere = test.sign_in("gaofei").await;
    assert_eq!(elsewhere.get("stock").await.expect(200).at("/items"), json!([]));
    assert_eq!(elsewhere.get("stock?warehouse=CB").await.expect(200).at("/items"), json!([]));
    assert_eq!(elsewhere.get("accounts").await.expect(200).at("/items"), json!([]));
    for path in [
        "accounts/entries?path=stock/CB/TUB-16".to_owned(),
        "accounts/entries?path=supplier/LD-POWER/TUB-16".to_owned(),
        "serials/LD0001".to_owned(),
        "serials/NEVER".to_owned(),
        format!("cases/{transfer}/postings"),
    ] {
        elsewhere.get(&path).await.expect(404).refused("not-found");
    }
    let life = elsewhere.english().get("serials/LD0001").await;
    assert!(life.str("/detail").contains("never passed your stock"), "{}", life.text());
    // The maker's shelf is not the station's either, though it sent the battery.
    keeper.get("accounts/entries?path=stock/ASD/BAT-48-20").await.expect(404);
    keeper.get("accounts").await.expect(403).refused("forbidden");
    test.stranger().await.get("stock").await.expect(403).refused("forbidden");
    for path in ["accounts/entries?path=//", "accounts/entries", "serials/a%20b"] {
        keeper.get(path).await.expect(422).refused("bad-request");
    }
}

#[tokio::test]
async fn labels_carry_a_code_for_each_serial_and_nothing_that_runs() {
    let test = TestApp::new().await;
    let keeper = test.sign_in("wufang").await;
    let page = |query: &'static str| {
        let keeper = &keeper;
        async move { keeper.get(&format!("stock/labels?{query}")).await }
    };
    let labels = page("part=BAT-48-20&serials=LD0001,%20LD0002,").await.expect(200).text();
    assert_eq!(labels.matches("<svg").count(), 2);
    assert!(labels.contains("48V20Ah 锂电池组") && labels.contains("LD0002"), "{labels}");
    let shelf = page("part=TUB-16&copies=3&lang=en").await.expect(200);
    assert_eq!(shelf.text().matches("<svg").count(), 3);
    assert!(shelf.text().contains("16-inch inner tube"));
    assert!(shelf.header("content-security-policy").contains("default-src 'none'"));
    let many = page("part=TUB-16&copies=5000").await.expect(200).text();
    assert_eq!(many.matches("<svg").count(), 100);
    let hostile = page("part=BAT-48-20&serials=%3Cscript%3E").await.expect(200).text();
    assert!(!hostile.contains("<script>"));
    let small = page("part=TUB-16&size=40x30").await.expect(200).text();
    assert!(small.contains("size: 40mm 30mm"), "{small}");
    // The offsets of the machine's printer hold for labels too, on the same sheet as every paper.
    let moved = page("part=TUB-16&size=40x30&x=2&y=-1&scale=98&dark=1").await.expect(200).text();
    assert!(moved.contains("zoom: 98%") && moved.contains("padding: 0.5mm 0mm 2.5mm 3.5mm"));
    page("part=TUB-16&x=90").await.expect(422).refused("form-invalid");
    page("part=NOTHING").await.expect(404).refused("not-found");
}

#[tokio::test]
async fn what_is_shown_goes_out_as_a_workbook_within_the_same_bounds() {
    let test = TestApp::new().await;
    let (maker, keeper) = (test.sign_in("linxia").await, test.sign_in("wufang").await);
    received(&maker).await;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    for path in ["stock.xlsx?q=bat", "accounts/entries.xlsx?path=stock/ASD/BAT-48-20"] {
        let book = maker.get(path).await.expect(200);
        assert_eq!(book.header("content-type"), kind);
        assert!(book.bytes.starts_with(b"PK"), "{path}");
    }
    keeper.get("stock.xlsx").await.expect(200);
    keeper.get("accounts/entries.xlsx?path=stock/ASD/BAT-48-20").await.expect(404);
    test.stranger().await.get("stock.xlsx").await.expect(403);
}

#[tokio::test]
async fn what_has_run_out_is_listed_where_it_has_to_be_ordered() {
    let test = TestApp::new().await;
    let (maker, keeper) = (test.sign_in("linxia").await, test.sign_in("wufang").await);
    received(&maker).await;
    let case = shipped(&test, &maker).await;
    arrived(&keeper, &case).await.expect(200);
    let low = figures(&maker, "below_reorder=true").await;
    let of = |w: &str, p: &str, on: i64, under: i64| (w.to_owned(), p.to_owned(), on, under);
    // 35 tubes are more than the 20 at which the maker orders; of batteries one is left.
    let expected =
        [of("ASD", "BAT-48-20", 1, 0), of("CB", "BAT-48-20", 1, 0), of("CB", "TUB-16", 5, 0)];
    assert_eq!(low, expected);
    let back = json!({
        "ship_to": test.app.orgs().by_code("ASD").expect("a unit").id.to_string(),
        "carrier": "顺丰", "waybill": "SF1450002", "shipped": [row("TUB-16", 5, &[])],
    });
    let sent = keeper.open("stock_transfer", None, back).await.expect(201);
    // Who sent it sees it on its way, at the other place, and can do nothing there.
    let page = keeper.case(&sent.str("/id")).await.expect(200);
    assert_eq!(page.str("/org/code"), "ASD");
    assert_eq!(page.at("/actions"), json!([]));
    let moved = keeper.get(&format!("cases/{}/postings", sent.str("/id"))).await.expect(200);
    assert_eq!(moved.str("/items/0/posting"), "ship");
    arrived(&keeper, &sent.str("/id")).await.expect(404);
    assert_eq!(figures(&keeper, "q=tub").await, [], "an empty shelf is no stock");
    assert_eq!(figures(&keeper, "q=tub&below_reorder=true").await, [of("CB", "TUB-16", 0, 0)]);
}
