//! One suite for both databases: what a caller may rely on.

use crate::support::{FRAME, NAME, NOW, PHONE, on_both};
use base::{Instant, Zone};
use engine::Followup;
use serde_json::{Map, json};
use store::cases::{CaseQuery, FactsRequest};
use store::document::{DocumentStatus, NewDocument};
use store::message::{NewMessage, Recipient};
use store::session::{Provided, Session};
use store::{Answer, Scope, Show, StoreError};

#[test]
fn a_person_signs_in_and_out() {
    on_both(|b| async move {
        let (person, hash) = b.store.login("zhang").await.unwrap().unwrap();
        assert_eq!(
            (person.id, person.name.reveal(), hash.as_str()),
            (b.adviser, "张丽", "$argon2id$…")
        );
        assert_eq!(person.roles[0].role, "service_advisor");
        assert!(b.store.login("nobody").await.unwrap().is_none());

        let ends = NOW.plus_seconds(3600);
        let (person, expires_at) = (b.adviser, ends);
        let provided = Provided::default();
        let session = Session { person, org: b.station.id, expires_at, counter: None, provided };
        b.store.begin_session("token", session.clone(), NOW).await.unwrap();
        assert_eq!(b.store.session("token", NOW).await.unwrap(), Some(session));
        b.store.switch_org("token", b.other.id).await.unwrap();
        assert_eq!(b.store.session("token", NOW).await.unwrap().unwrap().org, b.other.id);
        assert_eq!(b.store.session("token", ends).await.unwrap(), None);
        b.store.end_session("token").await.unwrap();
        assert_eq!(b.store.session("token", NOW).await.unwrap(), None);
    });
}

#[test]
fn a_vehicle_is_found_company_wide_by_its_number_and_in_scope_by_the_rest() {
    on_both(|b| async move {
        let (mine, theirs) = (Scope::subtree(&b.station), Scope::subtree(&b.other));
        for (text, by, mine_finds, theirs_find) in [
            (FRAME, "frame", true, true),
            ("lfr6 2411-000123", "frame", true, true),
            ("浙A·12345", "plate", true, true),
            ("c000777", "card", true, true),
            ("BAT20240001", "serial", true, true),
            ("+86 139 8765 4321", "phone", true, true),
            ("000123", "last", true, false),
            ("4321", "last", true, false),
            (NAME, "name", true, false),
            ("ouyangxiaofeng", "pinyin", true, false),
            ("oyxf", "pinyin", true, false),
            ("晓峰", "", false, false),
            ("3", "", false, false),
        ] {
            for (scope, expected) in [(&mine, mine_finds), (&theirs, theirs_find)] {
                let hits = b.store.find_units(text, scope, 20).await.unwrap();
                assert_eq!(hits.len(), usize::from(expected), "{text}");
                if let Some(hit) = hits.first() {
                    assert_eq!((hit.id, hit.matched_by.as_str()), (b.unit, by), "{text}");
                    assert_eq!(hit.in_scope, scope == &mine, "{text}");
                    assert_eq!(
                        hit.owner.as_ref().unwrap().name.as_ref().unwrap().masked(),
                        "欧**峰"
                    );
                }
            }
        }
    });
}

#[test]
fn of_many_with_the_same_last_digits_the_exact_one_stands_first_and_then_the_newest() {
    on_both(|b| async move {
        let add = async |frame: &str, owner| {
            let fields = store::unit::UnitFields {
                frame_no: Some(frame.into()),
                org: Some(b.station.id),
                ..Default::default()
            };
            let unit = store::unit::NewUnit { fields, owner, ..Default::default() };
            b.store.add_unit(unit, b.adviser, NOW).await.unwrap()
        };
        let mut those = Vec::new();
        for n in 0..30 {
            those.push(add(&format!("MANY{n:02}4321"), None).await);
        }
        // Its owner's telephone ends in the same digits, as b.unit's does.
        let theirs = add("OTHER00000", Some(b.customer)).await;
        let exact = add("4321", None).await;
        let mine = Scope::subtree(&b.station);
        let found = b.store.find_units("4321", &mine, 20).await.unwrap();
        assert_eq!(found.len(), 20);
        assert_eq!((found[0].id, found[0].matched_by.as_str()), (exact, "frame"));
        let rest: Vec<_> = found[1..].iter().map(|hit| hit.id).collect();
        let newest: Vec<_> = those.iter().rev().take(19).copied().collect();
        assert_eq!(rest, newest);
        let found = b.store.find_units("4321", &mine, 100).await.unwrap();
        let all: std::collections::BTreeSet<_> = found.iter().map(|hit| hit.id).collect();
        assert_eq!((found.len(), all.len()), (33, 33), "each once");
        assert!(all.contains(&theirs) && all.contains(&b.unit), "by the owner's telephone too");
    });
}

#[test]
fn one_frame_number_is_one_vehicle() {
    on_both(|b| async move {
        let unit = store::unit::NewUnit {
            fields: store::unit::UnitFields {
                frame_no: Some("ＬＦＲ６2411 000123".into()),
                ..Default::default()
            },
            ..Default::default()
        };
        let again = b.store.add_unit(unit, b.adviser, NOW).await;
        assert_eq!(again, Err(StoreError::Taken("frame_no")));
    });
}

#[test]
fn a_case_is_opened_loaded_listed_and_offered() {
    on_both(|b| async move {
        let id = b.open_case().await;
        let (mine, theirs) = (Scope::subtree(&b.station), Scope::subtree(&b.other));
        let loaded = b.store.case(id, &mine).await.unwrap();
        assert_eq!(loaded.state.version, 1);
        assert_eq!(loaded.state.number.as_deref(), Some("WX202611-0001"));
        assert_eq!(loaded.state.deadlines.len(), 1);
        assert!(loaded.state.deadlines[0].id.is_some());
        assert_eq!(b.store.case(id, &theirs).await, Err(StoreError::NotFound("case")));

        let query = CaseQuery { text: Some("4321".into()), open: Some(true), ..Default::default() };
        let page = b.store.cases(&query, &mine).await.unwrap();
        assert_eq!(page.items.len(), 1);
        let row = &page.items[0];
        assert_eq!(row.customer_masked.as_deref(), Some("欧**峰"));
        assert_eq!((row.state.as_str(), row.frame_no.as_deref()), ("received", Some(FRAME)));
        assert_eq!(row.due_at, Some(NOW.plus_seconds(300)));
        assert!(b.store.cases(&CaseQuery::default(), &theirs).await.unwrap().items.is_empty());

        let offers = b.store.offers(b.adviser, &mine, 50).await.unwrap();
        assert_eq!(offers.len(), 1);
        assert_eq!(offers[0].action, "check");
        assert_eq!(offers[0].deadline.as_deref(), Some("route_5min"));
        assert!(b.store.offers(b.adviser, &theirs, 50).await.unwrap().is_empty());

        let timeline = b.store.timeline(id).await.unwrap();
        assert_eq!(timeline.len(), 1);
        assert_eq!(timeline[0].actor_name.as_deref(), Some("张丽"));
        let mut form = serde_json::to_value(&timeline[0].entry.form).unwrap();
        b.store.open_sealed(&mut form, Show::Masked).await.unwrap();
        assert_eq!(form, json!({ "sender": "欧**峰", "complaint": "跑不远" }));
    });
}

#[test]
fn pages_follow_each_other_without_gap_or_repeat() {
    on_both(|b| async move {
        let mut ids = Vec::new();
        for _ in 0..7 {
            ids.push(b.open_case().await);
        }
        let mut query = CaseQuery { limit: 3, ..Default::default() };
        let mut seen = Vec::new();
        loop {
            let page = b.store.cases(&query, &Scope::company()).await.unwrap();
            seen.extend(page.items.iter().map(|row| row.id));
            query.cursor = page.next;
            if query.cursor.is_none() {
                break;
            }
        }
        seen.reverse();
        ids.sort();
        assert_eq!(seen, ids);
    });
}

#[test]
fn a_stale_decision_is_refused_and_changes_nothing() {
    on_both(|b| async move {
        let id = b.open_case().await;
        let first = b.moving(id, "diagnosing", NOW.plus_seconds(1)).await;
        let second = b.moving(id, "cancelled", NOW.plus_seconds(2)).await;
        b.store.apply(&first, NOW.plus_seconds(1)).await.unwrap();
        let refused = b.store.apply(&second, NOW.plus_seconds(2)).await;
        assert_eq!(refused, Err(StoreError::Stale { current: 2 }));
        let state = b.store.case(id, &Scope::company()).await.unwrap().state;
        assert_eq!(state.full_state("main").as_deref(), Some("main.diagnosing"));
        assert_eq!(b.store.timeline(id).await.unwrap().len(), 2);
        // The offer went to the assignee alone.
        assert!(b.store.offers(b.adviser, &Scope::company(), 9).await.unwrap().is_empty());
        assert_eq!(b.store.offers(b.technician, &Scope::company(), 9).await.unwrap().len(), 1);
    });
}

#[test]
fn of_many_at_once_on_one_case_exactly_one_wins() {
    on_both(|b| async move {
        let id = b.open_case().await;
        let mut changes = Vec::new();
        for n in 0..12 {
            changes.push(b.moving(id, &format!("state{n}"), NOW).await);
        }
        let mut tasks = Vec::new();
        for change in changes {
            let store = b.store.clone();
            tasks.push(tokio::spawn(async move { store.apply(&change, NOW).await }));
        }
        let mut won = 0;
        for task in tasks {
            match task.await.unwrap() {
                Ok(applied) => {
                    assert_eq!(applied.version, 2);
                    won += 1;
                }
                Err(error) => assert_eq!(error, StoreError::Stale { current: 2 }),
            }
        }
        assert_eq!(won, 1);
        assert_eq!(b.store.timeline(id).await.unwrap().len(), 2);
    });
}

#[test]
fn a_note_leaves_the_version_alone_but_asks_to_decide_again() {
    on_both(|b| async move {
        let id = b.open_case().await;
        let change = b.moving(id, "diagnosing", NOW).await;
        b.store.add_note(id, (b.adviser, None), "客户姓欧阳", NOW).await.unwrap();
        assert_eq!(b.store.apply(&change, NOW).await, Err(StoreError::Stale { current: 1 }));
        let again = b.moving(id, "diagnosing", NOW).await;
        assert_eq!(b.store.apply(&again, NOW).await.unwrap().version, 2);
        let timeline = b.store.timeline(id).await.unwrap();
        assert_eq!(timeline[1].entry.event, "noted");
        let mut note = timeline[1].entry.form["note"].clone();
        b.store.open_sealed(&mut note, Show::Clear).await.unwrap();
        assert_eq!(note, "客户姓欧阳");
    });
}

#[test]
fn a_repeated_command_gets_the_first_answer() {
    on_both(|b| async move {
        let answer = Answer {
            principal: b.adviser.to_string(),
            key: "k1".into(),
            body_hash: "h1".into(),
            status: 201,
            response: None,
        };
        let mut change = b.opening().await;
        change.answer = Some(answer.clone());
        let applied = b.store.apply(&change, NOW).await.unwrap();
        let ask = |hash| b.store.answered(&answer.principal, "k1", hash, NOW);
        assert_eq!(ask("h1").await.unwrap().unwrap().case, Some(applied.case));
        assert_eq!(ask("h2").await, Err(StoreError::KeyReused));
        let mut twice = b.opening().await;
        twice.answer = Some(answer.clone());
        let refused = b.store.apply(&twice, NOW).await;
        assert_eq!(refused, Err(StoreError::Taken("idempotency_key")));
        let later = NOW.plus_seconds(181 * 86_400);
        assert_eq!(b.store.answered(&answer.principal, "k1", "h1", later).await, Ok(None));
        assert_eq!(
            b.store.cases(&CaseQuery::default(), &Scope::company()).await.unwrap().items.len(),
            1
        );
    });
}

#[test]
fn a_full_command_stays_within_its_statements() {
    on_both(|b| async move {
        let id = b.open_case().await;
        let mut change = b.moving(id, "delivered", NOW).await;
        let line = json!({ "id": "1", "kind": "part", "item": "P1", "quantity": 1000,
            "unit_price": 128_000, "amount": 128_000, "payer": "maker" });
        let decision = &mut change.case.decision;
        decision.case.data.insert("lines".into(), json!([line]));
        decision.entries[0].form.insert("lines".into(), json!([line]));
        decision.entries[0].form.insert("photos".into(), json!([{ "file": base::FileId(5) }]));
        let register = |target: &str, values| Followup::Register {
            target: target.into(),
            values: match values {
                serde_json::Value::Object(map) => map,
                _ => Map::new(),
            },
        };
        decision.followups = vec![
            register("unit.component", json!({ "component": "li_battery", "serial": "BAT-NEW-9" })),
            register(
                "unit.repair",
                json!({ "component": "li_battery", "fault": "low_capacity",
                "covered": true, "replaced": true }),
            ),
            Followup::TellParent { state: "main.delivered".into(), round: 1 },
        ];
        change.case.documents = vec![NewDocument {
            document: "delivery_sheet".into(),
            html: format!("<p>{NAME}</p>"),
            frozen: true,
            signature: None,
        }];
        change.case.messages = vec![
            message(Recipient::Person(b.technician)),
            message(Recipient::Role("service_advisor".into())),
        ];
        let applied = b.store.apply(&change, NOW).await.unwrap();
        assert!(applied.statements <= 15, "{} statements", applied.statements);

        assert_eq!(b.store.unread(b.technician).await, Ok(1));
        assert_eq!(b.store.unread(b.adviser).await, Ok(1));
        let unit = b.store.unit(b.unit, &Scope::company()).await.unwrap();
        assert_eq!(unit.components[0].serial.as_deref(), Some("BAT-NEW-9"));
        assert_eq!(unit.components[0].case, Some(id));
        assert_eq!(unit.history[0].fault, "low_capacity");
        assert_eq!(unit.cases.len(), 1);
        let found = b.store.find_units("batnew9", &Scope::subtree(&b.other), 5).await.unwrap();
        assert_eq!(found.len(), 1);
        let documents = b.store.documents(id).await.unwrap();
        assert_eq!(documents[0].status, DocumentStatus::Frozen);
        let (_, html) = b.store.document(documents[0].id, &Scope::company()).await.unwrap();
        assert!(html.contains(NAME));
    });
}

fn message(to: Recipient) -> NewMessage {
    NewMessage { to, message: "delivered".into(), args: Map::new() }
}

#[test]
fn facts_come_in_six_statements() {
    on_both(|b| async move {
        b.open_case().await;
        let request = FactsRequest {
            unit: Some(b.unit),
            customer: Some(b.customer),
            org: b.station.id,
            orgs: vec![b.other.id],
            people: vec![b.adviser, b.technician],
            now: NOW,
            zone: Zone::default(),
        };
        let before = b.store.statements();
        let facts = b.store.facts(&request).await.unwrap();
        assert!(b.store.statements() - before <= 6);
        assert_eq!(facts.unit.as_ref().unwrap()["model"], "RF-R6");
        assert_eq!(
            facts.unit.as_ref().unwrap()["components"]["li_battery"]["serial"],
            "BAT20240001"
        );
        assert_eq!(facts.customer.as_ref().unwrap()["has_phone"], true);
        assert!(!format!("{:?}{:?}", facts.unit, facts.customer).contains(NAME));
        assert_eq!(facts.org["code"], "S0101");
        assert_eq!(facts.orgs[&b.other.id]["code"], "S0202");
        let technician = &facts.people[&b.technician];
        assert_eq!(technician.roles, ["technician"]);
        assert_eq!(technician.certificate_number.as_deref(), Some("T-0042"));
        let elsewhere = FactsRequest { org: b.other.id, unit: None, people: vec![], ..request };
        let facts = b.store.facts(&elsewhere).await.unwrap();
        assert!(facts.people.is_empty() && facts.unit.is_none());
    });
}

#[test]
fn timers_find_what_is_due_and_claims_are_not_given_twice() {
    on_both(|b| async move {
        let id = b.open_case().await;
        let warn = NOW.plus_seconds(180);
        assert_eq!(b.store.next_due().await, Ok(Some(warn)));
        assert!(b.store.due_cases(10, NOW).await.unwrap().is_empty());
        assert_eq!(b.store.due_cases(10, warn).await.unwrap(), [id]);
        assert!(b.store.due_cases(10, warn).await.unwrap().is_empty());
        let after = Instant(warn.0 + 61_000_000);
        assert_eq!(b.store.due_cases(10, after).await.unwrap(), [id]);
    });
}

#[test]
fn candidates_hold_the_role_at_the_unit_or_above() {
    on_both(|b| async move {
        let id = b.open_case().await;
        let change = b.moving(id, "repairing", NOW).await;
        b.store.apply(&change, NOW).await.unwrap();
        let roles = ["technician".to_owned()];
        let found = b.store.candidates(b.station.id, &roles).await.unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].person.id, found[0].open_cases), (b.technician, 1));
        assert!(b.store.candidates(b.other.id, &roles).await.unwrap().is_empty());
    });
}

#[test]
fn an_erased_customer_can_no_longer_be_read_or_found() {
    on_both(|b| async move {
        let id = b.open_case().await;
        let seen = b
            .store
            .unmask_customer(b.customer, &Scope::company(), (b.adviser, None), "回访", NOW)
            .await
            .unwrap();
        assert_eq!(seen.phone.unwrap().reveal(), PHONE);
        assert_eq!(seen.id_last4.unwrap().reveal(), "123X");
        let refused = b.store.erase_customer(b.customer, b.adviser, "asked", NOW).await;
        assert_eq!(refused, Err(StoreError::Moved), "a case is still open");
        b.close_case(id).await;
        b.store.erase_customer(b.customer, b.adviser, "asked", NOW).await.unwrap();
        let customer = b.store.customer(b.customer).await.unwrap();
        assert!(customer.erased && customer.name.is_none());
        assert!(b.store.find_customers(PHONE, &Scope::company(), 5).await.unwrap().is_empty());
        let case = b.store.case(id, &Scope::company()).await.unwrap();
        let mut data = serde_json::to_value(case.state.data).unwrap();
        b.store.open_sealed(&mut data, Show::Clear).await.unwrap();
        assert_eq!(data["sender"], store::ERASED);
        assert_eq!(b.store.verify(None).await.unwrap().problems, []);
    });
}

#[test]
fn another_master_key_is_refused() {
    on_both(|b| async move {
        let mut config = b.config.clone();
        config.master_key = store::MasterKey::try_from_hex(&"77".repeat(32)).unwrap();
        b.store.close().await;
        let opened = store::Store::open(config).await;
        assert!(matches!(opened.err(), Some(StoreError::Sealed(_))));
        store::Store::open(b.config.clone()).await.unwrap().close().await;
    });
}
