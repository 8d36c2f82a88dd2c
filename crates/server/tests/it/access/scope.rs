//! Random companies: what a person sees is what their place in the tree holds, by every way there
//! is to see a case, its papers, its photos, its customer, its vehicle and its figures.

use super::world::{EVERYTHING, PASSWORD, hire, judged, packs, text};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use server::app::Audience;
use std::collections::{BTreeMap, BTreeSet};
use store::customer::NewCustomer;
use store::org::Org;
use store::unit::{NewUnit, UnitFields};
use testkit::{Actor, Events, TestApp, json};

/// A drawn company: for each unit the one above it, and readers with their place and reach.
#[derive(Debug, Clone)]
struct Drawn {
    /// `above[n]` is below `n + 1`: the unit above the unit `n + 1`.
    above: Vec<prop::sample::Index>,
    readers: Vec<(prop::sample::Index, &'static str)>,
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let reach = prop::sample::select(vec!["own", "station", "subtree", "subtree"]);
    let above = prop::collection::vec(any::<prop::sample::Index>(), 2..5);
    let readers = prop::collection::vec((any::<prop::sample::Index>(), reach), 2..4);
    (above, readers).prop_map(|(above, readers)| Drawn { above, readers })
}

/// What happened at one unit.
pub(super) struct Deed {
    pub(super) org: Org,
    pub(super) advisor: String,
    pub(super) case: String,
    pub(super) number: String,
    pub(super) document: String,
    pub(super) file: String,
    pub(super) customer: String,
    pub(super) owner: String,
    pub(super) unit: String,
    pub(super) frame: String,
}

/// Somebody who looks, with the units they see.
struct Reader {
    login: String,
    /// Paths in scope; a person who sees only their own cases sees none of these.
    low: String,
    is_own: bool,
    company: bool,
}

impl Reader {
    fn holds(&self, deed: &Deed) -> bool {
        !self.is_own && (self.company || deed.org.path.starts_with(&self.low))
    }
}

pub(super) async fn grow(test: &TestApp, world: usize, above: &[prop::sample::Index]) -> Vec<Org> {
    let root = test.app.orgs().by_code("A01").expect("an agent").clone();
    let mut orgs: Vec<Org> = Vec::new();
    for nth in 0..=above.len() {
        let parent = if nth == 0 { &root } else { &orgs[above[nth - 1].index(nth)] };
        let org = Org {
            code: format!("W{world}N{nth}"),
            name: format!("站{world}-{nth}号"),
            kind: "station".into(),
            parent: Some(parent.id),
            registered: true,
            ..Org::default()
        };
        orgs.push(test.app.store().add_org(org, None, test.now()).await.expect("a unit"));
    }
    test.app.refresh_orgs().await.expect("the tree is read");
    orgs
}

/// A vehicle sold at a unit to somebody whom nobody else is called like.
async fn sold(test: &TestApp, org: &Org) -> (String, String, String) {
    let (store, name) = (test.app.store(), format!("Owner{}", org.code));
    let digits: String = org.code.bytes().map(|b| char::from(b'0' + b % 10)).collect();
    let owner = NewCustomer {
        name: Some(name.clone()),
        phone: Some(format!("139{digits:0>8}")),
        org: Some(org.id),
        ..NewCustomer::default()
    };
    let owner = store.add_customer(owner, test.now()).await.expect("a customer");
    let frame = format!("FRAME{}X{digits:0>6}", org.code);
    let fields = UnitFields {
        frame_no: Some(frame.clone()),
        product: Some("ebike".into()),
        model: Some("RF-R6".into()),
        card_state: Some("ok".into()),
        usage: Some("household".into()),
        sale_channel: Some("store".into()),
        invoice_date: Some(test.app.today()),
        org: Some(org.id),
        ..UnitFields::default()
    };
    let unit = NewUnit { fields, components: BTreeMap::default(), owner: Some(owner) };
    let admin = store.login("admin").await.expect("answers").expect("somebody").0.id;
    let unit = store.add_unit(unit, admin, test.now()).await.expect("a vehicle");
    (unit.to_string(), name, frame)
}

pub(super) async fn work(test: &TestApp, org: &Org) -> Deed {
    let advisor = format!("advisor-{}", org.code.to_lowercase());
    hire(test, &advisor, "service_advisor", org.id).await;
    let (unit, owner, frame) = sold(test, org).await;
    let actor = test.sign_in(&advisor).await;
    let case = actor.open_repair(&unit, "异响").await;
    let file = judged(&actor, &case).await;
    let page = actor.case(&case).await.expect(200);
    Deed {
        org: org.clone(),
        advisor: test.person(&advisor).await,
        number: page.str("/number"),
        document: page.str("/documents/0/id"),
        customer: page.str("/customer/id"),
        case,
        file,
        owner,
        unit,
        frame,
    }
}

/// All ids of a list, page by page.
pub(super) async fn ids(actor: &Actor<'_>, path: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    let mut cursor = String::new();
    loop {
        let joint = if path.contains('?') { '&' } else { '?' };
        let page = actor.get(&format!("{path}{joint}limit=3{cursor}")).await.expect(200);
        let items = page.at("/items").as_array().cloned().unwrap_or_default();
        all.extend(items.iter().filter_map(|row| Some(row["id"].as_str()?.to_owned())));
        let next = page.str("/next");
        if next.is_empty() {
            return all;
        }
        cursor = format!("&cursor={next}");
    }
}

fn expected(reader: &Reader, deeds: &[Deed], of: fn(&Deed) -> &String) -> BTreeSet<String> {
    deeds.iter().filter(|deed| reader.holds(deed)).map(|deed| of(deed).clone()).collect()
}

/// What of these companies a list holds; a stranger's things in a scope that is not the company's
/// are told apart by being there at all.
fn within(found: &BTreeSet<String>, deeds: &[Deed], of: fn(&Deed) -> &String) -> BTreeSet<String> {
    deeds.iter().map(of).filter(|id| found.contains(*id)).cloned().collect()
}

async fn lists(reader: &Reader, actor: &Actor<'_>, deeds: &[Deed]) {
    let who = &reader.login;
    let case: fn(&Deed) -> &String = |deed| &deed.case;
    let mine = expected(reader, deeds, case);
    let found = ids(actor, "cases").await;
    assert_eq!(within(&found, deeds, case), mine, "{who}: cases");
    assert!(reader.company || found == mine, "{who}: cases of elsewhere {found:?}");
    registers(reader, actor, deeds).await;
    let offers = actor.get("offers").await.expect(200).text();
    let strange = deeds.iter().find(|d| !reader.holds(d) && offers.contains(&d.case));
    assert!(strange.is_none(), "{who}: offers");
    if reader.is_own {
        actor.get("measures/vehicles_in").await.expect(403);
        return;
    }
    let listed = ids(actor, "measures/vehicles_in/cases").await;
    assert_eq!(within(&listed, deeds, case), mine, "{who}: the cases behind a number");
    let number = actor.get("figures").await.expect(200).json();
    let groups = number["groups"].as_array().expect("groups").iter();
    let all = groups.flat_map(|group| group["measures"].as_array().cloned().unwrap_or_default());
    let times = all.into_iter().find(|one| one["id"] == "vehicles_in").expect("it is counted");
    let times = usize::try_from(times["times"].as_i64().unwrap_or(-1)).expect("a count");
    assert!(times == listed.len() && (reader.company || times == mine.len()), "{who}: {times}");
    let book = text(&actor.get("measures/vehicles_in/cases.xlsx").await.expect(200));
    for deed in deeds {
        assert_eq!(book.contains(&deed.org.name), reader.holds(deed), "{who}: workbook");
    }
    let staff = ids(actor, "people").await;
    let person: fn(&Deed) -> &String = |deed| &deed.advisor;
    assert_eq!(within(&staff, deeds, person), expected(reader, deeds, person), "{who}: people");
    for row in actor.get("orgs").await.expect(200).json()["items"].as_array().expect("units") {
        if let Some(deed) = deeds.iter().find(|deed| row["code"] == deed.org.code.as_str()) {
            assert_eq!(row["in_scope"], json!(reader.holds(deed)), "{who}: {row}");
        }
    }
}

/// Who sees only their own cases serves at a counter of their station all the same, and sees its
/// registers.
async fn registers(reader: &Reader, actor: &Actor<'_>, deeds: &[Deed]) {
    let who = &reader.login;
    let units = ids(actor, "units").await;
    let customers = ids(actor, "customers").await;
    for deed in deeds {
        let mine = reader.company || deed.org.path.starts_with(&reader.low);
        assert_eq!(units.contains(&deed.unit), mine, "{who}: the register of vehicles");
        assert_eq!(customers.contains(&deed.customer), mine, "{who}: the register of customers");
    }
}

async fn searches(reader: &Reader, actor: &Actor<'_>, deed: &Deed) {
    let (who, sees) = (&reader.login, reader.holds(deed));
    let has = |reply: &testkit::Reply, id: &str| {
        let items = reply.at("/items").as_array().cloned().unwrap_or_default();
        items.iter().any(|row| row["id"] == *id)
    };
    let last = &deed.frame[deed.frame.len() - 6..];
    for (path, id, found) in [
        (format!("cases?q={}", deed.number), &deed.case, sees),
        (format!("cases?q={}", deed.frame), &deed.case, sees),
        (format!("customers?q={}", deed.owner), &deed.customer, sees),
        (format!("units?q={last}"), &deed.unit, sees),
        (format!("units?q={}", deed.owner), &deed.unit, sees),
        // The whole number finds the vehicle anywhere.
        (format!("units?q={}", deed.frame), &deed.unit, true),
    ] {
        // Who sees only their own cases still serves at a counter of their station.
        if !reader.is_own || path.starts_with("cases") {
            let reply = actor.get(&path).await.expect(200);
            assert_eq!(has(&reply, id), found, "{who}: {path}");
            assert!(path.contains(&deed.owner) || !reply.text().contains(&deed.owner), "{path}");
        }
    }
}

async fn opens(reader: &Reader, actor: &Actor<'_>, deed: &Deed) {
    let status = if reader.holds(deed) { 200 } else { 404 };
    let Deed { case, document, file, customer, advisor, .. } = deed;
    let mut paths = vec![
        format!("cases/{case}"),
        format!("cases/{case}/postings"),
        format!("documents/{document}"),
        format!("files/{file}"),
        format!("customers/{customer}"),
    ];
    if !reader.is_own {
        paths.push(format!("people/{advisor}"));
        let times = actor.get(&format!("measures/vehicles_in?org={}", deed.org.id)).await;
        times.expect(status);
    }
    for path in paths {
        let reply = actor.get(&path).await;
        assert_eq!(reply.status.as_u16(), status, "{}: {path} {}", reader.login, reply.text());
    }
    let unmask = format!("customers/{customer}/unmask");
    actor.post(&unmask, json!({ "reason": "回访" })).await.expect(status);
    let vehicle = actor.get(&format!("units/{}", deed.unit)).await.expect(200).text();
    assert_eq!(vehicle.contains(case), reader.holds(deed), "{}: the vehicle's page", reader.login);
    assert!(!vehicle.contains(&deed.owner), "the owner is masked");
}

async fn readers(test: &TestApp, world: usize, drawn: &Drawn, orgs: &[Org]) -> Vec<Reader> {
    let mut all = Vec::new();
    let drawn = drawn.readers.iter().map(|(place, reach)| (place.index(orgs.len()), *reach));
    for (nth, (place, reach)) in drawn.chain([(0, "company")]).enumerate() {
        let org = &orgs[place];
        let login = format!("reader-{world}-{nth}");
        hire(test, &login, &format!("{EVERYTHING}_{reach}"), org.id).await;
        let (is_own, company) = (reach == "own", reach == "company");
        all.push(Reader { login, low: org.path.clone(), is_own, company });
    }
    all
}

async fn heard(reader: &Reader, stream: &mut Events, deeds: &[Deed]) {
    let events = stream.until_case("the end").await;
    let cases: BTreeSet<String> =
        events.iter().filter_map(|event| Some(event["id"].as_str()?.to_owned())).collect();
    assert_eq!(cases, expected(reader, deeds, |deed| &deed.case), "{}: events", reader.login);
}

#[tokio::test]
async fn what_a_person_sees_is_what_their_scope_holds() {
    let test = TestApp::ruled_by(packs()).await;
    let mut runner = TestRunner::deterministic();
    // Four companies a day; `make soak` draws more.
    let worlds = ProptestConfig::default().cases as usize / 64;
    for world in 0..worlds.clamp(1, 100) {
        let drawn = drawn().new_tree(&mut runner).expect("a company").current();
        let orgs = grow(&test, world, &drawn.above).await;
        let readers = readers(&test, world, &drawn, &orgs).await;
        let mut listening = Vec::new();
        for reader in &readers {
            let actor = Actor::sign_in(&test, &reader.login, PASSWORD).await;
            let stream = actor.listen().await;
            listening.push((actor, stream));
        }
        let mut deeds = Vec::new();
        for org in &orgs {
            deeds.push(work(&test, org).await);
        }
        test.app.changed("case", Some("the end".into()), Audience::Everybody);
        for (reader, (actor, stream)) in readers.iter().zip(&mut listening) {
            heard(reader, stream, &deeds).await;
            lists(reader, actor, &deeds).await;
            for deed in &deeds {
                opens(reader, actor, deed).await;
                searches(reader, actor, deed).await;
            }
        }
    }
}
