//! What every request passes through: request id, language, security headers, CSRF, figures.

pub mod extract;
pub mod language;
pub mod metrics;
pub mod prefer;
pub mod security;
