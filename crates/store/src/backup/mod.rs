//! Backup and restore: one archive, the same for both databases, made of one snapshot.
//!
//! Each table is a member of rows as JSON, each file a member of its encrypted bytes, so that what
//! lies on `SQLite` can be restored into `PostgreSQL`. The manifest says what must be there, down
//! to a hash of every member, and is signed by the master key. The key itself is never in it.

mod archive;
mod check;
mod load;
mod place;
mod row;
mod take;

pub use take::backup;

use crate::vault::Vault;
use crate::verify::VerifyReport;
use crate::{MasterKey, StoreError};
use base::{Instant, Text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

pub use place::{Place, restore};

/// How archives of this program are made; a later one may be another.
const FORMAT: u32 = 1;
/// The member that says what the archive holds.
const MANIFEST: &str = "manifest.json";
/// The signature of the manifest.
const SIGNATURE: &str = "manifest.mac";
/// The member with a hash of each other member, as `sha256sum -c` reads it.
const HASHES: &str = "SHA256SUMS";
/// Where members of tables lie.
const TABLES: &str = "tables/";
/// Where members of files lie.
const FILES: &str = "files/";
/// Tables that are not taken along: the schema makes its own, nobody stays signed in, and codes
/// are over by then.
const LEFT_OUT: [&str; 6] = [
    "schema_version",
    "sessions",
    "shared_counters",
    "provider_flows",
    "customer_codes",
    "wechat_words",
];

/// What an archive holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// How the archive is made.
    pub format: u32,
    /// The program that made it.
    pub program: String,
    /// The moment of the snapshot.
    pub made_at: Instant,
    /// `sqlite` or `postgres`.
    pub database: String,
    /// Migrations that the database had.
    pub schema: Vec<i64>,
    /// Tells the master key it needs from another one; not the key.
    pub key: String,
    /// Head of the last seal, hexadecimal; note it elsewhere.
    pub head: Option<String>,
    /// Rows of each table.
    pub tables: BTreeMap<String, u64>,
    /// Files.
    pub files: u64,
    /// Bytes of the files, encrypted.
    pub bytes: u64,
    /// Files that a case names and whose bytes were gone already.
    pub lost: Vec<String>,
    /// SHA-256 of the list of hashes.
    pub hashes: String,
}

impl Manifest {
    /// Rows of all tables.
    pub fn rows(&self) -> u64 {
        self.tables.values().sum()
    }
}

/// What a restore did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Restored {
    /// What the archive said.
    pub manifest: Manifest,
    /// What `verify` found afterwards.
    pub report: VerifyReport,
}

/// Why there is no backup, or nothing was restored: one sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused(pub Text);

impl Refused {
    fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self(Text::new(zh, en))
    }

    /// The sentence about a file or folder that could not be used.
    fn of_path(path: &Path, error: &std::io::Error) -> Self {
        let path = path.display();
        Self::new(format!("“{path}”不能用：{error}"), format!("`{path}` cannot be used: {error}"))
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::new(format!("数据库：{error}"), error.to_string())
    }
}

/// The signature of a manifest.
fn signature(master: &MasterKey, manifest: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&Vault::new(master).signature(manifest))
}
