//! A database that goes away while people work: each request is told so in a sentence, the process
//! stays, and the same request succeeds when it is back.

use axum::http::Method;
use std::io;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use testkit::{Actor, Reply, TestApp, json};

/// A way to the database that can be cut.
struct Wire {
    port: u16,
    up: Arc<AtomicBool>,
    ends: Arc<Mutex<Vec<TcpStream>>>,
}

impl Wire {
    fn to(server: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a wire");
        let port = listener.local_addr().expect("a wire").port();
        let (up, ends) = (Arc::new(AtomicBool::new(true)), Arc::new(Mutex::new(vec![])));
        let (open, all, server) = (Arc::clone(&up), Arc::clone(&ends), server.to_owned());
        std::thread::spawn(move || {
            for near in listener.incoming() {
                let Ok(near) = near else { return };
                if !open.load(Ordering::SeqCst) {
                    continue;
                }
                let Ok(far) = TcpStream::connect(&server) else { continue };
                let both = [near.try_clone().expect("a wire"), far.try_clone().expect("a wire")];
                all.lock().expect("a wire").extend(both);
                for (mut from, mut into) in [
                    (near.try_clone().expect("a wire"), far.try_clone().expect("a wire")),
                    (far, near),
                ] {
                    std::thread::spawn(move || {
                        let _ = io::copy(&mut from, &mut into);
                        let _ = into.shutdown(Shutdown::Both);
                    });
                }
            }
        });
        Self { port, up, ends }
    }

    fn cut(&self) {
        self.up.store(false, Ordering::SeqCst);
        for end in self.ends.lock().expect("a wire").drain(..) {
            let _ = end.shutdown(Shutdown::Both);
        }
    }

    fn mend(&self) {
        self.up.store(true, Ordering::SeqCst);
    }
}

#[tokio::test]
async fn a_database_that_went_away_is_said_and_nothing_is_lost() {
    let mut wire = None;
    let test = TestApp::reaching(|address| {
        let server = address.split_once('@').and_then(|(_, rest)| rest.split_once('/'));
        let server = server.expect("an address with a host").0;
        let made = Wire::to(server);
        let through = address.replace(server, &format!("127.0.0.1:{}", made.port));
        wire = Some(made);
        through
    })
    .await;
    let Some(wire) = wire else {
        println!("LEFT OUT: only a PostgreSQL can go away (SANBAO_TEST_POSTGRES)");
        return;
    };
    let (unit, advisor) = (test.sold(3).await, test.advisor().await);

    wire.cut();
    let refused = open(&advisor, &unit).await.expect(503).refused("database-away");
    assert!(refused.str("/title").contains("数据库"), "{}", refused.text());
    advisor.get("cases").await.expect(503);

    wire.mend();
    let opened = open(&advisor, &unit).await.expect(201).str("/id");
    let again = open(&advisor, &unit).await.str("/id");
    assert_eq!(again, opened, "sent again, it counts once");
}

async fn open(advisor: &Actor<'_>, unit: &str) -> Reply {
    let body = json!({
        "process": "repair_order", "subject": { "unit": unit },
        "form": { "symptom": "异响", "urgency": "normal", "brought_by": "owner" },
    });
    let request = advisor.request(Method::POST, "cases").header("idempotency-key", "once");
    advisor.send(request, &body).await
}
