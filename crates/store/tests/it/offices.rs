//! What a case writes of organisation units: founded and changed in its own transaction, once each,
//! kept in the chain of the unit with the case it came from.

#![expect(clippy::unwrap_used, reason = "what is not as it must be ends the test")]

use crate::support::{Bench, NOW, on_both};
use base::{CaseId, OrgId, Text, Zone};
use engine::Followup;
use serde_json::{Value as Json, json};
use store::StoreError;
use store::cases::FactsRequest;
use store::org::{Org, Standing};

fn register(target: &str, values: Json) -> Followup {
    let Json::Object(values) = values else { panic!("an object") };
    Followup::Register { target: target.into(), values }
}

async fn write(b: &Bench, followups: Vec<Followup>) -> Result<CaseId, StoreError> {
    let mut change = b.opening().await;
    change.case.decision.followups = followups;
    b.store.apply(&change, NOW).await.map(|applied| applied.case)
}

fn founding(b: &Bench, code: &str, nameplate: &str) -> Json {
    json!({
        "code": code, "name": "东山维修站", "kind": "station", "parent": b.station.id,
        "province": "江苏", "city": "江城", "address": "东山路1号", "phone": "025-1",
        "floor_area": 45.5, "nameplate": nameplate, "registered": true,
    })
}

async fn by_code(b: &Bench, code: &str) -> Option<Org> {
    b.store.orgs().await.unwrap().into_iter().find(|org| org.code == code)
}

#[test]
fn a_case_founds_a_unit_with_a_code_and_a_nameplate_of_its_own() {
    on_both(|b| async move {
        let case = write(&b, vec![register("org.founded", founding(&b, "s0199", "NP-7"))]).await;
        let org = by_code(&b, "S0199").await.expect("the unit is there");
        assert_eq!(org.set_by, Some(case.unwrap()));
        assert_eq!(org.path, format!("{}S0199/", b.station.path));
        assert_eq!((org.registered, org.supplied, org.standing), (true, false, Standing::Active));
        assert_eq!((org.floor_area_dm2, org.nameplate.as_deref()), (Some(4550), Some("NP-7")));
        assert_eq!((org.city.as_deref(), org.phone.as_deref()), (Some("江城"), Some("025-1")));
        for (code, plate, taken) in [("S0199", "NP-8", "org_code"), ("S0200", "NP-7", "nameplate")]
        {
            let again = write(&b, vec![register("org.founded", founding(&b, code, plate))]).await;
            assert_eq!(again.unwrap_err().to_string(), StoreError::Taken(taken).to_string());
        }
        assert!(by_code(&b, "S0200").await.is_none(), "nothing of a refused one is written");
        let odd = write(&b, vec![register("org.founded", founding(&b, "S 1", "NP-9"))]).await;
        assert!(matches!(odd, Err(StoreError::Invalid(_))), "{odd:?}");
        assert_eq!(b.store.verify(None).await.unwrap().problems, Vec::<Text>::new());
    });
}

#[test]
fn what_a_case_says_of_a_unit_is_one_change_and_a_typed_one_has_no_case() {
    on_both(|b| async move {
        let before = b.store.org(b.station.id).await.unwrap();
        let rated = json!({ "stars": 2, "registered": true });
        let held = json!({ "org": b.station.id, "standing": "suspended" });
        let both = vec![register("org.standing", rated), register("org.standing", held)];
        let case = write(&b, both).await.unwrap();
        let after = b.store.org(b.station.id).await.unwrap();
        assert_eq!((after.stars, after.standing), (Some(2), Standing::Suspended));
        assert_eq!((after.version, after.set_by), (before.version + 1, Some(case)));
        // What is said again is no change; only who says so takes the stars away.
        write(&b, vec![register("org.supplied", json!({}))]).await.unwrap();
        let same = b.store.org(b.station.id).await.unwrap();
        assert_eq!(same.version, after.version + i64::from(!before.supplied));
        write(&b, vec![register("org.standing", json!({ "stars": null }))]).await.unwrap();
        let bare = b.store.org(b.station.id).await.unwrap();
        assert_eq!((bare.stars, bare.standing), (None, Standing::Suspended));
        let typed = Org { stars: Some(3), standing: Standing::Active, ..bare };
        let typed = b.store.change_org(&typed, b.adviser, NOW).await.unwrap();
        assert_eq!((typed.stars, typed.set_by), (Some(3), None));
        for wrong in [json!({ "stars": 6 }), json!({ "standing": "asleep" })] {
            let wrong = write(&b, vec![register("org.standing", wrong)]).await;
            assert!(matches!(wrong, Err(StoreError::Invalid(_))), "{wrong:?}");
        }
        let nobody = json!({ "org": OrgId(7), "stars": 1 });
        let nobody = write(&b, vec![register("org.standing", nobody)]).await;
        assert!(matches!(nobody, Err(StoreError::NotFound("org"))), "{nobody:?}");
        assert_eq!(b.store.verify(None).await.unwrap().problems, Vec::<Text>::new());
    });
}

#[test]
fn rules_read_what_a_unit_is_and_whether_anybody_there_is_certified() {
    on_both(|b| async move {
        write(&b, vec![register("org.founded", founding(&b, "S0199", "NP-7"))]).await.unwrap();
        let founded = by_code(&b, "S0199").await.unwrap();
        let facts = async |org: OrgId| {
            let request = FactsRequest {
                unit: None,
                customer: None,
                org,
                orgs: vec![],
                people: vec![],
                now: NOW,
                zone: Zone::default(),
            };
            Json::Object(b.store.facts(&request).await.unwrap().org)
        };
        let new = facts(founded.id).await;
        let known = ["standing", "nameplate", "supplied", "certified", "city"];
        let known = known.map(|fact| new[fact].clone());
        assert_eq!(Json::from(known.to_vec()), json!(["active", "NP-7", false, false, "江城"]));
        // Its own people count where the unit above is asked, not those above where it is asked.
        let above = facts(b.station.id).await;
        assert_eq!(above["certified"], json!(true));
    });
}
