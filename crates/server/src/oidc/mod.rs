//! Signing in through the company's identity provider (身份提供方) by `OpenID` Connect: the
//! authorization code flow with PKCE, one provider, set up by a file (ADR 0032).
//!
//! What is believed is the provider's signed token alone: about the person it names, for us, for
//! this one attempt of this one browser, now. Who that is here says a link that somebody made.

mod claims;
mod fetch;
mod jwt;
mod provider;
mod settings;
mod way;

pub use claims::Claims;
pub use provider::{Oidc, Trouble};
pub(crate) use settings::is_safe;
pub use settings::{Agreed, Settings};
pub use way::{Answered, Way};

/// Where the provider sends people back to, below our public address.
pub const BACK: &str = "/arrived";
