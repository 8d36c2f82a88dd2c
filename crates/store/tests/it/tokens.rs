//! Tokens of programs and what opens the door: what was given out stays on record, and what was
//! put into the tables beside the journal is named.

#![expect(clippy::unwrap_used, reason = "what is not as it must be ends the test")]

use crate::support::{Bench, NOW, on_both};
use base::{PersonId, TokenId};
use rulebook::model::Permission;
use std::collections::BTreeSet;
use store::StoreError;
use store::person::{NewPerson, RoleAt, Standing};
use store::token::NewToken;
use store::via::{Via, through};

const SECRET: &str = "sanbao_abcdefgh";

async fn hired(b: &Bench) -> PersonId {
    let person = NewPerson {
        login: "zhaoxin".into(),
        password_hash: Some("hash".into()),
        standing: Standing {
            name: "赵新".into(),
            org: b.station.id,
            roles: vec![RoleAt { role: "technician".into(), org: b.station.id }],
            ..Standing::default()
        },
        ..NewPerson::default()
    };
    b.store.add_person(person, Some(b.adviser), NOW).await.unwrap()
}

async fn made(b: &Bench, person: PersonId) -> TokenId {
    let token = NewToken {
        person,
        org: b.station.id,
        name: "ERP".into(),
        permissions: BTreeSet::from([Permission::CaseRead, Permission::CaseAct]),
        secret: SECRET.into(),
        shown: SECRET.into(),
        expires_at: NOW.plus_seconds(86_400),
    };
    b.store.add_token(token, person, NOW).await.unwrap()
}

async fn problems(b: &Bench) -> Vec<String> {
    let report = b.store.verify(None).await.unwrap();
    report.problems.into_iter().map(|problem| problem.en).collect()
}

#[test]
fn a_token_lives_until_its_day_or_until_it_is_ended() {
    on_both(|b: Bench| async move {
        let person = hired(&b).await;
        let id = made(&b, person).await;
        assert_eq!(b.store.token("sanbao_other").await.unwrap(), None);
        let token = b.store.token(SECRET).await.unwrap().unwrap();
        assert_eq!((token.id, token.person, token.last_used_at), (id, person, None));
        assert!(token.is_alive(NOW.plus_seconds(86_399)) && !token.is_alive(token.expires_at));
        b.store.token_used(&token, NOW.plus_seconds(1)).await.unwrap();
        let used = b.store.token(SECRET).await.unwrap().unwrap();
        b.store.token_used(&used, NOW.plus_seconds(200)).await.unwrap();
        let used = b.store.token(SECRET).await.unwrap().unwrap();
        assert_eq!(used.last_used_at, Some(NOW.plus_seconds(1)), "one use stands for five minutes");

        let another = b.store.end_token(b.adviser, id, b.adviser, NOW).await;
        assert_eq!(another, Err(StoreError::NotFound("token")), "it is somebody else's");
        b.store.end_token(person, id, b.adviser, NOW).await.unwrap();
        let again = b.store.end_token(person, id, b.adviser, NOW).await;
        assert_eq!(again, Err(StoreError::NotFound("token")));
        let ended = b.store.tokens_of(person).await.unwrap().pop().unwrap();
        assert_eq!((ended.ended_by, ended.is_alive(NOW)), (Some(b.adviser), false));
        let events = b.store.person_events(person, 10).await.unwrap();
        let words: Vec<_> = events.iter().map(|e| (e.event.as_str(), e.token.as_deref())).collect();
        let expected = [("token_ended", Some("ERP")), ("token_made", Some("ERP")), ("added", None)];
        assert_eq!(words, expected);
        assert_eq!(problems(&b).await, Vec::<String>::new());
    });
}

#[test]
fn a_link_ends_the_tokens_and_what_goes_through_one_says_so() {
    on_both(|b: Bench| async move {
        let person = hired(&b).await;
        let id = made(&b, person).await;
        let via = Via { token: id, name: "ERP".into() };
        through(via.clone(), b.store.invite(person, "link", b.adviser, NOW)).await.unwrap();
        let event = b.store.person_events(person, 1).await.unwrap().pop().unwrap();
        assert_eq!((event.event.as_str(), event.via), ("invited", Some(via)));
        b.store.accept_invitation("link", person, "new", NOW).await.unwrap();
        assert!(!b.store.token(SECRET).await.unwrap().unwrap().is_alive(NOW));
        assert_eq!(problems(&b).await, Vec::<String>::new());
    });
}

#[test]
fn what_opens_the_door_is_changed_by_the_program_alone() {
    let widened = "UPDATE api_tokens SET permissions = '[\"people_write\"]'";
    let deeds: [(&'static str, &'static str); 11] = [
        ("UPDATE people SET second_secret = NULL WHERE login = 'zhaoxin'", "second factor"),
        (
            "UPDATE people SET second_secret = password_hash_bytes WHERE login = 'zhaoxin'",
            "second factor",
        ),
        ("UPDATE people SET password_hash = 'mine' WHERE login = 'zhaoxin'", "password"),
        ("UPDATE people SET pin_sealed = NULL WHERE login = 'zhaoxin'", "PIN"),
        ("UPDATE people SET pin_sealed = password_hash_bytes WHERE login = 'zhaoxin'", "PIN"),
        (widened, "token"),
        ("UPDATE api_tokens SET expires_at = expires_at + 1", "token"),
        ("UPDATE api_tokens SET token_hash = DIGEST", "token"),
        ("DELETE FROM api_tokens", "token"),
        ("UPDATE api_tokens SET ended_by = person, ended_at = made_at", "token"),
        ("REVIVED", "token"),
    ];
    for (deed, named) in deeds {
        on_both(move |b: Bench| async move {
            let person = hired(&b).await;
            let id = made(&b, person).await;
            b.store.set_second_factor(person, Some(&[7; 20]), "", NOW).await.unwrap();
            b.store.set_pin(person, Some("hash"), NOW).await.unwrap();
            assert_eq!(problems(&b).await, Vec::<String>::new());
            let (zeros, bytes) = match &b.config.database {
                store::Database::Sqlite(_) => ("zeroblob(32)", "CAST('x' AS BLOB)"),
                store::Database::Postgres(_) => ("decode(repeat('00', 32), 'hex')", "'x'::bytea"),
            };
            if deed == "REVIVED" {
                b.store.end_token(person, id, person, NOW).await.unwrap();
            }
            let deed = match deed {
                "REVIVED" => "UPDATE api_tokens SET ended_by = NULL, ended_at = NULL".to_owned(),
                deed => deed.replace("DIGEST", zeros).replace("password_hash_bytes", bytes),
            };
            b.raw(&deed).await.unwrap();
            let found = problems(&b).await;
            assert_eq!(found.len(), 1, "{deed}: {found:?}");
            assert!(
                found[0].contains(named) && found[0].contains(&person.to_string()),
                "{found:?}"
            );
        });
    }
}
