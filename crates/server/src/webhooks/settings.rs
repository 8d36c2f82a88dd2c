//! What the operator says of subscriptions: a section `[webhooks]` of the channels file.

use super::guard::{Guard, Network};
use base::Text;
use serde::Deserialize;
use std::time::Duration;

/// How long a receiver may take where the file says nothing, and at the most: a turn at a
/// subscription is over before anybody else takes one.
const PATIENCE: u64 = 10;
const LONGEST: u64 = 20;
/// Most networks that are allowed.
const MOST: usize = 50;

/// The section as written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    #[serde(default)]
    allow: Vec<String>,
    timeout_seconds: Option<u64>,
}

/// What the operator says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Which addresses may be connected to.
    pub guard: Guard,
    /// How long a receiver may take.
    pub patience: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self { guard: Guard::default(), patience: Duration::from_secs(PATIENCE) }
    }
}

impl Settings {
    /// Reads the section.
    ///
    /// # Errors
    /// One sentence with what is wrong and what would be right.
    pub fn try_new(written: &Written) -> Result<Self, Text> {
        let networks: Option<Vec<Network>> =
            written.allow.iter().map(|text| Network::try_new(text)).collect();
        let networks = networks.filter(|networks| networks.len() <= MOST).ok_or_else(|| {
            Text::new(
                format!("webhooks.allow 写成网段，如 10.20.0.0/16，最多 {MOST} 个"),
                format!("`webhooks.allow` names networks as 10.20.0.0/16, at most {MOST}"),
            )
        })?;
        let seconds = written.timeout_seconds.unwrap_or(PATIENCE);
        if !(1..=LONGEST).contains(&seconds) {
            return Err(Text::new(
                format!("webhooks.timeout_seconds 是 1 到 {LONGEST}"),
                format!("`webhooks.timeout_seconds` is 1 to {LONGEST}"),
            ));
        }
        Ok(Self { guard: Guard(networks), patience: Duration::from_secs(seconds) })
    }
}
