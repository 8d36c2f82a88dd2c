//! Letters that no person wrote (自动回复、群发、退信): answering them would go round for ever.

use mail_parser::{HeaderValue, Message};

/// Senders that are programs of mail servers.
const SERVERS: [&str; 2] = ["mailer-daemon", "postmaster"];
/// Words of `Precedence` that say so.
const PRECEDENCE: [&str; 4] = ["bulk", "list", "junk", "auto_reply"];
/// Heads that only such letters bear.
const HEADS: [&str; 5] =
    ["List-Id", "List-Unsubscribe", "X-Autoreply", "X-Autorespond", "X-Auto-Reply"];

/// Why a letter is none of a person, as a word.
pub fn why(head: &Message<'_>, envelope: Option<&str>, sender: &str) -> Option<&'static str> {
    let text = |name: &'static str| head.header_raw(name).map(|value| value.trim().to_lowercase());
    if text("Auto-Submitted").is_some_and(|value| !value.starts_with("no")) {
        return Some("auto_submitted");
    }
    if text("Precedence").is_some_and(|value| PRECEDENCE.contains(&value.as_str())) {
        return Some("bulk");
    }
    if HEADS.iter().any(|name| head.header_raw(*name).is_some()) {
        return Some("list");
    }
    let kind = head.header("Content-Type").and_then(HeaderValue::as_content_type);
    let report = |kind: &mail_parser::ContentType<'_>| {
        kind.ctype() == "multipart" && kind.subtype() == Some("report")
    };
    if kind.is_some_and(report) {
        return Some("report");
    }
    let server = |address: &str| {
        let name = address.split('@').next().unwrap_or_default().to_lowercase();
        SERVERS.contains(&name.as_str())
    };
    let returned = text("Return-Path").is_some_and(|value| value == "<>");
    let bounced = envelope.is_some_and(|from| from.is_empty() || from == "<>" || server(from));
    if returned || bounced || server(sender) {
        return Some("bounce");
    }
    None
}
