//! Keys: the master key outside the database, a data key per person under it.

use crate::{Result, StoreError};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::path::Path;

const NONCE: usize = 24;

/// The master key (32 bytes). It wraps data keys; it is never in the database nor in a backup.
#[derive(Clone)]
pub struct MasterKey([u8; 32]);

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
                let key = random::<32>()?;
                write_private(path, &data_encoding::HEXLOWER.encode(&key)).map_err(problem)?;
                Ok(Self(key))
            }
            Err(e) => Err(problem(e)),
        }
    }

    /// Reads the key file; none is made.
    pub fn load(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path).map_err(|e| {
            StoreError::Sealed(format!("the master key file {}: {e}", path.display()))
        })?;
        Self::try_from_hex(&text)
    }

    /// Keeps this key in a file of its own (mode 600), which must not be there yet.
    pub(crate) fn keep(&self, path: &Path) -> std::io::Result<()> {
        write_private(path, &data_encoding::HEXLOWER.encode(&self.0))
    }

    fn derive(&self, purpose: &str) -> [u8; 32] {
        mac(&self.0, &[b"sanbao", purpose.as_bytes()])
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

/// Random bytes; nothing is sealed without them.
fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|e| StoreError::Sealed(format!("no randomness for a key: {e}")))?;
    Ok(bytes)
}

/// HMAC-SHA256 over parts, each with its length before it, so that no two lists collide.
fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac =
        <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(&(part.len() as u64).to_le_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// The key of one person, customer or file.
#[derive(Clone)]
pub(crate) struct DataKey([u8; 32]);

impl DataKey {
    /// A fresh key.
    pub(crate) fn make() -> Result<Self> {
        random().map(Self)
    }

    /// Nonce and ciphertext; `about` is bound to it and must be given again to open.
    pub(crate) fn seal(&self, clear: &[u8], about: &str) -> Result<Vec<u8>> {
        let nonce = random::<NONCE>()?;
        let sealed = XChaCha20Poly1305::new(&self.0.into())
            .encrypt(&XNonce::from(nonce), Payload { msg: clear, aad: about.as_bytes() })
            .map_err(|_| StoreError::Sealed("a value is too long to seal".into()))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// The clear bytes.
    pub(crate) fn open(&self, sealed: &[u8], about: &str) -> Result<Vec<u8>> {
        let wrong = || StoreError::Sealed(format!("{about}: the key does not fit"));
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>().ok_or_else(wrong)?;
        XChaCha20Poly1305::new(&self.0.into())
            .decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: about.as_bytes() })
            .map_err(|_| wrong())
    }

    /// The clear text.
    pub(crate) fn open_text(&self, sealed: &[u8], about: &str) -> Result<String> {
        String::from_utf8(self.open(sealed, about)?)
            .map_err(|_| StoreError::Damaged(format!("{about} is no text")))
    }
}

/// What the master key is used for; each use has a key of its own.
#[derive(Clone)]
pub(crate) struct Vault {
    wrap: DataKey,
    search: [u8; 32],
    content: [u8; 32],
    check: [u8; 32],
    sign: [u8; 32],
}

impl Vault {
    pub(crate) fn new(master: &MasterKey) -> Self {
        Self {
            wrap: DataKey(master.derive("wrap")),
            search: master.derive("search"),
            content: master.derive("content"),
            check: master.derive("check"),
            sign: master.derive("sign"),
        }
    }

    /// A data key as stored.
    pub(crate) fn wrap(&self, key: &DataKey, id: i64) -> Result<Vec<u8>> {
        self.wrap.seal(&key.0, &format!("key {id}"))
    }

    /// A stored data key.
    pub(crate) fn unwrap(&self, wrapped: &[u8], id: i64) -> Result<DataKey> {
        self.wrap
            .open(wrapped, &format!("key {id}"))?
            .try_into()
            .map(DataKey)
            .map_err(|_| StoreError::Damaged(format!("key {id} has a wrong length")))
    }

    /// What one may search by, as a keyed hash: 128 bits are enough against twins.
    pub(crate) fn token(&self, kind: &str, value: &str) -> Vec<u8> {
        mac(&self.search, &[kind.as_bytes(), value.as_bytes()])[..16].to_vec()
    }

    /// Keyed hash of a file's content: the same photo twice is seen, its content is not.
    pub(crate) fn content(&self, bytes: &[u8]) -> Vec<u8> {
        mac(&self.content, &[bytes]).to_vec()
    }

    /// Signs what leaves the installation and may come back: a backup.
    pub(crate) fn signature(&self, bytes: &[u8]) -> Vec<u8> {
        mac(&self.sign, &[bytes]).to_vec()
    }

    /// Tells this master key from another one.
    pub(crate) fn fingerprint(&self) -> String {
        data_encoding::HEXLOWER.encode(&self.check[..8])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_text_opens_only_with_its_key_and_about() {
        let (key, other) = (DataKey::make().unwrap(), DataKey::make().unwrap());
        let sealed = key.seal("王小明".as_bytes(), "name").unwrap();
        assert_eq!(key.open_text(&sealed, "name").unwrap(), "王小明");
        assert!(other.open(&sealed, "name").is_err());
        assert!(key.open(&sealed, "phone").is_err());
        assert!(key.open(&sealed[..10], "name").is_err());
        assert_ne!(sealed, key.seal("王小明".as_bytes(), "name").unwrap());
    }

    #[test]
    fn keys_are_wrapped_under_their_own_master_and_id() {
        let vault = Vault::new(&MasterKey([7; 32]));
        let key = DataKey::make().unwrap();
        let wrapped = vault.wrap(&key, 5).unwrap();
        assert!(vault.unwrap(&wrapped, 5).is_ok_and(|k| k.0 == key.0));
        assert!(vault.unwrap(&wrapped, 6).is_err());
        assert!(Vault::new(&MasterKey([8; 32])).unwrap(&wrapped, 5).is_err());
    }

    #[test]
    fn bad_master_keys_are_refused() {
        for bad in ["", "abc", &"g".repeat(64), &"0".repeat(63)] {
            assert!(MasterKey::try_from_hex(bad).is_err(), "{bad}");
        }
        assert!(MasterKey::try_from_hex(&format!(" {}\n", "0aF1".repeat(16))).is_ok());
    }
}
