//! Asking the provider: over TLS, briefly, for little, and no further than the address asked.

use super::provider::Trouble;
use crate::outward::Outward;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::Value as Json;
use std::path::Path;
use std::time::Duration;

/// Largest answer read.
const LARGEST: usize = 256 * 1024;
/// How long an answer may take, from the first packet to the last.
const PATIENCE: Duration = Duration::from_secs(10);

/// What asks.
#[derive(Debug, Clone)]
pub(super) struct Fetch(Outward);

impl Fetch {
    /// Trusts the machine's authorities, and the one of a PEM file.
    pub(super) fn new(root: Option<&Path>) -> Result<Self, String> {
        Outward::new(root).map(Self)
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
        match self.0.ask(request, LARGEST, PATIENCE).await {
            Ok(answer) => {
                Ok((answer.status, serde_json::from_slice(&answer.body).unwrap_or_default()))
            }
            Err(why) => Err(Trouble::Away(format!("{address}: {}", why.told()))),
        }
    }
}
