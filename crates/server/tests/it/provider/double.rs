//! A double of an identity provider in the test's own process: it says what a test tells it to say,
//! also what no true one would.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Json as Body, Router};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use server::oidc::Settings;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use testkit::{Json, json};

pub const SECRET: &str = "hush-hush";

/// How a token is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signing {
    /// As it should be.
    Right,
    /// By `none`.
    None,
    /// By the public key as if it were a shared secret.
    Shared,
    /// By a key that nobody published.
    Stranger,
}

/// What a code stands for.
struct Granted {
    challenge: String,
    claims: Json,
    signing: Signing,
}

#[derive(Default)]
struct Script {
    issuer: String,
    kid: u32,
    key: Option<EcdsaKeyPair>,
    granted: HashMap<String, Granted>,
    keys_asked: u32,
    away: bool,
    about: Json,
}

/// The double; cheap to clone.
#[derive(Clone, Default)]
pub struct Double(Arc<Mutex<Script>>);

fn pair() -> EcdsaKeyPair {
    let random = SystemRandom::new();
    let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
    let bytes = EcdsaKeyPair::generate_pkcs8(algorithm, &random).expect("a key");
    EcdsaKeyPair::from_pkcs8(algorithm, bytes.as_ref(), &random).expect("its own")
}

impl Double {
    /// Serves on a port of its own.
    pub async fn start() -> Self {
        let double = Self::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let issuer = format!("http://{}", listener.local_addr().expect("bound"));
        double.with(|script| script.issuer = issuer);
        double.turn_key();
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(described))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .route("/about", get(about))
            .with_state(double.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        double
    }

    fn with<T>(&self, act: impl FnOnce(&mut Script) -> T) -> T {
        act(&mut self.0.lock().expect("nobody panicked"))
    }

    pub fn issuer(&self) -> String {
        self.with(|script| script.issuer.clone())
    }

    /// A new signing key, under a new name.
    pub fn turn_key(&self) {
        self.with(|script| {
            script.kid += 1;
            script.key = Some(pair());
        });
    }

    /// Answers nobody from now on, or again.
    pub fn is_away(&self, away: bool) {
        self.with(|script| script.away = away);
    }

    /// What it says of a person when asked with an access token.
    pub fn says_about(&self, about: Json) {
        self.with(|script| script.about = about);
    }

    /// How often it was asked for its keys.
    pub fn keys_asked(&self) -> u32 {
        self.with(|script| script.keys_asked)
    }

    /// A code that stands for these claims.
    pub fn grants(&self, challenge: &str, claims: Json, signing: Signing) -> String {
        self.with(|script| {
            let code = format!("code-{}", script.granted.len());
            let granted = Granted { challenge: challenge.to_owned(), claims, signing };
            script.granted.insert(code.clone(), granted);
            code
        })
    }

    /// The file of a company that asks it.
    pub fn settings(&self, more: &str) -> Settings {
        let issuer = self.issuer();
        let text = format!(
            "issuer = \"{issuer}\"\naddress = \"https://service.example.cn\"\n\
             client_id = \"sanbao\"\nclient_secret_env = \"SECRET\"\nscopes = [\"profile\"]\n\
             label = {{ zh = \"公司账号\", en = \"company account\" }}\n{more}"
        );
        Settings::parse(&text, Path::new("."), |_| Some(SECRET.into())).expect("a good file")
    }
}

impl Script {
    fn signed(&self, claims: &Json, signing: Signing) -> String {
        let part = |json: &Json| BASE64URL_NOPAD.encode(json.to_string().as_bytes());
        let alg = match signing {
            Signing::None => "none",
            Signing::Shared => "HS256",
            Signing::Right | Signing::Stranger => "ES256",
        };
        let kid = if signing == Signing::Stranger { 99 } else { self.kid };
        let head = json!({ "alg": alg, "kid": kid.to_string() });
        let message = format!("{}.{}", part(&head), part(claims));
        let key = self.key.as_ref().expect("a key");
        let by = |key: &EcdsaKeyPair| {
            let signature = key.sign(&SystemRandom::new(), message.as_bytes()).expect("signed");
            BASE64URL_NOPAD.encode(signature.as_ref())
        };
        let signature = match signing {
            Signing::Right => by(key),
            Signing::Stranger => by(&pair()),
            Signing::None => String::new(),
            Signing::Shared => {
                let secret =
                    ring::hmac::Key::new(ring::hmac::HMAC_SHA256, key.public_key().as_ref());
                BASE64URL_NOPAD.encode(ring::hmac::sign(&secret, message.as_bytes()).as_ref())
            }
        };
        format!("{message}.{signature}")
    }
}

type Told = (StatusCode, Body<Json>);

fn told(json: Json) -> Told {
    (StatusCode::OK, Body(json))
}

async fn described(State(double): State<Double>) -> Told {
    double.with(|script| {
        if script.away {
            return (StatusCode::BAD_GATEWAY, Body(json!("away")));
        }
        let at = |path: &str| format!("{}{path}", script.issuer);
        told(json!({
            "issuer": script.issuer, "authorization_endpoint": at("/login"),
            "token_endpoint": at("/token"), "jwks_uri": at("/keys"),
            "userinfo_endpoint": at("/about"), "end_session_endpoint": at("/out"),
        }))
    })
}

async fn keys(State(double): State<Double>) -> Told {
    double.with(|script| {
        script.keys_asked += 1;
        let key = script.key.as_ref().expect("a key").public_key().as_ref().to_vec();
        let part = |from: usize| BASE64URL_NOPAD.encode(&key[from..from + 32]);
        told(json!({ "keys": [{ "kty": "EC", "crv": "P-256", "kid": script.kid.to_string(),
            "use": "sig", "x": part(1), "y": part(33) }] }))
    })
}

async fn about(State(double): State<Double>) -> Told {
    double.with(|script| told(script.about.clone()))
}

async fn token(
    State(double): State<Double>,
    headers: HeaderMap,
    form: String,
) -> impl IntoResponse {
    let refused = |why: &str| (StatusCode::BAD_REQUEST, Body(json!({ "error": why })));
    let basic = format!("Basic {}", BASE64.encode(format!("sanbao:{SECRET}").as_bytes()));
    if headers.get(header::AUTHORIZATION).is_none_or(|value| value != basic.as_str()) {
        return refused("invalid_client");
    }
    let value = |name: &str| {
        let pair = form.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        pair.unwrap_or_default().to_owned()
    };
    let back = "https%3A%2F%2Fservice.example.cn%2Farrived";
    double.with(|script| {
        let Some(granted) = script.granted.remove(&value("code")) else {
            return refused("invalid_grant");
        };
        let proof = BASE64URL_NOPAD.encode(&Sha256::digest(value("code_verifier").as_bytes()));
        if proof != granted.challenge || value("redirect_uri") != back {
            return refused("invalid_grant");
        }
        let token = script.signed(&granted.claims, granted.signing);
        told(json!({ "id_token": token, "access_token": "asks", "token_type": "Bearer" }))
    })
}
