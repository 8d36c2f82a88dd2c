//! Drills: what somebody with the disk and the database in hand may do to files and seals, and how
//! `verify` names it. Journal and ledger have drills of their own in `integrity` and
//! `ledger_tampered`.

#![expect(clippy::unwrap_used, reason = "what is not as it must be ends the test")]

use crate::support::{Bench, NOW, on_both};
use std::path::{Path, PathBuf};
use store::file::NewFile;

fn photo(bytes: &[u8]) -> NewFile {
    let kind = "image/jpeg".into();
    NewFile { kind, bytes: bytes.to_vec(), width: None, height: None, taken: None }
}

/// Where the bytes of the files lie, in the order of their names.
fn lying(folder: &Path) -> Vec<PathBuf> {
    let inner = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = inner
        .flat_map(|folder| std::fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort_by_key(|path| path.file_name().unwrap().to_owned());
    files
}

type Deed = fn(&[PathBuf]);

#[test]
fn a_file_that_is_not_the_one_that_was_kept_is_named() {
    let deeds: [(Deed, usize); 4] = [
        (
            |files| {
                let (a, b) = (std::fs::read(&files[0]).unwrap(), std::fs::read(&files[1]).unwrap());
                std::fs::write(&files[0], b).unwrap();
                std::fs::write(&files[1], a).unwrap();
            },
            2,
        ),
        (
            |files| {
                let mut bytes = std::fs::read(&files[1]).unwrap();
                bytes[100] ^= 1;
                std::fs::write(&files[1], bytes).unwrap();
            },
            1,
        ),
        (
            |files| {
                let bytes = std::fs::read(&files[0]).unwrap();
                std::fs::write(&files[0], &bytes[..bytes.len() - 1]).unwrap();
            },
            1,
        ),
        (|files| std::fs::write(&files[0], b"a picture of my own").unwrap(), 1),
    ];
    for (deed, named) in deeds {
        on_both(|b| async move {
            // Of the same size, so that only their content tells them apart.
            b.store.add_file(photo(&[1; 500]), b.adviser, NOW).await.unwrap();
            b.store.add_file(photo(&[2; 500]), b.adviser, NOW).await.unwrap();
            assert_eq!(b.store.verify(None).await.unwrap().problems, []);
            deed(&lying(&b.config.files));
            let report = b.store.verify(None).await.unwrap();
            assert_eq!(report.problems.len(), named, "{:?}", report.problems);
            assert!(report.problems.iter().all(|p| p.en.contains("were changed or are those")));
            assert_eq!((report.files, report.orphaned_files), (2, 0));
        });
    }
}

async fn sealed(b: &Bench) -> String {
    for _ in 0..2_000 {
        b.store.seal(NOW.plus_seconds(100)).await.unwrap();
        let report = b.store.verify(None).await.unwrap();
        if report.unsealed == 0 {
            return report.head.unwrap();
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    panic!("the watermark never rose");
}

#[test]
fn a_replaced_seal_is_named_and_a_replaced_chain_by_the_head_kept_elsewhere() {
    on_both(|b| async move {
        b.open_case().await;
        sealed(&b).await;
        b.open_case().await;
        let head = sealed(&b).await;
        b.without_triggers("seals").await;
        // One seal in the middle: the next does not follow it.
        b.raw("UPDATE seals SET hash = root WHERE seq = 1").await.unwrap();
        let problems = b.store.verify(None).await.unwrap().problems;
        let names = |says: &str| problems.iter().any(|p| p.en.contains(says));
        assert!(names("seal 1: it does not follow") && names("seal 2: it does"), "{problems:?}");
        // All of them, made anew over the same journal: whole in itself, but not what was noted.
        b.raw("DELETE FROM seals").await.unwrap();
        assert_ne!(sealed(&b).await, head);
        assert_eq!(b.store.verify(None).await.unwrap().problems, []);
        let problems = b.store.verify(Some(&head)).await.unwrap().problems;
        assert!(problems[0].en.contains("is not among the seals"), "{problems:?}");
    });
}
