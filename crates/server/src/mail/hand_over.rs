//! Handing a letter to the running server: what `sanbao mail-in` does for the mail server.

use crate::outward::Outward;
use axum::body::Body;
use axum::http::{Method, Request, header};
use std::path::Path;
use std::time::Duration;

/// How long the server may take: photos are drawn anew.
const PATIENCE: Duration = Duration::from_mins(2);
/// Largest answer read.
const LARGEST_ANSWER: usize = 16 * 1024;
/// The head in which the mail server proves itself.
pub(crate) const PROOF: &str = "x-sanbao-mail";

/// What the mail server knows of a letter beside its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Envelope {
    /// Who sent it, as the servers told one another.
    pub sender: Option<String>,
    /// To whom it is delivered.
    pub recipient: Option<String>,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Handed {
    /// It is kept, or was none to keep; the words say so.
    Over(String),
    /// It never will be taken, and why.
    Refused(String),
    /// Not now: the mail server keeps it and tries again.
    Later(String),
}

/// Hands a letter to the server at that address, with the word of its channels file.
pub async fn hand_over(
    (address, word): (&str, &str),
    envelope: &Envelope,
    letter: Vec<u8>,
    root: Option<&Path>,
) -> Handed {
    let outward = match Outward::new(root) {
        Ok(outward) => outward,
        Err(why) => return Handed::Later(why),
    };
    let named = [("sender", &envelope.sender), ("recipient", &envelope.recipient)];
    let named: Vec<(&str, &str)> =
        named.iter().filter_map(|(name, value)| Some((*name, value.as_deref()?))).collect();
    let query = serde_urlencoded::to_string(named).unwrap_or_default();
    let request = Request::builder()
        .method(Method::POST)
        .uri(format!("{}/api/v1/callbacks/mail?{query}", address.trim_end_matches('/')))
        .header(header::CONTENT_TYPE, "message/rfc822")
        .header(PROOF, word)
        .body(Body::from(letter));
    let request = match request {
        Ok(request) => request,
        Err(why) => return Handed::Later(why.to_string()),
    };
    match outward.ask(request, LARGEST_ANSWER, PATIENCE).await {
        Ok(answer) => {
            let said = String::from_utf8_lossy(&answer.body).into_owned();
            match answer.status.as_u16() {
                200..300 => Handed::Over(said),
                // What is wrong with the letter itself; all else may be mended on our side.
                413 | 415 | 422 => Handed::Refused(said),
                status => Handed::Later(format!("{status} {said}")),
            }
        }
        // Also where it may have been read: the same letter twice is kept once.
        Err(why) => Handed::Later(why.told()),
    }
}
