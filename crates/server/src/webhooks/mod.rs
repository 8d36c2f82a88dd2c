//! Subscriptions (事件推送): programs of others are told what happens to cases, signed as the
//! specification Standard Webhooks says.

pub mod event;
mod guard;
pub mod robot;
pub mod robot_text;
mod settings;
pub mod signing;

pub use guard::{Guard, Network};
pub(crate) use guard::{Names, NotAllowed};
pub use settings::{Settings, Written};

use crate::outward::{Outward, Unanswered};
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, USER_AGENT};
use axum::http::{Request, StatusCode, Uri};
use base::{Instant, Text};
use robot::Robot;
use robot_text::Said;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use store::webhook::{Answered, Kind, TryState};

/// How long an answer of a vendor may be.
const LONGEST_ANSWER: usize = 16 * 1024;
/// Longest address.
const LONGEST: usize = 500;

/// What tells receivers.
#[derive(Debug)]
pub struct Webhooks {
    settings: Settings,
    root: Option<PathBuf>,
    outward: OnceLock<Result<Outward, String>>,
}

/// What is told, whole.
#[derive(Debug, Clone)]
pub struct Telling<'a> {
    /// Where.
    pub address: &'a str,
    /// The number the receiver knows it by.
    pub id: String,
    /// The body.
    pub body: String,
    /// What it is signed with, the newest first.
    pub secrets: Vec<Vec<u8>>,
}

impl Webhooks {
    /// Nobody is told yet.
    pub fn new(settings: Settings, root: Option<PathBuf>) -> Self {
        Self { settings, root, outward: OnceLock::new() }
    }

    /// Whether somebody may be told at an address.
    ///
    /// # Errors
    /// One sentence with what would be right.
    pub fn check(&self, address: &str) -> Result<Uri, Text> {
        let uri = address.parse::<Uri>().ok().filter(|_| address.len() <= LONGEST);
        let uri = uri.filter(|uri| uri.host().is_some_and(|host| !host.is_empty()));
        let plain = |uri: &Uri| uri.authority().is_some_and(|a| !a.as_str().contains('@'));
        let Some(uri) = uri.filter(plain) else {
            return Err(Text::new(
                "写完整的地址，如 https://erp.example.com/hooks",
                "Write a whole address, as https://erp.example.com/hooks",
            ));
        };
        let literal = literal(&uri);
        if let Some(closed) = literal.filter(|ip| !self.settings.guard.lets(*ip)) {
            return Err(Text::new(
                format!("{closed} 是内部网络的地址；要推送到内网，由运维在通道文件里放行该网段"),
                format!(
                    "{closed} is an address of an inner network; the operator allows networks \
                     in the file of channels"
                ),
            ));
        }
        // Without TLS only where the operator says the way is theirs.
        let own = literal.is_some_and(|ip| self.settings.guard.allows(ip));
        match uri.scheme_str() {
            Some("https") => Ok(uri),
            Some("http") if own => Ok(uri),
            _ => Err(Text::new(
                "要用 https:// 的地址（运维放行的内网地址可以用 http）",
                "Use an address with https:// (http only for addresses the operator allows)",
            )),
        }
    }

    /// Tells a receiver, and says what it answered.
    pub async fn tell(&self, telling: &Telling<'_>, now: Instant) -> Answered {
        let outward = match self.outward() {
            Ok(outward) => outward,
            Err(why) => return failed(format!("unreached: {why}")),
        };
        // Networks may be allowed no more since it was written.
        let Ok(uri) = self.check(telling.address) else { return failed("not_allowed".into()) };
        let seconds = now.timestamp().as_second();
        let signed = signing::signatures(&telling.secrets, &telling.id, seconds, &telling.body);
        let request = Request::post(uri)
            .header(CONTENT_TYPE, "application/json")
            .header(USER_AGENT, concat!("Sanbao/", env!("CARGO_PKG_VERSION")))
            .header("webhook-id", &telling.id)
            .header("webhook-timestamp", seconds.to_string())
            .header("webhook-signature", signed)
            .body(Body::from(telling.body.clone()));
        let request = match request {
            Ok(request) => request,
            Err(why) => return failed(format!("unreached: {why}")),
        };
        match outward.status(request, self.settings.patience).await {
            Ok(status) => answered(status),
            Err(why) => unanswered(why),
        }
    }

    /// Whether a robot may speak at an address: one that its vendor gives out, or of a network that
    /// the operator allows.
    ///
    /// # Errors
    /// One sentence with what would be right.
    pub fn check_robot(&self, kind: Kind, address: &str) -> Result<Uri, Text> {
        let uri = self.check(address)?;
        let own = literal(&uri).is_some_and(|ip| self.settings.guard.allows(ip));
        if own || robot::is_of(kind, address) { Ok(uri) } else { Err(robot::expected(kind)) }
    }

    /// Speaks in a group, and says what was answered.
    pub async fn speak(&self, kind: Kind, robot: &Robot, said: &Said, now: Instant) -> Answered {
        let outward = match self.outward() {
            Ok(outward) => outward,
            Err(why) => return failed(format!("unreached: {why}")),
        };
        if self.check_robot(kind, &robot.address).is_err() {
            return failed("not_allowed".into());
        }
        let request = match robot::request(kind, robot, said, now) {
            Ok(request) => request,
            Err(why) => return failed(format!("unreached: {why}")),
        };
        match outward.ask(request, LONGEST_ANSWER, self.settings.patience).await {
            Ok(answer) => {
                let json = serde_json::from_slice(&answer.body).unwrap_or_default();
                robot::answered(kind, answer.status.as_u16(), &json)
            }
            Err(why) => unanswered(why),
        }
    }

    fn outward(&self) -> Result<&Outward, String> {
        let made = self.outward.get_or_init(|| {
            Outward::guarded(self.root.as_deref(), Arc::new(self.settings.guard.clone()))
        });
        made.as_ref().map_err(Clone::clone)
    }
}

/// The address a host is written as, when it is one.
fn literal(uri: &Uri) -> Option<IpAddr> {
    uri.host().unwrap_or_default().trim_matches(['[', ']']).parse().ok()
}

fn unanswered(why: Unanswered) -> Answered {
    match why {
        Unanswered::NotAllowed(address) => failed(format!("not_allowed: {address}")),
        Unanswered::Unreached(why) => failed(format!("unreached: {why}")),
        Unanswered::Unknown(why) => {
            let why = Some(format!("no_answer: {why}"));
            Answered { state: TryState::Unknown, status: None, why }
        }
    }
}

fn failed(why: String) -> Answered {
    Answered { state: TryState::Failed, status: None, why: Some(why) }
}

fn answered(status: StatusCode) -> Answered {
    let code = Some(status.as_u16());
    let why = if status.is_success() {
        return Answered { state: TryState::Taken, status: code, why: None };
    } else if status == StatusCode::GONE {
        "gone"
    } else if status.is_redirection() {
        "redirect"
    } else {
        "refused"
    };
    Answered { state: TryState::Failed, status: code, why: Some(why.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_whole_and_leads_out() {
        let allow = vec![Network::try_new("10.20.0.0/16").expect("a network")];
        let settings = Settings { guard: guard::Guard(allow), ..Settings::default() };
        let webhooks = Webhooks::new(settings, None);
        for (address, fine) in [
            ("https://erp.example.com/hooks?key=1", true),
            ("https://8.8.8.8/", true),
            ("https://10.20.1.1/", true),
            ("http://10.20.1.1:8080/in", true),
            ("http://erp.example.com/hooks", false),
            ("http://8.8.8.8/", false),
            ("https://127.0.0.1/", false),
            ("https://[::1]/", false),
            ("https://169.254.169.254/latest", false),
            ("https://user:word@erp.example.com/", false),
            ("ftp://erp.example.com/", false),
            ("erp.example.com/hooks", false),
            ("/hooks", false),
            ("", false),
        ] {
            assert_eq!(webhooks.check(address).is_ok(), fine, "{address}");
        }
    }
}
