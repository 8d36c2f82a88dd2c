//! Asking others over HTTP: over TLS, briefly, for little, and no further than the address asked.

use crate::causes;
use crate::webhooks::{Guard, Names, NotAllowed};
use axum::body::{Body, Bytes};
use axum::http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// What asks; it follows no redirects.
#[derive(Debug, Clone)]
pub(crate) struct Outward(Client<HttpsConnector<HttpConnector<Names>>, Body>);

/// What was answered.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: Bytes,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unanswered {
    /// Nobody was reached: the request cannot have been read.
    Unreached(String),
    /// Nobody was asked: the name leads where nobody is told.
    NotAllowed(IpAddr),
    /// It may have been read all the same.
    Unknown(String),
}

impl Unanswered {
    /// Why, in words.
    pub(crate) fn told(&self) -> String {
        match self {
            Self::Unreached(why) | Self::Unknown(why) => why.clone(),
            Self::NotAllowed(address) => NotAllowed(*address).to_string(),
        }
    }

    fn of(error: &hyper_util::client::legacy::Error) -> Self {
        let mut next: Option<&(dyn std::error::Error + 'static)> = Some(error);
        while let Some(why) = next {
            if let Some(NotAllowed(address)) = why.downcast_ref() {
                return Self::NotAllowed(*address);
            }
            next = why.source();
        }
        let why = causes::told(error);
        if error.is_connect() { Self::Unreached(why) } else { Self::Unknown(why) }
    }
}

/// TLS that trusts the machine's authorities, and the one of a PEM file.
pub(crate) fn tls(root: Option<&Path>) -> Result<ClientConfig, String> {
    let mut roots = RootCertStore::empty();
    for certificate in rustls_native_certs::load_native_certs().certs {
        // One odd certificate of the machine is no reason to trust none.
        let _ = roots.add(certificate);
    }
    if let Some(path) = root {
        let said = |e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
        for certificate in CertificateDer::pem_file_iter(path).map_err(|e| said(&e))? {
            roots.add(certificate.map_err(|e| said(&e))?).map_err(|e| said(&e))?;
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|e| e.to_string())?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(config)
}

impl Outward {
    /// Trusts the machine's authorities, and the one of a PEM file.
    pub(crate) fn new(root: Option<&Path>) -> Result<Self, String> {
        Self::by(root, Names(None))
    }

    /// The same for addresses that others write down: it goes only where the guard lets it.
    pub(crate) fn guarded(root: Option<&Path>, guard: Arc<Guard>) -> Result<Self, String> {
        Self::by(root, Names(Some(guard)))
    }

    fn by(root: Option<&Path>, names: Names) -> Result<Self, String> {
        let mut http = HttpConnector::new_with_resolver(names);
        http.enforce_http(false);
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(tls(root)?)
            .https_or_http()
            .enable_http1()
            .wrap_connector(http);
        Ok(Self(Client::builder(TokioExecutor::new()).build(connector)))
    }

    /// Asks, and reads of the answer nothing but its status: what follows may be as long as it
    /// likes.
    pub(crate) async fn status(
        &self,
        request: Request<Body>,
        patience: Duration,
    ) -> Result<StatusCode, Unanswered> {
        let answer = async {
            let response = self.0.request(request).await.map_err(|e| Unanswered::of(&e))?;
            Ok(response.status())
        };
        tokio::time::timeout(patience, answer).await.unwrap_or_else(|_| Err(late(patience)))
    }

    /// Asks, waits at most `patience` for all of the answer, and reads at most `largest` bytes.
    pub(crate) async fn ask(
        &self,
        request: Request<Body>,
        largest: usize,
        patience: Duration,
    ) -> Result<Answer, Unanswered> {
        let answer = async {
            let response = self.0.request(request).await.map_err(|e| Unanswered::of(&e))?;
            let (parts, body) = Response::into_parts(response);
            let body = Limited::new(body, largest).collect().await;
            let body = body.map_err(|e| Unanswered::Unknown(e.to_string()))?.to_bytes();
            Ok(Answer { status: parts.status, body })
        };
        tokio::time::timeout(patience, answer).await.unwrap_or_else(|_| Err(late(patience)))
    }
}

fn late(patience: Duration) -> Unanswered {
    Unanswered::Unknown(format!("no answer within {} seconds", patience.as_secs()))
}
