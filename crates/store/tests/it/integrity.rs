//! What somebody with the database's password cannot do unseen, and what they cannot read.

#![expect(clippy::unwrap_used, reason = "what is not as it must be ends the test")]

use crate::support;
use crate::support::{Bench, IDENTITY, NAME, NOW, PHONE, on_both};
use serde_json::{Map, json};
use store::Scope;
use store::document::NewDocument;
use store::file::NewFile;
use store::import::{ImportState, StagedRow};
use store::unit::{NewUnit, UnitFields};

/// A case with three entries, a note, a document, and a seal over all.
async fn history(b: &Bench) -> base::CaseId {
    let id = b.open_case().await;
    let mut change = b.moving(id, "diagnosing", NOW.plus_seconds(60)).await;
    change.case.documents = vec![NewDocument {
        document: "repair_order".into(),
        html: format!("<p>{NAME} {PHONE}</p>"),
        frozen: false,
        signature: None,
    }];
    b.store.apply(&change, NOW.plus_seconds(60)).await.unwrap();
    b.store.add_note(id, (b.adviser, None), &format!("{NAME}来电 {PHONE}"), NOW).await.unwrap();
    let change = b.moving(id, "repairing", NOW.plus_seconds(90)).await;
    b.store.apply(&change, NOW.plus_seconds(90)).await.unwrap();
    seal_all(b).await;
    id
}

/// Seals until nothing is left. On a PostgreSQL that other tests use too, their transactions hold
/// the watermark back for a moment.
async fn seal_all(b: &Bench) {
    for _ in 0..2_000 {
        b.store.seal(NOW.plus_seconds(100)).await.unwrap();
        if b.store.verify(None).await.unwrap().unsealed == 0 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    panic!("the watermark never rose");
}

#[test]
fn an_honest_database_verifies() {
    on_both(|b| async move {
        history(&b).await;
        let head = b.store.verify(None).await.unwrap().head.unwrap();
        let change = b.opening().await;
        b.store.apply(&change, NOW).await.unwrap();
        let report = b.store.verify(Some(&head)).await.unwrap();
        assert_eq!(report.problems, []);
        // Three units, two people, customer and vehicle registered, four entries of the case; the
        // new case came after.
        assert_eq!((report.entries, report.unsealed), (12, 1));
        assert_eq!((report.chains, report.cases, report.documents), (9, 2, 1));
        assert_eq!(head.len(), 64);
        seal_all(&b).await;
        assert_eq!(b.store.seal(NOW).await.unwrap(), None);
        let other = b.store.verify(Some(&"ab".repeat(32))).await.unwrap();
        assert!(other.problems[0].en.contains("not among the seals"), "{:?}", other.problems);
    });
}

#[test]
fn posted_rows_cannot_be_changed_or_deleted() {
    on_both(|b| async move {
        history(&b).await;
        for sql in [
            "UPDATE journal SET body = '{}' WHERE seq = 1",
            "DELETE FROM journal",
            "UPDATE seals SET entries = 9",
            "DELETE FROM seals",
        ] {
            let refused = b.raw(sql).await.unwrap_err();
            assert!(refused.contains("append-only"), "{sql}: {refused}");
        }
        assert!(b.store.verify(None).await.unwrap().problems.is_empty());
    });
}

#[test]
fn what_was_tampered_with_is_named() {
    for (tables, sql, says) in [
        (
            &["journal"][..],
            "UPDATE journal SET body = '{}' WHERE aggregate = 'case' AND seq = 2",
            "entry 2: its content was changed",
        ),
        // One byte of the text, and one hash in the place of another.
        (
            &["journal"],
            "UPDATE journal SET body = '[' || SUBSTR(body, 2) WHERE aggregate = 'case' AND seq = 3",
            "entry 3: its content was changed",
        ),
        (
            &["journal"],
            "UPDATE journal SET hash = prev_hash WHERE aggregate = 'case' AND seq = 3",
            "entry 3: its content was changed",
        ),
        (
            &["journal"],
            "UPDATE journal SET recorded_at = recorded_at + 1 WHERE aggregate = 'case' AND seq = 4",
            "entry 4: its content was changed",
        ),
        (
            &["journal"],
            "DELETE FROM journal WHERE aggregate = 'case' AND seq = 2",
            "1 entries before it are missing",
        ),
        (
            &["journal"],
            "DELETE FROM journal WHERE aggregate = 'case' AND seq = 4",
            "its journal ends at entry 3, the register says 4",
        ),
        (
            &["journal"],
            "DELETE FROM journal WHERE aggregate = 'customer'",
            "its journal is missing",
        ),
        (&["seals"], "UPDATE seals SET entries = 5", "does not follow the seal before it"),
        (&["journal"], "DELETE FROM journal WHERE aggregate = 'unit'", "entries stood below it"),
        (
            &[],
            "UPDATE cases SET main_state = 'delivered'",
            "it stands at delivered, its last entry left it at repairing",
        ),
        (&[], "UPDATE cases SET data = '{}'", "it was changed beside the journal"),
        (&[], "UPDATE cases SET assignee = 7", "it was changed beside the journal"),
        (&[], "UPDATE documents SET content_hash = html", "its text was changed"),
    ] {
        on_both(|b| async move {
            history(&b).await;
            for table in tables {
                b.without_triggers(table).await;
            }
            b.raw(sql).await.unwrap();
            let problems = b.store.verify(None).await.unwrap().problems;
            assert!(
                problems.iter().any(|p| p.en.contains(says) && !p.zh.contains(says)),
                "{sql}: {problems:?}"
            );
        });
    }
}

#[test]
fn a_missing_file_is_named_and_a_reused_photo_seen() {
    on_both(|b| async move {
        let photo = || NewFile {
            kind: "image/jpeg".into(),
            bytes: NAME.repeat(1000).into_bytes(),
            width: Some(800),
            height: Some(600),
            taken: None,
        };
        let first = b.store.add_file(photo(), b.adviser, NOW).await.unwrap();
        let second = b.store.add_file(photo(), b.adviser, NOW).await.unwrap();
        assert_eq!((first.same_as, second.same_as), (None, Some(first.id)));
        let (row, bytes) = b.store.file(second.id).await.unwrap();
        assert_eq!((row.kind.as_str(), bytes), ("image/jpeg", photo().bytes));

        let case = b.open_case().await;
        let mut change = b.moving(case, "diagnosing", NOW).await;
        let form = &mut change.case.decision.entries[0].form;
        form.insert("photos".into(), json!([{ "file": first.id, "slot": "plate" }]));
        b.store.apply(&change, NOW).await.unwrap();
        assert_eq!(b.store.file_cases(first.id).await.unwrap(), [case]);
        let tomorrow = NOW.plus_seconds(86_401);
        assert_eq!(b.store.drop_unused_files(tomorrow).await, Ok(1));
        assert!(b.store.file(second.id).await.is_err());
        assert!(b.store.verify(None).await.unwrap().problems.is_empty());

        std::fs::remove_dir_all(&b.config.files).unwrap();
        let problems = b.store.verify(None).await.unwrap().problems;
        assert!(problems[0].en.contains("its bytes are missing"), "{problems:?}");
    });
}

#[test]
fn no_name_or_number_of_a_customer_lies_in_the_database_or_beside_it() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let folder = support::folder();
        let b = Bench::open(support::sqlite(&folder)).await;
        history(&b).await;
        let photo = NewFile {
            kind: "text/plain".into(),
            bytes: NAME.into(),
            width: None,
            height: None,
            taken: None,
        };
        b.store.add_file(photo, b.adviser, NOW).await.unwrap();
        import(&b).await;
        let needles =
            [NAME, PHONE, IDENTITY, "文三路", "张丽", "刘强", "OUYANGXIAOFENG", "诸葛孔明"];
        let mut read = 0;
        for file in walk(&folder) {
            let bytes = std::fs::read(&file).unwrap();
            read += bytes.len();
            for needle in needles {
                let found = bytes.windows(needle.len()).any(|part| part == needle.as_bytes());
                assert!(!found, "{needle} lies in {}", file.display());
            }
        }
        assert!(read > 100_000, "the database was read");
        std::fs::remove_dir_all(folder).unwrap();
    });
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(walk(&path)) } else { files.push(path) }
    }
    files
}

/// 1,100 vehicles of 1,099 owners: two belong to one.
fn workbook(b: &Bench, clash: Option<&str>) -> Vec<store::import::ImportedUnit> {
    (0..1_100)
        .map(|n| {
            let frame = match clash {
                Some(frame) if n == 1_050 => frame.to_owned(),
                _ => format!("LYL{:08}", 24_110_000 + n),
            };
            let fields = UnitFields {
                frame_no: Some(frame),
                org: Some(b.station.id),
                ..UnitFields::default()
            };
            let owner = store::customer::NewCustomer {
                name: Some("诸葛孔明".into()),
                phone: Some(format!("136{:08}", n.max(1))),
                ..Default::default()
            };
            (n, Some(NewUnit { fields, ..NewUnit::default() }), Some(owner))
        })
        .collect()
}

#[test]
fn an_import_that_is_stopped_half_way_leaves_nothing_and_can_be_written_again() {
    on_both(|b| async move {
        let id = import(&b).await;
        let units = workbook(&b, None);
        let chunks: Vec<_> = units.chunks(store::import::CHUNK).collect();
        b.store.begin_applying(id, 1_100, NOW).await.unwrap();
        b.store.write_chunk(id, 0, chunks[0], b.adviser, NOW).await.unwrap();
        // The server was stopped and goes on: what is written already is left.
        b.store.begin_applying(id, 1_100, NOW).await.unwrap();
        b.store.write_chunk(id, 0, chunks[0], b.adviser, NOW).await.unwrap();
        let progress = b.store.import(id).await.unwrap().progress.unwrap();
        assert_eq!(
            (progress.phase.as_str(), progress.done, progress.total),
            ("writing", i64::try_from(store::import::CHUNK).unwrap(), 1_100)
        );
        assert_eq!(b.store.silent_imports(NOW.plus_seconds(60)).await.unwrap().len(), 1);

        assert!(b.store.stop_import(id).await.unwrap());
        let stopped = b.store.write_chunk(id, 1, chunks[1], b.adviser, NOW).await;
        assert_eq!(stopped, Err(store::StoreError::Moved));
        assert!(b.store.begin_applying(id, 1_100, NOW).await.is_err(), "first it is taken back");
        b.store.undo_import(id, b.adviser, NOW).await.unwrap();
        let again = b.store.import(id).await.unwrap();
        assert_eq!((again.state, again.progress), (ImportState::Staged, None));
        b.store.apply_import(id, units, b.adviser, NOW).await.unwrap();
        let mine = b.store.find_units("13600000001", &Scope::company(), 5).await.unwrap();
        assert_eq!(mine.len(), 2);
        assert!(b.store.verify(None).await.unwrap().problems.is_empty());
    });
}

async fn import(b: &Bench) -> i64 {
    let row = |row, verdict: &str| StagedRow {
        row,
        verdict: verdict.into(),
        kind: "vehicle".into(),
        why: String::new(),
        values: Map::from_iter([("name".to_owned(), json!("诸葛孔明"))]),
    };
    let rows = vec![row(2, "accept"), row(3, "reject"), row(4, "skip")];
    let staged = b
        .store
        .stage_import("sold_vehicles", "2026.xlsx", Map::new(), rows, b.adviser, NOW)
        .await
        .unwrap();
    assert_eq!(staged.counts, (1, 1, 1));
    staged.id
}

#[test]
fn an_import_is_seen_whole_or_not_at_all() {
    on_both(|b| async move {
        let id = import(&b).await;
        let page = b.store.import_rows(id, Some("reject"), None, 10).await.unwrap();
        assert_eq!(page.items.len(), 1);
        assert_eq!(page.items[0].values["name"], "诸葛孔明");
        let all = Scope::company();

        let clash = workbook(&b, Some(support::FRAME));
        let refused = b.store.apply_import(id, clash, b.adviser, NOW).await;
        assert_eq!(refused, Err(store::StoreError::Taken("frame_no")));
        assert!(b.store.find_units("LYL24110000", &all, 5).await.unwrap().is_empty());
        assert!(b.store.known_frames(&["LYL24110000".into()]).await.unwrap().is_empty());

        let done = b.store.apply_import(id, workbook(&b, None), b.adviser, NOW).await.unwrap();
        assert_eq!(done.state, ImportState::Applied);
        let mine = b.store.find_units("13600000001", &all, 5).await.unwrap();
        assert_eq!(mine.len(), 2, "two vehicles of one owner");
        assert_eq!(b.store.known_frames(&["lyl-24111099".into()]).await.unwrap(), ["LYL24111099"]);
        assert!(b.store.apply_import(id, vec![], b.adviser, NOW).await.is_err());
        assert_eq!(b.store.drop_import_rows(NOW.plus_seconds(29 * 86_400)).await, Ok(0));
        let month = NOW.plus_seconds(31 * 86_400);
        assert_eq!(b.store.drop_import_rows(month).await, Ok(2), "what was rejected goes");
        assert!(b.store.verify(None).await.unwrap().problems.is_empty());
    });
}
