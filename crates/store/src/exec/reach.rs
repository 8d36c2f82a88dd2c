//! How a `PostgreSQL` is reached: its address, and TLS when the address asks for it.

use crate::{Result, StoreError};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use std::sync::Arc;
use tokio_postgres::config::SslMode;
use tokio_postgres::{Client, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

/// An address that was understood.
pub(super) struct Reach {
    config: tokio_postgres::Config,
    /// Only where the address asks for it: a database on the same machine often has a certificate
    /// that nobody signed.
    tls: Option<MakeRustlsConnect>,
}

impl Reach {
    /// Understands an address as `libpq` writes it. `sslmode=require`, `verify-ca` and
    /// `verify-full` all mean the last: TLS that does not look at the certificate keeps out nobody
    /// who matters.
    /// `sslrootcert=FILE` names the root of an authority inside the company.
    ///
    /// # Errors
    /// Unavailable, with what is wrong in the address or with the root.
    pub(super) fn parse(url: &str) -> Result<Self> {
        let (url, root) = known(url);
        let config: tokio_postgres::Config =
            url.parse().map_err(|e| unavailable(format!("the PostgreSQL address: {e}")))?;
        let tls = match config.get_ssl_mode() {
            SslMode::Require => Some(MakeRustlsConnect::new(trust(root.as_deref())?)),
            _ if root.is_some() => {
                let asks = "the PostgreSQL address has `sslrootcert` without `sslmode=verify-full`";
                return Err(unavailable(asks.into()));
            }
            _ => None,
        };
        Ok(Self { config, tls })
    }

    /// A new connection; its driver runs beside it.
    ///
    /// # Errors
    /// Unavailable: whatever keeps us out is for who runs it, as nothing was asked yet.
    pub(super) async fn connect(&self) -> Result<Client> {
        let told = |error: &tokio_postgres::Error| match super::postgres::fault(error) {
            StoreError::Database(why) => StoreError::Unavailable(why),
            other => other,
        };
        match &self.tls {
            None => {
                let (client, driver) = self.config.connect(NoTls).await.map_err(|e| told(&e))?;
                drive(driver);
                Ok(client)
            }
            Some(tls) => {
                let connecting = self.config.connect(tls.clone());
                let (client, driver) = connecting.await.map_err(|e| told(&e))?;
                drive(driver);
                Ok(client)
            }
        }
    }
}

fn drive(
    driver: impl Future<Output = std::result::Result<(), tokio_postgres::Error>> + Send + 'static,
) {
    tokio::spawn(async move {
        if let Err(error) = driver.await {
            tracing::warn!(%error, "a PostgreSQL connection ended");
        }
    });
}

/// The address in words the driver knows, and the root it named.
fn known(url: &str) -> (String, Option<String>) {
    let Some((place, query)) = url.split_once('?') else { return (url.to_owned(), None) };
    let mut root = None;
    let mut kept = vec![];
    for pair in query.split('&') {
        match pair {
            "sslmode=verify-ca" | "sslmode=verify-full" => kept.push("sslmode=require"),
            _ => match pair.strip_prefix("sslrootcert=") {
                Some(file) => root = Some(file.replace("%2F", "/").replace("%20", " ")),
                None => kept.push(pair),
            },
        }
    }
    let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    (format!("{place}{query}"), root)
}

/// Whom to believe: the named root alone, or the authorities this machine knows.
fn trust(root: Option<&str>) -> Result<ClientConfig> {
    let mut roots = RootCertStore::empty();
    match root {
        Some(file) => {
            let wrong = |e: String| unavailable(format!("sslrootcert {file}: {e}"));
            let all = CertificateDer::pem_file_iter(file).map_err(|e| wrong(e.to_string()))?;
            for certificate in all {
                let certificate = certificate.map_err(|e| wrong(e.to_string()))?;
                roots.add(certificate).map_err(|e| wrong(e.to_string()))?;
            }
            if roots.is_empty() {
                return Err(wrong("there is no certificate in it".into()));
            }
        }
        None => {
            for certificate in rustls_native_certs::load_native_certs().certs {
                // One odd root among a hundred must not keep us from the others.
                let _ = roots.add(certificate);
            }
        }
    }
    let config =
        ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|e| unavailable(e.to_string()))?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

fn unavailable(why: String) -> StoreError {
    StoreError::Unavailable(why)
}

#[cfg(test)]
mod tests {
    use super::{Reach, known};

    #[test]
    fn an_address_is_read_as_libpq_reads_it() {
        let cases = [
            ("postgres://a@h/d", "postgres://a@h/d", None),
            ("postgres://a@h/d?sslmode=require", "postgres://a@h/d?sslmode=require", None),
            (
                "postgres://a@h/d?sslmode=verify-full&sslrootcert=/pg/root.crt&connect_timeout=5",
                "postgres://a@h/d?sslmode=require&connect_timeout=5",
                Some("/pg/root.crt"),
            ),
            ("postgres://a@h/d?sslrootcert=%2Fr%20oot", "postgres://a@h/d", Some("/r oot")),
        ];
        for (url, plain, root) in cases {
            assert_eq!(known(url), (plain.to_owned(), root.map(str::to_owned)), "{url}");
        }
    }

    #[test]
    fn a_root_that_cannot_be_used_is_named() {
        let said = |url: &str| Reach::parse(url).map(drop).unwrap_err().to_string();
        let missing = said("postgres://a@h/d?sslmode=verify-full&sslrootcert=/nowhere.crt");
        assert!(missing.contains("/nowhere.crt"), "{missing}");
        let unasked = said("postgres://a@h/d?sslrootcert=/nowhere.crt");
        assert!(unasked.contains("sslmode=verify-full"), "{unasked}");
    }
}
