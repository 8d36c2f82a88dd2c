//! Random tokens of somebody who may do everything everywhere: none does more than it says, and
//! none sees beyond its unit.

use super::scope::{Deed, grow, ids, work};
use super::send;
use super::walk::operations;
use super::world::{EVERYTHING, PASSWORD, hire, key, packs, unit};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use rulebook::model::Permission;
use std::collections::BTreeSet;
use testkit::{Actor, Reply, TestApp, json};

/// What a program may ask about itself, whatever its rights.
const ITSELF: [&str; 2] = ["GET /me", "GET /events"];
/// What no token has.
const NEVER: [&str; 6] = [
    "people_write",
    "system_admin",
    "rulebook_approve",
    "rulebook_publish",
    "unmask",
    "personal_manage",
];

async fn made(actor: &Actor<'_>, rights: &BTreeSet<String>, org: base::OrgId) -> Reply {
    let form = json!({
        "name": "程序", "permissions": rights, "org": org, "ends_on": "2026-12-01",
        "password": PASSWORD,
    });
    actor.post("me/tokens", form).await
}

fn givable() -> Vec<String> {
    let all = Permission::ALL.into_iter().map(key);
    all.filter(|right| !NEVER.contains(&right.as_str())).collect()
}

#[tokio::test]
async fn no_token_does_what_it_was_not_given() {
    let test = TestApp::ruled_by(packs()).await;
    hire(&test, "all", &format!("{EVERYTHING}_company"), unit(&test, "HQ")).await;
    let all = test.sign_in("all").await;
    for right in NEVER {
        let refused = made(&all, &BTreeSet::from([right.to_owned()]), unit(&test, "HQ")).await;
        assert_eq!(refused.expect(422).str("/fields/0/field"), "permissions", "{right}");
    }
    let mut runner = TestRunner::deterministic();
    let drawn = prop::sample::subsequence(givable(), 1..=givable().len());
    let places = prop::sample::select(vec!["HQ", "A01", "CB", "BJ"]);
    let worlds = (ProptestConfig::default().cases as usize / 32).clamp(1, 20);
    for _ in 0..worlds {
        let drawn = (drawn.clone(), places.clone()).new_tree(&mut runner).expect("a token");
        let (rights, place) = drawn.current();
        let rights: BTreeSet<String> = rights.into_iter().collect();
        let token = made(&all, &rights, unit(&test, place)).await.expect(201).str("/token");
        let program = Actor::program(&test, &token);
        for operation in operations().iter().filter(|one| one.permission != "public") {
            let name = operation.name();
            if ITSELF.contains(&name.as_str()) {
                continue;
            }
            let reply = send(&program, &operation.method, &operation.nowhere(), "{}").await;
            assert!(!reply.status.is_server_error(), "{name}: {}", reply.text());
            if ["counter", "way"].contains(&operation.permission.as_str()) {
                assert_eq!(reply.status.as_u16(), 401, "{name}: {}", reply.text());
            } else if operation.permission == "signed_in" {
                assert_eq!(reply.expect(403).code(), "person-only", "{name}");
            } else if rights.contains(&operation.permission) {
                assert_ne!(reply.at("/permission"), operation.permission.as_str(), "{name}");
                assert_ne!(reply.status.as_u16(), 401, "{name}");
            } else {
                let refused = reply.expect(403).refused("forbidden");
                assert_eq!(refused.str("/permission"), operation.permission, "{name}");
            }
        }
        let me = program.get("me").await.expect(200);
        assert_eq!(me.at("/permissions").as_array().map(Vec::len), Some(rights.len()));
    }
}

async fn opens(program: &Actor<'_>, deed: &Deed, inside: bool) {
    let Deed { case, document, file, customer, advisor, .. } = deed;
    let status = if inside { 200 } else { 404 };
    for path in [
        format!("cases/{case}"),
        format!("cases/{case}/postings"),
        format!("documents/{document}"),
        format!("files/{file}"),
        format!("customers/{customer}"),
        format!("people/{advisor}"),
        format!("measures/vehicles_in?org={}", deed.org.id),
    ] {
        let reply = program.get(&path).await;
        assert_eq!(reply.status.as_u16(), status, "{path}: {}", reply.text());
    }
    let note = program.post(&format!("cases/{case}/notes"), json!({ "text": "到" })).await;
    assert_eq!(note.status.is_success(), inside, "{}", note.text());
}

#[tokio::test]
async fn no_token_sees_beyond_its_unit() {
    let test = TestApp::ruled_by(packs()).await;
    let mut runner = TestRunner::deterministic();
    let above = prop::collection::vec(any::<prop::sample::Index>(), 3..5);
    let above = above.new_tree(&mut runner).expect("a company").current();
    let orgs = grow(&test, 0, &above).await;
    // One who sees everything, and one with duties at two units apart.
    hire(&test, "all", &format!("{EVERYTHING}_company"), unit(&test, "HQ")).await;
    hire(&test, "station", &format!("{EVERYTHING}_subtree"), orgs[0].id).await;
    let mut deeds = Vec::new();
    for org in &orgs {
        deeds.push(work(&test, org).await);
    }
    let rights: BTreeSet<String> = givable().into_iter().collect();
    for login in ["all", "station"] {
        let person = test.sign_in(login).await;
        for org in &orgs {
            let token = made(&person, &rights, org.id).await.expect(201).str("/token");
            let program = Actor::program(&test, &token);
            let inside = |deed: &Deed| deed.org.path.starts_with(&org.path);
            let found = ids(&program, "cases").await;
            let mine: BTreeSet<String> =
                deeds.iter().filter(|deed| inside(deed)).map(|deed| deed.case.clone()).collect();
            assert_eq!(found, mine, "{login} at {}", org.code);
            let listed = ids(&program, "measures/vehicles_in/cases").await;
            assert_eq!(listed, mine, "{login} at {}", org.code);
            for deed in &deeds {
                opens(&program, deed, inside(deed)).await;
            }
        }
    }
}
