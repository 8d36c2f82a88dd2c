//! Published releases: hash, day of effect, and the checked text they were made from.

use crate::exec::cell::cells;
use crate::exec::{Row, Write};
use crate::{Result, Store};
use base::{Day, Instant};

/// A stored release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRelease {
    /// Content hash.
    pub hash: String,
    /// In force from this day.
    pub effective: Day,
    /// When it was published.
    pub published_at: Instant,
    /// JSON of the pack sources.
    pub sources: String,
}

impl Store {
    /// Publishes a release; publishing the same hash again changes only the day of effect.
    pub async fn put_release(&self, release: &StoredRelease) -> Result<()> {
        let sql = "INSERT INTO releases (hash, effective, published_at, sources) \
                   VALUES ($1, $2, $3, $4) ON CONFLICT (hash) DO UPDATE SET effective = $2";
        let params =
            cells![&release.hash, release.effective, release.published_at, &release.sources];
        self.exec().write(vec![Write::one(sql, params)]).await?;
        Ok(())
    }

    /// All releases, the latest in effect first; those that cases still run under included.
    pub async fn releases(&self) -> Result<Vec<StoredRelease>> {
        let sql = "SELECT hash, effective, published_at, sources FROM releases \
                   ORDER BY effective DESC, published_at DESC";
        let read = |mut row: Row| {
            Ok(StoredRelease {
                hash: row.text()?,
                effective: row.day()?,
                published_at: row.instant()?,
                sources: row.text()?,
            })
        };
        self.exec().rows(sql, vec![]).await?.into_iter().map(read).collect()
    }

    /// A setting of the company: `company_name`, `time_zone`, `demo`…
    pub async fn setting(&self, key: &str) -> Result<Option<String>> {
        let row = self.exec().row("SELECT value FROM settings WHERE key = $1", cells![key]).await?;
        row.map(|mut row| row.text()).transpose()
    }

    /// Writes a setting.
    pub async fn put_setting(&self, key: &str, value: &str) -> Result<()> {
        if key == "master_key" {
            return Err(crate::StoreError::Invalid("this setting is the store's own".into()));
        }
        let sql = "INSERT INTO settings (key, value) VALUES ($1, $2) \
                   ON CONFLICT (key) DO UPDATE SET value = $2";
        self.exec().write(vec![Write::one(sql, cells![key, value])]).await?;
        Ok(())
    }
}
