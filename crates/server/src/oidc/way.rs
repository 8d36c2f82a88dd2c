//! One way to the provider and back: what the browser keeps, what the address carries.

use super::claims::Claims;
use super::provider::{Oidc, Trouble, with_query};
use base::{Instant, Lang};
use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};

/// A way that begins. What the browser keeps never leaves it but to us; `nonce` and the verifier
/// of PKCE follow from it, so that the database holds nothing that would open anything.
#[derive(Debug)]
pub struct Way {
    /// What the address carries there and back.
    pub state: String,
    /// What the browser keeps.
    pub browser: String,
}

/// What somebody brings back.
#[derive(Debug, Clone, Copy)]
pub struct Answered<'a> {
    /// The provider's code.
    pub code: &'a str,
    /// What the browser kept.
    pub browser: &'a str,
    /// Since when they must have proven that it is them.
    pub fresh_since: Option<Instant>,
}

fn follows(browser: &str, what: &str) -> String {
    BASE64URL_NOPAD.encode(&Sha256::digest(format!("{what}\n{browser}")))
}

impl Oidc {
    /// Where the browser goes, so that the provider says who is there; `fresh`: it asks them anew.
    ///
    /// # Errors
    /// When the provider is away.
    pub async fn away(
        &self,
        way: &Way,
        fresh: bool,
        lang: Lang,
        now: Instant,
    ) -> Result<String, Trouble> {
        let discovery = self.discovery(now).await?;
        let settings = self.settings();
        let (back, acr) = (settings.back(), settings.wanted_acr());
        let nonce = follows(&way.browser, "nonce");
        let challenge = Sha256::digest(follows(&way.browser, "verifier"));
        let challenge = BASE64URL_NOPAD.encode(&challenge);
        let mut asked = vec![
            ("response_type", "code"),
            ("client_id", settings.client_id.as_str()),
            ("redirect_uri", back.as_str()),
            ("scope", settings.scopes.as_str()),
            ("state", way.state.as_str()),
            ("nonce", nonce.as_str()),
            ("code_challenge", challenge.as_str()),
            ("code_challenge_method", "S256"),
            ("ui_locales", if lang == Lang::Zh { "zh-CN zh" } else { "en" }),
        ];
        if fresh {
            asked.extend([("prompt", "login"), ("max_age", "0")]);
        }
        if let Some(acr) = &acr {
            asked.push(("acr_values", acr.as_str()));
        }
        Ok(with_query(&discovery.authorization_endpoint, &asked))
    }

    /// Who is there, by the code that came back.
    ///
    /// # Errors
    /// When the provider is away or refuses, or its word does not hold.
    pub async fn who(&self, answered: Answered<'_>, now: Instant) -> Result<Claims, Trouble> {
        let Answered { code, browser, fresh_since } = answered;
        let (verifier, nonce) = (follows(browser, "verifier"), follows(browser, "nonce"));
        self.redeemed(code, &verifier, &nonce, now, fresh_since).await
    }

    /// Whether an answer names the provider that was asked (RFC 9207).
    ///
    /// # Errors
    /// When the provider is away.
    pub async fn is_from(&self, iss: Option<&str>, now: Instant) -> Result<bool, Trouble> {
        let discovery = self.discovery(now).await?;
        Ok(match iss {
            Some(iss) => iss == self.settings().issuer,
            None => !discovery.authorization_response_iss_parameter_supported,
        })
    }
}
