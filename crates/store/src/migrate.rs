//! Brings the schema up to date, and tells whether the master key is this database's.

use crate::dialect::Dialect;
use crate::exec::cell::cells;
use crate::exec::{Exec, Write};
use crate::keys::COMPANY_KEY;
use crate::rotation::KEPT;
use crate::vault::{DataKey, Vault};
use crate::{MasterKey, Result, StoreError};

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
    (17, include_str!("../migrations/0017.sql")),
    (20, include_str!("../migrations/0020.sql")),
    (24, include_str!("../migrations/0024.sql")),
    (25, include_str!("../migrations/0025.sql")),
    (26, include_str!("../migrations/0026.sql")),
    (27, include_str!("../migrations/0027.sql")),
    (28, include_str!("../migrations/0028.sql")),
    (29, include_str!("../migrations/0029.sql")),
    (30, include_str!("../migrations/0030.sql")),
    (31, include_str!("../migrations/0031.sql")),
    (32, include_str!("../migrations/0032.sql")),
    (33, include_str!("../migrations/0033.sql")),
    (34, include_str!("../migrations/0034.sql")),
    (36, include_str!("../migrations/0036.sql")),
    (40, include_str!("../migrations/0040.sql")),
    (42, include_str!("../migrations/0042.sql")),
    (43, include_str!("../migrations/0043.sql")),
    (44, include_str!("../migrations/0044.sql")),
    (45, include_str!("../migrations/0045.sql")),
    (46, include_str!("../migrations/0046.sql")),
    (47, include_str!("../migrations/0047.sql")),
    (48, include_str!("../migrations/0048.sql")),
    (49, include_str!("../migrations/0049.sql")),
    (50, include_str!("../migrations/0050.sql")),
    (51, include_str!("../migrations/0051.sql")),
    (52, include_str!("../migrations/0052.sql")),
    (53, include_str!("../migrations/0053.sql")),
    (54, include_str!("../migrations/0054.sql")),
    (55, include_str!("../migrations/0055.sql")),
    (56, include_str!("../migrations/0056.sql")),
    (57, include_str!("../migrations/0057.sql")),
    (58, include_str!("../migrations/0058.sql")),
    (62, include_str!("../migrations/0062.sql")),
    (63, include_str!("../migrations/0063.sql")),
    (69, include_str!("../migrations/0069.sql")),
    (70, include_str!("../migrations/0070.sql")),
];

/// The table of what was brought.
pub(crate) const VERSIONS: &str =
    "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT PRIMARY KEY);";

/// Brings the schema up to date; whether there was anything to bring.
pub(crate) async fn migrate(exec: &Exec) -> Result<bool> {
    exec.script(VERSIONS.into()).await?;
    let rows = exec.rows("SELECT version FROM schema_version ORDER BY version", vec![]).await?;
    let found = rows.into_iter().map(|mut row| row.int()).collect::<Result<Vec<i64>>>()?;
    refuse_newer(&found)?;
    for (version, text) in MIGRATIONS.iter().filter(|(version, _)| !found.contains(version)) {
        match exec.script(script(*version, text, exec.dialect())).await {
            // The other node brought this version.
            Err(StoreError::Taken(_)) if brought(exec, *version).await? => {}
            result => result?,
        }
    }
    Ok(MIGRATIONS.iter().any(|(version, _)| !found.contains(version)))
}

async fn brought(exec: &Exec, version: i64) -> Result<bool> {
    let sql = "SELECT 1 FROM schema_version WHERE version = $1";
    Ok(exec.row(sql, cells![version]).await?.is_some())
}

fn script(version: i64, text: &str, dialect: Dialect) -> String {
    let script = dialect.schema(text) + &dialect.append_only(version);
    // The row stands first: a second node that migrates at the same time fails on it whole.
    format!("INSERT INTO schema_version VALUES ({version});\n{script}")
}

/// The numbers of all migrations in order.
pub(crate) fn versions() -> impl Iterator<Item = i64> {
    MIGRATIONS.iter().map(|(version, _)| *version)
}

/// The scripts that make a schema of just these versions.
pub(crate) fn scripts(versions: &[i64], dialect: Dialect) -> impl Iterator<Item = String> {
    let wanted = MIGRATIONS.iter().filter(|(version, _)| versions.contains(version));
    wanted.map(move |(version, text)| script(*version, text, dialect))
}

/// Refuses the schema of a newer program.
pub(crate) fn refuse_newer(found: &[i64]) -> Result<()> {
    let unknown = |version: &&i64| MIGRATIONS.iter().all(|(known, _)| known != *version);
    match found.iter().find(unknown) {
        None => Ok(()),
        Some(newer) => Err(StoreError::Damaged(format!(
            "the database has schema {newer}, this program does not know it: use a newer program"
        ))),
    }
}

/// The refusal of a master key that is another installation's.
pub(crate) fn other_key() -> StoreError {
    StoreError::Sealed("this master key is not the one the database was made with".into())
}

/// Makes the company's key at first, and later refuses a master key that is another one's. While
/// the key is changed, the one at hand that is the database's own is chosen.
pub(crate) async fn check_key(exec: &Exec, master: &MasterKey) -> Result<Vault> {
    let first = Vault::new(master);
    let key = DataKey::make()?;
    let wrapped = first.wrap(&key, COMPANY_KEY)?;
    exec.write(vec![
        Write::any(
            "INSERT INTO settings (key, value) VALUES ('master_key', $1) ON CONFLICT DO NOTHING",
            cells![first.fingerprint()],
        ),
        Write::any(
            "INSERT INTO data_keys (id, wrapped, made_at) VALUES ($1, $2, 0) \
             ON CONFLICT DO NOTHING",
            cells![COMPANY_KEY, wrapped],
        ),
    ])
    .await?;
    let sql = "SELECT value FROM settings WHERE key = $1";
    let read = async |key: &'static str| -> Result<Option<String>> {
        exec.row(sql, cells![key]).await?.map(|mut row| row.text()).transpose()
    };
    let stored = read("master_key").await?;
    let vault = stored.and_then(|stored| Vault::under(master, &stored));
    let mut vault = vault.ok_or_else(other_key)?;
    if let Some(kept) = read(KEPT).await? {
        vault.recall(&crate::exec::cell::parse(&kept)?)?;
    }
    Ok(vault)
}
