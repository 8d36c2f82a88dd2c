//! Signed tokens (JWS compact, RFC 7515) and the keys they are checked by (JWKS, RFC 7517).
//!
//! Three algorithms, each with a key of its own kind: a token cannot choose to be checked
//! otherwise, neither by `none` nor by taking a public key for a shared secret.

use data_encoding::BASE64URL_NOPAD;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents,
    UnparsedPublicKey,
};
use serde::Deserialize;
use serde_json::{Map, Value as Json};

/// Most keys looked at.
const MOST_KEYS: usize = 100;
/// Longest token looked at.
const LONGEST: usize = 32 * 1024;

/// Why a token is not believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unsigned {
    /// It names a key that is not among these: there may be new ones.
    UnknownKey,
    /// It is not what it should be.
    Wrong(String),
}

/// The provider's keys.
#[derive(Debug, Clone, Default)]
pub(super) struct Keys(Vec<Key>);

#[derive(Debug, Clone)]
struct Key {
    kid: Option<String>,
    kind: Kind,
}

#[derive(Debug, Clone)]
enum Kind {
    Rsa { n: Vec<u8>, e: Vec<u8> },
    P256(Vec<u8>),
    Ed25519(Vec<u8>),
}

#[derive(Deserialize)]
struct Jwk {
    kty: String,
    kid: Option<String>,
    #[serde(rename = "use")]
    for_use: Option<String>,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    crit: Option<Json>,
}

fn bytes(text: Option<&String>) -> Option<Vec<u8>> {
    BASE64URL_NOPAD.decode(text?.trim_end_matches('=').as_bytes()).ok()
}

impl Kind {
    fn of(jwk: &Jwk) -> Option<Self> {
        match (jwk.kty.as_str(), jwk.crv.as_deref()) {
            ("RSA", _) => Some(Self::Rsa { n: bytes(jwk.n.as_ref())?, e: bytes(jwk.e.as_ref())? }),
            ("EC", Some("P-256")) => {
                let (x, y) = (bytes(jwk.x.as_ref())?, bytes(jwk.y.as_ref())?);
                (x.len() == 32 && y.len() == 32).then(|| Self::P256([&[4], &x[..], &y].concat()))
            }
            ("OKP", Some("Ed25519")) => bytes(jwk.x.as_ref()).map(Self::Ed25519),
            _ => None,
        }
    }

    fn algorithm(&self) -> &'static str {
        match self {
            Self::Rsa { .. } => "RS256",
            Self::P256(_) => "ES256",
            Self::Ed25519(_) => "EdDSA",
        }
    }

    fn signed(&self, message: &[u8], signature: &[u8]) -> bool {
        match self {
            Self::Rsa { n, e } => {
                let key = RsaPublicKeyComponents { n, e };
                key.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature).is_ok()
            }
            Self::P256(point) => UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point)
                .verify(message, signature)
                .is_ok(),
            Self::Ed25519(key) => {
                UnparsedPublicKey::new(&ED25519, key).verify(message, signature).is_ok()
            }
        }
    }
}

impl Keys {
    /// Of a key set; keys of other kinds, and those that only encrypt, are left out.
    pub(super) fn of(set: &Json) -> Self {
        let keys = set["keys"].as_array().map(Vec::as_slice).unwrap_or_default();
        let read = |json: &Json| {
            let jwk = Jwk::deserialize(json).ok()?;
            let signs = jwk.for_use.as_deref().is_none_or(|of| of == "sig");
            let kind = Kind::of(&jwk).filter(|_| signs)?;
            Some(Key { kid: jwk.kid, kind })
        };
        Self(keys.iter().take(MOST_KEYS).filter_map(read).collect())
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What a token says, when one of these keys signed it.
    pub(super) fn believed(&self, token: &str) -> Result<Map<String, Json>, Unsigned> {
        let wrong = |why: &str| Unsigned::Wrong(why.to_owned());
        if token.len() > LONGEST {
            return Err(wrong("it is too long"));
        }
        let parts: Vec<&str> = token.split('.').collect();
        let [head, body, signature] = parts[..] else { return Err(wrong("it has no three parts")) };
        let decoded = |part: &str| BASE64URL_NOPAD.decode(part.as_bytes()).ok();
        let header: Option<Header> =
            decoded(head).and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let header = header.ok_or_else(|| wrong("its header cannot be read"))?;
        if header.crit.is_some() {
            return Err(wrong("its header asks for what we do not know"));
        }
        if !["RS256", "ES256", "EdDSA"].contains(&header.alg.as_str()) {
            return Err(Unsigned::Wrong(format!("it is signed by `{}`", header.alg)));
        }
        let fits = |key: &&Key| {
            key.kind.algorithm() == header.alg
                && (header.kid.is_none() || key.kid.is_none() || key.kid == header.kid)
        };
        let mut fitting = self.0.iter().filter(fits);
        let key = fitting.next().ok_or(Unsigned::UnknownKey)?;
        if header.kid.is_none() && fitting.next().is_some() {
            return Err(wrong("it does not say which of several keys signed it"));
        }
        let signature = decoded(signature).ok_or_else(|| wrong("its signature cannot be read"))?;
        let message = &token[..head.len() + 1 + body.len()];
        if !key.kind.signed(message.as_bytes(), &signature) {
            return Err(wrong("its signature does not hold"));
        }
        let payload = decoded(body).and_then(|bytes| serde_json::from_slice(&bytes).ok());
        payload.ok_or_else(|| wrong("what it says cannot be read"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    // Made once by another program; the private keys are thrown away.
    const RS_N: &str = "\
        keZfbzn7Y432xpwRkdwMF0rC6hZP1O9Na_12ONEDVFgOR-OAPf_klw85qI0ApoCyhcJUQ8TX98gKoV7k\
        gTUDTv4vbk2-A1UUixMEKpdl4LUjAqgQd3OYPTN365jBEK_5PicQGB_fV6ySk1gmRk3vs1j-tlzF5E8j\
        -0tiiIWerH043XpmybBfbLR3D3BCwg4rt2MU6-Afpo6SvWx1a8lLXbmSFk1D6BilHYZkU9LmFS26uaVV\
        KlG1-F1P_rq0txSpY-vviQ-A9mB1s-3Yh25J8gDxAp-PGmWAPDx95Zbx7CqIhHCv89DKdOu0CFxsV85x\
        OOTJltgl1XEEoWfIsINupQ";
    const RS: &str = "\
        eyJhbGciOiJSUzI1NiIsImtpZCI6IlJTMjU2In0.eyJzdWIiOiI3In0.KTB6-8gZ5Gu6ZukAPO7-1w3W\
        zIlDzd0e2D5Aq-EASVI5Ugr44PiS38vSv6jk5BHmUdY0e4adhpTtfjYFMGpUYyvxaFbEWwR3jQFcmMNy\
        nx0XJd9woQwThntzAGWTpBxWclbtMILhxrsxaYkfNTn0gQRBfyOcI-UFvmGr67vPUaG6W1RO_f9ieyJD\
        8BsgWGbo3VOG85vCk6HB34rxxnBPaqFKGIcQOkQVxFGqCry0Sf1xUJsCo9GMJ6JzwSKxezmoZBze2mY4\
        U0dpA6WCV1yLJRPnI2gbytstwuIZHkXBs3zJHpUn7sQZZHlAtf2qN2gDBWvqj0DPW3xEa00mamcoSA";
    const ES_X: &str = "nPCJVgf2qwjAv6Umsp8m5qwVLrB8jCCnG1hayaDF4kY";
    const ES_Y: &str = "NAtPpB3zWku4QROEuy7hIxtnKKiWIqRgAP609-XOYw8";
    const ES: &str = "\
        eyJhbGciOiJFUzI1NiIsImtpZCI6IkVTMjU2In0.eyJzdWIiOiI3In0.NEtAxwZVcduNtgK3cykVdr7c\
        9OehQgIbaX7kwuo7OcSYHheAZA1XJvuWVqu0p8RBYh7BqUL-yaLbXquG_LTSGg";
    const ED_X: &str = "NEV6CUv2jPypZg3qyIeG19sq8X1da6iiqDZ8vi17RtM";
    const ED: &str = "\
        eyJhbGciOiJFZERTQSIsImtpZCI6IkVkRFNBIn0.eyJzdWIiOiI3In0.dnPoH3hciE8uhmNXCYxXu3J4\
        s1OWrFmLJJWmWCRxFrAZs43Old47uyEZ0rJVeO-yH2BYcXyLDhWbFjHQ8TA_AA";

    fn keys() -> Json {
        json!({ "keys": [
            { "kty": "RSA", "kid": "RS256", "use": "sig", "n": RS_N, "e": "AQAB" },
            { "kty": "EC", "kid": "ES256", "crv": "P-256", "x": ES_X, "y": ES_Y },
            { "kty": "OKP", "kid": "EdDSA", "crv": "Ed25519", "x": ED_X },
            { "kty": "oct", "kid": "other", "k": "c2VjcmV0" },
            { "kty": "EC", "kid": "odd", "crv": "P-256", "x": "AA", "y": "AA" },
            "no key",
        ] })
    }

    fn headed(header: &Json, token: &str) -> String {
        let (_, rest) = token.split_once('.').expect("a token");
        format!("{}.{rest}", BASE64URL_NOPAD.encode(header.to_string().as_bytes()))
    }

    #[test]
    fn each_algorithm_is_checked_by_a_key_of_its_own_kind() {
        let all = Keys::of(&keys());
        for token in [RS, ES, ED] {
            assert_eq!(all.believed(token).map(|said| said["sub"].clone()), Ok(json!("7")));
            let (rest, signature) = token.rsplit_once('.').expect("a token");
            let bent = format!("{rest}.{}", signature.chars().rev().collect::<String>());
            assert!(all.believed(&bent).is_err());
            assert!(all.believed(rest).is_err());
            assert_eq!(Keys::default().believed(token), Err(Unsigned::UnknownKey));
        }
    }

    #[test]
    fn a_token_does_not_choose_how_it_is_checked() {
        let all = Keys::of(&keys());
        for (header, unknown) in [
            (json!({ "alg": "none" }), false),
            (json!({ "alg": "HS256", "kid": "RS256" }), false),
            (json!({ "alg": "HS256", "kid": "other" }), false),
            (json!({ "alg": "RS512", "kid": "RS256" }), false),
            (json!({ "alg": "ES256", "kid": "RS256" }), true),
            (json!({ "alg": "RS256", "kid": "gone" }), true),
            (json!({ "alg": "RS256", "kid": "RS256", "crit": ["exp"] }), false),
            (json!({ "alg": "RS256", "kid": "RS256", "more": 1 }), false),
            (json!("RS256"), false),
        ] {
            let why = all.believed(&headed(&header, RS)).expect_err("refused");
            assert_eq!(why == Unsigned::UnknownKey, unknown, "{header}: {why:?}");
        }
        for odd in ["", "..", "a.b", "a.b.c.d", "e30.e30.e30"] {
            assert!(all.believed(odd).is_err(), "{odd}");
        }
    }
}
