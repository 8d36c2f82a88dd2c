//! Brings the schema up to date, and tells whether the master key is this database's.

use crate::exec::cell::cells;
use crate::exec::{Exec, Write};
use crate::keys::COMPANY_KEY;
use crate::vault::{DataKey, Vault};
use crate::{Result, StoreError};

/// Migrations in order, each with its number; never changed once released. What a database lacks is
/// brought in this order, whichever number it reached.
const MIGRATIONS: &[(i64, &str)] = &[
    (1, include_str!("../migrations/0001.sql")),
    (2, include_str!("../migrations/0002.sql")),
    (3, include_str!("../migrations/0003.sql")),
    (4, include_str!("../migrations/0004.sql")),
    (5, include_str!("../migrations/0005.sql")),
    (6, include_str!("../migrations/0006.sql")),
    (7, include_str!("../migrations/0007.sql")),
    (8, include_str!("../migrations/0008.sql")),
    (9, include_str!("../migrations/0009.sql")),
    (10, include_str!("../migrations/0010.sql")),
    (11, include_str!("../migrations/0011.sql")),
    (12, include_str!("../migrations/0012.sql")),
    (13, include_str!("../migrations/0013.sql")),
    (14, include_str!("../migrations/0014.sql")),
    (16, include_str!("../migrations/0016.sql")),
];

pub(crate) async fn migrate(exec: &Exec) -> Result<()> {
    exec.script("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT PRIMARY KEY);".into())
        .await?;
    let rows = exec.rows("SELECT version FROM schema_version ORDER BY version", vec![]).await?;
    let found = rows.into_iter().map(|mut row| row.int()).collect::<Result<Vec<i64>>>()?;
    let unknown = |version: &&i64| MIGRATIONS.iter().all(|(known, _)| known != *version);
    if let Some(newer) = found.iter().find(unknown) {
        return Err(StoreError::Damaged(format!(
            "the database has schema {newer}, this program does not know it: use a newer program"
        )));
    }
    for (version, text) in MIGRATIONS.iter().filter(|(version, _)| !found.contains(version)) {
        let dialect = exec.dialect();
        let script = dialect.schema(text) + &dialect.append_only(*version);
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
