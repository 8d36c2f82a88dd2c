//! Which database a test runs on: SQLite, or a schema of its own on PostgreSQL.

use tokio_postgres::{Client, NoTls};

/// A schema of the test's own on the suite's PostgreSQL; it is dropped with the test, so that a
/// server that lives long does not fill.
#[derive(Debug)]
pub struct Schema {
    url: String,
    name: String,
}

impl Schema {
    /// A fresh schema on the PostgreSQL that `SANBAO_TEST_POSTGRES` names; `None` means SQLite.
    ///
    /// # Panics
    /// When the named PostgreSQL cannot be reached.
    pub async fn fresh(number: u64) -> Option<Self> {
        let url = named()?;
        let name = format!("server_test_{}_{number}", std::process::id());
        let sql = format!("drop schema if exists {name} cascade; create schema {name}");
        let schema = Self { url, name };
        schema.run(&sql).await.expect("a schema is made");
        Some(schema)
    }

    /// The address of the schema.
    pub fn address(&self) -> String {
        let joint = if self.url.contains('?') { '&' } else { '?' };
        format!("{}{joint}options=-csearch_path%3D{}", self.url, self.name)
    }

    /// Waits until everything in the journal lies before the oldest transaction that runs: those of
    /// other tests on the same server hold back for a moment what is read in the order of commits.
    ///
    /// # Panics
    /// When that does not come about.
    pub async fn settled(&self) {
        let (client, connection): (Client, _) =
            tokio_postgres::connect(&self.address(), NoTls).await.expect("the suite's PostgreSQL");
        tokio::spawn(connection);
        let behind = "select count(*) from journal \
                      where txid >= pg_snapshot_xmin(pg_current_snapshot())::text::bigint";
        for _ in 0..4_000 {
            let row = client.query_one(behind, &[]).await.expect("a number");
            if row.get::<_, i64>(0) == 0 {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        panic!("a transaction of another test runs for ever");
    }

    async fn run(&self, sql: &str) -> Result<(), tokio_postgres::Error> {
        let (client, connection): (Client, _) = tokio_postgres::connect(&self.url, NoTls).await?;
        let driven = tokio::spawn(connection);
        let done = client.batch_execute(sql).await;
        drop(client);
        let _ = driven.await;
        done
    }

    fn dropped(&self) -> std::io::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        // A connection that a failed test left in the middle of something is not waited for.
        let sql = format!("set lock_timeout = '5s'; drop schema if exists {} cascade", self.name);
        let _ = runtime.block_on(self.run(&sql));
        Ok(())
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        // The test's own runtime may be the one that is ending: this takes a thread of its own.
        std::thread::scope(|scope| {
            let _ = scope.spawn(|| self.dropped()).join();
        });
    }
}

#[expect(clippy::disallowed_methods, reason = "the suite names its database by environment")]
fn named() -> Option<String> {
    std::env::var("SANBAO_TEST_POSTGRES").ok().filter(|url| !url.is_empty())
}
