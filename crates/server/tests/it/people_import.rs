//! People from a workbook: whom one may take on by hand, one may import, and nobody else.

use crate::book::{XLSX, book};
use testkit::{Actor, Reply, TestApp, json};

const HEAD: [&str; 4] = ["账号", "姓名", "单位编码", "岗位"];

async fn staged(actor: &Actor<'_>, rows: &[[&str; 4]]) -> Reply {
    actor.upload("imports?kind=people", "员工.xlsx", XLSX, &book(&HEAD, rows)).await
}

#[tokio::test]
async fn people_are_taken_on_at_once_and_invited_by_links() {
    let test = TestApp::new().await;
    let manager = test.sign_in("liuyang").await;
    let rows = [
        ["zhugeliang", "诸葛亮", "CB", "技师、服务顾问"],
        ["HuangYueying", "黄月英", "CB", "storekeeper"],
        ["zhugeliang", "诸葛瑾", "CB", "技师"],
        ["lina", "李娜", "CB", "服务顾问"],
        ["jiangwei", "姜维", "BJ", "技师"],
        ["machao", "马超", "CB", "站长"],
        ["weiyan", "魏延", "CB", "大将军"],
        ["pangtong", "庞统", "CB", ""],
        ["庞德", "庞德", "CB", "技师"],
    ];
    let import = staged(&manager, &rows).await.expect(201);
    let counts = import.at("/counts");
    let path = format!("imports/{}", import.str("/id"));
    let listed = manager.get(&format!("{path}/rows")).await.expect(200).at("/items");
    assert_eq!(counts, json!({ "accept": 2, "reject": 7, "skip": 0 }), "{listed:#}");
    let kinds: Vec<&str> =
        listed.as_array().into_iter().flatten().filter_map(|r| r["kind"].as_str()).collect();
    let expect = [
        "ok",
        "ok",
        "login_twice",
        "login_taken",
        "org_unknown",
        "person_refused",
        "role_unknown",
        "person_refused",
        "login_invalid",
    ];
    assert_eq!(kinds, expect);
    manager.post(&format!("{path}/invitations"), json!({})).await.expect(422);
    manager.post(&format!("{path}/apply"), json!({})).await.expect(200);
    manager.post(&format!("{path}/apply"), json!({})).await.expect(422).refused("import-state");

    let links = manager.post(&format!("{path}/invitations"), json!({})).await.expect(201);
    let links = links.at("/items");
    assert_eq!(links.as_array().map(Vec::len), Some(2), "{links}");
    assert_eq!(links[1]["login"], "huangyueying");
    let first = format!("people/{}", links[0]["id"].as_str().unwrap_or_default());
    let page = manager.get(&first).await.expect(200);
    assert_eq!(page.str("/person/state"), "invited");
    assert_eq!(page.at("/person/roles").as_array().map(Vec::len), Some(2));
    // Somebody without the right to take people on may not do it by a workbook either.
    let department = test.sign_in("linxia").await;
    staged(&department, &rows[..1]).await.expect(403).refused("forbidden");
    // Another head sees nothing of this import.
    let other = test.sign_in("gaofei").await;
    other.post(&format!("{path}/invitations"), json!({})).await.expect(404);
    // The same workbook again: both are known.
    let again = staged(&manager, &rows[..2]).await.expect(201);
    assert_eq!(again.at("/counts"), json!({ "accept": 0, "reject": 2, "skip": 0 }));
}
