//! A double of a provider of text messages: it keeps what it was asked, and answers as it is told.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use server::channels::Settings;
use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Arc, Mutex};
use testkit::{Json, json};

/// What the double does with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Does {
    Takes,
    /// It refuses with this code.
    Says(&'static str),
    /// It takes the message, and the connection breaks before it says so.
    Breaks,
}

#[derive(Default)]
struct Script {
    address: String,
    asked: Vec<String>,
    next: VecDeque<Does>,
}

#[derive(Clone, Default)]
pub struct Double(Arc<Mutex<Script>>);

impl Double {
    pub async fn start() -> Self {
        let double = Self::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("bound"));
        double.0.lock().expect("whole").address = address;
        let router = Router::new().fallback(answer).with_state(double.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        double
    }

    /// What it does next, once each; then it takes everything.
    pub fn does(&self, next: &[Does]) {
        self.0.lock().expect("whole").next.extend(next);
    }

    /// What it was asked since the last question.
    pub fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().expect("whole").asked)
    }

    /// The same with the word of the address where reports are taken.
    pub fn reporting(&self, messages: &[&str], word: &str) -> Settings {
        let value = |id: &str| if id.ends_with("_code") { "code" } else { "case.number" };
        let messages: Vec<_> = messages.iter().map(|id| (*id, value(id))).collect();
        self.written(&messages, "reports_env = \"REPORTS\"\n", word)
    }

    /// The channels file, with templates for these messages.
    pub fn settings(&self, messages: &[&str]) -> Settings {
        let value = |id: &str| if id.ends_with("_code") { "code" } else { "case.number" };
        self.parsed(&messages.iter().map(|id| (*id, value(id))).collect::<Vec<_>>())
    }

    /// The same with one message and what it says.
    pub fn saying(&self, message: &str, value: &str) -> Settings {
        self.parsed(&[(message, value)])
    }

    fn parsed(&self, messages: &[(&str, &str)]) -> Settings {
        self.written(messages, "", "secret")
    }

    fn written(&self, messages: &[(&str, &str)], more: &str, word: &str) -> Settings {
        let address = self.0.lock().expect("whole").address.clone();
        let mut text = format!(
            "customers = [\"sms\"]\n[sms]\nprovider = \"aliyun\"\nkey_id = \"id\"\n\
             key_secret_env = \"KEY\"\nsign_name = \"瑞风\"\naddress = \"{address}\"\n{more}"
        );
        text.extend(messages.iter().map(|(message, value)| {
            format!(
                "[sms.templates.{message}]\nid = \"SMS_{message}\"\n\
                 params = [{{ name = \"said\", value = \"{{{{ {value} }}}}\" }}]\n"
            )
        }));
        Settings::parse(&text, Path::new("."), |_| Some(word.into())).expect("a good file")
    }
}

async fn answer(
    State(double): State<Double>,
    uri: Uri,
    _: Bytes,
) -> (StatusCode, axum::Json<Json>) {
    let does = {
        let mut script = double.0.lock().expect("whole");
        script.asked.push(uri.query().unwrap_or_default().to_owned());
        script.next.pop_front().unwrap_or(Does::Takes)
    };
    let body = match does {
        Does::Takes => json!({ "Code": "OK", "Message": "OK", "BizId": "7^0" }),
        Does::Says(code) => json!({ "Code": code, "Message": "said so" }),
        // An answer that is none, as of a gateway that lost the other side.
        Does::Breaks => return (StatusCode::BAD_GATEWAY, axum::Json(Json::Null)),
    };
    (StatusCode::OK, axum::Json(body))
}
