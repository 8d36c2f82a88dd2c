//! What the parts counter may not do by accident: pieces without a number, a count that reads the
//! books, people who are somebody else's; and what it finds.

use testkit::{Actor, Json, Reply, TestApp, json};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

async fn receive(actor: &Actor<'_>, rows: Json) -> Reply {
    let form = json!({ "supplier": "F1", "received": rows });
    actor.open("stock_receipt", None, form).await
}

/// The field of a form in a preview.
fn field(reply: &Reply, id: &str) -> Json {
    let fields = reply.at("/form/fields");
    let found = fields.as_array().into_iter().flatten().find(|field| field["id"] == id);
    found.cloned().unwrap_or_default()
}

#[tokio::test]
async fn a_tracked_part_asks_for_as_many_serials_as_pieces() {
    let test = TestApp::new().await;
    let keeper = test.sign_in("wufang").await;
    let check = async |row: Json, wrong: Option<&str>| {
        let reply =
            receive(&keeper, json!([row.clone(), { "part": "TUB-16", "quantity": 1 }])).await;
        match wrong {
            None => drop(reply.expect(201)),
            Some(said) => {
                let refused = reply.expect(422);
                assert_eq!(refused.str("/fields/0/field"), "received[0].serials", "{row}");
                let detail = refused.str("/fields/0/detail");
                assert!(detail.contains(said), "{row}: {detail}");
            }
        }
    };
    check(json!({ "part": "BAT-48-20" }), Some("要 1 件，编号有 0 个")).await;
    check(json!({ "part": "BAT-48-20", "quantity": 2 }), Some("要 2 件，编号有 0 个")).await;
    let one = json!({ "part": "BAT-48-20", "quantity": 2, "serials": ["N1"] });
    check(one, Some("要 2 件，编号有 1 个")).await;
    check(json!({ "part": "BAT-48-20", "serials": ["N1"] }), None).await;
    check(json!({ "part": "BAT-48-20", "quantity": 1, "serials": ["N2"] }), None).await;
    // A count says that there is none.
    let none = json!({ "counted": [{ "part": "BAT-48-20", "quantity": 0 }] });
    keeper.open("stocktake", None, none).await.expect(201);
}

#[tokio::test]
async fn a_blind_count_is_recorded_without_the_books_and_approved_beside_them() {
    let test = TestApp::new().await;
    let keeper = test.sign_in("wufang").await;
    let rows = json!([
        { "part": "TUB-16", "quantity": 12 }, { "part": "BAT-48-20", "serials": ["QX-77"] },
    ]);
    receive(&keeper, rows).await.expect(201);
    let counted = json!({ "counted": [{ "part": "TUB-16", "quantity": 10 }] });
    for form in [json!({}), counted.clone()] {
        let body = json!({ "process": "stocktake", "form": form });
        let shown = keeper.post("cases/preview", body).await.expect(200);
        let field = field(&shown, "counted");
        assert_eq!(field["shelf"]["blind"], true);
        let said = field.to_string();
        for told in ["on_hand", "booked", "missing", "QX-77"] {
            assert!(!said.contains(told), "the count is blind, but tells {told}: {said}");
        }
        let listed = field["shelf"]["parts"].as_array().into_iter().flatten();
        let listed = listed.filter(|part| part["listed"] == true).count();
        assert_eq!(listed, 2, "what lies there is listed, how many is not");
    }
    let case = keeper.open("stocktake", None, counted).await.expect(201).str("/id");
    let head = test.manager().await;
    let path = format!("cases/{case}/actions/approve/preview");
    let shown = field(&head.post(&path, json!({ "form": {} })).await.expect(200), "counted");
    assert_eq!(shown["value"][0]["booked"], 12, "{shown}");
}

#[tokio::test]
async fn a_list_takes_only_people_its_picker_offers() {
    let test = TestApp::new().await;
    let centre = test.sign_in("weilan").await;
    let plan = async |login: &str| {
        let form = json!({
            "topic": "电池检测", "place": "教室", "trainer": "周工", "skills": ["li_battery"],
            "participants": [{ "person": test.person(login).await }],
        });
        centre.open("training", None, form).await
    };
    plan("sunyu").await.expect(201);
    let refused = plan("wufang").await.expect(422);
    assert_eq!(refused.str("/fields/0/field"), "participants[0].person");
    assert!(refused.str("/fields/0/detail").contains("不在可选范围内"), "{}", refused.text());
}

#[tokio::test]
async fn stock_is_found_by_pinyin_and_accounts_go_out_as_a_workbook() {
    let test = TestApp::new().await;
    let keeper = test.sign_in("wufang").await;
    let rows = json!([
        { "part": "TUB-16", "quantity": 12 }, { "part": "BAT-48-20", "serials": ["N1"] },
    ]);
    receive(&keeper, rows).await.expect(201);
    let check = async |q: &str, codes: &[&str]| {
        let items = keeper.get(&format!("stock?q={q}")).await.expect(200).at("/items");
        let found = items.as_array().into_iter().flatten();
        let found: Vec<&str> = found.filter_map(|row| row["part"]["code"].as_str()).collect();
        assert_eq!(found, codes, "{q}");
    };
    check("neitai", &["TUB-16"]).await;
    check("nt", &["TUB-16"]).await;
    check("lidianchi", &["BAT-48-20"]).await;
    check("bat-48", &["BAT-48-20"]).await;
    check("城北", &["BAT-48-20", "TUB-16"]).await;
    check("chengbei", &["BAT-48-20", "TUB-16"]).await;
    check("luntai", &[]).await;

    let head = test.manager().await;
    let book = head.get("accounts.xlsx?prefix=stock&in_use=true").await.expect(200);
    assert_eq!(book.header("content-type"), XLSX);
    assert!(book.bytes.starts_with(b"PK"));
    keeper.get("accounts.xlsx").await.expect(403).refused("forbidden");
}
