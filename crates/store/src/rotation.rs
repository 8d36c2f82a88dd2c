//! A new master key (轮换): every key that the old one wraps is wrapped anew, and customers are
//! found by hashes under the new one. Nothing else is written again: names, papers and photos are
//! closed by keys of their own, and the journal never changes.
//!
//! Both keys lie beside each other until all is done, so that a change that was cut off anywhere
//! loses nothing and goes on when it is asked for again.

use crate::customer::{COLUMNS, token_writes};
use crate::exec::cell::cells;
use crate::exec::{Row, Write, places};
use crate::search::Tokens;
use crate::vault::{KeptKeys, Vault};
use crate::{Config, MasterKey, Result, Store, StoreError};
use base::Instant;
use std::collections::BTreeMap;
use std::path::Path;

/// Keys wrapped anew in one transaction.
const KEYS: i64 = 500;
/// Customers whose search tokens are made anew in one transaction.
const CUSTOMERS: i64 = 100;
/// The setting with the keys that outlive their master key.
pub(crate) const KEPT: &str = "kept_keys";
/// The setting that says since when the master key is used.
pub(crate) const SINCE: &str = "master_key_since";

/// What a change of the master key did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rotated {
    /// Keys of people, customers and the company wrapped anew.
    pub keys: u64,
    /// Keys of files wrapped anew.
    pub files: u64,
    /// Customers who are found by the new key.
    pub customers: u64,
}

/// Gives the installation in `data` a new master key, or brings a change that was cut off to its
/// end. Nothing may be served meanwhile: a server that runs here is refused.
pub async fn rotate(data: &Path, database: Option<&str>, now: Instant) -> Result<Rotated> {
    let path = data.join("master.key");
    let _alone = alone(&path)?;
    let mut config = Config::existing(data, database)?;
    if !config.master_key.is_changing() {
        if config.master_key.has_old() {
            return Err(StoreError::Invalid(format!(
                "the key before still lies in {}: put it away where the old backups are, then \
                 change the key again",
                MasterKey::beside(&path, "old").display()
            )));
        }
        let next = MasterKey::beside(&path, "next");
        MasterKey::make()?.keep(&next).map_err(|e| unwritable(&next, &e))?;
        config = Config::existing(data, database)?;
    }
    let next = MasterKey::load(&MasterKey::beside(&path, "next"))?;
    let store = Store::open(config.clone()).await?;
    let done = store.rewrap(&next, now).await;
    store.close().await;
    let done = done?;
    let old = MasterKey::beside(&path, "old");
    if !old.exists() {
        config.master_key.keep(&old).map_err(|e| unwritable(&old, &e))?;
    }
    std::fs::rename(MasterKey::beside(&path, "next"), &path).map_err(|e| unwritable(&path, &e))?;
    std::fs::File::open(data)
        .and_then(|folder| folder.sync_all())
        .map_err(|e| unwritable(data, &e))?;
    Ok(done)
}

fn unwritable(path: &Path, error: &std::io::Error) -> StoreError {
    StoreError::Full(format!("{}: {error}", path.display()))
}

/// Holds the key file alone; a running server holds it with others.
fn alone(path: &Path) -> Result<std::fs::File> {
    let file = std::fs::File::open(path)
        .map_err(|e| StoreError::Invalid(format!("{}: {e}", path.display())))?;
    match file.try_lock() {
        Err(std::fs::TryLockError::WouldBlock) => Err(StoreError::Invalid(
            "the product is being served from this folder: stop it first, then change the key"
                .into(),
        )),
        // A file system without locks: the operator has to know.
        Err(std::fs::TryLockError::Error(_)) | Ok(()) => Ok(file),
    }
}

/// Holds the key file with others while the product is served, so that nobody changes the key
/// meanwhile. It is let go with what is returned.
pub fn hold(data: &Path) -> Option<std::fs::File> {
    let file = std::fs::File::open(data.join("master.key")).ok()?;
    file.try_lock_shared().ok()?;
    Some(file)
}

impl Store {
    /// Wraps everything by `next`, in bounded batches; what is wrapped by it already stays.
    async fn rewrap(&self, next: &MasterKey, now: Instant) -> Result<Rotated> {
        let (vault, kept) = self.vault().followed_by(next)?;
        let mut done = Rotated::default();
        let keys = "SELECT id, wrapped FROM data_keys WHERE id > $1 AND wrapped IS NOT NULL \
                    ORDER BY id LIMIT $2";
        let set = "UPDATE data_keys SET wrapped = $2 WHERE id = $1 AND wrapped = $3";
        done.keys = self.rewrap_table(&vault, keys, set).await?;
        let files = "SELECT id, wrapped FROM files WHERE id > $1 AND LENGTH(wrapped) > 0 \
                     ORDER BY id LIMIT $2";
        let set = "UPDATE files SET wrapped = $2 WHERE id = $1 AND wrapped = $3";
        done.files = self.rewrap_table(&vault, files, set).await?;
        done.customers = self.refind_customers(&vault).await?;
        self.take_over(&vault, &kept, now).await?;
        Ok(done)
    }

    async fn rewrap_table(
        &self,
        next: &Vault,
        read: &'static str,
        set: &'static str,
    ) -> Result<u64> {
        let (mut from, mut done) = (i64::MIN, 0);
        loop {
            let rows = self.exec().rows(read, cells![from, KEYS]).await?;
            if rows.is_empty() {
                return Ok(done);
            }
            let mut writes = Vec::new();
            for mut row in rows {
                let (id, wrapped) = (row.int()?, row.bytes()?);
                from = id;
                if next.unwrap(&wrapped, id).is_ok() {
                    continue;
                }
                let key = self.vault().unwrap(&wrapped, id)?;
                writes.push(Write::any(set, cells![id, next.wrap(&key, id)?, wrapped]));
                done += 1;
            }
            if !writes.is_empty() {
                self.exec().write(writes).await?;
            }
        }
    }

    /// Makes the search tokens of customers anew: a phone number has so few digits that whoever
    /// knew the old key could try them all.
    async fn refind_customers(&self, next: &Vault) -> Result<u64> {
        let sql = format!(
            "SELECT {COLUMNS} FROM customers c JOIN data_keys ck ON ck.id = c.key_id \
             WHERE c.id > $1 AND c.erased_at IS NULL ORDER BY c.id LIMIT $2"
        );
        let (mut from, mut done) = (i64::MIN, 0);
        loop {
            let rows = self.exec().rows(sql.clone(), cells![from, CUSTOMERS]).await?;
            let mut found = Vec::new();
            for mut row in rows {
                found.extend(self.read_customer(&mut row)?);
            }
            let Some(last) = found.last() else { return Ok(done) };
            from = last.id.0;
            let ids: Vec<i64> = found.iter().map(|customer| customer.id.0).collect();
            let mut paths = self.customer_paths(&ids).await?;
            let mut writes = vec![Write::any(
                format!(
                    "DELETE FROM search_tokens WHERE subject = 'customer' AND id IN {}",
                    places(1, ids.len())
                ),
                ids.into_iter().map(Into::into).collect(),
            )];
            let mut rows = Vec::new();
            for customer in found {
                let mut tokens = Tokens::default();
                customer.name.iter().for_each(|name| tokens.name(name.reveal()));
                customer.phone.iter().for_each(|phone| tokens.phone(phone.reveal()));
                for path in paths.remove(&customer.id.0).unwrap_or_default() {
                    rows.extend(tokens.rows(next, "customer", customer.id.0, &path));
                }
                done += 1;
            }
            writes.extend(token_writes(rows));
            self.exec().write(writes).await?;
        }
    }

    /// From where these customers are found: who sold to or served them.
    async fn customer_paths(&self, ids: &[i64]) -> Result<BTreeMap<i64, Vec<String>>> {
        let sql = format!(
            "SELECT DISTINCT id, path FROM search_tokens WHERE subject = 'customer' AND id IN {}",
            places(1, ids.len())
        );
        let params = ids.iter().map(|id| (*id).into()).collect();
        let mut paths: BTreeMap<i64, Vec<String>> = BTreeMap::new();
        let read = |mut row: Row| Ok::<_, StoreError>((row.int()?, row.text()?));
        for row in self.exec().rows(sql, params).await? {
            let (id, path) = read(row)?;
            paths.entry(id).or_default().push(path);
        }
        Ok(paths)
    }

    /// The database belongs to the new key from here on.
    async fn take_over(&self, next: &Vault, kept: &KeptKeys, now: Instant) -> Result<()> {
        if self.vault().fingerprint() == next.fingerprint() {
            return Ok(());
        }
        let put = "INSERT INTO settings (key, value) VALUES ($1, $2) \
                   ON CONFLICT (key) DO UPDATE SET value = excluded.value";
        let kept = crate::exec::cell::print(kept)?;
        let (was, is) = (self.vault().fingerprint(), next.fingerprint());
        self.exec()
            .write(vec![
                Write::one(
                    "UPDATE settings SET value = $2 WHERE key = 'master_key' AND value = $1",
                    cells![was, is],
                ),
                Write::one(put, cells![KEPT, kept]),
                Write::one(put, cells![SINCE, now.0.to_string()]),
            ])
            .await?;
        Ok(())
    }
}
