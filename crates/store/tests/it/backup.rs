//! A backup of a busy store comes back whole, on either database; what cannot be restored is
//! refused in a sentence and leaves nothing behind.

#![expect(clippy::unwrap_used, reason = "what is not as it must be ends the test")]

use crate::support;
use crate::support::ledger::posting;
use crate::support::{Bench, NAME, NOW, folder, on_both};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use store::backup::{Manifest, Place, Refused, backup, restore};
use store::file::NewFile;
use store::{Config, Database, Scope, Store};

/// The key of every bench.
const KEY: &str = "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a";

/// A place of its own below `parent`, its key beside it.
fn place(parent: &Path, name: &str, database: Option<String>) -> Place {
    let key = parent.join("kept.key");
    std::fs::write(&key, KEY).unwrap();
    Place { data: parent.join(name), database, master_key: Some(key) }
}

/// An empty schema beside the one of the bench, or nothing on SQLite.
async fn beside(b: &Bench, name: &str) -> Option<String> {
    let Database::Postgres(url) = &b.config.database else { return None };
    let (url, schema) = url.rsplit_once("%3D").unwrap();
    b.raw(&format!("CREATE SCHEMA {schema}_{name}")).await.unwrap();
    Some(format!("{url}%3D{schema}_{name}"))
}

async fn drop_beside(b: &Bench, name: &str) {
    if let Database::Postgres(url) = &b.config.database {
        let (_, schema) = url.rsplit_once("%3D").unwrap();
        b.raw(&format!("DROP SCHEMA {schema}_{name} CASCADE")).await.unwrap();
    }
}

fn photo(bytes: &[u8]) -> NewFile {
    let kind = "image/jpeg".into();
    NewFile { kind, bytes: bytes.to_vec(), width: None, height: None, taken: None }
}

/// Seals until nothing is left; the head.
async fn seal_all(store: &Store) -> String {
    for _ in 0..2_000 {
        store.seal(NOW.plus_seconds(500)).await.unwrap();
        let report = store.verify(None).await.unwrap();
        if report.unsealed == 0 {
            return report.head.unwrap();
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    panic!("the watermark never rose");
}

fn target(b: &Bench, name: &str) -> PathBuf {
    b.config.files.with_file_name(name)
}

#[test]
fn a_busy_store_comes_back_whole_and_goes_on() {
    on_both(|b| async move {
        let case = b.open_case().await;
        let arrived = posting(&[
            "supplier/F/TUBE -> stock/S0101/TUBE 5:TUBE",
            "supplier/F/BAT -> stock/S0101/BAT BAT#B1",
        ]);
        b.post(vec![arrived]).await.unwrap();
        let file = b.store.add_file(photo(b"a photo"), b.adviser, NOW).await.unwrap();
        let head = seal_all(&b.store).await;
        let busy = tokio::spawn({
            let b = b.clone();
            async move {
                for _ in 0..40 {
                    b.open_case().await;
                    b.store.seal(NOW).await.unwrap();
                }
            }
        });
        let zip = target(&b, "backup.zip");
        let manifest = backup(&b.config, &zip, NOW).await.unwrap();
        busy.await.unwrap();
        assert_eq!((manifest.files, manifest.lost.len()), (1, 0));
        let again = backup(&b.config, &zip, NOW).await.unwrap_err();
        assert!(again.0.en.contains("is there already"), "{again:?}");

        let parent = folder();
        let place = place(&parent, "new", beside(&b, "new").await);
        let restored = restore(&zip, &place, Some(&head)).await.unwrap();
        assert_eq!(restored.report.problems, []);
        assert_eq!(restored.report.cases, manifest.tables["cases"]);
        assert_eq!(restored.report.orphaned_files, 0);
        let config = Config::existing(&place.data, place.database.as_deref()).unwrap();
        let new = Bench::again(config).await;
        assert_eq!(new.store.file(file.id).await.unwrap().1, b"a photo");
        assert!(new.store.case(case, &Scope::company()).await.is_ok());
        let found = new.store.find_units(NAME, &Scope::company(), 1).await.unwrap();
        assert_eq!(found.len(), 1, "personal data is found by its keyed tokens");
        // What is written now follows what was sealed then.
        new.open_case().await;
        seal_all(&new.store).await;
        assert_eq!(new.store.verify(Some(&head)).await.unwrap().problems, []);
        new.store.close().await;
        drop_beside(&b, "new").await;
        std::fs::remove_dir_all(parent).unwrap();
    });
}

#[test]
fn rows_of_a_cluster_far_ahead_are_followed() {
    on_both(|b| async move {
        if b.config.database == Database::Sqlite(target(&b, "sanbao.db")) {
            return;
        }
        for table in ["journal", "ledger_entries", "measure_deltas"] {
            let ahead = format!(
                "ALTER TABLE {table} ALTER COLUMN txid \
                 SET DEFAULT (pg_current_xact_id()::text::bigint + 1000000000)"
            );
            b.raw(&ahead).await.unwrap();
        }
        b.raw("INSERT INTO settings VALUES ('txid_offset', '1000000000')").await.unwrap();
        b.open_case().await;
        let head = seal_all(&b.store).await;
        let zip = target(&b, "ahead.zip");
        backup(&b.config, &zip, NOW).await.unwrap();
        let parent = folder();
        let place = place(&parent, "new", beside(&b, "ahead").await);
        assert_eq!(restore(&zip, &place, Some(&head)).await.unwrap().report.problems, []);
        let config = Config::existing(&place.data, place.database.as_deref()).unwrap();
        let new = Bench::again(config).await;
        new.open_case().await;
        assert_ne!(seal_all(&new.store).await, head);
        assert_eq!(new.store.verify(Some(&head)).await.unwrap().problems, []);
        new.store.close().await;
        drop_beside(&b, "ahead").await;
        std::fs::remove_dir_all(parent).unwrap();
    });
}

#[test]
fn what_lies_on_sqlite_moves_to_postgresql_and_not_back() {
    on_both(|b| async move {
        let Some(url) = beside(&b, "moved").await else { return };
        let small = folder();
        let a = Bench::open(support::sqlite(&small)).await;
        a.open_case().await;
        let head = seal_all(&a.store).await;
        let zip = small.join("small.zip");
        backup(&a.config, &zip, NOW).await.unwrap();
        let moved = place(&small, "moved", Some(url));
        assert_eq!(restore(&zip, &moved, Some(&head)).await.unwrap().report.problems, []);
        let config = Config::existing(&moved.data, moved.database.as_deref()).unwrap();
        let new = Bench::again(config.clone()).await;
        new.open_case().await;
        seal_all(&new.store).await;
        assert_eq!(new.store.verify(Some(&head)).await.unwrap().problems, []);
        let large = small.join("large.zip");
        backup(&config, &large, NOW).await.unwrap();
        let refused = restore(&large, &place(&small, "back", None), None).await.unwrap_err();
        assert!(refused.0.en.contains("--database postgres://"), "{refused:?}");
        new.store.close().await;
        drop_beside(&b, "moved").await;
        std::fs::remove_dir_all(small).unwrap();
    });
}

/// The same archive with one member written anew.
fn rewritten(zip: &Path, to: &Path, member: &str, change: impl Fn(Vec<u8>) -> Vec<u8>) {
    let mut old = zip::ZipArchive::new(std::fs::File::open(zip).unwrap()).unwrap();
    let mut new = zip::ZipWriter::new(std::fs::File::create(to).unwrap());
    for place in 0..old.len() {
        let mut file = old.by_index(place).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut bytes = vec![];
        file.read_to_end(&mut bytes).unwrap();
        let bytes = if name == member { change(bytes) } else { bytes };
        new.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        new.write_all(&bytes).unwrap();
    }
    new.finish().unwrap();
}

#[test]
fn what_cannot_be_restored_is_refused_and_leaves_nothing() {
    on_both(|b| async move {
        b.open_case().await;
        b.store.add_file(photo(&[7; 5_000]), b.adviser, NOW).await.unwrap();
        seal_all(&b.store).await;
        let (zip, parent) = (target(&b, "whole.zip"), folder());
        backup(&b.config, &zip, NOW).await.unwrap();
        let whole = std::fs::read(&zip).unwrap();
        let bad = parent.join("bad.zip");
        let empty = place(&parent, "empty", beside(&b, "empty").await);
        let refused = async |archive: &Path, place: &Place, head: Option<&str>, sentence: &str| {
            let Refused(text) = restore(archive, place, head).await.unwrap_err();
            assert!(text.en.contains(sentence) && !text.zh.is_empty(), "{text:?}");
            assert!(!place.data.join("sanbao.db").exists() && !place.data.join("files").exists());
            assert!(!place.data.join("restoring").exists(), "{sentence}");
        };
        std::fs::write(&bad, &whole[..whole.len() / 2]).unwrap();
        refused(&bad, &empty, None, "is no whole backup").await;
        // The photo comes first: a bit of it is turned over.
        for at in [300, 2_000, 4_900] {
            let mut turned = whole.clone();
            turned[at] ^= 1;
            std::fs::write(&bad, &turned).unwrap();
            refused(&bad, &empty, None, "in it is not what was written").await;
        }
        rewritten(&zip, &bad, "tables/orgs.jsonl", |rows| [&rows[..], b"[9]\n"].concat());
        refused(&bad, &empty, None, "tables/orgs.jsonl in it is not what was written").await;
        rewritten(&zip, &bad, "manifest.json", |text| {
            String::from_utf8(text).unwrap().replace("\"files\": 1", "\"files\": 0").into()
        });
        refused(&bad, &empty, None, "manifest.json in it is not").await;
        rewritten(&zip, &bad, "manifest.json", |text| {
            let mut manifest: Manifest = serde_json::from_slice(&text).unwrap();
            manifest.schema.push(9_999);
            serde_json::to_vec(&manifest).unwrap()
        });
        refused(&bad, &empty, None, "made by a newer program").await;
        refused(&zip, &empty, Some(&"ab".repeat(32)), "is not in this backup").await;
        refused(&parent.join("none.zip"), &empty, None, "cannot be used").await;
        let other = Place { master_key: Some(parent.join("other.key")), ..empty.clone() };
        refused(&zip, &other, None, "the backup does not hold the master key").await;
        std::fs::write(parent.join("other.key"), "7".repeat(64)).unwrap();
        refused(&zip, &other, None, "not the one of this backup").await;
        let full = place(&parent, "full", empty.database.clone());
        std::fs::create_dir_all(&full.data).unwrap();
        std::fs::write(full.data.join("letter.txt"), "mine").unwrap();
        refused(&zip, &full, None, "it holds letter.txt").await;
        if let Database::Postgres(url) = &b.config.database {
            let taken = Place { database: Some(url.clone()), ..empty.clone() };
            refused(&zip, &taken, None, "holds tables already").await;
        }
        // After all that the place is as empty as it was.
        assert!(!empty.data.exists());
        assert!(restore(&zip, &empty, None).await.is_ok());
        drop_beside(&b, "empty").await;
        std::fs::remove_dir_all(parent).unwrap();
    });
}

#[test]
fn a_schema_this_program_does_not_know_is_not_backed_up() {
    on_both(|b| async move {
        b.raw("INSERT INTO schema_version VALUES (9999)").await.unwrap();
        let zip = target(&b, "newer.zip");
        let refused = backup(&b.config, &zip, NOW).await.unwrap_err();
        assert!(refused.0.en.contains("use a newer program"), "{refused:?}");
        assert!(!zip.exists() && !zip.with_file_name("newer.zip.part").exists());
    });
}
