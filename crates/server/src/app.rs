//! The application: what every handler and reconciler shares.

use crate::auth::attempts::Attempts;
use crate::auth::password::Cost;
use crate::channels::{self, Channels};
use crate::clock::Clock;
use crate::deputies::Deputies;
use crate::drafts::Compilations;
use crate::http::metrics::Metrics;
use crate::https::Https;
use crate::masters::Masters;
use crate::oidc::{self, Oidc};
use crate::orgs::Orgs;
use crate::release::{PublishError, Releases};
use crate::replay::job::Replays;
use crate::webhooks::Webhooks;
use base::{Day, Instant, OrgId, PersonId, Zone};
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::{Arc, RwLock};
use store::message::Recipient;
use store::{Database, MasterKey, Store};
use tokio::sync::{Notify, Semaphore, broadcast};

/// How to start the server.
#[derive(Debug, Clone)]
pub struct Config {
    /// Folder of the data: database, key, files.
    pub data: PathBuf,
    /// PostgreSQL address; SQLite in the data folder when absent.
    pub database: Option<String>,
    /// Fill an empty database with the demonstration company, and show its accounts.
    pub demo: bool,
    /// The clock.
    pub clock: Clock,
    /// What a password check costs.
    pub password_cost: Cost,
    /// Whether the server stands behind HTTPS, so that cookies are marked secure.
    pub secure: bool,
    /// Proxies in front: what they say of where a request came from is believed.
    pub proxies: Vec<IpAddr>,
    /// HTTPS by the server itself, and where its certificate comes from.
    pub https: Option<Https>,
    /// The company's identity provider, where people sign in through one.
    pub oidc: Option<oidc::Settings>,
    /// The channels by which customers are told, where there are any.
    pub channels: Option<channels::Settings>,
    /// An address without HTTPS that only leads to the one with it.
    pub redirect: Option<String>,
    /// An address of its own for the figures; without one they are told on this machine only.
    pub metrics: Option<String>,
    /// Packs published at the first start; the embedded ones when absent.
    pub packs: Option<Vec<rulebook::PackSource>>,
}

impl Config {
    /// The usual configuration over a data folder.
    pub fn new(data: impl Into<PathBuf>) -> Self {
        Self {
            data: data.into(),
            database: None,
            demo: false,
            clock: Clock::System,
            password_cost: Cost::default(),
            secure: false,
            proxies: vec![],
            https: None,
            oidc: None,
            channels: None,
            redirect: None,
            metrics: None,
            packs: None,
        }
    }
}

/// Why the server does not start: one sentence for the person who started it.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data folder cannot be used.
    #[error("the data folder {0} cannot be used: {1}")]
    Folder(PathBuf, std::io::Error),
    /// The database cannot be used.
    #[error(transparent)]
    Store(#[from] store::StoreError),
    /// The rulebook cannot be used.
    #[error("{0}{findings}", findings = findings(.0))]
    Rulebook(#[from] PublishError),
    /// The address cannot be used.
    #[error("cannot listen on {0}: {1}")]
    Listen(String, std::io::Error),
    /// HTTPS cannot be had as it was asked for.
    #[error("HTTPS: {0}")]
    Https(String),
    /// The identity provider cannot be asked as it was set up.
    #[error("the identity provider: {0}")]
    Provider(String),
    /// The channels to customers cannot be used as they were set up.
    #[error("the channels: {0}")]
    Channels(String),
    /// No rulebook is in force.
    #[error("no release of the rulebook is in force today; publish one")]
    NoRelease,
    /// The host gives no random numbers.
    #[error("the host gives no random numbers")]
    NoRandomness,
    /// The demonstration data could not be made.
    #[error("the demonstration data could not be made: {0}")]
    Demo(String),
}

fn findings(error: &PublishError) -> String {
    let PublishError::Findings(found) = error else { return String::new() };
    let errors = found.iter().filter(|f| f.level == rulebook::Level::Error).take(5);
    errors
        .flat_map(|f| ["\n  ".to_owned(), f.at.to_string(), ": ".to_owned(), f.sentence.en.clone()])
        .collect()
}

/// What changed, for browsers that listen.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Changed {
    /// `offers`, `messages`, `masters` (prices), `rulebook`, `case`, or [`ENDED`] for no browser.
    pub kind: &'static str,
    /// The case, when it is about one.
    pub id: Option<String>,
    /// Who hears of it.
    #[serde(skip)]
    pub to: Audience,
}

/// Who hears of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Audience {
    /// Whoever sees one of these organisation units: where the case is, and where it was.
    Orgs(Vec<OrgId>),
    /// One person.
    Person(PersonId),
    /// Everybody: prices hold for the whole company.
    Everybody,
}

/// The application; cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    /// While it is held, nobody changes the master key.
    key_held: Option<Arc<std::fs::File>>,
    config: Config,
    store: Store,
    releases: Arc<Releases>,
    masters: Arc<Masters>,
    compilations: Arc<Compilations>,
    replays: Arc<Replays>,
    orgs: RwLock<Arc<Orgs>>,
    deputies: RwLock<Arc<Deputies>>,
    zone: Zone,
    metrics: Arc<Metrics>,
    attempts: Attempts,
    limits: crate::enquiries::Limits,
    oidc: Option<Arc<Oidc>>,
    channels: Option<Arc<Channels>>,
    webhooks: Arc<Webhooks>,
    /// Password checks at a time: each takes its memory and a core.
    checks: Semaphore,
    changes: broadcast::Sender<Changed>,
    nudge: Notify,
    nudge_outside: Notify,
    nudge_webhooks: Notify,
    stopping: tokio::sync::watch::Sender<bool>,
}

/// Somebody's sessions ended, or what they may do changed: their streams end and are read anew.
pub const ENDED: &str = "ended";
/// Changes kept for a slow listener before it has to read everything again.
const CHANGES_KEPT: usize = 256;
/// Password checks at a time.
const CHECKS: usize = 2;
/// Folder of short-lived pages beside the database.
const SCRATCH: &str = "scratch";

impl App {
    /// Opens the store, publishes the packs at the first start, reads the organisation.
    pub async fn start(config: Config) -> Result<Self, StartError> {
        let folder = |e| StartError::Folder(config.data.clone(), e);
        std::fs::create_dir_all(&config.data).map_err(folder)?;
        let left = config.data.join(SCRATCH);
        if left.exists() {
            std::fs::remove_dir_all(left).map_err(folder)?;
        }
        let master_key = MasterKey::load_or_create(&config.data.join("master.key"))?;
        let held = store::rotation::hold(&config.data).map(Arc::new);
        let database = match &config.database {
            Some(url) => Database::Postgres(url.clone()),
            None => Database::Sqlite(config.data.join("sanbao.db")),
        };
        let files = config.data.join("files");
        let store = Store::open(store::Config { database, files, master_key }).await?;
        let oidc = config.oidc.clone().map(Oidc::try_new).transpose();
        let oidc = oidc.map_err(StartError::Provider)?.map(Arc::new);
        let channels = config.channels.clone().map(Channels::try_new);
        let channels = channels.transpose().map_err(StartError::Channels)?.map(Arc::new);
        let told = config.channels.as_ref().map(|c| (c.webhooks.clone(), c.root().cloned()));
        let (webhooks, root) = told.unwrap_or_default();
        let webhooks = Arc::new(Webhooks::new(webhooks, root));
        let releases = Releases::load(&store).await?;
        let masters = Masters::load(&store).await?;
        let zone = store.setting("time_zone").await?;
        let zone = zone.as_deref().and_then(Zone::try_new).unwrap_or_default();
        let app = Self(Arc::new(Inner {
            key_held: held,
            store,
            releases: Arc::new(releases),
            masters: Arc::new(masters),
            compilations: Arc::default(),
            replays: Arc::default(),
            orgs: RwLock::default(),
            deputies: RwLock::default(),
            zone,
            metrics: Arc::default(),
            attempts: Attempts::default(),
            limits: crate::enquiries::Limits::default(),
            oidc,
            channels,
            webhooks,
            checks: Semaphore::new(CHECKS),
            changes: broadcast::Sender::new(CHANGES_KEPT),
            nudge: Notify::new(),
            nudge_outside: Notify::new(),
            nudge_webhooks: Notify::new(),
            stopping: tokio::sync::watch::Sender::new(false),
            config,
        }));
        app.publish_first().await?;
        app.check_channels()?;
        app.refresh_orgs().await?;
        app.refresh_deputies().await?;
        Ok(app)
    }

    /// The same data seen by another clock: the demo generator lives through its day with it.
    #[must_use]
    pub fn with_clock(&self, clock: Clock) -> Self {
        Self(Arc::new(Inner {
            key_held: self.0.key_held.clone(),
            config: Config { clock, ..self.0.config.clone() },
            store: self.0.store.clone(),
            releases: Arc::clone(&self.0.releases),
            masters: Arc::clone(&self.0.masters),
            compilations: Arc::clone(&self.0.compilations),
            replays: Arc::clone(&self.0.replays),
            orgs: RwLock::new(self.orgs()),
            deputies: RwLock::new(self.deputies()),
            zone: self.0.zone.clone(),
            metrics: Arc::clone(&self.0.metrics),
            attempts: Attempts::default(),
            limits: crate::enquiries::Limits::default(),
            oidc: self.0.oidc.clone(),
            channels: self.0.channels.clone(),
            webhooks: Arc::clone(&self.0.webhooks),
            checks: Semaphore::new(CHECKS),
            changes: broadcast::Sender::new(CHANGES_KEPT),
            nudge: Notify::new(),
            nudge_outside: Notify::new(),
            nudge_webhooks: Notify::new(),
            stopping: tokio::sync::watch::Sender::new(false),
        }))
    }

    /// The packs that came with the program hold until somebody publishes others.
    async fn publish_first(&self) -> Result<(), StartError> {
        if !self.releases().is_empty() {
            return Ok(());
        }
        let packs = self.0.config.packs.clone().unwrap_or_else(crate::embedded::packs);
        // Sales of earlier years are judged too: what came with the program holds from the start.
        let effective = jiff::civil::date(2000, 1, 1);
        let (hash, _) =
            self.releases().publish(self.store(), &packs, effective, self.now()).await?;
        tracing::info!(hash, "published the packs that came with the program");
        Ok(())
    }

    /// Reads the organisation tree anew.
    pub async fn refresh_orgs(&self) -> Result<(), store::StoreError> {
        let tree = Arc::new(Orgs::new(self.store().orgs().await?));
        if let Ok(mut orgs) = self.0.orgs.write() {
            *orgs = tree;
        }
        Ok(())
    }

    /// Reads anew who holds whose office.
    pub async fn refresh_deputies(&self) -> Result<(), store::StoreError> {
        let acting = Arc::new(Deputies::new(self.store().acting(self.today()).await?));
        if let Ok(mut deputies) = self.0.deputies.write() {
            *deputies = acting;
        }
        Ok(())
    }

    /// A folder for one short piece of work; what a crash left in it goes at the next start.
    pub fn scratch(&self, name: &str) -> PathBuf {
        self.0.config.data.join(SCRATCH).join(name)
    }

    /// The store.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// The configuration.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// The releases.
    pub fn releases(&self) -> &Releases {
        &self.0.releases
    }

    /// Part master and price book.
    pub fn masters(&self) -> &Masters {
        &self.0.masters
    }

    /// Drafts as last compiled.
    pub fn compilations(&self) -> &Compilations {
        &self.0.compilations
    }

    /// Replays of drafts that run in this process.
    pub fn replays(&self) -> &Replays {
        &self.0.replays
    }

    /// The organisation.
    pub fn orgs(&self) -> Arc<Orgs> {
        self.0.orgs.read().map(|orgs| Arc::clone(&orgs)).unwrap_or_default()
    }

    /// Who holds whose office.
    pub fn deputies(&self) -> Arc<Deputies> {
        self.0.deputies.read().map(|deputies| Arc::clone(&deputies)).unwrap_or_default()
    }

    /// The company's time zone.
    pub fn zone(&self) -> &Zone {
        &self.0.zone
    }

    /// The present instant.
    pub fn now(&self) -> Instant {
        self.0.config.clock.now()
    }

    /// The present day in the company's time zone.
    pub fn today(&self) -> Day {
        self.zone().day(self.now())
    }

    /// The figures of this process.
    pub fn metrics(&self) -> &Arc<Metrics> {
        &self.0.metrics
    }

    /// The memory of wrong passwords.
    pub fn attempts(&self) -> &Attempts {
        &self.0.attempts
    }

    pub(crate) fn limits(&self) -> &crate::enquiries::Limits {
        &self.0.limits
    }

    /// The company's identity provider, where there is one.
    pub fn oidc(&self) -> Option<&Oidc> {
        self.0.oidc.as_deref()
    }

    /// The channels to customers, where there are any.
    pub fn channels(&self) -> Option<&Channels> {
        self.0.channels.as_deref()
    }

    /// Where a browser reaches the program, as the operator says: messages link there.
    pub fn site(&self) -> Option<&str> {
        let channels = self.0.config.channels.as_ref().and_then(|c| c.address.as_deref());
        channels.or(self.0.config.oidc.as_ref().map(|oidc| oidc.address.as_str()))
    }

    /// What tells programs of others.
    pub fn webhooks(&self) -> &Webhooks {
        &self.0.webhooks
    }

    /// Refuses channels that the release in force does not fit; says what customers will not get.
    fn check_channels(&self) -> Result<(), StartError> {
        let Some(settings) = &self.0.config.channels else { return Ok(()) };
        let release = self.releases().current(self.today()).map_err(|_| StartError::NoRelease)?;
        let (wrong, untold) = channels::missing(settings, &release);
        if let Some(why) = wrong.first() {
            return Err(StartError::Channels(why.en.clone()));
        }
        for why in untold {
            tracing::warn!("{}", why.en);
        }
        Ok(())
    }

    /// Permits for password checks.
    pub fn checks(&self) -> &Semaphore {
        &self.0.checks
    }

    /// Tells listening browsers that something changed.
    pub fn changed(&self, kind: &'static str, id: Option<String>, to: Audience) {
        // Nobody listening is no error.
        let _ = self.0.changes.send(Changed { kind, id, to });
    }

    /// Ends the streams of a person whose sessions or rights have changed.
    pub fn ended(&self, person: PersonId) {
        self.changed(ENDED, None, Audience::Person(person));
    }

    /// Reads parts and prices anew after a change, and tells everybody.
    pub async fn masters_changed(&self) -> Result<(), store::StoreError> {
        self.masters().refresh(self.store()).await?;
        self.changed("masters", None, Audience::Everybody);
        Ok(())
    }

    /// Tells browsers and reconcilers that a case changed, which is or was at these units.
    pub fn told(&self, case: base::CaseId, orgs: &[OrgId]) {
        let to = Audience::Orgs(orgs.to_vec());
        self.changed("case", Some(case.to_string()), to.clone());
        self.changed("offers", None, to);
        self.nudge();
    }

    /// Tells browsers of who got a message in the application by it.
    pub fn spoke(&self, change: &store::Change) {
        for decided in std::iter::once(&change.case).chain(&change.children) {
            let mut roles = false;
            for message in &decided.messages {
                match &message.to {
                    Recipient::Person(person) => {
                        self.changed("messages", None, Audience::Person(*person));
                    }
                    Recipient::Role(_) => roles = true,
                    Recipient::Customer(..) => {}
                }
            }
            if roles {
                // Whoever holds a role here sees the unit; what they read again is their own.
                let orgs = vec![decided.decision.case.org];
                self.changed("messages", None, Audience::Orgs(orgs));
            }
        }
    }

    /// A listener to changes.
    pub fn changes(&self) -> broadcast::Receiver<Changed> {
        self.0.changes.subscribe()
    }

    /// Wakes the reconcilers: there may be work.
    pub fn nudge(&self) {
        self.0.nudge.notify_one();
        self.0.nudge_outside.notify_one();
        self.0.nudge_webhooks.notify_one();
    }

    /// Waits for a nudge, beside [`App::nudged`].
    pub async fn nudged_webhooks(&self) {
        self.0.nudge_webhooks.notified().await;
    }

    /// Waits for a nudge, beside [`App::nudged`].
    pub async fn nudged_outside(&self) {
        self.0.nudge_outside.notified().await;
    }

    /// Waits for a nudge.
    pub async fn nudged(&self) {
        self.0.nudge.notified().await;
    }

    /// Asks background work and open streams to end.
    pub fn stop(&self) {
        self.0.stopping.send_replace(true);
    }

    /// Becomes true when the server stops.
    pub fn stopping(&self) -> tokio::sync::watch::Receiver<bool> {
        self.0.stopping.subscribe()
    }
}
