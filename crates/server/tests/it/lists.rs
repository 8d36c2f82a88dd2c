//! How people set up their lists: it follows them, it is theirs alone, and what is wrong is said.

use testkit::{Json, TestApp, json};

fn saved(name: &str, query: &str) -> Json {
    json!({ "name": name, "query": query })
}

#[tokio::test]
async fn a_setting_follows_its_owner_and_nobody_else() {
    let test = TestApp::new().await;
    let advisor = test.advisor().await;
    let setting = json!({
        "list": "cases/repair",
        "columns": ["number", "state", "due"],
        "saved": [saved("待件", "state=waiting_parts&all=1")],
    });
    advisor.put("me/lists", setting.clone()).await.expect(204);
    // Another window of the same person, signed in anew.
    let again = test.advisor().await;
    assert_eq!(again.get("me/lists").await.expect(200).at("/items"), json!([setting]));
    let other = test.team_leader().await;
    assert_eq!(other.get("me/lists").await.expect(200).at("/items"), json!([]));
    // Put back as it was in the beginning.
    advisor.put("me/lists", json!({ "list": "cases/repair", "saved": [] })).await.expect(204);
    assert_eq!(advisor.get("me/lists").await.expect(200).at("/items"), json!([]));
}

#[tokio::test]
async fn what_cannot_be_kept_is_refused_in_a_sentence() {
    let test = TestApp::new().await;
    let advisor = test.advisor().await;
    let many: Vec<Json> = (0..21).map(|n| saved(&format!("第{n}个"), "all=1")).collect();
    let wide: Vec<String> = (0..61).map(|n| format!("c{n}")).collect();
    let cases = [
        ("list", json!({ "list": "cases repair", "columns": ["a"], "saved": [] }), "列表名"),
        ("columns", json!({ "list": "a", "columns": wide, "saved": [] }), "最多 60 列"),
        ("saved", json!({ "list": "a", "saved": many }), "最多保存 20 个"),
        ("saved", json!({ "list": "a", "saved": [saved(" ", "all=1")] }), "名称"),
        ("saved", json!({ "list": "a", "saved": [saved("甲", "b"), saved("甲", "c")] }), "甲"),
        ("saved", json!({ "list": "a", "saved": [saved("甲", "all=1&q=13800001111")] }), "搜索词"),
        ("saved", json!({ "list": "a", "saved": [saved("甲", &"x".repeat(501))] }), "最多 500"),
    ];
    for (field, body, said) in cases {
        let reply = advisor.put("me/lists", body.clone()).await.refused("form-invalid");
        assert_eq!(reply.str("/fields/0/field"), field, "{body}");
        assert!(reply.str("/detail").contains(said), "{body}: {}", reply.text());
    }
    assert_eq!(advisor.get("me/lists").await.expect(200).at("/items"), json!([]));
}

#[tokio::test]
async fn a_hundred_lists_are_enough() {
    let test = TestApp::new().await;
    let advisor = test.advisor().await;
    for n in 0..100 {
        advisor
            .put("me/lists", json!({ "list": format!("l{n}"), "saved": [] , "columns": [] }))
            .await
            .expect(204);
    }
    advisor
        .put("me/lists", json!({ "list": "one/more", "saved": [] , "columns": [] }))
        .await
        .refused("conflict");
    // One that is there may still be changed.
    advisor
        .put("me/lists", json!({ "list": "l7", "columns": ["a"], "saved": [] }))
        .await
        .expect(204);
}
