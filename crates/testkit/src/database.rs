//! Which database a test runs on: SQLite, or a schema of its own on PostgreSQL.

/// The address of the test's own schema on the PostgreSQL that `SANBAO_TEST_POSTGRES` names;
/// `None` means SQLite.
///
/// # Panics
/// When the named PostgreSQL cannot be reached.
pub async fn chosen(number: u64) -> Option<String> {
    let url = named()?;
    let schema = format!("server_test_{}_{number}", std::process::id());
    let (client, connection) =
        tokio_postgres::connect(&url, tokio_postgres::NoTls).await.expect("PostgreSQL answers");
    let driven = tokio::spawn(connection);
    let sql = format!("drop schema if exists {schema} cascade; create schema {schema}");
    client.batch_execute(&sql).await.expect("a schema is made");
    drop(client);
    let _ = driven.await;
    let joint = if url.contains('?') { '&' } else { '?' };
    Some(format!("{url}{joint}options=-csearch_path%3D{schema}"))
}

#[expect(clippy::disallowed_methods, reason = "the suite names its database by environment")]
fn named() -> Option<String> {
    std::env::var("SANBAO_TEST_POSTGRES").ok().filter(|url| !url.is_empty())
}
