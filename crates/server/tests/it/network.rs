//! The register of stations over HTTP: what a case sets up stands in it at once, with its number;
//! what is typed says so; regions without a station, and numbers used twice.

use axum::http::{Method, header};
use testkit::{Actor, Json, Reply, TestApp, json};

fn row(list: &Reply, code: &str) -> Json {
    let items = list.at("/items");
    let rows = items.as_array().expect("a list");
    rows.iter().find(|row| row["code"] == code).cloned().expect("the unit is there")
}

async fn put(actor: &Actor<'_>, row: &Json, more: Json) -> Reply {
    let id = row["id"].as_str().expect("an id");
    let request = actor.request(Method::PUT, &format!("orgs/{id}"));
    let request = request.header(header::IF_MATCH, format!("\"v{}\"", row["version"]));
    let mut form = json!({ "name": row["name"], "kind": row["kind"], "registered": true });
    for (key, value) in more.as_object().into_iter().flatten() {
        form[key] = value.clone();
    }
    actor.send(request, &form).await
}

#[tokio::test]
async fn a_region_lacks_a_station_until_one_is_registered_and_works() {
    let test = TestApp::new().await;
    let department = test.sign_in("guoqiang").await;
    let hq = test.app.orgs().by_code("HQ").expect("the maker").id.to_string();
    let unit = |code: &str, kind: &str, parent: &str| {
        let name = "新单位";
        json!({ "code": code, "parent": parent, "name": name, "kind": kind, "registered": true })
    };
    let agent = department.post("orgs", unit("A77", "agent", &hq)).await.expect(201);
    assert_eq!(agent.at("/lacks_station"), json!(true));
    assert_eq!(agent.at("/supplied"), json!(false), "its first goods are still to come");
    let station = unit("S77", "station", &agent.str("/id"));
    let station = department.post("orgs", station).await.expect(201);
    assert_eq!(
        (station.str("/agent"), station.str("/standing")),
        ("新单位".into(), "active".into())
    );
    let list = || async { department.get("orgs").await.expect(200) };
    assert_eq!(row(&list().await, "A77")["lacks_station"], json!(false));

    let held = json!({ "standing": "suspended", "nameplate": "NP-1", "city": "淮安" });
    let held = put(&department, &row(&list().await, "S77"), held).await.expect(200);
    assert_eq!((held.str("/nameplate"), held.str("/city")), ("NP-1".into(), "淮安".into()));
    assert_eq!(row(&list().await, "A77")["lacks_station"], json!(true));
    // What is absent stays, and an empty text takes away.
    let same = put(&department, &row(&list().await, "S77"), json!({ "city": "" })).await;
    let same = same.expect(200);
    assert_eq!((same.str("/standing"), same.at("/city")), ("suspended".into(), Json::Null));
    let wrong = put(&department, &row(&list().await, "S77"), json!({ "standing": "gone" })).await;
    assert_eq!(wrong.expect(422).str("/fields/0/field"), "standing");
    let taken = put(&department, &row(&list().await, "A77"), json!({ "nameplate": "NP-1" })).await;
    assert_eq!(taken.expect(422).str("/fields/0/field"), "nameplate");
    assert_eq!(test.app.store().verify(None).await.expect("verified").problems, []);
}
