//! Who may reach what: every operation of the interface, asked by nobody, by somebody without the
//! right, and by somebody with every right at another station.

mod scope;
mod table;
mod token;
mod walk;
mod world;

use axum::http::{Method, header};
use rulebook::model::Permission;
use std::collections::{BTreeMap, BTreeSet};
use table::{Place, TABLE};
use testkit::{Actor, Json, Reply, TestApp, json};
use walk::{Operation, operations};
pub use world::judged;
use world::{EVERYTHING, North, hire, key, text, unit};

/// Most operations that anybody may use: look at the door, come in by password, link or provider;
/// unsubscribe by the word of a message; ask without an account, and read, write and send photos
/// behind the link of what one asked; and what providers tell us and the mail server brings, each
/// with a proof of its own. The number may only shrink.
const MOST_PUBLIC: usize = 15;

fn places() -> BTreeMap<&'static str, Place> {
    let places: BTreeMap<_, _> = TABLE.iter().copied().collect();
    assert_eq!(places.len(), TABLE.len(), "an operation stands twice in the table");
    places
}

#[test]
fn every_operation_stands_in_the_table_with_its_place() {
    let places = places();
    let known: BTreeSet<String> = operations().iter().map(Operation::name).collect();
    for operation in operations() {
        let name = operation.name();
        let place = places.get(name.as_str());
        let place = place.unwrap_or_else(|| {
            panic!("{name} is new: say in tests/access/table.rs whose things it is about")
        });
        let public = operation.permission == "public";
        assert_eq!(public, *place == Place::Anybody, "{name}");
        // What is named by an id is somebody's, unless all of the company shares it.
        assert!(!operation.path.contains('{') || *place != Place::Mine, "{name} names whose?");
    }
    let gone: Vec<_> = places.keys().filter(|name| !known.contains(**name)).collect();
    assert!(gone.is_empty(), "no longer in the document: {gone:?}");
    let public = TABLE.iter().filter(|(_, place)| *place == Place::Anybody).count();
    assert!(public <= MOST_PUBLIC, "{public} operations are open to everybody");
}

#[tokio::test]
async fn nobody_gets_in_without_a_session() {
    let test = TestApp::new().await;
    for operation in operations().iter().filter(|one| one.permission != "public") {
        let name = operation.name();
        let reply = test.anonymous(operation.method.clone(), &operation.nowhere()).await;
        assert_eq!(reply.status.as_u16(), 401, "{name}: {}", reply.text());
        assert_eq!(reply.code(), "not-signed-in", "{name}");
    }
}

/// One sentence in one language: Chinese has Han characters, English none.
fn assert_sentence(text: &str, zh: bool, name: &str) {
    let han = text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    assert!(text.chars().count() > 8 && !text.contains('\n') && han == zh, "{name}: {text:?}");
}

#[tokio::test]
async fn who_lacks_one_right_is_refused_by_its_name_and_by_no_other() {
    let test = TestApp::ruled_by(world::packs()).await;
    let mut asked = 0;
    for permission in Permission::ALL {
        let right = key(permission);
        let login = format!("no-{}", right.replace('_', "-"));
        hire(&test, &login, &format!("but_{right}"), unit(&test, "CB")).await;
        let (zh, en) = (test.sign_in(&login).await, test.sign_in(&login).await.english());
        for operation in operations() {
            if ["public", "signed_in", "counter", "way"].contains(&operation.permission.as_str()) {
                continue;
            }
            let name = format!("{login}: {}", operation.name());
            let reply = send(&zh, &operation.method, &operation.nowhere(), "{}").await;
            if operation.permission != right {
                assert_ne!(reply.at("/permission"), right.as_str(), "{name}");
                assert!(!reply.status.is_server_error(), "{name}: {}", reply.text());
                continue;
            }
            asked += 1;
            let reply = reply.expect(403).refused("forbidden");
            assert_eq!(reply.str("/permission"), right, "{name}");
            assert_sentence(&reply.str("/detail"), true, &name);
            let reply = send(&en, &operation.method, &operation.nowhere(), "{}").await.expect(403);
            assert_sentence(&reply.str("/detail"), false, &name);
        }
    }
    let guarded = operations().into_iter().map(|operation| operation.permission);
    let guarded = guarded
        .filter(|right| !["public", "signed_in", "counter", "way"].contains(&right.as_str()));
    assert_eq!(asked, guarded.count(), "each operation was refused to who lacks just its right");
}

async fn send(actor: &Actor<'_>, method: &Method, path: &str, body: &str) -> Reply {
    let builder = actor.request(method.clone(), path).header(header::IF_MATCH, "\"v1\"");
    actor.send(builder, &serde_json::from_str(body).unwrap_or(Json::Null)).await
}

#[tokio::test]
async fn every_right_at_another_station_opens_nothing_of_this_one() {
    let test = TestApp::ruled_by(world::packs()).await;
    let station = format!("{EVERYTHING}_station");
    hire(&test, "north", &station, unit(&test, "CB")).await;
    hire(&test, "stranger", &station, unit(&test, "BJ")).await;
    hire(&test, "maker", &format!("{EVERYTHING}_company"), unit(&test, "HQ")).await;
    let north = North::build(&test, "stranger").await;
    let (own, stranger) = (test.sign_in("north").await, test.sign_in("stranger").await);
    let maker = test.sign_in("maker").await;
    let mut carried = BTreeSet::new();
    let places = places();
    for operation in operations() {
        let name = operation.name();
        let method = &operation.method;
        let (address, body) = match places[name.as_str()] {
            Place::Anybody | Place::Mine | Place::Company => continue,
            Place::Listed(address) | Place::Served(address) => (address, ""),
            Place::Names(address, body) | Place::Refuses(address, body) => (address, body),
        };
        let (address, body) = (north.fill(address), north.fill(body));
        let seen = send(&stranger, method, &address, &body).await;
        let status = seen.status.as_u16();
        match places[name.as_str()] {
            Place::Names(..) => {
                assert!([403, 404].contains(&status), "{name}: {status} {}", seen.text());
                let mine = send(&own, method, &address, &body).await;
                assert!(![401, 404].contains(&mine.status.as_u16()), "{name}: {}", mine.text());
                if *method == Method::GET {
                    send(&maker, method, &address, &body).await.expect(200);
                }
            }
            Place::Refuses(..) => {
                assert!((400..500).contains(&status), "{name}: {status} {}", seen.text());
            }
            _ => {
                assert_eq!(status, 200, "{name}: {}", seen.text());
                let mine = send(&own, method, &address, &body).await.expect(200);
                let all = send(&maker, method, &address, &body).await.expect(200);
                let (mine, all) = (text(&mine), text(&all));
                let (mine, all) = (north.found_in(&mine), north.found_in(&all));
                assert!(mine.iter().all(|one| all.contains(one)), "{name}: {mine:?} {all:?}");
                if !mine.is_empty() {
                    carried.insert(name.clone());
                }
            }
        }
        let shown = text(&seen);
        assert!(!shown.contains("王小明"), "{name} names the owner");
        // What they typed themselves tells them nothing.
        let typed = format!("{address}{body}");
        let mut found = north.found_in(&shown);
        found.retain(|secret| !typed.contains(secret));
        match places[name.as_str()] {
            // The vehicle stands there with its masked owner; nothing that was done to it.
            Place::Served(_) => {
                let case = north.fill("{case}");
                assert!(!found.contains(&case.as_str()), "{name}: {shown}");
                assert!(!found.contains(&world::SYMPTOM), "{name}: {shown}");
            }
            _ => assert!(found.is_empty(), "{name} shows a stranger {found:?}: {shown}"),
        }
    }
    // A list that shows its own station nothing proves nothing about a stranger.
    assert!(carried.len() >= 9, "too few lists hold anything: {carried:?}");
}

#[tokio::test]
async fn a_form_takes_no_file_that_its_sender_does_not_see() {
    let test = TestApp::new().await;
    let (here, there) = (test.sold(12).await, test.sold(13).await);
    let (north, river) = (test.advisor().await, test.stranger().await);
    let case = north.open_repair(&here, "不走车").await;
    let mine = river.open_repair(&there, "异响").await;
    let photo = north.photo().await;
    let form = |photo: &str| {
        let photos = json!([{ "file": photo, "slot": "front" }]);
        json!({ "identity_confirmed": true, "photos_in": photos })
    };
    let path = format!("cases/{mine}/actions/double_check/preview");
    for file in [photo.as_str(), "file_0000000000001"] {
        let refused = river.act(&mine, "double_check", form(file)).await.expect(422);
        assert_eq!(refused.str("/fields/0/field"), "photos_in", "{}", refused.text());
        assert!(refused.str("/fields/0/detail").contains("重新拍照"), "{}", refused.text());
        let body = json!({ "form": form(file) });
        river.post(&path, body).await.expect(422);
    }
    river.get(&format!("files/{photo}")).await.expect(404);
    // At the counter one takes the photo and a colleague goes on with it.
    let colleague = test.team_leader().await.photo().await;
    for file in [photo, colleague] {
        let said = north.act(&case, "double_check", form(&file)).await;
        assert_ne!(said.str("/fields/0/code"), "file", "{}", said.text());
    }
}

#[tokio::test]
async fn a_customer_is_read_where_they_buy_or_are_served() {
    let test = TestApp::new().await;
    let unit = test.sold(12).await;
    let river = test.stranger().await;
    let found = river.get(&format!("units/{unit}")).await.expect(200);
    let customer = found.str("/owner/id");
    assert_eq!(found.str("/owner/name_masked"), "王*明");
    let reason = || json!({ "reason": "通知取车" });
    let unmask = format!("customers/{customer}/unmask");
    river.get(&format!("customers/{customer}")).await.expect(404);
    let refused = river.post(&unmask, reason()).await.expect(404);
    assert!(refused.str("/detail").contains("开单"), "{}", refused.text());
    // Who takes the vehicle in serves its owner from then on.
    river.open_repair(&unit, "异响").await;
    river.get(&format!("customers/{customer}")).await.expect(200);
    assert_eq!(river.post(&unmask, reason()).await.expect(200).str("/name"), "王小明");
}

#[tokio::test]
async fn a_stream_ends_with_the_session_it_belongs_to() {
    let test = TestApp::new().await;
    let (lina, head) = (test.advisor().await, test.manager().await);
    let mut hers = lina.listen().await;
    let mut others = test.technician().await.listen().await;
    let id = test.person("lina").await;
    head.post(&format!("people/{id}/sign-out"), json!({})).await.expect(204);
    while hers.next().await.is_some() {}
    let unit = test.sold(3).await;
    let case = test.advisor().await.open_repair(&unit, "异响").await;
    others.until_case(&case).await;
}
