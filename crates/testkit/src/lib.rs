//! Tests speak the trade: an app on a standing clock, people with verbs, answers to look at.
//!
//! `TestApp::new()` serves a fresh company on SQLite in a folder of its own, or on PostgreSQL where
//! `SANBAO_TEST_POSTGRES` names one. Requests go through the whole HTTP stack without a socket.

mod actor;
mod app;
mod company;
mod database;
mod events;
mod reply;

pub use actor::Actor;
pub use app::{TestApp, instant};
pub use events::Events;
pub use reply::Reply;

pub use serde_json::{Value as Json, json};
