//! A browser that listens to what changes.

use axum::body::Body;
use http_body_util::BodyExt as _;
use serde_json::Value as Json;
use std::time::Duration;

/// A test that hears nothing for so long hangs.
const PATIENCE: Duration = Duration::from_secs(30);

/// An open stream of events.
#[derive(Debug)]
pub struct Events {
    body: Body,
    unread: String,
}

impl Events {
    pub(crate) fn new(body: Body) -> Self {
        Self { body, unread: String::new() }
    }

    /// The next event's data; `None` when the stream has ended.
    ///
    /// # Panics
    /// When nothing comes, or no text.
    pub async fn next(&mut self) -> Option<Json> {
        loop {
            if let Some((event, rest)) = self.unread.split_once("\n\n") {
                let data = event.lines().find_map(|line| line.strip_prefix("data:"));
                let json = data.map(|data| serde_json::from_str(data).expect("data is JSON"));
                self.unread = rest.into();
                if json.is_some() {
                    return json;
                }
                continue;
            }
            let frame = tokio::time::timeout(PATIENCE, self.body.frame()).await;
            let frame = frame.expect("an event in time")?.expect("the stream is whole");
            if let Ok(bytes) = frame.into_data() {
                self.unread.push_str(std::str::from_utf8(&bytes).expect("events are text"));
            }
        }
    }

    /// Reads on until an event about this case; what came before it.
    ///
    /// # Panics
    /// When the stream ends before.
    pub async fn until_case(&mut self, case: &str) -> Vec<Json> {
        let mut before = Vec::new();
        loop {
            let event = self.next().await.expect("the stream goes on");
            if event["kind"] == "case" && event["id"] == case {
                return before;
            }
            before.push(event);
        }
    }
}
