//! Who people are at the company's identity provider, and the ways there and back.

#![expect(clippy::unwrap_used, reason = "what is not as it must be ends the test")]

use crate::support::{Bench, NOW, on_both};
use base::PersonId;
use store::StoreError;
use store::flow::{FLOW_LIFETIME, NewFlow, Purpose, Stage, is_of};
use store::person::{Linking, NewPerson, Proven, Standing};

async fn hired(b: &Bench, login: &str) -> PersonId {
    let person = NewPerson {
        login: login.into(),
        password_hash: Some("hash".into()),
        standing: Standing { name: "赵新".into(), org: b.station.id, ..Standing::default() },
        ..NewPerson::default()
    };
    b.store.add_person(person, Some(b.adviser), NOW).await.unwrap()
}

fn proven(subject: &str) -> Proven {
    Proven {
        issuer: "https://login.example.cn".into(),
        subject: subject.into(),
        name: Some(format!("name of {subject}")),
    }
}

async fn problems(b: &Bench) -> Vec<String> {
    let report = b.store.verify(None).await.unwrap();
    report.problems.into_iter().map(|problem| problem.en).collect()
}

#[test]
fn an_identity_is_one_persons_and_is_found_by_its_number() {
    on_both(|b: Bench| async move {
        let (one, two) = (hired(&b, "one").await, hired(&b, "two").await);
        let issuer = "https://login.example.cn";
        b.store.link_identity(one, &proven("7"), Linking::Own, NOW).await.unwrap();
        assert_eq!(b.store.identified(issuer, "7").await.unwrap(), Some(one));
        assert_eq!(b.store.identified("https://other.example.cn", "7").await.unwrap(), None);
        assert_eq!(b.store.identified(issuer, "8").await.unwrap(), None);
        let known = b.store.identity(one).await.unwrap().unwrap();
        assert_eq!((known.name.reveal(), known.linked_at), ("name of 7", NOW));
        assert!(b.store.person(one).await.unwrap().linked);
        let taken = b.store.link_identity(two, &proven("7"), Linking::Claim, NOW).await;
        assert!(matches!(taken, Err(StoreError::Taken(_))), "{taken:?}");

        // Another one takes its place; let go, it is free.
        b.store.link_identity(one, &proven("8"), Linking::Own, NOW).await.unwrap();
        assert_eq!(b.store.identified(issuer, "7").await.unwrap(), None);
        b.store.unlink_identity(one, b.adviser, NOW).await.unwrap();
        let gone = b.store.unlink_identity(one, b.adviser, NOW).await;
        assert!(matches!(gone, Err(StoreError::NotFound(_))), "{gone:?}");
        b.store.link_identity(two, &proven("8"), Linking::Claim, NOW).await.unwrap();
        assert_eq!(problems(&b).await, Vec::<String>::new());
    });
}

#[test]
fn an_invitation_leads_to_an_identity_once_and_ends_what_was_before() {
    on_both(|b: Bench| async move {
        let person = hired(&b, "one").await;
        b.store.set_second_factor(person, Some(&[7; 20]), "", NOW).await.unwrap();
        b.store.invite(person, "link", b.adviser, NOW).await.unwrap();
        let new = NewFlow {
            state: "state",
            browser: "browser",
            purpose: Purpose::Invited,
            fresh: false,
            person: Some(person),
            opener: Some("link"),
        };
        b.store.begin_flow(new, NOW).await.unwrap();
        let flow = b.store.flow("state", "browser", NOW).await.unwrap().unwrap();
        assert!(is_of("link", flow.opener.as_deref()));
        let hash = flow.opener.unwrap();
        b.store.link_identity(person, &proven("7"), Linking::Invited(&hash), NOW).await.unwrap();
        let after = b.store.person(person).await.unwrap();
        assert_eq!((after.linked, after.enrolled, after.second_factor), (true, false, false));
        let twice = b.store.link_identity(person, &proven("7"), Linking::Invited(&hash), NOW).await;
        assert!(matches!(twice, Err(StoreError::NotFound(_))), "{twice:?}");
        assert_eq!(problems(&b).await, Vec::<String>::new());
    });
}

#[test]
fn an_identity_put_in_beside_the_journal_is_named() {
    let deeds = [
        "DELETE FROM identities",
        "UPDATE identities SET lookup = sealed",
        "UPDATE identities SET person = (SELECT id FROM people WHERE login = 'two')",
    ];
    for deed in deeds {
        on_both(move |b: Bench| async move {
            let (one, _) = (hired(&b, "one").await, hired(&b, "two").await);
            b.store.link_identity(one, &proven("7"), Linking::Own, NOW).await.unwrap();
            assert_eq!(problems(&b).await, Vec::<String>::new());
            b.raw(deed).await.unwrap();
            let found = problems(&b).await;
            let named = found.iter().filter(|problem| problem.contains("identity"));
            assert!(named.count() >= 1 && !found.is_empty(), "{deed}: {found:?}");
        });
    }
}

#[test]
fn a_way_belongs_to_its_browser_and_is_gone_once() {
    on_both(|b: Bench| async move {
        let new = NewFlow {
            state: "state",
            browser: "browser",
            purpose: Purpose::SignIn,
            fresh: true,
            person: None,
            opener: None,
        };
        b.store.begin_flow(new.clone(), NOW).await.unwrap();
        assert_eq!(b.store.flow("state", "another", NOW).await.unwrap(), None);
        let late = NOW.plus_seconds(FLOW_LIFETIME);
        assert_eq!(b.store.flow("state", "browser", late).await.unwrap(), None);
        let flow = b.store.flow("state", "browser", NOW).await.unwrap().unwrap();
        assert_eq!((flow.purpose, flow.fresh, flow.stage), (Purpose::SignIn, true, Stage::Away));
        assert!(!b.store.flow_proven("state", b.adviser).await.unwrap(), "nobody came back yet");
        assert!(b.store.flow_back("state").await.unwrap());
        assert!(!b.store.flow_back("state").await.unwrap(), "once");
        assert!(b.store.flow_proven("state", b.adviser).await.unwrap());
        let flow = b.store.flow("state", "browser", NOW).await.unwrap().unwrap();
        assert_eq!((flow.person, flow.stage), (Some(b.adviser), Stage::Proven));
        assert!(b.store.end_flow("state").await.unwrap());
        assert!(!b.store.end_flow("state").await.unwrap());

        // The next one takes away what is over.
        b.store.begin_flow(new.clone(), NOW).await.unwrap();
        b.store.begin_flow(NewFlow { state: "next", ..new }, late).await.unwrap();
        assert_eq!(b.store.flow("state", "browser", NOW).await.unwrap(), None);
    });
}
