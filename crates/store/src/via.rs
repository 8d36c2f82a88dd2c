//! Through which token a person acts: every entry of the journal that names somebody says so.
//!
//! It belongs to the request and not to one of its writes. Handed down by hand it would be missing
//! wherever somebody forgot, and what a program did would stand there as done by its person.

use base::TokenId;
use serde::{Deserialize, Serialize};

tokio::task_local! {
    static VIA: Via;
}

/// A token as the journal names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Via {
    /// The token.
    pub token: TokenId,
    /// What its maker called it.
    pub name: String,
}

/// The member of an entry's body.
#[derive(Deserialize)]
struct Said {
    via: Option<Via>,
}

/// Does some work for a program; what it writes names the token.
pub async fn through<F: Future>(via: Via, work: F) -> F::Output {
    VIA.scope(via, work).await
}

/// The body of an entry, with the token that the work at hand goes through.
pub(crate) fn marked(body: String) -> String {
    let via = VIA.try_with(serde_json::to_string).ok();
    let Some(Ok(via)) = via else { return body };
    match body.strip_prefix('{') {
        Some("}") => format!(r#"{{"via":{via}}}"#),
        Some(rest) => format!(r#"{{"via":{via},{rest}"#),
        None => body,
    }
}

/// The token that an entry's body names.
pub(crate) fn said(body: &str) -> Option<Via> {
    serde_json::from_str::<Said>(body).ok()?.via
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_body_names_the_token_it_was_written_through() {
        let via = Via { token: TokenId(7), name: "ERP \"对接\"".into() };
        for body in ["{}", r#"{"stands":{"active":true}}"#] {
            assert_eq!((marked(body.into()).as_str(), said(body)), (body, None));
            let through = through(via.clone(), async { marked(body.into()) }).await;
            assert_eq!(said(&through), Some(via.clone()), "{through}");
            let read: serde_json::Value = serde_json::from_str(&through).expect("JSON");
            assert_eq!(read["stands"]["active"].as_bool(), body.contains("true").then_some(true));
        }
    }
}
