//! Idempotency: the same key and body are answered the same, once and for 180 days.

use crate::app::App;
use crate::auth::Session;
use crate::problem::{Answer, Problem};
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use base::CaseId;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

/// Longest key.
const MAX: usize = 200;

/// Whose keys those of people without an account are.
const OUTSIDE: &str = "outside";

/// Shortest key of theirs that is heeded.
const SHORTEST_OUTSIDE: usize = 16;

/// What the headers say about repeating and about versions.
#[derive(Debug, Clone, Default)]
pub struct Key {
    /// `Idempotency-Key`.
    pub key: Option<String>,
    /// `If-Match: "v3"`.
    pub version: Option<i64>,
    /// Method and path, part of what must be equal.
    request: String,
}

impl FromRequestParts<App> for Key {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        Ok(Self {
            key: key(&parts.headers)?,
            version: version(&parts.headers)?,
            request: format!("{} {}", parts.method, parts.uri.path()),
        })
    }
}

fn key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(value) = headers.get("idempotency-key") else { return Ok(None) };
    let key = value.to_str().ok().map(str::trim).filter(|k| !k.is_empty() && k.len() <= MAX);
    key.map(|k| Some(k.to_owned())).ok_or_else(|| {
        Problem::new("bad-request").detail(
            "Idempotency-Key 应为 1 至 200 个字符",
            "Idempotency-Key must have 1 to 200 characters",
        )
    })
}

fn version(headers: &HeaderMap) -> Result<Option<i64>, Problem> {
    let Some(value) = headers.get(axum::http::header::IF_MATCH) else { return Ok(None) };
    let text = value.to_str().unwrap_or_default().trim();
    if text == "*" {
        return Ok(None);
    }
    let number = text.trim_start_matches("W/").trim_matches('"').trim_start_matches('v');
    number.parse().map(Some).map_err(|_| {
        Problem::new("bad-request")
            .detail("If-Match 应形如 \"v3\"", "If-Match must look like \"v3\"")
    })
}

/// What an earlier command with this key was answered.
#[derive(Debug, Clone)]
pub enum Earlier {
    /// It made or changed this case.
    Case(CaseId),
    /// It was refused so.
    Refused(Problem),
}

impl Key {
    /// The version of `If-Match`, which must be there.
    pub fn seen(&self) -> Answer<i64> {
        self.version.ok_or_else(|| {
            Problem::new("precondition-required").detail(
                "请带上 If-Match: \"v版本号\"，以免覆盖他人的修改",
                "Send If-Match: \"vN\" with the version you saw, so that nobody's change is lost",
            )
        })
    }

    /// The earlier answer, if the key was used before.
    pub async fn earlier(
        &self,
        app: &App,
        session: &Session,
        body: &Json,
    ) -> Answer<Option<Earlier>> {
        let Some(key) = &self.key else { return Ok(None) };
        let hash = self.hash(body);
        let found = app.store().answered(&session.id().to_string(), key, &hash, app.now()).await?;
        Ok(found.and_then(|answered| match (answered.case, answered.response) {
            (_, Some(response)) => Problem::from_kept(&response).map(Earlier::Refused),
            (Some(case), None) => Some(Earlier::Case(case)),
            (None, None) => None,
        }))
    }

    /// The case of the same command that was applied beside this one.
    pub async fn same(&self, app: &App, session: &Session, body: &Json) -> Answer<CaseId> {
        match self.earlier(app, session, body).await? {
            Some(Earlier::Case(case)) => Ok(case),
            Some(Earlier::Refused(problem)) => Err(problem),
            None => Err(Problem::new("busy")),
        }
    }

    /// The answer to keep with a change.
    pub fn answer(&self, session: &Session, body: &Json, status: u16) -> Option<store::Answer> {
        Some(store::Answer {
            principal: session.id().to_string(),
            key: self.key.clone()?,
            body_hash: self.hash(body),
            status,
            response: None,
        })
    }

    /// The answer to keep for somebody without an account: the key is the page's own.
    pub fn outside(&self, body: &Json) -> Option<store::Answer> {
        Some(store::Answer {
            principal: OUTSIDE.to_owned(),
            // A short key might be somebody else's too, and would lead to their thread.
            key: self.key.clone().filter(|key| key.len() >= SHORTEST_OUTSIDE)?,
            body_hash: self.hash(body),
            status: 201,
            response: None,
        })
    }

    /// Keeps a refusal, so that it is repeated and not decided anew.
    pub async fn keep_refusal(
        &self,
        app: &App,
        session: &Session,
        body: &Json,
        problem: &Problem,
    ) -> Answer<()> {
        let Some(mut answer) = self.answer(session, body, problem.status().as_u16()) else {
            return Ok(());
        };
        answer.response = Some(problem.to_kept());
        Ok(app.store().keep_answer(&answer, app.now()).await?)
    }

    fn hash(&self, body: &Json) -> String {
        let text = json!([self.request, body]).to_string();
        data_encoding::HEXLOWER.encode(&Sha256::digest(text.as_bytes()))
    }
}
