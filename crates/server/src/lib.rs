//! The server: HTTP API, sessions and permissions, documents, imports, background reconcilers.

pub mod api;
pub mod app;
pub mod auth;
mod causes;
pub mod channels;
pub mod clock;
pub mod command;
pub mod demo;
mod deputies;
pub mod docs;
pub mod doctor;
pub mod drafts;
pub mod embedded;
pub mod figures;
pub mod files;
pub mod http;
pub mod https;
pub mod imports;
pub mod masters;
pub mod oidc;
pub mod orgs;
mod outward;
mod privacy;
pub mod problem;
pub mod reconcile;
pub mod registry;
pub mod release;
pub mod replay;
mod serve;
pub mod setup;
pub mod view;
mod web;
pub mod webhooks;

pub use api::openapi;
pub use app::{App, Config, StartError};
pub use serve::{run, serve};
