//! An answer of the server.

use axum::http::{HeaderMap, StatusCode};
use serde_json::Value as Json;

/// An answer: status, headers and body.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body's bytes.
    pub bytes: Vec<u8>,
}

impl Reply {
    /// The body as JSON; null when it is none.
    pub fn json(&self) -> Json {
        serde_json::from_slice(&self.bytes).unwrap_or_default()
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// A value by JSON pointer, `/state/id`.
    pub fn at(&self, pointer: &str) -> Json {
        self.json().pointer(pointer).cloned().unwrap_or_default()
    }

    /// A text by JSON pointer; empty when there is none.
    pub fn str(&self, pointer: &str) -> String {
        self.at(pointer).as_str().unwrap_or_default().to_owned()
    }

    /// A header.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
    }

    /// The problem's code; empty when it is no problem.
    pub fn code(&self) -> String {
        self.str("/code")
    }

    /// This answer, when it has that status.
    ///
    /// # Panics
    /// When it has another; the body is shown.
    #[expect(clippy::return_self_not_must_use, reason = "checking is the use")]
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        self
    }

    /// This answer, when it is a problem of that code.
    ///
    /// # Panics
    /// When it is another.
    #[expect(clippy::return_self_not_must_use, reason = "checking is the use")]
    #[track_caller]
    pub fn refused(self, code: &str) -> Self {
        assert_eq!(self.code(), code, "{}", self.text());
        self
    }
}
