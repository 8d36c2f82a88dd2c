//! `Prefer: return=minimal` (RFC 7240): a program that only wants it done is not told the whole
//! page, which costs the server more than the doing.

use crate::problem::Problem;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};

const PREFER: HeaderName = HeaderName::from_static("prefer");
const APPLIED: HeaderName = HeaderName::from_static("preference-applied");

/// What the caller prefers to get back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prefer {
    /// Only that it is done, and where it stands.
    pub minimal: bool,
}

impl Prefer {
    fn of(headers: &HeaderMap) -> Self {
        let lines = headers.get_all(PREFER).iter().filter_map(|line| line.to_str().ok());
        // Each preference may carry parameters behind a semicolon; what is not known is passed by.
        let mut asked = lines.flat_map(|line| line.split(',')).filter_map(|one| {
            let (name, value) = one.split(';').next()?.split_once('=')?;
            let is_return = name.trim().eq_ignore_ascii_case("return");
            is_return.then(|| value.trim().trim_matches('"').eq_ignore_ascii_case("minimal"))
        });
        // Of several the first holds.
        Self { minimal: asked.next() == Some(true) }
    }
}

impl<S: Sync> FromRequestParts<S> for Prefer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Ok(Self::of(&parts.headers))
    }
}

/// Done; `location` says where it can be read.
pub fn minimal(location: String) -> Response {
    let headers = [
        (header::LOCATION, location),
        (header::VARY, "Prefer".to_owned()),
        (APPLIED, "return=minimal".to_owned()),
    ];
    (StatusCode::NO_CONTENT, headers).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_return_preference_holds() {
        for (lines, expect) in [
            (&[][..], false),
            (&["return=minimal"][..], true),
            (&["RETURN = \"Minimal\"; foo=1"][..], true),
            (&["respond-async, return=minimal"][..], true),
            (&["wait=5", "return=minimal"][..], true),
            (&["return=representation, return=minimal"][..], false),
            (&["minimal"][..], false),
        ] {
            let headers: HeaderMap =
                lines.iter().map(|line| (PREFER, line.parse().unwrap())).collect();
            assert_eq!(Prefer::of(&headers).minimal, expect, "{lines:?}");
        }
    }
}
