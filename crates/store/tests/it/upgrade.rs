//! A database of every earlier schema becomes one of this program, with all that was in it.
//!
//! The rows are those of a history written today, cut down to what each schema had: a column that
//! came later is made by its migration, as it is for a database of that time.

#![expect(clippy::unwrap_used, reason = "what is not as it must be ends the test")]

use crate::support::ledger::posting;
use crate::support::{Bench, NAME, NOW, folder, on_both};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Read;
use std::path::Path;
use store::backup::backup;
use store::{Config, Database, Scope, upgrade};

struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<Json>>,
}

/// All tables of a backup.
fn tables(zip: &Path) -> BTreeMap<String, Table> {
    let mut zip = zip::ZipArchive::new(std::fs::File::open(zip).unwrap()).unwrap();
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    let of = |name: &String| Some(name.strip_prefix("tables/")?.strip_suffix(".jsonl")?.to_owned());
    let mut tables = BTreeMap::new();
    for (name, table) in names.iter().filter_map(|name| Some((name, of(name)?))) {
        let mut text = String::new();
        zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        let mut lines = text.lines();
        let columns = serde_json::from_str(lines.next().unwrap()).unwrap();
        let rows = lines.map(|line| serde_json::from_str(line).unwrap()).collect();
        tables.insert(table, Table { columns, rows });
    }
    tables
}

/// Columns of each table as the database has them now.
async fn columns(database: &Database) -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    match database {
        Database::Sqlite(path) => {
            let connection = rusqlite::Connection::open(path).unwrap();
            let sql = "SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c \
                       WHERE m.type = 'table'";
            let mut statement = connection.prepare(sql).unwrap();
            let mut rows = statement.query([]).unwrap();
            while let Some(row) = rows.next().unwrap() {
                found.entry(row.get(0).unwrap()).or_default().push(row.get(1).unwrap());
            }
        }
        Database::Postgres(url) => {
            let (client, driver) =
                tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
            tokio::spawn(driver);
            let sql = "SELECT table_name::text, column_name::text FROM \
                       information_schema.columns WHERE table_schema = current_schema()";
            for row in client.query(sql, &[]).await.unwrap() {
                found.entry(row.get(0)).or_default().push(row.get(1));
            }
        }
    }
    found
}

fn literal(database: &Database, json: &Json) -> String {
    let bytes = |text: &Json| {
        let bytes = data_encoding::BASE64.decode(text.as_str().unwrap().as_bytes()).unwrap();
        data_encoding::HEXLOWER.encode(&bytes)
    };
    match (json, database) {
        (Json::Null, _) => "NULL".into(),
        (Json::Number(number), _) => number.to_string(),
        (Json::String(text), _) => format!("'{}'", text.replace('\'', "''")),
        (json, Database::Sqlite(_)) => format!("x'{}'", bytes(&json["b"])),
        (json, Database::Postgres(_)) => format!("'\\x{}'::bytea", bytes(&json["b"])),
    }
}

/// What earlier tables had and today's have not: nothing was paused in this history.
const LEFT: [(&str, &str, &str); 2] =
    [("deadlines", "paused_seconds", "0"), ("deadlines", "paused_days", "0")];

/// The history as an earlier schema held it.
async fn as_of(b: &Bench, rows: &BTreeMap<String, Table>, config: &Config, version: i64) {
    upgrade::schema_of(&config.database, version).await.unwrap();
    let mut script = match config.database {
        Database::Sqlite(_) => "PRAGMA foreign_keys = OFF;".to_owned(),
        Database::Postgres(_) => "SET session_replication_role = replica;".to_owned(),
    };
    for (table, had) in columns(&config.database).await {
        let Some(Table { columns, rows }) = rows.get(&table).filter(|t| !t.rows.is_empty()) else {
            continue;
        };
        let taken: Vec<usize> = (0..columns.len()).filter(|n| had.contains(&columns[*n])).collect();
        let left = || {
            LEFT.iter().filter(|(of, column, _)| of == &table && had.contains(&(*column).into()))
        };
        let names: Vec<&str> = taken
            .iter()
            .map(|n| columns[*n].as_str())
            .chain(left().map(|(_, column, _)| *column))
            .collect();
        write!(script, "DELETE FROM {table} WHERE 1 = 1;").unwrap();
        // The count of publications came with the drafts, by its migration.
        let later = |row: &&Vec<Json>| version < 11 && row[0] == "publications";
        for row in rows.iter().filter(|row| table != "settings" || !later(row)) {
            let cells: Vec<String> = taken
                .iter()
                .map(|n| literal(&config.database, &row[*n]))
                .chain(left().map(|(_, _, value)| (*value).to_owned()))
                .collect();
            let (names, cells) = (names.join(", "), cells.join(", "));
            write!(script, "INSERT INTO {table} ({names}) VALUES ({cells});").unwrap();
        }
        // Rows that come with their numbers do not move the sequence, as writing them did.
        if had.contains(&"position".into()) && matches!(config.database, Database::Postgres(_)) {
            let next = format!("SELECT MAX(position) FROM {table}");
            let resume = format!("pg_get_serial_sequence('{table}', 'position'), ({next})");
            write!(script, "SELECT setval({resume}) WHERE EXISTS (SELECT 1 FROM {table});")
                .unwrap();
        }
    }
    let at = Bench { config: config.clone(), ..b.clone() };
    at.raw(&script).await.unwrap();
}

/// People and units have had a journal since 20; those that stood already begin with their next
/// change.
async fn forget_people(b: &Bench) {
    b.without_triggers("journal").await;
    b.raw(
        "DELETE FROM journal WHERE aggregate IN ('person', 'org'); \
         UPDATE people SET journal_seq = 0, journal_head = NULL; \
         UPDATE orgs SET journal_seq = 0, journal_head = NULL",
    )
    .await
    .unwrap();
}

#[test]
fn a_database_of_every_earlier_schema_is_brought_up_to_date() {
    on_both(|b| async move {
        forget_people(&b).await;
        let case = b.open_case().await;
        let moved = b.moving(case, "diagnosing", NOW.plus_seconds(60)).await;
        b.store.apply(&moved, NOW.plus_seconds(60)).await.unwrap();
        b.post(vec![posting(&["supplier/F/TUBE -> stock/S0101/TUBE 5:TUBE"])]).await.unwrap();
        b.store.seal(NOW.plus_seconds(100)).await.unwrap();
        let parent = folder();
        let zip = parent.join("rows.zip");
        backup(&b.config, &zip, NOW).await.unwrap();
        let rows = tables(&zip);
        let before = b.store.verify(None).await.unwrap();
        let versions = upgrade::versions();
        for version in &versions[..versions.len() - 1] {
            let data = parent.join(version.to_string());
            std::fs::create_dir_all(&data).unwrap();
            let mut config = Config { files: data.join("files"), ..b.config.clone() };
            config.database = match &b.config.database {
                Database::Sqlite(_) => Database::Sqlite(data.join("sanbao.db")),
                Database::Postgres(url) => {
                    let schema = format!("upgrade_{}_{version}", std::process::id());
                    b.raw(&format!("CREATE SCHEMA {schema}")).await.unwrap();
                    let (url, _) = url.rsplit_once("%3D").unwrap();
                    Database::Postgres(format!("{url}%3D{schema}"))
                }
            };
            as_of(&b, &rows, &config, *version).await;
            let new = Bench::again(config.clone()).await;
            let report = new.store.verify(before.head.as_deref()).await.unwrap();
            // Before the third there was no ledger: what the journal says was posted is missing.
            let problems = report.problems.iter().filter(|p| *version >= 3 || !ledger(&p.en));
            assert_eq!(problems.collect::<Vec<_>>(), Vec::<&base::Text>::new(), "{version}");
            assert_eq!((report.entries, report.cases), (before.entries, before.cases), "{version}");
            let loaded = new.store.case(case, &Scope::company()).await.unwrap();
            assert_eq!(loaded.state.full_state("main").as_deref(), Some("main.diagnosing"));
            assert_eq!(loaded.state.deadlines.len(), 1, "{version}");
            assert_eq!(new.store.find_units(NAME, &Scope::company(), 1).await.unwrap().len(), 1);
            new.open_case().await;
            new.store.close().await;
            if matches!(b.config.database, Database::Postgres(_)) {
                let schema = format!("upgrade_{}_{version}", std::process::id());
                b.raw(&format!("DROP SCHEMA {schema} CASCADE")).await.unwrap();
            }
        }
        std::fs::remove_dir_all(parent).unwrap();
    });
}

fn ledger(sentence: &str) -> bool {
    sentence.contains("transaction") || sentence.contains("account")
}
