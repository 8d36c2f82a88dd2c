//! Where a request came from: wrong passwords are counted by it. The address is never stored.

use crate::app::App;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap};
use std::convert::Infallible;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// The header in which a proxy says whom it asks for.
const FORWARDED: &str = "x-forwarded-for";

/// Where a request came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place(pub String);

impl Place {
    /// Of a request: the machine that connects, or whom it asks for when it is one of our proxies.
    pub fn of(app: &App, extensions: &Extensions, headers: &HeaderMap) -> Self {
        let Some(peer) = extensions.get::<ConnectInfo<SocketAddr>>() else {
            return Self("local".to_owned());
        };
        let proxies = &app.config().proxies;
        let said = headers.get_all(FORWARDED).iter().filter_map(|value| value.to_str().ok());
        let said: Vec<&str> = said.flat_map(|value| value.split(',')).collect();
        Self(printed(asking(peer.0.ip(), &said, proxies)))
    }
}

impl FromRequestParts<App> for Place {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(Self::of(app, &parts.extensions, &parts.headers))
    }
}

/// The first address, from the last that was noted back, that is none of our proxies: what stands
/// before it was written by whoever asks, and may be anything.
fn asking(peer: IpAddr, said: &[&str], proxies: &[IpAddr]) -> IpAddr {
    let mut at = peer.to_canonical();
    for next in said.iter().rev() {
        if !proxies.contains(&at) {
            break;
        }
        let Ok(next) = next.trim().parse::<IpAddr>() else { break };
        at = next.to_canonical();
    }
    at
}

/// One household has more IPv6 addresses than anybody can count: its network is the place.
fn printed(at: IpAddr) -> String {
    match at {
        IpAddr::V4(at) => at.to_string(),
        IpAddr::V6(at) => {
            let [a, b, c, d, ..] = at.segments();
            format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_proxies_say_whom_they_ask_for() {
        let check = |peer: &str, said: &[&str], proxies: &[&str], expect: &str| {
            let address = |text: &&str| text.parse::<IpAddr>().expect("an address");
            let proxies: Vec<IpAddr> = proxies.iter().map(address).collect();
            assert_eq!(printed(asking(address(&peer), said, &proxies)), expect, "{said:?}");
        };
        check("203.0.113.9", &[], &[], "203.0.113.9");
        check("203.0.113.9", &["1.2.3.4"], &[], "203.0.113.9");
        check("203.0.113.9", &["1.2.3.4"], &["127.0.0.1"], "203.0.113.9");
        check("127.0.0.1", &["1.2.3.4"], &["127.0.0.1"], "1.2.3.4");
        check("::ffff:127.0.0.1", &["1.2.3.4"], &["127.0.0.1"], "1.2.3.4");
        // Whoever asks may have written the first of them.
        check("127.0.0.1", &["6.6.6.6", " 1.2.3.4"], &["127.0.0.1"], "1.2.3.4");
        let both = ["127.0.0.1", "10.0.0.2"];
        check("127.0.0.1", &["6.6.6.6", "1.2.3.4", "10.0.0.2"], &both, "1.2.3.4");
        check("127.0.0.1", &["unknown"], &["127.0.0.1"], "127.0.0.1");
        check("127.0.0.1", &[], &["127.0.0.1"], "127.0.0.1");
        check("2001:db8:1:2:3:4:5:6", &[], &[], "2001:db8:1:2::/64");
    }
}
