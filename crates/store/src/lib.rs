//! The store: all SQL, migrations, `apply`, and the queries behind lists and figures.
//!
//! A decision of the engine becomes one transaction; a reader asks a named query with a [`Scope`].
//! Nothing here reads a clock: `now` is an argument. `SQLite` and `PostgreSQL` run the same SQL.

pub mod accounts;
pub mod apply;
pub mod article;
pub mod backup;
pub mod batches;
pub mod blank;
pub mod campaign;
mod carry;
pub mod cases;
pub mod certificate;
pub mod code;
pub mod correction;
pub mod counter;
pub mod customer;
pub mod delivery;
pub mod deputy;
mod dialect;
pub mod document;
pub mod doubts;
pub mod draft;
pub mod duty;
pub mod email;
pub mod enquiry;
pub mod erasure;
mod error;
mod exec;
pub mod file;
pub mod flow;
mod growth;
pub mod health;
pub mod heed;
mod ids;
pub mod import;
mod journal;
mod keys;
mod list_view;
pub mod masters;
pub mod measures;
pub mod message;
mod migrate;
pub mod network;
pub mod offer;
pub mod org;
pub mod outbox;
pub mod person;
pub mod personal;
pub mod register;
pub mod release;
pub mod replay;
pub mod rotation;
pub mod schedule;
mod scope;
mod seal;
mod search;
pub mod session;
pub mod timeline;
pub mod token;
pub mod unit;
mod units;
pub mod upgrade;
pub mod vault;
pub mod verdicts;
pub mod verify;
pub mod via;
pub mod webhook;
pub mod wechat;
pub mod yardstick;

pub use apply::{Answer, Answered, Applied, Change, Decided, Printing};
pub use error::{Result, StoreError};
pub use keys::Show;
pub use personal::{ERASED, Personal};
pub use scope::Scope;
pub use vault::MasterKey;

use base::Instant;
use exec::Exec;
use ids::Ids;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use vault::Vault;

/// Which database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Database {
    /// A `SQLite` file; made when it is not there.
    Sqlite(PathBuf),
    /// A `PostgreSQL` address, `postgres://…`; `?options=-c search_path=…` chooses a schema.
    Postgres(String),
}

/// How to open a store.
#[derive(Debug, Clone)]
pub struct Config {
    /// The database.
    pub database: Database,
    /// Folder of the encrypted files.
    pub files: PathBuf,
    /// The key that wraps all keys.
    pub master_key: MasterKey,
}

impl Config {
    /// As [`Config::in_folder`], but nothing is made: what is not there is refused.
    pub fn existing(data: &Path, database: Option<&str>) -> Result<Self> {
        let needed = [("master.key", true), ("sanbao.db", database.is_none())];
        for (name, _) in needed.iter().filter(|(_, needed)| *needed) {
            let path = data.join(name);
            if !path.is_file() {
                let sentence = format!("there is no {}", path.display());
                return Err(StoreError::Invalid(sentence));
            }
        }
        Self::in_folder(data, database)
    }

    /// The usual places in a data folder: `sanbao.db` unless `database` is a PostgreSQL address,
    /// `files/`, and `master.key`, made at the first start.
    pub fn in_folder(data: &Path, database: Option<&str>) -> Result<Self> {
        std::fs::create_dir_all(data).map_err(|e| {
            StoreError::Unavailable(format!("the data folder {}: {e}", data.display()))
        })?;
        let database = match database {
            Some(url) => Database::Postgres(url.to_owned()),
            None => Database::Sqlite(data.join("sanbao.db")),
        };
        let master_key = MasterKey::load_or_create(&data.join("master.key"))?;
        Ok(Self { database, files: data.join("files"), master_key })
    }
}

/// The store; cheap to clone, one per process.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    exec: Exec,
    vault: Vault,
    ids: Ids,
    files: PathBuf,
}

impl Store {
    /// Opens the database, brings its schema up to date and checks the master key against it.
    pub async fn open(config: Config) -> Result<Self> {
        let exec = Exec::open(&config.database).await?;
        let migrated = migrate::migrate(&exec).await?;
        carry::carry_on(&exec, migrated).await?;
        let vault = migrate::check_key(&exec, &config.master_key).await?;
        Ok(Self(Arc::new(Inner { exec, vault, ids: Ids::default(), files: config.files })))
    }

    /// Whether the database answers: for `/readyz`.
    pub async fn ready(&self) -> Result<()> {
        self.exec().row("SELECT 1", vec![]).await.map(|_| ())
    }

    /// Ends background threads after what is queued is written.
    pub async fn close(&self) {
        self.exec().close().await;
    }

    /// Statements run so far, for figures and for the test of the budget.
    pub fn statements(&self) -> u64 {
        self.exec().statements()
    }

    pub(crate) fn exec(&self) -> &Exec {
        &self.0.exec
    }

    pub(crate) fn vault(&self) -> &Vault {
        &self.0.vault
    }

    pub(crate) fn new_id(&self, now: Instant) -> i64 {
        self.0.ids.next(now)
    }

    pub(crate) fn files_folder(&self) -> &Path {
        &self.0.files
    }
}
