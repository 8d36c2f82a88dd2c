//! Asking the provider: over TLS, briefly, for little, and no further than the address asked.

use super::provider::Trouble;
use crate::causes;
use axum::body::Body;
use axum::http::{Method, Request, Response, StatusCode, header};
use http_body_util::{BodyExt, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use serde_json::Value as Json;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Largest answer read.
const LARGEST: usize = 256 * 1024;
/// How long an answer may take, from the first packet to the last.
const PATIENCE: Duration = Duration::from_secs(10);

/// What asks.
#[derive(Debug, Clone)]
pub(super) struct Fetch(Client<HttpsConnector<HttpConnector>, Body>);

impl Fetch {
    /// Trusts the machine's authorities, and the one of a PEM file.
    pub(super) fn new(root: Option<&Path>) -> Result<Self, String> {
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
        let connector =
            HttpsConnectorBuilder::new().with_tls_config(config).https_or_http().enable_http1();
        Ok(Self(Client::builder(TokioExecutor::new()).build(connector.build())))
    }

    /// A document of the provider.
    pub(super) async fn get(&self, address: &str, bearer: Option<&str>) -> Result<Json, Trouble> {
        let mut request = Request::get(address).header(header::ACCEPT, "application/json");
        if let Some(bearer) = bearer {
            request = request.header(header::AUTHORIZATION, format!("Bearer {bearer}"));
        }
        let (status, json) = self.ask(request.body(Body::empty())).await?;
        if status == StatusCode::OK {
            return Ok(json);
        }
        Err(Trouble::Away(format!("{address} answered {status}")))
    }

    /// Sends a form; the answer with its status, as a refusal says why.
    pub(super) async fn post(
        &self,
        address: &str,
        basic: Option<String>,
        form: String,
    ) -> Result<(StatusCode, Json), Trouble> {
        let mut request = Request::builder()
            .method(Method::POST)
            .uri(address)
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(basic) = basic {
            request = request.header(header::AUTHORIZATION, format!("Basic {basic}"));
        }
        let (status, json) = self.ask(request.body(Body::from(form))).await?;
        if status.is_server_error() {
            return Err(Trouble::Away(format!("{address} answered {status}")));
        }
        Ok((status, json))
    }

    async fn ask(
        &self,
        request: Result<Request<Body>, axum::http::Error>,
    ) -> Result<(StatusCode, Json), Trouble> {
        let request = request.map_err(|e| Trouble::Away(e.to_string()))?;
        let address = request.uri().to_string();
        let away = |why: String| Trouble::Away(format!("{address}: {why}"));
        let answer = async {
            let response = self.0.request(request).await.map_err(|e| away(causes::told(&e)))?;
            let (parts, body) = Response::into_parts(response);
            let body = Limited::new(body, LARGEST).collect().await;
            let body = body.map_err(|e| away(e.to_string()))?.to_bytes();
            Ok((parts.status, serde_json::from_slice(&body).unwrap_or_default()))
        };
        let patient = tokio::time::timeout(PATIENCE, answer).await;
        patient.unwrap_or_else(|_| Err(away("no answer within ten seconds".to_owned())))
    }
}
