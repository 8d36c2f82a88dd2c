//! Asking others over HTTP: over TLS, briefly, for little, and no further than the address asked.

use crate::causes;
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
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// What asks; it follows no redirects.
#[derive(Debug, Clone)]
pub(crate) struct Outward(Client<HttpsConnector<HttpConnector>, Body>);

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
    /// It may have been read all the same.
    Unknown(String),
}

impl Unanswered {
    /// Why, in words.
    pub(crate) fn told(&self) -> &str {
        let (Self::Unreached(why) | Self::Unknown(why)) = self;
        why
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
        let connector =
            HttpsConnectorBuilder::new().with_tls_config(tls(root)?).https_or_http().enable_http1();
        Ok(Self(Client::builder(TokioExecutor::new()).build(connector.build())))
    }

    /// Asks, waits at most `patience` for all of the answer, and reads at most `largest` bytes.
    pub(crate) async fn ask(
        &self,
        request: Request<Body>,
        largest: usize,
        patience: Duration,
    ) -> Result<Answer, Unanswered> {
        let answer = async {
            let response = self.0.request(request).await.map_err(|e| {
                let why = causes::told(&e);
                if e.is_connect() { Unanswered::Unreached(why) } else { Unanswered::Unknown(why) }
            })?;
            let (parts, body) = Response::into_parts(response);
            let body = Limited::new(body, largest).collect().await;
            let body = body.map_err(|e| Unanswered::Unknown(e.to_string()))?.to_bytes();
            Ok(Answer { status: parts.status, body })
        };
        tokio::time::timeout(patience, answer).await.unwrap_or_else(|_| {
            let seconds = patience.as_secs();
            Err(Unanswered::Unknown(format!("no answer within {seconds} seconds")))
        })
    }
}
