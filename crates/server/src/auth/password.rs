//! Passwords as argon2id hashes.

use argon2::password_hash::PasswordHasher as _;
use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordVerifier as _, Version};

/// What a password check costs the server, and an attacker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
}

impl Default for Cost {
    /// OWASP's first choice for argon2id: 19 MiB, two passes.
    fn default() -> Self {
        Self { memory_kib: 19 * 1024, passes: 2 }
    }
}

impl Cost {
    /// As cheap as the algorithm allows: for tests, never for people.
    pub const CHEAP: Self = Self { memory_kib: 8, passes: 1 };

    fn hasher(self) -> Argon2<'static> {
        let params = Params::new(self.memory_kib, self.passes, 1, None).unwrap_or_default();
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
    }
}

/// The hash of a new password, as a PHC string; `None` when the host has no randomness.
pub fn hash(password: &str, cost: Cost) -> Option<String> {
    cost.hasher().hash_password(password.as_bytes()).ok().map(|hash| hash.to_string())
}

/// Whether the password is the one behind the hash. A damaged hash matches nothing.
pub fn matches(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_matches_its_password_only() {
        let hash = hash("demo1234", Cost::CHEAP).expect("randomness");
        assert!(hash.starts_with("$argon2id$"));
        assert!(matches("demo1234", &hash));
        assert!(!matches("demo1235", &hash));
        assert!(!matches("demo1234", "not a hash"));
    }
}
