//! The provider as it describes itself, its keys, and what it says about a code.

use super::claims::{Claims, Expected};
use super::fetch::Fetch;
use super::jwt::{Keys, Unsigned};
use super::settings::{Agreed, Settings, is_safe};
use base::Instant;
use data_encoding::BASE64;
use serde::Deserialize;
use serde_json::Value as Json;
use std::sync::Arc;
use tokio::sync::Mutex;

/// How long what the provider says of itself is kept, in seconds; its keys too, so that one it no
/// longer trusts is not trusted here for long.
const KEPT: i64 = 3_600;
/// Seconds between two questions for keys because of a key nobody knows: a flood of made-up tokens
/// must not become a flood of questions.
const KEYS_AGAIN: i64 = 60;
/// How long nobody waits anew for a provider that has just not answered, in seconds.
const AWAY: i64 = 5;

/// Why the provider's word is not had, or not taken. The text is for the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// It cannot be reached, or answers nonsense.
    Away(String),
    /// It refuses the code, or us.
    Refused(String),
    /// What it says does not hold.
    Untrusted(String),
}

/// What the provider says of itself (`/.well-known/openid-configuration`).
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Discovery {
    issuer: String,
    pub(super) authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    userinfo_endpoint: Option<String>,
    end_session_endpoint: Option<String>,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Vec<String>,
    #[serde(default)]
    pub(super) authorization_response_iss_parameter_supported: bool,
}

#[derive(Debug, Default)]
struct Known {
    discovery: Option<(Instant, Arc<Discovery>)>,
    keys: Option<(Instant, Arc<Keys>)>,
    failed: Option<(Instant, Trouble)>,
}

/// The company's provider.
#[derive(Debug)]
pub struct Oidc {
    settings: Settings,
    fetch: Fetch,
    known: Mutex<Known>,
}

fn is_kept(since: Instant, now: Instant, seconds: i64) -> bool {
    (0..seconds).contains(&now.seconds_since(since))
}

impl Oidc {
    /// Nobody is asked yet.
    ///
    /// # Errors
    /// When the root of the file cannot be read.
    pub fn try_new(settings: Settings) -> Result<Self, String> {
        let fetch = Fetch::new(settings.root.as_deref())?;
        Ok(Self { settings, fetch, known: Mutex::default() })
    }

    /// How it was set up.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Asks the provider what it says of itself, and for its keys.
    ///
    /// # Errors
    /// When it is away, or says what cannot be.
    pub async fn look(&self, now: Instant) -> Result<(), Trouble> {
        let discovery = self.discovery(now).await?;
        self.keys(&discovery, now, KEPT).await.map(|_| ())
    }

    /// Where somebody signs out there too; none while that is not known. Nobody waits for a slow
    /// provider to be let out here.
    pub fn sign_out(&self) -> Option<String> {
        let known = self.known.try_lock().ok()?;
        let (_, discovery) = known.discovery.as_ref()?;
        let end = discovery.end_session_endpoint.as_deref()?;
        let back = format!("{}/", self.settings.address);
        let asked = [
            ("client_id", self.settings.client_id.as_str()),
            ("post_logout_redirect_uri", back.as_str()),
        ];
        Some(with_query(end, &asked))
    }

    pub(super) async fn discovery(&self, now: Instant) -> Result<Arc<Discovery>, Trouble> {
        let mut known = self.known.lock().await;
        let fresh = |(at, _): &&(Instant, Arc<Discovery>)| is_kept(*at, now, KEPT);
        if let Some((_, kept)) = known.discovery.as_ref().filter(fresh) {
            return Ok(Arc::clone(kept));
        }
        if let Some((_, trouble)) = known.failed.as_ref().filter(|(at, _)| is_kept(*at, now, AWAY))
        {
            return Err(trouble.clone());
        }
        match self.described().await {
            Ok(found) => {
                let found = Arc::new(found);
                known.discovery = Some((now, Arc::clone(&found)));
                known.failed = None;
                Ok(found)
            }
            Err(trouble) => {
                known.failed = Some((now, trouble.clone()));
                Err(trouble)
            }
        }
    }

    async fn described(&self) -> Result<Discovery, Trouble> {
        let issuer = &self.settings.issuer;
        let address = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
        let json = self.fetch.get(&address, None).await?;
        let found = Discovery::deserialize(&json)
            .map_err(|e| Trouble::Away(format!("{address} describes no provider: {e}")))?;
        if found.issuer != *issuer {
            let other = &found.issuer;
            let why = format!("it calls itself `{other}`, the file says `{issuer}`");
            return Err(Trouble::Untrusted(why));
        }
        let asked = [&found.authorization_endpoint, &found.token_endpoint, &found.jwks_uri];
        let more = found.userinfo_endpoint.iter().chain(&found.end_session_endpoint);
        if let Some(open) = asked.into_iter().chain(more).find(|address| !is_safe(address)) {
            return Err(Trouble::Untrusted(format!("`{open}` is not secured")));
        }
        Ok(found)
    }

    /// Its keys, no older than so many seconds.
    async fn keys(
        &self,
        discovery: &Discovery,
        now: Instant,
        oldest: i64,
    ) -> Result<Arc<Keys>, Trouble> {
        let mut known = self.known.lock().await;
        if let Some((_, kept)) = known.keys.as_ref().filter(|(at, _)| is_kept(*at, now, oldest)) {
            return Ok(Arc::clone(kept));
        }
        let keys = Arc::new(Keys::of(&self.fetch.get(&discovery.jwks_uri, None).await?));
        if keys.is_empty() {
            let why = format!("{} holds no key for RS256, ES256 or EdDSA", discovery.jwks_uri);
            return Err(Trouble::Untrusted(why));
        }
        known.keys = Some((now, Arc::clone(&keys)));
        Ok(keys)
    }

    /// Gives the provider its code back, and judges whom it names.
    pub(super) async fn redeemed(
        &self,
        code: &str,
        verifier: &str,
        nonce: &str,
        now: Instant,
        fresh_since: Option<Instant>,
    ) -> Result<Claims, Trouble> {
        let discovery = self.discovery(now).await?;
        let answer = self.tokens(&discovery, code, verifier).await?;
        let token = answer["id_token"].as_str();
        let token = token.ok_or_else(|| Trouble::Untrusted("there is no `id_token`".into()))?;
        let keys = self.keys(&discovery, now, KEPT).await?;
        let said = match keys.believed(token) {
            Err(Unsigned::UnknownKey) => {
                self.keys(&discovery, now, KEYS_AGAIN).await?.believed(token)
            }
            said => said,
        };
        let said = said.map_err(|why| match why {
            Unsigned::UnknownKey => Trouble::Untrusted("no known key signed the token".into()),
            Unsigned::Wrong(why) => Trouble::Untrusted(format!("the token: {why}")),
        })?;
        let expected = Expected {
            issuer: &self.settings.issuer,
            client_id: &self.settings.client_id,
            nonce,
            now,
            fresh_since,
        };
        let mut claims = Claims::judged(said, &expected)
            .map_err(|why| Trouble::Untrusted(format!("the token: {why}")))?;
        if let (Some(about), Some(access), true) =
            (&discovery.userinfo_endpoint, answer["access_token"].as_str(), self.lacks(&claims))
        {
            claims.completed(&self.fetch.get(about, Some(access)).await?);
        }
        Ok(claims)
    }

    /// Whether the token leaves out by what somebody is known; many providers tell it only when
    /// they are asked about the person.
    fn lacks(&self, claims: &Claims) -> bool {
        match &self.settings.agreed {
            Some(Agreed::Login(claim)) => claims.text(claim).is_none(),
            Some(Agreed::Email(_)) => claims.text("email").is_none(),
            None => false,
        }
    }

    async fn tokens(
        &self,
        discovery: &Discovery,
        code: &str,
        verifier: &str,
    ) -> Result<Json, Trouble> {
        let Settings { client_id, secret, .. } = &self.settings;
        let back = self.settings.back();
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", back.as_str()),
            ("code_verifier", verifier),
        ];
        let ways = &discovery.token_endpoint_auth_methods_supported;
        let basic = ways.is_empty() || ways.iter().any(|way| way == "client_secret_basic");
        let mut header = None;
        match secret {
            Some(secret) if basic => {
                let pair = format!("{}:{}", encoded(client_id), encoded(&secret.0));
                header = Some(BASE64.encode(pair.as_bytes()));
            }
            Some(secret) => {
                form.extend([("client_id", client_id.as_str()), ("client_secret", &secret.0)]);
            }
            None => form.push(("client_id", client_id)),
        }
        let form = query(&form);
        let (status, json) = self.fetch.post(&discovery.token_endpoint, header, form).await?;
        if status.is_success() {
            return Ok(json);
        }
        let said = ["error", "error_description"].map(|key| json[key].as_str().unwrap_or("–"));
        let said: String = said.join(": ").chars().take(300).collect();
        Err(Trouble::Refused(format!("{} answered {status}: {said}", discovery.token_endpoint)))
    }
}

/// Pairs as a query or form.
pub(super) fn query(pairs: &[(&str, &str)]) -> String {
    serde_urlencoded::to_string(pairs).unwrap_or_default()
}

fn encoded(text: &str) -> String {
    query(&[("", text)]).trim_start_matches('=').to_owned()
}

/// An address with these beside what it asks already.
pub(super) fn with_query(address: &str, pairs: &[(&str, &str)]) -> String {
    let mark = if address.contains('?') { '&' } else { '?' };
    format!("{address}{mark}{}", query(pairs))
}
