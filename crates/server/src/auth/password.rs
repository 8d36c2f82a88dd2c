//! Passwords as argon2id hashes.

use argon2::password_hash::PasswordHasher as _;
use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordVerifier as _, Version};
use base::Text;

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

/// Shortest password taken.
const SHORTEST: usize = 8;
/// Longest password looked at: hashing a megabyte is work for an attacker's sake.
pub const LONGEST: usize = 1000;

/// Why a password is not taken; `None` when it is. Guessability counts, not the kinds of
/// characters: `known` is what anybody knows of the person.
pub fn refused(password: &str, known: &[&str]) -> Option<Text> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Some(Text::new(
            format!("密码至少 {SHORTEST} 个字符，现在 {length} 个"),
            format!("A password has at least {SHORTEST} characters, this one {length}"),
        ));
    }
    if password.len() > LONGEST {
        return Some(Text::new("密码太长，请在 1000 字节以内", "At most 1000 bytes, please"));
    }
    let score = zxcvbn::zxcvbn(password, known).score();
    (score < zxcvbn::Score::Three).then(|| {
        Text::new(
            "这个密码太容易猜到：换成三四个不相干的词连写，或更长的随机字符；不要用姓名、账号、日期",
            "This password is easily guessed: join three or four unrelated words, or take more \
             random characters; no names, logins or dates",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_easily_guessed_is_refused() {
        for (password, taken) in [
            ("short", false),
            ("password1", false),
            ("12345678", false),
            ("qwertyuiop", false),
            ("chenqiang2026", false),
            ("aaaaaaaaaaaa", false),
            ("横跨南北的蓝色电动车", true),
            ("maple-kettle-orbit-92", true),
            ("vK8#tq2Lw!", true),
        ] {
            let refused = refused(password, &["chenqiang", "陈强"]);
            assert_eq!(refused.is_none(), taken, "{password}: {refused:?}");
        }
    }

    #[test]
    fn a_hash_matches_its_password_only() {
        let hash = hash("demo1234", Cost::CHEAP).expect("randomness");
        assert!(hash.starts_with("$argon2id$"));
        assert!(matches("demo1234", &hash));
        assert!(!matches("demo1235", &hash));
        assert!(!matches("demo1234", "not a hash"));
    }
}
