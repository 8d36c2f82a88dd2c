//! Codes of an authenticator (两步验证, RFC 6238): six digits of a shared secret, anew each half
//! minute.

use crate::problem::Problem;
use base::Instant;
use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

/// Bytes of a secret: as many as the hash has.
pub const SECRET: usize = 20;
/// Seconds a code holds.
const PERIOD: i64 = 30;
/// Codes have six digits.
const DIGITS: usize = 6;
/// How many codes a clock may be early or late.
const DRIFT: i64 = 1;

/// A new secret.
pub fn new_secret() -> Result<[u8; SECRET], Problem> {
    let mut bytes = [0; SECRET];
    getrandom::fill(&mut bytes).map_err(|_| Problem::new("internal"))?;
    Ok(bytes)
}

/// A secret as people type it into an authenticator.
pub fn print(secret: &[u8]) -> String {
    BASE32_NOPAD.encode(secret)
}

/// A printed secret; `None` when it is none of ours.
pub fn read(text: &str) -> Option<Vec<u8>> {
    let secret = BASE32_NOPAD.decode(text.trim().to_uppercase().as_bytes()).ok()?;
    (secret.len() == SECRET).then_some(secret)
}

/// What an authenticator reads from the QR code.
pub fn address(company: &str, login: &str, secret: &[u8]) -> String {
    // Nothing but letters and digits: authenticators differ in what else they understand.
    let plain = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let issuer = percent(&plain(company));
    format!("otpauth://totp/{issuer}:{login}?secret={}&issuer={issuer}", print(secret))
}

fn percent(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(encode).collect()
}

/// The half minute whose code was typed, if it is the present one or a neighbour.
pub fn step_of(secret: &[u8], typed: &str, now: Instant) -> Option<i64> {
    let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    if typed.len() != DIGITS || !typed.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let typed: u32 = typed.parse().ok()?;
    let present = step(now);
    (present - DRIFT..=present + DRIFT).find(|step| code(secret, *step) == typed)
}

/// The half minute of an instant.
pub fn step(now: Instant) -> i64 {
    now.seconds_since(Instant(0)).div_euclid(PERIOD)
}

/// The code of a half minute.
pub fn code(secret: &[u8], step: i64) -> u32 {
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(secret) else { return u32::MAX };
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let at = usize::from(hash[hash.len() - 1] & 0x0f);
    let four = hash[at..at + 4].iter().fold(0, |sum: u32, byte| (sum << 8) | u32::from(*byte));
    (four & 0x7fff_ffff) % 1_000_000
}

#[cfg(test)]
mod tests {
    use super::*;

    const RFC: &[u8] = b"12345678901234567890";

    fn at(seconds: i64) -> Instant {
        Instant(seconds * 1_000_000)
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, SHA-1; six of its eight digits.
        for (seconds, expected) in [
            (59, 287_082),
            (1_111_111_109, 81_804),
            (1_111_111_111, 50_471),
            (1_234_567_890, 5_924),
            (2_000_000_000, 279_037),
            (20_000_000_000, 353_130),
        ] {
            assert_eq!(code(RFC, step(at(seconds))), expected, "{seconds}");
        }
    }

    #[test]
    fn a_clock_may_be_half_a_minute_off_and_no_more() {
        let now = at(1_234_567_890);
        assert_eq!(step_of(RFC, "005924", now), Some(step(now)));
        assert_eq!(step_of(RFC, " 005 924 ", now), Some(step(now)));
        assert_eq!(step_of(RFC, "005924", now.plus_seconds(30)), Some(step(now)));
        assert_eq!(step_of(RFC, "005924", now.plus_seconds(-30)), Some(step(now)));
        assert_eq!(step_of(RFC, "005924", now.plus_seconds(60)), None);
        for typed in ["5924", "0005924", "00592x", "", "005925", "００５９２４"] {
            assert_eq!(step_of(RFC, typed, now), None, "{typed}");
        }
    }

    #[test]
    fn what_an_authenticator_scans_holds_the_secret_and_no_odd_sign() {
        let address = address("绿川 & Co.", "lina", RFC);
        let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        let issuer = "%E7%BB%BF%E5%B7%9DCo";
        let expected = format!("otpauth://totp/{issuer}:lina?secret={secret}&issuer={issuer}");
        assert_eq!(address, expected);
        assert_eq!(read(&secret.to_lowercase()).as_deref(), Some(RFC));
        assert_eq!(read("GEZDG"), None);
    }
}
