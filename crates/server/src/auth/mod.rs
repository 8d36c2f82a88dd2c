//! Who asks and what they may: passwords, sessions, permissions as extractors.

mod allowed;
pub mod attempts;
pub mod counter;
mod giver;
pub mod password;
pub mod pin;
mod second;
mod session;
pub mod totp;

pub use allowed::{Allowed, SignedIn, perm};
pub use giver::Giver;
pub use second::{SecondFactor, opens};
pub use session::{COOKIE, LIFETIME, Session, cookie, expired_cookie, new_token};
