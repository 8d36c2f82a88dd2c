//! Where nobody is told: this machine, its own network, what providers of machines keep there.
//!
//! Whoever may write an address could otherwise have this server ask what only it can reach. A name
//! is resolved once, every address of it is looked at, and the connection goes to just those.

use hyper_util::client::legacy::connect::dns::Name;
use std::future::Future;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

/// A network the operator allows, `10.20.0.0/16`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u32,
}

impl Network {
    /// From `10.20.0.0/16`, `fd00::/8`, or one address.
    pub fn try_new(text: &str) -> Option<Self> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse::<u32>().ok()?)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.unwrap_or(most);
        (bits <= most).then_some(Self { address, bits })
    }

    fn holds(&self, address: IpAddr) -> bool {
        match (self.address, address) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                let mask = u32::MAX.checked_shl(32 - self.bits).unwrap_or(0);
                (own.to_bits() ^ other.to_bits()) & mask == 0
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                let mask = u128::MAX.checked_shl(128 - self.bits).unwrap_or(0);
                (own.to_bits() ^ other.to_bits()) & mask == 0
            }
            _ => false,
        }
    }
}

/// Which addresses may be connected to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Guard(pub Vec<Network>);

impl Guard {
    /// Whether an address may be connected to: it is public, or the operator allows its network.
    pub fn lets(&self, address: IpAddr) -> bool {
        self.allows(address) || public(address)
    }

    /// Whether the operator named the network of an address.
    pub fn allows(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.holds(address))
    }
}

/// The metadata service of one provider of machines that lies among public addresses.
const METADATA: Ipv4Addr = Ipv4Addr::new(168, 63, 129, 16);

fn public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => public_v4(v4),
        IpAddr::V6(v6) => public_v6(v6),
    }
}

fn public_v4(v4: Ipv4Addr) -> bool {
    let [first, second, third, _] = v4.octets();
    // This network; between a provider and its customers, where one keeps its metadata; for
    // protocols; for measuring networks; reserved.
    let closed = match first {
        0 | 240..=255 => true,
        100 => (64..=127).contains(&second),
        192 => second == 0 && third == 0,
        198 => (18..=19).contains(&second),
        _ => false,
    };
    !(closed
        || v4 == METADATA
        || v4.is_loopback()
        || v4.is_private()
        || v4.is_link_local()
        || v4.is_multicast()
        || v4.is_documentation())
}

fn public_v6(v6: Ipv6Addr) -> bool {
    let segments = v6.segments();
    let inner = |at: usize| {
        let bits = (u32::from(segments[at]) << 16) | u32::from(segments[at + 1]);
        public_v4(Ipv4Addr::from_bits(bits))
    };
    if let Some(v4) = v6.to_ipv4_mapped() {
        return public_v4(v4);
    }
    match (segments[0], segments[1]) {
        // An address of the other kind behind a translator.
        (0x64, 0xff9b) => inner(6),
        (0x2002, _) => inner(1),
        // Tunnels, protocols, documents.
        (0x2001, 0..=0x1ff | 0xdb8) | (0x3fff, _) => false,
        // What is given to networks of the world begins with the bits 001.
        (first, _) => first & 0xe000 == 0x2000,
    }
}

/// An address that nobody is told at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} lies in a network that is not allowed")]
pub struct NotAllowed(pub IpAddr);

/// Resolves names, and refuses those that lead where nobody is told; without a guard it refuses
/// nothing, for what the operator wrote down.
#[derive(Debug, Clone)]
pub(crate) struct Names(pub(crate) Option<Arc<Guard>>);

type Found = std::vec::IntoIter<SocketAddr>;
type Trouble = Box<dyn std::error::Error + Send + Sync>;

impl tower::Service<Name> for Names {
    type Response = Found;
    type Error = Trouble;
    type Future = Pin<Box<dyn Future<Output = Result<Found, Trouble>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Trouble>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let guard = self.0.clone();
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let found: Vec<SocketAddr> = found.collect();
            if let Some(guard) = guard {
                // One that is not allowed refuses them all: nobody plays with the order.
                let closed = found.iter().find(|one| !guard.lets(one.ip()));
                if let Some(closed) = closed {
                    return Err(NotAllowed(closed.ip()).into());
                }
            }
            Ok(found.into_iter())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_are_told_unless_the_operator_allows_more() {
        let none = Guard::default();
        let check = |address: &str, lets| {
            let address: IpAddr = address.parse().expect("an address");
            assert_eq!(none.lets(address), lets, "{address}");
        };
        for open in ["8.8.8.8", "47.96.1.1", "2400:3200::1", "2606:4700::1111", "64:ff9b::808:808"]
        {
            check(open, true);
        }
        for closed in [
            "127.0.0.1",
            "127.8.8.8",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.100.100.200",
            "0.0.0.0",
            "255.255.255.255",
            "224.0.0.1",
            "198.18.0.1",
            "192.0.2.1",
            "168.63.129.16",
            "::",
            "::1",
            "fe80::1",
            "fd00:ec2::254",
            "ff02::1",
            "::ffff:10.0.0.1",
            "::ffff:127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:0a00:0001::1",
            "2001:db8::1",
            "2001::1",
            "::7f00:1",
        ] {
            check(closed, false);
        }
        let some = Guard(vec![Network::try_new("10.20.0.0/16").expect("a network")]);
        let lets = |address: &str| some.lets(address.parse().expect("an address"));
        assert!(lets("10.20.255.1") && lets("::ffff:10.20.0.1") && lets("8.8.8.8"));
        assert!(!lets("10.21.0.1") && !lets("127.0.0.1"));
    }

    #[test]
    fn a_network_is_written_with_its_bits() {
        for (text, fine) in [
            ("10.0.0.0/8", true),
            ("10.0.0.1", true),
            ("0.0.0.0/0", true),
            ("fd00::/8", true),
            ("10.0.0.0/33", false),
            ("host/8", false),
            ("", false),
            ("10.0.0.0/", false),
        ] {
            assert_eq!(Network::try_new(text).is_some(), fine, "{text}");
        }
        let all = Guard(vec![Network::try_new("0.0.0.0/0").expect("a network")]);
        assert!(all.lets("127.0.0.1".parse().expect("an address")));
    }
}
