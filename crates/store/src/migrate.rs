//! Brings the schema up to date, and tells whether the master key is this database's.

use crate::exec::cell::cells;
use crate::exec::{Exec, Write};
use crate::keys::COMPANY_KEY;
use crate::vault::{DataKey, Vault};
use crate::{Result, StoreError};

/// Migrations in order; never changed once released.
const MIGRATIONS: [&str; 8] = [
    include_str!("../migrations/0001.sql"),
    include_str!("../migrations/0002.sql"),
    include_str!("../migrations/0003.sql"),
    include_str!("../migrations/0004.sql"),
    include_str!("../migrations/0005.sql"),
    include_str!("../migrations/0006.sql"),
    include_str!("../migrations/0007.sql"),
    include_str!("../migrations/0008.sql"),
];

pub(crate) async fn migrate(exec: &Exec) -> Result<()> {
    exec.script("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT PRIMARY KEY);".into())
        .await?;
    let found = exec
        .row("SELECT COALESCE(MAX(version), 0) FROM schema_version", vec![])
        .await?
        .map_or(Ok(0), |mut row| row.int())?;
    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    if found > known {
        return Err(StoreError::Damaged(format!(
            "the database has schema {found}, this program knows {known}: use a newer program"
        )));
    }
    for (version, text) in (1..).zip(MIGRATIONS).skip(usize::try_from(found).unwrap_or(0)) {
        let dialect = exec.dialect();
        let script = dialect.schema(text) + &dialect.append_only(version);
        // The row stands first: a second node that migrates at the same time fails on it whole.
        let script = format!("INSERT INTO schema_version VALUES ({version});\n{script}");
        match exec.script(script).await {
            // The other node brought this version.
            Err(StoreError::Taken(_)) => {}
            result => result?,
        }
    }
    Ok(())
}

/// Makes the company's key at first, and later refuses a master key that is another one's.
pub(crate) async fn check_key(exec: &Exec, vault: &Vault) -> Result<()> {
    let key = DataKey::make()?;
    let wrapped = vault.wrap(&key, COMPANY_KEY)?;
    exec.write(vec![
        Write::any(
            "INSERT INTO settings (key, value) VALUES ('master_key', $1) ON CONFLICT DO NOTHING",
            cells![vault.fingerprint()],
        ),
        Write::any(
            "INSERT INTO data_keys (id, wrapped, made_at) VALUES ($1, $2, 0) \
             ON CONFLICT DO NOTHING",
            cells![COMPANY_KEY, wrapped],
        ),
    ])
    .await?;
    let stored = exec.row("SELECT value FROM settings WHERE key = 'master_key'", vec![]).await?;
    let stored = stored.map(|mut row| row.text()).transpose()?;
    if stored.as_deref() == Some(vault.fingerprint().as_str()) {
        return Ok(());
    }
    Err(StoreError::Sealed("this master key is not the one the database was made with".into()))
}
