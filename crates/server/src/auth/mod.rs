//! Who asks and what they may: passwords, sessions, permissions as extractors.

mod allowed;
pub mod attempts;
pub mod bearer;
pub mod counter;
mod giver;
pub mod password;
pub mod pin;
mod place;
pub mod provider;
mod second;
mod session;
pub mod totp;

pub use allowed::{Allowed, Caller, SignedIn, perm};
pub use giver::Giver;
pub use place::Place;
pub use second::{SecondFactor, opens};
pub use session::{COOKIE, LIFETIME, Session, cookie, expired_cookie, new_token};
