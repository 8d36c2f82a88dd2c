//! A certificate from two files that somebody else renews.

use super::certificates::{Certificates, certified};
use super::{MINUTE, seconds_now};
use std::path::Path;
use std::time::SystemTime;

/// Whoever renews certificates by hand wants to hear of it this long before.
const SOON: i64 = 14 * 86_400;
/// Looks at the files between two reminders: a day.
const REMIND: u32 = 24 * 60;

pub(super) fn load(into: &Certificates, certificate: &Path, key: &Path) -> Result<(), String> {
    let read = |path: &Path| {
        std::fs::read(path).map_err(|e| format!("{} cannot be read: {e}", path.display()))
    };
    let certified = certified(&read(certificate)?, &read(key)?)
        .map_err(|e| format!("{} with {}: {e}", certificate.display(), key.display()))?;
    into.set(certified);
    Ok(())
}

/// Reads the files again when they changed. A pair that does not fit is told and left alone:
/// whoever renews writes one file after the other.
pub(super) async fn keep(into: &Certificates, certificate: &Path, key: &Path) {
    let mut seen = changed(certificate, key);
    for minute in 0_u32.. {
        if minute % REMIND == 0 {
            remind(into);
        }
        tokio::time::sleep(MINUTE).await;
        let now = changed(certificate, key);
        if now == seen {
            continue;
        }
        match load(into, certificate, key) {
            Ok(()) => {
                tracing::info!("the new certificate is in force");
                seen = now;
            }
            Err(error) => tracing::warn!(%error, "the old certificate stays in force"),
        }
    }
}

fn changed(certificate: &Path, key: &Path) -> [Option<SystemTime>; 2] {
    [certificate, key].map(|path| path.metadata().and_then(|of| of.modified()).ok())
}

fn remind(certificates: &Certificates) {
    let Some((_, end)) = certificates.term() else { return };
    let days = (end - seconds_now()) / 86_400;
    if end - seconds_now() < SOON {
        tracing::warn!(days, "the certificate ends soon: put a new one in its place");
    }
}
