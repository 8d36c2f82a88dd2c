//! Opening stock from a workbook: judged row by row, posted in one go, explained ever after.

use crate::book::{XLSX, book};
use testkit::{Actor, Json, Reply, TestApp, json};

const HEAD: [&str; 5] = ["库房", "配件编码", "编号", "数量", "旧件原因"];

async fn staged(actor: &Actor<'_>, rows: &[[&str; 5]]) -> Reply {
    actor
        .upload("imports?kind=opening_stock", "期初.xlsx", XLSX, &book(&HEAD, rows))
        .await
        .expect(201)
}

async fn applied(actor: &Actor<'_>, import: &Reply) -> Reply {
    actor.post(&format!("imports/{}/apply", import.str("/id")), json!({})).await
}

/// Codes and sentences of the wrong rows, by row number.
async fn wrong(actor: &Actor<'_>, import: &Reply) -> Vec<(i64, String, String)> {
    let path = format!("imports/{}/rows?verdict=reject", import.str("/id"));
    let items = actor.get(&path).await.expect(200).at("/items");
    let text = |row: &Json, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let row = |row: &Json| (row["row"].as_i64().unwrap_or(0), text(row, "kind"), text(row, "why"));
    items.as_array().into_iter().flatten().map(row).collect()
}

#[tokio::test]
async fn opening_stock_is_posted_once_and_every_line_names_its_workbook() {
    let test = TestApp::new().await;
    let keeper = test.sign_in("wufang").await;
    let rows = [
        ["CB", "TUB-16", "", "40", ""],
        ["城北维修站", "BAT-48-20", "N1、N2", "", ""],
        ["CB", "BAT-48-20", "O1", "1", "容量不足"],
    ];
    let import = staged(&keeper, &rows).await;
    assert_eq!(import.at("/counts"), json!({ "accept": 3, "reject": 0, "skip": 0 }));
    assert_eq!(keeper.get("stock").await.at("/items"), json!([]), "nothing is posted yet");
    assert_eq!(applied(&keeper, &import).await.expect(200).str("/state"), "applied");
    applied(&keeper, &import).await.expect(422).refused("import-state");

    let stock = keeper.get("stock").await.expect(200);
    assert_eq!(stock.str("/items/0/part/code"), "BAT-48-20");
    assert_eq!((stock.at("/items/0/on_hand"), stock.at("/items/0/old")), (json!(2), json!(1)));
    assert_eq!(stock.at("/items/1/on_hand"), json!(40));
    let page = keeper.get("accounts/entries?path=stock/CB/TUB-16").await.expect(200);
    assert_eq!(page.str("/items/0/title/zh"), "期初库存");
    assert_eq!(page.str("/items/0/import/file_name"), "期初.xlsx");
    assert_eq!(page.at("/items/0/case"), Json::Null);
    assert_eq!(page.str("/items/0/actor/name"), "吴芳");
    let old = keeper.get("accounts/entries?path=old/CB/BAT-48-20").await.expect(200);
    let from = old.str("/items/0/counter/0/account/words/zh");
    assert!(from.starts_with("期初旧件 · 城北维修站 · 容量不足"), "the cause is kept: {from}");
    let life = keeper.get("serials/N2").await.expect(200);
    assert_eq!(life.str("/items/0/moves/0/import/id"), import.str("/id"));

    // What is posted is what cases work with.
    let issue = json!({ "counted": [{ "part": "TUB-16", "quantity": 39, "reason": "破损" }] });
    keeper.open("stocktake", None, issue).await.expect(201);
    let clean = test.app.store().verify(None).await.expect("verifies");
    assert!(clean.problems.is_empty(), "{:?}", clean.problems);
}

#[tokio::test]
async fn every_wrong_row_says_what_would_be_right_and_comes_back_to_be_corrected() {
    let test = TestApp::new().await;
    let keeper = test.sign_in("wufang").await;
    let first =
        staged(&keeper, &[["CB", "BAT-48-20", "N1", "1", ""], ["CB", "TUB-16", "", "5", ""]]);
    applied(&keeper, &first.await).await.expect(200);
    let cases = [
        (["BJ", "TUB-16", "", "1", ""], "warehouse_unknown", "范围内没有库房"),
        (["", "TUB-16", "", "1", ""], "warehouse_missing", "缺库房"),
        (["CB", "XXX-1", "", "1", ""], "part_unknown", "XXX-1"),
        (["CB", "BAT-48-20", "", "2", ""], "serial_missing", "逐件写编号"),
        (["CB", "BAT-48-20", "N5", "2", ""], "serial_count", "编号有 1 个"),
        (["CB", "BAT-48-20", "N1", "1", ""], "serial_held", "库存 · 城北维修站"),
        (["CB", "BAT-48-20", "N7、N7", "2", ""], "serial_twice", "N7"),
        (["CB", "TUB-16", "N8", "1", ""], "serial_needless", "留空"),
        (["CB", "TUB-16", "", "-3", ""], "quantity_negative", "负数"),
        (["CB", "TUB-16", "", "0", ""], "quantity_invalid", "1 到"),
        (["CB", "TUB-16", "", "1.5", ""], "quantity_invalid", "整数"),
        (["CB", "BAT-48-20", "N9", "1", "沙眼"], "fault_unknown", "容量"),
    ];
    for (row, code, told) in cases {
        let found = wrong(&keeper, &staged(&keeper, &[row]).await).await;
        let [(number, kind, why)] = found.as_slice() else { panic!("{row:?}: {found:?}") };
        assert_eq!((*number, kind.as_str()), (2, code), "{row:?}: {why}");
        assert!(why.contains(told), "{row:?}: {why}");
    }
    let same =
        staged(&keeper, &[["CB", "TUB-14", "", "1", ""], ["CB", "TUB-14", "", "1", ""]]).await;
    let found = wrong(&keeper, &same).await;
    assert_eq!((found[0].0, found[0].1.as_str()), (3, "same_shelf"));
    let again = staged(&keeper, &[["CB", "TUB-16", "", "9", ""]]).await;
    assert_eq!(wrong(&keeper, &again).await[0].1, "opened_already");

    // The workbook of wrong rows is sent again as it is, and corrected it is taken.
    let path = format!("imports/{}/errors.xlsx", same.str("/id"));
    let errors = keeper.get(&path).await.expect(200);
    let kind = "imports?kind=opening_stock";
    let again = keeper.upload(kind, "改.xlsx", XLSX, &errors.bytes).await.expect(201);
    assert_eq!(again.at("/counts"), json!({ "accept": 1, "reject": 0, "skip": 0 }));
}

#[tokio::test]
async fn only_who_may_enters_it_and_a_second_hand_is_told() {
    let test = TestApp::new().await;
    let rows = [["CB", "TUB-16", "", "40", ""]];
    let upload = |actor| async move {
        let reply: Reply =
            Actor::upload(actor, "imports?kind=opening_stock", "x.xlsx", XLSX, &book(&HEAD, &rows))
                .await;
        reply
    };
    let finance = test.sign_in("tangli").await;
    upload(&finance).await.expect(403).refused("forbidden");
    let advisor = test.advisor().await;
    upload(&advisor).await.expect(403).refused("forbidden");
    let keeper = test.sign_in("wufang").await;
    let sold = keeper.upload("imports", "x.xlsx", XLSX, &book(&HEAD, &rows)).await.expect(201);
    assert_eq!(sold.str("/kind"), "opening_stock", "it is all a storekeeper imports");

    let (one, two) = (upload(&keeper).await.expect(201), upload(&keeper).await.expect(201));
    let head = test.sign_in("gaofei").await;
    let path = format!("imports/{}", one.str("/id"));
    head.get(&path).await.expect(404);
    head.post(&format!("{path}/apply"), json!({})).await.expect(404);
    test.sign_in("linxia").await.get(&path).await.expect(200);
    let (a, b) = tokio::join!(applied(&keeper, &one), applied(&keeper, &two));
    let mut status = [a.status.as_u16(), b.status.as_u16()];
    status.sort_unstable();
    assert_eq!(status[0], 200, "{} {}", a.text(), b.text());
    assert!(status[1] == 422 || status[1] == 409 || status[1] == 503, "{status:?}");
    let stock = keeper.get("stock").await.expect(200);
    assert_eq!(stock.at("/items/0/on_hand"), json!(40), "not twice");
}
