//! A PostgreSQL that goes away: each call says so at once, and works again when it is back; a
//! command that was cut off and is sent again counts once.

#![expect(clippy::unwrap_used, reason = "what is not as it must be ends the test")]

use crate::support;
use crate::support::{Bench, NOW, folder, postgres_url};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use store::{Config, Database, Scope, StoreError};
use tokio::net::{TcpListener, TcpStream};

/// A way to the server that can be cut.
struct Wire {
    port: u16,
    up: Arc<AtomicBool>,
    cut: tokio::sync::watch::Sender<u32>,
}

impl Wire {
    async fn to(server: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let up = Arc::new(AtomicBool::new(true));
        let cut = tokio::sync::watch::Sender::new(0);
        let (open, cuts) = (Arc::clone(&up), cut.clone());
        tokio::spawn(async move {
            while let Ok((mut near, _)) = listener.accept().await {
                if !open.load(Ordering::SeqCst) {
                    continue;
                }
                let (server, mut cut) = (server.clone(), cuts.subscribe());
                tokio::spawn(async move {
                    let mut far = TcpStream::connect(server).await.unwrap();
                    tokio::select! {
                        _ = tokio::io::copy_bidirectional(&mut near, &mut far) => {}
                        _ = cut.changed() => {}
                    }
                });
            }
        });
        Self { port, up, cut }
    }

    fn set(&self, up: bool) {
        self.up.store(up, Ordering::SeqCst);
        if !up {
            self.cut.send_modify(|cuts| *cuts += 1);
        }
    }
}

#[test]
fn a_database_that_was_away_is_used_again_and_no_command_counts_twice() {
    let Some(url) = postgres_url() else {
        eprintln!("left out: PostgreSQL (SANBAO_TEST_POSTGRES is not set)");
        return;
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let folder = folder();
        let direct = support::postgres(&url, &folder).await;
        let Database::Postgres(address) = &direct.database else { panic!("a PostgreSQL") };
        let host = address.split_once('@').unwrap().1.split_once('/').unwrap().0;
        let wire = Wire::to(host.to_owned()).await;
        let through = address.replace(host, &format!("127.0.0.1:{}", wire.port));
        let b =
            Bench::open(Config { database: Database::Postgres(through), ..direct.clone() }).await;
        let case = b.open_case().await;
        let change = b.opening().await;

        wire.set(false);
        for _ in 0..20 {
            let refused = b.store.apply(&change, NOW).await.unwrap_err();
            assert!(matches!(refused, StoreError::Unavailable(_)), "{refused:?}");
            let refused = b.store.case(case, &Scope::company()).await.unwrap_err();
            assert!(matches!(refused, StoreError::Unavailable(_)), "{refused:?}");
            assert!(b.store.ready().await.is_err());
        }
        wire.set(true);
        // The very command that was cut off.
        assert!(b.store.apply(&change, NOW).await.is_ok());
        assert!(b.store.case(case, &Scope::company()).await.is_ok());
        assert!(b.store.ready().await.is_ok());
        let report = b.store.verify(None).await.unwrap();
        assert_eq!((report.cases, report.problems), (2, vec![]));
        b.store.close().await;
        support::drop_schema(&url, &folder).await;
        std::fs::remove_dir_all(folder).unwrap();
    });
}
