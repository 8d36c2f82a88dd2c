//! The server: HTTP API, sessions and permissions, documents, imports, background reconcilers.

pub mod clock;
pub mod imports;
pub mod problem;
pub mod registry;
