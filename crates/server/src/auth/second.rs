//! The second factor (两步验证) at the door: a code beside the password.

use super::{Session, totp};
use crate::app::App;
use crate::problem::{Answer, Problem};
use serde::Serialize;
use store::person::Person;
use utoipa::ToSchema;

/// How it stands with somebody's second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SecondFactor {
    /// A password is enough.
    Off,
    /// Signing in asks for a code.
    On,
    /// A role asks for it, and there is none yet: nothing else is open until then.
    Needed,
    /// That of the identity provider stands for it.
    Provider,
}

impl SecondFactor {
    /// Of a session.
    pub fn of(session: &Session) -> Self {
        let roles = &session.release.roles;
        let asks = |held: &str| roles.get(held).is_some_and(|role| role.second_factor);
        match session.person.second_factor {
            true => Self::On,
            false if session.provided.second => Self::Provider,
            false if session.person.roles.iter().any(|held| asks(&held.role)) => Self::Needed,
            false => Self::Off,
        }
    }
}

/// Whether the code lets a person in whose password was right; where none is asked, any does.
/// A right code is used up.
///
/// # Errors
/// `code-needed` when one is asked for and none was typed.
pub async fn opens(app: &App, person: &Person, typed: Option<&str>) -> Answer<bool> {
    let Some(secret) = app.store().second_secret(person.id).await? else { return Ok(true) };
    let Some(typed) = typed.filter(|typed| !typed.trim().is_empty()) else {
        return Err(Problem::new("code-needed"));
    };
    match totp::step_of(&secret, typed, app.now()) {
        Some(step) => Ok(app.store().use_code(person.id, step).await?),
        None => Ok(false),
    }
}
