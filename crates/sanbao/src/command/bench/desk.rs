//! A company of one station on a store of its own, for what is measured without a server.

use super::served::Failed;
use base::{Instant, OrgId, PersonId, Zone};
use engine::{CaseState, Decision, Entry, Posting, TrackState};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use store::person::{NewPerson, RoleAt, Standing};
use store::{Change, Config, Decided, Store, StoreError};

/// 2026-11-20 08:00 in Shanghai.
pub const NOW: Instant = Instant(1_795_132_800_000_000);

#[expect(clippy::needless_pass_by_value, reason = "the shape of `map_err`")]
pub fn said(error: StoreError) -> Failed {
    Failed::new(error.to_string())
}

/// Runs a numbered job so many times, by so many hands at once; the answers in no order.
pub async fn at_once<T, F, Job>(jobs: usize, hands: usize, job: F) -> Result<Vec<T>, StoreError>
where
    F: Fn(usize) -> Job + Clone + Send + 'static,
    Job: Future<Output = Result<T, StoreError>> + Send,
    T: Send + 'static,
{
    let mut busy = Vec::new();
    for hand in 0..hands {
        let job = job.clone();
        busy.push(tokio::spawn(async move {
            let mut done = Vec::new();
            for n in (hand..jobs).step_by(hands) {
                done.push(job(n).await?);
            }
            Ok::<_, StoreError>(done)
        }));
    }
    let mut all = Vec::new();
    for hand in busy {
        let done = hand.await.map_err(|error| StoreError::Unavailable(error.to_string()))?;
        all.extend(done?);
    }
    Ok(all)
}

/// A folder that goes when it is dropped.
pub struct Folder(pub PathBuf);

impl Folder {
    /// A new one.
    pub fn make() -> Result<Self, Failed> {
        let folder = std::env::temp_dir().join(format!("sanbao-bench-{}", std::process::id()));
        std::fs::create_dir_all(&folder).map_err(|error| Failed::new(error.to_string()))?;
        Ok(Self(folder))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A company of one station on an empty store; names carry the process, so that a database may be
/// measured on twice.
pub struct Desk {
    /// The store.
    pub store: Store,
    /// The station, whose code is the name.
    pub station: OrgId,
    person: PersonId,
    /// Its name.
    pub name: String,
}

impl Desk {
    /// Opens it in a folder, or on a database.
    pub async fn open(folder: &std::path::Path, url: Option<&str>) -> Result<Self, StoreError> {
        let store = Store::open(config(folder, url)?).await?;
        let name = format!("B{}", std::process::id());
        let org = store::org::Org {
            code: name.clone(),
            name: name.clone(),
            kind: "station".into(),
            ..Default::default()
        };
        let station = store.add_org(org, None, NOW).await?.id;
        let person = NewPerson {
            login: name.to_lowercase(),
            password_hash: Some("none".into()),
            certificate: None,
            standing: Standing {
                name: name.clone(),
                org: station,
                roles: vec![RoleAt { role: "storekeeper".into(), org: station }],
                ..Standing::default()
            },
        };
        let person = store.add_person(person, None, NOW).await?;
        Ok(Self { store, station, person, name })
    }

    /// A decision that opens a case, with so many entries of its journal, and posts.
    pub fn change(&self, number: &str, postings: Vec<Posting>, entries: usize) -> Change {
        let track = TrackState { state: "done".into(), since: NOW, entry: 1, last_occurred: NOW };
        let case = CaseState {
            id: None,
            number: Some(format!("{}-{number}", self.name)),
            process: "bench".into(),
            release: "bench".into(),
            org: self.station,
            version: 0,
            opened_at: NOW,
            opener: Some(self.person),
            owner: Some(self.person),
            assignee: None,
            unit: None,
            customer: None,
            parent: None,
            tracks: BTreeMap::from([("main".to_owned(), track)]),
            data: serde_json::Map::new(),
            doers: BTreeMap::new(),
            acts: BTreeMap::new(),
            heard: BTreeSet::new(),
            grants: engine::Grants::default(),
            counted: vec![],
            deadlines: vec![],
            closed_at: Some(NOW),
        };
        let entry = Entry {
            event: "opened".into(),
            subject: "open".into(),
            actor: Some(self.person),
            on_behalf: None,
            occurred_at: NOW,
            late: false,
            moves: vec![],
            form: serde_json::Map::new(),
            why: vec![],
            reason: None,
            counted: vec![],
        };
        let entries = vec![entry; entries];
        let decision =
            Decision { case, entries, followups: vec![], postings, offers: vec![], judged: vec![] };
        let case = Decided {
            decision,
            loaded: None,
            area: "parts".into(),
            state_kind: "final".into(),
            documents: vec![],
            messages: vec![],
            parties: vec![],
            outbox: vec![],
        };
        let (children, zone) = (vec![], Zone::default());
        Change {
            case,
            children,
            answer: None,
            run: None,
            listed: None,
            counter: None,
            codes: vec![],
            blank: None,
            zone,
        }
    }
}

/// Where the store lies.
pub fn config(folder: &std::path::Path, url: Option<&str>) -> Result<Config, StoreError> {
    let mut config = Config::in_folder(folder, url)?;
    // A database is bound to the key it was made with; this one holds nobody's data.
    config.master_key = store::MasterKey::try_from_hex(&"5a".repeat(32))?;
    Ok(config)
}
