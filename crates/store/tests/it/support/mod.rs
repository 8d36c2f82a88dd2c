//! A store on each database, and the least of a company to work with.
#![expect(dead_code, reason = "each test binary uses its own part of it")]
#![expect(clippy::unwrap_used, reason = "a bench that does not stand ends the test")]

pub mod ledger;

use base::{CaseId, CustomerId, Instant, OrgId, PersonId, UnitId, Zone};
use engine::{CaseState, DeadlineState, DeadlineStatus, Decision, Entry, Offer, TrackState};
use serde_json::{Map, Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use store::customer::NewCustomer;
use store::org::Org;
use store::person::{Certificate, NewPerson, RoleAt, Standing};
use store::unit::{NewUnit, UnitFields};
use store::{Change, Config, Database, Decided, MasterKey, Store};

/// 2026-11-20 08:00 in Shanghai.
pub const NOW: Instant = Instant(1_795_132_800_000_000);

pub fn folder() -> PathBuf {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).unwrap();
    let name = format!("sanbao-test-{}", u64::from_le_bytes(bytes));
    let folder = std::env::temp_dir().join(name);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

pub fn master_key() -> MasterKey {
    MasterKey::try_from_hex(&"5a".repeat(32)).unwrap()
}

/// The address of a `PostgreSQL` to test on, when there is one.
pub fn postgres_url() -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "tests are told by the environment")]
    std::env::var("SANBAO_TEST_POSTGRES").ok().filter(|url| !url.is_empty())
}

pub fn sqlite(folder: &std::path::Path) -> Config {
    Config {
        database: Database::Sqlite(folder.join("sanbao.db")),
        files: folder.join("files"),
        master_key: master_key(),
    }
}

/// A schema of its own on the test server.
pub async fn postgres(url: &str, folder: &std::path::Path) -> Config {
    let schema = folder.file_name().unwrap().to_str().unwrap().replace('-', "_");
    let (client, driver) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(driver);
    client.batch_execute(&format!("CREATE SCHEMA {schema}")).await.unwrap();
    let joint = if url.contains('?') { '&' } else { '?' };
    Config {
        database: Database::Postgres(format!("{url}{joint}options=-csearch_path%3D{schema}")),
        files: folder.join("files"),
        master_key: master_key(),
    }
}

/// Takes the schema of [`postgres`] away again.
pub async fn drop_schema(url: &str, folder: &std::path::Path) {
    let schema = folder.file_name().unwrap().to_str().unwrap().replace('-', "_");
    let (client, driver) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(driver);
    client.batch_execute(&format!("DROP SCHEMA {schema} CASCADE")).await.unwrap();
}

/// Runs a test on `SQLite`, and on `PostgreSQL` when there is one.
pub fn on_both<F: Future<Output = ()>>(test: impl Fn(Bench) -> F) {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let folder_a = folder();
        test(Bench::open(sqlite(&folder_a)).await).await;
        std::fs::remove_dir_all(folder_a).unwrap();
        let Some(url) = postgres_url() else {
            eprintln!("left out: PostgreSQL (SANBAO_TEST_POSTGRES is not set)");
            return;
        };
        let folder_b = folder();
        test(Bench::open(postgres(&url, &folder_b).await).await).await;
        drop_schema(&url, &folder_b).await;
        std::fs::remove_dir_all(folder_b).unwrap();
    });
}

/// A store with headquarters, two stations, an adviser, a technician, a customer and a vehicle.
#[derive(Clone)]
pub struct Bench {
    pub store: Store,
    pub config: Config,
    pub hq: Org,
    pub station: Org,
    pub other: Org,
    pub adviser: PersonId,
    pub technician: PersonId,
    pub customer: CustomerId,
    pub unit: UnitId,
}

pub const NAME: &str = "欧阳晓峰";
pub const PHONE: &str = "13987654321";
pub const IDENTITY: &str = "33010619900101123X";
pub const FRAME: &str = "LFR62411000123";

impl Bench {
    pub async fn open(config: Config) -> Self {
        let store = Store::open(config.clone()).await.unwrap();
        let hq = org(&store, "HQ", "maker", None).await;
        let station = org(&store, "S0101", "station", Some(hq.id)).await;
        let other = org(&store, "S0202", "station", Some(hq.id)).await;
        let adviser = person(&store, "zhang", "张丽", "service_advisor", station.id).await;
        let technician = person(&store, "liu", "刘强", "technician", station.id).await;
        let customer = NewCustomer {
            name: Some(NAME.into()),
            phone: Some(PHONE.into()),
            address: Some("浙江省杭州市西湖区文三路1号".into()),
            id_number: Some(IDENTITY.into()),
            org: Some(station.id),
            consent: true,
            tags: vec![],
        };
        let customer = store.add_customer(customer, NOW).await.unwrap();
        let unit = NewUnit {
            fields: UnitFields {
                frame_no: Some(FRAME.into()),
                model: Some("RF-R6".into()),
                product: Some("ebike".into()),
                plate: Some("浙A12345".into()),
                card_no: Some("C-000777".into()),
                org: Some(station.id),
                ..UnitFields::default()
            },
            components: BTreeMap::from([("li_battery".into(), "BAT20240001".into())]),
            owner: Some(customer),
        };
        let unit = store.add_unit(unit, adviser, NOW).await.unwrap();
        Self { store, config, hq, station, other, adviser, technician, customer, unit }
    }

    /// The same company on a database that holds it already.
    pub async fn again(config: Config) -> Self {
        let store = Store::open(config.clone()).await.unwrap();
        let orgs = store.orgs().await.unwrap();
        let org = |code: &str| orgs.iter().find(|org| org.code == code).unwrap().clone();
        let adviser = store.login("zhang").await.unwrap().unwrap().0.id;
        let technician = store.login("liu").await.unwrap().unwrap().0.id;
        let found = store.find_units(FRAME, &store::Scope::company(), 1).await.unwrap();
        let (unit, customer) = (found[0].id, found[0].owner.as_ref().unwrap().id);
        let (hq, station, other) = (org("HQ"), org("S0101"), org("S0202"));
        Self { store, config, hq, station, other, adviser, technician, customer, unit }
    }

    /// Opens a repair order at the station.
    pub async fn open_case(&self) -> CaseId {
        let change = self.opening().await;
        self.store.apply(&change, NOW).await.unwrap().case
    }

    /// The decision that opens a repair order.
    pub async fn opening(&self) -> Change {
        let day = Zone::default().day(NOW);
        let pattern = "WX{yyyy}{mm}-{seq:4}";
        let number = self.store.next_number("repair_order", pattern, "S0101", day).await.unwrap();
        let name = self
            .store
            .seal_for(self.customer, rulebook::model::Personal::Name, NAME)
            .await
            .unwrap();
        let form = Map::from_iter([
            ("sender".to_owned(), name),
            ("complaint".to_owned(), json!("跑不远")),
        ]);
        let case = CaseState {
            id: None,
            number: Some(number),
            process: "repair_order".into(),
            release: "r1".into(),
            org: self.station.id,
            version: 0,
            opened_at: NOW,
            opener: Some(self.adviser),
            owner: Some(self.adviser),
            assignee: None,
            unit: Some(self.unit),
            customer: Some(self.customer),
            parent: None,
            tracks: tracks("received", 1),
            data: form.clone(),
            doers: BTreeMap::from([("open".into(), [self.adviser].into_iter().collect())]),
            acts: BTreeMap::new(),
            heard: BTreeSet::new(),
            grants: engine::Grants::default(),
            counted: vec![],
            deadlines: vec![deadline(1)],
            closed_at: None,
        };
        let mut opened = entry("opened", "open", Some(self.adviser), NOW);
        opened.form = form;
        let decision = Decision {
            case,
            entries: vec![opened],
            followups: vec![],
            postings: vec![],
            offers: vec![offer("check", &["service_advisor", "technician"])],
            judged: vec![],
        };
        change(decided(decision, None))
    }

    /// Closes a case.
    pub async fn close_case(&self, case: CaseId) {
        let mut change = self.moving(case, "delivered", NOW).await;
        change.case.decision.case.closed_at = Some(NOW);
        change.case.decision.case.deadlines.clear();
        self.store.apply(&change, NOW).await.unwrap();
    }

    /// The decision that moves a loaded case to `state`.
    pub async fn moving(&self, case: CaseId, state: &str, now: Instant) -> Change {
        let loaded = self.store.case(case, &store::Scope::company()).await.unwrap();
        let mut case = loaded.state;
        let from = case.full_state("main").unwrap();
        let count = case.tracks["main"].entry;
        case.tracks = tracks(state, count + 1);
        case.assignee = Some(self.technician);
        let mut action = entry("action", state, Some(self.technician), now);
        action.moves = vec![(from, format!("main.{state}"))];
        let offers = vec![offer("repair", &["@assignee"])];
        let decision = Decision {
            case,
            entries: vec![action],
            followups: vec![],
            postings: vec![],
            offers,
            judged: vec![],
        };
        change(decided(decision, Some(loaded.at)))
    }
}

pub fn change(case: Decided) -> Change {
    Change {
        case,
        children: vec![],
        answer: None,
        run: None,
        listed: None,
        counter: None,
        codes: vec![],
        blank: None,
        zone: Zone::default(),
    }
}

pub fn decided(decision: Decision, loaded: Option<store::cases::LoadedAt>) -> Decided {
    Decided {
        decision,
        loaded,
        area: "repair".into(),
        state_kind: "working".into(),
        documents: vec![],
        parties: vec![],
        messages: vec![],
        outbox: vec![],
    }
}

pub fn tracks(main: &str, entry: u32) -> BTreeMap<String, TrackState> {
    let track = TrackState { state: main.into(), since: NOW, entry, last_occurred: NOW };
    BTreeMap::from([("main".to_owned(), track)])
}

pub fn entry(event: &str, subject: &str, actor: Option<PersonId>, at: Instant) -> Entry {
    Entry {
        event: event.into(),
        subject: subject.into(),
        actor,
        on_behalf: None,
        occurred_at: at,
        late: false,
        moves: vec![],
        form: Map::new(),
        why: vec![],
        reason: None,
        counted: vec![],
    }
}

pub fn offer(action: &str, by: &[&str]) -> Offer {
    Offer {
        action: action.into(),
        by: by.iter().map(|by| (*by).to_owned()).collect(),
        person: None,
        handed: None,
        approved: vec![],
        todo: true,
        due_at: Some(NOW.plus_seconds(300)),
        blocked: None,
    }
}

pub fn deadline(round: u32) -> DeadlineState {
    DeadlineState {
        id: None,
        deadline: "route_5min".into(),
        round,
        started_at: NOW,
        due_at: NOW.plus_seconds(300),
        warn_at: Some(NOW.plus_seconds(180)),
        warned: 0,
        paused_at: None,
        breaches: 0,
        status: DeadlineStatus::Running,
        ended_at: None,
        memory: engine::deadline::Memory::default(),
    }
}

pub async fn org(store: &Store, code: &str, kind: &str, parent: Option<OrgId>) -> Org {
    let org = Org {
        code: code.into(),
        name: format!("网点 {code}"),
        kind: kind.into(),
        parent,
        stars: Some(3),
        ..Org::default()
    };
    store.add_org(org, None, NOW).await.unwrap()
}

pub async fn person(store: &Store, login: &str, name: &str, role: &str, org: OrgId) -> PersonId {
    let certificate = (role == "technician")
        .then(|| Certificate { number: "T-0042".into(), expires: "2027-06-30".parse().unwrap() });
    let person = NewPerson {
        login: login.into(),
        password_hash: Some("$argon2id$…".into()),
        certificate,
        standing: Standing {
            name: name.into(),
            org,
            roles: vec![RoleAt { role: role.into(), org }],
            skills: vec!["battery".into()],
            ..Standing::default()
        },
    };
    store.add_person(person, None, NOW).await.unwrap()
}

/// A JSON value reduced to its text, for contains checks.
pub fn text_of(json: &Json) -> String {
    json.to_string()
}

impl Bench {
    /// Statements past the store, as somebody with the database's password would run them.
    pub async fn raw(&self, sql: &str) -> Result<(), String> {
        match &self.config.database {
            Database::Sqlite(path) => {
                let connection = rusqlite::Connection::open(path).unwrap();
                connection.execute_batch(sql).map_err(|e| e.to_string())
            }
            Database::Postgres(url) => {
                let (client, driver) =
                    tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
                tokio::spawn(driver);
                let result = client.batch_execute(sql).await;
                result.map_err(|e| e.as_db_error().map_or(e.to_string(), |e| e.message().into()))
            }
        }
    }

    /// Switches the triggers off that keep posted rows as they are.
    pub async fn without_triggers(&self, table: &str) {
        let sql = match self.config.database {
            Database::Sqlite(_) => {
                format!("DROP TRIGGER {table}_no_UPDATE; DROP TRIGGER {table}_no_DELETE")
            }
            Database::Postgres(_) => format!("DROP TRIGGER {table}_append_only ON {table}"),
        };
        self.raw(&sql).await.unwrap();
    }
}
