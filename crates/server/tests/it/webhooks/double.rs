//! A double of a receiver: it keeps what it was told, and answers as it is told to.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Response, StatusCode, Uri};
use server::channels::Settings;
use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Arc, Mutex};
use testkit::Json;

/// What the double does with an event; without a word it takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Does {
    Says(u16),
    /// It leads elsewhere.
    Leads,
    /// It never answers.
    Sleeps,
    /// Its answer has no end.
    Talks,
    /// A vendor of robots answers so.
    Answers(&'static str),
}

/// An event as it came.
#[derive(Debug, Clone, PartialEq)]
pub struct Heard {
    pub id: String,
    pub seconds: i64,
    pub signature: String,
    /// What stands behind the address, of a robot's with the signature.
    pub query: String,
    pub text: String,
}

impl Heard {
    pub fn json(&self) -> Json {
        serde_json::from_str(&self.text).expect("JSON")
    }

    /// What it is about: event, number, state.
    pub fn said(&self) -> (String, String) {
        let json = self.json();
        let word = |pointer: &str| {
            json.pointer(pointer).and_then(Json::as_str).unwrap_or_default().to_owned()
        };
        (word("/type"), word("/data/state"))
    }
}

#[derive(Default)]
struct Script {
    address: String,
    heard: Vec<Heard>,
    next: VecDeque<Does>,
}

#[derive(Clone, Default)]
pub struct Double(Arc<Mutex<Script>>);

impl Double {
    pub async fn start() -> Self {
        let double = Self::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}/in", listener.local_addr().expect("bound"));
        double.0.lock().expect("whole").address = address;
        let router = Router::new().fallback(answer).with_state(double.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        double
    }

    pub fn address(&self) -> String {
        self.0.lock().expect("whole").address.clone()
    }

    pub fn does(&self, next: &[Does]) {
        self.0.lock().expect("whole").next.extend(next);
    }

    /// What it was told since the last question.
    pub fn heard(&self) -> Vec<Heard> {
        std::mem::take(&mut self.0.lock().expect("whole").heard)
    }
}

/// A channels file that lets this machine be told.
pub fn allowing() -> Settings {
    let text = "address = \"https://service.example.cn\"\n[webhooks]\n\
                allow = [\"127.0.0.0/8\"]\ntimeout_seconds = 1\n";
    Settings::parse(text, Path::new("."), |_| None).expect("a good file")
}

async fn answer(
    State(double): State<Double>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let header = |name: &str| {
        headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
    };
    let does = {
        let mut script = double.0.lock().expect("whole");
        script.heard.push(Heard {
            id: header("webhook-id"),
            seconds: header("webhook-timestamp").parse().unwrap_or_default(),
            signature: header("webhook-signature"),
            query: uri.query().unwrap_or_default().to_owned(),
            text: String::from_utf8(body.to_vec()).expect("text"),
        });
        script.next.pop_front()
    };
    let mut response = Response::new(Body::empty());
    match does {
        None => *response.status_mut() = StatusCode::NO_CONTENT,
        Some(Does::Says(status)) => {
            *response.status_mut() = StatusCode::from_u16(status).expect("a status");
        }
        Some(Does::Leads) => {
            *response.status_mut() = StatusCode::FOUND;
            response.headers_mut().insert("location", "/elsewhere".parse().expect("a place"));
        }
        Some(Does::Answers(text)) => *response.body_mut() = Body::from(text),
        Some(Does::Sleeps) => std::future::pending().await,
        Some(Does::Talks) => {
            let endless = tokio_stream::iter(std::iter::repeat_with(|| {
                Ok::<_, std::io::Error>(Bytes::from_static(&[b'x'; 8_192]))
            }));
            *response.body_mut() = Body::from_stream(endless);
        }
    }
    response
}
