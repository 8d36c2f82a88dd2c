//! Keys: the master key outside the database, a data key per person under it.

use crate::{Result, StoreError};
use std::path::Path;

/// The master key (32 bytes). It wraps data keys; it is never in the database nor in a backup.
#[derive(Clone)]
pub struct MasterKey(pub(crate) [u8; 32]);

impl MasterKey {
    /// From 64 hexadecimal digits.
    pub fn try_from_hex(text: &str) -> Result<Self> {
        data_encoding::HEXLOWER_PERMISSIVE
            .decode(text.trim().as_bytes())
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .map(Self)
            .ok_or_else(|| {
                StoreError::Sealed("the master key must be 64 hexadecimal digits".into())
            })
    }

    /// Reads the key file, or makes one (mode 600) when there is none.
    pub fn load_or_create(path: &Path) -> Result<Self> {
        let problem = |e: std::io::Error| {
            StoreError::Sealed(format!("the master key file {}: {e}", path.display()))
        };
        match std::fs::read_to_string(path) {
            Ok(text) => Self::try_from_hex(&text),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                let mut key = [0; 32];
                getrandom::fill(&mut key)
                    .map_err(|e| StoreError::Sealed(format!("no randomness for a key: {e}")))?;
                write_private(path, &data_encoding::HEXLOWER.encode(&key)).map_err(problem)?;
                Ok(Self(key))
            }
            Err(e) => Err(problem(e)),
        }
    }
}

impl std::fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MasterKey(…)")
    }
}

fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
