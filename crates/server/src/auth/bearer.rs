//! Tokens (接口令牌) of programs: how one looks, and who asks with it.
//!
//! `sanbao_` and 56 letters: 32 random bytes and the first three of their hash. Scanners of source
//! code know it by its beginning, and what was copied in part is told from what is not ours
//! without asking the database.

use super::Place;
use crate::app::App;
use crate::http::metrics::Count;
use crate::problem::{Answer, Problem};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use data_encoding::BASE32_NOPAD;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use store::token::Token;
use store::via::{Via, through};

/// How every token begins.
pub const BEGINNING: &str = "sanbao_";
/// Random bytes of a token.
const RANDOM: usize = 32;
/// Bytes of their hash behind them.
const CHECK: usize = 3;
/// Letters behind the beginning that lists show, and wrong tokens are told apart by.
const SHOWN: usize = 8;

/// A new token.
pub fn new_token() -> Answer<String> {
    let mut bytes = [0; RANDOM];
    getrandom::fill(&mut bytes).map_err(|_| Problem::new("internal"))?;
    Ok(print(&bytes))
}

fn print(random: &[u8]) -> String {
    let check = Sha256::digest(random);
    let bytes: Vec<u8> = random.iter().chain(&check[..CHECK]).copied().collect();
    format!("{BEGINNING}{}", BASE32_NOPAD.encode(&bytes).to_lowercase())
}

/// The beginning of a token, for lists.
pub fn shown(token: &str) -> String {
    token.chars().take(BEGINNING.len() + SHOWN).collect()
}

/// Whether it looks like a whole token: as it was shown, nothing cut off.
fn is_whole(token: &str) -> bool {
    let Some(letters) = token.strip_prefix(BEGINNING) else { return false };
    let bytes = BASE32_NOPAD.decode(letters.to_uppercase().as_bytes()).unwrap_or_default();
    bytes.len() == RANDOM + CHECK && print(&bytes[..RANDOM]) == token
}

/// The token in `Authorization: Bearer`, when it is one of a program.
fn presented(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let token = value.strip_prefix("Bearer ")?.trim();
    token.starts_with(BEGINNING).then_some(token)
}

/// Finds out which program asks, before anything else does; what it writes says so.
pub async fn layer(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let Some(presented) = presented(request.headers()) else { return next.run(request).await };
    let place = Place::of(&app, request.extensions(), request.headers());
    match known(&app, presented, &place).await {
        Ok(token) => {
            let via = Via { token: token.id, name: token.name.clone() };
            request.extensions_mut().insert(Arc::new(token));
            through(via, next.run(request)).await
        }
        Err(problem) => problem.into_response(),
    }
}

/// The living token; otherwise why not. A wrong one counts like a wrong password.
async fn known(app: &App, presented: &str, place: &Place) -> Answer<Token> {
    let now = app.now();
    let found = if is_whole(presented) { app.store().token(presented).await? } else { None };
    if let Some(token) = found.as_ref().filter(|token| token.is_alive(now)) {
        // Nobody waits because the disk is full: a use that is not noted is no harm.
        if let Err(error) = app.store().token_used(token, now).await {
            tracing::warn!(%error, "the use of a token was not noted");
        }
        return Ok(token.clone());
    }
    let tried = shown(presented);
    app.metrics().count(Count::SignInRefused);
    if let Some(seconds) = app.attempts().wait(&tried, &place.0, now) {
        return Err(Problem::new("locked-out").retry_after(seconds).detail(
            "这个接口令牌多次被拒绝，请先停下程序，换上有效的令牌",
            "This token was refused many times; stop the program and give it one that holds",
        ));
    }
    app.attempts().failed(&tried, &place.0, now);
    Err(match found {
        None => refused(
            "没有这个接口令牌：请核对是否抄写完整，或在“我的账户”里新建一个",
            "There is no such token: look whether all of it was copied, or make a new one under \
             your account",
        ),
        Some(Token { ended_at: Some(_), .. }) => {
            refused("这个接口令牌已被停用，请新建一个", "This token was ended; make a new one")
        }
        Some(_) => {
            refused("这个接口令牌已过期，请新建一个", "This token has expired; make a new one")
        }
    })
}

/// The refusal of a token that opens nothing.
pub fn refused(zh: &str, en: &str) -> Problem {
    Problem::new("token-refused").detail(zh, en)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_known_by_its_beginning_and_its_end() {
        let token = new_token().expect("randomness");
        assert_eq!(token.len(), BEGINNING.len() + 56);
        assert!(is_whole(&token) && shown(&token).len() == BEGINNING.len() + SHOWN);
        let other = new_token().expect("randomness");
        assert_ne!(token, other);
        let mixed = format!("{}{}", &token[..40], &other[40..]);
        for wrong in [&token[..62], &mixed, "sanbao_", "", &token.to_uppercase(), &token[7..]] {
            assert!(!is_whole(wrong), "{wrong}");
        }
    }

    #[test]
    fn only_a_token_of_a_program_is_one() {
        let headers = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::AUTHORIZATION, value.parse().expect("a value"));
            headers
        };
        assert_eq!(presented(&headers("Bearer sanbao_abc ")), Some("sanbao_abc"));
        for other in ["Basic sanbao_abc", "Bearer abc", "sanbao_abc"] {
            assert_eq!(presented(&headers(other)), None, "{other}");
        }
    }
}
