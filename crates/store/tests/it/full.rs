//! A full disk: the command is refused in words, nothing acknowledged is lost, reading goes on.

use crate::support;
use crate::support::{Bench, NOW};
use store::{Scope, Store, StoreError};

/// Blocks of 1,024 bytes that the process may write into one file.
const BLOCKS: u32 = 3_000;

#[test]
fn a_full_disk_refuses_and_loses_nothing() {
    let folder = support::folder();
    let program = std::env::current_exe().unwrap();
    // A limit on file size stands for the full disk; ignoring its signal makes it an error.
    let script = format!("trap '' XFSZ; ulimit -f {BLOCKS}; exec \"$0\" \"$@\"");
    let status = std::process::Command::new("bash")
        .args(["-c", &script])
        .arg(program)
        .args(["--exact", "full::process_on_a_full_disk", "--ignored", "--nocapture"])
        .env("SANBAO_FULL_FOLDER", &folder)
        .status()
        .unwrap();
    assert!(status.success());
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
#[ignore = "the process that the test above starts with little room"]
fn process_on_a_full_disk() {
    #[expect(clippy::disallowed_methods, reason = "the parent test says so by the environment")]
    let Ok(folder) = std::env::var("SANBAO_FULL_FOLDER") else { return };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let b = Bench::open(support::sqlite(folder.as_ref())).await;
        let mut opened = Vec::new();
        let first = b.opening().await;
        let refused = loop {
            let mut change = first.clone();
            change.case.decision.case.number = Some(format!("WX{}", opened.len()));
            let filler = "x".repeat(20_000).into();
            change.case.decision.case.data.insert("filler".into(), filler);
            match b.store.apply(&change, NOW).await {
                Ok(applied) => opened.push(applied.case),
                Err(error) => break error,
            }
            assert!(opened.len() < 1_000, "the limit never bit");
        };
        assert!(matches!(refused, StoreError::Full(_)), "{refused:?}");
        assert!(!opened.is_empty());
        for id in &opened {
            b.store.case(*id, &Scope::company()).await.unwrap();
        }
        b.store.close().await;
        let again = Store::open(b.config.clone()).await;
        // Opening may need to write; where it cannot, it says so and does not panic.
        if let Ok(store) = again {
            let report = store.verify(None).await.unwrap();
            assert_eq!((report.cases, report.problems), (opened.len() as u64, vec![]));
        }
    });
}
