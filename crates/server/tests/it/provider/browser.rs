//! A browser of somebody who goes to the provider and comes back.

use super::double::{Double, Signing};
use axum::body::Body;
use axum::http::{Method, Request, header};
use testkit::{Json, Reply, TestApp, json};

/// A browser: it keeps cookies, and sends them.
pub struct Browser<'a> {
    test: &'a TestApp,
    double: &'a Double,
    pub cookies: Vec<(String, String)>,
}

/// A way that was begun: what the address carries.
pub struct Way {
    pub location: String,
}

impl Way {
    pub fn value(&self, name: &str) -> String {
        let query = self.location.split_once('?').unwrap().1;
        let found = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        found.unwrap_or_default().to_owned()
    }
}

impl<'a> Browser<'a> {
    pub fn new(test: &'a TestApp, double: &'a Double) -> Self {
        Self { test, double, cookies: vec![] }
    }

    pub async fn ask(&mut self, method: Method, path: &str, body: Json) -> Reply {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Request::builder()
            .method(method)
            .uri(format!("/api/v1/{path}"))
            .header("x-sanbao", "1")
            .header(header::COOKIE, cookies.join("; "))
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_string()));
        let reply = self.test.send(request.unwrap()).await;
        for set in reply.headers.get_all(header::SET_COOKIE) {
            let pair = set.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        reply
    }

    pub async fn begin(&mut self, body: Json) -> Way {
        let reply = self.ask(Method::POST, "session/provider", body).await.expect(200);
        Way { location: reply.str("/location") }
    }

    /// Goes to confirm or link, signed in.
    pub async fn go(&mut self, body: Json) -> Way {
        let reply = self.ask(Method::POST, "me/provider", body).await.expect(200);
        Way { location: reply.str("/location") }
    }

    /// What the provider would say of somebody in this way.
    pub fn claims(&self, way: &Way, subject: &str) -> Json {
        let now = self.test.now().timestamp().as_second();
        json!({ "iss": self.double.issuer(), "aud": "sanbao", "sub": subject, "iat": now,
            "exp": now + 300, "auth_time": now, "nonce": way.value("nonce"),
            "preferred_username": subject })
    }

    /// Comes back with a code that stands for these claims.
    pub async fn back(&mut self, way: &Way, claims: Json) -> Reply {
        self.back_by(way, claims, Signing::Right).await
    }

    pub async fn back_by(&mut self, way: &Way, claims: Json, signing: Signing) -> Reply {
        let code = self.double.grants(&way.value("code_challenge"), claims, signing);
        self.bring(json!({ "state": way.value("state"), "code": code })).await
    }

    pub async fn bring(&mut self, body: Json) -> Reply {
        self.ask(Method::PUT, "session/provider", body).await
    }

    /// Signs in as somebody, by the provider's word.
    pub async fn enter(&mut self, subject: &str) -> Reply {
        let way = self.begin(json!({})).await;
        let claims = self.claims(&way, subject);
        self.back(&way, claims).await
    }

    /// Signs in by a password.
    pub async fn by_password(&mut self, login: &str) {
        let body = json!({ "login": login, "password": "demo1234" });
        self.ask(Method::POST, "session", body).await.expect(200);
    }

    pub async fn confirm(&mut self, subject: &str, auth_time: i64) -> Reply {
        let way = self.go(json!({ "link": false })).await;
        assert_eq!((way.value("prompt"), way.value("max_age")), ("login".into(), "0".into()));
        let mut claims = self.claims(&way, subject);
        claims["auth_time"] = auth_time.into();
        self.back(&way, claims).await
    }
}
