//! What a believed token says, and whether it is about this attempt: by whom, for whom, when.

use base::Instant;
use serde_json::{Map, Value as Json};

/// How far two clocks may stand apart, in seconds.
const SKEW: i64 = 60;
/// How old a token may be when it comes, in seconds: it is given for one step.
const OLDEST: i64 = 600;
/// The same for the moment at which somebody proved anew that it is them.
const FRESH_SKEW: i64 = 30;
/// Longest `sub`, as the standard has it.
const LONGEST_SUBJECT: usize = 255;

/// What the token must be about.
#[derive(Debug)]
pub(super) struct Expected<'a> {
    pub(super) issuer: &'a str,
    pub(super) client_id: &'a str,
    pub(super) nonce: &'a str,
    pub(super) now: Instant,
    /// Since when somebody must have proven that it is them.
    pub(super) fresh_since: Option<Instant>,
}

/// What a token says about a person.
#[derive(Debug, Clone)]
pub struct Claims(Map<String, Json>);

impl Claims {
    /// The claims of a token that is about this attempt; otherwise what does not fit.
    pub(super) fn judged(all: Map<String, Json>, expected: &Expected<'_>) -> Result<Self, String> {
        let claims = Self(all);
        let told = |wrong: bool, what: &str| if wrong { Err(what.to_owned()) } else { Ok(()) };
        told(claims.text("iss") != Some(expected.issuer), "`iss` names another issuer")?;
        claims.for_us(expected.client_id)?;
        told(claims.text("nonce") != Some(expected.nonce), "`nonce` is of another attempt")?;
        let now = expected.now.timestamp().as_second();
        let exp = claims.number("exp").ok_or("`exp` is missing")?;
        told(exp.saturating_add(SKEW) <= now, "it has expired; do both clocks go right?")?;
        let iat = claims.number("iat").ok_or("`iat` is missing")?;
        told(iat > now.saturating_add(SKEW), "it is of the future; do both clocks go right?")?;
        told(iat < now - OLDEST, "it is old; do both clocks go right?")?;
        let begins = claims.number("nbf").unwrap_or(iat);
        told(begins > now.saturating_add(SKEW), "it does not hold yet")?;
        let length = claims.subject().len();
        told(length == 0 || length > LONGEST_SUBJECT, "`sub` is missing or too long")?;
        if let Some(since) = expected.fresh_since {
            let since = since.timestamp().as_second();
            let at = claims.number("auth_time").ok_or("`auth_time` is missing")?;
            told(at < since - FRESH_SKEW, "`auth_time` lies before the question")?;
        }
        Ok(claims)
    }

    /// Whether we are whom it was made for.
    fn for_us(&self, client_id: &str) -> Result<(), String> {
        let audiences: Vec<&str> = match self.0.get("aud") {
            Some(Json::String(one)) => vec![one],
            Some(Json::Array(all)) => all.iter().filter_map(Json::as_str).collect(),
            _ => vec![],
        };
        if !audiences.contains(&client_id) {
            return Err("`aud` is not us".to_owned());
        }
        match self.text("azp") {
            Some(azp) if azp != client_id => Err("`azp` is not us".to_owned()),
            None if audiences.len() > 1 => Err("`aud` names others, and there is no `azp`".into()),
            _ => Ok(()),
        }
    }

    /// The provider's own number of the person.
    pub fn subject(&self) -> &str {
        self.text("sub").unwrap_or_default()
    }

    /// A claim that is a text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }

    /// Whether a claim is true; some providers write it as a text.
    pub fn is_true(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|value| *value == true || *value == "true")
    }

    fn number(&self, name: &str) -> Option<i64> {
        let value = self.0.get(name)?;
        // A provider may write parts of seconds.
        #[expect(clippy::cast_possible_truncation, reason = "it saturates, and is compared only")]
        value.as_i64().or_else(|| value.as_f64().map(|seconds| seconds as i64))
    }

    /// How the provider says somebody was known.
    pub fn acr(&self) -> Option<&str> {
        self.text("acr")
    }

    /// By what means.
    pub fn amr(&self) -> impl Iterator<Item = &str> {
        self.0.get("amr").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str)
    }

    /// Takes what the token does not say from the provider's answer about the same person.
    pub(super) fn completed(&mut self, about: &Json) {
        if about["sub"].as_str() != Some(self.subject()) {
            return;
        }
        for (name, value) in about.as_object().into_iter().flatten() {
            self.0.entry(name.clone()).or_insert_with(|| value.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_token_is_about_this_attempt_or_about_none() {
        let now = Instant(1_800_000_000_000_000);
        let check = |change: Json, fresh: bool, expect: &str| {
            let mut all = json!({ "iss": "https://i", "aud": "me", "nonce": "n", "sub": "7",
                "iat": 1_800_000_000, "exp": 1_800_000_300, "auth_time": 1_799_999_000 });
            for (name, value) in change.as_object().into_iter().flatten() {
                all[name] = value.clone();
            }
            let expected = Expected {
                issuer: "https://i",
                client_id: "me",
                nonce: "n",
                now,
                fresh_since: fresh.then_some(now),
            };
            let all = all.as_object().cloned().unwrap_or_default();
            let said = Claims::judged(all, &expected).map_or_else(|why| why, |_| "good".into());
            assert!(said.contains(expect), "{change}: {said}");
        };
        check(json!({}), false, "good");
        check(json!({ "iss": "https://j" }), false, "`iss`");
        check(json!({ "aud": "other" }), false, "`aud`");
        check(json!({ "aud": ["other", "me"] }), false, "no `azp`");
        check(json!({ "aud": ["other", "me"], "azp": "me" }), false, "good");
        check(json!({ "azp": "other" }), false, "`azp`");
        check(json!({ "nonce": "m" }), false, "`nonce`");
        check(json!({ "nonce": null }), false, "`nonce`");
        check(json!({ "exp": 1_799_999_941 }), false, "good");
        check(json!({ "exp": 1_799_999_940 }), false, "expired");
        check(json!({ "exp": null }), false, "`exp`");
        check(json!({ "iat": 1_800_000_061 }), false, "future");
        check(json!({ "iat": 1_799_999_399 }), false, "old");
        check(json!({ "iat": null }), false, "`iat`");
        check(json!({ "nbf": 1_800_000_100 }), false, "yet");
        check(json!({ "sub": "" }), false, "`sub`");
        check(json!({}), true, "`auth_time` lies before");
        check(json!({ "auth_time": null }), true, "`auth_time` is missing");
        check(json!({ "auth_time": 1_799_999_990 }), true, "good");
    }
}
