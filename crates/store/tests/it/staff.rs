//! People and units as the company changes them: each change is journaled, made on what its maker
//! saw, and what was changed beside the journal is named.

#![expect(clippy::unwrap_used, reason = "what is not as it must be ends the test")]

use crate::support::{Bench, NOW, on_both};
use base::PersonId;
use store::person::{INVITED, NewPerson, RoleAt, Session, Standing};
use store::session::Provided;
use store::{Store, StoreError};

/// A technician of the bench's station, added by its adviser.
fn technician(b: &Bench, login: &str) -> NewPerson {
    NewPerson {
        login: login.into(),
        standing: Standing {
            name: "赵新".into(),
            org: b.station.id,
            roles: vec![RoleAt { role: "technician".into(), org: b.station.id }],
            ..Standing::default()
        },
        ..NewPerson::default()
    }
}

async fn signed_in(store: &Store, token: &str) -> bool {
    store.session(token, NOW).await.unwrap().is_some()
}

async fn sign_in(b: &Bench, person: PersonId, token: &str) {
    let expires_at = NOW.plus_seconds(3_600);
    let provided = Provided::default();
    let session = Session { person, org: b.station.id, expires_at, counter: None, provided };
    b.store.begin_session(token, session, NOW).await.unwrap();
}

async fn clean(b: &Bench) {
    assert_eq!(b.store.verify(None).await.unwrap().problems, []);
}

#[test]
fn a_change_is_made_on_what_its_maker_saw_and_stays_on_record() {
    on_both(|b: Bench| async move {
        let id = b.store.add_person(technician(&b, "zhaoxin"), Some(b.adviser), NOW).await.unwrap();
        let taken = b.store.add_person(technician(&b, "zhaoxin"), Some(b.adviser), NOW).await;
        assert_eq!(taken, Err(StoreError::Taken("login")));
        let person = b.store.person(id).await.unwrap();
        assert_eq!((person.version, person.enrolled), (1, false));
        sign_in(&b, id, "his").await;

        let elsewhere = Standing {
            org: b.other.id,
            roles: vec![RoleAt { role: "storekeeper".into(), org: b.other.id }],
            ..technician(&b, "").standing
        };
        let change = b.store.change_person(id, 1, &elsewhere, Some(b.adviser), NOW).await;
        assert_eq!(change, Ok(()));
        assert!(signed_in(&b.store, "his").await, "a change of duties signs nobody out");
        let late = b.store.change_person(id, 1, &elsewhere, Some(b.adviser), NOW).await;
        assert_eq!(late, Err(StoreError::Stale { current: 2 }));
        let left = Standing { active: false, roles: vec![], ..elsewhere };
        b.store.change_person(id, 2, &left, Some(b.adviser), NOW).await.unwrap();
        assert!(!signed_in(&b.store, "his").await, "who left is signed out");

        let events = b.store.person_events(id, 10).await.unwrap();
        let words: Vec<&str> = events.iter().map(|event| event.event.as_str()).collect();
        assert_eq!(words, ["changed", "changed", "added"]);
        assert_eq!(events[1].actor, Some(b.adviser));
        let before = events[2].stands.as_ref().unwrap();
        assert_eq!(before["roles"][0]["role"], "technician");
        assert!(!before.to_string().contains("赵新"), "a name is sealed in the journal too");
        clean(&b).await;
    });
}

#[test]
fn a_link_sets_a_password_once() {
    on_both(|b: Bench| async move {
        let id = b.store.add_person(technician(&b, "zhaoxin"), Some(b.adviser), NOW).await.unwrap();
        b.store.invite(id, "first", b.adviser, NOW).await.unwrap();
        b.store.invite(id, "second", b.adviser, NOW).await.unwrap();
        let found = |token: &'static str, after| {
            let store = b.store.clone();
            async move { store.invitation(token, NOW.plus_seconds(after)).await.unwrap() }
        };
        assert_eq!(found("first", 0).await, None, "a newer link voids the older");
        assert_eq!(found("second", INVITED).await, None, "it has expired");
        let person = found("second", INVITED - 1).await.unwrap().person.unwrap();
        assert_eq!(person.login, "zhaoxin");

        sign_in(&b, id, "before").await;
        let wrong = b.store.accept_invitation("second", b.technician, "hash", NOW).await;
        assert_eq!(wrong, Err(StoreError::NotFound("invitation")), "it is not theirs");
        b.store.accept_invitation("second", id, "hash", NOW).await.unwrap();
        let again = b.store.accept_invitation("second", id, "other", NOW).await;
        assert_eq!(again, Err(StoreError::NotFound("invitation")));
        assert!(!signed_in(&b.store, "before").await);
        let (person, hash) = b.store.login("zhaoxin").await.unwrap().unwrap();
        assert_eq!((hash.as_str(), person.enrolled), ("hash", true));

        sign_in(&b, id, "here").await;
        sign_in(&b, id, "there").await;
        b.store.set_password(id, "new", Some("here"), NOW).await.unwrap();
        assert!(signed_in(&b.store, "here").await && !signed_in(&b.store, "there").await);
        b.store.sign_out(id, b.adviser, NOW).await.unwrap();
        assert!(!signed_in(&b.store, "here").await);
        clean(&b).await;
    });
}

#[test]
fn the_first_administrator_is_made_once() {
    on_both(|b: Bench| async move {
        assert_eq!(b.store.holders_of_roles(&["administrator"], false).await.unwrap(), 0);
        b.store.invite_first("t", NOW).await.unwrap();
        assert_eq!(b.store.invitation("t", NOW).await.unwrap().unwrap().person, None);
        let mut boss = technician(&b, "boss");
        boss.password_hash = Some("hash".into());
        boss.standing.roles = vec![RoleAt { role: "administrator".into(), org: b.hq.id }];
        b.store.accept_first("t", boss.clone(), NOW).await.unwrap();
        boss.login = "second".into();
        let second = b.store.accept_first("t", boss, NOW).await;
        assert_eq!(second, Err(StoreError::NotFound("invitation")));
        assert_eq!(b.store.holders_of_roles(&["administrator"], false).await.unwrap(), 1);
        clean(&b).await;
    });
}

#[test]
fn a_role_given_beside_the_journal_is_named() {
    on_both(|b: Bench| async move {
        let id = b.store.add_person(technician(&b, "zhaoxin"), Some(b.adviser), NOW).await.unwrap();
        clean(&b).await;
        let slipped = format!(
            "INSERT INTO person_roles (person, role, org, path, path_end) \
             SELECT {}, 'administrator', id, path, path FROM orgs WHERE code = 'HQ'",
            id.0
        );
        b.raw(&slipped).await.unwrap();
        let problems = b.store.verify(None).await.unwrap().problems;
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].en.contains(&id.to_string()), "{problems:?}");
    });
}

#[test]
fn a_unit_keeps_its_code_and_journals_its_changes() {
    on_both(|b: Bench| async move {
        let twice = store::org::Org { code: "S0101".into(), ..b.other.clone() };
        let twice = b.store.add_org(twice, Some(b.adviser), NOW).await;
        assert_eq!(twice, Err(StoreError::Taken("org_code")));
        let mut org = b.station.clone();
        org.name = "城北站".into();
        org.stars = Some(5);
        org.code = "X".into();
        let now = b.store.change_org(&org, b.adviser, NOW).await.unwrap();
        assert_eq!((now.code.as_str(), now.name.as_str(), now.stars), ("S0101", "城北站", Some(5)));
        let late = b.store.change_org(&org, b.adviser, NOW).await;
        assert_eq!(late, Err(StoreError::Stale { current: 2 }));
        clean(&b).await;
    });
}
