//! Published releases: hash, day of effect, and the checked text they were made from.

use crate::exec::cell::cells;
use crate::exec::{Rollback, Row, Write};
use crate::{Result, Store, StoreError};
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
    /// Taken back before its day: it never was in force.
    pub withdrawn: bool,
    /// JSON of the pack sources.
    pub sources: String,
}

/// Whoever changes the order of releases counts here first.
const COUNT: &str = "UPDATE settings SET value = CAST(CAST(value AS BIGINT) + 1 AS TEXT) \
                     WHERE key = 'publications'";

/// Counts a publication.
pub(crate) fn count() -> Write {
    Write::one(COUNT, vec![])
}

/// The same, for who must be the next after what they have seen.
pub(crate) fn counted(seen: i64) -> Write {
    Write::one(format!("{COUNT} AND value = $1"), cells![seen.to_string()])
}

/// The row of a release; the same hash again changes only when it was published and takes
/// effect.
pub(crate) fn release_row(release: &StoredRelease) -> Write {
    let sql = "INSERT INTO releases (hash, effective, published_at, sources) \
               VALUES ($1, $2, $3, $4) \
               ON CONFLICT (hash) DO UPDATE SET effective = $2, published_at = $3, \
               withdrawn_at = NULL";
    let params = cells![&release.hash, release.effective, release.published_at, &release.sources];
    Write::one(sql, params)
}

/// Takes a release back that is not in force yet on `today`.
pub(crate) fn release_back(hash: &str, today: Day, now: Instant) -> Write {
    let sql = "UPDATE releases SET withdrawn_at = $3 \
               WHERE hash = $1 AND effective > $2 AND withdrawn_at IS NULL";
    Write::one(sql, cells![hash, today, now])
}

impl Store {
    /// Publishes a release; publishing the same hash again changes only the day of effect.
    pub async fn put_release(&self, release: &StoredRelease) -> Result<()> {
        let writes = vec![count(), release_row(release)];
        self.exec().write(writes).await?;
        Ok(())
    }

    /// Takes back a release that is not in force yet, and that no draft became.
    pub async fn withdraw_release(&self, hash: &str, today: Day, now: Instant) -> Result<()> {
        let writes = vec![count(), release_back(hash, today, now)];
        match self.exec().write(writes).await {
            Err(Rollback::Guard(_)) => Err(StoreError::NotFound("release")),
            done => Ok(done.map(drop)?),
        }
    }

    /// How often releases were published or taken back: whoever publishes a draft says it.
    pub async fn publications(&self) -> Result<i64> {
        let count = self.setting("publications").await?.unwrap_or_default();
        count.parse().map_err(|_| StoreError::Damaged(format!("publications `{count}`")))
    }

    /// All releases, the latest in effect first; those that cases still run under included.
    pub async fn releases(&self) -> Result<Vec<StoredRelease>> {
        let sql = "SELECT hash, effective, published_at, withdrawn_at, sources FROM releases \
                   ORDER BY effective DESC, published_at DESC";
        let read = |mut row: Row| {
            Ok(StoredRelease {
                hash: row.text()?,
                effective: row.day()?,
                published_at: row.instant()?,
                withdrawn: row.opt_int()?.is_some(),
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
        if ["master_key", "master_key_since", "kept_keys", "publications"].contains(&key) {
            return Err(crate::StoreError::Invalid("this setting is the store's own".into()));
        }
        let sql = "INSERT INTO settings (key, value) VALUES ($1, $2) \
                   ON CONFLICT (key) DO UPDATE SET value = $2";
        self.exec().write(vec![Write::one(sql, cells![key, value])]).await?;
        Ok(())
    }
}
