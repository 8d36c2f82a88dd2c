//! HTTPS without a proxy: browsers give camera and scanner to no other pages.
//!
//! Whatever gives the certificate, one resolver hands out the one in force, so that a new one needs
//! no restart.

mod acme;
mod certificates;
mod files;
mod own;
mod redirect;

pub use acme::Acme;
pub use own::authority;
pub(crate) use redirect::{redirect, root};

use crate::app::{App, StartError};
use certificates::Certificates;
use rustls::ServerConfig;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Where the certificate comes from.
#[derive(Debug, Clone)]
pub enum Https {
    /// Two PEM files that somebody renews; they are read again when they change.
    Files {
        /// The certificate with what leads to its root.
        certificate: PathBuf,
        /// Its key.
        key: PathBuf,
    },
    /// An authority on the internet gives and renews it.
    Acme(Acme),
    /// An authority of our own, for a network that the internet does not know.
    Own {
        /// Names and addresses under which the counters reach the server.
        names: Vec<String>,
    },
}

impl Https {
    /// Whether browsers may be told never to come without HTTPS again. With an authority of our own
    /// they may not: who has not installed its root yet could reach nothing at all.
    pub fn lasting(&self) -> bool {
        !matches!(self, Self::Own { .. })
    }

    /// The name to print for people; files do not tell it.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Files { .. } => None,
            Self::Acme(acme) => acme.names.first().map(String::as_str),
            Self::Own { names } => names.first().map(String::as_str),
        }
    }
}

/// Protocols a browser may ask for; the last is how an ACME authority looks whether we are here.
const PROTOCOLS: [&[u8]; 3] = [b"h2", b"http/1.1", certificates::CHALLENGE];

/// The opened door: how connections are secured, and who looks after the certificate.
pub(crate) struct Door {
    pub(crate) config: Arc<ServerConfig>,
    certificates: Arc<Certificates>,
    https: Https,
    folder: PathBuf,
}

/// Prepares HTTPS over the data folder.
///
/// # Errors
/// A sentence that names the file or name that cannot be used.
pub(crate) fn open(https: &Https, data: &Path) -> Result<Door, StartError> {
    let folder = data.join("tls");
    let certificates = Arc::new(Certificates::default());
    match https {
        Https::Files { certificate, key } => files::load(&certificates, certificate, key),
        Https::Acme(acme) => acme::load(&certificates, acme, &folder),
        Https::Own { names } => own::load(&certificates, names, &folder),
    }
    .map_err(StartError::Https)?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|e| StartError::Https(e.to_string()))?
        .with_no_client_auth()
        .with_cert_resolver(certificates.clone());
    config.alpn_protocols = PROTOCOLS.map(<[u8]>::to_vec).to_vec();
    Ok(Door { config: Arc::new(config), certificates, https: https.clone(), folder })
}

impl Door {
    /// Renews the certificate in time, until the app stops.
    pub(crate) async fn keep(self, app: App) {
        let mut stopping = app.stopping();
        let keeping = async {
            match &self.https {
                Https::Files { certificate, key } => {
                    files::keep(&self.certificates, certificate, key).await;
                }
                Https::Acme(acme) => acme::keep(&self.certificates, acme, &self.folder).await,
                Https::Own { names } => own::keep(&self.certificates, names, &self.folder).await,
            }
        };
        tokio::select! {
            () = keeping => {}
            _ = stopping.wait_for(|stopping| *stopping) => {}
        }
    }
}

/// Seconds of the wall clock: a certificate ends for browsers by theirs, whatever a demonstration
/// pretends.
fn seconds_now() -> i64 {
    crate::clock::Clock::System.now().timestamp().as_second()
}

const MINUTE: Duration = Duration::from_mins(1);
const HOUR: Duration = Duration::from_hours(1);
