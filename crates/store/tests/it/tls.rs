//! TLS to PostgreSQL: asked for, it is spoken and the certificate looked at.

use crate::support::{folder, postgres, postgres_url};
use store::{Config, Database, Store, StoreError};

/// The configuration with more said in its address.
fn saying(config: &Config, more: &str) -> Config {
    let Database::Postgres(url) = &config.database else { unreachable!("it was made so") };
    Config { database: Database::Postgres(format!("{url}&{more}")), ..config.clone() }
}

#[tokio::test]
async fn a_certificate_that_nobody_we_trust_signed_is_refused() {
    let Some(url) = postgres_url() else { return };
    let (client, driver) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(driver);
    let row = client
        .query_one("SELECT current_setting('ssl'), current_setting('data_directory')", &[])
        .await
        .unwrap();
    let (ssl, data): (String, String) = (row.get(0), row.get(1));
    let root = format!("{data}/server.crt");
    if ssl != "on" || std::fs::read(&root).is_err() {
        println!("LEFT OUT: this PostgreSQL speaks no TLS, or hides its certificate");
        return;
    }
    let folder = folder();
    let config = postgres(&url, &folder).await;

    let stranger = Store::open(saying(&config, "sslmode=require")).await.err();
    let Some(StoreError::Unavailable(why)) = stranger else { panic!("{stranger:?}") };
    assert!(why.contains("invalid peer certificate"), "{why}");

    let named = format!("application_name=tls_{}", std::process::id());
    let trusting = format!("sslmode=verify-full&sslrootcert={root}&{named}");
    let store = Store::open(saying(&config, &trusting)).await.unwrap();
    store.ready().await.unwrap();
    let secured = client
        .query_one(
            "SELECT count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) \
             WHERE ssl AND 'application_name=' || application_name = $1",
            &[&named],
        )
        .await
        .unwrap();
    assert!(secured.get::<_, i64>(0) > 0, "the store's connections are encrypted");
    store.close().await;
}
