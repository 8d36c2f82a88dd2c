//! The test walks the OpenAPI document: every operation names its permission and keeps to it.

use axum::http::Method;
use std::collections::BTreeMap;
use testkit::{Json, TestApp};

/// Operations open to everybody; the list may only shrink.
const PUBLIC: [&str; 2] = ["POST /session", "GET /demo/accounts"];

struct Operation {
    method: Method,
    path: String,
    permission: String,
}

impl Operation {
    fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// The address with ids that are well-formed and name nothing.
    fn address(&self) -> String {
        let kind = self.path.split('/').nth(1).unwrap_or_default();
        let prefix = match kind {
            "cases" => "case",
            "units" => "unit",
            "customers" => "cust",
            "documents" => "doc",
            "files" => "file",
            _ => "",
        };
        let id = if prefix.is_empty() { "1".to_owned() } else { format!("{prefix}_0000000000001") };
        let path = self.path.replace("{id}", &id).replace("{action}", "nothing");
        let path = path.replace("{serial}", "LD0001");
        format!("/api/v1{path}?q=nobody")
    }
}

fn operations() -> Vec<Operation> {
    let document = serde_json::to_value(server::openapi()).expect("a document");
    assert_eq!(document["openapi"], "3.1.0");
    let mut all = Vec::new();
    for (path, methods) in document["paths"].as_object().expect("paths") {
        for (method, operation) in methods.as_object().expect("methods") {
            let name = method.to_uppercase();
            let Ok(method) = Method::from_bytes(name.as_bytes()) else { continue };
            let permission = operation["x-permission"].as_str().unwrap_or_default().to_owned();
            assert!(!permission.is_empty(), "{name} {path} names no permission");
            assert!(operation["operationId"].is_string(), "{name} {path}");
            all.push(Operation { method, path: path.clone(), permission });
        }
    }
    assert!(all.len() >= 40, "{} operations", all.len());
    all
}

#[tokio::test]
async fn nobody_gets_in_without_a_session() {
    let test = TestApp::new().await;
    for operation in operations() {
        let reply = test.anonymous(operation.method.clone(), &operation.address()).await;
        if operation.permission == "public" {
            assert!(PUBLIC.contains(&operation.name().as_str()), "{}", operation.name());
            continue;
        }
        assert_eq!(reply.status.as_u16(), 401, "{}: {}", operation.name(), reply.text());
        assert_eq!(reply.code(), "not-signed-in", "{}", operation.name());
    }
}

#[tokio::test]
async fn every_permission_is_asked_for_and_is_the_one_that_is_named() {
    let test = TestApp::new().await;
    let people = ["lina", "wufang", "tangli", "songyuan", "xulei", "admin", "linxia"];
    let mut refused: BTreeMap<String, usize> = BTreeMap::new();
    for login in people {
        let actor = test.sign_in(login).await;
        let me = actor.get("me").await.expect(200).json();
        let has = |permission: &str| {
            me["permissions"].as_array().is_some_and(|all| all.contains(&Json::from(permission)))
        };
        for operation in operations() {
            if ["public", "signed_in"].contains(&operation.permission.as_str()) {
                continue;
            }
            if operation.path == "/events" {
                continue;
            }
            let request = actor.request(operation.method.clone(), &operation.address());
            let reply = actor.send(request, &Json::from(serde_json::Map::new())).await;
            let (name, code) = (operation.name(), reply.code());
            if has(&operation.permission) {
                assert_ne!(code, "forbidden", "{login}: {name}");
                assert!(
                    !reply.status.is_server_error() || code == "no-renderer",
                    "{login}: {name}: {}",
                    reply.text()
                );
            } else {
                assert_eq!(reply.status.as_u16(), 403, "{login}: {name}: {}", reply.text());
                assert_eq!(code, "forbidden", "{login}: {name}");
                assert_eq!(reply.str("/permission"), operation.permission, "{login}: {name}");
                *refused.entry(operation.permission).or_default() += 1;
            }
        }
    }
    assert!(refused.len() >= 6, "too few permissions were refused to anybody: {refused:?}");
}

#[tokio::test]
async fn another_station_sees_nothing_of_a_case() {
    let test = TestApp::new().await;
    let unit = test.sold(12).await;
    let advisor = test.advisor().await;
    let case = advisor.open_repair(&unit, "不走车").await;
    let stranger = test.stranger().await;
    for path in [format!("cases/{case}"), format!("cases/{case}?x=1")] {
        stranger.get(&path).await.expect(404).refused("not-found");
    }
    let form = testkit::json!({ "form": {} });
    for path in ["actions/double_check", "actions/double_check/preview"] {
        stranger.post(&format!("cases/{case}/{path}"), form.clone()).await.expect(404);
    }
    let note = testkit::json!({ "text": "看看" });
    stranger.post(&format!("cases/{case}/notes"), note).await.expect(404);
    assert_eq!(stranger.get("cases").await.at("/items"), testkit::json!([]));
    assert_eq!(stranger.get("offers").await.at("/items"), testkit::json!([]));
    let photo = advisor.photo().await;
    stranger.get(&format!("files/{photo}")).await.expect(404);
    // The vehicle itself is found by its exact number, masked; by last digits it is not.
    let frame = advisor.get(&format!("units/{unit}")).await.str("/frame_no");
    let hit = stranger.get(&format!("units?q={frame}")).await.expect(200);
    assert_eq!(hit.str("/items/0/customer/name_masked"), "王*明");
    assert_eq!(hit.at("/items/0/in_scope"), Json::from(false));
    let last = &frame[frame.len() - 4..];
    let found = |reply: testkit::Reply| {
        reply.at("/items").as_array().is_some_and(|all| all.iter().any(|u| u["id"] == unit))
    };
    assert!(found(advisor.get(&format!("units?q={last}")).await), "my outlet sold it");
    assert!(!found(stranger.get(&format!("units?q={last}")).await), "another station's did not");
}
