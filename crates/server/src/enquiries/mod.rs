//! Online enquiries (在线咨询): what people write without an account, and what they are answered.
//!
//! An enquiry is a case of the process [`PROCESS`]; what was written to and fro are the forms of
//! its acts, so the journal of the case is the thread. A word leads whoever wrote back to theirs.

mod hours;
pub mod limits;
pub mod link;
pub mod thread;

pub use hours::{closed_now, open_on};
pub use limits::Limits;

use crate::app::App;
use crate::problem::{Answer, Problem};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use base::OrgId;
use rulebook::Release;

/// The process of an enquiry.
pub const PROCESS: &str = "enquiry";
/// The act by which they write again.
pub const MORE: &str = "ask_more";
/// The act by which it is closed.
pub const SETTLE: &str = "settle";
/// The field of what they wrote.
pub const MESSAGE: &str = "message";
/// The field of what they were answered.
pub const ANSWER: &str = "answer";
/// The field of the photos of an answer.
pub const ANSWER_PHOTOS: &str = "answer_photos";
/// The field of the address a letter came from.
pub const MAIL_FROM: &str = "email_said";
/// The field of the subject of their first letter.
pub const MAIL_SUBJECT: &str = "mail_subject";
/// The field of the number of their latest letter.
pub const MAIL_ID: &str = "mail_id";
/// The field of the time an answer was promised for.
pub const PROMISED: &str = "reply_promised_at";
/// The state in which they wait for us.
pub const RECEIVED: &str = "received";
/// The setting that says which unit takes enquiries, by its code.
pub const DESK: &str = "enquiry_desk";
/// Longest text of theirs, in characters.
pub const LONGEST: usize = 1000;

/// The unit that takes enquiries, by the setting; the company where it names none.
pub fn desk(app: &App, release: &Release) -> Answer<OrgId> {
    let setting = release.parameters.get(DESK).and_then(|setting| setting.value.as_ref());
    let code = setting.and_then(|value| value.as_str()).unwrap_or_default();
    let orgs = app.orgs();
    let desk = orgs.by_code(code);
    let desk = desk.or_else(|| orgs.all().into_iter().find(|org| org.parent.is_none()));
    desk.map(|org| org.id).ok_or_else(|| Problem::new("internal"))
}

/// A picture as an answer: it runs nothing, and stays in this browser.
pub fn picture(kind: &str, bytes: Vec<u8>) -> Response {
    let kind =
        HeaderValue::from_str(kind).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    let headers: [(HeaderName, HeaderValue); 3] = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=86400, immutable")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
    ];
    (headers, bytes).into_response()
}
