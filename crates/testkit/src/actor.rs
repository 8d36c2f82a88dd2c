//! A signed-in person with the verbs of the trade.

use crate::{Events, Json, Reply, TestApp, json};
use axum::body::Body;
use axum::http::request::Builder;
use axum::http::{HeaderName, Method, Request, header};
use std::sync::atomic::{AtomicU64, Ordering};

/// A signed-in person.
pub struct Actor<'a> {
    test: &'a TestApp,
    /// How they say who they are: a header and its value.
    identity: (HeaderName, String),
    lang: &'static str,
}

static KEYS: AtomicU64 = AtomicU64::new(0);

impl<'a> Actor<'a> {
    /// Signs in.
    ///
    /// # Panics
    /// When it fails.
    pub async fn sign_in(test: &'a TestApp, login: &str, password: &str) -> Self {
        let request = Request::post("/api/v1/session")
            .header("x-sanbao", "1")
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(json!({ "login": login, "password": password }).to_string()));
        let reply = test.send(request.expect("a request")).await.expect(200);
        let cookie = reply.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
        assert!(cookie.starts_with("sanbao_session="), "{cookie}");
        Self { test, identity: (header::COOKIE, cookie), lang: "zh" }
    }

    /// A program with a token.
    pub fn program(test: &'a TestApp, token: &str) -> Self {
        Self { test, identity: (header::AUTHORIZATION, format!("Bearer {token}")), lang: "zh" }
    }

    /// The same person reading English.
    #[must_use]
    pub fn english(mut self) -> Self {
        self.lang = "en";
        self
    }

    /// A request of this person, to be completed.
    pub fn request(&self, method: Method, path: &str) -> Builder {
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/api/v1/{path}") };
        let (name, value) = &self.identity;
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(name, value)
            .header(header::ACCEPT_LANGUAGE, self.lang);
        // A browser says that no foreign page asks; a program has nothing a foreign page could use.
        if *name == header::COOKIE { request.header("x-sanbao", "1") } else { request }
    }

    /// Sends a request with a JSON body.
    ///
    /// # Panics
    /// When it cannot be built.
    pub async fn send(&self, builder: Builder, body: &Json) -> Reply {
        let request = builder
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_string()))
            .expect("a request");
        self.test.send(request).await
    }

    /// `GET`.
    ///
    /// # Panics
    /// When the path is none.
    pub async fn get(&self, path: &str) -> Reply {
        let request = self.request(Method::GET, path).body(Body::empty());
        self.test.send(request.expect("a request")).await
    }

    /// Listens to what changes.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn listen(&self) -> Events {
        let request = self.request(Method::GET, "events").body(Body::empty());
        self.test.listen(request.expect("a request")).await
    }

    /// `POST` with a JSON body.
    pub async fn post(&self, path: &str, body: Json) -> Reply {
        self.send(self.request(Method::POST, path), &body).await
    }

    /// `PUT` with a JSON body.
    pub async fn put(&self, path: &str, body: Json) -> Reply {
        self.send(self.request(Method::PUT, path), &body).await
    }

    /// `DELETE`.
    pub async fn delete(&self, path: &str) -> Reply {
        self.send(self.request(Method::DELETE, path), &json!({})).await
    }

    /// Uploads a file under a declared type.
    ///
    /// # Panics
    /// When it cannot be built.
    pub async fn upload(&self, path: &str, name: &str, kind: &str, bytes: &[u8]) -> Reply {
        let mut body = format!(
            "--frame\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: {kind}\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--frame--\r\n");
        let request = self
            .request(Method::POST, path)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=frame")
            .body(Body::from(body));
        self.test.send(request.expect("a request")).await
    }

    /// Uploads a small photo; its id.
    pub async fn photo(&self) -> String {
        self.photo_of(KEYS.fetch_add(1, Ordering::SeqCst)).await
    }

    /// Uploads the picture of that number: the very same one each time; its id.
    pub async fn photo_of(&self, number: u64) -> String {
        let reply = self.upload("files", "photo.jpg", "image/jpeg", &picture(number)).await;
        reply.expect(201).str("/id")
    }

    /// A signature of the customer, drawn on the screen.
    pub async fn signature(&self) -> Json {
        json!({ "file": self.photo().await, "by": "customer", "means": "pad" })
    }

    /// A set of photos, one for each slot.
    pub async fn photos(&self, slots: &[&str]) -> Json {
        let mut photos = Vec::new();
        for slot in slots {
            photos.push(json!({ "file": self.photo().await, "slot": slot }));
        }
        Json::Array(photos)
    }

    /// Opens a case.
    pub async fn open(&self, process: &str, unit: Option<&str>, form: Json) -> Reply {
        let subject = unit.map_or(json!({}), |unit| json!({ "unit": unit }));
        self.post("cases", json!({ "process": process, "subject": subject, "form": form })).await
    }

    /// Opens a repair order for a vehicle; its id.
    pub async fn open_repair(&self, unit: &str, symptom: &str) -> String {
        let reply = self.open("repair_order", Some(unit), json!({ "symptom": symptom })).await;
        reply.expect(201).str("/id")
    }

    /// The page of a case.
    pub async fn case(&self, id: &str) -> Reply {
        self.get(&format!("cases/{id}")).await
    }

    /// Does an action on a case.
    pub async fn act(&self, case: &str, action: &str, form: Json) -> Reply {
        self.post(&format!("cases/{case}/actions/{action}"), json!({ "form": form })).await
    }

    /// Does an action with a reason.
    pub async fn act_because(&self, case: &str, action: &str, form: Json, why: &str) -> Reply {
        let path = format!("cases/{case}/actions/{action}");
        self.post(&path, json!({ "form": form, "reason": why })).await
    }
}

/// A small JPEG that no other test has.
fn picture(number: u64) -> Vec<u8> {
    let tint = u8::try_from(number % 250).unwrap_or(0);
    let drawn = image::RgbImage::from_fn(64, 48, |x, y| {
        let edge = u8::try_from((x * y) % 200).unwrap_or(0);
        image::Rgb([tint, edge, u8::try_from((number / 250) % 250).unwrap_or(0)])
    });
    let mut out = std::io::Cursor::new(Vec::new());
    let written = drawn.write_to(&mut out, image::ImageFormat::Jpeg);
    written.map(|()| out.into_inner()).unwrap_or_default()
}
